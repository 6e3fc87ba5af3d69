/* The screens' halves that draw, and what they share. */
#ifndef TOURDESK_SRC_TUI_DRAW_H
#define TOURDESK_SRC_TUI_DRAW_H

#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"
#include "tourdesk/desk/model.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tui/canvas.h"
#include "tourdesk/tui/key.h"

enum {
    LEAST_ROWS = 16,
    LEAST_COLS = 60,
    MARGIN = 1,
    ROOMY = 18,      /* page rows from which there are blank lines */
    PANE_FROM = 110, /* columns from which details stand at the right of a list */
    PANE_WIDTH = 36,
    LIST_DIGITS_FROM = 72, /* columns from which lists show the last digits of phones */
    FULL_NAME_SIZE = 2 * NAME_SIZE,
};

/* What a screen draws on: the page between the top line and the notice. */
struct page {
    const struct desk *desk;
    const struct keymap *keymap;
    struct canvas *canvas;
    int top, rows; /* the first row of the page, and how many */
    int cols;
};

/* A part of a page. */
struct area {
    int row, rows, col, cols;
};

/* A screen's half that draws: its page (or, for what floats, itself), and the actions of its footer. */
struct view {
    const char *title; /* of a page with a place in the top line; NULL = it has none */
    void (*draw)(const struct page *page);
    /* The most wanted first, ended by ACTION_NOTHING; what cannot be done now is left out. */
    const enum action *footer;
};

extern const struct view calendar_view, board_view, tours_view, communities_view, person_view,
    search_view, messages_view, results_view, handover_view, sweep_view, help_view, book_view,
    move_view, cancel_view, visit_view, walk_in_view, call_view, settle_view, question_view,
    list_view, entry_view, prompt_view;

/* --- looks.c: what things look like ------------------------------------------------------------------ */

/* The glyph and role of a tour. */
enum glyph status_glyph(enum tour_status status);
enum role status_role(enum tour_status status);

/* Those of an operation by itself. */
enum glyph state_glyph(enum operation_state state);
enum role state_role(enum operation_state state);

enum role tone_role(enum tone tone);

/* A time that is free for a tour with staff; and how much of a day is free, 0 to MONTH_SHADES - 1, by how
 * dense the character is. */
const char *staff_text(bool ascii);
const char *shade_text(int shade, bool ascii);

/* The legend of all glyphs, over as many lines as it needs (at most `rows`); returns how many. */
int draw_legend(const struct page *page, int row, int rows);

/* --- lines.c: lists and tours in words ----------------------------------------------------------------- */

/* The first of `count` lines to show in `rows` so that the focus stands about in the middle. */
int first_shown(int focus, int count, int rows);

/* The marks that there is more above or below; in `col`. */
void draw_more(const struct page *page, const struct area *area, int first, int count);

/* A line of a list: clickable as `item`, and where it has the focus painted and with the cursor. */
void draw_item(const struct page *page, const struct area *area, int row, int item, bool focused);

/* Words in the middle of an empty page, with the cursor. */
void draw_empty(const struct page *page, int row, const char *words);

/* A heading at the left of a page's first line and something dim at its right. Returns the next row. */
int draw_heading(const struct page *page, const char *left, const char *right);

/* A field with the focus: what was typed as far as it is in sight, or what to type there; puts the cursor. */
void draw_input(const struct page *page, int row, int col, int width, const struct editor *editor,
    const char *empty);

/* The cells left for a list beside the pane with details, where there is room for one. */
int list_cols(const struct page *page);

/* Who a tour is for and under which number ("-0155"): short, or in full while that may be seen. A name that
 * seven bits cannot show gives way to a number or the e-mail. */
void tour_who(const struct page *page, const struct tour *tour, char out[FULL_NAME_SIZE]);
void tour_digits(const struct desk *desk, const struct tour *tour, char out[PHONE_SIZE + 4]);

/* How they are to be called; their own number as tour_digits() has it. Returns `out`. */
const char *tour_how_to_call(const struct desk *desk, const struct tour *tour, char out[NOTE_SIZE]);
void tour_full_name(const struct page *page, const struct tour *tour, char out[FULL_NAME_SIZE]);

/* True while the free times cannot be read again: they are what was free then. */
bool is_stale(const struct desk *desk, enum calendar calendar);

/* The word of a zone that is not the one the page is in, "" for that one. */
const char *foreign_zone(const struct desk *desk, const struct zone *zone);

/* "Tue 24 Nov 2:30 pm", with the zone's word where it is not the page's. */
const char *say_moment_there(
    const struct desk *desk, const struct zone *zone, instant at, char out[2 * SAY_SIZE]);

/* Its state with what the clock says of it: "+22 min, very late, coming 2:20 pm". */
void tell_state(const struct desk *desk, const struct tour *tour, struct str *out);

/* Says which of two it is where the clocks show a time twice; else nothing. */
void tell_twice(const struct zone *zone, instant at, struct str *out);

/* Everything about a tour, a line each, the first to be read first. */
void tell_tour_card(const struct page *page, const struct tour *tour, struct str *out);

/* Text of several lines, the first of them strong; in one line or two the rest is joined by commas. */
void draw_card(const struct page *page, const struct area *area, const char *text);

/* How many lines (at most `most`) a text takes in `width` cells. */
int wrapped_lines(const char *text, int width, int most);

/* Where the details of what has the focus stand: in the pane where there is one, else in the last rows of the
 * page. */
struct area detail_area(const struct page *page);

/* The details of a tour (NULL = nothing). */
void draw_tour_detail(const struct page *page, const struct tour *tour);

/* The name of a key for an action where the focus is, "" if it has none. */
const char *key_of(const struct page *page, enum action action, char out[KEY_NAME_SIZE]);

/* --- loose.c: what stands in no tour's row ----------------------------------------------------------------- */

/* "call with prospect 47569001", "call with Bo T."; a number shortly "call, 47569001". */
void tell_loose_what(
    const struct page *page, const struct loose *loose, bool shortly, struct str *out);

/* "unknown", "saved, waits for the line" */
void tell_loose_state(const struct desk *desk, const struct operation *operation, struct str *out);

/* "Call with prospect 47569001, Mon 23 Nov 1:50 to 2:07 pm Pacific"; the name in full where it may be seen, or
 * where `full`. */
void tell_loose(const struct page *page, const struct operation *operation, const struct tour *tour,
    bool full, struct str *out);

void draw_loose_detail(const struct page *page, const struct loose *loose);

/* --- tours.c: tours, a line each --------------------------------------------------------------------------- */

/* From `row` to the end of the page, without what the details need. */
struct area list_area(const struct page *page, int row);

void draw_tour_head(
    const struct page *page, const struct area *area, int row, const struct tour_list *tours);

/* `selected` (of the list, or NULL) has the focus, and the cursor if `cursor`. */
void draw_tours(const struct page *page, const struct area *area, const struct tour_list *tours,
    const struct tour *selected, bool cursor);

/* --- board.c: rows by section --------------------------------------------------------------------------------- */

/* The rows of a board, each section named where it begins; `focus` is an index or -1. */
void draw_rows(
    const struct page *page, const struct area *area, const struct board *board, int focus);

/* The details of one of its rows (-1 = nothing). */
void draw_row_detail(const struct page *page, const struct board *board, int index);

/* --- form.c ------------------------------------------------------------------------------------------------ */

enum { CHIPS = 10, CHIP_SIZE = 80, ABOVES = 2 };

/* A time or a unit that is offered. */
struct chip {
    char words[CHIP_SIZE];
    char day[CHIP_SIZE]; /* begins a line with its day; "" = it is that of the one before */
    int number;          /* the digit that takes it, 0 = none */
    int item;
    bool chosen;
};

/* What stands round a form's fields beside their labels: texts above one of them, and what is offered for
 * the one that has the focus, below it. */
struct surround {
    struct {
        int field;
        enum role role;
        const char *text; /* NULL or "" = nothing */
    } above[ABOVES];
    struct chip chips[CHIPS];
    int chip_count, chips_field;
    char chips_note[192];
};

/* A form's fields from `row` on, in at most `rows` rows, scrolled so that the focus is in sight; puts the
 * cursor. Returns the rows used. */
int draw_form(const struct page *page, const struct form *form, const struct surround *surround,
    int row, int rows);

/* The note of the field that has the focus, or of the first that is wrong. */
void draw_form_note(const struct page *page, const struct form *form, int row, int rows);

/* A whole page with a form: a heading of up to two lines, the fields, the note, and what will be done in words
 * with what is still needed. */
struct form_page {
    const char *title;
    const char *right;  /* beside the title */
    const char *second; /* under it; NULL = nothing */
    enum role second_role;
    const struct form *form;
    struct surround surround;
    const char *review; /* what will be done; NULL = nothing to be said yet */
    const char *needed; /* "" = nothing is needed still */
    const char *ready;  /* said when nothing is needed */
};
void draw_form_page(const struct page *page, const struct form_page *form_page);

/* --- guest.c: what forms about a person share ----------------------------------------------------------- */

/* The free times for what is typed, as chips below the field. */
void offer_picks(
    const struct page *page, const struct form *form, int field, int pick, struct surround *out);

/* The units for what is typed at the cursor of a field, likewise. */
void offer_units(const struct page *page, const struct form *form, int field,
    const struct community *community, struct surround *out);

/* What is known here of the person being typed; appended. Returns true if a booking would replace a tour. */
bool tell_known(const struct page *page, const struct guest_state *guest, struct str *out);

#endif
