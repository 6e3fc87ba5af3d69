/* With a folder, everything survives a restart; and the store's own failures are told. */
#include "harness.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static instant now;
static char folder[64];

static struct sandbox *open_sandbox(const char *office, struct error *error)
{
    struct sandbox_settings settings = {.folder = folder,
        .office_file = office,
        .source = clock_frozen(&now),
        .speed = 1,
        .seed = 1,
        .control = true};
    return sandbox_create(&settings, error);
}

/* The answer's text, to be freed. */
static char *ask(struct sandbox *sandbox, const char *method, const char *target, const char *body)
{
    struct reply reply;
    struct request request = {.method = method,
        .target = target,
        .body = body,
        .length = strlen(body),
        .x_api_key = APPOINTMENT_TEST_KEY};
    sandbox_handle(sandbox, &request, &reply);
    return str_take(&reply.body);
}

static const char booking[] =
    "{\"communityId\":\"b9XQN6eMvvrr07zg\",\"requestedTimes\":[{\"startTime\":"
    "\"2026-12-08T10:00:00-08:00\"}],\"profile\":{\"email\":\"a@example.com\"},"
    "\"tourType\":\"SELF_GUIDED\"}";

static void a_restart_shows_the_same(void **state)
{
    (void)state;
    struct error error;
    struct sandbox *sandbox = open_sandbox(NULL, &error);
    assert_non_null(sandbox);
    free(ask(sandbox, "POST", "/appointment/request", booking));
    free(ask(sandbox, "PATCH", "/_sandbox/office/b9XQN6eMvvrr07zg", "{\"max_visitors\":4}"));
    char *before = ask(sandbox, "GET", "/_sandbox/appointments", "");
    char *office = ask(sandbox, "GET", "/_sandbox/office", "");
    char *effects = ask(sandbox, "GET", "/_sandbox/effects", "");
    assert_non_null(strstr(before, "a@example.com"));
    assert_non_null(strstr(office, "\"max_visitors\":4"));
    sandbox_destroy(sandbox);
    sandbox = open_sandbox(NULL, &error);
    assert_non_null(sandbox);
    char *after = ask(sandbox, "GET", "/_sandbox/appointments", "");
    assert_string_equal(after, before);
    free(after);
    after = ask(sandbox, "GET", "/_sandbox/office", "");
    assert_string_equal(after, office);
    free(after);
    after = ask(sandbox, "GET", "/_sandbox/effects", "");
    assert_string_equal(after, effects);
    free(after);
    after = ask(sandbox, "POST", "/appointment/request", booking); /* a new id, a new moment */
    assert_non_null(strstr(after, "\"CONFIRMED\""));
    free(after);
    free(before);
    free(office);
    free(effects);
    sandbox_destroy(sandbox);
}

static void a_kill_loses_nothing_that_was_answered(void **state)
{
    (void)state;
    int answers[2];
    char line[16] = "";
    assert_int_equal(pipe(answers), 0);
    pid_t child = fork();
    if (child == 0) {
        struct sandbox *sandbox = open_sandbox(NULL, NULL);
        free(ask(sandbox, "POST", "/appointment/request", booking));
        if (write(answers[1], "booked", 6) != 6)
            _exit(1);
        for (;;)
            pause();
    }
    assert_int_equal(read(answers[0], line, 6), 6);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(answers[0]);
    close(answers[1]);
    struct error error;
    struct sandbox *sandbox = open_sandbox(NULL, &error);
    assert_non_null(sandbox);
    char *after = ask(sandbox, "GET", "/_sandbox/appointments", "");
    assert_non_null(strstr(after, "a@example.com"));
    free(after);
    sandbox_destroy(sandbox);
}

static void a_folder_has_one_sandbox_at_a_time(void **state)
{
    (void)state;
    struct error error;
    char expected[160];
    struct sandbox *sandbox = open_sandbox(NULL, &error);
    assert_non_null(sandbox);
    int tell[2];
    char line[600] = "";
    assert_int_equal(pipe(tell), 0);
    pid_t child = fork(); /* locks are kept by process */
    if (child == 0) {
        struct error why = {"it opened"};
        open_sandbox(NULL, &why);
        if (write(tell[1], why.text, strlen(why.text)) < 0)
            _exit(1);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    assert_true(read(tell[0], line, sizeof line - 1) > 0);
    snprintf(expected, sizeof expected, "%s/sandbox.db: in use by another sandbox", folder);
    assert_string_equal(line, expected);
    close(tell[0]);
    close(tell[1]);
    sandbox_destroy(sandbox);
}

static void files_of_the_folder_are_private(void **state)
{
    (void)state;
    struct error error;
    char path[96];
    struct stat status;
    struct sandbox *sandbox = open_sandbox(NULL, &error);
    assert_non_null(sandbox);
    snprintf(path, sizeof path, "%s/sandbox.db", folder);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    snprintf(path, sizeof path, "%s/sandbox.db-wal", folder);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    sandbox_destroy(sandbox);
}

static void a_store_of_another_version_is_left_alone(void **state)
{
    (void)state;
    struct error error;
    char path[96], expected[200];
    sqlite3 *db;
    snprintf(path, sizeof path, "%s/sandbox.db", folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA user_version=9", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_null(open_sandbox(NULL, &error));
    snprintf(expected, sizeof expected,
        "%s: made by another version of the sandbox (9, this one has 1)", path);
    assert_string_equal(error.text, expected);
    int fd = open(path, O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, "this is no database, and long enough to be none at all", 54), 54);
    close(fd);
    assert_null(open_sandbox(NULL, &error));
    assert_non_null(strstr(error.text, "not a database"));
}

/* In a child, since the limit is for the whole process: 1 = all went as it should. */
static void fill_the_disk(int report)
{
    struct error error;
    struct rlimit limit;
    struct stat status;
    char path[96];
    struct sandbox *sandbox = open_sandbox(NULL, &error);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    snprintf(path, sizeof path, "%s/sandbox.db-wal", folder);
    stat(path, &status);
    rlim_t whole = limit.rlim_cur;
    limit.rlim_cur = (rlim_t)status.st_size;
    setrlimit(RLIMIT_FSIZE, &limit);
    char *refused = ask(sandbox, "POST", "/appointment/request", booking);
    char *slots =
        ask(sandbox, "GET", "/community/b9XQN6eMvvrr07zg/available-times?forSelfGuided=true", "");
    limit.rlim_cur = whole;
    setrlimit(RLIMIT_FSIZE, &limit);
    char *taken = ask(sandbox, "POST", "/appointment/request", booking);
    bool good = strstr(refused, "{\"errorMessage\":\"the sandbox's store: ") == refused &&
                strstr(slots, "2026-12-08T10:00:00-08:00") && strstr(taken, "\"CONFIRMED\"");
    if (!good)
        fprintf(stderr, "%s\n%.200s\n%s\n", refused, slots, taken);
    if (write(report, good ? "1" : "0", 1) != 1)
        _exit(1);
    _exit(0);
}

static void a_full_disk_refuses_a_booking_and_breaks_nothing(void **state)
{
    (void)state;
    int report[2];
    char good = '?';
    assert_int_equal(pipe(report), 0);
    pid_t child = fork();
    if (child == 0)
        fill_the_disk(report[1]);
    waitpid(child, NULL, 0);
    close(report[1]);
    assert_int_equal(read(report[0], &good, 1), 1);
    assert_int_equal(good, '1');
    close(report[0]);
}

static void a_folder_that_cannot_be_made(void **state)
{
    (void)state;
    struct error error;
    char kept[64];
    memcpy(kept, folder, sizeof kept);
    snprintf(folder, sizeof folder, "/nonexistent/folder");
    assert_null(open_sandbox(NULL, &error));
    assert_string_equal(error.text, "/nonexistent/folder: No such file or directory");
    memcpy(folder, kept, sizeof kept);
}

static void a_named_office_takes_the_place_of_the_kept_one(void **state)
{
    (void)state;
    struct error error;
    char path[96];
    struct sandbox *sandbox = open_sandbox(NULL, &error);
    assert_non_null(sandbox);
    sandbox_destroy(sandbox);
    snprintf(path, sizeof path, "%s/office.json", folder);
    FILE *file = fopen(path, "we");
    fputs(SMALL_OFFICE, file);
    fclose(file);
    for (int i = 0; i < 2; i++) {
        sandbox = open_sandbox(i == 0 ? path : NULL, &error);
        assert_non_null(sandbox);
        char *sources = ask(sandbox, "GET", "/community/c1/sources", "");
        assert_non_null(strstr(sources, "Zillow"));
        free(sources);
        sandbox_destroy(sandbox);
    }
}

static int make_folder(void **state)
{
    (void)state;
    now = at("2026-11-23T12:00:00-08:00");
    folder_make(folder, sizeof folder);
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_restart_shows_the_same, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(
            a_kill_loses_nothing_that_was_answered, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(
            a_folder_has_one_sandbox_at_a_time, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(files_of_the_folder_are_private, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(
            a_store_of_another_version_is_left_alone, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(
            a_full_disk_refuses_a_booking_and_breaks_nothing, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_folder_that_cannot_be_made, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(
            a_named_office_takes_the_place_of_the_kept_one, make_folder, drop_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
