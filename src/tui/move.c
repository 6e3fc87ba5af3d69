/* Drawing a move: the old time and the new one, and what will happen to each. */
#include "draw.h"

static void draw(const struct page *page)
{
    const struct desk *desk = page->desk;
    const struct move_state *move = &desk->move;
    const struct tour *tour = &move->tour;
    const struct zone *zone = desk_zone_of(desk, tour);
    char name[FULL_NAME_SIZE], old[SAY_SIZE], new[SAY_SIZE];
    struct str second = {0}, review = {0};
    tour_full_name(page, tour, name);
    say_span(old, zone, tour->start.at, tour->end, desk->now);
    str_addf(&second, "OLD  %s\nNEW  ", old);
    if (move->has_slot) {
        instant end =
            move->slot.end ? move->slot.end : move->slot.start.at + (tour->end - tour->start.at);
        say_span(new, zone, move->slot.start.at, end, desk->now);
        str_add(&second, new);
        str_addf(&review,
            "%s moves to %s. The new time is booked first, then the old one is "
            "released. Knock writes to them about both.",
            name, new);
    } else {
        str_add(&second, "not chosen yet");
    }
    struct form_page f = {.title = "Move a tour",
        .right = name,
        .second = str_text(&second),
        .second_role = ROLE_STRONG,
        .form = &move->form,
        .surround.chips_field = -1,
        .review = str_text(&review),
        .needed = move->has_slot ? "" : "a new time",
        .ready = "Enter moves it."};
    if (!move->has_slot)
        offer_picks(page, &move->form, 0, move->pick, &f.surround);
    draw_form_page(page, &f);
    str_finish(&second);
    str_finish(&review);
}

static const enum action footer[] = {ACTION_SUBMIT, ACTION_OTHER_TIME, ACTION_BACK, ACTION_NOTHING};

const struct view move_view = {.draw = draw, .footer = footer};
