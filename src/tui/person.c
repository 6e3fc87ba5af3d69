/* Drawing a person: who they are, what they said about texts, their tours, and what happened. */
#include "draw.h"

#include "tourdesk/tour/tell.h"

#include <string.h>

/* --- the head: who, and how to reach them ------------------------------------------------------------------ */

/* Draws a link; returns the cells used. */
static int draw_link(const struct page *page, int row, int col, const char *scheme,
    const char *address, const char *text)
{
    char link[PHONE_SIZE + EMAIL_SIZE];
    int used = canvas_text(page->canvas, row, col, page->cols - MARGIN - col, ROLE_STRONG, text);
    str_print(link, sizeof link, "%s%s", scheme, address);
    if (used > 0)
        canvas_link(page->canvas, row, col, used, link);
    return used + 3;
}

static int draw_contact(const struct page *page, int row)
{
    char phone[PHONE_SIZE];
    int col = MARGIN;
    const struct profile *profile = &page->desk->person.person.profile;
    phone_local(profile->phone, phone);
    if (*phone)
        col += draw_link(page, row, col, "tel:", profile->phone, phone);
    if (profile->email[0])
        col += draw_link(page, row, col, "mailto:", profile->email, profile->email);
    if (col == MARGIN)
        canvas_text(page->canvas, row, col, page->cols, ROLE_DIM, "no phone and no e-mail here");
    return row + 1;
}

static void tell_consent(const struct desk *desk, struct str *out)
{
    const struct consent_record *consent = &desk->person.person.consent;
    char moment[2 * SAY_SIZE];
    if (consent->stopped)
        str_add(out, "! Texts: they said stop");
    else
        str_addf(out, "Texts: %s", consent_word(consent->state));
    if (consent->at)
        str_addf(out, ", %s%s%s", say_moment_there(desk, desk->own_zone, consent->at, moment),
            consent->agent[0] ? " to " : "", consent->agent);
    str_add_char(out, '.');
    if (consent->wording[0])
        str_addf(out, " What was read: \"%s\"", consent->wording);
}

static void add_fact(struct str *out, const char *what, const char *value)
{
    str_addf(out, "%s%s%s", out->length ? ", " : "", what, value);
}

static void tell_wishes(const struct profile *profile, struct str *out)
{
    char words[SAY_SIZE];
    if (profile->move_date.year)
        add_fact(out, "moves ", say_long_day(words, profile->move_date));
    if (profile->bedrooms) {
        bedrooms_format(profile->bedrooms, words, sizeof words);
        add_fact(out, "bedrooms ", words);
    }
    if (profile->occupants) {
        str_print(words, sizeof words, "%d occupants", profile->occupants);
        add_fact(out, "", words);
    }
    if (profile->lease_months) {
        str_print(words, sizeof words, "%d months", profile->lease_months);
        add_fact(out, "lease ", words);
    }
    if (profile->max_budget) {
        str_print(words, sizeof words, "$%ld to $%ld", profile->min_budget, profile->max_budget);
        add_fact(out, "", words);
    }
    if (profile->message[0])
        add_fact(out, "said: ", profile->message);
}

static int draw_text(const struct page *page, int row, int lines, enum role role, struct str *text)
{
    int used = canvas_wrap(
        page->canvas, row, MARGIN, list_cols(page) - 2 * MARGIN, lines, role, str_text(text));
    str_finish(text);
    return row + used;
}

static int draw_who(const struct page *page, int row)
{
    const struct person *person = &page->desk->person.person;
    bool roomy = page->rows >= ROOMY;
    struct str consent = {0}, wishes = {0}, shared = {0};
    row = draw_contact(page, row);
    tell_consent(page->desk, &consent);
    tell_wishes(&person->profile, &wishes);
    if (person->shared > 0)
        str_addf(&shared,
            "! %zu other%s here ha%s the same phone or e-mail: Knock takes them for one person.",
            person->shared, person->shared == 1 ? "" : "s", person->shared == 1 ? "s" : "ve");
    enum role role =
        person->consent.stopped || person->consent.state == CONSENT_NO ? ROLE_WARNING : ROLE_TEXT;
    row = draw_text(page, row, roomy ? 2 : 1, role, &consent);
    row = draw_text(page, row, roomy ? 3 : 1, ROLE_TEXT, &wishes);
    return draw_text(page, row, 2, ROLE_WARNING, &shared) + roomy;
}

/* --- what happened ---------------------------------------------------------------------------------------------- */

/* Marks that still say something in their own words: notes, promises, units declined. */
static bool says_something(const struct mark *mark)
{
    return !mark->undone && mark->text[0];
}

static int draw_dated(const struct page *page, int row, instant at, const char *agent,
    const char *what, enum role role)
{
    enum { MOMENT = 25, AGENT = 5 };
    char moment[SAY_SIZE];
    int col = MARGIN + MOMENT + AGENT;
    canvas_text(page->canvas, row, MARGIN + 2, MOMENT - 3, ROLE_DIM,
        say_moment(moment, page->desk->own_zone, at, page->desk->now));
    canvas_text(page->canvas, row, MARGIN + MOMENT, AGENT - 1, ROLE_DIM, agent);
    canvas_text(page->canvas, row, col, list_cols(page) - col - MARGIN, role, what);
    return row + 1;
}

static int draw_notes(const struct page *page, int row, int end)
{
    const struct mark_list *marks = &page->desk->person.person.marks;
    for (size_t i = 0; i < marks->count && row < end; i++) {
        char words[NOTE_SIZE + 64];
        const struct mark *mark = &marks->items[i];
        if (!says_something(mark))
            continue;
        str_print(words, sizeof words, "%s: %s", mark_words.items[mark->kind], mark->text);
        row = draw_dated(page, row, mark->at, mark->agent, words, ROLE_TEXT);
    }
    return row;
}

/* The zone of the tour that a line is about. */
static const struct zone *zone_of(const struct desk *desk, const struct history_line *line)
{
    const struct tour_list *tours = &desk->person.person.tours;
    for (size_t i = 0; i < tours->count; i++)
        if (tours->items[i].start.at == line->start)
            return desk_zone_of(desk, &tours->items[i]);
    return desk->own_zone;
}

/* When it happened is in the desk's own time; the tour it is about in its own, named where it is another. */
static int draw_line(const struct page *page, int row, const struct history_line *line)
{
    const struct desk *desk = page->desk;
    struct str words = {0};
    const struct zone *zone = zone_of(desk, line);
    tell_history(&words, line, zone, desk->now);
    if (line->start && strcmp(zone_word(zone), zone_word(desk->own_zone)) != 0) {
        words.data[--words.length] = '\0'; /* the bracket behind the time */
        str_addf(&words, " %s)", zone_word(zone));
    }
    row = draw_dated(page, row, line->at, line->agent, str_text(&words), ROLE_DIM);
    str_finish(&words);
    return row;
}

static void draw_history(const struct page *page, int row, int end)
{
    const struct history_list *history = &page->desk->person.person.history;
    size_t count = history->count, i = 0;
    for (; i < count && row < end; i++) {
        const struct history_line *line = &history->items[i];
        bool last = row == end - 1 && i + 1 < count;
        if (last)
            canvas_print(page->canvas, row++, MARGIN + 2, page->cols, ROLE_DIM,
                "and %zu before that", count - i);
        else
            row = draw_line(page, row, line);
    }
}

/* --- the page ------------------------------------------------------------------------------------------------------ */

/* How the rows below the head are shared: the tours come first, notes and history get what is left. */
static int tour_rows(const struct page *page, int rows)
{
    enum { FEWEST_BELOW = 4, FEWEST = 2 };
    int wanted = (int)page->desk->person.person.tours.count;
    int most = rows - FEWEST_BELOW;
    if (rows < FEWEST + FEWEST_BELOW)
        most = rows;
    return wanted < most ? wanted : most < FEWEST ? FEWEST : most;
}

static void draw(const struct page *page)
{
    const struct person *person = &page->desk->person.person;
    char name[FULL_NAME_SIZE], count[48];
    bool roomy = page->rows >= ROOMY;
    profile_full_name(&person->profile, name);
    str_print(count, sizeof count, "%zu tour%s here", person->tours.count,
        person->tours.count == 1 ? "" : "s");
    int row = draw_heading(page, *name ? name : "Reading", count) - roomy;
    row = draw_who(page, row);
    struct area list = list_area(page, row);
    int end = list.row + list.rows;
    list.rows = tour_rows(page, end - row);
    const struct tour *selected = desk_selected(page->desk);
    if (person->tours.count > 0)
        draw_tours(page, &list, &person->tours, selected, true);
    else
        canvas_cursor(page->canvas, row, MARGIN, false);
    row += list.rows + roomy;
    if (row + 1 < end)
        canvas_print(page->canvas, row++, MARGIN, page->cols, ROLE_DIM, "What happened, in %s time",
            zone_word(page->desk->own_zone));
    draw_history(page, draw_notes(page, row, end), end);
    draw_tour_detail(page, selected);
}

static const enum action footer[] = {ACTION_OPEN, ACTION_VISIT, ACTION_CANCEL, ACTION_RESCHEDULE,
    ACTION_SETTLE, ACTION_BOOK, ACTION_STOP_TEXTS, ACTION_NOTE, ACTION_COPY, ACTION_DONE_IN_KNOCK,
    ACTION_BACK, ACTION_NOTHING};

const struct view person_view = {.draw = draw, .footer = footer};
