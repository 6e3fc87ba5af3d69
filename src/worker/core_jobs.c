/* Operations under way: which there are, whose they are, and when each has its turn. */
#include "core_internal.h"

#include "tourdesk/base/log.h"
#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

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

void core_remove_job(struct core *core, struct job *job)
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

void core_copy_if_given(char to[ID_SIZE], const char *from)
{
    if (*from)
        str_copy(to, ID_SIZE, from);
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
            core_remove_job(core, job);
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
        core_copy_if_given(operation->appointment_id, tour.appointment_id);
        core_copy_if_given(operation->prospect_id, tour.prospect_id);
    }
    return obstacle;
}

/* The time that must be past at Knock as well; NULL = there is none. */
static const struct stamp *past_time(const struct operation *operation)
{
    return operation->kind == OPERATION_VISIT  ? &operation->visiting.visit_time
           : operation->kind == OPERATION_CALL ? &operation->calling.end
                                               : NULL;
}

/* What has just happened by this clock is moved to before Knock's own (Q21). Of a call that is its end, and where
 * the clocks are far apart the beginning as well. */
static void make_past(const struct core *core, struct operation *operation)
{
    const struct stamp *told = past_time(operation);
    int64_t ahead = told ? told->at - core_latest_past(core) : 0;
    if (ahead <= 0)
        return;
    if (operation->kind == OPERATION_VISIT) {
        operation->visiting.visit_time.at -= ahead;
        return;
    }
    struct calling *call = &operation->calling;
    call->end.at -= ahead;
    if (ahead > MINUTE || call->start.at > call->end.at)
        call->start.at -= ahead;
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
    make_past(core, &job->operation);
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

/* What is about now must not be in Knock's future: its clock has to be known first (Q21). */
static bool needs_clock(const struct core *core, const struct job *job)
{
    const struct stamp *told = past_time(&job->operation);
    return told && !core->skew_known && !core->skew_answered &&
           told->at > core_now(core) - CLOCK_MATTERS;
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
    bool begins = operation->kind == OPERATION_BOOK || operation->kind == OPERATION_REGISTER;
    if (!begins || core_community(core, operation->community_id))
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
    const struct operation *operation = &job->operation;
    if ((operation->kind == OPERATION_CANCEL && !operation->appointment_id[0]) ||
        (operation->kind == OPERATION_CALL && !operation->prospect_id[0])) {
        /* It waited for a booking that a person settled without its numbers. */
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

/* What became known and could not be kept has one more chance before the program ends. */
static void keep_last_outcomes(struct core *core)
{
    bool any = false;
    for (size_t i = 0; i < core->job_count; i++)
        any |= core->jobs[i]->unstored;
    if (any && ledger_reopen(core->settings.ledger, NULL))
        core_store_outcomes(core);
}

void core_jobs_finish(struct core *core)
{
    keep_last_outcomes(core);
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
