/* Drawing help: what can be asked for here, with its keys, and the legend. */
#include "draw.h"

enum {
    KEYS_WIDTH = 20,
    KEYS_NARROW = 13,
    NARROW = 72,
    LEGEND_MOST = 5,
    NAME_FROM = 100,
    NAME_WIDTH = 20
};

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
    int keys_width = area->cols < NARROW ? KEYS_NARROW : KEYS_WIDTH;
    int col = area->col + 2 + keys_width;
    keymap_names(page->keymap, page->desk->help.context, action, 3, keys, sizeof keys);
    if (!*keys) /* it is asked for by its name */
        str_print(keys, sizeof keys, ":%s", entry->name);
    canvas_text(page->canvas, row, area->col + 2, keys_width - 1, ROLE_KEY, keys);
    canvas_text(page->canvas, row, col, area->cols - keys_width - 3 - (named ? NAME_WIDTH : 0),
        ROLE_TEXT, entry->help);
    if (named)
        canvas_text(page->canvas, row, area->col + area->cols - NAME_WIDTH, NAME_WIDTH - 1,
            ROLE_DIM, entry->name);
}

/* True if a group begins with action `i`: then its name stands above it. */
static bool begins(const struct page *page, const enum action *listed, int i)
{
    bool looks = page->desk->help.editor.text.length > 0;
    return !looks && (i == 0 || desk_help_group(listed[i]) != desk_help_group(listed[i - 1]));
}

/* How many lines come before action `index`, its own heading included. */
static int line_of(const struct page *page, const enum action *listed, int index)
{
    int line = index;
    for (int i = 0; i <= index; i++)
        line += begins(page, listed, i);
    return line;
}

static void draw_list(const struct page *page, const struct area *area)
{
    static const char *const groups[HELP_GROUPS] = {"Here", "Everywhere", "Typing"};
    const struct help_state *help = &page->desk->help;
    enum action listed[ACTION_KINDS];
    int count = desk_help(page->desk, listed), end = area->row + area->rows;
    int lines = count ? line_of(page, listed, count - 1) + 1 : 0;
    int focus = count ? line_of(page, listed, help->selected) : 0;
    int first = first_shown(focus, lines, area->rows);
    for (int i = 0; i < count; i++) {
        int row = area->row + line_of(page, listed, i) - first;
        if (begins(page, listed, i) && row > area->row && row <= end)
            canvas_text(page->canvas, row - 1, MARGIN, area->cols, ROLE_STRONG,
                groups[desk_help_group(listed[i])]);
        if (row < area->row || row >= end)
            continue;
        draw_action(page, area, row, listed[i]);
        canvas_target(page->canvas, row, 0, 1, area->cols, i);
        if (i == help->selected) {
            canvas_paint(page->canvas, row, MARGIN, area->cols - 2 * MARGIN, ROLE_FOCUS);
            canvas_glyph(page->canvas, row, 0, ROLE_ACCENT, GLYPH_POINTER);
        }
    }
    if (count == 0)
        canvas_text(page->canvas, area->row, MARGIN + 1, page->cols, ROLE_DIM,
            "Nothing here is called that.");
    draw_more(page, area, first, lines);
}

static void draw(const struct page *page)
{
    enum { WIDEST = 120 };
    int end = page->top + page->rows;
    int legend = draw_legend(page, -LEGEND_MOST, LEGEND_MOST); /* off the page: only counted */
    int row = draw_field(page, page->top + (page->rows >= ROOMY));
    struct area area = {row, end - legend - 1 - row, 0, page->cols < WIDEST ? page->cols : WIDEST};
    draw_list(page, &area);
    draw_legend(page, end - legend, legend);
}

static const enum action footer[] = {ACTION_OPEN, ACTION_PAGE_DOWN, ACTION_BACK, ACTION_NOTHING};

const struct view help_view = {.draw = draw, .footer = footer};
