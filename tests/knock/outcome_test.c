/* The outcome table, cell by cell: what a real answer, or its absence, proves. */
#include "../unit/check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/knock/outcome.h"

#include <stdio.h>

/* --- what is expected, written down a second time ------------------------------------------ */

enum { C = VERDICT_CONFIRMED, R = VERDICT_REFUSED, N = VERDICT_NOT_YET, U = VERDICT_UNKNOWN };

static const struct expected {
    enum came came;
    int read, upsert, create, cancel; /* enum verdict */
    enum reason reason;               /* wherever it is not confirmed */
} expected[] = {
    {CAME_KEY, N, N, N, N, REASON_KEY},
    {CAME_NAME, N, N, N, N, REASON_OFFLINE},
    {CAME_CONNECT, N, N, N, N, REASON_OFFLINE},
    {CAME_TLS, N, N, N, N, REASON_TLS},
    {CAME_RESET_BEFORE, N, N, N, N, REASON_OFFLINE},
    {CAME_RESET_AFTER, N, N, U, U, REASON_NO_ANSWER},
    {CAME_TIMEOUT_BEFORE, N, N, N, N, REASON_OFFLINE},
    {CAME_TIMEOUT_AFTER, N, N, U, U, REASON_NO_ANSWER},
    {CAME_GOOD, C, C, C, C, REASON_NONE},
    {CAME_OTHER_STATUS, C, C, U, U, REASON_OTHER_STATUS},
    {CAME_NO_ID, C, N, U, C, REASON_NO_ID},
    {CAME_NOT_JSON, N, N, U, C, REASON_UNREADABLE},
    {CAME_EMPTY, N, N, U, C, REASON_UNREADABLE},
    {CAME_CUT, N, N, U, C, REASON_CUT_SHORT},
    {CAME_TOO_LARGE, R, N, U, C, REASON_TOO_LARGE},
    {CAME_REDIRECT, R, R, R, R, REASON_REDIRECTED},
    {CAME_INVALID, R, R, R, R, REASON_INVALID},
    {CAME_FORBIDDEN, R, R, R, R, REASON_KEY},
    {CAME_NOT_KNOWN, R, R, R, R, REASON_NOT_KNOWN},
    {CAME_CONFLICT, R, R, R, R, REASON_INVALID},
    {CAME_RATE_LIMITED, N, N, N, N, REASON_RATE_LIMITED},
    {CAME_SERVER_ERROR, N, N, U, U, REASON_SERVER_ERROR},
};

static int expected_verdict(enum asked asked, const struct expected *row)
{
    const int verdicts[ASKED_KINDS] = {
        [ASKED_READ] = row->read,
        [ASKED_UPSERT] = row->upsert,
        [ASKED_CREATE] = row->create,
        [ASKED_CANCEL] = row->cancel,
    };
    return verdicts[asked];
}

static const struct expected *expected_of(enum came came)
{
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (expected[i].came == came)
            return &expected[i];
    fail_msg("no expectation for what came: %d", (int)came);
    return NULL;
}

static void every_cell_of_the_table_is_as_it_was_written_down(void **state)
{
    (void)state;
    assert_int_equal(sizeof expected / sizeof *expected, CAME_KINDS);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        for (int asked = 0; asked < ASKED_KINDS; asked++) {
            const struct expected *row = &expected[i];
            int verdict = expected_verdict((enum asked)asked, row);
            const char *name = came_words(row->came);
            check_number(name, outcome_verdict((enum asked)asked, row->came), verdict);
            check_number(name, outcome_reason((enum asked)asked, row->came),
                verdict == VERDICT_CONFIRMED ? REASON_NONE : row->reason);
        }
}

static void a_create_that_may_have_left_is_never_asked_again(void **state)
{
    (void)state;
    static const enum came harmless[] = {CAME_KEY, CAME_NAME, CAME_CONNECT, CAME_TLS,
        CAME_RESET_BEFORE, CAME_TIMEOUT_BEFORE, CAME_RATE_LIMITED};
    for (int came = 0; came < CAME_KINDS; came++) {
        bool allowed = false;
        for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
            allowed |= (int)harmless[i] == came;
        bool again = outcome_verdict(ASKED_CREATE, (enum came)came) == VERDICT_NOT_YET;
        check_number(came_words((enum came)came), again, allowed);
    }
}

static void reads_and_upserts_are_never_unknown(void **state)
{
    (void)state;
    for (int came = 0; came < CAME_KINDS; came++) {
        assert_int_not_equal(outcome_verdict(ASKED_READ, (enum came)came), VERDICT_UNKNOWN);
        assert_int_not_equal(outcome_verdict(ASKED_UPSERT, (enum came)came), VERDICT_UNKNOWN);
    }
}

static void rows_columns_and_verdicts_have_words_of_their_own(void **state)
{
    (void)state;
    for (int a = 0; a < CAME_KINDS; a++)
        for (int b = 0; b < a; b++)
            assert_string_not_equal(came_words((enum came)a), came_words((enum came)b));
    for (int a = 0; a < ASKED_KINDS; a++)
        for (int b = 0; b < a; b++)
            assert_string_not_equal(asked_words((enum asked)a), asked_words((enum asked)b));
    assert_string_equal(verdict_word(VERDICT_CONFIRMED), "confirmed");
    assert_string_equal(verdict_word(VERDICT_REFUSED), "refused");
    assert_string_equal(verdict_word(VERDICT_NOT_YET), "saved");
    assert_string_equal(verdict_word(VERDICT_UNKNOWN), "unknown");
}

/* --- the ways in which one can ask ---------------------------------------------------------- */

static const struct way {
    const char *name;
    enum asked asked;
    enum operation_kind kind;
    bool upsert;
    const char *good;    /* a body that proves it */
    const char *without; /* a body without the id */
} ways[] = {
    {"read", ASKED_READ, OPERATION_BOOK, false, "{\"acceptableTimes\":[]}", "{}"},
    {"prospect", ASKED_UPSERT, OPERATION_BOOK, true, "{\"id\":\"5\"}", "{\"visitId\":\"1\"}"},
    {"register", ASKED_UPSERT, OPERATION_REGISTER, false, "{\"id\":\"5\"}", "{\"ok\":true}"},
    {"book", ASKED_CREATE, OPERATION_BOOK, false,
        "{\"appointment\":{\"id\":\"2\",\"status\":\"CONFIRMED\"}}", "{\"visitId\":\"1\"}"},
    {"visit", ASKED_CREATE, OPERATION_VISIT, false, "{\"visitId\":\"7\"}",
        "{\"appointmentId\":\"2\"}"},
    {"call", ASKED_CREATE, OPERATION_CALL, false, "{\"id\":\"8\"}", "{\"visitId\":\"1\"}"},
    {"cancel", ASKED_CANCEL, OPERATION_CANCEL, false,
        "{\"appointment\":{\"id\":\"2\",\"status\":\"CANCELLED\"}}", "{\"ok\":true}"},
};

enum { WAYS = sizeof ways / sizeof *ways };

static void read_it(struct outcome *out, const struct way *way, const struct http_answer *answer)
{
    if (way->asked == ASKED_READ)
        outcome_read_get(out, answer);
    else
        outcome_read(out, way->kind, way->upsert, answer);
}

/* An answer whose body is the test's own. */
static struct http_answer answered(int status, const char *body)
{
    static char bytes[4096];
    snprintf(bytes, sizeof bytes, "%s", body);
    return (struct http_answer){.fate = FATE_ANSWERED,
        .left = true,
        .status = status,
        .whole = true,
        .body = bytes,
        .length = strlen(bytes),
        .retry_after = -1};
}

static void check_came(const struct way *way, const struct http_answer *answer, enum came came)
{
    struct outcome out;
    char name[128];
    read_it(&out, way, answer);
    const struct expected *row = expected_of(came);
    str_print(name, sizeof name, "%s: %s", way->name, came_words(came));
    check_number(name, out.came, came);
    check_number(name, out.verdict, expected_verdict(way->asked, row));
    enum reason reason = out.verdict == VERDICT_CONFIRMED ? REASON_NONE : row->reason;
    static const enum reason conflicts[OPERATION_KINDS] = {
        [OPERATION_BOOK] = REASON_TAKEN,
        [OPERATION_VISIT] = REASON_VISIT_EXISTS,
        [OPERATION_CALL] = REASON_INVALID,
    };
    if (came == CAME_CONFLICT && way->asked == ASKED_CREATE)
        reason = conflicts[way->kind];
    check_number(name, out.reason, reason);
    check_number(name, out.http_status, answer->fate == FATE_ANSWERED ? answer->status : 0);
    check_number(name, out.retry_after, answer->retry_after);
}

static void every_way_of_failing_without_an_answer_is_told_apart(void **state)
{
    (void)state;
    static const struct {
        enum http_fate fate;
        bool left;
        enum came came;
    } rows[] = {
        {FATE_KEY, false, CAME_KEY},
        {FATE_NAME, false, CAME_NAME},
        {FATE_CONNECT, false, CAME_CONNECT},
        {FATE_TLS, false, CAME_TLS},
        {FATE_TLS, true, CAME_RESET_AFTER}, /* broken in the middle of a request */
        {FATE_RESET, false, CAME_RESET_BEFORE},
        {FATE_RESET, true, CAME_RESET_AFTER},
        {FATE_ABANDONED, false, CAME_RESET_BEFORE},
        {FATE_ABANDONED, true, CAME_RESET_AFTER},
        {FATE_TIMEOUT, false, CAME_TIMEOUT_BEFORE},
        {FATE_TIMEOUT, true, CAME_TIMEOUT_AFTER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t w = 0; w < WAYS; w++) {
            struct http_answer answer = {
                .fate = rows[i].fate, .left = rows[i].left, .retry_after = -1};
            check_came(&ways[w], &answer, rows[i].came);
        }
}

static void every_kind_of_success_is_told_apart(void **state)
{
    (void)state;
    for (size_t w = 0; w < WAYS; w++) {
        const struct way *way = &ways[w];
        struct http_answer good = answered(200, way->good);
        check_came(way, &good, CAME_GOOD);
        struct http_answer cut = good;
        cut.whole = false;
        check_came(way, &cut, CAME_CUT);
        struct http_answer large = cut;
        large.too_large = true;
        check_came(way, &large, CAME_TOO_LARGE);
        if (way->asked == ASKED_READ)
            continue;
        /* A cancel needs no id. */
        struct http_answer without = answered(200, way->without);
        check_came(way, &without, way->asked == ASKED_CANCEL ? CAME_GOOD : CAME_NO_ID);
        static const char *const not_json[] = {"<html>ok</html>", "OK", "{", "[1]", "\"5\"", "5",
            "null", "{\"id\":\"5\"} trailing", " "};
        for (size_t i = 0; i < sizeof not_json / sizeof *not_json; i++) {
            struct http_answer odd = answered(200, not_json[i]);
            check_came(way, &odd, CAME_NOT_JSON);
        }
        struct http_answer empty = answered(200, "");
        check_came(way, &empty, CAME_EMPTY);
    }
}

static void a_read_is_not_looked_into(void **state)
{
    (void)state;
    static const char *const bodies[] = {"", "<html>", "{}", "{\"status\":\"PENDING\"}"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct http_answer answer = answered(200, bodies[i]);
        check_came(&ways[0], &answer, CAME_GOOD);
    }
}

/* --- statuses ------------------------------------------------------------------------------------ */

static enum came expected_of_status(int status)
{
    switch (status) {
    case 401:
    case 403: return CAME_FORBIDDEN;
    case 404:
    case 410: return CAME_NOT_KNOWN;
    case 409: return CAME_CONFLICT;
    case 429: return CAME_RATE_LIMITED;
    default: break;
    }
    static const enum came classes[] = {[2] = CAME_GOOD, [3] = CAME_REDIRECT, [4] = CAME_INVALID};
    bool known = status / 100 >= 2 && status / 100 <= 4;
    return known ? classes[status / 100] : CAME_SERVER_ERROR;
}

static void q13_each_status_from_100_to_999_has_its_row(void **state)
{
    (void)state;
    for (size_t w = 0; w < WAYS; w++)
        for (int status = 100; status <= 999; status++) {
            struct http_answer answer = answered(status, ways[w].good);
            check_came(&ways[w], &answer, expected_of_status(status));
        }
}

static void q13_every_2xx_with_its_id_is_a_success_and_an_empty_204_is_one_for_a_cancel(
    void **state)
{
    (void)state;
    struct outcome out;
    for (int status = 200; status < 300; status++) {
        struct http_answer answer = answered(status, "{\"visitId\":\"12345\"}");
        outcome_read(&out, OPERATION_VISIT, false, &answer);
        assert_int_equal(out.verdict, VERDICT_CONFIRMED);
        assert_string_equal(out.visit_id, "12345");
    }
    struct http_answer empty = answered(204, "");
    outcome_read(&out, OPERATION_CANCEL, false, &empty);
    assert_int_equal(out.verdict, VERDICT_CONFIRMED);
    outcome_read(&out, OPERATION_BOOK, false, &empty);
    assert_int_equal(out.verdict, VERDICT_UNKNOWN);
    outcome_read(&out, OPERATION_BOOK, true, &empty);
    assert_int_equal(out.verdict, VERDICT_NOT_YET);
}

static void q14_a_429_says_how_long_to_wait_where_the_server_does(void **state)
{
    (void)state;
    struct outcome out;
    struct http_answer answer = answered(429, "{\"message\":\"Too Many Requests\"}");
    outcome_read(&out, OPERATION_BOOK, false, &answer);
    assert_int_equal(out.verdict, VERDICT_NOT_YET);
    assert_int_equal(out.retry_after, -1);
    assert_string_equal(out.server_message, "Too Many Requests");
    answer.retry_after = 17;
    outcome_read(&out, OPERATION_BOOK, false, &answer);
    assert_int_equal(out.retry_after, 17);
}

/* --- ids ----------------------------------------------------------------------------------------- */

static void q1_the_booking_id_is_read_from_every_place_as_string_or_number(void **state)
{
    (void)state;
    static const struct {
        const char *body, *id;
    } rows[] = {
        {"{\"appointmentId\":\"2\"}", "2"},
        {"{\"appointmentId\":2}", "2"},
        {"{\"appointment\":{\"id\":\"2\"}}", "2"},
        {"{\"appointment\":{\"id\":2}}", "2"},
        {"{\"appointment\":{\"appointmentId\":\"2\"}}", "2"},
        {"{\"appointment\":{\"appointmentId\":2}}", "2"},
        {"{\"id\":\"2\"}", "2"},
        {"{\"id\":2}", "2"},
        {"{\"id\":0}", "0"},
        {"{\"appointmentId\":\"2\",\"appointment\":{\"id\":\"2\",\"status\":\"CONFIRMED\"}}", "2"},
        {"{\"id\":\"9\",\"appointmentId\":\"2\"}", "2"},
        {"{\"id\":\"9\",\"appointment\":{\"id\":\"2\"}}", "2"},
        {"{\"appointmentId\":null,\"appointment\":{\"id\":\"2\"}}", "2"},
        {"{\"appointmentId\":\"\",\"appointment\":{\"id\":\"2\"}}", "2"},
        {"{\"appointmentId\":true,\"appointment\":{\"id\":\"2\"}}", "2"},
        {"{\"appointment\":\"odd\",\"id\":\"2\"}", "2"},
        {"{\"appointment\":{},\"id\":\"2\"}", "2"},
        {"{\"unknown\":[1,{\"id\":\"8\"}],\"appointmentId\":\"2\"}", "2"},
        {"{\"appointmentId\":12345678901234567890}", "12345678901234567890"},
        {"{\"appointmentId\":\"b9XQN6eMvvrr07zg\"}", "b9XQN6eMvvrr07zg"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome out;
        struct http_answer answer = answered(200, rows[i].body);
        outcome_read(&out, OPERATION_BOOK, false, &answer);
        check_text(rows[i].body, out.appointment_id, rows[i].id);
        check_number(rows[i].body, out.verdict, VERDICT_CONFIRMED);
        check_text(rows[i].body, out.visit_id, "");
    }
}

static void q1_what_cannot_be_an_id_proves_nothing(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"appointmentId\":null}",
        "{\"appointmentId\":\"\"}",
        "{\"appointmentId\":true}",
        "{\"appointmentId\":[\"2\"]}",
        "{\"appointmentId\":{\"id\":\"2\"}}",
        "{\"appointmentId\":1e999}",
        "{\"AppointmentID\":\"2\"}",
        /* 64 characters: cut to fit, it would be another appointment's */
        "{\"appointmentId\":\"1234567890123456789012345678901234567890123456789012345678901234\"}",
        "{\"appointmentId\":1234567890123456789012345678901234567890123456789012345678901234}",
        "{\"appointmentId\":\"\\u0000\"}",
        "{\"appointmentId\":\"2\\u00003\"}",
        "{\"appointmentId\":\"2\\u00073\"}",
        "{\"appointmentId\":\"2\\n3\"}",
        "{\"appointmentId\":\"2\2333\"}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct outcome out;
        struct http_answer answer = answered(200, bodies[i]);
        outcome_read(&out, OPERATION_BOOK, false, &answer);
        check_text(bodies[i], out.appointment_id, "");
        check_number(bodies[i], out.came, CAME_NO_ID);
        check_number(bodies[i], out.verdict, VERDICT_UNKNOWN);
    }
}

static void q3_the_prospect_id_is_taken_where_an_answer_has_one(void **state)
{
    (void)state;
    static const struct {
        enum operation_kind kind;
        bool upsert;
        const char *body, *id;
    } rows[] = {
        {OPERATION_BOOK, true, "{\"id\":\"123\"}", "123"},
        {OPERATION_BOOK, true, "{\"id\":123}", "123"},
        {OPERATION_BOOK, true, "{\"prospectId\":\"123\"}", "123"},
        {OPERATION_BOOK, true, "{\"prospect\":{\"id\":\"123\"}}", "123"},
        {OPERATION_REGISTER, false, "{\"id\":\"123\"}", "123"},
        {OPERATION_BOOK, false, "{\"appointmentId\":\"2\",\"prospectId\":\"123\"}", "123"},
        {OPERATION_BOOK, false, "{\"appointmentId\":\"2\",\"prospect\":{\"id\":123}}", "123"},
        {OPERATION_BOOK, false, "{\"appointment\":{\"id\":\"2\",\"prospectId\":\"123\"}}", "123"},
        {OPERATION_BOOK, false, "{\"id\":\"2\"}", ""},
        {OPERATION_VISIT, false, "{\"visitId\":\"2\",\"prospectId\":\"123\"}", "123"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome out;
        struct http_answer answer = answered(200, rows[i].body);
        outcome_read(&out, rows[i].kind, rows[i].upsert, &answer);
        check_text(rows[i].body, out.prospect_id, rows[i].id);
        check_number(rows[i].body, out.verdict, VERDICT_CONFIRMED);
    }
}

static void a_visit_id_is_read_from_both_places(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"visitId\":\"7\"}", "{\"visitId\":7}", "{\"id\":\"7\"}", "{\"id\":9,\"visitId\":7}"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct outcome out;
        struct http_answer answer = answered(200, bodies[i]);
        outcome_read(&out, OPERATION_VISIT, false, &answer);
        check_text(bodies[i], out.visit_id, "7");
        check_text(bodies[i], out.appointment_id, "");
        check_number(bodies[i], out.verdict, VERDICT_CONFIRMED);
    }
}

/* --- status words ---------------------------------------------------------------------------------- */

static void q2_a_status_word_counts_without_case_and_another_proves_nothing(void **state)
{
    (void)state;
    static const struct {
        enum operation_kind kind;
        const char *body, *word;
        enum came came;
    } rows[] = {
        {OPERATION_BOOK, "{\"id\":\"2\",\"status\":\"CONFIRMED\"}", "CONFIRMED", CAME_GOOD},
        {OPERATION_BOOK, "{\"id\":\"2\",\"status\":\"confirmed\"}", "confirmed", CAME_GOOD},
        {OPERATION_BOOK, "{\"appointment\":{\"id\":\"2\",\"status\":\"Confirmed\"}}", "Confirmed",
            CAME_GOOD},
        {OPERATION_BOOK, "{\"id\":\"2\"}", "", CAME_GOOD}, /* booked, status not stated */
        {OPERATION_BOOK, "{\"id\":\"2\",\"status\":null}", "", CAME_GOOD},
        {OPERATION_BOOK, "{\"id\":\"2\",\"status\":\"WAITING\"}", "WAITING", CAME_OTHER_STATUS},
        {OPERATION_BOOK, "{\"id\":\"2\",\"status\":\"CANCELLED\"}", "CANCELLED", CAME_OTHER_STATUS},
        {OPERATION_BOOK, "{\"status\":\"PENDING\"}", "PENDING", CAME_OTHER_STATUS},
        /* the appointment's own word goes before the answer's */
        {OPERATION_BOOK,
            "{\"status\":\"ok\",\"appointment\":{\"id\":\"2\",\"status\":\"CONFIRMED\"}}",
            "CONFIRMED", CAME_GOOD},
        {OPERATION_CANCEL, "{\"appointment\":{\"id\":\"2\",\"status\":\"CANCELLED\"}}", "CANCELLED",
            CAME_GOOD},
        {OPERATION_CANCEL, "{\"appointment\":{\"id\":\"2\",\"status\":\"canceled\"}}", "canceled",
            CAME_GOOD},
        {OPERATION_CANCEL, "{\"appointment\":{\"id\":\"2\",\"status\":\"CONFIRMED\"}}", "CONFIRMED",
            CAME_OTHER_STATUS},
        {OPERATION_CANCEL, "{\"status\":\"odd\"}", "odd", CAME_OTHER_STATUS},
        {OPERATION_VISIT, "{\"visitId\":\"2\",\"status\":\"whatever\"}", "whatever", CAME_GOOD},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome out;
        struct http_answer answer = answered(200, rows[i].body);
        outcome_read(&out, rows[i].kind, false, &answer);
        check_text(rows[i].body, out.status_word, rows[i].word);
        check_number(rows[i].body, out.came, rows[i].came);
        bool good = rows[i].came == CAME_GOOD;
        check_number(rows[i].body, out.verdict, good ? VERDICT_CONFIRMED : VERDICT_UNKNOWN);
    }
    struct outcome out;
    struct http_answer upsert = answered(200, "{\"id\":\"5\",\"status\":\"NEW\"}");
    outcome_read(&out, OPERATION_BOOK, true, &upsert);
    assert_int_equal(out.verdict, VERDICT_CONFIRMED);
}

/* --- cancels --------------------------------------------------------------------------------------- */

static void q11_a_cancel_is_confirmed_by_any_200_and_by_no_4xx(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *body;
        enum verdict verdict;
        enum reason reason;
    } rows[] = {
        {200, "{}", VERDICT_CONFIRMED, REASON_NONE},
        {200, "gone", VERDICT_CONFIRMED, REASON_NONE},
        {200, "[]", VERDICT_CONFIRMED, REASON_NONE},
        {200, "", VERDICT_CONFIRMED, REASON_NONE},
        {200, "{\"appointment\":null}", VERDICT_CONFIRMED, REASON_NONE},
        {400, "{}", VERDICT_REFUSED, REASON_INVALID},
        {404, "{}", VERDICT_REFUSED, REASON_NOT_KNOWN},
        {410, "{}", VERDICT_REFUSED, REASON_NOT_KNOWN},
        {409, "{}", VERDICT_REFUSED, REASON_INVALID},
        {500, "{}", VERDICT_UNKNOWN, REASON_SERVER_ERROR},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome out;
        struct http_answer answer = answered(rows[i].status, rows[i].body);
        outcome_read(&out, OPERATION_CANCEL, false, &answer);
        check_number(rows[i].body, out.verdict, rows[i].verdict);
        check_number(rows[i].body, out.reason, rows[i].reason);
    }
}

/* --- the server's words ------------------------------------------------------------------------------ */

static void q12_each_shape_of_error_gives_the_servers_own_words(void **state)
{
    (void)state;
    static const struct {
        const char *body, *words;
    } rows[] = {
        {"{\"errorMessage\":\"That time is taken\"}", "That time is taken"},
        {"{\"message\":\"Forbidden\"}", "Forbidden"},
        {"{\"error\":\"bad\"}", "bad"},
        {"{\"error\":{\"message\":\"bad\"}}", "bad"},
        {"{\"errors\":[\"first\",\"second\"]}", "first"},
        {"{\"errors\":[{\"message\":\"first\"}]}", "first"},
        {"{\"errors\":[{\"detail\":\"first\"}]}", "first"},
        {"{\"message\":\"later\",\"errorMessage\":\"first\"}", "first"},
        {"{\"errorMessage\":null,\"message\":\"second\"}", "second"},
        {"{\"errorMessage\":\"\",\"message\":\"second\"}", "second"},
        {"{\"errorMessage\":5}", "5"},
        {"<html><head><title>502 Bad Gateway</title></head>\n<body>x</body></html>",
            "502 Bad Gateway"},
        {"\r\n\n  upstream timed out\nsecond", "upstream timed out"},
        {"{\"errorMessage\":\"ends", "{\"errorMessage\":\"ends"},
        {"", ""},
        {"{}", ""},
        {"[]", ""},
        {"{\"errors\":[]}", ""},
    };
    static const int statuses[] = {302, 400, 401, 403, 404, 409, 410, 422, 429, 500, 502, 504};
    for (size_t s = 0; s < sizeof statuses / sizeof *statuses; s++)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            struct outcome out;
            struct http_answer answer = answered(statuses[s], rows[i].body);
            outcome_read(&out, OPERATION_BOOK, false, &answer);
            check_text(rows[i].body, out.server_message, rows[i].words);
            check_number(rows[i].body, out.came, expected_of_status(statuses[s]));
        }
}

static void a_409_says_what_was_in_the_way(void **state)
{
    (void)state;
    struct outcome out;
    struct http_answer answer = answered(409, "{}");
    outcome_read(&out, OPERATION_BOOK, false, &answer);
    assert_int_equal(out.reason, REASON_TAKEN);
    outcome_read(&out, OPERATION_VISIT, false, &answer);
    assert_int_equal(out.reason, REASON_VISIT_EXISTS);
    outcome_read(&out, OPERATION_CALL, false, &answer);
    assert_int_equal(out.reason, REASON_INVALID);
    outcome_read(&out, OPERATION_BOOK, true, &answer);
    assert_int_equal(out.reason, REASON_INVALID);
}

static void an_answer_leaves_nothing_of_the_one_before(void **state)
{
    (void)state;
    struct outcome out;
    struct http_answer full = answered(200, "{\"appointmentId\":\"2\",\"prospectId\":\"3\"}");
    outcome_read(&out, OPERATION_BOOK, false, &full);
    struct http_answer lost = {.fate = FATE_TIMEOUT, .left = true, .retry_after = -1};
    outcome_read(&out, OPERATION_BOOK, false, &lost);
    assert_string_equal(out.appointment_id, "");
    assert_string_equal(out.prospect_id, "");
    assert_int_equal(out.http_status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_of_the_table_is_as_it_was_written_down),
        cmocka_unit_test(a_create_that_may_have_left_is_never_asked_again),
        cmocka_unit_test(reads_and_upserts_are_never_unknown),
        cmocka_unit_test(rows_columns_and_verdicts_have_words_of_their_own),
        cmocka_unit_test(every_way_of_failing_without_an_answer_is_told_apart),
        cmocka_unit_test(every_kind_of_success_is_told_apart),
        cmocka_unit_test(a_read_is_not_looked_into),
        cmocka_unit_test(q13_each_status_from_100_to_999_has_its_row),
        cmocka_unit_test(
            q13_every_2xx_with_its_id_is_a_success_and_an_empty_204_is_one_for_a_cancel),
        cmocka_unit_test(q14_a_429_says_how_long_to_wait_where_the_server_does),
        cmocka_unit_test(q1_the_booking_id_is_read_from_every_place_as_string_or_number),
        cmocka_unit_test(q1_what_cannot_be_an_id_proves_nothing),
        cmocka_unit_test(q3_the_prospect_id_is_taken_where_an_answer_has_one),
        cmocka_unit_test(a_visit_id_is_read_from_both_places),
        cmocka_unit_test(q2_a_status_word_counts_without_case_and_another_proves_nothing),
        cmocka_unit_test(q11_a_cancel_is_confirmed_by_any_200_and_by_no_4xx),
        cmocka_unit_test(q12_each_shape_of_error_gives_the_servers_own_words),
        cmocka_unit_test(a_409_says_what_was_in_the_way),
        cmocka_unit_test(an_answer_leaves_nothing_of_the_one_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
