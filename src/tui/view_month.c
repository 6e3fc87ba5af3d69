/* Drawing a month: each day with how much of it is free, by how dense its mark is, and our tours. */
#include "calendar.h"

enum { TALLEST = 3, WIDEST = 20, MINI_CELLS = 3, MINI_SHADED = 5 };

/* A day being drawn in its place. */
struct box {
    int row, rows, col, width;
    bool today, focused;
};

static enum role day_role(const struct month_day *day, const struct box *box)
{
    return box->today     ? ROLE_TODAY
           : !day->inside ? ROLE_DIM
           : box->focused ? ROLE_STRONG
                          : ROLE_TEXT;
}

static bool has_tours(const struct month_day *day)
{
    return day->tours > 0 && day->foremost < TOUR_STATUSES;
}

/* Our tours: the glyph of the foremost and how many, in words where there is room. */
static void draw_ours(
    const struct page *page, const struct month_day *day, int row, int col, int width)
{
    enum { WORDS = 9 };
    enum role role = status_role(day->foremost);
    canvas_glyph(page->canvas, row, col, role, status_glyph(day->foremost));
    if (width >= WORDS)
        canvas_print(page->canvas, row, col + 1, width - 1, role, " %d tour%s", day->tours,
            day->tours == 1 ? "" : "s");
    else
        canvas_print(page->canvas, row, col + 1, width - 1, role, "%d", day->tours);
}

/* Everything in one line: "23* 12 ●3". */
static void draw_short(const struct page *page, const struct month_day *day, const struct box *box)
{
    struct canvas *canvas = page->canvas;
    bool roomy = box->width > 9;
    int tours = box->col + (roomy ? 7 : 5);
    canvas_print(canvas, box->row, box->col, 3, day_role(day, box), "%2d%s", day->date.day,
        box->today ? "*" : "");
    if (day->free)
        canvas_print(canvas, box->row, box->col + 3 + roomy, 2, ROLE_DIM, "%2d", day->free);
    if (has_tours(day))
        draw_ours(page, day, box->row, tours, box->col + box->width - tours);
}

/* In lines: the day, how much is free, our tours; in two lines these stand in the place of the small shade. */
static void draw_tall(const struct page *page, const struct month *month,
    const struct month_day *day, const struct box *box)
{
    enum { WORDS = 9, TODAY = 8, SHADE_AT = 8 };
    struct canvas *canvas = page->canvas;
    int width = box->width - 1, col = box->col, row = box->row + 1;
    int shade_at = col + (width >= WORDS ? SHADE_AT : 3);
    bool beside = has_tours(day) && box->rows == 2;
    canvas_print(canvas, box->row, col, width, day_role(day, box), "%2d%s", day->date.day,
        !box->today      ? ""
        : width >= TODAY ? " today"
                         : "*");
    if (day->free)
        canvas_print(
            canvas, row, col, width, ROLE_DIM, "%2d%s", day->free, width >= WORDS ? " free" : "");
    if (beside)
        draw_ours(page, day, row, shade_at, col + box->width - shade_at);
    else if (day->free)
        canvas_text(canvas, row, shade_at, 1, ROLE_FREE,
            shade_text(month_shade(month, day), canvas->ascii));
    if (has_tours(day) && !beside)
        draw_ours(page, day, box->row + box->rows - 1, col, width);
}

static void draw_month_day(
    const struct page *page, const struct month *month, int index, const struct box *box)
{
    const struct month_day *day = &month->days[index];
    if (box->rows > 1)
        draw_tall(page, month, day, box);
    else
        draw_short(page, day, box);
    canvas_target(page->canvas, box->row, box->col, box->rows, box->width - 1, index);
    if (!box->focused)
        return;
    for (int r = 0; r < box->rows; r++)
        canvas_paint(page->canvas, box->row + r, box->col, box->width - 1, ROLE_FOCUS);
    canvas_glyph(page->canvas, box->row, box->col - 1, ROLE_ACCENT, GLYPH_POINTER);
    canvas_cursor(page->canvas, box->row, box->col, false);
}

static void draw_weekdays(const struct page *page, int row, int col, int width)
{
    for (int i = 0; i < GRID_DAYS; i++)
        canvas_text(page->canvas, row, col + i * width, width - 1, ROLE_DIM, say_weekday(i));
}

void draw_month(const struct page *page, const struct area *area)
{
    struct month month;
    desk_month(page->desk, &month);
    struct date today = zone_date(desk_zone(page->desk), page->desk->now);
    int width = (area->cols - 1) / GRID_DAYS, space = area->rows - 1;
    int rows = space / month.weeks;
    bool apart =
        rows > TALLEST || (rows == TALLEST && space - rows * month.weeks >= month.weeks - 1);
    width = width > WIDEST ? WIDEST : width;
    rows = rows > TALLEST ? TALLEST : rows < 1 ? 1 : rows;
    draw_weekdays(page, area->row, area->col + 1, width);
    for (int i = 0; i < month.weeks * GRID_DAYS; i++) {
        const struct month_day *day = &month.days[i];
        int week = i / GRID_DAYS;
        struct box box = {.row = area->row + 1 + week * (rows + apart),
            .rows = rows,
            .col = area->col + 1 + i % GRID_DAYS * width,
            .width = width,
            .today = date_compare(day->date, today) == 0,
            .focused = date_compare(day->date, page->desk->calendar.focus) == 0};
        if (box.row + box.rows <= area->row + area->rows)
            draw_month_day(page, &month, i, &box);
    }
}

/* --- the small one --------------------------------------------------------------------------------------------- */

static void draw_mini_day(const struct page *page, const struct month *month,
    const struct month_day *day, int row, int col, bool shaded)
{
    const struct desk *desk = page->desk;
    struct date today = zone_date(desk_zone(desk), desk->now);
    bool is_today = date_compare(day->date, today) == 0;
    bool focused = date_compare(day->date, desk->calendar.focus) == 0;
    enum role role = focused     ? ROLE_FOCUS
                     : is_today  ? ROLE_TODAY
                     : day->free ? ROLE_TEXT
                                 : ROLE_DIM;
    if (!day->inside)
        return;
    canvas_print(page->canvas, row, col, 2, role, "%2d", day->date.day);
    if (shaded)
        canvas_text(page->canvas, row, col + 3, 1, ROLE_FREE,
            shade_text(month_shade(month, day), page->canvas->ascii));
}

void draw_mini_month(const struct page *page, int row, int col, int cols)
{
    struct month month;
    bool shaded = cols >= MINI_SHADED * GRID_DAYS;
    int cells = shaded ? MINI_SHADED : MINI_CELLS;
    desk_month(page->desk, &month);
    canvas_print(page->canvas, row, col, cols, ROLE_STRONG, "%s %d",
        say_long_month(month.first.month), month.first.year);
    for (int i = 0; i < GRID_DAYS; i++)
        canvas_print(page->canvas, row + 1, col + cells * i, 2, ROLE_DIM, "%.2s", say_weekday(i));
    for (int i = 0; i < month.weeks * GRID_DAYS; i++)
        draw_mini_day(page, &month, &month.days[i], row + 2 + i / GRID_DAYS,
            col + cells * (i % GRID_DAYS), shaded);
}
