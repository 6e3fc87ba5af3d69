/* A benchmark, run by hand: how many requests a second the sandbox answers with many tours in it.
 *
 *   sandbox_load PROGRAM [APPOINTMENTS [SECONDS [CONNECTIONS]]]
 *
 * Starts PROGRAM (tourdesk-sandbox) bound to the first processor, books APPOINTMENTS tours (10000)
 * in it, then asks as fast as it can over CONNECTIONS kept connections (4) for SECONDS (10), from
 * the other processors: of ten requests six read slots, one books, one cancels, one makes a guest
 * card, one reads the sources. Prints the rate and the times of answer.
 */
#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/sandbox/api.h"

#include <curl/curl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char community[] = "b9XQN6eMvvrr07zg";
static const char clock_text[] = "2026-11-23T00:00:00-08:00"; /* a Monday */
enum { SLOTS = 15 * 16, MOST_CONNECTIONS = 64, MIX = 10, OPEN_DAYS_A_WEEK = 4 };

static char url[128];
static double seconds = 10;

struct client {
    pthread_t thread;
    int number;
    CURL *curl;
    struct curl_slist *headers;
    struct str answer;
    char appointment[32]; /* booked last */
    long asked, failed;
    double *times;
    size_t capacity;
};

static size_t collect(char *data, size_t size, size_t count, void *context)
{
    str_add_bytes(context, data, size * count);
    return size * count;
}

static void open_client(struct client *client, int number)
{
    char key[128];
    *client = (struct client){.number = number, .curl = curl_easy_init()};
    snprintf(key, sizeof key, "x-api-key: %s", APPOINTMENT_TEST_KEY);
    client->headers = curl_slist_append(NULL, key);
    curl_easy_setopt(client->curl, CURLOPT_HTTPHEADER, client->headers);
    curl_easy_setopt(client->curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(client->curl, CURLOPT_WRITEDATA, &client->answer);
    curl_easy_setopt(client->curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(client->curl, CURLOPT_NOSIGNAL, 1L);
}

static void close_client(struct client *client)
{
    curl_slist_free_all(client->headers);
    curl_easy_cleanup(client->curl);
    str_finish(&client->answer);
    free(client->times);
}

static long ask(struct client *client, const char *method, const char *path, const char *body)
{
    char target[256];
    long status = 0;
    double took = 0;
    snprintf(target, sizeof target, "%s%s", url, path);
    str_clear(&client->answer);
    curl_easy_setopt(client->curl, CURLOPT_URL, target);
    curl_easy_setopt(client->curl, CURLOPT_HTTPGET, 1L);
    if (body)
        curl_easy_setopt(client->curl, CURLOPT_COPYPOSTFIELDS, body);
    curl_easy_setopt(client->curl, CURLOPT_CUSTOMREQUEST, method);
    if (curl_easy_perform(client->curl) == CURLE_OK)
        curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(client->curl, CURLINFO_TOTAL_TIME, &took);
    client->times =
        mem_grow(client->times, &client->capacity, (size_t)client->asked + 1, sizeof took);
    client->times[client->asked++] = took;
    client->failed += status == 0 || status >= 500;
    return status;
}

/* Books slot `slot` of the three weeks for person `person`. */
static long book(struct client *client, long slot, long person)
{
    char body[512];
    long day = slot / 16 % 15, time = slot % 16;
    long week = day / OPEN_DAYS_A_WEEK % 2, weekday = day % OPEN_DAYS_A_WEEK;
    struct date date = {2026, 11, 24};
    date = date_add_days(date, (int)(week * 7 + (weekday < 2 ? weekday : weekday + 1)));
    snprintf(body, sizeof body,
        "{\"communityId\":\"%s\",\"requestedTimes\":[{\"startTime\":"
        "\"%04d-%02d-%02dT%02ld:%02ld:00-08:00\"}],\"profile\":{\"firstName\":\"P\","
        "\"lastName\":\"L\",\"email\":\"p%ld@example.com\"},\"tourType\":\"SELF_GUIDED\"}",
        community, date.year, date.month, date.day, 10 + time % 12 / 2, time % 2 * 30, person);
    long status = ask(client, "POST", "/appointment/request", body);
    const char *id = strstr(str_text(&client->answer), "\"id\":\"");
    if (status == 200 && id)
        snprintf(client->appointment, sizeof client->appointment, "%.*s",
            (int)strcspn(id + 6, "\""), id + 6);
    return status;
}

static void fill(long appointments)
{
    struct client client;
    char path[128];
    open_client(&client, 0);
    snprintf(path, sizeof path, "/_sandbox/office/%s", community);
    if (ask(&client, "PATCH", path,
            "{\"max_visitors\":1000,\"notice_minutes\":0,\"concurrent\":true}") != 200)
        fprintf(stderr, "the sandbox does not take its settings\n");
    long booked = 0;
    for (long i = 0; i < appointments; i++)
        booked += book(&client, i, i) == 200;
    printf("%ld of %ld tours booked\n", booked, appointments);
    close_client(&client);
}

static void *drive(void *context)
{
    struct client *client = context;
    char slots[128], sources[128], path[96], body[256];
    struct timespec begin, now;
    snprintf(slots, sizeof slots, "/community/%s/available-times?forSelfGuided=true", community);
    snprintf(sources, sizeof sources, "/community/%s/sources", community);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (long i = 0;; i++) {
        long person = 1000000L * (client->number + 1) + i;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if ((double)(now.tv_sec - begin.tv_sec) + (double)(now.tv_nsec - begin.tv_nsec) / 1e9 >
            seconds)
            return NULL;
        switch (i % MIX) {
        case 1: book(client, person * 7, person); break;
        case 4:
            snprintf(path, sizeof path, "/appointment/%s/cancel", client->appointment);
            ask(client, "PUT", path, NULL);
            break;
        case 6:
            snprintf(body, sizeof body,
                "{\"communityId\":\"%s\",\"email\":\"p%ld@example.com\",\"firstName\":\"P\"}",
                community, person);
            ask(client, "POST", "/prospect", body);
            break;
        case 8: ask(client, "GET", sources, NULL); break;
        default: ask(client, "GET", slots, NULL); break;
        }
    }
}

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(struct client *clients, int count, double cpu)
{
    long asked = 0, failed = 0;
    for (int i = 0; i < count; i++) {
        asked += clients[i].asked;
        failed += clients[i].failed;
    }
    double *all = mem_alloc((size_t)asked * sizeof *all);
    size_t n = 0;
    for (int i = 0; i < count; i++)
        for (long k = 0; k < clients[i].asked; k++)
            all[n++] = clients[i].times[k];
    qsort(all, n, sizeof *all, by_time);
    printf("%.0f requests a second over %d connections for %.0f s, %ld failed\n",
        (double)asked / seconds, count, seconds, failed);
    printf("answer times: median %.1f ms, 99 of 100 within %.1f ms, slowest %.1f ms\n",
        all[n / 2] * 1000, all[n * 99 / 100] * 1000, all[n - 1] * 1000);
    printf("processor time of the sandbox: %.1f s in all\n", cpu);
    free(all);
}

static void bind_to(int first, int count)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int i = first; i < first + count; i++)
        CPU_SET((size_t)i, &set);
    sched_setaffinity(0, sizeof set, &set);
}

static pid_t start(const char *program, int *keep)
{
    int in[2], out[2];
    char line[128];
    if (pipe(in) != 0 || pipe(out) != 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        bind_to(0, 1);
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execl(program, program, "--until-eof", "--control", "--clock", clock_text, (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    ssize_t n = read(out[0], line, sizeof line - 1);
    line[n > 0 ? n : 0] = '\0';
    if (sscanf(line, "listening on %127s", url) != 1)
        return -1;
    *keep = in[1];
    return pid;
}

int main(int argc, char **argv)
{
    struct client clients[MOST_CONNECTIONS];
    struct rusage usage;
    int keep = -1, count = argc > 4 ? atoi(argv[4]) : 4;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (argc < 2 || count < 1 || count > MOST_CONNECTIONS) {
        fprintf(stderr, "usage: sandbox_load PROGRAM [APPOINTMENTS [SECONDS [CONNECTIONS]]]\n");
        return 2;
    }
    seconds = argc > 3 ? atof(argv[3]) : seconds;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    pid_t pid = start(argv[1], &keep);
    if (pid < 0) {
        fprintf(stderr, "%s does not start\n", argv[1]);
        return 1;
    }
    if (processors > 1)
        bind_to(1, (int)processors - 1);
    fill(argc > 2 ? atol(argv[2]) : 10000);
    for (int i = 0; i < count; i++) {
        open_client(&clients[i], i);
        pthread_create(&clients[i].thread, NULL, drive, &clients[i]);
    }
    for (int i = 0; i < count; i++)
        pthread_join(clients[i].thread, NULL);
    kill(pid, SIGTERM);
    wait4(pid, NULL, 0, &usage);
    close(keep);
    report(clients, count,
        (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
            (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
    for (int i = 0; i < count; i++)
        close_client(&clients[i]);
    curl_global_cleanup();
    return 0;
}
