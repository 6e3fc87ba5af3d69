/* Which start times a community offers: arithmetic over its settings, and nothing else.
 *
 * The rules are those of knock-api section 5 (Knock's article on scheduling preferences, K8)
 * with R1 to R3. No I/O, no clock, no store: the same input always gives the same list.
 */
#ifndef TOURDESK_SANDBOX_RULES_H
#define TOURDESK_SANDBOX_RULES_H

#include "tourdesk/tour/slot.h"
#include "tourdesk/tour/zone.h"

enum {
    CALENDARS = 2,
    WEEKDAYS = 7,
    HOURS_SPANS = 3,         /* openings of one day: a lunch break makes two */
    DAY_MINUTES = 24 * 60,   /* on the wall, never of elapsed time */
    HOLD_REACH = 48 * HOUR,  /* no booking reaches further than this: see LONGEST_TOUR */
    LONGEST_TOUR = 24 * HOUR /* an end further from its start is refused */
};

/* One opening of a day, in minutes after midnight on the wall; `close` may be 1440. */
struct span {
    int open, close;
};

struct hours {
    struct span spans[HOURS_SPANS];
    int count; /* 0 = closed */
};

struct rules {
    int tour_minutes; /* also the step from one start to the next, counted from opening */
    int notice_minutes;
    int buffer_before, buffer_after; /* minutes; the two add up between neighbours */
    int max_visitors;                /* bookings that may share one start */
    int horizon_days;                /* calendar days offered, today being the first */
    bool cluster;                    /* only beside what is booked that day */
    bool concurrent;                 /* R1: the two calendars do not close each other's times */
    struct hours hours[CALENDARS][WEEKDAYS];
    struct date *closed; /* owned, ascending */
    size_t closed_count, closed_capacity;
};

/* Time that a booking holds. */
struct hold {
    instant start, end;
    enum calendar calendar;
};

/* Ordered by start. */
struct hold_list {
    struct hold *items;
    size_t count, capacity;
    instant longest; /* the length of the longest one: how far back a look must reach */
};

struct starts {
    instant *items;
    size_t count, capacity;
};

/* What stands against a start, the first thing that does. */
enum verdict {
    SLOT_FREE,
    SLOT_PAST,     /* not in the future */
    SLOT_TOO_SOON, /* inside the minimum notice */
    SLOT_TOO_FAR,  /* beyond the horizon */
    SLOT_CLOSED,   /* outside the hours, or a closed day */
    SLOT_OFF_GRID, /* within the hours, but no start of the community's */
    SLOT_TAKEN,    /* bookings, buffers or clustering stand against it */
};

void rules_finish(struct rules *rules);
void hold_list_finish(struct hold_list *list);
void hold_list_add(struct hold_list *list, struct hold hold);
void starts_finish(struct starts *starts);

/* Every start of one day, in order, whether free or not (R3: an hour the clocks skip has none, one
 * that comes twice has both). Appends to `out`. */
void rules_day(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    struct date date, struct starts *out);

/* The starts offered at `now`, in order. `holds` has what is booked from HOLD_REACH before now on.
 * Replaces what `out` holds. */
void rules_starts(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    const struct hold_list *holds, instant now, struct starts *out);

/* Whether one start could be booked at `now`, and if not, why. `holds` reaches HOLD_REACH to both
 * sides of it. rules_starts() lists exactly those it calls free. */
enum verdict rules_judge(const struct rules *rules, const struct zone *zone, enum calendar calendar,
    const struct hold_list *holds, instant now, instant start);

/* True if bookings and their buffers close this start, clustering aside. */
bool rules_taken(const struct rules *rules, enum calendar calendar, const struct hold_list *holds,
    instant start);

/* The first moment after `now` at which a list made at `now` may read otherwise, though nothing was
 * booked: a start slips inside the notice, or a day begins. */
instant rules_valid_until(
    const struct rules *rules, const struct zone *zone, const struct starts *starts, instant now);

#endif
