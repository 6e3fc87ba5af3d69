#include "tourdesk/worker/worker.h"

#include "tourdesk/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct command_node {
    struct command *command;
    struct command_node *next;
};

struct report_node {
    struct report *report;
    struct report_node *next;
};

struct worker {
    struct core_settings settings;
    pthread_t thread;
    int wake[2]; /* a byte in it means: look at the reports */

    pthread_mutex_t lock; /* for everything below */
    struct command_node *commands, **commands_end;
    struct report_node *reports, **reports_end;
    bool stopping;
    int64_t grace_until; /* steady time */
    bool idle;           /* nothing left to do for what was asked */
};

/* --- queues -------------------------------------------------------------------------------- */

static void signal_reader(struct worker *worker)
{
    ssize_t n;
    do
        n = write(worker->wake[1], "", 1);
    while (n < 0 && errno == EINTR);
    /* A full pipe wakes the reader as well as another byte would. */
}

static void put_report(void *self, struct report *report)
{
    struct worker *worker = self;
    struct report_node *node = mem_alloc(sizeof *node);
    node->report = report;
    pthread_mutex_lock(&worker->lock);
    *worker->reports_end = node;
    worker->reports_end = &node->next;
    pthread_mutex_unlock(&worker->lock);
    signal_reader(worker);
}

static struct command *next_command(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    struct command_node *node = worker->commands;
    struct command *command = NULL;
    if (node) {
        command = node->command;
        worker->commands = node->next;
        if (!worker->commands)
            worker->commands_end = &worker->commands;
    }
    pthread_mutex_unlock(&worker->lock);
    free(node);
    return command;
}

void worker_submit(struct worker *worker, struct command *command)
{
    struct command_node *node = mem_alloc(sizeof *node);
    node->command = command;
    pthread_mutex_lock(&worker->lock);
    *worker->commands_end = node;
    worker->commands_end = &node->next;
    worker->idle = false;
    pthread_mutex_unlock(&worker->lock);
    transport_wake(worker->settings.transport);
}

struct report *worker_take(struct worker *worker)
{
    struct report *report = NULL;
    pthread_mutex_lock(&worker->lock);
    struct report_node *node = worker->reports;
    if (node) {
        report = node->report;
        worker->reports = node->next;
        if (!worker->reports)
            worker->reports_end = &worker->reports;
    }
    pthread_mutex_unlock(&worker->lock);
    free(node);
    if (!report) {
        char bytes[64];
        while (read(worker->wake[0], bytes, sizeof bytes) > 0)
            continue;
        /* One may have come between the look and the emptying: its byte is gone, so look again. */
        pthread_mutex_lock(&worker->lock);
        bool more = worker->reports != NULL;
        pthread_mutex_unlock(&worker->lock);
        return more ? worker_take(worker) : NULL;
    }
    return report;
}

int worker_fd(const struct worker *worker)
{
    return worker->wake[0];
}

struct report *worker_wait(struct worker *worker)
{
    for (;;) {
        struct report *report = worker_take(worker);
        if (report)
            return report;
        /* Taking has emptied the pipe: what its bytes stood for is looked up after that, or it would be missed. */
        pthread_mutex_lock(&worker->lock);
        bool more = worker->reports != NULL, idle = worker->idle;
        pthread_mutex_unlock(&worker->lock);
        if (more)
            continue;
        if (idle)
            return NULL;
        struct pollfd poll_fd = {.fd = worker->wake[0], .events = POLLIN};
        if (poll(&poll_fd, 1, -1) < 0 && errno != EINTR)
            return NULL;
    }
}

/* --- the thread ---------------------------------------------------------------------------- */

/* True when the thread should end: it was asked to, everything that was handed over is taken, and what is on
 * the wire is through or out of time. */
static bool should_end(struct worker *worker, const struct core *core, int64_t *wait)
{
    pthread_mutex_lock(&worker->lock);
    bool stopping = worker->stopping, more = worker->commands != NULL;
    int64_t left = worker->grace_until - clock_steady(&worker->settings.clock);
    pthread_mutex_unlock(&worker->lock);
    if (!stopping)
        return false;
    if (more) { /* one came between the look for commands and the word to stop */
        *wait = 0;
        return false;
    }
    if (*wait < 0 || left < *wait)
        *wait = left;
    return left <= 0 || !core_sending(core);
}

static void publish_idle(struct worker *worker, bool idle)
{
    pthread_mutex_lock(&worker->lock);
    bool news = idle && !worker->idle && !worker->commands;
    if (news)
        worker->idle = true;
    pthread_mutex_unlock(&worker->lock);
    if (news)
        signal_reader(worker);
}

static void *run(void *self)
{
    struct worker *worker = self;
    struct core *core = core_create(&worker->settings);
    for (;;) {
        struct command *command;
        while ((command = next_command(worker)) != NULL)
            core_take(core, command);
        int64_t wait = core_turn(core);
        if (should_end(worker, core, &wait))
            break;
        publish_idle(worker, !core_busy(core));
        if (wait != 0)
            transport_wait(worker->settings.transport, wait);
    }
    core_destroy(core);
    return NULL;
}

/* --- life ---------------------------------------------------------------------------------- */

static bool start_thread(struct worker *worker, struct error *error)
{
    /* Signals are the main thread's business. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int code = pthread_create(&worker->thread, NULL, run, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code == 0 || error_set(error, "the background thread cannot start: %s", strerror(code));
}

struct worker *worker_create(const struct core_settings *settings, struct error *error)
{
    struct worker *worker = mem_alloc(sizeof *worker);
    worker->settings = *settings;
    worker->settings.tell = put_report;
    worker->settings.self = worker;
    worker->commands_end = &worker->commands;
    worker->reports_end = &worker->reports;
    pthread_mutex_init(&worker->lock, NULL);
    if (pipe(worker->wake) != 0) {
        error_set(error, "pipe: %s", strerror(errno));
        free(worker);
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(worker->wake[i], F_SETFD, FD_CLOEXEC);
        fcntl(worker->wake[i], F_SETFL, O_NONBLOCK);
    }
    if (start_thread(worker, error))
        return worker;
    close(worker->wake[0]);
    close(worker->wake[1]);
    free(worker);
    return NULL;
}

void worker_destroy(struct worker *worker, int64_t grace)
{
    if (!worker)
        return;
    pthread_mutex_lock(&worker->lock);
    worker->stopping = true;
    worker->grace_until = clock_steady(&worker->settings.clock) + grace;
    pthread_mutex_unlock(&worker->lock);
    transport_wake(worker->settings.transport);
    pthread_join(worker->thread, NULL);
    struct report *report;
    while ((report = worker_take(worker)) != NULL)
        report_destroy(report);
    struct command *command;
    while ((command = next_command(worker)) != NULL)
        command_destroy(command);
    pthread_mutex_destroy(&worker->lock);
    close(worker->wake[0]);
    close(worker->wake[1]);
    free(worker);
}
