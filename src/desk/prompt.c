/* The prompt: anything by its name, with what it is given behind it. */
#include "internal.h"

#include "tourdesk/base/text.h"

#include <string.h>

enum { LINE = 128, PAGE = 8, MOST = 24 };

/* --- what is offered -------------------------------------------------------------------------------- */

struct offers {
    char (*out)[LINE];
    int count, most;
};

static void add_offer(struct offers *offers, const char *name, const char *given)
{
    if (offers->count < offers->most)
        str_print(offers->out[offers->count++], LINE, "%s%s%s", name, *given ? " " : "", given);
}

/* Splits what is typed into the name, which is what stands before the first space, and what is given. */
static const char *split(const char *typed, char name[LINE])
{
    typed += strspn(typed, " ");
    size_t length = strcspn(typed, " ");
    str_print(name, LINE, "%.*s", (int)length, typed);
    typed += length;
    return typed + strspn(typed, " ");
}

static bool works(const struct desk *desk, enum action action)
{
    return action != ACTION_NOTHING && action != ACTION_PROMPT &&
           action_works(action, desk_screen_of(desk->prompt.from)->context);
}

/* Offers what a list holds that begins with what is given. */
static void offer_given(const struct desk *desk, enum action action, const char *name,
    const char *given, struct offers *offers)
{
    size_t count = action == ACTION_COMMUNITY ? desk->community_count
                   : action == ACTION_THEME   ? desk->theme_count
                                              : 0;
    for (size_t i = 0; i < count; i++) {
        const char *value =
            action == ACTION_THEME ? desk->theme_names[i] : desk->communities[i].name;
        if (str_starts(value, given))
            add_offer(offers, name, value);
    }
    if (offers->count == 0)
        add_offer(offers, name, given);
}

/* 0 = begins with what is typed, 1 = holds it, 2 = its help does, -1 = none of that. */
static int likeness(const struct action_entry *entry, const char *typed)
{
    char help[LINE], wanted[LINE];
    text_fold_copy(wanted, sizeof wanted, typed);
    text_fold_copy(help, sizeof help, entry->help);
    if (str_starts(entry->name, wanted))
        return 0;
    if (strstr(entry->name, wanted))
        return 1;
    return strstr(help, wanted) ? 2 : -1;
}

int desk_offers(const struct desk *desk, char (*out)[LINE], int most)
{
    char name[LINE];
    const char *typed = editor_text(&desk->prompt.editor);
    const char *given = split(typed, name);
    struct offers offers = {.out = out, .most = most};
    enum action named = action_find(name);
    bool behind = typed[strspn(typed, " ") + strlen(name)] == ' ';
    if (behind && works(desk, named)) {
        offer_given(desk, named, name, given, &offers);
        return offers.count;
    }
    for (int wanted = 0; wanted <= 2; wanted++)
        for (int i = 0; i < ACTION_KINDS; i++) {
            const struct action_entry *entry = action_entry((enum action)i);
            if (entry && works(desk, (enum action)i) && likeness(entry, name) == wanted)
                add_offer(&offers, entry->name, entry->takes ? given : "");
        }
    return offers.count;
}

/* --- history ------------------------------------------------------------------------------------------- */

static void remember(struct prompt_state *prompt, const char *line)
{
    int last = prompt->history_count - 1;
    if (last >= 0 && strcmp(prompt->history[last], line) == 0)
        return;
    if (prompt->history_count == PROMPTS_KEPT) {
        memmove(prompt->history[0], prompt->history[1], (size_t)last * sizeof *prompt->history);
        prompt->history_count--;
    }
    str_copy(prompt->history[prompt->history_count++], LINE, line);
}

/* Up and Down go through what was asked for before, as long as nothing else was typed. */
static bool recall(struct prompt_state *prompt, enum action action)
{
    bool browsing = prompt->history_at < prompt->history_count;
    if (!browsing && prompt->editor.text.length > 0)
        return false;
    if (action == ACTION_UP && prompt->history_at > 0)
        prompt->history_at--;
    else if (action == ACTION_DOWN && browsing)
        prompt->history_at++;
    else
        return browsing; /* at the oldest one */
    bool past = prompt->history_at == prompt->history_count;
    editor_set(&prompt->editor, past ? "" : prompt->history[prompt->history_at]);
    prompt->selected = 0;
    return true;
}

/* --- doing it --------------------------------------------------------------------------------------------- */

/* The line to do: what is typed where it begins with a name as it stands, else what is offered. */
static bool line_to_do(const struct desk *desk, char out[LINE])
{
    char name[LINE], offered[MOST][LINE];
    const struct prompt_state *prompt = &desk->prompt;
    const char *typed = editor_text(&prompt->editor);
    const char *given = split(typed, name);
    enum action action = action_find(name);
    bool listed = *given && (action == ACTION_COMMUNITY || action == ACTION_THEME);
    if (prompt->selected == 0 && works(desk, action) && !listed)
        return str_copy(out, LINE, typed);
    int count = desk_offers(desk, offered, MOST);
    return prompt->selected < count && str_copy(out, LINE, offered[prompt->selected]);
}

static void run(struct desk *desk, struct command_list *out)
{
    char line[LINE], name[LINE];
    if (str_blank(editor_text(&desk->prompt.editor)) && desk->prompt.selected == 0) {
        desk_pop(desk);
        return;
    }
    if (!line_to_do(desk, line)) {
        desk_say(desk, TONE_PLAIN, "Nothing here is called that. ? lists what is.");
        return;
    }
    const char *given = split(line, name);
    enum action action = action_find(name);
    if (*given && !action_entry(action)->takes) {
        desk_say(desk, TONE_PLAIN, "%s takes nothing behind it.", name);
        return;
    }
    remember(&desk->prompt, line);
    desk_pop(desk);
    desk_act(desk, action, given, out);
}

/* Takes what is offered into the line, ready for what goes behind it. */
static void complete(struct desk *desk)
{
    char offered[MOST][LINE], name[LINE], line[LINE + 1];
    struct prompt_state *prompt = &desk->prompt;
    int count = desk_offers(desk, offered, MOST);
    if (prompt->selected >= count)
        return;
    const char *given = split(offered[prompt->selected], name);
    const struct action_entry *entry = action_entry(action_find(name));
    bool open = entry && entry->takes && !*given;
    str_print(line, sizeof line, "%s%s", offered[prompt->selected], open ? " " : "");
    editor_set(&prompt->editor, line);
    prompt->history_at = prompt->history_count;
    prompt->selected = 0;
}

/* --- the screen ---------------------------------------------------------------------------------------------- */

void prompt_open(struct desk *desk)
{
    struct prompt_state *prompt = &desk->prompt;
    if (desk_screen(desk) == SCREEN_PROMPT)
        return;
    editor_finish(&prompt->editor);
    prompt->editor.max_bytes = LINE - 1;
    prompt->from = desk_screen(desk);
    prompt->history_at = prompt->history_count;
    prompt->selected = 0;
    desk_push(desk, SCREEN_PROMPT);
}

static bool move(struct desk *desk, enum action action)
{
    char offered[MOST][LINE];
    struct prompt_state *prompt = &desk->prompt;
    if (recall(prompt, action))
        return true;
    return step_act(&prompt->selected, desk_offers(desk, offered, MOST), PAGE, action);
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    struct prompt_state *prompt = &desk->prompt;
    if (action == ACTION_OPEN) {
        run(desk, out);
        return true;
    }
    if (action == ACTION_COMPLETE) {
        complete(desk);
        return true;
    }
    if (action >= ACTION_CHARACTER_LEFT && action <= ACTION_DELETE_TO_END) {
        if (editor_act(&prompt->editor, action) && action >= ACTION_DELETE_BACK) {
            prompt->selected = 0;
            prompt->history_at = prompt->history_count;
        }
        return true;
    }
    return move(desk, action);
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    (void)pasted;
    (void)out;
    struct prompt_state *prompt = &desk->prompt;
    editor_insert(&prompt->editor, typed, length);
    prompt->selected = 0;
    prompt->history_at = prompt->history_count;
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    char offered[MOST][LINE];
    if (item < 0 || item >= desk_offers(desk, offered, MOST))
        return;
    desk->prompt.selected = item;
    complete(desk);
    if (twice)
        run(desk, out);
}

const struct screen prompt_screen = {
    .context = CONTEXT_PROMPT,
    .floats = true,
    .takes_text = true,
    .act = act,
    .text = text,
    .click = click,
};
