#include "child.h"

#include "tourdesk/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static sig_atomic_t interrupted;

static void on_interrupt(int signal)
{
    interrupted = signal;
}

void child_watch(void)
{
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

bool child_interrupted(void)
{
    return interrupted != 0;
}

void child_become(const struct start *start, int in, int out, int err)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);
    bool ready = (in < 0 || dup2(in, STDIN_FILENO) >= 0) &&
                 (out < 0 || dup2(out, STDOUT_FILENO) >= 0) &&
                 (err < 0 || dup2(err, STDERR_FILENO) >= 0) && chdir(start->folder) == 0;
    if (ready)
        execve(start->program, start->arguments->items, start->environment->items);
    fprintf(stderr, "screentest: %s: %s\n", start->program, strerror(errno));
    _exit(127);
}

bool child_start(
    const struct start *start, int in, int out, int err, pid_t *pid, struct error *error)
{
    pid_t made = fork();
    if (made == 0)
        child_become(start, in, out, err);
    if (made < 0)
        return error_set(error, "fork: %s", strerror(errno));
    *pid = made;
    return true;
}

void child_end(pid_t pid)
{
    if (pid <= 0)
        return;
    kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

/* The first of our children that is still there, 0 if none is known. */
static pid_t any_child(void)
{
    char path[64];
    long pid = 0;
    snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%ld", &pid) != 1)
        pid = 0;
    if (file)
        fclose(file);
    return (pid_t)pid;
}

void child_end_all(void)
{
    for (pid_t pid; (pid = any_child()) > 0;)
        child_end(pid);
}

int child_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int64_t child_now(void)
{
    struct clock clock = clock_system();
    return clock_steady(&clock);
}

bool child_pipe(int ends[2], struct error *error)
{
    if (pipe2(ends, O_CLOEXEC) != 0)
        return error_set(error, "pipe: %s", strerror(errno));
    return true;
}
