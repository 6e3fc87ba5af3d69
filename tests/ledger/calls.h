/* Every public function of the ledger as one call on a small office, for tests that let each of them fail. */
#ifndef TOURDESK_TESTS_LEDGER_CALLS_H
#define TOURDESK_TESTS_LEDGER_CALLS_H

#include "scratch.h"

#include "tourdesk/base/str.h"

/* `make` calls the function in variant number `variant` (from 0), adds what it was told to `told`, and returns
 * whether it was told that all is well. */
struct call {
    const char *function;
    bool (*make)(struct ledger *ledger, int variant, struct str *told, struct error *error);
    int variants;
};

extern const struct call ledger_calls[];
extern const size_t ledger_call_count;

/* Keeps something of everything, for the calls to find; fails the test if it cannot. */
void calls_fill(struct ledger *ledger);

/* Every row of every table, but for the one that only says that something can be written. The file is read on
 * SQLite's default file system, whatever that is by then; freed by the caller. */
char *calls_dump(const struct scratch *scratch);

#endif
