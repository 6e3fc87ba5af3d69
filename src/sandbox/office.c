#include "tourdesk/sandbox/office.h"

#include "office_fields.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"
#include "tourdesk/sandbox/locate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 8 * 1024 * 1024 };

static const char *const gateways[] = {
    [GATEWAY_OFF] = "off",
    [GATEWAY_ACCEPT] = "accept",
    [GATEWAY_REQUIRE] = "require",
};

struct zone_pool {
    struct zone **items;
    size_t count, capacity;
};

struct zone_pool *zone_pool_create(void)
{
    return mem_alloc(sizeof(struct zone_pool));
}

void zone_pool_destroy(struct zone_pool *pool)
{
    if (!pool)
        return;
    for (size_t i = 0; i < pool->count; i++)
        zone_destroy(pool->items[i]);
    free(pool->items);
    free(pool);
}

const struct zone *zone_pool_get(struct zone_pool *pool, const char *id, struct error *error)
{
    for (size_t i = 0; i < pool->count; i++)
        if (strcmp(zone_id(pool->items[i]), id) == 0)
            return pool->items[i];
    struct zone *zone = zone_load(id, error);
    if (!zone)
        return NULL;
    pool->items = mem_grow(pool->items, &pool->capacity, pool->count + 1, sizeof(struct zone *));
    pool->items[pool->count++] = zone;
    return zone;
}

void office_finish(struct office *office)
{
    for (size_t i = 0; i < office->count; i++)
        property_finish(&office->items[i]);
    free(office->items);
    *office = (struct office){0};
}

struct property *office_find(const struct office *office, const char *id)
{
    for (size_t i = 0; i < office->count; i++)
        if (strcmp(office->items[i].id, id) == 0)
            return &office->items[i];
    return NULL;
}

struct property *office_find_email(const struct office *office, const char *email)
{
    for (size_t i = 0; *email && i < office->count; i++)
        if (str_same(office->items[i].tracking_email, email))
            return &office->items[i];
    return NULL;
}

static bool read_gateway(struct reading *reading, const cJSON *value, struct office *office)
{
    for (size_t i = 0; cJSON_IsString(value) && i < sizeof gateways / sizeof *gateways; i++)
        if (strcmp(gateways[i], value->valuestring) == 0) {
            office->gateway = (enum gateway)i;
            return true;
        }
    return reading_fails(reading, "must be \"off\", \"accept\" or \"require\"");
}

static bool read_seed(struct reading *reading, const cJSON *value, struct office *office)
{
    if (!cJSON_IsBool(value))
        return reading_fails(reading, "must be true or false");
    office->seed_bookings = cJSON_IsTrue(value);
    return true;
}

static bool read_communities(struct reading *reading, const cJSON *value, struct office *office)
{
    if (!cJSON_IsArray(value) || !value->child)
        return reading_fails(reading, "must be a list of at least one community");
    const cJSON *item;
    cJSON_ArrayForEach (item, value) {
        size_t mark = reading_enter_index(reading, office->count);
        office->items =
            mem_grow(office->items, &office->capacity, office->count + 1, sizeof *office->items);
        struct property *property = &office->items[office->count++];
        if (!property_read_new(reading, item, property))
            return false;
        if (office_find(office, property->id) != property)
            return reading_fails(reading, "has the id of another community, \"%s\"", property->id);
        reading_leave(reading, mark);
    }
    return true;
}

static const struct {
    const char *name;
    bool (*read)(struct reading *reading, const cJSON *value, struct office *office);
} office_fields[] = {
    {"gateway", read_gateway},
    {"seed_bookings", read_seed},
    {"communities", read_communities},
};

static bool read_office_field(struct reading *reading, const cJSON *value, struct office *office)
{
    size_t mark = reading_enter(reading, value->string);
    for (size_t i = 0; i < sizeof office_fields / sizeof *office_fields; i++)
        if (strcmp(office_fields[i].name, value->string) == 0) {
            bool good = office_fields[i].read(reading, value, office);
            if (good)
                reading_leave(reading, mark);
            return good;
        }
    return reading_fails(reading, "is not a setting of an office");
}

static bool read_office(struct reading *reading, const cJSON *root, struct office *office)
{
    if (!cJSON_IsObject(root))
        return error_set(reading->error, "an office is a JSON object");
    const cJSON *value;
    cJSON_ArrayForEach (value, root) {
        if (!read_office_field(reading, value, office))
            return false;
    }
    if (office->count == 0)
        return error_set(reading->error, "\"communities\" is missing");
    return true;
}

bool office_parse(const char *text, struct zone_pool *pool, struct office *office, char *path,
    size_t path_size, struct error *error)
{
    const char *end = NULL;
    path[0] = '\0';
    cJSON *root = cJSON_ParseWithOpts(text, &end, true);
    if (!root)
        return error_set(error, "not valid JSON near \"%.24s\"", end ? end : "");
    struct reading reading = {.pool = pool, .error = error};
    bool good = read_office(&reading, root, office);
    cJSON_Delete(root);
    if (!good) {
        str_copy(path, path_size, reading.path);
        office_finish(office);
    }
    return good;
}

static bool read_file(const char *file, struct str *text, struct error *error)
{
    FILE *stream = fopen(file, "re");
    if (!stream)
        return error_set(error, "%s: %s", file, strerror(errno));
    char block[4096];
    size_t n;
    while (text->length < LARGEST_FILE && (n = fread(block, 1, sizeof block, stream)) > 0)
        str_add_bytes(text, block, n);
    bool good = !ferror(stream);
    if (!good)
        error_set(error, "%s: %s", file, strerror(errno));
    else if (text->length >= LARGEST_FILE)
        good = error_set(error, "%s: larger than %d bytes", file, LARGEST_FILE);
    else if (!text_valid(str_text(text), text->length))
        good = error_set(error, "%s: not UTF-8 text", file);
    fclose(stream);
    return good;
}

static int line_at_fault(const char *text, const char *path)
{
    if (*path)
        return locate_path(text, path);
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithOpts(text, &end, true);
    cJSON_Delete(root);
    return root || !end ? 1 : locate_byte(text, end);
}

bool office_read(
    const char *file, struct zone_pool *pool, struct office *office, struct error *error)
{
    struct str text = {0};
    char path[READING_PATH_SIZE];
    bool good = read_file(file, &text, error);
    if (good && !office_parse(str_text(&text), pool, office, path, sizeof path, error))
        good = error_prefix(error, "%s:%d", file, line_at_fault(str_text(&text), path));
    str_finish(&text);
    return good;
}

cJSON *office_json(const struct office *office)
{
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "gateway", gateways[office->gateway]);
    cJSON_AddBoolToObject(root, "seed_bookings", office->seed_bookings);
    cJSON *list = cJSON_AddArrayToObject(root, "communities");
    for (size_t i = 0; i < office->count; i++)
        cJSON_AddItemToArray(list, property_json(&office->items[i]));
    return root;
}

char *office_print(const struct office *office)
{
    cJSON *root = office_json(office);
    char *text = cJSON_Print(root);
    cJSON_Delete(root);
    if (!text)
        mem_exhausted();
    return text;
}

/* Both kinds of change read into a copy made from the JSON form, and take its place when all is
 * well. */
static bool change_property(
    struct reading *reading, struct property *property, const cJSON *changes)
{
    struct property changed;
    property_init(&changed);
    cJSON *before = property_json(property);
    bool good =
        property_read(reading, before, &changed) && property_read(reading, changes, &changed);
    cJSON_Delete(before);
    if (good && strcmp(changed.id, property->id) != 0)
        good = error_set(reading->error, "id cannot be changed");
    struct property old = *property;
    if (good)
        *property = changed;
    property_finish(good ? &old : &changed);
    return good;
}

static bool change_office(struct reading *reading, struct office *office, const cJSON *changes)
{
    struct office changed = {.gateway = office->gateway, .seed_bookings = office->seed_bookings};
    const cJSON *value;
    cJSON_ArrayForEach (value, changes) {
        if (strcmp(value->string, "communities") == 0)
            return error_set(
                reading->error, "communities are changed one by one, at /_sandbox/office/ID");
        if (!read_office_field(reading, value, &changed))
            return false;
    }
    office->gateway = changed.gateway;
    office->seed_bookings = changed.seed_bookings;
    return true;
}

bool office_change(struct office *office, struct property *property, const cJSON *changes,
    struct zone_pool *pool, struct error *error)
{
    struct reading reading = {.pool = pool, .error = error};
    if (!cJSON_IsObject(changes))
        return error_set(error, "settings are changed with a JSON object");
    return property ? change_property(&reading, property, changes)
                    : change_office(&reading, office, changes);
}
