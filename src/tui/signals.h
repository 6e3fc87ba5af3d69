/* Signals as bytes in a pipe: a handler writes one and does nothing else. */
#ifndef TOURDESK_SRC_TUI_SIGNALS_H
#define TOURDESK_SRC_TUI_SIGNALS_H

#include "tourdesk/base/error.h"

/* Begins to catch SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGTSTP and SIGCONT; returns a descriptor that is
 * readable when one came, -1 and an error otherwise. */
int signals_open(struct error *error);
void signals_close(void);

/* The next signal that came, 0 if there is none. */
int signals_take(void);

#endif
