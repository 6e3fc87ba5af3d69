/* Stamps, dates, lists of slots, and units: what an offered time and a visited flat are told by. */
#include "check.h"

#include "tourdesk/base/random.h"
#include "tourdesk/base/str.h"
#include "tourdesk/tour/slot.h"
#include "tourdesk/tour/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const struct {
    const char *text, *written; /* as stamp_format() writes it */
    long long millis;           /* past the second */
} stamps[] = {
    {"2026-11-24T14:30:00-08:00", "2026-11-24T14:30:00-08:00", 0},
    {"2026-11-24T14:30:00-0800", "2026-11-24T14:30:00-08:00", 0},
    {"2026-11-24T14:30:00-08", "2026-11-24T14:30:00-08:00", 0},
    {"2026-11-24T14:30-08:00", "2026-11-24T14:30:00-08:00", 0},
    {"2026-11-24T14:30-08", "2026-11-24T14:30:00-08:00", 0},
    {"2026-11-24 14:30:00-08:00", "2026-11-24T14:30:00-08:00", 0},
    {"2026-11-24t14:30:00-08:00", "2026-11-24T14:30:00-08:00", 0},
    {"2026-11-24T22:30:00Z", "2026-11-24T22:30:00+00:00", 0},
    {"2026-11-24T22:30:00z", "2026-11-24T22:30:00+00:00", 0},
    {"2026-11-24T22:30Z", "2026-11-24T22:30:00+00:00", 0},
    {"2026-11-24T22:30:00+00:00", "2026-11-24T22:30:00+00:00", 0},
    {"2026-11-24T22:30:00-00:00", "2026-11-24T22:30:00+00:00", 0},
    {"2026-11-24T14:30:00.0-08:00", "2026-11-24T14:30:00-08:00", 0},
    {"2026-11-24T14:30:00.2-08:00", "2026-11-24T14:30:00-08:00", 200},
    {"2026-11-24T14:30:00.25-08:00", "2026-11-24T14:30:00-08:00", 250},
    {"2026-11-24T14:30:00.250-08:00", "2026-11-24T14:30:00-08:00", 250},
    {"2026-11-24T14:30:00,250-08:00", "2026-11-24T14:30:00-08:00", 250},
    {"2026-11-24T14:30:00.007-08:00", "2026-11-24T14:30:00-08:00", 7},
    {"2026-11-24T14:30:00.123456-08:00", "2026-11-24T14:30:00-08:00", 123},
    {"2026-11-24T14:30:00.123456789-08:00", "2026-11-24T14:30:00-08:00", 123},
    {"2026-11-24T14:30:00.999999999Z", "2026-11-24T14:30:00+00:00", 999},
    {"2026-11-25T04:00:00+05:30", "2026-11-25T04:00:00+05:30", 0},
    {"2026-11-25T04:15:00+0545", "2026-11-25T04:15:00+05:45", 0},
    {"2026-11-24T20:00:00-02:30", "2026-11-24T20:00:00-02:30", 0},
    {"2026-12-31T23:59:60Z", "2027-01-01T00:00:00+00:00", 0},
    {"2028-02-29T00:00:00Z", "2028-02-29T00:00:00+00:00", 0},
    {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59+00:00", 0},
    {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:00", 0},
    {"9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59-23:59", 0},
};

static void stamps_are_read_in_every_liberal_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
        struct stamp stamp;
        struct error error = {""};
        char text[STAMP_SIZE];
        check_holds(stamps[i].text, stamp_parse(stamps[i].text, &stamp, &error), error.text);
        stamp_format(stamp, text);
        check_text(stamps[i].text, text, stamps[i].written);
        check_number(stamps[i].text, ((stamp.at % 1000) + 1000) % 1000, stamps[i].millis);
    }
}

static const char *const bad_stamps[] = {"", " ", "now", "2026", "2026-11", "2026-11-24",
    "2026-11-24T", "2026-11-24T14", "2026-11-24T14Z", "2026-11-24T14:30", "2026-11-24T14:30:00",
    "2026-11-24T14:30:00.5", "2026-11-24T14:30:00+", "2026-11-24T14:30:00-8",
    "2026-11-24T14:30:00-8:00", "2026-11-24T14:30:00-08:", "2026-11-24T14:30:00-08:0",
    "2026-11-24T14:30:00-080", "2026-11-24T14:30:00-08:000", "2026-11-24T14:30:00-08:00:00",
    "2026-11-24T14:30:00 -08:00", "2026-11-24T14:30:00-08:00 ", " 2026-11-24T14:30:00-08:00",
    "2026-11-24T14:30:00-24:00", "2026-11-24T14:30:00-08:60", "2026-11-24T14:30:00ZZ",
    "2026-11-24T14:30:00.Z", "2026-11-24T14:30:00.1234567890Z", "2026-11-24T14:30:0Z",
    "2026-11-24T14:30:000Z", "2026-11-24T14:3:00Z", "2026-11-24T4:30:00Z", "2026-11-24T24:00:00Z",
    "2026-11-24T14:60:00Z", "2026-11-24T14:30:61Z", "2026-11-31T14:30:00Z", "2026-02-29T14:30:00Z",
    "2026-13-01T14:30:00Z", "2026-00-01T14:30:00Z", "2026-11-00T14:30:00Z", "0000-01-01T00:00:00Z",
    "26-11-24T14:30:00Z", "02026-11-24T14:30:00Z", "+2026-11-24T14:30:00Z", "2026/11/24T14:30:00Z",
    "2026-11-24_14:30:00Z", "2026-11-24T14.30.00Z", "20261124T143000Z", "2026-11-24T-4:30:00Z",
    "2026-1a-24T14:30:00Z",
    "2026-11-24T14:30:00\xE2\x88\x92"
    "08:00",
    "\xEF\xBC\x92"
    "026-11-24T14:30:00Z",
    "Tue, 24 Nov 2026 14:30:00 GMT", "1795543627000"};

static void what_is_no_stamp_is_refused(void **state)
{
    (void)state;
    assert_true(sizeof bad_stamps / sizeof *bad_stamps >= 40);
    for (size_t i = 0; i < sizeof bad_stamps / sizeof *bad_stamps; i++) {
        struct stamp stamp = {77, 7};
        struct error error = {""};
        check_holds(bad_stamps[i], !stamp_parse(bad_stamps[i], &stamp, &error), "was taken");
        check_number(bad_stamps[i], stamp.at, 77);
        check_contains(bad_stamps[i], error.text, " is not a time with a date and an offset");
    }
}

static void any_stamp_is_read_as_it_was_written(void **state)
{
    (void)state;
    struct random random = random_seeded(9);
    for (int round = 0; round < 50000; round++) {
        struct stamp stamp = {
            .at = ((instant)random_below(&random, 8000000000U) - 2000000000) * SECOND,
            .offset = ((int)random_below(&random, 2 * 1439 + 1) - 1439) * 60,
        };
        struct stamp back;
        char text[STAMP_SIZE], again[STAMP_SIZE];
        stamp_format(stamp, text);
        assert_true(stamp_parse(text, &back, NULL));
        check_number(text, back.at, stamp.at);
        check_number(text, back.offset, stamp.offset);
        stamp_format(back, again);
        check_text(text, again, text);
    }
}

static void the_wall_of_a_stamp_is_where_it_was_written(void **state)
{
    (void)state;
    struct stamp stamp;
    assert_true(stamp_parse("2026-11-25T01:02:03+05:45", &stamp, NULL));
    struct wall wall = stamp_wall(stamp);
    assert_int_equal(date_compare(wall.date, (struct date){2026, 11, 25}), 0);
    assert_int_equal(wall.hour * 10000 + wall.minute * 100 + wall.second, 10203);
    assert_true(stamp_parse("1969-12-31T23:59:59.5Z", &stamp, NULL));
    assert_int_equal(stamp.at, -500);
    wall = stamp_wall(stamp);
    assert_int_equal(wall.second, 59);
}

/* The C library's own calendar is the other implementation. */
static void days_count_as_in_the_c_library(void **state)
{
    (void)state;
    for (int64_t day = -150000; day <= 150000; day++) {
        struct date date = date_from_days(day);
        time_t seconds = (time_t)day * 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        bool same = tm.tm_year + 1900 == date.year && tm.tm_mon + 1 == date.month &&
                    tm.tm_mday == date.day && (tm.tm_wday + 6) % 7 == date_weekday(date);
        if (!same || !date_valid(date) || date_to_days(date) != day)
            fail_msg("day %lld: %d-%d-%d", (long long)day, date.year, date.month, date.day);
        struct date monday = date_week_start(date);
        assert_int_equal(date_weekday(monday), MONDAY);
        assert_true(date_days_between(monday, date) == date_weekday(date));
    }
}

static const struct {
    struct date from;
    int months;
    struct date to;
} months[] = {
    {{2026, 11, 23}, 1, {2026, 12, 23}},
    {{2026, 11, 23}, 2, {2027, 1, 23}},
    {{2026, 11, 23}, -11, {2025, 12, 23}},
    {{2026, 1, 31}, 1, {2026, 2, 28}},
    {{2028, 1, 31}, 1, {2028, 2, 29}},
    {{2027, 1, 31}, -2, {2026, 11, 30}},
    {{2028, 2, 29}, 12, {2029, 2, 28}},
    {{2026, 12, 31}, 0, {2026, 12, 31}},
    {{2026, 3, 31}, -1, {2026, 2, 28}},
};

static void months_are_added_to_their_last_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        char row[DATE_SIZE], got[DATE_SIZE], want[DATE_SIZE];
        date_format(months[i].from, row);
        date_format(date_add_months(months[i].from, months[i].months), got);
        date_format(months[i].to, want);
        check_text(row, got, want);
    }
}

static void dates_are_read_strictly(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "2026-11-2", "2026-11-243", "2026-11-31", "2026-02-29",
        "2026-00-10", "2026-13-10", "2026-11-00", "0000-01-01", "2026/11/24", "26-11-24",
        "2026-1-4", "2026- 1- 4", "2026-+1-+4", " 026-11-24", "+026-11-24", "2026-11-24 ",
        "2026-11-2a", "2026-11-24T", "today"};
    struct date date = {1, 2, 3};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        check_holds(bad[i], !date_parse(bad[i], &date), "was taken");
        check_number(bad[i], date.day, 3);
    }
    char text[DATE_SIZE];
    static const char *const good[] = {
        "2026-11-24", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        check_holds(good[i], date_parse(good[i], &date), "was not read");
        date_format(date, text);
        check_text(good[i], text, good[i]);
    }
    assert_false(date_valid((struct date){1900, 2, 29}));
    assert_int_equal(date_month_days(2100, 2), 28);
}

static void walls_and_utc_are_each_others_inverse(void **state)
{
    (void)state;
    struct random random = random_seeded(10);
    for (int round = 0; round < 50000; round++) {
        instant at = ((instant)random_below(&random, 8000000000U) - 4000000000) * SECOND;
        assert_int_equal(wall_as_utc(wall_from_utc(at)), at);
    }
}

static void add(struct slot_list *list, const char *text)
{
    struct slot slot = {0};
    str_copy(slot.text, sizeof slot.text, text);
    assert_true(stamp_parse(text, &slot.start, NULL));
    slot_list_add(list, &slot);
}

static instant at(const char *text)
{
    struct stamp stamp;
    assert_true(stamp_parse(text, &stamp, NULL));
    return stamp.at;
}

static struct slot_list example(void)
{
    static const char *const texts[] = {"2026-11-24T15:00:00-08:00", "2026-11-24T14:00:00-08:00",
        "2026-11-24T22:30:00Z", "2026-11-25T09:00:00-08:00", "2026-11-24T16:00-0800"};
    struct slot_list list = {.checked_at = 5, .stale = true, .skipped = 2};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add(&list, texts[i]);
    return list;
}

static void lists_are_sorted_by_instant_and_keep_the_text(void **state)
{
    (void)state;
    struct slot_list list = example(), copy = {0};
    slot_list_sort(&list);
    static const char *const order[] = {"2026-11-24T14:00:00-08:00", "2026-11-24T22:30:00Z",
        "2026-11-24T15:00:00-08:00", "2026-11-24T16:00-0800", "2026-11-25T09:00:00-08:00"};
    for (size_t i = 0; i < list.count; i++)
        check_text("sorted", list.items[i].text, order[i]);

    add(&copy, "2020-01-01T00:00:00Z");
    slot_list_copy(&copy, &list);
    slot_list_finish(&list);
    assert_int_equal(list.count, 0);
    assert_null(list.items);
    assert_int_equal(copy.count, 5);
    assert_int_equal(copy.skipped, 2);
    assert_int_equal(copy.checked_at, 5);
    assert_true(copy.stale);
    check_text("copied", copy.items[3].text, order[3]);
    slot_list_finish(&copy);
    slot_list_sort(&copy);
}

static void slots_are_found_by_instant_not_by_text(void **state)
{
    (void)state;
    struct slot_list list = example();
    const struct slot *slot = slot_list_find(&list, at("2026-11-24T14:30:00-08:00"));
    assert_non_null(slot);
    assert_string_equal(slot->text, "2026-11-24T22:30:00Z");
    assert_null(slot_list_find(&list, at("2026-11-24T14:30:01-08:00")));
    slot_list_finish(&list);
    assert_null(slot_list_find(&list, 0));
}

static const struct {
    const char *wanted, *now;
    size_t max;
    const char *found; /* the hours, nearest first */
} nearest[] = {
    {"2026-11-24T14:30:00-08:00", "2026-11-24T08:00:00-08:00", 3, "15:00 14:00 16:00 "},
    {"2026-11-24T14:30:00-08:00", "2026-11-24T14:10:00-08:00", 3, "15:00 16:00 09:00 "},
    {"2026-11-24T14:40:00-08:00", "2026-11-24T08:00:00-08:00", 2, "14:30 15:00 "},
    {"2026-11-24T14:40:00-08:00", "2026-11-24T08:00:00-08:00", 1, "14:30 "},
    {"2026-11-24T14:40:00-08:00", "2026-11-24T08:00:00-08:00", 0, ""},
    {"2026-11-24T08:00:00-08:00", "2026-11-24T08:00:00-08:00", 9, "14:00 14:30 15:00 16:00 09:00 "},
    {"2026-11-24T14:00:00-08:00", "2026-11-25T09:00:00-08:00", 9, "09:00 "},
    {"2026-11-24T14:00:00-08:00", "2026-11-26T00:00:00-08:00", 9, ""},
};

static void the_nearest_free_times_come_first(void **state)
{
    (void)state;
    struct slot_list list = example();
    for (size_t i = 0; i < sizeof nearest / sizeof *nearest; i++) {
        const struct slot *found[9];
        char got[128] = "";
        size_t count = slot_list_nearest(
            &list, at(nearest[i].wanted), at(nearest[i].now), found, nearest[i].max);
        check_holds(nearest[i].found, count <= nearest[i].max, "found too many");
        for (size_t k = 0, n = 0; k < count; k++) {
            struct wall wall = wall_from_utc(found[k]->start.at - 8 * (instant)HOUR);
            n += (size_t)snprintf(got + n, sizeof got - n, "%02d:%02d ", wall.hour, wall.minute);
        }
        check_text(nearest[i].wanted, got, nearest[i].found);
    }
    slot_list_finish(&list);
}

/* Against the plain way: sort all by distance, take the first. */
static void the_nearest_are_the_nearest(void **state)
{
    (void)state;
    struct random random = random_seeded(11);
    for (int round = 0; round < 2000; round++) {
        struct slot_list list = {0};
        for (uint64_t n = random_below(&random, 20); n > 0; n--) {
            struct slot slot = {.start = {.at = (instant)random_below(&random, 100)}};
            slot_list_add(&list, &slot);
        }
        instant wanted = (instant)random_below(&random, 100);
        instant now = (instant)random_below(&random, 100);
        const struct slot *found[5];
        size_t max = 1 + random_below(&random, 5), usable = 0;
        size_t count = slot_list_nearest(&list, wanted, now, found, max);
        for (size_t i = 0; i < list.count; i++)
            usable += list.items[i].start.at >= now && list.items[i].start.at != wanted;
        assert_int_equal(count, usable < max ? usable : max);
        for (size_t i = 0; i < list.count; i++) {
            const struct slot *slot = &list.items[i];
            bool in = slot->start.at < now || slot->start.at == wanted;
            for (size_t k = 0; k < count; k++)
                in = in || found[k] == slot;
            if (!in && count > 0)
                assert_true(
                    llabs(slot->start.at - wanted) >= llabs(found[count - 1]->start.at - wanted));
        }
        for (size_t k = 1; k < count; k++)
            assert_true(
                llabs(found[k - 1]->start.at - wanted) <= llabs(found[k]->start.at - wanted));
        slot_list_finish(&list);
    }
}

static void calendars_have_words_and_tokens(void **state)
{
    (void)state;
    enum calendar calendar = CALENDAR_SELF_GUIDED;
    assert_string_equal(calendar_word(CALENDAR_SELF_GUIDED), "self-guided");
    assert_string_equal(calendar_token(CALENDAR_SELF_GUIDED), "SELF_GUIDED");
    assert_string_equal(calendar_token(CALENDAR_IN_PERSON), "IN_PERSON");
    assert_true(calendar_parse("in-person", &calendar));
    assert_int_equal(calendar, CALENDAR_IN_PERSON);
    assert_true(calendar_parse("self-guided", &calendar));
    assert_int_equal(calendar, CALENDAR_SELF_GUIDED);
    assert_false(calendar_parse("SELF_GUIDED", &calendar));
    assert_false(calendar_parse("", &calendar));
}

static char *units[] = {"101", "102", "120", "120B", "M6-201", "M6-202", "M7-202", "PH 1", "0305",
    "Caf\u00E9 2", "B-12"};

enum { UNITS = sizeof units / sizeof *units };

static void units_are_matched_as_knock_does(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *found; /* NULL = none */
    } rows[] = {
        {"101", "101"},
        {" 1 0 1 ", "101"},
        {"m6-202", "M6-202"},
        {"M6 - 202", "M6-202"},
        {"ph1", "PH 1"},
        {"120b", "120B"},
        {"CAFE2", "Caf\u00E9 2"},
        {"M6202", NULL},
        {"305", NULL},
        {"12o", NULL},
        {"", NULL},
        {"1", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int found = unit_find(units, UNITS, rows[i].typed);
        check_text(rows[i].typed, found < 0 ? "none" : units[found],
            rows[i].found ? rows[i].found : "none");
    }
    assert_int_equal(unit_find(units, 0, "101"), -1);
}

static const struct {
    const char *typed;
    const char *first, *second; /* NULL = none; "" = whatever */
} slips[] = {
    {"12o", "120", "120B"},
    {"12O", "120", ""},
    {"1O1", "101", ""},
    {"l01", "101", ""},
    {"I2O", "120", ""},
    {"202", "M6-202", "M7-202"},
    {"201", "M6-201", ""},
    {"m6202", "M6-202", ""},
    {"M6 202", "M6-202", ""},
    {"M6-2O2", "M6-202", ""},
    {"M6-0202", "M6-202", ""},
    {"M6-220", "M6-202", ""},
    {"M6-2", "M6-201", "M6-202"},
    {"M7-22", "M7-202", ""},
    {"0101", "101", ""},
    {"00102", "102", ""},
    {"305", "0305", ""},
    {"#101", "101", ""},
    {"1010", "101", ""},
    {"110", "101", ""},
    {"B12", "B-12", ""},
    {"8-12", "B-12", ""},
    {"ph-1", "PH 1", ""},
    {"120 b", "120B", ""},
    {"xyw", NULL, NULL},
    {"9999", NULL, NULL},
    {"", NULL, NULL},
    {" ", NULL, NULL},
};

static void a_slip_in_a_unit_finds_the_one_that_was_meant(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        size_t found[UNITS] = {0};
        size_t count = unit_nearest(units, UNITS, slips[i].typed, found, UNITS);
        check_text(slips[i].typed, count > 0 ? units[found[0]] : "none",
            slips[i].first ? slips[i].first : "none");
        if (slips[i].second && *slips[i].second)
            check_text(slips[i].typed, count > 1 ? units[found[1]] : "none", slips[i].second);
    }
}

static void small_slips_are_nearer_than_others(void **state)
{
    (void)state;
    static char *zeros[] = {"1101", "101"}, *digits[] = {"2", "8"};
    size_t found[2];
    assert_int_equal(unit_nearest(zeros, 2, "0101", found, 2), 2);
    assert_int_equal(found[0], 1);
    assert_int_equal(unit_nearest(digits, 2, "b", found, 2), 1);
    assert_int_equal(found[0], 1);
    assert_int_equal(unit_nearest(digits, 2, "7", found, 2), 0);
}

static void the_nearest_units_are_as_many_as_asked_for(void **state)
{
    (void)state;
    size_t found[UNITS];
    assert_int_equal(unit_nearest(units, UNITS, "202", found, 1), 1);
    assert_int_equal(unit_nearest(units, UNITS, "202", found, 0), 0);
    assert_int_equal(unit_nearest(units, 0, "202", found, 3), 0);
    size_t count = unit_nearest(units, UNITS, "10", found, UNITS);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(found[i], found[k]);
    char longest[3 * UNIT_SIZE], key[UNIT_SIZE];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    unit_key(longest, key);
    assert_int_equal(strlen(key), UNIT_SIZE - 1);
    char *same[] = {longest};
    assert_int_equal(unit_nearest(same, 1, longest, found, 1), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stamps_are_read_in_every_liberal_form),
        cmocka_unit_test(what_is_no_stamp_is_refused),
        cmocka_unit_test(any_stamp_is_read_as_it_was_written),
        cmocka_unit_test(the_wall_of_a_stamp_is_where_it_was_written),
        cmocka_unit_test(days_count_as_in_the_c_library),
        cmocka_unit_test(months_are_added_to_their_last_day),
        cmocka_unit_test(dates_are_read_strictly),
        cmocka_unit_test(walls_and_utc_are_each_others_inverse),
        cmocka_unit_test(lists_are_sorted_by_instant_and_keep_the_text),
        cmocka_unit_test(slots_are_found_by_instant_not_by_text),
        cmocka_unit_test(the_nearest_free_times_come_first),
        cmocka_unit_test(the_nearest_are_the_nearest),
        cmocka_unit_test(calendars_have_words_and_tokens),
        cmocka_unit_test(units_are_matched_as_knock_does),
        cmocka_unit_test(a_slip_in_a_unit_finds_the_one_that_was_meant),
        cmocka_unit_test(small_slips_are_nearer_than_others),
        cmocka_unit_test(the_nearest_units_are_as_many_as_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
