#include "tourdesk/sandbox/guest.h"

#include <stddef.h>
#include <string.h>

/* The fields that K4 lists, by their place in a card; a field of zero bytes is one not given. */
static const struct {
    enum guest_field bit;
    size_t offset, size;
} upserted[] = {
    {GUEST_FIRST_NAME, offsetof(struct guest, profile.first_name), NAME_SIZE},
    {GUEST_LAST_NAME, offsetof(struct guest, profile.last_name), NAME_SIZE},
    {GUEST_EMAIL, offsetof(struct guest, profile.email), EMAIL_SIZE},
    {GUEST_PHONE, offsetof(struct guest, profile.phone), PHONE_SIZE},
    {GUEST_MOVE_DATE, offsetof(struct guest, profile.move_date), sizeof(struct date)},
    {GUEST_BEDROOMS, offsetof(struct guest, profile.bedrooms), sizeof(unsigned)},
    {GUEST_OCCUPANTS, offsetof(struct guest, profile.occupants), sizeof(int)},
    {GUEST_LEASE_MONTHS, offsetof(struct guest, profile.lease_months), sizeof(int)},
    {GUEST_MIN_BUDGET, offsetof(struct guest, profile.min_budget), sizeof(long)},
    {GUEST_MAX_BUDGET, offsetof(struct guest, profile.max_budget), sizeof(long)},
    {GUEST_AGENT, offsetof(struct guest, agent), GUEST_TEXT_SIZE},
};

void guest_update(struct guest *guest, const struct guest *from, unsigned given)
{
    for (size_t i = 0; i < sizeof upserted / sizeof *upserted; i++)
        if (given & (unsigned)upserted[i].bit)
            memcpy((char *)guest + upserted[i].offset, (const char *)from + upserted[i].offset,
                upserted[i].size);
}

static bool is_blank(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

void guest_complete(struct guest *guest, const struct guest *from)
{
    unsigned missing = 0;
    for (size_t i = 0; i < sizeof upserted / sizeof *upserted; i++)
        if (is_blank((const char *)guest + upserted[i].offset, upserted[i].size))
            missing |= (unsigned)upserted[i].bit;
    guest_update(guest, from, missing);
    if (from->sms_consent) { /* Q25: a later "no" is not known to take consent back */
        guest->sms_consent = true;
        memcpy(guest->sms_disclaimer, from->sms_disclaimer, sizeof guest->sms_disclaimer);
        memcpy(guest->sms_url, from->sms_url, sizeof guest->sms_url);
    }
}
