/* Where the configuration and the ledger are, by the XDG base directory rules.
 *
 * A variable that is not an absolute path is passed over, as those rules ask.
 */
#ifndef TOURDESK_CONFIG_PATHS_H
#define TOURDESK_CONFIG_PATHS_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

#include <stdbool.h>

/* $XDG_CONFIG_HOME/tourdesk/tourdesk.conf, else ~/.config/tourdesk/tourdesk.conf, appended to
 * `out`. False, and nothing appended, if neither variable nor HOME is an absolute path. */
bool config_default_path(struct str *out, struct error *error);

/* $XDG_STATE_HOME/tourdesk, else ~/.local/state/tourdesk, in the same way. Not created here. */
bool config_state_folder(struct str *out, struct error *error);

#endif
