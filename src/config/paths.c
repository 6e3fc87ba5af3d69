#include "tourdesk/config/paths.h"

#include <stdlib.h>

static bool find(struct str *out, const char *variable, const char *below_home,
    const char *below_folder, struct error *error)
{
    const char *folder = getenv(variable), *home = getenv("HOME");
    if (folder && *folder == '/')
        str_addf(out, "%s/%s", folder, below_folder);
    else if (home && *home == '/')
        str_addf(out, "%s/%s/%s", home, below_home, below_folder);
    else
        return error_set(error, "HOME is %s; set it, or %s, to the full path of a folder",
            home && *home ? "not a full path" : "not set", variable);
    return true;
}

bool config_default_path(struct str *out, struct error *error)
{
    return find(out, "XDG_CONFIG_HOME", ".config", "tourdesk/tourdesk.conf", error);
}

bool config_state_folder(struct str *out, struct error *error)
{
    return find(out, "XDG_STATE_HOME", ".local/state", "tourdesk", error);
}
