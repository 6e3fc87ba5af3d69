/* The keys of the chosen profile, looked up when one is first needed.
 *
 * Knock's documents name one key for prospects and one for appointments, and contradict themselves
 * on visits (knock-api Q15): prospects and visits use the prospect key here, all else the
 * appointment key. Each falls back on the common key, which is the first found of: `key` in the
 * file, the variable named by `key_env`, the first line that `key_command` prints.
 *
 * Not for the UI thread: the command may take its whole time limit. One thread at a time.
 */
#ifndef TOURDESK_CONFIG_KEYS_H
#define TOURDESK_CONFIG_KEYS_H

#include "tourdesk/base/error.h"
#include "tourdesk/config/config.h"

enum { KEY_COMMAND_TIMEOUT = 10 * 1000 }; /* milliseconds */

struct keys;

/* `profile` is not copied and must outlive the keys. `command_timeout` is in milliseconds. */
struct keys *keys_create(const struct profile_settings *profile, int command_timeout);
void keys_destroy(struct keys *keys);

/* The key of a family, owned by `keys`, valid until they are cleared; NULL and an error in words
 * if there is none. Every key handed out was hidden from the log before. The command is run at
 * most once, also when it fails. */
const char *keys_get(struct keys *keys, enum key_family family, struct error *error);

/* Wipes what was found; the next keys_get() looks again. */
void keys_clear(struct keys *keys);

#endif
