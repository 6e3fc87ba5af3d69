#include "tourdesk/desk/picks.h"

#include "tourdesk/base/str.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/when.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

enum { NEAREST = 3, WHOLE_DAY = 24 * 60 };

/* What the times are looked for in. */
struct search {
    const struct slot_list *slots;
    const struct zone *zone;
    instant now;
};

__attribute__((format(printf, 2, 3))) static void note(struct picks *picks, const char *format, ...)
{
    struct str words = {0};
    va_list args;
    va_start(args, format);
    str_addv(&words, format, args);
    va_end(args);
    str_copy(picks->note, sizeof picks->note, str_text(&words));
    str_finish(&words);
}

static void offer(struct picks *picks, const struct slot *slot)
{
    if (picks->count < PICKS)
        picks->items[picks->count++] = *slot;
    else
        picks->more++;
}

/* True if the slot lies on the day and in the part of it that is meant. */
static bool fits(const struct search *search, const struct when *when, const struct slot *slot)
{
    struct wall wall = zone_wall(search->zone, slot->start.at);
    int minute = wall.hour * 60 + wall.minute;
    return slot->start.at > search->now && minute >= when->from_minute &&
           minute < when->to_minute && date_compare(wall.date, when->date) == 0;
}

/* Up to NEAREST times near `wanted`, the nearest first: that is the one Enter takes. */
static void offer_near(const struct search *search, instant wanted, struct picks *picks)
{
    const struct slot *near[NEAREST];
    size_t count = slot_list_nearest(search->slots, wanted, search->now + 1, near, NEAREST);
    for (size_t i = 0; i < count; i++)
        offer(picks, near[i]);
}

/* --- words ------------------------------------------------------------------------------------- */

static const char *say_minute(char out[SAY_SIZE], int minute)
{
    return say_clock(out, (struct wall){.hour = minute / 60 % 24, .minute = minute % 60});
}

/* "Tue 24 Nov", "Tue 24 Nov from 12:00 pm on". */
static void say_when(const struct search *search, const struct when *when, struct str *out)
{
    char day[SAY_SIZE], from[SAY_SIZE], to[SAY_SIZE];
    str_add(out, say_day(day, when->date, zone_date(search->zone, search->now)));
    say_minute(from, when->from_minute);
    say_minute(to, when->to_minute);
    if (when->from_minute > 0 && when->to_minute < WHOLE_DAY)
        str_addf(out, " %s to %s", from, to);
    else if (when->from_minute > 0)
        str_addf(out, " from %s on", from);
    else if (when->to_minute < WHOLE_DAY)
        str_addf(out, " before %s", to);
}

/* Why the list has nothing at all, where it has not; true if so. */
static bool nothing_offered(const struct search *search, struct picks *picks)
{
    for (size_t i = 0; i < search->slots->count; i++)
        if (search->slots->items[i].start.at > search->now)
            return false;
    if (search->slots->checked_at == 0)
        note(picks, "The free times have not come yet.");
    else
        note(picks, "Knock offers no free times.");
    return true;
}

/* --- what a phrase means ------------------------------------------------------------------------- */

static void from_now_on(const struct search *search, struct picks *picks)
{
    for (size_t i = 0; i < search->slots->count; i++)
        if (search->slots->items[i].start.at > search->now)
            offer(picks, &search->slots->items[i]);
    note(picks, "The next free times.");
}

/* The time that was named and those near it. */
static void at_a_time(const struct search *search, const struct when *when, struct picks *picks)
{
    char moment[SAY_SIZE];
    const struct slot *slot = slot_list_find(search->slots, when->at.at);
    say_moment(moment, search->zone, when->at.at, search->now);
    if (slot && slot->start.at > search->now) {
        offer(picks, slot);
        note(picks, "%s is free.", moment);
    } else if (when->at.at <= search->now) {
        note(picks, "%s has passed. Nearest:", moment);
    } else {
        note(picks, "%s is not free. Nearest:", moment);
    }
    offer_near(search, when->at.at, picks);
}

/* The middle of the part of the day that is meant. */
static instant middle(const struct search *search, const struct when *when)
{
    int minute = (when->from_minute + when->to_minute) / 2;
    struct wall wall = {.date = when->date, .hour = minute / 60, .minute = minute % 60};
    instant found[2];
    return zone_instants(search->zone, wall, found) > 0 ? found[0]
                                                        : zone_day_start(search->zone, when->date);
}

/* Where no day was named, the part of the first day that has any of it free. */
static void move_on(const struct search *search, struct when *when)
{
    for (size_t i = 0; i < search->slots->count; i++) {
        struct when there = *when;
        there.date = zone_date(search->zone, search->slots->items[i].start.at);
        if (fits(search, &there, &search->slots->items[i])) {
            *when = there;
            return;
        }
    }
}

static void on_a_day(const struct search *search, struct when *when, struct picks *picks)
{
    struct str words = {0};
    if (!when->has_date)
        move_on(search, when);
    for (size_t i = 0; i < search->slots->count; i++)
        if (fits(search, when, &search->slots->items[i]))
            offer(picks, &search->slots->items[i]);
    say_when(search, when, &words);
    if (picks->count > 0) {
        note(picks, "%s: %zu free.", str_text(&words), (size_t)picks->count + picks->more);
    } else if (date_compare(when->date, zone_date(search->zone, search->now)) < 0) {
        note(picks, "%s has passed. Next:", str_text(&words));
        offer_near(search, search->now, picks);
    } else {
        note(picks, "%s: nothing free. Nearest:", str_text(&words));
        offer_near(search, middle(search, when), picks);
    }
    str_finish(&words);
}

void picks_find(struct picks *picks, const char *text, const struct slot_list *slots,
    const struct zone *zone, instant now)
{
    struct search search = {slots, zone, now};
    struct when when;
    struct error error;
    *picks = (struct picks){0};
    bool blank = str_blank(text);
    if (!blank && !when_parse(text, zone, now, WHEN_NEXT, &when, &error)) {
        picks->wrong = true;
        note(picks, "%s", error.text);
        return;
    }
    if (nothing_offered(&search, picks))
        return;
    if (blank)
        from_now_on(&search, picks);
    else if (when.has_time)
        at_a_time(&search, &when, picks);
    else
        on_a_day(&search, &when, picks);
}

bool picks_digit_takes(const char *text)
{
    size_t length = strlen(text);
    if (length == 0 || !isalpha((unsigned char)text[length - 1]))
        return false;
    /* "2026-11-24T": the time follows. */
    bool stamp =
        length > 1 && (text[length - 1] | 0x20) == 't' && isdigit((unsigned char)text[length - 2]);
    return !stamp;
}
