/* Drawing what forms share: times and units that are offered, and what is known of a person. */
#include "draw.h"

#include <string.h>

/* --- what is offered ----------------------------------------------------------------------------------- */

/* The day where it is another than that of the one before, and for the first. */
static void say_pick(const struct desk *desk, const struct picks *picks, int i, struct chip *out)
{
    char clock[SAY_SIZE], day[SAY_SIZE];
    const struct zone *zone = desk_zone(desk);
    struct wall wall = zone_wall(zone, picks->items[i].start.at);
    bool same =
        i > 0 && date_compare(wall.date, zone_date(zone, picks->items[i - 1].start.at)) == 0;
    out->number = i + 1;
    out->day[0] = '\0';
    if (!same)
        str_copy(out->day, sizeof out->day, say_day(day, wall.date, zone_date(zone, desk->now)));
    str_print(out->words, CHIP_SIZE, "%8s", say_clock(clock, wall));
}

void offer_picks(
    const struct page *page, const struct form *form, int field, int pick, struct surround *out)
{
    struct picks picks;
    desk_picks(page->desk, form, field, &picks);
    out->chips_field = field;
    out->chip_count = picks.count;
    for (int i = 0; i < picks.count; i++) {
        say_pick(page->desk, &picks, i, &out->chips[i]);
        out->chips[i].item = ITEM_PICK + i;
        out->chips[i].chosen = i == pick;
    }
    if (picks.more > 0)
        str_print(out->chips_note, sizeof out->chips_note,
            "and %zu more: type a time to see others", picks.more);
}

void offer_units(const struct page *page, const struct form *form, int field,
    const struct community *community, struct surround *out)
{
    enum { MOST = 8 };
    size_t units[MOST];
    int count = desk_units_offered(page->desk, form, field, community, units, MOST);
    out->chips_field = field;
    out->chip_count = count;
    for (int i = 0; i < count; i++) {
        str_copy(out->chips[i].words, CHIP_SIZE, community->units[units[i]]);
        out->chips[i].item = ITEM_PICK + i;
        out->chips[i].chosen = i == 0;
    }
}

/* --- who is known ------------------------------------------------------------------------------------------ */

static void tell_earlier(const struct page *page, const struct guest_state *guest, struct str *out)
{
    const struct desk *desk = page->desk;
    char name[FULL_NAME_SIZE], said[2 * SAY_SIZE];
    const struct tour *tour = &guest->tours.items[0];
    tour_full_name(page, tour, name);
    str_addf(out, "Known here: %s, %s, %s.", name,
        say_moment_there(desk, desk_zone_of(desk, tour), tour->start.at, said),
        tour_status_words(tour_status(tour, desk->now)));
    if (guest->tours.count > 1)
        str_addf(out, " %zu tours in all.", guest->tours.count);
}

bool tell_known(const struct page *page, const struct guest_state *guest, struct str *out)
{
    const struct desk *desk = page->desk;
    char name[FULL_NAME_SIZE], said[2 * SAY_SIZE], booked[SAY_SIZE];
    const struct tour *replaced = desk_replaced(desk, guest);
    if (!replaced) {
        if (guest->tours.count > 0)
            tell_earlier(page, guest, out);
        return false;
    }
    const struct zone *zone = desk_zone_of(desk, replaced);
    tour_full_name(page, replaced, name);
    str_addf(out,
        "! %s already has a tour here: %s, booked %s%s%son %s. Booking this replaces it at "
        "Knock; Enter asks first.",
        name, say_moment_there(desk, zone, replaced->start.at, said),
        replaced->agent[0] ? "by " : "", replaced->agent, replaced->agent[0] ? " " : "",
        say_day(booked, zone_date(zone, replaced->created_at), zone_date(zone, desk->now)));
    return true;
}
