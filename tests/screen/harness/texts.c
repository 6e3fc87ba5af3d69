#include "texts.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <stdlib.h>
#include <string.h>

static void add_owned(struct texts *texts, char *text)
{
    texts->items = mem_grow(texts->items, &texts->capacity, texts->count + 2, sizeof *texts->items);
    texts->items[texts->count++] = text;
    texts->items[texts->count] = NULL;
}

void texts_add(struct texts *texts, const char *text)
{
    add_owned(texts, mem_text(text));
}

void texts_addf(struct texts *texts, const char *format, ...)
{
    struct str text = {0};
    va_list args;
    va_start(args, format);
    str_addv(&text, format, args);
    va_end(args);
    add_owned(texts, str_take(&text));
}

void texts_add_all(struct texts *texts, const struct texts *more)
{
    for (size_t i = 0; i < more->count; i++)
        texts_add(texts, more->items[i]);
}

void texts_add_words(struct texts *texts, const char *line)
{
    while (*(line += strspn(line, " \t"))) {
        struct str word = {0};
        for (bool quoted = false; *line && (quoted || !strchr(" \t", *line)); line++)
            if (*line == '"')
                quoted = !quoted;
            else
                str_add_char(&word, *line);
        add_owned(texts, str_take(&word));
    }
}

int texts_find(const struct texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->items[i], text) == 0)
            return (int)i;
    return -1;
}

void texts_finish(struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        free(texts->items[i]);
    free(texts->items);
    *texts = (struct texts){0};
}
