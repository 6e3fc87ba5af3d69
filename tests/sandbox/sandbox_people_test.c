/* Visits, guest cards, history, keys and what is logged: R11 to R14 of knock-api section 5. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct office_day {
    struct bench *bench;
    char prospect[32], appointment[32];
};

/* Noon on a Tuesday; a tour at ten was booked the day before. */
static int open_day(void **state)
{
    struct office_day *day = calloc(1, sizeof *day);
    struct bench *bench = bench_open(NULL, "2026-11-23T12:00:00-08:00", NULL);
    bench_set(bench, "c1", "{\"answer_prospect_id\":true}");
    bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com");
    snprintf(day->prospect, sizeof day->prospect, "%s", bench_value(bench, "prospectId"));
    snprintf(day->appointment, sizeof day->appointment, "%s", bench_value(bench, "appointmentId"));
    bench->now = at("2026-11-24T12:00:00-08:00");
    day->bench = bench;
    *state = day;
    return 0;
}

static int close_day(void **state)
{
    struct office_day *day = *state;
    bench_close(day->bench);
    free(day);
    return 0;
}

static int visit(struct office_day *day, const char *time, const char *more)
{
    return bench_call(day->bench, "POST", "/visit",
        "{\"prospectId\":\"%s\",\"appointmentId\":\"%s\",\"visitTime\":\"%s\"%s}", day->prospect,
        day->appointment, time, more);
}

static void R11_a_visit_is_in_the_past(void **state)
{
    struct office_day *day = *state;
    assert_int_equal(visit(day, "2026-11-24T12:00:00.001-08:00", ""), 422);
    assert_string_equal(bench_value(day->bench, "errorMessage"), "visitTime must be in the past.");
    assert_int_equal(visit(day, "2026-11-24T20:00:00.000Z", ""), 200);
}

static void R11_units_match_without_case_and_spaces_and_others_are_ignored(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    assert_int_equal(visit(day, "2026-11-24T10:05:00-08:00",
                         ",\"isSelfGuided\":true,\"sourceTitle\":\"Zillow\","
                         "\"unitNames\":[\" m6 -202\",\"999\",\"120b\"]"),
        200);
    assert_true(atol(bench_value(bench, "visitId")) > 0);
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    assert_string_equal(bench_value(bench, "[0].visits[0].matchedUnits[0]"), "M6-202");
    assert_string_equal(bench_value(bench, "[0].visits[0].matchedUnits[1]"), "120 B");
    assert_string_equal(bench_value(bench, "[0].visits[0].matchedUnits[2]"), "(missing)");
    assert_string_equal(bench_value(bench, "[0].visits[0].unitNames[1]"), "999");
    assert_string_equal(bench_value(bench, "[0].visits[0].isSelfGuided"), "true");
    assert_string_equal(bench_value(bench, "[0].prospect.status"), "Visited");
}

static void R11_a_second_visit_is_recorded_unless_switched_off(void **state)
{
    struct office_day *day = *state;
    char first[32];
    assert_int_equal(visit(day, "2026-11-24T10:05:00-08:00", ""), 200);
    snprintf(first, sizeof first, "%s", bench_value(day->bench, "visitId"));
    assert_int_equal(visit(day, "2026-11-24T10:05:00-08:00", ""), 200);
    assert_string_not_equal(bench_value(day->bench, "visitId"), first);
    bench_set(day->bench, "c1", "{\"duplicate_visit_ok\":false}");
    assert_int_equal(visit(day, "2026-11-24T10:05:00-08:00", ""), 409);
}

static void R11_what_a_visit_needs(void **state)
{
    struct office_day *day = *state;
    static const struct {
        const char *body;
        int status;
        const char *words;
    } cases[] = {
        {"{}", 400, "prospectId is required."},
        {"{\"prospectId\":\"1\"}", 400, "visitTime is required."},
        {"{\"prospectId\":\"1\",\"visitTime\":\"yesterday\"}", 400,
            "visitTime must be an ISO 8601 date and time with an offset, as in "
            "2020-09-23T15:30:00-07:00."},
        {"{\"prospectId\":\"1\",\"visitTime\":\"2026-11-24T10:00:00-08:00\"}", 404,
            "Prospect not found."},
        {"{\"prospectId\":\"abc\",\"visitTime\":\"2026-11-24T10:00:00-08:00\"}", 404,
            "Prospect not found."},
        {"{\"prospectId\":true,\"visitTime\":\"2026-11-24T10:00:00-08:00\"}", 400,
            "prospectId must be an id."},
        {"{\"prospectId\":\"1\",\"visitTime\":\"2026-11-24T10:00:00-08:00\",\"unitNames\":\"101\"}",
            400, "unitNames must be an array."},
        {"{\"prospectId\":\"1\",\"visitTime\":\"2026-11-24T10:00:00-08:00\",\"unitNames\":[101]}",
            400, "unitNames must be an array of texts."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench_call(day->bench, "POST", "/visit", "%s", cases[i].body);
        assert_string_equal(bench_value(day->bench, "errorMessage"), cases[i].words);
        assert_int_equal(day->bench->status, cases[i].status);
    }
}

static void R11_the_appointment_must_be_the_prospects_own(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    bench_book(bench, "c1", "2026-11-25T10:00:00-08:00", "b@example.com");
    snprintf(day->prospect, sizeof day->prospect, "%s", bench_value(bench, "prospectId"));
    assert_int_equal(visit(day, "2026-11-24T10:00:00-08:00", ""), 422);
    snprintf(day->appointment, sizeof day->appointment, "77");
    assert_int_equal(visit(day, "2026-11-24T10:00:00-08:00", ""), 404);
    assert_int_equal(bench_call(bench, "POST", "/visit",
                         "{\"prospectId\":%s,\"visitTime\":\"2026-11-24T10:00:00-08:00\"}",
                         day->prospect), /* an id as a number, and no appointment (Q18) */
        200);
}

static const char full_card[] =
    "{\"communityId\":\"c1\",\"firstName\":\"Zoë\",\"lastName\":\"Rivera\","
    "\"email\":\"zoe@example.com\",\"phone\":\"2065550155\",\"moveDate\":\"2027-01-15\","
    "\"bedrooms\":[\"1_BEDROOM\",\"2_BEDROOMS\"],\"occupants\":2,\"leaseTermMonths\":12,"
    "\"minBudget\":1000,\"maxBudget\":2000,\"pets\":[{\"type\":\"cat\"}],"
    "\"agent\":{\"username\":\"sam\"},\"address\":\"1 Main St\",\"city\":\"Seattle\","
    "\"state\":\"WA\",\"zip\":\"98101\",\"sourceTitle\":\"Zillow\",\"smsConsent\":true,"
    "\"firstContactType\":\"internet\",\"autorespond\":false,\"message\":\"Hello\"}";

static void R12_a_prospect_is_made_once_and_updated_after(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    char id[32], target[64];
    assert_int_equal(bench_call(bench, "POST", "/prospect", "%s", full_card), 200);
    snprintf(id, sizeof id, "%s", bench_value(bench, "id"));
    snprintf(target, sizeof target, "/prospect/%s", id);
    assert_int_equal(bench_call(bench, "POST", "/prospect",
                         "{\"communityId\":\"c1\",\"email\":\"ZOE@example.com\","
                         "\"phone\":\"2065550199\",\"lastName\":\"Reyes\",\"occupants\":3,"
                         "\"moveDate\":\"\",\"city\":\"Tacoma\",\"sourceTitle\":\"Google\","
                         "\"smsConsent\":false}"),
        200);
    assert_string_equal(bench_value(bench, "id"), id);
    static const struct {
        const char *path, *value;
    } card[] = {
        {"communityId", "c1"},
        {"firstName", "Zoë"}, /* not given: left */
        {"lastName", "Reyes"},
        {"email", "ZOE@example.com"},
        {"phone", "+12065550199"},
        {"moveDate", "2027-01-15"},
        {"bedrooms[0]", "1_BEDROOM"},
        {"bedrooms[1]", "2_BEDROOMS"},
        {"occupants", "3"},
        {"leaseTermMonths", "12"},
        {"minBudget", "1000"},
        {"maxBudget", "2000"},
        {"pets[0].type", "cat"},
        {"agent.username", "sam"},
        {"city", "Seattle"}, /* not among the fields K4 lists: left */
        {"source.title", "Zillow"},
        {"smsConsent", "true"},
        {"firstContactType", "internet"},
        {"unit", "null"},
        {"isDeleted", "false"},
        {"notProspect", "false"},
        {"createdAt", "2026-11-24T20:00:00.000000+00:00"},
        {"status", "New"},
    };
    assert_int_equal(bench_call(bench, "GET", target, NULL), 200);
    assert_string_equal(bench_value(bench, "prospectId"), id);
    for (size_t i = 0; i < sizeof card / sizeof *card; i++)
        assert_string_equal(bench_value(bench, card[i].path), card[i].value);
}

static void R12_the_community_may_be_named_by_its_tracking_address(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    assert_int_equal(bench_call(bench, "POST", "/prospect",
                         "{\"knockTrackingEmail\":\"one@example.com\",\"phone\":\"2065550111\"}"),
        200);
    assert_int_equal(bench_call(bench, "POST", "/prospect",
                         "{\"knockTrackingEmail\":\"none@example.com\",\"phone\":\"2065550111\"}"),
        404);
    assert_int_equal(bench_call(bench, "POST", "/prospect", "{\"phone\":\"2065550111\"}"), 400);
    assert_int_equal(bench_call(bench, "POST", "/prospect", "{\"communityId\":\"c1\"}"), 400);
}

static void autorespond_sends_an_answer(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    bench_call(bench, "POST", "/prospect",
        "{\"communityId\":\"c1\",\"email\":\"n@example.com\",\"autorespond\":true}");
    bench_call(bench, "GET", "/_sandbox/effects", NULL);
    assert_string_equal(bench_value(bench, "[1].kind"), "autorespond_email");
    assert_string_equal(bench_value(bench, "[1].to"), "n@example.com");
}

static void a_booking_completes_a_guest_card_and_overwrites_nothing(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    char target[64];
    bench_call(bench, "POST", "/appointment/request",
        "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-25T10:00:00-08:00\"}]"
        ","
        "\"profile\":{\"firstName\":\"Other\",\"email\":\"a@example.com\",\"occupants\":2},"
        "\"tourType\":\"SELF_GUIDED\"}");
    snprintf(target, sizeof target, "/prospect/%s", day->prospect);
    bench_call(bench, "GET", target, NULL);
    assert_string_equal(bench_value(bench, "firstName"), "A");
    assert_string_equal(bench_value(bench, "occupants"), "2");
    assert_string_equal(bench_value(bench, "status"), "Booked");
}

static void consent_to_texts_is_kept_until_it_is_taken_back_elsewhere(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    static const struct {
        const char *given, *kept; /* Q25 */
    } cases[] = {{"false", "false"}, {"true", "true"}, {"false", "true"}};
    char target[64];
    snprintf(target, sizeof target, "/prospect/%s", day->prospect);
    for (int i = 0; i < 3; i++) {
        bench_call(bench, "POST", "/appointment/request",
            "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":"
            "\"2026-11-25T1%d:00:00-08:00\"}],\"profile\":{\"email\":\"a@example.com\"},"
            "\"tourType\":\"SELF_GUIDED\",\"smsConsent\":%s}",
            i, cases[i].given);
        assert_int_equal(bench->status, 200);
        bench_call(bench, "GET", target, NULL);
        assert_string_equal(bench_value(bench, "smsConsent"), cases[i].kept);
    }
}

static void R13_the_history_has_creations_and_messages_in_pages(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    char target[128], cancel[64];
    snprintf(cancel, sizeof cancel, "/appointment/%s/cancel", day->appointment);
    bench_call(bench, "PUT", cancel, NULL);      /* not in the list */
    visit(day, "2026-11-24T10:00:00-08:00", ""); /* nor this */
    bench_call(bench, "POST", "/appointment/request",
        "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-25T10:00:00-08:00\"}]"
        ","
        "\"profile\":{\"email\":\"a@example.com\"},\"tourType\":\"IN_PERSON\","
        "\"message\":\"Is there parking?\",\"sourceTitle\":\"Zillow\"}");
    snprintf(target, sizeof target, "/prospect/%s/events?first=2", day->prospect);
    assert_int_equal(bench_call(bench, "GET", target, NULL), 200);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(bench->json, "edges")), 2);
    assert_string_equal(bench_value(bench, "edges[0].node.type"), "APPOINTMENT_CREATED");
    assert_string_equal(
        bench_value(bench, "edges[0].node.data.startTime"), "2026-11-24T18:00:00+00:00");
    assert_string_equal(
        bench_value(bench, "edges[0].node.data.endTime"), "2026-11-24T18:30:00+00:00");
    assert_string_equal(bench_value(bench, "edges[0].node.data.status"), "confirmed");
    assert_string_equal(bench_value(bench, "edges[0].node.data.tourType"), "SELF_GUIDED");
    assert_string_equal(bench_value(bench, "edges[0].node.data.id"), "(missing)");
    assert_string_equal(bench_value(bench, "edges[0].node.data.appointmentId"), "(missing)");
    assert_string_equal(bench_value(bench, "edges[0].node.source.title"), "Zillow");
    assert_string_equal(bench_value(bench, "edges[1].node.data.tourType"), "IN_PERSON");
    assert_string_equal(bench_value(bench, "pageInfo.hasNextPage"), "true");
    assert_string_equal(bench_value(bench, "pageInfo.endCursor"), "Mg=="); /* like K5's "MQ==" */
    snprintf(target, sizeof target, "/prospect/%s/events?first=2&after=Mg%%3D%%3D", day->prospect);
    assert_int_equal(bench_call(bench, "GET", target, NULL), 200);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(bench->json, "edges")), 1);
    assert_string_equal(bench_value(bench, "edges[0].node.data.message"), "Is there parking?");
    assert_string_equal(bench_value(bench, "pageInfo.hasNextPage"), "false");
    snprintf(target, sizeof target, "/prospect/%s/events?first=0", day->prospect);
    assert_int_equal(bench_call(bench, "GET", target, NULL), 400);
    snprintf(target, sizeof target, "/prospect/%s/events?after=!", day->prospect);
    assert_int_equal(bench_call(bench, "GET", target, NULL), 400);
    assert_int_equal(bench_call(bench, "GET", "/prospect/1/events", NULL), 404);
}

static void calls_and_emails_are_logged(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    char call[64], email[64];
    snprintf(call, sizeof call, "/prospect/%s/call", day->prospect);
    snprintf(email, sizeof email, "/prospect/%s/email", day->prospect);
    assert_int_equal(bench_call(bench, "POST", call,
                         "{\"agent\":{\"username\":\"sam\",\"phoneNumber\":\"2065550100\"},"
                         "\"startTime\":\"2026-11-24T11:00:00-08:00\","
                         "\"endTime\":\"2026-11-24T11:05:00-08:00\",\"type\":\"OUTBOUND\","
                         "\"outcome\":\"ANSWERED\"}"),
        200);
    assert_true(atol(bench_value(bench, "id")) > 0);
    assert_int_equal(bench_call(bench, "POST", call, "{\"type\":\"OUTBOUND\"}"), 400);
    assert_int_equal(bench_call(bench, "POST", email, "{\"subject\":\"Hi\"}"), 200);
    assert_true(atol(bench_value(bench, "id")) > 0);
    assert_int_equal(bench_call(bench, "POST", email, "7"), 400);
    assert_int_equal(bench_call(bench, "POST", "/prospect/1/email", "{}"), 404);
}

static void the_sources_come_as_edges(void **state)
{
    struct office_day *day = *state;
    assert_int_equal(bench_call(day->bench, "GET", "/community/c1/sources", NULL), 200);
    assert_string_equal(day->bench->text, "{\"edges\":[{\"node\":{\"sourceTitle\":\"Phone call\"}},"
                                          "{\"node\":{\"sourceTitle\":\"Zillow\"}}]}");
}

static void R14_which_key_opens_what(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    static const struct {
        const char *method, *target;
        bool prospect_key;
    } cases[] = {
        {"GET", "/community/c1/available-times", false},
        {"GET", "/community/c1/sources", false},
        {"POST", "/appointment/request", false},
        {"PUT", "/appointment/1/cancel", false},
        {"POST", "/visit", true},
        {"POST", "/prospect", true},
        {"GET", "/prospect/1", true},
        {"GET", "/prospect/1/events", true},
        {"POST", "/prospect/1/email", true},
        {"POST", "/prospect/1/call", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *keys[] = {APPOINTMENT_TEST_KEY, PROSPECT_TEST_KEY, "wrong", "", NULL};
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            bool opens = k == 0 || (k == 1 && cases[i].prospect_key);
            bench->x_api_key = keys[k];
            int status = bench_call(bench, cases[i].method, cases[i].target, NULL);
            assert_int_equal(status == 403, !opens);
            if (!opens)
                assert_string_equal(bench->text, "{\"message\":\"Forbidden\"}");
        }
    }
}

static void R14_the_gateways_headers(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    const char *sources = "/community/c1/sources";
    bench->x_api_key = NULL;
    bench->apikey = APPOINTMENT_TEST_KEY;
    assert_int_equal(bench_call(bench, "GET", sources, NULL), 403);
    bench_set(bench, "", "{\"gateway\":\"accept\"}");
    assert_int_equal(bench_call(bench, "GET", sources, NULL), 200);
    bench_set(bench, "", "{\"gateway\":\"require\"}");
    assert_int_equal(bench_call(bench, "GET", sources, NULL), 403);
    bench->company_id = "9";
    assert_int_equal(bench_call(bench, "GET", sources, NULL), 403);
    bench->property_id = "";
    assert_int_equal(bench_call(bench, "POST", "/visit", "{}"), 403);
    bench->property_id = "c2";
    assert_int_equal(bench_call(bench, "GET", sources, NULL), 403);
    assert_int_equal(bench_book(bench, "c1", "2026-11-25T10:00:00-08:00", "z@example.com"), 403);
    assert_int_equal(visit(day, "2026-11-24T10:00:00-08:00", ""), 403);
    bench->property_id = "c1";
    assert_int_equal(bench_call(bench, "GET", sources, NULL), 200);
    assert_int_equal(visit(day, "2026-11-24T10:00:00-08:00", ""), 200);
}

static void paths_and_methods_that_do_not_exist(void **state)
{
    struct office_day *day = *state;
    struct bench *bench = day->bench;
    static const char *const unknown[] = {"/", "/prospects", "/prospect/", "/prospect/1/",
        "/community//sources", "/appointment/1", "/visit/1", "//visit", "/_sandbox"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(bench_call(bench, "GET", unknown[i], NULL), 403);
        assert_string_equal(bench->text, "{\"message\":\"Missing Authentication Token\"}");
    }
    assert_int_equal(bench_call(bench, "DELETE", "/visit", NULL), 405);
    assert_int_equal(bench_call(bench, "GET", "/appointment/request", NULL), 405);
    assert_int_equal(bench_call(bench, "POST", "/prospect/1", NULL), 405);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(R11_a_visit_is_in_the_past, open_day, close_day),
        cmocka_unit_test_setup_teardown(
            R11_units_match_without_case_and_spaces_and_others_are_ignored, open_day, close_day),
        cmocka_unit_test_setup_teardown(
            R11_a_second_visit_is_recorded_unless_switched_off, open_day, close_day),
        cmocka_unit_test_setup_teardown(R11_what_a_visit_needs, open_day, close_day),
        cmocka_unit_test_setup_teardown(
            R11_the_appointment_must_be_the_prospects_own, open_day, close_day),
        cmocka_unit_test_setup_teardown(
            R12_a_prospect_is_made_once_and_updated_after, open_day, close_day),
        cmocka_unit_test_setup_teardown(
            R12_the_community_may_be_named_by_its_tracking_address, open_day, close_day),
        cmocka_unit_test_setup_teardown(autorespond_sends_an_answer, open_day, close_day),
        cmocka_unit_test_setup_teardown(
            a_booking_completes_a_guest_card_and_overwrites_nothing, open_day, close_day),
        cmocka_unit_test_setup_teardown(
            consent_to_texts_is_kept_until_it_is_taken_back_elsewhere, open_day, close_day),
        cmocka_unit_test_setup_teardown(
            R13_the_history_has_creations_and_messages_in_pages, open_day, close_day),
        cmocka_unit_test_setup_teardown(calls_and_emails_are_logged, open_day, close_day),
        cmocka_unit_test_setup_teardown(the_sources_come_as_edges, open_day, close_day),
        cmocka_unit_test_setup_teardown(R14_which_key_opens_what, open_day, close_day),
        cmocka_unit_test_setup_teardown(R14_the_gateways_headers, open_day, close_day),
        cmocka_unit_test_setup_teardown(paths_and_methods_that_do_not_exist, open_day, close_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
