/* Drawing the calendar: the week as a grid, and what is under the focus in words. */
#include "draw.h"

#include <string.h>

enum {
    TIME_WIDTH = 8,
    CLOCK_WIDTH = 5,
    DETAIL_ROWS = 3, /* a blank line and two of words */
    HEAD_ROWS = 3,   /* the week and its age, a blank line, the days */
    WIDE = 110,      /* from here the detail stands at the right */
    DETAIL_WIDTH = 34,
    TALLEST_HEAD = 20, /* from so many rows on, the head and the grid are set apart */
};

/* Where the grid stands. */
struct layout {
    int col, width; /* of one day */
    int first_row;  /* of the times */
    int rows;       /* for times, the line of now included */
    bool wide;
    int right; /* the first column right of the grid */
};

static struct layout lay_out(const struct page *page, const struct grid *grid)
{
    struct layout l = {.wide = page->cols >= WIDE};
    int space = page->cols - 2 * MARGIN - TIME_WIDTH - (l.wide ? DETAIL_WIDTH + 2 : 0);
    bool tall = page->rows >= TALLEST_HEAD;
    l.width = space / grid->days;
    if (l.width > 16)
        l.width = 16;
    l.col = MARGIN + TIME_WIDTH;
    l.right = l.col + l.width * grid->days;
    l.first_row = page->top + (tall ? HEAD_ROWS + 1 : HEAD_ROWS);
    l.rows = page->top + page->rows - l.first_row - (l.wide ? 0 : DETAIL_ROWS - !tall);
    return l;
}

/* --- the head ------------------------------------------------------------------------------------------ */

/* How old the list is, what time it is there and, where the clocks differ, here; the least important is
 * left out where it does not fit. */
static void draw_age(const struct page *page, int row, int col)
{
    const struct desk *desk = page->desk;
    const struct office *office = desk_office(desk);
    const struct zone *zone = desk_zone(desk);
    const char *dot = glyph_text(GLYPH_DOT, page->canvas->ascii);
    char age[SAY_SIZE], said[SAY_SIZE], clock[SAY_SIZE], own[SAY_SIZE];
    struct str text = {0};
    if (!office->slots.checked_at)
        str_add(&text, office->slots_token ? "reading the free times" : "not read yet");
    else
        str_addf(&text, "%s %s", office->slots.stale ? "as of" : "checked",
            say_age(said, desk->now - office->slots.checked_at));
    str_copy(age, sizeof age, str_text(&text));
    struct wall there = zone_wall(zone, desk->now);
    str_addf(
        &text, " %s %s %s", dot, say_weekday(date_weekday(there.date)), say_clock(clock, there));
    int width = page->cols - MARGIN - col;
    if (zone_offset(desk->own_zone, desk->now) != zone_offset(zone, desk->now)) {
        struct wall here = zone_wall(desk->own_zone, desk->now);
        bool same_day = date_compare(here.date, there.date) == 0;
        str_print(own, sizeof own, "%s%s", same_day ? "" : say_weekday(date_weekday(here.date)),
            same_day ? "" : " ");
        say_clock(own + strlen(own), here);
        if (text_width(str_text(&text)) + text_width(own) + 8 <= width)
            str_addf(&text, " (%s here)", own);
    }
    enum role role = office->slots.stale ? ROLE_TROUBLE : ROLE_DIM;
    canvas_text_right(page->canvas, row, col, width, role,
        text_width(str_text(&text)) <= width ? str_text(&text) : age);
    str_finish(&text);
}

static bool day_is_empty(const struct grid *grid, int day)
{
    for (size_t i = 0; i < grid->time_count; i++)
        if (grid_cell(grid, i, day)->slot || grid_cell(grid, i, day)->tour)
            return false;
    return true;
}

static void draw_head(const struct page *page, const struct grid *grid, const struct layout *l)
{
    char days[SAY_SIZE];
    const struct desk *desk = page->desk;
    struct date today = zone_date(desk_zone(desk), desk->now);
    int row = page->top + (l->first_row - page->top > HEAD_ROWS);
    say_days(days, grid->first, date_add_days(grid->first, grid->days - 1));
    int used = canvas_text(page->canvas, row, MARGIN, page->cols, ROLE_STRONG, days);
    draw_age(page, row, MARGIN + used + 2);
    for (int i = 0; i < grid->days; i++) {
        struct date date = date_add_days(grid->first, i);
        bool is_today = date_compare(date, today) == 0;
        bool focused = date_compare(date, desk->calendar.focus) == 0;
        int col = l->col + i * l->width;
        canvas_print(page->canvas, l->first_row - 1, col, l->width - 1,
            is_today                ? ROLE_TODAY
            : focused               ? ROLE_STRONG
            : day_is_empty(grid, i) ? ROLE_DIM
                                    : ROLE_TEXT,
            "%s %d%s", say_weekday(date_weekday(date)), date.day,
            is_today ? (l->width > 12 ? " today" : "*") : "");
    }
}

/* --- the cells ------------------------------------------------------------------------------------------- */

static void draw_tour(
    const struct page *page, int row, int col, int width, const struct grid_cell *cell)
{
    char name[SHORT_NAME_SIZE], text[SHORT_NAME_SIZE + 16];
    enum tour_status status = tour_status(cell->tour, page->desk->now);
    short_name(cell->tour->first_name, cell->tour->last_name, name);
    str_print(text, sizeof text, "%s%s", name, cell->tours > 1 ? " +" : "");
    canvas_glyph(page->canvas, row, col, status_role(status), status_glyph(status));
    canvas_text(page->canvas, row, col + 2, width - 3, status_role(status), text);
}

static void draw_cell(
    const struct page *page, int row, int col, int width, const struct grid_cell *cell)
{
    if (cell->tour)
        draw_tour(page, row, col, width, cell);
    else if (cell->slot)
        canvas_glyph(page->canvas, row, col, ROLE_FREE, GLYPH_FREE);
    if (cell->offset_differs)
        canvas_text(page->canvas, row, col + 1, 1, ROLE_TROUBLE, "!");
}

/* The clock of a row; am and pm stand where they change and where the focus is, "2nd" at the second
 * coming of an hour. */
static void draw_time(
    const struct page *page, int row, struct grid_time time, bool half_shown, bool focused)
{
    char text[SAY_SIZE];
    struct wall wall = {.hour = time.minute / 60, .minute = time.minute % 60};
    say_clock(text, wall);
    char *half = strchr(text, ' ');
    *half++ = '\0';
    enum role role = focused ? ROLE_STRONG : ROLE_DIM;
    canvas_text_right(page->canvas, row, MARGIN, CLOCK_WIDTH, role, text);
    if (half_shown || focused || time.again)
        canvas_text(page->canvas, row, MARGIN + CLOCK_WIDTH, 2, role, time.again ? "2d" : half);
}

static void draw_now(const struct page *page, const struct layout *l, int row)
{
    char clock[SAY_SIZE];
    canvas_rule(page->canvas, row, MARGIN, l->right - MARGIN - 1, ROLE_NOW);
    say_clock(clock, zone_wall(desk_zone(page->desk), page->desk->now));
    canvas_text_right(page->canvas, row, MARGIN, TIME_WIDTH - 1, ROLE_NOW, clock);
}

/* The row of the grid before which the line of now stands; -1 if today is not in sight. */
static int now_row(const struct page *page, const struct grid *grid)
{
    const struct zone *zone = desk_zone(page->desk);
    int day = date_days_between(grid->first, zone_date(zone, page->desk->now));
    if (day < 0 || day >= grid->days)
        return -1;
    struct grid_time now = grid_time_of(zone, page->desk->now);
    int row = 0;
    while ((size_t)row < grid->time_count && grid_time_compare(grid->times[row], now) <= 0)
        row++;
    return row;
}

/* The first row to show so that the focus stands about in the middle of what does not fit. */
static int first_shown(int focus, int count, int rows)
{
    int first = focus - rows / 2;
    if (first > count - rows)
        first = count - rows;
    return first < 0 ? 0 : first;
}

static void draw_row(const struct page *page, const struct grid *grid, const struct layout *l,
    int index, int row, int focus_row, int focus_day)
{
    bool first = row == l->first_row || index == 0;
    bool half_shown =
        first || (grid->times[index].minute < 720) != (grid->times[index - 1].minute < 720);
    draw_time(page, row, grid->times[index], half_shown, index == focus_row);
    for (int day = 0; day < grid->days; day++) {
        int col = l->col + day * l->width;
        draw_cell(page, row, col, l->width, grid_cell(grid, (size_t)index, day));
        if (index == focus_row && day == focus_day) {
            canvas_paint(page->canvas, row, col, l->width - 1, ROLE_FOCUS);
            canvas_cursor(page->canvas, row, col, false);
        }
    }
}

static void draw_times(const struct page *page, const struct grid *grid, const struct layout *l)
{
    const struct desk *desk = page->desk;
    int count = (int)grid->time_count, now = now_row(page, grid);
    int focus_row = grid_row(grid, desk->calendar.focus_time);
    int focus_day = date_days_between(grid->first, desk->calendar.focus);
    int rows = l->rows - (now >= 0);
    int first = first_shown(focus_row, count, rows);
    int row = l->first_row, end = l->first_row + l->rows;
    for (int i = first; i <= count && row < end; i++) {
        if (i == now && (i > first || i == 0))
            draw_now(page, l, row++);
        if (i == count || row >= end)
            break;
        draw_row(page, grid, l, i, row++, focus_row, focus_day);
    }
    if (first > 0)
        canvas_glyph(page->canvas, l->first_row, 0, ROLE_DIM, GLYPH_MORE_UP);
    if (first + rows < count)
        canvas_glyph(page->canvas, end - 1, 0, ROLE_DIM, GLYPH_MORE_DOWN);
}

/* --- the detail ------------------------------------------------------------------------------------------ */

/* Up to four lines about what is under the focus; the first is the one to read. */
static void tell_tour(const struct desk *desk, const struct tour *tour, struct str *out)
{
    char span[SAY_SIZE], name[2 * NAME_SIZE], four[PHONE_SIZE];
    struct profile profile = {0};
    str_copy(profile.first_name, NAME_SIZE, tour->first_name);
    str_copy(profile.last_name, NAME_SIZE, tour->last_name);
    profile_full_name(&profile, name);
    phone_last_four(tour->phone, four);
    str_addf(out, "%s\n%s %s%s%s%s",
        say_span(span, desk_zone(desk), tour->start.at, tour->end, desk->now), name,
        *four ? "\xE2\x80\xA6" : "", four, *four ? ", " : "",
        tour_status_words(tour_status(tour, desk->now)));
    if (tour->appointment_id[0])
        str_addf(out, ", number %s", tour->appointment_id);
}

static void tell_slot(const struct desk *desk, const struct slot *slot, struct str *out)
{
    char span[SAY_SIZE];
    const struct office *office = desk_office(desk);
    const struct slot *near[1];
    instant end =
        slot->end ? slot->end : slot->start.at + (instant)office->community->tour_minutes * MINUTE;
    str_addf(out, "%s\n", say_span(span, desk_zone(desk), slot->start.at, end, desk->now));
    if (slot->start.at <= desk->now) {
        str_add(out, "past");
        return;
    }
    str_addf(out, "%s", office->slots.stale ? "was free when last asked" : "free");
    if (!zone_agrees(desk_zone(desk), slot->start)) {
        str_addf(out, "; Knock wrote it with another offset: %s", slot->text);
        return;
    }
    struct slot_list later = {0};
    for (size_t i = 0; i < office->slots.count; i++)
        if (office->slots.items[i].start.at > slot->start.at)
            slot_list_add(&later, &office->slots.items[i]);
    if (slot_list_nearest(&later, slot->start.at, desk->now, near, 1))
        str_addf(out, ", next free after it %s",
            say_moment(span, desk_zone(desk), near[0]->start.at, desk->now));
    slot_list_finish(&later);
}

static void tell_empty(const struct desk *desk, struct str *out)
{
    char day[SAY_SIZE];
    const struct office *office = desk_office(desk);
    str_addf(out, "%s\n", say_long_day(day, desk->calendar.focus));
    if (!office->slots.checked_at)
        str_add(out, office->trouble.text[0] ? office->trouble.text : "not read yet");
    else
        str_add(out, "nothing offered at this time");
}

static void draw_detail(const struct page *page, const struct grid *grid, const struct layout *l)
{
    const struct desk *desk = page->desk;
    const struct grid_cell *cell = desk_focused(desk, grid);
    struct str words = {0};
    if (cell && cell->tour)
        tell_tour(desk, cell->tour, &words);
    else if (cell && cell->slot)
        tell_slot(desk, cell->slot, &words);
    else
        tell_empty(desk, &words);
    char *rest = strchr(words.data, '\n');
    *rest++ = '\0';
    int row = l->wide ? l->first_row : page->top + page->rows - 2;
    int col = l->wide ? page->cols - DETAIL_WIDTH - MARGIN : MARGIN;
    int width = l->wide ? DETAIL_WIDTH : page->cols - 2 * MARGIN;
    row += canvas_wrap(page->canvas, row, col, width, l->wide ? 2 : 1, ROLE_STRONG, words.data);
    canvas_wrap(page->canvas, row, col, width, l->wide ? 8 : 1, ROLE_TEXT, rest);
    str_finish(&words);
}

static void draw_nothing(const struct page *page, const struct layout *l)
{
    const struct office *office = desk_office(page->desk);
    const char *words = !office->slots.checked_at && office->trouble.text[0] ? office->trouble.text
                        : !office->slots.checked_at ? "Reading the free times from Knock."
                                                    : "No tours are offered in this week.";
    canvas_wrap(
        page->canvas, l->first_row + 1, l->col, page->cols - l->col - MARGIN, 3, ROLE_DIM, words);
    canvas_cursor(page->canvas, l->first_row + 1, l->col, false);
}

static void draw(const struct page *page)
{
    struct grid grid;
    desk_grid(page->desk, &grid);
    struct layout l = lay_out(page, &grid);
    draw_head(page, &grid, &l);
    if (grid.time_count > 0)
        draw_times(page, &grid, &l);
    else
        draw_nothing(page, &l);
    draw_detail(page, &grid, &l);
    grid_finish(&grid);
}

static const enum action footer[] = {ACTION_OPEN, ACTION_VISIT, ACTION_CANCEL, ACTION_TODAY,
    ACTION_WEEK_BACK, ACTION_WEEK_ON, ACTION_HELP, ACTION_QUIT, ACTION_NOTHING};

const struct view calendar_view = {.title = "Calendar", .draw = draw, .footer = footer};
