#include "command.h"

#include "tourdesk/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long to wait between two looks at a command that has closed its output but not ended. */
enum { LOOK_AGAIN = 10 };

/* The exit statuses that the shell itself gives. */
enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127 };

struct run {
    pid_t pid;
    int output;
    int timeout;      /* milliseconds */
    int64_t deadline; /* on the steady clock */
    struct clock clock;
};

static int left(const struct run *run)
{
    int64_t time = run->deadline - clock_steady(&run->clock);
    return time > 0 ? (int)time : 0;
}

/* A command that asks a question would take keys and screen from the program that runs it, and its
 * complaints could hold the key: so it gets a session of its own, which has no terminal, and its
 * error output is dropped. Signals that this program ignores or blocks are as usual for it. */
static int spawn(struct run *run, const char *command, int output)
{
    char shell[] = "/bin/sh", option[] = "-c";
    char *const arguments[] = {shell, option, (char *)command, NULL}; /* they are not changed */
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    int failure = posix_spawn(&run->pid, shell, &files, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return failure;
}

static bool start(struct run *run, const char *command, struct error *error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return error_set(error, "key_command could not be started: %s", strerror(errno));
    int failure = spawn(run, command, ends[1]);
    close(ends[1]);
    run->output = ends[0];
    if (failure == 0)
        return true;
    close(ends[0]);
    return error_set(error, "key_command could not be started: %s", strerror(failure));
}

static bool too_late(const struct run *run, struct error *error)
{
    return error_set(error, "key_command took longer than %d.%d seconds and was stopped",
        run->timeout / SECOND, run->timeout % SECOND / 100);
}

/* Everything it prints, up to the end; `*length` says how much. */
static bool collect(const struct run *run, char *out, size_t *length, struct error *error)
{
    while (*length < COMMAND_OUTPUT_MOST) {
        struct pollfd wait = {.fd = run->output, .events = POLLIN};
        int ready = poll(&wait, 1, left(run));
        if (ready == 0)
            return too_late(run, error);
        ssize_t n =
            ready > 0 ? read(run->output, out + *length, COMMAND_OUTPUT_MOST - *length) : -1;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set(error, "key_command could not be read: %s", strerror(errno));
        if (n == 0)
            return true;
        *length += (size_t)n;
    }
    return error_set(error, "key_command printed more than %d bytes", COMMAND_OUTPUT_MOST - 1);
}

static bool wait_for_end(struct run *run, int *status, struct error *error)
{
    for (;;) {
        pid_t ended = waitpid(run->pid, status, WNOHANG);
        if (ended == run->pid) {
            run->pid = 0;
            return true;
        }
        if (ended < 0 && errno != EINTR) {
            run->pid = 0;
            return error_set(error, "key_command cannot be waited for: %s", strerror(errno));
        }
        if (left(run) == 0)
            return too_late(run, error);
        poll(NULL, 0, LOOK_AGAIN);
    }
}

static bool ended_well(int status, struct error *error)
{
    if (WIFSIGNALED(status))
        return error_set(error, "key_command was ended by signal %d", WTERMSIG(status));
    switch (WEXITSTATUS(status)) {
    case 0: return true;
    case NOT_EXECUTABLE:
        return error_set(error, "key_command cannot be run (exit status %d)", NOT_EXECUTABLE);
    case NOT_FOUND:
        return error_set(
            error, "key_command names a program that is not there (exit status %d)", NOT_FOUND);
    default:
        return error_set(error,
            "key_command failed with exit status %d; run it in a shell to see why",
            WEXITSTATUS(status));
    }
}

static void stop(struct run *run)
{
    close(run->output);
    if (run->pid == 0)
        return;
    kill(-run->pid, SIGKILL);
    while (waitpid(run->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

bool command_first_line(
    const char *command, int timeout, char out[COMMAND_OUTPUT_MOST], struct error *error)
{
    struct run run = {.timeout = timeout, .clock = clock_system()};
    run.deadline = clock_steady(&run.clock) + timeout;
    size_t length = 0;
    int status = 0;
    if (!start(&run, command, error))
        return false;
    bool ok = collect(&run, out, &length, error) && wait_for_end(&run, &status, error);
    stop(&run);
    if (!ok || !ended_well(status, error))
        return false;
    if (length == COMMAND_OUTPUT_MOST || memchr(out, '\0', length))
        return error_set(error, "key_command printed something that is not a key");
    out[length] = '\0';
    out[strcspn(out, "\r\n")] = '\0';
    return true;
}
