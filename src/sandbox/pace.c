#include "tourdesk/sandbox/pace.h"

struct pace pace_start(struct clock source)
{
    instant now = clock_now(&source);
    return (struct pace){.source = source, .anchor = now, .source_anchor = now, .speed = 1};
}

instant pace_now(const struct pace *pace)
{
    double passed = (double)(clock_now(&pace->source) - pace->source_anchor);
    return pace->anchor + (instant)(passed * pace->speed);
}

void pace_set(struct pace *pace, instant at)
{
    pace->anchor = at;
    pace->source_anchor = clock_now(&pace->source);
}

void pace_set_speed(struct pace *pace, double speed)
{
    pace_set(pace, pace_now(pace));
    pace->speed = speed;
}
