/* Times, ages and amounts in the words staff read out: always the weekday with a date, am and pm in
 * full, nothing a tired person can misread.
 *
 * Every function writes into a buffer of SAY_SIZE bytes and returns it.
 */
#ifndef TOURDESK_TOUR_SAY_H
#define TOURDESK_TOUR_SAY_H

#include "tourdesk/tour/zone.h"

enum { SAY_SIZE = 128 };

/* "2:30 pm", "12:00 pm". */
const char *say_clock(char out[SAY_SIZE], struct wall wall);

/* "2:30 to 3:00 pm", "11:30 am to 12:00 pm". */
const char *say_range(char out[SAY_SIZE], struct wall from, struct wall to);

/* "Tue 24 Nov"; with the year where it is not that of `today`. */
const char *say_day(char out[SAY_SIZE], struct date date, struct date today);

/* "Tuesday 24 November 2026". */
const char *say_long_day(char out[SAY_SIZE], struct date date);

/* "Mon 23 to Sun 29 November 2026". */
const char *say_days(char out[SAY_SIZE], struct date from, struct date to);

/* "Tue 24 Nov 2:30 pm", in the zone. */
const char *say_moment(char out[SAY_SIZE], const struct zone *zone, instant at, instant now);

/* "Tue 24 Nov 2:30 to 3:00 pm Pacific". */
const char *say_span(
    char out[SAY_SIZE], const struct zone *zone, instant from, instant to, instant now);

/* "just now", "14 s ago", "3 min ago", "2 h ago", "5 days ago". */
const char *say_age(char out[SAY_SIZE], int64_t milliseconds);

/* "14 s", "3 min", "2 h 5 min", "3 days". */
const char *say_length(char out[SAY_SIZE], int64_t milliseconds);

/* "Mon" and "Monday", "Nov" and "November"; static. */
const char *say_weekday(int weekday);
const char *say_long_weekday(int weekday);
const char *say_month(int month);
const char *say_long_month(int month);

#endif
