#include "tourdesk/sandbox/options.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/sandbox/pace.h"
#include "tourdesk/tour/stamp.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum option_kind {
    OPTION_TEXT,
    OPTION_FLAG,
    OPTION_NUMBER,
    OPTION_ACTION, /* sets `action` to `low` */
    OPTION_TIME,
    OPTION_SPEED,
    OPTION_FAULT,
};

static const struct option {
    const char *name, *value, *help; /* value NULL = takes none */
    enum option_kind kind;
    size_t offset;
    long low, high;
} table[] = {
    {"port", "N", "listen on port N; 0 takes a free one (the default)", OPTION_NUMBER,
        offsetof(struct options, port), 0, 65535},
    {"listen", "ADDRESS", "listen on ADDRESS instead of 127.0.0.1", OPTION_TEXT,
        offsetof(struct options, listen), 0, 0},
    {"data", "DIR", "keep everything in DIR, so that it survives a restart", OPTION_TEXT,
        offsetof(struct options, data), 0, 0},
    {"office", "FILE", "play the office that FILE describes (JSON)", OPTION_TEXT,
        offsetof(struct options, office), 0, 0},
    {"clock", "TIME", "start the clock at TIME (RFC 3339)", OPTION_TIME,
        offsetof(struct options, clock_at), 0, 0},
    {"clock-speed", "X", "let the clock run X times as fast; 0 stops it", OPTION_SPEED,
        offsetof(struct options, speed), 0, 0},
    {"seed", "N", "draw the invented tours from N instead of 1", OPTION_NUMBER,
        offsetof(struct options, seed), 0, INT32_MAX},
    {"fault", "RULE", "let requests go wrong as RULE says; may be repeated", OPTION_FAULT, 0, 0, 0},
    {"faults", "FILE", "read such rules from FILE, one a line", OPTION_TEXT,
        offsetof(struct options, faults_file), 0, 0},
    {"control", NULL, "answer the control endpoint under /_sandbox/", OPTION_FLAG,
        offsetof(struct options, control), 0, 0},
    {"write-config", "FILE", "write a tourdesk configuration for this sandbox", OPTION_TEXT,
        offsetof(struct options, write_config), 0, 0},
    {"until-eof", NULL, "end when standard input closes", OPTION_FLAG,
        offsetof(struct options, until_eof), 0, 0},
    {"check", NULL, "check options and files, and end", OPTION_ACTION,
        offsetof(struct options, action), OPTIONS_CHECK, 0},
    {"version", NULL, "print the version", OPTION_ACTION, offsetof(struct options, action),
        OPTIONS_VERSION, 0},
    {"help", NULL, "print this help", OPTION_ACTION, offsetof(struct options, action), OPTIONS_HELP,
        0},
};

enum { OPTIONS = sizeof table / sizeof *table };

static void *field(struct options *options, const struct option *option)
{
    return (char *)options + option->offset;
}

static bool set_number(
    struct options *options, const struct option *option, const char *value, struct error *error)
{
    long number;
    if (!str_integer(value, option->low, option->high, &number))
        return error_set(error, "--%s %s: needs a whole number from %ld to %ld", option->name,
            value, option->low, option->high);
    if (option->offset == offsetof(struct options, port))
        options->port = (int)number;
    else
        options->seed = number;
    return true;
}

static bool set_time(struct options *options, const char *value, struct error *error)
{
    struct stamp stamp;
    if (!stamp_parse(value, &stamp, NULL) || stamp.at <= 0)
        return error_set(error,
            "--clock %s: needs a time with its offset, such as 2026-11-23T14:07:00-08:00", value);
    options->clock_at = stamp.at;
    return true;
}

static bool set_speed(struct options *options, const char *value, struct error *error)
{
    char *end;
    double speed = strtod(value, &end);
    if (end == value || *end || !(speed >= 0) || speed > FASTEST_PACE)
        return error_set(
            error, "--clock-speed %s: needs a number from 0 to %d", value, FASTEST_PACE);
    options->speed = speed;
    return true;
}

static void add_fault(struct options *options, const char *value)
{
    options->faults = mem_grow(options->faults, &options->fault_capacity, options->fault_count + 1,
        sizeof *options->faults);
    options->faults[options->fault_count++] = value;
}

static bool set(
    struct options *options, const struct option *option, const char *value, struct error *error)
{
    switch (option->kind) {
    case OPTION_TEXT:
        if (!*value)
            return error_set(error, "--%s: needs a %s", option->name, option->value);
        *(const char **)field(options, option) = value;
        return true;
    case OPTION_FLAG: *(bool *)field(options, option) = true; return true;
    case OPTION_NUMBER: return set_number(options, option, value, error);
    case OPTION_ACTION: options->action = (enum options_action)option->low; return true;
    case OPTION_TIME: return set_time(options, value, error);
    case OPTION_SPEED: return set_speed(options, value, error);
    case OPTION_FAULT: add_fault(options, value); return true;
    }
    return false;
}

static const struct option *find(const char *name, size_t length)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (strlen(table[i].name) == length && strncmp(table[i].name, name, length) == 0)
            return &table[i];
    return NULL;
}

/* Reads one option at `*i`, with its value behind = or in the next argument. */
static bool read_option(struct options *options, char **argv, int argc, int *i, struct error *error)
{
    const char *word = argv[*i];
    if (strncmp(word, "--", 2) != 0 || !word[2])
        return error_set(error, "%s: not an option (see --help)", word);
    size_t length = strcspn(word + 2, "=");
    const struct option *option = find(word + 2, length);
    const char *value = word[2 + length] ? word + 2 + length + 1 : NULL;
    if (!option)
        return error_set(error, "%s: no such option (see --help)", word);
    if (!option->value && value)
        return error_set(error, "--%s: takes no value", option->name);
    if (option->value && !value) {
        if (*i + 1 >= argc)
            return error_set(error, "--%s: needs a %s", option->name, option->value);
        value = argv[++*i];
    }
    return set(options, option, value, error);
}

bool options_read(struct options *options, int argc, char **argv, struct error *error)
{
    *options = (struct options){.speed = 1, .seed = 1};
    for (int i = 1; i < argc; i++)
        if (!read_option(options, argv, argc, &i, error))
            return false;
    options->listen_given = options->listen != NULL;
    if (!options->listen)
        options->listen = "127.0.0.1";
    return true;
}

void options_finish(struct options *options)
{
    free(options->faults);
    options->faults = NULL;
}

void options_help(struct str *out)
{
    str_add(out, "Usage: tourdesk-sandbox [OPTION]...\n"
                 "Plays the Knock Self-Guided Appointment API on this machine, for practice and "
                 "tests.\n\n");
    for (size_t i = 0; i < OPTIONS; i++) {
        struct str left = {0};
        str_addf(&left, "--%s%s%s", table[i].name, table[i].value ? " " : "",
            table[i].value ? table[i].value : "");
        str_addf(out, "  %-20s %s\n", str_text(&left), table[i].help);
        str_finish(&left);
    }
    str_add(out, "\nWhen it is ready it prints \"listening on http://ADDRESS:PORT\".\n");
}
