#include "tourdesk/knock/answer.h"

#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"
#include "tourdesk/knock/json.h"

#include <string.h>

/* The first member of `object` that has one of the names. */
static const cJSON *any_member(const cJSON *object, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const cJSON *member = json_member(object, names[i]);
        if (member)
            return member;
    }
    return NULL;
}

static bool read_slot(const cJSON *entry, struct slot *slot)
{
    char end[STAMP_SIZE];
    struct stamp stamp;
    *slot = (struct slot){0};
    const cJSON *start = cJSON_IsObject(entry) ? json_member(entry, "startTime") : entry;
    if (!cJSON_IsString(start) || strlen(start->valuestring) >= sizeof slot->text ||
        !stamp_parse(start->valuestring, &slot->start, NULL))
        return false;
    str_copy(slot->text, sizeof slot->text, start->valuestring);
    if (cJSON_IsObject(entry) && json_text(entry, "endTime", end, sizeof end) &&
        stamp_parse(end, &stamp, NULL) && stamp.at > slot->start.at)
        slot->end = stamp.at;
    return true;
}

static bool read_slots(const cJSON *root, struct slot_list *out, struct error *error)
{
    static const char *const names[] = {"acceptableTimes", "available_times"};
    const cJSON *array = cJSON_IsArray(root) ? root : any_member(root, names, 2);
    if (!cJSON_IsArray(root) && !cJSON_IsObject(root))
        return error_set(error, "the list of free times is neither an object nor an array");
    if (array && !cJSON_IsArray(array))
        return error_set(error, "\"acceptableTimes\" is not an array");
    if (!array && cJSON_HasObjectItem(root, "errorMessage"))
        return error_set(error, "it has an error's words instead of free times");
    if (array && cJSON_GetArraySize(array) > ANSWER_SLOTS)
        return error_set(error, "more than %d free times in one answer", ANSWER_SLOTS);
    const cJSON *entry;
    cJSON_ArrayForEach (entry, array) {
        struct slot slot;
        if (!read_slot(entry, &slot))
            out->skipped++;
        else
            slot_list_add(out, &slot);
    }
    /* Not one time that can be read is not the same as no free times: what was known stays. */
    if (out->count == 0 && out->skipped > 0)
        return error_set(error, "none of its %zu free times can be read", (size_t)out->skipped);
    slot_list_sort(out);
    return true;
}

bool answer_slots(const char *body, size_t length, struct slot_list *out, struct error *error)
{
    cJSON *root = json_read(body, length, error);
    bool ok = root && read_slots(root, out, error);
    cJSON_Delete(root);
    return ok;
}

static bool add_source(const cJSON *entry, struct source_list *out)
{
    char title[SOURCE_SIZE];
    const cJSON *node = json_member(entry, "node");
    if (!node)
        node = entry;
    if (!json_value_text(node, title, sizeof title) &&
        !json_text(node, "sourceTitle", title, sizeof title) &&
        !json_text(node, "title", title, sizeof title))
        return false;
    source_list_add(out, title);
    return true;
}

bool answer_sources(const char *body, size_t length, struct source_list *out, struct error *error)
{
    static const char *const names[] = {"edges", "sources"};
    cJSON *root = json_read(body, length, error);
    const cJSON *array = cJSON_IsArray(root) ? root : any_member(root, names, 2);
    bool ok = false;
    if (root && !cJSON_IsArray(array)) {
        error_set(error, "\"edges\" is missing or not an array");
    } else if (root) {
        const cJSON *entry;
        cJSON_ArrayForEach (entry, array)
            out->skipped += !add_source(entry, out);
        ok = true;
    }
    cJSON_Delete(root);
    return ok;
}

/* --- guest card and events ---------------------------------------------------------------------- */

static const char *const card_fields[] = {"prospectId", "communityId", "status", "firstName",
    "lastName", "email", "phone", "address", "city", "state", "zip", "unit", "moveDate", "bedrooms",
    "occupants", "leaseTermMonths", "minBudget", "maxBudget", "pets", "smsConsent",
    "firstContactType", "notProspect", "isDeleted", "createdAt", "updatedAt"};

static const struct {
    const char *object, *member;
} nested_fields[] = {{"agent", "username"}, {"source", "title"}};

/* Texts, numbers and booleans as they are, lists of them with commas between. */
static void add_value(struct str *out, const cJSON *value)
{
    char text[FACT_SIZE];
    const cJSON *item;
    if (cJSON_IsBool(value))
        str_add(out, cJSON_IsTrue(value) ? "true" : "false");
    else if (json_value_text(value, text, sizeof text))
        str_add(out, text);
    else if (cJSON_IsArray(value))
        cJSON_ArrayForEach (item, value) {
            str_add(out, out->length ? ", " : "");
            add_value(out, item);
        }
}

static void add_fact(
    struct fact_list *out, const char *object, const char *member, const cJSON *value)
{
    char name[48];
    struct str text = {0};
    add_value(&text, value);
    if (text.length) {
        str_print(name, sizeof name, "%s%s%s", object, *object ? "." : "", member);
        struct fact *fact = fact_list_add(out, name);
        str_copy(fact->value, sizeof fact->value, str_text(&text));
    }
    str_finish(&text);
}

bool answer_card(const char *body, size_t length, struct fact_list *out, struct error *error)
{
    cJSON *root = json_read(body, length, error);
    bool ok = cJSON_IsObject(root);
    if (root && !ok)
        error_set(error, "the guest card is not an object");
    for (size_t i = 0; ok && i < sizeof card_fields / sizeof *card_fields; i++)
        add_fact(out, "", card_fields[i], json_member(root, card_fields[i]));
    for (size_t i = 0; ok && i < sizeof nested_fields / sizeof *nested_fields; i++)
        add_fact(out, nested_fields[i].object, nested_fields[i].member,
            json_member(json_member(root, nested_fields[i].object), nested_fields[i].member));
    cJSON_Delete(root);
    return ok;
}

static void add_event(const cJSON *node, struct prospect_events *out)
{
    struct prospect_event *event = prospect_events_add(out);
    const cJSON *data = json_member(node, "data");
    json_text(node, "type", event->type, sizeof event->type);
    json_text(node, "description", event->description, sizeof event->description);
    json_text(node, "eventTime", event->event_time, sizeof event->event_time);
    json_text(node, "createdAt", event->created_at, sizeof event->created_at);
    json_text(json_member(node, "source"), "title", event->source_title, SOURCE_SIZE);
    json_text(json_member(node, "agent"), "username", event->agent, sizeof event->agent);
    json_text(data, "startTime", event->start_time, sizeof event->start_time);
    json_text(data, "endTime", event->end_time, sizeof event->end_time);
    json_text(data, "status", event->status, sizeof event->status);
    json_text(data, "tourType", event->tour_type, sizeof event->tour_type);
}

bool answer_events(
    const char *body, size_t length, struct prospect_events *out, struct error *error)
{
    cJSON *root = json_read(body, length, error);
    const cJSON *edges = json_member(root, "edges"), *page = json_member(root, "pageInfo"), *edge;
    bool ok = cJSON_IsArray(edges);
    if (root && !ok)
        error_set(error, "\"edges\" is missing or not an array");
    out->after[0] = '\0';
    if (ok) {
        cJSON_ArrayForEach (edge, edges) {
            const cJSON *node = json_member(edge, "node");
            if (cJSON_IsObject(node))
                add_event(node, out);
            else
                out->skipped++;
        }
        if (cJSON_IsTrue(json_member(page, "hasNextPage")))
            json_text(page, "endCursor", out->after, sizeof out->after);
    }
    cJSON_Delete(root);
    return ok;
}

/* --- writes ------------------------------------------------------------------------------------- */

/* An id as it is: one that would have to be cut or cleaned is none, for it could be another's then. */
static bool id_text(const cJSON *object, const char *name, char out[ID_SIZE])
{
    static const char unreadable[] =
        "\xEF\xBF\xBD"; /* what stands for a byte that cannot be read */
    const cJSON *member = json_member(object, name);
    bool whole = json_value_text(member, out, ID_SIZE) && !strstr(out, unreadable) &&
                 (!cJSON_IsString(member) || strcmp(out, member->valuestring) == 0);
    if (!whole)
        *out = '\0';
    return whole;
}

bool answer_written(const char *body, size_t length, struct written *out, struct error *error)
{
    *out = (struct written){0};
    cJSON *root = json_read(body, length, error);
    bool ok = cJSON_IsObject(root);
    if (ok) {
        const cJSON *appointment = json_member(root, "appointment");
        const cJSON *prospect = json_member(root, "prospect");
        if (!id_text(root, "appointmentId", out->appointment_id) &&
            !id_text(appointment, "id", out->appointment_id))
            id_text(appointment, "appointmentId", out->appointment_id);
        if (!id_text(root, "prospectId", out->prospect_id) &&
            !id_text(prospect, "id", out->prospect_id))
            id_text(appointment, "prospectId", out->prospect_id);
        id_text(root, "visitId", out->visit_id);
        id_text(root, "id", out->id);
        if (!json_text(appointment, "status", out->status, ID_SIZE))
            json_text(root, "status", out->status, ID_SIZE);
    } else if (root) {
        error_set(error, "the answer is JSON, but not an object");
    }
    cJSON_Delete(root);
    return ok;
}

static bool message_in(const cJSON *root, char *out, size_t size)
{
    static const char *const names[] = {"errorMessage", "message", "error"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const cJSON *member = json_member(root, names[i]);
        if (json_value_text(member, out, size) ||
            (cJSON_IsObject(member) && json_text(member, "message", out, size)))
            return true;
    }
    const cJSON *first = cJSON_GetArrayItem(json_member(root, "errors"), 0);
    return json_value_text(first, out, size) || json_text(first, "message", out, size) ||
           json_text(first, "detail", out, size);
}

/* The text of the first line that has any, tags left out. */
static void first_line(const char *body, size_t length, char *out, size_t size)
{
    struct str line = {0};
    bool tag = false;
    for (size_t i = 0; i < length && line.length < size; i++) {
        if (body[i] == '<')
            tag = true;
        else if (body[i] == '>')
            tag = false;
        else if (body[i] == '\n' && !str_blank(str_text(&line)))
            break;
        else if (!tag && body[i] != '\r' && body[i] != '\n')
            str_add_char(&line, body[i]);
    }
    const char *start = str_text(&line);
    text_clean_copy(out, size, start + strspn(start, " \t"));
    str_finish(&line);
}

void answer_message(const char *body, size_t length, char out[SERVER_MESSAGE_SIZE])
{
    out[0] = '\0';
    cJSON *root = json_read(body, length, NULL);
    if (root)
        message_in(root, out, SERVER_MESSAGE_SIZE);
    else
        first_line(body, length, out, SERVER_MESSAGE_SIZE);
    cJSON_Delete(root);
}
