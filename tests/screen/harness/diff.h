/* What differs between two texts, as a unified diff. */
#ifndef SCREENTEST_DIFF_H
#define SCREENTEST_DIFF_H

#include "tourdesk/base/str.h"

/* Appends the lines that only `expected` has with a "-", those that only `actual` has with a "+", and
 * up to three lines around each change. */
void diff_add(struct str *out, const char *expected, const char *actual);

#endif
