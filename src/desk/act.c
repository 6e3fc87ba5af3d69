/* What an action does wherever no screen has its own idea of it. */
#include "internal.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"

#include <string.h>

static const struct screen *top(const struct desk *desk)
{
    return desk_screen_of(desk_screen(desk));
}

static void go_back(struct desk *desk, struct command_list *out)
{
    const struct screen *screen = top(desk);
    if (desk->depth == 1) {
        desk_show(desk, SCREEN_CALENDAR, out);
        return;
    }
    desk_pop(desk);
    if (screen->closed)
        screen->closed(desk, out);
    if (top(desk)->changed)
        top(desk)->changed(desk, out);
}

/* --- communities ---------------------------------------------------------------------------------- */

static void pick_community(struct desk *desk, int index, struct command_list *out)
{
    desk_change_office(desk, (size_t)index, out);
}

/* The community whose name begins with (else holds) what was typed, or -1. */
static int community_named(const struct desk *desk, const char *typed)
{
    char wanted[128], name[128];
    text_fold_copy(wanted, sizeof wanted, typed);
    int holds = -1;
    for (size_t i = 0; i < desk->community_count; i++) {
        text_fold_copy(name, sizeof name, desk->communities[i].name);
        if (strncmp(name, wanted, strlen(wanted)) == 0)
            return (int)i;
        if (holds < 0 && strstr(name, wanted))
            holds = (int)i;
    }
    return holds;
}

static void ask_community(struct desk *desk, struct command_list *out)
{
    if (desk->argument) {
        int index = community_named(desk, desk->argument);
        if (index >= 0)
            desk_change_office(desk, (size_t)index, out);
        else
            desk_say(desk, TONE_PLAIN, "No community here is called %s.", desk->argument);
        return;
    }
    if (desk->community_count == 1) {
        desk_say(desk, TONE_PLAIN, "There is only one community in the configuration.");
        return;
    }
    list_open(desk, "Community", pick_community);
    for (size_t i = 0; i < desk->community_count; i++) {
        char line[128];
        str_print(line, sizeof line, "%.90s (%s time)", desk->communities[i].name,
            zone_word(desk->communities[i].zone));
        list_add(&desk->list, line);
    }
    desk->list.selected = (int)desk->office;
}

/* --- themes: the choice is shown at once ------------------------------------------------------------ */

static void show_theme(struct desk *desk, int index)
{
    desk->theme = (size_t)index;
    desk->redraws++;
}

static void pick_theme(struct desk *desk, int index, struct command_list *out)
{
    (void)out;
    show_theme(desk, index);
    desk_say(desk, TONE_PLAIN, "Colours: %s. theme = \"%s\" in the configuration keeps them.",
        desk->theme_names[index], desk->theme_names[index]);
}

static void leave_theme(struct desk *desk)
{
    show_theme(desk, desk->list.before);
}

static void ask_theme(struct desk *desk, struct command_list *out)
{
    for (size_t i = 0; desk->argument && i < desk->theme_count; i++)
        if (str_same(desk->theme_names[i], desk->argument)) {
            pick_theme(desk, (int)i, out);
            return;
        }
    if (desk->theme_count == 0) {
        desk_say(desk, TONE_PLAIN, "No themes were found.");
        return;
    }
    list_open(desk, "Colours", pick_theme);
    for (size_t i = 0; i < desk->theme_count; i++)
        list_add(&desk->list, desk->theme_names[i]);
    desk->list.selected = desk->list.before = (int)desk->theme;
    desk->list.moved = show_theme;
    desk->list.left = leave_theme;
}

/* --- leaving ------------------------------------------------------------------------------------------ */

static bool check_leave(struct desk *desk, const char *text)
{
    bool ok = str_same(text, "leave");
    if (!ok)
        str_copy(desk->entry.note, sizeof desk->entry.note, "Type leave, then Enter. Esc stays.");
    return ok;
}

static void leave(struct desk *desk, const char *text, struct command_list *out)
{
    (void)text;
    (void)out;
    desk->done = true;
}

static void quit(struct desk *desk, struct command_list *out)
{
    (void)out;
    int unsent = desk_unsent(desk);
    if (unsent == 0) {
        desk->done = true;
        return;
    }
    entry_open(desk, "Leave with work unsent?", check_leave, leave);
    str_print(desk->entry.text, sizeof desk->entry.text,
        "%d %s saved here and not sent to Knock yet. %s safe, and %s sent only while tourdesk "
        "runs. "
        "Type leave to go all the same.",
        unsent, unsent == 1 ? "change is" : "changes are", unsent == 1 ? "It is" : "They are",
        unsent == 1 ? "is" : "are");
}

/* --- who works here ------------------------------------------------------------------------------------- */

static void set_agent(struct desk *desk, const char *text, struct command_list *out)
{
    (void)out;
    text_clean_copy(desk->agent, sizeof desk->agent, text);
    if (desk->agent[0])
        desk_say(
            desk, TONE_PLAIN, "What is done from now on carries the initials %s.", desk->agent);
    else
        desk_say(desk, TONE_PLAIN, "What is done from now on carries no initials.");
}

static void ask_agent(struct desk *desk, struct command_list *out)
{
    if (desk->argument) {
        set_agent(desk, desk->argument, out);
        return;
    }
    entry_open(desk, "Who works here?", NULL, set_agent);
    str_copy(
        desk->entry.text, sizeof desk->entry.text, "Initials go with everything that is done.");
    /* Shown, never in the field: what the next person types must not be added to them. */
    if (desk->agent[0])
        str_print(desk->entry.empty, sizeof desk->entry.empty, "%s until now; Enter alone: none",
            desk->agent);
}

/* --- taking back ------------------------------------------------------------------------------------------ */

void act_aim_undo(struct desk *desk, const struct tour *tour)
{
    char name[SHORT_NAME_SIZE];
    desk->undo = (struct undo){.kind = UNDO_OPERATION};
    str_copy(desk->undo.operation_id, OPERATION_ID_SIZE, tour->id);
    str_copy(desk->undo.tour_id, OPERATION_ID_SIZE, tour->id);
    short_name(tour->first_name, tour->last_name, name);
    desk_say(desk, TONE_PLAIN, "The booking of %s has not left yet: u takes it back.", name);
}

static const struct tour *find_tour(const struct desk *desk, const char *id)
{
    const struct tour_list *lists[] = {&desk->board.tours, &desk->calendar.tours,
        &desk->tours.tours, &desk->person.person.tours, &desk->search.page.tours};
    const struct tour *tour = NULL;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !tour; i++)
        tour = tour_list_find(lists[i], id);
    return tour;
}

void act_take_back(struct desk *desk, struct command_list *out)
{
    struct undo *undo = &desk->undo;
    struct command *command;
    const struct tour *tour = find_tour(desk, undo->tour_id);
    switch (undo->kind) {
    case UNDO_NOTHING:
        desk_say(desk, TONE_PLAIN, "Nothing can be taken back now. x cancels a booked tour.");
        return;
    case UNDO_OPERATION:
        command = desk_command(desk, COMMAND_WITHDRAW, out);
        str_copy(command->operation_id, OPERATION_ID_SIZE, undo->operation_id);
        return;
    case UNDO_MARK:
        command = desk_command(desk, COMMAND_UNMARK, out);
        str_copy(command->tour_id, OPERATION_ID_SIZE, undo->tour_id);
        command->mark.kind = undo->mark;
        desk->marking.token = command->token;
        desk->marking.kind = undo->mark;
        desk->marking.back = true;
        break;
    case UNDO_CANCEL:
        if (tour)
            book_again(desk, tour, out);
        else
            desk_say(desk, TONE_PLAIN, "A cancel that was sent stays. Book the time again.");
        break;
    }
    undo->kind = UNDO_NOTHING;
}

static void send_now(struct desk *desk, struct command_list *out)
{
    if (desk->undo.kind != UNDO_OPERATION) {
        desk_say(
            desk, TONE_PLAIN, "Nothing waits for its undo time. :sync sends all that is saved.");
        return;
    }
    struct command *command = desk_command(desk, COMMAND_SEND_NOW, out);
    str_copy(command->operation_id, OPERATION_ID_SIZE, desk->undo.operation_id);
}

static void send_all(struct desk *desk, struct command_list *out)
{
    desk_command(desk, COMMAND_SYNC, out);
    desk_say(desk, TONE_WAITING, "Sending everything that is saved.");
}

static void refresh(struct desk *desk, struct command_list *out)
{
    struct office *office = &desk->offices[desk->office];
    office->ask_again = office->slots_token[CALENDAR_SELF_GUIDED] != 0;
    reads_slots(desk, desk->office, out);
    reads_sources(desk, desk->office, out);
    desk_list_again(desk, out);
    desk_say(desk, TONE_PLAIN, "Asking Knock again.");
}

/* --- going ----------------------------------------------------------------------------------------------------- */

static void show_calendar(struct desk *desk, struct command_list *out)
{
    desk_show(desk, SCREEN_CALENDAR, out);
}

static void show_board(struct desk *desk, struct command_list *out)
{
    desk_show(desk, SCREEN_BOARD, out);
}

static void show_tours(struct desk *desk, struct command_list *out)
{
    desk_show(desk, SCREEN_TOURS, out);
}

static void show_communities(struct desk *desk, struct command_list *out)
{
    desk_show(desk, SCREEN_COMMUNITIES, out);
}

static void show_search(struct desk *desk, struct command_list *out)
{
    desk_show(desk, SCREEN_SEARCH, out);
    if (desk->argument)
        desk_screen_of(SCREEN_SEARCH)
            ->text(desk, desk->argument, strlen(desk->argument), true, out);
}

static void show_messages(struct desk *desk, struct command_list *out)
{
    desk_show(desk, SCREEN_MESSAGES, out);
}

static void show_results(struct desk *desk, struct command_list *out)
{
    desk_show(desk, SCREEN_RESULTS, out);
}

static void show_sweep(struct desk *desk, struct command_list *out)
{
    desk_show(desk, SCREEN_SWEEP, out);
}

static void show_handover(struct desk *desk, struct command_list *out)
{
    desk_show(desk, SCREEN_HANDOVER, out);
}

static void book(struct desk *desk, struct command_list *out)
{
    book_open(desk, NULL, desk->argument, out);
}

static void help(struct desk *desk, struct command_list *out)
{
    (void)out;
    help_open(desk);
}

static void prompt(struct desk *desk, struct command_list *out)
{
    (void)out;
    prompt_open(desk);
}

static void blank(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk->hidden = true;
}

static void redraw(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk->redraws++;
}

static void suspend(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk->suspend = true;
}

void act_everywhere(struct desk *desk, enum action action, struct command_list *out)
{
    static void (*const doers[ACTION_KINDS])(struct desk * desk, struct command_list * out) = {
        [ACTION_HELP] = help,
        [ACTION_BACK] = go_back,
        [ACTION_PROMPT] = prompt,
        [ACTION_MESSAGES] = show_messages,
        [ACTION_BLANK] = blank,
        [ACTION_REDRAW] = redraw,
        [ACTION_SUSPEND] = suspend,
        [ACTION_QUIT] = quit,
        [ACTION_CALENDAR] = show_calendar,
        [ACTION_BOARD] = show_board,
        [ACTION_TOURS] = show_tours,
        [ACTION_COMMUNITIES] = show_communities,
        [ACTION_SEARCH] = show_search,
        [ACTION_COMMUNITY] = ask_community,
        [ACTION_RESULTS] = show_results,
        [ACTION_BOOK] = book,
        [ACTION_WALK_IN] = walk_in_open,
        [ACTION_SWEEP] = show_sweep,
        [ACTION_HANDOVER] = show_handover,
        [ACTION_UNDO] = act_take_back,
        [ACTION_SEND_NOW] = send_now,
        [ACTION_SYNC] = send_all,
        [ACTION_REFRESH] = refresh,
        [ACTION_AGENT] = ask_agent,
        [ACTION_THEME] = ask_theme,
    };
    if (doers[action])
        doers[action](desk, out);
}
