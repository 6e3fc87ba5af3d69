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
    bool printable = code >= ' ' && (code < 0x7F || code >= 0xA0);
    return *p && printable && p[more + 1] == '\0' ? code : KEY_NONE;
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

/* Where printable keys are text: only what is no character can be a key there. */
enum {
    TYPED = CONTEXT_FORM | CONTEXT_SEARCH | CONTEXT_ENTRY | CONTEXT_PROMPT | CONTEXT_HELP,
    KEYS_MOST = 8, /* of one action */
    WORD_SIZE = 64,
};

struct binding {
    unsigned contexts;
    keycode key;
    enum action action;
};

struct keymap {
    struct binding *items; /* in the order of the action table */
    size_t count, capacity;
};

/* "h" or "board:h": the key and where it counts. */
/* With Alt terminals send Esc and the key. Only these are taken for it (input.c): with any other it is Esc, then
 * that key, which somebody in a hurry presses as well. */
static bool alt_arrives(keycode k)
{
    static const keycode arriving[] = {'b', 'f', 'd', NAMED_BACKSPACE};
    if (!(k & KEY_ALT))
        return true;
    for (size_t i = 0; i < sizeof arriving / sizeof *arriving; i++)
        if (k == (KEY_ALT | arriving[i]))
            return true;
    return false;
}

static bool read_binding(
    const char *word, enum action action, struct binding *out, struct error *error)
{
    char place[WORD_SIZE];
    const char *colon = strchr(word, ':'), *name = word;
    *out = (struct binding){action_entry(action)->contexts, KEY_NONE, action};
    if (colon && colon > word && colon[1]) {
        str_print(place, sizeof place, "%.*s", (int)(colon - word), word);
        out->contexts = context_find(place);
        if (out->contexts == 0)
            return error_set(error, "there is no place \"%s\"", place);
        if (!action_works(action, (enum context)out->contexts))
            return error_set(error, "it does not work in the place \"%s\"", place);
        name = colon + 1;
    }
    out->key = key_parse(name);
    if (out->key == KEY_NONE)
        return error_set(error, "\"%s\" is not a key", name);
    if (!alt_arrives(out->key))
        return error_set(error, "\"%s\" cannot be told from Esc and then that key", name);
    if (key_is_text(out->key) && (out->contexts & ~(unsigned)TYPED) == 0)
        return error_set(error, "\"%s\" is text where it would count", name);
    return true;
}

/* Reads keys with spaces between; returns how many, -1 and an error if one will not do. */
static int read_bindings(
    const char *keys, enum action action, struct binding out[KEYS_MOST], struct error *error)
{
    char word[WORD_SIZE];
    int count = 0;
    for (keys += strspn(keys, " "); *keys; keys += strspn(keys, " ")) {
        size_t length = strcspn(keys, " ");
        str_print(word, sizeof word, "%.*s", (int)length, keys);
        if (count == KEYS_MOST) {
            error_set(error, "has more than %d keys", (int)KEYS_MOST);
            return -1;
        }
        if (!read_binding(word, action, &out[count++], error))
            return -1;
        keys += length;
    }
    return count;
}

bool keymap_bind(struct keymap *keymap, enum action action, const char *keys, struct error *error)
{
    struct binding fresh[KEYS_MOST];
    int count = read_bindings(keys, action, fresh, error);
    if (count < 0)
        return false;
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < keymap->count; i++)
        if (keymap->items[i].action != action)
            keymap->items[kept++] = keymap->items[i];
    size_t added = (size_t)count;
    keymap->items =
        mem_grow(keymap->items, &keymap->capacity, kept + added + 1, sizeof *keymap->items);
    while (at < kept && keymap->items[at].action < action)
        at++;
    memmove(keymap->items + at + added, keymap->items + at, (kept - at) * sizeof *keymap->items);
    memcpy(keymap->items + at, fresh, added * sizeof *fresh);
    keymap->count = kept + added;
    return true;
}

void keymap_reset(struct keymap *keymap, enum action action)
{
    keymap_bind(keymap, action, action_entry(action)->keys, NULL);
}

struct keymap *keymap_create(void)
{
    struct keymap *keymap = mem_alloc(sizeof *keymap);
    for (int i = 0; i < ACTION_KINDS; i++)
        if (action_entry((enum action)i))
            keymap_reset(keymap, (enum action)i);
    return keymap;
}

/* The first place that two bindings share, where one is of everywhere any place of the other; 0 if none. */
static unsigned shared_place(const struct binding *a, const struct binding *b)
{
    unsigned both = a->contexts & b->contexts;
    if (a->contexts & CONTEXT_EVERYWHERE)
        both |= b->contexts;
    if (b->contexts & CONTEXT_EVERYWHERE)
        both |= a->contexts;
    if (key_is_text(a->key))
        both &= ~(unsigned)TYPED;
    return both & (~both + 1);
}

bool keymap_clash(const struct keymap *keymap, enum action action, struct error *error)
{
    char name[KEY_NAME_SIZE];
    for (size_t i = 0; i < keymap->count; i++)
        for (size_t j = 0; keymap->items[i].action == action && j < keymap->count; j++) {
            const struct binding *ours = &keymap->items[i], *other = &keymap->items[j];
            if (other->action == action || other->key != ours->key)
                continue;
            unsigned place = shared_place(ours, other);
            if (place == 0)
                continue;
            key_format(ours->key, name);
            error_set(error, "\"%s\" is the key of \"%s\" already (%s)", name,
                action_entry(other->action)->name, context_word((enum context)place));
            return true;
        }
    return false;
}

void keymap_configure(struct keymap *keymap, struct key_choice *choices, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum action action = action_find(choices[i].action);
        choices[i].error = (struct error){""};
        if (action == ACTION_NOTHING)
            error_set(&choices[i].error, "there is no action of that name");
        else
            keymap_bind(keymap, action, choices[i].keys, &choices[i].error);
    }
    /* What goes back to its own keys may take one that another was given: again, until all agree. */
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < count; i++) {
            enum action action = action_find(choices[i].action);
            if (choices[i].error.text[0] || !keymap_clash(keymap, action, &choices[i].error))
                continue;
            keymap_reset(keymap, action);
            again = true;
        }
    }
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
