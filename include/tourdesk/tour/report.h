/* What the worker tells. A report owns what it points at; whoever takes it destroys it. */
#ifndef TOURDESK_TOUR_REPORT_H
#define TOURDESK_TOUR_REPORT_H

#include "tourdesk/tour/card.h"
#include "tourdesk/tour/command.h"
#include "tourdesk/tour/hold.h"
#include "tourdesk/tour/tour.h"

enum report_kind {
    REPORT_SLOTS,    /* slots; trouble where they are stale */
    REPORT_SOURCES,  /* sources; trouble where they are stale */
    REPORT_CARD,     /* card, or trouble */
    REPORT_EVENTS,   /* events, or trouble */
    REPORT_TOURS,    /* tours */
    REPORT_TOUR,     /* tour: it is (or is now) like this */
    REPORT_PERSON,   /* person */
    REPORT_HANDOVER, /* handover: the last one */
    REPORT_DRAFTS,   /* drafts */
    REPORT_OPERATIONS, /* operations, and in `tours` at the same place the tour of each (or a zeroed one) */
    REPORT_HEALTH,    /* trouble of the ledger, skew */
    REPORT_OPERATION, /* operation and, where it has one, tour: it is (or is now) in this state */
    REPORT_STOPPED, /* a guard stopped it before anything was saved: reason, trouble, tours, slots */
    REPORT_LINK,    /* online, since: Knock can or cannot be reached */
    REPORT_SKEW,    /* skew: this desk's clock is (or is no longer) far off */
    REPORT_HOLDS,   /* holds: what other desks are typing for */
    REPORT_CHANGED, /* another process changed the ledger: list again what is shown */
    REPORT_TROUBLE, /* trouble: something here went wrong that staff must know */
};

struct source_list {
    char (*titles)[SOURCE_SIZE];
    size_t count, capacity;
    size_t skipped; /* entries that could not be read */
    instant checked_at;
    bool stale;
};

enum { EVIDENCE_KEPT = 6 };

struct report {
    enum report_kind kind;
    uint64_t token;
    bool more; /* a better answer to the same command follows (what was known before, at once) */
    char community_id[ID_SIZE];
    enum calendar calendar;
    struct slot_list slots; /* for REPORT_STOPPED and a refused booking: the nearest free times */
    struct source_list sources;
    struct tour_list tours;
    struct fact_list card;
    struct prospect_events events;
    struct operation *operation;
    struct tour *tour;
    struct hold_list holds;
    struct person person;
    struct handover handover;
    struct draft_list drafts;
    struct operation *operations;
    size_t operation_count;
    struct evidence evidence[EVIDENCE_KEPT]; /* about `operation`, newest first */
    size_t evidence_count;
    enum reason reason;
    int http_status; /* of a read that failed, 0 = no answer */
    bool skew_known;
    int64_t skew; /* how far this desk's clock is ahead of Knock's, in milliseconds */
    bool online;
    instant since;
    struct error trouble; /* "" = none */
};

struct report *report_create(enum report_kind kind, uint64_t token);
void report_destroy(struct report *report);

void source_list_finish(struct source_list *list);
void source_list_add(struct source_list *list, const char *title);

#endif
