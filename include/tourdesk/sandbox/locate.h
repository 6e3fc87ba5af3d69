/* Where in a JSON text something stands, so that a mistake can be shown as FILE:LINE. */
#ifndef TOURDESK_SANDBOX_LOCATE_H
#define TOURDESK_SANDBOX_LOCATE_H

/* The line (from 1) of the value that `path` names, as in
 * "communities[1].hours.self_guided.mon". Where the path leads nowhere, the line of the last
 * part that exists. `text` is valid JSON. */
int locate_path(const char *text, const char *path);

/* The line of a place within `text`. */
int locate_byte(const char *text, const char *at);

#endif
