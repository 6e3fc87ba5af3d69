/* Drawing the registration form, the slot always in sight, the review before the key that sends. */
#include "draw.h"

#include "tourdesk/tour/tell.h"

#include <string.h>

enum {
    ROOMY = 18, /* page rows from which there are blank lines */
    ROOMY_COLS = 72,
    FOOT = 4, /* the note and the review */
};

static void draw_slot(const struct page *page, int row)
{
    const struct desk *desk = page->desk;
    const struct office *office = desk_office(desk);
    struct booking booking;
    struct str needed = {0};
    char span[SAY_SIZE], age[SAY_SIZE], text[2 * SAY_SIZE];
    desk_booking(desk, &booking, &needed);
    str_finish(&needed);
    const char *title = page->cols < ROOMY_COLS ? "Book a tour" : "Book a self-guided tour";
    int used = canvas_text(page->canvas, row, MARGIN, page->cols, ROLE_TITLE, title) + 2;
    canvas_text_right(page->canvas, row, MARGIN + used, page->cols - 2 * MARGIN - used, ROLE_STRONG,
        say_span(span, desk_zone(desk), booking.start.at, booking.end, desk->now));
    bool offered = slot_list_find(&office->slots, booking.start.at) != NULL;
    say_age(age, desk->now - office->slots.checked_at);
    str_print(text, sizeof text, "%s %s",
        !offered              ? "taken, seen"
        : office->slots.stale ? "not sure to be free, seen"
                              : "free, checked",
        age);
    canvas_text_right(page->canvas, row + 1, MARGIN, page->cols - 2 * MARGIN,
        offered && !office->slots.stale ? ROLE_DIM : ROLE_TROUBLE, text);
}

/* What is wrong in the form and would stop it; NULL if nothing is. */
static const char *first_wrong(const struct form *form)
{
    for (int i = 0; i < form->count; i++)
        if (form->fields[i].weight == WEIGHT_WRONG)
            return form->fields[i].note;
    return NULL;
}

static void draw_review(const struct page *page, int row, int rows)
{
    struct booking booking;
    struct str needed = {0}, words = {0};
    int width = page->cols - 2 * MARGIN;
    desk_booking(page->desk, &booking, &needed);
    tell_booking(&words, &booking, desk_zone(page->desk), page->desk->now);
    canvas_wrap(page->canvas, row, MARGIN, width, rows - 1, ROLE_STRONG, str_text(&words));
    str_clear(&words);
    const char *wrong = first_wrong(&page->desk->book.form);
    enum role role = wrong ? ROLE_TROUBLE : needed.length ? ROLE_WARNING : ROLE_GOOD;
    if (wrong)
        str_addf(&words, "To be mended: %s", wrong);
    else if (needed.length)
        str_addf(&words, "Needed still: %s.", str_text(&needed));
    else
        str_addf(&words, "Needed still: nothing.%s",
            booking.consent == CONSENT_NOT_ASKED && booking.profile.phone[0]
                ? " Ask about texts before sending."
                : "");
    canvas_text(page->canvas, row + rows - 1, MARGIN, width, role, str_text(&words));
    str_finish(&needed);
    str_finish(&words);
}

static void draw(const struct page *page)
{
    const struct form *form = &page->desk->book.form;
    bool roomy = page->rows >= ROOMY;
    int head = roomy ? 3 : 2, foot = FOOT + roomy;
    int row = page->top + roomy, bottom = page->top + page->rows;
    struct aside script = {BOOK_CONSENT, desk_office(page->desk)->community->sms_consent_text};
    draw_slot(page, row);
    row += head;
    row += draw_form(page, form, &script, row, bottom - foot - row) + roomy;
    int below = row < bottom - foot ? row : bottom - foot;
    draw_form_note(page, form, below++);
    if (roomy)
        canvas_rule(page->canvas, below++, MARGIN, page->cols - 2 * MARGIN, ROLE_RULE);
    draw_review(page, below, FOOT - 1);
}

static const enum action footer[] = {
    ACTION_SUBMIT, ACTION_NEXT_FIELD, ACTION_BACK, ACTION_CLEAR_FORM, ACTION_HELP, ACTION_NOTHING};

const struct view book_view = {.draw = draw, .footer = footer};
