/* The thread itself: commands in, reports out, wakes, and its end, with a network whose answers the test hands
 * out one by one. Meant to be run under ThreadSanitizer as well. */
#include "../ledger/scratch.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/worker/worker.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { PATIENCE = 20000, NEVER = 3600 * 1000, EXCHANGES = 256 };

/* --- a network by hand ----------------------------------------------------------------------------------------- */

struct exchange {
    char path[PATH_SIZE];
    enum { HELD, READY, TAKEN, ABANDONED } is;
};

/* Shared by the worker's thread and the test's; `lock` is for all of it. */
struct line {
    struct transport base;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool woken;
    int wakes, busy_until_wakes; /* whoever sends something is busy with it until then */
    bool sleeps;                 /* the worker waits here just now */
    const char
        *hold; /* answers for paths with this in them wait for line_release(); NULL = none do */
    struct exchange exchanges[EXCHANGES];
    size_t count;
};

static uint64_t line_start(struct transport *base, const struct http_request *request)
{
    struct line *line = (struct line *)base;
    pthread_mutex_lock(&line->lock);
    assert_true(line->count < EXCHANGES);
    struct exchange *exchange = &line->exchanges[line->count++];
    str_copy(exchange->path, sizeof exchange->path, request->path);
    exchange->is = line->hold && strstr(request->path, line->hold) ? HELD : READY;
    uint64_t number = line->count;
    pthread_cond_broadcast(&line->changed);
    while (line->wakes < line->busy_until_wakes)
        pthread_cond_wait(&line->changed, &line->lock);
    pthread_mutex_unlock(&line->lock);
    return number;
}

static void line_abandon(struct transport *base, uint64_t exchange)
{
    struct line *line = (struct line *)base;
    pthread_mutex_lock(&line->lock);
    line->exchanges[exchange - 1].is = ABANDONED;
    pthread_mutex_unlock(&line->lock);
}

static const char *body_for(const char *path)
{
    static const struct {
        const char *part, *body;
    } bodies[] = {
        {"/available-times", "{\"acceptableTimes\":[\"2030-01-08T10:00:00-08:00\"]}"},
        {"/prospect", "{\"id\":\"7\"}"},
        {"/appointment", "{\"appointmentId\":\"9\",\"appointment\":{\"status\":\"CONFIRMED\"}}"},
        {"", "{\"edges\":[]}"},
    };
    size_t i = 0;
    while (!strstr(path, bodies[i].part))
        i++;
    return bodies[i].body;
}

static bool line_take(struct transport *base, uint64_t *exchange, struct http_answer *answer)
{
    struct line *line = (struct line *)base;
    bool found = false;
    pthread_mutex_lock(&line->lock);
    for (size_t i = 0; i < line->count && !found; i++) {
        if (line->exchanges[i].is != READY)
            continue;
        found = true;
        line->exchanges[i].is = TAKEN;
        *exchange = i + 1;
        *answer = (struct http_answer){.fate = FATE_ANSWERED,
            .left = true,
            .status = 200,
            .whole = true,
            .retry_after = -1,
            .body = mem_text(body_for(line->exchanges[i].path))};
        answer->length = strlen(answer->body);
    }
    pthread_mutex_unlock(&line->lock);
    return found;
}

static bool any_ready(const struct line *line)
{
    bool ready = false;
    for (size_t i = 0; i < line->count; i++)
        ready |= line->exchanges[i].is == READY;
    return ready;
}

static struct timespec later(int64_t milliseconds)
{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_sec += milliseconds / 1000;
    at.tv_nsec += milliseconds % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

static void line_wait(struct transport *base, int64_t milliseconds)
{
    struct line *line = (struct line *)base;
    struct timespec until = later(milliseconds < 0 ? NEVER : milliseconds);
    pthread_mutex_lock(&line->lock);
    line->sleeps = true;
    pthread_cond_broadcast(&line->changed);
    while (!line->woken && !any_ready(line))
        if (pthread_cond_timedwait(&line->changed, &line->lock, &until) == ETIMEDOUT)
            break;
    line->woken = line->sleeps = false;
    pthread_mutex_unlock(&line->lock);
}

static void line_wake(struct transport *base)
{
    struct line *line = (struct line *)base;
    pthread_mutex_lock(&line->lock);
    line->woken = true;
    line->wakes++;
    pthread_cond_broadcast(&line->changed);
    pthread_mutex_unlock(&line->lock);
}

static void line_destroy(struct transport *base)
{
    (void)base;
}

static const struct transport_class line_class = {
    .start = line_start,
    .abandon = line_abandon,
    .take = line_take,
    .wait = line_wait,
    .wake = line_wake,
    .destroy = line_destroy,
};

static void line_hold(struct line *line, const char *part)
{
    pthread_mutex_lock(&line->lock);
    line->hold = part;
    for (size_t i = 0; !part && i < line->count; i++)
        if (line->exchanges[i].is == HELD)
            line->exchanges[i].is = READY;
    pthread_cond_broadcast(&line->changed);
    pthread_mutex_unlock(&line->lock);
}

/* Waits until the worker sleeps in the line. */
static void wait_for_sleep(struct line *line)
{
    struct timespec until = later(PATIENCE);
    pthread_mutex_lock(&line->lock);
    while (!line->sleeps || line->woken || any_ready(line))
        if (pthread_cond_timedwait(&line->changed, &line->lock, &until) == ETIMEDOUT)
            fail_msg("the worker does not come to rest");
    pthread_mutex_unlock(&line->lock);
}

/* How many requests with this in their path were sent; how many of them were given up. */
static size_t sent(struct line *line, const char *part, size_t *abandoned)
{
    size_t count = 0;
    *abandoned = 0;
    pthread_mutex_lock(&line->lock);
    for (size_t i = 0; i < line->count; i++) {
        if (!strstr(line->exchanges[i].path, part))
            continue;
        count++;
        *abandoned += line->exchanges[i].is == ABANDONED;
    }
    pthread_mutex_unlock(&line->lock);
    return count;
}

static void wait_for_sent(struct line *line, const char *part)
{
    struct timespec until = later(PATIENCE);
    for (size_t given_up; sent(line, part, &given_up) == 0;) {
        pthread_mutex_lock(&line->lock);
        int late = pthread_cond_timedwait(&line->changed, &line->lock, &until);
        pthread_mutex_unlock(&line->lock);
        if (late == ETIMEDOUT)
            fail_msg("%s was never sent", part);
    }
}

/* --- a worker on it ---------------------------------------------------------------------------------------------- */

struct shift {
    struct scratch *scratch;
    struct line line;
    struct community community;
    struct core_settings settings;
    struct worker *worker;
    uint64_t last_token;
};

static struct shift the_shift;

static void start_worker(struct shift *shift)
{
    struct error error = {""};
    shift->settings.random = random_system(); /* other names for each life's operations */
    shift->worker = worker_create(&shift->settings, &error);
    if (!shift->worker)
        fail_msg("no worker: %s", error.text);
}

static int shift_open(void **state)
{
    void *scratch;
    if (scratch_open(&scratch) != 0)
        return -1;
    the_shift = (struct shift){.scratch = scratch, .line = {.base = {&line_class}}};
    struct shift *shift = *state = &the_shift;
    pthread_mutex_init(&shift->line.lock, NULL);
    pthread_cond_init(&shift->line.changed, NULL);
    str_copy(shift->community.id, ID_SIZE, "c1");
    shift->community.zone = zone_load("America/Los_Angeles", NULL);
    shift->community.tour_minutes = 30;
    shift->settings = (struct core_settings){
        .ledger = shift->scratch->ledger,
        .transport = &shift->line.base,
        .clock = clock_system(),
        .communities = &shift->community,
        .community_count = 1,
        .send_end_time = true,
    };
    return 0;
}

static int shift_close(void **state)
{
    struct shift *shift = *state;
    void *scratch = shift->scratch;
    worker_destroy(shift->worker, 0);
    community_finish(&shift->community);
    pthread_mutex_destroy(&shift->line.lock);
    pthread_cond_destroy(&shift->line.changed);
    return scratch_close(&scratch);
}

static void stop_worker(struct shift *shift, int64_t grace)
{
    worker_destroy(shift->worker, grace);
    shift->worker = NULL;
}

static uint64_t ask(struct shift *shift, struct command *command)
{
    uint64_t token = command->token = ++shift->last_token;
    str_copy(command->community_id, ID_SIZE, "c1");
    str_copy(command->agent, AGENT_SIZE, "sam");
    worker_submit(shift->worker, command);
    return token;
}

/* A booking for person number `who`, without an undo window. */
static struct command *book(int who)
{
    struct command *command = command_create(COMMAND_BOOK);
    command->at_once = true;
    str_copy(command->booking.profile.first_name, NAME_SIZE, "Ana");
    str_print(command->booking.profile.email, EMAIL_SIZE, "ana%d@example.com", who);
    assert_true(stamp_parse("2030-01-08T10:00:00-08:00", &command->booking.start, NULL));
    return command;
}

/* The next report, waited for by the file descriptor as a screen would. */
static struct report *next_report(struct shift *shift)
{
    struct report *report;
    while ((report = worker_take(shift->worker)) == NULL) {
        struct pollfd fd = {.fd = worker_fd(shift->worker), .events = POLLIN};
        if (poll(&fd, 1, PATIENCE) == 0)
            fail_msg("no report came");
    }
    return report;
}

/* Waits until the booking of the token is in the state, and gives its id. */
static void wait_for_state(
    struct shift *shift, uint64_t token, enum operation_state state, char id[OPERATION_ID_SIZE])
{
    for (bool there = false; !there;) {
        struct report *report = next_report(shift);
        if (report->kind == REPORT_STOPPED)
            fail_msg("it was stopped: %s", report->trouble.text);
        there = report->kind == REPORT_OPERATION && report->token == token &&
                report->operation->state == state;
        if (there)
            str_copy(id, OPERATION_ID_SIZE, report->operation->id);
        report_destroy(report);
    }
}

static enum operation_state kept_state(const struct shift *shift, const char *id)
{
    struct operation operation;
    assert_int_equal(ledger_operation(shift->scratch->ledger, id, &operation, NULL), FOUND_ONE);
    return operation.state;
}

static bool readable(int fd)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    return poll(&poll_fd, 1, 0) == 1;
}

/* --- commands and reports ---------------------------------------------------------------------------------------- */

static void a_command_goes_in_and_its_reports_come_out_in_order(void **state)
{
    struct shift *shift = *state;
    static const enum operation_state words[] = {STATE_SAVED, STATE_SENDING, STATE_CONFIRMED};
    start_worker(shift);
    uint64_t token = ask(shift, book(1));
    for (size_t told = 0; told < sizeof words / sizeof *words;) {
        struct report *report = next_report(shift);
        if (report->kind == REPORT_OPERATION) {
            assert_int_equal(report->token, token);
            check_text("word", state_word(report->operation->state), state_word(words[told]));
            told++;
        }
        report_destroy(report);
    }
}

static void many_commands_are_answered_each_once_and_in_order(void **state)
{
    struct shift *shift = *state;
    enum { MANY = 2000 };
    start_worker(shift);
    uint64_t expected = 1;
    for (int i = 0; i < MANY; i++) {
        ask(shift, command_create(COMMAND_LIST_TOURS));
        struct report *report = i % 3 ? worker_take(shift->worker) : NULL;
        if (report) {
            assert_int_equal(report->token, expected++);
            report_destroy(report);
        }
    }
    while (expected <= MANY) {
        struct report *report = next_report(shift);
        assert_int_equal(report->kind, REPORT_TOURS);
        assert_int_equal(report->token, expected++);
        report_destroy(report);
    }
    assert_null(worker_take(shift->worker));
}

static void the_descriptor_is_readable_while_reports_wait_and_not_when_all_are_taken(void **state)
{
    struct shift *shift = *state;
    start_worker(shift);
    ask(shift, command_create(COMMAND_LIST_TOURS));
    struct report *report = next_report(shift);
    report_destroy(report);
    wait_for_sleep(&shift->line);
    assert_null(worker_take(shift->worker));
    assert_false(readable(worker_fd(shift->worker)));
    ask(shift, command_create(COMMAND_LIST_TOURS));
    ask(shift, command_create(COMMAND_HEALTH));
    struct pollfd fd = {.fd = worker_fd(shift->worker), .events = POLLIN};
    assert_int_equal(poll(&fd, 1, PATIENCE), 1);
    report_destroy(next_report(shift));
    report_destroy(next_report(shift));
}

static void a_full_pipe_still_wakes_and_nothing_is_lost(void **state)
{
    struct shift *shift = *state;
    enum { MORE_THAN_A_PIPE_HOLDS = 70000 };
    start_worker(shift);
    for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++)
        ask(shift, command_create(COMMAND_MARK)); /* of no tour: stopped at once */
    for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
        struct report *report = next_report(shift);
        assert_int_equal(report->token, i + 1);
        report_destroy(report);
    }
    assert_null(worker_take(shift->worker));
}

static void a_command_wakes_a_worker_that_sleeps_without_end(void **state)
{
    struct shift *shift = *state;
    char id[OPERATION_ID_SIZE];
    shift->settings.one_shot = true; /* with nothing to do, nothing wakes it by itself */
    start_worker(shift);
    wait_for_sleep(&shift->line);
    uint64_t token = ask(shift, book(1));
    wait_for_state(shift, token, STATE_CONFIRMED, id);
    wait_for_sleep(&shift->line);
    stop_worker(shift, 0);
    assert_int_equal(kept_state(shift, id), STATE_CONFIRMED);
}

/* --- waiting, for one-shot commands ------------------------------------------------------------------------------ */

static void waiting_ends_when_nothing_is_left_to_do(void **state)
{
    struct shift *shift = *state;
    struct report *report;
    enum operation_state last = STATE_NONE;
    shift->settings.one_shot = true;
    start_worker(shift);
    ask(shift, book(1));
    while ((report = worker_wait(shift->worker)) != NULL) {
        if (report->kind == REPORT_OPERATION)
            last = report->operation->state;
        report_destroy(report);
    }
    check_text("last", state_word(last), "confirmed");
    assert_null(worker_wait(shift->worker)); /* and stays so */
    ask(shift, command_create(COMMAND_LIST_TOURS));
    report = worker_wait(shift->worker);
    assert_non_null(report);
    report_destroy(report);
    assert_null(worker_wait(shift->worker));
}

static void waiting_goes_on_while_an_answer_is_awaited(void **state)
{
    struct shift *shift = *state;
    shift->settings.one_shot = true;
    line_hold(&shift->line, "/appointment/request");
    start_worker(shift);
    ask(shift, book(1));
    for (bool sending = false; !sending;) {
        struct report *report = worker_wait(shift->worker);
        assert_non_null(report);
        sending = report->kind == REPORT_OPERATION && report->operation->state == STATE_SENDING;
        report_destroy(report);
    }
    wait_for_sleep(&shift->line);
    assert_null(worker_take(shift->worker));
    line_hold(&shift->line, NULL);
    struct report *report = worker_wait(shift->worker);
    assert_non_null(report);
    check_text("then", state_word(report->operation->state), "confirmed");
    report_destroy(report);
}

/* --- the end ------------------------------------------------------------------------------------------------------- */

/* A booking whose request is on the wire, unanswered. */
static void send_and_hang(struct shift *shift, char id[OPERATION_ID_SIZE])
{
    line_hold(&shift->line, "/appointment/request");
    start_worker(shift);
    uint64_t token = ask(shift, book(1));
    wait_for_state(shift, token, STATE_SENDING, id);
    wait_for_sent(&shift->line, "/appointment/request");
    wait_for_sleep(&shift->line);
}

static void stopped_without_grace_what_is_on_the_wire_is_unknown(void **state)
{
    struct shift *shift = *state;
    char id[OPERATION_ID_SIZE];
    size_t abandoned;
    send_and_hang(shift, id);
    stop_worker(shift, 0);
    assert_int_equal(kept_state(shift, id), STATE_UNKNOWN);
    assert_int_equal(sent(&shift->line, "/appointment/request", &abandoned), 1);
    assert_int_equal(abandoned, 1);
    start_worker(shift);
    wait_for_sleep(&shift->line);
    stop_worker(shift, 0);
    assert_int_equal(kept_state(shift, id), STATE_UNKNOWN); /* and is not sent by the next one */
    assert_int_equal(sent(&shift->line, "/appointment/request", &abandoned), 1);
}

static void stopped_with_grace_and_no_answer_it_ends_when_the_grace_is_over(void **state)
{
    struct shift *shift = *state;
    char id[OPERATION_ID_SIZE];
    struct clock clock = clock_system();
    send_and_hang(shift, id);
    int64_t before = clock_steady(&clock);
    stop_worker(shift, 60);
    assert_true(clock_steady(&clock) - before >= 60);
    assert_int_equal(kept_state(shift, id), STATE_UNKNOWN);
}

static void *answer_soon(void *line)
{
    line_hold(line, NULL);
    return NULL;
}

static void stopped_with_grace_an_answer_in_time_is_kept_and_ends_it(void **state)
{
    struct shift *shift = *state;
    char id[OPERATION_ID_SIZE];
    pthread_t thread;
    struct clock clock = clock_system();
    send_and_hang(shift, id);
    int64_t before = clock_steady(&clock);
    assert_int_equal(pthread_create(&thread, NULL, answer_soon, &shift->line), 0);
    stop_worker(shift, NEVER);
    pthread_join(thread, NULL);
    assert_true(clock_steady(&clock) - before < PATIENCE);
    assert_int_equal(kept_state(shift, id), STATE_CONFIRMED);
}

/* The worker is in the middle of a turn when a booking and then the word to stop come. */
static void what_was_handed_over_before_the_word_to_stop_is_kept(void **state)
{
    struct shift *shift = *state;
    shift->settings.undo_seconds = 3600; /* nothing of it leaves */
    shift->line.busy_until_wakes = 3;
    start_worker(shift);
    ask(shift, command_create(COMMAND_READ_SLOTS));
    wait_for_sent(&shift->line, "/available-times");
    struct command *command = book(1);
    command->at_once = false;
    ask(shift, command);
    stop_worker(shift, 0);
    assert_string_equal(
        ask_file(shift->scratch, "SELECT group_concat(state) FROM operation"), "saved");
}

static void reports_that_nobody_took_end_with_it(void **state)
{
    struct shift *shift = *state;
    start_worker(shift);
    for (int i = 0; i < 100; i++)
        ask(shift, command_create(COMMAND_LIST_TOURS));
    stop_worker(shift, 0);
    worker_destroy(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_command_goes_in_and_its_reports_come_out_in_order, shift_open, shift_close),
        cmocka_unit_test_setup_teardown(
            many_commands_are_answered_each_once_and_in_order, shift_open, shift_close),
        cmocka_unit_test_setup_teardown(
            the_descriptor_is_readable_while_reports_wait_and_not_when_all_are_taken, shift_open,
            shift_close),
        cmocka_unit_test_setup_teardown(
            a_full_pipe_still_wakes_and_nothing_is_lost, shift_open, shift_close),
        cmocka_unit_test_setup_teardown(
            a_command_wakes_a_worker_that_sleeps_without_end, shift_open, shift_close),
        cmocka_unit_test_setup_teardown(
            waiting_ends_when_nothing_is_left_to_do, shift_open, shift_close),
        cmocka_unit_test_setup_teardown(
            waiting_goes_on_while_an_answer_is_awaited, shift_open, shift_close),
        cmocka_unit_test_setup_teardown(
            stopped_without_grace_what_is_on_the_wire_is_unknown, shift_open, shift_close),
        cmocka_unit_test_setup_teardown(
            stopped_with_grace_and_no_answer_it_ends_when_the_grace_is_over, shift_open,
            shift_close),
        cmocka_unit_test_setup_teardown(
            stopped_with_grace_an_answer_in_time_is_kept_and_ends_it, shift_open, shift_close),
        cmocka_unit_test_setup_teardown(
            what_was_handed_over_before_the_word_to_stop_is_kept, shift_open, shift_close),
        cmocka_unit_test_setup_teardown(
            reports_that_nobody_took_end_with_it, shift_open, shift_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
