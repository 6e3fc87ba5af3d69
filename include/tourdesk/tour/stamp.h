/* A point in time with the offset it was written in, as Knock writes it (knock-api 2.3). */
#ifndef TOURDESK_TOUR_STAMP_H
#define TOURDESK_TOUR_STAMP_H

#include "tourdesk/base/clock.h"
#include "tourdesk/base/error.h"
#include "tourdesk/tour/date.h"

#include <stdbool.h>

struct stamp {
    instant at;
    int offset; /* seconds east of UTC */
};

enum { STAMP_SIZE = 48 }; /* bytes for a stamp as text, fraction and all */

/* Reads an RFC 3339 time liberally (knock-api Q5): "Z", "+hh:mm", "+hhmm" or "+hh", seconds and
 * fractions of 1 to 9 digits optional, "T" or a space. An offset is required. */
bool stamp_parse(const char *text, struct stamp *out, struct error *error);

/* "2026-11-24T14:30:00-08:00". */
void stamp_format(struct stamp stamp, char out[STAMP_SIZE]);

/* What the wall showed where the stamp was written. */
struct wall stamp_wall(struct stamp stamp);

#endif
