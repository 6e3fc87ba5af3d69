/* Drawing lists of tours, one a line: the tours booked here, and what a search found. */
#include "draw.h"

#include <string.h>

/* Where the columns stand; what does not fit is left out from the right. */
enum {
    GLYPH_AT = 2,
    WHEN_AT = 4,
    ZONE_CELLS = 9,
    WHO_AT = 25,
    WHO_CELLS = 17,
    DIGITS_CELLS = 6,
    NARROWER = 4,
    STATE_CELLS = 24,
    NUMBER_CELLS = 12,
};

struct columns {
    int who, digits, state, number, place; /* 0 = not shown */
};

/* True where one of the tours is in another zone than the page: then the zones are named. */
static bool has_foreign(const struct desk *desk, const struct tour_list *tours)
{
    for (size_t i = 0; i < tours->count; i++)
        if (*foreign_zone(desk, desk_zone_of(desk, &tours->items[i])))
            return true;
    return false;
}

static bool has_places(const struct tour_list *tours)
{
    for (size_t i = 1; i < tours->count; i++)
        if (strcmp(tours->items[i].community_id, tours->items[0].community_id) != 0)
            return true;
    return false;
}

static struct columns columns_of(
    const struct page *page, const struct area *area, const struct tour_list *tours)
{
    bool narrow = area->cols < LIST_DIGITS_FROM;
    struct columns c = {.who = WHO_AT + (has_foreign(page->desk, tours) ? ZONE_CELLS : 0)};
    if (!narrow)
        c.digits = c.who + WHO_CELLS;
    c.state = narrow ? c.who + WHO_CELLS - NARROWER : c.digits + DIGITS_CELLS;
    bool place = has_places(tours);
    int state = place ? STATE_CELLS - 4 : STATE_CELLS, at = c.state + state;
    if (place && at + NUMBER_CELLS <= area->cols) {
        c.place = at; /* goes before the number, which is in the detail as well */
        at += NUMBER_CELLS + 1;
    } else if (place) {
        c.place = area->cols - NUMBER_CELLS - MARGIN - 1;
        c.state = c.state < c.place ? c.state : 0;
        return c;
    }
    if (at + NUMBER_CELLS <= area->cols)
        c.number = at;
    return c;
}

static void draw_cell(const struct page *page, const struct area *area, int row, int from, int to,
    enum role role, const char *text)
{
    int end = to ? to - 1 : area->cols - MARGIN;
    canvas_text(page->canvas, row, area->col + from, end - from, role, text);
}

static int who_end(const struct columns *c)
{
    return c->digits ? c->digits : c->state ? c->state : c->place;
}

/* Where the state, or what stands in its place, must end. */
static int state_end(const struct columns *c)
{
    return c->place ? c->place : c->number;
}

void draw_tour_head(
    const struct page *page, const struct area *area, int row, const struct tour_list *tours)
{
    struct columns c = columns_of(page, area, tours);
    draw_cell(page, area, row, WHEN_AT, c.who, ROLE_DIM, "When");
    draw_cell(page, area, row, c.who, who_end(&c), ROLE_DIM, "Who");
    if (c.state)
        draw_cell(page, area, row, c.state, state_end(&c), ROLE_DIM, "State");
    if (c.place)
        draw_cell(page, area, row, c.place, c.number, ROLE_DIM, "Community");
    if (c.number)
        draw_cell(page, area, row, c.number, 0, ROLE_DIM, "Number");
}

static void draw_state(const struct page *page, const struct area *area, int row,
    const struct columns *c, const struct tour *tour)
{
    const struct desk *desk = page->desk;
    char who[FULL_NAME_SIZE], digits[PHONE_SIZE + 4];
    struct str state = {0};
    enum role role = status_role(tour_status(tour, desk->now));
    tour_who(page, tour, who);
    tour_digits(desk, tour, digits);
    if (desk_peeks(desk, tour)) { /* then name and number take the state's place as well */
        str_addf(&state, "%s %s", who, digits);
        draw_cell(page, area, row, c->who, state_end(c), ROLE_STRONG, str_text(&state));
    } else {
        tell_state(desk, tour, &state);
        draw_cell(page, area, row, c->who, who_end(c), role, who);
        if (c->digits)
            draw_cell(page, area, row, c->digits, c->digits + DIGITS_CELLS, ROLE_DIM, digits);
        if (c->state)
            draw_cell(page, area, row, c->state, state_end(c), role, str_text(&state));
    }
    str_finish(&state);
}

static void draw_tour_line(const struct page *page, const struct area *area, int row,
    const struct columns *c, const struct tour *tour)
{
    const struct desk *desk = page->desk;
    char moment[2 * SAY_SIZE];
    enum tour_status status = tour_status(tour, desk->now);
    enum role role = status_role(status);
    say_moment_there(desk, desk_zone_of(desk, tour), tour->start.at, moment);
    canvas_glyph(page->canvas, row, area->col + GLYPH_AT, role, status_glyph(status));
    draw_cell(page, area, row, WHEN_AT, c->who, role, moment);
    draw_state(page, area, row, c, tour);
    if (c->place)
        draw_cell(page, area, row, c->place, c->number, ROLE_DIM,
            desk_community(desk, tour->community_id)->name);
    if (c->number)
        draw_cell(page, area, row, c->number, 0, ROLE_DIM, tour->appointment_id);
}

void draw_tours(const struct page *page, const struct area *area, const struct tour_list *tours,
    const struct tour *selected, bool cursor)
{
    int count = (int)tours->count, focus = selected ? (int)(selected - tours->items) : -1;
    int first = first_shown(focus, count, area->rows);
    struct columns c = columns_of(page, area, tours);
    for (int i = first; i < count && i < first + area->rows; i++) {
        int row = area->row + i - first;
        draw_tour_line(page, area, row, &c, &tours->items[i]);
        canvas_target(page->canvas, row, area->col, 1, area->cols, i);
        if (i != focus)
            continue;
        if (cursor)
            canvas_cursor(page->canvas, row, area->col + GLYPH_AT, false);
        canvas_paint(
            page->canvas, row, area->col + GLYPH_AT, area->cols - MARGIN - GLYPH_AT, ROLE_FOCUS);
        canvas_glyph(page->canvas, row, area->col + 1, ROLE_ACCENT, GLYPH_POINTER);
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
    str_print(
        count, sizeof count, "%zu tour%s", tours->tours.count, tours->tours.count == 1 ? "" : "s");
    int row = draw_heading(page, "Tours booked here", tours->tours.count ? count : "");
    if (!tours->tours.count) {
        draw_empty(page, row,
            "No tours were booked here yet. n books one. Tours booked on the web or in "
            "Knock itself are not shown.");
        return;
    }
    struct area area = list_area(page, row + 1);
    draw_tour_head(page, &area, row, &tours->tours);
    draw_tours(page, &area, &tours->tours, selected, true);
    draw_tour_detail(page, selected);
}

static const enum action footer[] = {ACTION_OPEN, ACTION_VISIT, ACTION_CANCEL, ACTION_RESCHEDULE,
    ACTION_SETTLE, ACTION_PEEK, ACTION_SEARCH, ACTION_BOOK, ACTION_COPY, ACTION_NOTE, ACTION_UNDO,
    ACTION_NOTHING};

const struct view tours_view = {.title = "Tours", .draw = draw, .footer = footer};
