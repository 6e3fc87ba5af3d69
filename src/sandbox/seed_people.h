/* Inside of seed: invented people. */
#ifndef TOURDESK_SANDBOX_SEED_PEOPLE_H
#define TOURDESK_SANDBOX_SEED_PEOPLE_H

#include "tourdesk/base/random.h"
#include "tourdesk/sandbox/guest.h"

/* Deals people, nobody twice before all had their turn. */
struct cast {
    struct random *random;
    int order[256];              /* of the many, shuffled */
    int roommates, desk, others; /* how many of each were dealt */
};

enum role {
    ROLE_ROOMMATE, /* one of two who share an e-mail address: one for each of two communities */
    ROLE_DESK,     /* those whom the office booked itself */
    ROLE_OTHER,
};

void cast_init(struct cast *cast, struct random *random);

/* The next one of a role: name, contacts and what they look for. `today` is for the move date. */
void cast_next(struct cast *cast, enum role role, struct date today, struct profile *out);

#endif
