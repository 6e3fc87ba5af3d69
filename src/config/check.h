/* What is wrong only when several settings are seen together. */
#ifndef TOURDESK_SRC_CONFIG_CHECK_H
#define TOURDESK_SRC_CONFIG_CHECK_H

#include "tourdesk/config/config.h"

/* Warns about keys given twice or not at all, and headers that lack their company. `line` is the
 * profile's. */
void check_profile(const struct profile_settings *profile, int line, struct config_report *report);

/* Takes out units that Knock cannot tell apart, and says so. `line` is that of `units`. */
void check_units(struct community *community, int line, struct config_report *report);

/* Reports two communities with one id, and tells apart two with one name. `lines` holds the line of
 * each. */
void check_communities(struct config *config, const int *lines, struct config_report *report);

#endif
