/* The way to Knock and back, as an interface: libcurl in the program, a simulated network in tests.
 *
 * A transport belongs to one thread; only transport_wake() may be called from others. Exchanges run
 * side by side; each ends in exactly one answer unless it is abandoned.
 */
#ifndef TOURDESK_KNOCK_TRANSPORT_H
#define TOURDESK_KNOCK_TRANSPORT_H

#include "tourdesk/base/error.h"
#include "tourdesk/knock/http.h"

#include <stdint.h>

struct transport;

struct transport_class {
    uint64_t (*start)(struct transport *transport, const struct http_request *request);
    void (*abandon)(struct transport *transport, uint64_t exchange);
    bool (*take)(struct transport *transport, uint64_t *exchange, struct http_answer *answer);
    void (*wait)(struct transport *transport, int64_t milliseconds);
    void (*wake)(struct transport *transport);
    void (*destroy)(struct transport *transport);
};

struct transport {
    const struct transport_class *class;
};

/* Begins an exchange and returns its number (never 0); `request` stays the caller's. */
uint64_t transport_start(struct transport *transport, const struct http_request *request);

/* Gives an exchange up at once; it has no answer any more. What already left, left. */
void transport_abandon(struct transport *transport, uint64_t exchange);

/* The next answer that is there: true and the caller owns it, false if there is none. */
bool transport_take(struct transport *transport, uint64_t *exchange, struct http_answer *answer);

/* Waits until there may be something to take, a wake, or the time is over (-1 = without end). */
void transport_wait(struct transport *transport, int64_t milliseconds);

/* Ends a wait at once; from any thread. */
void transport_wake(struct transport *transport);

void transport_destroy(struct transport *transport);

/* Where keys come from: the key of a family, or NULL and an error. Called on the transport's thread,
 * may take a while the first time; the text stays the source's. */
struct key_source {
    const char *(*key)(void *self, enum key_family family, struct error *error);
    void *self;
};

struct transport_settings {
    char base_url[URL_SIZE]; /* https://host or http://loopback, no slash at the end */
    enum header_profile headers;
    char company_id[ID_SIZE];
    int connect_timeout, timeout; /* seconds */
    struct key_source keys;
    struct clock clock;
};

/* Limits on an answer; beyond them it is cut and marked too_large. */
enum {
    ANSWER_BYTES = 8 * 1024 * 1024,
    HEADER_BYTES = 64 * 1024,
};

/* libcurl's multi interface: one thread, connections kept. TLS 1.2 or newer and verified, redirects not
 * followed, no proxy for loopback. A POST is never sent a second time by the library, and never on
 * a connection that has been idle so long that the server may have closed it. */
struct transport *transport_curl_create(
    const struct transport_settings *settings, struct error *error);

#endif
