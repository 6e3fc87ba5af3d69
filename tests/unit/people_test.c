/* Phones, e-mails, names, bedrooms and consent as an office meets them. */
#include "check.h"

#include "tourdesk/base/random.h"
#include "tourdesk/base/text.h"
#include "tourdesk/tour/operation.h"

#include <stdio.h>

static const struct {
    const char *typed, *kept, *local, *wire, *last;
} phones[] = {
    {"2065550155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"(206) 555-0155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"(206)555-0155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"206-555-0155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"206.555.0155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"206/555-0155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {" 206 555 0155 ", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"1 206 555 0155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"1-206-555-0155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"+1 206 555 0155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"+1 (206) 555-0155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"\t+12065550155", "+12065550155", "(206) 555-0155", "2065550155", "0155"},
    {"9995550155", "+19995550155", "(999) 555-0155", "9995550155", "0155"},
    {"+44 20 7946 0018", "+442079460018", "+442079460018", "+442079460018", "0018"},
    {"+52 55 5555 0155", "+525555550155", "+525555550155", "+525555550155", "0155"},
    {"+1234567", NULL, NULL, NULL, NULL}, /* +1 is North America, whatever its length */
    {"+6735550", "+6735550", "+6735550", "+6735550", "5550"},
    {"+999999999999999", "+999999999999999", "+999999999999999", "+999999999999999", "9999"},
};

static void phones_are_kept_as_e164_and_shown_as_people_write_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof phones / sizeof *phones; i++) {
        char kept[PHONE_SIZE] = "", out[PHONE_SIZE];
        struct error error = {""};
        bool good = phone_parse(phones[i].typed, kept, &error);
        check_holds(phones[i].typed, good == (phones[i].kept != NULL), error.text);
        if (!good)
            continue;
        check_text(phones[i].typed, kept, phones[i].kept);
        phone_local(kept, out);
        check_text(phones[i].typed, out, phones[i].local);
        phone_wire(kept, out);
        check_text(phones[i].typed, out, phones[i].wire);
        phone_last_four(kept, out);
        check_text(phones[i].typed, out, phones[i].last);
    }
}

static const char *const bad_phones[][2] = {
    {"", "no digits in it"},
    {"  ", "no digits in it"},
    {"+", "no digits in it"},
    {"()-", "no digits in it"},
    {"555-0155", "3 digits are missing: area code and seven digits"},
    {"206555015", "1 digit is missing: area code and seven digits"},
    {"+1206555015", "1 digit is missing: area code and seven digits"},
    {"20655501556", "1 digit too many; start with + for another country"},
    {"442079460018", "2 digits too many; start with + for another country"},
    {"+120655501556", "1 digit too many; start with + for another country"},
    {"0065550155", "no area code starts with 0"},
    {"1065550155", "no area code starts with 1"},
    {"2060550155", "no number starts with 0 after the area code"},
    {"2061550155", "no number starts with 1 after the area code"},
    {"+0 20 7946 0018", "no country code starts with 0"},
    {"+44 2079", "a number with a country code has 7 to 15 digits"},
    {"+4420794600181234", "a number with a country code has 7 to 15 digits"},
    {"206555015512345678901234567890", "too many digits for a phone number"},
    {"206-555-0155 x12", "a phone number has digits only (\"x12\" is not one)"},
    {"call me", "a phone number has digits only (\"call me\" is not one)"},
    {"206-555-O155", "a phone number has digits only (\"O155\" is not one)"},
    {"ana@example.com", "a phone number has digits only (\"ana@exam\" is not one)"},
    {"206\u2013555", "a phone number has digits only (\"\u2013555\" is not one)"},
    {"\u00E9\u00E9\u00E9a\u4E2D\u4E2D",
        "a phone number has digits only (\"\u00E9\u00E9\u00E9a\" is not one)"},
    {"2065550155;drop", "a phone number has digits only (\";drop\" is not one)"},
};

static void what_cannot_be_a_phone_is_refused_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_phones / sizeof *bad_phones; i++) {
        char out[PHONE_SIZE] = "as it was";
        struct error error = {""};
        check_holds(bad_phones[i][0], !phone_parse(bad_phones[i][0], out, &error), "was taken");
        check_text(bad_phones[i][0], error.text, bad_phones[i][1]);
        check_text(bad_phones[i][0], out, "as it was");
    }
}

/* However a number is written, it is the same number. */
static void any_formatting_of_a_number_is_read(void **state)
{
    (void)state;
    static const char marks[] = " -.()/";
    struct random random = random_seeded(8);
    for (int round = 0; round < 20000; round++) {
        char digits[16], typed[128], want[PHONE_SIZE], got[PHONE_SIZE] = "";
        snprintf(digits, sizeof digits, "%03u%03u%04u", 200 + (unsigned)random_below(&random, 800),
            200 + (unsigned)random_below(&random, 800), (unsigned)random_below(&random, 10000));
        snprintf(want, sizeof want, "+1%s", digits);
        static const char *const prefixes[] = {"", "1", "+1", " 1 ", "+1 "};
        size_t n = (size_t)snprintf(typed, sizeof typed, "%s", prefixes[random_below(&random, 5)]);
        for (const char *p = digits; *p; p++) {
            for (uint64_t k = random_below(&random, 3); n > 0 && k > 0; k--)
                typed[n++] = marks[random_below(&random, sizeof marks - 1)];
            typed[n++] = *p;
        }
        typed[n] = '\0';
        struct error error = {""};
        check_holds(typed, phone_parse(typed, got, &error), error.text);
        check_text(typed, got, want);
        char again[PHONE_SIZE], local[PHONE_SIZE];
        phone_local(got, local);
        assert_true(phone_parse(local, again, NULL));
        check_text(local, again, want);
    }
}

static void what_is_no_e164_is_shown_as_it_is(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"", "", ""}, {"155", "155", ""},
        {"0155", "0155", "0155"}, {"+1206555", "+1206555", "6555"},
        {"+120655501555", "+120655501555", "1555"}, {"call desk", "call desk", "desk"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[PHONE_SIZE];
        phone_local(rows[i][0], out);
        check_text(rows[i][0], out, rows[i][1]);
        phone_wire(rows[i][0], out);
        check_text(rows[i][0], out, rows[i][1]);
        phone_last_four(rows[i][0], out);
        check_text(rows[i][0], out, rows[i][2]);
    }
}

static const char *const good_emails[] = {"ana@example.com", "ana.nunez+tour@mail.example.com",
    "a@b.co", "o'neill@example.com", "n\u00FA\u00F1ez@ex\u00E4mple.com", "ANA@EXAMPLE.COM",
    "1@1.museum", "_x-y@a-b.example"};

static const char *const bad_emails[][2] = {
    {"", "the @ is missing"},
    {"ana", "the @ is missing"},
    {"ana.example.com", "the @ is missing"},
    {"@example.com", "nothing stands before the @"},
    {"ana@@example.com", "there are two @"},
    {"ana@b@example.com", "there are two @"},
    {"ana@example", "the part after @ needs a dot, as in gmail.com"},
    {"ana@", "the part after @ needs a dot, as in gmail.com"},
    {"ana@.com", "the part after @ needs a dot, as in gmail.com"},
    {"ana@example.", "a dot stands where none can"},
    {"ana@example..com", "a dot stands where none can"},
    {"ana.@example.com", "a dot stands where none can"},
    {"ana lee@example.com", "an e-mail address has no spaces, commas or brackets"},
    {"ana@example.com, bo@example.com", "an e-mail address has no spaces, commas or brackets"},
    {"<ana@example.com>", "an e-mail address has no spaces, commas or brackets"},
};

static void e_mails_are_refused_only_where_they_cannot_be_right(void **state)
{
    (void)state;
    struct error error = {""};
    for (size_t i = 0; i < sizeof good_emails / sizeof *good_emails; i++)
        check_holds(good_emails[i], email_check(good_emails[i], &error), error.text);
    for (size_t i = 0; i < sizeof bad_emails / sizeof *bad_emails; i++) {
        check_holds(bad_emails[i][0], !email_check(bad_emails[i][0], &error), "was taken");
        check_text(bad_emails[i][0], error.text, bad_emails[i][1]);
    }
    char longest[EMAIL_SIZE + 8];
    memset(longest, 'a', sizeof longest);
    strcpy(longest + sizeof longest - 7, "@b.com");
    assert_false(email_check(longest, &error));
    assert_string_equal(error.text, "too long for an e-mail address");
}

static const char *const hints[][2] = {
    {"ana@gmial.com", "ana@gmail.com"},
    {"ana@gmail.con", "ana@gmail.com"},
    {"ana@gmail.co", "ana@gmail.com"},
    {"ana@gmai.com", "ana@gmail.com"},
    {"ana@gmaill.com", "ana@gmail.com"},
    {"ana@gamil.con", "ana@gmail.com"},
    {"ana@Gmial.COM", "ana@gmail.com"},
    {"ana@tmail.com", "ana@gmail.com"},
    {"ana@hotmial.com", "ana@hotmail.com"},
    {"ana@hotmal.com", "ana@hotmail.com"},
    {"ana@yaho.com", "ana@yahoo.com"},
    {"ana@yahooo.com", "ana@yahoo.com"},
    {"ana@outlok.com", "ana@outlook.com"},
    {"ana@iclod.com", "ana@icloud.com"},
    {"ana@aol.con", "ana@aol.com"},
    {"n\u00FA\u00F1ez@gmial.com", "n\u00FA\u00F1ez@gmail.com"},
};

static const char *const no_hints[] = {"ana@gmail.com", "ana@GMAIL.com", "ana@hotmail.com",
    "ana@example.org", "ana@example.com", "ana@me.com", "ana@aol.com", "ana@company.com",
    "ana@comcast.com", "ana@nl.com", "ana@university.edu", "ana@x.io", "ana@", "ana", "",
    "ana@averyveryveryveryveryverylongdomainname.com", "ana@\u65E5\u672C.jp"};

static void slips_in_common_domains_are_pointed_out(void **state)
{
    (void)state;
    char out[EMAIL_SIZE] = "";
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        check_holds(hints[i][0], email_hint(hints[i][0], out, sizeof out), "got no hint");
        check_text(hints[i][0], out, hints[i][1]);
    }
    for (size_t i = 0; i < sizeof no_hints / sizeof *no_hints; i++)
        check_holds(no_hints[i], !email_hint(no_hints[i], out, sizeof out), out);
}

static void e_mails_are_compared_without_case(void **state)
{
    (void)state;
    char out[EMAIL_SIZE];
    email_key("Ana.N@Example.COM", out, sizeof out);
    assert_string_equal(out, "ana.n@example.com");
    email_key("\u00C9ve@example.com", out, sizeof out);
    assert_string_equal(out, "\u00C9ve@example.com");
}

static void bedrooms_have_tokens_and_words(void **state)
{
    (void)state;
    static const struct {
        unsigned bit;
        const char *token, *words;
    } rows[] = {{BEDROOMS_STUDIO, "STUDIO", "studio"}, {BEDROOMS_ONE, "1_BEDROOM", "1"},
        {BEDROOMS_TWO, "2_BEDROOMS", "2"}, {BEDROOMS_THREE_OR_MORE, "3_OR_MORE_BEDROOMS", "3+"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[48];
        check_text(rows[i].words, bedrooms_token((enum bedrooms)rows[i].bit), rows[i].token);
        check_number(rows[i].token, bedrooms_from_token(rows[i].token), rows[i].bit);
        bedrooms_format(rows[i].bit, out, sizeof out);
        check_text(rows[i].token, out, rows[i].words);
    }
    assert_int_equal(bedrooms_from_token("1_BEDROOMS"), BEDROOMS_ONE);
    assert_int_equal(bedrooms_from_token("5_BEDROOMS"), 0);
    assert_int_equal(bedrooms_from_token(""), 0);
    assert_null(bedrooms_token(0));
    assert_null(bedrooms_token(BEDROOMS_ONE | BEDROOMS_TWO));
}

static void every_set_of_bedrooms_is_read_back(void **state)
{
    (void)state;
    for (unsigned set = 0; set < 16; set++) {
        char text[48];
        unsigned back = 99;
        bedrooms_format(set, text, sizeof text);
        check_holds(text, bedrooms_parse(text, &back), "was not read");
        check_number(text, back, set);
    }
    static const struct {
        const char *text;
        int set; /* -1 = refused */
    } rows[] = {{"", 0}, {" , ", 0}, {"S", 1}, {"Studio/1", 3}, {"0 1 2", 7}, {"3", 8}, {"4", 8},
        {"1;2", 6}, {"2 2", 4}, {"2_BEDROOMS", 4}, {"5", -1}, {"two", -1}, {"1 x", -1}, {"-1", -1},
        {"1000000000000000000000000000000000000000000000000", -1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned set = 99;
        check_number(rows[i].text, bedrooms_parse(rows[i].text, &set), rows[i].set >= 0);
        check_number(rows[i].text, set, rows[i].set >= 0 ? rows[i].set : 99);
    }
}

static struct profile person(
    const char *first, const char *last, const char *email, const char *phone)
{
    struct profile profile = {0};
    str_copy(profile.first_name, sizeof profile.first_name, first);
    str_copy(profile.last_name, sizeof profile.last_name, last);
    str_copy(profile.email, sizeof profile.email, email);
    str_copy(profile.phone, sizeof profile.phone, phone);
    return profile;
}

static const struct {
    const char *first, *last, *whole, *brief;
} names[] = {
    {"Ana", "N\u00FA\u00F1ez", "Ana N\u00FA\u00F1ez", "Ana N."},
    {"Isa", "", "Isa", "Isa"},
    {"", "Prince", "Prince", "Prince"},
    {"", "", "", ""},
    {"Mary Jo", "van den Berg", "Mary Jo van den Berg", "Mary Jo v."},
    {"Pat", "O'Neill", "Pat O'Neill", "Pat O."},
    {"Linh", "\u0110\u1EB7ng", "Linh \u0110\u1EB7ng", "Linh \u0110."},
    {"Eve", "E\u0301mile", "Eve E\u0301mile", "Eve E\u0301."},
    {"\u592A\u90CE", "\u5C71\u7530", "\u592A\u90CE \u5C71\u7530", "\u592A\u90CE \u5C71."},
};

static void people_have_a_whole_and_a_short_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct profile profile = person(names[i].first, names[i].last, "", "");
        char whole[2 * NAME_SIZE], brief[SHORT_NAME_SIZE];
        profile_full_name(&profile, whole);
        check_text(names[i].whole, whole, names[i].whole);
        short_name(names[i].first, names[i].last, brief);
        check_text(names[i].whole, brief, names[i].brief);
    }
}

static void a_short_name_is_never_cut_within_a_character(void **state)
{
    (void)state;
    for (size_t ascii = 0; ascii < 4; ascii++) {
        char first[NAME_SIZE] = "", last[NAME_SIZE] = "E", brief[SHORT_NAME_SIZE];
        memset(first, 'a', ascii);
        while (strlen(first) + 4 < sizeof first)
            strcat(first, "\u4E2D");
        while (strlen(last) + 3 < sizeof last)
            strcat(last, "\u0301");
        short_name(first, "Lee", brief);
        assert_true(text_valid(brief, strlen(brief)));
        assert_string_equal(brief + strlen(brief) - 3, " L.");
        short_name(first, "", brief);
        assert_true(text_valid(brief, strlen(brief)));
        short_name("Ana", last, brief);
        assert_true(text_valid(brief, strlen(brief)));
    }
}

static void one_contact_in_common_may_be_one_person(void **state)
{
    (void)state;
    static const struct {
        const char *email, *phone, *other_email, *other_phone;
        bool same;
    } rows[] = {
        {"ana@example.com", "", "ANA@example.COM", "", true},
        {"ana@example.com", "+12065550155", "bo@example.com", "+12065550155", true},
        {"ana@example.com", "+12065550155", "ana@example.com", "+12065550142", true},
        {"ana@example.com", "+12065550155", "bo@example.com", "+12065550142", false},
        {"", "", "", "", false},
        {"ana@example.com", "", "", "+12065550155", false},
        {"", "+12065550155", "", "+12065550155", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct profile a = person("", "", rows[i].email, rows[i].phone);
        struct profile b = person("", "", rows[i].other_email, rows[i].other_phone);
        check_number(rows[i].other_email, profile_same_contact(&a, &b), rows[i].same);
        check_number(rows[i].other_email, profile_same_contact(&b, &a), rows[i].same);
    }
}

static void names_are_compared_without_case_and_accents(void **state)
{
    (void)state;
    static const struct {
        const char *first, *last, *other_first, *other_last;
        bool same;
    } rows[] = {
        {"Ana", "N\u00FA\u00F1ez", "ANA", "Nunez", true},
        {"Ana", "Nunez", "Ana Nunez", "", true},
        {"Ana", "Nunez", "Anna", "Nunez", false},
        {"Linh", "\u0110\u1EB7ng", "linh", "dang", true},
        {"Pat", "O\u2019Neill", "Pat", "O'Neill", true},
        {"Pat", "O'Neill", "Pat", "ONeill", false},
        {"J\u00F8rgen", "Brahe", "Jorgen", "Brahe", true},
        {"Ana", "", "Ana", "Nunez", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct profile a = person(rows[i].first, rows[i].last, "", "");
        struct profile b = person(rows[i].other_first, rows[i].other_last, "", "");
        check_number(rows[i].other_last, profile_same_name(&a, &b), rows[i].same);
    }
}

static void consent_has_three_words(void **state)
{
    (void)state;
    static const char *const words[] = {
        [CONSENT_NOT_ASKED] = "not asked", [CONSENT_YES] = "yes", [CONSENT_NO] = "no"};
    for (int i = CONSENT_NOT_ASKED; i <= CONSENT_NO; i++) {
        enum consent back = CONSENT_NOT_ASKED;
        check_text("word", consent_word((enum consent)i), words[i]);
        check_holds(words[i], consent_parse(words[i], &back), "was not read");
        check_number(words[i], back, i);
    }
    enum consent consent = CONSENT_YES;
    assert_false(consent_parse("", &consent));
    assert_false(consent_parse("YES", &consent));
    assert_false(consent_parse("maybe", &consent));
    assert_int_equal(consent, CONSENT_YES);
    assert_int_equal(CONSENT_NOT_ASKED, 0); /* a zeroed booking claims nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phones_are_kept_as_e164_and_shown_as_people_write_them),
        cmocka_unit_test(what_cannot_be_a_phone_is_refused_in_words),
        cmocka_unit_test(any_formatting_of_a_number_is_read),
        cmocka_unit_test(what_is_no_e164_is_shown_as_it_is),
        cmocka_unit_test(e_mails_are_refused_only_where_they_cannot_be_right),
        cmocka_unit_test(slips_in_common_domains_are_pointed_out),
        cmocka_unit_test(e_mails_are_compared_without_case),
        cmocka_unit_test(bedrooms_have_tokens_and_words),
        cmocka_unit_test(every_set_of_bedrooms_is_read_back),
        cmocka_unit_test(people_have_a_whole_and_a_short_name),
        cmocka_unit_test(a_short_name_is_never_cut_within_a_character),
        cmocka_unit_test(one_contact_in_common_may_be_one_person),
        cmocka_unit_test(names_are_compared_without_case_and_accents),
        cmocka_unit_test(consent_has_three_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
