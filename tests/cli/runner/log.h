/* What the sandbox tells of itself: requests, what people would have been sent, appointments. */
#ifndef CLITEST_LOG_H
#define CLITEST_LOG_H

#include "play.h"

#include <cjson/cJSON.h>

/* Counts the requests of a method whose path (without its query unless the pattern has one) matches a
 * pattern; `*last`, if wanted, is the last of them with its body parsed, the caller's own, or NULL. */
bool log_count(struct play *play, const char *method, const char *path, size_t *count, cJSON **last,
    struct error *error);

/* The same for the effects of a kind that were not withdrawn, and for appointments in a status. */
bool log_effects(
    struct play *play, const char *kind, size_t *count, cJSON **last, struct error *error);
bool log_appointments(
    struct play *play, const char *status, size_t *count, cJSON **last, struct error *error);

#endif
