/* Drawing the sweep: one tour that is not logged, and what may be said of it. */
#include "draw.h"

#include <string.h>

static const struct {
    enum action action;
    const char *words;
} answers[] = {
    {ACTION_SWEEP_CAME, "came: type the units they saw"},
    {ACTION_SWEEP_NO_SHOW, "no-show: they did not come"},
    {ACTION_SWEEP_HERE, "still here"},
    {ACTION_SWEEP_LATER, "later, with a word why"},
    {ACTION_SWEEP_BACK, "step back to the one before"},
};

/* A bar that shows how far it is, as a shape and in numbers. */
static void draw_progress(const struct page *page, int row, int at, int count)
{
    enum { WIDEST = 40 };
    int width = count < WIDEST ? count : WIDEST, done = count ? at * width / count : 0;
    bool ascii = page->canvas->ascii;
    for (int i = 0; i < width; i++)
        canvas_text(page->canvas, row, MARGIN + i, 1, i < done ? ROLE_GOOD : ROLE_DIM,
            i < done ? shade_text(MONTH_SHADES - 1, ascii) : shade_text(1, ascii));
    canvas_print(page->canvas, row, MARGIN + width + 2, 20, ROLE_TEXT, "%d of %d", at, count);
}

static void draw_answers(const struct page *page, int row)
{
    char key[KEY_NAME_SIZE];
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++, row++) {
        canvas_text(
            page->canvas, row, MARGIN + 2, 5, ROLE_KEY, key_of(page, answers[i].action, key));
        canvas_text(
            page->canvas, row, MARGIN + 7, page->cols - MARGIN - 8, ROLE_TEXT, answers[i].words);
        canvas_target(page->canvas, row, MARGIN + 2, 1, 5 + text_width(answers[i].words),
            ITEM_ACTION + (int)answers[i].action);
    }
}

static void draw_summary(const struct page *page, int row)
{
    const struct sweep_state *sweep = &page->desk->sweep;
    static const char *const words[] = {"not asked", "came", "no-show", "still here", "later"};
    int counts[SWEPT_LATER + 1] = {0};
    for (int i = 0; i < sweep->count; i++)
        counts[sweep->done[i]]++;
    canvas_text(page->canvas, row, MARGIN, page->cols, ROLE_STRONG, "That was all.");
    canvas_cursor(page->canvas, row, MARGIN, false);
    row += 1 + (page->rows >= ROOMY);
    for (int i = SWEPT_CAME; i <= SWEPT_LATER; i++, row++)
        canvas_print(page->canvas, row, MARGIN + 2, page->cols, counts[i] ? ROLE_TEXT : ROLE_DIM,
            "%3d  %s", counts[i], words[i]);
    if (counts[SWEPT_NOT] > 0)
        canvas_print(page->canvas, row++, MARGIN + 2, page->cols, ROLE_DIM,
            "%3d  settled elsewhere meanwhile", counts[SWEPT_NOT]);
    if (desk_unknown(page->desk) > 0)
        canvas_print(page->canvas, row + 1, MARGIN, page->cols - 2, ROLE_TROUBLE,
            "? %d outcome%s unknown: see the handover, H.", desk_unknown(page->desk),
            desk_unknown(page->desk) == 1 ? " is" : "s are");
}

static void draw_tour(const struct page *page, int row)
{
    const struct desk *desk = page->desk;
    const struct tour *tour = &desk->sweep.tour;
    char span[SAY_SIZE], who[FULL_NAME_SIZE], digits[PHONE_SIZE + 4];
    bool roomy = page->rows >= ROOMY;
    int width = page->cols - 2 * MARGIN;
    tour_who(page, tour, who);
    tour_digits(desk, tour, digits);
    canvas_text(page->canvas, row, MARGIN, width, ROLE_STRONG,
        say_span(span, desk_zone_of(desk, tour), tour->start.at, tour->end, desk->now));
    canvas_print(page->canvas, row + 1, MARGIN, width, ROLE_STRONG, "%s  %s", who, digits);
    canvas_print(page->canvas, row + 2, MARGIN, width, ROLE_DIM, "%s%s%s%s%s",
        desk_community(desk, tour->community_id)->name, tour->appointment_id[0] ? ", number " : "",
        tour->appointment_id, tour->note[0] ? ", note: " : "", tour->note);
    canvas_cursor(page->canvas, row + 1, MARGIN, false);
    draw_answers(page, row + 3 + roomy);
}

static void draw(const struct page *page)
{
    const struct sweep_state *sweep = &page->desk->sweep;
    bool roomy = page->rows >= ROOMY;
    int row = draw_heading(page, "Sweep of tours that are not logged", "");
    if (sweep->count == 0) {
        draw_empty(page, row, "Every tour that is over is logged. Esc goes back.");
        return;
    }
    draw_progress(page, row, sweep->at, sweep->count);
    row += 1 + roomy;
    if (sweep->at < sweep->count)
        draw_tour(page, row);
    else
        draw_summary(page, row);
}

static const enum action footer[] = {ACTION_SWEEP_CAME, ACTION_SWEEP_NO_SHOW, ACTION_SWEEP_HERE,
    ACTION_SWEEP_LATER, ACTION_SWEEP_BACK, ACTION_BACK, ACTION_NOTHING};

const struct view sweep_view = {.draw = draw, .footer = footer};
