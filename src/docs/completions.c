/* Completions for three shells, from the tables of commands and options. */
#include "tourdesk/cli/args.h"
#include "tourdesk/docs/docs.h"

#include <string.h>

/* --- what the tables say ---------------------------------------------------------------------------------- */

/* What stands where an option's value goes. */
enum value_kind {
    VALUE_NONE, /* the option is a flag */
    VALUE_FILE,
    VALUE_FOLDER,
    VALUE_THEME,
    VALUE_WORDS, /* one of several, "yes|no" */
    VALUE_TEXT,  /* nothing that could be offered */
};

static enum value_kind value_kind(enum option option)
{
    const char *value = option_entry(option)->value;
    if (!value)
        return VALUE_NONE;
    if (option == OPTION_THEME)
        return VALUE_THEME;
    if (strcmp(value, "FILE") == 0)
        return VALUE_FILE;
    if (strcmp(value, "DIR") == 0)
        return VALUE_FOLDER;
    return strchr(value, '|') ? VALUE_WORDS : VALUE_TEXT;
}

static bool goes_with(enum option option, int verb)
{
    return (option_entry(option)->verbs & 1U << verb) != 0;
}

/* "yes|no" with something else between. */
static void add_words(struct str *out, const char *words, char between)
{
    for (; *words; words++)
        str_add_char(out, *words == '|' ? between : *words);
}

/* All commands, with something between. */
static void add_verbs(struct str *out, const char *between)
{
    for (int v = VERB_NONE + 1; v < VERBS; v++)
        str_addf(out, "%s%s", v > VERB_NONE + 1 ? between : "", verb_entry((enum verb)v)->name);
}

/* Text between single quotes of a shell; what `special` holds gets a backslash. */
static void add_quoted(struct str *out, const char *text, const char *special)
{
    for (; *text; text++) {
        if (strchr(special, *text))
            str_add_char(out, '\\');
        if (*text == '\'')
            str_add(out, "'\\''");
        else
            str_add_char(out, *text);
    }
}

/* What may stand behind a command, as words: "booked|not-booked|dropped|leave" or the commands. */
static void add_arguments(struct str *out, int verb)
{
    const struct verb_entry *entry = verb_entry((enum verb)verb);
    if (entry->second)
        add_words(out, entry->second, ' ');
    if (verb == VERB_HELP)
        add_verbs(out, " ");
}

/* Where theme files are, as shells write it. */
static const char own_themes[] = "${XDG_CONFIG_HOME:-$HOME/.config}/tourdesk/themes";
static const char installed_themes[] = TOURDESK_DATA_DIR "/themes";

/* --- bash --------------------------------------------------------------------------------------------------- */

static void bash_options(struct str *out, int verb)
{
    for (int o = 0; o < OPTIONS; o++)
        if (verb < 0 ? option_entry((enum option)o)->verbs == 0 : goes_with((enum option)o, verb))
            str_addf(out, " --%s", option_entry((enum option)o)->name);
}

/* "--a|--b) ... ;;" for the options of a kind. */
static void bash_values(struct str *out, enum value_kind kind, const char *then)
{
    bool any = false;
    for (int o = 0; o < OPTIONS; o++)
        if (value_kind((enum option)o) == kind) {
            str_addf(out, "%s--%s", any ? "|" : "    ", option_entry((enum option)o)->name);
            any = true;
        }
    if (any)
        str_addf(out, ")\n        %s\n        return ;;\n", then);
}

static void bash_choices(struct str *out)
{
    for (int o = 0; o < OPTIONS; o++) {
        if (value_kind((enum option)o) != VALUE_WORDS)
            continue;
        str_addf(out, "    --%s)\n        mapfile -t COMPREPLY < <(compgen -W '",
            option_entry((enum option)o)->name);
        add_words(out, option_entry((enum option)o)->value, ' ');
        str_add(out, "' -- \"$cur\")\n        return ;;\n");
    }
}

static void complete_bash(struct str *out)
{
    str_add(out, "# bash completion for tourdesk, from its own tables.\n\n"
                 "_tourdesk_themes()\n{\n    local file\n    for file in ");
    str_addf(out, "\"%s\"/*.theme \"%s\"/*.theme; do\n", own_themes, installed_themes);
    str_add(out, "        [ -f \"$file\" ] && file=${file##*/} && echo \"${file%.theme}\"\n"
                 "    done\n}\n\n_tourdesk()\n{\n"
                 "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
                 "    local verb='' words i\n"
                 "    # --name=value comes as three words\n"
                 "    if [[ $cur == = ]]; then\n        cur=''\n"
                 "    elif [[ $prev == = ]]; then\n        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
                 "    fi\n"
                 "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                 "        case ${COMP_WORDS[i]} in\n        ");
    add_verbs(out, "|");
    str_add(out, ")\n            verb=${COMP_WORDS[i]}\n            break ;;\n        esac\n"
                 "    done\n    COMPREPLY=()\n    case $prev in\n");
    bash_values(out, VALUE_FILE,
        "compopt -o filenames\n        mapfile -t COMPREPLY < <(compgen -f "
        "-- \"$cur\")");
    bash_values(out, VALUE_FOLDER,
        "compopt -o filenames\n        mapfile -t COMPREPLY < <(compgen "
        "-d -- \"$cur\")");
    bash_values(out, VALUE_THEME,
        "mapfile -t COMPREPLY < <(compgen -W \"$(_tourdesk_themes)\" -- \"$cur\")");
    bash_choices(out);
    bash_values(out, VALUE_TEXT, ":");
    str_add(out, "    esac\n    case $verb in\n");
    for (int v = VERB_NONE; v < VERBS; v++) {
        str_addf(out, "    %s)\n        words='",
            v == VERB_NONE ? "''" : verb_entry((enum verb)v)->name);
        if (v == VERB_NONE)
            add_verbs(out, " ");
        add_arguments(out, v);
        bash_options(out, v);
        str_add(out, "' ;;\n");
    }
    str_add(out, "    esac\n    mapfile -t COMPREPLY < <(compgen -W \"$words");
    bash_options(out, -1);
    str_add(out, " --help --version\" -- \"$cur\")\n}\n\ncomplete -F _tourdesk tourdesk\n");
}

/* --- zsh ------------------------------------------------------------------------------------------------------ */

static void zsh_value(struct str *out, enum option option)
{
    const struct option_entry *entry = option_entry(option);
    switch (value_kind(option)) {
    case VALUE_NONE: break;
    case VALUE_FILE: str_addf(out, ":%s:_files", entry->value); break;
    case VALUE_FOLDER: str_addf(out, ":%s:_files -/", entry->value); break;
    case VALUE_THEME: str_addf(out, ":%s:_tourdesk_themes", entry->value); break;
    case VALUE_WORDS:
        str_add(out, ":one of:(");
        add_words(out, entry->value, ' ');
        str_add_char(out, ')');
        break;
    case VALUE_TEXT: str_addf(out, ":%s: ", entry->value); break;
    }
}

static void zsh_options(struct str *out, int verb)
{
    for (int o = 0; o < OPTIONS; o++) {
        const struct option_entry *entry = option_entry((enum option)o);
        if (verb < 0 ? entry->verbs != 0 : !goes_with((enum option)o, verb))
            continue;
        str_addf(out, "            '%s--%s%s[", o == OPTION_UNIT ? "*" : "", entry->name,
            entry->value ? "=" : "");
        add_quoted(out, entry->help, "[]:\\");
        str_add_char(out, ']');
        zsh_value(out, (enum option)o);
        str_add(out, "'\n");
    }
}

static void zsh_arguments(struct str *out, int verb)
{
    const struct verb_entry *entry = verb_entry((enum verb)verb);
    struct str words = {0};
    add_arguments(&words, verb);
    if (entry->positional && !entry->second && words.length)
        str_addf(out, "            '2::%s:(%s)'\n", entry->positional, str_text(&words));
    else if (entry->positional)
        str_addf(out, "            '2:%s: '\n", entry->positional);
    if (entry->second)
        str_addf(out, "            '3:one of:(%s)'\n", str_text(&words));
    str_finish(&words);
}

static void complete_zsh(struct str *out)
{
    str_add(out, "#compdef tourdesk\n# zsh completion for tourdesk, from its own tables.\n\n"
                 "_tourdesk_themes() {\n    local -a files\n    files=(");
    str_addf(out, "\"%s\"/*.theme(N:t:r) \"%s\"/*.theme(N:t:r))\n", own_themes, installed_themes);
    str_add(out, "    compadd -a files\n}\n\n_tourdesk() {\n"
                 "    local -a verbs names given common own\n    local verb\n    verbs=(\n");
    for (int v = VERB_NONE + 1; v < VERBS; v++) {
        str_addf(out, "        '%s:", verb_entry((enum verb)v)->name);
        add_quoted(out, verb_entry((enum verb)v)->help, ":\\");
        str_add(out, "'\n");
    }
    str_add(out, "    )\n    common=(\n");
    zsh_options(out, -1);
    str_add(out, "    )\n    names=(${verbs%%:*})\n    given=(${words[2,CURRENT-1]})\n"
                 "    verb=${${given:*names}[1]}\n    case $verb in\n");
    for (int v = VERB_NONE; v < VERBS; v++) {
        str_addf(out, "    %s)\n        own=(\n",
            v == VERB_NONE ? "''" : verb_entry((enum verb)v)->name);
        zsh_options(out, v);
        zsh_arguments(out, v);
        str_add(out, "        ) ;;\n");
    }
    str_add(out, "    esac\n    _arguments \"$common[@]\" \"$own[@]\" "
                 "'1:command:{_describe command verbs}'\n}\n\n_tourdesk \"$@\"\n");
}

/* --- fish ------------------------------------------------------------------------------------------------------- */

static void fish_condition(struct str *out, unsigned verbs)
{
    str_add(out, " -n '");
    if (verbs & 1U << VERB_NONE)
        str_add(out, "not __tourdesk_command >/dev/null; or ");
    str_add(out, "contains -- (__tourdesk_command)");
    for (int v = VERB_NONE + 1; v < VERBS; v++)
        if (verbs & 1U << v)
            str_addf(out, " %s", verb_entry((enum verb)v)->name);
    str_add_char(out, '\'');
}

static void fish_value(struct str *out, enum option option)
{
    switch (value_kind(option)) {
    case VALUE_NONE: break;
    case VALUE_FILE: str_add(out, " -r -F"); break;
    case VALUE_FOLDER: str_add(out, " -x -a '(__fish_complete_directories)'"); break;
    case VALUE_THEME: str_add(out, " -x -a '(__tourdesk_themes)'"); break;
    case VALUE_WORDS:
        str_add(out, " -x -a '");
        add_words(out, option_entry(option)->value, ' ');
        str_add_char(out, '\'');
        break;
    case VALUE_TEXT: str_add(out, " -x"); break;
    }
}

static void fish_option(struct str *out, enum option option)
{
    const struct option_entry *entry = option_entry(option);
    str_add(out, "complete -c tourdesk");
    if (entry->verbs)
        fish_condition(out, entry->verbs);
    str_addf(out, " -l %s", entry->name);
    fish_value(out, option);
    str_add(out, " -d '");
    add_quoted(out, entry->help, "\\");
    str_add(out, "'\n");
}

static void complete_fish(struct str *out)
{
    str_add(out, "# fish completion for tourdesk, from its own tables.\n\n"
                 "function __tourdesk_command\n    for word in (commandline -opc)[2..-1]\n"
                 "        if contains -- $word ");
    add_verbs(out, " ");
    str_add(out,
        "\n            echo $word\n            return\n        end\n    end\n    return 1\nend\n\n"
        "function __tourdesk_themes\n    set -l home $HOME/.config\n"
        "    set -q XDG_CONFIG_HOME; and set home $XDG_CONFIG_HOME\n"
        "    for file in $home/tourdesk/themes/*.theme ");
    str_add(out, TOURDESK_DATA_DIR "/themes/*.theme\n"
                                   "        string replace -r '.*/(.*)\\.theme$' '$1' -- $file\n"
                                   "    end\nend\n\ncomplete -c tourdesk -f\n");
    for (int v = VERB_NONE + 1; v < VERBS; v++) {
        struct str words = {0};
        const char *name = verb_entry((enum verb)v)->name;
        str_addf(
            out, "complete -c tourdesk -n 'not __tourdesk_command >/dev/null' -a %s -d '", name);
        add_quoted(out, verb_entry((enum verb)v)->help, "\\");
        str_add(out, "'\n");
        add_arguments(&words, v);
        if (words.length)
            str_addf(out, "complete -c tourdesk -n 'contains -- (__tourdesk_command) %s' -a '%s'\n",
                name, str_text(&words));
        str_finish(&words);
    }
    for (int o = 0; o < OPTIONS; o++)
        fish_option(out, (enum option)o);
}

bool docs_completion(struct str *out, const char *shell, struct error *error)
{
    static const struct {
        const char *shell;
        void (*complete)(struct str *out);
    } shells[] = {{"bash", complete_bash}, {"zsh", complete_zsh}, {"fish", complete_fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].shell, shell) == 0) {
            shells[i].complete(out);
            return true;
        }
    return error_set(error, "there are no completions for \"%s\"", shell);
}
