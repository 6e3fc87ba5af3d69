/* An operation: one thing that staff ask of Knock, from the key that asked for it to its outcome.
 *
 * Its state is one of six words, the same on the screen, in the commands, in the CSV and in the
 * manual (design law 4):
 *
 *   saved      on this disk; nothing that counts has left
 *   sending    about to leave or on its way; the answer is not here yet
 *   confirmed  Knock said yes
 *   refused    Knock or a guard here said no; nothing happened at Knock
 *   unknown    it may or may not have happened; only evidence or a person can tell
 *   withdrawn  taken back before it left, or a person says that it did not happen and is not wanted
 */
#ifndef TOURDESK_TOUR_OPERATION_H
#define TOURDESK_TOUR_OPERATION_H

#include "tourdesk/base/words.h"
#include "tourdesk/tour/community.h"
#include "tourdesk/tour/profile.h"
#include "tourdesk/tour/slot.h"

enum {
    OPERATION_ID_SIZE = 24,
    AGENT_SIZE = 32,
    SERVER_MESSAGE_SIZE = 512,
    NOTE_SIZE = 512,
    VISIT_UNITS = 16,
    USERNAME_SIZE = 128,
};

enum operation_kind {
    OPERATION_BOOK,     /* POST /appointment/request, after POST /prospect */
    OPERATION_CANCEL,   /* PUT /appointment/{id}/cancel */
    OPERATION_VISIT,    /* POST /visit */
    OPERATION_REGISTER, /* POST /prospect alone: somebody who walked in */
    OPERATION_CALL,     /* POST /prospect/{id}/call: a telephone call that is over */
    OPERATION_KINDS,
};

enum operation_state {
    STATE_NONE, /* no operation of that kind */
    STATE_SAVED,
    STATE_SENDING,
    STATE_CONFIRMED,
    STATE_REFUSED,
    STATE_UNKNOWN,
    STATE_WITHDRAWN,
    STATES,
};

/* Why an operation stands where it stands; a fixed short token each (reason_token()). */
enum reason {
    REASON_NONE,
    REASON_OFFLINE,        /* Knock could not be reached; nothing left */
    REASON_TLS,            /* no trusted connection; nothing left */
    REASON_NO_ANSWER,      /* it left, and no answer came */
    REASON_CUT_SHORT,      /* the answer broke off */
    REASON_UNREADABLE,     /* a success that cannot be read */
    REASON_NO_ID,          /* a success without the id that proves it */
    REASON_TOO_LARGE,      /* an answer beyond the limits */
    REASON_SERVER_ERROR,   /* 5xx */
    REASON_RATE_LIMITED,   /* 429: not processed */
    REASON_INVALID,        /* 4xx about what was sent */
    REASON_KEY,            /* 401, 403 */
    REASON_NOT_KNOWN,      /* 404 */
    REASON_TAKEN,          /* offered before, not any more */
    REASON_NOT_OFFERED,    /* not in Knock's list */
    REASON_PAST,           /* the time has passed, or for a visit has not come */
    REASON_REDIRECTED,     /* 3xx, never followed */
    REASON_OTHER_STATUS,   /* a status word that proves nothing */
    REASON_HAS_TOUR,       /* guard: would silently replace a tour of this person */
    REASON_VISIT_EXISTS,   /* guard: this tour's visit is logged already */
    REASON_CALL_EXISTS,    /* guard: a call with this person at this time is logged already */
    REASON_UNKNOWN_UNIT,   /* guard: Knock would drop a unit name */
    REASON_WAITS,          /* waits for another operation */
    REASON_BOOKING_FAILED, /* the booking it belongs to did not come to be */
    REASON_INTERRUPTED,    /* the program ended while it was sending */
    REASON_UNDONE,         /* taken back by a person */
    REASON_SETTLED,        /* a person's word decided */
    REASON_LEDGER,         /* it could not be kept */
    REASONS,
};

enum consent {
    CONSENT_NOT_ASKED,
    CONSENT_YES,
    CONSENT_NO,
};

enum asked_by {
    ASKED_BY_PROSPECT,
    ASKED_BY_STAFF,
};

struct booking {
    struct profile profile;
    enum consent consent;
    enum calendar calendar;
    char start_text[STAMP_SIZE]; /* as Knock offered it */
    char end_text[STAMP_SIZE];   /* "" = not sent */
    struct stamp start;
    instant end;
    char source_title[SOURCE_SIZE];
    bool seen;                     /* it stood in a list of free times when it was asked for */
    bool replace;                  /* a person said that it may knock out an earlier tour */
    char moves[OPERATION_ID_SIZE]; /* reschedule: the tour it takes the place of, else "" */
};

struct cancelling {
    char reason[NOTE_SIZE]; /* kept here; the API has no field for it */
    enum asked_by asked_by;
};

struct visiting {
    struct stamp visit_time;
    char units[VISIT_UNITS][UNIT_SIZE]; /* as typed; sent in this order */
    size_t unit_count;
    char source_title[SOURCE_SIZE];
    bool self_guided;
    bool again;    /* a person said that a second visit of one tour is meant */
    bool any_unit; /* a person said that unknown unit names may go */
};

/* Who rang whom. Knock's own words for it are not published (knock-api 3.9). */
enum call_type {
    CALL_INBOUND,
    CALL_OUTBOUND,
};

/* How it ended (knock-api 3.9, T7). */
enum call_outcome {
    CALL_ANSWERED,
    CALL_MISSED_NO_VOICEMAIL,
    CALL_MISSED_VOICEMAIL,
    CALL_HUNG_UP,
    CALL_FAILED,
    CALL_TERMINATED,
};

struct calling {
    char username[USERNAME_SIZE]; /* the agent's user at Knock */
    char agent_phone[PHONE_SIZE]; /* the agent's number, E.164; none of Knock's tracking numbers */
    struct stamp start, end;
    enum call_type type;
    enum call_outcome outcome;
    char source_title[SOURCE_SIZE];
    bool again;            /* a person said that a second call at one time is meant */
    char call_id[ID_SIZE]; /* Knock's number for it, once it is confirmed */
};

struct operation {
    char id[OPERATION_ID_SIZE];
    enum operation_kind kind;
    enum operation_state state;
    char community_id[ID_SIZE];
    char tour_id
        [OPERATION_ID_SIZE]; /* the booking or registration it belongs to (its own for those) */
    char agent[AGENT_SIZE];  /* initials of who asked */
    instant created_at, updated_at;
    instant send_after; /* not before: undo window, backoff */
    int attempts;       /* how often its write began to leave */
    int lost;           /* how often nothing told what became of that */

    struct booking booking;       /* OPERATION_BOOK, OPERATION_REGISTER */
    struct cancelling cancelling; /* OPERATION_CANCEL */
    struct visiting visiting;     /* OPERATION_VISIT */
    struct calling calling;       /* OPERATION_CALL */

    char appointment_id[ID_SIZE];
    char prospect_id[ID_SIZE];
    char visit_id[ID_SIZE];
    char status_word[ID_SIZE]; /* the appointment's status as Knock named it */

    enum reason reason;
    int http_status; /* 0 = no answer */
    char server_message[SERVER_MESSAGE_SIZE];
};

/* What was found out about an unknown outcome; it never settles it by itself. */
enum speaks {
    SPEAKS_NOTHING,
    SPEAKS_FOR,     /* it probably happened */
    SPEAKS_AGAINST, /* it probably did not */
};

struct evidence {
    instant at;
    char source[16]; /* "slots", "events" */
    char words[160];
    enum speaks speaks;
};

/* The words of the enums above, by value. */
extern const struct words kind_words, state_words, reason_tokens, consent_words, asked_by_words,
    speaks_words, call_type_words, call_outcome_words;

/* "book", "cancel", "visit", "register", "call", and back. */
const char *operation_kind_word(enum operation_kind kind);
bool operation_kind_parse(const char *word, enum operation_kind *out);

/* One of the six words ("" for STATE_NONE), and back. */
const char *state_word(enum operation_state state);
bool state_parse(const char *word, enum operation_state *out);

/* True for the three that nothing changes any more: confirmed, refused, withdrawn. */
bool state_settled(enum operation_state state);

/* The fixed token ("taken") and the words for a person ("that time is no longer offered"). */
const char *reason_token(enum reason reason);
const char *reason_words(enum reason reason);
bool reason_parse(const char *token, enum reason *out);

/* "yes", "no", "not asked". */
const char *consent_word(enum consent consent);
bool consent_parse(const char *word, enum consent *out);

/* "prospect", "staff". */
const char *asked_by_word(enum asked_by asked_by);
bool asked_by_parse(const char *word, enum asked_by *out);

/* "INBOUND" and "ANSWERED" as they are sent; read back whatever the case, with - or _ between words. */
const char *call_type_token(enum call_type type);
bool call_type_parse(const char *word, enum call_type *out);
const char *call_outcome_token(enum call_outcome outcome);
bool call_outcome_parse(const char *word, enum call_outcome *out);

#endif
