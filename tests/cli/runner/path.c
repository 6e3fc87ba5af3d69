#include "path.h"

#include "texts.h"

#include <stdlib.h>
#include <string.h>

/* "name" or "[3]" at `*path`, which is moved behind it and the dot that follows. */
static const cJSON *step_down(const cJSON *value, const char **path)
{
    char name[128];
    if (**path == '[') {
        char *end;
        long index = strtol(*path + 1, &end, 10);
        if (*end != ']')
            return NULL;
        *path = end + 1;
        long count = cJSON_GetArraySize(value);
        value = cJSON_IsArray(value)
                    ? cJSON_GetArrayItem(value, (int)(index < 0 ? count + index : index))
                    : NULL;
    } else {
        size_t length = strcspn(*path, ".[");
        if (length == 0 || !str_print(name, sizeof name, "%.*s", (int)length, *path))
            return NULL;
        *path += length;
        value = cJSON_GetObjectItemCaseSensitive(value, name);
    }
    if (**path == '.')
        (*path)++;
    return value;
}

static const cJSON *find(const cJSON *root, const char *path)
{
    const cJSON *value = root;
    while (value && *path)
        value = step_down(value, &path);
    return value;
}

static void add_value(struct str *out, const cJSON *value)
{
    if (cJSON_IsString(value)) {
        str_add(out, value->valuestring);
        return;
    }
    char *text = cJSON_PrintUnformatted(value);
    str_add(out, text ? text : "");
    free(text);
}

bool path_text(const cJSON *root, const char *path, struct str *out, struct error *error)
{
    const cJSON *value = find(root, path);
    if (!value)
        return error_set(error, "%s is missing", path);
    add_value(out, value);
    return true;
}

static bool compare(const char *path, const char *relation, const char *wanted, const char *actual,
    struct error *error)
{
    bool found = strstr(actual, wanted) != NULL;
    if (strcmp(relation, "=") == 0)
        return strcmp(actual, wanted) == 0 ||
               error_set(error, "%s is %s, not %s", path, actual, wanted);
    if (strcmp(relation, "has") == 0)
        return found || error_set(error, "%s is %s", path, actual);
    if (strcmp(relation, "lacks") == 0)
        return !found || error_set(error, "%s is %s", path, actual);
    return error_set(error, "\"%s\": =, has, lacks, count, exists or missing", relation);
}

static bool count_items(
    const char *path, const cJSON *value, const char *wanted, struct error *error)
{
    char actual[16];
    str_print(actual, sizeof actual, "%d", cJSON_GetArraySize(value));
    return strcmp(actual, wanted) == 0 ||
           error_set(error, "%s has %s items, not %s", path, actual, wanted);
}

bool path_check(const cJSON *root, const char *line, struct error *error)
{
    char path[128], relation[16];
    size_t length = strcspn(line, " ");
    if (!str_print(path, sizeof path, "%.*s", (int)length, line))
        return error_set(error, "the path is too long");
    line += length + strspn(line + length, " ");
    length = strcspn(line, " ");
    str_print(relation, sizeof relation, "%.*s", (int)length, line);
    line += length + (line[length] == ' ');
    const cJSON *value = find(root, path);
    if (strcmp(relation, "missing") == 0)
        return !value || error_set(error, "%s is there", path);
    if (!value)
        return error_set(error, "%s is missing", path);
    if (strcmp(relation, "exists") == 0)
        return true;
    if (strcmp(relation, "count") == 0)
        return count_items(path, value, line, error);
    struct str actual = {0};
    add_value(&actual, value);
    bool good = compare(path, relation, line, str_text(&actual), error);
    str_finish(&actual);
    return good;
}

bool path_fields(const cJSON *root, const char *line, struct error *error)
{
    struct texts names = {0};
    const char *colon = strchr(line, ':');
    char path[128] = "";
    if (colon)
        str_print(path, sizeof path, "%.*s", (int)(colon - line), line);
    texts_add_words(&names, colon ? colon + 1 : line);
    const cJSON *object = find(root, path), *item;
    bool good = cJSON_IsObject(object) || error_set(error, "there is no object");
    cJSON_ArrayForEach (item, object)
        if (good && texts_find(&names, item->string) < 0)
            good = error_set(error, "%s is there, too", item->string);
    for (size_t i = 0; good && i < names.count; i++)
        if (!cJSON_GetObjectItemCaseSensitive(object, names.items[i]))
            good = error_set(error, "%s is missing", names.items[i]);
    texts_finish(&names);
    return good;
}
