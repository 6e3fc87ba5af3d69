/* A command as a process: what it reads, what it says, how it ends. */
#ifndef CLITEST_COMMAND_H
#define CLITEST_COMMAND_H

#include "play.h"

struct command {
    const struct step *step;
    pid_t pid;
    int in, out, err; /* our ends; -1 = closed */
    struct str input;
    size_t written;
    struct str said, complained; /* standard output and standard error */
    int signal;                /* to be sent when the request it waits for has come in; 0 = none */
    char method[8], path[256]; /* of that request */
    size_t already;            /* how many of them there were before */
    bool json;                 /* it was asked for one object */
    bool ended;
    int code;
};

/* Starts the command of a step; false with an error where it cannot. Finished by command_finish(). */
bool command_start(
    struct command *command, struct play *play, const struct step *step, struct error *error);

/* Runs all of them to their ends, side by side. */
bool command_wait(struct command *commands, size_t count, struct play *play, struct error *error);

void command_finish(struct command *command);

#endif
