/* Drawing one day: a line for each free time and each tour. */
#include "calendar.h"

#include <string.h>

enum { GLYPH_AT = 11, WHO_AT = 14, DIGITS_AT = 36, STATE_AT = 44, NARROW_SHIFT = 10, NARROW = 72 };

static void draw_tour(
    const struct page *page, const struct area *area, int row, const struct tour *tour)
{
    char who[FULL_NAME_SIZE], digits[PHONE_SIZE + 4];
    struct str state = {0};
    struct canvas *canvas = page->canvas;
    enum tour_status status = tour_status(tour, page->desk->now);
    enum role role = status_role(status);
    int shift = area->cols < NARROW ? NARROW_SHIFT : 0;
    int digits_at = area->col + DIGITS_AT - shift, state_at = area->col + STATE_AT - shift;
    tour_who(page, tour, who);
    tour_digits(page->desk, tour, digits);
    tell_state(page->desk, tour, &state);
    if (tour->appointment_id[0])
        str_addf(&state, ", number %s", tour->appointment_id);
    canvas_glyph(canvas, row, area->col + GLYPH_AT, role, status_glyph(status));
    canvas_text(canvas, row, area->col + WHO_AT, DIGITS_AT - shift - WHO_AT - 1, role, who);
    canvas_text(canvas, row, digits_at, state_at - digits_at - 1, role, digits);
    canvas_text(canvas, row, state_at, area->col + area->cols - state_at, role, str_text(&state));
    str_finish(&state);
}

static void draw_free(
    const struct page *page, const struct area *area, int row, const struct day_entry *entry)
{
    struct canvas *canvas = page->canvas;
    const struct slot *slot = entry->slot ? entry->slot : entry->staff;
    enum calendar calendar = entry->slot ? CALENDAR_SELF_GUIDED : CALENDAR_IN_PERSON;
    const char *held = slot ? held_by(page->desk, slot, calendar) : "";
    if (!slot)
        return;
    bool past = slot->start.at <= page->desk->now;
    bool stale = is_stale(page->desk, calendar);
    enum role role = past || stale ? ROLE_DIM : ROLE_FREE;
    if (entry->slot)
        canvas_glyph(canvas, row, area->col + GLYPH_AT, role, GLYPH_FREE);
    if (entry->staff)
        canvas_text(canvas, row, area->col + GLYPH_AT + (entry->slot != NULL), 1, role,
            staff_text(canvas->ascii));
    bool differs = !zone_agrees(desk_zone(page->desk), slot->start);
    canvas_print(canvas, row, area->col + WHO_AT, area->cols - WHO_AT,
        differs ? ROLE_TROUBLE : ROLE_DIM, "%s%s%s%s%s",
        past    ? "past"
        : stale ? "was free"
                : "free",
        !entry->slot   ? ", only with staff"
        : entry->staff ? ", also with staff"
                       : "",
        *held ? ", held by " : "", held, differs ? ", ! written with another offset" : "");
}

static void draw_entry(const struct page *page, const struct area *area, int row,
    const struct day *day, int index, int focus)
{
    const struct day_entry *entry = &day->entries[index];
    bool same = index > 0 && grid_time_compare(entry->time, day->entries[index - 1].time) == 0;
    if (!same || row == area->row)
        draw_time(page, row, area->col, entry->time, true, index == focus ? ROLE_STRONG : ROLE_DIM);
    if (entry->tour)
        draw_tour(page, area, row, entry->tour);
    else
        draw_free(page, area, row, entry);
    canvas_target(page->canvas, row, area->col, 1, area->cols, index);
    if (index != focus)
        return;
    int col = area->col + GLYPH_AT - 1;
    canvas_paint(page->canvas, row, col + 1, area->col + area->cols - col - 1, ROLE_FOCUS);
    canvas_glyph(page->canvas, row, col, ROLE_ACCENT, GLYPH_POINTER);
    canvas_cursor(page->canvas, row, col + 1, false);
}

/* The entry before which the line of now stands, or -1. */
static int now_entry(const struct page *page, const struct day *day)
{
    const struct desk *desk = page->desk;
    const struct zone *zone = desk_zone(desk);
    if (date_compare(desk->calendar.focus, zone_date(zone, desk->now)) != 0)
        return -1;
    struct grid_time now = grid_time_of(zone, desk->now);
    int index = 0;
    while ((size_t)index < day->count && grid_time_compare(day->entries[index].time, now) <= 0)
        index++;
    return index;
}

static void draw_entries(const struct page *page, const struct area *area, const struct day *day)
{
    int count = (int)day->count, focus = desk_day_row(page->desk, day);
    int now = now_entry(page, day), rows = area->rows - (now >= 0);
    int first = first_shown(focus, count, rows), row = area->row, end = area->row + area->rows;
    for (int i = first; i <= count && row < end; i++) {
        if (i == now && (i > first || i == 0))
            draw_now(page, row++, area->col, area->cols);
        if (i == count || row >= end)
            break;
        draw_entry(page, area, row++, day, i, focus);
    }
    struct area shown = {area->row, rows, 0, 1};
    draw_more(page, &shown, first, count);
}

/* "today, 12 free, 3 tours of ours" */
static void draw_summary(const struct page *page, const struct area *area, const struct day *day)
{
    const struct desk *desk = page->desk;
    int open = 0, tours = 0;
    struct date today = zone_date(desk_zone(desk), desk->now);
    for (size_t i = 0; i < day->count; i++) {
        const struct day_entry *entry = &day->entries[i];
        open += entry->slot && entry->slot->start.at > desk->now;
        tours += entry->tour != NULL;
    }
    int order = date_compare(desk->calendar.focus, today);
    canvas_print(page->canvas, area->row, area->col, area->cols, order == 0 ? ROLE_TODAY : ROLE_DIM,
        "%s%d %sfree, %d tour%s of ours", order == 0 ? "today, " : "", open,
        is_stale(desk, CALENDAR_SELF_GUIDED) ? "were " : "", tours, tours == 1 ? "" : "s");
}

void draw_day(const struct page *page, const struct area *area)
{
    struct day day;
    desk_day(page->desk, &day);
    struct area list = {area->row + 1, area->rows - 1, area->col, area->cols};
    draw_summary(page, area, &day);
    if (day.count > 0)
        draw_entries(page, &list, &day);
    else
        draw_no_times(page, &list);
    day_finish(&day);
}
