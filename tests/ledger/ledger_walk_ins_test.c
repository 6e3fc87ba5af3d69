/* Walk-ins in the ledger: tours of a kind of their own, which hold no slot and replace nothing. */
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

/* Keeps a registration made at `start`, and confirms it with the person's number unless that is NULL. */
static struct operation walk_in(
    const char *id, const char *first, const char *phone, instant start, const char *prospect)
{
    struct operation o = booking(id, first, "", phone, start);
    o.kind = OPERATION_REGISTER;
    keep(at->ledger, &o);
    if (!prospect)
        return o;
    move_to(at->ledger, &o, STATE_SENDING, start, NULL);
    str_copy(o.prospect_id, ID_SIZE, prospect);
    move_to(at->ledger, &o, STATE_CONFIRMED, start, NULL);
    return o;
}

static void put_mark(const char *tour_id, enum mark_kind kind, instant time)
{
    struct error error = {""};
    struct mark mark = {.kind = kind, .at = time, .time = time};
    str_copy(mark.tour_id, sizeof mark.tour_id, tour_id);
    if (!ledger_add_mark(at->ledger, &mark, &error))
        fail_msg("%s", error.text);
}

/* --- rows ------------------------------------------------------------------------------------------------- */

static void a_walk_in_is_a_tour_of_its_own_kind(void **state)
{
    (void)state;
    struct operation booked = booking("booked", "Ben", "", "+12065550166", NOW);
    keep(at->ledger, &booked);
    walk_in("walked", "Ana", "+12065550155", NOW, "9911");
    assert_int_equal(tour_of(at->ledger, "booked").kind, TOUR_APPOINTMENT);
    struct tour tour = tour_of(at->ledger, "walked");
    assert_int_equal(tour.kind, TOUR_WALK_IN);
    assert_int_equal(tour.booking, STATE_CONFIRMED);
    assert_string_equal(tour.first_name, "Ana");
    assert_string_equal(tour.prospect_id, "9911");
    assert_string_equal(tour.appointment_id, "");
    assert_int_equal(tour.start.at, NOW);
    assert_int_equal(tour_status(&tour, NOW + 24 * HOUR), TOUR_REGISTERED);
}

static void it_has_a_visit_like_any_tour(void **state)
{
    (void)state;
    struct operation o = walk_in("walked", "Ana", "+12065550155", NOW, "9911");
    struct operation visit = visit_of("visit", &o);
    keep(at->ledger, &visit);
    assert_int_equal(tour_of(at->ledger, "walked").visit, STATE_SAVED);
    move_to(at->ledger, &visit, STATE_SENDING, NOW, NULL);
    move_to(at->ledger, &visit, STATE_CONFIRMED, NOW, "551");
    struct tour tour = tour_of(at->ledger, "walked");
    assert_int_equal(tour_status(&tour, NOW), TOUR_LOGGED);
    assert_string_equal(tour.visit_id, "551");
}

static void marks_of_a_walk_in_stand_until_they_are_taken_back(void **state)
{
    (void)state;
    walk_in("walked", "Ana", "+12065550155", NOW, "9911");
    put_mark("walked", MARK_ARRIVED, NOW + HOUR);
    struct tour tour = tour_of(at->ledger, "walked");
    assert_int_equal(tour_status(&tour, NOW + HOUR), TOUR_NOW);
    assert_int_equal(tour_status(&tour, NOW + HOUR + 30 * MINUTE), TOUR_UNLOGGED);
    assert_int_equal(
        ledger_undo_mark(at->ledger, "walked", MARK_ARRIVED, "sam", NOW, NULL), FOUND_ONE);
    tour = tour_of(at->ledger, "walked");
    assert_int_equal(tour_status(&tour, NOW + HOUR), TOUR_REGISTERED);
}

/* --- where it shows ----------------------------------------------------------------------------------------- */

static void it_is_in_the_list_at_the_moment_in_which_they_came(void **state)
{
    (void)state;
    struct tour_list list = {0};
    struct tour_query query = {.from = NOW, .to = NOW + HOUR};
    struct operation late = booking("late", "Ben", "", "+12065550166", NOW + 40 * MINUTE);
    keep(at->ledger, &late);
    walk_in("walked", "Ana", "+12065550155", NOW + 20 * MINUTE, "9911");
    walk_in("before", "Isa", "+12065550177", NOW - 1, "9912");
    assert_true(ledger_tours(at->ledger, "c1", &query, &list, NULL));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].id, "walked");
    assert_int_equal(list.items[0].kind, TOUR_WALK_IN);
    assert_string_equal(list.items[1].id, "late");
    tour_list_finish(&list);
}

static void earlier_walk_ins_stay_open_only_while_something_is_to_be_done(void **state)
{
    (void)state;
    struct tour_list list = {0};
    struct tour_query query = {.from = NOW, .to = NOW + 24 * HOUR, .open_since = 1};
    struct operation booked = booking("booked", "Ben", "", "+12065550166", NOW - 70 * MINUTE);
    keep(at->ledger, &booked);
    move_to(at->ledger, &booked, STATE_SENDING, NOW, NULL);
    move_to(at->ledger, &booked, STATE_CONFIRMED, NOW, "2");
    walk_in("arrived", "Isa", "+12065550177", NOW - 60 * MINUTE, "9912");
    put_mark("arrived", MARK_ARRIVED, NOW - 50 * MINUTE);
    walk_in("saved", "Ana", "+12065550155", NOW - 40 * MINUTE, NULL);
    walk_in("done", "Eve", "+12065550188", NOW - 30 * MINUTE, "9913");
    assert_true(ledger_tours(at->ledger, "", &query, &list, NULL));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].id, "booked");
    assert_string_equal(list.items[1].id, "arrived");
    assert_string_equal(list.items[2].id, "saved");
    tour_list_finish(&list);
}

static void it_belongs_to_its_person_with_its_history(void **state)
{
    (void)state;
    struct person person = {0};
    walk_in("walked", "Ana", "+12065550155", NOW, "9911");
    put_mark("walked", MARK_NOTE, NOW);
    int64_t id = tour_of(at->ledger, "walked").person_id;
    assert_int_equal(ledger_person(at->ledger, id, &person, NULL), FOUND_ONE);
    assert_int_equal(person.tours.count, 1);
    assert_int_equal(person.tours.items[0].kind, TOUR_WALK_IN);
    assert_int_equal(person.marks.count, 1);
    assert_int_equal(person.history.count, 4);
    assert_string_equal(person.history.items[1].what, "register confirmed");
    person_finish(&person);
}

static void it_is_found_by_name_phone_and_the_persons_number(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool walk_in, booked;
    } rows[] = {
        {"ana", true, false},
        {"0155", true, false},
        {"991", true, false},
        {"walked", true, false},
        {"770", false, true}, /* the number of a tour that was booked is its appointment's */
        {"881", false, false},
        {"", true, true},
    };
    walk_in("walked", "Ana", "+12065550155", NOW, "9911");
    struct operation booked = booking("booked", "Ben", "", "+12065550166", NOW);
    keep(at->ledger, &booked);
    move_to(at->ledger, &booked, STATE_SENDING, NOW, NULL);
    str_copy(booked.prospect_id, ID_SIZE, "8810");
    move_to(at->ledger, &booked, STATE_CONFIRMED, NOW, "7701");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tour_list list = {0};
        struct tour_query query = {.from = 0, .to = INT64_MAX};
        assert_true(ledger_search(at->ledger, rows[i].text, &query, &list, NULL));
        check_number(rows[i].text, tour_list_find(&list, "walked") != NULL, rows[i].walk_in);
        check_number(rows[i].text, tour_list_find(&list, "booked") != NULL, rows[i].booked);
        tour_list_finish(&list);
    }
}

/* --- what it is not ------------------------------------------------------------------------------------------ */

static void no_booking_knocks_it_out(void **state)
{
    (void)state;
    struct tour_list list = {0};
    struct operation o = walk_in("walked", "Ana", "+12065550155", NOW, "9911");
    assert_true(
        ledger_tours_of_contact(at->ledger, "c1", &o.booking.profile, NOW - HOUR, &list, NULL));
    assert_int_equal(list.count, 0);
    struct operation booked = booking("booked", "Ana", "", "+12065550155", NOW + HOUR);
    keep(at->ledger, &booked);
    move_to(at->ledger, &booked, STATE_SENDING, NOW, NULL);
    move_to(at->ledger, &booked, STATE_CONFIRMED, NOW, "2");
    struct tour tour = tour_of(at->ledger, "walked");
    assert_string_equal(tour.replaced_by, "");
    assert_true(tour_stands(&tour));
    assert_false(tour_upcoming(&tour, NOW - HOUR));
}

static void a_registration_knocks_nothing_out(void **state)
{
    (void)state;
    struct operation booked = booking("booked", "Ana", "", "+12065550155", NOW + HOUR);
    keep(at->ledger, &booked);
    move_to(at->ledger, &booked, STATE_SENDING, NOW, NULL);
    move_to(at->ledger, &booked, STATE_CONFIRMED, NOW, "2");
    walk_in("walked", "Ana", "+12065550155", NOW, "9911");
    assert_string_equal(tour_of(at->ledger, "booked").replaced_by, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_walk_in_is_a_tour_of_its_own_kind, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(it_has_a_visit_like_any_tour, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            marks_of_a_walk_in_stand_until_they_are_taken_back, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            it_is_in_the_list_at_the_moment_in_which_they_came, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            earlier_walk_ins_stay_open_only_while_something_is_to_be_done, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            it_belongs_to_its_person_with_its_history, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(
            it_is_found_by_name_phone_and_the_persons_number, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(no_booking_knocks_it_out, open_one, scratch_close),
        cmocka_unit_test_setup_teardown(a_registration_knocks_nothing_out, open_one, scratch_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
