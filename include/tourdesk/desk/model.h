/* What the desk holds: for its own screens, which change it, and for drawing, which reads it. */
#ifndef TOURDESK_DESK_MODEL_H
#define TOURDESK_DESK_MODEL_H

#include "tourdesk/desk/board.h"
#include "tourdesk/desk/day.h"
#include "tourdesk/desk/desk.h"
#include "tourdesk/desk/form.h"
#include "tourdesk/desk/grid.h"
#include "tourdesk/desk/month.h"
#include "tourdesk/desk/picks.h"

enum screen_id {
    /* pages with a place in the top line, in that order */
    SCREEN_CALENDAR,
    SCREEN_BOARD,
    SCREEN_TOURS,
    SCREEN_COMMUNITIES,
    /* pages above them */
    SCREEN_PERSON,
    SCREEN_SEARCH,
    SCREEN_MESSAGES,
    SCREEN_RESULTS,
    SCREEN_HANDOVER,
    SCREEN_SWEEP,
    SCREEN_HELP,
    /* forms */
    SCREEN_BOOK,
    SCREEN_MOVE,
    SCREEN_CANCEL,
    SCREEN_VISIT,
    SCREEN_WALK_IN,
    SCREEN_CALL,
    /* what floats above a page */
    SCREEN_SETTLE,
    SCREEN_QUESTION,
    SCREEN_LIST,
    SCREEN_ENTRY,
    SCREEN_PROMPT,
    SCREENS,
};

enum { STACK = SCREENS, PAST_MESSAGES = 200, PROMPTS_KEPT = 30, RESULTS_KEPT = 64 };

/* --- what is said ------------------------------------------------------------------------------ */

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
    instant at;
    bool told; /* the worker told it, no key brought it about: it stays for a few keys */
    struct operation *operation; /* NULL = only text; else text follows its sentence */
    struct tour *tour;
};

/* What was said before; a ring. */
struct past_message {
    instant at;
    enum tone tone;
    char text[400];
};

struct messages_state {
    struct past_message items[PAST_MESSAGES];
    int count, next;
    int top; /* the first line shown */
};

/* What undo takes back. */
enum undo_kind {
    UNDO_NOTHING,
    UNDO_OPERATION, /* it has not left yet: it is withdrawn */
    UNDO_MARK,
    UNDO_CANCEL, /* it was cancelled: the same time can be booked again */
};

struct undo {
    enum undo_kind kind;
    char operation_id[OPERATION_ID_SIZE];
    char tour_id[OPERATION_ID_SIZE];
    enum mark_kind mark;
};

/* --- what is known ------------------------------------------------------------------------------- */

/* A time that was offered and is no longer. */
struct gone_slot {
    instant start, since;
};

enum { CALENDARS = 2 };

/* What is known of one community. */
struct office {
    const struct community *community;
    struct slot_list slots[CALENDARS];
    uint64_t slots_token[CALENDARS]; /* the read that is under way, 0 = none */
    bool
        ask_again; /* staff asked while a read was under way: what comes may be older than their key */
    instant asked_at[CALENDARS]; /* when slots were last asked for, 0 = never */
    struct error trouble;        /* why the slots are stale, "" = they are not */
    struct gone_slot *gone;
    size_t gone_count, gone_capacity;
    struct source_list sources;
    uint64_t sources_token;
    char last_source[SOURCE_SIZE]; /* the one that was used last */
};

/* What is not settled and stands in no tour's row. */
struct loose_state {
    struct loose_list list;
    uint64_t token;
};

/* A list of tours on a page, and which of them has the focus. */
struct tours_page {
    struct tour_list tours;
    char selected[OPERATION_ID_SIZE];
    uint64_t token;
};

/* --- pages ------------------------------------------------------------------------------------------ */

enum calendar_view { VIEW_WEEK, VIEW_DAY, VIEW_MONTH };

/* One focus for all three views: a day, a time, and where several tours begin then, one of them. */
struct calendar_state {
    enum calendar_view view;
    bool in_person; /* the calendar of tours with staff is shown as well */
    struct date focus;
    struct grid_time focus_time;
    char focus_tour[OPERATION_ID_SIZE];
    bool placed;            /* the focus was put on a slot, or moved by hand */
    struct tour_list tours; /* of the weeks round the focus, of this community */
    instant tours_from, tours_to;
    uint64_t tours_token;
};

struct board_state {
    struct tour_list tours; /* of every community: today and tomorrow, and what is still open */
    char selected[OPERATION_ID_SIZE]; /* of a tour or an operation */
    enum board_section section;       /* of the selected row: a tour may stand in two */
    uint64_t token;
    bool one_community; /* only the community shown */
};

struct person_state {
    struct person person;
    char selected[OPERATION_ID_SIZE];
    uint64_t token;
};

struct search_state {
    struct editor editor;
    struct tours_page page;
    bool asked;      /* an answer has come for what is typed */
    bool open_first; /* Enter was pressed before it came */
};

struct result {
    struct operation operation;
    struct tour tour;
    struct slot_list slots; /* the free times near one that could not be had */
};

/* What waited while the line was down, and what became of it. */
struct results_state {
    char waiting[RESULTS_KEPT][OPERATION_ID_SIZE];
    int waiting_count;
    struct result items[RESULTS_KEPT];
    int count, selected;
    bool seen;
};

struct handover_state {
    struct handover last;
    enum action pending; /* what waits for the initials */
    char selected[OPERATION_ID_SIZE];
    enum board_section section;
    uint64_t token;
};

enum swept { SWEPT_NOT, SWEPT_CAME, SWEPT_NO_SHOW, SWEPT_HERE, SWEPT_LATER };

struct sweep_state {
    char (*ids)[OPERATION_ID_SIZE]; /* owned */
    enum swept *done;               /* owned */
    int count, at;                  /* at == count: the summary */
    struct tour tour;               /* the one that is asked about */
};

struct help_state {
    struct editor editor; /* what is looked for */
    enum context context; /* what help was asked about */
    int selected;
};

/* --- forms ------------------------------------------------------------------------------------------- */

/* Fields about a person: the same in every form that has them. */
enum guest_field {
    GUEST_FIRST_NAME,
    GUEST_LAST_NAME,
    GUEST_PHONE,
    GUEST_EMAIL,
    GUEST_CONSENT,
    GUEST_SOURCE,
    GUEST_FIELDS,
};

/* What a form knows about the person whose details are typed. */
struct guest_state {
    char consent_phone
        [PHONE_SIZE]; /* the number that consent was asked for: it belongs to that one */
    struct {
        char contact[EMAIL_SIZE];
        uint64_t token;     /* 0 = the answer is here */
    } looked_up[2];         /* the phone and the e-mail that were last looked up here */
    struct tour_list tours; /* of people with the same e-mail or phone, newest first */
};

enum book_field {
    BOOK_WHEN,
    BOOK_GUEST,
    BOOK_END = BOOK_GUEST + GUEST_FIELDS,
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
    struct guest_state guest;
    int pick;          /* among the times offered for what is typed */
    bool draft;        /* the form holds something that was not sent */
    bool has_slot;     /* a time was chosen */
    instant gone_said; /* the time of which it was said that somebody took it */
    bool asked;        /* Enter was pressed once with the texts not asked about */
    struct slot slot;
    instant end; /* what the end field means, or the slot's own */
    enum calendar calendar;
    uint64_t token;               /* the command that was given from it, 0 = none */
    char sent[OPERATION_ID_SIZE]; /* the booking it became, "" once that is settled */
};

struct move_state {
    struct form form; /* its one field: when */
    int pick;         /* among the times offered for what is typed */
    struct tour tour;
    bool has_slot;
    struct slot slot;
    uint64_t token;
};

enum cancel_field { CANCEL_LETTER, CANCEL_REASON, CANCEL_ASKED_BY, CANCEL_NOTE, CANCEL_FIELDS };

struct cancel_state {
    struct form form;
    struct tour tour;
    uint64_t token;
};

enum visit_field {
    VISIT_WHEN,
    VISIT_SEEN,
    VISIT_DECLINED,
    VISIT_SOURCE,
    VISIT_GUIDED,
    VISIT_FIELDS
};

/* A unit's name that was put in the place of what was typed. */
struct unit_swap {
    char was[UNIT_SIZE], now[UNIT_SIZE]; /* was "" = there is none */
    int next;                            /* which of those like it comes next */
};

struct visit_state {
    struct form form;
    struct tour tour;
    struct unit_swap swap;
    bool insist; /* a person said that unknown units may go */
    bool again;  /* a person said that a second visit of this tour is meant */
    uint64_t token;
};

enum walk_in_field {
    WALK_IN_GUEST,
    WALK_IN_WHAT = WALK_IN_GUEST + GUEST_FIELDS,
    WALK_IN_SEEN,
    WALK_IN_MESSAGE,
    WALK_IN_FIELDS,
};

enum walk_in_what { WALK_IN_VISIT, WALK_IN_TOUR, WALK_IN_REGISTER };

struct walk_in_state {
    struct form form;
    struct guest_state guest;
    struct unit_swap swap;
    bool draft, asked, insist;
    struct slot slot; /* the next free time, for a tour */
    bool has_slot;
    uint64_t token;
    bool logs; /* a visit follows what was sent: */
    struct visiting visit;
};

enum call_field { CALL_BY, CALL_HOW, CALL_FIELDS };

struct call_state {
    struct form form;
    struct tour tour;
    bool request; /* it is about a booking that waits for the line */
};

/* --- what floats -------------------------------------------------------------------------------------- */

enum { QUESTION_ANSWERS = 4 };

/* A question: what it is about, and its answers by key. */
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
    struct booking booking;
};

/* A list to pick from. */
struct list_state {
    char title[128];
    char (*items)[128];
    int count, selected;
    int before; /* what was chosen when it opened, for `left` */
    void (*picked)(struct desk *desk, int index, struct command_list *out);
    void (*moved)(struct desk *desk, int index); /* NULL = nothing: the choice is shown at once */
    void (*left)(struct desk *desk);             /* back without picking; NULL = nothing */
};

/* One line that is asked for. */
struct entry_state {
    char title[128];
    char text[512]; /* lines above it */
    char empty[80];
    struct editor editor;
    char note[192]; /* why what is typed will not do, or what it means */
    bool wrong;
    /* Says in the note what the text means; false if it will not do. NULL = anything will. */
    bool (*check)(struct desk *desk, const char *text);
    void (*done)(struct desk *desk, const char *text, struct command_list *out);
    struct tour tour; /* the one it is about */
};

struct prompt_state {
    struct editor editor;
    char history[PROMPTS_KEPT][128];
    int history_count, history_at;
    int selected; /* among what is offered */
    enum screen_id from;
};

/* An unknown outcome and what was found out about it. Of what stands in no tour's row, the tour may be zeroed. */
struct settle_state {
    struct operation operation;
    struct tour tour;
    struct evidence evidence[EVIDENCE_KEPT];
    size_t evidence_count;
    uint64_t token;
};

/* --- all of it ------------------------------------------------------------------------------------------ */

struct desk {
    const struct community *communities;
    size_t community_count;
    struct office *offices;      /* one for each community */
    size_t office;               /* the one shown */
    const struct zone *own_zone; /* the desk's own clock on the wall */
    char profile[64];
    enum environment environment;
    char agent[AGENT_SIZE];
    int undo_seconds, lock_minutes;
    const char *const *theme_names;
    size_t theme_count, theme;

    instant now;
    instant touched_at; /* when a key was last pressed */
    int rows, cols;
    bool online;
    instant link_since; /* 0 = nothing heard yet */
    int64_t skew;       /* how far this machine's clock is ahead of Knock's, where it matters */
    uint64_t last_token;
    const char *argument; /* what the action that is being done was given, or NULL */

    /* for the loop */
    bool done;    /* staff left */
    bool suspend; /* staff asked for the shell; the loop clears it */
    int redraws;  /* counts requests to draw everything again */
    struct str copied;
    int copies; /* counts texts for the clipboard */

    enum screen_id stack[STACK];
    int depth;
    bool hidden, locked; /* nothing is shown until a key is pressed */
    struct notice notice;
    bool telling; /* a report is being taken in */
    struct messages_state messages;
    struct undo undo;
    struct {
        uint64_t token; /* a mark that was given and not kept yet, 0 = none */
        enum mark_kind kind;
        bool back; /* it is taken back */
    } marking;
    struct hold_list holds; /* what other desks are typing for */
    instant held; /* the slot that other desks were told about: it is typed for here; 0 = none */
    char peeked[OPERATION_ID_SIZE];
    instant peek_until;
    instant draft_due;       /* when what is typed is kept next, 0 = nothing new */
    uint64_t greeting_token; /* the list of what was left unsent */

    struct loose_state loose;
    struct calendar_state calendar;
    struct board_state board;
    struct tours_page tours;
    struct person_state person;
    struct search_state search;
    struct results_state results;
    struct handover_state handover;
    struct sweep_state sweep;
    struct help_state help;
    struct book_state book;
    struct move_state move;
    struct cancel_state cancel;
    struct visit_state visit;
    struct walk_in_state walk_in;
    struct call_state call;
    struct settle_state settle;
    struct question question;
    struct list_state list;
    struct entry_state entry;
    struct prompt_state prompt;
};

/* --- reading it ------------------------------------------------------------------------------------------ */

const struct office *desk_office(const struct desk *desk);
const struct zone *desk_zone(const struct desk *desk);
/* The community of an id, and its zone; the one shown where the id is not known. */
const struct community *desk_community(const struct desk *desk, const char *id);
const struct zone *desk_zone_of(const struct desk *desk, const struct tour *tour);

enum screen_id desk_screen(const struct desk *desk);      /* what is on top */
enum screen_id desk_base_screen(const struct desk *desk); /* the page under what floats */

/* What the notice says now; appended. */
void desk_notice(const struct desk *desk, struct str *out);

/* True while a tour's full name and numbers may be shown. */
bool desk_peeks(const struct desk *desk, const struct tour *tour);

/* The tour that has the focus on the page shown, or NULL. */
const struct tour *desk_selected(const struct desk *desk);

/* The operation that stands in no tour's row and has the focus there, or NULL. */
const struct loose *desk_loose(const struct desk *desk);

/* How many operations are saved here and not sent, and how many outcomes are unknown. */
int desk_unsent(const struct desk *desk);
int desk_unknown(const struct desk *desk);

/* The days that the calendar shows, at the present width: the first and how many. */
struct date desk_days(const struct desk *desk, int *days);

/* The grid of those days; freed with grid_finish(). */
void desk_grid(const struct desk *desk, struct grid *grid);

/* What is under the focus: the cell of `grid`, or NULL if it shows nothing. */
const struct grid_cell *desk_focused(const struct desk *desk, const struct grid *grid);

/* Why nothing can be booked at the focus: "past", "taken since 2:02 pm"; appended. */
void desk_gap(const struct desk *desk, struct str *out);

/* What the day of the focus holds, in order; freed with day_finish(). And the entry that has the focus, -1 if
 * there is none. */
void desk_day(const struct desk *desk, struct day *day);
int desk_day_row(const struct desk *desk, const struct day *day);

/* The month round the focus. */
void desk_month(const struct desk *desk, struct month *month);

/* The board's rows; freed with board_finish(). The handover's likewise. */
void desk_board(const struct desk *desk, struct board *board);
void desk_handover(const struct desk *desk, struct board *board);
int desk_board_row(const struct desk *desk, const struct board *board);
int desk_handover_row(const struct desk *desk, const struct board *board);

/* The actions that help lists now, best first; returns how many. Where nothing is looked for they come in
 * groups: what is done on the page itself, what works on all of them, what edits a line. */
int desk_help(const struct desk *desk, enum action out[ACTION_KINDS]);

enum help_group { HELP_HERE, HELP_EVERYWHERE, HELP_TYPING, HELP_GROUPS };
enum help_group desk_help_group(enum action action);

/* The free times offered for what is typed into a form that asks when. */
void desk_picks(const struct desk *desk, const struct form *form, int field, struct picks *picks);

/* What the prompt offers for what is typed, as texts; returns how many (at most `most`). */
int desk_offers(const struct desk *desk, char (*out)[128], int most);

/* The booking as the form has it now; what is still needed is appended to `needed` ("" = nothing). */
void desk_booking(const struct desk *desk, struct booking *out, struct str *needed);

/* The visit as the form has it now, likewise. */
void desk_visiting(const struct desk *desk, struct visiting *out, struct str *needed);

/* True where Enter takes the one unit that begins like what is typed and needs no second look. */
bool desk_units_sure(const struct form *form, int field, const struct community *community);

/* The units offered for what is being typed at the cursor of a field; returns how many (at most `most`). */
int desk_units_offered(const struct desk *desk, const struct form *form, int field,
    const struct community *community, size_t *out, int most);

/* What there is to say about the unknown outcome being settled, in lines: what was found out, what to ask and
 * what Knock would show, and whether sending again is safe; appended. */
void desk_settle_words(const struct desk *desk, struct str *out);

/* The tour that a booking for the person being typed would replace, or NULL. */
const struct tour *desk_replaced(const struct desk *desk, const struct guest_state *guest);

#endif
