#include "fixture.h"

#include "tourdesk/base/str.h"
#include "tourdesk/desk/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const instant fixture_now = 1795471620000; /* 2026-11-23T14:07:00-08:00 */

static void tell(struct fixture *fixture, struct message *message)
{
    message->now = fixture->now;
    desk_update(fixture->desk, message, &fixture->out);
}

void fixture_open(struct fixture *fixture)
{
    static const char *const zones[] = {"America/Los_Angeles", "America/Phoenix"};
    static const char *const names[] = {"Harbor Flats", "Mesa View"};
    memset(fixture, 0, sizeof *fixture);
    fixture->now = fixture_now;
    fixture->own_zone = zone_load("America/Los_Angeles", NULL);
    for (int i = 0; i < 2; i++) {
        struct community *community = &fixture->communities[i];
        str_copy(community->id, ID_SIZE, i ? "mesa" : "harbor");
        str_copy(community->name, sizeof community->name, names[i]);
        str_copy(community->source, SOURCE_SIZE, "Phone call");
        str_copy(community->sms_consent_text, CONSENT_TEXT_SIZE, "May we text you?");
        community->zone = zone_load(zones[i], NULL);
        community->tour_minutes = 30;
        community_add_unit(community, "120");
        community_add_unit(community, "120B");
        community_add_unit(community, "M6-202");
    }
    struct desk_settings settings = {.communities = fixture->communities,
        .community_count = 2,
        .own_zone = fixture->own_zone,
        .profile = "test",
        .agent = "SK",
        .undo_seconds = 10,
        .now = fixture->now};
    fixture->desk = desk_create(&settings, &fixture->out);
}

void fixture_forget(struct fixture *fixture)
{
    command_list_finish(&fixture->out);
}

void fixture_close(struct fixture *fixture)
{
    fixture_forget(fixture);
    desk_destroy(fixture->desk);
    zone_destroy(fixture->own_zone);
    for (int i = 0; i < 2; i++)
        community_finish(&fixture->communities[i]);
}

void fixture_act(struct fixture *fixture, enum action action)
{
    struct message message = {.kind = MESSAGE_ACTION, .action = action};
    tell(fixture, &message);
}

void fixture_type(struct fixture *fixture, const char *text)
{
    for (; *text; text++) {
        size_t length = 1;
        while (((unsigned char)text[length] & 0xC0) == 0x80)
            length++;
        struct message message = {.kind = MESSAGE_TEXT, .text = text, .length = length};
        tell(fixture, &message);
        text += length - 1;
    }
}

void fixture_paste(struct fixture *fixture, const char *text)
{
    struct message message = {.kind = MESSAGE_PASTE, .text = text, .length = strlen(text)};
    tell(fixture, &message);
}

void fixture_tick(struct fixture *fixture, instant now)
{
    struct message message = {.kind = MESSAGE_CLOCK};
    fixture->now = now;
    tell(fixture, &message);
}

void fixture_report(struct fixture *fixture, struct report *report)
{
    struct message message = {.kind = MESSAGE_REPORT, .report = report};
    tell(fixture, &message);
}

struct command *fixture_command(struct fixture *fixture, enum command_kind kind)
{
    for (size_t i = fixture->out.count; i-- > 0;)
        if (fixture->out.items[i]->kind == kind)
            return fixture->out.items[i];
    return NULL;
}

instant fixture_at(const struct fixture *fixture, int day, int hour, int minute)
{
    struct wall wall = {.date = {2026, 11, day}, .hour = hour, .minute = minute};
    instant found[2] = {0};
    zone_instants(fixture->communities[0].zone, wall, found);
    return found[0];
}

void fixture_slots(struct fixture *fixture)
{
    const struct office *office = desk_office(fixture->desk);
    struct report *report = report_create(REPORT_SLOTS, office->slots_token[CALENDAR_SELF_GUIDED]);
    str_copy(report->community_id, ID_SIZE, office->community->id);
    report->slots.checked_at = fixture->now;
    for (int day = 23; day <= 30; day++)
        for (int half = 18; half < 34; half++) {
            struct slot slot = {0};
            instant at = fixture_at(fixture, day, half / 2, half % 2 * 30);
            if (at < fixture->now)
                continue;
            slot.start = zone_stamp(fixture->communities[0].zone, at);
            stamp_format(slot.start, slot.text);
            slot_list_add(&report->slots, &slot);
        }
    fixture_report(fixture, report);
}

void fixture_sources(struct fixture *fixture)
{
    static const char *const titles[] = {"Phone call", "Walk-in", "Property Website"};
    const struct office *office = desk_office(fixture->desk);
    struct report *report = report_create(REPORT_SOURCES, office->sources_token);
    str_copy(report->community_id, ID_SIZE, office->community->id);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        source_list_add(&report->sources, titles[i]);
    report->sources.checked_at = fixture->now;
    fixture_report(fixture, report);
}

static void fill_tour(const struct fixture *fixture, struct tour *tour, instant start)
{
    *tour = (struct tour){.booking = STATE_CONFIRMED};
    str_copy(tour->id, sizeof tour->id, "anastour");
    str_copy(tour->community_id, ID_SIZE, "harbor");
    str_copy(tour->first_name, NAME_SIZE, "Ana");
    str_copy(tour->last_name, NAME_SIZE, "Núñez");
    str_copy(tour->phone, PHONE_SIZE, "+12065550155");
    str_copy(tour->source_title, SOURCE_SIZE, "Walk-in");
    str_copy(tour->appointment_id, ID_SIZE, "18842");
    tour->start = zone_stamp(fixture->communities[0].zone, start);
    stamp_format(tour->start, tour->start_text);
    tour->end = start + 30 * MINUTE;
}

void fixture_tour(struct fixture *fixture, instant start)
{
    uint64_t tokens[] = {fixture->desk->calendar.tours_token, fixture->desk->board.token};
    for (size_t i = 0; i < 2; i++) {
        struct report *report = report_create(REPORT_TOURS, tokens[i]);
        fill_tour(fixture, tour_list_add(&report->tours), start);
        fixture_report(fixture, report);
    }
}

void fixture_operation(struct fixture *fixture, const char *id, enum operation_kind kind,
    enum operation_state state, uint64_t token)
{
    struct report *report = report_create(REPORT_OPERATION, token);
    report->operation = calloc(1, sizeof *report->operation);
    report->operation->kind = kind;
    report->operation->state = state;
    report->operation->send_after = state == STATE_SAVED ? fixture->now + 10 * SECOND : 0;
    str_copy(report->operation->id, OPERATION_ID_SIZE, id);
    str_copy(report->operation->community_id, ID_SIZE, "harbor");
    str_copy(report->operation->booking.profile.first_name, NAME_SIZE, "Ana");
    report->operation->booking.start =
        zone_stamp(fixture->communities[0].zone, fixture_at(fixture, 24, 9, 0));
    fixture_report(fixture, report);
}

char *fixture_notice(const struct fixture *fixture)
{
    struct str text = {0};
    desk_notice(fixture->desk, &text);
    return str_take(&text);
}

void fixture_says(const struct fixture *fixture, const char *words)
{
    char *notice = fixture_notice(fixture);
    if (!strstr(notice, words))
        fail_msg("\"%s\" is not in: %s", words, notice);
    free(notice);
}

int fixture_set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture_open(fixture);
    *state = fixture;
    return 0;
}

int fixture_set_up_filled(void **state)
{
    fixture_set_up(state);
    fixture_slots(*state);
    fixture_sources(*state);
    return 0;
}

int fixture_tear_down(void **state)
{
    fixture_close(*state);
    free(*state);
    return 0;
}
