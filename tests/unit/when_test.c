/* Days and times as people type them, always in the community's zone and never in the machine's. */
#include "check.h"

#include "tourdesk/base/random.h"
#include "tourdesk/tour/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct zone *pacific, *havana, *lord_howe;

static int load_zones(void **state)
{
    (void)state;
    setenv("TZ", "Asia/Kolkata", 1); /* the machine's, to be ignored */
    tzset();
    pacific = zone_load("America/Los_Angeles", NULL);
    havana = zone_load("America/Havana", NULL);
    lord_howe = zone_load("Australia/Lord_Howe", NULL);
    return pacific && havana && lord_howe ? 0 : -1;
}

static int free_zones(void **state)
{
    (void)state;
    zone_destroy(pacific);
    zone_destroy(havana);
    zone_destroy(lord_howe);
    return 0;
}

static instant at(const char *text)
{
    struct stamp stamp;
    struct error error = {""};
    if (!stamp_parse(text, &stamp, &error))
        fail_msg("%s", error.text);
    return stamp.at;
}

/* What was understood, as text: the stamp, or the day with the part of it; "~" before it where no
 * day was named; "!" and the error. */
static const char *understood(
    char out[600], const char *text, const struct zone *zone, instant now, enum when_side side)
{
    struct when when;
    struct error error = {""};
    char word[STAMP_SIZE] = "";
    if (!when_parse(text, zone, now, side, &when, &error)) {
        snprintf(out, 600, "!%s", error.text);
        return out;
    }
    if (when.has_time)
        stamp_format(when.at, word);
    else
        date_format(when.date, word);
    size_t n = (size_t)snprintf(out, 600, "%s%s", when.has_date ? "" : "~", word);
    if (!when.has_time && (when.from_minute != 0 || when.to_minute != 1440))
        snprintf(out + n, 600 - n, " %d:%02d-%d:%02d", when.from_minute / 60, when.from_minute % 60,
            when.to_minute / 60, when.to_minute % 60);
    return out;
}

/* Monday 23 November 2026, 2:07 pm in Los Angeles: already Tuesday on the machine. */
#define MONDAY_NOW "2026-11-23T14:07:00-08:00"

static const struct {
    const char *text, *next, *last; /* NULL = the same */
} phrases[] = {
    {"today", "2026-11-23", NULL},
    {"tod", "2026-11-23", NULL},
    {"tomorrow", "2026-11-24", NULL},
    {"tom", "2026-11-24", NULL},
    {"tmw", "2026-11-24", NULL},
    {"  TOMORROW  ", "2026-11-24", NULL},
    {"yesterday", "2026-11-22", NULL},
    {"yest", "2026-11-22", NULL},
    {"mon", "2026-11-23", "2026-11-23"},
    {"tue", "2026-11-24", "2026-11-17"},
    {"tues", "2026-11-24", "2026-11-17"},
    {"wed", "2026-11-25", "2026-11-18"},
    {"thu", "2026-11-26", "2026-11-19"},
    {"thur", "2026-11-26", "2026-11-19"},
    {"thurs", "2026-11-26", "2026-11-19"},
    {"friday", "2026-11-27", "2026-11-20"},
    {"Fri,", "2026-11-27", "2026-11-20"},
    {"sat", "2026-11-28", "2026-11-21"},
    {"sun", "2026-11-29", "2026-11-22"},
    {"this fri", "2026-11-27", "2026-11-20"},
    {"on friday", "2026-11-27", "2026-11-20"},
    {"next mon", "2026-11-30", NULL},
    {"next fri", "2026-12-04", NULL},
    {"next sunday", "2026-12-06", NULL},
    {"last mon", "2026-11-16", NULL},
    {"last fri", "2026-11-20", NULL},
    {"last sun", "2026-11-22", NULL},
    {"next week", "2026-11-30", NULL},
    {"last week", "2026-11-16", NULL},

    {"12/3", "2026-12-03", "2025-12-03"},
    {"thu 12/3", "2026-12-03", "!that day is a Wednesday"},
    {"Mon 23 Nov 3:30 pm", "2026-11-23T15:30:00-08:00", NULL},
    {"11/23", "2026-11-23", "2026-11-23"},
    {"11/22", "2027-11-22", "2026-11-22"},
    {"11/24", "2026-11-24", "2025-11-24"},
    {"2/29", "2028-02-29", "2024-02-29"},
    {"12/3/2026", "2026-12-03", NULL},
    {"12/3/26", "2026-12-03", NULL},
    {"1/5/2025", "2025-01-05", NULL},
    {"2026-12-03", "2026-12-03", NULL},
    {"24 nov", "2026-11-24", "2025-11-24"},
    {"nov 24", "2026-11-24", "2025-11-24"},
    {"November 24th", "2026-11-24", "2025-11-24"},
    {"24th november", "2026-11-24", "2025-11-24"},
    {"the 24th of november", "2026-11-24", "2025-11-24"},
    {"2 of december 3pm", "2026-12-02T15:00:00-08:00", "2025-12-02T15:00:00-08:00"},
    {"1st jan", "2027-01-01", "2026-01-01"},
    {"2nd feb", "2027-02-02", "2026-02-02"},
    {"3rd mar", "2027-03-03", "2026-03-03"},
    {"sept 5", "2027-09-05", "2026-09-05"},
    {"may 1", "2027-05-01", "2026-05-01"},
    {"nov 24 2027", "2027-11-24", NULL},
    {"24 nov 2025", "2025-11-24", NULL},
    {"dec 1, 2026", "2026-12-01", NULL},

    {"+1", "2026-11-24", NULL},
    {"+0", "2026-11-23", NULL},
    {"+2w", "2026-12-07", NULL},
    {"+10d", "2026-12-03", NULL},
    {"-1d", "2026-11-22", NULL},
    {"-1w", "2026-11-16", NULL},
    {"+1m", "2026-12-23", NULL},
    {"-1m", "2026-10-23", NULL},
    {"+2W", "2026-12-07", NULL},
    {"in 3 days", "2026-11-26", NULL},
    {"in 1 day", "2026-11-24", NULL},
    {"in 2 weeks", "2026-12-07", NULL},

    {"2", "~2026-11-23T14:00:00-08:00", NULL},
    {"1", "~2026-11-23T13:00:00-08:00", NULL},
    {"6", "~2026-11-23T18:00:00-08:00", NULL},
    {"6:59", "~2026-11-23T18:59:00-08:00", NULL},
    {"7", "~2026-11-23T07:00:00-08:00", NULL},
    {"11:45", "~2026-11-23T11:45:00-08:00", NULL},
    {"12", "~2026-11-23T12:00:00-08:00", NULL},
    {"12:30", "~2026-11-23T12:30:00-08:00", NULL},
    {"2:30", "~2026-11-23T14:30:00-08:00", NULL},
    {"02:30", "~2026-11-23T02:30:00-08:00", NULL},
    {"14:00", "~2026-11-23T14:00:00-08:00", NULL},
    {"0:15", "~2026-11-23T00:15:00-08:00", NULL},
    {"23:59", "~2026-11-23T23:59:00-08:00", NULL},
    {"2pm", "~2026-11-23T14:00:00-08:00", NULL},
    {"2 pm", "~2026-11-23T14:00:00-08:00", NULL},
    {"2:30p", "~2026-11-23T14:30:00-08:00", NULL},
    {"2:30 PM", "~2026-11-23T14:30:00-08:00", NULL},
    {"2 am", "~2026-11-23T02:00:00-08:00", NULL},
    {"9a", "~2026-11-23T09:00:00-08:00", NULL},
    {"9pm", "~2026-11-23T21:00:00-08:00", NULL},
    {"12am", "~2026-11-23T00:00:00-08:00", NULL},
    {"12:30 am", "~2026-11-23T00:30:00-08:00", NULL},
    {"12pm", "~2026-11-23T12:00:00-08:00", NULL},
    {"09:30 am", "~2026-11-23T09:30:00-08:00", NULL},
    {"02:30pm", "~2026-11-23T14:30:00-08:00", NULL},
    {"noon", "~2026-11-23T12:00:00-08:00", NULL},
    {"at noon", "~2026-11-23T12:00:00-08:00", NULL},

    {"tomorrow 2:30pm", "2026-11-24T14:30:00-08:00", NULL},
    {"fri 14:00", "2026-11-27T14:00:00-08:00", "2026-11-20T14:00:00-08:00"},
    {"next fri 2", "2026-12-04T14:00:00-08:00", NULL},
    {"2pm fri", "2026-11-27T14:00:00-08:00", "2026-11-20T14:00:00-08:00"},
    {"at 2:30 on fri", "2026-11-27T14:30:00-08:00", "2026-11-20T14:30:00-08:00"},
    {"wed, noon", "2026-11-25T12:00:00-08:00", "2026-11-18T12:00:00-08:00"},
    {"nov 24 2", "2026-11-24T14:00:00-08:00", "2025-11-24T14:00:00-08:00"},
    {"2 nov 24", "!\"24\" is not", NULL},
    {"12/3 9:15am", "2026-12-03T09:15:00-08:00", "2025-12-03T09:15:00-08:00"},
    {"+2w 10", "2026-12-07T10:00:00-08:00", NULL},
    {"2026-12-03 14:30", "2026-12-03T14:30:00-08:00", NULL},
    {"in 3 days 9", "2026-11-26T09:00:00-08:00", NULL},
    {"7/4 2pm", "2027-07-04T14:00:00-07:00", "2026-07-04T14:00:00-07:00"},

    {"tom pm", "2026-11-24 12:00-24:00", NULL},
    {"am", "~2026-11-23 0:00-12:00", NULL},
    {"fri morning", "2026-11-27 0:00-12:00", "2026-11-20 0:00-12:00"},
    {"afternoon", "~2026-11-23 12:00-17:00", NULL},
    {"tomorrow evening", "2026-11-24 17:00-24:00", NULL},

    {"now", "2026-11-23T14:07:00-08:00", NULL},
    {" NOW", "2026-11-23T14:07:00-08:00", NULL},
    {"2026-11-24T14:30:00-08:00", "2026-11-24T14:30:00-08:00", NULL},
    {"2026-11-24T22:30Z", "2026-11-24T22:30:00+00:00", NULL},
    {"2026-11-24 14:30:00-0800", "2026-11-24T14:30:00-08:00", NULL},

    {"", "!nothing was typed", NULL},
    {" , ", "!nothing was typed", NULL},
    {"someday", "!\"someday\" is not a day or a time (try: tomorrow 2:30pm, fri 14:00, 12/3)",
        NULL},
    {"fri someday 2pm", "!\"someday\" is not a day or a time", NULL},
    {"ma\u00F1ana", "!\"ma\u00F1ana\" is not", NULL},
    {"fr", "!\"fr\" is not", NULL},
    {"fridays", "!\"fridays\" is not", NULL},
    {"fri fri", "!\"fri\" is not", NULL},
    {"fri 12/3", "!that day is a", NULL},
    {"2pm 3pm", "!\"3pm\" is not", NULL},
    {"2pm am", "!\"am\" is not", NULL},
    {"2am pm", "!\"pm\" is not", NULL},
    {"noon 2pm", "!\"2pm\" is not", NULL},
    {"13pm", "!\"13pm\" is not", NULL},
    {"0am", "!\"0am\" is not", NULL},
    {"14:00 pm", "!\"pm\" is not", NULL},
    {"24:00", "!\"24:00\" is not", NULL},
    {"2:60", "!\"2:60\" is not", NULL},
    {"2:3", "!\"2:3\" is not", NULL},
    {"2:300", "!\"2:300\" is not", NULL},
    {"2:", "!\"2:\" is not", NULL},
    {"123", "!\"123\" is not", NULL},
    {"99999999999999999999", "!\"99999999999999999999\" is not", NULL},
    {"+99999999999", "!\"+99999999999\" is not", NULL},
    {"12/", "!\"12/\" is not", NULL},
    {"12/3/", "!\"12/3/\" is not", NULL},
    {"12/3/2", "!\"12/3/2\" is not", NULL},
    {"12/3/2026/1", "!\"12/3/2026/1\" is not", NULL},
    {"13/1", "!\"13/1\" is not", NULL},
    {"0/5", "!\"0/5\" is not", NULL},
    {"2/30", "!\"2/30\" is not", NULL},
    {"2/29/2027", "!\"2/29/2027\" is not", NULL},
    {"nov 31", "!\"nov\" is not", NULL},
    {"nov", "!\"nov\" is not", NULL},
    {"2026-11-31", "!\"2026-11-31\" is not", NULL},
    {"2026- 1- 4", "!\"2026-\" is not", NULL},
    {"2026-+1-+4", "!\"2026-+1-+4\" is not", NULL},
    {"+", "!\"+\" is not", NULL},
    {"+2x", "!\"+2x\" is not", NULL},
    {"next", "!\"next\" is not", NULL},
    {"next year", "!\"next\" is not", NULL},
    {"in 3", "!\"in\" is not", NULL},
    {"in 3 hours", "!\"in\" is not", NULL},
    {"now then", "!\"now\" is not", NULL},
    {"a b c d e f g h i", "!too long for a day and a time", NULL},
    {"abcdefghijklmnopqrstuvwxyz", "!too long for a day and a time", NULL},
};

static void phrases_mean_what_an_office_means(void **state)
{
    (void)state;
    instant now = at(MONDAY_NOW);
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        char out[600];
        const char *text = phrases[i].text, *next = phrases[i].next;
        const char *last = phrases[i].last ? phrases[i].last : next;
        understood(out, text, pacific, now, WHEN_NEXT);
        if (next[0] == '!')
            check_holds(text, strncmp(out, next, strlen(next)) == 0, out);
        else
            check_text(text, out, next);
        understood(out, text, pacific, now, WHEN_LAST);
        if (last[0] == '!')
            check_holds(text, strncmp(out, last, strlen(last)) == 0, out);
        else
            check_text(text, out, last);
    }
}

/* Days on which the clocks change, and the ends of days, months and years. */
static const struct {
    struct zone **zone;
    const char *now, *text, *next;
} changes[] = {
    {&pacific, "2026-03-07T10:00:00-08:00", "tomorrow 2:30am",
        "!2:30 am does not exist on Sun 8 Mar: the clocks skip it"},
    {&pacific, "2026-03-07T10:00:00-08:00", "sun 02:00",
        "!2:00 am does not exist on Sun 8 Mar: the clocks skip it"},
    {&pacific, "2026-03-07T10:00:00-08:00", "sun 1:59am", "2026-03-08T01:59:00-08:00"},
    {&pacific, "2026-03-07T10:00:00-08:00", "sun 3am", "2026-03-08T03:00:00-07:00"},
    {&pacific, "2026-03-07T23:30:00-08:00", "+1", "2026-03-08"},
    {&pacific, "2026-03-07T23:30:00-08:00", "+2", "2026-03-09"},
    {&pacific, "2026-03-08T23:30:00-07:00", "yesterday", "2026-03-07"},
    {&pacific, "2026-03-08T23:30:00-07:00", "last sat 2pm", "2026-02-28T14:00:00-08:00"},
    {&pacific, "2026-10-31T23:30:00-07:00", "tomorrow", "2026-11-01"},
    {&pacific, "2026-10-31T23:30:00-07:00", "tomorrow 12:59am", "2026-11-01T00:59:00-07:00"},
    {&pacific, "2026-10-31T23:30:00-07:00", "tomorrow 1:30am",
        "!1:30 am comes twice on Sun 1 Nov: write 2026-11-01T01:30:00-07:00 or "
        "2026-11-01T01:30:00-08:00"},
    {&pacific, "2026-10-31T23:30:00-07:00", "tomorrow 2am", "2026-11-01T02:00:00-08:00"},
    {&pacific, "2026-10-31T23:30:00-07:00", "tomorrow 2pm", "2026-11-01T14:00:00-08:00"},
    {&pacific, "2026-10-31T23:30:00-07:00", "2026-11-01T01:30:00-08:00",
        "2026-11-01T01:30:00-08:00"},
    {&pacific, "2026-11-01T01:30:00-07:00", "now", "2026-11-01T01:30:00-07:00"},
    {&pacific, "2026-11-01T01:30:00-08:00", "now", "2026-11-01T01:30:00-08:00"},
    {&pacific, "2026-11-01T01:30:00-08:00", "tomorrow", "2026-11-02"},
    {&pacific, "2026-11-01T23:30:00-08:00", "today", "2026-11-01"},
    {&pacific, "2026-11-01T23:30:00-08:00", "+1w 9", "2026-11-08T09:00:00-08:00"},
    {&pacific, "2027-01-02T09:00:00-08:00", "11/1/2026 1:30 am",
        "!1:30 am comes twice on Sun 1 Nov 2026: write "},

    {&pacific, "2026-11-24T07:59:59Z", "today", "2026-11-23"},
    {&pacific, "2026-11-24T08:00:00Z", "today", "2026-11-24"},
    {&pacific, "2026-12-31T23:59:59-08:00", "tomorrow", "2027-01-01"},
    {&pacific, "2026-12-31T12:00:00-08:00", "1/1", "2027-01-01"},
    {&pacific, "2026-12-31T12:00:00-08:00", "12/31", "2026-12-31"},
    {&pacific, "2026-12-31T12:00:00-08:00", "+2m", "2027-02-28"},
    {&pacific, "2027-01-31T12:00:00-08:00", "-2m", "2026-11-30"},
    {&pacific, "2028-02-28T12:00:00-08:00", "tomorrow", "2028-02-29"},
    {&pacific, "2028-02-29T12:00:00-08:00", "2/29", "2028-02-29"},
    {&pacific, "2096-03-01T12:00:00-08:00", "2/29", "2104-02-29"},
    {&pacific, "2026-11-29T12:00:00-08:00", "next mon", "2026-11-30"},
    {&pacific, "2026-11-29T12:00:00-08:00", "mon", "2026-11-30"},
    {&pacific, "2026-11-29T12:00:00-08:00", "sun", "2026-11-29"},

    {&havana, "2026-03-07T12:00:00-05:00", "sun 12am",
        "!12:00 am does not exist on Sun 8 Mar: the clocks skip it"},
    {&havana, "2026-03-07T12:00:00-05:00", "sun", "2026-03-08"},
    {&havana, "2026-10-31T12:00:00-04:00", "tomorrow 0:30",
        "!12:30 am comes twice on Sun 1 Nov: write 2026-11-01T00:30:00-04:00 or "
        "2026-11-01T00:30:00-05:00"},
    {&lord_howe, "2026-10-03T12:00:00+10:30", "tomorrow 2:15am",
        "!2:15 am does not exist on Sun 4 Oct: the clocks skip it"},
    {&lord_howe, "2026-10-03T12:00:00+10:30", "tomorrow 2:30am", "2026-10-04T02:30:00+11:00"},
};

static void days_on_which_clocks_change_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char out[600], row[128];
        const char *want = changes[i].next;
        snprintf(row, sizeof row, "%s at %s", changes[i].text, changes[i].now);
        understood(out, changes[i].text, *changes[i].zone, at(changes[i].now), WHEN_NEXT);
        if (want[0] == '!')
            check_holds(row, strncmp(out, want, strlen(want)) == 0, out);
        else
            check_text(row, out, want);
    }
}

static void the_day_of_a_stamp_is_the_zones(void **state)
{
    (void)state;
    struct when when;
    assert_true(
        when_parse("2026-11-25T01:00:00Z", pacific, at(MONDAY_NOW), WHEN_NEXT, &when, NULL));
    assert_int_equal(date_compare(when.date, (struct date){2026, 11, 24}), 0);
    assert_true(when_parse("now", pacific, at("2026-11-24T07:59:00Z"), WHEN_NEXT, &when, NULL));
    assert_int_equal(date_compare(when.date, (struct date){2026, 11, 23}), 0);
    assert_int_equal(when.to_minute, 24 * 60);
}

static void what_is_missing_is_said(void **state)
{
    (void)state;
    instant now = at(MONDAY_NOW);
    struct stamp stamp;
    struct date date;
    struct error error = {""};
    assert_false(when_parse_time("fri", pacific, now, WHEN_NEXT, &stamp, &error));
    assert_string_equal(error.text, "the time of day is missing (as in: tomorrow 2:30pm)");
    assert_false(when_parse_time("fri pm", pacific, now, WHEN_NEXT, &stamp, &error));
    assert_false(when_parse_time("", pacific, now, WHEN_NEXT, &stamp, &error));
    assert_string_equal(error.text, "nothing was typed");
    assert_false(when_parse_date("2:30pm", pacific, now, WHEN_NEXT, &date, &error));
    assert_string_equal(error.text, "the day is missing (as in: fri, 12/3, +2w)");
    assert_false(when_parse_date("xyz", pacific, now, WHEN_NEXT, &date, NULL));

    assert_true(when_parse_time("2:30pm", pacific, now, WHEN_NEXT, &stamp, &error));
    assert_int_equal(stamp.at, at("2026-11-23T14:30:00-08:00"));
    assert_int_equal(stamp.offset, -8 * 3600);
    assert_true(when_parse_date("fri 2pm", pacific, now, WHEN_LAST, &date, &error));
    assert_int_equal(date_compare(date, (struct date){2026, 11, 20}), 0);
    assert_true(when_parse_date("now", pacific, now, WHEN_NEXT, &date, &error));
    assert_int_equal(date_compare(date, (struct date){2026, 11, 23}), 0);
}

/* Any time of five years, written in three ways, is read back, or refused where it is not one. */
static void any_time_is_read_as_it_was_written(void **state)
{
    (void)state;
    struct random random = random_seeded(7);
    struct date first = {2025, 1, 1};
    for (int round = 0; round < 20000; round++) {
        struct wall wall = {.date = date_add_days(first, (int)random_below(&random, 1826)),
            .hour = (int)random_below(&random, 24),
            .minute = (int)random_below(&random, 60)};
        struct date d = wall.date;
        int hour12 = wall.hour % 12 ? wall.hour % 12 : 12;
        const char *half = wall.hour < 12 ? "am" : "pm";
        char forms[3][64];
        snprintf(forms[0], 64, "%04d-%02d-%02d %02d:%02d", d.year, d.month, d.day, wall.hour,
            wall.minute);
        snprintf(
            forms[1], 64, "%d/%d/%d %d:%02d%s", d.month, d.day, d.year, hour12, wall.minute, half);
        snprintf(forms[2], 64, "%d:%02d %s %02d/%02d/%02d", hour12, wall.minute, half, d.month,
            d.day, d.year % 100);
        instant found[2];
        int count = zone_instants(pacific, wall, found);
        for (int k = 0; k < 3; k++) {
            struct stamp stamp = {0};
            bool good = when_parse_time(forms[k], pacific, at(MONDAY_NOW), WHEN_NEXT, &stamp, NULL);
            check_number(forms[k], good, count == 1);
            if (good)
                check_number(forms[k], stamp.at, found[0]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_mean_what_an_office_means),
        cmocka_unit_test(days_on_which_clocks_change_are_told_apart),
        cmocka_unit_test(the_day_of_a_stamp_is_the_zones),
        cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(any_time_is_read_as_it_was_written),
    };
    return cmocka_run_group_tests(tests, load_zones, free_zones);
}
