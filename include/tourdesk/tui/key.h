/* Keys by name: "x", "R", "C-x", "M-b", "Enter", "PgUp", "F5".
 *
 * A key is one number: a character, or one of the named keys, with the modifiers Ctrl and Alt as bits.
 */
#ifndef TOURDESK_TUI_KEY_H
#define TOURDESK_TUI_KEY_H

#include "tourdesk/base/error.h"
#include "tourdesk/desk/action.h"

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

/* The action of a key in a context, or everywhere; ACTION_NOTHING if there is none. */
enum action keymap_action(const struct keymap *keymap, enum context context, keycode k);

/* The names of the keys of an action in a context, "k Up" fashion with " or " between; "" if none. At most
 * `most` of them. */
void keymap_names(const struct keymap *keymap, enum context context, enum action action,
    size_t most, char *out, size_t size);

#endif
