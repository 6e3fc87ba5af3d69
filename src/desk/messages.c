/* What was said before, newest first. */
#include "internal.h"

enum { PAGE = 10 };

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    (void)out;
    return step_act(&desk->messages.top, desk->messages.count, PAGE, action);
}

static void opened(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk->messages.top = 0;
}

const struct screen messages_screen = {
    .context = CONTEXT_MESSAGES,
    .act = act,
    .opened = opened,
};
