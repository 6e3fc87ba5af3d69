/* The diary: everything that was received and what became of it, for tests that compare what a
 * client believes with what happened here. In memory; the oldest entries go when it is full,
 * which a gap before the first `sequence` shows. */
#ifndef TOURDESK_SANDBOX_DIARY_H
#define TOURDESK_SANDBOX_DIARY_H

#include "tourdesk/base/clock.h"
#include "tourdesk/sandbox/faults.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

enum { DIARY_ENTRIES = 20000 };

struct diary_entry {
    int64_t sequence; /* set by diary_add() */
    instant at;       /* on the sandbox's clock */
    char method[16];
    char *path;                           /* with the query; owned */
    char *body;                           /* owned */
    const char *key;                      /* "prospect", "appointment", "none", "unknown" */
    const char *key_from;                 /* the header it came in; "" = none */
    bool applied;                         /* it was carried out, and stands */
    int times;                            /* how often */
    int own_status;                       /* what the API itself said */
    int status;                           /* what was answered; 0 = nothing */
    int64_t bytes;                        /* of body that were set out to be sent */
    int64_t appointment, prospect, visit; /* made or touched; 0 = none */
    char fault[FAULT_TEXT_SIZE];          /* the rule that applied, "" = none */
};

struct diary;

struct diary *diary_create(void);
void diary_destroy(struct diary *diary);
void diary_clear(struct diary *diary);

/* Takes over what the entry owns; returns its sequence. */
int64_t diary_add(struct diary *diary, struct diary_entry *entry);

/* What was answered in the end, where a fault changed it. An entry that is gone stays gone. */
void diary_correct(struct diary *diary, int64_t sequence, int status, int64_t bytes);

cJSON *diary_json(const struct diary *diary);

#endif
