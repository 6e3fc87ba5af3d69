/* Members of a JSON value by their path: "slots[0].startTime", "slots[-1]" from the end. */
#ifndef CLITEST_PATH_H
#define CLITEST_PATH_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

#include <cjson/cJSON.h>

/* True if what a line says of a member holds:
 *   PATH = VALUE     a text as it is, anything else as JSON without spaces
 *   PATH has TEXT    a text (or JSON) that holds it
 *   PATH lacks TEXT
 *   PATH count N     of the items of a list
 *   PATH exists, PATH missing */
bool path_check(const cJSON *root, const char *line, struct error *error);

/* "[PATH:] NAME NAME ...": the object has exactly these members, in any order. */
bool path_fields(const cJSON *root, const char *line, struct error *error);

/* Appends the member as text; false with an error where it is not there. */
bool path_text(const cJSON *root, const char *path, struct str *out, struct error *error);

#endif
