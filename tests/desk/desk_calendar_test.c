/* Update tests of the calendar: what is asked at the start, where the focus goes, what keys bring about. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void it_asks_for_slots_sources_and_tours_first(void **state)
{
    struct fixture *f = *state;
    assert_non_null(fixture_command(f, COMMAND_READ_SLOTS));
    assert_non_null(fixture_command(f, COMMAND_READ_SOURCES));
    struct command *list = NULL;
    for (size_t i = 0; i < f->out.count; i++)
        if (f->out.items[i]->token == f->desk->calendar.tours_token)
            list = f->out.items[i];
    assert_non_null(list);
    assert_string_equal(list->community_id, "harbor");
    assert_true(list->query.from <= fixture_at(f, 23, 0, 0));
    assert_true(list->query.to >= fixture_at(f, 30, 0, 0));
}

static void the_focus_goes_to_the_next_free_time_once(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    assert_int_equal(f->desk->calendar.focus.day, 23);
    assert_int_equal(f->desk->calendar.focus_time.minute, 14 * 60 + 30);
    fixture_act(f, ACTION_DOWN);
    fixture_slots(f);
    assert_int_equal(f->desk->calendar.focus_time.minute, 15 * 60);
}

static void days_and_weeks_move_across_months(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    fixture_act(f, ACTION_PERIOD_ON);
    assert_int_equal(f->desk->calendar.focus.day, 30);
    fixture_act(f, ACTION_RIGHT);
    assert_int_equal(f->desk->calendar.focus.month, 12);
    fixture_act(f, ACTION_TODAY);
    assert_int_equal(f->desk->calendar.focus.day, 23);
    fixture_forget(f);
    for (int i = 0; i < 3; i++)
        fixture_act(f, ACTION_PERIOD_ON);
    assert_non_null(fixture_command(f, COMMAND_LIST_TOURS)); /* weeks that were not listed yet */
}

static void a_narrow_window_shows_five_days_with_the_focus_among_them(void **state)
{
    struct fixture *f = *state;
    int days;
    struct message size = {.kind = MESSAGE_RESIZE, .now = f->now, .rows = 16, .cols = 60};
    desk_update(f->desk, &size, &f->out);
    fixture_slots(f);
    assert_int_equal(desk_days(f->desk, &days).day, 23);
    assert_int_equal(days, 5);
    for (int i = 0; i < 6; i++)
        fixture_act(f, ACTION_RIGHT);
    assert_int_equal(desk_days(f->desk, &days).day, 25);
}

static void enter_books_a_free_time_and_says_why_it_cannot(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    fixture_act(f, ACTION_OPEN);
    assert_int_equal(desk_screen(f->desk), SCREEN_BOOK);
    fixture_act(f, ACTION_BACK);
    fixture_act(f, ACTION_PERIOD_BACK);
    fixture_act(f, ACTION_OPEN);
    assert_int_equal(desk_screen(f->desk), SCREEN_CALENDAR);
    fixture_says(f, "Nothing can be booked here: past.");
}

static void a_tour_is_cancelled_only_for_a_caller_who_knows_its_name(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_forget(f);
    fixture_act(f, ACTION_CANCEL);
    assert_int_equal(desk_screen(f->desk), SCREEN_CANCEL);
    fixture_act(f, ACTION_SUBMIT);
    fixture_says(f, "Type the first letter");
    fixture_type(f, "k");
    fixture_act(f, ACTION_SUBMIT);
    fixture_says(f, "under another name");
    assert_null(fixture_command(f, COMMAND_CANCEL));
    fixture_act(f, ACTION_DELETE_BACK);
    fixture_type(f, "n"); /* Núñez */
    fixture_act(f, ACTION_SUBMIT);
    struct command *cancel = fixture_command(f, COMMAND_CANCEL);
    assert_non_null(cancel);
    assert_string_equal(cancel->tour_id, "anastour");
    assert_string_equal(cancel->agent, "SK");
    assert_string_equal(cancel->cancelling.reason, "plans changed");
    assert_int_equal(cancel->cancelling.asked_by, ASKED_BY_PROSPECT);
    uint64_t token = cancel->token;
    fixture_operation(f, "cancelone", OPERATION_CANCEL, STATE_SAVED, token);
    assert_int_equal(desk_screen(f->desk), SCREEN_CALENDAR);
}

static void leaving_with_work_unsent_takes_a_word(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    f->desk->board.tours.items[0].booking = STATE_SAVED;
    fixture_act(f, ACTION_QUIT);
    assert_int_equal(desk_screen(f->desk), SCREEN_ENTRY);
    fixture_type(f, "yes");
    fixture_act(f, ACTION_SUBMIT);
    assert_false(f->desk->done);
    fixture_act(f, ACTION_DELETE_TO_START);
    fixture_type(f, "leave");
    fixture_act(f, ACTION_SUBMIT);
    assert_true(f->desk->done);
}

static void three_views_share_one_focus(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    fixture_act(f, ACTION_RIGHT);
    fixture_act(f, ACTION_MONTH);
    assert_int_equal(f->desk->calendar.focus.day, 24);
    fixture_act(f, ACTION_DOWN);
    assert_int_equal(f->desk->calendar.focus.month, 12);
    fixture_act(f, ACTION_UP);
    fixture_act(f, ACTION_OPEN);
    assert_int_equal(f->desk->calendar.view, VIEW_DAY);
    fixture_act(f, ACTION_FIRST);
    assert_int_equal(f->desk->calendar.focus_time.minute, 9 * 60);
    fixture_act(f, ACTION_PERIOD_ON);
    assert_int_equal(f->desk->calendar.focus.day, 25);
    fixture_act(f, ACTION_WEEK);
    assert_int_equal(f->desk->calendar.focus_time.minute, 9 * 60);
}

static void a_day_is_gone_to_as_people_say_it(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    fixture_act(f, ACTION_GO);
    fixture_type(f, "next fri 2");
    assert_string_equal(f->desk->entry.note, "Friday 4 December 2026");
    fixture_act(f, ACTION_SUBMIT);
    assert_int_equal(f->desk->calendar.focus.day, 4);
    assert_int_equal(f->desk->calendar.focus_time.minute, 14 * 60);
}

static void a_time_that_goes_is_remembered(void **state)
{
    struct fixture *f = *state;
    struct str gap = {0};
    fixture_slots(f);
    struct report *report = report_create(REPORT_SLOTS, 0);
    strcpy(report->community_id, "harbor");
    report->slots.checked_at = f->now;
    fixture_report(f, report);
    desk_gap(f->desk, &gap);
    assert_string_equal(str_text(&gap), "taken since 2:07 pm");
    str_finish(&gap);
}

static void a_gap_within_the_notice_says_so(void **state)
{
    struct fixture *f = *state;
    struct str gap = {0};
    f->communities[0].notice_minutes = 60;
    fixture_slots(f);
    f->desk->calendar.focus_time.minute = 14 * 60 + 45;
    desk_gap(f->desk, &gap);
    assert_string_equal(str_text(&gap), "too soon: Knock wants 1 h notice");
    str_finish(&gap);
}

static void nothing_is_shown_after_a_while_and_somebody_must_say_who(void **state)
{
    struct fixture *f = *state;
    f->desk->lock_minutes = 5;
    fixture_tick(f, f->now + 4 * MINUTE);
    assert_false(f->desk->hidden);
    fixture_tick(f, f->now + 2 * MINUTE);
    assert_true(f->desk->hidden);
    fixture_act(f, ACTION_QUIT); /* only shows it again */
    assert_false(f->desk->done);
    assert_int_equal(desk_screen(f->desk), SCREEN_ENTRY);
    fixture_act(f, ACTION_DELETE_TO_START);
    fixture_type(f, "MJ");
    fixture_act(f, ACTION_SUBMIT);
    assert_string_equal(f->desk->agent, "MJ");
}

static void undo_and_send_now_are_about_what_was_saved_last(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    fixture_act(f, ACTION_UNDO);
    fixture_says(f, "Nothing can be taken back now");
    fixture_operation(f, "newone", OPERATION_BOOK, STATE_SAVED, 0);
    fixture_says(f, "u takes it back");
    fixture_act(f, ACTION_SEND_NOW);
    assert_string_equal(fixture_command(f, COMMAND_SEND_NOW)->operation_id, "newone");
    fixture_act(f, ACTION_UNDO);
    assert_string_equal(fixture_command(f, COMMAND_WITHDRAW)->operation_id, "newone");
    fixture_operation(f, "newone", OPERATION_BOOK, STATE_CONFIRMED, 0);
    fixture_act(f, ACTION_UNDO);
    fixture_says(f, "Nothing can be taken back now");
}

static void an_old_list_is_asked_for_again_and_only_once(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    fixture_forget(f);
    fixture_tick(f, f->now + 30 * SECOND);
    assert_null(fixture_command(f, COMMAND_READ_SLOTS));
    fixture_tick(f, f->now + 65 * SECOND);
    assert_non_null(fixture_command(f, COMMAND_READ_SLOTS));
    fixture_forget(f);
    fixture_tick(f, f->now + SECOND);
    assert_null(fixture_command(f, COMMAND_READ_SLOTS));
}

static void a_list_without_now_in_sight_may_grow_older(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    fixture_act(f, ACTION_PERIOD_ON);
    fixture_forget(f);
    fixture_tick(f, f->now + 90 * SECOND);
    assert_null(fixture_command(f, COMMAND_READ_SLOTS));
    fixture_tick(f, f->now + 120 * SECOND);
    assert_non_null(fixture_command(f, COMMAND_READ_SLOTS));
}

static void what_the_server_cannot_be_asked_stays_with_its_age(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    size_t before = desk_office(f->desk)->slots[CALENDAR_SELF_GUIDED].count;
    fixture_act(f, ACTION_REFRESH);
    struct report *report =
        report_create(REPORT_SLOTS, desk_office(f->desk)->slots_token[CALENDAR_SELF_GUIDED]);
    strcpy(report->community_id, "harbor");
    report->slots.stale = true;
    error_set(&report->trouble, "Knock could not be reached");
    fixture_report(f, report);
    assert_true(desk_office(f->desk)->slots[CALENDAR_SELF_GUIDED].stale);
    assert_int_equal(desk_office(f->desk)->slots[CALENDAR_SELF_GUIDED].count, before);
    assert_int_equal(desk_office(f->desk)->slots[CALENDAR_SELF_GUIDED].checked_at, f->now);
}

static void another_community_is_another_world(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    fixture_forget(f);
    fixture_act(f, ACTION_COMMUNITY);
    assert_int_equal(desk_screen(f->desk), SCREEN_LIST);
    fixture_act(f, ACTION_DOWN);
    fixture_act(f, ACTION_OPEN);
    assert_string_equal(desk_office(f->desk)->community->id, "mesa");
    assert_string_equal(fixture_command(f, COMMAND_READ_SLOTS)->community_id, "mesa");
    assert_int_equal(desk_office(f->desk)->slots[CALENDAR_SELF_GUIDED].count, 0);
}

static void help_is_about_where_it_was_asked(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_HELP);
    assert_int_equal(f->desk->help.context, CONTEXT_CALENDAR);
    fixture_type(f, "month");
    enum action found[ACTION_KINDS];
    int count = desk_help(f->desk, found);
    assert_true(count > 0 && count < 6);
    fixture_act(f, ACTION_BACK);
    assert_int_equal(desk_screen(f->desk), SCREEN_CALENDAR);
}

static void the_next_tick_is_never_later_than_what_is_shown_changes(void **state)
{
    struct fixture *f = *state;
    fixture_slots(f);
    assert_true(desk_next_tick(f->desk) <= f->now + 5 * SECOND); /* the age of the list */
    fixture_tick(f, f->now + 61 * SECOND);
    fixture_operation(f, "newone", OPERATION_BOOK, STATE_SAVED, 0);
    assert_true(desk_next_tick(f->desk) <= f->now + SECOND); /* the seconds of the undo window */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            it_asks_for_slots_sources_and_tours_first, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            the_focus_goes_to_the_next_free_time_once, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            days_and_weeks_move_across_months, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_narrow_window_shows_five_days_with_the_focus_among_them,
            fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            enter_books_a_free_time_and_says_why_it_cannot, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_tour_is_cancelled_only_for_a_caller_who_knows_its_name,
            fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            leaving_with_work_unsent_takes_a_word, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            three_views_share_one_focus, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_day_is_gone_to_as_people_say_it, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_gap_within_the_notice_says_so, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_time_that_goes_is_remembered, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_shown_after_a_while_and_somebody_must_say_who,
            fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            undo_and_send_now_are_about_what_was_saved_last, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            an_old_list_is_asked_for_again_and_only_once, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_list_without_now_in_sight_may_grow_older, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_the_server_cannot_be_asked_stays_with_its_age, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            another_community_is_another_world, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            help_is_about_where_it_was_asked, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(the_next_tick_is_never_later_than_what_is_shown_changes,
            fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
