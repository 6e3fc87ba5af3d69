/* The practice Knock: tourdesk-sandbox as a child that lives no longer than this program. */
#ifndef TOURDESK_CLI_PRACTICE_H
#define TOURDESK_CLI_PRACTICE_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"
#include "tourdesk/ledger/ledger.h"

struct practice;

/* Starts the sandbox that stands beside `program` (or on the PATH) on a free loopback port and waits until it
 * is ready. Its state and a configuration that points at it are in `folder`, or in a folder of its own that
 * practice_stop() removes where `folder` is NULL. NULL and an error otherwise. */
struct practice *practice_start(const char *program, const char *folder, struct error *error);

/* Ends the sandbox. NULL is fine. */
void practice_stop(struct practice *practice);

/* The configuration it wrote, and the folder for a ledger beside it. */
const char *practice_config(const struct practice *practice);
const char *practice_ledger(const struct practice *practice);

/* Writes the tours that the practice office made itself into a ledger that is still empty, as if they had been
 * booked here, so that there is something to look at and to log. `base_url` is the sandbox's. */
bool practice_fill(struct ledger *ledger, const char *base_url, const struct community *communities,
    size_t count, struct error *error);

#endif
