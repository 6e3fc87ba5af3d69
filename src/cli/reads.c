/* slots, sources, board: what is only read. */
#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/when.h"

#include <stdio.h>
#include <string.h>

enum { DAYS = 7, DAYS_MOST = 366 };

static cJSON *object_of(const struct cli *cli)
{
    cJSON *object = cJSON_CreateObject();
    if (!object)
        mem_exhausted();
    put_text(object, "communityId", cli->community->id);
    return object;
}

static cJSON *add_array(cJSON *object, const char *name)
{
    cJSON *array = cJSON_AddArrayToObject(object, name);
    if (!array)
        mem_exhausted();
    return array;
}

static void add_number(cJSON *object, const char *name, double number)
{
    if (!cJSON_AddNumberToObject(object, name, number))
        mem_exhausted();
}

static void add_bool(cJSON *object, const char *name, bool value)
{
    if (!cJSON_AddBoolToObject(object, name, value))
        mem_exhausted();
}

/* What a read that brought nothing ends with: refused by Knock, no key to ask with, or nobody there. */
static int code_of_read(const struct report *report)
{
    static const enum reason refusals[] = {
        REASON_KEY, REASON_NOT_KNOWN, REASON_INVALID, REASON_REDIRECTED, REASON_TOO_LARGE};
    if (report && report->reason == REASON_KEY && report->http_status == 0)
        return CODE_USAGE;
    for (size_t i = 0; report && i < sizeof refusals / sizeof *refusals; i++)
        if (report->reason == refusals[i])
            return CODE_REFUSED;
    return CODE_SAVED;
}

static void add_failure(cJSON *object, const struct report *report, const char *words)
{
    put_text(object, "reason", report ? reason_token(report->reason) : "");
    put_text(object, "message", words);
    if (report && report->http_status)
        add_number(object, "httpStatus", report->http_status);
}

/* A read that found neither Knock nor a snapshot. */
int cli_no_answer(const struct cli *cli, const struct report *report)
{
    const char *words = report ? report->trouble.text : "no answer";
    if (cli_json(cli)) {
        cJSON *object = object_of(cli);
        add_failure(object, report, words);
        print_json(object);
    }
    fprintf(stderr, "tourdesk: %s\n", words);
    return code_of_read(report);
}

/* How old a list is, what of it could not be read, and why there is no newer one. */
static void add_answer(const struct cli *cli, cJSON *object, const struct report *report,
    instant checked_at, bool stale, size_t skipped)
{
    put_time(object, "checkedAt", cli->community->zone, checked_at);
    add_bool(object, "stale", stale);
    add_number(object, "skipped", (double)skipped);
    add_failure(object, report, report->trouble.text);
}

static void print_answer(const struct cli *cli, const struct report *report, instant checked_at,
    bool stale, size_t skipped)
{
    char age[SAY_SIZE];
    if (skipped)
        printf("%zu entries could not be read.\n", skipped);
    if (stale)
        printf("As of %s: %s.\n", say_age(age, cli_now(cli) - checked_at), report->trouble.text);
}

/* --- slots ---------------------------------------------------------------------------------------------------- */

struct span {
    instant from, to;
};

static bool read_span(const struct cli *cli, struct span *span, struct error *error)
{
    const struct zone *zone = cli->community->zone;
    struct date first = zone_date(zone, cli_now(cli));
    long days = DAYS;
    const char *from = cli_value(cli, OPTION_FROM), *count = cli_value(cli, OPTION_DAYS);
    if (from && !when_parse_date(from, zone, cli_now(cli), WHEN_NEXT, &first, error))
        return error_prefix(error, "--from");
    if (count && !str_integer(count, 1, DAYS_MOST, &days))
        return error_set(error, "--days: a number from 1 to %d", DAYS_MOST);
    span->from = zone_day_start(zone, first);
    span->to = zone_day_start(zone, date_add_days(first, (int)days));
    return true;
}

static void print_slots_json(
    const struct cli *cli, const struct report *report, const struct span *span)
{
    cJSON *object = object_of(cli), *array = add_array(object, "slots");
    for (size_t i = 0; i < report->slots.count; i++) {
        const struct slot *slot = &report->slots.items[i];
        if (slot->start.at < span->from || slot->start.at >= span->to)
            continue;
        cJSON *item = cJSON_CreateObject();
        if (!item)
            mem_exhausted();
        put_text(item, "startTime", slot->text);
        put_time(item, "endTime", cli->community->zone, slot->end);
        cJSON_AddItemToArray(array, item);
    }
    add_answer(
        cli, object, report, report->slots.checked_at, report->slots.stale, report->slots.skipped);
    print_json(object);
}

static void print_slots(const struct cli *cli, const struct report *report, const struct span *span)
{
    const struct zone *zone = cli->community->zone;
    char text[SAY_SIZE];
    struct date said = {0};
    for (size_t i = 0; i < report->slots.count; i++) {
        const struct slot *slot = &report->slots.items[i];
        if (slot->start.at < span->from || slot->start.at >= span->to)
            continue;
        struct wall wall = zone_wall(zone, slot->start.at);
        if (date_compare(wall.date, said) != 0)
            printf("%s%s %s time\n", said.year ? "\n" : "", say_long_day(text, wall.date),
                zone_word(zone));
        said = wall.date;
        printf("  %-9s %s\n", say_clock(text, wall), slot->text);
    }
    if (!said.year)
        printf("No free times in these days.\n");
    print_answer(cli, report, report->slots.checked_at, report->slots.stale, report->slots.skipped);
}

int run_slots(struct cli *cli)
{
    struct span span = {0};
    struct error error;
    struct command *command = cli_command(cli, COMMAND_READ_SLOTS);
    const char *calendar = cli_value(cli, OPTION_FOR);
    bool ok = read_span(cli, &span, &error);
    if (ok && calendar && !calendar_parse(calendar, &command->calendar))
        ok = error_set(&error, "--for: self-guided or in-person");
    if (!ok) {
        command_destroy(command);
        return cli_fail(cli->args, error.text);
    }
    struct report *report = cli_ask(cli, command);
    int code = CODE_DONE;
    if (!report || report->kind != REPORT_SLOTS || !report->slots.checked_at)
        code = cli_no_answer(cli, report);
    else if (cli_json(cli))
        print_slots_json(cli, report, &span);
    else
        print_slots(cli, report, &span);
    report_destroy(report);
    return code;
}

/* --- sources ---------------------------------------------------------------------------------------------------- */

static void print_sources_json(const struct cli *cli, const struct report *report)
{
    const struct source_list *sources = &report->sources;
    cJSON *object = object_of(cli), *array = add_array(object, "sources");
    for (size_t i = 0; i < sources->count; i++)
        cJSON_AddItemToArray(array, cJSON_CreateString(sources->titles[i]));
    add_answer(cli, object, report, sources->checked_at, sources->stale, sources->skipped);
    print_json(object);
}

static void print_sources(const struct cli *cli, const struct report *report)
{
    const struct source_list *sources = &report->sources;
    for (size_t i = 0; i < sources->count; i++)
        puts(sources->titles[i]);
    print_answer(cli, report, sources->checked_at, sources->stale, sources->skipped);
}

int run_sources(struct cli *cli)
{
    struct report *report = cli_ask(cli, cli_command(cli, COMMAND_READ_SOURCES));
    int code = CODE_DONE;
    if (!report || report->kind != REPORT_SOURCES || !report->sources.checked_at)
        code = cli_no_answer(cli, report);
    else if (cli_json(cli))
        print_sources_json(cli, report);
    else
        print_sources(cli, report);
    report_destroy(report);
    return code;
}

/* --- board --------------------------------------------------------------------------------------------------------- */

static void print_board(
    const struct cli *cli, const struct report *report, struct date day, instant now)
{
    char text[SAY_SIZE], range[SAY_SIZE], name[SHORT_NAME_SIZE];
    const struct zone *zone = cli->community->zone;
    printf("%s, %s, %s time\n", cli->community->name, say_long_day(text, day), zone_word(zone));
    for (size_t i = 0; i < report->tours.count; i++) {
        const struct tour *tour = &report->tours.items[i];
        short_name(tour->first_name, tour->last_name, name);
        if (tour->kind == TOUR_WALK_IN)
            say_clock(range, zone_wall(zone, tour->start.at));
        else
            say_range(range, zone_wall(zone, tour->start.at), zone_wall(zone, tour->end));
        printf("  %-20s %-18s %-20s %-10s %s\n", range, tour_status_words(tour_status(tour, now)),
            name, tour->appointment_id, tour->id);
    }
    if (report->tours.count == 0)
        printf("  No tours were booked here for this day.\n");
    printf("Tours booked on the web or in Knock itself are not shown here.\n");
}

int run_board(struct cli *cli)
{
    const struct zone *zone = cli->community->zone;
    struct date day = zone_date(zone, cli_now(cli));
    struct error error;
    const char *date = cli_value(cli, OPTION_DATE);
    if (date && !when_parse_date(date, zone, cli_now(cli), WHEN_NEXT, &day, &error)) {
        error_prefix(&error, "--date");
        return cli_fail(cli->args, error.text);
    }
    struct command *command = cli_command(cli, COMMAND_LIST_TOURS);
    command->query.from = zone_day_start(zone, day);
    command->query.to = zone_day_start(zone, date_add_days(day, 1));
    struct report *report = cli_ask(cli, command);
    int code = CODE_DONE;
    if (!report || report->trouble.text[0]) {
        code = cli_fail_for(cli, REASON_LEDGER, report ? report->trouble.text : "no answer");
    } else if (cli_json(cli)) {
        char text[DATE_SIZE];
        cJSON *object = object_of(cli);
        date_format(day, text);
        put_text(object, "date", text);
        cJSON *array = add_array(object, "tours");
        for (size_t i = 0; i < report->tours.count; i++)
            cJSON_AddItemToArray(array, json_tour(&report->tours.items[i], cli_now(cli)));
        print_json(object);
    } else {
        print_board(cli, report, day, cli_now(cli));
    }
    report_destroy(report);
    return code;
}
