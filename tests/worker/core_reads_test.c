/* What is read from Knock: asked once for all who wait, tried a few times, shown from the snapshot when there
 * is nothing better; and whether Knock can be reached at all. */
#include "desk.h"

#include "tourdesk/base/str.h"

static const char LIST[] = "GET /community/c1/available-times?forSelfGuided=true";
static const char SOURCES[] = "GET /community/c1/sources";

static struct command *ask_read(enum command_kind kind)
{
    struct command *command = command_create(kind);
    str_copy(command->community_id, ID_SIZE, "c1");
    str_copy(command->prospect_id, ID_SIZE, "5");
    return command;
}

/* --- one read ------------------------------------------------------------------------------------------------ */

static void a_list_is_read_kept_and_told_with_its_age(void **state)
{
    struct desk *desk = *state;
    uint64_t token = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    assert_null(desk_report(desk, REPORT_SLOTS, token)); /* nothing was known before */
    desk_run(desk, 100);
    const struct report *report = desk_report(desk, REPORT_SLOTS, token);
    assert_int_equal(report->slots.count, DESK_SLOTS);
    assert_false(report->slots.stale);
    assert_false(report->more);
    assert_string_equal(report->trouble.text, "");
    assert_int_equal(report->slots.checked_at, DESK_NOW);
    struct slot_list kept = {0};
    assert_true(ledger_get_slots(desk->ledger, "c1", CALENDAR_SELF_GUIDED, &kept, NULL));
    assert_int_equal(kept.count, DESK_SLOTS);
    slot_list_finish(&kept);
    assert_false(core_busy(desk->core));
}

static void what_was_known_before_is_told_at_once(void **state)
{
    struct desk *desk = *state;
    desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    desk_run(desk, 100);
    desk->now += HOUR;
    uint64_t token = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    const struct report *report = desk_report(desk, REPORT_SLOTS, token);
    assert_true(report->more);
    assert_true(report->slots.stale);
    assert_int_equal(report->slots.checked_at, DESK_NOW);
    assert_int_equal(report->slots.count, DESK_SLOTS);
    desk_run(desk, 100);
    report = desk_report(desk, REPORT_SLOTS, token);
    assert_false(report->more);
    assert_false(report->slots.stale);
    assert_int_equal(desk_reports(desk, REPORT_SLOTS, token), 2);
}

static void those_who_ask_for_the_same_wait_for_one_answer(void **state)
{
    struct desk *desk = *state;
    uint64_t tokens[3];
    for (int i = 0; i < 3; i++)
        tokens[i] = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    struct command *other = ask_read(COMMAND_READ_SLOTS);
    other->calendar = CALENDAR_IN_PERSON;
    uint64_t in_person = desk_ask(desk, other);
    desk_run(desk, 1000);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(desk_reports(desk, REPORT_SLOTS, tokens[i]), 1);
        assert_int_equal(desk_report(desk, REPORT_SLOTS, tokens[i])->slots.count, DESK_SLOTS);
    }
    assert_int_equal(script_sent(desk->script, LIST), 1);
    assert_int_equal(desk_report(desk, REPORT_SLOTS, in_person)->calendar, CALENDAR_IN_PERSON);
    assert_int_equal(
        script_sent(desk->script, "GET /community/c1/available-times?forSelfGuided=false"), 1);
}

static void sources_cards_and_events_are_read(void **state)
{
    struct desk *desk = *state;
    script_say(desk->script, "GET /prospect/5/events",
        reply_ok("{\"edges\":[{\"node\":{\"type\":\"SMS\"}}],"
                 "\"pageInfo\":{\"endCursor\":\"MQ==\",\"hasNextPage\":true}}"));
    script_say(desk->script, "GET /prospect/5/events?first=50&after=MQ%3D%3D",
        reply_ok("{\"edges\":[{\"node\":{\"type\":\"APPOINTMENT_CREATED\"}}],"
                 "\"pageInfo\":{\"hasNextPage\":false}}"));
    uint64_t sources = desk_ask(desk, ask_read(COMMAND_READ_SOURCES));
    uint64_t card = desk_ask(desk, ask_read(COMMAND_READ_CARD));
    uint64_t events = desk_ask(desk, ask_read(COMMAND_READ_EVENTS));
    desk_run(desk, 1000);
    assert_int_equal(desk_report(desk, REPORT_SOURCES, sources)->sources.count, 1);
    assert_string_equal(
        desk_report(desk, REPORT_SOURCES, sources)->sources.titles[0], "Property Website");
    assert_string_equal(desk_report(desk, REPORT_CARD, card)->card.items[0].value, "5");
    const struct report *report = desk_report(desk, REPORT_EVENTS, events);
    assert_int_equal(report->events.count, 2);
    assert_string_equal(report->events.items[1].type, "APPOINTMENT_CREATED");
    assert_int_equal(script_sent(desk->script, "GET /prospect/5/events"), 2);
}

static void a_history_without_an_end_has_an_end_here(void **state)
{
    struct desk *desk = *state;
    script_always(desk->script, "GET /prospect/5/events",
        reply_ok("{\"edges\":[],\"pageInfo\":{\"endCursor\":\"again\",\"hasNextPage\":true}}"));
    uint64_t token = desk_ask(desk, ask_read(COMMAND_READ_EVENTS));
    desk_run(desk, MINUTE);
    assert_non_null(desk_report(desk, REPORT_EVENTS, token));
    assert_in_range(script_sent(desk->script, "GET /prospect/5/events"), 2, 100);
    assert_false(core_busy(desk->core));
}

/* --- failures ------------------------------------------------------------------------------------------------- */

static void a_read_that_fails_is_tried_three_times_with_pauses(void **state)
{
    struct desk *desk = *state;
    script_always(desk->script, LIST, reply_fate(FATE_NAME, false));
    uint64_t token = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    desk_run(desk, MINUTE);
    assert_int_equal(script_sent(desk->script, LIST), 3);
    for (size_t i = 0; i < 2; i++)
        assert_true(script_request(desk->script, LIST, i + 1)->at -
                        script_request(desk->script, LIST, i)->at >=
                    250);
    const struct report *report = desk_report(desk, REPORT_SLOTS, token);
    assert_int_equal(report->reason, REASON_OFFLINE);
    check_contains("trouble", report->trouble.text, "could not be reached");
    assert_true(report->slots.stale);
    assert_int_equal(report->slots.checked_at, 0); /* never read */
}

static void a_second_try_that_works_is_all_that_is_told(void **state)
{
    struct desk *desk = *state;
    static const struct script_reply failures[] = {
        {.fate = FATE_RESET, .left = true},
        {.status = 503, .body = "oops"},
        {.status = 200, .body = "{\"acceptableTimes\":["},
        {.status = 200, .body = "{\"acceptableTimes\":[]}", .cut = true},
    };
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        script_say(desk->script, LIST, failures[i]);
        desk_forget(desk);
        uint64_t token = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
        desk_run(desk, MINUTE);
        const struct report *report = desk_report(desk, REPORT_SLOTS, token);
        assert_int_equal(report->slots.count, DESK_SLOTS);
        assert_false(report->slots.stale);
        assert_int_equal(script_sent(desk->script, LIST), 2 * (i + 1));
    }
}

static void what_asking_again_will_not_mend_is_asked_once(void **state)
{
    struct desk *desk = *state;
    static const struct {
        struct script_reply reply;
        enum reason reason;
    } rows[] = {
        {{.status = 401, .body = "{\"message\":\"Forbidden\"}"}, REASON_KEY},
        {{.status = 404, .body = "{}"}, REASON_NOT_KNOWN},
        {{.status = 400, .body = "{}"}, REASON_INVALID},
        {{.status = 302, .body = ""}, REASON_REDIRECTED},
        {{.status = 429, .body = "{}"}, REASON_RATE_LIMITED},
        {{.status = 200, .body = "{}", .too_large = true}, REASON_TOO_LARGE},
        {{.fate = FATE_KEY}, REASON_KEY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script_say(desk->script, LIST, rows[i].reply);
        uint64_t token = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
        desk_run(desk, MINUTE);
        const struct report *report = desk_report(desk, REPORT_SLOTS, token);
        check_text("reason", reason_token(report->reason), reason_token(rows[i].reason));
        check_number("status", report->http_status, rows[i].reply.status);
        check_number("asked", (long long)script_sent(desk->script, LIST), (long long)i + 1);
    }
}

static void a_read_that_fails_is_told_with_the_last_snapshot(void **state)
{
    struct desk *desk = *state;
    desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    desk_ask(desk, ask_read(COMMAND_READ_SOURCES));
    desk_run(desk, 100);
    script_always(desk->script, "GET", reply_status(500, "{\"errorMessage\":\"asleep\"}"));
    uint64_t slots = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    uint64_t sources = desk_ask(desk, ask_read(COMMAND_READ_SOURCES));
    uint64_t card = desk_ask(desk, ask_read(COMMAND_READ_CARD));
    desk_run(desk, MINUTE);
    const struct report *report = desk_report(desk, REPORT_SLOTS, slots);
    assert_int_equal(report->slots.count, DESK_SLOTS);
    assert_true(report->slots.stale);
    assert_int_equal(report->slots.checked_at, DESK_NOW);
    check_contains("trouble", report->trouble.text, "(Knock: \"asleep\")");
    report = desk_report(desk, REPORT_SOURCES, sources);
    assert_int_equal(report->sources.count, 1);
    assert_true(report->sources.stale);
    check_contains("card", desk_report(desk, REPORT_CARD, card)->trouble.text, "asleep");
}

/* --- nobody waits any more ------------------------------------------------------------------------------------- */

static void a_read_that_nobody_waits_for_is_abandoned(void **state)
{
    struct desk *desk = *state;
    script_say(
        desk->script, LIST, (struct script_reply){.status = 200, .body = "[]", .delay = 5000});
    uint64_t one = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    uint64_t two = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    desk_run(desk, 100);
    struct command *abandon = command_create(COMMAND_ABANDON);
    abandon->abandons = one;
    desk_ask(desk, abandon);
    assert_false(script_request(desk->script, LIST, 0)->abandoned); /* the other still waits */
    abandon = command_create(COMMAND_ABANDON);
    abandon->abandons = two;
    desk_ask(desk, abandon);
    assert_true(script_request(desk->script, LIST, 0)->abandoned);
    desk_run(desk, MINUTE);
    assert_null(desk_report(desk, REPORT_SLOTS, 0));
    assert_false(core_busy(desk->core));
}

static void a_read_that_a_booking_waits_for_is_not_abandoned(void **state)
{
    struct desk *desk = *state;
    script_say(
        desk->script, LIST, reply_fate(FATE_NAME, false)); /* so that both share the second */
    uint64_t token = desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    desk_run(desk, 100);
    uint64_t booking = desk_ask(desk, ask_book(3));
    desk_run(desk, 10);
    struct command *abandon = command_create(COMMAND_ABANDON);
    abandon->abandons = token;
    desk_ask(desk, abandon);
    desk_run(desk, MINUTE);
    assert_int_equal(desk_told(desk, booking)->state, STATE_CONFIRMED);
    assert_null(desk_report(desk, REPORT_SLOTS, token));
}

static void a_booking_does_not_trust_a_list_that_was_asked_for_before_it(void **state)
{
    struct desk *desk = *state;
    script_say(desk->script, LIST,
        (struct script_reply){.status = 200,
            .body = "{\"acceptableTimes\":[\"2026-11-24T10:30:00-08:00\"]}",
            .delay = 3000});
    desk_ask(desk, ask_read(COMMAND_READ_SLOTS));
    desk_run(desk, 1000);
    script_offer(desk->script, NULL, 0); /* taken in the meantime */
    uint64_t booking = desk_ask(desk, ask_book(3));
    desk_run(desk, MINUTE);
    assert_int_equal(desk_told(desk, booking)->state, STATE_REFUSED);
    assert_int_equal(script_sent(desk->script, "POST"), 0);
}

/* --- the line and the clock ------------------------------------------------------------------------------------- */

static void the_line_is_told_when_it_changes_and_not_otherwise(void **state)
{
    struct desk *desk = *state;
    static const struct {
        struct script_reply reply;
        bool told, online;
    } rows[] = {
        {{.status = 200, .body = "[]"}, true, true}, /* the first word */
        {{.status = 404, .body = "{}"}, false, true},
        {{.fate = FATE_KEY}, false, true}, /* says nothing of the line */
        {{.fate = FATE_TIMEOUT, .left = true}, true, false},
        {{.fate = FATE_NAME}, false, false},
        {{.status = 429, .body = "{}"}, true, true},
        {{.fate = FATE_TLS}, true, false},
        {{.status = 200, .body = "[]"}, true, true},
    };
    bool online = true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk_forget(desk);
        script_always(desk->script, SOURCES, rows[i].reply);
        desk_ask(desk, ask_read(COMMAND_READ_SOURCES));
        desk_run(desk, MINUTE);
        const struct report *report = desk_report(desk, REPORT_LINK, 0);
        check_number("told", (long long)desk_reports(desk, REPORT_LINK, 0), rows[i].told);
        if (report)
            online = report->online;
        check_number("online", online, rows[i].online);
    }
}

static void a_clock_that_is_far_off_is_told_when_it_is_and_when_it_is_not_any_more(void **state)
{
    struct desk *desk = *state;
    static const struct {
        int64_t ahead; /* of Knock's */
        bool told;
    } rows[] = {
        {0, false},
        {30 * SECOND, false},
        {5 * MINUTE, true},
        {6 * MINUTE, false},
        {10 * SECOND, true},
        {-2 * MINUTE, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk_forget(desk);
        script_say(desk->script, SOURCES,
            (struct script_reply){.status = 200, .body = "[]", .date = desk->now - rows[i].ahead});
        desk_ask(desk, ask_read(COMMAND_READ_SOURCES));
        desk_run(desk, 100);
        check_number("told", (long long)desk_reports(desk, REPORT_SKEW, 0), rows[i].told);
        if (rows[i].told)
            check_number("skew", desk_report(desk, REPORT_SKEW, 0)->skew, rows[i].ahead);
        desk_run(desk, MINUTE);
    }
    uint64_t token = desk_ask(desk, command_create(COMMAND_HEALTH));
    const struct report *health = desk_report(desk, REPORT_HEALTH, token);
    assert_true(health->skew_known);
    assert_int_equal(health->skew, -2 * MINUTE);
    assert_string_equal(health->trouble.text, "");
}

/* --- lists from the ledger ------------------------------------------------------------------------------------------ */

static void tours_and_operations_are_listed(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 3, "Ana", "+12065550155", id);
    struct command *command = command_create(COMMAND_LIST_TOURS);
    command->query = (struct tour_query){.to = INT64_MAX};
    uint64_t token = desk_ask(desk, command);
    assert_int_equal(desk_report(desk, REPORT_TOURS, token)->tours.count, 1);
    command = command_create(COMMAND_LIST_OPERATIONS);
    command->since = DESK_NOW;
    token = desk_ask(desk, command);
    const struct report *report = desk_report(desk, REPORT_OPERATIONS, token);
    assert_int_equal(report->operation_count, 1);
    assert_string_equal(report->operations[0].id, id);
    assert_string_equal(report->tours.items[0].id, id);
    command = command_create(COMMAND_LIST_OPERATIONS);
    str_copy(command->operation_id, OPERATION_ID_SIZE, "nobody");
    token = desk_ask(desk, command);
    check_contains(
        "nobody", desk_report(desk, REPORT_OPERATIONS, token)->trouble.text, "no such operation");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_list_is_read_kept_and_told_with_its_age, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_was_known_before_is_told_at_once, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            those_who_ask_for_the_same_wait_for_one_answer, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(sources_cards_and_events_are_read, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_history_without_an_end_has_an_end_here, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_read_that_fails_is_tried_three_times_with_pauses, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_second_try_that_works_is_all_that_is_told, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_asking_again_will_not_mend_is_asked_once, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_read_that_fails_is_told_with_the_last_snapshot, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_read_that_nobody_waits_for_is_abandoned, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_read_that_a_booking_waits_for_is_not_abandoned, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_booking_does_not_trust_a_list_that_was_asked_for_before_it, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            the_line_is_told_when_it_changes_and_not_otherwise, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_clock_that_is_far_off_is_told_when_it_is_and_when_it_is_not_any_more, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(tours_and_operations_are_listed, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
