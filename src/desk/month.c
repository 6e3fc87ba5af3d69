#include "tourdesk/desk/month.h"

#include "tourdesk/desk/grid.h"

/* The day of an instant, or NULL where it is not shown. */
static struct month_day *day_of(struct month *month, const struct zone *zone, instant at)
{
    int day = date_days_between(month->days[0].date, zone_date(zone, at));
    return day >= 0 && day < MONTH_DAYS ? &month->days[day] : NULL;
}

static void place_days(struct month *month)
{
    struct date start = date_week_start(month->first);
    int before = date_days_between(start, month->first);
    int length = date_month_days(month->first.year, month->first.month);
    month->weeks = (before + length + 6) / 7;
    for (int i = 0; i < MONTH_DAYS; i++) {
        month->days[i] = (struct month_day){
            .date = date_add_days(start, i),
            .inside = i >= before && i < before + length,
            .foremost = TOUR_STATUSES,
        };
    }
}

void month_build(struct month *month, struct date any_day, const struct slot_list *slots,
    const struct tour_list *tours, const struct zone *zone, instant now)
{
    *month = (struct month){.first = {any_day.year, any_day.month, 1}};
    place_days(month);
    for (size_t i = 0; i < slots->count; i++) {
        struct month_day *day = day_of(month, zone, slots->items[i].start.at);
        if (!day || slots->items[i].start.at <= now)
            continue;
        if (++day->free > month->most_free)
            month->most_free = day->free;
    }
    for (size_t i = 0; i < tours->count; i++) {
        const struct tour *tour = &tours->items[i];
        struct month_day *day = day_of(month, zone, tour->start.at);
        if (!day || !grid_shows(tour, now))
            continue;
        day->tours++;
        enum tour_status status = tour_status(tour, now);
        if (status < day->foremost)
            day->foremost = status;
    }
}

int month_shade(const struct month *month, const struct month_day *day)
{
    if (day->free == 0 || month->most_free == 0)
        return 0;
    int shades = MONTH_SHADES - 1;
    return (day->free * shades + month->most_free - 1) / month->most_free;
}
