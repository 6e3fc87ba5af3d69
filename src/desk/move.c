/* Moving a tour: the old time and the new side by side; the new one is booked before the old one goes. */
#include "offer.h"

#include "tourdesk/tour/say.h"

#include <string.h>

enum { MOVE_WHEN, MOVE_FIELDS };

static void check_when(const struct desk *desk, const struct form *form, struct field *field)
{
    offer_check(desk, form, field, desk->move.has_slot);
}

static const struct field_spec specs[MOVE_FIELDS] = {
    {"New time", FIELD_TEXT, 60, "fri 10, tom pm, +1w", 0, false, check_when},
};

void move_init(struct desk *desk)
{
    form_init(&desk->move.form);
    form_add(&desk->move.form, specs, MOVE_FIELDS);
}

void move_open(struct desk *desk, const struct tour *given, struct command_list *out)
{
    struct move_state *move = &desk->move;
    struct tour tour = *given;
    struct error why;
    if (desk_awaits(desk, move->token))
        return;
    if (tour.booking == STATE_SAVED) {
        act_aim_undo(desk, &tour);
        return;
    }
    if (!tour_can_move(&tour, &why) || tour.end <= desk->now) {
        desk_say(desk, TONE_PLAIN, "It cannot be moved: %s.",
            tour.end <= desk->now ? "it is over" : why.text);
        return;
    }
    struct office *office = desk_office_of(desk, tour.community_id);
    if (office && office != desk_office(desk))
        desk_change_office(desk, (size_t)(office - desk->offices), out);
    form_clear(&move->form);
    move->tour = tour;
    move->has_slot = false;
    move->pick = 0;
    form_check(desk, &move->form);
    desk_push(desk, SCREEN_MOVE);
    reads_slots(desk, desk->office, out);
}

static void take(struct desk *desk, int index)
{
    struct move_state *move = &desk->move;
    move->has_slot = offer_take(desk, &move->form, MOVE_WHEN, index, &move->slot);
    form_check(desk, &move->form);
    if (move->has_slot)
        desk_say(desk, TONE_WAITING, "Read both back to them. Enter moves it.");
    else
        desk_say(desk, TONE_PLAIN, "No free time is chosen: type another day or time.");
}

static void send(struct desk *desk, struct command_list *out)
{
    struct move_state *move = &desk->move;
    if (move->token)
        return;
    struct command *command = desk_tour_command(desk, COMMAND_RESCHEDULE, &move->tour, out);
    command->booking.start = move->slot.start;
    command->booking.end = move->slot.end;
    command->booking.calendar = move->tour.calendar;
    command->booking.seen = command->booking.replace = true;
    str_copy(command->booking.start_text, sizeof command->booking.start_text, move->slot.text);
    move->token = command->token;
    desk_say(desk, TONE_WAITING, "Saving.");
}

bool move_stopped(struct desk *desk, struct report *report, struct command_list *out)
{
    (void)out;
    if (!report->token || report->token != desk->move.token)
        return false;
    desk->move.token = 0;
    desk_say(desk, TONE_TROUBLE, "Not moved: %s. The old time stands.", report->trouble.text);
    return true;
}

void move_operation(struct desk *desk, const struct report *report)
{
    if (!report->token || report->token != desk->move.token)
        return;
    desk->move.token = 0;
    desk_close(desk, SCREEN_MOVE);
}

/* --- the screen ------------------------------------------------------------------------------------------- */

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    struct move_state *move = &desk->move;
    char text[64];
    if (action == ACTION_SUBMIT) {
        if (move->has_slot)
            send(desk, out);
        else
            take(desk, move->pick);
        return true;
    }
    if (action == ACTION_OTHER_TIME) {
        form_set_text(&move->form, MOVE_WHEN, "");
        move->has_slot = false;
        form_check(desk, &move->form);
        return true;
    }
    if (!move->has_slot && offer_move(desk, &move->form, MOVE_WHEN, &move->pick, action))
        return true;
    str_copy(text, sizeof text, form_text(&move->form, MOVE_WHEN));
    bool done = form_act(desk, &move->form, action);
    if (strcmp(text, form_text(&move->form, MOVE_WHEN)) != 0)
        move->has_slot = false;
    return done;
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    struct move_state *move = &desk->move;
    int index;
    (void)out;
    if (!pasted && !move->has_slot && offer_digit(&move->form, MOVE_WHEN, typed, length, &index)) {
        take(desk, index);
        return;
    }
    if (move->has_slot)
        form_set_text(&move->form, MOVE_WHEN, "");
    move->has_slot = false;
    move->pick = 0;
    form_type(desk, &move->form, typed, length);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    (void)twice;
    (void)out;
    if (item >= ITEM_PICK && item < ITEM_PICK + PICKS)
        take(desk, item - ITEM_PICK);
}

static void closed(struct desk *desk, struct command_list *out)
{
    (void)out;
    if (!desk->move.token)
        desk_say(desk, TONE_PLAIN, "The tour was not moved: the old time stands.%s",
            form_loss(&desk->move.form, MOVE_WHEN, MOVE_WHEN));
}

static struct form *form(struct desk *desk)
{
    return &desk->move.form;
}

const struct screen move_screen = {
    .context = CONTEXT_FORM,
    .takes_text = true,
    .form = form,
    .act = act,
    .text = text,
    .click = click,
    .closed = closed,
};
