#include "internal.h"

#include "tourdesk/base/str.h"

#include <stddef.h>
#include <string.h>

static const struct column operation_items[] = {
    {"id", COLUMN_TEXT, offsetof(struct operation, id), OPERATION_ID_SIZE, NULL},
    {"kind", COLUMN_WORD, offsetof(struct operation, kind), 0, &kind_words},
    {"state", COLUMN_WORD, offsetof(struct operation, state), 0, &state_words},
    {"community_id", COLUMN_TEXT, offsetof(struct operation, community_id), ID_SIZE, NULL},
    {"tour_id", COLUMN_TEXT, offsetof(struct operation, tour_id), OPERATION_ID_SIZE, NULL},
    {"agent", COLUMN_TEXT, offsetof(struct operation, agent), AGENT_SIZE, NULL},
    {"created_at", COLUMN_INSTANT, offsetof(struct operation, created_at), 0, NULL},
    {"updated_at", COLUMN_INSTANT, offsetof(struct operation, updated_at), 0, NULL},
    {"send_after", COLUMN_INSTANT, offsetof(struct operation, send_after), 0, NULL},
    {"attempts", COLUMN_INT, offsetof(struct operation, attempts), 0, NULL},
    {"lost", COLUMN_INT, offsetof(struct operation, lost), 0, NULL},
    {"appointment_id", COLUMN_TEXT, offsetof(struct operation, appointment_id), ID_SIZE, NULL},
    {"prospect_id", COLUMN_TEXT, offsetof(struct operation, prospect_id), ID_SIZE, NULL},
    {"visit_id", COLUMN_TEXT, offsetof(struct operation, visit_id), ID_SIZE, NULL},
    {"status_word", COLUMN_TEXT, offsetof(struct operation, status_word), ID_SIZE, NULL},
    {"reason", COLUMN_WORD, offsetof(struct operation, reason), 0, &reason_tokens},
    {"http_status", COLUMN_INT, offsetof(struct operation, http_status), 0, NULL},
    {"server_message", COLUMN_TEXT, offsetof(struct operation, server_message), SERVER_MESSAGE_SIZE,
        NULL},
};

static const struct column person_items[] = {
    {"first_name", COLUMN_TEXT, offsetof(struct operation, booking.profile.first_name), NAME_SIZE,
        NULL},
    {"last_name", COLUMN_TEXT, offsetof(struct operation, booking.profile.last_name), NAME_SIZE,
        NULL},
    {"email", COLUMN_TEXT, offsetof(struct operation, booking.profile.email), EMAIL_SIZE, NULL},
    {"phone", COLUMN_TEXT, offsetof(struct operation, booking.profile.phone), PHONE_SIZE, NULL},
};

static const struct column booking_items[] = {
    {"move_date", COLUMN_DATE, offsetof(struct operation, booking.profile.move_date), 0, NULL},
    {"bedrooms", COLUMN_INT, offsetof(struct operation, booking.profile.bedrooms), 0, NULL},
    {"occupants", COLUMN_INT, offsetof(struct operation, booking.profile.occupants), 0, NULL},
    {"lease_months", COLUMN_INT, offsetof(struct operation, booking.profile.lease_months), 0, NULL},
    {"min_budget", COLUMN_LONG, offsetof(struct operation, booking.profile.min_budget), 0, NULL},
    {"max_budget", COLUMN_LONG, offsetof(struct operation, booking.profile.max_budget), 0, NULL},
    {"message", COLUMN_TEXT, offsetof(struct operation, booking.profile.message), MESSAGE_SIZE,
        NULL},
    {"consent", COLUMN_WORD, offsetof(struct operation, booking.consent), 0, &consent_words},
    {"calendar", COLUMN_WORD, offsetof(struct operation, booking.calendar), 0, &calendar_words},
    {"start_text", COLUMN_TEXT, offsetof(struct operation, booking.start_text), STAMP_SIZE, NULL},
    {"end_text", COLUMN_TEXT, offsetof(struct operation, booking.end_text), STAMP_SIZE, NULL},
    {"start_at", COLUMN_INSTANT, offsetof(struct operation, booking.start.at), 0, NULL},
    {"start_offset", COLUMN_INT, offsetof(struct operation, booking.start.offset), 0, NULL},
    {"end_at", COLUMN_INSTANT, offsetof(struct operation, booking.end), 0, NULL},
    {"source_title", COLUMN_TEXT, offsetof(struct operation, booking.source_title), SOURCE_SIZE,
        NULL},
    {"seen", COLUMN_BOOL, offsetof(struct operation, booking.seen), 0, NULL},
    {"replace_said", COLUMN_BOOL, offsetof(struct operation, booking.replace), 0, NULL},
    {"moves", COLUMN_TEXT, offsetof(struct operation, booking.moves), OPERATION_ID_SIZE, NULL},
};

static const struct column cancel_items[] = {
    {"why", COLUMN_TEXT, offsetof(struct operation, cancelling.reason), NOTE_SIZE, NULL},
    {"asked_by", COLUMN_WORD, offsetof(struct operation, cancelling.asked_by), 0, &asked_by_words},
};

static const struct column visit_items[] = {
    {"visit_at", COLUMN_INSTANT, offsetof(struct operation, visiting.visit_time.at), 0, NULL},
    {"visit_offset", COLUMN_INT, offsetof(struct operation, visiting.visit_time.offset), 0, NULL},
    {"source_title", COLUMN_TEXT, offsetof(struct operation, visiting.source_title), SOURCE_SIZE,
        NULL},
    {"self_guided", COLUMN_BOOL, offsetof(struct operation, visiting.self_guided), 0, NULL},
    {"again", COLUMN_BOOL, offsetof(struct operation, visiting.again), 0, NULL},
    {"any_unit", COLUMN_BOOL, offsetof(struct operation, visiting.any_unit), 0, NULL},
};

static const struct column call_items[] = {
    {"username", COLUMN_TEXT, offsetof(struct operation, calling.username), USERNAME_SIZE, NULL},
    {"agent_phone", COLUMN_TEXT, offsetof(struct operation, calling.agent_phone), PHONE_SIZE, NULL},
    {"start_at", COLUMN_INSTANT, offsetof(struct operation, calling.start.at), 0, NULL},
    {"start_offset", COLUMN_INT, offsetof(struct operation, calling.start.offset), 0, NULL},
    {"end_at", COLUMN_INSTANT, offsetof(struct operation, calling.end.at), 0, NULL},
    {"end_offset", COLUMN_INT, offsetof(struct operation, calling.end.offset), 0, NULL},
    {"type", COLUMN_WORD, offsetof(struct operation, calling.type), 0, &call_type_words},
    {"outcome", COLUMN_WORD, offsetof(struct operation, calling.outcome), 0, &call_outcome_words},
    {"source_title", COLUMN_TEXT, offsetof(struct operation, calling.source_title), SOURCE_SIZE,
        NULL},
    {"again", COLUMN_BOOL, offsetof(struct operation, calling.again), 0, NULL},
    {"call_id", COLUMN_TEXT, offsetof(struct operation, calling.call_id), ID_SIZE, NULL},
};

static const struct column tour_person_items[] = {
    {"first_name", COLUMN_TEXT, offsetof(struct tour, first_name), NAME_SIZE, NULL},
    {"last_name", COLUMN_TEXT, offsetof(struct tour, last_name), NAME_SIZE, NULL},
    {"email", COLUMN_TEXT, offsetof(struct tour, email), EMAIL_SIZE, NULL},
    {"phone", COLUMN_TEXT, offsetof(struct tour, phone), PHONE_SIZE, NULL},
};

static const struct column tour_booking_items[] = {
    {"operation_id", COLUMN_TEXT, offsetof(struct tour, id), OPERATION_ID_SIZE, NULL},
    {"consent", COLUMN_WORD, offsetof(struct tour, consent), 0, &consent_words},
    {"calendar", COLUMN_WORD, offsetof(struct tour, calendar), 0, &calendar_words},
    {"start_text", COLUMN_TEXT, offsetof(struct tour, start_text), STAMP_SIZE, NULL},
    {"end_text", COLUMN_TEXT, offsetof(struct tour, end_text), STAMP_SIZE, NULL},
    {"start_at", COLUMN_INSTANT, offsetof(struct tour, start.at), 0, NULL},
    {"start_offset", COLUMN_INT, offsetof(struct tour, start.offset), 0, NULL},
    {"end_at", COLUMN_INSTANT, offsetof(struct tour, end), 0, NULL},
    {"source_title", COLUMN_TEXT, offsetof(struct tour, source_title), SOURCE_SIZE, NULL},
    {"cancel_id", COLUMN_TEXT, offsetof(struct tour, cancel_id), OPERATION_ID_SIZE, NULL},
    {"visit_operation_id", COLUMN_TEXT, offsetof(struct tour, visit_operation_id),
        OPERATION_ID_SIZE, NULL},
    {"replaced_by", COLUMN_TEXT, offsetof(struct tour, replaced_by), OPERATION_ID_SIZE, NULL},
};

/* The operation that a tour began with, in the order of enum tour_kind. */
static const char *const beginnings[] = {"book", "register"};
static const struct words beginning_words = {beginnings, sizeof beginnings / sizeof *beginnings};

static const struct column tour_operation_items[] = {
    {"kind", COLUMN_WORD, offsetof(struct tour, kind), 0, &beginning_words},
    {"community_id", COLUMN_TEXT, offsetof(struct tour, community_id), ID_SIZE, NULL},
    {"agent", COLUMN_TEXT, offsetof(struct tour, agent), AGENT_SIZE, NULL},
    {"created_at", COLUMN_INSTANT, offsetof(struct tour, created_at), 0, NULL},
    {"send_after", COLUMN_INSTANT, offsetof(struct tour, send_after), 0, NULL},
    {"state", COLUMN_WORD, offsetof(struct tour, booking), 0, &state_words},
    {"appointment_id", COLUMN_TEXT, offsetof(struct tour, appointment_id), ID_SIZE, NULL},
    {"prospect_id", COLUMN_TEXT, offsetof(struct tour, prospect_id), ID_SIZE, NULL},
    {"reason", COLUMN_WORD, offsetof(struct tour, reason), 0, &reason_tokens},
    {"server_message", COLUMN_TEXT, offsetof(struct tour, server_message), SERVER_MESSAGE_SIZE,
        NULL},
};

const struct columns operation_columns = {
    operation_items, sizeof operation_items / sizeof *operation_items};
const struct columns person_columns = {person_items, sizeof person_items / sizeof *person_items};
const struct columns booking_columns = {
    booking_items, sizeof booking_items / sizeof *booking_items};
const struct columns cancel_columns = {cancel_items, sizeof cancel_items / sizeof *cancel_items};
const struct columns visit_columns = {visit_items, sizeof visit_items / sizeof *visit_items};
const struct columns call_columns = {call_items, sizeof call_items / sizeof *call_items};
const struct columns tour_person_columns = {
    tour_person_items, sizeof tour_person_items / sizeof *tour_person_items};
const struct columns tour_booking_columns = {
    tour_booking_items, sizeof tour_booking_items / sizeof *tour_booking_items};
const struct columns tour_operation_columns = {
    tour_operation_items, sizeof tour_operation_items / sizeof *tour_operation_items};

void columns_list(struct str *out, const struct columns *columns, const char *table)
{
    for (size_t i = 0; i < columns->count; i++)
        str_addf(out, "%s%s.%s", out->length ? ", " : "", table, columns->items[i].name);
}

void columns_insert(
    struct str *out, const char *table, const struct columns *columns, const char *more, int count)
{
    str_addf(out, "INSERT INTO %s (", table);
    for (size_t i = 0; i < columns->count; i++)
        str_addf(out, "%s, ", columns->items[i].name);
    str_addf(out, "%s) VALUES (?", more);
    for (size_t i = 1; i < columns->count + (size_t)count; i++)
        str_add(out, ", ?");
    str_add_char(out, ')');
}

static void bind_one(sqlite3_stmt *statement, int index, const struct column *c, const char *at)
{
    char date[DATE_SIZE] = "";
    int number;
    switch (c->type) {
    case COLUMN_TEXT: sqlite3_bind_text(statement, index, at, -1, SQLITE_TRANSIENT); break;
    case COLUMN_LONG: sqlite3_bind_int64(statement, index, *(const long *)(const void *)at); break;
    case COLUMN_INSTANT:
        sqlite3_bind_int64(statement, index, *(const instant *)(const void *)at);
        break;
    case COLUMN_BOOL: sqlite3_bind_int(statement, index, *(const bool *)at); break;
    case COLUMN_DATE:
        if (((const struct date *)(const void *)at)->year)
            date_format(*(const struct date *)(const void *)at, date);
        sqlite3_bind_text(statement, index, date, -1, SQLITE_TRANSIENT);
        break;
    case COLUMN_INT:
        memcpy(&number, at, sizeof number);
        sqlite3_bind_int(statement, index, number);
        break;
    case COLUMN_WORD:
        memcpy(&number, at, sizeof number);
        sqlite3_bind_text(statement, index, c->words->items[number], -1, SQLITE_STATIC);
        break;
    }
}

int columns_bind(
    sqlite3_stmt *statement, int first, const struct columns *columns, const void *record)
{
    for (size_t i = 0; i < columns->count; i++)
        bind_one(statement, first++, &columns->items[i],
            (const char *)record + columns->items[i].offset);
    return first;
}

static void read_one(sqlite3_stmt *statement, int index, const struct column *c, char *at)
{
    const char *text = (const char *)sqlite3_column_text(statement, index);
    int64_t number = sqlite3_column_int64(statement, index);
    int small = (int)number;
    switch (c->type) {
    case COLUMN_TEXT: str_copy(at, c->size, text ? text : ""); break;
    case COLUMN_LONG: *(long *)(void *)at = (long)number; break;
    case COLUMN_INSTANT: *(instant *)(void *)at = number; break;
    case COLUMN_BOOL: *(bool *)at = number != 0; break;
    case COLUMN_DATE:
        if (!text || !date_parse(text, (struct date *)(void *)at))
            memset(at, 0, sizeof(struct date));
        break;
    case COLUMN_INT: memcpy(at, &small, sizeof small); break;
    case COLUMN_WORD:
        small = text ? words_find(c->words, text) : 0;
        if (small < 0)
            small = 0;
        memcpy(at, &small, sizeof small);
        break;
    }
}

int columns_read(sqlite3_stmt *statement, int first, const struct columns *columns, void *record)
{
    for (size_t i = 0; i < columns->count; i++)
        read_one(statement, first++, &columns->items[i], (char *)record + columns->items[i].offset);
    return first;
}
