/* Times as Knock's answers write them (knock-api 2.3). */
#ifndef TOURDESK_SANDBOX_TIMES_H
#define TOURDESK_SANDBOX_TIMES_H

#include "tourdesk/tour/zone.h"

enum { TIMES_SIZE = 48 };

/* "2022-01-18T20:00:00+00:00" (K5: starts and ends). */
void times_utc(instant at, char out[TIMES_SIZE]);

/* "2021-10-14T18:10:34.515181+00:00" (K5: moments of record). */
void times_exact(instant at, char out[TIMES_SIZE]);

/* "2021-09-29T09:00:00-07:00", in a community's zone (T1: slots). */
void times_local(const struct zone *zone, instant at, char out[TIMES_SIZE]);

/* "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110: the Date header). */
void times_http(instant at, char out[TIMES_SIZE]);

#endif
