/* One run of a script: the folder it lives in, the sandbox and the program in its terminal. */
#ifndef SCREENTEST_PLAY_H
#define SCREENTEST_PLAY_H

#include "sandbox.h"
#include "screens.h"
#include "script.h"
#include "terminal.h"

enum { PATH_SIZE = 4096 };

/* What the command line says. */
struct options {
    bool update, keep;
    char program[PATH_SIZE]; /* whole paths */
    char sandbox[PATH_SIZE];
    const char *pictures;     /* folder for pictures; NULL = none wanted */
    char failures[PATH_SIZE]; /* whole path of the folder for the screens of failed steps */
    int64_t limit;            /* milliseconds that anything may take */
};

struct play {
    const struct options *options;
    struct script script;
    struct screens expected; /* of the .screen file */
    struct screens seen;     /* of this run, in order */
    char *screen_path;       /* the .screen file */
    char *folder, *config, *data;
    struct texts environment;
    struct str time; /* what the clock shows */
    struct sandbox sandbox;
    struct terminal *terminal; /* NULL = the program was not started yet */
    bool may_end;              /* its end is expected, or has been seen to */
    bool checked;              /* what its end left has been looked at */
    int keys;                  /* typed since the last `count begin` */
    int killed_by;             /* the last signal of a `kill` step, 0 if none */
};

/* Reads the script and its screens, makes the folder, starts the sandbox and the program. Finished by
 * play_finish(), also where this fails. */
bool play_init(
    struct play *play, const struct options *options, const char *path, struct error *error);

/* Ends every process and takes the folder away (unless it is to be kept). */
void play_finish(struct play *play);

/* Adds where everything is: TOURDESK, CONFIG, DATA, FOLDER, SANDBOX. */
void play_add_paths(const struct play *play, struct texts *environment);

bool play_start_program(struct play *play, struct error *error);

/* Sets the program's clock, and the sandbox's from its next start on. */
bool play_set_clock(struct play *play, const char *time, struct error *error);

bool play_start_sandbox(struct play *play, struct error *error);

/* Pumps until `holds` is true of a terminal that is quiet and has had its keys read; false once the
 * limit has passed or the program has ended without it. */
bool play_until(
    struct play *play, bool (*holds)(struct play *play, const void *about), const void *about);

/* Says why play_until() gave up: `what` was not there. Returns false. */
bool play_gave_up(struct play *play, const char *what, struct error *error);

/* True if an ended program left the terminal as it was and no sanitizer's report. */
bool play_check_end(struct play *play, struct error *error);

/* Ends a program that still runs, as a logout would, and checks what it leaves. */
bool play_end_program(struct play *play, struct error *error);

#endif
