/* The tables, version by version. A released step is never changed: the next one is added. */
#include "internal.h"

enum { APPLICATION_ID = 0x746F7572 }; /* "tour" */

/* The table of operations behind its kind, and its indexes, in versions 1 and 2. */
#define OPERATION_REST                                                                             \
    " state TEXT NOT NULL CHECK (state IN"                                                         \
    "  ('saved', 'sending', 'confirmed', 'refused', 'unknown', 'withdrawn')),"                     \
    " community_id TEXT NOT NULL,"                                                                 \
    " tour_id TEXT NOT NULL," /* '' = none */                                                      \
    " agent TEXT NOT NULL,"                                                                        \
    " created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,"                                   \
    " send_after INTEGER NOT NULL,"                                                                \
    " attempts INTEGER NOT NULL, lost INTEGER NOT NULL,"                                           \
    " appointment_id TEXT NOT NULL, prospect_id TEXT NOT NULL, visit_id TEXT NOT NULL,"            \
    " status_word TEXT NOT NULL,"                                                                  \
    " reason TEXT NOT NULL, http_status INTEGER NOT NULL, server_message TEXT NOT NULL,"           \
    " claim_owner TEXT NOT NULL DEFAULT '', claim_until INTEGER NOT NULL DEFAULT 0"                \
    ") STRICT;"                                                                                    \
    "CREATE INDEX operation_unsettled ON operation (state)"                                        \
    " WHERE state IN ('saved', 'sending', 'unknown');"                                             \
    "CREATE INDEX operation_updated ON operation (updated_at);"                                    \
    "CREATE INDEX operation_appointment ON operation (appointment_id);"                            \
    "CREATE INDEX operation_tour ON operation (tour_id);"                                          \
    "CREATE INDEX operation_prospect ON operation (prospect_id) WHERE kind = 'register';"

#define OPERATION_COLUMNS                                                                          \
    "id, kind, state, community_id, tour_id, agent, created_at, updated_at, send_after, attempts," \
    " lost, appointment_id, prospect_id, visit_id, status_word, reason, http_status,"              \
    " server_message, claim_owner, claim_until"

static const char *const version_1[] = {
    "CREATE TABLE person ("
    " id INTEGER PRIMARY KEY,"
    " first_name TEXT NOT NULL, last_name TEXT NOT NULL,"
    " email TEXT NOT NULL, phone TEXT NOT NULL,"
    " name_key TEXT NOT NULL," /* folded, for finding */
    " email_key TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX person_email ON person (email_key);"
    "CREATE INDEX person_phone ON person (phone);"
    "CREATE INDEX person_name ON person (name_key);",

    "CREATE TABLE operation ("
    " id TEXT PRIMARY KEY,"
    " kind TEXT NOT NULL CHECK (kind IN ('book', 'cancel', 'visit', 'register'))," OPERATION_REST,

    "CREATE TABLE booking ("
    " operation_id TEXT PRIMARY KEY REFERENCES operation (id),"
    " person_id INTEGER NOT NULL REFERENCES person (id),"
    " move_date TEXT NOT NULL, bedrooms INTEGER NOT NULL, occupants INTEGER NOT NULL,"
    " lease_months INTEGER NOT NULL, min_budget INTEGER NOT NULL, max_budget INTEGER NOT NULL,"
    " message TEXT NOT NULL,"
    " consent TEXT NOT NULL, calendar TEXT NOT NULL,"
    " start_text TEXT NOT NULL, end_text TEXT NOT NULL,"
    " start_at INTEGER NOT NULL, start_offset INTEGER NOT NULL, end_at INTEGER NOT NULL,"
    " source_title TEXT NOT NULL,"
    " seen INTEGER NOT NULL, replace_said INTEGER NOT NULL, moves TEXT NOT NULL,"
    " cancel_id TEXT NOT NULL DEFAULT '',"          /* its newest cancel, '' = none */
    " visit_operation_id TEXT NOT NULL DEFAULT ''," /* its newest visit */
    " replaced_by TEXT NOT NULL DEFAULT ''"
    ") STRICT;"
    "CREATE INDEX booking_start ON booking (start_at);"
    "CREATE INDEX booking_person ON booking (person_id);",

    "CREATE TABLE cancelling ("
    " operation_id TEXT PRIMARY KEY REFERENCES operation (id),"
    " why TEXT NOT NULL, asked_by TEXT NOT NULL"
    ") STRICT;",

    "CREATE TABLE visit ("
    " operation_id TEXT PRIMARY KEY REFERENCES operation (id),"
    " visit_at INTEGER NOT NULL, visit_offset INTEGER NOT NULL,"
    " source_title TEXT NOT NULL,"
    " self_guided INTEGER NOT NULL, again INTEGER NOT NULL, any_unit INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE visit_unit ("
    " operation_id TEXT NOT NULL REFERENCES visit (operation_id),"
    " position INTEGER NOT NULL, name TEXT NOT NULL,"
    " PRIMARY KEY (operation_id, position)"
    ") STRICT;",

    "CREATE TABLE wire ("
    " operation_id TEXT NOT NULL REFERENCES operation (id),"
    " step TEXT NOT NULL,"
    " method TEXT NOT NULL, path TEXT NOT NULL, body TEXT,"
    " sent_at INTEGER NOT NULL, answered_at INTEGER NOT NULL,"
    " came TEXT NOT NULL, http_status INTEGER NOT NULL, answer TEXT,"
    " PRIMARY KEY (operation_id, step)"
    ") STRICT;",

    "CREATE TABLE mark ("
    " id INTEGER PRIMARY KEY,"
    " tour_id TEXT NOT NULL REFERENCES booking (operation_id),"
    " kind TEXT NOT NULL, at INTEGER NOT NULL, agent TEXT NOT NULL,"
    " time INTEGER NOT NULL, text TEXT NOT NULL,"
    " undone INTEGER NOT NULL DEFAULT 0, undone_at INTEGER NOT NULL DEFAULT 0,"
    " undone_by TEXT NOT NULL DEFAULT ''"
    ") STRICT;"
    "CREATE INDEX mark_tour ON mark (tour_id);"
    "CREATE INDEX mark_open ON mark (kind, at) WHERE undone = 0;",

    "CREATE TABLE draft ("
    " owner TEXT NOT NULL, form TEXT NOT NULL, tour_id TEXT NOT NULL,"
    " community_id TEXT NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY (owner, form)"
    ") STRICT;"
    "CREATE TABLE handover ("
    " id INTEGER PRIMARY KEY, at INTEGER NOT NULL, agent TEXT NOT NULL, text TEXT NOT NULL"
    ") STRICT;",

    "CREATE TABLE consent ("
    " id INTEGER PRIMARY KEY,"
    " phone TEXT NOT NULL, state TEXT NOT NULL, stopped INTEGER NOT NULL,"
    " at INTEGER NOT NULL, agent TEXT NOT NULL, wording TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX consent_phone ON consent (phone);",

    "CREATE TABLE evidence ("
    " operation_id TEXT NOT NULL REFERENCES operation (id),"
    " at INTEGER NOT NULL, source TEXT NOT NULL, words TEXT NOT NULL, speaks TEXT NOT NULL,"
    " PRIMARY KEY (operation_id, at, source)"
    ") STRICT;",

    /* written to find out whether anything can be written */
    "CREATE TABLE trial (tries INTEGER NOT NULL) STRICT;"
    "INSERT INTO trial VALUES (0);",

    "CREATE TABLE hold ("
    " owner TEXT PRIMARY KEY, agent TEXT NOT NULL,"
    " community_id TEXT NOT NULL, calendar TEXT NOT NULL, start_at INTEGER NOT NULL,"
    " since_at INTEGER NOT NULL, until_at INTEGER NOT NULL"
    ") STRICT;",

    "CREATE TABLE snapshot ("
    " community_id TEXT NOT NULL, calendar TEXT NOT NULL,"
    " checked_at INTEGER NOT NULL, skipped INTEGER NOT NULL,"
    " slots TEXT NOT NULL," /* a line each: the start as it came, a space, the end in ms or 0 */
    " PRIMARY KEY (community_id, calendar)"
    ") STRICT;"
    "CREATE TABLE source_snapshot ("
    " community_id TEXT PRIMARY KEY, checked_at INTEGER NOT NULL,"
    " titles TEXT NOT NULL" /* a line each */
    ") STRICT;",

    "CREATE TABLE history ("
    " sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
    " at INTEGER NOT NULL, agent TEXT NOT NULL, operation_id TEXT NOT NULL, what TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX history_operation ON history (operation_id);",
    NULL,
};

/* Calls. The list of kinds stands in a CHECK, which only a new table can change; what other tables say of an
 * operation holds all the while, and is checked when it is committed. Rows keep their order. */
static const char *const version_2[] = {
    "PRAGMA defer_foreign_keys = ON;"
    "CREATE TABLE operation_before AS SELECT rowid AS place, * FROM operation;"
    "DROP TABLE operation;",

    "CREATE TABLE operation ("
    " id TEXT PRIMARY KEY,"
    " kind TEXT NOT NULL CHECK (kind IN ('book', 'cancel', 'visit', 'register', "
    "'call'))," OPERATION_REST,

    "INSERT INTO operation (rowid, " OPERATION_COLUMNS ") SELECT place, " OPERATION_COLUMNS
    " FROM operation_before ORDER BY rowid;"
    "DROP TABLE operation_before;",

    "CREATE TABLE calling ("
    " operation_id TEXT PRIMARY KEY REFERENCES operation (id),"
    " username TEXT NOT NULL, agent_phone TEXT NOT NULL,"
    " start_at INTEGER NOT NULL, start_offset INTEGER NOT NULL,"
    " end_at INTEGER NOT NULL, end_offset INTEGER NOT NULL,"
    " type TEXT NOT NULL, outcome TEXT NOT NULL, source_title TEXT NOT NULL,"
    " again INTEGER NOT NULL,"
    " call_id TEXT NOT NULL" /* '' = none */
    ") STRICT;"
    "CREATE INDEX calling_start ON calling (start_at);",
    NULL,
};

/* One list of statements for each version. */
static const char *const *const steps[] = {version_1, version_2};

enum { VERSION = sizeof steps / sizeof *steps };

static bool read_number(struct ledger *ledger, const char *pragma, int *out, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger, pragma, error);
    if (!statement || ledger_step(ledger, statement, error) != FOUND_ONE)
        return false;
    *out = sqlite3_column_int(statement, 0);
    sqlite3_reset(statement);
    return true;
}

static bool execute(struct ledger *ledger, const char *sql, struct error *error)
{
    return sqlite3_exec(ledger->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           ledger_failed(ledger, error);
}

static bool take_steps(struct ledger *ledger, int from, struct error *error)
{
    struct str pragma = {0};
    bool ok = true;
    for (int i = from; ok && i < VERSION; i++)
        for (const char *const *sql = steps[i]; ok && *sql; sql++)
            ok = execute(ledger, *sql, error);
    str_addf(
        &pragma, "PRAGMA user_version = %d; PRAGMA application_id = %d", VERSION, APPLICATION_ID);
    ok = ok && execute(ledger, str_text(&pragma), error);
    str_finish(&pragma);
    return ok;
}

static bool is_known(const struct ledger *ledger, int version, struct error *error)
{
    return version <= VERSION ||
           error_set(error, "%s was written by a newer tourdesk (version %d, this one knows %d)",
               ledger->path, version, VERSION);
}

bool ledger_recognise(struct ledger *ledger, int *version, struct error *error)
{
    int application, tables;
    if (!read_number(ledger, "PRAGMA user_version", version, error) ||
        !read_number(ledger, "PRAGMA application_id", &application, error) ||
        !read_number(ledger, "SELECT count(*) FROM sqlite_schema", &tables, error))
        return false;
    if (tables > 0 && application != APPLICATION_ID)
        return error_set(error, "%s is not a tourdesk ledger; left as it is", ledger->path);
    return is_known(ledger, *version, error);
}

bool ledger_still_known(struct ledger *ledger, struct error *error)
{
    int version;
    return read_number(ledger, "PRAGMA user_version", &version, error) &&
           is_known(ledger, version, error);
}

bool ledger_is_old(int version)
{
    return version > 0 && version < VERSION;
}

bool ledger_migrate(struct ledger *ledger, struct error *error)
{
    int version;
    if (!ledger_begin(ledger, error))
        return false;
    bool ok = ledger_recognise(ledger, &version, error) &&
              (version == VERSION || take_steps(ledger, version, error));
    return ledger_conclude(ledger, ok, error);
}
