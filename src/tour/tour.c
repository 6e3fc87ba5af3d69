#include "tourdesk/tour/tour.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

static bool in_flight(enum operation_state state)
{
    return state == STATE_SAVED || state == STATE_SENDING;
}

/* What became of the booking itself, where that decides; TOUR_STATUSES where it is confirmed. */
static enum tour_status booking_status(enum operation_state booking)
{
    switch (booking) {
    case STATE_SAVED: return TOUR_SAVED;
    case STATE_SENDING: return TOUR_SENDING;
    case STATE_REFUSED: return TOUR_REFUSED;
    case STATE_UNKNOWN: return TOUR_UNKNOWN;
    case STATE_WITHDRAWN: return TOUR_WITHDRAWN;
    default: return TOUR_STATUSES;
    }
}

/* What the clock says of a confirmed tour that nothing else decides. */
static enum tour_status clock_status(const struct tour *tour, instant now)
{
    if (now < tour->start.at && !tour->arrived_at)
        return TOUR_BOOKED;
    if (now >= tour->end)
        return TOUR_UNLOGGED;
    if (tour->arrived_at)
        return TOUR_NOW;
    return now < tour->start.at + LATE_AFTER ? TOUR_EXPECTED : TOUR_LATE;
}

/* The same of a walk-in: only who was marked as arrived is in a unit, and wants a visit log afterwards. */
static enum tour_status walk_in_status(const struct tour *tour, instant now)
{
    if (!tour->arrived_at)
        return TOUR_REGISTERED;
    instant length = tour->end - tour->start.at;
    return now < tour->arrived_at + length ? TOUR_NOW : TOUR_UNLOGGED;
}

enum tour_status tour_status(const struct tour *tour, instant now)
{
    if (tour->replaced_by[0])
        return TOUR_REPLACED;
    if (tour->cancel == STATE_CONFIRMED)
        return TOUR_CANCELLED;
    enum tour_status booking = booking_status(tour->booking);
    if (booking != TOUR_STATUSES)
        return booking;
    if (tour->cancel == STATE_UNKNOWN || tour->visit == STATE_UNKNOWN)
        return TOUR_UNKNOWN;
    if (in_flight(tour->cancel))
        return TOUR_CANCELLING;
    if (tour->visit == STATE_CONFIRMED)
        return TOUR_LOGGED;
    if (in_flight(tour->visit))
        return TOUR_LOGGING;
    if (tour->no_show)
        return TOUR_NO_SHOW;
    return tour->kind == TOUR_WALK_IN ? walk_in_status(tour, now) : clock_status(tour, now);
}

const char *tour_status_words(enum tour_status status)
{
    static const char *const words[TOUR_STATUSES] = {
        [TOUR_UNKNOWN] = "unknown",
        [TOUR_SAVED] = "saved",
        [TOUR_SENDING] = "sending",
        [TOUR_BOOKED] = "booked",
        [TOUR_NOW] = "in the unit now",
        [TOUR_EXPECTED] = "expected now",
        [TOUR_LATE] = "late",
        [TOUR_NO_SHOW] = "no-show",
        [TOUR_UNLOGGED] = "needs a visit log",
        [TOUR_CANCELLING] = "being cancelled",
        [TOUR_LOGGING] = "visit being logged",
        [TOUR_REGISTERED] = "walk-in registered",
        [TOUR_LOGGED] = "visit logged",
        [TOUR_CANCELLED] = "cancelled",
        [TOUR_REPLACED] = "replaced",
        [TOUR_REFUSED] = "refused",
        [TOUR_WITHDRAWN] = "withdrawn",
    };
    return words[status];
}

const char *tour_late_words(int64_t milliseconds)
{
    if (milliseconds < LATE_AFTER)
        return "just now";
    if (milliseconds < 2 * LATE_AFTER)
        return "late";
    return milliseconds < 3 * LATE_AFTER ? "very late" : "hardly coming";
}

bool tour_undecided(const struct tour *tour)
{
    return in_flight(tour->booking) || tour->booking == STATE_UNKNOWN;
}

bool tour_stands(const struct tour *tour)
{
    bool holds = tour_undecided(tour) || tour->booking == STATE_CONFIRMED;
    return holds && tour->cancel != STATE_CONFIRMED && !tour->replaced_by[0];
}

bool tour_upcoming(const struct tour *tour, instant now)
{
    return tour->kind == TOUR_APPOINTMENT && tour_stands(tour) && tour->end > now;
}

/* What stops both a cancel and a visit. */
static bool is_there(const struct tour *tour, struct error *why)
{
    if (tour->replaced_by[0])
        return error_set(why, "another tour took the place of this one");
    if (tour->cancel == STATE_CONFIRMED)
        return error_set(why, "this tour was cancelled");
    if (in_flight(tour->cancel))
        return error_set(why, "this tour is being cancelled");
    bool walk_in = tour->kind == TOUR_WALK_IN;
    if (tour->booking == STATE_REFUSED)
        return error_set(why, walk_in ? "this registration was refused: nobody was registered"
                                      : "this booking was refused: there is no tour");
    if (tour->booking == STATE_WITHDRAWN)
        return error_set(why, walk_in ? "this registration was taken back"
                                      : "this booking was taken back: there is no tour");
    return true;
}

bool tour_can_cancel(const struct tour *tour, struct error *why)
{
    if (!is_there(tour, why))
        return false;
    if (tour->kind == TOUR_WALK_IN && tour->booking == STATE_SAVED)
        return error_set(why, "a walk-in has no appointment to cancel: take the registration back");
    if (tour->kind == TOUR_WALK_IN)
        return error_set(why, "a walk-in has no appointment to cancel");
    if (tour->booking == STATE_SAVED)
        return error_set(why, "this booking has not left yet: take it back instead");
    if (tour->booking == STATE_UNKNOWN)
        return error_set(why, "whether this tour was booked is unknown: settle that first");
    if (tour->visit == STATE_CONFIRMED)
        return error_set(why, "the visit of this tour is logged");
    return true;
}

bool tour_can_move(const struct tour *tour, struct error *why)
{
    if (tour->kind == TOUR_WALK_IN)
        return error_set(why, "a walk-in has no time to move: book a tour instead");
    return tour_can_cancel(tour, why);
}

bool tour_can_visit(const struct tour *tour, struct error *why)
{
    if (!is_there(tour, why))
        return false;
    if (in_flight(tour->visit))
        return error_set(why, "a visit of this tour is being logged");
    if (tour->visit == STATE_UNKNOWN)
        return error_set(why, "whether this visit was logged is unknown: settle that first");
    if (tour->visit == STATE_CONFIRMED)
        return error_set(why, "the visit of this tour is logged already");
    return true;
}

void tour_list_finish(struct tour_list *list)
{
    free(list->items);
    *list = (struct tour_list){0};
}

struct tour *tour_list_add(struct tour_list *list)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct tour *tour = &list->items[list->count++];
    memset(tour, 0, sizeof *tour);
    return tour;
}

const struct tour *tour_list_find(const struct tour_list *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].id, id) == 0)
            return &list->items[i];
    return NULL;
}
