#include "check.h"

#include "file.h"
#include "path.h"

#include "tourdesk/base/text.h"

#include <stdlib.h>
#include <string.h>

/* What the notes of a step look at. */
struct seen {
    struct play *play;
    const char *out, *err;
    const cJSON *json; /* NULL = it is none */
};

/* --- texts ------------------------------------------------------------------------------------ */

static bool has(const char *text, const char *wanted, const char *where, struct error *error)
{
    return strstr(text, wanted) || error_set(error, "\"%s\" is not on standard %s", wanted, where);
}

static bool check_out(const struct seen *seen, const char *text, struct error *error)
{
    return has(seen->out, text, "output", error);
}

static bool check_err(const struct seen *seen, const char *text, struct error *error)
{
    return has(seen->err, text, "error", error);
}

/* The stream that "out ..." or "err ..." names; NULL with an error for another word. */
static const char *stream(const struct seen *seen, const char *text, struct error *error)
{
    bool out = strncmp(text, "out", 3) == 0, err = strncmp(text, "err", 3) == 0;
    if (!out && !err)
        error_set(error, "out or err must follow");
    return out ? seen->out : err ? seen->err : NULL;
}

static bool check_not(const struct seen *seen, const char *text, struct error *error)
{
    const char *said = stream(seen, text, error), *unwanted = text + strcspn(text, " ");
    unwanted += strspn(unwanted, " ");
    return said && ((*unwanted && !strstr(said, unwanted)) ||
                       error_set(error, "\"%s\" was said", unwanted));
}

static bool check_empty(const struct seen *seen, const char *text, struct error *error)
{
    const char *said = stream(seen, text, error);
    return said && (!*said || error_set(error, "something was said"));
}

/* --- JSON ------------------------------------------------------------------------------------- */

static bool check_json(const struct seen *seen, const char *text, struct error *error)
{
    if (!seen->json)
        return error_set(error, "there is no JSON object");
    return path_check(seen->json, text, error);
}

static bool check_only(const struct seen *seen, const char *text, struct error *error)
{
    if (strcmp(text, "json") != 0)
        return error_set(error, "json must follow");
    return cJSON_IsObject(seen->json) ||
           error_set(error, "standard output is not one JSON object and a line feed");
}

static bool check_fields(const struct seen *seen, const char *text, struct error *error)
{
    if (!seen->json)
        return error_set(error, "there is no JSON object");
    return path_fields(seen->json, text, error);
}

/* "NAME json PATH" or "NAME out". */
static bool check_save(const struct seen *seen, const char *text, struct error *error)
{
    struct texts words = {0};
    struct str value = {0};
    bool good = true;
    texts_add_words(&words, text);
    if (words.count == 3 && strcmp(words.items[1], "json") == 0 && seen->json)
        good = path_text(seen->json, words.items[2], &value, error);
    else if (words.count == 2 && strcmp(words.items[1], "out") == 0)
        str_add_bytes(&value, seen->out, strcspn(seen->out, "\n"));
    else
        good = error_set(error, "NAME json PATH or NAME out must follow (and be there)");
    if (good)
        play_set(seen->play, words.items[0], str_text(&value));
    texts_finish(&words);
    str_finish(&value);
    return good;
}

static bool check_notes(const struct seen *seen, const struct step *step, struct error *error)
{
    static bool (*const checks[NOTE_KINDS])(
        const struct seen *seen, const char *text, struct error *error) = {
        [NOTE_OUT] = check_out,
        [NOTE_ERR] = check_err,
        [NOTE_NOT] = check_not,
        [NOTE_EMPTY] = check_empty,
        [NOTE_JSON] = check_json,
        [NOTE_ONLY] = check_only,
        [NOTE_FIELDS] = check_fields,
        [NOTE_SAVE] = check_save,
    };
    bool good = true;
    for (size_t i = 0; good && i < step->count; i++) {
        const struct note *note = &step->notes[i];
        struct str text = {0};
        if (!checks[note->kind])
            continue;
        good = (play_expand(seen->play, note->text, &text, error) &&
                   checks[note->kind](seen, str_text(&text), error)) ||
               error_prefix(error, "line %d: %s %s", note->line, note_word(note->kind), note->text);
        str_finish(&text);
    }
    return good;
}

/* --- what every command owes ------------------------------------------------------------------ */

bool check_code(const char *text, int code)
{
    struct texts words = {0};
    char wanted[16];
    str_print(wanted, sizeof wanted, "%d", code);
    texts_add_words(&words, text);
    bool found = texts_find(&words, wanted) >= 0;
    texts_finish(&words);
    return found;
}

/* Nothing that a terminal could obey (design law 6), and nothing that is not UTF-8. */
static bool is_clean(const struct str *said, const char *where, struct error *error)
{
    struct str flat = {0}, clean = {0};
    str_add_bytes(&flat, str_text(said), said->length);
    for (size_t i = 0; i < flat.length; i++)
        if (flat.data[i] == '\n')
            flat.data[i] = ' ';
    text_clean(&clean, str_text(&flat), flat.length);
    bool good =
        clean.length == flat.length && memcmp(str_text(&clean), str_text(&flat), flat.length) == 0;
    str_finish(&flat);
    str_finish(&clean);
    return good || error_set(error, "control characters or invalid bytes on standard %s", where);
}

static bool check_sanitizers(const struct play *play, struct error *error)
{
    struct str report = {0};
    file_read_all(&report, play->folder, "sanitizer");
    bool clean = report.length == 0;
    if (!clean)
        error_set(error, "a sanitizer reports:\n%s", report.data);
    str_finish(&report);
    return clean;
}

/* True if no object in it has two members of one name. */
static bool has_unique_names(const cJSON *value)
{
    const cJSON *item;
    cJSON_ArrayForEach (item, value) {
        if (cJSON_IsObject(value) && cJSON_GetObjectItemCaseSensitive(value, item->string) != item)
            return false;
        if (!has_unique_names(item))
            return false;
    }
    return true;
}

static bool check_debts(
    const struct play *play, const struct command *command, const cJSON *json, struct error *error)
{
    const struct note *note = step_note(command->step, NOTE_EXIT);
    if (!check_code(note ? note->text : "0", command->code))
        return error_set(error, "it ended with %d, not %s", command->code, note ? note->text : "0");
    if (command->step->kind == STEP_SHELL)
        return check_sanitizers(play, error);
    bool killed = command->code >= 128;
    if (command->json && !killed && !cJSON_IsObject(json))
        return error_set(error, "--json was asked for, and standard output is not one object");
    if (!has_unique_names(json))
        return error_set(error, "a member of the object is there twice");
    return is_clean(&command->said, "output", error) &&
           is_clean(&command->complained, "error", error) && check_sanitizers(play, error);
}

/* One value and a line feed, or NULL. */
static cJSON *read_json(const struct str *said)
{
    const char *end = NULL;
    cJSON *json = cJSON_ParseWithOpts(str_text(said), &end, false);
    if (json && strcmp(end, "\n") != 0) {
        cJSON_Delete(json);
        json = NULL;
    }
    return json;
}

bool check_command(struct play *play, const struct command *command, struct error *error)
{
    cJSON *json = read_json(&command->said);
    struct seen seen = {play, str_text(&command->said), str_text(&command->complained), json};
    str_addf(&play->said, "it ended with %d and said:\n%s--- and complained:\n%s", command->code,
        seen.out, seen.err);
    bool good = check_debts(play, command, json, error) && check_notes(&seen, command->step, error);
    cJSON_Delete(json);
    return good;
}

bool check_answer(
    struct play *play, const struct step *step, const cJSON *answer, struct error *error)
{
    char *text = cJSON_Print(answer);
    struct seen seen = {play, text ? text : "", "", answer};
    str_addf(&play->said, "%s\n", seen.out);
    bool good = check_notes(&seen, step, error);
    free(text);
    return good;
}
