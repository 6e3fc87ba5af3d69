#include "tourdesk/tour/mark.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

static const char *const kinds[MARK_KINDS] = {
    [MARK_ARRIVED] = "arrived",
    [MARK_NO_SHOW] = "no-show",
    [MARK_COMING] = "coming",
    [MARK_NOTE] = "note",
    [MARK_CALL_BACK] = "call back",
    [MARK_CALLED_BACK] = "called back",
    [MARK_LATER] = "later",
    [MARK_DECLINED] = "declined",
    [MARK_TAKEN_OVER] = "taken over",
    [MARK_DONE_IN_KNOCK] = "done in Knock",
};

const struct words mark_words = {kinds, MARK_KINDS};

void mark_list_finish(struct mark_list *list)
{
    free(list->items);
    *list = (struct mark_list){0};
}

struct mark *mark_list_add(struct mark_list *list)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct mark *mark = &list->items[list->count++];
    *mark = (struct mark){0};
    return mark;
}
