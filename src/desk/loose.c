#include "tourdesk/desk/loose.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

void loose_list_finish(struct loose_list *list)
{
    free(list->items);
    *list = (struct loose_list){0};
}

static size_t place_of(const struct loose_list *list, const char *id)
{
    size_t at = 0;
    while (at < list->count && strcmp(list->items[at].operation.id, id) != 0)
        at++;
    return at;
}

static void take_out(struct loose_list *list, size_t at)
{
    list->count--;
    memmove(list->items + at, list->items + at + 1, (list->count - at) * sizeof *list->items);
}

void loose_list_put(
    struct loose_list *list, const struct operation *operation, const struct tour *tour)
{
    size_t at = place_of(list, operation->id);
    bool known = at < list->count;
    if (operation->kind == OPERATION_BOOK || operation->kind == OPERATION_REGISTER)
        return;
    if (state_settled(operation->state)) {
        if (known)
            take_out(list, at);
        return;
    }
    if (!known) {
        list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
        list->items[list->count++] = (struct loose){0};
    }
    list->items[at].operation = *operation;
    if (tour)
        list->items[at].tour = *tour;
}

const struct loose *loose_list_find(const struct loose_list *list, const char *id)
{
    size_t at = place_of(list, id);
    return at < list->count ? &list->items[at] : NULL;
}

bool loose_stands_alone(const struct loose *loose, const struct tour_list *tours)
{
    const struct operation *operation = &loose->operation;
    if (operation->kind == OPERATION_CALL || !operation->tour_id[0])
        return true;
    const struct tour *tour = tour_list_find(tours, operation->tour_id);
    if (!tour)
        return false; /* it is read with its tour in a moment */
    if (tour->replaced_by[0])
        return true; /* it has no row any more */
    const char *shown =
        operation->kind == OPERATION_CANCEL ? tour->cancel_id : tour->visit_operation_id;
    return *shown && strcmp(shown, operation->id) != 0; /* a newer one took its place there */
}

instant loose_at(const struct operation *operation, const struct tour *tour)
{
    switch (operation->kind) {
    case OPERATION_CALL: return operation->calling.start.at;
    case OPERATION_VISIT: return operation->visiting.visit_time.at;
    default: return tour->start.at;
    }
}

void loose_number(struct str *out, const struct operation *operation)
{
    if (operation->appointment_id[0])
        str_addf(out, "appointment %s", operation->appointment_id);
    else
        str_addf(out, "prospect %s", operation->prospect_id);
}
