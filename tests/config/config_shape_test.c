/* Files that are wrong as a whole: the exact words for each mistake of shape. */
#include "scratch.h"

#define PROFILES_FORM "profiles = { NAME = { base_url = \"https://...\"; key = \"...\"; }; };\n"
#define COMMUNITIES_FORM                                                                           \
    "communities = ( { id = \"...\"; name = \"...\"; timezone = \"...\"; } );\n"
#define NOT_NAME_IS_VALUE                                                                          \
    "this is not \"name = value;\"; look here and on the line above for a missing quote, "         \
    "bracket or semicolon, a comma behind the last item, or yes where true is meant\n"
#define UNKNOWN_ZONE " is not a zone this system knows (names look like America/Los_Angeles)"

static const struct {
    const char *name, *text;
    bool starts;
    const char *expected;
} cases[] = {
    {"an empty file", "", false,
        ": profiles is missing; write " PROFILES_FORM
        ": communities is missing; write " COMMUNITIES_FORM},
    {"only comments",
        "# nothing\n"
        "/* here */ // yet\n",
        false,
        ": profiles is missing; write " PROFILES_FORM
        ": communities is missing; write " COMMUNITIES_FORM},
    {"white space only",
        "  \n"
        "\t\n",
        false,
        ": profiles is missing; write " PROFILES_FORM
        ": communities is missing; write " COMMUNITIES_FORM},
    {"no profiles", COMMUNITIES, false, ": profiles is missing; write " PROFILES_FORM},
    {"no communities", PROFILES, false, ": communities is missing; write " COMMUNITIES_FORM},
    {"profiles as a list",
        "profiles = ( { base_url = \"https://h.example.com\"; key = \"K\"; } );\n" COMMUNITIES,
        false, ":1: profiles must be a group in braces; write " PROFILES_FORM},
    {"communities as a group",
        PROFILES "communities = { a = { id = \"a\"; timezone = \"UTC\"; }; };\n", false,
        ":2: communities must be a list in round brackets; write " COMMUNITIES_FORM},
    {"communities as a text", PROFILES "communities = \"a\";\n", false,
        ":2: communities must be a list in round brackets; write " COMMUNITIES_FORM},
    {"no profile in profiles", "profiles = { };\n" COMMUNITIES, false,
        ":1: there is no profile in profiles\n"},
    {"an empty list of communities", PROFILES "communities = ( );\n", false,
        ":2: there is no community that can be used\n"},
    {"two profiles and none chosen",
        "profiles = {\n"
        " a = { base_url = \"https://a.example.com\"; key = \"K\"; };\n"
        " b = { base_url = \"https://b.example.com\"; key = \"K\"; }; };\n" COMMUNITIES,
        false, ":1: no profile is chosen; write profile = \"NAME\"; or give --profile NAME\n"},
    {"a chosen profile that is mistyped",
        "profile = \"stgae\";\n"
        "profiles = { stage = { base_url = \"https://a.example.com\"; key = \"K\"; };\n"
        " b = { base_url = \"https://b.example.com\"; key = \"K\"; }; };\n" COMMUNITIES,
        false, ":1: there is no profile \"stgae\" (did you mean \"stage\"?)\n"},
    {"the chosen profile is not a group",
        "profile = \"p\";\n"
        "profiles = { p = 1;\n"
        " q = \"x\"; };\n" COMMUNITIES,
        false,
        ":2: profile \"p\" must be a group in braces, { }\n"
        ":3: profile \"q\" must be a group in braces, { }; it cannot be used\n"},
    {"a profile without an address", "profiles = { p = { key = \"K\"; }; };\n" COMMUNITIES, false,
        ":1: profile \"p\" has no base_url\n"},
    {"another profile without an address",
        "profile = \"p\";\n"
        "profiles = { p = { base_url = \"https://h.example.com\"; key = \"K\"; };\n"
        " q = { key = \"K\"; }; };\n" COMMUNITIES,
        true, ":3: profile \"q\" has no base_url; it cannot be used\n"},
    {"a plain address in a profile not chosen",
        "profile = \"p\";\n"
        "profiles = { p = { base_url = \"https://h.example.com\"; key = \"K\"; };\n"
        " q = { key = \"K\"; base_url = \"http://h.example.com\"; }; };\n" COMMUNITIES,
        true,
        ":3: base_url must begin with https://: http:// is accepted for this machine only; profile "
        "\"q\" cannot be used\n"},
    {"a bad key in a profile not chosen",
        "profile = \"p\";\n"
        "profiles = { p = { base_url = \"https://h.example.com\"; key = \"K\"; };\n"
        " q = { key = \"a secret\"; base_url = \"https://h.example.com\"; }; };\n" COMMUNITIES,
        true,
        ":3: key must be letters, digits and signs of ASCII, without spaces; profile \"q\" cannot "
        "be used\n"},
    {"no key at all",
        "profiles = { p = { base_url = \"https://h.example.com\"; }; };\n" COMMUNITIES, true,
        ":1: profile \"p\" has no key for anything (key, key_env or key_command); such requests "
        "cannot be sent\n"},
    {"an empty key",
        "profiles = { p = { base_url = \"https://h.example.com\"; key = \"\"; }; };\n" COMMUNITIES,
        true,
        ":1: profile \"p\" has no key for anything (key, key_env or key_command); such requests "
        "cannot be sent\n"},
    {"a key for prospects only",
        "profiles = { p = { base_url = \"https://h.example.com\"; prospect_key = \"K\"; }; "
        "};\n" COMMUNITIES,
        true,
        ":1: profile \"p\" has no key for appointments (key, key_env or key_command); such "
        "requests cannot be sent\n"},
    {"a key for appointments only",
        "profiles = { p = { base_url = \"https://h.example.com\"; appointment_key = \"K\"; }; "
        "};\n" COMMUNITIES,
        true,
        ":1: profile \"p\" has no key for prospects and visits (key, key_env or key_command); such "
        "requests cannot be sent\n"},
    {"a variable and a command",
        "profiles = { p = { base_url = \"https://h.example.com\"; key_env = \"KNOCK_KEY\"; "
        "key_command = \"pass knock\"; }; };\n" COMMUNITIES,
        true,
        ":1: profile \"p\" has key_env as well as key_command; key_command is used only while the "
        "variable is not set\n"},
    {"a variable with a bad name",
        "profiles = { p = { base_url = \"https://h.example.com\";\n"
        "key_env = \"3-secret-key\"; }; };\n" COMMUNITIES,
        false, ":2: key_env must be the name of an environment variable\n"},
    {"a command over two lines",
        "profiles = { p = { base_url = \"https://h.example.com\";\n"
        "key_command = \"echo secret\n"
        "echo\"; }; };\n" COMMUNITIES,
        false, ":2: key_command must be one line without control characters\n"},
    {"a community that is not a group",
        PROFILES "communities = ( \"a\", { id = \"a\"; timezone = \"UTC\"; } );\n", true,
        ":2: item 1 of communities must be a group in braces, { }; it is left out\n"},
    {"a community without an id",
        PROFILES "communities = ( { name = \"A\"; timezone = \"UTC\"; },\n"
                 " { id = \"b\"; timezone = \"UTC\"; } );\n",
        true, ":2: this community has no id; it is left out\n"},
    {"a community with a number for its id",
        PROFILES "communities = ( { id = 12345; timezone = \"UTC\"; },\n"
                 " { id = \"b\"; timezone = \"UTC\"; } );\n",
        true, ":2: id must be a text in quotes; this community is left out\n"},
    {"a community with a space in its id",
        PROFILES "communities = ( { id = \"a b\"; timezone = \"UTC\"; },\n"
                 " { id = \"b\"; timezone = \"UTC\"; } );\n",
        true,
        ":2: id must be letters, digits and signs of ASCII, without spaces; this community is left "
        "out\n"},
    {"a community without a zone",
        PROFILES "communities = ( { id = \"a\"; },\n"
                 " { id = \"b\"; timezone = \"UTC\"; } );\n",
        true, ":2: this community has no timezone; it is left out\n"},
    {"the only community without a zone", PROFILES "communities = ( { id = \"a\"; } );\n", false,
        ":2: this community has no timezone; it is left out\n"
        ":2: there is no community that can be used\n"},
    {"a community with an unknown zone",
        PROFILES "communities = ( { id = \"a\"; timezone = \"Pacific\"; },\n"
                 " { id = \"b\"; timezone = \"UTC\"; } );\n",
        true, ":2: timezone \"Pacific\"" UNKNOWN_ZONE "; this community is left out\n"},
    {"the only community with an unknown zone",
        PROFILES "communities = (\n"
                 " { id = \"a\"; timezone = \"America/Los_Angels\"; } );\n",
        false,
        ":2: there is no community that can be used\n"
        ":3: timezone \"America/Los_Angels\"" UNKNOWN_ZONE "; this community is left out\n"},
    {"a zone that is a path",
        PROFILES "communities = ( { id = \"a\"; timezone = \"../../etc/passwd\"; } );\n", false,
        ":2: timezone \"../../etc/passwd\"" UNKNOWN_ZONE "; this community is left out\n"
        ":2: there is no community that can be used\n"},
    {"two communities with one id",
        PROFILES "communities = ( { id = \"a\"; name = \"A\"; timezone = \"UTC\"; },\n"
                 " { id = \"a\"; name = \"B\"; timezone = \"UTC\"; } );\n",
        false, ":3: another community has the id \"a\" already\n"},
    {"two communities with one name",
        PROFILES "communities = ( { id = \"a\"; name = \"Elm\"; timezone = \"UTC\"; },\n"
                 " { id = \"b\"; name = \"ELM\"; timezone = \"UTC\"; } );\n",
        true, ":3: another community has the same name; \"ELM (b)\" is used\n"},
    {"a quote left out before other texts",
        "profiles = { p = { base_url = \"https://h.example.com;\n"
        " key = \"K\"; }; };\n" COMMUNITIES,
        false,
        ":1: the text that begins here goes on over the end of its line, and line 3 then makes no "
        "sense: is a closing quote missing?\n"},
    {"a quote left out at the end of the file",
        "profiles = {\n"
        " p = {\n"
        " base_url = \"https://h.example.com\";\n"
        " key = \"K\"; }; };\n"
        "communities = ( {\n"
        " id = \"a\";\n"
        " timezone = \"UTC;\n"
        "} );\n",
        false, ":7: the text that begins here never ends: its closing quote is missing\n"},
    {"a bracket too few",
        "profiles = { p = { base_url = \"https://h.example.com\"; key = \"K\"; };\n" COMMUNITIES,
        false, ":3: " NOT_NAME_IS_VALUE},
    {"a profile given twice",
        "profiles = { p = { base_url = \"https://h.example.com\"; key = \"K\"; };\n"
        " p = { key = \"L\"; }; };\n" COMMUNITIES,
        false, ":2: a name is given here that its group has already\n"},
    {"an include", "@include \"keys.conf\"\n" PROFILES COMMUNITIES, false,
        ":1: @include is not accepted: what it brings in would not be checked; write everything in "
        "this file\n"},
    {"an include by its full path",
        PROFILES "  @include\t\"/etc/tourdesk/keys.conf\"\n" COMMUNITIES, false,
        ":2: @include is not accepted: what it brings in would not be checked; write everything in "
        "this file\n"},
    {"binary junk",
        "\x7f"
        "ELF\x02\x01\x01\x03\xff\xfe\x80\x0c",
        false,
        ":1: a character beyond ASCII stands outside quotes here (are these the plain quotes, "
        "\"?)\n"},
};

static void each_is_reported_with_its_line(void **state)
{
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool starts = scratch_load(scratch, cases[i].text, NULL);
        struct str lines = {0};
        scratch_report(scratch, &lines);
        if (strcmp(str_text(&lines), cases[i].expected) != 0)
            fail_msg(
                "%s:\nexpected\n%sgot\n%s", cases[i].name, cases[i].expected, str_text(&lines));
        if (starts != cases[i].starts)
            fail_msg("%s: the program %s", cases[i].name, starts ? "starts" : "does not start");
        assert_null(strstr(str_text(&lines), "secret"));
        str_finish(&lines);
        scratch_finish(scratch);
    }
}

static void a_file_full_of_mistakes_is_reported_at_once(void **state)
{
    struct scratch *scratch = *state;
    assert_false(scratch_load(scratch,
        "profile = \"p\";\n"
        "them = \"light\";\n"
        "undo_seconds = 500;\n"
        "agent = \"ABCDEFGHIJ\";\n"
        "profiles = {\n"
        "  p = {\n"
        "    base_url = \"http://h.example.com\";\n"
        "    key = \"a secret\";\n"
        "    timeout = \"20\";\n"
        "    end_tme = \"slot\";\n"
        "  };\n"
        "};\n"
        "communities = (\n"
        "  { name = \"No Id\"; },\n"
        "  { id = \"a\"; timezone = \"UTC\"; tour_minutes = 1000;\n"
        "    units = [ \"1\", \"1\" ]; },\n"
        "  { id = \"a\"; timezone = \"UTC\"; }\n"
        ");\n",
        NULL));
    scratch_expect(scratch,
        ":2: \"them\" is not a setting (did you mean \"theme\"?); it is left out\n"
        ":3: undo_seconds must be 0 to 120 seconds; 10 is used\n"
        ":4: agent is longer than 8 characters; \"ABCDEFGH\" is used\n"
        ":7: base_url must begin with https://: http:// is accepted for this machine only\n"
        ":8: key must be letters, digits and signs of ASCII, without spaces\n"
        ":9: timeout must be a whole number without quotes; 20 is used\n"
        ":10: \"end_tme\" is not a setting (did you mean \"end_time\"?); it is left out\n"
        ":14: this community has no id; it is left out\n"
        ":14: this community has no timezone; it is left out\n"
        ":15: tour_minutes must be 5 to 240 minutes; 30 is used\n"
        ":16: units has \"1\" and \"1\", which are one unit to Knock; the first is used\n"
        ":17: another community has the id \"a\" already\n");
    assert_int_equal(scratch->report.fatal_count, 3);
    scratch_finish(scratch);
}

/* What cannot be written as a text of C. */
static void junk_is_refused_in_words(void **state)
{
    static const struct {
        size_t length;
        const char *bytes, *expected;
    } junk[] = {
        {6, "\xff\xfep\0r\0", ":1: there is a NUL byte here; this is not a text file\n"},
        {15, "theme = \"da\0rk\"", ":1: there is a NUL byte here; this is not a text file\n"},
        {12, "# one\n# tw\0o", ":2: there is a NUL byte here; this is not a text file\n"},
        {8, "/* \0 */\n", ":1: there is a NUL byte here; this is not a text file\n"},
    };
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++) {
        scratch_write(junk[i].bytes, junk[i].length, 0600);
        assert_false(config_load(CONF, NULL, &scratch->config, &scratch->report));
        scratch_expect(scratch, junk[i].expected);
        scratch_finish(scratch);
    }
}

static void add_many(struct str *file, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        str_add(file, text);
}

static void deep_nesting_is_refused_in_words(void **state)
{
    struct scratch *scratch = *state;
    struct str file = {0};
    str_add(&file, PROFILES COMMUNITIES "x = ");
    add_many(&file, "(", 20000);
    assert_false(scratch_load(scratch, str_text(&file), NULL));
    scratch_expect(scratch, ":3: the brackets are nested too deeply\n");
    scratch_finish(scratch);

    str_clear(&file);
    str_add(&file, PROFILES COMMUNITIES "x = ");
    add_many(&file, "( ", 1000);
    add_many(&file, ") ", 1000);
    assert_true(scratch_load(scratch, str_text(&file), NULL));
    scratch_expect(scratch, ":3: \"x\" is not a setting; it is left out\n");
    scratch_finish(scratch);
    str_finish(&file);
}

static void a_huge_file_is_refused_in_words(void **state)
{
    struct scratch *scratch = *state;
    struct str file = {0};
    str_add(&file, PROFILES COMMUNITIES);
    add_many(&file, "# 16 characters\n", 65536);
    assert_false(scratch_load(scratch, str_text(&file), NULL));
    scratch_expect(scratch, ": is larger than 1024 KiB; it cannot be a configuration\n");
    scratch_finish(scratch);

    file.data[1024 * 1024] = '\0';
    assert_true(scratch_load(scratch, str_text(&file), NULL));
    scratch_expect(scratch, "");
    scratch_finish(scratch);
    str_finish(&file);
}

/* Nobody reads thousands of lines, and collecting them must not hang. */
static void warnings_beyond_reading_are_counted(void **state)
{
    struct scratch *scratch = *state;
    struct str file = {0}, lines = {0};
    str_add(&file, PROFILES COMMUNITIES);
    for (int i = 0; i < 1000; i++)
        str_addf(&file, "nothing%d = 1;\n", i);
    str_add(&file, "profile = \"q\";\n");
    assert_false(scratch_load(scratch, str_text(&file), NULL));
    assert_int_equal(scratch->report.count, CONFIG_WARNINGS_KEPT + 1);
    assert_int_equal(scratch->report.left_out, 1000 - CONFIG_WARNINGS_KEPT);
    config_report_print(&scratch->report, &lines);
    assert_non_null(
        strstr(str_text(&lines), "\n" CONF ":1003: there is no profile \"q\"; there is \"p\"\n" CONF
                                 ": and 800 more warnings\n"));
    scratch_finish(scratch);
    str_finish(&lines);
    str_finish(&file);
}

static void communities_beyond_the_limit_are_left_out(void **state)
{
    struct scratch *scratch = *state;
    struct str file = {0};
    str_add(&file, PROFILES "communities = (");
    for (int i = 0; i < COMMUNITIES_MOST + 1; i++)
        str_addf(&file, "%s{ id = \"%d\"; timezone = \"UTC\"; }", i ? "," : "", i);
    str_add(&file, ");");
    assert_true(scratch_load(scratch, str_text(&file), NULL));
    scratch_expect(scratch, ":2: communities holds 201; the first 200 are used\n");
    assert_int_equal(scratch->config.community_count, COMMUNITIES_MOST);
    scratch_finish(scratch);
    str_finish(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_is_reported_with_its_line, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            a_file_full_of_mistakes_is_reported_at_once, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(junk_is_refused_in_words, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            deep_nesting_is_refused_in_words, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            a_huge_file_is_refused_in_words, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            warnings_beyond_reading_are_counted, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            communities_beyond_the_limit_are_left_out, scratch_create, scratch_destroy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
