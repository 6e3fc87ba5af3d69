#include "tourdesk/sandbox/world.h"

#include "tourdesk/sandbox/seed.h"

#include <stdlib.h>

enum { PATH_SIZE = 256 };

void world_keep_office(struct world *world)
{
    char *text = office_print(&world->office);
    store_put_office(world->store, text);
    free(text);
}

void world_set_office(struct world *world, struct office *office)
{
    office_finish(&world->office);
    world->office = *office;
    *office = (struct office){0};
    offers_changed(world->offers, NULL);
}

static bool parse_office(
    struct world *world, const char *text, struct office *office, struct error *error)
{
    char path[PATH_SIZE];
    return office_parse(text, world->zones, office, path, sizeof path, error);
}

/* The office to begin with: the file's, else the one the store keeps, else the built-in one. */
static bool choose_office(
    struct world *world, const char *office_file, struct office *office, struct error *error)
{
    if (office_file)
        return office_read(office_file, world->zones, office, error);
    char *text = store_office(world->store);
    if (!text)
        text = seed_office();
    bool good = parse_office(world, text, office, error);
    free(text);
    return good;
}

static bool fill(struct world *world, const char *office_file, struct error *error)
{
    struct office office = {0};
    bool fresh = store_is_fresh(world->store);
    if (!choose_office(world, office_file, &office, error))
        return false;
    world_set_office(world, &office);
    world->first_office = office_print(&world->office);
    store_begin(world->store);
    world_keep_office(world);
    if (fresh && world->office.seed_bookings)
        seed_bookings(world->store, &world->office, pace_now(&world->pace), world->seed);
    return store_commit(world->store, error);
}

bool world_open(
    struct world *world, const char *folder, const char *office_file, struct error *error)
{
    world->zones = zone_pool_create();
    world->offers = offers_create();
    world->store = store_open(folder, error);
    if (world->store && fill(world, office_file, error))
        return true;
    world_close(world);
    return false;
}

void world_close(struct world *world)
{
    store_close(world->store);
    offers_destroy(world->offers);
    office_finish(&world->office);
    zone_pool_destroy(world->zones);
    faults_clear(&world->faults);
    diary_destroy(world->diary);
    free(world->first_office);
    *world = (struct world){0};
}

bool world_reset(struct world *world, struct error *error)
{
    struct office office = {0};
    if (!parse_office(world, world->first_office, &office, error))
        return false;
    world_set_office(world, &office);
    faults_clear(&world->faults);
    if (world->diary)
        diary_clear(world->diary);
    store_clear(world->store);
    world_keep_office(world);
    if (world->office.seed_bookings)
        seed_bookings(world->store, &world->office, pace_now(&world->pace), world->seed);
    return true;
}
