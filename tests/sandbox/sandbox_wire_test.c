/* The sandbox over the wire: headers, limits, every fault as a libcurl client meets it, and
 * races. */
#include "harness.h"

#include "tourdesk/base/mem.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char now_text[] = "2026-11-23T12:00:00-08:00";
static const char booking[] =
    "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00\"}],"
    "\"profile\":{\"email\":\"a@example.com\"},\"tourType\":\"SELF_GUIDED\"}";

static struct bench *serve(const char *rule)
{
    const char *rules[] = {rule, NULL};
    struct bench *bench = bench_open(NULL, now_text, rule ? rules : NULL);
    bench_serve(bench);
    return bench;
}

static void call(
    struct bench *bench, struct wire *wire, const char *method, const char *path, const char *body)
{
    char url[512];
    snprintf(url, sizeof url, "%s%s", server_url(bench->server), path);
    wire_call(wire, method, url, body);
}

static int count_booked(struct bench *bench)
{
    int count = 0;
    const cJSON *item;
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    cJSON_ArrayForEach (item, bench->json) {
        count += strcmp(cJSON_GetObjectItem(item, "status")->valuestring, "CONFIRMED") == 0;
    }
    return count;
}

static void the_date_is_the_sandboxs_own(void **state)
{
    (void)state;
    struct bench *bench = serve(NULL);
    struct wire wire;
    call(bench, &wire, "GET", "/community/c1/sources", NULL);
    assert_int_equal(wire.code, CURLE_OK);
    assert_int_equal(wire.status, 200);
    assert_string_equal(wire_header(&wire, "Content-Type"), "application/json");
    assert_string_equal(wire_header(&wire, "Date"), "Mon, 23 Nov 2026 20:00:00 GMT");
    wire_finish(&wire);
    call(bench, &wire, "GET", "/visit", NULL);
    assert_int_equal(wire.status, 405);
    assert_string_equal(wire_header(&wire, "Allow"), "POST");
    wire_finish(&wire);
    bench_close(bench);
}

static void a_body_beyond_a_mebibyte_is_413(void **state)
{
    (void)state;
    struct bench *bench = serve(NULL);
    struct wire wire;
    size_t size = LARGEST_REQUEST + 1;
    char *body = mem_alloc(size + 1);
    memset(body, ' ', size);
    call(bench, &wire, "POST", "/visit", body);
    assert_int_equal(wire.status, 413);
    wire_finish(&wire);
    body[size - 1] = '\0';
    call(bench, &wire, "POST", "/visit", body);
    assert_int_equal(wire.status, 400);
    wire_finish(&wire);
    free(body);
    bench_close(bench);
}

/* What libcurl says and what became of the booking, for the effects that end a connection early. */
static void R15_answers_that_do_not_come_whole(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        CURLcode code;
        size_t bytes;
        int booked;
    } cases[] = {
        {"POST /appointment/request lose", CURLE_GOT_NOTHING, 0, 1},
        {"POST /appointment/request skip lose", CURLE_GOT_NOTHING, 0, 0},
        {"POST /appointment/request reset", CURLE_RECV_ERROR, 0, 1},
        {"POST /appointment/request skip reset", CURLE_RECV_ERROR, 0, 0},
        {"POST /appointment/request cut=0", CURLE_PARTIAL_FILE, 0, 1},
        {"POST /appointment/request cut=10", CURLE_PARTIAL_FILE, 10, 1},
        {"POST /appointment/request drip=1000,cut=20", CURLE_PARTIAL_FILE, 20, 1},
        {"POST /appointment/request skip status=503", CURLE_OK, 46, 0},
        {"POST /appointment/request status=503", CURLE_OK, 46, 1},
        {"POST /appointment/request @2 lose", CURLE_OK, 75, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench *bench = serve(cases[i].rule);
        struct wire wire;
        call(bench, &wire, "POST", "/appointment/request", booking);
        if (wire.code != cases[i].code)
            fail_msg("%s: %s", cases[i].rule, curl_easy_strerror(wire.code));
        assert_int_equal(wire.body.length, cases[i].bytes);
        assert_int_equal(count_booked(bench), cases[i].booked);
        bench_call(bench, "GET", "/_sandbox/log", NULL);
        assert_string_equal(bench_value(bench, "[0].applied"), cases[i].booked ? "true" : "false");
        wire_finish(&wire);
        bench_close(bench);
    }
}

static void R15_a_duplicate_is_carried_out_twice(void **state)
{
    (void)state;
    struct bench *bench = serve("POST /appointment/request duplicate");
    struct wire wire;
    call(bench, &wire, "POST", "/appointment/request", booking);
    assert_int_equal(wire.status, 200);
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    assert_int_equal(cJSON_GetArraySize(bench->json), 2);
    assert_string_equal(bench_value(bench, "[0].status"), "CANCELLED");
    assert_non_null(strstr(str_text(&wire.body), bench_value(bench, "[1].id")));
    bench_call(bench, "GET", "/_sandbox/log", NULL);
    assert_string_equal(bench_value(bench, "[0].times"), "2");
    wire_finish(&wire);
    bench_close(bench);
}

static void R15_headers_of_an_answer(void **state)
{
    (void)state;
    static const struct {
        const char *effects, *header, *value;
        int status;
    } cases[] = {
        {"status=429,retry-after=7", "Retry-After", "7", 429},
        {"status=429", "Retry-After", NULL, 429},
        {"no-date", "Date", NULL, 200},
        {"date-skew=-600", "Date", "Mon, 23 Nov 2026 19:50:00 GMT", 200},
        {"redirect=http://127.0.0.1/x", "Location", "http://127.0.0.1/x", 302},
        {"body=html", "Content-Type", "text/html", 200},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rule[128];
        struct wire wire;
        snprintf(rule, sizeof rule, "GET /community/*/sources %s", cases[i].effects);
        struct bench *bench = serve(rule);
        call(bench, &wire, "GET", "/community/c1/sources", NULL);
        assert_int_equal(wire.code, CURLE_OK);
        assert_int_equal(wire.status, cases[i].status);
        const char *value = wire_header(&wire, cases[i].header);
        if (cases[i].value && value)
            assert_string_equal(value, cases[i].value);
        assert_int_equal(value != NULL, cases[i].value != NULL);
        wire_finish(&wire);
        bench_close(bench);
    }
}

static void R15_large_things_arrive_whole(void **state)
{
    (void)state;
    struct bench *bench = serve("GET /community/*/available-times many-slots=5000");
    struct wire wire;
    call(bench, &wire, "GET", "/community/c1/available-times", NULL);
    cJSON *json = cJSON_Parse(str_text(&wire.body));
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "acceptableTimes")), 5000);
    cJSON_Delete(json);
    wire_finish(&wire);
    bench_close(bench);
    bench = serve("GET /community/*/sources huge=20000000");
    call(bench, &wire, "GET", "/community/c1/sources", NULL);
    assert_int_equal(wire.body.length, 20000000);
    wire_finish(&wire);
    bench_close(bench);
    bench = serve("GET /community/*/sources deep=100000,headers=60000");
    call(bench, &wire, "GET", "/community/c1/sources", NULL);
    assert_true(wire.body.length > 200000);
    assert_true(wire.headers.length > 60000);
    wire_finish(&wire);
    bench_close(bench);
    bench = serve("GET /community/*/sources headers=400000"); /* more than libcurl takes */
    call(bench, &wire, "GET", "/community/c1/sources", NULL);
    assert_int_not_equal(wire.code, CURLE_OK);
    assert_int_not_equal(wire.code, CURLE_GOT_NOTHING);
    wire_finish(&wire);
    bench_close(bench);
}

static void R15_a_drip_takes_its_time(void **state)
{
    (void)state;
    struct bench *bench = serve("GET /community/*/sources drip=200"); /* of 84 bytes */
    struct wire wire;
    call(bench, &wire, "GET", "/community/c1/sources", NULL);
    assert_int_equal(wire.code, CURLE_OK);
    assert_true(wire.body.length > 80);
    assert_true(wire.seconds > 0.3);
    wire_finish(&wire);
    bench_close(bench);
}

struct job {
    pthread_t thread;
    struct bench *bench;
    const char *path;
    char body[512];
    struct wire wire;
};

static void *run_job(void *context)
{
    struct job *job = context;
    call(job->bench, &job->wire, job->body[0] ? "POST" : "GET", job->path,
        job->body[0] ? job->body : NULL);
    return NULL;
}

static void R15_a_delay_holds_up_nobody_else(void **state)
{
    (void)state;
    struct bench *bench = serve("GET /community/*/sources delay=1500");
    struct job slow = {.bench = bench, .path = "/community/c1/sources"};
    struct wire wire;
    pthread_create(&slow.thread, NULL, run_job, &slow);
    do /* until the slow one is under way */
        bench_call(bench, "GET", "/_sandbox/log", NULL);
    while (cJSON_GetArraySize(bench->json) == 0);
    call(bench, &wire, "GET", "/community/c1/available-times", NULL);
    assert_int_equal(wire.status, 200);
    assert_true(wire.seconds < 1);
    pthread_join(slow.thread, NULL);
    assert_int_equal(slow.wire.status, 200);
    assert_true(slow.wire.seconds >= 1.5);
    wire_finish(&wire);
    wire_finish(&slow.wire);
    bench_close(bench);
}

static void stopping_breaks_off_what_is_delayed(void **state)
{
    (void)state;
    struct bench *bench = serve("GET * delay=600000");
    struct job slow = {.bench = bench, .path = "/community/c1/sources"};
    pthread_create(&slow.thread, NULL, run_job, &slow);
    do
        bench_call(bench, "GET", "/_sandbox/log", NULL);
    while (cJSON_GetArraySize(bench->json) == 0);
    struct server *server = bench->server;
    server_stop(server);
    bench->server = NULL;
    pthread_join(slow.thread, NULL);
    assert_int_equal(slow.wire.code, CURLE_GOT_NOTHING);
    wire_finish(&slow.wire);
    bench_close(bench);
}

static void of_two_clients_for_one_slot_one_gets_it(void **state)
{
    (void)state;
    struct bench *bench = serve(NULL);
    for (int round = 0; round < 20; round++) {
        struct job jobs[2];
        int won = 0, lost = 0;
        for (int i = 0; i < 2; i++) {
            jobs[i] = (struct job){.bench = bench, .path = "/appointment/request"};
            snprintf(jobs[i].body, sizeof jobs[i].body,
                "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":"
                "\"2026-11-%02dT10:00:00-08:00\"}],\"profile\":{\"email\":\"r%d-%d@example.com\"},"
                "\"tourType\":\"SELF_GUIDED\"}",
                24 + round % 6, round, i);
            pthread_create(&jobs[i].thread, NULL, run_job, &jobs[i]);
        }
        for (int i = 0; i < 2; i++) {
            pthread_join(jobs[i].thread, NULL);
            won += jobs[i].wire.status == 200;
            lost += jobs[i].wire.status == 409;
            wire_finish(&jobs[i].wire);
        }
        assert_int_equal(won + lost, 2);
        assert_int_equal(won, round < 6 ? 1 : 0);
    }
    assert_int_equal(count_booked(bench), 6);
    bench_close(bench);
}

/* R8: whoever looks while a person's tour is moved again and again always sees exactly one. */
static void a_replacement_is_one_step(void **state)
{
    (void)state;
    struct bench *bench = serve(NULL);
    struct wire wire;
    call(bench, &wire, "POST", "/appointment/request", booking);
    wire_finish(&wire);
    for (int round = 0; round < 10; round++) {
        struct job job = {.bench = bench, .path = "/appointment/request"};
        snprintf(job.body, sizeof job.body,
            "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":"
            "\"2026-11-25T%02d:00:00-08:00\"}],\"profile\":{\"email\":\"a@example.com\"},"
            "\"tourType\":\"SELF_GUIDED\"}",
            9 + round % 7);
        pthread_create(&job.thread, NULL, run_job, &job);
        for (int i = 0; i < 20; i++)
            assert_int_equal(count_booked(bench), 1);
        pthread_join(job.thread, NULL);
        assert_int_equal(job.wire.status, 200);
        wire_finish(&job.wire);
    }
    bench_close(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_date_is_the_sandboxs_own),
        cmocka_unit_test(a_body_beyond_a_mebibyte_is_413),
        cmocka_unit_test(R15_answers_that_do_not_come_whole),
        cmocka_unit_test(R15_a_duplicate_is_carried_out_twice),
        cmocka_unit_test(R15_headers_of_an_answer),
        cmocka_unit_test(R15_large_things_arrive_whole),
        cmocka_unit_test(R15_a_drip_takes_its_time),
        cmocka_unit_test(R15_a_delay_holds_up_nobody_else),
        cmocka_unit_test(stopping_breaks_off_what_is_delayed),
        cmocka_unit_test(of_two_clients_for_one_slot_one_gets_it),
        cmocka_unit_test(a_replacement_is_one_step),
    };
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    curl_global_cleanup();
    return failed;
}
