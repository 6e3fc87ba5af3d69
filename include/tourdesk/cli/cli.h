/* One-shot commands: a second front on the same house.
 *
 * A command sends the same commands to the same worker as the screens do, waits for its own outcome, and
 * prints it: words for people, or with --json one object and nothing else.
 */
#ifndef TOURDESK_CLI_CLI_H
#define TOURDESK_CLI_CLI_H

#include "tourdesk/cli/args.h"
#include "tourdesk/config/config.h"
#include "tourdesk/worker/worker.h"

/* Exit codes, a promise to scripts. */
enum exit_code {
    CODE_DONE = 0,    /* confirmed, or a read that worked */
    CODE_USAGE = 2,   /* usage, configuration, or a ledger that cannot be read; nothing written */
    CODE_REFUSED = 3, /* by Knock or by a guard here */
    CODE_UNKNOWN = 4,
    CODE_SAVED = 5, /* saved here, not applied at Knock */
};

struct cli {
    const struct args *args;
    const struct config *config;
    const struct community *community;
    struct worker *worker;
    const char *data; /* the ledger's folder */
    size_t mistakes;  /* in the configuration */
    struct clock clock;
};

/* True for a verb that is run here and needs the worker. */
bool cli_is_one_shot(enum verb verb);

/* Runs the command and prints what came of it; returns the exit code. */
int cli_run(struct cli *cli);

/* Prints what is wrong with a configuration that can be used, and what is in force; returns the exit code. */
int cli_check_config(
    const struct args *args, const struct config *config, const struct config_report *mistakes);

/* Prints a usage or configuration error as the command would (to standard error, and with --json as an
 * object too); returns CODE_USAGE. */
int cli_fail(const struct args *args, const char *words);

#endif
