/* JSON from outside, read with limits and without surprises.
 *
 * Integers too long for a double become strings before they are parsed, so that an id keeps every
 * digit; a byte order mark is skipped; nesting beyond JSON_DEPTH and rubbish behind the value are errors.
 */
#ifndef TOURDESK_KNOCK_JSON_H
#define TOURDESK_KNOCK_JSON_H

#include "tourdesk/base/error.h"

#include <cjson/cJSON.h>
#include <stddef.h>

enum { JSON_DEPTH = 64 };

/* The value, freed with cJSON_Delete(); NULL and an error that says what is wrong. */
cJSON *json_read(const char *text, size_t length, struct error *error);

/* The member of an object, NULL where there is none or it is null. */
const cJSON *json_member(const cJSON *object, const char *name);

/* A string or number member as text, cleaned of controls; false (out "") where there is none. */
bool json_text(const cJSON *object, const char *name, char *out, size_t size);

/* The same for a value. */
bool json_value_text(const cJSON *value, char *out, size_t size);

#endif
