/* A configuration file for tourdesk that points at this sandbox (--write-config). */
#ifndef TOURDESK_SANDBOX_PRACTICE_H
#define TOURDESK_SANDBOX_PRACTICE_H

#include "tourdesk/base/str.h"
#include "tourdesk/sandbox/office.h"

/* Appends the whole configuration: profile "practice" with the test keys, and every community. */
void practice_config(struct str *out, const struct office *office, const char *url);

/* Writes it to `path` with mode 0600, all or nothing: a file there before is replaced in one
 * step. */
bool practice_write(
    const char *path, const struct office *office, const char *url, struct error *error);

#endif
