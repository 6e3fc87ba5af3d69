/* Good files: what is in force after loading them. */
#include "scratch.h"

static const char full[] =
    "# The office's file\n"
    "profile = \"stage\";   // one of those below\n"
    "theme = \"light\";\n"
    "undo_seconds = 0;\n"
    "mouse = false;\n"
    "lock_minutes = 15;\n"
    "keys = { book = \"n  F3\"; walk-in = \"\";\n"
    "         handover = \"\\x1b\"; };\n"
    "agent = \"A\xc3\x89\";\n"
    "profiles = {\n"
    "  stage = { base_url = \"https://stage-syndication.knockrentals.com/\";\n"
    "            key = \"common\"; prospect_key = \"for-prospects\";\n"
    "            appointment_key = \"for-appointments\"; key_env = \"\"; };\n"
    "  local = { base_url = \"http://127.0.0.1:8080/v1//\";\n"
    "            key_env = \"KNOCK_KEY\"; header_profile = \"gateway\"; company_id = \"77\";\n"
    "            end_time = \"omit\"; connect_timeout = 1; timeout = 120; };\n"
    "};\n"
    "communities = (\n"
    "  { id = \"b9XQN6eMvvrr07zg\"; name = \"Harbor Flats\"; timezone = \"America/Los_Angeles\";\n"
    "    tour_minutes = 45; source = \"Property Website\"; units = [ \"101\", \"M6-202\" ];\n"
    "    sms_consent_text = \"May we\n"
    "text you?\"; sms_consent_url = \"http://example.com/terms?a=1#top\"; },\n"
    "  { id = \"second\"; timezone = \"America/New_York\"; units = ( ); }\n"
    ");\n";

static void every_setting_is_taken(void **state)
{
    struct scratch *scratch = *state;
    assert_true(scratch_load(scratch, full, NULL));
    scratch_expect(scratch, "");
    const struct config *config = &scratch->config;
    assert_string_equal(config->path, CONF);
    assert_string_equal(config->theme, "light");
    assert_int_equal(config->undo_seconds, 0);
    assert_false(config->mouse);
    assert_int_equal(config->lock_minutes, 15);
    assert_int_equal(config->keys.count, 3);
    assert_string_equal(config->keys.items[0].name, "book");
    assert_string_equal(config->keys.items[0].text, "n  F3");
    assert_int_equal(config->keys.items[0].line, 7);
    assert_string_equal(config->keys.items[1].text, "");
    assert_string_equal(config->keys.items[2].text, "\xef\xbf\xbd"); /* shown as what it is not */
    assert_int_equal(config->keys.items[2].line, 8);
    assert_string_equal(config->agent, "A\xc3\x89");
    assert_string_equal(config->profile.name, "stage");
    assert_string_equal(config->profile.base_url, "https://stage-syndication.knockrentals.com");
    assert_string_equal(config->profile.key, "common");
    assert_string_equal(config->profile.prospect_key, "for-prospects");
    assert_string_equal(config->profile.appointment_key, "for-appointments");
    assert_int_equal(config->community_count, 2);
    const struct community *first = &config->communities[0];
    assert_string_equal(first->id, "b9XQN6eMvvrr07zg");
    assert_string_equal(first->name, "Harbor Flats");
    assert_string_equal(zone_id(first->zone), "America/Los_Angeles");
    assert_int_equal(first->tour_minutes, 45);
    assert_string_equal(first->source, "Property Website");
    assert_int_equal(first->unit_count, 2);
    assert_string_equal(first->units[1], "M6-202");
    assert_string_equal(first->sms_consent_text, "May we text you?");
    assert_string_equal(first->sms_consent_url, "http://example.com/terms?a=1#top");
    scratch_finish(scratch);
}

static void the_profile_named_by_the_caller_goes_before_the_files(void **state)
{
    struct scratch *scratch = *state;
    assert_true(scratch_load(scratch, full, "local"));
    const struct profile_settings *profile = &scratch->config.profile;
    assert_string_equal(profile->name, "local");
    assert_string_equal(profile->base_url, "http://127.0.0.1:8080/v1");
    assert_string_equal(profile->key, "");
    assert_string_equal(profile->key_env, "KNOCK_KEY");
    assert_int_equal(profile->header_profile, HEADERS_GATEWAY);
    assert_string_equal(profile->company_id, "77");
    assert_int_equal(profile->end_time, END_TIME_OMIT);
    assert_int_equal(profile->connect_timeout, 1);
    assert_int_equal(profile->timeout, 120);
    scratch_finish(scratch);
}

static void a_profile_named_by_the_caller_must_exist(void **state)
{
    static const struct {
        const char *name, *expected;
    } wanted[] = {
        {"lokal", ":10: there is no profile \"lokal\" (did you mean \"local\"?)\n"},
        {"elsewhere", ":10: there is no profile \"elsewhere\"; there are \"stage\", \"local\"\n"},
        {"stage.x", ":10: there is no profile \"stage.x\" (did you mean \"stage\"?)\n"},
        {"st\x1b[2Jage", ":10: there is no profile \"st\xef\xbf\xbd[2Jage\"; there are \"stage\", "
                         "\"local\"\n"},
        {"", ":10: no profile is chosen; write profile = \"NAME\"; or give --profile NAME\n"},
    };
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_false(scratch_load(scratch, full, wanted[i].name));
        scratch_expect(scratch, wanted[i].expected);
        scratch_finish(scratch);
    }
}

static void what_is_not_given_has_its_default(void **state)
{
    struct scratch *scratch = *state;
    assert_true(scratch_load(scratch, PROFILES COMMUNITIES, NULL));
    scratch_expect(scratch, "");
    const struct config *config = &scratch->config;
    assert_string_equal(config->theme, "dark");
    assert_true(config->mouse);
    assert_int_equal(config->keys.count, 0);
    assert_int_equal(config->undo_seconds, 10);
    assert_int_equal(config->lock_minutes, 0);
    assert_string_equal(config->agent, "");
    assert_string_equal(config->profile.name, "p");
    assert_int_equal(config->profile.header_profile, HEADERS_DOCUMENTED);
    assert_int_equal(config->profile.end_time, END_TIME_SLOT);
    assert_int_equal(config->profile.connect_timeout, 5);
    assert_int_equal(config->profile.timeout, 20);
    const struct community *only = config->communities;
    assert_string_equal(only->name, "a");
    assert_int_equal(only->tour_minutes, 30);
    assert_string_equal(only->source, "");
    assert_int_equal(only->unit_count, 0);
    assert_string_equal(only->sms_consent_text, "May we text you about this tour? Message and data "
                                                "rates may apply. You can say stop at any "
                                                "time.");
    assert_string_equal(only->sms_consent_url, "");
    scratch_finish(scratch);
}

/* The same settings in the other spellings of libconfig and of other systems. */
static void every_spelling_of_the_format_is_read(void **state)
{
    static const char *const files[] = {
        PROFILES COMMUNITIES "undo_seconds = 20;\n",
        PROFILES COMMUNITIES "undo_seconds : 20",
        PROFILES COMMUNITIES "undo_seconds = 20L # the end",
        PROFILES COMMUNITIES "undo_seconds = 0x14 // the end",
        PROFILES COMMUNITIES "undo_seconds = 20, /* } \" */",
        "\xEF\xBB\xBF" PROFILES COMMUNITIES "undo_seconds = 20;",
        PROFILES COMMUNITIES "\r\nundo_seconds\r\n=\r\n20\r\n;\r\n",
        PROFILES "communities = ( { id = \"\" \"a\"; timezone = \"UT\" \"C\"; } );undo_seconds=20",
        "// @include \"x\"\n/*\n@include \"x\"\n*/\n" PROFILES COMMUNITIES
        "agent = \"\n@include\"; undo_seconds = 20;",
    };
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        bool starts = scratch_load(scratch, files[i], NULL);
        scratch_expect(scratch, "");
        assert_true(starts);
        assert_int_equal(scratch->config.undo_seconds, 20);
        assert_string_equal(scratch->config.communities[0].id, "a");
        scratch_finish(scratch);
    }
}

static void good_addresses_are_taken(void **state)
{
    static const struct {
        const char *given, *used;
    } addresses[] = {
        {"https://h.example.com", "https://h.example.com"},
        {"HTTPS://H.example.com", "HTTPS://H.example.com"},
        {"https://h.example.com:8443/v1/", "https://h.example.com:8443/v1"},
        {"https://192.0.2.1", "https://192.0.2.1"},
        {"https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"},
        {"http://localhost:8080", "http://localhost:8080"},
        {"http://LocalHost", "http://LocalHost"},
        {"http://127.0.0.1:1", "http://127.0.0.1:1"},
        {"http://127.255.0.9/", "http://127.255.0.9"},
        {"http://[::1]:65535///", "http://[::1]:65535"},
    };
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        struct str file = {0};
        str_addf(&file, "profiles = { p = { key = \"K\"; base_url = \"%s\"; }; };\n" COMMUNITIES,
            addresses[i].given);
        assert_true(scratch_load(scratch, str_text(&file), NULL));
        scratch_expect(scratch, "");
        assert_string_equal(scratch->config.profile.base_url, addresses[i].used);
        scratch_finish(scratch);
        str_finish(&file);
    }
}

/* Names that only look like this machine's. */
static void plain_http_leaves_this_machine_under_no_name(void **state)
{
    static const char *const addresses[] = {
        "http://localhost.example.com",
        "http://localhost.",
        "http://127.0.0.1.",
        "http://127.1",
        "http://2130706433",
        "http://0x7f000001",
        "http://0177.0.0.1",
        "http://128.0.0.1",
        "http://0.0.0.0",
        "http://[::]",
        "http://[::2]",
        "http://[::ffff:127.0.0.1]",
        "http://[fe80::1]",
        "http://127.0.0.1:80.example.com",
        "http://127.0.0.1%2eexample.com",
        "http://localhost:80@example.com",
        "http:/localhost",
        "http://localhost\\\\.example.com",
    };
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        struct str file = {0};
        str_addf(&file, "profiles = { p = { key = \"K\"; base_url = \"%s\"; }; };\n" COMMUNITIES,
            addresses[i]);
        if (scratch_load(scratch, str_text(&file), NULL))
            fail_msg("%s was accepted", addresses[i]);
        assert_string_equal(scratch->config.profile.base_url, "");
        scratch_finish(scratch);
        str_finish(&file);
    }
}

/* A 1.5 of libconfig reads these numbers as others that would be within the range. */
static void numbers_that_wrap_round_are_not_taken(void **state)
{
    static const char *const numbers[] = {"4294967316", "18446744073709551636", "-4294967276",
        "0x100000014", "00000000004294967316", "+4294967316", "4294967316L", "1000000020",
        "-1000000020", "0x1000000000000014"};
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct str file = {0};
        str_addf(&file, PROFILES COMMUNITIES "undo_seconds = %s;", numbers[i]);
        scratch_load(scratch, str_text(&file), NULL);
        scratch_expect(scratch, ":3: undo_seconds must be 0 to 120 seconds; 10 is used\n");
        scratch_finish(scratch);
        str_finish(&file);
    }
}

/* Long numbers are no business of ours where they are no numbers. */
static void digits_in_texts_and_names_stay_as_they_are(void **state)
{
    struct scratch *scratch = *state;
    assert_true(scratch_load(scratch,
        "profiles = { p12345678901 = { base_url = \"https://h.example.com\"; key = \"K\"; }; };\n"
        "communities = ( { id = \"12345678901234567890\"; # 12345678901\n"
        " name = \"\\\"12345678901\\\\\"; timezone = \"UTC\"; } );",
        "p12345678901"));
    scratch_expect(scratch, "");
    assert_string_equal(scratch->config.communities[0].id, "12345678901234567890");
    assert_string_equal(scratch->config.communities[0].name, "\"12345678901\\");
    scratch_finish(scratch);
}

/* The manual page of the source tree this test was compiled in. */
static void read_manual_page(struct str *out)
{
    char path[4096], block[4096];
    snprintf(path, sizeof path, "%s", __FILE__);
    *strrchr(path, '/') = '\0';
    strcat(path, "/../../man/tourdesk.conf.5.in");
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        str_add_bytes(out, block, n);
    fclose(file);
}

static void the_manual_pages_example_is_good(void **state)
{
    struct scratch *scratch = *state;
    struct str page = {0};
    read_manual_page(&page);
    static const char begin[] = ".Bd -literal -offset indent\n";
    char *example = strstr(page.data, begin);
    assert_non_null(example);
    example += strlen(begin);
    *strstr(example, ".Ed\n") = '\0';
    assert_true(scratch_load(scratch, example, NULL));
    scratch_expect(scratch, "");
    assert_int_equal(scratch->config.community_count, 2);
    scratch_finish(scratch);
    str_finish(&page);
}

static void the_manual_page_has_a_place_for_each_list_of_options(void **state)
{
    (void)state;
    static const char *const markers[] = {
        "\n@TOP_OPTIONS@\n", "\n@PROFILE_OPTIONS@\n", "\n@COMMUNITY_OPTIONS@\n"};
    struct str page = {0};
    read_manual_page(&page);
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
        const char *first = strstr(page.data, markers[i]);
        assert_non_null(first);
        assert_null(strstr(first + 1, markers[i]));
    }
    str_finish(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_setting_is_taken, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            the_profile_named_by_the_caller_goes_before_the_files, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            a_profile_named_by_the_caller_must_exist, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            what_is_not_given_has_its_default, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            every_spelling_of_the_format_is_read, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(good_addresses_are_taken, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            plain_http_leaves_this_machine_under_no_name, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            numbers_that_wrap_round_are_not_taken, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            digits_in_texts_and_names_stay_as_they_are, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            the_manual_pages_example_is_good, scratch_create, scratch_destroy),
        cmocka_unit_test(the_manual_page_has_a_place_for_each_list_of_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
