/* Drawing the communities, a line each. */
#include "draw.h"

#include <string.h>

struct sums {
    int free, booked, late, unlogged;
};

static struct sums sums_of(const struct desk *desk, size_t index)
{
    struct sums sums = {0};
    const struct office *office = &desk->offices[index];
    const struct slot_list *slots = &office->slots[CALENDAR_SELF_GUIDED];
    const struct zone *zone = office->community->zone;
    struct date today = zone_date(zone, desk->now);
    for (size_t i = 0; i < slots->count; i++)
        sums.free += slots->items[i].start.at > desk->now &&
                     date_compare(zone_date(zone, slots->items[i].start.at), today) == 0;
    for (size_t i = 0; i < desk->board.tours.count; i++) {
        const struct tour *tour = &desk->board.tours.items[i];
        enum tour_status status = tour_status(tour, desk->now);
        if (strcmp(tour->community_id, office->community->id) != 0)
            continue;
        sums.booked +=
            tour_stands(tour) && date_compare(zone_date(zone, tour->start.at), today) == 0;
        sums.late += status == TOUR_LATE;
        sums.unlogged += status == TOUR_UNLOGGED;
    }
    return sums;
}

enum { FREE_AT, BOOKED_AT, LATE_AT, UNLOGGED_AT, CHECKED_AT, COLUMNS };

/* The columns' places, from the right end of the names. */
static void place_columns(const struct page *page, int out[COLUMNS])
{
    static const int cells[COLUMNS] = {7, 9, 7, 10, 0};
    enum { SIDE = 32, CHECKED = 16 };
    int at = page->cols / 3;
    if (page->cols - at > SIDE + 2 * CHECKED)
        at = at > SIDE ? SIDE : at;
    if (at + 33 + CHECKED > page->cols)
        at = page->cols - 33 - CHECKED + 4;
    for (int i = 0; i < COLUMNS; i++) {
        out[i] = at;
        at += cells[i];
    }
}

static void draw_number(
    const struct page *page, int row, int col, int number, enum role role, enum glyph glyph)
{
    if (!number)
        canvas_text_right(page->canvas, row, col, 4, ROLE_DIM, "0");
    else
        canvas_print(page->canvas, row, col, 5, role, "%s%3d",
            glyph_text(glyph, page->canvas->ascii), number);
}

static void draw_line(const struct page *page, int row, size_t index, const int at[COLUMNS])
{
    const struct desk *desk = page->desk;
    const struct office *office = &desk->offices[index];
    const struct slot_list *slots = &office->slots[CALENDAR_SELF_GUIDED];
    struct sums sums = sums_of(desk, index);
    char age[SAY_SIZE], clock[SAY_SIZE];
    canvas_text(page->canvas, row, 3, at[FREE_AT] - 4, ROLE_TEXT, office->community->name);
    draw_number(page, row, at[FREE_AT], sums.free, ROLE_FREE, GLYPH_FREE);
    draw_number(page, row, at[BOOKED_AT], sums.booked, ROLE_BOOKED, GLYPH_BOOKED);
    draw_number(page, row, at[LATE_AT], sums.late, ROLE_WARNING, GLYPH_ATTENTION);
    draw_number(page, row, at[UNLOGGED_AT], sums.unlogged, ROLE_WARNING, GLYPH_ATTENTION);
    say_age(age, desk->now - slots->checked_at);
    say_clock(clock, zone_wall(office->community->zone, desk->now));
    int width = page->cols - MARGIN - at[CHECKED_AT];
    bool roomy = width > 32;
    canvas_print(page->canvas, row, at[CHECKED_AT], width, slots->stale ? ROLE_TROUBLE : ROLE_DIM,
        "%s%s%s%s%s%s", slots->checked_at ? slots->stale ? "as of " : "" : "not read",
        slots->checked_at ? age : "", roomy ? ", there it is " : "", roomy ? clock : "",
        roomy ? " " : "", roomy ? zone_word(office->community->zone) : "");
}

static void draw(const struct page *page)
{
    static const char *const heads[COLUMNS] = {"Free", "Booked", "Late", "Unlogged", "Checked"};
    const struct desk *desk = page->desk;
    int at[COLUMNS], focus = (int)desk->office, count = (int)desk->community_count;
    int row = draw_heading(page, "Communities today", "");
    place_columns(page, at);
    for (int i = 0; i < COLUMNS; i++)
        canvas_text(page->canvas, row, at[i], 10, ROLE_DIM, heads[i]);
    struct area area = {row + 1, page->top + page->rows - row - 2, 0, page->cols};
    int first = first_shown(focus, count, area.rows);
    for (int i = first; i < count && i < first + area.rows; i++) {
        draw_line(page, area.row + i - first, (size_t)i, at);
        draw_item(page, &area, area.row + i - first, i, i == focus);
    }
    draw_more(page, &area, first, count);
    int below = area.row + (count < area.rows ? count : area.rows);
    canvas_text(page->canvas, below, 3, page->cols - 4, ROLE_DIM,
        "Tours booked on the web or in Knock itself are not counted.");
}

static const enum action footer[] = {
    ACTION_OPEN, ACTION_REFRESH, ACTION_BOARD, ACTION_SEARCH, ACTION_NOTHING};

const struct view communities_view = {.title = "Communities", .draw = draw, .footer = footer};
