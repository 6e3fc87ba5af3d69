#include "keys.h"

#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"

#include <ctype.h>
#include <signal.h>
#include <string.h>

static const struct {
    const char *name;
    VTermKey key;
    VTermModifier modifiers;
} named[] = {
    {"Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE},
    {"Esc", VTERM_KEY_ESCAPE, VTERM_MOD_NONE},
    {"Tab", VTERM_KEY_TAB, VTERM_MOD_NONE},
    {"BTab", VTERM_KEY_TAB, VTERM_MOD_SHIFT},
    {"BS", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE},
    {"Del", VTERM_KEY_DEL, VTERM_MOD_NONE},
    {"Ins", VTERM_KEY_INS, VTERM_MOD_NONE},
    {"Up", VTERM_KEY_UP, VTERM_MOD_NONE},
    {"Down", VTERM_KEY_DOWN, VTERM_MOD_NONE},
    {"Left", VTERM_KEY_LEFT, VTERM_MOD_NONE},
    {"Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE},
    {"Home", VTERM_KEY_HOME, VTERM_MOD_NONE},
    {"End", VTERM_KEY_END, VTERM_MOD_NONE},
    {"PgUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE},
    {"PgDn", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE},
};

static const struct {
    const char *name, *bytes;
} literal[] = {{"Space", " "}, {"lt", "<"}, {"gt", ">"}};

static void set_bytes(struct key *out, const char *bytes, size_t length)
{
    out->kind = KEY_BYTES;
    memcpy(out->bytes, bytes, length);
    out->length = length;
}

/* "C-", "M-" and "S-" in front of a name; moves behind them. */
static VTermModifier read_modifiers(const char **name)
{
    VTermModifier modifiers = VTERM_MOD_NONE;
    for (; (*name)[0] && (*name)[1] == '-' && (*name)[2]; *name += 2)
        if (**name == 'C')
            modifiers |= VTERM_MOD_CTRL;
        else if (**name == 'M')
            modifiers |= VTERM_MOD_ALT;
        else if (**name == 'S')
            modifiers |= VTERM_MOD_SHIFT;
        else
            break;
    return modifiers;
}

static bool read_named(const char *name, VTermModifier modifiers, struct key *out)
{
    long number;
    out->kind = KEY_NAMED;
    out->modifiers = modifiers;
    if (name[0] == 'F' && str_integer(name + 1, 1, 12, &number)) {
        out->named = (VTermKey)VTERM_KEY_FUNCTION((int)number);
        return true;
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(named[i].name, name) == 0) {
            out->named = named[i].key;
            out->modifiers |= named[i].modifiers;
            return true;
        }
    return false;
}

/* One character with the keys held: what a terminal makes of it. */
static bool read_character(const char *bytes, VTermModifier modifiers, struct key *out)
{
    char held[sizeof out->bytes];
    size_t n = 0, length = strlen(bytes);
    if (length == 0 || length > 4 || text_next(bytes, length, 0) != length)
        return false;
    if (modifiers & VTERM_MOD_ALT)
        held[n++] = '\033';
    memcpy(held + n, bytes, length);
    if (modifiers & VTERM_MOD_CTRL) {
        if (length != 1)
            return false;
        held[n] = (char)(toupper((unsigned char)*bytes) & 0x1F);
    }
    set_bytes(out, held, n + length);
    return true;
}

/* What stands between < and >. */
static bool read_name(const char *name, struct key *out)
{
    bool paste = strcmp(name, "Paste") == 0;
    if (paste || strcmp(name, "/Paste") == 0) {
        out->kind = paste ? KEY_PASTE : KEY_PASTE_END;
        return true;
    }
    VTermModifier modifiers = read_modifiers(&name);
    for (size_t i = 0; i < sizeof literal / sizeof *literal; i++)
        if (strcmp(literal[i].name, name) == 0)
            return read_character(literal[i].bytes, modifiers, out);
    return read_named(name, modifiers, out) || (modifiers && read_character(name, modifiers, out));
}

bool keys_next(const char **text, struct key *out, struct error *error)
{
    const char *start = *text, *end = strchr(start, '>');
    char name[24];
    *error = (struct error){""};
    *out = (struct key){0};
    if (!*start)
        return false;
    if (*start != '<') {
        size_t length = 1;
        while (((unsigned char)start[length] & 0xC0) == 0x80 && length < 4)
            length++;
        set_bytes(out, start, length);
        *text += length;
        return true;
    }
    size_t length = end ? (size_t)(end - start) - 1 : 0;
    if (!end || length >= sizeof name)
        return error_set(
            error, "a < starts the name of a key, as in <Enter>; write <lt> for itself");
    memcpy(name, start + 1, length);
    name[length] = '\0';
    *text = end + 1;
    return read_name(name, out) || error_set(error, "there is no key <%s>", name);
}

int keys_signal(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {{"ABRT", SIGABRT}, {"BUS", SIGBUS}, {"CONT", SIGCONT}, {"FPE", SIGFPE},
        {"ILL", SIGILL}, {"PIPE", SIGPIPE}, {"HUP", SIGHUP}, {"INT", SIGINT}, {"KILL", SIGKILL},
        {"QUIT", SIGQUIT}, {"SEGV", SIGSEGV}, {"STOP", SIGSTOP}, {"TERM", SIGTERM},
        {"TSTP", SIGTSTP}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2}, {"WINCH", SIGWINCH}};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (strcmp(signals[i].name, name) == 0)
            return signals[i].number;
    return 0;
}
