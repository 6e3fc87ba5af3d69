/* A desk without a screen: a core on a ledger of its own, a simulated network and clock, and every report it
 * told. */
#ifndef TOURDESK_TESTS_WORKER_DESK_H
#define TOURDESK_TESTS_WORKER_DESK_H

#include "../ledger/scratch.h"
#include "script.h"

#include "tourdesk/worker/core.h"

/* Tuesday 24 November 2026, 08:00 in Los Angeles; the office offers each half hour from 09:00 on. */
#define DESK_NOW INT64_C(1795536000000)
enum { DESK_SLOTS = 12 };

/* The start of the office's slot number `index`, from 0. */
instant desk_slot(int index);

struct desk {
    struct scratch *scratch; /* for its folder */
    struct ledger *ledger;
    struct script *script;
    struct core *core;
    struct core_settings settings;
    instant now;    /* the wall clock */
    int64_t steady; /* runs with it, but for jumps */
    bool killed;
    struct report **reports;
    size_t report_count, report_capacity;
    uint64_t last_token;
};

/* For cmocka: `*state` is a desk on a ledger in a new folder, and its end. */
int desk_open(void **state);
int desk_close(void **state);

/* Ends the desk's core and makes another on the same ledger, with what the settings are by then. */
void desk_restart(struct desk *desk);

/* The desk is killed here and now, be it in the middle of a turn: nothing more leaves, and what comes after
 * finds the ledger as it is on the disk at this moment. */
void desk_kill(struct desk *desk);

/* Takes the killed core away, moves the clock on, and starts another on what was found on the disk. */
void desk_revive(struct desk *desk, int64_t later);

/* A second desk on the same ledger and network, with a clock of its own that shows the same. */
void desk_join(struct desk *desk, const struct desk *first, bool one_shot);
void desk_leave(struct desk *desk);

/* Lets time pass: the core has its turns whenever it wants one or an answer is there. */
void desk_run(struct desk *desk, int64_t milliseconds);

/* Hands a command over and gives its token. */
uint64_t desk_ask(struct desk *desk, struct command *command);

/* Commands, ready made: for "Ana" with phone +12065550155 unless said otherwise, without an undo window. */
struct command *ask_book(int slot);
struct command *ask_book_for(int slot, const char *first, const char *email, const char *phone);
struct command *ask_cancel(const char *tour_id);
struct command *ask_visit(const char *tour_id);
struct command *ask_of(enum command_kind kind, const char *operation_id);

/* The newest report of the kind with the token (0 = any), or NULL. */
const struct report *desk_report(const struct desk *desk, enum report_kind kind, uint64_t token);
size_t desk_reports(const struct desk *desk, enum report_kind kind, uint64_t token);
void desk_forget(struct desk *desk); /* the reports so far */

/* The operation that the newest report with the token is about; fails the test if there is none. */
const struct operation *desk_told(const struct desk *desk, uint64_t token);

/* What the ledger has, or fails the test. */
struct operation desk_kept(const struct desk *desk, const char *id);
enum operation_state desk_state(const struct desk *desk, const char *id);

/* Books slot `slot` for somebody and lets it be confirmed; the booking's id goes to `id`. */
void desk_booked(
    struct desk *desk, int slot, const char *first, const char *phone, char id[OPERATION_ID_SIZE]);

/* Fails unless the ledger has the operation in this state for this reason. */
void expect_state(
    const struct desk *desk, const char *id, enum operation_state state, enum reason reason);

/* Asks, and gives the token; the id of what was saved goes to `id`. */
uint64_t desk_saved(struct desk *desk, struct command *command, char id[OPERATION_ID_SIZE]);

/* Fails unless the command is stopped for this reason, in these words, and nothing is kept or sent. */
void expect_stopped(
    struct desk *desk, struct command *command, enum reason reason, const char *words);

/* Fails unless this is what the newest report with the token says of its operation. */
void expect_words(const struct desk *desk, uint64_t token, const char *wanted);

/* From now on writes of this kind ("INSERT ON wire") fail, for every process; and no longer. */
void desk_let_fail(struct desk *desk, const char *event);
void desk_let_work(struct desk *desk);

/* The words of the newest trouble, "" = none. */
const char *desk_trouble(const struct desk *desk);

#endif
