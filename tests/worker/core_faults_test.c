/* A ledger that fails in the middle of the worker's own business: between an answer and its being kept, while what
 * could not be kept is tried again, and where an operation is gone from it. */
#include "desk.h"

#include "tourdesk/base/str.h"

#include <stdlib.h>

static const char REQUEST[] = "POST /appointment/request";

/* --- giving an operation back ---------------------------------------------------------------------------------- */

static void an_outcome_is_not_kept_without_giving_the_operation_back(void **state)
{
    struct desk *desk = *state;
    desk_let_fail(desk, "UPDATE OF claim_owner ON operation WHEN new.claim_owner = ''");
    uint64_t token = desk_ask(desk, ask_book(3));
    char id[OPERATION_ID_SIZE];
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    assert_int_equal(desk_state(desk, id), STATE_SENDING);
    assert_int_equal(desk_told(desk, token)->state, STATE_SENDING);
    check_contains(
        "trouble", desk_trouble(desk), "is confirmed, and that could not be kept here yet");
    /* The ledger itself can be opened anew meanwhile: it is tried again, and fails again. */
    desk_run(desk, 12 * SECOND);
    assert_int_equal(desk_state(desk, id), STATE_SENDING);
    check_contains("trouble", desk_trouble(desk), "could not be kept here yet");
    desk_let_work(desk);
    desk_run(desk, 6 * SECOND);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    check_contains("trouble", desk_trouble(desk), "can be written again");
    assert_string_equal(ask_file(desk->scratch, "SELECT claim_owner FROM operation"), "");
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

/* The ledger works again when the program is ended in good order: what was told is kept, not forgotten. */
static void an_outcome_that_could_not_be_kept_is_kept_at_the_end(void **state)
{
    struct desk *desk = *state;
    desk_let_fail(desk, "UPDATE ON operation WHEN new.state = 'confirmed'");
    uint64_t token = desk_ask(desk, ask_book(3));
    char id[OPERATION_ID_SIZE];
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    check_contains("trouble", desk_trouble(desk), "could not be kept here yet");
    desk_let_work(desk);
    desk_restart(desk);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_string_equal(tour_of(desk->ledger, id).appointment_id, "a101");
    desk_run(desk, 5 * MINUTE);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

/* And where it still cannot be, nobody can tell: it is not sent again. */
static void an_outcome_that_cannot_be_kept_even_at_the_end_is_unknown(void **state)
{
    struct desk *desk = *state;
    desk_let_fail(desk, "UPDATE ON operation WHEN new.state = 'confirmed'");
    uint64_t token = desk_ask(desk, ask_book(3));
    char id[OPERATION_ID_SIZE];
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    desk_restart(desk);
    expect_state(desk, id, STATE_UNKNOWN, REASON_INTERRUPTED);
    desk_let_work(desk);
    desk_run(desk, 5 * MINUTE);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

/* --- another desk comes first ------------------------------------------------------------------------------------ */

/* The other one takes the lock right before the `before`th transaction of a ledger that is opened from now on. */
static struct {
    sqlite3 *other;
    int before, begun;
} rival;

static int come_first(unsigned event, void *db, void *statement, void *sql)
{
    (void)event, (void)sql;
    if (strcmp(sqlite3_sql(statement), "BEGIN IMMEDIATE") != 0 || ++rival.begun != rival.before)
        return 0;
    sqlite3_busy_timeout(db, 0); /* or the test would wait as well */
    return sqlite3_exec(rival.other, "BEGIN IMMEDIATE", NULL, NULL, NULL);
}

static int watch(sqlite3 *db, const char **words, const void *api)
{
    (void)words, (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, come_first, db);
}

/* Opening anew begins two transactions; the third one is what keeps the outcome. */
static void an_outcome_waits_while_another_desk_writes(void **state)
{
    struct desk *desk = *state;
    desk_let_fail(desk, "UPDATE ON operation WHEN new.state = 'confirmed'");
    uint64_t token = desk_ask(desk, ask_book(3));
    char id[OPERATION_ID_SIZE];
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    desk_let_work(desk);
    rival.before = 3;
    rival.begun = 0;
    assert_int_equal(sqlite3_open(desk->scratch->file, &rival.other), SQLITE_OK);
    assert_int_equal(sqlite3_auto_extension((void (*)(void))watch), SQLITE_OK);
    desk_run(desk, 4 * SECOND);
    sqlite3_cancel_auto_extension((void (*)(void))watch);
    assert_int_equal(rival.begun, 3);
    assert_int_equal(desk_state(desk, id), STATE_SENDING);
    assert_null(strstr(desk_trouble(desk), "can be written again"));
    assert_int_equal(sqlite3_exec(rival.other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(rival.other), SQLITE_OK);
    desk_run(desk, 6 * SECOND);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

/* --- what is gone from the ledger ---------------------------------------------------------------------------------- */

static void lose_it(void *self, const struct http_request *request)
{
    struct desk *desk = self;
    if (!strstr(request->path, "/appointment/request"))
        return;
    ask_file(desk->scratch, "DELETE FROM wire");
    ask_file(desk->scratch, "DELETE FROM booking");
    ask_file(desk->scratch, "DELETE FROM operation");
}

/* Nobody can say what it was: nothing is told of it that is not there, and the desk goes on. */
static void an_operation_that_is_gone_from_the_ledger_is_let_go(void **state)
{
    struct desk *desk = *state;
    script_watch(desk->script, lose_it, desk);
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 5000);
    script_watch(desk->script, NULL, NULL);
    assert_int_equal(desk_told(desk, token)->state, STATE_SENDING);
    desk_run(desk, 5 * MINUTE);
    assert_int_equal(desk_told(desk, token)->state, STATE_SENDING);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 5, "Ben", "+12065550166", id);
    assert_int_equal(script_sent(desk->script, REQUEST), 2);
}

/* A cancel that was lost, of which the file has no number any more: no word of the engine fits it, so it rests. */
static void an_operation_that_no_rule_fits_rests_as_it_is(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_cancel("");
    str_copy(command->appointment_id, ID_SIZE, "4711");
    script_always(desk->script, "PUT", reply_fate(FATE_RESET, true));
    uint64_t token = desk_ask(desk, command);
    desk_run(desk, 100);
    char id[OPERATION_ID_SIZE];
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ANSWER);
    ask_file(desk->scratch, "UPDATE operation SET appointment_id = ''");
    size_t sent = script_sent(desk->script, "PUT");
    desk_restart(desk);
    desk_run(desk, 5 * MINUTE);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ANSWER);
    assert_int_equal(script_sent(desk->script, "PUT"), sent);
    struct command *word = ask_of(COMMAND_SETTLE, id);
    word->word = SETTLE_DROP;
    desk_ask(desk, word);
    expect_state(desk, id, STATE_WITHDRAWN, REASON_SETTLED);
}

/* --- asks ------------------------------------------------------------------------------------------------------------ */

static void a_booking_is_not_kept_without_what_was_said_about_texts(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_book(3);
    command->booking.consent = CONSENT_YES;
    desk_let_fail(desk, "INSERT ON consent");
    expect_stopped(desk, command, REASON_LEDGER, "no room");
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM operation"), "0");
    desk_run(desk, 3000);
    assert_int_equal(script_sent(desk->script, ""), 0);
    desk_let_work(desk);
    desk_run(desk, 6 * SECOND);
    command = ask_book(3);
    command->booking.consent = CONSENT_YES;
    uint64_t token = desk_ask(desk, command);
    desk_run(desk, 3000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    assert_string_equal(ask_file(desk->scratch, "SELECT state FROM consent"), "yes");
}

static void a_move_of_what_cannot_be_read_is_stopped(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 3, "Ana", "+12065550155", id);
    struct command *move = ask_cancel(id);
    move->kind = COMMAND_RESCHEDULE;
    move->booking.start = (struct stamp){.at = desk_slot(7), .offset = -28800};
    ask_file(desk->scratch, "ALTER TABLE cancelling RENAME TO elsewhere");
    expect_stopped(desk, move, REASON_LEDGER, "cancelling");
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM operation"), "1");
    ask_file(desk->scratch, "ALTER TABLE elsewhere RENAME TO cancelling");
    desk_run(desk, 10 * SECOND);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

static void a_word_to_leave_it_that_cannot_be_kept_is_said(void **state)
{
    struct desk *desk = *state;
    script_say(desk->script, REQUEST, reply_fate(FATE_RESET, true));
    uint64_t token = desk_ask(desk, ask_book(3));
    char id[OPERATION_ID_SIZE];
    desk_run(desk, 3000);
    str_copy(id, sizeof id, desk_told(desk, token)->id);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ANSWER);
    for (int works = 0; works < 2; works++) {
        struct command *leave = ask_of(COMMAND_SETTLE, id);
        leave->word = SETTLE_LEAVE;
        if (!works)
            desk_let_fail(desk, "INSERT ON history");
        desk_forget(desk);
        token = desk_ask(desk, leave);
        assert_int_equal(desk_told(desk, token)->state, STATE_UNKNOWN);
        check_number("trouble", (long long)desk_reports(desk, REPORT_TROUBLE, token), !works);
        check_contains("trouble", desk_trouble(desk), works ? "" : "no room");
        check_text("left",
            ask_file(desk->scratch, "SELECT count(*) FROM history WHERE what LIKE 'left%'"),
            works ? "1" : "0");
        if (!works)
            desk_let_work(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            an_outcome_is_not_kept_without_giving_the_operation_back, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            an_outcome_that_could_not_be_kept_is_kept_at_the_end, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            an_outcome_that_cannot_be_kept_even_at_the_end_is_unknown, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            an_outcome_waits_while_another_desk_writes, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            an_operation_that_is_gone_from_the_ledger_is_let_go, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            an_operation_that_no_rule_fits_rests_as_it_is, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_booking_is_not_kept_without_what_was_said_about_texts, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_move_of_what_cannot_be_read_is_stopped, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_word_to_leave_it_that_cannot_be_kept_is_said, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
