/* What the one-shot commands share. */
#ifndef TOURDESK_SRC_CLI_INTERNAL_H
#define TOURDESK_SRC_CLI_INTERNAL_H

#include "tourdesk/cli/cli.h"

#include <cjson/cJSON.h>

instant cli_now(const struct cli *cli);
bool cli_json(const struct cli *cli);

/* The zone of a community, by whose clock its tours are told; the chosen one's where the configuration has it no
 * longer. */
const struct zone *cli_zone(const struct cli *cli, const char *community_id);

/* The value of an option, NULL if it was not given. */
const char *cli_value(const struct cli *cli, enum option option);

/* A command of a kind for the chosen community, ready to be filled in. */
struct command *cli_command(const struct cli *cli, enum command_kind kind);

/* Hands a command over and waits for the last report about it; the caller's own. NULL if the worker ended. */
struct report *cli_ask(struct cli *cli, struct command *command);

/* Like cli_fail(), for a reason that has a token of its own; returns CODE_USAGE. */
int cli_fail_for(const struct cli *cli, enum reason reason, const char *words);

/* Copies an id that was typed into `out`: it is not empty, fits, and has neither spaces nor anything that a
 * terminal could obey. False with an error that begins with `name` otherwise: an id that were cut would be
 * another's. */
bool take_id(const char *id, const char *name, char *out, size_t size, struct error *error);

/* Says why a read brought nothing; returns the exit code. `report` may be NULL. */
int cli_no_answer(const struct cli *cli, const struct report *report);

/* --- output.c --- */

/* The exit code an operation's state stands for. */
int code_of(const struct operation *operation);

/* Prints and frees an object on one line. */
void print_json(cJSON *object);

void put_text(cJSON *object, const char *name, const char *text); /* left out where it is "" */
void put_time(cJSON *object, const char *name, const struct zone *zone, instant at);

/* Prints what became of an operation, or what stopped it; returns the exit code. */
int print_outcome(const struct cli *cli, const struct report *report);
int print_stopped(const struct cli *cli, const struct report *report);

/* The fields of an operation and of a tour, as --json has them. */
cJSON *json_operation(const struct operation *operation, const struct tour *tour);
cJSON *json_tour(const struct tour *tour, instant now);

/* --- the commands --- */
int run_slots(struct cli *cli);
int run_sources(struct cli *cli);
int run_board(struct cli *cli);
int run_book(struct cli *cli);
int run_cancel(struct cli *cli);
int run_visit(struct cli *cli);
int run_log_call(struct cli *cli);
int run_withdraw(struct cli *cli);
int run_reschedule(struct cli *cli);
int run_settle(struct cli *cli);
int run_status(struct cli *cli);
int run_sync(struct cli *cli);
int run_prospect(struct cli *cli);
int run_events(struct cli *cli);
int run_doctor(struct cli *cli);

#endif
