/* The laws of the house, held against what Knock knows and what staff were told. */
#include "sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- when a write leaves --------------------------------------------------------------------------------------------- */

static bool in_flight(enum operation_state state)
{
    return state == STATE_SAVED || state == STATE_SENDING;
}

/* What is sent is in the ledger as being sent, and nothing that comes first is still to go. */
static void check_order(struct sim *sim, const struct operation_list *list, const struct ask *ask)
{
    const struct operation *own = NULL;
    for (size_t i = 0; i < list->count && !own; i++)
        if (ask_of_operation(sim, &list->items[i]) == ask)
            own = &list->items[i];
    if (!own || own->state != STATE_SENDING) {
        sim_break(sim, "ask %d is sent while the ledger has it as %s", ask->number,
            own ? state_word(own->state) : "nothing unsettled");
        return;
    }
    for (const struct operation *other = list->items; other < own; other++) {
        const struct ask *earlier = ask_of_operation(sim, other);
        bool rival = earlier && other->kind == OPERATION_BOOK && ask->kind == OPERATION_BOOK &&
                     (earlier->slot == ask->slot || same_contact(earlier->person, ask->person));
        /* One that was unknown, and is to go again by a word of staff or by an answer that came late, finds the
         * later one on its way already. */
        if (rival && in_flight(other->state) && !earlier->said_no && !earlier->was_unknown)
            sim_break(sim, "ask %d is sent before ask %d, which was asked for earlier", ask->number,
                earlier->number);
    }
}

void laws_at_send(struct sim *sim, int desk, const struct http_request *request, int number)
{
    struct operation_list list = {0};
    if (number < 0) {
        sim_break(sim, "%s is sent for nobody's ask", request->path);
        return;
    }
    const struct ask *ask = &sim->asks[number];
    if (ask->risky > 0)
        sim_break(sim, "ask %d is sent again, and nobody knows that it was not applied", number);
    if (ask->settled)
        sim_break(
            sim, "ask %d is sent after it was told to be %s", number, state_word(ask->settled));
    if (sim_unsettled(sim, desk, &list))
        check_order(sim, &list, ask);
    else
        sim_break(sim, "ask %d is sent while the ledger cannot be read", number);
    operation_list_finish(&list);
}

/* --- at the end --------------------------------------------------------------------------------------------------------- */

/* The appointment at Knock of a number as it was told; NULL if there is none. */
static const struct appointment *appointment_of(const struct sim *sim, const char *id)
{
    long number = strtol(id, NULL, 10);
    bool there = number >= 1 && (size_t)number <= sim->knock.appointment_count;
    return there ? &sim->knock.appointments[number - 1] : NULL;
}

static const struct appointment *appointment_for(const struct sim *sim, const struct ask *ask)
{
    for (size_t i = 0; i < sim->knock.appointment_count; i++)
        if (sim->knock.appointments[i].ask == ask->number)
            return &sim->knock.appointments[i];
    return NULL;
}

static bool any_late(const struct sim *sim, int person)
{
    bool late = false;
    for (int i = 0; i < sim->ask_count; i++)
        late |= sim->asks[i].late && same_contact(sim->asks[i].person, person);
    return late;
}

static void check_booking(
    struct sim *sim, struct ledger *ledger, const struct operation *o, const struct ask *ask)
{
    struct tour tour;
    if (o->state != STATE_CONFIRMED) {
        if (ask->applied)
            sim_break(sim, "ask %d is %s here, and Knock has booked it", ask->number,
                state_word(o->state));
        return;
    }
    const struct appointment *appointment = appointment_for(sim, ask);
    if (ask->applied != 1 || !appointment) {
        sim_break(sim, "ask %d is confirmed here, and Knock has booked it %d times", ask->number,
            ask->applied);
        return;
    }
    if (o->appointment_id[0] && appointment_of(sim, o->appointment_id) != appointment)
        sim_break(sim, "ask %d has somebody else's number, %s", ask->number, o->appointment_id);
    if (ledger_tour(ledger, o->id, &tour, NULL) != FOUND_ONE) {
        sim_break(sim, "ask %d is confirmed and has no tour", ask->number);
        return;
    }
    bool stands = tour_stands(&tour);
    if (stands != (appointment->standing == STANDS) && !any_late(sim, ask->person))
        sim_break(sim, "the tour of ask %d %s here (cancel %s, replaced by %s) and %s at Knock",
            ask->number, stands ? "stands" : "is gone", state_word(tour.cancel), tour.replaced_by,
            stands ? "is gone" : "stands");
}

static void check_cancel(struct sim *sim, const struct operation *o)
{
    const struct appointment *appointment = appointment_of(sim, o->appointment_id);
    if (o->state == STATE_CONFIRMED && appointment && appointment->standing == STANDS)
        sim_break(sim, "cancel %s is confirmed here, and the appointment %s stands at Knock", o->id,
            o->appointment_id);
    if (o->state == STATE_CONFIRMED && !appointment)
        sim_break(sim, "cancel %s is confirmed here for no appointment", o->id);
}

/* A visit or a telephone call. */
static void check_log(struct sim *sim, const struct operation *o, const struct ask *ask)
{
    int wanted = o->state == STATE_CONFIRMED;
    if (ask->applied != wanted)
        sim_break(sim, "the %s of ask %d is %s here, and Knock has it %d times",
            operation_kind_word(o->kind), ask->number, state_word(o->state), ask->applied);
}

static void count_state(struct sim *sim, const struct operation *o)
{
    sim->figures.confirmed += o->state == STATE_CONFIRMED;
    sim->figures.refused += o->state == STATE_REFUSED;
    sim->figures.withdrawn += o->state == STATE_WITHDRAWN;
    sim->figures.unknown += o->lost > 0;
}

static void check_operation(struct sim *sim, struct ledger *ledger, const struct operation *o)
{
    struct ask *ask = ask_of_operation(sim, o);
    count_state(sim, o);
    if (!state_settled(o->state)) {
        sim_break(sim, "%s %s (ask %d) is still %s (%s) when everything is over",
            operation_kind_word(o->kind), o->id, ask ? ask->number : -1, state_word(o->state),
            reason_token(o->reason));
        return;
    }
    if (!ask && o->kind != OPERATION_CANCEL) {
        sim_break(
            sim, "the ledger has %s %s that nobody asked for", operation_kind_word(o->kind), o->id);
        return;
    }
    if (ask && ask->settled && ask->settled != o->state)
        sim_break(sim, "ask %d was told to be %s and is %s in the ledger", ask->number,
            state_word(ask->settled), state_word(o->state));
    if (o->kind == OPERATION_BOOK)
        check_booking(sim, ledger, o, ask);
    else if (o->kind == OPERATION_CANCEL)
        check_cancel(sim, o);
    else
        check_log(sim, o, ask);
}

/* What staff were told is there; what Knock did was asked for and is there; everybody got an answer. */
static void check_ask(struct sim *sim, const struct operation_list *list, const struct ask *ask)
{
    int kept = 0;
    for (size_t i = 0; i < list->count; i++)
        kept += ask_of_operation(sim, &list->items[i]) == ask;
    if (kept > 1)
        sim_break(sim, "ask %d is %d operations", ask->number, kept);
    if (ask->told && !kept)
        sim_break(sim, "ask %d was told to be %s and is lost", ask->number, state_word(ask->told));
    if (ask->applied && !kept)
        sim_break(sim, "ask %d happened at Knock and is lost here", ask->number);
    bool same_life = ask->life == sim->desks[ask->desk].life;
    if (!ask->answered && same_life)
        sim_break(sim, "ask %d never had an answer", ask->number);
    if (ask->stopped && !ask->in_doubt && kept)
        sim_break(sim, "ask %d was stopped and is kept all the same", ask->number);
    if (ask->settled == STATE_REFUSED && ask->kind == OPERATION_BOOK)
        sim->figures.races_lost++;
}

/* True if staff moved that tour to this one, in one step or several. */
static bool moved_to(const struct sim *sim, const struct ask *to, int from)
{
    for (int at = to->moves; at >= 0; at = sim->asks[at].moves)
        if (at == from)
            return true;
    return false;
}

/* Nobody's tour went without a word of staff. */
static void check_replaced(struct sim *sim)
{
    for (size_t i = 0; i < sim->knock.appointment_count; i++) {
        const struct appointment *old = &sim->knock.appointments[i];
        if (old->standing != REPLACED)
            continue;
        const struct ask *by = &sim->asks[old->replaced_by];
        bool meant = by->replace || moved_to(sim, by, old->ask);
        if (!meant && !by->late)
            sim_break(
                sim, "ask %d took the tour of ask %d away without a word", by->number, old->ask);
    }
}

void laws_at_end(struct sim *sim)
{
    enum { CHECKER = DISK_PROCESSES - 1 };
    struct operation_list list = {0};
    struct error error = {""};
    if (sim->broken)
        return;
    sim->looking = true;
    disk_revive(sim->disk, CHECKER);
    int before = disk_run_as(sim->disk, CHECKER);
    struct ledger *ledger = ledger_open(sim->data, &error);
    if (!ledger || !ledger_check(ledger, &error) ||
        !ledger_operations_since(ledger, 0, &list, &error))
        sim_break(sim, "the ledger cannot be read: %s", error.text);
    for (size_t i = 0; i < list.count && !sim->broken; i++)
        check_operation(sim, ledger, &list.items[i]);
    for (int i = 0; i < sim->ask_count && !sim->broken; i++)
        check_ask(sim, &list, &sim->asks[i]);
    for (int i = 0; i < sim->ask_count; i++)
        sim->figures.applied += (uint64_t)sim->asks[i].applied;
    check_replaced(sim);
    operation_list_finish(&list);
    ledger_close(ledger);
    disk_run_as(sim->disk, before);
    sim->looking = false;
}
