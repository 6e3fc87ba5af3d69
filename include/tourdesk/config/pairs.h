/* Settings whose names are not the configuration's own: a group of texts, such as keys = { book = "n"; }.
 *
 * Whoever knows the names checks them and drops what will not do. A zeroed list is empty.
 */
#ifndef TOURDESK_CONFIG_PAIRS_H
#define TOURDESK_CONFIG_PAIRS_H

#include "tourdesk/base/str.h"

#include <stddef.h>

struct pair {
    char *name, *text; /* owned */
    int line;
};

struct pair_list {
    struct pair *items;
    size_t count, capacity;
};

/* Adds one; what cannot be shown in the text is replaced. */
void pairs_add(struct pair_list *list, const char *name, const char *text, int line);
void pairs_drop(struct pair_list *list, size_t index);

/* Appends the group as the file would write it. */
void pairs_print(const struct pair_list *list, struct str *out);
void pairs_finish(struct pair_list *list);

#endif
