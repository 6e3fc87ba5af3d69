/* The tours that a practice office made itself, from the sandbox into an empty ledger. */
#include "tourdesk/cli/practice.h"

#include "tourdesk/base/random.h"
#include "tourdesk/knock/json.h"
#include "tourdesk/knock/transport.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 10 }; /* seconds for the sandbox to answer */

static const char *no_key(void *self, enum key_family family, struct error *error)
{
    (void)self, (void)family, (void)error;
    return "none";
}

/* GETs a path of the sandbox's control side. */
static bool fetch(
    const char *base_url, const char *path, struct http_answer *answer, struct error *error)
{
    struct transport_settings settings = {.connect_timeout = PATIENCE,
        .timeout = PATIENCE,
        .keys = {.key = no_key},
        .clock = clock_system()};
    struct http_request request = {.method = HTTP_GET};
    uint64_t exchange;
    str_copy(settings.base_url, sizeof settings.base_url, base_url);
    str_copy(request.path, sizeof request.path, path);
    struct transport *transport = transport_curl_create(&settings, error);
    if (!transport)
        return false;
    transport_start(transport, &request);
    while (!transport_take(transport, &exchange, answer))
        transport_wait(transport, -1);
    transport_destroy(transport);
    bool ok = answer->fate == FATE_ANSWERED && answer->status == 200 && answer->whole;
    return ok || error_set(error, "the practice Knock does not tell its tours");
}

static void read_person(const cJSON *prospect, struct operation *operation)
{
    struct profile *profile = &operation->booking.profile;
    json_text(prospect, "id", operation->prospect_id, ID_SIZE);
    json_text(prospect, "firstName", profile->first_name, NAME_SIZE);
    json_text(prospect, "lastName", profile->last_name, NAME_SIZE);
    json_text(prospect, "email", profile->email, EMAIL_SIZE);
    json_text(prospect, "phone", profile->phone, PHONE_SIZE);
    if (cJSON_IsTrue(json_member(prospect, "smsConsent")))
        operation->booking.consent = CONSENT_YES;
}

static bool read_tour(const cJSON *item, struct random *random, struct operation *operation)
{
    struct stamp created, end;
    char text[STAMP_SIZE], origin[16];
    struct booking *booking = &operation->booking;
    *operation = (struct operation){.kind = OPERATION_BOOK, .state = STATE_CONFIRMED};
    if (!json_text(item, "origin", origin, sizeof origin) || strcmp(origin, "desk") != 0 ||
        !json_text(item, "startTime", booking->start_text, STAMP_SIZE) ||
        !stamp_parse(booking->start_text, &booking->start, NULL) ||
        !json_text(item, "endTime", booking->end_text, STAMP_SIZE) ||
        !stamp_parse(booking->end_text, &end, NULL) ||
        !json_text(item, "createdAt", text, sizeof text) || !stamp_parse(text, &created, NULL))
        return false;
    booking->end = end.at;
    booking->seen = true;
    random_name(random, operation->id, 8);
    str_copy(operation->tour_id, OPERATION_ID_SIZE, operation->id);
    json_text(item, "communityId", operation->community_id, ID_SIZE);
    json_text(item, "id", operation->appointment_id, ID_SIZE);
    json_text(item, "status", operation->status_word, ID_SIZE);
    json_text(item, "sourceTitle", booking->source_title, SOURCE_SIZE);
    operation->created_at = operation->updated_at = operation->send_after = created.at;
    operation->attempts = 1;
    operation->http_status = 200;
    read_person(json_member(item, "prospect"), operation);
    return true;
}

static void read_visit(const cJSON *visit, const struct operation *tour, struct random *random,
    struct operation *operation)
{
    char time[STAMP_SIZE];
    const cJSON *unit;
    struct visiting *visiting = &operation->visiting;
    *operation = (struct operation){.kind = OPERATION_VISIT, .state = STATE_CONFIRMED};
    random_name(random, operation->id, 8);
    str_copy(operation->tour_id, OPERATION_ID_SIZE, tour->id);
    str_copy(operation->community_id, ID_SIZE, tour->community_id);
    str_copy(operation->appointment_id, ID_SIZE, tour->appointment_id);
    str_copy(operation->prospect_id, ID_SIZE, tour->prospect_id);
    json_text(visit, "id", operation->visit_id, ID_SIZE);
    json_text(visit, "visitTime", time, sizeof time);
    stamp_parse(time, &visiting->visit_time, NULL);
    json_text(visit, "sourceTitle", visiting->source_title, SOURCE_SIZE);
    visiting->self_guided = true;
    cJSON_ArrayForEach (unit, json_member(visit, "unitNames")) {
        if (visiting->unit_count < VISIT_UNITS)
            json_value_text(unit, visiting->units[visiting->unit_count++], UNIT_SIZE);
    }
    operation->created_at = operation->updated_at = visiting->visit_time.at;
    operation->send_after = operation->created_at;
}

static bool keep(struct ledger *ledger, const cJSON *item, struct random *random,
    const struct community *communities, size_t count, struct error *error)
{
    struct operation tour, visit;
    const cJSON *first;
    if (!read_tour(item, random, &tour) || !community_find(communities, count, tour.community_id))
        return true;
    if (!ledger_add(ledger, &tour, error))
        return false;
    first = cJSON_GetArrayItem(json_member(item, "visits"), 0);
    if (!first)
        return true;
    read_visit(first, &tour, random, &visit);
    return ledger_add(ledger, &visit, error);
}

static bool keep_all(struct ledger *ledger, const struct http_answer *answer,
    const struct community *communities, size_t count, struct error *error)
{
    struct random random = random_system();
    cJSON *root = json_read(answer->body, answer->length, error);
    const cJSON *item;
    bool ok = root && ledger_begin(ledger, error);
    if (!ok) {
        cJSON_Delete(root);
        return false;
    }
    cJSON_ArrayForEach (item, root) {
        ok = ok && keep(ledger, item, &random, communities, count, error);
    }
    cJSON_Delete(root);
    if (ok)
        return ledger_commit(ledger, error);
    ledger_rollback(ledger);
    return false;
}

bool practice_fill(struct ledger *ledger, const char *base_url, const struct community *communities,
    size_t count, struct error *error)
{
    struct tour_list tours = {0};
    struct tour_query any = {.from = INT64_MIN, .to = INT64_MAX, .limit = 1};
    if (!ledger_tours(ledger, "", &any, &tours, error))
        return false;
    bool empty = tours.count == 0;
    tour_list_finish(&tours);
    if (!empty)
        return true;
    struct http_answer answer = {0};
    bool ok = fetch(base_url, "/_sandbox/appointments", &answer, error) &&
              keep_all(ledger, &answer, communities, count, error);
    http_answer_finish(&answer);
    return ok;
}
