/* Drawing what became of what waited while the line was down. */
#include "draw.h"

#include "tourdesk/tour/tell.h"

#include <string.h>

static bool has_places(const struct results_state *results)
{
    for (int i = 1; i < results->count; i++)
        if (strcmp(results->items[i].operation.community_id,
                results->items[0].operation.community_id) != 0)
            return true;
    return false;
}

/* What happened, and where a time could not be had what to offer instead. */
static void tell_result(const struct desk *desk, const struct result *result, struct str *out)
{
    const struct tour *tour = result->tour.id[0] ? &result->tour : NULL;
    const struct community *community = desk_community(desk, result->operation.community_id);
    const struct zone *zone = community->zone;
    if (has_places(&desk->results))
        str_addf(out, "%s: ", community->name);
    tell_operation(out, &result->operation, tour, zone, desk->now);
    if (result->operation.state != STATE_REFUSED || result->slots.count == 0)
        return;
    str_add(out, " Offer: ");
    tell_times(out, &result->slots, zone, desk->now);
    str_add_char(out, '.');
}

static int text_col(void)
{
    return MARGIN + 14;
}

static int lines_of(const struct page *page, int index)
{
    struct str words = {0};
    tell_result(page->desk, &page->desk->results.items[index], &words);
    int lines = wrapped_lines(str_text(&words), page->cols - MARGIN - text_col(), 4);
    str_finish(&words);
    return lines < 1 ? 1 : lines;
}

/* The first that is shown so that the selected one is shown whole. */
static int first_result(const struct page *page, int rows)
{
    int first = page->desk->results.selected;
    int used = lines_of(page, first);
    while (first > 0 && used + lines_of(page, first - 1) <= rows)
        used += lines_of(page, --first);
    return first;
}

static void draw_result(const struct page *page, int index, int row, int lines)
{
    const struct results_state *results = &page->desk->results;
    const struct result *result = &results->items[index];
    enum operation_state state = result->operation.state;
    struct str words = {0};
    bool focused = index == results->selected;
    tell_result(page->desk, result, &words);
    canvas_glyph(page->canvas, row, MARGIN + 1, state_role(state), state_glyph(state));
    canvas_text(page->canvas, row, MARGIN + 3, 10, state_role(state), state_word(state));
    canvas_wrap(page->canvas, row, text_col(), page->cols - MARGIN - text_col(), lines, ROLE_TEXT,
        str_text(&words));
    canvas_target(page->canvas, row, 0, lines, page->cols, index);
    for (int i = 0; focused && i < lines; i++)
        canvas_paint(page->canvas, row + i, MARGIN, page->cols - 2 * MARGIN, ROLE_FOCUS);
    if (focused) {
        canvas_glyph(page->canvas, row, 0, ROLE_ACCENT, GLYPH_POINTER);
        canvas_cursor(page->canvas, row, MARGIN + 1, false);
    }
    str_finish(&words);
}

static void draw(const struct page *page)
{
    const struct results_state *results = &page->desk->results;
    char waiting[64] = "";
    if (results->waiting_count > 0)
        str_print(waiting, sizeof waiting, "%d still wait%s", results->waiting_count,
            results->waiting_count == 1 ? "s" : "");
    int row = draw_heading(page, "What became of what waited for the line", waiting);
    if (results->count == 0) {
        draw_empty(page, row,
            results->waiting_count > 0
                ? "Nothing has been answered yet. What waits is sent as soon as the line is back."
                : "Nothing waited for the line.");
        return;
    }
    int end = page->top + page->rows, first = first_result(page, end - row), i = first;
    struct area area = {row, end - row, 0, 1};
    for (; i < results->count && row + lines_of(page, i) <= end; i++) {
        draw_result(page, i, row, lines_of(page, i));
        row += lines_of(page, i);
    }
    draw_more(page, &area, first, i < results->count ? first + area.rows + 1 : 0);
}

static const enum action footer[] = {ACTION_OPEN, ACTION_RESCHEDULE, ACTION_CALL_BACK,
    ACTION_CALLED_BACK, ACTION_SETTLE, ACTION_PERSON, ACTION_BACK, ACTION_NOTHING};

const struct view results_view = {.draw = draw, .footer = footer};
