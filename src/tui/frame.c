/* The frame round every screen: the top line, the notice, the footer; and what is too small or hidden. */
#include "calendar.h"
#include "tourdesk/tui/tui.h"

#include <string.h>

enum { GAP = 2, KEYS_SHOWN = 8 };

static const struct view *const views[SCREENS] = {
    [SCREEN_CALENDAR] = &calendar_view,
    [SCREEN_BOARD] = &board_view,
    [SCREEN_TOURS] = &tours_view,
    [SCREEN_COMMUNITIES] = &communities_view,
    [SCREEN_PERSON] = &person_view,
    [SCREEN_SEARCH] = &search_view,
    [SCREEN_MESSAGES] = &messages_view,
    [SCREEN_RESULTS] = &results_view,
    [SCREEN_HANDOVER] = &handover_view,
    [SCREEN_SWEEP] = &sweep_view,
    [SCREEN_HELP] = &help_view,
    [SCREEN_BOOK] = &book_view,
    [SCREEN_MOVE] = &move_view,
    [SCREEN_CANCEL] = &cancel_view,
    [SCREEN_VISIT] = &visit_view,
    [SCREEN_WALK_IN] = &walk_in_view,
    [SCREEN_CALL] = &call_view,
    [SCREEN_SETTLE] = &settle_view,
    [SCREEN_QUESTION] = &question_view,
    [SCREEN_LIST] = &list_view,
    [SCREEN_ENTRY] = &entry_view,
    [SCREEN_PROMPT] = &prompt_view,
};

/* --- the top line, from the right ----------------------------------------------------------------------- */

/* Writes before `right`; returns where the next one must end. */
static int before(struct canvas *canvas, int right, enum role role, const char *text)
{
    if (!*text)
        return right;
    return canvas_text_right(canvas, 0, 0, right, role, text) - GAP;
}

/* Agent, line, environment. Returns the column they begin at. */
static int draw_state(const struct desk *desk, struct canvas *canvas)
{
    static const char *const environments[] = {
        [ENVIRONMENT_LIVE] = "",
        [ENVIRONMENT_STAGE] = " STAGE ",
        [ENVIRONMENT_PRACTICE] = " PRACTICE ",
    };
    enum { TIGHT = 76 };
    char line[SAY_SIZE] = "online", since[SAY_SIZE];
    int right = before(canvas, canvas->cols - MARGIN, ROLE_TEXT, desk->agent);
    if (!desk->link_since)
        str_copy(line, sizeof line, "connecting");
    else if (!desk->online)
        str_print(line, sizeof line, "OFFLINE %s%s", canvas->cols < TIGHT ? "" : "since ",
            say_clock(since, zone_wall(desk_zone(desk), desk->link_since)));
    bool down = desk->link_since && !desk->online;
    right = before(canvas, right, down ? ROLE_TROUBLE : ROLE_DIM, line);
    return before(canvas, right, ROLE_PRACTICE, environments[desk->environment]);
}

static int count_late(const struct desk *desk)
{
    int count = 0;
    const struct tour_list *tours = &desk->board.tours;
    for (size_t i = 0; i < tours->count; i++)
        count += tour_status(&tours->items[i], desk->now) == TOUR_LATE;
    return count;
}

enum { BADGES = 3, BADGE_SIZE = 32 };

/* What wants attention anywhere, as texts with or without their words; returns the cells they take. */
static int badge_texts(
    const struct desk *desk, bool words, bool ascii, char texts[BADGES][BADGE_SIZE])
{
    const struct {
        int count;
        enum glyph glyph;
        const char *word;
    } badges[BADGES] = {
        {count_late(desk), GLYPH_ATTENTION, " late"},
        {desk_unknown(desk), GLYPH_UNKNOWN, " unknown"},
        {desk_unsent(desk), GLYPH_WAITING, " unsent"},
    };
    int cells = 0;
    for (int i = 0; i < BADGES; i++) {
        texts[i][0] = '\0';
        if (badges[i].count)
            str_print(texts[i], BADGE_SIZE, "%s%d%s", glyph_text(badges[i].glyph, ascii),
                badges[i].count, words ? badges[i].word : "");
        cells += badges[i].count ? text_width(texts[i]) + GAP : 0;
    }
    return cells;
}

/* "!2 late  ?1 unknown", or where there is no room behind `left` "!2  ?1". Returns the column they begin at. */
static int draw_badges(const struct desk *desk, struct canvas *canvas, int left, int right)
{
    static const enum role roles[BADGES] = {ROLE_WARNING, ROLE_TROUBLE, ROLE_WAITING};
    char texts[BADGES][BADGE_SIZE];
    if (badge_texts(desk, true, canvas->ascii, texts) > right - left)
        badge_texts(desk, false, canvas->ascii, texts);
    for (int i = BADGES - 1; i >= 0; i--)
        right = before(canvas, right, roles[i], texts[i]);
    return right;
}

static int tab_cells(int i)
{
    return text_width(views[i]->title) + 2 + GAP;
}

static int all_tabs_cells(void)
{
    int cells = 0;
    for (int i = 0; i < SCREENS && views[i]->title; i++)
        cells += tab_cells(i);
    return cells;
}

/* The pages with a place of their own, in order as far as they fit; the one shown always. */
static void draw_tabs(const struct desk *desk, struct canvas *canvas, int col, int right)
{
    int here = (int)desk_base_screen(desk);
    right += GAP; /* nothing need follow the last one */
    if (views[here]->title && col + tab_cells(here) > right)
        return;
    for (int i = 0; i < SCREENS && views[i]->title; i++) {
        int kept = i < here && views[here]->title ? tab_cells(here) : 0;
        if (col + tab_cells(i) + kept > right)
            continue;
        canvas_print(canvas, 0, col, tab_cells(i) - GAP, i == here ? ROLE_ACCENT : ROLE_DIM,
            "%d %s", i + 1, views[i]->title);
        canvas_target(canvas, 0, col, 1, tab_cells(i) - GAP, ITEM_TAB + i);
        col += tab_cells(i);
    }
}

/* The community and its zone; where both do not fit the zone gives way first. Returns the cells used. */
static int draw_place(const struct desk *desk, struct canvas *canvas, int width)
{
    enum { LEAST_NAME = 12 };
    const struct community *community = desk_office(desk)->community;
    const char *dot = glyph_text(GLYPH_DOT, canvas->ascii), *word = zone_word(community->zone);
    char zone[SAY_SIZE];
    int name = text_width(community->name), least = name < LEAST_NAME ? name : LEAST_NAME;
    str_print(zone, sizeof zone, " %s %s time", dot, word);
    if (name + text_width(zone) > width)
        str_print(zone, sizeof zone, " %s %s", dot, word);
    if (least + text_width(zone) > width)
        zone[0] = '\0';
    int used =
        canvas_text(canvas, 0, MARGIN, width - text_width(zone), ROLE_TITLE, community->name);
    return used + canvas_text(canvas, 0, MARGIN + used, width - used, ROLE_DIM, zone);
}

static void draw_top(const struct desk *desk, struct canvas *canvas)
{
    char texts[BADGES][BADGE_SIZE];
    int right = draw_state(desk, canvas);
    int badges = badge_texts(desk, false, canvas->ascii, texts);
    int used = draw_place(desk, canvas, right - badges - MARGIN);
    int left = MARGIN + used + GAP + 1;
    right = draw_badges(desk, canvas, left + all_tabs_cells(), right);
    draw_tabs(desk, canvas, left, right);
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
    struct str text = {0};
    desk_notice(desk, &text);
    canvas_wrap(canvas, row, MARGIN, canvas->cols - 2 * MARGIN, rows, tone_role(desk->notice.tone),
        str_text(&text));
    if (text.length)
        canvas_target(canvas, row, 0, rows, canvas->cols, ITEM_NOTICE);
    str_finish(&text);
}

/* True if an action has something to act on: what needs a tour is only shown for one it would do for. */
static bool is_live(const struct desk *desk, enum action action)
{
    const struct tour *tour = desk_selected(desk);
    if (action >= ACTION_SWEEP_CAME && action <= ACTION_SWEEP_LATER)
        return desk->sweep.at < desk->sweep.count;
    if (action < ACTION_VISIT || action > ACTION_DONE_IN_KNOCK)
        return true;
    if (!tour)
        return false;
    switch (action) {
    case ACTION_VISIT: return tour_can_visit(tour, NULL) && tour->start.at <= desk->now + HOUR;
    case ACTION_CANCEL:
    case ACTION_RESCHEDULE: return tour_can_cancel(tour, NULL) && tour->end > desk->now;
    case ACTION_SETTLE: return tour_status(tour, desk->now) == TOUR_UNKNOWN;
    case ACTION_CALLED_BACK: return tour->call_by && !tour->called_back;
    case ACTION_ARRIVED:
    case ACTION_COMING: return tour_stands(tour) && tour->visit == STATE_NONE;
    case ACTION_NO_SHOW:
        return tour_stands(tour) && tour->visit == STATE_NONE && tour->start.at <= desk->now;
    case ACTION_DONE_IN_KNOCK: return board_by_hand(tour)[0] != '\0';
    default: return true;
    }
}

/* What a key does, where a word of its own says it better than the action's. */
static const char *hint_of(const struct desk *desk, enum action action)
{
    static const struct {
        enum context context;
        enum action action;
        const char *hint;
    } hints[] = {
        {CONTEXT_ENTRY, ACTION_SUBMIT, "done"},
        {CONTEXT_PROMPT, ACTION_OPEN, "do it"},
        {CONTEXT_HELP, ACTION_OPEN, "do it"},
        {CONTEXT_LIST, ACTION_OPEN, "take it"},
        {CONTEXT_COMMUNITIES, ACTION_OPEN, "go there"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (hints[i].action == action && hints[i].context == desk_context(desk))
            return hints[i].hint;
    if (action == ACTION_OPEN && desk_screen(desk) == SCREEN_CALENDAR && focus_is_free(desk))
        return "book";
    return action_entry(action)->hint;
}

/* Writes a key and what it does; returns the cells used, 0 if there is no room or no key. */
static int draw_key(const struct page *page, enum action action, int col, int right)
{
    char key[KEY_NAME_SIZE];
    struct canvas *canvas = page->canvas;
    int row = canvas->rows - 1;
    const char *hint = hint_of(page->desk, action);
    key_of(page, action, key);
    int cells = text_width(key) + 1 + text_width(hint);
    if (!*key || col + cells > right)
        return 0;
    canvas_target(canvas, row, col, 1, cells, ITEM_ACTION + (int)action);
    col += canvas_text(canvas, row, col, cells, ROLE_KEY, key) + 1;
    canvas_text(canvas, row, col, cells, ROLE_DIM, hint);
    return cells;
}

/* The keys that work here; the one for help keeps its place at the right. */
static void draw_footer(const struct page *page)
{
    enum { BETWEEN = 3 };
    const enum action *action = views[desk_screen(page->desk)]->footer;
    char key[KEY_NAME_SIZE];
    int col = MARGIN, right = page->cols - MARGIN;
    const char *hint = action_entry(ACTION_HELP)->hint;
    int help = text_width(key_of(page, ACTION_HELP, key)) + 1 + text_width(hint);
    draw_key(page, ACTION_HELP, right - help, right);
    right -= help + BETWEEN;
    for (int shown = 1; *action != ACTION_NOTHING && shown < KEYS_SHOWN; action++) {
        int cells = is_live(page->desk, *action) ? draw_key(page, *action, col, right) : 0;
        col += cells ? cells + BETWEEN : 0;
        shown += cells > 0;
    }
}

/* --- the whole -------------------------------------------------------------------------------------------- */

static void draw_too_small(struct canvas *canvas)
{
    char words[160];
    str_print(words, sizeof words,
        "This window is %d columns by %d rows. tourdesk needs %d by %d. Nothing is lost.",
        canvas->cols, canvas->rows, LEAST_COLS, LEAST_ROWS);
    canvas_wrap(canvas, 0, 0, canvas->cols, canvas->rows, ROLE_STRONG, words);
    canvas_cursor(canvas, 0, 0, false);
}

static void draw_hidden(const struct desk *desk, struct canvas *canvas)
{
    char clock[SAY_SIZE], words[SAY_SIZE];
    int row = canvas->rows / 2 - 1;
    struct wall wall = zone_wall(desk_zone(desk), desk->now);
    str_print(words, sizeof words, "%s",
        desk->locked ? "Hidden because no key was pressed for a while." : "Hidden.");
    draw_state(desk, canvas);
    canvas_print(canvas, row, MARGIN + 3, canvas->cols, ROLE_STRONG, "%s %s",
        say_weekday(date_weekday(wall.date)), say_clock(clock, wall));
    canvas_text(canvas, row + 1, MARGIN + 3, canvas->cols - 4, ROLE_TEXT, words);
    canvas_text(canvas, row + 2, MARGIN + 3, canvas->cols - 4, ROLE_DIM,
        "Press any key to go on. Nothing is lost.");
    canvas_cursor(canvas, row + 2, MARGIN + 3, false);
}

/* After a lock: nothing but the question who is here. */
static void draw_locked(const struct desk *desk, const struct keymap *keymap, struct canvas *canvas)
{
    struct page page = {.desk = desk,
        .keymap = keymap,
        .canvas = canvas,
        .top = 1,
        .rows = canvas->rows - 3,
        .cols = canvas->cols};
    draw_state(desk, canvas);
    views[desk_screen(desk)]->draw(&page);
    draw_footer(&page);
}

static void draw_page(const struct desk *desk, const struct keymap *keymap, struct canvas *canvas)
{
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
    if (top != base) {
        canvas_target(canvas, page.top, 0, page.rows, page.cols, ITEM_NONE);
        views[top]->draw(&page);
    }
    draw_footer(&page);
}

void tui_draw(const struct desk *desk, const struct keymap *keymap, struct canvas *canvas)
{
    if (canvas->rows < LEAST_ROWS || canvas->cols < LEAST_COLS)
        draw_too_small(canvas);
    else if (desk->hidden)
        draw_hidden(desk, canvas);
    else if (desk->locked)
        draw_locked(desk, keymap, canvas);
    else
        draw_page(desk, keymap, canvas);
}
