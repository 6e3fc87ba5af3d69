/* Drawing what was said before, newest first. */
#include "draw.h"

static const struct past_message *message_at(const struct messages_state *messages, int index)
{
    int at = (messages->next - 1 - index + 2 * PAST_MESSAGES) % PAST_MESSAGES;
    return &messages->items[at];
}

static int draw_message(
    const struct page *page, const struct past_message *message, int row, int end)
{
    enum { MOMENT = 21, CLOCK = 9, NARROW = 76 };
    char said[SAY_SIZE];
    const struct zone *zone = page->desk->own_zone;
    bool narrow = page->cols < NARROW;
    int col = MARGIN + (narrow ? CLOCK : MOMENT);
    int rows = wrapped_lines(message->text, page->cols - col - MARGIN, end - row);
    if (narrow)
        say_clock(said, zone_wall(zone, message->at));
    else
        say_moment(said, zone, message->at, page->desk->now);
    canvas_text(page->canvas, row, MARGIN, col - 2, ROLE_DIM, said);
    canvas_wrap(page->canvas, row, col, page->cols - col - MARGIN, rows, tone_role(message->tone),
        message->text);
    return row + (rows > 0 ? rows : 1);
}

static void draw(const struct page *page)
{
    const struct messages_state *messages = &page->desk->messages;
    char order[SAY_SIZE];
    str_print(order, sizeof order, "newest first, in %s time", zone_word(page->desk->own_zone));
    int row = draw_heading(page, "What was said", order);
    int first = row, end = page->top + page->rows, i = messages->top;
    if (messages->count == 0) {
        draw_empty(page, row, "Nothing was said yet.");
        return;
    }
    canvas_cursor(page->canvas, row, MARGIN, false);
    for (; i < messages->count && row < end; i++)
        row = draw_message(page, message_at(messages, i), row, end);
    struct area area = {first, end - first, 0, 1};
    draw_more(page, &area, messages->top, i < messages->count ? messages->top + area.rows + 1 : 0);
}

static const enum action footer[] = {ACTION_PAGE_DOWN, ACTION_PAGE_UP, ACTION_BACK, ACTION_NOTHING};

const struct view messages_view = {.draw = draw, .footer = footer};
