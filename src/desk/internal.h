/* What the desk's screens share. */
#ifndef TOURDESK_SRC_DESK_INTERNAL_H
#define TOURDESK_SRC_DESK_INTERNAL_H

#include "tourdesk/desk/model.h"

/* A screen's half that changes the desk; its other half, of the same name, draws it. What a screen does
 * not have is NULL. */
struct screen {
    enum context context;
    bool floats;     /* above a page */
    bool takes_text; /* printable keys are text here */
    /* Does an action; false leaves it to what it means everywhere (act.c), or to the selected tour
     * (tour_acts.c). */
    bool (*act)(struct desk *desk, enum action action, struct command_list *out);
    /* Typed or pasted text. On a screen that takes no text it gets the keys that stand for no action (a
     * digit that picks from a list). */
    void (*text)(
        struct desk *desk, const char *text, size_t length, bool pasted, struct command_list *out);
    /* The form it shows: what is typed, pasted or clicked goes there where `text` and `click` are NULL. */
    struct form *(*form)(struct desk *desk);
    /* A click on what was drawn as `item`; twice = Enter is meant as well. */
    void (*click)(struct desk *desk, int item, bool twice, struct command_list *out);
    void (*opened)(struct desk *desk, struct command_list *out); /* it came to the top as a page */
    void (*closed)(struct desk *desk, struct command_list *out); /* it was left by "back" */
    /* Something in the ledger changed, or it was shown anew: lists again what it shows. */
    void (*changed)(struct desk *desk, struct command_list *out);
    void (*tick)(struct desk *desk, struct command_list *out); /* the clock went on, it is on top */
    /* The tour that has the focus, or NULL; and the operation that stands in no tour's row. */
    const struct tour *(*selected)(const struct desk *desk);
    const struct loose *(*loose)(const struct desk *desk);
};

extern const struct screen calendar_screen, board_screen, tours_screen, communities_screen,
    person_screen, search_screen, messages_screen, results_screen, handover_screen, sweep_screen,
    help_screen, book_screen, move_screen, cancel_screen, visit_screen, walk_in_screen, call_screen,
    settle_screen, question_screen, list_screen, entry_screen, prompt_screen;

/* --- desk.c: the stack of screens, and commands ------------------------------------------------------ */

const struct screen *desk_screen_of(enum screen_id id);
void desk_push(struct desk *desk, enum screen_id screen);
void desk_pop(struct desk *desk);
void desk_close(struct desk *desk, enum screen_id screen);         /* wherever in the stack it is */
bool desk_is_open(const struct desk *desk, enum screen_id screen); /* somewhere in the stack */

/* Shows a page: what was above it is closed, a page with a place in the top line replaces the others. */
void desk_show(struct desk *desk, enum screen_id page, struct command_list *out);

/* Lets every page that is open list again what it shows. */
void desk_list_again(struct desk *desk, struct command_list *out);

/* A new command of the community shown, of the agent, with a token of its own; already in `out`. */
struct command *desk_command(struct desk *desk, enum command_kind kind, struct command_list *out);

/* The same about a tour: its community, its id. */
struct command *desk_tour_command(
    struct desk *desk, enum command_kind kind, const struct tour *tour, struct command_list *out);

void desk_change_office(struct desk *desk, size_t office, struct command_list *out);
struct office *desk_office_of(struct desk *desk, const char *community_id);

/* True, with a word, while the answer to what was sent from a form last is not here: it is neither opened anew
 * nor sent again. */
bool desk_awaits(struct desk *desk, uint64_t token);

/* Does an action as if its key had been pressed, with what it was given (or NULL). */
void desk_act(
    struct desk *desk, enum action action, const char *argument, struct command_list *out);

/* --- notice.c: what is said ---------------------------------------------------------------------------- */

__attribute__((format(printf, 3, 4))) void desk_say(
    struct desk *desk, enum tone tone, const char *format, ...);
void notice_operation(
    struct desk *desk, struct report *report); /* takes its operation and tour over */
void notice_clear(struct desk *desk);
void notice_passes(struct desk *desk);
enum tone notice_tone(enum operation_state state);

/* --- reports.c: what the worker tells ------------------------------------------------------------------ */

void reports_take(struct desk *desk, struct report *report, struct command_list *out);

/* --- reads.c: slots, sources, and when they are asked for again --------------------------------------- */

void reads_slots(struct desk *desk, size_t office, struct command_list *out);
void reads_sources(struct desk *desk, size_t office, struct command_list *out);
void reads_take_slots(struct desk *desk, struct report *report, struct command_list *out);
void reads_take_sources(struct desk *desk, struct report *report);
void reads_tick(struct desk *desk, struct command_list *out);
instant reads_next_tick(const struct desk *desk);

/* --- act.c: what actions mean everywhere; tour_acts.c: what they mean for the selected tour ----------- */

void act_everywhere(struct desk *desk, enum action action, struct command_list *out);
bool act_on_tour(struct desk *desk, enum action action, struct command_list *out);
/* For a booking that has not left: `u` takes back this one, whatever was done since. */
void act_aim_undo(struct desk *desk, const struct tour *tour);
void act_take_back(struct desk *desk, struct command_list *out);
void mark_tour(struct desk *desk, const struct tour *tour, enum mark_kind kind, instant time,
    const char *text, struct command_list *out);

/* --- the calendar ---------------------------------------------------------------------------------------- */

void calendar_list(struct desk *desk, struct command_list *out);
void calendar_place(struct desk *desk);
void calendar_go(
    struct desk *desk, struct date day, const struct grid_time *time, struct command_list *out);

/* --- lists of tours and persons -------------------------------------------------------------------------- */

/* Moves a selection through `count` tours: `ids[i]` of tour i is at items + i. False for other actions. */
bool select_act(const struct tour_list *tours, char selected[OPERATION_ID_SIZE], int now_at,
    enum action action);
void board_list(struct desk *desk, struct command_list *out); /* kept fresh whatever is shown */
void board_take(struct desk *desk, struct report *report);
void person_open(struct desk *desk, int64_t person_id, struct command_list *out);
void person_take(struct desk *desk, struct report *report);
void search_take(struct desk *desk, struct report *report, struct command_list *out);
bool tours_take(struct desk *desk, struct report *report); /* false: the report is not for it */
void handover_take(struct desk *desk, struct report *report);
void sweep_take(struct desk *desk, const struct tour *tour);
void sweep_logged(struct desk *desk, const struct tour *tour, struct command_list *out);
/* What waits while the line is down is watched; results_show() shows the sheet once all of it is through. */
void results_operation(struct desk *desk, const struct report *report);
void results_show(struct desk *desk);
void results_online(struct desk *desk, struct command_list *out);
void results_tour(struct desk *desk, const struct tour *tour); /* a tour on the sheet changed */
/* loose_acts.c: what stands in no tour's row. It is read with the board; false: the report is not for it. */
void loose_ask(struct desk *desk, struct command_list *out);
bool loose_take(struct desk *desk, const struct report *report);
void loose_operation(struct desk *desk, const struct report *report);
void loose_tour(struct desk *desk, const struct tour *tour); /* a tour changed */
int loose_count(const struct desk *desk, bool (*counts)(enum operation_state state));
/* Says that it is no tour, and what can be done with it. */
void loose_say(struct desk *desk, const struct loose *loose);
bool act_on_loose(struct desk *desk, enum action action, struct command_list *out);
void settle_loose(struct desk *desk, const struct loose *loose, struct command_list *out);
/* The unknown outcome that is being settled was heard of again. */
void settle_operation(struct desk *desk, const struct report *report);

/* step.c: moves `at` among `count` lines, by `page` for the page keys; false for other actions. */
bool step_act(int *at, int count, int page, enum action action);

/* board_page.c: the same for the selected row of a board, and a click on one. False where nothing moved. */
bool row_act(const struct board *board, char selected[OPERATION_ID_SIZE],
    enum board_section *section, enum action action);
bool row_click(const struct board *board, char selected[OPERATION_ID_SIZE],
    enum board_section *section, int item);

/* --- forms ------------------------------------------------------------------------------------------------ */

void book_init(struct desk *desk);
/* Opens on a slot, or where it is NULL with a field for when, which begins with `when` (may be NULL). */
void book_open(
    struct desk *desk, const struct slot *slot, const char *when, struct command_list *out);
/* For a tour that was cancelled or refused: the same person and time again. */
void book_again(struct desk *desk, const struct tour *tour, struct command_list *out);
bool book_stopped(struct desk *desk, struct report *report, struct command_list *out);
void book_operation(struct desk *desk, const struct report *report, struct command_list *out);
void book_slots_changed(struct desk *desk, struct command_list *out);
void move_init(struct desk *desk);
void move_open(struct desk *desk, const struct tour *tour, struct command_list *out);
bool move_stopped(struct desk *desk, struct report *report, struct command_list *out);
void move_operation(struct desk *desk, const struct report *report);
void cancel_init(struct desk *desk);
void cancel_open(struct desk *desk, const struct tour *tour);
bool cancel_stopped(struct desk *desk, struct report *report);
void cancel_operation(struct desk *desk, const struct report *report);
void visit_init(struct desk *desk);
void visit_open(struct desk *desk, const struct tour *tour, struct command_list *out);
bool visit_stopped(struct desk *desk, struct report *report, struct command_list *out);
void visit_operation(struct desk *desk, const struct report *report, struct command_list *out);
/* Makes the form ready for what was typed before a crash. */
void book_restore(struct desk *desk);
void walk_in_restore(struct desk *desk);
void walk_in_init(struct desk *desk);
void walk_in_open(struct desk *desk, struct command_list *out);
bool walk_in_stopped(struct desk *desk, struct report *report, struct command_list *out);
void walk_in_operation(struct desk *desk, const struct report *report, struct command_list *out);
void call_init(struct desk *desk);
/* `request`: about a booking that waits for the line; else a promise staff make by themselves. */
void call_open(struct desk *desk, const struct tour *tour, bool request);
void settle_open(struct desk *desk, const struct tour *tour, struct command_list *out);
bool settle_take(struct desk *desk, struct report *report);

/* Fields about a person, shared by book and walk-in: guest.c. */
void forms_sources_changed(struct desk *desk);
void guest_take(
    struct desk *desk, struct report *report); /* people with the same e-mail or phone */

/* --- drafts.c: what is typed survives a crash -------------------------------------------------------------- */

void drafts_touched(struct desk *desk); /* something was typed into the form on top */
void drafts_tick(struct desk *desk, struct command_list *out);
/* A form was left: what it holds is kept at once, or no longer. */
void drafts_leave(struct desk *desk, enum screen_id form, struct command_list *out);
void drafts_drop(struct desk *desk, enum screen_id form, struct command_list *out);
void drafts_read(struct desk *desk, struct command_list *out);
void drafts_take(struct desk *desk, struct report *report);

/* --- what floats --------------------------------------------------------------------------------------------- */

/* Opens a question that has been filled in (begin with *question = (struct question){0}). */
void question_open(struct desk *desk);
void question_add(struct question *question, char key, const char *words,
    void (*chosen)(struct desk *desk, struct command_list *out));

/* Opens an empty list, to be filled with list_add(). */
void list_open(struct desk *desk, const char *title,
    void (*picked)(struct desk *desk, int index, struct command_list *out));
void list_add(struct list_state *list, const char *text);

/* Asks for one line; `check` (may be NULL) says what it means as it is typed, `done` gets it. Afterwards the
 * caller may fill in desk->entry.text, .empty and .tour. */
void entry_open(struct desk *desk, const char *title,
    bool (*check)(struct desk *desk, const char *text),
    void (*done)(struct desk *desk, const char *text, struct command_list *out));

void help_open(struct desk *desk);
void prompt_open(struct desk *desk);

#endif
