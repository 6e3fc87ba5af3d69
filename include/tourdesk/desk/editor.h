/* Editing one line of text: UTF-8, whole characters, a cursor between them. */
#ifndef TOURDESK_DESK_EDITOR_H
#define TOURDESK_DESK_EDITOR_H

#include "tourdesk/base/str.h"
#include "tourdesk/desk/action.h"

struct editor {
    struct str text;
    size_t cursor;    /* byte offset, always at a character boundary */
    size_t max_bytes; /* what the value's place can hold, without the NUL */
};

void editor_finish(struct editor *editor);

const char *editor_text(const struct editor *editor);

/* Replaces the text (cut to what fits); the cursor goes to its end. */
void editor_set(struct editor *editor, const char *text);

/* Inserts at the cursor, cleaned of controls, line breaks as spaces. Returns false if not all of it fitted. */
bool editor_insert(struct editor *editor, const char *text, size_t length);

/* Does an editing action; false if it is none or nothing changed and the cursor did not move. */
bool editor_act(struct editor *editor, enum action action);

/* The part to show in `width` cells so that the cursor is in it: its first byte and the cursor's cell. A
 * text that fits is shown from its start. */
struct editor_view {
    size_t start;
    int cursor_cell;
};
struct editor_view editor_view(const struct editor *editor, int width);

#endif
