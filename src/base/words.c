#include "tourdesk/base/words.h"

#include <string.h>

int words_find(const struct words *words, const char *word)
{
    for (int i = 0; i < words->count; i++)
        if (words->items[i] && strcmp(words->items[i], word) == 0)
            return i;
    return -1;
}
