/* Drawing the search: what is looked for, and what was found. */
#include "draw.h"

static void draw_field(const struct page *page, int row)
{
    enum { LABEL = 6, WIDEST = 60 };
    const struct editor *editor = &page->desk->search.editor;
    int col = MARGIN + LABEL, width = page->cols - MARGIN - col;
    width = width > WIDEST ? WIDEST : width;
    canvas_text(page->canvas, row, MARGIN, LABEL, ROLE_TITLE, "Find");
    draw_input(page, row, col, width, editor, "name, last digits, e-mail, unit, day or number");
}

static void draw(const struct page *page)
{
    const struct search_state *search = &page->desk->search;
    const struct tour_list *tours = &search->page.tours;
    int row = page->top + (page->rows >= ROOMY), width = page->cols - 2 * MARGIN;
    bool typed = !str_blank(editor_text(&search->editor));
    draw_field(page, row);
    row += 1 + (page->rows >= ROOMY);
    if (!typed || (search->asked && tours->count == 0)) {
        canvas_wrap(page->canvas, row, MARGIN, width, 3, ROLE_DIM,
            typed
                ? "Nothing here has that. They may be in Knock only: tours booked on the web or in "
                  "Knock itself are not known here."
                : "Any part will do, in any order. Only what was booked here is found.");
        return;
    }
    struct area area = list_area(page, row + 1);
    area.rows--;
    canvas_print(page->canvas, row, MARGIN, width, ROLE_DIM, "%zu found%s", tours->count,
        search->asked ? "" : ", looking");
    draw_tours(page, &area, tours, desk_selected(page->desk), false);
    int below = (int)tours->count < area.rows ? (int)tours->count : area.rows;
    canvas_text(page->canvas, area.row + below, MARGIN, list_cols(page) - 2 * MARGIN, ROLE_DIM,
        "Others may be in Knock only.");
    draw_tour_detail(page, desk_selected(page->desk));
}

static const enum action footer[] = {
    ACTION_OPEN, ACTION_DELETE_TO_START, ACTION_BACK, ACTION_NOTHING};

const struct view search_view = {.draw = draw, .footer = footer};
