/* Killed at every point: before each request leaves, after it was applied, and after each word to staff. What
 * was said to be saved is there afterwards, and nothing that cannot be repeated was sent twice. */
#include "desk.h"

#include "tourdesk/base/str.h"

#include <stdio.h>
#include <stdlib.h>

static const char REQUEST[] = "POST /appointment/request";
static const char VISIT[] = "POST /visit";
enum { CANCEL_TRIES = 3 }; /* a cancel that was lost so often rests until somebody asks */

/* Where the desk is killed: at point number `at`, counted from 1; 0 = never. */
static struct {
    struct desk *desk;
    int at, passed;
    char saved[16][OPERATION_ID_SIZE]; /* what staff were told of */
    size_t saved_count;
} fate;

static void pass_point(void)
{
    if (++fate.passed == fate.at)
        desk_kill(fate.desk);
}

static void before_it_leaves(void *self, const struct http_request *request)
{
    (void)self, (void)request;
    pass_point();
}

/* The office has applied it; the answer is on its way. */
static bool after_it_was_applied(
    void *self, const struct http_request *request, struct script_reply *reply)
{
    (void)self, (void)request, (void)reply;
    pass_point();
    return false;
}

static void note_saved(const char *id)
{
    for (size_t i = 0; i < fate.saved_count; i++)
        if (strcmp(fate.saved[i], id) == 0)
            return;
    str_copy(fate.saved[fate.saved_count++], OPERATION_ID_SIZE, id);
}

static void after_it_was_told(void *self, struct report *report)
{
    (void)self;
    if (report->kind == REPORT_OPERATION && !fate.desk->killed) {
        note_saved(report->operation->id);
        pass_point();
    }
    report_destroy(report);
}

/* --- the story ------------------------------------------------------------------------------------------------ */

static void ask_and_run(struct desk *desk, struct command *command, int64_t milliseconds)
{
    if (desk->killed) {
        command_destroy(command);
        return;
    }
    desk_ask(desk, command);
    desk_run(desk, milliseconds);
}

/* The id of the booking for a slot, "" where it was never asked for. */
static const char *booking_at(struct desk *desk, int slot)
{
    static char id[OPERATION_ID_SIZE];
    char sql[160];
    str_print(sql, sizeof sql,
        "SELECT operation_id FROM booking WHERE start_at = %lld ORDER BY rowid DESC LIMIT 1",
        (long long)desk_slot(slot));
    str_copy(id, sizeof id, ask_file(desk->scratch, sql));
    return id;
}

/* Three bookings; one is cancelled, one visited, one moved. */
static void tell_the_story(struct desk *desk)
{
    ask_and_run(desk, ask_book_for(3, "Ana", "", "+12065550155"), 0);
    ask_and_run(desk, ask_book_for(4, "Ben", "", "+12065550166"), 0);
    ask_and_run(desk, ask_book_for(5, "Isa", "", "+12065550177"), 3000);
    ask_and_run(desk, ask_cancel(booking_at(desk, 4)), 0);
    ask_and_run(desk, ask_visit(booking_at(desk, 3)), 3000);
    struct command *move = ask_cancel(booking_at(desk, 5));
    move->kind = COMMAND_RESCHEDULE;
    move->booking.start = (struct stamp){.at = desk_slot(7), .offset = -28800};
    move->booking.replace = true;
    ask_and_run(desk, move, 5000);
}

static void begin_story(struct desk *desk, int at)
{
    fate.desk = desk;
    fate.at = at;
    fate.passed = 0;
    fate.saved_count = 0;
    desk->settings.tell = after_it_was_told;
    desk_restart(desk);
    script_watch(desk->script, before_it_leaves, NULL);
    script_serve(desk->script, after_it_was_applied, NULL);
    tell_the_story(desk);
    script_watch(desk->script, NULL, NULL);
    script_serve(desk->script, NULL, NULL);
}

/* --- what must hold ----------------------------------------------------------------------------------------------- */

/* Whether a request of the route with this in its body was sent, and not more than once. */
static bool sent_once(const struct desk *desk, const char *route, const char *part)
{
    size_t count = 0;
    const struct script_request *request;
    for (size_t i = 0; (request = script_request(desk->script, route, i)) != NULL; i++)
        count += strstr(request->body, part) != NULL;
    if (count > 1)
        fail_msg("point %d: %s with %s was sent %zu times", fate.at, route, part, count);
    return count == 1;
}

static void check_operation(struct desk *desk, const struct operation *o)
{
    char name[128];
    str_print(name, sizeof name, "point %d: %s is %s", fate.at, operation_kind_word(o->kind),
        state_word(o->state));
    bool waits = false;
    if (o->kind == OPERATION_CANCEL || o->kind == OPERATION_VISIT)
        waits = tour_of(desk->ledger, o->tour_id).booking == STATE_UNKNOWN;
    check_holds(name, o->state != STATE_SENDING, "for ever");
    check_holds(name, o->state != STATE_SAVED || waits, "and waits for nothing");
    check_holds(name, o->state != STATE_WITHDRAWN, "by nobody");
    if (o->kind == OPERATION_CANCEL)
        check_holds(name, o->state == STATE_CONFIRMED || waits || o->attempts >= CANCEL_TRIES,
            "though it may be repeated");
    char start[80];
    str_print(start, sizeof start, "\"startTime\":\"%s\"", o->booking.start_text);
    if (o->kind == OPERATION_BOOK && o->state == STATE_CONFIRMED)
        check_holds(name, sent_once(desk, REQUEST, start), "and was never sent");
}

static void check_everything(struct desk *desk)
{
    struct operation_list list = {0};
    struct operation found;
    for (size_t i = 0; i < fate.saved_count; i++)
        check_number(
            fate.saved[i], ledger_operation(desk->ledger, fate.saved[i], &found, NULL), FOUND_ONE);
    assert_true(ledger_operations_since(desk->ledger, 0, &list, NULL));
    for (size_t i = 0; i < list.count; i++)
        check_operation(desk, &list.items[i]);
    operation_list_finish(&list);
    sent_once(desk, REQUEST, "\"startTime\":\"2026-11-24T10:30:00");
    sent_once(desk, REQUEST, "\"startTime\":\"2026-11-24T11:00:00");
    sent_once(desk, REQUEST, "\"startTime\":\"2026-11-24T11:30:00");
    sent_once(desk, REQUEST, "\"startTime\":\"2026-11-24T12:30:00");
    sent_once(desk, VISIT, "visitTime");
    assert_true(ledger_check(desk->ledger, NULL));
}

/* --- the tests -------------------------------------------------------------------------------------------------------- */

static int points; /* of the undisturbed story */

static void undisturbed_the_story_ends_well(void **state)
{
    struct desk *desk = *state;
    begin_story(desk, 0);
    points = fate.passed;
    check_everything(desk);
    assert_string_equal(
        ask_file(desk->scratch, "SELECT group_concat(DISTINCT state) FROM operation"), "confirmed");
    assert_string_equal(ask_file(desk->scratch, "SELECT count(*) FROM operation"), "7");
    assert_int_equal(script_sent(desk->script, "PUT"), 2);
}

static void killed_at_any_point_nothing_is_lost_and_nothing_is_sent_twice(void **state)
{
    (void)state;
    int unknown = 0;
    assert_true(points > 30);
    for (int at = 1; at <= points; at++) {
        void *desk_state;
        assert_int_equal(desk_open(&desk_state), 0);
        struct desk *desk = desk_state;
        begin_story(desk, at);
        assert_true(desk->killed);
        desk_revive(desk, 61 * SECOND);
        desk_run(desk, 10 * MINUTE);
        check_everything(desk);
        unknown += strcmp(ask_file(desk->scratch,
                              "SELECT count(*) FROM operation WHERE state = 'unknown'"),
                       "0") != 0;
        desk_close(&desk_state);
    }
    assert_true(unknown > 4); /* the points at which nobody can tell */
}

static void killed_again_while_it_picks_up_the_pieces_nothing_changes(void **state)
{
    (void)state;
    for (int at = 1; at <= points; at += 4) {
        void *desk_state;
        assert_int_equal(desk_open(&desk_state), 0);
        struct desk *desk = desk_state;
        begin_story(desk, at);
        for (int again = 1; again <= 3; again++) {
            desk_revive(desk, 61 * SECOND);
            fate.passed = 0;
            fate.at = again;
            script_watch(desk->script, before_it_leaves, NULL);
            script_serve(desk->script, after_it_was_applied, NULL);
            desk_run(desk, 10 * MINUTE);
            if (!desk->killed)
                desk_kill(desk);
        }
        script_watch(desk->script, NULL, NULL);
        script_serve(desk->script, NULL, NULL);
        desk_revive(desk, 61 * SECOND);
        fate.at = at;
        fate.passed = points;
        desk_run(desk, 10 * MINUTE);
        check_everything(desk);
        desk_close(&desk_state);
    }
}

/* Before the claim has run out nobody else touches what was being sent. */
static void right_after_the_kill_what_was_sending_is_left_alone(void **state)
{
    struct desk *desk = *state;
    begin_story(desk, 0);
    char id[OPERATION_ID_SIZE];
    script_serve(desk->script, after_it_was_applied, NULL);
    fate.passed = 0;
    fate.at = 4; /* told that it is saved; the list, the person, the request */
    desk_ask(desk, ask_book_for(9, "Eva", "", "+12065550188"));
    desk_run(desk, 5000);
    assert_true(desk->killed);
    desk_revive(desk, 10 * SECOND);
    str_copy(id, sizeof id, booking_at(desk, 9));
    desk_run(desk, 20 * SECOND);
    assert_int_equal(desk_state(desk, id), STATE_SENDING);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_UNKNOWN, REASON_INTERRUPTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(undisturbed_the_story_ends_well, desk_open, desk_close),
        cmocka_unit_test(killed_at_any_point_nothing_is_lost_and_nothing_is_sent_twice),
        cmocka_unit_test(killed_again_while_it_picks_up_the_pieces_nothing_changes),
        cmocka_unit_test_setup_teardown(
            right_after_the_kill_what_was_sending_is_left_alone, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
