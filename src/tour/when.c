#include "tourdesk/tour/when.h"

#include "tourdesk/base/str.h"
#include "tourdesk/tour/say.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 8, WORD_SIZE = 24, DAY_MINUTES = 24 * 60, NO_TIME = -1 };

struct reading {
    char words[MAX_WORDS][WORD_SIZE];
    int count, next;
    struct date today;
    enum when_side side;
    struct date date;
    bool has_date;
    bool named_weekday; /* the date is only a weekday's: one behind it may say more */
    bool contradicts;   /* ... and said something else */
    int minute;         /* of the day, NO_TIME if none was named */
    bool settled_half;  /* am, pm or 24-hour form: the hour needs no guessing */
    bool named_half;    /* am or pm was said, or is meant as with noon */
    int from, to;
};

static bool split(const char *text, struct reading *reading, struct error *error)
{
    while (*(text += strspn(text, " \t,"))) {
        size_t length = strcspn(text, " \t,");
        if (reading->count == MAX_WORDS || length >= WORD_SIZE)
            return error_set(error, "too long for a day and a time");
        char *word = reading->words[reading->count++];
        for (size_t i = 0; i < length; i++)
            word[i] = (char)tolower((unsigned char)text[i]);
        word[length] = '\0';
        text += length;
    }
    return reading->count > 0 || error_set(error, "nothing was typed");
}

/* The number of the name that `word` begins (three letters at least), or -1. */
static int find_name(const char *word, const char *(*name)(int), int first, int count)
{
    size_t length = strlen(word);
    for (int i = first; i < first + count; i++)
        if (length >= 3 && length <= strlen(name(i)) && str_starts(name(i), word))
            return i;
    return -1;
}

static int find_weekday(const char *word)
{
    if (strcmp(word, "tues") == 0 || strcmp(word, "thur") == 0 || strcmp(word, "thurs") == 0)
        return word[1] == 'u' ? TUESDAY : THURSDAY;
    return find_name(word, say_long_weekday, MONDAY, 7);
}

static int find_month(const char *word)
{
    return strcmp(word, "sept") == 0 ? 9 : find_name(word, say_long_month, 1, 12);
}

static void set_date(struct reading *r, struct date date)
{
    r->date = date;
    r->has_date = true;
}

/* A day and month without a year, on the side that is asked for. */
static bool set_day_of_year(struct reading *r, int day, int month)
{
    for (int i = 0; i <= 8; i++) { /* 29 February may be years away */
        int year = r->today.year + (r->side == WHEN_NEXT ? i : -i);
        struct date date = {year, month, day};
        if (!date_valid(date))
            continue;
        int order = date_compare(date, r->today);
        if (r->side == WHEN_NEXT ? order >= 0 : order <= 0) {
            set_date(r, date);
            return true;
        }
    }
    return false;
}

static void set_weekday(struct reading *r, int weekday)
{
    int ahead = (weekday - date_weekday(r->today) + 7) % 7;
    if (r->side == WHEN_LAST && ahead > 0)
        ahead -= 7;
    set_date(r, date_add_days(r->today, ahead));
    r->named_weekday = true;
}

/* "next fri", "last fri", "next week": by calendar weeks from Monday. */
static bool set_week(struct reading *r, int weeks, const char *word)
{
    struct date monday = date_add_days(date_week_start(r->today), 7 * weeks);
    int weekday = find_weekday(word);
    if (weekday >= 0)
        set_date(r, date_add_days(monday, weekday));
    else if (strcmp(word, "week") == 0)
        set_date(r, date_add_days(r->today, 7 * weeks));
    else
        return false;
    return true;
}

/* The length of the digits at the start of `word`, and their value. */
static size_t read_digits(const char *word, int *value)
{
    size_t n = strspn(word, "0123456789");
    *value = n > 0 && n <= 4 ? atoi(word) : -1;
    return n;
}

/* "+2w", "+3", "-1d". */
static bool read_shift(struct reading *r, const char *word)
{
    int value, sign = *word == '-' ? -1 : 1;
    if (*word != '+' && *word != '-')
        return false;
    size_t n = read_digits(word + 1, &value);
    const char *unit = word + 1 + n;
    if (value < 0)
        return false;
    if (*unit == '\0' || strcmp(unit, "d") == 0)
        set_date(r, date_add_days(r->today, sign * value));
    else if (strcmp(unit, "w") == 0)
        set_date(r, date_add_days(r->today, sign * 7 * value));
    else if (strcmp(unit, "m") == 0)
        set_date(r, date_add_months(r->today, sign * value));
    else
        return false;
    return true;
}

/* "12/3", "12/3/2026", "12/3/26": month first, as in the offices this is for. */
static bool read_slashed(struct reading *r, const char *word)
{
    int month, day, year;
    size_t n = read_digits(word, &month);
    if (month < 0 || word[n] != '/')
        return false;
    word += n + 1;
    n = read_digits(word, &day);
    if (word[n] == '\0')
        return day >= 1 && month >= 1 && month <= 12 && set_day_of_year(r, day, month);
    size_t digits = word[n] == '/' ? read_digits(word + n + 1, &year) : 0;
    if ((digits != 2 && digits != 4) || word[n + 1 + digits] != '\0')
        return false;
    struct date date = {digits == 2 ? 2000 + year : year, month, day};
    if (!date_valid(date))
        return false;
    set_date(r, date);
    return true;
}

static int day_number(const char *word)
{
    int day;
    size_t n = read_digits(word, &day);
    static const char *const endings[] = {"", "st", "nd", "rd", "th"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strcmp(word + n, endings[i]) == 0)
            return day;
    return -1;
}

/* "24 nov", "24th of nov" and "nov 24"; the words after the first are taken with it. */
static bool read_named_month(struct reading *r, const char *word)
{
    int of = r->next < r->count && strcmp(r->words[r->next], "of") == 0;
    const char *other = r->next + of < r->count ? r->words[r->next + of] : "";
    int month = find_month(word), day;
    if (month > 0) {
        day = day_number(other);
    } else {
        month = find_month(other);
        day = day_number(word);
    }
    if (month <= 0 || day < 1 || !set_day_of_year(r, day, month))
        return false;
    r->next += 1 + of;
    int year;
    if (r->next < r->count && read_digits(r->words[r->next], &year) == 4 && year >= 2000 &&
        date_valid((struct date){year, month, day})) {
        r->date.year = year;
        r->next++;
    }
    return true;
}

static bool read_day_word(struct reading *r, const char *word)
{
    if (strcmp(word, "today") == 0 || strcmp(word, "tod") == 0)
        set_date(r, r->today);
    else if (strcmp(word, "tomorrow") == 0 || strcmp(word, "tom") == 0 || strcmp(word, "tmw") == 0)
        set_date(r, date_add_days(r->today, 1));
    else if (strcmp(word, "yesterday") == 0 || strcmp(word, "yest") == 0)
        set_date(r, date_add_days(r->today, -1));
    else if (find_weekday(word) >= 0)
        set_weekday(r, find_weekday(word));
    else
        r->has_date = date_parse(word, &r->date);
    return r->has_date;
}

static bool read_relative(struct reading *r, const char *word)
{
    const char *following = r->next < r->count ? r->words[r->next] : "";
    bool next = strcmp(word, "next") == 0, last = strcmp(word, "last") == 0;
    if ((next || last) && set_week(r, next ? 1 : -1, following)) {
        r->next++;
        return true;
    }
    int number;
    if (strcmp(word, "in") == 0 && read_digits(following, &number) > 0 && number >= 0 &&
        r->next + 1 < r->count) {
        bool weeks = str_starts(r->words[r->next + 1], "week");
        if (!weeks && !str_starts(r->words[r->next + 1], "day"))
            return false;
        set_date(r, date_add_days(r->today, weeks ? 7 * number : number));
        r->next += 2;
        return true;
    }
    return false;
}

static void set_half(struct reading *r, bool pm)
{
    int hour = r->minute / 60 % 12 + (pm ? 12 : 0);
    r->minute = hour * 60 + r->minute % 60;
    r->settled_half = r->named_half = true;
}

static bool read_half(struct reading *r, const char *word)
{
    bool am = strcmp(word, "am") == 0 || strcmp(word, "a") == 0;
    bool pm = strcmp(word, "pm") == 0 || strcmp(word, "p") == 0;
    if (!am && !pm)
        return false;
    if (r->minute == NO_TIME) {
        r->from = pm ? DAY_MINUTES / 2 : 0;
        r->to = pm ? DAY_MINUTES : DAY_MINUTES / 2;
        return true;
    }
    if (r->named_half || r->minute / 60 > 12 || r->minute < 60)
        return false;
    set_half(r, pm);
    return true;
}

static bool read_part(struct reading *r, const char *word)
{
    static const struct {
        const char *word;
        int from, to;
    } parts[] = {
        {"morning", 0, 12 * 60},
        {"afternoon", 12 * 60, 17 * 60},
        {"evening", 17 * 60, DAY_MINUTES},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(word, parts[i].word) == 0) {
            r->from = parts[i].from;
            r->to = parts[i].to;
            return true;
        }
    if (strcmp(word, "noon") != 0 || r->minute != NO_TIME)
        return false;
    r->minute = 12 * 60;
    r->settled_half = r->named_half = true;
    return true;
}

/* "2", "2:30", "14:00", "2pm", "2:30p". A leading zero or an hour past 12 is 24-hour form. */
static bool read_clock(struct reading *r, const char *word)
{
    int hour, minutes = 0;
    size_t n = read_digits(word, &hour);
    if (n < 1 || n > 2 || r->minute != NO_TIME)
        return false;
    r->settled_half = hour > 12 || hour == 0 || (n == 2 && word[0] == '0');
    word += n;
    if (*word == ':') {
        if (read_digits(word + 1, &minutes) != 2)
            return false;
        word += 3;
    }
    if (hour > 23 || minutes > 59)
        return false;
    r->minute = hour * 60 + minutes;
    return *word == '\0' || read_half(r, word);
}

/* "Mon 23 Nov", "Mon 11/23": the date behind a weekday, which must agree with it. */
static bool read_date_behind(struct reading *r, const char *word)
{
    int weekday = date_weekday(r->date);
    if (!date_parse(word, &r->date) && !read_slashed(r, word) && !read_named_month(r, word))
        return false;
    r->named_weekday = false;
    r->contradicts = date_weekday(r->date) != weekday;
    return true;
}

static bool read_word(struct reading *r)
{
    static const char *const fillers[] = {"at", "on", "the", "this"};
    const char *word = r->words[r->next++];
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
        if (strcmp(word, fillers[i]) == 0)
            return true;
    if (!r->has_date && (read_day_word(r, word) || read_shift(r, word) || read_slashed(r, word) ||
                            read_named_month(r, word) || read_relative(r, word)))
        return true;
    if (r->named_weekday && read_date_behind(r, word))
        return true;
    return read_clock(r, word) || read_half(r, word) || read_part(r, word);
}

/* What a leasing office means by a bare hour. */
static void guess_half(struct reading *r)
{
    if (r->minute != NO_TIME && !r->settled_half)
        set_half(r, r->minute / 60 == 12 || r->minute / 60 < 7);
}

static bool set_time(
    const struct reading *r, const struct zone *zone, struct when *out, struct error *error)
{
    char clock[SAY_SIZE], day[SAY_SIZE];
    struct wall wall = {.date = r->date, .hour = r->minute / 60, .minute = r->minute % 60};
    instant found[2];
    int count = zone_instants(zone, wall, found);
    say_clock(clock, wall);
    say_day(day, r->date, r->today);
    if (count == 0)
        return error_set(error, "%s does not exist on %s: the clocks skip it", clock, day);
    if (count == 2) {
        char early[STAMP_SIZE], late[STAMP_SIZE];
        stamp_format(zone_stamp(zone, found[0]), early);
        stamp_format(zone_stamp(zone, found[1]), late);
        return error_set(error, "%s comes twice on %s: write %s or %s", clock, day, early, late);
    }
    out->has_time = true;
    out->at = zone_stamp(zone, found[0]);
    return true;
}

static bool read_now(const char *text, const struct zone *zone, instant now, struct when *out)
{
    struct stamp stamp;
    text += strspn(text, " \t");
    if (str_same(text, "now"))
        stamp = zone_stamp(zone, now);
    else if (!stamp_parse(text, &stamp, NULL))
        return false;
    *out = (struct when){.date = zone_date(zone, stamp.at),
        .has_date = true,
        .has_time = true,
        .at = stamp,
        .to_minute = DAY_MINUTES};
    return true;
}

bool when_parse(const char *text, const struct zone *zone, instant now, enum when_side side,
    struct when *out, struct error *error)
{
    if (read_now(text, zone, now, out))
        return true;
    struct date today = zone_date(zone, now);
    struct reading r = {
        .today = today, .date = today, .side = side, .minute = NO_TIME, .to = DAY_MINUTES};
    if (!split(text, &r, error))
        return false;
    while (r.next < r.count) {
        int at = r.next;
        if (!read_word(&r))
            return error_set(error,
                "\"%s\" is not a day or a time (try: tomorrow 2:30pm, fri 14:00, 12/3)",
                r.words[at]);
    }
    if (r.contradicts) {
        char day[SAY_SIZE];
        return error_set(error, "that day is a %s: %s", say_long_weekday(date_weekday(r.date)),
            say_day(day, r.date, r.today));
    }
    guess_half(&r);
    *out = (struct when){
        .date = r.date, .has_date = r.has_date, .from_minute = r.from, .to_minute = r.to};
    return r.minute == NO_TIME || set_time(&r, zone, out, error);
}

bool when_parse_time(const char *text, const struct zone *zone, instant now, enum when_side side,
    struct stamp *out, struct error *error)
{
    struct when when;
    if (!when_parse(text, zone, now, side, &when, error))
        return false;
    if (!when.has_time)
        return error_set(error, "the time of day is missing (as in: tomorrow 2:30pm)");
    *out = when.at;
    return true;
}

bool when_parse_date(const char *text, const struct zone *zone, instant now, enum when_side side,
    struct date *out, struct error *error)
{
    struct when when;
    if (!when_parse(text, zone, now, side, &when, error))
        return false;
    if (!when.has_date)
        return error_set(error, "the day is missing (as in: fri, 12/3, +2w)");
    *out = when.date;
    return true;
}
