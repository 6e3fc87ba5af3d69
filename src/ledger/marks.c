#include "internal.h"

#include <string.h>

static bool bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    return sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool write_mark(struct ledger *ledger, struct mark *mark, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "INSERT INTO mark (tour_id, kind, at, agent, time, text) VALUES (?, ?, ?, ?, ?, ?)", error);
    if (!statement)
        return false;
    bind_text(statement, 1, mark->tour_id);
    bind_text(statement, 2, mark_words.items[mark->kind]);
    sqlite3_bind_int64(statement, 3, mark->at);
    bind_text(statement, 4, mark->agent);
    sqlite3_bind_int64(statement, 5, mark->time);
    bind_text(statement, 6, mark->text);
    if (!ledger_run(ledger, statement, error))
        return false;
    mark->id = sqlite3_last_insert_rowid(ledger->db);
    char what[64];
    str_print(what, sizeof what, "mark %s", mark_words.items[mark->kind]);
    return ledger_note(ledger, mark->at, mark->agent, mark->tour_id, what, error);
}

bool ledger_add_mark(struct ledger *ledger, struct mark *mark, struct error *error)
{
    return ledger_begin(ledger, error) &&
           ledger_conclude(ledger, write_mark(ledger, mark, error), error);
}

static enum found take_back(struct ledger *ledger, const char *tour_id, enum mark_kind kind,
    const char *agent, instant now, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "UPDATE mark SET undone = 1, undone_at = ?, undone_by = ? WHERE id ="
        " (SELECT max(id) FROM mark WHERE tour_id = ? AND kind = ? AND undone = 0)",
        error);
    if (!statement)
        return FOUND_FAILED;
    sqlite3_bind_int64(statement, 1, now);
    bind_text(statement, 2, agent);
    bind_text(statement, 3, tour_id);
    bind_text(statement, 4, mark_words.items[kind]);
    if (!ledger_run(ledger, statement, error))
        return FOUND_FAILED;
    if (sqlite3_changes(ledger->db) == 0)
        return FOUND_NONE;
    char what[64];
    str_print(what, sizeof what, "mark %s taken back", mark_words.items[kind]);
    return ledger_note(ledger, now, agent, tour_id, what, error) ? FOUND_ONE : FOUND_FAILED;
}

enum found ledger_undo_mark(struct ledger *ledger, const char *tour_id, enum mark_kind kind,
    const char *agent, instant now, struct error *error)
{
    if (!ledger_begin(ledger, error))
        return FOUND_FAILED;
    enum found found = take_back(ledger, tour_id, kind, agent, now, error);
    return ledger_conclude(ledger, found != FOUND_FAILED, error) ? found : FOUND_FAILED;
}

bool ledger_marks(
    struct ledger *ledger, int64_t person_id, struct mark_list *out, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "SELECT m.id, m.tour_id, m.kind, m.at, m.agent, m.time, m.text, m.undone FROM mark m"
        " JOIN booking b ON b.operation_id = m.tour_id WHERE b.person_id = ? ORDER BY m.id DESC",
        error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, person_id);
    enum found found;
    while ((found = ledger_step(ledger, statement, error)) == FOUND_ONE) {
        struct mark *mark = mark_list_add(out);
        int kind = words_find(&mark_words, (const char *)sqlite3_column_text(statement, 2));
        mark->id = sqlite3_column_int64(statement, 0);
        str_copy(mark->tour_id, OPERATION_ID_SIZE, (const char *)sqlite3_column_text(statement, 1));
        mark->kind = kind < 0 ? MARK_NOTE : (enum mark_kind)kind;
        mark->at = sqlite3_column_int64(statement, 3);
        str_copy(mark->agent, AGENT_SIZE, (const char *)sqlite3_column_text(statement, 4));
        mark->time = sqlite3_column_int64(statement, 5);
        str_copy(mark->text, NOTE_SIZE, (const char *)sqlite3_column_text(statement, 6));
        mark->undone = sqlite3_column_int(statement, 7) != 0;
    }
    return found == FOUND_NONE;
}

/* --- consent ------------------------------------------------------------------------------------- */

bool ledger_put_consent(
    struct ledger *ledger, const struct consent_record *record, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "INSERT INTO consent (phone, state, stopped, at, agent, wording) VALUES (?, ?, ?, ?, ?, ?)",
        error);
    if (!statement)
        return false;
    bind_text(statement, 1, record->phone);
    bind_text(statement, 2, consent_word(record->state));
    sqlite3_bind_int(statement, 3, record->stopped);
    sqlite3_bind_int64(statement, 4, record->at);
    bind_text(statement, 5, record->agent);
    bind_text(statement, 6, record->wording);
    return ledger_run(ledger, statement, error);
}

enum found ledger_consent(
    struct ledger *ledger, const char *phone, struct consent_record *out, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "SELECT state, stopped, at, agent, wording FROM consent WHERE phone = ?"
        " ORDER BY id DESC LIMIT 1",
        error);
    *out = (struct consent_record){0};
    if (!statement)
        return FOUND_FAILED;
    bind_text(statement, 1, phone);
    enum found found = ledger_step(ledger, statement, error);
    if (found != FOUND_ONE)
        return found;
    str_copy(out->phone, sizeof out->phone, phone);
    consent_parse((const char *)sqlite3_column_text(statement, 0), &out->state);
    out->stopped = sqlite3_column_int(statement, 1) != 0;
    out->at = sqlite3_column_int64(statement, 2);
    str_copy(out->agent, AGENT_SIZE, (const char *)sqlite3_column_text(statement, 3));
    str_copy(out->wording, CONSENT_TEXT_SIZE, (const char *)sqlite3_column_text(statement, 4));
    sqlite3_reset(statement);
    return FOUND_ONE;
}
