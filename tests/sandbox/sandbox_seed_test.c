/* The office the sandbox starts with: believable, invented, and the same every time. */
#include "harness.h"

#include "tourdesk/sandbox/seed.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char harbor[] = "b9XQN6eMvvrr07zg", mesa[] = "191b65d2686d11e9";

static struct bench *open_at(const char *now)
{
    char *office = seed_office();
    struct bench *bench = bench_open(office, now, NULL);
    free(office);
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    return bench;
}

static const char *text(const cJSON *item, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(item, name);
    return cJSON_IsString(value) ? value->valuestring : "";
}

static bool is(const cJSON *item, const char *name, const char *value)
{
    return strcmp(text(item, name), value) == 0;
}

static int visits(const cJSON *item)
{
    return cJSON_GetArraySize(cJSON_GetObjectItem(item, "visits"));
}

struct desk {
    int past, past_visited, current, upcoming;
};

static struct desk count_desk(struct bench *bench)
{
    struct desk desk = {0};
    const cJSON *item;
    cJSON_ArrayForEach (item, bench->json) {
        if (!is(item, "origin", "desk"))
            continue;
        instant start = at(text(item, "startTime")), end = at(text(item, "endTime"));
        assert_true(is(item, "status", "CONFIRMED"));
        assert_true(is(item, "tourType", "SELF_GUIDED"));
        if (end <= bench->now) {
            desk.past++;
            desk.past_visited += visits(item) > 0;
        } else if (start <= bench->now) {
            desk.current++;
            assert_in_range(bench->now - start, 20 * MINUTE, 25 * MINUTE);
        } else {
            desk.upcoming++;
        }
        if (end > bench->now)
            assert_int_equal(visits(item), 0);
    }
    return desk;
}

static void the_offices_own_tours_at_any_time_of_the_week(void **state)
{
    (void)state;
    static const struct {
        const char *now;
        int current;
    } cases[] = {
        {"2026-11-23T14:07:00-08:00", 1}, /* a Monday afternoon */
        {"2026-11-26T11:00:00-08:00", 1}, /* a Thursday: only the second community is open */
        {"2026-11-29T03:00:00-08:00", 0}, /* a Sunday night */
        {"2026-11-24T09:01:00-08:00", 1}, /* Harbor Flats opened a minute ago; Mesa View before */
        {"2027-03-14T15:00:00-07:00", 1}, /* the day the clocks change */
        {"2026-11-23T17:10:00-08:00", 0}, /* a tour begun now would not end before closing */
        {"2026-12-31T23:59:00-08:00", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench *bench = open_at(cases[i].now);
        struct desk desk = count_desk(bench);
        assert_int_equal(desk.past, 5);
        assert_int_equal(desk.past_visited, 2);
        assert_int_equal(desk.current, cases[i].current);
        assert_int_equal(desk.upcoming, 8);
        bench_close(bench);
    }
}

static void everyone_is_invented(void **state)
{
    (void)state;
    struct bench *bench = open_at("2026-11-23T14:07:00-08:00");
    const cJSON *item, *other;
    int shared = 0, accents = 0, mononyms = 0, apostrophes = 0, count = 0;
    cJSON_ArrayForEach (item, bench->json) {
        const cJSON *prospect = cJSON_GetObjectItem(item, "prospect");
        const char *phone = text(prospect, "phone"), *email = text(prospect, "email");
        assert_int_equal(strlen(phone), 12);
        assert_memory_equal(phone + 5, "55501", 5);
        assert_non_null(strstr(email, "@example.com"));
        for (const char *p = email; *p; p++)
            assert_false((unsigned char)*p >= 0x80 || isspace((unsigned char)*p));
        for (const char *p = text(prospect, "firstName"); *p; p++)
            accents += (unsigned char)*p >= 0x80;
        mononyms += !*text(prospect, "lastName");
        apostrophes += strchr(text(prospect, "lastName"), '\'') != NULL;
        count++;
        for (other = item->next; other; other = other->next) {
            const cJSON *they = cJSON_GetObjectItem(other, "prospect");
            assert_false(is(they, "phone", phone));
            if (is(they, "email", email)) {
                shared++;
                assert_false(is(item, "communityId", text(other, "communityId")));
            }
        }
    }
    assert_int_equal(shared, 1); /* the roommates */
    assert_true(accents > 4 && mononyms > 0 && apostrophes > 0);
    assert_in_range(count, 80, 140);
    bench_close(bench);
}

static void the_spread_reaches_from_last_week_to_ten_days_on(void **state)
{
    (void)state;
    struct bench *bench = open_at("2026-11-23T14:07:00-08:00");
    const cJSON *item;
    int past = 0, unlogged = 0, ahead = 0, in_person = 0, cancelled = 0;
    cJSON_ArrayForEach (item, bench->json) {
        instant start = at(text(item, "startTime"));
        assert_in_range(
            start, bench->now - 8 * 24 * (instant)HOUR, bench->now + 11 * 24 * (instant)HOUR);
        past += start < bench->now;
        unlogged += start < bench->now && is(item, "status", "CONFIRMED") && visits(item) == 0;
        ahead += start > bench->now + 5 * 24 * (instant)HOUR;
        in_person += is(item, "tourType", "IN_PERSON");
        cancelled += is(item, "status", "CANCELLED");
        if (start > bench->now || is(item, "status", "CANCELLED"))
            assert_int_equal(visits(item), 0);
        assert_true(at(text(item, "createdAt")) < bench->now);
        assert_true(at(text(item, "createdAt")) < start);
    }
    assert_true(past > 20 && ahead > 15 && in_person > 15 && cancelled > 3 && unlogged > 3);
    bench_close(bench);
}

/* True if some in-person tour to come stands at a time that the self-guided list still offers. */
static bool offered_beside_in_person(struct bench *bench, const char *community)
{
    char target[128];
    bool found = false;
    bench_call(bench, "GET", "/_sandbox/appointments", NULL);
    cJSON *all = bench->json;
    bench->json = NULL;
    snprintf(target, sizeof target, "/community/%s/available-times?forSelfGuided=true", community);
    bench_call(bench, "GET", target, NULL);
    const cJSON *item, *slot;
    cJSON_ArrayForEach (item, all) {
        if (!is(item, "communityId", community) || !is(item, "tourType", "IN_PERSON") ||
            !is(item, "status", "CONFIRMED"))
            continue;
        instant from = at(text(item, "startTime")), to = at(text(item, "endTime"));
        cJSON_ArrayForEach (slot, cJSON_GetObjectItem(bench->json, "acceptableTimes")) {
            instant start = at(slot->valuestring);
            found = found || (start < to && start + 30 * MINUTE > from);
        }
    }
    cJSON_Delete(all);
    return found;
}

static void R1_in_person_tours_close_slots_in_one_community_only(void **state)
{
    (void)state;
    struct bench *bench = open_at("2026-11-23T14:07:00-08:00");
    assert_false(offered_beside_in_person(bench, harbor));
    assert_true(offered_beside_in_person(bench, mesa));
    bench_close(bench);
}

static void no_two_tours_of_one_calendar_overlap(void **state)
{
    (void)state;
    struct bench *bench = open_at("2026-11-23T14:07:00-08:00");
    const cJSON *item, *other;
    cJSON_ArrayForEach (item, bench->json) {
        for (other = item->next; other; other = other->next)
            if (is(item, "status", "CONFIRMED") && is(other, "status", "CONFIRMED") &&
                is(other, "communityId", text(item, "communityId")) &&
                is(other, "tourType", text(item, "tourType")))
                assert_true(at(text(item, "endTime")) <= at(text(other, "startTime")) ||
                            at(text(other, "endTime")) <= at(text(item, "startTime")));
    }
    bench_close(bench);
}

static void the_same_seed_and_time_give_the_same_office(void **state)
{
    (void)state;
    struct bench *one = open_at("2026-11-23T14:07:00-08:00");
    struct bench *two = open_at("2026-11-23T14:07:00-08:00");
    assert_string_equal(one->text, two->text);
    bench_close(two);
    two = open_at("2026-11-24T14:07:00-08:00");
    assert_string_not_equal(one->text, two->text);
    bench_close(two);
    bench_close(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_offices_own_tours_at_any_time_of_the_week),
        cmocka_unit_test(everyone_is_invented),
        cmocka_unit_test(the_spread_reaches_from_last_week_to_ten_days_on),
        cmocka_unit_test(R1_in_person_tours_close_slots_in_one_community_only),
        cmocka_unit_test(no_two_tours_of_one_calendar_overlap),
        cmocka_unit_test(the_same_seed_and_time_give_the_same_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
