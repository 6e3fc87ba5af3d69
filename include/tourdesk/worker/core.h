/* The worker without its thread: commands in, reports out, between the ledger and Knock.
 *
 * Everything it needs comes in through its settings (ledger, transport, clock, randomness), so the same
 * code serves the program's background thread, the one-shot commands and a simulated office day.
 */
#ifndef TOURDESK_WORKER_CORE_H
#define TOURDESK_WORKER_CORE_H

#include "tourdesk/base/random.h"
#include "tourdesk/knock/transport.h"
#include "tourdesk/ledger/ledger.h"

struct core;

struct core_settings {
    struct ledger *ledger;       /* stays the caller's */
    struct transport *transport; /* stays the caller's */
    struct clock clock;
    struct random random;
    const struct community *communities; /* stay the caller's */
    size_t community_count;
    bool send_end_time; /* profile setting end_time: "slot" or "omit" (knock-api Q7) */
    int undo_seconds;
    bool
        one_shot; /* only what it is asked itself is sent, at once; other saved work is left alone */
    void (*tell)(void *self, struct report *report); /* takes the report over */
    void *self;
};

struct core *core_create(const struct core_settings *settings);

/* Abandons what is on the wire (what was sending becomes unknown when its claim runs out, or at once if
 * the ledger can still be written). */
void core_destroy(struct core *core);

/* Does what a command asks, as far as it can be done at once; takes the command over. */
void core_take(struct core *core, struct command *command);

/* Reads what came in, sends what is due; returns how many milliseconds may pass until the next turn if
 * nothing else happens (-1 = any number). */
int64_t core_turn(struct core *core);

/* True while something asked for here is neither settled nor known to be stuck: what a one-shot command
 * waits for. */
bool core_busy(const struct core *core);

/* True while the answer to a write is awaited. */
bool core_sending(const struct core *core);

#endif
