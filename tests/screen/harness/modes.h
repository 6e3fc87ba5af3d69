/* Watches what a program switches in the terminal, byte by byte, to know what it leaves switched.
 *
 * The terminal library cannot tell: it has no property for bracketed paste, and shows the cursor again
 * when the alternate screen is left, which real terminals do not.
 */
#ifndef SCREENTEST_MODES_H
#define SCREENTEST_MODES_H

#include "tourdesk/base/str.h"

enum { MODE_RULES = 16, SAID_MOST = 64 * 1024 };

struct modes {
    bool on[MODE_RULES];
    enum { MODES_TEXT, MODES_ESCAPE, MODES_SEQUENCE, MODES_STRING } place;
    char sequence[64];
    size_t length;
    struct str said; /* what shows nothing: strings (OSC) and private modes, a line each */
    int questions;   /* how often it was asked whether the terminal knows frames (mode 2026) */
};

void modes_init(struct modes *modes);
void modes_finish(struct modes *modes);
void modes_feed(struct modes *modes, const char *bytes, size_t length);

bool modes_cursor_visible(const struct modes *modes);
bool modes_mouse(const struct modes *modes);

/* Appends what is not as a shell wants it, comma by comma; nothing where all is at rest. */
void modes_left(const struct modes *modes, struct str *out);

#endif
