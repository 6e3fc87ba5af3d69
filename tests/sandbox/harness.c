#include "harness.h"

#include "tourdesk/base/mem.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define EVERY_DAY                                                                                  \
    "{\"mon\":\"9:00-17:00\",\"tue\":\"9:00-17:00\",\"wed\":\"9:00-17:00\","                       \
    "\"thu\":\"9:00-17:00\",\"fri\":\"9:00-17:00\",\"sat\":\"9:00-17:00\",\"sun\":\"9:00-17:00\"}"

const char SMALL_OFFICE[] =
    "{\"communities\":["
    "{\"id\":\"c1\",\"name\":\"One\",\"timezone\":\"America/Los_Angeles\",\"notice_minutes\":0,"
    "\"tracking_email\":\"one@example.com\","
    "\"hours\":{\"self_guided\":" EVERY_DAY "},\"sources\":[\"Phone call\",\"Zillow\"],"
    "\"units\":[\"101\",\"M6-202\",\"120 B\"]},"
    "{\"id\":\"c2\",\"name\":\"Two\",\"timezone\":\"America/Phoenix\",\"notice_minutes\":0,"
    "\"hours\":{\"self_guided\":" EVERY_DAY "},\"units\":[\"A-1\"]}]}";

instant at(const char *text)
{
    struct stamp stamp;
    struct error error;
    if (!stamp_parse(text, &stamp, &error))
        fail_msg("%s", error.text);
    return stamp.at;
}

void folder_make(char *path, size_t size)
{
    const char *base = getenv("TMPDIR");
    snprintf(path, size, "%s/tourdesk-XXXXXX", base ? base : "/tmp");
    assert_non_null(mkdtemp(path));
}

void folder_remove(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char file[512];
    while (folder && (entry = readdir(folder)) != NULL) {
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        unlink(file);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

struct bench *bench_open(const char *office, const char *now, const char *const *rules)
{
    struct bench *bench = mem_alloc(sizeof *bench);
    struct error error;
    char path[128];
    bench->now = at(now);
    bench->x_api_key = APPOINTMENT_TEST_KEY;
    folder_make(bench->folder, sizeof bench->folder);
    snprintf(path, sizeof path, "%s/office.json", bench->folder);
    write_file(path, office ? office : SMALL_OFFICE);
    struct sandbox_settings settings = {.office_file = path,
        .source = clock_frozen(&bench->now),
        .speed = 1,
        .seed = 1,
        .control = true};
    for (size_t i = 0; rules && rules[i]; i++)
        if (!faults_add(&settings.faults, rules[i], &error))
            fail_msg("%s", error.text);
    bench->sandbox = sandbox_create(&settings, &error);
    if (!bench->sandbox)
        fail_msg("%s", error.text);
    return bench;
}

void bench_serve(struct bench *bench)
{
    struct error error;
    bench->server = server_start(bench->sandbox, "127.0.0.1", 0, &error);
    if (!bench->server)
        fail_msg("%s", error.text);
}

void bench_close(struct bench *bench)
{
    server_stop(bench->server);
    sandbox_destroy(bench->sandbox);
    folder_remove(bench->folder);
    cJSON_Delete(bench->json);
    free(bench->text);
    free(bench);
}

static int call(struct bench *bench, const char *method, const char *target, const char *body)
{
    struct reply reply;
    struct request request = {.method = method,
        .target = target,
        .body = body,
        .length = strlen(body),
        .x_api_key = bench->x_api_key,
        .apikey = bench->apikey,
        .company_id = bench->company_id,
        .property_id = bench->property_id};
    sandbox_handle(bench->sandbox, &request, &reply);
    cJSON_Delete(bench->json);
    free(bench->text);
    bench->status = reply.status;
    bench->text = str_take(&reply.body);
    bench->json = cJSON_Parse(bench->text);
    reply_finish(&reply);
    return bench->status;
}

int bench_call(struct bench *bench, const char *method, const char *target, const char *format, ...)
{
    struct str body = {0};
    if (format) {
        va_list args;
        va_start(args, format);
        str_addv(&body, format, args);
        va_end(args);
    }
    int status = call(bench, method, target, str_text(&body));
    str_finish(&body);
    return status;
}

static const cJSON *step(const cJSON *json, const char **path)
{
    char name[64];
    if (**path == '[') {
        char *end;
        long index = strtol(*path + 1, &end, 10);
        *path = end + 1;
        return cJSON_GetArrayItem(json, (int)index);
    }
    *path += **path == '.';
    size_t length = strcspn(*path, ".[");
    snprintf(name, sizeof name, "%.*s", (int)length, *path);
    *path += length;
    return cJSON_GetObjectItemCaseSensitive(json, name);
}

const char *bench_value(struct bench *bench, const char *path)
{
    static char number[32];
    const cJSON *json = bench->json;
    while (*path && json)
        json = step(json, &path);
    if (!json)
        return "(missing)";
    if (cJSON_IsString(json))
        return json->valuestring;
    if (cJSON_IsBool(json))
        return cJSON_IsTrue(json) ? "true" : "false";
    if (cJSON_IsNull(json))
        return "null";
    if (cJSON_IsNumber(json)) {
        snprintf(number, sizeof number, "%.15g", json->valuedouble);
        return number;
    }
    return cJSON_IsArray(json) ? "(array)" : "(object)";
}

bool bench_offers(struct bench *bench, const char *start)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(bench->json, "acceptableTimes"), *item;
    assert_true(cJSON_IsArray(list));
    cJSON_ArrayForEach (item, list) {
        if (strcmp(item->valuestring, start) == 0)
            return true;
    }
    return false;
}

size_t bench_slot_count(struct bench *bench)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(bench->json, "acceptableTimes");
    assert_true(cJSON_IsArray(list));
    return (size_t)cJSON_GetArraySize(list);
}

int bench_book(struct bench *bench, const char *community, const char *start, const char *who)
{
    return bench_call(bench, "POST", "/appointment/request",
        "{\"communityId\":\"%s\",\"requestedTimes\":[{\"startTime\":\"%s\"}],"
        "\"profile\":{\"firstName\":\"A\",\"lastName\":\"B\",\"email\":\"%s\"},"
        "\"tourType\":\"SELF_GUIDED\",\"sourceTitle\":\"Zillow\"}",
        community, start, who);
}

void bench_list(struct bench *bench, const char *community)
{
    char target[128];
    snprintf(target, sizeof target, "/community/%s/available-times?forSelfGuided=true", community);
    assert_int_equal(bench_call(bench, "GET", target, NULL), 200);
}

void bench_set(struct bench *bench, const char *community, const char *json)
{
    char target[128];
    snprintf(target, sizeof target, "/_sandbox/office%s%s", *community ? "/" : "", community);
    if (bench_call(bench, "PATCH", target, "%s", json) != 200)
        fail_msg("%s", bench->text);
}

static size_t collect(char *data, size_t size, size_t count, void *context)
{
    str_add_bytes(context, data, size * count);
    return size * count;
}

void wire_call(struct wire *wire, const char *method, const char *url, const char *body)
{
    char key[128];
    *wire = (struct wire){0};
    CURL *curl = curl_easy_init();
    snprintf(key, sizeof key, "x-api-key: %s", APPOINTMENT_TEST_KEY);
    struct curl_slist *headers = curl_slist_append(NULL, key);
    headers = curl_slist_append(headers, "Expect:");
    headers = curl_slist_append(headers, "Content-Type: application/json");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &wire->body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &wire->headers);
    if (body) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(body));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    }
    wire->code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &wire->status);
    curl_easy_getinfo(curl, CURLINFO_TOTAL_TIME, &wire->seconds);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
}

void wire_finish(struct wire *wire)
{
    str_finish(&wire->body);
    str_finish(&wire->headers);
}

const char *wire_header(const struct wire *wire, const char *name)
{
    static char value[512];
    size_t length = strlen(name);
    for (const char *p = str_text(&wire->headers); *p; p += strcspn(p, "\n"), p += *p == '\n')
        if (strncasecmp(p, name, length) == 0 && p[length] == ':') {
            p += length + 1;
            p += strspn(p, " ");
            snprintf(value, sizeof value, "%.*s", (int)strcspn(p, "\r\n"), p);
            return value;
        }
    return NULL;
}
