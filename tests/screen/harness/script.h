/* A .keys file: how a program is started, and the steps it is led through (tests/README.md). */
#ifndef SCREENTEST_SCRIPT_H
#define SCREENTEST_SCRIPT_H

#include "texts.h"

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

enum step_kind {
    STEP_KEYS,
    STEP_PASTE,
    STEP_EVERY_KEY,
    STEP_COUNT,
    STEP_WAIT,
    STEP_GONE,
    STEP_SCREEN,
    STEP_ATTRS,
    STEP_PICTURE,
    STEP_SIZE,
    STEP_CLOCK,
    STEP_CLICK,
    STEP_WHEEL_UP,
    STEP_WHEEL_DOWN,
    STEP_SAID,
    STEP_UNSAID,
    STEP_SANDBOX,
    STEP_START_SANDBOX,
    STEP_STOP_SANDBOX,
    STEP_SHELL,
    STEP_KILL,
    STEP_EXIT,
    STEP_RESTORED,
    STEP_RESTART,
    STEP_KINDS,
};

/* What is done with the count of keys. */
enum counting { COUNT_BEGIN, COUNT_AT_MOST, COUNT_EXACTLY };

struct step {
    enum step_kind kind;
    int line;   /* in the file, from 1 */
    char *text; /* what stands behind the word, "" if nothing */
    int first,
        second; /* rows and columns, row and column, signal, exit code, bytes and where their text
                             begins, enum counting and how many */
    struct texts expects; /* of `sandbox` and `shell`: what the answer must hold */
    int status;           /* of `shell`: the exit code it must have */
};

struct settings {
    int rows, columns;
    char *terminal; /* TERM */
    char *clock;    /* RFC 3339 */
    bool colours, light, sandbox;
    bool shell; /* a shell runs in the terminal, and the script starts the program from it */
    struct texts environment; /* NAME=VALUE */
    struct texts arguments;   /* of the program */
    struct texts sandbox_arguments;
    struct str config; /* lines to add to the configuration */
};

struct script {
    char *path;
    char *name; /* the file's, without folder and ending */
    struct settings settings;
    struct step *steps;
    size_t count, capacity;
};

/* Reads a file; false with an error "file:line: what is wrong". Freed by script_finish() either way. */
bool script_read(struct script *script, const char *path, struct error *error);
void script_finish(struct script *script);

/* The word a step starts with. */
const char *script_word(enum step_kind kind);

#endif
