/* Opening a ledger, and opening it anew after a fault, when that fails as well: nothing is half made, nothing is
 * kept on a ground that may give way. */
#include "calls.h"
#include "faults.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- opening ------------------------------------------------------------------------------------------------- */

/* Opens what the disk has with the fault at each call in turn: it fails in words, and what is there afterwards is
 * what opening it undisturbed would have left. */
static void open_at_every_call(const char *what, enum fault fault)
{
    bench_begin();
    bench_end();
    char *whole = calls_dump(bench.scratch);
    long at = 1;
    for (bool met = true; met; at++) {
        char row[96];
        struct error error = {""};
        str_print(row, sizeof row, "%s, %s at call %ld", what, fault_words(fault), at);
        disk_restore(bench.disk);
        faults_arm(fault, at);
        bench.ledger = ledger_open(bench.scratch->data, &error);
        met = bench.passed >= at;
        faults_disarm();
        check_holds(row, bench.ledger || met, "failed for nothing");
        if (!bench.ledger)
            check_contains(row, error.text, bench.scratch->file);
        bench_end();
        bench.ledger = ledger_open(bench.scratch->data, &error);
        check_holds(row, bench.ledger != NULL, error.text);
        check_holds(row, ledger_check(bench.ledger, &error), error.text);
        bench_end();
        char *kept = calls_dump(bench.scratch);
        check_text(row, kept, whole);
        free(kept);
    }
    assert_true(at > 3);
    free(whole);
}

static void a_ledger_that_cannot_be_begun_is_begun_whole_the_next_time(void **state)
{
    (void)state;
    disk_format(bench.disk);
    disk_save(bench.disk);
    for (enum fault fault = 0; fault < FAULTS; fault++)
        open_at_every_call("a new one", fault);
}

static void a_ledger_that_cannot_be_opened_is_as_it_was(void **state)
{
    (void)state;
    disk_format(bench.disk);
    disk_save(bench.disk);
    bench_begin();
    calls_fill(bench.ledger);
    bench_end();
    disk_save(bench.disk);
    open_at_every_call("one with all in it", FAULT_REFUSED);
    open_at_every_call("one with all in it", FAULT_READ);
}

/* --- opening anew ---------------------------------------------------------------------------------------------- */

/* A flush failed, and opening anew failed as well, at each of its calls in turn. What is said to be kept after that
 * must be there after a power cut. */
static void nothing_is_kept_on_a_ledger_that_could_not_be_opened_anew(void **state)
{
    (void)state;
    static const enum fault second[] = {FAULT_REFUSED, FAULT_READ, FAULT_WRITE, FAULT_FLUSH};
    size_t refused = 0;
    for (size_t i = 0; i < sizeof second / sizeof *second; i++) {
        bool met = true;
        for (long at = 1; met; at++) {
            char row[96];
            struct operation first = booking("first", "Ana", "", "+12065550155", 900000);
            struct operation lost = booking("lost", "Ben", "", "+12065550166", 900000);
            struct operation told = booking("told", "Eva", "", "+12065550177", 900000), found;
            struct random random = random_seeded(1);
            struct error error = {""};
            str_print(row, sizeof row, "%s at call %ld", fault_words(second[i]), at);
            bench_begin();
            keep(bench.ledger, &first); /* the log has its beginning */
            faults_arm(FAULT_FLUSH, 1);
            check_holds(row, !ledger_add(bench.ledger, &lost, NULL), "was kept without a flush");
            faults_arm(second[i], at);
            bool opened = ledger_reopen(bench.ledger, NULL);
            met = bench.passed >= at;
            faults_disarm();
            bool kept = ledger_add(bench.ledger, &told, &error);
            check_holds(row, kept || strstr(error.text, bench.scratch->file), error.text);
            check_holds(row, opened || !kept, "kept before it was verified");
            refused += !opened;
            disk_power_cut(bench.disk, &random, 0);
            bench_end();
            disk_revive(bench.disk, 0);
            bench.ledger = open_ledger(bench.scratch->data);
            enum found there = ledger_operation(bench.ledger, "told", &found, NULL);
            check_number(row, there, kept ? FOUND_ONE : FOUND_NONE);
            check_number(row, ledger_operation(bench.ledger, "first", &found, NULL), FOUND_ONE);
        }
    }
    assert_true(refused > 20);
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
        cmocka_unit_test(nothing_is_kept_on_a_ledger_that_could_not_be_opened_anew),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
