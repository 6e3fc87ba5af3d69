#include "tourdesk/desk/grid.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FILLED = 96 }; /* rows that filling may bring about */

int grid_time_compare(struct grid_time a, struct grid_time b)
{
    if (a.again != b.again && a.minute / 60 == b.minute / 60)
        return a.again ? 1 : -1;
    return a.minute - b.minute;
}

struct grid_time grid_time_of(const struct zone *zone, instant at)
{
    struct wall wall = zone_wall(zone, at);
    instant found[2];
    int count = zone_instants(zone, wall, found);
    return (struct grid_time){
        .minute = wall.hour * 60 + wall.minute,
        .again = count == 2 && at >= found[1],
    };
}

static void add_time(struct grid *grid, struct grid_time time)
{
    size_t place = grid->time_count;
    while (place > 0) {
        int order = grid_time_compare(grid->times[place - 1], time);
        if (order == 0)
            return;
        if (order < 0)
            break;
        place--;
    }
    grid->times =
        mem_grow(grid->times, &grid->time_capacity, grid->time_count + 1, sizeof *grid->times);
    memmove(grid->times + place + 1, grid->times + place,
        (grid->time_count - place) * sizeof *grid->times);
    grid->times[place] = time;
    grid->time_count++;
}

/* Regular steps between the first and the last time, so that distance down is time passed. */
static void fill_times(struct grid *grid, int step)
{
    if (grid->time_count < 2 || step < 5)
        return;
    struct grid_time first = grid->times[0], last = grid->times[grid->time_count - 1];
    if ((last.minute - first.minute) / step > MOST_FILLED)
        return;
    for (int minute = first.minute + step; minute < last.minute; minute += step)
        add_time(grid, (struct grid_time){.minute = minute});
}

/* The day's column of an instant, or -1. */
static int day_of(const struct grid *grid, const struct zone *zone, instant at)
{
    int day = date_days_between(grid->first, zone_date(zone, at));
    return day >= 0 && day < grid->days ? day : -1;
}

static struct grid_cell *find_cell(struct grid *grid, const struct zone *zone, instant at)
{
    int day = day_of(grid, zone, at);
    int row = grid_row(grid, grid_time_of(zone, at));
    return &grid->cells[row * grid->days + day];
}

static void put_slot(
    struct grid *grid, const struct zone *zone, const struct slot *slot, bool staff)
{
    if (day_of(grid, zone, slot->start.at) < 0)
        return;
    struct grid_cell *cell = find_cell(grid, zone, slot->start.at);
    if (staff)
        cell->staff = slot;
    else
        cell->slot = slot;
    cell->offset_differs |= !zone_agrees(zone, slot->start);
}

/* Of several tours at one time, the one that claims most attention is shown. */
static void put_tour(
    struct grid *grid, const struct zone *zone, const struct tour *tour, instant now)
{
    if (day_of(grid, zone, tour->start.at) < 0)
        return;
    struct grid_cell *cell = find_cell(grid, zone, tour->start.at);
    if (!cell->tour || tour_status(tour, now) < tour_status(cell->tour, now))
        cell->tour = tour;
    cell->tours++;
}

bool grid_shows(const struct tour *tour, instant now)
{
    return tour->kind == TOUR_APPOINTMENT && tour_status(tour, now) < TOUR_CANCELLED;
}

static void add_times(struct grid *grid, const struct grid_inputs *inputs)
{
    const struct slot_list *lists[] = {inputs->slots, inputs->staff};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t i = 0; lists[l] && i < lists[l]->count; i++) {
            instant at = lists[l]->items[i].start.at;
            if (day_of(grid, inputs->zone, at) >= 0)
                add_time(grid, grid_time_of(inputs->zone, at));
        }
    for (size_t i = 0; i < inputs->tours->count; i++) {
        const struct tour *tour = &inputs->tours->items[i];
        if (day_of(grid, inputs->zone, tour->start.at) >= 0 && grid_shows(tour, inputs->now))
            add_time(grid, grid_time_of(inputs->zone, tour->start.at));
    }
}

void grid_build(struct grid *grid, const struct grid_inputs *inputs)
{
    const struct zone *zone = inputs->zone;
    *grid = (struct grid){.first = inputs->first, .days = inputs->days};
    add_times(grid, inputs);
    fill_times(grid, inputs->step);
    if (grid->time_count == 0)
        return;
    grid->cells = mem_alloc(grid->time_count * (size_t)grid->days * sizeof *grid->cells);
    for (size_t i = 0; i < inputs->slots->count; i++)
        put_slot(grid, zone, &inputs->slots->items[i], false);
    for (size_t i = 0; inputs->staff && i < inputs->staff->count; i++)
        put_slot(grid, zone, &inputs->staff->items[i], true);
    for (size_t i = 0; i < inputs->tours->count; i++)
        if (grid_shows(&inputs->tours->items[i], inputs->now))
            put_tour(grid, zone, &inputs->tours->items[i], inputs->now);
}

void grid_finish(struct grid *grid)
{
    free(grid->times);
    free(grid->cells);
    *grid = (struct grid){0};
}

const struct grid_cell *grid_cell(const struct grid *grid, size_t row, int day)
{
    return &grid->cells[row * (size_t)grid->days + (size_t)day];
}

static int distance(struct grid_time a, struct grid_time b)
{
    int apart = abs(a.minute - b.minute) * 2;
    return apart + (a.again != b.again);
}

int grid_row(const struct grid *grid, struct grid_time time)
{
    int best = -1;
    for (size_t i = 0; i < grid->time_count; i++)
        if (best < 0 || distance(grid->times[i], time) < distance(grid->times[best], time))
            best = (int)i;
    return best;
}
