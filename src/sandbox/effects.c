#include "tourdesk/sandbox/effects.h"

#include "tourdesk/base/str.h"

enum { REMINDER_AHEAD = 2 * HOUR }; /* K1; counted in elapsed time */

static void add(struct store *store, const char *kind, const char *address,
    const struct guest *guest, int64_t appointment, instant now, instant due)
{
    if (!*address)
        return;
    struct effect_record effect = {
        .prospect = guest->id, .appointment = appointment, .created_at = now, .due = due};
    str_copy(effect.kind, sizeof effect.kind, kind);
    str_copy(effect.address, sizeof effect.address, address);
    store_put_effect(store, &effect);
}

void effects_booked(struct store *store, const struct guest *guest,
    const struct appointment *appointment, bool sms_consent, instant now)
{
    const char *phone = guest->profile.phone;
    add(store, "confirmation_email", guest->profile.email, guest, appointment->id, now, now);
    if (!sms_consent)
        return;
    add(store, "confirmation_text", phone, guest, appointment->id, now, now);
    instant due = appointment->start - REMINDER_AHEAD;
    if (due >= now)
        add(store, "reminder_text", phone, guest, appointment->id, now, due);
}

void effects_cancelled(struct store *store, const struct appointment *appointment, instant now)
{
    store_withdraw_effects(store, appointment->id, now);
}

void effects_autorespond(struct store *store, const struct guest *guest, instant now)
{
    add(store, "autorespond_email", guest->profile.email, guest, 0, now, now);
}
