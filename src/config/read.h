/* Reading one group of the file into the struct of its scope, by the table of options. */
#ifndef TOURDESK_SRC_CONFIG_READ_H
#define TOURDESK_SRC_CONFIG_READ_H

#include "tourdesk/config/options.h"
#include "tourdesk/config/report.h"

#include <libconfig.h>
#include <stdbool.h>

struct group {
    enum option_scope scope;
    void *settings;                /* with the defaults in it */
    int *lines;                    /* filled: where each option of the table was given, 0 = not */
    enum config_severity severity; /* of a bad value where the option is strict or required */
    const char *name;              /* in words: "profile \"stage\"" */
    const char *then;              /* what then happens to it: "is left out"; NULL if fatal */
    struct config_report *report;
    bool usable; /* filled: nothing strict was bad, nothing required missing */
};

/* Reads every setting of `from`, which is a group; reports what is unknown, wrong or missing. */
void group_read(struct group *group, const config_setting_t *from);

#endif
