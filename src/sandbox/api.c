#include "tourdesk/sandbox/api.h"

#include "api_call.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char PROSPECT_TEST_KEY[] = "syndication-prospect-TEST-KEY";
const char APPOINTMENT_TEST_KEY[] = "syndication-appointment-TEST-KEY";

/* Which keys open an endpoint. The seed article contradicts itself on /visit, and says that
 * everything works with the appointment key (knock-api Q15). */
enum family {
    FAMILY_APPOINTMENT, /* the appointment key only */
    FAMILY_BOTH,
};

static const struct route {
    const char *method, *pattern; /* one * stands for one part of the path */
    enum family family;
    void (*handle)(struct call *call);
} routes[] = {
    {"GET", "/community/*/available-times", FAMILY_APPOINTMENT, api_available_times},
    {"GET", "/community/*/sources", FAMILY_APPOINTMENT, api_sources},
    {"POST", "/appointment/request", FAMILY_APPOINTMENT, api_book},
    {"PUT", "/appointment/*/cancel", FAMILY_APPOINTMENT, api_cancel},
    {"POST", "/visit", FAMILY_BOTH, api_visit},
    {"POST", "/prospect", FAMILY_BOTH, api_put_prospect},
    {"GET", "/prospect/*", FAMILY_BOTH, api_get_prospect},
    {"GET", "/prospect/*/events", FAMILY_BOTH, api_events},
    {"POST", "/prospect/*/email", FAMILY_BOTH, api_log_email},
    {"POST", "/prospect/*/call", FAMILY_BOTH, api_log_call},
};

enum { ROUTES = sizeof routes / sizeof *routes };

void answer_finish(struct answer *answer)
{
    str_finish(&answer->body);
}

void answer_json(struct answer *answer, int status, cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    if (!text)
        mem_exhausted();
    answer->status = status;
    str_clear(&answer->body);
    str_add(&answer->body, text);
    free(text);
}

void answer_error(struct answer *answer, int status, const char *format, ...)
{
    struct str text = {0};
    va_list args;
    va_start(args, format);
    str_addv(&text, format, args);
    va_end(args);
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "errorMessage", str_text(&text));
    str_finish(&text);
    answer_json(answer, status, json);
}

void answer_gateway(struct answer *answer, int status, const char *message)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "message", message);
    answer_json(answer, status, json);
}

void put_id(cJSON *object, const char *name, int64_t id)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, id);
    cJSON_AddStringToObject(object, name, text);
}

void put_text(cJSON *object, const char *name, const char *text)
{
    if (*text)
        cJSON_AddStringToObject(object, name, text);
    else
        cJSON_AddNullToObject(object, name);
}

void call_answer_id(struct call *call, const char *name, int64_t id)
{
    cJSON *json = cJSON_CreateObject();
    put_id(json, name, id);
    answer_json(call->answer, 200, json);
}

int64_t call_id(const struct call *call)
{
    long id;
    return str_integer(call->id, 1, INT64_MAX, &id) ? id : -1;
}

/* Percent-decodes `length` bytes; false if it does not fit, or hides a NUL. */
static bool decode(const char *text, size_t length, char *out, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        char hex[3] = "";
        if (c == '%' && i + 2 < length && isxdigit((unsigned char)text[i + 1]) &&
            isxdigit((unsigned char)text[i + 2])) {
            memcpy(hex, text + i + 1, 2);
            c = (char)strtol(hex, NULL, 16);
            i += 2;
        }
        if (c == '\0' || n + 1 >= size)
            return false;
        out[n++] = c;
    }
    out[n] = '\0';
    return true;
}

bool call_parameter(const struct call *call, const char *name, char *out, size_t size)
{
    const char *p = call->query;
    while (*p) {
        size_t length = strcspn(p, "&"), key = strcspn(p, "=&");
        if (key == strlen(name) && strncmp(p, name, key) == 0 && p[key] == '=')
            return decode(p + key + 1, length - key - 1, out, size);
        p += length;
        p += *p == '&';
    }
    return false;
}

/* Compares a path with a pattern; what the * stands for goes to `open`. */
static bool matches(const char *pattern, const char *path, size_t length, char open[ID_SIZE])
{
    const char *end = path + length;
    while (*pattern && path < end) {
        if (*pattern != '*') {
            if (*pattern++ != *path++)
                return false;
            continue;
        }
        const char *slash = memchr(path, '/', (size_t)(end - path));
        size_t part = (size_t)((slash ? slash : end) - path);
        if (part == 0 || !decode(path, part, open, ID_SIZE))
            return false;
        path += part;
        pattern++;
    }
    return !*pattern && path == end;
}

static const char *key_of(
    const struct world *world, const struct request *request, struct answer *answer)
{
    bool gateway = world->office.gateway != GATEWAY_OFF;
    answer->key_from = request->x_api_key           ? "x-api-key"
                       : gateway && request->apikey ? "apikey"
                                                    : "";
    return request->x_api_key ? request->x_api_key : gateway ? request->apikey : NULL;
}

/* R14: the gateway's check, before anything else is looked at. */
static bool admit(struct call *call, const struct route *route)
{
    struct answer *answer = call->answer;
    const struct request *request = call->request;
    const char *key = key_of(call->world, request, answer);
    bool appointment = key && strcmp(key, APPOINTMENT_TEST_KEY) == 0;
    bool prospect = key && strcmp(key, PROSPECT_TEST_KEY) == 0;
    answer->key = appointment ? "appointment" : prospect ? "prospect" : key ? "unknown" : "none";
    bool good = appointment || (prospect && route->family == FAMILY_BOTH);
    if (call->world->office.gateway == GATEWAY_REQUIRE)
        good = good && request->company_id && *request->company_id && request->property_id &&
               *request->property_id;
    if (!good)
        answer_gateway(answer, 403, "Forbidden");
    return good;
}

const struct property *call_property(struct call *call, const char *id)
{
    const struct property *property = office_find(&call->world->office, id);
    if (!property) {
        answer_error(call->answer, 404, "Community not found.");
        return NULL;
    }
    const char *named = call->request->property_id; /* the control endpoint sends none */
    if (call->world->office.gateway == GATEWAY_REQUIRE && named && strcmp(named, id) != 0) {
        answer_gateway(call->answer, 403, "Forbidden");
        return NULL;
    }
    call->answer->property = property;
    return property;
}

bool call_guest(struct call *call, int64_t id, struct guest *guest)
{
    if (id <= 0 || !store_guest(call->world->store, id, guest)) {
        answer_error(call->answer, 404, "Prospect not found.");
        return false;
    }
    call->answer->prospect = id;
    return call_property(call, guest->community) != NULL;
}

static cJSON *parse_body(struct call *call)
{
    const struct request *request = call->request;
    if (request->too_large) {
        answer_error(
            call->answer, 413, "The request body is larger than %d bytes.", LARGEST_REQUEST);
        return NULL;
    }
    cJSON *json =
        strlen(request->body) == request->length && text_valid(request->body, request->length)
            ? cJSON_ParseWithOpts(request->body, NULL, true)
            : NULL;
    if (!json)
        answer_error(call->answer, 400, "The request body is not valid JSON.");
    return json;
}

static void carry_out(struct call *call, const struct route *route)
{
    if (!admit(call, route))
        return;
    if (strcmp(route->method, "POST") != 0) {
        route->handle(call);
        return;
    }
    cJSON *body = parse_body(call);
    if (!body)
        return;
    call->body = body;
    route->handle(call);
    cJSON_Delete(body);
}

void api_handle(
    struct world *world, const struct request *request, instant now, struct answer *answer)
{
    struct call call = {.world = world, .request = request, .now = now, .answer = answer};
    size_t length = strcspn(request->target, "?");
    const char *allow = NULL;
    call.query = request->target[length] ? request->target + length + 1 : "";
    answer->key = "none";
    answer->key_from = "";
    for (size_t i = 0; i < ROUTES; i++) {
        if (!matches(routes[i].pattern, request->target, length, call.id))
            continue;
        if (strcmp(routes[i].method, request->method) == 0) {
            carry_out(&call, &routes[i]);
            return;
        }
        allow = routes[i].method;
    }
    answer->allow = allow;
    if (allow)
        answer_error(answer, 405, "This path answers %s only.", allow);
    else
        answer_gateway(answer, 403, "Missing Authentication Token");
}
