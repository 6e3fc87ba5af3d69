#include "log.h"

#include <fnmatch.h>
#include <string.h>

/* What is looked for in a list. */
struct wanted {
    bool (*fits)(const cJSON *item, const struct wanted *wanted);
    const char *word, *path;
};

static const char *text_of(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text ? text : "";
}

static bool request_fits(const cJSON *item, const struct wanted *wanted)
{
    char path[1024];
    str_copy(path, sizeof path, text_of(item, "path"));
    if (!strchr(wanted->path, '?'))
        path[strcspn(path, "?")] = '\0';
    bool method =
        strcmp(wanted->word, "*") == 0 || strcmp(wanted->word, text_of(item, "method")) == 0;
    return method && fnmatch(wanted->path, path, 0) == 0;
}

static bool effect_fits(const cJSON *item, const struct wanted *wanted)
{
    return strcmp(wanted->word, text_of(item, "kind")) == 0 &&
           !cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(item, "withdrawn"));
}

static bool appointment_fits(const cJSON *item, const struct wanted *wanted)
{
    return strcmp(wanted->word, text_of(item, "status")) == 0;
}

static bool count_in(struct play *play, const char *request, const struct wanted *wanted,
    size_t *count, cJSON **last, struct error *error)
{
    struct str answer = {0};
    const cJSON *found = NULL, *item;
    *count = 0;
    if (!sandbox_request(&play->sandbox, request, play->options->limit, &answer, error)) {
        str_finish(&answer);
        return false;
    }
    cJSON *list = cJSON_Parse(str_text(&answer));
    cJSON_ArrayForEach (item, list)
        if (wanted->fits(item, wanted)) {
            (*count)++;
            found = item;
        }
    if (last)
        *last = found ? cJSON_Duplicate(found, true) : NULL;
    bool good = cJSON_IsArray(list) || error_set(error, "%s: no list came back", request);
    cJSON_Delete(list);
    str_finish(&answer);
    return good;
}

bool log_count(struct play *play, const char *method, const char *path, size_t *count, cJSON **last,
    struct error *error)
{
    struct wanted wanted = {request_fits, method, path};
    if (!count_in(play, "GET log", &wanted, count, last, error))
        return false;
    cJSON *body = last && *last ? cJSON_Parse(text_of(*last, "body")) : NULL;
    if (body)
        cJSON_ReplaceItemInObjectCaseSensitive(*last, "body", body);
    return true;
}

bool log_effects(
    struct play *play, const char *kind, size_t *count, cJSON **last, struct error *error)
{
    struct wanted wanted = {effect_fits, kind, NULL};
    return count_in(play, "GET effects", &wanted, count, last, error);
}

bool log_appointments(
    struct play *play, const char *status, size_t *count, cJSON **last, struct error *error)
{
    struct wanted wanted = {appointment_fits, status, NULL};
    return count_in(play, "GET appointments", &wanted, count, last, error);
}
