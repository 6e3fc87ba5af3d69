#include "tourdesk/cli/practice.h"

#include "tourdesk/base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READY_MILLISECONDS = 15000 };

extern char **environ;

struct practice {
    pid_t pid;
    int leash; /* the sandbox ends when this is closed */
    bool own_folder;
    char folder[PATH_MAX];
    char config[PATH_MAX];
    char ledger[PATH_MAX];
};

const char *practice_config(const struct practice *practice)
{
    return practice->config;
}

const char *practice_ledger(const struct practice *practice)
{
    return practice->ledger;
}

/* --- folders ------------------------------------------------------------------------------------------------ */

static bool choose_folder(struct practice *practice, const char *folder, struct error *error)
{
    const char *temporary = getenv("TMPDIR");
    practice->own_folder = !folder;
    if (folder) {
        if (mkdir(folder, 0700) != 0 && errno != EEXIST)
            return error_set(error, "mkdir %s: %s", folder, strerror(errno));
        str_copy(practice->folder, sizeof practice->folder, folder);
    } else {
        str_print(practice->folder, sizeof practice->folder, "%s/tourdesk-practice-XXXXXX",
            temporary && *temporary ? temporary : "/tmp");
        if (!mkdtemp(practice->folder))
            return error_set(error, "mkdtemp %s: %s", practice->folder, strerror(errno));
    }
    return str_print(
               practice->config, sizeof practice->config, "%s/tourdesk.conf", practice->folder) &&
           str_print(practice->ledger, sizeof practice->ledger, "%s/ledger", practice->folder);
}

/* Removes the files of a folder that was made here, one level of folders deep. */
static void remove_folder(const char *path, int depth)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    while (folder && (entry = readdir(folder)) != NULL) {
        char inner[PATH_MAX];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            !str_print(inner, sizeof inner, "%s/%s", path, entry->d_name))
            continue;
        if (unlink(inner) != 0 && depth > 0)
            remove_folder(inner, depth - 1);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

/* --- the child ------------------------------------------------------------------------------------------------ */

/* Beside the running program, else by the PATH. */
static void find_sandbox(const char *program, char out[PATH_MAX])
{
    char real[PATH_MAX];
    str_copy(out, PATH_MAX, "tourdesk-sandbox");
    if (!program || !realpath(program, real))
        return;
    char *slash = strrchr(real, '/');
    *slash = '\0';
    char beside[PATH_MAX];
    if (str_print(beside, sizeof beside, "%s/tourdesk-sandbox", real) && access(beside, X_OK) == 0)
        str_copy(out, PATH_MAX, beside);
}

static bool spawn(struct practice *practice, const char *sandbox, const int in[2], const int out[2],
    struct error *error)
{
    char *arguments[] = {(char *)sandbox, "--until-eof", "--control", "--write-config",
        practice->config, "--data", practice->folder, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    int code = posix_spawnp(&practice->pid, sandbox, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return code == 0 || error_set(error, "%s: %s", sandbox, strerror(code));
}

static bool wait_ready(int fd, struct error *error)
{
    struct str said = {0};
    bool ready = false;
    for (;;) {
        struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
        char bytes[256];
        if (poll(&poll_fd, 1, READY_MILLISECONDS) <= 0)
            break;
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n <= 0)
            break;
        str_add_bytes(&said, bytes, (size_t)n);
        ready = strstr(str_text(&said), "listening on http") && strchr(str_text(&said), '\n');
        if (ready)
            break;
    }
    str_finish(&said);
    return ready || error_set(error, "the practice Knock did not start");
}

static bool start(struct practice *practice, const char *program, struct error *error)
{
    int in[2], out[2];
    char sandbox[PATH_MAX];
    if (pipe(in) != 0)
        return error_set(error, "pipe: %s", strerror(errno));
    if (pipe(out) != 0) {
        close(in[0]);
        close(in[1]);
        return error_set(error, "pipe: %s", strerror(errno));
    }
    fcntl(in[1], F_SETFD, FD_CLOEXEC);
    fcntl(out[0], F_SETFD, FD_CLOEXEC);
    find_sandbox(program, sandbox);
    bool ok = spawn(practice, sandbox, in, out, error);
    close(in[0]);
    close(out[1]);
    practice->leash = in[1];
    ok = ok && wait_ready(out[0], error);
    close(out[0]);
    return ok;
}

struct practice *practice_start(const char *program, const char *folder, struct error *error)
{
    struct practice *practice = mem_alloc(sizeof *practice);
    practice->leash = -1;
    if (choose_folder(practice, folder, error) && start(practice, program, error))
        return practice;
    practice_stop(practice);
    return NULL;
}

void practice_stop(struct practice *practice)
{
    if (!practice)
        return;
    if (practice->leash >= 0)
        close(practice->leash);
    if (practice->pid > 0) {
        kill(practice->pid, SIGTERM);
        while (waitpid(practice->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (practice->own_folder)
        remove_folder(practice->folder, 1);
    free(practice);
}
