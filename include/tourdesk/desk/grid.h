/* The week as a grid: days across, times down, and what stands in each cell. Pure: from slots, tours and a
 * zone; nothing is kept.
 */
#ifndef TOURDESK_DESK_GRID_H
#define TOURDESK_DESK_GRID_H

#include "tourdesk/tour/tour.h"

enum { GRID_DAYS = 7 };

/* A reading of the wall clock, as a row. `again` is true for the second coming of an hour that the clocks
 * repeat. */
struct grid_time {
    int minute; /* since midnight */
    bool again;
};

struct grid_cell {
    const struct slot *slot;  /* offered then, or NULL */
    const struct slot *staff; /* offered then for a tour with staff, or NULL */
    const struct tour *tour;  /* the one that claims most attention, or NULL */
    int tours;                /* how many of ours begin then */
    bool offset_differs;      /* the slot's own offset is not the zone's: it is flagged */
};

/* What a grid is built from; all of it is borrowed. */
struct grid_inputs {
    const struct slot_list *slots;
    const struct slot_list *staff; /* of tours with staff; NULL = they are not shown */
    const struct tour_list *tours;
    const struct zone *zone;
    struct date first;
    int days;
    int step; /* the community's tour length in minutes */
    instant now;
};

struct grid {
    struct date first;
    int days;
    struct grid_time
        *times; /* in order; regular steps are filled in between the first and the last */
    size_t time_count, time_capacity;
    struct grid_cell *cells; /* time_count x days, row by row */
};

/* Builds the grid of `days` (1 to GRID_DAYS) from `first`. Freed with grid_finish(). */
void grid_build(struct grid *grid, const struct grid_inputs *inputs);
void grid_finish(struct grid *grid);

const struct grid_cell *grid_cell(const struct grid *grid, size_t row, int day);

/* The row of a time, or the nearest one; -1 if there are none. */
int grid_row(const struct grid *grid, struct grid_time time);

/* Negative, zero or positive as `a` comes before, with or after `b`. */
int grid_time_compare(struct grid_time a, struct grid_time b);

/* True for tours that the calendar shows: those that came to nothing leave their place to what is there now. */
bool grid_shows(const struct tour *tour, instant now);

/* Where an instant with its own offset stands. */
struct grid_time grid_time_of(const struct zone *zone, instant at);

#endif
