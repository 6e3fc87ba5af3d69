/* A person as the office knows them: who they are, how to reach them, what they look for.
 *
 * The names of the fields are the API's (knock-api 3.2). Texts are UTF-8, already cleaned and
 * composed; an empty one was not given. Names are kept as typed and never split or judged.
 */
#ifndef TOURDESK_TOUR_PROFILE_H
#define TOURDESK_TOUR_PROFILE_H

#include "tourdesk/tour/date.h"
#include "tourdesk/tour/email.h"
#include "tourdesk/tour/phone.h"

enum {
    NAME_SIZE = 256,
    MESSAGE_SIZE = 4004, /* 1000 characters (knock-api Q22) of up to four bytes */
    MESSAGE_CHARACTERS = 1000,
    SHORT_NAME_SIZE = 64,
};

enum bedrooms {
    BEDROOMS_STUDIO = 1,
    BEDROOMS_ONE = 2,
    BEDROOMS_TWO = 4,
    BEDROOMS_THREE_OR_MORE = 8,
};

struct profile {
    char first_name[NAME_SIZE];
    char last_name[NAME_SIZE];
    char email[EMAIL_SIZE];
    char phone[PHONE_SIZE]; /* E.164 */
    struct date move_date;  /* year 0 = not given */
    unsigned bedrooms;      /* a set of enum bedrooms */
    int occupants;          /* 0 = not given, like the numbers below */
    int lease_months;
    long min_budget, max_budget; /* whole dollars a month */
    char message[MESSAGE_SIZE];
};

/* The API's token of one of the four, and back; NULL and 0 where there is none. */
const char *bedrooms_token(enum bedrooms bedrooms);
unsigned bedrooms_from_token(const char *token);

/* A set as people write it: "studio, 1"; and back: commas or spaces, "s", "studio", "0", "1", "2",
 * "3", "3+". False for anything else. */
void bedrooms_format(unsigned bedrooms, char *out, size_t size);
bool bedrooms_parse(const char *text, unsigned *out);

/* The whole name: "Ana Núñez", "Isa". */
void profile_full_name(const struct profile *profile, char out[2 * NAME_SIZE]);

/* The name for shared screens: first name and initial, "Ana N." (domain.md E7). */
void short_name(const char *first, const char *last, char out[SHORT_NAME_SIZE]);

/* True if both could be one person to Knock: the same e-mail or phone (knock-api R7). */
bool profile_same_contact(const struct profile *a, const struct profile *b);

/* True if the names are those of one person, case and accents aside. */
bool profile_same_name(const struct profile *a, const struct profile *b);

#endif
