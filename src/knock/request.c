#include "tourdesk/knock/request.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS_PAGE = 50 };

/* Appends an id as one path segment: whatever is not unreserved in RFC 3986 is escaped. */
static void add_segment(struct str *path, const char *id)
{
    for (const char *p = id; *p; p++) {
        if (((unsigned char)*p < 0x80 && isalnum((unsigned char)*p)) || strchr("-._~", *p))
            str_add_char(path, *p);
        else
            str_addf(path, "%%%02X", (unsigned char)*p);
    }
}

static void begin(struct http_request *out, enum http_method method, enum key_family family,
    const char *community_id)
{
    *out = (struct http_request){.method = method, .family = family};
    str_copy(out->community_id, sizeof out->community_id, community_id);
}

/* "/collection/{id}tail". */
static void set_path(
    struct http_request *out, const char *collection, const char *id, const char *tail)
{
    struct str path = {0};
    str_addf(&path, "/%s/", collection);
    add_segment(&path, id);
    str_add(&path, tail);
    str_copy(out->path, sizeof out->path, str_text(&path));
    str_finish(&path);
}

static cJSON *checked(cJSON *value)
{
    if (!value)
        mem_exhausted();
    return value;
}

static void add_text(cJSON *object, const char *name, const char *text)
{
    if (*text)
        checked(cJSON_AddStringToObject(object, name, text));
}

static void add_stamp(cJSON *object, const char *name, struct stamp stamp)
{
    char text[STAMP_SIZE];
    stamp_format(stamp, text);
    add_text(object, name, text);
}

static void add_number(cJSON *object, const char *name, long number)
{
    if (number)
        checked(cJSON_AddNumberToObject(object, name, (double)number));
}

static void add_bool(cJSON *object, const char *name, bool value)
{
    checked(cJSON_AddBoolToObject(object, name, value));
}

/* Prints and frees `object`. */
static void set_body(struct http_request *out, cJSON *object)
{
    out->body = cJSON_PrintUnformatted(object);
    if (!out->body)
        mem_exhausted();
    cJSON_Delete(object);
}

static void add_bedrooms(cJSON *object, unsigned bedrooms)
{
    if (!bedrooms)
        return;
    cJSON *array = checked(cJSON_AddArrayToObject(object, "bedrooms"));
    for (unsigned bit = BEDROOMS_STUDIO; bit <= BEDROOMS_THREE_OR_MORE; bit <<= 1)
        if (bedrooms & bit)
            cJSON_AddItemToArray(
                array, checked(cJSON_CreateString(bedrooms_token((enum bedrooms)bit))));
}

static void add_profile(cJSON *object, const struct profile *profile)
{
    char phone[PHONE_SIZE], date[DATE_SIZE];
    add_text(object, "firstName", profile->first_name);
    add_text(object, "lastName", profile->last_name);
    add_text(object, "email", profile->email);
    phone_wire(profile->phone, phone);
    add_text(object, "phone", phone);
    if (profile->move_date.year) {
        date_format(profile->move_date, date);
        add_text(object, "moveDate", date);
    }
    add_bedrooms(object, profile->bedrooms);
    add_number(object, "occupants", profile->occupants);
    add_number(object, "leaseTermMonths", profile->lease_months);
    add_number(object, "minBudget", profile->min_budget);
    add_number(object, "maxBudget", profile->max_budget);
}

static void add_consent(cJSON *object, enum consent consent, const struct community *community)
{
    if (consent == CONSENT_NOT_ASKED)
        return;
    add_bool(object, "smsConsent", consent == CONSENT_YES);
    if (consent != CONSENT_YES)
        return;
    add_text(object, "smsConsentDisclaimer", community->sms_consent_text);
    add_text(object, "smsConsentUrl", community->sms_consent_url);
}

void request_slots(struct http_request *out, const char *community_id, enum calendar calendar)
{
    begin(out, HTTP_GET, KEY_APPOINTMENT, community_id);
    set_path(out, "community", community_id,
        calendar == CALENDAR_SELF_GUIDED ? "/available-times?forSelfGuided=true"
                                         : "/available-times?forSelfGuided=false");
}

void request_sources(struct http_request *out, const char *community_id)
{
    begin(out, HTTP_GET, KEY_APPOINTMENT, community_id);
    set_path(out, "community", community_id, "/sources");
}

void request_card(struct http_request *out, const char *community_id, const char *prospect_id)
{
    begin(out, HTTP_GET, KEY_PROSPECT, community_id);
    set_path(out, "prospect", prospect_id, "");
}

void request_events(
    struct http_request *out, const char *community_id, const char *prospect_id, const char *after)
{
    struct str tail = {0};
    begin(out, HTTP_GET, KEY_PROSPECT, community_id);
    str_addf(&tail, "/events?first=%d", EVENTS_PAGE);
    if (*after) {
        str_add(&tail, "&after=");
        add_segment(&tail, after);
    }
    set_path(out, "prospect", prospect_id, str_text(&tail));
    str_finish(&tail);
}

void request_prospect(
    struct http_request *out, const struct operation *operation, const struct community *community)
{
    begin(out, HTTP_POST, KEY_PROSPECT, operation->community_id);
    str_copy(out->path, sizeof out->path, "/prospect");
    cJSON *body = checked(cJSON_CreateObject());
    add_text(body, "communityId", operation->community_id);
    add_profile(body, &operation->booking.profile);
    add_text(body, "message", operation->booking.profile.message);
    add_text(body, "sourceTitle", operation->booking.source_title);
    add_consent(body, operation->booking.consent, community);
    add_bool(body, "autorespond", false);
    set_body(out, body);
}

void request_appointment(
    struct http_request *out, const struct operation *operation, const struct community *community)
{
    const struct booking *booking = &operation->booking;
    begin(out, HTTP_POST, KEY_APPOINTMENT, operation->community_id);
    str_copy(out->path, sizeof out->path, "/appointment/request");
    cJSON *body = checked(cJSON_CreateObject());
    add_text(body, "communityId", operation->community_id);
    cJSON *times = checked(cJSON_AddArrayToObject(body, "requestedTimes"));
    cJSON *time = checked(cJSON_CreateObject());
    cJSON_AddItemToArray(times, time);
    add_text(time, "startTime", booking->start_text);
    add_text(time, "endTime", booking->end_text);
    cJSON *profile = checked(cJSON_AddObjectToObject(body, "profile"));
    add_profile(profile, &booking->profile);
    add_text(body, "message", booking->profile.message);
    add_consent(body, booking->consent, community);
    add_text(body, "sourceTitle", booking->source_title);
    add_text(body, "tourType", calendar_token(booking->calendar));
    set_body(out, body);
}

void request_cancel(struct http_request *out, const struct operation *operation)
{
    begin(out, HTTP_PUT, KEY_APPOINTMENT, operation->community_id);
    set_path(out, "appointment", operation->appointment_id, "/cancel");
}

void request_visit(struct http_request *out, const struct operation *operation)
{
    const struct visiting *visit = &operation->visiting;
    begin(out, HTTP_POST, KEY_PROSPECT, operation->community_id);
    str_copy(out->path, sizeof out->path, "/visit");
    cJSON *body = checked(cJSON_CreateObject());
    add_text(body, "prospectId", operation->prospect_id);
    add_text(body, "appointmentId", operation->appointment_id);
    add_stamp(body, "visitTime", visit->visit_time);
    add_bool(body, "isSelfGuided", visit->self_guided);
    add_text(body, "sourceTitle", visit->source_title);
    if (visit->unit_count) {
        cJSON *units = checked(cJSON_AddArrayToObject(body, "unitNames"));
        for (size_t i = 0; i < visit->unit_count; i++)
            cJSON_AddItemToArray(units, checked(cJSON_CreateString(visit->units[i])));
    }
    set_body(out, body);
}

void request_call(struct http_request *out, const struct operation *operation)
{
    const struct calling *call = &operation->calling;
    char phone[PHONE_SIZE];
    begin(out, HTTP_POST, KEY_PROSPECT, operation->community_id);
    set_path(out, "prospect", operation->prospect_id, "/call");
    cJSON *body = checked(cJSON_CreateObject());
    cJSON *agent = checked(cJSON_AddObjectToObject(body, "agent"));
    add_text(agent, "username", call->username);
    phone_wire(call->agent_phone, phone);
    add_text(agent, "phoneNumber", phone);
    add_stamp(body, "startTime", call->start);
    add_stamp(body, "endTime", call->end);
    add_text(body, "type", call_type_token(call->type));
    add_text(body, "outcome", call_outcome_token(call->outcome));
    add_text(body, "sourceTitle", call->source_title);
    set_body(out, body);
}
