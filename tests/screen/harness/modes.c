#include "modes.h"

#include <stdlib.h>
#include <string.h>

enum { KEYPAD = -1, CURSOR = 25 };

/* Private modes by number, how they are at rest, and the words for when they are left otherwise. */
static const struct {
    int number;
    bool rest, mouse;
    const char *left;
} rules[MODE_RULES] = {
    {CURSOR, true, false, "the cursor is hidden"},
    {1, false, false, "the cursor keys are in application mode"},
    {KEYPAD, false, false, "the keypad is in application mode"},
    {47, false, false, "the alternate screen is shown"},
    {1047, false, false, "the alternate screen is shown"},
    {1049, false, false, "the alternate screen is shown"},
    {2004, false, false, "bracketed paste is on"},
    {1004, false, false, "focus reports are on"},
    {9, false, true, "the mouse is reported"},
    {1000, false, true, "the mouse is reported"},
    {1002, false, true, "the mouse is reported"},
    {1003, false, true, "the mouse is reported"},
    {1005, false, false, "the mouse is encoded"},
    {1006, false, false, "the mouse is encoded"},
    {1015, false, false, "the mouse is encoded"},
    {2026, false, false, "a frame is held back"},
};

static void rest(struct modes *modes)
{
    for (size_t i = 0; i < MODE_RULES; i++)
        modes->on[i] = rules[i].rest;
}

void modes_init(struct modes *modes)
{
    *modes = (struct modes){0};
    rest(modes);
}

void modes_finish(struct modes *modes)
{
    str_finish(&modes->said);
}

static void say(struct modes *modes, char c)
{
    if (modes->said.length < SAID_MOST)
        str_add_char(&modes->said, c);
}

static void set_mode(struct modes *modes, int number, bool on)
{
    for (size_t i = 0; i < MODE_RULES; i++)
        if (rules[i].number == number)
            modes->on[i] = on;
}

/* "ESC [ ? 1 ; 25 h" without its first two bytes. */
static void end_sequence(struct modes *modes, char final)
{
    modes->sequence[modes->length] = '\0';
    if (strcmp(modes->sequence, "?2026$") == 0 && final == 'p')
        modes->questions++;
    if (modes->sequence[0] != '?' || (final != 'h' && final != 'l'))
        return;
    for (const char *p = modes->sequence; *p; p++)
        say(modes, *p);
    say(modes, final);
    say(modes, '\n');
    for (char *p = modes->sequence; p && *p; p = strchr(p, ';')) {
        p++;
        set_mode(modes, (int)strtol(p, NULL, 10), final == 'h');
    }
}

static void feed_escape(struct modes *modes, char c)
{
    modes->length = 0;
    modes->place = c == '[' ? MODES_SEQUENCE : c && strchr("]PX^_", c) ? MODES_STRING : MODES_TEXT;
    if (modes->place == MODES_STRING)
        say(modes, c);
    if (c == '=' || c == '>')
        set_mode(modes, KEYPAD, c == '=');
    else if (c == 'c')
        rest(modes);
}

static void feed_sequence(struct modes *modes, char c)
{
    if (c >= 0x40 && c <= 0x7E) {
        end_sequence(modes, c);
        modes->place = MODES_TEXT;
    } else if (modes->length + 1 < sizeof modes->sequence) {
        modes->sequence[modes->length++] = c;
    }
}

void modes_feed(struct modes *modes, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == '\033') {
            if (modes->place == MODES_STRING)
                say(modes, '\n');
            modes->place = MODES_ESCAPE;
        } else if (modes->place == MODES_ESCAPE)
            feed_escape(modes, bytes[i]);
        else if (modes->place == MODES_SEQUENCE)
            feed_sequence(modes, bytes[i]);
        else if (modes->place == MODES_STRING && bytes[i] == '\a')
            modes->place = MODES_TEXT;
        else if (modes->place == MODES_STRING)
            say(modes, bytes[i]);
}

bool modes_cursor_visible(const struct modes *modes)
{
    return modes->on[0];
}

bool modes_mouse(const struct modes *modes)
{
    bool any = false;
    for (size_t i = 0; i < MODE_RULES; i++)
        any = any || (rules[i].mouse && modes->on[i]);
    return any;
}

void modes_left(const struct modes *modes, struct str *out)
{
    for (size_t i = 0; i < MODE_RULES; i++)
        if (modes->on[i] != rules[i].rest && !strstr(str_text(out), rules[i].left))
            str_addf(out, "%s%s", out->length ? ", " : "", rules[i].left);
}
