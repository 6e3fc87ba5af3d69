/* Phone numbers as people say them, kept as E.164 ("+12065550155").
 *
 * Numbers without a country code are North American. A number is refused only where it cannot be
 * one; whose it is, it never proves (domain.md E8, E9).
 */
#ifndef TOURDESK_TOUR_PHONE_H
#define TOURDESK_TOUR_PHONE_H

#include "tourdesk/base/error.h"

#include <stddef.h>

enum { PHONE_SIZE = 40 };

/* Reads "(206) 555-0155", "206.555.0155", "1 206 555 0155", "+44 20 7946 0018" into E.164. The error
 * says what is missing or too much. */
bool phone_parse(const char *text, char out[PHONE_SIZE], struct error *error);

/* "(206) 555-0155" for North America; everything else comes back as it is ("+442079460018"). */
void phone_local(const char *e164, char out[PHONE_SIZE]);

/* The last four digits, "0155"; "" where there are fewer. */
void phone_last_four(const char *e164, char out[PHONE_SIZE]);

/* The form Knock's examples send: ten bare digits for North America, else E.164 (knock-api 2.3). */
void phone_wire(const char *e164, char out[PHONE_SIZE]);

#endif
