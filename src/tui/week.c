/* Drawing the week: days across, times down. */
#include "calendar.h"

#include <string.h>

enum {
    TIME_WIDTH = 8,
    TIME_WIDTH_TWICE = 10, /* on days with an hour that comes twice */
    WIDEST_DAY = 40,
    WORDS_FROM = 14,  /* cells from which a head is said in full */
    DIGITS_FROM = 18, /* cells from which the last digits stand beside the name */
};

/* Where the grid stands. */
struct layout {
    int time_col;
    int col, width; /* of the first day, and of each */
    int head_row, head_rows;
    int first_row, rows; /* for times, the line of now included */
    int right;           /* the first column right of the grid */
};

static bool has_hour_twice(const struct grid *grid)
{
    for (size_t i = 0; i < grid->time_count; i++)
        if (grid->times[i].again)
            return true;
    return false;
}

static struct layout lay_out(
    const struct page *page, const struct area *area, const struct grid *grid)
{
    struct layout l = {.time_col = area->col, .head_row = area->row};
    int times = has_hour_twice(grid) ? TIME_WIDTH_TWICE : TIME_WIDTH;
    l.col = area->col + times;
    l.width = (area->cols - times) / grid->days;
    if (l.width > WIDEST_DAY)
        l.width = WIDEST_DAY;
    l.right = l.col + l.width * grid->days;
    l.head_rows = page->rows >= ROOMY ? 2 : 1;
    l.first_row = l.head_row + l.head_rows;
    l.rows = area->row + area->rows - l.first_row;
    return l;
}

/* --- the days ------------------------------------------------------------------------------------------------ */

static int count_free(const struct page *page, const struct grid *grid, int day)
{
    int count = 0;
    for (size_t i = 0; i < grid->time_count; i++) {
        const struct grid_cell *cell = grid_cell(grid, i, day);
        count += cell->slot && cell->slot->start.at > page->desk->now;
    }
    return count;
}

/* "10 free", "10 were free" of a list that could not be read again, and where only this line has room for the
 * word "3 today". */
static void draw_day_count(
    const struct page *page, const struct layout *l, int col, int open, bool today)
{
    const struct slot_list *slots = &desk_office(page->desk)->slots[CALENDAR_SELF_GUIDED];
    enum role role = today ? ROLE_TODAY : ROLE_DIM;
    const char *word = today                                         ? "today"
                       : !is_stale(page->desk, CALENDAR_SELF_GUIDED) ? "free"
                       : l->width >= WORDS_FROM                      ? "were free"
                                                                     : "were";
    if (slots->checked_at)
        canvas_print(page->canvas, l->head_row + 1, col, l->width - 1, role, "%d %s", open, word);
    else if (today)
        canvas_text(page->canvas, l->head_row + 1, col, l->width - 1, role, word);
}

static void draw_day_head(
    const struct page *page, const struct grid *grid, const struct layout *l, int day)
{
    const struct desk *desk = page->desk;
    struct date date = date_add_days(grid->first, day),
                today = zone_date(desk_zone(desk), desk->now);
    int col = l->col + day * l->width, order = date_compare(date, today);
    int open = count_free(page, grid, day);
    bool focused = date_compare(date, desk->calendar.focus) == 0;
    enum role role = order == 0           ? ROLE_TODAY
                     : focused            ? ROLE_STRONG
                     : order < 0 || !open ? ROLE_DIM
                                          : ROLE_TEXT;
    bool words = l->width >= WORDS_FROM, heads = l->head_rows > 1;
    if (order == 0 && !words && !heads)
        canvas_print(page->canvas, l->head_row, col, l->width - 1, role, "today %d", date.day);
    else
        canvas_print(page->canvas, l->head_row, col, l->width - 1, role, "%s %d%s",
            say_weekday(date_weekday(date)), date.day, order == 0 && words ? " today" : "");
    if (heads && order >= 0)
        draw_day_count(page, l, col, open, order == 0 && !words);
}

/* --- the cells ------------------------------------------------------------------------------------------------ */

static void draw_tour(
    const struct page *page, int row, int col, int width, const struct grid_cell *cell)
{
    char who[FULL_NAME_SIZE], digits[PHONE_SIZE + 4], more[16] = "";
    enum tour_status status = tour_status(cell->tour, page->desk->now);
    enum role role = status_role(status);
    if (cell->tours > 1)
        str_print(more, sizeof more, "+%d", cell->tours - 1);
    int space = width - 3 - text_width(more) - (*more != '\0');
    tour_who(page, cell->tour, who);
    tour_digits(page->desk, cell->tour, digits);
    canvas_glyph(page->canvas, row, col, role, status_glyph(status));
    int used = canvas_text(page->canvas, row, col + 2, space, role, who);
    if (*more)
        canvas_text(page->canvas, row, col + 3 + used, width - 4 - used, ROLE_STRONG, more);
    else if (width >= DIGITS_FROM && used + 1 + text_width(digits) <= space)
        canvas_text(page->canvas, row, col + 3 + used, space - used - 1, ROLE_DIM, digits);
}

static void draw_free(
    const struct page *page, int row, int col, int width, const struct grid_cell *cell)
{
    struct canvas *canvas = page->canvas;
    const struct desk *desk = page->desk;
    bool stale = is_stale(desk, CALENDAR_SELF_GUIDED);
    enum role role =
        stale || (cell->slot && cell->slot->start.at <= desk->now) ? ROLE_DIM : ROLE_FREE;
    int used = 0;
    if (cell->slot)
        used += canvas_glyph(canvas, row, col, role, GLYPH_FREE);
    if (cell->staff)
        used += canvas_text(canvas, row, col + used, 1, role, staff_text(canvas->ascii));
    if (cell->slot && held_by(desk, cell->slot, CALENDAR_SELF_GUIDED)[0])
        canvas_text(canvas, row, col + used + 1, width - used - 2, ROLE_WAITING, "held");
}

static void draw_cell(
    const struct page *page, int row, int col, int width, const struct grid_cell *cell)
{
    if (cell->tour)
        draw_tour(page, row, col, width, cell);
    else
        draw_free(page, row, col, width, cell);
    if (cell->offset_differs)
        canvas_text(
            page->canvas, row, cell->tour ? col + width - 2 : col + 2, 1, ROLE_TROUBLE, "!");
}

/* --- the rows ---------------------------------------------------------------------------------------------- */

/* The row before which the line of now stands, or -1. */
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

static void draw_row(const struct page *page, const struct grid *grid, const struct layout *l,
    int index, int row, struct area focus)
{
    struct grid_time time = grid->times[index];
    bool half = row == l->first_row || index == 0 || index == focus.row ||
                (time.minute < 720) != (grid->times[index - 1].minute < 720);
    draw_time(page, row, l->time_col, time, half, index == focus.row ? ROLE_STRONG : ROLE_DIM);
    for (int day = 0; day < grid->days; day++) {
        int col = l->col + day * l->width;
        draw_cell(page, row, col, l->width, grid_cell(grid, (size_t)index, day));
        canvas_target(page->canvas, row, col, 1, l->width - 1, index * GRID_DAYS + day);
        if (index != focus.row || day != focus.col)
            continue;
        canvas_paint(page->canvas, row, col, l->width - 1, ROLE_FOCUS);
        canvas_glyph(page->canvas, row, col - 1, ROLE_ACCENT, GLYPH_POINTER);
        canvas_cursor(page->canvas, row, col, false);
    }
}

static void draw_times(const struct page *page, const struct grid *grid, const struct layout *l)
{
    const struct desk *desk = page->desk;
    int count = (int)grid->time_count, now = now_row(page, grid);
    struct area focus = {.row = grid_row(grid, desk->calendar.focus_time),
        .col = date_days_between(grid->first, desk->calendar.focus)};
    int rows = l->rows - (now >= 0), first = first_shown(focus.row, count, rows);
    int row = l->first_row, end = l->first_row + l->rows;
    for (int i = first; i <= count && row < end; i++) {
        if (i == now && (i > first || i == 0))
            draw_now(page, row++, l->time_col, l->right - l->time_col - 1);
        if (i == count || row >= end)
            break;
        draw_row(page, grid, l, i, row++, focus);
    }
    struct area shown = {l->first_row, rows, 0, 1};
    draw_more(page, &shown, first, count);
}

void draw_week(const struct page *page, const struct area *area)
{
    struct grid grid;
    desk_grid(page->desk, &grid);
    struct layout l = lay_out(page, area, &grid);
    for (int day = 0; day < grid.days; day++)
        draw_day_head(page, &grid, &l, day);
    struct area times = {l.first_row, l.rows, area->col, area->cols};
    if (grid.time_count > 0)
        draw_times(page, &grid, &l);
    else
        draw_no_times(page, &times);
    grid_finish(&grid);
}
