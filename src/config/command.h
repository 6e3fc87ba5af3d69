/* Running a key_command. */
#ifndef TOURDESK_SRC_CONFIG_COMMAND_H
#define TOURDESK_SRC_CONFIG_COMMAND_H

#include "tourdesk/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { COMMAND_OUTPUT_MOST = 4096 };

/* Runs `command` with /bin/sh in a session of its own, without a terminal, input or error output,
 * and puts the first line of what it prints into `out`, of COMMAND_OUTPUT_MOST bytes. After
 * `timeout` milliseconds it is killed with everything it started. True if it ended well; the error
 * names how it ended and never what it printed. */
bool command_first_line(
    const char *command, int timeout, char out[COMMAND_OUTPUT_MOST], struct error *error);

#endif
