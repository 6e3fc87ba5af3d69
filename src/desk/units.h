/* Unit names typed one after another into a field: which there are, and what is offered for the last. */
#ifndef TOURDESK_SRC_DESK_UNITS_H
#define TOURDESK_SRC_DESK_UNITS_H

#include "internal.h"

struct unit_name {
    char text[UNIT_SIZE]; /* as the community's list has it, or as typed */
    bool known;
    size_t start, end; /* where it stands in what was typed */
};

/* Reads what was typed: commas separate; a part between commas that is a unit's whole name is taken as one
 * ("Bldg 2 101"), else spaces separate as well. Returns how many (at most VISIT_UNITS). */
int units_read(
    const struct community *community, const char *typed, struct unit_name out[VISIT_UNITS]);

/* What Enter does about the name that stands last and is not whole. */
enum unit_step {
    UNITS_READY,   /* every name is known, or nothing is typed */
    UNITS_TAKEN,   /* the one unit that begins like it was taken: it may go on */
    UNITS_OFFERED, /* a look-alike or the first of several was taken: a second look is due */
    UNITS_UNKNOWN, /* nothing is like it */
    UNITS_KEPT,    /* what was typed stands again, as a name that Knock does not know */
};

/* Takes the best match for the last unknown name of a field. */
enum unit_step units_take(const struct desk *desk, struct form *form, int field,
    const struct community *community, struct unit_swap *swap);

/* Another one in the place of the one taken last: the next like it, and behind the last what was typed. Takes
 * the best match where none was taken. */
enum unit_step units_next(const struct desk *desk, struct form *form, int field,
    const struct community *community, struct unit_swap *swap);

/* Says what was taken in the place of what, and what came of asking for another. */
void units_say_taken(struct desk *desk, const struct unit_swap *swap);
void units_say_next(struct desk *desk, enum unit_step step, const struct unit_swap *swap);

/* Takes the one of an index among those offered for a field; false if there is none. */
bool units_pick(const struct desk *desk, struct form *form, int field,
    const struct community *community, int index);

/* The check of such a field. */
void units_check(const struct desk *desk, const struct form *form, struct field *field,
    const struct community *community);

/* True for what changes a text: a word that unknown names may go was about the text as it was. */
bool units_edits(enum action action);

#endif
