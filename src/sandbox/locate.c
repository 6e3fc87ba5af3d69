#include "tourdesk/sandbox/locate.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_space(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

static const char *skip_string(const char *p)
{
    for (p++; *p && *p != '"'; p++)
        if (*p == '\\' && p[1])
            p++;
    return *p ? p + 1 : p;
}

/* Nesting is counted, not climbed, so that no depth can hurt. */
static const char *skip_value(const char *p)
{
    int depth = 0;
    do {
        p = skip_space(p);
        if (*p == '"') {
            p = skip_string(p);
        } else if (*p == '{' || *p == '[') {
            depth++;
            p++;
        } else if (*p == '}' || *p == ']') {
            depth--;
            p++;
        } else if (*p == ',' || *p == ':') {
            p++;
        } else if (*p) {
            p += strcspn(p, ",:]} \t\r\n");
        }
    } while (depth > 0 && *p);
    return p;
}

/* The next element behind the value at `p`, or NULL at the end of its container. */
static const char *next_element(const char *p)
{
    p = skip_space(skip_value(p));
    return *p == ',' ? skip_space(p + 1) : NULL;
}

static const char *find_member(const char *object, const char *name, size_t length)
{
    if (*object != '{')
        return NULL;
    const char *p = skip_space(object + 1);
    while (p && *p == '"') {
        const char *end = skip_string(p);
        const char *value = skip_space(end);
        value = skip_space(*value == ':' ? value + 1 : value);
        if ((size_t)(end - p) == length + 2 && memcmp(p + 1, name, length) == 0)
            return value;
        p = next_element(value);
    }
    return NULL;
}

static const char *find_element(const char *array, long index)
{
    if (*array != '[')
        return NULL;
    const char *p = skip_space(array + 1);
    if (*p == ']')
        return NULL;
    for (; p && index > 0; index--)
        p = next_element(p);
    return p;
}

static const char *find_step(const char *at, const char **path)
{
    if (**path == '[') {
        char *end;
        long index = strtol(*path + 1, &end, 10);
        *path = *end == ']' ? end + 1 : end;
        return find_element(at, index);
    }
    if (**path == '.')
        (*path)++;
    size_t length = strcspn(*path, ".[");
    const char *name = *path;
    *path += length;
    return find_member(at, name, length);
}

int locate_byte(const char *text, const char *at)
{
    int line = 1;
    for (const char *p = text; p < at && *p; p++)
        line += *p == '\n';
    return line;
}

int locate_path(const char *text, const char *path)
{
    const char *at = skip_space(text);
    while (*path) {
        const char *next = find_step(at, &path);
        if (!next)
            break;
        at = next;
    }
    return locate_byte(text, at);
}
