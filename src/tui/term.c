#include "tourdesk/tui/term.h"

#include "tourdesk/base/mem.h"

#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* Codes of our own for what curses has no names for. */
enum {
    CODE_PASTE_BEGIN = KEY_MAX + 1,
    CODE_PASTE_END,
    CODE_WORD_LEFT,
    CODE_WORD_RIGHT,
    PASTE_MOST = 1 << 20,
    SIGNAL_STACK = 64 * 1024,
    REPLACEMENT = 0xFFFD,
};

static struct {
    bool open, unicode, pasting;
    SCREEN *screen;
    struct canvas shown; /* what the terminal shows; without cells = nothing known */
    struct str paste;
    wint_t waiting; /* a key that was read ahead */
    bool has_waiting;
    unsigned partial; /* the beginning of a character whose last bytes have not come yet */
    int bytes_missing;
    attr_t attributes[ROLES];
} term;

/* For the handlers of fatal signals: prepared, then only read. */
static struct termios saved_modes;
static char restore[256];
static volatile sig_atomic_t must_restore;

/* --- crashing cleanly ------------------------------------------------------------------------------ */

static void restore_now(void)
{
    if (!must_restore)
        return;
    must_restore = 0;
    ssize_t n = write(STDOUT_FILENO, restore, strlen(restore));
    (void)n;
    tcsetattr(STDIN_FILENO, TCSANOW, &saved_modes);
}

static void on_fatal(int number)
{
    static const char words[] =
        "\r\ntourdesk ended by mistake. What was said to be saved is saved; start it again.\r\n";
    if (must_restore) {
        restore_now();
        ssize_t n = write(STDERR_FILENO, words, sizeof words - 1);
        (void)n;
    }
    signal(number, SIG_DFL);
    raise(number);
}

static void add_string(const char *capability)
{
    const char *text = tigetstr(capability);
    if (text && text != (const char *)-1) {
        size_t used = strlen(restore);
        str_copy(restore + used, sizeof restore - used, text);
    }
}

static void prepare_restore(void)
{
    static char stack[SIGNAL_STACK];
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    restore[0] = '\0';
    add_string("rmkx");
    add_string("cnorm");
    add_string("sgr0");
    add_string("rmcup");
    size_t used = strlen(restore);
    str_copy(restore + used, sizeof restore - used, "\033[?2004l");
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) {
        struct sigaction now, action = {.sa_handler = on_fatal, .sa_flags = SA_ONSTACK};
        /* A sanitizer's handler stays: its report is worth more. */
        if (sigaction(fatal[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL)
            sigaction(fatal[i], &action, NULL);
    }
    mem_on_exhausted(restore_now);
}

/* --- looks ------------------------------------------------------------------------------------------- */

static int reduce(int32_t colour)
{
    if (colour == COLOUR_DEFAULT)
        return -1;
    if (COLORS > 0xFFFFFF)
        return (int)colour_rgb(colour);
    return colour_nearest(colour, COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : 8);
}

void term_set_theme(const struct theme *theme)
{
    const char *no_color = getenv("NO_COLOR");
    bool colours = has_colors() && !(no_color && *no_color);
    static const struct {
        enum attribute attribute;
        attr_t curses;
    } attributes[] = {{ATTRIBUTE_BOLD, A_BOLD}, {ATTRIBUTE_DIM, A_DIM},
        {ATTRIBUTE_ITALIC, A_ITALIC}, {ATTRIBUTE_UNDERLINE, A_UNDERLINE},
        {ATTRIBUTE_REVERSE, A_REVERSE}};
    struct theme plain;
    if (!colours) {
        theme_plain(&plain);
        theme = &plain;
    }
    for (int i = 0; i < ROLES; i++) {
        const struct look *look = &theme->looks[i];
        term.attributes[i] = A_NORMAL;
        for (size_t j = 0; j < sizeof attributes / sizeof *attributes; j++)
            if (look->attributes & attributes[j].attribute)
                term.attributes[i] |= attributes[j].curses;
        if (!colours)
            continue;
        int fg = reduce(look->fg), bg = reduce(look->bg);
        if (fg == bg && fg >= 0) { /* too few colours to tell them apart */
            fg = bg = -1;
            term.attributes[i] |= A_REVERSE;
        }
        init_extended_pair(i + 1, fg, bg);
    }
    canvas_finish(&term.shown);
}

/* --- life -------------------------------------------------------------------------------------------- */

static void set_modes(void)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    meta(stdscr, TRUE);
    if (!getenv("ESCDELAY"))
        set_escdelay(25);
    define_key("\033[200~", CODE_PASTE_BEGIN);
    define_key("\033[201~", CODE_PASTE_END);
    define_key("\033[1;5D", CODE_WORD_LEFT);
    define_key("\033[1;5C", CODE_WORD_RIGHT);
    fputs("\033[?2004h", stdout);
    fflush(stdout);
}

bool term_open(const struct theme *theme, struct error *error)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(error, "this needs a terminal; for scripts see: tourdesk help");
    setlocale(LC_CTYPE, "");
    term.unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (tcgetattr(STDIN_FILENO, &saved_modes) != 0)
        return error_set(error, "the terminal's modes cannot be read");
    const char *type = getenv("TERM");
    term.screen = newterm(NULL, stdout, stdin);
    if (!term.screen)
        return error_set(error, "the terminal type \"%s\" is not known here", type ? type : "");
    set_term(term.screen);
    prepare_restore();
    must_restore = 1;
    term.open = true;
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    term_set_theme(theme);
    set_modes();
    return true;
}

void term_close(void)
{
    if (!term.open)
        return;
    fputs("\033[?2004l", stdout);
    fflush(stdout);
    endwin();
    must_restore = 0;
    delscreen(term.screen);
    canvas_finish(&term.shown);
    str_finish(&term.paste);
    memset(&term, 0, sizeof term);
}

bool term_is_unicode(void)
{
    return term.unicode;
}

void term_resize(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
    canvas_finish(&term.shown);
}

void term_size(int *rows, int *cols)
{
    getmaxyx(stdscr, *rows, *cols);
}

void term_suspend(void)
{
    fputs("\033[?2004l", stdout);
    fflush(stdout);
    endwin();
    must_restore = 0;
    struct sigaction ours, plain = {.sa_handler = SIG_DFL};
    sigaction(SIGTSTP, &plain, &ours);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
    must_restore = 1;
    set_modes();
    term_redraw();
}

/* --- showing ------------------------------------------------------------------------------------------- */

static void draw_cell(int row, int col, const struct cell *cell)
{
    wchar_t wide[CCHARW_MAX + 1];
    cchar_t complex;
    mbstate_t state = {0};
    const char *bytes = cell->bytes;
    size_t n = mbsrtowcs(wide, &bytes, CCHARW_MAX, &state);
    if (n == (size_t)-1 || n == 0) {
        wide[0] = L'?';
        n = 1;
    }
    wide[n < CCHARW_MAX ? n : CCHARW_MAX] = L'\0';
    int pair = cell->role + 1;
    setcchar(&complex, wide, term.attributes[cell->role], 0, &pair);
    mvadd_wch(row, col, &complex);
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->role == b->role && a->width == b->width && strcmp(a->bytes, b->bytes) == 0;
}

void term_show(const struct canvas *canvas)
{
    bool all =
        !term.shown.cells || term.shown.rows != canvas->rows || term.shown.cols != canvas->cols;
    if (all)
        erase();
    for (int row = 0; row < canvas->rows; row++)
        for (int col = 0; col < canvas->cols; col++) {
            int i = row * canvas->cols + col;
            const struct cell *cell = &canvas->cells[i];
            if (cell->width > 0 && (all || !same_cell(cell, &term.shown.cells[i])))
                draw_cell(row, col, cell);
        }
    move(canvas->cursor_row, canvas->cursor_col);
    refresh();
    canvas_reset(&term.shown, canvas->rows, canvas->cols);
    memcpy(term.shown.cells, canvas->cells,
        (size_t)canvas->rows * (size_t)canvas->cols * sizeof *canvas->cells);
}

void term_redraw(void)
{
    clearok(stdscr, TRUE);
    canvas_finish(&term.shown);
}

/* --- reading ------------------------------------------------------------------------------------------- */

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
    if (term.bytes_missing == 0) {
        if (byte < 0x80 || !term.unicode)
            return byte;
        if (byte < 0xC2 || byte > 0xF4)
            return REPLACEMENT;
        term.bytes_missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
        term.partial = byte & (0x3FU >> term.bytes_missing);
        return 0;
    }
    if ((byte & 0xC0) != 0x80) {
        term.bytes_missing = 0;
        return byte < 0x80 ? byte : REPLACEMENT;
    }
    term.partial = term.partial << 6 | (byte & 0x3FU);
    return --term.bytes_missing == 0 ? term.partial : 0;
}

/* Reads one code; true if it is a special one. False with *code 0: nothing (whole) there. */
static bool read_code(wint_t *code)
{
    if (term.has_waiting) {
        term.has_waiting = false;
        *code = term.waiting;
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

/* Esc and one of these at once is how terminals send Alt; with any other key it is Esc, then that key. */
static keycode with_alt(void)
{
    wint_t next;
    bool is_special = read_code(&next);
    if (!is_special && next && wcschr(L"bfd", (wchar_t)next))
        return KEY_ALT | (keycode)next;
    if (!is_special && next == 127)
        return KEY_ALT | NAMED_BACKSPACE;
    if (is_special && next == KEY_BACKSPACE)
        return KEY_ALT | NAMED_BACKSPACE;
    if (is_special)
        ungetch((int)next);
    else if (next) {
        term.waiting = next;
        term.has_waiting = true;
    }
    return NAMED_ESCAPE;
}

static void add_pasted(wint_t code)
{
    char bytes[MB_LEN_MAX];
    mbstate_t state = {0};
    size_t n = wcrtomb(bytes, (wchar_t)code, &state);
    if (n != (size_t)-1 && term.paste.length < PASTE_MOST)
        str_add_bytes(&term.paste, bytes, n);
}

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

void term_read(struct input *input)
{
    wint_t code;
    *input = (struct input){.kind = INPUT_NONE};
    while (!term.pasting) {
        bool is_special = read_code(&code);
        if (!is_special && code == 0)
            return;
        if (is_special && code == CODE_PASTE_BEGIN) {
            term.pasting = true;
            break;
        }
        if (is_special && code == KEY_RESIZE) {
            input->kind = INPUT_RESIZE;
            return;
        }
        input->key = is_special ? special_key(code) : plain_key(code);
        if (input->key == NAMED_ESCAPE)
            input->key = with_alt();
        if (input->key != KEY_NONE) {
            input->kind = INPUT_KEY;
            return;
        }
    }
    if (!read_paste())
        return;
    term.pasting = false;
    input->kind = INPUT_PASTE;
    input->paste = term.paste;
    term.paste = (struct str){0};
}
