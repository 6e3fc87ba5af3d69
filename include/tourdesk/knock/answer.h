/* Answers to values: read liberally (knock-api Q1 to Q5, Q12), never trusted. */
#ifndef TOURDESK_KNOCK_ANSWER_H
#define TOURDESK_KNOCK_ANSWER_H

#include "tourdesk/base/error.h"
#include "tourdesk/tour/card.h"
#include "tourdesk/tour/report.h"

enum { ANSWER_SLOTS = 20000 }; /* more than anybody could offer: an answer beyond it is an error */

/* available-times: an array of strings or objects, bare or under acceptableTimes / available_times;
 * none is an empty list. Entries that cannot be read are counted in `skipped`. The list is sorted. */
bool answer_slots(const char *body, size_t length, struct slot_list *out, struct error *error);

/* sources: edges[].node.sourceTitle, or plain lists of titles. */
bool answer_sources(const char *body, size_t length, struct source_list *out, struct error *error);

/* A guest card: the fields that knock-api 3.6 names, those that are there and not null. */
bool answer_card(const char *body, size_t length, struct fact_list *out, struct error *error);

/* A page of events, added to what `out` holds; `out->after` says where the next one begins (Q: cursor paging,
 * knock-api 3.7). */
bool answer_events(
    const char *body, size_t length, struct prospect_events *out, struct error *error);

/* What a success to a write says of itself; fields that are not there stay "". */
struct written {
    char appointment_id[ID_SIZE];
    char prospect_id[ID_SIZE];
    char visit_id[ID_SIZE];
    char id[ID_SIZE];     /* a bare "id" */
    char status[ID_SIZE]; /* the appointment's status word, as it came */
};

/* False if the body is not a JSON object. */
bool answer_written(const char *body, size_t length, struct written *out, struct error *error);

/* The server's own words about a failure: errorMessage, message, error, errors[], or the first line of
 * what is no JSON; cleaned of controls, "" if there are none (Q12). */
void answer_message(const char *body, size_t length, char out[SERVER_MESSAGE_SIZE]);

#endif
