/* What stays in the house: marks, consent, people, search. Nothing of it goes to Knock by itself. */
#include "core_internal.h"

#include "tourdesk/base/mem.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Tells a tour as it is now. */
static void tell_tour(struct core *core, const struct command *command)
{
    struct report *report = report_create(REPORT_TOUR, command->token);
    report->tour = mem_alloc(sizeof *report->tour);
    if (ledger_tour(core->settings.ledger, command->tour_id, report->tour, &report->trouble) ==
        FOUND_ONE)
        str_copy(report->community_id, ID_SIZE, report->tour->community_id);
    core_tell(core, report);
}

void core_mark(struct core *core, const struct command *command)
{
    struct error error;
    struct mark mark = command->mark;
    str_copy(mark.tour_id, sizeof mark.tour_id, command->tour_id);
    str_copy(mark.agent, sizeof mark.agent, command->agent);
    mark.at = core_now(core);
    if (ledger_add_mark(core->settings.ledger, &mark, &error))
        tell_tour(core, command);
    else
        core_stopped(core, command, REASON_LEDGER, error.text);
}

void core_unmark(struct core *core, const struct command *command)
{
    struct error error;
    enum found found = ledger_undo_mark(core->settings.ledger, command->tour_id, command->mark.kind,
        command->agent, core_now(core), &error);
    if (found == FOUND_FAILED)
        core_stopped(core, command, REASON_LEDGER, error.text);
    else if (found == FOUND_NONE)
        core_stopped(core, command, REASON_NOT_KNOWN, "there is no such mark to take back");
    else
        tell_tour(core, command);
}

/* --- consent -------------------------------------------------------------------------------------- */

bool core_keep_consent(struct core *core, const struct operation *operation, struct error *error)
{
    const struct booking *booking = &operation->booking;
    const struct community *community = core_community(core, operation->community_id);
    bool asked = operation->kind == OPERATION_BOOK || operation->kind == OPERATION_REGISTER;
    if (!asked || booking->consent == CONSENT_NOT_ASKED || !booking->profile.phone[0] || !community)
        return true;
    struct consent_record record = {.state = booking->consent, .at = operation->created_at};
    str_copy(record.phone, sizeof record.phone, booking->profile.phone);
    str_copy(record.agent, sizeof record.agent, operation->agent);
    str_copy(record.wording, sizeof record.wording, community->sms_consent_text);
    return ledger_put_consent(core->settings.ledger, &record, error);
}

void core_heed_consent(struct core *core, struct operation *operation)
{
    struct consent_record record;
    const char *phone = operation->booking.profile.phone;
    if (operation->booking.consent == CONSENT_YES && *phone &&
        ledger_consent(core->settings.ledger, phone, &record, NULL) == FOUND_ONE &&
        record.state == CONSENT_NO)
        operation->booking.consent = CONSENT_NO;
}

void core_consent(struct core *core, const struct command *command)
{
    struct error error;
    struct consent_record record = command->consent;
    record.at = core_now(core);
    str_copy(record.agent, sizeof record.agent, command->agent);
    if (!ledger_put_consent(core->settings.ledger, &record, &error)) {
        core_stopped(core, command, REASON_LEDGER, error.text);
        return;
    }
    core_read_person(core, command);
}

/* --- finding ---------------------------------------------------------------------------------------- */

void core_read_person(struct core *core, const struct command *command)
{
    struct report *report = report_create(REPORT_PERSON, command->token);
    if (ledger_person(core->settings.ledger, command->person_id, &report->person,
            &report->trouble) == FOUND_NONE)
        error_set(&report->trouble, "nobody is known here under that number");
    core_tell(core, report);
}

void core_search(struct core *core, const struct command *command)
{
    struct report *report = report_create(REPORT_TOURS, command->token);
    ledger_search(
        core->settings.ledger, command->text, &command->query, &report->tours, &report->trouble);
    core_tell(core, report);
}

/* --- drafts and handovers ----------------------------------------------------------------------------- */

void core_keep_draft(struct core *core, const struct command *command)
{
    struct error error;
    if (!ledger_put_draft(core->settings.ledger, core->owner, &command->draft, &error))
        core_trouble(core, command->token, &error);
}

/* An owner's name begins with its process's number. */
static bool has_ended(const char *owner)
{
    long process = strtol(owner, NULL, 10);
    return process > 0 && kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

static bool has_form(const struct draft_list *drafts, const char *form)
{
    for (size_t i = 0; i < drafts->count; i++)
        if (strcmp(drafts->items[i].form, form) == 0)
            return true;
    return false;
}

/* Ours before it is no longer theirs: ended in between, it is there twice rather than not at all. */
static bool take_over(struct core *core, struct draft *draft, const char *owner)
{
    struct draft none = {0};
    str_copy(none.form, sizeof none.form, draft->form);
    return ledger_put_draft(core->settings.ledger, core->owner, draft, NULL) &&
           ledger_put_draft(core->settings.ledger, owner, &none, NULL);
}

/* What programs that crashed had kept becomes this one's; of several of one form the others stay for the next. */
void core_read_drafts(struct core *core, const struct command *command)
{
    struct draft_list found = {0};
    char(*owners)[OWNER_SIZE];
    struct report *report = report_create(REPORT_DRAFTS, command->token);
    ledger_drafts(core->settings.ledger, &found, &owners, &report->trouble);
    for (size_t i = 0; i < found.count; i++)
        if (has_ended(owners[i]) && !has_form(&report->drafts, found.items[i].form) &&
            take_over(core, &found.items[i], owners[i])) {
            *draft_list_add(&report->drafts) = found.items[i];
            found.items[i].text = NULL; /* the report's now */
        }
    draft_list_finish(&found);
    free(owners);
    core_tell(core, report);
}

void core_read_handover(struct core *core, const struct command *command)
{
    struct report *report = report_create(REPORT_HANDOVER, command->token);
    ledger_handover(core->settings.ledger, &report->handover, &report->trouble);
    core_tell(core, report);
}

void core_sign(struct core *core, const struct command *command)
{
    struct error error;
    struct handover handover = {.at = core_now(core)};
    str_copy(handover.agent, sizeof handover.agent, command->agent);
    str_copy(handover.text, sizeof handover.text, command->text);
    if (ledger_put_handover(core->settings.ledger, &handover, &error))
        core_read_handover(core, command);
    else
        core_stopped(core, command, REASON_LEDGER, error.text);
}
