#include "tourdesk/config/options.h"

#include "kinds.h"

#include <ctype.h>
#include <string.h>

/* Text as mdoc takes it literally, each sentence on a line of its own as mdoc asks. */
static void add_escaped(struct str *out, const char *text)
{
    bool at_start = true;
    for (const char *p = text; *p; p++) {
        if (at_start && (*p == '.' || *p == '\''))
            str_add(out, "\\&");
        at_start = false;
        if (*p == '\\') {
            str_add(out, "\\e");
        } else if (*p == '-') {
            str_add(out, "\\-");
        } else if (*p == ' ' && p > text && p[-1] == '.') {
            str_add_char(out, '\n');
            at_start = true;
        } else {
            str_add_char(out, *p);
        }
    }
}

static void add_form(const struct config_option *option, struct str *out)
{
    struct str words = {0};
    str_add(&words, option_kinds[option->kind].words);
    for (size_t i = 0; option->choices && option->choices[i]; i++)
        str_addf(&words, "%s\"%s\"", i ? " or " : ", ", option->choices[i]);
    if (option->unit)
        str_addf(&words, ", %ld to %ld %s", option->low, option->high, option->unit);
    words.data[0] = (char)toupper((unsigned char)words.data[0]);
    add_escaped(out, str_text(&words));
    str_finish(&words);
}

static void add_default(const struct config_option *option, struct str *out)
{
    if (option->required)
        str_add(out, "; must be given");
    if (!option->initial)
        return;
    bool quoted = option_form(option) == FORM_TEXT;
    str_add(out, quoted ? ".\nIf not given: \"" : ".\nIf not given: ");
    add_escaped(out, option->initial);
    str_add(out, quoted ? "\"" : "");
}

void options_man(enum option_scope scope, struct str *out)
{
    size_t count;
    const struct config_option *options = options_all(&count);
    str_add(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < count; i++) {
        if (options[i].scope != scope)
            continue;
        str_addf(out, ".It Ic %s\n", options[i].name);
        add_escaped(out, options[i].help);
        str_add_char(out, '\n');
        add_form(&options[i], out);
        add_default(&options[i], out);
        str_add(out, ".\n");
    }
    str_add(out, ".El\n");
}
