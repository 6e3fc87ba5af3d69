/* The board: what wants something now, over every community or one. */
#include "internal.h"

#include <string.h>

enum {
    DAYS_ON = 2,    /* today and tomorrow */
    DAYS_OPEN = 60, /* how far back what is still open is looked for */
    PAGE = 10,
};

/* --- listing ------------------------------------------------------------------------------------- */

/* From the first community's midnight to the last one's. */
static void set_span(const struct desk *desk, struct tour_query *query)
{
    for (size_t i = 0; i < desk->community_count; i++) {
        const struct zone *zone = desk->communities[i].zone;
        struct date today = zone_date(zone, desk->now);
        instant from = zone_day_start(zone, today);
        instant to = zone_day_start(zone, date_add_days(today, DAYS_ON));
        if (i == 0 || from < query->from)
            query->from = from;
        if (i == 0 || to > query->to)
            query->to = to;
        if (i == 0)
            query->open_since = zone_day_start(zone, date_add_days(today, -DAYS_OPEN));
    }
}

void board_list(struct desk *desk, struct command_list *out)
{
    struct command *command = desk_command(desk, COMMAND_LIST_TOURS, out);
    command->community_id[0] = '\0';
    set_span(desk, &command->query);
    desk->board.token = command->token;
    loose_ask(desk, out);
}

void board_take(struct desk *desk, struct report *report)
{
    if (report->token != desk->board.token || report->trouble.text[0])
        return; /* what was known stays; the trouble has been told */
    tour_list_finish(&desk->board.tours);
    desk->board.tours = report->tours;
    report->tours = (struct tour_list){0};
}

/* --- rows ------------------------------------------------------------------------------------------ */

void desk_board(const struct desk *desk, struct board *board)
{
    const char *community = desk->board.one_community ? desk_office(desk)->community->id : "";
    board_build(
        board, &desk->board.tours, &desk->loose.list, community, BOARD_OF_THE_DAY, desk->now);
}

int desk_board_row(const struct desk *desk, const struct board *board)
{
    return board_find(board, desk->board.selected, desk->board.section);
}

bool row_click(const struct board *board, char selected[OPERATION_ID_SIZE],
    enum board_section *section, int item)
{
    if (item < 0 || item >= (int)board->count)
        return false;
    str_copy(selected, OPERATION_ID_SIZE, board_row_id(&board->rows[item]));
    *section = board->rows[item].section;
    return true;
}

bool row_act(const struct board *board, char selected[OPERATION_ID_SIZE],
    enum board_section *section, enum action action)
{
    int row = board_find(board, selected, *section);
    if (!step_act(&row, (int)board->count, PAGE, action))
        return false;
    row_click(board, selected, section, row);
    return true;
}

/* The row that has the focus; of neither kind where there is none. */
static struct board_row focused(const struct desk *desk)
{
    struct board board;
    desk_board(desk, &board);
    int at = desk_board_row(desk, &board);
    struct board_row row = {0};
    if (at >= 0)
        row = board.rows[at];
    board_finish(&board);
    return row;
}

static const struct tour *selected(const struct desk *desk)
{
    return focused(desk).tour;
}

static const struct loose *loose(const struct desk *desk)
{
    return focused(desk).loose;
}

/* --- the screen --------------------------------------------------------------------------------------- */

/* The board's own key, pressed on the board: one community or all. */
static bool change_span(struct desk *desk)
{
    if (desk->community_count < 2)
        return false;
    desk->board.one_community = !desk->board.one_community;
    if (desk->board.one_community)
        desk_say(desk, TONE_PLAIN, "Only %s. The same key shows all communities.",
            desk_office(desk)->community->name);
    else
        desk_say(desk, TONE_PLAIN, "All communities.");
    return true;
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    struct board board;
    (void)out;
    if (action == ACTION_BOARD)
        return change_span(desk);
    desk_board(desk, &board);
    bool done = row_act(&board, desk->board.selected, &desk->board.section, action);
    board_finish(&board);
    return done;
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    struct board board;
    desk_board(desk, &board);
    bool found = row_click(&board, desk->board.selected, &desk->board.section, item);
    board_finish(&board);
    if (found && twice)
        desk_act(desk, ACTION_OPEN, NULL, out);
}

const struct screen board_screen = {
    .context = CONTEXT_BOARD,
    .act = act,
    .click = click,
    .selected = selected,
    .loose = loose,
};
