/* E-mail addresses: what cannot be right, what looks like a slip, and which two are the same. */
#ifndef TOURDESK_TOUR_EMAIL_H
#define TOURDESK_TOUR_EMAIL_H

#include "tourdesk/base/error.h"

#include <stddef.h>

enum { EMAIL_SIZE = 256 };

/* False, with words, for what cannot be an address. */
bool email_check(const char *text, struct error *error);

/* Where the domain looks like a slip of a common one ("gmial.com"), writes the whole address as it
 * was probably meant and returns true. Never a reason to refuse. */
bool email_hint(const char *text, char *out, size_t size);

/* The form under which two addresses are compared, as Knock does: without case (knock-api R7). */
void email_key(const char *text, char *out, size_t size);

#endif
