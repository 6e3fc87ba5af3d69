#include "tourdesk/sandbox/store.h"

#include "store_rows.h"

#include "tourdesk/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCHEMA_VERSION = 1 };

const char APPOINTMENT_CONFIRMED[] = "CONFIRMED";
const char APPOINTMENT_PENDING[] = "PENDING";
const char APPOINTMENT_CANCELLED[] = "CANCELLED";

enum query {
    QUERY_BEGIN,
    QUERY_COMMIT,
    QUERY_ROLLBACK,
    QUERY_OFFICE,
    QUERY_PUT_OFFICE,
    QUERY_MATCH_EMAIL,
    QUERY_MATCH_PHONE,
    QUERY_HOLDS,
    QUERY_UPCOMING,
    QUERY_COUNT_VISITS,
    QUERY_COUNT_APPOINTMENTS,
    QUERY_WITHDRAW,
    QUERIES,
};

static const char *const queries[QUERIES] = {
    [QUERY_BEGIN] = "BEGIN IMMEDIATE",
    [QUERY_COMMIT] = "COMMIT",
    [QUERY_ROLLBACK] = "ROLLBACK",
    [QUERY_OFFICE] = "SELECT description FROM office WHERE id=1",
    [QUERY_PUT_OFFICE] = "INSERT OR REPLACE INTO office(id,description)VALUES(1,?)",
    [QUERY_MATCH_EMAIL] = "SELECT id FROM prospect WHERE community=? AND lower(email)=lower(?) "
                          "ORDER BY id LIMIT 1",
    [QUERY_MATCH_PHONE] = "SELECT id FROM prospect WHERE community=? AND phone=? "
                          "ORDER BY id LIMIT 1",
    [QUERY_HOLDS] = "SELECT starts,ends,calendar FROM appointment WHERE community=?1 "
                    "AND starts BETWEEN ?2 AND ?3 AND created_at<=?4 "
                    "AND(cancelled_at=0 OR cancelled_at>?4)ORDER BY starts,id",
    [QUERY_UPCOMING] = "SELECT id FROM appointment WHERE prospect=? AND starts>? "
                       "AND cancelled_at=0 ORDER BY starts,id LIMIT 1",
    [QUERY_COUNT_VISITS] = "SELECT count(*) FROM visit WHERE appointment=?",
    [QUERY_COUNT_APPOINTMENTS] = "SELECT count(*) FROM appointment",
    [QUERY_WITHDRAW] = "UPDATE effect SET withdrawn=1 WHERE appointment=? AND due>?",
};

static const char indexes[] =
    "CREATE TABLE office(id INTEGER PRIMARY KEY, description TEXT NOT NULL);"
    "CREATE INDEX prospect_email ON prospect(community,lower(email));"
    "CREATE INDEX prospect_phone ON prospect(community,phone);"
    "CREATE INDEX appointment_starts ON appointment" /* has all that QUERY_HOLDS reads */
    "(community,starts,id,ends,calendar,created_at,cancelled_at);"
    "CREATE INDEX appointment_prospect ON appointment(prospect,starts);"
    "CREATE INDEX visit_appointment ON visit(appointment);"
    "CREATE INDEX event_prospect ON event(prospect,id);"
    "CREATE INDEX effect_appointment ON effect(appointment);";

struct store {
    sqlite3 *db;
    sqlite3_stmt *queries[QUERIES];
    sqlite3_stmt *put[TABLES], *get[TABLES];
    int64_t last_id[TABLES]; /* goes on over a rollback: no id is ever given out twice */
    bool fresh;
    bool failed;
    struct error error;
};

static bool fail(struct store *store)
{
    if (!store->failed)
        error_set(&store->error, "the sandbox's store: %s", sqlite3_errmsg(store->db));
    store->failed = true;
    return false;
}

static bool run(struct store *store, const char *sql)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail(store);
}

static sqlite3_stmt *prepare(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK)
        fail(store);
    return statement;
}

/* One step; true where there is a row. */
static bool step(struct store *store, sqlite3_stmt *statement)
{
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        return true;
    if (result != SQLITE_DONE)
        fail(store);
    return false;
}

static int64_t read_integer(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = prepare(store, sql);
    int64_t value = statement && step(store, statement) ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return value;
}

static bool create_schema(struct store *store)
{
    struct str sql = {0};
    str_add(&sql, "BEGIN;");
    for (int i = 0; i < TABLES; i++)
        table_create_sql(table_of((enum table_id)i), &sql);
    str_addf(&sql, "%s PRAGMA user_version=%d; COMMIT;", indexes, SCHEMA_VERSION);
    bool good = run(store, str_text(&sql));
    str_finish(&sql);
    return good;
}

static bool prepare_all(struct store *store)
{
    for (int i = 0; i < QUERIES; i++)
        store->queries[i] = prepare(store, queries[i]);
    for (int i = 0; i < TABLES; i++) {
        struct str sql = {0};
        table_put_sql(table_of((enum table_id)i), &sql);
        store->put[i] = prepare(store, str_text(&sql));
        str_clear(&sql);
        table_get_sql(table_of((enum table_id)i), &sql);
        store->get[i] = prepare(store, str_text(&sql));
        str_clear(&sql);
        str_addf(&sql, "SELECT max(id) FROM %s", table_of((enum table_id)i)->name);
        int64_t last = read_integer(store, str_text(&sql));
        str_finish(&sql);
        store->last_id[i] = last ? last : table_of((enum table_id)i)->first_id - 1;
    }
    return !store->failed;
}

static bool make_file(const char *folder, char *path, size_t size, struct error *error)
{
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return error_set(error, "%s: %s", folder, strerror(errno));
    if (!str_print(path, size, "%s/sandbox.db", folder))
        return error_set(error, "%s: the path is too long", folder);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return error_set(error, "%s: %s", path, strerror(errno));
    close(fd);
    return true;
}

/* Exclusive locking keeps a second sandbox out for as long as this one lives, and no longer. */
static bool set_up(struct store *store, const char *path, struct error *error)
{
    bool good = run(store, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"
                           "PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE; COMMIT;");
    int64_t version = good ? read_integer(store, "PRAGMA user_version") : 0;
    if (good && version != 0 && version != SCHEMA_VERSION)
        return error_set(error, "%s: made by another version of the sandbox (%d, this one has %d)",
            path, (int)version, SCHEMA_VERSION);
    store->fresh = version == 0;
    good = good && (version || create_schema(store)) && prepare_all(store);
    if (good)
        return true;
    if (sqlite3_errcode(store->db) == SQLITE_BUSY)
        return error_set(error, "%s: in use by another sandbox", path);
    return error_set(error, "%s: %s", path, sqlite3_errmsg(store->db));
}

struct store *store_open(const char *folder, struct error *error)
{
    char path[PATH_MAX] = ":memory:";
    if (folder && !make_file(folder, path, sizeof path, error))
        return NULL;
    struct store *store = mem_alloc(sizeof *store);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    bool good = sqlite3_open_v2(path, &store->db, flags, NULL) == SQLITE_OK;
    if (!good)
        error_set(error, "%s: %s", path, store->db ? sqlite3_errmsg(store->db) : "out of memory");
    if (good && set_up(store, path, error))
        return store;
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    for (int i = 0; i < QUERIES; i++)
        sqlite3_finalize(store->queries[i]);
    for (int i = 0; i < TABLES; i++) {
        sqlite3_finalize(store->put[i]);
        sqlite3_finalize(store->get[i]);
    }
    sqlite3_close(store->db);
    free(store);
}

bool store_is_fresh(const struct store *store)
{
    return store->fresh;
}

/* A query ready to be bound: what it did before is over. */
static sqlite3_stmt *query(struct store *store, enum query id)
{
    sqlite3_reset(store->queries[id]);
    return store->queries[id];
}

static void bind_text(sqlite3_stmt *statement, int i, const char *text)
{
    sqlite3_bind_text(statement, i, text, -1, SQLITE_TRANSIENT);
}

/* Runs a bound query to its end and gives its first number, 0 where there is none. */
static int64_t finish(struct store *store, sqlite3_stmt *statement)
{
    int64_t value = step(store, statement) ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return value;
}

void store_clear(struct store *store)
{
    for (int i = 0; i < TABLES; i++) {
        struct str sql = {0};
        str_addf(&sql, "DELETE FROM %s", table_of((enum table_id)i)->name);
        run(store, str_text(&sql));
        str_finish(&sql);
    }
}

void store_begin(struct store *store)
{
    store->failed = false;
    finish(store, query(store, QUERY_BEGIN));
}

void store_rollback(struct store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        finish(store, query(store, QUERY_ROLLBACK));
}

bool store_commit(struct store *store, struct error *error)
{
    if (!store->failed)
        finish(store, query(store, QUERY_COMMIT));
    if (!store->failed) {
        store->fresh = false;
        return true;
    }
    store_rollback(store);
    return error_set(error, "%s", store->error.text);
}

char *store_office(struct store *store)
{
    sqlite3_stmt *statement = query(store, QUERY_OFFICE);
    char *text =
        step(store, statement) ? mem_text((const char *)sqlite3_column_text(statement, 0)) : NULL;
    sqlite3_reset(statement);
    return text;
}

void store_put_office(struct store *store, const char *text)
{
    sqlite3_stmt *statement = query(store, QUERY_PUT_OFFICE);
    bind_text(statement, 1, text);
    finish(store, statement);
}

/* Every record begins with its id. */
static void put(struct store *store, enum table_id table, void *record)
{
    int64_t *id = record;
    if (*id == 0)
        *id = ++store->last_id[table];
    sqlite3_stmt *statement = store->put[table];
    sqlite3_reset(statement);
    row_bind(table_of(table), statement, record);
    finish(store, statement);
}

static bool get(struct store *store, enum table_id table, int64_t id, void *record)
{
    sqlite3_stmt *statement = store->get[table];
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, id);
    bool found = step(store, statement);
    if (found)
        row_read(table_of(table), statement, record);
    sqlite3_reset(statement);
    return found;
}

void store_put_guest(struct store *store, struct guest *guest)
{
    put(store, TABLE_PROSPECT, guest);
}

void store_put_appointment(struct store *store, struct appointment *appointment)
{
    put(store, TABLE_APPOINTMENT, appointment);
}

void store_put_visit(struct store *store, struct visit_record *visit)
{
    put(store, TABLE_VISIT, visit);
}

void store_put_event(struct store *store, struct event_record *event)
{
    put(store, TABLE_EVENT, event);
}

void store_put_effect(struct store *store, struct effect_record *effect)
{
    put(store, TABLE_EFFECT, effect);
}

void store_put_note(struct store *store, struct note_record *note)
{
    put(store, TABLE_NOTE, note);
}

bool store_guest(struct store *store, int64_t id, struct guest *out)
{
    return get(store, TABLE_PROSPECT, id, out);
}

bool store_appointment(struct store *store, int64_t id, struct appointment *out)
{
    return get(store, TABLE_APPOINTMENT, id, out);
}

static int64_t match(struct store *store, enum query id, const char *community, const char *value)
{
    if (!*value)
        return 0;
    sqlite3_stmt *statement = query(store, id);
    bind_text(statement, 1, community);
    bind_text(statement, 2, value);
    return finish(store, statement);
}

int64_t store_match_guest(
    struct store *store, const char *community, const char *email, const char *phone)
{
    int64_t id = match(store, QUERY_MATCH_EMAIL, community, email);
    return id ? id : match(store, QUERY_MATCH_PHONE, community, phone);
}

void store_holds(struct store *store, const char *community, instant from, instant to,
    instant as_of, struct hold_list *out)
{
    sqlite3_stmt *statement = query(store, QUERY_HOLDS);
    bind_text(statement, 1, community);
    sqlite3_bind_int64(statement, 2, from);
    sqlite3_bind_int64(statement, 3, to);
    sqlite3_bind_int64(statement, 4, as_of);
    while (step(store, statement))
        hold_list_add(out, (struct hold){.start = sqlite3_column_int64(statement, 0),
                               .end = sqlite3_column_int64(statement, 1),
                               .calendar = (enum calendar)sqlite3_column_int(statement, 2)});
    sqlite3_reset(statement);
}

int64_t store_upcoming(struct store *store, int64_t prospect, instant now)
{
    sqlite3_stmt *statement = query(store, QUERY_UPCOMING);
    sqlite3_bind_int64(statement, 1, prospect);
    sqlite3_bind_int64(statement, 2, now);
    return finish(store, statement);
}

int store_count_visits(struct store *store, int64_t appointment)
{
    sqlite3_stmt *statement = query(store, QUERY_COUNT_VISITS);
    sqlite3_bind_int64(statement, 1, appointment);
    return (int)finish(store, statement);
}

int store_count_appointments(struct store *store)
{
    return (int)finish(store, query(store, QUERY_COUNT_APPOINTMENTS));
}

void store_withdraw_effects(struct store *store, int64_t appointment, instant now)
{
    sqlite3_stmt *statement = query(store, QUERY_WITHDRAW);
    sqlite3_bind_int64(statement, 1, appointment);
    sqlite3_bind_int64(statement, 2, now);
    finish(store, statement);
}

/* Prepares a reading of whole records: "SELECT all columns FROM table" and what follows. */
static sqlite3_stmt *select_records(struct store *store, enum table_id table, const char *rest)
{
    struct str sql = {0};
    str_add(&sql, "SELECT ");
    table_names(table_of(table), &sql);
    str_addf(&sql, " FROM %s %s", table_of(table)->name, rest);
    sqlite3_stmt *statement = prepare(store, str_text(&sql));
    str_finish(&sql);
    return statement;
}

size_t store_events(
    struct store *store, int64_t prospect, long offset, size_t count, struct event_record *out)
{
    sqlite3_stmt *statement =
        select_records(store, TABLE_EVENT, "WHERE prospect=? ORDER BY id LIMIT ? OFFSET ?");
    size_t found = 0;
    if (!statement)
        return 0;
    sqlite3_bind_int64(statement, 1, prospect);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)count);
    sqlite3_bind_int64(statement, 3, offset);
    while (found < count && step(store, statement))
        row_read(table_of(TABLE_EVENT), statement, &out[found++]);
    sqlite3_finalize(statement);
    return found;
}

void store_each_appointment(struct store *store,
    void (*each)(const struct appointment *appointment, void *context), void *context)
{
    struct appointment appointment;
    sqlite3_stmt *statement = select_records(store, TABLE_APPOINTMENT, "ORDER BY id");
    while (statement && step(store, statement)) {
        row_read(table_of(TABLE_APPOINTMENT), statement, &appointment);
        each(&appointment, context);
    }
    sqlite3_finalize(statement);
}

void store_each_visit(struct store *store, int64_t appointment,
    void (*each)(const struct visit_record *visit, void *context), void *context)
{
    struct visit_record visit;
    sqlite3_stmt *statement = select_records(store, TABLE_VISIT, "WHERE appointment=? ORDER BY id");
    if (statement)
        sqlite3_bind_int64(statement, 1, appointment);
    while (statement && step(store, statement)) {
        row_read(table_of(TABLE_VISIT), statement, &visit);
        each(&visit, context);
    }
    sqlite3_finalize(statement);
}

void store_each_effect(struct store *store,
    void (*each)(const struct effect_record *effect, void *context), void *context)
{
    struct effect_record effect;
    sqlite3_stmt *statement = select_records(store, TABLE_EFFECT, "ORDER BY id");
    while (statement && step(store, statement)) {
        row_read(table_of(TABLE_EFFECT), statement, &effect);
        each(&effect, context);
    }
    sqlite3_finalize(statement);
}
