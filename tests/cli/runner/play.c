#include "play.h"

#include "file.h"

#include "tourdesk/base/mem.h"

#include <ctype.h>
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

/* --- names ------------------------------------------------------------------------------------ */

void play_set(struct play *play, const char *name, const char *value)
{
    int at = texts_find(&play->names, name);
    if (at >= 0) {
        free(play->values.items[at]);
        play->values.items[at] = mem_text(value);
        return;
    }
    texts_add(&play->names, name);
    texts_add(&play->values, value);
}

/* Appends what the name behind a dollar at `text` stands for; returns how long the name is, 0 for an
 * error. */
static size_t add_value(
    const struct play *play, const char *text, struct str *out, struct error *error)
{
    char name[64];
    size_t length = 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_')
        length++;
    if (!str_print(name, sizeof name, "%.*s", (int)length, text) || length == 0) {
        error_set(error, "a name must follow $ (write $$ for a dollar)");
        return 0;
    }
    int at = texts_find(&play->names, name);
    if (at < 0) {
        error_set(error, "$%s stands for nothing", name);
        return 0;
    }
    str_add(out, play->values.items[at]);
    return length;
}

/* Appends what stands at `*text`, a dollar, and moves behind it. */
static bool add_dollar(
    const struct play *play, const char **text, struct str *out, struct error *error)
{
    if ((*text)[1] == '$') {
        str_add_char(out, '$');
        *text += 2;
        return true;
    }
    size_t length = add_value(play, *text + 1, out, error);
    *text += 1 + length;
    return length > 0;
}

bool play_expand(const struct play *play, const char *text, struct str *out, struct error *error)
{
    while (*text)
        if (*text != '$')
            str_add_char(out, *text++);
        else if (!add_dollar(play, &text, out, error))
            return false;
    return true;
}

/* Appends what an escape at `*text`, a backslash, stands for and moves behind it. */
static bool add_escape(const char **text, struct str *out, struct error *error)
{
    static const char names[] = "nte\"\\", values[] = "\n\t\x1b\"\\";
    unsigned code;
    const char *found = (*text)[1] ? strchr(names, (*text)[1]) : NULL;
    if (found) {
        str_add_char(out, values[found - names]);
        *text += 2;
        return true;
    }
    if ((*text)[1] != 'x' || sscanf(*text + 2, "%2x", &code) != 1 || code == 0)
        return error_set(error, "\"%.4s\" is no escape", *text);
    str_add_char(out, (char)code);
    *text += 4;
    return true;
}

/* One word at `*text`, which is moved behind it. */
static bool add_word(
    const struct play *play, const char **text, struct str *word, struct error *error)
{
    bool good = true;
    for (bool quoted = false; good && **text && (quoted || !strchr(" \t", **text));)
        if (**text == '"') {
            quoted = !quoted;
            (*text)++;
        } else if (**text == '\\') {
            good = add_escape(text, word, error);
        } else if (**text == '$') {
            good = add_dollar(play, text, word, error);
        } else {
            str_add_char(word, *(*text)++);
        }
    return good;
}

bool play_words(const struct play *play, const char *text, struct texts *out, struct error *error)
{
    while (*(text += strspn(text, " \t"))) {
        struct str word = {0};
        bool good = add_word(play, &text, &word, error);
        if (good)
            texts_add(out, str_text(&word));
        str_finish(&word);
        if (!good)
            return false;
    }
    return true;
}

/* --- clocks ----------------------------------------------------------------------------------- */

bool play_read_time(const char *text, struct stamp from, struct stamp *out, struct error *error)
{
    static const struct {
        char letter;
        int64_t length;
    } units[] = {{'s', SECOND}, {'m', MINUTE}, {'h', HOUR}, {'d', 24 * (int64_t)HOUR}};
    long number;
    char digits[16], unit;
    if (sscanf(text, "%*[+-]%15[0-9]%c", digits, &unit) != 2)
        return stamp_parse(text, out, error);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].letter == unit && str_integer(digits, 0, 1000000, &number)) {
            *out = from;
            out->at += (*text == '-' ? -number : number) * units[i].length;
            return true;
        }
    return error_set(
        error, "\"%s\" is no time: 2026-11-23T14:07:00-08:00, +90s, -7m, +2h, +3d", text);
}

bool play_set_desk_clock(struct play *play, struct stamp time, struct error *error)
{
    char text[STAMP_SIZE];
    char *path = join(play->folder, "clock"), *fresh = join(play->folder, "clock.new");
    stamp_format(time, text);
    bool good = file_write(fresh, text, error) &&
                (rename(fresh, path) == 0 || error_set(error, "rename %s: failed", fresh));
    play->desk_time = time;
    free(path);
    free(fresh);
    return good;
}

/* --- what the programs see -------------------------------------------------------------------- */

void play_environment(struct play *play, const char *setting)
{
    size_t length = strcspn(setting, "=");
    for (size_t i = 0; i < play->environment.count; i++)
        if (strncmp(play->environment.items[i], setting, length) == 0 &&
            play->environment.items[i][length] == '=') {
            free(play->environment.items[i]);
            play->environment.items[i] = mem_text(setting);
            return;
        }
    texts_add(&play->environment, setting);
}

/* Sanitizers write their reports into files, so that they are found wherever they come from. */
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

static bool make_environment(struct play *play, struct error *error)
{
    static const char *const folders[][2] = {{"HOME", "home"}, {"TMPDIR", "tmp"},
        {"XDG_CONFIG_HOME", "config"}, {"XDG_STATE_HOME", "state"}};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *path = join(play->folder, folders[i][1]);
        bool good = file_make_folder(path, error);
        texts_addf(&play->environment, "%s=%s", folders[i][0], path);
        free(path);
        if (!good)
            return false;
    }
    texts_add(&play->environment, "PATH=/usr/local/bin:/usr/bin:/bin");
    texts_add(&play->environment, "LANG=C.UTF-8");
    texts_addf(&play->environment, "TOURDESK_CLOCK=@%s/clock", play->folder);
    const char *profile = getenv("GCOV_PREFIX");
    if (profile)
        texts_addf(&play->environment, "GCOV_PREFIX=%s", profile);
    add_sanitizers(play);
    for (size_t i = 0; i < play->script.settings.environment.count; i++) {
        struct str value = {0};
        bool good = play_expand(play, play->script.settings.environment.items[i], &value, error);
        play_environment(play, str_text(&value));
        str_finish(&value);
        if (!good)
            return false;
    }
    return true;
}

/* --- the sandbox ------------------------------------------------------------------------------ */

static void add_office(const struct play *play, struct texts *arguments)
{
    const char *office = play->script.settings.office;
    if (strcmp(office, "builtin") == 0)
        return;
    texts_add(arguments, "--office");
    texts_addf(arguments, "%s/%s", play->beside, office);
}

bool play_start_sandbox(struct play *play, struct error *error)
{
    struct texts arguments = {0};
    char time[STAMP_SIZE], *log = join(play->folder, "sandbox.log");
    char *kept = join(play->folder, "kept");
    stamp_format(play->time, time);
    const char *const fixed[] = {play->options->sandbox, "--control", "--until-eof", "--clock",
        time, "--clock-speed", "0", "--seed", "1", "--data", kept};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        texts_add(&arguments, fixed[i]);
    add_office(play, &arguments);
    if (!file_exists(play->config)) {
        texts_add(&arguments, "--write-config");
        texts_add(&arguments, play->config);
    }
    texts_add_all(&arguments, &play->script.settings.sandbox_arguments);
    struct start start = {play->options->sandbox, &arguments, &play->environment, play->folder};
    bool good = sandbox_start(&play->sandbox, &start, log, play->options->limit, error);
    const char *port = good ? strrchr(play->sandbox.url, ':') : NULL;
    play_set(play, "SANDBOX", play->sandbox.url);
    play_set(play, "PORT", port ? port + 1 : "");
    texts_finish(&arguments);
    free(log);
    free(kept);
    return good;
}

/* --- life ------------------------------------------------------------------------------------- */

static char *folder_of(const char *path)
{
    char *whole = realpath(path, NULL);
    if (!whole)
        return mem_text(".");
    *strrchr(whole, '/') = '\0';
    return whole;
}

static bool make_folder(struct play *play, struct error *error)
{
    play->folder = file_folder(error);
    if (!play->folder)
        return false;
    play->config = join(play->folder, "tourdesk.conf");
    play->data = join(play->folder, "data");
    play_set(play, "FOLDER", play->folder);
    play_set(play, "CONFIG", play->config);
    play_set(play, "DATA", play->data);
    play_set(play, "TOURDESK", play->options->program);
    return true;
}

bool play_init(
    struct play *play, const struct options *options, const char *path, struct error *error)
{
    *play = (struct play){.options = options, .beside = folder_of(path)};
    return script_read(&play->script, path, error) && make_folder(play, error) &&
           make_environment(play, error) &&
           stamp_parse(play->script.settings.clock, &play->time, error) &&
           play_set_desk_clock(play, play->time, error) &&
           (!play->script.settings.sandbox || play_start_sandbox(play, error));
}

void play_finish(struct play *play)
{
    sandbox_stop(&play->sandbox);
    child_end_all();
    for (size_t i = 0; i < play->listener_count; i++)
        close(play->listeners[i]);
    if (play->folder && !play->options->keep)
        file_remove_folder(play->folder);
    script_finish(&play->script);
    texts_finish(&play->environment);
    texts_finish(&play->names);
    texts_finish(&play->values);
    str_finish(&play->said);
    free(play->folder);
    free(play->config);
    free(play->data);
    free(play->beside);
}
