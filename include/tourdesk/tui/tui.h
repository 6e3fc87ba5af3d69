/* The interactive program: the loop between the terminal, the desk and the worker.
 *
 * One thread, asleep in poll() until a key, a report, a signal or the desk's own next tick. All keys that
 * are there are taken per wake-up, and the screen is drawn at most once.
 */
#ifndef TOURDESK_TUI_TUI_H
#define TOURDESK_TUI_TUI_H

#include "tourdesk/desk/desk.h"
#include "tourdesk/tui/theme.h"

/* The worker, as far as the loop knows it. */
struct outlet {
    void (*submit)(void *self, struct command *command); /* takes the command over */
    struct report *(*take)(void *self);                  /* the next report or NULL, never waits */
    int fd;                                              /* readable while there are reports */
    void *self;
};

struct keymap;

struct tui_settings {
    struct desk_settings desk;
    struct clock clock;
    const struct theme
        *themes; /* one for each of desk.theme_names, read before: no disk while running */
    const struct keymap *keymap; /* NULL = the keys of the action table */
    struct outlet outlet;
    bool ascii, mouse;
    bool forgets;         /* the ledger goes away at the end: nothing is promised then */
    const char *greeting; /* shown first, e.g. a mistake in the configuration; "" = nothing */
};

/* Runs until staff leave. False and an error if there is no terminal to run in. */
bool tui_run(const struct tui_settings *settings, struct error *error);

/* Draws the desk as the loop would; for the loop and for tests. */
void tui_draw(const struct desk *desk, const struct keymap *keymap, struct canvas *canvas);

#endif
