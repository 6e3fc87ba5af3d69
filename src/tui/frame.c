/* The frame round every screen: the top line, the notice, the footer; and what is too small. */
#include "draw.h"
#include "tourdesk/tui/tui.h"

#include <string.h>

static const struct view *const views[SCREENS] = {
    [SCREEN_CALENDAR] = &calendar_view,
    [SCREEN_TOURS] = &tours_view,
    [SCREEN_BOOK] = &book_view,
    [SCREEN_VISIT] = &visit_view,
    [SCREEN_LIST] = &list_view,
    [SCREEN_QUESTION] = &question_view,
    [SCREEN_HELP] = &help_view,
};

static const struct {
    enum glyph glyph;
    enum role role;
} status_looks[TOUR_STATUSES] = {
    [TOUR_UNKNOWN] = {GLYPH_UNKNOWN, ROLE_TROUBLE},
    [TOUR_SAVED] = {GLYPH_WAITING, ROLE_WAITING},
    [TOUR_SENDING] = {GLYPH_WAITING, ROLE_WAITING},
    [TOUR_BOOKED] = {GLYPH_BOOKED, ROLE_BOOKED},
    [TOUR_NOW] = {GLYPH_PRESENT, ROLE_PRESENT},
    [TOUR_EXPECTED] = {GLYPH_PRESENT, ROLE_STRONG},
    [TOUR_LATE] = {GLYPH_PRESENT, ROLE_WARNING},
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

/* --- the top line -------------------------------------------------------------------------------------- */

/* The right end, from the right: agent, line, environment. Returns the column it begins at. */
static int draw_state(const struct desk *desk, struct canvas *canvas)
{
    static const char *const environments[] = {
        [ENVIRONMENT_LIVE] = "",
        [ENVIRONMENT_STAGE] = " STAGE ",
        [ENVIRONMENT_PRACTICE] = " PRACTICE ",
    };
    char line[SAY_SIZE], since[SAY_SIZE];
    int right = canvas->cols - MARGIN;
    if (desk->agent[0])
        right = canvas_text_right(canvas, 0, 0, right, ROLE_TEXT, desk->agent) - 2;
    if (desk->online) {
        str_copy(line, sizeof line, "online");
    } else {
        say_clock(since, zone_wall(desk_zone(desk), desk->link_since));
        str_print(line, sizeof line, "OFFLINE since %s", since);
    }
    right = canvas_text_right(canvas, 0, 0, right, desk->online ? ROLE_DIM : ROLE_TROUBLE, line);
    const char *environment = environments[desk->environment];
    if (*environment)
        right = canvas_text_right(canvas, 0, 0, right - 2, ROLE_PRACTICE, environment);
    return right;
}

static void draw_top(const struct desk *desk, struct canvas *canvas)
{
    char place[256];
    const struct community *community = desk_office(desk)->community;
    int right = draw_state(desk, canvas);
    str_print(place, sizeof place, "%s", community->name);
    int col = MARGIN + canvas_text(canvas, 0, MARGIN, right - 3, ROLE_TITLE, place);
    col += canvas_print(canvas, 0, col, right - col - 2, ROLE_DIM, " %s %s time",
        glyph_text(GLYPH_DOT, canvas->ascii), zone_word(community->zone));
    enum { TABS_AT = 3 };
    col += TABS_AT;
    for (int i = 0; i < SCREENS; i++) {
        if (!views[i]->title)
            continue;
        bool here = desk_base_screen(desk) == (enum screen_id)i;
        if (col + text_width(views[i]->title) + 4 > right)
            break;
        col += canvas_print(canvas, 0, col, right - col, here ? ROLE_ACCENT : ROLE_DIM, "%d %s",
                   i + 1, views[i]->title) +
               2;
    }
}

/* --- the last two lines ---------------------------------------------------------------------------------- */

static int notice_rows(const struct desk *desk, int cols)
{
    struct str text = {0};
    desk_notice(desk, &text);
    int width = text_width(str_text(&text));
    str_finish(&text);
    return width > cols - 2 * MARGIN ? 2 : 1;
}

static void draw_notice(const struct desk *desk, struct canvas *canvas, int row, int rows)
{
    static const enum role roles[] = {
        [TONE_PLAIN] = ROLE_TEXT,
        [TONE_GOOD] = ROLE_GOOD,
        [TONE_WAITING] = ROLE_WAITING,
        [TONE_TROUBLE] = ROLE_TROUBLE,
    };
    struct str text = {0};
    desk_notice(desk, &text);
    canvas_wrap(canvas, row, MARGIN, canvas->cols - 2 * MARGIN, rows, roles[desk->notice.tone],
        str_text(&text));
    str_finish(&text);
}

static void draw_footer(const struct desk *desk, const struct keymap *keymap, struct canvas *canvas)
{
    const enum action *actions = views[desk_screen(desk)]->footer;
    int row = canvas->rows - 1, col = MARGIN;
    for (; actions && *actions != ACTION_NOTHING; actions++) {
        char key[KEY_NAME_SIZE];
        const char *hint = action_entry(*actions)->hint;
        keymap_names(keymap, desk_context(desk), *actions, 1, key, sizeof key);
        int needed = text_width(key) + 1 + text_width(hint);
        if (!*key || col + needed > canvas->cols - MARGIN)
            continue;
        col += canvas_text(canvas, row, col, canvas->cols, ROLE_KEY, key) + 1;
        col += canvas_text(canvas, row, col, canvas->cols, ROLE_DIM, hint) + 3;
    }
}

/* --- the whole -------------------------------------------------------------------------------------------- */

static void draw_too_small(struct canvas *canvas)
{
    char words[128];
    str_print(words, sizeof words,
        "This window is %d columns by %d rows. tourdesk needs %d by %d. Nothing is lost.",
        canvas->cols, canvas->rows, LEAST_COLS, LEAST_ROWS);
    canvas_wrap(canvas, 0, 0, canvas->cols, canvas->rows, ROLE_STRONG, words);
}

void tui_draw(const struct desk *desk, const struct keymap *keymap, struct canvas *canvas)
{
    if (canvas->rows < LEAST_ROWS || canvas->cols < LEAST_COLS) {
        draw_too_small(canvas);
        return;
    }
    int notice = notice_rows(desk, canvas->cols);
    struct page page = {.desk = desk,
        .keymap = keymap,
        .canvas = canvas,
        .top = 1,
        .rows = canvas->rows - 2 - notice,
        .cols = canvas->cols};
    draw_top(desk, canvas);
    draw_notice(desk, canvas, canvas->rows - 1 - notice, notice);
    enum screen_id base = desk_base_screen(desk), top = desk_screen(desk);
    views[base]->draw(&page);
    if (top != base)
        views[top]->draw(&page);
    draw_footer(desk, keymap, canvas);
}
