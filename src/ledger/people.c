/* People, and finding them: by any part of what is known. */
#include "internal.h"

#include "tourdesk/base/text.h"

#include <ctype.h>
#include <string.h>

enum { TERMS = 4, TERM_SIZE = 128, HISTORY_LINES = 200 };

static bool bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    return sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

/* --- one person ------------------------------------------------------------------------------------ */

static enum found read_profile(
    struct ledger *ledger, int64_t id, struct person *out, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "SELECT first_name, last_name, email, phone, (SELECT count(*) FROM person q"
        " WHERE q.id <> p.id AND ((p.email_key <> '' AND q.email_key = p.email_key)"
        " OR (p.phone <> '' AND q.phone = p.phone))) FROM person p WHERE id = ?",
        error);
    if (!statement)
        return FOUND_FAILED;
    sqlite3_bind_int64(statement, 1, id);
    enum found found = ledger_step(ledger, statement, error);
    if (found != FOUND_ONE)
        return found;
    struct profile *profile = &out->profile;
    out->id = id;
    str_copy(profile->first_name, NAME_SIZE, (const char *)sqlite3_column_text(statement, 0));
    str_copy(profile->last_name, NAME_SIZE, (const char *)sqlite3_column_text(statement, 1));
    str_copy(profile->email, EMAIL_SIZE, (const char *)sqlite3_column_text(statement, 2));
    str_copy(profile->phone, PHONE_SIZE, (const char *)sqlite3_column_text(statement, 3));
    out->shared = (size_t)sqlite3_column_int64(statement, 4);
    sqlite3_reset(statement);
    return FOUND_ONE;
}

static bool read_history(
    struct ledger *ledger, int64_t id, struct history_list *out, struct error *error)
{
    sqlite3_stmt *statement = ledger_prepare(ledger,
        "SELECT h.at, h.agent, h.what FROM history h JOIN operation o ON o.id = h.operation_id"
        " JOIN booking b ON b.operation_id = CASE WHEN o.tour_id <> '' THEN o.tour_id ELSE o.id END"
        " WHERE b.person_id = ? ORDER BY h.sequence DESC LIMIT ?",
        error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_int(statement, 2, HISTORY_LINES);
    enum found found;
    while ((found = ledger_step(ledger, statement, error)) == FOUND_ONE) {
        struct history_line *line = history_list_add(out);
        line->at = sqlite3_column_int64(statement, 0);
        str_copy(line->agent, AGENT_SIZE, (const char *)sqlite3_column_text(statement, 1));
        str_copy(line->what, NOTE_SIZE, (const char *)sqlite3_column_text(statement, 2));
    }
    return found == FOUND_NONE;
}

enum found ledger_person(struct ledger *ledger, int64_t id, struct person *out, struct error *error)
{
    enum found found = read_profile(ledger, id, out, error);
    if (found != FOUND_ONE)
        return found;
    bool ok = ledger_tours_of_person(ledger, id, &out->tours, error) &&
              ledger_marks(ledger, id, &out->marks, error) &&
              read_history(ledger, id, &out->history, error);
    if (ok && out->profile.phone[0])
        ok = ledger_consent(ledger, out->profile.phone, &out->consent, error) != FOUND_FAILED;
    return ok ? FOUND_ONE : FOUND_FAILED;
}

/* --- search ------------------------------------------------------------------------------------------ */

struct term {
    char folded[TERM_SIZE]; /* for names, e-mails, units, ids */
    char digits[TERM_SIZE]; /* for phones; "" = no digits, or too few */
};

/* The characters LIKE gives a meaning are searched as themselves. */
static void add_escaped(struct str *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '%' || *text == '_' || *text == '\\')
            str_add_char(out, '\\');
        str_add_char(out, *text);
    }
}

static size_t split(const char *text, struct term *terms)
{
    char folded[TERMS * TERM_SIZE];
    size_t count = 0;
    text_fold_copy(folded, sizeof folded, text);
    for (char *at = folded; *at && count < TERMS;) {
        size_t length = strcspn(at, " "), digits = 0;
        struct term *term = &terms[count++];
        *term = (struct term){0};
        str_print(term->folded, sizeof term->folded, "%.*s", (int)length, at);
        for (size_t i = 0; i < length; i++)
            if (isdigit((unsigned char)at[i]))
                term->digits[digits++] = at[i];
        if (digits < 3)
            term->digits[0] = '\0';
        at += length + (at[length] == ' ');
    }
    return count;
}

/* Binds what one term is compared with: the beginning of a word of the name, of the e-mail, of a number or
 * an id, the end or any part of the phone, a unit. */
static void bind_term(sqlite3_stmt *statement, int first, const struct term *term)
{
    struct str start = {0}, word = {0}, phone = {0};
    add_escaped(&start, term->folded);
    str_addf(&word, "%% %s%%", str_text(&start));
    str_add_char(&start, '%');
    str_addf(&phone, "%%%s%%", term->digits);
    bind_text(statement, first, str_text(&start));
    bind_text(statement, first + 1, str_text(&word));
    bind_text(statement, first + 2, term->digits[0] ? str_text(&phone) : "");
    str_finish(&start);
    str_finish(&word);
    str_finish(&phone);
}

static void add_condition(struct str *sql, size_t i)
{
    size_t a = 4 + i * 3;
    str_addf(sql,
        " AND (b.person_id IN (SELECT id FROM person WHERE name_key LIKE ?%zu ESCAPE '\\'"
        " OR name_key LIKE ?%zu ESCAPE '\\' OR email_key LIKE ?%zu ESCAPE '\\'"
        " OR (?%zu <> '' AND phone LIKE ?%zu))"
        " OR CASE o.kind WHEN 'book' THEN o.appointment_id ELSE o.prospect_id END"
        "  LIKE ?%zu ESCAPE '\\' OR o.id LIKE ?%zu ESCAPE '\\'"
        " OR b.operation_id IN (SELECT w.tour_id FROM visit_unit u JOIN operation w"
        "  ON w.id = u.operation_id WHERE lower(replace(u.name, ' ', '')) LIKE ?%zu ESCAPE '\\'))",
        a, a + 1, a, a + 2, a + 2, a, a, a);
}

bool ledger_search(struct ledger *ledger, const char *text, const struct tour_query *query,
    struct tour_list *out, struct error *error)
{
    struct term terms[TERMS];
    struct str tail = {0};
    size_t count = split(text, terms);
    str_add(&tail, "AND b.start_at >= ?1 AND b.start_at < ?2");
    for (size_t i = 0; i < count; i++)
        add_condition(&tail, i);
    str_add(&tail, " ORDER BY b.start_at DESC LIMIT ?3");
    sqlite3_stmt *statement = ledger_select_tours(ledger, str_text(&tail), error);
    str_finish(&tail);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, query->from);
    sqlite3_bind_int64(statement, 2, query->to);
    sqlite3_bind_int64(statement, 3, query->limit ? (int64_t)query->limit : -1);
    for (size_t i = 0; i < count; i++)
        bind_term(statement, (int)(4 + i * 3), &terms[i]);
    return ledger_read_tours(ledger, statement, out, error);
}
