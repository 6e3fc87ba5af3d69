/* Memory that is there, or the program ends.
 *
 * Whatever must survive is on disk before it matters, so running out of memory is treated like a
 * power cut: the terminal is restored, one line says what happened, and the process exits with
 * code 70. Nothing in the tree needs an error path for it.
 */
#ifndef TOURDESK_BASE_MEM_H
#define TOURDESK_BASE_MEM_H

#include <stddef.h>

/* `size` zeroed bytes, freed with free(). `size` must not be 0. */
__attribute__((malloc, returns_nonnull)) void *mem_alloc(size_t size);

/* Makes room for `needed` items of `item_size` bytes in `items` (which may be NULL), doubling;
 * updates `*capacity` (in items) and returns the array, whose new part is not set. */
__attribute__((returns_nonnull, warn_unused_result)) void *mem_grow(
    void *items, size_t *capacity, size_t needed, size_t item_size);

/* Copies of a text and of `length` bytes with a NUL behind them; freed with free(). */
__attribute__((malloc, returns_nonnull, nonnull)) char *mem_text(const char *text);
__attribute__((malloc, returns_nonnull, nonnull)) char *mem_bytes(const void *bytes, size_t length);

/* Says the one thing to do before the process ends for want of memory (restore the terminal).
 * Async-signal-safe functions only. */
void mem_on_exhausted(void (*restore)(void));

/* Ends the process as described above; for libraries' own "no memory" answers. */
__attribute__((noreturn)) void mem_exhausted(void);

#endif
