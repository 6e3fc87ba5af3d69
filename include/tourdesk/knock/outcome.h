/* What an exchange proves: one table, from what was asked, what left this machine and what came back.
 *
 * knock-api Q1, Q2, Q8, Q10 to Q14 and domain.md D1: a POST that may have left and was not answered
 * proves nothing, and nobody but a person may send it again.
 */
#ifndef TOURDESK_KNOCK_OUTCOME_H
#define TOURDESK_KNOCK_OUTCOME_H

#include "tourdesk/knock/http.h"
#include "tourdesk/tour/operation.h"

/* What was asked, as far as the table cares. */
enum asked {
    ASKED_READ,   /* GET */
    ASKED_UPSERT, /* POST /prospect: may be repeated */
    ASKED_CREATE, /* POST /appointment/request, POST /visit, and other logging: never repeated */
    ASKED_CANCEL, /* PUT cancel: may be repeated */
    ASKED_KINDS,
};

/* What came back. */
enum came {
    CAME_KEY,          /* there was no key to send it with */
    CAME_NAME,         /* name not resolved */
    CAME_CONNECT,      /* connection refused or not made in time */
    CAME_TLS,          /* no trusted connection */
    CAME_RESET_BEFORE, /* broken before the request */
    CAME_RESET_AFTER,
    CAME_TIMEOUT_BEFORE,
    CAME_TIMEOUT_AFTER,
    CAME_GOOD,         /* 2xx, whole, with the id that proves it (a cancel and a read need none) */
    CAME_OTHER_STATUS, /* 2xx with a status word that proves nothing */
    CAME_NO_ID,        /* 2xx, JSON, without the id */
    CAME_NOT_JSON,     /* 2xx, something else */
    CAME_EMPTY,        /* 2xx without a body */
    CAME_CUT,          /* 2xx that broke off */
    CAME_TOO_LARGE,    /* 2xx beyond the limits */
    CAME_REDIRECT,     /* 3xx */
    CAME_INVALID,      /* 4xx that is none of the following */
    CAME_FORBIDDEN,    /* 401, 403 */
    CAME_NOT_KNOWN,    /* 404, 410 */
    CAME_CONFLICT,     /* 409 */
    CAME_RATE_LIMITED, /* 429 */
    CAME_SERVER_ERROR, /* 5xx */
    CAME_KINDS,
};

/* What follows. */
enum verdict {
    VERDICT_CONFIRMED, /* for a read: the answer can be used */
    VERDICT_REFUSED,   /* surely not applied, and asking again will not help */
    VERDICT_NOT_YET,   /* surely not applied (or harmless to repeat): may be asked again later */
    VERDICT_UNKNOWN,   /* may or may not have been applied */
};

struct outcome {
    enum came came;
    enum verdict verdict;
    enum reason reason;
    int http_status;
    int retry_after; /* seconds, -1 = not said */
    char server_message[SERVER_MESSAGE_SIZE];
    char appointment_id[ID_SIZE];
    char prospect_id[ID_SIZE];
    char visit_id[ID_SIZE];
    char call_id[ID_SIZE];
    char status_word[ID_SIZE];
};

/* The table. */
enum verdict outcome_verdict(enum asked asked, enum came came);
enum reason outcome_reason(enum asked asked, enum came came);

/* Its rows' and columns' names, for the manual. */
const char *asked_words(enum asked asked);
const char *came_words(enum came came);
const char *verdict_word(enum verdict verdict);

/* Reads an answer to a write of the kind and looks the outcome up. For OPERATION_REGISTER, and for a
 * booking's first step, `upsert` is true. */
void outcome_read(
    struct outcome *out, enum operation_kind kind, bool upsert, const struct http_answer *answer);

/* The same for a read, without looking into the body. */
void outcome_read_get(struct outcome *out, const struct http_answer *answer);

#endif
