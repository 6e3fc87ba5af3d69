/* Drawing a cancel: the right person proved, and what they will receive. */
#include "draw.h"

/* Day, time and last four digits: enough to compare with what the caller says. */
static void tell_which(const struct desk *desk, const struct tour *tour, struct str *out)
{
    char span[SAY_SIZE], four[PHONE_SIZE];
    phone_last_four(tour->phone, four);
    say_span(span, desk_zone_of(desk, tour), tour->start.at, tour->end, desk->now);
    str_addf(out, "%s%s%s", span, *four ? ", phone ending " : "", four);
    if (tour->appointment_id[0])
        str_addf(out, ", number %s", tour->appointment_id);
}

static void draw(const struct page *page)
{
    const struct desk *desk = page->desk;
    const struct cancel_state *cancel = &desk->cancel;
    const struct tour *tour = &cancel->tour;
    char name[SHORT_NAME_SIZE];
    struct str which = {0}, review = {0};
    short_name(tour->first_name, tour->last_name, name);
    tell_which(desk, tour, &which);
    if (desk->undo_seconds > 0)
        str_addf(&review,
            "Knock tells %s that the tour is cancelled. It leaves after %d s, until then u takes "
            "it back.",
            name, desk->undo_seconds);
    else
        str_addf(&review, "Knock tells %s that the tour is cancelled.", name);
    struct form_page f = {.title = "Cancel a tour",
        .right = name,
        .second = str_text(&which),
        .second_role = ROLE_STRONG,
        .form = &cancel->form,
        .surround = {.chips_field = -1,
            .above = {{CANCEL_LETTER, ROLE_TEXT,
                "Ask: \"Which name is it under, and which day and time?\" Do not read them out."}}},
        .review = str_text(&review),
        .needed = str_blank(form_text(&cancel->form, CANCEL_LETTER))
                      ? "the first letter of the name they say"
                      : "",
        .ready = "Enter cancels it."};
    draw_form_page(page, &f);
    str_finish(&which);
    str_finish(&review);
}

static const enum action footer[] = {ACTION_SUBMIT, ACTION_NEXT_FIELD, ACTION_BACK, ACTION_NOTHING};

const struct view cancel_view = {.draw = draw, .footer = footer};
