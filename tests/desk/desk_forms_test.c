/* Update tests of the forms: what is typed is what is asked for, what is wrong is said, nothing is lost. */
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

static void assert_says(const struct fixture *fixture, const char *words)
{
    char *notice = fixture_notice(fixture);
    if (!strstr(notice, words))
        fail_msg("\"%s\" is not in: %s", words, notice);
    free(notice);
}

static const struct field *book_field(const struct fixture *f, enum book_field field)
{
    return &f->desk->book.form.fields[field];
}

/* Opens the form on the next free time and types a name and a phone. */
static void fill(struct fixture *f)
{
    fixture_act(f, ACTION_OPEN);
    fixture_type(f, "Ana");
    fixture_act(f, ACTION_NEXT_FIELD);
    fixture_type(f, "Núñez");
    fixture_act(f, ACTION_NEXT_FIELD);
    fixture_type(f, "206 555 0155");
}

static void a_name_and_one_contact_suffice(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_OPEN);
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    assert_says(f, "Needed still: a name; a phone or an e-mail");
    fixture_type(f, "Isa");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    assert_int_equal(f->desk->book.form.focus, BOOK_PHONE);
    fixture_type(f, "2065550155");
    fixture_act(f, ACTION_SUBMIT);
    assert_non_null(fixture_command(f, COMMAND_BOOK));
}

static void what_is_typed_is_what_is_asked_for(void **state)
{
    struct fixture *f = *state;
    fill(f);
    struct {
        enum book_field field;
        const char *text;
    } typed[] = {{BOOK_EMAIL, "ana@example.com"}, {BOOK_CONSENT, "y"}, {BOOK_SOURCE, "2"},
        {BOOK_MOVE_DATE, "12/15"}, {BOOK_BEDROOMS, "1, 2"}, {BOOK_OCCUPANTS, "2"},
        {BOOK_LEASE, "12"}, {BOOK_BUDGET, "$1,500 to 2000"}, {BOOK_MESSAGE, "has a dog"}};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        form_focus(f->desk, &f->desk->book.form, typed[i].field);
        fixture_type(f, typed[i].text);
    }
    fixture_act(f, ACTION_SUBMIT);
    struct command *command = fixture_command(f, COMMAND_BOOK);
    const struct booking *b = &command->booking;
    assert_string_equal(command->community_id, "harbor");
    assert_string_equal(b->start_text, "2026-11-23T14:30:00-08:00");
    assert_int_equal(b->end - b->start.at, 30 * MINUTE);
    assert_string_equal(b->profile.last_name, "Núñez");
    assert_string_equal(b->profile.phone, "+12065550155");
    assert_string_equal(b->profile.email, "ana@example.com");
    assert_int_equal(b->consent, CONSENT_YES);
    assert_string_equal(b->source_title, "Walk-in");
    assert_int_equal(b->profile.move_date.month, 12);
    assert_int_equal(b->profile.bedrooms, BEDROOMS_ONE | BEDROOMS_TWO);
    assert_int_equal(b->profile.occupants, 2);
    assert_int_equal(b->profile.lease_months, 12);
    assert_int_equal(b->profile.min_budget, 1500);
    assert_int_equal(b->profile.max_budget, 2000);
    assert_string_equal(b->profile.message, "has a dog");
    assert_false(b->replace);
}

static void what_is_wrong_stops_it_and_is_named(void **state)
{
    static const struct {
        enum book_field field;
        const char *text, *words;
    } rows[] = {
        {BOOK_PHONE, "555 0155", "3 digits are missing"},
        {BOOK_END, "2:00 pm", "after the start"},
        {BOOK_END, "soon", "not a day or a time"},
        {BOOK_MOVE_DATE, "31 november", "not a day or a time"},
        {BOOK_BEDROOMS, "many", "studio, 1, 2 or 3+"},
        {BOOK_OCCUPANTS, "0", "a number from 1"},
        {BOOK_LEASE, "x", "months"},
        {BOOK_BUDGET, "2000 to 1000", "dollars a month"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fill(f);
        form_focus(f->desk, &f->desk->book.form, rows[i].field);
        fixture_act(f, ACTION_LINE_END);
        fixture_act(f, ACTION_DELETE_TO_START);
        fixture_type(f, rows[i].text);
        fixture_act(f, ACTION_SUBMIT);
        assert_null(fixture_command(f, COMMAND_BOOK));
        assert_int_equal(f->desk->book.form.focus, rows[i].field);
        assert_says(f, rows[i].words);
        fixture_act(f, ACTION_CLEAR_FORM);
        fixture_act(f, ACTION_BACK);
    }
}

static void an_email_is_doubted_and_never_blocked(void **state)
{
    struct fixture *f = *state;
    fill(f);
    fixture_act(f, ACTION_NEXT_FIELD);
    fixture_type(f, "ana@gmial.com");
    assert_int_equal(book_field(f, BOOK_EMAIL)->weight, WEIGHT_WARN);
    assert_string_equal(book_field(f, BOOK_EMAIL)->note, "Did they say ana@gmail.com?");
    fixture_act(f, ACTION_SUBMIT);
    assert_string_equal(fixture_command(f, COMMAND_BOOK)->booking.profile.email, "ana@gmial.com");
}

static void enter_twice_asks_once(void **state)
{
    struct fixture *f = *state;
    fill(f);
    fixture_act(f, ACTION_SUBMIT);
    fixture_forget(f);
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
}

static void consent_falls_back_when_the_number_changes(void **state)
{
    struct fixture *f = *state;
    fill(f);
    form_focus(f->desk, &f->desk->book.form, BOOK_CONSENT);
    fixture_type(f, "y");
    form_focus(f->desk, &f->desk->book.form, BOOK_PHONE);
    fixture_act(f, ACTION_DELETE_BACK);
    fixture_type(f, "6");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    assert_says(f, "ask about texts again");
    fixture_act(f, ACTION_SUBMIT);
    assert_int_equal(fixture_command(f, COMMAND_BOOK)->booking.consent, CONSENT_NOT_ASKED);
}

static void leaving_keeps_a_draft_and_sending_ends_it(void **state)
{
    struct fixture *f = *state;
    fill(f);
    fixture_act(f, ACTION_BACK);
    assert_says(f, "kept as a draft");
    fixture_act(f, ACTION_DOWN);
    fixture_act(f, ACTION_OPEN);
    assert_string_equal(form_text(&f->desk->book.form, BOOK_LAST_NAME), "Núñez");
    assert_string_equal(form_text(&f->desk->book.form, BOOK_END), "3:30 pm");
    fixture_act(f, ACTION_SUBMIT);
    uint64_t token = fixture_command(f, COMMAND_BOOK)->token;
    fixture_operation(f, "newone", OPERATION_BOOK, STATE_SAVED, token);
    assert_int_equal(desk_screen(f->desk), SCREEN_CALENDAR);
    fixture_act(f, ACTION_OPEN);
    assert_true(form_text(&f->desk->book.form, BOOK_LAST_NAME)[0] == '\0');
}

static void taken_back_or_refused_is_a_draft_again(void **state)
{
    static const enum operation_state ends[] = {STATE_WITHDRAWN, STATE_REFUSED};
    struct fixture *f = *state;
    for (size_t i = 0; i < 2; i++) {
        fill(f);
        fixture_act(f, ACTION_SUBMIT);
        uint64_t token = fixture_command(f, COMMAND_BOOK)->token;
        fixture_operation(f, "newone", OPERATION_BOOK, STATE_SAVED, token);
        fixture_operation(f, "newone", OPERATION_BOOK, ends[i], token + 1);
        fixture_act(f, ACTION_OPEN);
        assert_string_equal(form_text(&f->desk->book.form, BOOK_FIRST_NAME), "Ana");
        fixture_act(f, ACTION_CLEAR_FORM);
        fixture_act(f, ACTION_BACK);
        fixture_forget(f);
    }
}

static void a_slot_that_goes_is_told_while_one_types(void **state)
{
    struct fixture *f = *state;
    fill(f);
    struct report *report = report_create(REPORT_SLOTS, 0);
    struct slot later = {.start = zone_stamp(f->communities[0].zone, fixture_at(f, 23, 16, 0))};
    strcpy(report->community_id, "harbor");
    stamp_format(later.start, later.text);
    slot_list_add(&report->slots, &later);
    report->slots.checked_at = f->now;
    fixture_report(f, report);
    assert_says(f, "This time was taken just now. Free near it: Mon 23 Nov 4:00 pm.");
    assert_string_equal(form_text(&f->desk->book.form, BOOK_LAST_NAME), "Núñez");
}

static void a_replaced_tour_is_asked_about(void **state)
{
    struct fixture *f = *state;
    fill(f);
    fixture_act(f, ACTION_SUBMIT);
    struct report *report = report_create(REPORT_STOPPED, fixture_command(f, COMMAND_BOOK)->token);
    report->reason = REASON_HAS_TOUR;
    struct tour *tour = tour_list_add(&report->tours);
    strcpy(tour->id, "earlier");
    tour->start.at = fixture_at(f, 26, 11, 0);
    tour->end = tour->start.at + 30 * MINUTE;
    fixture_report(f, report);
    assert_int_equal(desk_screen(f->desk), SCREEN_QUESTION);
    fixture_forget(f);
    fixture_type(f, "m");
    struct command *moved = fixture_command(f, COMMAND_BOOK);
    assert_string_equal(moved->booking.moves, "earlier");
    assert_true(moved->booking.replace);
}

static void a_visit_knows_its_tour_and_its_units(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_tick(f, fixture_at(f, 23, 15, 10));
    f->desk->calendar.focus_time.minute = 14 * 60 + 30;
    fixture_act(f, ACTION_VISIT);
    assert_int_equal(desk_screen(f->desk), SCREEN_VISIT);
    fixture_type(f, "12o m6 202");
    fixture_act(f, ACTION_TAKE_NEAREST);
    fixture_act(f, ACTION_SUBMIT);
    struct command *visit = fixture_command(f, COMMAND_VISIT);
    assert_string_equal(visit->tour_id, "anastour");
    assert_int_equal(visit->visiting.visit_time.at, fixture_at(f, 23, 14, 30));
    assert_string_equal(visit->visiting.units[0], "120");
    assert_string_equal(visit->visiting.source_title, "Walk-in");
    assert_true(visit->visiting.self_guided);
    assert_false(visit->visiting.any_unit);
}

static void a_visit_in_the_future_is_not_sent(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_act(f, ACTION_VISIT);
    assert_says(f, "still to come");
    form_focus(f->desk, &f->desk->visit.form, VISIT_WHEN);
    fixture_act(f, ACTION_DELETE_TO_START);
    fixture_type(f, "3:00 pm");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_VISIT));
    assert_says(f, "it has not come yet");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_name_and_one_contact_suffice, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(what_is_typed_is_what_is_asked_for, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(what_is_wrong_stops_it_and_is_named, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            an_email_is_doubted_and_never_blocked, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(enter_twice_asks_once, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            consent_falls_back_when_the_number_changes, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            leaving_keeps_a_draft_and_sending_ends_it, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            taken_back_or_refused_is_a_draft_again, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            a_slot_that_goes_is_told_while_one_types, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_replaced_tour_is_asked_about, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            a_visit_knows_its_tour_and_its_units, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_visit_in_the_future_is_not_sent, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
