#include "sandbox.h"

#include "tourdesk/base/mem.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENDS_IN = 2000, STEP = 20 };

/* Takes "listening on http://127.0.0.1:4711" out of what was said; false until the line is there. */
static bool find_url(struct sandbox *sandbox, const char *said)
{
    static const char words[] = "listening on ";
    const char *url = strstr(said, words), *end;
    if (!url || !(end = strchr(url, '\n')))
        return false;
    url += sizeof words - 1;
    return str_print(sandbox->url, sizeof sandbox->url, "%.*s", (int)(end - url), url);
}

static bool wait_for_url(struct sandbox *sandbox, int64_t limit, struct error *error)
{
    struct str said = {0};
    int64_t until = child_now() + limit;
    bool found = false;
    while (!found && child_now() < until && !child_interrupted()) {
        struct pollfd out = {.fd = sandbox->out, .events = POLLIN};
        char bytes[512];
        if (poll(&out, 1, STEP) <= 0)
            continue;
        ssize_t n = read(sandbox->out, bytes, sizeof bytes);
        if (n <= 0)
            break;
        str_add_bytes(&said, bytes, (size_t)n);
        found = find_url(sandbox, said.data);
    }
    if (!found)
        error_set(
            error, "the sandbox did not say that it listens; it said \"%s\"", str_text(&said));
    str_finish(&said);
    return found;
}

static bool start_child(
    struct sandbox *sandbox, const struct start *start, const char *log, struct error *error)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    int err = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (err < 0)
        return error_set(error, "%s: %s", log, strerror(errno));
    bool good = child_pipe(in, error) && child_pipe(out, error) &&
                child_start(start, in[0], out[1], err, &sandbox->pid, error);
    close(err);
    close(in[0]);
    close(out[1]);
    sandbox->in = in[1];
    sandbox->out = out[0];
    return good;
}

bool sandbox_start(struct sandbox *sandbox, const struct start *start, const char *log,
    int64_t limit, struct error *error)
{
    struct texts arguments = {0};
    const char *port = strrchr(sandbox->url, ':');
    texts_add_all(&arguments, start->arguments);
    texts_add(&arguments, "--port");
    texts_add(&arguments, port ? port + 1 : "0");
    struct start with_port = *start;
    with_port.arguments = &arguments;
    bool good = start_child(sandbox, &with_port, log, error) && wait_for_url(sandbox, limit, error);
    texts_finish(&arguments);
    if (!good)
        sandbox_stop(sandbox);
    return good;
}

void sandbox_stop(struct sandbox *sandbox)
{
    if (sandbox->pid == 0)
        return;
    close(sandbox->in);
    struct pollfd out = {.fd = sandbox->out};
    poll(&out, 1, ENDS_IN); /* until its end of the pipe is closed */
    close(sandbox->out);
    child_end(sandbox->pid);
    sandbox->pid = 0;
}

static size_t add_answer(char *bytes, size_t size, size_t count, void *answer)
{
    str_add_bytes(answer, bytes, size * count);
    return size * count;
}

/* Splits "POST faults {...}" into its three parts; the last may be "". */
static bool split(const char *request, char method[8], char path[256], const char **json)
{
    size_t length = strcspn(request, " ");
    if (!str_print(method, 8, "%.*s", (int)length, request))
        return false;
    request += length + strspn(request + length, " ");
    length = strcspn(request, " ");
    bool whole = strncmp(request, "/_sandbox", 9) == 0;
    *json = request + length + strspn(request + length, " ");
    return length > 0 && str_print(path, 256, "%s%s%.*s", whole ? "" : "/_sandbox",
                             *request == '/' ? "" : "/", (int)length, request);
}

static bool perform(CURL *curl, const char *url, const char *method, const char *json,
    int64_t limit, struct str *answer, struct error *error)
{
    long status = 0;
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)limit);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, add_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    if (*json)
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, json);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    if (code != CURLE_OK)
        return error_set(error, "%s %s: %s", method, url, curl_easy_strerror(code));
    return (status >= 200 && status < 300) ||
           error_set(error, "%s %s: %ld %s", method, url, status, str_text(answer));
}

bool sandbox_request(const struct sandbox *sandbox, const char *request, int64_t limit,
    struct str *answer, struct error *error)
{
    char method[8], path[256], url[512];
    const char *json;
    if (sandbox->pid == 0)
        return error_set(error, "the sandbox does not run");
    if (!split(request, method, path, &json))
        return error_set(error, "\"%s\" is not of the form: METHOD PATH {JSON}", request);
    str_print(url, sizeof url, "%s%s", sandbox->url, path);
    CURL *curl = curl_easy_init();
    if (!curl)
        mem_exhausted();
    bool good = perform(curl, url, method, json, limit, answer, error);
    curl_easy_cleanup(curl);
    return good;
}
