/* What stands in no tour's row: how the desk hears of it, where it counts and stands, and what its keys do. */
#include "../unit/check.h"
#include "fixture.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/tui/key.h"
#include "tourdesk/tui/tui.h"

#include <stdlib.h>

static struct fixture f;

static int open_desk(void **state)
{
    (void)state;
    fixture_open(&f);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    fixture_close(&f);
    return 0;
}

static void check_notice(const char *row, const char *part)
{
    char *text = fixture_notice(&f);
    check_contains(row, text, part);
    free(text);
}

/* One of each kind: of a call and a visit the time, of a cancel the appointment. */
static struct operation make(const char *id, enum operation_kind kind, enum operation_state state)
{
    struct operation operation = {.kind = kind, .state = state, .created_at = f.now - MINUTE};
    struct stamp at = zone_stamp(f.communities[0].zone, fixture_at(&f, 23, 13, 50));
    str_copy(operation.id, OPERATION_ID_SIZE, id);
    str_copy(operation.community_id, ID_SIZE, "harbor");
    str_copy(operation.prospect_id, ID_SIZE, "4756");
    operation.updated_at = f.now - MINUTE;
    operation.calling.start = operation.visiting.visit_time = at;
    operation.calling.end = at;
    operation.calling.end.at += 5 * MINUTE;
    if (kind == OPERATION_CANCEL)
        str_copy(operation.appointment_id, ID_SIZE, "18842");
    return operation;
}

/* Answers the list of what is not settled. */
static void tell_list(const struct operation *operations, size_t count)
{
    struct report *report = report_create(REPORT_OPERATIONS, f.desk->loose.token);
    report->operations = mem_alloc(count * sizeof *operations);
    report->operation_count = count;
    for (size_t i = 0; i < count; i++) {
        report->operations[i] = operations[i];
        tour_list_add(&report->tours);
    }
    fixture_report(&f, report);
}

/* Tells how an operation stands now. */
static void tell(struct operation operation)
{
    struct report *report = report_create(REPORT_OPERATION, 0);
    report->operation = mem_alloc(sizeof operation);
    *report->operation = operation;
    fixture_report(&f, report);
}

/* A call whose outcome is unknown and one that is saved, and the board. */
static void tell_two_calls(void)
{
    struct operation calls[] = {make("unknown1", OPERATION_CALL, STATE_UNKNOWN),
        make("saved1", OPERATION_CALL, STATE_SAVED)};
    tell_list(calls, 2);
    fixture_act(&f, ACTION_BOARD);
    tell_list(calls, 2);
    fixture_forget(&f);
}

static void focus(const char *id)
{
    str_copy(f.desk->board.selected, OPERATION_ID_SIZE, id);
    assert_non_null(desk_loose(f.desk));
    check_text("focus", desk_loose(f.desk)->operation.id, id);
}

/* --- hearing of it --------------------------------------------------------------------------------- */

static void the_list_is_read_at_the_start_and_with_every_change(void **state)
{
    (void)state;
    struct command *first = fixture_command(&f, COMMAND_LIST_OPERATIONS);
    assert_non_null(first);
    assert_true(first->unsettled);
    check_text("every community", first->community_id, "");
    struct operation call = make("one", OPERATION_CALL, STATE_UNKNOWN);
    tell_list(&call, 1);
    check_notice("said at the start", "1 with an unknown outcome");
    check_number("counted", desk_unknown(f.desk), 1);
    fixture_forget(&f);
    fixture_report(&f, report_create(REPORT_CHANGED, 0));
    assert_non_null(fixture_command(&f, COMMAND_LIST_OPERATIONS));
    tell_list(NULL, 0);
    check_number("settled elsewhere", desk_unknown(f.desk), 0);
}

static void a_list_that_cannot_be_read_leaves_what_was_known(void **state)
{
    (void)state;
    struct operation call = make("one", OPERATION_CALL, STATE_UNKNOWN);
    tell_list(&call, 1);
    fixture_report(&f, report_create(REPORT_CHANGED, 0));
    struct report *report = report_create(REPORT_OPERATIONS, f.desk->loose.token);
    error_set(&report->trouble, "the disk is full");
    fixture_report(&f, report);
    check_notice("told", "the disk is full");
    check_number("kept", desk_unknown(f.desk), 1);
}

static const struct {
    enum operation_state state;
    int unsent, unknown;
} counts[] = {
    {STATE_SAVED, 1, 0},
    {STATE_SENDING, 1, 0},
    {STATE_UNKNOWN, 0, 1},
    {STATE_SAVED, 1, 0},
    {STATE_CONFIRMED, 0, 0},
    {STATE_UNKNOWN, 0, 1},
    {STATE_WITHDRAWN, 0, 0},
    {STATE_REFUSED, 0, 0},
};

static void each_state_counts_at_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        tell(make("one", OPERATION_CALL, counts[i].state));
        check_number("unsent", desk_unsent(f.desk), counts[i].unsent);
        check_number("unknown", desk_unknown(f.desk), counts[i].unknown);
    }
}

static void what_its_tour_shows_counts_once(void **state)
{
    (void)state;
    fixture_tour(&f, fixture_at(&f, 23, 9, 30));
    struct tour tour = f.desk->board.tours.items[0];
    tour.visit = STATE_UNKNOWN;
    str_copy(tour.visit_operation_id, OPERATION_ID_SIZE, "visit1");
    struct report *report = report_create(REPORT_OPERATION, 0);
    report->operation = mem_alloc(sizeof *report->operation);
    *report->operation = make("visit1", OPERATION_VISIT, STATE_UNKNOWN);
    str_copy(report->operation->tour_id, OPERATION_ID_SIZE, tour.id);
    report->tour = mem_alloc(sizeof tour);
    *report->tour = tour;
    fixture_report(&f, report);
    check_number("once", desk_unknown(f.desk), 1);
    struct operation call = make("call1", OPERATION_CALL, STATE_UNKNOWN);
    str_copy(call.tour_id, OPERATION_ID_SIZE, tour.id);
    tell(call);
    check_number("a call of the tour is another", desk_unknown(f.desk), 2);
}

static void leaving_with_a_call_unsent_wants_a_word(void **state)
{
    (void)state;
    tell(make("one", OPERATION_CALL, STATE_SAVED));
    fixture_act(&f, ACTION_QUIT);
    assert_false(f.desk->done);
    check_number("asked", desk_screen(f.desk), SCREEN_ENTRY);
    check_contains("how many", f.desk->entry.text, "1 change is saved here");
}

/* --- the board ----------------------------------------------------------------------------------------- */

static void the_board_is_of_one_community_or_all(void **state)
{
    (void)state;
    struct operation calls[] = {
        make("here", OPERATION_CALL, STATE_UNKNOWN), make("there", OPERATION_CALL, STATE_UNKNOWN)};
    str_copy(calls[1].community_id, ID_SIZE, "mesa");
    struct board board;
    fixture_act(&f, ACTION_BOARD);
    tell_list(calls, 2);
    desk_board(f.desk, &board);
    check_number("all", (long long)board.count, 2);
    board_finish(&board);
    fixture_act(&f, ACTION_BOARD);
    desk_board(f.desk, &board);
    check_number("one", (long long)board.count, 1);
    check_text("one", board_row_id(&board.rows[0]), "here");
    board_finish(&board);
    check_number("the header counts all", desk_unknown(f.desk), 2);
}

static void the_focus_goes_through_tours_and_calls(void **state)
{
    (void)state;
    tell_two_calls();
    fixture_tour(&f, fixture_at(&f, 23, 9, 30));
    fixture_act(&f, ACTION_FIRST);
    check_text("unknown first", desk_loose(f.desk)->operation.id, "unknown1");
    assert_null(desk_selected(f.desk));
    fixture_act(&f, ACTION_DOWN);
    check_text("then what waits", desk_loose(f.desk)->operation.id, "saved1");
    fixture_act(&f, ACTION_DOWN);
    assert_null(desk_loose(f.desk));
    check_text("then the tour", desk_selected(f.desk)->id, "anastour");
}

static void other_keys_say_that_it_is_no_tour(void **state)
{
    (void)state;
    static const enum action actions[] = {ACTION_VISIT, ACTION_CANCEL, ACTION_RESCHEDULE,
        ACTION_ARRIVED, ACTION_NO_SHOW, ACTION_COMING, ACTION_CALL_BACK, ACTION_CALLED_BACK,
        ACTION_NOTE, ACTION_PERSON, ACTION_PEEK, ACTION_COPY};
    tell_two_calls();
    focus("unknown1");
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        fixture_act(&f, actions[i]);
        check_notice(action_entry(actions[i])->name, "This is a call, no tour: U settles it.");
        check_number(action_entry(actions[i])->name, desk_screen(f.desk), SCREEN_BOARD);
    }
    focus("saved1");
    fixture_act(&f, ACTION_OPEN);
    check_notice("saved", "it has not left, u takes it back, ! sends it now");
    fixture_act(&f, ACTION_SETTLE);
    check_notice("nothing to settle", "it has not left");
    assert_int_equal(f.out.count, 0);
}

/* --- taking back and sending ----------------------------------------------------------------------------- */

static void what_is_saved_is_taken_back_or_sent_from_its_row(void **state)
{
    (void)state;
    static const struct {
        enum action action;
        enum command_kind command;
    } keys[] = {{ACTION_UNDO, COMMAND_WITHDRAW}, {ACTION_SEND_NOW, COMMAND_SEND_NOW}};
    tell_two_calls();
    for (size_t i = 0; i < 2; i++) {
        fixture_forget(&f);
        focus("unknown1");
        fixture_act(&f, keys[i].action);
        assert_null(fixture_command(&f, keys[i].command));
        focus("saved1");
        fixture_act(&f, keys[i].action);
        struct command *command = fixture_command(&f, keys[i].command);
        assert_non_null(command);
        check_text("the one with the focus", command->operation_id, "saved1");
    }
}

static void what_the_notice_offers_to_take_back_comes_first(void **state)
{
    (void)state;
    tell_two_calls();
    fixture_operation(&f, "booking1", OPERATION_BOOK, STATE_SAVED, 0);
    check_notice("offered", "u takes it back");
    focus("saved1");
    fixture_act(&f, ACTION_UNDO);
    check_text("as offered", fixture_command(&f, COMMAND_WITHDRAW)->operation_id, "booking1");
}

/* --- settling ------------------------------------------------------------------------------------------------ */

static const struct {
    enum operation_kind kind;
    const char *question, *safe;
} words[] = {
    {OPERATION_CALL, "In Knock their page would show a call on Mon 23 Nov 1:50 pm.",
        "Send it again only if Knock shows no call: a second one would stand there twice."},
    {OPERATION_VISIT, "In Knock their page would show a visit on Mon 23 Nov 1:50 pm.",
        "Send it again only if Knock shows no visit"},
    {OPERATION_CANCEL, "In Knock appointment 18842 would be shown as cancelled.",
        "Sending a cancel again is safe."},
};

static void open_settle(enum operation_kind kind, enum action key)
{
    struct operation operation = make("one", kind, STATE_UNKNOWN);
    fixture_act(&f, ACTION_BOARD);
    tell_list(&operation, 1);
    fixture_forget(&f);
    fixture_act(&f, key);
    check_number("open", desk_screen(f.desk), SCREEN_SETTLE);
    struct command *asked = fixture_command(&f, COMMAND_LIST_OPERATIONS);
    check_text("looked up", asked->operation_id, "one");
    check_text("where", asked->community_id, "harbor");
    struct report *report = report_create(REPORT_OPERATIONS, asked->token);
    report->operations = mem_alloc(sizeof operation);
    *report->operations = operation;
    report->operation_count = 1;
    tour_list_add(&report->tours);
    fixture_report(&f, report);
}

static void each_kind_has_its_question_and_its_warning(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct str text = {0};
        open_settle(words[i].kind, i ? ACTION_SETTLE : ACTION_OPEN);
        desk_settle_words(f.desk, &text);
        check_contains("question", str_text(&text), words[i].question);
        check_contains("safe", str_text(&text), words[i].safe);
        str_finish(&text);
        fixture_act(&f, ACTION_BACK);
    }
}

static const struct {
    enum operation_kind kind;
    const char *typed;
    bool asks; /* for a second word */
    enum settle_word word;
} settled[] = {
    {OPERATION_CALL, "b", false, SETTLE_BOOKED},
    {OPERATION_VISIT, "b", false, SETTLE_BOOKED},
    {OPERATION_CANCEL, "b", false, SETTLE_BOOKED},
    {OPERATION_CALL, "n", true, SETTLE_NOT_BOOKED},
    {OPERATION_VISIT, "n", true, SETTLE_NOT_BOOKED},
    {OPERATION_CANCEL, "n", false, SETTLE_NOT_BOOKED},
    {OPERATION_CALL, "d", false, SETTLE_DROP},
    {OPERATION_CALL, "l", false, SETTLE_LEAVE},
};

static void one_word_settles_it_and_no_number_is_asked_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++) {
        open_settle(settled[i].kind, ACTION_SETTLE);
        fixture_forget(&f);
        fixture_type(&f, settled[i].typed);
        if (settled[i].asks) {
            assert_null(fixture_command(&f, COMMAND_SETTLE));
            check_contains(settled[i].typed, f.desk->question.text, "twice");
            fixture_type(&f, "y");
        }
        struct command *command = fixture_command(&f, COMMAND_SETTLE);
        assert_non_null(command);
        check_number(settled[i].typed, command->word, settled[i].word);
        check_text(settled[i].typed, command->operation_id, "one");
        check_text(settled[i].typed, command->community_id, "harbor");
        check_text(settled[i].typed, command->appointment_id, "");
        check_number(settled[i].typed, desk_screen(f.desk), SCREEN_BOARD);
    }
}

/* --- the handover ---------------------------------------------------------------------------------------------- */

static void the_handover_has_it_by_its_state_until_it_is_settled(void **state)
{
    (void)state;
    struct board board;
    tell_two_calls();
    fixture_act(&f, ACTION_HANDOVER);
    desk_handover(f.desk, &board);
    check_number("both", (long long)board.count, 2);
    check_number("unknown", board.rows[0].section, BOARD_UNKNOWN);
    check_number("not sent", board.rows[1].section, BOARD_UNSENT);
    board_finish(&board);
    fixture_forget(&f);
    fixture_act(&f, ACTION_TAKE_OVER);
    assert_null(fixture_command(&f, COMMAND_MARK));
    check_notice("not ticked", "This is a call, no tour: U settles it.");
    check_text("on to the next", desk_loose(f.desk)->operation.id, "saved1");
    tell(make("unknown1", OPERATION_CALL, STATE_CONFIRMED));
    tell(make("saved1", OPERATION_CALL, STATE_WITHDRAWN));
    desk_handover(f.desk, &board);
    check_number("settled", (long long)board.count, 0);
    board_finish(&board);
}

/* --- drawn ------------------------------------------------------------------------------------------------------- */

static char *drawn(int rows, int cols)
{
    struct keymap *keymap = keymap_create();
    struct canvas canvas = {0};
    struct str text = {0};
    canvas_reset(&canvas, rows, cols);
    tui_draw(f.desk, keymap, &canvas);
    for (int i = 0; i < rows * cols; i++) {
        str_add(&text, canvas.cells[i].bytes);
        if (i % cols == cols - 1)
            str_add_char(&text, '\n');
    }
    canvas_finish(&canvas);
    keymap_destroy(keymap);
    return str_take(&text);
}

static void check_drawn(int rows, int cols, const char *part)
{
    char *text = drawn(rows, cols);
    check_contains(part, text, part);
    free(text);
}

static void a_row_says_what_when_and_how_it_stands(void **state)
{
    (void)state;
    tell_two_calls();
    check_drawn(24, 80, "? call with prospect 4756  1:50 pm  unknown");
    check_drawn(24, 80, "… call with prospect 4756  1:50 pm  saved");
    check_drawn(24, 80, "Also open");
    check_drawn(16, 60, "? call with prospect 4756  1:50 pm  unknown");
    check_drawn(24, 80, "Call with prospect 4756, Mon 23 Nov 1:50 to 1:55 pm Pacific");
}

static void its_state_is_never_cut(void **state)
{
    (void)state;
    struct operation rows[] = {make("old", OPERATION_VISIT, STATE_UNKNOWN),
        make("far", OPERATION_CALL, STATE_SENDING), make("long", OPERATION_CANCEL, STATE_SAVED)};
    rows[0].visiting.visit_time.at -= 24 * HOUR;
    str_copy(rows[1].community_id, ID_SIZE, "mesa");
    str_copy(rows[1].prospect_id, ID_SIZE, "475690010203");
    str_copy(rows[2].appointment_id, ID_SIZE, "18842009");
    rows[2].send_after = f.now + 15 * MINUTE;
    fixture_act(&f, ACTION_BOARD);
    tell_list(rows, 3);
    for (int cols = 60; cols <= 120; cols++) {
        check_drawn(16, cols, " unknown");
        check_drawn(16, cols, " sending");
        check_drawn(16, cols, " saved");
    }
    check_drawn(16, 60, " saved   \n");       /* one word rather than the half of two */
    check_drawn(16, 60, " 2:50 pm Arizona "); /* the zone neither */
    check_drawn(24, 160, "saved, sending in 15 min");
}

static void the_sheet_tells_a_call_in_its_own_zone(void **state)
{
    (void)state;
    struct operation call = make("one", OPERATION_CALL, STATE_CONFIRMED);
    str_copy(call.community_id, ID_SIZE, "mesa");
    f.desk->results.count = 1;
    f.desk->results.items[0].operation = call;
    fixture_act(&f, ACTION_RESULTS);
    check_drawn(24, 80, "Logged the call with prospect 4756, Mon 23 Nov 2:50 pm");
    check_drawn(24, 80, "Arizona");
}

static void a_call_on_the_sheet_is_settled_like_on_the_board(void **state)
{
    (void)state;
    struct operation call = make("one", OPERATION_CALL, STATE_UNKNOWN);
    tell_list(&call, 1);
    f.desk->results.count = 1;
    f.desk->results.items[0].operation = call;
    fixture_act(&f, ACTION_RESULTS);
    fixture_act(&f, ACTION_SETTLE);
    check_number("open", desk_screen(f.desk), SCREEN_SETTLE);
    check_drawn(16, 60, "the call is logged");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_list_is_read_at_the_start_and_with_every_change, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            a_list_that_cannot_be_read_leaves_what_was_known, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(each_state_counts_at_once, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(what_its_tour_shows_counts_once, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            leaving_with_a_call_unsent_wants_a_word, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_board_is_of_one_community_or_all, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_focus_goes_through_tours_and_calls, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(other_keys_say_that_it_is_no_tour, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            what_is_saved_is_taken_back_or_sent_from_its_row, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            what_the_notice_offers_to_take_back_comes_first, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            each_kind_has_its_question_and_its_warning, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            one_word_settles_it_and_no_number_is_asked_for, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_handover_has_it_by_its_state_until_it_is_settled, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            a_row_says_what_when_and_how_it_stands, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(its_state_is_never_cut, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_sheet_tells_a_call_in_its_own_zone, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            a_call_on_the_sheet_is_settled_like_on_the_board, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
