/* Answers to reads: everything that could stand for a list of free times, and nothing that breaks it. */
#include "../unit/check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"
#include "tourdesk/knock/answer.h"

#include <stdlib.h>

static bool read_slots(const char *body, struct slot_list *out, struct error *error)
{
    *out = (struct slot_list){0};
    return answer_slots(body, strlen(body), out, error);
}

/* --- free times -------------------------------------------------------------------------------- */

static void q4_each_shape_of_the_list_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        size_t count, skipped;
    } rows[] = {
        {"{\"acceptableTimes\":[\"2026-12-01T09:00:00-08:00\",\"2026-12-01T09:30:00-08:00\"]}", 2,
            0},
        {"{\"available_times\":[\"2026-12-01T09:00:00-08:00\"]}", 1, 0},
        {"[\"2026-12-01T09:00:00-08:00\"]", 1, 0},
        {"[{\"startTime\":\"2026-12-01T09:00:00-08:00\"}]", 1, 0},
        {"{\"acceptableTimes\":[{\"startTime\":\"2026-12-01T09:00:00-08:00\",\"endTime\":null}]}",
            1, 0},
        {"{\"acceptableTimes\":[]}", 0, 0},
        {"{\"acceptableTimes\":null}", 0, 0},
        {"{\"acceptableTimes\":null,\"available_times\":[\"2026-12-01T09:00:00-08:00\"]}", 1, 0},
        {"{}", 0, 0},
        {"[]", 0, 0},
        {"{\"acceptableTimes\":[\"2026-12-01T09:00:00-08:00\"],\"more\":{\"acceptableTimes\":[1]}}",
            1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slot_list list;
        struct error error = {""};
        check_holds(rows[i].body, read_slots(rows[i].body, &list, &error), error.text);
        check_number(rows[i].body, (long long)list.count, (long long)rows[i].count);
        check_number(rows[i].body, (long long)list.skipped, (long long)rows[i].skipped);
        slot_list_finish(&list);
    }
}

static void q4_what_is_no_list_is_an_error_that_names_the_field(void **state)
{
    (void)state;
    static const struct {
        const char *body, *words;
    } rows[] = {
        {"{\"acceptableTimes\":\"2026-12-01T09:00:00-08:00\"}", "\"acceptableTimes\""},
        {"{\"acceptableTimes\":{\"0\":\"2026-12-01T09:00:00-08:00\"}}", "\"acceptableTimes\""},
        {"{\"acceptableTimes\":5}", "\"acceptableTimes\""},
        {"[{\"acceptableTimes\":[\"2026-12-01T09:00:00-08:00\"]}]", "none of its 1"},
        {"{\"acceptableTimes\":[null,5]}", "none of its 2"},
        {"{\"errorMessage\":\"The request failed.\"}", "instead of free times"},
        {"\"2026-12-01T09:00:00-08:00\"", "neither an object nor an array"},
        {"5", "neither an object nor an array"},
        {"null", "neither an object nor an array"},
        {"", "empty"},
        {"<html>", "not JSON"},
        {"{\"acceptableTimes\":[\"2026-12-01T09:00:00-08:00\"", "not JSON"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slot_list list;
        struct error error = {""};
        check_holds(rows[i].body, !read_slots(rows[i].body, &list, &error), "was read");
        check_contains(rows[i].body, error.text, rows[i].words);
        check_number(rows[i].body, (long long)list.count, 0);
        slot_list_finish(&list);
    }
}

static void q4_entries_that_cannot_be_read_are_counted_and_the_others_kept(void **state)
{
    (void)state;
    static const char *const bad[] = {"null", "5", "true", "[]", "{}", "\"\"", "\"tomorrow\"",
        "\"2026-12-01\"", "\"2026-12-01T09:00:00\"", "\"2026-02-30T09:00:00-08:00\"",
        "\"2026-12-01T25:00:00-08:00\"", "\"2026-12-01T09:00:00-08:00 \"",
        "\" 2026-12-01T09:00:00-08:00\"", "{\"start\":\"2026-12-01T09:00:00-08:00\"}",
        "{\"startTime\":1}", "{\"startTime\":null}", "1764608400000",
        "\"2026-12-01T09:00:00.1234567890-08:00\"", "\"2026-12-01T09:00:00-08:00\\u001b\"",
        "\"2026-12-01T09:00:00.000000000-08:00000000000000000000000000\""};
    struct str body = {0};
    enum { BAD = sizeof bad / sizeof *bad };
    str_add(&body, "{\"acceptableTimes\":[\"2026-12-01T09:00:00-08:00\"");
    for (size_t i = 0; i < BAD; i++)
        str_addf(&body, ",%s", bad[i]);
    str_add(&body, ",\"2026-12-01T09:30:00-08:00\"]}");
    struct slot_list list;
    assert_true(read_slots(str_text(&body), &list, NULL));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.skipped, BAD);
    slot_list_finish(&list);
    str_finish(&body);
}

static void q5_each_way_of_writing_an_offset_is_read_and_kept_byte_for_byte(void **state)
{
    (void)state;
    /* All of them are 17:00 in UTC. */
    static const struct {
        const char *text;
        int offset;
    } rows[] = {
        {"2026-12-01T09:00:00-08:00", -28800},
        {"2026-12-01T09:00:00-0800", -28800},
        {"2026-12-01T09:00:00-08", -28800},
        {"2026-12-01T09:00-08:00", -28800},
        {"2026-12-01T17:00:00Z", 0},
        {"2026-12-01t17:00:00z", 0},
        {"2026-12-01T17:00Z", 0},
        {"2026-12-01T17:00:00+00:00", 0},
        {"2026-12-01 17:00:00+00:00", 0},
        {"2026-12-01T17:00:00.0Z", 0},
        {"2026-12-01T17:00:00.000000000Z", 0},
        {"2026-12-01T17:00:00.000000+00:00", 0},
        {"2026-12-01T22:45:00+05:45", 20700},
        {"2026-12-01T13:30:00-03:30", -12600},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str body = {0};
        struct slot_list list;
        str_addf(&body, "[\"%s\"]", rows[i].text);
        assert_true(read_slots(str_text(&body), &list, NULL));
        check_number(rows[i].text, (long long)list.count, 1);
        check_text(rows[i].text, list.items[0].text, rows[i].text);
        check_number(rows[i].text, list.items[0].start.at, 1796144400000);
        check_number(rows[i].text, list.items[0].start.offset, rows[i].offset);
        slot_list_finish(&list);
        str_finish(&body);
    }
}

static void a_fraction_of_a_second_counts_to_the_millisecond(void **state)
{
    (void)state;
    struct slot_list list;
    assert_true(
        read_slots("[\"2026-12-01T17:00:00.1Z\",\"2026-12-01T17:00:00.123456789Z\"]", &list, NULL));
    assert_int_equal(list.items[0].start.at, 1796144400100);
    assert_int_equal(list.items[1].start.at, 1796144400123);
    slot_list_finish(&list);
}

static void an_end_counts_where_it_is_behind_its_start(void **state)
{
    (void)state;
    static const struct {
        const char *end;
        instant at;
    } rows[] = {
        {"\"2026-12-01T17:30:00Z\"", 1796146200000},
        {"\"2026-12-01T09:30:00-08:00\"", 1796146200000},
        {"\"2026-12-01T17:00:00Z\"", 0},
        {"\"2026-12-01T16:00:00Z\"", 0},
        {"\"later\"", 0},
        {"1796146200000", 0},
        {"null", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str body = {0};
        struct slot_list list;
        str_addf(&body, "[{\"startTime\":\"2026-12-01T17:00:00Z\",\"endTime\":%s}]", rows[i].end);
        assert_true(read_slots(str_text(&body), &list, NULL));
        check_number(rows[i].end, (long long)list.count, 1);
        check_number(rows[i].end, list.items[0].end, rows[i].at);
        slot_list_finish(&list);
        str_finish(&body);
    }
}

static void the_list_is_sorted_by_time_whatever_the_offsets_look_like(void **state)
{
    (void)state;
    struct slot_list list;
    assert_true(read_slots("[\"2026-12-02T09:00:00-08:00\",\"2026-12-01T18:00:00Z\","
                           "\"2026-12-01T09:00:00-08:00\",\"2026-12-01T19:00:00+03:00\"]",
        &list, NULL));
    assert_int_equal(list.count, 4);
    for (size_t i = 1; i < list.count; i++)
        assert_true(list.items[i - 1].start.at < list.items[i].start.at);
    assert_string_equal(list.items[0].text, "2026-12-01T19:00:00+03:00");
    slot_list_finish(&list);
}

/* `count` times, a minute apart. */
static char *many_times(size_t count)
{
    struct str body = {0};
    str_add(&body, "{\"acceptableTimes\":[");
    for (size_t i = 0; i < count; i++) {
        struct stamp stamp = {.at = 1796144400000 + (instant)i * 60000, .offset = -28800};
        char text[STAMP_SIZE];
        stamp_format(stamp, text);
        str_addf(&body, "%s\"%s\"", i ? "," : "", text);
    }
    str_add(&body, "]}");
    return str_take(&body);
}

static void q6_five_thousand_and_twenty_thousand_entries_are_read_and_one_more_is_an_error(
    void **state)
{
    (void)state;
    static const size_t counts[] = {5000, ANSWER_SLOTS};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct slot_list list;
        char *body = many_times(counts[i]);
        assert_true(read_slots(body, &list, NULL));
        assert_int_equal(list.count, counts[i]);
        assert_int_equal(list.skipped, 0);
        slot_list_finish(&list);
        free(body);
    }
    struct slot_list list;
    struct error error = {""};
    char *body = many_times(ANSWER_SLOTS + 1);
    assert_false(read_slots(body, &list, &error));
    assert_string_equal(error.text, "more than 20000 free times in one answer");
    assert_int_equal(list.count, 0);
    slot_list_finish(&list);
    free(body);
}

/* --- sources ----------------------------------------------------------------------------------- */

static void sources_are_read_from_edges_and_from_plain_lists(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"edges\":[{\"node\":{\"sourceTitle\":\"Web\"}},{\"node\":{\"sourceTitle\":\"Call\"}}]}",
        "{\"edges\":[{\"node\":{\"title\":\"Web\"}},{\"node\":\"Call\"}]}",
        "{\"edges\":[{\"sourceTitle\":\"Web\"},{\"title\":\"Call\"}],\"pageInfo\":{}}",
        "{\"sources\":[\"Web\",\"Call\"]}",
        "[\"Web\",\"Call\"]",
        "[\"Web\",null,{},[],{\"node\":{}},\"\",true,\"Call\"]",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct source_list list = {0};
        struct error error = {""};
        check_holds(
            bodies[i], answer_sources(bodies[i], strlen(bodies[i]), &list, &error), error.text);
        check_number(bodies[i], (long long)list.count, 2);
        check_text(bodies[i], list.titles[0], "Web");
        check_text(bodies[i], list.titles[1], "Call");
        source_list_finish(&list);
    }
}

static void what_is_no_list_of_sources_is_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *body, *words;
    } rows[] = {
        {"{}", "\"edges\" is missing"},
        {"{\"edges\":{}}", "\"edges\" is missing or not an array"},
        {"{\"edges\":null}", "\"edges\" is missing"},
        {"5", "\"edges\" is missing"},
        {"", "empty"},
        {"<html>", "not JSON"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct source_list list = {0};
        struct error error = {""};
        check_holds(rows[i].body,
            !answer_sources(rows[i].body, strlen(rows[i].body), &list, &error), "was read");
        check_contains(rows[i].body, error.text, rows[i].words);
        source_list_finish(&list);
    }
    struct source_list none = {0};
    assert_true(answer_sources("{\"edges\":[]}", 12, &none, NULL));
    assert_int_equal(none.count, 0);
}

static void a_source_is_cleaned_and_cut_at_a_character(void **state)
{
    (void)state;
    struct str body = {0};
    struct source_list list = {0};
    str_add(&body, "[\"a\\u001bb\\nc\",\"");
    for (int i = 0; i < 100; i++)
        str_add(&body, "\xC3\xA9");
    str_add(&body, "\"]");
    assert_true(answer_sources(str_text(&body), body.length, &list, NULL));
    assert_string_equal(list.titles[0], "a\xEF\xBF\xBD"
                                        "b c");
    assert_int_equal(strlen(list.titles[1]), 126); /* 63 letters of two bytes */
    source_list_finish(&list);
    str_finish(&body);
}

/* --- the guest card and the events ---------------------------------------------------------------- */

static const char *fact(const struct fact_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return list->items[i].value;
    return "(none)";
}

static void a_guest_card_gives_what_is_there_and_nothing_that_is_null(void **state)
{
    (void)state;
    static const char body[] =
        "{\"prospectId\":\"5\",\"firstName\":\"Ana\",\"lastName\":null,\"occupants\":2,"
        "\"smsConsent\":false,\"bedrooms\":[\"STUDIO\",\"1_BEDROOM\"],\"pets\":[],"
        "\"agent\":{\"username\":\"sam\"},\"source\":{\"title\":\"Web\"},\"secret\":\"x\"}";
    struct fact_list list = {0};
    assert_true(answer_card(body, sizeof body - 1, &list, NULL));
    static const char *const rows[][2] = {
        {"prospectId", "5"},
        {"firstName", "Ana"},
        {"lastName", "(none)"},
        {"occupants", "2"},
        {"smsConsent", "false"},
        {"bedrooms", "STUDIO, 1_BEDROOM"},
        {"pets", "(none)"},
        {"agent.username", "sam"},
        {"source.title", "Web"},
        {"secret", "(none)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_text(rows[i][0], fact(&list, rows[i][0]), rows[i][1]);
    fact_list_finish(&list);
    struct error error = {""};
    assert_false(answer_card("[]", 2, &list, &error));
    assert_string_equal(error.text, "the guest card is not an object");
    assert_false(answer_card("", 0, &list, &error));
}

static void events_are_read_page_by_page(void **state)
{
    (void)state;
    static const char first[] =
        "{\"edges\":[{\"node\":{\"type\":\"APPOINTMENT_CREATED\",\"description\":\"d\","
        "\"eventTime\":\"2022-01-18T20:00:00+00:00\",\"createdAt\":\"2021-10-14T18:10:34.515181+00:"
        "00\",\"source\":{\"title\":\"Web\"},\"agent\":{\"username\":\"sam\"},\"data\":{"
        "\"startTime\":\"2022-01-18T20:00:00+00:00\",\"endTime\":\"2022-01-18T20:30:00+00:00\","
        "\"status\":\"confirmed\",\"tourType\":\"IN_PERSON\"}}},{\"node\":5},{}],"
        "\"pageInfo\":{\"endCursor\":\"MQ==\",\"hasNextPage\":true}}";
    static const char last[] = "{\"edges\":[{\"node\":{\"type\":\"SMS\",\"data\":null}}],"
                               "\"pageInfo\":{\"endCursor\":\"Mg==\",\"hasNextPage\":false}}";
    struct prospect_events events = {0};
    assert_true(answer_events(first, sizeof first - 1, &events, NULL));
    assert_int_equal(events.count, 1);
    assert_int_equal(events.skipped, 2);
    assert_string_equal(events.after, "MQ==");
    const struct prospect_event *event = &events.items[0];
    assert_string_equal(event->type, "APPOINTMENT_CREATED");
    assert_string_equal(event->description, "d");
    assert_string_equal(event->event_time, "2022-01-18T20:00:00+00:00");
    assert_string_equal(event->created_at, "2021-10-14T18:10:34.515181+00:00");
    assert_string_equal(event->source_title, "Web");
    assert_string_equal(event->agent, "sam");
    assert_string_equal(event->start_time, "2022-01-18T20:00:00+00:00");
    assert_string_equal(event->end_time, "2022-01-18T20:30:00+00:00");
    assert_string_equal(event->status, "confirmed");
    assert_string_equal(event->tour_type, "IN_PERSON");
    assert_true(answer_events(last, sizeof last - 1, &events, NULL));
    assert_int_equal(events.count, 2);
    assert_string_equal(events.items[1].type, "SMS");
    assert_string_equal(events.items[1].start_time, "");
    assert_string_equal(events.after, "");
    prospect_events_finish(&events);
    struct error error = {""};
    assert_false(answer_events("{}", 2, &events, &error));
    assert_string_equal(error.text, "\"edges\" is missing or not an array");
    assert_false(answer_events("x", 1, &events, &error));
}

/* --- writes ------------------------------------------------------------------------------------------ */

static void q17_a_tour_type_that_nobody_knows_is_shown_as_it_came(void **state)
{
    (void)state;
    static const char text[] = "{\"edges\":[{\"node\":{\"type\":\"APPOINTMENT_CREATED\",\"data\":{"
                               "\"tourType\":\"LIVE_VIDEO\"}}},{\"node\":{\"type\":\"NEW_KIND\","
                               "\"data\":{\"tourType\":\"SELF_GUIDED\"}}}]}";
    struct prospect_events events = {0};
    assert_true(answer_events(text, sizeof text - 1, &events, NULL));
    assert_int_equal(events.count, 2);
    assert_int_equal(events.skipped, 0);
    assert_string_equal(events.items[0].tour_type, "LIVE_VIDEO");
    assert_string_equal(events.items[1].type, "NEW_KIND");
    assert_string_equal(events.items[1].tour_type, "SELF_GUIDED");
    prospect_events_finish(&events);
}

static void what_a_write_says_of_itself_needs_an_object(void **state)
{
    (void)state;
    static const struct {
        const char *body, *words;
    } rows[] = {
        {"[]", "not an object"},
        {"5", "not an object"},
        {"\"x\"", "not an object"},
        {"", "empty"},
        {"{", "not JSON"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct written out = {.id = "before"};
        struct error error = {""};
        check_holds(rows[i].body, !answer_written(rows[i].body, strlen(rows[i].body), &out, &error),
            "was read");
        check_contains(rows[i].body, error.text, rows[i].words);
        check_text(rows[i].body, out.id, "");
    }
    struct written out;
    static const char all[] = "{\"appointmentId\":1,\"prospectId\":2,\"visitId\":3,\"id\":4,"
                              "\"status\":\"CONFIRMED\"}";
    assert_true(answer_written(all, sizeof all - 1, &out, NULL));
    assert_string_equal(out.appointment_id, "1");
    assert_string_equal(out.prospect_id, "2");
    assert_string_equal(out.visit_id, "3");
    assert_string_equal(out.id, "4");
    assert_string_equal(out.status, "CONFIRMED");
}

/* --- messages ------------------------------------------------------------------------------------------ */

static void q12_html_gives_its_first_line_of_text(void **state)
{
    (void)state;
    static const struct {
        const char *body, *words;
    } rows[] = {
        {"<!DOCTYPE html>\n<html>\n<head><title>504 Gateway Time-out</title></head>",
            "504 Gateway Time-out"},
        {"<h1>Service Unavailable</h1>", "Service Unavailable"},
        {"\t\n  \n<p>  Not here </p>\nmore", "Not here "},
        {"<a href=\"x>y\">odd</a>", "y\"odd"},
        {"<never closed", ""},
        {"plain words\r\nsecond line", "plain words"},
        {"\n\n\n", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[SERVER_MESSAGE_SIZE];
        answer_message(rows[i].body, strlen(rows[i].body), out);
        check_text(rows[i].body, out, rows[i].words);
    }
}

static void no_control_character_comes_through_a_message(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"errorMessage\":\"a\\u001b]0;owned\\u0007\\u009b31m\\u202eb\"}",
        "a\x1b]0;owned\x07\xC2\x9B"
        "31m\xE2\x80\xAE"
        "b",
        ("a\x80\xFF\xFE"
         "b"),
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        char out[SERVER_MESSAGE_SIZE];
        answer_message(bodies[i], strlen(bodies[i]), out);
        check_holds(bodies[i], out[0] == 'a' && out[strlen(out) - 1] == 'b', "lost its words");
        check_holds(bodies[i], text_valid(out, strlen(out)), "is not UTF-8");
        for (const char *p = out; *p; p++)
            check_holds(bodies[i], (unsigned char)*p >= 0x20 && *p != 0x7F, "holds a control");
        check_holds(
            bodies[i], !strstr(out, "\xC2\x9B") && !strstr(out, "\xE2\x80\xAE"), "holds a control");
    }
}

static void a_megabyte_of_garbage_gives_a_short_message(void **state)
{
    (void)state;
    enum { LENGTH = 1024 * 1024 };
    char *bytes = malloc(LENGTH);
    uint32_t seed = 1;
    for (int kind = 0; kind < 5; kind++) {
        for (size_t i = 0; i < LENGTH; i++) {
            seed = seed * 1664525 + 1013904223;
            const char fillers[] = {(char)(seed >> 24), 'x', '<', '\n', '\xC3'};
            bytes[i] = fillers[kind];
        }
        char out[SERVER_MESSAGE_SIZE];
        answer_message(bytes, LENGTH, out);
        assert_true(memchr(out, '\0', sizeof out) != NULL);
        assert_true(text_valid(out, strlen(out)));
    }
    memcpy(bytes, "{\"errorMessage\":\"", 17);
    memset(bytes + 17, 'x', LENGTH - 19);
    memcpy(bytes + LENGTH - 2, "\"}", 2);
    char out[SERVER_MESSAGE_SIZE];
    answer_message(bytes, LENGTH, out);
    assert_int_equal(strlen(out), SERVER_MESSAGE_SIZE - 1);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(q4_each_shape_of_the_list_is_read),
        cmocka_unit_test(q4_what_is_no_list_is_an_error_that_names_the_field),
        cmocka_unit_test(q4_entries_that_cannot_be_read_are_counted_and_the_others_kept),
        cmocka_unit_test(q5_each_way_of_writing_an_offset_is_read_and_kept_byte_for_byte),
        cmocka_unit_test(a_fraction_of_a_second_counts_to_the_millisecond),
        cmocka_unit_test(an_end_counts_where_it_is_behind_its_start),
        cmocka_unit_test(the_list_is_sorted_by_time_whatever_the_offsets_look_like),
        cmocka_unit_test(
            q6_five_thousand_and_twenty_thousand_entries_are_read_and_one_more_is_an_error),
        cmocka_unit_test(sources_are_read_from_edges_and_from_plain_lists),
        cmocka_unit_test(what_is_no_list_of_sources_is_an_error),
        cmocka_unit_test(a_source_is_cleaned_and_cut_at_a_character),
        cmocka_unit_test(a_guest_card_gives_what_is_there_and_nothing_that_is_null),
        cmocka_unit_test(events_are_read_page_by_page),
        cmocka_unit_test(q17_a_tour_type_that_nobody_knows_is_shown_as_it_came),
        cmocka_unit_test(what_a_write_says_of_itself_needs_an_object),
        cmocka_unit_test(q12_html_gives_its_first_line_of_text),
        cmocka_unit_test(no_control_character_comes_through_a_message),
        cmocka_unit_test(a_megabyte_of_garbage_gives_a_short_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
