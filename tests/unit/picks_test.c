/* Free times for a phrase: which ones, in which order, and what is said about them. */
#include "check.h"

#include "tourdesk/base/str.h"
#include "tourdesk/desk/picks.h"

#include <stdio.h>

static struct zone *pacific;
static struct slot_list slots;
static instant now;

static struct stamp at(const char *text)
{
    struct stamp stamp;
    struct error error = {""};
    if (!stamp_parse(text, &stamp, &error))
        fail_msg("%s", error.text);
    return stamp;
}

static void add(const char *text)
{
    struct slot slot = {.start = at(text)};
    str_copy(slot.text, sizeof slot.text, text);
    slot_list_add(&slots, &slot);
}

/* Monday 23 November 2026, 2:07 pm: two free today, eleven on Tuesday from 9:00, two on Friday. */
static int set_up(void **state)
{
    (void)state;
    pacific = zone_load("America/Los_Angeles", NULL);
    now = at("2026-11-23T14:07:00-08:00").at;
    add("2026-11-23T10:00:00-08:00"); /* past by now */
    add("2026-11-23T15:00:00-08:00");
    add("2026-11-23T16:30:00-08:00");
    for (int hour = 9; hour <= 14; hour++) {
        char text[STAMP_SIZE];
        str_print(text, sizeof text, "2026-11-24T%02d:00:00-08:00", hour);
        add(text);
        str_print(text, sizeof text, "2026-11-24T%02d:30:00-08:00", hour);
        if (hour < 14)
            add(text);
    }
    add("2026-11-27T14:00:00-08:00");
    add("2026-11-27T17:00:00-08:00");
    slots.checked_at = now;
    return pacific ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    zone_destroy(pacific);
    slot_list_finish(&slots);
    return 0;
}

/* What is offered, as "24 14:00, 24 14:30 +2"; "!" where the phrase is wrong. */
static const char *offered(char out[300], const struct picks *picks)
{
    size_t used = 0;
    str_copy(out, 300, picks->wrong ? "!" : "");
    for (int i = 0; i < picks->count; i++) {
        struct wall wall = zone_wall(pacific, picks->items[i].start.at);
        used += (size_t)snprintf(out + used, 300 - used, "%s%d %d:%02d", i ? ", " : "",
            wall.date.day, wall.hour, wall.minute);
    }
    if (picks->more)
        snprintf(out + used, 300 - used, " +%zu", picks->more);
    return out;
}

static const struct {
    const char *text, *offered, *note;
} phrases[] = {
    {"",
        "23 15:00, 23 16:30, 24 9:00, 24 9:30, 24 10:00, 24 10:30, 24 11:00, 24 11:30, 24 12:00 +6",
        "The next free times."},
    {"  ",
        "23 15:00, 23 16:30, 24 9:00, 24 9:30, 24 10:00, 24 10:30, 24 11:00, 24 11:30, 24 12:00 +6",
        "The next free times."},
    {"today", "23 15:00, 23 16:30", "Mon 23 Nov: 2 free."},
    {"tom pm", "24 12:00, 24 12:30, 24 13:00, 24 13:30, 24 14:00",
        "Tue 24 Nov from 12:00 pm on: 5 free."},
    {"tom am", "24 9:00, 24 9:30, 24 10:00, 24 10:30, 24 11:00, 24 11:30",
        "Tue 24 Nov before 12:00 pm: 6 free."},
    {"tom",
        "24 9:00, 24 9:30, 24 10:00, 24 10:30, 24 11:00, 24 11:30, 24 12:00, 24 12:30, 24 13:00 +2",
        "Tue 24 Nov: 11 free."},
    {"fri afternoon", "27 14:00", "Fri 27 Nov 12:00 pm to 5:00 pm: 1 free."},
    {"evening", "27 17:00", "Fri 27 Nov from 5:00 pm on: 1 free."},
    {"pm", "23 15:00, 23 16:30", "Mon 23 Nov from 12:00 pm on: 2 free."},
    {"am", "24 9:00, 24 9:30, 24 10:00, 24 10:30, 24 11:00, 24 11:30",
        "Tue 24 Nov before 12:00 pm: 6 free."},
    {"fri 2", "27 14:00, 27 17:00, 24 14:00, 24 13:30", "Fri 27 Nov 2:00 pm is free."},
    {"tom 10", "24 10:00, 24 9:30, 24 10:30, 24 9:00", "Tue 24 Nov 10:00 am is free."},
    {"tom 2:30", "24 14:00, 24 13:30, 24 13:00", "Tue 24 Nov 2:30 pm is not free. Nearest:"},
    {"10", "23 15:00, 23 16:30, 24 9:00", "Mon 23 Nov 10:00 am has passed. Nearest:"},
    {"wed", "24 14:00, 24 13:30, 24 13:00", "Wed 25 Nov: nothing free. Nearest:"},
    {"sun pm", "27 17:00, 27 14:00, 24 14:00",
        "Sun 29 Nov from 12:00 pm on: nothing free. Nearest:"},
    {"yesterday", "23 15:00, 23 16:30, 24 9:00", "Sun 22 Nov has passed. Next:"},
    {"someday", "!", "\"someday\" is not a day or a time"},
    {"mar 14 02:30", "!", "does not exist"},
};

static void a_phrase_offers_what_it_means(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        struct picks picks;
        char text[300];
        picks_find(&picks, phrases[i].text, &slots, pacific, now);
        check_contains(phrases[i].text, picks.note, phrases[i].note);
        check_text(phrases[i].text, offered(text, &picks), phrases[i].offered);
    }
}

static void what_is_offered_keeps_knocks_own_text(void **state)
{
    (void)state;
    struct picks picks;
    picks_find(&picks, "fri 2", &slots, pacific, now);
    check_text("fri 2", picks.items[0].text, "2026-11-27T14:00:00-08:00");
}

static void without_free_times_it_is_said_why(void **state)
{
    (void)state;
    struct slot_list none = {0};
    struct picks picks;
    picks_find(&picks, "tom pm", &none, pacific, now);
    assert_int_equal(picks.count, 0);
    check_contains("not asked yet", picks.note, "not come yet");
    none.checked_at = now;
    picks_find(&picks, "tom pm", &none, pacific, now);
    check_contains("none", picks.note, "no free times");
    struct slot past = {.start = {now, 0}};
    slot_list_add(&none, &past);
    picks_find(&picks, "", &none, pacific, now);
    assert_int_equal(picks.count, 0);
    check_contains("only past ones", picks.note, "no free times");
    slot_list_finish(&none);
}

static const struct {
    const char *text;
    bool takes;
} digits[] = {
    {"tom pm", true},
    {"fri", true},
    {"noon", true},
    {"2:30 pm", true},
    {"24 nov", true},
    {"+2w", true},
    {"", false},
    {"next fri ", false},
    {"2:", false},
    {"2:3", false},
    {"12/", false},
    {"fri 2", false},
    {"+", false},
    {"2026-11-24T", false},
    {"2026-11-24t", false},
};

static void a_digit_takes_only_where_it_cannot_go_on_with_the_phrase(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        check_number(digits[i].text, picks_digit_takes(digits[i].text), digits[i].takes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_offers_what_it_means),
        cmocka_unit_test(what_is_offered_keeps_knocks_own_text),
        cmocka_unit_test(without_free_times_it_is_said_why),
        cmocka_unit_test(a_digit_takes_only_where_it_cannot_go_on_with_the_phrase),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
