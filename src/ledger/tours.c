#include "internal.h"

#include <string.h>

/* "SELECT every part of a tour FROM ... " and then `tail`. */
static sqlite3_stmt *select_tours(struct ledger *ledger, const char *tail, struct error *error)
{
    struct str columns = {0}, sql = {0};
    columns_list(&columns, &tour_booking_columns, "b");
    columns_list(&columns, &tour_person_columns, "p");
    columns_list(&columns, &tour_operation_columns, "o");
    str_addf(&sql,
        "SELECT %s, c.state, v.state, v.visit_id FROM booking b"
        " JOIN operation o ON o.id = b.operation_id JOIN person p ON p.id = b.person_id"
        " LEFT JOIN operation c ON c.id = b.cancel_id"
        " LEFT JOIN operation v ON v.id = b.visit_operation_id WHERE o.kind = 'book' %s",
        str_text(&columns), tail);
    sqlite3_stmt *statement = ledger_prepare(ledger, str_text(&sql), error);
    str_finish(&columns);
    str_finish(&sql);
    return statement;
}

static enum operation_state read_state(sqlite3_stmt *statement, int index)
{
    enum operation_state state = STATE_NONE;
    const char *word = (const char *)sqlite3_column_text(statement, index);
    if (word)
        state_parse(word, &state);
    return state;
}

static void read_row(sqlite3_stmt *statement, struct tour *out)
{
    memset(out, 0, sizeof *out);
    int next = columns_read(statement, 0, &tour_booking_columns, out);
    next = columns_read(statement, next, &tour_person_columns, out);
    next = columns_read(statement, next, &tour_operation_columns, out);
    out->cancel = read_state(statement, next);
    out->visit = read_state(statement, next + 1);
    const char *visit_id = (const char *)sqlite3_column_text(statement, next + 2);
    str_copy(out->visit_id, sizeof out->visit_id, visit_id ? visit_id : "");
}

static bool read_all(
    struct ledger *ledger, sqlite3_stmt *statement, struct tour_list *out, struct error *error)
{
    enum found found;
    while ((found = ledger_step(ledger, statement, error)) == FOUND_ONE)
        read_row(statement, tour_list_add(out));
    return found == FOUND_NONE;
}

static enum found read_one(struct ledger *ledger, sqlite3_stmt *statement, const char *key,
    struct tour *out, struct error *error)
{
    if (!statement)
        return FOUND_FAILED;
    sqlite3_bind_text(statement, 1, key, -1, SQLITE_TRANSIENT);
    enum found found = ledger_step(ledger, statement, error);
    if (found == FOUND_ONE) {
        read_row(statement, out);
        sqlite3_reset(statement);
    }
    return found;
}

bool ledger_tours(struct ledger *ledger, const char *community_id, const struct tour_query *query,
    struct tour_list *out, struct error *error)
{
    sqlite3_stmt *statement = select_tours(ledger,
        "AND b.start_at >= ?1 AND b.start_at < ?2 AND (?3 = '' OR o.community_id = ?3)"
        " ORDER BY b.start_at, o.created_at LIMIT ?4",
        error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, query->from);
    sqlite3_bind_int64(statement, 2, query->to);
    sqlite3_bind_text(statement, 3, community_id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 4, query->limit ? (int64_t)query->limit : -1);
    return read_all(ledger, statement, out, error);
}

enum found ledger_tour(struct ledger *ledger, const char *id, struct tour *out, struct error *error)
{
    return read_one(ledger, select_tours(ledger, "AND b.operation_id = ?", error), id, out, error);
}

enum found ledger_tour_of_appointment(
    struct ledger *ledger, const char *appointment_id, struct tour *out, struct error *error)
{
    return read_one(ledger,
        select_tours(ledger, "AND o.appointment_id = ? ORDER BY o.created_at DESC LIMIT 1", error),
        appointment_id, out, error);
}

bool ledger_tours_of_contact(struct ledger *ledger, const char *community_id,
    const struct profile *profile, instant now, struct tour_list *out, struct error *error)
{
    char address_key[EMAIL_SIZE];
    email_key(profile->email, address_key, sizeof address_key);
    sqlite3_stmt *statement = select_tours(ledger,
        "AND o.community_id = ?1 AND b.end_at > ?2 AND ((?3 <> '' AND p.email_key = ?3)"
        " OR (?4 <> '' AND p.phone = ?4)) AND o.state IN ('saved', 'sending', 'confirmed',"
        " 'unknown') AND b.replaced_by = '' AND (c.state IS NULL OR c.state <> 'confirmed')"
        " ORDER BY b.start_at",
        error);
    if (!statement)
        return false;
    sqlite3_bind_text(statement, 1, community_id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 2, now);
    sqlite3_bind_text(statement, 3, address_key, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 4, profile->phone, -1, SQLITE_TRANSIENT);
    return read_all(ledger, statement, out, error);
}
