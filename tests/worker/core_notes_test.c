/* What stays in the house: marks, texts, people, finding, drafts, handovers, soft holds. Each as it goes, and with a
 * ledger that cannot keep or read it. */
#include "desk.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

static struct command *ask_mark(enum command_kind kind, const char *tour_id)
{
    struct command *command = ask_of(kind, "");
    str_copy(command->tour_id, OPERATION_ID_SIZE, tour_id);
    command->mark.kind = MARK_NOTE;
    str_copy(command->mark.text, NOTE_SIZE, "wants a cat");
    return command;
}

static struct command *ask_consent(void)
{
    struct command *command = ask_of(COMMAND_CONSENT, "");
    str_copy(command->consent.phone, PHONE_SIZE, "+12065550155");
    command->consent.state = CONSENT_NO;
    command->person_id = 1;
    return command;
}

static struct command *ask_text(enum command_kind kind, const char *text)
{
    struct command *command = ask_of(kind, "");
    str_copy(command->text, NOTE_SIZE, text);
    command->query = (struct tour_query){.to = INT64_MAX};
    command->person_id = 1;
    return command;
}

static struct command *ask_draft(const char *text)
{
    struct command *command = ask_of(COMMAND_KEEP_DRAFT, "");
    str_copy(command->draft.form, sizeof command->draft.form, "book");
    command->draft.text = mem_text(text);
    return command;
}

static struct command *ask_hold(instant start)
{
    struct command *command = ask_book(3);
    command->kind = COMMAND_HOLD;
    command->booking.start.at = start;
    return command;
}

/* --- as it goes -------------------------------------------------------------------------------------------- */

static void a_mark_is_told_with_its_tour_and_can_be_taken_back_once(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 3, "Ana", "+12065550155", id);
    uint64_t token = desk_ask(desk, ask_mark(COMMAND_MARK, id));
    assert_string_equal(desk_report(desk, REPORT_TOUR, token)->tour->note, "wants a cat");
    token = desk_ask(desk, ask_mark(COMMAND_UNMARK, id));
    assert_string_equal(desk_report(desk, REPORT_TOUR, token)->tour->note, "");
    expect_stopped(desk, ask_mark(COMMAND_UNMARK, id), REASON_NOT_KNOWN, "no such mark");
}

static void people_are_found_and_told_with_all_that_is_known(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 3, "Ana", "+12065550155", id);
    uint64_t token = desk_ask(desk, ask_text(COMMAND_SEARCH, "an"));
    assert_int_equal(desk_report(desk, REPORT_TOURS, token)->tours.count, 1);
    token = desk_ask(desk, ask_text(COMMAND_SEARCH, "nobody"));
    assert_int_equal(desk_report(desk, REPORT_TOURS, token)->tours.count, 0);
    token = desk_ask(desk, ask_consent());
    const struct report *report = desk_report(desk, REPORT_PERSON, token);
    assert_int_equal(report->person.consent.state, CONSENT_NO);
    assert_string_equal(report->person.profile.first_name, "Ana");
    struct command *nobody = ask_text(COMMAND_READ_PERSON, "");
    nobody->person_id = 99;
    token = desk_ask(desk, nobody);
    check_contains("nobody", desk_report(desk, REPORT_PERSON, token)->trouble.text, "nobody");
}

static void a_shift_is_signed_and_the_next_one_reads_it(void **state)
{
    struct desk *desk = *state;
    uint64_t token = desk_ask(desk, ask_text(COMMAND_READ_HANDOVER, ""));
    assert_int_equal(desk_report(desk, REPORT_HANDOVER, token)->handover.at, 0);
    token = desk_ask(desk, ask_text(COMMAND_SIGN, "two calls are open"));
    const struct report *report = desk_report(desk, REPORT_HANDOVER, token);
    assert_string_equal(report->handover.text, "two calls are open");
    assert_int_equal(report->handover.at, desk->now);
}

static void a_draft_is_kept_until_its_text_is_gone(void **state)
{
    struct desk *desk = *state;
    desk_ask(desk, ask_draft("First name\tAna\n"));
    assert_string_equal(ask_file(desk->scratch, "SELECT text FROM draft"), "First name\tAna\n");
    desk_ask(desk, ask_draft(""));
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM draft"), "0");
}

static void a_hold_is_seen_by_another_desk_until_it_is_dropped(void **state)
{
    struct desk *desk = *state, other;
    desk_join(&other, desk, false);
    desk_ask(desk, ask_hold(desk_slot(3)));
    desk_run(&other, 2 * SECOND);
    const struct report *report = desk_report(&other, REPORT_HOLDS, 0);
    assert_non_null(report);
    assert_int_equal(report->holds.count, 1);
    assert_int_equal(report->holds.items[0].start, desk_slot(3));
    desk_run(desk, 2 * MINUTE); /* it is renewed as long as somebody types */
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM hold"), "1");
    desk_ask(desk, ask_hold(0));
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM hold"), "0");
    desk_run(desk, MINUTE);
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM hold"), "0");
    desk_leave(&other);
}

static void what_is_not_settled_is_listed_whenever_it_changed(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 3, "Ana", "+12065550155", id);
    struct command *later = ask_book_for(5, "Ben", "", "+12065550166");
    later->at_once = false;
    uint64_t waiting = desk_ask(desk, later);
    struct command *list = command_create(COMMAND_LIST_OPERATIONS);
    list->unsettled = true;
    list->since = INT64_MAX;
    uint64_t token = desk_ask(desk, list);
    const struct report *report = desk_report(desk, REPORT_OPERATIONS, token);
    assert_int_equal(report->operation_count, 1);
    assert_string_equal(report->operations[0].id, desk_told(desk, waiting)->id);
    assert_string_equal(report->tours.items[0].first_name, "Ben");
}

/* --- as it fails ------------------------------------------------------------------------------------------- */

/* What is in the way, and the command that says so. */
static void what_cannot_be_kept_is_stopped_and_works_afterwards(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, 3, "Ana", "+12065550155", id);
    desk_ask(desk, ask_mark(COMMAND_MARK, id));
    static const struct {
        const char *event, *count, *before, *after;
        enum command_kind kind;
        enum report_kind told;
    } rows[] = {
        {"INSERT ON mark", "SELECT count(*) FROM mark", "1", "2", COMMAND_MARK, REPORT_TOUR},
        {"INSERT ON history", "SELECT count(*) FROM mark", "2", "3", COMMAND_MARK, REPORT_TOUR},
        {"UPDATE ON mark", "SELECT count(*) FROM mark WHERE undone = 0", "3", "2", COMMAND_UNMARK,
            REPORT_TOUR},
        {"INSERT ON history", "SELECT count(*) FROM mark WHERE undone = 0", "2", "1",
            COMMAND_UNMARK, REPORT_TOUR},
        {"INSERT ON consent", "SELECT count(*) FROM consent", "0", "1", COMMAND_CONSENT,
            REPORT_PERSON},
        {"INSERT ON handover", "SELECT count(*) FROM handover", "0", "1", COMMAND_SIGN,
            REPORT_HANDOVER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int works = 0; works < 2; works++) {
            char sql[200];
            bool marks = rows[i].kind == COMMAND_MARK || rows[i].kind == COMMAND_UNMARK;
            struct command *command = marks ? ask_mark(rows[i].kind, id)
                                      : rows[i].kind == COMMAND_CONSENT
                                          ? ask_consent()
                                          : ask_text(rows[i].kind, "two calls are open");
            str_print(sql, sizeof sql,
                "CREATE TRIGGER stop BEFORE %s BEGIN SELECT RAISE(FAIL, 'no room'); END",
                rows[i].event);
            if (works) {
                uint64_t token = desk_ask(desk, command);
                check_holds(
                    rows[i].event, desk_report(desk, rows[i].told, token) != NULL, "is not told");
            } else {
                ask_file(desk->scratch, sql);
                expect_stopped(desk, command, REASON_LEDGER, "no room");
                ask_file(desk->scratch, "DROP TRIGGER stop");
            }
            check_text(rows[i].event, ask_file(desk->scratch, rows[i].count),
                works ? rows[i].after : rows[i].before);
        }
}

static void a_draft_or_a_hold_that_cannot_be_kept_is_said(void **state)
{
    struct desk *desk = *state;
    static const char *const tables[] = {"draft", "hold"};
    for (size_t i = 0; i < 2; i++) {
        char sql[200];
        struct command *command = i == 0 ? ask_draft("First name\tAna\n") : ask_hold(desk_slot(3));
        str_print(sql, sizeof sql,
            "CREATE TRIGGER stop BEFORE INSERT ON %s BEGIN SELECT RAISE(FAIL, 'no room'); END",
            tables[i]);
        ask_file(desk->scratch, sql);
        desk_forget(desk);
        desk_ask(desk, command);
        const struct report *report = desk_report(desk, REPORT_TROUBLE, 0);
        check_holds(tables[i], report != NULL, "was not said");
        check_contains(tables[i], report->trouble.text, "no room");
        ask_file(desk->scratch, "DROP TRIGGER stop");
    }
    desk_run(desk, MINUTE); /* the hold is renewed */
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM hold"), "1");
}

/* Nothing is told as if there were nothing: each answer has the words. */
static void what_cannot_be_read_is_said(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *table;
        enum command_kind kind;
        enum report_kind told;
    } rows[] = {
        {"person", COMMAND_SEARCH, REPORT_TOURS},
        {"person", COMMAND_READ_PERSON, REPORT_PERSON},
        {"mark", COMMAND_READ_PERSON, REPORT_PERSON},
        {"history", COMMAND_READ_PERSON, REPORT_PERSON},
        {"consent", COMMAND_READ_PERSON, REPORT_PERSON},
        {"handover", COMMAND_READ_HANDOVER, REPORT_HANDOVER},
        {"draft", COMMAND_READ_DRAFTS, REPORT_DRAFTS},
    };
    char id[OPERATION_ID_SIZE], sql[100];
    desk_booked(desk, 3, "Ana", "+12065550155", id);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str_print(sql, sizeof sql, "ALTER TABLE %s RENAME TO elsewhere", rows[i].table);
        ask_file(desk->scratch, sql);
        uint64_t token = desk_ask(desk, ask_text(rows[i].kind, "an"));
        const struct report *report = desk_report(desk, rows[i].told, token);
        check_contains(rows[i].table, report->trouble.text, rows[i].table);
        str_print(sql, sizeof sql, "ALTER TABLE elsewhere RENAME TO %s", rows[i].table);
        ask_file(desk->scratch, sql);
        token = desk_ask(desk, ask_text(rows[i].kind, "an"));
        check_text(rows[i].table, desk_report(desk, rows[i].told, token)->trouble.text, "");
    }
}

/* A draft of a program that ended, which cannot be made ours, stays where it is for the next try. */
static void a_draft_that_cannot_be_taken_over_is_not_lost(void **state)
{
    struct desk *desk = *state;
    static const char *const events[] = {"INSERT ON draft", "DELETE ON draft"};
    char text[] = "First name\tAna\n";
    struct draft draft = {.form = "book", .text = text};
    assert_true(ledger_put_draft(desk->ledger, "99999998 a", &draft, NULL));
    for (size_t i = 0; i < 2; i++) {
        char sql[200];
        str_print(sql, sizeof sql,
            "CREATE TRIGGER stop BEFORE %s BEGIN SELECT RAISE(FAIL, 'no room'); END", events[i]);
        ask_file(desk->scratch, sql);
        uint64_t token = desk_ask(desk, command_create(COMMAND_READ_DRAFTS));
        check_number(
            events[i], (long long)desk_report(desk, REPORT_DRAFTS, token)->drafts.count, 0);
        ask_file(desk->scratch, "DROP TRIGGER stop");
        check_text(events[i],
            ask_file(desk->scratch, "SELECT text FROM draft WHERE owner = '99999998 a'"), text);
    }
    uint64_t token = desk_ask(desk, command_create(COMMAND_READ_DRAFTS));
    assert_int_equal(desk_report(desk, REPORT_DRAFTS, token)->drafts.count, 1);
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM draft"), "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_mark_is_told_with_its_tour_and_can_be_taken_back_once, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            people_are_found_and_told_with_all_that_is_known, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_shift_is_signed_and_the_next_one_reads_it, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_draft_is_kept_until_its_text_is_gone, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_hold_is_seen_by_another_desk_until_it_is_dropped, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_is_not_settled_is_listed_whenever_it_changed, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_cannot_be_kept_is_stopped_and_works_afterwards, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_draft_or_a_hold_that_cannot_be_kept_is_said, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_said, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_draft_that_cannot_be_taken_over_is_not_lost, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
