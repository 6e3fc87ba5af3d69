/* tourdesk: chooses a front (the desk or a one-shot command) and builds the house it stands on, stage by
 * stage; whatever happens, what was started is stopped in reverse.
 */
#include "tourdesk/base/log.h"
#include "tourdesk/base/mem.h"
#include "tourdesk/cli/cli.h"
#include "tourdesk/cli/practice.h"
#include "tourdesk/config/keys.h"
#include "tourdesk/config/options.h"
#include "tourdesk/config/paths.h"
#include "tourdesk/tui/key.h"
#include "tourdesk/tui/tui.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GRACE = 3 * SECOND };

struct program {
    const char *path; /* argv[0] */
    struct args args;
    struct clock clock;
    instant frozen; /* what TOURDESK_CLOCK says */
    struct practice *practice;
    struct str config_path, data, greeting;
    struct config config;
    struct config_report mistakes;
    struct keymap *keymap;
    struct theme_set themes;
    struct zone *own_zone;
    struct keys *keys;
    struct ledger *ledger;
    struct transport *transport;
    struct worker *worker;
};

static bool interactive(const struct program *program)
{
    return program->args.verb == VERB_NONE || program->args.verb == VERB_DEMO;
}

static const char *value(const struct program *program, enum option option)
{
    return program->args.values[option];
}

/* --- stages ---------------------------------------------------------------------------------------------------- */

/* The time in the file that TOURDESK_CLOCK=@FILE names, read each time: tests move it. */
static instant clock_file(void *self)
{
    char text[STAMP_SIZE] = "";
    struct stamp stamp = {0};
    FILE *file = fopen(self, "r");
    if (file && fgets(text, sizeof text, file))
        text[strcspn(text, "\n")] = '\0';
    if (file)
        fclose(file);
    stamp_parse(text, &stamp, NULL);
    return stamp.at;
}

/* For tests and pictures: TOURDESK_CLOCK=2026-11-23T14:07:00-08:00 makes the wall clock stand still. */
static bool start_clock(struct program *program, struct error *error)
{
    struct stamp stamp;
    char *still = getenv("TOURDESK_CLOCK");
    program->clock = clock_system();
    program->own_zone = zone_load_local();
    if (!still)
        return true;
    if (*still == '@') {
        program->clock.now = clock_file;
        program->clock.self = still + 1;
        return true;
    }
    if (!stamp_parse(still, &stamp, error))
        return error_prefix(error, "TOURDESK_CLOCK");
    program->frozen = stamp.at;
    program->clock.now = clock_frozen(NULL).now;
    program->clock.self = &program->frozen;
    return true;
}

static void stop_clock(struct program *program)
{
    zone_destroy(program->own_zone);
}

static bool start_practice(struct program *program, struct error *error)
{
    if (program->args.verb != VERB_DEMO)
        return true;
    program->practice = practice_start(program->path, value(program, OPTION_DATA), error);
    return program->practice != NULL;
}

static void stop_practice(struct program *program)
{
    practice_stop(program->practice);
}

static bool find_config(struct program *program, struct error *error)
{
    if (program->practice)
        str_add(&program->config_path, practice_config(program->practice));
    else if (value(program, OPTION_CONFIG))
        str_add(&program->config_path, value(program, OPTION_CONFIG));
    else if (!config_default_path(&program->config_path, error))
        return false;
    else if (access(str_text(&program->config_path), F_OK) != 0)
        return error_set(error,
            "there is no configuration at %s. Write one (man tourdesk.conf), name one with "
            "--config, or try: tourdesk demo",
            str_text(&program->config_path));
    return true;
}

static bool start_config(struct program *program, struct error *error)
{
    if (!find_config(program, error))
        return false;
    if (config_load(str_text(&program->config_path), value(program, OPTION_PROFILE),
            &program->config, &program->mistakes))
        return true;
    struct str lines = {0};
    config_report_print(&program->mistakes, &lines);
    fputs(str_text(&lines), stderr);
    str_finish(&lines);
    return error_set(error, "the configuration cannot be used");
}

static void stop_config(struct program *program)
{
    config_finish(&program->config);
    config_report_finish(&program->mistakes);
    str_finish(&program->config_path);
    str_finish(&program->greeting);
}

/* "is not an action (did you mean "book"?)" */
static void say_no_action(const char *name, struct error *error)
{
    const char *nearest = NULL;
    size_t slips = SIZE_MAX;
    for (int i = ACTION_NOTHING + 1; i < ACTION_KINDS; i++)
        if (option_nearer(action_entry((enum action)i)->name, name, &slips))
            nearest = action_entry((enum action)i)->name;
    if (nearest)
        error_set(error, "is not an action (did you mean \"%s\"?); it is left out", nearest);
    else
        error_set(error, "is not an action; it is left out");
}

/* What the configuration says of keys; what will not do is reported, and dropped from what is in force. */
static void configure_keys(struct program *program)
{
    struct pair_list *pairs = &program->config.keys;
    size_t count = pairs->count;
    struct key_choice *choices = mem_alloc((count + 1) * sizeof *choices);
    for (size_t i = 0; i < count; i++)
        choices[i] =
            (struct key_choice){.action = pairs->items[i].name, .keys = pairs->items[i].text};
    keymap_configure(program->keymap, choices, count);
    for (size_t i = count; i-- > 0;) {
        const char *name = pairs->items[i].name, *why = choices[i].error.text;
        enum action action = action_find(name);
        struct error words;
        if (!*why)
            continue;
        if (action == ACTION_NOTHING)
            say_no_action(name, &words);
        else if (*action_entry(action)->keys)
            error_set(&words, "%s; \"%s\" is used", why, action_entry(action)->keys);
        else
            error_set(&words, "%s; it is left out", why);
        config_report_add(&program->mistakes, CONFIG_WARNING, pairs->items[i].line, "keys.%s%s %s",
            name, action == ACTION_NOTHING ? "" : ":", words.text);
        pairs_drop(pairs, i);
    }
    free(choices);
    config_report_sort(&program->mistakes);
}

/* The last that the configuration's file is asked for: its mistakes are said now. */
static bool start_keys(struct program *program, struct error *error)
{
    (void)error;
    program->keymap = keymap_create();
    configure_keys(program);
    struct str lines = {0};
    config_report_print(&program->mistakes, &lines);
    if (!interactive(program) && program->args.verb != VERB_CHECK_CONFIG)
        fputs(str_text(&lines), stderr);
    else if (lines.length)
        str_addf(&program->greeting, "%.*s (%zu in all; see: tourdesk check-config)",
            (int)strcspn(str_text(&lines), "\n"), str_text(&lines), program->mistakes.count);
    str_finish(&lines);
    return true;
}

static void stop_keys(struct program *program)
{
    keymap_destroy(program->keymap);
}

static bool start_log(struct program *program, struct error *error)
{
    return !value(program, OPTION_LOG) || log_open(value(program, OPTION_LOG), error);
}

static void stop_log(struct program *program)
{
    (void)program;
    log_close();
}

static bool start_ledger(struct program *program, struct error *error)
{
    if (program->practice)
        str_add(&program->data, practice_ledger(program->practice));
    else if (value(program, OPTION_DATA))
        str_add(&program->data, value(program, OPTION_DATA));
    else if (!config_state_folder(&program->data, error))
        return false;
    program->ledger = ledger_open(str_text(&program->data), error);
    return program->ledger != NULL;
}

static void stop_ledger(struct program *program)
{
    ledger_close(program->ledger);
    str_finish(&program->data);
}

/* A new practice desk finds the tours its office booked before. */
static bool start_practice_tours(struct program *program, struct error *error)
{
    return !program->practice ||
           practice_fill(program->ledger, program->config.profile.base_url,
               program->config.communities, program->config.community_count, error);
}

static const char *get_key(void *self, enum key_family family, struct error *error)
{
    return keys_get(self, family, error);
}

static bool start_line(struct program *program, struct error *error)
{
    const struct profile_settings *profile = &program->config.profile;
    program->keys = keys_create(profile, KEY_COMMAND_TIMEOUT);
    struct transport_settings settings = {
        .headers = (enum header_profile)profile->header_profile,
        .connect_timeout = profile->connect_timeout,
        .timeout = profile->timeout,
        .keys = {.key = get_key, .self = program->keys},
        .clock = program->clock,
    };
    str_copy(settings.base_url, sizeof settings.base_url, profile->base_url);
    str_copy(settings.company_id, sizeof settings.company_id, profile->company_id);
    program->transport = transport_curl_create(&settings, error);
    return program->transport != NULL;
}

static void stop_line(struct program *program)
{
    transport_destroy(program->transport);
    keys_destroy(program->keys);
}

static bool start_worker(struct program *program, struct error *error)
{
    struct core_settings settings = {
        .ledger = program->ledger,
        .transport = program->transport,
        .clock = program->clock,
        .random = random_system(),
        .communities = program->config.communities,
        .community_count = program->config.community_count,
        .send_end_time = program->config.profile.end_time == END_TIME_SLOT,
        .undo_seconds = program->config.undo_seconds,
        .one_shot = !interactive(program),
    };
    program->worker = worker_create(&settings, error);
    return program->worker != NULL;
}

static void stop_worker(struct program *program)
{
    worker_destroy(program->worker, GRACE);
}

static bool start_themes(struct program *program, struct error *error)
{
    (void)error;
    const char *name = value(program, OPTION_THEME);
    struct str mistakes = {0};
    if (!interactive(program))
        return true;
    themes_read(&program->themes, name ? name : program->config.theme, program->path, &mistakes);
    if (program->greeting.length == 0)
        str_addf(&program->greeting, "%.*s", (int)strcspn(str_text(&mistakes), "\n"),
            str_text(&mistakes));
    str_finish(&mistakes);
    return true;
}

static void stop_themes(struct program *program)
{
    themes_finish(&program->themes);
}

static const struct stage {
    const char *name;
    bool (*start)(struct program *program, struct error *error);
    void (*stop)(struct program *program); /* also after a start that failed half-way */
} stages[] = {
    {"the clock", start_clock, stop_clock},
    {"the practice Knock", start_practice, stop_practice},
    {"the configuration", start_config, stop_config},
    {"the keys", start_keys, stop_keys},
    {"the themes", start_themes, stop_themes},
    {"the log", start_log, stop_log},
    {"the ledger", start_ledger, stop_ledger},
    {"the practice tours", start_practice_tours, NULL},
    {"the line to Knock", start_line, stop_line},
    {"the background thread", start_worker, stop_worker},
};

enum { STAGES = sizeof stages / sizeof *stages, CONFIG_STAGES = 4 };

/* --- fronts ------------------------------------------------------------------------------------------------------ */

static const struct community *chosen_community(const struct program *program, struct error *error)
{
    const struct config *config = &program->config;
    const char *id = value(program, OPTION_COMMUNITY);
    if (!id)
        return &config->communities[0];
    const struct community *found =
        community_find(config->communities, config->community_count, id);
    if (!found)
        error_set(
            error, "--community: there is no \"%s\" in %s", id, str_text(&program->config_path));
    return found;
}

static enum environment environment_of(const struct program *program)
{
    const char *url = program->config.profile.base_url;
    if (str_starts(url, "http://") || program->practice)
        return ENVIRONMENT_PRACTICE;
    return strstr(url, "//stage") ? ENVIRONMENT_STAGE : ENVIRONMENT_LIVE;
}

static void submit(void *self, struct command *command)
{
    worker_submit(self, command);
}

static struct report *take(void *self)
{
    return worker_take(self);
}

static int run_desk(struct program *program)
{
    struct error error;
    struct tui_settings settings = {.clock = program->clock,
        .themes = program->themes.themes,
        .keymap = program->keymap,
        .mouse = program->config.mouse};
    const struct community *community = chosen_community(program, &error);
    if (!community)
        return cli_fail(&program->args, error.text);
    settings.desk = (struct desk_settings){
        .communities = program->config.communities,
        .community_count = program->config.community_count,
        .first = (size_t)(community - program->config.communities),
        .own_zone = program->own_zone,
        .profile = program->config.profile.name,
        .environment = environment_of(program),
        .agent = program->config.agent,
        .undo_seconds = program->config.undo_seconds,
        .lock_minutes = program->config.lock_minutes,
        .theme_names = program->themes.names,
        .theme_count = program->themes.count,
        .theme = program->themes.chosen,
        .now = clock_now(&program->clock),
    };
    settings.outlet = (struct outlet){
        .submit = submit, .take = take, .fd = worker_fd(program->worker), .self = program->worker};
    settings.ascii = value(program, OPTION_ASCII) != NULL;
    settings.greeting = str_text(&program->greeting);
    settings.forgets = program->practice && !value(program, OPTION_DATA);
    return tui_run(&settings, &error) ? CODE_DONE : cli_fail(&program->args, error.text);
}

static int run_one_shot(struct program *program)
{
    struct error error;
    struct cli cli = {.args = &program->args,
        .config = &program->config,
        .community = chosen_community(program, &error),
        .worker = program->worker,
        .data = str_text(&program->data),
        .mistakes = program->mistakes.count,
        .clock = program->clock};
    return cli.community ? cli_run(&cli) : cli_fail(&program->args, error.text);
}

static int run_words(const struct program *program)
{
    struct str out = {0};
    if (program->args.verb == VERB_VERSION)
        str_add(&out, "tourdesk " TOURDESK_VERSION "\n");
    else
        args_usage(&out, program->args.about);
    fputs(str_text(&out), stdout);
    str_finish(&out);
    return CODE_DONE;
}

static int run(struct program *program)
{
    bool check = program->args.verb == VERB_CHECK_CONFIG;
    int wanted = check ? CONFIG_STAGES : STAGES, started = 0, code = CODE_USAGE;
    struct error error = {""};
    bool ok = true;
    while (ok && started < wanted) {
        log_event("start", "%s", stages[started].name);
        ok = stages[started].start(program, &error);
        started++;
    }
    if (!ok)
        code = cli_fail(&program->args, error.text);
    else if (check)
        code = cli_check_config(&program->args, &program->config, &program->mistakes);
    else
        code = interactive(program) ? run_desk(program) : run_one_shot(program);
    while (started-- > 0)
        if (stages[started].stop)
            stages[started].stop(program);
    return code;
}

int main(int argc, char **argv)
{
    struct program program = {.path = argc > 0 ? argv[0] : NULL};
    struct error error;
    signal(SIGPIPE, SIG_IGN);
    int code;
    if (!args_parse(&program.args, argc, argv, &error))
        code = cli_fail(&program.args, error.text);
    else if (program.args.verb == VERB_HELP || program.args.verb == VERB_VERSION)
        code = run_words(&program);
    else
        code = run(&program);
    args_finish(&program.args);
    return code;
}
