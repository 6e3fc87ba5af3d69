/* The sandbox's clock: it can be set, stopped and sped up, and everything there goes by it. */
#ifndef TOURDESK_SANDBOX_PACE_H
#define TOURDESK_SANDBOX_PACE_H

#include "tourdesk/base/clock.h"

enum { FASTEST_PACE = 100000 };

struct pace {
    struct clock source;
    instant anchor;        /* what this clock showed ... */
    instant source_anchor; /* ... when the source showed this */
    double speed;          /* 1 = as fast as the source, 0 = stands still */
};

/* Shows the source's own time. */
struct pace pace_start(struct clock source);

instant pace_now(const struct pace *pace);

/* Goes on from `at` / at another speed from now on. */
void pace_set(struct pace *pace, instant at);
void pace_set_speed(struct pace *pace, double speed);

#endif
