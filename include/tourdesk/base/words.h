/* The words of an enum, so that one table serves printing, reading, storing and the manual. */
#ifndef TOURDESK_BASE_WORDS_H
#define TOURDESK_BASE_WORDS_H

struct words {
    const char *const *items; /* indexed by the enum's value */
    int count;
};

/* The value whose word this is, or -1. */
int words_find(const struct words *words, const char *word);

#endif
