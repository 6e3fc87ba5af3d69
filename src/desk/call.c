/* Promising to call somebody back: by when, and how. After a booking that waits for the line it is asked by
 * itself, with the sentence for the caller (domain.md C5). */
#include "guest.h"

#include "tourdesk/tour/say.h"
#include "tourdesk/tour/when.h"

#include <string.h>

static bool read_by(const struct desk *desk, struct stamp *out, struct error *error)
{
    const struct zone *zone = desk_zone_of(desk, &desk->call.tour);
    if (!when_parse_time(
            form_text(&desk->call.form, CALL_BY), zone, desk->now, WHEN_NEXT, out, error))
        return false;
    if (out->at <= desk->now)
        return error_set(error, "that has passed");
    return true;
}

static void check_by(const struct desk *desk, const struct form *form, struct field *field)
{
    struct stamp at;
    struct error why;
    char words[SAY_SIZE];
    if (field_blank(field))
        return;
    if (!read_by(desk, &at, &why))
        field_say(field, form_weight(form, field), "By: %s.", why.text);
    else
        field_say(field, WEIGHT_HINT, "%s",
            say_moment(words, desk_zone_of(desk, &desk->call.tour), at.at, desk->now));
}

static const struct field_spec specs[CALL_FIELDS] = {
    [CALL_BY] = {"Call by", FIELD_TEXT, 60, "3, 3:30 pm, tom 10", 0, false, check_by},
    [CALL_HOW] = {"How", FIELD_TEXT, 200, NULL, 0, false, NULL},
};

void call_init(struct desk *desk)
{
    form_init(&desk->call.form);
    form_add(&desk->call.form, specs, CALL_FIELDS);
}

void call_open(struct desk *desk, const struct tour *given, bool request)
{
    struct call_state *call = &desk->call;
    struct tour tour = *given;
    char words[SAY_SIZE], phone[PHONE_SIZE];
    form_clear(&call->form);
    call->tour = tour;
    call->request = request;
    /* An hour from now, on the half hour: what offices promise. */
    instant by = (desk->now + HOUR + 30 * MINUTE - 1) / (30 * MINUTE) * (30 * MINUTE);
    phone_local(tour.phone, phone);
    form_set_text(
        &call->form, CALL_BY, say_moment(words, desk_zone_of(desk, &tour), by, desk->now));
    form_set_text(&call->form, CALL_HOW, *phone ? phone : tour.email);
    form_check(desk, &call->form);
    desk_push(desk, SCREEN_CALL);
}

static void submit(struct desk *desk, struct command_list *out)
{
    struct call_state *call = &desk->call;
    struct stamp at;
    struct error why;
    char how[NOTE_SIZE];
    form_leave_all(desk, &call->form);
    if (!read_by(desk, &at, &why)) {
        form_focus(desk, &call->form, CALL_BY);
        desk_say(desk, TONE_TROUBLE, "Not kept. By: %s.", why.text);
        return;
    }
    form_value(&call->form, CALL_HOW, how, sizeof how);
    desk_pop(desk);
    mark_tour(desk, &call->tour, MARK_CALL_BACK, at.at, how, out);
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    if (action != ACTION_SUBMIT)
        return form_act(desk, &desk->call.form, action);
    submit(desk, out);
    return true;
}

static void closed(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk_say(desk, TONE_PLAIN, "No call was promised%s.",
        desk->call.request ? "; the booking is saved all the same" : "");
}

static struct form *form(struct desk *desk)
{
    return &desk->call.form;
}

const struct screen call_screen = {
    .context = CONTEXT_FORM,
    .takes_text = true,
    .form = form,
    .act = act,
    .closed = closed,
};
