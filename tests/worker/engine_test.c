/* The engine's table, against a second statement of the same rules, and what must hold of any such table. */
#include "../unit/check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/worker/engine.h"

#include <stdio.h>

static const char *name_of(
    enum operation_kind kind, enum operation_state state, enum step step, enum event event)
{
    static char name[256];
    str_print(name, sizeof name, "%s, %s, step %s: %s", operation_kind_word(kind),
        state_word(state), step_word(step), event_words(event));
    return name;
}

/* --- the rules, said again ------------------------------------------------------------------------------- */

static bool give(struct move *out, enum operation_state state, enum step step, enum then then)
{
    *out = (struct move){state, step, then};
    return true;
}

/* The one write of a kind that counts. */
static enum step main_step(enum operation_kind kind)
{
    static const enum step steps[OPERATION_KINDS] = {
        [OPERATION_BOOK] = STEP_REQUEST,
        [OPERATION_CANCEL] = STEP_CANCEL,
        [OPERATION_VISIT] = STEP_VISIT,
        [OPERATION_REGISTER] = STEP_PROSPECT,
        [OPERATION_CALL] = STEP_CALL,
    };
    return steps[kind];
}

/* A booking reads the list again, makes the person known, and only then begins to send. */
static bool booking_before_it_is_sent(enum step step, enum event event, struct move *out)
{
    if (step == STEP_NONE)
        return event == EVENT_DUE && give(out, STATE_SAVED, STEP_CHECK, THEN_SEND);
    if (step != STEP_CHECK && step != STEP_PROSPECT)
        return false;
    if (event == EVENT_REFUSED)
        return give(out, STATE_REFUSED, STEP_NONE, THEN_END);
    if (event == EVENT_NOT_YET)
        return give(out, STATE_SAVED, STEP_NONE, THEN_RETRY);
    if (step == STEP_PROSPECT)
        return event == EVENT_CONFIRMED && give(out, STATE_SENDING, STEP_REQUEST, THEN_SEND);
    switch (event) {
    case EVENT_OFFERED: return give(out, STATE_SAVED, STEP_PROSPECT, THEN_SEND);
    case EVENT_READY: return give(out, STATE_SENDING, STEP_REQUEST, THEN_SEND);
    case EVENT_GONE: return give(out, STATE_REFUSED, STEP_NONE, THEN_END);
    default: return false;
    }
}

static bool while_saved(
    enum operation_kind kind, enum step step, enum event event, struct move *out)
{
    if (event == EVENT_UNDONE)
        return give(out, STATE_WITHDRAWN, STEP_NONE, THEN_END);
    if (event == EVENT_STOPPED && step == STEP_NONE)
        return give(out, STATE_REFUSED, STEP_NONE, THEN_END);
    if (kind == OPERATION_BOOK)
        return booking_before_it_is_sent(step, event, out);
    return event == EVENT_DUE && step == STEP_NONE &&
           give(out, STATE_SENDING, main_step(kind), THEN_SEND);
}

/* An answer counts whenever it comes; what was interrupted is unknown, but for what may be repeated. */
static bool while_sending(
    enum operation_kind kind, enum step step, enum event event, struct move *out)
{
    bool cancel = kind == OPERATION_CANCEL;
    switch (event) {
    case EVENT_CONFIRMED: return give(out, STATE_CONFIRMED, STEP_NONE, THEN_END);
    case EVENT_REFUSED: return give(out, STATE_REFUSED, STEP_NONE, THEN_END);
    case EVENT_NOT_YET: return give(out, STATE_SAVED, STEP_NONE, THEN_RETRY);
    case EVENT_UNKNOWN:
        return kind != OPERATION_REGISTER && step == main_step(kind) &&
               give(out, STATE_UNKNOWN, STEP_NONE, cancel ? THEN_RETRY : THEN_END);
    case EVENT_INTERRUPTED:
        if (kind == OPERATION_REGISTER)
            return step == STEP_NONE && give(out, STATE_SAVED, STEP_NONE, THEN_RETRY);
        return step == STEP_NONE &&
               give(out, STATE_UNKNOWN, STEP_NONE, cancel ? THEN_RETRY : THEN_END);
    default: return false;
    }
}

static bool while_unknown(
    enum operation_kind kind, enum step step, enum event event, struct move *out)
{
    if (step != STEP_NONE)
        return false;
    if (event == EVENT_DUE)
        return kind == OPERATION_CANCEL && give(out, STATE_SENDING, STEP_CANCEL, THEN_SEND);
    if (event == EVENT_SETTLED_YES)
        return give(out, STATE_CONFIRMED, STEP_NONE, THEN_END);
    if (event == EVENT_DROPPED)
        return give(out, STATE_WITHDRAWN, STEP_NONE, THEN_END);
    return event == EVENT_SETTLED_NO && give(out, STATE_SAVED, STEP_NONE, THEN_RETRY);
}

static bool expected(enum operation_kind kind, enum operation_state state, enum step step,
    enum event event, struct move *out)
{
    switch (state) {
    case STATE_SAVED: return while_saved(kind, step, event, out);
    case STATE_SENDING: return while_sending(kind, step, event, out);
    case STATE_UNKNOWN: return while_unknown(kind, step, event, out);
    default: return false; /* what is settled moves no more */
    }
}

/* --- walking through all of it ------------------------------------------------------------------------------ */

typedef void visit_cell(enum operation_kind kind, enum operation_state state, enum step step,
    enum event event, void *context);

static void each_cell(visit_cell *visit, void *context)
{
    for (int kind = 0; kind < OPERATION_KINDS; kind++)
        for (int state = STATE_NONE; state < STATES; state++)
            for (int step = STEP_NONE; step < STEPS; step++)
                for (int event = 0; event < EVENTS; event++)
                    visit((enum operation_kind)kind, (enum operation_state)state, (enum step)step,
                        (enum event)event, context);
}

static void check_cell(enum operation_kind kind, enum operation_state state, enum step step,
    enum event event, void *context)
{
    size_t *moves = context;
    struct move got = {0}, wanted = {0};
    const char *name = name_of(kind, state, step, event);
    bool moved = engine_move(kind, state, step, event, &got);
    check_number(name, moved, expected(kind, state, step, event, &wanted));
    if (!moved)
        return;
    check_text(name, state_word(got.state), state_word(wanted.state));
    check_text(name, step_word(got.step), step_word(wanted.step));
    check_text(name, then_word(got.then), then_word(wanted.then));
    (*moves)++;
}

static void each_cell_of_the_table_is_as_the_rules_say(void **state)
{
    (void)state;
    size_t moves = 0;
    each_cell(check_cell, &moves);
    assert_true(moves > 100);
}

static void check_shape(enum operation_kind kind, enum operation_state state, enum step step,
    enum event event, void *context)
{
    (void)context;
    struct move move;
    const char *name = name_of(kind, state, step, event);
    if (!engine_move(kind, state, step, event, &move))
        return;
    check_number(name, move.step != STEP_NONE, move.then == THEN_SEND);
    check_holds(
        name, !state_settled(move.state) || move.then == THEN_END, "is settled and not at its end");
    check_holds(name, move.state != STATE_NONE, "is nowhere");
    check_holds(name, step_repeatable(move.step) || move.state == STATE_SENDING,
        "sends what cannot be repeated without saying so first");
    check_holds(name, move.state != STATE_SENDING || move.then == THEN_SEND,
        "is said to be sending and is not sent");
    check_holds(
        name, move.state != STATE_UNKNOWN || state != STATE_UNKNOWN, "goes round in unknown");
}

static void each_move_is_of_one_piece(void **state)
{
    (void)state;
    each_cell(check_shape, NULL);
}

/* --- what can be reached ---------------------------------------------------------------------------------------- */

struct places {
    bool at[STATES][STEPS];
};

/* Adds whatever `kind` can reach from what is there, by any event but `but`. A step ends when its sender
 * is gone. */
static void spread(enum operation_kind kind, struct places *places, enum event but)
{
    for (bool more = true; more;) {
        more = false;
        for (int state = 0; state < STATES; state++)
            for (int step = 0; step < STEPS; step++)
                for (int event = 0; places->at[state][step] && event < EVENTS; event++) {
                    struct move move;
                    if (event != (int)but &&
                        engine_move(kind, (enum operation_state)state, (enum step)step,
                            (enum event)event, &move) &&
                        !places->at[move.state][move.step])
                        places->at[move.state][move.step] = more = true;
                    if (!places->at[state][STEP_NONE])
                        places->at[state][STEP_NONE] = more = true;
                }
    }
}

static void nothing_that_may_have_left_is_sent_again_without_a_persons_word(void **state)
{
    (void)state;
    static const enum operation_kind kinds[] = {OPERATION_BOOK, OPERATION_VISIT, OPERATION_CALL};
    static const enum event doubts[] = {EVENT_UNKNOWN, EVENT_INTERRUPTED};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t d = 0; d < sizeof doubts / sizeof *doubts; d++) {
            enum step create = main_step(kinds[k]);
            struct places places = {0};
            struct move move;
            /* Interrupted means that nobody waits at the step any more. */
            enum step step = doubts[d] == EVENT_INTERRUPTED ? STEP_NONE : create;
            assert_true(engine_move(kinds[k], STATE_SENDING, step, doubts[d], &move));
            places.at[move.state][move.step] = true;
            spread(kinds[k], &places, EVENT_SETTLED_NO);
            check_number(operation_kind_word(kinds[k]), places.at[STATE_SENDING][create], false);
            spread(kinds[k], &places, EVENTS);
            check_number(operation_kind_word(kinds[k]), places.at[STATE_SENDING][create], true);
        }
}

static void every_state_that_is_not_settled_has_a_way_out(void **state)
{
    (void)state;
    for (int kind = 0; kind < OPERATION_KINDS; kind++) {
        struct places reached = {.at[STATE_SAVED][STEP_NONE] = true};
        spread((enum operation_kind)kind, &reached, EVENTS);
        for (int s = 0; s < STATES; s++)
            for (int step = 0; reached.at[s][STEP_NONE] && step < STEPS; step++) {
                struct places from = {0};
                if (!reached.at[s][step] || state_settled((enum operation_state)s))
                    continue;
                from.at[s][step] = true;
                spread((enum operation_kind)kind, &from, EVENTS);
                const char *name = name_of(
                    (enum operation_kind)kind, (enum operation_state)s, (enum step)step, EVENT_DUE);
                check_holds(name, from.at[STATE_CONFIRMED][STEP_NONE], "can never be confirmed");
                check_holds(name, from.at[STATE_REFUSED][STEP_NONE], "can never be refused");
            }
    }
}

/* How the worker asks at each step, and so which verdicts can come back to it. */
static enum asked asked_at(enum step step)
{
    static const enum asked asked[STEPS] = {
        [STEP_PROSPECT] = ASKED_UPSERT,
        [STEP_REQUEST] = ASKED_CREATE,
        [STEP_CANCEL] = ASKED_CANCEL,
        [STEP_VISIT] = ASKED_CREATE,
        [STEP_CALL] = ASKED_CREATE,
    };
    return asked[step];
}

static void whatever_comes_back_to_a_step_has_a_move(void **state)
{
    (void)state;
    for (int kind = 0; kind < OPERATION_KINDS; kind++) {
        struct places reached = {.at[STATE_SAVED][STEP_NONE] = true};
        spread((enum operation_kind)kind, &reached, EVENTS);
        for (int s = 0; s < STATES; s++)
            for (int step = STEP_PROSPECT; step < STEPS; step++)
                for (int came = 0; reached.at[s][step] && came < CAME_KINDS; came++)
                    for (int lost = 0; lost < 2; lost++) {
                        struct move move;
                        struct outcome outcome = {.came = (enum came)came,
                            .verdict = outcome_verdict(asked_at((enum step)step), (enum came)came)};
                        enum event event = engine_event(&outcome, (enum step)step, lost);
                        check_holds(name_of((enum operation_kind)kind, (enum operation_state)s,
                                        (enum step)step, event),
                            engine_move((enum operation_kind)kind, (enum operation_state)s,
                                (enum step)step, event, &move),
                            "is ignored");
                    }
    }
}

/* --- rows, for the manual ------------------------------------------------------------------------------------------ */

static void each_row_of_the_manual_holds(void **state)
{
    (void)state;
    struct engine_row row;
    size_t count = 0;
    for (; engine_table(count, &row); count++)
        for (int kind = 0; kind < OPERATION_KINDS; kind++)
            for (int step = 0; step < STEPS; step++) {
                struct move move;
                if (!(row.kinds & 1U << kind) || (!row.any_step && (int)row.step != step))
                    continue;
                assert_true(engine_move(
                    (enum operation_kind)kind, row.state, (enum step)step, row.event, &move));
            }
    assert_true(count > 20);
    assert_false(engine_table(count, &row));
    assert_false(engine_table(SIZE_MAX, &row));
}

static void steps_events_and_what_follows_have_words_of_their_own(void **state)
{
    (void)state;
    for (int a = 0; a < STEPS; a++)
        for (int b = 0; b < a; b++)
            assert_string_not_equal(step_word((enum step)a), step_word((enum step)b));
    for (int a = 0; a < EVENTS; a++)
        for (int b = 0; b < a; b++)
            assert_string_not_equal(event_words((enum event)a), event_words((enum event)b));
    for (int a = 0; a < THENS; a++)
        for (int b = 0; b < a; b++)
            assert_string_not_equal(then_word((enum then)a), then_word((enum then)b));
}

/* --- what an outcome amounts to --------------------------------------------------------------------------------- */

static void an_outcome_is_the_event_of_its_verdict(void **state)
{
    (void)state;
    static const enum event events[] = {
        [VERDICT_CONFIRMED] = EVENT_CONFIRMED,
        [VERDICT_REFUSED] = EVENT_REFUSED,
        [VERDICT_NOT_YET] = EVENT_NOT_YET,
        [VERDICT_UNKNOWN] = EVENT_UNKNOWN,
    };
    for (int step = STEP_PROSPECT; step < STEPS; step++)
        for (int came = 0; came < CAME_KINDS; came++) {
            struct outcome outcome = {.came = (enum came)came};
            outcome.verdict = outcome_verdict(asked_at((enum step)step), outcome.came);
            check_number(came_words(outcome.came), engine_event(&outcome, (enum step)step, false),
                events[outcome.verdict]);
            if (step != STEP_CANCEL)
                check_number(came_words(outcome.came),
                    engine_event(&outcome, (enum step)step, true), events[outcome.verdict]);
        }
}

static void a_cancel_that_was_lost_before_is_done_when_it_is_not_known_any_more(void **state)
{
    (void)state;
    for (int came = 0; came < CAME_KINDS; came++) {
        struct outcome outcome = {.came = (enum came)came};
        outcome.verdict = outcome_verdict(ASKED_CANCEL, outcome.came);
        enum event wanted = engine_event(&outcome, STEP_CANCEL, false);
        if (came == CAME_NOT_KNOWN || came == CAME_CONFLICT)
            wanted = EVENT_CONFIRMED;
        /* The lost one may have been applied, whatever became of the repeat. */
        if (wanted == EVENT_NOT_YET || wanted == EVENT_REFUSED)
            wanted = EVENT_UNKNOWN;
        check_number(came_words(outcome.came), engine_event(&outcome, STEP_CANCEL, true), wanted);
    }
}

/* --- order ----------------------------------------------------------------------------------------------------- */

enum { NOW = 1000000 };

static struct operation operation(enum operation_kind kind, enum operation_state state,
    const char *id, const char *phone, instant start)
{
    struct operation o = {.kind = kind, .state = state};
    str_copy(o.id, sizeof o.id, id);
    str_copy(o.tour_id, sizeof o.tour_id, id);
    str_copy(o.community_id, ID_SIZE, "c1");
    str_copy(o.booking.profile.phone, PHONE_SIZE, phone);
    o.booking.start.at = start;
    return o;
}

static void a_booking_waits_for_earlier_ones_of_its_person_or_slot(void **state)
{
    (void)state;
    static const struct {
        const char *name, *community, *phone;
        enum operation_kind kind;
        enum operation_state state;
        enum calendar calendar;
        instant start;
        enum obstacle obstacle;
    } rows[] = {
        {"same slot", "c1", "2", OPERATION_BOOK, STATE_SAVED, CALENDAR_SELF_GUIDED, 500,
            OBSTACLE_ORDER},
        {"same slot, sending", "c1", "2", OPERATION_BOOK, STATE_SENDING, CALENDAR_SELF_GUIDED, 500,
            OBSTACLE_ORDER},
        {"same person", "c1", "1", OPERATION_BOOK, STATE_SAVED, CALENDAR_SELF_GUIDED, 900,
            OBSTACLE_ORDER},
        {"same person, other calendar", "c1", "1", OPERATION_BOOK, STATE_SAVED, CALENDAR_IN_PERSON,
            900, OBSTACLE_ORDER},
        {"same time, other calendar", "c1", "2", OPERATION_BOOK, STATE_SAVED, CALENDAR_IN_PERSON,
            500, OBSTACLE_NONE},
        {"other person and slot", "c1", "2", OPERATION_BOOK, STATE_SAVED, CALENDAR_SELF_GUIDED, 900,
            OBSTACLE_NONE},
        {"other community", "c2", "1", OPERATION_BOOK, STATE_SAVED, CALENDAR_SELF_GUIDED, 500,
            OBSTACLE_NONE},
        {"unknown, stuck", "c1", "1", OPERATION_BOOK, STATE_UNKNOWN, CALENDAR_SELF_GUIDED, 500,
            OBSTACLE_NONE},
        {"through", "c1", "1", OPERATION_BOOK, STATE_CONFIRMED, CALENDAR_SELF_GUIDED, 500,
            OBSTACLE_NONE},
        {"a visit", "c1", "1", OPERATION_VISIT, STATE_SAVED, CALENDAR_SELF_GUIDED, 500,
            OBSTACLE_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct operation first =
            operation(rows[i].kind, rows[i].state, "first", rows[i].phone, rows[i].start);
        struct operation second = operation(OPERATION_BOOK, STATE_SAVED, "second", "1", 500);
        first.booking.calendar = rows[i].calendar;
        str_copy(first.community_id, ID_SIZE, rows[i].community);
        const struct operation *others[] = {&first, &second};
        const struct operation *reversed[] = {&second, &first};
        check_number(
            rows[i].name, engine_obstacle(&second, NULL, others, 2, NOW), rows[i].obstacle);
        check_number(rows[i].name, engine_obstacle(&second, NULL, reversed, 2, NOW), OBSTACLE_NONE);
    }
}

static void a_registration_keeps_the_order_of_its_person_and_claims_no_slot(void **state)
{
    (void)state;
    static const struct {
        const char *name, *phone;
        enum operation_kind first, second;
        enum obstacle obstacle;
    } rows[] = {
        {"booked before", "1", OPERATION_BOOK, OPERATION_REGISTER, OBSTACLE_ORDER},
        {"booked after", "1", OPERATION_REGISTER, OPERATION_BOOK, OBSTACLE_ORDER},
        {"twice", "1", OPERATION_REGISTER, OPERATION_REGISTER, OBSTACLE_ORDER},
        {"same time, booked", "2", OPERATION_BOOK, OPERATION_REGISTER, OBSTACLE_NONE},
        {"same time, registered", "2", OPERATION_REGISTER, OPERATION_BOOK, OBSTACLE_NONE},
        {"both registered", "2", OPERATION_REGISTER, OPERATION_REGISTER, OBSTACLE_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct operation first = operation(rows[i].first, STATE_SAVED, "first", rows[i].phone, 500);
        struct operation second = operation(rows[i].second, STATE_SAVED, "second", "1", 500);
        const struct operation *others[] = {&first, &second};
        check_number(
            rows[i].name, engine_obstacle(&second, NULL, others, 2, NOW), rows[i].obstacle);
    }
    /* A visit that was asked for before it by the clock is not in its way. */
    struct operation visit = operation(OPERATION_VISIT, STATE_SAVED, "visit", "", 0);
    struct operation it = operation(OPERATION_REGISTER, STATE_SAVED, "it", "1", 500);
    str_copy(visit.tour_id, OPERATION_ID_SIZE, it.id);
    const struct operation *others[] = {&visit, &it};
    assert_int_equal(engine_obstacle(&it, NULL, others, 2, NOW), OBSTACLE_NONE);
}

static void a_visit_or_cancel_waits_for_its_booking_and_falls_with_it(void **state)
{
    (void)state;
    static const enum obstacle expected_obstacles[STATES] = {
        [STATE_SAVED] = OBSTACLE_ORDER,
        [STATE_SENDING] = OBSTACLE_ORDER,
        [STATE_UNKNOWN] = OBSTACLE_ORDER,
        [STATE_CONFIRMED] = OBSTACLE_NONE,
        [STATE_REFUSED] = OBSTACLE_FAILED,
        [STATE_WITHDRAWN] = OBSTACLE_FAILED,
    };
    static const enum operation_kind kinds[] = {OPERATION_VISIT, OPERATION_CANCEL};
    for (int s = STATE_SAVED; s < STATES; s++)
        for (size_t k = 0; k < 2; k++) {
            struct tour tour = {.booking = (enum operation_state)s};
            struct operation o = operation(kinds[k], STATE_SAVED, "one", "", 0);
            const struct operation *others[] = {&o};
            check_number(state_word((enum operation_state)s),
                engine_obstacle(&o, &tour, others, 1, NOW), expected_obstacles[s]);
        }
    /* Bookings have no tour but their own. */
    struct tour tour = {.booking = STATE_SAVED};
    struct operation o = operation(OPERATION_BOOK, STATE_SAVED, "one", "", 0);
    const struct operation *others[] = {&o};
    assert_int_equal(engine_obstacle(&o, &tour, others, 1, NOW), OBSTACLE_NONE);
}

static void a_call_waits_for_nothing_but_the_persons_number(void **state)
{
    (void)state;
    struct tour tour = {.booking = STATE_SAVED};
    struct operation visit = operation(OPERATION_VISIT, STATE_SENDING, "visit", "", 0);
    struct operation call = operation(OPERATION_CALL, STATE_SAVED, "call", "", 0);
    str_copy(visit.tour_id, OPERATION_ID_SIZE, "tour");
    str_copy(call.tour_id, OPERATION_ID_SIZE, "tour");
    const struct operation *visit_first[] = {&visit, &call}, *call_first[] = {&call, &visit};
    assert_int_equal(engine_obstacle(&call, &tour, visit_first, 2, NOW), OBSTACLE_ORDER);
    str_copy(call.prospect_id, ID_SIZE, "9911");
    assert_int_equal(engine_obstacle(&call, &tour, visit_first, 2, NOW), OBSTACLE_NONE);
    tour.booking = STATE_REFUSED;
    assert_int_equal(engine_obstacle(&call, &tour, visit_first, 2, NOW), OBSTACLE_NONE);
    call.prospect_id[0] = '\0';
    assert_int_equal(engine_obstacle(&call, &tour, visit_first, 2, NOW), OBSTACLE_FAILED);
    str_copy(tour.prospect_id, ID_SIZE, "9911");
    assert_int_equal(engine_obstacle(&call, &tour, visit_first, 2, NOW), OBSTACLE_NONE);
    /* Nor does a visit wait for a call. */
    tour.booking = STATE_CONFIRMED;
    assert_int_equal(engine_obstacle(&visit, &tour, call_first, 2, NOW), OBSTACLE_NONE);
}

static void operations_of_one_tour_go_in_the_order_in_which_they_were_asked_for(void **state)
{
    (void)state;
    struct tour tour = {.booking = STATE_CONFIRMED};
    for (int s = STATE_SAVED; s < STATES; s++) {
        struct operation first =
            operation(OPERATION_VISIT, (enum operation_state)s, "first", "", 0);
        struct operation second = operation(OPERATION_CANCEL, STATE_SAVED, "second", "", 0);
        str_copy(first.tour_id, OPERATION_ID_SIZE, "tour");
        str_copy(second.tour_id, OPERATION_ID_SIZE, "tour");
        const struct operation *others[] = {&first, &second};
        bool in_flight = s == STATE_SAVED || s == STATE_SENDING;
        check_number(state_word((enum operation_state)s),
            engine_obstacle(&second, &tour, others, 2, NOW),
            in_flight ? OBSTACLE_ORDER : OBSTACLE_NONE);
        /* Those without a tour have nothing in common. */
        first.tour_id[0] = second.tour_id[0] = '\0';
        check_number("no tour", engine_obstacle(&second, NULL, others, 2, NOW), OBSTACLE_NONE);
    }
}

static void time_is_an_obstacle_until_it_has_come_and_only_the_last(void **state)
{
    (void)state;
    struct operation first = operation(OPERATION_BOOK, STATE_SAVED, "first", "1", 500);
    struct operation second = operation(OPERATION_BOOK, STATE_SAVED, "second", "2", 900);
    const struct operation *others[] = {&first, &second};
    second.send_after = NOW + 1;
    assert_int_equal(engine_obstacle(&second, NULL, others, 2, NOW), OBSTACLE_TIME);
    second.send_after = NOW;
    assert_int_equal(engine_obstacle(&second, NULL, others, 2, NOW), OBSTACLE_NONE);
    second.send_after = NOW + 1;
    second.booking.start.at = 500;
    assert_int_equal(engine_obstacle(&second, NULL, others, 2, NOW), OBSTACLE_ORDER);
}

/* --- pauses ------------------------------------------------------------------------------------------------------- */

static void pauses_double_from_half_a_second_to_a_minute_half_of_it_by_chance(void **state)
{
    (void)state;
    static const int64_t wholes[] = {500, 500, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
    for (int attempts = 0; attempts < 64; attempts++) {
        int64_t whole = wholes[attempts < 9 ? attempts : 9];
        char name[32];
        str_print(name, sizeof name, "%d attempts", attempts);
        check_number(name, engine_pause(attempts, 0), whole / 2);
        check_holds(name, engine_pause(attempts, 999) <= whole, "is too long");
        check_holds(name, engine_pause(attempts, 999) >= whole - whole / 500, "is too short");
        for (unsigned chance = 1; chance < 1000; chance++)
            check_holds(name, engine_pause(attempts, chance) >= engine_pause(attempts, chance - 1),
                "does not grow with chance");
    }
    assert_int_equal(engine_pause(INT32_MAX, 0), 30000);
    assert_int_equal(engine_pause(-1, 0), 250);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_cell_of_the_table_is_as_the_rules_say),
        cmocka_unit_test(each_move_is_of_one_piece),
        cmocka_unit_test(nothing_that_may_have_left_is_sent_again_without_a_persons_word),
        cmocka_unit_test(every_state_that_is_not_settled_has_a_way_out),
        cmocka_unit_test(whatever_comes_back_to_a_step_has_a_move),
        cmocka_unit_test(each_row_of_the_manual_holds),
        cmocka_unit_test(steps_events_and_what_follows_have_words_of_their_own),
        cmocka_unit_test(an_outcome_is_the_event_of_its_verdict),
        cmocka_unit_test(a_cancel_that_was_lost_before_is_done_when_it_is_not_known_any_more),
        cmocka_unit_test(a_booking_waits_for_earlier_ones_of_its_person_or_slot),
        cmocka_unit_test(a_registration_keeps_the_order_of_its_person_and_claims_no_slot),
        cmocka_unit_test(a_visit_or_cancel_waits_for_its_booking_and_falls_with_it),
        cmocka_unit_test(a_call_waits_for_nothing_but_the_persons_number),
        cmocka_unit_test(operations_of_one_tour_go_in_the_order_in_which_they_were_asked_for),
        cmocka_unit_test(time_is_an_obstacle_until_it_has_come_and_only_the_last),
        cmocka_unit_test(pauses_double_from_half_a_second_to_a_minute_half_of_it_by_chance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
