/* The tours booked here, one a line, from a fortnight back. */
#include "internal.h"

#include <string.h>

enum { DAYS_BACK = 14, DAYS_ON = 45, PAGE = 10 };

static void list(struct desk *desk, struct command_list *out)
{
    const struct zone *zone = desk_zone(desk);
    struct date today = zone_date(zone, desk->now);
    struct command *command = desk_command(desk, COMMAND_LIST_TOURS, out);
    command->query.from = zone_day_start(zone, date_add_days(today, -DAYS_BACK));
    command->query.to = zone_day_start(zone, date_add_days(today, DAYS_ON));
    desk->tours.token = command->token;
}

bool tours_take(struct desk *desk, struct report *report)
{
    if (report->token != desk->tours.token)
        return false;
    tour_list_finish(&desk->tours.tours);
    desk->tours.tours = report->tours;
    report->tours = (struct tour_list){0};
    return true;
}

/* The first that is not over: where a list begins. */
static int first_open(const struct desk *desk)
{
    const struct tour_list *tours = &desk->tours.tours;
    for (size_t i = 0; i < tours->count; i++)
        if (tours->items[i].end > desk->now)
            return (int)i;
    return (int)tours->count - 1;
}

static int find(const struct tour_list *tours, const char *id)
{
    for (size_t i = 0; i < tours->count; i++)
        if (strcmp(tours->items[i].id, id) == 0)
            return (int)i;
    return -1;
}

static const struct tour *selected(const struct desk *desk)
{
    const struct tour_list *tours = &desk->tours.tours;
    int index = find(tours, desk->tours.selected);
    if (index < 0)
        index = first_open(desk);
    return index < 0 ? NULL : &tours->items[index];
}

bool select_act(const struct tour_list *tours, char selected_id[OPERATION_ID_SIZE], int now_at,
    enum action action)
{
    int count = (int)tours->count, index = now_at;
    switch (action) {
    case ACTION_UP: index--; break;
    case ACTION_DOWN: index++; break;
    case ACTION_PAGE_UP: index -= PAGE; break;
    case ACTION_PAGE_DOWN: index += PAGE; break;
    case ACTION_FIRST: index = 0; break;
    case ACTION_LAST: index = count - 1; break;
    default: return false;
    }
    if (count > 0) {
        index = index < 0 ? 0 : index >= count ? count - 1 : index;
        str_copy(selected_id, OPERATION_ID_SIZE, tours->items[index].id);
    }
    return true;
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    (void)out;
    const struct tour *tour = selected(desk);
    int at = tour ? (int)(tour - desk->tours.tours.items) : 0;
    return select_act(&desk->tours.tours, desk->tours.selected, at, action);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    if (item >= (int)desk->tours.tours.count)
        return;
    str_copy(desk->tours.selected, OPERATION_ID_SIZE, desk->tours.tours.items[item].id);
    if (twice)
        act_on_tour(desk, ACTION_OPEN, out);
}

const struct screen tours_screen = {
    .context = CONTEXT_TOURS,
    .act = act,
    .click = click,
    .changed = list,
    .selected = selected,
};
