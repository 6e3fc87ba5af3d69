/* A list to pick from, floating above a page. */
#include "internal.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

enum { PAGE = 10 };

void list_open(struct desk *desk, const char *title,
    void (*picked)(struct desk *desk, int index, struct command_list *out))
{
    free(desk->list.items);
    desk->list = (struct list_state){.picked = picked};
    str_copy(desk->list.title, sizeof desk->list.title, title);
    desk_push(desk, SCREEN_LIST);
}

void list_add(struct list_state *list, const char *text)
{
    size_t capacity = (size_t)list->count;
    list->items = mem_grow(list->items, &capacity, capacity + 1, sizeof *list->items);
    str_copy(list->items[list->count++], sizeof *list->items, text);
}

static void pick(struct desk *desk, int index, struct command_list *out)
{
    void (*picked)(struct desk *, int, struct command_list *) = desk->list.picked;
    desk_pop(desk);
    picked(desk, index, out);
}

static void move(struct desk *desk, int by)
{
    struct list_state *list = &desk->list;
    list->selected += by;
    if (list->selected >= list->count)
        list->selected = list->count - 1;
    if (list->selected < 0)
        list->selected = 0;
    if (list->moved)
        list->moved(desk, list->selected);
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    struct list_state *list = &desk->list;
    switch (action) {
    case ACTION_UP: move(desk, -1); break;
    case ACTION_DOWN: move(desk, 1); break;
    case ACTION_PAGE_UP: move(desk, -PAGE); break;
    case ACTION_PAGE_DOWN: move(desk, PAGE); break;
    case ACTION_FIRST: move(desk, -list->count); break;
    case ACTION_LAST: move(desk, list->count); break;
    case ACTION_OPEN: pick(desk, list->selected, out); break;
    default: return false;
    }
    return true;
}

/* Digits pick; everything else is a key. */
static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    int index = *typed - '1';
    if (!pasted && length == 1 && index >= 0 && index < 9 && index < desk->list.count)
        pick(desk, index, out);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    if (item >= desk->list.count)
        return;
    move(desk, item - desk->list.selected);
    if (twice)
        pick(desk, item, out);
}

static void closed(struct desk *desk, struct command_list *out)
{
    (void)out;
    if (desk->list.left)
        desk->list.left(desk);
}

const struct screen list_screen = {
    .context = CONTEXT_LIST,
    .floats = true,
    .act = act,
    .text = text,
    .click = click,
    .closed = closed,
};
