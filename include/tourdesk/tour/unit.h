/* Unit names, compared as Knock compares them: without case and spaces (knock-api 3.4). */
#ifndef TOURDESK_TOUR_UNIT_H
#define TOURDESK_TOUR_UNIT_H

#include <stdbool.h>
#include <stddef.h>

enum { UNIT_SIZE = 64 };

/* The form under which names are compared. */
void unit_key(const char *name, char out[UNIT_SIZE]);

/* The index in `units` of the one Knock would match with `name`, or -1. */
int unit_find(char *const *units, size_t count, const char *name);

/* The indexes of up to `max` units nearest to `name`, nearest first; returns how many. Look-alikes
 * (O and 0, I and 1, S and 5, B and 8), leading zeros and a missing building prefix count as almost the
 * same. Names that have nothing to do with each other are left out. */
size_t unit_nearest(
    char *const *units, size_t count, const char *name, size_t *indexes, size_t max);

#endif
