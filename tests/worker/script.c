#include "script.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/tour/stamp.h"

#include <stdlib.h>
#include <string.h>

struct saying {
    char route[64];
    struct script_reply reply;
    bool always;
    struct saying *next;
};

struct end {
    struct transport base;
    struct script *script;
    const instant *now;
    bool cut_off;
    struct end *next;
};

struct pending {
    uint64_t exchange;
    struct end *end;
    instant due;
    struct http_answer answer;
};

struct script {
    struct end *ends;
    void (*watch)(void *self, const struct http_request *request);
    void *watch_self;
    script_server *serve;
    void *serve_self;
    struct saying *sayings;
    struct str slots; /* the office's list */
    struct pending *pending;
    size_t pending_count, pending_capacity;
    struct script_request *requests;
    size_t request_count, request_capacity;
    uint64_t last_exchange;
    int last_id;
};

static void route_of(const struct http_request *request, char *out, size_t size)
{
    str_print(out, size, "%s %s", http_method_word(request->method), request->path);
}

/* --- who answers --------------------------------------------------------------------------------------- */

/* The office: it accepts everything, and numbers what it makes. */
static void office(struct script *script, const struct http_request *request,
    struct script_reply *reply, struct str *body)
{
    const char *path = request->path;
    int id = 100 + script->last_id;
    *reply = (struct script_reply){.status = 200};
    if (request->method != HTTP_GET)
        script->last_id++;
    if (strstr(path, "/available-times"))
        str_addf(body, "{\"acceptableTimes\":[%s]}", str_text(&script->slots));
    else if (strstr(path, "/sources"))
        str_add(body, "{\"edges\":[{\"node\":{\"sourceTitle\":\"Property Website\"}}]}");
    else if (strcmp(path, "/prospect") == 0)
        str_addf(body, "{\"id\":\"p%d\"}", id);
    else if (strcmp(path, "/appointment/request") == 0)
        str_addf(
            body, "{\"appointmentId\":\"a%d\",\"appointment\":{\"status\":\"CONFIRMED\"}}", id);
    else if (strstr(path, "/cancel"))
        str_add(body, "{\"appointment\":{\"status\":\"CANCELLED\"}}");
    else if (strcmp(path, "/visit") == 0)
        str_addf(body, "{\"visitId\":\"v%d\"}", id);
    else if (strstr(path, "/events"))
        str_add(body, "{\"edges\":[],\"pageInfo\":{\"hasNextPage\":false}}");
    else
        str_add(body, "{\"prospectId\":\"5\"}");
}

/* What was said for the request; it is forgotten unless it holds always. */
static bool find_saying(
    struct script *script, const struct http_request *request, struct script_reply *reply)
{
    char route[PATH_SIZE + 8];
    route_of(request, route, sizeof route);
    for (struct saying **at = &script->sayings; *at; at = &(*at)->next) {
        struct saying *saying = *at;
        if (strncmp(route, saying->route, strlen(saying->route)) != 0)
            continue;
        *reply = saying->reply;
        if (!saying->always) {
            *at = saying->next;
            free(saying);
        }
        return true;
    }
    return false;
}

static struct http_answer make_answer(const struct script_reply *reply, const char *body)
{
    bool answered = reply->status != 0;
    struct http_answer answer = {
        .fate = answered ? FATE_ANSWERED : reply->fate,
        .left = answered || reply->left,
        .status = reply->status,
        .whole = answered && !reply->cut && !reply->too_large,
        .too_large = reply->too_large,
        .date = reply->date,
        .retry_after = reply->retry_after ? reply->retry_after : -1,
    };
    if (answered) {
        answer.body = mem_text(body);
        answer.length = strlen(body);
    } else {
        str_copy(answer.words, sizeof answer.words, "scripted");
    }
    return answer;
}

/* --- the transport ---------------------------------------------------------------------------------------- */

static void remember(struct end *end, const struct http_request *request)
{
    struct script *script = end->script;
    script->requests = mem_grow(script->requests, &script->request_capacity,
        script->request_count + 1, sizeof *script->requests);
    struct script_request *kept = &script->requests[script->request_count++];
    *kept = (struct script_request){
        .exchange = script->last_exchange,
        .at = *end->now,
        .method = request->method,
        .family = request->family,
        .body = request->body ? mem_text(request->body) : NULL,
    };
    str_copy(kept->path, sizeof kept->path, request->path);
}

static uint64_t start(struct transport *base, const struct http_request *request)
{
    struct end *end = (struct end *)base;
    struct script *script = end->script;
    uint64_t exchange = ++script->last_exchange;
    struct script_reply reply;
    struct str body = {0};
    if (!end->cut_off && script->watch)
        script->watch(script->watch_self, request);
    if (end->cut_off)
        return exchange;
    remember(end, request);
    if (!find_saying(script, request, &reply) &&
        !(script->serve && script->serve(script->serve_self, request, &reply)))
        office(script, request, &reply, &body);
    script->pending = mem_grow(script->pending, &script->pending_capacity,
        script->pending_count + 1, sizeof *script->pending);
    script->pending[script->pending_count++] = (struct pending){
        .exchange = exchange,
        .end = end,
        .due = *end->now + reply.delay,
        .answer = make_answer(&reply, body.length  ? str_text(&body)
                                      : reply.body ? reply.body
                                                   : ""),
    };
    str_finish(&body);
    return exchange;
}

/* Takes the answer out of the line. */
static struct http_answer unlink_pending(struct script *script, size_t index)
{
    struct http_answer answer = script->pending[index].answer;
    script->pending_count--;
    memmove(script->pending + index, script->pending + index + 1,
        (script->pending_count - index) * sizeof *script->pending);
    return answer;
}

static struct script_request *find_request(struct script *script, uint64_t exchange)
{
    for (size_t i = 0; i < script->request_count; i++)
        if (script->requests[i].exchange == exchange)
            return &script->requests[i];
    abort();
}

static void abandon(struct transport *base, uint64_t exchange)
{
    struct script *script = ((struct end *)base)->script;
    for (size_t i = 0; i < script->pending_count; i++)
        if (script->pending[i].exchange == exchange) {
            struct http_answer answer = unlink_pending(script, i);
            find_request(script, exchange)->abandoned = true;
            http_answer_finish(&answer);
            return;
        }
}

/* The answer that comes to this end first, or NULL. */
static const struct pending *first_pending(const struct end *end)
{
    const struct script *script = end->script;
    const struct pending *first = NULL;
    for (size_t i = 0; i < script->pending_count; i++) {
        const struct pending *pending = &script->pending[i];
        if (pending->end == end && (!first || pending->due < first->due))
            first = pending;
    }
    return first;
}

static bool take(struct transport *base, uint64_t *exchange, struct http_answer *answer)
{
    struct end *end = (struct end *)base;
    struct script *script = end->script;
    const struct pending *first = first_pending(end);
    if (!first || first->due > *end->now)
        return false;
    *exchange = first->exchange;
    find_request(script, *exchange)->answered = true;
    *answer = unlink_pending(script, (size_t)(first - script->pending));
    return true;
}

static void do_nothing(struct transport *base)
{
    (void)base;
}

static void wait_for_nobody(struct transport *base, int64_t milliseconds)
{
    (void)base, (void)milliseconds;
}

static const struct transport_class script_class = {
    .start = start,
    .abandon = abandon,
    .take = take,
    .wait = wait_for_nobody,
    .wake = do_nothing,
    .destroy = do_nothing,
};

/* --- for the tests ------------------------------------------------------------------------------------------ */

struct script *script_create(void)
{
    return mem_alloc(sizeof(struct script));
}

void script_destroy(struct script *script)
{
    for (size_t i = 0; i < script->request_count; i++)
        free(script->requests[i].body);
    for (size_t i = 0; i < script->pending_count; i++)
        http_answer_finish(&script->pending[i].answer);
    for (struct saying *next; script->sayings; script->sayings = next) {
        next = script->sayings->next;
        free(script->sayings);
    }
    for (struct end *next; script->ends; script->ends = next) {
        next = script->ends->next;
        free(script->ends);
    }
    free(script->requests);
    free(script->pending);
    str_finish(&script->slots);
    free(script);
}

struct transport *script_transport(struct script *script, const instant *now)
{
    struct end *end = mem_alloc(sizeof *end);
    *end = (struct end){{&script_class}, script, now, false, script->ends};
    script->ends = end;
    return &end->base;
}

void script_watch(struct script *script,
    void (*watch)(void *self, const struct http_request *request), void *self)
{
    script->watch = watch;
    script->watch_self = self;
}

void script_serve(struct script *script, script_server *serve, void *self)
{
    script->serve = serve;
    script->serve_self = self;
}

static void add_saying(
    struct script *script, const char *route, struct script_reply reply, bool always)
{
    struct saying **end = &script->sayings;
    while (*end && (always || !(*end)->always))
        end = &(*end)->next;
    struct saying *saying = mem_alloc(sizeof *saying);
    str_copy(saying->route, sizeof saying->route, route);
    saying->reply = reply;
    saying->always = always;
    saying->next = *end;
    *end = saying;
}

void script_say(struct script *script, const char *route, struct script_reply reply)
{
    add_saying(script, route, reply, false);
}

void script_always(struct script *script, const char *route, struct script_reply reply)
{
    for (struct saying **at = &script->sayings; *at;) {
        struct saying *saying = *at;
        if (!saying->always || strcmp(saying->route, route) != 0) {
            at = &saying->next;
            continue;
        }
        *at = saying->next;
        free(saying);
    }
    if (reply.status || reply.fate)
        add_saying(script, route, reply, true);
}

void script_offer(struct script *script, const instant *starts, size_t count)
{
    str_clear(&script->slots);
    for (size_t i = 0; i < count; i++) {
        char text[STAMP_SIZE];
        stamp_format((struct stamp){.at = starts[i], .offset = -28800}, text);
        str_addf(&script->slots, "%s\"%s\"", i ? "," : "", text);
    }
}

void script_cut_off(struct transport *base, bool cut_off)
{
    struct end *end = (struct end *)base;
    struct script *script = end->script;
    end->cut_off = cut_off;
    for (size_t i = script->pending_count; cut_off && i-- > 0;)
        if (script->pending[i].end == end) {
            struct http_answer answer = unlink_pending(script, i);
            http_answer_finish(&answer);
        }
}

const struct script_request *script_request(
    const struct script *script, const char *route, size_t index)
{
    for (size_t i = 0; i < script->request_count; i++) {
        char found[PATH_SIZE + 8];
        const struct script_request *request = &script->requests[i];
        str_print(found, sizeof found, "%s %s", http_method_word(request->method), request->path);
        if (strncmp(found, route, strlen(route)) == 0 && index-- == 0)
            return request;
    }
    return NULL;
}

size_t script_sent(const struct script *script, const char *route)
{
    size_t count = 0;
    while (script_request(script, route, count))
        count++;
    return count;
}

int64_t script_next(const struct transport *base)
{
    const struct end *end = (const struct end *)base;
    const struct pending *first = first_pending(end);
    if (!first)
        return -1;
    return first->due < *end->now ? 0 : first->due - *end->now;
}

struct script_reply reply_ok(const char *body)
{
    return (struct script_reply){.status = 200, .body = body};
}

struct script_reply reply_status(int status, const char *body)
{
    return (struct script_reply){.status = status, .body = body};
}

struct script_reply reply_fate(enum http_fate fate, bool left)
{
    return (struct script_reply){.fate = fate, .left = left};
}
