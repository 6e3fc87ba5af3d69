/* A month as weeks of days: which days, how much is free and booked, and how that is shaded. */
#include "check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/desk/month.h"

static struct zone *pacific;

static int load_zone(void **state)
{
    (void)state;
    pacific = zone_load("America/Los_Angeles", NULL);
    return pacific ? 0 : -1;
}

static int free_zone(void **state)
{
    (void)state;
    zone_destroy(pacific);
    return 0;
}

static struct stamp at(const char *text)
{
    struct stamp stamp;
    struct error error = {""};
    if (!stamp_parse(text, &stamp, &error))
        fail_msg("%s", error.text);
    return stamp;
}

static void add_slot(struct slot_list *slots, const char *text)
{
    struct slot slot = {.start = at(text)};
    str_copy(slot.text, sizeof slot.text, text);
    slot_list_add(slots, &slot);
}

static struct tour *add_tour(struct tour_list *tours, const char *text)
{
    struct tour *tour = tour_list_add(tours);
    tour->start = at(text);
    tour->end = tour->start.at + 30 * MINUTE;
    tour->booking = STATE_CONFIRMED;
    return tour;
}

static const struct {
    const char *any_day, *first, *shown_from;
    int weeks, inside;
} months[] = {
    {"2026-11-23", "2026-11-01", "2026-10-26", 6, 30}, /* begins on a Sunday */
    {"2027-02-28", "2027-02-01", "2027-02-01", 4, 28}, /* four weeks and no more */
    {"2028-02-29", "2028-02-01", "2028-01-31", 5, 29},
    {"2026-12-01", "2026-12-01", "2026-11-30", 5, 31},
    {"2027-03-14", "2027-03-01", "2027-03-01", 5, 31}, /* the clocks go forward */
};

static void a_month_has_its_own_days_and_those_around_them(void **state)
{
    (void)state;
    struct slot_list slots = {0};
    struct tour_list tours = {0};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        struct month month;
        struct date day;
        char text[DATE_SIZE];
        int inside = 0;
        date_parse(months[i].any_day, &day);
        month_build(&month, day, &slots, &tours, pacific, 0);
        date_format(month.first, text);
        check_text(months[i].any_day, text, months[i].first);
        date_format(month.days[0].date, text);
        check_text(months[i].any_day, text, months[i].shown_from);
        check_number(months[i].any_day, month.weeks, months[i].weeks);
        for (int d = 0; d < MONTH_DAYS; d++) {
            inside += month.days[d].inside;
            check_number("no day twice, none left out",
                date_days_between(month.days[0].date, month.days[d].date), d);
        }
        check_number(months[i].any_day, inside, months[i].inside);
    }
}

static const struct month_day *day_of(const struct month *month, int year, int number, int day)
{
    for (int i = 0; i < MONTH_DAYS; i++)
        if (date_compare(month->days[i].date, (struct date){year, number, day}) == 0)
            return &month->days[i];
    fail_msg("%d-%d-%d is not shown", year, number, day);
    return NULL;
}

static void free_times_count_on_the_communitys_day_while_they_can_be_had(void **state)
{
    (void)state;
    struct slot_list slots = {0};
    struct tour_list tours = {0};
    struct month month;
    instant now = at("2026-11-23T14:07:00-08:00").at;
    add_slot(&slots, "2026-11-23T14:00:00-08:00"); /* past */
    add_slot(&slots, "2026-11-23T14:07:00-08:00"); /* just now */
    add_slot(&slots, "2026-11-23T15:00:00-08:00");
    add_slot(&slots, "2026-11-25T07:30:00+00:00"); /* 11:30 pm on the 24th in Los Angeles */
    add_slot(&slots, "2026-11-24T10:00:00-08:00");
    add_slot(&slots, "2027-01-15T10:00:00-08:00"); /* not in sight */
    month_build(&month, (struct date){2026, 11, 1}, &slots, &tours, pacific, now);
    assert_int_equal(day_of(&month, 2026, 11, 23)->free, 1);
    assert_int_equal(day_of(&month, 2026, 11, 24)->free, 2);
    assert_int_equal(day_of(&month, 2026, 11, 25)->free, 0);
    assert_int_equal(month.most_free, 2);
    slot_list_finish(&slots);
}

static void tours_count_where_they_stand_or_stood_and_the_foremost_is_named(void **state)
{
    (void)state;
    struct slot_list slots = {0};
    struct tour_list tours = {0};
    struct month month;
    instant now = at("2026-11-23T14:07:00-08:00").at;
    add_tour(&tours, "2026-11-24T10:00:00-08:00");
    add_tour(&tours, "2026-11-24T11:00:00-08:00")->booking = STATE_UNKNOWN;
    add_tour(&tours, "2026-11-24T12:00:00-08:00")->cancel = STATE_CONFIRMED;
    add_tour(&tours, "2026-11-20T12:00:00-08:00")->visit = STATE_CONFIRMED;
    add_tour(&tours, "2026-11-19T12:00:00-08:00")->booking = STATE_REFUSED;
    month_build(&month, (struct date){2026, 11, 30}, &slots, &tours, pacific, now);
    assert_int_equal(day_of(&month, 2026, 11, 24)->tours, 2);
    assert_int_equal(day_of(&month, 2026, 11, 24)->foremost, TOUR_UNKNOWN);
    assert_int_equal(day_of(&month, 2026, 11, 20)->tours, 1);
    assert_int_equal(day_of(&month, 2026, 11, 20)->foremost, TOUR_LOGGED);
    assert_int_equal(day_of(&month, 2026, 11, 19)->tours, 0);
    assert_int_equal(day_of(&month, 2026, 11, 19)->foremost, TOUR_STATUSES);
    tour_list_finish(&tours);
}

static const struct {
    int free, most, shade;
} shades[] = {
    {0, 0, 0},
    {0, 8, 0},
    {1, 100, 1}, /* something is not nothing */
    {1, 1, 4},
    {2, 8, 1},
    {3, 8, 2},
    {4, 8, 2},
    {6, 8, 3},
    {7, 8, 4},
    {8, 8, 4},
};

static void a_day_is_shaded_by_how_much_is_free_beside_the_freest(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shades / sizeof *shades; i++) {
        char row[32];
        struct month month = {.most_free = shades[i].most};
        struct month_day day = {.free = shades[i].free};
        str_print(row, sizeof row, "%d of %d", shades[i].free, shades[i].most);
        check_number(row, month_shade(&month, &day), shades[i].shade);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_has_its_own_days_and_those_around_them),
        cmocka_unit_test(free_times_count_on_the_communitys_day_while_they_can_be_had),
        cmocka_unit_test(tours_count_where_they_stand_or_stood_and_the_foremost_is_named),
        cmocka_unit_test(a_day_is_shaded_by_how_much_is_free_beside_the_freest),
    };
    return cmocka_run_group_tests(tests, load_zone, free_zone);
}
