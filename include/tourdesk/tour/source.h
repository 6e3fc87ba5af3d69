/* Sources: where a person heard of the community, by the titles Knock knows. */
#ifndef TOURDESK_TOUR_SOURCE_H
#define TOURDESK_TOUR_SOURCE_H

#include "tourdesk/tour/community.h"
#include "tourdesk/tour/report.h"

/* If `text` is (or holds) a Doorway link, writes the title its utm_knock_source_title parameter carries,
 * decoded and cleaned, and returns true (seed, step 1). A link without one is false as well. */
bool source_from_link(const char *text, char out[SOURCE_SIZE]);

/* The title of the list that `text` means: the same without case, accents and spaces at the ends, or the
 * only one that begins with it; -1 if there is none. */
int source_find(const struct source_list *sources, const char *text);

#endif
