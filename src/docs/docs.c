#include "tourdesk/docs/docs.h"

#include "tourdesk/cli/args.h"
#include "tourdesk/config/options.h"
#include "tourdesk/desk/action.h"
#include "tourdesk/tui/theme.h"
#include "tourdesk/worker/engine.h"

#include <string.h>

/* Text for mdoc: what would be a macro or a comment is not one. */
static void add_mdoc(struct str *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        str_add(out, "\\&");
    for (; *text; text++)
        switch (*text) {
        case '\\': str_add(out, "\\e"); break;
        case '-': str_add(out, "\\-"); break;
        case '"': str_add(out, "\\(dq"); break;
        case '|': str_add(out, "\\(ba"); break;
        default: str_add_char(out, *text); break;
        }
}

static void item(struct str *out, const char *tag, const char *words)
{
    str_add(out, ".It Li \\&");
    add_mdoc(out, tag);
    str_add_char(out, '\n');
    add_mdoc(out, words);
    str_add(out, ".\n");
}

static void begin_list(struct str *out, const char *width)
{
    str_addf(out, ".Bl -tag -width \"%s\" -compact\n", width);
}

/* --- keys ---------------------------------------------------------------------------------------------------- */

/* Places that many actions share, by a name of their own. */
static const struct {
    unsigned set;
    const char *words;
} groups[] = {
    {CONTEXT_CALENDAR | CONTEXT_BOARD | CONTEXT_TOURS | CONTEXT_COMMUNITIES | CONTEXT_PERSON |
            CONTEXT_HANDOVER | CONTEXT_RESULTS | CONTEXT_MESSAGES,
        "every page"},
    {CONTEXT_CALENDAR | CONTEXT_BOARD | CONTEXT_TOURS | CONTEXT_PERSON | CONTEXT_HANDOVER |
            CONTEXT_RESULTS,
        "pages with tours"},
    {CONTEXT_FORM | CONTEXT_SEARCH | CONTEXT_ENTRY | CONTEXT_PROMPT | CONTEXT_HELP,
        "where text is typed"},
};

enum { GROUPS = sizeof groups / sizeof *groups };

/* The place of a number: the groups, then the single ones; 0 behind the last. */
static unsigned place_set(int place)
{
    if (place == 0)
        return CONTEXT_EVERYWHERE;
    if (place > 0 && place <= GROUPS)
        return groups[place - 1].set;
    unsigned one = 1U << (place - GROUPS);
    return one <= CONTEXT_LAST ? one : 0;
}

static const char *place_words(int place)
{
    if (place > 0 && place <= GROUPS)
        return groups[place - 1].words;
    return context_word((enum context)place_set(place));
}

/* The first place that is wholly among those of the action: where the manual lists it. */
static int first_place(unsigned contexts)
{
    int place = 0;
    while (place_set(place) && (contexts & place_set(place)) != place_set(place))
        place++;
    return place;
}

static void add_places(unsigned contexts, struct str *out)
{
    while (contexts) {
        int place = first_place(contexts);
        str_addf(out, "%s%s", out->length ? ", " : "", place_words(place));
        contexts &= ~place_set(place);
    }
}

/* "H board:h" as "H or h (board)"; an action without a key goes by its name. */
static void add_keys(const struct action_entry *entry, struct str *out)
{
    for (const char *at = entry->keys; *at; at += strspn(at, " ")) {
        int length = (int)strcspn(at, " ");
        const char *colon = memchr(at, ':', (size_t)length);
        str_add(out, out->length ? " or " : "");
        if (colon && colon > at && colon < at + length - 1)
            str_addf(out, "%.*s (%.*s)", (int)(at + length - colon - 1), colon + 1,
                (int)(colon - at), at);
        else
            str_addf(out, "%.*s", length, at);
        at += length;
    }
    if (!out->length)
        str_addf(out, ":%s", entry->name);
}

static void add_key_item(const struct action_entry *entry, unsigned here, struct str *out)
{
    struct str keys = {0}, words = {0}, where = {0};
    add_keys(entry, &keys);
    add_places(entry->contexts & ~here, &where);
    str_add(&words, entry->help);
    if (where.length)
        str_addf(&words, "; also in: %s", str_text(&where));
    if (entry->takes)
        str_addf(&words, "; the prompt takes %s behind it", entry->takes);
    str_addf(&words, " (%s)", entry->name);
    item(out, str_text(&keys), str_text(&words));
    str_finish(&keys);
    str_finish(&words);
    str_finish(&where);
}

static void table_keys(struct str *out)
{
    for (int place = 0; place_set(place); place++) {
        bool any = false;
        for (int i = ACTION_NOTHING + 1; i < ACTION_KINDS; i++) {
            const struct action_entry *entry = action_entry((enum action)i);
            if (first_place(entry->contexts) != place)
                continue;
            if (!any) {
                str_addf(out, ".Ss In: %s\n", place_words(place));
                begin_list(out, "Backspace or C-h");
            }
            any = true;
            add_key_item(entry, place_set(place), out);
        }
        if (any)
            str_add(out, ".El\n");
    }
}

static void markdown_keys(struct str *out)
{
    str_add(out, "| key | what it does | where | name |\n|---|---|---|---|\n");
    for (int i = ACTION_NOTHING + 1; i < ACTION_KINDS; i++) {
        const struct action_entry *entry = action_entry((enum action)i);
        struct str keys = {0}, where = {0};
        add_keys(entry, &keys);
        add_places(entry->contexts, &where);
        str_addf(out, "| `%s` | %s | %s | %s |\n", str_text(&keys), entry->help, str_text(&where),
            entry->name);
        str_finish(&keys);
        str_finish(&where);
    }
}

/* --- the command line -------------------------------------------------------------------------------------------- */

static void add_option_item(struct str *out, const struct option_entry *option)
{
    struct str tag = {0}, words = {0};
    str_addf(&tag, "--%s%s%s", option->name, option->value ? " " : "",
        option->value ? option->value : "");
    str_addf(&words, "%s%s%s", option->help, option->field ? "; in --input: " : "",
        option->field ? option->field : "");
    item(out, str_text(&tag), str_text(&words));
    str_finish(&tag);
    str_finish(&words);
}

static void table_commands(struct str *out)
{
    for (int v = VERB_NONE + 1; v < VERBS; v++) {
        const struct verb_entry *verb = verb_entry((enum verb)v);
        bool any = false;
        str_addf(out, ".Ss tourdesk %s%s%s%s%s\n", verb->name, verb->positional ? " " : "",
            verb->positional ? verb->positional : "", verb->second ? " " : "",
            verb->second ? verb->second : "");
        add_mdoc(out, verb->help);
        str_add(out, ".\n");
        for (int o = 0; o < OPTIONS; o++) {
            const struct option_entry *option = option_entry((enum option)o);
            if (!(option->verbs & 1U << v))
                continue;
            if (!any)
                begin_list(out, "--move-date DATE");
            any = true;
            add_option_item(out, option);
        }
        if (any)
            str_add(out, ".El\n");
    }
}

static void table_options(struct str *out)
{
    begin_list(out, "--move-date DATE");
    for (int o = 0; o < OPTIONS; o++)
        if (option_entry((enum option)o)->verbs == 0)
            add_option_item(out, option_entry((enum option)o));
    str_add(out, ".El\n");
}

/* --- states and outcomes ------------------------------------------------------------------------------------------- */

static void table_reasons(struct str *out)
{
    begin_list(out, "booking_failed");
    for (int i = REASON_NONE + 1; i < REASONS; i++)
        item(out, reason_token((enum reason)i), reason_words((enum reason)i));
    str_add(out, ".El\n");
}

static void table_outcomes(struct str *out)
{
    str_add(out,
        ".Bl -column \"timeout before the request\" \"confirmed\" \"confirmed\" \"confirmed\" "
        "\"confirmed\"\n.It what came back");
    static const char *const heads[] = {"read", "person", "booking, visit, call", "cancel"};
    for (int a = 0; a < ASKED_KINDS; a++)
        str_addf(out, " Ta %s", heads[a]);
    str_add_char(out, '\n');
    for (int c = 0; c < CAME_KINDS; c++) {
        str_add(out, ".It ");
        add_mdoc(out, came_words((enum came)c));
        for (int a = 0; a < ASKED_KINDS; a++)
            str_addf(out, " Ta %s", verdict_word(outcome_verdict((enum asked)a, (enum came)c)));
        str_add_char(out, '\n');
    }
    str_add(out, ".El\n");
}

static void kinds_of(unsigned set, struct str *out)
{
    if (set == (1U << OPERATION_KINDS) - 1) {
        str_add(out, "any");
        return;
    }
    for (int k = 0; k < OPERATION_KINDS; k++)
        if (set & 1U << k)
            str_addf(
                out, "%s%s", out->length ? ", " : "", operation_kind_word((enum operation_kind)k));
}

static void table_engine(struct str *out)
{
    struct engine_row row;
    str_add(out, ".Bl -column \"register\" \"confirmed\" \"prospect\" "
                 "\"what it belongs to did not come to be\" \"confirmed\" \"prospect\"\n"
                 ".It kind Ta state Ta on the wire Ta event Ta becomes Ta then\n");
    for (size_t i = 0; engine_table(i, &row); i++) {
        struct str kinds = {0};
        kinds_of(row.kinds, &kinds);
        str_addf(out, ".It %s Ta %s Ta %s Ta ", str_text(&kinds), state_word(row.state),
            row.any_step ? "any" : step_word(row.step));
        add_mdoc(out, event_words(row.event));
        str_addf(out, " Ta %s Ta %s%s%s\n", state_word(row.move.state), then_word(row.move.then),
            row.move.step ? " " : "", row.move.step ? step_word(row.move.step) : "");
        str_finish(&kinds);
    }
    str_add(out, ".El\n");
}

/* --- themes and configuration ------------------------------------------------------------------------------------------ */

static void table_roles(struct str *out)
{
    str_add(out, ".Bl -item -compact\n");
    for (int i = 0; i < ROLES; i++)
        str_addf(out, ".It\n.Ic %s\n", role_name((enum role)i));
    str_add(out, ".El\n");
}

static void table_top(struct str *out)
{
    options_man(SCOPE_TOP, out);
}

static void table_profile(struct str *out)
{
    options_man(SCOPE_PROFILE, out);
}

static void table_community(struct str *out)
{
    options_man(SCOPE_COMMUNITY, out);
}

static const struct table {
    const char *name;
    void (*mdoc)(struct str *out);
    void (*markdown)(struct str *out);
} tables[] = {
    {"KEYS", table_keys, markdown_keys},
    {"COMMANDS", table_commands, NULL},
    {"OPTIONS", table_options, NULL},
    {"REASONS", table_reasons, NULL},
    {"OUTCOMES", table_outcomes, NULL},
    {"ENGINE", table_engine, NULL},
    {"ROLES", table_roles, NULL},
    {"TOP_OPTIONS", table_top, NULL},
    {"PROFILE_OPTIONS", table_profile, NULL},
    {"COMMUNITY_OPTIONS", table_community, NULL},
};

static const struct table *find_table(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strlen(tables[i].name) == length && strncmp(tables[i].name, name, length) == 0)
            return &tables[i];
    return NULL;
}

/* --- filling ------------------------------------------------------------------------------------------------------------- */

bool docs_fill(struct str *out, const char *text, struct error *error)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        bool marker = length > 2 && text[0] == '@' && text[length - 1] == '@';
        const struct table *table = marker ? find_table(text + 1, length - 2) : NULL;
        if (marker && !table)
            return error_set(error, "there is no table %.*s", (int)length, text);
        if (table)
            table->mdoc(out);
        else
            str_addf(out, "%.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
    return true;
}

bool docs_refresh(struct str *out, const char *text, struct error *error)
{
    static const char open[] = "<!-- ", close[] = " -->", end[] = "<!-- end -->\n";
    const char *start;
    while ((start = strstr(text, open)) != NULL) {
        const char *name = start + strlen(open);
        const char *stop = strstr(name, close), *last = strstr(name, end);
        const struct table *table = stop ? find_table(name, (size_t)(stop - name)) : NULL;
        if (!table || !table->markdown || !last)
            return error_set(error, "there is no table %.30s", start);
        str_add_bytes(out, text, (size_t)(stop - text));
        str_addf(out, "%s\n", close);
        table->markdown(out);
        str_add(out, end);
        text = last + strlen(end);
    }
    str_add(out, text);
    return true;
}
