#include "check.h"
#include "file.h"
#include "origins.h"
#include "parse.h"
#include "read.h"
#include "tourdesk/base/mem.h"
#include "tourdesk/config/options.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct loader {
    struct config *config;
    struct config_report *report;
    const config_setting_t *root;
    const char *wanted; /* the profile's name, NULL = the file's */
};

static const config_setting_t *member(const config_setting_t *group, const char *name)
{
    for (int i = 0; i < config_setting_length(group); i++) {
        const config_setting_t *item = config_setting_get_elem(group, (unsigned)i);
        if (strcmp(config_setting_name(item), name) == 0)
            return item;
    }
    return NULL;
}

static int *origin_of_profile(const struct config *config)
{
    size_t count;
    return &origins_of(config, OWNER_TOP)[option_find(SCOPE_TOP, "profile") - options_all(&count)];
}

static void read_top(struct loader *l)
{
    struct group group = {
        .scope = SCOPE_TOP,
        .settings = l->config,
        .lines = origins_of(l->config, OWNER_TOP),
        .severity = CONFIG_FATAL,
        .name = "the file",
        .report = l->report,
    };
    group_read(&group, l->root);
}

/* The profiles */

static void report_no_profile(
    struct loader *l, const config_setting_t *section, const char *name, int line)
{
    struct str names = {0};
    const char *nearest = NULL;
    size_t slips = SIZE_MAX;
    for (int i = 0; i < config_setting_length(section); i++) {
        const char *known = config_setting_name(config_setting_get_elem(section, (unsigned)i));
        if (option_nearer(known, name, &slips))
            nearest = known;
        str_addf(&names, "%s\"%s\"", i ? ", " : "", known);
    }
    if (nearest)
        config_report_add(l->report, CONFIG_FATAL, line,
            "there is no profile \"%s\" (did you mean \"%s\"?)", name, nearest);
    else
        config_report_add(l->report, CONFIG_FATAL, line, "there is no profile \"%s\"; there %s %s",
            name, config_setting_length(section) == 1 ? "is" : "are",
            names.length ? str_text(&names) : "none");
    str_finish(&names);
}

static const config_setting_t *choose_profile(struct loader *l, const config_setting_t *section)
{
    char *name = l->config->profile.name;
    size_t size = sizeof l->config->profile.name;
    int *origin = origin_of_profile(l->config);
    if (!l->wanted && !*name && config_setting_length(section) == 1) {
        const config_setting_t *only = config_setting_get_elem(section, 0);
        str_copy(name, size, config_setting_name(only));
        *origin = ORIGIN_ONLY_ONE;
        return only;
    }
    if (l->wanted) {
        str_copy(name, size, l->wanted);
        *origin = ORIGIN_COMMAND_LINE;
    }
    const config_setting_t *chosen = member(section, l->wanted ? l->wanted : name);
    if (!chosen && !*name)
        config_report_add(l->report, CONFIG_FATAL, setting_line(section),
            config_setting_length(section) ? "no profile is chosen; write profile = \"NAME\"; or "
                                             "give --profile NAME"
                                           : "there is no profile in profiles");
    else if (!chosen)
        report_no_profile(l, section, name, *origin > 0 ? *origin : setting_line(section));
    return chosen;
}

static void read_profile(
    struct loader *l, const config_setting_t *from, struct profile_settings *out, bool chosen)
{
    size_t count;
    options_all(&count);
    int *unused = mem_alloc(count * sizeof *unused);
    struct str name = {0};
    str_addf(&name, "profile \"%s\"", out->name);
    struct group group = {
        .scope = SCOPE_PROFILE,
        .settings = out,
        .lines = chosen ? origins_of(l->config, OWNER_PROFILE) : unused,
        .severity = chosen ? CONFIG_FATAL : CONFIG_WARNING,
        .name = str_text(&name),
        .then = chosen ? NULL : "cannot be used",
        .report = l->report,
    };
    if (!config_setting_is_group(from)) {
        config_report_add(l->report, group.severity, setting_line(from),
            "%s must be a group in braces, { }%s", group.name, chosen ? "" : "; it cannot be used");
    } else {
        group_read(&group, from);
        if (group.usable && chosen)
            check_profile(out, setting_line(from), l->report);
    }
    str_finish(&name);
    free(unused);
}

static void read_other_profile(struct loader *l, const config_setting_t *from)
{
    struct profile_settings other = {0};
    str_copy(other.name, sizeof other.name, config_setting_name(from));
    options_default(SCOPE_PROFILE, &other);
    read_profile(l, from, &other, false);
    explicit_bzero(&other, sizeof other);
}

static void read_profiles(struct loader *l)
{
    const config_setting_t *section = member(l->root, "profiles");
    if (!section || !config_setting_is_group(section)) {
        config_report_add(l->report, CONFIG_FATAL, section ? setting_line(section) : 0,
            "%s; write profiles = { NAME = { base_url = \"https://...\"; key = \"...\"; }; };",
            section ? "profiles must be a group in braces" : "profiles is missing");
        return;
    }
    const config_setting_t *chosen = choose_profile(l, section);
    for (int i = 0; i < config_setting_length(section); i++) {
        const config_setting_t *profile = config_setting_get_elem(section, (unsigned)i);
        if (profile == chosen)
            read_profile(l, profile, &l->config->profile, true);
        else
            read_other_profile(l, profile);
    }
}

/* The communities */

static void read_community(struct loader *l, const config_setting_t *from, int *line)
{
    struct config *config = l->config;
    struct community *out = &config->communities[config->community_count];
    int *lines = origins_of(config, OWNER_COMMUNITY + config->community_count);
    struct group group = {
        .scope = SCOPE_COMMUNITY,
        .settings = out,
        .lines = lines,
        .severity = CONFIG_WARNING,
        .name = "this community",
        .then = "is left out",
        .report = l->report,
    };
    options_default(SCOPE_COMMUNITY, out);
    group_read(&group, from);
    size_t count;
    const struct config_option *options = options_all(&count);
    check_units(out, lines[option_find(SCOPE_COMMUNITY, "units") - options], l->report);
    if (group.usable) {
        *line = setting_line(from);
        config->community_count++;
        return;
    }
    community_finish(out);
    memset(lines, 0, count * sizeof *lines);
}

static void read_each_community(struct loader *l, const config_setting_t *section)
{
    int lines[COMMUNITIES_MOST], count = config_setting_length(section);
    if (count > COMMUNITIES_MOST) {
        config_report_add(l->report, CONFIG_WARNING, setting_line(section),
            "communities holds %d; the first %d are used", count, COMMUNITIES_MOST);
        count = COMMUNITIES_MOST;
    }
    if (count > 0)
        l->config->communities = mem_alloc((size_t)count * sizeof *l->config->communities);
    for (int i = 0; i < count; i++) {
        const config_setting_t *from = config_setting_get_elem(section, (unsigned)i);
        if (config_setting_is_group(from))
            read_community(l, from, &lines[l->config->community_count]);
        else
            config_report_add(l->report, CONFIG_WARNING, setting_line(section),
                "item %d of communities must be a group in braces, { }; it is left out", i + 1);
    }
    check_communities(l->config, lines, l->report);
    if (l->config->community_count == 0)
        config_report_add(l->report, CONFIG_FATAL, setting_line(section),
            "there is no community that can be used");
}

static void read_communities(struct loader *l)
{
    const config_setting_t *section = member(l->root, "communities");
    if (section && (config_setting_is_list(section) || config_setting_is_array(section))) {
        read_each_community(l, section);
        return;
    }
    config_report_add(l->report, CONFIG_FATAL, section ? setting_line(section) : 0,
        "%s; write communities = ( { id = \"...\"; name = \"...\"; timezone = \"...\"; } );",
        section ? "communities must be a list in round brackets" : "communities is missing");
}

static void read_file(struct loader *l, struct config_file *file)
{
    config_t settings;
    config_init(&settings);
    if (config_parse(&settings, file, l->report)) {
        l->root = config_root_setting(&settings);
        struct secrets secrets = settings_secrets(l->root);
        config_file_check(file, secrets.key, secrets.command, l->report);
        read_top(l);
        read_profiles(l);
        read_communities(l);
    }
    config_destroy(&settings);
}

bool config_load(
    const char *path, const char *profile_name, struct config *config, struct config_report *report)
{
    struct loader l = {.config = config, .report = report, .wanted = profile_name};
    struct config_file file;
    struct error error;
    *config = (struct config){.path = mem_text(path)};
    origins_create(config, COMMUNITIES_MOST);
    options_default(SCOPE_TOP, config);
    options_default(SCOPE_PROFILE, &config->profile);
    config_report_begin(report, path);
    if (config_file_read(&file, path, &error))
        read_file(&l, &file);
    else
        config_report_add(report, CONFIG_FATAL, 0, "%s", error.text);
    config_file_finish(&file);
    config_report_sort(report);
    return report->fatal_count == 0;
}

void config_finish(struct config *config)
{
    for (size_t i = 0; i < config->community_count; i++)
        community_finish(&config->communities[i]);
    free(config->communities);
    pairs_finish(&config->keys);
    free(config->lines);
    free(config->path);
    explicit_bzero(config, sizeof *config);
}
