#include "tourdesk/sandbox/control.h"

#include "api_call.h"

#include "tourdesk/sandbox/bookings.h"
#include "tourdesk/sandbox/intake.h"
#include "tourdesk/sandbox/times.h"

#include <string.h>

static const char root[] = "/_sandbox/";

bool control_owns(const char *target)
{
    return strncmp(target, root, sizeof root - 1) == 0;
}

static void show_log(struct call *call)
{
    answer_json(call->answer, 200,
        call->world->diary ? diary_json(call->world->diary) : cJSON_CreateArray());
}

static void clear_log(struct call *call)
{
    if (call->world->diary)
        diary_clear(call->world->diary);
    show_log(call);
}

static void put_moment(cJSON *object, const char *name, instant at)
{
    char text[TIMES_SIZE] = "";
    if (at)
        times_exact(at, text);
    put_text(object, name, text);
}

static void put_local(cJSON *object, const char *name, const struct zone *zone, instant at)
{
    char text[TIMES_SIZE];
    if (zone)
        times_local(zone, at, text);
    else
        times_utc(at, text);
    cJSON_AddStringToObject(object, name, text);
}

static void put_parsed(cJSON *object, const char *name, const char *json)
{
    cJSON *value = cJSON_Parse(json);
    cJSON_AddItemToObject(object, name, value ? value : cJSON_CreateNull());
}

/* What a list is being built from. */
struct listing {
    struct world *world;
    cJSON *list;
    const struct zone *zone;
};

static void add_visit(const struct visit_record *visit, void *context)
{
    struct listing *listing = context;
    cJSON *object = cJSON_CreateObject();
    put_id(object, "id", visit->id);
    put_local(object, "visitTime", listing->zone, visit->at);
    cJSON_AddBoolToObject(object, "isSelfGuided", visit->self_guided);
    put_text(object, "sourceTitle", visit->source);
    put_parsed(object, "unitNames", visit->units);
    put_parsed(object, "matchedUnits", visit->matched);
    put_moment(object, "createdAt", visit->created_at);
    cJSON_AddItemToArray(listing->list, object);
}

static void put_prospect(struct world *world, cJSON *object, int64_t id)
{
    struct guest guest;
    if (!store_guest(world->store, id, &guest)) {
        cJSON_AddNullToObject(object, "prospect");
        return;
    }
    cJSON *prospect = cJSON_AddObjectToObject(object, "prospect");
    put_id(prospect, "id", guest.id);
    put_text(prospect, "firstName", guest.profile.first_name);
    put_text(prospect, "lastName", guest.profile.last_name);
    put_text(prospect, "email", guest.profile.email);
    put_text(prospect, "phone", guest.profile.phone);
    cJSON_AddBoolToObject(prospect, "smsConsent", guest.sms_consent);
    cJSON_AddStringToObject(prospect, "status", guest.status);
}

static cJSON *appointment_json(struct world *world, const struct appointment *appointment)
{
    const struct property *property = office_find(&world->office, appointment->community);
    const struct zone *zone = property ? property->zone : NULL;
    cJSON *object = cJSON_CreateObject();
    put_id(object, "id", appointment->id);
    cJSON_AddStringToObject(object, "communityId", appointment->community);
    cJSON_AddStringToObject(object, "tourType", calendar_token(appointment->calendar));
    put_local(object, "startTime", zone, appointment->start);
    put_local(object, "endTime", zone, appointment->end);
    cJSON_AddStringToObject(object, "status", appointment->status);
    cJSON_AddStringToObject(object, "origin", appointment->origin);
    put_text(object, "sourceTitle", appointment->source);
    put_moment(object, "createdAt", appointment->created_at);
    put_moment(object, "cancelledAt", appointment->cancelled_at);
    put_prospect(world, object, appointment->prospect);
    struct listing visits = {world, cJSON_AddArrayToObject(object, "visits"), zone};
    store_each_visit(world->store, appointment->id, add_visit, &visits);
    return object;
}

static void add_appointment(const struct appointment *appointment, void *context)
{
    struct listing *listing = context;
    cJSON_AddItemToArray(listing->list, appointment_json(listing->world, appointment));
}

static void show_appointments(struct call *call)
{
    struct listing listing = {.world = call->world, .list = cJSON_CreateArray()};
    store_each_appointment(call->world->store, add_appointment, &listing);
    answer_json(call->answer, 200, listing.list);
}

static void add_effect(const struct effect_record *effect, void *context)
{
    struct listing *listing = context;
    cJSON *object = cJSON_CreateObject();
    put_id(object, "id", effect->id);
    cJSON_AddStringToObject(object, "kind", effect->kind);
    put_id(object, "prospectId", effect->prospect);
    if (effect->appointment)
        put_id(object, "appointmentId", effect->appointment);
    cJSON_AddStringToObject(object, "to", effect->address);
    put_moment(object, "createdAt", effect->created_at);
    put_moment(object, "due", effect->due);
    cJSON_AddBoolToObject(object, "withdrawn", effect->withdrawn);
    cJSON_AddItemToArray(listing->list, object);
}

static void show_effects(struct call *call)
{
    struct listing listing = {.world = call->world, .list = cJSON_CreateArray()};
    store_each_effect(call->world->store, add_effect, &listing);
    answer_json(call->answer, 200, listing.list);
}

static void show_clock(struct call *call)
{
    cJSON *json = cJSON_CreateObject();
    put_moment(json, "now", pace_now(&call->world->pace));
    cJSON_AddNumberToObject(json, "speed", call->world->pace.speed);
    answer_json(call->answer, 200, json);
}

static void set_clock(struct call *call)
{
    struct stamp at;
    struct intake intake = intake_start(call->body, "");
    bool has_time = intake_time(&intake, "now", &at);
    const cJSON *speed = cJSON_GetObjectItemCaseSensitive(call->body, "speed");
    if (speed &&
        (!cJSON_IsNumber(speed) || !(speed->valuedouble >= 0) || speed->valuedouble > FASTEST_PACE))
        intake_fail(&intake, "speed must be a number from 0 to %d.", FASTEST_PACE);
    if (intake.failed) {
        answer_error(call->answer, 400, "%s", intake.error.text);
        return;
    }
    if (speed)
        pace_set_speed(&call->world->pace, speed->valuedouble);
    if (has_time)
        pace_set(&call->world->pace, at.at);
    show_clock(call);
}

static void show_faults(struct call *call)
{
    cJSON *json = cJSON_CreateObject(), *rules = cJSON_AddArrayToObject(json, "rules");
    for (size_t i = 0; i < call->world->faults.count; i++) {
        const struct fault *fault = &call->world->faults.items[i];
        cJSON *rule = cJSON_CreateObject();
        cJSON_AddStringToObject(rule, "rule", fault->text);
        cJSON_AddNumberToObject(rule, "seen", fault->seen);
        cJSON_AddNumberToObject(rule, "used", fault->used);
        cJSON_AddItemToArray(rules, rule);
    }
    answer_json(call->answer, 200, json);
}

/* All the rules, or none. */
static void add_faults(struct call *call)
{
    struct faults *faults = &call->world->faults;
    struct intake intake = intake_start(call->body, "");
    intake_require(&intake, "rules");
    const cJSON *rules = intake_array(&intake, "rules"), *rule;
    size_t before = faults->count;
    cJSON_ArrayForEach (rule, rules) {
        struct error why;
        if (!cJSON_IsString(rule))
            intake_fail(&intake, "rules must be an array of texts.");
        else if (!intake.failed && !faults_add(faults, rule->valuestring, &why))
            intake_fail(&intake, "%s", why.text);
    }
    if (!intake.failed) {
        show_faults(call);
        return;
    }
    faults->count = before;
    answer_error(call->answer, 400, "%s", intake.error.text);
}

static void clear_faults(struct call *call)
{
    faults_clear(&call->world->faults);
    show_faults(call);
}

static void show_office(struct call *call)
{
    answer_json(call->answer, 200, office_json(&call->world->office));
}

static struct property *find_property(struct call *call)
{
    struct property *property = office_find(&call->world->office, call->id);
    if (!property)
        answer_error(call->answer, 404, "Community not found.");
    return property;
}

static void show_property(struct call *call)
{
    const struct property *property = find_property(call);
    if (property)
        answer_json(call->answer, 200, property_json(property));
}

static bool change(struct call *call, struct property *property)
{
    struct error why;
    if (!office_change(&call->world->office, property, call->body, call->world->zones, &why)) {
        answer_error(call->answer, 400, "%s", why.text);
        return false;
    }
    offers_changed(call->world->offers, NULL);
    world_keep_office(call->world);
    return true;
}

static void change_office(struct call *call)
{
    if (change(call, NULL))
        show_office(call);
}

static void change_property(struct call *call)
{
    struct property *property = find_property(call);
    if (property && change(call, property))
        show_property(call);
}

static void invent_profile(struct world *world, cJSON *body)
{
    char email[EMAIL_SIZE];
    cJSON *profile = cJSON_AddObjectToObject(body, "profile");
    str_print(
        email, sizeof email, "visitor-%d@example.com", store_count_appointments(world->store) + 1);
    cJSON_AddStringToObject(profile, "firstName", "Vi");
    cJSON_AddStringToObject(profile, "lastName", "Visitor");
    cJSON_AddStringToObject(profile, "email", email);
}

/* The short form: communityId and startTime are enough for a stranger's self-guided tour. */
static cJSON *complete_booking(struct world *world, const cJSON *given)
{
    cJSON *body = cJSON_Duplicate(given, true);
    cJSON *start = cJSON_DetachItemFromObjectCaseSensitive(body, "startTime");
    if (start) {
        cJSON *time = cJSON_CreateObject();
        cJSON_AddItemToObject(time, "startTime", start);
        cJSON_AddItemToArray(cJSON_AddArrayToObject(body, "requestedTimes"), time);
    }
    if (!cJSON_HasObjectItem(body, "tourType"))
        cJSON_AddStringToObject(body, "tourType", calendar_token(CALENDAR_SELF_GUIDED));
    if (!cJSON_HasObjectItem(body, "profile"))
        invent_profile(world, body);
    return body;
}

/* The body is that of a booking, or the short form; "origin" says who makes it, "web" where it is
 * not there. */
static void book(struct call *call)
{
    static const char *const origins[] = {"web", "phone", "desk"};
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(call->body, "origin");
    struct appointment appointment;
    const char *origin = value ? NULL : origins[0];
    for (size_t i = 0; cJSON_IsString(value) && i < sizeof origins / sizeof *origins; i++)
        if (strcmp(value->valuestring, origins[i]) == 0)
            origin = origins[i];
    if (!origin) {
        answer_error(call->answer, 400, "origin must be web, phone or desk.");
        return;
    }
    cJSON *body = cJSON_IsObject(call->body) ? complete_booking(call->world, call->body) : NULL;
    const cJSON *given = call->body;
    call->body = body;
    api_book_from(call, origin);
    call->body = given;
    cJSON_Delete(body);
    if (call->answer->status == 200 &&
        store_appointment(call->world->store, call->answer->appointment, &appointment))
        answer_json(call->answer, 200, appointment_json(call->world, &appointment));
}

static void reset(struct call *call)
{
    struct error why;
    if (!world_reset(call->world, &why)) {
        answer_error(call->answer, 500, "%s", why.text);
        return;
    }
    cJSON *json = cJSON_CreateObject();
    cJSON_AddNumberToObject(json, "appointments", store_count_appointments(call->world->store));
    answer_json(call->answer, 200, json);
}

static const struct {
    const char *method, *path; /* behind /_sandbox/; one * for the rest */
    bool has_body;
    void (*handle)(struct call *call);
} controls[] = {
    {"GET", "log", false, show_log},
    {"DELETE", "log", false, clear_log},
    {"GET", "appointments", false, show_appointments},
    {"POST", "appointments", true, book},
    {"GET", "effects", false, show_effects},
    {"GET", "clock", false, show_clock},
    {"PUT", "clock", true, set_clock},
    {"GET", "faults", false, show_faults},
    {"POST", "faults", true, add_faults},
    {"DELETE", "faults", false, clear_faults},
    {"GET", "office", false, show_office},
    {"PATCH", "office", true, change_office},
    {"GET", "office/*", false, show_property},
    {"PATCH", "office/*", true, change_property},
    {"POST", "reset", false, reset},
};

static bool matches(const char *pattern, const char *path, char id[ID_SIZE])
{
    size_t fixed = strcspn(pattern, "*"), length = strcspn(path, "?");
    if (!pattern[fixed])
        return length == fixed && strncmp(pattern, path, fixed) == 0;
    if (length <= fixed || strncmp(pattern, path, fixed) != 0 || length - fixed >= ID_SIZE)
        return false;
    memcpy(id, path + fixed, length - fixed);
    id[length - fixed] = '\0';
    return true;
}

static void run(struct call *call, size_t i)
{
    cJSON *body = NULL;
    if (controls[i].has_body) {
        body = cJSON_ParseWithOpts(call->request->body, NULL, true);
        if (!body) {
            answer_error(call->answer, 400, "The request body is not valid JSON.");
            return;
        }
    }
    call->body = body;
    controls[i].handle(call);
    cJSON_Delete(body);
}

void control_handle(
    struct world *world, const struct request *request, instant now, struct answer *answer)
{
    struct call call = {
        .world = world, .request = request, .query = "", .now = now, .answer = answer};
    const char *path = request->target + sizeof root - 1, *allow = NULL;
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        if (!matches(controls[i].path, path, call.id))
            continue;
        if (strcmp(controls[i].method, request->method) == 0) {
            run(&call, i);
            return;
        }
        allow = controls[i].method;
    }
    answer->allow = allow;
    answer_error(answer, allow ? 405 : 404, "%s",
        allow ? "This method does nothing here." : "There is no such control.");
}
