#include "internal.h"

bool ledger_put_hold(struct ledger *ledger, const struct hold *hold, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "INSERT OR REPLACE INTO hold (owner, agent, community_id, calendar, start_at, since_at,"
        " until_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        error);
    if (!statement)
        return false;
    sqlite3_bind_text(statement, 1, hold->owner, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 2, hold->agent, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 3, hold->community_id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 4, calendar_word(hold->calendar), -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 5, hold->start);
    sqlite3_bind_int64(statement, 6, hold->since);
    sqlite3_bind_int64(statement, 7, hold->until);
    return ledger_run(ledger, statement, error);
}

bool ledger_drop_hold(struct ledger *ledger, const char *owner, instant now, struct error *error)
{
    sqlite3_stmt *statement =
        ledger_prepare(ledger, "DELETE FROM hold WHERE owner = ? OR until_at <= ?", error);
    if (!statement)
        return false;
    sqlite3_bind_text(statement, 1, owner, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 2, now);
    return ledger_run(ledger, statement, error);
}

bool ledger_holds(struct ledger *ledger, const char *but_owner, instant now, struct hold_list *out,
    struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "SELECT owner, agent, community_id, calendar, start_at, since_at, until_at FROM hold"
        " WHERE owner <> ? AND until_at > ? ORDER BY since_at",
        error);
    if (!statement)
        return false;
    sqlite3_bind_text(statement, 1, but_owner, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 2, now);
    enum found found;
    while ((found = ledger_step(ledger, statement, error)) == FOUND_ONE) {
        struct hold *hold = hold_list_add(out);
        str_copy(hold->owner, sizeof hold->owner, (const char *)sqlite3_column_text(statement, 0));
        str_copy(hold->agent, sizeof hold->agent, (const char *)sqlite3_column_text(statement, 1));
        str_copy(hold->community_id, ID_SIZE, (const char *)sqlite3_column_text(statement, 2));
        calendar_parse((const char *)sqlite3_column_text(statement, 3), &hold->calendar);
        hold->start = sqlite3_column_int64(statement, 4);
        hold->since = sqlite3_column_int64(statement, 5);
        hold->until = sqlite3_column_int64(statement, 6);
    }
    return found == FOUND_NONE;
}
