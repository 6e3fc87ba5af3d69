/* What the files of the ledger share: the database, its statements, and rows as structs. */
#ifndef TOURDESK_SRC_LEDGER_INTERNAL_H
#define TOURDESK_SRC_LEDGER_INTERNAL_H

#include "tourdesk/base/str.h"
#include "tourdesk/base/words.h"
#include "tourdesk/ledger/ledger.h"

#include <limits.h>
#include <sqlite3.h>

struct cached {
    char *sql;
    sqlite3_stmt *statement;
};

struct ledger {
    sqlite3 *db;
    char path[PATH_MAX];
    struct cached *cache; /* every statement that was ever needed */
    size_t cached, cache_capacity;
    char *all_of_operations, *all_of_tours; /* how their queries begin; made when first needed */
    struct error
        fault; /* why it could not be opened anew: it is read, not written; "" = it could */
};

/* The statement for `sql`, reset and unbound, kept for the next time; NULL and an error otherwise. */
sqlite3_stmt *ledger_prepare(struct ledger *ledger, const char *sql, struct error *error);

/* Runs a statement that gives no rows, and resets it. */
bool ledger_run(struct ledger *ledger, sqlite3_stmt *statement, struct error *error);

/* Steps to the next row; FOUND_NONE and FOUND_FAILED reset the statement. */
enum found ledger_step(struct ledger *ledger, sqlite3_stmt *statement, struct error *error);

/* Ends a transaction that was begun here: commits what went well, takes back the rest. */
bool ledger_conclude(struct ledger *ledger, bool ok, struct error *error);

/* Fills `error` with what SQLite says, naming the file; returns false. */
bool ledger_failed(struct ledger *ledger, struct error *error);

/* True if the file is a ledger that this program knows, or empty; changes nothing. */
bool ledger_recognise(struct ledger *ledger, int *version, struct error *error);

/* True if it is (still) no newer than this program; true for the version of a filled ledger that is older. */
bool ledger_still_known(struct ledger *ledger, struct error *error);
bool ledger_is_old(int version);

/* Brings the schema of an open database to the present version, or says why not. */
bool ledger_migrate(struct ledger *ledger, struct error *error);

/* "SELECT every part of a tour FROM ... " and then `tail`, which begins with AND or ORDER; and its rows. */
sqlite3_stmt *ledger_select_tours(struct ledger *ledger, const char *tail, struct error *error);
bool ledger_read_tours(
    struct ledger *ledger, sqlite3_stmt *statement, struct tour_list *out, struct error *error);

/* --- rows as structs --- */

enum column_type {
    COLUMN_TEXT,    /* char[size] */
    COLUMN_INT,     /* int or unsigned */
    COLUMN_LONG,    /* long */
    COLUMN_INSTANT, /* instant */
    COLUMN_BOOL,    /* bool */
    COLUMN_DATE,    /* struct date as "2026-11-24", "" for none */
    COLUMN_WORD,    /* an enum, as its word */
};

struct column {
    const char *name;
    enum column_type type;
    size_t offset;
    size_t size;               /* for COLUMN_TEXT */
    const struct words *words; /* for COLUMN_WORD */
};

struct columns {
    const struct column *items;
    size_t count;
};

/* The parts of struct operation as they stand in each table; of struct tour as the tables have them. */
extern const struct columns operation_columns, booking_columns, person_columns, cancel_columns,
    visit_columns, call_columns, tour_booking_columns, tour_person_columns, tour_operation_columns;

/* "t.a, t.b", after ", " where `out` is not empty. */
void columns_list(struct str *out, const struct columns *columns, const char *table);

/* "INSERT INTO table (columns, more) VALUES (?, ...)", with `count` columns named in `more`. */
void columns_insert(
    struct str *out, const char *table, const struct columns *columns, const char *more, int count);

/* Binds the columns of `record` to the parameters from `first` on; returns the next free one. */
int columns_bind(
    sqlite3_stmt *statement, int first, const struct columns *columns, const void *record);

/* Reads the result columns from `first` on into `record`; returns the next one. NULL reads as zero. */
int columns_read(sqlite3_stmt *statement, int first, const struct columns *columns, void *record);

#endif
