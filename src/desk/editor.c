#include "tourdesk/desk/editor.h"

#include "tourdesk/base/text.h"

#include <string.h>

void editor_finish(struct editor *editor)
{
    str_finish(&editor->text);
    editor->cursor = 0;
}

const char *editor_text(const struct editor *editor)
{
    return str_text(&editor->text);
}

/* The longest beginning of `text` in whole characters that `room` bytes hold. */
static size_t fitting(const char *text, size_t length, size_t room)
{
    size_t fits = 0;
    for (size_t at = 0; at < length;) {
        at = text_next(text, length, at);
        if (at <= room)
            fits = at;
    }
    return fits;
}

bool editor_insert(struct editor *editor, const char *text, size_t length)
{
    struct str clean = {0}, whole = {0};
    text_clean(&clean, text, length);
    size_t used = editor->text.length;
    size_t room = used < editor->max_bytes ? editor->max_bytes - used : 0;
    size_t fits = fitting(str_text(&clean), clean.length, room);
    bool all = fits == clean.length;
    str_add_bytes(&whole, editor_text(editor), editor->cursor);
    str_add_bytes(&whole, str_text(&clean), fits);
    size_t cursor = whole.length;
    str_add(&whole, editor_text(editor) + editor->cursor);
    str_finish(&clean);
    str_finish(&editor->text);
    editor->text = whole;
    /* What was inserted may have become one character with what follows: an accent, a joiner. */
    size_t boundary = 0;
    while (boundary < cursor)
        boundary = text_next(editor_text(editor), editor->text.length, boundary);
    editor->cursor = boundary;
    return all;
}

void editor_set(struct editor *editor, const char *text)
{
    str_clear(&editor->text);
    editor->cursor = 0;
    editor_insert(editor, text, strlen(text));
    editor->cursor = editor->text.length;
}

/* Deletes the bytes from `from` to `to` and leaves the cursor there. */
static void cut_out(struct editor *editor, size_t from, size_t to)
{
    struct str rest = {0};
    str_add_bytes(&rest, editor_text(editor), from);
    str_add(&rest, editor_text(editor) + to);
    str_finish(&editor->text);
    editor->text = rest;
    editor->cursor = from;
}

bool editor_act(struct editor *editor, enum action action)
{
    const char *text = editor_text(editor);
    size_t length = editor->text.length, at = editor->cursor;
    size_t from = at, to = at;
    switch (action) {
    case ACTION_CHARACTER_LEFT: editor->cursor = text_previous(text, length, at); break;
    case ACTION_CHARACTER_RIGHT: editor->cursor = text_next(text, length, at); break;
    case ACTION_WORD_LEFT: editor->cursor = text_previous_word(text, length, at); break;
    case ACTION_WORD_RIGHT: editor->cursor = text_next_word(text, length, at); break;
    case ACTION_LINE_START: editor->cursor = 0; break;
    case ACTION_LINE_END: editor->cursor = length; break;
    case ACTION_DELETE_BACK: from = text_previous(text, length, at); break;
    case ACTION_DELETE_FORWARD: to = text_next(text, length, at); break;
    case ACTION_DELETE_WORD: from = text_previous_word(text, length, at); break;
    case ACTION_DELETE_TO_START: from = 0; break;
    case ACTION_DELETE_TO_END: to = length; break;
    default: return false;
    }
    if (from != to)
        cut_out(editor, from, to);
    return from != to || editor->cursor != at;
}

struct editor_view editor_view(const struct editor *editor, int width)
{
    const char *text = editor_text(editor);
    int before = text_cells(text, editor->cursor);
    int all = text_cells(text, editor->text.length);
    struct editor_view view = {0, before};
    if (all < width || width < 2)
        return view;
    /* The window moves by half its width, so that it stands still while one types inside it. */
    int half = width / 2, skip = 0;
    while (before - skip >= width)
        skip += half;
    int skipped = 0;
    while (skipped < skip) {
        size_t next = text_next(text, editor->text.length, view.start);
        skipped += text_cells(text + view.start, next - view.start);
        view.start = next;
    }
    view.cursor_cell = before - skipped;
    return view;
}
