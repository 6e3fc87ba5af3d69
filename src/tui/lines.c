/* Lists, and tours in words: what the pages share. */
#include "draw.h"

#include "tourdesk/desk/board.h"

#include <string.h>

int first_shown(int focus, int count, int rows)
{
    int first = focus - rows / 2;
    if (first > count - rows)
        first = count - rows;
    return first < 0 ? 0 : first;
}

void draw_more(const struct page *page, const struct area *area, int first, int count)
{
    if (first > 0)
        canvas_glyph(page->canvas, area->row, area->col, ROLE_ACCENT, GLYPH_MORE_UP);
    if (first + area->rows < count)
        canvas_glyph(
            page->canvas, area->row + area->rows - 1, area->col, ROLE_ACCENT, GLYPH_MORE_DOWN);
}

void draw_item(const struct page *page, const struct area *area, int row, int item, bool focused)
{
    canvas_target(page->canvas, row, area->col, 1, area->cols, item);
    if (!focused)
        return;
    int end = area->col + area->cols < page->cols ? area->col + area->cols : page->cols - MARGIN;
    canvas_paint(page->canvas, row, area->col + 1, end - area->col - 1, ROLE_FOCUS);
    canvas_glyph(page->canvas, row, area->col, ROLE_ACCENT, GLYPH_POINTER);
    canvas_cursor(page->canvas, row, area->col + 1, false);
}

void draw_empty(const struct page *page, int row, const char *words)
{
    canvas_wrap(page->canvas, row, MARGIN, page->cols - 2 * MARGIN, 4, ROLE_DIM, words);
    canvas_cursor(page->canvas, row, MARGIN, false);
}

int draw_heading(const struct page *page, const char *left, const char *right)
{
    int row = page->top + (page->rows >= ROOMY), width = page->cols - 2 * MARGIN;
    int used = canvas_text(page->canvas, row, MARGIN, width, ROLE_TITLE, left) + 2;
    if (text_width(right) <= width - used)
        canvas_text_right(page->canvas, row, MARGIN + used, width - used, ROLE_DIM, right);
    return row + 1 + (page->rows >= ROOMY);
}

void draw_input(const struct page *page, int row, int col, int width, const struct editor *editor,
    const char *empty)
{
    struct editor_view view = editor_view(editor, width);
    canvas_fill(page->canvas, row, col, width, ROLE_FIELD_FOCUS);
    if (editor->text.length == 0 && empty)
        canvas_text(page->canvas, row, col + 1, width - 1, ROLE_HINT, empty);
    canvas_text(page->canvas, row, col, width, ROLE_FIELD_FOCUS, editor_text(editor) + view.start);
    canvas_cursor(page->canvas, row, col + view.cursor_cell, true);
}

int list_cols(const struct page *page)
{
    return page->cols >= PANE_FROM ? page->cols - PANE_WIDTH - 2 : page->cols;
}

const char *key_of(const struct page *page, enum action action, char out[KEY_NAME_SIZE])
{
    enum { NAMES = 4 };
    char names[NAMES * (KEY_NAME_SIZE + 4)];
    bool text = desk_takes_text(page->desk);
    keymap_names(page->keymap, desk_context(page->desk), action, NAMES, names, sizeof names);
    for (char *name = names, *next; name; name = next) {
        next = strstr(name, " or ");
        if (next) {
            *next = '\0';
            next += strlen(" or ");
        }
        str_copy(out, KEY_NAME_SIZE, name);
        if (!text || !key_is_text(key_parse(name)))
            return out;
    }
    *out = '\0';
    return out;
}

int wrapped_lines(const char *text, int width, int most)
{
    struct canvas scratch = {0};
    canvas_reset(&scratch, most, width);
    int lines = canvas_wrap(&scratch, 0, 0, width, most, ROLE_TEXT, text);
    canvas_finish(&scratch);
    return lines;
}

/* --- who ------------------------------------------------------------------------------------------------ */

/* True where seven bits would leave nothing of a name but question marks, which stand for something else. */
static bool is_lost(const struct page *page, const char *name)
{
    struct str ascii = {0};
    int lost = 0;
    if (!page->canvas->ascii)
        return false;
    text_to_ascii(&ascii, name);
    for (const char *p = str_text(&ascii); *p; p++)
        lost += *p == '?';
    for (const char *p = name; *p; p++)
        lost -= *p == '?';
    str_finish(&ascii);
    return lost > 0;
}

/* What a tour is known by where its name cannot be shown. */
static void keep_readable(const struct page *page, const struct tour *tour, char *name)
{
    char phone[PHONE_SIZE];
    if (!is_lost(page, name))
        return;
    phone_last_four(tour->phone, phone);
    if (tour->appointment_id[0])
        str_print(name, FULL_NAME_SIZE, "#%s", tour->appointment_id);
    else if (*phone)
        str_print(name, FULL_NAME_SIZE, "phone -%s", phone);
    else
        str_copy(name, FULL_NAME_SIZE, tour->email);
}

void tour_full_name(const struct page *page, const struct tour *tour, char out[FULL_NAME_SIZE])
{
    const char *gap = *tour->first_name && *tour->last_name ? " " : "";
    str_print(out, FULL_NAME_SIZE, "%s%s%s", tour->first_name, gap, tour->last_name);
    keep_readable(page, tour, out);
}

void tour_who(const struct page *page, const struct tour *tour, char out[FULL_NAME_SIZE])
{
    if (desk_peeks(page->desk, tour)) {
        tour_full_name(page, tour, out);
        return;
    }
    short_name(tour->first_name, tour->last_name, out);
    keep_readable(page, tour, out);
}

void tour_digits(const struct desk *desk, const struct tour *tour, char out[PHONE_SIZE + 4])
{
    char four[PHONE_SIZE];
    phone_last_four(tour->phone, four);
    if (desk_peeks(desk, tour))
        phone_local(tour->phone, out);
    else
        str_print(out, PHONE_SIZE + 4, "%s%s", *four ? "-" : "", four);
}

const char *tour_how_to_call(const struct desk *desk, const struct tour *tour, char out[NOTE_SIZE])
{
    char phone[PHONE_SIZE], digits[PHONE_SIZE + 4];
    bool own = phone_parse(tour->how_to_call, phone, NULL) && strcmp(phone, tour->phone) == 0;
    tour_digits(desk, tour, digits);
    str_copy(out, NOTE_SIZE, own ? digits : tour->how_to_call);
    return out;
}

/* --- when ------------------------------------------------------------------------------------------------- */

const char *foreign_zone(const struct desk *desk, const struct zone *zone)
{
    const char *word = zone_word(zone);
    return strcmp(word, zone_word(desk_zone(desk))) == 0 ? "" : word;
}

const char *say_moment_there(
    const struct desk *desk, const struct zone *zone, instant at, char out[2 * SAY_SIZE])
{
    char moment[SAY_SIZE];
    const char *word = foreign_zone(desk, zone);
    str_print(out, 2 * SAY_SIZE, "%s%s%s", say_moment(moment, zone, at, desk->now),
        *word ? " " : "", word);
    return out;
}

bool is_stale(const struct desk *desk, enum calendar calendar)
{
    return desk_office(desk)->slots[calendar].stale || (desk->link_since && !desk->online);
}

/* --- the state, with what the clock says ------------------------------------------------------------------ */

static void tell_clock(const struct desk *desk, const struct tour *tour, const char *before,
    instant at, struct str *out)
{
    char said[SAY_SIZE];
    const struct zone *zone = desk_zone_of(desk, tour);
    struct date today = zone_date(zone, desk->now);
    if (date_compare(zone_date(zone, at), today) == 0)
        str_addf(out, "%s%s", before, say_clock(said, zone_wall(zone, at)));
    else
        str_addf(out, "%s%s", before, say_moment(said, zone, at, desk->now));
}

static void tell_sending(const struct desk *desk, const struct tour *tour, struct str *out)
{
    char length[SAY_SIZE];
    if (tour->booking == STATE_SAVED && tour->send_after > desk->now)
        str_addf(out, ", sending in %s", say_length(length, tour->send_after - desk->now));
    else if (tour->booking == STATE_SAVED && !desk->online)
        str_add(out, ", waits for the line");
}

static void tell_unknown(const struct tour *tour, struct str *out)
{
    str_add(out, tour->booking == STATE_UNKNOWN  ? ": is it booked?"
                 : tour->cancel == STATE_UNKNOWN ? ": is it cancelled?"
                                                 : ": is the visit logged?");
}

static void tell_late(const struct desk *desk, const struct tour *tour, struct str *out)
{
    char length[SAY_SIZE];
    int64_t late = desk->now - tour->start.at;
    str_addf(out, "+%s, %s", say_length(length, late), tour_late_words(late));
}

void tell_state(const struct desk *desk, const struct tour *tour, struct str *out)
{
    enum tour_status status = tour_status(tour, desk->now);
    if (status == TOUR_LATE)
        tell_late(desk, tour, out);
    else if (status == TOUR_NOW)
        tell_clock(desk, tour, "in the unit since ", tour->arrived_at, out);
    else
        str_add(out, tour_status_words(status));
    if (status == TOUR_SAVED)
        tell_sending(desk, tour, out);
    if (status == TOUR_UNKNOWN)
        tell_unknown(tour, out);
    if (tour->coming_at && !tour->arrived_at && desk->now < tour->end)
        tell_clock(desk, tour, ", coming ", tour->coming_at, out);
    if (tour->call_by && !tour->called_back)
        tell_clock(desk, tour, ", call back by ", tour->call_by, out);
}

/* --- everything ----------------------------------------------------------------------------------------------- */

static void tell_contact(const struct page *page, const struct tour *tour, struct str *out)
{
    const struct desk *desk = page->desk;
    char who[FULL_NAME_SIZE], digits[PHONE_SIZE + 4];
    tour_who(page, tour, who);
    tour_digits(desk, tour, digits);
    str_addf(out, "%s %s", who, digits);
    if (desk_peeks(desk, tour) && tour->email[0])
        str_addf(out, ", %s", tour->email);
}

static void tell_origin(const struct desk *desk, const struct tour *tour, struct str *out)
{
    char moment[SAY_SIZE];
    str_addf(out, "\nbooked %s",
        say_moment(moment, desk_zone_of(desk, tour), tour->created_at, desk->now));
    if (tour->agent[0])
        str_addf(out, " by %s", tour->agent);
    if (tour->source_title[0])
        str_addf(out, "\nsource %s", tour->source_title);
    if (tour->phone[0])
        str_addf(out, "\ntexts %s", consent_word(tour->consent));
    if (tour->visit_id[0])
        str_addf(out, "\nvisit %s", tour->visit_id);
}

void tell_twice(const struct zone *zone, instant at, struct str *out)
{
    char clock[SAY_SIZE];
    instant found[2];
    struct wall wall = zone_wall(zone, at);
    if (zone_instants(zone, wall, found) < 2)
        return;
    str_addf(out, "the %s %s of two: the clocks go back, ", at < found[1] ? "first" : "second",
        say_clock(clock, wall));
}

/* What only we know of it, and what is promised. */
static void tell_promises(const struct desk *desk, const struct tour *tour, struct str *out)
{
    char how[NOTE_SIZE];
    if (tour->note[0])
        str_addf(out, "\nnote: %s", tour->note);
    if (tour->how_to_call[0])
        str_addf(out, "\ncall: %s", tour_how_to_call(desk, tour, how));
    if (board_by_hand(tour)[0])
        str_addf(out, "\nin Knock: %s", board_by_hand(tour));
    if (tour->booking == STATE_REFUSED && tour->reason != REASON_NONE)
        str_addf(out, "\n%s", reason_words(tour->reason));
    if (tour->calendar == CALENDAR_IN_PERSON)
        str_add(out, "\nwith staff");
}

void tell_tour_card(const struct page *page, const struct tour *tour, struct str *out)
{
    const struct desk *desk = page->desk;
    char span[SAY_SIZE];
    str_addf(out, "%s\n",
        say_span(span, desk_zone_of(desk, tour), tour->start.at, tour->end, desk->now));
    tell_twice(desk_zone_of(desk, tour), tour->start.at, out);
    tell_contact(page, tour, out);
    str_add_char(out, '\n');
    tell_state(desk, tour, out);
    if (tour->appointment_id[0])
        str_addf(out, "\nnumber %s", tour->appointment_id);
    tell_promises(page->desk, tour, out);
    tell_origin(desk, tour, out);
}

/* Two lines below a list whose rows say who, when and how it stands: what they do not say. */
static void tell_rest(const struct page *page, const struct tour *tour, struct str *out)
{
    enum { SHORT = 12 };
    const struct desk *desk = page->desk;
    char span[SAY_SIZE], digits[PHONE_SIZE + 4];
    struct str state = {0}, rest = {0};
    str_add(out, say_span(span, desk_zone_of(desk, tour), tour->start.at, tour->end, desk->now));
    if (tour->appointment_id[0])
        str_addf(out, ", number %s", tour->appointment_id);
    if (desk_peeks(desk, tour) && tour->email[0])
        str_addf(&rest, "\n%s", tour->email);
    tell_promises(page->desk, tour, &rest);
    tell_state(desk, tour, &state);
    if (state.length > SHORT && tour_status(tour, desk->now) != TOUR_UNLOGGED)
        str_addf(&rest, "\n%s", str_text(&state));
    tour_digits(desk, tour, digits);
    if (*digits && page->cols < LIST_DIGITS_FROM)
        str_addf(&rest, "\nphone %s", digits);
    tell_origin(desk, tour, &rest);
    str_addf(out, "%s", str_text(&rest));
    str_finish(&state);
    str_finish(&rest);
}

/* What follows the first line, over as many lines as there are; joined where there are only one or two. */
static void draw_rest(const struct page *page, const struct area *area, const char *rest, int used)
{
    enum { FEW = 3 };
    struct str joined = {0};
    bool few = area->rows <= FEW;
    for (const char *c = rest; *c; c++) {
        if (*c == '\n' && few)
            str_add(&joined, ", ");
        else
            str_add_char(&joined, *c);
    }
    canvas_wrap(page->canvas, area->row + used, area->col, area->cols, area->rows - used, ROLE_TEXT,
        str_text(&joined));
    str_finish(&joined);
}

void draw_card(const struct page *page, const struct area *area, const char *text)
{
    enum { FEW = 3 };
    struct str first = {0};
    size_t length = strcspn(text, "\n");
    if (area->rows < 1)
        return;
    str_add_bytes(&first, text, length);
    int lines = area->rows > FEW ? FEW : text[length] ? 1 : 2;
    int used = canvas_wrap(page->canvas, area->row, area->col, area->cols,
        lines < area->rows ? lines : area->rows, ROLE_STRONG, str_text(&first));
    if (text[length] && area->rows > used)
        draw_rest(page, area, text + length + 1, used);
    str_finish(&first);
}

struct area detail_area(const struct page *page)
{
    enum { LINES = 2 };
    bool roomy = page->rows >= ROOMY;
    if (page->cols >= PANE_FROM)
        return (struct area){.row = page->top + 2 + roomy,
            .rows = page->rows - 2 - roomy,
            .col = page->cols - PANE_WIDTH,
            .cols = PANE_WIDTH - MARGIN};
    return (struct area){.row = page->top + page->rows - LINES,
        .rows = LINES,
        .col = MARGIN,
        .cols = page->cols - 2 * MARGIN};
}

void draw_tour_detail(const struct page *page, const struct tour *tour)
{
    struct str words = {0};
    struct area area = detail_area(page);
    if (!tour)
        return;
    if (page->cols >= PANE_FROM)
        tell_tour_card(page, tour, &words);
    else
        tell_rest(page, tour, &words);
    draw_card(page, &area, str_text(&words));
    str_finish(&words);
}
