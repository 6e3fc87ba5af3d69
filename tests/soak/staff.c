/* Staff: what they ask, what they hear, and what they say of an unknown outcome once they know. */
#include "sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ORDERS = 1 << 20 }; /* tokens of what is no ask */

void person_profile(int person, struct profile *out)
{
    /* Ana and Ben share a phone, Isa and Eva an e-mail: to Knock they are one person each. */
    static const struct {
        const char *name, *email, *phone;
    } people[SIM_PEOPLE] = {
        {"Ana", "", "+12065550100"},
        {"Ben", "ben@example.com", "+12065550100"},
        {"Isa", "isa@example.com", ""},
        {"Eva", "Isa@Example.com", ""},
        {"Kim", "", "+12065550104"},
        {"Lou", "lou@example.com", "+12065550105"},
        {"Max", "max@example.com", ""},
        {"Zoe", "", "+12065550107"},
    };
    *out = (struct profile){0};
    str_copy(out->first_name, NAME_SIZE, people[person].name);
    str_copy(out->email, EMAIL_SIZE, people[person].email);
    str_copy(out->phone, PHONE_SIZE, people[person].phone);
}

bool same_contact(int person, int other)
{
    return person == other || (person < 4 && other < 4 && person / 2 == other / 2);
}

/* --- whose is it -------------------------------------------------------------------------------------------------- */

struct ask *ask_by_root(struct sim *sim, int root, int slot)
{
    for (int i = sim->ask_count; i-- > 0;) {
        struct ask *ask = &sim->asks[i];
        if (ask->kind == OPERATION_BOOK && ask->root == root && ask->slot == slot)
            return ask;
    }
    return NULL;
}

struct ask *ask_of_operation(struct sim *sim, const struct operation *operation)
{
    const char *text = operation->kind == OPERATION_BOOK     ? operation->booking.profile.message
                       : operation->kind == OPERATION_CANCEL ? operation->cancelling.reason
                       : operation->kind == OPERATION_CALL   ? operation->calling.username
                                                             : operation->visiting.units[0];
    int number;
    if (sscanf(text, "ask-%d", &number) != 1 || number >= sim->ask_count)
        return NULL;
    if (operation->kind != OPERATION_BOOK)
        return &sim->asks[number];
    for (int slot = 0; slot < SIM_SLOTS; slot++)
        if (sim_slot(slot) == operation->booking.start.at)
            return ask_by_root(sim, number, slot);
    return NULL;
}

/* --- asking --------------------------------------------------------------------------------------------------------- */

static struct command *new_command(struct sim *sim, enum command_kind kind, bool hurried)
{
    struct command *command = command_create(kind);
    str_copy(command->community_id, ID_SIZE, sim->community.id);
    str_copy(command->agent, AGENT_SIZE, "sam");
    command->at_once = hurried;
    return command;
}

static struct ask *new_ask(struct sim *sim, int desk, enum operation_kind kind)
{
    const struct sim_desk *at = &sim->desks[desk];
    if ((!at->core && !at->one_shot) || sim->ask_count == SIM_ASKS)
        return NULL;
    struct ask *ask = &sim->asks[sim->ask_count];
    *ask = (struct ask){.kind = kind,
        .number = sim->ask_count,
        .root = sim->ask_count,
        .desk = desk,
        .slot = -1,
        .moves = -1,
        .at = sim->now,
        .token = ++sim->last_token};
    sim->ask_count++;
    sim->figures.asks++;
    return ask;
}

/* Hands it over; the ask knows which life of the desk heard it. */
static struct ask *hand_over(struct sim *sim, struct ask *ask, struct command *command)
{
    struct sim_desk *desk = &sim->desks[ask->desk];
    command->token = ask->token;
    ask->life = desk->life;
    sim_say(sim, "desk %d: ask %d, %s, person %d, slot %d", ask->desk, ask->number,
        operation_kind_word(ask->kind), ask->person, ask->slot);
    desk_command(sim, ask->desk, command);
    return ask;
}

struct ask *staff_book(struct sim *sim, int desk, int person, int slot, bool replace)
{
    struct ask *ask = new_ask(sim, desk, OPERATION_BOOK);
    if (!ask)
        return NULL;
    struct command *command = new_command(sim, COMMAND_BOOK, sim_chance(sim, 700));
    ask->person = person;
    ask->slot = slot;
    ask->replace = command->booking.replace = replace;
    person_profile(person, &command->booking.profile);
    str_print(command->booking.profile.message, MESSAGE_SIZE, "ask-%d", ask->number);
    command->booking.start = (struct stamp){.at = sim_slot(slot), .offset = SIM_OFFSET};
    return hand_over(sim, ask, command);
}

struct ask *staff_cancel(struct sim *sim, int desk, const struct ask *tour)
{
    struct ask *ask = new_ask(sim, desk, OPERATION_CANCEL);
    if (!ask)
        return NULL;
    struct command *command = new_command(sim, COMMAND_CANCEL, sim_chance(sim, 700));
    ask->person = tour->person;
    str_copy(command->tour_id, OPERATION_ID_SIZE, tour->id);
    str_print(command->cancelling.reason, NOTE_SIZE, "ask-%d", ask->number);
    return hand_over(sim, ask, command);
}

struct ask *staff_visit(struct sim *sim, int desk, const struct ask *tour)
{
    struct ask *ask = new_ask(sim, desk, OPERATION_VISIT);
    if (!ask)
        return NULL;
    struct command *command = new_command(sim, COMMAND_VISIT, sim_chance(sim, 700));
    ask->person = tour->person;
    str_copy(command->tour_id, OPERATION_ID_SIZE, tour->id);
    str_print(command->visiting.units[0], UNIT_SIZE, "ask-%d", ask->number);
    command->visiting.unit_count = 1;
    command->visiting.any_unit = true;
    return hand_over(sim, ask, command);
}

struct ask *staff_call(struct sim *sim, int desk, const struct ask *tour)
{
    struct ask *ask = new_ask(sim, desk, OPERATION_CALL);
    if (!ask)
        return NULL;
    struct command *command = new_command(sim, COMMAND_CALL, sim_chance(sim, 700));
    struct calling *call = &command->calling;
    ask->person = tour->person;
    str_copy(command->tour_id, OPERATION_ID_SIZE, tour->id);
    str_print(call->username, USERNAME_SIZE, "ask-%d", ask->number);
    str_copy(call->agent_phone, PHONE_SIZE, "+12065550199");
    call->start = call->end =
        (struct stamp){.at = sim_slot(0) - 24 * HOUR, .offset = SIM_OFFSET}; /* yesterday */
    return hand_over(sim, ask, command);
}

struct ask *staff_move(struct sim *sim, int desk, const struct ask *tour, int slot)
{
    if (ask_by_root(sim, tour->root, slot))
        return NULL;
    struct ask *ask = new_ask(sim, desk, OPERATION_BOOK);
    if (!ask)
        return NULL;
    struct command *command = new_command(sim, COMMAND_RESCHEDULE, sim_chance(sim, 700));
    ask->person = tour->person;
    ask->root = tour->root;
    ask->slot = slot;
    ask->moves = tour->number;
    ask->replace = command->booking.replace = sim_chance(sim, 500);
    str_copy(command->tour_id, OPERATION_ID_SIZE, tour->id);
    command->booking.start = (struct stamp){.at = sim_slot(slot), .offset = SIM_OFFSET};
    return hand_over(sim, ask, command);
}

void staff_order(struct sim *sim, int desk, enum command_kind kind, const char *operation_id)
{
    struct command *command = new_command(sim, kind, true);
    command->token = ORDERS + ++sim->last_token;
    str_copy(command->operation_id, OPERATION_ID_SIZE, operation_id);
    str_copy(command->tour_id, OPERATION_ID_SIZE, operation_id);
    if (kind == COMMAND_HOLD)
        command->booking.start.at = sim_slot(sim_pick(sim, SIM_SLOTS));
    if (kind == COMMAND_MARK)
        command->mark.kind = MARK_NOTE;
    desk_command(sim, desk, command);
}

/* --- hearing ---------------------------------------------------------------------------------------------------------- */

static void hear_stop(struct sim *sim, struct ask *ask, const struct report *report)
{
    sim_say(sim, "desk %d stops ask %d: %s", ask->desk, ask->number, report->trouble.text);
    ask->stopped = true;
    ask->stopped_reason = report->reason;
    ask->in_doubt |= strstr(report->trouble.text, "whether it is kept is not known") != NULL;
    sim->figures.ledger_stops += report->reason == REASON_LEDGER;
}

static void hear_state(struct sim *sim, int desk, const struct report *report)
{
    const struct operation *operation = report->operation;
    struct ask *ask = ask_of_operation(sim, operation);
    sim_say(sim, "desk %d tells: %s %s, ask %d, %s (%s)", desk, operation->id,
        operation_kind_word(operation->kind), ask ? ask->number : -1, state_word(operation->state),
        reason_token(operation->reason));
    if (!ask)
        return;
    if (ask->id[0] && strcmp(ask->id, operation->id) != 0)
        sim_break(
            sim, "ask %d became two operations, %s and %s", ask->number, ask->id, operation->id);
    /* Another desk looks for changes once a second; what it tells until then is old and nothing worse. */
    bool old = !state_settled(operation->state) && sim->now - ask->settled_at <= 2 * SECOND;
    if (ask->settled && ask->settled != operation->state && !old)
        sim_break(sim, "ask %d was told to be %s and is now told to be %s", ask->number,
            state_word(ask->settled), state_word(operation->state));
    str_copy(ask->id, OPERATION_ID_SIZE, operation->id);
    ask->told = operation->state;
    ask->was_unknown |= operation->state == STATE_UNKNOWN;
    if (state_settled(operation->state) && !ask->settled) {
        ask->settled = operation->state;
        ask->settled_at = sim->now;
    }
    if (operation->state == STATE_REFUSED)
        ask->alternatives = report->slots.count;
}

void staff_hear(struct sim *sim, int desk, const struct report *report)
{
    struct ask *ask = NULL;
    for (int i = 0; i < sim->ask_count && !ask; i++)
        if (report->token && sim->asks[i].token == report->token)
            ask = &sim->asks[i];
    if (ask)
        ask->answered = true;
    if (ask && report->kind == REPORT_STOPPED)
        hear_stop(sim, ask, report);
    if (!ask && report->kind == REPORT_STOPPED)
        sim_say(sim, "desk %d stops an order: %s", desk, report->trouble.text);
    if (report->kind == REPORT_OPERATION)
        hear_state(sim, desk, report);
    if (report->kind == REPORT_TROUBLE)
        sim_say(sim, "desk %d: trouble: %s", desk, report->trouble.text);
}

/* --- settling ---------------------------------------------------------------------------------------------------------- */

static bool is_gone(const struct sim *sim, const char *appointment_id)
{
    long number = strtol(appointment_id, NULL, 10);
    return number < 1 || (size_t)number > sim->knock.appointment_count ||
           sim->knock.appointments[number - 1].standing != STANDS;
}

/* The id that Knock's own screen shows for a booking, 0 = it has none. */
static size_t number_at_knock(const struct sim *sim, const struct ask *ask)
{
    for (size_t i = 0; i < sim->knock.appointment_count; i++)
        if (sim->knock.appointments[i].ask == ask->number)
            return i + 1;
    return 0;
}

static void settle(struct sim *sim, int desk, const struct operation *operation, struct ask *ask)
{
    bool happened = operation->kind == OPERATION_CANCEL ? is_gone(sim, operation->appointment_id)
                                                        : ask->applied > 0;
    struct command *command = new_command(sim, COMMAND_SETTLE, true);
    command->token = ORDERS + ++sim->last_token;
    str_copy(command->operation_id, OPERATION_ID_SIZE, operation->id);
    /* A cancel that is still on its way is not let be: nobody could know what it does yet. */
    bool drop = !line_cancels(sim, operation->appointment_id) && sim_chance(sim, 250);
    command->word = happened ? SETTLE_BOOKED : drop ? SETTLE_DROP : SETTLE_NOT_BOOKED;
    if (happened && operation->kind == OPERATION_BOOK && sim_chance(sim, 500))
        str_print(command->appointment_id, ID_SIZE, "%zu", number_at_knock(sim, ask));
    sim_say(sim, "staff say of %s at desk %d: %s", operation->id, desk,
        happened ? "it happened"
        : drop   ? "it did not, let it be"
                 : "it did not");
    sim->figures.words++;
    if (!happened && ask) {
        ask->risky = 0;
        ask->said_no++;
    }
    desk_command(sim, desk, command);
}

void staff_settle(struct sim *sim, int desk)
{
    struct operation_list list = {0};
    if (!sim->desks[desk].ledger)
        return;
    sim_unsettled(sim, desk, &list);
    for (size_t i = 0; i < list.count && sim->desks[desk].core; i++) {
        const struct operation *operation = &list.items[i];
        struct ask *ask = ask_of_operation(sim, operation);
        bool clear = ask ? !line_carries(sim, ask->number) : operation->kind == OPERATION_CANCEL;
        if (operation->state == STATE_UNKNOWN && clear)
            settle(sim, desk, operation, ask);
    }
    operation_list_finish(&list);
}

/* --- an ordinary moment ------------------------------------------------------------------------------------------------ */

/* A tour that staff know of, mostly one that is booked; NULL if there is none. */
static const struct ask *some_tour(struct sim *sim)
{
    for (int tries = 0; tries < 8 && sim->ask_count; tries++) {
        const struct ask *ask = &sim->asks[sim_pick(sim, sim->ask_count)];
        bool likely = ask->told == STATE_CONFIRMED || sim_chance(sim, 200);
        if (ask->kind == OPERATION_BOOK && ask->id[0] && likely)
            return ask;
    }
    return NULL;
}

static void ask_something(struct sim *sim, int desk)
{
    int dice = sim_pick(sim, 100);
    const struct ask *tour = some_tour(sim);
    int slots = sim->knock.slots;
    if (dice < 50 || !tour)
        staff_book(
            sim, desk, sim_pick(sim, SIM_PEOPLE), sim_pick(sim, slots), sim_chance(sim, 250));
    else if (dice < 66)
        staff_cancel(sim, desk, tour);
    else if (dice < 76 && sim->calls)
        staff_call(sim, desk, tour);
    else if (dice < 84)
        staff_visit(sim, desk, tour);
    else
        staff_move(sim, desk, tour, sim_pick(sim, slots));
}

static void order_something(struct sim *sim, int desk)
{
    static const enum command_kind kinds[] = {COMMAND_WITHDRAW, COMMAND_SEND_NOW, COMMAND_SYNC,
        COMMAND_HOLD, COMMAND_READ_SLOTS, COMMAND_MARK, COMMAND_WITHDRAW};
    const struct ask *ask = sim->ask_count ? &sim->asks[sim_pick(sim, sim->ask_count)] : NULL;
    if (ask && ask->id[0])
        staff_order(sim, desk, kinds[sim_pick(sim, 7)], ask->id);
}

void staff_moment(struct sim *sim)
{
    int desk = sim_pick(sim, sim->desk_count);
    int dice = sim_pick(sim, 100);
    if (dice < 68)
        ask_something(sim, desk);
    else if (sim->desks[desk].one_shot)
        return;
    else if (dice < 88)
        order_something(sim, desk);
    else if (dice < 97)
        staff_settle(sim, desk);
    else
        desk_quit(sim, desk);
}
