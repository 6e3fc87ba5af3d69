/* Drawing the board: what wants something now, section by section. */
#include "draw.h"

#include <string.h>

/* Where the columns stand. */
enum {
    GLYPH_AT = 13,
    WHO_AT = 15,
    DIGITS_AT = 28,
    WHEN_AT = 34,
    NARROWER = 7, /* where the digits are left out, the rest moves up */
    DAY_CELLS = 11,
    CLOCK_CELLS = 8,
    PLACE_CELLS = 13,
    STATE_CELLS = 7, /* "unknown" */
    LEAST_WORDS = 4,
    USUAL_WORDS = 12,
};

/* What the rows of a board have in common, so that their columns are the same. */
struct columns {
    bool places;                /* they belong to several communities */
    int when[BOARD_SECTIONS];   /* the cells of day, time and zone in each section */
    bool dated[BOARD_SECTIONS]; /* one of them at least is of another day than today */
    int loose_what, loose_when; /* the cells of what is in no tour's row, in all sections */
    bool loose_dated, loose_short;
};

/* --- a row, of whichever kind ------------------------------------------------------------------------------ */

static const char *community_of(const struct board_row *row)
{
    return row->tour ? row->tour->community_id : row->loose->operation.community_id;
}

static const struct zone *zone_of(const struct desk *desk, const struct board_row *row)
{
    return desk_community(desk, community_of(row))->zone;
}

/* 0 = it has no time of its own. */
static instant start_of(const struct board_row *row)
{
    return row->tour ? row->tour->start.at : loose_at(&row->loose->operation, &row->loose->tour);
}

static enum glyph row_glyph(const struct desk *desk, const struct board_row *row)
{
    return row->tour ? status_glyph(tour_status(row->tour, desk->now))
                     : state_glyph(row->loose->operation.state);
}

static enum role row_role(const struct desk *desk, const struct board_row *row)
{
    return row->tour ? status_role(tour_status(row->tour, desk->now))
                     : state_role(row->loose->operation.state);
}

static bool is_today(const struct desk *desk, const struct board_row *row)
{
    const struct zone *zone = zone_of(desk, row);
    instant at = start_of(row);
    return !at || date_compare(zone_date(zone, at), zone_date(zone, desk->now)) == 0;
}

/* --- the words of a row, by its section ------------------------------------------------------------------ */

static void tell_next(const struct desk *desk, const struct board_row *row, struct str *out)
{
    char length[SAY_SIZE];
    bool today = is_today(desk, row);
    if (today)
        str_addf(out, "in %s", say_length(length, row->tour->start.at - desk->now));
    if (row->tour->calendar == CALENDAR_IN_PERSON)
        str_addf(out, "%swith staff", today ? ", " : "");
}

static void tell_call(const struct desk *desk, const struct tour *tour, struct str *out)
{
    char said[SAY_SIZE], how[NOTE_SIZE];
    const struct zone *zone = desk_zone_of(desk, tour);
    bool today = date_compare(zone_date(zone, tour->call_by), zone_date(zone, desk->now)) == 0;
    if (tour->call_by < desk->now)
        str_add(out, "! overdue, ");
    str_addf(out, "by %s",
        today ? say_clock(said, zone_wall(zone, tour->call_by))
              : say_moment(said, zone, tour->call_by, desk->now));
    if (tour->how_to_call[0])
        str_addf(out, ", %s", tour_how_to_call(desk, tour, how));
    if (tour->booking == STATE_REFUSED)
        str_addf(out, ", %s", reason_words(tour->reason));
}

static void tell_row(const struct desk *desk, const struct board_row *row, struct str *out)
{
    const struct tour *tour = row->tour;
    switch (row->section) {
    case BOARD_CALL: tell_call(desk, tour, out); break;
    case BOARD_UNLOGGED: break;
    case BOARD_NEXT: tell_next(desk, row, out); break;
    case BOARD_BY_HAND: str_add(out, board_by_hand(tour)); break;
    default: tell_state(desk, tour, out); break;
    }
    if (tour->taken_over_at && tour->taken_over_at >= desk->handover.last.at &&
        desk_base_screen(desk) == SCREEN_HANDOVER)
        str_addf(out, "%staken over", out->length ? ", " : "");
    if (tour->note[0])
        str_addf(out, "%s%s", out->length ? ", " : "", tour->note);
}

static enum role section_role(enum board_section section)
{
    static const enum role roles[BOARD_SECTIONS] = {
        [BOARD_NOW] = ROLE_NOW,
        [BOARD_LATE] = ROLE_WARNING,
        [BOARD_UNKNOWN] = ROLE_TROUBLE,
        [BOARD_LOOSE] = ROLE_STRONG,
        [BOARD_CALL] = ROLE_WARNING,
        [BOARD_UNLOGGED] = ROLE_WARNING,
        [BOARD_UNSENT] = ROLE_WAITING,
        [BOARD_NEXT] = ROLE_STRONG,
        [BOARD_BY_HAND] = ROLE_STRONG,
    };
    return roles[section];
}

/* --- the rows --------------------------------------------------------------------------------------------- */

/* "Tue 24 Nov 12:30 pm Mountain": the day unless all of the section are of today, the zone where it is not
 * the page's. */
static void tell_when(
    const struct desk *desk, const struct board_row *row, bool dated, struct str *out)
{
    char day[SAY_SIZE] = "", clock[SAY_SIZE];
    const struct zone *zone = zone_of(desk, row);
    const char *word = foreign_zone(desk, zone);
    instant at = start_of(row);
    if (!at)
        return;
    if (!is_today(desk, row))
        say_day(day, zone_date(zone, at), zone_date(zone, desk->now));
    if (dated)
        str_addf(out, "%-*s", DAY_CELLS, day);
    str_addf(out, "%*s", CLOCK_CELLS, say_clock(clock, zone_wall(zone, at)));
    str_addf(out, "%s%s", *word ? " " : "", word);
}

static void widen(int *cells, struct str *text)
{
    int width = text_width(str_text(text));
    *cells = width > *cells ? width : *cells;
    str_finish(text);
}

/* What has no time of its own has room up to its state. */
static void measure_loose(
    const struct page *page, const struct board_row *row, struct columns *columns)
{
    struct str when = {0}, what = {0};
    if (!start_of(row))
        return;
    tell_loose_what(page, row->loose, columns->loose_short, &what);
    tell_when(page->desk, row, columns->loose_dated, &when);
    widen(&columns->loose_what, &what);
    widen(&columns->loose_when, &when);
}

static void measure_rows(
    const struct page *page, const struct board *board, struct columns *columns)
{
    columns->loose_what = 0;
    for (size_t i = 0; i < board->count; i++) {
        const struct board_row *row = &board->rows[i];
        struct str when = {0};
        if (row->loose) {
            measure_loose(page, row, columns);
            continue;
        }
        tell_when(page->desk, row, columns->dated[row->section], &when);
        widen(&columns->when[row->section], &when);
    }
}

/* Where the states of what is in no tour's row stand. */
static int loose_state_at(const struct columns *columns)
{
    return WHO_AT + columns->loose_what + 1 + columns->loose_when + 2;
}

static void measure(const struct page *page, const struct area *area, const struct board *board,
    struct columns *out)
{
    *out = (struct columns){0};
    for (size_t i = 0; i < board->count; i++) {
        const struct board_row *row = &board->rows[i];
        bool today = is_today(page->desk, row);
        if (row->tour)
            out->dated[row->section] |= !today;
        else
            out->loose_dated |= !today;
        out->places |= strcmp(community_of(row), community_of(&board->rows[0])) != 0;
    }
    measure_rows(page, board, out);
    out->loose_short = loose_state_at(out) + STATE_CELLS > area->cols - MARGIN;
    if (out->loose_short)
        measure_rows(page, board, out);
}

/* What follows the time, which ends at `behind`: from `col` on the words of the row's section, and where several
 * are listed its community. */
static void draw_words(const struct page *page, int row, int col, int behind, int end,
    const struct board_row *line, bool place)
{
    const struct desk *desk = page->desk;
    struct str words = {0}, row_words = {0};
    char digits[PHONE_SIZE + 4] = "";
    if (desk_peeks(desk, line->tour)) /* then the number stands before the words */
        tour_digits(desk, line->tour, digits);
    tell_row(desk, line, &row_words);
    str_addf(
        &words, "%s%s%s", digits, *digits && row_words.length ? ", " : "", str_text(&row_words));
    str_finish(&row_words);
    if (place) {
        end -= PLACE_CELLS;
        int at = end + 1 > behind + 1 ? end + 1 : behind + 1;
        canvas_text(page->canvas, row, at, end + PLACE_CELLS - at, ROLE_DIM,
            desk_community(desk, community_of(line))->name);
    }
    if (end - col >= LEAST_WORDS)
        canvas_text(page->canvas, row, col, end - col, row_role(desk, line), str_text(&words));
    str_finish(&words);
}

static void draw_row(const struct page *page, const struct area *area, int row,
    const struct board_row *line, const struct columns *columns)
{
    const struct desk *desk = page->desk;
    struct canvas *canvas = page->canvas;
    const struct tour *tour = line->tour;
    char who[FULL_NAME_SIZE], digits[PHONE_SIZE + 4];
    struct str when = {0};
    enum role role = row_role(desk, line);
    /* a promised call has its number among the words */
    bool digits_fit = area->cols >= LIST_DIGITS_FROM && line->section != BOARD_CALL;
    bool open = desk_peeks(desk, tour);
    int when_at = WHEN_AT - (digits_fit ? 0 : NARROWER);
    tour_who(page, tour, who);
    tour_digits(desk, tour, digits);
    tell_when(desk, line, columns->dated[line->section], &when);
    canvas_text(
        canvas, row, WHO_AT, (open || !digits_fit ? when_at : DIGITS_AT) - WHO_AT - 1, role, who);
    if (!open && digits_fit)
        canvas_text(canvas, row, DIGITS_AT, WHEN_AT - DIGITS_AT - 1, ROLE_DIM, digits);
    canvas_text(canvas, row, when_at, area->cols - when_at, role, str_text(&when));
    int words = when_at + columns->when[line->section] + 2, end = area->cols - MARGIN;
    if (end - words < USUAL_WORDS + (columns->places ? PLACE_CELLS : 0))
        words = when_at + (int)when.length + 2; /* out of line rather than cut */
    draw_words(page, row, words, when_at + (int)when.length, end, line, columns->places);
    str_finish(&when);
}

/* What is in no tour's row has no name and digits for their columns, but a longer word for what it is. Its state is
 * never cut: where there is no room for more it is one word, and the community is left to the details. */
static void draw_loose_row(const struct page *page, const struct area *area, int row,
    const struct board_row *line, const struct columns *columns)
{
    const struct operation *operation = &line->loose->operation;
    struct canvas *canvas = page->canvas;
    struct str what = {0}, when = {0}, state = {0};
    enum role role = row_role(page->desk, line);
    int end = area->cols - MARGIN, place_at = end - PLACE_CELLS + 1;
    int when_at = WHO_AT + columns->loose_what + 1, at = loose_state_at(columns);
    at = at < end - STATE_CELLS ? at : end - STATE_CELLS;
    tell_loose_what(page, line->loose, columns->loose_short, &what);
    tell_when(page->desk, line, columns->loose_dated, &when);
    if (text_width(str_text(&when)) > at - when_at - 1) { /* out of line rather than cut */
        str_clear(&when);
        tell_when(page->desk, line, !is_today(page->desk, line), &when);
    }
    tell_loose_state(page->desk, operation, &state);
    bool whole = at + text_width(str_text(&state)) <= end;
    int used = at + text_width(whole ? str_text(&state) : state_word(operation->state));
    canvas_text(
        canvas, row, WHO_AT, (when.length ? when_at : at) - WHO_AT - 1, role, str_text(&what));
    canvas_text(canvas, row, when_at, at - when_at - 1, role, str_text(&when));
    canvas_text(
        canvas, row, at, end - at, role, whole ? str_text(&state) : state_word(operation->state));
    if (columns->places && used + 1 < place_at)
        canvas_text(canvas, row, place_at, end - place_at, ROLE_DIM,
            desk_community(page->desk, community_of(line))->name);
    str_finish(&what);
    str_finish(&when);
    str_finish(&state);
}

/* How many lines come before row `index`: sections are set apart where there is room. */
static int line_of(const struct board *board, int index, bool apart)
{
    int line = index;
    for (int i = 1; i <= index && apart; i++)
        line += board->rows[i].section != board->rows[i - 1].section;
    return line;
}

void draw_rows(
    const struct page *page, const struct area *area, const struct board *board, int focus)
{
    int count = (int)board->count;
    bool apart = count > 0 && line_of(board, count - 1, true) < area->rows;
    struct columns columns;
    measure(page, area, board, &columns);
    int lines = count ? line_of(board, count - 1, apart) + 1 : 0;
    int first = first_shown(focus < 0 ? 0 : line_of(board, focus, apart), lines, area->rows);
    for (int i = 0; i < count; i++) {
        int row = area->row + line_of(board, i, apart) - first;
        enum board_section section = board->rows[i].section;
        if (row < area->row || row >= area->row + area->rows)
            continue;
        canvas_glyph(page->canvas, row, GLYPH_AT, row_role(page->desk, &board->rows[i]),
            row_glyph(page->desk, &board->rows[i]));
        (board->rows[i].tour ? draw_row : draw_loose_row)(
            page, area, row, &board->rows[i], &columns);
        canvas_target(page->canvas, row, area->col, 1, area->cols, i);
        if (i == focus) {
            canvas_paint(page->canvas, row, GLYPH_AT, area->cols - MARGIN - GLYPH_AT, ROLE_FOCUS);
            canvas_glyph(page->canvas, row, GLYPH_AT - 1, ROLE_ACCENT, GLYPH_POINTER);
            canvas_cursor(page->canvas, row, GLYPH_AT, false);
        }
        if (i == 0 || row == area->row || board->rows[i - 1].section != section)
            canvas_text(page->canvas, row, MARGIN, GLYPH_AT - 3, section_role(section),
                board_section_word(section));
    }
    draw_more(page, area, first, lines);
}

void draw_row_detail(const struct page *page, const struct board *board, int index)
{
    if (index < 0)
        return;
    if (board->rows[index].tour)
        draw_tour_detail(page, board->rows[index].tour);
    else
        draw_loose_detail(page, board->rows[index].loose);
}

/* --- the page ------------------------------------------------------------------------------------------------ */

/* "Monday 23 November, Harbor Flats and Mesa View" */
static void tell_span(const struct desk *desk, struct str *out)
{
    struct date today = zone_date(desk_zone(desk), desk->now);
    enum { NAMES = 3 };
    str_addf(out, "%s %d %s, ", say_long_weekday(date_weekday(today)), today.day,
        say_long_month(today.month));
    if (desk->board.one_community || desk->community_count == 1) {
        str_add(out, desk_office(desk)->community->name);
    } else if (desk->community_count > NAMES) {
        str_addf(out, "%zu communities", desk->community_count);
    } else {
        for (size_t i = 0; i < desk->community_count; i++)
            str_addf(out, "%s%s",
                i == 0                           ? ""
                : i + 1 == desk->community_count ? " and "
                                                 : ", ",
                desk->communities[i].name);
    }
}

static void draw(const struct page *page)
{
    const struct desk *desk = page->desk;
    struct board board;
    struct str span = {0};
    char clock[SAY_SIZE], as_of[2 * SAY_SIZE];
    desk_board(desk, &board);
    int focus = desk_board_row(desk, &board);
    tell_span(desk, &span);
    str_print(
        as_of, sizeof as_of, "as of %s", say_clock(clock, zone_wall(desk_zone(desk), desk->now)));
    int row = draw_heading(page, str_text(&span), as_of);
    struct area area = list_area(page, row);
    area.rows--;
    int elsewhere = area.row + area.rows;
    if (board.count == 0)
        draw_empty(page, row, "Nothing wants attention: nobody is late, and everything is logged.");
    else
        draw_rows(page, &area, &board, focus);
    canvas_text(page->canvas, elsewhere, MARGIN, area.cols - 2 * MARGIN, ROLE_DIM,
        page->cols < LIST_DIGITS_FROM
            ? "Tours booked on the web or in Knock are not here."
            : "Tours booked on the web or in Knock itself are not shown here.");
    draw_row_detail(page, &board, focus);
    str_finish(&span);
    board_finish(&board);
}

static const enum action footer[] = {ACTION_SWEEP, ACTION_VISIT, ACTION_ARRIVED, ACTION_COMING,
    ACTION_SETTLE, ACTION_SEND_NOW, ACTION_CALLED_BACK, ACTION_CANCEL, ACTION_RESCHEDULE,
    ACTION_HANDOVER, ACTION_BLANK, ACTION_PEEK, ACTION_UNDO, ACTION_NOTHING};

const struct view board_view = {.title = "Board", .draw = draw, .footer = footer};
