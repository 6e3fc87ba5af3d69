/* The screen as a picture that a browser shows: colours and a stack of monospace fonts in it, every run
 * of text as wide as its cells, so that columns stand under each other in any font. */
#ifndef SCREENTEST_SVG_H
#define SCREENTEST_SVG_H

#include "terminal.h"

/* Writes the file; `light` = as on a light terminal. `title` is read out in place of the picture. */
bool svg_write(const struct terminal *terminal, const char *path, const char *title, bool light,
    struct error *error);

#endif
