/* A small curses program that the harness is tested with: a line to edit, some colours, and keys that
 * end it well or leave the terminal in disorder. */
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

enum { PASTE = KEY_MAX + 1, PASTE_END, LINE_SIZE = 256, CTRL_Q = 'Q' & 0x1F };

static const char *config_path = "", *data_path = "";
static char last_key[64] = "none";
static wchar_t line[LINE_SIZE];
static size_t length;
static bool pasting, clicked;
static sig_atomic_t wanted; /* the signal that asks for the end */

static void on_signal(int signal)
{
    wanted = signal;
}

static void read_options(int count, char **arguments)
{
    for (int i = 1; i + 1 < count; i++)
        if (strcmp(arguments[i], "--config") == 0)
            config_path = arguments[++i];
        else if (strcmp(arguments[i], "--data") == 0)
            data_path = arguments[++i];
}

/* How often the program was started on this data. */
static int count_start(void)
{
    char path[4096];
    int starts = 0;
    mkdir(data_path, 0700);
    snprintf(path, sizeof path, "%s/starts", data_path);
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "%d", &starts) != 1)
        starts = 0;
    if (file)
        fclose(file);
    file = fopen(path, "w");
    if (file) {
        fprintf(file, "%d\n", ++starts);
        fclose(file);
    }
    return starts;
}

static void draw_colours(void)
{
    mvprintw(4, 0, "plain ");
    attron(A_BOLD);
    printw("bold");
    attroff(A_BOLD);
    printw(" ");
    attron(A_REVERSE);
    printw(" reverse ");
    attroff(A_REVERSE);
    printw(" ");
    attron(A_UNDERLINE);
    printw("under");
    attroff(A_UNDERLINE);
    printw(" ");
    attron(COLOR_PAIR(1));
    printw("red");
    attroff(COLOR_PAIR(1));
    printw(" ");
    attron(COLOR_PAIR(2) | A_BOLD);
    printw(" on  blue ");
    attroff(COLOR_PAIR(2) | A_BOLD);
}

/* TOURDESK_CLOCK names, behind an @, the file that holds the time. */
static const char *read_clock(void)
{
    static char text[64];
    const char *name = getenv("TOURDESK_CLOCK");
    FILE *file = name && *name == '@' ? fopen(name + 1, "r") : NULL;
    text[0] = '\0';
    if (file && fgets(text, sizeof text, file))
        text[strcspn(text, "\n")] = '\0';
    if (file)
        fclose(file);
    return text;
}

static void draw(int starts)
{
    const char *clock = read_clock();
    erase();
    mvprintw(0, 0, "demo, start %d, %dx%d", starts, LINES, COLS);
    mvprintw(1, 0, "clock %s, colours %s", clock, getenv("NO_COLOR") ? "off" : "on");
    mvprintw(2, 0, "last key: %s%s", last_key, clicked ? ", clicked" : "");
    mvaddwstr(3, 0, L"wide \u65E5\u672C accents e\u0301n\u0303 signs \u25CB\u25CF\u2713");
    draw_colours();
    mvhline(5, 0, ACS_HLINE, 12);
    mvaddwstr(6, 0, L"line: ");
    addnwstr(line, (int)length);
    refresh();
}

static void edit(wint_t key, int kind)
{
    if (kind == KEY_CODE_YES && key == KEY_BACKSPACE && length > 0)
        length--;
    else if (kind == OK && (key >= L' ' || (pasting && key == L'\r')) && length + 1 < LINE_SIZE)
        line[length++] = key == L'\r' ? L'/' : (wchar_t)key;
}

/* Control keys are shown one after the other, so that an Esc that became part of a sequence shows. */
static void add_to_last(const char *name)
{
    size_t used = last_key[0] == '^' ? strlen(last_key) : 0;
    snprintf(last_key + used, sizeof last_key - used, "%s", name);
}

static void name_key(wint_t key, int kind)
{
    MEVENT mouse;
    if (kind == KEY_CODE_YES && key == PASTE)
        pasting = true;
    else if (kind == KEY_CODE_YES && key == PASTE_END)
        pasting = false;
    else if (kind == KEY_CODE_YES && key == KEY_MOUSE)
        clicked = getmouse(&mouse) == OK && mouse.y == 2 && mouse.x == 4;
    if (kind == KEY_CODE_YES && key < KEY_MAX)
        snprintf(last_key, sizeof last_key, "%s", keyname((int)key));
    else if (key < 0x80 && !pasting)
        add_to_last(keyname((int)key));
}

/* Writes a report as a sanitizer would. */
static void write_report(void)
{
    const char *options = getenv("ASAN_OPTIONS"),
               *path = options ? strstr(options, "log_path=") : 0;
    char name[4096];
    if (!path)
        return;
    snprintf(name, sizeof name, "%s.4711", path + strlen("log_path="));
    FILE *file = fopen(name, "w");
    if (file) {
        fprintf(file, "ERROR: a report of the demo\n");
        fclose(file);
    }
}

static void start_curses(void)
{
    setlocale(LC_ALL, "");
    initscr();
    set_escdelay(25);
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    if (!getenv("NO_COLOR")) {
        start_color();
        use_default_colors();
        init_pair(1, COLOR_RED, -1);
        init_pair(2, COLOR_WHITE, COLOR_BLUE);
    }
    mousemask(BUTTON1_CLICKED | BUTTON1_PRESSED, NULL);
    mouseinterval(0);
    define_key("\033[200~", PASTE);
    define_key("\033[201~", PASTE_END);
    printf("\033[?2004h");
    fflush(stdout);
}

static void end_curses(void)
{
    printf("\033[?2004l");
    fflush(stdout);
    endwin();
}

/* What the function keys do, to show what the harness notices. */
static void misbehave(int number)
{
    static const char *const leave[] = {
        [2] = "\033[?25l", [3] = "\033[?2004h", [4] = "\033[?1000h", [5] = "\033[1;31m"};
    if (number == 6)
        _exit(0); /* with everything as it is */
    if (number == 7)
        abort();
    if (number == 8) {
        write_report();
        return;
    }
    end_curses();
    printf("%s", number < 6 && leave[number] ? leave[number] : "");
    exit(number == 1 ? 3 : 0);
}

static bool handle(wint_t key, int kind)
{
    name_key(key, kind);
    if (kind == OK && !pasting && key == CTRL_Q)
        return false;
    if (kind == KEY_CODE_YES && key >= KEY_F(1) && key <= KEY_F(8))
        misbehave((int)key - KEY_F0);
    else
        edit(key, kind);
    return true;
}

/* Waits with the signals let in only here, so that none is missed. */
static bool wait_for_key(const sigset_t *open)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    ppoll(&in, 1, NULL, open);
    return !wanted;
}

int main(int count, char **arguments)
{
    sigset_t blocked, open;
    struct sigaction action = {.sa_handler = on_signal};
    read_options(count, arguments);
    int starts = count_start();
    start_curses();
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGWINCH);
    sigprocmask(SIG_BLOCK, &blocked, &open);
    sigaction(SIGTERM, &action, NULL);
    nodelay(stdscr, TRUE);
    bool going = true;
    while (going) {
        wint_t key;
        draw(starts);
        if (!wait_for_key(&open))
            break;
        for (int kind; going && (kind = get_wch(&key)) != ERR;)
            going = handle(key, kind);
    }
    end_curses();
    printf("goodbye\n");
    return 0;
}
