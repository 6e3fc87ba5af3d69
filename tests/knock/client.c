#include "client.h"

#include "tourdesk/base/str.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

static const char *take_key(void *self, enum key_family family, struct error *error)
{
    struct client *client = self;
    if (!client->keys[family])
        error_set(error, "no key for this");
    return client->keys[family];
}

void client_init(struct client *client)
{
    static char prospect[] = "prospect-key", appointment[] = "appointment-key";
    *client = (struct client){.keys = {prospect, appointment}};
    client->settings = (struct transport_settings){
        .headers = HEADERS_DOCUMENTED,
        .connect_timeout = TEST_TIMEOUT * 10,
        .timeout = TEST_TIMEOUT * 10,
        .clock = clock_system(),
    };
}

void client_base(struct client *client, const char *before, int port, const char *behind)
{
    str_print(client->settings.base_url, sizeof client->settings.base_url, "%s:%d%s", before, port,
        behind);
}

void client_serve(struct client *client, const struct scene *scenes, size_t count)
{
    client->server = server_create(scenes, count);
    client_base(client, "http://127.0.0.1", server_port(client->server), "");
}

void client_open(struct client *client)
{
    struct error error = {""};
    client->settings.keys = (struct key_source){take_key, client};
    client->transport = transport_curl_create(&client->settings, &error);
    if (!client->transport)
        fail_msg("no transport: %s", error.text);
}

void client_close(struct client *client)
{
    transport_destroy(client->transport);
    if (client->server)
        server_destroy(client->server);
    *client = (struct client){0};
}

uint64_t client_start(
    struct client *client, enum http_method method, const char *path, const char *body)
{
    struct http_request request = {.method = method, .family = KEY_APPOINTMENT};
    str_copy(request.community_id, sizeof request.community_id, "c1");
    str_copy(request.path, sizeof request.path, path);
    request.body = body ? strdup(body) : NULL;
    uint64_t exchange = transport_start(client->transport, &request);
    http_request_finish(&request);
    assert_int_not_equal(exchange, 0);
    return exchange;
}

void client_finish(struct client *client, uint64_t exchange, struct http_answer *answer)
{
    uint64_t number;
    int64_t end = milliseconds() + PATIENCE;
    while (!transport_take(client->transport, &number, answer)) {
        if (milliseconds() > end)
            fail_msg("no answer");
        transport_wait(client->transport, 1000);
    }
    assert_int_equal(number, exchange);
    assert_false(transport_take(client->transport, &number, answer));
}

void client_ask(struct client *client, enum http_method method, const char *path, const char *body,
    struct http_answer *answer)
{
    client_finish(client, client_start(client, method, path, body), answer);
}

int64_t milliseconds(void)
{
    struct clock clock = clock_system();
    return clock_steady(&clock);
}

bool wait_until(bool (*done)(void *context), void *context, int64_t limit)
{
    int64_t end = milliseconds() + limit;
    while (!done(context)) {
        if (milliseconds() > end)
            return false;
        poll(NULL, 0, 5);
    }
    return true;
}
