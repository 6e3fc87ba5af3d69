/* Update tests of what a close reading found: the right calendar, community and tour, and nothing typed lost. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

static void submit(struct fixture *f)
{
    fixture_act(f, ACTION_SUBMIT);
    if (f->desk->book.asked && !f->desk->book.token)
        fixture_act(f, ACTION_SUBMIT);
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

/* --- the answer on its way --------------------------------------------------------------------------------- */

static void what_is_kept_closes_its_form_wherever_it_is(void **state)
{
    struct fixture *f = *state;
    fill(f);
    submit(f);
    uint64_t token = fixture_command(f, COMMAND_BOOK)->token;
    fixture_act(f, ACTION_HELP);
    fixture_operation(f, "newone", OPERATION_BOOK, STATE_SAVED, token);
    assert_int_equal(desk_screen(f->desk), SCREEN_HELP);
    fixture_act(f, ACTION_BACK);
    assert_int_equal(desk_screen(f->desk), SCREEN_CALENDAR);
}

static void a_form_is_not_opened_while_its_answer_is_on_its_way(void **state)
{
    struct fixture *f = *state;
    fill(f);
    submit(f);
    uint64_t token = fixture_command(f, COMMAND_BOOK)->token;
    fixture_act(f, ACTION_BACK);
    fixture_act(f, ACTION_BOOK);
    assert_int_equal(desk_screen(f->desk), SCREEN_CALENDAR);
    fixture_says(f, "not kept yet");
    fixture_operation(f, "newone", OPERATION_BOOK, STATE_SAVED, token);
    fixture_act(f, ACTION_BOOK);
    assert_int_equal(desk_screen(f->desk), SCREEN_BOOK);
}

static void units_declined_are_kept_whatever_is_pressed_meanwhile(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_tick(f, fixture_at(f, 23, 15, 10));
    f->desk->calendar.focus_time.minute = 14 * 60 + 30;
    fixture_act(f, ACTION_VISIT);
    fixture_type(f, "120");
    fixture_act(f, ACTION_NEXT_FIELD);
    fixture_type(f, "120B");
    fixture_act(f, ACTION_SUBMIT);
    uint64_t token = fixture_command(f, COMMAND_VISIT)->token;
    fixture_act(f, ACTION_BACK);
    fixture_act(f, ACTION_VISIT);
    fixture_operation(f, "visit", OPERATION_VISIT, STATE_SAVED, token);
    const struct command *mark = fixture_command(f, COMMAND_MARK);
    assert_non_null(mark);
    assert_string_equal(mark->mark.text, "120B");
}

static void no_question_opens_over_what_is_typed_meanwhile(void **state)
{
    struct fixture *f = *state;
    fill(f);
    submit(f);
    struct report *report = report_create(REPORT_STOPPED, fixture_command(f, COMMAND_BOOK)->token);
    report->reason = REASON_HAS_TOUR;
    error_set(&report->trouble, "this person already has a tour");
    tour_list_add(&report->tours);
    fixture_act(f, ACTION_BACK);
    fixture_act(f, ACTION_SEARCH);
    fixture_report(f, report);
    assert_int_equal(desk_screen(f->desk), SCREEN_SEARCH);
    fixture_says(f, "already has a tour. The form is kept");
    fixture_act(f, ACTION_BACK);
    fixture_act(f, ACTION_BOOK);
    assert_string_equal(form_text(&f->desk->book.form, BOOK_GUEST + GUEST_LAST_NAME), "Stone");
}

static void walk_in(struct fixture *f, const char *what)
{
    fixture_act(f, ACTION_WALK_IN);
    fixture_type(f, "Isa isa@example.com");
    fixture_act(f, ACTION_NEXT_FIELD);
    form_focus(f->desk, &f->desk->walk_in.form, WALK_IN_WHAT);
    fixture_type(f, what);
    form_focus(f->desk, &f->desk->walk_in.form, WALK_IN_SEEN);
    fixture_type(f, "m6");
    fixture_act(f, ACTION_SUBMIT);
}

static void a_walk_in_visits_what_was_sent(void **state)
{
    static const char *const whats[] = {"1", "3"};
    struct fixture *f = *state;
    for (int i = 0; i < 2; i++) {
        walk_in(f, whats[i]);
        uint64_t token = fixture_command(f, COMMAND_REGISTER)->token;
        fixture_act(f, ACTION_CLEAR_FORM);
        fixture_operation(f, "walkin", OPERATION_REGISTER, STATE_SAVED, token);
        const struct command *visit = fixture_command(f, COMMAND_VISIT);
        assert_int_equal(visit == NULL, i == 1);
        if (visit)
            assert_string_equal(visit->visiting.units[0], "M6-202");
        fixture_forget(f);
    }
}

static void a_walk_in_says_what_they_want(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_WALK_IN);
    form_focus(f->desk, &f->desk->walk_in.form, WALK_IN_WHAT);
    fixture_act(f, ACTION_DELETE_BACK);
    form_focus(f->desk, &f->desk->walk_in.form, WALK_IN_GUEST);
    fixture_type(f, "Isa isa@example.com");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_REGISTER));
    fixture_says(f, "Choose what they want");
}

/* --- drafts, holds and sources ----------------------------------------------------------------------------- */

static void a_form_left_at_once_survives_a_crash(void **state)
{
    struct fixture *f = *state;
    fill(f);
    fixture_act(f, ACTION_BACK);
    const struct command *keep = fixture_command(f, COMMAND_KEEP_DRAFT);
    assert_non_null(keep);
    assert_non_null(strstr(keep->draft.text, "Last name\tStone"));
    fixture_act(f, ACTION_BOOK);
    for (int field = BOOK_GUEST; field < BOOK_GUEST + GUEST_FIELDS; field++)
        form_set_text(&f->desk->book.form, field, "");
    fixture_act(f, ACTION_BACK);
    assert_string_equal(fixture_command(f, COMMAND_KEEP_DRAFT)->draft.text, "");
}

static void a_time_edited_away_is_held_no_longer(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_OPEN);
    assert_int_not_equal(f->desk->held, 0);
    form_focus(f->desk, &f->desk->book.form, BOOK_WHEN);
    fixture_act(f, ACTION_DELETE_BACK);
    assert_false(f->desk->book.has_slot);
    assert_int_equal(fixture_command(f, COMMAND_HOLD)->booking.start.at, 0);
    assert_int_equal(f->desk->held, 0);
}

static void a_draft_takes_the_sources_of_the_community_shown(void **state)
{
    struct fixture *f = *state;
    fill(f);
    form_focus(f->desk, &f->desk->book.form, BOOK_GUEST + GUEST_SOURCE);
    fixture_type(f, "3");
    fixture_act(f, ACTION_BACK);
    source_list_add(&f->desk->offices[1].sources, "Phone call");
    source_list_add(&f->desk->offices[1].sources, "Billboard");
    fixture_act(f, ACTION_COMMUNITY);
    fixture_type(f, "2");
    assert_string_equal(desk_office(f->desk)->community->id, "mesa");
    fixture_act(f, ACTION_BOOK);
    struct booking booking;
    struct str needed = {0};
    desk_booking(f->desk, &booking, &needed);
    assert_string_equal(booking.source_title, "Phone call");
    assert_int_equal(f->desk->book.form.fields[BOOK_GUEST + GUEST_SOURCE].choice_count, 2);
    str_finish(&needed);
}

static void a_time_alone_is_no_draft(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_OPEN);
    fixture_act(f, ACTION_BACK);
    assert_false(f->desk->book.draft);
    fixture_says(f, "Nothing was sent.");
    assert_string_equal(fixture_command(f, COMMAND_KEEP_DRAFT)->draft.text, "");
}

/* --- the right thing taken back ------------------------------------------------------------------------------ */

static void what_has_not_left_is_what_u_takes_back(void **state)
{
    static const enum action asked[] = {ACTION_CANCEL, ACTION_RESCHEDULE};
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    f->desk->calendar.tours.items[0].booking = STATE_SAVED;
    for (int i = 0; i < 2; i++) {
        fixture_operation(f, "another", OPERATION_BOOK, STATE_SAVED, 0);
        fixture_act(f, asked[i]);
        fixture_says(f, "The booking of Ana N. has not left yet: u takes it back.");
        fixture_act(f, ACTION_UNDO);
        assert_string_equal(fixture_command(f, COMMAND_WITHDRAW)->operation_id, "anastour");
        fixture_forget(f);
    }
}

static void a_mark_taken_back_or_not_kept_leaves_nothing_to_take_back(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_act(f, ACTION_ARRIVED);
    f->desk->calendar.tours.items[0].arrived_at = f->now;
    fixture_act(f, ACTION_ARRIVED);
    fixture_forget(f);
    fixture_act(f, ACTION_UNDO);
    assert_null(fixture_command(f, COMMAND_UNMARK));
    f->desk->calendar.tours.items[0].arrived_at = 0;
    fixture_act(f, ACTION_ARRIVED);
    struct report *report = report_create(REPORT_STOPPED, fixture_command(f, COMMAND_MARK)->token);
    error_set(&report->trouble, "the disk is full");
    fixture_report(f, report);
    fixture_says(f, "Not done: the disk is full.");
    fixture_act(f, ACTION_UNDO);
    assert_null(fixture_command(f, COMMAND_UNMARK));
}

static void a_blank_note_where_there_was_none_takes_nothing_back(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_act(f, ACTION_NOTE);
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_UNMARK));
}

/* --- the person ------------------------------------------------------------------------------------------------ */

static int consent_of(const struct fixture *f)
{
    struct booking booking;
    struct str needed = {0};
    desk_booking(f->desk, &booking, &needed);
    str_finish(&needed);
    return (int)booking.consent;
}

static void a_click_neither_drops_nor_lends_consent(void **state)
{
    enum { FIELD = BOOK_GUEST + GUEST_CONSENT };
    struct fixture *f = *state;
    fill(f);
    click(f, ITEM_CHOICE + FIELD * 100);
    fixture_act(f, ACTION_NEXT_FIELD);
    assert_int_equal(consent_of(f), CONSENT_YES);
    form_focus(f->desk, &f->desk->book.form, BOOK_GUEST + GUEST_PHONE);
    fixture_act(f, ACTION_DELETE_BACK);
    fixture_type(f, "6");
    click(f, FIELD);
    assert_int_equal(consent_of(f), CONSENT_NOT_ASKED);
    fixture_type(f, "y");
    fixture_act(f, ACTION_DELETE_BACK); /* no answer at all */
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    fixture_says(f, "Read out the question about texts");
}

static void a_draft_comes_back_with_its_consent(void **state)
{
    struct fixture *f = *state;
    struct report *report = report_create(REPORT_DRAFTS, 0);
    struct draft *draft = draft_list_add(&report->drafts);
    strcpy(draft->form, "book");
    draft->text = strdup("First name\tAna\nPhone\t(206) 555-0155\nTexts?\tyes\n");
    fixture_report(f, report);
    fixture_act(f, ACTION_OPEN);
    fixture_act(f, ACTION_NEXT_FIELD);
    assert_int_equal(consent_of(f), CONSENT_YES);
}

static void a_tour_cancelled_meanwhile_stands_in_nobodys_way(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 26, 11, 0));
    struct tour tour = f->desk->board.tours.items[0];
    fill(f);
    *tour_list_add(&f->desk->book.guest.tours) = tour;
    assert_non_null(desk_replaced(f->desk, &f->desk->book.guest));
    struct report *report = report_create(REPORT_TOUR, 0);
    report->tour = malloc(sizeof tour);
    tour.cancel = STATE_CONFIRMED;
    *report->tour = tour;
    fixture_report(f, report);
    assert_null(desk_replaced(f->desk, &f->desk->book.guest));
}

/* --- words of staff ----------------------------------------------------------------------------------------- */

static void units_half_typed_never_go_on_an_old_word(void **state)
{
    struct fixture *f = *state;
    walk_in(f, "1");
    f->desk->walk_in.token = 0;
    fixture_forget(f);
    form_set_text(&f->desk->walk_in.form, WALK_IN_SEEN, "m6z");
    f->desk->walk_in.insist = true; /* they pressed Enter at the warning */
    fixture_act(f, ACTION_DELETE_BACK);
    fixture_act(f, ACTION_SUBMIT);
    assert_string_equal(f->desk->walk_in.visit.units[0], "M6-202");
    assert_false(f->desk->walk_in.visit.any_unit);
}

static void a_walk_in_gets_the_time_that_was_said(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_WALK_IN);
    fixture_type(f, "Isa isa@example.com");
    fixture_act(f, ACTION_NEXT_FIELD);
    form_focus(f->desk, &f->desk->walk_in.form, WALK_IN_WHAT);
    fixture_type(f, "2");
    f->desk->offices[0].slots[CALENDAR_SELF_GUIDED].items[0].start.at = f->now; /* it has passed */
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    fixture_says(f, "The next free time is Mon 23 Nov 3:00 pm. Enter again books it.");
    fixture_act(f, ACTION_SUBMIT);
    assert_int_equal(fixture_command(f, COMMAND_BOOK)->booking.start.at, fixture_at(f, 23, 15, 0));
}

static void nothing_is_sent_again_before_the_evidence_is_here(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    f->desk->calendar.tours.items[0].booking = STATE_UNKNOWN;
    fixture_act(f, ACTION_SETTLE);
    assert_int_equal(desk_screen(f->desk), SCREEN_SETTLE);
    fixture_type(f, "n");
    assert_null(fixture_command(f, COMMAND_SETTLE));
    assert_int_equal(desk_screen(f->desk), SCREEN_SETTLE);
}

static void what_is_typed_on_a_line_outlives_the_lock(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_act(f, ACTION_NOTE);
    fixture_type(f, "has a dog");
    fixture_act(f, ACTION_HELP);
    f->desk->lock_minutes = 1;
    fixture_tick(f, f->now + MINUTE);
    assert_true(f->desk->hidden);
    fixture_type(f, "x");
    fixture_act(f, ACTION_BACK);
    assert_int_equal(desk_screen(f->desk), SCREEN_ENTRY);
    assert_string_equal(editor_text(&f->desk->entry.editor), "has a dog");
    fixture_act(f, ACTION_BACK);
    fixture_says(f, "what was typed there is gone");
}

static void the_lock_comes_to_the_second(void **state)
{
    struct fixture *f = *state;
    f->desk->lock_minutes = 1;
    f->now += 17 * SECOND;
    fixture_type(f, "z");
    fixture_tick(f, f->now + 50 * SECOND);
    assert_true(desk_next_tick(f->desk) <= f->now + 10 * SECOND);
}

static void a_call_is_promised_to_whom_the_notice_names(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    struct report *report = report_create(REPORT_OPERATION, 0);
    report->operation = calloc(1, sizeof *report->operation);
    report->tour = calloc(1, sizeof *report->tour);
    report->operation->state = STATE_REFUSED;
    strcpy(report->operation->community_id, "harbor");
    strcpy(report->tour->community_id, "harbor");
    strcpy(report->tour->id, "refused");
    slot_list_add(&report->slots, &f->desk->offices[0].slots[CALENDAR_SELF_GUIDED].items[0]);
    fixture_report(f, report);
    fixture_says(f, "B promises a call back");
    fixture_act(f, ACTION_CALL_BACK);
    assert_string_equal(f->desk->call.tour.id, "refused");
    fixture_act(f, ACTION_BACK);
    fixture_act(f, ACTION_CALL_BACK);
    assert_string_equal(f->desk->call.tour.id, "anastour");
}

static void tours_that_cannot_be_read_do_not_vanish(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    struct report *report = report_create(REPORT_TOURS, f->desk->calendar.tours_token);
    error_set(&report->trouble, "the ledger cannot be read");
    fixture_report(f, report);
    assert_int_equal(f->desk->calendar.tours.count, 1);
    fixture_says(f, "cannot be read");
}

static void every_source_can_be_chosen(void **state)
{
    struct fixture *f = *state;
    char title[SOURCE_SIZE];
    struct report *report = report_create(REPORT_SOURCES, f->desk->offices[0].sources_token);
    strcpy(report->community_id, "harbor");
    for (int i = 0; i < 70; i++) {
        snprintf(title, sizeof title, "Listing %d", i);
        source_list_add(&report->sources, title);
    }
    fixture_report(f, report);
    fixture_act(f, ACTION_OPEN);
    form_focus(f->desk, &f->desk->book.form, BOOK_GUEST + GUEST_SOURCE);
    fixture_act(f, ACTION_CHARACTER_LEFT);
    assert_string_equal(form_choice(&f->desk->book.form, BOOK_GUEST + GUEST_SOURCE), "Listing 69");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            booked_again_is_booked_in_its_own_calendar, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            another_time_for_staff_is_a_time_with_staff, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_tour_with_staff_moves_to_times_with_staff, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            booking_again_asks_before_it_empties_a_draft, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_tab_clicked_in_a_form_keeps_what_was_typed, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            no_page_covers_a_form_that_is_typed_in, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            no_way_through_the_pages_fills_the_stack, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_kept_closes_its_form_wherever_it_is, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_form_is_not_opened_while_its_answer_is_on_its_way,
            fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(units_declined_are_kept_whatever_is_pressed_meanwhile,
            fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(no_question_opens_over_what_is_typed_meanwhile,
            fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_walk_in_visits_what_was_sent, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_walk_in_says_what_they_want, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_form_left_at_once_survives_a_crash, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_time_edited_away_is_held_no_longer, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_draft_takes_the_sources_of_the_community_shown,
            fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_time_alone_is_no_draft, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_has_not_left_is_what_u_takes_back, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_mark_taken_back_or_not_kept_leaves_nothing_to_take_back,
            fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_blank_note_where_there_was_none_takes_nothing_back,
            fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_click_neither_drops_nor_lends_consent, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_draft_comes_back_with_its_consent, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_tour_cancelled_meanwhile_stands_in_nobodys_way,
            fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            units_half_typed_never_go_on_an_old_word, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_walk_in_gets_the_time_that_was_said, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_sent_again_before_the_evidence_is_here,
            fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_typed_on_a_line_outlives_the_lock, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            the_lock_comes_to_the_second, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_call_is_promised_to_whom_the_notice_names, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            tours_that_cannot_be_read_do_not_vanish, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            every_source_can_be_chosen, fixture_set_up_filled, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
