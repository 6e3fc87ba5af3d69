#include "tourdesk/cli/args.h"

#include "tourdesk/base/mem.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    SLOTS = 1 << VERB_SLOTS,
    BOOK = 1 << VERB_BOOK,
    CANCEL = 1 << VERB_CANCEL,
    VISIT = 1 << VERB_VISIT,
    CALL = 1 << VERB_LOG_CALL,
    BOARD = 1 << VERB_BOARD,
    MOVE = 1 << VERB_RESCHEDULE,
    STATUS = 1 << VERB_STATUS,
    SETTLE = 1 << VERB_SETTLE,
    INTERACTIVE = 1 << VERB_NONE | 1 << VERB_DEMO,
    INPUT_MOST = 64 * 1024,
};

static const struct verb_entry verbs[VERBS] = {
    [VERB_NONE] = {"", NULL, NULL, "open the desk"},
    [VERB_DEMO] = {"demo", NULL, NULL, "open the desk on a practice Knock of its own"},
    [VERB_SLOTS] = {"slots", NULL, NULL, "list the free times"},
    [VERB_BOOK] = {"book", NULL, NULL, "book a tour"},
    [VERB_RESCHEDULE] = {"reschedule", "APPOINTMENT", NULL,
        "move a tour: the new time is booked first, the old one released after"},
    [VERB_CANCEL] = {"cancel", "APPOINTMENT", NULL, "cancel a tour; Knock may write to the person"},
    [VERB_VISIT] = {"visit", NULL, NULL, "log a visit"},
    [VERB_LOG_CALL] = {"log-call", NULL, NULL, "log a telephone call that is over"},
    [VERB_BOARD] = {"board", NULL, NULL, "list the tours of a day"},
    [VERB_STATUS] = {"status", "[OPERATION]", NULL,
        "list what was asked for, or tell of one operation"},
    [VERB_SYNC] = {"sync", NULL, NULL,
        "send what is saved at once, look into what is unknown, tell what became of each"},
    [VERB_SETTLE] = {"settle", "OPERATION", "booked|not-booked|dropped|leave",
        "say what became of an unknown outcome; not-booked sends it again, dropped does not"},
    [VERB_WITHDRAW] = {"withdraw", "OPERATION", NULL, "take back what has not left"},
    [VERB_SOURCES] = {"sources", NULL, NULL, "list the sources that Knock knows"},
    [VERB_PROSPECT] = {"prospect", "ID", NULL, "show Knock's guest card of a person"},
    [VERB_EVENTS] = {"events", "ID", NULL, "list Knock's history of a person"},
    [VERB_DOCTOR] = {"doctor", NULL, NULL,
        "check configuration, ledger, clocks, line and keys; nothing personal is printed"},
    [VERB_CHECK_CONFIG] = {"check-config", NULL, NULL,
        "check the configuration and print what is in force"},
    [VERB_HELP] = {"help", "[COMMAND]", NULL, "show this, or all about one command"},
    [VERB_VERSION] = {"version", NULL, NULL, "show the version"},
};

static const struct option_entry options[OPTIONS] = {
    [OPTION_COMMUNITY] = {"community", "ID", NULL, 0,
        "the community; else the first one configured"},
    [OPTION_PROFILE] = {"profile", "NAME", NULL, 0, "the profile; else the one the file names"},
    [OPTION_CONFIG] = {"config", "FILE", NULL, 0, "the configuration file"},
    [OPTION_DATA] = {"data", "DIR", NULL, 0, "the folder of the ledger"},
    [OPTION_JSON] = {"json", NULL, NULL, 0, "print one JSON object and nothing else"},
    [OPTION_THEME] = {"theme", "NAME", NULL, INTERACTIVE, "the theme, or a theme file"},
    [OPTION_ASCII] = {"ascii", NULL, NULL, INTERACTIVE, "draw with ASCII characters only"},
    [OPTION_LOG] = {"log", "FILE", NULL, 0, "log what happens; nothing personal is in it"},
    [OPTION_INPUT] = {"input", "-", NULL, BOOK | MOVE | CANCEL | VISIT | CALL,
        "read the fields as one flat JSON object on standard input"},
    [OPTION_FROM] = {"from", "DATE", NULL, SLOTS, "the first day; else today"},
    [OPTION_DAYS] = {"days", "N", NULL, SLOTS | STATUS, "how many days; else 7"},
    [OPTION_FOR] = {"for", "CALENDAR", NULL, SLOTS | BOOK, "self-guided (default) or in-person"},
    [OPTION_START] = {"start", "TIME", "startTime", BOOK | MOVE | CALL,
        "when it begins; of a call, began"},
    [OPTION_END] = {"end", "TIME", "endTime", BOOK | MOVE | CALL,
        "when it ends; else after the usual length; of a call, just now"},
    [OPTION_FIRST_NAME] = {"first-name", "NAME", "firstName", BOOK, "one name suffices"},
    [OPTION_LAST_NAME] = {"last-name", "NAME", "lastName", BOOK, "one name suffices"},
    [OPTION_EMAIL] = {"email", "ADDRESS", "email", BOOK, "one of e-mail and phone suffices"},
    [OPTION_PHONE] = {"phone", "NUMBER", "phone", BOOK, "one of e-mail and phone suffices"},
    [OPTION_SMS_CONSENT] = {"sms-consent", "yes|no", "smsConsent", BOOK,
        "what they said when asked about texts; else they were not asked"},
    [OPTION_MOVE_DATE] = {"move-date", "DATE", "moveDate", BOOK, "when they want to move in"},
    [OPTION_BEDROOMS] = {"bedrooms", "LIST", "bedrooms", BOOK, "studio, 1, 2, 3+"},
    [OPTION_OCCUPANTS] = {"occupants", "N", "occupants", BOOK, "how many will live there"},
    [OPTION_LEASE_MONTHS] = {"lease-months", "N", "leaseTermMonths", BOOK, "how long a lease"},
    [OPTION_MIN_BUDGET] = {"min-budget", "DOLLARS", "minBudget", BOOK, "a month"},
    [OPTION_MAX_BUDGET] = {"max-budget", "DOLLARS", "maxBudget", BOOK, "a month"},
    [OPTION_MESSAGE] = {"message", "TEXT", "message", BOOK, "a note, at most 1000 characters"},
    [OPTION_SOURCE] = {"source", "TITLE", "sourceTitle", BOOK | VISIT | CALL,
        "where they heard of us; else the configured one, for a visit the booking's, for a call "
        "none"},
    [OPTION_REPLACE] = {"replace", NULL, NULL, BOOK | MOVE,
        "the booking may knock out a tour this person has already"},
    [OPTION_REASON] = {"reason", "TEXT", "reason", CANCEL, "why; kept here"},
    [OPTION_ASKED_BY] = {"asked-by", "WHO", "askedBy", CANCEL, "prospect (default) or staff"},
    [OPTION_APPOINTMENT] = {"appointment", "ID", "appointmentId", VISIT | CALL | SETTLE,
        "the tour: Knock's number (for settle this alone), or the operation that booked it"},
    [OPTION_PROSPECT] = {"prospect", "ID", "prospectId", VISIT | CALL,
        "the person, where there is no tour"},
    [OPTION_AT] = {"at", "TIME", "visitTime", VISIT,
        "when they were there; else the tour's own time if it is past, else now"},
    [OPTION_UNIT] = {"unit", "NAME", "unitNames", VISIT,
        "a unit they saw, or several with commas between; may be given again"},
    [OPTION_AGAIN] = {"again", NULL, NULL, VISIT | CALL,
        "a second visit of one tour, or a second call at one time, is meant"},
    [OPTION_ANY_UNIT] = {"any-unit", NULL, NULL, VISIT, "send unit names that are not in the list"},
    [OPTION_OUTCOME] = {"outcome",
        "answered|missed-no-voicemail|missed-voicemail|hung-up|failed|terminated", "outcome", CALL,
        "how the call ended"},
    [OPTION_TYPE] = {"type", "inbound|outbound", "type", CALL, "who rang; else they did: inbound"},
    [OPTION_USERNAME] = {"username", "NAME", "username", CALL,
        "the agent's user at Knock; else the configured agent_username"},
    [OPTION_AGENT_PHONE] = {"agent-phone", "NUMBER", "phoneNumber", CALL,
        "the agent's number; else the configured agent_phone"},
    [OPTION_DATE] = {"date", "DATE", NULL, BOARD, "the day; else today"},
};

/* What a field of --input may be besides a text. */
enum input_kind {
    INPUT_TEXT,
    INPUT_NUMBER, /* a number */
    INPUT_YES_NO, /* true or false */
    INPUT_LIST,   /* a list of texts */
};

static const enum input_kind kinds[OPTIONS] = {
    [OPTION_PHONE] = INPUT_NUMBER,
    [OPTION_AGENT_PHONE] = INPUT_NUMBER,
    [OPTION_SMS_CONSENT] = INPUT_YES_NO,
    [OPTION_BEDROOMS] = INPUT_LIST,
    [OPTION_OCCUPANTS] = INPUT_NUMBER,
    [OPTION_LEASE_MONTHS] = INPUT_NUMBER,
    [OPTION_MIN_BUDGET] = INPUT_NUMBER,
    [OPTION_MAX_BUDGET] = INPUT_NUMBER,
    [OPTION_APPOINTMENT] = INPUT_NUMBER,
    [OPTION_PROSPECT] = INPUT_NUMBER,
    [OPTION_UNIT] = INPUT_LIST,
};

const struct verb_entry *verb_entry(enum verb verb)
{
    return &verbs[verb];
}

const struct option_entry *option_entry(enum option option)
{
    return &options[option];
}

/* --- reading ----------------------------------------------------------------------------------------------- */

static int find_verb(const char *word)
{
    for (int i = VERB_NONE + 1; i < VERBS; i++)
        if (strcmp(verbs[i].name, word) == 0)
            return i;
    return -1;
}

static int find_option(const char *name, size_t length)
{
    for (int i = 0; i < OPTIONS; i++)
        if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0)
            return i;
    return -1;
}

static bool set(struct args *args, enum option option, const char *value, struct error *error)
{
    if (option != OPTION_UNIT) {
        args->values[option] = value;
        return true;
    }
    if (args->unit_count == UNITS_MOST)
        return error_set(error, "more than %d units", UNITS_MOST);
    args->units[args->unit_count++] = value;
    args->values[option] = value;
    return true;
}

/* "--name VALUE", "--name=VALUE" or "--flag" at argv[*i]. */
static bool read_option(struct args *args, int argc, char **argv, int *i, struct error *error)
{
    const char *name = argv[*i] + 2, *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    int option = find_option(name, length);
    if (option < 0)
        return error_set(error, "unknown option \"%s\"", argv[*i]);
    if (!options[option].value) {
        if (equals)
            return error_set(error, "--%s takes no value", options[option].name);
        return set(args, (enum option)option, "", error);
    }
    if (equals)
        return set(args, (enum option)option, equals + 1, error);
    if (*i + 1 >= argc)
        return error_set(
            error, "--%s needs a value: %s", options[option].name, options[option].value);
    return set(args, (enum option)option, argv[++*i], error);
}

static bool read_word(struct args *args, const char *word, bool *has_verb, struct error *error)
{
    int verb = find_verb(word);
    if (!*has_verb) {
        if (verb < 0)
            return error_set(error, "unknown command \"%s\"", word);
        args->verb = (enum verb)verb;
        *has_verb = true;
        return true;
    }
    const struct verb_entry *entry = &verbs[args->verb];
    size_t most = entry->second ? 2 : entry->positional ? 1 : 0;
    if (args->positional_count == most)
        return error_set(error, "\"%s\" is one word too many", word);
    args->positionals[args->positional_count++] = word;
    return true;
}

/* Every option must be one that the verb knows. */
static bool check_options(const struct args *args, struct error *error)
{
    const char *name = args->verb == VERB_NONE ? "tourdesk" : verbs[args->verb].name;
    for (int i = 0; i < OPTIONS; i++)
        if (args->values[i] && options[i].verbs && !(options[i].verbs & 1U << args->verb))
            return error_set(error, "--%s does not go with %s", options[i].name, name);
    return true;
}

static bool check_words(struct args *args, struct error *error)
{
    const struct verb_entry *entry = &verbs[args->verb];
    const char *name = entry->name;
    if (args->verb == VERB_HELP && args->positional_count > 0) {
        int about = find_verb(args->positionals[0]);
        if (about < 0)
            return error_set(error, "unknown command \"%s\"", args->positionals[0]);
        args->about = (enum verb)about;
    }
    if (entry->positional && entry->positional[0] != '[' && args->positional_count == 0)
        return error_set(error, "%s needs %s", name, entry->positional);
    if (entry->second && args->positional_count < 2)
        return error_set(error, "%s needs %s: %s", name, "a word", entry->second);
    return true;
}

/* --- fields on standard input --------------------------------------------------------------------------------- */

static bool read_input(struct args *args, struct error *error)
{
    char bytes[4096];
    ssize_t n;
    while ((n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0) {
        str_add_bytes(&args->input, bytes, (size_t)n);
        if (args->input.length > INPUT_MOST)
            return error_set(error, "--input: more than %d bytes", INPUT_MOST);
    }
    return n == 0 || error_set(error, "--input: %s", strerror(errno));
}

/* Gives a field that is no text the words it has on the command line; they are freed with it. */
static void set_words(cJSON *item, const char *words)
{
    item->valuestring = cJSON_malloc(strlen(words) + 1);
    if (!item->valuestring)
        mem_exhausted();
    memcpy(item->valuestring, words, strlen(words) + 1);
}

static bool take_number(cJSON *item)
{
    char number[32];
    if (!cJSON_IsNumber(item))
        return false;
    str_print(number, sizeof number, "%.15g", item->valuedouble);
    set_words(item, number);
    return true;
}

static bool take_yes_no(cJSON *item)
{
    if (!cJSON_IsBool(item))
        return false;
    set_words(item, cJSON_IsTrue(item) ? "yes" : "no");
    return true;
}

/* A list becomes its items with commas between. */
static bool take_list(cJSON *item)
{
    const cJSON *entry;
    struct str words = {0};
    bool ok = cJSON_IsArray(item);
    cJSON_ArrayForEach (entry, item) {
        ok = ok && cJSON_IsString(entry);
        if (ok)
            str_addf(&words, "%s%s", words.length ? "," : "", entry->valuestring);
    }
    if (ok)
        set_words(item, str_text(&words));
    str_finish(&words);
    return ok;
}

static const struct {
    bool (*take)(cJSON *item); /* what is no text; NULL = nothing else will do */
    const char *words;
} input_kinds[] = {
    [INPUT_TEXT] = {NULL, "a text"},
    [INPUT_NUMBER] = {take_number, "a text or a number"},
    [INPUT_YES_NO] = {take_yes_no, "true or false"},
    [INPUT_LIST] = {take_list, "a text or a list of texts"},
};

static int find_field(const char *name)
{
    for (int i = 0; i < OPTIONS; i++)
        if (options[i].field && strcmp(options[i].field, name) == 0)
            return i;
    return -1;
}

/* Every unit is an option of its own. */
static bool take_units(struct args *args, const cJSON *list, struct error *error)
{
    const cJSON *unit;
    cJSON_ArrayForEach (unit, list)
        if (!set(args, OPTION_UNIT, unit->valuestring, error))
            return false;
    return true;
}

static bool take_field(struct args *args, cJSON *item, struct error *error)
{
    int option = find_field(item->string);
    if (option < 0)
        return error_set(error, "--input: unknown field \"%.40s\"", item->string);
    if (cJSON_IsNull(item))
        return true;
    enum input_kind kind = kinds[option];
    bool fits = cJSON_IsString(item) || (input_kinds[kind].take && input_kinds[kind].take(item));
    if (!fits)
        return error_set(
            error, "--input: \"%s\" must be %s", item->string, input_kinds[kind].words);
    if (option == OPTION_UNIT && cJSON_IsArray(item))
        return take_units(args, item, error);
    return args->values[option] || set(args, (enum option)option, item->valuestring, error);
}

static bool take_fields(struct args *args, struct error *error)
{
    if (strcmp(args->values[OPTION_INPUT], "-") != 0)
        return error_set(error, "--input: only - (standard input) is known");
    if (!read_input(args, error))
        return false;
    if (strlen(str_text(&args->input)) != args->input.length ||
        strstr(str_text(&args->input), "\\u0000"))
        return error_set(error, "--input: a NUL character stands in it");
    cJSON *fields = cJSON_ParseWithOpts(str_text(&args->input), NULL, true), *item;
    args->fields = fields;
    if (!cJSON_IsObject(fields))
        return error_set(error, "--input: standard input holds no JSON object");
    cJSON_ArrayForEach (item, fields)
        if (!take_field(args, item, error))
            return false;
    return true;
}

/* True once --help or --version has decided what is wanted. */
static bool is_answered(struct args *args, const char *word)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        args->about = args->verb;
        args->verb = VERB_HELP;
        return true;
    }
    if (strcmp(word, "--version") != 0)
        return false;
    args->verb = VERB_VERSION;
    return true;
}

static bool parse(struct args *args, int argc, char **argv, struct error *error)
{
    bool has_verb = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        bool ok;
        if (is_answered(args, word))
            return true;
        if (strncmp(word, "--", 2) == 0 && word[2])
            ok = read_option(args, argc, argv, &i, error);
        else
            ok = read_word(args, word, &has_verb, error);
        if (!ok)
            return false;
    }
    if (!check_options(args, error) || !check_words(args, error))
        return false;
    return !args->values[OPTION_INPUT] || (take_fields(args, error) && check_options(args, error));
}

bool args_parse(struct args *args, int argc, char **argv, struct error *error)
{
    *args = (struct args){.verb = VERB_NONE};
    if (parse(args, argc, argv, error))
        return true;
    /* Whoever asked for an object gets one, wherever the mistake was. */
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--json") == 0)
            args->values[OPTION_JSON] = "";
    return false;
}

void args_finish(struct args *args)
{
    cJSON_Delete(args->fields);
    str_finish(&args->input);
    *args = (struct args){0};
}

/* --- usage ------------------------------------------------------------------------------------------------------ */

/* What is explained, and behind it or below it the explanation; the first is freed. */
static void add_row(struct str *out, struct str *left, const char *help)
{
    str_addf(
        out, left->length > 24 ? "  %s\n  %26s%s\n" : "  %-24s%s %s\n", str_text(left), "", help);
    str_finish(left);
}

static void add_options(struct str *out, unsigned verb_bit)
{
    for (int i = 0; i < OPTIONS; i++) {
        const struct option_entry *o = &options[i];
        if (verb_bit ? !(o->verbs & verb_bit) : o->verbs != 0)
            continue;
        struct str left = {0};
        str_addf(&left, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
        add_row(out, &left, o->help);
    }
}

/* "settle OPERATION booked|not-booked|dropped|leave" */
static void add_call(struct str *out, const struct verb_entry *verb)
{
    str_add(out, verb->name);
    if (verb->positional)
        str_addf(out, " %s", verb->positional);
    if (verb->second)
        str_addf(out, " %s", verb->second);
}

void args_usage(struct str *out, enum verb verb)
{
    if (verb != VERB_NONE) {
        const struct verb_entry *v = &verbs[verb];
        str_add(out, "tourdesk ");
        add_call(out, v);
        str_addf(out, " [OPTION]...: %s\n", v->help);
        add_options(out, 1U << verb);
        return;
    }
    str_add(out, "usage: tourdesk [COMMAND] [OPTION]...\n\n"
                 "Without a command: the desk, for a terminal. ? shows its keys.\n\nCommands:\n");
    for (int i = VERB_NONE + 1; i < VERBS; i++) {
        struct str left = {0};
        add_call(&left, &verbs[i]);
        add_row(out, &left, verbs[i].help);
    }
    str_add(out, "\nOptions for every command:\n");
    add_options(out, 0);
    str_add(out, "\nOptions of one command:\n");
    for (int i = VERB_NONE; i < VERBS; i++) {
        struct str own = {0};
        add_options(&own, 1U << i);
        if (own.length)
            str_addf(out, "%s:\n%s", i == VERB_NONE ? "tourdesk" : verbs[i].name, str_text(&own));
        str_finish(&own);
    }
    str_add(out, "\nExit codes: 0 done, 2 usage or configuration, 3 refused, 4 unknown, "
                 "5 saved here and not at Knock yet.\n");
}
