/* Fault rules: how they are written, which request they choose, and what they make of an answer
 * (R15). */
#include "harness.h"

#include <stdio.h>
#include <string.h>

static void every_effect_and_form_is_read(void **state)
{
    (void)state;
    static const char *const good[] = {
        "",
        "   ",
        "# POST /visit lose",
        "POST /visit lose",
        "POST /appointment/request @1 lose",
        "POST /appointment/request @2-4 apply lose",
        "PUT /appointment/*/cancel @2+ skip status=503,body=html",
        "* * @every delay=100,cut=0,drip=1",
        "GET /community/*/available-times status=429,retry-after=7,body=gateway",
        "GET /x reset",
        "GET /x answer",
        "GET /x duplicate,wrong-type,bom,numeric-ids,null-fields,extra-fields,no-id,no-date",
        "GET /x huge=1000,many-slots=5000,bad-entries=3,deep=100,headers=400000",
        "GET /x z-offset,objects,bare-list,other-name,no-slots",
        "GET /x status-word=HELD,date-skew=-600,redirect=http://127.0.0.1/",
        "GET /x body=empty",
        "GET /x body=json,message=\"No, not \\\"today\\\"\"",
        "GET /x body=truncated",
        "GET /x body=notjson",
        "\tGET\t/x\t@3\tskip\tlose\t",
    };
    struct faults faults = {0};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct error error;
        if (!faults_add(&faults, good[i], &error))
            fail_msg("%s: %s", good[i], error.text);
    }
    assert_int_equal(faults.count, sizeof good / sizeof *good - 3);
    assert_string_equal(faults.items[13].twist.message, "No, not \"today\"");
    faults_clear(&faults);
}

static void a_mistake_is_named_with_its_word(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *words;
    } cases[] = {
        {"FETCH /x lose", "\"FETCH\": a rule begins with GET, POST, PUT or *"},
        {"GET", "the path is missing behind \"GET\""},
        {"GET x lose", "\"x\": a path begins with / (and may have * in it)"},
        {"GET /x", "an effect is missing"},
        {"GET /x @0 lose", "\"@0\": counts read @3, @2-4, @2+ or @every"},
        {"GET /x @x lose", "\"@x\": counts read @3, @2-4, @2+ or @every"},
        {"GET /x @4-2 lose", "\"@4-2\": counts read @3, @2-4, @2+ or @every"},
        {"GET /x @2++ lose", "\"@2++\": counts read @3, @2-4, @2+ or @every"},
        {"GET /x @99999999999 lose", "\"@99999999999\": counts read @3, @2-4, @2+ or @every"},
        {"GET /x loose", "\"loose\" is not an effect"},
        {"GET /x lose=1", "\"lose=1\": takes no value"},
        {"GET /x bom=1", "\"bom=1\": takes no value"},
        {"GET /x delay", "\"delay\": needs a value, as in delay=..."},
        {"GET /x delay=soon", "\"delay=soon\": needs a whole number from 0 to 3600000"},
        {"GET /x status=42", "\"status=42\": needs a whole number from 200 to 599"},
        {"GET /x status=1e3", "\"status=1e3\": needs a whole number from 200 to 599"},
        {"GET /x body=xml",
            "\"body=xml\": a body is empty, html, json, gateway, truncated or notjson"},
        {"GET /x message=", "\"message\": needs a text of 1 to 255 bytes"},
        {"GET /x message=\"open", "a quotation mark does not close"},
        {"GET /x lose,", "an effect is missing"},
        {"GET /x ,lose", "an effect is missing"},
        {"GET /x lose reset", "\"reset\": nothing may follow the effects"},
        {"GET /x skip apply lose", "\"apply\" is not an effect"},
    };
    struct faults faults = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        assert_false(faults_add(&faults, cases[i].rule, &error));
        assert_string_equal(error.text, cases[i].words);
    }
    assert_int_equal(faults.count, 0);
}

/* The numbers of the rule (1, 2, ...) chosen by each of some requests, "-" for none. */
static const char *choices(const char *const *rules, const char *method, const char *path, int n)
{
    static char text[64];
    struct faults faults = {0};
    for (size_t i = 0; rules[i]; i++)
        assert_true(faults_add(&faults, rules[i], NULL));
    for (int i = 0; i < n; i++) {
        const struct fault *fault = faults_choose(&faults, method, path);
        text[i] = (char)(fault ? '1' + (fault - faults.items) : '-');
    }
    text[n] = '\0';
    faults_clear(&faults);
    return text;
}

static void the_count_decides_which_request_it_is(void **state)
{
    (void)state;
    const char *one[] = {"POST /visit @2 lose", NULL};
    const char *range[] = {"POST /visit @2-3 lose", NULL};
    const char *from[] = {"POST /visit @3+ lose", NULL};
    const char *every[] = {"POST /visit lose", NULL};
    const char *two[] = {"POST /visit @2 lose", "POST /v* reset", "* * @1 answer", NULL};
    const char *turns[] = {"POST /visit @1 lose", "POST /visit @2 reset", NULL};
    assert_string_equal(choices(turns, "POST", "/visit", 3), "12-");
    assert_string_equal(choices(one, "POST", "/visit", 4), "-1--");
    assert_string_equal(choices(range, "POST", "/visit", 4), "-11-");
    assert_string_equal(choices(from, "POST", "/visit", 4), "--11");
    assert_string_equal(choices(every, "POST", "/visit", 3), "111");
    assert_string_equal(choices(every, "PUT", "/visit", 3), "---");
    assert_string_equal(choices(every, "POST", "/visits", 3), "---");
    assert_string_equal(choices(two, "POST", "/visit", 3), "212");
    assert_string_equal(choices(two, "GET", "/a/b/c", 2), "3-");
}

static void a_file_of_rules_names_its_lines(void **state)
{
    (void)state;
    char folder[64], path[96];
    struct faults faults = {0};
    struct error error;
    folder_make(folder, sizeof folder);
    snprintf(path, sizeof path, "%s/rules", folder);
    FILE *file = fopen(path, "we");
    fputs("# two good ones\r\nGET /x lose\r\n\nGET /y reset\nGET /z los", file);
    fclose(file);
    assert_false(faults_read(&faults, path, &error));
    char expected[192];
    snprintf(expected, sizeof expected, "%s:5: \"los\" is not an effect", path);
    assert_string_equal(error.text, expected);
    assert_int_equal(faults.count, 0);
    file = fopen(path, "ae");
    fputs("e\n", file);
    fclose(file);
    assert_true(faults_read(&faults, path, &error));
    assert_int_equal(faults.count, 3);
    faults_clear(&faults);
    folder_remove(folder);
    assert_false(faults_read(&faults, path, &error));
}

/* What an effect makes of an answer. */
static struct reply shaped(const char *effects, int status, const char *body)
{
    struct faults faults = {0};
    struct error error;
    char rule[256];
    struct zone *zone = zone_load("America/Los_Angeles", NULL);
    struct mangle_place place = {zone, 30, at("2026-11-23T12:00:00-08:00")};
    snprintf(rule, sizeof rule, "GET /x %s", effects);
    if (!faults_add(&faults, rule, &error))
        fail_msg("%s", error.text);
    struct reply reply = reply_none();
    reply.status = status;
    str_add(&reply.body, body);
    reply_shape(&reply, &faults.items[0].twist, &place);
    faults_clear(&faults);
    zone_destroy(zone);
    return reply;
}

static void each_change_of_the_body(void **state)
{
    (void)state;
    static const char booked[] =
        "{\"appointmentId\":\"2\",\"appointment\":{\"id\":\"2\",\"status\":\"CONFIRMED\"}}";
    static const char slots[] = "{\"acceptableTimes\":[\"2026-11-24T09:00:00-08:00\","
                                "\"2026-11-24T09:30:00-08:00\"]}";
    static const struct {
        const char *effects, *before, *after;
    } cases[] = {
        {"answer", booked, booked},
        {"numeric-ids", booked,
            "{\"appointmentId\":2,\"appointment\":{\"id\":2,\"status\":\"CONFIRMED\"}}"},
        {"no-id", booked, "{\"appointment\":{\"status\":\"CONFIRMED\"}}"},
        {"null-fields", booked,
            "{\"appointmentId\":\"2\",\"appointment\":{\"id\":\"2\",\"status\":null}}"},
        {"null-fields", slots, "{\"acceptableTimes\":null}"},
        {"status-word=HELD", booked,
            "{\"appointmentId\":\"2\",\"appointment\":{\"id\":\"2\",\"status\":\"HELD\"}}"},
        {"wrong-type", booked,
            "[{\"appointmentId\":\"2\",\"appointment\":{\"id\":\"2\",\"status\":\"CONFIRMED\"}}]"},
        {"bare-list,wrong-type", slots,
            "{\"items\":[\"2026-11-24T09:00:00-08:00\",\"2026-11-24T09:30:00-08:00\"]}"},
        {"bare-list", slots, "[\"2026-11-24T09:00:00-08:00\",\"2026-11-24T09:30:00-08:00\"]"},
        {"other-name,z-offset", slots,
            "{\"available_times\":[\"2026-11-24T17:00:00Z\",\"2026-11-24T17:30:00Z\"]}"},
        {"objects", slots,
            "{\"acceptableTimes\":[{\"startTime\":\"2026-11-24T09:00:00-08:00\","
            "\"endTime\":\"2026-11-24T09:30:00-08:00\"},{\"startTime\":\"2026-11-24T09:30:00-08:00"
            "\",\"endTime\":\"2026-11-24T10:00:00-08:00\"}]}"},
        {"no-slots", slots, "{\"acceptableTimes\":[]}"},
        {"many-slots=3", slots,
            "{\"acceptableTimes\":[\"2026-11-24T09:00:00-08:00\",\"2026-11-24T09:30:00-08:00\","
            "\"2026-11-24T10:00:00-08:00\"]}"},
        {"bad-entries=3", slots,
            "{\"acceptableTimes\":[\"2026-11-24T09:00:00-08:00\",\"soon\","
            "\"2026-11-24T09:30:00-08:00\",17,null]}"},
        {"deep=3", "{\"id\":\"1\"}", "{\"deep\":[[[]]],\"id\":\"1\"}"},
        {"deep=2", "[1]", "[[[1]]]"},
        {"bom", "{}", "\xEF\xBB\xBF{}"},
        {"huge=40", "{\"id\":\"1\"}", "{\"id\":\"1\",\"padding\":\"xxxxxxxxxxxxxxxxx\"}"},
        {"huge=6", "[1]", "[1]   "},
        {"body=empty", booked, ""},
        {"body=truncated", "{\"id\":\"1\"}", "{\"id\""},
        {"body=notjson", booked, "OK, thank you.\n"},
        {"body=json,message=No", booked, "{\"errorMessage\":\"No\"}"},
        {"body=gateway,message=No", booked, "{\"message\":\"No\"}"},
        {"many-slots=3", "not json", "not json"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply reply = shaped(cases[i].effects, 200, cases[i].before);
        assert_string_equal(str_text(&reply.body), cases[i].after);
        assert_int_equal(reply.status, 200);
        reply_finish(&reply);
    }
}

static void each_change_of_the_status(void **state)
{
    (void)state;
    static const struct {
        const char *effects;
        int before, status;
        const char *body, *type;
    } cases[] = {
        {"status=503", 200, 503, "{\"errorMessage\":\"The service is unavailable.\"}",
            "application/json"},
        {"status=418", 200, 418, "{\"errorMessage\":\"The request failed.\"}", "application/json"},
        {"status=201", 200, 201, "{}", "application/json"},
        {"status=204", 200, 204, "", "application/json"},
        {"status=429,body=gateway", 200, 429, "{\"message\":\"Too Many Requests\"}",
            "application/json"},
        {"status=504,body=gateway", 200, 504, "{\"message\":\"Endpoint request timed out\"}",
            "application/json"},
        {"status=500,body=empty", 200, 500, "", "application/json"},
        {"redirect=http://127.0.0.1/", 200, 302, "", "application/json"},
        {"redirect=http://127.0.0.1/,status=307", 200, 307, "", "application/json"},
        {"message=Sorry", 409, 409, "{\"errorMessage\":\"Sorry\"}", "application/json"},
        {"message=Sorry", 200, 200, "{}", "application/json"},
        {"status=502,body=html", 200, 502,
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 "
            "Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n",
            "text/html"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply reply = shaped(cases[i].effects, cases[i].before, "{}");
        assert_string_equal(str_text(&reply.body), cases[i].body);
        assert_int_equal(reply.status, cases[i].status);
        assert_string_equal(reply.content_type, cases[i].type);
        reply_finish(&reply);
    }
}

static void extra_fields_stand_in_every_object(void **state)
{
    (void)state;
    struct reply reply = shaped("extra-fields", 200, "{\"a\":{\"id\":\"1\"}}");
    cJSON *json = cJSON_Parse(str_text(&reply.body));
    cJSON *inner = cJSON_GetObjectItem(json, "a");
    assert_true(cJSON_HasObjectItem(json, "futureField"));
    assert_true(cJSON_HasObjectItem(inner, "futureField"));
    assert_true(cJSON_HasObjectItem(inner, "größe"));
    assert_string_equal(cJSON_GetObjectItem(inner, "id")->valuestring, "1");
    cJSON_Delete(json);
    reply_finish(&reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_effect_and_form_is_read),
        cmocka_unit_test(a_mistake_is_named_with_its_word),
        cmocka_unit_test(the_count_decides_which_request_it_is),
        cmocka_unit_test(a_file_of_rules_names_its_lines),
        cmocka_unit_test(each_change_of_the_body),
        cmocka_unit_test(each_change_of_the_status),
        cmocka_unit_test(extra_fields_stand_in_every_object),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
