/* Where keys come from, and what can go wrong with a command that prints one. */
#include "scratch.h"

#include "tourdesk/base/log.h"
#include "tourdesk/config/keys.h"

#include <poll.h>
#include <signal.h>

/* Milliseconds: long enough for a shell on a busy machine, and short for what must never end. */
enum { PATIENT = 20000, SHORT = 150 };

static void expect_key(struct keys *keys, enum key_family family, const char *expected)
{
    struct error error = {0};
    const char *key = keys_get(keys, family, &error);
    if (!key)
        fail_msg("no key: %s", error.text);
    assert_string_equal(key, expected);
}

static void expect_error(struct keys *keys, const char *expected)
{
    struct error error = {0};
    assert_null(keys_get(keys, KEY_APPOINTMENT, &error));
    assert_string_equal(error.text, expected);
}

static void each_family_has_its_own_key_or_the_common_one(void **state)
{
    (void)state;
    static const struct {
        struct profile_settings profile;
        const char *prospect, *appointment; /* NULL = none */
    } cases[] = {
        {{.key = "common"}, "common", "common"},
        {{.key = "common", .prospect_key = "p"}, "p", "common"},
        {{.key = "common", .appointment_key = "a"}, "common", "a"},
        {{.prospect_key = "p", .appointment_key = "a"}, "p", "a"},
        {{.prospect_key = "p"}, "p", NULL},
        {{.appointment_key = "a", .key_command = "echo command"}, "command", "a"},
        {{.name = "none"}, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *expected[KEY_FAMILIES] = {cases[i].prospect, cases[i].appointment};
        struct keys *keys = keys_create(&cases[i].profile, PATIENT);
        for (enum key_family family = 0; family < KEY_FAMILIES; family++) {
            if (expected[family])
                expect_key(keys, family, expected[family]);
            else
                assert_null(keys_get(keys, family, NULL));
        }
        keys_destroy(keys);
    }
}

static void the_file_goes_before_the_variable_before_the_command(void **state)
{
    (void)state;
    static const struct {
        const char *file, *variable, *expected;
    } cases[] = {
        {"from-file", "from-variable", "from-file"},
        {"", "from-variable", "from-variable"},
        {"", "", "from-command"},
        {"", NULL, "from-command"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct profile_settings profile = {
            .key_env = "TOURDESK_TEST_KEY", .key_command = "echo from-command"};
        strcpy(profile.key, cases[i].file);
        if (cases[i].variable)
            setenv("TOURDESK_TEST_KEY", cases[i].variable, 1);
        else
            unsetenv("TOURDESK_TEST_KEY");
        struct keys *keys = keys_create(&profile, PATIENT);
        expect_key(keys, KEY_PROSPECT, cases[i].expected);
        keys_destroy(keys);
    }
}

static void without_a_key_the_error_says_what_is_missing(void **state)
{
    (void)state;
    struct profile_settings profile = {.name = "stage"};
    struct keys *keys = keys_create(&profile, PATIENT);
    expect_error(keys, "profile \"stage\": there is no key, key_env or key_command");
    keys_destroy(keys);

    strcpy(profile.key_env, "TOURDESK_TEST_KEY");
    unsetenv("TOURDESK_TEST_KEY");
    keys = keys_create(&profile, PATIENT);
    expect_error(keys, "profile \"stage\": the environment variable TOURDESK_TEST_KEY, named by "
                       "key_env, is not set");
    keys_destroy(keys);

    setenv("TOURDESK_TEST_KEY", "a secret", 1);
    keys = keys_create(&profile, PATIENT);
    expect_error(keys, "profile \"stage\": the key from the variable of key_env must be letters, "
                       "digits and signs of ASCII, without spaces");
    keys_destroy(keys);
    unsetenv("TOURDESK_TEST_KEY");
}

static void the_first_line_of_the_command_is_the_key(void **state)
{
    (void)state;
    static const struct {
        const char *command, *key;
    } cases[] = {
        {"echo abc", "abc"},
        {"printf abc", "abc"},
        {"printf 'abc\\r\\n'", "abc"},
        {"printf 'abc\\nuser: ana\\n'", "abc"},
        {"echo abc; echo oops >&2", "abc"},
        {"cat; echo abc", "abc"}, /* its input is empty */
        {"sh -c 'echo abc' | cat && true", "abc"},
        {"printf 'a!\"#$%%~z\\n'", "a!\"#$%~z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct profile_settings profile = {0};
        strcpy(profile.key_command, cases[i].command);
        struct keys *keys = keys_create(&profile, PATIENT);
        expect_key(keys, KEY_APPOINTMENT, cases[i].key);
        keys_destroy(keys);
    }
}

/* The error names how the command ended, and nothing of what it printed. */
static void a_command_that_fails_is_reported_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *command, *error;
    } cases[] = {
        {"echo secret; exit 3",
            "key_command failed with exit status 3; run it in a shell to see why"},
        {"false", "key_command failed with exit status 1; run it in a shell to see why"},
        {"/nowhere/pass secret", "key_command names a program that is not there (exit status 127)"},
        {"/dev/null secret", "key_command cannot be run (exit status 126)"},
        {"echo secret; kill -TERM $$", "key_command was ended by signal 15"},
        {"true", "key_command printed no key on its first line"},
        {"echo; echo secret", "key_command printed no key on its first line"},
        {"echo a secret", "the key from key_command must be letters, digits and signs of ASCII, "
                          "without spaces"},
        {"printf 's\\303\\251cret\\n'",
            "the key from key_command must be letters, digits and signs of ASCII, without spaces"},
        {"printf 'sec\\0ret\\n'", "key_command printed something that is not a key"},
        {"printf '%0256d' 7", "the key from key_command is longer than 255 characters"},
        {"echo secret; yes secret", "key_command printed more than 4095 bytes"},
        {"printf '%04096d' 7", "key_command printed more than 4095 bytes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct profile_settings profile = {.name = "p"};
        char expected[256];
        strcpy(profile.key_command, cases[i].command);
        snprintf(expected, sizeof expected, "profile \"p\": %s", cases[i].error);
        struct keys *keys = keys_create(&profile, PATIENT);
        expect_error(keys, expected);
        keys_destroy(keys);
    }
}

/* Bytes in a file that a command adds to each time it runs. */
static long runs(void)
{
    struct stat status;
    return stat("runs", &status) == 0 ? (long)status.st_size : 0;
}

static void the_command_runs_once_until_the_keys_are_cleared(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "printf . >> runs; echo abc", "printf . >> runs; exit 1"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        struct profile_settings profile = {0};
        strcpy(profile.key_command, commands[i]);
        struct keys *keys = keys_create(&profile, PATIENT);
        assert_int_equal(runs(), 0);
        keys_get(keys, KEY_PROSPECT, NULL);
        keys_get(keys, KEY_APPOINTMENT, NULL);
        assert_int_equal(runs(), 1);
        keys_clear(keys);
        keys_get(keys, KEY_APPOINTMENT, NULL);
        assert_int_equal(runs(), 2);
        keys_destroy(keys);
        unlink("runs");
    }
}

/* The read end of a pipe in the file system that hangs up once everything the command started is
 * gone. */
static int open_lifeline(void)
{
    assert_int_equal(mkfifo("lifeline", 0600), 0);
    int fd = open("lifeline", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(fd >= 0);
    return fd;
}

static void a_command_that_does_not_end_is_stopped_with_its_children(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "exec 3> lifeline; echo up >&3; sleep 1000 & sleep 1000",
        "exec 3> lifeline; echo up >&3; exec >&-; sleep 1000 & wait",
        "exec 3> lifeline; echo up >&3; trap '' TERM INT HUP; echo secret; sleep 1000 & wait",
        "exec 3> lifeline; echo up >&3; while :; do :; done",
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        struct profile_settings profile = {.name = "p"};
        strcpy(profile.key_command, commands[i]);
        struct keys *keys = keys_create(&profile, SHORT);
        int lifeline = open_lifeline();
        expect_error(
            keys, "profile \"p\": key_command took longer than 0.1 seconds and was stopped");
        struct pollfd ended = {.fd = lifeline, .events = POLLIN};
        char byte[8];
        do
            assert_int_equal(poll(&ended, 1, PATIENT), 1);
        while (read(lifeline, byte, sizeof byte) > 0);
        assert_true(ended.revents & POLLHUP);
        close(lifeline);
        unlink("lifeline");
        keys_destroy(keys);
    }
}

/* It must not draw on a screen or take keys from a program that has the terminal. */
static void the_command_has_no_terminal(void **state)
{
    (void)state;
    struct profile_settings profile = {
        .key_command = "read -r pid name status parent group session rest < /proc/$$/stat;"
                       "[ $session = $$ ] && ! (: < /dev/tty) && echo own-session"};
    if (access("/proc/self/stat", R_OK) != 0)
        skip();
    int complaints = open("complaints", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int before = dup(STDERR_FILENO);
    dup2(complaints, STDERR_FILENO);
    struct keys *keys = keys_create(&profile, PATIENT);
    const char *key = keys_get(keys, KEY_APPOINTMENT, NULL);
    dup2(before, STDERR_FILENO);
    close(before);
    assert_string_equal(key ? key : "(none)", "own-session");
    assert_int_equal(lseek(complaints, 0, SEEK_END), 0);
    close(complaints);
    unlink("complaints");
    keys_destroy(keys);
}

/* What this program blocks or ignores is as usual for the command. */
static void the_command_has_ordinary_signals(void **state)
{
    (void)state;
    sigset_t all, before;
    sigfillset(&all);
    signal(SIGTERM, SIG_IGN);
    sigprocmask(SIG_BLOCK, &all, &before);
    struct profile_settings profile = {.name = "p", .key_command = "kill -TERM $$; echo abc"};
    struct keys *keys = keys_create(&profile, PATIENT);
    expect_error(keys, "profile \"p\": key_command was ended by signal 15");
    keys_destroy(keys);
    sigprocmask(SIG_SETMASK, &before, NULL);
    signal(SIGTERM, SIG_DFL);
}

static void expect_hidden(const char *secret)
{
    struct str line = {0};
    log_redact(&line, secret);
    assert_string_equal(str_text(&line), "[key]");
    str_finish(&line);
}

static void no_key_reaches_the_log(void **state)
{
    (void)state;
    struct profile_settings profile = {.prospect_key = "only-in-file",
        .appointment_key = "not-asked-for",
        .key_command = "echo only-in-command"};
    struct keys *keys = keys_create(&profile, PATIENT);
    expect_hidden("only-in-file");
    expect_hidden("not-asked-for");
    profile.appointment_key[0] = '\0';
    expect_key(keys, KEY_APPOINTMENT, "only-in-command");
    expect_hidden("only-in-command");
    keys_destroy(keys);
    keys_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_family_has_its_own_key_or_the_common_one),
        cmocka_unit_test(the_file_goes_before_the_variable_before_the_command),
        cmocka_unit_test(without_a_key_the_error_says_what_is_missing),
        cmocka_unit_test(the_first_line_of_the_command_is_the_key),
        cmocka_unit_test(a_command_that_fails_is_reported_in_words),
        cmocka_unit_test_setup_teardown(
            the_command_runs_once_until_the_keys_are_cleared, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(a_command_that_does_not_end_is_stopped_with_its_children,
            scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            the_command_has_no_terminal, scratch_create, scratch_destroy),
        cmocka_unit_test(the_command_has_ordinary_signals),
        cmocka_unit_test(no_key_reaches_the_log),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    log_close();
    return failed;
}
