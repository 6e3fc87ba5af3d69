#include "steps.h"

#include "check.h"
#include "file.h"
#include "log.h"
#include "settings.h"

#include "tourdesk/base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* A step's text, its names replaced: what most steps work on. */
typedef bool (*step_action)(
    struct play *play, const struct step *step, const char *text, struct error *error);

/* --- commands --------------------------------------------------------------------------------- */

static bool run_command(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    struct command command;
    (void)text;
    bool good =
        command_start(&command, play, step, error) && command_wait(&command, 1, play, error);
    good = good && check_command(play, &command, error);
    if (!command.ended)
        str_addf(&play->said, "it said:\n%s--- and complained:\n%s", str_text(&command.said),
            str_text(&command.complained));
    command_finish(&command);
    return good;
}

/* Every wanted code once. */
static bool check_codes(
    const struct step *end, const struct command *commands, size_t count, struct error *error)
{
    struct texts wanted = {0};
    struct str seen = {0};
    const struct note *note = step_note(end, NOTE_CODES);
    if (!note)
        return true;
    texts_add_words(&wanted, note->text);
    bool good = wanted.count == count;
    for (size_t i = 0; i < count; i++) {
        char code[16];
        str_print(code, sizeof code, "%d", commands[i].code);
        str_addf(&seen, " %s", code);
        int at = texts_find(&wanted, code);
        good = good && at >= 0;
        if (good)
            wanted.items[at][0] = '\0';
    }
    if (!good)
        error_set(
            error, "line %d: they ended with%s, not %s", note->line, str_text(&seen), note->text);
    texts_finish(&wanted);
    str_finish(&seen);
    return good;
}

/* The commands between `parallel` and `end`, side by side. */
static bool run_parallel(struct play *play, size_t *at, struct error *error)
{
    size_t first = *at + 1, count = 0, started = 0;
    while (play->script.steps[first + count].kind != STEP_END)
        count++;
    struct command *commands = mem_alloc((count + 1) * sizeof *commands);
    bool good = true;
    while (good && started < count) {
        good = command_start(&commands[started], play, &play->script.steps[first + started], error);
        started++;
    }
    good = good && command_wait(commands, count, play, error);
    for (size_t i = 0; good && i < count; i++)
        good = check_command(play, &commands[i], error) ||
               error_prefix(error, "line %d", play->script.steps[first + i].line);
    good = good && check_codes(&play->script.steps[first + count], commands, count, error);
    for (size_t i = 0; i < started; i++)
        command_finish(&commands[i]);
    free(commands);
    if (good)
        *at = first + count + 1;
    return good;
}

/* --- the sandbox ------------------------------------------------------------------------------ */

static bool run_sandbox(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    struct str answer = {0};
    bool good = sandbox_request(&play->sandbox, text, play->options->limit, &answer, error);
    cJSON *json = good ? cJSON_Parse(str_text(&answer)) : NULL;
    good = good && check_answer(play, step, json, error);
    cJSON_Delete(json);
    str_finish(&answer);
    return good;
}

/* A request to the control side whose answer does not matter. */
static bool ask(struct play *play, const char *request, struct error *error)
{
    struct str answer = {0};
    bool good = sandbox_request(&play->sandbox, request, play->options->limit, &answer, error);
    str_finish(&answer);
    return good;
}

static bool run_fault(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    struct str request = {0};
    (void)step;
    cJSON *body = cJSON_CreateObject(), *rules = cJSON_AddArrayToObject(body, "rules");
    cJSON_AddItemToArray(rules, cJSON_CreateString(text));
    char *json = cJSON_PrintUnformatted(body);
    str_addf(&request, "POST faults %s", json ? json : "");
    bool good = ask(play, str_text(&request), error);
    free(json);
    cJSON_Delete(body);
    str_finish(&request);
    return good;
}

static bool run_no_faults(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    (void)step, (void)text;
    return ask(play, "DELETE faults", error);
}

static bool run_forget_log(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    (void)step, (void)text;
    return ask(play, "DELETE log", error);
}

/* Compares a count and checks the notes against the last thing counted. */
static bool check_count(struct play *play, const struct step *step, size_t count, const cJSON *last,
    const char *wanted, struct error *error)
{
    char actual[24];
    str_print(actual, sizeof actual, "%zu", count);
    if (strcmp(actual, wanted) != 0)
        return error_set(error, "there are %s, not %s", actual, wanted);
    return check_answer(play, step, last, error);
}

static bool run_log(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    struct texts words = {0};
    size_t count;
    cJSON *last = NULL;
    texts_add_words(&words, text);
    bool good = words.count == 3 || error_set(error, "METHOD PATH COUNT must follow");
    good = good && log_count(play, words.items[0], words.items[1], &count, &last, error) &&
           check_count(play, step, count, last, words.items[2], error);
    cJSON_Delete(last);
    texts_finish(&words);
    return good;
}

/* "WORD COUNT" of a list that `counts` knows. */
static bool run_count(struct play *play, const struct step *step, const char *text,
    bool (*counts)(struct play *, const char *, size_t *, cJSON **, struct error *),
    struct error *error)
{
    struct texts words = {0};
    size_t count;
    cJSON *last = NULL;
    texts_add_words(&words, text);
    bool good = words.count == 2 || error_set(error, "a word and a count must follow");
    good = good && counts(play, words.items[0], &count, &last, error) &&
           check_count(play, step, count, last, words.items[1], error);
    cJSON_Delete(last);
    texts_finish(&words);
    return good;
}

static bool run_effects(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    return run_count(play, step, text, log_effects, error);
}

static bool run_appointments(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    return run_count(play, step, text, log_appointments, error);
}

static bool run_start_sandbox(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    (void)step, (void)text;
    if (play->sandbox.pid != 0)
        return error_set(error, "the sandbox runs already");
    return play_start_sandbox(play, error);
}

static bool run_stop_sandbox(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    (void)step, (void)text;
    if (play->sandbox.pid == 0)
        return error_set(error, "the sandbox does not run");
    sandbox_stop(&play->sandbox);
    return true;
}

/* --- clocks ----------------------------------------------------------------------------------- */

static bool run_clock(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    char now[STAMP_SIZE], request[128];
    struct stamp time;
    (void)step;
    if (!play_read_time(text, play->time, &time, error) || !play_set_desk_clock(play, time, error))
        return false;
    play->time = time;
    stamp_format(time, now);
    str_print(request, sizeof request, "PUT clock {\"now\":\"%s\"}", now);
    return play->sandbox.pid == 0 || ask(play, request, error);
}

static bool run_desk_clock(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    struct stamp time;
    (void)step;
    return play_read_time(text, play->desk_time, &time, error) &&
           play_set_desk_clock(play, time, error);
}

/* --- files, names and the like ---------------------------------------------------------------- */

static bool run_profile(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    (void)step;
    return settings_profile(play->config, text, error);
}

static bool run_community(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    (void)step;
    return settings_community(play->config, text, error);
}

static bool run_config(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    (void)step;
    return file_append(play->config, text, error) && file_append(play->config, "\n", error);
}

static bool run_env(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    (void)step;
    if (!strchr(text, '='))
        return error_set(error, "NAME=VALUE must follow");
    play_environment(play, text);
    return true;
}

/* The name in front of a text; moves `*text` to what follows it. */
static bool take_name(const char **text, char name[64], struct error *error)
{
    size_t length = strcspn(*text, " ");
    if (!str_print(name, 64, "%.*s", (int)length, *text))
        return error_set(error, "the name is too long");
    *text += length + strspn(*text + length, " ");
    return true;
}

static bool run_let(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    char name[64];
    (void)step;
    if (!take_name(&text, name, error))
        return false;
    play_set(play, name, text);
    return true;
}

static bool run_repeat(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    char name[64], count[64];
    long times;
    struct str value = {0};
    (void)step;
    if (!take_name(&text, name, error) || !take_name(&text, count, error))
        return false;
    if (!str_integer(count, 1, 1000000, &times) || !*text)
        return error_set(error, "NAME COUNT TEXT must follow");
    for (long i = 0; i < times; i++)
        str_add(&value, text);
    play_set(play, name, str_text(&value));
    str_finish(&value);
    return true;
}

static bool run_write(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    struct str content = {0};
    bool good = true;
    for (size_t i = 0; good && i < step->count; i++) {
        good = play_expand(play, step->notes[i].text, &content, error);
        str_add_char(&content, '\n');
    }
    good = good && file_write(text, str_text(&content), error) &&
           (chmod(text, 0600) == 0 || error_set(error, "%s: %s", text, strerror(errno)));
    str_finish(&content);
    return good;
}

/* "PATH MODE": it is there and has this mode. */
static bool run_file(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    struct texts words = {0};
    struct stat status;
    char mode[16] = "";
    (void)play, (void)step;
    texts_add_words(&words, text);
    bool good = words.count == 2 || error_set(error, "PATH MODE must follow");
    if (good && stat(words.items[0], &status) == 0)
        str_print(mode, sizeof mode, "%04o", (unsigned)status.st_mode & 07777);
    if (good && strcmp(mode, words.items[1]) != 0)
        good = error_set(error, *mode ? "its mode is %s" : "it is not there%s", mode);
    texts_finish(&words);
    return good;
}

/* $NAME is the port of a listener that takes connections and never says a word. */
static bool run_listen(
    struct play *play, const struct step *step, const char *text, struct error *error)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    char port[16];
    (void)step;
    int fd =
        play->listener_count < LISTENERS_MOST ? socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 16) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
        error_set(error, "listening: %s", strerror(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    play->listeners[play->listener_count++] = fd;
    str_print(port, sizeof port, "%u", ntohs(address.sin_port));
    play_set(play, text, port);
    return true;
}

/* --- all of them ------------------------------------------------------------------------------ */

static const step_action actions[STEP_KINDS] = {
    [STEP_RUN] = run_command,
    [STEP_BARE] = run_command,
    [STEP_SHELL] = run_command,
    [STEP_SANDBOX] = run_sandbox,
    [STEP_FAULT] = run_fault,
    [STEP_NO_FAULTS] = run_no_faults,
    [STEP_LOG] = run_log,
    [STEP_FORGET_LOG] = run_forget_log,
    [STEP_EFFECTS] = run_effects,
    [STEP_APPOINTMENTS] = run_appointments,
    [STEP_START_SANDBOX] = run_start_sandbox,
    [STEP_STOP_SANDBOX] = run_stop_sandbox,
    [STEP_CLOCK] = run_clock,
    [STEP_DESK_CLOCK] = run_desk_clock,
    [STEP_PROFILE] = run_profile,
    [STEP_COMMUNITY] = run_community,
    [STEP_CONFIG] = run_config,
    [STEP_ENV] = run_env,
    [STEP_LET] = run_let,
    [STEP_REPEAT] = run_repeat,
    [STEP_WRITE] = run_write,
    [STEP_FILE] = run_file,
    [STEP_LISTEN] = run_listen,
};

/* Commands take their words apart themselves. */
static bool is_command(enum step_kind kind)
{
    return kind == STEP_RUN || kind == STEP_BARE || kind == STEP_SHELL;
}

bool steps_run(struct play *play, size_t *at, struct error *error)
{
    const struct step *step = &play->script.steps[*at];
    struct str text = {0};
    str_clear(&play->said);
    if (step->kind == STEP_PARALLEL)
        return run_parallel(play, at, error);
    bool good = (is_command(step->kind) || play_expand(play, step->text, &text, error)) &&
                actions[step->kind](play, step, str_text(&text), error);
    str_finish(&text);
    if (good)
        (*at)++;
    return good;
}
