/* The office that the sandbox starts with, and the tours already booked in it.
 *
 * Everyone in it is invented: telephone numbers are (NXX) 555-01xx, e-mail addresses
 * @example.com. All is placed relative to the sandbox's clock, and the same seed and time give
 * the same office.
 */
#ifndef TOURDESK_SANDBOX_SEED_H
#define TOURDESK_SANDBOX_SEED_H

#include "tourdesk/sandbox/office.h"
#include "tourdesk/sandbox/store.h"

/* The built-in office as JSON for office_parse(); the caller frees it. */
char *seed_office(void);

/* Books a believable spread over last week and the next ten days in every community, inside the
 * caller's transaction. Tours of origin "desk" are those the office made itself: about fourteen,
 * five of them in the past days (two with a visit), and one that began about twenty minutes
 * before `now` where a community is open then. */
void seed_bookings(struct store *store, const struct office *office, instant now, uint64_t seed);

#endif
