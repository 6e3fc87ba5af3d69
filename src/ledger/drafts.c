/* Drafts and handovers: what staff leave for later, or for each other. */
#include "internal.h"

#include "tourdesk/base/mem.h"

static bool bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    return sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

bool ledger_put_draft(
    struct ledger *ledger, const char *owner, const struct draft *draft, struct error *error)
{
    bool kept = draft->text && *draft->text;
    sqlite3_stmt *statement = ledger_prepare(ledger,
        kept ? "INSERT OR REPLACE INTO draft (owner, form, tour_id, community_id, text)"
               " VALUES (?, ?, ?, ?, ?)"
             : "DELETE FROM draft WHERE owner = ? AND form = ?",
        error);
    if (!statement)
        return false;
    bind_text(statement, 1, owner);
    bind_text(statement, 2, draft->form);
    if (kept) {
        bind_text(statement, 3, draft->tour_id);
        bind_text(statement, 4, draft->community_id);
        bind_text(statement, 5, draft->text);
    }
    return ledger_run(ledger, statement, error);
}

bool ledger_drafts(
    struct ledger *ledger, struct draft_list *out, char (**owners)[OWNER_SIZE], struct error *error)
{
    size_t capacity = 0;
    sqlite3_stmt *statement = ledger_prepare(
        ledger, "SELECT owner, form, tour_id, community_id, text FROM draft ORDER BY rowid", error);
    *owners = NULL;
    if (!statement)
        return false;
    enum found found;
    while ((found = ledger_step(ledger, statement, error)) == FOUND_ONE) {
        struct draft *draft = draft_list_add(out);
        *owners = mem_grow(*owners, &capacity, out->count, sizeof **owners);
        str_copy(
            (*owners)[out->count - 1], OWNER_SIZE, (const char *)sqlite3_column_text(statement, 0));
        str_copy(draft->form, sizeof draft->form, (const char *)sqlite3_column_text(statement, 1));
        str_copy(
            draft->tour_id, sizeof draft->tour_id, (const char *)sqlite3_column_text(statement, 2));
        str_copy(draft->community_id, sizeof draft->community_id,
            (const char *)sqlite3_column_text(statement, 3));
        draft->text = mem_text((const char *)sqlite3_column_text(statement, 4));
    }
    return found == FOUND_NONE;
}

bool ledger_put_handover(
    struct ledger *ledger, const struct handover *handover, struct error *error)
{
    sqlite3_stmt *statement =
        ledger_prepare(ledger, "INSERT INTO handover (at, agent, text) VALUES (?, ?, ?)", error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, handover->at);
    bind_text(statement, 2, handover->agent);
    bind_text(statement, 3, handover->text);
    return ledger_run(ledger, statement, error);
}

bool ledger_handover(struct ledger *ledger, struct handover *out, struct error *error)
{
    *out = (struct handover){0};
    sqlite3_stmt *statement = ledger_prepare(
        ledger, "SELECT at, agent, text FROM handover ORDER BY id DESC LIMIT 1", error);
    if (!statement)
        return false;
    enum found found = ledger_step(ledger, statement, error);
    if (found == FOUND_ONE) {
        out->at = sqlite3_column_int64(statement, 0);
        str_copy(out->agent, AGENT_SIZE, (const char *)sqlite3_column_text(statement, 1));
        str_copy(out->text, NOTE_SIZE, (const char *)sqlite3_column_text(statement, 2));
        sqlite3_reset(statement);
    }
    return found != FOUND_FAILED;
}
