/* Telephone calls that are over: logged once, for a person or for whoever a tour is of; a lost answer is unknown. */
#include "desk.h"

#include "tourdesk/base/str.h"
#include "tourdesk/tour/tell.h"

static const char CALL[] = "POST /prospect/p77/call";
static const char CALL_OF_BOOKED[] = "POST /prospect/p100/call";

static struct command *ask_call(const char *prospect_id)
{
    struct command *command = command_create(COMMAND_CALL);
    struct calling *call = &command->calling;
    str_copy(command->community_id, ID_SIZE, "c1");
    str_copy(command->agent, AGENT_SIZE, "sam");
    command->at_once = true;
    str_copy(command->prospect_id, ID_SIZE, prospect_id);
    call->again = true;
    str_copy(call->username, USERNAME_SIZE, "sam@example.com");
    str_copy(call->agent_phone, PHONE_SIZE, "+12065550100");
    call->start = (struct stamp){.at = DESK_NOW - 5 * MINUTE, .offset = -28800};
    call->end = (struct stamp){.at = DESK_NOW - MINUTE, .offset = -28800};
    call->type = CALL_OUTBOUND;
    call->outcome = CALL_MISSED_VOICEMAIL;
    return command;
}

static struct command *ask_call_of(const char *tour_id)
{
    struct command *command = ask_call("");
    str_copy(command->tour_id, OPERATION_ID_SIZE, tour_id);
    return command;
}

static void a_call_is_saved_then_sent_once_and_keeps_knocks_number(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_say(desk->script, CALL, reply_ok("{\"id\":\"8\"}"));
    uint64_t token = desk_saved(desk, ask_call("p77"), id);
    expect_words(
        desk, token, "Saved: call with prospect p77, Tue 24 Nov 7:55 am Pacific. Sending next.");
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    expect_words(
        desk, token, "Logged the call with prospect p77, Tue 24 Nov 7:55 am Pacific, number 8.");
    assert_int_equal(script_sent(desk->script, "POST"), 1);
    const struct script_request *sent = script_request(desk->script, CALL, 0);
    assert_int_equal(sent->family, KEY_PROSPECT);
    assert_string_equal(sent->body,
        "{\"agent\":{\"username\":\"sam@example.com\",\"phoneNumber\":\"2065550100\"},"
        "\"startTime\":\"2026-11-24T07:55:00-08:00\",\"endTime\":\"2026-11-24T07:59:00-08:00\","
        "\"type\":\"OUTBOUND\",\"outcome\":\"MISSED_VOICEMAIL\"}");
    assert_string_equal(desk_kept(desk, id).calling.call_id, "8");
}

static void a_lost_answer_is_unknown_and_only_a_persons_word_sends_it_again(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_say(desk->script, CALL, reply_fate(FATE_RESET, true));
    uint64_t token = desk_saved(desk, ask_call("p77"), id);
    desk_run(desk, HOUR);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ANSWER);
    expect_words(desk, token,
        "Unknown whether it was logged as a call: prospect p77, Tue 24 Nov 7:55 am Pacific: no "
        "answer came. It was not sent again. Look in Knock.");
    assert_int_equal(script_sent(desk->script, CALL), 1);
    struct command *settle = ask_of(COMMAND_SETTLE, id);
    settle->word = SETTLE_NOT_BOOKED;
    script_say(desk->script, CALL, reply_ok("{\"id\":\"9\"}"));
    desk_ask(desk, settle);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(script_sent(desk->script, CALL), 2);
}

static void a_success_without_a_number_proves_nothing(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_say(desk->script, CALL, reply_ok("{\"ok\":true}"));
    desk_saved(desk, ask_call("p77"), id);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ID);
}

static void a_refusal_says_what_knock_said(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_say(desk->script, CALL, reply_status(401, "{\"errorMessage\":\"No.\"}"));
    uint64_t token = desk_saved(desk, ask_call("p77"), id);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_REFUSED, REASON_KEY);
    expect_words(desk, token,
        "Call not logged: prospect p77, Tue 24 Nov 7:55 am Pacific: Knock did not accept the "
        "prospect key (Knock: \"No.\").");
    script_say(desk->script, CALL, reply_status(409, "{\"errorMessage\":\"Twice.\"}"));
    desk_saved(desk, ask_call("p77"), id);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_REFUSED, REASON_INVALID);
}

static void offline_it_waits_and_goes_out_by_itself(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_always(desk->script, "", reply_fate(FATE_CONNECT, false));
    desk_saved(desk, ask_call("p77"), id);
    desk_run(desk, 2 * MINUTE);
    expect_state(desk, id, STATE_SAVED, REASON_OFFLINE);
    script_always(desk->script, "", (struct script_reply){0});
    script_say(desk->script, CALL, reply_ok("{\"id\":\"8\"}"));
    desk_run(desk, 2 * MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
}

static void whoever_was_sending_it_is_gone_and_nobody_sends_it_again(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct script_reply slow = reply_ok("{\"id\":\"8\"}");
    slow.delay = MINUTE;
    script_say(desk->script, CALL, slow);
    desk_saved(desk, ask_call("p77"), id);
    desk_run(desk, SECOND);
    expect_state(desk, id, STATE_SENDING, REASON_NONE);
    desk_kill(desk);
    desk_revive(desk, HOUR);
    desk_run(desk, HOUR);
    expect_state(desk, id, STATE_UNKNOWN, REASON_INTERRUPTED);
    assert_int_equal(script_sent(desk->script, CALL), 1);
}

/* --- of a tour ----------------------------------------------------------------------------------------------- */

static void of_a_booking_that_waits_it_waits_for_the_persons_number(void **state)
{
    struct desk *desk = *state;
    char booking[OPERATION_ID_SIZE], id[OPERATION_ID_SIZE];
    script_always(desk->script, "", reply_fate(FATE_CONNECT, false));
    uint64_t token = desk_ask(desk, ask_book(1));
    str_copy(booking, sizeof booking, desk_told(desk, token)->id);
    token = desk_saved(desk, ask_call_of(booking), id);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_SAVED, REASON_NONE);
    script_always(desk->script, "", (struct script_reply){0});
    script_say(desk->script, CALL_OF_BOOKED, reply_ok("{\"id\":\"8\"}"));
    desk_run(desk, 5 * MINUTE);
    expect_state(desk, booking, STATE_CONFIRMED, REASON_NONE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    expect_words(desk, token, "Logged the call with Ana, Tue 24 Nov 7:55 am Pacific, number 8.");
}

static void it_falls_with_a_booking_that_never_told_knock_of_the_person(void **state)
{
    struct desk *desk = *state;
    char booking[OPERATION_ID_SIZE], id[OPERATION_ID_SIZE];
    script_always(desk->script, "", reply_fate(FATE_CONNECT, false));
    uint64_t token = desk_ask(desk, ask_book(1));
    str_copy(booking, sizeof booking, desk_told(desk, token)->id);
    desk_saved(desk, ask_call_of(booking), id);
    desk_ask(desk, ask_of(COMMAND_WITHDRAW, booking));
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_REFUSED, REASON_BOOKING_FAILED);
}

/* The booking is refused, and its person is known to Knock all the same. */
static void a_person_whom_knock_knows_suffices_whatever_becomes_of_the_booking(void **state)
{
    struct desk *desk = *state;
    char booking[OPERATION_ID_SIZE], id[OPERATION_ID_SIZE];
    script_say(desk->script, "POST /prospect", reply_status(429, ""));
    script_say(desk->script, "POST /appointment", reply_status(409, "{}"));
    uint64_t token = desk_ask(desk, ask_book(1));
    str_copy(booking, sizeof booking, desk_told(desk, token)->id);
    desk_saved(desk, ask_call_of(booking), id);
    script_say(desk->script, CALL_OF_BOOKED, reply_ok("{\"id\":\"8\"}"));
    desk_run(desk, 5 * MINUTE);
    expect_state(desk, booking, STATE_REFUSED, REASON_TAKEN);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
}

static void it_goes_while_it_is_unknown_whether_the_person_was_booked(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_say(desk->script, "POST /appointment", reply_fate(FATE_RESET, true));
    uint64_t token = desk_ask(desk, ask_book(1));
    desk_run(desk, MINUTE);
    script_say(desk->script, CALL_OF_BOOKED, reply_ok("{\"id\":\"8\"}"));
    desk_saved(desk, ask_call_of(desk_told(desk, token)->id), id);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
}

/* --- its time ------------------------------------------------------------------------------------------------- */

static void q21_it_never_ends_in_knocks_future(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct script_reply behind = reply_ok("{\"edges\":[]}");
    behind.date = DESK_NOW - 7 * MINUTE;
    script_always(desk->script, "GET", behind);
    script_say(desk->script, CALL, reply_ok("{\"id\":\"8\"}"));
    struct command *command = ask_call("p77");
    command->calling.end.at = DESK_NOW;
    desk_saved(desk, command, id);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    struct calling kept = desk_kept(desk, id).calling;
    assert_in_range(DESK_NOW - kept.end.at, 7 * MINUTE, 8 * MINUTE);
    assert_int_equal(kept.end.at - kept.start.at, 5 * MINUTE);
    char end[STAMP_SIZE];
    stamp_format(kept.end, end);
    check_contains("body", script_request(desk->script, CALL, 0)->body, end);
}

static void it_is_not_sent_where_a_person_settled_the_booking_without_numbers(void **state)
{
    struct desk *desk = *state;
    struct operation booking = {.kind = OPERATION_BOOK, .state = STATE_UNKNOWN};
    char id[OPERATION_ID_SIZE];
    str_copy(booking.id, sizeof booking.id, "lost");
    str_copy(booking.tour_id, sizeof booking.tour_id, "lost");
    str_copy(booking.community_id, ID_SIZE, "c1");
    keep(desk->ledger, &booking);
    desk_saved(desk, ask_call_of("lost"), id);
    desk_run(desk, SECOND);
    expect_state(desk, id, STATE_SAVED, REASON_NONE);
    struct command *settle = ask_of(COMMAND_SETTLE, "lost");
    settle->word = SETTLE_BOOKED;
    desk_ask(desk, settle);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_REFUSED, REASON_NOT_KNOWN);
    assert_int_equal(script_sent(desk->script, "POST"), 0);
}

static void a_stuck_visit_does_not_hold_it_up_nor_it_a_visit(void **state)
{
    struct desk *desk = *state;
    char tour[OPERATION_ID_SIZE], visit[OPERATION_ID_SIZE], id[OPERATION_ID_SIZE];
    desk_booked(desk, 1, "Ana", "+12065550155", tour);
    desk_run(desk, 3 * HOUR);
    script_always(desk->script, "POST /visit", reply_status(429, ""));
    desk_saved(desk, ask_visit(tour), visit);
    struct script_reply later = reply_status(429, "");
    later.retry_after = 60;
    script_say(desk->script, CALL_OF_BOOKED, later);
    desk_saved(desk, ask_call_of(tour), id);
    desk_run(desk, SECOND);
    expect_state(desk, id, STATE_SAVED, REASON_RATE_LIMITED);
    expect_state(desk, visit, STATE_SAVED, REASON_RATE_LIMITED);
    script_say(desk->script, CALL_OF_BOOKED, reply_ok("{\"id\":\"8\"}"));
    desk_run(desk, 5 * MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    expect_state(desk, visit, STATE_SAVED, REASON_RATE_LIMITED);
    script_always(desk->script, "POST /visit", (struct script_reply){0});
    desk_run(desk, 5 * MINUTE);
    expect_state(desk, visit, STATE_CONFIRMED, REASON_NONE);
}

/* --- what is stopped ------------------------------------------------------------------------------------------ */

static void of_one_that_has_just_ended_the_beginning_stays(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    script_say(desk->script, CALL, reply_ok("{\"id\":\"8\"}"));
    struct command *command = ask_call("p77");
    command->calling.end.at = DESK_NOW;
    desk_saved(desk, command, id);
    desk_run(desk, MINUTE);
    struct calling kept = desk_kept(desk, id).calling;
    assert_int_equal(kept.start.at, DESK_NOW - 5 * MINUTE);
    assert_in_range(DESK_NOW - kept.end.at, 1, 10 * SECOND);
    /* It never begins behind its end. */
    command = ask_call("p77");
    command->calling.start = command->calling.end =
        (struct stamp){.at = desk->now, .offset = -28800};
    script_say(desk->script, CALL, reply_ok("{\"id\":\"9\"}"));
    desk_saved(desk, command, id);
    desk_run(desk, MINUTE);
    kept = desk_kept(desk, id).calling;
    assert_int_equal(kept.start.at, kept.end.at);
}

static void a_second_call_at_one_time_needs_a_word(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE], words[128];
    script_say(desk->script, CALL, reply_fate(FATE_RESET, true));
    desk_saved(desk, ask_call("p77"), id);
    desk_run(desk, MINUTE);
    struct command *command = ask_call("p77");
    command->calling.again = false;
    command->calling.start.at += MINUTE; /* a clock that was put right in between */
    str_print(words, sizeof words,
        "a call with this person at that time is unknown here already (operation %s)", id);
    expect_stopped(desk, command, REASON_CALL_EXISTS, words);
    assert_int_equal(script_sent(desk->script, CALL), 1);
    /* Another time, another person, and one that was let be are no second call. */
    command = ask_call("p77");
    command->calling.again = false;
    command->calling.start.at += 61 * SECOND;
    desk_saved(desk, command, id);
    command = ask_call("p78");
    command->calling.again = false;
    desk_saved(desk, command, id);
    desk_ask(desk, ask_of(COMMAND_WITHDRAW, id));
    command = ask_call("p78");
    command->calling.again = false;
    desk_saved(desk, command, id);
}

static void what_cannot_be_is_stopped_before_anything_is_kept(void **state)
{
    struct desk *desk = *state;
    expect_stopped(desk, ask_call_of("nosuch"), REASON_NOT_KNOWN, "no such tour here");
    struct command *command = ask_call("");
    str_copy(command->appointment_id, ID_SIZE, "4711");
    expect_stopped(desk, command, REASON_NOT_KNOWN,
        "that appointment is not known here; a call needs the prospect's id");
    char booking[OPERATION_ID_SIZE];
    desk_booked(desk, 1, "Ana", "+12065550155", booking);
    command = ask_call_of(booking);
    str_copy(command->prospect_id, ID_SIZE, "p77");
    expect_stopped(desk, command, REASON_INVALID, "that tour is another prospect's");
    command = ask_call("p77");
    command->calling.end.at = command->calling.start.at - 1;
    expect_stopped(desk, command, REASON_INVALID, "a call cannot end before it begins");
    command = ask_call("p77");
    command->calling.end.at = desk->now + 1;
    expect_stopped(
        desk, command, REASON_PAST, "a call is logged when it is over: its end must be past");
    script_always(desk->script, "", reply_fate(FATE_CONNECT, false));
    uint64_t token = desk_ask(desk, ask_book_for(2, "Ben", "", "+12065550156"));
    str_copy(booking, sizeof booking, desk_told(desk, token)->id);
    desk_ask(desk, ask_of(COMMAND_WITHDRAW, booking));
    expect_stopped(desk, ask_call_of(booking), REASON_NOT_KNOWN,
        "that booking did not come to be, and Knock was not told of the person");
    assert_string_equal(
        ask_file(desk->scratch, "SELECT count(*) FROM operation WHERE kind = 'call'"), "0");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(
        a_call_is_saved_then_sent_once_and_keeps_knocks_number, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        a_lost_answer_is_unknown_and_only_a_persons_word_sends_it_again, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        a_success_without_a_number_proves_nothing, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(a_refusal_says_what_knock_said, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(offline_it_waits_and_goes_out_by_itself, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        whoever_was_sending_it_is_gone_and_nobody_sends_it_again, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        of_a_booking_that_waits_it_waits_for_the_persons_number, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        it_falls_with_a_booking_that_never_told_knock_of_the_person, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        a_person_whom_knock_knows_suffices_whatever_becomes_of_the_booking, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        it_goes_while_it_is_unknown_whether_the_person_was_booked, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(q21_it_never_ends_in_knocks_future, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        of_one_that_has_just_ended_the_beginning_stays, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(a_second_call_at_one_time_needs_a_word, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        it_is_not_sent_where_a_person_settled_the_booking_without_numbers, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        a_stuck_visit_does_not_hold_it_up_nor_it_a_visit, desk_open, desk_close),
    cmocka_unit_test_setup_teardown(
        what_cannot_be_is_stopped_before_anything_is_kept, desk_open, desk_close),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
