/* All that the sandbox is, apart from its thread and its network: office, store, clock, faults,
 * diary.
 *
 * Whoever uses a world holds the one lock round it (sandbox.h); nothing in it waits.
 */
#ifndef TOURDESK_SANDBOX_WORLD_H
#define TOURDESK_SANDBOX_WORLD_H

#include "tourdesk/sandbox/diary.h"
#include "tourdesk/sandbox/faults.h"
#include "tourdesk/sandbox/offers.h"
#include "tourdesk/sandbox/office.h"
#include "tourdesk/sandbox/pace.h"
#include "tourdesk/sandbox/store.h"

struct world {
    struct zone_pool *zones;
    struct office office;
    struct store *store;
    struct offers *offers;
    struct faults faults;
    struct diary *diary; /* NULL where nobody can read it */
    struct pace pace;
    uint64_t seed;
    char *first_office; /* the description that a reset goes back to */
};

/* Opens the store and fills a fresh one from the office: `office_file`, or the built-in one
 * where that is NULL. A folder in use keeps its own office unless a file is named.
 * `world->pace`, `seed` and `diary` are set by the caller before. On failure everything is
 * released again. */
bool world_open(
    struct world *world, const char *folder, const char *office_file, struct error *error);
void world_close(struct world *world);

/* Back to the first office and its seeded tours, as of now; ids go on. */
bool world_reset(struct world *world, struct error *error);

/* Keeps the office's description after a change, inside a transaction. */
void world_keep_office(struct world *world);

/* Puts a whole office in the place of the one there is; takes `office` over. */
void world_set_office(struct world *world, struct office *office);

#endif
