#include "tourdesk/tour/command.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

struct command *command_create(enum command_kind kind)
{
    struct command *command = mem_alloc(sizeof *command);
    command->kind = kind;
    return command;
}

void command_destroy(struct command *command)
{
    if (!command)
        return;
    draft_finish(&command->draft);
    free(command);
}
