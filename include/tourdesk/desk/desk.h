/* The desk: everything that staff see, and the one function that changes it.
 *
 * Messages in, commands out, no I/O: desk_update() is called for every key, click, report and tick; what is
 * to be done in the world comes out as commands for the worker. Drawing reads the desk and cannot change
 * it.
 */
#ifndef TOURDESK_DESK_DESK_H
#define TOURDESK_DESK_DESK_H

#include "tourdesk/desk/action.h"
#include "tourdesk/desk/form.h"
#include "tourdesk/desk/grid.h"
#include "tourdesk/tour/report.h"

enum screen_id {
    SCREEN_CALENDAR,
    SCREEN_TOURS,
    SCREEN_BOOK,
    SCREEN_VISIT,
    SCREEN_LIST,
    SCREEN_QUESTION,
    SCREEN_HELP,
    SCREENS,
};

/* Which Knock this is: a word in the top line unless it is the real one. */
enum environment {
    ENVIRONMENT_LIVE,
    ENVIRONMENT_STAGE,
    ENVIRONMENT_PRACTICE,
};

/* --- messages and commands ------------------------------------------------------------------- */

enum message_kind {
    MESSAGE_ACTION, /* a key that stands for an action */
    MESSAGE_TEXT,   /* typed text, one or more characters */
    MESSAGE_PASTE,  /* pasted text: never keys */
    MESSAGE_RESIZE, /* rows, cols */
    MESSAGE_CLOCK,  /* time has passed; `now` says it all */
    MESSAGE_REPORT, /* the worker tells something; the desk takes the report over */
    MESSAGE_NO_KEY, /* a key that does nothing here; text = its name */
};

struct message {
    enum message_kind kind;
    instant now; /* of every message */
    enum action action;
    const char *text; /* borrowed */
    size_t length;
    int rows, cols;
    struct report *report;
};

struct command_list {
    struct command **items;
    size_t count, capacity;
};

/* Destroys what is still in it. */
void command_list_finish(struct command_list *list);

/* --- the model ------------------------------------------------------------------------------- */

enum tone {
    TONE_PLAIN,
    TONE_GOOD,    /* it worked */
    TONE_WAITING, /* it is saved or on its way */
    TONE_TROUBLE, /* it did not work, or may not have */
};

/* What happened last: words, or an operation whose words change with the clock. */
struct notice {
    char text[1024];
    enum tone tone;
    struct operation *operation; /* NULL = only text; else text follows its sentence */
    struct tour *tour;
};

/* What is known of one community. */
struct office {
    const struct community *community;
    struct slot_list slots;
    struct source_list sources;
    uint64_t slots_token, sources_token; /* the read that is under way, 0 = none */
    instant asked_at;                    /* when slots were last asked for, 0 = never */
    struct error trouble;                /* why the slots are stale, "" = they are not */
};

struct calendar_state {
    struct date focus;           /* the day */
    struct grid_time focus_time; /* the row */
    bool placed;                 /* the focus was put on a slot, or moved by hand */
    struct tour_list tours;      /* of the weeks round the focus */
    instant tours_from, tours_to;
    uint64_t tours_token;
};

struct tours_state {
    struct tour_list tours;
    char selected[OPERATION_ID_SIZE];
    uint64_t token;
};

enum book_field {
    BOOK_FIRST_NAME,
    BOOK_LAST_NAME,
    BOOK_PHONE,
    BOOK_EMAIL,
    BOOK_CONSENT,
    BOOK_SOURCE,
    BOOK_END,
    BOOK_MOVE_DATE,
    BOOK_BEDROOMS,
    BOOK_OCCUPANTS,
    BOOK_LEASE,
    BOOK_BUDGET,
    BOOK_MESSAGE,
    BOOK_FIELDS,
};

struct book_state {
    struct form form;
    bool draft; /* the form holds something that was not sent */
    struct slot slot;
    instant end; /* what the end field means, or the slot's own */
    enum calendar calendar;
    char consent_phone
        [PHONE_SIZE]; /* the number that consent was asked for: it belongs to that one */
    uint64_t token;   /* the command that was given from it, 0 = none */
    char sent[OPERATION_ID_SIZE]; /* the booking it became, "" once that is settled */
};

enum visit_field {
    VISIT_WHEN,
    VISIT_UNIT_NAMES,
    VISIT_SOURCE,
    VISIT_GUIDED,
    VISIT_FIELDS,
};

struct visit_state {
    struct form form;
    struct tour tour;
    struct stamp when;
    bool insist; /* a person said that unknown units may go */
    uint64_t token;
};

/* A question that floats above: what it is about, and its answers by key. */
enum { QUESTION_ANSWERS = 4 };

struct question {
    char title[128];
    char text[1200]; /* lines */
    struct {
        char key;
        char words[80];
        void (*chosen)(struct desk *desk, struct command_list *out);
    } answers[QUESTION_ANSWERS];
    int answer_count;
    struct tour tour; /* the one it is about */
};

/* A list that floats above, to pick from. */
struct list_state {
    char title[128];
    char (*items)[128];
    int count, selected;
    void (*picked)(struct desk *desk, int index, struct command_list *out);
};

struct help_state {
    int top;
    enum context context; /* what help was asked about */
};

enum { STACK = 5 };

struct desk {
    const struct community *communities;
    size_t community_count;
    struct office *offices;      /* one for each community */
    size_t office;               /* the one shown */
    const struct zone *own_zone; /* the desk's own clock on the wall */
    char profile[64];
    enum environment environment;
    char agent[AGENT_SIZE];
    int undo_seconds;

    instant now;
    int rows, cols;
    bool online;
    instant link_since; /* 0 = nothing heard yet */
    int64_t skew;       /* how far this machine's clock is ahead of Knock's, where it matters */
    bool done;          /* staff left */
    int redraws;        /* counts requests to draw everything again */
    bool suspend;       /* staff asked for the shell; the loop clears it */
    uint64_t last_token;

    struct hold_list holds; /* what other desks are typing for */
    enum screen_id stack[STACK];
    int depth;
    struct notice notice;
    char undoable[OPERATION_ID_SIZE]; /* what undo takes back, "" = nothing */

    struct calendar_state calendar;
    struct tours_state tours;
    struct book_state book;
    struct visit_state visit;
    struct question question;
    struct list_state list;
    struct help_state help;
};

struct desk_settings {
    const struct community *communities; /* stay the caller's */
    size_t community_count;
    size_t first; /* the community to begin with */
    const struct zone *own_zone;
    const char *profile;
    enum environment environment;
    const char *agent;
    int undo_seconds;
    instant now;
};

/* The desk as it opens; `out` gets what must be read first. */
struct desk *desk_create(const struct desk_settings *settings, struct command_list *out);
void desk_destroy(struct desk *desk);

/* Something to be read first: a mistake in the configuration, what is still unsent. */
void desk_greet(struct desk *desk, const char *words);

/* The one place where the desk changes. */
void desk_update(struct desk *desk, const struct message *message, struct command_list *out);

/* When the clock alone next changes what is shown or wants something done. */
instant desk_next_tick(const struct desk *desk);

/* --- for drawing and for the screens' own files ------------------------------------------------ */

const struct office *desk_office(const struct desk *desk);
const struct zone *desk_zone(const struct desk *desk);
enum screen_id desk_screen(const struct desk *desk);      /* what is on top */
enum screen_id desk_base_screen(const struct desk *desk); /* the page under what floats */
enum context desk_context(const struct desk *desk);
bool desk_takes_text(const struct desk *desk);

/* What the notice says now; appended. */
void desk_notice(const struct desk *desk, struct str *out);

/* The week that the calendar shows, at the present width: its first day and how many. */
struct date desk_week(const struct desk *desk, int *days);

/* The grid of that week; freed with grid_finish(). */
void desk_grid(const struct desk *desk, struct grid *grid);

/* What is under the focus: the cell of `grid`, or NULL if the week is empty. */
const struct grid_cell *desk_focused(const struct desk *desk, const struct grid *grid);

/* The tour that is selected on the tours screen, or NULL. */
const struct tour *desk_selected_tour(const struct desk *desk);

/* How many actions the help about a context lists. */
int help_lines(enum context context);

/* The booking as the form has it now; what is still needed is appended to `needed` ("" = nothing). */
void desk_booking(const struct desk *desk, struct booking *out, struct str *needed);

/* The visit as the form has it now, likewise. */
void desk_visiting(const struct desk *desk, struct visiting *out, struct str *needed);

#endif
