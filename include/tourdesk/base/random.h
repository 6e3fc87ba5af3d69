/* Randomness comes in through here, so that a run can be replayed from a seed. */
#ifndef TOURDESK_BASE_RANDOM_H
#define TOURDESK_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

/* Seeded from the system's entropy. */
struct random random_system(void);

/* Seeded with `seed`: the same seed gives the same numbers everywhere. */
struct random random_seeded(uint64_t seed);

uint64_t random_next(struct random *random);

/* A number from 0 to `limit` - 1; `limit` must not be 0. */
uint64_t random_below(struct random *random, uint64_t limit);

/* `length` letters and digits that cannot be misread for one another (no 0 o 1 i l u), a letter first so
 * that it is never taken for one of Knock's numbers, and a NUL. */
void random_name(struct random *random, char *out, size_t length);

#endif
