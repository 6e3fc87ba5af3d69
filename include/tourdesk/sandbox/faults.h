/* Faults on purpose: which request is to go wrong, and how (knock-api R15).
 *
 * A rule is one line of text, the same on the command line, in a file and at the control endpoint:
 *
 *   METHOD PATH-GLOB [@N|@N-M|@N+|@every] [apply|skip] EFFECT[,EFFECT...]
 *
 * METHOD may be *; the glob's * also stands for slashes; N counts the requests that matched since
 * the rule was set. `skip` has the request carried out and taken back, so that the answer looks
 * real and nothing happened.
 */
#ifndef TOURDESK_SANDBOX_FAULTS_H
#define TOURDESK_SANDBOX_FAULTS_H

#include "tourdesk/base/error.h"

#include <stddef.h>

enum {
    FAULT_TEXT_SIZE = 512,
    FAULT_WORD_SIZE = 256,
};

enum ending {
    ENDING_ANSWER,
    ENDING_LOSE,  /* the connection closes without a byte */
    ENDING_RESET, /* it is reset */
};

enum body_kind {
    BODY_AS_IS,
    BODY_EMPTY,
    BODY_HTML,
    BODY_JSON,      /* {"errorMessage": ...} */
    BODY_GATEWAY,   /* {"message": ...}, as API gateways answer */
    BODY_TRUNCATED, /* the first half of the answer, as if it were whole */
    BODY_NOT_JSON,
};

/* What happens to one answer. A zeroed one, with the two -1, leaves it alone. */
struct twist {
    enum ending ending;
    enum body_kind body;
    bool duplicate; /* the request is carried out twice */
    bool wrong_type, bom, numeric_ids, null_fields, extra_fields, no_id;
    bool z_offset, objects, bare_list, other_name, no_slots;
    bool no_date;
    int delay_ms;
    int cut;  /* bytes of body before the connection closes; -1 = all */
    int drip; /* bytes a second; 0 = at once */
    int status;
    int retry_after; /* seconds; -1 = no such header */
    int huge;        /* bytes the body is padded to */
    int many_slots, bad_entries, deep, headers;
    int date_skew; /* seconds */
    char message[FAULT_WORD_SIZE];
    char status_word[FAULT_WORD_SIZE];
    char redirect[FAULT_WORD_SIZE];
};

struct fault {
    char text[FAULT_TEXT_SIZE]; /* the rule as it was written */
    char method[16];
    char glob[FAULT_WORD_SIZE];
    int from, to; /* the counts it applies to; `to` 0 = without end */
    bool skip;
    struct twist twist;
    int seen, used; /* requests that matched / that it applied to */
};

struct faults {
    struct fault *items;
    size_t count, capacity;
};

struct twist twist_none(void);

/* Adds a rule; the error names the word that is wrong. Blank lines and those that begin with # are
 * accepted and add nothing. */
bool faults_add(struct faults *faults, const char *line, struct error *error);

/* Adds every line of a file, or none; the error begins "FILE:LINE: ". */
bool faults_read(struct faults *faults, const char *file, struct error *error);

void faults_clear(struct faults *faults);

/* The name of the n-th effect there is, NULL behind the last. */
const char *faults_effect_name(size_t n);

/* Counts a request and returns the first rule that applies to it, or NULL. */
const struct fault *faults_choose(struct faults *faults, const char *method, const char *path);

#endif
