/* Guest cards, their history, what is logged on them, and the list of sources (knock-api 3.5 to
 * 3.9). */
#include "api_call.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"
#include "tourdesk/sandbox/bookings.h"
#include "tourdesk/sandbox/effects.h"
#include "tourdesk/sandbox/intake.h"
#include "tourdesk/sandbox/times.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    PAGE_DEFAULT = 10,
    PAGE_LARGEST = 100,
    CURSOR_SIZE = 64,
};

void api_sources(struct call *call)
{
    const struct property *property = call_property(call, call->id);
    if (!property)
        return;
    cJSON *json = cJSON_CreateObject(), *edges = cJSON_AddArrayToObject(json, "edges");
    for (size_t i = 0; i < property->source_count; i++) {
        cJSON *edge = cJSON_CreateObject(), *node = cJSON_AddObjectToObject(edge, "node");
        cJSON_AddStringToObject(node, "sourceTitle", property->sources[i]);
        cJSON_AddItemToArray(edges, edge);
    }
    answer_json(call->answer, 200, json);
}

struct enquiry {
    struct guest guest;
    unsigned given;
    bool autorespond;
    char community[ID_SIZE], tracking[EMAIL_SIZE], message[MESSAGE_SIZE];
};

static void read_enquiry(struct intake *intake, struct enquiry *enquiry)
{
    intake_text(intake, "communityId", enquiry->community, sizeof enquiry->community);
    intake_text(intake, "knockTrackingEmail", enquiry->tracking, sizeof enquiry->tracking);
    if (!intake->failed && !enquiry->community[0] && !enquiry->tracking[0])
        intake_fail(intake, "communityId is required.");
    intake_guest(intake, &enquiry->guest, &enquiry->given);
    intake_more(intake, &enquiry->guest);
    intake_flag(intake, "autorespond", &enquiry->autorespond);
    if (intake_text(intake, "message", enquiry->message, sizeof enquiry->message) &&
        text_count(enquiry->message) > MESSAGE_CHARACTERS)
        intake_fail(intake, "message is longer than %d characters.", MESSAGE_CHARACTERS);
}

/* R12: an upsert of exactly the fields K4 lists. */
static void upsert(struct call *call, struct enquiry *enquiry)
{
    struct store *store = call->world->store;
    struct guest known;
    int64_t id = store_match_guest(store, enquiry->guest.community, enquiry->guest.profile.email,
        enquiry->guest.profile.phone);
    if (id && store_guest(store, id, &known)) {
        guest_update(&known, &enquiry->guest, enquiry->given);
        known.updated_at = call->now;
        store_put_guest(store, &known);
        enquiry->guest = known;
    } else {
        bookings_settle_guest(store, &enquiry->guest, call->now);
    }
    if (enquiry->message[0])
        bookings_add_message(store, &enquiry->guest, "WEB_MESSAGE", enquiry->message, call->now);
    if (enquiry->autorespond)
        effects_autorespond(store, &enquiry->guest, call->now);
    call->answer->prospect = enquiry->guest.id;
    call_answer_id(call, "id", enquiry->guest.id);
}

static void put_prospect(struct call *call, struct enquiry *enquiry)
{
    struct intake intake = intake_start(call->body, "");
    read_enquiry(&intake, enquiry);
    if (intake.failed) {
        answer_error(call->answer, 400, "%s", intake.error.text);
        return;
    }
    const struct property *named =
        enquiry->community[0] ? NULL : office_find_email(&call->world->office, enquiry->tracking);
    const struct property *property = call_property(call, named ? named->id : enquiry->community);
    if (!property)
        return;
    str_copy(enquiry->guest.community, sizeof enquiry->guest.community, property->id);
    upsert(call, enquiry);
}

void api_put_prospect(struct call *call)
{
    struct enquiry *enquiry = mem_alloc(sizeof *enquiry);
    put_prospect(call, enquiry);
    free(enquiry);
}

static void put_name_object(cJSON *object, const char *name, const char *inner, const char *text)
{
    if (*text)
        cJSON_AddStringToObject(cJSON_AddObjectToObject(object, name), inner, text);
    else
        cJSON_AddNullToObject(object, name);
}

static void put_number(cJSON *object, const char *name, long number)
{
    if (number)
        cJSON_AddNumberToObject(object, name, (double)number);
    else
        cJSON_AddNullToObject(object, name);
}

static void put_bedrooms(cJSON *object, unsigned bedrooms)
{
    cJSON *list = cJSON_AddArrayToObject(object, "bedrooms");
    for (unsigned bit = BEDROOMS_STUDIO; bit <= BEDROOMS_THREE_OR_MORE; bit <<= 1)
        if (bedrooms & bit)
            cJSON_AddItemToArray(list, cJSON_CreateString(bedrooms_token((enum bedrooms)bit)));
}

static void put_wishes(cJSON *object, const struct guest *guest)
{
    const struct profile *profile = &guest->profile;
    char date[DATE_SIZE] = "";
    if (profile->move_date.year)
        date_format(profile->move_date, date);
    put_text(object, "moveDate", date);
    put_bedrooms(object, profile->bedrooms);
    cJSON *pets = guest->pets[0] ? cJSON_Parse(guest->pets) : NULL;
    cJSON_AddItemToObject(object, "pets", pets ? pets : cJSON_CreateNull());
    put_number(object, "occupants", profile->occupants);
    put_number(object, "leaseTermMonths", profile->lease_months);
    put_number(object, "minBudget", profile->min_budget);
    put_number(object, "maxBudget", profile->max_budget);
}

static cJSON *guest_json(const struct guest *guest)
{
    char created[TIMES_SIZE], updated[TIMES_SIZE];
    cJSON *object = cJSON_CreateObject();
    times_exact(guest->created_at, created);
    times_exact(guest->updated_at, updated);
    put_id(object, "prospectId", guest->id);
    cJSON_AddStringToObject(object, "communityId", guest->community);
    put_text(object, "email", guest->profile.email);
    put_text(object, "phone", guest->profile.phone);
    put_name_object(object, "agent", "username", guest->agent);
    put_text(object, "address", guest->address);
    put_text(object, "unit", guest->unit);
    put_text(object, "city", guest->city);
    put_text(object, "state", guest->state);
    put_text(object, "zip", guest->zip);
    put_name_object(object, "source", "title", guest->source);
    put_text(object, "firstName", guest->profile.first_name);
    put_text(object, "lastName", guest->profile.last_name);
    put_wishes(object, guest);
    cJSON_AddBoolToObject(object, "smsConsent", guest->sms_consent);
    cJSON_AddBoolToObject(object, "isDeleted", false);
    cJSON_AddBoolToObject(object, "notProspect", false);
    cJSON_AddStringToObject(object, "createdAt", created);
    cJSON_AddStringToObject(object, "updatedAt", updated);
    put_text(object, "firstContactType", guest->first_contact);
    cJSON_AddStringToObject(object, "status", guest->status);
    return object;
}

void api_get_prospect(struct call *call)
{
    struct guest guest;
    if (call_guest(call, call_id(call), &guest))
        answer_json(call->answer, 200, guest_json(&guest));
}

/* The cursor is a position in base64, like K5's "MQ==". */
static void write_cursor(long position, char out[CURSOR_SIZE])
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[24];
    size_t n = 0;
    int length = snprintf(text, sizeof text, "%ld", position);
    for (int i = 0; i < length; i += 3) {
        unsigned left = (unsigned)(length - i);
        unsigned bits = (unsigned)text[i] << 16;
        bits |= left > 1 ? (unsigned)text[i + 1] << 8 : 0;
        bits |= left > 2 ? (unsigned)text[i + 2] : 0;
        out[n++] = letters[bits >> 18 & 63];
        out[n++] = letters[bits >> 12 & 63];
        out[n++] = left > 1 ? letters[bits >> 6 & 63] : '=';
        out[n++] = left > 2 ? letters[bits & 63] : '=';
    }
    out[n] = '\0';
}

static int base64_value(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
}

static bool read_cursor(const char *text, long *position)
{
    char decoded[CURSOR_SIZE];
    size_t n = 0;
    unsigned bits = 0;
    int have = 0;
    for (; *text && *text != '='; text++) {
        int value = base64_value(*text);
        if (value < 0 || n + 1 >= sizeof decoded)
            return false;
        bits = bits << 6 | (unsigned)value;
        have += 6;
        if (have >= 8) {
            have -= 8;
            decoded[n++] = (char)(bits >> have & 255);
        }
    }
    decoded[n] = '\0';
    return str_integer(decoded, 0, INT32_MAX, position);
}

static cJSON *event_json(const struct event_record *event)
{
    char when[TIMES_SIZE], created[TIMES_SIZE];
    cJSON *edge = cJSON_CreateObject(), *node = cJSON_AddObjectToObject(edge, "node");
    times_utc(event->created_at, when);
    times_exact(event->created_at, created);
    cJSON_AddStringToObject(node, "type", event->type);
    cJSON_AddStringToObject(node, "description", event->description);
    cJSON_AddStringToObject(node, "eventTime", when);
    cJSON_AddStringToObject(node, "createdAt", created);
    put_name_object(node, "source", "title", event->source);
    put_name_object(node, "agent", "username", event->agent);
    cJSON *data = cJSON_Parse(event->data);
    cJSON_AddItemToObject(node, "data", data ? data : cJSON_CreateNull());
    return edge;
}

static bool read_page(struct call *call, long *first, long *after)
{
    char text[CURSOR_SIZE];
    *first = PAGE_DEFAULT;
    *after = 0;
    if (call_parameter(call, "first", text, sizeof text) &&
        !str_integer(text, 1, PAGE_LARGEST, first)) {
        answer_error(call->answer, 400, "first must be a number from 1 to %d.", PAGE_LARGEST);
        return false;
    }
    if (call_parameter(call, "after", text, sizeof text) && !read_cursor(text, after)) {
        answer_error(call->answer, 400, "after is not a cursor of this list.");
        return false;
    }
    return true;
}

static void put_page_info(cJSON *json, long after, size_t shown, bool more)
{
    char cursor[CURSOR_SIZE] = "";
    cJSON *info = cJSON_AddObjectToObject(json, "pageInfo");
    if (shown)
        write_cursor(after + (long)shown, cursor);
    put_text(info, "endCursor", cursor);
    cJSON_AddBoolToObject(info, "hasNextPage", more);
}

void api_events(struct call *call)
{
    struct guest guest;
    long first, after;
    if (!read_page(call, &first, &after) || !call_guest(call, call_id(call), &guest))
        return;
    size_t wanted = (size_t)first;
    struct event_record *events = mem_alloc((wanted + 1) * sizeof *events);
    size_t found = store_events(call->world->store, guest.id, after, wanted + 1, events);
    size_t shown = found < wanted ? found : wanted;
    cJSON *json = cJSON_CreateObject(), *edges = cJSON_AddArrayToObject(json, "edges");
    for (size_t i = 0; i < shown; i++)
        cJSON_AddItemToArray(edges, event_json(&events[i]));
    put_page_info(json, after, shown, found > shown);
    answer_json(call->answer, 200, json);
    free(events);
}

static void keep_note(struct call *call, const struct guest *guest, const char *kind)
{
    struct note_record *note = mem_alloc(sizeof *note);
    note->prospect = guest->id;
    note->created_at = call->now;
    str_copy(note->kind, sizeof note->kind, kind);
    str_copy(note->body, sizeof note->body, call->request->body);
    store_put_note(call->world->store, note);
    call_answer_id(call, "id", note->id);
    free(note);
}

/* K6: the body is not published; an e-mail that was logged belongs to the history (R13). */
void api_log_email(struct call *call)
{
    struct guest guest;
    if (!cJSON_IsObject(call->body)) {
        answer_error(call->answer, 400, "The request body must be a JSON object.");
        return;
    }
    if (!call_guest(call, call_id(call), &guest))
        return;
    bookings_add_message(call->world->store, &guest, "EMAIL", "", call->now);
    keep_note(call, &guest, "email");
}

static void read_call(struct intake *intake)
{
    struct stamp start = {0}, end = {0};
    char text[GUEST_TEXT_SIZE];
    static const char *const required[] = {"startTime", "endTime", "type", "outcome"};
    for (size_t i = 0; i < sizeof required / sizeof *required; i++)
        intake_require(intake, required[i]);
    intake_time(intake, "startTime", &start);
    intake_time(intake, "endTime", &end);
    if (!intake->failed && end.at < start.at)
        intake_fail(intake, "endTime must not be before startTime.");
    intake_text(intake, "type", text, sizeof text);
    intake_text(intake, "outcome", text, sizeof text);
    intake_text(intake, "sourceTitle", text, sizeof text);
    const cJSON *object = intake_object(intake, "agent");
    if (!object)
        return;
    struct intake agent = intake_start(object, "agent.");
    intake_text(&agent, "username", text, sizeof text);
    intake_text(&agent, "phoneNumber", text, sizeof text);
    if (agent.failed)
        intake_fail(intake, "%s", agent.error.text);
}

/* K7: calls are no part of the history that can be read back. */
void api_log_call(struct call *call)
{
    struct guest guest;
    struct intake intake = intake_start(call->body, "");
    read_call(&intake);
    if (intake.failed)
        answer_error(call->answer, 400, "%s", intake.error.text);
    else if (call_guest(call, call_id(call), &guest))
        keep_note(call, &guest, "call");
}
