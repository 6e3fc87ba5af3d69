/* The desk: everything that staff see, and the one function that changes it.
 *
 * Messages in, commands out, no I/O: desk_update() is called for every key, click, report and tick; what is
 * to be done in the world comes out as commands for the worker. Drawing reads the desk (model.h) and cannot
 * change it.
 */
#ifndef TOURDESK_DESK_DESK_H
#define TOURDESK_DESK_DESK_H

#include "tourdesk/desk/action.h"
#include "tourdesk/tour/report.h"

struct desk;

/* Which Knock this is: a word in the top line unless it is the real one. */
enum environment {
    ENVIRONMENT_LIVE,
    ENVIRONMENT_STAGE,
    ENVIRONMENT_PRACTICE,
};

/* --- messages and commands ------------------------------------------------------------------- */

enum message_kind {
    MESSAGE_ACTION, /* a key (or the prompt, or a click) that stands for an action */
    MESSAGE_TEXT,   /* typed text, one or more characters */
    MESSAGE_PASTE,  /* pasted text: never keys */
    MESSAGE_CLICK,  /* on something that was drawn as `item`; `twice` in quick succession */
    MESSAGE_NO_KEY, /* a key that does nothing here; text = its name */
    MESSAGE_RESIZE, /* rows, cols */
    MESSAGE_CLOCK,  /* time has passed; `now` says it all */
    MESSAGE_REPORT, /* the worker tells something; the desk takes the report over */
};

/* What can be clicked, as numbers: what a screen lists counts from 0 (a list's rows, the board's rows, a
 * question's answers, a form's fields, the calendar's cells as row x GRID_DAYS + day); beside these: */
enum {
    ITEM_NONE = -1,
    ITEM_TAB = 10000,    /* + 0 ...: the pages named in the top line */
    ITEM_PICK = 11000,   /* + 0 ...: the times offered in a form */
    ITEM_CHOICE = 12000, /* + field x 100 + choice: of a form's choice field */
    ITEM_NOTICE = 20000,
    ITEM_ACTION = 30000, /* + action: a key shown on the screen; the loop takes it for that key */
};

struct message {
    enum message_kind kind;
    instant now; /* of every message */
    enum action action;
    const char *text; /* borrowed; of an action: what it was given, NULL = nothing */
    size_t length;
    int item;
    bool twice;
    int rows, cols;
    struct report *report;
};

struct command_list {
    struct command **items;
    size_t count, capacity;
};

/* Destroys what is still in it. */
void command_list_finish(struct command_list *list);

/* --- life --------------------------------------------------------------------------------------- */

struct desk_settings {
    const struct community *communities; /* stay the caller's */
    size_t community_count;
    size_t first; /* the community to begin with */
    const struct zone *own_zone;
    const char *profile;
    enum environment environment;
    const char *agent;
    int undo_seconds;
    int lock_minutes;               /* of stillness before the screen is hidden, 0 = never */
    const char *const *theme_names; /* stay the caller's; may be NULL */
    size_t theme_count, theme;      /* how many, and the one in use */
    instant now;
};

/* The desk as it opens; `out` gets what must be read first. */
struct desk *desk_create(const struct desk_settings *settings, struct command_list *out);
void desk_destroy(struct desk *desk);

/* Something to be read first: a mistake in the configuration. */
void desk_greet(struct desk *desk, const char *words);

/* The one place where the desk changes. */
void desk_update(struct desk *desk, const struct message *message, struct command_list *out);

/* When the clock alone next changes what is shown or wants something done. */
instant desk_next_tick(const struct desk *desk);

/* --- what the loop asks --------------------------------------------------------------------------- */

/* Where a key is looked up now, and whether printable keys are text there. */
enum context desk_context(const struct desk *desk);
bool desk_takes_text(const struct desk *desk);

#endif
