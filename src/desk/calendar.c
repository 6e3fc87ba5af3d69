/* The calendar: moving through the week, and what can be done with what is under the focus. */
#include "internal.h"

#include "tourdesk/base/str.h"
#include "tourdesk/tour/say.h"

#include <string.h>

enum { NARROW = 76, NARROW_DAYS = 5, PAGE = 8 };

struct date desk_week(const struct desk *desk, int *days)
{
    struct date monday = date_week_start(desk->calendar.focus);
    *days = desk->cols < NARROW ? NARROW_DAYS : GRID_DAYS;
    /* Where not all days fit, the last five show the weekend when the focus is there. */
    if (date_weekday(desk->calendar.focus) >= *days)
        return date_add_days(monday, GRID_DAYS - *days);
    return monday;
}

void desk_grid(const struct desk *desk, struct grid *grid)
{
    int days;
    struct date first = desk_week(desk, &days);
    const struct office *office = desk_office(desk);
    grid_build(grid, &office->slots, &desk->calendar.tours, office->community->zone, first, days,
        office->community->tour_minutes, desk->now);
}

const struct grid_cell *desk_focused(const struct desk *desk, const struct grid *grid)
{
    int row = grid_row(grid, desk->calendar.focus_time);
    int day = date_days_between(grid->first, desk->calendar.focus);
    if (row < 0 || day < 0 || day >= grid->days)
        return NULL;
    return grid_cell(grid, (size_t)row, day);
}

/* --- listing ------------------------------------------------------------------------------------ */

void calendar_list(struct desk *desk, struct command_list *out)
{
    struct calendar_state *calendar = &desk->calendar;
    const struct zone *zone = desk_zone(desk);
    struct date monday = date_week_start(calendar->focus);
    struct command *command = desk_command(desk, COMMAND_LIST_TOURS, out);
    calendar->tours_from = zone_day_start(zone, date_add_days(monday, -7));
    calendar->tours_to = zone_day_start(zone, date_add_days(monday, 14));
    command->query = (struct tour_query){calendar->tours_from, calendar->tours_to, 0};
    calendar->tours_token = command->token;
}

/* Lists again if the focus has left the weeks that were listed. */
static void follow(struct desk *desk, struct command_list *out)
{
    const struct zone *zone = desk_zone(desk);
    struct date monday = date_week_start(desk->calendar.focus);
    if (zone_day_start(zone, monday) < desk->calendar.tours_from ||
        zone_day_start(zone, date_add_days(monday, 7)) > desk->calendar.tours_to)
        calendar_list(desk, out);
}

/* --- the focus ---------------------------------------------------------------------------------- */

/* Puts the focus on the next free slot, once there are any and as long as nobody has moved it. */
void calendar_place(struct desk *desk)
{
    const struct office *office = desk_office(desk);
    if (desk->calendar.placed)
        return;
    for (size_t i = 0; i < office->slots.count; i++) {
        const struct slot *slot = &office->slots.items[i];
        if (slot->start.at < desk->now)
            continue;
        desk->calendar.focus = zone_date(office->community->zone, slot->start.at);
        desk->calendar.focus_time = grid_time_of(office->community->zone, slot->start.at);
        desk->calendar.placed = true;
        return;
    }
}

static void move_row(struct desk *desk, int by)
{
    struct grid grid;
    desk_grid(desk, &grid);
    int row = grid_row(&grid, desk->calendar.focus_time);
    if (row >= 0) {
        int last = (int)grid.time_count - 1;
        row += by;
        row = row < 0 ? 0 : row > last ? last : row;
        desk->calendar.focus_time = grid.times[row];
    }
    grid_finish(&grid);
}

static void move_day(struct desk *desk, int by, struct command_list *out)
{
    desk->calendar.focus = date_add_days(desk->calendar.focus, by);
    follow(desk, out);
}

static void go_today(struct desk *desk, struct command_list *out)
{
    const struct zone *zone = desk_zone(desk);
    desk->calendar.focus = zone_date(zone, desk->now);
    desk->calendar.focus_time = grid_time_of(zone, desk->now);
    follow(desk, out);
}

/* --- acting -------------------------------------------------------------------------------------- */

/* Why there is nothing to book at an empty place. */
static void say_empty(struct desk *desk)
{
    const struct office *office = desk_office(desk);
    struct date today = zone_date(office->community->zone, desk->now);
    if (!office->slots.checked_at)
        desk_say(desk, TONE_PLAIN, "The free times have not been read yet.");
    else if (date_compare(desk->calendar.focus, today) < 0)
        desk_say(desk, TONE_PLAIN, "That day is past.");
    else
        desk_say(desk, TONE_PLAIN, "Knock offers no tour then.");
}

static void with_focused(struct desk *desk, struct command_list *out,
    void (*with_tour)(struct desk *, const struct tour *, struct command_list *),
    void (*with_slot)(struct desk *, const struct slot *))
{
    struct grid grid;
    desk_grid(desk, &grid);
    const struct grid_cell *cell = desk_focused(desk, &grid);
    if (cell && cell->slot && with_slot)
        with_slot(desk, cell->slot);
    else if (cell && cell->tour)
        with_tour(desk, cell->tour, out);
    else if (cell && cell->slot)
        desk_say(desk, TONE_PLAIN, "That time is free: there is no tour of ours.");
    else
        say_empty(desk);
    grid_finish(&grid);
}

static void open_tour(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    str_copy(desk->tours.selected, OPERATION_ID_SIZE, tour->id);
    desk->stack[0] = SCREEN_TOURS;
    tours_list(desk, out);
}

static void ask_cancel(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    (void)out;
    cancel_ask(desk, tour);
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    switch (action) {
    case ACTION_UP: move_row(desk, -1); break;
    case ACTION_DOWN: move_row(desk, 1); break;
    case ACTION_PAGE_UP: move_row(desk, -PAGE); break;
    case ACTION_PAGE_DOWN: move_row(desk, PAGE); break;
    case ACTION_FIRST: move_row(desk, -1000); break;
    case ACTION_LAST: move_row(desk, 1000); break;
    case ACTION_LEFT: move_day(desk, -1, out); break;
    case ACTION_RIGHT: move_day(desk, 1, out); break;
    case ACTION_WEEK_BACK: move_day(desk, -GRID_DAYS, out); break;
    case ACTION_WEEK_ON: move_day(desk, GRID_DAYS, out); break;
    case ACTION_TODAY: go_today(desk, out); break;
    case ACTION_OPEN: with_focused(desk, out, open_tour, book_open); break;
    case ACTION_VISIT: with_focused(desk, out, visit_open, NULL); break;
    case ACTION_CANCEL: with_focused(desk, out, ask_cancel, NULL); break;
    default: return false;
    }
    desk->calendar.placed = true;
    return true;
}

const struct screen calendar_screen = {
    .context = CONTEXT_CALENDAR,
    .act = act,
};
