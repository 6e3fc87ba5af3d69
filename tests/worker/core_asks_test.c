/* What staff ask: the guards before anything is saved, the time to take back, sending at once, and a person's
 * word on what is unknown. */
#include "desk.h"

#include "tourdesk/base/str.h"

static const char REQUEST[] = "POST /appointment/request";

/* --- guards of a booking ------------------------------------------------------------------------------------ */

static void a_booking_needs_a_community_that_is_known_and_a_time_to_come(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_book(3);
    str_copy(command->community_id, ID_SIZE, "c9");
    expect_stopped(desk, command, REASON_INVALID, "no such community");
    command = ask_book(3);
    command->booking.start.at = desk->now;
    expect_stopped(desk, command, REASON_PAST, "has passed");
}

static void a_booking_that_would_replace_a_tour_is_stopped_and_shows_it(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 3, "Ana", "+12065550155", id);
    expect_stopped(desk, ask_book(5), REASON_HAS_TOUR, "already has a tour");
    const struct report *report = desk_report(desk, REPORT_STOPPED, 0);
    assert_int_equal(report->tours.count, 1);
    assert_string_equal(report->tours.items[0].id, id);
    /* another name under the same contact is the same to Knock */
    expect_stopped(desk, ask_book_for(5, "Ben", "", "+12065550155"), REASON_HAS_TOUR, "replace");
    /* another contact is not */
    uint64_t token = desk_ask(desk, ask_book_for(5, "Ana", "", "+12065550166"));
    assert_int_equal(desk_told(desk, token)->state, STATE_SAVED);
    /* and a person's word lets it */
    struct command *command = ask_book(6);
    command->booking.replace = true;
    token = desk_ask(desk, command);
    desk_run(desk, 3000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    assert_string_equal(tour_of(desk->ledger, id).replaced_by, desk_told(desk, token)->id);
}

static void saved_sending_and_unknown_bookings_count_as_tours(void **state)
{
    struct desk *desk = *state;
    script_say(desk->script, REQUEST,
        (struct script_reply){.fate = FATE_RESET, .left = true, .delay = 5000});
    desk_ask(desk, ask_book(3));
    expect_stopped(desk, ask_book(5), REASON_HAS_TOUR, "already has"); /* saved */
    desk_run(desk, 1000);
    assert_string_equal(ask_file(desk->scratch, "SELECT state FROM operation"), "sending");
    expect_stopped(desk, ask_book(5), REASON_HAS_TOUR, "already has");
    desk_run(desk, 6000);
    assert_string_equal(ask_file(desk->scratch, "SELECT state FROM operation"), "unknown");
    expect_stopped(desk, ask_book(5), REASON_HAS_TOUR, "already has");
}

/* --- guards of a cancel and a visit ------------------------------------------------------------------------- */

static void a_cancel_needs_something_that_can_be_cancelled(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    expect_stopped(desk, ask_cancel("nobody"), REASON_NOT_KNOWN, "no such tour here");
    expect_stopped(desk, ask_cancel(""), REASON_NOT_KNOWN, "only be cancelled in Knock");
    script_say(desk->script, REQUEST, reply_status(400, "{}"));
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    expect_stopped(desk, ask_cancel(id), REASON_NOT_KNOWN, "was refused");
    desk_booked(desk, 4, "Ana", "+12065550155", id);
    desk_ask(desk, ask_cancel(id));
    expect_stopped(desk, ask_cancel(id), REASON_NOT_KNOWN, "is being cancelled");
    desk_run(desk, 3000);
    expect_stopped(desk, ask_cancel(id), REASON_NOT_KNOWN, "was cancelled");
}

static void a_cancel_of_what_has_not_left_takes_it_back(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_book(3);
    command->at_once = false;
    uint64_t token = desk_ask(desk, command);
    char id[OPERATION_ID_SIZE];
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    token = desk_ask(desk, ask_cancel(id));
    assert_int_equal(desk_told(desk, token)->state, STATE_WITHDRAWN);
    expect_state(desk, id, STATE_WITHDRAWN, REASON_UNDONE);
    desk_run(desk, MINUTE);
    assert_int_equal(script_sent(desk->script, ""), 0);
}

static void an_appointment_that_is_not_known_here_can_be_cancelled_by_its_number(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_cancel("");
    str_copy(command->appointment_id, ID_SIZE, "4711");
    uint64_t token = desk_ask(desk, command);
    desk_run(desk, 3000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, "PUT /appointment/4711/cancel"), 1);
}

static void a_visit_of_what_never_came_to_be_is_stopped(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    expect_stopped(desk, ask_visit("nobody"), REASON_NOT_KNOWN, "no such tour here");
    expect_stopped(desk, ask_visit(""), REASON_NOT_KNOWN, "needs the prospect's id");
    script_say(desk->script, REQUEST, reply_status(400, "{}"));
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    expect_stopped(desk, ask_visit(id), REASON_NOT_KNOWN, "was refused");
    struct command *again = ask_visit(id);
    again->visiting.again = true; /* no word makes a tour of it */
    expect_stopped(desk, again, REASON_NOT_KNOWN, "was refused");
}

static void q19_a_second_visit_needs_the_word_again(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 0, "Ana", "+12065550155", id);
    desk->now = desk_slot(1);
    script_say(desk->script, "POST /visit",
        (struct script_reply){.status = 200, .body = "{\"visitId\":\"7\"}", .delay = 3000});
    uint64_t token = desk_ask(desk, ask_visit(id));
    expect_stopped(desk, ask_visit(id), REASON_VISIT_EXISTS, "is being logged"); /* saved */
    desk_run(desk, 1000);
    expect_stopped(desk, ask_visit(id), REASON_VISIT_EXISTS, "is being logged"); /* sending */
    desk_run(desk, 5000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    expect_stopped(desk, ask_visit(id), REASON_VISIT_EXISTS, "logged already");
    assert_string_equal(desk_report(desk, REPORT_STOPPED, 0)->tours.items[0].id, id);
    struct command *again = ask_visit(id);
    again->visiting.again = true;
    token = desk_ask(desk, again);
    desk_run(desk, 5000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, "POST /visit"), 2);
}

static void a_second_visit_that_is_taken_back_leaves_the_first(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 0, "Ana", "+12065550155", id);
    desk->now = desk_slot(1);
    desk_ask(desk, ask_visit(id));
    desk_run(desk, 5000);
    struct command *again = ask_visit(id);
    again->visiting.again = true;
    again->at_once = false;
    uint64_t token = desk_ask(desk, again);
    desk_ask(desk, ask_of(COMMAND_WITHDRAW, desk_told(desk, token)->id));
    struct tour tour = tour_of(desk->ledger, id);
    assert_int_equal(tour.visit, STATE_CONFIRMED);
    expect_stopped(desk, ask_visit(id), REASON_VISIT_EXISTS, "logged already");
}

static void q20_a_unit_that_knock_would_drop_is_stopped_with_the_nearest(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 0, "Ana", "+12065550155", id);
    desk->now = desk_slot(1);
    struct command *command = ask_visit(id);
    str_copy(command->visiting.units[0], UNIT_SIZE, "a - 101"); /* the same to Knock */
    str_copy(command->visiting.units[1], UNIT_SIZE, "M6-2O2");
    command->visiting.unit_count = 2;
    expect_stopped(desk, command, REASON_UNKNOWN_UNIT, "unit M6-2O2 is not in the list");
    check_contains("nearest", desk_report(desk, REPORT_STOPPED, 0)->trouble.text, "M6-202");
    command = ask_visit(id);
    str_copy(command->visiting.units[0], UNIT_SIZE, "Z9");
    command->visiting.unit_count = 1;
    command->visiting.any_unit = true;
    desk_ask(desk, command);
    desk_run(desk, 5000);
    check_contains(
        "units", script_request(desk->script, "POST /visit", 0)->body, "\"unitNames\":[\"Z9\"]");
}

static void a_visit_in_the_future_is_stopped(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 0, "Ana", "+12065550155", id);
    struct command *command = ask_visit(id);
    command->visiting.visit_time = (struct stamp){desk->now + 1, -28800};
    expect_stopped(desk, command, REASON_PAST, "its time must be past");
}

static void a_visit_takes_the_tours_own_time_or_now(void **state)
{
    struct desk *desk = *state;
    char early[OPERATION_ID_SIZE], late[OPERATION_ID_SIZE];
    desk_booked(desk, 0, "Ana", "+12065550155", early);
    desk_booked(desk, 9, "Ben", "+12065550166", late);
    desk->now = desk_slot(2);
    uint64_t one = desk_ask(desk, ask_visit(early)), two = desk_ask(desk, ask_visit(late));
    assert_int_equal(desk_told(desk, one)->visiting.visit_time.at, desk_slot(0));
    assert_in_range(desk_told(desk, two)->visiting.visit_time.at, desk->now - 3000, desk->now);
    assert_int_equal(desk_told(desk, two)->visiting.visit_time.offset, -28800);
    assert_string_equal(desk_told(desk, two)->visiting.source_title, "Phone call");
}

/* --- the undo window ------------------------------------------------------------------------------------------ */

static void nothing_leaves_for_ten_seconds_and_then_everything(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_book(3);
    command->at_once = false;
    uint64_t token = desk_ask(desk, command);
    desk_run(desk, 9999);
    assert_int_equal(script_sent(desk->script, ""), 0);
    assert_int_equal(desk_told(desk, token)->send_after, DESK_NOW + 10000);
    desk_run(desk, 2000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
}

static void sending_now_ends_the_window(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_book(3);
    command->at_once = false;
    uint64_t token = desk_ask(desk, command);
    desk_run(desk, 100);
    uint64_t now = desk_ask(desk, ask_of(COMMAND_SEND_NOW, desk_told(desk, token)->id));
    assert_int_equal(desk_told(desk, now)->state, STATE_SAVED);
    desk_run(desk, 1000);
    assert_int_equal(desk_told(desk, now)->state, STATE_CONFIRMED);
    expect_stopped(desk, ask_of(COMMAND_SEND_NOW, desk_told(desk, now)->id), REASON_NOT_KNOWN,
        "it is confirmed");
    expect_stopped(desk, ask_of(COMMAND_SEND_NOW, "nobody"), REASON_NOT_KNOWN, "no such operation");
}

/* At each moment of a booking's way: what taking it back does. */
static void it_can_be_taken_back_until_it_begins_to_send(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *slow; /* the route whose answer is awaited at that moment */
        bool withdrawn;
    } rows[] = {
        {NULL, true},
        {"GET /community/c1/available-times", true},
        {"POST /prospect", true},
        {"POST /appointment/request", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char phone[24], id[OPERATION_ID_SIZE];
        str_print(phone, sizeof phone, "+1206555017%zu", i);
        struct command *command = ask_book_for((int)i, "Ana", "", phone);
        command->at_once = rows[i].slow != NULL;
        static const char list[] = "{\"acceptableTimes\":[]}";
        if (rows[i].slow)
            script_say(desk->script, rows[i].slow,
                (struct script_reply){
                    .status = 200, .body = i == 1 ? list : "{\"id\":\"9\"}", .delay = 4000});
        uint64_t token = desk_ask(desk, command);
        str_copy(id, sizeof id, desk_told(desk, token)->id);
        desk_run(desk, 1000);
        size_t sent = script_sent(desk->script, REQUEST);
        uint64_t back = desk_ask(desk, ask_of(COMMAND_WITHDRAW, id));
        if (rows[i].withdrawn) {
            assert_int_equal(desk_told(desk, back)->state, STATE_WITHDRAWN);
            desk_run(desk, MINUTE);
            expect_state(desk, id, STATE_WITHDRAWN, REASON_UNDONE);
            assert_int_equal(script_sent(desk->script, REQUEST), sent);
        } else {
            check_contains("words", desk_report(desk, REPORT_STOPPED, back)->trouble.text,
                "it is sending: only what is saved can be taken back");
            desk_run(desk, MINUTE);
            expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
        }
    }
    assert_true(script_request(desk->script, "POST /prospect", 0)->abandoned);
    expect_stopped(desk, ask_of(COMMAND_WITHDRAW, "nobody"), REASON_NOT_KNOWN, "no such operation");
}

static void what_was_taken_back_lets_the_next_one_go(void **state)
{
    struct desk *desk = *state;
    script_always(desk->script, "POST /prospect", (struct script_reply){.fate = FATE_NAME});
    uint64_t first = desk_ask(desk, ask_book_for(3, "Ana", "", "+12065550155"));
    uint64_t second = desk_ask(desk, ask_book_for(3, "Ben", "", "+12065550166"));
    desk_run(desk, 5000);
    assert_int_equal(script_sent(desk->script, "POST /prospect") > 0, 1);
    script_always(desk->script, "POST /prospect", (struct script_reply){0});
    desk_ask(desk, ask_of(COMMAND_WITHDRAW, desk_told(desk, first)->id));
    desk_run(desk, MINUTE);
    assert_int_equal(desk_told(desk, second)->state, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

/* --- a person's word on what is unknown ------------------------------------------------------------------------ */

/* A booking whose request was lost. */
static void make_unknown(struct desk *desk, char id[OPERATION_ID_SIZE])
{
    script_say(desk->script, REQUEST, reply_fate(FATE_RESET, true));
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 2000);
    str_copy(id, OPERATION_ID_SIZE, desk_told(desk, token)->id);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ANSWER);
}

static struct command *settle(const char *id, enum settle_word word, const char *appointment)
{
    struct command *command = ask_of(COMMAND_SETTLE, id);
    command->word = word;
    str_copy(command->appointment_id, ID_SIZE, appointment);
    return command;
}

static void it_is_booked_settles_it_with_or_without_its_number(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    make_unknown(desk, id);
    uint64_t token = desk_ask(desk, settle(id, SETTLE_BOOKED, "4711"));
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    expect_state(desk, id, STATE_CONFIRMED, REASON_SETTLED);
    assert_string_equal(tour_of(desk->ledger, id).appointment_id, "4711");
    desk_ask(desk, ask_cancel(id));
    desk_run(desk, 3000);
    assert_int_equal(script_sent(desk->script, "PUT /appointment/4711/cancel"), 1);

    make_unknown(desk, id);
    desk_ask(desk, settle(id, SETTLE_BOOKED, ""));
    expect_state(desk, id, STATE_CONFIRMED, REASON_SETTLED);
    expect_stopped(desk, ask_cancel(id), REASON_NOT_KNOWN, "only be cancelled in Knock");
    assert_int_equal(script_sent(desk->script, REQUEST), 2);
}

static void it_is_not_booked_sends_it_again_once(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    make_unknown(desk, id);
    uint64_t token = desk_ask(desk, settle(id, SETTLE_NOT_BOOKED, ""));
    desk_run(desk, 3000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, REQUEST), 2);
}

static void where_the_slot_is_gone_the_word_that_it_is_not_booked_stands(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    make_unknown(desk, id);
    script_offer(desk->script, NULL, 0);
    uint64_t token = desk_ask(desk, settle(id, SETTLE_NOT_BOOKED, ""));
    desk_run(desk, 3000);
    assert_int_equal(desk_told(desk, token)->state, STATE_REFUSED);
    expect_state(desk, id, STATE_REFUSED, REASON_TAKEN);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

static void lost_again_it_is_unknown_again_and_takes_another_word(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    make_unknown(desk, id);
    script_say(desk->script, REQUEST, reply_fate(FATE_RESET, true));
    desk_ask(desk, settle(id, SETTLE_NOT_BOOKED, ""));
    desk_run(desk, 3000);
    script_offer(desk->script, NULL, 0);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ANSWER);
    assert_int_equal(script_sent(desk->script, REQUEST), 2);
}

static void what_is_not_wanted_any_more_is_withdrawn_and_never_sent(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    make_unknown(desk, id);
    uint64_t token = desk_ask(desk, settle(id, SETTLE_DROP, ""));
    assert_int_equal(desk_told(desk, token)->state, STATE_WITHDRAWN);
    expect_state(desk, id, STATE_WITHDRAWN, REASON_SETTLED);
    desk_run(desk, HOUR);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
    assert_int_equal(script_sent(desk->script, "PUT"), 0);
    expect_stopped(desk, settle(id, SETTLE_NOT_BOOKED, ""), REASON_NOT_KNOWN, "it is withdrawn");
    /* The person has no tour: the next booking needs no word, and what belonged to this one is over. */
    expect_stopped(desk, ask_cancel(id), REASON_NOT_KNOWN, "");
    token = desk_ask(desk, ask_book(3));
    desk_run(desk, 3000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
}

/* Another time for the same person, with the word that it may replace; it waits at POST /prospect. */
static uint64_t ask_for_another_time(struct desk *desk)
{
    struct command *another = ask_book(5);
    another->booking.replace = true;
    struct script_reply slow = reply_ok("{\"id\":\"p100\"}");
    slow.delay = 1000;
    script_say(desk->script, "POST /prospect", slow);
    uint64_t token = desk_ask(desk, another);
    desk_run(desk, 300);
    return token;
}

static void one_that_is_sent_again_keeps_a_later_one_of_that_person_waiting(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    make_unknown(desk, id);
    uint64_t later = ask_for_another_time(desk);
    struct script_reply slow =
        reply_ok("{\"appointmentId\":\"77\",\"appointment\":{\"status\":\"CONFIRMED\"}}");
    slow.delay = 3000;
    script_say(desk->script, REQUEST, slow);
    desk_ask(desk, settle(id, SETTLE_NOT_BOOKED, ""));
    desk_run(desk, 1500);
    assert_int_equal(desk_state(desk, id), STATE_SENDING);
    assert_int_equal(desk_told(desk, later)->state, STATE_SAVED);
    assert_int_equal(script_sent(desk->script, REQUEST), 2);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(desk_told(desk, later)->state, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, REQUEST), 3);
    assert_string_equal(tour_of(desk->ledger, id).replaced_by, desk_told(desk, later)->id);
}

static void one_that_is_sent_again_does_not_take_a_later_ones_place(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    make_unknown(desk, id);
    uint64_t later = ask_for_another_time(desk);
    script_always(desk->script, "GET /community/c1/available-times",
        (struct script_reply){.fate = FATE_TIMEOUT, .delay = 200});
    desk_ask(desk, settle(id, SETTLE_NOT_BOOKED, ""));
    desk_run(desk, 1000);
    assert_int_equal(desk_told(desk, later)->state, STATE_CONFIRMED);
    script_always(desk->script, "GET /community/c1/available-times", (struct script_reply){0});
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_REFUSED, REASON_HAS_TOUR);
    assert_int_equal(script_sent(desk->script, REQUEST), 2);
}

static void left_for_handover_it_stays_as_it_is_and_says_so(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    make_unknown(desk, id);
    uint64_t token = desk_ask(desk, settle(id, SETTLE_LEAVE, ""));
    assert_int_equal(desk_told(desk, token)->state, STATE_UNKNOWN);
    assert_string_equal(
        ask_file(desk->scratch, "SELECT what || agent FROM history ORDER BY sequence DESC LIMIT 1"),
        "left for handoversam");
    desk_run(desk, HOUR);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ANSWER);
}

static void only_what_is_unknown_can_be_settled(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 3, "Ana", "+12065550155", id);
    expect_stopped(desk, settle(id, SETTLE_NOT_BOOKED, ""), REASON_NOT_KNOWN,
        "it is confirmed: only an unknown outcome can be settled");
    expect_stopped(
        desk, settle("nobody", SETTLE_BOOKED, ""), REASON_NOT_KNOWN, "no such operation");
}

static void evidence_is_gathered_by_itself_and_settles_nothing(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    make_unknown(desk, id);
    desk_forget(desk);
    desk_run(desk, 45 * MINUTE);
    const struct report *report = desk_report(desk, REPORT_OPERATION, 0);
    assert_non_null(report);
    assert_int_equal(report->operation->state, STATE_UNKNOWN);
    assert_true(report->evidence_count >= 2);
    assert_string_equal(ask_file(desk->scratch, "SELECT group_concat(DISTINCT words) FROM evidence"
                                                " WHERE source = 'slots'"),
        "this time is still offered");
    assert_true(script_sent(desk->script, "GET /prospect/p100/events") > 0);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ANSWER);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

/* --- sync --------------------------------------------------------------------------------------------------------- */

static void sync_sends_what_is_saved_at_once_and_repeats_no_booking(void **state)
{
    struct desk *desk = *state;
    char unknown[OPERATION_ID_SIZE];
    make_unknown(desk, unknown);
    struct command *command = ask_book_for(5, "Ben", "", "+12065550166");
    command->at_once = false;
    uint64_t later = desk_ask(desk, command);
    uint64_t token = desk_ask(desk, ask_of(COMMAND_SYNC, ""));
    desk_run(desk, 5000);
    assert_int_equal(desk_state(desk, desk_told(desk, later)->id), STATE_CONFIRMED);
    expect_state(desk, unknown, STATE_UNKNOWN, REASON_NO_ANSWER);
    assert_int_equal(script_sent(desk->script, REQUEST), 2);
    assert_true(desk_reports(desk, REPORT_OPERATION, token) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_booking_needs_a_community_that_is_known_and_a_time_to_come, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_booking_that_would_replace_a_tour_is_stopped_and_shows_it, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            saved_sending_and_unknown_bookings_count_as_tours, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_cancel_needs_something_that_can_be_cancelled, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_cancel_of_what_has_not_left_takes_it_back, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            an_appointment_that_is_not_known_here_can_be_cancelled_by_its_number, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_of_what_never_came_to_be_is_stopped, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            q19_a_second_visit_needs_the_word_again, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_second_visit_that_is_taken_back_leaves_the_first, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            q20_a_unit_that_knock_would_drop_is_stopped_with_the_nearest, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_visit_in_the_future_is_stopped, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_takes_the_tours_own_time_or_now, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            nothing_leaves_for_ten_seconds_and_then_everything, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(sending_now_ends_the_window, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            it_can_be_taken_back_until_it_begins_to_send, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_was_taken_back_lets_the_next_one_go, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            it_is_booked_settles_it_with_or_without_its_number, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            it_is_not_booked_sends_it_again_once, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            where_the_slot_is_gone_the_word_that_it_is_not_booked_stands, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            lost_again_it_is_unknown_again_and_takes_another_word, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_is_not_wanted_any_more_is_withdrawn_and_never_sent, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            one_that_is_sent_again_keeps_a_later_one_of_that_person_waiting, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            one_that_is_sent_again_does_not_take_a_later_ones_place, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            left_for_handover_it_stays_as_it_is_and_says_so, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(only_what_is_unknown_can_be_settled, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            evidence_is_gathered_by_itself_and_settles_nothing, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            sync_sends_what_is_saved_at_once_and_repeats_no_booking, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
