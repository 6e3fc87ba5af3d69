/* The steps that type: keys as a script names them, long pastes, every key there is; and counting them. */
#ifndef SCREENTEST_TYPING_H
#define SCREENTEST_TYPING_H

#include "play.h"

bool run_keys(struct play *play, const struct step *step, struct error *error);
bool run_paste(struct play *play, const struct step *step, struct error *error);
bool run_every_key(struct play *play, const struct step *step, struct error *error);
bool run_count(struct play *play, const struct step *step, struct error *error);

#endif
