/* An error in words a person can act on.
 *
 * A function that can fail returns bool or a small enum and fills the error its caller hands it.
 * The text names what failed and on what ("open /path: Permission denied"); it never holds a key
 * or a person's data.
 */
#ifndef TOURDESK_BASE_ERROR_H
#define TOURDESK_BASE_ERROR_H

#include <stdbool.h>

struct error {
    char text[512];
};

/* Fills `error` (which may be NULL) and returns false, so that `return error_set(...)` reads well. */
__attribute__((format(printf, 2, 3))) bool error_set(struct error *error, const char *format, ...);

/* Puts "prefix: " before the text of `error`, to say what the caller was doing; returns false. */
__attribute__((format(printf, 2, 3))) bool error_prefix(
    struct error *error, const char *format, ...);

#endif
