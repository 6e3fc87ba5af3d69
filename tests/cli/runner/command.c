#include "command.h"

#include "log.h"

#include "tourdesk/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STEP = 10 }; /* milliseconds between two looks at what else is waited for */

/* --- what is started -------------------------------------------------------------------------- */

static bool has_option(const struct texts *words, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < words->count; i++)
        if (strncmp(words->items[i], name, length) == 0 && strchr("=", words->items[i][length]))
            return true;
    return false;
}

/* The words of a `$` or `bare` line: the first must be "tourdesk". */
static bool make_words(
    struct command *command, const struct play *play, struct texts *words, struct error *error)
{
    const struct step *step = command->step;
    if (step->kind == STEP_SHELL) {
        texts_add(words, "sh");
        texts_add(words, "-c");
        texts_add(words, step->text);
        return true;
    }
    if (!play_words(play, step->text, words, error))
        return false;
    if (words->count == 0 || strcmp(words->items[0], "tourdesk") != 0)
        return error_set(error, "only tourdesk can be run; use shell for all else");
    command->json = texts_find(words, "--json") > 0;
    if (step->kind == STEP_BARE)
        return true;
    if (!has_option(words, "--config")) {
        texts_add(words, "--config");
        texts_add(words, play->config);
    }
    if (!has_option(words, "--data")) {
        texts_add(words, "--data");
        texts_add(words, play->data);
    }
    return true;
}

/* A shell command sees every name as a variable. */
static void make_environment(
    const struct command *command, const struct play *play, struct texts *out)
{
    texts_add_all(out, &play->environment);
    if (command->step->kind != STEP_SHELL)
        return;
    for (size_t i = 0; i < play->names.count; i++)
        texts_addf(out, "%s=%s", play->names.items[i], play->values.items[i]);
}

static bool make_input(struct command *command, const struct play *play, struct error *error)
{
    bool good = true;
    for (size_t i = 0; good && i < command->step->count; i++) {
        const struct note *note = &command->step->notes[i];
        if (note->kind != NOTE_STDIN && note->kind != NOTE_LINE)
            continue;
        if (note->kind == NOTE_LINE)
            str_add_char(&command->input, '\n');
        good = play_expand(play, note->text, &command->input, error);
    }
    return good;
}

/* "METHOD PATH" behind `interrupt` and `kill`. */
static bool make_signal(struct command *command, struct play *play, struct error *error)
{
    const struct note *note = step_note(command->step, NOTE_INTERRUPT);
    command->signal = note ? SIGINT : SIGKILL;
    if (!note)
        note = step_note(command->step, NOTE_KILL);
    if (!note) {
        command->signal = 0;
        return true;
    }
    struct texts words = {0};
    bool good = play_words(play, note->text, &words, error);
    if (good &&
        (words.count != 2 || !str_copy(command->method, sizeof command->method, words.items[0]) ||
            !str_copy(command->path, sizeof command->path, words.items[1])))
        good = error_set(error, "a request reads METHOD PATH");
    texts_finish(&words);
    return good && log_count(play, command->method, command->path, &command->already, NULL, error);
}

/* --- starting --------------------------------------------------------------------------------- */

static bool open_pipes(struct command *command, int child[3], struct error *error)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
    bool good = child_pipe(in, error) && child_pipe(out, error) && child_pipe(err, error);
    command->in = in[1];
    command->out = out[0];
    command->err = err[0];
    child[0] = in[0];
    child[1] = out[1];
    child[2] = err[1];
    if (good)
        fcntl(command->in, F_SETFL, O_NONBLOCK);
    return good;
}

static bool spawn(struct command *command, const struct play *play, struct error *error)
{
    struct texts words = {0}, environment = {0};
    int child[3];
    bool shell = command->step->kind == STEP_SHELL;
    make_environment(command, play, &environment);
    bool good = make_words(command, play, &words, error) && open_pipes(command, child, error);
    if (good) {
        struct start start = {
            shell ? "/bin/sh" : play->options->program, &words, &environment, play->folder};
        good = child_start(&start, child[0], child[1], child[2], &command->pid, error);
        for (int i = 0; i < 3; i++)
            close(child[i]);
    }
    texts_finish(&words);
    texts_finish(&environment);
    return good;
}

bool command_start(
    struct command *command, struct play *play, const struct step *step, struct error *error)
{
    *command = (struct command){.step = step, .in = -1, .out = -1, .err = -1};
    return make_input(command, play, error) && make_signal(command, play, error) &&
           spawn(command, play, error);
}

/* --- running ---------------------------------------------------------------------------------- */

static void shut(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void feed(struct command *command)
{
    size_t left = command->input.length - command->written;
    if (command->in < 0)
        return;
    ssize_t n = left ? write(command->in, command->input.data + command->written, left) : 0;
    if (n > 0)
        command->written += (size_t)n;
    bool later = n < 0 && (errno == EAGAIN || errno == EINTR);
    if (!later && (n < 0 || command->written == command->input.length))
        shut(&command->in);
}

static void take(int *fd, struct str *out)
{
    char bytes[8192];
    ssize_t n = read(*fd, bytes, sizeof bytes);
    if (n > 0)
        str_add_bytes(out, bytes, (size_t)n);
    else if (n == 0 || errno != EINTR)
        shut(fd);
}

/* Takes what there is to take; false once nothing more can come. */
static bool pump(struct command *command)
{
    feed(command);
    struct pollfd ends[] = {
        {.fd = command->out, .events = POLLIN}, {.fd = command->err, .events = POLLIN}};
    if (poll(ends, 2, STEP) > 0) {
        if (ends[0].revents)
            take(&command->out, &command->said);
        if (ends[1].revents)
            take(&command->err, &command->complained);
    }
    return command->out >= 0 || command->err >= 0;
}

/* Sends the signal once the request has come in. */
static bool send_signal(struct command *command, struct play *play, struct error *error)
{
    size_t now;
    if (!command->signal)
        return true;
    if (!log_count(play, command->method, command->path, &now, NULL, error))
        return false;
    if (now > command->already) {
        kill(command->pid, command->signal);
        command->signal = 0;
    }
    return true;
}

static void reap(struct command *command)
{
    int status = 0;
    while (waitpid(command->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    command->pid = 0;
    command->ended = true;
    command->code = child_code(status);
}

/* The clock goes on while a command runs, where the script says so. */
static bool tick(struct play *play, int64_t *since, struct error *error)
{
    struct stamp later = play->desk_time;
    int64_t now = child_now(), passed = (now - *since) / SECOND * SECOND;
    if (!play->script.settings.ticking || passed == 0)
        return true;
    *since += passed;
    later.at += passed;
    return play_set_desk_clock(play, later, error);
}

bool command_wait(struct command *commands, size_t count, struct play *play, struct error *error)
{
    int64_t since = child_now(), until = since + play->options->limit;
    for (size_t left = count; left > 0;) {
        left = 0;
        for (size_t i = 0; i < count; i++) {
            struct command *command = &commands[i];
            if (command->ended)
                continue;
            if (!pump(command))
                reap(command);
            else if (!send_signal(command, play, error))
                return false;
            left += !command->ended;
        }
        if (!tick(play, &since, error))
            return false;
        if (child_interrupted() || child_now() > until)
            return error_set(error, "the command did not end within %lld s",
                (long long)(play->options->limit / SECOND));
    }
    return true;
}

void command_finish(struct command *command)
{
    child_end(command->pid);
    shut(&command->in);
    shut(&command->out);
    shut(&command->err);
    str_finish(&command->input);
    str_finish(&command->said);
    str_finish(&command->complained);
}
