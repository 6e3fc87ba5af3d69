#include "office_fields.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/tour/profile.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The settings that are one number or one switch. The manual lists them in this order. */
struct setting {
    const char *name;
    size_t offset;
    int low, high, initial; /* a switch has low = high = 0 */
};

static const struct setting settings[] = {
    {"tour_minutes", offsetof(struct property, rules.tour_minutes), 5, 240, 30},
    {"notice_minutes", offsetof(struct property, rules.notice_minutes), 0, 20160, 60},
    {"buffer_before", offsetof(struct property, rules.buffer_before), 0, 240, 0},
    {"buffer_after", offsetof(struct property, rules.buffer_after), 0, 240, 0},
    {"max_visitors", offsetof(struct property, rules.max_visitors), 1, 1000, 1},
    {"horizon_days", offsetof(struct property, rules.horizon_days), 1, 730, 21},
    {"slot_list_lag_seconds", offsetof(struct property, slot_list_lag_seconds), 0, 86400, 0},
    {"cluster", offsetof(struct property, rules.cluster), 0, 0, false},
    {"concurrent", offsetof(struct property, rules.concurrent), 0, 0, false},
    {"instant", offsetof(struct property, instant), 0, 0, true},
    {"strict_slots", offsetof(struct property, strict_slots), 0, 0, true},
    {"repeat_cancel_ok", offsetof(struct property, repeat_cancel_ok), 0, 0, true},
    {"past_cancel_ok", offsetof(struct property, past_cancel_ok), 0, 0, true},
    {"duplicate_visit_ok", offsetof(struct property, duplicate_visit_ok), 0, 0, true},
    {"replace_frees_slot", offsetof(struct property, replace_frees_slot), 0, 0, true},
    {"answer_prospect_id", offsetof(struct property, answer_prospect_id), 0, 0, false},
};

enum { SETTINGS = sizeof settings / sizeof *settings };

static const char *const weekdays[WEEKDAYS] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const char *const calendar_names[CALENDARS] = {
    [CALENDAR_SELF_GUIDED] = "self_guided",
    [CALENDAR_IN_PERSON] = "in_person",
};

size_t reading_enter(struct reading *reading, const char *name)
{
    size_t mark = strlen(reading->path);
    str_print(reading->path + mark, sizeof reading->path - mark, "%s%s", mark ? "." : "", name);
    return mark;
}

size_t reading_enter_index(struct reading *reading, size_t index)
{
    size_t mark = strlen(reading->path);
    str_print(reading->path + mark, sizeof reading->path - mark, "[%zu]", index);
    return mark;
}

void reading_leave(struct reading *reading, size_t mark)
{
    reading->path[mark] = '\0';
}

bool reading_fails(struct reading *reading, const char *format, ...)
{
    struct str text = {0};
    va_list args;
    va_start(args, format);
    str_addv(&text, format, args);
    va_end(args);
    error_set(reading->error, "%s %s", reading->path, str_text(&text));
    str_finish(&text);
    return false;
}

static void *field(struct property *property, const struct setting *setting)
{
    return (char *)property + setting->offset;
}

static const void *const_field(const struct property *property, const struct setting *setting)
{
    return (const char *)property + setting->offset;
}

static bool is_switch(const struct setting *setting)
{
    return setting->high == 0;
}

void property_init(struct property *property)
{
    *property = (struct property){0};
    for (size_t i = 0; i < SETTINGS; i++)
        if (is_switch(&settings[i]))
            *(bool *)field(property, &settings[i]) = settings[i].initial;
        else
            *(int *)field(property, &settings[i]) = settings[i].initial;
}

static void free_texts(char **items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(items[i]);
    free(items);
}

static void clear_sources(struct property *property)
{
    free_texts(property->sources, property->source_count);
    property->sources = NULL;
    property->source_count = property->source_capacity = 0;
}

static void clear_units(struct property *property)
{
    free_texts(property->units, property->unit_count);
    free(property->details);
    property->units = NULL;
    property->details = NULL;
    property->unit_count = property->unit_capacity = property->detail_capacity = 0;
}

void property_finish(struct property *property)
{
    clear_sources(property);
    clear_units(property);
    rules_finish(&property->rules);
    *property = (struct property){0};
}

static bool read_text(struct reading *reading, const cJSON *value, char *out, size_t size)
{
    if (!cJSON_IsString(value) || str_blank(value->valuestring))
        return reading_fails(reading, "must be a text");
    if (!str_copy(out, size, value->valuestring))
        return reading_fails(reading, "is longer than %zu bytes", size - 1);
    return true;
}

static bool read_id(struct reading *reading, const cJSON *value, struct property *property)
{
    if (!read_text(reading, value, property->id, sizeof property->id))
        return false;
    if (strpbrk(property->id, "/?#% "))
        return reading_fails(reading, "must stand in a path: letters, digits and hyphens");
    return true;
}

static bool read_name(struct reading *reading, const cJSON *value, struct property *property)
{
    return read_text(reading, value, property->name, sizeof property->name);
}

static bool read_tracking(struct reading *reading, const cJSON *value, struct property *property)
{
    return read_text(reading, value, property->tracking_email, sizeof property->tracking_email);
}

static bool read_zone(struct reading *reading, const cJSON *value, struct property *property)
{
    char id[64];
    struct error why;
    if (!read_text(reading, value, id, sizeof id))
        return false;
    property->zone = zone_pool_get(reading->pool, id, &why);
    return property->zone || reading_fails(reading, "names an %s", why.text);
}

/* "9:00" or "17:30" or "24:00" into minutes. */
static bool read_clock(const char **text, int *minutes)
{
    int hour, minute, used = 0;
    if (sscanf(*text, " %2d:%2d %n", &hour, &minute, &used) != 2 || hour < 0 || minute < 0 ||
        minute > 59 || hour * 60 + minute > DAY_MINUTES)
        return false;
    *text += used;
    *minutes = hour * 60 + minute;
    return true;
}

static bool read_spans(const char *text, struct hours *hours)
{
    *hours = (struct hours){0};
    if (strcmp(text, "closed") == 0)
        return true;
    int before = 0;
    do {
        struct span span;
        if (hours->count == HOURS_SPANS || !read_clock(&text, &span.open) || *text++ != '-' ||
            !read_clock(&text, &span.close) || span.close <= span.open || span.open < before)
            return false;
        hours->spans[hours->count++] = span;
        before = span.close;
    } while (*text == ',' && text++);
    return *text == '\0';
}

static bool read_day(struct reading *reading, const cJSON *value, struct hours *week)
{
    for (int day = 0; day < WEEKDAYS; day++) {
        if (strcmp(weekdays[day], value->string) != 0)
            continue;
        if (cJSON_IsNull(value))
            week[day] = (struct hours){0};
        else if (!cJSON_IsString(value) || !read_spans(value->valuestring, &week[day]))
            return reading_fails(reading,
                "must read like \"9:00-17:00\", \"9:00-12:00,13:00-17:00\" "
                "(up to 3, in order) or \"closed\"");
        return true;
    }
    return reading_fails(reading, "is no day: mon, tue, wed, thu, fri, sat, sun");
}

static bool read_week(struct reading *reading, const cJSON *object, struct hours *week)
{
    if (!cJSON_IsObject(object))
        return reading_fails(reading, "must be an object with a member for each open day");
    const cJSON *value;
    cJSON_ArrayForEach (value, object) {
        size_t mark = reading_enter(reading, value->string);
        if (!read_day(reading, value, week))
            return false;
        reading_leave(reading, mark);
    }
    return true;
}

static int find_calendar(const char *name)
{
    for (int i = 0; i < CALENDARS; i++)
        if (strcmp(calendar_names[i], name) == 0)
            return i;
    return -1;
}

/* R2: the two calendars may differ. */
static bool read_hours(struct reading *reading, const cJSON *object, struct property *property)
{
    if (!cJSON_IsObject(object))
        return reading_fails(reading, "must be an object with self_guided and in_person");
    const cJSON *value;
    cJSON_ArrayForEach (value, object) {
        size_t mark = reading_enter(reading, value->string);
        int calendar = find_calendar(value->string);
        if (calendar < 0)
            return reading_fails(reading, "is no calendar: self_guided, in_person");
        if (!read_week(reading, value, property->rules.hours[calendar]))
            return false;
        reading_leave(reading, mark);
    }
    return true;
}

static int by_date(const void *a, const void *b)
{
    return date_compare(*(const struct date *)a, *(const struct date *)b);
}

static bool read_closed(struct reading *reading, const cJSON *value, struct property *property)
{
    struct rules *rules = &property->rules;
    if (!cJSON_IsArray(value))
        return reading_fails(reading, "must be a list of dates");
    rules->closed_count = 0;
    const cJSON *item;
    cJSON_ArrayForEach (item, value) {
        struct date date;
        size_t mark = reading_enter_index(reading, rules->closed_count);
        if (!cJSON_IsString(item) || !date_parse(item->valuestring, &date))
            return reading_fails(reading, "must be a date such as \"2026-12-25\"");
        reading_leave(reading, mark);
        rules->closed =
            mem_grow(rules->closed, &rules->closed_capacity, rules->closed_count + 1, sizeof date);
        rules->closed[rules->closed_count++] = date;
    }
    if (rules->closed_count > 1)
        qsort(rules->closed, rules->closed_count, sizeof *rules->closed, by_date);
    return true;
}

static bool read_sources(struct reading *reading, const cJSON *value, struct property *property)
{
    if (!cJSON_IsArray(value))
        return reading_fails(reading, "must be a list of texts");
    clear_sources(property);
    const cJSON *item;
    cJSON_ArrayForEach (item, value) {
        char title[SOURCE_SIZE];
        size_t mark = reading_enter_index(reading, property->source_count);
        if (!read_text(reading, item, title, sizeof title))
            return false;
        reading_leave(reading, mark);
        property->sources = mem_grow(property->sources, &property->source_capacity,
            property->source_count + 1, sizeof *property->sources);
        property->sources[property->source_count++] = mem_text(title);
    }
    return true;
}

static bool read_unit_object(
    struct reading *reading, const cJSON *item, char *name, struct unit_detail *detail)
{
    const cJSON *value;
    cJSON_ArrayForEach (value, item) {
        size_t mark = reading_enter(reading, value->string);
        if (strcmp(value->string, "name") == 0) {
            if (!read_text(reading, value, name, UNIT_SIZE))
                return false;
        } else if (strcmp(value->string, "floor") == 0) {
            if (!cJSON_IsNumber(value) || value->valueint < 0 || value->valueint > 200)
                return reading_fails(reading, "must be a number from 0 to 200");
            detail->floor = value->valueint;
        } else if (strcmp(value->string, "bedrooms") == 0) {
            if (!cJSON_IsString(value) || !bedrooms_from_token(value->valuestring))
                return reading_fails(reading, "must be \"STUDIO\", \"1_BEDROOM\", "
                                              "\"2_BEDROOMS\" or \"3_OR_MORE_BEDROOMS\"");
            str_copy(detail->bedrooms, sizeof detail->bedrooms, value->valuestring);
        } else {
            return reading_fails(reading, "is not known of a unit: name, bedrooms, floor");
        }
        reading_leave(reading, mark);
    }
    return *name || reading_fails(reading, "has no name");
}

static bool read_unit(struct reading *reading, const cJSON *item, struct property *property)
{
    char name[UNIT_SIZE] = "";
    struct unit_detail detail = {0};
    bool good = cJSON_IsObject(item) ? read_unit_object(reading, item, name, &detail)
                                     : read_text(reading, item, name, sizeof name);
    if (!good)
        return false;
    if (unit_find(property->units, property->unit_count, name) >= 0)
        return reading_fails(reading, "is the same unit as another, \"%s\"", name);
    size_t n = property->unit_count + 1;
    property->units =
        mem_grow(property->units, &property->unit_capacity, n, sizeof *property->units);
    property->details = mem_grow(property->details, &property->detail_capacity, n, sizeof detail);
    property->units[property->unit_count] = mem_text(name);
    property->details[property->unit_count++] = detail;
    return true;
}

static bool read_units(struct reading *reading, const cJSON *value, struct property *property)
{
    if (!cJSON_IsArray(value))
        return reading_fails(reading, "must be a list of units");
    clear_units(property);
    const cJSON *item;
    cJSON_ArrayForEach (item, value) {
        size_t mark = reading_enter_index(reading, property->unit_count);
        if (!read_unit(reading, item, property))
            return false;
        reading_leave(reading, mark);
    }
    return true;
}

static const struct {
    const char *name;
    bool (*read)(struct reading *reading, const cJSON *value, struct property *property);
} fields[] = {
    {"id", read_id},
    {"name", read_name},
    {"timezone", read_zone},
    {"tracking_email", read_tracking},
    {"hours", read_hours},
    {"closed", read_closed},
    {"sources", read_sources},
    {"units", read_units},
};

static bool read_setting(struct reading *reading, const cJSON *value, const struct setting *setting,
    struct property *property)
{
    if (is_switch(setting)) {
        if (!cJSON_IsBool(value))
            return reading_fails(reading, "must be true or false");
        *(bool *)field(property, setting) = cJSON_IsTrue(value);
        return true;
    }
    if (!cJSON_IsNumber(value) || value->valuedouble < setting->low ||
        value->valuedouble > setting->high || value->valuedouble != value->valueint)
        return reading_fails(
            reading, "must be a whole number from %d to %d", setting->low, setting->high);
    *(int *)field(property, setting) = value->valueint;
    return true;
}

static bool read_member(struct reading *reading, const cJSON *value, struct property *property)
{
    for (size_t i = 0; i < SETTINGS; i++)
        if (strcmp(settings[i].name, value->string) == 0)
            return read_setting(reading, value, &settings[i], property);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, value->string) == 0)
            return fields[i].read(reading, value, property);
    return reading_fails(reading, "is not a setting of a community");
}

static bool check_whole(struct reading *reading, struct property *property)
{
    if (!property->id[0])
        return reading_fails(reading, "has no \"id\"");
    if (!property->zone)
        return reading_fails(reading, "has no \"timezone\"");
    if (!property->name[0])
        str_copy(property->name, sizeof property->name, property->id);
    return true;
}

bool property_read(struct reading *reading, const cJSON *object, struct property *property)
{
    if (!cJSON_IsObject(object))
        return reading_fails(reading, "must be an object");
    const cJSON *value;
    cJSON_ArrayForEach (value, object) {
        size_t mark = reading_enter(reading, value->string);
        if (!read_member(reading, value, property))
            return false;
        reading_leave(reading, mark);
    }
    return check_whole(reading, property);
}

bool property_read_new(struct reading *reading, const cJSON *object, struct property *property)
{
    property_init(property);
    if (!property_read(reading, object, property))
        return false;
    const cJSON *hours = cJSON_GetObjectItemCaseSensitive(object, "hours");
    struct hours(*week)[WEEKDAYS] = property->rules.hours;
    if (!cJSON_GetObjectItemCaseSensitive(hours, calendar_names[CALENDAR_IN_PERSON]))
        memcpy(week[CALENDAR_IN_PERSON], week[CALENDAR_SELF_GUIDED], sizeof *week);
    return true;
}

static cJSON *week_json(const struct hours *week)
{
    cJSON *object = cJSON_CreateObject();
    for (int day = 0; day < WEEKDAYS; day++) {
        struct str text = {0};
        for (int i = 0; i < week[day].count; i++) {
            struct span span = week[day].spans[i];
            str_addf(&text, "%s%02d:%02d-%02d:%02d", i ? "," : "", span.open / 60, span.open % 60,
                span.close / 60, span.close % 60);
        }
        cJSON_AddStringToObject(
            object, weekdays[day], week[day].count ? str_text(&text) : "closed");
        str_finish(&text);
    }
    return object;
}

static void put_hours(cJSON *object, const struct property *property)
{
    cJSON *hours = cJSON_AddObjectToObject(object, "hours");
    for (int i = 0; i < CALENDARS; i++)
        cJSON_AddItemToObject(hours, calendar_names[i], week_json(property->rules.hours[i]));
}

static void put_closed(cJSON *object, const struct property *property)
{
    cJSON *closed = cJSON_AddArrayToObject(object, "closed");
    for (size_t i = 0; i < property->rules.closed_count; i++) {
        char text[DATE_SIZE];
        date_format(property->rules.closed[i], text);
        cJSON_AddItemToArray(closed, cJSON_CreateString(text));
    }
}

static void put_units(cJSON *object, const struct property *property)
{
    cJSON *units = cJSON_AddArrayToObject(object, "units");
    for (size_t i = 0; i < property->unit_count; i++) {
        const struct unit_detail *detail = &property->details[i];
        cJSON *unit = cJSON_CreateObject();
        cJSON_AddStringToObject(unit, "name", property->units[i]);
        if (detail->bedrooms[0])
            cJSON_AddStringToObject(unit, "bedrooms", detail->bedrooms);
        if (detail->floor)
            cJSON_AddNumberToObject(unit, "floor", detail->floor);
        cJSON_AddItemToArray(units, unit);
    }
}

cJSON *property_json(const struct property *property)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "id", property->id);
    cJSON_AddStringToObject(object, "name", property->name);
    cJSON_AddStringToObject(object, "timezone", zone_id(property->zone));
    if (property->tracking_email[0])
        cJSON_AddStringToObject(object, "tracking_email", property->tracking_email);
    for (size_t i = 0; i < SETTINGS; i++)
        if (is_switch(&settings[i]))
            cJSON_AddBoolToObject(
                object, settings[i].name, *(const bool *)const_field(property, &settings[i]));
        else
            cJSON_AddNumberToObject(
                object, settings[i].name, *(const int *)const_field(property, &settings[i]));
    put_hours(object, property);
    put_closed(object, property);
    cJSON_AddItemToObject(object, "sources",
        cJSON_CreateStringArray(
            (const char *const *)property->sources, (int)property->source_count));
    put_units(object, property);
    return object;
}
