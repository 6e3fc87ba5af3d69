/* The real transport, as the tests use it: one exchange at a time, with a limit on patience. */
#ifndef TOURDESK_TESTS_KNOCK_CLIENT_H
#define TOURDESK_TESTS_KNOCK_CLIENT_H

#include "../unit/check.h"

#include "server.h"

#include "tourdesk/knock/transport.h"

enum {
    PATIENCE = 20000, /* milliseconds after which a test gives up */
    TEST_TIMEOUT = 1, /* seconds, the least that can be set */
};

struct client {
    struct script_server *server; /* NULL = none */
    struct transport *transport;
    struct transport_settings settings;
    char *keys[KEY_FAMILIES]; /* NULL = none */
};

/* The usual settings: documented headers, keys "prospect-key" and "appointment-key", no base URL yet. */
void client_init(struct client *client);

/* Starts a server with these scenes and points the base URL at it. */
void client_serve(struct client *client, const struct scene *scenes, size_t count);

/* Sets the base URL: `before`, a colon and the port, `behind`. */
void client_base(struct client *client, const char *before, int port, const char *behind);

/* Makes the transport from the settings. */
void client_open(struct client *client);
void client_close(struct client *client);

/* Starts a request (`body` NULL = none) and gives its number. */
uint64_t client_start(
    struct client *client, enum http_method method, const char *path, const char *body);

/* Waits for the answer of an exchange and finishes the request; fails the test when patience ends. */
void client_finish(struct client *client, uint64_t exchange, struct http_answer *answer);

/* Both in one. */
void client_ask(struct client *client, enum http_method method, const char *path, const char *body,
    struct http_answer *answer);

/* Milliseconds of a clock that only goes forward. */
int64_t milliseconds(void);

/* Lets `limit` milliseconds pass for other threads, or less if `done` says that it is enough. */
bool wait_until(bool (*done)(void *context), void *context, int64_t limit);

#endif
