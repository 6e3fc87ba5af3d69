#include "check.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

static void check_sources(
    const struct profile_settings *profile, int line, struct config_report *report)
{
    bool key = profile->key[0], variable = profile->key_env[0], command = profile->key_command[0];
    if (key && (variable || command))
        config_report_add(report, CONFIG_WARNING, line,
            "profile \"%s\" has key as well as %s%s%s; key is used", profile->name,
            variable ? "key_env" : "", variable && command ? " and " : "",
            command ? "key_command" : "");
    else if (variable && command)
        config_report_add(report, CONFIG_WARNING, line,
            "profile \"%s\" has key_env as well as key_command; key_command is used only while the "
            "variable is not set",
            profile->name);
    else if (!key && !variable && !command &&
             (!profile->prospect_key[0] || !profile->appointment_key[0]))
        config_report_add(report, CONFIG_WARNING, line,
            "profile \"%s\" has no key for %s (key, key_env or key_command); such requests cannot "
            "be sent",
            profile->name,
            profile->prospect_key[0]      ? "appointments"
            : profile->appointment_key[0] ? "prospects and visits"
                                          : "anything");
}

void check_profile(const struct profile_settings *profile, int line, struct config_report *report)
{
    check_sources(profile, line, report);
    if (profile->header_profile == HEADERS_GATEWAY && !profile->company_id[0])
        config_report_add(report, CONFIG_WARNING, line,
            "header_profile \"gateway\" goes with a company_id, which profile \"%s\" has not; its "
            "header is left out",
            profile->name);
}

struct named {
    char key[UNIT_SIZE];
    size_t index;
};

static int by_key(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void drop_unit(
    struct community *community, size_t twin, size_t index, int line, struct config_report *report)
{
    config_report_add(report, CONFIG_WARNING, line,
        "units has \"%s\" and \"%s\", which are one unit to Knock; the first is used",
        community->units[twin], community->units[index]);
    free(community->units[index]);
    community->units[index] = NULL;
}

void check_units(struct community *community, int line, struct config_report *report)
{
    size_t count = community->unit_count, kept = 0;
    if (count == 0)
        return;
    struct named *sorted = mem_alloc(count * sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        unit_key(community->units[i], sorted[i].key);
        sorted[i].index = i;
    }
    qsort(sorted, count, sizeof *sorted, by_key);
    for (size_t i = 1, first = 0; i < count; i++)
        if (strcmp(sorted[i].key, sorted[first].key) == 0)
            drop_unit(community, sorted[first].index, sorted[i].index, line, report);
        else
            first = i;
    for (size_t i = 0; i < count; i++)
        if (community->units[i])
            community->units[kept++] = community->units[i];
    community->unit_count = kept;
    free(sorted);
}

static void tell_apart(struct community *community, int line, struct config_report *report)
{
    char name[sizeof community->name];
    bool fits = str_print(name, sizeof name, "%s (%s)", community->name, community->id);
    str_copy(community->name, sizeof community->name, fits ? name : community->id);
    config_report_add(report, CONFIG_WARNING, line,
        "another community has the same name; \"%s\" is used", community->name);
}

void check_communities(struct config *config, const int *lines, struct config_report *report)
{
    for (size_t i = 0; i < config->community_count; i++) {
        struct community *one = &config->communities[i];
        if (!one->name[0])
            str_copy(one->name, sizeof one->name, one->id);
        if (community_find(config->communities, i, one->id)) {
            config_report_add(report, CONFIG_FATAL, lines[i],
                "another community has the id \"%s\" already", one->id);
            continue;
        }
        for (size_t j = 0; j < i; j++)
            if (str_same(config->communities[j].name, one->name)) {
                tell_apart(one, lines[i], report);
                break;
            }
    }
}
