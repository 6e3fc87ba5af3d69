/* What leaves for an operation: each request as it is made, kept beside its operation, and put on the wire. */
#include "core_internal.h"

#include "tourdesk/base/log.h"
#include "tourdesk/knock/request.h"

#include <string.h>

enum { ANSWER_KEPT = 4096 };

static void make_request(
    struct core *core, const struct operation *operation, enum step step, struct http_request *out)
{
    const struct community *community = core_community(core, operation->community_id);
    switch (step) {
    case STEP_PROSPECT: request_prospect(out, operation, community); break;
    case STEP_REQUEST: request_appointment(out, operation, community); break;
    case STEP_CANCEL: request_cancel(out, operation); break;
    case STEP_CALL: request_call(out, operation); break;
    default: request_visit(out, operation); break;
    }
}

bool core_put_wire(struct core *core, const struct job *job, const struct operation *operation,
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

void core_begin_step(struct core *core, struct job *job)
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
