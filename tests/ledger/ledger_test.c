/* Opening the ledger: who may read it, what is no ledger, what is damaged, and several at once. */
#include "scratch.h"

#include "tourdesk/base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- making it ------------------------------------------------------------------------------------- */

static int mode_of(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        fail_msg("%s is not there", path);
    return (int)(status.st_mode & 07777);
}

static void only_its_owner_can_read_it_whatever_the_umask(void **state)
{
    struct scratch *scratch = *state;
    char path[128];
    mode_t before = umask(0);
    str_print(path, sizeof path, "%s/deep/er", scratch->data);
    struct ledger *ledger = open_ledger(path);
    struct operation one = booking("aaaaaaaa", "Ana", "", "+12065550155", 5000);
    keep(ledger, &one);
    umask(before);
    assert_int_equal(mode_of(scratch->data), 0700);
    assert_int_equal(mode_of(path), 0700);
    static const char *const names[] = {"ledger.db", "ledger.db-wal", "ledger.db-shm"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char file[160];
        str_print(file, sizeof file, "%s/%s", path, names[i]);
        check_number(names[i], mode_of(file), 0600);
    }
    ledger_close(ledger);
}

static void a_wider_mode_is_narrowed(void **state)
{
    struct scratch *scratch = *state;
    ledger_close(open_ledger(scratch->data));
    assert_int_equal(chmod(scratch->file, 0644), 0);
    ledger_close(open_ledger(scratch->data));
    assert_int_equal(mode_of(scratch->file), 0600);
}

static void what_was_kept_is_there_after_reopening(void **state)
{
    struct scratch *scratch = *state;
    struct operation one = booking("aaaaaaaa", "Ana", "", "+12065550155", 5000), found;
    struct ledger *ledger = open_ledger(scratch->data);
    keep(ledger, &one);
    ledger_close(ledger);
    ledger = open_ledger(scratch->data);
    assert_int_equal(ledger_operation(ledger, "aaaaaaaa", &found, NULL), FOUND_ONE);
    assert_string_equal(found.booking.profile.first_name, "Ana");
    assert_true(ledger_check(ledger, NULL));
    ledger_close(ledger);
}

static void it_is_kept_with_full_flushes_in_a_log(void **state)
{
    struct scratch *scratch = *state;
    ledger_close(open_ledger(scratch->data));
    assert_string_equal(ask_file(scratch, "PRAGMA journal_mode"), "wal");
    assert_string_equal(ask_file(scratch, "PRAGMA application_id"), "1953461618");
    assert_string_equal(ask_file(scratch, "PRAGMA user_version"), "2");
}

static void expect_no_ledger(const char *folder, const char *words)
{
    struct error error = {""};
    struct ledger *ledger = ledger_open(folder, &error);
    bool opened = ledger != NULL;
    ledger_close(ledger);
    check_holds(folder, !opened, "was opened");
    check_contains(folder, error.text, words);
}

static void a_folder_that_cannot_be_made_is_named(void **state)
{
    struct scratch *scratch = *state;
    char path[128], long_name[8192];
    put_file(scratch->data, "x", 1);
    expect_no_ledger(scratch->data, scratch->file);
    str_print(path, sizeof path, "%s/below", scratch->data);
    expect_no_ledger(path, path);
    expect_no_ledger("", "mkdir");
    memset(long_name, 'a', sizeof long_name);
    long_name[sizeof long_name - 1] = '\0';
    expect_no_ledger(long_name, "the name is too long");
}

static void what_is_no_file_is_refused(void **state)
{
    struct scratch *scratch = *state;
    assert_int_equal(mkdir(scratch->data, 0700), 0);
    assert_int_equal(mkdir(scratch->file, 0700), 0);
    expect_no_ledger(scratch->data, scratch->file);
    assert_int_equal(rmdir(scratch->file), 0);
    assert_int_equal(mkfifo(scratch->file, 0600), 0);
    expect_no_ledger(scratch->data, "must be a file");
}

static void a_ledger_that_is_not_there_can_be_closed(void **state)
{
    (void)state;
    ledger_close(NULL);
}

/* --- what is no ledger ------------------------------------------------------------------------------ */

/* Opening fails with these words, and the file is as it was. */
static void expect_left_alone(struct scratch *scratch, const char *words)
{
    size_t before_length, after_length;
    char *before = file_bytes(scratch->file, &before_length);
    expect_no_ledger(scratch->data, words);
    char *after = file_bytes(scratch->file, &after_length);
    check_number(words, (long long)after_length, (long long)before_length);
    check_holds(words, memcmp(before, after, before_length) == 0, "the file was changed");
    free(before);
    free(after);
}

static void run_sql(const struct scratch *scratch, const char *sql)
{
    sqlite3 *db;
    if (sqlite3_open(scratch->file, &db) != SQLITE_OK ||
        sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void another_programs_database_is_refused_and_left_as_it_is(void **state)
{
    struct scratch *scratch = *state;
    static const char *const contents[] = {
        "CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('soup')",
        "CREATE TABLE recipe (name TEXT); PRAGMA application_id = 42",
        "PRAGMA journal_mode = WAL; CREATE TABLE recipe (name TEXT)",
        "CREATE TABLE recipe (name TEXT); PRAGMA user_version = 1",
        "CREATE TABLE operation (id TEXT)",
    };
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        mkdir(scratch->data, 0700);
        run_sql(scratch, contents[i]);
        expect_left_alone(scratch, "is not a tourdesk ledger; left as it is");
        unlink(scratch->file);
    }
}

static void a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(void **state)
{
    struct scratch *scratch = *state;
    ledger_close(open_ledger(scratch->data));
    run_sql(scratch, "PRAGMA user_version = 99");
    expect_left_alone(scratch, "was written by a newer tourdesk (version 99, this one knows 2)");
}

static void bytes_that_are_no_database_are_reported_and_left_as_they_are(void **state)
{
    struct scratch *scratch = *state;
    static const size_t lengths[] = {2, 15, 16, 100, 511, 512, 4096, 100000};
    mkdir(scratch->data, 0700);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char *bytes = malloc(lengths[i]);
        for (size_t b = 0; b < lengths[i]; b++)
            bytes[b] = (char)('a' + b % 23);
        put_file(scratch->file, bytes, lengths[i]);
        expect_left_alone(scratch, "damaged and was left as it is");
        free(bytes);
    }
}

static void an_empty_file_becomes_a_ledger(void **state)
{
    struct scratch *scratch = *state;
    mkdir(scratch->data, 0700);
    put_file(scratch->file, "", 0);
    struct ledger *ledger = open_ledger(scratch->data);
    assert_true(ledger_check(ledger, NULL));
    ledger_close(ledger);
}

/* --- damage ---------------------------------------------------------------------------------------------- */

enum { PAGE = 4096 };

/* A ledger of a few hundred bookings, closed, all of it in the one file. */
static void make_large(struct scratch *scratch)
{
    struct ledger *ledger = open_ledger(scratch->data);
    assert_true(ledger_begin(ledger, NULL));
    for (int i = 0; i < 300; i++) {
        char id[16];
        str_print(id, sizeof id, "op%06d", i);
        struct operation one = booking(id, "Ana", "ana@example.com", "", 5000 + i);
        keep(ledger, &one);
    }
    assert_true(ledger_commit(ledger, NULL));
    ledger_close(ledger);
}

static void a_damaged_head_is_reported_and_left_as_it_is(void **state)
{
    struct scratch *scratch = *state;
    size_t length;
    make_large(scratch);
    char *bytes = file_bytes(scratch->file, &length);
    memset(bytes, 'x', 16);
    put_file(scratch->file, bytes, length);
    free(bytes);
    expect_left_alone(scratch, "damaged and was left as it is");
}

/* What is broken further in may only be found when it is read; until then nothing is changed. */
static void damage_inside_is_found_when_it_is_read_and_nothing_is_repaired(void **state)
{
    struct scratch *scratch = *state;
    size_t length;
    make_large(scratch);
    char *whole = file_bytes(scratch->file, &length);
    int found = 0;
    for (size_t page = 1; page < length / PAGE; page++) {
        char *bytes = malloc(length);
        struct error error = {""};
        memcpy(bytes, whole, length);
        memset(bytes + page * PAGE, 0xA5, PAGE);
        put_file(scratch->file, bytes, length);
        struct ledger *ledger = ledger_open(scratch->data, &error);
        struct operation_list list = {0};
        bool sound = ledger && ledger_check(ledger, &error);
        if (ledger && !ledger_unsettled(ledger, &list, &error))
            check_contains("damage", error.text, "damaged and was left as it is");
        check_holds("damage", sound || strstr(error.text, "damaged"), error.text);
        found += !sound;
        operation_list_finish(&list);
        ledger_close(ledger);
        size_t after_length;
        char *after = file_bytes(scratch->file, &after_length);
        assert_int_equal(after_length, length);
        assert_memory_equal(after, bytes, length);
        free(after);
        free(bytes);
    }
    assert_int_equal(found, length / PAGE - 1);
    free(whole);
}

static void a_file_cut_anywhere_is_reported_and_left_as_it_is(void **state)
{
    struct scratch *scratch = *state;
    size_t length;
    make_large(scratch);
    char *whole = file_bytes(scratch->file, &length);
    for (size_t keeps = PAGE / 2; keeps < length; keeps += 5 * PAGE / 2) {
        struct error error = {""};
        put_file(scratch->file, whole, keeps);
        struct ledger *ledger = ledger_open(scratch->data, &error);
        bool sound = ledger && ledger_check(ledger, &error);
        ledger_close(ledger);
        check_holds("cut", !sound, "passes for whole");
        check_contains("cut", error.text, "damaged");
        size_t after_length;
        char *after = file_bytes(scratch->file, &after_length);
        assert_int_equal(after_length, keeps);
        assert_memory_equal(after, whole, keeps);
        free(after);
    }
    free(whole);
}

/* --- several at once --------------------------------------------------------------------------------- */

static void two_handles_see_each_others_work_and_are_told_of_it(void **state)
{
    struct scratch *scratch = *state;
    struct ledger *a = open_ledger(scratch->data), *b = open_ledger(scratch->data);
    struct operation one = booking("aaaaaaaa", "Ana", "", "+12065550155", 5000), found;
    int64_t seen_a = ledger_changes(a), seen_b = ledger_changes(b);
    keep(a, &one);
    assert_int_equal(ledger_changes(a), seen_a); /* one's own work is no news */
    assert_int_not_equal(ledger_changes(b), seen_b);
    seen_b = ledger_changes(b);
    assert_int_equal(ledger_changes(b), seen_b);
    assert_int_equal(ledger_operation(b, "aaaaaaaa", &found, NULL), FOUND_ONE);
    ledger_close(a);
    ledger_close(b);
}

/* Keeps 40 bookings, with its number in the first letter of their ids. */
static void write_many(const char *folder, int writer)
{
    struct error error;
    struct ledger *ledger = ledger_open(folder, &error);
    bool ok = ledger != NULL;
    for (int i = 0; ok && i < 40; i++) {
        char id[16];
        str_print(id, sizeof id, "%c%06d", 'a' + writer, i);
        struct operation one = booking(id, "Ana", "", "+12065550155", 5000 + i);
        ok = ledger_add(ledger, &one, &error);
    }
    ledger_close(ledger);
    if (!ok)
        fprintf(stderr, "writer %d: %s\n", writer, error.text);
    _exit(ok ? 0 : 1);
}

static void processes_that_begin_and_write_at_once_lose_nothing(void **state)
{
    struct scratch *scratch = *state;
    enum { WRITERS = 4 };
    pid_t children[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        if (children[i] == 0)
            write_many(scratch->data, i);
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    struct ledger *ledger = open_ledger(scratch->data);
    struct operation_list list = {0};
    assert_true(ledger_unsettled(ledger, &list, NULL));
    assert_int_equal(list.count, WRITERS * 40);
    assert_true(ledger_check(ledger, NULL));
    operation_list_finish(&list);
    ledger_close(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            only_its_owner_can_read_it_whatever_the_umask, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(a_wider_mode_is_narrowed, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            what_was_kept_is_there_after_reopening, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            it_is_kept_with_full_flushes_in_a_log, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_folder_that_cannot_be_made_is_named, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_refused, scratch_folder, scratch_close),
        cmocka_unit_test(a_ledger_that_is_not_there_can_be_closed),
        cmocka_unit_test_setup_teardown(
            another_programs_database_is_refused_and_left_as_it_is, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(a_ledger_of_a_newer_version_is_refused_and_left_as_it_is,
            scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            bytes_that_are_no_database_are_reported_and_left_as_they_are, scratch_folder,
            scratch_close),
        cmocka_unit_test_setup_teardown(
            an_empty_file_becomes_a_ledger, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_damaged_head_is_reported_and_left_as_it_is, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            damage_inside_is_found_when_it_is_read_and_nothing_is_repaired, scratch_folder,
            scratch_close),
        cmocka_unit_test_setup_teardown(
            a_file_cut_anywhere_is_reported_and_left_as_it_is, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            two_handles_see_each_others_work_and_are_told_of_it, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            processes_that_begin_and_write_at_once_lose_nothing, scratch_folder, scratch_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
