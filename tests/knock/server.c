#include "server.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS = 64, REQUESTS = 256, DRIP_MILLISECONDS = 100 };

struct connection {
    int fd; /* -1 = free */
    bool mute;
    struct str input;
    const struct scene *drip; /* being sent, NULL = none */
    size_t sent;
};

struct script_server {
    const struct scene *scenes;
    size_t scene_count;
    int listener, port;
    int stop[2]; /* closed at its writing end to end the thread */
    pthread_t thread;
    struct connection connections[CONNECTIONS]; /* the thread's own */

    pthread_mutex_t lock; /* for everything below */
    size_t next_scene, accepted, gone, request_count;
    char *requests[REQUESTS];
};

static size_t scene_length(const struct scene *scene)
{
    return scene->length ? scene->length : strlen(scene->text);
}

static void send_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = send(fd, bytes, length, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* the other end had enough */
        bytes += n;
        length -= (size_t)n;
    }
}

static void send_scene(int fd, const struct scene *scene)
{
    char block[16384];
    memset(block, 'x', sizeof block);
    send_all(fd, scene->text, scene_length(scene));
    for (size_t left = scene->filler; left > 0;) {
        size_t n = left < sizeof block ? left : sizeof block;
        if (send(fd, block, n, MSG_NOSIGNAL) <= 0)
            return;
        left -= n;
    }
}

static void end_connection(struct script_server *server, struct connection *connection, bool reset)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    if (reset)
        setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(connection->fd);
    str_finish(&connection->input);
    *connection = (struct connection){.fd = -1};
    pthread_mutex_lock(&server->lock);
    server->gone++;
    pthread_mutex_unlock(&server->lock);
}

/* The length of the whole request at the beginning of the input, 0 while it is not all there. */
static size_t request_length(const struct str *input)
{
    const char *end = strstr(str_text(input), "\r\n\r\n");
    if (!end)
        return 0;
    size_t head = (size_t)(end - input->data) + 4;
    const char *named = strcasestr(input->data, "\r\nContent-Length:");
    size_t body = named && named < end ? strtoul(named + 17, NULL, 10) : 0;
    return input->length >= head + body ? head + body : 0;
}

static const struct scene *take_request(
    struct script_server *server, const char *text, size_t length)
{
    static const struct scene over = {.act = ACT_CLOSE};
    pthread_mutex_lock(&server->lock);
    if (server->request_count < REQUESTS)
        server->requests[server->request_count++] = mem_bytes(text, length);
    const struct scene *scene =
        server->next_scene < server->scene_count ? &server->scenes[server->next_scene++] : &over;
    pthread_mutex_unlock(&server->lock);
    return scene;
}

static void play(
    struct script_server *server, struct connection *connection, const struct scene *scene)
{
    switch (scene->act) {
    case ACT_ANSWER: send_scene(connection->fd, scene); break;
    case ACT_ANSWER_CLOSE:
        send_scene(connection->fd, scene);
        end_connection(server, connection, false);
        break;
    case ACT_CLOSE: end_connection(server, connection, false); break;
    case ACT_RESET: end_connection(server, connection, true); break;
    case ACT_DRIP: connection->drip = scene; break;
    default: break;
    }
}

static void read_connection(struct script_server *server, struct connection *connection)
{
    char bytes[16384];
    ssize_t n = recv(connection->fd, bytes, sizeof bytes, 0);
    if (n <= 0) {
        end_connection(server, connection, false);
        return;
    }
    str_add_bytes(&connection->input, bytes, (size_t)n);
    size_t length;
    while (connection->fd >= 0 && (length = request_length(&connection->input)) > 0) {
        struct str rest = {0};
        str_add_bytes(&rest, connection->input.data + length, connection->input.length - length);
        const struct scene *scene = take_request(server, connection->input.data, length);
        str_finish(&connection->input);
        connection->input = rest;
        play(server, connection, scene);
    }
}

/* The scene that is played at the moment in which a connection is made, if the next one is such. */
static enum act take_greeting(struct script_server *server)
{
    enum act act = ACT_ANSWER;
    pthread_mutex_lock(&server->lock);
    server->accepted++;
    if (server->next_scene < server->scene_count)
        act = server->scenes[server->next_scene].act;
    if (act == ACT_RESET_AT_ONCE || act == ACT_MUTE)
        server->next_scene++;
    pthread_mutex_unlock(&server->lock);
    return act;
}

static void accept_connection(struct script_server *server)
{
    int fd = accept(server->listener, NULL, NULL);
    struct connection *free_one = NULL;
    for (size_t i = 0; i < CONNECTIONS && !free_one; i++)
        if (server->connections[i].fd < 0)
            free_one = &server->connections[i];
    if (fd < 0 || !free_one)
        abort();
    free_one->fd = fd;
    enum act act = take_greeting(server);
    free_one->mute = act == ACT_MUTE;
    if (act == ACT_RESET_AT_ONCE)
        end_connection(server, free_one, true);
}

static void drip(struct connection *connection)
{
    const struct scene *scene = connection->drip;
    if (!scene || connection->sent >= scene_length(scene))
        return;
    send_all(connection->fd, scene->text + connection->sent++, 1);
}

static void *run(void *self)
{
    struct script_server *server = self;
    for (;;) {
        struct pollfd fds[CONNECTIONS + 2];
        for (size_t i = 0; i < CONNECTIONS; i++) {
            const struct connection *c = &server->connections[i];
            fds[i] = (struct pollfd){.fd = c->mute ? -1 : c->fd, .events = POLLIN};
        }
        fds[CONNECTIONS] = (struct pollfd){.fd = server->listener, .events = POLLIN};
        fds[CONNECTIONS + 1] = (struct pollfd){.fd = server->stop[0], .events = POLLIN};
        int ready = poll(fds, CONNECTIONS + 2, DRIP_MILLISECONDS);
        if (fds[CONNECTIONS + 1].revents)
            return NULL;
        for (size_t i = 0; i < CONNECTIONS; i++)
            if (ready == 0)
                drip(&server->connections[i]);
            else if (fds[i].revents)
                read_connection(server, &server->connections[i]);
        if (fds[CONNECTIONS].revents)
            accept_connection(server);
    }
}

struct script_server *server_create(const struct scene *scenes, size_t count)
{
    struct script_server *server = mem_alloc(sizeof *server);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    server->scenes = scenes;
    server->scene_count = count;
    for (size_t i = 0; i < CONNECTIONS; i++)
        server->connections[i].fd = -1;
    pthread_mutex_init(&server->lock, NULL);
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server->listener < 0 || pipe(server->stop) != 0 ||
        bind(server->listener, (struct sockaddr *)&address, size) != 0 ||
        listen(server->listener, CONNECTIONS) != 0 ||
        getsockname(server->listener, (struct sockaddr *)&address, &size) != 0 ||
        pthread_create(&server->thread, NULL, run, server) != 0)
        abort();
    server->port = ntohs(address.sin_port);
    return server;
}

void server_destroy(struct script_server *server)
{
    close(server->stop[1]);
    pthread_join(server->thread, NULL);
    close(server->stop[0]);
    close(server->listener);
    for (size_t i = 0; i < CONNECTIONS; i++)
        if (server->connections[i].fd >= 0)
            end_connection(server, &server->connections[i], false);
    for (size_t i = 0; i < server->request_count; i++)
        free(server->requests[i]);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

int server_port(const struct script_server *server)
{
    return server->port;
}

static size_t locked(struct script_server *server, const size_t *number)
{
    pthread_mutex_lock(&server->lock);
    size_t value = *number;
    pthread_mutex_unlock(&server->lock);
    return value;
}

size_t server_requests(struct script_server *server)
{
    return locked(server, &server->request_count);
}

size_t server_connections(struct script_server *server)
{
    return locked(server, &server->accepted);
}

size_t server_gone(struct script_server *server)
{
    return locked(server, &server->gone);
}

const char *server_request(struct script_server *server, size_t index)
{
    pthread_mutex_lock(&server->lock);
    const char *text = index < server->request_count ? server->requests[index] : "";
    pthread_mutex_unlock(&server->lock);
    return text;
}
