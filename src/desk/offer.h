/* A field that asks when, and the free times offered for what is typed into it: taken by a digit or Enter,
 * walked through with Right and Left at the end of the text. */
#ifndef TOURDESK_SRC_DESK_OFFER_H
#define TOURDESK_SRC_DESK_OFFER_H

#include "internal.h"

/* The check of such a field; nothing is said once a time is `chosen`. */
void offer_check(
    const struct desk *desk, const struct form *form, struct field *field, bool chosen);

/* Shows a slot as the field's text. */
void offer_set(const struct desk *desk, struct form *form, int field, const struct slot *slot);

/* Takes the time of an index and shows it; false if there is none. */
bool offer_take(const struct desk *desk, struct form *form, int field, int index, struct slot *out);

/* True if what was typed is a digit that takes a time. */
bool offer_digit(const struct form *form, int field, const char *typed, size_t length, int *index);

/* Moves through what is offered; false if the action is for the text. */
bool offer_move(
    const struct desk *desk, const struct form *form, int field, int *pick, enum action action);

#endif
