#include "calls.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>

enum { NOW = 5000 };

static const enum operation_state moves[] = {STATE_SENDING, STATE_CONFIRMED, STATE_REFUSED};
enum { MOVES = sizeof moves / sizeof *moves };

/* --- the office ---------------------------------------------------------------------------------------- */

static struct operation ana(void)
{
    struct operation booked =
        booking("ana", "Ana", "ana@example.com", "+12065550155", (instant)900000);
    str_copy(booked.appointment_id, ID_SIZE, "77");
    str_copy(booked.prospect_id, ID_SIZE, "12");
    return booked;
}

/* One of each kind, of Ana's tour where it needs one. */
static struct operation one_of(enum operation_kind kind, const char *id)
{
    struct operation tour = ana();
    struct operation one = booking(id, "Ben", "ben@example.com", "+12065550166", 990000);
    if (kind != OPERATION_BOOK && kind != OPERATION_REGISTER)
        one = visit_of(id, &tour);
    one.kind = kind;
    str_copy(one.agent, AGENT_SIZE, "sam");
    if (kind == OPERATION_VISIT) {
        one.visiting.unit_count = 2;
        str_copy(one.visiting.units[0], UNIT_SIZE, "A-101");
        str_copy(one.visiting.units[1], UNIT_SIZE, "M6-202");
    }
    return one;
}

static const char *kept_id(int kind)
{
    static const char *const ids[] = {"k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7"};
    return ids[kind];
}

static struct mark a_mark(enum mark_kind kind)
{
    struct mark mark = {.kind = kind, .at = 2000, .time = 3000};
    str_copy(mark.tour_id, OPERATION_ID_SIZE, "ana");
    str_copy(mark.agent, AGENT_SIZE, "sam");
    str_copy(mark.text, NOTE_SIZE, "wants a cat");
    return mark;
}

static struct slot_list some_slots(int count)
{
    struct slot_list slots = {.checked_at = 4000};
    for (int i = 0; i < count; i++) {
        struct slot slot = {.start = {.at = (instant)i * 30 * MINUTE}};
        stamp_format(slot.start, slot.text);
        slot_list_add(&slots, &slot);
    }
    return slots;
}

static bool put_slots(struct ledger *ledger, int count, struct error *error)
{
    struct slot_list slots = some_slots(count);
    bool ok = ledger_put_slots(ledger, "c1", CALENDAR_SELF_GUIDED, &slots, error);
    slot_list_finish(&slots);
    return ok;
}

static bool put_sources(struct ledger *ledger, const char *title, struct error *error)
{
    struct source_list sources = {.checked_at = 4000};
    source_list_add(&sources, title);
    bool ok = ledger_put_sources(ledger, "c1", &sources, error);
    source_list_finish(&sources);
    return ok;
}

static bool put_draft(struct ledger *ledger, const char *owner, char *text, struct error *error)
{
    struct draft draft = {.form = "book", .tour_id = "ana", .community_id = "c1", .text = text};
    return ledger_put_draft(ledger, owner, &draft, error);
}

static bool put_hold(struct ledger *ledger, const char *owner, struct error *error)
{
    struct hold hold = {.agent = "sam", .community_id = "c1", .start = 900000, .until = 60000};
    str_copy(hold.owner, sizeof hold.owner, owner);
    return ledger_put_hold(ledger, &hold, error);
}

static bool put_consent(struct ledger *ledger, enum consent state, struct error *error)
{
    struct consent_record record = {.state = state, .at = 2000};
    str_copy(record.phone, sizeof record.phone, "+12065550155");
    str_copy(record.wording, sizeof record.wording, "You agree to texts.");
    return ledger_put_consent(ledger, &record, error);
}

static bool put_evidence(struct ledger *ledger, instant at, struct error *error)
{
    struct evidence evidence = {.at = at};
    str_copy(evidence.source, sizeof evidence.source, "slots");
    str_copy(evidence.words, sizeof evidence.words, "it is gone from it");
    return ledger_put_evidence(ledger, "ana", &evidence, error);
}

static bool put_handover(struct ledger *ledger, instant at, struct error *error)
{
    struct handover handover = {.at = at, .agent = "sam", .text = "two calls are open"};
    return ledger_put_handover(ledger, &handover, error);
}

void calls_fill(struct ledger *ledger)
{
    struct operation tour = ana();
    struct mark mark = a_mark(MARK_NOTE);
    char text[] = "First name\tAna\n";
    keep(ledger, &tour);
    move_to(ledger, &tour, STATE_SENDING, 1010, NULL);
    move_to(ledger, &tour, STATE_CONFIRMED, 1020, "77");
    for (int kind = 0; kind < OPERATION_KINDS; kind++) {
        struct operation one = one_of((enum operation_kind)kind, kept_id(kind));
        keep(ledger, &one);
    }
    assert_int_equal(ledger_claim(ledger, kept_id(0), "me", 1, 9000, NULL), FOUND_ONE);
    assert_true(ledger_add_mark(ledger, &mark, NULL));
    assert_true(put_slots(ledger, 40, NULL) && put_sources(ledger, "Phone call", NULL));
    assert_true(put_draft(ledger, "another", text, NULL) && put_hold(ledger, "another", NULL));
    assert_true(put_consent(ledger, CONSENT_YES, NULL) && put_evidence(ledger, 3000, NULL));
    assert_true(put_handover(ledger, 3000, NULL));
}

/* --- operations ---------------------------------------------------------------------------------------- */

static bool tell_found(enum found found, struct str *told)
{
    str_addf(told, "%d", (int)found);
    return found != FOUND_FAILED;
}

static bool tell_operations(bool ok, struct operation_list *list, struct str *told)
{
    for (size_t i = 0; ok && i < list->count; i++)
        str_addf(told, "%s %d %zu;", list->items[i].id, (int)list->items[i].state,
            list->items[i].visiting.unit_count);
    operation_list_finish(list);
    return ok;
}

static bool tell_tours(bool ok, struct tour_list *list, struct str *told)
{
    for (size_t i = 0; ok && i < list->count; i++)
        str_addf(
            told, "%s %d %s;", list->items[i].id, (int)list->items[i].booking, list->items[i].note);
    tour_list_finish(list);
    return ok;
}

static bool add(struct ledger *ledger, int kind, struct str *told, struct error *error)
{
    struct operation one = one_of((enum operation_kind)kind, "new");
    (void)told;
    str_copy(one.booking.profile.first_name, NAME_SIZE, "Eva"); /* a row of its own */
    return ledger_add(ledger, &one, error);
}

/* Each kind into each state that writes something beside it. */
static bool update(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    enum operation_kind kind = (enum operation_kind)(variant / MOVES);
    struct operation one = one_of(kind, kept_id(variant / MOVES));
    one.state = moves[variant % MOVES];
    one.updated_at = 3000;
    if (kind == OPERATION_BOOK)
        str_copy(one.booking.moves, OPERATION_ID_SIZE, "ana");
    return tell_found(ledger_update(ledger, &one, STATE_SAVED, error), told);
}

/* As the worker has it: everything about one step in one transaction. */
static bool commit(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct operation one = one_of(OPERATION_BOOK, "new");
    struct wire wire = {.operation_id = "new", .step = "request", .body = "{}"};
    (void)variant, (void)told;
    if (!ledger_begin(ledger, error))
        return false;
    bool ok = ledger_add(ledger, &one, error) && ledger_put_wire(ledger, &wire, error) &&
              ledger_claim(ledger, "new", "me", NOW, 2 * NOW, error) == FOUND_ONE;
    one.state = STATE_SENDING;
    ok = ok && ledger_update(ledger, &one, STATE_SAVED, error) == FOUND_ONE &&
         ledger_commit(ledger, error);
    ledger_rollback(ledger);
    return ok;
}

static bool operation(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct operation found;
    enum found there =
        ledger_operation(ledger, variant ? kept_id(OPERATION_VISIT) : "nobody", &found, error);
    if (there == FOUND_ONE)
        str_addf(told, "%s %s;", found.id, found.visiting.units[1]);
    return tell_found(there, told);
}

static bool unsettled(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct operation_list list = {0};
    (void)variant;
    return tell_operations(ledger_unsettled(ledger, &list, error), &list, told);
}

static bool since(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct operation_list list = {0};
    (void)variant;
    return tell_operations(ledger_operations_since(ledger, 0, &list, error), &list, told);
}

static bool orphans(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct operation_list list = {0};
    (void)variant;
    return tell_operations(ledger_orphans(ledger, NOW, &list, error), &list, told);
}

static bool call_like(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct operation found, call = one_of(OPERATION_CALL, "new");
    call.calling.start.at += variant * HOUR;
    enum found there = ledger_call_like(ledger, &call, &found, error);
    if (there == FOUND_ONE)
        str_addf(told, "%s;", found.id);
    return tell_found(there, told);
}

static bool claim(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    const char *owner = variant ? "me" : "another";
    return tell_found(ledger_claim(ledger, kept_id(0), owner, NOW, 2 * NOW, error), told);
}

static bool release(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return ledger_release(ledger, kept_id(0), "me", error);
}

static bool put_wire(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct wire wire = {.operation_id = "ana", .step = "request", .body = "{}", .answer = "{}"};
    (void)variant, (void)told;
    return ledger_put_wire(ledger, &wire, error);
}

static bool keep_evidence(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return put_evidence(ledger, NOW, error);
}

static bool evidence(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct evidence found[EVIDENCE_KEPT];
    size_t count = 0;
    (void)variant;
    bool ok = ledger_evidence(ledger, "ana", found, EVIDENCE_KEPT, &count, error);
    for (size_t i = 0; ok && i < count; i++)
        str_addf(told, "%lld %s;", (long long)found[i].at, found[i].words);
    return ok;
}

/* --- tours and people ------------------------------------------------------------------------------------ */

static bool tours(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct tour_query query = {.to = INT64_MAX, .open_since = variant};
    struct tour_list list = {0};
    return tell_tours(ledger_tours(ledger, "c1", &query, &list, error), &list, told);
}

static bool tour(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct tour found;
    enum found there = ledger_tour(ledger, variant ? "ana" : "nobody", &found, error);
    if (there == FOUND_ONE)
        str_addf(told, "%s %s;", found.id, found.note);
    return tell_found(there, told);
}

static bool of_appointment(
    struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct tour found;
    (void)variant;
    enum found there = ledger_tour_of_appointment(ledger, "77", &found, error);
    if (there == FOUND_ONE)
        str_addf(told, "%s;", found.id);
    return tell_found(there, told);
}

static bool of_contact(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct operation booked = ana();
    struct tour_list list = {0};
    (void)variant;
    bool ok = ledger_tours_of_contact(ledger, "c1", &booked.booking.profile, 0, &list, error);
    return tell_tours(ok, &list, told);
}

static bool of_person(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct tour_list list = {0};
    (void)variant;
    return tell_tours(ledger_tours_of_person(ledger, 1, &list, error), &list, told);
}

static bool search(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct tour_query query = {.to = INT64_MAX};
    struct tour_list list = {0};
    const char *text = variant ? "an 0155" : "";
    return tell_tours(ledger_search(ledger, text, &query, &list, error), &list, told);
}

static bool person(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct person found = {0};
    enum found there = ledger_person(ledger, variant ? 1 : 99, &found, error);
    if (there == FOUND_ONE)
        str_addf(told, "%s %zu %zu %zu %d;", found.profile.first_name, found.tours.count,
            found.marks.count, found.history.count, (int)found.consent.state);
    person_finish(&found);
    return tell_found(there, told);
}

static bool add_mark(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct mark mark = a_mark(MARK_ARRIVED);
    (void)variant;
    bool ok = ledger_add_mark(ledger, &mark, error);
    if (ok)
        str_addf(told, "%lld", (long long)mark.id);
    return ok;
}

static bool undo_mark(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    enum mark_kind kind = variant ? MARK_NOTE : MARK_NO_SHOW;
    return tell_found(ledger_undo_mark(ledger, "ana", kind, "sam", NOW, error), told);
}

static bool marks(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct mark_list list = {0};
    (void)variant;
    bool ok = ledger_marks(ledger, 1, &list, error);
    for (size_t i = 0; ok && i < list.count; i++)
        str_addf(told, "%d %s;", (int)list.items[i].kind, list.items[i].text);
    mark_list_finish(&list);
    return ok;
}

static bool keep_consent(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return put_consent(ledger, CONSENT_NO, error);
}

static bool consent(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct consent_record found;
    const char *phone = variant ? "+12065550155" : "+12065550199";
    enum found there = ledger_consent(ledger, phone, &found, error);
    if (there == FOUND_ONE)
        str_addf(told, "%d %s;", (int)found.state, found.wording);
    return tell_found(there, told);
}

/* --- what staff leave for each other, and what was read ------------------------------------------------------ */

static bool keep_draft(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    char text[] = "First name\tBen\n";
    (void)told;
    return put_draft(ledger, "another", variant ? text : NULL, error);
}

static bool drafts(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct draft_list list = {0};
    char(*owners)[OWNER_SIZE];
    (void)variant;
    bool ok = ledger_drafts(ledger, &list, &owners, error);
    for (size_t i = 0; ok && i < list.count; i++)
        str_addf(told, "%s %s;", owners[i], list.items[i].text);
    free(owners);
    draft_list_finish(&list);
    return ok;
}

static bool sign(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return put_handover(ledger, NOW, error);
}

static bool handover(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct handover found;
    (void)variant;
    bool ok = ledger_handover(ledger, &found, error);
    if (ok)
        str_addf(told, "%lld %s", (long long)found.at, found.text);
    return ok;
}

static bool hold(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return put_hold(ledger, "me", error);
}

static bool drop_hold(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return ledger_drop_hold(ledger, "another", NOW, error);
}

static bool holds(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct hold_list list = {0};
    (void)variant;
    bool ok = ledger_holds(ledger, "me", NOW, &list, error);
    for (size_t i = 0; ok && i < list.count; i++)
        str_addf(told, "%s %lld;", list.items[i].owner, (long long)list.items[i].start);
    hold_list_finish(&list);
    return ok;
}

static bool keep_slots(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return put_slots(ledger, 90, error);
}

static bool slots(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct slot_list list = {0};
    bool ok = ledger_get_slots(ledger, variant ? "c1" : "c9", CALENDAR_SELF_GUIDED, &list, error);
    if (ok)
        str_addf(told, "%zu", list.count);
    slot_list_finish(&list);
    return ok;
}

static bool keep_sources(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return put_sources(ledger, "Drive by", error);
}

static bool sources(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    struct source_list list = {0};
    bool ok = ledger_get_sources(ledger, variant ? "c1" : "c9", &list, error);
    if (ok && list.count > 0)
        str_add(told, list.titles[0]);
    source_list_finish(&list);
    return ok;
}

static bool note(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return ledger_note(ledger, NOW, "sam", "ana", "looked at", error);
}

/* --- the ledger itself ----------------------------------------------------------------------------------------- */

static bool reopen(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return ledger_reopen(ledger, error);
}

static bool check(struct ledger *ledger, int variant, struct str *told, struct error *error)
{
    (void)variant, (void)told;
    return ledger_check(ledger, error);
}

const struct call ledger_calls[] = {
    {"ledger_add", add, OPERATION_KINDS},
    {"ledger_update", update, OPERATION_KINDS *MOVES},
    {"ledger_commit", commit, 1},
    {"ledger_operation", operation, 2},
    {"ledger_unsettled", unsettled, 1},
    {"ledger_operations_since", since, 1},
    {"ledger_orphans", orphans, 1},
    {"ledger_call_like", call_like, 2},
    {"ledger_claim", claim, 2},
    {"ledger_release", release, 1},
    {"ledger_put_wire", put_wire, 1},
    {"ledger_put_evidence", keep_evidence, 1},
    {"ledger_evidence", evidence, 1},
    {"ledger_tours", tours, 2},
    {"ledger_tour", tour, 2},
    {"ledger_tour_of_appointment", of_appointment, 1},
    {"ledger_tours_of_contact", of_contact, 1},
    {"ledger_tours_of_person", of_person, 1},
    {"ledger_search", search, 2},
    {"ledger_person", person, 2},
    {"ledger_add_mark", add_mark, 1},
    {"ledger_undo_mark", undo_mark, 2},
    {"ledger_marks", marks, 1},
    {"ledger_put_consent", keep_consent, 1},
    {"ledger_consent", consent, 2},
    {"ledger_put_draft", keep_draft, 2},
    {"ledger_drafts", drafts, 1},
    {"ledger_put_handover", sign, 1},
    {"ledger_handover", handover, 1},
    {"ledger_put_hold", hold, 1},
    {"ledger_drop_hold", drop_hold, 1},
    {"ledger_holds", holds, 1},
    {"ledger_put_slots", keep_slots, 1},
    {"ledger_get_slots", slots, 2},
    {"ledger_put_sources", keep_sources, 1},
    {"ledger_get_sources", sources, 2},
    {"ledger_note", note, 1},
    {"ledger_reopen", reopen, 1},
    {"ledger_check", check, 1},
};

const size_t ledger_call_count = sizeof ledger_calls / sizeof *ledger_calls;

/* --- what is kept ------------------------------------------------------------------------------------------------ */

static void dump_table(sqlite3 *db, const char *table, struct str *out)
{
    sqlite3_stmt *rows = NULL;
    char sql[160];
    str_print(sql, sizeof sql, "SELECT * FROM \"%s\" ORDER BY rowid", table);
    if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    str_addf(out, "%s\n", table);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const char *text = (const char *)sqlite3_column_text(rows, i);
            str_addf(out, "|%s", text ? text : "NULL");
        }
        str_add(out, "\n");
    }
    if (sqlite3_finalize(rows) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

char *calls_dump(const struct scratch *scratch)
{
    struct str out = {0};
    sqlite3 *db;
    sqlite3_stmt *tables = NULL;
    if (sqlite3_open_v2(scratch->file, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'trial' ORDER BY name",
            -1, &tables, NULL) != SQLITE_OK)
        fail_msg("cannot read %s: %s", scratch->file, sqlite3_errmsg(db));
    while (sqlite3_step(tables) == SQLITE_ROW)
        dump_table(db, (const char *)sqlite3_column_text(tables, 0), &out);
    sqlite3_finalize(tables);
    sqlite3_close(db);
    return str_take(&out);
}
