/* Whatever is sent, described or asked to go wrong: an answer or a refusal in words, never a crash.
 * (Meant to be run with the sanitizers.) */
#include "harness.h"

#include "tourdesk/base/random.h"
#include "tourdesk/sandbox/locate.h"
#include "tourdesk/sandbox/seed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 4000 };

static const char *const pieces[] = {"\"", "{", "}", "[", "]", ",", ":", "null", "true", "-1",
    "1e309", "99999999999999999999", "\\u0000", "\\ud800", "\xff", "\xF0\x9F\x8F\xA0", "id",
    "communityId", "\"c1\"", "2026-11-24T10:00:00-08:00", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59", "@", "@2-", "status=", "=", " ", "%2F", "%00", "%", "?",
    "&first=", "/", "*"};

/* A few cuts, copies and strange pieces put into a text. */
static void spoil(struct random *random, const char *text, struct str *out)
{
    str_clear(out);
    str_add(out, text);
    for (uint64_t n = 1 + random_below(random, 4); n > 0; n--) {
        struct str next = {0};
        size_t at = (size_t)random_below(random, out->length + 1);
        size_t gone = (size_t)random_below(random, 6) * (random_below(random, 8) ? 1 : 40);
        gone = gone < out->length - at ? gone : out->length - at;
        str_add_bytes(&next, str_text(out), at);
        if (random_below(random, 4))
            str_add(&next, pieces[random_below(random, sizeof pieces / sizeof *pieces)]);
        str_add(&next, str_text(out) + at + gone);
        str_finish(out);
        *out = next;
    }
}

static void spoiled_requests_are_answered(void **state)
{
    (void)state;
    static const struct {
        const char *method, *target, *body;
    } seeds[] = {
        {"GET", "/community/c1/available-times?forSelfGuided=true", ""},
        {"GET", "/community/c1/sources", ""},
        {"POST", "/appointment/request",
            "{\"communityId\":\"c1\",\"requestedTimes\":[{\"startTime\":\"2026-11-24T10:00:00-08:00"
            "\",\"endTime\":\"2026-11-24T10:30:00-08:00\"}],\"profile\":{\"firstName\":\"A\","
            "\"email\":\"a@example.com\",\"phone\":\"2065550155\",\"moveDate\":\"2027-01-01\","
            "\"bedrooms\":[\"STUDIO\"],\"occupants\":1,\"pets\":[],\"agent\":{\"username\":\"s\"}},"
            "\"smsConsent\":true,\"message\":\"m\",\"tourType\":\"SELF_GUIDED\"}"},
        {"PUT", "/appointment/18701/cancel", ""},
        {"POST", "/visit",
            "{\"prospectId\":\"47569001\",\"appointmentId\":\"18701\",\"unitNames\":[\"101\"],"
            "\"visitTime\":\"2026-11-23T10:00:00-08:00\",\"isSelfGuided\":true}"},
        {"POST", "/prospect",
            "{\"communityId\":\"c1\",\"email\":\"b@example.com\",\"autorespond\":true}"},
        {"GET", "/prospect/47569001", ""},
        {"GET", "/prospect/47569001/events?first=3&after=MQ==", ""},
        {"POST", "/prospect/47569001/call",
            "{\"startTime\":\"2026-11-23T10:00:00-08:00\",\"endTime\":\"2026-11-23T10:01:00-08:"
            "00\","
            "\"type\":\"OUTBOUND\",\"outcome\":\"ANSWERED\",\"agent\":{\"username\":\"s\"}}"},
        {"PATCH", "/_sandbox/office/c2", "{\"closed\":[\"2026-12-25\"],\"units\":[\"1\"]}"},
        {"POST", "/_sandbox/appointments",
            "{\"communityId\":\"c2\",\"startTime\":\"2026-11-25T10:00:00-07:00\"}"},
        {"GET", "/_sandbox/appointments", ""},
    };
    struct random random = random_seeded(11);
    struct bench *bench = bench_open(NULL, "2026-11-23T12:00:00-08:00", NULL);
    struct str target = {0}, body = {0};
    for (int round = 0; round < ROUNDS; round++) {
        size_t i = (size_t)random_below(&random, sizeof seeds / sizeof *seeds);
        bool path = random_below(&random, 4) == 0;
        spoil(&random, seeds[i].target, &target);
        spoil(&random, seeds[i].body, &body);
        int status = bench_call(bench, seeds[i].method, path ? str_text(&target) : seeds[i].target,
            "%s", path ? seeds[i].body : str_text(&body));
        assert_in_range(status, 200, 499);
        assert_non_null(bench->json);
    }
    str_finish(&target);
    str_finish(&body);
    bench_close(bench);
}

static void spoiled_rules_are_read_or_refused(void **state)
{
    (void)state;
    static const char *const seeds[] = {"POST /appointment/request @2-4 skip lose",
        "GET * @every status=429,retry-after=7,body=gateway,message=\"a, b\"",
        "GET /community/*/available-times bad-entries=3,objects,z-offset,deep=9,huge=300"};
    struct random random = random_seeded(12);
    struct str rule = {0};
    for (int round = 0; round < ROUNDS; round++) {
        struct faults faults = {0};
        struct error error = {0};
        spoil(&random, seeds[round % 3], &rule);
        if (faults_add(&faults, str_text(&rule), &error))
            faults_choose(&faults, "GET", "/community/c1/available-times");
        else
            assert_true(strlen(error.text) > 0);
        faults_clear(&faults);
    }
    str_finish(&rule);
}

/* Every mix of effects on every kind of answer. */
static void any_mix_of_effects_leaves_an_answer(void **state)
{
    (void)state;
    static const char *const answers[] = {"", "{}", "[]", "7", "\"", "{\"acceptableTimes\":[]}",
        "{\"acceptableTimes\":[\"2026-11-24T09:00:00-08:00\",\"x\"]}", "{\"acceptableTimes\":null}",
        "{\"appointmentId\":\"2\",\"appointment\":{\"id\":\"2\",\"status\":\"CONFIRMED\"}}"};
    struct random random = random_seeded(13);
    for (int round = 0; round < ROUNDS; round++) {
        struct twist twist = twist_none();
        bool *flags[] = {&twist.wrong_type, &twist.bom, &twist.numeric_ids, &twist.null_fields,
            &twist.extra_fields, &twist.no_id, &twist.z_offset, &twist.objects, &twist.bare_list,
            &twist.other_name, &twist.no_slots};
        int *sizes[] = {
            &twist.huge, &twist.many_slots, &twist.bad_entries, &twist.deep, &twist.status};
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
            *flags[i] = random_below(&random, 3) == 0;
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            *sizes[i] = random_below(&random, 3) ? 0 : 200 + (int)random_below(&random, 300);
        twist.body = (enum body_kind)random_below(&random, BODY_NOT_JSON + 1);
        struct mangle_place place = {.tour_minutes = 30, .now = 1000};
        struct reply reply = reply_none();
        str_add(&reply.body, answers[random_below(&random, sizeof answers / sizeof *answers)]);
        reply_shape(&reply, &twist, &place);
        assert_true(reply_bytes(&reply) == reply.body.length);
        if (twist.huge && reply.status != 204 && reply.status != 304)
            assert_true(reply.body.length >= (size_t)twist.huge);
        reply_finish(&reply);
    }
}

static void spoiled_offices_are_read_or_refused_with_a_line(void **state)
{
    (void)state;
    struct random random = random_seeded(14);
    struct zone_pool *pool = zone_pool_create();
    struct str text = {0};
    char *built_in = seed_office();
    for (int round = 0; round < ROUNDS / 4; round++) {
        struct office office = {0};
        struct error error = {0};
        char path[256];
        spoil(&random, round % 2 ? built_in : SMALL_OFFICE, &text);
        if (office_parse(str_text(&text), pool, &office, path, sizeof path, &error)) {
            office_finish(&office);
            continue;
        }
        assert_true(strlen(error.text) > 0);
        assert_in_range(locate_path(str_text(&text), path), 1, 200);
    }
    free(built_in);
    str_finish(&text);
    zone_pool_destroy(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spoiled_requests_are_answered),
        cmocka_unit_test(spoiled_rules_are_read_or_refused),
        cmocka_unit_test(any_mix_of_effects_leaves_an_answer),
        cmocka_unit_test(spoiled_offices_are_read_or_refused_with_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
