/* What is told of an operation: with its tour, other times where it was refused, evidence where it is unknown. */
#include "core_internal.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

void core_add_alternatives(struct core *core, const char *community_id,
    const struct booking *booking, struct report *report)
{
    struct slot_list all = {0};
    const struct slot *near[ALTERNATIVES];
    ledger_get_slots(core->settings.ledger, community_id, booking->calendar, &all, NULL);
    size_t count = slot_list_nearest(&all, booking->start.at, core_now(core), near, ALTERNATIVES);
    for (size_t i = 0; i < count; i++)
        slot_list_add(&report->slots, near[i]);
    report->slots.checked_at = all.checked_at;
    slot_list_sort(&report->slots);
    slot_list_finish(&all);
}

void core_tell_operation(struct core *core, const struct operation *operation, uint64_t token)
{
    struct report *report = report_create(REPORT_OPERATION, token);
    str_copy(report->community_id, sizeof report->community_id, operation->community_id);
    report->operation = mem_alloc(sizeof *operation);
    *report->operation = *operation;
    report->reason = operation->reason;
    if (operation->tour_id[0]) {
        report->tour = mem_alloc(sizeof *report->tour);
        if (ledger_tour(core->settings.ledger, operation->tour_id, report->tour, NULL) !=
            FOUND_ONE) {
            free(report->tour);
            report->tour = NULL;
        }
    }
    if (operation->kind == OPERATION_BOOK && operation->state == STATE_REFUSED)
        core_add_alternatives(core, operation->community_id, &operation->booking, report);
    if (operation->state == STATE_UNKNOWN)
        ledger_evidence(core->settings.ledger, operation->id, report->evidence, EVIDENCE_KEPT,
            &report->evidence_count, NULL);
    core_tell(core, report);
}
