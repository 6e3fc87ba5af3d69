/* The office that the sandbox plays: its communities with their settings, units and sources.
 *
 * An office is described in JSON: built in (seed.h), read from a file (--office), kept in the
 * store, and changed field by field through the control endpoint. All of these go through the
 * same reader, whose table of fields is also what the manual lists.
 */
#ifndef TOURDESK_SANDBOX_OFFICE_H
#define TOURDESK_SANDBOX_OFFICE_H

#include "tourdesk/sandbox/rules.h"
#include "tourdesk/tour/community.h"
#include "tourdesk/tour/email.h"

#include <cjson/cJSON.h>

/* Zones stay loaded as long as the pool, so that whoever holds one need not ask who changes the
 * office meanwhile. Not locked: one thread at a time. */
struct zone_pool;

struct zone_pool *zone_pool_create(void);
void zone_pool_destroy(struct zone_pool *pool);
const struct zone *zone_pool_get(struct zone_pool *pool, const char *id, struct error *error);

/* What is known of a unit beside its name. */
struct unit_detail {
    char bedrooms[24]; /* "STUDIO", "1_BEDROOM", ...; "" where not said */
    int floor;         /* 0 where not said */
};

/* A community as the sandbox plays it; the settings are those of the table in office.c. */
struct property {
    char id[ID_SIZE];
    char name[128];
    char tracking_email[EMAIL_SIZE]; /* knock-api 3.5: knockTrackingEmail names a community, too */
    const struct zone *zone;         /* of the pool */
    struct rules rules;
    bool instant;            /* false: bookings wait for staff, status PENDING (K9) */
    bool strict_slots;       /* R5: only an offered start can be booked */
    bool repeat_cancel_ok;   /* R10 */
    bool past_cancel_ok;     /* Q11 */
    bool duplicate_visit_ok; /* R11 */
    bool
        replace_frees_slot; /* R8: a person's own tour does not stand in the way of its successor */
    bool answer_prospect_id; /* Q3: the booking answer names the prospect */
    int slot_list_lag_seconds;
    char **sources; /* owned, like the two below */
    size_t source_count, source_capacity;
    char **units;
    struct unit_detail *details; /* one for each unit */
    size_t unit_count, unit_capacity, detail_capacity;
};

enum gateway {
    GATEWAY_OFF,     /* only x-api-key opens */
    GATEWAY_ACCEPT,  /* apikey as well (knock-api 2.2) */
    GATEWAY_REQUIRE, /* and company-id and property-id must come with it */
};

struct office {
    enum gateway gateway;
    bool seed_bookings; /* a fresh store gets invented tours */
    struct property *items;
    size_t count, capacity;
};

void office_finish(struct office *office);

/* Reads an office from JSON text into a zeroed `office`. On failure `path` (of `path_size`
 * bytes) has the part at fault, "" where the text is not JSON at all. */
bool office_parse(const char *text, struct zone_pool *pool, struct office *office, char *path,
    size_t path_size, struct error *error);

/* The same from a file; the error begins "FILE:LINE: ". */
bool office_read(
    const char *file, struct zone_pool *pool, struct office *office, struct error *error);

/* The office as JSON that office_parse() reads back; the caller frees it. */
char *office_print(const struct office *office);
cJSON *office_json(const struct office *office);
cJSON *property_json(const struct property *property);

/* Changes the settings named in `changes` of one community, or of the office where `property` is
 * NULL: all of them or, on error, none. */
bool office_change(struct office *office, struct property *property, const cJSON *changes,
    struct zone_pool *pool, struct error *error);

/* The community of an id or of a tracking e-mail address, or NULL. */
struct property *office_find(const struct office *office, const char *id);
struct property *office_find_email(const struct office *office, const char *email);

#endif
