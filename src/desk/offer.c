/* A field that asks when, and the free times offered for what is typed into it: taken by a digit or Enter. */
#include "offer.h"

#include "tourdesk/tour/say.h"

#include <string.h>

/* A tour with staff gets another time with staff. */
static enum calendar calendar_of(const struct desk *desk, const struct form *form)
{
    return form == &desk->move.form ? desk->move.tour.calendar : desk->book.calendar;
}

void desk_picks(const struct desk *desk, const struct form *form, int field, struct picks *picks)
{
    const struct slot_list *slots = &desk_office(desk)->slots[calendar_of(desk, form)];
    picks_find(picks, form_text(form, field), slots, desk_zone(desk), desk->now);
}

void offer_check(const struct desk *desk, const struct form *form, struct field *field, bool chosen)
{
    struct picks picks;
    if (chosen)
        return;
    desk_picks(desk, form, (int)(field - form->fields), &picks);
    if (picks.wrong)
        field_say(field, form_weight(form, field), "When: %s.", picks.note);
    else if (picks.count)
        field_say(field, WEIGHT_HINT, "%s", *picks.note ? picks.note : "Enter takes the first.");
    else
        field_say(field, WEIGHT_WARN, "%s", *picks.note ? picks.note : "Nothing is free.");
}

void offer_set(const struct desk *desk, struct form *form, int field, const struct slot *slot)
{
    char words[SAY_SIZE];
    form_set_text(form, field, say_moment(words, desk_zone(desk), slot->start.at, desk->now));
}

bool offer_take(const struct desk *desk, struct form *form, int field, int index, struct slot *out)
{
    struct picks picks;
    desk_picks(desk, form, field, &picks);
    if (index < 0 || index >= picks.count)
        return false;
    *out = picks.items[index];
    offer_set(desk, form, field, out);
    return true;
}

bool offer_digit(const struct form *form, int field, const char *typed, size_t length, int *index)
{
    const struct editor *editor = &form->fields[field].editor;
    if (length != 1 || *typed < '1' || *typed > '9' || editor->cursor != editor->text.length ||
        !picks_digit_takes(form_text(form, field)))
        return false;
    *index = *typed - '1';
    return true;
}

bool offer_move(
    const struct desk *desk, const struct form *form, int field, int *pick, enum action action)
{
    const struct editor *editor = &form->fields[field].editor;
    struct picks picks;
    desk_picks(desk, form, field, &picks);
    bool at_end = editor->cursor == editor->text.length;
    if (action == ACTION_CHARACTER_RIGHT && at_end && *pick + 1 < picks.count)
        ++*pick;
    else if (action == ACTION_CHARACTER_LEFT && at_end && *pick > 0)
        --*pick;
    else
        return false;
    return true;
}
