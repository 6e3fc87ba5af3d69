/* JSON from outside: every digit of an id, every limit, and nothing that is cut in silence. */
#include "../unit/check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/knock/json.h"

#include <stdlib.h>

static cJSON *read_text(const char *text)
{
    return json_read(text, strlen(text), NULL);
}

static void expect_error(const char *text, size_t length, const char *words)
{
    struct error error = {""};
    cJSON *value = json_read(text, length, &error);
    bool read = value != NULL;
    cJSON_Delete(value);
    check_holds(text, !read, "was read");
    check_contains(text, error.text, words);
}

static void a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    cJSON *value = read_text("\xEF\xBB\xBF{\"id\":\"5\"}");
    char id[8];
    assert_true(json_text(value, "id", id, sizeof id));
    assert_string_equal(id, "5");
    cJSON_Delete(value);
    expect_error("\xEF\xBB\xBF", 3, "empty");
    expect_error("\xEF\xBB{}", 4, "not JSON");
}

static void an_id_keeps_every_digit(void **state)
{
    (void)state;
    static const struct {
        const char *number, *text;
    } rows[] = {
        {"0", "0"},
        {"7", "7"},
        {"-7", "-7"},
        {"999999999999999", "999999999999999"},
        {"1000000000000000", "1000000000000000"},
        {"9007199254740993", "9007199254740993"},         /* 2^53 + 1: no double is exactly that */
        {"18446744073709551615", "18446744073709551615"}, /* 2^64 - 1 */
        {"12345678901234567890", "12345678901234567890"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"98765432109876543210987654321", "98765432109876543210987654321"},
        {"1.5", "1.5"},
        {"1e3", "1000"},
        {"100000000000000000000.5", "1e+20"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str text = {0};
        char got[64] = "";
        str_addf(&text, "{\"a\":[%s],\"id\":%s}", rows[i].number, rows[i].number);
        cJSON *value = read_text(str_text(&text));
        check_holds(rows[i].number, value != NULL, "was not read");
        check_holds(rows[i].number, json_text(value, "id", got, sizeof got), "gave no text");
        check_text(rows[i].number, got, rows[i].text);
        cJSON_Delete(value);
        str_finish(&text);
    }
}

static void digits_inside_a_string_are_left_alone(void **state)
{
    (void)state;
    cJSON *value = read_text("{\"12345678901234567890\":\"a \\\"12345678901234567890\\\" b\\\\\"}");
    char got[64];
    assert_true(json_text(value, "12345678901234567890", got, sizeof got));
    assert_string_equal(got, "a \"12345678901234567890\" b\\");
    cJSON_Delete(value);
}

static void a_number_without_an_end_is_none(void **state)
{
    (void)state;
    static const char *const numbers[] = {"1e999", "-1e999"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct str text = {0};
        char got[64] = "before";
        str_addf(&text, "{\"id\":%s}", numbers[i]);
        cJSON *value = read_text(str_text(&text));
        check_holds(numbers[i], !json_text(value, "id", got, sizeof got), "counts as a text");
        check_text(numbers[i], got, "");
        cJSON_Delete(value);
        str_finish(&text);
    }
}

/* `depth` brackets of the kind, with text in the innermost. */
static void nest(struct str *out, size_t depth, const char *open, const char *close)
{
    for (size_t i = 0; i < depth; i++)
        str_add(out, open);
    str_add(out, "1");
    for (size_t i = 0; i < depth; i++)
        str_add(out, close);
}

static void nesting_of_64_is_read_and_of_65_is_not(void **state)
{
    (void)state;
    static const char *const brackets[][2] = {{"[", "]"}, {"{\"a\":", "}"}, {"[\"]\",", "]"}};
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        struct str fits = {0}, deep = {0};
        nest(&fits, JSON_DEPTH, brackets[i][0], brackets[i][1]);
        nest(&deep, JSON_DEPTH + 1, brackets[i][0], brackets[i][1]);
        cJSON *value = read_text(str_text(&fits));
        check_holds(brackets[i][0], value != NULL, "64 levels were not read");
        cJSON_Delete(value);
        expect_error(deep.data, deep.length, "nested deeper than 64 levels");
        str_finish(&fits);
        str_finish(&deep);
    }
    struct str bomb = {0};
    for (int i = 0; i < 1000000; i++)
        str_add_char(&bomb, '[');
    expect_error(bomb.data, bomb.length, "nested deeper");
    str_finish(&bomb);
}

static void brackets_in_a_string_are_no_nesting(void **state)
{
    (void)state;
    struct str text = {0};
    str_add(&text, "[\"");
    for (int i = 0; i < 200; i++)
        str_add(&text, "[{\\\"");
    str_add(&text, "\"]");
    cJSON *value = read_text(str_text(&text));
    assert_non_null(value);
    cJSON_Delete(value);
    str_finish(&text);
}

static void of_two_members_of_one_name_the_first_counts(void **state)
{
    (void)state;
    cJSON *value = read_text("{\"id\":\"1\",\"id\":\"2\",\"ID\":\"3\"}");
    char got[8];
    assert_true(json_text(value, "id", got, sizeof got));
    assert_string_equal(got, "1");
    assert_null(json_member(value, "Id"));
    cJSON_Delete(value);
}

static void rubbish_behind_the_value_is_an_error_and_space_is_not(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "{}x", "{}{}", "{} ,", "[1]]", "\"a\"\"b\"", "1 2", "{}\n<!-- -->", "null null"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_error(bad[i], strlen(bad[i]), "not JSON");
    cJSON *value = read_text(" \t\r\n{} \t\r\n");
    assert_non_null(value);
    cJSON_Delete(value);
}

static void what_is_cut_at_any_byte_is_an_error_that_says_where(void **state)
{
    (void)state;
    static const char whole[] =
        "{\"appointment\":{\"id\":12345678901234567890,\"status\":\"CONFIRMED \\u00e9\"},"
        "\"list\":[1,-2.5e3,true,false,null,{\"a\":[]}]}";
    cJSON *value = read_text(whole);
    assert_non_null(value);
    cJSON_Delete(value);
    for (size_t length = 0; length < sizeof whole - 1; length++) {
        /* A block of its own, so that a read behind the end is seen. */
        char *cut = malloc(length + 1);
        memcpy(cut, whole, length);
        expect_error(cut, length, length ? "not JSON (byte " : "empty");
        free(cut);
    }
}

static void a_nul_byte_is_an_error_wherever_it_stands(void **state)
{
    (void)state;
    static const char whole[] = "{\"id\":\"12\"}";
    for (size_t at = 0; at < sizeof whole - 1; at++) {
        char bytes[sizeof whole];
        memcpy(bytes, whole, sizeof whole);
        bytes[at] = '\0';
        struct error error = {""};
        cJSON *value = json_read(bytes, sizeof whole - 1, &error);
        assert_null(value);
        assert_string_equal(error.text, "the answer holds a NUL byte");
    }
}

static void an_escaped_nul_does_not_cut_a_text(void **state)
{
    (void)state;
    cJSON *value = read_text("{\"a\":\"x\\u0000y\",\"b\":\"x\\\\u0000y\",\"c\":\"\\u00001\"}");
    char got[32];
    assert_true(json_text(value, "a", got, sizeof got));
    assert_string_equal(got, "x\xEF\xBF\xBDy");
    assert_true(json_text(value, "b", got, sizeof got));
    assert_string_equal(got, "x\\u0000y");
    assert_true(json_text(value, "c", got, sizeof got));
    assert_string_equal(got, "\xEF\xBF\xBD"
                             "1");
    cJSON_Delete(value);
}

static void invalid_utf8_and_controls_become_replacement_characters(void **state)
{
    (void)state;
    static const struct {
        const char *json, *text;
    } rows[] = {
        {"{\"a\":\"x\xFFy\"}", "x\xEF\xBF\xBDy"},
        {"{\"a\":\"x\xC3\"}", "x\xEF\xBF\xBD"},
        {"{\"a\":\"x\\u001b[31my\"}", "x\xEF\xBF\xBD[31my"},
        {"{\"a\":\"x\\u009b31my\"}", "x\xEF\xBF\xBD"
                                     "31my"},
        {"{\"a\":\"x\\u202ey\"}", "x\xEF\xBF\xBDy"},
        {"{\"a\":\"x\\ny\\tz\"}", "x y z"},
        {"{\"a\":\"N\\u00fa\\u00f1ez \\ud83c\\udfe0\"}", "N\xC3\xBA\xC3\xB1"
                                                         "ez \xF0\x9F\x8F\xA0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got[64] = "";
        cJSON *value = read_text(rows[i].json);
        check_holds(rows[i].json, json_text(value, "a", got, sizeof got), "gave no text");
        check_text(rows[i].json, got, rows[i].text);
        cJSON_Delete(value);
    }
    expect_error("{\"a\":\"\\ud800\"}", 14, "not JSON");
}

static void a_text_is_cut_at_a_character(void **state)
{
    (void)state;
    cJSON *value = read_text("{\"a\":\"\xC3\xA9\xC3\xA9\xC3\xA9\"}");
    char got[6];
    assert_true(json_text(value, "a", got, sizeof got));
    assert_string_equal(got, "\xC3\xA9\xC3\xA9");
    cJSON_Delete(value);
}

static void what_is_neither_string_nor_number_is_no_text(void **state)
{
    (void)state;
    cJSON *value = read_text("{\"a\":true,\"b\":null,\"c\":[1],\"d\":{\"e\":1},\"f\":\"\"}");
    static const char *const names[] = {"a", "b", "c", "d", "f", "g"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char got[8] = "before";
        check_holds(names[i], !json_text(value, names[i], got, sizeof got), "has a text");
        check_text(names[i], got, "");
    }
    assert_null(json_member(value, "b"));
    assert_null(json_member(NULL, "a"));
    cJSON_Delete(value);
}

static void eight_megabytes_of_digits_or_quotes_end_in_time(void **state)
{
    (void)state;
    enum { LENGTH = 8 * 1024 * 1024 };
    static const char fillers[] = {'7', '"', '\\', ' ', '-', 'x'};
    char *bytes = malloc(LENGTH);
    for (size_t i = 0; i < sizeof fillers; i++) {
        memset(bytes, fillers[i], LENGTH);
        cJSON_Delete(json_read(bytes, LENGTH, NULL));
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(an_id_keeps_every_digit),
        cmocka_unit_test(digits_inside_a_string_are_left_alone),
        cmocka_unit_test(a_number_without_an_end_is_none),
        cmocka_unit_test(nesting_of_64_is_read_and_of_65_is_not),
        cmocka_unit_test(brackets_in_a_string_are_no_nesting),
        cmocka_unit_test(of_two_members_of_one_name_the_first_counts),
        cmocka_unit_test(rubbish_behind_the_value_is_an_error_and_space_is_not),
        cmocka_unit_test(what_is_cut_at_any_byte_is_an_error_that_says_where),
        cmocka_unit_test(a_nul_byte_is_an_error_wherever_it_stands),
        cmocka_unit_test(an_escaped_nul_does_not_cut_a_text),
        cmocka_unit_test(invalid_utf8_and_controls_become_replacement_characters),
        cmocka_unit_test(a_text_is_cut_at_a_character),
        cmocka_unit_test(what_is_neither_string_nor_number_is_no_text),
        cmocka_unit_test(eight_megabytes_of_digits_or_quotes_end_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
