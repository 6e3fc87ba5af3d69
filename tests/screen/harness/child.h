/* Processes that a test starts: a clean environment in, and none left behind. */
#ifndef SCREENTEST_CHILD_H
#define SCREENTEST_CHILD_H

#include "texts.h"

#include "tourdesk/base/clock.h"
#include "tourdesk/base/error.h"

#include <sys/types.h>

/* What a process is started with; nothing here is copied. */
struct start {
    const char *program;           /* a path */
    const struct texts *arguments; /* the program itself first */
    const struct texts *environment;
    const char *folder; /* to run in */
};

/* Called once: orphans of what is started become our own children, and we are asked before we end.
 * True from child_interrupted() = a person or a time limit wants us to end. */
void child_watch(void);
bool child_interrupted(void);

/* For the child after fork(): becomes the program, in a process group of its own, with the given
 * standard files (-1 = as they are); dies with its parent. Does not return. */
__attribute__((noreturn)) void child_become(const struct start *start, int in, int out, int err);

/* Forks and does the above; false with an error where it cannot. */
bool child_start(
    const struct start *start, int in, int out, int err, pid_t *pid, struct error *error);

/* Ends a process and its group, and takes its end; does nothing for a pid of 0. */
void child_end(pid_t pid);

/* Ends and takes every process that is still ours. */
void child_end_all(void);

/* The exit code of a wait status; 128 and the signal where one ended it. */
int child_code(int status);

/* Milliseconds on a clock that only goes forward. */
int64_t child_now(void);

/* A pipe whose ends programs do not inherit. */
bool child_pipe(int ends[2], struct error *error);

#endif
