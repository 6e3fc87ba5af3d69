/* The engine's moves: what comes back becomes an event, the new state is stored before it is told, and told before
 * the next step goes out. */
#include "core_internal.h"

#include "tourdesk/base/log.h"

#include <string.h>

enum { CANCEL_TRIES = 3, LONGEST_RETRY_AFTER = 3600 };

/* What the outcome says goes into the operation. */
static void merge(struct operation *operation, const struct outcome *outcome, enum reason reason)
{
    operation->reason = reason;
    operation->http_status = 0;
    operation->server_message[0] = '\0';
    if (!outcome)
        return;
    operation->reason = outcome->reason;
    operation->http_status = outcome->http_status;
    str_copy(operation->server_message, SERVER_MESSAGE_SIZE, outcome->server_message);
    if (operation->kind == OPERATION_BOOK) /* nobody else's is cancelled, whatever an answer says */
        core_copy_if_given(operation->appointment_id, outcome->appointment_id);
    core_copy_if_given(operation->prospect_id, outcome->prospect_id);
    core_copy_if_given(operation->visit_id, outcome->visit_id);
    core_copy_if_given(operation->calling.call_id, outcome->call_id);
    core_copy_if_given(operation->status_word, outcome->status_word);
}

/* How long an operation waits: longer each time, or as long as Knock asks. */
static int64_t pause_of(struct core *core, const struct job *job, const struct outcome *outcome)
{
    int retry_after = outcome ? outcome->retry_after : -1;
    if (retry_after > 0)
        return (int64_t)(retry_after < LONGEST_RETRY_AFTER ? retry_after : LONGEST_RETRY_AFTER) *
               SECOND;
    return engine_pause(job->pauses + core->link_failures + 1, core_chance(core));
}

/* True if the move leaves it open whether what was sent came to anything. A registration is `saved` again
 * even then, since asking again is harmless (knock-api R7). */
static bool in_doubt(const struct job *job, const struct move *move, const struct outcome *outcome)
{
    if (job->operation.state != STATE_SENDING)
        return false;
    if (job->operation.kind != OPERATION_REGISTER || move->state != STATE_SAVED)
        return move->state == STATE_UNKNOWN && !(outcome && outcome->verdict == VERDICT_NOT_YET);
    return !outcome || outcome_verdict(ASKED_CREATE, outcome->came) == VERDICT_UNKNOWN;
}

/* The operation as the move makes it. What surely was not applied does not count as a try. */
static struct operation moved(struct core *core, const struct job *job, const struct move *move,
    const struct outcome *outcome, enum reason reason)
{
    struct operation next = job->operation;
    instant now = core_now(core);
    bool sent = job->operation.state == STATE_SENDING;
    bool not_yet = outcome && outcome->verdict == VERDICT_NOT_YET;
    bool doubt = in_doubt(job, move, outcome);
    merge(&next, outcome, reason);
    next.state = move->state;
    next.updated_at = now;
    if (move->then == THEN_SEND && move->state == STATE_SENDING)
        next.attempts++;
    if (sent && not_yet && !doubt)
        next.attempts--;
    next.lost += doubt;
    if (move->then == THEN_RETRY)
        next.send_after = now + pause_of(core, job, outcome);
    return next;
}

/* True if the move is worth a write: a new state, a pause to remember, an id learned. */
static bool must_store(const struct job *job, const struct operation *next, enum then then)
{
    return job->operation.state != next->state || then == THEN_RETRY ||
           strcmp(job->operation.prospect_id, next->prospect_id) != 0;
}

/* A reschedule is through: the old tour is released, in the same transaction. Knock has done so already where
 * it matched the person (knock-api 3.2, rule 5); asking again is harmless, and leaves nobody with two
 * tours. */
static bool release_old_tour(struct core *core, const struct operation *booked, struct error *error)
{
    struct tour old;
    if (booked->kind != OPERATION_BOOK || booked->state != STATE_CONFIRMED ||
        !booked->booking.moves[0])
        return true;
    enum found found = ledger_tour(core->settings.ledger, booked->booking.moves, &old, error);
    if (found != FOUND_ONE || !old.appointment_id[0])
        return found != FOUND_FAILED;
    /* Counted as asked once already: "already gone" is what is hoped for. */
    struct operation cancel = {.kind = OPERATION_CANCEL, .state = STATE_SAVED, .lost = 1};
    random_name(&core->settings.random, cancel.id, 8);
    str_copy(cancel.community_id, ID_SIZE, old.community_id);
    str_copy(cancel.tour_id, OPERATION_ID_SIZE, old.id);
    str_copy(cancel.agent, AGENT_SIZE, booked->agent);
    str_copy(cancel.appointment_id, ID_SIZE, old.appointment_id);
    str_copy(cancel.cancelling.reason, NOTE_SIZE, "moved to another time");
    cancel.created_at = cancel.updated_at = cancel.send_after = core_now(core);
    return ledger_add(core->settings.ledger, &cancel, error);
}

/* FOUND_ONE while nobody began to send it again since this process did. Where somebody did, only a yes to the
 * earlier try is still an answer: a no says nothing of the later one. */
static enum found still_last(struct core *core, const struct job *job, struct error *error)
{
    struct operation kept;
    enum found found = ledger_operation(core->settings.ledger, job->operation.id, &kept, error);
    return found == FOUND_ONE && kept.attempts != job->operation.attempts ? FOUND_NONE : found;
}

/* Keeps the operation, unless another process has moved it meanwhile (this one may have been suspended
 * for longer than its claim). An answer still decides what was declared unknown for want of one. */
static enum found update(struct core *core, const struct job *job, const struct operation *next,
    bool answered, struct error *error)
{
    enum operation_state was = job->operation.state;
    enum found found = FOUND_ONE;
    if (answered && was == STATE_SENDING && next->state != STATE_CONFIRMED)
        found = still_last(core, job, error);
    if (found != FOUND_ONE)
        return found;
    found = ledger_update(core->settings.ledger, next, was, error);
    if (found == FOUND_NONE && answered && was == STATE_SENDING)
        found = ledger_update(core->settings.ledger, next, STATE_UNKNOWN, error);
    if (found == FOUND_ONE && !release_old_tour(core, next, error))
        found = FOUND_FAILED;
    return found;
}

static enum found write_move(struct core *core, const struct job *job, const struct operation *next,
    const struct move *move, bool answered, struct error *error)
{
    struct ledger *ledger = core->settings.ledger;
    instant now = core_now(core);
    enum found found = update(core, job, next, answered, error);
    if (found != FOUND_ONE)
        return found;
    if (move->then == THEN_SEND && move->step != STEP_CHECK) {
        /* The claim must be ours at the very moment in which it begins to send. */
        found = ledger_claim(ledger, next->id, core->owner, now, now + CLAIM, error);
        if (found == FOUND_ONE && !core_put_wire(core, job, next, move->step, NULL, NULL, error))
            found = FOUND_FAILED;
    } else if (move->then != THEN_SEND && job->claim_until &&
               !ledger_release(ledger, next->id, core->owner, error)) {
        found = FOUND_FAILED;
    }
    return found;
}

/* One transaction, flushed: before the wire for a send, before anyone is told for an outcome. FOUND_NONE
 * if the operation is no longer ours to move, or (`overtaken`) must not go now. */
static enum found store_move(struct core *core, const struct job *job, const struct operation *next,
    const struct move *move, const struct http_answer *answer, const struct outcome *outcome,
    bool *overtaken, struct error *error)
{
    struct ledger *ledger = core->settings.ledger;
    if (!ledger_begin(ledger, error))
        return FOUND_FAILED;
    *overtaken = move->state == STATE_SENDING && core_overtaken(core, next);
    enum found found = *overtaken ? FOUND_NONE : FOUND_FAILED;
    if (!*overtaken && ledger_begun(ledger, error)) /* or what was looked at may not be true */
        found = write_move(core, job, next, move, answer != NULL, error);
    if (found == FOUND_ONE && answer &&
        !core_put_wire(core, job, next, job->step, answer, outcome, error))
        found = FOUND_FAILED;
    if (found == FOUND_ONE)
        return ledger_commit(ledger, error) ? FOUND_ONE : FOUND_FAILED;
    ledger_rollback(ledger);
    return found;
}

/* Takes up the cancel that a reschedule left behind. */
static void take_up_release(struct core *core, const struct operation *booked)
{
    struct tour old;
    struct operation cancel;
    if (booked->kind != OPERATION_BOOK || booked->state != STATE_CONFIRMED ||
        !booked->booking.moves[0] ||
        ledger_tour(core->settings.ledger, booked->booking.moves, &old, NULL) != FOUND_ONE ||
        core_find_job(core, old.cancel_id) ||
        ledger_operation(core->settings.ledger, old.cancel_id, &cancel, NULL) != FOUND_ONE ||
        cancel.state != STATE_SAVED)
        return;
    struct job *job = core_add_job(core, &cancel, 0);
    job->ours = job->fresh = true;
}

/* Only a cancel is asked again by itself once it is unknown, and not without end. A one-shot command does
 * nothing else after a pause either. */
static bool rests(const struct core *core, const struct job *job)
{
    const struct operation *operation = &job->operation;
    bool again = operation->kind == OPERATION_CANCEL && operation->state == STATE_UNKNOWN;
    if (core->settings.one_shot)
        return !again || job->pauses >= CANCEL_TRIES;
    return again && operation->attempts % CANCEL_TRIES == 0;
}

static void after_move(struct core *core, struct job *job, const struct move *move)
{
    struct operation told = job->operation;
    uint64_t token = job->token;
    if (move->then == THEN_SEND) {
        core_begin_step(core, job);
    } else if (state_settled(told.state)) {
        core_remove_job(core, job);
    } else {
        job->pauses += move->then == THEN_RETRY;
        job->resting = move->then == THEN_END || rests(core, job);
        job->claim_until = 0;
    }
    if (move->then != THEN_SEND || told.state == STATE_SENDING)
        core_tell_operation(core, &told, token);
    take_up_release(core, &told);
}

/* Another process has taken the operation up: its word counts. */
static void let_go(struct core *core, struct job *job)
{
    struct operation kept;
    enum found found = ledger_operation(core->settings.ledger, job->operation.id, &kept, NULL);
    log_event("let go", "%s", job->operation.id);
    job->step = STEP_NONE;
    job->exchange = 0;
    job->claim_until = 0;
    job->resting = core->settings.one_shot;
    if (found != FOUND_ONE)
        return;
    job->operation = kept;
    core_tell_operation(core, &kept, job->token);
    if (state_settled(kept.state))
        core_remove_job(core, job);
}

/* The state could not be kept. What was to be sent is not sent; an outcome is told, with the warning that
 * it is not kept yet, and stays in memory until the ledger can be written again. */
static void store_failed(struct core *core, struct job *job, const struct operation *next,
    const struct move *move, const struct error *error)
{
    struct error words;
    bool outcome = move->then != THEN_SEND;
    if (outcome)
        error_set(&words, "%s. Operation %s is %s, and that could not be kept here yet.",
            error->text, next->id, state_word(next->state));
    else
        error_set(&words, "%s. Nothing was sent for %s.", error->text, next->id);
    job->step = STEP_NONE;
    job->exchange = 0;
    job->unstored = outcome;
    if (outcome)
        job->outcome_of = *next;
    job->resting = core->settings.one_shot;
    core_broken(core);
    core_trouble(core, job->token, &words);
}

/* The ledger can be written again: what became known meanwhile is kept and told. */
void core_store_outcomes(struct core *core)
{
    for (size_t i = core->job_count; i-- > 0;) {
        struct job *job = core->jobs[i];
        struct error error;
        if (!job->unstored)
            continue;
        if (!ledger_begin(core->settings.ledger, &error)) {
            core_broken(core);
            return;
        }
        enum found found = update(core, job, &job->outcome_of, true, &error);
        if (found == FOUND_ONE &&
            !ledger_release(core->settings.ledger, job->operation.id, core->owner, &error))
            found = FOUND_FAILED;
        bool kept = found == FOUND_ONE && ledger_commit(core->settings.ledger, &error);
        if (!kept)
            ledger_rollback(core->settings.ledger);
        if (!kept && found != FOUND_NONE) {
            core_broken(core);
            return;
        }
        job->unstored = false;
        if (found == FOUND_NONE) {
            let_go(core, job);
            continue;
        }
        struct operation told = job->operation = job->outcome_of;
        job->claim_until = 0;
        job->resting = rests(core, job);
        core_tell_operation(core, &told, job->token);
        if (state_settled(told.state))
            core_remove_job(core, job);
        take_up_release(core, &told);
    }
}

static void move_job(struct core *core, struct job *job, enum event event,
    const struct http_answer *answer, const struct outcome *outcome, enum reason reason);

/* Another booking of the same person is on its way: this one is as it was before its check, and its next turn
 * finds it waiting for the other, or too late. */
static void stand_back(struct core *core, struct job *job)
{
    char id[OPERATION_ID_SIZE];
    str_copy(id, sizeof id, job->operation.id);
    move_job(core, job, EVENT_NOT_YET, NULL, NULL, REASON_WAITS);
    job = core_find_job(core, id);
    if (job && job->step == STEP_NONE && job->operation.state == STATE_SAVED)
        job->resting = core->ledger_broken && core->settings.one_shot;
}

static void move_job(struct core *core, struct job *job, enum event event,
    const struct http_answer *answer, const struct outcome *outcome, enum reason reason)
{
    struct move move;
    struct error error = {""};
    struct operation *operation = &job->operation;
    if (!engine_move(operation->kind, operation->state, job->step, event, &move)) {
        log_event("ignored", "%s: %s", operation->id, event_words(event));
        job->resting = true; /* or it would have its turn again at once, without end */
        return;
    }
    if (event == EVENT_UNDONE && job->step > STEP_CHECK && job->exchange)
        transport_abandon(core->settings.transport, job->exchange);
    struct operation next = moved(core, job, &move, outcome, reason);
    log_event("move", "%s %s: %s -> %s", next.id, event_words(event), state_word(operation->state),
        state_word(next.state));
    enum found stored = FOUND_ONE;
    bool overtaken = false;
    if (must_store(job, &next, move.then))
        stored = store_move(core, job, &next, &move, answer, outcome, &overtaken, &error);
    if (overtaken) {
        stand_back(core, job);
        return;
    }
    if (stored == FOUND_FAILED) {
        store_failed(core, job, &next, &move, &error);
        return;
    }
    if (stored == FOUND_NONE) {
        let_go(core, job);
        return;
    }
    job->operation = next;
    job->step = move.step;
    job->exchange = 0;
    after_move(core, job, &move);
}

void core_event(struct core *core, struct job *job, enum event event, const struct outcome *outcome,
    enum reason reason)
{
    move_job(core, job, event, NULL, outcome, reason);
}

/* --- what comes back ------------------------------------------------------------------------- */

bool core_job_answer(struct core *core, uint64_t exchange, const struct http_answer *answer)
{
    struct job *job = NULL;
    for (size_t i = 0; i < core->job_count && !job; i++)
        if (core->jobs[i]->step > STEP_CHECK && core->jobs[i]->exchange == exchange)
            job = core->jobs[i];
    if (!job)
        return false;
    struct outcome outcome;
    outcome_read(&outcome, job->operation.kind, job->step == STEP_PROSPECT, answer);
    enum event event = engine_event(&outcome, job->step, job->operation.lost > 0);
    if (event == EVENT_CONFIRMED)
        outcome.reason = REASON_NONE;
    move_job(core, job, event, answer, &outcome, REASON_NONE);
    return true;
}

static void check_answered(struct core *core, struct job *job, const struct slot_list *slots,
    const struct outcome *outcome)
{
    struct operation *operation = &job->operation;
    if (!slots) {
        core_event(core, job, outcome->verdict == VERDICT_REFUSED ? EVENT_REFUSED : EVENT_NOT_YET,
            outcome, REASON_NONE);
        return;
    }
    const struct slot *slot = slot_list_find(slots, operation->booking.start.at);
    if (!slot) {
        bool was_offered = operation->booking.seen || operation->attempts > 0;
        core_event(core, job, EVENT_GONE, NULL, was_offered ? REASON_TAKEN : REASON_NOT_OFFERED);
        return;
    }
    core_take_slot(core, &operation->booking, operation->community_id, slot);
    core_heed_consent(core, operation);
    core_event(
        core, job, operation->prospect_id[0] ? EVENT_READY : EVENT_OFFERED, NULL, REASON_NONE);
}

void core_slots_for_jobs(
    struct core *core, uint64_t read, const struct slot_list *slots, const struct outcome *outcome)
{
    for (size_t i = core->job_count; i-- > 0;) {
        struct job *job = i < core->job_count ? core->jobs[i] : NULL;
        if (job && job->step == STEP_CHECK && job->exchange == read)
            check_answered(core, job, slots, outcome);
    }
}
