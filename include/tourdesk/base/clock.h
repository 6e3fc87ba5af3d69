/* Time comes in through here, so that a whole office day can be replayed.
 *
 * `instant` is milliseconds since 1970-01-01T00:00:00Z. `now` is the desk's wall clock, which can be
 * wrong and can jump; `steady` only goes forward and measures how long something took.
 */
#ifndef TOURDESK_BASE_CLOCK_H
#define TOURDESK_BASE_CLOCK_H

#include <stdint.h>

typedef int64_t instant;

enum {
    SECOND = 1000,
    MINUTE = 60 * SECOND,
    HOUR = 60 * MINUTE,
};

struct clock {
    instant (*now)(void *self);
    int64_t (*steady)(void *self); /* milliseconds from an arbitrary start */
    void *self;
};

/* The machine's own clock. */
struct clock clock_system(void);

/* A wall clock that stands still at `*at` (owned by the caller, who may move it); steady time runs
 * with it. */
struct clock clock_frozen(instant *at);

instant clock_now(const struct clock *clock);
int64_t clock_steady(const struct clock *clock);

#endif
