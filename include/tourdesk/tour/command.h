/* What the worker can be asked. Screens and one-shot commands ask the same things.
 *
 * A command is a value: whoever makes it hands it over whole, and its answer comes as reports that
 * carry its token.
 */
#ifndef TOURDESK_TOUR_COMMAND_H
#define TOURDESK_TOUR_COMMAND_H

#include "tourdesk/tour/operation.h"

enum command_kind {
    COMMAND_READ_SLOTS,   /* community, read; REPORT_SLOTS */
    COMMAND_READ_SOURCES, /* community; REPORT_SOURCES */
    COMMAND_LIST_TOURS,   /* query; REPORT_TOURS */
    COMMAND_BOOK,     /* community, booking; REPORT_STOPPED, or REPORT_OPERATION at each state */
    COMMAND_CANCEL,   /* tour_id or appointment_id, cancelling; the same */
    COMMAND_VISIT,    /* tour_id or ids, visiting; the same */
    COMMAND_WITHDRAW, /* operation_id; the same */
    COMMAND_SEND_NOW, /* operation_id: ends its undo window; the same */
    COMMAND_ABANDON,  /* abandons: a token; what was only read is dropped without waiting */
};

/* Tours that start in [from, to) of one community, or of all where it is "". */
struct tour_query {
    instant from, to;
    size_t limit; /* 0 = all */
};

struct command {
    enum command_kind kind;
    uint64_t token; /* comes back in every report about it; 0 = nobody waits */
    char community_id[ID_SIZE];
    char agent[AGENT_SIZE];
    bool at_once; /* no undo window */

    enum calendar calendar; /* COMMAND_READ_SLOTS */
    struct tour_query query;
    char operation_id[OPERATION_ID_SIZE];
    char tour_id[OPERATION_ID_SIZE];
    char appointment_id[ID_SIZE];
    char prospect_id[ID_SIZE];
    uint64_t abandons;
    struct booking booking;
    struct cancelling cancelling;
    struct visiting visiting;
};

/* A zeroed command of a kind, and its end; NULL is fine. */
struct command *command_create(enum command_kind kind);
void command_destroy(struct command *command);

#endif
