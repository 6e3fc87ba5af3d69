/* A tour: one booking with all that became of it, as the ledger tells it and the screens show it; or
 * somebody who walked in and was only registered.
 *
 * Tours booked on the web or in Knock itself are not here: the API has no list (knock-api 1).
 */
#ifndef TOURDESK_TOUR_TOUR_H
#define TOURDESK_TOUR_TOUR_H

#include "tourdesk/tour/operation.h"

enum tour_kind {
    TOUR_APPOINTMENT, /* it was booked: a time at Knock, and its number there once it is confirmed */
    TOUR_WALK_IN, /* they came without one and were registered: no time and no number at Knock but
                       * the person's; a visit can be logged, nothing can be cancelled or moved */
};

struct tour {
    enum tour_kind kind;
    char id[OPERATION_ID_SIZE]; /* that of its booking (or registering) operation */
    char community_id[ID_SIZE];
    char first_name[NAME_SIZE];
    char last_name[NAME_SIZE];
    char email[EMAIL_SIZE];
    char phone[PHONE_SIZE];
    enum consent consent;
    enum calendar calendar;
    char start_text[STAMP_SIZE]; /* of a walk-in, when they were registered: it claims no slot */
    char end_text[STAMP_SIZE];
    struct stamp start;
    instant end; /* never 0: start + the community's tour length where none was sent */
    char source_title[SOURCE_SIZE];
    char appointment_id[ID_SIZE];
    char prospect_id[ID_SIZE];
    char visit_id[ID_SIZE];
    char agent[AGENT_SIZE];
    instant created_at;
    instant send_after;           /* of the booking: the end of its undo window */
    enum operation_state booking; /* states of its operations; STATE_NONE = there is none. Of a
                                   * walk-in, that of its registration */
    enum operation_state cancel;
    enum operation_state visit;
    char cancel_id[OPERATION_ID_SIZE];
    char visit_operation_id[OPERATION_ID_SIZE];
    char replaced_by[OPERATION_ID_SIZE]; /* the booking that took its place, "" if none */
    enum reason reason;                  /* of the booking */
    int64_t person_id;                   /* the ledger's */
    instant arrived_at;                  /* marks of staff that still stand; 0 and "" = none */
    instant coming_at;                   /* they called: coming then */
    instant call_by;                     /* they were promised a call by then, not made yet */
    instant taken_over_at;
    bool no_show;
    bool called_back;
    bool done_in_knock; /* what only Knock itself can do for it was done there */
    char note[NOTE_SIZE];
    char how_to_call[NOTE_SIZE];
    char server_message[SERVER_MESSAGE_SIZE];
};

/* What a tour is right now, one word and one glyph each; the states of its operations and the clock
 * decide. In the order in which they claim attention. */
enum tour_status {
    TOUR_UNKNOWN,  /* an outcome is unknown */
    TOUR_LATE,     /* confirmed, began ten minutes ago or more, nobody marked them as arrived */
    TOUR_NOW,      /* confirmed, marked as arrived, not over */
    TOUR_EXPECTED, /* confirmed, just began */
    TOUR_SAVED,    /* the booking is saved, not sent */
    TOUR_SENDING,
    TOUR_UNLOGGED,   /* confirmed, over, no visit logged */
    TOUR_BOOKED,     /* confirmed, still to come */
    TOUR_CANCELLING, /* a cancel is saved or sending */
    TOUR_LOGGING,    /* a visit is saved or sending */
    TOUR_REGISTERED, /* a walk-in whose registration is confirmed; nothing more has to follow */
    TOUR_LOGGED,     /* the visit is confirmed */
    TOUR_NO_SHOW,    /* marked here: they did not come */
    TOUR_CANCELLED,
    TOUR_REPLACED,
    TOUR_REFUSED,
    TOUR_WITHDRAWN,
    TOUR_STATUSES,
};

enum { LATE_AFTER = 10 * MINUTE };

enum tour_status tour_status(const struct tour *tour, instant now);

/* "booked", "needs a visit log", ... */
const char *tour_status_words(enum tour_status status);

/* How late a tour that has not arrived is, in words that change at ten, twenty and thirty minutes. */
const char *tour_late_words(int64_t milliseconds);

/* True while the tour holds (or may hold) its place at Knock: a booking that is saved, sending,
 * confirmed or unknown and neither cancelled nor replaced. For a walk-in, the same of its registration:
 * it holds no slot. */
bool tour_stands(const struct tour *tour);

/* True while it is open whether its booking comes to be: saved, sending or unknown. */
bool tour_undecided(const struct tour *tour);

/* True if it stands, has not ended, and so would be knocked out by a booking for the same person; never
 * for a walk-in, who has no appointment to lose. */
bool tour_upcoming(const struct tour *tour, instant now);

/* True if its cancel can be asked for / another time for it / its visit logged; else `why` (may be NULL)
 * says why not. */
bool tour_can_cancel(const struct tour *tour, struct error *why);
bool tour_can_move(const struct tour *tour, struct error *why);
bool tour_can_visit(const struct tour *tour, struct error *why);

struct tour_list {
    struct tour *items;
    size_t count, capacity;
};

void tour_list_finish(struct tour_list *list);
struct tour *tour_list_add(struct tour_list *list); /* a zeroed new last one */
const struct tour *tour_list_find(const struct tour_list *list, const char *id);

#endif
