/* Every community, a line each: the one shown has the focus, and Enter goes to its calendar. */
#include "internal.h"

enum { PAGE = 10, FRESH = 60 * SECOND };

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    int at = (int)desk->office;
    if (action == ACTION_OPEN) {
        desk_show(desk, SCREEN_CALENDAR, out);
        return true;
    }
    if (!step_act(&at, (int)desk->community_count, PAGE, action))
        return false;
    if (at != (int)desk->office)
        desk_change_office(desk, (size_t)at, out);
    return true;
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    if (item < 0 || item >= (int)desk->community_count)
        return;
    if (item != (int)desk->office)
        desk_change_office(desk, (size_t)item, out);
    if (twice)
        desk_show(desk, SCREEN_CALENDAR, out);
}

/* Free times of every community are wanted here, not only of the one shown. */
static void opened(struct desk *desk, struct command_list *out)
{
    for (size_t i = 0; i < desk->community_count; i++)
        if (desk->now - desk->offices[i].asked_at[CALENDAR_SELF_GUIDED] >= FRESH)
            reads_slots(desk, i, out);
}

const struct screen communities_screen = {
    .context = CONTEXT_COMMUNITIES,
    .act = act,
    .click = click,
    .opened = opened,
};
