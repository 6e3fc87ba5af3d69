/* The command line: verbs and options, each from one table, which the manual and the completions use too.
 */
#ifndef TOURDESK_CLI_ARGS_H
#define TOURDESK_CLI_ARGS_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum verb {
    VERB_NONE, /* the interactive program */
    VERB_DEMO,
    VERB_SLOTS,
    VERB_BOOK,
    VERB_RESCHEDULE,
    VERB_CANCEL,
    VERB_VISIT,
    VERB_LOG_CALL,
    VERB_BOARD,
    VERB_STATUS,
    VERB_SYNC,
    VERB_SETTLE,
    VERB_WITHDRAW,
    VERB_SOURCES,
    VERB_PROSPECT,
    VERB_EVENTS,
    VERB_DOCTOR,
    VERB_CHECK_CONFIG,
    VERB_HELP,
    VERB_VERSION,
    VERBS,
};

enum option {
    OPTION_COMMUNITY,
    OPTION_PROFILE,
    OPTION_CONFIG,
    OPTION_DATA,
    OPTION_JSON,
    OPTION_THEME,
    OPTION_ASCII,
    OPTION_LOG,
    OPTION_INPUT,
    OPTION_FROM,
    OPTION_DAYS,
    OPTION_FOR,
    OPTION_START,
    OPTION_END,
    OPTION_FIRST_NAME,
    OPTION_LAST_NAME,
    OPTION_EMAIL,
    OPTION_PHONE,
    OPTION_SMS_CONSENT,
    OPTION_MOVE_DATE,
    OPTION_BEDROOMS,
    OPTION_OCCUPANTS,
    OPTION_LEASE_MONTHS,
    OPTION_MIN_BUDGET,
    OPTION_MAX_BUDGET,
    OPTION_MESSAGE,
    OPTION_SOURCE,
    OPTION_REPLACE,
    OPTION_REASON,
    OPTION_ASKED_BY,
    OPTION_APPOINTMENT,
    OPTION_PROSPECT,
    OPTION_AT,
    OPTION_UNIT,
    OPTION_AGAIN,
    OPTION_ANY_UNIT,
    OPTION_OUTCOME,
    OPTION_TYPE,
    OPTION_USERNAME,
    OPTION_AGENT_PHONE,
    OPTION_DATE,
    OPTIONS,
};

enum { UNITS_MOST = 16, POSITIONALS_MOST = 2 };

struct verb_entry {
    const char *name;
    const char *positional; /* "APPOINTMENT", "[OPERATION]" where it may be left out; NULL = none */
    const char *second;     /* a second one, as "booked|not-booked|leave"; NULL = none */
    const char *help;
};

struct option_entry {
    const char *name;  /* without the dashes */
    const char *value; /* "TIME"; NULL = a flag */
    const char *field; /* its name in --input, the API's; NULL = none */
    unsigned verbs;    /* a bit for each verb; 0 = every verb */
    const char *help;
};

const struct verb_entry *verb_entry(enum verb verb);
const struct option_entry *option_entry(enum option option);

struct args {
    enum verb verb;
    enum verb about; /* for VERB_HELP: what help is asked about, VERB_NONE = everything */
    const char *values[OPTIONS]; /* NULL = not given; "" for a flag that is */
    const char *units[UNITS_MOST];
    size_t unit_count;
    const char *positionals[POSITIONALS_MOST];
    size_t positional_count;
    struct str input; /* what --input brought; the values point into `fields` */
    void *fields;
};

/* Reads the command line, and with `--input -` the fields on standard input. False and an error that
 * names the word; finished with args_finish() whatever comes back. */
bool args_parse(struct args *args, int argc, char **argv, struct error *error);
void args_finish(struct args *args);

/* The usage of a verb, or of the program for VERB_NONE; appended. */
void args_usage(struct str *out, enum verb verb);

#endif
