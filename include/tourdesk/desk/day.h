/* One day, an entry a line: every free time and every tour, in the order of time. Pure. */
#ifndef TOURDESK_DESK_DAY_H
#define TOURDESK_DESK_DAY_H

#include "tourdesk/desk/grid.h"

struct day_entry {
    struct grid_time time;
    const struct slot *slot;  /* free for a self-guided tour, or NULL */
    const struct slot *staff; /* free for one with staff, or NULL */
    const struct tour *tour;  /* or NULL */
};

struct day {
    struct day_entry *entries;
    size_t count, capacity;
};

/* Builds the entries of `inputs->first`; slots and tours are borrowed. Freed with day_finish(). */
void day_build(struct day *day, const struct grid_inputs *inputs);
void day_finish(struct day *day);

#endif
