/* The outbox engine: what becomes of an operation, as a table and nothing else.
 *
 * An operation is fed events (it is due, its slot is still offered, Knock said yes, no answer came, a
 * person took it back ...) and the table says its next state, the next step on the wire, and what the
 * worker must do. No clock, no I/O, no memory of its own: the same table is walked by the worker, by the
 * simulation and by the manual.
 */
#ifndef TOURDESK_WORKER_ENGINE_H
#define TOURDESK_WORKER_ENGINE_H

#include "tourdesk/knock/outcome.h"
#include "tourdesk/tour/tour.h"

/* What is on the wire for an operation. */
enum step {
    STEP_NONE,     /* nothing: it waits for its time, for the line, or for another operation */
    STEP_CHECK,    /* reading the free times again, just before a booking */
    STEP_PROSPECT, /* POST /prospect */
    STEP_REQUEST,  /* POST /appointment/request */
    STEP_CANCEL,   /* PUT cancel */
    STEP_VISIT,    /* POST /visit */
    STEP_CALL,     /* POST /prospect/{id}/call */
    STEPS,
};

enum event {
    EVENT_DUE,       /* its time has come and nothing is in its way */
    EVENT_OFFERED,   /* the slot is still in the list; Knock has yet to be told of the person */
    EVENT_READY,     /* the slot is still in the list, and the prospect id is known */
    EVENT_GONE,      /* the slot is no longer in the list */
    EVENT_CONFIRMED, /* the verdicts of an answer or its absence (outcome.h) */
    EVENT_REFUSED,
    EVENT_NOT_YET,
    EVENT_UNKNOWN,
    EVENT_UNDONE,      /* a person took it back */
    EVENT_INTERRUPTED, /* whoever was sending it is gone */
    EVENT_STOPPED,     /* what it waited for did not come to be */
    EVENT_SETTLED_YES, /* a person says it happened */
    EVENT_SETTLED_NO,  /* a person says it did not: send it again */
    EVENT_DROPPED,     /* a person says it did not, and that it is not wanted any more */
    EVENTS,
};

/* What the worker does with it, after the state is on the disk. */
enum then {
    THEN_NOTHING,
    THEN_SEND,  /* put the next step on the wire */
    THEN_RETRY, /* wait, longer each time, then EVENT_DUE again */
    THEN_END,   /* settled, or waiting for a person: give the claim back */
    THENS,
};

struct move {
    enum operation_state state;
    enum step step;
    enum then then;
};

/* The move for an operation of `kind` in `state` with `step` on the wire; false where the event cannot
 * happen there: it is ignored. */
bool engine_move(enum operation_kind kind, enum operation_state state, enum step step,
    enum event event, struct move *out);

/* Row `index` of the table, for the manual; false behind the last one. `kinds` has a bit for each
 * operation kind it holds for, `any_step` is true where the step does not matter. */
struct engine_row {
    unsigned kinds;
    enum operation_state state;
    enum step step;
    bool any_step;
    enum event event;
    struct move move;
};
bool engine_table(size_t index, struct engine_row *out);

/* True if a repeat of the step is harmless, so that it may follow a lost answer by itself. */
bool step_repeatable(enum step step);

/* The event an outcome amounts to. A cancel that was lost before and is not known now is done; one whose
 * repeat did not get through, or was refused, is as unknown as it was. */
enum event engine_event(const struct outcome *outcome, enum step step, bool lost_before);

/* What stands in an operation's way. */
enum obstacle {
    OBSTACLE_NONE,
    OBSTACLE_TIME,   /* its undo window or its pause after a failure */
    OBSTACLE_ORDER,  /* an earlier operation for the same person, tour or slot is not through */
    OBSTACLE_FAILED, /* what it belongs to did not come to be: EVENT_STOPPED */
};

/* Looks for what stands in the way of `operation` among `others`, all unsettled operations in the order in
 * which they were asked for; `tour` is the tour it belongs to, NULL if it has none (or for a booking). */
enum obstacle engine_obstacle(const struct operation *operation, const struct tour *tour,
    const struct operation *const *others, size_t count, instant now);

/* How long to wait before try number `attempts` + 1: doubling from half a second up to a minute, half of it
 * random (`chance` from 0 to 999). */
int64_t engine_pause(int attempts, unsigned chance);

const char *step_word(enum step step);
const char *event_words(enum event event);
const char *then_word(enum then then);

#endif
