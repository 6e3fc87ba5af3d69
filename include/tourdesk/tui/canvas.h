/* A page of cells: what a screen draws on, and what tests read. No terminal in sight.
 *
 * Text is clipped to the place it is given, whole characters only; what a terminal could obey is
 * replaced. On an ASCII canvas every character is one of 7 bits.
 */
#ifndef TOURDESK_TUI_CANVAS_H
#define TOURDESK_TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

/* What a cell means; a theme says what that looks like. */
enum role {
    ROLE_TEXT,
    ROLE_DIM,    /* what is fine, and quiet */
    ROLE_STRONG, /* what the eye should find */
    ROLE_TITLE,
    ROLE_ACCENT,
    ROLE_TODAY,
    ROLE_NOW,
    ROLE_FREE,
    ROLE_BOOKED,
    ROLE_PRESENT, /* in the unit now */
    ROLE_WAITING, /* saved, sending */
    ROLE_GOOD,
    ROLE_TROUBLE, /* unknown, refused, wrong */
    ROLE_WARNING, /* needs attention */
    ROLE_FOCUS,   /* the cell or line that has the focus */
    ROLE_FIELD,   /* where text is typed */
    ROLE_FIELD_FOCUS,
    ROLE_RULE,
    ROLE_BOX,      /* what floats: its background and text */
    ROLE_KEY,      /* a key's name */
    ROLE_PRACTICE, /* the word for an environment that is not live */
    ROLE_HINT,     /* in an empty field: what to type there */
    ROLE_PLACE,    /* the page that is shown, in the top line */
    ROLES,
};

/* "text", "field-focus": as theme files have it. */
const char *role_name(enum role role);

/* What a place stands for, with an ASCII twin each; one legend everywhere. */
enum glyph {
    GLYPH_FREE,
    GLYPH_BOOKED,
    GLYPH_PRESENT,
    GLYPH_ATTENTION,
    GLYPH_DONE,
    GLYPH_NO_SHOW,
    GLYPH_UNKNOWN,
    GLYPH_WAITING,
    GLYPH_RULE,
    GLYPH_BAR,
    GLYPH_TOP_LEFT,
    GLYPH_TOP_RIGHT,
    GLYPH_BOTTOM_LEFT,
    GLYPH_BOTTOM_RIGHT,
    GLYPH_DOT,
    GLYPH_ON,
    GLYPH_OFF,
    GLYPH_POINTER,
    GLYPH_MORE_UP,
    GLYPH_MORE_DOWN,
    GLYPHS,
};

enum { CELL_BYTES = 24 };

struct cell {
    char bytes[CELL_BYTES]; /* one character; "" for the second half of a wide one */
    unsigned char width;    /* 1, 2, or 0 for that second half */
    unsigned char role;
};

/* A place that can be clicked, and what it stands for (desk.h, ITEM_...). */
struct target {
    int row, col, rows, cols, item;
};

/* A stretch of a row that is a link (tel: or mailto:), for terminals that know links. */
struct link {
    int row, col, cols;
    char address[160];
};

struct canvas {
    int rows, cols;
    struct cell *cells;
    struct target *targets; /* a later one lies above an earlier one */
    size_t target_count, target_capacity;
    struct link *links;
    size_t link_count, link_capacity;
    int cursor_row, cursor_col; /* where the focus is */
    bool cursor_shown;          /* as an insertion point; else it only sits there */
    bool ascii;
};

/* Makes (or remakes) the canvas of a size, empty; freed with canvas_finish(). */
void canvas_reset(struct canvas *canvas, int rows, int cols);
void canvas_finish(struct canvas *canvas);

/* Writes `text` from (row, col) over at most `width` cells, with an ellipsis where it is cut; returns the
 * cells used. Places outside the canvas are clipped away. */
int canvas_text(
    struct canvas *canvas, int row, int col, int width, enum role role, const char *text);
__attribute__((format(printf, 6, 7))) int canvas_print(
    struct canvas *canvas, int row, int col, int width, enum role role, const char *format, ...);

/* Right-aligned: ends before col + width. Returns the column it began at. */
int canvas_text_right(
    struct canvas *canvas, int row, int col, int width, enum role role, const char *text);

/* Writes a paragraph over several lines, breaking at spaces; returns the lines used. */
int canvas_wrap(struct canvas *canvas, int row, int col, int width, int lines, enum role role,
    const char *text);

int canvas_glyph(struct canvas *canvas, int row, int col, enum role role, enum glyph glyph);
void canvas_fill(struct canvas *canvas, int row, int col, int width, enum role role);
void canvas_rule(struct canvas *canvas, int row, int col, int width, enum role role);

/* Gives a stretch of a row another role; its text stays. */
void canvas_paint(struct canvas *canvas, int row, int col, int width, enum role role);

/* A box with a title, cleared inside; its inner size is two less each way. */
void canvas_box(struct canvas *canvas, int row, int col, int rows, int cols, const char *title);

/* Where the focus is: the terminal's own cursor goes there. */
void canvas_cursor(struct canvas *canvas, int row, int col, bool shown);

/* Makes a rectangle clickable. Everything that floats first covers what is under it: item ITEM_NONE. */
void canvas_target(struct canvas *canvas, int row, int col, int rows, int cols, int item);
int canvas_item_at(
    const struct canvas *canvas, int row, int col); /* ITEM_NONE where there is none */
void canvas_link(struct canvas *canvas, int row, int col, int cols, const char *address);

const char *glyph_text(enum glyph glyph, bool ascii);

/* The whole canvas as lines of text, without the spaces at their ends; freed by the caller. */
char *canvas_dump(const struct canvas *canvas);

/* The roles as letters, one line a row; freed by the caller. */
char *canvas_roles(const struct canvas *canvas);

#endif
