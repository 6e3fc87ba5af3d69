#include "tourdesk/tour/stamp.h"

#include "tourdesk/base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Reads exactly `digits` digits and moves `*p` behind them. */
static bool read_number(const char **p, int digits, int *out)
{
    int value = 0;
    for (int i = 0; i < digits; i++) {
        if (!isdigit((unsigned char)(*p)[i]))
            return false;
        value = value * 10 + ((*p)[i] - '0');
    }
    *p += digits;
    *out = value;
    return true;
}

static bool read_char(const char **p, char c)
{
    if (**p != c)
        return false;
    (*p)++;
    return true;
}

/* ":ss" and ".fff": both optional; a fraction of up to 9 digits counts down to the millisecond. */
static bool read_seconds(const char **p, int *second, int *millis)
{
    *second = *millis = 0;
    if (!read_char(p, ':'))
        return true;
    if (!read_number(p, 2, second))
        return false;
    if (!read_char(p, '.') && !read_char(p, ','))
        return true;
    int digits = 0;
    for (; isdigit((unsigned char)**p); (*p)++, digits++)
        if (digits < 3)
            *millis = *millis * 10 + (**p - '0');
    for (int i = digits; i < 3; i++)
        *millis *= 10;
    return digits >= 1 && digits <= 9;
}

static bool read_offset(const char **p, int *offset)
{
    if (read_char(p, 'Z') || read_char(p, 'z')) {
        *offset = 0;
        return true;
    }
    int sign = **p == '-' ? -1 : 1, hours, minutes = 0;
    if (!read_char(p, '+') && !read_char(p, '-'))
        return false;
    if (!read_number(p, 2, &hours))
        return false;
    bool colon = read_char(p, ':');
    if ((colon || **p) && !read_number(p, 2, &minutes))
        return false;
    *offset = sign * (hours * 3600 + minutes * 60);
    return hours <= 23 && minutes <= 59;
}

static bool read_stamp(const char *p, struct wall *wall, int *millis, int *offset)
{
    struct date *date = &wall->date;
    if (!read_number(&p, 4, &date->year) || !read_char(&p, '-') ||
        !read_number(&p, 2, &date->month) || !read_char(&p, '-') || !read_number(&p, 2, &date->day))
        return false;
    if (!read_char(&p, 'T') && !read_char(&p, 't') && !read_char(&p, ' '))
        return false;
    return read_number(&p, 2, &wall->hour) && read_char(&p, ':') &&
           read_number(&p, 2, &wall->minute) && read_seconds(&p, &wall->second, millis) &&
           read_offset(&p, offset) && *p == '\0';
}

bool stamp_parse(const char *text, struct stamp *out, struct error *error)
{
    struct wall wall;
    int millis, offset;
    if (!read_stamp(text, &wall, &millis, &offset) || !date_valid(wall.date) || wall.hour > 23 ||
        wall.minute > 59 || wall.second > 60)
        return error_set(error, "\"%.40s\" is not a time with a date and an offset", text);
    *out = (struct stamp){
        .at = wall_as_utc(wall) + millis - (instant)offset * SECOND, .offset = offset};
    return true;
}

struct wall stamp_wall(struct stamp stamp)
{
    return wall_from_utc(stamp.at + (instant)stamp.offset * SECOND);
}

void stamp_format(struct stamp stamp, char out[STAMP_SIZE])
{
    struct wall wall = stamp_wall(stamp);
    int minutes = abs(stamp.offset) / 60;
    str_print(out, STAMP_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", wall.date.year,
        wall.date.month, wall.date.day, wall.hour, wall.minute, wall.second,
        stamp.offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}
