/* What is said: clocks, days, ages, and the sentences about operations. */
#include "check.h"

#include "tourdesk/tour/say.h"
#include "tourdesk/tour/tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct zone *pacific, *phoenix;

static int load_zones(void **state)
{
    (void)state;
    setenv("TZ", "Asia/Kolkata", 1); /* the machine's, to be ignored */
    tzset();
    pacific = zone_load("America/Los_Angeles", NULL);
    phoenix = zone_load("America/Phoenix", NULL);
    return pacific && phoenix ? 0 : -1;
}

static int free_zones(void **state)
{
    (void)state;
    zone_destroy(pacific);
    zone_destroy(phoenix);
    return 0;
}

static instant at(const char *text)
{
    struct stamp stamp;
    if (!stamp_parse(text, &stamp, NULL))
        fail_msg("%s is no stamp", text);
    return stamp.at;
}

static struct wall clock_at(int hour, int minute)
{
    return (struct wall){.date = {2026, 11, 24}, .hour = hour, .minute = minute};
}

static void clocks_say_am_and_pm_in_full(void **state)
{
    (void)state;
    static const struct {
        int hour, minute;
        const char *words;
    } rows[] = {{0, 0, "12:00 am"}, {0, 5, "12:05 am"}, {1, 0, "1:00 am"}, {9, 30, "9:30 am"},
        {11, 59, "11:59 am"}, {12, 0, "12:00 pm"}, {12, 30, "12:30 pm"}, {14, 30, "2:30 pm"},
        {23, 59, "11:59 pm"}};
    char out[SAY_SIZE];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_text(
            rows[i].words, say_clock(out, clock_at(rows[i].hour, rows[i].minute)), rows[i].words);
}

static void ranges_say_the_half_once_where_it_is_the_same(void **state)
{
    (void)state;
    static const struct {
        int from, to; /* hour * 100 + minute */
        int days;
        const char *words;
    } rows[] = {
        {1430, 1500, 0, "2:30 to 3:00 pm"},
        {900, 930, 0, "9:00 to 9:30 am"},
        {1130, 1200, 0, "11:30 am to 12:00 pm"},
        {1200, 1230, 0, "12:00 to 12:30 pm"},
        {0, 30, 0, "12:00 to 12:30 am"},
        {2330, 0, 1, "11:30 pm to 12:00 am"},
        {1430, 1500, 1, "2:30 pm to 3:00 pm"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[SAY_SIZE];
        struct wall from = clock_at(rows[i].from / 100, rows[i].from % 100);
        struct wall to = clock_at(rows[i].to / 100, rows[i].to % 100);
        to.date = date_add_days(to.date, rows[i].days);
        check_text(rows[i].words, say_range(out, from, to), rows[i].words);
    }
}

static void days_always_have_their_weekday(void **state)
{
    (void)state;
    char out[SAY_SIZE];
    struct date today = {2026, 11, 23};
    assert_string_equal(say_day(out, (struct date){2026, 11, 24}, today), "Tue 24 Nov");
    assert_string_equal(say_day(out, today, today), "Mon 23 Nov");
    assert_string_equal(say_day(out, (struct date){2027, 1, 2}, today), "Sat 2 Jan 2027");
    assert_string_equal(say_day(out, (struct date){2025, 12, 31}, today), "Wed 31 Dec 2025");
    assert_string_equal(say_long_day(out, (struct date){2026, 11, 24}), "Tuesday 24 November 2026");
    assert_string_equal(say_days(out, (struct date){2026, 11, 23}, (struct date){2026, 11, 29}),
        "Mon 23 to Sun 29 November 2026");
    assert_string_equal(say_days(out, (struct date){2026, 11, 30}, (struct date){2026, 12, 6}),
        "Mon 30 Nov to Sun 6 Dec 2026");
    assert_string_equal(say_days(out, (struct date){2026, 12, 28}, (struct date){2027, 1, 3}),
        "Mon 28 Dec 2026 to Sun 3 Jan 2027");
}

static void weekdays_and_months_have_two_names_each(void **state)
{
    (void)state;
    for (int i = MONDAY; i <= SUNDAY; i++)
        assert_int_equal(strncmp(say_weekday(i), say_long_weekday(i), 3), 0);
    for (int i = 1; i <= 12; i++)
        assert_int_equal(strncmp(say_month(i), say_long_month(i), 3), 0);
    assert_string_equal(say_long_weekday(SUNDAY), "Sunday");
    assert_string_equal(say_long_month(1), "January");
    assert_string_equal(say_month(12), "Dec");
}

static void moments_are_said_in_the_zone(void **state)
{
    (void)state;
    char out[SAY_SIZE];
    instant now = at("2026-11-23T14:07:00-08:00"), start = at("2026-11-24T22:30:00Z");
    assert_string_equal(say_moment(out, pacific, start, now), "Tue 24 Nov 2:30 pm");
    assert_string_equal(say_moment(out, phoenix, start, now), "Tue 24 Nov 3:30 pm");
    assert_string_equal(say_span(out, pacific, start, start + 30 * MINUTE, now),
        "Tue 24 Nov 2:30 to 3:00 pm Pacific");
    assert_string_equal(say_span(out, phoenix, start, start + 30 * MINUTE, now),
        "Tue 24 Nov 3:30 to 4:00 pm Arizona");
    /* The year is left out by the zone's own year, not by the machine's. */
    now = at("2027-01-01T05:00:00Z");
    assert_string_equal(say_moment(out, pacific, now, now), "Thu 31 Dec 9:00 pm");
    assert_string_equal(
        say_moment(out, pacific, start, at("2027-01-01T08:00:00Z")), "Tue 24 Nov 2026 2:30 pm");
    /* The hour that comes twice is said as the wall shows it. */
    start = at("2026-11-01T01:30:00-07:00");
    assert_string_equal(say_moment(out, pacific, start, start), "Sun 1 Nov 1:30 am");
    assert_string_equal(say_moment(out, pacific, start + HOUR, start), "Sun 1 Nov 1:30 am");
}

static const struct {
    int64_t millis;
    const char *length, *age;
} ages[] = {
    {-5000, "0 s", "just now"},
    {0, "0 s", "just now"},
    {1999, "1 s", "just now"},
    {2000, "2 s", "2 s ago"},
    {14999, "14 s", "14 s ago"},
    {59999, "59 s", "59 s ago"},
    {60000, "1 min", "1 min ago"},
    {3599999, "59 min", "59 min ago"},
    {3600000, "1 h", "1 h ago"},
    {7500000, "2 h 5 min", "2 h 5 min ago"},
    {35999999, "9 h 59 min", "9 h 59 min ago"},
    {36000000, "10 h", "10 h ago"},
    {37000000, "10 h", "10 h ago"},
    {172799999, "47 h", "47 h ago"},
    {172800000, "2 days", "2 days ago"},
    {864000000, "10 days", "10 days ago"},
};

static void ages_are_as_exact_as_they_are_useful(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        char out[SAY_SIZE];
        check_text(ages[i].age, say_length(out, ages[i].millis), ages[i].length);
        check_text(ages[i].age, say_age(out, ages[i].millis), ages[i].age);
    }
}

#define NOW "2026-11-23T14:07:00-08:00"

/* The operation a row speaks of: tour 18842 of Ana Nunez, or visit 551 of it. */
static struct operation operation(
    enum operation_kind kind, enum operation_state operation_state, enum reason reason)
{
    struct operation made = {.kind = kind, .state = operation_state, .reason = reason};
    made.http_status = reason == REASON_NOT_KNOWN ? 404 : 0;
    str_copy(made.booking.profile.first_name, NAME_SIZE, "Ana");
    str_copy(made.booking.profile.last_name, NAME_SIZE, "N\u00FA\u00F1ez");
    str_copy(made.booking.profile.email, EMAIL_SIZE, "ana@example.com");
    made.calling.start.at = at("2026-11-23T13:50:00-08:00");
    if (operation_state != STATE_CONFIRMED)
        return made;
    str_copy(made.appointment_id, ID_SIZE, "18842");
    str_copy(made.prospect_id, ID_SIZE, "9911");
    str_copy(made.visit_id, ID_SIZE, "551");
    str_copy(made.calling.call_id, ID_SIZE, "8");
    return made;
}

static struct tour ana(void)
{
    struct tour tour = {.end = at("2026-11-24T15:00:00-08:00")};
    str_copy(tour.first_name, NAME_SIZE, "Ana");
    str_copy(tour.last_name, NAME_SIZE, "N\u00FA\u00F1ez");
    assert_true(stamp_parse("2026-11-24T14:30:00-08:00", &tour.start, NULL));
    return tour;
}

static const struct {
    enum operation_kind kind;
    enum operation_state state;
    enum reason reason;
    const char *words;
} tells[] = {
    {OPERATION_BOOK, STATE_NONE, REASON_NONE, ""},
    {OPERATION_BOOK, STATE_SAVED, REASON_NONE,
        "Saved: booking Ana N. for Tue 24 Nov 2:30 pm Pacific. Sending next."},
    {OPERATION_BOOK, STATE_SAVED, REASON_OFFLINE,
        "Saved: booking Ana N. for Tue 24 Nov 2:30 pm Pacific. Not sent yet: Knock could not be "
        "reached. It goes out by itself."},
    {OPERATION_BOOK, STATE_SENDING, REASON_NONE,
        "Sending: booking Ana N. for Tue 24 Nov 2:30 pm Pacific."},
    {OPERATION_BOOK, STATE_CONFIRMED, REASON_NONE,
        "Booked Ana N. for Tue 24 Nov 2:30 pm Pacific, number 18842."},
    {OPERATION_BOOK, STATE_REFUSED, REASON_TAKEN,
        "Not booked: Ana N. for Tue 24 Nov 2:30 pm Pacific: that time is no longer offered."},
    {OPERATION_BOOK, STATE_REFUSED, REASON_NONE,
        "Not booked: Ana N. for Tue 24 Nov 2:30 pm Pacific."},
    {OPERATION_BOOK, STATE_UNKNOWN, REASON_NO_ANSWER,
        "Unknown whether it was booked: Ana N. for Tue 24 Nov 2:30 pm Pacific: no answer came. "
        "It was not sent again. Ask whether the confirmation e-mail has arrived."},
    {OPERATION_BOOK, STATE_WITHDRAWN, REASON_UNDONE,
        "Taken back: booking Ana N. for Tue 24 Nov 2:30 pm Pacific. Nothing was sent."},
    {OPERATION_CANCEL, STATE_SENDING, REASON_NONE,
        "Sending: cancelling Ana N., Tue 24 Nov 2:30 pm Pacific."},
    {OPERATION_CANCEL, STATE_CONFIRMED, REASON_NONE,
        "Cancelled Ana N., Tue 24 Nov 2:30 pm Pacific, number 18842."},
    {OPERATION_CANCEL, STATE_REFUSED, REASON_NOT_KNOWN,
        "Not cancelled: Ana N., Tue 24 Nov 2:30 pm Pacific: Knock does not know it."},
    {OPERATION_CANCEL, STATE_UNKNOWN, REASON_CUT_SHORT,
        "Unknown whether it was cancelled: Ana N., Tue 24 Nov 2:30 pm Pacific: the answer broke "
        "off. Look in Knock."},
    {OPERATION_VISIT, STATE_SAVED, REASON_WAITS,
        "Saved: visit of Ana N., Tue 24 Nov 2:30 pm Pacific. Not sent yet: it waits for another "
        "operation. It goes out by itself."},
    {OPERATION_VISIT, STATE_CONFIRMED, REASON_NONE,
        "Logged the visit of Ana N., Tue 24 Nov 2:30 pm Pacific, number 551."},
    {OPERATION_VISIT, STATE_REFUSED, REASON_INVALID,
        "Visit not logged: Ana N., Tue 24 Nov 2:30 pm Pacific: Knock did not accept what was "
        "sent."},
    {OPERATION_CALL, STATE_SAVED, REASON_NONE,
        "Saved: call with Ana N., Mon 23 Nov 1:50 pm Pacific. Sending next."},
    {OPERATION_CALL, STATE_CONFIRMED, REASON_NONE,
        "Logged the call with Ana N., Mon 23 Nov 1:50 pm Pacific, number 8."},
    {OPERATION_CALL, STATE_WITHDRAWN, REASON_UNDONE,
        "Taken back: call with Ana N., Mon 23 Nov 1:50 pm Pacific. Nothing was sent."},
    {OPERATION_VISIT, STATE_UNKNOWN, REASON_INTERRUPTED,
        "Unknown whether it was logged as a visit: Ana N., Tue 24 Nov 2:30 pm Pacific: the program "
        "ended while it was sending. It was not sent again. Look in Knock."},
};

static void sentences_say_what_happened_and_what_to_do(void **state)
{
    (void)state;
    struct tour tour = ana();
    for (size_t i = 0; i < sizeof tells / sizeof *tells; i++) {
        struct operation told = operation(tells[i].kind, tells[i].state, tells[i].reason);
        struct str out = {0};
        tell_operation(&out, &told, &tour, pacific, at(NOW));
        check_text(tells[i].words, str_text(&out), tells[i].words);
        str_finish(&out);
    }
}

static void tell(struct operation *told, const struct tour *tour, const char *want)
{
    struct str out = {0};
    tell_operation(&out, told, tour, pacific, at(NOW));
    check_text(want, str_text(&out), want);
    str_finish(&out);
}

static void sentences_have_what_else_is_known(void **state)
{
    (void)state;
    struct tour tour = ana();
    struct operation told = operation(OPERATION_BOOK, STATE_SAVED, REASON_NONE);
    told.send_after = at(NOW) + 7 * SECOND;
    tell(&told, &tour, "Saved: booking Ana N. for Tue 24 Nov 2:30 pm Pacific. Sending in 7 s.");
    told.send_after = at(NOW) + 1;
    tell(&told, &tour, "Saved: booking Ana N. for Tue 24 Nov 2:30 pm Pacific. Sending in 1 s.");
    told.send_after = at(NOW);
    tell(&told, &tour, "Saved: booking Ana N. for Tue 24 Nov 2:30 pm Pacific. Sending next.");

    told = operation(OPERATION_BOOK, STATE_REFUSED, REASON_INVALID);
    str_copy(told.server_message, sizeof told.server_message, "startTime is in the past");
    tell(&told, &tour,
        "Not booked: Ana N. for Tue 24 Nov 2:30 pm Pacific: Knock did not accept what was sent "
        "(Knock: \"startTime is in the past\").");

    told = operation(OPERATION_VISIT, STATE_CONFIRMED, REASON_NONE);
    told.visiting.unit_count = 2;
    str_copy(told.visiting.units[0], UNIT_SIZE, "M6-202");
    str_copy(told.visiting.units[1], UNIT_SIZE, "120");
    tell(&told, &tour,
        "Logged the visit of Ana N., Tue 24 Nov 2:30 pm Pacific, units M6-202, 120, number 551.");
}

static void a_move_is_told_as_one(void **state)
{
    (void)state;
    struct tour tour = ana();
    struct operation told = operation(OPERATION_BOOK, STATE_CONFIRMED, REASON_NONE);
    str_copy(told.booking.moves, sizeof told.booking.moves, "old");
    tell(&told, &tour, "Moved Ana N. to Tue 24 Nov 2:30 pm Pacific, number 18842.");
    told.state = STATE_REFUSED;
    tell(&told, &tour, "Not moved: Ana N. to Tue 24 Nov 2:30 pm Pacific.");

    told = operation(OPERATION_CANCEL, STATE_CONFIRMED, REASON_NONE);
    str_copy(tour.replaced_by, sizeof tour.replaced_by, "new");
    tell(
        &told, &tour, "Released the old time of Ana N., Tue 24 Nov 2:30 pm Pacific, number 18842.");
}

static void sentences_without_a_tour_name_what_they_can(void **state)
{
    (void)state;
    struct operation told = operation(OPERATION_REGISTER, STATE_CONFIRMED, REASON_NONE);
    tell(&told, NULL, "Registered Ana N., number 9911.");
    told = operation(OPERATION_REGISTER, STATE_SENDING, REASON_NONE);
    tell(&told, NULL, "Sending: registering Ana N.");
    told = operation(OPERATION_REGISTER, STATE_SAVED, REASON_NONE);
    tell(&told, NULL, "Saved: registering Ana N. Sending next.");
    told = operation(OPERATION_REGISTER, STATE_WITHDRAWN, REASON_NONE);
    tell(&told, NULL, "Taken back: registering Ana N. Nothing was sent.");

    told = operation(OPERATION_CANCEL, STATE_CONFIRMED, REASON_NONE);
    told.booking = (struct booking){0};
    tell(&told, NULL, "Cancelled appointment 18842.");
    told = operation(OPERATION_VISIT, STATE_CONFIRMED, REASON_NONE);
    told.booking = (struct booking){0};
    told.appointment_id[0] = '\0';
    tell(&told, NULL, "Logged the visit of prospect 9911, number 551.");
    told = operation(OPERATION_VISIT, STATE_REFUSED, REASON_NOT_KNOWN);
    told.booking = (struct booking){0};
    str_copy(told.prospect_id, ID_SIZE, "9911");
    tell(&told, NULL, "Visit not logged: prospect 9911: Knock does not know it.");
    told.visiting.visit_time.at = at("2026-11-23T13:50:00-08:00");
    tell(&told, NULL,
        "Visit not logged: prospect 9911, Mon 23 Nov 1:50 pm Pacific: Knock does not know it.");
    /* Knock was not asked where there was nothing to ask it about. */
    told = operation(OPERATION_CALL, STATE_REFUSED, REASON_NOT_KNOWN);
    told.http_status = 0;
    tell(&told, NULL,
        "Call not logged: prospect , Mon 23 Nov 1:50 pm Pacific: its number at Knock is not known "
        "here.");
}

static void the_review_reads_the_booking_back(void **state)
{
    (void)state;
    static const struct {
        const char *first, *last, *phone, *email, *source;
        enum consent consent;
        const char *words;
    } rows[] = {
        {"Ana", "N\u00FA\u00F1ez", "+12065550155", "ana@example.com", "Phone call",
            CONSENT_NOT_ASKED,
            "Ana N\u00FA\u00F1ez, Tue 24 Nov 2:30 to 3:00 pm Pacific, phone and e-mail, texts not "
            "asked, source Phone call."},
        {"Ana", "", "+12065550155", "", "Walk-in", CONSENT_YES,
            "Ana, Tue 24 Nov 2:30 to 3:00 pm Pacific, phone, texts yes, source Walk-in."},
        {"", "Lee", "", "lee@example.com", "", CONSENT_NO,
            "Lee, Tue 24 Nov 2:30 to 3:00 pm Pacific, e-mail, texts no."},
        {"", "", "", "", "", CONSENT_NOT_ASKED,
            "(no name yet), Tue 24 Nov 2:30 to 3:00 pm Pacific, texts not asked."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct booking booking = {.consent = rows[i].consent,
            .start = {at("2026-11-24T22:30:00Z"), 0},
            .end = at("2026-11-24T23:00:00Z")};
        str_copy(booking.profile.first_name, NAME_SIZE, rows[i].first);
        str_copy(booking.profile.last_name, NAME_SIZE, rows[i].last);
        str_copy(booking.profile.phone, PHONE_SIZE, rows[i].phone);
        str_copy(booking.profile.email, EMAIL_SIZE, rows[i].email);
        str_copy(booking.source_title, SOURCE_SIZE, rows[i].source);
        struct str out = {0};
        tell_booking(&out, &booking, pacific, at(NOW));
        check_text(rows[i].words, str_text(&out), rows[i].words);
        str_finish(&out);
    }
}

static void times_say_each_day_once(void **state)
{
    (void)state;
    static const char *const starts[] = {"2026-11-24T15:00:00-08:00", "2026-11-24T15:30:00-08:00",
        "2026-11-24T16:00:00-08:00", "2026-11-25T17:00:00Z", "2027-01-02T09:00:00-08:00"};
    static const char *const words[] = {
        "",
        "Tue 24 Nov 3:00 pm",
        "Tue 24 Nov 3:00 pm and 3:30 pm",
        "Tue 24 Nov 3:00 pm, 3:30 pm and 4:00 pm",
        "Tue 24 Nov 3:00 pm, 3:30 pm, 4:00 pm and Wed 25 Nov 9:00 am",
        "Tue 24 Nov 3:00 pm, 3:30 pm, 4:00 pm, Wed 25 Nov 9:00 am and Sat 2 Jan 2027 9:00 am",
    };
    struct slot_list list = {0};
    for (size_t count = 0;; count++) {
        struct str out = {0};
        tell_times(&out, &list, pacific, at(NOW));
        check_text(words[count], str_text(&out), words[count]);
        str_finish(&out);
        if (count == sizeof starts / sizeof *starts)
            break;
        slot_list_add(&list, &(struct slot){.start = {at(starts[count]), 0}});
    }
    slot_list_finish(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clocks_say_am_and_pm_in_full),
        cmocka_unit_test(ranges_say_the_half_once_where_it_is_the_same),
        cmocka_unit_test(days_always_have_their_weekday),
        cmocka_unit_test(weekdays_and_months_have_two_names_each),
        cmocka_unit_test(moments_are_said_in_the_zone),
        cmocka_unit_test(ages_are_as_exact_as_they_are_useful),
        cmocka_unit_test(sentences_say_what_happened_and_what_to_do),
        cmocka_unit_test(sentences_have_what_else_is_known),
        cmocka_unit_test(a_move_is_told_as_one),
        cmocka_unit_test(sentences_without_a_tour_name_what_they_can),
        cmocka_unit_test(the_review_reads_the_booking_back),
        cmocka_unit_test(times_say_each_day_once),
    };
    return cmocka_run_group_tests(tests, load_zones, free_zones);
}
