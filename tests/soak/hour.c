/* An office hour for hour.sh: five bookings, seven visits and two cancels by the interactive program's worker, over
 * a real line and on a real disk. What the ledger has already is not asked for again, so that an hour that was killed
 * goes on where it was; what is unknown is settled by what the sandbox is said to have got.
 *
 * Usage: hour DATA URL SECONDS-AHEAD START START START START START [ask-3[=APPOINTMENT]]...
 */
#include "tourdesk/base/str.h"
#include "tourdesk/worker/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BOOKINGS = 5, ASKS = 14, ARGUMENTS = 4 + BOOKINGS, ROUNDS = 600, NAME = 16 };

static const struct {
    enum operation_kind kind;
    int tour; /* the booking it is about */
} asks[ASKS] = {
    {OPERATION_BOOK, 0},
    {OPERATION_BOOK, 1},
    {OPERATION_VISIT, 0},
    {OPERATION_BOOK, 2},
    {OPERATION_BOOK, 3},
    {OPERATION_VISIT, 1},
    {OPERATION_CANCEL, 3},
    {OPERATION_BOOK, 4},
    {OPERATION_VISIT, 2},
    {OPERATION_VISIT, 0},
    {OPERATION_VISIT, 1},
    {OPERATION_CANCEL, 4},
    {OPERATION_VISIT, 2},
    {OPERATION_VISIT, 0},
};

static struct {
    struct worker *worker;
    struct community community;
    char **arguments;
    int64_t ahead;
    uint64_t token;
    struct report *list; /* what the ledger has, as it was listed last */
} hour;

/* --- asking ---------------------------------------------------------------------------------------------------------- */

static void name_ask(int number, char out[NAME])
{
    str_print(out, NAME, "ask-%d", number);
}

static const char *name_of(const struct operation *operation)
{
    return operation->kind == OPERATION_BOOK     ? operation->booking.profile.message
           : operation->kind == OPERATION_CANCEL ? operation->cancelling.reason
                                                 : operation->visiting.units[0];
}

static void say(const struct report *report)
{
    if (report->kind == REPORT_OPERATION)
        printf("told %s %s %s\n", name_of(report->operation), state_word(report->operation->state),
            reason_token(report->operation->reason));
    else if (report->kind == REPORT_STOPPED || report->kind == REPORT_TROUBLE)
        printf("told %s\n", report->trouble.text);
    fflush(stdout);
}

/* Hands a command over and waits for its first answer; the caller's own. */
static struct report *ask(struct command *command)
{
    command->token = ++hour.token;
    str_copy(command->community_id, ID_SIZE, hour.community.id);
    str_copy(command->agent, AGENT_SIZE, "sam");
    command->at_once = true;
    uint64_t token = command->token;
    worker_submit(hour.worker, command);
    for (;;) {
        struct report *report = worker_wait(hour.worker);
        if (!report)
            continue;
        say(report);
        if (report->token == token && !report->more)
            return report;
        report_destroy(report);
    }
}

static void list_operations(void)
{
    report_destroy(hour.list);
    hour.list = ask(command_create(COMMAND_LIST_OPERATIONS));
}

static const struct operation *find(const char *name)
{
    for (size_t i = 0; i < hour.list->operation_count; i++)
        if (strcmp(name_of(&hour.list->operations[i]), name) == 0)
            return &hour.list->operations[i];
    return NULL;
}

static const struct operation *booking_of(int tour)
{
    char name[NAME];
    int number = 0;
    for (int seen = 0; seen < tour || asks[number].kind != OPERATION_BOOK; number++)
        seen += asks[number].kind == OPERATION_BOOK;
    name_ask(number, name);
    return find(name);
}

static void plan_booking(struct command *command, int tour, const char *name)
{
    struct booking *booking = &command->booking;
    str_print(booking->profile.first_name, NAME_SIZE, "Ana %d", tour);
    str_print(booking->profile.phone, PHONE_SIZE, "+1206555010%d", tour);
    str_copy(booking->profile.message, MESSAGE_SIZE, name);
    stamp_parse(hour.arguments[4 + tour], &booking->start, NULL);
}

static void plan_visit(struct command *command, const char *name)
{
    struct visiting *visiting = &command->visiting;
    str_copy(visiting->units[0], UNIT_SIZE, name);
    visiting->unit_count = 1;
    visiting->any_unit = visiting->again = true;
}

static void ask_for(int number)
{
    static const enum command_kind kinds[] = {
        [OPERATION_BOOK] = COMMAND_BOOK,
        [OPERATION_CANCEL] = COMMAND_CANCEL,
        [OPERATION_VISIT] = COMMAND_VISIT,
    };
    char name[NAME];
    name_ask(number, name);
    if (find(name))
        return;
    struct command *command = command_create(kinds[asks[number].kind]);
    if (asks[number].kind == OPERATION_BOOK)
        plan_booking(command, asks[number].tour, name);
    else if (booking_of(asks[number].tour))
        str_copy(command->tour_id, OPERATION_ID_SIZE, booking_of(asks[number].tour)->id);
    if (asks[number].kind == OPERATION_VISIT)
        plan_visit(command, name);
    str_copy(command->cancelling.reason, NOTE_SIZE, name);
    report_destroy(ask(command));
    list_operations();
}

/* --- waiting and settling -------------------------------------------------------------------------------------------- */

/* What hour.sh says of a name: NULL = the sandbox never got it, else its number ("" = none). */
static const char *truth_of(const char *name)
{
    size_t length = strlen(name);
    for (char **word = hour.arguments + ARGUMENTS; *word; word++)
        if (strncmp(*word, name, length) == 0 && (!(*word)[length] || (*word)[length] == '='))
            return (*word)[length] ? *word + length + 1 : "";
    return NULL;
}

static void settle(const struct operation *operation)
{
    struct command *command = command_create(COMMAND_SETTLE);
    const char *truth = truth_of(name_of(operation));
    str_copy(command->operation_id, OPERATION_ID_SIZE, operation->id);
    command->word = truth ? SETTLE_BOOKED : SETTLE_NOT_BOOKED;
    if (truth)
        str_copy(command->appointment_id, ID_SIZE, truth);
    report_destroy(ask(command));
}

/* Until nothing is under way any more; an unknown outcome is settled, but for a cancel, which goes again. */
static void wait_for_all(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        size_t open = 0;
        list_operations();
        for (size_t i = 0; i < hour.list->operation_count; i++) {
            struct operation operation = hour.list->operations[i];
            open += !state_settled(operation.state);
            if (operation.state == STATE_UNKNOWN && operation.kind != OPERATION_CANCEL)
                settle(&operation);
        }
        if (!open)
            return;
        struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
        nanosleep(&pause, NULL);
    }
}

/* --- the program -------------------------------------------------------------------------------------------------------- */

static const char *get_key(void *self, enum key_family family, struct error *error)
{
    (void)self, (void)error;
    return family == KEY_PROSPECT ? "syndication-prospect-TEST-KEY"
                                  : "syndication-appointment-TEST-KEY";
}

static instant now_ahead(void *self)
{
    struct clock machine = clock_system();
    (void)self;
    return clock_now(&machine) + hour.ahead;
}

static int64_t steady(void *self)
{
    struct clock machine = clock_system();
    (void)self;
    return clock_steady(&machine);
}

static struct transport *open_line(const struct clock *clock)
{
    struct transport_settings settings = {
        .connect_timeout = 5, .timeout = 20, .keys = {.key = get_key}, .clock = *clock};
    str_copy(settings.base_url, sizeof settings.base_url, hour.arguments[2]);
    return transport_curl_create(&settings, NULL);
}

int main(int argc, char **argv)
{
    struct clock clock = {now_ahead, steady, NULL};
    if (argc < ARGUMENTS)
        return 2;
    hour.arguments = argv;
    hour.ahead = strtoll(argv[3], NULL, 10) * SECOND;
    str_copy(hour.community.id, ID_SIZE, "b9XQN6eMvvrr07zg");
    hour.community.zone = zone_load("America/Los_Angeles", NULL);
    hour.community.tour_minutes = 30;
    struct ledger *ledger = ledger_open(argv[1], NULL);
    struct transport *line = open_line(&clock);
    struct core_settings settings = {.ledger = ledger,
        .transport = line,
        .clock = clock,
        .random = random_system(),
        .communities = &hour.community,
        .community_count = 1,
        .send_end_time = true};
    hour.worker = ledger && line ? worker_create(&settings, NULL) : NULL;
    if (!hour.worker)
        return 1;
    wait_for_all();
    for (int number = 0; number < ASKS; number++) {
        if (asks[number].kind ==
            OPERATION_CANCEL) /* of what has not left it would be a taking back */
            wait_for_all();
        ask_for(number);
    }
    wait_for_all();
    for (size_t i = 0; i < hour.list->operation_count; i++)
        printf("left %s %s\n", name_of(&hour.list->operations[i]),
            state_word(hour.list->operations[i].state));
    report_destroy(hour.list);
    worker_destroy(hour.worker, SECOND);
    transport_destroy(line);
    ledger_close(ledger);
    community_finish(&hour.community);
    return 0;
}
