/* What the ledger's tests share: a folder that goes away, and operations with every field filled. */
#ifndef TOURDESK_TESTS_LEDGER_SCRATCH_H
#define TOURDESK_TESTS_LEDGER_SCRATCH_H

#include "../unit/check.h"

#include "tourdesk/ledger/ledger.h"

#include <pthread.h>
#include <sqlite3.h>

struct scratch {
    char folder[64]; /* the test's own */
    char data[80];   /* the ledger's, inside */
    char file[96];   /* its database */
    struct ledger *ledger;
};

/* For cmocka: a folder with an open ledger in it, and its end. */
int scratch_open(void **state);
int scratch_close(void **state);

/* The same without a ledger: for tests of opening. */
int scratch_folder(void **state);

/* Opens the ledger in `folder` or fails the test. */
struct ledger *open_ledger(const char *folder);

/* A booking as a caller with one name and one phone makes it, confirmed states and ids left out. `start` in
 * milliseconds; half an hour long. */
struct operation booking(
    const char *id, const char *first, const char *email, const char *phone, instant start);
struct operation cancel_of(const char *id, const struct operation *booking);
struct operation visit_of(const char *id, const struct operation *booking);

/* Keeps it, or fails the test. */
void keep(struct ledger *ledger, const struct operation *operation);

/* Moves it to `state` at `at`, with `id` as its appointment's (or visit's) id unless that is NULL. */
void move_to(struct ledger *ledger, struct operation *operation, enum operation_state state,
    instant at, const char *id);

/* The tour of a booking, or fails the test. */
struct tour tour_of(struct ledger *ledger, const char *id);

/* Ends `db`'s transaction from another thread, as soon as this one is asleep, waiting for it; then
 * pthread_join(). */
pthread_t commit_when_waited_for(sqlite3 *db);

/* The first column of the first row, as text, of a query of the file itself; "" for none. */
const char *ask_file(const struct scratch *scratch, const char *sql);

/* Bytes of a file; freed by the caller. */
char *file_bytes(const char *path, size_t *length);
void put_file(const char *path, const void *bytes, size_t length);

#endif
