/* Finding tours by any part of what is known. Each word typed gives a set of tours; those in all of the sets
 * are meant. Sets are gathered through indexes, or in one pass over people, and only the newest of what is
 * left are read whole: with a hundred thousand tours that stays below what a person notices. */
#include "internal.h"

#include "tourdesk/base/text.h"

#include <ctype.h>
#include <string.h>

enum { TERMS = 4, TERM_SIZE = 128, TERM_VALUES = 7, FIRST_TERM = 4 };

struct term {
    char typed[TERM_SIZE];  /* for ids, which are compared letter by letter */
    char folded[TERM_SIZE]; /* for names, e-mails, units */
    char digits[TERM_SIZE]; /* for phones; "" = no digits, or too few */
};

static bool bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    return sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

/* The characters LIKE gives a meaning are searched as themselves. */
static void add_escaped(struct str *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '%' || *text == '_' || *text == '\\')
            str_add_char(out, '\\');
        str_add_char(out, *text);
    }
}

static void read_term(struct term *term, const char *word, size_t length)
{
    size_t digits = 0;
    *term = (struct term){0};
    str_print(term->typed, sizeof term->typed, "%.*s", (int)length, word);
    text_fold_copy(term->folded, sizeof term->folded, term->typed);
    for (const char *p = term->typed; *p; p++)
        if (isdigit((unsigned char)*p))
            term->digits[digits++] = *p;
    if (digits < 3)
        term->digits[0] = '\0';
}

static size_t split(const char *text, struct term *terms)
{
    size_t count = 0;
    for (text += strspn(text, " \t"); *text && count < TERMS; text += strspn(text, " \t")) {
        size_t length = strcspn(text, " \t");
        read_term(&terms[count], text, length);
        count += terms[count].folded[0] != '\0';
        text += length;
    }
    return count;
}

/* The bounds between which lie the texts that begin with one. */
static void bind_bounds(sqlite3_stmt *statement, int first, const char *start)
{
    struct str end = {0};
    str_addf(&end, "%s\xF4\x8F\xBF\xBF", start); /* the last character there is */
    bind_text(statement, first, start);
    bind_text(statement, first + 1, str_text(&end));
    str_finish(&end);
}

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
    bind_bounds(statement, first + 3, term->typed);
    bind_bounds(statement, first + 5, term->folded);
    str_finish(&start);
    str_finish(&word);
    str_finish(&phone);
}

/* The ids of operations of which a column begins like the term. */
static void add_ids(struct str *sql, const char *column, size_t a)
{
    for (size_t bound = a + 3; bound <= a + 5; bound += 2)
        str_addf(sql, " UNION SELECT id FROM operation WHERE %s >= ?%zu AND %s < ?%zu", column,
            bound, column, bound + 1);
}

/* The tours that one term finds: the beginning of a word of the name, of the e-mail, of a number or an id,
 * the end or any part of the phone, a unit they saw. */
static void add_set(struct str *sql, size_t a)
{
    str_addf(sql,
        " AND operation_id IN (SELECT k.operation_id FROM person p JOIN booking k"
        " ON k.person_id = p.id WHERE p.name_key LIKE ?%zu ESCAPE '\\'"
        " OR p.name_key LIKE ?%zu ESCAPE '\\' OR p.email_key LIKE ?%zu ESCAPE '\\'"
        " OR (?%zu <> '' AND p.phone LIKE ?%zu)",
        a, a + 1, a, a + 2, a + 2);
    add_ids(sql, "id", a);
    add_ids(sql, "appointment_id", a);
    for (size_t bound = a + 3; bound <= a + 5; bound += 2)
        str_addf(sql,
            " UNION SELECT id FROM operation WHERE prospect_id >= ?%zu AND prospect_id < ?%zu"
            " AND kind = 'register'",
            bound, bound + 1);
    str_addf(sql,
        " UNION SELECT w.tour_id FROM visit_unit u JOIN operation w ON w.id = u.operation_id"
        " WHERE lower(replace(u.name, ' ', '')) LIKE ?%zu ESCAPE '\\')",
        a);
}

bool ledger_search(struct ledger *ledger, const char *text, const struct tour_query *query,
    struct tour_list *out, struct error *error)
{
    struct term terms[TERMS];
    struct str tail = {0};
    size_t count = split(text, terms);
    str_add(&tail, "AND b.operation_id IN (SELECT operation_id FROM booking"
                   " WHERE start_at >= ?1 AND start_at < ?2");
    for (size_t i = 0; i < count; i++)
        add_set(&tail, FIRST_TERM + i * TERM_VALUES);
    str_add(&tail, " ORDER BY start_at DESC LIMIT ?3) ORDER BY b.start_at DESC");
    sqlite3_stmt *statement = ledger_select_tours(ledger, str_text(&tail), error);
    str_finish(&tail);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, query->from);
    sqlite3_bind_int64(statement, 2, query->to);
    sqlite3_bind_int64(statement, 3, query->limit ? (int64_t)query->limit : -1);
    for (size_t i = 0; i < count; i++)
        bind_term(statement, (int)(FIRST_TERM + i * TERM_VALUES), &terms[i]);
    return ledger_read_tours(ledger, statement, out, error);
}
