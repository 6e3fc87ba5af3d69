/* What stands in no tour's row: how the desk hears of it, and what can be done with the one that has the focus. */
#include "internal.h"

#include <string.h>

/* --- hearing of it ------------------------------------------------------------------------------------- */

void loose_ask(struct desk *desk, struct command_list *out)
{
    struct command *command = desk_command(desk, COMMAND_LIST_OPERATIONS, out);
    command->unsettled = true;
    command->community_id[0] = '\0';
    desk->loose.token = command->token;
}

bool loose_take(struct desk *desk, const struct report *report)
{
    struct loose_list *list = &desk->loose.list;
    if (!report->token || report->token != desk->loose.token)
        return false;
    if (report->trouble.text[0]) {
        desk_say(desk, TONE_TROUBLE, "%s", report->trouble.text);
        return true; /* what was known stays */
    }
    loose_list_finish(list);
    for (size_t i = 0; i < report->operation_count; i++)
        loose_list_put(
            list, &report->operations[i], i < report->tours.count ? &report->tours.items[i] : NULL);
    return true;
}

void loose_operation(struct desk *desk, const struct report *report)
{
    loose_list_put(&desk->loose.list, report->operation, report->tour);
}

void loose_tour(struct desk *desk, const struct tour *tour)
{
    for (size_t i = 0; i < desk->loose.list.count; i++)
        if (strcmp(desk->loose.list.items[i].tour.id, tour->id) == 0)
            desk->loose.list.items[i].tour = *tour;
}

int loose_count(const struct desk *desk, bool (*counts)(enum operation_state state))
{
    int count = 0;
    for (size_t i = 0; i < desk->loose.list.count; i++) {
        const struct loose *loose = &desk->loose.list.items[i];
        count += counts(loose->operation.state) && loose_stands_alone(loose, &desk->board.tours);
    }
    return count;
}

/* --- what can be done with it ---------------------------------------------------------------------------- */

const struct loose *desk_loose(const struct desk *desk)
{
    const struct screen *screen = desk_screen_of(desk_base_screen(desk));
    return screen->loose ? screen->loose(desk) : NULL;
}

void loose_say(struct desk *desk, const struct loose *loose)
{
    static const char *const next[STATES] = {
        [STATE_SAVED] = "it has not left, u takes it back, ! sends it now",
        [STATE_SENDING] = "it is on its way",
        [STATE_UNKNOWN] = "U settles it",
    };
    const struct operation *operation = &loose->operation;
    desk_say(desk, TONE_PLAIN, "This is a %s, no tour: %s.", operation_kind_word(operation->kind),
        next[operation->state]);
}

/* What the words on the screen offer to take back comes before what has the focus. */
static bool undo_is_offered(const struct desk *desk)
{
    const struct operation *told = desk->notice.operation;
    return desk->undo.kind == UNDO_OPERATION && told &&
           strcmp(told->id, desk->undo.operation_id) == 0;
}

static void give(struct desk *desk, enum command_kind kind, const struct operation *operation,
    struct command_list *out)
{
    struct command *command = desk_command(desk, kind, out);
    str_copy(command->community_id, ID_SIZE, operation->community_id);
    str_copy(command->operation_id, OPERATION_ID_SIZE, operation->id);
}

bool act_on_loose(struct desk *desk, enum action action, struct command_list *out)
{
    const struct loose *loose = desk_loose(desk);
    if (!loose)
        return false;
    bool unknown = loose->operation.state == STATE_UNKNOWN;
    bool waits = loose->operation.state == STATE_SAVED && !undo_is_offered(desk);
    if (unknown && (action == ACTION_OPEN || action == ACTION_SETTLE))
        settle_loose(desk, loose, out);
    else if (waits && action == ACTION_UNDO)
        give(desk, COMMAND_WITHDRAW, &loose->operation, out);
    else if (waits && action == ACTION_SEND_NOW)
        give(desk, COMMAND_SEND_NOW, &loose->operation, out);
    else
        return false;
    return true;
}
