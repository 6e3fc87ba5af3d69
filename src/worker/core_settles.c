/* What staff decide about what is under way: taking back, sending at once, settling, sending everything. */
#include "core_internal.h"

#include <string.h>

/* The operation's job, loaded if it is not there yet, where the ledger has it in `state`; NULL if the
 * command was stopped. */
static struct job *find_job(struct core *core, const struct command *command,
    enum operation_state state, const char *otherwise)
{
    struct error error;
    struct operation operation;
    struct job *job = core_find_job(core, command->operation_id);
    if (job && job->step != STEP_NONE)
        operation = job->operation;
    enum found found =
        job && job->step != STEP_NONE
            ? FOUND_ONE
            : ledger_operation(core->settings.ledger, command->operation_id, &operation, &error);
    if (found == FOUND_FAILED) {
        core_stopped(core, command, REASON_LEDGER, error.text);
        return NULL;
    }
    if (found == FOUND_NONE) {
        core_stopped(core, command, REASON_NOT_KNOWN, "no such operation here");
        return NULL;
    }
    if (operation.state != state) {
        error_set(&error, "it is %s: %s", state_word(operation.state), otherwise);
        core_stopped(core, command, REASON_NOT_KNOWN, error.text);
        return NULL;
    }
    if (!job)
        job = core_add_job(core, &operation, command->token);
    job->operation = operation;
    job->token = command->token;
    return job;
}

/* Takes the operation for this process; false if the command was stopped. */
static bool claim(struct core *core, const struct command *command, struct job *job)
{
    struct error error;
    instant now = core_now(core);
    enum found claimed = ledger_claim(
        core->settings.ledger, job->operation.id, core->owner, now, now + CLAIM, &error);
    if (claimed == FOUND_FAILED)
        core_stopped(core, command, REASON_LEDGER, error.text);
    else if (claimed == FOUND_NONE)
        core_stopped(core, command, REASON_NOT_KNOWN, "another desk is sending it just now");
    else
        job->claim_until = now + CLAIM;
    return claimed == FOUND_ONE;
}

void core_withdraw(struct core *core, const struct command *command)
{
    struct job *job = find_job(core, command, STATE_SAVED, "only what is saved can be taken back");
    if (job && claim(core, command, job))
        core_event(core, job, EVENT_UNDONE, NULL, REASON_UNDONE);
}

/* Ends every pause of a job, here and now. */
static void hurry(struct core *core, struct job *job)
{
    job->operation.send_after = core_now(core);
    job->ours = job->fresh = true;
    job->resting = false;
    job->pauses = 0;
}

void core_send_now(struct core *core, const struct command *command)
{
    struct error error;
    struct job *job = find_job(core, command, STATE_SAVED, "only what is saved can be sent now");
    if (!job)
        return;
    hurry(core, job);
    if (job->step == STEP_NONE &&
        ledger_update(core->settings.ledger, &job->operation, STATE_SAVED, &error) == FOUND_FAILED)
        core_trouble(core, command->token, &error);
    core_tell_operation(core, &job->operation, command->token);
}

/* --- settling ------------------------------------------------------------------------------------ */

static void leave(struct core *core, const struct command *command, const struct job *job)
{
    struct error error;
    if (!ledger_note(core->settings.ledger, core_now(core), command->agent, job->operation.id,
            "left for handover", &error))
        core_trouble(core, command->token, &error);
    core_tell_operation(core, &job->operation, command->token);
}

/* A person's word on an unknown outcome; nothing else settles it. */
void core_settle(struct core *core, const struct command *command)
{
    struct job *job =
        find_job(core, command, STATE_UNKNOWN, "only an unknown outcome can be settled");
    if (!job)
        return;
    if (command->word == SETTLE_LEAVE) {
        leave(core, command, job);
        return;
    }
    if (!claim(core, command, job))
        return;
    if (command->word == SETTLE_DROP) {
        core_event(core, job, EVENT_DROPPED, NULL, REASON_SETTLED);
        return;
    }
    char id[OPERATION_ID_SIZE];
    str_copy(id, sizeof id, job->operation.id);
    if (command->word == SETTLE_BOOKED) {
        if (command->appointment_id[0] && job->operation.kind == OPERATION_BOOK)
            str_copy(job->operation.appointment_id, ID_SIZE, command->appointment_id);
        core_event(core, job, EVENT_SETTLED_YES, NULL, REASON_SETTLED);
        return;
    }
    core_event(core, job, EVENT_SETTLED_NO, NULL, REASON_SETTLED);
    job = core_find_job(core, id);
    if (job)
        hurry(core, job);
}

/* The word that let it replace tours, if there was one, was given before the later tour was there. */
bool core_came_too_late(struct core *core, const struct operation *operation)
{
    struct tour_list tours = {0};
    struct tour own;
    bool late = false;
    if (operation->kind != OPERATION_BOOK || operation->lost == 0)
        return false;
    /* Moved meanwhile: another booking stands in its place, or did until it was cancelled. */
    if (ledger_tour(core->settings.ledger, operation->id, &own, NULL) == FOUND_ONE &&
        own.replaced_by[0])
        return true;
    ledger_tours_of_contact(core->settings.ledger, operation->community_id,
        &operation->booking.profile, core_now(core), &tours, NULL);
    for (size_t i = 0; i < tours.count && !late; i++) {
        const struct tour *tour = &tours.items[i];
        bool meant = strcmp(tour->id, operation->id) == 0 ||
                     strcmp(tour->id, operation->booking.moves) == 0 ||
                     (operation->booking.replace && tour->created_at < operation->created_at);
        late = !meant && tour->booking != STATE_SAVED; /* what is saved waits for this one */
    }
    tour_list_finish(&tours);
    return late;
}

bool core_overtaken(struct core *core, const struct operation *operation)
{
    struct tour_list tours = {0};
    bool overtaken = core_came_too_late(core, operation);
    if (operation->kind != OPERATION_BOOK || overtaken)
        return overtaken;
    /* What cannot be read may be in its way. */
    overtaken = !ledger_tours_of_contact(core->settings.ledger, operation->community_id,
        &operation->booking.profile, core_now(core), &tours, NULL);
    for (size_t i = 0; i < tours.count && !overtaken; i++)
        overtaken = tours.items[i].booking == STATE_SENDING &&
                    strcmp(tours.items[i].id, operation->id) != 0;
    tour_list_finish(&tours);
    return overtaken;
}

/* --- sending everything ---------------------------------------------------------------------------- */

/* Everything that is saved goes out at once; what is unknown is looked into. */
void core_sync(struct core *core, const struct command *command)
{
    core_load_jobs(core);
    if (core->ledger_broken) { /* what is known here may be old */
        core_stopped(core, command, REASON_LEDGER,
            "the ledger cannot be read or written just now: nothing is sent until it can");
        return;
    }
    core_adopt_orphans(core);
    for (size_t i = 0; i < core->job_count; i++) {
        struct job *job = core->jobs[i];
        bool repeat =
            job->operation.state == STATE_UNKNOWN && job->operation.kind == OPERATION_CANCEL;
        job->token = command->token;
        if (job->step != STEP_NONE)
            continue;
        if (job->operation.state == STATE_SAVED || repeat) {
            hurry(core, job);
            job->fresh = false;
        } else {
            job->resting = true;
            core_read_evidence(core, &job->operation);
        }
        core_tell_operation(core, &job->operation, command->token);
    }
}

/* --- soft holds -------------------------------------------------------------------------------------- */

void core_tell_holds(struct core *core)
{
    struct report *report = report_create(REPORT_HOLDS, 0);
    ledger_holds(core->settings.ledger, core->owner, core_now(core), &report->holds, NULL);
    core_tell(core, report);
}

static void put_hold(struct core *core)
{
    struct error error;
    core->hold.until = core_now(core) + HOLD_TIME;
    core->next_hold = core_steady(core) + HOLD_AGAIN;
    if (!ledger_put_hold(core->settings.ledger, &core->hold, &error))
        core_trouble(core, 0, &error);
}

/* Says to other desks that somebody types for a slot here, or that nobody does any more. */
void core_hold(struct core *core, const struct command *command)
{
    if (command->booking.start.at == 0) {
        core->hold = (struct hold){0};
        ledger_drop_hold(core->settings.ledger, core->owner, core_now(core), NULL);
        return;
    }
    core->hold = (struct hold){.calendar = command->booking.calendar,
        .start = command->booking.start.at,
        .since = core_now(core)};
    str_copy(core->hold.owner, sizeof core->hold.owner, core->owner);
    str_copy(core->hold.agent, sizeof core->hold.agent, command->agent);
    str_copy(core->hold.community_id, ID_SIZE, command->community_id);
    put_hold(core);
    core_tell_holds(core);
}

/* Renews our hold while it lasts. */
int64_t core_holds_turn(struct core *core)
{
    if (!core->hold.until || core->ledger_broken)
        return -1;
    int64_t left = core->next_hold - core_steady(core);
    if (left > 0)
        return left;
    put_hold(core);
    return HOLD_AGAIN;
}
