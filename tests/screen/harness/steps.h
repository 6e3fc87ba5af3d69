/* The steps of a script, carried out. */
#ifndef SCREENTEST_STEPS_H
#define SCREENTEST_STEPS_H

#include "play.h"

/* Carries out one step; false with an error that says what was otherwise than it should be. */
bool steps_run(struct play *play, const struct step *step, struct error *error);

/* Appends what the failed step can show beyond its error: the difference of a picture, or the screen. */
void steps_explain(struct play *play, const struct step *step, struct str *out);

#endif
