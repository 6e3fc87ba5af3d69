/* Booking, replacing and cancelling: R4 to R10 of knock-api section 5. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char now_text[] = "2026-11-23T12:00:00-08:00"; /* a Monday noon */

static int open_bench(void **state)
{
    *state = bench_open(NULL, now_text, NULL);
    return 0;
}

static int close_bench(void **state)
{
    bench_close(*state);
    return 0;
}

/* How many appointments the control endpoint lists with this status. */
static int count_status(struct bench *bench, const char *status)
{
    int count = 0;
    const cJSON *item;
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    cJSON_ArrayForEach (item, bench->json) {
        count += strcmp(cJSON_GetObjectItem(item, "status")->valuestring, status) == 0;
    }
    return count;
}

static void R4_what_a_booking_needs(void **state)
{
    static const struct {
        const char *body;
        int status;
        const char *words;
    } cases[] = {
        {"[]", 400, "The request body must be a JSON object."},
        {"{\"communityId\":", 400, "The request body is not valid JSON."},
        {"{\"communityId\":\"\xff\"}", 400, "The request body is not valid JSON."},
        {"{}", 400, "communityId is required."},
        {"{\"communityId\":7}", 400, "communityId must be text."},
        {"{\"communityId\":\"c1\"}", 400, "requestedTimes is required."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[]}", 400,
            "requestedTimes must have 1 to 8 entries."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{}]}", 400,
            "requestedTimes.startTime is required."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00\"}]}",
            400,
            "requestedTimes.startTime must be an ISO 8601 date and time with an offset, as in "
            "2020-09-23T15:30:00-07:00."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}"
         "]"
         ",\"profile\":{\"email\":\"a@example.com\"}}",
            400, "tourType is required."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}"
         "]"
         ",\"profile\":{\"email\":\"a@example.com\"},\"tourType\":\"LIVE_VIDEO\"}",
            400, "tourType must be SELF_GUIDED or IN_PERSON."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}"
         "]"
         ",\"tourType\":\"SELF_GUIDED\"}",
            400, "profile is required."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}"
         "]"
         ",\"profile\":{\"firstName\":\"A\",\"email\":\"\",\"phone\":null},"
         "\"tourType\":\"SELF_GUIDED\"}",
            400, "An e-mail address or a phone number is required."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}"
         "]"
         ",\"profile\":{\"email\":\"a.example.com\"},\"tourType\":\"SELF_GUIDED\"}",
            400, "profile.email is not an e-mail address."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}"
         "]"
         ",\"profile\":{\"phone\":\"555\"},\"tourType\":\"SELF_GUIDED\"}",
            400, "profile.phone is not a phone number."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}"
         "]"
         ",\"profile\":{\"email\":\"a@example.com\",\"bedrooms\":[\"ONE\"]},"
         "\"tourType\":\"SELF_GUIDED\"}",
            400, "profile.bedrooms may hold STUDIO, 1_BEDROOM, 2_BEDROOMS and 3_OR_MORE_BEDROOMS."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}"
         "]"
         ",\"profile\":{\"email\":\"a@example.com\",\"moveDate\":\"soon\"},"
         "\"tourType\":\"SELF_GUIDED\"}",
            400, "profile.moveDate must be a date, as in 2020-10-15."},
        {"{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}"
         "]"
         ",\"profile\":{\"email\":\"a@example.com\"},\"tourType\":\"SELF_GUIDED\","
         "\"smsConsent\":\"yes\"}",
            400, "smsConsent must be true or false."},
        {"{\"communityId\":\"nowhere\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:"
         "00\""
         "}],\"profile\":{\"email\":\"a@example.com\"},\"tourType\":\"SELF_GUIDED\"}",
            404, "Community not found."},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench_call(bench, "POST", "/appointment/request", "%s", cases[i].body);
        assert_string_equal(bench_value(bench, "errorMessage"), cases[i].words);
        assert_int_equal(bench->status, cases[i].status);
    }
    assert_int_equal(count_status(bench, "CONFIRMED"), 0);
}

static void R4_times_are_compared_as_instants(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T18:00:00Z", "a@example.com"), 200);
    bench_list(bench, "c1");
    assert_false(bench_offers(bench, "2026-11-24T10:00:00-08:00"));
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T13:00:00-0500", "b@example.com"), 409);
}

static void R5_only_an_offered_start_can_be_booked(void **state)
{
    static const struct {
        const char *start;
        int status;
        const char *words;
    } cases[] = {
        {"2026-11-23T11:30:00-08:00", 422, "The requested time is in the past."},
        {"2026-11-23T12:00:00-08:00", 422, "The requested time is in the past."},
        {"2026-11-23T12:30:00-08:00", 422, "Tours must be booked at least 60 minutes ahead."},
        {"2026-11-24T08:30:00-08:00", 422, "The community gives no tours at the requested time."},
        {"2026-11-24T10:10:00-08:00", 422,
            "The requested time is not one of the offered start times."},
        {"2027-01-24T10:00:00-08:00", 422, "Tours can be booked up to 21 days ahead."},
    };
    struct bench *bench = *state;
    bench_set(bench, "c1", "{\"notice_minutes\":60}");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench_book(bench, "c1", cases[i].start, "a@example.com");
        assert_string_equal(bench_value(bench, "errorMessage"), cases[i].words);
        assert_int_equal(bench->status, cases[i].status);
    }
    assert_int_equal(bench_book(bench, "c1", "2026-11-23T13:00:00-08:00", "a@example.com"), 200);
    assert_int_equal(bench_book(bench, "c1", "2026-11-23T13:00:00-08:00", "b@example.com"), 409);
    assert_string_equal(
        bench_value(bench, "errorMessage"), "The requested time is no longer available.");
}

static void R5_lenient_takes_any_time_to_come(void **state)
{
    struct bench *bench = *state;
    bench_set(bench, "c1", "{\"strict_slots\":false}");
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T03:07:00-08:00", "a@example.com"), 200);
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T03:07:00-08:00", "b@example.com"), 200);
    assert_int_equal(bench_book(bench, "c1", "2026-11-23T11:00:00-08:00", "c@example.com"), 422);
}

static int book_with_end(struct bench *bench, const char *end)
{
    return bench_call(bench, "POST", "/appointment/request",
        "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\","
        "\"endTime\":%s}],\"profile\":{\"phone\":\"(206) 555-0155\"},\"tourType\":\"SELF_GUIDED\"}",
        end);
}

static void R6_the_end_is_kept_or_counted(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(book_with_end(bench, "\"2026-11-24T10:00:00-08:00\""), 400);
    assert_string_equal(
        bench_value(bench, "errorMessage"), "requestedTimes.endTime must be after startTime.");
    assert_int_equal(book_with_end(bench, "\"2026-11-25T10:30:00-08:00\""), 400);
    assert_int_equal(book_with_end(bench, "\"2026-11-24T11:15:00-08:00\""), 200);
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    assert_string_equal(bench_value(bench, "[0].endTime"), "2026-11-24T11:15:00-08:00");
    assert_int_equal(book_with_end(bench, "null"), 200);
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    assert_string_equal(bench_value(bench, "[1].endTime"), "2026-11-24T10:30:00-08:00");
}

/* The prospect of the appointment made last. */
static const char *book_as(struct bench *bench, const char *community, const char *profile)
{
    static char id[32];
    static int hour = 9;
    hour = hour == 16 ? 9 : hour + 1;
    bench_set(bench, community, "{\"max_visitors\":50,\"answer_prospect_id\":true}");
    assert_int_equal(
        bench_call(bench, "POST", "/appointment/request",
            "{\"communityId\":\"%s\",\"requestedTimes\":[{\"startTime\":"
            "\"2026-11-25T%02d:00:00%s\"}],\"profile\":%s,"
            "\"tourType\":\"SELF_GUIDED\"}",
            community, hour, strcmp(community, "c1") == 0 ? "-08:00" : "-07:00", profile),
        200);
    snprintf(id, sizeof id, "%s", bench_value(bench, "prospectId"));
    return id;
}

static void R7_the_same_contact_is_the_same_prospect(void **state)
{
    struct bench *bench = *state;
    char first[32];
    snprintf(first, sizeof first, "%s",
        book_as(bench, "c1", "{\"email\":\"Ana@Example.com\",\"phone\":\"2065550155\"}"));
    assert_string_equal(book_as(bench, "c1", "{\"email\":\"ana@example.COM\"}"), first);
    assert_string_equal(book_as(bench, "c1", "{\"phone\":\"+1 (206) 555-0155\"}"), first);
    assert_string_equal(
        book_as(bench, "c1", "{\"email\":\"other@example.com\",\"phone\":\"206.555.0155\"}"),
        first);
    assert_string_not_equal(
        book_as(bench, "c1", "{\"email\":\"other@example.com\",\"phone\":\"2065550156\"}"), first);
    assert_string_not_equal(book_as(bench, "c2", "{\"email\":\"ana@example.com\"}"), first);
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    assert_string_equal(bench_value(bench, "[0].prospect.phone"), "+12065550155");
    assert_string_equal(bench_value(bench, "[0].prospect.email"), "Ana@Example.com");
}

static void R8_a_new_booking_replaces_the_earlier_one(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com"), 200);
    assert_int_equal(bench_book(bench, "c2", "2026-11-24T10:00:00-07:00", "a@example.com"), 200);
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T14:00:00-08:00", "A@example.com"), 200);
    bench_list(bench, "c1");
    assert_true(bench_offers(bench, "2026-11-24T10:00:00-08:00"));
    assert_false(bench_offers(bench, "2026-11-24T14:00:00-08:00"));
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    assert_string_equal(bench_value(bench, "[0].status"), "CANCELLED");
    assert_string_equal(bench_value(bench, "[1].status"), "CONFIRMED"); /* another community */
    assert_string_equal(bench_value(bench, "[2].status"), "CONFIRMED");
}

static void R8_a_tour_that_has_begun_is_not_replaced(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(bench_book(bench, "c1", "2026-11-23T12:30:00-08:00", "a@example.com"), 200);
    bench->now = at("2026-11-23T12:30:00-08:00");
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com"), 200);
    assert_int_equal(count_status(bench, "CONFIRMED"), 2);
}

static void R8_a_refused_booking_leaves_the_earlier_one(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com"), 200);
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T14:00:00-08:00", "b@example.com"), 200);
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T14:00:00-08:00", "a@example.com"), 409);
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T20:00:00-08:00", "a@example.com"), 422);
    assert_int_equal(count_status(bench, "CANCELLED"), 0);
    bench_list(bench, "c1");
    assert_false(bench_offers(bench, "2026-11-24T10:00:00-08:00"));
}

static void R8_a_refused_stranger_leaves_no_guest_card(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com"), 200);
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    long first = strtol(bench_value(bench, "[0].prospect.id"), NULL, 10);
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "b@example.com"), 409);
    char target[64];
    snprintf(target, sizeof target, "/prospect/%ld", first + 1);
    assert_int_equal(bench_call(bench, "GET", target, NULL), 404);
}

static void R8_ones_own_slot_does_not_stand_in_the_way(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com"), 200);
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com"), 200);
    assert_int_equal(count_status(bench, "CANCELLED"), 1);
    bench_set(bench, "c1", "{\"replace_frees_slot\":false}");
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com"), 409);
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T11:00:00-08:00", "a@example.com"), 200);
    assert_int_equal(count_status(bench, "CONFIRMED"), 1);
}

static int book_texted(struct bench *bench, const char *start, const char *consent)
{
    return bench_call(bench, "POST", "/appointment/request",
        "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"%s\"}],\"smsConsent\":%s,"
        "\"profile\":{\"email\":\"a@example.com\",\"phone\":\"2065550155\"},"
        "\"tourType\":\"SELF_GUIDED\"}",
        start, consent);
}

static void R9_what_the_prospect_is_sent(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(book_texted(bench, "2026-11-24T10:00:00-08:00", "false"), 200);
    bench_call(bench, "GET", "/_sandbox/effects", NULL);
    assert_int_equal(cJSON_GetArraySize(bench->json), 1);
    assert_string_equal(bench_value(bench, "[0].kind"), "confirmation_email");
    assert_string_equal(bench_value(bench, "[0].to"), "a@example.com");
    assert_int_equal(book_texted(bench, "2026-11-24T11:00:00-08:00", "true"), 200);
    bench_call(bench, "GET", "/_sandbox/effects", NULL);
    assert_int_equal(cJSON_GetArraySize(bench->json), 4);
    assert_string_equal(bench_value(bench, "[2].kind"), "confirmation_text");
    assert_string_equal(bench_value(bench, "[2].to"), "+12065550155");
    assert_string_equal(bench_value(bench, "[3].kind"), "reminder_text");
    assert_string_equal(bench_value(bench, "[3].due"), "2026-11-24T17:00:00.000000+00:00");
    assert_string_equal(bench_value(bench, "[3].withdrawn"), "false");
}

static void R9_no_reminder_for_a_tour_within_two_hours(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(book_texted(bench, "2026-11-23T13:30:00-08:00", "true"), 200);
    bench_call(bench, "GET", "/_sandbox/effects", NULL);
    assert_int_equal(cJSON_GetArraySize(bench->json), 2);
    assert_int_equal(book_texted(bench, "2026-11-23T14:00:00-08:00", "true"), 200);
    bench_call(bench, "GET", "/_sandbox/effects", NULL);
    assert_int_equal(cJSON_GetArraySize(bench->json), 5); /* exactly two hours ahead has one */
}

static void R9_a_cancelled_tours_reminder_is_withdrawn(void **state)
{
    struct bench *bench = *state;
    char target[64];
    assert_int_equal(book_texted(bench, "2026-11-24T10:00:00-08:00", "true"), 200);
    snprintf(target, sizeof target, "/appointment/%s/cancel", bench_value(bench, "appointmentId"));
    assert_int_equal(bench_call(bench, "PUT", target, NULL), 200);
    bench_call(bench, "GET", "/_sandbox/effects", NULL);
    assert_string_equal(bench_value(bench, "[0].withdrawn"), "false");
    assert_string_equal(bench_value(bench, "[2].withdrawn"), "true");
}

static void R10_cancelling_frees_the_slot_and_keeps_the_id(void **state)
{
    struct bench *bench = *state;
    char target[64], id[32];
    bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com");
    snprintf(id, sizeof id, "%s", bench_value(bench, "appointmentId"));
    snprintf(target, sizeof target, "/appointment/%s/cancel", id);
    for (int i = 0; i < 2; i++) { /* the second time the same body */
        assert_int_equal(bench_call(bench, "PUT", target, NULL), 200);
        assert_string_equal(bench_value(bench, "appointment.id"), id);
        assert_string_equal(bench_value(bench, "appointment.status"), "CANCELLED");
        bench->now += SECOND;
    }
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    assert_string_equal(bench_value(bench, "[0].cancelledAt"), "2026-11-23T20:00:00.000000+00:00");
    bench_list(bench, "c1");
    assert_true(bench_offers(bench, "2026-11-24T10:00:00-08:00"));
    bench_set(bench, "c1", "{\"repeat_cancel_ok\":false}");
    assert_int_equal(bench_call(bench, "PUT", target, NULL), 409);
    assert_int_equal(bench_call(bench, "PUT", "/appointment/1/cancel", NULL), 404);
    assert_int_equal(bench_call(bench, "PUT", "/appointment/x/cancel", NULL), 404);
    assert_string_equal(bench_value(bench, "errorMessage"), "Appointment not found.");
}

static void R10_cancelling_a_tour_that_has_begun_can_be_switched_off(void **state)
{
    struct bench *bench = *state;
    char target[64];
    bench_set(bench, "c1", "{\"past_cancel_ok\":false}");
    bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com");
    snprintf(target, sizeof target, "/appointment/%s/cancel", bench_value(bench, "appointmentId"));
    bench->now = at("2026-11-24T10:00:00-08:00");
    assert_int_equal(bench_call(bench, "PUT", target, NULL), 422);
    bench_set(bench, "c1", "{\"past_cancel_ok\":true}");
    assert_int_equal(bench_call(bench, "PUT", target, NULL), 200);
}

static void the_answer_has_both_forms_of_the_id(void **state)
{
    struct bench *bench = *state;
    char id[32];
    bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com");
    snprintf(id, sizeof id, "%s", bench_value(bench, "appointmentId"));
    assert_true(strspn(id, "0123456789") == strlen(id) && *id);
    assert_string_equal(bench_value(bench, "appointment.id"), id);
    assert_string_equal(bench_value(bench, "appointment.status"), "CONFIRMED");
    assert_string_equal(bench_value(bench, "prospectId"), "(missing)"); /* Q3 */
}

static void a_community_that_reviews_by_hand_answers_pending(void **state)
{
    struct bench *bench = *state;
    bench_set(bench, "c1", "{\"instant\":false}");
    assert_int_equal(bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com"), 200);
    assert_string_equal(bench_value(bench, "appointment.status"), "PENDING");
    bench_list(bench, "c1");
    assert_false(bench_offers(bench, "2026-11-24T10:00:00-08:00"));
}

static void of_several_times_the_first_free_one_is_taken(void **state)
{
    struct bench *bench = *state;
    bench_book(bench, "c1", "2026-11-24T10:00:00-08:00", "a@example.com");
    assert_int_equal(
        bench_call(bench, "POST", "/appointment/request",
            "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00"
            "\"},{\"startTime\":\"2026-11-24T10:30:00-08:00\"}],"
            "\"profile\":{\"email\":\"b@example.com\"},\"tourType\":\"IN_PERSON\"}"),
        200);
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    assert_string_equal(bench_value(bench, "[1].startTime"), "2026-11-24T10:30:00-08:00");
    assert_string_equal(bench_value(bench, "[1].tourType"), "IN_PERSON");
}

static void there_is_an_end_to_how_many_times_can_be_asked_for(void **state)
{
    struct bench *bench = *state;
    struct str times = {0};
    for (int i = 0; i < 2000; i++)
        str_addf(&times, "%s{\"startTime\":\"2026-11-24T10:00:00-08:00\"}", i ? "," : "");
    assert_int_equal(bench_call(bench, "POST", "/appointment/request",
                         "{\"communityId\":\"c1\",\"requestedTimes\":[%s],\"profile\":"
                         "{\"email\":\"b@example.com\"},\"tourType\":\"SELF_GUIDED\"}",
                         str_text(&times)),
        400);
    str_finish(&times);
}

static void the_list_may_lag_behind_the_bookings(void **state)
{
    struct bench *bench = *state;
    const char *start = "2026-11-24T10:00:00-08:00";
    bench_set(bench, "c1", "{\"slot_list_lag_seconds\":30}");
    bench_book(bench, "c1", start, "a@example.com");
    bench->now += 29 * SECOND;
    bench_list(bench, "c1");
    assert_true(bench_offers(bench, start));
    assert_int_equal(bench_book(bench, "c1", start, "b@example.com"), 409);
    bench->now += SECOND;
    bench_list(bench, "c1");
    assert_false(bench_offers(bench, start));
    bench_book(bench, "c1", "2026-11-24T11:00:00-08:00", "a@example.com");
    bench_list(bench, "c1"); /* what was cancelled just now is not back yet either */
    assert_false(bench_offers(bench, start));
}

static void the_list_follows_bookings_and_cancels(void **state)
{
    struct bench *bench = *state;
    const char *start = "2026-11-24T10:00:00-08:00";
    char cancel[64];
    bench_list(bench, "c1");
    assert_true(bench_offers(bench, start));
    bench_book(bench, "c1", start, "a@example.com");
    snprintf(cancel, sizeof cancel, "/appointment/%s/cancel", bench_value(bench, "appointmentId"));
    bench_list(bench, "c1");
    assert_false(bench_offers(bench, start));
    bench_call(bench, "PUT", cancel, NULL);
    bench_list(bench, "c1");
    assert_true(bench_offers(bench, start));
    bench_set(bench, "c1", "{\"closed\":[\"2026-11-24\"]}");
    bench_list(bench, "c1");
    assert_false(bench_offers(bench, start));
}

static void the_list_follows_the_clock(void **state)
{
    struct bench *bench = *state;
    bench_set(bench, "c1", "{\"notice_minutes\":60,\"horizon_days\":1}");
    bench_list(bench, "c1");
    assert_true(bench_offers(bench, "2026-11-23T13:00:00-08:00"));
    bench->now += 1;
    bench_list(bench, "c1");
    assert_false(bench_offers(bench, "2026-11-23T13:00:00-08:00"));
    bench->now = at("2026-11-23T23:59:59-08:00");
    bench_list(bench, "c1");
    assert_int_equal(bench_slot_count(bench), 0);
    bench->now += SECOND;
    bench_list(bench, "c1");
    assert_int_equal(bench_slot_count(bench), 16);
    bench->now = at(now_text); /* and back */
    bench_list(bench, "c1");
    assert_true(bench_offers(bench, "2026-11-23T13:00:00-08:00"));
}

static void R1_R2_the_two_lists_follow_their_settings(void **state)
{
    struct bench *bench = *state;
    const char *start = "2026-11-24T10:00:00-08:00";
    bench_book(bench, "c1", start, "a@example.com");
    bench_call(bench, "GET", "/community/c1/available-times?forSelfGuided=false", NULL);
    assert_false(bench_offers(bench, start));
    bench_set(
        bench, "c1", "{\"concurrent\":true,\"hours\":{\"in_person\":{\"tue\":\"10:00-12:00\"}}}");
    bench_call(bench, "GET", "/community/c1/available-times", NULL);
    assert_true(bench_offers(bench, start));
    assert_false(bench_offers(bench, "2026-11-24T12:00:00-08:00"));
    bench_call(bench, "GET", "/community/c1/available-times?x=1&forSelfGuided=maybe", NULL);
    assert_int_equal(bench->status, 400);
    assert_int_equal(bench_call(bench, "GET", "/community/c9/available-times", NULL), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            R1_R2_the_two_lists_follow_their_settings, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(R4_what_a_booking_needs, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(R4_times_are_compared_as_instants, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R5_only_an_offered_start_can_be_booked, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(R5_lenient_takes_any_time_to_come, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(R6_the_end_is_kept_or_counted, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R7_the_same_contact_is_the_same_prospect, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R8_a_new_booking_replaces_the_earlier_one, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R8_a_tour_that_has_begun_is_not_replaced, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R8_a_refused_booking_leaves_the_earlier_one, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R8_a_refused_stranger_leaves_no_guest_card, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R8_ones_own_slot_does_not_stand_in_the_way, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(R9_what_the_prospect_is_sent, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R9_no_reminder_for_a_tour_within_two_hours, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R9_a_cancelled_tours_reminder_is_withdrawn, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R10_cancelling_frees_the_slot_and_keeps_the_id, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            R10_cancelling_a_tour_that_has_begun_can_be_switched_off, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            the_answer_has_both_forms_of_the_id, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            a_community_that_reviews_by_hand_answers_pending, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            of_several_times_the_first_free_one_is_taken, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            there_is_an_end_to_how_many_times_can_be_asked_for, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            the_list_may_lag_behind_the_bookings, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            the_list_follows_bookings_and_cancels, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(the_list_follows_the_clock, open_bench, close_bench),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
