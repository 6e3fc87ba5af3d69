/* The calendar: one focus through a week, a day and a month, and what can be done with what is under it. */
#include "internal.h"

#include "tourdesk/base/str.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/when.h"

#include <string.h>

enum { NARROW = 76, NARROW_DAYS = 5, PAGE = 8, FAR = 10000 };

struct date desk_days(const struct desk *desk, int *days)
{
    const struct calendar_state *calendar = &desk->calendar;
    struct date monday = date_week_start(calendar->focus);
    *days = calendar->view == VIEW_DAY ? 1 : desk->cols < NARROW ? NARROW_DAYS : GRID_DAYS;
    if (calendar->view == VIEW_DAY)
        return calendar->focus;
    /* Where not all days fit, the last five show the weekend when the focus is there. */
    if (date_weekday(calendar->focus) >= *days)
        return date_add_days(monday, GRID_DAYS - *days);
    return monday;
}

static struct grid_inputs inputs_of(const struct desk *desk)
{
    const struct office *office = desk_office(desk);
    struct grid_inputs inputs = {
        .slots = &office->slots[CALENDAR_SELF_GUIDED],
        .staff = desk->calendar.in_person ? &office->slots[CALENDAR_IN_PERSON] : NULL,
        .tours = &desk->calendar.tours,
        .zone = office->community->zone,
        .step = office->community->tour_minutes,
        .now = desk->now,
    };
    inputs.first = desk_days(desk, &inputs.days);
    return inputs;
}

void desk_grid(const struct desk *desk, struct grid *grid)
{
    struct grid_inputs inputs = inputs_of(desk);
    grid_build(grid, &inputs);
}

void desk_day(const struct desk *desk, struct day *day)
{
    struct grid_inputs inputs = inputs_of(desk);
    inputs.first = desk->calendar.focus;
    inputs.days = 1;
    day_build(day, &inputs);
}

void desk_month(const struct desk *desk, struct month *month)
{
    const struct office *office = desk_office(desk);
    month_build(month, desk->calendar.focus, &office->slots[CALENDAR_SELF_GUIDED],
        &desk->calendar.tours, office->community->zone, desk->now);
}

const struct grid_cell *desk_focused(const struct desk *desk, const struct grid *grid)
{
    int row = grid_row(grid, desk->calendar.focus_time);
    int day = date_days_between(grid->first, desk->calendar.focus);
    if (row < 0 || day < 0 || day >= grid->days)
        return NULL;
    return grid_cell(grid, (size_t)row, day);
}

static int distance(struct grid_time a, struct grid_time b)
{
    int apart = a.minute > b.minute ? a.minute - b.minute : b.minute - a.minute;
    return 2 * apart + (a.again != b.again);
}

int desk_day_row(const struct desk *desk, const struct day *day)
{
    const struct calendar_state *calendar = &desk->calendar;
    int best = -1;
    for (size_t i = 0; i < day->count; i++) {
        const struct day_entry *entry = &day->entries[i];
        if (entry->tour && strcmp(entry->tour->id, calendar->focus_tour) == 0)
            return (int)i;
        if (best < 0 || distance(entry->time, calendar->focus_time) <
                            distance(day->entries[best].time, calendar->focus_time))
            best = (int)i;
    }
    return best;
}

/* --- listing ------------------------------------------------------------------------------------ */

/* The days whose tours are listed: the weeks round the focus, or the month with its neighbours' days. */
static void listed_days(const struct desk *desk, struct date *from, struct date *to)
{
    const struct calendar_state *calendar = &desk->calendar;
    struct date first = calendar->focus;
    first.day = 1;
    bool month = calendar->view == VIEW_MONTH;
    *from = date_add_days(date_week_start(month ? first : calendar->focus), -7);
    *to = date_add_days(*from, month ? MONTH_DAYS + 14 : 21);
}

void calendar_list(struct desk *desk, struct command_list *out)
{
    struct calendar_state *calendar = &desk->calendar;
    const struct zone *zone = desk_zone(desk);
    struct date from, to;
    listed_days(desk, &from, &to);
    struct command *command = desk_command(desk, COMMAND_LIST_TOURS, out);
    calendar->tours_from = zone_day_start(zone, from);
    calendar->tours_to = zone_day_start(zone, to);
    command->query = (struct tour_query){.from = calendar->tours_from, .to = calendar->tours_to};
    calendar->tours_token = command->token;
}

/* Lists again if what is shown has left the days that were listed. */
static void follow(struct desk *desk, struct command_list *out)
{
    const struct zone *zone = desk_zone(desk);
    struct date from, to;
    listed_days(desk, &from, &to);
    if (zone_day_start(zone, date_add_days(from, 7)) < desk->calendar.tours_from ||
        zone_day_start(zone, date_add_days(to, -7)) > desk->calendar.tours_to)
        calendar_list(desk, out);
}

/* --- the focus ---------------------------------------------------------------------------------- */

/* Puts the focus on the next free slot, once there are any and as long as nobody has moved it. */
void calendar_place(struct desk *desk)
{
    const struct office *office = desk_office(desk);
    const struct slot_list *slots = &office->slots[CALENDAR_SELF_GUIDED];
    if (desk->calendar.placed)
        return;
    for (size_t i = 0; i < slots->count; i++) {
        instant at = slots->items[i].start.at;
        if (at < desk->now)
            continue;
        desk->calendar.focus = zone_date(office->community->zone, at);
        desk->calendar.focus_time = grid_time_of(office->community->zone, at);
        desk->calendar.placed = true;
        return;
    }
}

void calendar_go(
    struct desk *desk, struct date day, const struct grid_time *time, struct command_list *out)
{
    desk->calendar.focus = day;
    desk->calendar.focus_tour[0] = '\0';
    if (time)
        desk->calendar.focus_time = *time;
    desk->calendar.placed = true;
    follow(desk, out);
}

static void move_days(struct desk *desk, int by, struct command_list *out)
{
    calendar_go(desk, date_add_days(desk->calendar.focus, by), NULL, out);
}

static int limited(int value, int count)
{
    return value < 0 ? 0 : value >= count ? count - 1 : value;
}

static void move_in_week(struct desk *desk, int by)
{
    struct grid grid;
    desk_grid(desk, &grid);
    int row = grid_row(&grid, desk->calendar.focus_time);
    if (row >= 0)
        desk->calendar.focus_time = grid.times[limited(row + by, (int)grid.time_count)];
    desk->calendar.focus_tour[0] = '\0';
    grid_finish(&grid);
}

static void focus_entry(struct desk *desk, const struct day_entry *entry)
{
    desk->calendar.focus_time = entry->time;
    str_copy(desk->calendar.focus_tour, OPERATION_ID_SIZE, entry->tour ? entry->tour->id : "");
}

static void move_in_day(struct desk *desk, int by)
{
    struct day day;
    desk_day(desk, &day);
    int row = desk_day_row(desk, &day);
    if (row >= 0)
        focus_entry(desk, &day.entries[limited(row + by, (int)day.count)]);
    day_finish(&day);
}

/* Up and down: by times, in a month by weeks. */
static void move_rows(struct desk *desk, int by, struct command_list *out)
{
    if (desk->calendar.view == VIEW_MONTH)
        move_days(desk, by > 4 || by < -4 ? by / PAGE * 28 : by * GRID_DAYS, out);
    else if (desk->calendar.view == VIEW_DAY)
        move_in_day(desk, by);
    else
        move_in_week(desk, by);
    desk->calendar.placed = true;
}

/* To the first or last time of what is shown; in a month the first or last day. */
static void move_far(struct desk *desk, bool last, struct command_list *out)
{
    struct date day = desk->calendar.focus;
    if (desk->calendar.view != VIEW_MONTH) {
        move_rows(desk, last ? FAR : -FAR, out);
        return;
    }
    day.day = last ? date_month_days(day.year, day.month) : 1;
    calendar_go(desk, day, NULL, out);
}

static void move_period(struct desk *desk, int by, struct command_list *out)
{
    struct date focus = desk->calendar.focus;
    switch (desk->calendar.view) {
    case VIEW_DAY: focus = date_add_days(focus, by); break;
    case VIEW_WEEK: focus = date_add_days(focus, by * GRID_DAYS); break;
    case VIEW_MONTH: focus = date_add_months(focus, by); break;
    }
    calendar_go(desk, focus, NULL, out);
}

static void go_today(struct desk *desk, struct command_list *out)
{
    struct grid_time time = grid_time_of(desk_zone(desk), desk->now);
    calendar_go(desk, zone_date(desk_zone(desk), desk->now), &time, out);
}

static void show_view(struct desk *desk, enum calendar_view view, struct command_list *out)
{
    desk->calendar.view = view;
    follow(desk, out);
}

/* --- going to a day that is typed ---------------------------------------------------------------------- */

static bool read_day(struct desk *desk, const char *text, struct when *when)
{
    struct error why;
    char words[SAY_SIZE];
    struct entry_state *entry = &desk->entry;
    bool ok = when_parse(text, desk_zone(desk), desk->now, WHEN_NEXT, when, &why);
    str_copy(entry->note, sizeof entry->note, ok ? say_long_day(words, when->date) : why.text);
    return ok;
}

static bool check_day(struct desk *desk, const char *text)
{
    struct when when;
    return read_day(desk, text, &when);
}

static void go_day(struct desk *desk, const char *text, struct command_list *out)
{
    struct when when;
    if (!read_day(desk, text, &when)) {
        desk_say(desk, TONE_PLAIN, "%s.", desk->entry.note);
        return;
    }
    struct grid_time time = {.minute = when.from_minute};
    if (when.has_time)
        time = grid_time_of(desk_zone(desk), when.at.at);
    calendar_go(desk, when.date, when.has_time || when.from_minute ? &time : NULL, out);
}

static void ask_day(struct desk *desk, struct command_list *out)
{
    if (desk->argument) {
        go_day(desk, desk->argument, out);
        return;
    }
    entry_open(desk, "Go to which day?", check_day, go_day);
    str_copy(desk->entry.empty, sizeof desk->entry.empty, "tom, fri, 12/3, +2w, next fri 2");
}

static void overlay(struct desk *desk, struct command_list *out)
{
    desk->calendar.in_person = !desk->calendar.in_person;
    if (desk->calendar.in_person) {
        reads_slots(desk, desk->office, out);
        desk_say(desk, TONE_PLAIN, "Times for tours with staff are shown as well; i hides them.");
    }
}

/* --- what is under the focus ----------------------------------------------------------------------------- */

struct focused {
    const struct slot *slot, *staff;
    const struct tour *tour;
};

/* Slots and tours are the desk's own: they outlive the grid. */
static struct focused focused_of(const struct desk *desk)
{
    struct focused focused = {0};
    if (desk->calendar.view == VIEW_DAY) {
        struct day day;
        desk_day(desk, &day);
        int row = desk_day_row(desk, &day);
        if (row >= 0) {
            const struct day_entry *entry = &day.entries[row];
            focused = (struct focused){entry->slot, entry->staff, entry->tour};
        }
        day_finish(&day);
    } else if (desk->calendar.view == VIEW_WEEK) {
        struct grid grid;
        desk_grid(desk, &grid);
        const struct grid_cell *cell = desk_focused(desk, &grid);
        if (cell)
            focused = (struct focused){cell->slot, cell->staff, cell->tour};
        if (cell && cell->tour && tour_undecided(cell->tour))
            focused.slot = NULL; /* it is what that tour is about */
        grid_finish(&grid);
    }
    return focused;
}

static instant focused_at(const struct desk *desk)
{
    const struct calendar_state *calendar = &desk->calendar;
    instant found[2];
    struct wall wall = {
        calendar->focus, calendar->focus_time.minute / 60, calendar->focus_time.minute % 60, 0};
    int count = zone_instants(desk_zone(desk), wall, found);
    return count == 0 ? 0 : found[count == 2 && calendar->focus_time.again];
}

/* Since when a time is no longer offered, 0 = it never was. */
static instant gone_since(const struct office *office, instant at)
{
    for (size_t i = 0; i < office->gone_count; i++)
        if (office->gone[i].start == at)
            return office->gone[i].since;
    return 0;
}

void desk_gap(const struct desk *desk, struct str *out)
{
    const struct office *office = desk_office(desk);
    const struct slot_list *slots = &office->slots[CALENDAR_SELF_GUIDED];
    int notice = office->community->notice_minutes;
    char words[SAY_SIZE];
    instant at = focused_at(desk);
    if (!at)
        str_add(out, "the clocks skip this hour");
    else if (at < desk->now)
        str_add(out, "past");
    else if (!slots->checked_at)
        str_add(out, "the free times have not been read yet");
    else if (gone_since(office, at))
        str_addf(out, "taken since %s",
            say_clock(words, zone_wall(desk_zone(desk), gone_since(office, at))));
    else if (at < desk->now + (instant)notice * MINUTE)
        str_addf(
            out, "too soon: Knock wants %s notice", say_length(words, (instant)notice * MINUTE));
    else
        str_add(out, "not offered by Knock");
}

static const struct tour *selected(const struct desk *desk)
{
    return focused_of(desk).tour;
}

static void open_focused(struct desk *desk, struct command_list *out)
{
    if (desk->calendar.view == VIEW_MONTH) {
        show_view(desk, VIEW_DAY, out);
        return;
    }
    struct focused focused = focused_of(desk);
    if (focused.slot) {
        book_open(desk, focused.slot, NULL, out);
    } else if (focused.tour) {
        person_open(desk, focused.tour->person_id, out);
    } else if (focused.staff) {
        book_open(desk, focused.staff, NULL, out); /* the form says that it is one with staff */
    } else {
        struct str words = {0};
        desk_gap(desk, &words);
        desk_say(desk, TONE_PLAIN, "Nothing can be booked here: %s.", str_text(&words));
        str_finish(&words);
    }
}

/* --- the screen -------------------------------------------------------------------------------------------- */

static bool act_on_view(struct desk *desk, enum action action, struct command_list *out)
{
    switch (action) {
    case ACTION_DAY: show_view(desk, VIEW_DAY, out); break;
    case ACTION_WEEK: show_view(desk, VIEW_WEEK, out); break;
    case ACTION_MONTH: show_view(desk, VIEW_MONTH, out); break;
    case ACTION_PERIOD_BACK: move_period(desk, -1, out); break;
    case ACTION_PERIOD_ON: move_period(desk, 1, out); break;
    case ACTION_TODAY: go_today(desk, out); break;
    case ACTION_GO: ask_day(desk, out); break;
    case ACTION_IN_PERSON: overlay(desk, out); break;
    case ACTION_OPEN: open_focused(desk, out); break;
    default: return false;
    }
    return true;
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    switch (action) {
    case ACTION_UP: move_rows(desk, -1, out); break;
    case ACTION_DOWN: move_rows(desk, 1, out); break;
    case ACTION_PAGE_UP: move_rows(desk, -PAGE, out); break;
    case ACTION_PAGE_DOWN: move_rows(desk, PAGE, out); break;
    case ACTION_FIRST: move_far(desk, false, out); break;
    case ACTION_LAST: move_far(desk, true, out); break;
    case ACTION_LEFT: move_days(desk, -1, out); break;
    case ACTION_RIGHT: move_days(desk, 1, out); break;
    default: return act_on_view(desk, action, out);
    }
    return true;
}

static void click_week(struct desk *desk, int item, struct command_list *out)
{
    struct grid grid;
    desk_grid(desk, &grid);
    int row = item / GRID_DAYS, day = item % GRID_DAYS;
    if (row < (int)grid.time_count && day < grid.days) {
        struct grid_time time = grid.times[row];
        calendar_go(desk, date_add_days(grid.first, day), &time, out);
    }
    grid_finish(&grid);
}

static void click_day(struct desk *desk, int item)
{
    struct day day;
    desk_day(desk, &day);
    if (item < (int)day.count)
        focus_entry(desk, &day.entries[item]);
    day_finish(&day);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    struct month month;
    switch (desk->calendar.view) {
    case VIEW_WEEK: click_week(desk, item, out); break;
    case VIEW_DAY: click_day(desk, item); break;
    case VIEW_MONTH:
        desk_month(desk, &month);
        if (item < MONTH_DAYS)
            calendar_go(desk, month.days[item].date, NULL, out);
        break;
    }
    if (twice)
        open_focused(desk, out);
}

const struct screen calendar_screen = {
    .context = CONTEXT_CALENDAR,
    .act = act,
    .click = click,
    .changed = calendar_list,
    .selected = selected,
};
