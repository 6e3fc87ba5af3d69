/* Settings that are wrong in a file that is otherwise right: the exact words for each mistake, and
 * what is used instead. */
#include "scratch.h"

#define NOT_NAME_IS_VALUE                                                                          \
    "this is not \"name = value;\"; look here and on the line above for a missing quote, "         \
    "bracket or semicolon, a comma behind the last item, or yes where true is meant\n"

/* Where in the good file a case's text goes. */
enum place { IN_PROFILE, IN_ADDRESS, IN_COMMUNITY, AT_TOP };

static const struct {
    const char *before, *behind;
} frames[] = {
    [IN_PROFILE] = {"profiles = { p = { base_url = \"https://h.example.com\"; key = \"K\";\n",
        " }; };\n" COMMUNITIES},
    [IN_ADDRESS] = {"profiles = { p = { key = \"K\";\nbase_url = \"", "\"; }; };\n" COMMUNITIES},
    [IN_COMMUNITY] = {PROFILES "communities = ( { id = \"a\"; timezone = \"UTC\";\n", " } );\n"},
    [AT_TOP] = {PROFILES COMMUNITIES, "\n"},
};

static const struct {
    const char *name;
    enum place place;
    const char *text;
    bool starts;
    const char *expected;
} cases[] = {
    {"a chosen profile that is not there", AT_TOP, "profile = \"production\";", false,
        ":3: there is no profile \"production\"; there is \"p\"\n"},
    {"an address that is empty", IN_ADDRESS, "", false, ":2: base_url is empty\n"},
    {"an address without a scheme", IN_ADDRESS, "h.example.com", false,
        ":2: base_url must begin with https://\n"},
    {"an address of another scheme", IN_ADDRESS, "ftp://h.example.com", false,
        ":2: base_url must begin with https://\n"},
    {"a plain address of another machine", IN_ADDRESS, "http://h.example.com", false,
        ":2: base_url must begin with https://: http:// is accepted for this machine only\n"},
    {"a plain address that only begins like this machine's", IN_ADDRESS,
        "http://127.0.0.1.example.com", false,
        ":2: base_url must begin with https://: http:// is accepted for this machine only\n"},
    {"a plain address of another machine in numbers", IN_ADDRESS, "http://10.0.0.1", false,
        ":2: base_url must begin with https://: http:// is accepted for this machine only\n"},
    {"an address with a password", IN_ADDRESS, "https://user:pass@h.example.com", false,
        ":2: base_url must not hold a user name or password\n"},
    {"an address that hides its host behind a user", IN_ADDRESS, "http://localhost@h.example.com/",
        false, ":2: base_url must not hold a user name or password\n"},
    {"an address with a query", IN_ADDRESS, "https://h.example.com/?key=secret", false,
        ":2: base_url must not hold a ? or a #\n"},
    {"an address with a space", IN_ADDRESS, "https://h.example .com", false,
        ":2: base_url holds a character that cannot stand in an address\n"},
    {"an address with an empty host", IN_ADDRESS, "https:///v1", false,
        ":2: base_url has no host, or one that is not a host name\n"},
    {"an address with a bad port", IN_ADDRESS, "https://h.example.com:99999", false,
        ":2: base_url has a wrong port behind its host (1 to 65535)\n"},
    {"an address with letters for a port", IN_ADDRESS, "https://h.example.com:https", false,
        ":2: base_url has a wrong port behind its host (1 to 65535)\n"},
    {"an address with an open bracket", IN_ADDRESS, "https://[::1", false,
        ":2: base_url has no host, or one that is not a host name\n"},
    {"an address with a bad IPv6 host", IN_ADDRESS, "https://[zz]/", false,
        ":2: base_url has no host, or one that is not a host name\n"},
    {"an address with a backslash", IN_ADDRESS, "https://h.example.com\\\\@x", false,
        ":2: base_url holds a character that cannot stand in an address\n"},
    {"a setting mistyped at the top", AT_TOP, "them = \"light\";", true,
        ":3: \"them\" is not a setting (did you mean \"theme\"?); it is left out\n"},
    {"a setting mistyped in a profile", IN_PROFILE, "tiemout = 3;", true,
        ":2: \"tiemout\" is not a setting (did you mean \"timeout\"?); it is left out\n"},
    {"a setting mistyped in a community", IN_COMMUNITY, "tour_minuts = 45;", true,
        ":3: \"tour_minuts\" is not a setting (did you mean \"tour_minutes\"?); it is left out\n"},
    {"a setting in another case", AT_TOP, "Theme = \"light\";", true,
        ":3: \"Theme\" is not a setting (did you mean \"theme\"?); it is left out\n"},
    {"a setting nobody knows", AT_TOP, "colour = \"blue\";", true,
        ":3: \"colour\" is not a setting; it is left out\n"},
    {"a group nobody knows", AT_TOP, "window = { width = 80; };", true,
        ":3: \"window\" is not a setting; it is left out\n"},
    {"a profile's setting at the top", AT_TOP, "timeout = 3;", true,
        ":3: \"timeout\" is not a setting here but in a profile; it is left out\n"},
    {"a community's setting in a profile", IN_PROFILE, "timezone = \"UTC\";", true,
        ":2: \"timezone\" is not a setting here but in a community; it is left out\n"},
    {"a top setting in a community", IN_COMMUNITY, "theme = \"dark\";", true,
        ":3: \"theme\" is not a setting here but at the top of the file; it is left out\n"},
    {"a number for a text", AT_TOP, "theme = 5;", true,
        ":3: theme must be a text in quotes; \"dark\" is used\n"},
    {"a text for a number", IN_PROFILE, "timeout = \"20\";", true,
        ":2: timeout must be a whole number without quotes; 20 is used\n"},
    {"a fraction for a whole number", IN_PROFILE, "timeout = 2.5;", true,
        ":2: timeout must be a whole number without quotes; 20 is used\n"},
    {"true for a number", IN_PROFILE, "timeout = true;", true,
        ":2: timeout must be a whole number without quotes; 20 is used\n"},
    {"a group for a text", IN_COMMUNITY, "name = { first = \"x\"; };", true,
        ":3: name must be a text in quotes; it is left out\n"},
    {"a number below its range", IN_PROFILE, "timeout = 1;", true,
        ":2: timeout must be 2 to 120 seconds; 20 is used\n"},
    {"a number above its range", IN_PROFILE, "connect_timeout = 61;", true,
        ":2: connect_timeout must be 1 to 60 seconds; 5 is used\n"},
    {"more than a working day before the lock", AT_TOP, "lock_minutes = 481;", true,
        ":3: lock_minutes must be 0 to 480 minutes; 0 is used\n"},
    {"a word for true or false", AT_TOP, "mouse = \"no\";", true,
        ":3: mouse must be true or false without quotes; true is used\n"},
    {"a text for the group of keys", AT_TOP, "keys = \"n\";", true,
        ":3: keys must be a group of texts, { name = \"text\"; }; it is left out\n"},
    {"a number for an action's keys", AT_TOP, "keys = { book = \"n\";\nvisit = 5; };", true,
        ":4: keys.visit must be a text in quotes; it is left out\n"},
    {"a key of Knock's among the keys of the keyboard", AT_TOP,
        "keys = { prospect_key = \"secret\"; };", true,
        ":3: \"prospect_key\" is not a setting here but in a profile; it is left out\n"},
    {"a negative number", AT_TOP, "undo_seconds = -1;", true,
        ":3: undo_seconds must be 0 to 120 seconds; 10 is used\n"},
    {"a number beyond an int", IN_PROFILE, "timeout = 4294967316;", true,
        ":2: timeout must be 2 to 120 seconds; 20 is used\n"},
    {"a number beyond a long", IN_PROFILE, "timeout = 99999999999999999999999999;", true,
        ":2: timeout must be 2 to 120 seconds; 20 is used\n"},
    {"a negative number beyond an int", IN_PROFILE, "timeout = -4294967276;", true,
        ":2: timeout must be 2 to 120 seconds; 20 is used\n"},
    {"a number beyond an int in hexadecimal", IN_PROFILE, "timeout = 0x100000014;", true,
        ":2: timeout must be 2 to 120 seconds; 20 is used\n"},
    {"a long number", IN_PROFILE, "timeout = 200L;", true,
        ":2: timeout must be 2 to 120 seconds; 20 is used\n"},
    {"a choice that is none", IN_PROFILE, "header_profile = \"public\";", true,
        ":2: header_profile must be \"documented\" or \"gateway\", not \"public\"; \"documented\" "
        "is used\n"},
    {"a choice in another case", IN_PROFILE, "end_time = \"Slot\";", true,
        ":2: end_time must be \"slot\" or \"omit\", not \"Slot\"; \"slot\" is used\n"},
    {"a choice with control characters", IN_PROFILE, "end_time = \"sl\\x1b[31mot\";", true,
        ":2: end_time must be \"slot\" or \"omit\", not \"sl\xef\xbf\xbd[31mot\"; \"slot\" is "
        "used\n"},
    {"the gateway without a company", IN_PROFILE, "header_profile = \"gateway\";", true,
        ":1: header_profile \"gateway\" goes with a company_id, which profile \"p\" has not; its "
        "header is left out\n"},
    {"a key with a space", IN_PROFILE, "prospect_key = \"a secret\";", false,
        ":2: prospect_key must be letters, digits and signs of ASCII, without spaces\n"},
    {"a key with a control character", IN_PROFILE, "appointment_key = \"secret\\x07\";", false,
        ":2: appointment_key must be letters, digits and signs of ASCII, without spaces\n"},
    {"a key with an accent", IN_PROFILE,
        "prospect_key = \"s\xc3\xa9"
        "cret\";",
        false, ":2: prospect_key must be letters, digits and signs of ASCII, without spaces\n"},
    {"a key with an escaped NUL", IN_PROFILE, "prospect_key = \"sec\\x00ret\";", false,
        ":2: prospect_key must be letters, digits and signs of ASCII, without spaces\n"},
    {"a key that is a number", IN_PROFILE, "prospect_key = 12345;", false,
        ":2: prospect_key must be a text in quotes\n"},
    {"a key and a variable", IN_PROFILE, "key_env = \"KNOCK_KEY\";", true,
        ":1: profile \"p\" has key as well as key_env; key is used\n"},
    {"a key, a variable and a command", IN_PROFILE,
        "key_env = \"KNOCK_KEY\"; key_command = \"pass knock\";", true,
        ":1: profile \"p\" has key as well as key_env and key_command; key is used\n"},
    {"units twice, case and spaces aside", IN_COMMUNITY,
        "units = [ \"M6-202\", \"101\", \"m6 - 202\", \"101 \" ];", true,
        ":3: units has \"101\" and \"101\", which are one unit to Knock; the first is used\n"
        ":3: units has \"M6-202\" and \"m6 - 202\", which are one unit to Knock; the first is "
        "used\n"},
    {"units as numbers", IN_COMMUNITY, "units = [ 101, 102 ];", true,
        ":3: units holds 2 that are not in quotes; they are left out\n"},
    {"units in a list with a number", IN_COMMUNITY, "units = ( \"101\", 102 );", true,
        ":3: units holds 1 that is not in quotes; they are left out\n"},
    {"units of two kinds", IN_COMMUNITY, "units = [ \"101\", 102 ];", false,
        ":3: the items of a list in [ ] must be of one kind; put each of them in quotes\n"},
    {"units as one text", IN_COMMUNITY, "units = \"101\";", true,
        ":3: units must be a list of texts, [ \"101\", \"102\" ]; it is left out\n"},
    {"units with an empty name", IN_COMMUNITY, "units = [ \"101\", \" \" ];", true,
        ":3: units holds an empty name; it is left out\n"},
    {"a unit with a control character", IN_COMMUNITY, "units = [ \"10\\x1b1\" ];", true,
        ":3: units holds characters that cannot be shown; \"10\xef\xbf\xbd"
        "1\" is used\n"},
    {"a name with control characters", IN_COMMUNITY, "name = \"Har\\x1b[2Jbor\\x07\";", true,
        ":3: name holds characters that cannot be shown; \"Har\xef\xbf\xbd[2Jbor\xef\xbf\xbd\" is "
        "used\n"},
    {"a name with a bidirectional override", IN_COMMUNITY,
        "name = \"Harbor\xe2\x80\xae"
        "Flats\";",
        true,
        ":3: name holds characters that cannot be shown; \"Harbor\xef\xbf\xbd"
        "Flats\" is used\n"},
    {"a name of invalid UTF-8", IN_COMMUNITY, "name = \"Harb\xf6r\";", true,
        ":3: name holds characters that cannot be shown; \"Harb\xef\xbf\xbdr\" is used\n"},
    {"initials that are too long", AT_TOP, "agent = \"ABCDEFGHIJ\";", true,
        ":3: agent is longer than 8 characters; \"ABCDEFGH\" is used\n"},
    {"a phone with too few digits", AT_TOP, "agent_phone = \"555 0155\";", true,
        ":3: agent_phone is no telephone number: 3 digits are missing: area code and seven "
        "digits; it is left out\n"},
    {"a phone that is a word", AT_TOP, "agent_phone = \"desk\";", true,
        ":3: agent_phone is no telephone number: a phone number has digits only (\"desk\" is not "
        "one); it is left out\n"},
    {"a sentence that is empty", IN_COMMUNITY, "sms_consent_text = \"\";", true,
        ":3: sms_consent_text is empty; \"May we text you about this tour? Messag\xe2\x80\xa6\" is "
        "used\n"},
    {"a page that is no address", IN_COMMUNITY, "sms_consent_url = \"terms.example.com\";", true,
        ":3: sms_consent_url must begin with https://; it is left out\n"},
    {"a page with a password", IN_COMMUNITY, "sms_consent_url = \"https://u:p@terms.example.com\";",
        true, ":3: sms_consent_url must not hold a user name or password; it is left out\n"},
    {"tours that are too short", IN_COMMUNITY, "tour_minutes = 4;", true,
        ":3: tour_minutes must be 5 to 240 minutes; 30 is used\n"},
    {"a text that never ends", AT_TOP, "theme = \"dark;", false,
        ":3: the text that begins here never ends: its closing quote is missing\n"},
    {"a quote left out in a list of units", IN_COMMUNITY, "units = [ \"101,\n \"102\" ];", false,
        ":3: the text that begins here goes on over the end of its line, and line 4 then makes no "
        "sense: is a closing quote missing?\n"},
    {"a slip behind a sentence over two lines", IN_COMMUNITY,
        "sms_consent_text = \"May we\n text you?\"; name = \"A\";\n\n\nsource = Web;", false,
        ":7: " NOT_NAME_IS_VALUE},
    {"a comment that never ends", AT_TOP, "theme = \"dark\"; /* the colours", false,
        ":3: the comment that begins here never ends: its */ is missing\n"},
    {"a missing equals sign", AT_TOP, "theme \"dark\";", false, ":3: " NOT_NAME_IS_VALUE},
    {"a missing value", AT_TOP, "theme = ;", false, ":3: " NOT_NAME_IS_VALUE},
    {"a word without quotes", AT_TOP, "\ntheme = dark;", false, ":4: " NOT_NAME_IS_VALUE},
    {"single quotes", AT_TOP, "theme = 'dark';", false, ":3: " NOT_NAME_IS_VALUE},
    {"curly quotes", AT_TOP,
        "theme = \xe2\x80\x9c"
        "dark\xe2\x80\x9d;",
        false,
        ":3: a character beyond ASCII stands outside quotes here (are these the plain quotes, "
        "\"?)\n"},
    {"a bracket too many", AT_TOP, "}", false, ":3: " NOT_NAME_IS_VALUE},
    {"a comma behind the last unit", IN_COMMUNITY, "units = [ \"101\", ];", false,
        ":3: " NOT_NAME_IS_VALUE},
    {"a name given twice", AT_TOP, "theme = \"dark\";\ntheme = \"light\";", false,
        ":4: a name is given here that its group has already\n"},
};

static bool load_in(struct scratch *scratch, enum place place, const char *text)
{
    struct str file = {0};
    str_addf(&file, "%s%s%s", frames[place].before, text, frames[place].behind);
    bool starts = scratch_load(scratch, str_text(&file), NULL);
    str_finish(&file);
    return starts;
}

static void each_is_reported_with_its_line(void **state)
{
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool starts = load_in(scratch, cases[i].place, cases[i].text);
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

/* A text of `length` times the letter x. */
static void expect_with_length(struct scratch *scratch, enum place place, const char *format,
    size_t length, bool starts, const char *expected)
{
    char letters[2048];
    assert_true(length < sizeof letters);
    memset(letters, 'x', length);
    letters[length] = '\0';
    char text[4096];
    char *mark = strchr(format, '~');
    snprintf(text, sizeof text, "%.*s%s%s", (int)(mark - format), format, letters, mark + 1);
    assert_int_equal(load_in(scratch, place, text), starts);
    scratch_expect(scratch, expected);
    scratch_finish(scratch);
}

static void what_is_too_long_is_cut_or_refused(void **state)
{
    static const struct {
        enum place place;
        const char *text; /* ~ stands for the letters */
        size_t most;      /* letters that fit */
        bool starts;
        const char *expected; /* for one more */
    } limits[] = {
        {IN_ADDRESS, "https://h.example.com/~", 489, false,
            ":2: base_url is longer than 511 characters\n"},
        {IN_ADDRESS, "https://~", 255, false,
            ":2: base_url has no host, or one that is not a host name\n"},
        {IN_PROFILE, "prospect_key = \"~\";", 255, false,
            ":2: prospect_key is longer than 255 characters\n"},
        {IN_PROFILE, "company_id = \"~\";", 63, true,
            ":2: company_id is longer than 63 characters; it is left out\n"},
        {IN_COMMUNITY, "units = [ \"~\" ];", 63, true,
            ":3: units holds a name longer than 63 characters; it is left out\n"},
        {IN_COMMUNITY, "name = \"~\";", 127, true,
            ":3: name is longer than 127 bytes; the rest is cut off\n"},
        {IN_COMMUNITY, "source = \"~\";", 127, true,
            ":3: source is longer than 127 bytes; the rest is cut off\n"},
        {IN_COMMUNITY, "sms_consent_text = \"~\";", 1023, true,
            ":3: sms_consent_text is longer than 1023 bytes; the rest is cut off\n"},
        {AT_TOP, "agent = \"~\";", 8, true,
            ":3: agent is longer than 8 characters; \"xxxxxxxx\" is used\n"},
    };
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        expect_with_length(scratch, limits[i].place, limits[i].text, limits[i].most, true, "");
        expect_with_length(scratch, limits[i].place, limits[i].text, limits[i].most + 1,
            limits[i].starts, limits[i].expected);
    }
    expect_with_length(scratch, IN_ADDRESS, "https://~", 300, false,
        ":2: base_url has a host name that is too long\n");
    expect_with_length(scratch, AT_TOP, "~ = 1;", 300, true,
        ":3: \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\xe2\x80\xa6\" is not a setting; it is left "
        "out\n");
}

/* Initials are counted as people see them. */
static void initials_are_cut_between_characters(void **state)
{
    struct scratch *scratch = *state;
    load_in(scratch, AT_TOP, "agent = \"A\xcc\x81\xc3\x89IOUA\xcc\x81\xc3\x89IO\";");
    assert_string_equal(scratch->config.agent, "\xc3\x81\xc3\x89IOU\xc3\x81\xc3\x89I");
    scratch_finish(scratch);
}

static void the_defaults_hold_where_a_value_is_refused(void **state)
{
    struct scratch *scratch = *state;
    load_in(scratch, IN_PROFILE, "timeout = 4294967316; connect_timeout = 0; end_time = 5;");
    assert_int_equal(scratch->config.profile.timeout, 20);
    assert_int_equal(scratch->config.profile.connect_timeout, 5);
    assert_int_equal(scratch->config.profile.end_time, END_TIME_SLOT);
    scratch_finish(scratch);

    load_in(scratch, IN_COMMUNITY,
        "tour_minutes = -99999999999; units = [ \"M6-202\", \"101\", \"m6 - 202\", \"102\" ];");
    const struct community *community = scratch->config.communities;
    assert_int_equal(community->tour_minutes, 30);
    assert_int_equal(community->unit_count, 3);
    assert_string_equal(community->units[0], "M6-202");
    assert_string_equal(community->units[1], "101");
    assert_string_equal(community->units[2], "102");
    scratch_finish(scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_is_reported_with_its_line, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            what_is_too_long_is_cut_or_refused, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            initials_are_cut_between_characters, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            the_defaults_hold_where_a_value_is_refused, scratch_create, scratch_destroy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
