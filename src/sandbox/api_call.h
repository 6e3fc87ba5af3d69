/* Inside of api: one call on its way, and the handlers of the endpoints. */
#ifndef TOURDESK_SANDBOX_API_CALL_H
#define TOURDESK_SANDBOX_API_CALL_H

#include "tourdesk/sandbox/api.h"

struct call {
    struct world *world;
    const struct request *request;
    const char *query; /* behind the question mark, "" = none */
    char id[ID_SIZE];  /* the part of the path that the route leaves open */
    const cJSON *body; /* NULL where the method has none */
    instant now;
    struct answer *answer;
};

void api_available_times(struct call *call);
void api_sources(struct call *call);
void api_book(struct call *call);
void api_book_from(struct call *call, const char *origin); /* for a booking that others make */
void api_cancel(struct call *call);
void api_visit(struct call *call);
void api_put_prospect(struct call *call);
void api_get_prospect(struct call *call);
void api_events(struct call *call);
void api_log_email(struct call *call);
void api_log_call(struct call *call);

/* The community of an id, with its gateway header checked; NULL and a filled answer if there is
 * none or it is not the one the header names. */
const struct property *call_property(struct call *call, const char *id);

/* The guest of an id of the API's, likewise. */
bool call_guest(struct call *call, int64_t id, struct guest *guest);

/* The id in the path, -1 where it cannot be one. */
int64_t call_id(const struct call *call);

/* A parameter of the query, decoded; false if it is not there. */
bool call_parameter(const struct call *call, const char *name, char *out, size_t size);

/* {"name": "id"}. */
void call_answer_id(struct call *call, const char *name, int64_t id);

/* An id as the API writes it. */
void put_id(cJSON *object, const char *name, int64_t id);

/* A text, or null where it is empty. */
void put_text(cJSON *object, const char *name, const char *text);

#endif
