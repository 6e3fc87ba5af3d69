/* What the files of the worker's core share. */
#ifndef TOURDESK_SRC_WORKER_CORE_INTERNAL_H
#define TOURDESK_SRC_WORKER_CORE_INTERNAL_H

#include "tourdesk/base/str.h"
#include "tourdesk/worker/core.h"
#include "tourdesk/worker/engine.h"

enum {
    READ_TRIES = 3, /* of one GET, with pauses of at most READ_PAUSE between them */
    READ_PAUSE = 5 * SECOND,
    CLAIM = 60 * SECOND,          /* how long a claim holds when its owner falls silent */
    LOOK_ROUND = SECOND,          /* how often the ledger is asked for other processes' changes */
    SNAPSHOT_PAUSE = 30 * SECOND, /* an unchanged slot list is stored no more often */
    JOBS_ONLINE = 3,              /* operations on the wire side by side */
    MEND_PAUSE = 5 * SECOND,      /* between tries to get a broken ledger going again */
    HOLD_TIME = 45 * SECOND,      /* how long a soft hold runs when its owner falls silent */
    HOLD_AGAIN = 20 * SECOND,
    PATIENCE = 30 * SECOND, /* how long a one-shot command waits for another desk */
    SPACING = 200,          /* milliseconds between queued operations, more or less */
    ALTERNATIVES = 3,
    SKEW_SHOWN = MINUTE,         /* a clock off by more is told to staff */
    CLOCK_MATTERS = 15 * MINUTE, /* a visit or call this young needs Knock's clock */
    PAST_MARGIN = 2 * SECOND,    /* how far "just now" stays behind both clocks (knock-api Q21) */
};

/* An unsettled operation and what is on the wire for it. */
struct job {
    struct operation operation;
    enum step step;
    uint64_t
        exchange;   /* what its step waits for: an exchange, or for a check a read; 0 = nothing */
    uint64_t token; /* of the command that asked, 0 = none of this process */
    bool ours;      /* asked for here, or taken up by this process */
    bool fresh;     /* asked for here just now: it need not keep its distance from others */
    bool resting;   /* nothing more is done for it in this process, unless it is asked again */
    instant claim_until; /* 0 = not claimed by us */
    int pauses;          /* how often it had to wait since it was asked for */
    instant sent_at;     /* when its step went out */
    bool unstored;       /* `outcome_of` is what became of it, and could not be kept yet */
    struct operation outcome_of;
    int64_t next_look; /* steady time of the next look for evidence about it, while it is unknown */
    int looks;
};

enum read_kind {
    READ_SLOTS,
    READ_SOURCES,
    READ_CARD,
    READ_EVENTS,
    READ_KINDS,
};

/* A GET and who waits for it. */
struct read {
    uint64_t number;
    enum read_kind kind;
    enum calendar calendar; /* of slots */
    char community_id[ID_SIZE];
    char prospect_id[ID_SIZE]; /* of a card and of events */
    uint64_t *tokens;
    size_t token_count, token_capacity;
    bool for_jobs;  /* a booking's check waits for it */
    bool for_clock; /* a visit waits for the Date it comes with */
    char evidence_for
        [OPERATION_ID_SIZE]; /* the unknown operation it is to shed light on, "" = none */
    uint64_t exchange;
    int tries, pages;
    int64_t next_try;              /* steady time */
    struct prospect_events events; /* the pages so far */
};

struct core {
    struct core_settings settings;
    char owner[32];
    struct job **jobs; /* in the order in which they were asked for */
    size_t job_count, job_capacity;
    struct read **reads;
    size_t read_count, read_capacity;
    uint64_t last_read;
    bool online;
    instant link_since;
    int link_failures;
    int64_t next_send; /* steady time before which no queued operation begins */
    int64_t next_look;
    int64_t changes;
    bool ledger_broken; /* a write or a flush failed: nothing is sent until it was verified */
    int64_t next_mend;
    struct hold hold; /* ours; until 0 = none */
    int64_t next_hold;
    bool waits; /* a one-shot command waits for another desk */
    bool skew_known;
    bool skew_answered; /* it was asked for, and the answer (if any came) told nothing */
    int64_t skew;       /* how far this clock is ahead of Knock's, in milliseconds */
};

/* --- core.c --- */
instant core_now(const struct core *core);
int64_t core_steady(const struct core *core);
unsigned core_chance(struct core *core); /* 0 to 999 */
const struct community *core_community(const struct core *core, const char *id);
void core_tell(struct core *core, struct report *report);
/* The latest time that is past for this desk and for Knock (Q21). */
instant core_latest_past(const struct core *core);
void core_trouble(struct core *core, uint64_t token, const struct error *error);
void core_refresh(struct core *core);
void core_broken(struct core *core);
void core_link(struct core *core, const struct http_answer *answer);

/* --- core_reads.c --- */
void core_read(struct core *core, enum read_kind kind, const struct command *command);
uint64_t core_read_for_job(struct core *core, const char *community_id, enum calendar calendar);
bool core_read_answer(struct core *core, uint64_t exchange, const struct http_answer *answer);
int64_t core_reads_turn(struct core *core);
void core_drop_token(struct core *core, uint64_t token);
void core_reads_finish(struct core *core);

/* Reads what may tell whether the unknown operation happened; what it says is kept as evidence. */
void core_read_evidence(struct core *core, const struct operation *operation);

/* Reads something harmless for the Date it comes with; false if that is under way already. */
bool core_ask_clock(struct core *core, const struct operation *operation);

/* --- core_asks.c --- */
void core_book(struct core *core, const struct command *command);
void core_cancel(struct core *core, const struct command *command);
void core_visit(struct core *core, const struct command *command);
void core_call(struct core *core, const struct command *command);
void core_read_tour(struct core *core, const struct command *command);
void core_register(struct core *core, const struct command *command);
void core_reschedule(struct core *core, const struct command *command);
bool core_stopped(
    struct core *core, const struct command *command, enum reason reason, const char *words);

/* --- core_settles.c --- */
void core_withdraw(struct core *core, const struct command *command);
/* Writes a booking's start as the slot has it, and its end to match. */
void core_take_slot(
    struct core *core, struct booking *booking, const char *community_id, const struct slot *slot);
void core_send_now(struct core *core, const struct command *command);
void core_hold(struct core *core, const struct command *command);
int64_t core_holds_turn(struct core *core);
void core_tell_holds(struct core *core);
void core_settle(struct core *core, const struct command *command);
/* True if a booking that was unknown for a while, and is to be sent again, would knock out a tour that this
 * person was given meanwhile. */
bool core_came_too_late(struct core *core, const struct operation *operation);
/* The last look, in the transaction in which a booking begins to send: true if it came too late meanwhile, or
 * another booking of that person is on its way. */
bool core_overtaken(struct core *core, const struct operation *operation);
void core_sync(struct core *core, const struct command *command);

/* --- core_notes.c --- */
void core_mark(struct core *core, const struct command *command);
void core_unmark(struct core *core, const struct command *command);
void core_consent(struct core *core, const struct command *command);
void core_read_person(struct core *core, const struct command *command);
void core_search(struct core *core, const struct command *command);
void core_keep_draft(struct core *core, const struct command *command);
void core_read_drafts(struct core *core, const struct command *command);
void core_read_handover(struct core *core, const struct command *command);
void core_sign(struct core *core, const struct command *command);

/* Keeps what a booking's person was asked about texts, inside the transaction of the intent. */
bool core_keep_consent(struct core *core, const struct operation *operation, struct error *error);

/* A stop that was said since counts from this request on. */
void core_heed_consent(struct core *core, struct operation *operation);

/* --- core_jobs.c --- */
struct job *core_add_job(struct core *core, const struct operation *operation, uint64_t token);
struct job *core_find_job(struct core *core, const char *operation_id);
void core_remove_job(struct core *core, struct job *job);
void core_load_jobs(struct core *core);
void core_adopt_orphans(struct core *core);
int64_t core_jobs_turn(struct core *core);
void core_jobs_finish(struct core *core);
void core_copy_if_given(char to[ID_SIZE], const char *from);

/* --- core_moves.c --- */

/* Feeds an event to a job: the state is stored, told, and the next step begun. The job may be gone
 * afterwards. `outcome` is what the event came from, or NULL; `reason` is used where there is none. */
void core_event(struct core *core, struct job *job, enum event event, const struct outcome *outcome,
    enum reason reason);

/* The slot list that the checks of bookings wait for as read number `read`: `slots`, or NULL and the outcome
 * that says why it could not be read. */
void core_slots_for_jobs(
    struct core *core, uint64_t read, const struct slot_list *slots, const struct outcome *outcome);
bool core_job_answer(struct core *core, uint64_t exchange, const struct http_answer *answer);
void core_store_outcomes(struct core *core);

/* --- core_sends.c --- */

/* Records a step as it goes out (`answer` NULL) or with what came of it. */
bool core_put_wire(struct core *core, const struct job *job, const struct operation *operation,
    enum step step, const struct http_answer *answer, const struct outcome *outcome,
    struct error *error);

/* Puts the job's step on the wire. */
void core_begin_step(struct core *core, struct job *job);

/* --- core_tell.c --- */
void core_tell_operation(struct core *core, const struct operation *operation, uint64_t token);

/* Adds the free times nearest to a booking that cannot be had, for staff to read out. */
void core_add_alternatives(struct core *core, const char *community_id,
    const struct booking *booking, struct report *report);

#endif
