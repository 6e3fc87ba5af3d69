/* Help: what can be asked for here, found by typing, done by Enter. */
#include "internal.h"

#include "tourdesk/base/text.h"

#include <string.h>

enum { HELP_BYTES = 100, PAGE = 10, WORD_BYTES = 128 };

/* --- what is listed -------------------------------------------------------------------------------- */

/* True if one of an action's default keys is the word. */
static bool has_key(const struct action_entry *entry, const char *word, size_t length)
{
    for (const char *key = entry->keys; *key;) {
        size_t size = strcspn(key, " ");
        const char *colon = memchr(key, ':', size);
        if (colon && colon > key && size > 1) { /* "board:h" */
            size -= (size_t)(colon + 1 - key);
            key = colon + 1;
        }
        if (size == length && strncmp(key, word, length) == 0)
            return true;
        key += size + (key[size] == ' ');
    }
    return false;
}

static bool has_word(const struct action_entry *entry, const char *word, size_t length)
{
    char one[WORD_BYTES], wanted[WORD_BYTES], help[WORD_BYTES], name[WORD_BYTES];
    str_print(one, sizeof one, "%.*s", (int)length, word);
    text_fold_copy(wanted, sizeof wanted, one);
    text_fold_copy(help, sizeof help, entry->help);
    text_fold_copy(name, sizeof name, entry->name);
    return strstr(help, wanted) || strstr(name, wanted) || has_key(entry, word, length);
}

/* True if every word that is typed is found. */
static bool matches(const struct action_entry *entry, const char *typed)
{
    while (*(typed += strspn(typed, " "))) {
        size_t length = strcspn(typed, " ");
        if (!has_word(entry, typed, length))
            return false;
        typed += length;
    }
    return true;
}

enum help_group desk_help_group(enum action action)
{
    if (action >= ACTION_CHARACTER_LEFT && action <= ACTION_DELETE_TO_END)
        return HELP_TYPING;
    bool pages = action_works(action, CONTEXT_CALENDAR) && action_works(action, CONTEXT_MESSAGES);
    return pages ? HELP_EVERYWHERE : HELP_HERE;
}

/* Of the keys of a form those come first that nobody would guess. */
static const enum action form_order[] = {ACTION_OTHER_TIME, ACTION_CLEAR_FORM, ACTION_COMPLETE,
    ACTION_SUBMIT, ACTION_NEXT_FIELD, ACTION_PREVIOUS_FIELD};

enum { FORM_ORDER = sizeof form_order / sizeof *form_order };

/* What is listed first: what was named, or has that key; then group by group. */
static int place(const struct action_entry *entry, enum action action, const char *typed)
{
    if (*typed && (str_starts(entry->name, typed) || has_key(entry, typed, strlen(typed))))
        return 0;
    for (int i = 0; i < FORM_ORDER; i++)
        if (form_order[i] == action)
            return 1 + i;
    return 1 + FORM_ORDER + (int)desk_help_group(action);
}

int desk_help(const struct desk *desk, enum action out[ACTION_KINDS])
{
    const struct help_state *help = &desk->help;
    const char *typed = editor_text(&help->editor);
    int count = 0;
    for (int wanted = 0; wanted <= FORM_ORDER + HELP_GROUPS; wanted++)
        for (int i = 0; i < ACTION_KINDS; i++) {
            enum action action = (enum action)i;
            const struct action_entry *entry = action_entry(action);
            if (entry && action_works(action, help->context) && matches(entry, typed) &&
                place(entry, action, typed) == wanted)
                out[count++] = action;
        }
    return count;
}

/* --- the screen ------------------------------------------------------------------------------------------ */

void help_open(struct desk *desk)
{
    if (desk_screen(desk) == SCREEN_HELP)
        return;
    editor_finish(&desk->help.editor);
    desk->help = (struct help_state){.context = desk_context(desk)};
    desk->help.editor.max_bytes = HELP_BYTES;
    desk_push(desk, SCREEN_HELP);
}

static void run(struct desk *desk, struct command_list *out)
{
    enum action listed[ACTION_KINDS];
    int count = desk_help(desk, listed), at = desk->help.selected;
    if (at >= count) {
        desk_say(desk, TONE_PLAIN, "Nothing here is called that.");
        return;
    }
    desk_pop(desk);
    if (listed[at] != ACTION_HELP)
        desk_act(desk, listed[at], NULL, out);
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    enum action listed[ACTION_KINDS];
    struct help_state *help = &desk->help;
    if (action == ACTION_HELP) {
        desk_pop(desk);
        return true;
    }
    if (action == ACTION_OPEN) {
        run(desk, out);
        return true;
    }
    if (action >= ACTION_CHARACTER_LEFT && action <= ACTION_DELETE_TO_END) {
        if (editor_act(&help->editor, action))
            help->selected = 0;
        return true;
    }
    return step_act(&help->selected, desk_help(desk, listed), PAGE, action);
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    (void)pasted;
    (void)out;
    editor_insert(&desk->help.editor, typed, length);
    desk->help.selected = 0;
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    enum action listed[ACTION_KINDS];
    if (item < 0 || item >= desk_help(desk, listed))
        return;
    desk->help.selected = item;
    if (twice)
        run(desk, out);
}

const struct screen help_screen = {
    .context = CONTEXT_HELP,
    .takes_text = true,
    .act = act,
    .text = text,
    .click = click,
};
