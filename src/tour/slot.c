#include "tourdesk/tour/slot.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
    [CALENDAR_SELF_GUIDED] = "self-guided",
    [CALENDAR_IN_PERSON] = "in-person",
};

static const char *const tokens[] = {
    [CALENDAR_SELF_GUIDED] = "SELF_GUIDED",
    [CALENDAR_IN_PERSON] = "IN_PERSON",
};

const struct words calendar_words = {words, sizeof words / sizeof *words};

const char *calendar_word(enum calendar calendar)
{
    return words[calendar];
}

const char *calendar_token(enum calendar calendar)
{
    return tokens[calendar];
}

bool calendar_parse(const char *word, enum calendar *out)
{
    int found = words_find(&calendar_words, word);
    if (found >= 0)
        *out = (enum calendar)found;
    return found >= 0;
}

void slot_list_finish(struct slot_list *list)
{
    free(list->items);
    *list = (struct slot_list){0};
}

void slot_list_add(struct slot_list *list, const struct slot *slot)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = *slot;
}

static int by_start(const void *a, const void *b)
{
    const struct slot *x = a, *y = b;
    return (x->start.at > y->start.at) - (x->start.at < y->start.at);
}

void slot_list_sort(struct slot_list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_start);
}

void slot_list_copy(struct slot_list *to, const struct slot_list *from)
{
    slot_list_finish(to);
    *to = *from;
    to->items = NULL;
    to->count = to->capacity = 0;
    for (size_t i = 0; i < from->count; i++)
        slot_list_add(to, &from->items[i]);
}

const struct slot *slot_list_find(const struct slot_list *list, instant start)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].start.at == start)
            return &list->items[i];
    return NULL;
}

static int64_t distance(const struct slot *slot, instant wanted)
{
    int64_t d = slot->start.at - wanted;
    return d < 0 ? -d : d;
}

size_t slot_list_nearest(
    const struct slot_list *list, instant wanted, instant now, const struct slot **out, size_t max)
{
    size_t found = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct slot *slot = &list->items[i];
        if (slot->start.at < now || slot->start.at == wanted)
            continue;
        size_t place = found;
        while (place > 0 && distance(out[place - 1], wanted) > distance(slot, wanted))
            place--;
        if (place >= max)
            continue;
        size_t last = found < max ? found++ : max - 1;
        memmove(out + place + 1, out + place, (last - place) * sizeof *out);
        out[place] = slot;
    }
    return found;
}
