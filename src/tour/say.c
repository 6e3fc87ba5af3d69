#include "tourdesk/tour/say.h"

#include "tourdesk/base/str.h"

#include <string.h>

static const char *const weekdays[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
static const char *const short_weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December"};
static const char *const short_months[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

const char *say_weekday(int weekday)
{
    return short_weekdays[weekday];
}

const char *say_long_weekday(int weekday)
{
    return weekdays[weekday];
}

const char *say_month(int month)
{
    return short_months[month - 1];
}

const char *say_long_month(int month)
{
    return months[month - 1];
}

static int hour12(struct wall wall)
{
    return wall.hour % 12 == 0 ? 12 : wall.hour % 12;
}

static const char *half(struct wall wall)
{
    return wall.hour < 12 ? "am" : "pm";
}

const char *say_clock(char out[SAY_SIZE], struct wall wall)
{
    str_print(out, SAY_SIZE, "%d:%02d %s", hour12(wall), wall.minute, half(wall));
    return out;
}

const char *say_range(char out[SAY_SIZE], struct wall from, struct wall to)
{
    if ((from.hour < 12) == (to.hour < 12) && date_compare(from.date, to.date) == 0)
        str_print(out, SAY_SIZE, "%d:%02d to %d:%02d %s", hour12(from), from.minute, hour12(to),
            to.minute, half(to));
    else
        str_print(out, SAY_SIZE, "%d:%02d %s to %d:%02d %s", hour12(from), from.minute, half(from),
            hour12(to), to.minute, half(to));
    return out;
}

const char *say_day(char out[SAY_SIZE], struct date date, struct date today)
{
    str_print(out, SAY_SIZE, "%s %d %s", say_weekday(date_weekday(date)), date.day,
        say_month(date.month));
    if (date.year != today.year) {
        size_t used = strlen(out);
        str_print(out + used, SAY_SIZE - used, " %d", date.year);
    }
    return out;
}

const char *say_long_day(char out[SAY_SIZE], struct date date)
{
    str_print(out, SAY_SIZE, "%s %d %s %d", say_long_weekday(date_weekday(date)), date.day,
        say_long_month(date.month), date.year);
    return out;
}

const char *say_days(char out[SAY_SIZE], struct date from, struct date to)
{
    const char *first = say_weekday(date_weekday(from)), *last = say_weekday(date_weekday(to));
    const char *month = say_long_month(to.month);
    if (from.year != to.year)
        str_print(out, SAY_SIZE, "%s %d %s %d to %s %d %s %d", first, from.day,
            say_month(from.month), from.year, last, to.day, say_month(to.month), to.year);
    else if (from.month != to.month)
        str_print(out, SAY_SIZE, "%s %d %s to %s %d %s %d", first, from.day, say_month(from.month),
            last, to.day, say_month(to.month), to.year);
    else
        str_print(
            out, SAY_SIZE, "%s %d to %s %d %s %d", first, from.day, last, to.day, month, to.year);
    return out;
}

const char *say_moment(char out[SAY_SIZE], const struct zone *zone, instant at, instant now)
{
    char day[SAY_SIZE], clock[SAY_SIZE];
    struct wall wall = zone_wall(zone, at);
    str_print(out, SAY_SIZE, "%s %s", say_day(day, wall.date, zone_date(zone, now)),
        say_clock(clock, wall));
    return out;
}

const char *say_span(
    char out[SAY_SIZE], const struct zone *zone, instant from, instant to, instant now)
{
    char day[SAY_SIZE], range[SAY_SIZE];
    struct wall start = zone_wall(zone, from);
    str_print(out, SAY_SIZE, "%s %s %s", say_day(day, start.date, zone_date(zone, now)),
        say_range(range, start, zone_wall(zone, to)), zone_word(zone));
    return out;
}

const char *say_length(char out[SAY_SIZE], int64_t milliseconds)
{
    long long seconds = milliseconds < 0 ? 0 : milliseconds / SECOND;
    long long minutes = seconds / 60, hours = minutes / 60;
    if (seconds < 60)
        str_print(out, SAY_SIZE, "%lld s", seconds);
    else if (minutes < 60)
        str_print(out, SAY_SIZE, "%lld min", minutes);
    else if (hours < 10 && minutes % 60 != 0)
        str_print(out, SAY_SIZE, "%lld h %lld min", hours, minutes % 60);
    else if (hours < 48)
        str_print(out, SAY_SIZE, "%lld h", hours);
    else
        str_print(out, SAY_SIZE, "%lld days", hours / 24);
    return out;
}

const char *say_age(char out[SAY_SIZE], int64_t milliseconds)
{
    char length[SAY_SIZE];
    if (milliseconds < 2 * SECOND)
        str_copy(out, SAY_SIZE, "just now");
    else
        str_print(out, SAY_SIZE, "%s ago", say_length(length, milliseconds));
    return out;
}
