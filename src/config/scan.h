/* A look over the file's text before libconfig reads it.
 *
 * libconfig passes over some mistakes (a comment that never ends swallows the rest of the file, a
 * number too large for an int becomes another number, a NUL ends the file) and names others far
 * from where they are. This finds them by the same rules of quotes and comments.
 */
#ifndef TOURDESK_SRC_CONFIG_SCAN_H
#define TOURDESK_SRC_CONFIG_SCAN_H

#include <stddef.h>

/* Lines; 0 = there is none. */
struct scan {
    int nul;           /* the first NUL byte */
    int include;       /* the first @include */
    int foreign;       /* the first byte beyond ASCII outside quotes and comments */
    int open_text;     /* where a text begins that never ends */
    int open_comment;  /* where a comment begins that never ends */
    int long_text;     /* where the last text, or row of them, begins that ends on a later line, */
    int long_text_end; /* and where that ends */
};

/* Scans `length` bytes of `text`, behind which there is a NUL or more text. A number of more than
 * nine digits is overwritten with nines, an escaped NUL in a text with another control character:
 * both then fail where their option is checked. */
struct scan config_scan(char *text, size_t length);

#endif
