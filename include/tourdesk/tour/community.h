/* An apartment community, as the configuration describes it. */
#ifndef TOURDESK_TOUR_COMMUNITY_H
#define TOURDESK_TOUR_COMMUNITY_H

#include "tourdesk/tour/unit.h"
#include "tourdesk/tour/zone.h"

enum {
    ID_SIZE = 64,      /* any id of the API, kept as text */
    SOURCE_SIZE = 128, /* a sourceTitle */
    URL_SIZE = 512,
    CONSENT_TEXT_SIZE = 1024,
};

struct community {
    char id[ID_SIZE];
    char name[128];
    struct zone *zone; /* owned */
    int tour_minutes;
    int notice_minutes; /* how long before its start a tour must be booked; 0 = not known here */
    char source[SOURCE_SIZE]; /* the default, "" if none */
    char **units; /* owned, in the order given; may be empty: then units cannot be checked */
    size_t unit_count, unit_capacity;
    char sms_consent_text[CONSENT_TEXT_SIZE]; /* read to the caller, sent as smsConsentDisclaimer */
    char sms_consent_url[URL_SIZE];
};

void community_finish(struct community *community);
void community_add_unit(struct community *community, const char *name);

/* The community of an id in an array, or NULL. */
const struct community *community_find(const struct community *items, size_t count, const char *id);

#endif
