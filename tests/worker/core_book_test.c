/* Booking, from the key to the outcome: what is on the disk before a byte leaves, and what each answer makes
 * of it. */
#include "desk.h"

#include "tourdesk/base/str.h"

static const char LIST[] = "GET /community/c1/available-times";
static const char PROSPECT[] = "POST /prospect";
static const char REQUEST[] = "POST /appointment/request";

/* --- the order of things --------------------------------------------------------------------------------- */

/* What another process finds in the ledger at the moment in which each request leaves. */
static struct {
    struct ledger *ledger; /* another handle */
    char id[OPERATION_ID_SIZE];
    char trace[512];
} spy;

static void look_into_the_ledger(void *self, const struct http_request *request)
{
    struct operation_list list = {0};
    struct str line = {0};
    (void)self;
    assert_true(ledger_operations_since(spy.ledger, 0, &list, NULL));
    assert_int_equal(list.count, 1);
    str_copy(spy.id, sizeof spy.id, list.items[0].id);
    str_addf(&line, "%s%s %s: %s, %d; ", spy.trace, http_method_word(request->method),
        request->path, state_word(list.items[0].state), list.items[0].attempts);
    str_copy(spy.trace, sizeof spy.trace, str_text(&line));
    str_finish(&line);
    operation_list_finish(&list);
}

/* The state in the ledger at the moment in which each report is told. */
static void tell_and_look(void *self, struct report *report)
{
    struct desk *desk = self;
    if (report->kind == REPORT_OPERATION) {
        struct operation kept;
        assert_int_equal(
            ledger_operation(spy.ledger, report->operation->id, &kept, NULL), FOUND_ONE);
        check_text("told before it was kept", state_word(report->operation->state),
            state_word(kept.state));
    }
    (void)desk;
    report_destroy(report);
}

static void each_step_is_on_the_disk_before_it_leaves_and_before_it_is_told(void **state)
{
    struct desk *desk = *state;
    spy.ledger = open_ledger(desk->scratch->data);
    spy.trace[0] = '\0';
    desk->settings.tell = tell_and_look;
    desk_restart(desk);
    script_watch(desk->script, look_into_the_ledger, NULL);
    desk_ask(desk, ask_book(3));
    /* kept before anything leaves */
    struct operation_list list = {0};
    assert_true(ledger_unsettled(spy.ledger, &list, NULL));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].state, STATE_SAVED);
    operation_list_finish(&list);
    assert_string_equal(
        ask_file(desk->scratch, "SELECT step || method || path || (body IS NOT NULL)"
                                " || sent_at FROM wire"),
        "requestPOST/appointment/request10");
    desk_run(desk, 5000);
    assert_string_equal(spy.trace,
        "GET /community/c1/available-times?forSelfGuided=true: saved, 0; "
        "POST /prospect: saved, 0; "
        "POST /appointment/request: sending, 1; ");
    struct operation kept;
    assert_int_equal(ledger_operation(spy.ledger, spy.id, &kept, NULL), FOUND_ONE);
    assert_int_equal(kept.state, STATE_CONFIRMED);
    ledger_close(spy.ledger);
}

static void a_booking_is_confirmed_with_its_ids(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_book(3);
    str_copy(command->booking.source_title, SOURCE_SIZE, "Property Website");
    uint64_t token = desk_ask(desk, command);
    assert_int_equal(desk_told(desk, token)->state, STATE_SAVED);
    desk_run(desk, 5000);
    const struct operation *told = desk_told(desk, token);
    assert_int_equal(told->state, STATE_CONFIRMED);
    assert_string_equal(told->prospect_id, "p100");
    assert_string_equal(told->appointment_id, "a101");
    assert_int_equal(told->http_status, 200);
    struct tour tour = tour_of(desk->ledger, told->id);
    assert_int_equal(tour.booking, STATE_CONFIRMED);
    assert_string_equal(tour.appointment_id, "a101");
    assert_string_equal(tour.prospect_id, "p100");
    assert_int_equal(tour.end, desk_slot(3) + 30 * MINUTE);
    assert_string_equal(tour.end_text, "2026-11-24T11:00:00-08:00");
    assert_int_equal(
        desk_reports(desk, REPORT_OPERATION, token), 3); /* saved, sending, confirmed */
    assert_int_equal(script_sent(desk->script, LIST), 1);
    assert_int_equal(script_sent(desk->script, PROSPECT), 1);
    assert_int_equal(script_sent(desk->script, REQUEST), 1);
    assert_false(core_busy(desk->core));
    assert_string_equal(ask_file(desk->scratch, "SELECT group_concat(what, '; ') FROM history"),
        "book saved; book sending; book confirmed");
}

static void both_requests_and_answers_are_kept_with_their_times(void **state)
{
    struct desk *desk = *state;
    script_say(desk->script, PROSPECT,
        (struct script_reply){.status = 200, .body = "{\"id\":\"5\"}", .delay = 300});
    script_say(desk->script, REQUEST,
        (struct script_reply){.status = 200, .body = "{\"id\":\"9\"}", .delay = 1000});
    desk_ask(desk, ask_book(3));
    desk_run(desk, 5000);
    assert_string_equal(
        ask_file(desk->scratch, "SELECT (answered_at - sent_at) || came || http_status"
                                " || answer FROM wire WHERE step = 'request'"),
        "10002xx, whole200{\"id\":\"9\"}");
    assert_string_equal(
        ask_file(desk->scratch, "SELECT (answered_at - sent_at) || came || http_status"
                                " || answer FROM wire WHERE step = 'prospect'"),
        "3002xx, whole200{\"id\":\"5\"}");
}

/* --- the slot ----------------------------------------------------------------------------------------------- */

static void the_start_goes_out_as_it_was_offered_last_byte_for_byte(void **state)
{
    struct desk *desk = *state;
    static const char offered[] = "{\"acceptableTimes\":[\"2026-11-24T18:30:00.000Z\"]}";
    script_say(desk->script, LIST, reply_ok(offered));
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 5000);
    check_contains("body", script_request(desk->script, REQUEST, 0)->body,
        "\"startTime\":\"2026-11-24T18:30:00.000Z\"");
    struct operation kept = desk_kept(desk, desk_told(desk, token)->id);
    assert_string_equal(kept.booking.start_text, "2026-11-24T18:30:00.000Z");
    assert_int_equal(kept.booking.start.offset, 0);
}

static void a_slot_that_is_gone_is_refused_with_three_others_and_nothing_else_leaves(void **state)
{
    struct desk *desk = *state;
    static const struct {
        bool seen;
        enum reason reason;
    } rows[] = {{false, REASON_NOT_OFFERED}, {true, REASON_TAKEN}};
    const instant others[] = {desk_slot(0), desk_slot(2), desk_slot(5), desk_slot(8)};
    const instant all[] = {desk_slot(0), desk_slot(2), desk_slot(3), desk_slot(5), desk_slot(8)};
    for (size_t i = 0; i < 2; i++) {
        if (rows[i].seen) { /* it stood in the list that was read before */
            struct command *read = command_create(COMMAND_READ_SLOTS);
            str_copy(read->community_id, ID_SIZE, "c1");
            script_offer(desk->script, all, 5);
            desk_ask(desk, read);
            desk_run(desk, 1000);
        }
        script_offer(desk->script, others, 4);
        uint64_t token = desk_ask(desk, ask_book(3));
        desk_run(desk, 5000);
        const struct operation *told = desk_told(desk, token);
        assert_int_equal(told->state, STATE_REFUSED);
        assert_int_equal(told->reason, rows[i].reason);
        const struct slot_list *near = &desk_report(desk, REPORT_OPERATION, token)->slots;
        assert_int_equal(near->count, 3);
        assert_int_equal(near->items[0].start.at, desk_slot(0));
        assert_int_equal(near->items[1].start.at, desk_slot(2));
        assert_int_equal(near->items[2].start.at, desk_slot(5));
        expect_state(desk, told->id, STATE_REFUSED, rows[i].reason);
    }
    assert_int_equal(script_sent(desk->script, "POST"), 0);
}

static void a_list_that_cannot_be_read_leaves_it_saved(void **state)
{
    struct desk *desk = *state;
    static const struct {
        struct script_reply reply;
        enum reason reason;
        size_t reads; /* tries of one read */
    } rows[] = {
        {{.status = 200, .body = "<html>"}, REASON_UNREADABLE, 3},
        {{.status = 200, .body = "{\"acceptableTimes\":5}"}, REASON_UNREADABLE, 3},
        {{.status = 500, .body = "oops"}, REASON_SERVER_ERROR, 3},
        {{.status = 429, .body = "{}", .retry_after = 60}, REASON_RATE_LIMITED, 1},
        {{.fate = FATE_NAME}, REASON_OFFLINE, 3},
        {{.fate = FATE_TLS}, REASON_TLS, 3},
        {{.fate = FATE_TIMEOUT, .left = true}, REASON_NO_ANSWER, 3},
        {{.fate = FATE_KEY}, REASON_KEY, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char phone[24];
        size_t before = script_sent(desk->script, LIST);
        str_print(phone, sizeof phone, "+1206555017%zu", i);
        script_always(desk->script, LIST, rows[i].reply);
        uint64_t token = desk_ask(desk, ask_book_for((int)i, "Ana", "", phone));
        for (int turn = 0; turn < 200 && desk_told(desk, token)->reason == REASON_NONE; turn++)
            desk_run(desk, 100);
        const struct operation *told = desk_told(desk, token);
        check_text(reason_token(rows[i].reason), state_word(told->state), "saved");
        check_text("reason", reason_token(told->reason), reason_token(rows[i].reason));
        check_number(reason_token(rows[i].reason),
            (long long)(script_sent(desk->script, LIST) - before), (long long)rows[i].reads);
        desk_ask(desk, ask_of(COMMAND_WITHDRAW, told->id));
    }
    assert_int_equal(script_sent(desk->script, "POST"), 0);
}

static void a_list_that_is_refused_refuses_the_booking_with_the_servers_words(void **state)
{
    struct desk *desk = *state;
    script_say(desk->script, LIST, reply_status(403, "{\"message\":\"Forbidden\"}"));
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 5000);
    const struct operation *told = desk_told(desk, token);
    assert_int_equal(told->state, STATE_REFUSED);
    assert_int_equal(told->reason, REASON_KEY);
    assert_int_equal(told->http_status, 403);
    assert_string_equal(told->server_message, "Forbidden");
}

/* --- the prospect ---------------------------------------------------------------------------------------------- */

static void a_lost_prospect_leaves_it_saved_and_is_asked_again(void **state)
{
    struct desk *desk = *state;
    static const struct script_reply lost[] = {
        {.fate = FATE_RESET, .left = true},
        {.fate = FATE_TIMEOUT, .left = true},
        {.fate = FATE_CONNECT},
        {.status = 502, .body = "<html>"},
        {.status = 429, .body = "{}"},
        {.status = 200, .body = "{}"},
        {.status = 200, .body = "<html>"},
        {.status = 204},
    };
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        char phone[24];
        str_print(phone, sizeof phone, "+1206555017%zu", i);
        size_t before = script_sent(desk->script, PROSPECT);
        script_say(desk->script, PROSPECT, lost[i]);
        uint64_t token = desk_ask(desk, ask_book_for((int)i, "Ana", "", phone));
        size_t told_saved = 0;
        desk_run(desk, 90 * SECOND);
        for (size_t r = 0; r < desk->report_count; r++)
            told_saved += desk->reports[r]->kind == REPORT_OPERATION &&
                          desk->reports[r]->token == token &&
                          desk->reports[r]->operation->state == STATE_SAVED;
        check_number("told saved", (long long)told_saved, 2); /* when asked, and when lost */
        check_text("state", state_word(desk_told(desk, token)->state), "confirmed");
        check_number("prospects", (long long)(script_sent(desk->script, PROSPECT) - before), 2);
        check_number("requests", (long long)script_sent(desk->script, REQUEST), (long long)i + 1);
    }
}

static void a_prospect_that_is_refused_refuses_the_booking(void **state)
{
    struct desk *desk = *state;
    script_say(desk->script, PROSPECT, reply_status(422, "{\"errorMessage\":\"phone is bad\"}"));
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 5000);
    assert_int_equal(desk_told(desk, token)->state, STATE_REFUSED);
    assert_string_equal(desk_told(desk, token)->server_message, "phone is bad");
    assert_int_equal(script_sent(desk->script, REQUEST), 0);
}

static void a_prospect_id_is_learned_once(void **state)
{
    struct desk *desk = *state;
    script_say(desk->script, REQUEST, (struct script_reply){.status = 429, .body = "{}"});
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 90 * SECOND);
    assert_int_equal(desk_told(desk, token)->state, STATE_CONFIRMED);
    assert_int_equal(script_sent(desk->script, PROSPECT), 1);
    assert_int_equal(script_sent(desk->script, REQUEST), 2);
    assert_int_equal(script_sent(desk->script, LIST), 2); /* read again before each try */
}

/* --- the request ------------------------------------------------------------------------------------------------- */

static void a_request_whose_fate_is_not_known_is_never_sent_again(void **state)
{
    struct desk *desk = *state;
    static const struct {
        struct script_reply reply;
        enum reason reason;
    } rows[] = {
        {{.fate = FATE_RESET, .left = true}, REASON_NO_ANSWER},
        {{.fate = FATE_TIMEOUT, .left = true}, REASON_NO_ANSWER},
        {{.fate = FATE_TLS, .left = true}, REASON_NO_ANSWER},
        {{.status = 500, .body = "oops"}, REASON_SERVER_ERROR},
        {{.status = 503, .body = "", .retry_after = 5}, REASON_SERVER_ERROR},
        {{.status = 200, .body = "<html>"}, REASON_UNREADABLE},
        {{.status = 200, .body = "{}"}, REASON_NO_ID},
        {{.status = 200, .body = ""}, REASON_UNREADABLE},
        {{.status = 200, .body = "{\"id\":\"9\"}", .cut = true}, REASON_CUT_SHORT},
        {{.status = 200, .body = "{\"id\":\"9\"}", .too_large = true}, REASON_TOO_LARGE},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    char ids[ROWS][OPERATION_ID_SIZE];
    for (size_t i = 0; i < ROWS; i++) {
        char phone[24];
        str_print(phone, sizeof phone, "+120655501%02zu", 10 + i);
        script_say(desk->script, REQUEST, rows[i].reply);
        uint64_t token = desk_ask(desk, ask_book_for((int)i, "Ana", "", phone));
        desk_run(desk, 3000);
        str_copy(ids[i], OPERATION_ID_SIZE, desk_told(desk, token)->id);
        expect_state(desk, ids[i], STATE_UNKNOWN, rows[i].reason);
    }
    desk_run(desk, HOUR);
    for (int life = 0; life < 3; life++) {
        desk_restart(desk);
        desk_run(desk, HOUR);
    }
    for (size_t i = 0; i < ROWS; i++)
        expect_state(desk, ids[i], STATE_UNKNOWN, rows[i].reason);
    assert_int_equal(script_sent(desk->script, REQUEST), ROWS);
}

static void a_status_that_proves_nothing_is_unknown_and_shown(void **state)
{
    struct desk *desk = *state;
    script_say(
        desk->script, REQUEST, reply_ok("{\"appointment\":{\"id\":\"9\",\"status\":\"WAITING\"}}"));
    uint64_t token = desk_ask(desk, ask_book(3));
    desk_run(desk, 3000);
    expect_state(desk, desk_told(desk, token)->id, STATE_UNKNOWN, REASON_OTHER_STATUS);
    assert_string_equal(desk_told(desk, token)->status_word, "WAITING");
    assert_string_equal(desk_told(desk, token)->appointment_id, "9");
}

static void a_request_that_surely_was_not_applied_goes_out_again_later(void **state)
{
    struct desk *desk = *state;
    static const struct script_reply rows[] = {
        {.fate = FATE_CONNECT},
        {.fate = FATE_NAME},
        {.fate = FATE_TLS},
        {.fate = FATE_TIMEOUT},
        {.fate = FATE_RESET},
        {.status = 429, .body = "{}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char phone[24];
        str_print(phone, sizeof phone, "+1206555017%zu", i);
        script_say(desk->script, REQUEST, rows[i]);
        uint64_t token = desk_ask(desk, ask_book_for((int)i, "Ana", "", phone));
        desk_run(desk, 200);
        check_text("state", state_word(desk_told(desk, token)->state), "saved");
        desk_run(desk, 90 * SECOND);
        check_text("state", state_word(desk_told(desk, token)->state), "confirmed");
    }
}

static void q14_a_429_is_waited_for_as_long_as_knock_asks_but_not_for_ever(void **state)
{
    struct desk *desk = *state;
    static const struct {
        int retry_after;
        int64_t least, most;
    } rows[] = {
        {0, 200, 60 * SECOND},
        {1, SECOND, 2 * SECOND},
        {45, 45 * SECOND, 46 * SECOND},
        {3600, HOUR, HOUR + SECOND},
        {80000, HOUR, HOUR + SECOND},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char phone[24];
        str_print(phone, sizeof phone, "+1206555017%zu", i);
        script_say(desk->script, REQUEST,
            (struct script_reply){.status = 429, .body = "{}", .retry_after = rows[i].retry_after});
        instant start = desk->now;
        size_t before = script_sent(desk->script, REQUEST);
        desk_ask(desk, ask_book_for(10, "Ana", "", phone));
        desk_run(desk, 30 * SECOND);
        while (script_sent(desk->script, REQUEST) < before + 2 && desk->now < start + 2 * HOUR)
            desk_run(desk, SECOND);
        int64_t waited = script_request(desk->script, REQUEST, before + 1)->at -
                         script_request(desk->script, REQUEST, before)->at;
        check_holds("retry after", waited >= rows[i].least, "was asked too soon");
        check_holds("retry after", waited <= rows[i].most, "was asked too late");
        desk->now = start; /* the slot must not pass */
    }
}

static void pauses_grow_when_knock_says_no_again_and_again(void **state)
{
    struct desk *desk = *state;
    script_always(desk->script, LIST, reply_status(429, "{}"));
    uint64_t token = desk_ask(desk, ask_book(10));
    desk_run(desk, 10 * MINUTE);
    /* half a second, doubled up to a minute: some twenty tries in ten minutes, not a thousand */
    assert_in_range(script_sent(desk->script, LIST), 10, 40);
    assert_int_equal(desk_told(desk, token)->state, STATE_SAVED);
    size_t count = script_sent(desk->script, LIST);
    int64_t last = script_request(desk->script, LIST, count - 1)->at -
                   script_request(desk->script, LIST, count - 2)->at;
    assert_in_range(last, 29 * SECOND, 61 * SECOND);
}

static void a_refusal_is_told_with_its_words_and_the_nearest_times(void **state)
{
    struct desk *desk = *state;
    static const struct {
        int status;
        enum reason reason;
    } rows[] = {
        {400, REASON_INVALID},
        {401, REASON_KEY},
        {403, REASON_KEY},
        {404, REASON_NOT_KNOWN},
        {409, REASON_TAKEN},
        {422, REASON_INVALID},
        {302, REASON_REDIRECTED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script_say(desk->script, REQUEST,
            reply_status(rows[i].status, "{\"errorMessage\":\"That time is taken\"}"));
        uint64_t token = desk_ask(desk, ask_book(3));
        desk_run(desk, 3000);
        const struct report *report = desk_report(desk, REPORT_OPERATION, token);
        expect_state(desk, report->operation->id, STATE_REFUSED, rows[i].reason);
        assert_int_equal(report->operation->http_status, rows[i].status);
        assert_string_equal(report->operation->server_message, "That time is taken");
        assert_int_equal(report->slots.count, 3);
    }
    desk_run(desk, HOUR);
    assert_int_equal(script_sent(desk->script, REQUEST), sizeof rows / sizeof *rows);
}

/* --- settings ---------------------------------------------------------------------------------------------------- */

static void q7_the_end_is_sent_or_left_out_by_setting(void **state)
{
    struct desk *desk = *state;
    desk_ask(desk, ask_book_for(3, "Ana", "", "+12065550155"));
    desk_run(desk, 3000);
    desk->settings.send_end_time = false;
    desk_restart(desk);
    desk_ask(desk, ask_book_for(4, "Ben", "", "+12065550166"));
    desk_run(desk, 3000);
    check_contains("slot", script_request(desk->script, REQUEST, 0)->body,
        "\"endTime\":\"2026-11-24T11:00:00-08:00\"");
    assert_null(strstr(script_request(desk->script, REQUEST, 1)->body, "endTime"));
}

static void an_end_that_was_asked_for_is_kept(void **state)
{
    struct desk *desk = *state;
    struct command *command = ask_book(3);
    command->booking.end = desk_slot(3) + 45 * MINUTE;
    desk_ask(desk, command);
    desk_run(desk, 3000);
    check_contains("end", script_request(desk->script, REQUEST, 0)->body,
        "\"endTime\":\"2026-11-24T11:15:00-08:00\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_step_is_on_the_disk_before_it_leaves_and_before_it_is_told, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_booking_is_confirmed_with_its_ids, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            both_requests_and_answers_are_kept_with_their_times, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            the_start_goes_out_as_it_was_offered_last_byte_for_byte, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_slot_that_is_gone_is_refused_with_three_others_and_nothing_else_leaves, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            a_list_that_cannot_be_read_leaves_it_saved, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_list_that_is_refused_refuses_the_booking_with_the_servers_words, desk_open,
            desk_close),
        cmocka_unit_test_setup_teardown(
            a_lost_prospect_leaves_it_saved_and_is_asked_again, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_prospect_that_is_refused_refuses_the_booking, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_prospect_id_is_learned_once, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_request_whose_fate_is_not_known_is_never_sent_again, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_status_that_proves_nothing_is_unknown_and_shown, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_request_that_surely_was_not_applied_goes_out_again_later, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            q14_a_429_is_waited_for_as_long_as_knock_asks_but_not_for_ever, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            pauses_grow_when_knock_says_no_again_and_again, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            a_refusal_is_told_with_its_words_and_the_nearest_times, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            q7_the_end_is_sent_or_left_out_by_setting, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(an_end_that_was_asked_for_is_kept, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
