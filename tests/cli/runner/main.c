/* clitest: plays .cli files, one-shot commands and what is expected of them, against the real program and
 * the real sandbox (tests/cli/README.md). */
#include "file.h"
#include "play.h"
#include "steps.h"

#include <curl/curl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum outcome { PASSED, FAILED, BROKEN };

enum { LIMIT_SECONDS = 10 };

static const char usage[] =
    "usage: clitest [OPTION]... FILE.cli...\n"
    "  --keep             leave each test's folder and say where it is\n"
    "  --go-on            run the rest of a file after a step that failed\n"
    "  --must-fail        each file must fail with the words of its \"# must fail:\" lines\n"
    "  --tourdesk PATH    the program (default: ./tourdesk)\n"
    "  --sandbox PATH     the sandbox (default: ./tourdesk-sandbox)\n"
    "TOURDESK_TEST_LIMIT = seconds that a command may take (default: 10)\n";

static void add_log(const struct play *play, struct str *out)
{
    char path[PATH_SIZE];
    struct str said = {0};
    if (!play->folder)
        return;
    str_print(path, sizeof path, "%s/sandbox.log", play->folder);
    if (file_exists(path) && file_read(&said, path, NULL) && said.length > 0)
        str_addf(out, "the sandbox said:\n%s", said.data);
    str_finish(&said);
}

/* Appends where and why a script failed. */
static void explain(const struct play *play, size_t at, const struct error *error, struct str *out)
{
    if (at < play->script.count) {
        const struct step *step = &play->script.steps[at];
        str_addf(out, "FAILED %s:%d: %s %.200s: %s\n", play->script.path, step->line,
            step_word(step->kind), step->text, error->text);
    } else {
        str_addf(out, "FAILED %s\n", error->text);
    }
    str_add(out, str_text(&play->said));
    add_log(play, out);
}

/* The step behind one that failed; behind the whole block, if it is one. */
static size_t next_step(const struct script *script, size_t at)
{
    bool block = script->steps[at].kind == STEP_PARALLEL;
    while (block && script->steps[at].kind != STEP_END)
        at++;
    return at + 1;
}

/* Runs all steps; appends to `said` what failed. */
static bool run_steps(struct play *play, struct str *said)
{
    struct error error = {"interrupted"};
    size_t at = 0;
    bool good = true;
    while (at < play->script.count) {
        bool interrupted = child_interrupted();
        if (!interrupted && steps_run(play, &at, &error))
            continue;
        good = false;
        explain(play, at, &error, said);
        if (interrupted || !play->options->go_on)
            break;
        at = next_step(&play->script, at);
    }
    return good;
}

/* A script that must fail: the words it must fail with were said. */
static enum outcome judge_failure(const struct play *play, const struct str *said)
{
    if (play->script.must_fail.count == 0) {
        printf("BROKEN %s says not how it must fail\n", play->script.path);
        return BROKEN;
    }
    for (size_t i = 0; i < play->script.must_fail.count; i++)
        if (!strstr(str_text(said), play->script.must_fail.items[i])) {
            printf("FAILED %s: \"%s\" is not in: %s\n", play->script.path,
                play->script.must_fail.items[i], str_text(said));
            return FAILED;
        }
    printf("ok %s\n", play->script.path);
    return PASSED;
}

static enum outcome run_file(const struct options *options, const char *path)
{
    struct play play;
    struct error error = {""};
    struct str said = {0};
    bool begun = play_init(&play, options, path, &error);
    bool good = begun && run_steps(&play, &said);
    enum outcome outcome = good ? PASSED : begun ? FAILED : BROKEN;
    if (!begun)
        explain(&play, SIZE_MAX, &error, &said);
    if (options->must_fail)
        outcome = judge_failure(&play, &said);
    else if (good)
        printf("ok %s\n", path);
    else
        fputs(str_text(&said), stdout);
    if (options->keep && play.folder)
        printf("kept %s\n", play.folder);
    play_finish(&play);
    str_finish(&said);
    fflush(stdout);
    return outcome;
}

/* Makes a path whole: programs are started in another folder. */
static bool set_program(char out[PATH_SIZE], const char *path)
{
    char *whole = realpath(path, NULL);
    bool fits = whole && str_copy(out, PATH_SIZE, whole);
    free(whole);
    return fits || str_copy(out, PATH_SIZE, path);
}

static const char *value_of(const char *name, char **arguments, int *at)
{
    if (strcmp(arguments[*at], name) != 0 || !arguments[*at + 1])
        return NULL;
    return arguments[++*at];
}

/* Reads the options in front of the files; the index of the first file, or -1. */
static int read_options(struct options *options, char **arguments)
{
    int at = 1;
    for (const char *value; arguments[at] && arguments[at][0] == '-'; at++)
        if (strcmp(arguments[at], "--keep") == 0)
            options->keep = true;
        else if (strcmp(arguments[at], "--go-on") == 0)
            options->go_on = true;
        else if (strcmp(arguments[at], "--must-fail") == 0)
            options->must_fail = true;
        else if ((value = value_of("--tourdesk", arguments, &at)))
            set_program(options->program, value);
        else if ((value = value_of("--sandbox", arguments, &at)))
            set_program(options->sandbox, value);
        else
            return -1;
    return arguments[at] ? at : -1;
}

static int64_t read_limit(void)
{
    long seconds = LIMIT_SECONDS;
    const char *given = getenv("TOURDESK_TEST_LIMIT");
    if (given)
        str_integer(given, 1, 3600, &seconds);
    return seconds * (int64_t)SECOND;
}

int main(int count, char **arguments)
{
    struct options options = {.limit = read_limit()};
    enum outcome worst = PASSED;
    (void)count;
    set_program(options.program, "tourdesk");
    set_program(options.sandbox, "tourdesk-sandbox");
    int at = read_options(&options, arguments);
    if (at < 0) {
        fputs(usage, stderr);
        return BROKEN;
    }
    child_watch();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    for (; arguments[at] && !child_interrupted(); at++) {
        enum outcome outcome = run_file(&options, arguments[at]);
        worst = outcome > worst ? outcome : worst;
    }
    curl_global_cleanup();
    return (int)worst;
}
