/* Free times for a phrase like "tom pm" or "next fri 2". Pure. */
#ifndef TOURDESK_DESK_PICKS_H
#define TOURDESK_DESK_PICKS_H

#include "tourdesk/tour/slot.h"
#include "tourdesk/tour/zone.h"

enum { PICKS = 9 };

struct picks {
    struct slot items[PICKS]; /* in the order in which they are offered */
    int count;
    size_t more; /* how many were left out */
    bool wrong;  /* the phrase could not be read: the note says why, and there are none */
    char note[192];
};

/* Finds the times that `text` means: all of a day or a part of it, or the one that is named and those near
 * it; where nothing is free then, the nearest. "" means from now on. */
void picks_find(struct picks *picks, const char *text, const struct slot_list *slots,
    const struct zone *zone, instant now);

/* True if a digit typed behind `text` takes one of the times offered rather than going on with the phrase:
 * "tom pm" and then 2, but not "next fri " and then 2, nor "2:3" and then 0. */
bool picks_digit_takes(const char *text);

#endif
