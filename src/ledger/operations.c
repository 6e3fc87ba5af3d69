#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"

#include <stdlib.h>
#include <string.h>

void operation_list_finish(struct operation_list *list)
{
    free(list->items);
    *list = (struct operation_list){0};
}

static bool bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    return sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

/* --- keeping ------------------------------------------------------------------------------- */

/* Inserts the columns of one table for an operation. */
static bool insert(struct ledger *ledger, const char *table, const struct columns *columns,
    const struct operation *operation, struct error *error)
{
    struct str sql = {0};
    columns_insert(&sql, table, columns, "operation_id", 1);
    sqlite3_stmt *statement = ledger_prepare(ledger, str_text(&sql), error);
    if (statement)
        bind_text(statement, columns_bind(statement, 1, columns, operation), operation->id);
    bool ok = statement && ledger_run(ledger, statement, error);
    str_finish(&sql);
    return ok;
}

static bool insert_operation(
    struct ledger *ledger, const struct operation *operation, struct error *error)
{
    struct str sql = {0};
    columns_insert(&sql, "operation", &operation_columns, "claim_owner", 1);
    sqlite3_stmt *statement = ledger_prepare(ledger, str_text(&sql), error);
    if (statement)
        bind_text(statement, columns_bind(statement, 1, &operation_columns, operation), "");
    bool ok = statement && ledger_run(ledger, statement, error);
    str_finish(&sql);
    return ok;
}

/* The row of a person as they were given this time, or a new one. A row is never changed: what was asked for
 * is sent as it was asked for, whatever the office learns of the same person afterwards. */
static bool keep_person(
    struct ledger *ledger, const struct operation *operation, int64_t *id, struct error *error)
{
    const struct profile *profile = &operation->booking.profile;
    char whole[2 * NAME_SIZE], name_key[4 * NAME_SIZE], address_key[EMAIL_SIZE];
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "SELECT id FROM person WHERE first_name = ?1 AND last_name = ?2 AND email = ?3"
        " AND phone = ?4",
        error);
    if (!statement)
        return false;
    columns_bind(statement, 1, &person_columns, operation);
    enum found found = ledger_step(ledger, statement, error);
    *id = found == FOUND_ONE ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    if (found != FOUND_NONE)
        return found == FOUND_ONE;
    statement = ledger_prepare(ledger,
        "INSERT INTO person (first_name, last_name, email, phone, name_key, email_key)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        error);
    if (!statement)
        return false;
    profile_full_name(profile, whole);
    text_fold_copy(name_key, sizeof name_key, whole);
    email_key(profile->email, address_key, sizeof address_key);
    int next = columns_bind(statement, 1, &person_columns, operation);
    bind_text(statement, next, name_key);
    bind_text(statement, next + 1, address_key);
    if (!ledger_run(ledger, statement, error))
        return false;
    *id = sqlite3_last_insert_rowid(ledger->db);
    return true;
}

static bool insert_booking(
    struct ledger *ledger, const struct operation *operation, struct error *error)
{
    int64_t person;
    if (!keep_person(ledger, operation, &person, error))
        return false;
    struct str sql = {0};
    columns_insert(&sql, "booking", &booking_columns, "operation_id, person_id", 2);
    sqlite3_stmt *statement = ledger_prepare(ledger, str_text(&sql), error);
    if (statement) {
        int next = columns_bind(statement, 1, &booking_columns, operation);
        bind_text(statement, next, operation->id);
        sqlite3_bind_int64(statement, next + 1, person);
    }
    bool ok = statement && ledger_run(ledger, statement, error);
    str_finish(&sql);
    return ok;
}

static bool insert_units(
    struct ledger *ledger, const struct operation *operation, struct error *error)
{
    for (size_t i = 0; i < operation->visiting.unit_count; i++) {
        sqlite3_stmt *statement = ledger_prepare(ledger,
            "INSERT INTO visit_unit (operation_id, position, name) VALUES (?, ?, ?)", error);
        if (!statement)
            return false;
        bind_text(statement, 1, operation->id);
        sqlite3_bind_int64(statement, 2, (int64_t)i);
        bind_text(statement, 3, operation->visiting.units[i]);
        if (!ledger_run(ledger, statement, error))
            return false;
    }
    return true;
}

/* Makes the operation the newest cancel or visit of its tour. */
static bool point_tour(
    struct ledger *ledger, const char *sql, const struct operation *operation, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger, sql, error);
    if (!statement)
        return false;
    bind_text(statement, 1, operation->id);
    bind_text(statement, 2, operation->tour_id);
    return ledger_run(ledger, statement, error);
}

static bool insert_details(
    struct ledger *ledger, const struct operation *operation, struct error *error)
{
    switch (operation->kind) {
    case OPERATION_BOOK:
    case OPERATION_REGISTER: return insert_booking(ledger, operation, error);
    case OPERATION_CANCEL:
        return insert(ledger, "cancelling", &cancel_columns, operation, error) &&
               point_tour(ledger, "UPDATE booking SET cancel_id = ? WHERE operation_id = ?",
                   operation, error);
    case OPERATION_CALL: return insert(ledger, "calling", &call_columns, operation, error);
    default:
        return insert(ledger, "visit", &visit_columns, operation, error) &&
               insert_units(ledger, operation, error) &&
               point_tour(ledger,
                   "UPDATE booking SET visit_operation_id = ? WHERE operation_id = ?", operation,
                   error);
    }
}

static bool note_state(
    struct ledger *ledger, const struct operation *operation, struct error *error)
{
    char what[128];
    str_print(what, sizeof what, "%s %s%s%s", operation_kind_word(operation->kind),
        state_word(operation->state), operation->reason ? ": " : "",
        reason_token(operation->reason));
    return ledger_note(ledger, operation->updated_at, operation->agent, operation->id, what, error);
}

static bool write_new(struct ledger *ledger, const struct operation *operation, struct error *error)
{
    return insert_operation(ledger, operation, error) && insert_details(ledger, operation, error) &&
           note_state(ledger, operation, error);
}

bool ledger_add(struct ledger *ledger, const struct operation *operation, struct error *error)
{
    if (!sqlite3_get_autocommit(ledger->db))
        return write_new(ledger, operation, error);
    return ledger_begin(ledger, error) &&
           ledger_conclude(ledger, write_new(ledger, operation, error), error);
}

/* --- changing ------------------------------------------------------------------------------ */

/* When booking `b` and booking ?1 were sent last, as a place in the history: clocks may be set. */
#define SENT_B                                                                                     \
    "(SELECT ifnull(max(h.sequence), 0) FROM history h WHERE h.operation_id = b.operation_id"      \
    " AND h.what LIKE 'book sending%')"
#define SENT_1                                                                                     \
    "(SELECT ifnull(max(h.sequence), 0) FROM history h WHERE h.operation_id = ?1"                  \
    " AND h.what LIKE 'book sending%')"

/* The people who are one to Knock with the person of booking ?1. */
#define SAME_CONTACT                                                                               \
    "(SELECT q.id FROM person p JOIN person q"                                                     \
    " ON (p.email_key <> '' AND p.email_key = q.email_key)"                                        \
    " OR (p.phone <> '' AND p.phone = q.phone)"                                                    \
    " WHERE p.id = (SELECT person_id FROM booking WHERE operation_id = ?1))"

/* A booking that was confirmed took the place of the tour it moves and of every other one that stands
 * under the same e-mail or phone and was sent before it (knock-api 3.2, rule 5). */
static const char mark_others[] =
    "UPDATE booking AS b SET replaced_by = ?1 WHERE operation_id <> ?1 AND replaced_by = ''"
    " AND (operation_id = ?3 OR ("
    "  end_at > ?4 AND operation_id IN (SELECT o.id FROM operation o WHERE o.kind = 'book'"
    "   AND o.state = 'confirmed' AND o.community_id = ?2)"
    "  AND NOT EXISTS (SELECT 1 FROM operation c WHERE c.id = b.cancel_id"
    "   AND c.state = 'confirmed')"
    "  AND person_id IN " SAME_CONTACT " AND " SENT_B " <= " SENT_1 "))";

/* One that was unknown for a while lost its own place meanwhile to the first that was sent after it. */
static const char mark_itself[] =
    "UPDATE booking SET replaced_by = ifnull((SELECT b.operation_id FROM booking b"
    "  JOIN operation o ON o.id = b.operation_id WHERE o.kind = 'book' AND o.state = 'confirmed'"
    "  AND o.community_id = ?2 AND b.operation_id <> ?1"
    "  AND b.person_id IN " SAME_CONTACT " AND " SENT_B " > " SENT_1 " ORDER BY " SENT_B
    "  LIMIT 1), '') WHERE operation_id = ?1 AND replaced_by = ''";

static bool mark_replaced(
    struct ledger *ledger, const struct operation *operation, struct error *error)
{
    static const char *const sql[] = {mark_others, mark_itself};
    if (operation->kind != OPERATION_BOOK || operation->state != STATE_CONFIRMED)
        return true;
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        sqlite3_stmt *statement = ledger_prepare(ledger, sql[i], error);
        if (!statement)
            return false;
        bind_text(statement, 1, operation->id);
        bind_text(statement, 2, operation->community_id);
        bind_text(statement, 3, operation->booking.moves);       /* not asked for by the second, */
        sqlite3_bind_int64(statement, 4, operation->updated_at); /* which ignores it */
        if (!ledger_run(ledger, statement, error))
            return false;
    }
    return true;
}

/* A booking that is sent keeps the start as Knock offered it last, byte for byte. */
static bool keep_start(
    struct ledger *ledger, const struct operation *operation, struct error *error)
{
    if (operation->kind != OPERATION_BOOK || operation->state != STATE_SENDING)
        return true;
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "UPDATE booking SET start_text = ?, start_offset = ?, end_text = ? WHERE operation_id = ?",
        error);
    if (!statement)
        return false;
    bind_text(statement, 1, operation->booking.start_text);
    sqlite3_bind_int(statement, 2, operation->booking.start.offset);
    bind_text(statement, 3, operation->booking.end_text);
    bind_text(statement, 4, operation->id);
    return ledger_run(ledger, statement, error);
}

/* A visit that is sent keeps its time as it is sent: never later than Knock's own clock. */
static bool keep_visit(
    struct ledger *ledger, const struct operation *operation, struct error *error)
{
    if (operation->kind != OPERATION_VISIT || operation->state != STATE_SENDING)
        return true;
    sqlite3_stmt *statement = ledger_prepare(
        ledger, "UPDATE visit SET visit_at = ?, visit_offset = ? WHERE operation_id = ?", error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, operation->visiting.visit_time.at);
    sqlite3_bind_int(statement, 2, operation->visiting.visit_time.offset);
    bind_text(statement, 3, operation->id);
    return ledger_run(ledger, statement, error);
}

/* A call keeps its times as it is sent, and Knock's number for it. */
static bool keep_call(struct ledger *ledger, const struct operation *operation, struct error *error)
{
    const struct calling *call = &operation->calling;
    if (operation->kind != OPERATION_CALL)
        return true;
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "UPDATE calling SET start_at = ?, end_at = ?, call_id = ? WHERE operation_id = ?", error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, call->start.at);
    sqlite3_bind_int64(statement, 2, call->end.at);
    bind_text(statement, 3, call->call_id);
    bind_text(statement, 4, operation->id);
    return ledger_run(ledger, statement, error);
}

/* A cancel or visit that came to nothing gives way to the newest one of its tour that did not. */
static bool point_back(
    struct ledger *ledger, const struct operation *operation, struct error *error)
{
    bool nothing = operation->state == STATE_REFUSED || operation->state == STATE_WITHDRAWN;
    if (!nothing || (operation->kind != OPERATION_CANCEL && operation->kind != OPERATION_VISIT))
        return true;
    const char *column = operation->kind == OPERATION_CANCEL ? "cancel_id" : "visit_operation_id";
    struct str sql = {0};
    str_addf(&sql,
        "UPDATE booking SET %s = ifnull((SELECT id FROM operation WHERE tour_id = ?2 AND kind = ?3"
        " AND state NOT IN ('refused', 'withdrawn') ORDER BY created_at DESC, rowid DESC LIMIT 1),"
        " ?1) WHERE operation_id = ?2 AND %s = ?1",
        column, column);
    sqlite3_stmt *statement = ledger_prepare(ledger, str_text(&sql), error);
    str_finish(&sql);
    if (!statement)
        return false;
    bind_text(statement, 1, operation->id);
    bind_text(statement, 2, operation->tour_id);
    bind_text(statement, 3, operation_kind_word(operation->kind));
    return ledger_run(ledger, statement, error);
}

static enum found write_change(struct ledger *ledger, const struct operation *operation,
    enum operation_state was, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "UPDATE operation SET state = ?, updated_at = ?, send_after = ?, attempts = ?, lost = ?,"
        " appointment_id = ?, prospect_id = ?, visit_id = ?, status_word = ?, reason = ?,"
        " http_status = ?, server_message = ? WHERE id = ? AND state = ?",
        error);
    if (!statement)
        return FOUND_FAILED;
    bind_text(statement, 1, state_word(operation->state));
    sqlite3_bind_int64(statement, 2, operation->updated_at);
    sqlite3_bind_int64(statement, 3, operation->send_after);
    sqlite3_bind_int(statement, 4, operation->attempts);
    sqlite3_bind_int(statement, 5, operation->lost);
    bind_text(statement, 6, operation->appointment_id);
    bind_text(statement, 7, operation->prospect_id);
    bind_text(statement, 8, operation->visit_id);
    bind_text(statement, 9, operation->status_word);
    bind_text(statement, 10, reason_token(operation->reason));
    sqlite3_bind_int(statement, 11, operation->http_status);
    bind_text(statement, 12, operation->server_message);
    bind_text(statement, 13, operation->id);
    bind_text(statement, 14, state_word(was));
    if (!ledger_run(ledger, statement, error))
        return FOUND_FAILED;
    if (sqlite3_changes(ledger->db) == 0)
        return FOUND_NONE;
    bool ok = keep_start(ledger, operation, error) && keep_visit(ledger, operation, error) &&
              keep_call(ledger, operation, error) && mark_replaced(ledger, operation, error) &&
              point_back(ledger, operation, error) && note_state(ledger, operation, error);
    return ok ? FOUND_ONE : FOUND_FAILED;
}

enum found ledger_update(struct ledger *ledger, const struct operation *operation,
    enum operation_state was, struct error *error)
{
    if (!sqlite3_get_autocommit(ledger->db))
        return write_change(ledger, operation, was, error);
    if (!ledger_begin(ledger, error))
        return FOUND_FAILED;
    enum found found = write_change(ledger, operation, was, error);
    if (!ledger_conclude(ledger, found != FOUND_FAILED, error))
        return FOUND_FAILED;
    return found;
}

/* --- reading ------------------------------------------------------------------------------- */

static char *all_of_operations(void)
{
    struct str columns = {0}, sql = {0};
    columns_list(&columns, &operation_columns, "o");
    columns_list(&columns, &person_columns, "p");
    columns_list(&columns, &booking_columns, "b");
    columns_list(&columns, &cancel_columns, "c");
    columns_list(&columns, &visit_columns, "v");
    columns_list(&columns, &call_columns, "l");
    str_addf(&sql,
        "SELECT %s FROM operation o LEFT JOIN booking b ON b.operation_id = o.id"
        " LEFT JOIN person p ON p.id = b.person_id"
        " LEFT JOIN cancelling c ON c.operation_id = o.id"
        " LEFT JOIN visit v ON v.operation_id = o.id"
        " LEFT JOIN calling l ON l.operation_id = o.id ",
        str_text(&columns));
    str_finish(&columns);
    return str_take(&sql);
}

/* "SELECT every part of an operation FROM ... " and then `tail`. */
static sqlite3_stmt *select_operations(struct ledger *ledger, const char *tail, struct error *error)
{
    struct str sql = {0};
    if (!ledger->all_of_operations)
        ledger->all_of_operations = all_of_operations();
    str_add(&sql, ledger->all_of_operations);
    str_add(&sql, tail);
    sqlite3_stmt *statement = ledger_prepare(ledger, str_text(&sql), error);
    str_finish(&sql);
    return statement;
}

static bool read_units(struct ledger *ledger, struct operation *operation, struct error *error)
{
    if (operation->kind != OPERATION_VISIT)
        return true;
    sqlite3_stmt *statement = ledger_prepare(
        ledger, "SELECT name FROM visit_unit WHERE operation_id = ? ORDER BY position", error);
    if (!statement)
        return false;
    bind_text(statement, 1, operation->id);
    enum found found;
    struct visiting *visit = &operation->visiting;
    while ((found = ledger_step(ledger, statement, error)) == FOUND_ONE)
        if (visit->unit_count < VISIT_UNITS)
            str_copy(visit->units[visit->unit_count++], UNIT_SIZE,
                (const char *)sqlite3_column_text(statement, 0));
    return found == FOUND_NONE;
}

static void read_row(sqlite3_stmt *statement, struct operation *out)
{
    memset(out, 0, sizeof *out);
    int next = columns_read(statement, 0, &operation_columns, out);
    next = columns_read(statement, next, &person_columns, out);
    next = columns_read(statement, next, &booking_columns, out);
    next = columns_read(statement, next, &cancel_columns, out);
    next = columns_read(statement, next, &visit_columns, out);
    columns_read(statement, next, &call_columns, out);
}

enum found ledger_operation(
    struct ledger *ledger, const char *id, struct operation *out, struct error *error)
{
    sqlite3_stmt *statement = select_operations(ledger, "WHERE o.id = ?", error);
    if (!statement)
        return FOUND_FAILED;
    bind_text(statement, 1, id);
    enum found found = ledger_step(ledger, statement, error);
    if (found != FOUND_ONE)
        return found;
    read_row(statement, out);
    sqlite3_reset(statement);
    return read_units(ledger, out, error) ? FOUND_ONE : FOUND_FAILED;
}

enum found ledger_call_like(
    struct ledger *ledger, const struct operation *call, struct operation *out, struct error *error)
{
    sqlite3_stmt *statement = select_operations(ledger,
        "WHERE l.start_at BETWEEN ?1 - 60000 AND ?1 + 60000 AND o.state NOT IN ('refused', "
        "'withdrawn')"
        " AND ((o.prospect_id = ?2 AND ?2 <> '') OR (o.tour_id = ?3 AND ?3 <> ''))"
        " ORDER BY o.rowid DESC LIMIT 1",
        error);
    if (!statement)
        return FOUND_FAILED;
    sqlite3_bind_int64(statement, 1, call->calling.start.at);
    bind_text(statement, 2, call->prospect_id);
    bind_text(statement, 3, call->tour_id);
    enum found found = ledger_step(ledger, statement, error);
    if (found == FOUND_ONE)
        read_row(statement, out);
    sqlite3_reset(statement);
    return found;
}

static bool read_all(
    struct ledger *ledger, sqlite3_stmt *statement, struct operation_list *out, struct error *error)
{
    enum found found = statement ? FOUND_ONE : FOUND_FAILED;
    while (found == FOUND_ONE && (found = ledger_step(ledger, statement, error)) == FOUND_ONE) {
        out->items = mem_grow(out->items, &out->capacity, out->count + 1, sizeof *out->items);
        read_row(statement, &out->items[out->count++]);
    }
    for (size_t i = 0; found == FOUND_NONE && i < out->count; i++)
        if (!read_units(ledger, &out->items[i], error))
            found = FOUND_FAILED;
    return found == FOUND_NONE;
}

bool ledger_unsettled(struct ledger *ledger, struct operation_list *out, struct error *error)
{
    sqlite3_stmt *statement = select_operations(ledger,
        /* By the row, not by the time: a clock that is set back must not put the later one first. */
        "WHERE o.state IN ('saved', 'sending', 'unknown') ORDER BY o.rowid", error);
    return read_all(ledger, statement, out, error);
}

bool ledger_operations_since(
    struct ledger *ledger, instant since, struct operation_list *out, struct error *error)
{
    sqlite3_stmt *statement =
        select_operations(ledger, "WHERE o.updated_at >= ? ORDER BY o.created_at, o.rowid", error);
    if (statement)
        sqlite3_bind_int64(statement, 1, since);
    return read_all(ledger, statement, out, error);
}

bool ledger_orphans(
    struct ledger *ledger, instant now, struct operation_list *out, struct error *error)
{
    sqlite3_stmt *statement = select_operations(
        ledger, "WHERE o.state = 'sending' AND o.claim_until <= ? ORDER BY o.rowid", error);
    if (statement)
        sqlite3_bind_int64(statement, 1, now);
    return read_all(ledger, statement, out, error);
}

/* --- claims -------------------------------------------------------------------------------- */

enum found ledger_claim(struct ledger *ledger, const char *id, const char *owner, instant now,
    instant until, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "UPDATE operation SET claim_owner = ?1, claim_until = ?2 WHERE id = ?3"
        " AND state IN ('saved', 'sending', 'unknown')"
        " AND (claim_owner = ?1 OR claim_until <= ?4)",
        error);
    if (!statement)
        return FOUND_FAILED;
    bind_text(statement, 1, owner);
    sqlite3_bind_int64(statement, 2, until);
    bind_text(statement, 3, id);
    sqlite3_bind_int64(statement, 4, now);
    if (!ledger_run(ledger, statement, error))
        return FOUND_FAILED;
    return sqlite3_changes(ledger->db) ? FOUND_ONE : FOUND_NONE;
}

bool ledger_claimed(struct ledger *ledger, const char *id, instant now)
{
    sqlite3_stmt *statement =
        ledger_prepare(ledger, "SELECT 1 FROM operation WHERE id = ? AND claim_until > ?", NULL);
    if (!statement)
        return false;
    bind_text(statement, 1, id);
    sqlite3_bind_int64(statement, 2, now);
    bool claimed = ledger_step(ledger, statement, NULL) == FOUND_ONE;
    sqlite3_reset(statement);
    return claimed;
}

bool ledger_release(struct ledger *ledger, const char *id, const char *owner, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "UPDATE operation SET claim_owner = '', claim_until = 0 WHERE id = ? AND claim_owner = ?",
        error);
    if (!statement)
        return false;
    bind_text(statement, 1, id);
    bind_text(statement, 2, owner);
    return ledger_run(ledger, statement, error);
}

/* --- the wire ------------------------------------------------------------------------------ */

bool ledger_put_wire(struct ledger *ledger, const struct wire *wire, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "INSERT OR REPLACE INTO wire (operation_id, step, method, path, body, sent_at,"
        " answered_at, came, http_status, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        error);
    if (!statement)
        return false;
    bind_text(statement, 1, wire->operation_id);
    bind_text(statement, 2, wire->step);
    bind_text(statement, 3, wire->method);
    bind_text(statement, 4, wire->path);
    bind_text(statement, 5, wire->body);
    sqlite3_bind_int64(statement, 6, wire->sent_at);
    sqlite3_bind_int64(statement, 7, wire->answered_at);
    bind_text(statement, 8, wire->came);
    sqlite3_bind_int(statement, 9, wire->http_status);
    bind_text(statement, 10, wire->answer);
    return ledger_run(ledger, statement, error);
}

/* --- evidence ---------------------------------------------------------------------------------- */

bool ledger_put_evidence(struct ledger *ledger, const char *operation_id,
    const struct evidence *evidence, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "INSERT OR REPLACE INTO evidence (operation_id, at, source, words, speaks)"
        " VALUES (?, ?, ?, ?, ?)",
        error);
    if (!statement)
        return false;
    bind_text(statement, 1, operation_id);
    sqlite3_bind_int64(statement, 2, evidence->at);
    bind_text(statement, 3, evidence->source);
    bind_text(statement, 4, evidence->words);
    bind_text(statement, 5, speaks_words.items[evidence->speaks]);
    return ledger_run(ledger, statement, error);
}

bool ledger_evidence(struct ledger *ledger, const char *operation_id, struct evidence *out,
    size_t most, size_t *count, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "SELECT at, source, words, speaks FROM evidence WHERE operation_id = ?"
        " ORDER BY at DESC, source LIMIT ?",
        error);
    *count = 0;
    if (!statement)
        return false;
    bind_text(statement, 1, operation_id);
    sqlite3_bind_int64(statement, 2, (int64_t)most);
    enum found found;
    while ((found = ledger_step(ledger, statement, error)) == FOUND_ONE) {
        struct evidence *evidence = &out[(*count)++];
        evidence->at = sqlite3_column_int64(statement, 0);
        str_copy(evidence->source, sizeof evidence->source,
            (const char *)sqlite3_column_text(statement, 1));
        str_copy(evidence->words, sizeof evidence->words,
            (const char *)sqlite3_column_text(statement, 2));
        int speaks = words_find(&speaks_words, (const char *)sqlite3_column_text(statement, 3));
        evidence->speaks = speaks < 0 ? SPEAKS_NOTHING : (enum speaks)speaks;
    }
    return found == FOUND_NONE;
}
