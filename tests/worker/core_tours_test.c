/* What becomes of a tour after it was booked: cancels, visits, moving it, and the order in which things go. */
#include "desk.h"

#include "tourdesk/base/str.h"

static const char REQUEST[] = "POST /appointment/request";
static const char CANCEL[] = "PUT /appointment/";
static const char VISIT[] = "POST /visit";

static struct script_reply slow(const char *body, int64_t delay)
{
    return (struct script_reply){.status = 200, .body = body, .delay = delay};
}

/* A confirmed tour, its appointment "a101" or later. */
static struct tour make_tour(struct desk *desk, int slot)
{
    char id[OPERATION_ID_SIZE];
    desk_booked(desk, slot, "Ana", "+12065550155", id);
    return tour_of(desk->ledger, id);
}

static void id_of(struct desk *desk, uint64_t token, char out[OPERATION_ID_SIZE])
{
    str_copy(out, OPERATION_ID_SIZE, desk_told(desk, token)->id);
}

/* --- cancels ----------------------------------------------------------------------------------------------- */

static void a_cancel_is_sent_and_confirmed(void **state)
{
    struct desk *desk = *state;
    struct tour tour = make_tour(desk, 3);
    struct command *command = ask_cancel(tour.id);
    str_copy(command->cancelling.reason, NOTE_SIZE, "has a cold");
    command->cancelling.asked_by = ASKED_BY_STAFF;
    uint64_t token = desk_ask(desk, command);
    assert_int_equal(tour_of(desk->ledger, tour.id).cancel, STATE_SAVED);
    desk_run(desk, 1000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, "PUT /appointment/a101/cancel"), 1);
    assert_null(script_request(desk->script, CANCEL, 0)->body);
    tour = tour_of(desk->ledger, tour.id);
    assert_int_equal(tour.cancel, STATE_CONFIRMED);
    struct operation kept = desk_kept(desk, tour.cancel_id);
    assert_string_equal(kept.cancelling.reason, "has a cold");
    assert_int_equal(kept.cancelling.asked_by, ASKED_BY_STAFF);
    assert_string_equal(kept.appointment_id, "a101");
}

static void a_lost_cancel_is_unknown_and_asked_again_until_it_is_confirmed(void **state)
{
    struct desk *desk = *state;
    static const struct script_reply lost[] = {
        {.fate = FATE_RESET, .left = true},
        {.fate = FATE_TIMEOUT, .left = true},
        {.status = 500, .body = "oops"},
        {.status = 200, .body = "{\"appointment\":{\"status\":\"PENDING\"}}"},
    };
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        struct tour tour = make_tour(desk, (int)i);
        size_t before = script_sent(desk->script, CANCEL);
        script_say(desk->script, CANCEL, lost[i]);
        script_say(desk->script, CANCEL, lost[i]);
        uint64_t token = desk_ask(desk, ask_cancel(tour.id));
        desk_run(desk, 100);
        assert_int_equal(desk_told(desk, token)->state, STATE_UNKNOWN);
        desk_run(desk, MINUTE);
        assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
        assert_int_equal(script_sent(desk->script, CANCEL), before + 3);
    }
}

static void q11_gone_already_is_done_after_a_lost_cancel_and_refused_at_first(void **state)
{
    struct desk *desk = *state;
    static const int statuses[] = {404, 410, 409};
    struct tour tour;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        tour = make_tour(desk, (int)i);
        script_say(desk->script, CANCEL, reply_fate(FATE_RESET, true));
        script_say(desk->script, CANCEL, reply_status(statuses[i], "{}"));
        uint64_t token = desk_ask(desk, ask_cancel(tour.id));
        desk_run(desk, MINUTE);
        assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
        expect_state(desk, desk_told(desk, token)->id, STATE_CONFIRMED, REASON_NONE);
    }
    tour = make_tour(desk, 5);
    script_say(desk->script, CANCEL, reply_status(404, "{\"errorMessage\":\"never heard\"}"));
    uint64_t token = desk_ask(desk, ask_cancel(tour.id));
    desk_run(desk, MINUTE);
    expect_state(desk, desk_told(desk, token)->id, STATE_REFUSED, REASON_NOT_KNOWN);
    assert_string_equal(desk_told(desk, token)->server_message, "never heard");
}

static void gone_already_is_done_in_another_life_too(void **state)
{
    struct desk *desk = *state;
    struct tour tour = make_tour(desk, 3);
    script_say(desk->script, CANCEL, reply_fate(FATE_RESET, true));
    uint64_t token = desk_ask(desk, ask_cancel(tour.id));
    char id[OPERATION_ID_SIZE];
    desk_run(desk, 50);
    id_of(desk, token, id);
    expect_state(desk, id, STATE_UNKNOWN, REASON_NO_ANSWER);
    script_say(desk->script, CANCEL, reply_status(404, "{}"));
    desk_restart(desk);
    desk_run(desk, MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
}

static void a_lost_cancel_whose_repeat_cannot_leave_is_still_unknown(void **state)
{
    struct desk *desk = *state;
    struct tour tour = make_tour(desk, 3);
    script_say(desk->script, CANCEL, reply_fate(FATE_RESET, true));
    script_always(desk->script, CANCEL, reply_fate(FATE_NAME, false));
    uint64_t token = desk_ask(desk, ask_cancel(tour.id));
    desk_run(desk, 10 * MINUTE);
    assert_true(script_sent(desk->script, CANCEL) > 5); /* it is not given up */
    char id[OPERATION_ID_SIZE];
    id_of(desk, token, id);
    assert_int_equal(desk_state(desk, id), STATE_UNKNOWN);
    assert_int_equal(desk_kept(desk, id).lost, 1);
    uint64_t back = desk_ask(desk, ask_of(COMMAND_WITHDRAW, id));
    assert_non_null(desk_report(desk, REPORT_STOPPED, back));
    script_always(desk->script, CANCEL, (struct script_reply){0});
    desk_run(desk, 2 * MINUTE);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
}

static void a_cancel_that_is_lost_three_times_rests_until_somebody_asks(void **state)
{
    struct desk *desk = *state;
    struct tour tour = make_tour(desk, 3);
    script_always(desk->script, CANCEL, reply_fate(FATE_RESET, true));
    uint64_t token = desk_ask(desk, ask_cancel(tour.id));
    desk_run(desk, HOUR);
    assert_int_equal(script_sent(desk->script, CANCEL), 3);
    assert_int_equal(desk_told(desk, token)->state, STATE_UNKNOWN);
    script_always(desk->script, CANCEL, (struct script_reply){0});
    desk_ask(desk, ask_of(COMMAND_SYNC, ""));
    desk_run(desk, MINUTE);
    assert_int_equal(tour_of(desk->ledger, tour.id).cancel, STATE_CONFIRMED);
}

static void no_answer_leads_a_cancel_to_another_appointment(void **state)
{
    struct desk *desk = *state;
    struct tour tour = make_tour(desk, 3);
    script_say(
        desk->script, CANCEL, reply_ok("{\"appointmentId\":\"999\",\"status\":\"PENDING\"}"));
    desk_ask(desk, ask_cancel(tour.id));
    desk_run(desk, MINUTE);
    assert_int_equal(script_sent(desk->script, "PUT /appointment/a101/cancel"), 2);
    assert_int_equal(script_sent(desk->script, CANCEL), 2);
}

static void a_cancel_never_overtakes_its_booking(void **state)
{
    struct desk *desk = *state;
    static const struct {
        struct script_reply reply;
        enum operation_state cancel;
        enum reason reason;
        size_t sent;
    } rows[] = {
        {{.status = 200, .body = "{\"id\":\"9\"}", .delay = 5000}, STATE_CONFIRMED, REASON_NONE, 1},
        {{.status = 400, .body = "{}", .delay = 5000}, STATE_REFUSED, REASON_BOOKING_FAILED, 0},
        {{.fate = FATE_RESET, .left = true, .delay = 5000}, STATE_SAVED, REASON_NONE, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char phone[24], id[OPERATION_ID_SIZE], cancel[OPERATION_ID_SIZE];
        size_t before = script_sent(desk->script, CANCEL);
        str_print(phone, sizeof phone, "+1206555017%zu", i);
        script_say(desk->script, REQUEST, rows[i].reply);
        id_of(desk, desk_ask(desk, ask_book_for((int)i, "Ana", "", phone)), id);
        desk_run(desk, 1000);
        id_of(desk, desk_ask(desk, ask_cancel(id)), cancel);
        desk_run(desk, 3000);
        assert_int_equal(script_sent(desk->script, CANCEL), before);
        desk_run(desk, MINUTE);
        expect_state(desk, cancel, rows[i].cancel, rows[i].reason);
        assert_int_equal(script_sent(desk->script, CANCEL), before + rows[i].sent);
        if (i == 2) { /* a person's word lets it go */
            struct command *settle = ask_of(COMMAND_SETTLE, id);
            settle->word = SETTLE_BOOKED;
            str_copy(settle->appointment_id, ID_SIZE, "77");
            desk_ask(desk, settle);
            desk_run(desk, MINUTE);
            expect_state(desk, cancel, STATE_CONFIRMED, REASON_NONE);
            assert_int_equal(script_sent(desk->script, "PUT /appointment/77/cancel"), 1);
        }
    }
}

/* --- visits ------------------------------------------------------------------------------------------------- */

static void a_visit_has_both_ids_and_its_units(void **state)
{
    struct desk *desk = *state;
    struct tour tour = make_tour(desk, 0);
    desk->now = desk_slot(2);
    struct command *command = ask_visit(tour.id);
    str_copy(command->visiting.units[0], UNIT_SIZE, "m6-202");
    command->visiting.unit_count = 1;
    command->visiting.self_guided = true;
    uint64_t token = desk_ask(desk, command);
    desk_run(desk, 2000);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    assert_string_equal(desk_told(desk, token)->visit_id, "v102");
    assert_string_equal(script_request(desk->script, VISIT, 0)->body,
        "{\"prospectId\":\"p100\",\"appointmentId\":\"a101\","
        "\"visitTime\":\"2026-11-24T09:00:00-08:00\",\"isSelfGuided\":true,"
        "\"sourceTitle\":\"Phone call\",\"unitNames\":[\"m6-202\"]}");
    assert_string_equal(tour_of(desk->ledger, tour.id).visit_id, "v102");
}

static void a_visit_waits_for_its_booking_and_falls_with_it(void **state)
{
    struct desk *desk = *state;
    static const struct {
        struct script_reply reply;
        enum operation_state visit;
        enum reason reason;
    } rows[] = {
        {{.status = 200, .body = "{\"id\":\"9\"}", .delay = 5000}, STATE_CONFIRMED, REASON_NONE},
        {{.status = 400, .body = "{}", .delay = 5000}, STATE_REFUSED, REASON_BOOKING_FAILED},
        {{.fate = FATE_RESET, .left = true, .delay = 5000}, STATE_SAVED, REASON_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char phone[24], id[OPERATION_ID_SIZE], visit[OPERATION_ID_SIZE];
        size_t before = script_sent(desk->script, VISIT);
        str_print(phone, sizeof phone, "+1206555017%zu", i);
        script_say(desk->script, REQUEST, rows[i].reply);
        id_of(desk, desk_ask(desk, ask_book_for((int)i, "Ana", "", phone)), id);
        id_of(desk, desk_ask(desk, ask_visit(id)), visit);
        desk_run(desk, 3000);
        assert_int_equal(script_sent(desk->script, VISIT), before);
        desk_run(desk, MINUTE);
        expect_state(desk, visit, rows[i].visit, rows[i].reason);
    }
    check_contains("ids", script_request(desk->script, VISIT, 0)->body, "\"appointmentId\":\"9\"");
}

static void a_visit_falls_with_a_booking_that_is_taken_back(void **state)
{
    struct desk *desk = *state;
    char id[OPERATION_ID_SIZE], visit[OPERATION_ID_SIZE];
    struct command *command = ask_book(3);
    command->at_once = false;
    id_of(desk, desk_ask(desk, command), id);
    id_of(desk, desk_ask(desk, ask_visit(id)), visit);
    desk_ask(desk, ask_of(COMMAND_WITHDRAW, id));
    desk_run(desk, MINUTE);
    expect_state(desk, visit, STATE_REFUSED, REASON_BOOKING_FAILED);
    assert_int_equal(script_sent(desk->script, "POST"), 0);
}

static void a_visit_whose_fate_is_not_known_is_never_sent_again(void **state)
{
    struct desk *desk = *state;
    struct tour tour = make_tour(desk, 0);
    desk->now = desk_slot(2);
    script_say(desk->script, VISIT, reply_fate(FATE_TIMEOUT, true));
    uint64_t token = desk_ask(desk, ask_visit(tour.id));
    desk_run(desk, 2 * HOUR);
    expect_state(desk, desk_told(desk, token)->id, STATE_UNKNOWN, REASON_NO_ANSWER);
    desk_restart(desk);
    desk_run(desk, HOUR);
    assert_int_equal(script_sent(desk->script, VISIT), 1);
}

static void visits_and_cancels_of_one_tour_go_in_order(void **state)
{
    struct desk *desk = *state;
    struct tour tour = make_tour(desk, 0);
    desk->now = desk_slot(2);
    script_say(desk->script, VISIT, slow("{\"visitId\":\"7\"}", 5000));
    desk_ask(desk, ask_visit(tour.id));
    struct command *again = ask_visit(tour.id);
    again->visiting.again = true;
    /* while the first is in flight, tour_can_visit has no objection to the word "again" */
    desk_ask(desk, again);
    desk_run(desk, 3000);
    assert_int_equal(script_sent(desk->script, VISIT), 1);
    desk_run(desk, 5000);
    assert_int_equal(script_sent(desk->script, VISIT), 2);
}

static void q21_a_visit_of_just_now_is_never_in_knocks_future(void **state)
{
    struct desk *desk = *state;
    struct tour tour = make_tour(desk, 9); /* booked for later, walked in early */
    /* Knock's clock is ten minutes behind this one, and is asked for before anything is sent. */
    script_always(desk->script, "GET /community/c1/sources",
        (struct script_reply){
            .status = 200, .body = "{\"edges\":[]}", .date = desk->now + 2000 - 10 * MINUTE});
    desk_ask(desk, ask_visit(tour.id));
    desk_run(desk, 3000);
    assert_int_equal(script_sent(desk->script, "GET /community/c1/sources"), 1);
    assert_int_equal(script_sent(desk->script, VISIT), 1);
    const struct report *skew = desk_report(desk, REPORT_SKEW, 0);
    assert_non_null(skew);
    assert_in_range(skew->skew, 9 * MINUTE, 11 * MINUTE);
    struct stamp sent;
    const char *body = script_request(desk->script, VISIT, 0)->body;
    char text[STAMP_SIZE];
    str_print(text, sizeof text, "%.25s", strstr(body, "\"visitTime\":\"") + 13);
    assert_true(stamp_parse(text, &sent, NULL));
    assert_true(sent.at <= desk->now - 10 * MINUTE);
    assert_true(sent.at >= desk->now - 11 * MINUTE);
    /* and the ledger says the time that was sent */
    char id[OPERATION_ID_SIZE];
    str_copy(id, sizeof id, tour_of(desk->ledger, tour.id).visit_operation_id);
    assert_in_range(desk_kept(desk, id).visiting.visit_time.at - sent.at, 0, 999);
}

/* --- moving a tour ---------------------------------------------------------------------------------------------- */

static struct command *ask_move(const char *tour_id, int slot)
{
    struct command *command = ask_cancel(tour_id);
    command->kind = COMMAND_RESCHEDULE;
    command->booking.start = (struct stamp){.at = desk_slot(slot), .offset = -28800};
    return command;
}

static void a_move_books_first_and_releases_the_old_tour_after(void **state)
{
    struct desk *desk = *state;
    struct tour old = make_tour(desk, 3);
    script_say(desk->script, REQUEST, slow("{\"appointmentId\":\"new\"}", 3000));
    uint64_t token = desk_ask(desk, ask_move(old.id, 6));
    desk_run(desk, 2000);
    assert_int_equal(script_sent(desk->script, REQUEST), 2);
    assert_int_equal(script_sent(desk->script, CANCEL), 0); /* not before it is confirmed */
    assert_int_equal(tour_status(&old, desk->now), TOUR_BOOKED);
    desk_run(desk, 5000);
    char id[OPERATION_ID_SIZE];
    id_of(desk, token, id);
    expect_state(desk, id, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(script_sent(desk->script, "PUT /appointment/a101/cancel"), 1);
    assert_int_equal(script_sent(desk->script, CANCEL), 1);
    old = tour_of(desk->ledger, old.id);
    assert_string_equal(old.replaced_by, id);
    assert_int_equal(old.cancel, STATE_CONFIRMED);
    struct tour moved = tour_of(desk->ledger, id);
    assert_string_equal(moved.first_name, "Ana");
    assert_string_equal(moved.phone, "+12065550155");
    assert_string_equal(moved.appointment_id, "new");
    assert_int_equal(moved.start.at, desk_slot(6));
    assert_int_equal(moved.end, desk_slot(6) + 30 * MINUTE);
}

static void knock_may_have_released_the_old_tour_itself(void **state)
{
    struct desk *desk = *state;
    struct tour old = make_tour(desk, 3);
    script_say(desk->script, CANCEL, reply_status(404, "{}"));
    desk_ask(desk, ask_move(old.id, 6));
    desk_run(desk, 5000);
    assert_int_equal(tour_of(desk->ledger, old.id).cancel, STATE_CONFIRMED);
}

static void a_move_that_is_refused_or_unknown_leaves_the_old_tour_alone(void **state)
{
    struct desk *desk = *state;
    static const struct script_reply replies[] = {
        {.status = 400, .body = "{}"},
        {.fate = FATE_RESET, .left = true},
    };
    struct tour old = make_tour(desk, 3);
    for (size_t i = 0; i < 2; i++) {
        script_say(desk->script, REQUEST, replies[i]);
        desk_ask(desk, ask_move(old.id, 6));
        desk_run(desk, 10 * MINUTE);
        assert_int_equal(script_sent(desk->script, CANCEL), 0);
        old = tour_of(desk->ledger, old.id);
        assert_true(tour_stands(&old));
        assert_string_equal(old.cancel_id, "");
    }
    /* until a person says that the new one is booked */
    struct command *settle =
        ask_of(COMMAND_SETTLE, desk_report(desk, REPORT_OPERATION, 0)->operation->id);
    settle->word = SETTLE_BOOKED;
    desk_ask(desk, settle);
    desk_run(desk, 5000);
    assert_int_equal(script_sent(desk->script, "PUT /appointment/a101/cancel"), 1);
}

static void a_release_that_cannot_leave_is_tried_until_it_is_done(void **state)
{
    struct desk *desk = *state;
    struct tour old = make_tour(desk, 3);
    script_always(desk->script, CANCEL, reply_fate(FATE_NAME, false));
    desk_ask(desk, ask_move(old.id, 6));
    desk_run(desk, 5 * MINUTE);
    script_always(desk->script, CANCEL, (struct script_reply){0});
    desk_restart(desk);
    desk_run(desk, 2 * MINUTE);
    assert_int_equal(tour_of(desk->ledger, old.id).cancel, STATE_CONFIRMED);
}

static void what_cannot_be_moved_is_stopped(void **state)
{
    struct desk *desk = *state;
    struct tour old = make_tour(desk, 3);
    uint64_t token = desk_ask(desk, ask_move("nobody", 6));
    assert_int_equal(desk_report(desk, REPORT_STOPPED, token)->reason, REASON_NOT_KNOWN);
    struct command *command = ask_move("", 6);
    str_copy(command->appointment_id, ID_SIZE, "4711");
    token = desk_ask(desk, command);
    check_contains(
        "stopped", desk_report(desk, REPORT_STOPPED, token)->trouble.text, "not known here");
    /* another tour of the same person would be knocked out as well */
    command = ask_book(8);
    command->booking.replace = true;
    script_say(desk->script, REQUEST, reply_fate(FATE_RESET, true));
    desk_ask(desk, command);
    desk_run(desk, 2000);
    token = desk_ask(desk, ask_move(old.id, 6));
    assert_int_equal(desk_report(desk, REPORT_STOPPED, token)->reason, REASON_HAS_TOUR);
    desk_ask(desk, ask_cancel(old.id));
    desk_run(desk, 2000);
    token = desk_ask(desk, ask_move(old.id, 6));
    check_contains("stopped", desk_report(desk, REPORT_STOPPED, token)->trouble.text, "cancelled");
}

/* --- order ---------------------------------------------------------------------------------------------------------- */

static void take_the_slot_away(void *self, const struct http_request *request)
{
    struct desk *desk = self;
    if (strcmp(request->path, "/appointment/request") == 0)
        script_offer(desk->script, NULL, 0);
}

static void of_two_bookings_for_one_slot_the_second_finds_it_taken(void **state)
{
    struct desk *desk = *state;
    char first[OPERATION_ID_SIZE], second[OPERATION_ID_SIZE];
    script_watch(desk->script, take_the_slot_away, desk);
    script_say(desk->script, REQUEST, slow("{\"id\":\"9\"}", 3000));
    id_of(desk, desk_ask(desk, ask_book_for(3, "Ana", "", "+12065550155")), first);
    id_of(desk, desk_ask(desk, ask_book_for(3, "Ben", "", "+12065550166")), second);
    desk_run(desk, 2000);
    assert_int_equal(desk_state(desk, second), STATE_SAVED);
    desk_run(desk, MINUTE);
    expect_state(desk, first, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(desk_state(desk, second), STATE_REFUSED);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
}

static void two_bookings_for_one_person_go_in_the_order_in_which_they_were_asked_for(void **state)
{
    struct desk *desk = *state;
    char first[OPERATION_ID_SIZE], second[OPERATION_ID_SIZE];
    struct command *command = ask_book(3);
    command->at_once = false; /* the first is still within its window */
    id_of(desk, desk_ask(desk, command), first);
    command = ask_book(5);
    command->booking.replace = true;
    id_of(desk, desk_ask(desk, command), second);
    desk_run(desk, 9000);
    assert_int_equal(script_sent(desk->script, ""), 0);
    desk_run(desk, MINUTE);
    check_contains("first", script_request(desk->script, REQUEST, 0)->body, "T10:30:00");
    check_contains("second", script_request(desk->script, REQUEST, 1)->body, "T11:30:00");
    assert_string_equal(tour_of(desk->ledger, first).replaced_by, second);
    assert_string_equal(tour_of(desk->ledger, second).replaced_by, "");
}

static void a_stuck_operation_holds_up_nobody_else(void **state)
{
    struct desk *desk = *state;
    char stuck[OPERATION_ID_SIZE], free_one[OPERATION_ID_SIZE];
    script_say(desk->script, "POST /prospect", slow("{\"id\":\"5\"}", 10 * MINUTE));
    id_of(desk, desk_ask(desk, ask_book_for(3, "Ana", "", "+12065550155")), stuck);
    desk_run(desk, 500);
    id_of(desk, desk_ask(desk, ask_book_for(4, "Ben", "", "+12065550166")), free_one);
    desk_run(desk, 3000);
    expect_state(desk, free_one, STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(desk_state(desk, stuck), STATE_SAVED);
}

/* --- the line is dead, and comes back ---------------------------------------------------------------------------- */

static bool nobody_there(void *self, const struct http_request *request, struct script_reply *reply)
{
    const bool *offline = self;
    (void)request;
    *reply = reply_fate(FATE_NAME, false);
    return *offline;
}

static void what_was_asked_for_offline_goes_out_spaced_and_checked_when_the_line_is_back(
    void **state)
{
    struct desk *desk = *state;
    bool offline = false;
    struct tour tours[7];
    enum { BOOKINGS = 5, VISITS = 7 };
    for (int i = 0; i < VISITS; i++) {
        char phone[24], id[OPERATION_ID_SIZE];
        str_print(phone, sizeof phone, "+1206555010%d", i);
        desk_booked(desk, 0, "Ana", phone, id);
        tours[i] = tour_of(desk->ledger, id);
    }
    desk->now = desk_slot(1) + MINUTE;
    offline = true;
    script_serve(desk->script, nobody_there, &offline);
    char ids[BOOKINGS + VISITS][OPERATION_ID_SIZE];
    for (int i = 0; i < BOOKINGS; i++) {
        char phone[24];
        str_print(phone, sizeof phone, "+1206555011%d", i);
        id_of(desk, desk_ask(desk, ask_book_for(4 + i, "Ben", "", phone)), ids[i]);
        desk_run(desk, 5 * MINUTE);
    }
    for (int i = 0; i < VISITS; i++) {
        id_of(desk, desk_ask(desk, ask_visit(tours[i].id)), ids[BOOKINGS + i]);
        desk_run(desk, 5 * MINUTE);
    }
    for (size_t i = 0; i < BOOKINGS + VISITS; i++)
        expect_state(desk, ids[i], STATE_SAVED, REASON_OFFLINE);
    const struct report *link = desk_report(desk, REPORT_LINK, 0);
    assert_non_null(link);
    assert_false(link->online);
    size_t lists = script_sent(desk->script, "GET /community/c1/available-times");
    size_t requests = script_sent(desk->script, REQUEST), visits = script_sent(desk->script, VISIT);
    offline = false;
    desk_run(desk, MINUTE);
    assert_true(desk_report(desk, REPORT_LINK, 0)->online);
    for (size_t i = 0; i < BOOKINGS + VISITS; i++)
        expect_state(desk, ids[i], STATE_CONFIRMED, REASON_NONE);
    assert_int_equal(script_sent(desk->script, REQUEST), requests + BOOKINGS);
    assert_true(script_sent(desk->script, "GET /community/c1/available-times") >= lists + BOOKINGS);
    assert_true(script_sent(desk->script, VISIT) >= visits + VISITS);
    for (size_t i = requests; i + 1 < requests + BOOKINGS; i++)
        assert_true(script_request(desk->script, REQUEST, i + 1)->at -
                        script_request(desk->script, REQUEST, i)->at >=
                    100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_cancel_is_sent_and_confirmed, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_lost_cancel_is_unknown_and_asked_again_until_it_is_confirmed, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            q11_gone_already_is_done_after_a_lost_cancel_and_refused_at_first, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            gone_already_is_done_in_another_life_too, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_lost_cancel_whose_repeat_cannot_leave_is_still_unknown, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_cancel_that_is_lost_three_times_rests_until_somebody_asks, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            no_answer_leads_a_cancel_to_another_appointment, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_cancel_never_overtakes_its_booking, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_visit_has_both_ids_and_its_units, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_waits_for_its_booking_and_falls_with_it, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_falls_with_a_booking_that_is_taken_back, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_visit_whose_fate_is_not_known_is_never_sent_again, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            visits_and_cancels_of_one_tour_go_in_order, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            q21_a_visit_of_just_now_is_never_in_knocks_future, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_move_books_first_and_releases_the_old_tour_after, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            knock_may_have_released_the_old_tour_itself, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_move_that_is_refused_or_unknown_leaves_the_old_tour_alone, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_release_that_cannot_leave_is_tried_until_it_is_done, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(what_cannot_be_moved_is_stopped, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            of_two_bookings_for_one_slot_the_second_finds_it_taken, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            two_bookings_for_one_person_go_in_the_order_in_which_they_were_asked_for, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            a_stuck_operation_holds_up_nobody_else, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_was_asked_for_offline_goes_out_spaced_and_checked_when_the_line_is_back, desk_open,
            desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
