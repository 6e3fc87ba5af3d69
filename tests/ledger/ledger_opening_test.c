/* Opening a ledger, and opening it anew after a fault, when that fails as well: nothing is half made, nothing is
 * kept on a ground that may give way. */
#include "calls.h"
#include "faults.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

/* --- opening ------------------------------------------------------------------------------------------------- */

/* A ledger as undisturbed opening leaves it. */
struct whole {
    char *rows, *bytes;
    size_t length;
};

/* The rows are looked at only where the bytes say nothing: that takes its time. */
static void check_whole(const char *row, const struct whole *whole)
{
    size_t length;
    const void *bytes = disk_file(bench.disk, bench.scratch->file, &length);
    if (length == whole->length && memcmp(bytes, whole->bytes, length) == 0)
        return;
    struct error error = {""};
    char *kept = calls_dump(bench.scratch);
    check_text(row, kept, whole->rows);
    free(kept);
    bench.ledger = open_ledger(bench.scratch->data);
    check_holds(row, ledger_check(bench.ledger, &error), error.text);
    bench_end();
}

/* Opens what was saved with the fault at this call: it fails in words, and opening it once more leaves what
 * opening it undisturbed would have. False once there are fewer calls. */
static bool open_at(const char *what, enum fault fault, long at, const struct whole *whole)
{
    char row[96];
    struct error error = {""};
    str_print(row, sizeof row, "%s, %s at call %ld", what, fault_words(fault), at);
    disk_restore(bench.disk);
    faults_arm(fault, at);
    bench.ledger = ledger_open(bench.scratch->data, &error);
    bool met = bench.passed >= at;
    faults_disarm();
    check_holds(row, bench.ledger || met, "failed for nothing");
    if (!bench.ledger)
        check_contains(row, error.text, bench.scratch->file);
    bench_end();
    bench.ledger = ledger_open(bench.scratch->data, &error);
    check_holds(row, bench.ledger != NULL, error.text);
    bench_end();
    check_whole(row, whole);
    return met;
}

/* With the fault at each call in turn, or at one of so many. */
static void open_at_calls(const char *what, enum fault fault, long every)
{
    struct whole whole;
    long at = 1;
    bench_begin();
    bench_end();
    whole.rows = calls_dump(bench.scratch);
    const void *bytes = disk_file(bench.disk, bench.scratch->file, &whole.length);
    whole.bytes = mem_bytes(bytes, whole.length);
    while (open_at(what, fault, at, &whole))
        at += every;
    assert_true(at > every);
    free(whole.rows);
    free(whole.bytes);
}

static void a_ledger_that_cannot_be_begun_is_begun_whole_the_next_time(void **state)
{
    (void)state;
    disk_format(bench.disk);
    disk_save(bench.disk);
    for (enum fault fault = 0; fault < FAULTS; fault++)
        open_at_calls(
            "a new one", fault, fault_of_disk(fault) ? 3 : 7); /* ledger_torture has all */
}

static void a_ledger_that_cannot_be_opened_is_as_it_was(void **state)
{
    (void)state;
    disk_format(bench.disk);
    bench.ledger = open_ledger(bench.scratch->data);
    calls_fill(bench.ledger);
    bench_end();
    disk_save(bench.disk);
    open_at_calls("one with all in it", FAULT_REFUSED, 1);
    open_at_calls("one with all in it", FAULT_READ, 1);
}

/* The disk holds what an earlier version wrote. */
static void save_version_1(void)
{
    size_t length;
    sqlite3 *db;
    struct str sql = {0};
    char *bytes = file_bytes(VERSION_1, &length);
    str_add_bytes(&sql, bytes, length);
    free(bytes);
    disk_format(bench.disk);
    if (sqlite3_open(bench.scratch->file, &db) != SQLITE_OK ||
        sqlite3_exec(db, str_text(&sql), NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("version_1.sql: %s", sqlite3_errmsg(db));
    sqlite3_close(db);
    str_finish(&sql);
    disk_save(bench.disk);
}

static void an_earlier_ledger_is_brought_up_whole_or_stays_what_it_was(void **state)
{
    (void)state;
    save_version_1();
    for (enum fault fault = 0; fault < FAULTS; fault++)
        open_at_calls("an earlier one", fault, 1);
}

/* Another process reads a database that has no log yet, and does not end. */
static void a_ledger_that_cannot_turn_to_a_log_is_said_to_be_locked(void **state)
{
    (void)state;
    struct error error = {""};
    sqlite3 *other;
    save_version_1();
    disk_run_as(bench.disk, 1);
    assert_int_equal(sqlite3_open(bench.scratch->file, &other), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(other, "BEGIN; SELECT count(*) FROM person", NULL, NULL, NULL), SQLITE_OK);
    disk_run_as(bench.disk, 0);
    assert_null(ledger_open(bench.scratch->data, &error));
    check_contains("error", error.text, bench.scratch->file);
    check_contains("error", error.text, "locked");
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    bench.ledger = open_ledger(bench.scratch->data);
    bench_end();
}

/* --- opening anew ---------------------------------------------------------------------------------------------- */

/* A flush failed, and opening anew meets a fault at call `at`: until it was opened anew all the same nothing is
 * kept, and what is kept then is there after a power cut. False once there are fewer calls. */
static bool reopen_at(enum fault fault, long at, size_t *failures)
{
    char row[96];
    struct operation first = booking("first", "Ana", "", "+12065550155", 900000);
    struct operation lost = booking("lost", "Ben", "", "+12065550166", 900000);
    struct operation told = booking("told", "Eva", "", "+12065550177", 900000), found;
    struct random random = random_seeded(1);
    struct error error = {""};
    str_print(row, sizeof row, "%s at call %ld", fault_words(fault), at);
    bench_begin();
    keep(bench.ledger, &first); /* the log has its beginning */
    faults_arm(FAULT_FLUSH, 1);
    check_holds(row, !ledger_add(bench.ledger, &lost, NULL), "was kept without a flush");
    faults_arm(fault, at);
    bool opened = ledger_reopen(bench.ledger, NULL), met = bench.passed >= at;
    faults_disarm();
    if (!opened) {
        check_holds(row, !ledger_add(bench.ledger, &told, &error), "kept, and not verified");
        check_contains(row, error.text, bench.scratch->file);
        check_holds(row, ledger_reopen(bench.ledger, &error), error.text);
        ++*failures;
    }
    keep(bench.ledger, &told);
    disk_power_cut(bench.disk, &random, 0);
    bench_end();
    disk_revive(bench.disk, 0);
    bench.ledger = open_ledger(bench.scratch->data);
    check_number(row, ledger_operation(bench.ledger, "first", &found, NULL), FOUND_ONE);
    check_number(row, ledger_operation(bench.ledger, "told", &found, NULL), FOUND_ONE);
    return met;
}

static void nothing_is_kept_on_a_ledger_that_could_not_be_opened_anew(void **state)
{
    (void)state;
    static const enum fault second[] = {FAULT_REFUSED, FAULT_READ, FAULT_WRITE, FAULT_FLUSH};
    size_t failures = 0;
    disk_format(bench.disk);
    bench.ledger = open_ledger(bench.scratch->data);
    bench_end();
    disk_save(bench.disk);
    for (size_t i = 0; i < sizeof second / sizeof *second; i++)
        for (long at = 1; reopen_at(second[i], at, &failures);)
            at++;
    assert_true(failures > 20);
}

static int set_up(void **state)
{
    *state = NULL;
    return faults_set_up() ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return faults_tear_down();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ledger_that_cannot_be_begun_is_begun_whole_the_next_time),
        cmocka_unit_test(a_ledger_that_cannot_be_opened_is_as_it_was),
        cmocka_unit_test(an_earlier_ledger_is_brought_up_whole_or_stays_what_it_was),
        cmocka_unit_test(a_ledger_that_cannot_turn_to_a_log_is_said_to_be_locked),
        cmocka_unit_test(nothing_is_kept_on_a_ledger_that_could_not_be_opened_anew),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
