/* Days and times as people type them: "tomorrow 2:30pm", "fri 14:00", "next fri 2", "12/3", "+2w",
 * "tom pm", "now", or RFC 3339. Always in the community's zone, counted from its today.
 */
#ifndef TOURDESK_TOUR_WHEN_H
#define TOURDESK_TOUR_WHEN_H

#include "tourdesk/tour/zone.h"

struct when {
    struct date date;
    bool has_date; /* a day was named ("now" names one); without, `date` is today's */
    bool has_time; /* `at` is set; else from_minute and to_minute bound the part of the day */
    struct stamp at;
    int from_minute, to_minute; /* minutes since midnight: 0 to 1440 where no part was named */
};

/* Which day "friday" or "12/3" means where both the last and the next one would do. */
enum when_side { WHEN_NEXT, WHEN_LAST };

/* Reads `text`. A time that is skipped or comes twice that day is an error that says so and asks
 * for the offset. A bare hour is taken for what a leasing office means: 7 to 11 am, 12 to 6 pm. */
bool when_parse(const char *text, const struct zone *zone, instant now, enum when_side side,
    struct when *out, struct error *error);

/* The same where only a whole point in time will do: a day and a clock time ("2:30pm" alone means
 * today). */
bool when_parse_time(const char *text, const struct zone *zone, instant now, enum when_side side,
    struct stamp *out, struct error *error);

/* The same where only a day will do. */
bool when_parse_date(const char *text, const struct zone *zone, instant now, enum when_side side,
    struct date *out, struct error *error);

#endif
