/* The log: off unless asked for, a line per event, nothing personal in it.
 *
 * Call sites log ids, states, counts and durations only. As a second wall, everything written
 * passes a filter that masks secrets it was told of, e-mail addresses and runs of seven or more
 * digits that could be a phone number, and escapes control bytes.
 */
#ifndef TOURDESK_BASE_LOG_H
#define TOURDESK_BASE_LOG_H

#include "tourdesk/base/error.h"
#include "tourdesk/base/str.h"

/* Opens `path` for appending with mode 0600. Called once, before threads start. */
bool log_open(const char *path, struct error *error);
void log_close(void);
bool log_is_open(void);

/* Makes every later occurrence of `secret` in the log read "[key]". Copied. */
void log_hide(const char *secret);

/* One line: time, event, details. `event` is a short fixed word such as "send" or "answer". */
__attribute__((format(printf, 2, 3))) void log_event(const char *event, const char *format, ...);

/* The filter itself: appends `text` to `out` as the log would show it. */
void log_redact(struct str *out, const char *text);

#endif
