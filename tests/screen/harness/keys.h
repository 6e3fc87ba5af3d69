/* The keys of a script: "Ana<Tab><C-a><Paste>...</Paste>" read one at a time. */
#ifndef SCREENTEST_KEYS_H
#define SCREENTEST_KEYS_H

#include "tourdesk/base/error.h"

#include <stddef.h>
#include <vterm.h>

struct key {
    enum {
        KEY_BYTES, /* goes to the program as it is */
        KEY_NAMED, /* goes as the terminal sends it in its present mode */
        KEY_PASTE,
        KEY_PASTE_END,
    } kind;
    char bytes[8];
    size_t length;
    VTermKey named;
    VTermModifier modifiers;
};

/* Reads the key at `*text` and moves behind it; false at the end, and with an error (set to "" before)
 * for a name that is none. */
bool keys_next(const char **text, struct key *out, struct error *error);

/* Names of signals: "TERM", "KILL", ...; 0 where there is none. */
int keys_signal(const char *name);

#endif
