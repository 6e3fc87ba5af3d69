#include "sequences.h"

#include <stdlib.h>
#include <string.h>

/* --- what a terminal can ---------------------------------------------------------------------------- */

/* By the start of TERM. */
static const struct {
    const char *type;
    bool links, clipboard, answers;
} types[] = {
    {"xterm-kitty", true, true, true},
    {"xterm-ghostty", true, true, true},
    {"xterm", false, true, true},
    {"foot", true, true, true},
    {"alacritty", true, true, true},
    {"contour", true, true, true},
    {"wezterm", true, true, true},
    {"rio", true, true, true},
    {"konsole", true, true, true},
    {"gnome", true, true, true},
    {"vte", true, true, true},
    {"tmux", false, true, true},
    {"screen", false, true, false},
    {"rxvt", false, true, false},
    {"st-", false, true, false},
};

/* By what a terminal leaves in the environment; `least` is the first version that has links. */
static const struct {
    const char *name, *value; /* NULL = any */
    long least;
} link_signs[] = {
    {"VTE_VERSION", NULL, 5000},
    {"KONSOLE_VERSION", NULL, 201200},
    {"KITTY_WINDOW_ID", NULL, 0},
    {"WT_SESSION", NULL, 0},
    {"TERM_PROGRAM", "iTerm.app", 0},
    {"TERM_PROGRAM", "WezTerm", 0},
    {"TERM_PROGRAM", "ghostty", 0},
    {"TERM_PROGRAM", "vscode", 0},
};

static bool has_link_sign(char *(*get)(const char *name))
{
    for (size_t i = 0; i < sizeof link_signs / sizeof *link_signs; i++) {
        const char *found = get(link_signs[i].name);
        long version;
        if (!found || !*found)
            continue;
        if (link_signs[i].value && strcmp(found, link_signs[i].value) == 0)
            return true;
        if (!link_signs[i].value &&
            (!link_signs[i].least || str_integer(found, link_signs[i].least, 1000000000, &version)))
            return true;
    }
    return false;
}

struct abilities sequence_abilities(const char *type, char *(*get)(const char *name))
{
    struct abilities able = {0};
    size_t i = 0, count = sizeof types / sizeof *types;
    while (i < count && !str_starts(type, types[i].type))
        i++;
    if (i == count)
        return able;
    able.links = types[i].links;
    able.clipboard = types[i].clipboard;
    able.answers = types[i].answers;
    /* What stands around tmux and screen says nothing about them. */
    bool inside = str_starts(type, "tmux") || str_starts(type, "screen");
    able.links = able.links || (!inside && has_link_sign(get));
    /* Terminal.app prints the end of the question. */
    const char *program = get("TERM_PROGRAM"), *colours = get("COLORTERM");
    if (program && strcmp(program, "Apple_Terminal") == 0)
        able.answers = false;
    able.colours = colours && (strcmp(colours, "truecolor") == 0 || strcmp(colours, "24bit") == 0);
    return able;
}

/* --- the clipboard ------------------------------------------------------------------------------------- */

static void add_base64(struct str *out, const unsigned char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        unsigned long group = (unsigned long)bytes[i] << 16;
        size_t left = length - i;
        group |= left > 1 ? (unsigned long)bytes[i + 1] << 8 : 0;
        group |= left > 2 ? bytes[i + 2] : 0;
        str_add_char(out, digits[group >> 18 & 63]);
        str_add_char(out, digits[group >> 12 & 63]);
        str_add_char(out, left > 1 ? digits[group >> 6 & 63] : '=');
        str_add_char(out, left > 2 ? digits[group & 63] : '=');
    }
}

void sequence_copy(struct str *out, const char *text)
{
    size_t length = strlen(text);
    if (length > COPY_MOST)
        return;
    str_add(out, "\033]52;c;");
    add_base64(out, (const unsigned char *)text, length);
    str_add(out, "\033\\");
}

/* --- links ----------------------------------------------------------------------------------------------- */

static void add_colour(struct str *out, int32_t colour, int plane)
{
    if (colour == COLOUR_DEFAULT)
        return;
    if (colour & COLOUR_RGB)
        str_addf(
            out, ";%d8;2;%d;%d;%d", plane, colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF);
    else if (colour < 8)
        str_addf(out, ";%d%d", plane, colour);
    else if (colour < 16)
        str_addf(out, ";%d", (plane == 3 ? 90 : 100) + colour - 8);
    else
        str_addf(out, ";%d8;5;%d", plane, colour);
}

void sequence_look(struct str *out, const struct look *look)
{
    static const struct {
        enum attribute attribute;
        int code;
    } codes[] = {{ATTRIBUTE_BOLD, 1}, {ATTRIBUTE_DIM, 2}, {ATTRIBUTE_ITALIC, 3},
        {ATTRIBUTE_UNDERLINE, 4}, {ATTRIBUTE_REVERSE, 7}};
    str_add(out, "\033[0");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (look->attributes & codes[i].attribute)
            str_addf(out, ";%d", codes[i].code);
    add_colour(out, look->fg, 3);
    add_colour(out, look->bg, 4);
    str_add_char(out, 'm');
}

void sequence_link(struct str *out, const struct canvas *canvas, const struct link *link,
    const struct look looks[ROLES])
{
    int role = -1;
    str_addf(out, "\0337\033[%d;%dH\033]8;;%s\033\\", link->row + 1, link->col + 1, link->address);
    for (int i = 0; i < link->cols; i++) {
        const struct cell *cell = &canvas->cells[link->row * canvas->cols + link->col + i];
        if (cell->role != role)
            sequence_look(out, &looks[cell->role]);
        role = cell->role;
        str_add(out, cell->bytes);
    }
    str_add(out, "\033]8;;\033\\\0338");
}

/* --- the mouse --------------------------------------------------------------------------------------------- */

bool sequence_mouse(const char *text, struct input *out)
{
    enum { SHIFT_ALT_CONTROL = 4 | 8 | 16, LEFT = 0, WHEEL_UP = 64, WHEEL_DOWN = 65, MOST = 9999 };
    long numbers[3];
    for (int i = 0; i < 3; i++) {
        char *end;
        numbers[i] = strtol(text, &end, 10);
        if (end == text || numbers[i] < 0 || numbers[i] > MOST || *end != (i < 2 ? ';' : 'M'))
            return false;
        text = end + 1;
    }
    long button = numbers[0] & ~(long)SHIFT_ALT_CONTROL;
    if (button != LEFT && button != WHEEL_UP && button != WHEEL_DOWN)
        return false;
    out->kind = button == LEFT ? INPUT_CLICK : INPUT_WHEEL;
    out->up = button == WHEEL_UP;
    out->col = (int)numbers[1] - 1;
    out->row = (int)numbers[2] - 1;
    return true;
}
