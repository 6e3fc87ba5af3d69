/* What Knock would have sent to the prospect, pretended and written down (knock-api R9).
 *
 * A booking: a confirmation e-mail at once; with smsConsent a text at once and a reminder text
 * two hours before the start, none if that moment is past. A cancelled tour's reminder is
 * withdrawn.
 */
#ifndef TOURDESK_SANDBOX_EFFECTS_H
#define TOURDESK_SANDBOX_EFFECTS_H

#include "tourdesk/sandbox/store.h"

void effects_booked(struct store *store, const struct guest *guest,
    const struct appointment *appointment, bool sms_consent, instant now);
void effects_cancelled(struct store *store, const struct appointment *appointment, instant now);

/* K2, T6: autorespond lets Knock answer a new enquiry by itself. */
void effects_autorespond(struct store *store, const struct guest *guest, instant now);

#endif
