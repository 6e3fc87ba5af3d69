#include "internal.h"

#include <string.h>

static char *all_of_tours(void)
{
    struct str columns = {0}, sql = {0};
    columns_list(&columns, &tour_booking_columns, "b");
    columns_list(&columns, &tour_person_columns, "p");
    columns_list(&columns, &tour_operation_columns, "o");
    str_addf(&sql,
        "SELECT %s, b.person_id, c.state, v.state, v.visit_id,"
        " (SELECT max(time) FROM mark m WHERE m.tour_id = b.operation_id AND m.undone = 0"
        "  AND m.kind = 'arrived'),"
        " (SELECT max(time) FROM mark m WHERE m.tour_id = b.operation_id AND m.undone = 0"
        "  AND m.kind = 'coming'),"
        " (SELECT time FROM mark m WHERE m.tour_id = b.operation_id AND m.undone = 0"
        "  AND m.kind = 'call back' ORDER BY id DESC LIMIT 1),"
        " EXISTS (SELECT 1 FROM mark m WHERE m.tour_id = b.operation_id AND m.undone = 0"
        "  AND m.kind = 'no-show'),"
        " EXISTS (SELECT 1 FROM mark m WHERE m.tour_id = b.operation_id AND m.undone = 0"
        "  AND m.kind = 'called back' AND NOT EXISTS (SELECT 1 FROM mark n"
        "  WHERE n.tour_id = m.tour_id AND n.undone = 0 AND n.kind = 'call back' AND n.id > m.id)),"
        " EXISTS (SELECT 1 FROM mark m WHERE m.tour_id = b.operation_id AND m.undone = 0"
        "  AND m.kind = 'done in Knock'),"
        " (SELECT max(at) FROM mark m WHERE m.tour_id = b.operation_id AND m.undone = 0"
        "  AND m.kind = 'taken over'),"
        " (SELECT text FROM mark m WHERE m.tour_id = b.operation_id AND m.undone = 0"
        "  AND m.kind IN ('note', 'later') ORDER BY id DESC LIMIT 1),"
        " (SELECT text FROM mark m WHERE m.tour_id = b.operation_id AND m.undone = 0"
        "  AND m.kind = 'call back' ORDER BY id DESC LIMIT 1)"
        " FROM booking b"
        " JOIN operation o ON o.id = b.operation_id JOIN person p ON p.id = b.person_id"
        " LEFT JOIN operation c ON c.id = b.cancel_id"
        " LEFT JOIN operation v ON v.id = b.visit_operation_id"
        " WHERE o.kind IN ('book', 'register') ",
        str_text(&columns));
    str_finish(&columns);
    return str_take(&sql);
}

/* "SELECT every part of a tour FROM ... " and then `tail`. */
sqlite3_stmt *ledger_select_tours(struct ledger *ledger, const char *tail, struct error *error)
{
    struct str sql = {0};
    if (!ledger->all_of_tours)
        ledger->all_of_tours = all_of_tours();
    str_add(&sql, ledger->all_of_tours);
    str_add(&sql, tail);
    sqlite3_stmt *statement = ledger_prepare(ledger, str_text(&sql), error);
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

static void read_text(sqlite3_stmt *statement, int index, char *out, size_t size)
{
    const char *text = (const char *)sqlite3_column_text(statement, index);
    str_copy(out, size, text ? text : "");
}

static void read_row(sqlite3_stmt *statement, struct tour *out)
{
    memset(out, 0, sizeof *out);
    int next = columns_read(statement, 0, &tour_booking_columns, out);
    next = columns_read(statement, next, &tour_person_columns, out);
    next = columns_read(statement, next, &tour_operation_columns, out);
    out->person_id = sqlite3_column_int64(statement, next++);
    out->cancel = read_state(statement, next++);
    out->visit = read_state(statement, next++);
    read_text(statement, next++, out->visit_id, ID_SIZE);
    out->arrived_at = sqlite3_column_int64(statement, next++);
    out->coming_at = sqlite3_column_int64(statement, next++);
    out->call_by = sqlite3_column_int64(statement, next++);
    out->no_show = sqlite3_column_int(statement, next++) != 0;
    out->called_back = sqlite3_column_int(statement, next++) != 0;
    out->done_in_knock = sqlite3_column_int(statement, next++) != 0;
    out->taken_over_at = sqlite3_column_int64(statement, next++);
    read_text(statement, next++, out->note, NOTE_SIZE);
    read_text(statement, next, out->how_to_call, NOTE_SIZE);
}

bool ledger_read_tours(
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

/* Parts of the question for the board: what begins in the span, what is not settled, what is over and
 * neither logged nor otherwise done with, and the calls that were promised. A walk-in wants a visit log
 * only if they were marked as arrived. */
#define OF_COMMUNITY                                                                               \
    " AND (?3 = '' OR o.community_id = ?3) ORDER BY b.start_at, o.created_at LIMIT ?4"
#define IN_SPAN "SELECT operation_id FROM booking WHERE start_at >= ?1 AND start_at < ?2"
#define OPEN_OPERATIONS                                                                            \
    "SELECT CASE WHEN tour_id = '' THEN id ELSE tour_id END FROM operation"                        \
    " WHERE state IN ('saved', 'sending', 'unknown')"
#define OPEN_TOURS                                                                                 \
    "SELECT x.operation_id FROM booking x JOIN operation y ON y.id = x.operation_id"               \
    " WHERE x.start_at >= ?5 AND x.start_at < ?1 AND y.state = 'confirmed' AND x.replaced_by = ''" \
    " AND NOT EXISTS (SELECT 1 FROM operation z WHERE z.state = 'confirmed'"                       \
    "  AND z.id IN (x.cancel_id, x.visit_operation_id))"                                           \
    " AND (y.kind = 'book' OR EXISTS (SELECT 1 FROM mark a WHERE a.tour_id = x.operation_id"       \
    "  AND a.undone = 0 AND a.kind = 'arrived'))"                                                  \
    " AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.tour_id = x.operation_id AND m.undone = 0"      \
    "  AND m.kind = 'done in Knock')"
#define PROMISED_CALLS                                                                             \
    "SELECT tour_id FROM mark WHERE kind = 'call back' AND undone = 0 AND at >= ?5"

bool ledger_tours(struct ledger *ledger, const char *community_id, const struct tour_query *query,
    struct tour_list *out, struct error *error)
{
    sqlite3_stmt *statement = ledger_select_tours(ledger,
        query->open_since ? "AND b.operation_id IN (" IN_SPAN " UNION " OPEN_OPERATIONS
                            " UNION " OPEN_TOURS " UNION " PROMISED_CALLS ")" OF_COMMUNITY
                          : "AND b.start_at >= ?1 AND b.start_at < ?2" OF_COMMUNITY,
        error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, query->from);
    sqlite3_bind_int64(statement, 2, query->to);
    sqlite3_bind_text(statement, 3, community_id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 4, query->limit ? (int64_t)query->limit : -1);
    if (query->open_since)
        sqlite3_bind_int64(statement, 5, query->open_since);
    return ledger_read_tours(ledger, statement, out, error);
}

enum found ledger_tour(struct ledger *ledger, const char *id, struct tour *out, struct error *error)
{
    return read_one(
        ledger, ledger_select_tours(ledger, "AND b.operation_id = ?", error), id, out, error);
}

enum found ledger_tour_of_appointment(
    struct ledger *ledger, const char *appointment_id, struct tour *out, struct error *error)
{
    return read_one(ledger,
        ledger_select_tours(
            ledger, "AND o.appointment_id = ? ORDER BY o.created_at DESC LIMIT 1", error),
        appointment_id, out, error);
}

/* A person said that it is booked after another had taken its place here: Knock may have had it last. */
#define SAID_SINCE                                                                                 \
    "(o.state = 'confirmed' AND o.reason = 'settled' AND o.updated_at >="                          \
    " (SELECT later.updated_at FROM operation later WHERE later.id = b.replaced_by))"

bool ledger_tours_of_contact(struct ledger *ledger, const char *community_id,
    const struct profile *profile, instant now, struct tour_list *out, struct error *error)
{
    char address_key[EMAIL_SIZE];
    email_key(profile->email, address_key, sizeof address_key);
    sqlite3_stmt *statement = ledger_select_tours(ledger,
        "AND o.kind = 'book' AND o.community_id = ?1 AND b.end_at > ?2"
        " AND ((?3 <> '' AND p.email_key = ?3)"
        " OR (?4 <> '' AND p.phone = ?4)) AND o.state IN ('saved', 'sending', 'confirmed',"
        " 'unknown') AND (b.replaced_by = '' OR " SAID_SINCE
        ") AND (c.state IS NULL OR c.state <> 'confirmed')"
        " ORDER BY b.start_at",
        error);
    if (!statement)
        return false;
    sqlite3_bind_text(statement, 1, community_id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 2, now);
    sqlite3_bind_text(statement, 3, address_key, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 4, profile->phone, -1, SQLITE_TRANSIENT);
    return ledger_read_tours(ledger, statement, out, error);
}

bool ledger_tours_of_person(
    struct ledger *ledger, int64_t person_id, struct tour_list *out, struct error *error)
{
    sqlite3_stmt *statement =
        ledger_select_tours(ledger, "AND b.person_id = ? ORDER BY b.start_at DESC", error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, person_id);
    return ledger_read_tours(ledger, statement, out, error);
}
