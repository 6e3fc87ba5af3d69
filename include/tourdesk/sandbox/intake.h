/* Reading what a client sent: one JSON object, field by field, into checked values.
 *
 * The first mistake is kept in words a client's developer can act on ("profile.email is not an
 * e-mail address."); after it every further call does nothing, so that a handler reads all its
 * fields and asks once. Fields that are absent or null leave their target untouched.
 */
#ifndef TOURDESK_SANDBOX_INTAKE_H
#define TOURDESK_SANDBOX_INTAKE_H

#include "tourdesk/sandbox/guest.h"
#include "tourdesk/tour/stamp.h"

#include <cjson/cJSON.h>

struct intake {
    const cJSON *object; /* owned by the caller */
    const char *prefix;  /* "profile.", or "" */
    struct error error;
    bool failed;
};

/* Starts on `object`, which must be a JSON object (else the intake has failed already). */
struct intake intake_start(const cJSON *object, const char *prefix);

/* Fills the error unless there is one. */
__attribute__((format(printf, 2, 3))) void intake_fail(
    struct intake *intake, const char *format, ...);

/* Each returns true if the field was there and fine. Texts may be empty. */
bool intake_text(struct intake *intake, const char *name, char *out, size_t size);
bool intake_flag(struct intake *intake, const char *name, bool *out);
bool intake_number(struct intake *intake, const char *name, long low, long high, long *out);
bool intake_time(struct intake *intake, const char *name, struct stamp *out);

/* An id as a string of digits or as a number (knock-api 2.3). 0 is never one: for an id that
 * cannot be, `*out` is -1. */
bool intake_id(struct intake *intake, const char *name, int64_t *out);

/* A member that must be an object / an array, or NULL. */
const cJSON *intake_object(struct intake *intake, const char *name);
const cJSON *intake_array(struct intake *intake, const char *name);

/* For a field that must be there. */
void intake_require(struct intake *intake, const char *name);

/* The fields of a person (knock-api 3.2 and 3.5). `given` receives the set of those that were
 * there. */
void intake_guest(struct intake *intake, struct guest *guest, unsigned *given);

/* The fields that stand beside a person's: sourceTitle, firstContactType and the consent to
 * texts. */
void intake_more(struct intake *intake, struct guest *guest);

#endif
