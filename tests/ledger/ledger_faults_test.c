/* Each public function of the ledger, failing at each call to the disk and at each statement that it makes: it says
 * so in words that name the file, what was there is there, what it did is done whole or not at all, and with the
 * fault gone the same ledger goes on. */
#include "calls.h"
#include "faults.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

/* --- one call -------------------------------------------------------------------------------------------- */

/* All that is kept, and the file that it is kept in. */
struct kept {
    char *rows;
    void *bytes;
    size_t length;
};

/* A call as it goes when nothing disturbs it. */
struct good {
    const struct call *call;
    int variant;
    struct kept before, after;
    struct str told;
    char row[128];
};

static bool make(const struct good *good, struct str *told, struct error *error)
{
    return good->call->make(bench.ledger, good->variant, told, error);
}

static void kept_read(struct kept *kept)
{
    kept->rows = calls_dump(bench.scratch);
    const void *bytes = disk_file(bench.disk, bench.scratch->file, &kept->length);
    kept->bytes = mem_bytes(bytes, kept->length);
}

static void kept_finish(struct kept *kept)
{
    free(kept->rows);
    free(kept->bytes);
}

static bool same_bytes(const struct kept *kept)
{
    size_t length;
    const void *bytes = disk_file(bench.disk, bench.scratch->file, &length);
    return length == kept->length && memcmp(bytes, kept->bytes, length) == 0;
}

static void good_init(struct good *good, const struct call *call, int variant)
{
    struct error error = {""};
    *good = (struct good){.call = call, .variant = variant};
    str_print(good->row, sizeof good->row, "%s %d", call->function, variant);
    bench_begin();
    bench_end();
    kept_read(&good->before);
    bench_begin();
    check_holds(good->row, make(good, &good->told, &error), error.text);
    bench_end();
    kept_read(&good->after);
}

static void good_finish(struct good *good)
{
    kept_finish(&good->before);
    kept_finish(&good->after);
    str_finish(&good->told);
}

/* What holds of a call that failed or did not: its words, and what it told. */
static void check_told(const struct good *good, const char *row, bool ok, const struct str *told,
    const struct error *error)
{
    if (ok)
        check_text(row, str_text(told), str_text(&good->told));
    else
        check_contains(row, error->text, bench.scratch->file);
}

/* Once more with nothing in its way, on the ledger as the fault left it. */
static void check_goes_on(const struct good *good, const char *row)
{
    struct error error = {""};
    struct str told = {0};
    check_holds(row, make(good, &told, &error), error.text);
    check_text(row, str_text(&told), str_text(&good->told));
    str_finish(&told);
}

/* What is kept must be what was before, or what a whole call leaves. Looks at the rows only where the bytes say
 * nothing: that takes its time. */
static void check_kept(const struct good *good, const char *row, bool ok, bool may_be_kept)
{
    const char *before = good->before.rows, *after = good->after.rows;
    char *read = NULL;
    const char *kept = same_bytes(&good->before)  ? before
                       : same_bytes(&good->after) ? after
                                                  : (read = calls_dump(bench.scratch));
    bool is_before = strcmp(kept, before) == 0, is_after = strcmp(kept, after) == 0;
    free(read);
    check_holds(row, is_before || is_after, "left half of it");
    check_holds(row, is_after || !ok, "said that it was kept");
    check_holds(row, is_before || ok || may_be_kept, "failed, and was kept");
}

/* False once there are fewer calls than `at`. */
static bool fail_at(const struct good *good, enum fault fault, long at, bool again)
{
    char row[192];
    struct error error = {""};
    struct str told = {0};
    bench_begin();
    str_print(row, sizeof row, "%s, %s at call %ld%s", good->row, fault_words(fault), at,
        again ? ", again" : "");
    faults_arm(fault, at);
    bool ok = make(good, &told, &error);
    faults_disarm();
    bool met = bench.passed >= at;
    check_told(good, row, ok, &told, &error);
    str_finish(&told);
    if (!ok && again) {
        check_goes_on(good, row);
        ok = true;
    }
    bench_end();
    check_kept(good, row, ok, fault_of_disk(fault));
    check_holds(row, ok || met, "failed for nothing");
    return met;
}

static struct {
    struct good *items;
    size_t count, capacity;
} goods;

static long failures; /* how many calls failed, all in all */

static void fail_everywhere(const struct good *good, enum fault fault)
{
    long at = 1;
    while (fail_at(good, fault, at, at % 2))
        at++;
    failures += at - 1;
}

static void meet_everywhere(enum fault fault)
{
    failures = 0;
    for (size_t i = 0; i < goods.count; i++)
        fail_everywhere(&goods.items[i], fault);
    assert_true(failures > 50);
}

static int set_up(void **state)
{
    *state = NULL;
    if (!faults_set_up())
        return -1;
    bench_begin();
    calls_fill(bench.ledger);
    bench_end();
    disk_save(bench.disk);
    for (size_t i = 0; i < ledger_call_count; i++)
        for (int variant = 0; variant < ledger_calls[i].variants; variant++) {
            goods.items =
                mem_grow(goods.items, &goods.capacity, goods.count + 1, sizeof *goods.items);
            good_init(&goods.items[goods.count++], &ledger_calls[i], variant);
        }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < goods.count; i++)
        good_finish(&goods.items[i]);
    free(goods.items);
    return faults_tear_down();
}

/* --- the tests --------------------------------------------------------------------------------------------- */

static void a_statement_that_is_refused_is_said_and_changes_nothing(void **state)
{
    (void)state;
    meet_everywhere(FAULT_REFUSED);
}

static void a_read_that_fails_is_said_and_changes_nothing(void **state)
{
    (void)state;
    meet_everywhere(FAULT_READ);
}

static void a_write_that_fails_is_said_and_leaves_all_or_nothing(void **state)
{
    (void)state;
    meet_everywhere(FAULT_WRITE);
}

static void a_full_disk_is_said_and_leaves_all_or_nothing(void **state)
{
    (void)state;
    meet_everywhere(FAULT_FULL);
}

static void a_flush_that_fails_is_said_and_leaves_all_or_nothing(void **state)
{
    (void)state;
    meet_everywhere(FAULT_FLUSH);
}

/* Another desk is writing, and does not end: what only reads goes on, what writes says so. */
static void what_another_desk_locks_is_said_and_goes_on_afterwards(void **state)
{
    (void)state;
    size_t locked = 0;
    for (size_t i = 0; i < goods.count; i++) {
        const struct good *good = &goods.items[i];
        struct error error = {""};
        struct str told = {0};
        sqlite3 *other;
        bench_begin();
        disk_run_as(bench.disk, 1);
        assert_int_equal(sqlite3_open(bench.scratch->file, &other), SQLITE_OK);
        assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
        disk_run_as(bench.disk, 0);
        bool ok = make(good, &told, &error);
        check_told(good, good->row, ok, &told, &error);
        check_holds(good->row, ok || strstr(error.text, "locked"), error.text);
        check_holds(good->row, !ok || strcmp(good->before.rows, good->after.rows) == 0,
            "was written beside another's write");
        str_finish(&told);
        assert_int_equal(sqlite3_close(other), SQLITE_OK);
        if (!ok)
            check_goes_on(good, good->row);
        bench_end();
        check_kept(good, good->row, true, false);
        locked += !ok;
    }
    assert_true(locked > 30);
}

/* These have no words for a failure: their answer is the one that is safe. */
static void what_cannot_be_found_out_is_answered_as_nothing(void **state)
{
    (void)state;
    bench_begin();
    assert_true(ledger_claimed(bench.ledger, "k0", 5000));
    assert_false(ledger_claimed(bench.ledger, "k0", 9000));
    int64_t changes = ledger_changes(bench.ledger);
    assert_true(changes > 0);
    disk_kill(bench.disk, 0);
    assert_false(ledger_claimed(bench.ledger, "k0", 5000));
    assert_int_equal(ledger_changes(bench.ledger), 0);
    bench_end();
    bench_begin();
    faults_arm(FAULT_REFUSED, 1);
    assert_false(ledger_claimed(bench.ledger, "k0", 5000));
    faults_arm(FAULT_REFUSED, 1);
    assert_int_equal(ledger_changes(bench.ledger), 0);
    faults_disarm();
    assert_true(ledger_claimed(bench.ledger, "k0", 5000));
    assert_int_equal(ledger_changes(bench.ledger), changes);
}

/* True if a test here lets the function fail. */
static bool has_its_turn(const char *function)
{
    static const char *const elsewhere[] = {/* in the calls above, here, or in ledger_opening */
        "ledger_open", "ledger_close", "ledger_begin", "ledger_begun", "ledger_rollback",
        "ledger_changes", "ledger_claimed"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (strcmp(elsewhere[i], function) == 0)
            return true;
    for (size_t i = 0; i < ledger_call_count; i++)
        if (strcmp(ledger_calls[i].function, function) == 0)
            return true;
    return false;
}

static void every_public_function_has_its_turn(void **state)
{
    (void)state;
    static const char *const types[] = {
        "\nbool ledger_", "\nenum found ledger_", "\nvoid ledger_", "\nint64_t ledger_"};
    size_t length, functions = 0;
    char *header = file_bytes(LEDGER_HEADER, &length);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (char *at = header; (at = strstr(at, types[i])) != NULL; functions++) {
            char name[64];
            at = strstr(at, "ledger_");
            str_print(name, sizeof name, "%.*s", (int)strcspn(at, "("), at);
            check_holds(name, has_its_turn(name), "is never made to fail");
        }
    assert_true(functions > 35);
    free(header);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_that_is_refused_is_said_and_changes_nothing),
        cmocka_unit_test(a_read_that_fails_is_said_and_changes_nothing),
        cmocka_unit_test(a_write_that_fails_is_said_and_leaves_all_or_nothing),
        cmocka_unit_test(a_full_disk_is_said_and_leaves_all_or_nothing),
        cmocka_unit_test(a_flush_that_fails_is_said_and_leaves_all_or_nothing),
        cmocka_unit_test(what_another_desk_locks_is_said_and_goes_on_afterwards),
        cmocka_unit_test(what_cannot_be_found_out_is_answered_as_nothing),
        cmocka_unit_test(every_public_function_has_its_turn),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
