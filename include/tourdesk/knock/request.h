/* Values to requests: each of Knock's endpoints, spelled as knock-api section 3 spells it.
 *
 * Every function fills a request whose body the caller frees with http_request_finish(). Nothing that
 * was not given is sent.
 */
#ifndef TOURDESK_KNOCK_REQUEST_H
#define TOURDESK_KNOCK_REQUEST_H

#include "tourdesk/knock/http.h"
#include "tourdesk/tour/operation.h"

/* GET /community/{communityId}/available-times?forSelfGuided= */
void request_slots(struct http_request *out, const char *community_id, enum calendar calendar);

/* GET /community/{communityId}/sources */
void request_sources(struct http_request *out, const char *community_id);

/* GET /prospect/{prospectId}: the guest card */
void request_card(struct http_request *out, const char *community_id, const char *prospect_id);

/* GET /prospect/{prospectId}/events?first=&after=: one page; `after` "" for the first */
void request_events(
    struct http_request *out, const char *community_id, const char *prospect_id, const char *after);

/* POST /prospect: an upsert, `autorespond` false (knock-api 3.5). Consent goes along only where it was
 * asked, its wording only with a yes (Q25). */
void request_prospect(
    struct http_request *out, const struct operation *operation, const struct community *community);

/* POST /appointment/request, the start byte for byte as it was offered. */
void request_appointment(
    struct http_request *out, const struct operation *operation, const struct community *community);

/* PUT /appointment/{appointmentId}/cancel: no body. */
void request_cancel(struct http_request *out, const struct operation *operation);

/* POST /visit with both ids where they are known (Q18). */
void request_visit(struct http_request *out, const struct operation *operation);

/* POST /prospect/{prospectId}/call (knock-api 3.9). */
void request_call(struct http_request *out, const struct operation *operation);

#endif
