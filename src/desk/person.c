/* Everything known here about one person. */
#include "internal.h"

#include <string.h>

static void read_again(struct desk *desk, int64_t person_id, struct command_list *out)
{
    struct command *command = desk_command(desk, COMMAND_READ_PERSON, out);
    command->person_id = person_id;
    desk->person.token = command->token;
}

void person_open(struct desk *desk, int64_t person_id, struct command_list *out)
{
    if (person_id == 0) {
        desk_say(desk, TONE_PLAIN, "Nothing else is known here about this person.");
        return;
    }
    if (desk->person.person.id != person_id) {
        person_finish(&desk->person.person);
        desk->person.person.id = person_id;
        desk->person.selected[0] = '\0';
    }
    desk_push(desk, SCREEN_PERSON);
    read_again(desk, person_id, out);
}

void person_take(struct desk *desk, struct report *report)
{
    if (!report->token || report->token != desk->person.token)
        return;
    if (report->trouble.text[0]) {
        desk_say(desk, TONE_TROUBLE, "%s.", report->trouble.text);
        return;
    }
    person_finish(&desk->person.person);
    desk->person.person = report->person;
    report->person = (struct person){0};
}

static void changed(struct desk *desk, struct command_list *out)
{
    if (desk->person.person.id)
        read_again(desk, desk->person.person.id, out);
}

/* Where the focus begins: the tour that comes next, else the newest. */
static int first_row(const struct desk *desk)
{
    const struct tour_list *tours = &desk->person.person.tours;
    int row = 0;
    for (size_t i = 0; i < tours->count; i++)
        if (tour_upcoming(&tours->items[i], desk->now))
            row = (int)i; /* newest first: the last of these is the next to come */
    return row;
}

static const struct tour *selected(const struct desk *desk)
{
    const struct tour_list *tours = &desk->person.person.tours;
    const struct tour *tour = tour_list_find(tours, desk->person.selected);
    if (!tour && tours->count > 0)
        tour = &tours->items[first_row(desk)];
    return tour;
}

/* One key, and it counts from the next request on (domain.md E2). */
static void stop_texts(struct desk *desk, struct command_list *out)
{
    const struct person *person = &desk->person.person;
    if (!person->profile.phone[0]) {
        desk_say(desk, TONE_PLAIN, "There is no phone number to text to.");
        return;
    }
    if (person->consent.state == CONSENT_NO) {
        desk_say(desk, TONE_PLAIN, "No texts go to this number already.");
        return;
    }
    struct command *command = desk_command(desk, COMMAND_CONSENT, out);
    str_copy(command->consent.phone, sizeof command->consent.phone, person->profile.phone);
    command->consent.state = CONSENT_NO;
    command->consent.stopped = person->consent.state == CONSENT_YES;
    command->person_id = person->id;
    desk->person.token = command->token;
    desk_say(desk, TONE_WAITING,
        "No more texts to this number from here. Set it in Knock too: the API has no call for it.");
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    if (action == ACTION_STOP_TEXTS) {
        stop_texts(desk, out);
        return true;
    }
    const struct tour_list *tours = &desk->person.person.tours;
    const struct tour *tour = selected(desk);
    int at = tour ? (int)(tour - tours->items) : 0;
    return select_act(tours, desk->person.selected, at, action);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    const struct tour_list *tours = &desk->person.person.tours;
    if (item < 0 || item >= (int)tours->count)
        return;
    str_copy(desk->person.selected, OPERATION_ID_SIZE, tours->items[item].id);
    if (twice)
        desk_act(desk, ACTION_OPEN, NULL, out);
}

const struct screen person_screen = {
    .context = CONTEXT_PERSON,
    .act = act,
    .click = click,
    .changed = changed,
    .selected = selected,
};
