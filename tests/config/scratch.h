/* A folder of a test's own, with configuration files written into it. */
#ifndef TOURDESK_TESTS_CONFIG_SCRATCH_H
#define TOURDESK_TESTS_CONFIG_SCRATCH_H

#include "tourdesk/config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file's name in the folder, which is the working folder while a test runs. */
#define CONF "tourdesk.conf"

#define PROFILES    "profiles = { p = { base_url = \"https://h.example.com\"; key = \"K\"; }; };\n"
#define COMMUNITIES "communities = ( { id = \"a\"; timezone = \"UTC\"; } );\n"

struct scratch {
    char folder[64];
    struct config config;
    struct config_report report;
};

static inline int scratch_create(void **state)
{
    struct scratch *scratch = calloc(1, sizeof *scratch);
    strcpy(scratch->folder, "/tmp/tourdesk-config-XXXXXX");
    *state = scratch;
    return mkdtemp(scratch->folder) && chdir(scratch->folder) == 0 ? 0 : -1;
}

static inline int scratch_destroy(void **state)
{
    struct scratch *scratch = *state;
    unlink(CONF);
    int failed = chdir("/") != 0 || rmdir(scratch->folder) != 0;
    free(scratch);
    return failed;
}

static inline void scratch_write(const char *text, size_t length, mode_t mode)
{
    unlink(CONF);
    int fd = open(CONF, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, length), length);
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

/* Loads `text` as a file of mode 0600; the caller finishes both with scratch_finish(). */
static inline bool scratch_load(struct scratch *scratch, const char *text, const char *profile)
{
    scratch_write(text, strlen(text), 0600);
    return config_load(CONF, profile, &scratch->config, &scratch->report);
}

static inline void scratch_finish(struct scratch *scratch)
{
    config_finish(&scratch->config);
    config_report_finish(&scratch->report);
}

/* The report without the file's name in front of each line. */
static inline void scratch_report(const struct scratch *scratch, struct str *out)
{
    for (size_t i = 0; i < scratch->report.count; i++) {
        const char *text = scratch->report.items[i].text;
        assert_memory_equal(text, CONF, strlen(CONF));
        str_addf(out, "%s\n", text + strlen(CONF));
    }
}

static inline void scratch_expect(const struct scratch *scratch, const char *expected)
{
    struct str lines = {0};
    scratch_report(scratch, &lines);
    assert_string_equal(str_text(&lines), expected);
    str_finish(&lines);
}

#endif
