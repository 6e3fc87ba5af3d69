/* A growing list of texts that ends with NULL, as exec wants its arguments and environment. */
#ifndef SCREENTEST_TEXTS_H
#define SCREENTEST_TEXTS_H

#include <stddef.h>

struct texts {
    char **items; /* NULL while empty, else NULL-terminated */
    size_t count, capacity;
};

/* Each copies what it is given. */
void texts_add(struct texts *texts, const char *text);
__attribute__((format(printf, 2, 3))) void texts_addf(struct texts *texts, const char *format, ...);
void texts_add_all(struct texts *texts, const struct texts *more);

/* Adds the words of `line`: parted by spaces, "double quotes" keep them together. */
void texts_add_words(struct texts *texts, const char *line);

/* The index of `text`, or -1. */
int texts_find(const struct texts *texts, const char *text);

void texts_finish(struct texts *texts);

#endif
