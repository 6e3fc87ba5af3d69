/* The week on the days on which clocks change: every slot once, under its own reading of the wall clock, in
 * eight zones of the United States and in zones whose offsets are no whole hours, 2026 and 2027. */
#include "check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/desk/grid.h"

enum { HALF_HOUR = 30 * MINUTE };

static const char *const zones[] = {
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Anchorage",
    "America/Adak",
    "Pacific/Honolulu",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Asia/Kathmandu",
    "Asia/Kolkata",
};

/* The first days of weeks in which clocks change: those of the United States, then those of the south. */
static const struct date mondays[] = {
    {2026, 3, 2},
    {2026, 10, 26},
    {2027, 3, 8},
    {2027, 11, 1},
    {2026, 3, 30},
    {2026, 9, 28},
    {2027, 3, 29},
    {2027, 9, 27},
};

/* A slot every half hour from the week's first instant to its last, as Knock would write them. */
static void fill(struct slot_list *slots, const struct zone *zone, struct date monday)
{
    instant end = zone_day_start(zone, date_add_days(monday, GRID_DAYS));
    for (instant at = zone_day_start(zone, monday); at < end; at += HALF_HOUR) {
        struct slot slot = {.start = zone_stamp(zone, at)};
        stamp_format(slot.start, slot.text);
        slot_list_add(slots, &slot);
    }
}

/* The reading of a slot's own text: what stands behind the T. */
static int minute_of(const struct slot *slot)
{
    int hour = (slot->text[11] - '0') * 10 + slot->text[12] - '0';
    return hour * 60 + (slot->text[14] - '0') * 10 + slot->text[15] - '0';
}

static void check_week(const char *id, struct date monday)
{
    struct slot_list slots = {0};
    struct tour_list tours = {0};
    struct grid grid;
    struct zone *zone = zone_load(id, NULL);
    fill(&slots, zone, monday);
    struct grid_inputs inputs = {.slots = &slots,
        .tours = &tours,
        .zone = zone,
        .first = monday,
        .days = GRID_DAYS,
        .step = 30};
    grid_build(&grid, &inputs);
    size_t shown = 0;
    for (size_t row = 0; row < grid.time_count; row++) {
        if (row > 0 && grid_time_compare(grid.times[row - 1], grid.times[row]) >= 0)
            fail_msg("%s: the times are not in order", id);
        for (int day = 0; day < GRID_DAYS; day++) {
            const struct grid_cell *cell = grid_cell(&grid, row, day);
            if (!cell->slot)
                continue;
            shown++;
            if (minute_of(cell->slot) != grid.times[row].minute || cell->offset_differs)
                fail_msg("%s: %s stands in the row of minute %d", id, cell->slot->text,
                    grid.times[row].minute);
            struct date date = zone_date(zone, cell->slot->start.at);
            assert_int_equal(date_compare(date, date_add_days(monday, day)), 0);
        }
    }
    if (shown != slots.count)
        fail_msg("%s, week of %d-%d-%d: %zu of %zu slots are shown", id, monday.year, monday.month,
            monday.day, shown, slots.count);
    grid_finish(&grid);
    slot_list_finish(&slots);
    zone_destroy(zone);
}

static void every_slot_of_a_week_with_a_change_stands_once_under_its_own_time(void **state)
{
    (void)state;
    for (size_t z = 0; z < sizeof zones / sizeof *zones; z++)
        for (size_t w = 0; w < sizeof mondays / sizeof *mondays; w++)
            check_week(zones[z], mondays[w]);
}

/* How many half hours the day of a change has. */
static void a_day_has_exactly_the_slots_there_are(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        struct date date;
        int halves;
    } rows[] = {
        {"America/New_York", {2026, 3, 8}, 46},
        {"America/New_York", {2026, 11, 1}, 50},
        {"America/Los_Angeles", {2027, 3, 14}, 46},
        {"America/Los_Angeles", {2027, 11, 7}, 50},
        {"America/Phoenix", {2026, 3, 8}, 48},
        {"Pacific/Honolulu", {2026, 11, 1}, 48},
        {"Australia/Lord_Howe", {2026, 10, 4}, 47},
        {"Australia/Lord_Howe", {2026, 4, 5}, 49},
        {"America/St_Johns", {2026, 3, 8}, 46},
        {"Asia/Kathmandu", {2026, 3, 8}, 48},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct zone *zone = zone_load(rows[i].zone, NULL);
        struct slot_list slots = {0};
        struct tour_list tours = {0};
        struct grid grid;
        struct date monday = date_week_start(rows[i].date);
        fill(&slots, zone, monday);
        struct grid_inputs inputs = {.slots = &slots,
            .tours = &tours,
            .zone = zone,
            .first = rows[i].date,
            .days = 1,
            .step = 30};
        grid_build(&grid, &inputs);
        int shown = 0;
        for (size_t row = 0; row < grid.time_count; row++)
            shown += grid_cell(&grid, row, 0)->slot != NULL;
        if (shown != rows[i].halves)
            fail_msg("%s: %d half hours are shown, not %d", rows[i].zone, shown, rows[i].halves);
        grid_finish(&grid);
        slot_list_finish(&slots);
        zone_destroy(zone);
    }
}

static void a_slot_with_another_offset_than_its_zone_is_flagged(void **state)
{
    (void)state;
    struct zone *zone = zone_load("America/Phoenix", NULL);
    struct slot_list slots = {0};
    struct tour_list tours = {0};
    struct grid grid;
    struct slot slot = {.text = "2026-07-01T09:00:00-06:00"};
    assert_true(stamp_parse(slot.text, &slot.start, NULL));
    slot_list_add(&slots, &slot);
    struct grid_inputs inputs = {.slots = &slots,
        .tours = &tours,
        .zone = zone,
        .first = {2026, 7, 1},
        .days = 1,
        .step = 30};
    grid_build(&grid, &inputs);
    assert_true(grid_cell(&grid, 0, 0)->offset_differs);
    assert_int_equal(grid.times[0].minute, 8 * 60); /* what the wall there shows */
    grid_finish(&grid);
    slot_list_finish(&slots);
    zone_destroy(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_slot_of_a_week_with_a_change_stands_once_under_its_own_time),
        cmocka_unit_test(a_day_has_exactly_the_slots_there_are),
        cmocka_unit_test(a_slot_with_another_offset_than_its_zone_is_flagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
