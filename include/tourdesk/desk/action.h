/* Everything a person can do, by name: the one table from which come the keymap, the footer, the help
 * screen, the prompt, the manual's list of keys and the completions.
 */
#ifndef TOURDESK_DESK_ACTION_H
#define TOURDESK_DESK_ACTION_H

#include <stdbool.h>
#include <stddef.h>

/* Where a key is looked up: the context of what is on top, then `everywhere`. */
enum context {
    CONTEXT_EVERYWHERE = 1 << 0,
    CONTEXT_CALENDAR = 1 << 1,
    CONTEXT_BOARD = 1 << 2,
    CONTEXT_TOURS = 1 << 3,
    CONTEXT_COMMUNITIES = 1 << 4,
    CONTEXT_PERSON = 1 << 5,
    CONTEXT_SWEEP = 1 << 6,
    CONTEXT_HANDOVER = 1 << 7,
    CONTEXT_RESULTS = 1 << 8, /* what became of what waited while the line was down */
    CONTEXT_MESSAGES = 1 << 9,
    CONTEXT_FORM = 1 << 10, /* from here on: a text is typed, and printable keys are part of it */
    CONTEXT_SEARCH = 1 << 11,
    CONTEXT_ENTRY = 1 << 12, /* one line is asked for */
    CONTEXT_PROMPT = 1 << 13,
    CONTEXT_HELP = 1 << 14,
    CONTEXT_QUESTION = 1 << 15, /* a question floats above: its answers are the keys */
    CONTEXT_LIST = 1 << 16,     /* a list to pick from floats above */
    CONTEXT_LAST = CONTEXT_LIST,
};

enum action {
    ACTION_NOTHING,
    /* everywhere */
    ACTION_HELP,
    ACTION_BACK,
    ACTION_PROMPT,
    ACTION_MESSAGES,
    ACTION_BLANK,
    ACTION_REDRAW,
    ACTION_SUSPEND,
    ACTION_QUIT,
    /* going */
    ACTION_CALENDAR,
    ACTION_BOARD,
    ACTION_TOURS,
    ACTION_COMMUNITIES,
    ACTION_SEARCH,
    ACTION_COMMUNITY,
    ACTION_RESULTS,
    /* the work of the day */
    ACTION_BOOK,
    ACTION_WALK_IN,
    ACTION_SWEEP,
    ACTION_HANDOVER,
    ACTION_UNDO,
    ACTION_SEND_NOW,
    ACTION_SYNC,
    ACTION_REFRESH,
    ACTION_AGENT,
    ACTION_THEME,
    /* moving */
    ACTION_UP,
    ACTION_DOWN,
    ACTION_LEFT,
    ACTION_RIGHT,
    ACTION_PAGE_UP,
    ACTION_PAGE_DOWN,
    ACTION_FIRST,
    ACTION_LAST,
    /* the calendar */
    ACTION_DAY,
    ACTION_WEEK,
    ACTION_MONTH,
    ACTION_PERIOD_BACK,
    ACTION_PERIOD_ON,
    ACTION_TODAY,
    ACTION_GO,
    ACTION_IN_PERSON,
    /* a tour */
    ACTION_OPEN,
    ACTION_VISIT,
    ACTION_CANCEL,
    ACTION_RESCHEDULE,
    ACTION_ARRIVED,
    ACTION_NO_SHOW,
    ACTION_COMING,
    ACTION_CALL_BACK,
    ACTION_CALLED_BACK,
    ACTION_NOTE,
    ACTION_PERSON,
    ACTION_SETTLE,
    ACTION_PEEK,
    ACTION_COPY,
    ACTION_STOP_TEXTS,
    ACTION_DONE_IN_KNOCK,
    /* the sweep and the handover */
    ACTION_SWEEP_CAME,
    ACTION_SWEEP_NO_SHOW,
    ACTION_SWEEP_HERE,
    ACTION_SWEEP_LATER,
    ACTION_SWEEP_BACK,
    ACTION_TAKE_OVER,
    ACTION_SIGN,
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
    ACTION_COMPLETE,
    ACTION_OTHER_TIME,
    ACTION_KINDS,
};

struct action_entry {
    const char *name; /* "week-back": as in the configuration and the manual */
    const char *help; /* one line, an imperative */
    const char *hint; /* one or two words for the footer */
    unsigned contexts;
    const char *keys; /* default keys, by name, separated by spaces; "board:h" = only there */
    const char
        *takes; /* what may be typed behind its name at the prompt: "a day"; NULL = nothing */
};

/* Never NULL for an action of the enum but ACTION_NOTHING. */
const struct action_entry *action_entry(enum action action);

/* The action of a name, ACTION_NOTHING if there is none. */
enum action action_find(const char *name);

/* True if an action can be asked for in a context. */
bool action_works(enum action action, enum context context);

/* "calendar", "form" ...: the word for one context; and back, 0 if there is none. */
const char *context_word(enum context context);
unsigned context_find(const char *word);

#endif
