/* The transport over libcurl. */
#include "tourdesk/base/log.h"
#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/knock/transport.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A connection idle for longer may have been closed at the other end without our knowing; a POST on
 * it could be lost in a way that proves nothing, so it takes a new one. */
enum { POST_IDLE_SECONDS = 4 };

struct exchange {
    uint64_t number;
    CURL *easy;
    struct curl_slist *headers;
    char *body;
    struct str answer;
    size_t header_bytes;
    bool
        head_ended; /* its blank line came: the library takes a head that breaks off for a whole answer */
    bool once; /* a POST: never sent a second time */
    bool too_large;
    struct http_answer result;
    struct exchange *next;
};

struct curl_transport {
    struct transport base;
    struct transport_settings settings;
    CURLM *multi;
    struct exchange *running;
    struct exchange *done; /* oldest first */
    uint64_t last_number;
    bool loopback;
};

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t length = size * count;
    if (exchange->answer.length + length > ANSWER_BYTES) {
        exchange->too_large = true;
        return 0;
    }
    str_add_bytes(&exchange->answer, bytes, length);
    return length;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t length = size * count;
    exchange->header_bytes += length;
    if (exchange->header_bytes > HEADER_BYTES) {
        exchange->too_large = true;
        return 0;
    }
    if (length > 5 && memcmp(bytes, "HTTP/", 5) == 0)
        exchange->head_ended = false;
    else if (length > 0 && (bytes[0] == '\r' || bytes[0] == '\n'))
        exchange->head_ended = true;
    if (length > 5 && strncasecmp(bytes, "Date:", 5) == 0) {
        char *text = mem_bytes(bytes + 5, length - 5);
        time_t date = curl_getdate(text, NULL);
        if (date > 0)
            exchange->result.date = (instant)date * SECOND;
        free(text);
    }
    return length;
}

/* Called when the connection stands and the request is about to be written. The second time for a
 * POST would be the library's own retry after a broken connection: stopped, because the first may
 * have arrived. */
static int before_request(void *context, char *server, char *local, int server_port, int local_port)
{
    (void)server, (void)local, (void)server_port, (void)local_port;
    struct exchange *exchange = context;
    bool again = exchange->result.left;
    exchange->result.left = true;
    return again && exchange->once ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static enum http_fate fate_of(CURLcode code)
{
    static const struct {
        CURLcode code;
        enum http_fate fate;
    } fates[] = {
        {CURLE_COULDNT_RESOLVE_HOST, FATE_NAME},
        {CURLE_COULDNT_RESOLVE_PROXY, FATE_NAME},
        {CURLE_COULDNT_CONNECT, FATE_CONNECT},
        {CURLE_PROXY, FATE_CONNECT},
        {CURLE_SSL_CONNECT_ERROR, FATE_TLS},
        {CURLE_PEER_FAILED_VERIFICATION, FATE_TLS},
        {CURLE_SSL_ENGINE_NOTFOUND, FATE_TLS},
        {CURLE_SSL_ENGINE_SETFAILED, FATE_TLS},
        {CURLE_SSL_CERTPROBLEM, FATE_TLS},
        {CURLE_SSL_CIPHER, FATE_TLS},
        {CURLE_SSL_CACERT_BADFILE, FATE_TLS},
        {CURLE_SSL_ISSUER_ERROR, FATE_TLS},
        {CURLE_OPERATION_TIMEDOUT, FATE_TIMEOUT},
    };
    for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
        if (fates[i].code == code)
            return fates[i].fate;
    return FATE_RESET;
}

static void add_header(struct exchange *exchange, const char *name, const char *value)
{
    struct str line = {0};
    str_addf(&line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(exchange->headers, str_text(&line));
    if (!longer)
        mem_exhausted();
    exchange->headers = longer;
    str_finish(&line);
}

static bool add_headers(struct curl_transport *transport, struct exchange *exchange,
    const struct http_request *request, struct error *error)
{
    const struct transport_settings *settings = &transport->settings;
    const char *key = settings->keys.key(settings->keys.self, request->family, error);
    if (!key)
        return false;
    bool gateway = settings->headers == HEADERS_GATEWAY;
    add_header(exchange, gateway ? "apikey" : "x-api-key", key);
    if (gateway) {
        add_header(exchange, "company-id", settings->company_id);
        add_header(exchange, "property-id", request->community_id);
    }
    add_header(exchange, "Content-Type", "application/json");
    add_header(exchange, "Accept", "application/json");
    add_header(exchange, "Expect", ""); /* no such header */
    return true;
}

/* Options every exchange shares. */
static void set_common(struct curl_transport *transport, struct exchange *exchange)
{
    CURL *easy = exchange->easy;
    const struct transport_settings *settings = &transport->settings;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, exchange);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, transport->loopback ? "http,https" : "https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L); /* an id may be ".." */
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)settings->connect_timeout);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)settings->timeout);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "tourdesk/" TOURDESK_VERSION);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, exchange);
    if (transport->loopback)
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

static void set_method(struct exchange *exchange, const struct http_request *request)
{
    CURL *easy = exchange->easy;
    if (request->method == HTTP_PUT)
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "PUT");
    if (request->method == HTTP_GET)
        return;
    exchange->body = mem_text(request->body ? request->body : "");
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, exchange->body);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(exchange->body));
    exchange->once = request->method == HTTP_POST;
    if (exchange->once)
        curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, (long)POST_IDLE_SECONDS);
}

static void put_done(struct curl_transport *transport, struct exchange *exchange)
{
    struct exchange **end = &transport->done;
    while (*end)
        end = &(*end)->next;
    *end = exchange;
    exchange->next = NULL;
}

/* Ends an exchange that could not even begin. */
static void fail_early(struct curl_transport *transport, struct exchange *exchange,
    enum http_fate fate, const char *words)
{
    exchange->result.fate = fate;
    str_copy(exchange->result.words, sizeof exchange->result.words, words);
    put_done(transport, exchange);
}

static uint64_t curl_start(struct transport *base, const struct http_request *request)
{
    struct curl_transport *transport = (struct curl_transport *)base;
    struct exchange *exchange = mem_alloc(sizeof *exchange);
    exchange->number = ++transport->last_number;
    exchange->result.retry_after = -1;
    exchange->easy = curl_easy_init();
    if (!exchange->easy)
        mem_exhausted();
    struct error error = {""};
    if (!add_headers(transport, exchange, request, &error)) {
        fail_early(transport, exchange, FATE_KEY, error.text);
        return exchange->number;
    }
    set_common(transport, exchange);
    set_method(exchange, request);
    struct str url = {0};
    str_addf(&url, "%s%s", transport->settings.base_url, request->path);
    curl_easy_setopt(exchange->easy, CURLOPT_URL, str_text(&url));
    curl_easy_setopt(exchange->easy, CURLOPT_HTTPHEADER, exchange->headers);
    str_finish(&url);
    log_event("send", "%s #%llu", http_method_word(request->method),
        (unsigned long long)exchange->number);
    CURLMcode added = curl_multi_add_handle(transport->multi, exchange->easy);
    if (added != CURLM_OK) {
        fail_early(transport, exchange, FATE_CONNECT, curl_multi_strerror(added));
        return exchange->number;
    }
    exchange->next = transport->running;
    transport->running = exchange;
    return exchange->number;
}

static void destroy_exchange(struct exchange *exchange)
{
    curl_easy_cleanup(exchange->easy);
    curl_slist_free_all(exchange->headers);
    free(exchange->body);
    str_finish(&exchange->answer);
    http_answer_finish(&exchange->result);
    free(exchange);
}

/* Takes the exchange out of a list; NULL if it is not there. */
static struct exchange *unlink_exchange(struct exchange **list, uint64_t number)
{
    for (struct exchange **at = list; *at; at = &(*at)->next)
        if ((*at)->number == number) {
            struct exchange *found = *at;
            *at = found->next;
            found->next = NULL;
            return found;
        }
    return NULL;
}

static void curl_abandon(struct transport *base, uint64_t number)
{
    struct curl_transport *transport = (struct curl_transport *)base;
    struct exchange *exchange = unlink_exchange(&transport->running, number);
    if (exchange)
        curl_multi_remove_handle(transport->multi, exchange->easy);
    else
        exchange = unlink_exchange(&transport->done, number);
    if (exchange)
        destroy_exchange(exchange);
}

/* What the library knows about a transfer that ended with `code`. */
static void conclude(struct exchange *exchange, CURLcode code)
{
    struct http_answer *result = &exchange->result;
    long status = 0;
    curl_off_t retry_after = -1;
    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OUT_OF_MEMORY) {
        /* What the library says of one header beyond its own limit, before ours is asked. */
        exchange->too_large = true;
        code = CURLE_WRITE_ERROR;
    }
    if (status >= 100 && exchange->header_bytes > 0) {
        curl_easy_getinfo(exchange->easy, CURLINFO_RETRY_AFTER, &retry_after);
        result->fate = FATE_ANSWERED;
        result->status = (int)status;
        result->whole = code == CURLE_OK && exchange->head_ended;
        result->too_large = exchange->too_large;
        result->retry_after = retry_after > 0 && retry_after < 86400 ? (int)retry_after : -1;
        result->length = exchange->answer.length;
        result->body = str_take(&exchange->answer);
    } else {
        result->fate = exchange->too_large ? FATE_RESET : fate_of(code);
    }
    if (code != CURLE_OK)
        str_copy(result->words, sizeof result->words, curl_easy_strerror(code));
    log_event("answer", "#%llu status %ld, %s%s", (unsigned long long)exchange->number, status,
        result->whole ? "whole" : curl_easy_strerror(code),
        result->left ? "" : ", nothing had left");
}

/* Moves what has ended from running to done. */
static void collect(struct curl_transport *transport)
{
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(transport->multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURL *easy = message->easy_handle;
        CURLcode code = message->data.result;
        char *private = NULL;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &private);
        struct exchange *exchange = (struct exchange *)(void *)private;
        curl_multi_remove_handle(transport->multi, easy);
        unlink_exchange(&transport->running, exchange->number);
        conclude(exchange, code);
        put_done(transport, exchange);
    }
}

static bool curl_take(struct transport *base, uint64_t *number, struct http_answer *answer)
{
    struct curl_transport *transport = (struct curl_transport *)base;
    int running;
    curl_multi_perform(transport->multi, &running);
    collect(transport);
    struct exchange *exchange = transport->done;
    if (!exchange)
        return false;
    transport->done = exchange->next;
    *number = exchange->number;
    *answer = exchange->result;
    exchange->result.body = NULL;
    destroy_exchange(exchange);
    return true;
}

static void curl_wait(struct transport *base, int64_t milliseconds)
{
    struct curl_transport *transport = (struct curl_transport *)base;
    enum { LONGEST = 60 * 60 * 1000 };
    if (transport->done)
        return;
    bool endless = milliseconds < 0 || milliseconds > LONGEST;
    curl_multi_poll(transport->multi, NULL, 0, endless ? LONGEST : (int)milliseconds, NULL);
}

static void curl_wake(struct transport *base)
{
    struct curl_transport *transport = (struct curl_transport *)base;
    curl_multi_wakeup(transport->multi);
}

static void curl_destroy(struct transport *base)
{
    struct curl_transport *transport = (struct curl_transport *)base;
    while (transport->running)
        curl_abandon(base, transport->running->number);
    while (transport->done)
        curl_abandon(base, transport->done->number);
    curl_multi_cleanup(transport->multi);
    curl_global_cleanup();
    free(transport);
}

static const struct transport_class curl_class = {
    .start = curl_start,
    .abandon = curl_abandon,
    .take = curl_take,
    .wait = curl_wait,
    .wake = curl_wake,
    .destroy = curl_destroy,
};

static bool is_loopback_host(const char *host)
{
    struct in_addr four;
    char bare[INET6_ADDRSTRLEN] = "";
    struct in6_addr six;
    if (str_same(host, "localhost"))
        return true;
    if (inet_pton(AF_INET, host, &four) == 1)
        return ntohl(four.s_addr) >> 24 == IN_LOOPBACKNET;
    if (host[0] == '[')
        str_print(bare, sizeof bare, "%.*s", (int)strcspn(host + 1, "]"), host + 1);
    return inet_pton(AF_INET6, bare, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

static bool is_loopback(const char *url)
{
    CURLU *parsed = curl_url();
    char *host = NULL;
    bool loopback = parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
                    curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
                    is_loopback_host(host);
    curl_free(host);
    curl_url_cleanup(parsed);
    return loopback;
}

struct transport *transport_curl_create(
    const struct transport_settings *settings, struct error *error)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        error_set(error, "libcurl cannot be started");
        return NULL;
    }
    struct curl_transport *transport = mem_alloc(sizeof *transport);
    transport->base.class = &curl_class;
    transport->settings = *settings;
    transport->loopback = is_loopback(settings->base_url);
    transport->multi = curl_multi_init();
    if (!transport->multi)
        mem_exhausted();
    curl_multi_setopt(transport->multi, CURLMOPT_MAXCONNECTS, 2L);
    return &transport->base;
}
