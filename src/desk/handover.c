/* The handover: what the next shift must know, signed by who leaves, taken over item by item. */
#include "internal.h"

#include "tourdesk/base/text.h"

#include "tourdesk/tour/say.h"

#include <string.h>

enum { FRESH = MINUTE };

void desk_handover(const struct desk *desk, struct board *board)
{
    board_build(board, &desk->board.tours, &desk->loose.list, "", BOARD_OF_HANDOVER, desk->now);
}

int desk_handover_row(const struct desk *desk, const struct board *board)
{
    return board_find(board, desk->handover.selected, desk->handover.section);
}

static void read_last(struct desk *desk, struct command_list *out)
{
    desk->handover.token = desk_command(desk, COMMAND_READ_HANDOVER, out)->token;
}

void handover_take(struct desk *desk, struct report *report)
{
    struct handover_state *state = &desk->handover;
    const struct handover *now = &report->handover;
    if (!report->token || report->token != state->token)
        return;
    if (report->trouble.text[0]) {
        desk_say(desk, TONE_TROUBLE, "%s.", report->trouble.text);
        return;
    }
    bool signed_here = now->at > state->last.at && strcmp(now->agent, desk->agent) == 0 &&
                       desk->now - now->at < FRESH;
    state->last = *now;
    if (signed_here) {
        char clock[SAY_SIZE];
        say_clock(clock, zone_wall(desk_zone(desk), now->at));
        desk_say(desk, TONE_GOOD,
            "Signed by %s at %s. The next person presses I, then a on each line.", now->agent,
            clock);
    }
}

/* --- signing and taking over ------------------------------------------------------------------------- */

static void signed_with(struct desk *desk, const char *text, struct command_list *out)
{
    struct command *command = desk_command(desk, COMMAND_SIGN, out);
    command->community_id[0] = '\0';
    str_copy(command->text, sizeof command->text, text);
    desk->handover.token = command->token;
    desk_say(desk, TONE_WAITING, "Signing.");
}

static void said_who(struct desk *desk, const char *text, struct command_list *out)
{
    text_clean_copy(desk->agent, sizeof desk->agent, text);
    desk_act(desk, desk->handover.pending, NULL, out);
}

static bool check_who(struct desk *desk, const char *text)
{
    bool ok = !str_blank(text);
    if (!ok)
        str_copy(desk->entry.note, sizeof desk->entry.note, "Initials go with what you do.");
    return ok;
}

/* Asks for the initials that an action needs, and then does it. */
static void ask_who(struct desk *desk, enum action action)
{
    desk->handover.pending = action;
    entry_open(desk, "Who are you?", check_who, said_who);
    str_copy(desk->entry.empty, sizeof desk->entry.empty, "your initials");
}

static void sign(struct desk *desk)
{
    if (!desk->agent[0]) {
        ask_who(desk, ACTION_SIGN);
        return;
    }
    entry_open(desk, "Sign the handover", NULL, signed_with);
    desk->entry.editor.max_bytes = NOTE_SIZE - 1;
    str_print(desk->entry.text, sizeof desk->entry.text,
        "A line for the next shift, if there is one. Enter signs as %s.", desk->agent);
}

/* True for what was taken over since the sheet was last signed. */
static bool is_taken_over(const struct desk *desk, const struct tour *tour)
{
    return tour->taken_over_at && tour->taken_over_at >= desk->handover.last.at;
}

static void take_over(struct desk *desk, struct command_list *out)
{
    struct handover_state *state = &desk->handover;
    struct board board;
    desk_handover(desk, &board);
    int row = desk_handover_row(desk, &board);
    if (row < 0) {
        desk_say(desk, TONE_PLAIN, "There is nothing to take over.");
    } else if (board.rows[row].loose) {
        loose_say(desk, board.rows[row].loose); /* it stays until it is settled */
        row_act(&board, state->selected, &state->section, ACTION_DOWN);
    } else if (is_taken_over(desk, board.rows[row].tour)) {
        desk_say(desk, TONE_PLAIN, "That is taken over already.");
    } else if (!desk->agent[0]) {
        ask_who(desk, ACTION_TAKE_OVER);
    } else {
        mark_tour(desk, board.rows[row].tour, MARK_TAKEN_OVER, desk->now, NULL, out);
        row_act(&board, state->selected, &state->section, ACTION_DOWN);
    }
    board_finish(&board);
}

/* --- the screen ----------------------------------------------------------------------------------------- */

static struct board_row focused(const struct desk *desk)
{
    struct board board;
    desk_handover(desk, &board);
    int at = desk_handover_row(desk, &board);
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

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    struct board board;
    if (action == ACTION_SIGN || action == ACTION_TAKE_OVER) {
        if (action == ACTION_SIGN)
            sign(desk);
        else
            take_over(desk, out);
        return true;
    }
    desk_handover(desk, &board);
    bool done = row_act(&board, desk->handover.selected, &desk->handover.section, action);
    board_finish(&board);
    return done;
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    struct board board;
    desk_handover(desk, &board);
    bool found = row_click(&board, desk->handover.selected, &desk->handover.section, item);
    board_finish(&board);
    if (found && twice)
        desk_act(desk, ACTION_OPEN, NULL, out);
}

static void changed(struct desk *desk, struct command_list *out)
{
    read_last(desk, out);
}

const struct screen handover_screen = {
    .context = CONTEXT_HANDOVER,
    .act = act,
    .click = click,
    .changed = changed,
    .selected = selected,
    .loose = loose,
};
