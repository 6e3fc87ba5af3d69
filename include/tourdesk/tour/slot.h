/* A time at which Knock offers a tour, and the list of them as it was read. */
#ifndef TOURDESK_TOUR_SLOT_H
#define TOURDESK_TOUR_SLOT_H

#include "tourdesk/base/words.h"
#include "tourdesk/tour/stamp.h"

#include <stddef.h>

/* Which of a community's two calendars (knock-api 3.1, R2). */
enum calendar {
    CALENDAR_SELF_GUIDED,
    CALENDAR_IN_PERSON,
};

extern const struct words calendar_words;

/* "self-guided", "in-person". */
const char *calendar_word(enum calendar calendar);
bool calendar_parse(const char *word, enum calendar *out);

/* The API's tourType: "SELF_GUIDED", "IN_PERSON". */
const char *calendar_token(enum calendar calendar);

struct slot {
    char text[STAMP_SIZE]; /* the start exactly as Knock wrote it: sent back byte for byte */
    struct stamp start;
    instant end; /* where the answer named one, else 0 */
};

/* One answer, in the order of time, or what a snapshot kept of it. */
struct slot_list {
    struct slot *items;
    size_t count, capacity;
    size_t skipped;     /* entries that could not be read */
    instant checked_at; /* when the answer came, on this machine's clock; 0 = never */
    bool stale;         /* from a snapshot: the server could not be asked */
};

void slot_list_finish(struct slot_list *list);
void slot_list_add(struct slot_list *list, const struct slot *slot);
void slot_list_sort(struct slot_list *list);
void slot_list_copy(struct slot_list *to, const struct slot_list *from);

/* The slot that starts at the very instant, or NULL. */
const struct slot *slot_list_find(const struct slot_list *list, instant start);

/* Up to `max` slots nearest to `wanted` and not before `now`, in the order of nearness; returns how
 * many. `wanted` itself is left out. */
size_t slot_list_nearest(
    const struct slot_list *list, instant wanted, instant now, const struct slot **out, size_t max);

#endif
