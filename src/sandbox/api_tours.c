/* Slots, bookings, cancels and visits (knock-api 3.1 to 3.4). */
#include "api_call.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"
#include "tourdesk/sandbox/bookings.h"
#include "tourdesk/sandbox/intake.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_UNITS = 100 };

void api_available_times(struct call *call)
{
    const struct property *property = call_property(call, call->id);
    if (!property)
        return;
    enum calendar calendar = CALENDAR_IN_PERSON; /* an early T1 left the parameter out */
    char value[16];
    if (call_parameter(call, "forSelfGuided", value, sizeof value)) {
        if (strcmp(value, "true") == 0) {
            calendar = CALENDAR_SELF_GUIDED;
        } else if (strcmp(value, "false") != 0) {
            answer_error(call->answer, 400, "forSelfGuided must be true or false.");
            return;
        }
    }
    size_t length;
    const char *text = offers_text(
        call->world->offers, call->world->store, property, calendar, call->now, &length);
    call->answer->status = 200;
    str_add_bytes(&call->answer->body, text, length);
}

static void read_time(struct intake *intake, const cJSON *item, struct wish *wish)
{
    struct stamp start, end;
    struct intake time = intake_start(item, "requestedTimes.");
    struct wanted_time *wanted = &wish->times[wish->time_count];
    *wanted = (struct wanted_time){0};
    intake_require(&time, "startTime");
    if (intake_time(&time, "startTime", &start))
        wanted->start = start.at;
    if (intake_time(&time, "endTime", &end)) {
        wanted->end = end.at;
        if (end.at <= start.at)
            intake_fail(&time, "requestedTimes.endTime must be after startTime.");
        else if (end.at - start.at > LONGEST_TOUR)
            intake_fail(&time, "requestedTimes.endTime is more than a day after startTime.");
    }
    if (time.failed)
        intake_fail(intake, "%s", time.error.text);
    wish->time_count++;
}

static void read_times(struct intake *intake, struct wish *wish)
{
    const cJSON *list = intake_array(intake, "requestedTimes"), *item;
    int count = list ? cJSON_GetArraySize(list) : 0;
    if (!intake->failed && (count == 0 || count > MOST_TIMES))
        intake_fail(intake, "requestedTimes must have 1 to %d entries.", MOST_TIMES);
    cJSON_ArrayForEach (item, list) {
        if (!intake->failed)
            read_time(intake, item, wish);
    }
}

static void read_tour_type(struct intake *intake, struct wish *wish)
{
    char type[64];
    intake_require(intake, "tourType");
    if (!intake_text(intake, "tourType", type, sizeof type))
        return;
    for (int i = 0; i < CALENDARS; i++)
        if (strcmp(type, calendar_token((enum calendar)i)) == 0) {
            wish->calendar = (enum calendar)i;
            return;
        }
    intake_fail(intake, "tourType must be SELF_GUIDED or IN_PERSON.");
}

static void read_message(struct intake *intake, char message[MESSAGE_SIZE])
{
    if (intake_text(intake, "message", message, MESSAGE_SIZE) &&
        text_count(message) > MESSAGE_CHARACTERS)
        intake_fail(intake, "message is longer than %d characters.", MESSAGE_CHARACTERS);
}

static void read_guest(struct intake *intake, struct wish *wish)
{
    unsigned given;
    intake_require(intake, "profile");
    const cJSON *object = intake_object(intake, "profile");
    if (!object)
        return;
    struct intake profile = intake_start(object, "profile.");
    intake_guest(&profile, &wish->guest, &given);
    if (profile.failed)
        intake_fail(intake, "%s", profile.error.text);
}

static void read_wish(struct intake *intake, struct wish *wish, char community[ID_SIZE])
{
    intake_require(intake, "communityId");
    intake_text(intake, "communityId", community, ID_SIZE);
    intake_require(intake, "requestedTimes");
    read_times(intake, wish);
    read_tour_type(intake, wish);
    read_guest(intake, wish);
    read_message(intake, wish->message);
    intake_more(intake, &wish->guest);
}

static void refuse(struct call *call, const struct wish *wish, enum verdict verdict)
{
    struct answer *answer = call->answer;
    switch (verdict) {
    case SLOT_FREE: break;
    case SLOT_PAST: answer_error(answer, 422, "The requested time is in the past."); break;
    case SLOT_TOO_SOON:
        answer_error(answer, 422, "Tours must be booked at least %d minutes ahead.",
            wish->property->rules.notice_minutes);
        break;
    case SLOT_TOO_FAR:
        answer_error(answer, 422, "Tours can be booked up to %d days ahead.",
            wish->property->rules.horizon_days);
        break;
    case SLOT_CLOSED:
        answer_error(answer, 422, "The community gives no tours at the requested time.");
        break;
    case SLOT_OFF_GRID:
        answer_error(answer, 422, "The requested time is not one of the offered start times.");
        break;
    case SLOT_TAKEN: answer_error(answer, 409, "The requested time is no longer available."); break;
    }
}

static cJSON *appointment_json(int64_t id, const char *status)
{
    cJSON *object = cJSON_CreateObject();
    put_id(object, "id", id);
    cJSON_AddStringToObject(object, "status", status);
    return object;
}

static void answer_booked(
    struct call *call, const struct wish *wish, const struct appointment *appointment)
{
    call->answer->appointment = appointment->id;
    call->answer->prospect = appointment->prospect;
    offers_changed(call->world->offers, appointment->community);
    cJSON *json = cJSON_CreateObject();
    put_id(json, "appointmentId", appointment->id);
    cJSON_AddItemToObject(
        json, "appointment", appointment_json(appointment->id, appointment->status));
    if (wish->property->answer_prospect_id)
        put_id(json, "prospectId", appointment->prospect);
    answer_json(call->answer, 200, json);
}

static void book(struct call *call, struct wish *wish)
{
    char community[ID_SIZE] = "";
    struct intake intake = intake_start(call->body, "");
    read_wish(&intake, wish, community);
    if (intake.failed) {
        answer_error(call->answer, 400, "%s", intake.error.text);
        return;
    }
    wish->property = call_property(call, community);
    if (!wish->property)
        return;
    struct appointment appointment;
    str_copy(wish->guest.community, sizeof wish->guest.community, community);
    enum verdict verdict = bookings_make(call->world->store, wish, call->now, &appointment);
    if (verdict == SLOT_FREE)
        answer_booked(call, wish, &appointment);
    else
        refuse(call, wish, verdict);
}

void api_book_from(struct call *call, const char *origin)
{
    struct wish *wish = mem_alloc(sizeof *wish);
    wish->origin = origin;
    book(call, wish);
    free(wish);
}

void api_book(struct call *call)
{
    api_book_from(call, "web");
}

void api_cancel(struct call *call)
{
    struct world *world = call->world;
    struct appointment appointment;
    int64_t id = call_id(call);
    if (id < 0 || !store_appointment(world->store, id, &appointment)) {
        answer_error(call->answer, 404, "Appointment not found.");
        return;
    }
    const struct property *property = call_property(call, appointment.community);
    if (!property)
        return;
    call->answer->appointment = id;
    call->answer->prospect = appointment.prospect;
    bool cancelled = appointment.cancelled_at != 0;
    if (cancelled && !property->repeat_cancel_ok) {
        answer_error(call->answer, 409, "The appointment is cancelled already.");
        return;
    }
    if (!cancelled && appointment.start <= call->now && !property->past_cancel_ok) {
        answer_error(call->answer, 422, "The appointment has begun already.");
        return;
    }
    if (!cancelled) {
        bookings_cancel(world->store, &appointment, call->now);
        offers_changed(world->offers, appointment.community);
    }
    cJSON *json = cJSON_CreateObject();
    cJSON_AddItemToObject(json, "appointment", appointment_json(id, appointment.status));
    answer_json(call->answer, 200, json);
}

struct visit_request {
    int64_t prospect, appointment;
    struct stamp at;
    struct visit_record record;
};

/* R11: names that match no unit are ignored, and nobody is told. */
static void match_units(struct visit_request *visit, const struct property *property)
{
    cJSON *names = cJSON_Parse(visit->record.units), *matched = cJSON_CreateArray();
    const cJSON *item;
    cJSON_ArrayForEach (item, names) {
        int i = unit_find(property->units, property->unit_count, item->valuestring);
        if (i >= 0)
            cJSON_AddItemToArray(matched, cJSON_CreateString(property->units[i]));
    }
    if (!cJSON_PrintPreallocated(
            matched, visit->record.matched, sizeof visit->record.matched, false))
        str_copy(visit->record.matched, sizeof visit->record.matched, "[]");
    cJSON_Delete(names);
    cJSON_Delete(matched);
}

static void read_units(struct intake *intake, struct visit_request *visit)
{
    const cJSON *list = intake_array(intake, "unitNames"), *item;
    str_copy(visit->record.units, sizeof visit->record.units, "[]");
    cJSON_ArrayForEach (item, list) {
        if (!cJSON_IsString(item))
            intake_fail(intake, "unitNames must be an array of texts.");
    }
    if (list && (cJSON_GetArraySize(list) > MOST_UNITS ||
                    !cJSON_PrintPreallocated(
                        (cJSON *)list, visit->record.units, sizeof visit->record.units, false)))
        intake_fail(intake, "unitNames has too many entries.");
}

static void read_visit(struct intake *intake, struct visit_request *visit)
{
    intake_require(intake, "prospectId");
    intake_id(intake, "prospectId", &visit->prospect);
    intake_require(intake, "visitTime");
    intake_time(intake, "visitTime", &visit->at);
    intake_id(intake, "appointmentId", &visit->appointment);
    intake_flag(intake, "isSelfGuided", &visit->record.self_guided);
    intake_text(intake, "sourceTitle", visit->record.source, sizeof visit->record.source);
    read_units(intake, visit);
}

/* The appointment a visit names must be there and the prospect's own; one that was cancelled
 * will do, since nothing says otherwise. */
static bool check_appointment(
    struct call *call, const struct visit_request *visit, const struct property *property)
{
    struct appointment appointment;
    if (visit->appointment == 0)
        return true;
    if (visit->appointment < 0 ||
        !store_appointment(call->world->store, visit->appointment, &appointment)) {
        answer_error(call->answer, 404, "Appointment not found.");
        return false;
    }
    call->answer->appointment = visit->appointment;
    if (appointment.prospect != visit->prospect) {
        answer_error(call->answer, 422, "The appointment belongs to another prospect.");
        return false;
    }
    if (!property->duplicate_visit_ok &&
        store_count_visits(call->world->store, visit->appointment) > 0) {
        answer_error(call->answer, 409, "A visit was recorded for this appointment already.");
        return false;
    }
    return true;
}

static void record_visit(struct call *call, struct visit_request *visit, struct guest *guest)
{
    const struct property *property = call_property(call, guest->community);
    if (!property || !check_appointment(call, visit, property))
        return;
    visit->record.prospect = visit->prospect;
    visit->record.appointment = visit->appointment;
    visit->record.at = visit->at.at;
    visit->record.created_at = call->now;
    match_units(visit, property);
    store_put_visit(call->world->store, &visit->record);
    str_copy(guest->status, sizeof guest->status, "Visited");
    guest->updated_at = call->now;
    store_put_guest(call->world->store, guest);
    call->answer->visit = visit->record.id;
    call_answer_id(call, "visitId", visit->record.id);
}

void api_visit(struct call *call)
{
    struct visit_request *visit = mem_alloc(sizeof *visit);
    struct guest guest;
    struct intake intake = intake_start(call->body, "");
    read_visit(&intake, visit);
    if (intake.failed)
        answer_error(call->answer, 400, "%s", intake.error.text);
    else if (visit->at.at > call->now)
        answer_error(call->answer, 422, "visitTime must be in the past.");
    else if (call_guest(call, visit->prospect, &guest))
        record_visit(call, visit, &guest);
    free(visit);
}
