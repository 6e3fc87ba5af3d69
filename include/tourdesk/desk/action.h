/* Everything a person can do, by name: the one table from which come the keymap, the footer, the help
 * screen, the manual's list of keys and the completions.
 */
#ifndef TOURDESK_DESK_ACTION_H
#define TOURDESK_DESK_ACTION_H

#include <stdbool.h>
#include <stddef.h>

/* Where a key is looked up: the context of what is on top, then `everywhere`. */
enum context {
    CONTEXT_EVERYWHERE = 1 << 0,
    CONTEXT_CALENDAR = 1 << 1,
    CONTEXT_TOURS = 1 << 2,
    CONTEXT_FORM = 1 << 3,     /* a field has the focus: printable keys are text */
    CONTEXT_LIST = 1 << 4,     /* a list to pick from floats above */
    CONTEXT_QUESTION = 1 << 5, /* a question floats above: its own answers are keys too */
    CONTEXT_HELP = 1 << 6,
};

enum action {
    ACTION_NOTHING,
    /* everywhere */
    ACTION_QUIT,
    ACTION_HELP,
    ACTION_BACK,
    ACTION_REDRAW,
    ACTION_SUSPEND,
    ACTION_CALENDAR,
    ACTION_TOURS,
    ACTION_COMMUNITY,
    ACTION_REFRESH,
    ACTION_UNDO,
    ACTION_SEND_NOW,
    /* moving */
    ACTION_UP,
    ACTION_DOWN,
    ACTION_LEFT,
    ACTION_RIGHT,
    ACTION_PAGE_UP,
    ACTION_PAGE_DOWN,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_WEEK_BACK,
    ACTION_WEEK_ON,
    ACTION_TODAY,
    /* tours */
    ACTION_OPEN,
    ACTION_VISIT,
    ACTION_CANCEL,
    /* forms */
    ACTION_SUBMIT,
    ACTION_NEXT_FIELD,
    ACTION_PREVIOUS_FIELD,
    ACTION_CHARACTER_LEFT,
    ACTION_CHARACTER_RIGHT,
    ACTION_WORD_LEFT,
    ACTION_WORD_RIGHT,
    ACTION_LINE_START,
    ACTION_LINE_END,
    ACTION_DELETE_BACK,
    ACTION_DELETE_FORWARD,
    ACTION_DELETE_WORD,
    ACTION_DELETE_TO_START,
    ACTION_DELETE_TO_END,
    ACTION_CLEAR_FORM,
    ACTION_TAKE_NEAREST,
    ACTION_KINDS,
};

struct action_entry {
    const char *name; /* "week-back": as in the configuration and the manual */
    const char *help; /* one line, an imperative */
    const char *hint; /* one or two words for the footer */
    unsigned contexts;
    const char *keys; /* default keys, by name, separated by spaces */
};

/* Never NULL for an action of the enum but ACTION_NOTHING. */
const struct action_entry *action_entry(enum action action);

/* The action of a name, ACTION_NOTHING if there is none. */
enum action action_find(const char *name);

/* "calendar", "form" ...: the word for one context. */
const char *context_word(enum context context);

#endif
