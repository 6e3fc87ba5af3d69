/* The tours booked here, one a line, from last week on. */
#include "internal.h"

#include <string.h>

enum { DAYS_BACK = 14, DAYS_ON = 45, PAGE = 10 };

void tours_list(struct desk *desk, struct command_list *out)
{
    const struct zone *zone = desk_zone(desk);
    struct date today = zone_date(zone, desk->now);
    if (desk_base_screen(desk) != SCREEN_TOURS)
        return;
    struct command *command = desk_command(desk, COMMAND_LIST_TOURS, out);
    command->query.from = zone_day_start(zone, date_add_days(today, -DAYS_BACK));
    command->query.to = zone_day_start(zone, date_add_days(today, DAYS_ON));
    desk->tours.token = command->token;
}

static int selected_index(const struct desk *desk)
{
    const struct tour_list *tours = &desk->tours.tours;
    for (size_t i = 0; i < tours->count; i++)
        if (strcmp(tours->items[i].id, desk->tours.selected) == 0)
            return (int)i;
    /* Nothing was selected, or it is gone: the first that is not over. */
    for (size_t i = 0; i < tours->count; i++)
        if (tours->items[i].end > desk->now)
            return (int)i;
    return (int)tours->count - 1;
}

const struct tour *desk_selected_tour(const struct desk *desk)
{
    int index = selected_index(desk);
    return index < 0 ? NULL : &desk->tours.tours.items[index];
}

static void select_by(struct desk *desk, int by)
{
    int count = (int)desk->tours.tours.count, index = selected_index(desk) + by;
    if (count == 0)
        return;
    index = index < 0 ? 0 : index >= count ? count - 1 : index;
    str_copy(desk->tours.selected, OPERATION_ID_SIZE, desk->tours.tours.items[index].id);
}

static void with_selected(
    struct desk *desk, enum action action, const struct tour *tour, struct command_list *out)
{
    if (!tour)
        desk_say(desk, TONE_PLAIN, "No tour is selected.");
    else if (action == ACTION_CANCEL)
        cancel_ask(desk, tour);
    else
        visit_open(desk, tour, out);
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    switch (action) {
    case ACTION_UP: select_by(desk, -1); break;
    case ACTION_DOWN: select_by(desk, 1); break;
    case ACTION_PAGE_UP: select_by(desk, -PAGE); break;
    case ACTION_PAGE_DOWN: select_by(desk, PAGE); break;
    case ACTION_FIRST: select_by(desk, -1000000); break;
    case ACTION_LAST: select_by(desk, 1000000); break;
    case ACTION_OPEN:
    case ACTION_VISIT:
    case ACTION_CANCEL: with_selected(desk, action, desk_selected_tour(desk), out); break;
    case ACTION_BACK: desk->stack[0] = SCREEN_CALENDAR; break;
    default: return false;
    }
    return true;
}

const struct screen tours_screen = {
    .context = CONTEXT_TOURS,
    .act = act,
};
