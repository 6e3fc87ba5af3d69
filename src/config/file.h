/* The configuration file as it lies on disk: its text and who can read it. */
#ifndef TOURDESK_SRC_CONFIG_FILE_H
#define TOURDESK_SRC_CONFIG_FILE_H

#include "tourdesk/base/error.h"
#include "tourdesk/config/report.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { CONFIG_FILE_MOST = 1024 * 1024 };

struct config_file {
    char *text; /* owned, with a NUL behind it */
    size_t length;
    mode_t mode; /* permission bits; these two of the very file that was read */
    uid_t owner;
};

/* Reads a regular file of up to CONFIG_FILE_MOST bytes. Opened once: what is said about its
 * permissions holds for what was read. A byte order mark is left out. */
bool config_file_read(struct config_file *file, const char *path, struct error *error);

/* Wipes and frees the text. */
void config_file_finish(struct config_file *file);

/* Reports a file that others can read though it holds a key, or change though it names a program to
 * run. */
void config_file_check(const struct config_file *file, bool holds_key, bool holds_command,
    struct config_report *report);

#endif
