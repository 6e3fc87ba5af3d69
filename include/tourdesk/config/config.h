/* The configuration: the libconfig file as a checked struct (issue 2 item 11, issue 3).
 *
 * The file is the user's and is never written. Loading goes on after every mistake and reports them
 * all at once; what can be put right is put right and said, what is unsafe stops the program.
 */
#ifndef TOURDESK_CONFIG_CONFIG_H
#define TOURDESK_CONFIG_CONFIG_H

#include "tourdesk/base/str.h"
#include "tourdesk/config/pairs.h"
#include "tourdesk/config/report.h"
#include "tourdesk/tour/community.h"
#include "tourdesk/tour/connection.h"
#include "tourdesk/tour/operation.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    KEY_SIZE = 256,
    COMMAND_SIZE = 1024,
    COMMUNITIES_MOST = 200,
};

/* One Knock to talk to. */
struct profile_settings {
    char name[ID_SIZE];
    char base_url[URL_SIZE]; /* without a slash at the end */
    char key[KEY_SIZE];      /* these three as the file has them, "" if not; see keys.h */
    char prospect_key[KEY_SIZE];
    char appointment_key[KEY_SIZE];
    char key_command[COMMAND_SIZE];
    char key_env[ID_SIZE];
    int header_profile; /* enum header_profile */
    char company_id[ID_SIZE];
    int end_time;                 /* enum end_time */
    int connect_timeout, timeout; /* seconds */
};

struct config {
    struct profile_settings profile; /* the chosen one */
    struct community *communities;   /* owned; the first is the default */
    size_t community_count;
    char theme[ID_SIZE];
    int undo_seconds;
    int lock_minutes; /* 0 = never */
    bool mouse;
    char agent[64];                     /* initials, up to 8 characters */
    char agent_username[USERNAME_SIZE]; /* their user at Knock, "" = not said */
    char agent_phone[PHONE_SIZE];       /* E.164, "" = not said */
    struct pair_list keys;              /* an action's name and its keys; for the keymap to check */

    char *path; /* owned; the file it came from */
    int *lines; /* owned; where each value came from, for config_print() */
};

/* Loads `path`, with the profile `profile_name` or, if NULL, the one the file chooses (which may
 * be left out where there is only one). Fills `report`, which the caller finishes, and `config`,
 * which the caller finishes whatever comes back. False if the report holds anything fatal: then
 * the program must not start on it.
 *
 * A file that holds a key is refused unless its mode is 0600 or less and it belongs to this user
 * or to root; one that names a key_command is refused if others can change it. @include is
 * refused, since what it pulls in would not be checked. */
bool config_load(const char *path, const char *profile_name, struct config *config,
    struct config_report *report);

/* Frees what it owns and wipes the keys. */
void config_finish(struct config *config);

/* Appends what is in force, one value a line with where it came from; keys as "[set]". */
void config_print(struct str *out, const struct config *config);

#endif
