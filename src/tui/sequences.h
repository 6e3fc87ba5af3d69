/* What terminals understand beyond what curses has names for: links, the clipboard, the mouse. Text only;
 * term.c writes it and input.c reads it.
 */
#ifndef TOURDESK_SRC_TUI_SEQUENCES_H
#define TOURDESK_SRC_TUI_SEQUENCES_H

#include "tourdesk/base/str.h"
#include "tourdesk/tui/canvas.h"
#include "tourdesk/tui/term.h"
#include "tourdesk/tui/theme.h"

/* The longest text that is given to the clipboard, in bytes: terminals drop longer ones. */
enum { COPY_MOST = 48 * 1024 };

/* What is known of a terminal by its name and surroundings; `get` is getenv(). */
struct abilities {
    bool links;     /* OSC 8 */
    bool clipboard; /* OSC 52: not known to be without */
    bool answers;   /* it takes a question about its modes (DECRQM) without printing part of it */
    bool colours;   /* true colours, whatever its entry in terminfo says */
};
struct abilities sequence_abilities(const char *type, char *(*get)(const char *name));

/* OSC 52 with a text for the clipboard; nothing for one that is longer than COPY_MOST. Appended. */
void sequence_copy(struct str *out, const char *text);

/* SGR for a look that was reduced to what the terminal has (theme_look); appended. */
void sequence_look(struct str *out, const struct look *look);

/* Writes the cells of a link once more, as a link (OSC 8), and puts the cursor back; appended. */
void sequence_link(struct str *out, const struct canvas *canvas, const struct link *link,
    const struct look looks[ROLES]);

/* Reads "0;12;7M", what stands behind "\033[<" in a report of the mouse (SGR, mode 1006): fills kind, row, col
 * and up. False for what is not of use: other buttons, releases, movement. */
bool sequence_mouse(const char *text, struct input *out);

#endif
