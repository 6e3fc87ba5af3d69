#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MILLISECONDS = 5000, LONG_MILLISECONDS = 60000 };

bool ledger_failed(struct ledger *ledger, struct error *error)
{
    int code = sqlite3_errcode(ledger->db) & 0xFF; /* without the extension */
    if (code == SQLITE_NOMEM)
        mem_exhausted();
    const char *what = code == SQLITE_CORRUPT || code == SQLITE_NOTADB
                           ? "the ledger is damaged and was left as it is"
                           : sqlite3_errmsg(ledger->db);
    return error_set(error, "%s: %s", ledger->path, what);
}

sqlite3_stmt *ledger_prepare(struct ledger *ledger, const char *sql, struct error *error)
{
    for (size_t i = 0; i < ledger->cached; i++)
        if (strcmp(ledger->cache[i].sql, sql) == 0) {
            sqlite3_stmt *known = ledger->cache[i].statement;
            sqlite3_reset(known);
            sqlite3_clear_bindings(known);
            return known;
        }
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(ledger->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK) {
        ledger_failed(ledger, error);
        return NULL;
    }
    ledger->cache =
        mem_grow(ledger->cache, &ledger->cache_capacity, ledger->cached + 1, sizeof *ledger->cache);
    ledger->cache[ledger->cached++] = (struct cached){mem_text(sql), statement};
    return statement;
}

enum found ledger_step(struct ledger *ledger, sqlite3_stmt *statement, struct error *error)
{
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return FOUND_ONE;
    if (code != SQLITE_DONE)
        ledger_failed(ledger, error);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? FOUND_NONE : FOUND_FAILED;
}

bool ledger_run(struct ledger *ledger, sqlite3_stmt *statement, struct error *error)
{
    if (ledger->fault.text[0])
        return error_set(
            error, "%s; nothing is written to it until it can be opened anew", ledger->fault.text);
    return statement && ledger_step(ledger, statement, error) == FOUND_NONE;
}

static bool run(struct ledger *ledger, const char *sql, struct error *error)
{
    return ledger_run(ledger, ledger_prepare(ledger, sql, error), error);
}

/* A newer tourdesk may have been started beside this one: what it has written would be misread here. */
bool ledger_begin(struct ledger *ledger, struct error *error)
{
    struct error words;
    if (!run(ledger, "BEGIN IMMEDIATE", error))
        return false;
    if (ledger_still_known(ledger, &words))
        return true;
    ledger_rollback(ledger);
    return error_set(error, "%s", words.text);
}

bool ledger_begun(struct ledger *ledger, struct error *error)
{
    return !sqlite3_get_autocommit(ledger->db) ||
           error_set(error, "%s: a fault ended the transaction", ledger->path);
}

bool ledger_commit(struct ledger *ledger, struct error *error)
{
    if (run(ledger, "COMMIT", error))
        return true;
    ledger_rollback(ledger);
    return false;
}

void ledger_rollback(struct ledger *ledger)
{
    if (!sqlite3_get_autocommit(ledger->db))
        run(ledger, "ROLLBACK", NULL);
}

bool ledger_conclude(struct ledger *ledger, bool ok, struct error *error)
{
    if (ok)
        return ledger_commit(ledger, error);
    ledger_rollback(ledger);
    return false;
}

/* Makes `path` and what leads to it. */
static bool make_folder(const char *path, struct error *error)
{
    char part[PATH_MAX];
    if (!str_copy(part, sizeof part, path))
        return error_set(error, "%.60s...: the name is too long", path);
    for (char *slash = part + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (mkdir(part, 0700) != 0 && errno != EEXIST)
            return error_set(error, "mkdir %s: %s", part, strerror(errno));
        *slash = '/';
    }
    if (mkdir(part, 0700) != 0 && errno != EEXIST)
        return error_set(error, "mkdir %s: %s", part, strerror(errno));
    return true;
}

/* The file is made here, so that it never exists with a wider mode; SQLite gives the log beside it the
 * mode of the database. */
static bool make_file(const char *path, struct error *error)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return error_set(error, "open %s: %s", path, strerror(errno));
    struct stat status;
    bool ok = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
              ((status.st_mode & 0077) == 0 || fchmod(fd, 0600) == 0);
    close(fd);
    return ok || error_set(error, "%s must be a file that only you can read", path);
}

/* The first to open a log takes everything in it for kept that reads as whole. Where a flush failed before, some
 * of that may be in the system's memory only, and what is flushed behind it would be gone with it in a power
 * cut: so all of it is carried over to the database, and the log begins anew. Where another desk has the ledger
 * open we are not the first. */
static bool carry_over(struct ledger *ledger, struct error *error)
{
    sqlite3_busy_timeout(ledger->db, 0);
    int code = sqlite3_wal_checkpoint_v2(ledger->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(ledger->db, BUSY_MILLISECONDS);
    return code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY || ledger_failed(ledger, error);
}

/* As it is at one moment: another process may be about to make its tables. */
static bool recognise_at_once(struct ledger *ledger, int *version, struct error *error)
{
    if (sqlite3_exec(ledger->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        return ledger_failed(ledger, error);
    bool ok = ledger_recognise(ledger, version, error);
    sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
    return ok;
}

/* Two that turn to a log at once would wait for each other for ever, so SQLite tells one of them at once that it
 * is locked: it asks again. */
static bool set_pragma(struct ledger *ledger, const char *pragma)
{
    enum { PAUSE = 10 };
    int code = SQLITE_BUSY;
    for (int waited = 0; (code & 0xFF) == SQLITE_BUSY && waited < BUSY_MILLISECONDS;
         waited += PAUSE) {
        if (waited > 0)
            sqlite3_sleep(PAUSE);
        code = sqlite3_exec(ledger->db, pragma, NULL, NULL, NULL);
    }
    return code == SQLITE_OK;
}

static bool set_up(struct ledger *ledger, struct error *error)
{
    static const char *const pragmas[] = {
        "PRAGMA journal_mode = WAL",
        /* For every transaction, even one that may be lost: where a flush fails, the system may drop what was
         * written before it, and a hole in the log takes with it all that is flushed behind it later. */
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA secure_delete = ON",
        "PRAGMA trusted_schema = OFF",
    };
    int version;
    sqlite3_busy_timeout(ledger->db, BUSY_MILLISECONDS);
    /* Before anything is set: turning to a log writes into a file that may be somebody else's. */
    if (!recognise_at_once(ledger, &version, error))
        return false;
    for (size_t i = 0; i < sizeof pragmas / sizeof *pragmas; i++)
        if (!set_pragma(ledger, pragmas[i]))
            return ledger_failed(ledger, error);
    if (!carry_over(ledger, error))
        return false;
    /* Another process may be bringing a large one up to date. */
    sqlite3_busy_timeout(
        ledger->db, ledger_is_old(version) ? LONG_MILLISECONDS : BUSY_MILLISECONDS);
    bool ok = ledger_migrate(ledger, error);
    sqlite3_busy_timeout(ledger->db, BUSY_MILLISECONDS);
    return ok;
}

static bool open_database(struct ledger *ledger, struct error *error)
{
    if (sqlite3_open_v2(ledger->path, &ledger->db,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
        return ledger_failed(ledger, error);
    return set_up(ledger, error);
}

static void close_database(struct ledger *ledger)
{
    for (size_t i = 0; i < ledger->cached; i++) {
        free(ledger->cache[i].sql);
        sqlite3_finalize(ledger->cache[i].statement);
    }
    free(ledger->cache);
    ledger->cache = NULL;
    ledger->cached = ledger->cache_capacity = 0;
    sqlite3_close(ledger->db);
    ledger->db = NULL;
}

struct ledger *ledger_open(const char *folder, struct error *error)
{
    struct ledger *ledger = mem_alloc(sizeof *ledger);
    bool ok = make_folder(folder, error);
    if (ok && !str_print(ledger->path, sizeof ledger->path, "%s/ledger.db", folder))
        ok = error_set(error, "%.60s...: the name is too long", folder);
    ok = ok && make_file(ledger->path, error) && open_database(ledger, error);
    if (ok)
        return ledger;
    ledger_close(ledger);
    return NULL;
}

void ledger_close(struct ledger *ledger)
{
    if (!ledger)
        return;
    close_database(ledger);
    free(ledger->all_of_operations);
    free(ledger->all_of_tours);
    free(ledger);
}

bool ledger_reopen(struct ledger *ledger, struct error *error)
{
    struct error fault = {""};
    close_database(ledger);
    ledger->fault = fault;
    /* A write of our own, flushed: what could not be kept before can be kept now. */
    if (open_database(ledger, &fault) && ledger_check(ledger, &fault) &&
        ledger_begin(ledger, &fault) &&
        ledger_conclude(ledger, run(ledger, "UPDATE trial SET tries = tries + 1", &fault), &fault))
        return true;
    ledger->fault = fault;
    return error_set(error, "%s", fault.text);
}

int64_t ledger_changes(struct ledger *ledger)
{
    sqlite3_stmt *statement = ledger_prepare(ledger, "PRAGMA data_version", NULL);
    if (!statement || ledger_step(ledger, statement, NULL) != FOUND_ONE)
        return 0;
    int64_t version = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return version;
}

bool ledger_check(struct ledger *ledger, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger, "PRAGMA integrity_check(1)", error);
    if (!statement || ledger_step(ledger, statement, error) != FOUND_ONE)
        return false;
    const char *said = (const char *)sqlite3_column_text(statement, 0);
    bool ok = said && strcmp(said, "ok") == 0;
    if (!ok)
        error_set(error, "%s is damaged: %s", ledger->path, said ? said : "no answer");
    sqlite3_reset(statement);
    return ok;
}

bool ledger_note(struct ledger *ledger, instant at, const char *agent, const char *operation_id,
    const char *what, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(
        ledger, "INSERT INTO history (at, agent, operation_id, what) VALUES (?, ?, ?, ?)", error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, at);
    sqlite3_bind_text(statement, 2, agent, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 3, operation_id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 4, what, -1, SQLITE_TRANSIENT);
    return ledger_run(ledger, statement, error);
}
