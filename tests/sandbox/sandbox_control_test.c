/* The control endpoint: log, appointments, clock, faults, office, bookings by others, reset. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_bench(void **state)
{
    struct bench *bench = bench_open(NULL, "2026-11-23T12:00:00-08:00", NULL);
    bench->x_api_key = NULL; /* control needs no key */
    *state = bench;
    return 0;
}

static int close_bench(void **state)
{
    bench_close(*state);
    return 0;
}

static void the_log_tells_what_came_and_what_became_of_it(void **state)
{
    struct bench *bench = *state;
    bench->x_api_key = APPOINTMENT_TEST_KEY;
    bench_call(bench, "POST", "/_sandbox/faults",
        "{\"rules\":[\"POST /visit lose\",\"PUT /appointment/*/cancel skip status=503\"]}");
    bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com");
    bench_call(bench, "PUT", "/appointment/18701/cancel", NULL);
    bench->x_api_key = PROSPECT_TEST_KEY;
    bench_call(bench, "POST", "/visit",
        "{\"prospectId\":47569001,\"visitTime\":\"2026-11-23T11:00:00-08:00\"}");
    bench->x_api_key = "wrong";
    bench_call(bench, "GET", "/community/c1/available-times?forSelfGuided=true", NULL);
    bench_call(bench, "GET", "/_sandbox/log", NULL);
    static const struct {
        const char *path, *value;
    } expected[] = {
        {"[0].sequence", "1"},
        {"[0].at", "2026-11-23T20:00:00.000000+00:00"},
        {"[0].method", "POST"},
        {"[0].path", "/appointment/request"},
        {"[0].key", "appointment"},
        {"[0].keyHeader", "x-api-key"},
        {"[0].applied", "true"},
        {"[0].status", "200"},
        {"[0].bytes", "75"},
        {"[0].appointmentId", "18701"},
        {"[0].prospectId", "47569001"},
        {"[0].fault", "null"},
        {"[1].applied", "false"},
        {"[1].ownStatus", "200"},
        {"[1].status", "503"},
        {"[1].fault", "PUT /appointment/*/cancel skip status=503"},
        {"[2].key", "prospect"},
        {"[2].applied", "true"},
        {"[2].status", "0"},
        {"[2].bytes", "0"},
        {"[2].visitId", "12301"},
        {"[2].body", "{\"prospectId\":47569001,\"visitTime\":\"2026-11-23T11:00:00-08:00\"}"},
        {"[3].key", "unknown"},
        {"[3].path", "/community/c1/available-times?forSelfGuided=true"},
        {"[3].applied", "false"},
        {"[3].status", "403"},
        {"[4]", "(missing)"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(bench_value(bench, expected[i].path), expected[i].value);
    bench_call(bench, "DELETE", "/_sandbox/log", NULL);
    assert_string_equal(bench->text, "[]");
}

static void others_can_book(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/appointments",
                         "{\"communityId\":\"c1\",\"startTime\":\"2026-11-24T10:00:00-08:00\","
                         "\"origin\":\"phone\"}"),
        200);
    assert_string_equal(bench_value(bench, "origin"), "phone");
    assert_string_equal(bench_value(bench, "startTime"), "2026-11-24T10:00:00-08:00");
    assert_string_equal(bench_value(bench, "tourType"), "SELF_GUIDED");
    assert_string_equal(bench_value(bench, "prospect.email"), "visitor-1@example.com");
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/appointments",
                         "{\"communityId\":\"c1\",\"startTime\":\"2026-11-24T10:00:00-08:00\"}"),
        409);
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/appointments",
                         "{\"communityId\":\"c1\",\"startTime\":\"2026-11-24T11:00:00-08:00\","
                         "\"profile\":{\"lastName\":\"X\",\"phone\":\"2065550101\"},"
                         "\"tourType\":\"IN_PERSON\"}"),
        200);
    assert_string_equal(bench_value(bench, "origin"), "web");
    assert_string_equal(bench_value(bench, "prospect.phone"), "+12065550101");
    assert_int_equal(
        bench_call(bench, "POST", "/_sandbox/appointments", "{\"origin\":\"fax\"}"), 400);
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/appointments", "7"), 400);
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/appointments", "{"), 400);
    bench->x_api_key = APPOINTMENT_TEST_KEY;
    bench_list(bench, "c1");
    assert_false(bench_offers(bench, "2026-11-24T10:00:00-08:00"));
    bench_set(bench, "", "{\"gateway\":\"require\"}"); /* asks nothing of the control endpoint */
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/appointments",
                         "{\"communityId\":\"c1\",\"startTime\":\"2026-11-25T10:00:00-08:00\"}"),
        200);
}

static void the_clock_can_be_set_stopped_and_sped_up(void **state)
{
    struct bench *bench = *state;
    bench_call(bench, "GET", "/_sandbox/clock", NULL);
    assert_string_equal(bench->text, "{\"now\":\"2026-11-23T20:00:00.000000+00:00\",\"speed\":1}");
    bench_call(bench, "PUT", "/_sandbox/clock", "{\"now\":\"2027-01-01T00:00:00Z\",\"speed\":60}");
    bench->now += 7;
    bench_call(bench, "GET", "/_sandbox/clock", NULL);
    assert_string_equal(bench_value(bench, "now"), "2027-01-01T00:00:00.420000+00:00");
    bench->now += SECOND - 7;
    bench_call(bench, "GET", "/_sandbox/clock", NULL);
    assert_string_equal(bench_value(bench, "now"), "2027-01-01T00:01:00.000000+00:00");
    bench_call(bench, "PUT", "/_sandbox/clock", "{\"speed\":0}");
    bench->now += HOUR;
    bench_call(bench, "GET", "/_sandbox/clock", NULL);
    assert_string_equal(bench_value(bench, "now"), "2027-01-01T00:01:00.000000+00:00");
    assert_int_equal(bench_call(bench, "PUT", "/_sandbox/clock", "{\"speed\":-1}"), 400);
    assert_int_equal(bench_call(bench, "PUT", "/_sandbox/clock", "{\"now\":\"noon\"}"), 400);
    assert_int_equal(bench_call(bench, "PUT", "/_sandbox/clock", "7"), 400);
}

static void faults_come_and_go(void **state)
{
    struct bench *bench = *state;
    bench->x_api_key = APPOINTMENT_TEST_KEY;
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/faults",
                         "{\"rules\":[\"GET /community/*/sources @1 status=500\","
                         "\"GET /x lo\"]}"),
        400);
    assert_string_equal(bench_value(bench, "errorMessage"), "\"lo\" is not an effect");
    assert_int_equal(bench_call(bench, "GET", "/community/c1/sources", NULL), 200);
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/faults",
                         "{\"rules\":[\"GET /community/*/sources @2 status=500\"]}"),
        200);
    assert_int_equal(bench_call(bench, "GET", "/community/c1/sources", NULL), 200);
    assert_int_equal(bench_call(bench, "GET", "/community/c1/sources", NULL), 500);
    bench_call(bench, "GET", "/_sandbox/faults", NULL);
    assert_string_equal(bench->text, "{\"rules\":[{\"rule\":\"GET /community/*/sources @2 "
                                     "status=500\",\"seen\":2,\"used\":1}]}");
    bench_call(bench, "DELETE", "/_sandbox/faults", NULL);
    assert_string_equal(bench->text, "{\"rules\":[]}");
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/faults", "{}"), 400);
}

static void settings_are_read_and_changed(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(
        bench_call(bench, "PATCH", "/_sandbox/office/c1", "{\"tour_minutes\":15}"), 200);
    assert_string_equal(bench_value(bench, "tour_minutes"), "15");
    assert_int_equal(bench_call(bench, "PATCH", "/_sandbox/office/c1", "{\"x\":15}"), 400);
    assert_string_equal(bench_value(bench, "errorMessage"), "x is not a setting of a community");
    assert_int_equal(bench_call(bench, "PATCH", "/_sandbox/office/c9", "{}"), 404);
    assert_int_equal(bench_call(bench, "GET", "/_sandbox/office", NULL), 200);
    assert_string_equal(bench_value(bench, "communities[0].tour_minutes"), "15");
    assert_int_equal(bench_call(bench, "GET", "/_sandbox/office/c2", NULL), 200);
    assert_string_equal(bench_value(bench, "tour_minutes"), "30");
    assert_int_equal(bench_call(bench, "PATCH", "/_sandbox/office", "{\"communities\":[]}"), 400);
}

static void a_reset_goes_back_to_the_beginning(void **state)
{
    struct bench *bench = *state;
    bench->x_api_key = APPOINTMENT_TEST_KEY;
    bench_set(bench, "c1", "{\"tour_minutes\":15}");
    bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com");
    bench_call(bench, "POST", "/_sandbox/faults", "{\"rules\":[\"GET * status=500\"]}");
    assert_int_equal(bench_call(bench, "POST", "/_sandbox/reset", NULL), 200);
    bench_call(bench, "GET", "/_sandbox/log", NULL);
    assert_string_equal(bench->text, "[]");
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    assert_string_equal(bench->text, "[]");
    bench_list(bench, "c1");
    assert_true(bench_offers(bench, "2026-11-24T10:00:00-08:00"));
    assert_false(bench_offers(bench, "2026-11-24T10:15:00-08:00"));
    bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com");
    assert_string_equal(bench_value(bench, "appointmentId"), "18702"); /* no id comes twice */
}

static void an_id_taken_back_by_skip_is_not_given_again(void **state)
{
    struct bench *bench = *state;
    bench->x_api_key = APPOINTMENT_TEST_KEY;
    bench_call(bench, "POST", "/_sandbox/faults",
        "{\"rules\":[\"POST /appointment/request @1 skip answer\"]}");
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com"), 200);
    assert_string_equal(bench_value(bench, "appointmentId"), "18701");
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "b@example.com"), 200);
    assert_string_equal(bench_value(bench, "appointmentId"), "18702");
}

static void unknown_controls_are_said_to_be(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(bench_call(bench, "GET", "/_sandbox/nothing", NULL), 404);
    assert_int_equal(bench_call(bench, "DELETE", "/_sandbox/clock", NULL), 405);
}

static void without_being_asked_for_it_is_not_there(void **state)
{
    (void)state;
    instant now = at("2026-11-23T12:00:00-08:00");
    struct error error;
    struct sandbox_settings settings = {.source = clock_frozen(&now), .speed = 1, .seed = 1};
    struct sandbox *sandbox = sandbox_create(&settings, &error);
    assert_non_null(sandbox);
    struct request request = {.method = "GET", .target = "/_sandbox/log", .body = ""};
    struct reply reply;
    sandbox_handle(sandbox, &request, &reply);
    assert_int_equal(reply.status, 403);
    assert_string_equal(str_text(&reply.body), "{\"message\":\"Missing Authentication Token\"}");
    reply_finish(&reply);
    sandbox_destroy(sandbox);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_log_tells_what_came_and_what_became_of_it, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(others_can_book, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            the_clock_can_be_set_stopped_and_sped_up, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(faults_come_and_go, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(settings_are_read_and_changed, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            a_reset_goes_back_to_the_beginning, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            an_id_taken_back_by_skip_is_not_given_again, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(unknown_controls_are_said_to_be, open_bench, close_bench),
        cmocka_unit_test(without_being_asked_for_it_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
