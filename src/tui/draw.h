/* The screens' halves that draw, and what they share. */
#ifndef TOURDESK_SRC_TUI_DRAW_H
#define TOURDESK_SRC_TUI_DRAW_H

#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"
#include "tourdesk/desk/desk.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tui/canvas.h"
#include "tourdesk/tui/key.h"

enum { LEAST_ROWS = 16, LEAST_COLS = 60, MARGIN = 1 };

/* What a screen draws on: the page between the top line and the notice. */
struct page {
    const struct desk *desk;
    const struct keymap *keymap;
    struct canvas *canvas;
    int top, rows; /* the first row of the page, and how many */
    int cols;
};

/* A screen's half that draws: its page (or, for what floats, itself), and the actions of its footer. */
struct view {
    const char *title; /* in the top line; NULL = none of its own */
    void (*draw)(const struct page *page);
    const enum action *footer; /* up to eight, the most wanted first, ended by ACTION_NOTHING */
};

extern const struct view calendar_view, tours_view, book_view, visit_view, list_view, question_view,
    help_view;

/* The glyph and role of a tour. */
enum glyph status_glyph(enum tour_status status);
enum role status_role(enum tour_status status);

/* A text that stands above one of a form's fields. */
struct aside {
    int field;
    const char *text;
};

/* A form's fields from `row` on, in at most `rows` rows, scrolled so that the focus is in sight; puts the
 * cursor. `aside` may be NULL. Returns the rows used. */
int draw_form(
    const struct page *page, const struct form *form, const struct aside *aside, int row, int rows);

/* The note of the field that has the focus, or of the first that is wrong. */
void draw_form_note(const struct page *page, const struct form *form, int row);

#endif
