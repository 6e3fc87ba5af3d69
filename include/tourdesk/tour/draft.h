/* A form that is being filled in, kept so that a crash loses nothing. */
#ifndef TOURDESK_TOUR_DRAFT_H
#define TOURDESK_TOUR_DRAFT_H

#include "tourdesk/tour/operation.h"

struct draft {
    char form[16];                   /* "book", "visit" ... */
    char tour_id[OPERATION_ID_SIZE]; /* what it is about, "" = nothing yet */
    char community_id[ID_SIZE];
    char *text; /* owned: the fields, a line each; NULL = nothing */
};

struct draft_list {
    struct draft *items;
    size_t count, capacity;
};

void draft_finish(struct draft *draft);
void draft_list_finish(struct draft_list *list);
struct draft *draft_list_add(struct draft_list *list);

/* The end of a shift, signed. */
struct handover {
    instant at; /* 0 = there was none yet */
    char agent[AGENT_SIZE];
    char text[NOTE_SIZE];
};

#endif
