/* The mistakes of a configuration file, all at once.
 *
 * Each is a line a person can act on, `file:line: what is wrong; what was used instead`, and none
 * holds any part of a key. A zeroed struct is an empty report.
 */
#ifndef TOURDESK_CONFIG_REPORT_H
#define TOURDESK_CONFIG_REPORT_H

#include "tourdesk/base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Warnings beyond this many are counted, not kept. */
enum { CONFIG_WARNINGS_KEPT = 200 };

enum config_severity {
    CONFIG_WARNING, /* something else was used, or nothing */
    CONFIG_FATAL,   /* unsafe, or nothing can work: the program does not start */
};

struct config_mistake {
    enum config_severity severity;
    int line;   /* 0 = the file as a whole */
    char *text; /* owned */
};

struct config_report {
    char *path; /* owned; the file as it is named in front of each line */
    struct config_mistake *items;
    size_t count, capacity;
    size_t fatal_count;
    size_t left_out; /* warnings that were counted only */
};

/* Names the file the next mistakes are in. */
void config_report_begin(struct config_report *report, const char *path);

/* Adds one; `line` 0 leaves the line number out. Control characters in it are replaced. */
__attribute__((format(printf, 4, 5))) void config_report_add(
    struct config_report *report, enum config_severity severity, int line, const char *format, ...);

/* Puts them in the order of the file. */
void config_report_sort(struct config_report *report);

/* Appends every line, and how many were left out. */
void config_report_print(const struct config_report *report, struct str *out);

void config_report_finish(struct config_report *report);

#endif
