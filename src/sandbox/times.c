#include "tourdesk/sandbox/times.h"

#include "tourdesk/base/str.h"

void times_utc(instant at, char out[TIMES_SIZE])
{
    stamp_format((struct stamp){.at = at}, out);
}

void times_exact(instant at, char out[TIMES_SIZE])
{
    struct wall wall = wall_from_utc(at);
    int micros = (int)((at % SECOND + SECOND) % SECOND) * 1000;
    str_print(out, TIMES_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%06d+00:00", wall.date.year,
        wall.date.month, wall.date.day, wall.hour, wall.minute, wall.second, micros);
}

void times_local(const struct zone *zone, instant at, char out[TIMES_SIZE])
{
    stamp_format(zone_stamp(zone, at), out);
}

void times_http(instant at, char out[TIMES_SIZE])
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct wall wall = wall_from_utc(at);
    str_print(out, TIMES_SIZE, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[date_weekday(wall.date)],
        wall.date.day, months[wall.date.month - 1], wall.date.year, wall.hour, wall.minute,
        wall.second);
}
