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

/* Appends a script that completes the program's command line in a shell: "bash", "zsh" or "fish". False for
 * another. */
bool docs_completion(struct str *out, const char *shell, struct error *error);

#endif
