#include "settings.h"

#include "file.h"

#include <string.h>

/* Where a group begins: the line behind these words; it ends with a line that begins with `end`. */
struct group {
    const char *section, *begin, *end;
};

static const char *line_end(const char *line)
{
    const char *end = strchr(line, '\n');
    return end ? end + 1 : line + strlen(line);
}

/* The first line of the group, or NULL. */
static const char *find_group(const char *text, const struct group *group)
{
    const char *section = strstr(text, group->section);
    const char *begin = section ? strstr(section, group->begin) : NULL;
    return begin ? line_end(begin) : NULL;
}

static bool is_setting(const char *line, const char *name, size_t length)
{
    line += strspn(line, " ");
    return strncmp(line, name, length) == 0 && line[length] == ' ';
}

static bool change(
    const char *path, const struct group *group, const char *setting, struct error *error)
{
    struct str before = {0}, after = {0};
    size_t length = strcspn(setting, " ");
    if (!file_read(&before, path, error))
        return false;
    const char *text = str_text(&before), *line = find_group(text, group);
    bool good = line != NULL;
    if (good) {
        str_add_bytes(&after, text, (size_t)(line - text));
        if (setting[length])
            str_addf(&after, "    %s\n", setting);
        bool inside = true;
        for (const char *next; *line; line = next) {
            next = line_end(line);
            inside = inside && strncmp(line, group->end, strlen(group->end)) != 0;
            bool units = inside && strncmp(line, "      ", 6) == 0 && length == 5 &&
                         strncmp(setting, "units", 5) == 0; /* the list goes over several lines */
            if (!units && !(inside && is_setting(line, setting, length)))
                str_add_bytes(&after, line, (size_t)(next - line));
        }
    }
    good = good ? file_write(path, str_text(&after), error)
                : error_set(error, "%s has no such group", path);
    str_finish(&before);
    str_finish(&after);
    return good;
}

bool settings_profile(const char *path, const char *setting, struct error *error)
{
    static const struct group profile = {"profiles = {", "practice = {", "  };"};
    return change(path, &profile, setting, error);
}

bool settings_community(const char *path, const char *setting, struct error *error)
{
    static const struct group community = {"communities = (", "  {", "  }"};
    return change(path, &community, setting, error);
}
