/* What the worker can be asked. Screens and one-shot commands ask the same things.
 *
 * A command is a value: whoever makes it hands it over whole, and its answer comes as reports that
 * carry its token.
 */
#ifndef TOURDESK_TOUR_COMMAND_H
#define TOURDESK_TOUR_COMMAND_H

#include "tourdesk/tour/draft.h"
#include "tourdesk/tour/person.h"

enum command_kind {
    COMMAND_READ_SLOTS,      /* community, calendar; REPORT_SLOTS */
    COMMAND_READ_SOURCES,    /* community; REPORT_SOURCES */
    COMMAND_READ_CARD,       /* prospect_id; REPORT_CARD */
    COMMAND_READ_EVENTS,     /* prospect_id; REPORT_EVENTS */
    COMMAND_LIST_TOURS,      /* query; REPORT_TOURS */
    COMMAND_READ_TOUR,       /* tour_id or appointment_id; REPORT_TOUR, or REPORT_STOPPED */
    COMMAND_LIST_OPERATIONS, /* operation_id, or since; REPORT_OPERATIONS */
    COMMAND_HEALTH,          /* REPORT_HEALTH: the ledger and the clocks */
    COMMAND_BOOK,       /* community, booking; REPORT_STOPPED, or REPORT_OPERATION at each state */
    COMMAND_RESCHEDULE, /* tour_id or appointment_id, booking's times and replace; the same */
    COMMAND_CANCEL,     /* tour_id or appointment_id, cancelling; the same */
    COMMAND_VISIT,      /* tour_id or ids, visiting; the same */
    COMMAND_CALL,       /* tour_id or ids, calling: a telephone call that is over; the same */
    COMMAND_REGISTER,   /* community, booking.profile, consent, source_title: a walk-in; the same */
    COMMAND_WITHDRAW,   /* operation_id; the same */
    COMMAND_SEND_NOW,   /* operation_id: ends its undo window; the same */
    COMMAND_SETTLE,     /* operation_id, word, appointment_id; the same */
    COMMAND_SYNC,    /* everything saved is sent at once, whatever its pause; the same for each */
    COMMAND_MARK,    /* tour_id, mark: kept; REPORT_TOUR, or REPORT_STOPPED */
    COMMAND_UNMARK,  /* tour_id, mark.kind: the newest of that kind is taken back; the same */
    COMMAND_CONSENT, /* consent: what a number's owner says about texts from now on; REPORT_PERSON */
    COMMAND_READ_PERSON,   /* person_id; REPORT_PERSON */
    COMMAND_SEARCH,        /* text, query; REPORT_TOURS */
    COMMAND_SIGN,          /* text: the shift is handed over; REPORT_HANDOVER */
    COMMAND_READ_HANDOVER, /* REPORT_HANDOVER */
    COMMAND_KEEP_DRAFT,    /* draft: survives a crash; text "" drops it */
    COMMAND_READ_DRAFTS,   /* REPORT_DRAFTS: what a program that crashed had kept, taken over */
    COMMAND_HOLD, /* community, calendar, booking.start: somebody types for it; start 0 ends it */
    COMMAND_ABANDON, /* abandons: a token; what was only read is dropped without waiting */
};

/* A person's word on an unknown outcome. */
enum settle_word {
    SETTLE_BOOKED,     /* it happened */
    SETTLE_NOT_BOOKED, /* it did not: it is sent again */
    SETTLE_DROP,       /* it did not, and is not wanted any more: nothing is sent */
    SETTLE_LEAVE,      /* nobody knows yet: it stays unknown */
};

/* Tours that start in [from, to) of one community, or of all where it is "". */
struct tour_query {
    instant from, to;
    size_t limit;       /* 0 = all */
    instant open_since; /* not 0: and those since then that still want something done */
};

struct command {
    enum command_kind kind;
    uint64_t token; /* comes back in every report about it; 0 = nobody waits */
    char community_id[ID_SIZE];
    char agent[AGENT_SIZE];
    bool at_once; /* no undo window */

    enum calendar calendar; /* COMMAND_READ_SLOTS */
    struct tour_query query;
    instant since;
    enum settle_word word;
    char operation_id[OPERATION_ID_SIZE];
    char tour_id[OPERATION_ID_SIZE];
    char appointment_id[ID_SIZE];
    char prospect_id[ID_SIZE];
    uint64_t abandons;
    struct mark mark;
    struct consent_record consent;
    int64_t person_id;
    char text[NOTE_SIZE];
    struct draft draft;
    bool unsettled; /* COMMAND_LIST_OPERATIONS: those that are not settled, whenever they changed */
    struct booking booking;
    struct cancelling cancelling;
    struct visiting visiting;
    struct calling calling;
};

/* A zeroed command of a kind, and its end; NULL is fine. */
struct command *command_create(enum command_kind kind);
void command_destroy(struct command *command);

#endif
