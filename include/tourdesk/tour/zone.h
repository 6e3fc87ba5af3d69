/* Time zones: what the clock on a community's wall shows, and when it changes.
 *
 * A zone is read once (through libical, from the system's zone data) into a table of its changes
 * from 2000 to 2037 (libical reads some zones wrongly beyond) and never changes afterwards, so any thread may use it. TZ is never set.
 */
#ifndef TOURDESK_TOUR_ZONE_H
#define TOURDESK_TOUR_ZONE_H

#include "tourdesk/base/error.h"
#include "tourdesk/tour/date.h"
#include "tourdesk/tour/stamp.h"

struct zone;

/* The zone of an IANA name such as "America/Los_Angeles"; NULL and an error that says so where the
 * system does not know it. Call before threads start. Freed by zone_destroy() (NULL is fine). */
struct zone *zone_load(const char *id, struct error *error);
void zone_destroy(struct zone *zone);

/* The zone of the machine itself, from TZ or /etc/localtime; UTC where neither tells. */
struct zone *zone_load_local(void);

const char *zone_id(const struct zone *zone);

/* The word people use: "Pacific", "Arizona", else the city ("Kolkata"). Behind it goes "time". */
const char *zone_word(const struct zone *zone);

/* Seconds east of UTC at an instant. */
int zone_offset(const struct zone *zone, instant at);

struct wall zone_wall(const struct zone *zone, instant at);
struct date zone_date(const struct zone *zone, instant at);
struct stamp zone_stamp(const struct zone *zone, instant at);

/* The instants at which the wall shows `wall`: 1 as a rule, 0 in the hour that is skipped when clocks
 * go forward, 2 in the hour that comes twice when they go back (earlier first). */
int zone_instants(const struct zone *zone, struct wall wall, instant out[2]);

/* The first instant of a day; the next day's is 23, 24 or 25 hours later. */
instant zone_day_start(const struct zone *zone, struct date date);

/* True if the offset that a stamp was written with is the one the zone has at that instant. */
bool zone_agrees(const struct zone *zone, struct stamp stamp);

#endif
