/* How Knock is spoken to, as far as the configuration and the wire must agree on it. */
#ifndef TOURDESK_TOUR_CONNECTION_H
#define TOURDESK_TOUR_CONNECTION_H

/* Which key a request is made with (knock-api 2.2, Q15). The documents contradict themselves on /visit:
 * their text names the appointment key, their sample uses the prospect key; the sample is followed. */
enum key_family {
    KEY_PROSPECT,    /* /prospect and /visit */
    KEY_APPOINTMENT, /* everything else */
    KEY_FAMILIES,
};

/* How requests carry the key (knock-api Q16). */
enum header_profile {
    HEADERS_DOCUMENTED, /* x-api-key */
    HEADERS_GATEWAY,    /* apikey, company-id, property-id */
};

/* What a booking says about its end (knock-api Q7). */
enum end_time {
    END_TIME_SLOT, /* start and length */
    END_TIME_OMIT, /* nothing */
};

#endif
