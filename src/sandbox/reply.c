#include "tourdesk/sandbox/reply.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { STATUS_FOUND = 302, STATUS_NO_CONTENT = 204, STATUS_NOT_MODIFIED = 304 };

static const struct {
    int status;
    const char *phrase;  /* RFC 9110 */
    const char *gateway; /* what AWS' API gateway says (knock-api 2.4) */
    const char *words;
} statuses[] = {
    {400, "Bad Request", "Bad Request Exception", "The request could not be read."},
    {401, "Unauthorized", "Unauthorized", "The request is not authorized."},
    {403, "Forbidden", "Forbidden", "This key does not allow that."},
    {404, "Not Found", "Not Found", "Not found."},
    {408, "Request Timeout", "Request Timeout", "The request took too long."},
    {409, "Conflict", "Conflict", "The requested time is no longer available."},
    {413, "Content Too Large", "Request Too Long", "The request is too large."},
    {422, "Unprocessable Content", "Unprocessable Entity", "The request cannot be carried out."},
    {429, "Too Many Requests", "Too Many Requests", "Too many requests."},
    {500, "Internal Server Error", "Internal server error", "Something went wrong."},
    {502, "Bad Gateway", "Internal server error", "The service gave no usable answer."},
    {503, "Service Unavailable", "Service Unavailable", "The service is unavailable."},
    {504, "Gateway Timeout", "Endpoint request timed out", "The service did not answer in time."},
};

enum { STATUSES = sizeof statuses / sizeof *statuses };

struct reply reply_none(void)
{
    return (struct reply){
        .status = 200, .content_type = "application/json", .cut = -1, .retry_after = -1};
}

void reply_finish(struct reply *reply)
{
    str_finish(&reply->body);
}

static size_t find_status(int status)
{
    size_t i = 0;
    while (i < STATUSES && statuses[i].status != status)
        i++;
    return i;
}

static void write_message(struct reply *reply, const char *name, const char *message)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, name, message);
    char *text = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    if (!text)
        mem_exhausted();
    str_clear(&reply->body);
    str_add(&reply->body, text);
    free(text);
}

static void write_html(struct reply *reply)
{
    size_t i = find_status(reply->status);
    const char *phrase = i < STATUSES ? statuses[i].phrase : "OK";
    str_clear(&reply->body);
    str_addf(&reply->body,
        "<html>\r\n<head><title>%d %s</title></head>\r\n<body>\r\n<center><h1>%d %s</h1></center>"
        "\r\n</body>\r\n</html>\r\n",
        reply->status, phrase, reply->status, phrase);
    reply->content_type = "text/html";
}

static void write_body(struct reply *reply, enum body_kind kind, const char *message)
{
    size_t i = find_status(reply->status);
    const char *words = i < STATUSES ? statuses[i].words : "The request failed.";
    const char *gateway = i < STATUSES ? statuses[i].gateway : "Internal server error";
    switch (kind) {
    case BODY_AS_IS: break;
    case BODY_EMPTY: str_clear(&reply->body); break;
    case BODY_HTML: write_html(reply); break;
    case BODY_JSON: write_message(reply, "errorMessage", *message ? message : words); break;
    case BODY_GATEWAY: write_message(reply, "message", *message ? message : gateway); break;
    case BODY_TRUNCATED:
        reply->body.length /= 2;
        if (reply->body.data)
            reply->body.data[reply->body.length] = '\0';
        break;
    case BODY_NOT_JSON:
        str_clear(&reply->body);
        str_add(&reply->body, *message ? message : "OK, thank you.\n");
        reply->content_type = "text/plain";
        break;
    }
}

static void change_json(
    struct reply *reply, const struct twist *twist, const struct mangle_place *place)
{
    cJSON *json = cJSON_Parse(str_text(&reply->body));
    if (!json)
        return;
    json = mangle_json(json, twist, place);
    char *text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    if (!text)
        mem_exhausted();
    str_clear(&reply->body);
    str_add(&reply->body, text);
    free(text);
}

static void add_repeated(struct str *out, char c, size_t count)
{
    char block[1024];
    memset(block, c, sizeof block);
    for (; count > sizeof block; count -= sizeof block)
        str_add_bytes(out, block, sizeof block);
    str_add_bytes(out, block, count);
}

/* Puts a field with lists inside one another first in an object; wraps anything else in them. */
static void deepen(struct str *body, size_t levels)
{
    struct str out = {0};
    bool object = str_text(body)[0] == '{' && strcmp(str_text(body), "{}") != 0;
    str_add(&out, object ? "{\"deep\":" : "");
    add_repeated(&out, '[', levels);
    if (!object)
        str_add(&out, str_text(body));
    add_repeated(&out, ']', levels);
    if (object)
        str_addf(&out, ",%s", str_text(body) + 1);
    str_finish(body);
    *body = out;
}

/* Pads an object with a long text in it, anything else with spaces behind it. */
static void enlarge(struct str *body, size_t bytes)
{
    static const char field[] = ",\"padding\":\"";
    size_t length = body->length, extra = sizeof field - 1 + 1;
    if (length >= bytes)
        return;
    bool object = length > 2 && body->data[length - 1] == '}' && length + extra < bytes;
    if (!object) {
        add_repeated(body, ' ', bytes - length);
        return;
    }
    body->length--;
    str_add(body, field);
    add_repeated(body, 'x', bytes - length - extra);
    str_add(body, "\"}");
}

static void add_bom(struct str *body)
{
    struct str out = {0};
    str_add(&out, "\xEF\xBB\xBF");
    str_add_bytes(&out, str_text(body), body->length);
    str_finish(body);
    *body = out;
}

static void change_status(struct reply *reply, const struct twist *twist)
{
    enum body_kind body = twist->body;
    if (twist->redirect[0]) {
        reply->status = STATUS_FOUND;
        str_copy(reply->redirect, sizeof reply->redirect, twist->redirect);
        body = body == BODY_AS_IS ? BODY_EMPTY : body;
    }
    if (twist->status) {
        reply->status = twist->status;
        if (twist->status >= 400 && body == BODY_AS_IS)
            body = BODY_JSON;
    } else if (twist->message[0] && reply->status >= 400 && body == BODY_AS_IS) {
        body = BODY_JSON;
    }
    write_body(reply, body, twist->message);
}

void reply_shape(struct reply *reply, const struct twist *twist, const struct mangle_place *place)
{
    if (mangle_wanted(twist))
        change_json(reply, twist, place);
    change_status(reply, twist);
    if (twist->deep)
        deepen(&reply->body, (size_t)twist->deep);
    if (twist->huge)
        enlarge(&reply->body, (size_t)twist->huge);
    if (twist->bom)
        add_bom(&reply->body);
    if (reply->status == STATUS_NO_CONTENT || reply->status == STATUS_NOT_MODIFIED)
        str_clear(&reply->body);
    reply->ending = twist->ending;
    reply->delay_ms = twist->delay_ms;
    reply->cut = twist->cut;
    reply->drip = twist->drip;
    reply->retry_after = twist->retry_after;
    reply->header_bytes = twist->headers;
    reply->no_date = twist->no_date;
    reply->date_skew = twist->date_skew;
}

size_t reply_bytes(const struct reply *reply)
{
    if (reply->ending != ENDING_ANSWER)
        return 0;
    if (reply->cut >= 0 && (size_t)reply->cut < reply->body.length)
        return (size_t)reply->cut;
    return reply->body.length;
}
