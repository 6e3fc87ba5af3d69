/* What the two halves of the terminal's room share: term.c writes, input.c reads. */
#ifndef TOURDESK_SRC_TUI_TERM_INTERNAL_H
#define TOURDESK_SRC_TUI_TERM_INTERNAL_H

/* Makes known to curses what comes in beyond its own keys; after each taking over of the terminal. */
void input_prepare(void);
void input_finish(void);

/* The terminal said whether it knows frames (mode 2026): "1$y", what stands behind the mode's number. */
void term_answered(const char *answer);

#endif
