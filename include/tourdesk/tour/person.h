/* Everything that is known here about one person. */
#ifndef TOURDESK_TOUR_PERSON_H
#define TOURDESK_TOUR_PERSON_H

#include "tourdesk/tour/mark.h"
#include "tourdesk/tour/tour.h"

/* What a number's owner said about texts, as evidence: it belongs to the number (domain.md E1). */
struct consent_record {
    char phone[PHONE_SIZE];
    enum consent state; /* CONSENT_NOT_ASKED = nothing is recorded */
    bool stopped;       /* they said stop, after a yes */
    instant at;
    char agent[AGENT_SIZE];
    char wording[CONSENT_TEXT_SIZE]; /* what was read to them */
};

/* One line of history, newest first. */
struct history_line {
    instant at;
    char agent[AGENT_SIZE];
    char what[NOTE_SIZE]; /* as the ledger keeps it; tell_history() has it in words */
    instant start;        /* of the tour it is about */
};

struct history_list {
    struct history_line *items;
    size_t count, capacity;
};

struct person {
    int64_t id; /* the ledger's; 0 = nobody */
    struct profile profile;
    struct consent_record consent;
    struct tour_list tours; /* newest first */
    struct mark_list marks;
    struct history_list history;
    size_t shared; /* other people here under the same e-mail or phone */
};

void person_finish(struct person *person);
void history_list_finish(struct history_list *list);
struct history_line *history_list_add(struct history_list *list);

#endif
