/* Drawing the booking form: the slot always in sight, who is known, the words to read out, the review. */
#include "calendar.h"

#include "tourdesk/tour/tell.h"

#include <string.h>

enum { ROOMY_COLS = 76, ALTERNATIVES = 3 };

/* The nearest free times, to read out. */
static void tell_alternatives(
    const struct desk *desk, const struct slot_list *slots, struct str *out)
{
    const struct slot *near[ALTERNATIVES];
    struct slot_list list = {0};
    size_t count =
        slot_list_nearest(slots, desk->book.slot.start.at, desk->now, near, ALTERNATIVES);
    for (size_t i = 0; i < count; i++)
        slot_list_add(&list, near[i]);
    slot_list_sort(&list);
    if (count > 0) {
        str_add(out, " Nearest: ");
        tell_times(out, &list, desk_zone(desk), desk->now);
        str_add_char(out, '.');
    }
    slot_list_finish(&list);
}

static void tell_taken(const struct page *page, const struct office *office, struct str *out)
{
    const struct desk *desk = page->desk;
    char clock[SAY_SIZE], key[KEY_NAME_SIZE];
    str_add(out, "! Taken");
    for (size_t i = 0; i < office->gone_count; i++)
        if (office->gone[i].start == desk->book.slot.start.at)
            str_addf(out, " since %s",
                say_clock(clock, zone_wall(desk_zone(desk), office->gone[i].since)));
    str_add_char(out, '.');
    tell_alternatives(desk, &office->slots[desk->book.calendar], out);
    if (key_of(page, ACTION_OTHER_TIME, key)[0])
        str_addf(out, " %s: another time.", key);
}

/* What is known of the slot while one types; true if it cannot be had, or may not. */
static bool tell_slot(const struct page *page, struct str *out)
{
    const struct desk *desk = page->desk;
    const struct office *office = desk_office(desk);
    const struct slot_list *slots = &office->slots[desk->book.calendar];
    const struct hold *hold = hold_list_find(&desk->holds, office->community->id,
        desk->book.calendar, desk->book.slot.start.at, desk->now);
    char checked[2 * SAY_SIZE], held[SAY_SIZE];
    if (!desk->book.has_slot)
        return false;
    if (slots->checked_at && !slot_list_find(slots, desk->book.slot.start.at)) {
        tell_taken(page, office, out);
        return true;
    }
    say_checked(desk, desk->book.calendar, checked);
    if (is_stale(desk, desk->book.calendar))
        str_addf(out, "Was free %s. Saved now, it is a request: say you will confirm it.", checked);
    else
        str_addf(out, "free, %s; watched while you type", checked);
    if (hold)
        str_addf(out, "; ! %s types for it too, %s", hold->agent[0] ? hold->agent : "another desk",
            say_length(held, desk->now - hold->since));
    return is_stale(desk, desk->book.calendar) || hold;
}

static void surround(const struct page *page, struct form_page *f, struct str *known)
{
    const struct desk *desk = page->desk;
    const struct book_state *book = &desk->book;
    bool replaces = tell_known(page, &book->guest, known);
    f->surround.chips_field = -1;
    f->surround.above[0].field = f->surround.above[1].field = BOOK_GUEST + GUEST_CONSENT;
    f->surround.above[0].role = replaces ? ROLE_WARNING : ROLE_DIM;
    f->surround.above[0].text = str_text(known);
    f->surround.above[1].role = ROLE_TEXT;
    f->surround.above[1].text = desk_office(desk)->community->sms_consent_text;
    if (!book->has_slot)
        offer_picks(page, &book->form, BOOK_WHEN, book->pick, &f->surround);
}

static const char *title_of(const struct page *page)
{
    if (page->cols < ROOMY_COLS)
        return "Book a tour";
    return page->desk->book.calendar == CALENDAR_IN_PERSON ? "Book a tour with staff"
                                                           : "Book a self-guided tour";
}

static const char *ready_words(const struct booking *booking)
{
    return booking->consent == CONSENT_NOT_ASKED && booking->profile.phone[0]
               ? "Needed still: nothing. Ask about texts before sending."
               : "Needed still: nothing. Enter sends.";
}

static void draw(const struct page *page)
{
    const struct desk *desk = page->desk;
    struct booking booking;
    struct str needed = {0}, review = {0}, second = {0}, known = {0};
    char span[SAY_SIZE] = "when?";
    desk_booking(desk, &booking, &needed);
    if (desk->book.has_slot) {
        say_span(span, desk_zone(desk), booking.start.at, booking.end, desk->now);
        tell_booking(&review, &booking, desk_zone(desk), desk->now);
    }
    bool trouble = tell_slot(page, &second);
    struct form_page f = {.title = title_of(page),
        .right = span,
        .second = str_text(&second),
        .second_role = trouble ? ROLE_TROUBLE : ROLE_DIM,
        .form = &desk->book.form,
        .review = str_text(&review),
        .needed = str_text(&needed),
        .ready = ready_words(&booking)};
    surround(page, &f, &known);
    draw_form_page(page, &f);
    str_finish(&needed);
    str_finish(&review);
    str_finish(&second);
    str_finish(&known);
}

static const enum action footer[] = {ACTION_SUBMIT, ACTION_NEXT_FIELD, ACTION_OTHER_TIME,
    ACTION_BACK, ACTION_CLEAR_FORM, ACTION_NOTHING};

const struct view book_view = {.draw = draw, .footer = footer};
