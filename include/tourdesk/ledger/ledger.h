/* The ledger: what must survive. Operations, people, tours, visits, cancels, what went over the wire, the
 * last slot lists, and a history of all of it.
 *
 * SQLite with a write-ahead log and full flushes: when a function that writes returns true outside
 * ledger_begin() and ledger_commit(), the change is on the disk. A ledger belongs to one thread; several
 * processes may have the same one open. It is never repaired and never overwritten: a ledger that cannot
 * be read is reported and left as it is.
 */
#ifndef TOURDESK_LEDGER_LEDGER_H
#define TOURDESK_LEDGER_LEDGER_H

#include "tourdesk/base/error.h"
#include "tourdesk/tour/command.h"
#include "tourdesk/tour/hold.h"
#include "tourdesk/tour/person.h"
#include "tourdesk/tour/report.h"

struct ledger;

/* Opens (or begins) the ledger in `folder`, which is made with mode 0700 if it is not there; its files have
 * mode 0600. NULL and an error that names the file otherwise. */
struct ledger *ledger_open(const char *folder, struct error *error);
void ledger_close(struct ledger *ledger);

/* One transaction round several writes; rollback after a failed one. */
bool ledger_begin(struct ledger *ledger, struct error *error);
bool ledger_commit(struct ledger *ledger, struct error *error);
void ledger_rollback(struct ledger *ledger);

/* A number that changes when another process has written since it was last asked. */
int64_t ledger_changes(struct ledger *ledger);

/* After a write or a flush that failed: closes the ledger, opens it anew, and makes sure that it can be
 * read and written before anything more is trusted to it. Where that fails as well it can be read, as far as
 * the disk allows, and every write fails until it was opened anew. */
bool ledger_reopen(struct ledger *ledger, struct error *error);

/* True if SQLite's own check finds nothing wrong. */
bool ledger_check(struct ledger *ledger, struct error *error);

enum found {
    FOUND_FAILED,
    FOUND_NONE,
    FOUND_ONE,
};

/* --- operations ---------------------------------------------------------------------------- */

struct operation_list {
    struct operation *items;
    size_t count, capacity;
};

void operation_list_finish(struct operation_list *list);

/* Keeps a new operation with all that hangs on it (person, tour, visit, cancel). */
bool ledger_add(struct ledger *ledger, const struct operation *operation, struct error *error);

/* Keeps what changed of an operation: state, send_after, attempts, ids, reason, answer. The ids and, for a
 * confirmed booking, the tours it took the place of follow in the tour's row. FOUND_NONE, and nothing is
 * written, if the ledger no longer has it in state `was`. */
enum found ledger_update(struct ledger *ledger, const struct operation *operation,
    enum operation_state was, struct error *error);

enum found ledger_operation(
    struct ledger *ledger, const char *id, struct operation *out, struct error *error);

/* Those that are not settled, in the order in which they were asked for. */
bool ledger_unsettled(struct ledger *ledger, struct operation_list *out, struct error *error);

/* Those that changed at or after `since`, settled or not, newest last. */
bool ledger_operations_since(
    struct ledger *ledger, instant since, struct operation_list *out, struct error *error);

/* The newest call that begins in the same minute as this one (the one before or after it), with the same prospect or about the same tour, and was
 * neither refused nor withdrawn. */
enum found ledger_call_like(struct ledger *ledger, const struct operation *call,
    struct operation *out, struct error *error);

/* True while the transaction that was begun still runs: a fault may have ended it, and what is written behind that
 * would be kept piece by piece. */
bool ledger_begun(struct ledger *ledger, struct error *error);

/* Takes (or keeps) an operation for `owner` until then: FOUND_ONE if it is ours, FOUND_NONE if somebody
 * else's claim still runs at `now` or it is settled. */
enum found ledger_claim(struct ledger *ledger, const char *id, const char *owner, instant now,
    instant until, struct error *error);
/* True if a claim on the operation, of whomever, still runs at `now`. */
bool ledger_claimed(struct ledger *ledger, const char *id, instant now);
bool ledger_release(struct ledger *ledger, const char *id, const char *owner, struct error *error);

/* The operations that are `sending` under a claim that has run out at `now`. */
bool ledger_orphans(
    struct ledger *ledger, instant now, struct operation_list *out, struct error *error);

/* --- the wire ------------------------------------------------------------------------------ */

/* A request as it is (or was) sent; no headers, so no keys. */
struct wire {
    char operation_id[OPERATION_ID_SIZE];
    char step[16]; /* "prospect", "request", "cancel", "visit", "call" */
    char method[8];
    char path[256];
    const char *body; /* NULL = none */
    instant sent_at;  /* 0 = not yet */
    instant answered_at;
    char came[48]; /* what came back, in words */
    int http_status;
    const char *answer; /* the beginning of the body, NULL = none */
};

/* Keeps the request of one step of an operation, in place of an earlier one of that step. */
bool ledger_put_wire(struct ledger *ledger, const struct wire *wire, struct error *error);

/* Keeps what was found out about an unknown operation, and reads the newest back (at most `most`, newest
 * first; `*count` how many). */
bool ledger_put_evidence(struct ledger *ledger, const char *operation_id,
    const struct evidence *evidence, struct error *error);
bool ledger_evidence(struct ledger *ledger, const char *operation_id, struct evidence *out,
    size_t most, size_t *count, struct error *error);

/* --- soft holds ------------------------------------------------------------------------------ */

/* Puts (or renews) the one hold of its owner; drops an owner's and every one that has run out; lists those
 * that run at `now`, all but one owner's. */
bool ledger_put_hold(struct ledger *ledger, const struct hold *hold, struct error *error);
bool ledger_drop_hold(struct ledger *ledger, const char *owner, instant now, struct error *error);
bool ledger_holds(struct ledger *ledger, const char *but_owner, instant now, struct hold_list *out,
    struct error *error);

/* --- tours ---------------------------------------------------------------------------------- */

/* Walk-ins are among the tours wherever tours are asked for, from the moment in which they were registered. */
bool ledger_tours(struct ledger *ledger, const char *community_id, const struct tour_query *query,
    struct tour_list *out, struct error *error);

enum found ledger_tour(
    struct ledger *ledger, const char *id, struct tour *out, struct error *error);
enum found ledger_tour_of_appointment(
    struct ledger *ledger, const char *appointment_id, struct tour *out, struct error *error);

/* The tours of this community that stand, end after `now` and are booked under the same e-mail or phone:
 * those that Knock would silently replace (knock-api 3.2, rule 5). No walk-in is among them. */
bool ledger_tours_of_contact(struct ledger *ledger, const char *community_id,
    const struct profile *profile, instant now, struct tour_list *out, struct error *error);

bool ledger_tours_of_person(
    struct ledger *ledger, int64_t person_id, struct tour_list *out, struct error *error);

/* Tours by any part of what is known, newest first: the beginning of a word of the name (accents and case
 * aside), of the e-mail, of a number or an id, three digits or more of the phone, a unit they saw. Several
 * words must all be found. `text` "" finds every tour of the query's span. */
bool ledger_search(struct ledger *ledger, const char *text, const struct tour_query *query,
    struct tour_list *out, struct error *error);

/* --- people, marks, consent ------------------------------------------------------------------- */

/* Everything about one person; finished with person_finish() whatever comes back. */
enum found ledger_person(
    struct ledger *ledger, int64_t id, struct person *out, struct error *error);

/* Keeps a mark and fills in its id; takes the newest one of a kind back (FOUND_NONE: there is none). Each with its
 * line of history, in a transaction of its own. */
bool ledger_add_mark(struct ledger *ledger, struct mark *mark, struct error *error);
enum found ledger_undo_mark(struct ledger *ledger, const char *tour_id, enum mark_kind kind,
    const char *agent, instant now, struct error *error);

/* The marks of a person's tours, newest first, those taken back included. */
bool ledger_marks(
    struct ledger *ledger, int64_t person_id, struct mark_list *out, struct error *error);

/* What a number's owner said last about texts; earlier words are kept beneath it. */
bool ledger_put_consent(
    struct ledger *ledger, const struct consent_record *record, struct error *error);
enum found ledger_consent(
    struct ledger *ledger, const char *phone, struct consent_record *out, struct error *error);

/* --- drafts and handovers ----------------------------------------------------------------------- */

/* Keeps the draft of a form for `owner` in place of the one before; one without text drops it. */
bool ledger_put_draft(
    struct ledger *ledger, const char *owner, const struct draft *draft, struct error *error);

/* Lists the drafts and their owners (`owners` gets a name of OWNER_SIZE bytes for each). */
enum { OWNER_SIZE = 48 };
bool ledger_drafts(struct ledger *ledger, struct draft_list *out, char (**owners)[OWNER_SIZE],
    struct error *error);

bool ledger_put_handover(
    struct ledger *ledger, const struct handover *handover, struct error *error);

/* The last one; its `at` is 0 if there was none. */
bool ledger_handover(struct ledger *ledger, struct handover *out, struct error *error);

/* --- what was read from Knock ---------------------------------------------------------------- */

bool ledger_put_slots(struct ledger *ledger, const char *community_id, enum calendar calendar,
    const struct slot_list *slots, struct error *error);
bool ledger_get_slots(struct ledger *ledger, const char *community_id, enum calendar calendar,
    struct slot_list *out, struct error *error);

bool ledger_put_sources(struct ledger *ledger, const char *community_id,
    const struct source_list *sources, struct error *error);
bool ledger_get_sources(
    struct ledger *ledger, const char *community_id, struct source_list *out, struct error *error);

/* --- history --------------------------------------------------------------------------------- */

/* One line of history: who, when, about which operation, what. Nothing personal in `what`. */
bool ledger_note(struct ledger *ledger, instant at, const char *agent, const char *operation_id,
    const char *what, struct error *error);

#endif
