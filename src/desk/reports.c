/* What the worker tells, and who on the desk it is for. */
#include "internal.h"

#include "tourdesk/tour/say.h"

#include <stdlib.h>
#include <string.h>

static void put_tour(struct tour_list *list, const struct tour *tour)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].id, tour->id) == 0)
            list->items[i] = *tour;
}

/* A tour changed: what is shown of it changes at once, the lists are read again behind it. */
static void spread_tour(struct desk *desk, const struct tour *tour)
{
    struct tour_list *lists[] = {&desk->calendar.tours, &desk->board.tours, &desk->tours.tours,
        &desk->search.page.tours, &desk->person.person.tours, &desk->book.guest.tours,
        &desk->walk_in.guest.tours};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        put_tour(lists[i], tour);
    sweep_take(desk, tour);
    results_tour(desk, tour);
    loose_tour(desk, tour);
}

static void take_tours(struct desk *desk, struct report *report, struct command_list *out)
{
    if (report->trouble.text[0]) {
        desk_say(desk, TONE_TROUBLE, "%s", report->trouble.text);
        if (report->token != desk->search.page.token)
            return; /* what was known stays */
    }
    if (report->token == desk->calendar.tours_token) {
        tour_list_finish(&desk->calendar.tours);
        desk->calendar.tours = report->tours;
        report->tours = (struct tour_list){0};
    } else if (report->token == desk->board.token) {
        board_take(desk, report);
    } else if (report->token == desk->search.page.token) {
        search_take(desk, report, out);
    } else if (!tours_take(desk, report)) {
        guest_take(desk, report);
    }
}

/* --- one operation --------------------------------------------------------------------------------- */

static void follow_undo(struct desk *desk, const struct operation *operation, bool ours)
{
    bool waits = operation->state == STATE_SAVED && operation->reason == REASON_NONE &&
                 operation->send_after > desk->now;
    /* By its id alone: while it is sent there is nothing to take back, and once it is through there may be. */
    bool same = strcmp(desk->undo.operation_id, operation->id) == 0;
    if (waits) {
        desk->undo = (struct undo){.kind = UNDO_OPERATION};
        str_copy(desk->undo.operation_id, OPERATION_ID_SIZE, operation->id);
        str_copy(desk->undo.tour_id, OPERATION_ID_SIZE, operation->tour_id);
    } else if (ours && !same && !state_settled(operation->state)) {
        /* Sent without a time for second thoughts: only what is undone afterwards may come of it. */
        desk->undo = (struct undo){.kind = UNDO_NOTHING};
        str_copy(desk->undo.operation_id, OPERATION_ID_SIZE, operation->id);
        str_copy(desk->undo.tour_id, OPERATION_ID_SIZE, operation->tour_id);
    } else if (same) {
        bool cancelled = operation->kind == OPERATION_CANCEL && operation->state == STATE_CONFIRMED;
        desk->undo.kind = cancelled ? UNDO_CANCEL : UNDO_NOTHING;
    }
}

static void take_operation(struct desk *desk, struct report *report, struct command_list *out)
{
    bool settled = state_settled(report->operation->state);
    follow_undo(desk, report->operation, report->token != 0);
    book_operation(desk, report, out);
    move_operation(desk, report);
    cancel_operation(desk, report);
    visit_operation(desk, report, out);
    walk_in_operation(desk, report, out);
    results_operation(desk, report);
    loose_operation(desk, report);
    settle_operation(desk, report);
    if (report->tour)
        spread_tour(desk, report->tour);
    notice_operation(desk, report);
    results_show(desk);
    if (settled)
        reads_slots(desk, desk->office, out); /* a slot was taken or came free */
    desk_list_again(desk, out);
}

static void take_stopped(struct desk *desk, struct report *report, struct command_list *out)
{
    bool taken = book_stopped(desk, report, out) || move_stopped(desk, report, out) ||
                 visit_stopped(desk, report, out) || cancel_stopped(desk, report) ||
                 walk_in_stopped(desk, report, out);
    if (report->token && report->token == desk->marking.token) {
        desk->marking.token = 0;
        if (desk->undo.kind == UNDO_MARK)
            desk->undo.kind = UNDO_NOTHING; /* there is no such mark */
    }
    if (!taken)
        desk_say(desk, TONE_TROUBLE, "Not done: %s.", report->trouble.text);
}

/* --- marks ------------------------------------------------------------------------------------------- */

static const char *const mark_done[MARK_KINDS] = {
    [MARK_ARRIVED] = "is here",
    [MARK_NO_SHOW] = "did not come",
    [MARK_COMING] = "comes later",
    [MARK_NOTE] = "has a note",
    [MARK_CALL_BACK] = "will be called back",
    [MARK_CALLED_BACK] = "was called back",
    [MARK_LATER] = "is left for later",
    [MARK_DECLINED] = "declined what was offered",
    [MARK_TAKEN_OVER] = "is taken over",
    [MARK_DONE_IN_KNOCK] = "was put right in Knock",
};

static void take_tour(struct desk *desk, const struct report *report, struct command_list *out)
{
    char name[SHORT_NAME_SIZE];
    if (!report->tour)
        return;
    if (report->token && report->token == desk->marking.token) {
        desk->marking.token = 0;
        short_name(report->tour->first_name, report->tour->last_name, name);
        if (desk->marking.back)
            desk_say(desk, TONE_GOOD, "Taken back: %s %s.", name, mark_done[desk->marking.kind]);
        else
            desk_say(desk, TONE_GOOD, "Noted here: %s %s.%s", name, mark_done[desk->marking.kind],
                desk->undo.kind == UNDO_MARK ? " u takes it back." : "");
    }
    spread_tour(desk, report->tour);
    desk_list_again(desk, out);
}

/* --- the line and the clock ---------------------------------------------------------------------------- */

static void take_link(struct desk *desk, const struct report *report, struct command_list *out)
{
    bool back = report->online && !desk->online;
    desk->online = report->online;
    desk->link_since = report->since;
    if (!back)
        return;
    reads_slots(desk, desk->office, out);
    results_online(desk, out);
}

static void take_skew(struct desk *desk, const struct report *report)
{
    char length[SAY_SIZE];
    desk->skew = report->skew;
    int64_t off = llabs(report->skew);
    if (off >= MINUTE)
        desk_say(desk, TONE_TROUBLE, "This machine's clock is %s %s Knock's. Have it set right.",
            say_length(length, off), report->skew > 0 ? "ahead of" : "behind");
    else
        desk_say(desk, TONE_PLAIN, "This machine's clock agrees with Knock's again.");
}

/* What was left unsent or unknown when the program was last open, said once at the start. */
static void greet_left_over(struct desk *desk, const struct report *report)
{
    int unsent = 0, unknown = 0;
    for (size_t i = 0; i < report->operation_count; i++) {
        unknown += report->operations[i].state == STATE_UNKNOWN;
        unsent += report->operations[i].state != STATE_UNKNOWN;
    }
    desk->greeting_token = 0;
    if (unsent && unknown)
        desk_say(desk, TONE_TROUBLE,
            "From before: %d saved here and not sent yet, %d with an unknown outcome. 2 shows the "
            "board.",
            unsent, unknown);
    else if (unknown)
        desk_say(desk, TONE_TROUBLE, "From before: %d with an unknown outcome. 2 shows the board.",
            unknown);
    else if (unsent)
        desk_say(desk, TONE_WAITING,
            "From before: %d saved here and not sent yet. They go out by themselves.", unsent);
}

/* --- all of them ------------------------------------------------------------------------------------------ */

static void take_holds(struct desk *desk, struct report *report)
{
    hold_list_finish(&desk->holds);
    desk->holds = report->holds;
    report->holds = (struct hold_list){0};
}

static void take_operations(struct desk *desk, struct report *report)
{
    bool greeting = report->token && report->token == desk->greeting_token;
    bool taken = loose_take(desk, report);
    if (greeting)
        greet_left_over(desk, report);
    else if (!taken)
        settle_take(desk, report);
}

void reports_take(struct desk *desk, struct report *report, struct command_list *out)
{
    desk->telling = true;
    switch (report->kind) {
    case REPORT_SLOTS: reads_take_slots(desk, report, out); break;
    case REPORT_SOURCES: reads_take_sources(desk, report); break;
    case REPORT_TOURS: take_tours(desk, report, out); break;
    case REPORT_TOUR: take_tour(desk, report, out); break;
    case REPORT_PERSON: person_take(desk, report); break;
    case REPORT_HANDOVER: handover_take(desk, report); break;
    case REPORT_DRAFTS: drafts_take(desk, report); break;
    case REPORT_OPERATIONS: take_operations(desk, report); break;
    case REPORT_OPERATION: take_operation(desk, report, out); break;
    case REPORT_STOPPED: take_stopped(desk, report, out); break;
    case REPORT_LINK: take_link(desk, report, out); break;
    case REPORT_HOLDS: take_holds(desk, report); break;
    case REPORT_SKEW: take_skew(desk, report); break;
    case REPORT_CHANGED: desk_list_again(desk, out); break;
    case REPORT_CARD:
    case REPORT_EVENTS:
    case REPORT_HEALTH: break; /* nobody here asks for them */
    case REPORT_TROUBLE: desk_say(desk, TONE_TROUBLE, "%s", report->trouble.text); break;
    }
    desk->telling = false;
    report_destroy(report);
}
