/* Zones against another implementation, the C library's own: readings, gaps, folds and day starts. */
#include "check.h"

#include "tourdesk/base/random.h"
#include "tourdesk/tour/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { STEP = 15 * MINUTE, FROM_YEAR = 2016, TO_YEAR = 2037 };

static const char *const zones[] = {"America/Los_Angeles", "America/Denver", "America/Chicago",
    "America/New_York", "America/Phoenix", "America/Shiprock", "America/Indiana/Indianapolis",
    "Pacific/Honolulu", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns",
    "Pacific/Chatham", "America/Havana", "Asia/Beirut", "Africa/Cairo"};

enum { ZONES = sizeof zones / sizeof *zones };

static instant year_start(int year)
{
    return wall_as_utc((struct wall){.date = {year, 1, 1}});
}

static struct zone *load(const char *id)
{
    struct error error = {""};
    struct zone *zone = zone_load(id, &error);
    if (!zone)
        fail_msg("%s: %s", id, error.text);
    return zone;
}

/* Makes `id` the zone of localtime_r(), the other implementation. */
static void use_as_oracle(const char *id)
{
    setenv("TZ", id, 1);
    tzset();
}

static struct tm oracle(instant at)
{
    time_t seconds = (time_t)(at / SECOND);
    struct tm tm;
    localtime_r(&seconds, &tm);
    return tm;
}

static bool shows(const struct tm *tm, struct wall wall)
{
    return tm->tm_year + 1900 == wall.date.year && tm->tm_mon + 1 == wall.date.month &&
           tm->tm_mday == wall.date.day && tm->tm_hour == wall.hour && tm->tm_min == wall.minute &&
           tm->tm_sec == wall.second;
}

static void every_quarter_of_an_hour_agrees_with_the_c_library(void **state)
{
    (void)state;
    for (size_t i = 0; i < ZONES; i++) {
        struct zone *zone = load(zones[i]);
        use_as_oracle(zones[i]);
        instant end = year_start(TO_YEAR);
        for (instant at = year_start(FROM_YEAR); at < end; at += STEP) {
            struct tm tm = oracle(at);
            if (zone_offset(zone, at) != tm.tm_gmtoff || !shows(&tm, zone_wall(zone, at)))
                fail_msg("%s at %lld: offset %d, the C library says %ld", zones[i], (long long)at,
                    zone_offset(zone, at), tm.tm_gmtoff);
        }
        zone_destroy(zone);
    }
}

/* The instants near `wall` at which the C library's clock shows it, found by looking at them all. */
static int look_for(struct wall wall, instant out[2])
{
    int count = 0;
    instant middle = wall_as_utc(wall);
    for (instant at = middle - 27 * (instant)HOUR; at <= middle + 27 * (instant)HOUR; at += STEP) {
        struct tm tm = oracle(at);
        if (!shows(&tm, wall))
            continue;
        assert_true(count < 2);
        out[count++] = at;
    }
    return count;
}

static void check_instants(const struct zone *zone, struct wall wall, int seen[3])
{
    instant want[2] = {0}, got[2] = {0};
    int count = look_for(wall, want);
    if (zone_instants(zone, wall, got) != count || memcmp(got, want, sizeof got) != 0)
        fail_msg("%s, %04d-%02d-%02d %02d:%02d: not the %d instants of the C library",
            zone_id(zone), wall.date.year, wall.date.month, wall.date.day, wall.hour, wall.minute,
            count);
    seen[count]++;
}

/* All readings within half a day of every change of the clocks, and some from in between. */
static void readings_that_are_skipped_or_come_twice_are_told_apart(void **state)
{
    (void)state;
    struct random random = random_seeded(6);
    for (size_t i = 0; i < ZONES; i++) {
        int seen[3] = {0}, changes = 0;
        struct zone *zone = load(zones[i]);
        use_as_oracle(zones[i]);
        instant end = year_start(2027);
        for (instant at = year_start(2023); at < end; at += HOUR) {
            bool change = zone_offset(zone, at) != zone_offset(zone, at + HOUR);
            changes += change;
            if (!change && random_below(&random, 2000) != 0)
                continue;
            instant reading = (at + zone_offset(zone, at) * (instant)SECOND) / HOUR * HOUR;
            for (instant k = reading - 3 * HOUR; k <= reading + 4 * HOUR; k += STEP)
                check_instants(zone, wall_from_utc(k), seen);
        }
        check_holds(zones[i], seen[1] > 50, "was not looked at");
        check_holds(zones[i], changes == 0 || (seen[0] > 0 && seen[2] > 0), "saw no gap or fold");
        zone_destroy(zone);
    }
}

static void days_start_when_the_date_changes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ZONES; i++) {
        struct zone *zone = load(zones[i]);
        struct date date = {FROM_YEAR, 1, 1};
        for (; date.year < TO_YEAR; date = date_add_days(date, 1)) {
            instant start = zone_day_start(zone, date);
            if (date_compare(zone_date(zone, start), date) != 0 ||
                date_compare(zone_date(zone, start - 1), date) >= 0)
                fail_msg("%s: %04d-%02d-%02d does not start at %lld", zones[i], date.year,
                    date.month, date.day, (long long)start);
        }
        zone_destroy(zone);
    }
}

static const struct {
    const char *zone;
    struct date date;
    int first_minute; /* what the wall shows as the day begins */
    int length;       /* in minutes */
} days[] = {
    {"America/Los_Angeles", {2026, 11, 24}, 0, 24 * 60},
    {"America/Los_Angeles", {2026, 3, 8}, 0, 23 * 60},
    {"America/Los_Angeles", {2026, 11, 1}, 0, 25 * 60},
    {"America/Phoenix", {2026, 3, 8}, 0, 24 * 60},
    {"America/Phoenix", {2026, 11, 1}, 0, 24 * 60},
    {"America/Shiprock", {2026, 3, 8}, 0, 23 * 60},
    {"Australia/Lord_Howe", {2026, 10, 4}, 0, 23 * 60 + 30},
    {"Australia/Lord_Howe", {2026, 4, 5}, 0, 24 * 60 + 30},
    {"Asia/Kathmandu", {2026, 3, 8}, 0, 24 * 60},
    {"America/Havana", {2026, 3, 8}, 60, 23 * 60},
    {"America/Havana", {2026, 3, 7}, 0, 24 * 60},
    {"America/Havana", {2026, 11, 1}, 0, 25 * 60},
    {"Asia/Beirut", {2026, 3, 29}, 60, 23 * 60},
    {"Asia/Beirut", {2026, 10, 24}, 0, 25 * 60},
    {"Africa/Cairo", {2026, 4, 24}, 60, 23 * 60},
    {"Africa/Cairo", {2026, 10, 29}, 0, 25 * 60},
    {"Africa/Cairo", {2026, 10, 30}, 0, 24 * 60},
    {"Pacific/Apia", {2011, 12, 29}, 0, 24 * 60},
    {"Pacific/Apia", {2011, 12, 31}, 0, 24 * 60},
};

static void days_of_23_to_25_hours_are_as_long_as_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct zone *zone = load(days[i].zone);
        instant start = zone_day_start(zone, days[i].date);
        instant next = zone_day_start(zone, date_add_days(days[i].date, 1));
        struct wall wall = zone_wall(zone, start);
        char row[64], text[DATE_SIZE];
        date_format(days[i].date, text);
        snprintf(row, sizeof row, "%s %s", days[i].zone, text);
        check_number(row, wall.hour * 60 + wall.minute, days[i].first_minute);
        check_number(row, (next - start) / MINUTE, days[i].length);
        zone_destroy(zone);
    }
}

/* Samoa had no 30 December 2011. */
static void a_day_that_never_was_starts_with_the_next_one(void **state)
{
    (void)state;
    struct zone *zone = load("Pacific/Apia");
    assert_int_equal(zone_day_start(zone, (struct date){2011, 12, 30}),
        zone_day_start(zone, (struct date){2011, 12, 31}));
    instant found[2];
    assert_int_equal(
        zone_instants(zone, (struct wall){.date = {2011, 12, 30}, .hour = 12}, found), 0);
    zone_destroy(zone);
}

static const struct {
    const char *zone;
    struct wall wall;
    int count;
    int offsets[2]; /* in minutes */
} readings[] = {
    {"America/Los_Angeles", {{2026, 11, 24}, 14, 30, 0}, 1, {-480, 0}},
    {"America/Los_Angeles", {{2026, 3, 8}, 1, 59, 59}, 1, {-480, 0}},
    {"America/Los_Angeles", {{2026, 3, 8}, 2, 0, 0}, 0, {0, 0}},
    {"America/Los_Angeles", {{2026, 3, 8}, 2, 59, 59}, 0, {0, 0}},
    {"America/Los_Angeles", {{2026, 3, 8}, 3, 0, 0}, 1, {-420, 0}},
    {"America/Los_Angeles", {{2026, 11, 1}, 0, 59, 59}, 1, {-420, 0}},
    {"America/Los_Angeles", {{2026, 11, 1}, 1, 0, 0}, 2, {-420, -480}},
    {"America/Los_Angeles", {{2026, 11, 1}, 1, 59, 59}, 2, {-420, -480}},
    {"America/Los_Angeles", {{2026, 11, 1}, 2, 0, 0}, 1, {-480, 0}},
    {"Australia/Lord_Howe", {{2026, 10, 4}, 2, 15, 0}, 0, {0, 0}},
    {"Australia/Lord_Howe", {{2026, 10, 4}, 2, 30, 0}, 1, {660, 0}},
    {"Australia/Lord_Howe", {{2026, 4, 5}, 1, 45, 0}, 2, {660, 630}},
    {"America/Havana", {{2026, 3, 8}, 0, 0, 0}, 0, {0, 0}},
    {"America/Havana", {{2026, 11, 1}, 0, 0, 0}, 2, {-240, -300}},
    {"Africa/Cairo", {{2026, 10, 29}, 23, 30, 0}, 2, {180, 120}},
    {"Asia/Kolkata", {{2026, 3, 8}, 2, 30, 0}, 1, {330, 0}},
    {"UTC", {{2026, 3, 8}, 2, 30, 0}, 1, {0, 0}},
};

static void a_reading_has_its_instants_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        struct zone *zone = load(readings[i].zone);
        instant found[2];
        int count = zone_instants(zone, readings[i].wall, found);
        check_number(readings[i].zone, count, readings[i].count);
        for (int k = 0; k < count; k++) {
            struct stamp stamp = {found[k], readings[i].offsets[k] * 60};
            check_holds(readings[i].zone, zone_agrees(zone, stamp), "has another offset then");
            struct wall wall = stamp_wall(stamp);
            check_number(readings[i].zone, wall_as_utc(wall), wall_as_utc(readings[i].wall));
        }
        zone_destroy(zone);
    }
}

static const char *const zone_words[][2] = {
    {"America/Los_Angeles", "Pacific"},
    {"US/Pacific", "Pacific"},
    {"America/Vancouver", "Pacific"},
    {"America/Denver", "Mountain"},
    {"America/Shiprock", "Mountain"},
    {"America/Boise", "Mountain"},
    {"America/Phoenix", "Arizona"},
    {"US/Arizona", "Arizona"},
    {"America/Chicago", "Central"},
    {"America/New_York", "Eastern"},
    {"America/Detroit", "Eastern"},
    {"America/Indiana/Indianapolis", "Eastern"},
    {"America/Indianapolis", "Eastern"},
    {"America/Anchorage", "Alaska"},
    {"Pacific/Honolulu", "Hawaii"},
    {"America/Halifax", "Atlantic"},
    {"America/St_Johns", "Newfoundland"},
    {"Asia/Kolkata", "Kolkata"},
    {"Australia/Lord_Howe", "Lord Howe"},
    {"America/Argentina/Buenos_Aires", "Buenos Aires"},
    {"UTC", "UTC"},
    {"Etc/UTC", "UTC"},
};

static void zones_have_the_words_people_use(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof zone_words / sizeof *zone_words; i++) {
        struct zone *zone = load(zone_words[i][0]);
        check_text(zone_words[i][0], zone_id(zone), zone_words[i][0]);
        check_text(zone_words[i][0], zone_word(zone), zone_words[i][1]);
        zone_destroy(zone);
    }
}

static void unknown_zones_are_refused_in_words(void **state)
{
    (void)state;
    static const char *const ids[] = {"", "Pacific", "America/Los Angeles", "america/los_angeles",
        "America/", "America", "../../etc/passwd", "/etc/localtime", "PST8PDT7", "Mars/Olympus"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct error error = {""};
        struct zone *zone = zone_load(ids[i], &error);
        check_holds(ids[i], zone == NULL, "was taken for a zone");
        check_contains(ids[i], error.text, "unknown time zone \"");
        check_contains(ids[i], error.text, "America/Los_Angeles");
        assert_null(zone_load(ids[i], NULL));
    }
    zone_destroy(NULL);
}

static void stamps_with_another_offset_do_not_agree(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *stamp;
        bool agrees;
    } rows[] = {
        {"America/Los_Angeles", "2026-11-24T14:30:00-08:00", true},
        {"America/Los_Angeles", "2026-11-24T22:30:00Z", false},
        {"America/Los_Angeles", "2026-07-24T14:30:00-08:00", false},
        {"America/Los_Angeles", "2026-07-24T14:30:00-07:00", true},
        {"America/Phoenix", "2026-07-24T14:30:00-07:00", true},
        {"America/Denver", "2026-11-24T14:30:00-08:00", false},
        {"Asia/Kathmandu", "2026-11-24T14:30:00+05:45", true},
        {"UTC", "2026-11-24T22:30:00Z", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct zone *zone = load(rows[i].zone);
        struct stamp stamp;
        assert_true(stamp_parse(rows[i].stamp, &stamp, NULL));
        check_number(rows[i].stamp, zone_agrees(zone, stamp), rows[i].agrees);
        zone_destroy(zone);
    }
}

static void the_machines_zone_is_that_of_tz(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"America/Chicago", "America/Chicago"},
        {":America/Chicago", "America/Chicago"},
        {"UTC", "UTC"},
        {"nonsense", "UTC"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        setenv("TZ", rows[i][0], 1);
        struct zone *zone = zone_load_local();
        check_text(rows[i][0], zone_id(zone), rows[i][1]);
        zone_destroy(zone);
    }
    unsetenv("TZ");
    struct zone *zone = zone_load_local();
    assert_non_null(zone);
    zone_destroy(zone);
}

static void converting_never_looks_at_tz(void **state)
{
    (void)state;
    setenv("TZ", "Asia/Kolkata", 1);
    tzset();
    struct zone *zone = load("America/Los_Angeles");
    struct stamp stamp;
    assert_true(stamp_parse("2026-11-24T22:30:00Z", &stamp, NULL));
    char text[STAMP_SIZE];
    stamp_format(zone_stamp(zone, stamp.at), text);
    assert_string_equal(text, "2026-11-24T14:30:00-08:00");
    assert_string_equal(getenv("TZ"), "Asia/Kolkata");
    zone_destroy(zone);
}

static void times_outside_the_table_do_no_harm(void **state)
{
    (void)state;
    struct zone *zone = load("America/Los_Angeles");
    assert_int_equal(zone_offset(zone, year_start(1900)), -8 * 3600);
    assert_int_equal(zone_offset(zone, year_start(9999)), -8 * 3600);
    assert_int_equal(
        zone_day_start(zone, (struct date){9999, 1, 1}), year_start(9999) + 8 * (instant)HOUR);
    zone_destroy(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_quarter_of_an_hour_agrees_with_the_c_library),
        cmocka_unit_test(readings_that_are_skipped_or_come_twice_are_told_apart),
        cmocka_unit_test(days_start_when_the_date_changes),
        cmocka_unit_test(days_of_23_to_25_hours_are_as_long_as_they_are),
        cmocka_unit_test(a_day_that_never_was_starts_with_the_next_one),
        cmocka_unit_test(a_reading_has_its_instants_in_order),
        cmocka_unit_test(zones_have_the_words_people_use),
        cmocka_unit_test(unknown_zones_are_refused_in_words),
        cmocka_unit_test(stamps_with_another_offset_do_not_agree),
        cmocka_unit_test(the_machines_zone_is_that_of_tz),
        cmocka_unit_test(converting_never_looks_at_tz),
        cmocka_unit_test(times_outside_the_table_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
