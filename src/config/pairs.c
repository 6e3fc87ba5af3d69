#include "tourdesk/config/pairs.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"

#include <stdlib.h>
#include <string.h>

void pairs_add(struct pair_list *list, const char *name, const char *text, int line)
{
    struct str clean = {0};
    text_clean(&clean, text, strlen(text));
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = (struct pair){mem_text(name), mem_text(str_text(&clean)), line};
    str_finish(&clean);
}

void pairs_drop(struct pair_list *list, size_t index)
{
    free(list->items[index].name);
    free(list->items[index].text);
    list->count--;
    memmove(
        list->items + index, list->items + index + 1, (list->count - index) * sizeof *list->items);
}

void pairs_print(const struct pair_list *list, struct str *out)
{
    str_add(out, "{ ");
    for (size_t i = 0; i < list->count; i++) {
        str_addf(out, "%s = \"", list->items[i].name);
        for (const char *p = list->items[i].text; *p; p++) {
            if (*p == '"' || *p == '\\')
                str_add_char(out, '\\');
            str_add_char(out, *p);
        }
        str_add(out, "\"; ");
    }
    str_add_char(out, '}');
}

void pairs_finish(struct pair_list *list)
{
    while (list->count > 0)
        pairs_drop(list, list->count - 1);
    free(list->items);
    *list = (struct pair_list){0};
}
