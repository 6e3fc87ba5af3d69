/* What a script expects of an answer: texts, exit codes, members of a JSON object. */
#ifndef CLITEST_CHECK_H
#define CLITEST_CHECK_H

#include "command.h"

#include <cjson/cJSON.h>

/* Checks what every command owes (one object and nothing else where --json was asked for, no control
 * characters, no sanitizer's report) and what the notes of its step say; keeps what they save. */
bool check_command(struct play *play, const struct command *command, struct error *error);

/* The same for an answer that is JSON and no command's. */
bool check_answer(
    struct play *play, const struct step *step, const cJSON *answer, struct error *error);

/* True if `code` is among the codes in `text`. */
bool check_code(const char *text, int code);

#endif
