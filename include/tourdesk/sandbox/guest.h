/* A guest card: what the sandbox knows of one prospect at one community. */
#ifndef TOURDESK_SANDBOX_GUEST_H
#define TOURDESK_SANDBOX_GUEST_H

#include "tourdesk/tour/community.h"
#include "tourdesk/tour/profile.h"

#include <stdint.h>

enum {
    GUEST_TEXT_SIZE = 256,
    STATUS_SIZE = 32,
};

struct guest {
    int64_t id;
    char community[ID_SIZE];
    struct profile profile; /* `message` is not kept on the card: it becomes an event */
    char agent[GUEST_TEXT_SIZE];
    char address[GUEST_TEXT_SIZE];
    char city[GUEST_TEXT_SIZE];
    char state[GUEST_TEXT_SIZE];
    char zip[GUEST_TEXT_SIZE];
    char unit[GUEST_TEXT_SIZE];
    char source[SOURCE_SIZE];
    char first_contact[GUEST_TEXT_SIZE];
    char pets[GUEST_TEXT_SIZE]; /* the JSON array as it came, "" where none did */
    bool sms_consent;
    char sms_disclaimer[CONSENT_TEXT_SIZE];
    char sms_url[URL_SIZE];
    char status[STATUS_SIZE]; /* K9: "New", "Booked", "Waiting", "Visited", ... */
    instant created_at, updated_at;
};

/* The fields a request may bring, as a set. */
enum guest_field {
    GUEST_FIRST_NAME = 1 << 0,
    GUEST_LAST_NAME = 1 << 1,
    GUEST_EMAIL = 1 << 2,
    GUEST_PHONE = 1 << 3,
    GUEST_MOVE_DATE = 1 << 4,
    GUEST_BEDROOMS = 1 << 5,
    GUEST_OCCUPANTS = 1 << 6,
    GUEST_LEASE_MONTHS = 1 << 7,
    GUEST_MIN_BUDGET = 1 << 8,
    GUEST_MAX_BUDGET = 1 << 9,
    GUEST_AGENT = 1 << 10,
    GUEST_REST = 1 << 11, /* everything else: set when the card is made, then left */
};

/* Takes the fields in `given` over from `from`: the upsert of K4 (R12), which touches the first
 * eleven. */
void guest_update(struct guest *guest, const struct guest *from, unsigned given);

/* Takes over only what the card does not have yet: what a booking does for a prospect it
 * matched. */
void guest_complete(struct guest *guest, const struct guest *from);

#endif
