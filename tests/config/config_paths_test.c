/* Where things are kept, by the variables of the environment. */
#include "scratch.h"

#include "tourdesk/config/paths.h"

static void set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void the_variables_decide(void **state)
{
    (void)state;
    static const struct {
        const char *home, *config_home, *state_home;
        const char *path, *folder; /* NULL = an error */
    } cases[] = {
        {"/home/ana", NULL, NULL, "/home/ana/.config/tourdesk/tourdesk.conf",
            "/home/ana/.local/state/tourdesk"},
        {"/home/ana", "", "", "/home/ana/.config/tourdesk/tourdesk.conf",
            "/home/ana/.local/state/tourdesk"},
        {"/home/ana", "conf", "state", "/home/ana/.config/tourdesk/tourdesk.conf",
            "/home/ana/.local/state/tourdesk"},
        {"/home/ana", "/etc/ana", "/var/ana", "/etc/ana/tourdesk/tourdesk.conf",
            "/var/ana/tourdesk"},
        {NULL, "/etc/ana", "/var/ana", "/etc/ana/tourdesk/tourdesk.conf", "/var/ana/tourdesk"},
        {NULL, NULL, "/var/ana", NULL, "/var/ana/tourdesk"},
        {NULL, NULL, NULL, NULL, NULL},
        {"", NULL, NULL, NULL, NULL},
        {"ana", "conf", "state", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set("HOME", cases[i].home);
        set("XDG_CONFIG_HOME", cases[i].config_home);
        set("XDG_STATE_HOME", cases[i].state_home);
        struct str path = {0}, folder = {0};
        assert_int_equal(config_default_path(&path, NULL), cases[i].path != NULL);
        assert_int_equal(config_state_folder(&folder, NULL), cases[i].folder != NULL);
        assert_string_equal(str_text(&path), cases[i].path ? cases[i].path : "");
        assert_string_equal(str_text(&folder), cases[i].folder ? cases[i].folder : "");
        str_finish(&path);
        str_finish(&folder);
    }
}

static void a_missing_home_is_said_in_words(void **state)
{
    (void)state;
    struct str out = {0};
    struct error error;
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    assert_false(config_default_path(&out, &error));
    assert_string_equal(
        error.text, "HOME is not set; set it, or XDG_CONFIG_HOME, to the full path of a folder");
    setenv("HOME", "ana", 1);
    assert_false(config_state_folder(&out, &error));
    assert_string_equal(error.text,
        "HOME is not a full path; set it, or XDG_STATE_HOME, to the full path of a folder");
    str_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_variables_decide),
        cmocka_unit_test(a_missing_home_is_said_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
