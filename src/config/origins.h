/* Where each value in force came from. */
#ifndef TOURDESK_SRC_CONFIG_ORIGINS_H
#define TOURDESK_SRC_CONFIG_ORIGINS_H

#include "tourdesk/config/config.h"

/* In place of a line. */
enum {
    ORIGIN_DEFAULT = 0,
    ORIGIN_COMMAND_LINE = -1, /* --profile */
    ORIGIN_ONLY_ONE = -2,     /* the only profile there is */
};

/* The owners of values, in the order their rows of lines are kept. */
enum { OWNER_TOP, OWNER_PROFILE, OWNER_COMMUNITY /* the first; the others follow */ };

/* The lines of one owner, one for each option of the table. */
int *origins_of(const struct config *config, size_t owner);

/* Makes room for the lines of the top, the profile and `communities` communities, all 0. */
void origins_create(struct config *config, size_t communities);

#endif
