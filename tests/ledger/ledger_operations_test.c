/* Operations in the ledger: every field comes back, nobody's words change anybody else's, claims, and what
 * the history may hold. */
#include "scratch.h"

#include "tourdesk/base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- every field ------------------------------------------------------------------------------------- */

/* Every field of an operation of the kind, each with a value of its own. */
static struct operation full(enum operation_kind kind, const char *id)
{
    struct operation o = {.kind = kind, .state = STATE_SAVED};
    str_copy(o.id, sizeof o.id, id);
    str_copy(o.community_id, ID_SIZE, "b9XQN6eMvvrr07zg");
    str_copy(o.tour_id, sizeof o.tour_id, "tourtour");
    str_copy(o.agent, AGENT_SIZE, "sam");
    o.created_at = 1795559400001;
    o.updated_at = 1795559400002;
    o.send_after = 1795559400003;
    o.attempts = 4;
    o.lost = 5;
    str_copy(o.appointment_id, ID_SIZE, "12345678901234567890");
    str_copy(o.prospect_id, ID_SIZE, "p-6");
    str_copy(o.visit_id, ID_SIZE, "v-7");
    str_copy(o.status_word, ID_SIZE, "WAITING");
    o.reason = REASON_OTHER_STATUS;
    o.http_status = 208;
    str_copy(o.server_message, SERVER_MESSAGE_SIZE, "wait; 'please' \xE2\x80\x93 \"soon\"");
    return o;
}

static void fill_booking(struct operation *o)
{
    struct profile *p = &o->booking.profile;
    str_copy(p->first_name, NAME_SIZE, "Ana");
    str_copy(p->last_name, NAME_SIZE,
        "N\xC3\xBA\xC3\xB1"
        "ez O'Brien");
    str_copy(p->email, EMAIL_SIZE, "Ana.N@Example.com");
    str_copy(p->phone, PHONE_SIZE, "+12065550155");
    p->move_date = (struct date){2026, 12, 5};
    p->bedrooms = BEDROOMS_STUDIO | BEDROOMS_THREE_OR_MORE;
    p->occupants = 3;
    p->lease_months = 14;
    p->min_budget = 1000;
    p->max_budget = 3000000000;
    for (int i = 0; i < MESSAGE_CHARACTERS; i++)
        memcpy(p->message + 4 * i, "\xF0\x9F\x8F\xA0", 4);
    struct booking *b = &o->booking;
    b->consent = CONSENT_NO;
    b->calendar = CALENDAR_IN_PERSON;
    str_copy(b->start_text, STAMP_SIZE, "2026-12-01 09:00:00.000-0800");
    str_copy(b->end_text, STAMP_SIZE, "2026-12-01T09:45:00-08:00");
    b->start = (struct stamp){.at = 1796144400000, .offset = -28800};
    b->end = 1796147100000;
    str_copy(b->source_title, SOURCE_SIZE, "Property Website");
    b->seen = true;
    b->replace = true;
    str_copy(b->moves, OPERATION_ID_SIZE, "oldtour1");
}

static void fill_visit(struct operation *o)
{
    struct visiting *v = &o->visiting;
    v->visit_time = (struct stamp){.at = 1795559399000, .offset = 20700};
    for (int i = 0; i < VISIT_UNITS; i++)
        str_print(v->units[i], UNIT_SIZE, "M6 - %d", 300 - i);
    v->unit_count = VISIT_UNITS;
    str_copy(v->source_title, SOURCE_SIZE, "Call");
    v->self_guided = v->again = v->any_unit = true;
}

static void fill_cancel(struct operation *o)
{
    str_copy(o->cancelling.reason, NOTE_SIZE, "has a cold; will call");
    o->cancelling.asked_by = ASKED_BY_STAFF;
}

static void fill_call(struct operation *o)
{
    struct calling *c = &o->calling;
    str_copy(c->username, USERNAME_SIZE, "sam@example.com");
    str_copy(c->agent_phone, PHONE_SIZE, "+12065550100");
    c->start = (struct stamp){.at = 1795559000000, .offset = -28800};
    c->end = (struct stamp){.at = 1795559240000, .offset = -25200};
    c->type = CALL_OUTBOUND;
    c->outcome = CALL_TERMINATED;
    str_copy(c->source_title, SOURCE_SIZE, "Zillow");
    c->again = true;
    str_copy(c->call_id, ID_SIZE, "c-8");
}

/* What lies behind a time's offset belongs to no field: a compiler may leave there what it likes. */
static void clear_gap(struct stamp *stamp)
{
    size_t used = offsetof(struct stamp, offset) + sizeof stamp->offset;
    memset((char *)stamp + used, 0, sizeof *stamp - used);
}

static struct operation without_gaps(const struct operation *operation)
{
    struct operation copy;
    memcpy(&copy, operation, sizeof copy);
    clear_gap(&copy.booking.start);
    clear_gap(&copy.visiting.visit_time);
    clear_gap(&copy.calling.start);
    clear_gap(&copy.calling.end);
    return copy;
}

/* Both are zeroed before they are filled, so that their bytes can be compared. */
static void check_same(
    const char *name, const struct operation *got, const struct operation *expected)
{
    struct operation x = without_gaps(got), y = without_gaps(expected);
    const char *a = (const char *)&x, *b = (const char *)&y;
    for (size_t i = 0; i < sizeof x; i++)
        if (a[i] != b[i])
            fail_msg("[%s] differs at byte %zu of the operation", name, i);
}

/* A text in place of another, with no byte of that left. */
static void put(char *out, size_t size, const char *text)
{
    memset(out, 0, size);
    str_copy(out, size, text);
}

static void (*const fillers[OPERATION_KINDS])(struct operation *) = {
    [OPERATION_BOOK] = fill_booking,
    [OPERATION_CANCEL] = fill_cancel,
    [OPERATION_VISIT] = fill_visit,
    [OPERATION_REGISTER] = fill_booking,
    [OPERATION_CALL] = fill_call,
};

static void every_field_of_every_kind_comes_back(void **state)
{
    struct scratch *scratch = *state;
    for (int kind = 0; kind < OPERATION_KINDS; kind++) {
        const char *name = operation_kind_word((enum operation_kind)kind);
        struct operation o = full((enum operation_kind)kind, name), found;
        fillers[kind](&o);
        keep(scratch->ledger, &o);
        memset(&found, 0x5A, sizeof found);
        assert_int_equal(ledger_operation(scratch->ledger, name, &found, NULL), FOUND_ONE);
        check_same(name, &found, &o);
        /* and with nothing filled but what must be there */
        struct operation least = {.kind = o.kind, .state = STATE_SAVED};
        str_print(least.id, sizeof least.id, "%s-2", name);
        keep(scratch->ledger, &least);
        assert_int_equal(ledger_operation(scratch->ledger, least.id, &found, NULL), FOUND_ONE);
        check_same(name, &found, &least);
    }
    struct operation_list list = {0};
    assert_true(ledger_unsettled(scratch->ledger, &list, NULL));
    assert_int_equal(list.count, 2 * OPERATION_KINDS);
    for (size_t i = 0; i < list.count; i++) {
        struct operation found;
        assert_int_equal(
            ledger_operation(scratch->ledger, list.items[i].id, &found, NULL), FOUND_ONE);
        check_same(list.items[i].id, &list.items[i], &found);
    }
    operation_list_finish(&list);
}

static void every_value_of_every_enum_comes_back(void **state)
{
    struct scratch *scratch = *state;
    struct operation o = full(OPERATION_BOOK, "book"), found;
    keep(scratch->ledger, &o);
    for (int reason = 0; reason < REASONS; reason++) {
        o.reason = (enum reason)reason;
        assert_int_equal(ledger_update(scratch->ledger, &o, o.state, NULL), FOUND_ONE);
        assert_int_equal(ledger_operation(scratch->ledger, "book", &found, NULL), FOUND_ONE);
        assert_int_equal(found.reason, reason);
    }
    for (int next = STATE_SAVED; next < STATES; next++) {
        enum operation_state was = o.state;
        o.state = (enum operation_state)next;
        assert_int_equal(ledger_update(scratch->ledger, &o, was, NULL), FOUND_ONE);
        assert_int_equal(ledger_operation(scratch->ledger, "book", &found, NULL), FOUND_ONE);
        assert_int_equal(found.state, next);
    }
    for (int consent = CONSENT_NOT_ASKED; consent <= CONSENT_NO; consent++) {
        struct operation one = full(OPERATION_BOOK, consent_word((enum consent)consent));
        one.booking.consent = (enum consent)consent;
        keep(scratch->ledger, &one);
        assert_int_equal(ledger_operation(scratch->ledger, one.id, &found, NULL), FOUND_ONE);
        assert_int_equal(found.booking.consent, consent);
    }
}

static void one_id_is_kept_once(void **state)
{
    struct scratch *scratch = *state;
    struct error error = {""};
    struct operation one = booking("aaaaaaaa", "Ana", "", "+12065550155", 5000), found;
    keep(scratch->ledger, &one);
    str_copy(one.agent, AGENT_SIZE, "kim");
    assert_false(ledger_add(scratch->ledger, &one, &error));
    check_contains("error", error.text, scratch->file);
    assert_int_equal(ledger_operation(scratch->ledger, "aaaaaaaa", &found, NULL), FOUND_ONE);
    assert_string_equal(found.agent, "sam");
    assert_int_equal(ledger_operation(scratch->ledger, "bbbbbbbb", &found, NULL), FOUND_NONE);
}

/* --- people --------------------------------------------------------------------------------------------- */

/* A booking is sent as it was asked for, whatever the office learns of the person afterwards. */
static void a_later_booking_changes_nothing_of_an_earlier_one(void **state)
{
    struct scratch *scratch = *state;
    static const struct {
        const char *first, *email, *phone;
    } later[] = {
        {"Ana", "new@example.com", "+12065550155"}, /* another e-mail, the same phone */
        {"Ana", "ana@example.com", "+12065550166"},
        {"ANA", "ana@example.com", "+12065550155"}, /* the same person, spelled otherwise */
        {"Ana", "", "+12065550155"}, {"Ana", "ANA@example.com", ""},
        {"Ben", "ana@example.com", "+12065550155"}, /* two people on one e-mail */
    };
    struct operation first = booking("first", "Ana", "ana@example.com", "+12065550155", 5000);
    struct operation found;
    keep(scratch->ledger, &first);
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
        char id[16];
        str_print(id, sizeof id, "later%zu", i);
        struct operation next = booking(id, later[i].first, later[i].email, later[i].phone, 6000);
        keep(scratch->ledger, &next);
        assert_int_equal(ledger_operation(scratch->ledger, id, &found, NULL), FOUND_ONE);
        check_same(id, &found, &next);
        assert_int_equal(ledger_operation(scratch->ledger, "first", &found, NULL), FOUND_ONE);
        check_same("first", &found, &first);
        struct tour tour = tour_of(scratch->ledger, id);
        check_text(id, tour.first_name, later[i].first);
        check_text(id, tour.email, later[i].email);
        check_text(id, tour.phone, later[i].phone);
    }
}

static void the_same_person_is_kept_once(void **state)
{
    struct scratch *scratch = *state;
    struct operation one = booking("aaaaaaaa", "Ana", "ana@example.com", "+12065550155", 5000);
    struct operation two = booking("bbbbbbbb", "Ana", "ana@example.com", "+12065550155", 6000);
    struct operation three = booking("cccccccc", "Ben", "ana@example.com", "+12065550155", 7000);
    keep(scratch->ledger, &one);
    keep(scratch->ledger, &two);
    assert_string_equal(ask_file(scratch, "SELECT count(*) FROM person"), "1");
    keep(scratch->ledger, &three);
    assert_string_equal(ask_file(scratch, "SELECT count(*) FROM person"), "2");
}

/* --- changing ------------------------------------------------------------------------------------------- */

static void what_changed_is_kept_and_what_cannot_change_is_not(void **state)
{
    struct scratch *scratch = *state;
    struct operation o = full(OPERATION_BOOK, "book"), found;
    fill_booking(&o);
    keep(scratch->ledger, &o);
    struct operation changed = full(OPERATION_BOOK, "book");
    changed.state = STATE_UNKNOWN;
    changed.updated_at = 11;
    changed.send_after = 12;
    changed.attempts = 13;
    changed.lost = 14;
    put(changed.appointment_id, ID_SIZE, "a2");
    put(changed.prospect_id, ID_SIZE, "p2");
    put(changed.visit_id, ID_SIZE, "v2");
    put(changed.status_word, ID_SIZE, "s2");
    changed.reason = REASON_NO_ANSWER;
    changed.http_status = 0;
    put(changed.server_message, SERVER_MESSAGE_SIZE, "");
    put(changed.booking.profile.first_name, NAME_SIZE, "Mallory");
    put(changed.booking.start_text, STAMP_SIZE, "elsewhere");
    assert_int_equal(ledger_update(scratch->ledger, &changed, STATE_SAVED, NULL), FOUND_ONE);
    struct operation expected = changed;
    expected.booking = o.booking;
    assert_int_equal(ledger_operation(scratch->ledger, "book", &found, NULL), FOUND_ONE);
    check_same("changed", &found, &expected);
}

static void a_booking_that_is_sent_keeps_its_start_as_it_was_offered_last(void **state)
{
    struct scratch *scratch = *state;
    struct operation o = booking("book", "Ana", "", "+12065550155", 1796144400000), found;
    keep(scratch->ledger, &o);
    put(o.booking.start_text, STAMP_SIZE, "2026-12-01T17:00:00Z");
    put(o.booking.end_text, STAMP_SIZE, "2026-12-01T17:30:00Z");
    o.booking.start.offset = 0;
    move_to(scratch->ledger, &o, STATE_SENDING, 2000, NULL);
    assert_int_equal(ledger_operation(scratch->ledger, "book", &found, NULL), FOUND_ONE);
    check_same("sent", &found, &o);
}

static void a_visit_that_is_sent_keeps_its_time_as_it_is_sent(void **state)
{
    struct scratch *scratch = *state;
    struct operation o = full(OPERATION_VISIT, "visit"), found;
    fill_visit(&o);
    keep(scratch->ledger, &o);
    o.visiting.visit_time.at -= 3000;
    o.visiting.visit_time.offset = 0;
    move_to(scratch->ledger, &o, STATE_SENDING, 2000, NULL);
    assert_int_equal(ledger_operation(scratch->ledger, "visit", &found, NULL), FOUND_ONE);
    check_same("sent", &found, &o);
}

static void an_operation_that_was_moved_elsewhere_is_not_written(void **state)
{
    struct scratch *scratch = *state;
    struct operation o = booking("book", "Ana", "", "+12065550155", 5000), found;
    keep(scratch->ledger, &o);
    for (int was = STATE_SENDING; was < STATES; was++) {
        struct operation stale = o;
        stale.state = STATE_CONFIRMED;
        str_copy(stale.appointment_id, ID_SIZE, "999");
        assert_int_equal(
            ledger_update(scratch->ledger, &stale, (enum operation_state)was, NULL), FOUND_NONE);
        assert_int_equal(ledger_operation(scratch->ledger, "book", &found, NULL), FOUND_ONE);
        check_same("untouched", &found, &o);
    }
    struct operation nobody = booking("nobody", "Ana", "", "", 5000);
    assert_int_equal(ledger_update(scratch->ledger, &nobody, STATE_SAVED, NULL), FOUND_NONE);
    assert_string_equal(ask_file(scratch, "SELECT count(*) FROM history"), "1");
}

/* --- lists ------------------------------------------------------------------------------------------------ */

static void what_is_not_settled_comes_in_the_order_in_which_it_was_asked_for(void **state)
{
    struct scratch *scratch = *state;
    static const struct {
        const char *id;
        enum operation_state state;
        instant created;
        bool listed;
    } rows[] = {
        {"first", STATE_UNKNOWN, 100, true}, {"done", STATE_CONFIRMED, 50, false},
        {"second", STATE_SENDING, 200, true}, {"no", STATE_REFUSED, 60, false},
        {"second-b", STATE_SAVED, 200, true}, /* in the same millisecond */
        {"back", STATE_WITHDRAWN, 70, false},
        {"third", STATE_SAVED, 90, true}, /* a clock set back */
    };
    static const char *const order[] = {"first", "second", "second-b", "third"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct operation o = booking(rows[i].id, "Ana", "", "+12065550155", 5000);
        o.created_at = rows[i].created;
        keep(scratch->ledger, &o);
        if (rows[i].state != STATE_SAVED)
            move_to(scratch->ledger, &o, rows[i].state, 1000, NULL);
    }
    struct operation_list list = {0};
    assert_true(ledger_unsettled(scratch->ledger, &list, NULL));
    assert_int_equal(list.count, 4);
    for (size_t i = 0; i < list.count; i++)
        check_text("order", list.items[i].id, order[i]);
    operation_list_finish(&list);
}

static void what_changed_since_then_is_listed_settled_or_not(void **state)
{
    struct scratch *scratch = *state;
    struct operation old = booking("old", "Ana", "", "+12065550155", 5000);
    struct operation done = booking("done", "Ana", "", "+12065550155", 5000);
    struct operation visit = full(OPERATION_VISIT, "visit");
    old.updated_at = 999;
    keep(scratch->ledger, &old);
    keep(scratch->ledger, &done);
    move_to(scratch->ledger, &done, STATE_CONFIRMED, 1000, "2");
    fill_visit(&visit);
    keep(scratch->ledger, &visit);
    struct operation_list list = {0};
    assert_true(ledger_operations_since(scratch->ledger, 1000, &list, NULL));
    assert_int_equal(list.count, 2);
    check_same("done", &list.items[0], &done);
    check_same("visit", &list.items[1], &visit);
    operation_list_finish(&list);
}

/* --- claims ------------------------------------------------------------------------------------------------ */

static void a_claim_holds_until_it_runs_out_or_is_given_back(void **state)
{
    struct scratch *scratch = *state;
    struct ledger *a = scratch->ledger, *b = open_ledger(scratch->data);
    struct operation o = booking("book", "Ana", "", "+12065550155", 5000);
    keep(a, &o);
    assert_int_equal(ledger_claim(a, "book", "one", 1000, 2000, NULL), FOUND_ONE);
    assert_int_equal(ledger_claim(b, "book", "two", 1999, 9000, NULL), FOUND_NONE);
    assert_int_equal(ledger_claim(a, "book", "one", 1500, 3000, NULL), FOUND_ONE); /* kept */
    assert_int_equal(ledger_claim(b, "book", "two", 2500, 9000, NULL), FOUND_NONE);
    assert_int_equal(ledger_claim(b, "book", "two", 3000, 9000, NULL), FOUND_ONE); /* ran out */
    assert_int_equal(ledger_claim(a, "book", "one", 3001, 9000, NULL), FOUND_NONE);
    assert_true(ledger_release(a, "book", "one", NULL)); /* not one's own: nothing happens */
    assert_int_equal(ledger_claim(a, "book", "one", 3001, 9000, NULL), FOUND_NONE);
    assert_true(ledger_release(b, "book", "two", NULL));
    assert_int_equal(ledger_claim(a, "book", "one", 3001, 9000, NULL), FOUND_ONE);
    assert_int_equal(ledger_claim(a, "nobody", "one", 3001, 9000, NULL), FOUND_NONE);
    ledger_close(b);
}

static void what_is_settled_cannot_be_claimed(void **state)
{
    struct scratch *scratch = *state;
    for (int next = STATE_SAVED; next < STATES; next++) {
        struct operation o =
            booking(state_word((enum operation_state)next), "Ana", "", "+12065550155", 5000);
        keep(scratch->ledger, &o);
        if (next != STATE_SAVED)
            move_to(scratch->ledger, &o, (enum operation_state)next, 2000, NULL);
        enum found claimed = ledger_claim(scratch->ledger, o.id, "one", 1000, 2000, NULL);
        check_number(
            o.id, claimed, state_settled((enum operation_state)next) ? FOUND_NONE : FOUND_ONE);
    }
}

/* Tries to claim each of 50 operations; its exit code is how many it got. */
static void claim_all(const char *folder, int racer)
{
    struct ledger *ledger = ledger_open(folder, NULL);
    char owner[16];
    int got = 0;
    str_print(owner, sizeof owner, "racer%d", racer);
    for (int i = 0; ledger && i < 50; i++) {
        char id[16];
        str_print(id, sizeof id, "op%d", i);
        got += ledger_claim(ledger, id, owner, 1000, 2000, NULL) == FOUND_ONE;
    }
    ledger_close(ledger);
    _exit(got);
}

static void of_processes_that_race_for_a_claim_one_gets_it(void **state)
{
    struct scratch *scratch = *state;
    enum { RACERS = 3 };
    pid_t children[RACERS];
    int total = 0;
    assert_true(ledger_begin(scratch->ledger, NULL));
    for (int i = 0; i < 50; i++) {
        char id[16];
        str_print(id, sizeof id, "op%d", i);
        struct operation o = booking(id, "Ana", "", "+12065550155", 5000);
        keep(scratch->ledger, &o);
    }
    assert_true(ledger_commit(scratch->ledger, NULL));
    for (int i = 0; i < RACERS; i++) {
        children[i] = fork();
        if (children[i] == 0)
            claim_all(scratch->data, i);
    }
    for (int i = 0; i < RACERS; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        total += WEXITSTATUS(status);
    }
    assert_int_equal(total, 50);
}

static void who_fell_silent_while_sending_leaves_an_orphan(void **state)
{
    struct scratch *scratch = *state;
    static const struct {
        const char *id;
        enum operation_state state;
        instant until; /* 0 = never claimed */
        bool orphan;   /* at 2000 */
    } rows[] = {
        {"late", STATE_SENDING, 2000, true},
        {"later", STATE_SENDING, 2001, false},
        {"unclaimed", STATE_SENDING, 0, true},
        {"saved", STATE_SAVED, 1000, false},
        {"unknown", STATE_UNKNOWN, 1000, false},
        {"done", STATE_CONFIRMED, 1000, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct operation o = booking(rows[i].id, "Ana", "", "+12065550155", 5000);
        keep(scratch->ledger, &o);
        if (rows[i].until)
            ledger_claim(scratch->ledger, o.id, "one", 500, rows[i].until, NULL);
        if (rows[i].state != STATE_SAVED)
            move_to(scratch->ledger, &o, rows[i].state, 1000, NULL);
    }
    struct operation_list list = {0};
    assert_true(ledger_orphans(scratch->ledger, 2000, &list, NULL));
    size_t expected = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool listed = false;
        for (size_t o = 0; o < list.count; o++)
            listed |= strcmp(list.items[o].id, rows[i].id) == 0;
        check_number(rows[i].id, listed, rows[i].orphan);
        expected += rows[i].orphan;
    }
    assert_int_equal(list.count, expected);
    operation_list_finish(&list);
}

/* --- the wire, evidence, history ------------------------------------------------------------------------------ */

static void a_request_is_kept_and_its_answer_takes_its_place(void **state)
{
    struct scratch *scratch = *state;
    struct operation o = booking("book", "Ana", "", "+12065550155", 5000);
    struct wire wire = {.step = "request", .method = "POST", .path = "/appointment/request"};
    keep(scratch->ledger, &o);
    str_copy(wire.operation_id, sizeof wire.operation_id, "book");
    wire.body = "{\"a\":1}";
    assert_true(ledger_put_wire(scratch->ledger, &wire, NULL));
    static const char all[] =
        "SELECT step || method || path || ifnull(body, '-') || sent_at ||"
        " answered_at || came || http_status || ifnull(answer, '-') FROM wire";
    assert_string_equal(ask_file(scratch, all), "requestPOST/appointment/request{\"a\":1}000-");
    wire.sent_at = 11;
    wire.answered_at = 22;
    wire.http_status = 200;
    wire.answer = "{}";
    str_copy(wire.came, sizeof wire.came, "2xx");
    assert_true(ledger_put_wire(scratch->ledger, &wire, NULL));
    assert_string_equal(
        ask_file(scratch, all), "requestPOST/appointment/request{\"a\":1}11222xx200{}");
    assert_string_equal(ask_file(scratch, "SELECT count(*) FROM wire"), "1");
    str_copy(wire.step, sizeof wire.step, "prospect");
    wire.body = NULL;
    assert_true(ledger_put_wire(scratch->ledger, &wire, NULL));
    assert_string_equal(ask_file(scratch, "SELECT count(*) FROM wire"), "2");
    str_copy(wire.operation_id, sizeof wire.operation_id, "nobody");
    assert_false(ledger_put_wire(scratch->ledger, &wire, NULL)); /* it belongs to nothing */
}

static void evidence_comes_back_newest_first(void **state)
{
    struct scratch *scratch = *state;
    struct operation o = booking("book", "Ana", "", "+12065550155", 5000);
    struct evidence found[8];
    size_t count = 99;
    keep(scratch->ledger, &o);
    assert_true(ledger_evidence(scratch->ledger, "book", found, 8, &count, NULL));
    assert_int_equal(count, 0);
    static const struct evidence rows[] = {
        {100, "slots", "this time is still offered", SPEAKS_AGAINST},
        {100, "events", "it is there", SPEAKS_FOR},
        {300, "slots", "who knows", SPEAKS_NOTHING},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(ledger_put_evidence(scratch->ledger, "book", &rows[i], NULL));
    assert_true(ledger_evidence(scratch->ledger, "book", found, 8, &count, NULL));
    static const size_t order[] = {2, 1, 0};
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(found[i].at, rows[order[i]].at);
        assert_string_equal(found[i].source, rows[order[i]].source);
        assert_string_equal(found[i].words, rows[order[i]].words);
        assert_int_equal(found[i].speaks, rows[order[i]].speaks);
    }
    assert_true(ledger_evidence(scratch->ledger, "book", found, 2, &count, NULL));
    assert_int_equal(count, 2);
    assert_false(ledger_put_evidence(scratch->ledger, "nobody", &rows[0], NULL));
}

static void the_history_tells_each_step_and_nothing_personal(void **state)
{
    struct scratch *scratch = *state;
    for (int kind = 0; kind < OPERATION_KINDS; kind++) {
        struct operation o =
            full((enum operation_kind)kind, operation_kind_word((enum operation_kind)kind));
        fillers[kind](&o);
        keep(scratch->ledger, &o);
        move_to(scratch->ledger, &o, STATE_SENDING, 2000, NULL);
        move_to(scratch->ledger, &o, STATE_CONFIRMED, 3000, "77");
    }
    assert_true(ledger_note(scratch->ledger, 4000, "kim", "book", "left for handover", NULL));
    assert_string_equal(ask_file(scratch, "SELECT group_concat(what, '; ') FROM history"
                                          " WHERE operation_id = 'book' AND agent = 'sam'"),
        "book saved: other_status; book sending: other_status; book confirmed: other_status");
    assert_string_equal(ask_file(scratch, "SELECT at || agent || what FROM history"
                                          " ORDER BY sequence DESC LIMIT 1"),
        "4000kimleft for handover");
    static const char *const personal[] = {
        "Ana", "Brien", "example.com", "5550155", "cold", "M6", "Website", "\xF0\x9F\x8F\xA0"};
    const char *everything = ask_file(scratch, "SELECT group_concat(what || agent) FROM history");
    for (size_t i = 0; i < sizeof personal / sizeof *personal; i++)
        check_holds(personal[i], !strstr(everything, personal[i]), "is in the history");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            every_field_of_every_kind_comes_back, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            every_value_of_every_enum_comes_back, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(one_id_is_kept_once, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_later_booking_changes_nothing_of_an_earlier_one, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(the_same_person_is_kept_once, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            what_changed_is_kept_and_what_cannot_change_is_not, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_booking_that_is_sent_keeps_its_start_as_it_was_offered_last, scratch_open,
            scratch_close),
        cmocka_unit_test_setup_teardown(
            a_visit_that_is_sent_keeps_its_time_as_it_is_sent, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            an_operation_that_was_moved_elsewhere_is_not_written, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            what_is_not_settled_comes_in_the_order_in_which_it_was_asked_for, scratch_open,
            scratch_close),
        cmocka_unit_test_setup_teardown(
            what_changed_since_then_is_listed_settled_or_not, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_claim_holds_until_it_runs_out_or_is_given_back, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            what_is_settled_cannot_be_claimed, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            of_processes_that_race_for_a_claim_one_gets_it, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            who_fell_silent_while_sending_leaves_an_orphan, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_request_is_kept_and_its_answer_takes_its_place, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            evidence_comes_back_newest_first, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            the_history_tells_each_step_and_nothing_personal, scratch_open, scratch_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
