/* Themes: what each role looks like, from files of their own (themes/NAME.theme, libconfig).
 *
 *   background = "#16181d";      the page is painted with it; "default": the terminal's own stays
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
    uint32_t background, foreground; /* 0xrrggbb; of the page, or assumed of the terminal */
    bool painted;                    /* no look leaves a colour to the terminal */
};

/* A theme that needs no file and no colour. */
void theme_plain(struct theme *theme);

/* Reads a theme file. Mistakes are appended to `mistakes`, a line each ("file:line: what; what was used
 * instead"), and the rest is used; false and an error only if there is nothing to use. */
bool theme_read(struct theme *theme, const char *path, struct str *mistakes, struct error *error);

/* Every theme that can be chosen, read and in the order of their names. */
struct theme_set {
    struct theme *themes;
    const char **names; /* of the themes, in the same order */
    size_t count, chosen;
};

/* Reads the themes of all folders: one's own, beside or above the running program (`program` is its path),
 * installed. Chooses `wanted`, a name or (with a slash) the path of a file; where there is none of that name
 * the plain one. `mistakes` gets those of the chosen one, a line each. Finished by the caller. */
void themes_read(
    struct theme_set *set, const char *wanted, const char *program, struct str *mistakes);
void themes_finish(struct theme_set *set);

/* --- colours (colour.c) ------------------------------------------------------------------------ */

/* The red, green and blue of a colour; for an index that of the usual palette (xterm's). */
uint32_t colour_rgb(int32_t colour);

/* How far two colours (0xrrggbb) stand apart, 1 to 21: the contrast ratio of WCAG 2.2. */
double colour_contrast(uint32_t a, uint32_t b);

/* What WCAG asks of text. */
extern const double contrast_least;

/* What a role looks like on a terminal of `count` colours (8, 16, 256; more = all of them): the nearest there
 * are among those that stand as far apart as text must, or as far as the theme wants where that is less. */
struct look theme_look(const struct theme *theme, enum role role, int count);

/* The colours in which a look is seen, the theme's own ground taken for the terminal's. */
struct seen {
    uint32_t fg, bg;
};
struct seen theme_seen(const struct theme *theme, const struct look *look);

#endif
