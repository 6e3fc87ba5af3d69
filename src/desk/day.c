#include "tourdesk/desk/day.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

static struct day_entry *add_entry(struct day *day, struct grid_time time)
{
    day->entries = mem_grow(day->entries, &day->capacity, day->count + 1, sizeof *day->entries);
    struct day_entry *entry = &day->entries[day->count++];
    *entry = (struct day_entry){.time = time};
    return entry;
}

/* The entry of what is free at a time: one for both calendars. */
static struct day_entry *free_entry(struct day *day, struct grid_time time)
{
    for (size_t i = 0; i < day->count; i++)
        if (!day->entries[i].tour && grid_time_compare(day->entries[i].time, time) == 0)
            return &day->entries[i];
    return add_entry(day, time);
}

static bool is_on(const struct grid_inputs *inputs, instant at)
{
    return date_compare(zone_date(inputs->zone, at), inputs->first) == 0;
}

static void add_slots(
    struct day *day, const struct grid_inputs *inputs, const struct slot_list *slots, bool staff)
{
    for (size_t i = 0; slots && i < slots->count; i++) {
        const struct slot *slot = &slots->items[i];
        if (!is_on(inputs, slot->start.at))
            continue;
        struct day_entry *entry = free_entry(day, grid_time_of(inputs->zone, slot->start.at));
        *(staff ? &entry->staff : &entry->slot) = slot;
    }
}

/* In the order of time; at one time tours before what is still free, the one booked first before others. */
static int by_time(const void *a, const void *b)
{
    const struct day_entry *x = a, *y = b;
    int order = grid_time_compare(x->time, y->time);
    if (order != 0)
        return order;
    if (!x->tour || !y->tour)
        return (y->tour != NULL) - (x->tour != NULL);
    if (x->tour->created_at != y->tour->created_at)
        return x->tour->created_at < y->tour->created_at ? -1 : 1;
    return strcmp(x->tour->id, y->tour->id);
}

void day_build(struct day *day, const struct grid_inputs *inputs)
{
    *day = (struct day){0};
    add_slots(day, inputs, inputs->slots, false);
    add_slots(day, inputs, inputs->staff, true);
    for (size_t i = 0; i < inputs->tours->count; i++) {
        const struct tour *tour = &inputs->tours->items[i];
        if (is_on(inputs, tour->start.at) && grid_shows(tour, inputs->now))
            add_entry(day, grid_time_of(inputs->zone, tour->start.at))->tour = tour;
    }
    if (day->count > 1)
        qsort(day->entries, day->count, sizeof *day->entries, by_time);
}

void day_finish(struct day *day)
{
    free(day->entries);
    *day = (struct day){0};
}
