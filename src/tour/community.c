#include "tourdesk/tour/community.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

void community_finish(struct community *community)
{
    zone_destroy(community->zone);
    for (size_t i = 0; i < community->unit_count; i++)
        free(community->units[i]);
    free(community->units);
    *community = (struct community){0};
}

void community_add_unit(struct community *community, const char *name)
{
    community->units = mem_grow(community->units, &community->unit_capacity,
        community->unit_count + 1, sizeof *community->units);
    community->units[community->unit_count++] = mem_text(name);
}

const struct community *community_find(const struct community *items, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(items[i].id, id) == 0)
            return &items[i];
    return NULL;
}
