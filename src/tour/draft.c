#include "tourdesk/tour/draft.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

void draft_finish(struct draft *draft)
{
    free(draft->text);
    *draft = (struct draft){0};
}

void draft_list_finish(struct draft_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        draft_finish(&list->items[i]);
    free(list->items);
    *list = (struct draft_list){0};
}

struct draft *draft_list_add(struct draft_list *list)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct draft *draft = &list->items[list->count++];
    *draft = (struct draft){0};
    return draft;
}
