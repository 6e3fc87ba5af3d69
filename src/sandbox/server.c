#include "tourdesk/sandbox/server.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/sandbox/times.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    MOST_CONNECTIONS = 1000,
    BACKLOG = 256,
    CONNECTION_MEMORY = 512 * 1024, /* headers, either way */
    DRIP_STEP_MS = 100,
    BLOCK_SIZE = 32 * 1024,
    LARGEST_DISCARD = 256 * 1024 * 1024, /* of a body that is too large anyway */
};

struct server {
    struct sandbox *sandbox;
    struct MHD_Daemon *daemon;
    char url[SERVER_URL_SIZE];
    int stop[2]; /* a pipe: once its writing end is closed, nobody waits any more */
};

/* A request that is coming in. */
struct incoming {
    char *target;
    struct str body;
    size_t discarded;
    bool begun;
};

/* Waits; false if the server stops meanwhile. */
static bool wait_ms(struct server *server, int ms)
{
    struct pollfd stop = {.fd = server->stop[0], .events = POLLIN};
    int result;
    do
        result = poll(&stop, 1, ms);
    while (result < 0 && errno == EINTR);
    return result == 0;
}

/* A body that is sent bit by bit or breaks off. */
struct outgoing {
    struct server *server;
    struct str body;
    size_t end; /* bytes after which the connection closes */
    int drip;   /* bytes a second, 0 = at once */
};

static ssize_t read_outgoing(void *context, uint64_t position, char *out, size_t max)
{
    struct outgoing *outgoing = context;
    if (position >= outgoing->end)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t n = outgoing->end - (size_t)position;
    if (outgoing->drip) {
        size_t step = (size_t)outgoing->drip * DRIP_STEP_MS / 1000;
        int ms = step ? DRIP_STEP_MS : 1000 / outgoing->drip;
        if (!wait_ms(outgoing->server, ms))
            return MHD_CONTENT_READER_END_WITH_ERROR;
        n = n < step ? n : step ? step : 1;
    }
    n = n < max ? n : max;
    memcpy(out, outgoing->body.data + position, n);
    return (ssize_t)n;
}

static void free_outgoing(void *context)
{
    struct outgoing *outgoing = context;
    str_finish(&outgoing->body);
    free(outgoing);
}

static struct MHD_Response *make_response(struct server *server, struct reply *reply)
{
    size_t length = reply->body.length, end = reply_bytes(reply);
    if (end == length && !reply->drip)
        return MHD_create_response_from_buffer(
            length, str_take(&reply->body), MHD_RESPMEM_MUST_FREE);
    struct outgoing *outgoing = mem_alloc(sizeof *outgoing);
    *outgoing = (struct outgoing){server, reply->body, end, reply->drip};
    reply->body = (struct str){0};
    return MHD_create_response_from_callback(
        length, BLOCK_SIZE, read_outgoing, outgoing, free_outgoing);
}

static void add_padding(struct MHD_Response *response, int bytes)
{
    char *padding = mem_alloc((size_t)bytes + 1);
    memset(padding, 'x', (size_t)bytes);
    MHD_add_response_header(response, "X-Padding", padding);
    free(padding);
}

static void add_headers(
    struct server *server, struct MHD_Response *response, const struct reply *reply)
{
    char text[TIMES_SIZE];
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
    if (!reply->no_date) {
        times_http(sandbox_now(server->sandbox) + (instant)reply->date_skew * SECOND, text);
        MHD_add_response_header(response, MHD_HTTP_HEADER_DATE, text);
    }
    if (reply->retry_after >= 0) {
        str_print(text, sizeof text, "%d", reply->retry_after);
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, text);
    }
    if (reply->allow)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, reply->allow);
    if (reply->redirect[0])
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, reply->redirect);
    if (reply->header_bytes)
        add_padding(response, reply->header_bytes);
}

/* Dissolving the association sends a reset at once (connect(2), AF_UNSPEC), before the library
 * can say goodbye in order; where a system does not do that, not lingering makes the close a
 * reset. */
static void reset_connection(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct sockaddr none = {.sa_family = AF_UNSPEC};
    struct linger linger = {.l_onoff = 1};
    if (!info)
        return;
    setsockopt(info->connect_fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    connect(info->connect_fd, &none, sizeof none);
}

static enum MHD_Result send_reply(
    struct server *server, struct MHD_Connection *connection, struct reply *reply)
{
    if (reply->delay_ms && !wait_ms(server, reply->delay_ms))
        return MHD_NO;
    if (reply->ending == ENDING_RESET)
        reset_connection(connection);
    if (reply->ending != ENDING_ANSWER)
        return MHD_NO;
    struct MHD_Response *response = make_response(server, reply);
    if (!response)
        mem_exhausted();
    add_headers(server, response, reply);
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return result;
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result answer(struct server *server, struct MHD_Connection *connection,
    const char *method, struct incoming *incoming)
{
    struct reply reply;
    struct request request = {
        .method = method,
        .target = incoming->target,
        .body = incoming->discarded ? "" : str_text(&incoming->body),
        .length = incoming->body.length,
        .too_large = incoming->discarded > 0,
        .x_api_key = header(connection, "x-api-key"),
        .apikey = header(connection, "apikey"),
        .company_id = header(connection, "company-id"),
        .property_id = header(connection, "property-id"),
    };
    sandbox_handle(server->sandbox, &request, &reply);
    enum MHD_Result result = send_reply(server, connection, &reply);
    reply_finish(&reply);
    return result;
}

static bool take_body(struct incoming *incoming, const char *data, size_t size)
{
    if (incoming->discarded || incoming->body.length + size > LARGEST_REQUEST)
        incoming->discarded += size;
    else
        str_add_bytes(&incoming->body, data, size);
    return incoming->discarded < LARGEST_DISCARD;
}

/* Called once with the headers, once for each piece of the body, once at the end. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size, void **state)
{
    struct incoming *incoming = *state;
    (void)url;
    (void)version;
    if (!incoming)
        return MHD_NO;
    if (!incoming->begun) {
        incoming->begun = true;
        return MHD_YES;
    }
    if (*size == 0)
        return answer(context, connection, method, incoming);
    bool good = take_body(incoming, data, *size);
    *size = 0;
    return good ? MHD_YES : MHD_NO;
}

/* The first call of all: the target as it came, which the library takes apart afterwards. */
static void *on_target(void *context, const char *target, struct MHD_Connection *connection)
{
    (void)context;
    (void)connection;
    struct incoming *incoming = mem_alloc(sizeof *incoming);
    incoming->target = mem_text(target);
    return incoming;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode code)
{
    struct incoming *incoming = *state;
    (void)context;
    (void)connection;
    (void)code;
    if (!incoming)
        return;
    free(incoming->target);
    str_finish(&incoming->body);
    free(incoming);
    *state = NULL;
}

static struct addrinfo *look_up(const char *address, int port, struct error *error)
{
    char service[8];
    struct addrinfo hints = {
        .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    struct addrinfo *found = NULL;
    snprintf(service, sizeof service, "%d", port);
    int result = getaddrinfo(address, service, &hints, &found);
    if (result != 0)
        error_set(error, "%s: not an address such as 127.0.0.1 or ::1", address);
    return result == 0 ? found : NULL;
}

bool server_is_loopback(const char *address)
{
    struct addrinfo *found = look_up(address, 0, NULL);
    bool loopback = false;
    if (found && found->ai_family == AF_INET) {
        const struct sockaddr_in *in = (const void *)found->ai_addr;
        loopback = ntohl(in->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    } else if (found && found->ai_family == AF_INET6) {
        const struct sockaddr_in6 *in6 = (const void *)found->ai_addr;
        loopback = IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
    }
    if (found)
        freeaddrinfo(found);
    return loopback;
}

static int listen_on(const char *address, int port, struct error *error)
{
    struct addrinfo *found = look_up(address, port, error);
    if (!found)
        return -1;
    int on = 1;
    int fd = socket(found->ai_family, SOCK_STREAM, 0);
    bool good = fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
                setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0;
    if (!good) {
        error_set(error, "%s port %d: %s", address, port, strerror(errno));
        if (fd >= 0)
            close(fd);
    }
    freeaddrinfo(found);
    return good ? fd : -1;
}

static void write_url(struct server *server, const char *address, int fd)
{
    struct sockaddr_storage bound;
    socklen_t size = sizeof bound;
    char port[16] = "";
    bool six = strchr(address, ':') != NULL;
    if (getsockname(fd, (struct sockaddr *)&bound, &size) == 0)
        getnameinfo((struct sockaddr *)&bound, size, NULL, 0, port, sizeof port, NI_NUMERICSERV);
    str_print(server->url, sizeof server->url, "http://%s%s%s:%s", six ? "[" : "", address,
        six ? "]" : "", port);
}

static void ignore_log(void *context, const char *format, va_list args)
{
    (void)context;
    (void)format;
    (void)args;
}

static struct MHD_Daemon *start_daemon(struct server *server, int fd)
{
    return MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION |
                                MHD_USE_ERROR_LOG | MHD_USE_SUPPRESS_DATE_NO_CLOCK | MHD_USE_ITC,
        0, NULL, NULL, on_request, server, MHD_OPTION_EXTERNAL_LOGGER, ignore_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, on_target, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_END);
}

static bool open_pipe(int ends[2], struct error *error)
{
    if (pipe(ends) != 0)
        return error_set(error, "pipe: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

struct server *server_start(
    struct sandbox *sandbox, const char *address, int port, struct error *error)
{
    int stop[2];
    int fd = listen_on(address, port, error);
    if (fd < 0)
        return NULL;
    if (!open_pipe(stop, error)) {
        close(fd);
        return NULL;
    }
    struct server *server = mem_alloc(sizeof *server);
    *server = (struct server){.sandbox = sandbox, .stop = {stop[0], stop[1]}};
    write_url(server, address, fd);
    server->daemon = start_daemon(server, fd);
    if (server->daemon)
        return server;
    error_set(error, "%s: the HTTP server does not start", server->url);
    close(fd);
    server_stop(server);
    return NULL;
}

void server_stop(struct server *server)
{
    if (!server)
        return;
    close(server->stop[1]); /* wakes whoever waits: the pipe has come to its end */
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    close(server->stop[0]);
    free(server);
}

const char *server_url(const struct server *server)
{
    return server->url;
}
