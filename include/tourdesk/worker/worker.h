/* The background thread: the core, two queues, and a file descriptor that wakes who waits for reports.
 *
 * Whoever owns the screen never waits here: submitting and taking hold a lock for as long as it takes to
 * link a list item, and nothing else.
 */
#ifndef TOURDESK_WORKER_WORKER_H
#define TOURDESK_WORKER_WORKER_H

#include "tourdesk/worker/core.h"

struct worker;

/* Starts the thread. `settings` as for core_create(), its `tell` and `self` left out; ledger and transport
 * are the thread's from here on and the caller's again after worker_destroy(). */
struct worker *worker_create(const struct core_settings *settings, struct error *error);

/* Hands a command over. */
void worker_submit(struct worker *worker, struct command *command);

/* The next report, the caller's own, or NULL. Never waits. */
struct report *worker_take(struct worker *worker);

/* Readable while there may be reports to take. */
int worker_fd(const struct worker *worker);

/* Waits for the next report; for one-shot commands. NULL once the worker has nothing left to do for what
 * it was asked. */
struct report *worker_wait(struct worker *worker);

/* Ends the thread: what is on the wire gets `grace` milliseconds for its answer and is unknown after
 * that. Reports that nobody took are dropped. NULL is fine. */
void worker_destroy(struct worker *worker, int64_t grace);

#endif
