/* A .cli file: settings, then steps, each with the lines that belong to it (tests/cli/README.md). */
#ifndef CLITEST_SCRIPT_H
#define CLITEST_SCRIPT_H

#include "texts.h"

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

enum step_kind {
    STEP_RUN,   /* $ tourdesk ...: the configuration and the ledger's folder are added */
    STEP_BARE,  /* the same, nothing added */
    STEP_SHELL, /* sh -c */
    STEP_PARALLEL,
    STEP_END,
    STEP_SANDBOX,
    STEP_FAULT,
    STEP_NO_FAULTS,
    STEP_LOG,
    STEP_FORGET_LOG,
    STEP_EFFECTS,
    STEP_APPOINTMENTS,
    STEP_START_SANDBOX,
    STEP_STOP_SANDBOX,
    STEP_CLOCK,
    STEP_DESK_CLOCK,
    STEP_PROFILE,
    STEP_COMMUNITY,
    STEP_CONFIG,
    STEP_ENV,
    STEP_LET,
    STEP_REPEAT,
    STEP_WRITE,
    STEP_FILE,
    STEP_LISTEN,
    STEP_KINDS,
};

/* What may stand behind a step and belongs to it. */
enum note_kind {
    NOTE_EXIT,  /* one of these exit codes; 0 where there is none */
    NOTE_CODES, /* of a parallel block: these codes in any order */
    NOTE_OUT,
    NOTE_ERR,
    NOTE_NOT,   /* "out TEXT", "err TEXT" */
    NOTE_EMPTY, /* "out", "err" */
    NOTE_JSON,
    NOTE_ONLY, /* "json" */
    NOTE_FIELDS,
    NOTE_SAVE,
    NOTE_STDIN,
    NOTE_INTERRUPT,
    NOTE_KILL,
    NOTE_LINE, /* | TEXT: one line of a file, or one more of standard input */
    NOTE_KINDS,
};

struct note {
    enum note_kind kind;
    int line;   /* in the file, from 1 */
    char *text; /* what stands behind the word, "" if nothing */
};

struct step {
    enum step_kind kind;
    int line;
    char *text;
    struct note *notes;
    size_t count, capacity;
};

struct settings {
    char *clock;  /* RFC 3339 */
    char *office; /* a file beside the script, "builtin" = the sandbox's own */
    bool sandbox, ticking;
    struct texts environment; /* NAME=VALUE */
    struct texts sandbox_arguments;
};

struct script {
    char *path;
    struct settings settings;
    struct texts must_fail; /* of "# must fail: TEXT" lines */
    struct step *steps;
    size_t count, capacity;
};

/* Reads a file; false with an error "file:line: what is wrong". Freed by script_finish() either way. */
bool script_read(struct script *script, const char *path, struct error *error);
void script_finish(struct script *script);

/* The words that steps and notes begin with. */
const char *step_word(enum step_kind kind);
const char *note_word(enum note_kind kind);

/* The first note of a kind, or NULL. */
const struct note *step_note(const struct step *step, enum note_kind kind);

#endif
