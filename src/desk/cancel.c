/* Cancelling a tour: the right person proved first, why and at whose word kept here (domain.md C10). */
#include "guest.h"

#include "tourdesk/base/text.h"

#include <string.h>

static const char *const reasons[] = {
    "plans changed", "found another home", "duplicate", "unit gone", "weather", "other"};
static const char *const askers[] = {"the prospect", "staff"};
enum { REASONS_OFFERED = 6, ASKERS = 2, ASKER_STAFF = 1 };

/* --- the letter --------------------------------------------------------------------------------------- */

static bool same_letter(const char *typed, const char *name)
{
    char a[8], b[8];
    text_fold_copy(a, sizeof a, typed);
    text_fold_copy(b, sizeof b, name);
    size_t length = text_next(b, strlen(b), 0);
    return *b && strncmp(a, b, length) == 0;
}

static bool letter_fits(const struct desk *desk)
{
    const struct cancel_state *cancel = &desk->cancel;
    char typed[NAME_SIZE];
    form_value(&cancel->form, CANCEL_LETTER, typed, sizeof typed);
    return *typed && (same_letter(typed, cancel->tour.first_name) ||
                         same_letter(typed, cancel->tour.last_name));
}

static void check_letter(const struct desk *desk, const struct form *form, struct field *field)
{
    if (form->fields[CANCEL_ASKED_BY].chosen == ASKER_STAFF || field_blank(field))
        return;
    if (letter_fits(desk))
        field_say(field, WEIGHT_HINT, "That fits.");
    else
        field_say(field, WEIGHT_WRONG, "This tour is under another name. Esc, then search again.");
}

static const struct field_spec specs[CANCEL_FIELDS] = {
    [CANCEL_LETTER] = {"They say", FIELD_TEXT, NAME_SIZE - 1,
        "first letter of the name the caller says", 0, false, check_letter},
    [CANCEL_REASON] = {"Why", FIELD_CHOICE, 0, NULL, 0, false, NULL},
    [CANCEL_ASKED_BY] = {"Asked by", FIELD_CHOICE, 0, NULL, 0, false, NULL},
    [CANCEL_NOTE] = {"Note", FIELD_TEXT, 200, NULL, 0, false, NULL},
};

void cancel_init(struct desk *desk)
{
    form_init(&desk->cancel.form);
    form_add(&desk->cancel.form, specs, CANCEL_FIELDS);
}

void cancel_open(struct desk *desk, const struct tour *given)
{
    struct cancel_state *cancel = &desk->cancel;
    struct tour tour = *given;
    struct error why;
    if (desk_awaits(desk, cancel->token))
        return;
    if (tour.booking == STATE_SAVED) {
        act_aim_undo(desk, &tour);
        return;
    }
    if (!tour_can_cancel(&tour, &why)) {
        desk_say(desk, TONE_PLAIN, "It cannot be cancelled: %s.", why.text);
        return;
    }
    form_clear(&cancel->form);
    form_set_choices(&cancel->form, CANCEL_REASON, reasons, REASONS_OFFERED);
    form_set_choices(&cancel->form, CANCEL_ASKED_BY, askers, ASKERS);
    cancel->form.fields[CANCEL_REASON].chosen = 0;
    cancel->form.fields[CANCEL_ASKED_BY].chosen = 0;
    cancel->tour = tour;
    form_check(desk, &cancel->form);
    desk_push(desk, SCREEN_CANCEL);
    desk_say(desk, TONE_PLAIN, "Ask: which name, and what day and time, is it under?");
}

/* --- sending ------------------------------------------------------------------------------------------- */

static void send(struct desk *desk, struct command_list *out)
{
    struct cancel_state *cancel = &desk->cancel;
    char note[256];
    struct command *command = desk_tour_command(desk, COMMAND_CANCEL, &cancel->tour, out);
    form_value(&cancel->form, CANCEL_NOTE, note, sizeof note);
    str_print(command->cancelling.reason, sizeof command->cancelling.reason, "%s%s%s",
        form_choice(&cancel->form, CANCEL_REASON), *note ? ": " : "", note);
    command->cancelling.asked_by = cancel->form.fields[CANCEL_ASKED_BY].chosen == ASKER_STAFF
                                       ? ASKED_BY_STAFF
                                       : ASKED_BY_PROSPECT;
    cancel->token = command->token;
    desk_say(desk, TONE_WAITING, "Saving.");
}

static void submit(struct desk *desk, struct command_list *out)
{
    struct cancel_state *cancel = &desk->cancel;
    struct form *form = &cancel->form;
    bool by_staff = form->fields[CANCEL_ASKED_BY].chosen == ASKER_STAFF;
    form_leave_all(desk, form);
    if (!by_staff && !letter_fits(desk)) {
        form_focus(desk, form, CANCEL_LETTER);
        desk_say(desk, TONE_TROUBLE, "Not cancelled. %s",
            form->fields[CANCEL_LETTER].weight == WEIGHT_WRONG
                ? form->fields[CANCEL_LETTER].note
                : "Type the first letter of the name the caller says.");
    } else if (cancel->token == 0) {
        send(desk, out);
    }
}

bool cancel_stopped(struct desk *desk, struct report *report)
{
    if (!report->token || report->token != desk->cancel.token)
        return false;
    desk->cancel.token = 0;
    desk_say(desk, TONE_TROUBLE, "Not cancelled: %s.", report->trouble.text);
    return true;
}

void cancel_operation(struct desk *desk, const struct report *report)
{
    if (!report->token || report->token != desk->cancel.token)
        return;
    desk->cancel.token = 0;
    desk_close(desk, SCREEN_CANCEL);
}

/* --- the screen ---------------------------------------------------------------------------------------- */

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    if (action != ACTION_SUBMIT)
        return form_act(desk, &desk->cancel.form, action);
    submit(desk, out);
    return true;
}

static void closed(struct desk *desk, struct command_list *out)
{
    (void)out;
    if (!desk->cancel.token)
        desk_say(desk, TONE_PLAIN, "Nothing was cancelled.%s",
            form_loss(&desk->cancel.form, CANCEL_NOTE, CANCEL_NOTE));
}

static struct form *form(struct desk *desk)
{
    return &desk->cancel.form;
}

const struct screen cancel_screen = {
    .context = CONTEXT_FORM,
    .takes_text = true,
    .form = form,
    .act = act,
    .closed = closed,
};
