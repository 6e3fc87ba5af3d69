#include "tourdesk/tour/date.h"

#include "tourdesk/base/str.h"

#include <stdio.h>

/* Days from civil and back: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
int64_t date_to_days(struct date date)
{
    int64_t y = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

struct date date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (struct date){
        .year = (int)(yoe + era * 400 + (month <= 2)),
        .month = month,
        .day = (int)(doy - (153 * mp + 2) / 5 + 1),
    };
}

struct date date_add_days(struct date date, int days)
{
    return date_from_days(date_to_days(date) + days);
}

int date_days_between(struct date from, struct date to)
{
    return (int)(date_to_days(to) - date_to_days(from));
}

int date_compare(struct date a, struct date b)
{
    int64_t x = date_to_days(a), y = date_to_days(b);
    return (x > y) - (x < y);
}

struct date date_add_months(struct date date, int months)
{
    int index = date.year * 12 + (date.month - 1) + months;
    struct date moved = {index / 12, index % 12 + 1, date.day};
    int last = date_month_days(moved.year, moved.month);
    if (moved.day > last)
        moved.day = last;
    return moved;
}

int date_weekday(struct date date)
{
    return (int)(((date_to_days(date) + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

struct date date_week_start(struct date date)
{
    return date_add_days(date, -date_weekday(date));
}

int date_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool date_valid(struct date date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= date_month_days(date.year, date.month);
}

void date_format(struct date date, char out[DATE_SIZE])
{
    str_print(out, DATE_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
}

bool date_parse(const char *text, struct date *out)
{
    static const char form[] = "dddd-dd-dd";
    struct date date;
    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    if (sscanf(text, "%4d-%2d-%2d", &date.year, &date.month, &date.day) != 3 || !date_valid(date))
        return false;
    *out = date;
    return true;
}

instant wall_as_utc(struct wall wall)
{
    int64_t seconds = wall.hour * 3600 + wall.minute * 60 + wall.second;
    return (date_to_days(wall.date) * 86400 + seconds) * SECOND;
}

struct wall wall_from_utc(instant at)
{
    int64_t seconds = (at >= 0 ? at : at - (SECOND - 1)) / SECOND;
    int64_t days = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
    int rest = (int)(seconds - days * 86400);
    return (struct wall){date_from_days(days), rest / 3600, rest / 60 % 60, rest % 60};
}
