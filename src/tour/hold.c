#include "tourdesk/tour/hold.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

void hold_list_finish(struct hold_list *list)
{
    free(list->items);
    *list = (struct hold_list){0};
}

struct hold *hold_list_add(struct hold_list *list)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct hold *hold = &list->items[list->count++];
    *hold = (struct hold){0};
    return hold;
}

const struct hold *hold_list_find(const struct hold_list *list, const char *community_id,
    enum calendar calendar, instant start, instant now)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct hold *hold = &list->items[i];
        if (hold->start == start && hold->calendar == calendar && hold->until > now &&
            strcmp(hold->community_id, community_id) == 0)
            return hold;
    }
    return NULL;
}
