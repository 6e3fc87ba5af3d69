/* Themes: what each role looks like, from files of their own (themes/NAME.theme, libconfig).
 *
 *   background = "#16181d";      what the theme expects of the terminal: only the contrast test reads it
 *   foreground = "#d8d8d8";
 *   roles = {
 *     dim = { fg = "bright-black"; };
 *     focus = { fg = "black"; bg = "cyan"; bold = true; };
 *   };
 *
 * A colour is "default", one of the eight names (black, red, green, yellow, blue, magenta, cyan, white), the
 * same with "bright-", a number from 0 to 255, or "#rrggbb". Roles that are not named look like text; where
 * there are no colours only bold, dim, italic, underline and reverse count.
 */
#ifndef TOURDESK_TUI_THEME_H
#define TOURDESK_TUI_THEME_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"
#include "tourdesk/tui/canvas.h"

#include <stdint.h>

enum { COLOUR_DEFAULT = -1, COLOUR_RGB = 0x1000000 }; /* else an index, or COLOUR_RGB | 0xrrggbb */

enum attribute {
    ATTRIBUTE_BOLD = 1,
    ATTRIBUTE_DIM = 2,
    ATTRIBUTE_ITALIC = 4,
    ATTRIBUTE_UNDERLINE = 8,
    ATTRIBUTE_REVERSE = 16,
};

struct look {
    int32_t fg, bg;
    unsigned attributes; /* enum attribute */
};

struct theme {
    char name[64];
    struct look looks[ROLES];
    uint32_t background, foreground; /* 0xrrggbb */
};

/* A theme that needs no file and no colour. */
void theme_plain(struct theme *theme);

/* Reads a theme file. Mistakes are appended to `mistakes`, a line each ("file:line: what; what was used
 * instead"), and the rest is used; false and an error only if there is nothing to use. */
bool theme_read(struct theme *theme, const char *path, struct str *mistakes, struct error *error);

/* Finds `name` (or a path, where it has a slash) among the folders of themes and reads it. `program` is the
 * path of the running program: themes stand beside or above it. */
bool theme_load(struct theme *theme, const char *name, const char *program, struct str *mistakes,
    struct error *error);

/* The red, green and blue of a colour; for an index that of the usual palette. */
uint32_t colour_rgb(int32_t colour);

/* The nearest of the first `count` (8, 16 or 256) palette colours. */
int colour_nearest(int32_t colour, int count);

#endif
