/* Tours in the ledger: what became of a booking, whom Knock would take for one person, and the snapshots of
 * what was read. */
#include "scratch.h"

#include "tourdesk/base/str.h"

enum { NOW = 10000000 };

static struct scratch *at; /* the running test's */

static int open_one(void **state)
{
    if (scratch_open(state) != 0)
        return -1;
    at = *state;
    return 0;
}

/* Keeps a booking and confirms it as appointment `appointment`. */
static struct operation booked(const char *id, const char *first, const char *email,
    const char *phone, instant start, const char *appointment)
{
    struct operation o = booking(id, first, email, phone, start);
    keep(at->ledger, &o);
    move_to(at->ledger, &o, STATE_SENDING, 2000, NULL);
    move_to(at->ledger, &o, STATE_CONFIRMED, 3000, appointment);
    return o;
}

/* --- rows ------------------------------------------------------------------------------------------------- */

static void a_tour_tells_all_of_its_booking(void **state)
{
    (void)state;
    struct operation o =
        booking("aaaaaaaa", "Ana", "Ana@example.com", "+12065550155", 1796144400000);
    str_copy(o.booking.profile.last_name, NAME_SIZE,
        "N\xC3\xBA\xC3\xB1"
        "ez");
    o.booking.consent = CONSENT_YES;
    o.booking.calendar = CALENDAR_IN_PERSON;
    str_copy(o.booking.end_text, STAMP_SIZE, "2026-12-01T09:30:00-08:00");
    str_copy(o.booking.source_title, SOURCE_SIZE, "Call");
    o.send_after = 7777;
    keep(at->ledger, &o);
    str_copy(o.prospect_id, ID_SIZE, "5");
    str_copy(o.server_message, SERVER_MESSAGE_SIZE, "hm");
    o.reason = REASON_OTHER_STATUS;
    move_to(at->ledger, &o, STATE_UNKNOWN, 2000, "2");
    struct tour t = tour_of(at->ledger, "aaaaaaaa");
    assert_string_equal(t.id, "aaaaaaaa");
    assert_string_equal(t.community_id, "c1");
    assert_string_equal(t.first_name, "Ana");
    assert_string_equal(t.last_name, "N\xC3\xBA\xC3\xB1"
                                     "ez");
    assert_string_equal(t.email, "Ana@example.com");
    assert_string_equal(t.phone, "+12065550155");
    assert_int_equal(t.consent, CONSENT_YES);
    assert_int_equal(t.calendar, CALENDAR_IN_PERSON);
    assert_string_equal(t.start_text, "2026-12-01T09:00:00-08:00");
    assert_string_equal(t.end_text, "2026-12-01T09:30:00-08:00");
    assert_int_equal(t.start.at, 1796144400000);
    assert_int_equal(t.start.offset, -28800);
    assert_int_equal(t.end, 1796146200000);
    assert_string_equal(t.source_title, "Call");
    assert_string_equal(t.appointment_id, "2");
    assert_string_equal(t.prospect_id, "5");
    assert_string_equal(t.visit_id, "");
    assert_string_equal(t.agent, "sam");
    assert_int_equal(t.created_at, 1000);
    assert_int_equal(t.send_after, 7777);
    assert_int_equal(t.booking, STATE_UNKNOWN);
    assert_int_equal(t.cancel, STATE_NONE);
    assert_int_equal(t.visit, STATE_NONE);
    assert_string_equal(t.cancel_id, "");
    assert_string_equal(t.visit_operation_id, "");
    assert_string_equal(t.replaced_by, "");
    assert_int_equal(t.reason, REASON_OTHER_STATUS);
    assert_string_equal(t.server_message, "hm");
}

static void a_tour_is_found_by_its_appointment_the_newest_first(void **state)
{
    (void)state;
    struct tour tour;
    struct operation old = booked("old", "Ana", "", "+12065550155", NOW, "2");
    struct operation newer = booking("newer", "Ben", "", "+12065550166", NOW);
    newer.created_at = old.created_at + 1;
    keep(at->ledger, &newer);
    move_to(at->ledger, &newer, STATE_CONFIRMED, 3000, "2");
    assert_int_equal(ledger_tour_of_appointment(at->ledger, "2", &tour, NULL), FOUND_ONE);
    assert_string_equal(tour.id, "newer");
    assert_int_equal(ledger_tour_of_appointment(at->ledger, "3", &tour, NULL), FOUND_NONE);
    assert_int_equal(ledger_tour(at->ledger, "nobody", &tour, NULL), FOUND_NONE);
    /* A cancel has the appointment's id as well, and is no tour. */
    struct operation cancel = cancel_of("cancel", &old);
    str_copy(cancel.appointment_id, ID_SIZE, "77");
    keep(at->ledger, &cancel);
    assert_int_equal(ledger_tour_of_appointment(at->ledger, "77", &tour, NULL), FOUND_NONE);
    assert_int_equal(ledger_tour(at->ledger, "cancel", &tour, NULL), FOUND_NONE);
}

static void tours_of_a_span_come_in_the_order_of_time(void **state)
{
    (void)state;
    static const struct {
        const char *id, *community;
        instant start, created;
    } rows[] = {
        {"e", "c1", 400, 1},
        {"b", "c1", 200, 1},
        {"d", "c1", 300, 2},
        {"c", "c1", 300, 1},
        {"x", "c2", 250, 1},
        {"a", "c1", 199, 1},
        {"f", "c1", 401, 1},
    };
    static const struct {
        const char *community, *order;
        instant from, to;
        size_t limit;
    } queries[] = {
        {"c1", "bcd", 200, 400, 0},
        {"c1", "bcde", 200, 401, 0},
        {"", "bxcd", 200, 400, 0},
        {"c2", "x", 0, 1000, 0},
        {"c3", "", 0, 1000, 0},
        {"c1", "bc", 200, 400, 2},
        {"", "abxcdef", INT64_MIN, INT64_MAX, 100},
        {"c1", "", 400, 200, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct operation o = booking(rows[i].id, "Ana", "", "+12065550155", rows[i].start);
        str_copy(o.community_id, ID_SIZE, rows[i].community);
        o.created_at = rows[i].created;
        keep(at->ledger, &o);
    }
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct tour_list list = {0};
        struct tour_query query = {
            .from = queries[i].from, .to = queries[i].to, .limit = queries[i].limit};
        char order[16] = "";
        assert_true(ledger_tours(at->ledger, queries[i].community, &query, &list, NULL));
        for (size_t t = 0; t < list.count; t++)
            order[t] = list.items[t].id[0];
        check_text(queries[i].order, order, queries[i].order);
        tour_list_finish(&list);
    }
}

/* --- whom Knock would take for one person ------------------------------------------------------------------- */

static bool in_way(const char *community, const char *email, const char *phone, const char *id)
{
    struct profile profile = {0};
    struct tour_list list = {0};
    str_copy(profile.email, EMAIL_SIZE, email);
    str_copy(profile.phone, PHONE_SIZE, phone);
    assert_true(ledger_tours_of_contact(at->ledger, community, &profile, NOW, &list, NULL));
    bool found = tour_list_find(&list, id) != NULL;
    tour_list_finish(&list);
    return found;
}

static void the_same_email_or_phone_is_one_person_to_knock(void **state)
{
    (void)state;
    const struct operation tours[] = {
        booking("ana", "Ana", "Ana.N@example.com", "+12065550155", NOW + 1),
        booking("ben", "Ben", "ANA.N@EXAMPLE.COM", "", NOW + 2), /* two people on one e-mail */
        booking("isa", "Isa", "", "+12065550177", NOW + 3),
    };
    for (size_t i = 0; i < 3; i++)
        keep(at->ledger, &tours[i]);
    static const struct {
        const char *email, *phone;
        bool ana, ben, isa;
    } rows[] = {
        {"ana.n@example.com", "", true, true, false},
        {"aNa.N@eXample.com", "+12065550199", true, true, false},
        {"", "+12065550155", true, false, false},
        {"other@example.com", "+12065550155", true, false, false},
        {"ana.n@example.com", "+12065550177", true, true, true},
        {"", "+12065550177", false, false, true},
        {"anan@example.com", "+12065550150", false, false, false},
        {"", "", false, false, false}, /* nobody is not everybody without an e-mail */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *name = *rows[i].email ? rows[i].email : rows[i].phone;
        check_number(name, in_way("c1", rows[i].email, rows[i].phone, "ana"), rows[i].ana);
        check_number(name, in_way("c1", rows[i].email, rows[i].phone, "ben"), rows[i].ben);
        check_number(name, in_way("c1", rows[i].email, rows[i].phone, "isa"), rows[i].isa);
        check_number(name, in_way("c2", rows[i].email, rows[i].phone, "ana"), false);
    }
}

static void an_old_contact_still_counts_for_the_tour_booked_under_it(void **state)
{
    (void)state;
    booked("first", "Ana", "old@example.com", "+12065550155", NOW + 1, "1");
    struct operation next = booking("next", "Ana", "new@example.com", "+12065550155", NOW + 9);
    keep(at->ledger, &next);
    assert_true(in_way("c1", "old@example.com", "", "first"));
    assert_false(in_way("c1", "new@example.com", "", "first"));
    assert_true(in_way("c1", "new@example.com", "", "next"));
}

static void only_what_stands_and_is_not_over_can_be_replaced(void **state)
{
    (void)state;
    for (int booked_as = STATE_SAVED; booked_as < STATES; booked_as++) {
        const char *id = state_word((enum operation_state)booked_as);
        struct operation o = booking(id, "Ana", "ana@example.com", "", NOW + 1);
        keep(at->ledger, &o);
        if (booked_as != STATE_SAVED)
            move_to(at->ledger, &o, (enum operation_state)booked_as, 2000, NULL);
        struct tour tour = tour_of(at->ledger, id);
        check_number(id, in_way("c1", "ana@example.com", "", id), tour_upcoming(&tour, NOW));
    }
    for (int cancelled_as = STATE_SAVED; cancelled_as < STATES; cancelled_as++) {
        char id[16], cancel_id[16];
        str_print(id, sizeof id, "tour%d", cancelled_as);
        str_print(cancel_id, sizeof cancel_id, "cancel%d", cancelled_as);
        /* each for itself, or the later ones would replace the earlier */
        struct operation o = booking(id, "Ben", "", "", NOW + 1);
        str_print(o.booking.profile.phone, PHONE_SIZE, "+1206555017%d", cancelled_as);
        keep(at->ledger, &o);
        move_to(at->ledger, &o, STATE_CONFIRMED, 2000, id);
        struct operation cancel = cancel_of(cancel_id, &o);
        keep(at->ledger, &cancel);
        if (cancelled_as != STATE_SAVED)
            move_to(at->ledger, &cancel, (enum operation_state)cancelled_as, 3000, NULL);
        check_number(
            id, in_way("c1", "", o.booking.profile.phone, id), cancelled_as != STATE_CONFIRMED);
    }
}

static void a_tour_is_in_the_way_until_its_end(void **state)
{
    (void)state;
    booked("running", "Ana", "ana@example.com", "", NOW - 30 * MINUTE + 1, "1");
    booked("over", "Ben", "ben@example.com", "", NOW - 30 * MINUTE, "2");
    assert_true(in_way("c1", "ana@example.com", "", "running"));
    assert_false(in_way("c1", "ben@example.com", "", "over"));
}

/* --- taking the place of a tour -------------------------------------------------------------------------------- */

static void check_replaced(const char *id, const char *by)
{
    struct tour tour = tour_of(at->ledger, id);
    check_text(id, tour.replaced_by, by);
}

static void a_confirmed_booking_takes_the_place_of_every_tour_under_its_contact(void **state)
{
    (void)state;
    static const struct {
        const char *id, *email, *phone, *community;
        instant start;
        enum operation_state booking;
        bool cancelled, replaced;
    } rows[] = {
        {"by-email", "ANA@example.com", "", "c1", NOW + 1, STATE_CONFIRMED, false, true},
        {"by-phone", "", "+12065550155", "c1", NOW + 1, STATE_CONFIRMED, false, true},
        {"both", "ana@example.com", "+12065550155", "c1", NOW + 1, STATE_CONFIRMED, false, true},
        {"stranger", "ben@example.com", "+12065550166", "c1", NOW + 1, STATE_CONFIRMED, false,
            false},
        {"elsewhere", "ana@example.com", "", "c2", NOW + 1, STATE_CONFIRMED, false, false},
        {"over", "ana@example.com", "", "c1", NOW - HOUR, STATE_CONFIRMED, false, false},
        {"cancelled", "ana@example.com", "", "c1", NOW + 1, STATE_CONFIRMED, true, false},
        {"refused", "ana@example.com", "", "c1", NOW + 1, STATE_REFUSED, false, false},
        {"waiting", "ana@example.com", "", "c1", NOW + 1, STATE_SAVED, false, false},
        {"who-knows", "ana@example.com", "", "c1", NOW + 1, STATE_UNKNOWN, false, false},
        {"nobody", "", "", "c1", NOW + 1, STATE_CONFIRMED, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct operation o =
            booking(rows[i].id, "Ana", rows[i].email, rows[i].phone, rows[i].start);
        str_copy(o.community_id, ID_SIZE, rows[i].community);
        keep(at->ledger, &o);
        /* confirmed long ago, and before any other of these was there to be replaced */
        o.state = rows[i].booking;
        char sql[128];
        str_print(sql, sizeof sql, "UPDATE operation SET state = '%s' WHERE id = '%s'",
            state_word(rows[i].booking), rows[i].id);
        ask_file(at, sql);
        if (rows[i].cancelled) {
            struct operation cancel = cancel_of("a-cancel", &o);
            keep(at->ledger, &cancel);
            move_to(at->ledger, &cancel, STATE_CONFIRMED, 3000, NULL);
        }
    }
    struct operation next = booking("next", "Ana", "ana@example.com", "+12065550155", NOW + 2);
    next.created_at = NOW - 1;
    keep(at->ledger, &next);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_replaced(rows[i].id, "");
    move_to(at->ledger, &next, STATE_SENDING, NOW, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_replaced(rows[i].id, "");
    move_to(at->ledger, &next, STATE_CONFIRMED, NOW, "9");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_replaced(rows[i].id, rows[i].replaced ? "next" : "");
    check_replaced("next", "");
}

/* Another took its place while it was unknown, and then a person says that it is booked: it may have come last at
 * Knock, and a booking asks before it takes it away. An answer says nothing of that. */
static void what_a_person_says_is_booked_is_in_the_way_though_another_took_its_place(void **state)
{
    (void)state;
    static const char *const ids[][2] = {{"answered", "later1"}, {"settled", "later2"}};
    for (int settled = 0; settled < 2; settled++) {
        const char *id = ids[settled][0], *later = ids[settled][1];
        char phone[PHONE_SIZE];
        str_print(phone, sizeof phone, "+1206555018%d", settled);
        struct operation first = booking(id, "Ana", "", phone, NOW + 1);
        struct operation second = booking(later, "Ana", "", phone, NOW + HOUR);
        keep(at->ledger, &first);
        move_to(at->ledger, &first, STATE_SENDING, 1000, NULL);
        move_to(at->ledger, &first, STATE_UNKNOWN, 1500, NULL);
        keep(at->ledger, &second);
        move_to(at->ledger, &second, STATE_SENDING, 1800, NULL);
        move_to(at->ledger, &second, STATE_CONFIRMED, 2000, later);
        first.reason = settled ? REASON_SETTLED : REASON_NONE;
        move_to(at->ledger, &first, STATE_CONFIRMED, 2500, id);
        check_replaced(id, later);
        check_number(id, in_way("c1", "", phone, id), settled);
    }
}

static void a_booking_without_contact_replaces_nobody(void **state)
{
    (void)state;
    booked("ana", "Ana", "", "", NOW + 1, "1");
    booked("ben", "Ben", "", "", NOW + 2, "2");
    check_replaced("ana", "");
}

static void a_move_takes_the_place_of_the_tour_it_moves_and_only_when_confirmed(void **state)
{
    (void)state;
    static const struct {
        enum operation_state state;
        const char *by;
    } rows[] = {
        {STATE_REFUSED, ""}, {STATE_UNKNOWN, ""}, {STATE_WITHDRAWN, ""}, {STATE_CONFIRMED, "new4"}};
    struct operation old = booking("old", "Ana", "ana@example.com", "", NOW + 1);
    str_copy(old.community_id, ID_SIZE, "c2");
    keep(at->ledger, &old);
    move_to(at->ledger, &old, STATE_CONFIRMED, 2000, "1");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char id[16];
        str_print(id, sizeof id, "new%zu", i + 1);
        /* under another contact and community, so that nothing but the move ties them */
        struct operation next = booking(id, "Ana", "", "+12065550155", NOW + 2);
        str_copy(next.booking.moves, OPERATION_ID_SIZE, "old");
        keep(at->ledger, &next);
        move_to(at->ledger, &next, rows[i].state, NOW, NULL);
        check_replaced("old", rows[i].by);
    }
}

static void what_was_replaced_once_stays_so(void **state)
{
    (void)state;
    booked("one", "Ana", "ana@example.com", "", NOW + 1, "1");
    booked("two", "Ana", "ana@example.com", "", NOW + 2, "2");
    booked("three", "Ana", "ana@example.com", "", NOW + 3, "3");
    check_replaced("one", "two");
    check_replaced("two", "three");
    check_replaced("three", "");
}

/* --- cancels and visits of a tour ------------------------------------------------------------------------------- */

static void a_tour_points_at_its_newest_cancel_and_visit(void **state)
{
    (void)state;
    struct operation o = booked("tour", "Ana", "", "+12065550155", NOW, "1");
    struct operation cancel = cancel_of("cancel1", &o), visit = visit_of("visit1", &o);
    keep(at->ledger, &cancel);
    keep(at->ledger, &visit);
    struct tour t = tour_of(at->ledger, "tour");
    assert_string_equal(t.cancel_id, "cancel1");
    assert_int_equal(t.cancel, STATE_SAVED);
    assert_string_equal(t.visit_operation_id, "visit1");
    assert_int_equal(t.visit, STATE_SAVED);
    move_to(at->ledger, &cancel, STATE_REFUSED, 4000, NULL);
    move_to(at->ledger, &visit, STATE_CONFIRMED, 4000, "v1");
    t = tour_of(at->ledger, "tour");
    assert_int_equal(t.cancel, STATE_REFUSED);
    assert_int_equal(t.visit, STATE_CONFIRMED);
    assert_string_equal(t.visit_id, "v1");
    struct operation again = cancel_of("cancel2", &o);
    keep(at->ledger, &again);
    t = tour_of(at->ledger, "tour");
    assert_string_equal(t.cancel_id, "cancel2");
    assert_int_equal(t.cancel, STATE_SAVED);
}

static void what_came_to_nothing_gives_way_to_what_stood_before(void **state)
{
    (void)state;
    static const enum operation_state ends[] = {STATE_WITHDRAWN, STATE_REFUSED};
    struct operation o = booked("tour", "Ana", "", "+12065550155", NOW, "1");
    struct operation visit = visit_of("visit0", &o), cancel = cancel_of("cancel0", &o);
    keep(at->ledger, &visit);
    move_to(at->ledger, &visit, STATE_CONFIRMED, 4000, "v1");
    keep(at->ledger, &cancel);
    move_to(at->ledger, &cancel, STATE_UNKNOWN, 4000, NULL);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char id[16];
        str_print(id, sizeof id, "visit%zu", i + 1);
        struct operation more = visit_of(id, &o);
        keep(at->ledger, &more);
        struct tour t = tour_of(at->ledger, "tour");
        assert_string_equal(t.visit_operation_id, id);
        move_to(at->ledger, &more, ends[i], 5000, NULL);
        t = tour_of(at->ledger, "tour");
        assert_string_equal(t.visit_operation_id, "visit0");
        assert_int_equal(t.visit, STATE_CONFIRMED);
        assert_string_equal(t.visit_id, "v1");

        str_print(id, sizeof id, "cancel%zu", i + 1);
        more = cancel_of(id, &o);
        keep(at->ledger, &more);
        move_to(at->ledger, &more, ends[i], 5000, NULL);
        t = tour_of(at->ledger, "tour");
        assert_string_equal(t.cancel_id, "cancel0");
        assert_int_equal(t.cancel, STATE_UNKNOWN);
    }
}

static void a_visit_without_a_tour_is_kept_by_itself(void **state)
{
    (void)state;
    struct operation nobody = {.kind = OPERATION_BOOK}, found;
    struct operation visit = visit_of("visit1", &nobody);
    keep(at->ledger, &visit);
    move_to(at->ledger, &visit, STATE_REFUSED, 2000, NULL);
    assert_int_equal(ledger_operation(at->ledger, "visit1", &found, NULL), FOUND_ONE);
    assert_string_equal(found.tour_id, "");
}

/* --- snapshots ----------------------------------------------------------------------------------------------- */

static void slots_come_back_as_they_were_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"2026-12-01T09:00:00-08:00", "2026-12-01 17:30:00.000Z",
        "2026-12-01T18:00:00.123456789+00:00"};
    struct slot_list list = {.skipped = 3, .checked_at = 77}, found = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct slot slot = {.end = i == 1 ? 1796147100000 : 0};
        str_copy(slot.text, sizeof slot.text, texts[i]);
        assert_true(stamp_parse(texts[i], &slot.start, NULL));
        slot_list_add(&list, &slot);
    }
    assert_true(ledger_get_slots(at->ledger, "c1", CALENDAR_SELF_GUIDED, &found, NULL));
    assert_int_equal(found.checked_at, 0); /* never */
    assert_int_equal(found.count, 0);
    assert_true(ledger_put_slots(at->ledger, "c1", CALENDAR_SELF_GUIDED, &list, NULL));
    assert_true(ledger_get_slots(at->ledger, "c1", CALENDAR_SELF_GUIDED, &found, NULL));
    assert_int_equal(found.count, list.count);
    assert_int_equal(found.skipped, 3);
    assert_int_equal(found.checked_at, 77);
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(found.items[i].text, list.items[i].text);
        assert_int_equal(found.items[i].start.at, list.items[i].start.at);
        assert_int_equal(found.items[i].start.offset, list.items[i].start.offset);
        assert_int_equal(found.items[i].end, list.items[i].end);
    }
    slot_list_finish(&found);
    /* each calendar and community for itself */
    assert_true(ledger_get_slots(at->ledger, "c1", CALENDAR_IN_PERSON, &found, NULL));
    assert_true(ledger_get_slots(at->ledger, "c2", CALENDAR_SELF_GUIDED, &found, NULL));
    assert_int_equal(found.count, 0);
    slot_list_finish(&list);
    /* the newest takes the place of the one before, an empty one too */
    list.checked_at = 99;
    assert_true(ledger_put_slots(at->ledger, "c1", CALENDAR_SELF_GUIDED, &list, NULL));
    assert_true(ledger_get_slots(at->ledger, "c1", CALENDAR_SELF_GUIDED, &found, NULL));
    assert_int_equal(found.count, 0);
    assert_int_equal(found.checked_at, 99);
}

static void twenty_thousand_slots_come_back(void **state)
{
    (void)state;
    struct slot_list list = {.checked_at = 1}, found = {0};
    for (int i = 0; i < 20000; i++) {
        struct slot slot = {.start = {.at = 1796144400000 + (instant)i * MINUTE, .offset = -28800}};
        stamp_format(slot.start, slot.text);
        slot_list_add(&list, &slot);
    }
    assert_true(ledger_put_slots(at->ledger, "c1", CALENDAR_SELF_GUIDED, &list, NULL));
    assert_true(ledger_get_slots(at->ledger, "c1", CALENDAR_SELF_GUIDED, &found, NULL));
    assert_int_equal(found.count, 20000);
    assert_string_equal(found.items[19999].text, list.items[19999].text);
    slot_list_finish(&list);
    slot_list_finish(&found);
}

static void lines_of_a_snapshot_that_cannot_be_read_are_left_out(void **state)
{
    (void)state;
    struct slot_list found = {0};
    ask_file(at, "INSERT INTO snapshot (community_id, calendar, checked_at, skipped, slots) VALUES"
                 " ('c1', 'self-guided', 5, 0, 'rubbish' || char(10) || 'a' || char(9) || '0' ||"
                 " char(10) || '2026-12-01T09:00:00-08:00' || char(9) || '0' || char(10) ||"
                 " printf('%.*c', 100, 'x') || char(9) || '0' || char(10) || 'no end')");
    assert_true(ledger_get_slots(at->ledger, "c1", CALENDAR_SELF_GUIDED, &found, NULL));
    assert_int_equal(found.count, 1);
    assert_string_equal(found.items[0].text, "2026-12-01T09:00:00-08:00");
    slot_list_finish(&found);
}

static void sources_come_back_as_they_were_read(void **state)
{
    (void)state;
    static const char *const titles[] = {
        "Property Website", "N\303\272\303\261ez & Co; 'best'", "x"};
    struct source_list list = {.checked_at = 55}, found = {0};
    char longest[SOURCE_SIZE];
    memset(longest, 'z', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        source_list_add(&list, titles[i]);
    source_list_add(&list, longest);
    assert_true(ledger_get_sources(at->ledger, "c1", &found, NULL));
    assert_int_equal(found.checked_at, 0);
    assert_true(ledger_put_sources(at->ledger, "c1", &list, NULL));
    assert_true(ledger_get_sources(at->ledger, "c1", &found, NULL));
    assert_int_equal(found.count, list.count);
    assert_int_equal(found.checked_at, 55);
    for (size_t i = 0; i < list.count; i++)
        assert_string_equal(found.titles[i], list.titles[i]);
    source_list_finish(&found);
    source_list_finish(&list);
    assert_true(ledger_get_sources(at->ledger, "c2", &found, NULL));
    assert_int_equal(found.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_tour_tells_all_of_its_booking, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_tour_is_found_by_its_appointment_the_newest_first, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            tours_of_a_span_come_in_the_order_of_time, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            the_same_email_or_phone_is_one_person_to_knock, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            an_old_contact_still_counts_for_the_tour_booked_under_it, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            only_what_stands_and_is_not_over_can_be_replaced, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_tour_is_in_the_way_until_its_end, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_confirmed_booking_takes_the_place_of_every_tour_under_its_contact, open_one,
            scratch_close),
        cmocka_unit_test_setup_teardown(
            what_a_person_says_is_booked_is_in_the_way_though_another_took_its_place, open_one,
            scratch_close),
        cmocka_unit_test_setup_teardown(
            a_booking_without_contact_replaces_nobody, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_move_takes_the_place_of_the_tour_it_moves_and_only_when_confirmed, open_one,
            scratch_close),
        cmocka_unit_test_setup_teardown(what_was_replaced_once_stays_so, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_tour_points_at_its_newest_cancel_and_visit, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            what_came_to_nothing_gives_way_to_what_stood_before, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_visit_without_a_tour_is_kept_by_itself, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(slots_come_back_as_they_were_read, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(twenty_thousand_slots_come_back, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            lines_of_a_snapshot_that_cannot_be_read_are_left_out, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            sources_come_back_as_they_were_read, open_one, scratch_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
