/* Drawing a month: each day with how much of it is free, by how dense its mark is, and our tours. */
#include "calendar.h"

enum { TALLEST = 3, WIDEST = 20, COUNTS_FROM = 11 };

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

/* Everything in one line: "23*▓12 ●3". */
static void draw_short(const struct page *page, const struct month *month,
    const struct month_day *day, const struct box *box)
{
    struct canvas *canvas = page->canvas;
    int col = box->col;
    canvas_print(canvas, box->row, col, 3, day_role(day, box), "%2d%s", day->date.day,
        box->today ? "*" : "");
    canvas_text(canvas, box->row, col + 3, 1, ROLE_FREE,
        shade_text(month_shade(month, day), canvas->ascii));
    if (day->free)
        canvas_print(canvas, box->row, col + 4, 2, ROLE_FREE, "%d", day->free);
    if (!has_tours(day))
        return;
    canvas_glyph(
        canvas, box->row, col + 6, status_role(day->foremost), status_glyph(day->foremost));
    if (box->width >= COUNTS_FROM)
        canvas_print(canvas, box->row, col + 7, 3, status_role(day->foremost), "%d", day->tours);
}

/* In lines: the day, how much is free, our tours. */
static void draw_tall(const struct page *page, const struct month *month,
    const struct month_day *day, const struct box *box)
{
    struct canvas *canvas = page->canvas;
    const char *shade = shade_text(month_shade(month, day), canvas->ascii);
    int width = box->width - 1, last = box->row + box->rows - 1;
    int used =
        canvas_print(canvas, box->row, box->col, width, day_role(day, box), "%2d%s", day->date.day,
            !box->today ? ""
            : width > 9 ? " today"
                        : "*");
    if (has_tours(day)) {
        int col = box->rows > 2 ? box->col : box->col + used + 1,
            row = box->rows > 2 ? last : box->row;
        canvas_glyph(canvas, row, col, status_role(day->foremost), status_glyph(day->foremost));
        canvas_print(canvas, row, col + 1, width - 1, status_role(day->foremost), " %d%s",
            day->tours, box->rows > 2 && width > 9 ? day->tours == 1 ? " tour" : " tours" : "");
    }
    if (day->free)
        canvas_print(canvas, box->row + 1, box->col, width, ROLE_FREE,
            width > 10 ? "%s%s%s %d free" : "%s%s%s %d", shade, shade, shade, day->free);
}

static void draw_month_day(
    const struct page *page, const struct month *month, int index, const struct box *box)
{
    const struct month_day *day = &month->days[index];
    if (box->rows > 1)
        draw_tall(page, month, day, box);
    else
        draw_short(page, month, day, box);
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
    const struct month_day *day, int row, int col)
{
    const struct desk *desk = page->desk;
    struct date today = zone_date(desk_zone(desk), desk->now);
    bool is_today = date_compare(day->date, today) == 0;
    bool focused = date_compare(day->date, desk->calendar.focus) == 0;
    enum role role = focused ? ROLE_FOCUS : is_today ? ROLE_TODAY : ROLE_TEXT;
    if (!day->inside)
        return;
    canvas_print(page->canvas, row, col, 2, role, "%2d", day->date.day);
    canvas_text(page->canvas, row, col + 2, 1, ROLE_FREE,
        shade_text(month_shade(month, day), page->canvas->ascii));
}

void draw_mini_month(const struct page *page, int row, int col)
{
    struct month month;
    desk_month(page->desk, &month);
    canvas_print(page->canvas, row, col, MINI_COLS, ROLE_STRONG, "%s %d",
        say_long_month(month.first.month), month.first.year);
    for (int i = 0; i < GRID_DAYS; i++)
        canvas_print(page->canvas, row + 1, col + 3 * i, 2, ROLE_DIM, "%.2s", say_weekday(i));
    for (int i = 0; i < month.weeks * GRID_DAYS; i++)
        draw_mini_day(
            page, &month, &month.days[i], row + 2 + i / GRID_DAYS, col + 3 * (i % GRID_DAYS));
}
