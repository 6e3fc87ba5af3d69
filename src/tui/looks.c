/* What things look like: one legend, everywhere the same. */
#include "draw.h"

static const struct {
    enum glyph glyph;
    enum role role;
} status_looks[TOUR_STATUSES] = {
    [TOUR_UNKNOWN] = {GLYPH_UNKNOWN, ROLE_TROUBLE},
    [TOUR_SAVED] = {GLYPH_WAITING, ROLE_WAITING},
    [TOUR_SENDING] = {GLYPH_WAITING, ROLE_WAITING},
    [TOUR_BOOKED] = {GLYPH_BOOKED, ROLE_BOOKED},
    [TOUR_NOW] = {GLYPH_PRESENT, ROLE_PRESENT},
    [TOUR_EXPECTED] = {GLYPH_BOOKED, ROLE_STRONG},
    [TOUR_LATE] = {GLYPH_ATTENTION, ROLE_WARNING},
    [TOUR_NO_SHOW] = {GLYPH_NO_SHOW, ROLE_DIM},
    [TOUR_UNLOGGED] = {GLYPH_ATTENTION, ROLE_WARNING},
    [TOUR_CANCELLING] = {GLYPH_WAITING, ROLE_WAITING},
    [TOUR_LOGGING] = {GLYPH_WAITING, ROLE_WAITING},
    [TOUR_LOGGED] = {GLYPH_DONE, ROLE_DIM},
    [TOUR_CANCELLED] = {GLYPH_NO_SHOW, ROLE_DIM},
    [TOUR_REPLACED] = {GLYPH_NO_SHOW, ROLE_DIM},
    [TOUR_REFUSED] = {GLYPH_NO_SHOW, ROLE_DIM},
    [TOUR_WITHDRAWN] = {GLYPH_NO_SHOW, ROLE_DIM},
};

enum glyph status_glyph(enum tour_status status)
{
    return status_looks[status].glyph;
}

enum role status_role(enum tour_status status)
{
    return status_looks[status].role;
}

static const struct {
    enum glyph glyph;
    enum role role;
} state_looks[STATES] = {
    [STATE_NONE] = {GLYPH_WAITING, ROLE_DIM},
    [STATE_SAVED] = {GLYPH_WAITING, ROLE_WAITING},
    [STATE_SENDING] = {GLYPH_WAITING, ROLE_WAITING},
    [STATE_CONFIRMED] = {GLYPH_DONE, ROLE_GOOD},
    [STATE_REFUSED] = {GLYPH_NO_SHOW, ROLE_TROUBLE},
    [STATE_UNKNOWN] = {GLYPH_UNKNOWN, ROLE_TROUBLE},
    [STATE_WITHDRAWN] = {GLYPH_NO_SHOW, ROLE_DIM},
};

enum glyph state_glyph(enum operation_state state)
{
    return state_looks[state].glyph;
}

enum role state_role(enum operation_state state)
{
    return state_looks[state].role;
}

enum role tone_role(enum tone tone)
{
    static const enum role roles[] = {
        [TONE_PLAIN] = ROLE_TEXT,
        [TONE_GOOD] = ROLE_GOOD,
        [TONE_WAITING] = ROLE_WAITING,
        [TONE_TROUBLE] = ROLE_TROUBLE,
    };
    return roles[tone];
}

const char *staff_text(bool ascii)
{
    return ascii ? "s" : "◇";
}

const char *shade_text(int shade, bool ascii)
{
    static const char *const shades[][2] = {
        {" ", " "}, {"░", "."}, {"▒", ":"}, {"▓", "+"}, {"█", "#"}};
    return shades[shade][ascii];
}

int draw_legend(const struct page *page, int row, int rows)
{
    static const struct {
        enum glyph glyph; /* GLYPHS = a time with staff */
        enum role role;
        const char *words;
    } legend[] = {
        {GLYPH_FREE, ROLE_FREE, "free"},
        {GLYPH_BOOKED, ROLE_BOOKED, "booked"},
        {GLYPH_PRESENT, ROLE_PRESENT, "in the unit now"},
        {GLYPH_ATTENTION, ROLE_WARNING, "late, or needs a visit log"},
        {GLYPH_DONE, ROLE_DIM, "logged"},
        {GLYPH_WAITING, ROLE_WAITING, "saved or sending"},
        {GLYPH_UNKNOWN, ROLE_TROUBLE, "unknown"},
        {GLYPH_NO_SHOW, ROLE_DIM, "no-show, cancelled, refused"},
        {GLYPHS, ROLE_FREE, "free with staff"},
    };
    int col = MARGIN, first = row;
    for (size_t i = 0; i < sizeof legend / sizeof *legend; i++) {
        int needed = 2 + text_width(legend[i].words);
        if (col + needed > page->cols - MARGIN) {
            col = MARGIN;
            row++;
        }
        if (row >= first + rows)
            return rows;
        if (legend[i].glyph == GLYPHS)
            canvas_text(page->canvas, row, col, 1, legend[i].role, staff_text(page->canvas->ascii));
        else
            canvas_glyph(page->canvas, row, col, legend[i].role, legend[i].glyph);
        canvas_text(page->canvas, row, col + 2, needed, ROLE_DIM, legend[i].words);
        col += needed + 3;
    }
    return row - first + 1;
}
