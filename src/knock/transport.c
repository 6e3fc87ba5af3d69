#include "tourdesk/knock/transport.h"

uint64_t transport_start(struct transport *transport, const struct http_request *request)
{
    return transport->class->start(transport, request);
}

void transport_abandon(struct transport *transport, uint64_t exchange)
{
    transport->class->abandon(transport, exchange);
}

bool transport_take(struct transport *transport, uint64_t *exchange, struct http_answer *answer)
{
    return transport->class->take(transport, exchange, answer);
}

void transport_wait(struct transport *transport, int64_t milliseconds)
{
    transport->class->wait(transport, milliseconds);
}

void transport_wake(struct transport *transport)
{
    transport->class->wake(transport);
}

void transport_destroy(struct transport *transport)
{
    if (transport)
        transport->class->destroy(transport);
}
