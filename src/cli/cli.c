#include "internal.h"

#include "tourdesk/base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int (*const runners[VERBS])(struct cli *) = {
    [VERB_SLOTS] = run_slots,
    [VERB_BOOK] = run_book,
    [VERB_CANCEL] = run_cancel,
    [VERB_VISIT] = run_visit,
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

int cli_fail(const struct args *args, const char *words)
{
    if (args->values[OPTION_JSON]) {
        cJSON *object = cJSON_CreateObject();
        if (!object)
            mem_exhausted();
        put_text(object, "reason", "usage");
        put_text(object, "message", words);
        print_json(object);
    }
    fprintf(stderr, "tourdesk: %s\n", words);
    return CODE_USAGE;
}
