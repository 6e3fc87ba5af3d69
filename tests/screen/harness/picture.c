#include "picture.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

static void add_colour(struct str *out, const VTermColor *colour, bool standard)
{
    static const char *const names[] = {
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};
    if (standard)
        str_add(out, "default");
    else if (VTERM_COLOR_IS_RGB(colour))
        str_addf(out, "#%02x%02x%02x", colour->rgb.red, colour->rgb.green, colour->rgb.blue);
    else if (colour->indexed.idx < 16)
        str_addf(
            out, "%s%s", colour->indexed.idx < 8 ? "" : "bright ", names[colour->indexed.idx % 8]);
    else
        str_addf(out, "colour %d", colour->indexed.idx);
}

static void add_word(struct str *out, bool said, const char *word)
{
    if (said)
        str_addf(out, "%s%s", out->length ? ", " : "", word);
}

/* Says how a cell looks in words: "bold, red on default"; "" where it is plain. */
static void describe(struct str *out, const VTermScreenCell *cell)
{
    bool front = VTERM_COLOR_IS_DEFAULT_FG(&cell->fg), back = VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
    add_word(out, cell->attrs.bold, "bold");
    add_word(out, cell->attrs.underline, "underline");
    add_word(out, cell->attrs.italic, "italic");
    add_word(out, cell->attrs.blink, "blink");
    add_word(out, cell->attrs.reverse, "reverse");
    add_word(out, cell->attrs.strike, "strike");
    if (front && back)
        return;
    add_word(out, true, "");
    add_colour(out, &cell->fg, front);
    str_add(out, " on ");
    add_colour(out, &cell->bg, back);
}

/* True for a cell of which only the background can be seen. */
static bool is_blank(const VTermScreenCell *cell)
{
    return (cell->chars[0] == 0 || cell->chars[0] == ' ') && !cell->attrs.reverse &&
           !cell->attrs.underline && !cell->attrs.strike;
}

static char letter_for(struct texts *legend, const VTermScreenCell *cell)
{
    struct str words = {0};
    describe(&words, cell);
    int index = texts_find(legend, str_text(&words));
    if (index < 0 && words.length > 0) {
        texts_add(legend, str_text(&words));
        index = (int)legend->count - 1;
    }
    char letter = words.length == 0 ? '.' : index < (int)sizeof letters - 1 ? letters[index] : '#';
    str_finish(&words);
    return letter;
}

/* True if a blank with its background can pass for its neighbour: curses is free to give blanks any
 * attributes that do not show. */
static bool looks_like(const VTermScreenCell *blank, const VTermScreenCell *neighbour)
{
    return !neighbour->attrs.reverse && !neighbour->attrs.underline && !neighbour->attrs.strike &&
           vterm_color_is_equal(&blank->bg, &neighbour->bg);
}

/* Gives each coloured blank the letter of the cell beside it (`step` = -1 left, 1 right) it looks like. */
static void spread(char *row, const VTermScreenCell *cells, int columns, int step)
{
    for (int i = step < 0 ? 1 : columns - 2; i >= 0 && i < columns; i -= step)
        if (row[i] == '\0' && row[i + step] && looks_like(&cells[i], &cells[i + step]))
            row[i] = row[i + step];
}

static char bare_letter(struct texts *legend, const VTermScreenCell *cell)
{
    VTermScreenCell bare = {.fg = {.type = VTERM_COLOR_DEFAULT_FG}, .bg = cell->bg};
    return letter_for(legend, &bare);
}

static void add_looks(
    struct str *out, const struct terminal *terminal, int row, struct texts *legend)
{
    int columns = terminal_columns(terminal);
    VTermScreenCell *cells = mem_alloc((size_t)columns * sizeof *cells);
    char *looks = mem_alloc((size_t)columns + 1);
    for (int i = 0; i < columns; i++) {
        cells[i] = terminal_cell(terminal, row, i);
        if (cells[i].chars[0] == (uint32_t)-1 && i > 0)
            looks[i] = looks[i - 1];
        else if (!is_blank(&cells[i]))
            looks[i] = letter_for(legend, &cells[i]);
        else if (VTERM_COLOR_IS_DEFAULT_BG(&cells[i].bg))
            looks[i] = ' ';
    }
    spread(looks, cells, columns, -1);
    spread(looks, cells, columns, 1);
    for (int i = 0; i < columns; i++)
        if (looks[i] == '\0')
            looks[i] = bare_letter(legend, &cells[i]);
    for (int i = columns; i > 0 && looks[i - 1] == ' '; i--)
        looks[i - 1] = '\0';
    str_add(out, looks);
    free(looks);
    free(cells);
}

void picture_add(struct str *out, const struct terminal *terminal, bool looks)
{
    bool visible;
    VTermPos cursor = terminal_cursor(terminal, &visible);
    for (int row = 0; row < terminal_rows(terminal); row++) {
        str_add_char(out, '|');
        terminal_row_text(terminal, row, out);
        str_add_char(out, '\n');
    }
    if (visible)
        str_addf(out, "-- cursor %d,%d\n", cursor.row + 1, cursor.col + 1);
    else
        str_add(out, "-- cursor hidden\n");
    if (!looks)
        return;
    struct texts legend = {0};
    str_add(out, "-- looks\n");
    for (int row = 0; row < terminal_rows(terminal); row++) {
        str_add_char(out, '|');
        add_looks(out, terminal, row, &legend);
        str_add_char(out, '\n');
    }
    for (size_t i = 0; i < legend.count; i++)
        str_addf(out, "-- %c %s\n", i < sizeof letters - 1 ? letters[i] : '#', legend.items[i]);
    texts_finish(&legend);
}
