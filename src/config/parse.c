#include "parse.h"

#include "scan.h"
#include "tourdesk/config/options.h"

#include <limits.h>
#include <string.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define LOOKING_FOR_LEAKS
#endif
#endif
#if defined __SANITIZE_ADDRESS__ || defined LOOKING_FOR_LEAKS
#include <sanitizer/lsan_interface.h>
#endif

static const struct {
    const char *theirs, *ours;
} error_words[] = {
    {"duplicate setting name", "a name is given here that its group has already"},
    {"mismatched element type in array",
        "the items of a list in [ ] must be of one kind; put each of them in quotes"},
    {"memory exhausted", "the brackets are nested too deeply"},
};

static const char *words_for(const char *theirs)
{
    for (size_t i = 0; i < sizeof error_words / sizeof *error_words; i++)
        if (theirs && strcmp(theirs, error_words[i].theirs) == 0)
            return error_words[i].ours;
    return "this is not \"name = value;\"; look here and on the line above for a missing quote, "
           "bracket or semicolon, a comma behind the last item, or yes where true is meant";
}

static size_t end_of_line(const struct config_file *file, int line)
{
    const char *at = file->text;
    for (; line > 0 && at; line--) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    return at ? (size_t)(at - file->text) : file->length;
}

/* libconfig says where it stumbled; the cause is often a quote left out before. */
static void report_syntax(const config_t *settings, const struct config_file *file,
    const struct scan *found, struct config_report *report)
{
    int line = config_error_line(settings);
    struct scan before = config_scan(file->text, end_of_line(file, line));
    if (before.long_text && before.long_text_end >= line - 1)
        config_report_add(report, CONFIG_FATAL, before.long_text,
            "the text that begins here goes on over the end of its line, and line %d then makes no "
            "sense: is a closing quote missing?",
            line);
    else if (found->foreign && found->foreign <= line)
        config_report_add(report, CONFIG_FATAL, found->foreign,
            "a character beyond ASCII stands outside quotes here (are these the plain quotes, "
            "\"?)");
    else if (found->open_text && found->open_text <= line)
        config_report_add(report, CONFIG_FATAL, found->open_text,
            "the text that begins here never ends: its closing quote is missing");
    else
        config_report_add(report, CONFIG_FATAL, line, "%s", words_for(config_error_text(settings)));
}

/* What libconfig would pass over or must not see. */
static bool report_scan(const struct scan *found, struct config_report *report)
{
    const struct {
        int line;
        const char *words;
    } checks[] = {
        {found->nul, "there is a NUL byte here; this is not a text file"},
        {found->include, "@include is not accepted: what it brings in would not be checked; write "
                         "everything in this file"},
        {found->open_comment, "the comment that begins here never ends: its */ is missing"},
    };
    bool clean = true;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (checks[i].line) {
            config_report_add(report, CONFIG_FATAL, checks[i].line, "%s", checks[i].words);
            clean = false;
        }
    return clean;
}

/* libconfig 1.5 does not free the text it has just read when it meets a syntax error. That is not
 * ours to mend, and the program ends after it; a build that looks for leaks must not stumble on
 * it. */
static bool read_settings(config_t *settings, const char *text)
{
#if defined __SANITIZE_ADDRESS__ || defined LOOKING_FOR_LEAKS
    __lsan_disable();
    bool ok = config_read_string(settings, text) == CONFIG_TRUE;
    __lsan_enable();
    return ok;
#else
    return config_read_string(settings, text) == CONFIG_TRUE;
#endif
}

bool config_parse(config_t *settings, struct config_file *file, struct config_report *report)
{
    struct scan found = config_scan(file->text, file->length);
    if (!report_scan(&found, report))
        return false;
    if (read_settings(settings, file->text))
        return true;
    report_syntax(settings, file, &found, report);
    return false;
}

int setting_line(const config_setting_t *setting)
{
    unsigned line = config_setting_source_line(setting);
    return line > INT_MAX ? INT_MAX : (int)line;
}

static bool is_secret(const config_setting_t *setting, struct secrets *found)
{
    const char *name = config_setting_name(setting);
    const struct config_option *option = name ? option_find(SCOPE_PROFILE, name) : NULL;
    if (!option || !option->secret)
        return false;
    const char *text = config_setting_get_string(setting);
    bool given = !text || *text;
    found->command = found->command || (given && option->kind == OPTION_COMMAND);
    found->key = found->key || (given && option->kind != OPTION_COMMAND);
    return true;
}

struct secrets settings_secrets(const config_setting_t *group)
{
    struct secrets found = {0};
    int count = config_setting_is_aggregate(group) ? config_setting_length(group) : 0;
    for (int i = 0; i < count; i++) {
        const config_setting_t *item = config_setting_get_elem(group, (unsigned)i);
        if (is_secret(item, &found))
            continue;
        struct secrets below = settings_secrets(item);
        found.key = found.key || below.key;
        found.command = found.command || below.command;
    }
    return found;
}
