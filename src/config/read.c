#include "read.h"

#include "parse.h"
#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"
#include "tourdesk/config/pairs.h"

#include <string.h>

/* A default as a message shows it. */
enum { SHOWN_CELLS = 40 };

static const char *const scope_words[] = {
    [SCOPE_TOP] = "at the top of the file",
    [SCOPE_PROFILE] = "in a profile",
    [SCOPE_COMMUNITY] = "in a community",
};

static void report_unknown(const struct group *group, const config_setting_t *setting)
{
    const char *name = config_setting_name(setting);
    const char *nearest = option_nearest(group->scope, name);
    struct str words = {0};
    for (size_t i = 0; i < sizeof scope_words / sizeof *scope_words; i++)
        if (option_find((enum option_scope)i, name))
            str_addf(&words, " here but %s", scope_words[i]);
    if (nearest && !words.length)
        str_addf(&words, " (did you mean \"%s\"?)", nearest);
    char shown[SHOWN_CELLS + 4];
    text_clip(shown, sizeof shown, name, SHOWN_CELLS, false);
    config_report_add(group->report, CONFIG_WARNING, setting_line(setting),
        "\"%s\" is not a setting%s; it is left out", shown, str_text(&words));
    str_finish(&words);
}

/* What is used where a value cannot be. */
static void add_instead(const struct config_option *option, struct str *words)
{
    if (!option->initial) {
        str_add(words, "; it is left out");
        return;
    }
    bool quoted = option_form(option) == FORM_TEXT;
    char shown[SHOWN_CELLS * 4];
    text_clip(shown, sizeof shown, option->initial, SHOWN_CELLS, false);
    str_addf(words, quoted ? "; \"%s\" is used" : "; %s is used", shown);
}

static void refuse(
    struct group *group, const struct config_option *option, int line, const char *what)
{
    struct str words = {0};
    bool strict = option->strict || option->required;
    if (!strict)
        add_instead(option, &words);
    else if (group->then)
        str_addf(&words, "; %s %s", group->name, group->then);
    config_report_add(group->report, strict ? group->severity : CONFIG_WARNING, line, "%s %s%s",
        option->name, what, str_text(&words));
    str_finish(&words);
    if (strict)
        group->usable = false;
}

static bool has_form(const struct config_option *option, const config_setting_t *setting)
{
    switch (option_form(option)) {
    case FORM_TEXT: return config_setting_type(setting) == CONFIG_TYPE_STRING;
    case FORM_INTEGER:
        return config_setting_type(setting) == CONFIG_TYPE_INT ||
               config_setting_type(setting) == CONFIG_TYPE_INT64;
    case FORM_BOOLEAN: return config_setting_type(setting) == CONFIG_TYPE_BOOL;
    case FORM_LIST: return config_setting_is_array(setting) || config_setting_is_list(setting);
    case FORM_PAIRS: return config_setting_is_group(setting);
    case FORM_SECTION: break;
    }
    return true;
}

/* The value as text. */
static void add_value(const config_setting_t *setting, struct str *out)
{
    if (config_setting_type(setting) == CONFIG_TYPE_STRING)
        str_add(out, config_setting_get_string(setting));
    else if (config_setting_type(setting) == CONFIG_TYPE_BOOL)
        str_add(out, config_setting_get_bool(setting) ? "true" : "false");
    else
        str_addf(out, "%lld", config_setting_get_int64(setting));
}

static void remember(struct group *group, const struct config_option *option, int line)
{
    size_t count;
    group->lines[option - options_all(&count)] = line;
}

static void take(
    struct group *group, const struct config_option *option, const char *text, int line)
{
    struct error error = {0};
    enum option_outcome outcome = option_set(option, group->settings, text, &error);
    if (outcome == OPTION_REFUSED) {
        refuse(group, option, line, error.text);
        return;
    }
    remember(group, option, line);
    if (outcome == OPTION_MENDED)
        config_report_add(group->report, CONFIG_WARNING, line, "%s %s", option->name, error.text);
}

static void read_list(
    struct group *group, const struct config_option *option, const config_setting_t *setting)
{
    int others = 0, line = setting_line(setting);
    remember(group, option, line);
    for (int i = 0; i < config_setting_length(setting); i++) {
        const char *text = config_setting_get_string_elem(setting, i);
        if (text)
            take(group, option, text, line);
        else
            others++;
    }
    if (others)
        config_report_add(group->report, CONFIG_WARNING, line,
            "%s holds %d that %s not in quotes; they are left out", option->name, others,
            others == 1 ? "is" : "are");
}

static void read_pairs(
    struct group *group, const struct config_option *option, const config_setting_t *setting)
{
    struct pair_list *list = (void *)((char *)group->settings + option->offset);
    remember(group, option, setting_line(setting));
    for (int i = 0; i < config_setting_length(setting); i++) {
        const config_setting_t *item = config_setting_get_elem(setting, (unsigned)i);
        const char *name = config_setting_name(item), *text = config_setting_get_string(item);
        /* A profile's setting stands here by mistake, and its text may be a key. */
        if (option_find(SCOPE_PROFILE, name))
            report_unknown(group, item);
        else if (text)
            pairs_add(list, name, text, setting_line(item));
        else
            config_report_add(group->report, CONFIG_WARNING, setting_line(item),
                "%s.%s must be a text in quotes; it is left out", option->name, name);
    }
}

static void read_option(
    struct group *group, const struct config_option *option, const config_setting_t *setting)
{
    int line = setting_line(setting);
    if (!has_form(option, setting)) {
        struct error error;
        error_set(&error, "must be %s", option_form_words(option));
        refuse(group, option, line, error.text);
        return;
    }
    if (option_form(option) == FORM_LIST) {
        read_list(group, option, setting);
        return;
    }
    if (option_form(option) == FORM_PAIRS) {
        read_pairs(group, option, setting);
        return;
    }
    struct str value = {0};
    add_value(setting, &value);
    /* An empty text stands in a file that is yet to be filled in: as good as not given. */
    if (value.length)
        take(group, option, str_text(&value), line);
    else if (option->initial || option->required)
        refuse(group, option, line, "is empty");
    if (value.data)
        explicit_bzero(value.data, value.capacity); /* it may be a key */
    str_finish(&value);
}

static void report_missing(struct group *group, const config_setting_t *from)
{
    size_t count;
    const struct config_option *options = options_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (options[i].scope != group->scope || !options[i].required ||
            config_setting_get_member(from, options[i].name))
            continue;
        group->usable = false;
        config_report_add(group->report, group->severity, setting_line(from), "%s has no %s%s%s",
            group->name, options[i].name, group->then ? "; it " : "",
            group->then ? group->then : "");
    }
}

void group_read(struct group *group, const config_setting_t *from)
{
    group->usable = true;
    for (int i = 0; i < config_setting_length(from); i++) {
        const config_setting_t *setting = config_setting_get_elem(from, (unsigned)i);
        const struct config_option *option =
            option_find(group->scope, config_setting_name(setting));
        if (!option)
            report_unknown(group, setting);
        else if (option_form(option) != FORM_SECTION)
            read_option(group, option, setting);
    }
    report_missing(group, from);
}
