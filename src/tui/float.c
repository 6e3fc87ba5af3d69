/* Drawing what floats: questions, lists; and the page of help. */
#include "draw.h"

#include <string.h>

enum { WIDEST_BOX = 72, PADDING = 3 };

static int text_lines(const char *text, int width)
{
    struct canvas scratch = {0};
    canvas_reset(&scratch, 40, width + 1);
    int lines = canvas_wrap(&scratch, 0, 0, width, 40, ROLE_TEXT, text);
    canvas_finish(&scratch);
    return lines;
}

/* A box of an inner size in the middle of the page; returns its first inner cell. */
static void open_box(
    const struct page *page, int rows, int cols, const char *title, int *row, int *col)
{
    int outer_rows = rows + 2, outer_cols = cols + 2 * PADDING;
    int top = page->top + (page->rows - outer_rows) / 2;
    int left = (page->cols - outer_cols) / 2;
    if (top < 1)
        top = 1;
    canvas_box(page->canvas, top, left, outer_rows, outer_cols, title);
    *row = top + 1;
    *col = left + PADDING;
}

static int box_width(const struct page *page)
{
    int width = page->cols - 2 * PADDING - 2;
    return width < WIDEST_BOX ? width : WIDEST_BOX;
}

/* --- questions --------------------------------------------------------------------------------------------- */

static void draw_question(const struct page *page)
{
    const struct question *question = &page->desk->question;
    struct canvas *canvas = page->canvas;
    int width = box_width(page), row, col;
    int lines = text_lines(question->text, width);
    open_box(page, lines + question->answer_count + 3, width, question->title, &row, &col);
    row++;
    row += canvas_wrap(canvas, row, col, width, lines, ROLE_BOX, question->text) + 1;
    for (int i = 0; i < question->answer_count; i++, row++) {
        canvas_print(canvas, row, col, 2, ROLE_BOX, "%c", question->answers[i].key);
        canvas_text(canvas, row, col + 3, width - 3, ROLE_BOX, question->answers[i].words);
        if (i == 0)
            canvas_cursor(canvas, row, col, false);
    }
}

static const enum action question_footer[] = {ACTION_BACK, ACTION_NOTHING};

const struct view question_view = {.draw = draw_question, .footer = question_footer};

/* --- lists --------------------------------------------------------------------------------------------------- */

static void draw_list(const struct page *page)
{
    const struct list_state *list = &page->desk->list;
    struct canvas *canvas = page->canvas;
    int width = 20, row, col;
    for (int i = 0; i < list->count; i++)
        if (text_width(list->items[i]) + 3 > width)
            width = text_width(list->items[i]) + 3;
    if (width > box_width(page))
        width = box_width(page);
    int rows = list->count < page->rows - 4 ? list->count : page->rows - 4;
    int first = list->selected < rows ? 0 : list->selected - rows + 1;
    open_box(page, rows, width, list->title, &row, &col);
    for (int i = first; i < first + rows && i < list->count; i++) {
        int at = row + i - first;
        bool selected = i == list->selected;
        if (i < 9)
            canvas_print(canvas, at, col, 2, ROLE_BOX, "%d", i + 1);
        canvas_text(canvas, at, col + 3, width - 3, ROLE_BOX, list->items[i]);
        if (selected) {
            canvas_paint(canvas, at, col - 1, width + 2, ROLE_FOCUS);
            canvas_cursor(canvas, at, col, false);
        }
    }
}

static const enum action list_footer[] = {
    ACTION_OPEN, ACTION_UP, ACTION_DOWN, ACTION_BACK, ACTION_NOTHING};

const struct view list_view = {.draw = draw_list, .footer = list_footer};

/* --- help ------------------------------------------------------------------------------------------------------ */

enum { KEYS_WIDTH = 22, LEGEND_ROWS = 3 };

static void draw_legend(const struct page *page, int row)
{
    static const struct {
        enum glyph glyph;
        enum role role;
        const char *words;
    } legend[] = {
        {GLYPH_FREE, ROLE_FREE, "free"},
        {GLYPH_BOOKED, ROLE_BOOKED, "booked"},
        {GLYPH_PRESENT, ROLE_PRESENT, "in the unit now"},
        {GLYPH_ATTENTION, ROLE_WARNING, "needs a visit log"},
        {GLYPH_DONE, ROLE_DIM, "logged"},
        {GLYPH_WAITING, ROLE_WAITING, "saved or sending"},
        {GLYPH_UNKNOWN, ROLE_TROUBLE, "unknown"},
        {GLYPH_NO_SHOW, ROLE_DIM, "cancelled, refused"},
    };
    int col = MARGIN;
    for (size_t i = 0; i < sizeof legend / sizeof *legend; i++) {
        int needed = 2 + text_width(legend[i].words);
        if (col + needed > page->cols - MARGIN) {
            col = MARGIN;
            row++;
        }
        canvas_glyph(page->canvas, row, col, legend[i].role, legend[i].glyph);
        canvas_text(page->canvas, row, col + 2, needed, ROLE_TEXT, legend[i].words);
        col += needed + 3;
    }
}

static void draw_help(const struct page *page)
{
    const struct help_state *help = &page->desk->help;
    struct canvas *canvas = page->canvas;
    int row = page->top + 1, end = page->top + page->rows - LEGEND_ROWS, index = 0;
    canvas_print(
        canvas, row, MARGIN, page->cols, ROLE_TITLE, "Keys in the %s", context_word(help->context));
    canvas_cursor(canvas, row, MARGIN, false);
    row += 2;
    for (int i = 0; i < ACTION_KINDS && row < end; i++) {
        const struct action_entry *entry = action_entry((enum action)i);
        char keys[64];
        if (!entry || !(entry->contexts & ((unsigned)help->context | CONTEXT_EVERYWHERE)) ||
            index++ < help->top)
            continue;
        keymap_names(page->keymap, help->context, (enum action)i, 3, keys, sizeof keys);
        canvas_text(canvas, row, MARGIN, KEYS_WIDTH - 1, ROLE_KEY, keys);
        canvas_text(canvas, row, MARGIN + KEYS_WIDTH, page->cols - KEYS_WIDTH - 2 * MARGIN,
            ROLE_TEXT, entry->help);
        row++;
    }
    draw_legend(page, end + 1);
}

static const enum action help_footer[] = {
    ACTION_BACK, ACTION_UP, ACTION_DOWN, ACTION_PAGE_DOWN, ACTION_NOTHING};

const struct view help_view = {.draw = draw_help, .footer = help_footer};
