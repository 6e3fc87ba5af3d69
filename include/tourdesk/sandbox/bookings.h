/* Booking and cancelling as Knock does it: matching the person, replacing their earlier tour,
 * keeping the slot (knock-api R4 to R10).
 *
 * Everything here happens inside a store transaction of the caller's, who rolls it back when the
 * verdict is not SLOT_FREE: then nothing has changed, the earlier tour included (R8).
 */
#ifndef TOURDESK_SANDBOX_BOOKINGS_H
#define TOURDESK_SANDBOX_BOOKINGS_H

#include "tourdesk/sandbox/office.h"
#include "tourdesk/sandbox/store.h"

enum { MOST_TIMES = 8 };

/* A time asked for; `end` 0 = the tour length (R6). */
struct wanted_time {
    instant start, end;
};

struct wish {
    const struct property *property;
    enum calendar calendar;
    struct wanted_time times[MOST_TIMES]; /* alternatives: the first that is free is taken */
    size_t time_count;
    struct guest guest; /* who, as far as the request told */
    char message[MESSAGE_SIZE];
    const char *origin; /* "web", "phone" or "desk" */
};

/* Books; `out` is the new appointment. Else the verdict on the first time asked for. */
enum verdict bookings_make(
    struct store *store, struct wish *wish, instant now, struct appointment *out);

/* Takes a standing appointment back. */
void bookings_cancel(struct store *store, struct appointment *appointment, instant now);

/* The guest card that `guest`'s contacts belong to, completed from it or new (R7). Sets its id. */
void bookings_settle_guest(struct store *store, struct guest *guest, instant now);

/* The moment an appointment's creation enters the prospect's history (R13). */
void bookings_add_event(
    struct store *store, const struct guest *guest, const struct appointment *appointment);

/* A message that came with a request: the other kind of history line. */
void bookings_add_message(struct store *store, const struct guest *guest, const char *type,
    const char *message, instant now);

#endif
