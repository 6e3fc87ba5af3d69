/* Changes one setting in the configuration that the sandbox wrote. */
#ifndef CLITEST_SETTINGS_H
#define CLITEST_SETTINGS_H

#include "tourdesk/base/error.h"

/* "NAME = VALUE;" takes the place of the setting, or is added; "NAME" alone takes it away. In the profile,
 * and in the first community. */
bool settings_profile(const char *path, const char *setting, struct error *error);
bool settings_community(const char *path, const char *setting, struct error *error);

#endif
