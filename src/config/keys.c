#include "tourdesk/config/keys.h"

#include "command.h"
#include "tourdesk/base/log.h"
#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/config/options.h"

#include <stdlib.h>
#include <string.h>

enum state { NOT_LOOKED_FOR, FOUND, MISSING };

struct keys {
    const struct profile_settings *profile;
    int command_timeout;
    enum state state; /* of the common key */
    char common[KEY_SIZE];
    struct error error; /* why it is missing */
};

static const char *own_key(const struct profile_settings *profile, enum key_family family)
{
    return family == KEY_PROSPECT ? profile->prospect_key : profile->appointment_key;
}

/* Takes `text` as the common key if it has the form of one. */
static bool take(struct keys *keys, const char *text, const char *from)
{
    struct error error;
    const struct config_option *option = option_find(SCOPE_PROFILE, "key");
    struct profile_settings checked = {0};
    bool ok = option_set(option, &checked, text, &error) != OPTION_REFUSED;
    if (ok)
        str_copy(keys->common, sizeof keys->common, checked.key);
    else
        error_set(&keys->error, "the key from %s %s", from, error.text);
    explicit_bzero(&checked, sizeof checked);
    return ok;
}

static bool run_command(struct keys *keys)
{
    char line[COMMAND_OUTPUT_MOST];
    bool ok =
        command_first_line(keys->profile->key_command, keys->command_timeout, line, &keys->error);
    if (ok && !*line)
        ok = error_set(&keys->error, "key_command printed no key on its first line");
    ok = ok && take(keys, line, "key_command");
    explicit_bzero(line, sizeof line);
    return ok;
}

static bool find_common(struct keys *keys)
{
    const struct profile_settings *profile = keys->profile;
    if (profile->key[0])
        return take(keys, profile->key, "key");
    const char *value = profile->key_env[0] ? getenv(profile->key_env) : NULL;
    if (value && *value)
        return take(keys, value, "the variable of key_env");
    if (profile->key_command[0])
        return run_command(keys);
    if (profile->key_env[0])
        return error_set(&keys->error, "the environment variable %s, named by key_env, is not set",
            profile->key_env);
    return error_set(&keys->error, "there is no key, key_env or key_command");
}

struct keys *keys_create(const struct profile_settings *profile, int command_timeout)
{
    struct keys *keys = mem_alloc(sizeof *keys);
    keys->profile = profile;
    keys->command_timeout = command_timeout;
    log_hide(profile->key);
    log_hide(profile->prospect_key);
    log_hide(profile->appointment_key);
    return keys;
}

void keys_destroy(struct keys *keys)
{
    if (!keys)
        return;
    keys_clear(keys);
    free(keys);
}

const char *keys_get(struct keys *keys, enum key_family family, struct error *error)
{
    const char *own = own_key(keys->profile, family);
    if (*own)
        return own;
    if (keys->state == NOT_LOOKED_FOR) {
        keys->state = find_common(keys) ? FOUND : MISSING;
        log_hide(keys->common);
    }
    if (keys->state == FOUND)
        return keys->common;
    error_set(error, "profile \"%s\": %s", keys->profile->name, keys->error.text);
    return NULL;
}

void keys_clear(struct keys *keys)
{
    explicit_bzero(keys->common, sizeof keys->common);
    keys->state = NOT_LOOKED_FOR;
}
