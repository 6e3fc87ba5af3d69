#include "core_internal.h"

#include "tourdesk/base/log.h"
#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

instant core_now(const struct core *core)
{
    return clock_now(&core->settings.clock);
}

int64_t core_steady(const struct core *core)
{
    return clock_steady(&core->settings.clock);
}

unsigned core_chance(struct core *core)
{
    return (unsigned)random_below(&core->settings.random, 1000);
}

const struct community *core_community(const struct core *core, const char *id)
{
    return community_find(core->settings.communities, core->settings.community_count, id);
}

void core_tell(struct core *core, struct report *report)
{
    core->settings.tell(core->settings.self, report);
}

void core_trouble(struct core *core, uint64_t token, const struct error *error)
{
    struct report *report = report_create(REPORT_TROUBLE, token);
    report->trouble = *error;
    log_event("trouble", "%s", error->text);
    core_tell(core, report);
}

/* Knock's own clock, as far as it is known; a second is lost in the Date header's rounding. */
static void take_date(struct core *core, const struct http_answer *answer)
{
    if (!answer->date)
        return;
    int64_t skew = core_now(core) - answer->date;
    bool told = core->skew_known;
    bool was_far = llabs(core->skew) >= SKEW_SHOWN, far = llabs(skew) >= SKEW_SHOWN;
    core->skew = skew;
    core->skew_known = true;
    if ((!told && !far) || (told && far == was_far))
        return;
    struct report *report = report_create(REPORT_SKEW, 0);
    report->skew_known = true;
    report->skew = skew;
    core_tell(core, report);
}

instant core_latest_past(const struct core *core)
{
    instant now = core_now(core);
    instant theirs = core->skew_known ? now - core->skew : now;
    return (theirs < now ? theirs : now) - PAST_MARGIN;
}

/* Every exchange tells whether Knock can be reached. */
void core_link(struct core *core, const struct http_answer *answer)
{
    take_date(core, answer);
    bool online = answer->fate == FATE_ANSWERED;
    if (answer->fate == FATE_ABANDONED || answer->fate == FATE_KEY)
        return;
    core->link_failures = online ? 0 : core->link_failures + 1;
    if (online == core->online && core->link_since)
        return;
    core->online = online;
    core->link_since = core_now(core);
    struct report *report = report_create(REPORT_LINK, 0);
    report->online = online;
    report->since = core->link_since;
    core_tell(core, report);
}

/* --- commands ------------------------------------------------------------------------------ */

static void read_slots(struct core *core, const struct command *command)
{
    core_read(core, READ_SLOTS, command);
}

static void read_sources(struct core *core, const struct command *command)
{
    core_read(core, READ_SOURCES, command);
}

static void read_card(struct core *core, const struct command *command)
{
    core_read(core, READ_CARD, command);
}

static void read_events(struct core *core, const struct command *command)
{
    core_read(core, READ_EVENTS, command);
}

static void list_tours(struct core *core, const struct command *command)
{
    struct report *report = report_create(REPORT_TOURS, command->token);
    str_copy(report->community_id, sizeof report->community_id, command->community_id);
    ledger_tours(core->settings.ledger, command->community_id, &command->query, &report->tours,
        &report->trouble);
    core_tell(core, report);
}

/* One operation, or all that changed since then, each with its tour; or the report says why not. */
static bool find_operations(struct core *core, const struct command *command,
    struct operation_list *list, struct report *report)
{
    struct ledger *ledger = core->settings.ledger;
    struct error *error = &report->trouble;
    if (command->unsettled)
        return ledger_unsettled(ledger, list, error);
    if (!command->operation_id[0])
        return ledger_operations_since(ledger, command->since, list, error);
    struct operation operation;
    enum found found = ledger_operation(ledger, command->operation_id, &operation, error);
    if (found == FOUND_NONE) {
        error_set(error, "no such operation here");
        report->reason = REASON_NOT_KNOWN;
    }
    if (found != FOUND_ONE)
        return false;
    list->items = mem_alloc(sizeof *list->items);
    list->items[0] = operation;
    list->count = list->capacity = 1;
    return true;
}

static void list_operations(struct core *core, const struct command *command)
{
    struct operation_list list = {0};
    struct report *report = report_create(REPORT_OPERATIONS, command->token);
    if (!find_operations(core, command, &list, report) && !report->reason)
        report->reason = REASON_LEDGER;
    for (size_t i = 0; i < list.count; i++) {
        struct tour *tour = tour_list_add(&report->tours);
        if (list.items[i].tour_id[0])
            ledger_tour(core->settings.ledger, list.items[i].tour_id, tour, NULL);
    }
    if (list.count == 1 && list.items[0].state == STATE_UNKNOWN)
        ledger_evidence(core->settings.ledger, list.items[0].id, report->evidence, EVIDENCE_KEPT,
            &report->evidence_count, NULL);
    report->operations = list.items;
    report->operation_count = list.count;
    core_tell(core, report);
}

static void tell_health(struct core *core, const struct command *command)
{
    struct report *report = report_create(REPORT_HEALTH, command->token);
    ledger_check(core->settings.ledger, &report->trouble);
    report->skew_known = core->skew_known;
    report->skew = core->skew;
    core_tell(core, report);
}

static void abandon(struct core *core, const struct command *command)
{
    core_drop_token(core, command->abandons);
}

void core_take(struct core *core, struct command *command)
{
    static void (*const handlers[])(struct core *, const struct command *) = {
        [COMMAND_READ_SLOTS] = read_slots,
        [COMMAND_READ_SOURCES] = read_sources,
        [COMMAND_READ_CARD] = read_card,
        [COMMAND_READ_EVENTS] = read_events,
        [COMMAND_LIST_TOURS] = list_tours,
        [COMMAND_READ_TOUR] = core_read_tour,
        [COMMAND_LIST_OPERATIONS] = list_operations,
        [COMMAND_HEALTH] = tell_health,
        [COMMAND_BOOK] = core_book,
        [COMMAND_RESCHEDULE] = core_reschedule,
        [COMMAND_CANCEL] = core_cancel,
        [COMMAND_VISIT] = core_visit,
        [COMMAND_CALL] = core_call,
        [COMMAND_REGISTER] = core_register,
        [COMMAND_WITHDRAW] = core_withdraw,
        [COMMAND_SEND_NOW] = core_send_now,
        [COMMAND_SETTLE] = core_settle,
        [COMMAND_MARK] = core_mark,
        [COMMAND_UNMARK] = core_unmark,
        [COMMAND_CONSENT] = core_consent,
        [COMMAND_READ_PERSON] = core_read_person,
        [COMMAND_SEARCH] = core_search,
        [COMMAND_HOLD] = core_hold,
        [COMMAND_KEEP_DRAFT] = core_keep_draft,
        [COMMAND_READ_DRAFTS] = core_read_drafts,
        [COMMAND_SIGN] = core_sign,
        [COMMAND_READ_HANDOVER] = core_read_handover,
        [COMMAND_SYNC] = core_sync,
        [COMMAND_ABANDON] = abandon,
    };
    handlers[command->kind](core, command);
    command_destroy(command);
}

/* --- turns --------------------------------------------------------------------------------- */

static void take_answers(struct core *core)
{
    uint64_t exchange;
    struct http_answer answer;
    while (transport_take(core->settings.transport, &exchange, &answer)) {
        core_link(core, &answer);
        if (!core_read_answer(core, exchange, &answer))
            core_job_answer(core, exchange, &answer);
        http_answer_finish(&answer);
    }
}

static int64_t sooner(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return a < 0 ? b : a;
    return a < b ? a : b;
}

/* A write or a flush failed. After a failed flush nothing proves what is on the disk, so nothing is sent
 * until the ledger was opened anew and verified. */
void core_broken(struct core *core)
{
    core->ledger_broken = true;
    core->next_mend = core_steady(core) + MEND_PAUSE;
}

static int64_t mend_turn(struct core *core)
{
    struct error error;
    int64_t steady = core_steady(core);
    if (!core->ledger_broken || core->settings.one_shot)
        return -1;
    if (steady < core->next_mend)
        return core->next_mend - steady;
    if (!ledger_reopen(core->settings.ledger, &error)) {
        core_broken(core);
        return MEND_PAUSE;
    }
    core->ledger_broken = false;
    core_store_outcomes(core);
    if (core->ledger_broken)
        return MEND_PAUSE;
    core_load_jobs(core);
    error_set(&error, "The ledger can be written again; everything in it was verified.");
    core_trouble(core, 0, &error);
    core_tell(core, report_create(REPORT_CHANGED, 0));
    return 0;
}

/* Takes in what other processes changed, if they did. */
void core_refresh(struct core *core)
{
    int64_t changes = ledger_changes(core->settings.ledger);
    if (changes == core->changes)
        return;
    core->changes = changes;
    core_load_jobs(core);
    core_tell_holds(core);
    core_tell(core, report_create(REPORT_CHANGED, 0));
}

/* The operations of processes that fell silent while sending, and what others changed. */
static int64_t look_round(struct core *core)
{
    int64_t steady = core_steady(core);
    if ((core->settings.one_shot && !core->waits) || core->ledger_broken)
        return -1;
    if (steady < core->next_look)
        return core->next_look - steady;
    core->next_look = steady + (core->waits ? SPACING : LOOK_ROUND);
    if (!core->settings.one_shot)
        core_adopt_orphans(core);
    core_refresh(core);
    return core->next_look - steady;
}

int64_t core_turn(struct core *core)
{
    take_answers(core);
    int64_t wait = sooner(mend_turn(core), look_round(core));
    wait = sooner(wait, core_holds_turn(core));
    wait = sooner(wait, core_reads_turn(core));
    return sooner(wait, core_jobs_turn(core));
}

bool core_busy(const struct core *core)
{
    if (core->read_count > 0)
        return true;
    for (size_t i = 0; i < core->job_count; i++)
        if (core->jobs[i]->ours && !core->jobs[i]->resting)
            return true;
    return false;
}

bool core_sending(const struct core *core)
{
    for (size_t i = 0; i < core->job_count; i++)
        if (core->jobs[i]->operation.state == STATE_SENDING && core->jobs[i]->exchange)
            return true;
    return false;
}

/* --- life ---------------------------------------------------------------------------------- */

struct core *core_create(const struct core_settings *settings)
{
    struct core *core = mem_alloc(sizeof *core);
    core->settings = *settings;
    core->online = true;
    char name[9];
    random_name(&core->settings.random, name, sizeof name - 1);
    str_print(core->owner, sizeof core->owner, "%ld-%s", (long)getpid(), name);
    core->changes = ledger_changes(settings->ledger);
    core_load_jobs(core);
    return core;
}

void core_destroy(struct core *core)
{
    if (!core)
        return;
    if (core->hold.until)
        ledger_drop_hold(core->settings.ledger, core->owner, core_now(core), NULL);
    core_jobs_finish(core);
    core_reads_finish(core);
    free(core);
}
