#include "tourdesk/base/clock.h"

#include <time.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static instant system_now(void *self)
{
    (void)self;
    return read_clock(CLOCK_REALTIME);
}

static int64_t system_steady(void *self)
{
    (void)self;
    return read_clock(CLOCK_MONOTONIC);
}

static instant frozen_now(void *self)
{
    return *(instant *)self;
}

struct clock clock_system(void)
{
    return (struct clock){.now = system_now, .steady = system_steady};
}

struct clock clock_frozen(instant *at)
{
    return (struct clock){.now = frozen_now, .steady = frozen_now, .self = at};
}

instant clock_now(const struct clock *clock)
{
    return clock->now(clock->self);
}

int64_t clock_steady(const struct clock *clock)
{
    return clock->steady(clock->self);
}
