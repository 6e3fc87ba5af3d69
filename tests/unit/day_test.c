/* One day, an entry a line: free times and tours in the order of time, on days of 23, 24 and 25 hours. */
#include "check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/desk/day.h"

#include <stdio.h>

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
    slot_list_add(slots, &slot);
}

static struct tour *add_tour(struct tour_list *tours, const char *id, const char *text)
{
    struct tour *tour = tour_list_add(tours);
    str_copy(tour->id, sizeof tour->id, id);
    tour->start = at(text);
    tour->end = tour->start.at + 30 * MINUTE;
    tour->booking = STATE_CONFIRMED;
    return tour;
}

/* The entries as "9:00 free, 9:30 staff, 10:00 both, 10:00 TOUR"; "again" marks an hour's second coming. */
static const char *entries(char out[400], const struct slot_list *slots,
    const struct slot_list *staff, const struct tour_list *tours, struct date date)
{
    struct day day;
    struct grid_inputs inputs = {.slots = slots,
        .staff = staff,
        .tours = tours,
        .zone = pacific,
        .first = date,
        .days = 1,
        .step = 30};
    size_t used = 0;
    out[0] = '\0';
    day_build(&day, &inputs);
    for (size_t i = 0; i < day.count; i++) {
        const struct day_entry *entry = &day.entries[i];
        used += (size_t)snprintf(out + used, 400 - used, "%s%d:%02d%s %s", i ? ", " : "",
            entry->time.minute / 60, entry->time.minute % 60, entry->time.again ? " again" : "",
            entry->tour                   ? entry->tour->id
            : entry->slot && entry->staff ? "both"
            : entry->slot                 ? "free"
                                          : "staff");
    }
    day_finish(&day);
    return out;
}

static void a_day_holds_its_free_times_and_tours_in_order(void **state)
{
    (void)state;
    struct slot_list slots = {0}, staff = {0};
    struct tour_list tours = {0};
    char text[400];
    struct date tuesday = {2026, 11, 24};
    add_slot(&slots, "2026-11-24T10:00:00-08:00");
    add_slot(&slots, "2026-11-24T09:00:00-08:00");
    add_slot(&slots, "2026-11-25T09:00:00-08:00");
    add_slot(&slots, "2026-11-25T07:45:00+00:00"); /* 11:45 pm in Los Angeles */
    add_slot(&staff, "2026-11-24T09:30:00-08:00");
    add_slot(&staff, "2026-11-24T10:00:00-08:00");
    add_tour(&tours, "SECOND", "2026-11-24T10:00:00-08:00")->created_at = 2;
    add_tour(&tours, "FIRST", "2026-11-24T10:00:00-08:00")->created_at = 1;
    add_tour(&tours, "MONDAY", "2026-11-23T10:00:00-08:00");
    add_tour(&tours, "CANCELLED", "2026-11-24T09:00:00-08:00")->cancel = STATE_CONFIRMED;
    check_text("with staff", entries(text, &slots, &staff, &tours, tuesday),
        "9:00 free, 9:30 staff, 10:00 FIRST, 10:00 SECOND, 10:00 both, 23:45 free");
    check_text("alone", entries(text, &slots, NULL, &tours, tuesday),
        "9:00 free, 10:00 FIRST, 10:00 SECOND, 10:00 free, 23:45 free");
    check_text("nothing", entries(text, &slots, NULL, &tours, (struct date){2026, 11, 29}), "");
    slot_list_finish(&slots);
    slot_list_finish(&staff);
    tour_list_finish(&tours);
}

static void an_hour_that_comes_twice_is_there_twice(void **state)
{
    (void)state;
    struct slot_list slots = {0};
    struct tour_list tours = {0};
    char text[400];
    add_slot(&slots, "2026-11-01T02:00:00-08:00");
    add_slot(&slots, "2026-11-01T01:30:00-08:00");
    add_slot(&slots, "2026-11-01T01:30:00-07:00");
    add_slot(&slots, "2026-11-01T01:00:00-08:00");
    add_slot(&slots, "2026-11-01T00:30:00-07:00");
    check_text("25 hours", entries(text, &slots, NULL, &tours, (struct date){2026, 11, 1}),
        "0:30 free, 1:30 free, 1:00 again free, 1:30 again free, 2:00 free");
    slot_list_finish(&slots);
    add_slot(&slots, "2026-03-08T01:30:00-08:00");
    add_slot(&slots, "2026-03-08T03:00:00-07:00"); /* half an hour later */
    check_text("23 hours", entries(text, &slots, NULL, &tours, (struct date){2026, 3, 8}),
        "1:30 free, 3:00 free");
    slot_list_finish(&slots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_holds_its_free_times_and_tours_in_order),
        cmocka_unit_test(an_hour_that_comes_twice_is_there_twice),
    };
    return cmocka_run_group_tests(tests, load_zone, free_zone);
}
