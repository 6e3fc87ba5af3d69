/* A month as six weeks of days with how much is free and booked on each. Pure. */
#ifndef TOURDESK_DESK_MONTH_H
#define TOURDESK_DESK_MONTH_H

#include "tourdesk/tour/slot.h"
#include "tourdesk/tour/tour.h"

enum { MONTH_WEEKS = 6, MONTH_DAYS = MONTH_WEEKS * 7, MONTH_SHADES = 5 };

struct month_day {
    struct date date;
    bool inside;     /* of the month itself */
    int free, tours; /* times still to be had; tours of ours that stand or stood */
    enum tour_status
        foremost; /* of its tours, the one that claims most attention; TOUR_STATUSES = none */
};

struct month {
    struct date first; /* the month's own first day */
    struct month_day days[MONTH_DAYS];
    int weeks;     /* how many of the rows touch the month */
    int most_free; /* on any one day */
};

void month_build(struct month *month, struct date any_day, const struct slot_list *slots,
    const struct tour_list *tours, const struct zone *zone, instant now);

/* How much of a day is free beside the freest: 0 (nothing) to MONTH_SHADES - 1. */
int month_shade(const struct month *month, const struct month_day *day);

#endif
