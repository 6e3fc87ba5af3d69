#include "tourdesk/sandbox/mangle.h"

#include "tourdesk/base/str.h"
#include "tourdesk/sandbox/times.h"

#include <stdlib.h>
#include <string.h>

static const char list_name[] = "acceptableTimes";

bool mangle_wanted(const struct twist *twist)
{
    return twist->wrong_type || twist->numeric_ids || twist->null_fields || twist->extra_fields ||
           twist->no_id || twist->status_word[0] || twist->z_offset || twist->objects ||
           twist->bare_list || twist->other_name || twist->no_slots || twist->many_slots ||
           twist->bad_entries;
}

static bool is_id(const char *name)
{
    static const char *const names[] = {"id", "appointmentId", "prospectId", "visitId"};
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* A slot every tour length from the first one offered on, closing hours or not. */
static void fill_slots(cJSON *list, int count, const struct mangle_place *place)
{
    struct stamp first = {.at = place->now / HOUR * HOUR + HOUR};
    if (cJSON_IsString(list->child))
        stamp_parse(list->child->valuestring, &first, NULL);
    while (list->child)
        cJSON_DeleteItemFromArray(list, 0);
    for (int i = 0; i < count; i++) {
        char text[TIMES_SIZE];
        instant at = first.at + (instant)i * place->tour_minutes * MINUTE;
        if (place->zone)
            times_local(place->zone, at, text);
        else
            times_utc(at, text);
        cJSON_AddItemToArray(list, cJSON_CreateString(text));
    }
}

static void write_as_z(cJSON *list)
{
    cJSON *item;
    cJSON_ArrayForEach (item, list) {
        struct stamp stamp;
        char text[TIMES_SIZE];
        if (!cJSON_IsString(item) || !stamp_parse(item->valuestring, &stamp, NULL))
            continue;
        times_utc(stamp.at, text);
        str_copy(strchr(text, '+'), sizeof "Z", "Z");
        cJSON_SetValuestring(item, text);
    }
}

static cJSON *as_object(const cJSON *item, const struct mangle_place *place)
{
    struct stamp stamp;
    char end[TIMES_SIZE];
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "startTime", item->valuestring);
    if (stamp_parse(item->valuestring, &stamp, NULL)) {
        stamp.at += (instant)place->tour_minutes * MINUTE;
        stamp_format(stamp, end);
        cJSON_AddStringToObject(object, "endTime", end);
    }
    return object;
}

/* A new list, because replacing in the middle of a long one takes its square. */
static cJSON *write_as_objects(cJSON *list, const struct mangle_place *place)
{
    cJSON *objects = cJSON_CreateArray();
    const cJSON *item;
    cJSON_ArrayForEach (item, list) {
        cJSON_AddItemToArray(objects, as_object(item, place));
    }
    cJSON_Delete(list);
    return objects;
}

static cJSON *bad_entry(int i)
{
    switch (i % 6) {
    case 0: return cJSON_CreateString("soon");
    case 1: return cJSON_CreateNumber(17);
    case 2: return cJSON_CreateNull();
    case 3: return cJSON_CreateString("2026-02-30T10:00:00-08:00");
    case 4: return cJSON_CreateObject();
    default: return cJSON_CreateString("");
    }
}

/* A new list with one behind each good one while they last, then the rest at the end. */
static cJSON *mix_in_bad(cJSON *list, int count)
{
    cJSON *mixed = cJSON_CreateArray();
    int i = 0;
    while (list->child) {
        cJSON_AddItemToArray(mixed, cJSON_DetachItemFromArray(list, 0));
        if (i < count)
            cJSON_AddItemToArray(mixed, bad_entry(i++));
    }
    for (; i < count; i++)
        cJSON_AddItemToArray(mixed, bad_entry(i));
    cJSON_Delete(list);
    return mixed;
}

static cJSON *change_slots(cJSON *json, const struct twist *twist, const struct mangle_place *place)
{
    cJSON *list = cJSON_DetachItemFromObject(json, list_name);
    if (!list)
        return json;
    if (twist->no_slots)
        while (list->child)
            cJSON_DeleteItemFromArray(list, 0);
    if (twist->many_slots)
        fill_slots(list, twist->many_slots, place);
    if (twist->z_offset)
        write_as_z(list);
    if (twist->objects)
        list = write_as_objects(list, place);
    if (twist->bad_entries)
        list = mix_in_bad(list, twist->bad_entries);
    if (twist->bare_list) {
        cJSON_Delete(json);
        return list;
    }
    cJSON_AddItemToObject(json, twist->other_name ? "available_times" : list_name, list);
    return json;
}

static void number_ids(cJSON *json)
{
    cJSON *item = json->child;
    while (item) {
        cJSON *next = item->next;
        number_ids(item);
        if (cJSON_IsString(item) && is_id(item->string)) {
            cJSON *number = cJSON_CreateNumber(strtod(item->valuestring, NULL));
            cJSON_ReplaceItemInObjectCaseSensitive(json, item->string, number);
        }
        item = next;
    }
}

static void drop_ids(cJSON *json)
{
    cJSON *item = json->child;
    while (item) {
        cJSON *next = item->next;
        drop_ids(item);
        if (is_id(item->string))
            cJSON_Delete(cJSON_DetachItemViaPointer(json, item));
        item = next;
    }
}

/* Every field that is neither an id nor an object becomes null. */
static void null_fields(cJSON *json)
{
    cJSON *item = json->child;
    while (item) {
        cJSON *next = item->next;
        if (cJSON_IsObject(item))
            null_fields(item);
        else if (cJSON_IsObject(json) && !is_id(item->string))
            cJSON_ReplaceItemInObjectCaseSensitive(json, item->string, cJSON_CreateNull());
        item = next;
    }
}

static void rename_status(cJSON *json, const char *word)
{
    cJSON *item;
    cJSON_ArrayForEach (item, json) {
        rename_status(item, word);
        if (cJSON_IsString(item) && item->string && strcmp(item->string, "status") == 0)
            cJSON_SetValuestring(item, word);
    }
}

static void add_fields(cJSON *json)
{
    cJSON *item;
    cJSON_ArrayForEach (item, json) {
        add_fields(item);
    }
    if (!cJSON_IsObject(json))
        return;
    cJSON *links = cJSON_AddObjectToObject(json, "_links");
    cJSON_AddStringToObject(links, "self", "https://example.com/");
    cJSON_AddNullToObject(json, "futureField");
    cJSON_AddStringToObject(json, "größe", "ünïcödé \xF0\x9F\x8F\xA0");
    double numbers[] = {1, 2.5, -3e10};
    cJSON_AddItemToObject(json, "numbers", cJSON_CreateDoubleArray(numbers, 3));
}

/* An object where a list is expected, a list where an object is. */
static cJSON *change_type(cJSON *json)
{
    bool list = cJSON_IsArray(json);
    cJSON *other = list ? cJSON_CreateObject() : cJSON_CreateArray();
    if (list)
        cJSON_AddItemToObject(other, "items", json);
    else
        cJSON_AddItemToArray(other, json);
    return other;
}

cJSON *mangle_json(cJSON *json, const struct twist *twist, const struct mangle_place *place)
{
    json = change_slots(json, twist, place);
    if (twist->no_id)
        drop_ids(json);
    if (twist->numeric_ids)
        number_ids(json);
    if (twist->status_word[0])
        rename_status(json, twist->status_word);
    if (twist->null_fields)
        null_fields(json);
    if (twist->extra_fields)
        add_fields(json);
    return twist->wrong_type ? change_type(json) : json;
}
