/* status, sync, prospect, events: what was asked for, and what Knock knows of a person. */
#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 7, DAYS_MOST = 366 };

static cJSON *checked(cJSON *value)
{
    if (!value)
        mem_exhausted();
    return value;
}

/* --- operations -------------------------------------------------------------------------------------- */

static void add_evidence(
    cJSON *object, const struct evidence *evidence, size_t count, const struct zone *zone)
{
    if (count == 0)
        return;
    cJSON *array = checked(cJSON_AddArrayToObject(object, "evidence"));
    for (size_t i = 0; i < count; i++) {
        cJSON *item = checked(cJSON_CreateObject());
        put_time(item, "at", zone, evidence[i].at);
        put_text(item, "source", evidence[i].source);
        put_text(item, "speaks", speaks_words.items[evidence[i].speaks]);
        put_text(item, "message", evidence[i].words);
        cJSON_AddItemToArray(array, item);
    }
}

static cJSON *json_told(
    const struct cli *cli, const struct operation *operation, const struct tour *tour)
{
    struct str words = {0};
    const struct zone *zone = cli_zone(cli, operation->community_id);
    cJSON *object = json_operation(operation, tour);
    tell_operation(&words, operation, tour, zone, cli_now(cli));
    put_text(object, "message", str_text(&words));
    put_time(object, "createdAt", zone, operation->created_at);
    put_time(object, "updatedAt", zone, operation->updated_at);
    str_finish(&words);
    return object;
}

static void print_told(
    const struct cli *cli, const struct operation *operation, const struct tour *tour)
{
    struct str words = {0};
    tell_operation(&words, operation, tour, cli_zone(cli, operation->community_id), cli_now(cli));
    printf("%s  %-9s  %s\n", operation->id, state_word(operation->state), str_text(&words));
    str_finish(&words);
}

static void print_evidence(
    const struct cli *cli, const struct zone *zone, const struct evidence *evidence, size_t count)
{
    char moment[SAY_SIZE];
    for (size_t i = 0; i < count; i++)
        printf("          %s: %s\n", say_moment(moment, zone, evidence[i].at, cli_now(cli)),
            evidence[i].words);
}

static const struct tour *tour_at(const struct report *report, size_t i)
{
    const struct tour *tour = &report->tours.items[i];
    return tour->id[0] ? tour : NULL;
}

static void print_operations(const struct cli *cli, const struct report *report)
{
    for (size_t i = 0; i < report->operation_count; i++)
        print_told(cli, &report->operations[i], tour_at(report, i));
    if (report->operation_count == 1)
        print_evidence(cli, cli_zone(cli, report->operations[0].community_id), report->evidence,
            report->evidence_count);
    if (report->operation_count == 0)
        printf("Nothing was asked for in these days.\n");
}

static void print_operations_json(const struct cli *cli, const struct report *report)
{
    cJSON *object = checked(cJSON_CreateObject());
    cJSON *array = checked(cJSON_AddArrayToObject(object, "operations"));
    for (size_t i = 0; i < report->operation_count; i++)
        cJSON_AddItemToArray(array, json_told(cli, &report->operations[i], tour_at(report, i)));
    print_json(object);
}

/* One operation, or those of some days. */
static bool take_query(const struct cli *cli, struct command *command, struct error *error)
{
    long days = DAYS;
    const char *count = cli_value(cli, OPTION_DAYS);
    if (count && !str_integer(count, 1, DAYS_MOST, &days))
        return error_set(error, "--days: a number from 1 to %d", DAYS_MOST);
    command->since = cli_now(cli) - days * 24 * (instant)HOUR;
    return cli->args->positional_count == 0 || take_id(cli->args->positionals[0], "status",
                                                   command->operation_id, OPERATION_ID_SIZE, error);
}

int run_status(struct cli *cli)
{
    struct error error;
    struct command *command = cli_command(cli, COMMAND_LIST_OPERATIONS);
    if (!take_query(cli, command, &error)) {
        command_destroy(command);
        return cli_fail(cli->args, error.text);
    }
    bool one = command->operation_id[0] != '\0';
    struct report *report = cli_ask(cli, command);
    int code = CODE_DONE;
    if (report && report->reason == REASON_NOT_KNOWN) {
        code = cli_no_answer(cli, report);
    } else if (!report || report->trouble.text[0]) {
        code = cli_fail_for(cli, REASON_LEDGER, report ? report->trouble.text : "no answer");
    } else if (!cli_json(cli)) {
        print_operations(cli, report);
    } else if (one) {
        cJSON *object = json_told(cli, &report->operations[0], tour_at(report, 0));
        add_evidence(object, report->evidence, report->evidence_count,
            cli_zone(cli, report->operations[0].community_id));
        print_json(object);
    } else {
        print_operations_json(cli, report);
    }
    report_destroy(report);
    return code;
}

/* --- sync ------------------------------------------------------------------------------------------------ */

/* The last word about each operation, in the order in which they were asked for. */
struct results {
    struct report **items;
    size_t count, capacity;
};

static void add_result(struct results *results, struct report *report)
{
    for (size_t i = 0; i < results->count; i++)
        if (strcmp(results->items[i]->operation->id, report->operation->id) == 0) {
            report_destroy(results->items[i]);
            results->items[i] = report;
            return;
        }
    results->items =
        mem_grow(results->items, &results->capacity, results->count + 1, sizeof *results->items);
    size_t at = results->count++;
    for (; at > 0 && results->items[at - 1]->operation->created_at > report->operation->created_at;
         at--)
        results->items[at] = results->items[at - 1];
    results->items[at] = report;
}

/* The worst of several, in the order unknown, refused, saved, done. */
static int worse(int a, int b)
{
    static const int order[] = {CODE_UNKNOWN, CODE_REFUSED, CODE_SAVED, CODE_DONE};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return a;
}

static int print_results(const struct cli *cli, const struct results *results)
{
    int code = CODE_DONE;
    cJSON *object = checked(cJSON_CreateObject());
    cJSON *array = checked(cJSON_AddArrayToObject(object, "operations"));
    for (size_t i = 0; i < results->count; i++) {
        const struct report *report = results->items[i];
        const struct zone *zone = cli_zone(cli, report->operation->community_id);
        code = worse(code, code_of(report->operation));
        cJSON *item = json_told(cli, report->operation, report->tour);
        add_evidence(item, report->evidence, report->evidence_count, zone);
        cJSON_AddItemToArray(array, item);
        if (cli_json(cli))
            continue;
        print_told(cli, report->operation, report->tour);
        print_evidence(cli, zone, report->evidence, report->evidence_count);
    }
    if (cli_json(cli)) {
        print_json(object);
    } else {
        cJSON_Delete(object);
        if (results->count == 0)
            printf("Nothing is saved, sending or unknown.\n");
    }
    return code;
}

int run_sync(struct cli *cli)
{
    struct report *report;
    struct results results = {0};
    worker_submit(cli->worker, cli_command(cli, COMMAND_SYNC));
    while ((report = worker_wait(cli->worker)) != NULL) {
        if (report->kind == REPORT_OPERATION) {
            add_result(&results, report);
            continue;
        }
        if (report->kind == REPORT_TROUBLE)
            fprintf(stderr, "tourdesk: %s\n", report->trouble.text);
        report_destroy(report);
    }
    int code = print_results(cli, &results);
    for (size_t i = 0; i < results.count; i++)
        report_destroy(results.items[i]);
    free(results.items);
    return code;
}

/* --- what Knock knows of a person -------------------------------------------------------------------------- */

/* Asks about the person whose id was typed; false with an error if that is none. `*report` may be NULL. */
static bool ask_about(
    struct cli *cli, enum command_kind kind, struct report **report, struct error *error)
{
    struct command *command = cli_command(cli, kind);
    bool ok = take_id(cli->args->positionals[0], verb_entry(cli->args->verb)->name,
        command->prospect_id, ID_SIZE, error);
    if (ok)
        *report = cli_ask(cli, command);
    else
        command_destroy(command);
    return ok;
}

int run_prospect(struct cli *cli)
{
    struct report *report;
    struct error error;
    int code = CODE_DONE;
    if (!ask_about(cli, COMMAND_READ_CARD, &report, &error))
        return cli_fail(cli->args, error.text);
    if (!report || report->trouble.text[0]) {
        code = cli_no_answer(cli, report);
    } else if (cli_json(cli)) {
        cJSON *object = checked(cJSON_CreateObject());
        for (size_t i = 0; i < report->card.count; i++)
            put_text(object, report->card.items[i].name, report->card.items[i].value);
        print_json(object);
    } else {
        for (size_t i = 0; i < report->card.count; i++)
            printf("%-18s %s\n", report->card.items[i].name, report->card.items[i].value);
    }
    report_destroy(report);
    return code;
}

static cJSON *json_event(const struct prospect_event *event)
{
    cJSON *object = checked(cJSON_CreateObject());
    put_text(object, "type", event->type);
    put_text(object, "description", event->description);
    put_text(object, "eventTime", event->event_time);
    put_text(object, "createdAt", event->created_at);
    put_text(object, "sourceTitle", event->source_title);
    put_text(object, "agent", event->agent);
    put_text(object, "startTime", event->start_time);
    put_text(object, "endTime", event->end_time);
    put_text(object, "status", event->status);
    put_text(object, "tourType", event->tour_type);
    return object;
}

int run_events(struct cli *cli)
{
    struct report *report;
    struct error error;
    int code = CODE_DONE;
    if (!ask_about(cli, COMMAND_READ_EVENTS, &report, &error))
        return cli_fail(cli->args, error.text);
    if (!report || report->trouble.text[0]) {
        code = cli_no_answer(cli, report);
    } else if (cli_json(cli)) {
        cJSON *object = checked(cJSON_CreateObject());
        cJSON *array = checked(cJSON_AddArrayToObject(object, "events"));
        for (size_t i = 0; i < report->events.count; i++)
            cJSON_AddItemToArray(array, json_event(&report->events.items[i]));
        checked(cJSON_AddNumberToObject(object, "skipped", (double)report->events.skipped));
        print_json(object);
    } else {
        for (size_t i = 0; i < report->events.count; i++) {
            const struct prospect_event *event = &report->events.items[i];
            printf("%s  %s%s%s%s%s\n", event->event_time, event->type,
                *event->start_time ? " " : "", event->start_time, *event->description ? ": " : "",
                event->description);
        }
        if (report->events.count == 0)
            printf("No events.\n");
    }
    report_destroy(report);
    return code;
}
