/* A simulated network: a transport without threads or sockets, whose answers are scripted or computed and come
 * when the simulated clock has reached them.
 *
 * Each request is looked at by a watcher (which may open the ledger and see what is kept at that very
 * moment), then answered by the first of: what was said for its route, the server (a callback), the
 * built-in office that accepts everything. All that was sent is kept.
 */
#ifndef TOURDESK_TESTS_WORKER_SCRIPT_H
#define TOURDESK_TESTS_WORKER_SCRIPT_H

#include "tourdesk/knock/transport.h"

/* A zeroed reply is no answer at all: give it a status, or a fate. */
struct script_reply {
    enum http_fate fate; /* FATE_ANSWERED where there is a status */
    bool left;           /* for the other fates; an answer's request always left */
    int status;
    const char *body; /* copied; NULL = "" */
    bool cut, too_large;
    int retry_after; /* 0 = not said */
    instant date;
    int64_t delay; /* milliseconds until the answer is there */
};

/* What was sent. */
struct script_request {
    uint64_t exchange;
    instant at;
    enum http_method method;
    enum key_family family;
    char path[PATH_SIZE];
    char *body; /* NULL = none */
    bool abandoned, answered;
};

struct script;

struct script *script_create(void);
void script_destroy(struct script *script);

/* One desk's end of the network, by the desk's own clock (which stays the caller's); the script's own. */
struct transport *script_transport(struct script *script, const instant *now);

/* Sees each request as it leaves, before it is answered. */
void script_watch(struct script *script,
    void (*watch)(void *self, const struct http_request *request), void *self);

/* Computes replies; a request for which it returns false is the office's. */
typedef bool script_server(
    void *self, const struct http_request *request, struct script_reply *reply);
void script_serve(struct script *script, script_server *serve, void *self);

/* The reply to the next request whose "METHOD path" begins with `route`; several wait in line. */
void script_say(struct script *script, const char *route, struct script_reply reply);

/* The same reply to every such request from now on, behind those in line; a zeroed one ends that. */
void script_always(struct script *script, const char *route, struct script_reply reply);

/* The start times that the office offers in both calendars, on the half hour in -08:00. */
void script_offer(struct script *script, const instant *starts, size_t count);

/* While a desk's end is cut off nothing leaves and nothing is answered: whoever uses it was killed. What was on
 * its way then has nobody to come to any more. */
void script_cut_off(struct transport *end, bool cut_off);

/* How many requests of a route were sent, and the number `index` of them. */
size_t script_sent(const struct script *script, const char *route);
const struct script_request *script_request(
    const struct script *script, const char *route, size_t index);

/* Milliseconds until an answer is there for this end, -1 = none is on its way. */
int64_t script_next(const struct transport *end);

/* Ready-made replies. */
struct script_reply reply_ok(const char *body);
struct script_reply reply_status(int status, const char *body);
struct script_reply reply_fate(enum http_fate fate, bool left);

#endif
