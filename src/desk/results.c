/* The sheet after an outage: what waited for the line, and what became of it. */
#include "internal.h"

#include <string.h>

enum { PAGE = 10 };

/* --- what waits ------------------------------------------------------------------------------------ */

static int waits_at(const struct results_state *results, const char *id)
{
    for (int i = 0; i < results->waiting_count; i++)
        if (strcmp(results->waiting[i], id) == 0)
            return i;
    return -1;
}

static void forget_old(struct results_state *results)
{
    for (int i = 0; i < results->count; i++)
        slot_list_finish(&results->items[i].slots);
    results->count = results->selected = 0;
    results->seen = false;
}

static void add_waiting(struct results_state *results, const char *id)
{
    if (waits_at(results, id) >= 0 || results->waiting_count == RESULTS_KEPT)
        return;
    if (results->waiting_count == 0 && results->seen)
        forget_old(results); /* another outage, another sheet */
    str_copy(results->waiting[results->waiting_count++], OPERATION_ID_SIZE, id);
}

static void stop_waiting(struct results_state *results, int at)
{
    results->waiting_count--;
    memmove(results->waiting[at], results->waiting[at + 1],
        (size_t)(results->waiting_count - at) * sizeof *results->waiting);
}

/* True for what is saved here because Knock cannot be reached. */
static bool waits_for_line(const struct desk *desk, const struct operation *operation)
{
    bool unreachable = operation->reason == REASON_OFFLINE || operation->reason == REASON_TLS;
    return operation->state == STATE_SAVED && (!desk->online || unreachable);
}

/* --- what became of it --------------------------------------------------------------------------------- */

static struct result *result_of(struct results_state *results, const char *id)
{
    for (int i = 0; i < results->count; i++)
        if (strcmp(results->items[i].operation.id, id) == 0)
            return &results->items[i];
    return NULL;
}

static void put_result(struct results_state *results, const struct report *report)
{
    struct result *result = result_of(results, report->operation->id);
    if (!result && results->count == RESULTS_KEPT)
        return;
    if (!result) {
        result = &results->items[results->count++];
        *result = (struct result){0};
    }
    result->operation = *report->operation;
    if (report->tour)
        result->tour = *report->tour;
    slot_list_copy(&result->slots, &report->slots);
}

/* What wants a person first: refused, then unknown, then the rest. */
static int weight(const struct result *result)
{
    switch (result->operation.state) {
    case STATE_REFUSED: return 0;
    case STATE_UNKNOWN: return 1;
    default: return 2;
    }
}

static void sort_results(struct results_state *results)
{
    for (int i = 1; i < results->count; i++) {
        struct result moved = results->items[i];
        int at = i;
        for (; at > 0 && weight(&results->items[at - 1]) > weight(&moved); at--)
            results->items[at] = results->items[at - 1];
        results->items[at] = moved;
    }
}

/* --- the sheet ------------------------------------------------------------------------------------------- */

static void say_sums(struct desk *desk)
{
    const struct results_state *results = &desk->results;
    int confirmed = 0, refused = 0, unknown = 0;
    for (int i = 0; i < results->count; i++) {
        confirmed += results->items[i].operation.state == STATE_CONFIRMED;
        refused += results->items[i].operation.state == STATE_REFUSED;
        unknown += results->items[i].operation.state == STATE_UNKNOWN;
    }
    desk_say(desk, refused + unknown ? TONE_TROUBLE : TONE_GOOD,
        "What waited has been sent: %d confirmed, %d refused, %d unknown.%s", confirmed, refused,
        unknown, desk_screen(desk) == SCREEN_RESULTS ? "" : " O shows them.");
}

/* Never over something that is being typed or asked. */
void results_show(struct desk *desk)
{
    struct results_state *results = &desk->results;
    if (results->waiting_count > 0 || results->count == 0 || results->seen || !desk->online)
        return;
    results->seen = true;
    results->selected = 0;
    sort_results(results);
    const struct screen *screen = desk_screen_of(desk_screen(desk));
    if (!screen->floats && !screen->takes_text && screen->context != CONTEXT_SWEEP)
        desk_push(desk, SCREEN_RESULTS);
    say_sums(desk);
}

void results_operation(struct desk *desk, const struct report *report)
{
    struct results_state *results = &desk->results;
    const struct operation *operation = report->operation;
    if (waits_for_line(desk, operation)) {
        add_waiting(results, operation->id);
        return;
    }
    int at = waits_at(results, operation->id);
    bool through = state_settled(operation->state) || operation->state == STATE_UNKNOWN;
    if (at < 0 && !result_of(results, operation->id))
        return;
    if (!through)
        return;
    if (at >= 0)
        stop_waiting(results, at);
    if (operation->state != STATE_WITHDRAWN || at < 0)
        put_result(results, report);
}

void results_online(struct desk *desk, struct command_list *out)
{
    (void)out;
    int waiting = desk->results.waiting_count;
    if (waiting > 0)
        desk_say(desk, TONE_WAITING, "The line is back. %d that waited %s sent now, one by one.",
            waiting, waiting == 1 ? "is" : "are");
    results_show(desk);
}

void results_tour(struct desk *desk, const struct tour *tour)
{
    for (int i = 0; i < desk->results.count; i++)
        if (strcmp(desk->results.items[i].tour.id, tour->id) == 0)
            desk->results.items[i].tour = *tour;
}

/* --- the screen --------------------------------------------------------------------------------------------- */

static const struct tour *selected(const struct desk *desk)
{
    const struct results_state *results = &desk->results;
    if (results->selected >= results->count)
        return NULL;
    const struct tour *tour = &results->items[results->selected].tour;
    return tour->id[0] ? tour : NULL;
}

/* A call is settled by itself, whether its tour is known or not. */
static const struct loose *loose(const struct desk *desk)
{
    const struct results_state *results = &desk->results;
    if (results->selected >= results->count)
        return NULL;
    const struct loose *found =
        loose_list_find(&desk->loose.list, results->items[results->selected].operation.id);
    return found && loose_stands_alone(found, &desk->board.tours) ? found : NULL;
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    (void)out;
    return step_act(&desk->results.selected, desk->results.count, PAGE, action);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    if (item < 0 || item >= desk->results.count)
        return;
    desk->results.selected = item;
    if (twice)
        desk_act(desk, ACTION_OPEN, NULL, out);
}

const struct screen results_screen = {
    .context = CONTEXT_RESULTS,
    .act = act,
    .click = click,
    .selected = selected,
    .loose = loose,
};
