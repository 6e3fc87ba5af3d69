/* The board: which tours want something, by what they want. Pure: from a list of tours and the time. */
#ifndef TOURDESK_DESK_BOARD_H
#define TOURDESK_DESK_BOARD_H

#include "tourdesk/tour/tour.h"

enum board_section {
    BOARD_NOW,      /* in a unit, or just due */
    BOARD_LATE,     /* due ten minutes ago or more, and not here */
    BOARD_UNKNOWN,  /* an outcome is unknown */
    BOARD_CALL,     /* a call was promised and not made */
    BOARD_UNLOGGED, /* over, and no visit logged */
    BOARD_UNSENT,   /* saved here or on its way */
    BOARD_NEXT,
    BOARD_BY_HAND, /* only Knock itself can do what is left */
    BOARD_SECTIONS,
};

/* Sets of sections: what the board shows, and what the next shift must know. */
enum {
    BOARD_OF_THE_DAY = (1 << BOARD_BY_HAND) - 1,
    BOARD_OF_HANDOVER = 1 << BOARD_LATE | 1 << BOARD_UNKNOWN | 1 << BOARD_CALL |
                        1 << BOARD_UNLOGGED | 1 << BOARD_UNSENT | 1 << BOARD_BY_HAND,
};

struct board_row {
    enum board_section section;
    const struct tour *tour; /* borrowed */
};

struct board {
    struct board_row *rows; /* section by section, each in the order in which it wants attention */
    size_t count, capacity;
};

/* Builds the rows of the `sections` (a set) from `tours`, of one community or, where it is "", of all. */
void board_build(struct board *board, const struct tour_list *tours, const char *community_id,
    unsigned sections, instant now);
void board_finish(struct board *board);

/* How many rows a section has. */
int board_count(const struct board *board, enum board_section section);

/* "Now", "Late" ... */
const char *board_section_word(enum board_section section);

/* The row of a tour in a section; else in any; else the first; -1 if there are no rows. */
int board_find(const struct board *board, const char *tour_id, enum board_section section);

/* What is left to be done for a tour in Knock itself, because the API has no call for it; "" = nothing. */
const char *board_by_hand(const struct tour *tour);

#endif
