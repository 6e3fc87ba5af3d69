/* The Knock API itself: a parsed request and the world in, a status and JSON out. No HTTP library
 * here.
 *
 * Endpoints are those of knock-api section 1, rows 1 to 10. Which refusal has which status is
 * not published; the choices made here stand in the manual.
 */
#ifndef TOURDESK_SANDBOX_API_H
#define TOURDESK_SANDBOX_API_H

#include "tourdesk/base/str.h"
#include "tourdesk/sandbox/world.h"

/* Knock's public test keys (knock-api 2.2). */
extern const char PROSPECT_TEST_KEY[], APPOINTMENT_TEST_KEY[];

enum { LARGEST_REQUEST = 1024 * 1024 };

struct request {
    const char *method;
    const char *target; /* path and query as they came */
    const char *body;   /* NUL-terminated */
    size_t length;
    bool too_large; /* the body was longer than LARGEST_REQUEST and is not here */
    const char *x_api_key, *apikey, *company_id, *property_id; /* headers; NULL = not sent */
};

struct answer {
    int status;
    struct str body;
    const char *allow;                    /* the methods that a 405 names, else NULL */
    const char *key, *key_from;           /* for the diary */
    const struct property *property;      /* the community it was about, NULL = none */
    int64_t appointment, prospect, visit; /* made or touched */
};

/* Carries the request out inside the caller's store transaction, to be committed where the
 * status is below 400 and rolled back otherwise. Fills a zeroed `answer`, finished with
 * answer_finish(). */
void api_handle(
    struct world *world, const struct request *request, instant now, struct answer *answer);

void answer_finish(struct answer *answer);

/* For whoever answers: takes `json` over. */
void answer_json(struct answer *answer, int status, cJSON *json);

/* {"errorMessage": "..."} (knock-api 2.4). */
__attribute__((format(printf, 3, 4))) void answer_error(
    struct answer *answer, int status, const char *format, ...);

/* {"message": "..."}: a refusal by the gateway before the service is reached (knock-api 2.4). */
void answer_gateway(struct answer *answer, int status, const char *message);

#endif
