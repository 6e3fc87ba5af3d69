/* Operations on their way: the engine's moves, stored before they are told, told before the next step. */
#include "core_internal.h"

#include "tourdesk/base/log.h"
#include "tourdesk/base/mem.h"
#include "tourdesk/knock/request.h"

#include <stdlib.h>
#include <string.h>

enum { CANCEL_TRIES = 3, LONGEST_RETRY_AFTER = 3600, ANSWER_KEPT = 4096 };

/* --- the list ------------------------------------------------------------------------------ */

struct job *core_find_job(struct core *core, const char *operation_id)
{
    for (size_t i = 0; i < core->job_count; i++)
        if (strcmp(core->jobs[i]->operation.id, operation_id) == 0)
            return core->jobs[i];
    return NULL;
}

struct job *core_add_job(struct core *core, const struct operation *operation, uint64_t token)
{
    struct job *job = mem_alloc(sizeof *job);
    job->operation = *operation;
    job->token = token;
    core->jobs = mem_grow(core->jobs, &core->job_capacity, core->job_count + 1, sizeof *core->jobs);
    core->jobs[core->job_count++] = job;
    return job;
}

static void remove_job(struct core *core, struct job *job)
{
    for (size_t i = 0; i < core->job_count; i++)
        if (core->jobs[i] == job) {
            memmove(
                core->jobs + i, core->jobs + i + 1, (core->job_count - i - 1) * sizeof *core->jobs);
            core->job_count--;
            break;
        }
    free(job);
}

static const struct operation *find_operation(const struct operation_list *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].id, id) == 0)
            return &list->items[i];
    return NULL;
}

/* The ledger's order, the same in every process, so that all agree on who comes first. */
static void order_jobs(struct core *core, const struct operation_list *list)
{
    size_t next = 0;
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = next; j < core->job_count; j++) {
            struct job *job = core->jobs[j];
            if (strcmp(job->operation.id, list->items[i].id) != 0)
                continue;
            memmove(core->jobs + next + 1, core->jobs + next, (j - next) * sizeof *core->jobs);
            core->jobs[next++] = job;
            break;
        }
}

/* Brings the list in line with the ledger; what is on the wire here is left alone. */
void core_load_jobs(struct core *core)
{
    struct operation_list list = {0};
    struct error error;
    if (!ledger_unsettled(core->settings.ledger, &list, &error)) {
        core_trouble(core, 0, &error);
        core_broken(core); /* what is not known here may be first in line */
        operation_list_finish(&list);
        return;
    }
    for (size_t i = core->job_count; i-- > 0;) {
        struct job *job = core->jobs[i];
        const struct operation *kept = find_operation(&list, job->operation.id);
        if (job->step == STEP_NONE && !kept)
            remove_job(core, job);
        else if (job->step == STEP_NONE) {
            bool moved_elsewhere = job->operation.state != kept->state;
            job->resting = job->resting && !moved_elsewhere;
            job->claim_until = moved_elsewhere ? 0 : job->claim_until;
            job->operation = *kept;
        }
    }
    for (size_t i = 0; i < list.count; i++)
        if (!core_find_job(core, list.items[i].id))
            core_add_job(core, &list.items[i], 0)->ours = !core->settings.one_shot;
    order_jobs(core, &list);
    operation_list_finish(&list);
}

/* --- the wire ------------------------------------------------------------------------------ */

static void make_request(
    struct core *core, const struct operation *operation, enum step step, struct http_request *out)
{
    const struct community *community = core_community(core, operation->community_id);
    switch (step) {
    case STEP_PROSPECT: request_prospect(out, operation, community); break;
    case STEP_REQUEST: request_appointment(out, operation, community); break;
    case STEP_CANCEL: request_cancel(out, operation); break;
    default: request_visit(out, operation); break;
    }
}

/* Records a step as it goes out (`answer` NULL) or with what came of it. */
static bool put_wire(struct core *core, const struct job *job, const struct operation *operation,
    enum step step, const struct http_answer *answer, const struct outcome *outcome,
    struct error *error)
{
    struct http_request request;
    instant now = core_now(core);
    struct wire wire = {.sent_at = answer ? job->sent_at : now};
    make_request(core, operation, step, &request);
    str_copy(wire.operation_id, sizeof wire.operation_id, operation->id);
    str_copy(wire.step, sizeof wire.step, step_word(step));
    str_copy(wire.method, sizeof wire.method, http_method_word(request.method));
    str_copy(wire.path, sizeof wire.path, request.path);
    wire.body = request.body;
    char kept[ANSWER_KEPT] = "";
    if (answer) {
        wire.answered_at = now;
        wire.http_status = answer->status;
        str_copy(wire.came, sizeof wire.came, came_words(outcome->came));
        if (answer->body)
            str_copy(kept, sizeof kept, answer->body);
        wire.answer = answer->body ? kept : NULL;
    }
    bool ok = ledger_put_wire(core->settings.ledger, &wire, error);
    http_request_finish(&request);
    return ok;
}

static void begin_step(struct core *core, struct job *job)
{
    struct http_request request;
    job->fresh = false;
    job->sent_at = core_now(core);
    if (job->step == STEP_CHECK) {
        job->exchange =
            core_read_for_job(core, job->operation.community_id, job->operation.booking.calendar);
        return;
    }
    make_request(core, &job->operation, job->step, &request);
    log_event("step", "%s %s", job->operation.id, step_word(job->step));
    job->exchange = transport_start(core->settings.transport, &request);
    http_request_finish(&request);
}

/* --- moves --------------------------------------------------------------------------------- */

static void copy_if_given(char *to, const char *from)
{
    if (*from)
        str_copy(to, ID_SIZE, from);
}

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
        copy_if_given(operation->appointment_id, outcome->appointment_id);
    copy_if_given(operation->prospect_id, outcome->prospect_id);
    copy_if_given(operation->visit_id, outcome->visit_id);
    copy_if_given(operation->status_word, outcome->status_word);
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

/* Keeps the operation, unless another process has moved it meanwhile (this one may have been suspended
 * for longer than its claim). An answer still decides what was declared unknown for want of one. */
static enum found update(struct core *core, const struct job *job, const struct operation *next,
    bool answered, struct error *error)
{
    enum operation_state was = job->operation.state;
    enum found found = ledger_update(core->settings.ledger, next, was, error);
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
        if (found == FOUND_ONE && !put_wire(core, job, next, move->step, NULL, NULL, error))
            found = FOUND_FAILED;
    } else if (move->then != THEN_SEND && job->claim_until &&
               !ledger_release(ledger, next->id, core->owner, error)) {
        found = FOUND_FAILED;
    }
    return found;
}

/* One transaction, flushed: before the wire for a send, before anyone is told for an outcome. FOUND_NONE
 * if the operation is no longer ours to move. */
static enum found store_move(struct core *core, const struct job *job, const struct operation *next,
    const struct move *move, const struct http_answer *answer, const struct outcome *outcome,
    struct error *error)
{
    struct ledger *ledger = core->settings.ledger;
    if (!ledger_begin(ledger, error))
        return FOUND_FAILED;
    enum found found = write_move(core, job, next, move, answer != NULL, error);
    if (found == FOUND_ONE && answer &&
        !put_wire(core, job, next, job->step, answer, outcome, error))
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
    return again && operation->attempts >= CANCEL_TRIES;
}

static void after_move(struct core *core, struct job *job, const struct move *move)
{
    struct operation told = job->operation;
    uint64_t token = job->token;
    if (move->then == THEN_SEND) {
        begin_step(core, job);
    } else if (state_settled(told.state)) {
        remove_job(core, job);
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
        remove_job(core, job);
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
            remove_job(core, job);
        take_up_release(core, &told);
    }
}

static void move_job(struct core *core, struct job *job, enum event event,
    const struct http_answer *answer, const struct outcome *outcome, enum reason reason)
{
    struct move move;
    struct error error = {""};
    struct operation *operation = &job->operation;
    if (!engine_move(operation->kind, operation->state, job->step, event, &move)) {
        log_event("ignored", "%s: %s", operation->id, event_words(event));
        return;
    }
    if (event == EVENT_UNDONE && job->step > STEP_CHECK && job->exchange)
        transport_abandon(core->settings.transport, job->exchange);
    struct operation next = moved(core, job, &move, outcome, reason);
    log_event("move", "%s %s: %s -> %s", next.id, event_words(event), state_word(operation->state),
        state_word(next.state));
    enum found stored = FOUND_ONE;
    if (must_store(job, &next, move.then))
        stored = store_move(core, job, &next, &move, answer, outcome, &error);
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

/* --- turns --------------------------------------------------------------------------------- */

/* Operations whose sender fell silent: what they know is what the engine says of it. */
void core_adopt_orphans(struct core *core)
{
    struct operation_list orphans = {0};
    struct error error;
    if (!ledger_orphans(core->settings.ledger, core_now(core), &orphans, &error))
        core_trouble(core, 0, &error);
    for (size_t i = 0; i < orphans.count; i++) {
        struct job *job = core_find_job(core, orphans.items[i].id);
        if (!job)
            job = core_add_job(core, &orphans.items[i], 0);
        if (job->step != STEP_NONE)
            continue;
        job->operation = orphans.items[i];
        job->ours = true;
        core_event(core, job, EVENT_INTERRUPTED, NULL, REASON_INTERRUPTED);
    }
    operation_list_finish(&orphans);
}

static size_t on_the_wire(const struct core *core)
{
    size_t count = 0;
    for (size_t i = 0; i < core->job_count; i++)
        count += core->jobs[i]->step != STEP_NONE;
    return count;
}

/* True if the job could begin, as far as it alone decides. */
static bool wants_to_go(const struct job *job)
{
    const struct operation *operation = &job->operation;
    bool asks = operation->state == STATE_SAVED ||
                (operation->state == STATE_UNKNOWN && operation->kind == OPERATION_CANCEL);
    return job->ours && !job->resting && !job->unstored && job->step == STEP_NONE && asks;
}

static enum obstacle find_obstacle(struct core *core, struct job *job)
{
    struct operation *operation = &job->operation;
    struct tour tour;
    bool asks = operation->tour_id[0] && operation->kind != OPERATION_BOOK &&
                operation->kind != OPERATION_REGISTER;
    enum found found =
        asks ? ledger_tour(core->settings.ledger, operation->tour_id, &tour, NULL) : FOUND_NONE;
    bool known = found == FOUND_ONE;
    if (found == FOUND_FAILED) /* what cannot be read may be in its way */
        return OBSTACLE_ORDER;
    const struct operation **others = mem_alloc(core->job_count * sizeof *others);
    for (size_t i = 0; i < core->job_count; i++)
        others[i] = &core->jobs[i]->operation;
    enum obstacle obstacle =
        engine_obstacle(operation, known ? &tour : NULL, others, core->job_count, core_now(core));
    free(others);
    if (obstacle == OBSTACLE_NONE && known) {
        copy_if_given(operation->appointment_id, tour.appointment_id);
        copy_if_given(operation->prospect_id, tour.prospect_id);
    }
    return obstacle;
}

/* False if the operation is somebody else's. */
static bool begin_job(struct core *core, struct job *job)
{
    struct error error;
    instant now = core_now(core);
    enum found claimed = ledger_claim(
        core->settings.ledger, job->operation.id, core->owner, now, now + CLAIM, &error);
    if (claimed != FOUND_ONE) {
        if (claimed == FOUND_FAILED) {
            core_trouble(core, job->token, &error);
            core_broken(core);
        }
        job->resting = core->settings.one_shot;
        return false;
    }
    job->claim_until = now + CLAIM;
    if (job->operation.kind == OPERATION_REGISTER)
        core_heed_consent(core, &job->operation);
    struct stamp *visited = &job->operation.visiting.visit_time;
    if (job->operation.kind == OPERATION_VISIT && visited->at > core_latest_past(core))
        visited->at = core_latest_past(core);
    core->next_send = core_steady(core) + SPACING / 2 + (int64_t)core_chance(core) * SPACING / 1000;
    core_event(core, job, EVENT_DUE, NULL, REASON_NONE);
    return true;
}

static void keep_claim(struct core *core, struct job *job)
{
    instant now = core_now(core);
    bool waits_for_a_word = job->step == STEP_NONE && job->operation.state == STATE_UNKNOWN;
    if (!job->claim_until || job->resting || waits_for_a_word || job->claim_until - now > CLAIM / 2)
        return;
    if (ledger_claim(core->settings.ledger, job->operation.id, core->owner, now, now + CLAIM,
            NULL) == FOUND_ONE)
        job->claim_until = now + CLAIM;
}

/* A visit that is about now must not be in Knock's future: its clock has to be known first (Q21). */
static bool needs_clock(const struct core *core, const struct job *job)
{
    const struct operation *operation = &job->operation;
    return operation->kind == OPERATION_VISIT && !core->skew_known && !core->skew_answered &&
           operation->visiting.visit_time.at > core_now(core) - CLOCK_MATTERS;
}

/* An unknown booking is looked into by itself: once Knock's list has settled, and again later. */
static int64_t look_turn(struct core *core, struct job *job)
{
    static const int64_t pauses[] = {10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE};
    enum { LOOKS = sizeof pauses / sizeof *pauses };
    int64_t steady = core_steady(core);
    if (core->settings.one_shot || job->operation.state != STATE_UNKNOWN ||
        job->operation.kind != OPERATION_BOOK || job->looks >= LOOKS)
        return -1;
    if (job->next_look == 0)
        job->next_look = steady + pauses[0];
    if (job->next_look > steady)
        return job->next_look - steady;
    core_read_evidence(core, &job->operation);
    job->looks++;
    job->next_look = steady + pauses[job->looks < LOOKS ? job->looks : LOOKS - 1];
    return job->next_look - steady;
}

/* A one-shot command waits for another desk that is at it just now, and for no other. */
static int64_t wait_turn(struct core *core, struct job *job)
{
    if (!core->settings.one_shot)
        return LOOK_ROUND;
    bool patient = core_now(core) - job->operation.created_at < PATIENCE;
    bool busy = on_the_wire(core) > 0;
    for (size_t i = 0; i < core->job_count && !busy; i++)
        busy = core->jobs[i] != job &&
               ledger_claimed(core->settings.ledger, core->jobs[i]->operation.id, core_now(core));
    core->waits = patient && busy;
    if (core->waits)
        return SPACING;
    job->resting = true;
    job->operation.reason = REASON_WAITS;
    core_tell_operation(core, &job->operation, job->token);
    return -1;
}

/* A booking cannot be made without what the configuration says of its community; it rests until that is
 * there again. */
static bool has_community(struct core *core, struct job *job)
{
    const struct operation *operation = &job->operation;
    struct error words;
    if (operation->kind == OPERATION_CANCEL || operation->kind == OPERATION_VISIT ||
        core_community(core, operation->community_id))
        return true;
    error_set(&words, "%s stays saved: its community %s is not in the configuration any more",
        operation->id, operation->community_id);
    job->resting = true;
    core_trouble(core, job->token, &words);
    return false;
}

/* Begins a job that nothing stands in the way of, if the line has room. */
static int64_t start_turn(struct core *core, struct job *job)
{
    size_t limit = core->online ? JOBS_ONLINE : 1;
    int64_t early = core->next_send - core_steady(core);
    if (job->operation.kind == OPERATION_CANCEL && !job->operation.appointment_id[0]) {
        /* It waited for a booking that a person settled without its number. */
        core_event(core, job, EVENT_STOPPED, NULL, REASON_NOT_KNOWN);
        return 0;
    }
    if (!has_community(core, job))
        return -1;
    if (needs_clock(core, job)) /* a read that was just asked for begins with the next turn */
        return core_ask_clock(core, &job->operation) ? 0 : -1;
    if (on_the_wire(core) >= limit)
        return -1; /* the answer that frees the line wakes us */
    if (!job->fresh && early > 0)
        return early;
    return begin_job(core, job) ? 0 : LOOK_ROUND;
}

/* One job's turn; returns how long until it wants another. */
static int64_t job_turn(struct core *core, struct job *job)
{
    keep_claim(core, job);
    if (job->step == STEP_NONE && job->operation.state == STATE_UNKNOWN && !wants_to_go(job))
        return look_turn(core, job);
    if (core->ledger_broken && core->settings.one_shot) /* it is not mended here */
        job->resting = true;
    if (!wants_to_go(job) || core->ledger_broken)
        return job->step == STEP_NONE ? -1 : CLAIM / 4;
    if (core_came_too_late(core, &job->operation)) {
        core_event(core, job, EVENT_STOPPED, NULL, REASON_HAS_TOUR);
        return 0;
    }
    switch (find_obstacle(core, job)) {
    case OBSTACLE_FAILED:
        core_event(core, job, EVENT_STOPPED, NULL, REASON_BOOKING_FAILED);
        return 0;
    case OBSTACLE_TIME: return job->operation.send_after - core_now(core);
    case OBSTACLE_ORDER: return wait_turn(core, job);
    default: return start_turn(core, job);
    }
}

int64_t core_jobs_turn(struct core *core)
{
    int64_t wait = -1;
    bool any = false;
    for (size_t i = 0; i < core->job_count; i++)
        any |= wants_to_go(core->jobs[i]);
    if (any && !core->ledger_broken)
        core_refresh(core); /* another desk may have come first */
    for (size_t i = 0; i < core->job_count; i++) {
        size_t count = core->job_count;
        int64_t next = job_turn(core, core->jobs[i]);
        if (next >= 0 && (wait < 0 || next < wait))
            wait = next;
        if (core->job_count < count)
            i--; /* it is through; the next one moved up */
    }
    return wait;
}

void core_jobs_finish(struct core *core)
{
    for (size_t i = core->job_count; i-- > 0;) {
        struct job *job = core->jobs[i];
        if (job->step > STEP_CHECK && job->exchange)
            transport_abandon(core->settings.transport, job->exchange);
        job->step = STEP_NONE;
        job->exchange = 0;
        if (job->operation.state == STATE_SENDING && job->claim_until)
            core_event(core, job, EVENT_INTERRUPTED, NULL, REASON_INTERRUPTED);
        else if (job->claim_until)
            ledger_release(core->settings.ledger, job->operation.id, core->owner, NULL);
    }
    for (size_t i = 0; i < core->job_count; i++)
        free(core->jobs[i]);
    free(core->jobs);
    core->jobs = NULL;
    core->job_count = core->job_capacity = 0;
}
