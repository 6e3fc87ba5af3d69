/* An answer as it is to leave: what the API said, and what a fault made of it. */
#ifndef TOURDESK_SANDBOX_REPLY_H
#define TOURDESK_SANDBOX_REPLY_H

#include "tourdesk/base/str.h"
#include "tourdesk/sandbox/mangle.h"

struct reply {
    int status;
    struct str body;
    const char *content_type;
    const char *allow; /* the methods of a 405, else NULL */
    enum ending ending;
    int delay_ms, cut, drip; /* as in struct twist */
    int retry_after;         /* -1 = no such header */
    int header_bytes;        /* of an X-Padding header; 0 = none */
    bool no_date;
    int date_skew;
    char redirect[FAULT_WORD_SIZE];
};

struct reply reply_none(void);
void reply_finish(struct reply *reply);

/* Makes of the plain answer in `reply` what `twist` asks for. */
void reply_shape(struct reply *reply, const struct twist *twist, const struct mangle_place *place);

/* Bytes of body that will be sent. */
size_t reply_bytes(const struct reply *reply);

#endif
