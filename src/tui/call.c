/* Drawing a promise to call back: by when, and how. */
#include "draw.h"

static void draw(const struct page *page)
{
    const struct desk *desk = page->desk;
    const struct call_state *call = &desk->call;
    const struct tour *tour = &call->tour;
    char name[FULL_NAME_SIZE], phone[PHONE_SIZE], moment[SAY_SIZE];
    struct str second = {0};
    const char *by = form_text(&call->form, CALL_BY);
    tour_full_name(page, tour, name);
    phone_local(tour->phone, phone);
    str_addf(&second, "%s%s%s%s%s",
        say_moment(moment, desk_zone_of(desk, tour), tour->start.at, desk->now), *phone ? ", " : "",
        phone, tour->email[0] ? ", " : "", tour->email);
    struct form_page f = {.title = call->request ? "It is a request now" : "Promise to call back",
        .right = name,
        .second = str_text(&second),
        .second_role = ROLE_STRONG,
        .form = &call->form,
        .surround = {.chips_field = -1,
            .above = {{CALL_BY, ROLE_TEXT,
                call->request ? "Say: \"I have taken your request. The line to our booking system "
                                "is down; I will confirm it by ...\" Do not say that it is booked."
                              : NULL}}},
        .review = "The promise stands on the board and in the handover until the call is made.",
        .needed = str_blank(by) ? "by when" : "",
        .ready = "Enter keeps it."};
    draw_form_page(page, &f);
    str_finish(&second);
}

static const enum action footer[] = {ACTION_SUBMIT, ACTION_NEXT_FIELD, ACTION_BACK, ACTION_NOTHING};

const struct view call_view = {.draw = draw, .footer = footer};
