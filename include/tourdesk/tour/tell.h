/* Sentences about operations and tours, for staff and for whom they speak with: in the past tense
 * for what happened, and what to do next where it did not (screens.md 4). */
#ifndef TOURDESK_TOUR_TELL_H
#define TOURDESK_TOUR_TELL_H

#include "tourdesk/base/str.h"
#include "tourdesk/tour/report.h"

/* "Booked Ana N. for Tue 24 Nov 2:30 pm Pacific, number 18842." and its like for every kind and state.
 * `tour` may be NULL where the operation belongs to none. */
void tell_operation(struct str *out, const struct operation *operation, const struct tour *tour,
    const struct zone *zone, instant now);

/* One line of a person's history: "Booked: Tue 24 Nov 2:30 pm", "Visit not logged: unknown unit ...". */
void tell_history(
    struct str *out, const struct history_line *line, const struct zone *zone, instant now);

/* The review before the key that sends: "Ana Núñez, Tue 24 Nov 2:30 to 3:00 pm Pacific, phone and
 * e-mail, texts not asked, source Phone call." */
void tell_booking(
    struct str *out, const struct booking *booking, const struct zone *zone, instant now);

/* "Tue 24 Nov 3:00 pm, 3:30 pm and 4:00 pm" */
void tell_times(
    struct str *out, const struct slot_list *slots, const struct zone *zone, instant now);

#endif
