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
        {desk_unsent(desk), GLYPH_WAITING, " waiting"},
    };
    int cells = 0;
    for (int i = 0; i < BADGES; i++) {
        texts[i][0] = '\0';
        if (badges[i].count)
            str_print(texts[i], BADGE_SIZE, "%s%d%s",
                words ? "" : glyph_text(badges[i].glyph, ascii), badges[i].count,
                words ? badges[i].word : "");
        cells += badges[i].count ? text_width(texts[i]) + GAP : 0;
    }
    return cells;
}

/* "2 late  1 unknown", or where there is no room behind `left` "!2  ?1". Returns the column they begin at. */
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

/* The page with a place in the top line that is shown, or -1. */
static int page_shown(const struct desk *desk)
{
    int here = (int)desk_base_screen(desk);
    return views[here]->title ? here : -1;
}

/* "[1 Calendar]" for the page shown; the others with or without their names. */
static int tab_cells(int i, int here, bool named)
{
    return i == here || named ? text_width(views[i]->title) + (i == here ? 4 : 2) : 1;
}

/* The cells of all of them where the first `names` of the others have their names. */
static int tabs_cells(int here, int names)
{
    int cells = 0;
    for (int i = 0; i < SCREENS && views[i]->title; i++) {
        cells += tab_cells(i, here, names > 0) + GAP;
        names -= i != here;
    }
    return cells - GAP;
}

static void draw_tab(struct canvas *canvas, int i, int here, bool named, int col)
{
    int cells = tab_cells(i, here, named);
    if (i == here)
        canvas_print(canvas, 0, col, cells, ROLE_PLACE, "[%d %s]", i + 1, views[i]->title);
    else if (named)
        canvas_print(canvas, 0, col, cells, ROLE_DIM, "%d %s", i + 1, views[i]->title);
    else
        canvas_print(canvas, 0, col, cells, ROLE_DIM, "%d", i + 1);
    canvas_target(canvas, 0, col, 1, cells, ITEM_TAB + i);
}

/* The pages with a place of their own, in order; what has no room is left out, but for the one shown. */
static void draw_tabs(struct canvas *canvas, int here, int names, int col, int right)
{
    if (here < 0 && col + tabs_cells(here, 0) > right)
        return;
    for (int i = 0; i < SCREENS && views[i]->title; i++) {
        bool named = names > 0;
        int kept = i < here ? tab_cells(here, here, true) + GAP : 0;
        int cells = tab_cells(i, here, named);
        names -= i != here;
        if (i != here && col + cells + kept > right)
            continue;
        draw_tab(canvas, i, here, named, col);
        col += cells + GAP;
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

/* Where none of them is shown they give way to what wants attention. */
static int least_tabs(int here, int names)
{
    return here < 0 && names == 0 ? 0 : tabs_cells(here, names);
}

/* What fits beside the place: the badges' words go before the names of pages that are not shown. */
static int fit_names(const struct desk *desk, const struct canvas *canvas, int width)
{
    char texts[BADGES][BADGE_SIZE];
    int here = page_shown(desk);
    for (int words = 1; words >= 0; words--) {
        int badges = badge_texts(desk, words, canvas->ascii, texts);
        for (int names = SCREEN_COMMUNITIES + 1; names >= 0; names--)
            if (least_tabs(here, names) + badges <= width)
                return names;
    }
    return 0;
}

static void draw_top(const struct desk *desk, struct canvas *canvas)
{
    enum { LEAST_PLACE = 12 };
    char texts[BADGES][BADGE_SIZE];
    int right = draw_state(desk, canvas), here = page_shown(desk);
    int kept = badge_texts(desk, false, canvas->ascii, texts) + GAP + 1;
    int tabs = tabs_cells(here, 0);
    if (right - MARGIN - kept - tabs < LEAST_PLACE)
        tabs = here >= 0 ? tab_cells(here, here, true) : 0;
    int left = MARGIN + draw_place(desk, canvas, right - MARGIN - kept - tabs) + GAP + 1;
    int names = fit_names(desk, canvas, right - left);
    right = draw_badges(desk, canvas, left + least_tabs(here, names), right);
    draw_tabs(canvas, here, names, left, right);
}

/* --- the last two lines ---------------------------------------------------------------------------------- */

/* The rows that are kept for it, so that the page does not move when there is more to say. */
static int notice_kept(const struct canvas *canvas)
{
    enum { TALL = 20 };
    return canvas->rows >= TALL ? 2 : 1;
}

/* Ends right above the keys. What needs more rows than are kept covers the end of the page for as long as it
 * is there: what to do next stands at its end, and is never cut. */
static void draw_notice(const struct desk *desk, struct canvas *canvas)
{
    enum { MOST = 4, MOST_UNDER_A_BOX = 2 };
    bool boxed = desk_base_screen(desk) != desk_screen(desk) && notice_kept(canvas) == 1;
    struct str text = {0};
    int width = canvas->cols - 2 * MARGIN;
    desk_notice(desk, &text);
    if (text.length) {
        int rows = wrapped_lines(str_text(&text), width, boxed ? MOST_UNDER_A_BOX : MOST),
            row = canvas->rows - 1 - rows;
        for (int i = 0; i < rows; i++)
            canvas_fill(canvas, row + i, 0, canvas->cols, ROLE_TEXT);
        canvas_wrap(
            canvas, row, MARGIN, width, rows, tone_role(desk->notice.tone), str_text(&text));
        canvas_target(canvas, row, 0, rows, canvas->cols, ITEM_NOTICE);
    }
    str_finish(&text);
}

/* --- the keys -------------------------------------------------------------------------------------------- */

/* The field of the form shown that asks when, and which of the times offered for it is the next to be taken;
 * false where none is being chosen. */
static bool time_offered(const struct desk *desk, struct picks *picks, int *pick)
{
    bool book = desk_screen(desk) == SCREEN_BOOK, move = desk_screen(desk) == SCREEN_MOVE;
    const struct form *form = book ? &desk->book.form : &desk->move.form;
    int field = book ? BOOK_WHEN : 0;
    if ((!book && !move) || (book ? desk->book.has_slot : desk->move.has_slot) ||
        form->focus != field)
        return false;
    desk_picks(desk, form, field, picks);
    *pick = book ? desk->book.pick : desk->move.pick;
    return *pick >= 0 && *pick < picks->count;
}

/* The unit that is offered for what is typed, or NULL. */
static const char *unit_offered(const struct desk *desk)
{
    size_t unit;
    const struct visit_state *visit = &desk->visit;
    const struct walk_in_state *walk_in = &desk->walk_in;
    const struct community *community = desk_office(desk)->community;
    if (desk_screen(desk) == SCREEN_VISIT) {
        int focus = visit->form.focus;
        community = desk_community(desk, visit->tour.community_id);
        if (focus != VISIT_SEEN && focus != VISIT_DECLINED)
            return NULL;
        return desk_units_offered(desk, &visit->form, focus, community, &unit, 1) > 0
                   ? community->units[unit]
                   : NULL;
    }
    if (desk_screen(desk) != SCREEN_WALK_IN || walk_in->form.focus != WALK_IN_SEEN)
        return NULL;
    return desk_units_offered(desk, &walk_in->form, WALK_IN_SEEN, community, &unit, 1) > 0
               ? community->units[unit]
               : NULL;
}

/* True if an action has something to act on: what needs a tour is only shown for one it would do for. */
static bool is_live(const struct desk *desk, enum action action)
{
    const struct tour *tour = desk_selected(desk);
    const struct loose *loose = desk_loose(desk);
    if (action == ACTION_TAKE_OVER)
        return !loose;
    if (action == ACTION_SEND_NOW)
        return loose && loose->operation.state == STATE_SAVED;
    if (action == ACTION_SETTLE && loose)
        return loose->operation.state == STATE_UNKNOWN;
    if (action >= ACTION_SWEEP_CAME && action <= ACTION_SWEEP_LATER)
        return desk->sweep.at < desk->sweep.count;
    if (action == ACTION_OTHER_TIME)
        return desk_screen(desk) == SCREEN_BOOK ? desk->book.has_slot : desk->move.has_slot;
    if (action == ACTION_COMPLETE && desk_screen(desk) != SCREEN_PROMPT)
        return unit_offered(desk) != NULL;
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
static const char *hint_here(const struct desk *desk, enum action action)
{
    static const struct {
        enum screen_id screen;
        enum action action;
        const char *hint;
    } hints[] = {
        {SCREEN_ENTRY, ACTION_SUBMIT, "done"},
        {SCREEN_MOVE, ACTION_SUBMIT, "move"},
        {SCREEN_CANCEL, ACTION_SUBMIT, "cancel it"},
        {SCREEN_VISIT, ACTION_SUBMIT, "log"},
        {SCREEN_CALL, ACTION_SUBMIT, "keep"},
        {SCREEN_PROMPT, ACTION_OPEN, "do it"},
        {SCREEN_HELP, ACTION_OPEN, "do it"},
        {SCREEN_LIST, ACTION_OPEN, "take it"},
        {SCREEN_COMMUNITIES, ACTION_OPEN, "go there"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (hints[i].action == action && hints[i].screen == desk_screen(desk))
            return hints[i].hint;
    if (action == ACTION_OPEN && desk_screen(desk) == SCREEN_CALENDAR && focus_is_free(desk))
        return "book";
    return action_entry(action)->hint;
}

static void say_hint(const struct desk *desk, enum action action, char out[SAY_SIZE])
{
    struct picks picks;
    int pick;
    char clock[SAY_SIZE];
    const char *unit = action == ACTION_SUBMIT ? unit_offered(desk) : NULL;
    if (action == ACTION_SUBMIT && time_offered(desk, &picks, &pick))
        str_print(out, SAY_SIZE, "take %s",
            say_clock(clock, zone_wall(desk_zone(desk), picks.items[pick].start.at)));
    else if (unit)
        str_print(out, SAY_SIZE, "take %s", unit);
    else
        str_copy(out, SAY_SIZE, hint_here(desk, action));
}

/* The cells of a key and what it does, 0 if it has no key. */
static int key_cells(const struct page *page, enum action action)
{
    char key[KEY_NAME_SIZE], hint[SAY_SIZE];
    say_hint(page->desk, action, hint);
    return *key_of(page, action, key) ? text_width(key) + 1 + text_width(hint) : 0;
}

/* Writes a key and what it does; returns the cells used, 0 if there is no room or no key. */
static int draw_key(const struct page *page, enum action action, int col, int right)
{
    char key[KEY_NAME_SIZE], hint[SAY_SIZE];
    struct canvas *canvas = page->canvas;
    int row = canvas->rows - 1, cells = key_cells(page, action);
    if (!cells || col + cells > right)
        return 0;
    say_hint(page->desk, action, hint);
    canvas_target(canvas, row, col, 1, cells, ITEM_ACTION + (int)action);
    col += canvas_text(canvas, row, col, cells, ROLE_KEY, key_of(page, action, key)) + 1;
    canvas_text(canvas, row, col, cells, ROLE_DIM, hint);
    return cells;
}

/* The keys that work here; the one for help keeps its place at the right, and the way back its room. */
static void draw_footer(const struct page *page)
{
    enum { BETWEEN = 3 };
    const enum action *action = views[desk_screen(page->desk)]->footer;
    int col = MARGIN, right = page->cols - MARGIN, help = key_cells(page, ACTION_HELP), back = 0;
    for (const enum action *a = action; *a != ACTION_NOTHING; a++)
        if (*a == ACTION_BACK)
            back = key_cells(page, ACTION_BACK) + BETWEEN;
    draw_key(page, ACTION_HELP, right - help, right);
    right -= help + BETWEEN;
    for (int shown = 1; *action != ACTION_NOTHING && shown < KEYS_SHOWN; action++) {
        if (*action == ACTION_BACK)
            back = 0;
        if (!is_live(page->desk, *action) || (back && shown + 1 == KEYS_SHOWN))
            continue;
        int cells = draw_key(page, *action, col, right - back);
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
    struct page page = {.desk = desk,
        .keymap = keymap,
        .canvas = canvas,
        .top = 1,
        .rows = canvas->rows - 2 - notice_kept(canvas),
        .cols = canvas->cols};
    draw_top(desk, canvas);
    enum screen_id base = desk_base_screen(desk), top = desk_screen(desk);
    views[base]->draw(&page);
    if (top != base) {
        canvas_target(canvas, page.top, 0, page.rows, page.cols, ITEM_NONE);
        views[top]->draw(&page);
    }
    draw_notice(desk, canvas);
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
