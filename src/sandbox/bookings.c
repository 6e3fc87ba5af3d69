#include "tourdesk/sandbox/bookings.h"

#include "tourdesk/base/str.h"
#include "tourdesk/sandbox/effects.h"
#include "tourdesk/sandbox/times.h"

#include <cjson/cJSON.h>
#include <string.h>

static void set_status(struct store *store, struct guest *guest, const char *status, instant now)
{
    str_copy(guest->status, sizeof guest->status, status);
    guest->updated_at = now;
    store_put_guest(store, guest);
}

void bookings_settle_guest(struct store *store, struct guest *guest, instant now)
{
    struct guest known;
    int64_t id =
        store_match_guest(store, guest->community, guest->profile.email, guest->profile.phone);
    if (id && store_guest(store, id, &known)) {
        guest_complete(&known, guest);
        known.updated_at = now;
        *guest = known;
    } else {
        guest->id = 0;
        guest->created_at = guest->updated_at = now;
        str_copy(guest->status, sizeof guest->status, "New");
    }
    store_put_guest(store, guest);
}

void bookings_cancel(struct store *store, struct appointment *appointment, instant now)
{
    struct guest guest;
    str_copy(appointment->status, sizeof appointment->status, APPOINTMENT_CANCELLED);
    appointment->cancelled_at = now;
    store_put_appointment(store, appointment);
    effects_cancelled(store, appointment, now);
    if (store_guest(store, appointment->prospect, &guest))
        set_status(store, &guest, "Canceled", now);
}

/* R8: every earlier tour of the prospect that is still to come. */
static void cancel_upcoming(struct store *store, int64_t prospect, instant now)
{
    struct appointment old;
    int64_t id;
    while ((id = store_upcoming(store, prospect, now)) != 0 && store_appointment(store, id, &old))
        bookings_cancel(store, &old, now);
}

static enum verdict judge(
    struct store *store, const struct wish *wish, const struct wanted_time *time, instant now)
{
    const struct property *property = wish->property;
    if (!property->strict_slots) /* R5, lenient: any time in the future will do */
        return time->start > now ? SLOT_FREE : SLOT_PAST;
    struct hold_list holds = {0};
    store_holds(
        store, property->id, time->start - HOLD_REACH, time->start + HOLD_REACH, INT64_MAX, &holds);
    enum verdict verdict =
        rules_judge(&property->rules, property->zone, wish->calendar, &holds, now, time->start);
    hold_list_finish(&holds);
    return verdict;
}

static enum verdict choose_time(
    struct store *store, const struct wish *wish, instant now, struct wanted_time *chosen)
{
    enum verdict first = SLOT_FREE;
    for (size_t i = 0; i < wish->time_count; i++) {
        enum verdict verdict = judge(store, wish, &wish->times[i], now);
        if (i == 0)
            first = verdict;
        if (verdict == SLOT_FREE) {
            *chosen = wish->times[i];
            return SLOT_FREE;
        }
    }
    return first;
}

/* K5 writes the status in lower case. */
static void put_event_data(struct event_record *event, const struct appointment *appointment)
{
    char start[TIMES_SIZE], end[TIMES_SIZE];
    bool confirmed = strcmp(appointment->status, APPOINTMENT_CONFIRMED) == 0;
    times_utc(appointment->start, start);
    times_utc(appointment->end, end);
    str_print(event->data, sizeof event->data,
        "{\"startTime\":\"%s\",\"endTime\":\"%s\",\"status\":\"%s\",\"tourType\":\"%s\"}", start,
        end, confirmed ? "confirmed" : "pending", calendar_token(appointment->calendar));
}

void bookings_add_event(
    struct store *store, const struct guest *guest, const struct appointment *appointment)
{
    struct event_record event = {.prospect = guest->id, .created_at = appointment->created_at};
    str_copy(event.type, sizeof event.type, "APPOINTMENT_CREATED");
    str_print(event.description, sizeof event.description, "Appointment scheduled");
    str_copy(event.source, sizeof event.source, appointment->source);
    str_copy(event.agent, sizeof event.agent, guest->agent);
    put_event_data(&event, appointment);
    store_put_event(store, &event);
}

void bookings_add_message(struct store *store, const struct guest *guest, const char *type,
    const char *message, instant now)
{
    struct event_record event = {.prospect = guest->id, .created_at = now};
    cJSON *data = cJSON_CreateObject();
    cJSON_AddStringToObject(data, "message", message);
    if (!cJSON_PrintPreallocated(data, event.data, sizeof event.data, false))
        str_copy(event.data, sizeof event.data, "{}");
    cJSON_Delete(data);
    str_copy(event.type, sizeof event.type, type);
    str_copy(event.description, sizeof event.description, "Message received");
    str_copy(event.source, sizeof event.source, guest->source);
    store_put_event(store, &event);
}

static void fill(
    struct appointment *out, const struct wish *wish, const struct wanted_time *time, instant now)
{
    const struct property *property = wish->property;
    *out = (struct appointment){.prospect = wish->guest.id,
        .calendar = wish->calendar,
        .start = time->start,
        .end = time->end,
        .created_at = now};
    if (!out->end)
        out->end = out->start + (instant)property->rules.tour_minutes * MINUTE;
    str_copy(out->community, sizeof out->community, property->id);
    str_copy(out->status, sizeof out->status,
        property->instant ? APPOINTMENT_CONFIRMED : APPOINTMENT_PENDING);
    str_copy(out->origin, sizeof out->origin, wish->origin);
}

enum verdict bookings_make(
    struct store *store, struct wish *wish, instant now, struct appointment *out)
{
    bool sms_consent = wish->guest.sms_consent;
    char source[SOURCE_SIZE];
    struct wanted_time chosen = {0};
    str_copy(source, sizeof source, wish->guest.source);
    bookings_settle_guest(store, &wish->guest, now);
    if (wish->property->replace_frees_slot)
        cancel_upcoming(store, wish->guest.id, now);
    enum verdict verdict = choose_time(store, wish, now, &chosen);
    if (verdict != SLOT_FREE)
        return verdict;
    cancel_upcoming(store, wish->guest.id, now);
    fill(out, wish, &chosen, now);
    str_copy(out->source, sizeof out->source, source);
    store_put_appointment(store, out);
    store_guest(store, wish->guest.id, &wish->guest);
    set_status(store, &wish->guest, wish->property->instant ? "Booked" : "Waiting", now);
    bookings_add_event(store, &wish->guest, out);
    if (wish->message[0])
        bookings_add_message(store, &wish->guest, "WEB_MESSAGE", wish->message, now);
    effects_booked(store, &wish->guest, out, sms_consent, now);
    return SLOT_FREE;
}
