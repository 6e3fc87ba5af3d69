/* The lists of start times as they are answered, kept ready until something changes them.
 *
 * A list is made again after a booking or a cancel in its community, a change of settings, or
 * when the clock reaches the moment at which a start slips inside the notice
 * (rules_valid_until()). Where the list lags on purpose (slot_list_lag_seconds) it is made for
 * every request.
 */
#ifndef TOURDESK_SANDBOX_OFFERS_H
#define TOURDESK_SANDBOX_OFFERS_H

#include "tourdesk/sandbox/office.h"
#include "tourdesk/sandbox/store.h"

struct offers;

struct offers *offers_create(void);
void offers_destroy(struct offers *offers);

/* The whole answer, {"acceptableTimes":[...]}, and its length; owned by `offers`, good until its
 * next call. */
const char *offers_text(struct offers *offers, struct store *store, const struct property *property,
    enum calendar calendar, instant now, size_t *length);

/* Something was booked or cancelled in this community; NULL = settings changed, forget
 * everything. */
void offers_changed(struct offers *offers, const char *community);

#endif
