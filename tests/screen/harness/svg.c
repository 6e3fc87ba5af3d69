#include "svg.h"

#include "file.h"

#include <string.h>

/* In hundredths of a unit, so that no locale and no rounding gets into the file. */
enum { CELL_WIDTH = 840, CELL_HEIGHT = 1800, BASELINE = 1360, MARGIN = 1000 };

static const char *const fonts =
    "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

struct scheme {
    const char *front, *back, *cursor;
    const char *colours[16];
};

static const struct scheme schemes[] = {
    {"#d4d7dd", "#16181d", "#f2a65a",
        {"#2a2e36", "#e5686e", "#7bc275", "#e0af55", "#6ea4f4", "#c58af9", "#5fc5d0", "#c8ccd4",
            "#6f7682", "#ff8a8f", "#98dd90", "#f5cb78", "#93bdff", "#dbaeff", "#86dfe8",
            "#ffffff"}},
    {"#24292f", "#ffffff", "#e07b00",
        {"#24292f", "#b3261e", "#1a7f37", "#8a5a00", "#0b57d0", "#7b3fb5", "#0c6f7c", "#e4e7eb",
            "#6e7781", "#cf222e", "#2da44e", "#9a6700", "#1f6feb", "#8250df", "#1b7c83",
            "#ffffff"}},
};

struct colour {
    char text[8];
};

/* How a run of cells is drawn. */
struct style {
    struct colour front, back;
    bool bold, italic, underline, strike;
};

static struct colour resolve(
    const struct terminal *terminal, const struct scheme *scheme, VTermColor colour, bool front)
{
    struct colour out;
    bool standard = front ? VTERM_COLOR_IS_DEFAULT_FG(&colour) : VTERM_COLOR_IS_DEFAULT_BG(&colour);
    if (standard) {
        str_copy(out.text, sizeof out.text, front ? scheme->front : scheme->back);
    } else if (VTERM_COLOR_IS_INDEXED(&colour) && colour.indexed.idx < 16) {
        str_copy(out.text, sizeof out.text, scheme->colours[colour.indexed.idx]);
    } else {
        terminal_colour(terminal, &colour);
        str_print(out.text, sizeof out.text, "#%02x%02x%02x", colour.rgb.red, colour.rgb.green,
            colour.rgb.blue);
    }
    return out;
}

static struct style style_of(const struct terminal *terminal, const struct scheme *scheme,
    const VTermScreenCell *cell, bool cursor)
{
    struct style style = {
        .front = resolve(terminal, scheme, cell->fg, true),
        .back = resolve(terminal, scheme, cell->bg, false),
        .bold = cell->attrs.bold,
        .italic = cell->attrs.italic,
        .underline = cell->attrs.underline != 0,
        .strike = cell->attrs.strike,
    };
    if (cell->attrs.reverse) {
        struct colour front = style.front;
        style.front = style.back;
        style.back = front;
    }
    if (cursor) {
        str_copy(style.back.text, sizeof style.back.text, scheme->cursor);
        str_copy(style.front.text, sizeof style.front.text, scheme->back);
    }
    return style;
}

static bool same_colour(struct colour a, struct colour b)
{
    return strcmp(a.text, b.text) == 0;
}

static bool same_text(const struct style *a, const struct style *b)
{
    return same_colour(a->front, b->front) && a->bold == b->bold && a->italic == b->italic &&
           a->underline == b->underline && a->strike == b->strike;
}

/* Characters that one font has at one width stand in one run; others each in a run of their own. */
static int family(const VTermScreenCell *cell)
{
    uint32_t c = cell->chars[0];
    if (cell->width > 1)
        return 0;
    if (c < 0x250)
        return 1;
    return c >= 0x2500 && c < 0x2580 ? 2 : 0;
}

static void add_number(struct str *out, const char *name, int hundredths)
{
    str_addf(out, " %s='%d.%02d'", name, hundredths / 100, hundredths % 100);
}

static void add_escaped(struct str *out, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '<': str_add(out, "&lt;"); break;
        case '>': str_add(out, "&gt;"); break;
        case '&': str_add(out, "&amp;"); break;
        case '\'': str_add(out, "&#39;"); break;
        default: str_add_char(out, *text); break;
        }
}

struct row {
    const struct terminal *terminal;
    const struct scheme *scheme;
    int row, cursor; /* the cursor's column, -1 where it is elsewhere */
};

static VTermScreenCell cell_at(const struct row *row, int column, struct style *style)
{
    VTermScreenCell cell = terminal_cell(row->terminal, row->row, column);
    *style = style_of(row->terminal, row->scheme, &cell, column == row->cursor);
    return cell;
}

static void add_place(struct str *out, const struct row *row, int column, int drop)
{
    add_number(out, "x", MARGIN + column * CELL_WIDTH);
    add_number(out, "y", MARGIN + row->row * CELL_HEIGHT + drop);
}

static void add_backgrounds(struct str *out, const struct row *row)
{
    int columns = terminal_columns(row->terminal);
    for (int start = 0, end; start < columns; start = end) {
        struct style first, next = {0};
        VTermScreenCell cell = cell_at(row, start, &first);
        for (end = start + cell.width; end < columns; end += cell.width) {
            cell = cell_at(row, end, &next);
            if (!same_colour(first.back, next.back))
                break;
        }
        if (strcmp(first.back.text, row->scheme->back) == 0)
            continue;
        str_add(out, "<rect");
        add_place(out, row, start, 0);
        add_number(out, "width", (end - start) * CELL_WIDTH);
        add_number(out, "height", CELL_HEIGHT);
        str_addf(out, " fill='%s'/>\n", first.back.text);
    }
}

/* Where the font may have a glyph at another width, the glyph is fitted too. */
static void add_run(struct str *out, const struct row *row, int start, int cells, const char *text,
    const struct style *style, bool fit)
{
    str_add(out, "<text");
    add_place(out, row, start, BASELINE);
    add_number(out, "textLength", cells * CELL_WIDTH);
    str_addf(out, "%s fill='%s'%s%s", fit ? " lengthAdjust='spacingAndGlyphs'" : "",
        style->front.text, style->bold ? " font-weight='bold'" : "",
        style->italic ? " font-style='italic'" : "");
    if (style->underline || style->strike)
        str_addf(out, " text-decoration='%s'", style->underline ? "underline" : "line-through");
    str_add_char(out, '>');
    add_escaped(out, text);
    str_add(out, "</text>\n");
}

/* The same without the blanks around it, where they do not show. */
static void add_trimmed(struct str *out, const struct row *row, int start, int cells,
    struct str *text, const struct style *style, bool fit)
{
    int lead = 0;
    if (!style->underline && !style->strike) {
        while (text->length > 0 && text->data[text->length - 1] == ' ') {
            text->data[--text->length] = '\0';
            cells--;
        }
        lead = (int)strspn(str_text(text), " ");
    }
    if (cells > lead)
        add_run(out, row, start + lead, cells - lead, text->data + lead, style, fit);
}

static void add_texts(struct str *out, const struct row *row)
{
    int columns = terminal_columns(row->terminal);
    for (int start = 0, end; start < columns; start = end) {
        struct style first, next;
        struct str text = {0};
        VTermScreenCell cell = cell_at(row, start, &first);
        int kind = family(&cell);
        terminal_cell_text(&cell, &text);
        for (end = start + cell.width; end < columns && kind != 0; end += cell.width) {
            cell = cell_at(row, end, &next);
            if (family(&cell) != kind || !same_text(&first, &next))
                break;
            terminal_cell_text(&cell, &text);
        }
        add_trimmed(out, row, start, end - start, &text, &first, kind != 1);
        str_finish(&text);
    }
}

static void add_head(struct str *out, const struct terminal *terminal, const char *title,
    const struct scheme *scheme)
{
    int width = 2 * MARGIN + terminal_columns(terminal) * CELL_WIDTH;
    int height = 2 * MARGIN + terminal_rows(terminal) * CELL_HEIGHT;
    str_addf(out, "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' ", width / 100,
        height / 100);
    str_addf(out, "viewBox='0 0 %d %d' role='img'>\n<title>", width / 100, height / 100);
    add_escaped(out, title);
    str_add(out, "</title>\n<style>text{white-space:pre}</style>\n");
    str_addf(out, "<rect width='100%%' height='100%%' rx='6' fill='%s'/>\n", scheme->back);
    str_addf(out, "<g font-family=\"%s\" font-size='14' ", fonts);
    str_add(out, "xml:space='preserve'>\n");
}

bool svg_write(const struct terminal *terminal, const char *path, const char *title, bool light,
    struct error *error)
{
    const struct scheme *scheme = &schemes[light];
    struct str out = {0};
    bool visible;
    VTermPos cursor = terminal_cursor(terminal, &visible);
    add_head(&out, terminal, title, scheme);
    for (int i = 0; i < terminal_rows(terminal); i++) {
        struct row row = {terminal, scheme, i, visible && cursor.row == i ? cursor.col : -1};
        add_backgrounds(&out, &row);
        add_texts(&out, &row);
    }
    str_add(&out, "</g>\n</svg>\n");
    bool good = file_write(path, str_text(&out), error);
    str_finish(&out);
    return good;
}
