/* A soft hold: somebody is typing for a slot. It binds nobody, expires by itself, and a booking beats it. */
#ifndef TOURDESK_TOUR_HOLD_H
#define TOURDESK_TOUR_HOLD_H

#include "tourdesk/tour/operation.h"

struct hold {
    char owner[48]; /* the process that holds */
    char agent[AGENT_SIZE];
    char community_id[ID_SIZE];
    enum calendar calendar;
    instant start;
    instant since, until;
};

struct hold_list {
    struct hold *items;
    size_t count, capacity;
};

void hold_list_finish(struct hold_list *list);
struct hold *hold_list_add(struct hold_list *list);

/* The hold on a slot that still runs at `now`, or NULL. */
const struct hold *hold_list_find(const struct hold_list *list, const char *community_id,
    enum calendar calendar, instant start, instant now);

#endif
