/* The sandbox on the network: HTTP on one address, a thread for each connection.
 *
 * The threads make that an answer which is delayed or drips holds up nobody else.
 */
#ifndef TOURDESK_SANDBOX_SERVER_H
#define TOURDESK_SANDBOX_SERVER_H

#include "tourdesk/sandbox/sandbox.h"

enum { SERVER_URL_SIZE = 96 };

struct server;

/* Listens on a numeric address ("127.0.0.1", "::1"); port 0 takes a free one. The sandbox must
 * outlive the server. */
struct server *server_start(
    struct sandbox *sandbox, const char *address, int port, struct error *error);

/* Ends at once: answers under way are broken off. */
void server_stop(struct server *server);

/* "http://127.0.0.1:8080". */
const char *server_url(const struct server *server);

/* True if the address is one that only this machine can reach. */
bool server_is_loopback(const char *address);

#endif
