#include "tourdesk/tour/person.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

void person_finish(struct person *person)
{
    tour_list_finish(&person->tours);
    mark_list_finish(&person->marks);
    history_list_finish(&person->history);
    *person = (struct person){0};
}

void history_list_finish(struct history_list *list)
{
    free(list->items);
    *list = (struct history_list){0};
}

struct history_line *history_list_add(struct history_list *list)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct history_line *line = &list->items[list->count++];
    *line = (struct history_line){0};
    return line;
}
