/* screentest: leads the real program through scripts of keys in a terminal of its own and compares its
 * screens with those that are expected (tests/README.md). */
#include "file.h"
#include "play.h"
#include "steps.h"

#include <curl/curl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum outcome { PASSED, FAILED, BROKEN };

enum { LIMIT_SECONDS = 10 };

static const char usage[] =
    "usage: screentest [OPTION]... FILE.keys...\n"
    "  --update            rewrite the .screen files from what is seen\n"
    "  --keep              leave each test's folder and say where it is\n"
    "  --tourdesk PATH     the program (default: ./tourdesk)\n"
    "  --sandbox PATH      the sandbox (default: ./tourdesk-sandbox)\n"
    "  --svg FOLDER        write every screen and picture there as SVG\n"
    "  --failures FOLDER   write the screens of failed steps there (default: screen-failures)\n"
    "TOURDESK_TEST_LIMIT = seconds that anything may take (default: 10)\n";

static bool run_steps(struct play *play, const struct step **failed, struct error *error)
{
    for (size_t i = 0; i < play->script.count; i++) {
        *failed = &play->script.steps[i];
        if (!steps_run(play, *failed, error))
            return false;
    }
    *failed = NULL;
    return play_end_program(play, error);
}

/* Every picture in the file must be one that the script asks for. */
static bool check_pictures(const struct play *play, struct error *error)
{
    for (size_t i = 0; i < play->expected.names.count; i++)
        if (!screens_find(&play->seen, play->expected.names.items[i]))
            return error_set(error, "%s has a picture %s that no step asks for (--update drops it)",
                play->screen_path, play->expected.names.items[i]);
    return true;
}

static bool keep_pictures(const struct play *play, struct error *error)
{
    bool changed;
    if (!play->options->update)
        return check_pictures(play, error);
    bool good = screens_write(&play->seen, play->screen_path, &changed, error);
    if (good && changed)
        printf("wrote %s\n", play->screen_path);
    return good;
}

static void report(struct play *play, const struct step *failed, const struct error *error)
{
    struct str more = {0};
    if (failed)
        printf("FAILED %s:%d: %s %s: %s\n", play->script.path, failed->line,
            script_word(failed->kind), failed->text, error->text);
    else
        printf("FAILED %s: %s\n", play->script.path, error->text);
    steps_explain(play, failed, &more);
    if (play->folder) {
        char log[PATH_SIZE];
        str_print(log, sizeof log, "%s/sandbox.log", play->folder);
        struct str said = {0};
        if (file_exists(log) && file_read(&said, log, NULL) && said.length > 0)
            str_addf(&more, "the sandbox said:\n%s", said.data);
        str_finish(&said);
    }
    fputs(str_text(&more), stdout);
    str_finish(&more);
}

static enum outcome run_file(const struct options *options, const char *path)
{
    struct play play;
    struct error error = {""};
    const struct step *failed = NULL;
    enum outcome outcome = PASSED;
    if (!play_init(&play, options, path, &error)) {
        outcome = BROKEN;
        printf("BROKEN %s\n", error.text);
    } else if (!run_steps(&play, &failed, &error) || !keep_pictures(&play, &error)) {
        outcome = FAILED;
        report(&play, failed, &error);
    } else {
        printf("ok %s\n", path);
    }
    if (options->keep && play.folder)
        printf("kept %s\n", play.folder);
    play_finish(&play);
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

/* Makes the path of a folder that may not be there yet whole, to be said where a test fails. */
static void set_folder(char out[PATH_SIZE], const char *path)
{
    char here[PATH_SIZE] = "";
    if (*path != '/' && getcwd(here, sizeof here))
        str_print(out, PATH_SIZE, "%s/%s", here, path);
    else
        str_copy(out, PATH_SIZE, path);
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
        if (strcmp(arguments[at], "--update") == 0)
            options->update = true;
        else if (strcmp(arguments[at], "--keep") == 0)
            options->keep = true;
        else if ((value = value_of("--tourdesk", arguments, &at)))
            set_program(options->program, value);
        else if ((value = value_of("--sandbox", arguments, &at)))
            set_program(options->sandbox, value);
        else if ((value = value_of("--svg", arguments, &at)))
            options->pictures = value;
        else if ((value = value_of("--failures", arguments, &at)))
            set_folder(options->failures, value);
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
    set_folder(options.failures, "screen-failures");
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
