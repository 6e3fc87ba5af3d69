/* The pages beside the calendar: what their keys do, and what comes out of them. */
#include "../unit/check.h"
#include "fixture.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/desk/model.h"

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

static struct tour make_tour(const char *id, const char *first_name, instant start)
{
    struct tour tour = {.booking = STATE_CONFIRMED, .person_id = 7};
    str_copy(tour.id, sizeof tour.id, id);
    str_copy(tour.community_id, ID_SIZE, "harbor");
    str_copy(tour.first_name, NAME_SIZE, first_name);
    str_copy(tour.last_name, NAME_SIZE, "Wong");
    str_copy(tour.phone, PHONE_SIZE, "+12065550155");
    str_copy(tour.appointment_id, ID_SIZE, "18842");
    tour.start = zone_stamp(f.communities[0].zone, start);
    tour.end = start + 30 * MINUTE;
    return tour;
}

/* Tells the board's tours: three that nobody logged, on two days, and one to come. */
static void tell_board(void)
{
    struct report *report = report_create(REPORT_TOURS, f.desk->board.token);
    *tour_list_add(&report->tours) = make_tour("joy", "Joy", fixture_at(&f, 23, 9, 30));
    *tour_list_add(&report->tours) = make_tour("lee", "Lee", fixture_at(&f, 23, 9, 0));
    *tour_list_add(&report->tours) = make_tour("pat", "Pat", fixture_at(&f, 21, 16, 0));
    *tour_list_add(&report->tours) = make_tour("zoe", "Zoe", fixture_at(&f, 23, 15, 0));
    fixture_report(&f, report);
}

/* Tells a tour of the board as it is now, after `change`. */
static void tell_tour(const char *id, void (*change)(struct tour *tour))
{
    struct report *report = report_create(REPORT_TOUR, 0);
    report->tour = mem_alloc(sizeof *report->tour);
    *report->tour = *tour_list_find(&f.desk->board.tours, id);
    change(report->tour);
    fixture_report(&f, report);
}

static void tell_operation_of(
    const struct tour *tour, const char *id, enum operation_kind kind, enum operation_state state)
{
    struct report *report = report_create(REPORT_OPERATION, 0);
    report->operation = mem_alloc(sizeof *report->operation);
    report->operation->kind = kind;
    report->operation->state = state;
    str_copy(report->operation->id, OPERATION_ID_SIZE, id);
    str_copy(report->operation->tour_id, OPERATION_ID_SIZE, tour->id);
    str_copy(report->operation->community_id, ID_SIZE, "harbor");
    report->tour = mem_alloc(sizeof *report->tour);
    *report->tour = *tour;
    fixture_report(&f, report);
}

static void check_notice(const char *row, const char *part)
{
    char *text = fixture_notice(&f);
    check_contains(row, text, part);
    free(text);
}

/* --- the board ------------------------------------------------------------------------------------- */

static void the_board_lists_every_community_and_keeps_the_focus(void **state)
{
    (void)state;
    fixture_forget(&f);
    fixture_act(&f, ACTION_BOARD);
    struct command *command = fixture_command(&f, COMMAND_LIST_TOURS);
    assert_non_null(command);
    check_text("every community", command->community_id, "");
    check_holds("open ones", command->query.open_since > 0, "asks for what is still open");
    check_number("from", command->query.from, fixture_at(&f, 23, 0, 0) - HOUR); /* Phoenix */
    tell_board();
    check_text("first", desk_selected(f.desk)->id, "joy");
    fixture_act(&f, ACTION_DOWN);
    check_text("second", desk_selected(f.desk)->id, "lee");
    fixture_act(&f, ACTION_LAST);
    check_text("last", desk_selected(f.desk)->id, "zoe");
    fixture_act(&f, ACTION_BOARD);
    assert_true(f.desk->board.one_community);
    check_text("kept", desk_selected(f.desk)->id, "zoe");
}

/* --- the sweep ------------------------------------------------------------------------------------- */

static void show_no_show(struct tour *tour)
{
    tour->no_show = true;
}

static void the_sweep_asks_about_each_tour_once_and_sums_up(void **state)
{
    (void)state;
    tell_board();
    fixture_act(&f, ACTION_SWEEP);
    check_text("oldest first", f.desk->sweep.tour.id, "pat");
    assert_int_equal(f.desk->sweep.count, 3);
    fixture_forget(&f);
    fixture_act(&f, ACTION_SWEEP_NO_SHOW);
    struct command *mark = fixture_command(&f, COMMAND_MARK);
    check_text("marked", mark->tour_id, "pat");
    check_number("marked", mark->mark.kind, MARK_NO_SHOW);
    check_text("next", f.desk->sweep.tour.id, "lee");

    fixture_act(&f, ACTION_SWEEP_LATER);
    fixture_act(&f, ACTION_SUBMIT);
    check_number("a word is wanted", desk_screen(f.desk), SCREEN_ENTRY);
    fixture_type(&f, "ask Sam");
    fixture_act(&f, ACTION_SUBMIT);
    mark = fixture_command(&f, COMMAND_MARK);
    check_number("later", mark->mark.kind, MARK_LATER);
    check_text("later", mark->mark.text, "ask Sam");
    check_text("next", f.desk->sweep.tour.id, "joy");

    fixture_act(&f, ACTION_SWEEP_CAME);
    check_number("came", desk_screen(f.desk), SCREEN_VISIT);
    fixture_act(&f, ACTION_BACK);
    check_text("left the form: asked again", f.desk->sweep.tour.id, "joy");
    fixture_act(&f, ACTION_SWEEP_HERE);
    assert_int_equal(f.desk->sweep.at, 3);
    check_notice("summary", "0 came, 1 no-show, 1 still here, 1 left for later");
    fixture_act(&f, ACTION_SWEEP_NO_SHOW);
    assert_int_equal(f.desk->sweep.at, 3);
}

static void the_sweep_steps_back_and_takes_the_mark_back(void **state)
{
    (void)state;
    tell_board();
    fixture_act(&f, ACTION_SWEEP);
    fixture_act(&f, ACTION_SWEEP_BACK);
    assert_int_equal(f.desk->sweep.at, 0);
    fixture_act(&f, ACTION_SWEEP_NO_SHOW);
    tell_tour("pat", show_no_show);
    fixture_forget(&f);
    fixture_act(&f, ACTION_SWEEP_BACK);
    struct command *unmark = fixture_command(&f, COMMAND_UNMARK);
    check_text("taken back", unmark->tour_id, "pat");
    check_number("taken back", unmark->mark.kind, MARK_NO_SHOW);
    check_text("asked again", f.desk->sweep.tour.id, "pat");
}

static void log_it(struct tour *tour)
{
    tour->visit = STATE_CONFIRMED;
}

static void the_sweep_goes_on_once_the_visit_is_saved_and_leaves_it_when_stepping_back(void **state)
{
    (void)state;
    tell_board();
    fixture_act(&f, ACTION_SWEEP);
    fixture_act(&f, ACTION_SWEEP_CAME);
    fixture_type(&f, "120");
    fixture_forget(&f);
    fixture_act(&f, ACTION_SUBMIT);
    struct command *visit = fixture_command(&f, COMMAND_VISIT);
    assert_non_null(visit);
    check_text("of the tour that was asked about", visit->tour_id, "pat");
    fixture_operation(&f, "visit1", OPERATION_VISIT, STATE_SAVED, visit->token);
    check_number("back in the sweep", desk_screen(f.desk), SCREEN_SWEEP);
    check_text("next", f.desk->sweep.tour.id, "lee");
    tell_tour("pat", log_it);
    fixture_forget(&f);
    fixture_act(&f, ACTION_SWEEP_BACK);
    check_text("a visit that left stays", f.desk->sweep.tour.id, "lee");
    assert_null(fixture_command(&f, COMMAND_WITHDRAW));
}

static void with_everything_logged_the_sweep_says_so(void **state)
{
    (void)state;
    fixture_act(&f, ACTION_SWEEP);
    check_notice("nothing", "is logged");
}

/* --- search ---------------------------------------------------------------------------------------- */

static void search_asks_at_every_change_and_drops_late_answers(void **state)
{
    (void)state;
    fixture_act(&f, ACTION_SEARCH);
    fixture_forget(&f);
    fixture_type(&f, "n");
    uint64_t early = fixture_command(&f, COMMAND_SEARCH)->token;
    fixture_type(&f, "u");
    struct command *command = fixture_command(&f, COMMAND_SEARCH);
    check_text("typed", command->text, "nu");
    struct report *late = report_create(REPORT_TOURS, early);
    *tour_list_add(&late->tours) = make_tour("early", "No", fixture_at(&f, 24, 9, 0));
    fixture_report(&f, late);
    assert_int_equal(f.desk->search.page.tours.count, 0);
    assert_false(f.desk->search.asked);
    struct report *answer = report_create(REPORT_TOURS, command->token);
    *tour_list_add(&answer->tours) = make_tour("nu", "Nu", fixture_at(&f, 24, 9, 0));
    fixture_report(&f, answer);
    assert_true(f.desk->search.asked);
    fixture_forget(&f);
    fixture_act(&f, ACTION_OPEN);
    check_number("person", desk_screen(f.desk), SCREEN_PERSON);
    check_number("person", fixture_command(&f, COMMAND_READ_PERSON)->person_id, 7);
    check_text("its tour has the focus", f.desk->person.selected, "nu");
}

static const struct {
    const char *typed, *text,
        *day; /* the text that is searched, or the day whose tours are listed */
} searches[] = {
    {"12/3", "", "2026-12-03"},
    {"nov 20", "", "2026-11-20"},
    {"friday", "", "2026-11-20"}, /* three days ago, and four days on */
    {"wednesday", "", "2026-11-25"},
    {"yesterday", "", "2026-11-22"},
    {"tom", "tom", NULL}, /* a name */
    {"sun", "sun", NULL},
    {"0155", "0155", NULL},
    {"nunez", "nunez", NULL},
};

static void a_day_finds_its_tours_and_a_name_a_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        fixture_act(&f, ACTION_SEARCH);
        fixture_forget(&f);
        fixture_paste(&f, searches[i].typed);
        struct command *command = fixture_command(&f, COMMAND_SEARCH);
        check_text(searches[i].typed, command->text, searches[i].text);
        char day[DATE_SIZE] = "";
        if (searches[i].day)
            date_format(zone_date(f.communities[0].zone, command->query.from), day);
        check_text(searches[i].typed, day, searches[i].day ? searches[i].day : "");
        fixture_act(&f, ACTION_BACK);
    }
}

/* --- help and the prompt ------------------------------------------------------------------------------ */

static void help_finds_an_action_and_does_it(void **state)
{
    (void)state;
    enum action listed[ACTION_KINDS];
    fixture_act(&f, ACTION_HELP);
    int all = desk_help(f.desk, listed);
    fixture_type(&f, "show MONTH");
    check_holds("fewer", desk_help(f.desk, listed) < all, "typing narrows the list");
    check_number("month", listed[0], ACTION_MONTH);
    fixture_act(&f, ACTION_OPEN);
    check_number("back on the page", desk_screen(f.desk), SCREEN_CALENDAR);
    check_number("done", f.desk->calendar.view, VIEW_MONTH);
    fixture_act(&f, ACTION_HELP);
    fixture_type(&f, "W");
    desk_help(f.desk, listed);
    check_number("by its key, as it is typed", listed[0], ACTION_WALK_IN);
    fixture_type(&f, "xyz");
    assert_int_equal(desk_help(f.desk, listed), 0);
    fixture_act(&f, ACTION_OPEN);
    check_number("stays", desk_screen(f.desk), SCREEN_HELP);
}

static void the_prompt_completes_does_and_remembers(void **state)
{
    (void)state;
    char offers[8][128];
    fixture_act(&f, ACTION_PROMPT);
    fixture_type(&f, "mont");
    desk_offers(f.desk, offers, 8);
    check_text("offered", offers[0], "month");
    fixture_act(&f, ACTION_OPEN);
    check_number("done", f.desk->calendar.view, VIEW_MONTH);
    fixture_act(&f, ACTION_PROMPT);
    fixture_act(&f, ACTION_UP);
    check_text("history", editor_text(&f.desk->prompt.editor), "month");
    fixture_act(&f, ACTION_DOWN);
    check_text("history", editor_text(&f.desk->prompt.editor), "");
    fixture_type(&f, "communi");
    fixture_act(&f, ACTION_DOWN);
    fixture_act(&f, ACTION_UP);
    fixture_act(&f, ACTION_DOWN);
    fixture_act(&f, ACTION_COMPLETE);
    check_text("completed", editor_text(&f.desk->prompt.editor), "community ");
    fixture_type(&f, "mes");
    desk_offers(f.desk, offers, 8);
    check_text("with what it takes", offers[0], "community Mesa View");
    fixture_act(&f, ACTION_OPEN);
    assert_int_equal(f.desk->office, 1);
    fixture_act(&f, ACTION_PROMPT);
    fixture_type(&f, "week 3");
    fixture_act(&f, ACTION_OPEN);
    check_notice("takes nothing", "takes nothing");
    check_number("stays to be mended", desk_screen(f.desk), SCREEN_PROMPT);
}

/* --- the handover --------------------------------------------------------------------------------------- */

static void the_handover_is_signed_and_taken_over_item_by_item(void **state)
{
    (void)state;
    tell_board();
    fixture_act(&f, ACTION_HANDOVER);
    check_text("newest first", desk_selected(f.desk)->id, "joy");
    fixture_forget(&f);
    fixture_act(&f, ACTION_SIGN);
    fixture_type(&f, "Key 12 sticks");
    fixture_act(&f, ACTION_SUBMIT);
    struct command *sign = fixture_command(&f, COMMAND_SIGN);
    check_text("line", sign->text, "Key 12 sticks");
    struct report *report = report_create(REPORT_HANDOVER, sign->token);
    report->handover.at = f.now;
    str_copy(report->handover.agent, AGENT_SIZE, "SK");
    fixture_report(&f, report);
    check_notice("signed", "Signed by SK at 2:07 pm");
    fixture_act(&f, ACTION_TAKE_OVER);
    struct command *mark = fixture_command(&f, COMMAND_MARK);
    check_text("taken over", mark->tour_id, "joy");
    check_number("taken over", mark->mark.kind, MARK_TAKEN_OVER);
    check_text("on to the next", desk_selected(f.desk)->id, "lee");
}

/* --- settling ---------------------------------------------------------------------------------------------- */

static void make_unknown(struct tour *tour)
{
    tour->booking = STATE_UNKNOWN;
    tour->appointment_id[0] = '\0';
    str_copy(tour->email, EMAIL_SIZE, "zoe@example.com");
}

/* Opens the desk of unknowns on a booking about which one thing was found out. */
static void open_settle(enum speaks speaks)
{
    tell_board();
    tell_tour("zoe", make_unknown);
    fixture_act(&f, ACTION_BOARD);
    fixture_act(&f, ACTION_FIRST);
    check_text("unknown first", desk_selected(f.desk)->id, "zoe");
    fixture_forget(&f);
    fixture_act(&f, ACTION_SETTLE);
    struct command *asked = fixture_command(&f, COMMAND_LIST_OPERATIONS);
    check_text("looked up", asked->operation_id, "zoe");
    struct report *report = report_create(REPORT_OPERATIONS, asked->token);
    report->operations = mem_alloc(sizeof *report->operations);
    report->operation_count = 1;
    report->operations->state = STATE_UNKNOWN;
    str_copy(report->operations->id, OPERATION_ID_SIZE, "zoe");
    *tour_list_add(&report->tours) = *tour_list_find(&f.desk->board.tours, "zoe");
    report->evidence[0] = (struct evidence){.at = f.now, .speaks = speaks};
    str_copy(report->evidence[0].words, sizeof report->evidence[0].words, "looked at the times");
    report->evidence_count = 1;
    fixture_report(&f, report);
    check_number("open", desk_screen(f.desk), SCREEN_SETTLE);
}

static void it_is_booked_asks_for_the_number(void **state)
{
    (void)state;
    open_settle(SPEAKS_NOTHING);
    fixture_type(&f, "b");
    fixture_type(&f, "18 842");
    fixture_act(&f, ACTION_SUBMIT);
    struct command *settle = fixture_command(&f, COMMAND_SETTLE);
    check_number("word", settle->word, SETTLE_BOOKED);
    check_text("operation", settle->operation_id, "zoe");
    check_text("number", settle->appointment_id, "18842");
    check_number("closed", desk_screen(f.desk), SCREEN_BOARD);
}

static void it_is_not_is_sent_again_and_against_the_evidence_only_by_a_second_word(void **state)
{
    (void)state;
    open_settle(SPEAKS_AGAINST);
    fixture_type(&f, "n");
    check_number("word", fixture_command(&f, COMMAND_SETTLE)->word, SETTLE_NOT_BOOKED);
    open_settle(SPEAKS_FOR);
    fixture_type(&f, "n");
    assert_null(fixture_command(&f, COMMAND_SETTLE));
    fixture_type(&f, "n");
    assert_null(fixture_command(&f, COMMAND_SETTLE));
    check_number("still open", desk_screen(f.desk), SCREEN_SETTLE);
    fixture_type(&f, "ny");
    check_number("word", fixture_command(&f, COMMAND_SETTLE)->word, SETTLE_NOT_BOOKED);
    check_number("closed", desk_screen(f.desk), SCREEN_BOARD);
}

static void not_wanted_any_more_is_its_own_word_and_against_the_evidence_a_second_one(void **state)
{
    (void)state;
    open_settle(SPEAKS_AGAINST);
    fixture_type(&f, "d");
    check_number("word", fixture_command(&f, COMMAND_SETTLE)->word, SETTLE_DROP);
    check_number("closed", desk_screen(f.desk), SCREEN_BOARD);
    open_settle(SPEAKS_FOR);
    fixture_type(&f, "dn");
    assert_null(fixture_command(&f, COMMAND_SETTLE));
    check_number("still open", desk_screen(f.desk), SCREEN_SETTLE);
    fixture_type(&f, "dy");
    check_number("word", fixture_command(&f, COMMAND_SETTLE)->word, SETTLE_DROP);
}

/* Nobody is asked about an e-mail that could not come: a no would book them twice. */
static void who_gave_no_e_mail_is_not_asked_about_one(void **state)
{
    (void)state;
    struct str words = {0};
    open_settle(SPEAKS_AGAINST);
    f.desk->settle.tour.email[0] = '\0';
    desk_settle_words(f.desk, &words);
    assert_null(strstr(str_text(&words), "Ask:"));
    assert_null(strstr(str_text(&words), "they have no e-mail"));
    check_contains("safe", str_text(&words), "Send it again only if Knock shows no appointment.");
    str_finish(&words);
}

static void leaving_it_settles_nothing_and_other_keys_do_nothing(void **state)
{
    (void)state;
    struct str words = {0};
    open_settle(SPEAKS_AGAINST);
    desk_settle_words(f.desk, &words);
    check_contains("evidence", str_text(&words), "Mon 23 Nov 2:07 pm: looked at the times.");
    check_contains("question", str_text(&words), "confirmation e-mail from Harbor Flats");
    check_contains("safe", str_text(&words), "only if they have no e-mail");
    str_finish(&words);
    fixture_type(&f, "x");
    assert_null(fixture_command(&f, COMMAND_SETTLE));
    fixture_type(&f, "l");
    check_number("word", fixture_command(&f, COMMAND_SETTLE)->word, SETTLE_LEAVE);
}

static void what_is_settled_elsewhere_is_not_asked_any_more(void **state)
{
    (void)state;
    open_settle(SPEAKS_NOTHING);
    struct tour tour = *tour_list_find(&f.desk->board.tours, "zoe");
    tour.booking = STATE_CONFIRMED;
    tell_operation_of(&tour, "zoe", OPERATION_BOOK, STATE_CONFIRMED);
    check_number("closed", desk_screen(f.desk), SCREEN_BOARD);
}

/* --- the sheet after an outage -------------------------------------------------------------------------------- */

static void tell_link(bool online)
{
    struct report *report = report_create(REPORT_LINK, 0);
    report->online = online;
    report->since = f.now;
    fixture_report(&f, report);
}

static void what_waited_is_shown_once_all_of_it_is_through(void **state)
{
    (void)state;
    struct tour ana = make_tour("ana", "Ana", fixture_at(&f, 24, 9, 0));
    struct tour bo = make_tour("bo", "Bo", fixture_at(&f, 24, 10, 0));
    tell_link(false);
    tell_operation_of(&ana, "ana", OPERATION_BOOK, STATE_SAVED);
    tell_operation_of(&bo, "bo", OPERATION_BOOK, STATE_SAVED);
    tell_operation_of(&bo, "bo", OPERATION_BOOK, STATE_SAVED);
    tell_link(true);
    check_notice("back", "2 that waited are sent now");
    tell_operation_of(&ana, "ana", OPERATION_BOOK, STATE_CONFIRMED);
    check_number("not yet", desk_screen(f.desk), SCREEN_CALENDAR);
    tell_operation_of(&bo, "bo", OPERATION_BOOK, STATE_REFUSED);
    check_number("shown", desk_screen(f.desk), SCREEN_RESULTS);
    check_notice("sums", "1 confirmed, 1 refused, 0 unknown");
    check_text("what wants a call comes first", desk_selected(f.desk)->id, "bo");
    fixture_act(&f, ACTION_DOWN);
    check_text("then the rest", desk_selected(f.desk)->id, "ana");
}

static void the_sheet_does_not_come_over_what_is_typed(void **state)
{
    (void)state;
    struct tour ana = make_tour("ana", "Ana", fixture_at(&f, 24, 9, 0));
    tell_link(false);
    tell_operation_of(&ana, "ana", OPERATION_BOOK, STATE_SAVED);
    fixture_act(&f, ACTION_SEARCH);
    tell_link(true);
    tell_operation_of(&ana, "ana", OPERATION_BOOK, STATE_CONFIRMED);
    check_number("search stays", desk_screen(f.desk), SCREEN_SEARCH);
    check_notice("told", "O shows them");
}

static void what_is_taken_back_while_it_waits_is_not_on_the_sheet(void **state)
{
    (void)state;
    struct tour ana = make_tour("ana", "Ana", fixture_at(&f, 24, 9, 0));
    tell_link(false);
    tell_operation_of(&ana, "ana", OPERATION_BOOK, STATE_SAVED);
    tell_operation_of(&ana, "ana", OPERATION_BOOK, STATE_WITHDRAWN);
    tell_link(true);
    assert_int_equal(f.desk->results.count, 0);
    check_number("nothing to show", desk_screen(f.desk), SCREEN_CALENDAR);
}

/* --- a person and the communities --------------------------------------------------------------------------------- */

static void a_stop_is_one_key_and_belongs_to_the_number(void **state)
{
    (void)state;
    tell_board();
    fixture_act(&f, ACTION_BOARD);
    fixture_act(&f, ACTION_PERSON);
    struct command *asked = fixture_command(&f, COMMAND_READ_PERSON);
    struct report *report = report_create(REPORT_PERSON, asked->token);
    report->person.id = 7;
    report->person.consent.state = CONSENT_YES;
    str_copy(report->person.profile.phone, PHONE_SIZE, "+12065550155");
    *tour_list_add(&report->person.tours) = make_tour("zoe", "Zoe", fixture_at(&f, 24, 15, 0));
    *tour_list_add(&report->person.tours) = make_tour("joy", "Zoe", fixture_at(&f, 23, 15, 0));
    *tour_list_add(&report->person.tours) = make_tour("old", "Zoe", fixture_at(&f, 20, 15, 0));
    fixture_report(&f, report);
    check_text("the next to come", desk_selected(f.desk)->id, "joy");
    fixture_forget(&f);
    fixture_act(&f, ACTION_STOP_TEXTS);
    struct command *consent = fixture_command(&f, COMMAND_CONSENT);
    check_text("number", consent->consent.phone, "+12065550155");
    check_number("no", consent->consent.state, CONSENT_NO);
    assert_true(consent->consent.stopped);
    assert_int_equal(consent->person_id, 7);
}

static void every_community_is_a_line_and_enter_goes_there(void **state)
{
    (void)state;
    fixture_act(&f, ACTION_COMMUNITIES);
    fixture_act(&f, ACTION_DOWN);
    fixture_act(&f, ACTION_DOWN);
    assert_int_equal(f.desk->office, 1);
    fixture_act(&f, ACTION_OPEN);
    check_number("there", desk_screen(f.desk), SCREEN_CALENDAR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_board_lists_every_community_and_keeps_the_focus, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_sweep_asks_about_each_tour_once_and_sums_up, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_sweep_steps_back_and_takes_the_mark_back, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_sweep_goes_on_once_the_visit_is_saved_and_leaves_it_when_stepping_back, open_desk,
            close_desk),
        cmocka_unit_test_setup_teardown(
            with_everything_logged_the_sweep_says_so, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            search_asks_at_every_change_and_drops_late_answers, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            a_day_finds_its_tours_and_a_name_a_person, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(help_finds_an_action_and_does_it, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_prompt_completes_does_and_remembers, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_handover_is_signed_and_taken_over_item_by_item, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(it_is_booked_asks_for_the_number, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            it_is_not_is_sent_again_and_against_the_evidence_only_by_a_second_word, open_desk,
            close_desk),
        cmocka_unit_test_setup_teardown(
            who_gave_no_e_mail_is_not_asked_about_one, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            leaving_it_settles_nothing_and_other_keys_do_nothing, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            not_wanted_any_more_is_its_own_word_and_against_the_evidence_a_second_one, open_desk,
            close_desk),
        cmocka_unit_test_setup_teardown(
            what_is_settled_elsewhere_is_not_asked_any_more, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            what_waited_is_shown_once_all_of_it_is_through, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            the_sheet_does_not_come_over_what_is_typed, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            what_is_taken_back_while_it_waits_is_not_on_the_sheet, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            a_stop_is_one_key_and_belongs_to_the_number, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(
            every_community_is_a_line_and_enter_goes_there, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
