/* Drawing lists of tours, one a line: the tours booked here, and what a search found. */
#include "draw.h"

#include <string.h>

/* Where the columns stand; what does not fit is left out from the right. */
enum { GLYPH_AT = 2, WHEN_AT = 4, WHO_AT = 25, NARROW = 72, STATE_CELLS = 24, NUMBER_CELLS = 12 };

struct columns {
    int digits, state, number, place; /* 0 = not shown */
};

static struct columns columns_of(const struct area *area)
{
    struct columns c = {.digits = area->cols < NARROW ? 38 : 42};
    c.state = c.digits + 6;
    int at = c.state + STATE_CELLS;
    if (at + NUMBER_CELLS <= area->cols) {
        c.number = at;
        at += NUMBER_CELLS;
        if (at + NUMBER_CELLS <= area->cols)
            c.place = at;
    }
    return c;
}

static void draw_cell(const struct page *page, const struct area *area, int row, int from, int to,
    enum role role, const char *text)
{
    int end = to ? to - 1 : area->cols;
    canvas_text(page->canvas, row, area->col + from, end - from, role, text);
}

void draw_tour_head(const struct page *page, const struct area *area, int row)
{
    struct columns c = columns_of(area);
    draw_cell(page, area, row, WHEN_AT, WHO_AT, ROLE_DIM, "When");
    draw_cell(page, area, row, WHO_AT, c.digits, ROLE_DIM, "Who");
    draw_cell(page, area, row, c.state, c.number, ROLE_DIM, "State");
    if (c.number)
        draw_cell(page, area, row, c.number, c.place, ROLE_DIM, "Number");
    if (c.place && page->desk->community_count > 1)
        draw_cell(page, area, row, c.place, 0, ROLE_DIM, "Community");
}

static void draw_tour_line(
    const struct page *page, const struct area *area, int row, const struct tour *tour)
{
    const struct desk *desk = page->desk;
    char moment[SAY_SIZE], who[FULL_NAME_SIZE], digits[PHONE_SIZE + 4];
    struct str state = {0};
    struct columns c = columns_of(area);
    enum tour_status status = tour_status(tour, desk->now);
    enum role role = status_role(status);
    bool open = desk_peeks(desk, tour); /* then name and number take the state's place as well */
    say_moment(moment, desk_zone_of(desk, tour), tour->start.at, desk->now);
    tour_who(desk, tour, who);
    tour_digits(desk, tour, digits);
    tell_state(desk, tour, &state);
    canvas_glyph(page->canvas, row, area->col + GLYPH_AT, role, status_glyph(status));
    draw_cell(page, area, row, WHEN_AT, WHO_AT, role, moment);
    if (open) {
        str_clear(&state);
        str_addf(&state, "%s %s", who, digits);
        draw_cell(page, area, row, WHO_AT, c.number, ROLE_STRONG, str_text(&state));
    } else {
        draw_cell(page, area, row, WHO_AT, c.digits, role, who);
        draw_cell(page, area, row, c.digits, c.state, ROLE_DIM, digits);
        draw_cell(page, area, row, c.state, c.number, role, str_text(&state));
    }
    if (c.number)
        draw_cell(page, area, row, c.number, c.place, ROLE_DIM, tour->appointment_id);
    if (c.place && desk->community_count > 1)
        draw_cell(
            page, area, row, c.place, 0, ROLE_DIM, desk_community(desk, tour->community_id)->name);
    str_finish(&state);
}

void draw_tours(const struct page *page, const struct area *area, const struct tour_list *tours,
    const struct tour *selected, bool cursor)
{
    int count = (int)tours->count, focus = selected ? (int)(selected - tours->items) : -1;
    int first = first_shown(focus, count, area->rows);
    for (int i = first; i < count && i < first + area->rows; i++) {
        int row = area->row + i - first;
        draw_tour_line(page, area, row, &tours->items[i]);
        canvas_target(page->canvas, row, area->col, 1, area->cols, i);
        if (i != focus)
            continue;
        if (cursor)
            canvas_cursor(page->canvas, row, area->col + GLYPH_AT, false);
        canvas_paint(page->canvas, row, area->col, area->cols, ROLE_FOCUS);
        canvas_glyph(page->canvas, row, area->col + 1, ROLE_FOCUS, GLYPH_POINTER);
    }
    draw_more(page, area, first, count);
}

struct area list_area(const struct page *page, int row)
{
    int detail = page->cols >= PANE_FROM ? 0 : 2 + (page->rows >= ROOMY);
    return (struct area){.row = row,
        .rows = page->top + page->rows - row - detail,
        .col = 0,
        .cols = list_cols(page)};
}

/* --- the tours booked here ----------------------------------------------------------------------------- */

static void draw(const struct page *page)
{
    const struct tours_page *tours = &page->desk->tours;
    const struct tour *selected = desk_selected(page->desk);
    char count[48];
    str_print(count, sizeof count, "%zu tours", tours->tours.count);
    int row = draw_heading(page, "Tours booked here", tours->tours.count ? count : "");
    if (!tours->tours.count) {
        draw_empty(page, row,
            "No tours were booked here yet. n books one. Tours booked on the web or in "
            "Knock itself are not shown.");
        return;
    }
    struct area area = list_area(page, row + 1);
    draw_tour_head(page, &area, row);
    draw_tours(page, &area, &tours->tours, selected, true);
    draw_tour_detail(page, selected);
}

static const enum action footer[] = {ACTION_OPEN, ACTION_VISIT, ACTION_CANCEL, ACTION_RESCHEDULE,
    ACTION_SETTLE, ACTION_PEEK, ACTION_SEARCH, ACTION_BOOK, ACTION_COPY, ACTION_NOTE, ACTION_UNDO,
    ACTION_NOTHING};

const struct view tours_view = {.title = "Tours", .draw = draw, .footer = footer};
