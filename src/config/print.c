#include "origins.h"
#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"
#include "tourdesk/config/options.h"

/* Where the origin stands in its line, if the value is not longer. */
enum { ORIGIN_COLUMN = 56 };

void origins_create(struct config *config, size_t communities)
{
    size_t count;
    options_all(&count);
    config->lines = mem_alloc((OWNER_COMMUNITY + communities) * count * sizeof *config->lines);
}

int *origins_of(const struct config *config, size_t owner)
{
    size_t count;
    options_all(&count);
    return config->lines + owner * count;
}

static void add_origin(struct str *out, const struct config *config, int line)
{
    if (line == ORIGIN_COMMAND_LINE)
        str_add(out, "(--profile)");
    else if (line == ORIGIN_ONLY_ONE)
        str_add(out, "(the only one)");
    else if (line == ORIGIN_DEFAULT)
        str_add(out, "(default)");
    else
        str_addf(out, "(%s:%d)", config->path, line);
}

static void add_group(struct str *out, const struct config *config, enum option_scope scope,
    const void *settings, const int *lines)
{
    size_t count;
    const struct config_option *options = options_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (options[i].scope != scope || option_form(&options[i]) == FORM_SECTION)
            continue;
        struct str row = {0};
        str_addf(&row, "%s%s = ", scope == SCOPE_TOP ? "" : "  ", options[i].name);
        option_print(&options[i], settings, &row);
        int width = text_width(str_text(&row));
        str_addf(
            out, "%s%*s  ", str_text(&row), width < ORIGIN_COLUMN ? ORIGIN_COLUMN - width : 0, "");
        add_origin(out, config, lines[i]);
        str_add_char(out, '\n');
        str_finish(&row);
    }
}

void config_print(struct str *out, const struct config *config)
{
    add_group(out, config, SCOPE_TOP, config, origins_of(config, OWNER_TOP));
    str_addf(out, "\nprofile %s\n", config->profile.name);
    add_group(out, config, SCOPE_PROFILE, &config->profile, origins_of(config, OWNER_PROFILE));
    for (size_t i = 0; i < config->community_count; i++) {
        const struct community *community = &config->communities[i];
        str_addf(out, "\ncommunity %s\n", community->id);
        add_group(out, config, SCOPE_COMMUNITY, community, origins_of(config, OWNER_COMMUNITY + i));
    }
}
