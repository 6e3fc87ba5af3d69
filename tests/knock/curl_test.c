/* The real transport over loopback: how exchanges end, and what is never sent twice. */
#include "client.h"

#include "tourdesk/base/log.h"
#include "tourdesk/base/str.h"
#include "tourdesk/knock/outcome.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static const char OK[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

/* --- how it ends without an answer ------------------------------------------------------------------ */

static int setup(void **state)
{
    static struct client client;
    client_init(&client);
    *state = &client;
    return 0;
}

static int teardown(void **state)
{
    client_close(*state);
    return 0;
}

static void check_fate(const struct http_answer *answer, enum http_fate fate, bool left)
{
    assert_int_equal(answer->fate, fate);
    assert_int_equal(answer->left, left);
    assert_int_equal(answer->status, 0);
    assert_string_not_equal(answer->words, "");
}

static void a_name_that_cannot_be_resolved_lets_nothing_leave(void **state)
{
    struct client *client = *state;
    struct http_answer answer;
    /* A label longer than any name may have, so that nobody need be asked. */
    client_base(client,
        "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.invalid",
        443, "");
    client_open(client);
    client_ask(client, HTTP_POST, "/visit", "{}", &answer);
    check_fate(&answer, FATE_NAME, false);
    http_answer_finish(&answer);
}

/* A port of 127.0.0.1 where nobody listens. */
static int closed_port(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    close(fd);
    return ntohs(address.sin_port);
}

static void a_refused_connection_lets_nothing_leave(void **state)
{
    struct client *client = *state;
    struct http_answer answer;
    client_base(client, "http://127.0.0.1", closed_port(), "");
    client_open(client);
    client_ask(client, HTTP_POST, "/visit", "{}", &answer);
    check_fate(&answer, FATE_CONNECT, false);
    http_answer_finish(&answer);
}

/* Whether a byte left can only be told from here by what was handed to the system: the reset of a connection
 * as soon as it stands may be seen before the request is handed over, or after. */
static void a_connection_reset_at_once_says_whether_anything_was_handed_over(void **state)
{
    struct client *client = *state;
    struct http_answer answer;
    struct scene scenes[] = {{ACT_RESET_AT_ONCE, NULL, 0, 0}};
    client_serve(client, scenes, 1);
    client_open(client);
    client_ask(client, HTTP_POST, "/visit", "{}", &answer);
    check_fate(&answer, answer.left ? FATE_RESET : FATE_CONNECT, answer.left);
    assert_int_equal(server_connections(client->server), 1);
    http_answer_finish(&answer);
}

static void a_connection_that_breaks_may_have_carried_the_request(void **state)
{
    struct client *client = *state;
    static const enum act acts[] = {ACT_RESET, ACT_CLOSE};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        struct http_answer answer;
        struct scene scenes[] = {{acts[i], NULL, 0, 0}};
        client_serve(client, scenes, 1);
        client_open(client);
        client_ask(client, HTTP_POST, "/visit", "{}", &answer);
        check_fate(&answer, FATE_RESET, true);
        assert_int_equal(server_connections(client->server), 1);
        http_answer_finish(&answer);
        client_close(client);
        client_init(client);
    }
}

static void what_is_not_http_is_no_answer(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {
        {ACT_ANSWER_CLOSE, "SSH-2.0-OpenSSH_9.2\r\n", 0, 0},
    };
    struct http_answer answer;
    client_serve(client, scenes, 1);
    client_open(client);
    client_ask(client, HTTP_POST, "/visit", "{}", &answer);
    check_fate(&answer, FATE_RESET, true);
    http_answer_finish(&answer);
}

static void silence_after_the_request_ends_when_time_is_out(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_SILENT, NULL, 0, 0}};
    struct http_answer answer;
    client->settings.timeout = TEST_TIMEOUT;
    client_serve(client, scenes, 1);
    client_open(client);
    int64_t start = milliseconds();
    client_ask(client, HTTP_POST, "/visit", "{}", &answer);
    check_fate(&answer, FATE_TIMEOUT, true);
    assert_in_range(milliseconds() - start, 900, PATIENCE);
    assert_int_equal(server_requests(client->server), 1);
    http_answer_finish(&answer);
}

static void silence_before_the_connection_stands_lets_nothing_leave(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_MUTE, NULL, 0, 0}};
    struct http_answer answer;
    client->settings.connect_timeout = TEST_TIMEOUT;
    client_serve(client, scenes, 1);
    /* The other end never answers the first words of TLS. */
    client_base(client, "https://127.0.0.1", server_port(client->server), "");
    client_open(client);
    int64_t start = milliseconds();
    client_ask(client, HTTP_POST, "/visit", "{}", &answer);
    check_fate(&answer, FATE_TIMEOUT, false);
    assert_in_range(milliseconds() - start, 900, PATIENCE);
    http_answer_finish(&answer);
}

static void a_head_that_drips_beyond_the_timeout_is_no_answer(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_DRIP, OK, 0, 0}};
    struct http_answer answer;
    client->settings.timeout = TEST_TIMEOUT;
    client_serve(client, scenes, 1);
    client_open(client);
    client_ask(client, HTTP_POST, "/visit", "{}", &answer);
    check_fate(&answer, FATE_TIMEOUT, true);
    http_answer_finish(&answer);
}

/* --- kept connections, and what is never sent twice -------------------------------------------------- */

static void expect_good(struct client *client, enum http_method method)
{
    struct http_answer answer;
    client_ask(client, method, "/x", method == HTTP_POST ? "{}" : NULL, &answer);
    assert_int_equal(answer.fate, FATE_ANSWERED);
    assert_int_equal(answer.status, 200);
    assert_true(answer.whole);
    assert_true(answer.left);
    http_answer_finish(&answer);
}

static void a_connection_is_kept_for_the_next_request(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {
        {ACT_ANSWER, OK, 0, 0}, {ACT_ANSWER, OK, 0, 0}, {ACT_ANSWER, OK, 0, 0}};
    client_serve(client, scenes, 3);
    client_open(client);
    expect_good(client, HTTP_GET);
    expect_good(client, HTTP_POST);
    expect_good(client, HTTP_PUT);
    assert_int_equal(server_requests(client->server), 3);
    assert_int_equal(server_connections(client->server), 1);
}

/* The one that counts: libcurl repeats by itself what failed on a kept connection. */
static void a_post_on_a_kept_connection_that_breaks_is_not_sent_a_second_time(void **state)
{
    struct client *client = *state;
    static const enum act acts[] = {ACT_CLOSE, ACT_RESET};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        struct http_answer answer;
        struct scene scenes[] = {
            {ACT_ANSWER, OK, 0, 0}, {acts[i], NULL, 0, 0}, {ACT_ANSWER, OK, 0, 0}};
        client_serve(client, scenes, 3);
        client_open(client);
        expect_good(client, HTTP_GET);
        client_ask(client, HTTP_POST, "/appointment/request", "{\"a\":1}", &answer);
        check_fate(&answer, FATE_RESET, true);
        assert_int_equal(server_requests(client->server), 2);
        struct outcome outcome;
        outcome_read(&outcome, OPERATION_BOOK, false, &answer);
        assert_int_equal(outcome.verdict, VERDICT_UNKNOWN);
        http_answer_finish(&answer);
        /* What comes next is not harmed by it. */
        expect_good(client, HTTP_GET);
        assert_int_equal(server_requests(client->server), 3);
        client_close(client);
        client_init(client);
    }
}

static void reads_and_cancels_on_a_kept_connection_that_breaks_may_be_repeated(void **state)
{
    struct client *client = *state;
    static const enum http_method methods[] = {HTTP_GET, HTTP_PUT};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        static const struct scene scenes[] = {
            {ACT_ANSWER, OK, 0, 0}, {ACT_CLOSE, NULL, 0, 0}, {ACT_ANSWER, OK, 0, 0}};
        client_serve(client, scenes, 3);
        client_open(client);
        expect_good(client, HTTP_GET);
        expect_good(client, methods[i]);
        assert_int_equal(server_requests(client->server), 3);
        assert_int_equal(server_connections(client->server), 2);
        client_close(client);
        client_init(client);
    }
}

static bool nothing(void *context)
{
    (void)context;
    return false;
}

static void a_post_takes_a_new_connection_where_the_old_one_was_long_idle(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {
        {ACT_ANSWER, OK, 0, 0}, {ACT_ANSWER, OK, 0, 0}, {ACT_ANSWER, OK, 0, 0}};
    client_serve(client, scenes, 3);
    client_open(client);
    expect_good(client, HTTP_GET);
    wait_until(nothing, NULL, 5500); /* the time itself is what is waited for */
    expect_good(client, HTTP_POST);
    assert_int_equal(server_connections(client->server), 2);
}

static void exchanges_run_side_by_side_and_each_has_one_answer(void **state)
{
    struct client *client = *state;
    enum { COUNT = 20 };
    struct scene scenes[COUNT];
    bool seen[COUNT + 1] = {false};
    for (size_t i = 0; i < COUNT; i++)
        scenes[i] = (struct scene){ACT_ANSWER, OK, 0, 0};
    client_serve(client, scenes, COUNT);
    client_open(client);
    for (int i = 0; i < COUNT; i++)
        client_start(client, i % 2 ? HTTP_POST : HTTP_GET, "/x", i % 2 ? "{}" : NULL);
    int64_t end = milliseconds() + PATIENCE;
    for (int done = 0; done < COUNT;) {
        uint64_t number;
        struct http_answer answer;
        assert_true(milliseconds() < end);
        transport_wait(client->transport, 100);
        while (transport_take(client->transport, &number, &answer)) {
            assert_in_range(number, 1, COUNT);
            assert_false(seen[number]);
            seen[number] = true;
            assert_int_equal(answer.status, 200);
            http_answer_finish(&answer);
            done++;
        }
    }
    assert_int_equal(server_requests(client->server), COUNT);
}

/* --- abandoning and waking ----------------------------------------------------------------------------- */

static bool has_request(void *context)
{
    struct client *client = context;
    uint64_t number;
    struct http_answer answer;
    assert_false(transport_take(client->transport, &number, &answer)); /* drives it */
    return server_requests(client->server) > 0;
}

static bool has_lost_one(void *context)
{
    struct client *client = context;
    return server_gone(client->server) > 0;
}

static void an_abandoned_exchange_has_no_answer_and_its_connection_is_closed(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_SILENT, NULL, 0, 0}, {ACT_ANSWER, OK, 0, 0}};
    client_serve(client, scenes, 2);
    client_open(client);
    uint64_t exchange = client_start(client, HTTP_POST, "/x", "{}");
    assert_true(wait_until(has_request, client, PATIENCE));
    transport_abandon(client->transport, exchange);
    assert_true(wait_until(has_lost_one, client, PATIENCE));
    expect_good(client, HTTP_GET);
    transport_abandon(client->transport, exchange); /* harmless */
    transport_abandon(client->transport, 12345);
}

static void an_answer_that_is_there_can_still_be_abandoned(void **state)
{
    struct client *client = *state;
    struct http_answer answer;
    uint64_t number;
    client->keys[KEY_APPOINTMENT] = NULL;
    client_base(client, "http://127.0.0.1", 1, "");
    client_open(client);
    uint64_t exchange = client_start(client, HTTP_GET, "/x", NULL);
    transport_abandon(client->transport, exchange);
    assert_false(transport_take(client->transport, &number, &answer));
}

static void a_transport_ends_with_exchanges_on_the_wire(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_SILENT, NULL, 0, 0}, {ACT_SILENT, NULL, 0, 0}};
    client_serve(client, scenes, 2);
    client_open(client);
    client_start(client, HTTP_POST, "/x", "{}");
    client_start(client, HTTP_GET, "/x", NULL);
    assert_true(wait_until(has_request, client, PATIENCE));
    client->keys[KEY_APPOINTMENT] = NULL;
    client_start(client, HTTP_GET, "/x", NULL); /* one that is done and was not taken */
}

/* True while the thread that began the program waits for something. */
static bool main_thread_waits(void)
{
    char state = '?';
    FILE *file = fopen("/proc/self/stat", "r");
    if (file && fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = '?';
    if (file)
        fclose(file);
    return state == 'S';
}

static void *wake_later(void *transport)
{
    int64_t start = milliseconds();
    while (!main_thread_waits() && milliseconds() - start < PATIENCE)
        sched_yield();
    transport_wake(transport);
    return NULL;
}

static void another_thread_ends_a_wait_without_end(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_SILENT, NULL, 0, 0}};
    pthread_t thread;
    client_serve(client, scenes, 1);
    client_open(client);
    int64_t start = milliseconds();
    assert_int_equal(pthread_create(&thread, NULL, wake_later, client->transport), 0);
    transport_wait(client->transport, -1);
    pthread_join(thread, NULL);
    assert_true(milliseconds() - start < PATIENCE);
    /* A wake before the wait is not lost. */
    transport_wake(client->transport);
    transport_wait(client->transport, -1);
}

static void a_wait_lasts_no_longer_than_it_is_given(void **state)
{
    struct client *client = *state;
    client_base(client, "http://127.0.0.1", 1, "");
    client_open(client);
    int64_t start = milliseconds();
    transport_wait(client->transport, 50);
    assert_in_range(milliseconds() - start, 45, PATIENCE);
    start = milliseconds();
    transport_wait(client->transport, 0);
    assert_in_range(milliseconds() - start, 0, PATIENCE);
}

static void a_wait_ends_at_once_where_something_can_be_taken(void **state)
{
    struct client *client = *state;
    struct http_answer answer;
    client->keys[KEY_APPOINTMENT] = NULL;
    client_base(client, "http://127.0.0.1", 1, "");
    client_open(client);
    uint64_t exchange = client_start(client, HTTP_GET, "/x", NULL);
    transport_wait(client->transport, -1);
    client_finish(client, exchange, &answer);
    http_answer_finish(&answer);
}

/* --- what goes out ---------------------------------------------------------------------------------------- */

static void without_a_key_nothing_leaves_and_the_words_say_why(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_ANSWER, OK, 0, 0}};
    struct http_answer answer;
    client->keys[KEY_APPOINTMENT] = NULL;
    client_serve(client, scenes, 1);
    client_open(client);
    client_ask(client, HTTP_POST, "/x", "{}", &answer);
    check_fate(&answer, FATE_KEY, false);
    assert_string_equal(answer.words, "no key for this");
    assert_int_equal(answer.retry_after, -1);
    assert_int_equal(server_connections(client->server), 0);
    http_answer_finish(&answer);
}

static void q15_each_family_is_asked_with_its_own_key(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_ANSWER, OK, 0, 0}, {ACT_ANSWER, OK, 0, 0}};
    static const char *const lines[] = {
        "\r\nx-api-key: prospect-key\r\n", "\r\nx-api-key: appointment-key\r\n"};
    client_serve(client, scenes, 2);
    client_open(client);
    for (int family = 0; family < KEY_FAMILIES; family++) {
        struct http_answer answer;
        struct http_request request = {
            .method = HTTP_GET, .family = (enum key_family)family, .path = "/x"};
        client_finish(client, transport_start(client->transport, &request), &answer);
        http_answer_finish(&answer);
        const char *sent = server_request(client->server, (size_t)family);
        check_contains("key", sent, lines[family]);
        assert_null(strstr(sent, lines[1 - family]));
    }
}

static void q16_each_header_profile_has_its_headers(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_ANSWER, OK, 0, 0}, {ACT_ANSWER, OK, 0, 0}};
    client_serve(client, scenes, 2);
    client_open(client);
    expect_good(client, HTTP_POST);
    const char *sent = server_request(client->server, 0);
    assert_memory_equal(sent, "POST /x HTTP/1.1\r\n", 18);
    check_contains("documented", sent, "\r\nx-api-key: appointment-key\r\n");
    check_contains("documented", sent, "\r\nContent-Type: application/json\r\n");
    check_contains("documented", sent, "\r\nContent-Length: 2\r\n");
    check_contains("documented", sent, "\r\nUser-Agent: tourdesk/");
    check_contains("documented", sent, "\r\n\r\n{}");
    static const char *const absent[] = {
        "apikey:", "company-id", "property-id", "Expect", "Transfer-Encoding"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        check_holds(absent[i], !strcasestr(sent, absent[i]), "was sent");
    transport_destroy(client->transport);

    client->settings.headers = HEADERS_GATEWAY;
    str_copy(client->settings.company_id, ID_SIZE, "77");
    client_open(client);
    expect_good(client, HTTP_GET);
    sent = server_request(client->server, 1);
    check_contains("gateway", sent, "\r\napikey: appointment-key\r\n");
    check_contains("gateway", sent, "\r\ncompany-id: 77\r\n");
    check_contains("gateway", sent, "\r\nproperty-id: c1\r\n");
    assert_null(strcasestr(sent, "x-api-key"));
}

static void a_put_without_a_body_says_so(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_ANSWER, OK, 0, 0}};
    client_serve(client, scenes, 1);
    client_open(client);
    expect_good(client, HTTP_PUT);
    const char *sent = server_request(client->server, 0);
    assert_memory_equal(sent, "PUT /x HTTP/1.1\r\n", 17);
    check_contains("put", sent, "\r\nContent-Length: 0\r\n");
}

static void the_path_goes_out_as_it_was_made(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_ANSWER, OK, 0, 0}, {ACT_ANSWER, OK, 0, 0}};
    static const char *const paths[] = {"/appointment/../cancel", "/community/%2e%2e/a%2Fb?c=%3D"};
    client_serve(client, scenes, 2);
    client_open(client);
    for (size_t i = 0; i < 2; i++) {
        struct http_answer answer;
        char line[64];
        client_ask(client, HTTP_GET, paths[i], NULL, &answer);
        http_answer_finish(&answer);
        snprintf(line, sizeof line, "GET %s HTTP/1.1\r\n", paths[i]);
        check_contains(paths[i], server_request(client->server, i), line);
    }
}

static void a_large_body_goes_out_whole(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_ANSWER, OK, 0, 0}};
    enum { LENGTH = 1200000 }; /* libcurl would ask before it sends as much as that */
    char *body = malloc(LENGTH + 1);
    memset(body, 'y', LENGTH);
    body[LENGTH] = '\0';
    struct http_answer answer;
    client_serve(client, scenes, 1);
    client_open(client);
    client_ask(client, HTTP_POST, "/x", body, &answer);
    assert_int_equal(answer.status, 200);
    http_answer_finish(&answer);
    const char *sent = strstr(server_request(client->server, 0), "\r\n\r\n");
    assert_non_null(sent);
    assert_string_equal(sent + 4, body);
    assert_null(strcasestr(server_request(client->server, 0), "Expect"));
    free(body);
}

static void neither_key_nor_header_nor_body_reaches_the_log(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {
        {ACT_ANSWER, "HTTP/1.1 200 OK\r\nX-Odd: header-word\r\nContent-Length: 9\r\n\r\nbody-word",
            0, 0},
        {ACT_CLOSE, NULL, 0, 0}};
    char folder[] = "/tmp/tourdesk-curl-XXXXXX", path[64], text[8192] = "";
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/log", folder);
    assert_true(log_open(path, NULL));
    client_serve(client, scenes, 2);
    client_open(client);
    struct http_answer answer;
    client_ask(client, HTTP_POST, "/x", "{\"firstName\":\"Ana\"}", &answer);
    http_answer_finish(&answer);
    client_ask(client, HTTP_POST, "/x", "{\"firstName\":\"Ana\"}", &answer);
    http_answer_finish(&answer);
    log_close();
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    unlink(path);
    rmdir(folder);
    check_contains("log", text, "send");
    check_contains("log", text, "answer");
    static const char *const absent[] = {
        "appointment-key", "x-api-key", "header-word", "body-word", "Ana", "application/json"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        check_holds(absent[i], !strstr(text, absent[i]), "is in the log");
}

/* --- addresses ---------------------------------------------------------------------------------------------- */

static void loopback_needs_no_proxy_whatever_the_environment_says(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_ANSWER, OK, 0, 0}};
    static const char *const names[] = {
        "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"};
    struct script_server *proxy = server_create(scenes, 1);
    char address[64];
    snprintf(address, sizeof address, "http://127.0.0.1:%d", server_port(proxy));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        setenv(names[i], address, 1);
    client_serve(client, scenes, 1);
    client_open(client);
    expect_good(client, HTTP_GET);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    assert_int_equal(server_connections(proxy), 0);
    server_destroy(proxy);
}

static void plain_http_is_for_loopback_only(void **state)
{
    struct client *client = *state;
    static const struct scene scenes[] = {{ACT_ANSWER, OK, 0, 0}};
    static const struct {
        const char *base, *behind;
        bool allowed;
    } rows[] = {
        {"http://127.0.0.1", "", true},
        {"http://localhost", "", true},
        {"http://127.0.0.1", "/behind", true},
        {"HTTP://LOCALHOST", "", true},
        {"http://[::ffff:127.0.0.1]", "", false},
        {"http://127.8.9.10", "", false}, /* allowed, but nobody listens there */
        {"http://localhost.invalid", "", false},
        {"http://127.0.0.1.invalid", "", false},
        {"http://0.0.0.0", "", false},
        {"http://0.0.0.0", "/?://127.0.0.1/", false},
        {"http://127.0.0.1:80@0.0.0.0", "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct http_answer answer;
        client_serve(client, scenes, 1);
        client_base(client, rows[i].base, server_port(client->server), rows[i].behind);
        client_open(client);
        client_ask(client, HTTP_GET, "/x", NULL, &answer);
        check_number(rows[i].base, answer.fate == FATE_ANSWERED, rows[i].allowed);
        check_number(rows[i].base, server_connections(client->server) > 0, rows[i].allowed);
        check_number(rows[i].base, answer.left, rows[i].allowed);
        if (strstr(rows[i].base, "127.8"))
            check_number(rows[i].base, answer.fate, FATE_CONNECT);
        http_answer_finish(&answer);
        client_close(client);
        client_init(client);
    }
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test_setup_teardown(
            a_name_that_cannot_be_resolved_lets_nothing_leave, setup, teardown),
        cmocka_unit_test_setup_teardown(a_refused_connection_lets_nothing_leave, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_connection_reset_at_once_says_whether_anything_was_handed_over, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_connection_that_breaks_may_have_carried_the_request, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_not_http_is_no_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(
            silence_after_the_request_ends_when_time_is_out, setup, teardown),
        cmocka_unit_test_setup_teardown(
            silence_before_the_connection_stands_lets_nothing_leave, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_head_that_drips_beyond_the_timeout_is_no_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(a_connection_is_kept_for_the_next_request, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_post_on_a_kept_connection_that_breaks_is_not_sent_a_second_time, setup, teardown),
        cmocka_unit_test_setup_teardown(
            reads_and_cancels_on_a_kept_connection_that_breaks_may_be_repeated, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_post_takes_a_new_connection_where_the_old_one_was_long_idle, setup, teardown),
        cmocka_unit_test_setup_teardown(
            exchanges_run_side_by_side_and_each_has_one_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(
            an_abandoned_exchange_has_no_answer_and_its_connection_is_closed, setup, teardown),
        cmocka_unit_test_setup_teardown(
            an_answer_that_is_there_can_still_be_abandoned, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_transport_ends_with_exchanges_on_the_wire, setup, teardown),
        cmocka_unit_test_setup_teardown(another_thread_ends_a_wait_without_end, setup, teardown),
        cmocka_unit_test_setup_teardown(a_wait_lasts_no_longer_than_it_is_given, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_wait_ends_at_once_where_something_can_be_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(
            without_a_key_nothing_leaves_and_the_words_say_why, setup, teardown),
        cmocka_unit_test_setup_teardown(q15_each_family_is_asked_with_its_own_key, setup, teardown),
        cmocka_unit_test_setup_teardown(q16_each_header_profile_has_its_headers, setup, teardown),
        cmocka_unit_test_setup_teardown(a_put_without_a_body_says_so, setup, teardown),
        cmocka_unit_test_setup_teardown(the_path_goes_out_as_it_was_made, setup, teardown),
        cmocka_unit_test_setup_teardown(a_large_body_goes_out_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(
            neither_key_nor_header_nor_body_reaches_the_log, setup, teardown),
        cmocka_unit_test_setup_teardown(
            loopback_needs_no_proxy_whatever_the_environment_says, setup, teardown),
        cmocka_unit_test_setup_teardown(plain_http_is_for_loopback_only, setup, teardown),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
