#include "tourdesk/tui/theme.h"

#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

static const char *const colour_names[] = {
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};

static const struct {
    const char *name;
    enum attribute attribute;
} attribute_names[] = {
    {"bold", ATTRIBUTE_BOLD},
    {"dim", ATTRIBUTE_DIM},
    {"italic", ATTRIBUTE_ITALIC},
    {"underline", ATTRIBUTE_UNDERLINE},
    {"reverse", ATTRIBUTE_REVERSE},
};

void theme_plain(struct theme *theme)
{
    *theme = (struct theme){.name = "plain", .foreground = 0xffffff};
    for (int i = 0; i < ROLES; i++)
        theme->looks[i] = (struct look){COLOUR_DEFAULT, COLOUR_DEFAULT, 0};
    static const struct {
        enum role role;
        unsigned attributes;
    } plain[] = {
        {ROLE_STRONG, ATTRIBUTE_BOLD},
        {ROLE_TITLE, ATTRIBUTE_BOLD},
        {ROLE_TODAY, ATTRIBUTE_BOLD},
        {ROLE_FOCUS, ATTRIBUTE_REVERSE},
        {ROLE_FIELD, ATTRIBUTE_UNDERLINE},
        {ROLE_FIELD_FOCUS, ATTRIBUTE_REVERSE},
        {ROLE_TROUBLE, ATTRIBUTE_BOLD},
        {ROLE_WARNING, ATTRIBUTE_BOLD},
        {ROLE_KEY, ATTRIBUTE_BOLD},
        {ROLE_PRACTICE, ATTRIBUTE_BOLD | ATTRIBUTE_REVERSE},
        {ROLE_HINT, ATTRIBUTE_UNDERLINE},
        {ROLE_PLACE, ATTRIBUTE_BOLD | ATTRIBUTE_UNDERLINE},
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        theme->looks[plain[i].role].attributes = plain[i].attributes;
}

/* --- colours --------------------------------------------------------------------------------------- */

static bool parse_hex(const char *text, int32_t *out)
{
    if (strlen(text) != 7 || text[0] != '#' || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
        return false;
    *out = COLOUR_RGB | (int32_t)strtol(text + 1, NULL, 16);
    return true;
}

static bool parse_colour(const char *text, int32_t *out)
{
    long index;
    if (strcmp(text, "default") == 0) {
        *out = COLOUR_DEFAULT;
        return true;
    }
    if (parse_hex(text, out))
        return true;
    if (str_integer(text, 0, 255, &index)) {
        *out = (int32_t)index;
        return true;
    }
    bool bright = str_starts(text, "bright-");
    for (int i = 0; i < 8; i++)
        if (strcmp(text + (bright ? 7 : 0), colour_names[i]) == 0) {
            *out = i + (bright ? 8 : 0);
            return true;
        }
    return false;
}

/* --- files ----------------------------------------------------------------------------------------- */

struct reader {
    const char *path;
    struct str *mistakes;
};

__attribute__((format(printf, 3, 4))) static void mistake(
    const struct reader *reader, const config_setting_t *setting, const char *format, ...)
{
    va_list args;
    str_addf(reader->mistakes, "%s:%u: ", reader->path, config_setting_source_line(setting));
    va_start(args, format);
    str_addv(reader->mistakes, format, args);
    va_end(args);
    str_add_char(reader->mistakes, '\n');
}

static void read_colour(const struct reader *reader, const config_setting_t *setting, int32_t *out)
{
    const char *text = config_setting_get_string(setting);
    if (!text || !parse_colour(text, out))
        mistake(reader, setting, "\"%s\" is not a colour; the terminal's own is used",
            text ? text : config_setting_name(setting));
}

static void read_look_part(
    const struct reader *reader, const config_setting_t *setting, struct look *look)
{
    const char *name = config_setting_name(setting);
    if (strcmp(name, "fg") == 0) {
        read_colour(reader, setting, &look->fg);
        return;
    }
    if (strcmp(name, "bg") == 0) {
        read_colour(reader, setting, &look->bg);
        return;
    }
    for (size_t i = 0; i < sizeof attribute_names / sizeof *attribute_names; i++)
        if (strcmp(name, attribute_names[i].name) == 0) {
            if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
                mistake(reader, setting, "\"%s\" is true or false; it was left out", name);
            else if (config_setting_get_bool(setting))
                look->attributes |= attribute_names[i].attribute;
            return;
        }
    mistake(reader, setting, "unknown name \"%s\"; it was left out", name);
}

static int find_role(const char *name)
{
    for (int i = 0; i < ROLES; i++)
        if (strcmp(role_name((enum role)i), name) == 0)
            return i;
    return -1;
}

static void read_roles(
    const struct reader *reader, const config_setting_t *roles, struct theme *theme)
{
    for (int i = 0; i < config_setting_length(roles); i++) {
        const config_setting_t *setting = config_setting_get_elem(roles, (unsigned)i);
        int role = find_role(config_setting_name(setting));
        if (role < 0) {
            mistake(reader, setting, "unknown role \"%s\"; it was left out",
                config_setting_name(setting));
            continue;
        }
        if (!config_setting_is_group(setting)) {
            mistake(reader, setting, "a role is a group, as in { fg = \"red\"; }; it was left out");
            continue;
        }
        theme->looks[role] = (struct look){COLOUR_DEFAULT, COLOUR_DEFAULT, 0};
        for (int j = 0; j < config_setting_length(setting); j++)
            read_look_part(
                reader, config_setting_get_elem(setting, (unsigned)j), &theme->looks[role]);
    }
}

/* True if the ground is painted: a colour is named, and not "default". */
static bool read_ground(
    const struct reader *reader, const config_t *config, const char *name, uint32_t *out)
{
    int32_t colour;
    const char *text;
    const config_setting_t *setting = config_lookup(config, name);
    if (!setting)
        return false;
    text = config_setting_get_string(setting);
    if (text && strcmp(text, "default") == 0)
        return false;
    if (text && parse_hex(text, &colour)) {
        *out = (uint32_t)colour & 0xffffff;
        return true;
    }
    mistake(reader, setting, "%s must look like \"#16181d\"; it was left out", name);
    return false;
}

/* Both grounds, or neither: words in a colour of the theme on a ground of the terminal may not be seen. */
static void read_grounds(const struct reader *reader, const config_t *config, struct theme *theme)
{
    bool background = read_ground(reader, config, "background", &theme->background);
    bool foreground = read_ground(reader, config, "foreground", &theme->foreground);
    theme->painted = background && foreground;
}

/* What is left to the ground of the page is, where that is painted, its colour. */
static void paint_ground(struct theme *theme)
{
    for (int i = 0; theme->painted && i < ROLES; i++) {
        struct look *look = &theme->looks[i];
        if (look->fg == COLOUR_DEFAULT)
            look->fg = COLOUR_RGB | (int32_t)theme->foreground;
        if (look->bg == COLOUR_DEFAULT)
            look->bg = COLOUR_RGB | (int32_t)theme->background;
    }
}

bool theme_read(struct theme *theme, const char *path, struct str *mistakes, struct error *error)
{
    config_t config;
    struct reader reader = {path, mistakes};
    theme_plain(theme);
    config_init(&config);
    bool ok = config_read_file(&config, path) == CONFIG_TRUE;
    if (!ok && config_error_type(&config) == CONFIG_ERR_FILE_IO)
        error_set(error, "%s: cannot be read", path);
    else if (!ok)
        error_set(error, "%s:%d: %s", path, config_error_line(&config), config_error_text(&config));
    if (ok) {
        const config_setting_t *roles = config_lookup(&config, "roles");
        const char *slash = strrchr(path, '/');
        str_copy(theme->name, sizeof theme->name, slash ? slash + 1 : path);
        theme->name[strcspn(theme->name, ".")] = '\0';
        for (int i = 0; i < ROLES; i++)
            theme->looks[i] = (struct look){COLOUR_DEFAULT, COLOUR_DEFAULT, 0};
        read_grounds(&reader, &config, theme);
        if (roles && config_setting_is_group(roles))
            read_roles(&reader, roles, theme);
        else
            ok = error_set(error, "%s: there is no group \"roles\" in it", path);
        paint_ground(theme);
    }
    config_destroy(&config);
    return ok;
}
