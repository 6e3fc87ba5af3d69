#include "tourdesk/tour/card.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <stdlib.h>
#include <string.h>

void fact_list_finish(struct fact_list *list)
{
    free(list->items);
    *list = (struct fact_list){0};
}

struct fact *fact_list_add(struct fact_list *list, const char *name)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct fact *fact = &list->items[list->count++];
    *fact = (struct fact){0};
    str_copy(fact->name, sizeof fact->name, name);
    return fact;
}

void prospect_events_finish(struct prospect_events *events)
{
    free(events->items);
    *events = (struct prospect_events){0};
}

struct prospect_event *prospect_events_add(struct prospect_events *events)
{
    events->items =
        mem_grow(events->items, &events->capacity, events->count + 1, sizeof *events->items);
    struct prospect_event *event = &events->items[events->count++];
    *event = (struct prospect_event){0};
    return event;
}

const struct prospect_event *prospect_events_find(
    const struct prospect_events *events, instant start)
{
    for (size_t i = 0; i < events->count; i++) {
        struct stamp stamp;
        const struct prospect_event *event = &events->items[i];
        if (str_same(event->type, "APPOINTMENT_CREATED") &&
            stamp_parse(event->start_time, &stamp, NULL) && stamp.at == start)
            return event;
    }
    return NULL;
}
