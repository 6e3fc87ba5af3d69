#include "script.h"

#include "file.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Notes that a step may have, as bits. */
enum {
    CHECKS = 1 << NOTE_OUT | 1 << NOTE_NOT | 1 << NOTE_JSON | 1 << NOTE_FIELDS | 1 << NOTE_SAVE,
    RUNS = CHECKS | 1 << NOTE_EXIT | 1 << NOTE_ERR | 1 << NOTE_EMPTY | 1 << NOTE_ONLY |
           1 << NOTE_STDIN | 1 << NOTE_LINE | 1 << NOTE_INTERRUPT | 1 << NOTE_KILL,
};

static const struct {
    const char *word;
    bool has_text;
    unsigned notes;
} steps[STEP_KINDS] = {
    [STEP_RUN] = {"$", true, RUNS},
    [STEP_BARE] = {"bare", true, RUNS},
    [STEP_SHELL] = {"shell", true, RUNS},
    [STEP_PARALLEL] = {"parallel", false, 0},
    [STEP_END] = {"end", false, 1 << NOTE_CODES},
    [STEP_SANDBOX] = {"sandbox", true, CHECKS},
    [STEP_FAULT] = {"fault", true, 0},
    [STEP_NO_FAULTS] = {"no-faults", false, 0},
    [STEP_LOG] = {"log", true, CHECKS},
    [STEP_FORGET_LOG] = {"forget-log", false, 0},
    [STEP_EFFECTS] = {"effects", true, CHECKS},
    [STEP_APPOINTMENTS] = {"appointments", true, CHECKS},
    [STEP_START_SANDBOX] = {"start-sandbox", false, 0},
    [STEP_STOP_SANDBOX] = {"stop-sandbox", false, 0},
    [STEP_CLOCK] = {"clock", true, 0},
    [STEP_DESK_CLOCK] = {"desk-clock", true, 0},
    [STEP_PROFILE] = {"profile", true, 0},
    [STEP_COMMUNITY] = {"community", true, 0},
    [STEP_CONFIG] = {"config", true, 0},
    [STEP_ENV] = {"env", true, 0},
    [STEP_LET] = {"let", true, 0},
    [STEP_REPEAT] = {"repeat", true, 0},
    [STEP_WRITE] = {"write", true, 1 << NOTE_LINE},
    [STEP_FILE] = {"file", true, 0},
    [STEP_LISTEN] = {"listen", true, 0},
};

static const char *const notes[NOTE_KINDS] = {
    [NOTE_EXIT] = "exit",
    [NOTE_CODES] = "codes",
    [NOTE_OUT] = "out",
    [NOTE_ERR] = "err",
    [NOTE_NOT] = "not",
    [NOTE_EMPTY] = "empty",
    [NOTE_JSON] = "json",
    [NOTE_ONLY] = "only",
    [NOTE_FIELDS] = "fields",
    [NOTE_SAVE] = "save",
    [NOTE_STDIN] = "stdin",
    [NOTE_INTERRUPT] = "interrupt",
    [NOTE_KILL] = "kill",
    [NOTE_LINE] = "|",
};

const char *step_word(enum step_kind kind)
{
    return steps[kind].word;
}

const char *note_word(enum note_kind kind)
{
    return notes[kind];
}

const struct note *step_note(const struct step *step, enum note_kind kind)
{
    for (size_t i = 0; i < step->count; i++)
        if (step->notes[i].kind == kind)
            return &step->notes[i];
    return NULL;
}

static bool add_note(
    struct script *script, enum note_kind kind, const char *text, int line, struct error *error)
{
    struct step *step = script->count ? &script->steps[script->count - 1] : NULL;
    if (!step || !(steps[step->kind].notes & 1U << kind))
        return error_set(error, "\"%s\" cannot stand here", notes[kind]);
    if (!*text && kind != NOTE_LINE)
        return error_set(error, "something must follow %s", notes[kind]);
    step->notes = mem_grow(step->notes, &step->capacity, step->count + 1, sizeof *step->notes);
    step->notes[step->count++] = (struct note){kind, line, mem_text(text)};
    return true;
}

static bool add_step(
    struct script *script, enum step_kind kind, const char *text, int line, struct error *error)
{
    if (steps[kind].has_text != (*text != '\0'))
        return error_set(
            error, "%s must follow %s", *text ? "nothing" : "something", steps[kind].word);
    script->steps =
        mem_grow(script->steps, &script->capacity, script->count + 1, sizeof *script->steps);
    script->steps[script->count++] =
        (struct step){.kind = kind, .line = line, .text = mem_text(text)};
    return true;
}

/* --- settings --------------------------------------------------------------------------------- */

static void replace(char **text, const char *value)
{
    free(*text);
    *text = mem_text(value);
}

static bool set_clock(struct settings *settings, const char *value)
{
    replace(&settings->clock, value);
    return true;
}

static bool set_office(struct settings *settings, const char *value)
{
    replace(&settings->office, value);
    return *value != '\0';
}

static bool set_environment(struct settings *settings, const char *value)
{
    texts_add(&settings->environment, value);
    return strchr(value, '=') != NULL;
}

static bool set_sandbox(struct settings *settings, const char *value)
{
    settings->sandbox = strcmp(value, "off") != 0;
    if (settings->sandbox)
        texts_add_words(&settings->sandbox_arguments, value);
    return true;
}

static bool set_ticking(struct settings *settings, const char *value)
{
    settings->ticking = strcmp(value, "on") == 0;
    return settings->ticking;
}

static bool add_setting(struct script *script, const char *line, struct error *error)
{
    static const struct {
        const char *name;
        bool (*set)(struct settings *settings, const char *value);
    } setters[] = {{"clock", set_clock}, {"office", set_office}, {"env", set_environment},
        {"sandbox", set_sandbox}, {"ticking", set_ticking}};
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

/* --- lines ------------------------------------------------------------------------------------ */

static void read_comment(struct script *script, const char *line)
{
    static const char words[] = "# must fail: ";
    if (strncmp(line, words, sizeof words - 1) == 0)
        texts_add(&script->must_fail, line + sizeof words - 1);
}

static bool read_words(
    struct script *script, const char *word, const char *text, int number, struct error *error)
{
    if (strcmp(word, "set") == 0)
        return add_setting(script, text, error);
    for (int kind = 0; kind < NOTE_KINDS; kind++)
        if (strcmp(notes[kind], word) == 0)
            return add_note(script, (enum note_kind)kind, text, number, error);
    for (int kind = 0; kind < STEP_KINDS; kind++)
        if (strcmp(steps[kind].word, word) == 0)
            return add_step(script, (enum step_kind)kind, text, number, error);
    return error_set(error, "there is no step \"%s\"", word);
}

static bool read_line(struct script *script, char *line, int number, struct error *error)
{
    line += strspn(line, " \t");
    for (size_t n = strlen(line); n > 0 && strchr(" \t\r", line[n - 1]); n--)
        line[n - 1] = '\0';
    if (*line == '#')
        read_comment(script, line);
    if (!*line || *line == '#')
        return true;
    char *text = line + strcspn(line, " ");
    if (*text)
        *text++ = '\0';
    return read_words(script, line, text + (*line == '|' ? 0 : strspn(text, " ")), number, error);
}

/* A parallel block holds commands only and is closed. */
static bool check_blocks(const struct script *script, struct error *error)
{
    bool open = false;
    for (size_t i = 0; i < script->count; i++) {
        enum step_kind kind = script->steps[i].kind;
        bool command = kind == STEP_RUN || kind == STEP_BARE || kind == STEP_SHELL;
        if ((kind == STEP_PARALLEL && open) || (kind == STEP_END && !open) ||
            (open && !command && kind != STEP_END))
            return error_set(error, "%s:%d: %s cannot stand here", script->path,
                script->steps[i].line, steps[kind].word);
        open = kind == STEP_PARALLEL || (open && kind != STEP_END);
    }
    return !open || error_set(error, "%s: a parallel block has no end", script->path);
}

bool script_read(struct script *script, const char *path, struct error *error)
{
    struct str text = {0};
    *script = (struct script){.path = mem_text(path)};
    script->settings = (struct settings){.clock = mem_text("2026-11-23T14:07:00-08:00"),
        .office = mem_text("office.json"),
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
    return good && check_blocks(script, error);
}

void script_finish(struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        struct step *step = &script->steps[i];
        for (size_t j = 0; j < step->count; j++)
            free(step->notes[j].text);
        free(step->notes);
        free(step->text);
    }
    free(script->steps);
    free(script->path);
    free(script->settings.clock);
    free(script->settings.office);
    texts_finish(&script->settings.environment);
    texts_finish(&script->settings.sandbox_arguments);
    texts_finish(&script->must_fail);
    *script = (struct script){0};
}
