/* One run of a script: its folder, the sandbox, the clocks, the names that stand for texts. */
#ifndef CLITEST_PLAY_H
#define CLITEST_PLAY_H

#include "sandbox.h"
#include "script.h"

#include "tourdesk/tour/stamp.h"

enum { PATH_SIZE = 4096, LISTENERS_MOST = 4 };

/* What the command line says. */
struct options {
    bool keep, go_on, must_fail;
    char program[PATH_SIZE]; /* whole paths */
    char sandbox[PATH_SIZE];
    int64_t limit; /* milliseconds that anything may take */
};

struct play {
    const struct options *options;
    struct script script;
    char *folder, *config, *data;
    char *beside; /* the folder of the script */
    struct texts environment;
    struct texts names, values; /* what $NAME stands for */
    struct stamp time;          /* what the sandbox's clock shows */
    struct stamp desk_time;
    struct sandbox sandbox;
    int listeners[LISTENERS_MOST];
    size_t listener_count;
    struct str said; /* of the last command, to be shown where a test fails */
};

/* Reads the script, makes the folder, starts the sandbox. Finished by play_finish(), also where this
 * fails. */
bool play_init(
    struct play *play, const struct options *options, const char *path, struct error *error);
void play_finish(struct play *play);

bool play_start_sandbox(struct play *play, struct error *error);

/* Makes $NAME stand for `value`. */
void play_set(struct play *play, const char *name, const char *value);

/* Appends `text` with every $NAME replaced ($$ is a dollar); false for a name that stands for nothing. */
bool play_expand(const struct play *play, const char *text, struct str *out, struct error *error);

/* The same for a command's words: parted by spaces, held together by double quotes, with \n \t \e \"
 * \\ \xHH and, where nothing is quoted, a name as one word. */
bool play_words(const struct play *play, const char *text, struct texts *out, struct error *error);

/* Sets an environment variable for what is started from now on. */
void play_environment(struct play *play, const char *setting);

/* "2026-11-23T14:07:00-08:00", or "+90s", "-7m", "+2h", "+3d" from `from` on. */
bool play_read_time(const char *text, struct stamp from, struct stamp *out, struct error *error);

/* Sets the clock that the program reads. */
bool play_set_desk_clock(struct play *play, struct stamp time, struct error *error);

#endif
