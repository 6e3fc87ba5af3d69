#include "script.h"

#include "file.h"
#include "keys.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* What a step's word is followed by. */
enum argument {
    NOTHING,
    TEXT,
    NAME,   /* of a picture: must be new */
    KEYS,   /* must be keys there are */
    PAIR,   /* two numbers around an x or a comma */
    CODE,   /* an exit code */
    SIGNAL, /* a signal's name */
    BYTES,  /* how many, and the keys that are repeated for them */
    COUNT,  /* begin, at-most and a number, exactly and a number and words */
};

static const struct {
    const char *word;
    enum argument argument;
} words[STEP_KINDS] = {
    [STEP_KEYS] = {"keys", KEYS},
    [STEP_PASTE] = {"paste", BYTES},
    [STEP_EVERY_KEY] = {"every-key-but", TEXT},
    [STEP_COUNT] = {"count", COUNT},
    [STEP_WAIT] = {"wait", TEXT},
    [STEP_GONE] = {"gone", TEXT},
    [STEP_SCREEN] = {"screen", NAME},
    [STEP_ATTRS] = {"attrs", NAME},
    [STEP_PICTURE] = {"picture", NAME},
    [STEP_SIZE] = {"size", PAIR},
    [STEP_CLOCK] = {"clock", TEXT},
    [STEP_CLICK] = {"click", PAIR},
    [STEP_WHEEL_UP] = {"wheel-up", PAIR},
    [STEP_WHEEL_DOWN] = {"wheel-down", PAIR},
    [STEP_SAID] = {"said", TEXT},
    [STEP_UNSAID] = {"unsaid", TEXT},
    [STEP_SANDBOX] = {"sandbox", TEXT},
    [STEP_START_SANDBOX] = {"start-sandbox", NOTHING},
    [STEP_STOP_SANDBOX] = {"stop-sandbox", NOTHING},
    [STEP_SHELL] = {"shell", TEXT},
    [STEP_KILL] = {"kill", SIGNAL},
    [STEP_EXIT] = {"exit", CODE},
    [STEP_RESTORED] = {"restored", NOTHING},
    [STEP_RESTART] = {"restart", NOTHING},
};

const char *script_word(enum step_kind kind)
{
    return words[kind].word;
}

/* Reads "24x80" or "3,14": both from 1 to 999. */
static bool read_pair(const char *text, int *first, int *second)
{
    char copy[16];
    long a, b;
    if (!str_copy(copy, sizeof copy, text))
        return false;
    char *middle = copy + strcspn(copy, "x,");
    if (!*middle)
        return false;
    *middle = '\0';
    if (!str_integer(copy, 1, 999, &a) || !str_integer(middle + 1, 1, 999, &b))
        return false;
    *first = (int)a;
    *second = (int)b;
    return true;
}

static bool check_keys(const char *text, struct error *error)
{
    struct key key;
    while (keys_next(&text, &key, error))
        continue;
    return error->text[0] == '\0';
}

static bool is_new_name(const struct script *script, const char *name, struct error *error)
{
    if (strpbrk(name, " /"))
        return error_set(error, "a picture's name has no spaces and slashes");
    for (size_t i = 0; i < script->count; i++)
        if (words[script->steps[i].kind].argument == NAME &&
            strcmp(script->steps[i].text, name) == 0)
            return error_set(error, "two pictures are called %s", name);
    return true;
}

/* "10000 abc" */
static bool read_bytes(struct step *step, struct error *error)
{
    char *text = step->text + strcspn(step->text, " ");
    char number[16];
    long bytes;
    text += strspn(text, " ");
    if (!*text ||
        !str_print(number, sizeof number, "%.*s", (int)strcspn(step->text, " "), step->text) ||
        !str_integer(number, 1, 10000000, &bytes))
        return error_set(error, "\"%s\" is not a number of bytes and a text", step->text);
    step->first = (int)bytes;
    step->second = (int)(text - step->text);
    return check_keys(text, error);
}

/* "begin", "at-most 60", "exactly 47 a new caller" */
static bool read_count(struct step *step, struct error *error)
{
    static const char *const kinds[] = {
        [COUNT_BEGIN] = "begin", [COUNT_AT_MOST] = "at-most", [COUNT_EXACTLY] = "exactly"};
    struct texts parts = {0};
    long number = 0;
    texts_add_words(&parts, step->text);
    step->first = -1;
    for (int i = COUNT_BEGIN; i <= COUNT_EXACTLY; i++)
        if (strcmp(parts.items[0], kinds[i]) == 0)
            step->first = i;
    bool good = step->first == COUNT_BEGIN ? parts.count == 1
                                           : step->first > 0 && parts.count > 1 &&
                                                 str_integer(parts.items[1], 0, 9999, &number);
    step->second = (int)number;
    texts_finish(&parts);
    return good ||
           error_set(error, "it is count begin, count at-most 60 or count exactly 60 WORDS");
}

static bool read_argument(const struct script *script, struct step *step, struct error *error)
{
    long code;
    const char *text = step->text;
    enum argument argument = words[step->kind].argument;
    if (argument == NOTHING)
        return !*text || error_set(error, "nothing can follow %s", words[step->kind].word);
    if (!*text)
        return error_set(error, "something must follow %s", words[step->kind].word);
    switch (argument) {
    case NAME: return is_new_name(script, text, error);
    case KEYS: return check_keys(text, error);
    case PAIR:
        return read_pair(text, &step->first, &step->second) ||
               error_set(error, "\"%s\" is not of the form 24x80", text);
    case CODE:
        if (!str_integer(text, 0, 255, &code))
            return error_set(error, "\"%s\" is not an exit code", text);
        step->first = (int)code;
        return true;
    case BYTES: return read_bytes(step, error);
    case COUNT: return read_count(step, error);
    case SIGNAL:
        step->first = keys_signal(text);
        return step->first != 0 || error_set(error, "there is no signal %s", text);
    default: return true;
    }
}

static bool add_step(
    struct script *script, const char *word, const char *text, int line, struct error *error)
{
    for (int kind = 0; kind < STEP_KINDS; kind++) {
        if (strcmp(words[kind].word, word) != 0)
            continue;
        struct step step = {.kind = (enum step_kind)kind, .line = line, .text = mem_text(text)};
        bool good = read_argument(script, &step, error);
        script->steps =
            mem_grow(script->steps, &script->capacity, script->count + 1, sizeof *script->steps);
        script->steps[script->count++] = step;
        return good;
    }
    return error_set(error, "there is no step \"%s\"", word);
}

/* "expect TEXT" and "status CODE", which belong to the step before them. */
static bool add_to_step(
    struct script *script, const char *word, const char *text, struct error *error)
{
    struct step *step = script->count ? &script->steps[script->count - 1] : NULL;
    bool expect = strcmp(word, "expect") == 0;
    long code;
    if (!step || (step->kind != STEP_SHELL && !(expect && step->kind == STEP_SANDBOX)))
        return error_set(error, "%s must follow %s", word, expect ? "sandbox or shell" : "shell");
    if (expect) {
        texts_add(&step->expects, text);
        return true;
    }
    if (!str_integer(text, 0, 255, &code))
        return error_set(error, "\"%s\" is not an exit code", text);
    step->status = (int)code;
    return true;
}

static bool set_size(struct settings *settings, const char *value)
{
    return read_pair(value, &settings->rows, &settings->columns);
}

static void replace(char **text, const char *value)
{
    free(*text);
    *text = mem_text(value);
}

static bool set_terminal(struct settings *settings, const char *value)
{
    replace(&settings->terminal, value);
    return true;
}

static bool set_clock(struct settings *settings, const char *value)
{
    replace(&settings->clock, value);
    return true;
}

static bool read_switch(const char *value, bool *out)
{
    *out = strcmp(value, "on") == 0;
    return *out || strcmp(value, "off") == 0;
}

static bool set_colours(struct settings *settings, const char *value)
{
    return read_switch(value, &settings->colours);
}

static bool set_light(struct settings *settings, const char *value)
{
    return read_switch(value, &settings->light);
}

static bool set_shell(struct settings *settings, const char *value)
{
    return read_switch(value, &settings->shell);
}

static bool set_environment(struct settings *settings, const char *value)
{
    texts_add(&settings->environment, value);
    return strchr(value, '=') != NULL;
}

static bool set_arguments(struct settings *settings, const char *value)
{
    texts_add_words(&settings->arguments, value);
    return true;
}

static bool set_sandbox(struct settings *settings, const char *value)
{
    settings->sandbox = strcmp(value, "off") != 0;
    if (settings->sandbox)
        texts_add_words(&settings->sandbox_arguments, value);
    return true;
}

static bool set_config(struct settings *settings, const char *value)
{
    str_addf(&settings->config, "%s\n", value);
    return true;
}

static bool add_setting(struct script *script, const char *line, struct error *error)
{
    static const struct {
        const char *name;
        bool (*set)(struct settings *settings, const char *value);
    } setters[] = {{"size", set_size}, {"term", set_terminal}, {"clock", set_clock},
        {"colours", set_colours}, {"light", set_light}, {"shell", set_shell},
        {"env", set_environment}, {"args", set_arguments}, {"sandbox", set_sandbox},
        {"config", set_config}};
    size_t length = strcspn(line, " ");
    const char *value = line + length + strspn(line + length, " ");
    if (script->count > 0)
        return error_set(error, "settings stand before the first step");
    for (size_t i = 0; i < sizeof setters / sizeof *setters; i++)
        if (strlen(setters[i].name) == length && strncmp(setters[i].name, line, length) == 0)
            return setters[i].set(&script->settings, value) ||
                   error_set(error, "\"%s\" is no value of %s", value, setters[i].name);
    return error_set(error, "there is no setting \"%.*s\"", (int)length, line);
}

static bool read_line(struct script *script, char *line, int number, struct error *error)
{
    line += strspn(line, " \t");
    for (size_t n = strlen(line); n > 0 && strchr(" \t\r", line[n - 1]); n--)
        line[n - 1] = '\0';
    if (!*line || *line == '#')
        return true;
    char *text = line + strcspn(line, " ");
    if (*text)
        *text++ = '\0';
    text += strspn(text, " ");
    if (strcmp(line, "set") == 0)
        return add_setting(script, text, error);
    if (strcmp(line, "expect") == 0 || strcmp(line, "status") == 0)
        return add_to_step(script, line, text, error);
    return add_step(script, line, text, number, error);
}

static char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *start = slash ? slash + 1 : path, *dot = strrchr(start, '.');
    return mem_bytes(start, dot ? (size_t)(dot - start) : strlen(start));
}

bool script_read(struct script *script, const char *path, struct error *error)
{
    struct str text = {0};
    *script = (struct script){.path = mem_text(path), .name = name_of(path)};
    script->settings = (struct settings){.rows = 24,
        .columns = 80,
        .terminal = mem_text("xterm-256color"),
        .clock = mem_text("2026-11-23T14:07:00-08:00"),
        .colours = true,
        .sandbox = true};
    bool good = file_read(&text, path, error);
    int number = 0;
    for (char *line = text.data, *next; good && line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        good =
            read_line(script, line, ++number, error) || error_prefix(error, "%s:%d", path, number);
    }
    str_finish(&text);
    return good;
}

void script_finish(struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        free(script->steps[i].text);
        texts_finish(&script->steps[i].expects);
    }
    free(script->steps);
    free(script->path);
    free(script->name);
    free(script->settings.terminal);
    free(script->settings.clock);
    texts_finish(&script->settings.environment);
    texts_finish(&script->settings.arguments);
    texts_finish(&script->settings.sandbox_arguments);
    str_finish(&script->settings.config);
    *script = (struct script){0};
}
