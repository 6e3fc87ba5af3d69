/* Office descriptions: what they may say, what a mistake is called, and where it stands. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct zone_pool *pool;

static void a_mistake_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *error; /* the error behind the file's name */
    } cases[] = {
        {"{\n\"communities\": [\n", ":3: not valid JSON near \"\""},
        {"{\n\"communities\": [\n{\"id\" \"c\"}]}", ":3: not valid JSON near \"\"c\"}]}\""},
        {"[]", ":1: an office is a JSON object"},
        {"{}", ":1: \"communities\" is missing"},
        {"{\"communities\":\n 7}", ":2: communities must be a list of at least one community"},
        {"{\"communities\":\n []}", ":2: communities must be a list of at least one community"},
        {"{\"gateway\":\n \"open\"}", ":2: gateway must be \"off\", \"accept\" or \"require\""},
        {"{\"town\":\n1}", ":2: town is not a setting of an office"},
        {"{\"communities\": [\n{\"id\": \"c1\"}]}", ":2: communities[0] has no \"timezone\""},
        {"{\"communities\": [\n{\"timezone\": \"UTC\"}]}", ":2: communities[0] has no \"id\""},
        {"{\"communities\": [{\"id\": \"c1\", \"timezone\": \"UTC\"},\n7]}",
            ":2: communities[1] must be an object"},
        {"{\"communities\": [{\"id\": \"c1\", \"timezone\": \"UTC\"},\n\n{\"id\": \"c1\", "
         "\"timezone\": \"UTC\"}]}",
            ":3: communities[1] has the id of another community, \"c1\""},
        {"{\"communities\": [\n{\"id\": \"c/1\"}]}",
            ":2: communities[0].id must stand in a path: letters, digits and hyphens"},
        {"{\"communities\": [{\"id\": \"c1\",\n\"timezone\": \"US/Nowhere\"}]}",
            ":2: communities[0].timezone names an unknown time zone \"US/Nowhere\" (names look "
            "like "
            "America/Los_Angeles)"},
        {"{\"communities\": [{\"id\": \"c1\", \"timezone\": \"UTC\",\n\"tour_minutes\": 3}]}",
            ":2: communities[0].tour_minutes must be a whole number from 5 to 240"},
        {"{\"communities\": [{\"id\": \"c1\", \"timezone\": \"UTC\",\n\"tour_minutes\": 30.5}]}",
            ":2: communities[0].tour_minutes must be a whole number from 5 to 240"},
        {"{\"communities\": [{\"id\": \"c1\", \"timezone\": \"UTC\",\n\"cluster\": 1}]}",
            ":2: communities[0].cluster must be true or false"},
        {"{\"communities\": [{\"id\": \"c1\", \"timezone\": \"UTC\",\n\"colour\": 1}]}",
            ":2: communities[0].colour is not a setting of a community"},
        {"{\"communities\": [{\"id\": \"c1\", \"hours\":\n{\"self_guided\": {\"mon\": "
         "\"9:00-17:00\","
         "\n\"tue\": \"9-5\"}}}]}",
            ":3: communities[0].hours.self_guided.tue must read like \"9:00-17:00\", "
            "\"9:00-12:00,13:00-17:00\" (up to 3, in order) or \"closed\""},
        {"{\"communities\": [{\"id\": \"c1\", \"hours\":\n{\"self_guided\": {\"mon\": "
         "\"9:00-12:00,11:00-13:00\"}}}]}",
            ":2: communities[0].hours.self_guided.mon must read like \"9:00-17:00\", "
            "\"9:00-12:00,13:00-17:00\" (up to 3, in order) or \"closed\""},
        {"{\"communities\": [{\"id\": \"c1\", \"hours\":\n{\"self_guided\": "
         "{\"monday\":\nnull}}}]}",
            ":3: communities[0].hours.self_guided.monday is no day: mon, tue, wed, thu, fri, sat, "
            "sun"},
        {"{\"communities\": [{\"id\": \"c1\", \"hours\": {\n\"guided\": {}}}]}",
            ":2: communities[0].hours.guided is no calendar: self_guided, in_person"},
        {"{\"communities\": [{\"id\": \"c1\", \"closed\": [\"2026-12-25\",\n\"2026-02-30\"]}]}",
            ":2: communities[0].closed[1] must be a date such as \"2026-12-25\""},
        {"{\"communities\": [{\"id\": \"c1\", \"units\": [\"101\",\n{\"floor\": 1}]}]}",
            ":2: communities[0].units[1] has no name"},
        {"{\"communities\": [{\"id\": \"c1\", \"units\": [\"M6-1\",\n\"m 6-1\"]}]}",
            ":2: communities[0].units[1] is the same unit as another, \"m 6-1\""},
        {"{\"communities\": [{\"id\": \"c1\", \"units\": [{\"name\": \"1\",\n\"bedrooms\": 2}]}]}",
            ":2: communities[0].units[0].bedrooms must be \"STUDIO\", \"1_BEDROOM\", "
            "\"2_BEDROOMS\" "
            "or \"3_OR_MORE_BEDROOMS\""},
        {"{\"communities\": [{\"id\": \"c1\", \"sources\": [\"A\", \"B\",\n\" \"]}]}",
            ":2: communities[0].sources[2] must be a text"},
        {"{\"communities\": [{\"id\": \"\\\"}]\",\n\"name\": 1}]}",
            ":2: communities[0].name must be a text"},
        {"{\"gateway\": \"off\", \"communities\": \xff}", " not UTF-8 text"},
    };
    char folder[64], path[96], expected[640];
    folder_make(folder, sizeof folder);
    snprintf(path, sizeof path, "%s/office.json", folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct office office = {0};
        struct error error = {0};
        FILE *file = fopen(path, "we");
        fputs(cases[i].text, file);
        fclose(file);
        assert_false(office_read(path, pool, &office, &error));
        snprintf(expected, sizeof expected, "%s%s%s", path, *cases[i].error == ' ' ? ":" : "",
            cases[i].error);
        assert_string_equal(error.text, expected);
        assert_int_equal(office.count, 0);
    }
    folder_remove(folder);
}

static void a_file_that_is_not_there(void **state)
{
    (void)state;
    struct office office = {0};
    struct error error;
    assert_false(office_read("/nonexistent/office.json", pool, &office, &error));
    assert_string_equal(error.text, "/nonexistent/office.json: No such file or directory");
}

static void read(const char *text, struct office *office)
{
    char path[256];
    struct error error;
    *office = (struct office){0};
    if (!office_parse(text, pool, office, path, sizeof path, &error))
        fail_msg("%s", error.text);
}

static void what_is_printed_reads_back_the_same(void **state)
{
    (void)state;
    struct office office, again;
    read("{\"gateway\":\"require\",\"seed_bookings\":true,\"communities\":[{\"id\":\"c1\","
         "\"timezone\":\"America/Denver\",\"tour_minutes\":45,\"notice_minutes\":10,"
         "\"buffer_before\":1,\"buffer_after\":2,\"cluster\":true,\"max_visitors\":3,"
         "\"instant\":false,\"concurrent\":true,\"horizon_days\":9,\"strict_slots\":false,"
         "\"repeat_cancel_ok\":false,\"past_cancel_ok\":false,\"duplicate_visit_ok\":false,"
         "\"slot_list_lag_seconds\":4,\"replace_frees_slot\":false,\"answer_prospect_id\":true,"
         "\"tracking_email\":\"t@example.com\",\"closed\":[\"2026-12-25\",\"2026-11-26\"],"
         "\"hours\":{\"self_guided\":{\"mon\":\"0:00-24:00\"},\"in_person\":{\"sun\":"
         "\"9:00-12:00, 13:00-17:30\"}},\"sources\":[\"A \\\"B\\\"\"],"
         "\"units\":[\"1\",{\"name\":\"2\",\"bedrooms\":\"STUDIO\",\"floor\":7}]}]}",
        &office);
    const struct property *property = &office.items[0];
    assert_string_equal(property->name, "c1");
    assert_int_equal(property->rules.closed[0].month, 11); /* in order */
    assert_int_equal(property->rules.hours[CALENDAR_SELF_GUIDED][MONDAY].spans[0].close, 1440);
    assert_int_equal(property->rules.hours[CALENDAR_IN_PERSON][SUNDAY].spans[1].close, 1050);
    assert_int_equal(property->rules.hours[CALENDAR_IN_PERSON][MONDAY].count, 0);
    char *text = office_print(&office);
    read(text, &again);
    char *second = office_print(&again);
    assert_string_equal(second, text);
    assert_non_null(strstr(text, "\"require\""));
    free(text);
    free(second);
    office_finish(&office);
    office_finish(&again);
}

static void an_in_person_calendar_without_hours_has_those_of_the_other(void **state)
{
    (void)state;
    struct office office;
    read("{\"communities\":[{\"id\":\"c1\",\"timezone\":\"UTC\",\"hours\":{\"self_guided\":"
         "{\"fri\":\"9:00-10:00\"}}}]}",
        &office);
    assert_int_equal(office.items[0].rules.hours[CALENDAR_IN_PERSON][FRIDAY].count, 1);
    office_finish(&office);
}

static void a_change_is_made_whole_or_not_at_all(void **state)
{
    (void)state;
    struct office office;
    struct error error;
    read("{\"communities\":[{\"id\":\"c1\",\"timezone\":\"UTC\",\"hours\":{\"self_guided\":"
         "{\"fri\":\"9:00-10:00\"}},\"units\":[\"1\",\"2\"]}]}",
        &office);
    struct property *property = &office.items[0];
    cJSON *bad = cJSON_Parse(
        "{\"tour_minutes\":15,\"units\":[\"9\"],\"closed\":[\"2026-01-01\"],\"cluster\":7}");
    assert_false(office_change(&office, property, bad, pool, &error));
    assert_string_equal(error.text, "cluster must be true or false");
    assert_int_equal(property->rules.tour_minutes, 30);
    assert_int_equal(property->unit_count, 2);
    cJSON *first = cJSON_Parse("{\"closed\":[\"2026-12-24\",\"2026-12-25\"]}");
    assert_true(office_change(&office, property, first, pool, &error));
    cJSON_Delete(first);
    cJSON *good = cJSON_Parse("{\"closed\":[\"2026-11-26\"],\"tour_minutes\":15,\"units\":[\"9\"],"
                              "\"hours\":{\"self_guided\":{\"sat\":\"9:00-10:00\"}}}");
    assert_true(office_change(&office, property, good, pool, &error));
    assert_int_equal(property->rules.tour_minutes, 15);
    assert_int_equal(property->unit_count, 1);
    assert_int_equal(property->rules.closed_count, 1);
    assert_int_equal(property->rules.closed[0].month, 11);
    assert_int_equal(property->rules.hours[CALENDAR_SELF_GUIDED][FRIDAY].count, 1);
    assert_int_equal(property->rules.hours[CALENDAR_SELF_GUIDED][SATURDAY].count, 1);
    assert_int_equal(property->rules.hours[CALENDAR_IN_PERSON][SATURDAY].count, 0);
    cJSON *renamed = cJSON_Parse("{\"id\":\"c2\"}");
    assert_false(office_change(&office, property, renamed, pool, &error));
    cJSON_Delete(bad);
    cJSON_Delete(good);
    cJSON_Delete(renamed);
    office_finish(&office);
}

static int make_pool(void **state)
{
    (void)state;
    pool = zone_pool_create();
    return 0;
}

static int drop_pool(void **state)
{
    (void)state;
    zone_pool_destroy(pool);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mistake_is_named_with_its_line),
        cmocka_unit_test(a_file_that_is_not_there),
        cmocka_unit_test(what_is_printed_reads_back_the_same),
        cmocka_unit_test(an_in_person_calendar_without_hours_has_those_of_the_other),
        cmocka_unit_test(a_change_is_made_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, make_pool, drop_pool);
}
