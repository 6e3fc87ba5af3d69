/* Drawing a walk-in: who is here without a tour, and what is to be done with them. */
#include "draw.h"

/* What each choice means at Knock. */
static const char *explain(const struct desk *desk, char out[2 * SAY_SIZE])
{
    char said[SAY_SIZE];
    const struct walk_in_state *state = &desk->walk_in;
    switch (state->form.fields[WALK_IN_WHAT].chosen) {
    case WALK_IN_VISIT: return "They are registered at Knock, then their visit of now is logged.";
    case WALK_IN_TOUR:
        if (!state->has_slot)
            return "No free time is known to book a tour for.";
        str_print(out, 2 * SAY_SIZE,
            "They are registered and get a tour at the next free time, %s.",
            say_moment(said, desk_zone(desk), state->slot.start.at, desk->now));
        return out;
    case WALK_IN_REGISTER: return "They are registered at Knock, nothing more.";
    default: return "A visit is logged, a tour is booked, or they are only registered.";
    }
}

/* The same needs as a booking has, but for the time. */
static void tell_needs(const struct walk_in_state *state, struct str *out)
{
    const struct form *form = &state->form;
    if (str_blank(form_text(form, WALK_IN_GUEST + GUEST_FIRST_NAME)) &&
        str_blank(form_text(form, WALK_IN_GUEST + GUEST_LAST_NAME)))
        str_add(out, "a name");
    if (str_blank(form_text(form, WALK_IN_GUEST + GUEST_PHONE)) &&
        str_blank(form_text(form, WALK_IN_GUEST + GUEST_EMAIL)))
        str_addf(out, "%sa phone or an e-mail", out->length ? "; " : "");
    if (form->fields[WALK_IN_WHAT].chosen == NO_CHOICE)
        str_addf(out, "%swhat to do", out->length ? "; " : "");
}

static void draw(const struct page *page)
{
    const struct desk *desk = page->desk;
    const struct walk_in_state *state = &desk->walk_in;
    struct str needed = {0}, known = {0};
    char words[2 * SAY_SIZE];
    bool replaces = tell_known(page, &state->guest, &known);
    tell_needs(state, &needed);
    struct form_page f = {.title = "Somebody is here without a tour",
        .right = "",
        .form = &state->form,
        .surround = {.chips_field = -1,
            .above = {{WALK_IN_GUEST + GUEST_CONSENT, replaces ? ROLE_WARNING : ROLE_DIM,
                          str_text(&known)},
                {WALK_IN_GUEST + GUEST_CONSENT, ROLE_TEXT,
                    desk_office(desk)->community->sms_consent_text}}},
        .review = explain(desk, words),
        .needed = str_text(&needed),
        .ready = "Needed still: nothing. Enter sends."};
    if (state->form.focus == WALK_IN_SEEN)
        offer_units(page, &state->form, WALK_IN_SEEN, desk_office(desk)->community, &f.surround);
    draw_form_page(page, &f);
    str_finish(&needed);
    str_finish(&known);
}

static const enum action footer[] = {ACTION_SUBMIT, ACTION_NEXT_FIELD, ACTION_COMPLETE, ACTION_BACK,
    ACTION_CLEAR_FORM, ACTION_NOTHING};

const struct view walk_in_view = {.draw = draw, .footer = footer};
