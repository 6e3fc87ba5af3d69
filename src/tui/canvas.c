#include "tourdesk/tui/canvas.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"
#include "tourdesk/desk/desk.h"

#include <stdlib.h>
#include <string.h>

static const char *const role_names[ROLES] = {
    [ROLE_TEXT] = "text",
    [ROLE_DIM] = "dim",
    [ROLE_STRONG] = "strong",
    [ROLE_TITLE] = "title",
    [ROLE_ACCENT] = "accent",
    [ROLE_TODAY] = "today",
    [ROLE_NOW] = "now",
    [ROLE_FREE] = "free",
    [ROLE_BOOKED] = "booked",
    [ROLE_PRESENT] = "present",
    [ROLE_WAITING] = "waiting",
    [ROLE_GOOD] = "good",
    [ROLE_TROUBLE] = "trouble",
    [ROLE_WARNING] = "warning",
    [ROLE_FOCUS] = "focus",
    [ROLE_FIELD] = "field",
    [ROLE_FIELD_FOCUS] = "field-focus",
    [ROLE_RULE] = "rule",
    [ROLE_BOX] = "box",
    [ROLE_KEY] = "key",
    [ROLE_PRACTICE] = "practice",
    [ROLE_HINT] = "hint",
    [ROLE_PLACE] = "place",
};

static const struct {
    const char *text, *ascii;
} glyphs[GLYPHS] = {
    [GLYPH_FREE] = {"○", "o"},
    [GLYPH_BOOKED] = {"●", "*"},
    [GLYPH_PRESENT] = {"◐", ">"},
    [GLYPH_ATTENTION] = {"!", "!"},
    [GLYPH_DONE] = {"✓", "v"},
    [GLYPH_NO_SHOW] = {"✗", "x"},
    [GLYPH_UNKNOWN] = {"?", "?"},
    [GLYPH_WAITING] = {"…", "~"},
    [GLYPH_RULE] = {"─", "-"},
    [GLYPH_BAR] = {"│", "|"},
    [GLYPH_TOP_LEFT] = {"┌", "+"},
    [GLYPH_TOP_RIGHT] = {"┐", "+"},
    [GLYPH_BOTTOM_LEFT] = {"└", "+"},
    [GLYPH_BOTTOM_RIGHT] = {"┘", "+"},
    [GLYPH_DOT] = {"·", "-"},
    [GLYPH_ON] = {"•", "*"},
    [GLYPH_OFF] = {" ", " "},
    [GLYPH_POINTER] = {"›", ">"},
    [GLYPH_MORE_UP] = {"↑", "^"},
    [GLYPH_MORE_DOWN] = {"↓", "v"},
};

const char *role_name(enum role role)
{
    return role_names[role];
}

const char *glyph_text(enum glyph glyph, bool ascii)
{
    return ascii ? glyphs[glyph].ascii : glyphs[glyph].text;
}

static struct cell *cell_at(const struct canvas *canvas, int row, int col)
{
    return &canvas->cells[row * canvas->cols + col];
}

static void blank(struct cell *cell, enum role role)
{
    *cell = (struct cell){.bytes = " ", .width = 1, .role = (unsigned char)role};
}

void canvas_reset(struct canvas *canvas, int rows, int cols)
{
    bool ascii = canvas->ascii;
    if (rows < 1 || cols < 1)
        rows = cols = 1;
    if (!canvas->cells || rows != canvas->rows || cols != canvas->cols) {
        free(canvas->cells);
        canvas->cells = mem_alloc((size_t)rows * (size_t)cols * sizeof *canvas->cells);
    }
    *canvas = (struct canvas){.rows = rows,
        .cols = cols,
        .cells = canvas->cells,
        .targets = canvas->targets,
        .target_capacity = canvas->target_capacity,
        .links = canvas->links,
        .link_capacity = canvas->link_capacity,
        .ascii = ascii};
    for (int i = 0; i < rows * cols; i++)
        blank(&canvas->cells[i], ROLE_TEXT);
}

void canvas_finish(struct canvas *canvas)
{
    free(canvas->cells);
    free(canvas->targets);
    free(canvas->links);
    *canvas = (struct canvas){0};
}

/* Puts one character of `width` cells; a wide one that is half overwritten leaves a space. */
static void put(struct canvas *canvas, int row, int col, int width, enum role role,
    const char *bytes, size_t length)
{
    struct cell *cell = cell_at(canvas, row, col);
    if (cell->width == 0 && col > 0)
        blank(cell - 1, (cell - 1)->role);
    if (col + width < canvas->cols && cell[width].width == 0)
        blank(&cell[width], cell[width].role);
    *cell = (struct cell){.width = (unsigned char)width, .role = (unsigned char)role};
    struct str simple = {0};
    text_simplify(&simple, bytes, length);
    str_copy(cell->bytes, sizeof cell->bytes, str_text(&simple));
    str_finish(&simple);
    if (width == 2)
        cell[1] = (struct cell){.width = 0, .role = (unsigned char)role};
}

/* The part of [col, col + width) that lies on the canvas; false if none does. */
static bool clip(const struct canvas *canvas, int row, int *col, int *width)
{
    if (row < 0 || row >= canvas->rows || *col >= canvas->cols)
        return false;
    if (*col < 0) {
        *width += *col;
        *col = 0;
    }
    if (*width > canvas->cols - *col)
        *width = canvas->cols - *col;
    return *width > 0;
}

int canvas_text(
    struct canvas *canvas, int row, int col, int width, enum role role, const char *text)
{
    if (!clip(canvas, row, &col, &width))
        return 0;
    struct str clean = {0}, shown = {0};
    text_clean(&clean, text, strlen(text));
    if (canvas->ascii)
        text_to_ascii(&shown, str_text(&clean));
    else
        str_add(&shown, str_text(&clean));
    char *clipped = mem_alloc(shown.length + 8);
    text_clip(clipped, shown.length + 8, str_text(&shown), width, canvas->ascii);
    size_t length = strlen(clipped);
    int used = 0;
    for (size_t at = 0; at < length;) {
        size_t next = text_next(clipped, length, at);
        int cells = text_cells(clipped + at, next - at);
        if (cells > 0 && used + cells <= width)
            put(canvas, row, col + used, cells, role, clipped + at, next - at);
        used += cells;
        at = next;
    }
    free(clipped);
    str_finish(&clean);
    str_finish(&shown);
    return used;
}

int canvas_print(
    struct canvas *canvas, int row, int col, int width, enum role role, const char *format, ...)
{
    struct str text = {0};
    va_list args;
    va_start(args, format);
    str_addv(&text, format, args);
    va_end(args);
    int used = canvas_text(canvas, row, col, width, role, str_text(&text));
    str_finish(&text);
    return used;
}

int canvas_text_right(
    struct canvas *canvas, int row, int col, int width, enum role role, const char *text)
{
    int cells = text_width(text);
    int start = cells < width ? col + width - cells : col;
    canvas_text(canvas, row, start, width, role, text);
    return start;
}

/* The bytes of `text` that fit one line of `width` cells, broken at a space where there is one. */
static size_t line_length(const char *text, int width)
{
    size_t length = strcspn(text, "\n"), fits = 0, space = 0;
    int used = 0;
    for (size_t at = 0; at < length;) {
        size_t next = text_next(text, length, at);
        used += text_cells(text + at, next - at);
        if (used > width)
            return space ? space : fits ? fits : next;
        if (text[at] == ' ')
            space = at;
        at = fits = next;
    }
    return length;
}

int canvas_wrap(
    struct canvas *canvas, int row, int col, int width, int lines, enum role role, const char *text)
{
    int used = 0;
    while (*text && used < lines && width > 0) {
        size_t length = line_length(text, width);
        bool last = used == lines - 1;
        char *line = last ? mem_text(text) : mem_bytes(text, length);
        line[strcspn(line, "\n")] = '\0';
        canvas_text(canvas, row + used, col, width, role, line);
        free(line);
        used++;
        text += length;
        text += *text == '\n' || *text == ' ';
    }
    return used;
}

int canvas_glyph(struct canvas *canvas, int row, int col, enum role role, enum glyph glyph)
{
    int width = 1;
    const char *text = glyph_text(glyph, canvas->ascii);
    if (clip(canvas, row, &col, &width))
        put(canvas, row, col, 1, role, text, strlen(text));
    return 1;
}

void canvas_fill(struct canvas *canvas, int row, int col, int width, enum role role)
{
    if (!clip(canvas, row, &col, &width))
        return;
    for (int i = 0; i < width; i++)
        put(canvas, row, col + i, 1, role, " ", 1);
}

void canvas_rule(struct canvas *canvas, int row, int col, int width, enum role role)
{
    for (int i = 0; i < width; i++)
        canvas_glyph(canvas, row, col + i, role, GLYPH_RULE);
}

void canvas_paint(struct canvas *canvas, int row, int col, int width, enum role role)
{
    if (!clip(canvas, row, &col, &width))
        return;
    for (int i = 0; i < width; i++)
        cell_at(canvas, row, col + i)->role = (unsigned char)role;
}

void canvas_box(struct canvas *canvas, int row, int col, int rows, int cols, const char *title)
{
    int last_row = row + rows - 1, last_col = col + cols - 1;
    for (int r = row; r <= last_row; r++)
        canvas_fill(canvas, r, col, cols, ROLE_BOX);
    canvas_rule(canvas, row, col, cols, ROLE_BOX);
    canvas_rule(canvas, last_row, col, cols, ROLE_BOX);
    for (int r = row + 1; r < last_row; r++) {
        canvas_glyph(canvas, r, col, ROLE_BOX, GLYPH_BAR);
        canvas_glyph(canvas, r, last_col, ROLE_BOX, GLYPH_BAR);
    }
    canvas_glyph(canvas, row, col, ROLE_BOX, GLYPH_TOP_LEFT);
    canvas_glyph(canvas, row, last_col, ROLE_BOX, GLYPH_TOP_RIGHT);
    canvas_glyph(canvas, last_row, col, ROLE_BOX, GLYPH_BOTTOM_LEFT);
    canvas_glyph(canvas, last_row, last_col, ROLE_BOX, GLYPH_BOTTOM_RIGHT);
    if (*title)
        canvas_print(canvas, row, col + 2, cols - 4, ROLE_BOX, " %s ", title);
}

void canvas_cursor(struct canvas *canvas, int row, int col, bool shown)
{
    canvas->cursor_row = row < 0 ? 0 : row >= canvas->rows ? canvas->rows - 1 : row;
    canvas->cursor_col = col < 0 ? 0 : col >= canvas->cols ? canvas->cols - 1 : col;
    canvas->cursor_shown = shown;
}

/* --- what the mouse finds ------------------------------------------------------------------------- */

void canvas_target(struct canvas *canvas, int row, int col, int rows, int cols, int item)
{
    if (rows <= 0 || cols <= 0)
        return;
    canvas->targets = mem_grow(canvas->targets, &canvas->target_capacity, canvas->target_count + 1,
        sizeof *canvas->targets);
    canvas->targets[canvas->target_count++] = (struct target){row, col, rows, cols, item};
}

int canvas_item_at(const struct canvas *canvas, int row, int col)
{
    for (size_t i = canvas->target_count; i-- > 0;) {
        const struct target *t = &canvas->targets[i];
        if (row >= t->row && row < t->row + t->rows && col >= t->col && col < t->col + t->cols)
            return t->item;
    }
    return ITEM_NONE;
}

/* An address in printable ASCII, the rest as %XX: nothing in it can end the sequence it is sent in. False
 * if it does not fit. */
static bool copy_address(char *out, size_t size, const char *address)
{
    struct str clean = {0};
    for (const unsigned char *p = (const unsigned char *)address; *p; p++)
        if (*p > ' ' && *p < 0x7F)
            str_add_char(&clean, (char)*p);
        else
            str_addf(&clean, "%%%02X", (unsigned)*p);
    bool fits = str_copy(out, size, str_text(&clean));
    str_finish(&clean);
    return fits;
}

void canvas_link(struct canvas *canvas, int row, int col, int cols, const char *address)
{
    struct link link = {.row = row};
    if (!*address || !clip(canvas, row, &col, &cols) ||
        !copy_address(link.address, sizeof link.address, address))
        return;
    link.col = col;
    link.cols = cols;
    canvas->links = mem_grow(
        canvas->links, &canvas->link_capacity, canvas->link_count + 1, sizeof *canvas->links);
    canvas->links[canvas->link_count++] = link;
}

/* --- for tests -------------------------------------------------------------------------------------- */

char *canvas_dump(const struct canvas *canvas)
{
    struct str out = {0};
    for (int row = 0; row < canvas->rows; row++) {
        for (int col = 0; col < canvas->cols; col++)
            str_add(&out, cell_at(canvas, row, col)->bytes);
        while (out.length && out.data[out.length - 1] == ' ')
            out.data[--out.length] = '\0';
        str_add_char(&out, '\n');
    }
    return str_take(&out);
}

char *canvas_roles(const struct canvas *canvas)
{
    struct str out = {0};
    for (int row = 0; row < canvas->rows; row++) {
        for (int col = 0; col < canvas->cols; col++)
            str_add_char(&out, (char)('a' + cell_at(canvas, row, col)->role));
        str_add_char(&out, '\n');
    }
    return str_take(&out);
}
