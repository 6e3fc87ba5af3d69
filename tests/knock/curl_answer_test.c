/* The real transport over loopback: answers of every shape, and their limits. */
#include "client.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/knock/outcome.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct client client;

/* Asks once with `method` and closes; the answer is the caller's. */
static void ask_scene(
    const struct scene *scene, enum http_method method, int timeout, struct http_answer *answer)
{
    client_init(&client);
    client.settings.timeout = timeout;
    client_serve(&client, scene, 1);
    client_open(&client);
    client_ask(&client, method, "/x", method == HTTP_POST ? "{}" : NULL, answer);
    client_close(&client);
}

static void ask_text(const char *text, struct http_answer *answer)
{
    struct scene scene = {ACT_ANSWER_CLOSE, text, 0, 0};
    ask_scene(&scene, HTTP_POST, 10, answer);
}

/* --- whole and cut ------------------------------------------------------------------------------------ */

static void a_whole_answer_comes_through_however_its_end_is_marked(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int status;
        const char *body;
    } rows[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"id\":\"5\"}", 200, "{\"id\":\"5\"}"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: "
         "chunked\r\n\r\n4\r\n{\"id\r\n6\r\n\":\"5\"}\r\n0\r\n"
         "\r\n",
            200, "{\"id\":\"5\"}"},
        {"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"id\":\"5\"}", 200, "{\"id\":\"5\"}"},
        {"HTTP/1.0 200 OK\r\n\r\n{\"id\":\"5\"}", 200, "{\"id\":\"5\"}"},
        {"HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, ""},
        {"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}", 404, "{}"},
        {"HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\noops", 500, "oops"},
        {"HTTP/1.1 999 Odd\r\nContent-Length: 4\r\n\r\noops", 999, "oops"},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 2\r\n\r\n{}", 201,
            "{}"},
        {"HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200,
            "{}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct http_answer answer;
        ask_text(rows[i].text, &answer);
        check_number(rows[i].text, answer.fate, FATE_ANSWERED);
        check_number(rows[i].text, answer.status, rows[i].status);
        check_holds(rows[i].text, answer.whole && answer.left && !answer.too_large, "is not whole");
        check_text(rows[i].text, answer.body, rows[i].body);
        check_number(rows[i].text, (long long)answer.length, (long long)strlen(rows[i].body));
        http_answer_finish(&answer);
    }
}

static void an_answer_that_breaks_off_is_not_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int status;
        enum came came;
    } rows[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":\"5\"}", 200, CAME_CUT},
        {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", 200, CAME_CUT},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n{\"id\":\"5\"}\r\n", 200,
            CAME_CUT},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n{\"id\"", 200, CAME_CUT},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 200, CAME_CUT},
        {"HTTP/1.1 200 OK\r\nContent-Le", 200, CAME_CUT},
        {"HTTP/1.1 200 OK\r\n", 200, CAME_CUT},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX-Odd: x\r\n", 200, CAME_CUT},
        {"HTTP/1.1 409 Conflict\r\nContent-Length: 99\r\n\r\n{}", 409, CAME_CONFLICT},
        {"HTTP/1.1 503 Oh\r\nContent-Length: 99\r\n\r\n{}", 503, CAME_SERVER_ERROR},
        {"HTTP/1.1 100 Continue\r\n\r\n", 100, CAME_SERVER_ERROR},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct http_answer answer;
        struct outcome outcome;
        ask_text(rows[i].text, &answer);
        check_number(rows[i].text, answer.fate, FATE_ANSWERED);
        check_number(rows[i].text, answer.status, rows[i].status);
        check_holds(rows[i].text, !answer.whole, "counts as whole");
        check_holds(rows[i].text, answer.body != NULL, "has no body");
        outcome_read(&outcome, OPERATION_BOOK, false, &answer);
        check_number(rows[i].text, outcome.came, rows[i].came);
        http_answer_finish(&answer);
    }
}

static void a_body_that_drips_beyond_the_timeout_is_not_whole(void **state)
{
    (void)state;
    /* A head at once would need a second act: here each byte of it comes slowly, in time. */
    static const struct scene scene = {ACT_DRIP, "HTTP/1.1 200 OK\r\n\r\n{\"id\":\"5\"}", 0, 0};
    struct http_answer answer;
    struct outcome outcome;
    ask_scene(&scene, HTTP_POST, 3, &answer);
    assert_int_equal(answer.fate, FATE_ANSWERED);
    assert_int_equal(answer.status, 200);
    assert_false(answer.whole);
    outcome_read(&outcome, OPERATION_BOOK, false, &answer);
    assert_int_equal(outcome.came, CAME_CUT);
    http_answer_finish(&answer);
}

/* --- limits --------------------------------------------------------------------------------------------- */

static void a_body_up_to_the_limit_is_read_and_one_byte_more_is_too_large(void **state)
{
    (void)state;
    static const struct {
        size_t filler;
        bool whole;
    } rows[] = {{ANSWER_BYTES, true}, {ANSWER_BYTES + 1, false}, {4 * ANSWER_BYTES, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int marked = 0; marked < 2; marked++) {
            char head[128];
            struct http_answer answer;
            str_print(head, sizeof head, "HTTP/1.1 200 OK\r\n%s%zu\r\n\r\n",
                marked ? "Content-Length: " : "X-Odd: ", rows[i].filler);
            struct scene scene = {ACT_ANSWER_CLOSE, head, 0, rows[i].filler};
            ask_scene(&scene, HTTP_GET, 10, &answer);
            assert_int_equal(answer.fate, FATE_ANSWERED);
            assert_int_equal(answer.whole, rows[i].whole);
            assert_int_equal(answer.too_large, !rows[i].whole);
            assert_true(answer.length <= ANSWER_BYTES);
            http_answer_finish(&answer);
        }
}

static void a_head_beyond_the_limit_is_too_large(void **state)
{
    (void)state;
    static const struct {
        size_t lines, length;
        bool fits;
    } rows[] = {{1, 1000, true}, {60, 1000, true}, {66, 1000, false}, {1, 70000, false},
        {5000, 100, false}, {1, 200000, false}, {1, 2000000, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str text = {0};
        struct http_answer answer;
        struct outcome outcome;
        str_add(&text, "HTTP/1.1 200 OK\r\n");
        for (size_t line = 0; line < rows[i].lines; line++) {
            str_addf(&text, "X-%04zu: ", line);
            for (size_t c = 0; c + 10 < rows[i].length; c++)
                str_add_char(&text, 'x');
            str_add(&text, "\r\n");
        }
        str_add(&text, "Content-Length: 2\r\n\r\n{}");
        ask_text(str_text(&text), &answer);
        assert_int_equal(answer.fate, FATE_ANSWERED);
        assert_int_equal(answer.whole, rows[i].fits);
        outcome_read(&outcome, OPERATION_BOOK, false, &answer);
        if (rows[i].fits)
            assert_int_equal(outcome.came, CAME_NO_ID);
        else
            assert_int_equal(outcome.came, CAME_TOO_LARGE);
        http_answer_finish(&answer);
        str_finish(&text);
    }
}

/* Bits as deflate packs them. */
struct bits {
    struct str bytes;
    unsigned value, count;
};

static void add_bits(struct bits *bits, unsigned value, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        bits->value |= (value >> i & 1) << bits->count;
        if (++bits->count < 8)
            continue;
        str_add_char(&bits->bytes, (char)bits->value);
        bits->value = bits->count = 0;
    }
}

/* A gzip stream of a few kilobytes that is `runs` times 258 bytes long when it is unpacked: one letter, and
 * runs of the longest length (code 285: 11000101) at the shortest distance (code 0). */
static void make_bomb(struct str *out, size_t runs)
{
    static const char gzip_head[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03";
    struct bits bits = {0};
    str_add_bytes(&bits.bytes, gzip_head, sizeof gzip_head - 1);
    add_bits(&bits, 3, 3);    /* the last block, fixed codes */
    add_bits(&bits, 0x15, 8); /* 'x' = 10101000, from its first bit on */
    for (size_t i = 0; i < runs; i++) {
        add_bits(&bits, 0xA3, 8);
        add_bits(&bits, 0, 5);
    }
    add_bits(&bits, 0, 7);
    add_bits(&bits, 0, 7);
    *out = bits.bytes;
}

static void a_small_gzip_body_is_unpacked_and_a_bomb_is_too_large(void **state)
{
    (void)state;
    static const char packed[] =
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xab\x56\xca\x4c\x51\xb2\x52\x32\x55\xd2\x51\x2a"
        "\x2e\x49\x2c\x29\x2d\x06\x72\x9c\xfd\xfd\xdc\x3c\x83\x7c\x5d\x5d\x94\x6a\x01\x33\xbb\x31"
        "\xfc\x1f\x00\x00\x00";
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
    struct str text = {0}, bomb;
    struct http_answer answer;
    str_add(&text, head);
    str_add_bytes(&text, packed, sizeof packed - 1);
    struct scene small = {ACT_ANSWER_CLOSE, text.data, text.length, 0};
    ask_scene(&small, HTTP_GET, 10, &answer);
    assert_int_equal(answer.status, 200);
    assert_true(answer.whole);
    assert_string_equal(answer.body, "{\"id\":\"5\",\"status\":\"CONFIRMED\"}");
    http_answer_finish(&answer);

    make_bomb(&bomb, 100000);
    assert_true(bomb.length < 200000);
    str_clear(&text);
    str_add(&text, head);
    str_add_bytes(&text, bomb.data, bomb.length);
    struct scene large = {ACT_ANSWER_CLOSE, text.data, text.length, 0};
    ask_scene(&large, HTTP_GET, 10, &answer);
    assert_int_equal(answer.fate, FATE_ANSWERED);
    assert_true(answer.too_large);
    assert_false(answer.whole);
    assert_in_range(answer.length, 1024 * 1024, ANSWER_BYTES);
    http_answer_finish(&answer);
    str_finish(&bomb);
    str_finish(&text);
}

static void a_gzip_body_that_is_none_is_not_whole(void **state)
{
    (void)state;
    struct http_answer answer;
    ask_text(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 10\r\n\r\n{\"id\":\"5\"}",
        &answer);
    assert_int_equal(answer.fate, FATE_ANSWERED);
    assert_false(answer.whole);
    http_answer_finish(&answer);
}

/* --- redirects -------------------------------------------------------------------------------------------- */

static void q27_a_redirect_is_an_answer_and_is_never_followed(void **state)
{
    (void)state;
    static const int statuses[] = {301, 302, 303, 307, 308};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        for (int method = HTTP_GET; method <= HTTP_PUT; method++) {
            char text[160];
            static const struct scene trap[] = {
                {ACT_ANSWER, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 0, 0}};
            struct script_server *elsewhere = server_create(trap, 1);
            str_print(text, sizeof text,
                "HTTP/1.1 %d Moved\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n",
                statuses[i], server_port(elsewhere));
            struct scene scene = {ACT_ANSWER, text, 0, 0};
            struct http_answer answer;
            ask_scene(&scene, (enum http_method)method, 10, &answer);
            assert_int_equal(answer.status, statuses[i]);
            assert_int_equal(server_connections(elsewhere), 0);
            http_answer_finish(&answer);
            server_destroy(elsewhere);
        }
}

/* --- Date and Retry-After ------------------------------------------------------------------------------------ */

static void q21_the_servers_clock_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        instant date;
    } rows[] = {
        {"Date: Tue, 24 Nov 2026 22:30:00 GMT", 1795559400000},
        {"date:Tue, 24 Nov 2026 22:30:00 GMT", 1795559400000},
        {"DATE:   Tue, 24 Nov 2026 22:30:00 GMT  ", 1795559400000},
        {"X-Date: Tue, 24 Nov 2026 22:30:00 GMT", 0},
        {"Date: yesterday", 0},
        {"Date:", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[160];
        struct http_answer answer;
        str_print(text, sizeof text, "HTTP/1.1 200 OK\r\n%s\r\nContent-Length: 2\r\n\r\n{}",
            rows[i].line);
        ask_text(text, &answer);
        check_number(rows[i].line, answer.date, rows[i].date);
        http_answer_finish(&answer);
    }
}

static void q14_retry_after_is_read_in_both_its_forms(void **state)
{
    (void)state;
    char later[64];
    time_t then = time(NULL) + 100;
    struct tm utc;
    strftime(later, sizeof later, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&then, &utc));
    const struct {
        const char *value;
        int low, high;
    } rows[] = {
        {"17", 17, 17},
        {"0", -1, -1},
        {"86399", 86399, 86399},
        {"86400", -1, -1},
        {"-5", -1, -1},
        {"soon", -1, -1},
        {"", -1, -1},
        {"Tue, 24 Nov 2020 22:30:00 GMT", -1, -1},
        {later, 90, 100},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[160];
        struct http_answer answer;
        str_print(text, sizeof text,
            "HTTP/1.1 429 Slow\r\nRetry-After: %s\r\nContent-Length: 2\r\n\r\n{}", rows[i].value);
        ask_text(text, &answer);
        check_number(rows[i].value, answer.status, 429);
        check_holds(rows[i].value,
            answer.retry_after >= rows[i].low && answer.retry_after <= rows[i].high,
            "was read wrongly");
        http_answer_finish(&answer);
    }
    struct http_answer answer;
    ask_text("HTTP/1.1 429 Slow\r\nContent-Length: 2\r\n\r\n{}", &answer);
    assert_int_equal(answer.retry_after, -1);
    assert_int_equal(answer.date, 0);
    http_answer_finish(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_answer_comes_through_however_its_end_is_marked),
        cmocka_unit_test(an_answer_that_breaks_off_is_not_whole),
        cmocka_unit_test(a_body_that_drips_beyond_the_timeout_is_not_whole),
        cmocka_unit_test(a_body_up_to_the_limit_is_read_and_one_byte_more_is_too_large),
        cmocka_unit_test(a_head_beyond_the_limit_is_too_large),
        cmocka_unit_test(a_small_gzip_body_is_unpacked_and_a_bomb_is_too_large),
        cmocka_unit_test(a_gzip_body_that_is_none_is_not_whole),
        cmocka_unit_test(q27_a_redirect_is_an_answer_and_is_never_followed),
        cmocka_unit_test(q21_the_servers_clock_is_read),
        cmocka_unit_test(q14_retry_after_is_read_in_both_its_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
