/* Growable strings, and copying into fixed ones.
 *
 * A zeroed `struct str` is an empty string; str_finish() frees it and leaves it empty again.
 */
#ifndef TOURDESK_BASE_STR_H
#define TOURDESK_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
    char *data; /* NUL-terminated, or NULL while empty */
    size_t length;
    size_t capacity;
};

void str_finish(struct str *s);
void str_clear(struct str *s);
void str_add(struct str *s, const char *text);
void str_add_bytes(struct str *s, const char *bytes, size_t length);
void str_add_char(struct str *s, char c);
__attribute__((format(printf, 2, 3))) void str_addf(struct str *s, const char *format, ...);
__attribute__((format(printf, 2, 0))) void str_addv(
    struct str *s, const char *format, va_list args);

/* The text, "" while empty; owned by `s`. */
__attribute__((returns_nonnull)) const char *str_text(const struct str *s);

/* The text as the caller's own (free() it); `s` is empty afterwards. */
__attribute__((returns_nonnull)) char *str_take(struct str *s);

/* Copies `text` into `out` of `size` bytes, cutting at a character boundary if it does not fit.
 * Returns false if it was cut. */
bool str_copy(char *out, size_t size, const char *text);

/* The same with printf's rules. */
__attribute__((format(printf, 3, 4))) bool str_print(
    char *out, size_t size, const char *format, ...);

/* True if both are equal, ASCII letters compared without case. */
bool str_same(const char *a, const char *b);

/* True if `text` starts with `prefix`, ASCII letters compared without case. */
bool str_starts(const char *text, const char *prefix);

/* True if `text` is NULL, empty or only spaces and tabs. */
bool str_blank(const char *text);

/* Reads a whole decimal integer within [low, high]; false (out untouched) for anything else. */
bool str_integer(const char *text, long low, long high, long *out);

#endif
