#include "tourdesk/sandbox/diary.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/sandbox/times.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct diary {
    struct diary_entry *items; /* a ring: entry N lies at N modulo DIARY_ENTRIES */
    size_t capacity;
    int64_t first, next; /* sequences: kept from `first` to `next` - 1 */
};

struct diary *diary_create(void)
{
    struct diary *diary = mem_alloc(sizeof *diary);
    diary->first = diary->next = 1;
    return diary;
}

static struct diary_entry *at(const struct diary *diary, int64_t sequence)
{
    return &diary->items[sequence % DIARY_ENTRIES];
}

static void drop_first(struct diary *diary)
{
    struct diary_entry *entry = at(diary, diary->first++);
    free(entry->path);
    free(entry->body);
}

void diary_clear(struct diary *diary)
{
    while (diary->first < diary->next)
        drop_first(diary);
}

void diary_destroy(struct diary *diary)
{
    if (!diary)
        return;
    diary_clear(diary);
    free(diary->items);
    free(diary);
}

int64_t diary_add(struct diary *diary, struct diary_entry *entry)
{
    if (!diary->items)
        diary->items = mem_grow(NULL, &diary->capacity, DIARY_ENTRIES, sizeof *diary->items);
    if (diary->next - diary->first == DIARY_ENTRIES)
        drop_first(diary);
    entry->sequence = diary->next++;
    *at(diary, entry->sequence) = *entry;
    return entry->sequence;
}

void diary_correct(struct diary *diary, int64_t sequence, int status, int64_t bytes)
{
    if (sequence < diary->first || sequence >= diary->next)
        return;
    at(diary, sequence)->status = status;
    at(diary, sequence)->bytes = bytes;
}

static void put_id(cJSON *object, const char *name, int64_t id)
{
    char text[32];
    if (id == 0)
        return;
    snprintf(text, sizeof text, "%" PRId64, id);
    cJSON_AddStringToObject(object, name, text);
}

static cJSON *entry_json(const struct diary_entry *entry)
{
    char when[TIMES_SIZE];
    cJSON *object = cJSON_CreateObject();
    times_exact(entry->at, when);
    cJSON_AddNumberToObject(object, "sequence", (double)entry->sequence);
    cJSON_AddStringToObject(object, "at", when);
    cJSON_AddStringToObject(object, "method", entry->method);
    cJSON_AddStringToObject(object, "path", entry->path);
    cJSON_AddStringToObject(object, "body", entry->body);
    cJSON_AddStringToObject(object, "key", entry->key);
    cJSON_AddStringToObject(object, "keyHeader", entry->key_from);
    cJSON_AddBoolToObject(object, "applied", entry->applied);
    cJSON_AddNumberToObject(object, "times", entry->times);
    cJSON_AddNumberToObject(object, "ownStatus", entry->own_status);
    cJSON_AddNumberToObject(object, "status", entry->status);
    cJSON_AddNumberToObject(object, "bytes", (double)entry->bytes);
    put_id(object, "appointmentId", entry->appointment);
    put_id(object, "prospectId", entry->prospect);
    put_id(object, "visitId", entry->visit);
    if (entry->fault[0])
        cJSON_AddStringToObject(object, "fault", entry->fault);
    else
        cJSON_AddNullToObject(object, "fault");
    return object;
}

cJSON *diary_json(const struct diary *diary)
{
    cJSON *list = cJSON_CreateArray();
    for (int64_t i = diary->first; i < diary->next; i++)
        cJSON_AddItemToArray(list, entry_json(at(diary, i)));
    return list;
}
