/* One line that is asked for, floating above a page. */
#include "internal.h"

#include <string.h>

enum { ENTRY_BYTES = 200 };

static void check(struct desk *desk)
{
    struct entry_state *entry = &desk->entry;
    entry->note[0] = '\0';
    entry->wrong = false;
    if (entry->check && !str_blank(editor_text(&entry->editor)))
        entry->wrong = !entry->check(desk, editor_text(&entry->editor));
}

void entry_open(struct desk *desk, const char *title,
    bool (*checks)(struct desk *desk, const char *text),
    void (*done)(struct desk *desk, const char *text, struct command_list *out))
{
    editor_finish(&desk->entry.editor);
    desk->entry = (struct entry_state){.check = checks, .done = done};
    desk->entry.editor.max_bytes = ENTRY_BYTES;
    str_copy(desk->entry.title, sizeof desk->entry.title, title);
    desk_push(desk, SCREEN_ENTRY);
}

static void submit(struct desk *desk, struct command_list *out)
{
    struct entry_state *entry = &desk->entry;
    struct str typed = {0};
    entry->note[0] = '\0';
    if (entry->check && !entry->check(desk, editor_text(&entry->editor))) {
        entry->wrong = true;
        return;
    }
    str_add(&typed, editor_text(&entry->editor));
    desk_pop(desk);
    entry->done(desk, str_text(&typed), out);
    str_finish(&typed);
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    if (action == ACTION_SUBMIT) {
        submit(desk, out);
        return true;
    }
    if (action < ACTION_CHARACTER_LEFT || action > ACTION_DELETE_TO_END)
        return false;
    editor_act(&desk->entry.editor, action);
    check(desk);
    return true;
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    (void)pasted;
    (void)out;
    if (!editor_insert(&desk->entry.editor, typed, length))
        desk_say(desk, TONE_PLAIN, "It is full: the rest was left out.");
    check(desk);
}

/* A note that was there already is still there. */
static void closed(struct desk *desk, struct command_list *out)
{
    (void)out;
    const char *typed = editor_text(&desk->entry.editor);
    if (!desk->locked && !str_blank(typed) && strcmp(typed, desk->entry.tour.note) != 0)
        desk_say(desk, TONE_PLAIN, "Nothing was done; what was typed there is gone.");
}

const struct screen entry_screen = {
    .context = CONTEXT_ENTRY,
    .floats = true,
    .takes_text = true,
    .act = act,
    .text = text,
    .closed = closed,
};
