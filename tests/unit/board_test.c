/* The board: which tour stands where, in which order, and what is left to be done in Knock itself. */
#include "check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/desk/board.h"

#include <stdio.h>

enum { NOW = 100 * HOUR, LENGTH = 30 * MINUTE };

/* A confirmed tour that begins `minutes` from now. */
static struct tour *add(struct tour_list *list, const char *id, int minutes)
{
    struct tour *tour = tour_list_add(list);
    str_copy(tour->id, sizeof tour->id, id);
    str_copy(tour->community_id, sizeof tour->community_id, "1");
    str_copy(tour->appointment_id, sizeof tour->appointment_id, "18842");
    tour->start.at = NOW + (instant)minutes * MINUTE;
    tour->end = tour->start.at + LENGTH;
    tour->booking = STATE_CONFIRMED;
    return tour;
}

static const struct loose_list nothing;

/* The rows as "Now a, Late b", the section's word before its first. */
static const char *rows_of(char out[400], const struct tour_list *tours,
    const struct loose_list *loose, const char *community, unsigned sections)
{
    struct board board;
    size_t used = 0;
    out[0] = '\0';
    board_build(&board, tours, loose, community, sections, NOW);
    for (size_t i = 0; i < board.count; i++) {
        bool first = i == 0 || board.rows[i - 1].section != board.rows[i].section;
        used += (size_t)snprintf(out + used, 400 - used, "%s%s%s%s", i ? ", " : "",
            first ? board_section_word(board.rows[i].section) : "", first ? " " : "",
            board_row_id(&board.rows[i]));
    }
    board_finish(&board);
    return out;
}

static const char *rows(
    char out[400], const struct tour_list *tours, const char *community, unsigned sections)
{
    return rows_of(out, tours, &nothing, community, sections);
}

struct stand {
    const char *row;
    int minutes; /* from now to its start */
    enum operation_state booking, cancel, visit;
    int arrived; /* minutes from now; 0 = not */
    bool no_show, done_in_knock, replaced;
    const char *day, *handover;
};

static const struct stand stands[] = {
    {"to come", 60, STATE_CONFIRMED, 0, 0, 0, 0, 0, 0, "Next t", ""},
    {"just due", -9, STATE_CONFIRMED, 0, 0, 0, 0, 0, 0, "Now t", ""},
    {"ten minutes late", -10, STATE_CONFIRMED, 0, 0, 0, 0, 0, 0, "Late t", "Late t"},
    {"arrived", -20, STATE_CONFIRMED, 0, 0, -15, 0, 0, 0, "Now t", ""},
    {"early", 5, STATE_CONFIRMED, 0, 0, -1, 0, 0, 0, "Now t", ""},
    {"over", -31, STATE_CONFIRMED, 0, 0, 0, 0, 0, 0, "Not logged t", "Not logged t"},
    {"over, was here", -31, STATE_CONFIRMED, 0, 0, -25, 0, 0, 0, "Not logged t", "Not logged t"},
    {"still here", -40, STATE_CONFIRMED, 0, 0, -1, 0, 0, 0, "Now t", ""},
    {"stayed an hour", -120, STATE_CONFIRMED, 0, 0, -60, 0, 0, 0, "Not logged t", "Not logged t"},
    {"put right in Knock", -31, STATE_CONFIRMED, 0, 0, 0, 0, true, 0, "", ""},
    {"logged", -31, STATE_CONFIRMED, 0, STATE_CONFIRMED, 0, 0, 0, 0, "", ""},
    {"being logged", -31, STATE_CONFIRMED, 0, STATE_SAVED, 0, 0, 0, 0, "Not sent t", "Not sent t"},
    {"unknown booking", 60, STATE_UNKNOWN, 0, 0, 0, 0, 0, 0, "Unknown t", "Unknown t"},
    {"unknown visit", -60, STATE_CONFIRMED, 0, STATE_UNKNOWN, 0, 0, 0, 0, "Unknown t", "Unknown t"},
    {"saved", 60, STATE_SAVED, 0, 0, 0, 0, 0, 0, "Not sent t", "Not sent t"},
    {"sending", 60, STATE_SENDING, 0, 0, 0, 0, 0, 0, "Not sent t", "Not sent t"},
    {"being cancelled", 60, STATE_CONFIRMED, STATE_SENDING, 0, 0, 0, 0, 0, "Not sent t",
        "Not sent t"},
    {"cancelled", 60, STATE_CONFIRMED, STATE_CONFIRMED, 0, 0, 0, 0, 0, "", ""},
    {"cancel refused", 60, STATE_CONFIRMED, STATE_REFUSED, 0, 0, 0, 0, 0, "Next t", "In Knock t"},
    {"refused", 60, STATE_REFUSED, 0, 0, 0, 0, 0, 0, "", ""},
    {"withdrawn", 60, STATE_WITHDRAWN, 0, 0, 0, 0, 0, 0, "", ""},
    {"replaced", 60, STATE_CONFIRMED, 0, 0, 0, 0, 0, true, "", ""},
    {"no-show", -60, STATE_CONFIRMED, 0, 0, 0, true, 0, 0, "", "In Knock t"},
    {"no-show, done", -60, STATE_CONFIRMED, 0, 0, 0, true, true, 0, "", ""},
};

static void every_tour_stands_where_it_wants_something(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stands / sizeof *stands; i++) {
        const struct stand *row = &stands[i];
        struct tour_list tours = {0};
        char text[400];
        struct tour *tour = add(&tours, "t", row->minutes);
        tour->booking = row->booking;
        tour->cancel = row->cancel;
        tour->visit = row->visit;
        tour->arrived_at = row->arrived ? NOW + (instant)row->arrived * MINUTE : 0;
        tour->no_show = row->no_show;
        tour->done_in_knock = row->done_in_knock;
        str_copy(tour->replaced_by, sizeof tour->replaced_by, row->replaced ? "other" : "");
        check_text(row->row, rows(text, &tours, "", BOARD_OF_THE_DAY), row->day);
        check_text(row->row, rows(text, &tours, "", BOARD_OF_HANDOVER), row->handover);
        tour_list_finish(&tours);
    }
}

static void a_promised_call_stands_beside_what_else_the_tour_wants(void **state)
{
    (void)state;
    struct tour_list tours = {0};
    char text[400];
    add(&tours, "t", 60)->call_by = NOW + HOUR;
    check_text("promised", rows(text, &tours, "", BOARD_OF_THE_DAY), "Call back t, Next t");
    tours.items[0].booking = STATE_REFUSED;
    check_text("refused", rows(text, &tours, "", BOARD_OF_THE_DAY), "Call back t");
    check_text("refused", rows(text, &tours, "", BOARD_OF_HANDOVER), "Call back t");
    tours.items[0].called_back = true;
    check_text("made", rows(text, &tours, "", BOARD_OF_THE_DAY), "");
    tour_list_finish(&tours);
}

static void rows_come_in_the_order_in_which_they_want_attention(void **state)
{
    (void)state;
    struct tour_list tours = {0};
    char text[400];
    add(&tours, "next2", 120);
    add(&tours, "next1", 60);
    add(&tours, "old", -7 * 24 * 60);
    add(&tours, "today2", -60);
    add(&tours, "today1", -120);
    add(&tours, "late1", -12);
    add(&tours, "late2", -25);
    add(&tours, "here2", -15)->arrived_at = NOW - MINUTE;
    add(&tours, "here1", -20)->arrived_at = NOW - MINUTE;
    add(&tours, "anycall", 300)->call_by = NOW + 2 * HOUR;
    add(&tours, "zcall", 400)->call_by = NOW + HOUR;
    add(&tours, "second", 500)->created_at = 2;
    tours.items[tours.count - 1].booking = STATE_SAVED;
    add(&tours, "first", 600)->created_at = 1;
    tours.items[tours.count - 1].booking = STATE_SAVED;
    check_text("the day", rows(text, &tours, "", BOARD_OF_THE_DAY),
        "Now here1, here2, Late late2, late1, Call back zcall, anycall, "
        "Not logged today2, today1, old, Not sent first, second, Next next1, next2, anycall, "
        "zcall");
    tour_list_finish(&tours);
}

static void one_community_or_all(void **state)
{
    (void)state;
    struct tour_list tours = {0};
    char text[400];
    add(&tours, "a", 60);
    str_copy(add(&tours, "b", 90)->community_id, ID_SIZE, "2");
    check_text("all", rows(text, &tours, "", BOARD_OF_THE_DAY), "Next a, b");
    check_text("one", rows(text, &tours, "2", BOARD_OF_THE_DAY), "Next b");
    check_text("none of it", rows(text, &tours, "3", BOARD_OF_THE_DAY), "");
    tour_list_finish(&tours);
}

static void a_row_is_found_again_in_its_section_else_where_the_tour_went(void **state)
{
    (void)state;
    struct tour_list tours = {0};
    struct board board;
    add(&tours, "a", -12);
    add(&tours, "b", 60)->call_by = NOW + HOUR;
    board_build(&board, &tours, &nothing, "", BOARD_OF_THE_DAY, NOW);
    assert_int_equal(board.count, 3); /* late a, call b, next b */
    assert_int_equal(board_find(&board, "b", BOARD_NEXT), 2);
    assert_int_equal(board_find(&board, "b", BOARD_CALL), 1);
    assert_int_equal(board_find(&board, "b", BOARD_LATE), 1);
    assert_int_equal(board_find(&board, "gone", BOARD_NEXT), 0);
    assert_int_equal(board_find(&board, "", BOARD_NEXT), 0);
    assert_int_equal(board_count(&board, BOARD_CALL), 1);
    assert_int_equal(board_count(&board, BOARD_NOW), 0);
    board_finish(&board);
    tours.count = 0;
    board_build(&board, &tours, &nothing, "", BOARD_OF_THE_DAY, NOW);
    assert_int_equal(board_find(&board, "b", BOARD_NEXT), -1);
    board_finish(&board);
    tour_list_finish(&tours);
}

/* --- what stands in no tour's row ----------------------------------------------------------------- */

struct alone {
    const char *row;
    enum operation_kind kind;
    enum operation_state state;
    const char *id, *tour_id;
    const char *day, *handover;
};

/* Beside a tour "t" that is late, whose own cancel is "c" and visit "v", and "old", which was moved. */
static const struct alone alone[] = {
    {"call", OPERATION_CALL, STATE_UNKNOWN, "x", "", "Late t, Also open x", "Late t, Unknown x"},
    {"call of the tour", OPERATION_CALL, STATE_SAVED, "x", "t", "Late t, Also open x",
        "Late t, Not sent x"},
    {"visit", OPERATION_VISIT, STATE_SENDING, "x", "", "Late t, Also open x", "Late t, Not sent x"},
    {"cancel", OPERATION_CANCEL, STATE_UNKNOWN, "x", "", "Late t, Also open x",
        "Late t, Unknown x"},
    {"the tour's cancel", OPERATION_CANCEL, STATE_UNKNOWN, "c", "t", "Late t", "Late t"},
    {"the tour's visit", OPERATION_VISIT, STATE_SAVED, "v", "t", "Late t", "Late t"},
    {"an earlier visit", OPERATION_VISIT, STATE_UNKNOWN, "x", "t", "Late t, Also open x",
        "Late t, Unknown x"},
    {"the old time of a move", OPERATION_CANCEL, STATE_UNKNOWN, "r", "old", "Late t, Also open r",
        "Late t, Unknown r"},
    {"of a tour to be read", OPERATION_VISIT, STATE_SAVED, "x", "other", "Late t", "Late t"},
    {"a booking is a tour", OPERATION_BOOK, STATE_SAVED, "x", "x", "Late t", "Late t"},
    {"a registration too", OPERATION_REGISTER, STATE_SAVED, "x", "x", "Late t", "Late t"},
    {"settled", OPERATION_CALL, STATE_CONFIRMED, "x", "", "Late t", "Late t"},
};

static struct operation operation_like(const struct alone *row)
{
    struct operation operation = {.kind = row->kind, .state = row->state, .created_at = NOW};
    str_copy(operation.id, sizeof operation.id, row->id);
    str_copy(operation.tour_id, sizeof operation.tour_id, row->tour_id);
    str_copy(operation.community_id, sizeof operation.community_id, "1");
    return operation;
}

static void what_no_tour_shows_stands_alone_and_once(void **state)
{
    (void)state;
    struct tour_list tours = {0};
    struct tour *tour = add(&tours, "t", -12);
    str_copy(tour->cancel_id, sizeof tour->cancel_id, "c");
    str_copy(tour->visit_operation_id, sizeof tour->visit_operation_id, "v");
    struct tour *old = add(&tours, "old", 60);
    str_copy(old->cancel_id, sizeof old->cancel_id, "r");
    str_copy(old->replaced_by, sizeof old->replaced_by, "t");
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
        const struct alone *row = &alone[i];
        struct loose_list loose = {0};
        char text[400];
        struct operation operation = operation_like(row);
        loose_list_put(&loose, &operation, NULL);
        loose_list_put(&loose, &operation, &tours.items[0]);
        check_text(row->row, rows_of(text, &tours, &loose, "", BOARD_OF_THE_DAY), row->day);
        check_text(row->row, rows_of(text, &tours, &loose, "", BOARD_OF_HANDOVER), row->handover);
        check_text(row->row, rows_of(text, &tours, &loose, "2", BOARD_OF_THE_DAY), "");
        operation.state = STATE_WITHDRAWN;
        loose_list_put(&loose, &operation, NULL);
        check_number(row->row, (long long)loose.count, 0);
        loose_list_finish(&loose);
    }
    tour_list_finish(&tours);
}

static void what_is_unknown_stands_before_what_waits(void **state)
{
    (void)state;
    static const struct {
        enum operation_state state;
        const char *id;
        int minutes; /* from now to its own time */
    } calls[] = {{STATE_SAVED, "waits", -60}, {STATE_UNKNOWN, "later", -10},
        {STATE_UNKNOWN, "sooner", -30}, {STATE_SENDING, "leaves", -20}};
    struct loose_list loose = {0};
    struct tour_list tours = {0};
    char text[400];
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct operation operation = {.kind = OPERATION_CALL, .state = calls[i].state};
        str_copy(operation.id, sizeof operation.id, calls[i].id);
        operation.calling.start.at = NOW + (instant)calls[i].minutes * MINUTE;
        loose_list_put(&loose, &operation, NULL);
    }
    check_text("order", rows_of(text, &tours, &loose, "", BOARD_OF_THE_DAY),
        "Also open sooner, later, waits, leaves");
    loose_list_finish(&loose);
}

static void what_only_knock_can_do_is_said(void **state)
{
    (void)state;
    struct tour_list tours = {0};
    struct tour *tour = add(&tours, "t", -60);
    check_text("booked", board_by_hand(tour), "");
    tour->no_show = true;
    check_contains("no-show", board_by_hand(tour), "no-show");
    tour->no_show = false;
    tour->cancel = STATE_REFUSED;
    check_contains("cancel refused", board_by_hand(tour), "cancel it there");
    tour->cancel = STATE_NONE;
    tour->appointment_id[0] = '\0';
    check_contains("no number", board_by_hand(tour), "number is not known");
    tour->visit = STATE_CONFIRMED;
    check_text("logged without a number", board_by_hand(tour), "");
    tour->visit = STATE_NONE;
    tour->booking = STATE_SAVED;
    check_text("not sent yet", board_by_hand(tour), "");
    tour->booking = STATE_CONFIRMED;
    tour->kind = TOUR_WALK_IN;
    check_text("a walk-in has no number", board_by_hand(tour), "");
    tour->kind = TOUR_APPOINTMENT;
    tour->done_in_knock = true;
    check_text("done", board_by_hand(tour), "");
    tour_list_finish(&tours);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tour_stands_where_it_wants_something),
        cmocka_unit_test(a_promised_call_stands_beside_what_else_the_tour_wants),
        cmocka_unit_test(rows_come_in_the_order_in_which_they_want_attention),
        cmocka_unit_test(one_community_or_all),
        cmocka_unit_test(a_row_is_found_again_in_its_section_else_where_the_tour_went),
        cmocka_unit_test(what_no_tour_shows_stands_alone_and_once),
        cmocka_unit_test(what_is_unknown_stands_before_what_waits),
        cmocka_unit_test(what_only_knock_can_do_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
