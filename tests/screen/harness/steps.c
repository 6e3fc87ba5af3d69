#include "steps.h"

#include "diff.h"
#include "file.h"
#include "picture.h"
#include "svg.h"
#include "typing.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { QUIET = 20, SETTLED = 250 };

static bool shows(struct play *play, const void *text)
{
    return terminal_shows(play->terminal, text);
}

static bool shows_not(struct play *play, const void *text)
{
    return !terminal_shows(play->terminal, text);
}

static bool run_wait(struct play *play, const struct step *step, struct error *error)
{
    return play_until(play, shows, step->text) ||
           play_gave_up(play, "the text did not appear", error);
}

static bool run_gone(struct play *play, const struct step *step, struct error *error)
{
    return play_until(play, shows_not, step->text) ||
           play_gave_up(play, "the text did not go away", error);
}

static bool write_svg(struct play *play, const char *folder, const char *name, struct error *error)
{
    struct str path = {0};
    if (!folder)
        return true;
    str_addf(&path, "%s/%s.svg", folder, name);
    bool good = file_make_folder(folder, error) && svg_write(play->terminal, str_text(&path), name,
                                                       play->script.settings.light, error);
    str_finish(&path);
    return good;
}

static bool is_picture(struct play *play, const void *about)
{
    const struct step *step = about;
    const char *expected = screens_find(&play->expected, step->text);
    struct str actual = {0};
    picture_add(&actual, play->terminal, step->kind == STEP_ATTRS);
    bool same = expected && strcmp(str_text(&actual), expected) == 0;
    str_finish(&actual);
    return same;
}

/* Pumps until nothing has been said for a while: for pictures that nothing is known about. */
static void settle(struct play *play)
{
    int64_t limit = child_now() + play->options->limit, quiet = child_now();
    while (child_now() - quiet < SETTLED && child_now() < limit && !child_interrupted())
        if (terminal_pump(play->terminal, QUIET) || !terminal_idle(play->terminal))
            quiet = child_now();
}

static bool run_screen(struct play *play, const struct step *step, struct error *error)
{
    if (play->options->update) {
        settle(play);
    } else if (!screens_find(&play->expected, step->text)) {
        return error_set(
            error, "%s has no picture %s (--update adds it)", play->screen_path, step->text);
    } else if (!play_until(play, is_picture, step)) {
        return play_gave_up(play, "the screen was not as expected", error);
    }
    struct str picture = {0};
    picture_add(&picture, play->terminal, step->kind == STEP_ATTRS);
    screens_add(&play->seen, step->text, str_text(&picture));
    str_finish(&picture);
    return write_svg(play, play->options->pictures, step->text, error);
}

static bool run_picture(struct play *play, const struct step *step, struct error *error)
{
    settle(play);
    return write_svg(play, play->options->pictures, step->text, error);
}

static bool run_size(struct play *play, const struct step *step, struct error *error)
{
    (void)error;
    terminal_resize(play->terminal, step->first, step->second);
    return true;
}

static bool run_clock(struct play *play, const struct step *step, struct error *error)
{
    struct str request = {0}, answer = {0};
    bool good = play_set_clock(play, step->text, error);
    if (good && play->sandbox.pid != 0) {
        str_addf(&request, "PUT clock {\"now\":\"%s\"}", step->text);
        good = sandbox_request(
            &play->sandbox, str_text(&request), play->options->limit, &answer, error);
    }
    /* The program sleeps by the old time: a change of its window wakes it. */
    if (good && play->terminal && !play->may_end)
        terminal_signal(play->terminal, SIGWINCH);
    str_finish(&request);
    str_finish(&answer);
    return good;
}

static bool run_click(struct play *play, const struct step *step, struct error *error)
{
    return terminal_click(play->terminal, step->first - 1, step->second - 1) ||
           error_set(error, "the program has not asked for the mouse");
}

static bool run_wheel(struct play *play, const struct step *step, struct error *error)
{
    return terminal_wheel(
               play->terminal, step->kind == STEP_WHEEL_UP, step->first - 1, step->second - 1) ||
           error_set(error, "the program has not asked for the mouse");
}

static bool has_said(struct play *play, const void *text)
{
    return terminal_said(play->terminal, text);
}

static bool run_said(struct play *play, const struct step *step, struct error *error)
{
    return play_until(play, has_said, step->text) ||
           play_gave_up(play, "the program did not say it", error);
}

static bool run_unsaid(struct play *play, const struct step *step, struct error *error)
{
    return !has_said(play, step->text) || error_set(error, "the program has said it");
}

static bool has_all(const struct str *answer, const struct step *step, struct error *error)
{
    for (size_t i = 0; i < step->expects.count; i++)
        if (!strstr(str_text(answer), step->expects.items[i]))
            return error_set(
                error, "\"%s\" is not in: %s", step->expects.items[i], str_text(answer));
    return true;
}

/* A GET is asked again until its answer is as expected; all else is asked once. */
static bool run_sandbox(struct play *play, const struct step *step, struct error *error)
{
    bool repeat = strncmp(step->text, "GET ", 4) == 0, answered, good;
    int64_t until = child_now() + play->options->limit;
    do {
        struct str answer = {0};
        terminal_pump(play->terminal, QUIET);
        answered =
            sandbox_request(&play->sandbox, step->text, play->options->limit, &answer, error);
        good = answered && has_all(&answer, step, error);
        str_finish(&answer);
    } while (answered && !good && repeat && child_now() < until && !child_interrupted());
    return good;
}

static bool run_start_sandbox(struct play *play, const struct step *step, struct error *error)
{
    (void)step;
    if (play->sandbox.pid != 0)
        return error_set(error, "the sandbox runs already");
    return play_start_sandbox(play, error);
}

static bool run_stop_sandbox(struct play *play, const struct step *step, struct error *error)
{
    (void)step;
    if (play->sandbox.pid == 0)
        return error_set(error, "the sandbox does not run");
    sandbox_stop(&play->sandbox);
    return true;
}

/* Reads all that a command says, while the program in the terminal goes on. */
static bool read_output(struct play *play, int in, struct str *out)
{
    int64_t until = child_now() + play->options->limit;
    while (child_now() < until && !child_interrupted()) {
        struct pollfd line = {.fd = in, .events = POLLIN};
        char bytes[4096];
        terminal_pump(play->terminal, 0);
        if (poll(&line, 1, QUIET) <= 0)
            continue;
        ssize_t n = read(in, bytes, sizeof bytes);
        if (n <= 0)
            return true;
        str_add_bytes(out, bytes, (size_t)n);
    }
    return false;
}

static bool run_command(
    struct play *play, const struct start *start, struct str *out, int *status, struct error *error)
{
    int ends[2];
    pid_t pid;
    if (!child_pipe(ends, error))
        return false;
    bool good = child_start(start, -1, ends[1], ends[1], &pid, error);
    close(ends[1]);
    if (good) {
        good = read_output(play, ends[0], out) ||
               error_set(error, "the command did not end; it said: %s", str_text(out));
        if (!good)
            child_end(pid);
        else
            while (waitpid(pid, status, 0) < 0 && errno == EINTR)
                continue;
    }
    close(ends[0]);
    return good;
}

static bool run_shell(struct play *play, const struct step *step, struct error *error)
{
    struct texts arguments = {0}, environment = {0};
    struct str out = {0};
    int status = 0;
    texts_add(&arguments, "sh");
    texts_add(&arguments, "-c");
    texts_add(&arguments, step->text);
    texts_add_all(&environment, &play->environment);
    play_add_paths(play, &environment);
    struct start start = {"/bin/sh", &arguments, &environment, play->folder};
    bool good = run_command(play, &start, &out, &status, error);
    if (good && child_code(status) != step->status)
        good = error_set(error, "it ended with %d, not %d, and said: %s", child_code(status),
            step->status, str_text(&out));
    good = good && has_all(&out, step, error);
    texts_finish(&arguments);
    texts_finish(&environment);
    str_finish(&out);
    return good;
}

static bool run_kill(struct play *play, const struct step *step, struct error *error)
{
    if (terminal_ended(play->terminal))
        return play_gave_up(play, "there is no program to send a signal to", error);
    play->killed_by = step->first;
    terminal_signal(play->terminal, step->first);
    return true;
}

static bool has_ended(struct play *play, const void *about)
{
    (void)about;
    return terminal_ended(play->terminal);
}

static bool run_exit(struct play *play, const struct step *step, struct error *error)
{
    if (!play_until(play, has_ended, NULL))
        return play_gave_up(play, "the program did not end", error);
    if (terminal_code(play->terminal) != step->first)
        return error_set(
            error, "the program ended with %d, not %d", terminal_code(play->terminal), step->first);
    return play_check_end(play, error);
}

static bool is_restored(struct play *play, const void *left)
{
    (void)left;
    return terminal_restored(play->terminal, NULL);
}

static bool run_restored(struct play *play, const struct step *step, struct error *error)
{
    (void)step;
    return play_until(play, is_restored, NULL) || terminal_restored(play->terminal, error);
}

static bool run_restart(struct play *play, const struct step *step, struct error *error)
{
    (void)step;
    if (!play->checked)
        return error_set(error, "the program still runs: `exit` must come before `restart`");
    return play_start_program(play, error);
}

static bool (*const runs[STEP_KINDS])(
    struct play *play, const struct step *step, struct error *error) = {
    [STEP_KEYS] = run_keys,
    [STEP_PASTE] = run_paste,
    [STEP_EVERY_KEY] = run_every_key,
    [STEP_COUNT] = run_count,
    [STEP_WAIT] = run_wait,
    [STEP_GONE] = run_gone,
    [STEP_SCREEN] = run_screen,
    [STEP_ATTRS] = run_screen,
    [STEP_PICTURE] = run_picture,
    [STEP_SIZE] = run_size,
    [STEP_CLOCK] = run_clock,
    [STEP_CLICK] = run_click,
    [STEP_WHEEL_UP] = run_wheel,
    [STEP_WHEEL_DOWN] = run_wheel,
    [STEP_SAID] = run_said,
    [STEP_UNSAID] = run_unsaid,
    [STEP_SANDBOX] = run_sandbox,
    [STEP_START_SANDBOX] = run_start_sandbox,
    [STEP_STOP_SANDBOX] = run_stop_sandbox,
    [STEP_SHELL] = run_shell,
    [STEP_KILL] = run_kill,
    [STEP_EXIT] = run_exit,
    [STEP_RESTORED] = run_restored,
    [STEP_RESTART] = run_restart,
};

bool steps_run(struct play *play, const struct step *step, struct error *error)
{
    return runs[step->kind](play, step, error);
}

void steps_explain(struct play *play, const struct step *step, struct str *out)
{
    struct str actual = {0};
    struct error error = {""};
    const char *expected = NULL, *failures = play->options->failures;
    if (!play->terminal)
        return;
    bool picture = step && (step->kind == STEP_SCREEN || step->kind == STEP_ATTRS);
    if (picture)
        expected = screens_find(&play->expected, step->text);
    picture_add(&actual, play->terminal, picture && step->kind == STEP_ATTRS);
    if (expected) {
        str_addf(out, "--- expected %s\n+++ on the screen\n", step->text);
        diff_add(out, expected, str_text(&actual));
    } else {
        str_addf(out, "the screen was:\n%s", str_text(&actual));
    }
    str_finish(&actual);
    if (write_svg(play, failures, play->script.name, &error))
        str_addf(out, "as a picture: %s/%s.svg\n", failures, play->script.name);
    else
        str_addf(out, "%s\n", error.text);
}
