/* What is read from Knock: asked once for all who wait, tried a few times, kept as a snapshot. */
#include "core_internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/knock/answer.h"
#include "tourdesk/knock/request.h"

#include <stdlib.h>
#include <string.h>

static void destroy_read(struct read *read)
{
    free(read->tokens);
    free(read);
}

static void remove_read(struct core *core, struct read *read)
{
    for (size_t i = 0; i < core->read_count; i++)
        if (core->reads[i] == read) {
            memmove(core->reads + i, core->reads + i + 1,
                (core->read_count - i - 1) * sizeof *core->reads);
            core->read_count--;
            break;
        }
    destroy_read(read);
}

static struct read *find_read(
    struct core *core, bool sources, const char *community_id, enum calendar calendar)
{
    for (size_t i = 0; i < core->read_count; i++) {
        struct read *read = core->reads[i];
        if (read->sources == sources && read->calendar == calendar &&
            strcmp(read->community_id, community_id) == 0)
            return read;
    }
    return NULL;
}

static struct read *add_read(
    struct core *core, bool sources, const char *community_id, enum calendar calendar)
{
    struct read *read = mem_alloc(sizeof *read);
    read->number = ++core->last_read;
    read->sources = sources;
    read->calendar = calendar;
    str_copy(read->community_id, sizeof read->community_id, community_id);
    read->next_try = core_steady(core);
    core->reads =
        mem_grow(core->reads, &core->read_capacity, core->read_count + 1, sizeof *core->reads);
    core->reads[core->read_count++] = read;
    return read;
}

/* --- telling ------------------------------------------------------------------------------- */

static struct report *make_report(const struct read *read, uint64_t token)
{
    struct report *report = report_create(read->sources ? REPORT_SOURCES : REPORT_SLOTS, token);
    str_copy(report->community_id, sizeof report->community_id, read->community_id);
    report->calendar = read->calendar;
    return report;
}

/* The last snapshot, marked stale. */
static void load_snapshot(struct core *core, const struct read *read, struct report *report)
{
    struct ledger *ledger = core->settings.ledger;
    struct error error = {""};
    bool ok =
        read->sources
            ? ledger_get_sources(ledger, read->community_id, &report->sources, &error)
            : ledger_get_slots(ledger, read->community_id, read->calendar, &report->slots, &error);
    report->sources.stale = report->slots.stale = true;
    if (!ok)
        report->trouble = error;
}

static bool snapshot_known(const struct report *report)
{
    return report->slots.checked_at || report->sources.checked_at;
}

/* What was known before, at once; the better answer follows. */
static void tell_known(struct core *core, const struct read *read, uint64_t token)
{
    struct report *report = make_report(read, token);
    load_snapshot(core, read, report);
    report->more = true;
    if (snapshot_known(report))
        core_tell(core, report);
    else
        report_destroy(report);
}

static void tell_failure(
    struct core *core, const struct read *read, const struct outcome *outcome, const char *words)
{
    for (size_t i = 0; i < read->token_count; i++) {
        struct report *report = make_report(read, read->tokens[i]);
        load_snapshot(core, read, report);
        report->reason = outcome->reason;
        if (outcome->server_message[0])
            error_set(&report->trouble, "%s (Knock: \"%s\")", reason_words(outcome->reason),
                outcome->server_message);
        else
            error_set(&report->trouble, "%s%s%s%s", reason_words(outcome->reason),
                *words ? " (" : "", words, *words ? ")" : "");
        core_tell(core, report);
    }
}

/* Tells everybody who waits; the last one gets `report` itself. */
static void tell_success(struct core *core, const struct read *read, struct report *report)
{
    for (size_t i = 0; i < read->token_count; i++) {
        struct report *copy = make_report(read, read->tokens[i]);
        slot_list_copy(&copy->slots, &report->slots);
        for (size_t j = 0; j < report->sources.count; j++)
            source_list_add(&copy->sources, report->sources.titles[j]);
        copy->sources.checked_at = report->sources.checked_at;
        core_tell(core, copy);
    }
    report_destroy(report);
}

/* --- answers ------------------------------------------------------------------------------- */

static bool same_slots(const struct slot_list *a, const struct slot_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i].text, b->items[i].text) != 0)
            return false;
    return true;
}

/* A snapshot is written when it says something new, and now and then for its age. */
static void store(struct core *core, const struct read *read, const struct report *report)
{
    struct ledger *ledger = core->settings.ledger;
    struct error error;
    if (read->sources) {
        if (!ledger_put_sources(ledger, read->community_id, &report->sources, &error))
            core_trouble(core, 0, &error);
        return;
    }
    struct slot_list before = {0};
    bool known = ledger_get_slots(ledger, read->community_id, read->calendar, &before, NULL);
    bool fresh = report->slots.checked_at - before.checked_at < SNAPSHOT_PAUSE;
    if (!(known && fresh && same_slots(&before, &report->slots)) &&
        !ledger_put_slots(ledger, read->community_id, read->calendar, &report->slots, &error))
        core_trouble(core, 0, &error);
    slot_list_finish(&before);
}

static bool parse(const struct read *read, const struct http_answer *answer, instant now,
    struct report *report, struct error *error)
{
    report->slots.checked_at = report->sources.checked_at = now;
    if (read->sources)
        return answer_sources(answer->body, answer->length, &report->sources, error);
    return answer_slots(answer->body, answer->length, &report->slots, error);
}

/* True if asking once more may help, and there is patience left. */
static bool try_again(struct core *core, struct read *read, const struct outcome *outcome)
{
    if (outcome->verdict != VERDICT_NOT_YET || outcome->reason == REASON_RATE_LIMITED ||
        outcome->reason == REASON_KEY || ++read->tries >= READ_TRIES)
        return false;
    int64_t pause = engine_pause(read->tries, core_chance(core));
    read->exchange = 0;
    read->next_try = core_steady(core) + (pause < READ_PAUSE ? pause : READ_PAUSE);
    return true;
}

bool core_read_answer(struct core *core, uint64_t exchange, const struct http_answer *answer)
{
    struct read *read = NULL;
    for (size_t i = 0; i < core->read_count && !read; i++)
        if (core->reads[i]->exchange == exchange)
            read = core->reads[i];
    if (!read)
        return false;
    struct outcome outcome;
    outcome_read_get(&outcome, answer);
    struct report *report = make_report(read, 0);
    struct error error = {""};
    if (outcome.verdict == VERDICT_CONFIRMED &&
        !parse(read, answer, core_now(core), report, &error)) {
        outcome.verdict = VERDICT_NOT_YET;
        outcome.reason = REASON_UNREADABLE;
    }
    if (outcome.verdict != VERDICT_CONFIRMED && try_again(core, read, &outcome)) {
        report_destroy(report);
        return true;
    }
    bool for_jobs = read->for_jobs && !read->sources;
    if (outcome.verdict == VERDICT_CONFIRMED) {
        store(core, read, report);
        if (for_jobs)
            core_slots_for_jobs(core, read->number, &report->slots, &outcome);
        tell_success(core, read, report);
    } else {
        report_destroy(report);
        tell_failure(core, read, &outcome, *error.text ? error.text : answer->words);
        if (for_jobs)
            core_slots_for_jobs(core, read->number, NULL, &outcome);
    }
    remove_read(core, read);
    return true;
}

/* --- asking -------------------------------------------------------------------------------- */

void core_read(struct core *core, bool sources, const char *community_id, enum calendar calendar,
    uint64_t token)
{
    struct read *read = find_read(core, sources, community_id, calendar);
    if (!read)
        read = add_read(core, sources, community_id, calendar);
    read->tokens =
        mem_grow(read->tokens, &read->token_capacity, read->token_count + 1, sizeof *read->tokens);
    read->tokens[read->token_count++] = token;
    tell_known(core, read, token);
}

uint64_t core_read_for_job(struct core *core, const char *community_id, enum calendar calendar)
{
    struct read *read = find_read(core, false, community_id, calendar);
    /* One that is under way may have been answered already when the booking was asked for. */
    if (!read || read->exchange)
        read = add_read(core, false, community_id, calendar);
    read->for_jobs = true;
    return read->number;
}

int64_t core_reads_turn(struct core *core)
{
    int64_t steady = core_steady(core), wait = -1;
    for (size_t i = 0; i < core->read_count; i++) {
        struct read *read = core->reads[i];
        if (read->exchange)
            continue;
        if (read->next_try > steady) {
            int64_t left = read->next_try - steady;
            wait = wait < 0 || left < wait ? left : wait;
            continue;
        }
        struct http_request request;
        if (read->sources)
            request_sources(&request, read->community_id);
        else
            request_slots(&request, read->community_id, read->calendar);
        read->exchange = transport_start(core->settings.transport, &request);
        http_request_finish(&request);
    }
    return wait;
}

/* Nobody waits for the token any more; a read that nobody waits for is abandoned. */
void core_drop_token(struct core *core, uint64_t token)
{
    for (size_t i = core->read_count; i-- > 0;) {
        struct read *read = core->reads[i];
        for (size_t j = 0; j < read->token_count; j++)
            if (read->tokens[j] == token)
                read->tokens[j--] = read->tokens[--read->token_count];
        if (read->token_count > 0 || read->for_jobs)
            continue;
        if (read->exchange)
            transport_abandon(core->settings.transport, read->exchange);
        remove_read(core, read);
    }
}

void core_reads_finish(struct core *core)
{
    for (size_t i = 0; i < core->read_count; i++) {
        if (core->reads[i]->exchange)
            transport_abandon(core->settings.transport, core->reads[i]->exchange);
        destroy_read(core->reads[i]);
    }
    free(core->reads);
    core->reads = NULL;
    core->read_count = core->read_capacity = 0;
}
