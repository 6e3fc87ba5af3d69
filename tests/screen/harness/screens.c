#include "screens.h"

#include "file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char mark[] = "== ";

void screens_finish(struct screens *screens)
{
    texts_finish(&screens->names);
    texts_finish(&screens->pictures);
}

void screens_add(struct screens *screens, const char *name, const char *picture)
{
    texts_add(&screens->names, name);
    texts_add(&screens->pictures, picture);
}

const char *screens_find(const struct screens *screens, const char *name)
{
    int index = texts_find(&screens->names, name);
    return index < 0 ? NULL : screens->pictures.items[index];
}

/* The start of the next picture at or behind `text`, or its end. */
static const char *next_picture(const char *text)
{
    while (*text && strncmp(text, mark, sizeof mark - 1) != 0) {
        const char *end = strchr(text, '\n');
        text = end ? end + 1 : text + strlen(text);
    }
    return text;
}

bool screens_read(struct screens *screens, const char *path, struct error *error)
{
    struct str text = {0};
    if (!file_exists(path))
        return true;
    bool good = file_read(&text, path, error);
    for (const char *p = next_picture(str_text(&text)); good && *p;) {
        const char *name = p + sizeof mark - 1;
        size_t length = strcspn(name, "\n");
        const char *body = name + length + (name[length] == '\n');
        p = next_picture(body);
        texts_addf(&screens->names, "%.*s", (int)length, name);
        texts_addf(&screens->pictures, "%.*s", (int)(p - body), body);
    }
    str_finish(&text);
    return good;
}

bool screens_write(
    const struct screens *screens, const char *path, bool *changed, struct error *error)
{
    struct str text = {0}, old = {0};
    for (size_t i = 0; i < screens->names.count; i++)
        str_addf(&text, "%s%s\n%s", mark, screens->names.items[i], screens->pictures.items[i]);
    bool there = file_exists(path);
    bool good = !there || file_read(&old, path, error);
    *changed = strcmp(str_text(&old), str_text(&text)) != 0;
    if (good && *changed && text.length > 0)
        good = file_write(path, text.data, error);
    else if (good && there && text.length == 0 && unlink(path) != 0)
        good = error_set(error, "%s: %s", path, strerror(errno));
    str_finish(&text);
    str_finish(&old);
    return good;
}
