/* A ledger that an earlier version wrote: brought up to date as it is opened, with nothing lost, or left as it was. */
#include "scratch.h"

#include "tourdesk/base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* What the tables of version 1 hold, but for how many pages they take. */
static const char *const contents[] = {
    "SELECT group_concat(rowid || id || kind || state || community_id || tour_id || agent || "
    "created_at || updated_at"
    " || send_after || attempts || lost || appointment_id || prospect_id || visit_id || "
    "status_word || reason ||"
    " http_status || server_message || claim_owner || claim_until) FROM operation",
    "SELECT group_concat(operation_id || person_id || start_text || cancel_id) FROM booking",
    "SELECT group_concat(operation_id || step || body || came) FROM wire",
    "SELECT group_concat(sequence || operation_id || what) FROM history",
    "SELECT group_concat(operation_id || position || name) FROM visit_unit",
    "SELECT group_concat(first_name || name_key || email || phone) FROM person",
};

enum { CONTENTS = sizeof contents / sizeof *contents };

static int write_version_1(void **state)
{
    if (scratch_folder(state) != 0)
        return -1;
    struct scratch *scratch = *state;
    size_t length;
    sqlite3 *db;
    char *sql = file_bytes(VERSION_1, &length);
    struct str text = {0};
    str_add_bytes(&text, sql, length);
    free(sql);
    mkdir(scratch->data, 0700);
    if (sqlite3_open(scratch->file, &db) != SQLITE_OK ||
        sqlite3_exec(db, str_text(&text), NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("version_1.sql: %s", sqlite3_errmsg(db));
    sqlite3_close(db);
    str_finish(&text);
    return 0;
}

static void keep_contents(const struct scratch *scratch, struct str before[CONTENTS])
{
    for (size_t i = 0; i < CONTENTS; i++) {
        str_add(&before[i], ask_file(scratch, contents[i]));
        check_holds(contents[i], before[i].length > 0, "there is nothing to lose");
    }
}

static void check_contents(const struct scratch *scratch, struct str before[CONTENTS])
{
    for (size_t i = 0; i < CONTENTS; i++) {
        check_text(contents[i], ask_file(scratch, contents[i]), str_text(&before[i]));
        str_finish(&before[i]);
    }
}

static void version_1_is_brought_up_to_date_and_nothing_is_lost(void **state)
{
    struct scratch *scratch = *state;
    struct str before[CONTENTS] = {0};
    keep_contents(scratch, before);
    ledger_close(open_ledger(scratch->data));
    assert_string_equal(ask_file(scratch, "PRAGMA user_version"), "2");
    check_contents(scratch, before);
    assert_string_equal(ask_file(scratch, "PRAGMA integrity_check"), "ok");
    assert_string_equal(ask_file(scratch, "PRAGMA foreign_key_check"), "");
    assert_string_equal(
        ask_file(scratch, "SELECT count(*) FROM sqlite_schema WHERE name = 'operation_before'"),
        "0");
}

/* An index that is forgotten would only be slow: it takes a look at all there are. */
static void it_is_made_of_the_same_as_a_new_one(void **state)
{
    static const char made[] = "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM "
                               "sqlite_schema WHERE sql IS NOT NULL ORDER BY name)";
    struct scratch *scratch = *state;
    struct str old = {0};
    ledger_close(open_ledger(scratch->data));
    str_add(&old, ask_file(scratch, made));
    assert_true(old.length > 1000);
    remove(scratch->file);
    ledger_close(open_ledger(scratch->data));
    assert_string_equal(ask_file(scratch, made), str_text(&old));
    str_finish(&old);
}

static void what_was_unknown_is_settled_and_a_call_can_be_kept(void **state)
{
    struct scratch *scratch = *state;
    struct ledger *ledger = open_ledger(scratch->data);
    struct operation_list list = {0};
    assert_true(ledger_unsettled(ledger, &list, NULL));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0].kind, OPERATION_VISIT);
    assert_int_equal(list.items[0].visiting.unit_count, 2);
    move_to(ledger, &list.items[1], STATE_CONFIRMED, 1795420000000, "18809");
    struct tour tour = tour_of(ledger, list.items[1].id);
    assert_string_equal(tour.first_name, "Cy");
    assert_string_equal(tour.appointment_id, "18809");
    struct operation call = {.kind = OPERATION_CALL, .state = STATE_SAVED}, found;
    str_copy(call.id, sizeof call.id, "call");
    keep(ledger, &call);
    assert_int_equal(ledger_operation(ledger, "call", &found, NULL), FOUND_ONE);
    assert_int_equal(found.kind, OPERATION_CALL);
    operation_list_finish(&list);
    ledger_close(ledger);
}

/* A kind that nobody knows cannot be carried over. */
static void what_cannot_be_carried_over_is_reported_and_left_as_it_is(void **state)
{
    struct scratch *scratch = *state;
    struct error error;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(scratch->file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                         "PRAGMA ignore_check_constraints = ON;"
                         "UPDATE operation SET kind = 'wave' WHERE rowid = 1",
                         NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    struct str before[CONTENTS] = {0};
    keep_contents(scratch, before);
    assert_null(ledger_open(scratch->data, &error));
    check_contains("error", error.text, "CHECK");
    assert_string_equal(ask_file(scratch, "PRAGMA user_version"), "1");
    check_contents(scratch, before);
}

/* The newer program came while this one ran: what it wrote would be misread. */
static void who_is_older_than_the_ledger_has_become_writes_nothing(void **state)
{
    struct scratch *scratch = *state;
    struct error error = {""};
    struct operation one = booking("one", "Ana", "", "+12065550155", 5000);
    struct ledger *ledger = open_ledger(scratch->data);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(scratch->file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 3", NULL, NULL, NULL), SQLITE_OK);
    assert_false(ledger_add(ledger, &one, &error));
    check_contains("error", error.text, "was written by a newer tourdesk (version 3,");
    assert_string_equal(ask_file(scratch, "SELECT count(*) FROM operation"), "5");
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 2", NULL, NULL, NULL), SQLITE_OK);
    assert_true(ledger_add(ledger, &one, &error));
    sqlite3_close(db);
    ledger_close(ledger);
}

/* While another process brings it up to date, or has it for anything else. */
static void who_comes_meanwhile_waits(void **state)
{
    struct scratch *scratch = *state;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(scratch->file, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE", NULL, NULL, NULL),
        SQLITE_OK);
    pthread_t thread = commit_when_waited_for(db);
    ledger_close(open_ledger(scratch->data));
    pthread_join(thread, NULL);
    sqlite3_close(db);
    assert_string_equal(ask_file(scratch, "PRAGMA user_version"), "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            version_1_is_brought_up_to_date_and_nothing_is_lost, write_version_1, scratch_close),
        cmocka_unit_test_setup_teardown(
            it_is_made_of_the_same_as_a_new_one, write_version_1, scratch_close),
        cmocka_unit_test_setup_teardown(
            what_was_unknown_is_settled_and_a_call_can_be_kept, write_version_1, scratch_close),
        cmocka_unit_test_setup_teardown(
            who_is_older_than_the_ledger_has_become_writes_nothing, write_version_1, scratch_close),
        cmocka_unit_test_setup_teardown(who_comes_meanwhile_waits, write_version_1, scratch_close),
        cmocka_unit_test_setup_teardown(what_cannot_be_carried_over_is_reported_and_left_as_it_is,
            write_version_1, scratch_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
