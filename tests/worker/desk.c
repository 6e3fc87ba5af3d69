#include "desk.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/tour/tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct community communities[2];
static struct desk the_desk;

instant desk_slot(int index)
{
    return DESK_NOW + HOUR + (instant)index * 30 * MINUTE;
}

/* --- the office --------------------------------------------------------------------------------------------- */

static void make_communities(void)
{
    static const char *const ids[] = {"c1", "c2"};
    for (size_t i = 0; i < 2; i++) {
        struct community *c = &communities[i];
        str_copy(c->id, sizeof c->id, ids[i]);
        str_copy(c->name, sizeof c->name, i ? "Birch Court" : "Alder House");
        c->zone = zone_load("America/Los_Angeles", NULL);
        c->tour_minutes = 30;
        str_copy(c->source, sizeof c->source, "Phone call");
        str_copy(c->sms_consent_text, sizeof c->sms_consent_text, "You agree to texts.");
        community_add_unit(c, "A-101");
        community_add_unit(c, "M6-202");
    }
}

static instant wall_now(void *self)
{
    return ((struct desk *)self)->now;
}

static int64_t steady_now(void *self)
{
    return ((struct desk *)self)->steady;
}

static void take_report(void *self, struct report *report)
{
    struct desk *desk = self;
    desk->reports = mem_grow(
        desk->reports, &desk->report_capacity, desk->report_count + 1, sizeof *desk->reports);
    desk->reports[desk->report_count++] = report;
}

/* Another life has other names for its operations. */
static void begin_life(struct desk *desk)
{
    static uint64_t lives;
    desk->settings.ledger = desk->ledger;
    desk->settings.random = random_seeded(++lives);
    desk->core = core_create(&desk->settings);
}

static void set_up(struct desk *desk)
{
    desk->settings = (struct core_settings){
        .transport = script_transport(desk->script, &desk->now),
        .clock = {wall_now, steady_now, desk},
        .communities = communities,
        .community_count = 2,
        .send_end_time = true,
        .undo_seconds = 10,
        .tell = take_report,
        .self = desk,
    };
}

int desk_open(void **state)
{
    void *scratch;
    instant slots[DESK_SLOTS];
    if (scratch_open(&scratch) != 0)
        return -1;
    the_desk = (struct desk){.scratch = scratch, .now = DESK_NOW, .steady = 1000};
    struct desk *desk = &the_desk;
    desk->ledger = desk->scratch->ledger;
    desk->scratch->ledger = NULL;
    make_communities();
    desk->script = script_create();
    for (int i = 0; i < DESK_SLOTS; i++)
        slots[i] = desk_slot(i);
    script_offer(desk->script, slots, DESK_SLOTS);
    set_up(desk);
    begin_life(desk);
    *state = desk;
    return 0;
}

int desk_close(void **state)
{
    struct desk *desk = *state;
    void *scratch = desk->scratch;
    core_destroy(desk->core);
    desk_forget(desk);
    free(desk->reports);
    script_destroy(desk->script);
    ledger_close(desk->ledger);
    for (size_t i = 0; i < 2; i++)
        community_finish(&communities[i]);
    return scratch_close(&scratch);
}

void desk_restart(struct desk *desk)
{
    core_destroy(desk->core);
    begin_life(desk);
}

/* --- being killed ----------------------------------------------------------------------------------------------- */

static void copy_ledger(const char *from, const char *to)
{
    static const char *const names[] = {"ledger.db", "ledger.db-wal"};
    for (size_t i = 0; i < 2; i++) {
        char path[160];
        size_t length;
        str_print(path, sizeof path, "%s/%s", from, names[i]);
        char *bytes = file_bytes(path, &length);
        str_print(path, sizeof path, "%s/%s", to, names[i]);
        put_file(path, bytes, length);
        free(bytes);
    }
}

/* Another folder for each life. */
static void aside(const struct desk *desk, char *out, size_t size)
{
    struct str name = {0};
    str_addf(&name, "%s+", desk->scratch->data);
    str_copy(out, size, str_text(&name));
    str_finish(&name);
}

void desk_kill(struct desk *desk)
{
    char folder[96];
    if (desk->killed)
        return;
    desk->killed = true;
    aside(desk, folder, sizeof folder);
    if (mkdir(folder, 0700) != 0)
        fail_msg("cannot make %s", folder);
    copy_ledger(desk->scratch->data, folder);
    script_cut_off(desk->settings.transport, true);
}

void desk_revive(struct desk *desk, int64_t later)
{
    /* The dead core takes itself down, but in another ledger than the one that goes on. */
    core_destroy(desk->core);
    ledger_close(desk->ledger);
    aside(desk, desk->scratch->data, sizeof desk->scratch->data);
    str_print(desk->scratch->file, sizeof desk->scratch->file, "%s/ledger.db", desk->scratch->data);
    desk->ledger = open_ledger(desk->scratch->data);
    desk->now += later;
    desk->steady += later;
    desk->killed = false;
    script_cut_off(desk->settings.transport, false);
    begin_life(desk);
}

void desk_join(struct desk *desk, const struct desk *first, bool one_shot)
{
    *desk = (struct desk){.scratch = first->scratch,
        .ledger = open_ledger(first->scratch->data),
        .script = first->script,
        .now = first->now,
        .steady = first->steady};
    set_up(desk);
    desk->settings.one_shot = one_shot;
    begin_life(desk);
}

void desk_leave(struct desk *desk)
{
    core_destroy(desk->core);
    desk_forget(desk);
    free(desk->reports);
    ledger_close(desk->ledger);
    *desk = (struct desk){0};
}

/* --- time ---------------------------------------------------------------------------------------------------- */

void desk_run(struct desk *desk, int64_t milliseconds)
{
    instant end = desk->now + milliseconds;
    for (int turns = 0;; turns++) {
        int64_t wait = core_turn(desk->core), next = script_next(desk->settings.transport);
        if (next >= 0 && (wait < 0 || next < wait))
            wait = next;
        if (turns > 200000)
            fail_msg("the core turns without end");
        if (wait < 0 || desk->now + wait > end)
            break;
        desk->now += wait;
        desk->steady += wait;
    }
    desk->steady += end - desk->now;
    desk->now = end;
}

/* --- asking -------------------------------------------------------------------------------------------------- */

uint64_t desk_ask(struct desk *desk, struct command *command)
{
    uint64_t token = ++desk->last_token;
    command->token = token;
    core_take(desk->core, command);
    return token;
}

struct command *ask_book_for(int slot, const char *first, const char *email, const char *phone)
{
    struct command *command = command_create(COMMAND_BOOK);
    str_copy(command->community_id, ID_SIZE, "c1");
    str_copy(command->agent, AGENT_SIZE, "sam");
    command->at_once = true;
    str_copy(command->booking.profile.first_name, NAME_SIZE, first);
    str_copy(command->booking.profile.email, EMAIL_SIZE, email);
    str_copy(command->booking.profile.phone, PHONE_SIZE, phone);
    command->booking.start = (struct stamp){.at = desk_slot(slot), .offset = -28800};
    return command;
}

struct command *ask_book(int slot)
{
    return ask_book_for(slot, "Ana", "", "+12065550155");
}

static struct command *ask_about(enum command_kind kind, const char *tour_id)
{
    struct command *command = command_create(kind);
    str_copy(command->community_id, ID_SIZE, "c1");
    str_copy(command->agent, AGENT_SIZE, "sam");
    str_copy(command->tour_id, OPERATION_ID_SIZE, tour_id);
    command->at_once = true;
    return command;
}

struct command *ask_cancel(const char *tour_id)
{
    return ask_about(COMMAND_CANCEL, tour_id);
}

struct command *ask_visit(const char *tour_id)
{
    return ask_about(COMMAND_VISIT, tour_id);
}

struct command *ask_of(enum command_kind kind, const char *operation_id)
{
    struct command *command = ask_about(kind, "");
    str_copy(command->operation_id, OPERATION_ID_SIZE, operation_id);
    return command;
}

/* --- looking ------------------------------------------------------------------------------------------------- */

const struct report *desk_report(const struct desk *desk, enum report_kind kind, uint64_t token)
{
    for (size_t i = desk->report_count; i-- > 0;)
        if (desk->reports[i]->kind == kind && (!token || desk->reports[i]->token == token))
            return desk->reports[i];
    return NULL;
}

size_t desk_reports(const struct desk *desk, enum report_kind kind, uint64_t token)
{
    size_t count = 0;
    for (size_t i = 0; i < desk->report_count; i++)
        count += desk->reports[i]->kind == kind && (!token || desk->reports[i]->token == token);
    return count;
}

void desk_forget(struct desk *desk)
{
    for (size_t i = 0; i < desk->report_count; i++)
        report_destroy(desk->reports[i]);
    desk->report_count = 0;
}

const struct operation *desk_told(const struct desk *desk, uint64_t token)
{
    const struct report *report = desk_report(desk, REPORT_OPERATION, token);
    const struct report *stopped = desk_report(desk, REPORT_STOPPED, token);
    if (!report)
        fail_msg("nothing was told of an operation: %s", stopped ? stopped->trouble.text : "");
    return report->operation;
}

struct operation desk_kept(const struct desk *desk, const char *id)
{
    struct operation operation;
    struct error error = {""};
    if (ledger_operation(desk->ledger, id, &operation, &error) != FOUND_ONE)
        fail_msg("the ledger has no %s: %s", id, error.text);
    return operation;
}

enum operation_state desk_state(const struct desk *desk, const char *id)
{
    return desk_kept(desk, id).state;
}

void desk_booked(
    struct desk *desk, int slot, const char *first, const char *phone, char id[OPERATION_ID_SIZE])
{
    uint64_t token = desk_ask(desk, ask_book_for(slot, first, "", phone));
    desk_run(desk, 2000);
    str_copy(id, OPERATION_ID_SIZE, desk_told(desk, token)->id);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
}

void expect_state(
    const struct desk *desk, const char *id, enum operation_state state, enum reason reason)
{
    struct operation operation = desk_kept(desk, id);
    check_text(id, state_word(operation.state), state_word(state));
    check_text(id, reason_token(operation.reason), reason_token(reason));
}

uint64_t desk_saved(struct desk *desk, struct command *command, char id[OPERATION_ID_SIZE])
{
    uint64_t token = desk_ask(desk, command);
    str_copy(id, OPERATION_ID_SIZE, desk_told(desk, token)->id);
    return token;
}

void expect_stopped(
    struct desk *desk, struct command *command, enum reason reason, const char *words)
{
    size_t before = script_sent(desk->script, "");
    char count[16];
    str_copy(count, sizeof count, ask_file(desk->scratch, "SELECT count(*) FROM operation"));
    uint64_t token = desk_ask(desk, command);
    const struct report *report = desk_report(desk, REPORT_STOPPED, token);
    check_holds(words, report != NULL, "was not stopped");
    check_text(words, reason_token(report->reason), reason_token(reason));
    check_contains(words, report->trouble.text, words);
    check_holds(words, !desk_report(desk, REPORT_OPERATION, token), "an operation was told");
    check_holds(words, !desk_report(desk, REPORT_TOUR, token), "a tour was told");
    check_number(words, (long long)script_sent(desk->script, ""), (long long)before);
    check_text(words, ask_file(desk->scratch, "SELECT count(*) FROM operation"), count);
}

void expect_words(const struct desk *desk, uint64_t token, const char *wanted)
{
    struct str words = {0};
    struct zone *zone = zone_load("America/Los_Angeles", NULL);
    const struct report *report = desk_report(desk, REPORT_OPERATION, token);
    assert_non_null(report);
    tell_operation(&words, report->operation, report->tour, zone, desk->now);
    check_text(wanted, str_text(&words), wanted);
    str_finish(&words);
    zone_destroy(zone);
}

void desk_let_fail(struct desk *desk, const char *event)
{
    char sql[200];
    str_print(sql, sizeof sql,
        "CREATE TRIGGER stop BEFORE %s BEGIN SELECT RAISE(FAIL, 'no room'); END", event);
    ask_file(desk->scratch, sql);
}

void desk_let_work(struct desk *desk)
{
    ask_file(desk->scratch, "DROP TRIGGER stop");
}

const char *desk_trouble(const struct desk *desk)
{
    const struct report *report = desk_report(desk, REPORT_TROUBLE, 0);
    return report ? report->trouble.text : "";
}
