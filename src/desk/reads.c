/* Free times and sources of each community: when they are asked for, and what an answer changes. */
#include "internal.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    POLL = 60 * SECOND,         /* how old a shown list may grow before it is asked for again */
    POLL_CLOSELY = 15 * SECOND, /* the same while somebody types for a time */
    POLL_LAZILY =
        3 * MINUTE, /* the same where nobody has pressed a key for a while, and for overviews */
    STILL_AFTER = 10 * MINUTE,
    POLL_SPREAD = 15, /* seconds by which desks keep apart */
};

/* Times for tours with staff only where something on screen is about them. */
static bool is_wanted(const struct desk *desk, int calendar)
{
    return calendar == CALENDAR_SELF_GUIDED || desk->calendar.in_person ||
           (desk_is_open(desk, SCREEN_BOOK) && (int)desk->book.calendar == calendar) ||
           (desk_is_open(desk, SCREEN_MOVE) && (int)desk->move.tour.calendar == calendar);
}

void reads_slots(struct desk *desk, size_t index, struct command_list *out)
{
    struct office *office = &desk->offices[index];
    for (int calendar = 0; calendar < CALENDARS; calendar++) {
        if (!is_wanted(desk, calendar) || office->slots_token[calendar])
            continue;
        struct command *command = desk_command(desk, COMMAND_READ_SLOTS, out);
        str_copy(command->community_id, ID_SIZE, office->community->id);
        command->calendar = (enum calendar)calendar;
        office->slots_token[calendar] = command->token;
        office->asked_at[calendar] = desk->now;
    }
}

void reads_sources(struct desk *desk, size_t index, struct command_list *out)
{
    struct office *office = &desk->offices[index];
    if (office->sources_token || (office->sources.count && !office->sources.stale))
        return;
    struct command *command = desk_command(desk, COMMAND_READ_SOURCES, out);
    str_copy(command->community_id, ID_SIZE, office->community->id);
    office->sources_token = command->token;
}

/* --- answers ------------------------------------------------------------------------------------- */

static void add_gone(struct office *office, const struct gone_slot *gone)
{
    office->gone = mem_grow(
        office->gone, &office->gone_capacity, office->gone_count + 1, sizeof *office->gone);
    office->gone[office->gone_count++] = *gone;
}

/* Remembers the times that were offered and are no longer; forgets those that are past or came back. */
static void note_gone(struct desk *desk, struct office *office, const struct slot_list *now)
{
    const struct slot_list *before = &office->slots[CALENDAR_SELF_GUIDED];
    size_t kept = 0;
    for (size_t i = 0; i < office->gone_count; i++)
        if (office->gone[i].start > desk->now && !slot_list_find(now, office->gone[i].start))
            office->gone[kept++] = office->gone[i];
    office->gone_count = kept;
    if (before->stale)
        return;
    for (size_t i = 0; i < before->count; i++) {
        struct gone_slot gone = {before->items[i].start.at, now->checked_at};
        if (gone.start > desk->now && !slot_list_find(now, gone.start))
            add_gone(office, &gone);
    }
}

void reads_take_slots(struct desk *desk, struct report *report, struct command_list *out)
{
    struct office *office = desk_office_of(desk, report->community_id);
    if (!office)
        return;
    enum calendar calendar = report->calendar;
    struct slot_list *slots = &office->slots[calendar];
    if (!report->more && report->token == office->slots_token[calendar])
        office->slots_token[calendar] = 0;
    if (office->ask_again && !office->slots_token[CALENDAR_SELF_GUIDED]) {
        office->ask_again = false;
        reads_slots(desk, (size_t)(office - desk->offices), out);
    }
    if (calendar == CALENDAR_SELF_GUIDED)
        office->trouble = report->trouble;
    if (report->more && slots->checked_at)
        return; /* what is shown is no older than the snapshot */
    if (report->slots.stale && slots->checked_at >= report->slots.checked_at) {
        slots->stale = true;
        return;
    }
    if (calendar == CALENDAR_SELF_GUIDED && !report->slots.stale)
        note_gone(desk, office, &report->slots);
    slot_list_finish(slots);
    *slots = report->slots;
    report->slots = (struct slot_list){0};
    if (office == desk_office(desk)) {
        calendar_place(desk);
        book_slots_changed(desk, out);
    }
}

/* Forms hold the titles by reference: the list is swapped, then they find their places again. */
void reads_take_sources(struct desk *desk, struct report *report)
{
    struct office *office = desk_office_of(desk, report->community_id);
    if (!office)
        return;
    if (!report->more)
        office->sources_token = 0;
    if (report->sources.count == 0)
        return;
    struct source_list old = office->sources;
    office->sources = report->sources;
    report->sources = (struct source_list){0};
    forms_sources_changed(desk);
    source_list_finish(&old);
}

/* --- asking again -------------------------------------------------------------------------------- */

/* Times near now are the ones that go while one looks. */
static bool shows_today(const struct desk *desk)
{
    struct date monday = date_week_start(desk->calendar.focus);
    int days = date_days_between(monday, zone_date(desk_zone(desk), desk->now));
    return days >= 0 && days < GRID_DAYS;
}

/* How old the list of a community may grow, 0 = nothing on screen needs it. */
static int64_t patience(const struct desk *desk, size_t index)
{
    enum screen_id base = desk_base_screen(desk);
    bool still = desk->now - desk->touched_at > STILL_AFTER || desk->hidden;
    if (base == SCREEN_COMMUNITIES)
        return POLL_LAZILY;
    if (index != desk->office || (base != SCREEN_CALENDAR && base != SCREEN_BOOK &&
                                     base != SCREEN_MOVE && base != SCREEN_WALK_IN))
        return 0;
    if (still)
        return POLL_LAZILY;
    if (base != SCREEN_CALENDAR)
        return POLL_CLOSELY;
    return shows_today(desk) ? POLL : POLL_LAZILY;
}

static int64_t spread(const struct desk *desk)
{
    return (int64_t)(desk->last_token * 7919 % POLL_SPREAD) * SECOND / 4;
}

void reads_tick(struct desk *desk, struct command_list *out)
{
    for (size_t i = 0; i < desk->community_count; i++) {
        int64_t most = patience(desk, i);
        instant asked = desk->offices[i].asked_at[CALENDAR_SELF_GUIDED];
        if (most && desk->now - asked >= most + spread(desk))
            reads_slots(desk, i, out);
    }
}

instant reads_next_tick(const struct desk *desk)
{
    instant next = desk->now + MINUTE;
    for (size_t i = 0; i < desk->community_count; i++) {
        int64_t most = patience(desk, i);
        instant due = desk->offices[i].asked_at[CALENDAR_SELF_GUIDED] + most + spread(desk);
        if (desk->offices[i].slots_token[CALENDAR_SELF_GUIDED])
            continue; /* it is being asked for */
        if (most && due < next)
            next = due;
    }
    return next > desk->now ? next : desk->now + SECOND;
}
