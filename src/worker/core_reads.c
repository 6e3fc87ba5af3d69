/* What is read from Knock: asked once for all who wait, tried a few times, kept as a snapshot. */
#include "core_internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/knock/answer.h"
#include "tourdesk/knock/request.h"
#include "tourdesk/tour/say.h"

#include <stdlib.h>
#include <string.h>

enum { PAGES_MOST = 40 }; /* of one person's events */

/* What each kind of read asks, how its answer is taken, and what is kept of it. */
struct reading {
    enum report_kind report;
    void (*request)(const struct read *read, struct http_request *out);
    bool (*parse)(struct read *read, const struct http_answer *answer, struct report *report,
        struct error *error);
    void (*store)(struct core *core, const struct read *read, const struct report *report);
    bool (*load)(struct core *core, const struct read *read, struct report *report);
};

/* --- slots ------------------------------------------------------------------------------------- */

static void slots_request(const struct read *read, struct http_request *out)
{
    request_slots(out, read->community_id, read->calendar);
}

static bool slots_parse(
    struct read *read, const struct http_answer *answer, struct report *report, struct error *error)
{
    (void)read;
    return answer_slots(answer->body, answer->length, &report->slots, error);
}

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
static void slots_store(struct core *core, const struct read *read, const struct report *report)
{
    struct ledger *ledger = core->settings.ledger;
    struct error error;
    struct slot_list before = {0};
    bool known = ledger_get_slots(ledger, read->community_id, read->calendar, &before, NULL);
    bool fresh = report->slots.checked_at - before.checked_at < SNAPSHOT_PAUSE;
    if (!(known && fresh && same_slots(&before, &report->slots)) &&
        !ledger_put_slots(ledger, read->community_id, read->calendar, &report->slots, &error))
        core_trouble(core, 0, &error);
    slot_list_finish(&before);
}

static bool slots_load(struct core *core, const struct read *read, struct report *report)
{
    bool ok = ledger_get_slots(core->settings.ledger, read->community_id, read->calendar,
        &report->slots, &report->trouble);
    report->slots.stale = true;
    return ok && report->slots.checked_at;
}

/* --- sources ----------------------------------------------------------------------------------- */

static void sources_request(const struct read *read, struct http_request *out)
{
    request_sources(out, read->community_id);
}

static bool sources_parse(
    struct read *read, const struct http_answer *answer, struct report *report, struct error *error)
{
    (void)read;
    return answer_sources(answer->body, answer->length, &report->sources, error);
}

static void sources_store(struct core *core, const struct read *read, const struct report *report)
{
    struct error error;
    if (!ledger_put_sources(core->settings.ledger, read->community_id, &report->sources, &error))
        core_trouble(core, 0, &error);
}

static bool sources_load(struct core *core, const struct read *read, struct report *report)
{
    bool ok = ledger_get_sources(
        core->settings.ledger, read->community_id, &report->sources, &report->trouble);
    report->sources.stale = true;
    return ok && report->sources.checked_at;
}

/* --- guest card and events ---------------------------------------------------------------------- */

static void card_request(const struct read *read, struct http_request *out)
{
    request_card(out, read->community_id, read->prospect_id);
}

static bool card_parse(
    struct read *read, const struct http_answer *answer, struct report *report, struct error *error)
{
    (void)read;
    return answer_card(answer->body, answer->length, &report->card, error);
}

static void events_request(const struct read *read, struct http_request *out)
{
    request_events(out, read->community_id, read->prospect_id, read->events.after);
}

/* Pages are collected in the read; the last one hands them over. */
static bool events_parse(
    struct read *read, const struct http_answer *answer, struct report *report, struct error *error)
{
    if (!answer_events(answer->body, answer->length, &read->events, error))
        return false;
    if (read->events.after[0] && ++read->pages < PAGES_MOST)
        return true;
    report->events = read->events;
    read->events = (struct prospect_events){0};
    return true;
}

static const struct reading readings[READ_KINDS] = {
    [READ_SLOTS] = {REPORT_SLOTS, slots_request, slots_parse, slots_store, slots_load},
    [READ_SOURCES] = {REPORT_SOURCES, sources_request, sources_parse, sources_store, sources_load},
    [READ_CARD] = {REPORT_CARD, card_request, card_parse, NULL, NULL},
    [READ_EVENTS] = {REPORT_EVENTS, events_request, events_parse, NULL, NULL},
};

/* --- the list ------------------------------------------------------------------------------------ */

static void destroy_read(struct read *read)
{
    prospect_events_finish(&read->events);
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

static struct read *find_read(struct core *core, enum read_kind kind, const char *community_id,
    enum calendar calendar, const char *prospect_id)
{
    for (size_t i = 0; i < core->read_count; i++) {
        struct read *read = core->reads[i];
        if (read->kind == kind && read->calendar == calendar && !read->evidence_for[0] &&
            strcmp(read->community_id, community_id) == 0 &&
            strcmp(read->prospect_id, prospect_id) == 0)
            return read;
    }
    return NULL;
}

static struct read *add_read(struct core *core, enum read_kind kind, const char *community_id,
    enum calendar calendar, const char *prospect_id)
{
    struct read *read = mem_alloc(sizeof *read);
    read->number = ++core->last_read;
    read->kind = kind;
    read->calendar = calendar;
    str_copy(read->community_id, sizeof read->community_id, community_id);
    str_copy(read->prospect_id, sizeof read->prospect_id, prospect_id);
    read->next_try = core_steady(core);
    core->reads =
        mem_grow(core->reads, &core->read_capacity, core->read_count + 1, sizeof *core->reads);
    core->reads[core->read_count++] = read;
    return read;
}

/* --- telling ------------------------------------------------------------------------------------- */

static struct report *make_report(const struct read *read, uint64_t token)
{
    struct report *report = report_create(readings[read->kind].report, token);
    str_copy(report->community_id, sizeof report->community_id, read->community_id);
    report->calendar = read->calendar;
    return report;
}

static bool load_snapshot(struct core *core, const struct read *read, struct report *report)
{
    const struct reading *reading = &readings[read->kind];
    return reading->load && reading->load(core, read, report);
}

/* What was known before, at once; the better answer follows. */
static void tell_known(struct core *core, const struct read *read, uint64_t token)
{
    struct report *report = make_report(read, token);
    report->more = true;
    if (load_snapshot(core, read, report))
        core_tell(core, report);
    else
        report_destroy(report);
}

/* Why a read failed; where Knock refused a key, which one it was (knock-api Q15). */
static void say_failure(const struct read *read, const struct outcome *outcome, struct error *out)
{
    bool appointment = read->kind == READ_SLOTS || read->kind == READ_SOURCES;
    if (outcome->reason != REASON_KEY)
        error_set(out, "%s", reason_words(outcome->reason));
    else if (outcome->http_status)
        error_set(out, "Knock did not accept the %s key", appointment ? "appointment" : "prospect");
    else
        error_set(out, "there is no key to ask with");
}

static void tell_failure(
    struct core *core, const struct read *read, const struct outcome *outcome, const char *words)
{
    struct error why;
    say_failure(read, outcome, &why);
    for (size_t i = 0; i < read->token_count; i++) {
        struct report *report = make_report(read, read->tokens[i]);
        load_snapshot(core, read, report);
        report->reason = outcome->reason;
        report->http_status = outcome->http_status;
        if (outcome->server_message[0])
            error_set(&report->trouble, "%s (Knock: \"%s\")", why.text, outcome->server_message);
        else
            error_set(&report->trouble, "%s%s%s%s", why.text, *words ? " (" : "", words,
                *words ? ")" : "");
        core_tell(core, report);
    }
}

/* Tells everybody who waits; the last one gets what was read, the others a copy of it. Cards and events
 * are asked for by one. */
static void tell_success(struct core *core, const struct read *read, struct report *report)
{
    for (size_t i = 1; i < read->token_count; i++) {
        struct report *copy = make_report(read, read->tokens[i]);
        slot_list_copy(&copy->slots, &report->slots);
        for (size_t j = 0; j < report->sources.count; j++)
            source_list_add(&copy->sources, report->sources.titles[j]);
        copy->sources.skipped = report->sources.skipped;
        copy->sources.checked_at = report->sources.checked_at;
        core_tell(core, copy);
    }
    if (read->token_count == 0) {
        report_destroy(report);
        return;
    }
    report->token = read->tokens[0];
    core_tell(core, report);
}

/* --- answers --------------------------------------------------------------------------------------- */

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

/* What an evidence read has to say; NULL-like "" where it says nothing. */
static void keep_evidence(struct core *core, const struct read *read, const struct report *report)
{
    if (core->ledger_broken) /* nothing can be kept, and what is known here may be old */
        return;
    core_refresh(core); /* another desk may have settled it while this was read */
    struct job *job = core_find_job(core, read->evidence_for);
    if (!job || !report)
        return;
    const struct operation *operation = &job->operation;
    struct evidence evidence = {.at = core_now(core)};
    if (read->kind == READ_EVENTS) {
        const struct prospect_event *event =
            prospect_events_find(&report->events, operation->booking.start.at);
        str_copy(evidence.source, sizeof evidence.source, "events");
        str_copy(evidence.words, sizeof evidence.words,
            event ? "Knock's history of this person has an appointment at this time"
                  : "Knock's history of this person has no appointment at this time");
        evidence.speaks = event ? SPEAKS_FOR : SPEAKS_AGAINST;
    } else if (operation->booking.start.at <= evidence.at) {
        str_copy(evidence.source, sizeof evidence.source, "slots");
        str_copy(evidence.words, sizeof evidence.words,
            "this time has passed: the free times cannot tell any more");
        evidence.speaks = SPEAKS_NOTHING;
    } else {
        bool offered = slot_list_find(&report->slots, operation->booking.start.at) != NULL;
        str_copy(evidence.source, sizeof evidence.source, "slots");
        str_copy(evidence.words, sizeof evidence.words,
            offered ? "this time is still offered" : "this time is no longer offered");
        evidence.speaks = offered ? SPEAKS_AGAINST : SPEAKS_FOR;
    }
    struct error error;
    if (!ledger_put_evidence(core->settings.ledger, operation->id, &evidence, &error))
        core_trouble(core, 0, &error);
    core_tell_operation(core, operation, job->token);
}

static void succeed(
    struct core *core, struct read *read, struct report *report, const struct outcome *outcome)
{
    const struct reading *reading = &readings[read->kind];
    if (reading->store)
        reading->store(core, read, report);
    if (read->evidence_for[0])
        keep_evidence(core, read, report);
    if (read->for_jobs)
        core_slots_for_jobs(core, read->number, &report->slots, outcome);
    tell_success(core, read, report);
}

static void fail(
    struct core *core, struct read *read, const struct outcome *outcome, const char *words)
{
    tell_failure(core, read, outcome, words);
    if (read->for_jobs)
        core_slots_for_jobs(core, read->number, NULL, outcome);
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
    struct error error = {""};
    struct report *report = make_report(read, 0);
    outcome_read_get(&outcome, answer);
    report->slots.checked_at = report->sources.checked_at = core_now(core);
    if (outcome.verdict == VERDICT_CONFIRMED &&
        !readings[read->kind].parse(read, answer, report, &error)) {
        outcome.verdict = VERDICT_NOT_YET;
        outcome.reason = REASON_UNREADABLE;
    }
    bool again = outcome.verdict == VERDICT_CONFIRMED ? read->events.after[0] != '\0'
                                                      : try_again(core, read, &outcome);
    if (again) { /* the next page, or the same once more */
        read->exchange = 0;
        report_destroy(report);
        return true;
    }
    core->skew_answered |= read->for_clock;
    if (outcome.verdict == VERDICT_CONFIRMED) {
        succeed(core, read, report, &outcome);
    } else {
        report_destroy(report);
        fail(core, read, &outcome, *error.text ? error.text : answer->words);
    }
    remove_read(core, read);
    return true;
}

/* --- asking ------------------------------------------------------------------------------------------ */

void core_read(struct core *core, enum read_kind kind, const struct command *command)
{
    struct read *read =
        find_read(core, kind, command->community_id, command->calendar, command->prospect_id);
    if (!read)
        read = add_read(core, kind, command->community_id, command->calendar, command->prospect_id);
    read->tokens =
        mem_grow(read->tokens, &read->token_capacity, read->token_count + 1, sizeof *read->tokens);
    read->tokens[read->token_count++] = command->token;
    tell_known(core, read, command->token);
}

uint64_t core_read_for_job(struct core *core, const char *community_id, enum calendar calendar)
{
    struct read *read = find_read(core, READ_SLOTS, community_id, calendar, "");
    /* One that is under way may have been answered already when the booking was asked for. */
    if (!read || read->exchange)
        read = add_read(core, READ_SLOTS, community_id, calendar, "");
    read->for_jobs = true;
    return read->number;
}

void core_read_evidence(struct core *core, const struct operation *operation)
{
    if (operation->kind != OPERATION_BOOK)
        return;
    struct read *slots =
        add_read(core, READ_SLOTS, operation->community_id, operation->booking.calendar, "");
    str_copy(slots->evidence_for, sizeof slots->evidence_for, operation->id);
    if (!operation->prospect_id[0])
        return;
    struct read *events = add_read(
        core, READ_EVENTS, operation->community_id, CALENDAR_SELF_GUIDED, operation->prospect_id);
    str_copy(events->evidence_for, sizeof events->evidence_for, operation->id);
}

bool core_ask_clock(struct core *core, const struct operation *operation)
{
    for (size_t i = 0; i < core->read_count; i++)
        if (core->reads[i]->for_clock)
            return false;
    add_read(core, READ_SOURCES, operation->community_id, CALENDAR_SELF_GUIDED, "")->for_clock =
        true;
    return true;
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
        readings[read->kind].request(read, &request);
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
        if (read->token_count > 0 || read->for_jobs || read->for_clock || read->evidence_for[0])
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
