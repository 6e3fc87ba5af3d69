/* Logging a visit: when, which units, how they came. */
#include "internal.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/when.h"

#include <string.h>

enum { NAMED = 3 };

static const char *const guided_choices[] = {"self-guided", "with staff"};

static const struct community *community_of(const struct desk *desk)
{
    const struct community *community =
        community_find(desk->communities, desk->community_count, desk->visit.tour.community_id);
    return community ? community : desk_office(desk)->community;
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
    bool typing = &form->fields[form->focus] == field && !field->left;
    if (!read_when(desk, &at, &why))
        field_say(field, typing ? WEIGHT_HINT : WEIGHT_WRONG, "When: %s.", why.text);
    else
        field_say(field, WEIGHT_HINT, "%s",
            say_moment(words, community_of(desk)->zone, at.at, desk->now));
}

/* The next unit of the text at `*at`: names are set apart by commas or spaces. */
static bool next_unit(const char **at, char out[UNIT_SIZE])
{
    static const char gaps[] = " ,;";
    *at += strspn(*at, gaps);
    size_t length = strcspn(*at, gaps);
    if (length == 0)
        return false;
    str_print(out, UNIT_SIZE, "%.*s", (int)length, *at);
    *at += length;
    return true;
}

/* The nearest names, as "120, 120B": empty if there are none. */
static void nearest(const struct community *community, const char *name, struct str *out)
{
    size_t near[NAMED];
    size_t count = unit_nearest(community->units, community->unit_count, name, near, NAMED);
    for (size_t i = 0; i < count; i++)
        str_addf(out, "%s%s", i ? ", " : "", community->units[near[i]]);
}

static void check_units(const struct desk *desk, const struct form *form, struct field *field)
{
    const struct community *community = community_of(desk);
    const char *at = form_text(form, VISIT_UNIT_NAMES);
    char name[UNIT_SIZE];
    size_t known = 0;
    if (community->unit_count == 0 && *at) {
        field_say(field, WEIGHT_HINT, "There is no list of units to check against.");
        return;
    }
    while (next_unit(&at, name)) {
        if (unit_find(community->units, community->unit_count, name) >= 0) {
            known++;
            continue;
        }
        struct str near = {0};
        nearest(community, name, &near);
        bool typing = *at == '\0' && &form->fields[form->focus] == field && !field->left;
        field_say(field, typing ? WEIGHT_HINT : WEIGHT_WARN, "%s is not in the list of %s%s%s%s",
            name, community->name, near.length ? "; nearest: " : "", str_text(&near),
            near.length ? " (C-o takes the first)" : "");
        str_finish(&near);
        return;
    }
    if (known > 0)
        field_say(field, WEIGHT_HINT, "%zu of %zu known", known, known);
}

static const struct field_spec specs[VISIT_FIELDS] = {
    [VISIT_WHEN] = {"When", FIELD_TEXT, 60, "now, 2:30 pm, yesterday 4", 0, false, check_when},
    [VISIT_UNIT_NAMES] = {"Units seen", FIELD_TEXT, 400, "names, with spaces between", 0, false,
        check_units},
    [VISIT_SOURCE] = {"Source", FIELD_CHOICE, 0, NULL, 0, false, NULL},
    [VISIT_GUIDED] = {"Came", FIELD_CHOICE, 0, NULL, 0, false, NULL},
};

/* --- opening ---------------------------------------------------------------------------------------- */

void visit_init(struct desk *desk)
{
    form_init(&desk->visit.form, specs, VISIT_FIELDS);
}

static void set_choices(struct desk *desk)
{
    struct form *form = &desk->visit.form;
    struct field *guided = &form->fields[VISIT_GUIDED];
    guided->choices[0] = guided_choices[0];
    guided->choices[1] = guided_choices[1];
    guided->choice_count = 2;
    guided->chosen = 0;
    struct field *source = &form->fields[VISIT_SOURCE];
    const struct office *office = desk_office_of(desk, desk->visit.tour.community_id);
    const struct source_list *sources = office ? &office->sources : &desk_office(desk)->sources;
    source->choice_count = 0;
    source->chosen = NO_CHOICE;
    for (size_t i = 0; i < sources->count && source->choice_count < FIELD_CHOICES; i++) {
        if (str_same(sources->titles[i], desk->visit.tour.source_title))
            source->chosen = source->choice_count;
        source->choices[source->choice_count++] = sources->titles[i];
    }
}

void visit_open(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    struct visit_state *visit = &desk->visit;
    struct error why;
    char words[SAY_SIZE];
    (void)out;
    if (!tour_can_visit(tour, &why)) {
        desk_say(desk, TONE_PLAIN, "No visit to log: %s.", why.text);
        return;
    }
    form_clear(&visit->form);
    visit->tour = *tour;
    visit->insist = false;
    visit->token = 0;
    set_choices(desk);
    bool begun = tour->start.at <= desk->now;
    const struct zone *zone = community_of(desk)->zone;
    form_set_text(&visit->form, VISIT_WHEN,
        begun ? say_moment(words, zone, tour->start.at, desk->now) : "now");
    visit->form.focus = VISIT_UNIT_NAMES;
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
    const struct field *source = &form->fields[VISIT_SOURCE];
    struct error why;
    *out = (struct visiting){.self_guided = form->fields[VISIT_GUIDED].chosen != 1};
    if (!read_when(desk, &out->visit_time, &why))
        str_addf(needed, "a time that is past");
    str_copy(out->source_title, sizeof out->source_title,
        source->chosen == NO_CHOICE ? desk->visit.tour.source_title
                                    : source->choices[source->chosen]);
    const char *at = form_text(form, VISIT_UNIT_NAMES);
    char name[UNIT_SIZE];
    const struct community *community = community_of(desk);
    while (out->unit_count < VISIT_UNITS && next_unit(&at, name)) {
        int known = unit_find(community->units, community->unit_count, name);
        str_copy(
            out->units[out->unit_count++], UNIT_SIZE, known >= 0 ? community->units[known] : name);
    }
    out->any_unit = desk->visit.insist;
}

static void send(struct desk *desk, struct command_list *out)
{
    struct str needed = {0};
    struct command *command = desk_command(desk, COMMAND_VISIT, out);
    str_copy(command->community_id, ID_SIZE, desk->visit.tour.community_id);
    str_copy(command->tour_id, OPERATION_ID_SIZE, desk->visit.tour.id);
    desk_visiting(desk, &command->visiting, &needed);
    desk->visit.token = command->token;
    str_finish(&needed);
}

static void submit(struct desk *desk, struct command_list *out)
{
    struct visiting visiting;
    struct str needed = {0};
    struct form *form = &desk->visit.form;
    for (int i = 0; i < form->count; i++)
        form->fields[i].left = true;
    form_check(desk, form);
    desk_visiting(desk, &visiting, &needed);
    if (form_go_wrong(form)) {
        desk_say(desk, TONE_TROUBLE, "Not logged. %s", form->fields[form->focus].note);
    } else if (desk->visit.token == 0) {
        desk_say(desk, TONE_WAITING, "Saving.");
        send(desk, out);
    }
    str_finish(&needed);
}

/* --- unknown units --------------------------------------------------------------------------------------- */

/* Puts the nearest name in the place of the first unknown one. */
static void take_nearest(struct desk *desk)
{
    const struct community *community = community_of(desk);
    struct form *form = &desk->visit.form;
    struct str text = {0};
    const char *at = form_text(form, VISIT_UNIT_NAMES);
    char name[UNIT_SIZE];
    bool replaced = false;
    while (next_unit(&at, name)) {
        size_t near;
        bool unknown = unit_find(community->units, community->unit_count, name) < 0;
        if (unknown && !replaced &&
            unit_nearest(community->units, community->unit_count, name, &near, 1)) {
            str_copy(name, sizeof name, community->units[near]);
            replaced = true;
        }
        str_addf(&text, "%s%s", text.length ? " " : "", name);
    }
    form_set_text(form, VISIT_UNIT_NAMES, str_text(&text));
    form_check(desk, form);
    str_finish(&text);
}

static void take_it(struct desk *desk, struct command_list *out)
{
    take_nearest(desk);
    submit(desk, out);
}

static void send_anyway(struct desk *desk, struct command_list *out)
{
    desk->visit.insist = true;
    submit(desk, out);
}

static void mend_it(struct desk *desk, struct command_list *out)
{
    (void)out;
    form_focus(desk, &desk->visit.form, VISIT_UNIT_NAMES);
    desk_say(desk, TONE_PLAIN, "Nothing was sent.");
}

bool visit_report(struct desk *desk, struct report *report)
{
    if (!report->token || report->token != desk->visit.token)
        return false;
    desk->visit.token = 0;
    if (report->reason != REASON_UNKNOWN_UNIT) {
        desk_say(desk, TONE_TROUBLE, "Not logged: %s.", report->trouble.text);
        return true;
    }
    struct question *question = &desk->question;
    *question = (struct question){0};
    str_copy(question->title, sizeof question->title, "That unit is not in the list");
    str_print(question->text, sizeof question->text,
        "%s.\n\nKnock would record the visit and drop that name.", report->trouble.text);
    question_add(question, 'y', "take the nearest", take_it);
    question_add(question, 'e', "mend it", mend_it);
    question_add(question, 's', "send it as it is", send_anyway);
    question_open(desk);
    return true;
}

void visit_operation(struct desk *desk, const struct report *report)
{
    if (!report->token || report->token != desk->visit.token)
        return;
    if (desk_screen(desk) == SCREEN_VISIT)
        desk_pop(desk);
    desk->visit.token = 0;
}

/* --- the screen ------------------------------------------------------------------------------------------- */

static bool takes_text(const struct desk *desk)
{
    (void)desk;
    return true;
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    if (action == ACTION_SUBMIT) {
        submit(desk, out);
        return true;
    }
    if (action == ACTION_TAKE_NEAREST) {
        take_nearest(desk);
        return true;
    }
    return form_act(desk, &desk->visit.form, action);
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    (void)pasted;
    (void)out;
    form_type(desk, &desk->visit.form, typed, length);
}

static void closed(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk_say(desk, TONE_PLAIN, "The visit was not logged.");
}

const struct screen visit_screen = {
    .context = CONTEXT_FORM,
    .takes_text = takes_text,
    .act = act,
    .text = text,
    .closed = closed,
};
