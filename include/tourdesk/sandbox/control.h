/* The control endpoint: what a test or a lesson does to the sandbox while it runs. Off unless asked
 * for.
 *
 * Everything lies under /_sandbox/ and needs no key; faults do not apply to it and it leaves no
 * trace in the diary. Answers are JSON.
 */
#ifndef TOURDESK_SANDBOX_CONTROL_H
#define TOURDESK_SANDBOX_CONTROL_H

#include "tourdesk/sandbox/api.h"

/* True if the target lies under /_sandbox/. */
bool control_owns(const char *target);

/* Like api_handle(): to be committed below 400 and rolled back otherwise. */
void control_handle(
    struct world *world, const struct request *request, instant now, struct answer *answer);

#endif
