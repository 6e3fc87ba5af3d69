/* What floats above a page: questions, lists to pick from, help. */
#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/tour/say.h"

#include <stdlib.h>
#include <string.h>

enum { HELP_PAGE = 10 };

/* --- questions ------------------------------------------------------------------------------------ */

void question_open(struct desk *desk)
{
    desk_push(desk, SCREEN_QUESTION);
}

void question_add(struct question *question, char key, const char *words,
    void (*chosen)(struct desk *desk, struct command_list *out))
{
    if (question->answer_count == QUESTION_ANSWERS)
        return;
    int i = question->answer_count++;
    question->answers[i].key = key;
    str_copy(question->answers[i].words, sizeof question->answers[i].words, words);
    question->answers[i].chosen = chosen;
}

static bool question_takes_text(const struct desk *desk)
{
    (void)desk;
    return true;
}

static void question_text(
    struct desk *desk, const char *text, size_t length, bool pasted, struct command_list *out)
{
    const struct question *question = &desk->question;
    for (int i = 0; !pasted && length == 1 && i < question->answer_count; i++)
        if (question->answers[i].key == *text) {
            void (*chosen)(struct desk *, struct command_list *) = question->answers[i].chosen;
            desk_pop(desk);
            if (chosen)
                chosen(desk, out);
            return;
        }
    desk_say(desk, TONE_PLAIN, "Press one of the keys that the question names.");
}

static bool question_act(struct desk *desk, enum action action, struct command_list *out)
{
    (void)out;
    if (action != ACTION_OPEN)
        return false;
    desk_say(desk, TONE_PLAIN, "Press one of the keys that the question names.");
    return true;
}

const struct screen question_screen = {
    .context = CONTEXT_QUESTION,
    .floats = true,
    .takes_text = question_takes_text,
    .act = question_act,
    .text = question_text,
};

/* --- cancelling a tour ------------------------------------------------------------------------------ */

static void cancel_yes(struct desk *desk, struct command_list *out)
{
    struct command *command = desk_command(desk, COMMAND_CANCEL, out);
    str_copy(command->community_id, ID_SIZE, desk->question.tour.community_id);
    str_copy(command->tour_id, OPERATION_ID_SIZE, desk->question.tour.id);
    command->cancelling.asked_by = ASKED_BY_PROSPECT;
}

static void cancel_no(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk_say(desk, TONE_PLAIN, "Nothing was cancelled.");
}

void cancel_ask(struct desk *desk, const struct tour *tour)
{
    struct error why;
    if (tour->booking == STATE_SAVED) {
        desk_say(desk, TONE_PLAIN, "This booking has not left yet: u takes it back.");
        return;
    }
    if (!tour_can_cancel(tour, &why)) {
        desk_say(desk, TONE_PLAIN, "It cannot be cancelled: %s.", why.text);
        return;
    }
    const struct community *community =
        community_find(desk->communities, desk->community_count, tour->community_id);
    char span[SAY_SIZE], name[2 * NAME_SIZE], phone[PHONE_SIZE];
    struct profile profile = {0};
    struct question *question = &desk->question;
    str_copy(profile.first_name, NAME_SIZE, tour->first_name);
    str_copy(profile.last_name, NAME_SIZE, tour->last_name);
    profile_full_name(&profile, name);
    phone_local(tour->phone, phone);
    *question = (struct question){.tour = *tour};
    str_copy(question->title, sizeof question->title, "Cancel this tour?");
    str_print(question->text, sizeof question->text,
        "%s\n%s\n%s%s%s\nnumber %s\n\nKnock will probably write to them about it.", name,
        say_span(span, community ? community->zone : desk_zone(desk), tour->start.at, tour->end,
            desk->now),
        phone, *phone && tour->email[0] ? ", " : "", tour->email, tour->appointment_id);
    question_add(question, 'y', "cancel it", cancel_yes);
    question_add(question, 'n', "keep it", cancel_no);
    question_open(desk);
}

/* --- lists ------------------------------------------------------------------------------------------- */

void list_open(struct desk *desk, const char *title,
    void (*picked)(struct desk *desk, int index, struct command_list *out))
{
    free(desk->list.items);
    desk->list = (struct list_state){.picked = picked};
    str_copy(desk->list.title, sizeof desk->list.title, title);
    desk_push(desk, SCREEN_LIST);
}

void list_add(struct list_state *list, const char *text)
{
    size_t capacity = (size_t)list->count;
    list->items = mem_grow(list->items, &capacity, capacity + 1, sizeof *list->items);
    str_copy(list->items[list->count++], sizeof *list->items, text);
}

static void list_pick(struct desk *desk, int index, struct command_list *out)
{
    void (*picked)(struct desk *, int, struct command_list *) = desk->list.picked;
    desk_pop(desk);
    picked(desk, index, out);
}

static void list_move(struct list_state *list, int by)
{
    list->selected += by;
    if (list->selected >= list->count)
        list->selected = list->count - 1;
    if (list->selected < 0)
        list->selected = 0;
}

static bool list_act(struct desk *desk, enum action action, struct command_list *out)
{
    struct list_state *list = &desk->list;
    switch (action) {
    case ACTION_UP: list_move(list, -1); break;
    case ACTION_DOWN: list_move(list, 1); break;
    case ACTION_PAGE_UP: list_move(list, -HELP_PAGE); break;
    case ACTION_PAGE_DOWN: list_move(list, HELP_PAGE); break;
    case ACTION_FIRST: list_move(list, -list->count); break;
    case ACTION_LAST: list_move(list, list->count); break;
    case ACTION_OPEN: list_pick(desk, list->selected, out); break;
    default: return false;
    }
    return true;
}

static void list_text(
    struct desk *desk, const char *text, size_t length, bool pasted, struct command_list *out)
{
    int index = *text - '1';
    if (!pasted && length == 1 && index >= 0 && index < 9 && index < desk->list.count)
        list_pick(desk, index, out);
}

/* Digits pick; everything else is a key. */
const struct screen list_screen = {
    .context = CONTEXT_LIST,
    .floats = true,
    .act = list_act,
    .text = list_text,
};

/* --- help -------------------------------------------------------------------------------------------- */

static bool help_act(struct desk *desk, enum action action, struct command_list *out)
{
    (void)out;
    struct help_state *help = &desk->help;
    switch (action) {
    case ACTION_UP: help->top--; break;
    case ACTION_DOWN: help->top++; break;
    case ACTION_PAGE_UP: help->top -= HELP_PAGE; break;
    case ACTION_PAGE_DOWN: help->top += HELP_PAGE; break;
    case ACTION_FIRST: help->top = 0; break;
    case ACTION_LAST: help->top = ACTION_KINDS; break;
    case ACTION_HELP: desk_pop(desk); break;
    default: return false;
    }
    int most = help_lines(help->context) - 1;
    help->top = help->top > most ? most : help->top;
    help->top = help->top < 0 ? 0 : help->top;
    return true;
}

int help_lines(enum context context)
{
    int lines = 0;
    for (int i = 0; i < ACTION_KINDS; i++) {
        const struct action_entry *entry = action_entry((enum action)i);
        if (entry && entry->contexts & ((unsigned)context | CONTEXT_EVERYWHERE))
            lines++;
    }
    return lines;
}

const struct screen help_screen = {
    .context = CONTEXT_HELP,
    .act = help_act,
};
