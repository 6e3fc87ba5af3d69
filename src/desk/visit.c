/* Logging a visit: when, which units, how they came. */
#include "guest.h"
#include "units.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/when.h"

#include <string.h>

static const char *const guided_choices[] = {"self-guided", "with staff"};
enum { GUIDED_CHOICES = 2, WITH_STAFF = 1 };

static const struct community *community_of(const struct desk *desk)
{
    return desk_community(desk, desk->visit.tour.community_id);
}

/* --- checks ---------------------------------------------------------------------------------------- */

static bool read_when(const struct desk *desk, struct stamp *out, struct error *error)
{
    const struct zone *zone = community_of(desk)->zone;
    if (!when_parse_time(
            form_text(&desk->visit.form, VISIT_WHEN), zone, desk->now, WHEN_LAST, out, error))
        return false;
    if (out->at > desk->now)
        return error_set(error, "it has not come yet: a visit is logged afterwards");
    return true;
}

static void check_when(const struct desk *desk, const struct form *form, struct field *field)
{
    struct stamp at;
    struct error why;
    char words[SAY_SIZE];
    if (!read_when(desk, &at, &why))
        field_say(field, form_weight(form, field), "When: %s.", why.text);
    else
        field_say(field, WEIGHT_HINT, "%s",
            say_moment(words, community_of(desk)->zone, at.at, desk->now));
}

static void check_units(const struct desk *desk, const struct form *form, struct field *field)
{
    units_check(desk, form, field, community_of(desk));
}

static const struct field_spec specs[VISIT_FIELDS] = {
    [VISIT_WHEN] = {"When", FIELD_TEXT, 60, "now, 2:30 pm, yesterday 4", 0, false, check_when},
    [VISIT_SEEN] = {"Units seen", FIELD_TEXT, 400, "the first letters are enough", 0, false,
        check_units},
    [VISIT_DECLINED] = {"Offered, declined", FIELD_TEXT, 400, "units they saw and did not want", 0,
        false, check_units},
    [VISIT_SOURCE] = {"Source", FIELD_CHOICE, 0, NULL, 0, false, NULL},
    [VISIT_GUIDED] = {"How they came", FIELD_CHOICE, 0, NULL, 0, false, NULL},
};

void visit_init(struct desk *desk)
{
    form_init(&desk->visit.form);
    form_add(&desk->visit.form, specs, VISIT_FIELDS);
}

/* --- opening ---------------------------------------------------------------------------------------- */

static void set_sources(struct desk *desk)
{
    const struct office *office = desk_office_of(desk, desk->visit.tour.community_id);
    source_choices(&desk->visit.form.fields[VISIT_SOURCE], office ? office : desk_office(desk),
        desk->visit.tour.source_title);
}

void forms_sources_changed(struct desk *desk)
{
    guest_sources(desk, &desk->book.form);
    guest_sources(desk, &desk->walk_in.form);
    set_sources(desk);
}

void visit_open(struct desk *desk, const struct tour *given, struct command_list *out)
{
    struct visit_state *visit = &desk->visit;
    struct tour tour = *given;
    struct error why;
    char words[SAY_SIZE];
    if (desk_awaits(desk, visit->token))
        return;
    if (!tour_can_visit(&tour, &why)) {
        desk_say(desk, TONE_PLAIN, "No visit to log: %s.", why.text);
        return;
    }
    form_clear(&visit->form);
    visit->tour = tour;
    visit->insist = visit->again = false;
    visit->swap = (struct unit_swap){0};
    const struct office *office = desk_office_of(desk, tour.community_id);
    if (office)
        reads_sources(desk, (size_t)(office - desk->offices), out);
    set_sources(desk);
    form_set_choices(&visit->form, VISIT_GUIDED, guided_choices, GUIDED_CHOICES);
    visit->form.fields[VISIT_GUIDED].chosen = tour.calendar == CALENDAR_IN_PERSON ? WITH_STAFF : 0;
    bool begun = tour.start.at <= desk->now;
    form_set_text(&visit->form, VISIT_WHEN,
        begun ? say_moment(words, community_of(desk)->zone, tour.start.at, desk->now) : "now");
    visit->form.focus = VISIT_SEEN;
    form_check(desk, &visit->form);
    desk_push(desk, SCREEN_VISIT);
    if (begun)
        desk_say(desk, TONE_PLAIN, "Type the units they saw, then Enter.");
    else
        desk_say(
            desk, TONE_TROUBLE, "This tour is still to come. Log it only if they are here now.");
}

/* --- the visit ---------------------------------------------------------------------------------------- */

void desk_visiting(const struct desk *desk, struct visiting *out, struct str *needed)
{
    const struct form *form = &desk->visit.form;
    struct unit_name names[VISIT_UNITS];
    struct error why;
    *out = (struct visiting){.self_guided = form->fields[VISIT_GUIDED].chosen != WITH_STAFF};
    if (!read_when(desk, &out->visit_time, &why))
        need(needed, "a time that is past");
    const char *source = form_choice(form, VISIT_SOURCE);
    str_copy(out->source_title, sizeof out->source_title,
        *source ? source : desk->visit.tour.source_title);
    int count = units_read(community_of(desk), form_text(form, VISIT_SEEN), names);
    for (int i = 0; i < count; i++)
        str_copy(out->units[out->unit_count++], UNIT_SIZE, names[i].text);
    out->any_unit = desk->visit.insist;
    out->again = desk->visit.again;
}

static void send(struct desk *desk, struct command_list *out)
{
    struct str needed = {0};
    if (desk->visit.token)
        return;
    struct command *command = desk_tour_command(desk, COMMAND_VISIT, &desk->visit.tour, out);
    desk_visiting(desk, &command->visiting, &needed);
    desk->visit.token = command->token;
    desk_say(desk, TONE_WAITING, "Saving.");
    str_finish(&needed);
}

/* Takes the best match for what is half typed; false if a second look at it is due first. */
static bool units_settled(struct desk *desk)
{
    struct form *form = &desk->visit.form;
    for (int field = VISIT_SEEN; field <= VISIT_DECLINED; field++) {
        enum unit_step step = UNITS_TAKEN;
        while (step == UNITS_TAKEN)
            step = units_take(desk, form, field, community_of(desk), &desk->visit.swap);
        if (step == UNITS_OFFERED) {
            form_focus(desk, form, field);
            units_say_taken(desk, &desk->visit.swap);
            return false;
        }
    }
    return true;
}

static void submit(struct desk *desk, struct command_list *out)
{
    struct form *form = &desk->visit.form;
    if (desk_awaits(desk, desk->visit.token))
        return;
    if (!desk->visit.insist && !units_settled(desk))
        return;
    form_leave_all(desk, form);
    if (form_go_wrong(form))
        desk_say(desk, TONE_TROUBLE, "Not logged. %s", form->fields[form->focus].note);
    else
        send(desk, out);
}

/* --- what the worker stops at ---------------------------------------------------------------------------- */

static void send_anyway(struct desk *desk, struct command_list *out)
{
    desk->visit.insist = true;
    send(desk, out);
}

static void mend_it(struct desk *desk, struct command_list *out)
{
    (void)out;
    form_focus(desk, &desk->visit.form, VISIT_SEEN);
    desk_say(desk, TONE_PLAIN, "Nothing was sent.");
}

static void ask_unit(struct desk *desk, const struct report *report)
{
    struct question *question = &desk->question;
    *question = (struct question){.tour = desk->visit.tour};
    str_copy(question->title, sizeof question->title, "That unit is not in the list");
    str_print(question->text, sizeof question->text,
        "%s.\n\nKnock would record the visit and drop that name; it is kept here as a note.",
        report->trouble.text);
    question_add(question, 'e', "mend it", mend_it);
    question_add(question, 's', "send it as it is", send_anyway);
    question_open(desk);
}

static void log_again(struct desk *desk, struct command_list *out)
{
    desk->visit.again = true;
    send(desk, out);
}

static void leave_it(struct desk *desk, struct command_list *out)
{
    (void)out;
    if (desk_screen(desk) == SCREEN_VISIT)
        desk_pop(desk);
    desk_say(desk, TONE_PLAIN, "The visit that is logged stays as it is; nothing was sent.");
}

static void ask_again(struct desk *desk, const struct report *report)
{
    struct question *question = &desk->question;
    *question = (struct question){.tour = desk->visit.tour};
    str_copy(question->title, sizeof question->title, "A visit is logged already");
    str_print(question->text, sizeof question->text,
        "%s.\n\nA second one does not mend the first: Knock keeps both.", report->trouble.text);
    question_add(question, 'k', "keep the one that is there", leave_it);
    question_add(question, '2', "log a second visit", log_again);
    question_open(desk);
}

bool visit_stopped(struct desk *desk, struct report *report, struct command_list *out)
{
    (void)out;
    if (!report->token || report->token != desk->visit.token)
        return false;
    desk->visit.token = 0;
    bool shown = desk_screen(desk) == SCREEN_VISIT;
    if (shown && report->reason == REASON_UNKNOWN_UNIT)
        ask_unit(desk, report);
    else if (shown && report->reason == REASON_VISIT_EXISTS)
        ask_again(desk, report);
    else
        desk_say(desk, TONE_TROUBLE, "Not logged: %s.", report->trouble.text);
    return true;
}

static void keep_declined(struct desk *desk, struct command_list *out)
{
    char declined[NOTE_SIZE];
    form_value(&desk->visit.form, VISIT_DECLINED, declined, sizeof declined);
    if (!*declined)
        return;
    struct command *command = desk_tour_command(desk, COMMAND_MARK, &desk->visit.tour, out);
    command->mark.kind = MARK_DECLINED;
    str_copy(command->mark.text, sizeof command->mark.text, declined);
}

void visit_operation(struct desk *desk, const struct report *report, struct command_list *out)
{
    if (!report->token || report->token != desk->visit.token)
        return;
    desk->visit.token = 0;
    keep_declined(desk, out);
    drafts_drop(desk, SCREEN_VISIT, out);
    desk_close(desk, SCREEN_VISIT);
    sweep_logged(desk, &desk->visit.tour, out);
}

/* --- the screen ------------------------------------------------------------------------------------------- */

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    struct form *form = &desk->visit.form;
    if (units_edits(action))
        desk->visit.insist = false;
    if (action == ACTION_SUBMIT) {
        submit(desk, out);
        return true;
    }
    if (action == ACTION_COMPLETE) {
        int field = form->focus == VISIT_DECLINED ? VISIT_DECLINED : VISIT_SEEN;
        enum unit_step step = units_next(desk, form, field, community_of(desk), &desk->visit.swap);
        desk->visit.insist = step == UNITS_KEPT;
        units_say_next(desk, step, &desk->visit.swap);
        return true;
    }
    return form_act(desk, form, action);
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    (void)out;
    desk->visit.insist = false;
    if (pasted && source_take_link(desk, &desk->visit.form, VISIT_SOURCE, typed))
        return;
    form_type(desk, &desk->visit.form, typed, length);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    (void)twice;
    (void)out;
    struct form *form = &desk->visit.form;
    if (item >= ITEM_PICK && item < ITEM_PICK + PICKS)
        units_pick(desk, form, form->focus, community_of(desk), item - ITEM_PICK);
    else
        form_click(desk, form, item);
}

static void closed(struct desk *desk, struct command_list *out)
{
    drafts_drop(desk, SCREEN_VISIT, out);
    if (!desk->visit.token)
        desk_say(desk, TONE_PLAIN, "The visit was not logged.%s",
            form_loss(&desk->visit.form, VISIT_SEEN, VISIT_DECLINED));
}

static struct form *form(struct desk *desk)
{
    return &desk->visit.form;
}

const struct screen visit_screen = {
    .context = CONTEXT_FORM,
    .takes_text = true,
    .form = form,
    .act = act,
    .text = text,
    .click = click,
    .closed = closed,
};
