#include "tourdesk/tour/zone.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <libical/ical.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The table's span. Zone changes within it are found by probing once a week: no zone has ever had
 * two changes that cancel out within one. */
enum { FIRST_YEAR = 2000, LAST_YEAR = 2037, PROBE_DAYS = 7 };

struct change {
    instant at; /* from here on ... */
    int offset; /* ... the clock is this far east of UTC, in seconds */
};

struct zone {
    char id[64];
    char word[64];
    struct change *changes; /* the first one stands for all time before the second */
    size_t count, capacity;
};

static const struct {
    const char *id, *word;
} known_words[] = {
    {"America/Anchorage", "Alaska"},
    {"America/Boise", "Mountain"},
    {"America/Chicago", "Central"},
    {"America/Denver", "Mountain"},
    {"America/Detroit", "Eastern"},
    {"America/Halifax", "Atlantic"},
    {"America/Indiana/Indianapolis", "Eastern"},
    {"America/Indianapolis", "Eastern"},
    {"America/Kentucky/Louisville", "Eastern"},
    {"America/Los_Angeles", "Pacific"},
    {"America/New_York", "Eastern"},
    {"America/Phoenix", "Arizona"},
    {"America/Shiprock", "Mountain"},
    {"America/St_Johns", "Newfoundland"},
    {"America/Toronto", "Eastern"},
    {"America/Vancouver", "Pacific"},
    {"Pacific/Honolulu", "Hawaii"},
    {"US/Alaska", "Alaska"},
    {"US/Arizona", "Arizona"},
    {"US/Central", "Central"},
    {"US/Eastern", "Eastern"},
    {"US/Hawaii", "Hawaii"},
    {"US/Mountain", "Mountain"},
    {"US/Pacific", "Pacific"},
};

static int probe(icaltimezone *source, instant at)
{
    icaltimetype utc =
        icaltime_from_timet_with_zone((time_t)(at / SECOND), 0, icaltimezone_get_utc_timezone());
    return icaltimezone_get_utc_offset_of_utc_time(source, &utc, NULL);
}

static void add_change(struct zone *zone, instant at, int offset)
{
    zone->changes =
        mem_grow(zone->changes, &zone->capacity, zone->count + 1, sizeof *zone->changes);
    zone->changes[zone->count++] = (struct change){at, offset};
}

/* The first second in (`low`, `high`] whose offset is no longer that of `low`. */
static instant find_change(icaltimezone *source, instant low, instant high)
{
    int before = probe(source, low);
    while (high - low > SECOND) {
        instant middle = low + (high - low) / 2 / SECOND * SECOND;
        if (probe(source, middle) == before)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static void read_changes(struct zone *zone, icaltimezone *source)
{
    instant at = date_to_days((struct date){FIRST_YEAR, 1, 1}) * 24 * HOUR;
    instant end = date_to_days((struct date){LAST_YEAR, 1, 1}) * 24 * HOUR;
    add_change(zone, at, probe(source, at));
    while (at < end) {
        instant next = at + (instant)PROBE_DAYS * 24 * HOUR;
        while (probe(source, next) != zone->changes[zone->count - 1].offset) {
            instant change = find_change(source, at, next);
            add_change(zone, change, probe(source, change));
            at = change;
        }
        at = next;
    }
}

static void choose_word(struct zone *zone)
{
    for (size_t i = 0; i < sizeof known_words / sizeof *known_words; i++)
        if (strcmp(zone->id, known_words[i].id) == 0) {
            str_copy(zone->word, sizeof zone->word, known_words[i].word);
            return;
        }
    const char *slash = strrchr(zone->id, '/');
    str_copy(zone->word, sizeof zone->word, slash ? slash + 1 : zone->id);
    for (char *p = zone->word; *p; p++)
        if (*p == '_')
            *p = ' ';
}

struct zone *zone_load(const char *id, struct error *error)
{
    static pthread_mutex_t libical = PTHREAD_MUTEX_INITIALIZER;
    bool utc = strcmp(id, "UTC") == 0 || strcmp(id, "Etc/UTC") == 0;
    pthread_mutex_lock(&libical);
    icaltimezone *source =
        utc ? icaltimezone_get_utc_timezone() : icaltimezone_get_builtin_timezone(id);
    struct zone *zone = NULL;
    if (source && (utc || icaltimezone_get_component(source))) {
        zone = mem_alloc(sizeof *zone);
        str_copy(zone->id, sizeof zone->id, id);
        choose_word(zone);
        read_changes(zone, source);
    } else {
        error_set(error, "unknown time zone \"%s\" (names look like America/Los_Angeles)", id);
    }
    pthread_mutex_unlock(&libical);
    return zone;
}

struct zone *zone_load_local(void)
{
    char path[PATH_MAX];
    const char *name = getenv("TZ");
    if (name && *name == ':')
        name++;
    if (!name || !*name) {
        ssize_t n = readlink("/etc/localtime", path, sizeof path - 1);
        path[n > 0 ? n : 0] = '\0';
        char *folder = strstr(path, "zoneinfo/");
        name = folder ? folder + strlen("zoneinfo/") : "UTC";
    }
    struct zone *zone = zone_load(name, NULL);
    return zone ? zone : zone_load("UTC", NULL);
}

void zone_destroy(struct zone *zone)
{
    if (!zone)
        return;
    free(zone->changes);
    free(zone);
}

const char *zone_id(const struct zone *zone)
{
    return zone->id;
}

const char *zone_word(const struct zone *zone)
{
    return zone->word;
}

int zone_offset(const struct zone *zone, instant at)
{
    size_t low = 0, high = zone->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (zone->changes[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return zone->changes[low].offset;
}

struct stamp zone_stamp(const struct zone *zone, instant at)
{
    return (struct stamp){at, zone_offset(zone, at)};
}

struct wall zone_wall(const struct zone *zone, instant at)
{
    return stamp_wall(zone_stamp(zone, at));
}

struct date zone_date(const struct zone *zone, instant at)
{
    return zone_wall(zone, at).date;
}

/* No offset is a day or more, so every instant that can show `wall` lies within a day of the same
 * reading in UTC; the offsets in force there are the only candidates. */
int zone_instants(const struct zone *zone, struct wall wall, instant out[2])
{
    instant utc = wall_as_utc(wall);
    int early = zone_offset(zone, utc - 24 * (instant)HOUR);
    int late = zone_offset(zone, utc + 24 * (instant)HOUR);
    int count = 0;
    instant at = utc - (instant)early * SECOND;
    if (zone_offset(zone, at) == early)
        out[count++] = at;
    at = utc - (instant)late * SECOND;
    if (late != early && zone_offset(zone, at) == late)
        out[count++] = at;
    if (count == 2 && out[0] > out[1]) {
        instant first = out[1];
        out[1] = out[0];
        out[0] = first;
    }
    return count;
}

instant zone_day_start(const struct zone *zone, struct date date)
{
    instant found[2];
    if (zone_instants(zone, (struct wall){.date = date}, found) > 0)
        return found[0];
    /* Midnight is skipped: the day begins with the change itself. */
    instant midnight = wall_as_utc((struct wall){.date = date});
    for (size_t i = 1; i < zone->count; i++)
        if (zone->changes[i].at > midnight - 24 * (instant)HOUR)
            return zone->changes[i].at;
    return midnight;
}

bool zone_agrees(const struct zone *zone, struct stamp stamp)
{
    return zone_offset(zone, stamp.at) == stamp.offset;
}
