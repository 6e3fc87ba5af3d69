/* People, and what is known of each. */
#include "internal.h"

#include "tourdesk/base/text.h"

#include <string.h>

enum { HISTORY_LINES = 200 };

/* --- one person ------------------------------------------------------------------------------------ */

static enum found read_profile(
    struct ledger *ledger, int64_t id, struct person *out, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "SELECT first_name, last_name, email, phone, (SELECT count(*) FROM person q"
        " WHERE q.id <> p.id AND ((p.email_key <> '' AND q.email_key = p.email_key)"
        " OR (p.phone <> '' AND q.phone = p.phone))) FROM person p WHERE id = ?",
        error);
    if (!statement)
        return FOUND_FAILED;
    sqlite3_bind_int64(statement, 1, id);
    enum found found = ledger_step(ledger, statement, error);
    if (found != FOUND_ONE)
        return found;
    struct profile *profile = &out->profile;
    out->id = id;
    str_copy(profile->first_name, NAME_SIZE, (const char *)sqlite3_column_text(statement, 0));
    str_copy(profile->last_name, NAME_SIZE, (const char *)sqlite3_column_text(statement, 1));
    str_copy(profile->email, EMAIL_SIZE, (const char *)sqlite3_column_text(statement, 2));
    str_copy(profile->phone, PHONE_SIZE, (const char *)sqlite3_column_text(statement, 3));
    out->shared = (size_t)sqlite3_column_int64(statement, 4);
    sqlite3_reset(statement);
    return FOUND_ONE;
}

static bool read_history(
    struct ledger *ledger, int64_t id, struct history_list *out, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "SELECT h.at, h.agent, h.what, b.start_at FROM history h JOIN operation o ON o.id = "
        "h.operation_id"
        " JOIN booking b ON b.operation_id = CASE WHEN o.tour_id <> '' THEN o.tour_id ELSE o.id END"
        " WHERE b.person_id = ? ORDER BY h.sequence DESC LIMIT ?",
        error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_int(statement, 2, HISTORY_LINES);
    enum found found;
    while ((found = ledger_step(ledger, statement, error)) == FOUND_ONE) {
        struct history_line *line = history_list_add(out);
        line->at = sqlite3_column_int64(statement, 0);
        str_copy(line->agent, AGENT_SIZE, (const char *)sqlite3_column_text(statement, 1));
        str_copy(line->what, NOTE_SIZE, (const char *)sqlite3_column_text(statement, 2));
        line->start = sqlite3_column_int64(statement, 3);
    }
    return found == FOUND_NONE;
}

enum found ledger_person(struct ledger *ledger, int64_t id, struct person *out, struct error *error)
{
    enum found found = read_profile(ledger, id, out, error);
    if (found != FOUND_ONE)
        return found;
    bool ok = ledger_tours_of_person(ledger, id, &out->tours, error) &&
              ledger_marks(ledger, id, &out->marks, error) &&
              read_history(ledger, id, &out->history, error);
    if (ok && out->profile.phone[0])
        ok = ledger_consent(ledger, out->profile.phone, &out->consent, error) != FOUND_FAILED;
    return ok ? FOUND_ONE : FOUND_FAILED;
}
