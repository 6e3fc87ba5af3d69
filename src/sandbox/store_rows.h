/* Inside of store: how records lie in tables. */
#ifndef TOURDESK_SANDBOX_STORE_ROWS_H
#define TOURDESK_SANDBOX_STORE_ROWS_H

#include "tourdesk/base/str.h"
#include "tourdesk/sandbox/store.h"

#include <sqlite3.h>

enum table_id {
    TABLE_PROSPECT,
    TABLE_APPOINTMENT,
    TABLE_VISIT,
    TABLE_EVENT,
    TABLE_EFFECT,
    TABLE_NOTE,
    TABLES,
};

enum column_kind {
    COLUMN_TEXT,
    COLUMN_INT,
    COLUMN_UNSIGNED,
    COLUMN_LONG,
    COLUMN_INT64,
    COLUMN_BOOL,
    COLUMN_DATE,
};

/* A column and the field of the record it keeps; the first one of a table is its id. */
struct column {
    const char *name;
    enum column_kind kind;
    size_t offset, size; /* size only for texts */
};

struct table {
    const char *name;
    const struct column *columns;
    int count;
    int64_t first_id; /* where numbering begins, so that ids look like Knock's */
};

const struct table *table_of(enum table_id id);

/* "id, community, ..." and the statements that create, write and read a table. */
void table_names(const struct table *table, struct str *out);
void table_create_sql(const struct table *table, struct str *out);
void table_put_sql(const struct table *table, struct str *out);
void table_get_sql(const struct table *table, struct str *out);

/* A record into a statement's parameters, and a row into a record. */
void row_bind(const struct table *table, sqlite3_stmt *statement, const void *record);
void row_read(const struct table *table, sqlite3_stmt *statement, void *record);

#endif
