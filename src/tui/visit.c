/* Drawing the visit form. */
#include "draw.h"

static void tell_visit(const struct page *page, const struct visiting *visit, struct str *out)
{
    char moment[SAY_SIZE];
    const struct desk *desk = page->desk;
    str_addf(out, "Visited %s, %s",
        say_moment(moment, desk_zone_of(desk, &desk->visit.tour), visit->visit_time.at, desk->now),
        visit->self_guided ? "self-guided" : "with staff");
    for (size_t i = 0; i < visit->unit_count; i++)
        str_addf(out, "%s%s", i == 0 ? ", saw " : ", ", visit->units[i]);
    str_addf(
        out, "%s, source %s.", visit->unit_count ? "" : ", no units named", visit->source_title);
    if (form_text(&desk->visit.form, VISIT_DECLINED)[0])
        str_addf(
            out, " Declined: %s, kept here only.", form_text(&desk->visit.form, VISIT_DECLINED));
}

static void draw(const struct page *page)
{
    const struct desk *desk = page->desk;
    const struct visit_state *state = &desk->visit;
    const struct tour *tour = &state->tour;
    struct visiting visit;
    struct str needed = {0}, review = {0}, second = {0};
    char name[FULL_NAME_SIZE], span[SAY_SIZE];
    int focus = state->form.focus;
    desk_visiting(desk, &visit, &needed);
    tour_full_name(page, tour, name);
    str_add(
        &second, say_span(span, desk_zone_of(desk, tour), tour->start.at, tour->end, desk->now));
    if (tour->appointment_id[0])
        str_addf(&second, ", number %s", tour->appointment_id);
    if (!needed.length)
        tell_visit(page, &visit, &review);
    struct form_page f = {.title = "Log a visit",
        .right = name,
        .second = str_text(&second),
        .second_role = ROLE_STRONG,
        .form = &state->form,
        .surround.chips_field = -1,
        .review = str_text(&review),
        .needed = str_text(&needed),
        .ready = "Enter logs it."};
    if (focus == VISIT_SEEN || focus == VISIT_DECLINED)
        offer_units(
            page, &state->form, focus, desk_community(desk, tour->community_id), &f.surround);
    if (f.surround.chip_count > 0)
        f.ready = desk_units_sure(&state->form, focus, desk_community(desk, tour->community_id))
                      ? "Enter takes the unit that is offered and logs the visit."
                      : "Enter takes the unit that is offered, Enter again logs the visit.";
    draw_form_page(page, &f);
    str_finish(&needed);
    str_finish(&review);
    str_finish(&second);
}

static const enum action footer[] = {
    ACTION_SUBMIT, ACTION_NEXT_FIELD, ACTION_COMPLETE, ACTION_BACK, ACTION_NOTHING};

const struct view visit_view = {.draw = draw, .footer = footer};
