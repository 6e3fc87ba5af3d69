#include "tourdesk/sandbox/seed.h"

#include "seed_people.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/sandbox/bookings.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAYS_BACK = 7,
    DAYS_AHEAD = 10,
    BEGAN_AGO = 20 * MINUTE,
    GRAIN = 5 * MINUTE, /* nobody begins a tour at 1:47 */
};

/* One community being filled. */
struct planting {
    struct store *store;
    const struct property *property;
    struct random *random;
    struct cast *cast;
    instant now;
    struct date today;
    struct hold_list holds;
};

/* What one tour is to be. */
struct plan {
    enum calendar calendar;
    const char *origin;
    enum role role;
    bool cancelled;
    bool visited;
};

static const struct plan desk_plan = {
    .calendar = CALENDAR_SELF_GUIDED, .origin = "desk", .role = ROLE_DESK};

static uint64_t below(struct planting *planting, uint64_t limit)
{
    return random_below(planting->random, limit);
}

/* A booking is made up to three days ahead, and in any case before now. */
static instant invent_creation(struct planting *planting, instant start)
{
    instant made = start - (instant)(2 + below(planting, 70)) * HOUR;
    instant latest = planting->now - (instant)(10 + below(planting, 300)) * MINUTE;
    return made < latest ? made : latest;
}

static void choose_source(struct planting *planting, const struct plan *plan, char out[SOURCE_SIZE])
{
    const struct property *property = planting->property;
    if (property->source_count == 0)
        return;
    bool web = strcmp(plan->origin, "web") == 0 && property->source_count > 2;
    size_t first = web ? 2 : 0;
    size_t count = web                          ? property->source_count - 2
                   : property->source_count < 2 ? 1
                                                : 2; /* by phone or in person */
    str_copy(out, SOURCE_SIZE, property->sources[first + below(planting, count)]);
}

static void plant_guest(
    struct planting *planting, const struct plan *plan, instant made, struct guest *guest)
{
    *guest = (struct guest){.created_at = made, .updated_at = made};
    str_copy(guest->community, sizeof guest->community, planting->property->id);
    cast_next(planting->cast, plan->role, planting->today, &guest->profile);
    guest->sms_consent = below(planting, 2) == 0;
    choose_source(planting, plan, guest->source);
    str_copy(guest->first_contact, sizeof guest->first_contact,
        strcmp(plan->origin, "web") == 0 ? "internet" : "phone");
    str_copy(guest->status, sizeof guest->status,
        plan->cancelled ? "Canceled"
        : plan->visited ? "Visited"
                        : "Booked");
    store_put_guest(planting->store, guest);
}

static void write_units(struct planting *planting, char *out, size_t size)
{
    const struct property *property = planting->property;
    cJSON *names = cJSON_CreateArray();
    uint64_t count = property->unit_count ? 1 + below(planting, 2) : 0;
    for (uint64_t i = 0; i < count; i++) {
        size_t unit = (size_t)below(planting, property->unit_count);
        cJSON_AddItemToArray(names, cJSON_CreateString(property->units[unit]));
    }
    cJSON_PrintPreallocated(names, out, (int)size, false);
    cJSON_Delete(names);
}

static void plant_visit(struct planting *planting, const struct appointment *appointment)
{
    struct visit_record *visit = mem_alloc(sizeof *visit);
    visit->prospect = appointment->prospect;
    visit->appointment = appointment->id;
    visit->at = appointment->start + (instant)below(planting, 6) * MINUTE;
    visit->self_guided = appointment->calendar == CALENDAR_SELF_GUIDED;
    visit->created_at = appointment->end + 5 * (instant)MINUTE;
    str_copy(visit->source, sizeof visit->source, appointment->source);
    write_units(planting, visit->units, sizeof visit->units);
    str_copy(visit->matched, sizeof visit->matched, visit->units);
    store_put_visit(planting->store, visit);
    free(visit);
}

static void plant(struct planting *planting, const struct plan *plan, instant start)
{
    struct guest guest;
    const struct property *property = planting->property;
    struct appointment appointment = {.calendar = plan->calendar,
        .start = start,
        .end = start + (instant)property->rules.tour_minutes * MINUTE,
        .created_at = invent_creation(planting, start)};
    plant_guest(planting, plan, appointment.created_at, &guest);
    appointment.prospect = guest.id;
    str_copy(appointment.community, sizeof appointment.community, property->id);
    str_copy(appointment.origin, sizeof appointment.origin, plan->origin);
    str_copy(appointment.source, sizeof appointment.source, guest.source);
    str_copy(appointment.status, sizeof appointment.status, APPOINTMENT_CONFIRMED);
    bookings_add_event(planting->store, &guest, &appointment);
    if (plan->cancelled) {
        str_copy(appointment.status, sizeof appointment.status, APPOINTMENT_CANCELLED);
        appointment.cancelled_at = appointment.created_at + 9 * (instant)MINUTE;
    } else {
        hold_list_add(
            &planting->holds, (struct hold){start, appointment.end, appointment.calendar});
    }
    store_put_appointment(planting->store, &appointment);
    if (plan->visited)
        plant_visit(planting, &appointment);
}

/* A random start of a day that nothing stands against, between `from` and `to`; false if there is
 * none. */
static bool choose_start(struct planting *planting, enum calendar calendar, struct date date,
    instant from, instant to, instant *out)
{
    const struct property *property = planting->property;
    struct starts day = {0};
    size_t count = 0;
    rules_day(&property->rules, property->zone, calendar, date, &day);
    for (size_t i = 0; i < day.count; i++)
        if (day.items[i] > from && day.items[i] < to &&
            !rules_taken(&property->rules, calendar, &planting->holds, day.items[i]))
            day.items[count++] = day.items[i];
    if (count > 0)
        *out = day.items[below(planting, count)];
    starts_finish(&day);
    return count > 0;
}

/* The n-th day from tomorrow on (or from yesterday back) on which self-guided tours are given. */
static bool open_day(struct planting *planting, int n, int direction, struct date *out)
{
    const struct property *property = planting->property;
    for (int d = 1; d <= 2 * DAYS_AHEAD; d++) {
        struct starts day = {0};
        *out = date_add_days(planting->today, direction * d);
        rules_day(&property->rules, property->zone, CALENDAR_SELF_GUIDED, *out, &day);
        bool open = day.count > 0;
        starts_finish(&day);
        if (open && n-- == 0)
            return true;
    }
    return false;
}

static void plant_desk(struct planting *planting, int day, int direction, bool visited)
{
    struct plan plan = desk_plan;
    struct date date;
    instant start;
    plan.visited = visited;
    if (open_day(planting, day, direction, &date) &&
        choose_start(planting, plan.calendar, date, INT64_MIN, INT64_MAX, &start))
        plant(planting, &plan, start);
}

/* A tour in progress: begun about twenty minutes ago, if this community is open then. */
static bool plant_current(struct planting *planting)
{
    const struct rules *rules = &planting->property->rules;
    instant start = (planting->now - BEGAN_AGO) / GRAIN * GRAIN,
            step = rules->tour_minutes * MINUTE;
    struct starts day = {0};
    bool open = false;
    rules_day(rules, planting->property->zone, CALENDAR_SELF_GUIDED,
        zone_date(planting->property->zone, start), &day);
    for (size_t i = 0; i < day.count; i++)
        open = open || (day.items[i] <= start && start < day.items[i] + step);
    open = open && start <= day.items[day.count - 1];
    starts_finish(&day);
    if (open)
        plant(planting, &desk_plan, start);
    return open;
}

/* The office's own tours: of the first community nine, of each other five, days counted in open
 * days. */
static void plant_desk_tours(struct planting *planting, bool first)
{
    static const struct {
        int day, direction;
        bool visited, first_only;
    } tours[] = {
        {0, -1, false, false},
        {1, -1, true, false},
        {3, -1, false, true},
        {0, 1, false, false},
        {0, 1, false, true},
        {1, 1, false, false},
        {3, 1, false, false},
        {5, 1, false, true},
    };
    for (size_t i = 0; i < sizeof tours / sizeof *tours; i++)
        if (first || !tours[i].first_only)
            plant_desk(planting, tours[i].day, tours[i].direction, tours[i].visited);
}

static void plant_roommate(struct planting *planting)
{
    struct plan plan = {.calendar = CALENDAR_SELF_GUIDED, .origin = "web", .role = ROLE_ROOMMATE};
    struct date date;
    instant start;
    if (open_day(planting, 1, 1, &date) &&
        choose_start(planting, plan.calendar, date, INT64_MIN, INT64_MAX, &start))
        plant(planting, &plan, start);
}

/* What others booked on one day: on the web and by phone, now and then cancelled, mostly
 * visited. */
static void plant_day(
    struct planting *planting, enum calendar calendar, struct date date, uint64_t most)
{
    uint64_t count = 1 + below(planting, most);
    for (uint64_t i = 0; i < count; i++) {
        struct plan plan = {.calendar = calendar, .role = ROLE_OTHER};
        instant start;
        plan.origin = below(planting, 3) ? "web" : "phone";
        plan.cancelled = below(planting, 9) == 0;
        if (!choose_start(planting, calendar, date, INT64_MIN, INT64_MAX, &start))
            return;
        instant end = start + (instant)planting->property->rules.tour_minutes * MINUTE;
        plan.visited = !plan.cancelled && end < planting->now && below(planting, 3) > 0;
        plant(planting, &plan, start);
    }
}

static void plant_property(struct planting *planting, bool first, bool *current)
{
    if (!*current)
        *current = plant_current(planting);
    plant_desk_tours(planting, first);
    plant_roommate(planting);
    for (int d = -DAYS_BACK; d <= DAYS_AHEAD; d++) {
        struct date date = date_add_days(planting->today, d);
        plant_day(planting, CALENDAR_SELF_GUIDED, date, 2);
        plant_day(planting, CALENDAR_IN_PERSON, date, 2);
    }
    hold_list_finish(&planting->holds);
}

void seed_bookings(struct store *store, const struct office *office, instant now, uint64_t seed)
{
    struct random random = random_seeded(seed);
    struct cast cast;
    bool current = false;
    cast_init(&cast, &random);
    for (size_t i = 0; i < office->count; i++) {
        const struct property *property = &office->items[i];
        struct planting planting = {.store = store,
            .property = property,
            .random = &random,
            .cast = &cast,
            .now = now,
            .today = zone_date(property->zone, now)};
        plant_property(&planting, i == 0, &current);
    }
}
