/* The one table of options: what the configuration file may say, and what holds when it does not.
 *
 * Reading, checking, `check-config`, the manual page and the did-you-mean all go by this table. A
 * new option is one row in options.c and one member in the struct that its scope stands for:
 * struct config, struct profile_settings or struct community. Values come in as text whatever
 * their kind, so that a default and a value from the file take the same way.
 */
#ifndef TOURDESK_CONFIG_OPTIONS_H
#define TOURDESK_CONFIG_OPTIONS_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Where in the file an option stands, and with it the struct it is kept in. */
enum option_scope {
    SCOPE_TOP,       /* outside all braces: struct config */
    SCOPE_PROFILE,   /* in a group of `profiles`: struct profile_settings */
    SCOPE_COMMUNITY, /* in a group of `communities`: struct community */
};

enum option_kind {
    OPTION_TEXT,     /* char[]: any words; cleaned, and cut where too long */
    OPTION_TOKEN,    /* char[]: printable ASCII without spaces, taken whole or not at all */
    OPTION_NUMBER,   /* char[PHONE_SIZE]: a telephone number, kept as E.164 */
    OPTION_VARIABLE, /* char[]: the name of an environment variable */
    OPTION_COMMAND,  /* char[]: a command line, taken whole or not at all */
    OPTION_INTEGER,  /* int within [low, high] */
    OPTION_BOOLEAN,  /* bool */
    OPTION_CHOICE,   /* int: the place of the word in `choices`, as an enum counts */
    OPTION_URL,      /* char[]: an address the program calls: https, or http on this machine */
    OPTION_PAGE,     /* char[]: an address of a page that is only passed on: http or https */
    OPTION_ZONE,     /* struct zone *: an IANA name, owned by the struct */
    OPTION_PAIRS,    /* struct pair_list: a group of texts under names that are checked elsewhere */
    OPTION_UNITS,    /* a list of texts, added to a struct community one by one */
    OPTION_SECTION,  /* a group or list with options of its own; nothing is stored for it */
    OPTION_KINDS,
};

/* What the file has to write for a kind. */
enum option_form { FORM_TEXT, FORM_INTEGER, FORM_BOOLEAN, FORM_LIST, FORM_PAIRS, FORM_SECTION };

struct config_option {
    const char *name;
    enum option_scope scope;
    enum option_kind kind;
    size_t offset, size; /* of the member it is kept in */
    const char *initial; /* the value when none is given, NULL = nothing */
    long low, high;      /* OPTION_INTEGER; for OPTION_TEXT `high` = most characters, 0 = any */
    const char *unit;    /* of an integer: "seconds" */
    const char *const *choices; /* OPTION_CHOICE: the words, then NULL */
    bool secret;                /* never shown: printed as "[set]" */
    bool required;              /* its profile or community cannot be used without it */
    bool strict;                /* a bad value is not passed over: it stops the program */
    const char *help;           /* a sentence or more, in plain English */
};

/* The table and its length. */
const struct config_option *options_all(size_t *count);

/* The option of a name, exactly as written, or NULL. */
const struct config_option *option_find(enum option_scope scope, const char *name);

/* The name of the same scope nearest to a mistyped one, or NULL if none is near. */
const char *option_nearest(enum option_scope scope, const char *name);

/* True if `typed` looks like `name` with a slip or two of the finger (letters left out, added,
 * changed or swapped; case aside), and with fewer than `*slips`, which is then lowered. Start with
 * SIZE_MAX. */
bool option_nearer(const char *name, const char *typed, size_t *slips);

enum option_form option_form(const struct config_option *option);

/* What the file has to write for it, in words: "a whole number". */
const char *option_form_words(const struct config_option *option);

enum option_outcome {
    OPTION_TAKEN,
    OPTION_MENDED,  /* taken after a change; the error says what was wrong and what is used */
    OPTION_REFUSED, /* nothing was stored; the error says what is wrong */
};

/* Checks `text` and stores it in `settings`, the struct of the option's scope. The error's text
 * goes behind the option's name ("must be 2 to 120 seconds") and shows no part of a secret. */
enum option_outcome option_set(
    const struct config_option *option, void *settings, const char *text, struct error *error);

/* Stores the defaults of a scope in a zeroed struct. */
void options_default(enum option_scope scope, void *settings);

/* Appends the value as the file would write it; "[set]" or "[not set]" for a secret. */
void option_print(const struct config_option *option, const void *settings, struct str *out);

/* Appends the options of a scope as a list in mdoc, for the manual page. */
void options_man(enum option_scope scope, struct str *out);

#endif
