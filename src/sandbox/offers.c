#include "tourdesk/sandbox/offers.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/sandbox/times.h"

#include <stdlib.h>
#include <string.h>

struct offer {
    char community[ID_SIZE];
    enum calendar calendar;
    instant made_at, valid_until; /* valid_until 0 = must be made */
    struct str text;
};

struct offers {
    struct offer *items;
    size_t count, capacity;
};

struct offers *offers_create(void)
{
    return mem_alloc(sizeof(struct offers));
}

static void forget_all(struct offers *offers)
{
    for (size_t i = 0; i < offers->count; i++)
        str_finish(&offers->items[i].text);
    offers->count = 0;
}

void offers_destroy(struct offers *offers)
{
    if (!offers)
        return;
    forget_all(offers);
    free(offers->items);
    free(offers);
}

void offers_changed(struct offers *offers, const char *community)
{
    if (!community)
        forget_all(offers);
    for (size_t i = 0; community && i < offers->count; i++)
        if (strcmp(offers->items[i].community, community) == 0)
            offers->items[i].valid_until = 0;
}

static struct offer *find(struct offers *offers, const char *community, enum calendar calendar)
{
    for (size_t i = 0; i < offers->count; i++)
        if (offers->items[i].calendar == calendar &&
            strcmp(offers->items[i].community, community) == 0)
            return &offers->items[i];
    offers->items =
        mem_grow(offers->items, &offers->capacity, offers->count + 1, sizeof *offers->items);
    struct offer *offer = &offers->items[offers->count++];
    *offer = (struct offer){.calendar = calendar};
    str_copy(offer->community, sizeof offer->community, community);
    return offer;
}

static void write_text(struct str *out, const struct zone *zone, const struct starts *starts)
{
    str_clear(out);
    str_add(out, "{\"acceptableTimes\":[");
    for (size_t i = 0; i < starts->count; i++) {
        char text[TIMES_SIZE];
        times_local(zone, starts->items[i], text);
        str_add(out, i ? ",\"" : "\"");
        str_add(out, text);
        str_add_char(out, '"');
    }
    str_add(out, "]}");
}

static void make(struct offer *offer, struct store *store, const struct property *property,
    enum calendar calendar, instant now)
{
    const struct rules *rules = &property->rules;
    struct hold_list holds = {0};
    struct starts starts = {0};
    instant lag = (instant)property->slot_list_lag_seconds * SECOND;
    struct date last = date_add_days(zone_date(property->zone, now), rules->horizon_days);
    store_holds(store, property->id, now - HOLD_REACH,
        zone_day_start(property->zone, last) + HOLD_REACH, lag ? now - lag : INT64_MAX, &holds);
    rules_starts(rules, property->zone, calendar, &holds, now, &starts);
    write_text(&offer->text, property->zone, &starts);
    offer->made_at = now;
    offer->valid_until = lag ? 0 : rules_valid_until(rules, property->zone, &starts, now);
    starts_finish(&starts);
    hold_list_finish(&holds);
}

const char *offers_text(struct offers *offers, struct store *store, const struct property *property,
    enum calendar calendar, instant now, size_t *length)
{
    struct offer *offer = find(offers, property->id, calendar);
    if (now < offer->made_at || now >= offer->valid_until)
        make(offer, store, property, calendar, now);
    *length = offer->text.length;
    return str_text(&offer->text);
}
