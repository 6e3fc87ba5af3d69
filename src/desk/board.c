#include "tourdesk/desk/board.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { STAY = 60 * MINUTE }; /* how long "still here" is believed */

static const char *const words[BOARD_SECTIONS] = {
    [BOARD_NOW] = "Now",
    [BOARD_LATE] = "Late",
    [BOARD_UNKNOWN] = "Unknown",
    [BOARD_LOOSE] = "Also open",
    [BOARD_CALL] = "Call back",
    [BOARD_UNLOGGED] = "Not logged",
    [BOARD_UNSENT] = "Not sent",
    [BOARD_NEXT] = "Next",
    [BOARD_BY_HAND] = "In Knock",
};

const char *board_section_word(enum board_section section)
{
    return words[section];
}

const char *board_by_hand(const struct tour *tour)
{
    if (tour->kind == TOUR_WALK_IN || tour->done_in_knock || tour->booking != STATE_CONFIRMED ||
        !tour_stands(tour))
        return "";
    if (tour->cancel == STATE_REFUSED)
        return "Knock refused the cancel: cancel it there";
    if (tour->visit == STATE_CONFIRMED)
        return "";
    if (tour->no_show)
        return "mark the no-show there";
    if (!tour->appointment_id[0])
        return "its number is not known here: cancel it or log its visit there";
    return "";
}

/* True for somebody who was said to be still here after the tour's end, not long ago. */
static bool stays(const struct tour *tour, instant now)
{
    return tour->kind == TOUR_APPOINTMENT && tour->arrived_at >= tour->end &&
           now < tour->arrived_at + STAY;
}

/* The one section in which a tour's status puts it; BOARD_SECTIONS = none. */
static enum board_section section_of(const struct tour *tour, instant now)
{
    switch (tour_status(tour, now)) {
    case TOUR_NOW:
    case TOUR_EXPECTED: return BOARD_NOW;
    case TOUR_LATE: return BOARD_LATE;
    case TOUR_UNKNOWN: return BOARD_UNKNOWN;
    case TOUR_UNLOGGED:
        if (tour->done_in_knock)
            return BOARD_SECTIONS;
        return stays(tour, now) ? BOARD_NOW : BOARD_UNLOGGED;
    case TOUR_SAVED:
    case TOUR_SENDING:
    case TOUR_CANCELLING:
    case TOUR_LOGGING: return BOARD_UNSENT;
    case TOUR_BOOKED: return BOARD_NEXT;
    default: return BOARD_SECTIONS;
    }
}

/* What is in no tour's row stands by itself on the board, by its state among what is handed over. */
static enum board_section section_of_loose(const struct loose *loose, unsigned sections)
{
    if (sections & 1U << BOARD_LOOSE)
        return BOARD_LOOSE;
    return loose->operation.state == STATE_UNKNOWN ? BOARD_UNKNOWN : BOARD_UNSENT;
}

static void add_row(struct board *board, struct board_row row)
{
    board->rows = mem_grow(board->rows, &board->capacity, board->count + 1, sizeof *board->rows);
    board->rows[board->count++] = row;
}

const char *board_row_id(const struct board_row *row)
{
    return row->tour ? row->tour->id : row->loose->operation.id;
}

/* When it begins; for what has no time of its own, when it was asked for. */
static instant start_of(const struct board_row *row)
{
    if (row->tour)
        return row->tour->start.at;
    instant at = loose_at(&row->loose->operation, &row->loose->tour);
    return at ? at : row->loose->operation.created_at;
}

static instant created_at(const struct board_row *row)
{
    return row->tour ? row->tour->created_at : row->loose->operation.created_at;
}

/* What stands behind the rest of its section: among tours what is none, among what is none what only waits. */
static bool stands_behind(const struct board_row *row)
{
    return row->loose &&
           (row->section != BOARD_LOOSE || row->loose->operation.state != STATE_UNKNOWN);
}

/* What the rows of a section are ordered by, the least first. */
static int64_t rank(const struct board_row *row)
{
    switch (row->section) {
    case BOARD_CALL: return row->tour->call_by;
    case BOARD_UNLOGGED: return -row->tour->start.at; /* today's before last week's */
    case BOARD_UNSENT: return created_at(row);
    default: return start_of(row);
    }
}

static int by_attention(const void *a, const void *b)
{
    const struct board_row *x = a, *y = b;
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1;
    if (stands_behind(x) != stands_behind(y))
        return stands_behind(x) ? 1 : -1;
    if (rank(x) != rank(y))
        return rank(x) < rank(y) ? -1 : 1;
    if (start_of(x) != start_of(y))
        return start_of(x) < start_of(y) ? -1 : 1;
    return strcmp(board_row_id(x), board_row_id(y));
}

static void add_tour(struct board *board, const struct tour *tour, unsigned sections, instant now)
{
    enum board_section section = section_of(tour, now);
    if (section != BOARD_SECTIONS && sections & 1U << section)
        add_row(board, (struct board_row){section, tour, NULL});
    if (sections & 1U << BOARD_CALL && tour->call_by && !tour->called_back)
        add_row(board, (struct board_row){BOARD_CALL, tour, NULL});
    if (sections & 1U << BOARD_BY_HAND && *board_by_hand(tour))
        add_row(board, (struct board_row){BOARD_BY_HAND, tour, NULL});
}

/* True for what is of one community, where only that is asked for. */
static bool is_of(const char *community_id, const char *asked)
{
    return !*asked || strcmp(community_id, asked) == 0;
}

void board_build(struct board *board, const struct tour_list *tours, const struct loose_list *loose,
    const char *community_id, unsigned sections, instant now)
{
    *board = (struct board){0};
    for (size_t i = 0; i < tours->count; i++)
        if (is_of(tours->items[i].community_id, community_id))
            add_tour(board, &tours->items[i], sections, now);
    for (size_t i = 0; i < loose->count; i++) {
        const struct loose *one = &loose->items[i];
        if (is_of(one->operation.community_id, community_id) && loose_stands_alone(one, tours))
            add_row(board, (struct board_row){section_of_loose(one, sections), NULL, one});
    }
    if (board->count > 1)
        qsort(board->rows, board->count, sizeof *board->rows, by_attention);
}

void board_finish(struct board *board)
{
    free(board->rows);
    *board = (struct board){0};
}

int board_count(const struct board *board, enum board_section section)
{
    int count = 0;
    for (size_t i = 0; i < board->count; i++)
        count += board->rows[i].section == section;
    return count;
}

int board_find(const struct board *board, const char *id, enum board_section section)
{
    int found = board->count > 0 ? 0 : -1;
    bool any = false;
    for (size_t i = 0; i < board->count; i++) {
        const struct board_row *row = &board->rows[i];
        if (strcmp(board_row_id(row), id) != 0)
            continue;
        if (row->section == section)
            return (int)i;
        if (!any)
            found = (int)i;
        any = true;
    }
    return found;
}
