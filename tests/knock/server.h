/* A server made of raw sockets that does exactly what a script says, and keeps what it was sent.
 *
 * It runs in a thread of its own on an ephemeral port of 127.0.0.1. Each request that arrives plays the
 * next scene; behind the last one connections are closed without an answer.
 */
#ifndef TOURDESK_TESTS_KNOCK_SERVER_H
#define TOURDESK_TESTS_KNOCK_SERVER_H

#include <stdbool.h>
#include <stddef.h>

enum act {
    ACT_ANSWER,        /* sends `text` and keeps the connection */
    ACT_ANSWER_CLOSE,  /* sends `text` and closes it */
    ACT_CLOSE,         /* reads the request and closes */
    ACT_RESET,         /* reads the request and resets the connection */
    ACT_RESET_AT_ONCE, /* resets the connection when it is made */
    ACT_SILENT,        /* reads the request and says nothing, ever */
    ACT_MUTE,          /* takes the connection and neither reads nor writes */
    ACT_DRIP,          /* sends `text` a byte at a time, slowly, and then nothing more */
};

struct scene {
    enum act act;
    const char *text;
    size_t length; /* of `text`; 0 = up to its NUL */
    size_t filler; /* bytes of 'x' behind it */
};

struct script_server;

struct script_server *server_create(const struct scene *scenes, size_t count);
void server_destroy(struct script_server *server);

int server_port(const struct script_server *server);

/* How many requests and connections have come so far, and how many connections are gone again. */
size_t server_requests(struct script_server *server);
size_t server_connections(struct script_server *server);
size_t server_gone(struct script_server *server);

/* Request number `index`, head and body, as it came; the server's own. */
const char *server_request(struct script_server *server, size_t index);

#endif
