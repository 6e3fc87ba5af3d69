/* The manual names every option, setting, fault effect and path that there is. */
#include "harness.h"

#include "tourdesk/sandbox/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *manual;

static int read_manual(void **state)
{
    (void)state;
    struct str text = {0};
    char block[4096];
    size_t n;
    FILE *file = fopen(SANDBOX_MANUAL, "re");
    if (!file)
        return -1;
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        str_add_bytes(&text, block, n);
    fclose(file);
    manual = str_take(&text);
    return 0;
}

static int drop_manual(void **state)
{
    (void)state;
    free(manual);
    return 0;
}

/* Fails unless the manual has a line with the word behind one of the macros used for such words. */
static void assert_named(const char *macro, const char *word)
{
    char wanted[128];
    const char *found = manual;
    snprintf(wanted, sizeof wanted, "%s %s", macro, word);
    while ((found = strstr(found, wanted)) != NULL) {
        if (strchr(" \n=", found[strlen(wanted)]))
            return;
        found++;
    }
    fail_msg("the manual does not name %s", word);
}

static void every_option(void **state)
{
    (void)state;
    struct str help = {0};
    options_help(&help);
    for (const char *p = str_text(&help); (p = strstr(p, "  --")) != NULL; p += 4) {
        char word[64];
        snprintf(word, sizeof word, "%.*s", (int)strcspn(p + 3, " "), p + 3);
        assert_named("Fl", word);
    }
    str_finish(&help);
}

static void every_setting(void **state)
{
    (void)state;
    struct bench *bench = bench_open(NULL, "2026-11-23T12:00:00-08:00", NULL);
    const cJSON *item;
    int count = 0;
    bench_call(bench, "GET", "/_sandbox/office/c1", NULL);
    cJSON_ArrayForEach (item, bench->json) {
        bool needed = strcmp(item->string, "id") == 0 || strcmp(item->string, "timezone") == 0;
        assert_named(needed ? ".Ql" : "Cm", item->string);
        count++;
    }
    assert_true(count > 20);
    bench_close(bench);
}

static void every_effect(void **state)
{
    (void)state;
    for (size_t i = 0; faults_effect_name(i); i++)
        assert_named("Cm", faults_effect_name(i));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option),
        cmocka_unit_test(every_setting),
        cmocka_unit_test(every_effect),
    };
    return cmocka_run_group_tests(tests, read_manual, drop_manual);
}
