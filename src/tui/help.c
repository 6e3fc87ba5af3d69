/* Drawing help: what can be asked for here, with its keys, and the legend. */
#include "draw.h"

enum { KEYS_WIDTH = 20, LEGEND_MOST = 5, NAME_FROM = 100, NAME_WIDTH = 20 };

static int draw_field(const struct page *page, int row)
{
    const struct help_state *help = &page->desk->help;
    const char *word = context_word(help->context);
    int used =
        canvas_print(page->canvas, row, MARGIN, page->cols, ROLE_TITLE, "Keys: %s", word) + 3;
    int col = MARGIN + used, width = page->cols - MARGIN - col;
    width = width > 40 ? 40 : width;
    draw_input(page, row, col, width, &help->editor, "type what you look for");
    return row + 1 + (page->rows >= ROOMY);
}

static void draw_action(
    const struct page *page, const struct area *area, int row, enum action action)
{
    const struct action_entry *entry = action_entry(action);
    char keys[4 * KEY_NAME_SIZE];
    bool named = area->cols >= NAME_FROM;
    int col = area->col + 2 + KEYS_WIDTH;
    keymap_names(page->keymap, page->desk->help.context, action, 3, keys, sizeof keys);
    canvas_text(page->canvas, row, area->col + 2, KEYS_WIDTH - 1, ROLE_KEY, keys);
    canvas_text(page->canvas, row, col, area->cols - KEYS_WIDTH - 3 - (named ? NAME_WIDTH : 0),
        ROLE_TEXT, entry->help);
    if (named)
        canvas_text(page->canvas, row, area->col + area->cols - NAME_WIDTH, NAME_WIDTH - 1,
            ROLE_DIM, entry->name);
}

static void draw(const struct page *page)
{
    enum { WIDEST = 120 };
    const struct help_state *help = &page->desk->help;
    enum action listed[ACTION_KINDS];
    int count = desk_help(page->desk, listed), end = page->top + page->rows;
    int legend = draw_legend(page, -LEGEND_MOST, LEGEND_MOST); /* off the page: only counted */
    int row = page->top + (page->rows >= ROOMY);
    row = draw_field(page, row);
    struct area area = {row, end - legend - 1 - row, 0, page->cols < WIDEST ? page->cols : WIDEST};
    int first = first_shown(help->selected, count, area.rows);
    for (int i = first; i < count && i < first + area.rows; i++) {
        int at = area.row + i - first;
        draw_action(page, &area, at, listed[i]);
        canvas_target(page->canvas, at, 0, 1, area.cols, i);
        if (i == help->selected) {
            canvas_paint(page->canvas, at, 0, area.cols, ROLE_FOCUS);
            canvas_glyph(page->canvas, at, 0, ROLE_FOCUS, GLYPH_POINTER);
        }
    }
    if (count == 0)
        canvas_text(
            page->canvas, row, MARGIN + 1, page->cols, ROLE_DIM, "Nothing here is called that.");
    draw_more(page, &area, first, count);
    draw_legend(page, end - legend, legend);
}

static const enum action footer[] = {ACTION_OPEN, ACTION_PAGE_DOWN, ACTION_BACK, ACTION_NOTHING};

const struct view help_view = {.draw = draw, .footer = footer};
