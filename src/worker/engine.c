#include "tourdesk/worker/engine.h"

#include <string.h>

enum { FIRST_PAUSE = 500, LONGEST_PAUSE = 60 * SECOND };

/* Whom a row is for. */
enum {
    BOOK = 1 << OPERATION_BOOK,
    CANCEL = 1 << OPERATION_CANCEL,
    VISIT = 1 << OPERATION_VISIT,
    REGISTER = 1 << OPERATION_REGISTER,
    CALL = 1 << OPERATION_CALL,
    ALL = BOOK | CANCEL | VISIT | REGISTER | CALL,
};

/* The table; the first row that fits counts.
 *
 * A booking goes check, prospect, request. Only the last is a write that cannot be repeated (law 4), so
 * it stays `saved` until then. A cancel whose answer was lost is unknown and is asked again by itself; a
 * booking, a visit or a call never is: only a person's word brings it back to `saved`. So when the slot of one that
 * was sent before is gone, that word stands, and it is refused. A registration is a POST /prospect and nothing else, which Knock takes as an
 * upsert of the same person (knock-api R7): where its answer was lost, or its sender is gone, it is `saved`
 * again and goes out once more by itself. So it is never unknown. */
static const struct engine_row table[] = {
    {BOOK, STATE_SAVED, STEP_NONE, false, EVENT_DUE, {STATE_SAVED, STEP_CHECK, THEN_SEND}},
    {BOOK, STATE_SAVED, STEP_CHECK, false, EVENT_OFFERED, {STATE_SAVED, STEP_PROSPECT, THEN_SEND}},
    {BOOK, STATE_SAVED, STEP_CHECK, false, EVENT_READY, {STATE_SENDING, STEP_REQUEST, THEN_SEND}},
    {BOOK, STATE_SAVED, STEP_CHECK, false, EVENT_GONE, {STATE_REFUSED, STEP_NONE, THEN_END}},
    {BOOK, STATE_SAVED, STEP_CHECK, false, EVENT_REFUSED, {STATE_REFUSED, STEP_NONE, THEN_END}},
    {BOOK, STATE_SAVED, STEP_CHECK, false, EVENT_NOT_YET, {STATE_SAVED, STEP_NONE, THEN_RETRY}},
    {BOOK, STATE_SAVED, STEP_PROSPECT, false, EVENT_CONFIRMED,
        {STATE_SENDING, STEP_REQUEST, THEN_SEND}},
    {BOOK, STATE_SAVED, STEP_PROSPECT, false, EVENT_REFUSED, {STATE_REFUSED, STEP_NONE, THEN_END}},
    {BOOK, STATE_SAVED, STEP_PROSPECT, false, EVENT_NOT_YET, {STATE_SAVED, STEP_NONE, THEN_RETRY}},
    {BOOK, STATE_SENDING, STEP_REQUEST, false, EVENT_UNKNOWN, {STATE_UNKNOWN, STEP_NONE, THEN_END}},
    {REGISTER, STATE_SAVED, STEP_NONE, false, EVENT_DUE, {STATE_SENDING, STEP_PROSPECT, THEN_SEND}},
    {REGISTER, STATE_SENDING, STEP_NONE, false, EVENT_INTERRUPTED,
        {STATE_SAVED, STEP_NONE, THEN_RETRY}},
    {VISIT, STATE_SAVED, STEP_NONE, false, EVENT_DUE, {STATE_SENDING, STEP_VISIT, THEN_SEND}},
    {VISIT, STATE_SENDING, STEP_VISIT, false, EVENT_UNKNOWN, {STATE_UNKNOWN, STEP_NONE, THEN_END}},
    {CALL, STATE_SAVED, STEP_NONE, false, EVENT_DUE, {STATE_SENDING, STEP_CALL, THEN_SEND}},
    {CALL, STATE_SENDING, STEP_CALL, false, EVENT_UNKNOWN, {STATE_UNKNOWN, STEP_NONE, THEN_END}},
    {CANCEL, STATE_SAVED, STEP_NONE, false, EVENT_DUE, {STATE_SENDING, STEP_CANCEL, THEN_SEND}},
    {CANCEL, STATE_UNKNOWN, STEP_NONE, false, EVENT_DUE, {STATE_SENDING, STEP_CANCEL, THEN_SEND}},
    {CANCEL, STATE_SENDING, STEP_CANCEL, false, EVENT_UNKNOWN,
        {STATE_UNKNOWN, STEP_NONE, THEN_RETRY}},
    {CANCEL, STATE_SENDING, STEP_NONE, false, EVENT_INTERRUPTED,
        {STATE_UNKNOWN, STEP_NONE, THEN_RETRY}},
    {ALL, STATE_SENDING, STEP_NONE, true, EVENT_CONFIRMED, {STATE_CONFIRMED, STEP_NONE, THEN_END}},
    {ALL, STATE_SENDING, STEP_NONE, true, EVENT_REFUSED, {STATE_REFUSED, STEP_NONE, THEN_END}},
    {ALL, STATE_SENDING, STEP_NONE, true, EVENT_NOT_YET, {STATE_SAVED, STEP_NONE, THEN_RETRY}},
    {ALL, STATE_SENDING, STEP_NONE, false, EVENT_INTERRUPTED, {STATE_UNKNOWN, STEP_NONE, THEN_END}},
    {ALL, STATE_SAVED, STEP_NONE, true, EVENT_UNDONE, {STATE_WITHDRAWN, STEP_NONE, THEN_END}},
    {ALL, STATE_SAVED, STEP_NONE, false, EVENT_STOPPED, {STATE_REFUSED, STEP_NONE, THEN_END}},
    {ALL, STATE_UNKNOWN, STEP_NONE, false, EVENT_SETTLED_YES,
        {STATE_CONFIRMED, STEP_NONE, THEN_END}},
    {ALL, STATE_UNKNOWN, STEP_NONE, false, EVENT_SETTLED_NO, {STATE_SAVED, STEP_NONE, THEN_RETRY}},
    {ALL, STATE_UNKNOWN, STEP_NONE, false, EVENT_DROPPED, {STATE_WITHDRAWN, STEP_NONE, THEN_END}},
};

bool engine_table(size_t index, struct engine_row *out)
{
    if (index >= sizeof table / sizeof *table)
        return false;
    *out = table[index];
    return true;
}

bool engine_move(enum operation_kind kind, enum operation_state state, enum step step,
    enum event event, struct move *out)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct engine_row *row = &table[i];
        if (!(row->kinds & 1U << kind) || row->state != state || row->event != event ||
            (!row->any_step && row->step != step))
            continue;
        *out = row->move;
        return true;
    }
    return false;
}

bool step_repeatable(enum step step)
{
    return step != STEP_REQUEST && step != STEP_VISIT && step != STEP_CALL;
}

enum event engine_event(const struct outcome *outcome, enum step step, bool lost_before)
{
    bool lost_cancel = step == STEP_CANCEL && lost_before;
    if (lost_cancel && (outcome->came == CAME_NOT_KNOWN || outcome->came == CAME_CONFLICT))
        return EVENT_CONFIRMED;
    if (lost_cancel && outcome->verdict != VERDICT_CONFIRMED)
        return EVENT_UNKNOWN; /* the lost one may have been applied, whatever became of the repeat */
    static const enum event events[] = {
        [VERDICT_CONFIRMED] = EVENT_CONFIRMED,
        [VERDICT_REFUSED] = EVENT_REFUSED,
        [VERDICT_NOT_YET] = EVENT_NOT_YET,
        [VERDICT_UNKNOWN] = EVENT_UNKNOWN,
    };
    return events[outcome->verdict];
}

/* --- order --------------------------------------------------------------------------------- */

static bool in_flight(const struct operation *operation)
{
    return operation->state == STATE_SAVED || operation->state == STATE_SENDING;
}

/* True for what begins a tour, and tells Knock of a person. */
static bool begins_tour(const struct operation *operation)
{
    return operation->kind == OPERATION_BOOK || operation->kind == OPERATION_REGISTER;
}

/* True if the booking or registration `earlier` must be through before `later` may go: the same person, of
 * whom the last word must be the one that stays, or the same slot, where the second could not tell its own
 * kind from a stranger's. */
static bool comes_first(const struct operation *earlier, const struct operation *later)
{
    if (!begins_tour(earlier) || !begins_tour(later) || !in_flight(earlier) ||
        strcmp(earlier->community_id, later->community_id) != 0)
        return false;
    bool both_booked = earlier->kind == OPERATION_BOOK && later->kind == OPERATION_BOOK;
    bool same_slot = both_booked && earlier->booking.start.at == later->booking.start.at &&
                     earlier->booking.calendar == later->booking.calendar;
    return same_slot || profile_same_contact(&earlier->booking.profile, &later->booking.profile);
}

/* True for what changes a tour that is there, one after the other. */
static bool changes_tour(const struct operation *operation)
{
    return operation->kind == OPERATION_CANCEL || operation->kind == OPERATION_VISIT;
}

/* What the tour of a visit, a cancel or a call says about its going. A call is about a person: it waits for
 * the tour only to learn of them. */
static enum obstacle tour_obstacle(const struct operation *operation, const struct tour *tour)
{
    if (begins_tour(operation) || !tour)
        return OBSTACLE_NONE;
    if (operation->kind == OPERATION_CALL && (operation->prospect_id[0] || tour->prospect_id[0]))
        return OBSTACLE_NONE;
    if (tour->booking == STATE_REFUSED || tour->booking == STATE_WITHDRAWN)
        return OBSTACLE_FAILED;
    return tour->booking == STATE_CONFIRMED ? OBSTACLE_NONE : OBSTACLE_ORDER;
}

enum obstacle engine_obstacle(const struct operation *operation, const struct tour *tour,
    const struct operation *const *others, size_t count, instant now)
{
    enum obstacle obstacle = tour_obstacle(operation, tour);
    if (obstacle != OBSTACLE_NONE)
        return obstacle;
    for (size_t i = 0; i < count && others[i] != operation; i++) {
        /* What begins a tour waits for nothing that belongs to it, whatever the clock said of their ages. */
        bool same_tour = changes_tour(operation) && operation->tour_id[0] &&
                         changes_tour(others[i]) && in_flight(others[i]) &&
                         strcmp(others[i]->tour_id, operation->tour_id) == 0;
        if (same_tour || comes_first(others[i], operation))
            return OBSTACLE_ORDER;
    }
    return operation->send_after > now ? OBSTACLE_TIME : OBSTACLE_NONE;
}

int64_t engine_pause(int attempts, unsigned chance)
{
    int64_t whole = FIRST_PAUSE;
    for (int i = 1; i < attempts && whole < LONGEST_PAUSE; i++)
        whole *= 2;
    if (whole > LONGEST_PAUSE)
        whole = LONGEST_PAUSE;
    return whole / 2 + whole / 2 * (int64_t)chance / 1000;
}

/* --- words --------------------------------------------------------------------------------- */

const char *step_word(enum step step)
{
    static const char *const words[STEPS] = {
        [STEP_NONE] = "none",
        [STEP_CHECK] = "check",
        [STEP_PROSPECT] = "prospect",
        [STEP_REQUEST] = "request",
        [STEP_CANCEL] = "cancel",
        [STEP_VISIT] = "visit",
        [STEP_CALL] = "call",
    };
    return words[step];
}

const char *event_words(enum event event)
{
    static const char *const words[EVENTS] = {
        [EVENT_DUE] = "its time has come",
        [EVENT_OFFERED] = "the slot is still offered",
        [EVENT_READY] = "the slot is still offered, the person is known to Knock",
        [EVENT_GONE] = "the slot is gone",
        [EVENT_CONFIRMED] = "Knock said yes",
        [EVENT_REFUSED] = "Knock said no",
        [EVENT_NOT_YET] = "surely not applied",
        [EVENT_UNKNOWN] = "no telling",
        [EVENT_UNDONE] = "taken back",
        [EVENT_INTERRUPTED] = "its sender is gone",
        [EVENT_STOPPED] = "what it belongs to did not come to be",
        [EVENT_SETTLED_YES] = "a person says: it happened",
        [EVENT_SETTLED_NO] = "a person says: it did not, send it again",
        [EVENT_DROPPED] = "a person says: it did not, let it be",
    };
    return words[event];
}

const char *then_word(enum then then)
{
    static const char *const words[THENS] = {
        [THEN_NOTHING] = "nothing",
        [THEN_SEND] = "send",
        [THEN_RETRY] = "try again later",
        [THEN_END] = "done",
    };
    return words[then];
}
