/* The manual's tables, printed from the tables that the program itself runs on: keys, commands, options,
 * states, outcomes, theme roles. A build step fills them into the pages; a test holds the README to them.
 */
#ifndef TOURDESK_DOCS_DOCS_H
#define TOURDESK_DOCS_DOCS_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

/* Appends `text` with each line of the form @NAME@ replaced by the table of that name, in mdoc; false for a
 * name that does not exist. */
bool docs_fill(struct str *out, const char *text, struct error *error);

/* Appends `text` with what stands between "<!-- NAME -->" and "<!-- end -->" lines replaced by the table of
 * that name, in Markdown. */
bool docs_refresh(struct str *out, const char *text, struct error *error);

#endif
