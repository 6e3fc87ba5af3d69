/* When the ledger cannot be written or read: nothing leaves that is not on the disk, what became known is kept
 * as soon as it can be, and staff are told. */
#include "desk.h"

#include "tourdesk/base/str.h"

static const char REQUEST[] = "POST /appointment/request";

static void an_intent_that_cannot_be_kept_is_stopped_and_never_leaves(void **state)
{
    struct desk *desk = *state;
    static const char *const events[] = {"INSERT ON operation", "INSERT ON booking",
        "INSERT ON person", "INSERT ON wire", "INSERT ON history",
        "UPDATE OF claim_owner ON operation"};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        desk_let_fail(desk, events[i]);
        uint64_t token = desk_ask(desk, ask_book(3));
        desk_run(desk, 3000);
        const struct report *report = desk_report(desk, REPORT_STOPPED, token);
        check_holds(events[i], report != NULL, "was not stopped");
        check_number(events[i], report->reason, REASON_LEDGER);
        check_contains(events[i], report->trouble.text, "no room");
        check_holds(events[i], !desk_report(desk, REPORT_OPERATION, token), "was told");
        check_number(events[i], (long long)script_sent(desk->script, ""), 0);
        check_text(events[i], ask_file(desk->scratch, "SELECT count(*) FROM operation"), "0");
        desk_let_work(desk);
        desk_run(desk, 30 * SECOND);
    }
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 5000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
}

static void what_cannot_be_said_to_be_sending_is_not_sent(void **state)
{
    struct desk *desk = *state;
    desk_let_fail(desk, "UPDATE ON operation WHEN new.state = 'sending'");
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 3000);
    assert_int_equal(desk_told(desk, token)->state, STATE_SAVED);
    check_contains("trouble", desk_trouble(desk), "Nothing was sent for");
    desk_run(desk, MINUTE);
    assert_int_equal(script_sent(desk->script, REQUEST), 0);
    desk_let_work(desk);
    desk_run(desk, MINUTE);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

static void an_outcome_that_cannot_be_kept_is_told_and_kept_when_it_can_be(void **state)
{
    struct desk *desk = *state;
    desk_let_fail(desk, "UPDATE ON operation WHEN new.state = 'confirmed'");
    uint64_t token = desk_ask(desk, ask_book(3));
    char id[OPERATION_ID_SIZE];
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    assert_int_equal(desk_told(desk, token)->state, STATE_SENDING);
    assert_int_equal(desk_state(desk, id), STATE_SENDING);
    check_contains(
        "trouble", desk_trouble(desk), "is confirmed, and that could not be kept here yet");
    /* nothing else is sent on a ledger that is not to be trusted */
    size_t before = script_sent(desk->script, "POST");
    desk_ask(desk, ask_book_for(5, "Ben", "", "+12065550166"));
    desk_run(desk, 3000);
    assert_int_equal(script_sent(desk->script, "POST"), before);
    desk_let_work(desk);
    desk_run(desk, 20 * SECOND);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_string_equal(tour_of(desk->ledger, id).appointment_id, "a101");
    assert_int_equal(script_sent(desk->script, REQUEST), 2); /* the other one, by now */
    check_contains("trouble", desk_trouble(desk), "can be written again");
}

static void an_outcome_that_was_never_kept_is_unknown_to_the_next_one(void **state)
{
    struct desk *desk = *state;
    desk_let_fail(desk, "UPDATE ON operation WHEN new.state = 'confirmed'");
    uint64_t token = desk_ask(desk, ask_book(3));
    char id[OPERATION_ID_SIZE];
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    desk_kill(desk);
    desk_revive(desk, 61 * SECOND);
    desk_let_work(desk);
    desk_run(desk, 10 * SECOND);
    expect_state(desk, id, STATE_UNKNOWN, REASON_INTERRUPTED);
    desk_run(desk, 10 * MINUTE);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

static void a_move_is_not_through_until_the_release_of_the_old_tour_is_kept_with_it(void **state)
{
    struct desk *desk = *state;
    char old[OPERATION_ID_SIZE];
    desk_booked(desk, 3, "Ana", "+12065550155", old);
    desk_let_fail(desk, "INSERT ON cancelling");
    struct command *move = ask_cancel(old);
    move->kind = COMMAND_RESCHEDULE;
    move->booking.start = (struct stamp){.at = desk_slot(7), .offset = -28800};
    uint64_t token = desk_ask(desk, move);
    char id[OPERATION_ID_SIZE];
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    assert_int_equal(desk_state(desk, id), STATE_SENDING);
    assert_string_equal(tour_of(desk->ledger, old).replaced_by, "");
    desk_let_work(desk);
    desk_run(desk, 30 * SECOND);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_string_equal(tour_of(desk->ledger, old).replaced_by, id);
    assert_int_equal(tour_of(desk->ledger, old).cancel, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, "PUT"), 1);
}

static void a_visit_whose_tour_cannot_be_read_waits(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct command *command;
    desk_booked(desk, 0, "Ana", "+12065550155", id);
    desk->now = desk_slot(1);
    command = ask_visit(id);
    command->at_once = false;
    uint64_t token = desk_ask(desk, command);
    ask_file(desk->scratch, "ALTER TABLE person RENAME TO elsewhere");
    desk_run(desk, MINUTE);
    assert_int_equal(script_sent(desk->script, "POST /visit"), 0);
    ask_file(desk->scratch, "ALTER TABLE elsewhere RENAME TO person");
    desk_run(desk, MINUTE);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    check_contains("ids", script_request(desk->script, "POST /visit", 0)->body, "\"a101\"");
}

static void a_claim_that_cannot_be_written_stops_sending_and_is_tried_again(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    struct command *command = ask_book(3);
    command->at_once = false;
    uint64_t token = desk_ask(desk, command);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    desk_let_fail(desk, "UPDATE OF claim_owner ON operation");
    desk_run(desk, MINUTE);
    assert_int_equal(script_sent(desk->script, "POST"), 0);
    check_contains("trouble", desk_trouble(desk), "no room");
    desk_let_work(desk);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
}

static void a_snapshot_that_cannot_be_kept_is_told_and_the_list_is_told_all_the_same(void **state)
{
    struct desk *desk = *state;
    struct command *read = command_create(COMMAND_READ_SLOTS);
    str_copy(read->community_id, ID_SIZE, "c1");
    desk_let_fail(desk, "INSERT ON snapshot");
    uint64_t token = desk_ask(desk, read);
    desk_run(desk, 1000);
    assert_int_equal(desk_report(desk, REPORT_SLOTS, token)->slots.count, DESK_SLOTS);
    check_contains("trouble", desk_trouble(desk), "no room");
}

static void a_booking_whose_community_is_gone_from_the_configuration_stays_saved(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_book(3);
    command->at_once = false;
    command->booking.consent = CONSENT_YES;
    uint64_t token = desk_ask(desk, command);
    char id[OPERATION_ID_SIZE];
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    desk->settings.community_count = 0;
    desk_restart(desk);
    desk_run(desk, MINUTE);
    assert_int_equal(desk_state(desk, id), STATE_SAVED);
    assert_int_equal(script_sent(desk->script, ""), 0);
    check_contains("trouble", desk_trouble(desk), "not in the configuration any more");
    assert_int_equal(desk_reports(desk, REPORT_TROUBLE, 0), 1);
    desk->settings.community_count = 2;
    desk_restart(desk);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
}

static void what_the_ledger_cannot_tell_is_told_as_trouble(void **state)
{
    struct desk *desk = *state;
    ask_file(desk->scratch, "ALTER TABLE operation RENAME TO elsewhere");
    struct command *command = command_create(COMMAND_LIST_TOURS);
    command->query = (struct tour_query){.to = INT64_MAX};
    uint64_t tours = desk_ask(desk, command);
    uint64_t operations = desk_ask(desk, command_create(COMMAND_LIST_OPERATIONS));
    uint64_t withdraw = desk_ask(desk, ask_of(COMMAND_WITHDRAW, "one"));
    uint64_t cancel = desk_ask(desk, ask_cancel("one"));
    uint64_t visit = desk_ask(desk, ask_visit("one"));
    uint64_t book = desk_ask(desk, ask_book(3));
    check_contains("tours", desk_report(desk, REPORT_TOURS, tours)->trouble.text, "operation");
    check_contains(
        "operations", desk_report(desk, REPORT_OPERATIONS, operations)->trouble.text, "operation");
    const uint64_t stopped[] = {withdraw, cancel, visit, book};
    for (size_t i = 0; i < sizeof stopped / sizeof *stopped; i++) {
        const struct report *report = desk_report(desk, REPORT_STOPPED, stopped[i]);
        assert_non_null(report);
        assert_int_equal(report->reason, REASON_LEDGER);
    }
    desk_run(desk, 5000);
    assert_int_equal(script_sent(desk->script, ""), 0);
    ask_file(desk->scratch, "ALTER TABLE elsewhere RENAME TO operation");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            an_intent_that_cannot_be_kept_is_stopped_and_never_leaves, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_cannot_be_said_to_be_sending_is_not_sent, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            an_outcome_that_cannot_be_kept_is_told_and_kept_when_it_can_be, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            an_outcome_that_was_never_kept_is_unknown_to_the_next_one, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_move_is_not_through_until_the_release_of_the_old_tour_is_kept_with_it, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_whose_tour_cannot_be_read_waits, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_claim_that_cannot_be_written_stops_sending_and_is_tried_again, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_snapshot_that_cannot_be_kept_is_told_and_the_list_is_told_all_the_same, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            a_booking_whose_community_is_gone_from_the_configuration_stays_saved, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            what_the_ledger_cannot_tell_is_told_as_trouble, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
