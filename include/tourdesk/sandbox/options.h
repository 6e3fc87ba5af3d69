/* The command line of tourdesk-sandbox. One table makes the parser and the help. */
#ifndef TOURDESK_SANDBOX_OPTIONS_H
#define TOURDESK_SANDBOX_OPTIONS_H

#include "tourdesk/base/clock.h"
#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

#include <stdint.h>

enum options_action {
    OPTIONS_RUN,
    OPTIONS_CHECK, /* read everything, say what is wrong, serve nothing */
    OPTIONS_HELP,
    OPTIONS_VERSION,
};

struct options {
    enum options_action action;
    int port;
    const char *listen;
    bool listen_given;
    const char *data, *office, *faults_file, *write_config; /* NULL = not given */
    instant clock_at;                                       /* 0 = the machine's */
    double speed;
    long seed;
    const char **faults; /* owned list of texts of argv */
    size_t fault_count, fault_capacity;
    bool control, until_eof;
};

/* Reads argv, whose texts must stay. The error names option and value. */
bool options_read(struct options *options, int argc, char **argv, struct error *error);
void options_finish(struct options *options);

void options_help(struct str *out);

#endif
