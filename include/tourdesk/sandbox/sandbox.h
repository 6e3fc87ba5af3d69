/* The sandbox: a Knock to trust in demos, training and tests, without any network round it.
 *
 * A request goes in, an answer comes out, whichever thread asks: one lock stands round the
 * world, and nothing waits while holding it. Delays and drips are the server's business
 * (server.h).
 */
#ifndef TOURDESK_SANDBOX_SANDBOX_H
#define TOURDESK_SANDBOX_SANDBOX_H

#include "tourdesk/sandbox/api.h"
#include "tourdesk/sandbox/reply.h"

struct sandbox_settings {
    const char *folder;      /* NULL = in memory */
    const char *office_file; /* NULL = the built-in office */
    struct clock source;     /* what the sandbox's clock runs by */
    instant clock_at;        /* what it shows first; 0 = the source's own time */
    double speed;
    uint64_t seed;
    bool control;         /* the control endpoint answers */
    struct faults faults; /* taken over by sandbox_create(), whether it succeeds or not */
};

struct sandbox;

struct sandbox *sandbox_create(const struct sandbox_settings *settings, struct error *error);
void sandbox_destroy(struct sandbox *sandbox);

/* Answers one request; `reply` is finished with reply_finish(). */
void sandbox_handle(struct sandbox *sandbox, const struct request *request, struct reply *reply);

/* The sandbox's clock. */
instant sandbox_now(struct sandbox *sandbox);

/* Calls `read` with the office while nobody changes it. */
void sandbox_with_office(struct sandbox *sandbox,
    void (*read)(const struct office *office, void *context), void *context);

#endif
