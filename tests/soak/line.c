/* The network between the desks and Knock: it refuses, loses, delays, breaks off and repeats. */
#include "sim.h"

#include "tourdesk/base/mem.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LATEST = 40 * SECOND };

/* --- what a request is about --------------------------------------------------------------------------------- */

static bool once_only(const struct http_request *request)
{
    return request->method == HTTP_POST && strcmp(request->path, "/prospect") != 0;
}

/* The ask behind a write that cannot be repeated, -1 = none. */
static int ask_behind(struct sim *sim, const struct http_request *request)
{
    int number = -1;
    char start[STAMP_SIZE] = "";
    struct stamp stamp;
    if (!once_only(request))
        return -1;
    const char *word = strstr(request->body, "\"ask-");
    if (!word || sscanf(word, "\"ask-%d", &number) != 1)
        return -1;
    const char *time = strstr(request->body, "\"startTime\":\"");
    if (!time || strstr(request->path, "/call"))
        return number < sim->ask_count ? number : -1;
    sscanf(time, "\"startTime\":\"%47[^\"]", start);
    for (int i = 0; stamp_parse(start, &stamp, NULL) && i < SIM_SLOTS; i++)
        if (sim_slot(i) == stamp.at) {
            const struct ask *ask = ask_by_root(sim, number, i);
            return ask ? ask->number : -1;
        }
    return -1;
}

bool line_carries(const struct sim *sim, int ask)
{
    for (size_t i = 0; i < sim->exchange_count; i++) {
        const struct exchange *exchange = &sim->exchanges[i];
        bool arrives = exchange->arrives && !exchange->arrived;
        bool answers = exchange->answers && !exchange->over && !exchange->given_up;
        if (exchange->ask == ask && (arrives || answers))
            return true;
    }
    return false;
}

bool line_cancels(const struct sim *sim, const char *appointment_id)
{
    char path[128];
    str_print(path, sizeof path, "/appointment/%s/cancel", appointment_id);
    for (size_t i = 0; i < sim->exchange_count; i++) {
        const struct exchange *exchange = &sim->exchanges[i];
        if (exchange->arrives && !exchange->arrived && strcmp(exchange->request.path, path) == 0)
            return true;
    }
    return false;
}

/* --- what becomes of it ----------------------------------------------------------------------------------------- */

static int64_t travel(struct sim *sim)
{
    return 5 + sim_pick(sim, sim->weather.slow > 0 ? sim->weather.slow : 1);
}

/* Nothing leaves. */
static void plan_refused(struct sim *sim, struct exchange *exchange)
{
    static const enum http_fate fates[] = {
        FATE_NAME, FATE_CONNECT, FATE_TLS, FATE_TIMEOUT, FATE_RESET, FATE_KEY};
    exchange->fate = fates[sim_pick(sim, 6)];
    exchange->left = false;
    exchange->arrives = 0;
}

static void plan_lost(struct sim *sim, struct exchange *exchange)
{
    exchange->arrives = 0;
    exchange->fate = sim_chance(sim, 500) ? FATE_TIMEOUT : FATE_RESET;
    if (exchange->fate == FATE_TIMEOUT)
        exchange->answers = sim->now + TIMEOUT;
}

static void plan_late(struct sim *sim, struct exchange *exchange)
{
    exchange->fate = FATE_TIMEOUT;
    exchange->answers = sim->now + TIMEOUT;
    exchange->arrives = sim->now + TIMEOUT / 2 + sim_pick(sim, LATEST);
}

static void plan_answer_lost(struct sim *sim, struct exchange *exchange)
{
    exchange->fate = sim_chance(sim, 500) ? FATE_TIMEOUT : FATE_RESET;
    if (exchange->fate == FATE_TIMEOUT)
        exchange->answers = sim->now + TIMEOUT;
}

static void plan_error_before(struct sim *sim, struct exchange *exchange)
{
    static const int codes[] = {500, 502, 503, 504};
    exchange->status = codes[sim_pick(sim, 4)];
    exchange->applies = false;
}

static void plan_error_after(struct sim *sim, struct exchange *exchange)
{
    plan_error_before(sim, exchange);
    exchange->applies = true;
}

static void plan_limited(struct sim *sim, struct exchange *exchange)
{
    (void)sim;
    exchange->status = 429;
    exchange->applies = false;
}

static void plan_denied(struct sim *sim, struct exchange *exchange)
{
    (void)sim;
    exchange->status = 403;
    exchange->applies = false;
}

static void plan_mangled(struct sim *sim, struct exchange *exchange)
{
    exchange->mangle = 1 + (unsigned)sim_pick(sim, MANGLES - 1);
    /* A tired gateway may have answered in Knock's place. (Any success counts for a cancel: outcome.c.) */
    if (exchange->mangle != CUT && exchange->request.method == HTTP_POST && sim_chance(sim, 500))
        exchange->applies = false;
}

static void plan_twice(struct sim *sim, struct exchange *exchange)
{
    (void)sim;
    exchange->again = true;
}

static void plan(struct sim *sim, struct exchange *exchange)
{
    const struct weather *weather = &sim->weather;
    const struct {
        unsigned chance;
        void (*plan)(struct sim *sim, struct exchange *exchange);
    } plans[] = {
        {weather->refused, plan_refused},
        {weather->lost, plan_lost},
        {weather->late, plan_late},
        {weather->answer_lost, plan_answer_lost},
        {weather->error_before, plan_error_before},
        {weather->error_after, plan_error_after},
        {weather->limited, plan_limited},
        {weather->denied, plan_denied},
        {weather->mangled, plan_mangled},
        {weather->twice, plan_twice},
    };
    exchange->fate = FATE_ANSWERED;
    exchange->left = exchange->applies = true;
    exchange->arrives = sim->now + travel(sim);
    exchange->answers = exchange->arrives + travel(sim);
    int dice = sim_pick(sim, 1000);
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        if (dice < (int)plans[i].chance) {
            plans[i].plan(sim, exchange);
            return;
        }
        dice -= (int)plans[i].chance;
    }
}

/* --- the transport ---------------------------------------------------------------------------------------------- */

static void copy_request(struct http_request *to, const struct http_request *from)
{
    *to = *from;
    to->body = from->body ? mem_text(from->body) : NULL;
}

/* A write that cannot be repeated is about to leave. */
static void note_risk(struct sim *sim, int desk, const struct exchange *exchange)
{
    if (!exchange->left || !once_only(&exchange->request))
        return;
    sim->figures.posts++;
    laws_at_send(sim, desk, &exchange->request, exchange->ask);
    if (exchange->ask >= 0) {
        sim->asks[exchange->ask].sent++;
        sim->asks[exchange->ask].risky++;
    }
}

static uint64_t start(struct transport *base, const struct http_request *request)
{
    struct line_end *end = (struct line_end *)base;
    struct sim *sim = end->sim;
    uint64_t number = ++sim->next_exchange;
    bool counts = once_only(request) || request->method == HTTP_PUT;
    if (desk_dead(sim, end->desk) || (counts && sim_pass(sim, DOOM_BEFORE_SENT, end->desk)))
        return number;
    if (sim->exchange_count == SIM_EXCHANGES) {
        sim_break(sim, "more than %d requests", SIM_EXCHANGES);
        return number;
    }
    struct exchange *exchange = &sim->exchanges[sim->exchange_count++];
    *exchange = (struct exchange){.number = number, .desk = end->desk, .ask = -1};
    exchange->life = sim->desks[end->desk].life;
    exchange->ask = ask_behind(sim, request);
    copy_request(&exchange->request, request);
    plan(sim, exchange);
    sim_say(sim, "desk %d: %s %s, ask %d, %s", end->desk, http_method_word(request->method),
        request->path, exchange->ask,
        exchange->arrives ? exchange->fate ? "arrives, no answer" : "arrives" : "never arrives");
    note_risk(sim, end->desk, exchange);
    if (counts)
        sim_pass(sim, DOOM_SENT, end->desk);
    return number;
}

static struct exchange *find_exchange(struct sim *sim, uint64_t number)
{
    for (size_t i = 0; i < sim->exchange_count; i++)
        if (sim->exchanges[i].number == number)
            return &sim->exchanges[i];
    return NULL;
}

/* What has not left yet never does. */
static void line_abandon(struct transport *base, uint64_t number)
{
    struct exchange *exchange = find_exchange(((struct line_end *)base)->sim, number);
    if (exchange)
        exchange->given_up = true;
}

static struct http_answer make_answer(const struct sim *sim, const struct exchange *exchange)
{
    struct http_answer answer = {.fate = exchange->fate, .left = exchange->left, .retry_after = -1};
    if (exchange->fate != FATE_ANSWERED) {
        str_copy(answer.words, sizeof answer.words, "simulated");
        return answer;
    }
    const char *body = str_text(&exchange->body);
    answer.status = exchange->status;
    answer.whole = exchange->mangle != CUT;
    answer.date = sim->now / SECOND * SECOND;
    if (exchange->status == 429)
        answer.retry_after = 3;
    if (exchange->mangle == NO_JSON)
        body = "<html>It works</html>";
    else if (exchange->mangle == NO_ID)
        body = "{\"ok\":true}";
    answer.body = mem_text(body);
    answer.length = strlen(body);
    if (exchange->mangle == CUT)
        answer.body[answer.length /= 2] = '\0';
    return answer;
}

/* Knock says that it did nothing, and the desk knows it: it may be sent again. */
static void note_relief(struct sim *sim, const struct exchange *exchange)
{
    if (exchange->ask >= 0 && exchange->fate == FATE_ANSWERED && exchange->status == 429)
        sim->asks[exchange->ask].risky--;
}

static bool line_take(struct transport *base, uint64_t *number, struct http_answer *answer)
{
    struct line_end *end = (struct line_end *)base;
    struct sim *sim = end->sim;
    if (desk_dead(sim, end->desk))
        return false;
    for (size_t i = 0; i < sim->exchange_count; i++) {
        struct exchange *exchange = &sim->exchanges[i];
        if (exchange->desk != end->desk || exchange->over || exchange->given_up ||
            exchange->life != sim->desks[end->desk].life || exchange->answers > sim->now)
            continue;
        if (exchange->again) {
            exchange->again = false;
            exchange->answers += 50;
        } else {
            exchange->over = true;
        }
        note_relief(sim, exchange);
        *number = exchange->number;
        *answer = make_answer(sim, exchange);
        return true;
    }
    return false;
}

static void line_wait(struct transport *base, int64_t milliseconds)
{
    (void)base, (void)milliseconds;
}

static void line_nothing(struct transport *base)
{
    (void)base;
}

static const struct transport_class line_class = {
    .start = start,
    .abandon = line_abandon,
    .take = line_take,
    .wait = line_wait,
    .wake = line_nothing,
    .destroy = line_nothing,
};

void line_init(struct line_end *end, struct sim *sim, int desk)
{
    *end = (struct line_end){{&line_class}, sim, desk};
}

/* --- time ----------------------------------------------------------------------------------------------------------- */

static void arrive(struct sim *sim, struct exchange *exchange)
{
    int status = exchange->status;
    exchange->arrived = true;
    bool late = exchange->given_up || exchange->over || exchange->answers < exchange->arrives ||
                exchange->life != sim->desks[exchange->desk].life;
    if (exchange->ask >= 0 && late)
        sim->asks[exchange->ask].late = true;
    if (exchange->applies)
        knock_answer(sim, &exchange->request, &status, &exchange->body);
    if (exchange->status) {
        str_clear(&exchange->body);
        str_addf(&exchange->body, "{\"message\":\"simulated %d\"}", exchange->status);
    } else {
        exchange->status = status;
    }
    if (!exchange->status)
        exchange->status = 200;
    if (status >= 300)
        exchange->mangle = WHOLE;
    if (exchange->ask >= 0)
        sim_say(sim, "Knock: ask %d arrives, %d", exchange->ask, status);
}

static void forget_old(struct sim *sim)
{
    size_t kept = 0;
    for (size_t i = 0; i < sim->exchange_count; i++) {
        struct exchange *exchange = &sim->exchanges[i];
        bool gone = exchange->given_up || exchange->over ||
                    exchange->life != sim->desks[exchange->desk].life;
        if (gone && (exchange->arrived || !exchange->arrives)) {
            http_request_finish(&exchange->request);
            str_finish(&exchange->body);
        } else {
            sim->exchanges[kept++] = *exchange;
        }
    }
    sim->exchange_count = kept;
}

instant line_turn(struct sim *sim)
{
    instant next = 0;
    for (;;) { /* in the order of time */
        struct exchange *first = NULL;
        for (size_t i = 0; i < sim->exchange_count; i++) {
            struct exchange *exchange = &sim->exchanges[i];
            if (exchange->arrives && !exchange->arrived && exchange->arrives <= sim->now &&
                (!first || exchange->arrives < first->arrives))
                first = exchange;
        }
        if (!first)
            break;
        arrive(sim, first);
    }
    forget_old(sim);
    for (size_t i = 0; i < sim->exchange_count; i++) {
        const struct exchange *exchange = &sim->exchanges[i];
        bool answers = !exchange->over && !exchange->given_up && sim->desks[exchange->desk].core &&
                       exchange->life == sim->desks[exchange->desk].life;
        instant at = exchange->arrives && !exchange->arrived ? exchange->arrives
                     : answers                               ? exchange->answers
                                                             : 0;
        if (answers && exchange->answers < at)
            at = exchange->answers;
        if (at && (!next || at < next))
            next = at;
        if (answers && exchange->answers <= sim->now)
            sim->desks[exchange->desk].next_turn = sim->now;
    }
    return next;
}

void line_finish(struct sim *sim)
{
    for (size_t i = 0; i < sim->exchange_count; i++) {
        http_request_finish(&sim->exchanges[i].request);
        str_finish(&sim->exchanges[i].body);
    }
    sim->exchange_count = 0;
}
