#include "play.h"

#include "file.h"

#include "tourdesk/base/mem.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *join(const char *folder, const char *name)
{
    struct str path = {0};
    str_addf(&path, "%s/%s", folder, name);
    return str_take(&path);
}

/* Puts the folder's path where `text` says $FOLDER. */
static char *with_folder(const struct play *play, const char *text)
{
    static const char name[] = "$FOLDER";
    struct str out = {0};
    for (const char *found; (found = strstr(text, name)); text = found + sizeof name - 1) {
        str_add_bytes(&out, text, (size_t)(found - text));
        str_add(&out, play->folder);
    }
    str_add(&out, text);
    return str_take(&out);
}

static void add_with_folder(const struct play *play, struct texts *out, const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        char *text = with_folder(play, texts->items[i]);
        texts_add(out, text);
        free(text);
    }
}

/* Sanitizers write their reports into files: on the alternate screen they would be lost. */
static void add_sanitizers(struct play *play)
{
    static const char *const names[] = {
        "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *given = getenv(names[i]);
        texts_addf(&play->environment, "%s=%s%slog_path=%s/sanitizer", names[i], given ? given : "",
            given && *given ? ":" : "", play->folder);
    }
}

bool play_set_clock(struct play *play, const char *time, struct error *error)
{
    char *path = join(play->folder, "clock"), *fresh = join(play->folder, "clock.new");
    bool good = file_write(fresh, time, error) &&
                (rename(fresh, path) == 0 || error_set(error, "rename %s: failed", fresh));
    str_clear(&play->time);
    str_add(&play->time, time);
    free(path);
    free(fresh);
    return good;
}

static void make_environment(struct play *play)
{
    const struct settings *settings = &play->script.settings;
    static const char *const folders[][2] = {{"HOME", "home"}, {"TMPDIR", "tmp"},
        {"XDG_CONFIG_HOME", "config"}, {"XDG_STATE_HOME", "state"}, {"XDG_DATA_HOME", "share"},
        {"XDG_CACHE_HOME", "cache"}, {"XDG_RUNTIME_DIR", "run"}};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *path = join(play->folder, folders[i][1]);
        file_make_folder(path, NULL);
        texts_addf(&play->environment, "%s=%s", folders[i][0], path);
        free(path);
    }
    texts_add(&play->environment, "PATH=/usr/local/bin:/usr/bin:/bin");
    texts_add(&play->environment, "LANG=C.UTF-8");
    texts_addf(&play->environment, "TERM=%s", settings->terminal);
    texts_addf(&play->environment, "TOURDESK_CLOCK=@%s/clock", play->folder);
    if (!settings->colours)
        texts_add(&play->environment, "NO_COLOR=1");
    add_sanitizers(play);
    add_with_folder(play, &play->environment, &settings->environment);
}

bool play_start_sandbox(struct play *play, struct error *error)
{
    const struct settings *settings = &play->script.settings;
    struct texts arguments = {0};
    char *log = join(play->folder, "sandbox.log");
    const char *const fixed[] = {play->options->sandbox, "--control", "--until-eof", "--clock",
        str_text(&play->time), "--clock-speed", "0", "--seed", "1"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        texts_add(&arguments, fixed[i]);
    if (!file_exists(play->config)) {
        texts_add(&arguments, "--write-config");
        texts_add(&arguments, play->config);
    }
    add_with_folder(play, &arguments, &settings->sandbox_arguments);
    struct start start = {play->options->sandbox, &arguments, &play->environment, play->folder};
    bool good = sandbox_start(&play->sandbox, &start, log, play->options->limit, error);
    texts_finish(&arguments);
    free(log);
    return good;
}

void play_add_paths(const struct play *play, struct texts *environment)
{
    texts_addf(environment, "TOURDESK=%s", play->options->program);
    texts_addf(environment, "CONFIG=%s", play->config);
    texts_addf(environment, "DATA=%s", play->data);
    texts_addf(environment, "FOLDER=%s", play->folder);
    texts_addf(environment, "SANDBOX=%s", play->sandbox.url);
}

static bool start_in_terminal(struct play *play, const struct start *start, struct error *error)
{
    const struct settings *settings = &play->script.settings;
    terminal_destroy(play->terminal);
    play->terminal = terminal_create(start, settings->rows, settings->columns, error);
    play->may_end = play->checked = false;
    play->killed_by = 0;
    return play->terminal != NULL;
}

/* A shell that minds jobs, so that the program can be put to sleep and woken. */
static bool start_shell(struct play *play, struct error *error)
{
    struct texts arguments = {0}, environment = {0};
    texts_add(&arguments, "sh");
    texts_add(&arguments, "-i");
    texts_add_all(&environment, &play->environment);
    texts_add(&environment, "PS1=shell> ");
    play_add_paths(play, &environment);
    struct start start = {"/bin/sh", &arguments, &environment, play->folder};
    bool good = start_in_terminal(play, &start, error);
    texts_finish(&arguments);
    texts_finish(&environment);
    return good;
}

bool play_start_program(struct play *play, struct error *error)
{
    struct texts arguments = {0};
    const char *const fixed[] = {
        play->options->program, "--config", play->config, "--data", play->data};
    if (play->script.settings.shell)
        return start_shell(play, error);
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        texts_add(&arguments, fixed[i]);
    add_with_folder(play, &arguments, &play->script.settings.arguments);
    struct start start = {play->options->program, &arguments, &play->environment, play->folder};
    bool good = start_in_terminal(play, &start, error);
    texts_finish(&arguments);
    return good;
}

static char *screen_path(const char *script_path)
{
    struct str path = {0};
    const char *dot = strrchr(script_path, '.');
    str_add_bytes(&path, script_path, dot ? (size_t)(dot - script_path) : strlen(script_path));
    str_add(&path, ".screen");
    return str_take(&path);
}

bool play_init(
    struct play *play, const struct options *options, const char *path, struct error *error)
{
    *play = (struct play){.options = options, .screen_path = screen_path(path)};
    if (!script_read(&play->script, path, error) ||
        !screens_read(&play->expected, play->screen_path, error))
        return false;
    play->folder = file_folder(error);
    if (!play->folder)
        return false;
    play->config = join(play->folder, "tourdesk.conf");
    play->data = join(play->folder, "data");
    make_environment(play);
    if (!play_set_clock(play, play->script.settings.clock, error))
        return false;
    if (play->script.settings.sandbox && !play_start_sandbox(play, error))
        return false;
    return file_append(play->config, str_text(&play->script.settings.config), error) &&
           play_start_program(play, error);
}

void play_finish(struct play *play)
{
    terminal_destroy(play->terminal);
    sandbox_stop(&play->sandbox);
    child_end_all();
    if (play->folder && !play->options->keep)
        file_remove_folder(play->folder);
    script_finish(&play->script);
    screens_finish(&play->expected);
    screens_finish(&play->seen);
    texts_finish(&play->environment);
    str_finish(&play->time);
    free(play->screen_path);
    free(play->folder);
    free(play->config);
    free(play->data);
}

bool play_until(
    struct play *play, bool (*holds)(struct play *play, const void *about), const void *about)
{
    enum { QUIET = 20 };
    int64_t until = child_now() + play->options->limit;
    while (child_now() < until && !child_interrupted()) {
        bool ended = terminal_ended(play->terminal);
        if (!ended && (terminal_pump(play->terminal, QUIET) || !terminal_idle(play->terminal)))
            continue;
        if (holds(play, about))
            return true;
        if (ended)
            return false;
    }
    return false;
}

bool play_gave_up(struct play *play, const char *what, struct error *error)
{
    if (child_interrupted())
        return error_set(error, "interrupted");
    if (terminal_ended(play->terminal) && !play->may_end)
        return error_set(
            error, "the program ended with %d; %s", terminal_code(play->terminal), what);
    if (terminal_ended(play->terminal))
        return error_set(error, "%s", what);
    return error_set(error, "%s within %lld s", what, (long long)(play->options->limit / 1000));
}

bool play_check_end(struct play *play, struct error *error)
{
    struct str report = {0};
    play->may_end = play->checked = true;
    file_read_all(&report, play->folder, "sanitizer");
    bool clean = report.length == 0;
    if (!clean)
        error_set(error, "a sanitizer reports:\n%s", report.data);
    str_finish(&report);
    if (!clean || play->killed_by == SIGKILL)
        return clean;
    return terminal_restored(play->terminal, error);
}

static bool has_ended(struct play *play, const void *about)
{
    (void)about;
    return terminal_ended(play->terminal);
}

bool play_end_program(struct play *play, struct error *error)
{
    if (play->checked)
        return true;
    if (!terminal_ended(play->terminal)) {
        play->killed_by = SIGTERM;
        terminal_signal(play->terminal, SIGTERM);
    } else if (!play->may_end) {
        return error_set(error, "the program ended with %d and no step expects it",
            terminal_code(play->terminal));
    }
    if (!play_until(play, has_ended, NULL))
        return play_gave_up(play, "the program did not end on SIGTERM", error);
    return play_check_end(play, error);
}
