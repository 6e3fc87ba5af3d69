/* From the file's text to libconfig's settings. */
#ifndef TOURDESK_SRC_CONFIG_PARSE_H
#define TOURDESK_SRC_CONFIG_PARSE_H

#include "file.h"
#include "tourdesk/config/report.h"

#include <libconfig.h>
#include <stdbool.h>

/* Reads the text into `settings`, which is initialised and which the caller destroys whatever comes
 * back. False, and a fatal line in the report, if it is not written as libconfig files are. */
bool config_parse(config_t *settings, struct config_file *file, struct config_report *report);

/* The line a setting stands on. */
int setting_line(const config_setting_t *setting);

/* What a file holds anywhere, also where it does not belong. */
struct secrets {
    bool key, command;
};

struct secrets settings_secrets(const config_setting_t *group);

#endif
