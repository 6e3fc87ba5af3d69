/* Update tests of what a close reading found: the right calendar, community and tour, and nothing typed lost. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int open_desk(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture_open(fixture);
    fixture_slots(fixture);
    fixture_sources(fixture);
    *state = fixture;
    return 0;
}

static int close_desk(void **state)
{
    fixture_close(*state);
    free(*state);
    return 0;
}

static void click(struct fixture *f, int item)
{
    struct message message = {.kind = MESSAGE_CLICK, .item = item, .now = f->now};
    desk_update(f->desk, &message, &f->out);
}

/* Opens the form on the next free time and types a name and a phone. */
static void fill(struct fixture *f)
{
    fixture_act(f, ACTION_OPEN);
    fixture_type(f, "Ana");
    fixture_act(f, ACTION_NEXT_FIELD);
    fixture_type(f, "Stone");
    fixture_act(f, ACTION_NEXT_FIELD);
    fixture_type(f, "206 555 0155");
}

/* One free time for a tour with staff, told as the answer to what was asked. */
static void staff_slot(struct fixture *f, instant at)
{
    const struct office *office = desk_office(f->desk);
    struct report *report = report_create(REPORT_SLOTS, office->slots_token[CALENDAR_IN_PERSON]);
    struct slot slot = {.start = zone_stamp(f->communities[0].zone, at)};
    strcpy(report->community_id, "harbor");
    report->calendar = CALENDAR_IN_PERSON;
    report->slots.checked_at = f->now;
    stamp_format(slot.start, slot.text);
    slot_list_add(&report->slots, &slot);
    fixture_report(f, report);
}

/* --- the right calendar ------------------------------------------------------------------------------- */

/* A cancelled tour whose time has not come back into the list yet. */
static void cancel_and_take_back(struct fixture *f)
{
    fixture_tour(f, fixture_at(f, 24, 18, 30));
    fixture_operation(f, "gone", OPERATION_CANCEL, STATE_SAVED, 0);
    strcpy(f->desk->undo.tour_id, "anastour");
    fixture_operation(f, "gone", OPERATION_CANCEL, STATE_CONFIRMED, 0);
    fixture_act(f, ACTION_UNDO);
}

static void booked_again_is_booked_in_its_own_calendar(void **state)
{
    struct fixture *f = *state;
    cancel_and_take_back(f);
    assert_int_equal(desk_screen(f->desk), SCREEN_BOOK);
    assert_int_equal(f->desk->book.calendar, CALENDAR_SELF_GUIDED);
}

static void another_time_for_staff_is_a_time_with_staff(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_IN_PERSON);
    staff_slot(f, fixture_at(f, 23, 18, 0));
    f->desk->calendar.focus_time.minute = 18 * 60;
    fixture_act(f, ACTION_OPEN);
    assert_int_equal(f->desk->book.calendar, CALENDAR_IN_PERSON);
    fixture_act(f, ACTION_OTHER_TIME);
    struct picks picks;
    desk_picks(f->desk, &f->desk->book.form, BOOK_WHEN, &picks);
    assert_int_equal(picks.count, 1);
    assert_int_equal(picks.items[0].start.at, fixture_at(f, 23, 18, 0));
}

static void a_tour_with_staff_moves_to_times_with_staff(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    f->desk->calendar.tours.items[0].calendar = CALENDAR_IN_PERSON;
    fixture_forget(f);
    fixture_act(f, ACTION_RESCHEDULE);
    assert_int_equal(fixture_command(f, COMMAND_READ_SLOTS)->calendar, CALENDAR_IN_PERSON);
    fixture_type(f, "fri 10");
    fixture_act(f, ACTION_SUBMIT);
    assert_false(f->desk->move.has_slot); /* those of self-guided tours are not offered */
    fixture_act(f, ACTION_OTHER_TIME);
    staff_slot(f, fixture_at(f, 27, 11, 0));
    fixture_type(f, "fri 11");
    fixture_act(f, ACTION_SUBMIT);
    assert_int_equal(f->desk->move.slot.start.at, fixture_at(f, 27, 11, 0));
}

/* --- nothing that was typed is lost ----------------------------------------------------------------------- */

static void booking_again_asks_before_it_empties_a_draft(void **state)
{
    struct fixture *f = *state;
    fill(f);
    fixture_act(f, ACTION_BACK);
    cancel_and_take_back(f);
    assert_int_equal(desk_screen(f->desk), SCREEN_QUESTION);
    fixture_type(f, "k");
    fixture_act(f, ACTION_BOOK);
    assert_string_equal(form_text(&f->desk->book.form, BOOK_GUEST + GUEST_LAST_NAME), "Stone");
}

static void a_tab_clicked_in_a_form_keeps_what_was_typed(void **state)
{
    struct fixture *f = *state;
    fill(f);
    assert_int_not_equal(f->desk->held, 0);
    click(f, ITEM_TAB + 1);
    assert_int_equal(desk_screen(f->desk), SCREEN_BOARD);
    assert_int_equal(f->desk->held, 0);
    fixture_act(f, ACTION_BOOK);
    assert_string_equal(form_text(&f->desk->book.form, BOOK_GUEST + GUEST_LAST_NAME), "Stone");
}

/* From a page above it the community could be changed under the slot that was chosen. */
static void no_page_covers_a_form_that_is_typed_in(void **state)
{
    struct fixture *f = *state;
    fill(f);
    click(f, ITEM_NOTICE);
    assert_int_equal(desk_screen(f->desk), SCREEN_BOOK);
    fixture_act(f, ACTION_BACK);
    click(f, ITEM_NOTICE);
    assert_int_equal(desk_screen(f->desk), SCREEN_MESSAGES);
}

static void find_a_person(struct fixture *f)
{
    fixture_act(f, ACTION_SEARCH);
    fixture_type(f, "ana");
    struct report *report = report_create(REPORT_TOURS, fixture_command(f, COMMAND_SEARCH)->token);
    struct tour *tour = tour_list_add(&report->tours);
    strcpy(tour->id, "anastour");
    tour->person_id = 7;
    fixture_report(f, report);
    fixture_act(f, ACTION_OPEN);
    assert_int_equal(desk_screen(f->desk), SCREEN_PERSON);
}

static void no_way_through_the_pages_fills_the_stack(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 30; i++)
        find_a_person(f);
    assert_int_equal(f->desk->depth, 3);
    f->desk->lock_minutes = 1;
    fixture_tick(f, f->now + 2 * MINUTE);
    assert_true(f->desk->locked);
    fixture_type(f, "x");
    assert_int_equal(desk_screen(f->desk), SCREEN_ENTRY);
    fixture_act(f, ACTION_SUBMIT);
    assert_false(f->desk->locked || f->desk->hidden);
    assert_int_equal(desk_screen(f->desk), SCREEN_PERSON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            booked_again_is_booked_in_its_own_calendar, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            another_time_for_staff_is_a_time_with_staff, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            a_tour_with_staff_moves_to_times_with_staff, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            booking_again_asks_before_it_empties_a_draft, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            a_tab_clicked_in_a_form_keeps_what_was_typed, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            no_page_covers_a_form_that_is_typed_in, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            no_way_through_the_pages_fills_the_stack, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
