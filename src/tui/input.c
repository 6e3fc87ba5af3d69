/* What comes in from the terminal: keys, pasted text, the mouse, and its answer to what it was asked. */
#include "sequences.h"
#include "term_internal.h"
#include "tourdesk/base/clock.h"

#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <limits.h>
#include <string.h>
#include <wchar.h>

/* Codes of our own for what curses has no names for. */
enum {
    CODE_PASTE_BEGIN = KEY_MAX + 1,
    CODE_PASTE_END,
    CODE_WORD_LEFT,
    CODE_WORD_RIGHT,
    CODE_MOUSE,  /* up to M or m */
    CODE_ANSWER, /* whether it knows frames; up to y */
    CODE_OTHER,  /* a sequence that nothing is known of; up to its last letter */
    PASTE_MOST = 1 << 20,
    REPLACEMENT = 0xFFFD,
    DOUBLE_CLICK = 400, /* milliseconds */
};

static struct {
    int code; /* of what is being read over several bytes, 0 = nothing */
    struct str paste;
    char report[32]; /* what stands behind CODE_MOUSE and what follows it so far */
    wint_t waiting;  /* a key that was read ahead */
    bool has_waiting;
    unsigned partial; /* the beginning of a character whose last bytes have not come yet */
    int bytes_missing;
    int64_t clicked_at; /* 0 = no click that a second one could double */
    int clicked_row, clicked_col;
} in;

void input_prepare(void)
{
    define_key("\033[200~", CODE_PASTE_BEGIN);
    define_key("\033[201~", CODE_PASTE_END);
    define_key("\033[1;5D", CODE_WORD_LEFT);
    define_key("\033[1;5C", CODE_WORD_RIGHT);
    define_key("\033[<", CODE_MOUSE);
    define_key("\033[?2026;", CODE_ANSWER);
}

void input_finish(void)
{
    str_finish(&in.paste);
    memset(&in, 0, sizeof in);
}

/* --- keys ---------------------------------------------------------------------------------------- */

static const struct {
    int curses;
    keycode key;
} special[] = {
    {KEY_ENTER, NAMED_ENTER},
    {KEY_BTAB, NAMED_BACK_TAB},
    {KEY_BACKSPACE, NAMED_BACKSPACE},
    {KEY_DC, NAMED_DELETE},
    {KEY_IC, NAMED_INSERT},
    {KEY_UP, NAMED_UP},
    {KEY_DOWN, NAMED_DOWN},
    {KEY_LEFT, NAMED_LEFT},
    {KEY_RIGHT, NAMED_RIGHT},
    {KEY_HOME, NAMED_HOME},
    {KEY_END, NAMED_END},
    {KEY_PPAGE, NAMED_PAGE_UP},
    {KEY_NPAGE, NAMED_PAGE_DOWN},
    {CODE_WORD_LEFT, NAMED_LEFT | KEY_CONTROL},
    {CODE_WORD_RIGHT, NAMED_RIGHT | KEY_CONTROL},
};

static keycode special_key(wint_t code)
{
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (special[i].curses == (int)code)
            return special[i].key;
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return NAMED_F1 + (keycode)(code - KEY_F(1));
    return KEY_NONE;
}

static keycode plain_key(wint_t code)
{
    switch (code) {
    case '\r':
    case '\n': return NAMED_ENTER;
    case '\t': return NAMED_TAB;
    case 27: return NAMED_ESCAPE;
    case 127: return NAMED_BACKSPACE;
    case 8: return KEY_CONTROL | 'h';
    default: break;
    }
    if (code < 32)
        return KEY_CONTROL | (keycode)(code + 'a' - 1);
    return (keycode)code;
}

/* The code point whose last byte this is, 0 while bytes are still to come (perhaps in the next packet of a
 * slow line), or the replacement character for what is no UTF-8. */
static wint_t decode(unsigned char byte)
{
    if (in.bytes_missing == 0) {
        if (byte < 0x80 || !term_is_unicode())
            return byte;
        if (byte < 0xC2 || byte > 0xF4)
            return REPLACEMENT;
        in.bytes_missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
        in.partial = byte & (0x3FU >> in.bytes_missing);
        return 0;
    }
    if ((byte & 0xC0) != 0x80) {
        in.bytes_missing = 0;
        return byte < 0x80 ? byte : REPLACEMENT;
    }
    in.partial = in.partial << 6 | (byte & 0x3FU);
    return --in.bytes_missing == 0 ? in.partial : 0;
}

/* Reads one code; true if it is a special one. False with *code 0: nothing (whole) there. */
static bool read_code(wint_t *code)
{
    if (in.has_waiting) {
        in.has_waiting = false;
        *code = in.waiting;
        return false;
    }
    for (;;) {
        int byte = getch();
        *code = byte == ERR ? 0 : (wint_t)byte;
        if (byte == ERR || byte > UCHAR_MAX)
            return byte != ERR;
        *code = decode((unsigned char)byte);
        if (*code)
            return false;
    }
}

/* True behind "Esc [" if more has come with it: a key that curses has no name for (Ctrl with F1, say). It is read
 * to its end and left out: taken apart it would be Esc and a handful of keys that nobody pressed. */
static bool begins_sequence(void)
{
    wint_t next;
    bool is_special = read_code(&next);
    if (is_special) {
        ungetch((int)next);
        return false;
    }
    if (next < ' ' || next > '~') {
        in.waiting = next;
        in.has_waiting = next != 0;
        return next != 0;
    }
    in.code = next < '@' ? CODE_OTHER : 0;
    return true;
}

/* Esc and one of these at once is how terminals send Alt; with any other key it is Esc, then that key. */
static keycode with_alt(void)
{
    wint_t next;
    bool is_special = read_code(&next);
    if (!is_special && next && wcschr(L"bfd", (wchar_t)next))
        return KEY_ALT | (keycode)next;
    if (!is_special && next == '[' && begins_sequence())
        return KEY_NONE;
    if (!is_special && next == 127)
        return KEY_ALT | NAMED_BACKSPACE;
    if (is_special && next == KEY_BACKSPACE)
        return KEY_ALT | NAMED_BACKSPACE;
    if (is_special)
        ungetch((int)next);
    else if (next) {
        in.waiting = next;
        in.has_waiting = true;
    }
    return NAMED_ESCAPE;
}

static void add_pasted(wint_t code)
{
    char bytes[MB_LEN_MAX];
    mbstate_t state = {0};
    size_t n = wcrtomb(bytes, (wchar_t)code, &state);
    if (n != (size_t)-1 && in.paste.length < PASTE_MOST)
        str_add_bytes(&in.paste, bytes, n);
}

/* --- what comes in several bytes -------------------------------------------------------------------- */

/* Goes on with a paste; true when it is whole. */
static bool read_paste(void)
{
    for (;;) {
        wint_t code;
        bool is_special = read_code(&code);
        if (is_special && code == CODE_PASTE_END)
            return true;
        if (!is_special && code == 0)
            return false;
        if (!is_special)
            add_pasted(code);
    }
}

/* Goes on with a report, up to its last letter; true when it is whole, or is none after all. */
static bool read_report(void)
{
    for (;;) {
        wint_t code;
        size_t length = strlen(in.report);
        bool is_special = read_code(&code);
        if (!is_special && code == 0)
            return false;
        if (is_special || code >= 0x7F || length + 1 >= sizeof in.report) {
            in.report[0] = '\0';
            return true;
        }
        in.report[length] = (char)code;
        in.report[length + 1] = '\0';
        if (code >= '@')
            return true;
    }
}

static void take_mouse(struct input *input)
{
    struct clock clock = clock_system();
    int64_t now = clock_steady(&clock);
    if (!sequence_mouse(in.report, input) || input->kind != INPUT_CLICK)
        return;
    input->twice = in.clicked_at && now - in.clicked_at <= DOUBLE_CLICK &&
                   input->row == in.clicked_row && input->col == in.clicked_col;
    in.clicked_at = input->twice ? 0 : now;
    in.clicked_row = input->row;
    in.clicked_col = input->col;
}

/* Goes on with what was begun; false while more of it must come. */
static bool read_rest(struct input *input)
{
    if (in.code == CODE_PASTE_BEGIN ? !read_paste() : !read_report())
        return false;
    if (in.code == CODE_PASTE_BEGIN) {
        input->kind = INPUT_PASTE;
        input->paste = in.paste;
        in.paste = (struct str){0};
    } else if (in.code == CODE_MOUSE) {
        take_mouse(input);
    } else if (in.code == CODE_ANSWER) {
        term_answered(in.report);
    }
    in.code = 0;
    in.report[0] = '\0';
    return true;
}

static void read_key(struct input *input, bool is_special, wint_t code)
{
    if (is_special && code == KEY_RESIZE) {
        input->kind = INPUT_RESIZE;
        return;
    }
    input->key = is_special ? special_key(code) : plain_key(code);
    if (input->key == NAMED_ESCAPE)
        input->key = with_alt();
    if (input->key != KEY_NONE)
        input->kind = INPUT_KEY;
}

void term_read(struct input *input)
{
    *input = (struct input){.kind = INPUT_NONE};
    while (input->kind == INPUT_NONE) {
        wint_t code;
        if (in.code) {
            if (!read_rest(input))
                return;
            continue;
        }
        bool is_special = read_code(&code);
        if (!is_special && code == 0)
            return;
        if (is_special && (code == CODE_PASTE_BEGIN || code == CODE_MOUSE || code == CODE_ANSWER))
            in.code = (int)code;
        else
            read_key(input, is_special, code);
    }
}
