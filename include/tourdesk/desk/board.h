/* The board: what wants something, by what it wants: tours, and operations that stand in no tour's row. Pure: from
 * lists of both and the time. */
#ifndef TOURDESK_DESK_BOARD_H
#define TOURDESK_DESK_BOARD_H

#include "tourdesk/desk/loose.h"

enum board_section {
    BOARD_NOW,      /* in a unit, or just due */
    BOARD_LATE,     /* due ten minutes ago or more, and not here */
    BOARD_UNKNOWN,  /* an outcome is unknown */
    BOARD_LOOSE,    /* saved, on its way or unknown, and in no tour's row */
    BOARD_CALL,     /* a call was promised and not made */
    BOARD_UNLOGGED, /* over, and no visit logged */
    BOARD_UNSENT,   /* saved here or on its way */
    BOARD_NEXT,
    BOARD_BY_HAND, /* only Knock itself can do what is left */
    BOARD_SECTIONS,
};

/* Sets of sections: what the board shows, and what the next shift must know. What is in no tour's row stands by
 * itself, or in a set without BOARD_LOOSE with what is unknown or unsent as well. */
enum {
    BOARD_OF_THE_DAY = (1 << BOARD_BY_HAND) - 1,
    BOARD_OF_HANDOVER = 1 << BOARD_LATE | 1 << BOARD_UNKNOWN | 1 << BOARD_CALL |
                        1 << BOARD_UNLOGGED | 1 << BOARD_UNSENT | 1 << BOARD_BY_HAND,
};

struct board_row {
    enum board_section section;
    const struct tour *tour;   /* borrowed; NULL = it is `loose` */
    const struct loose *loose; /* likewise; NULL = it is `tour` */
};

/* The id of a row's tour or operation. */
const char *board_row_id(const struct board_row *row);

struct board {
    struct board_row *rows; /* section by section, each in the order in which it wants attention */
    size_t count, capacity;
};

/* Builds the rows of the `sections` (a set), of one community or, where it is "", of all. */
void board_build(struct board *board, const struct tour_list *tours, const struct loose_list *loose,
    const char *community_id, unsigned sections, instant now);
void board_finish(struct board *board);

/* How many rows a section has. */
int board_count(const struct board *board, enum board_section section);

/* "Now", "Late" ... */
const char *board_section_word(enum board_section section);

/* The row of an id in a section; else in any; else the first; -1 if there are no rows. */
int board_find(const struct board *board, const char *id, enum board_section section);

/* What is left to be done for a tour in Knock itself, because the API has no call for it; "" = nothing. */
const char *board_by_hand(const struct tour *tour);

#endif
