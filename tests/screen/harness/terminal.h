/* A terminal with a program in it: a pseudo terminal on one side, libvterm's screen on the other. */
#ifndef SCREENTEST_TERMINAL_H
#define SCREENTEST_TERMINAL_H

#include "child.h"
#include "keys.h"

#include "tourdesk/base/str.h"

struct terminal;

/* Starts a program in a new terminal of that size; NULL with an error where it cannot. Ended and freed
 * by terminal_destroy() (NULL is fine). */
struct terminal *terminal_create(
    const struct start *start, int rows, int columns, struct error *error);
void terminal_destroy(struct terminal *terminal);

/* Moves bytes both ways for up to `milliseconds`, less if the program has something to say; true if it
 * said something. */
bool terminal_pump(struct terminal *terminal, int milliseconds);

/* True if all that was typed has been read by the program. */
bool terminal_idle(const struct terminal *terminal);

/* Types one key. An Esc is given the pause by which programs know it from the start of a sequence. */
void terminal_type(struct terminal *terminal, const struct key *key);

/* Presses and releases the first mouse button in a cell (from 0); false where the mouse is not
 * reported. */
bool terminal_click(struct terminal *terminal, int row, int column);

/* Turns the wheel by one step over a cell; false likewise. */
bool terminal_wheel(struct terminal *terminal, bool up, int row, int column);

/* True if the program has said `text` in what shows nothing: a string (OSC) or a private mode. */
bool terminal_said(const struct terminal *terminal, const char *text);

void terminal_resize(struct terminal *terminal, int rows, int columns);
/* Sends a signal to the program in front: the one started, or what a shell in its place has started. */
void terminal_signal(struct terminal *terminal, int signal);

/* True once the program has ended and all it said has been read; terminal_code() is its exit code. */
bool terminal_ended(struct terminal *terminal);
int terminal_code(const struct terminal *terminal);

/* True if the terminal is as a shell wants it; else `left` says what is not. */
bool terminal_restored(const struct terminal *terminal, struct error *left);

/* The screen. Positions count from 0; a cell beyond it is blank. */
int terminal_rows(const struct terminal *terminal);
int terminal_columns(const struct terminal *terminal);
VTermScreenCell terminal_cell(const struct terminal *terminal, int row, int column);
void terminal_colour(const struct terminal *terminal, VTermColor *colour); /* becomes RGB */
VTermPos terminal_cursor(const struct terminal *terminal, bool *visible);

/* Appends the text of a cell (a space where it is blank), and of a row without the spaces at its end. */
void terminal_cell_text(const VTermScreenCell *cell, struct str *out);
void terminal_row_text(const struct terminal *terminal, int row, struct str *out);

/* True if some row holds `text`. */
bool terminal_shows(const struct terminal *terminal, const char *text);

#endif
