/* Keys by name: "x", "R", "C-x", "M-b", "Enter", "PgUp", "F5".
 *
 * A key is one number: a character, or one of the named keys, with the modifiers Ctrl and Alt as bits.
 */
#ifndef TOURDESK_TUI_KEY_H
#define TOURDESK_TUI_KEY_H

#include "tourdesk/base/error.h"
#include "tourdesk/desk/action.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t keycode;

enum {
    KEY_NONE = 0,
    NAMED = 0x110000, /* behind the last character */
    NAMED_ENTER = NAMED,
    NAMED_ESCAPE,
    NAMED_TAB,
    NAMED_BACK_TAB,
    NAMED_BACKSPACE,
    NAMED_DELETE,
    NAMED_INSERT,
    NAMED_UP,
    NAMED_DOWN,
    NAMED_LEFT,
    NAMED_RIGHT,
    NAMED_HOME,
    NAMED_END,
    NAMED_PAGE_UP,
    NAMED_PAGE_DOWN,
    NAMED_F1, /* to F12 */
    NAMED_LAST = NAMED_F1 + 12,
    KEY_CONTROL = 0x1000000,
    KEY_ALT = 0x2000000,
};

enum { KEY_NAME_SIZE = 24 };

/* The key of a name, KEY_NONE if there is none; and its name. */
keycode key_parse(const char *name);
void key_format(keycode k, char out[KEY_NAME_SIZE]);

/* True for a key that is a printable character: text where text is taken. */
bool key_is_text(keycode k);

/* --- keymap: which action a key stands for ------------------------------------------------------ */

struct keymap;

/* The keys of the action table. */
struct keymap *keymap_create(void);
void keymap_destroy(struct keymap *keymap);

/* Gives an action other keys than the table's: names as in the table, "" = none, "board:h" = h only on the
 * board. False and an error in words, with nothing changed, if one is not a key, or is typed text wherever it
 * would count. Whether another action has the key is for keymap_clash() to say. */
bool keymap_bind(struct keymap *keymap, enum action action, const char *keys, struct error *error);

/* Gives an action the table's keys again. */
void keymap_reset(struct keymap *keymap, enum action action);

/* True, and an error in words, if a key of the action stands for another one too where both work, or
 * everywhere. The table's own keys have no clash. */
bool keymap_clash(const struct keymap *keymap, enum action action, struct error *error);

/* What the configuration says of one action's keys. */
struct key_choice {
    const char *action, *keys;
    struct error error; /* filled: why the table's keys are used instead; "" = it was taken */
};

/* Takes all choices over: first all of them, then what clashes goes back to the table's keys, so that two
 * actions can change places. */
void keymap_configure(struct keymap *keymap, struct key_choice *choices, size_t count);

/* The action of a key in a context, or everywhere; ACTION_NOTHING if there is none. */
enum action keymap_action(const struct keymap *keymap, enum context context, keycode k);

/* The names of the keys of an action in a context, "k Up" fashion with " or " between; "" if none. At most
 * `most` of them. */
void keymap_names(const struct keymap *keymap, enum context context, enum action action,
    size_t most, char *out, size_t size);

#endif
