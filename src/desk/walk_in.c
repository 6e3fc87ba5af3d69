/* Somebody is here without a tour: registered, and then their visit, or a tour, or nothing more. */
#include "guest.h"
#include "units.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"

#include <string.h>

static const char *const whats[] = {"visit now", "tour at the next free time", "register only"};

static void check_what(const struct desk *desk, const struct form *form, struct field *field)
{
    char words[SAY_SIZE];
    (void)form;
    const struct walk_in_state *walk_in = &desk->walk_in;
    if (field->chosen == NO_CHOICE)
        field_say(field, WEIGHT_WRONG, "Choose what they want.");
    else if (field->chosen == WALK_IN_TOUR && walk_in->has_slot)
        field_say(field, WEIGHT_HINT, "The next free time is %s.",
            say_moment(words, desk_zone(desk), walk_in->slot.start.at, desk->now));
    else if (field->chosen == WALK_IN_TOUR)
        field_say(field, WEIGHT_WRONG, "No time is free.");
    else if (field->chosen == WALK_IN_REGISTER)
        field_say(field, WEIGHT_HINT, "They are put on Knock's list; nothing is booked or logged.");
    else
        field_say(field, WEIGHT_HINT, "Registered and their visit logged. No tour is booked.");
}

static void check_units(const struct desk *desk, const struct form *form, struct field *field)
{
    if (form->fields[WALK_IN_WHAT].chosen == WALK_IN_VISIT)
        units_check(desk, form, field, desk_office(desk)->community);
    else if (!field_blank(field))
        field_say(field, WEIGHT_WARN, "Units go with a visit only.");
}

static const struct field_spec specs[] = {
    {"What", FIELD_CHOICE, 0, NULL, 0, false, check_what},
    {"Units seen", FIELD_TEXT, 400, "the first letters are enough", 0, false, check_units},
    {"Message", FIELD_TEXT, 400, NULL, 0, false, NULL},
};

void walk_in_init(struct desk *desk)
{
    struct form *form = &desk->walk_in.form;
    form_init(form);
    form->guest = WALK_IN_GUEST;
    form_add(form, guest_specs, GUEST_FIELDS);
    form_add(form, specs, sizeof specs / sizeof *specs);
}

static void find_slot(struct desk *desk)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    const struct slot_list *slots = &desk_office(desk)->slots[CALENDAR_SELF_GUIDED];
    walk_in->has_slot = false;
    for (size_t i = 0; i < slots->count && !walk_in->has_slot; i++)
        if (slots->items[i].start.at > desk->now) {
            walk_in->slot = slots->items[i];
            walk_in->has_slot = true;
        }
}

static void reset(struct desk *desk)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    struct form *form = &walk_in->form;
    form_clear(form);
    guest_reset(desk, form, &walk_in->guest);
    /* Whoever stands in the office found it by walking in, where Knock has that word. */
    struct field *source = &form->fields[WALK_IN_GUEST + GUEST_SOURCE];
    for (int i = 0; i < source->choice_count; i++)
        if (str_starts(source->choices[i], "walk"))
            source->chosen = i;
    form_set_choices(form, WALK_IN_WHAT, whats, sizeof whats / sizeof *whats);
    form->fields[WALK_IN_WHAT].chosen = WALK_IN_VISIT;
    walk_in->draft = walk_in->asked = walk_in->insist = false;
}

void walk_in_restore(struct desk *desk)
{
    reset(desk);
    desk->walk_in.draft = true;
}

void walk_in_open(struct desk *desk, struct command_list *out)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    if (desk_awaits(desk, walk_in->token))
        return;
    if (!walk_in->draft)
        reset(desk);
    else
        desk_say(desk, TONE_PLAIN, "Your draft is here again; C-x empties it.");
    find_slot(desk);
    form_check(desk, &walk_in->form);
    desk_push(desk, SCREEN_WALK_IN);
    reads_slots(desk, desk->office, out);
}

/* --- sending -------------------------------------------------------------------------------------------- */

static void read_booking(const struct desk *desk, struct booking *out, struct str *needed)
{
    const struct walk_in_state *walk_in = &desk->walk_in;
    *out = (struct booking){.calendar = CALENDAR_SELF_GUIDED};
    guest_read(desk, &walk_in->form, out);
    form_value(&walk_in->form, WALK_IN_MESSAGE, out->profile.message, sizeof out->profile.message);
    guest_needs(out, needed);
    if (walk_in->form.fields[WALK_IN_WHAT].chosen != WALK_IN_TOUR || !walk_in->has_slot)
        return;
    out->start = walk_in->slot.start;
    out->end = walk_in->slot.end;
    out->seen = true;
    str_copy(out->start_text, sizeof out->start_text, walk_in->slot.text);
}

/* The visit as the form has it when it is sent: it may be another form by the time the answer is here. */
static void read_visit(const struct desk *desk, struct visiting *visiting)
{
    const struct walk_in_state *walk_in = &desk->walk_in;
    struct unit_name names[VISIT_UNITS];
    *visiting = (struct visiting){.self_guided = true, .any_unit = walk_in->insist};
    str_copy(visiting->source_title, SOURCE_SIZE,
        form_choice(&walk_in->form, WALK_IN_GUEST + GUEST_SOURCE));
    int count =
        units_read(desk_office(desk)->community, form_text(&walk_in->form, WALK_IN_SEEN), names);
    for (int i = 0; i < count; i++)
        str_copy(visiting->units[visiting->unit_count++], UNIT_SIZE, names[i].text);
}

static void send(struct desk *desk, const struct booking *booking, struct command_list *out)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    bool tour = walk_in->form.fields[WALK_IN_WHAT].chosen == WALK_IN_TOUR;
    struct command *command = desk_command(desk, tour ? COMMAND_BOOK : COMMAND_REGISTER, out);
    command->booking = *booking;
    walk_in->token = command->token;
    walk_in->draft = true;
    walk_in->logs = walk_in->form.fields[WALK_IN_WHAT].chosen == WALK_IN_VISIT;
    read_visit(desk, &walk_in->visit);
    guest_sent(desk, booking);
    desk_say(desk, TONE_WAITING, "Saving.");
}

static bool units_settled(struct desk *desk)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    if (walk_in->form.fields[WALK_IN_WHAT].chosen != WALK_IN_VISIT || walk_in->insist)
        return true;
    enum unit_step step = UNITS_TAKEN;
    while (step == UNITS_TAKEN)
        step = units_take(
            desk, &walk_in->form, WALK_IN_SEEN, desk_office(desk)->community, &walk_in->swap);
    if (step == UNITS_READY)
        return true;
    form_focus(desk, &walk_in->form, WALK_IN_SEEN);
    walk_in->insist = step == UNITS_UNKNOWN;
    if (step == UNITS_OFFERED)
        units_say_taken(desk, &walk_in->swap);
    else
        desk_say(desk, TONE_TROUBLE,
            "No unit is like that: Knock drops names it does not know. "
            "Enter again sends it all the same.");
    return false;
}

/* True where the next free time is not the one that stood in the form: it may have been said already. */
static bool find_another(struct desk *desk)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    instant said = walk_in->has_slot ? walk_in->slot.start.at : 0;
    find_slot(desk);
    return walk_in->form.fields[WALK_IN_WHAT].chosen == WALK_IN_TOUR && walk_in->has_slot &&
           walk_in->slot.start.at != said;
}

static void submit(struct desk *desk, struct command_list *out)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    struct form *form = &walk_in->form;
    struct booking booking;
    struct str needed = {0};
    if (desk_awaits(desk, walk_in->token))
        return;
    guest_split(desk, form);
    bool another = find_another(desk);
    form_leave_all(desk, form);
    bool asked_anew = guest_follow_phone(desk, form, &walk_in->guest);
    read_booking(desk, &booking, &needed);
    if (asked_anew) {
        form_focus(desk, form, WALK_IN_GUEST + GUEST_CONSENT);
    } else if (form_go_wrong(form)) {
        desk_say(desk, TONE_TROUBLE, "Not sent. %s", form->fields[form->focus].note);
    } else if (needed.length) {
        form_focus(desk, form, guest_first_needed(form, &booking));
        desk_say(desk, TONE_TROUBLE, "Not sent. Needed still: %s.", str_text(&needed));
    } else if (guest_unasked(form) && !walk_in->asked) {
        walk_in->asked = true;
        form_focus(desk, form, WALK_IN_GUEST + GUEST_CONSENT);
        desk_say(desk, TONE_WAITING,
            "Read out the question about texts: y or n. Enter again sends without.");
    } else if (another) {
        desk_say(desk, TONE_WAITING, "%s Enter again books it.", form->fields[WALK_IN_WHAT].note);
    } else if (units_settled(desk)) {
        send(desk, &booking, out);
    }
    str_finish(&needed);
}

bool walk_in_stopped(struct desk *desk, struct report *report, struct command_list *out)
{
    (void)out;
    if (!report->token || report->token != desk->walk_in.token)
        return false;
    desk->walk_in.token = 0;
    if (report->reason == REASON_HAS_TOUR && report->tours.count > 0)
        desk_say(desk, TONE_TROUBLE,
            "They have a tour here already: / finds it, r moves it. The form is kept.");
    else
        desk_say(desk, TONE_TROUBLE, "Not sent: %s. The form is kept.", report->trouble.text);
    return true;
}

/* The visit hangs on the registration, which is sent before it. */
static void log_visit(
    struct desk *desk, const struct operation *registered, struct command_list *out)
{
    struct command *command = desk_command(desk, COMMAND_VISIT, out);
    str_copy(command->community_id, ID_SIZE, registered->community_id);
    str_copy(command->tour_id, OPERATION_ID_SIZE, registered->id);
    command->visiting = desk->walk_in.visit;
    command->at_once = true; /* it waits for the registration, whose undo time is for both */
}

void walk_in_operation(struct desk *desk, const struct report *report, struct command_list *out)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    if (!report->token || report->token != walk_in->token)
        return;
    walk_in->token = 0;
    walk_in->draft = false;
    if (walk_in->logs)
        log_visit(desk, report->operation, out);
    drafts_drop(desk, SCREEN_WALK_IN, out);
    desk_close(desk, SCREEN_WALK_IN);
}

/* --- the screen ------------------------------------------------------------------------------------------- */

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    struct form *form = &walk_in->form;
    int before = form->focus;
    if (units_edits(action))
        walk_in->insist = false;
    if (action == ACTION_SUBMIT) {
        submit(desk, out);
        return true;
    }
    if (action == ACTION_CLEAR_FORM) {
        reset(desk);
        form_check(desk, form);
        drafts_drop(desk, SCREEN_WALK_IN, out);
        return true;
    }
    if (action == ACTION_COMPLETE) {
        enum unit_step step =
            units_next(desk, form, WALK_IN_SEEN, desk_office(desk)->community, &walk_in->swap);
        walk_in->insist = step == UNITS_KEPT;
        units_say_next(desk, step, &walk_in->swap);
        return true;
    }
    if (!form_act(desk, form, action))
        return false;
    if (before <= WALK_IN_GUEST + GUEST_LAST_NAME && form->focus != before)
        guest_split(desk, form);
    guest_typed(desk, form, &walk_in->guest, out);
    return true;
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    walk_in->insist = false;
    if (pasted && source_take_link(desk, &walk_in->form, WALK_IN_GUEST + GUEST_SOURCE, typed))
        return;
    form_type(desk, &walk_in->form, typed, length);
    guest_typed(desk, &walk_in->form, &walk_in->guest, out);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    (void)twice;
    struct form *form = &desk->walk_in.form;
    if (item >= ITEM_PICK && item < ITEM_PICK + PICKS)
        units_pick(desk, form, WALK_IN_SEEN, desk_office(desk)->community, item - ITEM_PICK);
    else
        guest_click(desk, form, &desk->walk_in.guest, item, out);
}

static void closed(struct desk *desk, struct command_list *out)
{
    struct walk_in_state *walk_in = &desk->walk_in;
    if (walk_in->token)
        return;
    walk_in->draft = !form_blank(&walk_in->form);
    drafts_leave(desk, SCREEN_WALK_IN, out);
    desk_say(desk, TONE_PLAIN, "Nothing was sent.%s",
        walk_in->draft ? " The form is kept as a draft: W opens it." : "");
}

static void tick(struct desk *desk, struct command_list *out)
{
    (void)out;
    find_slot(desk);
    form_check(desk, &desk->walk_in.form);
}

static struct form *form(struct desk *desk)
{
    return &desk->walk_in.form;
}

const struct screen walk_in_screen = {
    .context = CONTEXT_FORM,
    .takes_text = true,
    .form = form,
    .act = act,
    .text = text,
    .click = click,
    .closed = closed,
    .tick = tick,
};
