/* Drawing the calendar: what is shown and how old it is, one of its views, and the focus in words. */
#include "calendar.h"

#include <string.h>

enum { SIDE_FROM = 100, SIDE_WIDTH = 24, WIDE_SIDE = 36, MOST_WORDS = 14 };

/* --- the head ------------------------------------------------------------------------------------------ */

const char *say_checked(const struct desk *desk, enum calendar calendar, char out[2 * SAY_SIZE])
{
    char said[SAY_SIZE];
    const struct slot_list *slots = &desk_office(desk)->slots[calendar];
    const struct zone *zone = desk_zone(desk);
    struct wall wall = zone_wall(zone, slots->checked_at);
    if (!is_stale(desk, calendar))
        str_print(out, 2 * SAY_SIZE, "checked %s", say_age(said, desk->now - slots->checked_at));
    else if (date_compare(wall.date, zone_date(zone, desk->now)) == 0)
        str_print(out, 2 * SAY_SIZE, "as of %s", say_clock(said, wall));
    else
        str_print(
            out, 2 * SAY_SIZE, "as of %s", say_moment(said, zone, slots->checked_at, desk->now));
    return out;
}

/* Ways to say how old the list is, what time it is there and, where the clocks differ, here; from the whole
 * to what matters most. */
enum { SAYINGS = 4 };

static void say_ages(const struct desk *desk, const char *dot, char out[SAYINGS][3 * SAY_SIZE])
{
    const struct slot_list *slots = &desk_office(desk)->slots[CALENDAR_SELF_GUIDED];
    const struct zone *zone = desk_zone(desk);
    char age[2 * SAY_SIZE], said[SAY_SIZE], clock[SAY_SIZE], own[2 * SAY_SIZE] = "";
    struct wall there = zone_wall(zone, desk->now), here = zone_wall(desk->own_zone, desk->now);
    const char *day = say_weekday(date_weekday(there.date));
    if (slots->checked_at)
        say_checked(desk, CALENDAR_SELF_GUIDED, age);
    else
        str_copy(age, sizeof age,
            desk_office(desk)->slots_token[CALENDAR_SELF_GUIDED] ? "reading" : "not read");
    if (zone_offset(desk->own_zone, desk->now) != zone_offset(zone, desk->now)) {
        bool same_day = date_compare(here.date, there.date) == 0;
        str_print(own, sizeof own, " (here %s%s%s)",
            same_day ? "" : say_weekday(date_weekday(here.date)), same_day ? "" : " ",
            say_clock(said, here));
    }
    say_clock(clock, there);
    str_print(out[0], sizeof out[0], "%s %s %s %s%s", age, dot, day, clock, own);
    str_print(out[1], sizeof out[1], "%s %s %s%s", age, dot, clock, own);
    str_print(out[2], sizeof out[2], "%s %s %s", age, dot, clock);
    str_copy(out[3], sizeof out[3], age);
}

static void draw_age(const struct page *page, int row, int col)
{
    char sayings[SAYINGS][3 * SAY_SIZE];
    bool stale = is_stale(page->desk, CALENDAR_SELF_GUIDED);
    int width = page->cols - MARGIN - col, i = 0;
    say_ages(page->desk, glyph_text(GLYPH_DOT, page->canvas->ascii), sayings);
    while (i < SAYINGS - 1 && text_width(sayings[i]) > width)
        i++;
    canvas_text_right(page->canvas, row, col, width, stale ? ROLE_TROUBLE : ROLE_DIM, sayings[i]);
}

static void say_period(const struct desk *desk, char out[2 * SAY_SIZE])
{
    char said[SAY_SIZE];
    int days;
    struct date focus = desk->calendar.focus, first = desk_days(desk, &days);
    switch (desk->calendar.view) {
    case VIEW_DAY: say_long_day(said, focus); break;
    case VIEW_WEEK: say_days(said, first, date_add_days(first, days - 1)); break;
    case VIEW_MONTH:
        str_print(said, sizeof said, "%s %d", say_long_month(focus.month), focus.year);
        break;
    }
    str_print(out, 2 * SAY_SIZE, "%s%s", said, desk->calendar.in_person ? ", and with staff" : "");
}

/* --- what is under the focus in words ---------------------------------------------------------------------- */

const char *held_by(const struct desk *desk, const struct slot *slot, enum calendar calendar)
{
    const struct hold *hold = hold_list_find(
        &desk->holds, desk_office(desk)->community->id, calendar, slot->start.at, desk->now);
    return !hold ? "" : hold->agent[0] ? hold->agent : "another desk";
}

static void tell_next_free(const struct desk *desk, const struct slot *slot, struct str *out)
{
    const struct slot_list *slots = &desk_office(desk)->slots[CALENDAR_SELF_GUIDED];
    char said[SAY_SIZE];
    for (size_t i = 0; i < slots->count; i++)
        if (slots->items[i].start.at > slot->start.at && slots->items[i].start.at > desk->now) {
            str_addf(out, "\nnext free %s",
                say_moment(said, desk_zone(desk), slots->items[i].start.at, desk->now));
            return;
        }
}

void tell_free(
    const struct desk *desk, const struct slot *slot, enum calendar calendar, struct str *out)
{
    char said[2 * SAY_SIZE];
    if (slot->start.at <= desk->now)
        str_add(out, "past");
    else
        str_addf(out, "%s%s\n%s", is_stale(desk, calendar) ? "was free" : "free",
            calendar == CALENDAR_IN_PERSON ? " with staff" : "", say_checked(desk, calendar, said));
    if (held_by(desk, slot, calendar)[0])
        str_addf(out, "\n%s is booking this", held_by(desk, slot, calendar));
    if (!zone_agrees(desk_zone(desk), slot->start))
        str_addf(out, "\nKnock wrote it with another offset: %s", slot->text);
}

static void tell_slot(
    const struct desk *desk, const struct slot *slot, enum calendar calendar, struct str *out)
{
    char span[SAY_SIZE];
    instant length = (instant)desk_office(desk)->community->tour_minutes * MINUTE;
    instant end = slot->end ? slot->end : slot->start.at + length;
    str_addf(out, "%s, ", say_span(span, desk_zone(desk), slot->start.at, end, desk->now));
    tell_twice(desk_zone(desk), slot->start.at, out);
    tell_free(desk, slot, calendar, out);
    if (calendar == CALENDAR_SELF_GUIDED)
        tell_next_free(desk, slot, out);
}

static void tell_gap(const struct desk *desk, struct str *out)
{
    char day[SAY_SIZE], clock[SAY_SIZE];
    struct date focus = desk->calendar.focus;
    struct wall wall = {
        focus, desk->calendar.focus_time.minute / 60, desk->calendar.focus_time.minute % 60, 0};
    if (!desk_office(desk)->slots[CALENDAR_SELF_GUIDED].checked_at) {
        str_addf(out, "%s, the free times have not been read yet", say_long_day(day, focus));
        return;
    }
    str_addf(out, "%s %s%s %s, ", say_day(day, focus, zone_date(desk_zone(desk), desk->now)),
        say_clock(clock, wall), desk->calendar.focus_time.again ? " (the second)" : "",
        zone_word(desk_zone(desk)));
    desk_gap(desk, out);
}

static void tell_cell(const struct page *page, const struct grid_cell *cell, struct str *out)
{
    const struct desk *desk = page->desk;
    if (cell->tour)
        tell_tour_card(page, cell->tour, out);
    else if (cell->slot)
        tell_slot(desk, cell->slot, CALENDAR_SELF_GUIDED, out);
    else if (cell->staff)
        tell_slot(desk, cell->staff, CALENDAR_IN_PERSON, out);
    else
        tell_gap(desk, out);
    if (cell->tours > 1)
        str_addf(out, "\n%d tours begin then: d shows each", cell->tours);
    if (cell->tour && cell->slot && cell->slot->start.at > desk->now)
        str_add(out, "\nthis time is free for one more");
    if (cell->slot && cell->staff && !cell->tour)
        str_add(out, "\nfree with staff as well");
}

/* What has the focus in a week or a day; slots and tours outlive the grid. */
static struct grid_cell focused_cell(const struct desk *desk)
{
    struct grid_cell focused = {0};
    if (desk->calendar.view == VIEW_DAY) {
        struct day day;
        desk_day(desk, &day);
        int row = desk_day_row(desk, &day);
        if (row >= 0)
            focused = (struct grid_cell){.slot = day.entries[row].slot,
                .staff = day.entries[row].staff,
                .tour = day.entries[row].tour,
                .tours = 1};
        day_finish(&day);
    } else {
        struct grid grid;
        desk_grid(desk, &grid);
        const struct grid_cell *cell = desk_focused(desk, &grid);
        if (cell)
            focused = *cell;
        grid_finish(&grid);
    }
    return focused;
}

bool focus_is_free(const struct desk *desk)
{
    if (desk->calendar.view == VIEW_MONTH)
        return false;
    struct grid_cell cell = focused_cell(desk);
    bool ours = desk->calendar.view == VIEW_WEEK && cell.tour && tour_undecided(cell.tour);
    return cell.slot && !ours && cell.slot->start.at > desk->now;
}

static void tell_month(const struct desk *desk, struct str *out)
{
    struct month month;
    char said[SAY_SIZE];
    desk_month(desk, &month);
    for (int i = 0; i < month.weeks * GRID_DAYS; i++) {
        const struct month_day *day = &month.days[i];
        if (date_compare(day->date, desk->calendar.focus) != 0)
            continue;
        str_addf(out, "%s\n%d free, %d tour%s of ours", say_long_day(said, day->date), day->free,
            day->tours, day->tours == 1 ? "" : "s");
        if (day->foremost == TOUR_UNKNOWN || day->foremost == TOUR_LATE ||
            day->foremost == TOUR_UNLOGGED)
            str_addf(out, "\none %s", tour_status_words(day->foremost));
    }
}

void tell_focus(const struct page *page, struct str *out)
{
    const struct desk *desk = page->desk;
    if (desk->calendar.view == VIEW_MONTH) {
        tell_month(desk, out);
    } else {
        struct grid_cell cell = focused_cell(desk);
        tell_cell(page, &cell, out);
    }
}

/* --- shared by the views ------------------------------------------------------------------------------------- */

void draw_time(
    const struct page *page, int row, int col, struct grid_time time, bool half, enum role role)
{
    enum { CLOCK = 5 };
    char text[SAY_SIZE];
    struct wall wall = {.hour = time.minute / 60, .minute = time.minute % 60};
    say_clock(text, wall);
    char *pm = strchr(text, ' ');
    *pm++ = '\0';
    canvas_text_right(page->canvas, row, col, CLOCK, role, text);
    if (time.again)
        canvas_text(page->canvas, row, col + CLOCK, 4, ROLE_WARNING, " 2nd");
    else if (half)
        canvas_text(page->canvas, row, col + CLOCK, 2, role, pm);
}

void draw_now(const struct page *page, int row, int col, int width)
{
    char clock[SAY_SIZE];
    canvas_rule(page->canvas, row, col, width, ROLE_NOW);
    say_clock(clock, zone_wall(desk_zone(page->desk), page->desk->now));
    *strchr(clock, ' ') = '\0';
    canvas_text_right(page->canvas, row, col, 5, ROLE_NOW, clock);
    canvas_text(page->canvas, row, col + 6, 3, ROLE_NOW, "now");
}

void draw_no_times(const struct page *page, const struct area *area)
{
    const struct office *office = desk_office(page->desk);
    const struct slot_list *slots = &office->slots[CALENDAR_SELF_GUIDED];
    const char *words = "No times are offered here, and no tours were booked here.";
    if (!slots->checked_at)
        words =
            office->trouble.text[0] ? office->trouble.text : "Reading the free times from Knock.";
    int col = area->col + 9;
    canvas_wrap(page->canvas, area->row + 1, col, area->cols - 9 - MARGIN, 3, ROLE_DIM, words);
    canvas_cursor(page->canvas, area->row + 1, col, false);
}

/* --- the page ---------------------------------------------------------------------------------------------- */

/* The mini-month (not beside the month itself) and the focus in words, right of the view. */
static void draw_side(const struct page *page, const struct area *side, const char *words)
{
    struct area text = *side;
    bool mini = page->desk->calendar.view != VIEW_MONTH && side->rows >= MINI_ROWS + 5;
    if (mini) {
        draw_mini_month(page, side->row, side->col, side->cols);
        text.row += MINI_ROWS + 1;
        text.rows -= MINI_ROWS + 1;
    }
    if (text.rows > MOST_WORDS)
        text.rows = MOST_WORDS;
    draw_card(page, &text, words);
}

static void draw_view(const struct page *page, const struct area *area)
{
    switch (page->desk->calendar.view) {
    case VIEW_DAY: draw_day(page, area); break;
    case VIEW_WEEK: draw_week(page, area); break;
    case VIEW_MONTH: draw_month(page, area); break;
    }
}

static void draw(const struct page *page)
{
    enum { FOOT = 2 };
    char period[2 * SAY_SIZE];
    struct str words = {0};
    bool roomy = page->rows >= ROOMY, wide = page->cols >= SIDE_FROM;
    int side = !wide ? 0 : page->cols >= PANE_FROM ? WIDE_SIDE : SIDE_WIDTH;
    int row = page->top + roomy, end = page->top + page->rows;
    say_period(page->desk, period);
    int used = canvas_text(page->canvas, row, MARGIN, page->cols, ROLE_STRONG, period);
    draw_age(page, row, MARGIN + used + 2);
    row += 1 + roomy;
    struct area area = {row, end - row - (wide ? 0 : FOOT + roomy), MARGIN,
        page->cols - 2 * MARGIN - (wide ? side + 2 : 0)};
    draw_view(page, &area);
    tell_focus(page, &words);
    if (wide) {
        struct area right = {row, end - row, page->cols - side - MARGIN, side};
        draw_side(page, &right, str_text(&words));
    } else {
        struct area below = {end - FOOT, FOOT, MARGIN, page->cols - 2 * MARGIN};
        draw_card(page, &below, str_text(&words));
    }
    str_finish(&words);
}

static const enum action footer[] = {ACTION_OPEN, ACTION_VISIT, ACTION_CANCEL, ACTION_RESCHEDULE,
    ACTION_SETTLE, ACTION_BOOK, ACTION_SEARCH, ACTION_DAY, ACTION_WEEK, ACTION_MONTH, ACTION_TODAY,
    ACTION_ARRIVED, ACTION_REFRESH, ACTION_UNDO, ACTION_NOTHING};

const struct view calendar_view = {.title = "Calendar", .draw = draw, .footer = footer};
