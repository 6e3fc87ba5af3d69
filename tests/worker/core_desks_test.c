/* Several desks on one ledger: one of them sends, all of them see it, and a one-shot command leaves everything
 * else alone. */
#include "desk.h"

#include "tourdesk/base/str.h"

static const char REQUEST[] = "POST /appointment/request";

/* Lets both desks have their turns side by side for so long. */
static void run_both(struct desk *a, struct desk *b, int64_t milliseconds)
{
    for (int64_t left = milliseconds; left > 0; left -= 20) {
        desk_run(a, 20);
        desk_run(b, 20);
    }
}

static void id_of(struct desk *desk, uint64_t token, char out[OPERATION_ID_SIZE])
{
    str_copy(out, OPERATION_ID_SIZE, desk_told(desk, token)->id);
}

/* --- racing ---------------------------------------------------------------------------------------------------- */

static void two_desks_that_find_one_saved_operation_send_it_once(void **state)
{
    struct desk *first = *state, second;
    char ids[8][OPERATION_ID_SIZE];
    script_always(first->script, "GET", reply_fate(FATE_NAME, false));
    for (int i = 0; i < 8; i++) {
        char phone[24];
        str_print(phone, sizeof phone, "+1206555017%d", i);
        id_of(first, desk_ask(first, ask_book_for(i, "Ana", "", phone)), ids[i]);
    }
    desk_run(first, MINUTE);
    core_destroy(first->core); /* its desk is closed for the night */
    script_always(first->script, "GET", (struct script_reply){0});
    struct desk other = {0};
    desk_join(&second, first, false);
    desk_join(&other, first, false);
    run_both(&second, &other, 2 * MINUTE);
    for (int i = 0; i < 8; i++)
        expect_state(&second, ids[i], STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(script_sent(first->script, REQUEST), 8);
    desk_leave(&second);
    desk_leave(&other);
    first->core = NULL;
}

static void what_one_desk_asks_for_another_sees(void **state)
{
    struct desk *first = *state, second;
    char id[OPERATION_ID_SIZE];
    desk_join(&second, first, false);
    script_say(first->script, REQUEST,
        (struct script_reply){.status = 200, .body = "{\"id\":\"9\"}", .delay = 3000});
    id_of(first, desk_ask(first, ask_book(3)), id);
    run_both(first, &second, 2000);
    assert_non_null(desk_report(&second, REPORT_CHANGED, 0));
    uint64_t token = desk_ask(&second, ask_of(COMMAND_WITHDRAW, id));
    check_contains("words", desk_report(&second, REPORT_STOPPED, token)->trouble.text, "sending");
    /* the guards of one know the bookings of the other */
    token = desk_ask(&second, ask_book(5));
    assert_int_equal(desk_report(&second, REPORT_STOPPED, token)->reason, REASON_HAS_TOUR);
    run_both(first, &second, 5000);
    expect_state(&second, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(script_sent(first->script, REQUEST), 1);
    desk_leave(&second);
}

static void one_desk_can_take_back_what_another_has_saved(void **state)
{
    struct desk *first = *state, second;
    char id[OPERATION_ID_SIZE];
    struct command *command = ask_book(3);
    command->at_once = false;
    id_of(first, desk_ask(first, command), id);
    desk_join(&second, first, false);
    desk_run(first, 1000);
    second.now = first->now;
    uint64_t token = desk_ask(&second, ask_of(COMMAND_WITHDRAW, id));
    bool withdrawn = desk_report(&second, REPORT_OPERATION, token) != NULL;
    run_both(first, &second, MINUTE);
    /* either it was taken back for good, or the second desk was told that the first has it */
    expect_state(first, id, withdrawn ? STATE_WITHDRAWN : STATE_CONFIRMED,
        withdrawn ? REASON_UNDONE : REASON_NONE);
    assert_int_equal(script_sent(first->script, REQUEST), withdrawn ? 0 : 1);
    desk_leave(&second);
}

static void bookings_of_one_person_at_two_desks_go_in_the_order_in_which_they_were_asked_for(
    void **state)
{
    struct desk *first = *state, second;
    char early[OPERATION_ID_SIZE], late[OPERATION_ID_SIZE];
    desk_join(&second, first, false);
    script_say(first->script, REQUEST,
        (struct script_reply){.status = 200, .body = "{\"id\":\"9\"}", .delay = 3000});
    id_of(first, desk_ask(first, ask_book(3)), early);
    run_both(first, &second, 500);
    struct command *command = ask_book(5);
    command->booking.replace = true;
    id_of(&second, desk_ask(&second, command), late);
    run_both(first, &second, 2000);
    assert_int_equal(script_sent(first->script, REQUEST), 1);
    run_both(first, &second, MINUTE);
    expect_state(first, late, STATE_CONFIRMED, REASON_NONE);
    assert_string_equal(tour_of(first->ledger, early).replaced_by, late);
    desk_leave(&second);
}

/* A laptop that slept for longer than its claim: another desk has declared the outcome unknown. */
static void an_answer_that_comes_late_still_decides(void **state)
{
    struct desk *first = *state, second;
    char id[OPERATION_ID_SIZE];
    script_say(first->script, REQUEST,
        (struct script_reply){.status = 200, .body = "{\"id\":\"9\"}", .delay = 70 * SECOND});
    id_of(first, desk_ask(first, ask_book(3)), id);
    desk_run(first, 1000);
    desk_join(&second, first, false);
    second.now += 65 * SECOND;
    second.steady += 65 * SECOND;
    desk_run(&second, 2000);
    expect_state(&second, id, STATE_UNKNOWN, REASON_INTERRUPTED);
    first->now += 70 * SECOND;
    first->steady += 70 * SECOND;
    desk_run(first, 1000);
    expect_state(first, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(script_sent(first->script, REQUEST), 1);
    desk_leave(&second);
}

static void what_was_settled_elsewhere_is_let_go(void **state)
{
    struct desk *first = *state, second;
    char id[OPERATION_ID_SIZE];
    script_say(first->script, REQUEST,
        (struct script_reply){.status = 200, .body = "{\"id\":\"9\"}", .delay = 70 * SECOND});
    id_of(first, desk_ask(first, ask_book(3)), id);
    desk_run(first, 1000);
    desk_join(&second, first, false);
    second.now += 65 * SECOND;
    second.steady += 65 * SECOND;
    desk_run(&second, 2000);
    struct command *settle = ask_of(COMMAND_SETTLE, id);
    settle->word = SETTLE_BOOKED;
    str_copy(settle->appointment_id, ID_SIZE, "by-hand");
    desk_ask(&second, settle);
    first->now += 70 * SECOND;
    first->steady += 70 * SECOND;
    desk_run(first, 1000);
    expect_state(first, id, STATE_CONFIRMED, REASON_SETTLED);
    assert_string_equal(desk_kept(first, id).appointment_id, "by-hand");
    assert_int_equal(desk_report(first, REPORT_OPERATION, 0)->operation->reason, REASON_SETTLED);
    desk_leave(&second);
}

/* --- those who fell silent ---------------------------------------------------------------------------------------- */

static void what_another_desk_was_sending_is_unknown_when_its_claim_runs_out(void **state)
{
    struct desk *first = *state, second;
    char id[OPERATION_ID_SIZE];
    script_say(first->script, REQUEST,
        (struct script_reply){.fate = FATE_RESET, .left = true, .delay = HOUR});
    id_of(first, desk_ask(first, ask_book(3)), id);
    desk_run(first, 1000);
    desk_join(&second, first, false);
    desk_run(&second, 30 * SECOND);
    assert_int_equal(desk_state(&second, id), STATE_SENDING); /* it may still be at it */
    desk_run(&second, 40 * SECOND);
    expect_state(&second, id, STATE_UNKNOWN, REASON_INTERRUPTED);
    assert_int_equal(script_sent(first->script, REQUEST), 1);
    desk_leave(&second);
}

/* A desk that slept sent a cancel; another took it up and sends it again. What then comes back to the first is a
 * no to the first try, and nothing is known of the second. */
static void a_no_to_an_earlier_try_does_not_decide_a_later_one(void **state)
{
    struct desk *first = *state, second;
    char tour[OPERATION_ID_SIZE], id[OPERATION_ID_SIZE];
    struct script_reply no = reply_status(403, "{}"), yes = reply_ok("{}");
    desk_booked(first, 3, "Ana", "+12065550155", tour);
    no.delay = 75 * SECOND;
    yes.delay = 3 * MINUTE;
    script_say(first->script, "PUT", no);
    script_say(first->script, "PUT", yes);
    id_of(first, desk_ask(first, ask_cancel(tour)), id);
    desk_run(first, 1000);
    desk_join(&second, first, false);
    desk_run(&second, 70 * SECOND);
    assert_int_equal(script_sent(first->script, "PUT"), 2);
    assert_int_equal(desk_state(&second, id), STATE_SENDING);
    first->now += 80 * SECOND;
    first->steady += 80 * SECOND;
    desk_run(first, SECOND);
    assert_int_equal(desk_state(first, id), STATE_SENDING);
    for (int i = 0; i < 20; i++)
        run_both(first, &second, 10 * SECOND);
    expect_state(first, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(script_sent(first->script, "PUT"), 2);
    desk_leave(&second);
}

static void a_desk_that_is_still_there_keeps_its_claim(void **state)
{
    struct desk *first = *state, second;
    char id[OPERATION_ID_SIZE];
    script_say(first->script, REQUEST,
        (struct script_reply){.status = 200, .body = "{\"id\":\"9\"}", .delay = 5 * MINUTE});
    id_of(first, desk_ask(first, ask_book(3)), id);
    desk_join(&second, first, false);
    for (int i = 0; i < 28; i++) {
        desk_run(first, 10 * SECOND);
        desk_run(&second, 10 * SECOND);
    }
    assert_int_equal(desk_state(&second, id), STATE_SENDING);
    desk_run(first, 30 * SECOND);
    expect_state(first, id, STATE_CONFIRMED, REASON_NONE);
    desk_leave(&second);
}

static void a_desk_that_is_closed_says_at_once_that_what_it_was_sending_is_unknown(void **state)
{
    struct desk *desk = *state;
    char sending[OPERATION_ID_SIZE], saved[OPERATION_ID_SIZE];
    struct command *command = ask_book_for(5, "Ben", "", "+12065550166");
    command->at_once = false;
    id_of(desk, desk_ask(desk, command), saved);
    script_say(desk->script, REQUEST,
        (struct script_reply){.status = 200, .body = "{\"id\":\"9\"}", .delay = 5 * MINUTE});
    id_of(desk, desk_ask(desk, ask_book(3)), sending);
    desk_run(desk, 1000);
    assert_true(core_sending(desk->core));
    core_destroy(desk->core);
    desk->core = NULL;
    expect_state(desk, sending, STATE_UNKNOWN, REASON_INTERRUPTED);
    assert_int_equal(desk_state(desk, saved), STATE_SAVED);
    /* nothing is claimed by somebody who is gone */
    assert_string_equal(
        ask_file(desk->scratch, "SELECT count(*) FROM operation WHERE claim_owner <> ''"), "0");
}

/* --- one-shot commands ------------------------------------------------------------------------------------------------ */

static void a_one_shot_command_sends_at_once_and_touches_nothing_else(void **state)
{
    struct desk *first = *state, one;
    char saved[OPERATION_ID_SIZE], unknown[OPERATION_ID_SIZE], orphan[OPERATION_ID_SIZE];
    script_say(first->script, REQUEST, reply_fate(FATE_RESET, true));
    id_of(first, desk_ask(first, ask_book_for(1, "Ana", "", "+12065550171")), unknown);
    desk_run(first, 1000);
    struct command *command = ask_book_for(2, "Ana", "", "+12065550172");
    command->at_once = false;
    id_of(first, desk_ask(first, command), saved);
    script_say(first->script, REQUEST,
        (struct script_reply){.fate = FATE_RESET, .left = true, .delay = HOUR});
    id_of(first, desk_ask(first, ask_book_for(3, "Ana", "", "+12065550173")), orphan);
    desk_run(first, 1000);
    size_t before = script_sent(first->script, "");
    desk_join(&one, first, true);
    one.now += 5 * MINUTE; /* the claim has run out, the undo window too */
    one.steady += 5 * MINUTE;
    assert_false(core_busy(one.core));
    struct command *book = ask_book_for(5, "Ben", "", "+12065550166");
    book->at_once = false; /* it does so by itself */
    uint64_t token = desk_ask(&one, book);
    assert_true(core_busy(one.core));
    desk_run(&one, 30 * SECOND);
    assert_int_equal(desk_told(&one, token)->state, STATE_CONFIRMED);
    assert_false(core_busy(one.core));
    assert_int_equal(script_sent(first->script, ""), before + 3);
    expect_state(&one, unknown, STATE_UNKNOWN, REASON_NO_ANSWER);
    assert_int_equal(desk_state(&one, saved), STATE_SAVED);
    assert_int_equal(desk_state(&one, orphan), STATE_SENDING);
    desk_leave(&one);
}

static void a_one_shot_command_ends_with_whatever_became_of_it(void **state)
{
    struct desk *first = *state, one;
    static const struct {
        const char *route;
        struct script_reply reply;
        enum operation_state state;
        size_t requests;
    } rows[] = {
        {"GET", {.fate = FATE_NAME}, STATE_SAVED, 0},
        {"POST /prospect", {.status = 429, .body = "{}"}, STATE_SAVED, 0},
        {REQUEST, {.status = 429, .body = "{}"}, STATE_SAVED, 1},
        {REQUEST, {.fate = FATE_CONNECT}, STATE_SAVED, 1},
        {REQUEST, {.fate = FATE_TIMEOUT, .left = true}, STATE_UNKNOWN, 1},
        {REQUEST, {.status = 400, .body = "{}"}, STATE_REFUSED, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char phone[24];
        size_t before = script_sent(first->script, REQUEST);
        str_print(phone, sizeof phone, "+1206555017%zu", i);
        script_always(first->script, rows[i].route, rows[i].reply);
        desk_join(&one, first, true);
        uint64_t token = desk_ask(&one, ask_book_for((int)i, "Ana", "", phone));
        desk_run(&one, MINUTE);
        check_text(
            rows[i].route, state_word(desk_told(&one, token)->state), state_word(rows[i].state));
        check_holds(rows[i].route, !core_busy(one.core), "does not come to an end");
        check_number(rows[i].route, (long long)(script_sent(first->script, REQUEST) - before),
            (long long)rows[i].requests);
        script_always(first->script, rows[i].route, (struct script_reply){0});
        desk_leave(&one);
    }
}

static void a_one_shot_cancel_is_repeated_and_comes_to_an_end(void **state)
{
    struct desk *first = *state, one;
    static const struct {
        struct script_reply first, then;
        enum operation_state state;
        size_t most;
    } rows[] = {
        {{.fate = FATE_RESET, .left = true}, {.status = 200, .body = "{}"}, STATE_CONFIRMED, 2},
        {{.fate = FATE_RESET, .left = true}, {.fate = FATE_RESET, .left = true}, STATE_UNKNOWN, 3},
        {{.fate = FATE_RESET, .left = true}, {.fate = FATE_NAME}, STATE_UNKNOWN, 3},
        {{.fate = FATE_NAME}, {.fate = FATE_NAME}, STATE_SAVED, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char id[OPERATION_ID_SIZE], phone[24];
        str_print(phone, sizeof phone, "+1206555017%zu", i);
        desk_booked(first, (int)i, "Ana", phone, id);
        size_t before = script_sent(first->script, "PUT");
        script_say(first->script, "PUT", rows[i].first);
        script_always(first->script, "PUT", rows[i].then);
        desk_join(&one, first, true);
        uint64_t token = desk_ask(&one, ask_cancel(id));
        desk_run(&one, 5 * MINUTE);
        check_text("state", state_word(desk_told(&one, token)->state), state_word(rows[i].state));
        check_holds("cancel", !core_busy(one.core), "does not come to an end");
        check_number("sent", (long long)(script_sent(first->script, "PUT") - before),
            (long long)rows[i].most);
        script_always(first->script, "PUT", (struct script_reply){0});
        desk_leave(&one);
    }
}

static void a_one_shot_visit_of_a_booking_that_is_only_saved_stays_saved(void **state)
{
    struct desk *first = *state, one;
    char id[OPERATION_ID_SIZE];
    struct command *command = ask_book(3);
    command->at_once = false;
    id_of(first, desk_ask(first, command), id);
    core_destroy(first->core);
    first->core = NULL;
    desk_join(&one, first, true);
    uint64_t token = desk_ask(&one, ask_visit(id));
    desk_run(&one, 2 * MINUTE);
    assert_int_equal(desk_told(&one, token)->state, STATE_SAVED);
    assert_false(core_busy(one.core));
    assert_int_equal(script_sent(first->script, "POST"), 0);
    desk_leave(&one);
}

static void sync_in_one_shot_sends_what_is_saved(void **state)
{
    struct desk *first = *state, one;
    char saved[OPERATION_ID_SIZE], unknown[OPERATION_ID_SIZE];
    script_say(first->script, REQUEST, reply_fate(FATE_RESET, true));
    id_of(first, desk_ask(first, ask_book_for(1, "Ana", "", "+12065550171")), unknown);
    desk_run(first, 1000);
    script_always(first->script, "GET", reply_fate(FATE_NAME, false));
    id_of(first, desk_ask(first, ask_book_for(2, "Ana", "", "+12065550172")), saved);
    desk_run(first, 10 * MINUTE);
    core_destroy(first->core);
    first->core = NULL;
    script_always(first->script, "GET", (struct script_reply){0});
    desk_join(&one, first, true);
    desk_ask(&one, ask_of(COMMAND_SYNC, ""));
    desk_run(&one, 20 * SECOND);
    expect_state(&one, saved, STATE_CONFIRMED, REASON_NONE);
    expect_state(&one, unknown, STATE_UNKNOWN, REASON_NO_ANSWER);
    assert_false(core_busy(one.core));
    assert_int_equal(script_sent(first->script, REQUEST), 2);
    desk_leave(&one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            two_desks_that_find_one_saved_operation_send_it_once, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(what_one_desk_asks_for_another_sees, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            one_desk_can_take_back_what_another_has_saved, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            bookings_of_one_person_at_two_desks_go_in_the_order_in_which_they_were_asked_for,
            desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            an_answer_that_comes_late_still_decides, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_was_settled_elsewhere_is_let_go, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_another_desk_was_sending_is_unknown_when_its_claim_runs_out, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            a_no_to_an_earlier_try_does_not_decide_a_later_one, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_desk_that_is_still_there_keeps_its_claim, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_desk_that_is_closed_says_at_once_that_what_it_was_sending_is_unknown, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            a_one_shot_command_sends_at_once_and_touches_nothing_else, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_one_shot_command_ends_with_whatever_became_of_it, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_one_shot_cancel_is_repeated_and_comes_to_an_end, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_one_shot_visit_of_a_booking_that_is_only_saved_stays_saved, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            sync_in_one_shot_sends_what_is_saved, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
