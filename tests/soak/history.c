/* The histories: ordinary days in which everything goes wrong, races for one slot, an hour without a line. */
#include "sim.h"

/* --- a day ----------------------------------------------------------------------------------------------------------- */

static unsigned some(struct sim *sim, unsigned most)
{
    return sim_chance(sim, 500) ? 0 : (unsigned)sim_pick(sim, (int)most + 1);
}

static void draw_weather(struct sim *sim)
{
    sim->weather = (struct weather){
        .refused = some(sim, 150),
        .lost = some(sim, 60),
        .late = some(sim, 60),
        .answer_lost = some(sim, 100),
        .error_before = some(sim, 60),
        .error_after = some(sim, 60),
        .limited = some(sim, 60),
        .denied = some(sim, 20),
        .mangled = some(sim, 60),
        .twice = some(sim, 100),
        .slow = sim_chance(sim, 500) ? 200 : 3000,
    };
}

static void draw_dooms(struct sim *sim)
{
    static const enum disk_fault ways[] = {DISK_DIES_BEFORE, DISK_DIES_WITHIN, DISK_DIES_AFTER};
    sim->doom_count = sim_chance(sim, 300) ? 0 : sim_pick(sim, SIM_DOOMS + 1);
    for (int i = 0; i < sim->doom_count; i++) {
        struct doom *doom = &sim->dooms[i];
        *doom = (struct doom){.point = (unsigned)sim_pick(sim, DOOM_POINTS)};
        doom->at = 1 + sim_pick(sim, doom->point == DOOM_CALL ? 1500 : 30);
        doom->how = ways[sim_pick(sim, 3)];
        doom->power = sim_chance(sim, 400);
        doom->kept = (unsigned)sim_pick(sim, 3) * 500;
    }
}

static void draw_office(struct sim *sim)
{
    sim->knock.capacity = 1 + sim_pick(sim, 2);
    sim->knock.slots = 3 + sim_pick(sim, 10);
    sim->knock.lag = sim_chance(sim, 300) ? sim_pick(sim, 5000) : 0;
    sim->knock.gone_is_ok = sim_chance(sim, 300);
    sim->disk_faults = sim_chance(sim, 700) ? 0 : (unsigned)sim_pick(sim, 500);
    sim->between = sim_chance(sim, 300) ? 0 : (unsigned)sim_pick(sim, 60);
}

/* Now and then: the line goes, the disk has a bad minute, the clock is set, the web takes a time. */
static void something_happens(struct sim *sim)
{
    int dice = sim_pick(sim, 100);
    struct knock *knock = &sim->knock;
    if (dice < 6) {
        sim->weather.refused = sim->weather.refused == 1000 ? 0 : 1000;
        sim_say(sim, "the line %s", sim->weather.refused ? "is down" : "is back");
    } else if (dice < 8 && sim->disk_faults) {
        sim->bad_until = sim->now + sim_pick(sim, 20) * SECOND;
    } else if (dice < 10) {
        sim->jump += (sim_pick(sim, 360) - 180) * SECOND;
        sim_say(sim, "the clock is set to be %lld s ahead", (long long)(sim->jump / SECOND));
    } else if (dice < 16) {
        int slot = sim_pick(sim, knock->slots);
        if (knock_free(sim, slot) && knock->appointment_count < SIM_APPOINTMENTS)
            knock->appointments[knock->appointment_count++] =
                (struct appointment){.ask = -1, .slot = slot, .person = -1};
    }
}

static bool finish(struct sim *sim)
{
    sim_calm_down(sim);
    laws_at_end(sim);
    sim_end(sim);
    return !sim->broken;
}

/* The first seeds are from before there were telephone calls: those that are kept go on as they went. */
enum { FIRST_WITH_CALLS = 300000 };

bool history_day(struct sim *sim, uint64_t seed)
{
    sim->random = random_seeded(seed);
    sim->calls = seed >= FIRST_WITH_CALLS;
    int desks = 1 + sim_pick(sim, 4), one_shots = sim_pick(sim, 3);
    sim->undo_seconds = sim_chance(sim, 500) ? 10 : 0;
    sim_begin(sim, seed, desks, one_shots);
    draw_weather(sim);
    draw_dooms(sim);
    draw_office(sim);
    int moments = 6 + sim_pick(sim, 30);
    for (int i = 0; i < moments && !sim->broken; i++) {
        staff_moment(sim);
        something_happens(sim);
        sim_run(sim, sim_chance(sim, 400) ? sim_pick(sim, 300) : sim_pick(sim, 20000));
    }
    return finish(sim);
}

/* --- a race ------------------------------------------------------------------------------------------------------------ */

/* Two to eight desks ask for one slot within half a second; different people, a free list for the others. */
bool history_race(struct sim *sim, uint64_t seed)
{
    sim->random = random_seeded(seed);
    int desks = 2 + (sim_chance(sim, 300) ? sim_pick(sim, SIM_DESKS - 1) : 0);
    sim->undo_seconds = 0;
    sim_begin(sim, seed, desks, 0);
    sim->between = 100;
    sim->weather.slow = 1 + sim_pick(sim, 400);
    int slot = sim_pick(sim, 12), first = sim_pick(sim, SIM_PEOPLE);
    for (int i = 0; i < desks; i++)
        staff_order(sim, i, COMMAND_READ_SLOTS, "");
    sim_run(sim, 2 * SECOND);
    for (int i = 0; i < desks; i++) {
        staff_book(sim, i, (first + i) % SIM_PEOPLE, slot, true);
        sim_run(sim, sim_chance(sim, 500) ? 0 : sim_pick(sim, 500));
    }
    sim_run(sim, 15 * SECOND);
    int winners = 0;
    for (int i = 0; i < sim->ask_count; i++) {
        const struct ask *ask = &sim->asks[i];
        winners += ask->settled == STATE_CONFIRMED;
        if (ask->settled != STATE_CONFIRMED &&
            (ask->settled != STATE_REFUSED || ask->alternatives < 3))
            sim_break(sim, "ask %d lost the race and is told \"%s\" with %zu other times",
                ask->number, state_word(ask->told), ask->alternatives);
    }
    if (winners != 1)
        sim_break(sim, "%d desks won the race", winners);
    return finish(sim);
}

/* --- an outage ---------------------------------------------------------------------------------------------------------- */

enum { BEFORE = 5, BOOKINGS = 6, CANCELS = 2, VISITS = 3 };

static void settle_all(struct sim *sim, int from, int to, const char *when)
{
    for (int i = from; i < to; i++) {
        const struct ask *ask = &sim->asks[i];
        if (ask->settled != STATE_CONFIRMED && ask->settled != STATE_REFUSED)
            sim_break(sim, "%s ask %d is %s", when, ask->number, state_word(ask->told));
        if (ask->sent > 1)
            sim_break(sim, "ask %d was sent %d times", ask->number, ask->sent);
    }
}

/* domain.md C5: the line is down for twenty minutes; what is asked meanwhile is kept, and goes out once, in
 * order, when it is back: all of it within a minute. */
bool history_outage(struct sim *sim, uint64_t seed)
{
    sim->random = random_seeded(seed);
    int desks = 1 + sim_pick(sim, 3);
    sim->undo_seconds = 0;
    sim_begin(sim, seed, desks, 0);
    for (int i = 0; i < BEFORE; i++)
        staff_book(sim, 0, 3 + i, i, false);
    sim_run(sim, 20 * SECOND);
    settle_all(sim, 0, BEFORE, "before the outage");
    sim->weather.refused = 1000;
    for (int i = 0; i < BOOKINGS + CANCELS + VISITS && !sim->broken; i++) {
        int desk = sim_pick(sim, desks);
        if (i < BOOKINGS) /* Ana and Ben share a phone: the second takes the first one's place */
            staff_book(sim, desk, i % 3, BEFORE + i, true);
        else if (i < BOOKINGS + CANCELS)
            staff_cancel(sim, desk, &sim->asks[i - BOOKINGS]);
        else
            staff_visit(sim, desk, &sim->asks[i - BOOKINGS]);
        sim_run(sim, 20 * MINUTE / (BOOKINGS + CANCELS + VISITS));
    }
    if (sim_chance(sim, 300)) { /* closed in between: quitting loses nothing */
        desk_quit(sim, 0);
        sim_run(sim, 5 * SECOND);
    }
    int asked = BEFORE + BOOKINGS + CANCELS + VISITS;
    for (int i = BEFORE; i < asked; i++) {
        const struct ask *ask = &sim->asks[i];
        /* `sending` for the moment in which it finds that nothing can leave; a cancel that a desk was closed upon
         * in that moment is unknown, and asked again by itself */
        bool waits = ask->told == STATE_SAVED || ask->told == STATE_SENDING ||
                     (ask->told == STATE_UNKNOWN && ask->kind == OPERATION_CANCEL);
        if (!waits || ask->sent)
            sim_break(sim, "without a line ask %d is %s", i, state_word(ask->told));
    }
    sim->weather.refused = 0;
    sim_run(sim, MINUTE);
    settle_all(sim, BEFORE, asked, "a minute after the line is back");
    return finish(sim);
}
