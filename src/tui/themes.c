/* Finding themes. */
#include "tourdesk/base/mem.h"
#include "tourdesk/tui/theme.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char ending[] = ".theme";

/* The folders of themes, the first with a name counts. */
enum { FOLDERS = 4 };

static void find_folders(const char *program, char out[FOLDERS][PATH_MAX])
{
    char real[PATH_MAX];
    const char *own = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    memset(out, 0, FOLDERS * sizeof *out);
    if (own && *own == '/')
        str_print(out[0], PATH_MAX, "%s/tourdesk/themes", own);
    else if (home && *home == '/')
        str_print(out[0], PATH_MAX, "%s/.config/tourdesk/themes", home);
    if (program && realpath(program, real)) {
        *strrchr(real, '/') = '\0';
        str_print(out[1], PATH_MAX, "%s/themes", real);
        str_print(out[2], PATH_MAX, "%s/../share/tourdesk/themes", real);
    }
    str_copy(out[3], PATH_MAX, TOURDESK_DATA_DIR "/themes");
}

static struct theme *find(const struct theme_set *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->themes[i].name, name) == 0)
            return &set->themes[i];
    return NULL;
}

static struct theme *add(struct theme_set *set, size_t *capacity, const struct theme *theme)
{
    set->themes = mem_grow(set->themes, capacity, set->count + 1, sizeof *set->themes);
    set->themes[set->count] = *theme;
    return &set->themes[set->count++];
}

/* Reads one file; its mistakes are said where it is the one that is wanted. */
static void read_one(
    struct theme_set *set, size_t *capacity, const char *path, struct str *mistakes, bool wanted)
{
    struct theme theme;
    struct str own = {0};
    struct error error;
    bool ok = theme_read(&theme, path, &own, &error);
    if (wanted)
        str_add(mistakes, str_text(&own));
    if (wanted && !ok)
        str_addf(mistakes, "%s\n", error.text);
    if (ok)
        add(set, capacity, &theme);
    str_finish(&own);
}

static void read_folder(struct theme_set *set, size_t *capacity, const char *folder,
    const char *wanted, struct str *mistakes)
{
    DIR *open = *folder ? opendir(folder) : NULL;
    const struct dirent *entry;
    while (open && (entry = readdir(open)) != NULL) {
        char path[PATH_MAX], name[sizeof set->themes->name];
        size_t length = strlen(entry->d_name), tail = sizeof ending - 1;
        if (length <= tail || strcmp(entry->d_name + length - tail, ending) != 0 ||
            !str_print(name, sizeof name, "%.*s", (int)(length - tail), entry->d_name) ||
            !str_print(path, sizeof path, "%s/%s", folder, entry->d_name))
            continue;
        if (!find(set, name))
            read_one(set, capacity, path, mistakes, strcmp(name, wanted) == 0);
    }
    if (open)
        closedir(open);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct theme *)a)->name, ((const struct theme *)b)->name);
}

static void say_names(const struct theme_set *set, const char *wanted, struct str *out)
{
    str_addf(out, "there is no theme \"%s\"; there %s", wanted, set->count == 1 ? "is" : "are");
    for (size_t i = 0; i < set->count; i++)
        str_addf(out, "%s%s", i ? ", " : " ", set->themes[i].name);
    str_add(out, set->count ? "\n" : " none\n");
}

void themes_read(
    struct theme_set *set, const char *wanted, const char *program, struct str *mistakes)
{
    char folders[FOLDERS][PATH_MAX], name[sizeof set->themes->name];
    size_t capacity = 0, said = mistakes->length;
    *set = (struct theme_set){0};
    str_copy(name, sizeof name, wanted);
    if (strchr(wanted, '/')) { /* before all others, whatever its name */
        read_one(set, &capacity, wanted, mistakes, true);
        if (set->count)
            str_copy(name, sizeof name, set->themes[0].name);
    }
    find_folders(program, folders);
    for (int i = 0; i < FOLDERS; i++)
        read_folder(set, &capacity, folders[i], name, mistakes);
    if (set->count)
        qsort(set->themes, set->count, sizeof *set->themes, by_name);
    struct theme plain, *chosen = find(set, name);
    theme_plain(&plain);
    if (!chosen && mistakes->length == said)
        say_names(set, wanted, mistakes);
    if (!chosen)
        chosen = add(set, &capacity, &plain);
    set->chosen = (size_t)(chosen - set->themes);
    set->names = mem_alloc(set->count * sizeof *set->names);
    for (size_t i = 0; i < set->count; i++)
        set->names[i] = set->themes[i].name;
}

void themes_finish(struct theme_set *set)
{
    free(set->themes);
    free(set->names);
    *set = (struct theme_set){0};
}
