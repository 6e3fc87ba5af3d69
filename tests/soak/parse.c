/* Answers spoilt at random, for every parser: whatever comes, nothing that a terminal could obey gets in, nothing
 * overruns, and what cannot be read is said. Meant to be run under a sanitizer as well. */
#include "sim.h"

#include "tourdesk/knock/answer.h"
#include "tourdesk/knock/outcome.h"

#include <stdlib.h>
#include <string.h>

enum { BODY_MOST = 4096 };

#define TIMES                                                                                      \
    "{\"acceptableTimes\":[\"2026-11-24T09:00:00-08:00\","                                         \
    "{\"startTime\":\"2026-11-24T09:30:00.000Z\",\"endTime\":\"2026-11-24T10:00:00Z\"},null,7]}"
#define CARD                                                                                       \
    "{\"prospectId\":\"12345678901234567890\",\"agent\":{\"username\":\"sam\"},"                   \
    "\"pets\":[\"cat\",1],\"email\":\"ana@example.com\",\"smsConsent\":true}"
#define EVENTS_PAGE                                                                                \
    "{\"edges\":[{\"node\":{\"type\":\"APPOINTMENT_CREATED\",\"data\":{\"startTime\":"             \
    "\"2026-11-24T09:00:00-08:00\",\"status\":\"confirmed\"}}}],"                                  \
    "\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"MQ==\"}}"
#define WRITTEN                                                                                    \
    "{\"appointmentId\":47569637,\"prospect\":{\"id\":\"1\"},"                                     \
    "\"appointment\":{\"id\":\"47569637\",\"status\":\"CONFIRMED\"}}"

static const char *const bodies[] = {
    TIMES,
    CARD,
    EVENTS_PAGE,
    WRITTEN,
    "{\"edges\":[{\"node\":{\"sourceTitle\":\"Property Website\"}},{\"node\":{}}]}",
    "{\"errorMessage\":\"no\",\"errors\":[{\"message\":\"\\u001b[31mred\\u202e\"}]}",
    "<html><body>Bad gateway</body></html>",
};

static const char *const splinters[] = {"\x1b[2J", "\"", "\\u0000", "\\ud800", "\xC3", "\xFF",
    "[[[[[[[[", "]}", "1e999", "null", "{\"id\":", "\xE2\x80\xAE", "\r\n", ",",
    "99999999999999999999999", "\xC2\x9B"};

static size_t spoil(struct sim *sim, char *body, size_t length)
{
    for (int changes = sim_pick(sim, 6); changes > 0 && length > 0; changes--) {
        size_t at = (size_t)sim_pick(sim, (int)length);
        const char *splinter = splinters[sim_pick(sim, sizeof splinters / sizeof *splinters)];
        size_t more = strlen(splinter);
        switch (sim_pick(sim, 4)) {
        case 0: body[at] = (char)sim_pick(sim, 256); break;
        case 1: length = at; break;
        case 2:
            memmove(body + at, body + at + 1, length - at - 1);
            length--;
            break;
        default:
            if (length + more < BODY_MOST) {
                memmove(body + at + more, body + at, length - at);
                memcpy(body + at, splinter, more);
                length += more;
            }
        }
    }
    body[length] = '\0';
    return length;
}

/* Texts from outside end within `size` and hold no control character. */
static void check_text(struct sim *sim, const char *what, const char *text, size_t size)
{
    size_t length = strnlen(text, size);
    if (length == size)
        sim_break(sim, "%s does not end", what);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        bool c1 =
            c == 0xC2 && (unsigned char)text[i + 1] >= 0x80 && (unsigned char)text[i + 1] < 0xA0;
        if (c < 0x20 || c == 0x7F || c1)
            sim_break(sim, "%s has a control character", what);
    }
}

static void parse_lists(struct sim *sim, const char *body, size_t length)
{
    struct slot_list slots = {0};
    struct source_list sources = {0};
    struct error error = {""};
    if (!answer_slots(body, length, &slots, &error) && !error.text[0])
        sim_break(sim, "a list of times cannot be read, and nothing says why");
    for (size_t i = 0; i < slots.count; i++) {
        check_text(sim, "a start", slots.items[i].text, STAMP_SIZE);
        if (i > 0 && slots.items[i].start.at < slots.items[i - 1].start.at)
            sim_break(sim, "the list of times is not in the order of time");
    }
    error.text[0] = '\0';
    if (!answer_sources(body, length, &sources, &error) && !error.text[0])
        sim_break(sim, "a list of sources cannot be read, and nothing says why");
    for (size_t i = 0; i < sources.count; i++)
        check_text(sim, "a source", sources.titles[i], SOURCE_SIZE);
    slot_list_finish(&slots);
    source_list_finish(&sources);
}

static void parse_people(struct sim *sim, const char *body, size_t length)
{
    struct fact_list card = {0};
    struct prospect_events events = {0};
    struct error error = {""};
    answer_card(body, length, &card, &error);
    for (size_t i = 0; i < card.count; i++)
        check_text(sim, "a field of a card", card.items[i].value, FACT_SIZE);
    answer_events(body, length, &events, &error);
    for (size_t i = 0; i < events.count; i++) {
        check_text(sim, "a description", events.items[i].description, EVENT_TEXT_SIZE);
        check_text(sim, "an event's start", events.items[i].start_time, STAMP_SIZE);
    }
    check_text(sim, "an error", error.text, sizeof error.text);
    fact_list_finish(&card);
    prospect_events_finish(&events);
}

static void parse_outcomes(struct sim *sim, const char *body, size_t length)
{
    static const int statuses[] = {200, 201, 204, 302, 400, 403, 404, 409, 429, 500, 503};
    char copy[BODY_MOST + 1];
    memcpy(copy, body, length + 1);
    struct http_answer answer = {.fate = FATE_ANSWERED,
        .left = true,
        .status = statuses[sim_pick(sim, 11)],
        .whole = !sim_chance(sim, 200),
        .body = copy,
        .length = length,
        .retry_after = -1};
    for (int kind = 0; kind < OPERATION_KINDS; kind++) {
        struct outcome outcome;
        outcome_read(&outcome, (enum operation_kind)kind, false, &answer);
        check_text(sim, "a server's message", outcome.server_message, SERVER_MESSAGE_SIZE);
        check_text(sim, "a number", outcome.appointment_id, ID_SIZE);
        check_text(sim, "a status word", outcome.status_word, ID_SIZE);
        bool booked = kind == OPERATION_BOOK && outcome.verdict == VERDICT_CONFIRMED;
        if (booked && (!outcome.appointment_id[0] || answer.status >= 300 || !answer.whole))
            sim_break(sim, "a booking is confirmed by nothing that proves it");
    }
}

bool history_parse(struct sim *sim, uint64_t seed)
{
    char body[BODY_MOST + 1];
    sim->random = random_seeded(seed);
    sim->broken = false;
    size_t count = sizeof bodies / sizeof *bodies;
    str_copy(body, sizeof body, bodies[sim_pick(sim, (int)count)]);
    size_t length = spoil(sim, body, strlen(body));
    parse_lists(sim, body, length);
    parse_people(sim, body, length);
    parse_outcomes(sim, body, length);
    sim->figures.histories++;
    return !sim->broken;
}
