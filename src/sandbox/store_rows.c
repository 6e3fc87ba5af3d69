#include "store_rows.h"

#include <stddef.h>

static const struct column prospect_columns[] = {
    {"id", COLUMN_INT64, offsetof(struct guest, id), 0},
    {"community", COLUMN_TEXT, offsetof(struct guest, community), ID_SIZE},
    {"first_name", COLUMN_TEXT, offsetof(struct guest, profile.first_name), NAME_SIZE},
    {"last_name", COLUMN_TEXT, offsetof(struct guest, profile.last_name), NAME_SIZE},
    {"email", COLUMN_TEXT, offsetof(struct guest, profile.email), EMAIL_SIZE},
    {"phone", COLUMN_TEXT, offsetof(struct guest, profile.phone), PHONE_SIZE},
    {"move_date", COLUMN_DATE, offsetof(struct guest, profile.move_date), 0},
    {"bedrooms", COLUMN_UNSIGNED, offsetof(struct guest, profile.bedrooms), 0},
    {"occupants", COLUMN_INT, offsetof(struct guest, profile.occupants), 0},
    {"lease_months", COLUMN_INT, offsetof(struct guest, profile.lease_months), 0},
    {"min_budget", COLUMN_LONG, offsetof(struct guest, profile.min_budget), 0},
    {"max_budget", COLUMN_LONG, offsetof(struct guest, profile.max_budget), 0},
    {"agent", COLUMN_TEXT, offsetof(struct guest, agent), GUEST_TEXT_SIZE},
    {"address", COLUMN_TEXT, offsetof(struct guest, address), GUEST_TEXT_SIZE},
    {"city", COLUMN_TEXT, offsetof(struct guest, city), GUEST_TEXT_SIZE},
    {"state", COLUMN_TEXT, offsetof(struct guest, state), GUEST_TEXT_SIZE},
    {"zip", COLUMN_TEXT, offsetof(struct guest, zip), GUEST_TEXT_SIZE},
    {"unit", COLUMN_TEXT, offsetof(struct guest, unit), GUEST_TEXT_SIZE},
    {"source", COLUMN_TEXT, offsetof(struct guest, source), SOURCE_SIZE},
    {"first_contact", COLUMN_TEXT, offsetof(struct guest, first_contact), GUEST_TEXT_SIZE},
    {"pets", COLUMN_TEXT, offsetof(struct guest, pets), GUEST_TEXT_SIZE},
    {"sms_consent", COLUMN_BOOL, offsetof(struct guest, sms_consent), 0},
    {"sms_disclaimer", COLUMN_TEXT, offsetof(struct guest, sms_disclaimer), CONSENT_TEXT_SIZE},
    {"sms_url", COLUMN_TEXT, offsetof(struct guest, sms_url), URL_SIZE},
    {"status", COLUMN_TEXT, offsetof(struct guest, status), STATUS_SIZE},
    {"created_at", COLUMN_INT64, offsetof(struct guest, created_at), 0},
    {"updated_at", COLUMN_INT64, offsetof(struct guest, updated_at), 0},
};

static const struct column appointment_columns[] = {
    {"id", COLUMN_INT64, offsetof(struct appointment, id), 0},
    {"community", COLUMN_TEXT, offsetof(struct appointment, community), ID_SIZE},
    {"prospect", COLUMN_INT64, offsetof(struct appointment, prospect), 0},
    {"calendar", COLUMN_UNSIGNED, offsetof(struct appointment, calendar), 0},
    {"starts", COLUMN_INT64, offsetof(struct appointment, start), 0},
    {"ends", COLUMN_INT64, offsetof(struct appointment, end), 0},
    {"status", COLUMN_TEXT, offsetof(struct appointment, status), STATUS_SIZE},
    {"origin", COLUMN_TEXT, offsetof(struct appointment, origin), ORIGIN_SIZE},
    {"source", COLUMN_TEXT, offsetof(struct appointment, source), SOURCE_SIZE},
    {"created_at", COLUMN_INT64, offsetof(struct appointment, created_at), 0},
    {"cancelled_at", COLUMN_INT64, offsetof(struct appointment, cancelled_at), 0},
};

static const struct column visit_columns[] = {
    {"id", COLUMN_INT64, offsetof(struct visit_record, id), 0},
    {"prospect", COLUMN_INT64, offsetof(struct visit_record, prospect), 0},
    {"appointment", COLUMN_INT64, offsetof(struct visit_record, appointment), 0},
    {"at", COLUMN_INT64, offsetof(struct visit_record, at), 0},
    {"self_guided", COLUMN_BOOL, offsetof(struct visit_record, self_guided), 0},
    {"source", COLUMN_TEXT, offsetof(struct visit_record, source), SOURCE_SIZE},
    {"units", COLUMN_TEXT, offsetof(struct visit_record, units), UNITS_TEXT_SIZE},
    {"matched", COLUMN_TEXT, offsetof(struct visit_record, matched), UNITS_TEXT_SIZE},
    {"created_at", COLUMN_INT64, offsetof(struct visit_record, created_at), 0},
};

static const struct column event_columns[] = {
    {"id", COLUMN_INT64, offsetof(struct event_record, id), 0},
    {"prospect", COLUMN_INT64, offsetof(struct event_record, prospect), 0},
    {"type", COLUMN_TEXT, offsetof(struct event_record, type), STATUS_SIZE},
    {"description", COLUMN_TEXT, offsetof(struct event_record, description), GUEST_TEXT_SIZE},
    {"source", COLUMN_TEXT, offsetof(struct event_record, source), SOURCE_SIZE},
    {"agent", COLUMN_TEXT, offsetof(struct event_record, agent), GUEST_TEXT_SIZE},
    {"data", COLUMN_TEXT, offsetof(struct event_record, data), EVENT_TEXT_SIZE},
    {"created_at", COLUMN_INT64, offsetof(struct event_record, created_at), 0},
};

static const struct column effect_columns[] = {
    {"id", COLUMN_INT64, offsetof(struct effect_record, id), 0},
    {"kind", COLUMN_TEXT, offsetof(struct effect_record, kind), STATUS_SIZE},
    {"prospect", COLUMN_INT64, offsetof(struct effect_record, prospect), 0},
    {"appointment", COLUMN_INT64, offsetof(struct effect_record, appointment), 0},
    {"address", COLUMN_TEXT, offsetof(struct effect_record, address), EMAIL_SIZE},
    {"created_at", COLUMN_INT64, offsetof(struct effect_record, created_at), 0},
    {"due", COLUMN_INT64, offsetof(struct effect_record, due), 0},
    {"withdrawn", COLUMN_BOOL, offsetof(struct effect_record, withdrawn), 0},
};

static const struct column note_columns[] = {
    {"id", COLUMN_INT64, offsetof(struct note_record, id), 0},
    {"prospect", COLUMN_INT64, offsetof(struct note_record, prospect), 0},
    {"kind", COLUMN_TEXT, offsetof(struct note_record, kind), STATUS_SIZE},
    {"body", COLUMN_TEXT, offsetof(struct note_record, body), EVENT_TEXT_SIZE},
    {"created_at", COLUMN_INT64, offsetof(struct note_record, created_at), 0},
};

static const struct table tables[TABLES] = {
    [TABLE_PROSPECT] = {"prospect", prospect_columns,
        sizeof prospect_columns / sizeof *prospect_columns, 47569001},
    [TABLE_APPOINTMENT] = {"appointment", appointment_columns,
        sizeof appointment_columns / sizeof *appointment_columns, 18701},
    [TABLE_VISIT] = {"visit", visit_columns, sizeof visit_columns / sizeof *visit_columns, 12301},
    [TABLE_EVENT] = {"event", event_columns, sizeof event_columns / sizeof *event_columns, 1},
    [TABLE_EFFECT] = {"effect", effect_columns, sizeof effect_columns / sizeof *effect_columns, 1},
    [TABLE_NOTE] = {"note", note_columns, sizeof note_columns / sizeof *note_columns, 90001},
};

const struct table *table_of(enum table_id id)
{
    return &tables[id];
}

void table_names(const struct table *table, struct str *out)
{
    for (int i = 0; i < table->count; i++)
        str_addf(out, "%s%s", i ? "," : "", table->columns[i].name);
}

void table_create_sql(const struct table *table, struct str *out)
{
    str_addf(out, "CREATE TABLE %s(id INTEGER PRIMARY KEY", table->name);
    for (int i = 1; i < table->count; i++)
        str_addf(out, ",%s %s NOT NULL", table->columns[i].name,
            table->columns[i].kind == COLUMN_TEXT || table->columns[i].kind == COLUMN_DATE
                ? "TEXT"
                : "INTEGER");
    str_add(out, ");");
}

void table_put_sql(const struct table *table, struct str *out)
{
    str_addf(out, "INSERT INTO %s(", table->name);
    table_names(table, out);
    str_add(out, ")VALUES(");
    for (int i = 0; i < table->count; i++)
        str_add(out, i ? ",?" : "?");
    str_add(out, ")ON CONFLICT(id)DO UPDATE SET ");
    for (int i = 1; i < table->count; i++)
        str_addf(out, "%s%s=excluded.%s", i > 1 ? "," : "", table->columns[i].name,
            table->columns[i].name);
}

void table_get_sql(const struct table *table, struct str *out)
{
    str_add(out, "SELECT ");
    table_names(table, out);
    str_addf(out, " FROM %s WHERE id=?", table->name);
}

static int64_t number_of(const struct column *column, const void *field)
{
    switch (column->kind) {
    case COLUMN_INT: return *(const int *)field;
    case COLUMN_UNSIGNED: return *(const unsigned *)field;
    case COLUMN_LONG: return *(const long *)field;
    case COLUMN_BOOL: return *(const bool *)field;
    default: return *(const int64_t *)field;
    }
}

void row_bind(const struct table *table, sqlite3_stmt *statement, const void *record)
{
    for (int i = 0; i < table->count; i++) {
        const struct column *column = &table->columns[i];
        const void *field = (const char *)record + column->offset;
        char date[DATE_SIZE] = "";
        if (column->kind == COLUMN_TEXT) {
            sqlite3_bind_text(statement, i + 1, field, -1, SQLITE_TRANSIENT);
        } else if (column->kind == COLUMN_DATE) {
            if (((const struct date *)field)->year)
                date_format(*(const struct date *)field, date);
            sqlite3_bind_text(statement, i + 1, date, -1, SQLITE_TRANSIENT);
        } else {
            sqlite3_bind_int64(statement, i + 1, number_of(column, field));
        }
    }
}

static void read_text(sqlite3_stmt *statement, int i, char *out, size_t size)
{
    const char *text = (const char *)sqlite3_column_text(statement, i);
    str_copy(out, size, text ? text : "");
}

static void read_number(const struct column *column, int64_t number, void *field)
{
    switch (column->kind) {
    case COLUMN_INT: *(int *)field = (int)number; break;
    case COLUMN_UNSIGNED: *(unsigned *)field = (unsigned)number; break;
    case COLUMN_LONG: *(long *)field = (long)number; break;
    case COLUMN_BOOL: *(bool *)field = number != 0; break;
    default: *(int64_t *)field = number; break;
    }
}

void row_read(const struct table *table, sqlite3_stmt *statement, void *record)
{
    for (int i = 0; i < table->count; i++) {
        const struct column *column = &table->columns[i];
        void *field = (char *)record + column->offset;
        char date[DATE_SIZE];
        if (column->kind == COLUMN_TEXT) {
            read_text(statement, i, field, column->size);
        } else if (column->kind == COLUMN_DATE) {
            read_text(statement, i, date, sizeof date);
            if (!date_parse(date, field))
                *(struct date *)field = (struct date){0};
        } else {
            read_number(column, sqlite3_column_int64(statement, i), field);
        }
    }
}
