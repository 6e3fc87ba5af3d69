/* Marks: what staff note about a tour that Knock has no call for. Each can be taken back; both stay in the
 * history. */
#ifndef TOURDESK_TOUR_MARK_H
#define TOURDESK_TOUR_MARK_H

#include "tourdesk/tour/operation.h"

enum mark_kind {
    MARK_ARRIVED,       /* they are in the unit since `time` */
    MARK_NO_SHOW,       /* they did not come */
    MARK_COMING,        /* they called: coming at `time` */
    MARK_NOTE,          /* `text` */
    MARK_CALL_BACK,     /* promised to call back by `time`; `text` says how */
    MARK_CALLED_BACK,   /* done */
    MARK_LATER,         /* the sweep left it for later; `text` says why */
    MARK_DECLINED,      /* `text`: units that were offered and declined */
    MARK_TAKEN_OVER,    /* the next shift has it */
    MARK_DONE_IN_KNOCK, /* what the API has no call for was put right in Knock itself */
    MARK_KINDS,
};

struct mark {
    int64_t id; /* the ledger's */
    char tour_id[OPERATION_ID_SIZE];
    enum mark_kind kind;
    instant at; /* when it was made */
    char agent[AGENT_SIZE];
    instant time; /* what it is about; 0 = none */
    char text[NOTE_SIZE];
    bool undone;
};

struct mark_list {
    struct mark *items;
    size_t count, capacity;
};

extern const struct words mark_words;

void mark_list_finish(struct mark_list *list);
struct mark *mark_list_add(struct mark_list *list);

#endif
