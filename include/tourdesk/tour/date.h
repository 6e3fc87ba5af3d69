/* Calendar dates and wall-clock readings, without any zone: what a calendar on the wall knows. */
#ifndef TOURDESK_TOUR_DATE_H
#define TOURDESK_TOUR_DATE_H

#include "tourdesk/base/clock.h"

#include <stdbool.h>
#include <stdint.h>

/* A day of the Gregorian calendar; month and day count from 1. */
struct date {
    int year, month, day;
};

/* What a clock on the wall shows. */
struct wall {
    struct date date;
    int hour, minute, second;
};

enum { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

enum { DATE_SIZE = 16 }; /* bytes for date_format() */

/* Days since 1970-01-01, and back. */
int64_t date_to_days(struct date date);
struct date date_from_days(int64_t days);

struct date date_add_days(struct date date, int days);
int date_days_between(struct date from, struct date to);
int date_compare(struct date a, struct date b);

/* The same day of another month, or that month's last day where it is shorter. */
struct date date_add_months(struct date date, int months);

/* MONDAY to SUNDAY. */
int date_weekday(struct date date);

/* The Monday on or before `date`. */
struct date date_week_start(struct date date);

int date_month_days(int year, int month);
bool date_valid(struct date date);

/* "2026-11-24", and strictly back; false for a date that does not exist. */
void date_format(struct date date, char out[DATE_SIZE]);
bool date_parse(const char *text, struct date *out);

/* The reading as if the wall were in UTC: for arithmetic only. */
instant wall_as_utc(struct wall wall);
struct wall wall_from_utc(instant at);

#endif
