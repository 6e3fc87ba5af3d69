/* Walk-ins: somebody is registered without a tour, on the line and off it, and their visit is logged once Knock
 * knows them. */
#include "desk.h"

#include "tourdesk/base/str.h"
#include "tourdesk/tour/tell.h"

static const char PROSPECT[] = "POST /prospect";
static const char VISIT[] = "POST /visit";
static const char ANA[] = "+12065550155";

static struct command *ask_register(void)
{
    struct command *command = ask_book_for(0, "Ana", "", ANA);
    command->kind = COMMAND_REGISTER;
    str_copy(command->booking.profile.last_name, NAME_SIZE, "Ray");
    str_copy(command->booking.source_title, SOURCE_SIZE, "Walk-in");
    return command;
}

static void expect_status(struct desk *desk, const char *id, enum tour_status status)
{
    struct tour tour = tour_of(desk->ledger, id);
    check_text(id, tour_status_words(tour_status(&tour, desk->now)), tour_status_words(status));
}

/* --- registering --------------------------------------------------------------------------------------------- */

static void a_walk_in_is_registered_by_one_post_and_holds_no_slot(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct command *command = ask_register();
    command->booking.consent = CONSENT_YES;
    uint64_t token = desk_saved(desk, command, id);
    expect_words(desk, token, "Saved: registering Ana R. Sending next.");
    expect_status(desk, id, TOUR_SAVED);
    desk_run(desk, 1000);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    expect_words(desk, token, "Registered Ana R., number p100.");
    assert_int_equal(script_sent(desk->script, PROSPECT), 1);
    assert_int_equal(script_sent(desk->script, ""), 1);
    const char *body = script_request(desk->script, PROSPECT, 0)->body;
    check_contains("body", body, "\"sourceTitle\":\"Walk-in\"");
    check_contains("body", body, "\"smsConsent\":true");
    struct tour tour = tour_of(desk->ledger, id);
    assert_int_equal(tour.kind, TOUR_WALK_IN);
    assert_int_equal(tour.start.at, DESK_NOW);
    assert_int_equal(tour.end, DESK_NOW + 30 * MINUTE);
    assert_string_equal(tour.start_text, "2026-11-24T08:00:00-08:00");
    assert_string_equal(tour.prospect_id, "p100");
    expect_status(desk, id, TOUR_REGISTERED);
    struct consent_record consent;
    assert_int_equal(ledger_consent(desk->ledger, ANA, &consent, NULL), FOUND_ONE);
    assert_int_equal(consent.state, CONSENT_YES);
}

static void what_knock_could_not_tell_apart_is_not_registered(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_register();
    command->booking.profile.phone[0] = '\0';
    expect_stopped(desk, command, REASON_INVALID, "a phone number or an e-mail is needed");
    command = ask_register();
    str_copy(command->community_id, ID_SIZE, "c9");
    expect_stopped(desk, command, REASON_INVALID, "no such community in the configuration");
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM operation"), "0");
}

static void a_registration_that_knock_refuses_says_why(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_say(desk->script, PROSPECT, reply_status(400, "{\"errorMessage\":\"bad phone\"}"));
    uint64_t token = desk_saved(desk, ask_register(), id);
    desk_run(desk, 1000);
    expect_state(desk, id, STATE_REFUSED, REASON_INVALID);
    expect_status(desk, id, TOUR_REFUSED);
    expect_words(desk, token,
        "Not registered: Ana R.: Knock did not accept what was sent (Knock: \"bad phone\").");
    expect_stopped(desk, ask_visit(id), REASON_NOT_KNOWN,
        "this registration was refused: nobody was registered");
}

static void offline_it_waits_and_goes_out_by_itself(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_always(desk->script, "", reply_fate(FATE_CONNECT, false));
    uint64_t token = desk_saved(desk, ask_register(), id);
    desk_run(desk, 2 * MINUTE);
    expect_state(desk, id, STATE_SAVED, REASON_OFFLINE);
    expect_words(desk, token,
        "Saved: registering Ana R. Not sent yet: Knock could not be reached. It goes out by "
        "itself.");
    assert_int_equal(desk_kept(desk, id).lost, 0);
    assert_int_equal(desk_kept(desk, id).attempts, 0);
    script_always(desk->script, "", (struct script_reply){0});
    desk_run(desk, 2 * MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
}

/* --- answers that are lost ------------------------------------------------------------------------------------- */

static void r7_a_lost_answer_is_asked_again_by_itself(void **state)
{
    struct desk *desk = *state;
    static const struct script_reply lost[] = {
        {.fate = FATE_RESET, .left = true},
        {.fate = FATE_TIMEOUT, .left = true},
        {.status = 500, .body = "oops"},
        {.status = 200, .body = "{\"id\":\"9", .cut = true},
        {.status = 200, .body = "{\"ok\":true}"},
    };
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        char id[OPERATION_ID_SIZE];
        size_t before = script_sent(desk->script, PROSPECT);
        script_say(desk->script, PROSPECT, lost[i]);
        desk_saved(desk, ask_register(), id);
        desk_run(desk, 10);
        assert_int_equal(desk_state(desk, id), STATE_SAVED);
        assert_int_equal(desk_kept(desk, id).lost, 1);
        desk_run(desk, MINUTE);
        expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
        assert_int_equal(script_sent(desk->script, PROSPECT), before + 2);
        assert_int_equal(desk_kept(desk, id).attempts, 2);
    }
}

static void while_it_is_in_doubt_nobody_is_told_that_nothing_was_sent(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_always(desk->script, PROSPECT, reply_fate(FATE_TIMEOUT, true));
    uint64_t token = desk_saved(desk, ask_register(), id);
    desk_run(desk, 10);
    expect_words(desk, token,
        "Saved: registering Ana R. Not confirmed yet: no answer came. It is sent again by itself; "
        "they are not registered twice.");
    token = desk_ask(desk, ask_of(COMMAND_WITHDRAW, id));
    expect_state(desk, id, STATE_WITHDRAWN, REASON_UNDONE);
    expect_words(
        desk, token, "Taken back: registering Ana R. An earlier try may have reached Knock.");
}

static void whoever_was_sending_it_is_gone_and_the_next_sends_it_again(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct script_reply slow = {.status = 200, .body = "{\"id\":\"5\"}", .delay = MINUTE};
    script_say(desk->script, PROSPECT, slow);
    desk_saved(desk, ask_register(), id);
    desk_run(desk, 1000);
    assert_int_equal(desk_state(desk, id), STATE_SENDING);
    desk_kill(desk);
    desk_revive(desk, 61 * SECOND);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(desk_kept(desk, id).lost, 1);
    assert_int_equal(script_sent(desk->script, PROSPECT), 2);
}

/* --- the visit of a walk-in --------------------------------------------------------------------------------------- */

static struct command *ask_walk_in_visit(const char *id)
{
    struct command *command = ask_visit(id);
    command->visiting.self_guided = true;
    str_copy(command->visiting.units[0], UNIT_SIZE, "M6-202");
    command->visiting.unit_count = 1;
    return command;
}

static void a_visit_after_it_names_the_person_and_no_appointment(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_saved(desk, ask_register(), id);
    desk_run(desk, 30 * MINUTE);
    uint64_t token = desk_ask(desk, ask_walk_in_visit(id));
    desk_run(desk, MINUTE);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    const char *body = script_request(desk->script, VISIT, 0)->body;
    check_contains("visit", body, "\"prospectId\":\"p100\"");
    check_contains("visit", body, "\"visitTime\":\"2026-11-24T08:00:00-08:00\"");
    check_contains("visit", body, "\"isSelfGuided\":true");
    check_contains("visit", body, "\"sourceTitle\":\"Walk-in\"");
    check_contains("visit", body, "\"unitNames\":[\"M6-202\"]");
    assert_null(strstr(body, "appointmentId"));
    expect_status(desk, id, TOUR_LOGGED);
    check_contains("words", tour_of(desk->ledger, id).visit_id, desk_told(desk, token)->visit_id);
    expect_stopped(desk, ask_walk_in_visit(id), REASON_VISIT_EXISTS,
        "the visit of this tour is logged already");
}

static void a_visit_of_a_walk_in_says_itself_whether_staff_came_along(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_saved(desk, ask_register(), id);
    desk_run(desk, HOUR);
    struct command *command = ask_walk_in_visit(id);
    command->visiting.self_guided = false;
    desk_ask(desk, command);
    desk_run(desk, MINUTE);
    check_contains("visit", script_request(desk->script, VISIT, 0)->body, "\"isSelfGuided\":false");
}

static void a_visit_waits_until_knock_knows_them(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_always(desk->script, PROSPECT, reply_fate(FATE_CONNECT, false));
    desk_saved(desk, ask_register(), id);
    desk_run(desk, 20 * MINUTE);
    uint64_t token = desk_ask(desk, ask_walk_in_visit(id));
    expect_words(desk, token,
        "Saved: visit of Ana R., walk-in of Tue 24 Nov 8:00 am Pacific. It goes out by itself once "
        "they are registered.");
    desk_run(desk, 10 * MINUTE);
    assert_int_equal(desk_told(desk, token)->state, STATE_SAVED);
    assert_int_equal(script_sent(desk->script, VISIT), 0);
    expect_status(desk, id, TOUR_SAVED);
    script_always(desk->script, PROSPECT, reply_ok("{\"id\":\"77\"}"));
    desk_run(desk, 2 * MINUTE);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    check_contains("visit", script_request(desk->script, VISIT, 0)->body, "\"prospectId\":\"77\"");
    assert_true(
        script_request(desk->script, VISIT, 0)->at >=
        script_request(desk->script, PROSPECT, script_sent(desk->script, PROSPECT) - 1)->at);
}

static void a_visit_falls_with_a_registration_that_does_not_come_to_be(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct command *command = ask_register();
    command->at_once = false;
    desk_saved(desk, command, id);
    uint64_t visit = desk_ask(desk, ask_walk_in_visit(id));
    desk_run(desk, 1000);
    uint64_t token = desk_ask(desk, ask_of(COMMAND_WITHDRAW, id));
    expect_words(desk, token, "Taken back: registering Ana R. Nothing was sent.");
    desk_run(desk, MINUTE);
    assert_int_equal(desk_told(desk, visit)->state, STATE_REFUSED);
    expect_words(desk, visit,
        "Visit not logged: Ana R., walk-in of Tue 24 Nov 8:00 am Pacific: the registration it "
        "belongs to did not come to be.");
    assert_int_equal(script_sent(desk->script, "POST"), 0);
}

/* --- the undo window, and what cannot be done --------------------------------------------------------------------- */

static void nothing_leaves_for_ten_seconds(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct command *command = ask_register();
    command->at_once = false;
    uint64_t token = desk_saved(desk, command, id);
    expect_words(desk, token, "Saved: registering Ana R. Sending in 10 s.");
    desk_run(desk, 9999);
    assert_int_equal(script_sent(desk->script, PROSPECT), 0);
    desk_run(desk, 1000);
    assert_int_equal(script_sent(desk->script, PROSPECT), 1);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    expect_stopped(desk, ask_of(COMMAND_WITHDRAW, id), REASON_NOT_KNOWN,
        "it is confirmed: only what is saved can be taken back");
}

static void a_walk_in_is_neither_cancelled_nor_moved(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct command *command = ask_register();
    command->at_once = false;
    desk_saved(desk, command, id);
    for (int confirmed = 0; confirmed < 2; confirmed++) {
        expect_stopped(desk, ask_cancel(id), REASON_NOT_KNOWN,
            confirmed ? "a walk-in has no appointment to cancel"
                      : "a walk-in has no appointment to cancel: take the registration back");
        struct command *move = ask_cancel(id);
        move->kind = COMMAND_RESCHEDULE;
        move->booking.start = (struct stamp){.at = desk_slot(7), .offset = -28800};
        expect_stopped(
            desk, move, REASON_NOT_KNOWN, "a walk-in has no time to move: book a tour instead");
        desk_run(desk, 20 * SECOND);
        assert_int_equal(desk_state(desk, id), STATE_CONFIRMED);
    }
}

/* --- beside other tours --------------------------------------------------------------------------------------------- */

static void it_neither_stops_nor_is_stopped_by_a_tour_of_the_same_person(void **state)
{
    struct desk *desk = *state;
    char booked[OPERATION_ID_SIZE], id[OPERATION_ID_SIZE];
    desk_booked(desk, 2, "Ana", ANA, booked);
    desk_saved(desk, ask_register(), id);
    desk_run(desk, 1000);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_string_equal(tour_of(desk->ledger, booked).replaced_by, "");
    struct command *command = ask_book_for(3, "Ben", "", "+12065550166");
    command->kind = COMMAND_REGISTER;
    desk_ask(desk, command);
    desk_run(desk, 1000);
    desk_booked(desk, 3, "Ben", "+12065550166", booked);
}

static void a_booking_for_them_goes_after_it_and_has_the_last_word(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct command *command = ask_register();
    command->at_once = false;
    desk_saved(desk, command, id);
    uint64_t booking = desk_ask(desk, ask_book(3));
    desk_run(desk, 9000);
    assert_int_equal(script_sent(desk->script, "POST"), 0);
    desk_run(desk, 10000);
    assert_int_equal(desk_told(desk, booking)->state, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, PROSPECT), 2);
    check_contains("first", script_request(desk->script, PROSPECT, 0)->body, "Ray");
    assert_null(strstr(script_request(desk->script, PROSPECT, 1)->body, "Ray"));
}

static void a_stop_that_was_said_since_goes_with_it(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_register();
    command->booking.consent = CONSENT_YES;
    command->at_once = false;
    desk_ask(desk, command);
    struct command *stop = command_create(COMMAND_CONSENT);
    str_copy(stop->consent.phone, PHONE_SIZE, ANA);
    stop->consent.state = CONSENT_NO;
    desk_ask(desk, stop);
    desk_run(desk, MINUTE);
    check_contains("body", script_request(desk->script, PROSPECT, 0)->body, "\"smsConsent\":false");
}

static void marks_and_lists_have_it_like_any_tour(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_saved(desk, ask_register(), id);
    desk_run(desk, 1000);
    struct command *mark = ask_of(COMMAND_MARK, "");
    str_copy(mark->tour_id, OPERATION_ID_SIZE, id);
    mark->mark.kind = MARK_ARRIVED;
    mark->mark.time = desk->now;
    uint64_t token = desk_ask(desk, mark);
    const struct report *report = desk_report(desk, REPORT_TOUR, token);
    assert_non_null(report);
    assert_int_equal(tour_status(report->tour, desk->now), TOUR_NOW);
    struct command *list = command_create(COMMAND_LIST_TOURS);
    list->query = (struct tour_query){.from = DESK_NOW, .to = DESK_NOW + 24 * HOUR};
    report = desk_report(desk, REPORT_TOURS, desk_ask(desk, list));
    assert_int_equal(report->tours.count, 1);
    assert_string_equal(report->tours.items[0].id, id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_walk_in_is_registered_by_one_post_and_holds_no_slot, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_knock_could_not_tell_apart_is_not_registered, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_registration_that_knock_refuses_says_why, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            offline_it_waits_and_goes_out_by_itself, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            r7_a_lost_answer_is_asked_again_by_itself, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            while_it_is_in_doubt_nobody_is_told_that_nothing_was_sent, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            whoever_was_sending_it_is_gone_and_the_next_sends_it_again, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_after_it_names_the_person_and_no_appointment, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_of_a_walk_in_says_itself_whether_staff_came_along, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_waits_until_knock_knows_them, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_falls_with_a_registration_that_does_not_come_to_be, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(nothing_leaves_for_ten_seconds, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_walk_in_is_neither_cancelled_nor_moved, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            it_neither_stops_nor_is_stopped_by_a_tour_of_the_same_person, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_booking_for_them_goes_after_it_and_has_the_last_word, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_stop_that_was_said_since_goes_with_it, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            marks_and_lists_have_it_like_any_tour, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
