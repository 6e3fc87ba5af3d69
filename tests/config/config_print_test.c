/* What check-config shows: each value in force, where it came from, and no key. */
#include "scratch.h"

static const char file[] =
    "undo_seconds = 500;\n"
    "mouse = false;\n"
    "keys = { book = \"n F3\"; walk-in = \"\\\"\"; };\n"
    "profiles = {\n"
    "  stage = { base_url = \"https://h.example.com/\";\n"
    "    prospect_key = \"secret1\"; key_command = \"echo secret2\";\n"
    "    key_env = \"KNOCK_KEY\"; end_time = \"omit\"; };\n"
    "};\n"
    "communities = (\n"
    "  { id = \"a\"; timezone = \"America/New_York\"; source = \"A \\\"b\\\"\"; },\n"
    "  { id = \"b\"; source = \"B\"; },\n"
    "  { id = \"c\"; timezone = \"UTC\"; name = \"C\";\n"
    "    units = [ \"1\", \"2\" ]; }\n"
    ");\n";

static const char printed[] =
    "profile = \"stage\"                                         (the only one)\n"
    "theme = \"dark\"                                            (default)\n"
    "mouse = false                                             (tourdesk.conf:2)\n"
    "keys = { book = \"n F3\"; walk-in = \"\\\"\"; }                 (tourdesk.conf:3)\n"
    "undo_seconds = 10                                         (default)\n"
    "lock_minutes = 0                                          (default)\n"
    "agent = \"\"                                                (default)\n"
    "agent_username = \"\"                                       (default)\n"
    "agent_phone = \"\"                                          (default)\n"
    "\n"
    "profile stage\n"
    "  base_url = \"https://h.example.com\"                      (tourdesk.conf:5)\n"
    "  key = [not set]                                         (default)\n"
    "  prospect_key = [set]                                    (tourdesk.conf:6)\n"
    "  appointment_key = [not set]                             (default)\n"
    "  key_env = \"KNOCK_KEY\"                                   (tourdesk.conf:7)\n"
    "  key_command = [set]                                     (tourdesk.conf:6)\n"
    "  header_profile = \"documented\"                           (default)\n"
    "  company_id = \"\"                                         (default)\n"
    "  end_time = \"omit\"                                       (tourdesk.conf:7)\n"
    "  connect_timeout = 5                                     (default)\n"
    "  timeout = 20                                            (default)\n"
    "\n"
    "community a\n"
    "  id = \"a\"                                                (tourdesk.conf:10)\n"
    "  name = \"a\"                                              (default)\n"
    "  timezone = \"America/New_York\"                           (tourdesk.conf:10)\n"
    "  tour_minutes = 30                                       (default)\n"
    "  notice_minutes = 0                                      (default)\n"
    "  source = \"A \\\"b\\\"\"                                      (tourdesk.conf:10)\n"
    "  units = [ ]                                             (default)\n"
    "  sms_consent_text = \"May we text you about this tour? Message and data rates may apply. You "
    "can say stop at any time.\"  (default)\n"
    "  sms_consent_url = \"\"                                    (default)\n"
    "\n"
    "community c\n"
    "  id = \"c\"                                                (tourdesk.conf:12)\n"
    "  name = \"C\"                                              (tourdesk.conf:12)\n"
    "  timezone = \"UTC\"                                        (tourdesk.conf:12)\n"
    "  tour_minutes = 30                                       (default)\n"
    "  notice_minutes = 0                                      (default)\n"
    "  source = \"\"                                             (default)\n"
    "  units = [ \"1\", \"2\" ]                                    (tourdesk.conf:13)\n"
    "  sms_consent_text = \"May we text you about this tour? Message and data rates may apply. You "
    "can say stop at any time.\"  (default)\n"
    "  sms_consent_url = \"\"                                    (default)\n";

static void each_value_is_shown_with_its_origin(void **state)
{
    struct scratch *scratch = *state;
    struct str out = {0};
    assert_true(scratch_load(scratch, file, NULL));
    config_print(&out, &scratch->config);
    assert_string_equal(str_text(&out), printed);
    str_finish(&out);
    scratch_finish(scratch);
}

static void a_profile_chosen_by_the_caller_says_so(void **state)
{
    struct scratch *scratch = *state;
    struct str out = {0};
    assert_true(scratch_load(scratch, file, "stage"));
    config_print(&out, &scratch->config);
    assert_non_null(strstr(str_text(&out), "(--profile)\n"));
    str_finish(&out);
    scratch_finish(scratch);
}

/* A file that could not be read leaves the defaults. */
static void without_a_file_the_defaults_are_shown(void **state)
{
    struct scratch *scratch = *state;
    struct str out = {0};
    assert_false(config_load("missing", NULL, &scratch->config, &scratch->report));
    config_print(&out, &scratch->config);
    assert_non_null(strstr(str_text(&out), "undo_seconds = 10 "));
    assert_non_null(strstr(str_text(&out), "  timeout = 20 "));
    str_finish(&out);
    scratch_finish(scratch);
}

static void what_is_finished_holds_no_key(void **state)
{
    struct scratch *scratch = *state;
    scratch_load(scratch, file, NULL);
    assert_string_equal(scratch->config.profile.prospect_key, "secret1");
    scratch_finish(scratch);
    static const struct profile_settings empty;
    assert_memory_equal(&scratch->config.profile, &empty, sizeof empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_value_is_shown_with_its_origin, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            a_profile_chosen_by_the_caller_says_so, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            without_a_file_the_defaults_are_shown, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            what_is_finished_holds_no_key, scratch_create, scratch_destroy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
