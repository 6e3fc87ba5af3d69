#include "terminal.h"

#include "modes.h"

#include "tourdesk/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utf8proc.h>
#include <utmp.h>

enum {
    QUIET = 20,         /* milliseconds without a byte: what was said is said */
    ESCAPE_PAUSE = 100, /* more than the pause that programs wait for the rest of a sequence */
    PATIENCE = 10000,   /* at most, for a program to read what was typed before an Esc */
};

struct terminal {
    pid_t pid;
    int master;
    int slave; /* kept open to ask what the program has not read yet */
    VTerm *vterm;
    VTermScreen *screen;
    VTermState *state;
    struct modes modes;
    struct termios line; /* as it was at the start */
    struct str typed;    /* not taken by the kernel yet */
    bool escaped;        /* the last key was Esc */
    bool ended;
    int status;
};

static void send_bytes(const char *bytes, size_t length, void *self)
{
    struct terminal *terminal = self;
    str_add_bytes(&terminal->typed, bytes, length);
}

static bool open_line(struct terminal *terminal, int rows, int columns, struct error *error)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    if (openpty(&terminal->master, &terminal->slave, NULL, NULL, &size) != 0)
        return error_set(error, "openpty: %s", strerror(errno));
    fcntl(terminal->master, F_SETFD, FD_CLOEXEC);
    fcntl(terminal->slave, F_SETFD, FD_CLOEXEC);
    fcntl(terminal->master, F_SETFL, O_NONBLOCK);
    tcgetattr(terminal->slave, &terminal->line);
    return true;
}

static void open_screen(struct terminal *terminal, int rows, int columns)
{
    terminal->vterm = vterm_new(rows, columns);
    if (!terminal->vterm)
        mem_exhausted();
    vterm_set_utf8(terminal->vterm, 1);
    terminal->screen = vterm_obtain_screen(terminal->vterm);
    terminal->state = vterm_obtain_state(terminal->vterm);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_reset(terminal->screen, 1);
    vterm_output_set_callback(terminal->vterm, send_bytes, terminal);
    modes_init(&terminal->modes);
}

struct terminal *terminal_create(
    const struct start *start, int rows, int columns, struct error *error)
{
    struct terminal *terminal = mem_alloc(sizeof *terminal);
    terminal->master = terminal->slave = -1;
    open_screen(terminal, rows, columns);
    if (open_line(terminal, rows, columns, error)) {
        terminal->pid = fork();
        if (terminal->pid == 0) {
            if (login_tty(terminal->slave) != 0)
                _exit(127);
            child_become(start, -1, -1, -1);
        }
        if (terminal->pid > 0)
            return terminal;
        error_set(error, "fork: %s", strerror(errno));
    }
    terminal_destroy(terminal);
    return NULL;
}

void terminal_destroy(struct terminal *terminal)
{
    if (!terminal)
        return;
    if (!terminal->ended)
        child_end(terminal->pid);
    if (terminal->master >= 0)
        close(terminal->master);
    if (terminal->slave >= 0)
        close(terminal->slave);
    vterm_free(terminal->vterm);
    modes_finish(&terminal->modes);
    str_finish(&terminal->typed);
    free(terminal);
}

static void send_typed(struct terminal *terminal)
{
    struct str *typed = &terminal->typed;
    ssize_t n = write(terminal->master, typed->data, typed->length);
    if (n <= 0)
        return;
    typed->length -= (size_t)n;
    memmove(typed->data, typed->data + n, typed->length);
}

/* The library knows no frames and says so; this terminal does. */
static void answer_questions(struct terminal *terminal)
{
    static const char knows[] = "\033[?2026;2$y";
    for (; terminal->modes.questions > 0; terminal->modes.questions--)
        send_bytes(knows, sizeof knows - 1, terminal);
}

bool terminal_pump(struct terminal *terminal, int milliseconds)
{
    short events = (short)(POLLIN | (terminal->typed.length > 0 ? POLLOUT : 0));
    struct pollfd line = {.fd = terminal->master, .events = events};
    if (poll(&line, 1, milliseconds) <= 0)
        return false;
    if (line.revents & POLLOUT)
        send_typed(terminal);
    char bytes[65536];
    ssize_t n = read(terminal->master, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    vterm_input_write(terminal->vterm, bytes, (size_t)n);
    modes_feed(&terminal->modes, bytes, (size_t)n);
    answer_questions(terminal);
    return true;
}

bool terminal_idle(const struct terminal *terminal)
{
    int unread = 0;
    if (terminal->typed.length > 0)
        return false;
    return ioctl(terminal->slave, FIONREAD, &unread) != 0 || unread == 0;
}

/* Waits out the pause after an Esc, counted from when the program has read it. */
static void let_escape_stand(struct terminal *terminal)
{
    int64_t limit = child_now() + PATIENCE;
    while (!terminal_idle(terminal) && child_now() < limit && !child_interrupted())
        terminal_pump(terminal, 5);
    for (int64_t until = child_now() + ESCAPE_PAUSE; child_now() < until;)
        terminal_pump(terminal, 5);
    terminal->escaped = false;
}

/* True for what could be the start of a sequence: an Esc alone, or Alt with a letter that begins one. */
static bool may_go_on(const struct key *key)
{
    if (key->kind == KEY_NAMED)
        return key->named == VTERM_KEY_ESCAPE;
    return key->kind == KEY_BYTES && key->length == 2 && key->bytes[0] == '\033' &&
           strchr("[]OPX^_", key->bytes[1]);
}

void terminal_type(struct terminal *terminal, const struct key *key)
{
    if (terminal->escaped)
        let_escape_stand(terminal);
    switch (key->kind) {
    case KEY_BYTES: send_bytes(key->bytes, key->length, terminal); break;
    case KEY_NAMED: vterm_keyboard_key(terminal->vterm, key->named, key->modifiers); break;
    case KEY_PASTE: vterm_keyboard_start_paste(terminal->vterm); break;
    case KEY_PASTE_END: vterm_keyboard_end_paste(terminal->vterm); break;
    }
    terminal->escaped = may_go_on(key);
    terminal_pump(terminal, 0);
}

bool terminal_click(struct terminal *terminal, int row, int column)
{
    if (!modes_mouse(&terminal->modes))
        return false;
    vterm_mouse_move(terminal->vterm, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(terminal->vterm, 1, true, VTERM_MOD_NONE);
    vterm_mouse_button(terminal->vterm, 1, false, VTERM_MOD_NONE);
    return true;
}

bool terminal_wheel(struct terminal *terminal, bool up, int row, int column)
{
    if (!modes_mouse(&terminal->modes))
        return false;
    vterm_mouse_move(terminal->vterm, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(terminal->vterm, up ? 4 : 5, true, VTERM_MOD_NONE);
    return true;
}

bool terminal_said(const struct terminal *terminal, const char *text)
{
    return strstr(str_text(&terminal->modes.said), text) != NULL;
}

void terminal_resize(struct terminal *terminal, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    vterm_set_size(terminal->vterm, rows, columns);
    ioctl(terminal->master, TIOCSWINSZ, &size);
}

void terminal_signal(struct terminal *terminal, int signal)
{
    pid_t group = terminal->ended ? 0 : tcgetpgrp(terminal->master);
    if (!terminal->ended)
        kill(group > 0 && group != terminal->pid ? -group : terminal->pid, signal);
}

bool terminal_ended(struct terminal *terminal)
{
    if (terminal->ended || waitpid(terminal->pid, &terminal->status, WNOHANG) != terminal->pid)
        return terminal->ended;
    terminal->ended = true;
    while (terminal_pump(terminal, QUIET))
        continue;
    return true;
}

int terminal_code(const struct terminal *terminal)
{
    return child_code(terminal->status);
}

static void add_left(struct str *left, const char *words)
{
    str_addf(left, "%s%s", left->length ? ", " : "", words);
}

static bool plain_pen(const struct terminal *terminal)
{
    static const VTermAttr flags[] = {VTERM_ATTR_BOLD, VTERM_ATTR_UNDERLINE, VTERM_ATTR_ITALIC,
        VTERM_ATTR_BLINK, VTERM_ATTR_REVERSE, VTERM_ATTR_STRIKE};
    VTermValue value;
    bool plain = true;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        value = (VTermValue){0};
        vterm_state_get_penattr(terminal->state, flags[i], &value);
        plain = plain && value.number == 0;
    }
    vterm_state_get_penattr(terminal->state, VTERM_ATTR_FOREGROUND, &value);
    plain = plain && VTERM_COLOR_IS_DEFAULT_FG(&value.color);
    vterm_state_get_penattr(terminal->state, VTERM_ATTR_BACKGROUND, &value);
    return plain && VTERM_COLOR_IS_DEFAULT_BG(&value.color);
}

bool terminal_restored(const struct terminal *terminal, struct error *left)
{
    struct str words = {0};
    struct termios line;
    modes_left(&terminal->modes, &words);
    if (!plain_pen(terminal))
        add_left(&words, "text attributes are on");
    tcgetattr(terminal->slave, &line);
    if (line.c_lflag != terminal->line.c_lflag || line.c_iflag != terminal->line.c_iflag ||
        line.c_oflag != terminal->line.c_oflag)
        add_left(&words, "the line is not in its first mode (echo, line by line)");
    bool restored = words.length == 0;
    if (!restored)
        error_set(left, "the terminal was not restored: %s", str_text(&words));
    str_finish(&words);
    return restored;
}

int terminal_rows(const struct terminal *terminal)
{
    int rows, columns;
    vterm_get_size(terminal->vterm, &rows, &columns);
    return rows;
}

int terminal_columns(const struct terminal *terminal)
{
    int rows, columns;
    vterm_get_size(terminal->vterm, &rows, &columns);
    return columns;
}

VTermScreenCell terminal_cell(const struct terminal *terminal, int row, int column)
{
    VTermScreenCell cell = {.width = 1};
    vterm_screen_get_cell(terminal->screen, (VTermPos){row, column}, &cell);
    if (cell.width < 1)
        cell.width = 1;
    return cell;
}

void terminal_colour(const struct terminal *terminal, VTermColor *colour)
{
    vterm_state_convert_color_to_rgb(terminal->state, colour);
}

VTermPos terminal_cursor(const struct terminal *terminal, bool *visible)
{
    VTermPos position;
    vterm_state_get_cursorpos(terminal->state, &position);
    *visible = modes_cursor_visible(&terminal->modes);
    return position;
}

void terminal_cell_text(const VTermScreenCell *cell, struct str *out)
{
    if (cell->chars[0] == 0 || cell->chars[0] == (uint32_t)-1)
        str_add_char(out, ' ');
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
        utf8proc_uint8_t bytes[4];
        if (cell->chars[i] == (uint32_t)-1)
            return;
        utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)cell->chars[i], bytes);
        str_add_bytes(out, (const char *)bytes, (size_t)n);
    }
}

void terminal_row_text(const struct terminal *terminal, int row, struct str *out)
{
    size_t start = out->length;
    for (int column = 0; column < terminal_columns(terminal);) {
        VTermScreenCell cell = terminal_cell(terminal, row, column);
        terminal_cell_text(&cell, out);
        column += cell.width;
    }
    while (out->length > start && out->data[out->length - 1] == ' ')
        out->data[--out->length] = '\0';
}

bool terminal_shows(const struct terminal *terminal, const char *text)
{
    bool found = false;
    for (int row = 0; row < terminal_rows(terminal) && !found; row++) {
        struct str line = {0};
        terminal_row_text(terminal, row, &line);
        found = strstr(str_text(&line), text) != NULL;
        str_finish(&line);
    }
    return found;
}
