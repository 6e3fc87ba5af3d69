/* Who may read and change the file, and files that are no files. */
#include "scratch.h"

/* Any user but this one and root; giving files away takes root. */
enum { SOMEBODY = 12345, NOBODY = 65534 };

#define NO_KEY "profiles = { p = { base_url = \"https://h.example.com\"; key_env = \"K\"; }; };\n"
#define COMMAND                                                                                    \
    "profiles = { p = { base_url = \"https://h.example.com\"; key_command = \"pass\"; }; };\n"

static bool load_with_mode(struct scratch *scratch, const char *text, mode_t mode)
{
    scratch_write(text, strlen(text), mode);
    return config_load(CONF, NULL, &scratch->config, &scratch->report);
}

static void a_file_with_a_key_must_be_private(void **state)
{
    static const struct {
        mode_t mode;
        bool starts;
    } modes[] = {
        {0600, true},
        {0400, true},
        {0200, true},
        {0640, false},
        {0604, false},
        {0620, false},
        {0602, false},
        {0644, false},
        {0610, false},
        {0700, false},
        {0777, false},
        {04600, false},
    };
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (!(modes[i].mode & 0400) && geteuid() != 0)
            continue;
        char expected[160] = "";
        if (!modes[i].starts)
            snprintf(expected, sizeof expected,
                ": holds a key, so only you may have access, but its mode is %04o; mend it with: "
                "chmod 600 '" CONF "'\n",
                (unsigned)modes[i].mode);
        assert_int_equal(
            load_with_mode(scratch, PROFILES COMMUNITIES, modes[i].mode), modes[i].starts);
        scratch_expect(scratch, expected);
        scratch_finish(scratch);
    }
}

/* A key counts wherever it stands: the file is as open to others. */
static void a_key_counts_wherever_it_stands(void **state)
{
    static const struct {
        const char *text;
        bool holds_key;
    } files[] = {
        {NO_KEY COMMUNITIES, false},
        {NO_KEY COMMUNITIES "key = \"K\";", true},
        {NO_KEY COMMUNITIES "x = { y = ( { prospect_key = \"K\"; } ); };", true},
        {NO_KEY COMMUNITIES "key = 5;", true},
        {NO_KEY COMMUNITIES "key = \"\";", false},
        {NO_KEY COMMUNITIES "key = \"K\"; prospect_key = \"\";", true},
        {NO_KEY COMMUNITIES "# key = \"K\";", false},
        {"profile = \"p\"; profiles = {\n"
         " p = { base_url = \"https://h.example.com\"; key_env = \"K\"; };\n"
         " q = { base_url = \"https://h.example.com\"; appointment_key = \"K\"; }; "
         "};\n" COMMUNITIES,
            true},
    };
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(load_with_mode(scratch, files[i].text, 0644), !files[i].holds_key);
        assert_int_equal(scratch->report.fatal_count, files[i].holds_key);
        scratch_finish(scratch);
    }
}

static void others_must_not_change_what_is_run(void **state)
{
    struct scratch *scratch = *state;
    assert_true(load_with_mode(scratch, COMMAND COMMUNITIES, 0644));
    scratch_finish(scratch);
    assert_false(load_with_mode(scratch, COMMAND COMMUNITIES, 0664));
    scratch_expect(scratch,
        ": names a key_command, so only you may change it, but its mode is 0664; mend it with: "
        "chmod go-w '" CONF "'\n");
    scratch_finish(scratch);
    assert_true(load_with_mode(scratch, NO_KEY COMMUNITIES, 0664));
    scratch_finish(scratch);
}

static void permissions_are_reported_with_everything_else(void **state)
{
    struct scratch *scratch = *state;
    assert_false(load_with_mode(scratch, PROFILES COMMUNITIES "them = 1;\n", 0644));
    scratch_expect(scratch,
        ": holds a key, so only you may have access, but its mode is 0644; mend it with: chmod 600 "
        "'" CONF "'\n"
        ":3: \"them\" is not a setting (did you mean \"theme\"?); it is left out\n");
    scratch_finish(scratch);
}

static void the_mending_command_is_safe_to_paste(void **state)
{
    static const char odd[] = "a 'b'; $c";
    struct scratch *scratch = *state;
    scratch_write(PROFILES COMMUNITIES, strlen(PROFILES COMMUNITIES), 0644);
    assert_int_equal(rename(CONF, odd), 0);
    assert_false(config_load(odd, NULL, &scratch->config, &scratch->report));
    assert_non_null(strstr(scratch->report.items[0].text, "chmod 600 'a '\\''b'\\''; $c'"));
    scratch_finish(scratch);
    unlink(odd);
}

static bool load_of(struct scratch *scratch, const char *text, uid_t owner)
{
    scratch_write(text, strlen(text), 0644);
    assert_int_equal(chown(CONF, owner, (gid_t)-1), 0);
    assert_int_equal(chmod(CONF, 0600), 0);
    return config_load(CONF, NULL, &scratch->config, &scratch->report);
}

static void a_key_in_somebody_elses_file_is_refused(void **state)
{
    struct scratch *scratch = *state;
    if (geteuid() != 0)
        skip();
    assert_false(load_of(scratch, PROFILES COMMUNITIES, SOMEBODY));
    scratch_expect(scratch,
        ": holds a key but belongs to another user (12345); make it yours: chown 0 '" CONF
        "' && chmod 600 '" CONF "'\n");
    scratch_finish(scratch);
    assert_false(load_of(scratch, COMMAND COMMUNITIES, SOMEBODY));
    scratch_finish(scratch);
    assert_true(load_of(scratch, NO_KEY COMMUNITIES, SOMEBODY));
    scratch_finish(scratch);
}

/* Root's file is as good as one's own: root can change everything anyway. */
static void a_command_in_roots_file_is_taken(void **state)
{
    struct scratch *scratch = *state;
    if (geteuid() != 0)
        skip();
    scratch_write(COMMAND COMMUNITIES, strlen(COMMAND COMMUNITIES), 0644);
    assert_int_equal(chmod(".", 0755), 0);
    assert_int_equal(seteuid(NOBODY), 0);
    bool starts = config_load(CONF, NULL, &scratch->config, &scratch->report);
    assert_int_equal(seteuid(0), 0);
    scratch_expect(scratch, "");
    assert_true(starts);
    scratch_finish(scratch);
}

static void expect_no_file(struct scratch *scratch, const char *path, const char *expected)
{
    char line[256];
    snprintf(line, sizeof line, "%s: %s", path, expected);
    assert_false(config_load(path, NULL, &scratch->config, &scratch->report));
    assert_int_equal(scratch->report.count, 1);
    assert_int_equal(scratch->report.fatal_count, 1);
    assert_string_equal(scratch->report.items[0].text, line);
    scratch_finish(scratch);
}

static void what_is_no_file_is_refused_in_words(void **state)
{
    struct scratch *scratch = *state;
    expect_no_file(scratch, "missing.conf",
        "there is no such file; write one (tourdesk.conf(5) shows how) or name another with "
        "--config");
    expect_no_file(scratch, ".", "is a folder; a file is needed");
    expect_no_file(scratch, "/dev/null", "is not an ordinary file");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    expect_no_file(scratch, "pipe", "is not an ordinary file");
    unlink("pipe");
    scratch_write("", 0, 0600);
    expect_no_file(scratch, CONF "/below", "cannot be opened: Not a directory");
}

static void a_file_one_may_not_read_is_refused_in_words(void **state)
{
    struct scratch *scratch = *state;
    scratch_write(PROFILES COMMUNITIES, strlen(PROFILES COMMUNITIES), 0000);
    uid_t user = geteuid();
    assert_int_equal(chmod(".", 0755), 0);
    if (user == 0)
        assert_int_equal(seteuid(NOBODY), 0);
    bool starts = config_load(CONF, NULL, &scratch->config, &scratch->report);
    if (user == 0)
        assert_int_equal(seteuid(user), 0);
    assert_false(starts);
    scratch_expect(scratch, ": cannot be opened: Permission denied\n");
    scratch_finish(scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_file_with_a_key_must_be_private, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            a_key_counts_wherever_it_stands, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            others_must_not_change_what_is_run, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            permissions_are_reported_with_everything_else, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            the_mending_command_is_safe_to_paste, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            a_key_in_somebody_elses_file_is_refused, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            a_command_in_roots_file_is_taken, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            what_is_no_file_is_refused_in_words, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            a_file_one_may_not_read_is_refused_in_words, scratch_create, scratch_destroy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
