/* What is printed: sentences for people, one object for scripts. */
#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cJSON *checked(cJSON *value)
{
    if (!value)
        mem_exhausted();
    return value;
}

void print_json(cJSON *object)
{
    char *text = cJSON_PrintUnformatted(object);
    if (!text)
        mem_exhausted();
    puts(text);
    free(text);
    cJSON_Delete(object);
}

void put_text(cJSON *object, const char *name, const char *text)
{
    if (*text)
        checked(cJSON_AddStringToObject(object, name, text));
}

static void put_stamp(cJSON *object, const char *name, struct stamp stamp)
{
    char text[STAMP_SIZE];
    stamp_format(stamp, text);
    put_text(object, name, text);
}

void put_time(cJSON *object, const char *name, const struct zone *zone, instant at)
{
    if (at)
        put_stamp(object, name, zone_stamp(zone, at));
}

static void put_number(cJSON *object, const char *name, double number)
{
    checked(cJSON_AddNumberToObject(object, name, number));
}

/* --- operations --------------------------------------------------------------------------------------------- */

cJSON *json_operation(const struct operation *operation, const struct tour *tour)
{
    cJSON *object = checked(cJSON_CreateObject());
    put_text(object, "operation", operation->id);
    put_text(object, "kind", operation_kind_word(operation->kind));
    put_text(object, "state", state_word(operation->state));
    put_text(object, "communityId", operation->community_id);
    put_text(object, "appointmentId", operation->appointment_id);
    put_text(object, "prospectId", operation->prospect_id);
    put_text(object, "visitId", operation->visit_id);
    put_text(object, "callId", operation->calling.call_id);
    if (operation->kind == OPERATION_CALL) {
        put_stamp(object, "startTime", operation->calling.start);
        put_stamp(object, "endTime", operation->calling.end);
    } else if (operation->kind == OPERATION_BOOK) {
        put_text(object, "startTime", operation->booking.start_text);
        put_text(object, "endTime", operation->booking.end_text);
    } else if (tour) {
        put_text(object, "startTime", tour->start_text);
        put_text(object, "endTime", tour->end_text);
    }
    if (operation->kind == OPERATION_VISIT)
        put_stamp(object, "visitTime", operation->visiting.visit_time);
    put_text(object, "status", operation->status_word);
    put_text(object, "reason", reason_token(operation->reason));
    if (operation->http_status)
        put_number(object, "httpStatus", operation->http_status);
    put_text(object, "serverMessage", operation->server_message);
    return object;
}

static void add_slots(cJSON *object, const struct slot_list *slots)
{
    cJSON *array = checked(cJSON_AddArrayToObject(object, "slots"));
    for (size_t i = 0; i < slots->count; i++) {
        cJSON *slot = checked(cJSON_CreateObject());
        put_text(slot, "startTime", slots->items[i].text);
        cJSON_AddItemToArray(array, slot);
    }
}

int code_of(const struct operation *operation)
{
    switch (operation->state) {
    case STATE_CONFIRMED:
    case STATE_WITHDRAWN: return CODE_DONE;
    case STATE_REFUSED: return CODE_REFUSED;
    case STATE_SAVED: return CODE_SAVED;
    default: return CODE_UNKNOWN;
    }
}

int print_outcome(const struct cli *cli, const struct report *report)
{
    if (!report)
        return cli_fail(cli->args, "the worker ended without an answer");
    if (report->kind == REPORT_STOPPED)
        return print_stopped(cli, report);
    if (report->kind != REPORT_OPERATION)
        return cli_fail(cli->args, report->trouble.text);
    struct str words = {0};
    const struct zone *zone = cli_zone(cli, report->operation->community_id);
    tell_operation(&words, report->operation, report->tour, zone, cli_now(cli));
    if (report->slots.count) {
        str_add(&words, " Free near it: ");
        tell_times(&words, &report->slots, zone, cli_now(cli));
        str_add_char(&words, '.');
    }
    if (cli_json(cli)) {
        cJSON *object = json_operation(report->operation, report->tour);
        put_text(object, "message", str_text(&words));
        if (report->slots.count)
            add_slots(object, &report->slots);
        print_json(object);
    } else {
        printf("%s (operation %s)\n", str_text(&words), report->operation->id);
    }
    str_finish(&words);
    return code_of(report->operation);
}

/* --- guards --------------------------------------------------------------------------------------------------- */

static void add_tour_words(const struct cli *cli, const struct tour *tour, struct str *words)
{
    char span[SAY_SIZE], name[SHORT_NAME_SIZE];
    short_name(tour->first_name, tour->last_name, name);
    str_addf(words, " %s, %s, %s%s%s (operation %s).", name,
        say_span(span, cli_zone(cli, tour->community_id), tour->start.at, tour->end, cli_now(cli)),
        tour_status_words(tour_status(tour, cli_now(cli))),
        tour->appointment_id[0] ? ", number " : "", tour->appointment_id, tour->id);
}

int print_stopped(const struct cli *cli, const struct report *report)
{
    if (report->reason == REASON_LEDGER)
        return cli_fail_for(cli, REASON_LEDGER, report->trouble.text);
    struct str words = {0};
    str_addf(&words, "Not done: %s.", report->trouble.text);
    for (size_t i = 0; i < report->tours.count; i++)
        add_tour_words(cli, &report->tours.items[i], &words);
    if (cli_json(cli)) {
        cJSON *object = checked(cJSON_CreateObject());
        put_text(object, "state", state_word(STATE_REFUSED));
        put_text(object, "communityId",
            report->tours.count ? report->tours.items[0].community_id : report->community_id);
        put_text(object, "reason", reason_token(report->reason));
        put_text(object, "message", str_text(&words));
        if (report->tours.count) {
            cJSON *array = checked(cJSON_AddArrayToObject(object, "tours"));
            for (size_t i = 0; i < report->tours.count; i++)
                cJSON_AddItemToArray(array, json_tour(&report->tours.items[i], cli_now(cli)));
        }
        print_json(object);
    } else {
        printf("%s\n", str_text(&words));
    }
    str_finish(&words);
    return CODE_REFUSED;
}

/* --- tours ------------------------------------------------------------------------------------------------------ */

cJSON *json_tour(const struct tour *tour, instant now)
{
    cJSON *object = checked(cJSON_CreateObject());
    put_text(object, "operation", tour->id);
    put_text(object, "state", state_word(tour->booking));
    put_text(object, "status", tour_status_words(tour_status(tour, now)));
    put_text(object, "communityId", tour->community_id);
    put_text(object, "appointmentId", tour->appointment_id);
    put_text(object, "prospectId", tour->prospect_id);
    put_text(object, "visitId", tour->visit_id);
    put_text(object, "startTime", tour->start_text);
    put_text(object, "endTime", tour->end_text);
    put_text(object, "firstName", tour->first_name);
    put_text(object, "lastName", tour->last_name);
    put_text(object, "sourceTitle", tour->source_title);
    put_text(object, "cancel", state_word(tour->cancel));
    put_text(object, "visit", state_word(tour->visit));
    put_text(object, "replacedBy", tour->replaced_by);
    put_text(object, "reason", reason_token(tour->reason));
    put_text(object, "serverMessage", tour->server_message);
    return object;
}
