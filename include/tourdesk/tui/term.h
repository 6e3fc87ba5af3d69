/* The terminal: the one room in which curses is seen. A canvas goes out, keys and pasted text come in.
 *
 * However the program ends, the terminal is left as it was found: term_close() on the ordinary way, a
 * prepared string and tcsetattr() from the handlers of fatal signals.
 */
#ifndef TOURDESK_TUI_TERM_H
#define TOURDESK_TUI_TERM_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"
#include "tourdesk/tui/canvas.h"
#include "tourdesk/tui/key.h"
#include "tourdesk/tui/theme.h"

/* Takes the terminal over, with `mouse` its mouse too. False and an error (nothing was changed) where there is
 * none. */
bool term_open(const struct theme *theme, bool mouse, struct error *error);
void term_close(void);

/* True if the terminal can show UTF-8. */
bool term_is_unicode(void);

/* Asks the terminal for its size again. */
void term_resize(void);
void term_size(int *rows, int *cols);
void term_set_theme(const struct theme *theme);

/* Shows the canvas: only what differs from the last one is written, as one frame where the terminal can
 * hold a frame back (mode 2026), with links where it is known to have them. */
void term_show(const struct canvas *canvas);

/* Writes everything again, whatever may have been drawn over it. */
void term_redraw(void);

/* Gives the terminal a text for the clipboard (OSC 52); nothing where it is known to have none. */
void term_copy(const char *text);

/* Stops the process as Ctrl-Z does, and takes the terminal over again when it goes on. */
void term_suspend(void);

enum input_kind {
    INPUT_NONE, /* nothing more for now */
    INPUT_KEY,
    INPUT_PASTE, /* a whole paste, in `paste` */
    INPUT_RESIZE,
    INPUT_CLICK, /* the left button went down at row, col; `twice` within a moment on the same place */
    INPUT_WHEEL, /* one step: `up`, or down */
};

struct input {
    enum input_kind kind;
    keycode key;
    int row, col;
    bool twice, up;
    struct str paste; /* the caller's to finish */
};

/* The next of what has come in; never waits. */
void term_read(struct input *input);

#endif
