/* Drawing the handover: what the next shift must know, and who signed last. */
#include "draw.h"

#include <string.h>

static void tell_last(const struct desk *desk, struct str *out)
{
    const struct handover *last = &desk->handover.last;
    char moment[SAY_SIZE];
    if (!last->at)
        str_add(out, "Never signed yet.");
    else
        str_addf(out, "Last signed by %s, %s%s%s", last->agent,
            say_moment(moment, desk_zone(desk), last->at, desk->now), last->text[0] ? ": " : ".",
            last->text);
}

/* What is no tour stays open until it is settled. */
static bool is_taken_over(const struct desk *desk, const struct tour *tour)
{
    return tour && tour->taken_over_at && tour->taken_over_at >= desk->handover.last.at;
}

static void draw(const struct page *page)
{
    const struct desk *desk = page->desk;
    struct board board;
    struct str last = {0};
    char count[48];
    desk_handover(desk, &board);
    int focus = desk_handover_row(desk, &board), open = 0;
    for (size_t i = 0; i < board.count; i++)
        open += !is_taken_over(desk, board.rows[i].tour);
    str_print(count, sizeof count, "%zu open, %d not taken over", board.count, open);
    tell_last(desk, &last);
    int row = draw_heading(page, "Handover", count);
    int used = canvas_wrap(page->canvas, row, MARGIN, list_cols(page) - 2 * MARGIN, 2,
        desk->handover.last.at ? ROLE_TEXT : ROLE_DIM, str_text(&last));
    row += used + (page->rows >= ROOMY);
    struct area area = list_area(page, row);
    if (board.count == 0)
        draw_empty(page, row,
            "Nothing is open: no late tour, nothing unknown, unsent or not logged, "
            "no call promised.");
    else
        draw_rows(page, &area, &board, focus);
    draw_row_detail(page, &board, focus);
    str_finish(&last);
    board_finish(&board);
}

static const enum action footer[] = {ACTION_TAKE_OVER, ACTION_SIGN, ACTION_SETTLE, ACTION_SEND_NOW,
    ACTION_VISIT, ACTION_CALLED_BACK, ACTION_DONE_IN_KNOCK, ACTION_AGENT, ACTION_BACK,
    ACTION_NOTHING};

const struct view handover_view = {.draw = draw, .footer = footer};
