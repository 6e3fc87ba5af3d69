/* What each kind of option takes, how it is stored and how it is written back. */
#ifndef TOURDESK_SRC_CONFIG_KINDS_H
#define TOURDESK_SRC_CONFIG_KINDS_H

#include "tourdesk/config/options.h"

struct kind {
    enum option_form form;
    const char *words; /* what the file has to write */
    /* `place` is the member itself. NULL where nothing is stored. */
    enum option_outcome (*set)(
        const struct config_option *option, void *place, const char *text, struct error *error);
    void (*print)(const struct config_option *option, const void *place, struct str *out);
};

extern const struct kind option_kinds[OPTION_KINDS];

#endif
