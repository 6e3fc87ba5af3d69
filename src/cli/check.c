/* check-config: what is wrong with the configuration, and what is in force. */
#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"

#include <stdio.h>
#include <string.h>

static cJSON *add_array(cJSON *object, const char *name)
{
    cJSON *array = cJSON_AddArrayToObject(object, name);
    if (!array)
        mem_exhausted();
    return array;
}

static void add_text(cJSON *array, const char *text)
{
    cJSON_AddItemToArray(array, cJSON_CreateString(text));
}

static void print_check(const struct config *config, const struct config_report *mistakes)
{
    cJSON *object = cJSON_CreateObject();
    if (!object)
        mem_exhausted();
    struct str path = {0};
    text_clean(&path, config->path, strlen(config->path));
    put_text(object, "config", str_text(&path));
    str_finish(&path);
    put_text(object, "profile", config->profile.name);
    cJSON *communities = add_array(object, "communities");
    for (size_t i = 0; i < config->community_count; i++)
        add_text(communities, config->communities[i].id);
    cJSON *lines = add_array(object, "mistakes");
    for (size_t i = 0; i < mistakes->count; i++)
        add_text(lines, mistakes->items[i].text);
    print_json(object);
}

int cli_check_config(
    const struct args *args, const struct config *config, const struct config_report *mistakes)
{
    if (args->values[OPTION_JSON]) {
        print_check(config, mistakes);
    } else {
        struct str out = {0};
        config_report_print(mistakes, &out);
        config_print(&out, config);
        fputs(str_text(&out), stdout);
        str_finish(&out);
    }
    return mistakes->count > 0 ? CODE_USAGE : CODE_DONE;
}
