/* The arithmetic of availability: the table of knock-api section 5, and R1 to R3. */
#include "harness.h"

#include "tourdesk/base/random.h"
#include "tourdesk/sandbox/times.h"

#include <stdio.h>
#include <string.h>

enum { STEP = 5 * MINUTE };

static struct zone *pacific;

static struct rules rules_for_day(int open, int close, int tour_minutes)
{
    struct rules rules = {.tour_minutes = tour_minutes, .max_visitors = 1, .horizon_days = 21};
    for (int c = 0; c < CALENDARS; c++)
        for (int d = 0; d < WEEKDAYS; d++)
            rules.hours[c][d] = (struct hours){.spans = {{open * 60, close * 60}}, .count = 1};
    return rules;
}

/* The starts of one day as "9:00 9:30 ...", with the offset's hours behind where `offsets` is
 * true. */
static const char *written(const struct starts *starts, const char *day, bool offsets)
{
    static char text[2048];
    size_t n = 0;
    text[0] = '\0';
    for (size_t i = 0; i < starts->count; i++) {
        char stamp[TIMES_SIZE];
        times_local(pacific, starts->items[i], stamp);
        if (strncmp(stamp, day, 10) == 0)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%.5s%.3s", n ? " " : "", stamp + 11,
                offsets ? stamp + 19 : "");
    }
    return text;
}

/* The list at `now` for one day, given bookings. */
static const char *list(const struct rules *rules, const char *now, const char *day,
    const struct hold *holds, size_t count, enum calendar calendar)
{
    struct hold_list booked = {0};
    struct starts starts = {0};
    for (size_t i = 0; i < count; i++)
        hold_list_add(&booked, holds[i]);
    rules_starts(rules, pacific, calendar, &booked, at(now), &starts);
    const char *text = written(&starts, day, false);
    starts_finish(&starts);
    hold_list_finish(&booked);
    return text;
}

static struct hold self_guided(const char *start, int minutes)
{
    return (struct hold){at(start), at(start) + minutes * MINUTE, CALENDAR_SELF_GUIDED};
}

static struct hold in_person(const char *start, int minutes)
{
    return (struct hold){at(start), at(start) + minutes * MINUTE, CALENDAR_IN_PERSON};
}

static void the_step_is_the_tour_length_counted_from_opening(void **state)
{
    (void)state;
    struct rules rules = rules_for_day(9, 12, 45);
    rules.hours[CALENDAR_SELF_GUIDED][TUESDAY].spans[0].open = 9 * 60 + 10;
    assert_string_equal(
        list(&rules, "2026-11-23T00:00:00-08:00", "2026-11-24", NULL, 0, CALENDAR_SELF_GUIDED),
        "09:10 09:55 10:40");
}

static void R2_the_calendars_have_their_own_hours(void **state)
{
    (void)state;
    struct rules rules = rules_for_day(9, 10, 30);
    rules.hours[CALENDAR_IN_PERSON][TUESDAY] =
        (struct hours){.spans = {{600, 660}, {780, 840}}, .count = 2};
    assert_string_equal(
        list(&rules, "2026-11-23T00:00:00-08:00", "2026-11-24", NULL, 0, CALENDAR_SELF_GUIDED),
        "09:00 09:30");
    assert_string_equal(
        list(&rules, "2026-11-23T00:00:00-08:00", "2026-11-24", NULL, 0, CALENDAR_IN_PERSON),
        "10:00 10:30 13:00 13:30");
}

static void R3_a_skipped_hour_has_no_starts(void **state)
{
    (void)state;
    struct rules rules = rules_for_day(1, 4, 30);
    struct starts starts = {0};
    rules_day(&rules, pacific, CALENDAR_SELF_GUIDED, (struct date){2027, 3, 14}, &starts);
    assert_string_equal(
        written(&starts, "2027-03-14", true), "01:00-08 01:30-08 03:00-07 03:30-07");
    starts_finish(&starts);
}

static void R3_an_hour_that_comes_twice_has_both(void **state)
{
    (void)state;
    struct rules rules = rules_for_day(0, 3, 30);
    struct starts starts = {0};
    rules_day(&rules, pacific, CALENDAR_SELF_GUIDED, (struct date){2026, 11, 1}, &starts);
    assert_string_equal(written(&starts, "2026-11-01", true),
        "00:00-07 00:30-07 01:00-07 01:30-07 01:00-08 01:30-08 02:00-08 02:30-08");
    starts_finish(&starts);
}

static void the_notice_leaves_exactly_now_plus_notice(void **state)
{
    (void)state;
    struct rules rules = rules_for_day(9, 17, 30);
    rules.notice_minutes = 180;
    assert_memory_equal(
        list(&rules, "2026-11-24T12:00:00-08:00", "2026-11-24", NULL, 0, CALENDAR_SELF_GUIDED),
        "15:00", 5);
    assert_memory_equal(
        list(&rules, "2026-11-24T12:00:01-08:00", "2026-11-24", NULL, 0, CALENDAR_SELF_GUIDED),
        "15:30", 5);
}

static void the_buffers_add_up(void **state)
{
    (void)state;
    struct rules rules = rules_for_day(8, 14, 30);
    rules.buffer_before = rules.buffer_after = 30;
    struct hold hold = self_guided("2026-11-24T10:30:00-08:00", 30);
    assert_string_equal(
        list(&rules, "2026-11-23T12:00:00-08:00", "2026-11-24", &hold, 1, CALENDAR_SELF_GUIDED),
        "08:00 08:30 09:00 12:00 12:30 13:00 13:30");
}

static void a_start_stays_open_until_as_many_as_may_come_have_booked(void **state)
{
    (void)state;
    struct rules rules = rules_for_day(10, 12, 30);
    rules.max_visitors = 3;
    rules.buffer_after = 30;
    struct hold hold = self_guided("2026-11-24T11:00:00-08:00", 30);
    struct hold holds[] = {hold, hold, hold};
    assert_string_equal(
        list(&rules, "2026-11-23T12:00:00-08:00", "2026-11-24", holds, 2, CALENDAR_SELF_GUIDED),
        "10:00 11:00");
    assert_string_equal(
        list(&rules, "2026-11-23T12:00:00-08:00", "2026-11-24", holds, 3, CALENDAR_SELF_GUIDED),
        "10:00");
}

static void clustering_offers_what_is_beside_a_booking(void **state)
{
    (void)state;
    struct hold hold = self_guided("2026-11-24T11:00:00-08:00", 30);
    struct rules rules = rules_for_day(9, 17, 30);
    rules.cluster = true;
    rules.max_visitors = 2;
    assert_string_equal(
        list(&rules, "2026-11-23T12:00:00-08:00", "2026-11-24", &hold, 1, CALENDAR_SELF_GUIDED),
        "10:30 11:00 11:30");
    assert_string_equal(
        list(&rules, "2026-11-23T12:00:00-08:00", "2026-11-24", NULL, 0, CALENDAR_SELF_GUIDED),
        "09:00 09:30 10:00 10:30 11:00 11:30 12:00 12:30 13:00 13:30 14:00 14:30 15:00 15:30 "
        "16:00 16:30");
    rules.tour_minutes = 15;
    hold.end = hold.start + 15 * MINUTE;
    assert_string_equal(
        list(&rules, "2026-11-23T12:00:00-08:00", "2026-11-24", &hold, 1, CALENDAR_SELF_GUIDED),
        "10:45 11:00 11:15");
}

static void R1_without_concurrency_each_calendar_closes_the_other(void **state)
{
    (void)state;
    struct rules rules = rules_for_day(9, 11, 30);
    struct hold holds[] = {in_person("2026-11-24T09:15:00-08:00", 30)};
    struct hold own[] = {self_guided("2026-11-24T10:00:00-08:00", 30)};
    const char *now = "2026-11-23T12:00:00-08:00", *day = "2026-11-24";
    assert_string_equal(list(&rules, now, day, holds, 1, CALENDAR_SELF_GUIDED), "10:00 10:30");
    assert_string_equal(list(&rules, now, day, own, 1, CALENDAR_IN_PERSON), "09:00 09:30 10:30");
    rules.max_visitors = 5; /* of one calendar: the other still closes */
    assert_string_equal(list(&rules, now, day, own, 1, CALENDAR_IN_PERSON), "09:00 09:30 10:30");
    rules.concurrent = true;
    assert_string_equal(
        list(&rules, now, day, holds, 1, CALENDAR_SELF_GUIDED), "09:00 09:30 10:00 10:30");
    assert_string_equal(
        list(&rules, now, day, own, 1, CALENDAR_IN_PERSON), "09:00 09:30 10:00 10:30");
}

static void closed_days_and_days_beyond_the_horizon_have_none(void **state)
{
    (void)state;
    struct date closed[] = {{2026, 11, 26}};
    struct rules rules = rules_for_day(9, 10, 30);
    rules.closed = closed;
    rules.closed_count = 1;
    rules.horizon_days = 4;
    const char *now = "2026-11-24T12:00:00-08:00";
    assert_string_equal(
        list(&rules, now, "2026-11-25", NULL, 0, CALENDAR_SELF_GUIDED), "09:00 09:30");
    assert_string_equal(list(&rules, now, "2026-11-26", NULL, 0, CALENDAR_SELF_GUIDED), "");
    assert_string_equal(
        list(&rules, now, "2026-11-27", NULL, 0, CALENDAR_SELF_GUIDED), "09:00 09:30");
    assert_string_equal(list(&rules, now, "2026-11-28", NULL, 0, CALENDAR_SELF_GUIDED), "");
}

static void every_refusal_has_its_verdict(void **state)
{
    (void)state;
    static const struct {
        const char *start;
        enum verdict verdict;
    } cases[] = {
        {"2026-11-24T12:00:00-08:00", SLOT_PAST},
        {"2026-11-24T11:30:00-08:00", SLOT_PAST},
        {"2026-11-24T12:30:00-08:00", SLOT_TOO_SOON},
        {"2026-11-24T13:00:00-08:00", SLOT_FREE},
        {"2026-11-24T21:00:00Z", SLOT_FREE}, /* the same instant, written otherwise */
        {"2026-11-24T13:05:00-08:00", SLOT_OFF_GRID},
        {"2026-11-24T17:00:00-08:00", SLOT_CLOSED},
        {"2026-11-24T16:45:00-08:00", SLOT_CLOSED}, /* would not end before closing */
        {"2026-11-25T08:30:00-08:00", SLOT_CLOSED},
        {"2026-11-26T10:00:00-08:00", SLOT_CLOSED},
        {"2026-11-25T10:00:00-08:00", SLOT_TAKEN},
        {"2026-12-14T10:00:00-08:00", SLOT_FREE},
        {"2026-12-15T10:00:00-08:00", SLOT_TOO_FAR},
    };
    struct date closed[] = {{2026, 11, 26}};
    struct rules rules = rules_for_day(9, 17, 30);
    struct hold_list holds = {0};
    rules.notice_minutes = 60;
    rules.closed = closed;
    rules.closed_count = 1;
    hold_list_add(&holds, self_guided("2026-11-25T10:00:00-08:00", 30));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum verdict verdict = rules_judge(&rules, pacific, CALENDAR_SELF_GUIDED, &holds,
            at("2026-11-24T12:00:00-08:00"), at(cases[i].start));
        if (verdict != cases[i].verdict)
            fail_msg("%s: %d instead of %d", cases[i].start, (int)verdict, (int)cases[i].verdict);
    }
    hold_list_finish(&holds);
}

static struct rules random_rules(struct random *random)
{
    struct rules rules = rules_for_day((int)random_below(random, 3), 5, 15);
    rules.tour_minutes += 15 * (int)random_below(random, 4);
    rules.notice_minutes = 20 * (int)random_below(random, 4);
    rules.buffer_before = 10 * (int)random_below(random, 3);
    rules.buffer_after = 10 * (int)random_below(random, 3);
    rules.max_visitors = 1 + (int)random_below(random, 3);
    rules.horizon_days = 3;
    rules.cluster = random_below(random, 2);
    rules.concurrent = random_below(random, 2);
    return rules;
}

static void random_holds(struct random *random, instant now, struct hold_list *holds)
{
    for (uint64_t i = random_below(random, 12); i > 0; i--) {
        instant start = now + (instant)random_below(random, 4 * 24 * 4) * 15 * MINUTE - 20 * HOUR;
        enum calendar calendar =
            random_below(random, 2) ? CALENDAR_IN_PERSON : CALENDAR_SELF_GUIDED;
        instant length = (instant)(1 + random_below(random, 6)) * 15 * MINUTE;
        hold_list_add(holds, (struct hold){start, start + length, calendar});
    }
}

/* Around both changes of clocks: the list has just those starts that the judge calls free, and
 * reads the same until the moment it is said to. */
static void the_list_and_the_judge_agree(void **state)
{
    (void)state;
    struct random random = random_seeded(7);
    const char *days[] = {"2026-10-31T22:13:00-07:00", "2027-03-13T23:40:00-08:00"};
    for (int round = 0; round < 400; round++) {
        struct rules rules = random_rules(&random);
        struct hold_list holds = {0};
        struct starts starts = {0}, later = {0};
        instant now = at(days[round % 2]) + (instant)random_below(&random, 600) * MINUTE;
        enum calendar calendar = round % 3 ? CALENDAR_SELF_GUIDED : CALENDAR_IN_PERSON;
        random_holds(&random, now, &holds);
        rules_starts(&rules, pacific, calendar, &holds, now, &starts);
        size_t next = 0;
        instant end = now + 80 * (instant)HOUR;
        for (instant t = now / STEP * STEP; t < end; t += STEP) {
            bool free = rules_judge(&rules, pacific, calendar, &holds, now, t) == SLOT_FREE;
            bool listed = next < starts.count && starts.items[next] == t;
            assert_int_equal(free, listed);
            next += listed;
        }
        assert_int_equal(next, starts.count);
        instant until = rules_valid_until(&rules, pacific, &starts, now);
        assert_true(until > now);
        rules_starts(&rules, pacific, calendar, &holds, until - 1, &later);
        assert_int_equal(later.count, starts.count);
        assert_memory_equal(later.items, starts.items, starts.count * sizeof *starts.items);
        starts_finish(&starts);
        starts_finish(&later);
        hold_list_finish(&holds);
    }
}

static int load_zone(void **state)
{
    (void)state;
    pacific = zone_load("America/Los_Angeles", NULL);
    return pacific ? 0 : -1;
}

static int drop_zone(void **state)
{
    (void)state;
    zone_destroy(pacific);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_step_is_the_tour_length_counted_from_opening),
        cmocka_unit_test(R2_the_calendars_have_their_own_hours),
        cmocka_unit_test(R3_a_skipped_hour_has_no_starts),
        cmocka_unit_test(R3_an_hour_that_comes_twice_has_both),
        cmocka_unit_test(the_notice_leaves_exactly_now_plus_notice),
        cmocka_unit_test(the_buffers_add_up),
        cmocka_unit_test(a_start_stays_open_until_as_many_as_may_come_have_booked),
        cmocka_unit_test(clustering_offers_what_is_beside_a_booking),
        cmocka_unit_test(R1_without_concurrency_each_calendar_closes_the_other),
        cmocka_unit_test(closed_days_and_days_beyond_the_horizon_have_none),
        cmocka_unit_test(every_refusal_has_its_verdict),
        cmocka_unit_test(the_list_and_the_judge_agree),
    };
    return cmocka_run_group_tests(tests, load_zone, drop_zone);
}
