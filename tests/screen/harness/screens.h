/* A .screen file: the pictures a script is compared with, by name, in the order of the script.
 *
 * Each starts with a line "== NAME"; picture.h says what follows.
 */
#ifndef SCREENTEST_SCREENS_H
#define SCREENTEST_SCREENS_H

#include "texts.h"

#include "tourdesk/base/error.h"

struct screens {
    struct texts names, pictures;
};

/* Reads a file; one that is not there has no pictures. */
bool screens_read(struct screens *screens, const char *path, struct error *error);

/* Writes the file, or takes it away where there are no pictures; false with an error where it cannot.
 * `*changed` = it was not so before. */
bool screens_write(
    const struct screens *screens, const char *path, bool *changed, struct error *error);

/* The picture of a name, or NULL. */
const char *screens_find(const struct screens *screens, const char *name);

void screens_add(struct screens *screens, const char *name, const char *picture);
void screens_finish(struct screens *screens);

#endif
