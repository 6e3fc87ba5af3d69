#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int (*const runners[VERBS])(struct cli *) = {
    [VERB_SLOTS] = run_slots,
    [VERB_BOOK] = run_book,
    [VERB_CANCEL] = run_cancel,
    [VERB_VISIT] = run_visit,
    [VERB_LOG_CALL] = run_log_call,
    [VERB_BOARD] = run_board,
    [VERB_RESCHEDULE] = run_reschedule,
    [VERB_STATUS] = run_status,
    [VERB_SYNC] = run_sync,
    [VERB_SETTLE] = run_settle,
    [VERB_WITHDRAW] = run_withdraw,
    [VERB_SOURCES] = run_sources,
    [VERB_PROSPECT] = run_prospect,
    [VERB_EVENTS] = run_events,
    [VERB_DOCTOR] = run_doctor,
};

bool cli_is_one_shot(enum verb verb)
{
    return runners[verb] != NULL;
}

int cli_run(struct cli *cli)
{
    return runners[cli->args->verb](cli);
}

instant cli_now(const struct cli *cli)
{
    return clock_now(&cli->clock);
}

bool cli_json(const struct cli *cli)
{
    return cli->args->values[OPTION_JSON] != NULL;
}

const struct zone *cli_zone(const struct cli *cli, const char *community_id)
{
    const struct community *community =
        community_find(cli->config->communities, cli->config->community_count, community_id);
    return community ? community->zone : cli->community->zone;
}

const char *cli_value(const struct cli *cli, enum option option)
{
    return cli->args->values[option];
}

struct command *cli_command(const struct cli *cli, enum command_kind kind)
{
    struct command *command = command_create(kind);
    command->token = 1;
    command->at_once = true;
    str_copy(command->community_id, sizeof command->community_id, cli->community->id);
    str_copy(command->agent, sizeof command->agent, cli->config->agent);
    return command;
}

struct report *cli_ask(struct cli *cli, struct command *command)
{
    struct report *report, *last = NULL;
    uint64_t token = command->token;
    worker_submit(cli->worker, command);
    while ((report = worker_wait(cli->worker)) != NULL) {
        bool ours = report->token == token && !report->more;
        if (report->kind == REPORT_TROUBLE)
            fprintf(stderr, "tourdesk: %s\n", report->trouble.text);
        report_destroy(ours ? last : report);
        if (ours)
            last = report;
    }
    return last;
}

/* The words may quote what was typed: cleaned, for they go to a terminal. */
static int fail_with(const struct args *args, const char *reason, const char *words)
{
    struct str clean = {0};
    text_clean(&clean, words, strlen(words));
    if (args->values[OPTION_JSON]) {
        cJSON *object = cJSON_CreateObject();
        if (!object)
            mem_exhausted();
        put_text(object, "reason", reason);
        put_text(object, "message", str_text(&clean));
        print_json(object);
    }
    fprintf(stderr, "tourdesk: %s\n", str_text(&clean));
    str_finish(&clean);
    return CODE_USAGE;
}

int cli_fail(const struct args *args, const char *words)
{
    return fail_with(args, "usage", words);
}

int cli_fail_for(const struct cli *cli, enum reason reason, const char *words)
{
    return fail_with(cli->args, reason_token(reason), words);
}
