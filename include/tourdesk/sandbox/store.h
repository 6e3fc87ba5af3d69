/* What the sandbox remembers: guest cards, appointments, visits, events, side effects, and the
 * office.
 *
 * SQLite, in memory or in FOLDER/sandbox.db. A failure of the database is kept and makes the
 * next store_commit() fail, so that callers need not ask after every call. One thread at a time.
 */
#ifndef TOURDESK_SANDBOX_STORE_H
#define TOURDESK_SANDBOX_STORE_H

#include "tourdesk/sandbox/guest.h"
#include "tourdesk/sandbox/rules.h"

enum {
    ORIGIN_SIZE = 8,
    EVENT_TEXT_SIZE = 4096,
    UNITS_TEXT_SIZE = 8192,
};

extern const char APPOINTMENT_CONFIRMED[], APPOINTMENT_PENDING[], APPOINTMENT_CANCELLED[];

struct appointment {
    int64_t id;
    char community[ID_SIZE];
    int64_t prospect;
    enum calendar calendar;
    instant start, end;
    char status[STATUS_SIZE];
    char origin[ORIGIN_SIZE]; /* "web", "phone", "desk" */
    char source[SOURCE_SIZE];
    instant created_at;
    instant cancelled_at; /* 0 = it stands */
};

struct visit_record {
    int64_t id;
    int64_t prospect;
    int64_t appointment; /* 0 = none named */
    instant at;
    bool self_guided;
    char source[SOURCE_SIZE];
    char units[UNITS_TEXT_SIZE];   /* JSON array: as sent */
    char matched[UNITS_TEXT_SIZE]; /* JSON array: those of the community's units that matched */
    instant created_at;
};

/* One line of a prospect's history (knock-api 3.7). */
struct event_record {
    int64_t id;
    int64_t prospect;
    char type[STATUS_SIZE];
    char description[GUEST_TEXT_SIZE];
    char source[SOURCE_SIZE];
    char agent[GUEST_TEXT_SIZE];
    char data[EVENT_TEXT_SIZE]; /* JSON object */
    instant created_at;
};

/* Something Knock would have sent to the prospect (R9). */
struct effect_record {
    int64_t id;
    char kind[STATUS_SIZE];
    int64_t prospect;
    int64_t appointment; /* 0 = none */
    char address[EMAIL_SIZE];
    instant created_at;
    instant due;
    bool withdrawn; /* its appointment was cancelled before it was due */
};

/* A finished phone call or a logged e-mail (knock-api 3.9). */
struct note_record {
    int64_t id;
    int64_t prospect;
    char kind[STATUS_SIZE];
    char body[EVENT_TEXT_SIZE]; /* JSON object, cut short where it is longer */
    instant created_at;
};

struct store;

/* `folder` NULL keeps all in memory; else it is made if missing (0700). NULL and an error on
 * failure, also where another sandbox uses the folder. */
struct store *store_open(const char *folder, struct error *error);
void store_close(struct store *store);

/* True until something was committed in it. */
bool store_is_fresh(const struct store *store);

/* Forgets everything, ids excepted: they go on. */
void store_clear(struct store *store);

void store_begin(struct store *store);
void store_rollback(struct store *store);
bool store_commit(struct store *store, struct error *error);

/* The office's description (JSON); NULL where none is kept. The caller frees it. */
char *store_office(struct store *store);
void store_put_office(struct store *store, const char *text);

/* Each writes a record, new or known; an id of 0 is replaced by a new one, never given out
 * before. */
void store_put_guest(struct store *store, struct guest *guest);
void store_put_appointment(struct store *store, struct appointment *appointment);
void store_put_visit(struct store *store, struct visit_record *visit);
void store_put_event(struct store *store, struct event_record *event);
void store_put_effect(struct store *store, struct effect_record *effect);
void store_put_note(struct store *store, struct note_record *note);

bool store_guest(struct store *store, int64_t id, struct guest *out);
bool store_appointment(struct store *store, int64_t id, struct appointment *out);

/* The prospect of a community that Knock would match (R7): the same e-mail without case, else
 * the same phone; the oldest card where several do. 0 = none. */
int64_t store_match_guest(
    struct store *store, const char *community, const char *email, const char *phone);

/* Appends the bookings of a community that start from `from` to `to`, as they stood at `as_of`. */
void store_holds(struct store *store, const char *community, instant from, instant to,
    instant as_of, struct hold_list *out);

/* The first standing appointment of a prospect that starts after `now`; 0 = none. */
int64_t store_upcoming(struct store *store, int64_t prospect, instant now);

int store_count_visits(struct store *store, int64_t appointment);
int store_count_appointments(struct store *store);

/* Reminders of an appointment that are not due at `now` will not be sent. */
void store_withdraw_effects(struct store *store, int64_t appointment, instant now);

/* Reads up to `count` events of a prospect from position `offset` on into `out`; returns how
 * many. */
size_t store_events(
    struct store *store, int64_t prospect, long offset, size_t count, struct event_record *out);

/* Calls `each` for every record, in the order of ids; for visits, of one appointment. */
void store_each_appointment(struct store *store,
    void (*each)(const struct appointment *appointment, void *context), void *context);
void store_each_visit(struct store *store, int64_t appointment,
    void (*each)(const struct visit_record *visit, void *context), void *context);
void store_each_effect(struct store *store,
    void (*each)(const struct effect_record *effect, void *context), void *context);

#endif
