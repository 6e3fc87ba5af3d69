/* What the sandbox's tests share: a small office, calls into it, and calls over the wire. */
#ifndef TOURDESK_TESTS_SANDBOX_HARNESS_H
#define TOURDESK_TESTS_SANDBOX_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tourdesk/sandbox/sandbox.h"
#include "tourdesk/sandbox/server.h"

#include <curl/curl.h>

/* The two communities of the tests' office: "c1" in Los Angeles (30 minutes, 9 to 5 every day) and
 * "c2" in Phoenix (the same). No notice, nothing booked. */
extern const char SMALL_OFFICE[];

/* A sandbox with a clock that the test moves. */
struct bench {
    struct sandbox *sandbox;
    struct server *server; /* NULL until bench_serve() */
    instant now;
    char folder[64]; /* for its files; "" = none */
    const char *x_api_key, *apikey, *company_id, *property_id;
    int status;
    char *text; /* the last answer */
    cJSON *json;
};

/* `office` is JSON; NULL = SMALL_OFFICE. `now` is an RFC 3339 time. With `rules` (a
 * NULL-terminated list, or NULL) come the fault rules. */
struct bench *bench_open(const char *office, const char *now, const char *const *rules);
void bench_close(struct bench *bench);

instant at(const char *text);

/* Calls the sandbox directly; the body is printf's, NULL = none. Returns the status. */
__attribute__((format(printf, 4, 5))) int bench_call(
    struct bench *bench, const char *method, const char *target, const char *format, ...);

/* What a path such as "appointment.id" or "edges[0].node.type" holds in the last answer: a text,
 * the digits of a number, "true", "false", "null", or "(missing)". Good until the next call. */
const char *bench_value(struct bench *bench, const char *path);

/* True if the last answer, a slot list, offers this start (the string itself). */
bool bench_offers(struct bench *bench, const char *start);
size_t bench_slot_count(struct bench *bench);

/* Books: the answer's status. `who` is an e-mail address. */
int bench_book(struct bench *bench, const char *community, const char *start, const char *who);

/* Reads the self-guided list of a community. */
void bench_list(struct bench *bench, const char *community);

/* Changes settings through the control endpoint; the test fails if it does not take them. */
void bench_set(struct bench *bench, const char *community, const char *json);

/* Opens the sandbox to the network. */
void bench_serve(struct bench *bench);

/* One answer over the wire, or what came instead. */
struct wire {
    CURLcode code;
    long status;
    struct str body, headers;
    double seconds;
};

/* Calls `url` with the appointment key on a connection of its own; body NULL = none. */
void wire_call(struct wire *wire, const char *method, const char *url, const char *body);
void wire_finish(struct wire *wire);

/* The value of a header of the answer, or NULL. Good until the next call. */
const char *wire_header(const struct wire *wire, const char *name);

/* A new folder under the system's one for temporary files, and away with it and what is in it. */
void folder_make(char *path, size_t size);
void folder_remove(const char *path);

#endif
