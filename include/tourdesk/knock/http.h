/* One exchange with Knock: what was asked, and all that is known of what came back. */
#ifndef TOURDESK_KNOCK_HTTP_H
#define TOURDESK_KNOCK_HTTP_H

#include "tourdesk/base/clock.h"
#include "tourdesk/tour/community.h"
#include "tourdesk/tour/connection.h"

#include <stdbool.h>
#include <stddef.h>

enum http_method {
    HTTP_GET,
    HTTP_POST,
    HTTP_PUT,
};

enum { PATH_SIZE = 512 };

struct http_request {
    enum http_method method;
    enum key_family family;
    char community_id[ID_SIZE]; /* for the gateway's property-id header */
    char path[PATH_SIZE];       /* behind the base URL, query included */
    char *body;                 /* JSON, owned; NULL where there is none */
};

/* How the exchange ended. */
enum http_fate {
    FATE_ANSWERED,  /* a status came; see `whole` */
    FATE_NAME,      /* the host's name could not be resolved */
    FATE_CONNECT,   /* nobody answered at the address, or it refused */
    FATE_TLS,       /* no trusted connection */
    FATE_TIMEOUT,   /* time ran out without a status */
    FATE_RESET,     /* the connection broke without a status */
    FATE_ABANDONED, /* given up here */
    FATE_KEY,       /* no key to send it with; `words` says why */
    FATES,
};

struct http_answer {
    enum http_fate fate;
    bool left;      /* a byte of the request may have left this machine */
    int status;     /* HTTP status, for FATE_ANSWERED */
    bool whole;     /* the body arrived to its end */
    bool too_large; /* it was cut here, for being beyond the limits */
    char *body;     /* NUL-terminated, owned; never NULL for FATE_ANSWERED */
    size_t length;
    instant date;    /* the server's Date header, 0 = none */
    int retry_after; /* seconds, -1 = not said */
    char words[160]; /* what the library says of a failure; nothing personal */
};

const char *http_method_word(enum http_method method);

void http_request_finish(struct http_request *request);
void http_answer_finish(struct http_answer *answer);

#endif
