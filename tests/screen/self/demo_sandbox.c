/* A small server that the harness is tested with: it is started and asked like the real sandbox. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct body {
    char text[256];
    size_t length;
};

static unsigned requests; /* asked for so far */

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned status, const char *text)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

/* GET count: how often anything was asked, so that it grows while it is waited for; POST echo: the
 * body. */
static enum MHD_Result handle(void *self, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size, void **state)
{
    char text[300];
    struct body *body = *state;
    (void)self;
    (void)version;
    if (!body) {
        *state = calloc(1, sizeof *body);
        return *state ? MHD_YES : MHD_NO;
    }
    if (*size > 0) {
        size_t room = sizeof body->text - 1 - body->length, n = *size < room ? *size : room;
        memcpy(body->text + body->length, data, n);
        body->length += n;
        *size = 0;
        return MHD_YES;
    }
    requests++;
    if (strcmp(method, "GET") == 0 && strcmp(url, "/_sandbox/count") == 0) {
        snprintf(text, sizeof text, "{\"count\":%u}", requests);
        return answer(connection, 200, text);
    }
    if (strcmp(method, "POST") == 0 && strcmp(url, "/_sandbox/echo") == 0)
        return answer(connection, 200, body->text);
    return answer(connection, 404, "{\"errorMessage\":\"not here\"}");
}

static void free_body(void *self, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode code)
{
    (void)self;
    (void)connection;
    (void)code;
    free(*state);
}

static const char *option(char **arguments, const char *name)
{
    for (; *arguments; arguments++)
        if (strcmp(*arguments, name) == 0)
            return arguments[1] ? arguments[1] : "";
    return NULL;
}

int main(int count, char **arguments)
{
    const char *port = option(arguments, "--port"), *config = option(arguments, "--write-config");
    (void)count;
    if (option(arguments, "--broken")) {
        printf("cannot start\n");
        return 1;
    }
    struct sockaddr_in address = {.sin_family = AF_INET,
        .sin_port = htons((unsigned short)strtoul(port ? port : "0", NULL, 10)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
        handle, NULL, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_NOTIFY_COMPLETED, free_body, NULL, MHD_OPTION_END);
    if (!daemon)
        return 1;
    unsigned bound = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    FILE *file = config ? fopen(config, "w") : NULL;
    if (file) {
        fprintf(file, "base_url = \"http://127.0.0.1:%u\";\n", bound);
        fclose(file);
    }
    printf("listening on http://127.0.0.1:%u\n", bound);
    fflush(stdout);
    for (char byte; option(arguments, "--until-eof") && read(STDIN_FILENO, &byte, 1) > 0;)
        continue;
    MHD_stop_daemon(daemon);
    return 0;
}
