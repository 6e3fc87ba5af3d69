#include "tourdesk/tui/term.h"

#include "sequences.h"
#include "term_internal.h"
#include "tourdesk/base/mem.h"

#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <langinfo.h>
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

enum { SIGNAL_STACK = 64 * 1024, SEQUENCE_SIZE = 64 };

static struct {
    bool open, unicode, mouse;
    bool colours; /* it has some, and they are wanted */
    bool asked;   /* whether it knows frames; it has not answered */
    SCREEN *screen;
    struct canvas shown; /* what the terminal shows; without cells = nothing known */
    struct abilities able;
    char frame_begin[SEQUENCE_SIZE], frame_end[SEQUENCE_SIZE]; /* "" = it knows no frames */
    attr_t attributes[ROLES];
    struct look looks[ROLES];
} term;

/* For the handlers of fatal signals: prepared, then only read. */
static struct termios saved_modes;
static char restore[256];
static volatile sig_atomic_t must_restore;

/* What is on besides curses' own modes: pasted text in brackets, the mouse. A link or a frame may be open when
 * the end comes; what a terminal does not know it passes over. */
static const char modes_off[] = "\033[?2026l\033[?1006l\033[?1000l\033[?2004l";
static const char paste_on[] = "\033[?2004h", mouse_on[] = "\033[?1000h\033[?1006h";

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
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT, SIGTRAP, SIGSYS,
        SIGXCPU, SIGXFSZ, SIGALRM, SIGVTALRM, SIGUSR1, SIGUSR2};
    restore[0] = '\0';
    add_string("rmkx");
    add_string("cnorm");
    add_string("sgr0");
    add_string("rmcup");
    size_t used = strlen(restore);
    str_copy(restore + used, sizeof restore - used, modes_off);
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

static attr_t curses_attributes(unsigned attributes)
{
    static const struct {
        enum attribute attribute;
        attr_t curses;
    } pairs[] = {{ATTRIBUTE_BOLD, A_BOLD}, {ATTRIBUTE_DIM, A_DIM}, {ATTRIBUTE_ITALIC, A_ITALIC},
        {ATTRIBUTE_UNDERLINE, A_UNDERLINE}, {ATTRIBUTE_REVERSE, A_REVERSE}};
    attr_t out = A_NORMAL;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (attributes & pairs[i].attribute)
            out |= pairs[i].curses;
    return out;
}

/* How many colours there are, as theme_look() counts them. */
static int colour_count(void)
{
    return COLORS > 0xFFFFFF ? COLORS : COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : 8;
}

static int curses_colour(int32_t colour)
{
    return colour == COLOUR_DEFAULT ? -1
           : COLORS > 0xFFFFFF      ? (int)colour_rgb(colour)
                                    : (int)colour;
}

/* Where colours are not wanted curses never hears of them: once it has begun with them it sends their codes
 * whatever the pairs are. */
static void begin_colours(void)
{
    const char *no_color = getenv("NO_COLOR");
    term.colours = has_colors() && !(no_color && *no_color);
    if (term.colours) {
        start_color();
        use_default_colors();
    }
}

void term_set_theme(const struct theme *theme)
{
    struct theme plain;
    theme_plain(&plain);
    for (int i = 0; i < ROLES; i++) {
        const struct look look =
            term.colours ? theme_look(theme, (enum role)i, colour_count()) : plain.looks[i];
        term.looks[i] = look;
        term.attributes[i] = curses_attributes(look.attributes);
        if (term.colours)
            init_extended_pair(i + 1, curses_colour(look.fg), curses_colour(look.bg));
    }
    canvas_finish(&term.shown);
}

/* --- life -------------------------------------------------------------------------------------------- */

static void write_now(const char *text)
{
    if (*text) {
        fputs(text, stdout);
        fflush(stdout);
    }
}

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
    input_prepare();
    write_now(paste_on);
    if (term.mouse)
        write_now(mouse_on);
}

static void unset_modes(void)
{
    write_now(modes_off);
    endwin();
    must_restore = 0;
}

/* Frames: by the terminal's entry, or it is asked. The question goes out before the first page is drawn, so
 * that what a terminal might print of it is wiped away. */
static void find_frames(void)
{
    const char *entry = tigetstr("Sync");
    if (entry && entry != (const char *)-1) {
        str_copy(term.frame_begin, sizeof term.frame_begin, tparm(entry, 1L));
        str_copy(term.frame_end, sizeof term.frame_end, tparm(entry, 2L));
    } else if (term.able.answers) {
        term.asked = true;
        write_now("\033[?2026$p");
    }
}

void term_answered(const char *answer)
{
    term.asked = false;
    if (strcmp(answer, "1$y") != 0 && strcmp(answer, "2$y") != 0)
        return;
    str_copy(term.frame_begin, sizeof term.frame_begin, "\033[?2026h");
    str_copy(term.frame_end, sizeof term.frame_end, "\033[?2026l");
}

/* Where true colours are promised and terminfo knows such a terminal, that entry; else the plain one. What goes
 * by the name of xterm is most often another: vte-direct says colours in the way that all of them read. */
static SCREEN *new_screen(const char *type)
{
    char direct[SEQUENCE_SIZE];
    SCREEN *screen = NULL;
    size_t base = strcspn(type, "-");
    bool xterm = base == 5 && strncmp(type, "xterm", base) == 0;
    if (term.able.colours && !strstr(type, "direct") &&
        str_print(
            direct, sizeof direct, "%.*s-direct", xterm ? 3 : (int)base, xterm ? "vte" : type))
        screen = newterm(direct, stdout, stdin);
    return screen ? screen : newterm(type, stdout, stdin);
}

bool term_open(const struct theme *theme, bool mouse, struct error *error)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(error, "this needs a terminal; for scripts see: tourdesk help");
    setlocale(LC_CTYPE, "");
    term.unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (tcgetattr(STDIN_FILENO, &saved_modes) != 0)
        return error_set(error, "the terminal's modes cannot be read");
    const char *type = getenv("TERM") ? getenv("TERM") : "";
    term.able = sequence_abilities(type, getenv);
    term.mouse = mouse;
    term.screen = new_screen(type);
    if (!term.screen)
        return error_set(error, "the terminal type \"%s\" is not known here", type);
    set_term(term.screen);
    prepare_restore();
    must_restore = 1;
    term.open = true;
    begin_colours();
    term_set_theme(theme);
    set_modes();
    find_frames();
    return true;
}

void term_close(void)
{
    if (!term.open)
        return;
    /* An answer that is still on its way is not for the shell. */
    if (term.asked)
        tcflush(STDIN_FILENO, TCIFLUSH);
    unset_modes();
    delscreen(term.screen);
    canvas_finish(&term.shown);
    input_finish();
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

void term_copy(const char *text)
{
    struct str out = {0};
    if (term.able.clipboard)
        sequence_copy(&out, text);
    write_now(str_text(&out));
    str_finish(&out);
}

void term_suspend(void)
{
    unset_modes();
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
    int pair = term.colours ? cell->role + 1 : 0;
    setcchar(&complex, wide, term.attributes[cell->role], 0, &pair);
    mvadd_wch(row, col, &complex);
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->role == b->role && a->width == b->width && strcmp(a->bytes, b->bytes) == 0;
}

/* Draws what differs in a row; false if nothing does. */
static bool draw_row(const struct canvas *canvas, int row, bool all)
{
    bool drawn = false;
    for (int col = 0; col < canvas->cols; col++) {
        int i = row * canvas->cols + col;
        const struct cell *cell = &canvas->cells[i];
        if (!all && same_cell(cell, &term.shown.cells[i]))
            continue;
        drawn = true;
        if (cell->width > 0)
            draw_cell(row, col, cell);
    }
    return drawn;
}

/* --- links: curses cannot say them, so their cells are written again behind its back ------------------- */

static bool has_link(const struct canvas *canvas, const struct link *link)
{
    for (size_t i = 0; i < canvas->link_count; i++) {
        const struct link *other = &canvas->links[i];
        if (other->row == link->row && other->col == link->col && other->cols == link->cols &&
            strcmp(other->address, link->address) == 0)
            return true;
    }
    return false;
}

/* Rows in which a link ended are written as a whole. */
static void drop_links(const struct canvas *canvas)
{
    for (size_t i = 0; i < term.shown.link_count; i++)
        if (!has_link(canvas, &term.shown.links[i]) && term.shown.links[i].row < canvas->rows)
            wredrawln(stdscr, term.shown.links[i].row, 1);
}

static void add_links(const struct canvas *canvas, const bool *drawn, struct str *out)
{
    for (size_t i = 0; term.able.links && i < canvas->link_count; i++) {
        const struct link *link = &canvas->links[i];
        if (drawn[link->row] || !has_link(&term.shown, link))
            sequence_link(out, canvas, link, term.looks);
    }
}

static void remember(const struct canvas *canvas)
{
    canvas_reset(&term.shown, canvas->rows, canvas->cols);
    memcpy(term.shown.cells, canvas->cells,
        (size_t)canvas->rows * (size_t)canvas->cols * sizeof *canvas->cells);
    for (size_t i = 0; i < canvas->link_count; i++) {
        const struct link *link = &canvas->links[i];
        canvas_link(&term.shown, link->row, link->col, link->cols, link->address);
    }
}

void term_show(const struct canvas *canvas)
{
    struct str links = {0};
    bool *drawn = mem_alloc((size_t)canvas->rows * sizeof *drawn), any = false;
    bool all =
        !term.shown.cells || term.shown.rows != canvas->rows || term.shown.cols != canvas->cols;
    if (all)
        erase();
    for (int row = 0; row < canvas->rows; row++) {
        drawn[row] = draw_row(canvas, row, all);
        any = any || drawn[row];
    }
    drop_links(canvas);
    add_links(canvas, drawn, &links);
    move(canvas->cursor_row, canvas->cursor_col);
    any = any || links.length;
    if (any)
        write_now(term.frame_begin);
    refresh();
    write_now(str_text(&links));
    if (any)
        write_now(term.frame_end);
    remember(canvas);
    str_finish(&links);
    free(drawn);
}

void term_redraw(void)
{
    clearok(stdscr, TRUE);
    canvas_finish(&term.shown);
}
