/* A screen as text, to be compared and kept: a line per row, the cursor, and where it is asked for a
 * letter per cell for how it looks, with a legend.
 *
 *   |Name  Ana                      rows, without the spaces at their end
 *   -- cursor 1,10                  row and column from 1, or "hidden"
 *   -- looks
 *   |aaaa  .                        a letter per cell: "." plain, " " a plain blank
 *   -- a bold, red on default       what the letter stands for
 */
#ifndef SCREENTEST_PICTURE_H
#define SCREENTEST_PICTURE_H

#include "terminal.h"

/* Appends the picture of the screen as it is now. */
void picture_add(struct str *out, const struct terminal *terminal, bool looks);

#endif
