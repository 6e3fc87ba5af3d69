/* Whole files, and the folder that a test lives in. */
#ifndef SCREENTEST_FILE_H
#define SCREENTEST_FILE_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

/* Appends the content of a file; false with an error where it cannot be read (a missing one too). */
bool file_read(struct str *out, const char *path, struct error *error);

/* Makes or replaces, or adds to, a file. */
bool file_write(const char *path, const char *text, struct error *error);
bool file_append(const char *path, const char *text, struct error *error);

bool file_exists(const char *path);

/* Makes an empty folder of our own with a name nobody has, freed by the caller; NULL with an error. */
char *file_folder(struct error *error);

/* Makes a folder unless it is there. */
bool file_make_folder(const char *path, struct error *error);

/* Takes a folder away with all that is in it. */
void file_remove_folder(const char *path);

/* Appends the content of every file in `folder` whose name starts with `prefix`. */
void file_read_all(struct str *out, const char *folder, const char *prefix);

#endif
