#include "tourdesk/tui/key.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"Enter", "Esc", "Tab", "BTab", "Backspace", "Del", "Ins", "Up",
    "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn", "F1", "F2", "F3", "F4", "F5", "F6",
    "F7", "F8", "F9", "F10", "F11", "F12"};

enum { NAMES = sizeof names / sizeof *names };

/* The one character of a UTF-8 text, or KEY_NONE if there is not exactly one. */
static keycode one_character(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    int more = *p >= 0xF0 ? 3 : *p >= 0xE0 ? 2 : *p >= 0xC0 ? 1 : 0;
    keycode code = more == 0 ? *p : *p & (0x3FU >> more);
    for (int i = 1; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return KEY_NONE;
        code = code << 6 | (p[i] & 0x3FU);
    }
    return *p && p[more + 1] == '\0' ? code : KEY_NONE;
}

keycode key_parse(const char *name)
{
    keycode modifiers = 0;
    while ((name[0] == 'C' || name[0] == 'M') && name[1] == '-' && name[2]) {
        modifiers |= name[0] == 'C' ? KEY_CONTROL : KEY_ALT;
        name += 2;
    }
    if (str_same(name, "Space"))
        return modifiers | ' ';
    for (size_t i = 0; i < NAMES; i++)
        if (str_same(name, names[i]))
            return modifiers | (NAMED + (keycode)i);
    keycode code = one_character(name);
    return code == KEY_NONE ? KEY_NONE : modifiers | code;
}

static void add_character(keycode code, struct str *out)
{
    if (code < 0x80) {
        str_add_char(out, (char)code);
    } else if (code < 0x800) {
        str_add_char(out, (char)(0xC0 | code >> 6));
        str_add_char(out, (char)(0x80 | (code & 0x3F)));
    } else {
        if (code >= 0x10000) {
            str_add_char(out, (char)(0xF0 | code >> 18));
            str_add_char(out, (char)(0x80 | (code >> 12 & 0x3F)));
        } else {
            str_add_char(out, (char)(0xE0 | code >> 12));
        }
        str_add_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
        str_add_char(out, (char)(0x80 | (code & 0x3F)));
    }
}

void key_format(keycode k, char out[KEY_NAME_SIZE])
{
    struct str text = {0};
    if (k & KEY_CONTROL)
        str_add(&text, "C-");
    if (k & KEY_ALT)
        str_add(&text, "M-");
    keycode code = k & ~(keycode)(KEY_CONTROL | KEY_ALT);
    if (code == ' ')
        str_add(&text, "Space");
    else if (code >= NAMED && code < NAMED + NAMES)
        str_add(&text, names[code - NAMED]);
    else
        add_character(code, &text);
    str_copy(out, KEY_NAME_SIZE, str_text(&text));
    str_finish(&text);
}

bool key_is_text(keycode k)
{
    return k >= ' ' && k < NAMED && k != 0x7F && !(k >= 0x80 && k < 0xA0);
}

/* --- keymap ---------------------------------------------------------------------------------------- */

struct binding {
    unsigned contexts;
    keycode key;
    enum action action;
};

struct keymap {
    struct binding *items;
    size_t count, capacity;
};

static void bind(struct keymap *keymap, unsigned contexts, keycode k, enum action action)
{
    keymap->items =
        mem_grow(keymap->items, &keymap->capacity, keymap->count + 1, sizeof *keymap->items);
    keymap->items[keymap->count++] = (struct binding){contexts, k, action};
}

struct keymap *keymap_create(void)
{
    struct keymap *keymap = mem_alloc(sizeof *keymap);
    for (int i = 0; i < ACTION_KINDS; i++) {
        const struct action_entry *entry = action_entry((enum action)i);
        char name[KEY_NAME_SIZE];
        for (const char *at = entry ? entry->keys : ""; *at; at += strspn(at, " ")) {
            size_t length = strcspn(at, " ");
            str_print(name, sizeof name, "%.*s", (int)length, at);
            bind(keymap, entry->contexts, key_parse(name), (enum action)i);
            at += length;
        }
    }
    return keymap;
}

void keymap_destroy(struct keymap *keymap)
{
    if (!keymap)
        return;
    free(keymap->items);
    free(keymap);
}

static enum action find(const struct keymap *keymap, unsigned contexts, keycode k)
{
    for (size_t i = 0; i < keymap->count; i++)
        if (keymap->items[i].key == k && keymap->items[i].contexts & contexts)
            return keymap->items[i].action;
    return ACTION_NOTHING;
}

enum action keymap_action(const struct keymap *keymap, enum context context, keycode k)
{
    enum action action = find(keymap, (unsigned)context, k);
    return action == ACTION_NOTHING ? find(keymap, CONTEXT_EVERYWHERE, k) : action;
}

void keymap_names(const struct keymap *keymap, enum context context, enum action action,
    size_t most, char *out, size_t size)
{
    struct str text = {0};
    for (size_t i = 0; i < keymap->count && most > 0; i++) {
        const struct binding *binding = &keymap->items[i];
        char name[KEY_NAME_SIZE];
        if (binding->action != action ||
            !(binding->contexts & ((unsigned)context | CONTEXT_EVERYWHERE)))
            continue;
        key_format(binding->key, name);
        str_addf(&text, "%s%s", text.length ? " or " : "", name);
        most--;
    }
    str_copy(out, size, str_text(&text));
    str_finish(&text);
}
