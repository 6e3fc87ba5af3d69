/* What staff ask to be done: guards first, then the intent is kept, then it is told. */
#include "core_internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/knock/request.h"
#include "tourdesk/tour/source.h"

#include <stdlib.h>
#include <string.h>

enum { OPERATION_NAME = 8 };

/* --- being stopped ------------------------------------------------------------------------- */

static struct report *stop(const struct command *command, enum reason reason, const char *words)
{
    struct report *report = report_create(REPORT_STOPPED, command->token);
    str_copy(report->community_id, sizeof report->community_id, command->community_id);
    report->reason = reason;
    str_copy(report->trouble.text, sizeof report->trouble.text, words);
    return report;
}

bool core_stopped(
    struct core *core, const struct command *command, enum reason reason, const char *words)
{
    core_tell(core, stop(command, reason, words));
    return true;
}

static bool stopped_by_ledger(
    struct core *core, const struct command *command, const struct error *error)
{
    return core_stopped(core, command, REASON_LEDGER, error->text);
}

/* --- keeping ------------------------------------------------------------------------------- */

static void begin(struct core *core, const struct command *command, enum operation_kind kind,
    struct operation *operation)
{
    instant now = core_now(core);
    memset(operation, 0, sizeof *operation);
    random_name(&core->settings.random, operation->id, OPERATION_NAME);
    operation->kind = kind;
    operation->state = STATE_SAVED;
    str_copy(operation->community_id, ID_SIZE, command->community_id);
    str_copy(operation->agent, AGENT_SIZE, command->agent);
    operation->created_at = operation->updated_at = now;
    operation->send_after = command->at_once || core->settings.one_shot
                                ? now
                                : now + (instant)core->settings.undo_seconds * SECOND;
}

/* The request that matters, kept with the intent. */
static bool plan_wire(struct core *core, const struct operation *operation, struct error *error)
{
    struct http_request request;
    const struct community *community = core_community(core, operation->community_id);
    struct wire wire = {0};
    switch (operation->kind) {
    case OPERATION_BOOK:
        request_appointment(&request, operation, community);
        str_copy(wire.step, sizeof wire.step, step_word(STEP_REQUEST));
        break;
    case OPERATION_CANCEL:
        request_cancel(&request, operation);
        str_copy(wire.step, sizeof wire.step, step_word(STEP_CANCEL));
        break;
    case OPERATION_VISIT:
        request_visit(&request, operation);
        str_copy(wire.step, sizeof wire.step, step_word(STEP_VISIT));
        break;
    case OPERATION_CALL:
        request_call(&request, operation);
        str_copy(wire.step, sizeof wire.step, step_word(STEP_CALL));
        break;
    default:
        request_prospect(&request, operation, community);
        str_copy(wire.step, sizeof wire.step, step_word(STEP_PROSPECT));
        break;
    }
    str_copy(wire.operation_id, sizeof wire.operation_id, operation->id);
    str_copy(wire.method, sizeof wire.method, http_method_word(request.method));
    str_copy(wire.path, sizeof wire.path, request.path);
    wire.body = request.body;
    bool ok = ledger_put_wire(core->settings.ledger, &wire, error);
    http_request_finish(&request);
    return ok;
}

/* Runs what is asked inside one transaction: no other desk can write between the guards and the intent that
 * they let through. `act` commits by keep(), or has been stopped and leaves nothing behind. */
static void ask(struct core *core, const struct command *command,
    void (*act)(struct core *core, const struct command *command))
{
    struct error error;
    if (!ledger_begin(core->settings.ledger, &error)) {
        core_broken(core);
        stopped_by_ledger(core, command, &error);
        return;
    }
    act(core, command);
    ledger_rollback(core->settings.ledger);
}

/* A commit that failed may have come to be: what was written is judged by the disk alone. True if it is kept. */
static bool kept_all_the_same(
    struct core *core, const struct operation *operation, struct error *error)
{
    struct operation kept;
    struct error words = {0};
    struct ledger *ledger = core->settings.ledger;
    enum found found = ledger_reopen(ledger, &words)
                           ? ledger_operation(ledger, operation->id, &kept, &words)
                           : FOUND_FAILED;
    if (found == FOUND_FAILED)
        error_set(
            error, "%s; whether it is kept is not known before the ledger works again", words.text);
    return found == FOUND_ONE;
}

/* Commits the intent; only then is it said to be saved, and only then may anything leave. */
static void keep(
    struct core *core, const struct command *command, const struct operation *operation)
{
    struct ledger *ledger = core->settings.ledger;
    struct error error = {0};
    instant now = core_now(core);
    bool written =
        ledger_begun(ledger, &error) && ledger_add(ledger, operation, &error) &&
        plan_wire(core, operation, &error) && core_keep_consent(core, operation, &error) &&
        ledger_claim(ledger, operation->id, core->owner, now, now + CLAIM, &error) == FOUND_ONE;
    bool kept =
        written && (ledger_commit(ledger, &error) || kept_all_the_same(core, operation, &error));
    if (!kept) {
        core_broken(core);
        stopped_by_ledger(core, command, &error);
        return;
    }
    struct job *job = core_add_job(core, operation, command->token);
    job->ours = job->fresh = true;
    job->claim_until = now + CLAIM;
    core_tell_operation(core, operation, command->token);
}

/* The title as Knock lists it; one that is not in the list goes as it is, and staff are told. */
static void set_source(struct core *core, const struct command *command, const char *community_id,
    char title[SOURCE_SIZE])
{
    struct source_list known = {0};
    struct error words;
    ledger_get_sources(core->settings.ledger, community_id, &known, NULL);
    int found = source_find(&known, title);
    if (found >= 0) {
        str_copy(title, SOURCE_SIZE, known.titles[found]);
    } else if (known.count > 0 && *title) {
        error_set(
            &words, "\"%s\" is not among the sources that Knock lists; it is sent as it is", title);
        core_trouble(core, command->token, &words);
    }
    source_list_finish(&known);
}

/* --- booking ------------------------------------------------------------------------------- */

/* Takes the tour that is being moved out of those that stand in the way. */
static void leave_out(struct tour_list *tours, const char *id)
{
    size_t kept = 0;
    for (size_t i = 0; i < tours->count; i++)
        if (strcmp(tours->items[i].id, id) != 0)
            tours->items[kept++] = tours->items[i];
    tours->count = kept;
}

/* Stops a booking that would knock out a tour this person has, unless a person said so (domain.md B2). */
static bool has_tour(struct core *core, const struct command *command)
{
    struct error error;
    struct report *report =
        stop(command, REASON_HAS_TOUR, "this person already has a tour; booking would replace it");
    bool ok = ledger_tours_of_contact(core->settings.ledger, command->community_id,
        &command->booking.profile, core_now(core), &report->tours, &error);
    leave_out(&report->tours, command->booking.moves);
    if (ok && report->tours.count > 0 && !command->booking.replace) {
        core_tell(core, report);
        return true;
    }
    report_destroy(report);
    return !ok && stopped_by_ledger(core, command, &error);
}

/* The end as it is sent: with the offset of the start, or the zone's where they agree. */
static void set_end(
    const struct core *core, const struct community *community, struct booking *booking)
{
    struct stamp end = {booking->end, booking->start.offset};
    if (zone_agrees(community->zone, booking->start))
        end = zone_stamp(community->zone, booking->end);
    booking->end_text[0] = '\0';
    if (core->settings.send_end_time)
        stamp_format(end, booking->end_text);
}

void core_take_slot(
    struct core *core, struct booking *booking, const char *community_id, const struct slot *slot)
{
    const struct community *community = core_community(core, community_id);
    str_copy(booking->start_text, sizeof booking->start_text, slot->text);
    booking->start = slot->start;
    if (!booking->end)
        booking->end =
            slot->end ? slot->end : slot->start.at + (instant)community->tour_minutes * MINUTE;
    set_end(core, community, booking);
}

/* The slot as it was seen last, or as the command has it. */
static void set_slot(struct core *core, struct operation *operation)
{
    struct slot_list seen = {0};
    struct booking *booking = &operation->booking;
    struct slot wanted = {.start = booking->start};
    ledger_get_slots(
        core->settings.ledger, operation->community_id, booking->calendar, &seen, NULL);
    const struct slot *slot = slot_list_find(&seen, booking->start.at);
    booking->seen = slot != NULL;
    if (!slot) {
        stamp_format(booking->start, wanted.text);
        slot = &wanted;
    }
    core_take_slot(core, booking, operation->community_id, slot);
    slot_list_finish(&seen);
}

/* While nothing can be asked, this desk promises a slot once (domain.md C5). */
static bool promised(struct core *core, const struct command *command)
{
    const struct booking *wanted = &command->booking;
    for (size_t i = 0; !core->online && i < core->job_count; i++) {
        const struct operation *other = &core->jobs[i]->operation;
        if (other->kind != OPERATION_BOOK ||
            strcmp(other->community_id, command->community_id) != 0 ||
            other->booking.calendar != wanted->calendar ||
            other->booking.start.at != wanted->start.at || strcmp(other->id, wanted->moves) == 0)
            continue;
        struct report *report =
            stop(command, REASON_TAKEN, "another request for that time waits here already");
        core_add_alternatives(core, command->community_id, wanted, report);
        core_tell(core, report);
        return true;
    }
    return false;
}

static void book(struct core *core, const struct command *command)
{
    const struct community *community = core_community(core, command->community_id);
    struct operation operation;
    if (!community) {
        core_stopped(core, command, REASON_INVALID, "no such community in the configuration");
        return;
    }
    if (command->booking.start.at <= core_now(core)) {
        core_stopped(core, command, REASON_PAST, "that time has passed");
        return;
    }
    if (promised(core, command) || has_tour(core, command))
        return;
    begin(core, command, OPERATION_BOOK, &operation);
    operation.booking = command->booking;
    str_copy(operation.tour_id, sizeof operation.tour_id, operation.id);
    set_source(core, command, community->id, operation.booking.source_title);
    set_slot(core, &operation);
    keep(core, command, &operation);
}

void core_book(struct core *core, const struct command *command)
{
    ask(core, command, book);
}

/* --- registering a walk-in ------------------------------------------------------------------ */

/* It is kept under the moment in which they stood at the desk, which is no slot and is not sent. Without an
 * e-mail or a phone Knock could not tell who it is, and a repeat would make another person (knock-api R7). */
static void register_walk_in(struct core *core, const struct command *command)
{
    const struct community *community = core_community(core, command->community_id);
    const struct profile *profile = &command->booking.profile;
    struct operation operation;
    if (!community) {
        core_stopped(core, command, REASON_INVALID, "no such community in the configuration");
        return;
    }
    if (!profile->email[0] && !profile->phone[0]) {
        core_stopped(core, command, REASON_INVALID, "a phone number or an e-mail is needed");
        return;
    }
    begin(core, command, OPERATION_REGISTER, &operation);
    struct booking *walk_in = &operation.booking;
    walk_in->profile = *profile;
    walk_in->consent = command->booking.consent;
    walk_in->start = zone_stamp(community->zone, operation.created_at);
    walk_in->end = walk_in->start.at + (instant)community->tour_minutes * MINUTE;
    stamp_format(walk_in->start, walk_in->start_text);
    str_copy(walk_in->source_title, SOURCE_SIZE, command->booking.source_title);
    str_copy(operation.tour_id, sizeof operation.tour_id, operation.id);
    set_source(core, command, community->id, walk_in->source_title);
    keep(core, command, &operation);
}

void core_register(struct core *core, const struct command *command)
{
    ask(core, command, register_walk_in);
}

/* --- the tour that a visit or a cancel is about ---------------------------------------------- */

/* An id of Knock's may look like an operation's: where there is no such operation, it is one of Knock's. */
static enum found find_tour(
    struct core *core, const struct command *command, struct tour *tour, struct error *error)
{
    struct ledger *ledger = core->settings.ledger;
    const char *appointment =
        command->appointment_id[0] ? command->appointment_id : command->tour_id;
    enum found found = FOUND_NONE;
    if (command->tour_id[0])
        found = ledger_tour(ledger, command->tour_id, tour, error);
    if (found == FOUND_NONE && *appointment)
        found = ledger_tour_of_appointment(ledger, appointment, tour, error);
    return found;
}

void core_read_tour(struct core *core, const struct command *command)
{
    struct error error;
    struct report *report = report_create(REPORT_TOUR, command->token);
    report->tour = mem_alloc(sizeof *report->tour);
    enum found found = find_tour(core, command, report->tour, &error);
    if (found == FOUND_ONE) {
        core_tell(core, report);
        return;
    }
    report_destroy(report);
    if (found == FOUND_FAILED)
        stopped_by_ledger(core, command, &error);
    else
        core_stopped(core, command, REASON_NOT_KNOWN, "no such tour here");
}

/* Finds it and fills in what it tells; true if the command was stopped. */
static bool set_tour(struct core *core, const struct command *command, struct tour *tour,
    bool *known, struct operation *operation)
{
    struct error error;
    enum found found = find_tour(core, command, tour, &error);
    if (found == FOUND_FAILED)
        return stopped_by_ledger(core, command, &error);
    *known = found == FOUND_ONE;
    if (!*known && command->tour_id[0])
        return core_stopped(core, command, REASON_NOT_KNOWN, "no such tour here");
    if (*known && command->prospect_id[0] && tour->prospect_id[0] &&
        strcmp(command->prospect_id, tour->prospect_id) != 0)
        return core_stopped(core, command, REASON_INVALID, "that tour is another prospect's");
    str_copy(operation->appointment_id, ID_SIZE, command->appointment_id);
    str_copy(operation->prospect_id, ID_SIZE, command->prospect_id);
    if (*known) {
        str_copy(operation->tour_id, OPERATION_ID_SIZE, tour->id);
        str_copy(operation->community_id, ID_SIZE, tour->community_id);
        str_copy(operation->appointment_id, ID_SIZE, tour->appointment_id);
        str_copy(operation->prospect_id, ID_SIZE, tour->prospect_id);
    }
    return false;
}

/* --- rescheduling -------------------------------------------------------------------------- */

/* A new booking for the same person, with the word that it takes the place of the old one; the old one is
 * released once the new one is confirmed (core_jobs.c), never before. */
static void reschedule(struct core *core, const struct command *command)
{
    struct tour tour;
    struct operation old, found_tour = {0};
    struct error error;
    bool known;
    if (set_tour(core, command, &tour, &known, &found_tour))
        return;
    if (!known) {
        core_stopped(core, command, REASON_NOT_KNOWN,
            "that appointment is not known here: cancel it and book anew");
        return;
    }
    if (!tour_can_move(&tour, &error)) {
        core_stopped(core, command, REASON_NOT_KNOWN, error.text);
        return;
    }
    if (ledger_operation(core->settings.ledger, tour.id, &old, &error) != FOUND_ONE) {
        stopped_by_ledger(core, command, &error);
        return;
    }
    struct command moved = *command;
    moved.booking = old.booking;
    moved.booking.start = command->booking.start;
    moved.booking.end = command->booking.end;
    moved.booking.replace = command->booking.replace;
    str_copy(moved.booking.moves, sizeof moved.booking.moves, tour.id);
    str_copy(moved.community_id, sizeof moved.community_id, tour.community_id);
    book(core, &moved);
}

void core_reschedule(struct core *core, const struct command *command)
{
    ask(core, command, reschedule);
}

/* --- cancelling ---------------------------------------------------------------------------- */

static void cancel(struct core *core, const struct command *command)
{
    struct operation operation;
    struct tour tour;
    struct error why;
    bool known;
    begin(core, command, OPERATION_CANCEL, &operation);
    if (set_tour(core, command, &tour, &known, &operation))
        return;
    if (known && tour.booking == STATE_SAVED && tour.kind == TOUR_APPOINTMENT) {
        /* Nothing has left: taking it back is all that cancelling can mean. */
        struct command withdraw = *command;
        str_copy(withdraw.operation_id, sizeof withdraw.operation_id, tour.id);
        ledger_rollback(core->settings.ledger); /* a withdrawal has its own transaction */
        core_withdraw(core, &withdraw);
        return;
    }
    if (known && !tour_can_cancel(&tour, &why)) {
        core_stopped(core, command, REASON_NOT_KNOWN, why.text);
        return;
    }
    bool waits_for_id = known && tour.booking == STATE_SENDING;
    if (!operation.appointment_id[0] && !waits_for_id) {
        core_stopped(core, command, REASON_NOT_KNOWN,
            "its number at Knock is not known here: it can only be cancelled in Knock itself");
        return;
    }
    operation.cancelling = command->cancelling;
    keep(core, command, &operation);
}

void core_cancel(struct core *core, const struct command *command)
{
    ask(core, command, cancel);
}

/* --- logging a visit ----------------------------------------------------------------------- */

static bool second_visit(struct core *core, const struct command *command, const struct tour *tour)
{
    bool logged = tour->visit == STATE_SAVED || tour->visit == STATE_SENDING ||
                  tour->visit == STATE_CONFIRMED || tour->visit == STATE_UNKNOWN;
    if (!logged || command->visiting.again)
        return false;
    struct error why = {"the visit of this tour is logged already"};
    tour_can_visit(tour, &why);
    struct report *report = stop(command, REASON_VISIT_EXISTS, why.text);
    *tour_list_add(&report->tours) = *tour;
    core_tell(core, report);
    return true;
}

/* Names the nearest units behind one that is not in the list. */
static void name_nearest(const struct community *community, const char *name, struct error *words)
{
    enum { NAMED = 3 };
    size_t near[NAMED];
    size_t count = unit_nearest(community->units, community->unit_count, name, near, NAMED);
    struct str text = {0};
    str_addf(&text, "unit %s is not in the list of %s", name, community->name);
    for (size_t i = 0; i < count; i++)
        str_addf(&text, "%s%s", i == 0 ? "; nearest: " : ", ", community->units[near[i]]);
    str_copy(words->text, sizeof words->text, str_text(&text));
    str_finish(&text);
}

static bool unknown_unit(
    struct core *core, const struct command *command, const struct operation *operation)
{
    const struct community *community = core_community(core, operation->community_id);
    const struct visiting *visit = &command->visiting;
    if (!community || community->unit_count == 0 || visit->any_unit)
        return false;
    for (size_t i = 0; i < visit->unit_count; i++) {
        if (unit_find(community->units, community->unit_count, visit->units[i]) >= 0)
            continue;
        struct error words;
        name_nearest(community, visit->units[i], &words);
        return core_stopped(core, command, REASON_UNKNOWN_UNIT, words.text);
    }
    return false;
}

/* What the command leaves open: the tour's own time if it is past, else now; the booking's source. */
static void fill_visit(const struct core *core, const struct tour *tour, const char *community_id,
    struct visiting *visit)
{
    instant now = core_now(core);
    const struct community *community = core_community(core, community_id);
    if (!visit->visit_time.at && tour && tour->start.at <= now)
        visit->visit_time = tour->start;
    instant past = core_latest_past(core);
    if (!visit->visit_time.at)
        visit->visit_time = community ? zone_stamp(community->zone, past) : (struct stamp){past, 0};
    if (tour && tour->kind == TOUR_APPOINTMENT)
        visit->self_guided = tour->calendar == CALENDAR_SELF_GUIDED;
    if (!visit->source_title[0] && tour)
        str_copy(visit->source_title, SOURCE_SIZE, tour->source_title);
    if (!visit->source_title[0] && community)
        str_copy(visit->source_title, SOURCE_SIZE, community->source);
}

static void visit(struct core *core, const struct command *command)
{
    struct operation operation;
    struct tour tour = {0};
    struct error why;
    bool known;
    begin(core, command, OPERATION_VISIT, &operation);
    if (set_tour(core, command, &tour, &known, &operation))
        return;
    if (known && second_visit(core, command, &tour))
        return;
    struct tour asked = tour;
    if (command->visiting.again) /* the word for a second visit, and for nothing else */
        asked.visit = STATE_NONE;
    if (known && !tour_can_visit(&asked, &why)) {
        core_stopped(core, command, REASON_NOT_KNOWN, why.text);
        return;
    }
    if (!known && !operation.prospect_id[0]) {
        core_stopped(core, command, REASON_NOT_KNOWN,
            "that appointment is not known here; a visit needs the prospect's id as well");
        return;
    }
    operation.visiting = command->visiting;
    fill_visit(core, known ? &tour : NULL, operation.community_id, &operation.visiting);
    if (operation.visiting.visit_time.at > core_now(core)) {
        core_stopped(
            core, command, REASON_PAST, "a visit is logged afterwards: its time must be past");
        return;
    }
    if (unknown_unit(core, command, &operation))
        return;
    if (command->visiting.source_title[0])
        set_source(core, command, operation.community_id, operation.visiting.source_title);
    keep(core, command, &operation);
}

void core_visit(struct core *core, const struct command *command)
{
    ask(core, command, visit);
}

/* --- logging a call ------------------------------------------------------------------------ */

static bool second_call(
    struct core *core, const struct command *command, const struct operation *operation)
{
    struct operation earlier;
    struct error words;
    if (command->calling.again)
        return false;
    enum found found = ledger_call_like(core->settings.ledger, operation, &earlier, &words);
    if (found == FOUND_FAILED)
        return stopped_by_ledger(core, command, &words);
    if (found == FOUND_NONE)
        return false;
    error_set(&words, "a call with this person at that time is %s here already (operation %s)",
        state_word(earlier.state), earlier.id);
    return core_stopped(core, command, REASON_CALL_EXISTS, words.text);
}

static void call(struct core *core, const struct command *command)
{
    struct operation operation;
    struct tour tour = {0};
    bool known;
    begin(core, command, OPERATION_CALL, &operation);
    if (set_tour(core, command, &tour, &known, &operation))
        return;
    if (!known && !operation.prospect_id[0]) {
        core_stopped(core, command, REASON_NOT_KNOWN,
            "that appointment is not known here; a call needs the prospect's id");
        return;
    }
    bool came_to_nothing = tour.booking == STATE_REFUSED || tour.booking == STATE_WITHDRAWN;
    if (known && came_to_nothing && !operation.prospect_id[0]) {
        core_stopped(core, command, REASON_NOT_KNOWN,
            "that booking did not come to be, and Knock was not told of the person");
        return;
    }
    operation.calling = command->calling;
    if (second_call(core, command, &operation))
        return;
    struct calling *calling = &operation.calling;
    if (calling->end.at < calling->start.at) {
        core_stopped(core, command, REASON_INVALID, "a call cannot end before it begins");
        return;
    }
    if (calling->end.at > core_now(core)) {
        core_stopped(
            core, command, REASON_PAST, "a call is logged when it is over: its end must be past");
        return;
    }
    if (calling->source_title[0])
        set_source(core, command, operation.community_id, calling->source_title);
    keep(core, command, &operation);
}

void core_call(struct core *core, const struct command *command)
{
    ask(core, command, call);
}
