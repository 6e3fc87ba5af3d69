#include "tourdesk/sandbox/faults.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <errno.h>
#include <fnmatch.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_DELAY = 3600 * 1000,
    LARGEST_BODY = 64 * 1024 * 1024,
    MOST_SLOTS = 1000000,
    DEEPEST = 1000000,
    LARGEST_HEADER = 400 * 1000, /* what the server's memory for one connection allows */
    FARTHEST_SKEW = 10 * 366 * 86400,
};

enum value_kind {
    VALUE_NONE,   /* the effect sets its field to `low` */
    VALUE_FLAG,   /* it sets a bool */
    VALUE_NUMBER, /* it takes a whole number from `low` to `high` */
    VALUE_TEXT,
    VALUE_BODY, /* one of the body words */
};

/* Every effect there is. The manual lists them in this order. */
static const struct effect {
    const char *name;
    enum value_kind kind;
    size_t offset;
    int low, high;
} effects[] = {
    {"answer", VALUE_NONE, offsetof(struct twist, ending), ENDING_ANSWER, 0},
    {"lose", VALUE_NONE, offsetof(struct twist, ending), ENDING_LOSE, 0},
    {"reset", VALUE_NONE, offsetof(struct twist, ending), ENDING_RESET, 0},
    {"delay", VALUE_NUMBER, offsetof(struct twist, delay_ms), 0, LONGEST_DELAY},
    {"cut", VALUE_NUMBER, offsetof(struct twist, cut), 0, LARGEST_BODY},
    {"drip", VALUE_NUMBER, offsetof(struct twist, drip), 1, 1000000},
    {"duplicate", VALUE_FLAG, offsetof(struct twist, duplicate), 0, 0},
    {"status", VALUE_NUMBER, offsetof(struct twist, status), 200, 599},
    {"retry-after", VALUE_NUMBER, offsetof(struct twist, retry_after), 0, 86400},
    {"body", VALUE_BODY, offsetof(struct twist, body), 0, 0},
    {"message", VALUE_TEXT, offsetof(struct twist, message), 0, 0},
    {"wrong-type", VALUE_FLAG, offsetof(struct twist, wrong_type), 0, 0},
    {"huge", VALUE_NUMBER, offsetof(struct twist, huge), 1, LARGEST_BODY},
    {"many-slots", VALUE_NUMBER, offsetof(struct twist, many_slots), 1, MOST_SLOTS},
    {"no-slots", VALUE_FLAG, offsetof(struct twist, no_slots), 0, 0},
    {"bad-entries", VALUE_NUMBER, offsetof(struct twist, bad_entries), 1, 10000},
    {"z-offset", VALUE_FLAG, offsetof(struct twist, z_offset), 0, 0},
    {"objects", VALUE_FLAG, offsetof(struct twist, objects), 0, 0},
    {"bare-list", VALUE_FLAG, offsetof(struct twist, bare_list), 0, 0},
    {"other-name", VALUE_FLAG, offsetof(struct twist, other_name), 0, 0},
    {"bom", VALUE_FLAG, offsetof(struct twist, bom), 0, 0},
    {"numeric-ids", VALUE_FLAG, offsetof(struct twist, numeric_ids), 0, 0},
    {"null-fields", VALUE_FLAG, offsetof(struct twist, null_fields), 0, 0},
    {"extra-fields", VALUE_FLAG, offsetof(struct twist, extra_fields), 0, 0},
    {"no-id", VALUE_FLAG, offsetof(struct twist, no_id), 0, 0},
    {"status-word", VALUE_TEXT, offsetof(struct twist, status_word), 0, 0},
    {"deep", VALUE_NUMBER, offsetof(struct twist, deep), 1, DEEPEST},
    {"no-date", VALUE_FLAG, offsetof(struct twist, no_date), 0, 0},
    {"date-skew", VALUE_NUMBER, offsetof(struct twist, date_skew), -FARTHEST_SKEW, FARTHEST_SKEW},
    {"redirect", VALUE_TEXT, offsetof(struct twist, redirect), 0, 0},
    {"headers", VALUE_NUMBER, offsetof(struct twist, headers), 1, LARGEST_HEADER},
};

enum { EFFECTS = sizeof effects / sizeof *effects };

static const struct {
    const char *word;
    enum body_kind kind;
} bodies[] = {
    {"empty", BODY_EMPTY},
    {"html", BODY_HTML},
    {"json", BODY_JSON},
    {"gateway", BODY_GATEWAY},
    {"truncated", BODY_TRUNCATED},
    {"notjson", BODY_NOT_JSON},
};

static const char *const methods[] = {"*", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"};

struct twist twist_none(void)
{
    return (struct twist){.cut = -1, .retry_after = -1};
}

static bool set_body(struct twist *twist, const char *value, struct error *error)
{
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (strcmp(bodies[i].word, value) == 0) {
            twist->body = bodies[i].kind;
            return true;
        }
    return error_set(
        error, "\"body=%s\": a body is empty, html, json, gateway, truncated or notjson", value);
}

static bool set_number(
    struct twist *twist, const struct effect *effect, const char *value, struct error *error)
{
    long number;
    if (!str_integer(value, effect->low, effect->high, &number))
        return error_set(error, "\"%s=%s\": needs a whole number from %d to %d", effect->name,
            value, effect->low, effect->high);
    *(int *)((char *)twist + effect->offset) = (int)number;
    return true;
}

static bool set_text(
    struct twist *twist, const struct effect *effect, const char *value, struct error *error)
{
    if (!*value || !str_copy((char *)twist + effect->offset, FAULT_WORD_SIZE, value))
        return error_set(
            error, "\"%s\": needs a text of 1 to %d bytes", effect->name, FAULT_WORD_SIZE - 1);
    return true;
}

static bool set_effect(
    struct twist *twist, const struct effect *effect, const char *value, struct error *error)
{
    bool plain = effect->kind == VALUE_NONE || effect->kind == VALUE_FLAG;
    if (plain && value)
        return error_set(error, "\"%s=%s\": takes no value", effect->name, value);
    if (!plain && !value)
        return error_set(error, "\"%s\": needs a value, as in %s=...", effect->name, effect->name);
    switch (effect->kind) {
    case VALUE_NONE:
        *(enum ending *)((char *)twist + effect->offset) = (enum ending)effect->low;
        return true;
    case VALUE_FLAG: *(bool *)((char *)twist + effect->offset) = true; return true;
    case VALUE_NUMBER: return set_number(twist, effect, value, error);
    case VALUE_TEXT: return set_text(twist, effect, value, error);
    case VALUE_BODY: return set_body(twist, value, error);
    }
    return false;
}

static bool add_effect(struct twist *twist, char *word, struct error *error)
{
    char *value = strchr(word, '=');
    if (value)
        *value++ = '\0';
    for (size_t i = 0; i < EFFECTS; i++)
        if (strcmp(effects[i].name, word) == 0)
            return set_effect(twist, &effects[i], value, error);
    return error_set(error, "\"%s\" is not an effect", word);
}

/* Takes the next piece of `*text` up to one of `ends`, quotes removed: "a b" holds together, \"
 * and \\ stand for themselves inside. Returns false where a quote does not close. */
static bool take_piece(const char **text, const char *ends, struct str *out)
{
    bool quoted = false;
    str_clear(out);
    for (; **text && (quoted || !strchr(ends, **text)); (*text)++) {
        if (**text == '"') {
            quoted = !quoted;
            continue;
        }
        if (quoted && **text == '\\' && (*text)[1])
            (*text)++;
        str_add_char(out, **text);
    }
    return !quoted;
}

static bool read_effects(struct twist *twist, const char **text, struct error *error)
{
    struct str piece = {0};
    bool good = true, more = true;
    while (good && more) {
        if (!take_piece(text, ", \t", &piece))
            good = error_set(error, "a quotation mark does not close");
        else if (piece.length == 0)
            good = error_set(error, "an effect is missing");
        else
            good = add_effect(twist, piece.data, error);
        more = **text == ',';
        if (more)
            (*text)++;
    }
    str_finish(&piece);
    return good;
}

/* "@3", "@2-4", "@2+", "@every". */
static bool read_counts(struct fault *fault, const char *word, struct error *error)
{
    char *end;
    if (strcmp(word, "@every") == 0)
        return true;
    errno = 0;
    long from = word[1] >= '0' && word[1] <= '9' ? strtol(word + 1, &end, 10) : 0;
    long to = from;
    if (from >= 1 && strcmp(end, "+") == 0)
        to = 0;
    else if (from >= 1 && *end == '-' && str_integer(end + 1, from, INT_MAX, &to))
        ;
    else if (from < 1 || *end)
        from = 0;
    if (errno || from < 1 || from > INT_MAX)
        return error_set(error, "\"%s\": counts read @3, @2-4, @2+ or @every", word);
    fault->from = (int)from;
    fault->to = (int)to;
    return true;
}

static bool read_method(struct fault *fault, const char *word, struct error *error)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i], word) == 0)
            return str_copy(fault->method, sizeof fault->method, word);
    return error_set(error, "\"%s\": a rule begins with GET, POST, PUT or *", word);
}

static bool read_glob(struct fault *fault, const char *word, struct error *error)
{
    if (*word != '/' && *word != '*')
        return error_set(error, "\"%s\": a path begins with / (and may have * in it)", word);
    return str_copy(fault->glob, sizeof fault->glob, word) ||
           error_set(error, "the path is too long");
}

static const char *skip_space(const char *text)
{
    return text + strspn(text, " \t");
}

/* The next word; false where the line ends. */
static bool next_word(const char **text, char *out, size_t size)
{
    *text = skip_space(*text);
    size_t length = strcspn(*text, " \t");
    if (length == 0 || length >= size)
        return false;
    memcpy(out, *text, length);
    out[length] = '\0';
    *text += length;
    return true;
}

/* The two words between path and effects, each of which may be missing. */
static bool read_options(struct fault *fault, const char **text, struct error *error)
{
    char word[FAULT_WORD_SIZE];
    const char *next = *text;
    if (next_word(&next, word, sizeof word) && word[0] == '@') {
        if (!read_counts(fault, word, error))
            return false;
        *text = next;
    }
    next = *text;
    if (next_word(&next, word, sizeof word) &&
        (strcmp(word, "skip") == 0 || strcmp(word, "apply") == 0)) {
        fault->skip = strcmp(word, "skip") == 0;
        *text = next;
    }
    *text = skip_space(*text);
    return true;
}

static bool read_rule(struct fault *fault, const char *line, struct error *error)
{
    char word[FAULT_WORD_SIZE];
    *fault = (struct fault){.from = 1, .twist = twist_none()};
    if (!str_copy(fault->text, sizeof fault->text, line))
        return error_set(error, "a rule has at most %d bytes", FAULT_TEXT_SIZE - 1);
    if (!next_word(&line, word, sizeof word))
        return error_set(error, "a rule reads METHOD PATH [@N] [apply|skip] EFFECT[,EFFECT...]");
    if (!read_method(fault, word, error))
        return false;
    if (!next_word(&line, word, sizeof word))
        return error_set(error, "the path is missing behind \"%s\"", fault->method);
    if (!read_glob(fault, word, error) || !read_options(fault, &line, error) ||
        !read_effects(&fault->twist, &line, error))
        return false;
    line = skip_space(line);
    return !*line || error_set(error, "\"%s\": nothing may follow the effects", line);
}

bool faults_add(struct faults *faults, const char *line, struct error *error)
{
    struct fault fault;
    line = skip_space(line);
    if (!*line || *line == '#')
        return true;
    if (!read_rule(&fault, line, error))
        return false;
    faults->items =
        mem_grow(faults->items, &faults->capacity, faults->count + 1, sizeof *faults->items);
    faults->items[faults->count++] = fault;
    return true;
}

bool faults_read(struct faults *faults, const char *file, struct error *error)
{
    FILE *stream = fopen(file, "re");
    if (!stream)
        return error_set(error, "%s: %s", file, strerror(errno));
    char *line = NULL;
    size_t size = 0, before = faults->count;
    int number = 0;
    bool good = true;
    while (good && getline(&line, &size, stream) >= 0) {
        number++;
        line[strcspn(line, "\r\n")] = '\0';
        good = faults_add(faults, line, error) || error_prefix(error, "%s:%d", file, number);
    }
    if (good && ferror(stream))
        good = error_set(error, "%s: %s", file, strerror(errno));
    if (!good)
        faults->count = before;
    free(line);
    fclose(stream);
    return good;
}

void faults_clear(struct faults *faults)
{
    free(faults->items);
    *faults = (struct faults){0};
}

const char *faults_effect_name(size_t n)
{
    return n < EFFECTS ? effects[n].name : NULL;
}

static bool matches(const struct fault *fault, const char *method, const char *path)
{
    return (fault->method[0] == '*' || strcmp(fault->method, method) == 0) &&
           fnmatch(fault->glob, path, 0) == 0;
}

const struct fault *faults_choose(struct faults *faults, const char *method, const char *path)
{
    struct fault *chosen = NULL;
    for (size_t i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->items[i];
        if (!matches(fault, method, path))
            continue;
        fault->seen++;
        bool now = fault->seen >= fault->from && (fault->to == 0 || fault->seen <= fault->to);
        if (now && !chosen)
            chosen = fault;
    }
    if (chosen)
        chosen->used++;
    return chosen;
}
