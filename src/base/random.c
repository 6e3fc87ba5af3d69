#include "tourdesk/base/random.h"

#include <stdlib.h>
#include <unistd.h>

struct random random_system(void)
{
    struct random random;
    if (getentropy(&random.state, sizeof random.state) != 0)
        abort(); /* no kernel this runs on fails here */
    return random;
}

struct random random_seeded(uint64_t seed)
{
    return (struct random){.state = seed};
}

/* SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). */
uint64_t random_next(struct random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

uint64_t random_below(struct random *random, uint64_t limit)
{
    return random_next(random) % limit;
}

void random_name(struct random *random, char *out, size_t length)
{
    static const char letters[] = "abcdefghjkmnpqrstvwxyz23456789";
    enum { LETTERS = 22 };
    for (size_t i = 0; i < length; i++)
        out[i] = letters[random_below(random, i == 0 ? LETTERS : sizeof letters - 1)];
    out[length] = '\0';
}
