/* A simulated office day: several desks with the real engine, ledger and API code on one ledger, a Knock that
 * remembers what truly happened, a network that loses and delays, a disk and processes that fail, and staff.
 *
 * Everything follows from a seed. What breaks a law of the house is said once, in words, and ends the history.
 */
#ifndef TOURDESK_TESTS_SOAK_SIM_H
#define TOURDESK_TESTS_SOAK_SIM_H

#include "disk.h"

#include "tourdesk/base/str.h"
#include "tourdesk/worker/core.h"

/* Tuesday 24 November 2026, 08:00 in Los Angeles; the first free time is at noon. */
#define SIM_START INT64_C(1795536000000)
enum {
    SIM_DESKS = 8,
    SIM_ASKS = 64,
    SIM_PEOPLE = 8,
    SIM_SLOTS = 24,
    SIM_OFFSET = -28800,
    SIM_EXCHANGES = 4096,
    SIM_APPOINTMENTS = 256,
    SIM_VISITS = 256,
    SIM_DOOMS = 4,
    SIM_WORDS = 400,
    TIMEOUT = 20 * SECOND, /* of an exchange without an answer */
};

struct sim;

/* --- what staff ask ------------------------------------------------------------------------------------------ */

/* One thing that staff asked for. A booking is recognised everywhere by the message it was first asked with
 * ("ask-7"; a tour that is moved keeps it) and its start, a visit by its unit, a cancel by its reason, a telephone call by who made it. */
struct ask {
    enum operation_kind kind;
    int number, root, desk, person, slot;
    int life; /* of the desk that was asked */
    instant at;
    uint64_t token;
    bool replace;                 /* the word that an earlier tour may go */
    int moves;                    /* the ask of the tour that it moves, -1 = none */
    char id[OPERATION_ID_SIZE];   /* once it was told */
    enum operation_state told;    /* the last word about it */
    enum operation_state settled; /* the final word that was given, STATE_NONE = none yet */
    instant settled_at;
    bool stopped, in_doubt, answered; /* in doubt: whether it is kept all the same */
    enum reason stopped_reason;
    size_t alternatives; /* told with the refusal */
    int risky; /* requests that may have been applied, since the last word that they were not */
    int sent, applied;
    bool
        late; /* Knock had it only after it was given up here: nobody here can know its place in the order */
    int said_no;
    bool was_unknown; /* it was told to be, for a while at least */
};

/* --- what Knock knows ---------------------------------------------------------------------------------------- */

enum standing { STANDS, CANCELLED, REPLACED };

struct appointment {
    int ask; /* -1: somebody else's, on the web */
    int slot, person;
    enum standing standing;
    int replaced_by; /* an ask */
};

struct knock {
    struct appointment appointments[SIM_APPOINTMENTS];
    size_t appointment_count;
    int visits[SIM_VISITS]; /* the asks they belong to: visits, and telephone calls */
    size_t visit_count;
    int capacity, slots;
    instant listed_at; /* when the list of free times was made that is handed out */
    bool listed[SIM_SLOTS];
    int lag;         /* milliseconds that a list is handed out unchanged */
    bool gone_is_ok; /* a cancel of what is cancelled already is a success */
};

/* What Knock does with a request, at the moment it arrives. */
void knock_answer(
    struct sim *sim, const struct http_request *request, int *status, struct str *body);
bool knock_free(const struct sim *sim, int slot);

/* --- the network --------------------------------------------------------------------------------------------- */

/* How often things go wrong, of a thousand. */
struct weather {
    unsigned refused;      /* nothing leaves */
    unsigned lost;         /* the request never arrives; no answer */
    unsigned late;         /* it arrives after it was given up here */
    unsigned answer_lost;  /* it is applied; no answer */
    unsigned error_before; /* 5xx, not applied */
    unsigned error_after;  /* 5xx, applied */
    unsigned limited;      /* 429 */
    unsigned denied;       /* 403, not applied */
    unsigned mangled;      /* applied; the answer is cut, no JSON, or lacks the id */
    unsigned twice;        /* the answer comes twice */
    int slow;              /* milliseconds, at most */
};

struct exchange {
    uint64_t number;
    int desk, life, ask; /* -1 = none of the writes that cannot be repeated */
    struct http_request request;
    instant arrives, answers; /* 0 = never */
    bool arrived, given_up, over, again;
    enum http_fate fate;
    bool left;
    int status; /* instead of Knock's own answer, 0 = none */
    bool applies;
    enum { WHOLE, CUT, NO_JSON, NO_ID, MANGLES } mangle;
    struct str body;
};

struct line_end {
    struct transport base;
    struct sim *sim;
    int desk;
};

/* Lets everything happen that is due; gives the time of what comes next, 0 = nothing. */
instant line_turn(struct sim *sim);
void line_init(struct line_end *end, struct sim *sim, int desk);
void line_finish(struct sim *sim);
/* True if something is still on its way to Knock for the ask. */
bool line_carries(const struct sim *sim, int ask);
/* True if a cancel of the appointment is. */
bool line_cancels(const struct sim *sim, const char *appointment_id);

/* --- desks ------------------------------------------------------------------------------------------------------ */

struct sim_desk {
    struct line_end end;
    struct ledger *ledger;
    struct core *core; /* NULL while it is down */
    bool one_shot;
    int life;
    instant next_turn, comes_back; /* 0 = never */
    bool busy;                     /* its code is on the stack */
    bool told_online;
};

/* A sudden end at the `at`th passing of a point. */
struct doom {
    enum { DOOM_CALL, DOOM_SENT, DOOM_TOLD, DOOM_BEFORE_SENT, DOOM_POINTS } point;
    int at;
    enum disk_fault how; /* at a call */
    bool power;          /* everybody dies */
    unsigned kept;       /* of a thousand sectors that were not synced */
    bool done;
};

struct figures {
    uint64_t histories, asks, posts, applied, confirmed, refused, withdrawn, unknown, words, kills,
        cuts, faults, between, races_lost, ledger_stops;
};

struct sim {
    uint64_t seed;
    bool loud;
    instant now;  /* true time, Knock's */
    int64_t jump; /* how far the desks' wall clock is ahead of it */
    struct random random;
    struct disk *disk;
    struct community community;
    char folder[64], data[80];
    struct weather weather;
    unsigned disk_faults, between; /* of 100,000 calls; of 1,000 transactions */
    bool calls;                    /* staff log telephone calls as well */
    bool disk_was_bad, calm;
    instant bad_until; /* the disk fails more than now and then until then */
    int undo_seconds;
    struct sim_desk desks[SIM_DESKS];
    int desk_count;
    struct ask asks[SIM_ASKS];
    int ask_count;
    uint64_t last_token;
    struct knock knock;
    struct exchange *exchanges;
    size_t exchange_count;
    uint64_t next_exchange;
    struct doom dooms[SIM_DOOMS];
    int doom_count, passed[DOOM_POINTS];
    bool looking; /* the checker reads: nothing fails meanwhile */
    bool broken;
    char words[SIM_WORDS];
    struct figures figures;
};

/* Once for many histories. */
void sim_create(struct sim *sim);
void sim_destroy(struct sim *sim);

/* A new morning: an empty ledger and Knock, desks that are up, nothing that fails. */
void sim_begin(struct sim *sim, uint64_t seed, int desks, int one_shots);
void sim_end(struct sim *sim);

/* Lets time pass, with all that is due in it. */
void sim_run(struct sim *sim, int64_t milliseconds);

/* Says that a law was broken; the first one counts. */
__attribute__((format(printf, 2, 3))) void sim_break(struct sim *sim, const char *format, ...);
__attribute__((format(printf, 2, 3))) void sim_say(const struct sim *sim, const char *format, ...);
bool sim_chance(struct sim *sim, unsigned of_a_thousand);
int sim_pick(struct sim *sim, int limit);

instant sim_slot(int slot);
/* The sudden ends. True if the desk is dead now. */
bool sim_pass(struct sim *sim, int point, int desk);
void desk_boot(struct sim *sim, int desk);
/* The end of a program that quits in order. */
void desk_quit(struct sim *sim, int desk);
void desk_command(struct sim *sim, int desk, struct command *command);
bool desk_dead(const struct sim *sim, int desk);
/* Takes a dead desk's program away; `back` milliseconds later another is started. */
void desk_reap(struct sim *sim, int desk);

/* What a desk's ledger has that is not settled; nothing fails while it is read. False if it cannot be read. */
bool sim_unsettled(struct sim *sim, int desk, struct operation_list *out);

/* --- staff ---------------------------------------------------------------------------------------------------- */

/* Asks, and gives the ask; NULL if the desk is down. */
struct ask *staff_book(struct sim *sim, int desk, int person, int slot, bool replace);
struct ask *staff_cancel(struct sim *sim, int desk, const struct ask *tour);
struct ask *staff_visit(struct sim *sim, int desk, const struct ask *tour);
struct ask *staff_call(struct sim *sim, int desk, const struct ask *tour);
struct ask *staff_move(struct sim *sim, int desk, const struct ask *tour, int slot);
void staff_order(struct sim *sim, int desk, enum command_kind kind, const char *operation_id);
/* Says what is true of what is unknown, where nothing is on its way any more. */
void staff_settle(struct sim *sim, int desk);
/* What a desk told them. */
void staff_hear(struct sim *sim, int desk, const struct report *report);
/* One moment of an ordinary day. */
void staff_moment(struct sim *sim);

/* The ask that an operation of the ledger stands for, or NULL. */
struct ask *ask_of_operation(struct sim *sim, const struct operation *operation);
struct ask *ask_by_root(struct sim *sim, int root, int slot);
bool same_contact(int person, int other);
void person_profile(int person, struct profile *out);

/* --- laws ----------------------------------------------------------------------------------------------------- */

/* At the moment in which a write that cannot be repeated leaves a desk. */
void laws_at_send(struct sim *sim, int desk, const struct http_request *request, int ask);
/* When everything is over. */
void laws_at_end(struct sim *sim);

/* --- histories -------------------------------------------------------------------------------------------------- */

/* Weather clears, desks come back, staff settle what is open: until nothing is left to do. */
void sim_calm_down(struct sim *sim);

/* False if a law was broken; sim->words says which. */
bool history_day(struct sim *sim, uint64_t seed);
bool history_race(struct sim *sim, uint64_t seed);
bool history_outage(struct sim *sim, uint64_t seed);
/* No day: one spoilt answer for every parser. */
bool history_parse(struct sim *sim, uint64_t seed);

#endif
