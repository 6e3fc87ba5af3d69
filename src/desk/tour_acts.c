/* What can be done with the tour that has the focus, on whatever page it is. */
#include "internal.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/when.h"

#include <string.h>

enum { PEEK = 10 * SECOND };

/* --- marks ----------------------------------------------------------------------------------------------- */

void mark_tour(struct desk *desk, const struct tour *tour, enum mark_kind kind, instant time,
    const char *text, struct command_list *out)
{
    struct command *command = desk_tour_command(desk, COMMAND_MARK, tour, out);
    command->mark.kind = kind;
    command->mark.time = time;
    text_clean_copy(command->mark.text, sizeof command->mark.text, text ? text : "");
    desk->marking.token = command->token;
    desk->marking.kind = kind;
    desk->marking.back = false;
    if (desk->undo.kind == UNDO_OPERATION)
        return; /* what has not left is the more urgent to take back */
    desk->undo = (struct undo){.kind = UNDO_MARK, .mark = kind};
    str_copy(desk->undo.tour_id, OPERATION_ID_SIZE, tour->id);
}

static void unmark(
    struct desk *desk, const struct tour *tour, enum mark_kind kind, struct command_list *out)
{
    struct command *command = desk_tour_command(desk, COMMAND_UNMARK, tour, out);
    command->mark.kind = kind;
    desk->marking.token = command->token;
    desk->marking.kind = kind;
    desk->marking.back = true;
    if (desk->undo.kind == UNDO_MARK)
        desk->undo.kind = UNDO_NOTHING; /* or `u` would take back the one before it */
}

static bool is_of_a_later_day(const struct desk *desk, const struct tour *tour)
{
    const struct zone *zone = desk_community(desk, tour->community_id)->zone;
    return date_compare(zone_date(zone, tour->start.at), zone_date(zone, desk->now)) > 0;
}

static void arrived(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    if (tour->arrived_at)
        unmark(desk, tour, MARK_ARRIVED, out);
    else if (!tour_stands(tour))
        desk_say(desk, TONE_PLAIN, "This tour does not stand any more.");
    else if (is_of_a_later_day(desk, tour))
        desk_say(desk, TONE_PLAIN, "This tour is of a later day: m moves it if they want it now.");
    else
        mark_tour(desk, tour, MARK_ARRIVED, desk->now, NULL, out);
}

static void no_show_after_all(struct desk *desk, struct command_list *out)
{
    struct tour tour = desk->question.tour;
    mark_tour(desk, &tour, MARK_NO_SHOW, 0, NULL, out);
}

/* They were noted as here: a slip of the finger would take them off the board. */
static void ask_no_show(struct desk *desk, const struct tour *tour)
{
    struct question *question = &desk->question;
    char name[SHORT_NAME_SIZE];
    short_name(tour->first_name, tour->last_name, name);
    *question = (struct question){.tour = *tour};
    str_copy(question->title, sizeof question->title, "Not here after all?");
    str_print(question->text, sizeof question->text, "%s was noted as here.", name);
    question_add(question, 'y', "they did not come", no_show_after_all);
    question_add(question, 'n', "leave it", NULL);
    question_open(desk);
}

static void no_show(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    if (tour->no_show)
        unmark(desk, tour, MARK_NO_SHOW, out);
    else if (tour->start.at > desk->now)
        desk_say(desk, TONE_PLAIN, "This tour has not begun yet.");
    else if (!tour_stands(tour))
        desk_say(desk, TONE_PLAIN, "This tour does not stand any more.");
    else if (tour->arrived_at)
        ask_no_show(desk, tour);
    else
        mark_tour(desk, tour, MARK_NO_SHOW, 0, NULL, out);
}

static void called_back(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    if (!tour->call_by)
        desk_say(desk, TONE_PLAIN, "No call was promised. B promises one.");
    else
        mark_tour(desk, tour, MARK_CALLED_BACK, desk->now, NULL, out);
}

static void done_in_knock(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    if (tour->done_in_knock)
        unmark(desk, tour, MARK_DONE_IN_KNOCK, out);
    else if (!*board_by_hand(tour))
        desk_say(desk, TONE_PLAIN, "Nothing is left to be done in Knock for this tour.");
    else
        mark_tour(desk, tour, MARK_DONE_IN_KNOCK, 0, NULL, out);
}

/* --- what asks for a line ---------------------------------------------------------------------------------- */

static bool read_coming(struct desk *desk, const char *text, struct stamp *at)
{
    struct error why;
    char words[SAY_SIZE];
    struct entry_state *entry = &desk->entry;
    const struct zone *zone = desk_zone_of(desk, &entry->tour);
    bool ok = when_parse_time(text, zone, desk->now, WHEN_NEXT, at, &why);
    if (ok && at->at <= desk->now)
        ok = error_set(&why, "that has passed");
    if (ok)
        str_copy(entry->note, sizeof entry->note, say_moment(words, zone, at->at, desk->now));
    else
        str_print(entry->note, sizeof entry->note, "%s", why.text);
    return ok;
}

static bool check_coming(struct desk *desk, const char *text)
{
    struct stamp at;
    return read_coming(desk, text, &at);
}

static void note_coming(struct desk *desk, const char *text, struct command_list *out)
{
    struct stamp at;
    if (read_coming(desk, text, &at))
        mark_tour(desk, &desk->entry.tour, MARK_COMING, at.at, NULL, out);
}

static void coming(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    (void)out;
    if (!tour_stands(tour)) {
        desk_say(desk, TONE_PLAIN, "This tour does not stand any more.");
        return;
    }
    if (tour->arrived_at) {
        desk_say(desk, TONE_PLAIN, "They are noted as here; a takes that back.");
        return;
    }
    struct tour kept = *tour;
    entry_open(desk, "Coming when?", check_coming, note_coming);
    desk->entry.tour = kept;
    str_copy(desk->entry.empty, sizeof desk->entry.empty, "2:20, 14:20");
}

static void keep_note(struct desk *desk, const char *text, struct command_list *out)
{
    struct tour tour = desk->entry.tour;
    if (str_blank(text) && !tour.note[0])
        desk_say(desk, TONE_PLAIN, "No note was written.");
    else
        mark_tour(desk, &tour, MARK_NOTE, 0, text, out); /* an empty one stands for none */
}

static void note(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    (void)out;
    struct tour kept = *tour;
    entry_open(desk, "Note", NULL, keep_note);
    desk->entry.tour = kept;
    desk->entry.editor.max_bytes = NOTE_SIZE - 1;
    editor_set(&desk->entry.editor, kept.note);
    str_copy(
        desk->entry.text, sizeof desk->entry.text, "It stays here; Knock has no place for it.");
}

/* --- looking -------------------------------------------------------------------------------------------------- */

static void peek(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    (void)out;
    str_copy(desk->peeked, sizeof desk->peeked, tour->id);
    desk->peek_until = desk->now + PEEK;
}

static void copy(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    char span[SAY_SIZE], phone[PHONE_SIZE];
    (void)out;
    str_clear(&desk->copied);
    phone_local(tour->phone, phone);
    say_span(span, desk_zone_of(desk, tour), tour->start.at, tour->end, desk->now);
    str_addf(&desk->copied, "%s %s, %s, %s", tour->first_name, tour->last_name, span,
        desk_community(desk, tour->community_id)->name);
    if (tour->phone[0])
        str_addf(&desk->copied, ", %s", phone);
    if (tour->email[0])
        str_addf(&desk->copied, ", %s", tour->email);
    if (tour->appointment_id[0])
        str_addf(&desk->copied, ", number %s", tour->appointment_id);
    desk->copies++;
    desk_say(desk, TONE_PLAIN, "Copied the tour, for terminals that let programs copy.");
}

static void open_person(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    if (desk_base_screen(desk) != SCREEN_PERSON)
        person_open(desk, tour->person_id, out);
}

static void settle(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    bool unknown = tour->booking == STATE_UNKNOWN || tour->cancel == STATE_UNKNOWN ||
                   tour->visit == STATE_UNKNOWN;
    if (unknown)
        settle_open(desk, tour, out);
    else
        desk_say(desk, TONE_PLAIN, "Nothing about this tour is unknown.");
}

static void cancel(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    (void)out;
    cancel_open(desk, tour);
}

static void call_back(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    (void)out;
    call_open(desk, tour, false);
}

typedef void (*tour_doer)(struct desk *desk, const struct tour *tour, struct command_list *out);

static tour_doer doer_of(enum action action)
{
    static const tour_doer doers[ACTION_KINDS] = {
        [ACTION_OPEN] = open_person,
        [ACTION_VISIT] = visit_open,
        [ACTION_CANCEL] = cancel,
        [ACTION_RESCHEDULE] = move_open,
        [ACTION_ARRIVED] = arrived,
        [ACTION_NO_SHOW] = no_show,
        [ACTION_COMING] = coming,
        [ACTION_CALL_BACK] = call_back,
        [ACTION_CALLED_BACK] = called_back,
        [ACTION_NOTE] = note,
        [ACTION_PERSON] = open_person,
        [ACTION_SETTLE] = settle,
        [ACTION_PEEK] = peek,
        [ACTION_COPY] = copy,
        [ACTION_DONE_IN_KNOCK] = done_in_knock,
    };
    return doers[action];
}

/* A refusal on the notice says that a call can be promised: it is about that tour, which no page shows. */
static const struct tour *meant(const struct desk *desk, enum action action)
{
    const struct notice *notice = &desk->notice;
    bool offered = notice->operation && notice->operation->state == STATE_REFUSED &&
                   notice->text[0] && notice->tour;
    return action == ACTION_CALL_BACK && offered ? notice->tour : desk_selected(desk);
}

bool act_on_tour(struct desk *desk, enum action action, struct command_list *out)
{
    tour_doer doer = doer_of(action);
    if (!doer)
        return false;
    const struct tour *tour = meant(desk, action);
    const struct loose *loose = desk_loose(desk);
    if (tour)
        doer(desk, tour, out);
    else if (loose)
        loose_say(desk, loose);
    else
        desk_say(desk, TONE_PLAIN, "There is no tour of ours here.");
    return true;
}
