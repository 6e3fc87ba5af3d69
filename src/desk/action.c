#include "tourdesk/desk/action.h"

#include <string.h>

enum {
    PAGES = CONTEXT_CALENDAR | CONTEXT_TOURS,
    LISTS = CONTEXT_CALENDAR | CONTEXT_TOURS | CONTEXT_LIST | CONTEXT_HELP,
};

static const struct action_entry entries[ACTION_KINDS] = {
    [ACTION_QUIT] = {"quit", "Leave tourdesk", "quit", PAGES, "q C-c"},
    [ACTION_HELP] = {"help", "Show the keys that work here", "keys", CONTEXT_EVERYWHERE, "? F1"},
    [ACTION_BACK] = {"back", "Go back; what was typed is kept as a draft", "back",
        CONTEXT_EVERYWHERE, "Esc"},
    [ACTION_REDRAW] = {"redraw", "Draw the whole screen again", "redraw", CONTEXT_EVERYWHERE,
        "C-l"},
    [ACTION_SUSPEND] = {"suspend", "Put tourdesk to sleep and go to the shell", "suspend",
        CONTEXT_EVERYWHERE, "C-z"},
    [ACTION_CALENDAR] = {"calendar", "Show the calendar", "calendar", PAGES, "1"},
    [ACTION_TOURS] = {"tours", "Show the tours booked here", "tours", PAGES, "2"},
    [ACTION_COMMUNITY] = {"community", "Change to another community", "community", PAGES, "c"},
    [ACTION_REFRESH] = {"refresh", "Ask Knock again", "refresh", PAGES, "R F5"},
    [ACTION_UNDO] = {"undo", "Take back what was saved last, before it is sent", "take back", PAGES,
        "u"},
    [ACTION_SEND_NOW] = {"send-now", "Send what was saved last at once", "send now", PAGES, "!"},
    [ACTION_UP] = {"up", "Move up", "up", LISTS, "Up k"},
    [ACTION_DOWN] = {"down", "Move down", "down", LISTS, "Down j"},
    [ACTION_LEFT] = {"left", "Move to the day before", "left", CONTEXT_CALENDAR, "Left h"},
    [ACTION_RIGHT] = {"right", "Move to the day after", "right", CONTEXT_CALENDAR, "Right l"},
    [ACTION_PAGE_UP] = {"page-up", "Move up by a page", "page up", LISTS, "PgUp"},
    [ACTION_PAGE_DOWN] = {"page-down", "Move down by a page", "page down", LISTS, "PgDn"},
    [ACTION_FIRST] = {"first", "Move to the first", "first", LISTS, "Home g"},
    [ACTION_LAST] = {"last", "Move to the last", "last", LISTS, "End G"},
    [ACTION_WEEK_BACK] = {"week-back", "Move to the week before", "week back", CONTEXT_CALENDAR,
        "["},
    [ACTION_WEEK_ON] = {"week-on", "Move to the week after", "week on", CONTEXT_CALENDAR, "]"},
    [ACTION_TODAY] = {"today", "Move to today", "today", CONTEXT_CALENDAR, "t"},
    [ACTION_OPEN] = {"open", "Book the free time, or open what is there", "book",
        PAGES | CONTEXT_LIST | CONTEXT_QUESTION, "Enter"},
    [ACTION_VISIT] = {"visit", "Log the visit of this tour", "visit", PAGES, "v"},
    [ACTION_CANCEL] = {"cancel", "Cancel this tour", "cancel", PAGES, "x"},
    [ACTION_SUBMIT] = {"submit", "Send what the last line says", "send", CONTEXT_FORM, "Enter"},
    [ACTION_NEXT_FIELD] = {"next-field", "Go to the next field", "next", CONTEXT_FORM, "Tab Down"},
    [ACTION_PREVIOUS_FIELD] = {"previous-field", "Go to the field before", "before", CONTEXT_FORM,
        "BTab Up"},
    [ACTION_CHARACTER_LEFT] = {"character-left",
        "Move left by a character, or choose the one before", "left", CONTEXT_FORM, "Left C-b"},
    [ACTION_CHARACTER_RIGHT] = {"character-right", "Move right by a character, or choose the next",
        "right", CONTEXT_FORM, "Right C-f"},
    [ACTION_WORD_LEFT] = {"word-left", "Move left by a word", "word left", CONTEXT_FORM,
        "C-Left M-b"},
    [ACTION_WORD_RIGHT] = {"word-right", "Move right by a word", "word right", CONTEXT_FORM,
        "C-Right M-f"},
    [ACTION_LINE_START] = {"line-start", "Move to the start of the field", "start", CONTEXT_FORM,
        "Home C-a"},
    [ACTION_LINE_END] = {"line-end", "Move to the end of the field", "end", CONTEXT_FORM,
        "End C-e"},
    [ACTION_DELETE_BACK] = {"delete-back", "Delete the character before", "delete", CONTEXT_FORM,
        "Backspace C-h"},
    [ACTION_DELETE_FORWARD] = {"delete-forward", "Delete the character here", "delete",
        CONTEXT_FORM, "Del C-d"},
    [ACTION_DELETE_WORD] = {"delete-word", "Delete the word before", "delete word", CONTEXT_FORM,
        "C-w M-Backspace"},
    [ACTION_DELETE_TO_START] = {"delete-to-start", "Delete to the start of the field",
        "delete to start", CONTEXT_FORM, "C-u"},
    [ACTION_DELETE_TO_END] = {"delete-to-end", "Delete to the end of the field", "delete to end",
        CONTEXT_FORM, "C-k"},
    [ACTION_CLEAR_FORM] = {"clear-form", "Empty the whole form", "empty", CONTEXT_FORM, "C-x"},
    [ACTION_TAKE_NEAREST] = {"take-nearest", "Put the nearest unit in place of an unknown one",
        "nearest", CONTEXT_FORM, "C-o"},
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

const char *context_word(enum context context)
{
    switch (context) {
    case CONTEXT_CALENDAR: return "calendar";
    case CONTEXT_TOURS: return "tours";
    case CONTEXT_FORM: return "form";
    case CONTEXT_LIST: return "list";
    case CONTEXT_QUESTION: return "question";
    case CONTEXT_HELP: return "help";
    default: return "everywhere";
    }
}
