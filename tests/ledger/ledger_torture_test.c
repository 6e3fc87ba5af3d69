/* The ledger on a simulated disk that fails at every call in turn: whatever fails, and whatever the disk holds
 * afterwards, the ledger opens, is whole, and has all that was reported as kept. */
#include "../soak/disk.h"
#include "scratch.h"

#include "tourdesk/base/str.h"

#include <stdio.h>

enum { CHECKPOINT_PAGES = 12 };

/* What a day may leave behind. */
enum after {
    AFTER_KILL,     /* the process is gone, the machine goes on */
    AFTER_CUT,      /* the power fails, nothing that was not synced is there */
    AFTER_CUT_HALF, /* some of it is there */
    AFTER_CUT_ALL,  /* all of it is there */
    AFTERS,
};

static struct {
    struct disk *disk;
    struct scratch *scratch;
    struct ledger *ledger;
    enum disk_fault fault;
    uint64_t at, calls[DISK_CALLS], total; /* the fault meets call number `at` of the story */
    bool met;
    bool first; /* the story begins with an empty disk, not with a ledger */
    struct operation a, b, cancel, visit;
    /* What was reported, and what was tried after that: either may be found. */
    enum operation_state sure[4], tried[4];
    int sure_slots, tried_slots;
    size_t sure_notes, tried_notes;
} day;

static enum disk_fault meet(void *self, enum disk_call call, const char *path)
{
    (void)self, (void)path;
    if (call == DISK_READ)
        return DISK_FINE;
    day.calls[call]++;
    if (++day.total != day.at)
        return DISK_FINE;
    day.met = true;
    return day.fault;
}

static enum disk_fault lose_the_first_flush(void *self, enum disk_call call, const char *path)
{
    (void)self, (void)path;
    if (call != DISK_SYNC || day.met)
        return DISK_FINE;
    day.met = true;
    return DISK_LOSES;
}

/* --- the story --------------------------------------------------------------------------------------------------- */

static bool move(struct operation *operation, int index, enum operation_state state)
{
    struct operation next = *operation;
    next.state = state;
    next.updated_at += 10;
    day.tried[index] = state;
    if (ledger_update(day.ledger, &next, operation->state, NULL) == FOUND_FAILED)
        return false;
    *operation = next;
    day.sure[index] = state;
    return true;
}

static bool add(const struct operation *operation, int index)
{
    day.tried[index] = STATE_SAVED;
    struct operation found;
    /* A try that failed may have been kept all the same: it is not kept twice. */
    enum found there = ledger_operation(day.ledger, operation->id, &found, NULL);
    if (there == FOUND_FAILED || (there == FOUND_NONE && !ledger_add(day.ledger, operation, NULL)))
        return false;
    day.sure[index] = STATE_SAVED;
    return true;
}

static bool add_a(void)
{
    return add(&day.a, 0);
}

static bool add_b(void)
{
    return add(&day.b, 1);
}

static bool send_a(void)
{
    return move(&day.a, 0, STATE_SENDING);
}

static bool confirm_a(void)
{
    str_copy(day.a.appointment_id, ID_SIZE, "77");
    return move(&day.a, 0, STATE_CONFIRMED);
}

static bool withdraw_b(void)
{
    return move(&day.b, 1, STATE_WITHDRAWN);
}

static bool add_cancel(void)
{
    return add(&day.cancel, 2);
}

static bool refuse_cancel(void)
{
    return move(&day.cancel, 2, STATE_REFUSED);
}

static bool add_visit(void)
{
    return add(&day.visit, 3);
}

static bool send_visit(void)
{
    return move(&day.visit, 3, STATE_SENDING);
}

static bool lose_visit(void)
{
    return move(&day.visit, 3, STATE_UNKNOWN);
}

/* Several writes in one transaction, as a step on the wire has them. */
static bool several(void)
{
    struct wire wire = {.operation_id = "a", .step = "request", .body = "{}"};
    day.tried_notes = day.sure_notes + 2;
    bool ok =
        ledger_begin(day.ledger, NULL) && ledger_note(day.ledger, 5, "sam", "a", "one", NULL) &&
        ledger_put_wire(day.ledger, &wire, NULL) &&
        ledger_claim(day.ledger, "a", "me", 5, 500, NULL) != FOUND_FAILED &&
        ledger_note(day.ledger, 5, "sam", "a", "two", NULL) && ledger_commit(day.ledger, NULL);
    if (ok)
        day.sure_notes = day.tried_notes;
    else
        ledger_rollback(day.ledger);
    return ok;
}

/* A list long enough to need pages of its own. */
static bool put_slots(void)
{
    struct slot_list slots = {.checked_at = 1000 + day.tried_slots};
    day.tried_slots = day.sure_slots + 60;
    for (int i = 0; i < day.tried_slots; i++) {
        struct slot slot = {.start = {.at = (instant)i * 30 * MINUTE}};
        stamp_format(slot.start, slot.text);
        slot_list_add(&slots, &slot);
    }
    bool ok = ledger_put_slots(day.ledger, "c1", CALENDAR_SELF_GUIDED, &slots, NULL);
    if (ok)
        day.sure_slots = day.tried_slots;
    slot_list_finish(&slots);
    return ok;
}

static bool close_and_open(void)
{
    ledger_close(day.ledger);
    day.ledger = ledger_open(day.scratch->data, NULL);
    return day.ledger != NULL;
}

static bool (*const story[])(void) = {add_a, put_slots, send_a, several, confirm_a, add_b, several,
    put_slots, close_and_open, withdraw_b, add_cancel, several, refuse_cancel, put_slots, add_visit,
    send_visit, several, lose_visit};

static void begin_story(enum disk_fault fault, uint64_t at)
{
    memset(day.calls, 0, sizeof day.calls);
    memset(day.sure, 0, sizeof day.sure);
    memset(day.tried, 0, sizeof day.tried);
    day.total = 0;
    day.sure_notes = day.tried_notes = 0;
    day.sure_slots = day.tried_slots = 0;
    day.met = false;
    day.fault = fault;
    day.at = at;
    day.a = booking("a", "Ana", "", "+12065550155", 900000);
    day.b = booking("b", "Ben", "ben@example.com", "", 900000);
    day.cancel = cancel_of("c", &day.a);
    day.visit = visit_of("v", &day.a);
    day.visit.visiting.unit_count = 2;
}

static void tell_story(enum disk_fault fault, uint64_t at)
{
    enum { TRIES = 6 };
    begin_story(fault, at);
    if (day.first)
        disk_format(day.disk);
    else
        disk_restore(day.disk);
    disk_watch(day.disk, meet, NULL);
    for (int i = 0; i < TRIES && !day.ledger && !disk_killed(day.disk, 0); i++)
        day.ledger = ledger_open(day.scratch->data, NULL);
    for (size_t i = 0; i < sizeof story / sizeof *story; i++)
        for (int tries = 0; !disk_killed(day.disk, 0) && !story[i](); tries++) {
            /* As the worker does: nothing more is trusted to it before it was opened anew and verified. */
            check_holds("a fault that comes once", tries < TRIES, "lasts");
            if (!day.ledger)
                day.ledger = ledger_open(day.scratch->data, NULL);
            else if (!ledger_reopen(day.ledger, NULL))
                close_and_open();
        }
    disk_watch(day.disk, NULL, NULL);
}

/* --- what must hold ------------------------------------------------------------------------------------------------- */

static void leave(enum after after, uint64_t seed)
{
    static const unsigned chances[AFTERS] = {0, 0, 500, 1000};
    struct random random = random_seeded(seed);
    if (after == AFTER_KILL)
        disk_kill(day.disk, 0);
    else
        disk_power_cut(day.disk, &random, chances[after]);
    ledger_close(day.ledger);
    for (int process = 0; process < DISK_PROCESSES; process++)
        disk_revive(day.disk, process);
    day.ledger = NULL;
}

static size_t count_slots(void)
{
    struct slot_list slots = {0};
    assert_true(ledger_get_slots(day.ledger, "c1", CALENDAR_SELF_GUIDED, &slots, NULL));
    size_t count = slots.count;
    slot_list_finish(&slots);
    return count;
}

static void check_operation(const char *row, const struct operation *operation, int index)
{
    struct operation found = {0};
    enum found there = ledger_operation(day.ledger, operation->id, &found, NULL);
    check_holds(row, there != FOUND_FAILED, "an operation cannot be read");
    if (found.state != day.sure[index] && found.state != day.tried[index])
        fail_msg("[%s] %s is \"%s\", was reported as \"%s\"", row, operation->id,
            state_word(found.state), state_word(day.sure[index]));
    if (found.kind == OPERATION_BOOK && found.state == STATE_CONFIRMED)
        check_text(row, found.appointment_id, "77");
    if (operation->kind == OPERATION_VISIT && there == FOUND_ONE)
        check_number(row, (long long)found.visiting.unit_count, 2);
}

static void check_all(const char *row)
{
    struct error error = {""};
    day.ledger = ledger_open(day.scratch->data, &error);
    check_holds(row, day.ledger != NULL, error.text);
    check_holds(row, ledger_check(day.ledger, &error), error.text);
    check_operation(row, &day.a, 0);
    check_operation(row, &day.b, 1);
    check_operation(row, &day.cancel, 2);
    check_operation(row, &day.visit, 3);
    size_t slots = count_slots();
    check_holds(row, slots == (size_t)day.sure_slots || slots == (size_t)day.tried_slots,
        "the list of free times is neither the one before nor the one after");
    struct operation last = booking("last", "Eva", "", "+12065550188", 990000);
    check_holds(row, ledger_add(day.ledger, &last, &error), error.text);
    ledger_close(day.ledger);
    day.ledger = NULL;
}

/* --- the tests -------------------------------------------------------------------------------------------------------- */

static int small_log(sqlite3 *db, const char **error, const void *api)
{
    (void)error, (void)api;
    return sqlite3_wal_autocheckpoint(db, CHECKPOINT_PAGES);
}

/* Logs are carried over to the database every few pages, so that faults meet that as well. */
static int set_up(void **state)
{
    void *scratch;
    if (scratch_folder(&scratch) != 0)
        return -1;
    day.scratch = scratch;
    day.disk = disk_create();
    *state = NULL;
    if (sqlite3_auto_extension((void (*)(void))small_log) != SQLITE_OK)
        return -1;
    ledger_close(ledger_open(day.scratch->data, NULL));
    disk_save(day.disk);
    return 0;
}

static int tear_down(void **state)
{
    void *scratch = day.scratch;
    (void)state;
    ledger_close(day.ledger);
    day.ledger = NULL;
    disk_destroy(day.disk);
    sqlite3_reset_auto_extension();
    return scratch_close(&scratch);
}

static uint64_t calls; /* of the undisturbed story */

static void undisturbed(bool first)
{
    day.first = first;
    tell_story(DISK_FINE, 0);
    calls = day.total;
    printf("ledger torture, %s: %llu calls (%llu opens, %llu writes, %llu syncs, %llu truncations, "
           "%llu deletions)\n",
        first ? "first day" : "a day", (unsigned long long)day.total,
        (unsigned long long)day.calls[DISK_OPEN], (unsigned long long)day.calls[DISK_WRITE],
        (unsigned long long)day.calls[DISK_SYNC], (unsigned long long)day.calls[DISK_TRUNCATE],
        (unsigned long long)day.calls[DISK_DELETE]);
    assert_true(day.calls[DISK_WRITE] > 100);
    assert_true(day.calls[DISK_SYNC] > 15);
    leave(AFTER_CUT, 1);
    check_all("undisturbed");
    assert_int_equal(day.sure[0], STATE_CONFIRMED);
    assert_int_equal(day.sure[3], STATE_UNKNOWN);
}

static void fail_at(const char *name, enum disk_fault fault, uint64_t at, enum after after)
{
    char row[96];
    str_print(row, sizeof row, "%s at call %llu of %llu, then %d", name, (unsigned long long)at,
        (unsigned long long)calls, (int)after);
    tell_story(fault, at);
    check_holds(row, day.met, "was not met");
    leave(after, at);
    check_all(row);
}

/* Each time the power fails afterwards with nothing unsynced left; and once more with another end, in turn. */
static void fail_at_every_call(const char *name, enum disk_fault fault)
{
    static const enum after others[] = {AFTER_KILL, AFTER_CUT_HALF, AFTER_CUT_ALL};
    for (uint64_t at = 1; at <= calls; at++) {
        fail_at(name, fault, at, AFTER_CUT);
        fail_at(name, fault, at, others[(at + (uint64_t)fault) % 3]);
    }
}

/* The first day: the ledger is made. Only its making is new, so not every fault has its turn again. */
static void the_first_day_fails_at_every_call_and_loses_nothing(void **state)
{
    (void)state;
    static const enum disk_fault faults[] = {DISK_LOSES, DISK_FAILS, DISK_DIES_WITHIN};
    undisturbed(true);
    for (uint64_t at = 1; at <= calls; at++)
        fail_at("first day", faults[at % 3], at, at % 2 ? AFTER_CUT : AFTER_CUT_HALF);
}

static void undisturbed_all_of_it_is_kept(void **state)
{
    (void)state;
    undisturbed(false);
}

static void an_error_at_any_call_loses_nothing(void **state)
{
    (void)state;
    fail_at_every_call("an I/O error", DISK_FAILS);
}

static void a_full_disk_at_any_call_loses_nothing(void **state)
{
    (void)state;
    fail_at_every_call("a full disk", DISK_FULL);
}

static void half_a_write_at_any_call_loses_nothing(void **state)
{
    (void)state;
    fail_at_every_call("half a write", DISK_TORN);
}

static void a_flush_that_drops_what_it_had_loses_nothing(void **state)
{
    (void)state;
    fail_at_every_call("a flush that drops", DISK_LOSES);
}

/* What was said not to matter must not take with it what does: a system that fails to flush may drop all that
 * was written before, and what another desk keeps behind such a hole in the log would be gone with it. */
static void nothing_is_written_that_a_failing_flush_of_another_desk_may_drop(void **state)
{
    (void)state;
    struct hold hold = {.owner = "one", .agent = "sam", .community_id = "c1", .until = 50000};
    struct draft draft = {.form = "book", .text = "first-name Ana"};
    struct operation lost = booking("lost", "Ben", "", "+12065550166", 900000), found;
    begin_story(DISK_LOSES, UINT64_MAX);
    disk_restore(day.disk);
    sqlite3_reset_auto_extension(); /* a log that is carried over early would hide it */
    disk_run_as(day.disk, 1);
    struct ledger *other = ledger_open(day.scratch->data, NULL);
    disk_run_as(day.disk, 0);
    day.ledger = ledger_open(day.scratch->data, NULL);
    assert_true(ledger_put_draft(day.ledger, "one", &draft, NULL));
    assert_true(ledger_put_hold(day.ledger, &hold, NULL));
    disk_watch(day.disk, lose_the_first_flush, NULL);
    assert_false(ledger_add(day.ledger, &lost, NULL));
    assert_true(day.met);
    disk_watch(day.disk, NULL, NULL);
    disk_run_as(day.disk, 1);
    assert_true(ledger_add(other, &day.a, NULL));
    struct random random = random_seeded(1);
    disk_power_cut(day.disk, &random, 0);
    ledger_close(other);
    disk_run_as(day.disk, 0);
    leave(AFTER_KILL, 1);
    day.ledger = ledger_open(day.scratch->data, NULL);
    assert_int_equal(ledger_operation(day.ledger, "a", &found, NULL), FOUND_ONE);
    assert_int_equal(ledger_operation(day.ledger, "lost", &found, NULL), FOUND_NONE);
    ledger_close(day.ledger);
    day.ledger = NULL;
    sqlite3_auto_extension((void (*)(void))small_log);
}

/* After a flush that failed the system still shows what it could not write, to whoever opens the log next: that
 * must be on the disk before more is kept behind it. */
static void what_a_failing_flush_left_in_memory_is_on_the_disk_before_more_is_kept(void **state)
{
    (void)state;
    struct operation lost = booking("lost", "Ben", "", "+12065550166", 900000), found;
    struct random random = random_seeded(1);
    begin_story(DISK_LOSES, UINT64_MAX);
    disk_restore(day.disk);
    sqlite3_reset_auto_extension();
    day.ledger = ledger_open(day.scratch->data, NULL);
    assert_true(ledger_add(day.ledger, &day.b, NULL)); /* the log has its beginning */
    disk_watch(day.disk, lose_the_first_flush, NULL);
    assert_false(ledger_add(day.ledger, &lost, NULL));
    assert_true(day.met);
    disk_watch(day.disk, NULL, NULL);
    leave(AFTER_KILL, 1);
    day.ledger = ledger_open(day.scratch->data, NULL);
    assert_true(ledger_add(day.ledger, &day.a, NULL));
    disk_power_cut(day.disk, &random, 0);
    leave(AFTER_KILL, 1);
    day.ledger = ledger_open(day.scratch->data, NULL);
    assert_int_equal(ledger_operation(day.ledger, "a", &found, NULL), FOUND_ONE);
    ledger_close(day.ledger);
    day.ledger = NULL;
    sqlite3_auto_extension((void (*)(void))small_log);
}

static void a_kill_in_the_middle_of_any_call_loses_nothing(void **state)
{
    (void)state;
    fail_at_every_call("a kill in the middle", DISK_DIES_WITHIN);
}

static void a_kill_after_any_call_loses_nothing(void **state)
{
    (void)state;
    fail_at_every_call("a kill after", DISK_DIES_AFTER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_day_fails_at_every_call_and_loses_nothing),
        cmocka_unit_test(undisturbed_all_of_it_is_kept),
        cmocka_unit_test(an_error_at_any_call_loses_nothing),
        cmocka_unit_test(a_full_disk_at_any_call_loses_nothing),
        cmocka_unit_test(half_a_write_at_any_call_loses_nothing),
        cmocka_unit_test(a_flush_that_drops_what_it_had_loses_nothing),
        cmocka_unit_test(nothing_is_written_that_a_failing_flush_of_another_desk_may_drop),
        cmocka_unit_test(what_a_failing_flush_left_in_memory_is_on_the_disk_before_more_is_kept),
        cmocka_unit_test(a_kill_in_the_middle_of_any_call_loses_nothing),
        cmocka_unit_test(a_kill_after_any_call_loses_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
