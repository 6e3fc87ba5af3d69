/* A desk for update tests: two communities, a stopped clock, messages by hand, commands as they come out. */
#ifndef TESTS_DESK_FIXTURE_H
#define TESTS_DESK_FIXTURE_H

#include "tourdesk/desk/model.h"

/* Monday 23 November 2026, 2:07 pm Pacific. */
extern const instant fixture_now;

struct fixture {
    struct community communities[2];
    struct zone *own_zone;
    struct desk *desk;
    struct command_list out; /* what came out since the last fixture_forget() */
    instant now;
};

/* Opens the desk; its first commands are in `out`. */
void fixture_open(struct fixture *fixture);
void fixture_close(struct fixture *fixture);

/* Destroys the commands that came out so far. */
void fixture_forget(struct fixture *fixture);

void fixture_act(struct fixture *fixture, enum action action);
void fixture_type(struct fixture *fixture, const char *text);
void fixture_paste(struct fixture *fixture, const char *text);
void fixture_tick(struct fixture *fixture, instant now);
void fixture_report(struct fixture *fixture, struct report *report);

/* The newest command of a kind that came out, or NULL. */
struct command *fixture_command(struct fixture *fixture, enum command_kind kind);

/* Half-hour slots from nine to five, this week and the next, told as the answer to what was asked. */
void fixture_slots(struct fixture *fixture);

/* The community's sources: Phone call, Walk-in, Property Website. */
void fixture_sources(struct fixture *fixture);

/* A confirmed tour of Ana Núñez at an instant, told as the calendar's and the board's tours. */
void fixture_tour(struct fixture *fixture, instant start);

/* Tells that an operation is in a state now; `token` of the command it came from. */
void fixture_operation(struct fixture *fixture, const char *id, enum operation_kind kind,
    enum operation_state state, uint64_t token);

/* The notice as it reads now; freed by the caller. */
char *fixture_notice(const struct fixture *fixture);

/* An instant this week in the first community's zone. */
instant fixture_at(const struct fixture *fixture, int day, int hour, int minute);

/* Fails unless the notice has the words in it. */
void fixture_says(const struct fixture *fixture, const char *words);

/* For cmocka: `*state` is an open desk, or one that has its slots and sources as well, and its end. */
int fixture_set_up(void **state);
int fixture_set_up_filled(void **state);
int fixture_tear_down(void **state);

#endif
