/* Inside of office: one community's fields, and where the reader is. */
#ifndef TOURDESK_SANDBOX_OFFICE_FIELDS_H
#define TOURDESK_SANDBOX_OFFICE_FIELDS_H

#include "tourdesk/sandbox/office.h"

enum { READING_PATH_SIZE = 256 };

/* The reader's way through the JSON: "communities[0].hours". It stays where a mistake is found. */
struct reading {
    struct zone_pool *pool;
    struct error *error;
    char path[READING_PATH_SIZE];
};

/* Steps into a member or an element; the mark takes reading_leave() back. */
size_t reading_enter(struct reading *reading, const char *name);
size_t reading_enter_index(struct reading *reading, size_t index);
void reading_leave(struct reading *reading, size_t mark);

/* Fills the error with the path and what is wrong there; returns false. */
__attribute__((format(printf, 2, 3))) bool reading_fails(
    struct reading *reading, const char *format, ...);

/* All settings as they are where nothing is said. */
void property_init(struct property *property);
void property_finish(struct property *property);

/* Reads the fields that `object` has over those that `property` has already, and checks the
 * whole. */
bool property_read(struct reading *reading, const cJSON *object, struct property *property);

/* The same for a community that is not there yet: an in-person calendar without hours of its own
 * gets those of the other. */
bool property_read_new(struct reading *reading, const cJSON *object, struct property *property);

#endif
