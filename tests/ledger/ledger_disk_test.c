/* The ledger when the disk, another process or a sudden end gets in the way: all of a change or nothing. */
#include "scratch.h"

#include "tourdesk/base/str.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static size_t count_operations(struct ledger *ledger)
{
    struct operation_list list = {0};
    assert_true(ledger_operations_since(ledger, 0, &list, NULL));
    size_t count = list.count;
    operation_list_finish(&list);
    return count;
}

/* --- transactions --------------------------------------------------------------------------------------- */

static void what_was_not_committed_is_gone(void **state)
{
    struct scratch *scratch = *state;
    struct ledger *other = open_ledger(scratch->data);
    struct operation one = booking("one", "Ana", "", "+12065550155", 5000);
    struct operation two = booking("two", "Ben", "", "+12065550166", 5000), found;
    assert_true(ledger_begin(scratch->ledger, NULL));
    keep(scratch->ledger, &one);
    move_to(scratch->ledger, &one, STATE_SENDING, 2000, NULL);
    assert_int_equal(count_operations(other), 0); /* nobody sees it yet */
    ledger_rollback(scratch->ledger);
    assert_int_equal(count_operations(scratch->ledger), 0);
    assert_string_equal(ask_file(scratch, "SELECT count(*) FROM person"), "0");
    assert_string_equal(ask_file(scratch, "SELECT count(*) FROM history"), "0");

    assert_true(ledger_begin(scratch->ledger, NULL));
    keep(scratch->ledger, &two);
    assert_true(ledger_commit(scratch->ledger, NULL));
    assert_int_equal(ledger_operation(other, "two", &found, NULL), FOUND_ONE);
    ledger_rollback(scratch->ledger); /* nothing to take back any more */
    assert_int_equal(count_operations(other), 1);
    ledger_close(other);
}

static void an_operation_whose_parts_cannot_all_be_kept_is_not_kept_at_all(void **state)
{
    struct scratch *scratch = *state;
    static const char *const tables[] = {
        "booking", "cancelling", "visit", "visit_unit", "history", "person"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[160];
        struct error error = {""};
        struct operation o = booking("one", "Ana", "", "+12065550155", 5000);
        enum operation_kind kinds[] = {OPERATION_BOOK, OPERATION_CANCEL, OPERATION_VISIT,
            OPERATION_VISIT, OPERATION_REGISTER, OPERATION_BOOK};
        o.kind = kinds[i];
        o.visiting.unit_count = 1;
        str_print(sql, sizeof sql,
            "CREATE TRIGGER stop BEFORE INSERT ON %s BEGIN SELECT RAISE(FAIL, 'no room'); END",
            tables[i]);
        ask_file(scratch, sql);
        check_holds(tables[i], !ledger_add(scratch->ledger, &o, &error), "was kept");
        check_contains(tables[i], error.text, "no room");
        check_number(tables[i], (long long)count_operations(scratch->ledger), 0);
        ask_file(scratch, "DROP TRIGGER stop");
        check_holds(tables[i], ledger_add(scratch->ledger, &o, &error), error.text);
        ask_file(scratch, "DELETE FROM booking");
        ask_file(scratch, "DELETE FROM cancelling");
        ask_file(scratch, "DELETE FROM visit_unit");
        ask_file(scratch, "DELETE FROM visit");
        ask_file(scratch, "DELETE FROM person");
        ask_file(scratch, "DELETE FROM operation");
    }
}

static void a_change_whose_parts_cannot_all_be_kept_is_not_kept_at_all(void **state)
{
    struct scratch *scratch = *state;
    static const struct {
        const char *trigger;
        enum operation_kind kind;
        enum operation_state to;
    } rows[] = {
        {"BEFORE UPDATE ON operation", OPERATION_BOOK, STATE_SENDING},
        {"BEFORE UPDATE OF start_text ON booking", OPERATION_BOOK, STATE_SENDING},
        {"BEFORE UPDATE OF replaced_by ON booking", OPERATION_BOOK, STATE_CONFIRMED},
        {"BEFORE UPDATE OF visit_at ON visit", OPERATION_VISIT, STATE_SENDING},
        {"BEFORE UPDATE OF visit_operation_id ON booking", OPERATION_VISIT, STATE_WITHDRAWN},
        {"BEFORE UPDATE OF cancel_id ON booking", OPERATION_CANCEL, STATE_REFUSED},
        {"BEFORE INSERT ON history", OPERATION_CANCEL, STATE_SENDING},
    };
    struct operation other = booking("other", "Ana", "", "+12065550155", 900000);
    keep(scratch->ledger, &other);
    move_to(scratch->ledger, &other, STATE_CONFIRMED, 1000, "9");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char sql[200], id[16];
        struct error error = {""};
        str_print(id, sizeof id, "one%zu", i);
        struct operation o = booking(id, "Ana", "", "+12065550155", 900000), found;
        o.kind = rows[i].kind;
        str_copy(o.tour_id, OPERATION_ID_SIZE, rows[i].kind == OPERATION_BOOK ? id : "other");
        keep(scratch->ledger, &o);
        str_print(sql, sizeof sql,
            "CREATE TRIGGER stop %s BEGIN SELECT RAISE(FAIL, 'no room'); END", rows[i].trigger);
        ask_file(scratch, sql);
        struct operation next = o;
        next.state = rows[i].to;
        next.updated_at = 2000;
        check_number(rows[i].trigger, ledger_update(scratch->ledger, &next, STATE_SAVED, &error),
            FOUND_FAILED);
        check_contains(rows[i].trigger, error.text, "no room");
        ask_file(scratch, "DROP TRIGGER stop");
        assert_int_equal(ledger_operation(scratch->ledger, id, &found, NULL), FOUND_ONE);
        check_number(rows[i].trigger, found.state, STATE_SAVED);
        check_number(
            rows[i].trigger, ledger_update(scratch->ledger, &next, STATE_SAVED, &error), FOUND_ONE);
    }
}

/* Without its tables every question fails in words, and nothing crashes. */
static void what_cannot_be_read_or_written_is_said(void **state)
{
    struct scratch *scratch = *state;
    struct ledger *l = scratch->ledger;
    struct error error = {""};
    struct operation o = booking("one", "Ana", "", "+12065550155", 5000), found;
    struct tour tour;
    struct operation_list operations = {0};
    struct tour_list tours = {0};
    struct tour_query query = {.to = 1};
    struct slot_list slots = {0};
    struct source_list sources = {0};
    struct wire wire = {.step = "visit"};
    struct evidence evidence = {0};
    size_t count;
    struct hold hold = {.owner = "a"};
    struct hold_list holds = {0};
    struct draft draft = {.form = "book", .text = "Ana"};
    struct draft_list drafts = {0};
    struct handover handover = {.at = 1};
    char(*owners)[OWNER_SIZE] = NULL;
    static const char *const tables[] = {"evidence", "wire", "visit_unit", "visit", "cancelling",
        "mark", "booking", "history", "operation", "person", "snapshot", "source_snapshot", "hold",
        "draft", "handover"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[64];
        str_print(sql, sizeof sql, "DROP TABLE %s", tables[i]);
        ask_file(scratch, sql);
    }
    assert_false(ledger_add(l, &o, &error));
    check_contains("error", error.text, "no such table");
    assert_int_equal(ledger_update(l, &o, STATE_SAVED, &error), FOUND_FAILED);
    assert_int_equal(ledger_operation(l, "one", &found, &error), FOUND_FAILED);
    assert_false(ledger_unsettled(l, &operations, &error));
    assert_false(ledger_operations_since(l, 0, &operations, &error));
    assert_false(ledger_orphans(l, 0, &operations, &error));
    assert_int_equal(ledger_claim(l, "one", "a", 1, 2, &error), FOUND_FAILED);
    assert_false(ledger_release(l, "one", "a", &error));
    assert_false(ledger_put_wire(l, &wire, &error));
    assert_false(ledger_put_evidence(l, "one", &evidence, &error));
    assert_false(ledger_evidence(l, "one", &evidence, 1, &count, &error));
    assert_false(ledger_tours(l, "c1", &query, &tours, &error));
    assert_int_equal(ledger_tour(l, "one", &tour, &error), FOUND_FAILED);
    assert_int_equal(ledger_tour_of_appointment(l, "1", &tour, &error), FOUND_FAILED);
    assert_false(ledger_tours_of_contact(l, "c1", &o.booking.profile, 0, &tours, &error));
    assert_false(ledger_put_slots(l, "c1", CALENDAR_SELF_GUIDED, &slots, &error));
    assert_false(ledger_get_slots(l, "c1", CALENDAR_SELF_GUIDED, &slots, &error));
    assert_false(ledger_put_sources(l, "c1", &sources, &error));
    assert_false(ledger_get_sources(l, "c1", &sources, &error));
    assert_false(ledger_put_hold(l, &hold, &error));
    assert_false(ledger_drop_hold(l, "a", 0, &error));
    assert_false(ledger_holds(l, "a", 0, &holds, &error));
    assert_false(ledger_put_draft(l, "a", &draft, &error));
    assert_false(ledger_drafts(l, &drafts, &owners, &error));
    assert_false(ledger_put_handover(l, &handover, &error));
    assert_false(ledger_handover(l, &handover, &error));
    assert_false(ledger_tours_of_person(l, 1, &tours, &error));
    assert_false(ledger_note(l, 0, "sam", "one", "hm", &error));
    check_contains("error", error.text, scratch->file);
    free(owners);
}

static void the_newest_handover_is_the_one_that_is_read(void **state)
{
    struct scratch *scratch = *state;
    struct handover found, first = {1000, "sam", "two calls are open"}, second = {2000, "kim", ""};
    assert_true(ledger_handover(scratch->ledger, &found, NULL));
    assert_int_equal(found.at, 0);
    assert_true(ledger_put_handover(scratch->ledger, &first, NULL));
    assert_true(ledger_handover(scratch->ledger, &found, NULL));
    assert_string_equal(found.text, first.text);
    assert_true(ledger_put_handover(scratch->ledger, &second, NULL));
    assert_true(ledger_handover(scratch->ledger, &found, NULL));
    assert_int_equal(found.at, 2000);
    assert_string_equal(found.agent, "kim");
}

/* --- another process --------------------------------------------------------------------------------------- */

static void a_busy_database_is_waited_for_and_at_last_reported(void **state)
{
    struct scratch *scratch = *state;
    struct error error = {""};
    sqlite3 *db;
    struct operation one = booking("one", "Ana", "", "+12065550155", 5000);
    assert_int_equal(sqlite3_open(scratch->file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    pthread_t thread = commit_when_waited_for(db);
    assert_true(ledger_add(scratch->ledger, &one, &error));
    pthread_join(thread, NULL);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    str_copy(one.id, sizeof one.id, "two");
    assert_false(ledger_add(scratch->ledger, &one, &error));
    check_contains("error", error.text, "locked");
    assert_int_equal(count_operations(scratch->ledger), 1); /* reading goes on */
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_true(ledger_add(scratch->ledger, &one, &error));
}

/* --- a sudden end ------------------------------------------------------------------------------------------- */

static void who_is_killed_leaves_what_was_committed_and_nothing_else(void **state)
{
    struct scratch *scratch = *state;
    pid_t child = fork();
    if (child == 0) {
        struct ledger *ledger = ledger_open(scratch->data, NULL);
        struct operation one = booking("one", "Ana", "", "+12065550155", 5000);
        struct operation two = booking("two", "Ben", "", "+12065550166", 5000);
        if (ledger && ledger_add(ledger, &one, NULL) && ledger_begin(ledger, NULL) &&
            ledger_add(ledger, &two, NULL))
            raise(SIGKILL);
        _exit(1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    struct operation found;
    assert_int_equal(ledger_operation(scratch->ledger, "one", &found, NULL), FOUND_ONE);
    assert_int_equal(ledger_operation(scratch->ledger, "two", &found, NULL), FOUND_NONE);
    assert_true(ledger_check(scratch->ledger, NULL));
}

/* --- a full disk ---------------------------------------------------------------------------------------------- */

static void limit_files(rlim_t size)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static rlim_t log_size(const struct scratch *scratch)
{
    char path[128];
    struct stat status;
    str_print(path, sizeof path, "%s-wal", scratch->file);
    assert_int_equal(stat(path, &status), 0);
    return (rlim_t)status.st_size;
}

/* Lets the log grow by one more page each time before the disk is full: at whatever write it fails, the
 * operation is kept whole or not at all, the words say why, and the next one works. */
static void a_full_disk_at_any_write_loses_nothing_and_tells(void **state)
{
    struct scratch *scratch = *state;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    struct operation first = booking("first", "Ana", "", "+12065550155", 5000);
    int failed = 0, kept = 0;
    sigaction(SIGXFSZ, &ignore, &before);
    keep(scratch->ledger, &first);
    for (int pages = 0; pages < 24; pages++) {
        char id[16];
        struct error error = {""};
        str_print(id, sizeof id, "op%d", pages);
        struct operation o = booking(id, "Ana", "", "+12065550155", 5000), found;
        limit_files(log_size(scratch) + (rlim_t)pages * 1030);
        bool ok = ledger_add(scratch->ledger, &o, &error);
        limit_files(RLIM_INFINITY);
        check_number(
            id, ledger_operation(scratch->ledger, id, &found, NULL), ok ? FOUND_ONE : FOUND_NONE);
        check_holds(id, ok || strstr(error.text, scratch->file), "does not say where");
        check_number(id, ledger_operation(scratch->ledger, "first", &found, NULL), FOUND_ONE);
        failed += !ok;
        kept += ok;
    }
    sigaction(SIGXFSZ, &before, NULL);
    assert_true(failed > 2);
    assert_true(kept > 2);
    assert_true(ledger_check(scratch->ledger, NULL));
    struct operation last = booking("last", "Ana", "", "+12065550155", 5000);
    keep(scratch->ledger, &last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_was_not_committed_is_gone, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            an_operation_whose_parts_cannot_all_be_kept_is_not_kept_at_all, scratch_open,
            scratch_close),
        cmocka_unit_test_setup_teardown(a_change_whose_parts_cannot_all_be_kept_is_not_kept_at_all,
            scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            what_cannot_be_read_or_written_is_said, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            the_newest_handover_is_the_one_that_is_read, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_busy_database_is_waited_for_and_at_last_reported, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            who_is_killed_leaves_what_was_committed_and_nothing_else, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_full_disk_at_any_write_loses_nothing_and_tells, scratch_open, scratch_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
