/* Runs simulated histories and says in one line what came of them; the seed of one that breaks a law is all that is
 * needed to see it again.
 *
 * Usage: soak [day|race|outage|parse] [--histories N | --minutes M] [--seed S] [--loud]
 */
#include "sim.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct plan {
    const char *name;
    bool (*history)(struct sim *sim, uint64_t seed);
    uint64_t histories, seed;
    int64_t minutes;
    bool loud;
};

static bool take_kind(struct plan *plan, const char *word)
{
    static const struct {
        const char *name;
        bool (*history)(struct sim *sim, uint64_t seed);
    } kinds[] = {{"day", history_day}, {"race", history_race}, {"outage", history_outage},
        {"parse", history_parse}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(word, kinds[i].name) == 0) {
            plan->name = kinds[i].name;
            plan->history = kinds[i].history;
            return true;
        }
    return false;
}

static bool take_number(const char *word, const char *name, const char *value, uint64_t *out)
{
    long number;
    if (strcmp(word, name) != 0 || !value || !str_integer(value, 0, INT64_MAX, &number))
        return false;
    *out = (uint64_t)number;
    return true;
}

static bool read_plan(struct plan *plan, char **words)
{
    for (char **word = words; *word; word++) {
        uint64_t minutes;
        if (take_number(*word, "--histories", word[1], &plan->histories) ||
            take_number(*word, "--seed", word[1], &plan->seed)) {
            word++;
        } else if (take_number(*word, "--minutes", word[1], &minutes)) {
            plan->minutes = (int64_t)minutes;
            plan->histories = UINT64_MAX;
            word++;
        } else if (strcmp(*word, "--loud") == 0) {
            plan->loud = true;
        } else if (!take_kind(plan, *word)) {
            return false;
        }
    }
    return true;
}

static void print_figures(const struct sim *sim, const struct plan *plan, double seconds)
{
    const struct figures *f = &sim->figures;
    printf("soak %s: %" PRIu64 " histories in %.1f s from seed %" PRIu64 ": %" PRIu64
           " asks, %" PRIu64 " POSTs sent, %" PRIu64 " applied; %" PRIu64 " confirmed, %" PRIu64
           " refused, %" PRIu64 " withdrawn, %" PRIu64 " were unknown, %" PRIu64
           " words of staff; %" PRIu64 " kills, %" PRIu64 " power cuts, %" PRIu64
           " disk faults, %" PRIu64 " turns in between; %" PRIu64 " not kept; calls: %" PRIu64
           " writes, %" PRIu64 " syncs\n",
        plan->name, f->histories, seconds, plan->seed, f->asks, f->posts, f->applied, f->confirmed,
        f->refused, f->withdrawn, f->unknown, f->words, f->kills, f->cuts, f->faults, f->between,
        f->ledger_stops, disk_calls(sim->disk, DISK_WRITE), disk_calls(sim->disk, DISK_SYNC));
}

static double since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

int main(int argc, char **argv)
{
    struct plan plan = {"day", history_day, 2000, 1, 0, false};
    struct timespec start;
    (void)argc;
    if (!read_plan(&plan, argv + 1)) {
        fprintf(stderr,
            "usage: soak [day|race|outage|parse] [--histories N | --minutes M] [--seed S] "
            "[--loud]\n");
        return 2;
    }
    static struct sim sim;
    sim_create(&sim);
    sim.loud = plan.loud;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int broken = 0;
    for (uint64_t i = 0; i < plan.histories && !broken; i++) {
        if (plan.minutes && since(&start) > (double)plan.minutes * 60)
            break;
        if (!plan.history(&sim, plan.seed + i)) {
            printf("seed %" PRIu64 ": %s\nsee it again: soak %s --histories 1 --seed %" PRIu64
                   " --loud\n",
                plan.seed + i, sim.words, plan.name, plan.seed + i);
            broken = 1;
        }
    }
    print_figures(&sim, &plan, since(&start));
    sim_destroy(&sim);
    return broken;
}
