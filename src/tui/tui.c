/* The loop. */
#include "tourdesk/tui/tui.h"

#include "signals.h"
#include "tourdesk/desk/model.h"
#include "tourdesk/tui/key.h"
#include "tourdesk/tui/term.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_SLEEP = 60 * 60 * 1000 };

struct loop {
    const struct tui_settings *settings;
    struct desk *desk;
    const struct keymap *keymap;
    struct canvas canvas; /* as it was drawn last: what a click falls on */
    struct command_list commands;
    size_t theme; /* the one in use */
    int signals;
    int redraws, copies; /* the desk's counts, as far as they were seen to */
    bool dirty;          /* something changed that must be drawn */
    bool leave;
};

/* Gives the desk a message and the worker what comes of it. */
static void tell(struct loop *loop, struct message *message)
{
    const struct outlet *outlet = &loop->settings->outlet;
    message->now = clock_now(&loop->settings->clock);
    desk_update(loop->desk, message, &loop->commands);
    for (size_t i = 0; i < loop->commands.count; i++)
        outlet->submit(outlet->self, loop->commands.items[i]);
    loop->commands.count = 0;
    loop->dirty = true;
}

/* --- input ----------------------------------------------------------------------------------------------- */

static void take_size(struct loop *loop)
{
    struct message message = {.kind = MESSAGE_RESIZE};
    term_size(&message.rows, &message.cols);
    tell(loop, &message);
}

static void take_key(struct loop *loop, keycode key)
{
    char name[KEY_NAME_SIZE];
    struct message message = {.kind = MESSAGE_TEXT, .text = name};
    key_format(key, name);
    if (key == ' ')
        str_copy(name, sizeof name, " ");
    message.length = strlen(name);
    bool text = key_is_text(key);
    if (!text || !desk_takes_text(loop->desk)) {
        message.action = keymap_action(loop->keymap, desk_context(loop->desk), key);
        if (message.action != ACTION_NOTHING) {
            message.kind = MESSAGE_ACTION;
            message.text = NULL; /* a key gives an action nothing to go on */
        } else if (!text) {
            message.kind = MESSAGE_NO_KEY;
        }
    }
    tell(loop, &message);
}

static void take_paste(struct loop *loop, struct str *paste)
{
    struct message message = {
        .kind = MESSAGE_PASTE, .text = str_text(paste), .length = paste->length};
    tell(loop, &message);
    str_finish(paste);
}

/* A click on a key's name in the last line is that key; a click on nothing still wakes a hidden screen. */
static void take_click(struct loop *loop, const struct input *input)
{
    struct message message = {.kind = MESSAGE_CLICK,
        .item = canvas_item_at(&loop->canvas, input->row, input->col),
        .twice = input->twice};
    int action = message.item - ITEM_ACTION;
    if (action > ACTION_NOTHING && action < ACTION_KINDS) {
        message.kind = MESSAGE_ACTION;
        message.action = (enum action)action;
    }
    tell(loop, &message);
}

static void take_wheel(struct loop *loop, bool up)
{
    struct message message = {.kind = MESSAGE_ACTION, .action = up ? ACTION_UP : ACTION_DOWN};
    if (action_works(message.action, desk_context(loop->desk)))
        tell(loop, &message);
}

static void take_input(struct loop *loop)
{
    struct input input;
    for (term_read(&input); input.kind != INPUT_NONE; term_read(&input)) {
        switch (input.kind) {
        case INPUT_KEY: take_key(loop, input.key); break;
        case INPUT_RESIZE: take_size(loop); break;
        case INPUT_PASTE: take_paste(loop, &input.paste); break;
        case INPUT_CLICK: take_click(loop, &input); break;
        case INPUT_WHEEL: take_wheel(loop, input.up); break;
        case INPUT_NONE: break;
        }
        if (loop->desk->done)
            return;
    }
}

static void take_signals(struct loop *loop)
{
    int number;
    while ((number = signals_take()) != 0) {
        switch (number) {
        case SIGTERM:
        case SIGINT:
        case SIGHUP: loop->leave = true; break;
        case SIGTSTP: loop->desk->suspend = true; break;
        case SIGCONT:
            term_redraw();
            loop->dirty = true;
            break;
        case SIGWINCH:
            term_resize();
            take_size(loop);
            break;
        default: break;
        }
    }
}

static void take_reports(struct loop *loop)
{
    const struct outlet *outlet = &loop->settings->outlet;
    struct message message = {.kind = MESSAGE_REPORT};
    while ((message.report = outlet->take(outlet->self)) != NULL)
        tell(loop, &message);
}

static void take_clock(struct loop *loop)
{
    struct message message = {.kind = MESSAGE_CLOCK};
    tell(loop, &message);
}

/* --- the loop -------------------------------------------------------------------------------------------- */

static void draw(struct loop *loop)
{
    loop->canvas.ascii = loop->settings->ascii || !term_is_unicode();
    canvas_reset(&loop->canvas, loop->desk->rows, loop->desk->cols);
    tui_draw(loop->desk, loop->keymap, &loop->canvas);
    term_show(&loop->canvas);
    loop->dirty = false;
}

static int sleep_time(const struct loop *loop)
{
    int64_t left = desk_next_tick(loop->desk) - clock_now(&loop->settings->clock);
    return left < 0 ? 0 : left > LONGEST_SLEEP ? LONGEST_SLEEP : (int)left + 1;
}

static void turn(struct loop *loop)
{
    struct pollfd fds[] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = loop->settings->outlet.fd, .events = POLLIN},
        {.fd = loop->signals, .events = POLLIN},
    };
    int ready = poll(fds, sizeof fds / sizeof *fds, sleep_time(loop));
    if (ready < 0 && errno != EINTR)
        loop->leave = true;
    take_signals(loop);
    if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
        loop->leave = true;
    take_input(loop);
    take_reports(loop);
    if (ready == 0)
        take_clock(loop);
}

/* What the desk asks of the terminal itself. */
static void see_to_terminal(struct loop *loop)
{
    struct desk *desk = loop->desk;
    if (desk->suspend) {
        desk->suspend = false;
        term_suspend();
        term_resize();
        take_size(loop);
    }
    if (desk->redraws != loop->redraws)
        term_redraw();
    loop->redraws = desk->redraws;
    if (desk->copies != loop->copies)
        term_copy(str_text(&desk->copied));
    loop->copies = desk->copies;
    if (desk->theme != loop->theme)
        term_set_theme(&loop->settings->themes[desk->theme]);
    loop->theme = desk->theme;
}

static void run(struct loop *loop)
{
    take_size(loop);
    while (!loop->desk->done && !loop->leave) {
        see_to_terminal(loop);
        if (loop->dirty)
            draw(loop);
        turn(loop);
    }
}

/* What must not be forgotten stands on the shell's screen. */
static void part(const struct desk *desk)
{
    int unknown = desk_unknown(desk), unsent = desk_unsent(desk);
    if (unknown)
        printf("%d outcome%s unknown: the board lists what to ask.\n", unknown,
            unknown == 1 ? " is" : "s are");
    if (unsent)
        printf("%d change%s not sent yet: %s sent once tourdesk runs again.\n", unsent,
            unsent == 1 ? " is" : "s are", unsent == 1 ? "it is" : "they are");
}

bool tui_run(const struct tui_settings *settings, struct error *error)
{
    struct loop loop = {.settings = settings, .theme = settings->desk.theme};
    struct keymap *own = NULL;
    loop.signals = signals_open(error);
    if (loop.signals < 0)
        return false;
    if (!term_open(&settings->themes[loop.theme], settings->mouse, error)) {
        signals_close();
        return false;
    }
    loop.keymap = settings->keymap ? settings->keymap : (own = keymap_create());
    loop.desk = desk_create(&settings->desk, &loop.commands);
    if (settings->greeting && *settings->greeting)
        desk_greet(loop.desk, settings->greeting);
    run(&loop);
    term_close();
    if (!settings->forgets)
        part(loop.desk);
    signals_close();
    desk_destroy(loop.desk);
    keymap_destroy(own);
    canvas_finish(&loop.canvas);
    command_list_finish(&loop.commands);
    return true;
}
