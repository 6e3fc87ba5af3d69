/* tourdesk-sandbox: reads its arguments, starts the sandbox, waits to be told to stop. */
#include "tourdesk/sandbox/options.h"
#include "tourdesk/sandbox/practice.h"
#include "tourdesk/sandbox/server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

static int complain(const struct error *error)
{
    fprintf(stderr, "tourdesk-sandbox: %s\n", error->text);
    return EXIT_USAGE;
}

static int print(struct str *text)
{
    fputs(str_text(text), stdout);
    str_finish(text);
    return fflush(stdout) == 0 ? 0 : 1;
}

static int signal_pipe[2] = {-1, -1};

static void on_signal(int number)
{
    int saved = errno;
    char byte = (char)number;
    if (write(signal_pipe[1], &byte, 1) < 0)
        _exit(1);
    errno = saved;
}

static bool catch_signals(struct error *error)
{
    struct sigaction stop = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    if (pipe(signal_pipe) != 0)
        return error_set(error, "pipe: %s", strerror(errno));
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    return true;
}

/* True once standard input has come to its end. */
static bool input_ended(void)
{
    char block[512];
    ssize_t n = read(STDIN_FILENO, block, sizeof block);
    return n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
}

static void wait_for_end(bool until_eof)
{
    struct pollfd fds[] = {
        {.fd = signal_pipe[0], .events = POLLIN},
        {.fd = until_eof ? STDIN_FILENO : -1, .events = POLLIN},
    };
    for (;;) {
        if (poll(fds, sizeof fds / sizeof *fds, -1) < 0 && errno != EINTR)
            return;
        if (fds[0].revents)
            return;
        if (fds[1].revents && input_ended())
            return;
    }
}

static bool read_faults(const struct options *options, struct faults *faults, struct error *error)
{
    for (size_t i = 0; i < options->fault_count; i++)
        if (!faults_add(faults, options->faults[i], error))
            return error_prefix(error, "--fault %s", options->faults[i]);
    return !options->faults_file || faults_read(faults, options->faults_file, error);
}

struct config_order {
    const struct options *options;
    const char *url;
    struct error *error;
    bool good;
};

static void write_config(const struct office *office, void *context)
{
    struct config_order *order = context;
    order->good = practice_write(order->options->write_config, office, order->url, order->error);
}

static bool announce(
    struct sandbox *sandbox, const struct options *options, const char *url, struct error *error)
{
    struct config_order order = {options, url, error, true};
    if (options->write_config)
        sandbox_with_office(sandbox, write_config, &order);
    if (!order.good)
        return false;
    if (!server_is_loopback(options->listen))
        fprintf(stderr,
            "tourdesk-sandbox: warning: %s can be reached from other machines, with keys that "
            "everybody knows\n",
            options->listen);
    printf("listening on %s\n", url);
    return fflush(stdout) == 0 || error_set(error, "standard output: %s", strerror(errno));
}

static int serve(struct sandbox *sandbox, const struct options *options)
{
    struct error error;
    if (!catch_signals(&error))
        return complain(&error);
    struct server *server = server_start(sandbox, options->listen, options->port, &error);
    if (!server)
        return complain(&error);
    bool good = announce(sandbox, options, server_url(server), &error);
    if (good)
        wait_for_end(options->until_eof);
    server_stop(server);
    return good ? 0 : complain(&error);
}

static int run(const struct options *options)
{
    struct error error;
    bool check = options->action == OPTIONS_CHECK;
    struct sandbox_settings settings = {
        .folder = check ? NULL : options->data, /* a check leaves nothing behind */
        .office_file = options->office,
        .source = clock_system(),
        .clock_at = options->clock_at,
        .speed = options->speed,
        .seed = (uint64_t)options->seed,
        .control = options->control,
    };
    if (!read_faults(options, &settings.faults, &error)) {
        faults_clear(&settings.faults);
        return complain(&error);
    }
    struct sandbox *sandbox = sandbox_create(&settings, &error);
    if (!sandbox)
        return complain(&error);
    int code = check ? 0 : serve(sandbox, options);
    sandbox_destroy(sandbox);
    return code;
}

int main(int argc, char **argv)
{
    struct options options;
    struct error error;
    struct str text = {0};
    int code;
    if (!options_read(&options, argc, argv, &error)) {
        code = complain(&error);
    } else if (options.action == OPTIONS_HELP) {
        options_help(&text);
        code = print(&text);
    } else if (options.action == OPTIONS_VERSION) {
        str_add(&text, "tourdesk-sandbox " TOURDESK_VERSION "\n");
        code = print(&text);
    } else {
        code = run(&options);
    }
    options_finish(&options);
    return code;
}
