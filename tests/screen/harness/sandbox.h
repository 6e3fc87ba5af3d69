/* The Knock look-alike that a test talks to, as a process of its own. */
#ifndef SCREENTEST_SANDBOX_H
#define SCREENTEST_SANDBOX_H

#include "child.h"

#include "tourdesk/base/str.h"

struct sandbox {
    pid_t pid; /* 0 = it does not run */
    int in, out;
    char url[128]; /* of its last start: a later one gets the same port */
};

/* Starts it and waits until it listens, `limit` milliseconds at most. `arguments` are those of the
 * caller; the port is added. What it says goes to `log`. */
bool sandbox_start(struct sandbox *sandbox, const struct start *start, const char *log,
    int64_t limit, struct error *error);

/* Lets it end by closing its input, and ends it where it does not. */
void sandbox_stop(struct sandbox *sandbox);

/* Sends "METHOD PATH JSON" (JSON or nothing) to the paths under /_sandbox, and appends the body of the
 * answer; false with an error where there is none or it is not a success. */
bool sandbox_request(const struct sandbox *sandbox, const char *request, int64_t limit,
    struct str *answer, struct error *error);

#endif
