/* doctor: is everything in order? A report that can be sent to a help line: nothing personal is in it. */
#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/tour/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CHECKS_MOST = 16, SKEW_ALLOWED = MINUTE };

struct check {
    const char *name;
    bool ok;
    char words[512];
};

struct checks {
    struct check items[CHECKS_MOST];
    size_t count;
    int code;
};

__attribute__((format(printf, 5, 6))) static void add(
    struct checks *checks, const char *name, bool ok, int code, const char *format, ...)
{
    struct str words = {0};
    va_list args;
    va_start(args, format);
    str_addv(&words, format, args);
    va_end(args);
    struct check *check = &checks->items[checks->count++];
    check->name = name;
    check->ok = ok;
    str_copy(check->words, sizeof check->words, str_text(&words));
    str_finish(&words);
    if (!ok && checks->code == CODE_DONE)
        checks->code = code;
}

/* --- what stands on this machine ----------------------------------------------------------------------- */

static void check_configuration(const struct cli *cli, struct checks *checks)
{
    add(checks, "configuration", cli->mistakes == 0, CODE_USAGE, "%zu communit%s, profile \"%s\"%s",
        cli->config->community_count, cli->config->community_count == 1 ? "y" : "ies",
        cli->config->profile.name,
        cli->mistakes ? ", with mistakes: see tourdesk check-config" : "");
}

static void check_ledger(const struct cli *cli, const struct report *report, struct checks *checks)
{
    struct stat status;
    bool there = stat(cli->data, &status) == 0;
    add(checks, "permissions", there && (status.st_mode & 0077) == 0, CODE_USAGE,
        there ? "the ledger's folder has mode %04o" : "the ledger's folder is not there (%o)",
        there ? (unsigned)status.st_mode & 07777 : 0);
    bool ok = report && !report->trouble.text[0];
    add(checks, "ledger", ok, CODE_USAGE, "%s",
        ok       ? "SQLite finds nothing wrong"
        : report ? report->trouble.text
                 : "no answer");
}

static void check_zones(const struct cli *cli, struct checks *checks)
{
    for (size_t i = 0; i < cli->config->community_count && checks->count < CHECKS_MOST - 6; i++) {
        const struct community *community = &cli->config->communities[i];
        char clock[SAY_SIZE];
        add(checks, "zone", community->zone != NULL, CODE_USAGE, "%s: %s, it is %s there",
            community->id, zone_id(community->zone),
            say_clock(clock, zone_wall(community->zone, cli_now(cli))));
    }
}

/* --- what answers -------------------------------------------------------------------------------------- */

static void check_read(
    struct checks *checks, const char *name, const struct report *report, const char *good)
{
    enum reason reason = report ? report->reason : REASON_NO_ANSWER;
    bool stale = report && (report->slots.stale || report->sources.stale);
    bool ok = report && !stale && reason == REASON_NONE;
    add(checks, name, ok, reason == REASON_KEY ? CODE_REFUSED : CODE_SAVED, "%s",
        ok       ? good
        : report ? report->trouble.text
                 : "no answer");
}

/* Asking for a person who does not exist is harmless, and proves the key. */
static void check_prospect_key(struct cli *cli, struct checks *checks)
{
    struct command *command = cli_command(cli, COMMAND_READ_CARD);
    str_copy(command->prospect_id, ID_SIZE, "0");
    struct report *report = cli_ask(cli, command);
    if (report && report->reason == REASON_NOT_KNOWN)
        report->reason = REASON_NONE;
    check_read(checks, "prospect key", report, "Knock accepts it");
    report_destroy(report);
}

static void check_clock(const struct report *report, struct checks *checks)
{
    char length[SAY_SIZE];
    if (!report || !report->skew_known) {
        add(checks, "clock", true, CODE_DONE, "Knock did not say what time it has");
        return;
    }
    int64_t off = llabs(report->skew);
    add(checks, "clock",
        off<SKEW_ALLOWED, CODE_USAGE, "this machine is %s %s Knock", say_length(length, off),
            report->skew> 0
            ? "ahead of"
            : "behind");
}

/* --- the report ----------------------------------------------------------------------------------------- */

static void print_checks(const struct cli *cli, const struct checks *checks)
{
    if (!cli_json(cli)) {
        printf("tourdesk " TOURDESK_VERSION "\n");
        for (size_t i = 0; i < checks->count; i++)
            printf("%-8s %-14s %s\n", checks->items[i].ok ? "ok" : "trouble", checks->items[i].name,
                checks->items[i].words);
        return;
    }
    cJSON *object = cJSON_CreateObject();
    cJSON *array = cJSON_AddArrayToObject(object, "checks");
    for (size_t i = 0; i < checks->count; i++) {
        cJSON *item = cJSON_CreateObject();
        if (!array || !item)
            mem_exhausted();
        put_text(item, "name", checks->items[i].name);
        cJSON_AddBoolToObject(item, "ok", checks->items[i].ok);
        put_text(item, "message", checks->items[i].words);
        cJSON_AddItemToArray(array, item);
    }
    print_json(object);
}

int run_doctor(struct cli *cli)
{
    struct checks checks = {0};
    check_configuration(cli, &checks);
    check_zones(cli, &checks);
    struct report *sources = cli_ask(cli, cli_command(cli, COMMAND_READ_SOURCES));
    check_read(&checks, "line", sources, "Knock answers, and accepts the appointment key");
    check_prospect_key(cli, &checks);
    struct report *health = cli_ask(cli, cli_command(cli, COMMAND_HEALTH));
    check_ledger(cli, health, &checks);
    check_clock(health, &checks);
    report_destroy(sources);
    report_destroy(health);
    print_checks(cli, &checks);
    return checks.code;
}
