/* Knock as the laws see it: it books, replaces, cancels and counts visits, and remembers all of it. */
#include "sim.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool knock_free(const struct sim *sim, int slot)
{
    const struct knock *knock = &sim->knock;
    int taken = 0;
    if (slot < 0 || slot >= knock->slots || sim_slot(slot) <= sim->now)
        return false;
    for (size_t i = 0; i < knock->appointment_count; i++)
        taken += knock->appointments[i].slot == slot && knock->appointments[i].standing == STANDS;
    return taken < knock->capacity;
}

static void list_times(struct sim *sim, struct str *body)
{
    struct knock *knock = &sim->knock;
    if (!knock->listed_at || sim->now - knock->listed_at >= knock->lag) {
        knock->listed_at = sim->now;
        for (int i = 0; i < knock->slots; i++)
            knock->listed[i] = knock_free(sim, i);
    }
    str_add(body, "{\"acceptableTimes\":[");
    bool first = true;
    for (int i = 0; i < knock->slots; i++) {
        char text[STAMP_SIZE];
        if (!knock->listed[i])
            continue;
        stamp_format((struct stamp){.at = sim_slot(i), .offset = SIM_OFFSET}, text);
        str_addf(body, "%s\"%s\"", first ? "" : ",", text);
        first = false;
    }
    str_add(body, "]}");
}

/* --- reading requests ---------------------------------------------------------------------------------------- */

static const char *member_text(const cJSON *object, const char *name)
{
    const cJSON *member = cJSON_GetObjectItem(object, name);
    return cJSON_IsString(member) ? member->valuestring : "";
}

/* "ask-7" in what only staff's words can hold. */
static int number_in(const char *text)
{
    int number;
    return sscanf(text, "ask-%d", &number) == 1 ? number : -1;
}

static int find_person(const cJSON *profile)
{
    for (int i = 0; i < SIM_PEOPLE; i++) {
        struct profile known;
        person_profile(i, &known);
        if (strcmp(known.first_name, member_text(profile, "firstName")) == 0)
            return i;
    }
    return 0;
}

static int find_slot(const cJSON *body)
{
    struct stamp start;
    const cJSON *time = cJSON_GetArrayItem(cJSON_GetObjectItem(body, "requestedTimes"), 0);
    if (!stamp_parse(member_text(time, "startTime"), &start, NULL))
        return -1;
    for (int i = 0; i < SIM_SLOTS; i++)
        if (sim_slot(i) == start.at)
            return i;
    return -1;
}

/* --- writes ---------------------------------------------------------------------------------------------------- */

static void refuse(int *status, struct str *body, int code, const char *words)
{
    *status = code;
    str_addf(body, "{\"errorMessage\":\"%s\"}", words);
}

static void book(struct sim *sim, const cJSON *root, int *status, struct str *body)
{
    struct knock *knock = &sim->knock;
    int slot = find_slot(root), person = find_person(cJSON_GetObjectItem(root, "profile"));
    struct ask *ask = ask_by_root(sim, number_in(member_text(root, "message")), slot);
    if (!knock_free(sim, slot)) {
        refuse(status, body, 409, "that time is no longer available");
        return;
    }
    if (!ask || knock->appointment_count == SIM_APPOINTMENTS) {
        sim_break(sim, "Knock was sent a booking that nobody asked for");
        return;
    }
    for (size_t i = 0; i < knock->appointment_count; i++) {
        struct appointment *other = &knock->appointments[i];
        if (other->standing != STANDS || other->ask < 0 || !same_contact(other->person, person))
            continue;
        other->standing = REPLACED;
        other->replaced_by = ask->number;
    }
    knock->appointments[knock->appointment_count++] =
        (struct appointment){.ask = ask->number, .slot = slot, .person = person};
    ask->applied++;
    str_addf(body, "{\"appointmentId\":\"%zu\",\"appointment\":{\"status\":\"CONFIRMED\"}}",
        knock->appointment_count);
}

static void cancel(struct sim *sim, const char *path, int *status, struct str *body)
{
    struct knock *knock = &sim->knock;
    long number = strtol(path + strlen("/appointment/"), NULL, 10);
    if (strstr(path, "//"))
        sim_break(sim, "Knock was sent a cancel of no appointment");
    if (number < 1 || (size_t)number > knock->appointment_count) {
        refuse(status, body, 404, "no such appointment");
        return;
    }
    struct appointment *appointment = &knock->appointments[number - 1];
    if (appointment->standing != STANDS && !knock->gone_is_ok) {
        refuse(status, body, 409, "it was cancelled before");
        return;
    }
    if (appointment->standing == STANDS)
        appointment->standing = CANCELLED;
    str_add(body, "{\"appointment\":{\"status\":\"CANCELLED\"}}");
}

/* What is only put down: a visit, a telephone call. */
static void put_down(struct sim *sim, int number, const char *id, struct str *body)
{
    struct knock *knock = &sim->knock;
    if (number < 0 || number >= sim->ask_count || knock->visit_count == SIM_VISITS) {
        sim_break(sim, "Knock was sent a visit or a call that nobody asked for");
        return;
    }
    knock->visits[knock->visit_count++] = number;
    sim->asks[number].applied++;
    str_addf(body, "{\"%s\":\"%zu\"}", id, knock->visit_count);
}

static void visit(struct sim *sim, const cJSON *root, int *status, struct str *body)
{
    struct stamp time;
    const cJSON *unit = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "unitNames"), 0);
    int number = cJSON_IsString(unit) ? number_in(unit->valuestring) : -1;
    if (!stamp_parse(member_text(root, "visitTime"), &time, NULL) || time.at >= sim->now) {
        refuse(status, body, 400, "visitTime must be in the past");
        return;
    }
    put_down(sim, number, "visitId", body);
}

static void call(struct sim *sim, const char *path, const cJSON *root, struct str *body)
{
    const cJSON *agent = cJSON_GetObjectItem(root, "agent");
    if (strstr(path, "//"))
        sim_break(sim, "Knock was sent a call of nobody");
    put_down(sim, number_in(member_text(agent, "username")), "id", body);
}

/* --- other reads ------------------------------------------------------------------------------------------------- */

static void list_events(struct sim *sim, const char *path, struct str *body)
{
    const struct knock *knock = &sim->knock;
    int person = atoi(path + strlen("/prospect/")) - 1;
    bool first = true;
    str_add(body, "{\"edges\":[");
    for (size_t i = 0; i < knock->appointment_count; i++) {
        char text[STAMP_SIZE];
        if (knock->appointments[i].person != person)
            continue;
        stamp_format(
            (struct stamp){.at = sim_slot(knock->appointments[i].slot), .offset = SIM_OFFSET},
            text);
        str_addf(body,
            "%s{\"node\":{\"type\":\"APPOINTMENT_CREATED\",\"data\":{\"startTime\":\"%s\"}}}",
            first ? "" : ",", text);
        first = false;
    }
    str_add(body, "],\"pageInfo\":{\"hasNextPage\":false}}");
}

void knock_answer(
    struct sim *sim, const struct http_request *request, int *status, struct str *body)
{
    const char *path = request->path;
    cJSON *root = request->body ? cJSON_Parse(request->body) : NULL;
    *status = 200;
    if (strstr(path, "/available-times"))
        list_times(sim, body);
    else if (strstr(path, "/sources"))
        str_add(body, "{\"edges\":[{\"node\":{\"sourceTitle\":\"Property Website\"}}]}");
    else if (strstr(path, "/events"))
        list_events(sim, path, body);
    else if (strcmp(path, "/prospect") == 0)
        str_addf(body, "{\"id\":\"%d\"}", find_person(root) + 1);
    else if (strcmp(path, "/appointment/request") == 0)
        book(sim, root, status, body);
    else if (strcmp(path, "/visit") == 0)
        visit(sim, root, status, body);
    else if (strstr(path, "/call"))
        call(sim, path, root, body);
    else if (request->method == HTTP_PUT)
        cancel(sim, path, status, body);
    else
        refuse(status, body, 404, "no such page");
    cJSON_Delete(root);
}
