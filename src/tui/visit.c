/* Drawing the visit form. */
#include "draw.h"

#include <string.h>

static void draw_tour(const struct page *page, int row)
{
    const struct tour *tour = &page->desk->visit.tour;
    char span[SAY_SIZE], name[2 * NAME_SIZE], text[1024];
    struct profile profile = {0};
    str_copy(profile.first_name, NAME_SIZE, tour->first_name);
    str_copy(profile.last_name, NAME_SIZE, tour->last_name);
    profile_full_name(&profile, name);
    canvas_text(page->canvas, row, MARGIN, page->cols, ROLE_TITLE, "Log a visit");
    str_print(text, sizeof text, "%s, %s%s%s", name,
        say_span(span, desk_zone(page->desk), tour->start.at, tour->end, page->desk->now),
        tour->appointment_id[0] ? ", number " : "", tour->appointment_id);
    canvas_wrap(page->canvas, row + 1, MARGIN, page->cols - 2 * MARGIN, 1, ROLE_STRONG, text);
}

static void draw_review(const struct page *page, int row)
{
    struct visiting visit;
    struct str needed = {0}, words = {0};
    char moment[SAY_SIZE];
    int width = page->cols - 2 * MARGIN;
    desk_visiting(page->desk, &visit, &needed);
    if (needed.length) {
        str_addf(&words, "Needed still: %s.", str_text(&needed));
    } else {
        str_addf(&words, "Visited %s, %s",
            say_moment(moment, desk_zone(page->desk), visit.visit_time.at, page->desk->now),
            visit.self_guided ? "self-guided" : "with staff");
        for (size_t i = 0; i < visit.unit_count; i++)
            str_addf(&words, "%s%s", i == 0 ? ", saw " : ", ", visit.units[i]);
        str_addf(&words, "%s, source %s.", visit.unit_count ? "" : ", no units named",
            visit.source_title);
    }
    canvas_wrap(page->canvas, row, MARGIN, width, 2, needed.length ? ROLE_WARNING : ROLE_STRONG,
        str_text(&words));
    str_finish(&needed);
    str_finish(&words);
}

static void draw(const struct page *page)
{
    const struct form *form = &page->desk->visit.form;
    enum { FOOT = 4 };
    int row = page->top + 1, bottom = page->top + page->rows;
    draw_tour(page, row);
    row += 3;
    row += draw_form(page, form, NULL, row, bottom - FOOT - row) + 1;
    int below = row < bottom - FOOT ? row : bottom - FOOT;
    draw_form_note(page, form, below);
    canvas_rule(page->canvas, below + 1, MARGIN, page->cols - 2 * MARGIN, ROLE_RULE);
    draw_review(page, below + 2);
}

static const enum action footer[] = {ACTION_SUBMIT, ACTION_NEXT_FIELD, ACTION_TAKE_NEAREST,
    ACTION_BACK, ACTION_HELP, ACTION_NOTHING};

const struct view visit_view = {.draw = draw, .footer = footer};
