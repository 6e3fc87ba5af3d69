#include "tourdesk/desk/action.h"

#include <string.h>

enum {
    TOUR_PAGES = CONTEXT_CALENDAR | CONTEXT_BOARD | CONTEXT_TOURS | CONTEXT_PERSON |
                 CONTEXT_HANDOVER | CONTEXT_RESULTS,
    PAGES = TOUR_PAGES | CONTEXT_COMMUNITIES | CONTEXT_MESSAGES,
    TYPED = CONTEXT_FORM | CONTEXT_SEARCH | CONTEXT_ENTRY | CONTEXT_PROMPT | CONTEXT_HELP,
    PICKED = CONTEXT_LIST | CONTEXT_SEARCH | CONTEXT_PROMPT | CONTEXT_HELP,
    LISTS = PAGES | CONTEXT_LIST,
    EVERY = CONTEXT_EVERYWHERE,
};

static const struct action_entry entries[ACTION_KINDS] = {
    [ACTION_HELP] = {"help", "Show the keys that work here", "keys", EVERY, "? F1", NULL},
    [ACTION_BACK] = {"back", "Go back; an unfinished booking is kept", "back", EVERY, "Esc", NULL},
    [ACTION_PROMPT] = {"prompt", "Ask for anything by its name", "by name", PAGES | CONTEXT_SWEEP,
        ":", NULL},
    [ACTION_MESSAGES] = {"messages", "List what was said before", "messages", PAGES, "M", NULL},
    [ACTION_BLANK] = {"blank", "Hide the screen until a key is pressed", "hide", PAGES, ".", NULL},
    [ACTION_REDRAW] = {"redraw", "Draw the whole screen again", "redraw", EVERY, "C-l", NULL},
    [ACTION_SUSPEND] = {"suspend", "Put tourdesk to sleep and go to the shell", "suspend", EVERY,
        "C-z", NULL},
    [ACTION_QUIT] = {"quit", "Leave tourdesk", "quit", PAGES, "q C-c", NULL},

    [ACTION_CALENDAR] = {"calendar", "Show the calendar", "calendar", PAGES, "1", NULL},
    [ACTION_BOARD] = {"board", "Show who is here, late, unlogged and next", "board", PAGES, "2",
        NULL},
    [ACTION_TOURS] = {"tours", "Show the tours booked here", "tours", PAGES, "3", NULL},
    [ACTION_COMMUNITIES] = {"communities", "Show every community, a line each", "communities",
        PAGES, "4", NULL},
    [ACTION_SEARCH] = {"search", "Find a tour or a person by any part", "find", PAGES, "/",
        "a name, number, e-mail, unit or date"},
    [ACTION_COMMUNITY] = {"community", "Change to another community", "community", PAGES, "c",
        "a community"},
    [ACTION_RESULTS] = {"results", "Show what became of what waited for the line", "results", PAGES,
        "O", NULL},

    [ACTION_BOOK] = {"book", "Book a tour for a caller", "new", PAGES, "n", "a day or time"},
    [ACTION_WALK_IN] = {"walk-in", "Register somebody who is here without a tour", "walk-in", PAGES,
        "W", NULL},
    [ACTION_SWEEP] = {"sweep", "Go through the tours that are not logged", "sweep", PAGES, "S",
        NULL},
    [ACTION_HANDOVER] = {"handover", "Show what the next shift must know", "handover", PAGES,
        "H board:h", NULL},
    [ACTION_UNDO] = {"undo", "Take back what was done last", "take back", PAGES, "u", NULL},
    [ACTION_SEND_NOW] = {"send-now", "Send what was saved last at once", "send now", PAGES, "!",
        NULL},
    [ACTION_SYNC] = {"sync", "Send everything that waits at once", "send all", PAGES, "", NULL},
    [ACTION_REFRESH] = {"refresh", "Ask Knock again", "refresh", PAGES, "R F5", NULL},
    [ACTION_AGENT] = {"agent", "Say who works here: initials go with all that is done", "initials",
        PAGES, "I", "initials"},
    [ACTION_THEME] = {"theme", "Choose the colours", "colours", PAGES, "F2", "a theme"},

    [ACTION_UP] = {"up", "Move up", "up", LISTS | PICKED, "Up k", NULL},
    [ACTION_DOWN] = {"down", "Move down", "down", LISTS | PICKED, "Down j", NULL},
    [ACTION_LEFT] = {"left", "Move to the day before", "left", CONTEXT_CALENDAR, "Left h", NULL},
    [ACTION_RIGHT] = {"right", "Move to the day after", "right", CONTEXT_CALENDAR, "Right l", NULL},
    [ACTION_PAGE_UP] = {"page-up", "Move up by a page", "page up", LISTS | PICKED, "PgUp", NULL},
    [ACTION_PAGE_DOWN] = {"page-down", "Move down by a page", "page down", LISTS | PICKED, "PgDn",
        NULL},
    [ACTION_FIRST] = {"first", "Move to the first", "first", LISTS, "Home g", NULL},
    [ACTION_LAST] = {"last", "Move to the last", "last", LISTS, "End G", NULL},

    [ACTION_DAY] = {"day", "Show one day", "day", CONTEXT_CALENDAR, "d", NULL},
    [ACTION_WEEK] = {"week", "Show a week", "week", CONTEXT_CALENDAR, "w", NULL},
    [ACTION_MONTH] = {"month", "Show a month", "month", CONTEXT_CALENDAR, "m", NULL},
    [ACTION_PERIOD_BACK] = {"period-back", "Move back by the day, week or month shown", "back",
        CONTEXT_CALENDAR, "[", NULL},
    [ACTION_PERIOD_ON] = {"period-on", "Move on by the day, week or month shown", "on",
        CONTEXT_CALENDAR, "]", NULL},
    [ACTION_TODAY] = {"today", "Move to today", "today", CONTEXT_CALENDAR, "t", NULL},
    [ACTION_GO] = {"go", "Move to a day you type: tom, fri, 12/3, +2w", "go to day",
        CONTEXT_CALENDAR, "T", "a day"},
    [ACTION_IN_PERSON] = {"in-person", "Show the calendar of tours with staff as well", "in-person",
        CONTEXT_CALENDAR, "i", NULL},

    [ACTION_OPEN] = {"open", "Book the free time, or open what is there", "open",
        TOUR_PAGES | CONTEXT_COMMUNITIES | PICKED | CONTEXT_QUESTION, "Enter", NULL},
    [ACTION_VISIT] = {"visit", "Log the visit of this tour", "visit", TOUR_PAGES, "v", NULL},
    [ACTION_CANCEL] = {"cancel", "Cancel this tour", "cancel", TOUR_PAGES, "x", NULL},
    [ACTION_RESCHEDULE] = {"reschedule", "Move this tour to another time", "move", TOUR_PAGES, "r",
        NULL},
    [ACTION_ARRIVED] = {"arrived", "Note that they are here, or take that back", "arrived",
        TOUR_PAGES & ~CONTEXT_HANDOVER, "a", NULL},
    [ACTION_NO_SHOW] = {"no-show", "Note that they did not come, or take that back", "no-show",
        TOUR_PAGES, "N", NULL},
    [ACTION_COMING] = {"coming", "Note that they called and come later", "late", TOUR_PAGES, "L",
        NULL},
    [ACTION_CALL_BACK] = {"call-back", "Promise to call them back", "promise call", TOUR_PAGES, "B",
        NULL},
    [ACTION_CALLED_BACK] = {"called-back", "Note that they were called back", "called", TOUR_PAGES,
        "b", NULL},
    [ACTION_NOTE] = {"note", "Write a note for this tour", "note", TOUR_PAGES, "e", NULL},
    [ACTION_PERSON] = {"person", "Show everything about this person", "person",
        TOUR_PAGES & ~CONTEXT_PERSON, "P", NULL},
    [ACTION_SETTLE] = {"settle", "Settle an unknown outcome", "settle", TOUR_PAGES, "U", NULL},
    [ACTION_PEEK] = {"peek", "Show the full name and numbers for ten seconds", "peek", TOUR_PAGES,
        "p", NULL},
    [ACTION_COPY] = {"copy", "Copy the tour in words to the clipboard", "copy", TOUR_PAGES, "y",
        NULL},
    [ACTION_STOP_TEXTS] = {"stop-texts", "Note that this person wants no more texts", "stop texts",
        CONTEXT_PERSON, "s", NULL},
    [ACTION_DONE_IN_KNOCK] = {"done-in-knock", "Tick what was put right in Knock by hand",
        "done in Knock", CONTEXT_HANDOVER | CONTEXT_PERSON | CONTEXT_TOURS, "D", NULL},

    [ACTION_SWEEP_CAME] = {"sweep-came", "They came: type the units they saw", "came",
        CONTEXT_SWEEP, "c", NULL},
    [ACTION_SWEEP_NO_SHOW] = {"sweep-no-show", "They did not come", "no-show", CONTEXT_SWEEP, "n",
        NULL},
    [ACTION_SWEEP_HERE] = {"sweep-here", "They are still here", "still here", CONTEXT_SWEEP, "s",
        NULL},
    [ACTION_SWEEP_LATER] = {"sweep-later", "Leave it for later, with a word why", "later",
        CONTEXT_SWEEP, "l", NULL},
    [ACTION_SWEEP_BACK] = {"sweep-back", "Step back to the one before", "step back", CONTEXT_SWEEP,
        "u", NULL},
    [ACTION_TAKE_OVER] = {"take-over", "Take this over", "take over", CONTEXT_HANDOVER, "a", NULL},
    [ACTION_SIGN] = {"sign", "Sign the handover with your initials", "sign", CONTEXT_HANDOVER, "s",
        NULL},

    [ACTION_SUBMIT] = {"submit", "Do what the last line says", "send", CONTEXT_FORM | CONTEXT_ENTRY,
        "Enter", NULL},
    [ACTION_NEXT_FIELD] = {"next-field", "Go to the next field", "next", CONTEXT_FORM, "Tab Down",
        NULL},
    [ACTION_PREVIOUS_FIELD] = {"previous-field", "Go to the field before", "before", CONTEXT_FORM,
        "BTab Up", NULL},
    [ACTION_CHARACTER_LEFT] = {"character-left",
        "Move left by a character, or choose the one before", "left", TYPED, "Left C-b", NULL},
    [ACTION_CHARACTER_RIGHT] = {"character-right", "Move right by a character, or choose the next",
        "right", TYPED, "Right C-f", NULL},
    [ACTION_WORD_LEFT] = {"word-left", "Move left by a word", "word left", TYPED, "C-Left M-b",
        NULL},
    [ACTION_WORD_RIGHT] = {"word-right", "Move right by a word", "word right", TYPED, "C-Right M-f",
        NULL},
    [ACTION_LINE_START] = {"line-start", "Move to the start of the line", "start", TYPED,
        "Home C-a", NULL},
    [ACTION_LINE_END] = {"line-end", "Move to the end of the line", "end", TYPED, "End C-e", NULL},
    [ACTION_DELETE_BACK] = {"delete-back", "Delete the character before", "delete", TYPED,
        "Backspace C-h", NULL},
    [ACTION_DELETE_FORWARD] = {"delete-forward", "Delete the character here", "delete", TYPED,
        "Del C-d", NULL},
    [ACTION_DELETE_WORD] = {"delete-word", "Delete the word before", "delete word", TYPED,
        "C-w M-Backspace", NULL},
    [ACTION_DELETE_TO_START] = {"delete-to-start", "Delete to the start of the line",
        "delete to start", TYPED, "C-u", NULL},
    [ACTION_DELETE_TO_END] = {"delete-to-end", "Delete to the end of the line", "delete to end",
        TYPED, "C-k", NULL},
    [ACTION_CLEAR_FORM] = {"clear-form", "Empty the whole form", "empty", CONTEXT_FORM, "C-x",
        NULL},
    [ACTION_COMPLETE] = {"complete", "Take what is offered for what is typed", "take",
        CONTEXT_FORM | CONTEXT_PROMPT, "C-o prompt:Tab", NULL},
    [ACTION_OTHER_TIME] = {"other-time", "Choose another time; the rest stays", "other time",
        CONTEXT_FORM, "C-t", NULL},
};

const struct action_entry *action_entry(enum action action)
{
    return entries[action].name ? &entries[action] : NULL;
}

enum action action_find(const char *name)
{
    for (int i = 0; i < ACTION_KINDS; i++)
        if (entries[i].name && strcmp(entries[i].name, name) == 0)
            return (enum action)i;
    return ACTION_NOTHING;
}

bool action_works(enum action action, enum context context)
{
    return entries[action].name &&
           (entries[action].contexts & ((unsigned)context | CONTEXT_EVERYWHERE)) != 0;
}

static const struct {
    enum context context;
    const char *word;
} words[] = {
    {CONTEXT_EVERYWHERE, "everywhere"},
    {CONTEXT_CALENDAR, "calendar"},
    {CONTEXT_BOARD, "board"},
    {CONTEXT_TOURS, "tours"},
    {CONTEXT_COMMUNITIES, "communities"},
    {CONTEXT_PERSON, "person"},
    {CONTEXT_SWEEP, "sweep"},
    {CONTEXT_HANDOVER, "handover"},
    {CONTEXT_RESULTS, "results"},
    {CONTEXT_MESSAGES, "messages"},
    {CONTEXT_FORM, "form"},
    {CONTEXT_SEARCH, "search"},
    {CONTEXT_ENTRY, "entry"},
    {CONTEXT_PROMPT, "prompt"},
    {CONTEXT_HELP, "help"},
    {CONTEXT_QUESTION, "question"},
    {CONTEXT_LIST, "list"},
};

const char *context_word(enum context context)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].context == context)
            return words[i].word;
    return "";
}

unsigned context_find(const char *word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, word) == 0)
            return words[i].context;
    return 0;
}
