#include "tourdesk/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_MEMORY = 70 };

static void (*restore_terminal)(void);

void mem_on_exhausted(void (*restore)(void))
{
    restore_terminal = restore;
}

void mem_exhausted(void)
{
    static const char words[] =
        "tourdesk: out of memory. What was said to be saved is saved; start it again.\n";
    if (restore_terminal)
        restore_terminal();
    if (write(STDERR_FILENO, words, sizeof words - 1) < 0)
        _exit(EXIT_MEMORY + 1);
    _exit(EXIT_MEMORY);
}

void *mem_alloc(size_t size)
{
    void *memory = calloc(1, size);
    if (!memory)
        mem_exhausted();
    return memory;
}

void *mem_grow(void *items, size_t *capacity, size_t needed, size_t item_size)
{
    if (items && needed <= *capacity)
        return items;
    size_t room = *capacity < 8 ? 8 : *capacity;
    while (room < needed) {
        if (room > SIZE_MAX / 2)
            mem_exhausted();
        room *= 2;
    }
    if (room > SIZE_MAX / item_size)
        mem_exhausted();
    void *grown = realloc(items, room * item_size);
    if (!grown)
        mem_exhausted();
    *capacity = room;
    return grown;
}

char *mem_text(const char *text)
{
    return mem_bytes(text, strlen(text));
}

char *mem_bytes(const void *bytes, size_t length)
{
    char *copy = mem_alloc(length + 1);
    memcpy(copy, bytes, length);
    return copy;
}
