/* What a tour is, from the states of its operations and the clock; the words of an operation; lists. */
#include "check.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/tour/report.h"

#include <stdio.h>

enum { START = 1000, END = START + 30 * MINUTE, ANY = 0xFF };

/* Sets of states, one bit each. */
enum {
    NONE = 1 << STATE_NONE,
    SAVED = 1 << STATE_SAVED,
    SENDING = 1 << STATE_SENDING,
    CONFIRMED = 1 << STATE_CONFIRMED,
    REFUSED = 1 << STATE_REFUSED,
    UNKNOWN = 1 << STATE_UNKNOWN,
    WITHDRAWN = 1 << STATE_WITHDRAWN,
    BEFORE = 1,
    DURING = 2,
    AFTER = 4,
    BEGUN = 8,
    KEPT = 1,
    REPLACED = 2,
};

/* The rules of attention, first match wins: each claims a set of bookings, cancels, visits, places
 * and times. */
static const struct {
    int booking, cancel, visit, place, time;
    enum tour_status status;
} rules[] = {
    {ANY, ANY, ANY, REPLACED, ANY, TOUR_REPLACED},
    {ANY, CONFIRMED, ANY, ANY, ANY, TOUR_CANCELLED},
    {UNKNOWN, ANY, ANY, ANY, ANY, TOUR_UNKNOWN},
    {REFUSED, ANY, ANY, ANY, ANY, TOUR_REFUSED},
    {WITHDRAWN, ANY, ANY, ANY, ANY, TOUR_WITHDRAWN},
    {SAVED, ANY, ANY, ANY, ANY, TOUR_SAVED},
    {SENDING, ANY, ANY, ANY, ANY, TOUR_SENDING},
    {ANY, UNKNOWN, ANY, ANY, ANY, TOUR_UNKNOWN},
    {ANY, ANY, UNKNOWN, ANY, ANY, TOUR_UNKNOWN},
    {ANY, SAVED | SENDING, ANY, ANY, ANY, TOUR_CANCELLING},
    {ANY, ANY, CONFIRMED, ANY, ANY, TOUR_LOGGED},
    {ANY, ANY, SAVED | SENDING, ANY, ANY, TOUR_LOGGING},
    {ANY, ANY, ANY, ANY, BEFORE, TOUR_BOOKED},
    {ANY, ANY, ANY, ANY, BEGUN, TOUR_EXPECTED},
    {ANY, ANY, ANY, ANY, DURING, TOUR_LATE},
    {ANY, ANY, ANY, ANY, AFTER, TOUR_UNLOGGED},
};

/* The times that matter: the edges of before, during and after. */
static const struct {
    instant now;
    int time;
} moments[] = {{0, BEFORE}, {START - 1, BEFORE}, {START, BEGUN}, {START + LATE_AFTER - 1, BEGUN},
    {START + LATE_AFTER, DURING}, {END - 1, DURING}, {END, AFTER}, {END + 100000, AFTER}};

static enum tour_status expected(const struct tour *tour, int time)
{
    int booking = 1 << tour->booking, cancel = 1 << tour->cancel, visit = 1 << tour->visit;
    int place = tour->replaced_by[0] ? REPLACED : KEPT;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if ((rules[i].booking & booking) && (rules[i].cancel & cancel) &&
            (rules[i].visit & visit) && (rules[i].place & place) && (rules[i].time & time))
            return rules[i].status;
    return TOUR_STATUSES;
}

/* Calls `check` for every tour there can be, at every moment that matters. */
static void for_every_tour(void (*check)(const struct tour *tour, instant now, int time))
{
    for (int i = 0; i < STATES * STATES * STATES * 2; i++) {
        struct tour tour = {
            .start = {.at = START},
            .end = END,
            .booking = (enum operation_state)(i % STATES),
            .cancel = (enum operation_state)(i / STATES % STATES),
            .visit = (enum operation_state)(i / STATES / STATES % STATES),
        };
        if (i >= STATES * STATES * STATES)
            str_copy(tour.replaced_by, sizeof tour.replaced_by, "another");
        for (size_t k = 0; k < sizeof moments / sizeof *moments; k++)
            check(&tour, moments[k].now, moments[k].time);
    }
}

static void check_status(const struct tour *tour, instant now, int time)
{
    enum tour_status status = tour_status(tour, now);
    if (status != expected(tour, time))
        fail_msg("booking %s, cancel %s, visit %s, at %lld: \"%s\"", state_word(tour->booking),
            state_word(tour->cancel), state_word(tour->visit), (long long)now,
            tour_status_words(status));
}

static void every_combination_has_its_one_status(void **state)
{
    (void)state;
    for_every_tour(check_status);
}

/* What must hold whatever the rules are. */
static void check_promises(const struct tour *tour, instant now, int time)
{
    (void)time;
    enum tour_status status = tour_status(tour, now);
    bool over = status == TOUR_CANCELLED || status == TOUR_REPLACED || status == TOUR_REFUSED ||
                status == TOUR_WITHDRAWN;
    struct error why = {""};
    bool cancel = tour_can_cancel(tour, &why);
    assert_true(cancel == (why.text[0] == '\0'));
    why.text[0] = '\0';
    bool visit = tour_can_visit(tour, &why);
    assert_true(visit == (why.text[0] == '\0'));
    assert_int_equal(tour_can_cancel(tour, NULL), cancel);
    assert_int_equal(tour_can_visit(tour, NULL), visit);

    assert_true(tour_stands(tour) == (!over && tour->booking != STATE_NONE));
    assert_true(tour_upcoming(tour, now) == (tour_stands(tour) && now < END));
    assert_false(over && (cancel || visit));
    bool unknown = tour->booking == STATE_UNKNOWN || tour->cancel == STATE_UNKNOWN ||
                   tour->visit == STATE_UNKNOWN;
    assert_false(unknown && (status == TOUR_BOOKED || status == TOUR_NOW ||
                                status == TOUR_UNLOGGED || status == TOUR_LOGGED));
}

static void no_combination_breaks_a_promise(void **state)
{
    (void)state;
    for_every_tour(check_promises);
}

static void every_status_has_words_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < TOUR_STATUSES; i++) {
        const char *words = tour_status_words((enum tour_status)i);
        assert_non_null(words);
        assert_true(words[0] != '\0');
        for (int k = 0; k < i; k++)
            assert_string_not_equal(words, tour_status_words((enum tour_status)k));
    }
    assert_string_equal(tour_status_words(TOUR_UNLOGGED), "needs a visit log");
    assert_string_equal(tour_status_words(TOUR_NOW), "in the unit now");
}

static void marks_of_staff_decide_what_the_clock_cannot_know(void **state)
{
    (void)state;
    struct tour tour = {.start = {.at = START}, .end = END, .booking = STATE_CONFIRMED};
    tour.arrived_at = START - 1;
    assert_int_equal(tour_status(&tour, START - 1), TOUR_NOW); /* early is there all the same */
    assert_int_equal(tour_status(&tour, END - 1), TOUR_NOW);
    assert_int_equal(tour_status(&tour, END), TOUR_UNLOGGED);
    tour.no_show = true;
    assert_int_equal(tour_status(&tour, END), TOUR_NO_SHOW);
    tour.visit = STATE_CONFIRMED; /* they came after all */
    assert_int_equal(tour_status(&tour, END), TOUR_LOGGED);
    assert_string_equal(tour_late_words(10 * MINUTE), "late");
    assert_string_equal(tour_late_words(20 * MINUTE), "very late");
    assert_string_equal(tour_late_words(30 * MINUTE), "hardly coming");
}

static const struct {
    enum operation_state booking, cancel, visit;
    const char *replaced_by, *no_cancel, *no_visit; /* NULL = it can */
} cans[] = {
    {STATE_CONFIRMED, STATE_NONE, STATE_NONE, "", NULL, NULL},
    {STATE_CONFIRMED, STATE_REFUSED, STATE_NONE, "", NULL, NULL},
    {STATE_CONFIRMED, STATE_WITHDRAWN, STATE_NONE, "", NULL, NULL},
    {STATE_CONFIRMED, STATE_UNKNOWN, STATE_NONE, "", NULL, NULL},
    {STATE_CONFIRMED, STATE_NONE, STATE_REFUSED, "", NULL, NULL},
    {STATE_CONFIRMED, STATE_NONE, STATE_WITHDRAWN, "", NULL, NULL},
    {STATE_SENDING, STATE_NONE, STATE_NONE, "", NULL, NULL},
    {STATE_SAVED, STATE_NONE, STATE_NONE, "", "this booking has not left yet: take it back instead",
        NULL},
    {STATE_UNKNOWN, STATE_NONE, STATE_NONE, "",
        "whether this tour was booked is unknown: settle that first", NULL},
    {STATE_REFUSED, STATE_NONE, STATE_NONE, "", "this booking was refused: there is no tour",
        "this booking was refused: there is no tour"},
    {STATE_WITHDRAWN, STATE_NONE, STATE_NONE, "", "this booking was taken back: there is no tour",
        "this booking was taken back: there is no tour"},
    {STATE_CONFIRMED, STATE_CONFIRMED, STATE_NONE, "", "this tour was cancelled",
        "this tour was cancelled"},
    {STATE_CONFIRMED, STATE_SAVED, STATE_NONE, "", "this tour is being cancelled",
        "this tour is being cancelled"},
    {STATE_CONFIRMED, STATE_SENDING, STATE_NONE, "", "this tour is being cancelled",
        "this tour is being cancelled"},
    {STATE_CONFIRMED, STATE_NONE, STATE_NONE, "b2", "another tour took the place of this one",
        "another tour took the place of this one"},
    {STATE_CONFIRMED, STATE_NONE, STATE_CONFIRMED, "", "the visit of this tour is logged",
        "the visit of this tour is logged already"},
    {STATE_CONFIRMED, STATE_NONE, STATE_SAVED, "", NULL, "a visit of this tour is being logged"},
    {STATE_CONFIRMED, STATE_NONE, STATE_SENDING, "", NULL, "a visit of this tour is being logged"},
    {STATE_CONFIRMED, STATE_NONE, STATE_UNKNOWN, "", NULL,
        "whether this visit was logged is unknown: settle that first"},
};

static void what_cannot_be_done_is_said_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cans / sizeof *cans; i++) {
        struct tour tour = {.start = {.at = START},
            .end = END,
            .booking = cans[i].booking,
            .cancel = cans[i].cancel,
            .visit = cans[i].visit};
        str_copy(tour.replaced_by, sizeof tour.replaced_by, cans[i].replaced_by);
        char row[64];
        snprintf(row, sizeof row, "row %zu", i);
        struct error why = {""};
        tour_can_cancel(&tour, &why);
        check_text(row, why.text, cans[i].no_cancel ? cans[i].no_cancel : "");
        why.text[0] = '\0';
        tour_can_visit(&tour, &why);
        check_text(row, why.text, cans[i].no_visit ? cans[i].no_visit : "");
    }
}

static void operations_have_words_that_are_read_back(void **state)
{
    (void)state;
    static const char *const kinds[] = {"book", "cancel", "visit", "register", "call"};
    for (int i = 0; i < OPERATION_KINDS; i++) {
        enum operation_kind back = OPERATION_KINDS;
        check_text("kind", operation_kind_word((enum operation_kind)i), kinds[i]);
        assert_true(operation_kind_parse(kinds[i], &back));
        assert_int_equal(back, i);
    }
    static const char *const states[] = {
        "", "saved", "sending", "confirmed", "refused", "unknown", "withdrawn"};
    for (int i = 0; i < STATES; i++) {
        enum operation_state back = STATES;
        check_text("state", state_word((enum operation_state)i), states[i]);
        assert_true(state_parse(states[i], &back));
        assert_int_equal(back, i);
        bool settled = i == STATE_CONFIRMED || i == STATE_REFUSED || i == STATE_WITHDRAWN;
        assert_int_equal(state_settled((enum operation_state)i), settled);
    }
    static const char *const askers[] = {"prospect", "staff"};
    for (int i = 0; i < 2; i++) {
        enum asked_by back = ASKED_BY_PROSPECT;
        check_text("asked by", asked_by_word((enum asked_by)i), askers[i]);
        assert_true(asked_by_parse(askers[i], &back));
        assert_int_equal(back, i);
    }
}

static void every_reason_has_a_token_and_words(void **state)
{
    (void)state;
    for (int i = 0; i < REASONS; i++) {
        const char *token = reason_token((enum reason)i), *words = reason_words((enum reason)i);
        enum reason back = REASONS;
        assert_non_null(token);
        assert_non_null(words);
        assert_true((token[0] == '\0') == (i == REASON_NONE));
        assert_true((words[0] == '\0') == (i == REASON_NONE));
        check_text(token, token + strspn(token, "abcdefghijklmnopqrstuvwxyz_"), "");
        check_holds(token, reason_parse(token, &back), "was not read");
        check_number(token, back, i);
    }
}

static void words_that_mean_nothing_are_refused(void **state)
{
    (void)state;
    static const char *const words[] = {"Book", "booked", "SAVED", "save", " saved", "?"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        enum operation_kind kind = OPERATION_VISIT;
        enum operation_state operation_state = STATE_UNKNOWN;
        enum reason reason = REASON_TAKEN;
        enum asked_by asked_by = ASKED_BY_STAFF;
        assert_false(operation_kind_parse(words[i], &kind));
        assert_false(state_parse(words[i], &operation_state));
        assert_false(reason_parse(words[i], &reason));
        assert_false(asked_by_parse(words[i], &asked_by));
        assert_true(kind == OPERATION_VISIT && operation_state == STATE_UNKNOWN);
        assert_true(reason == REASON_TAKEN && asked_by == ASKED_BY_STAFF);
    }
}

static void a_calls_words_are_knocks_tokens_however_they_are_typed(void **state)
{
    (void)state;
    static const char *const typed[][3] = {
        {"ANSWERED", "answered", "Answered"},
        {"MISSED_NO_VOICEMAIL", "missed-no-voicemail", "missed_no_voicemail"},
        {"MISSED_VOICEMAIL", "missed-voicemail", "Missed-Voicemail"},
        {"HUNG_UP", "hung-up", "HUNG-UP"},
        {"FAILED", "failed", "Failed"},
        {"TERMINATED", "terminated", "Terminated"},
    };
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        for (size_t k = 0; k < 3; k++) {
            enum call_outcome outcome = CALL_ANSWERED;
            assert_true(call_outcome_parse(typed[i][k], &outcome));
            check_text(typed[i][k], call_outcome_token(outcome), typed[i][0]);
        }
    enum call_type type = CALL_INBOUND;
    assert_true(call_type_parse("outbound", &type));
    assert_string_equal(call_type_token(type), "OUTBOUND");
    static const char *const wrong[] = {
        "", "answer", "hung up", "missed-voicemail-and-many-more-words-behind-it"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        enum call_outcome outcome = CALL_FAILED;
        assert_false(call_outcome_parse(wrong[i], &outcome) || call_type_parse(wrong[i], &type));
        assert_true(outcome == CALL_FAILED && type == CALL_OUTBOUND);
    }
}

static void lists_of_tours_grow_zeroed_and_are_searched_by_id(void **state)
{
    (void)state;
    struct tour_list list = {0};
    for (int i = 0; i < 100; i++) {
        struct tour *tour = tour_list_add(&list);
        assert_true(tour->booking == STATE_NONE && tour->id[0] == '\0' && tour->end == 0);
        str_print(tour->id, sizeof tour->id, "t%d", i);
        tour->booking = STATE_CONFIRMED;
    }
    assert_int_equal(list.count, 100);
    assert_ptr_equal(tour_list_find(&list, "t42"), &list.items[42]);
    assert_null(tour_list_find(&list, "t100"));
    assert_null(tour_list_find(&list, ""));
    list.count = 0; /* used memory is zeroed too */
    assert_true(tour_list_add(&list)->id[0] == '\0' && list.items[0].booking == STATE_NONE);
    tour_list_finish(&list);
    assert_true(list.items == NULL && list.count == 0);
    assert_null(tour_list_find(&list, "t1"));
}

static void communities_are_found_by_id_and_own_what_they_hold(void **state)
{
    (void)state;
    struct community items[2] = {{.id = "a1"}, {.id = "b2"}};
    char name[] = "M6-202";
    for (int i = 0; i < 50; i++)
        community_add_unit(&items[1], name);
    name[0] = 'X';
    assert_int_equal(items[1].unit_count, 50);
    assert_string_equal(items[1].units[49], "M6-202");
    items[1].zone = zone_load("UTC", NULL);
    assert_ptr_equal(community_find(items, 2, "b2"), &items[1]);
    assert_null(community_find(items, 2, "B2"));
    assert_null(community_find(items, 0, "a1"));
    community_finish(&items[0]);
    community_finish(&items[1]);
    assert_true(items[1].zone == NULL && items[1].unit_count == 0);
}

static void reports_free_what_they_own(void **state)
{
    (void)state;
    struct report *report = report_create(REPORT_STOPPED, 42);
    assert_int_equal(report->token, 42);
    assert_int_equal(report->kind, REPORT_STOPPED);
    char longest[2 * SOURCE_SIZE];
    memset(longest, 's', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    source_list_add(&report->sources, "Walk-in");
    source_list_add(&report->sources, longest);
    assert_string_equal(report->sources.titles[0], "Walk-in");
    assert_int_equal(strlen(report->sources.titles[1]), SOURCE_SIZE - 1);
    tour_list_add(&report->tours);
    slot_list_add(&report->slots, &(struct slot){.text = "x"});
    report->operation = mem_alloc(sizeof *report->operation);
    report->tour = mem_alloc(sizeof *report->tour);
    report_destroy(report);
    report_destroy(NULL);

    struct command *command = command_create(COMMAND_VISIT);
    assert_true(command->kind == COMMAND_VISIT && command->token == 0 && !command->at_once);
    command_destroy(command);
    command_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_combination_has_its_one_status),
        cmocka_unit_test(no_combination_breaks_a_promise),
        cmocka_unit_test(every_status_has_words_of_its_own),
        cmocka_unit_test(marks_of_staff_decide_what_the_clock_cannot_know),
        cmocka_unit_test(what_cannot_be_done_is_said_in_words),
        cmocka_unit_test(operations_have_words_that_are_read_back),
        cmocka_unit_test(every_reason_has_a_token_and_words),
        cmocka_unit_test(words_that_mean_nothing_are_refused),
        cmocka_unit_test(a_calls_words_are_knocks_tokens_however_they_are_typed),
        cmocka_unit_test(lists_of_tours_grow_zeroed_and_are_searched_by_id),
        cmocka_unit_test(communities_are_found_by_id_and_own_what_they_hold),
        cmocka_unit_test(reports_free_what_they_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
