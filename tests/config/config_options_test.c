/* The table of options itself: it is whole, its defaults are good, and each kind takes what it
 * should. */
#include "scratch.h"

#include "tourdesk/config/options.h"

static void every_row_is_whole(void **state)
{
    (void)state;
    size_t count;
    const struct config_option *options = options_all(&count);
    assert_true(count > 20);
    for (size_t i = 0; i < count; i++) {
        const struct config_option *o = &options[i];
        assert_ptr_equal(option_find(o->scope, o->name), o);
        assert_true(strlen(o->help) > 10 && o->help[strlen(o->help) - 1] == '.');
        assert_int_equal(o->size > 0, option_form(o) != FORM_SECTION);
        assert_int_equal(o->choices != NULL, o->kind == OPTION_CHOICE);
        assert_int_equal(o->unit != NULL, o->kind == OPTION_INTEGER);
        if (o->kind == OPTION_INTEGER)
            assert_true(o->low < o->high && o->initial && o->size == sizeof(int));
        assert_false(o->secret && o->initial);
    }
}

static void every_default_is_a_good_value(void **state)
{
    (void)state;
    static const size_t sizes[] = {
        sizeof(struct config), sizeof(struct profile_settings), sizeof(struct community)};
    size_t count;
    const struct config_option *options = options_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (!options[i].initial)
            continue;
        void *settings = calloc(1, sizes[options[i].scope]);
        struct error error = {0};
        assert_int_equal(
            option_set(&options[i], settings, options[i].initial, &error), OPTION_TAKEN);
        struct str printed = {0};
        option_print(&options[i], settings, &printed);
        assert_non_null(strstr(str_text(&printed), options[i].initial));
        str_finish(&printed);
        free(settings);
    }
}

/* The promise to users: these names, and no row lost by accident. */
static void the_promised_names_are_there(void **state)
{
    (void)state;
    static const struct {
        enum option_scope scope;
        const char *name;
    } promised[] = {
        {SCOPE_TOP, "profile"},
        {SCOPE_TOP, "theme"},
        {SCOPE_TOP, "mouse"},
        {SCOPE_TOP, "keys"},
        {SCOPE_TOP, "undo_seconds"},
        {SCOPE_TOP, "lock_minutes"},
        {SCOPE_TOP, "agent"},
        {SCOPE_TOP, "profiles"},
        {SCOPE_TOP, "communities"},
        {SCOPE_PROFILE, "base_url"},
        {SCOPE_PROFILE, "key"},
        {SCOPE_PROFILE, "prospect_key"},
        {SCOPE_PROFILE, "appointment_key"},
        {SCOPE_PROFILE, "key_command"},
        {SCOPE_PROFILE, "key_env"},
        {SCOPE_PROFILE, "header_profile"},
        {SCOPE_PROFILE, "company_id"},
        {SCOPE_PROFILE, "end_time"},
        {SCOPE_PROFILE, "connect_timeout"},
        {SCOPE_PROFILE, "timeout"},
        {SCOPE_COMMUNITY, "id"},
        {SCOPE_COMMUNITY, "name"},
        {SCOPE_COMMUNITY, "timezone"},
        {SCOPE_COMMUNITY, "tour_minutes"},
        {SCOPE_COMMUNITY, "notice_minutes"},
        {SCOPE_COMMUNITY, "source"},
        {SCOPE_COMMUNITY, "units"},
        {SCOPE_COMMUNITY, "sms_consent_text"},
        {SCOPE_COMMUNITY, "sms_consent_url"},
    };
    for (size_t i = 0; i < sizeof promised / sizeof *promised; i++)
        if (!option_find(promised[i].scope, promised[i].name))
            fail_msg("%s is gone", promised[i].name);
    assert_null(option_find(SCOPE_TOP, "timeout"));
    assert_null(option_find(SCOPE_PROFILE, "Timeout"));
}

static void a_slip_of_the_finger_is_recognised(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *meant;
    } slips[] = {
        {"timeout", "timeout"},
        {"TIMEOUT", "timeout"},
        {"timout", "timeout"},
        {"timeeout", "timeout"},
        {"tiemout", "timeout"},
        {"tumeout", "timeout"},
        {"tumeouts", "timeout"},
        {"kye", "key"},
        {"ke", "key"},
        {"keyy", "key"},
        {"endtime", "end_time"},
        {"prospect_keys", "prospect_key"},
        {"baseurl", "base_url"},
        {"x", NULL},
        {"", NULL},
        {"abc", NULL},
        {"timetable", NULL},
        {"a_name_that_is_much_longer_than_any_that_there_is_in_the_table", NULL},
    };
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        const char *nearest = option_nearest(SCOPE_PROFILE, slips[i].typed);
        if (!slips[i].meant)
            assert_null(nearest);
        else
            assert_string_equal(nearest ? nearest : "(none)", slips[i].meant);
    }
}

static void the_nearest_of_several_is_meant(void **state)
{
    (void)state;
    size_t slips = SIZE_MAX;
    assert_true(option_nearer("stages", "stage1", &slips));
    assert_false(option_nearer("stage", "stage1", &slips)); /* as near, not nearer */
    assert_false(option_nearer("staging", "stage1", &slips));
    assert_int_equal(slips, 1);
}

static void a_boolean_is_true_or_false(void **state)
{
    (void)state;
    const struct config_option row = {.name = "flag", .kind = OPTION_BOOLEAN, .size = sizeof(bool)};
    struct str printed = {0};
    struct error error;
    bool flag = false;
    assert_int_equal(option_set(&row, &flag, "true", &error), OPTION_TAKEN);
    assert_true(flag);
    option_print(&row, &flag, &printed);
    assert_int_equal(option_set(&row, &flag, "yes", &error), OPTION_REFUSED);
    assert_string_equal(error.text, "must be true or false");
    assert_true(flag);
    assert_int_equal(option_set(&row, &flag, "false", &error), OPTION_TAKEN);
    assert_false(flag);
    option_print(&row, &flag, &printed);
    assert_string_equal(str_text(&printed), "truefalse");
    str_finish(&printed);
}

static void a_refused_value_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *name, *good, *bad;
    } values[] = {
        {"base_url", "https://h.example.com", "http://h.example.com"},
        {"key", "good", "not good"},
        {"key_env", "GOOD_1", "1_BAD"},
        {"key_command", "pass knock", "pass\nknock"},
        {"header_profile", "gateway", "Gateway"},
        {"timeout", "2", "1"},
        {"connect_timeout", "60", "61"},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const struct config_option *option = option_find(SCOPE_PROFILE, values[i].name);
        struct profile_settings settings = {0}, before;
        struct error error = {0};
        assert_int_equal(option_set(option, &settings, values[i].good, &error), OPTION_TAKEN);
        before = settings;
        assert_int_equal(option_set(option, &settings, values[i].bad, &error), OPTION_REFUSED);
        assert_memory_equal(&settings, &before, sizeof settings);
        assert_true(error.text[0]);
    }
}

/* The first zone is freed, as a build that looks for leaks shows. */
static void a_zone_takes_the_place_of_another(void **state)
{
    (void)state;
    const struct config_option *option = option_find(SCOPE_COMMUNITY, "timezone");
    struct community community = {0};
    assert_int_equal(option_set(option, &community, "America/New_York", NULL), OPTION_TAKEN);
    assert_int_equal(option_set(option, &community, "nowhere", NULL), OPTION_REFUSED);
    assert_string_equal(zone_id(community.zone), "America/New_York");
    assert_int_equal(option_set(option, &community, "UTC", NULL), OPTION_TAKEN);
    assert_string_equal(zone_id(community.zone), "UTC");
    community_finish(&community);
}

/* Every option stands in the manual page with what it takes; nothing in the text is a command
 * there. */
static void the_manual_page_lists_every_option(void **state)
{
    (void)state;
    size_t count;
    const struct config_option *options = options_all(&count);
    for (enum option_scope scope = SCOPE_TOP; scope <= SCOPE_COMMUNITY; scope++) {
        struct str page = {0};
        options_man(scope, &page);
        for (size_t i = 0; i < count; i++) {
            char item[80];
            snprintf(item, sizeof item, ".It Ic %s\n", options[i].name);
            if ((strstr(str_text(&page), item) != NULL) != (options[i].scope == scope))
                fail_msg("%s", options[i].name);
        }
        for (const char *line = str_text(&page); *line; line += strcspn(line, "\n") + 1)
            assert_true(*line != '\'' &&
                        (*line != '.' || strncmp(line, ".Bl", 3) == 0 ||
                            strncmp(line, ".It Ic ", 7) == 0 || strcmp(line, ".El\n") == 0));
        str_finish(&page);
    }
}

static void the_manual_page_says_what_an_option_takes(void **state)
{
    (void)state;
    struct str page = {0};
    options_man(SCOPE_PROFILE, &page);
    assert_non_null(strstr(str_text(&page),
        ".It Ic timeout\nHow long a whole request may take.\n"
        "A whole number without quotes, 2 to 120 seconds.\nIf not given: 20.\n"));
    assert_non_null(strstr(
        str_text(&page), "A text in quotes, \"slot\" or \"omit\".\nIf not given: \"slot\".\n"));
    assert_non_null(strstr(str_text(&page),
        ".It Ic key_env\nThe name of an environment variable that holds the key.\n"
        "Used where key is not given.\nA text in quotes.\n"));
    assert_non_null(strstr(str_text(&page), "A text in quotes; must be given.\n"));
    str_finish(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(every_default_is_a_good_value),
        cmocka_unit_test(the_promised_names_are_there),
        cmocka_unit_test(a_slip_of_the_finger_is_recognised),
        cmocka_unit_test(the_nearest_of_several_is_meant),
        cmocka_unit_test(a_boolean_is_true_or_false),
        cmocka_unit_test(a_refused_value_changes_nothing),
        cmocka_unit_test(a_zone_takes_the_place_of_another),
        cmocka_unit_test(the_manual_page_lists_every_option),
        cmocka_unit_test(the_manual_page_says_what_an_option_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
