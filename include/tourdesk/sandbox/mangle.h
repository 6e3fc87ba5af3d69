/* Making an answer's JSON differ from what it should be, as a fault asks (knock-api R15).
 *
 * Each change is one that a real service might make some day: other types, other ids, other ways
 * to write a slot (knock-api Q1 to Q5). No I/O.
 */
#ifndef TOURDESK_SANDBOX_MANGLE_H
#define TOURDESK_SANDBOX_MANGLE_H

#include "tourdesk/sandbox/faults.h"
#include "tourdesk/tour/zone.h"

#include <cjson/cJSON.h>

/* What a change may need to know of the community that was asked about. */
struct mangle_place {
    const struct zone *zone; /* NULL = UTC */
    int tour_minutes;
    instant now;
};

/* True if the twist touches the JSON at all. */
bool mangle_wanted(const struct twist *twist);

/* The changed answer; takes `json` over. */
cJSON *mangle_json(cJSON *json, const struct twist *twist, const struct mangle_place *place);

#endif
