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
    if (array && cJSON_GetArraySize(array) > ANSWER_SLOTS)
        return error_set(error, "more than %d free times in one answer", ANSWER_SLOTS);
    const cJSON *entry;
    cJSON_ArrayForEach(entry, array)
    {
        struct slot slot;
        if (!read_slot(entry, &slot))
            out->skipped++;
        else
            slot_list_add(out, &slot);
    }
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
        cJSON_ArrayForEach(entry, array) add_source(entry, out);
        ok = true;
    }
    cJSON_Delete(root);
    return ok;
}

/* The first of the texts that is there. */
static void first_text(
    char *out, size_t size, const cJSON *a, const char *a_name, const cJSON *b, const char *b_name)
{
    if (!json_text(a, a_name, out, size))
        json_text(b, b_name, out, size);
}

bool answer_written(const char *body, size_t length, struct written *out, struct error *error)
{
    *out = (struct written){0};
    cJSON *root = json_read(body, length, error);
    bool ok = cJSON_IsObject(root);
    if (ok) {
        const cJSON *appointment = json_member(root, "appointment");
        const cJSON *prospect = json_member(root, "prospect");
        size_t size = ID_SIZE;
        if (!json_text(root, "appointmentId", out->appointment_id, size))
            first_text(out->appointment_id, size, appointment, "id", appointment, "appointmentId");
        if (!json_text(root, "prospectId", out->prospect_id, size))
            first_text(out->prospect_id, size, prospect, "id", appointment, "prospectId");
        json_text(root, "visitId", out->visit_id, size);
        json_text(root, "id", out->id, size);
        first_text(out->status, size, appointment, "status", root, "status");
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
