/* Values to requests: each field under the name that knock-api section 3 and the vendor's article give it,
 * and nothing that was not given. */
#include "../unit/check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/knock/request.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

static struct community community(void)
{
    struct community c = {0};
    str_copy(c.id, sizeof c.id, "b9XQN6eMvvrr07zg");
    str_copy(c.sms_consent_text, sizeof c.sms_consent_text, "You agree to texts about this tour.");
    str_copy(c.sms_consent_url, sizeof c.sms_consent_url, "https://example.com/consent");
    return c;
}

/* Everything that can be given. */
static void full_booking(struct operation *operation)
{
    memset(operation, 0, sizeof *operation);
    operation->kind = OPERATION_BOOK;
    str_copy(operation->community_id, ID_SIZE, "b9XQN6eMvvrr07zg");
    struct booking *booking = &operation->booking;
    struct profile *profile = &booking->profile;
    str_copy(profile->first_name, NAME_SIZE, "Ana");
    str_copy(profile->last_name, NAME_SIZE,
        "N\xC3\xBA\xC3\xB1"
        "ez");
    str_copy(profile->email, EMAIL_SIZE, "Ana@example.com");
    str_copy(profile->phone, PHONE_SIZE, "+12065550155");
    profile->move_date = (struct date){2026, 12, 5};
    profile->bedrooms = BEDROOMS_ONE | BEDROOMS_THREE_OR_MORE;
    profile->occupants = 2;
    profile->lease_months = 12;
    profile->min_budget = 1000;
    profile->max_budget = 2000;
    str_copy(profile->message, MESSAGE_SIZE, "A \"quiet\" one\nplease");
    booking->consent = CONSENT_YES;
    booking->calendar = CALENDAR_SELF_GUIDED;
    str_copy(booking->start_text, STAMP_SIZE, "2026-12-01T09:00:00-08:00");
    str_copy(booking->end_text, STAMP_SIZE, "2026-12-01T09:30:00-08:00");
    str_copy(booking->source_title, SOURCE_SIZE, "Property Website");
}

/* The least that can be given. */
static void least_booking(struct operation *operation)
{
    memset(operation, 0, sizeof *operation);
    operation->kind = OPERATION_BOOK;
    str_copy(operation->community_id, ID_SIZE, "c1");
    str_copy(operation->booking.profile.last_name, NAME_SIZE, "Isa");
    str_copy(operation->booking.profile.phone, PHONE_SIZE, "+12065550155");
    str_copy(operation->booking.start_text, STAMP_SIZE, "2026-12-01T09:00:00-08:00");
}

static void check_body(const char *name, struct http_request *request, const char *expected)
{
    cJSON *got = cJSON_Parse(request->body), *want = cJSON_Parse(expected);
    check_holds(name, want != NULL, "has a wrong expectation");
    if (!cJSON_Compare(got, want, true))
        fail_msg("[%s] gave %s, not %s", name, request->body, expected);
    cJSON_Delete(got);
    cJSON_Delete(want);
    http_request_finish(request);
}

static void check_line(const struct http_request *request, enum http_method method,
    enum key_family family, const char *community_id, const char *path)
{
    check_number(path, request->method, method);
    check_number(path, request->family, family);
    check_text(path, request->community_id, community_id);
    check_text(path, request->path, path);
}

static void q15_each_request_has_its_method_path_and_key_family(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation;
    struct community c = community();
    full_booking(&operation);
    str_copy(operation.appointment_id, ID_SIZE, "2");

    request_slots(&request, "c1", CALENDAR_SELF_GUIDED);
    check_line(&request, HTTP_GET, KEY_APPOINTMENT, "c1",
        "/community/c1/available-times?forSelfGuided=true");
    assert_null(request.body);
    request_slots(&request, "c1", CALENDAR_IN_PERSON);
    check_line(&request, HTTP_GET, KEY_APPOINTMENT, "c1",
        "/community/c1/available-times?forSelfGuided=false");
    request_sources(&request, "c1");
    check_line(&request, HTTP_GET, KEY_APPOINTMENT, "c1", "/community/c1/sources");
    assert_null(request.body);
    request_card(&request, "c1", "5");
    check_line(&request, HTTP_GET, KEY_PROSPECT, "c1", "/prospect/5");
    assert_null(request.body);
    request_events(&request, "c1", "5", "");
    check_line(&request, HTTP_GET, KEY_PROSPECT, "c1", "/prospect/5/events?first=50");
    request_events(&request, "c1", "5", "MQ==");
    check_line(
        &request, HTTP_GET, KEY_PROSPECT, "c1", "/prospect/5/events?first=50&after=MQ%3D%3D");
    request_prospect(&request, &operation, &c);
    check_line(&request, HTTP_POST, KEY_PROSPECT, "b9XQN6eMvvrr07zg", "/prospect");
    http_request_finish(&request);
    request_appointment(&request, &operation, &c);
    check_line(&request, HTTP_POST, KEY_APPOINTMENT, "b9XQN6eMvvrr07zg", "/appointment/request");
    http_request_finish(&request);
    request_cancel(&request, &operation);
    check_line(&request, HTTP_PUT, KEY_APPOINTMENT, "b9XQN6eMvvrr07zg", "/appointment/2/cancel");
    assert_null(request.body); /* knock-api 3.3: none */
    request_visit(&request, &operation);
    check_line(&request, HTTP_POST, KEY_PROSPECT, "b9XQN6eMvvrr07zg", "/visit");
    http_request_finish(&request);
}

static void a_booking_says_all_that_was_given_under_the_apis_names(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation;
    struct community c = community();
    full_booking(&operation);
    request_appointment(&request, &operation, &c);
    check_body("booking", &request,
        "{\"communityId\":\"b9XQN6eMvvrr07zg\","
        "\"requestedTimes\":[{\"startTime\":\"2026-12-01T09:00:00-08:00\","
        "\"endTime\":\"2026-12-01T09:30:00-08:00\"}],"
        "\"profile\":{\"firstName\":\"Ana\",\"lastName\":\"N\\u00fa\\u00f1ez\","
        "\"email\":\"Ana@example.com\",\"phone\":\"2065550155\",\"moveDate\":\"2026-12-05\","
        "\"bedrooms\":[\"1_BEDROOM\",\"3_OR_MORE_BEDROOMS\"],\"occupants\":2,"
        "\"leaseTermMonths\":12,\"minBudget\":1000,\"maxBudget\":2000},"
        "\"message\":\"A \\\"quiet\\\" one\\nplease\","
        "\"smsConsent\":true,\"smsConsentDisclaimer\":\"You agree to texts about this tour.\","
        "\"smsConsentUrl\":\"https://example.com/consent\","
        "\"sourceTitle\":\"Property Website\",\"tourType\":\"SELF_GUIDED\"}");
}

static void a_prospect_has_the_same_fields_flat_and_asks_for_no_answer_of_its_own(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation;
    struct community c = community();
    full_booking(&operation);
    request_prospect(&request, &operation, &c);
    check_body("prospect", &request,
        "{\"communityId\":\"b9XQN6eMvvrr07zg\",\"firstName\":\"Ana\","
        "\"lastName\":\"N\\u00fa\\u00f1ez\",\"email\":\"Ana@example.com\","
        "\"phone\":\"2065550155\",\"moveDate\":\"2026-12-05\","
        "\"bedrooms\":[\"1_BEDROOM\",\"3_OR_MORE_BEDROOMS\"],\"occupants\":2,"
        "\"leaseTermMonths\":12,\"minBudget\":1000,\"maxBudget\":2000,"
        "\"message\":\"A \\\"quiet\\\" one\\nplease\","
        "\"smsConsent\":true,\"smsConsentDisclaimer\":\"You agree to texts about this tour.\","
        "\"smsConsentUrl\":\"https://example.com/consent\","
        "\"sourceTitle\":\"Property Website\",\"autorespond\":false}");
}

static void nothing_is_sent_that_was_not_given(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation;
    struct community c = community();
    least_booking(&operation);
    request_appointment(&request, &operation, &c);
    check_body("booking", &request,
        "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":"
        "\"2026-12-01T09:00:00-08:00\"}],\"profile\":{\"lastName\":\"Isa\","
        "\"phone\":\"2065550155\"},\"tourType\":\"SELF_GUIDED\"}");
    request_prospect(&request, &operation, &c);
    check_body("prospect", &request,
        "{\"communityId\":\"c1\",\"lastName\":\"Isa\",\"phone\":\"2065550155\","
        "\"autorespond\":false}");
    str_copy(operation.prospect_id, ID_SIZE, "5");
    operation.visiting.visit_time = (struct stamp){.at = 1585696926000, .offset = 0};
    request_visit(&request, &operation);
    check_body("visit", &request,
        "{\"prospectId\":\"5\",\"visitTime\":\"2020-03-31T23:22:06+00:00\","
        "\"isSelfGuided\":false}");
}

static void a_visit_says_what_the_article_says(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation;
    full_booking(&operation);
    operation.kind = OPERATION_VISIT;
    str_copy(operation.prospect_id, ID_SIZE, "1");
    str_copy(operation.appointment_id, ID_SIZE, "2");
    struct visiting *visit = &operation.visiting;
    visit->visit_time = (struct stamp){.at = 1585696926000, .offset = -25200};
    visit->self_guided = true;
    str_copy(visit->source_title, SOURCE_SIZE, "Property Website");
    str_copy(visit->units[0], UNIT_SIZE, "123");
    str_copy(visit->units[1], UNIT_SIZE, "M6 - 202");
    visit->unit_count = 2;
    request_visit(&request, &operation);
    check_body("visit", &request,
        "{\"prospectId\":\"1\",\"visitTime\":\"2020-03-31T16:22:06-07:00\","
        "\"appointmentId\":\"2\",\"isSelfGuided\":true,\"sourceTitle\":\"Property Website\","
        "\"unitNames\":[\"123\",\"M6 - 202\"]}");
}

static void a_call_says_who_spoke_when_and_how_it_ended(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation = {.kind = OPERATION_CALL};
    struct calling *call = &operation.calling;
    str_copy(operation.prospect_id, ID_SIZE, "a/b");
    str_copy(call->username, USERNAME_SIZE, "sam@example.com");
    str_copy(call->agent_phone, PHONE_SIZE, "+442079460018");
    call->start = (struct stamp){.at = 1585696926000, .offset = -25200};
    call->end = (struct stamp){.at = 1585697166000, .offset = -25200};
    call->outcome = CALL_HUNG_UP;
    str_copy(call->source_title, SOURCE_SIZE, "Zillow");
    request_call(&request, &operation);
    assert_int_equal(request.method, HTTP_POST);
    assert_int_equal(request.family, KEY_PROSPECT);
    assert_string_equal(request.path, "/prospect/a%2Fb/call");
    check_body("call", &request,
        "{\"agent\":{\"username\":\"sam@example.com\",\"phoneNumber\":\"+442079460018\"},"
        "\"startTime\":\"2020-03-31T16:22:06-07:00\",\"endTime\":\"2020-03-31T16:26:06-07:00\","
        "\"type\":\"INBOUND\",\"outcome\":\"HUNG_UP\",\"sourceTitle\":\"Zillow\"}");
}

static void q18_a_visit_without_an_appointment_leaves_it_out(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation = {.kind = OPERATION_VISIT};
    str_copy(operation.prospect_id, ID_SIZE, "1");
    request_visit(&request, &operation);
    assert_null(strstr(request.body, "appointmentId"));
    http_request_finish(&request);
}

static void q7_the_end_is_left_out_where_it_is_not_to_be_sent(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation;
    struct community c = community();
    full_booking(&operation);
    operation.booking.end_text[0] = '\0';
    request_appointment(&request, &operation, &c);
    assert_null(strstr(request.body, "endTime"));
    assert_non_null(strstr(request.body, "[{\"startTime\":\"2026-12-01T09:00:00-08:00\"}]"));
    http_request_finish(&request);
}

static void q9_exactly_one_time_is_requested(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation;
    struct community c = community();
    full_booking(&operation);
    request_appointment(&request, &operation, &c);
    cJSON *body = cJSON_Parse(request.body);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(body, "requestedTimes")), 1);
    cJSON_Delete(body);
    http_request_finish(&request);
}

static void q17_the_tour_type_is_that_of_the_calendar(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation;
    struct community c = community();
    full_booking(&operation);
    operation.booking.calendar = CALENDAR_IN_PERSON;
    request_appointment(&request, &operation, &c);
    assert_non_null(strstr(request.body, "\"tourType\":\"IN_PERSON\""));
    http_request_finish(&request);
}

static void q25_consent_goes_along_only_where_it_was_asked_and_its_words_only_with_a_yes(
    void **state)
{
    (void)state;
    static const struct {
        enum consent consent;
        const char *url, *expected;
        bool words;
    } rows[] = {
        {CONSENT_NOT_ASKED, "https://example.com/consent", NULL, false},
        {CONSENT_NO, "https://example.com/consent", "\"smsConsent\":false", false},
        {CONSENT_YES, "https://example.com/consent", "\"smsConsent\":true", true},
        {CONSENT_YES, "", "\"smsConsent\":true", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int prospect = 0; prospect < 2; prospect++) {
            struct http_request request;
            struct operation operation;
            struct community c = community();
            str_copy(c.sms_consent_url, sizeof c.sms_consent_url, rows[i].url);
            full_booking(&operation);
            operation.booking.consent = rows[i].consent;
            if (prospect)
                request_prospect(&request, &operation, &c);
            else
                request_appointment(&request, &operation, &c);
            const char *name = consent_word(rows[i].consent);
            bool asked = strstr(request.body, "\"smsConsent\"") != NULL;
            check_number(name, asked, rows[i].expected != NULL);
            if (rows[i].expected)
                check_contains(name, request.body, rows[i].expected);
            check_number(name, strstr(request.body, "smsConsentDisclaimer") != NULL, rows[i].words);
            check_number(
                name, strstr(request.body, "smsConsentUrl") != NULL, rows[i].words && *rows[i].url);
            http_request_finish(&request);
        }
}

static void q5_the_start_is_sent_back_byte_for_byte(void **state)
{
    (void)state;
    static const char *const texts[] = {"2026-12-01T09:00:00-08:00", "2026-12-01T17:00Z",
        "2026-12-01 17:00:00.000000000+0000", "2026-12-01t17:00:00z"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct http_request request;
        struct operation operation;
        struct community c = community();
        full_booking(&operation);
        str_copy(operation.booking.start_text, STAMP_SIZE, texts[i]);
        request_appointment(&request, &operation, &c);
        char expected[128];
        snprintf(expected, sizeof expected, "\"startTime\":\"%s\"", texts[i]);
        check_contains(texts[i], request.body, expected);
        http_request_finish(&request);
    }
}

static void phones_go_out_as_ten_digits_or_as_e164(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"+12065550155", "\"phone\":\"2065550155\""},
        {"+442079460018", "\"phone\":\"+442079460018\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct http_request request;
        struct operation operation;
        struct community c = community();
        full_booking(&operation);
        str_copy(operation.booking.profile.phone, PHONE_SIZE, rows[i][0]);
        request_appointment(&request, &operation, &c);
        check_contains(rows[i][0], request.body, rows[i][1]);
        http_request_finish(&request);
    }
}

static void each_set_of_bedrooms_has_its_tokens(void **state)
{
    (void)state;
    static const char *const tokens[] = {"STUDIO", "1_BEDROOM", "2_BEDROOMS", "3_OR_MORE_BEDROOMS"};
    for (unsigned set = 0; set < 16; set++) {
        struct http_request request;
        struct operation operation;
        struct community c = community();
        full_booking(&operation);
        operation.booking.profile.bedrooms = set;
        request_appointment(&request, &operation, &c);
        cJSON *body = cJSON_Parse(request.body);
        const cJSON *array = cJSON_GetObjectItem(cJSON_GetObjectItem(body, "profile"), "bedrooms");
        int place = 0;
        assert_true((array != NULL) == (set != 0));
        for (unsigned bit = 0; bit < 4; bit++)
            if (set & 1U << bit)
                assert_string_equal(
                    cJSON_GetStringValue(cJSON_GetArrayItem(array, place++)), tokens[bit]);
        assert_int_equal(cJSON_GetArraySize(array), place);
        cJSON_Delete(body);
        http_request_finish(&request);
    }
}

static void q22_text_is_sent_as_it_was_typed_up_to_a_thousand_characters_of_four_bytes(void **state)
{
    (void)state;
    struct http_request request;
    struct operation operation;
    struct community c = community();
    full_booking(&operation);
    char *message = operation.booking.profile.message;
    struct str text = {0};
    for (int i = 0; i < MESSAGE_CHARACTERS; i++)
        str_add(&text, "\xF0\x9F\x8F\xA0");
    assert_true(str_copy(message, MESSAGE_SIZE, str_text(&text)));
    str_copy(operation.booking.profile.first_name, NAME_SIZE, "O'\xE2\x80\x99\\\"<\xE4\xB8\xAD\t");
    request_appointment(&request, &operation, &c);
    cJSON *body = cJSON_Parse(request.body);
    assert_string_equal(
        cJSON_GetStringValue(cJSON_GetObjectItem(body, "message")), str_text(&text));
    assert_string_equal(cJSON_GetStringValue(
                            cJSON_GetObjectItem(cJSON_GetObjectItem(body, "profile"), "firstName")),
        operation.booking.profile.first_name);
    cJSON_Delete(body);
    str_finish(&text);
    http_request_finish(&request);
}

static void odd_characters_in_ids_are_escaped_in_paths(void **state)
{
    (void)state;
    static const struct {
        const char *id, *segment;
    } rows[] = {
        {"a-Z.0_~", "a-Z.0_~"},
        {"a/b", "a%2Fb"},
        {"a b", "a%20b"},
        {"a?b#c", "a%3Fb%23c"},
        {"../x", "..%2Fx"},
        {"%2F", "%252F"},
        {"a\xC3\xA9", "a%C3%A9"},
        {"a\x01\x7F", "a%01%7F"},
        {"a&b=c+d", "a%26b%3Dc%2Bd"},
        {"\"<>\\", "%22%3C%3E%5C"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct http_request request;
        struct operation operation = {.kind = OPERATION_CANCEL};
        char expected[PATH_SIZE];
        str_copy(operation.appointment_id, ID_SIZE, rows[i].id);
        request_cancel(&request, &operation);
        snprintf(expected, sizeof expected, "/appointment/%s/cancel", rows[i].segment);
        check_text(rows[i].id, request.path, expected);
        request_slots(&request, rows[i].id, CALENDAR_IN_PERSON);
        snprintf(expected, sizeof expected, "/community/%s/available-times?forSelfGuided=false",
            rows[i].segment);
        check_text(rows[i].id, request.path, expected);
        check_text(rows[i].id, request.community_id, rows[i].id);
    }
}

static void the_longest_id_of_odd_bytes_still_has_its_whole_path(void **state)
{
    (void)state;
    char id[ID_SIZE];
    memset(id, '/', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    struct http_request request;
    struct operation operation = {.kind = OPERATION_CANCEL};
    request_slots(&request, id, CALENDAR_IN_PERSON);
    assert_non_null(strstr(request.path, "%2F/available-times?forSelfGuided=false"));
    str_copy(operation.appointment_id, ID_SIZE, id);
    request_cancel(&request, &operation);
    assert_non_null(strstr(request.path, "%2F/cancel"));
    request_events(&request, "c1", id, id);
    size_t length = strlen(request.path);
    assert_int_equal(length, strlen("/prospect//events?first=50&after=") + 2 * 3 * strlen(id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(q15_each_request_has_its_method_path_and_key_family),
        cmocka_unit_test(a_booking_says_all_that_was_given_under_the_apis_names),
        cmocka_unit_test(a_prospect_has_the_same_fields_flat_and_asks_for_no_answer_of_its_own),
        cmocka_unit_test(nothing_is_sent_that_was_not_given),
        cmocka_unit_test(a_visit_says_what_the_article_says),
        cmocka_unit_test(a_call_says_who_spoke_when_and_how_it_ended),
        cmocka_unit_test(q18_a_visit_without_an_appointment_leaves_it_out),
        cmocka_unit_test(q7_the_end_is_left_out_where_it_is_not_to_be_sent),
        cmocka_unit_test(q9_exactly_one_time_is_requested),
        cmocka_unit_test(q17_the_tour_type_is_that_of_the_calendar),
        cmocka_unit_test(
            q25_consent_goes_along_only_where_it_was_asked_and_its_words_only_with_a_yes),
        cmocka_unit_test(q5_the_start_is_sent_back_byte_for_byte),
        cmocka_unit_test(phones_go_out_as_ten_digits_or_as_e164),
        cmocka_unit_test(each_set_of_bedrooms_has_its_tokens),
        cmocka_unit_test(
            q22_text_is_sent_as_it_was_typed_up_to_a_thousand_characters_of_four_bytes),
        cmocka_unit_test(odd_characters_in_ids_are_escaped_in_paths),
        cmocka_unit_test(the_longest_id_of_odd_bytes_still_has_its_whole_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
