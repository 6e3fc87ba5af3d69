/* Desks, clocks, sudden ends: what the simulated day runs on. */
#include "sim.h"

#include "tourdesk/base/mem.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BAD_DISK = 30000, SMALL_LOG = 20, TURNS_MOST = 400000 };

/* --- words ----------------------------------------------------------------------------------------------------- */

void sim_break(struct sim *sim, const char *format, ...)
{
    va_list args;
    if (sim->broken)
        return;
    sim->broken = true;
    va_start(args, format);
    vsnprintf(sim->words, sizeof sim->words, format, args);
    va_end(args);
    sim_say(sim, "BROKEN: %s", sim->words);
}

void sim_say(const struct sim *sim, const char *format, ...)
{
    va_list args;
    if (!sim->loud)
        return;
    printf("%9.3f ", (double)(sim->now - SIM_START) / 1000);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

bool sim_chance(struct sim *sim, unsigned of_a_thousand)
{
    return of_a_thousand > 0 && random_below(&sim->random, 1000) < of_a_thousand;
}

int sim_pick(struct sim *sim, int limit)
{
    return (int)random_below(&sim->random, (uint64_t)limit);
}

instant sim_slot(int slot)
{
    return SIM_START + 4 * HOUR + (instant)slot * 30 * MINUTE;
}

/* --- sudden ends -------------------------------------------------------------------------------------------------- */

bool desk_dead(const struct sim *sim, int desk)
{
    return disk_killed(sim->disk, desk);
}

static struct doom *find_doom(struct sim *sim, int point)
{
    sim->passed[point]++;
    for (int i = 0; i < sim->doom_count && !sim->calm; i++) {
        struct doom *doom = &sim->dooms[i];
        if (!doom->done && (int)doom->point == point && sim->passed[point] >= doom->at) {
            doom->done = true;
            return doom;
        }
    }
    return NULL;
}

static void cut_power(struct sim *sim, const struct doom *doom)
{
    sim_say(sim, "the power fails");
    sim->figures.cuts++;
    disk_power_cut(sim->disk, &sim->random, doom->kept);
}

bool sim_pass(struct sim *sim, int point, int desk)
{
    const struct doom *doom = find_doom(sim, point);
    if (!doom)
        return desk_dead(sim, desk);
    if (doom->power) {
        cut_power(sim, doom);
    } else {
        sim_say(sim, "desk %d is killed at point %d", desk, point);
        sim->figures.kills++;
        disk_kill(sim->disk, desk);
    }
    return true;
}

static enum disk_fault meet_doom(struct sim *sim)
{
    const struct doom *doom = find_doom(sim, DOOM_CALL);
    if (!doom)
        return DISK_FINE;
    if (doom->power) {
        cut_power(sim, doom);
        return DISK_DIES_BEFORE;
    }
    sim_say(sim, "a desk is killed at a call");
    sim->figures.kills++;
    return doom->how;
}

static enum disk_fault meet(void *self, enum disk_call call, const char *path)
{
    (void)path;
    static const enum disk_fault faults[] = {DISK_FAILS, DISK_FULL, DISK_TORN, DISK_LOSES};
    struct sim *sim = self;
    if (sim->looking)
        return DISK_FINE;
    enum disk_fault fault = call == DISK_READ ? DISK_FINE : meet_doom(sim);
    if (fault != DISK_FINE || sim->calm)
        return fault;
    unsigned chance = sim->now < sim->bad_until ? BAD_DISK : sim->disk_faults;
    if (chance == 0 || random_below(&sim->random, 100000) >= chance)
        return DISK_FINE;
    sim->figures.faults++;
    sim->disk_was_bad = true;
    fault = faults[sim_pick(sim, call == DISK_SYNC ? 4 : 3)];
    sim_say(sim, "the disk fails: call %d, fault %d", (int)call, (int)fault);
    return fault;
}

/* --- desks ------------------------------------------------------------------------------------------------------------ */

static instant wall_now(void *self)
{
    const struct sim *sim = self;
    return sim->now + sim->jump;
}

static int64_t steady_now(void *self)
{
    const struct sim *sim = self;
    return sim->now - SIM_START + 1000;
}

static void tell(void *self, struct report *report)
{
    struct line_end *end = self;
    struct sim *sim = end->sim;
    if (!desk_dead(sim, end->desk)) {
        staff_hear(sim, end->desk, report);
        if (report->kind == REPORT_OPERATION || report->kind == REPORT_STOPPED)
            sim_pass(sim, DOOM_TOLD, end->desk);
    }
    report_destroy(report);
}

static void start_core(struct sim *sim, int number)
{
    struct sim_desk *desk = &sim->desks[number];
    struct core_settings settings = {
        .ledger = desk->ledger,
        .transport = &desk->end.base,
        .clock = {wall_now, steady_now, sim},
        .random = random_seeded(random_next(&sim->random)),
        .communities = &sim->community,
        .community_count = 1,
        .send_end_time = true,
        .undo_seconds = sim->undo_seconds,
        .one_shot = desk->one_shot,
        .tell = tell,
        .self = &desk->end,
    };
    desk->core = core_create(&settings);
    desk->next_turn = sim->now;
}

void desk_boot(struct sim *sim, int number)
{
    struct sim_desk *desk = &sim->desks[number];
    int before = disk_run_as(sim->disk, number);
    desk->comes_back = 0;
    disk_revive(sim->disk, number);
    desk->busy = true;
    desk->ledger = ledger_open(sim->data, NULL);
    if (desk->ledger)
        start_core(sim, number);
    desk->busy = false;
    disk_run_as(sim->disk, before);
    if (desk_dead(sim, number))
        desk_reap(sim, number);
    else if (!desk->ledger)
        desk->comes_back = sim->now + SECOND;
}

static void take_down(struct sim *sim, int number)
{
    struct sim_desk *desk = &sim->desks[number];
    int before = disk_run_as(sim->disk, number);
    desk->busy = true;
    core_destroy(desk->core);
    ledger_close(desk->ledger);
    desk->core = NULL;
    desk->ledger = NULL;
    desk->busy = false;
    desk->life++;
    disk_run_as(sim->disk, before);
}

void desk_reap(struct sim *sim, int number)
{
    struct sim_desk *desk = &sim->desks[number];
    take_down(sim, number);
    if (!desk->one_shot)
        desk->comes_back = sim->now + 200 + sim_pick(sim, sim_chance(sim, 500) ? 5000 : 90000);
}

void desk_quit(struct sim *sim, int number)
{
    struct sim_desk *desk = &sim->desks[number];
    if (!desk->core)
        return;
    sim_say(sim, "desk %d quits", number);
    take_down(sim, number);
    if (!desk->one_shot)
        desk->comes_back = sim->now + 1000;
}

static void reap_the_dead(struct sim *sim)
{
    for (int i = 0; i < sim->desk_count; i++)
        if (sim->desks[i].core && !sim->desks[i].busy && desk_dead(sim, i))
            desk_reap(sim, i);
}

static void desk_turn(struct sim *sim, int number)
{
    struct sim_desk *desk = &sim->desks[number];
    int before = disk_run_as(sim->disk, number);
    desk->busy = true;
    int64_t wait = core_turn(desk->core);
    desk->busy = false;
    disk_run_as(sim->disk, before);
    desk->next_turn = wait < 0 ? 0 : sim->now + wait;
    if (desk_dead(sim, number))
        desk_reap(sim, number);
    else if (desk->one_shot && !core_busy(desk->core) && !core_sending(desk->core))
        desk_quit(sim, number);
}

void desk_command(struct sim *sim, int number, struct command *command)
{
    struct sim_desk *desk = &sim->desks[number];
    if (!desk->core && desk->one_shot)
        desk_boot(sim, number);
    if (!desk->core) { /* its ledger cannot be opened: it says so and ends */
        desk->life++;
        command_destroy(command);
        return;
    }
    int before = disk_run_as(sim->disk, number);
    desk->busy = true;
    core_take(desk->core, command);
    desk->busy = false;
    disk_run_as(sim->disk, before);
    desk->next_turn = sim->now;
    if (desk_dead(sim, number))
        desk_reap(sim, number);
    reap_the_dead(sim);
}

/* Another desk has its turn between two transactions of this one. */
static void let_another_in(void *self)
{
    struct sim *sim = self;
    if (sim->looking || sim->desk_count < 2 || !sim_chance(sim, sim->between))
        return;
    int other = sim_pick(sim, sim->desk_count);
    const struct sim_desk *desk = &sim->desks[other];
    int busy = 0;
    for (int i = 0; i < sim->desk_count; i++)
        busy += sim->desks[i].busy;
    if (desk->busy || !desk->core || desk->one_shot || busy != 1 || desk_dead(sim, other))
        return;
    sim->figures.between++;
    line_turn(sim);
    desk_turn(sim, other);
}

/* --- time --------------------------------------------------------------------------------------------------------------- */

static instant sooner(instant a, instant b)
{
    if (!a || !b)
        return a ? a : b;
    return a < b ? a : b;
}

static instant all_turns(struct sim *sim)
{
    instant next = 0;
    for (int i = 0; i < sim->desk_count && !sim->broken; i++) {
        struct sim_desk *desk = &sim->desks[i];
        if (!desk->core && desk->comes_back && desk->comes_back <= sim->now)
            desk_boot(sim, i);
        if (desk->core && desk->next_turn && desk->next_turn <= sim->now)
            desk_turn(sim, i);
        reap_the_dead(sim);
    }
    for (int i = 0; i < sim->desk_count; i++)
        next =
            sooner(next, sim->desks[i].core ? sim->desks[i].next_turn : sim->desks[i].comes_back);
    return next;
}

void sim_run(struct sim *sim, int64_t milliseconds)
{
    instant end = sim->now + milliseconds;
    for (int turns = 0; !sim->broken; turns++) {
        line_turn(sim);
        instant next = all_turns(sim);
        next = sooner(next, line_turn(sim));
        if (turns > TURNS_MOST)
            sim_break(sim, "the desks turn without end");
        if (!next || next > end)
            break;
        if (next > sim->now)
            sim->now = next;
    }
    sim->now = end;
}

/* --- life ----------------------------------------------------------------------------------------------------------------- */

/* Logs that are carried over early, so that sudden ends meet that as well. */
static int small_log(sqlite3 *db, const char **error, const void *api)
{
    (void)error, (void)api;
    return sqlite3_wal_autocheckpoint(db, SMALL_LOG);
}

void sim_create(struct sim *sim)
{
    *sim = (struct sim){.folder = "/tmp/tourdesk-soak-XXXXXX"};
    if (!mkdtemp(sim->folder))
        abort();
    str_print(sim->data, sizeof sim->data, "%s/data", sim->folder);
    sim->exchanges = mem_alloc(SIM_EXCHANGES * sizeof *sim->exchanges);
    sim->disk = disk_create();
    sqlite3_auto_extension((void (*)(void))small_log);
    struct ledger *ledger = ledger_open(sim->data, NULL);
    ledger_close(ledger);
    disk_save(sim->disk);
    disk_watch(sim->disk, meet, sim);
    disk_between(sim->disk, let_another_in, sim);
    str_copy(sim->community.id, ID_SIZE, "c1");
    str_copy(sim->community.name, sizeof sim->community.name, "Alder House");
    sim->community.zone = zone_load("America/Los_Angeles", NULL);
    sim->community.tour_minutes = 30;
    str_copy(sim->community.source, SOURCE_SIZE, "Phone call");
}

void sim_destroy(struct sim *sim)
{
    char file[96];
    disk_destroy(sim->disk);
    sqlite3_reset_auto_extension();
    community_finish(&sim->community);
    free(sim->exchanges);
    str_print(file, sizeof file, "%s/ledger.db", sim->data);
    unlink(file);
    rmdir(sim->data);
    rmdir(sim->folder);
}

void sim_begin(struct sim *sim, uint64_t seed, int desks, int one_shots)
{
    sim->seed = seed;
    sim->now = SIM_START;
    sim->jump = 0;
    sim->weather = (struct weather){.slow = 300};
    sim->disk_faults = sim->between = 0;
    sim->disk_was_bad = sim->calm = sim->looking = sim->broken = false;
    sim->bad_until = 0;
    sim->ask_count = 0;
    sim->last_token = 0;
    sim->knock = (struct knock){.capacity = 1, .slots = SIM_SLOTS};
    sim->next_exchange = 0;
    sim->doom_count = 0;
    memset(sim->passed, 0, sizeof sim->passed);
    memset(sim->desks, 0, sizeof sim->desks);
    sim->desk_count = desks + one_shots;
    sim->words[0] = '\0';
    disk_restore(sim->disk);
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_RESET);
    for (int i = 0; i < sim->desk_count; i++) {
        line_init(&sim->desks[i].end, sim, i);
        sim->desks[i].one_shot = i >= desks;
        sim->desks[i].life = 1;
        if (i < desks)
            desk_boot(sim, i);
    }
}

void sim_end(struct sim *sim)
{
    sim->calm = true;
    for (int i = 0; i < sim->desk_count; i++)
        if (sim->desks[i].core || sim->desks[i].ledger)
            take_down(sim, i);
    line_finish(sim);
    sim->figures.histories++;
}

bool sim_unsettled(struct sim *sim, int desk, struct operation_list *out)
{
    struct ledger *ledger = sim->desks[desk].ledger;
    int before = disk_run_as(sim->disk, desk);
    sim->looking = true;
    bool ok = ledger && ledger_unsettled(ledger, out, NULL);
    sim->looking = false;
    disk_run_as(sim->disk, before);
    return ok;
}

static bool all_settled(struct sim *sim)
{
    struct operation_list list = {0};
    bool ok = sim_unsettled(sim, 0, &list) && list.count == 0;
    operation_list_finish(&list);
    return ok;
}

void sim_calm_down(struct sim *sim)
{
    enum { ROUNDS = 12 };
    sim->calm = true;
    sim->weather = (struct weather){.slow = 200};
    sim->knock.lag = 0;
    for (int i = 0; i < sim->desk_count; i++)
        if (!sim->desks[i].core && !sim->desks[i].one_shot)
            sim->desks[i].comes_back = sim->now;
    for (int round = 0; round < ROUNDS && !sim->broken; round++) {
        sim_run(sim, 62 * SECOND);
        if (all_settled(sim))
            return;
        staff_settle(sim, 0);
        sim_run(sim, 5 * SECOND);
        staff_order(sim, 0, COMMAND_SYNC, "");
    }
}
