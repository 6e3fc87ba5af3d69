#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3_stmt *select_for(
    struct ledger *ledger, const char *sql, const char *community_id, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger, sql, error);
    if (statement)
        sqlite3_bind_text(statement, 1, community_id, -1, SQLITE_TRANSIENT);
    return statement;
}

bool ledger_put_slots(struct ledger *ledger, const char *community_id, enum calendar calendar,
    const struct slot_list *slots, struct error *error)
{
    sqlite3_stmt *statement = select_for(ledger,
        "INSERT OR REPLACE INTO snapshot (community_id, calendar, checked_at, skipped, slots)"
        " VALUES (?, ?, ?, ?, ?)",
        community_id, error);
    if (!statement)
        return false;
    struct str lines = {0};
    for (size_t i = 0; i < slots->count; i++)
        str_addf(&lines, "%s\t%lld\n", slots->items[i].text, (long long)slots->items[i].end);
    sqlite3_bind_text(statement, 2, calendar_word(calendar), -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, slots->checked_at);
    sqlite3_bind_int64(statement, 4, (int64_t)slots->skipped);
    sqlite3_bind_text(statement, 5, str_text(&lines), -1, SQLITE_TRANSIENT);
    bool ok = ledger_run(ledger, statement, error);
    str_finish(&lines);
    return ok;
}

/* "2026-11-24T14:30:00-08:00<tab>0". */
static bool read_slot(const char *line, size_t length, struct slot *slot)
{
    const char *tab = memchr(line, '\t', length);
    *slot = (struct slot){0};
    if (!tab || (size_t)(tab - line) >= sizeof slot->text)
        return false;
    memcpy(slot->text, line, (size_t)(tab - line));
    slot->end = strtoll(tab + 1, NULL, 10);
    return stamp_parse(slot->text, &slot->start, NULL);
}

bool ledger_get_slots(struct ledger *ledger, const char *community_id, enum calendar calendar,
    struct slot_list *out, struct error *error)
{
    sqlite3_stmt *statement = select_for(ledger,
        "SELECT checked_at, skipped, slots FROM snapshot WHERE community_id = ? AND calendar = ?",
        community_id, error);
    if (!statement)
        return false;
    sqlite3_bind_text(statement, 2, calendar_word(calendar), -1, SQLITE_STATIC);
    enum found found = ledger_step(ledger, statement, error);
    if (found != FOUND_ONE)
        return found == FOUND_NONE;
    out->checked_at = sqlite3_column_int64(statement, 0);
    out->skipped = (size_t)sqlite3_column_int64(statement, 1);
    const char *line = (const char *)sqlite3_column_text(statement, 2);
    for (const char *end; line && (end = strchr(line, '\n')) != NULL; line = end + 1) {
        struct slot slot;
        if (read_slot(line, (size_t)(end - line), &slot))
            slot_list_add(out, &slot);
    }
    sqlite3_reset(statement);
    return true;
}

bool ledger_put_sources(struct ledger *ledger, const char *community_id,
    const struct source_list *sources, struct error *error)
{
    sqlite3_stmt *statement = select_for(ledger,
        "INSERT OR REPLACE INTO source_snapshot (community_id, checked_at, titles)"
        " VALUES (?, ?, ?)",
        community_id, error);
    if (!statement)
        return false;
    struct str lines = {0};
    for (size_t i = 0; i < sources->count; i++)
        str_addf(&lines, "%s\n", sources->titles[i]);
    sqlite3_bind_int64(statement, 2, sources->checked_at);
    sqlite3_bind_text(statement, 3, str_text(&lines), -1, SQLITE_TRANSIENT);
    bool ok = ledger_run(ledger, statement, error);
    str_finish(&lines);
    return ok;
}

bool ledger_get_sources(
    struct ledger *ledger, const char *community_id, struct source_list *out, struct error *error)
{
    sqlite3_stmt *statement =
        select_for(ledger, "SELECT checked_at, titles FROM source_snapshot WHERE community_id = ?",
            community_id, error);
    if (!statement)
        return false;
    enum found found = ledger_step(ledger, statement, error);
    if (found != FOUND_ONE)
        return found == FOUND_NONE;
    out->checked_at = sqlite3_column_int64(statement, 0);
    const char *line = (const char *)sqlite3_column_text(statement, 1);
    for (const char *end; line && (end = strchr(line, '\n')) != NULL; line = end + 1) {
        char title[SOURCE_SIZE];
        str_print(title, sizeof title, "%.*s", (int)(end - line), line);
        source_list_add(out, title);
    }
    sqlite3_reset(statement);
    return true;
}
