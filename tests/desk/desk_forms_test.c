/* Update tests of the forms: what is typed is what is asked for, what is wrong is said, nothing is lost. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct field *book_field(const struct fixture *f, int field)
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

/* Enter, and Enter once more where texts were not asked about. */
static void submit(struct fixture *f)
{
    fixture_act(f, ACTION_SUBMIT);
    if (f->desk->book.asked && !f->desk->book.token)
        fixture_act(f, ACTION_SUBMIT);
}

static void a_name_and_one_contact_suffice(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_OPEN);
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    fixture_says(f, "Needed still: a name; a phone or an e-mail");
    fixture_type(f, "Isa");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    assert_int_equal(f->desk->book.form.focus, BOOK_GUEST + GUEST_PHONE);
    fixture_type(f, "2065550155");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK)); /* texts were not asked about */
    fixture_says(f, "Enter again sends without");
    fixture_act(f, ACTION_SUBMIT);
    assert_non_null(fixture_command(f, COMMAND_BOOK));
}

static void what_is_typed_is_what_is_asked_for(void **state)
{
    struct fixture *f = *state;
    fill(f);
    struct {
        int field;
        const char *text;
    } typed[] = {{BOOK_GUEST + GUEST_EMAIL, "ana@example.com"}, {BOOK_GUEST + GUEST_CONSENT, "y"},
        {BOOK_GUEST + GUEST_SOURCE, "2"}, {BOOK_MOVE_DATE, "12/15"}, {BOOK_BEDROOMS, "1, 2"},
        {BOOK_OCCUPANTS, "2"}, {BOOK_LEASE, "12"}, {BOOK_BUDGET, "$1,500 to 2000"},
        {BOOK_MESSAGE, "has a dog"}};
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
        int field;
        const char *text, *words;
    } rows[] = {
        {BOOK_GUEST + GUEST_PHONE, "555 0155", "3 digits are missing"},
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
        fixture_says(f, rows[i].words);
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
    assert_int_equal(book_field(f, BOOK_GUEST + GUEST_EMAIL)->weight, WEIGHT_WARN);
    assert_string_equal(
        book_field(f, BOOK_GUEST + GUEST_EMAIL)->note, "Did they say ana@gmail.com?");
    submit(f);
    assert_string_equal(fixture_command(f, COMMAND_BOOK)->booking.profile.email, "ana@gmial.com");
}

static void enter_twice_asks_once(void **state)
{
    struct fixture *f = *state;
    fill(f);
    submit(f);
    fixture_forget(f);
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
}

static void consent_falls_back_when_the_number_changes(void **state)
{
    struct fixture *f = *state;
    fill(f);
    form_focus(f->desk, &f->desk->book.form, BOOK_GUEST + GUEST_CONSENT);
    fixture_type(f, "y");
    form_focus(f->desk, &f->desk->book.form, BOOK_GUEST + GUEST_PHONE);
    fixture_act(f, ACTION_DELETE_BACK);
    fixture_type(f, "6");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    fixture_says(f, "ask about texts again");
    submit(f);
    assert_int_equal(fixture_command(f, COMMAND_BOOK)->booking.consent, CONSENT_NOT_ASKED);
}

static void leaving_keeps_a_draft_and_sending_ends_it(void **state)
{
    struct fixture *f = *state;
    fill(f);
    fixture_act(f, ACTION_BACK);
    fixture_says(f, "kept as a draft");
    fixture_act(f, ACTION_DOWN);
    fixture_act(f, ACTION_OPEN);
    assert_string_equal(form_text(&f->desk->book.form, BOOK_GUEST + GUEST_LAST_NAME), "Núñez");
    assert_string_equal(form_text(&f->desk->book.form, BOOK_END), "3:30 pm");
    submit(f);
    uint64_t token = fixture_command(f, COMMAND_BOOK)->token;
    fixture_operation(f, "newone", OPERATION_BOOK, STATE_SAVED, token);
    assert_int_equal(desk_screen(f->desk), SCREEN_CALENDAR);
    fixture_act(f, ACTION_OPEN);
    assert_true(form_text(&f->desk->book.form, BOOK_GUEST + GUEST_LAST_NAME)[0] == '\0');
}

static void taken_back_or_refused_is_a_draft_again(void **state)
{
    static const enum operation_state ends[] = {STATE_WITHDRAWN, STATE_REFUSED};
    struct fixture *f = *state;
    for (size_t i = 0; i < 2; i++) {
        fill(f);
        submit(f);
        uint64_t token = fixture_command(f, COMMAND_BOOK)->token;
        fixture_operation(f, "newone", OPERATION_BOOK, STATE_SAVED, token);
        fixture_operation(f, "newone", OPERATION_BOOK, ends[i], token + 1);
        fixture_act(f, ACTION_OPEN);
        assert_string_equal(form_text(&f->desk->book.form, BOOK_GUEST + GUEST_FIRST_NAME), "Ana");
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
    fixture_says(f, "This time was taken just now. Free near it: Mon 23 Nov 4:00 pm.");
    assert_string_equal(form_text(&f->desk->book.form, BOOK_GUEST + GUEST_LAST_NAME), "Núñez");
}

static void a_replaced_tour_is_asked_about(void **state)
{
    struct fixture *f = *state;
    fill(f);
    submit(f);
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
    fixture_type(f, "m6-202, 12o");
    fixture_act(f, ACTION_SUBMIT); /* takes the nearest, for a second look */
    assert_null(fixture_command(f, COMMAND_VISIT));
    fixture_says(f, "Took 120 for 12o.");
    fixture_act(f, ACTION_SUBMIT);
    struct command *visit = fixture_command(f, COMMAND_VISIT);
    assert_string_equal(visit->tour_id, "anastour");
    assert_int_equal(visit->visiting.visit_time.at, fixture_at(f, 23, 14, 30));
    assert_string_equal(visit->visiting.units[0], "M6-202");
    assert_string_equal(visit->visiting.units[1], "120");
    assert_string_equal(visit->visiting.source_title, "Walk-in");
    assert_true(visit->visiting.self_guided);
    assert_false(visit->visiting.any_unit);
}

static void a_visit_in_the_future_is_not_sent(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_act(f, ACTION_VISIT);
    fixture_says(f, "still to come");
    form_focus(f->desk, &f->desk->visit.form, VISIT_WHEN);
    fixture_act(f, ACTION_DELETE_TO_START);
    fixture_type(f, "3:00 pm");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_VISIT));
    fixture_says(f, "it has not come yet");
}

static void leaving_a_visit_says_what_it_throws_away(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_tick(f, fixture_at(f, 23, 15, 10));
    f->desk->calendar.focus_time.minute = 14 * 60 + 30;
    fixture_act(f, ACTION_VISIT);
    fixture_type(f, "12o");
    fixture_act(f, ACTION_BACK);
    fixture_says(f, "The visit was not logged. What was typed is gone.");
    fixture_act(f, ACTION_VISIT);
    fixture_act(f, ACTION_BACK);
    char *notice = fixture_notice(f);
    assert_string_equal(notice, "The visit was not logged.");
    free(notice);
}

static void two_letters_of_a_unit_log_it(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_tick(f, fixture_at(f, 23, 15, 10));
    f->desk->calendar.focus_time.minute = 14 * 60 + 30;
    fixture_act(f, ACTION_VISIT);
    fixture_type(f, "m6");
    fixture_act(f, ACTION_SUBMIT);
    assert_string_equal(fixture_command(f, COMMAND_VISIT)->visiting.units[0], "M6-202");
}

/* "202" is no unit here: M6-202 is only like it, and what is logged cannot be taken back at Knock. */
static void what_stands_behind_a_buildings_prefix_is_taken_first_and_logged_by_a_second_enter(
    void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_tick(f, fixture_at(f, 23, 15, 10));
    f->desk->calendar.focus_time.minute = 14 * 60 + 30;
    fixture_act(f, ACTION_VISIT);
    fixture_type(f, "202");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_VISIT));
    fixture_says(f, "Took M6-202 for 202.");
    fixture_act(f, ACTION_SUBMIT);
    assert_string_equal(fixture_command(f, COMMAND_VISIT)->visiting.units[0], "M6-202");
}

static void nobody_has_arrived_for_a_tour_of_a_later_day(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 24, 14, 30));
    fixture_act(f, ACTION_RIGHT);
    f->desk->calendar.focus_time.minute = 14 * 60 + 30;
    fixture_act(f, ACTION_ARRIVED);
    assert_null(fixture_command(f, COMMAND_MARK));
    fixture_says(f, "This tour is of a later day");
}

static void c_o_walks_through_what_is_like_it_and_back_to_what_was_typed(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_tick(f, fixture_at(f, 23, 15, 10));
    f->desk->calendar.focus_time.minute = 14 * 60 + 30;
    fixture_act(f, ACTION_VISIT);
    fixture_type(f, "12o");
    const char *const steps[] = {"120", "120B", "12o", "120"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        fixture_act(f, ACTION_COMPLETE);
        assert_string_equal(form_text(&f->desk->visit.form, VISIT_SEEN), steps[i]);
        assert_int_equal(f->desk->visit.insist, i == 2);
    }
    fixture_type(f, ", 120");
    fixture_act(f, ACTION_SUBMIT);
    assert_int_equal(fixture_command(f, COMMAND_VISIT)->visiting.unit_count, 1); /* twice is once */
}

/* The phone has its place already, with another number in it: what stands in the name is not sent as a name. */
static void what_cannot_be_split_is_not_sent_as_a_name(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_OPEN);
    fixture_type(f, "Ana 206 555 0155");
    fixture_act(f, ACTION_NEXT_FIELD);
    form_focus(f->desk, &f->desk->book.form, BOOK_GUEST + GUEST_FIRST_NAME);
    fixture_type(f, " Bo 206 555 0156");
    fixture_act(f, ACTION_SUBMIT);
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    fixture_says(f, "A phone or an e-mail stands in a name");
}

static void a_booking_begins_with_when(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_BOOK);
    assert_int_equal(f->desk->book.form.focus, BOOK_WHEN);
    fixture_type(f, "tom pm");
    fixture_type(f, "2");
    assert_true(f->desk->book.has_slot);
    assert_int_equal(f->desk->book.slot.start.at, fixture_at(f, 24, 12, 30));
    assert_int_equal(f->desk->book.form.focus, BOOK_GUEST);
    assert_int_equal(fixture_command(f, COMMAND_HOLD)->booking.start.at, fixture_at(f, 24, 12, 30));
    fixture_act(f, ACTION_OTHER_TIME);
    assert_false(f->desk->book.has_slot);
    assert_int_equal(fixture_command(f, COMMAND_HOLD)->booking.start.at, 0);
}

static void a_whole_line_is_split_sensibly(void **state)
{
    static const struct {
        const char *line, *first, *last, *phone, *email;
    } rows[] = {
        {"Ana Núñez 206 555 0155 ana@example.com", "Ana", "Núñez", "(206) 555-0155",
            "ana@example.com"},
        {"(206) 555-0155, Isa", "Isa", "", "(206) 555-0155", ""},
        {"bo@example.com Bo van der Berg", "Bo", "van der Berg", "", "bo@example.com"},
        {"Mary Ann", "Mary Ann", "", "", ""},
    };
    struct fixture *f = *state;
    const struct form *form = &f->desk->book.form;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture_act(f, ACTION_OPEN);
        fixture_type(f, rows[i].line);
        fixture_act(f, ACTION_NEXT_FIELD);
        assert_string_equal(form_text(form, BOOK_GUEST + GUEST_FIRST_NAME), rows[i].first);
        assert_string_equal(form_text(form, BOOK_GUEST + GUEST_LAST_NAME), rows[i].last);
        assert_string_equal(form_text(form, BOOK_GUEST + GUEST_PHONE), rows[i].phone);
        assert_string_equal(form_text(form, BOOK_GUEST + GUEST_EMAIL), rows[i].email);
        fixture_act(f, ACTION_CLEAR_FORM);
        fixture_act(f, ACTION_BACK);
    }
}

static void a_known_contact_is_found_while_one_types(void **state)
{
    struct fixture *f = *state;
    fill(f);
    struct command *search = fixture_command(f, COMMAND_SEARCH);
    assert_non_null(search);
    assert_string_equal(search->text, "+12065550155");
    assert_true(search->query.from < fixture_at(f, 1, 0, 0)); /* of any day */
    assert_true(search->query.to > fixture_at(f, 30, 0, 0));
    struct report *report = report_create(REPORT_TOURS, search->token);
    struct tour *tour = tour_list_add(&report->tours);
    tour->booking = STATE_CONFIRMED;
    strcpy(tour->id, "earlier");
    strcpy(tour->phone, "+12065550155");
    strcpy(tour->community_id, "harbor");
    tour->start.at = fixture_at(f, 26, 11, 0);
    tour->end = tour->start.at + 30 * MINUTE;
    fixture_report(f, report);
    assert_string_equal(desk_replaced(f->desk, &f->desk->book.guest)->id, "earlier");
    submit(f);
    assert_int_equal(desk_screen(f->desk), SCREEN_QUESTION);
    assert_null(fixture_command(f, COMMAND_BOOK));
    fixture_type(f, "o"); /* a different person without any other contact: in words only */
    assert_int_equal(desk_screen(f->desk), SCREEN_ENTRY);
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_BOOK));
    fixture_type(f, "replace");
    fixture_act(f, ACTION_SUBMIT);
    assert_true(fixture_command(f, COMMAND_BOOK)->booking.replace);
}

static void a_tour_is_moved_with_both_times_in_sight(void **state)
{
    struct fixture *f = *state;
    fixture_tour(f, fixture_at(f, 23, 14, 30));
    fixture_act(f, ACTION_RESCHEDULE);
    assert_int_equal(desk_screen(f->desk), SCREEN_MOVE);
    fixture_type(f, "fri 10");
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_RESCHEDULE));
    fixture_act(f, ACTION_SUBMIT);
    struct command *move = fixture_command(f, COMMAND_RESCHEDULE);
    assert_string_equal(move->tour_id, "anastour");
    assert_int_equal(move->booking.start.at, fixture_at(f, 27, 10, 0));
    fixture_forget(f);
    fixture_act(f, ACTION_SUBMIT);
    assert_null(fixture_command(f, COMMAND_RESCHEDULE)); /* twice is once */
}

static void a_walk_in_is_registered_and_then_visits(void **state)
{
    struct fixture *f = *state;
    fixture_act(f, ACTION_WALK_IN);
    fixture_type(f, "Isa isa@example.com");
    fixture_act(f, ACTION_NEXT_FIELD);
    form_focus(f->desk, &f->desk->walk_in.form, WALK_IN_SEEN);
    fixture_type(f, "m6");
    fixture_act(f, ACTION_SUBMIT);
    struct command *registered = fixture_command(f, COMMAND_REGISTER);
    assert_non_null(registered);
    assert_string_equal(registered->booking.profile.email, "isa@example.com");
    assert_string_equal(registered->booking.source_title, "Walk-in");
    struct report *report = report_create(REPORT_OPERATION, registered->token);
    report->operation = calloc(1, sizeof *report->operation);
    report->tour = calloc(1, sizeof *report->tour);
    report->operation->kind = OPERATION_REGISTER;
    report->operation->state = STATE_SAVED;
    strcpy(report->operation->id, "walkin");
    strcpy(report->tour->id, "walkin");
    strcpy(report->tour->community_id, "harbor");
    fixture_report(f, report);
    struct command *visit = fixture_command(f, COMMAND_VISIT);
    assert_string_equal(visit->tour_id, "walkin");
    assert_string_equal(visit->visiting.units[0], "M6-202");
    assert_int_equal(desk_screen(f->desk), SCREEN_CALENDAR);
}

static void a_doorway_link_names_its_source(void **state)
{
    struct fixture *f = *state;
    fill(f);
    form_focus(f->desk, &f->desk->book.form, BOOK_GUEST + GUEST_SOURCE);
    fixture_paste(f, "https://doorway.knck.io/x?utm_knock_source_title=Property%20Website");
    assert_string_equal(
        form_choice(&f->desk->book.form, BOOK_GUEST + GUEST_SOURCE), "Property Website");
}

static void a_draft_is_kept_and_comes_back(void **state)
{
    struct fixture *f = *state;
    fill(f);
    fixture_tick(f, f->now + 3 * SECOND);
    struct command *keep = fixture_command(f, COMMAND_KEEP_DRAFT);
    assert_non_null(keep);
    assert_string_equal(keep->draft.form, "book");
    assert_non_null(strstr(keep->draft.text, "Last name\tNúñez\n"));
    struct report *report = report_create(REPORT_DRAFTS, 0);
    struct draft *draft = draft_list_add(&report->drafts);
    strcpy(draft->form, "book");
    draft->text = strdup(keep->draft.text);
    fixture_act(f, ACTION_CLEAR_FORM);
    fixture_act(f, ACTION_BACK);
    fixture_report(f, report);
    fixture_says(f, "An unfinished form was kept");
    fixture_act(f, ACTION_BOOK);
    assert_string_equal(form_text(&f->desk->book.form, BOOK_GUEST + GUEST_LAST_NAME), "Núñez");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_name_and_one_contact_suffice, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_typed_is_what_is_asked_for, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_wrong_stops_it_and_is_named, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            an_email_is_doubted_and_never_blocked, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            enter_twice_asks_once, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            consent_falls_back_when_the_number_changes, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            leaving_keeps_a_draft_and_sending_ends_it, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            taken_back_or_refused_is_a_draft_again, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_slot_that_goes_is_told_while_one_types, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_replaced_tour_is_asked_about, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_visit_knows_its_tour_and_its_units, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            leaving_a_visit_says_what_it_throws_away, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            two_letters_of_a_unit_log_it, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_stands_behind_a_buildings_prefix_is_taken_first_and_logged_by_a_second_enter,
            fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            nobody_has_arrived_for_a_tour_of_a_later_day, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            c_o_walks_through_what_is_like_it_and_back_to_what_was_typed, fixture_set_up_filled,
            fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_booking_begins_with_when, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_cannot_be_split_is_not_sent_as_a_name, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_whole_line_is_split_sensibly, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_known_contact_is_found_while_one_types, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_tour_is_moved_with_both_times_in_sight, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_walk_in_is_registered_and_then_visits, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_doorway_link_names_its_source, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_draft_is_kept_and_comes_back, fixture_set_up_filled, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_visit_in_the_future_is_not_sent, fixture_set_up_filled, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
