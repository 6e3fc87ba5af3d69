/* Operations that stand in no tour's row: calls, visits and cancels of prospects and appointments that are not
 * known here, and the cancel that releases the old time of a tour that was moved. Until they are settled somebody has to see them. Pure: from operations and tours.
 */
#ifndef TOURDESK_DESK_LOOSE_H
#define TOURDESK_DESK_LOOSE_H

#include "tourdesk/base/str.h"
#include "tourdesk/tour/tour.h"

struct loose {
    struct operation operation;
    struct tour tour; /* the one it is about, for its name; id "" = none that is known here */
};

/* What may be loose, in the order in which it was asked for: all that is not settled but bookings and
 * registrations, which are tours themselves. */
struct loose_list {
    struct loose *items;
    size_t count, capacity;
};

void loose_list_finish(struct loose_list *list);

/* Takes in how an operation stands now: it is added or changed, and once it is settled taken out. `tour` may be
 * NULL. */
void loose_list_put(
    struct loose_list *list, const struct operation *operation, const struct tour *tour);

const struct loose *loose_list_find(const struct loose_list *list, const char *id);

/* False for what one of the tours has in its own row. */
bool loose_stands_alone(const struct loose *loose, const struct tour_list *tours);

/* When the call or the visit was, or of a cancel the tour is; 0 = that is not known. */
instant loose_at(const struct operation *operation, const struct tour *tour);

/* What it is known by without a name: "prospect 47569001", "appointment 18842"; appended. */
void loose_number(struct str *out, const struct operation *operation);

#endif
