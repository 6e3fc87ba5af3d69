/* What the steps of a script do. */
#ifndef CLITEST_STEPS_H
#define CLITEST_STEPS_H

#include "play.h"

/* Runs the steps from `*at` on that belong together and moves behind them; false with an error where
 * one fails, `*at` is it then. */
bool steps_run(struct play *play, size_t *at, struct error *error);

#endif
