#include "tourdesk/sandbox/rules.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

void rules_finish(struct rules *rules)
{
    free(rules->closed);
    *rules = (struct rules){0};
}

void hold_list_finish(struct hold_list *list)
{
    free(list->items);
    *list = (struct hold_list){0};
}

void hold_list_add(struct hold_list *list, struct hold hold)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    size_t place = list->count++;
    for (; place > 0 && list->items[place - 1].start > hold.start; place--)
        list->items[place] = list->items[place - 1];
    list->items[place] = hold;
    if (hold.end - hold.start > list->longest)
        list->longest = hold.end - hold.start;
}

void starts_finish(struct starts *starts)
{
    free(starts->items);
    *starts = (struct starts){0};
}

/* Adds in order and each instant once: around a change of clocks the walls do not come in order. */
static void add_start(struct starts *starts, size_t from, instant at)
{
    size_t place = starts->count;
    while (place > from && starts->items[place - 1] > at)
        place--;
    if (place > from && starts->items[place - 1] == at)
        return;
    starts->items =
        mem_grow(starts->items, &starts->capacity, starts->count + 1, sizeof *starts->items);
    for (size_t i = starts->count++; i > place; i--)
        starts->items[i] = starts->items[i - 1];
    starts->items[place] = at;
}

static bool is_closed(const struct rules *rules, struct date date)
{
    for (size_t i = 0; i < rules->closed_count; i++)
        if (date_compare(rules->closed[i], date) == 0)
            return true;
    return false;
}

void rules_day(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    struct date date, struct starts *out)
{
    if (is_closed(rules, date))
        return;
    size_t from = out->count;
    const struct hours *hours = &rules->hours[calendar][date_weekday(date)];
    for (int i = 0; i < hours->count; i++) {
        int last = hours->spans[i].close - rules->tour_minutes;
        for (int m = hours->spans[i].open; m <= last; m += rules->tour_minutes) {
            instant at[2];
            struct wall wall = {.date = date, .hour = m / 60, .minute = m % 60};
            int n = zone_instants(zone, wall, at);
            for (int k = 0; k < n; k++)
                add_start(out, from, at[k]);
        }
    }
}

/* The index of the first booking that starts at `at` or later. */
static size_t first_hold(const struct hold_list *holds, instant at)
{
    size_t low = 0, high = holds->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (holds->items[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* R1: without concurrency the bookings of the other calendar count as well. */
static bool counts(const struct rules *rules, enum calendar calendar, const struct hold *hold)
{
    return hold->calendar == calendar || !rules->concurrent;
}

bool rules_taken(
    const struct rules *rules, enum calendar calendar, const struct hold_list *holds, instant start)
{
    /* K8: neighbours need both buffers between them (with 30 and 30, a tour that ends at 11:00
     * makes 12:00 the next). */
    instant gap = (instant)(rules->buffer_before + rules->buffer_after) * MINUTE;
    instant first = start - gap, last = start + (instant)rules->tour_minutes * MINUTE + gap;
    int same = 0;
    for (size_t i = first_hold(holds, first - holds->longest); i < holds->count; i++) {
        const struct hold *hold = &holds->items[i];
        if (hold->start >= last)
            break;
        if (hold->end <= first || !counts(rules, calendar, hold))
            continue;
        if (hold->calendar != calendar || hold->start != start)
            return true;
        same++;
    }
    return same >= rules->max_visitors;
}

/* K8, clustering: on a day with bookings only the steps beside them and their own are offered. */
static bool beside(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    const struct hold_list *holds, struct date date, instant start)
{
    instant step = (instant)rules->tour_minutes * MINUTE;
    instant from = zone_day_start(zone, date), to = zone_day_start(zone, date_add_days(date, 1));
    bool any = false;
    for (size_t i = first_hold(holds, from); i < holds->count && holds->items[i].start < to; i++) {
        const struct hold *hold = &holds->items[i];
        if (!counts(rules, calendar, hold))
            continue;
        if (hold->start - step <= start && start <= hold->start + step)
            return true;
        any = true;
    }
    return !any;
}

static bool is_free(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    const struct hold_list *holds, struct date date, instant start)
{
    return !rules_taken(rules, calendar, holds, start) &&
           (!rules->cluster || beside(rules, zone, calendar, holds, date, start));
}

/* The first start that the notice leaves; K8: exactly now + notice is allowed. */
static bool soon_enough(const struct rules *rules, instant now, instant start)
{
    return start > now && start >= now + (instant)rules->notice_minutes * MINUTE;
}

void rules_starts(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    const struct hold_list *holds, instant now, struct starts *out)
{
    struct date today = zone_date(zone, now);
    struct starts day = {0};
    out->count = 0;
    for (int d = 0; d < rules->horizon_days; d++) {
        struct date date = date_add_days(today, d);
        day.count = 0;
        rules_day(rules, zone, calendar, date, &day);
        for (size_t i = 0; i < day.count; i++)
            if (soon_enough(rules, now, day.items[i]) &&
                is_free(rules, zone, calendar, holds, date, day.items[i]))
                add_start(out, out->count, day.items[i]);
    }
    starts_finish(&day);
}

static bool on_grid(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    struct date date, instant start)
{
    struct starts day = {0};
    bool found = false;
    rules_day(rules, zone, calendar, date, &day);
    for (size_t i = 0; i < day.count; i++)
        found = found || day.items[i] == start;
    starts_finish(&day);
    return found;
}

static bool is_open(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    struct date date, instant start)
{
    if (is_closed(rules, date))
        return false;
    struct wall wall = zone_wall(zone, start);
    int minute = wall.hour * 60 + wall.minute;
    const struct hours *hours = &rules->hours[calendar][date_weekday(date)];
    for (int i = 0; i < hours->count; i++)
        if (minute >= hours->spans[i].open && minute + rules->tour_minutes <= hours->spans[i].close)
            return true;
    return false;
}

enum verdict rules_judge(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    const struct hold_list *holds, instant now, instant start)
{
    struct date date = zone_date(zone, start);
    if (start <= now)
        return SLOT_PAST;
    if (!is_open(rules, zone, calendar, date, start))
        return SLOT_CLOSED;
    if (!on_grid(rules, zone, calendar, date, start))
        return SLOT_OFF_GRID;
    if (!soon_enough(rules, now, start))
        return SLOT_TOO_SOON;
    if (date_days_between(zone_date(zone, now), date) >= rules->horizon_days)
        return SLOT_TOO_FAR;
    return is_free(rules, zone, calendar, holds, date, start) ? SLOT_FREE : SLOT_TAKEN;
}

instant rules_valid_until(
    const struct rules *rules, const struct zone *zone, const struct starts *starts, instant now)
{
    instant tomorrow = zone_day_start(zone, date_add_days(zone_date(zone, now), 1));
    if (starts->count == 0)
        return tomorrow;
    instant notice = (instant)rules->notice_minutes * MINUTE;
    instant slips = notice > 0 ? starts->items[0] - notice + 1 : starts->items[0];
    return slips < tomorrow ? slips : tomorrow;
}
