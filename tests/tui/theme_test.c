/* Themes: every file is whole, and what it shows can be read.
 *
 * Contrast is that of WCAG 2.2 between a role's words and what lies behind them, at least 4.5 to 1. Where a theme
 * leaves a colour to the terminal, the background and foreground that its file expects are assumed. With 256
 * colours the cube and the greys are those that all terminals share; with 16 and 8 the colours are a person's
 * own, and xterm's usual palette is assumed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tourdesk/tui/theme.h"

static const char *const shipped[] = {"colour-safe", "dark", "high-contrast", "light", "mono"};

enum { SHIPPED = sizeof shipped / sizeof *shipped, TRUE_COLOUR = 1 << 24 };

static const int depths[] = {TRUE_COLOUR, 256, 16, 8};

enum { DEPTHS = sizeof depths / sizeof *depths };

static void read_shipped(const char *name, struct theme *theme)
{
    char path[512];
    struct str mistakes = {0};
    struct error error = {""};
    snprintf(path, sizeof path, "%s/%s.theme", THEMES, name);
    if (!theme_read(theme, path, &mistakes, &error))
        fail_msg("%s", error.text);
    assert_string_equal(str_text(&mistakes), "");
    str_finish(&mistakes);
}

static void the_folder_holds_the_themes_that_are_tested(void **state)
{
    (void)state;
    DIR *folder = opendir(THEMES);
    const struct dirent *entry;
    int count = 0;
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL)
        count += strstr(entry->d_name, ".theme") != NULL;
    closedir(folder);
    assert_int_equal(count, SHIPPED);
}

static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    static const struct {
        uint32_t a, b;
        double ratio;
    } known[] = {{0x000000, 0xffffff, 21}, {0xffffff, 0xffffff, 1}, {0x777777, 0xffffff, 4.48},
        {0x767676, 0xffffff, 4.54}, {0xff0000, 0xffffff, 4.00}, {0x0000ff, 0xffffff, 8.59}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        double there = colour_contrast(known[i].a, known[i].b);
        double back = colour_contrast(known[i].b, known[i].a);
        if (fabs(there - known[i].ratio) > 0.01 || there != back)
            fail_msg("%06x on %06x: %.3f", known[i].a, known[i].b, there);
    }
}

static int count_unreadable(const struct theme *theme, int depth)
{
    int bad = 0;
    for (int role = 0; role < ROLES; role++) {
        struct look look = theme_look(theme, (enum role)role, depth);
        struct seen seen = theme_seen(theme, &look);
        double contrast = colour_contrast(seen.fg, seen.bg);
        if (contrast >= contrast_least)
            continue;
        printf("%s, %d colours, %s: %06x on %06x is %.2f\n", theme->name, depth,
            role_name((enum role)role), seen.fg, seen.bg, contrast);
        bad++;
    }
    return bad;
}

static void every_role_of_every_theme_can_be_read(void **state)
{
    (void)state;
    struct theme theme;
    int bad = 0;
    for (int i = 0; i < SHIPPED; i++) {
        read_shipped(shipped[i], &theme);
        for (int d = 0; d < DEPTHS; d++)
            bad += count_unreadable(&theme, depths[d]);
    }
    assert_int_equal(bad, 0);
}

/* Terminals show "dim" as they like, so nothing that must be read may rest on it. */
static void no_theme_rests_on_dim_or_italic(void **state)
{
    (void)state;
    struct theme theme;
    for (int i = 0; i < SHIPPED; i++) {
        read_shipped(shipped[i], &theme);
        for (int role = 0; role < ROLES; role++)
            assert_false(theme.looks[role].attributes & (ATTRIBUTE_DIM | ATTRIBUTE_ITALIC));
    }
}

static bool same_looks(const struct look *a, const struct look *b)
{
    return a->fg == b->fg && a->bg == b->bg && a->attributes == b->attributes;
}

/* Where the focus is, what is typed into and that this is practice must be seen at every depth. */
static void what_must_stand_out_does(void **state)
{
    (void)state;
    static const enum role roles[] = {ROLE_FOCUS, ROLE_FIELD, ROLE_FIELD_FOCUS, ROLE_PRACTICE};
    struct theme theme;
    for (int i = 0; i < SHIPPED; i++) {
        read_shipped(shipped[i], &theme);
        for (int d = 0; d < DEPTHS; d++)
            for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
                struct look look = theme_look(&theme, roles[r], depths[d]);
                struct seen seen = theme_seen(&theme, &look);
                struct look text = theme_look(&theme, ROLE_TEXT, depths[d]);
                bool ground = colour_contrast(seen.bg, theme_seen(&theme, &text).bg) >= 1.25;
                bool marked = look.attributes & (ATTRIBUTE_UNDERLINE | ATTRIBUTE_REVERSE);
                if (!ground && !marked)
                    fail_msg("%s, %d colours, %s", theme.name, depths[d], role_name(roles[r]));
            }
    }
}

static void the_focus_differs_from_the_field_it_is_in(void **state)
{
    (void)state;
    struct theme theme;
    for (int i = 0; i < SHIPPED; i++) {
        read_shipped(shipped[i], &theme);
        for (int d = 0; d < DEPTHS; d++) {
            struct look field = theme_look(&theme, ROLE_FIELD, depths[d]);
            struct look focus = theme_look(&theme, ROLE_FIELD_FOCUS, depths[d]);
            if (same_looks(&field, &focus))
                fail_msg("%s, %d colours", theme.name, depths[d]);
        }
    }
}

/* What to type in an empty field is not taken for what was typed. */
static void a_hint_differs_from_what_is_typed(void **state)
{
    (void)state;
    struct theme theme;
    for (int i = 0; i < SHIPPED; i++) {
        read_shipped(shipped[i], &theme);
        for (int d = 0; d < DEPTHS; d++) {
            struct look hint = theme_look(&theme, ROLE_HINT, depths[d]);
            struct look typed = theme_look(&theme, ROLE_FIELD_FOCUS, depths[d]);
            if (same_looks(&hint, &typed))
                fail_msg("%s, %d colours", theme.name, depths[d]);
        }
    }
}

/* A painted theme looks the same on a dark terminal and on a light one. */
static void a_theme_with_grounds_leaves_nothing_to_the_terminal(void **state)
{
    (void)state;
    struct theme theme;
    for (int i = 0; i < SHIPPED; i++) {
        read_shipped(shipped[i], &theme);
        assert_int_equal(theme.painted, strcmp(shipped[i], "mono") != 0);
        for (int role = 0; role < ROLES && theme.painted; role++)
            for (int d = 0; d < DEPTHS; d++) {
                struct look look = theme_look(&theme, (enum role)role, depths[d]);
                assert_true(look.fg != COLOUR_DEFAULT && look.bg != COLOUR_DEFAULT);
            }
    }
}

static void a_colour_the_terminal_has_stays(void **state)
{
    (void)state;
    struct theme theme;
    theme_plain(&theme);
    theme.background = 0x000000;
    theme.looks[ROLE_GOOD] = (struct look){10, COLOUR_DEFAULT, 0};
    theme.looks[ROLE_TROUBLE] = (struct look){COLOUR_RGB | 0xff0000, COLOUR_DEFAULT, 0};
    assert_int_equal(theme_look(&theme, ROLE_GOOD, 16).fg, 10);
    assert_int_equal(theme_look(&theme, ROLE_TROUBLE, 16).fg, 9);
    assert_int_equal(theme_look(&theme, ROLE_TROUBLE, 256).fg, 196);
    assert_int_equal(theme_look(&theme, ROLE_TROUBLE, TRUE_COLOUR).fg, COLOUR_RGB | 0xff0000);
    assert_int_equal(theme_look(&theme, ROLE_TEXT, 8).fg, COLOUR_DEFAULT);
}

/* A theme of one's own may want less than WCAG; then the nearest colour is simply used. */
static void a_theme_that_wants_less_contrast_gets_less(void **state)
{
    (void)state;
    struct theme theme;
    theme_plain(&theme);
    theme.background = 0x000000;
    theme.looks[ROLE_DIM] = (struct look){COLOUR_RGB | 0x303030, COLOUR_DEFAULT, 0};
    assert_int_equal(theme_look(&theme, ROLE_DIM, 256).fg, 236);
}

/* --- files of one's own -------------------------------------------------------------------------------- */

struct folder {
    char path[64];
};

static int folder_create(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    strcpy(folder->path, "/tmp/tourdesk-theme-XXXXXX");
    *state = folder;
    return mkdtemp(folder->path) && setenv("XDG_CONFIG_HOME", folder->path, 1) == 0 ? 0 : -1;
}

static int folder_destroy(void **state)
{
    static const char *const inside[] = {
        "tourdesk/themes/mine.theme", "tourdesk/themes/dark.theme", "tourdesk/themes", "tourdesk"};
    struct folder *folder = *state;
    char path[128];
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        snprintf(path, sizeof path, "%s/%s", folder->path, inside[i]);
        remove(path);
    }
    int failed = rmdir(folder->path);
    free(folder);
    return failed;
}

static void write_theme(const struct folder *folder, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/tourdesk", folder->path);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/tourdesk/themes", folder->path);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/tourdesk/themes/%s.theme", folder->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* The shipped themes lie beside a program of this name. */
static const char program[] = THEMES "/../CMakeLists.txt";

static void themes_are_found_by_name_and_in_order(void **state)
{
    struct folder *folder = *state;
    struct theme_set set;
    struct str mistakes = {0};
    write_theme(folder, "mine", "roles = { dim = { fg = \"red\"; }; };");
    themes_read(&set, "mine", program, &mistakes);
    assert_string_equal(str_text(&mistakes), "");
    assert_int_equal(set.count, SHIPPED + 1);
    for (size_t i = 1; i < set.count; i++)
        assert_true(strcmp(set.names[i - 1], set.names[i]) < 0);
    assert_string_equal(set.names[set.chosen], "mine");
    assert_int_equal(set.themes[set.chosen].looks[ROLE_DIM].fg, 1);
    themes_finish(&set);
    str_finish(&mistakes);
}

static void ones_own_theme_goes_before_a_shipped_one(void **state)
{
    struct folder *folder = *state;
    struct theme_set set;
    struct str mistakes = {0};
    write_theme(folder, "dark", "roles = { dim = { fg = \"red\"; }; };");
    themes_read(&set, "dark", program, &mistakes);
    assert_int_equal(set.count, SHIPPED);
    assert_int_equal(set.themes[set.chosen].looks[ROLE_DIM].fg, 1);
    themes_finish(&set);
    str_finish(&mistakes);
}

static void a_theme_can_be_named_by_its_path(void **state)
{
    (void)state;
    struct theme_set set;
    struct str mistakes = {0};
    themes_read(&set, THEMES "/light.theme", program, &mistakes);
    assert_string_equal(str_text(&mistakes), "");
    assert_string_equal(set.names[set.chosen], "light");
    assert_int_equal(set.count, SHIPPED);
    themes_finish(&set);
    str_finish(&mistakes);
}

static void a_theme_that_is_not_there_is_said_and_the_plain_one_used(void **state)
{
    (void)state;
    struct theme_set set;
    struct str mistakes = {0};
    themes_read(&set, "drak", program, &mistakes);
    assert_string_equal(str_text(&mistakes),
        "there is no theme \"drak\"; there are colour-safe, dark, high-contrast, light, mono\n");
    assert_string_equal(set.names[set.chosen], "plain");
    themes_finish(&set);
    str_finish(&mistakes);
}

static void mistakes_of_the_chosen_theme_are_said_with_their_lines(void **state)
{
    struct folder *folder = *state;
    struct theme_set set;
    struct str mistakes = {0};
    write_theme(folder, "mine",
        "background = \"black\";\nroles = {\n dim = { fg = \"rde\"; bold = 1; };\n dimm = { };\n"
        " rule = 3;\n good = { fgg = \"red\"; };\n};\n");
    write_theme(folder, "dark", "roles = {");
    themes_read(&set, "mine", program, &mistakes);
    static const char *const expected[] = {"mine.theme:1: background must look like \"#16181d\"",
        "mine.theme:3: \"rde\" is not a colour", "mine.theme:3: \"bold\" is true or false",
        "mine.theme:4: unknown role \"dimm\"", "mine.theme:5: a role is a group",
        "mine.theme:6: unknown name \"fgg\""};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (!strstr(str_text(&mistakes), expected[i]))
            fail_msg("%s is not in:\n%s", expected[i], str_text(&mistakes));
    assert_null(strstr(str_text(&mistakes), "dark"));
    assert_string_equal(set.names[set.chosen], "mine");
    themes_finish(&set);
    str_finish(&mistakes);
}

static void a_theme_that_cannot_be_read_gives_way_to_the_shipped_one(void **state)
{
    struct folder *folder = *state;
    struct theme_set set;
    struct str mistakes = {0};
    write_theme(folder, "dark", "roles = {");
    themes_read(&set, "dark", program, &mistakes);
    assert_non_null(strstr(str_text(&mistakes), "dark.theme:1: "));
    assert_string_equal(set.names[set.chosen], "dark");
    themes_finish(&set);
    str_finish(&mistakes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_folder_holds_the_themes_that_are_tested),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(every_role_of_every_theme_can_be_read),
        cmocka_unit_test(no_theme_rests_on_dim_or_italic),
        cmocka_unit_test(what_must_stand_out_does),
        cmocka_unit_test(the_focus_differs_from_the_field_it_is_in),
        cmocka_unit_test(a_hint_differs_from_what_is_typed),
        cmocka_unit_test(a_theme_with_grounds_leaves_nothing_to_the_terminal),
        cmocka_unit_test(a_colour_the_terminal_has_stays),
        cmocka_unit_test(a_theme_that_wants_less_contrast_gets_less),
        cmocka_unit_test_setup_teardown(
            themes_are_found_by_name_and_in_order, folder_create, folder_destroy),
        cmocka_unit_test_setup_teardown(
            ones_own_theme_goes_before_a_shipped_one, folder_create, folder_destroy),
        cmocka_unit_test_setup_teardown(
            a_theme_can_be_named_by_its_path, folder_create, folder_destroy),
        cmocka_unit_test_setup_teardown(a_theme_that_is_not_there_is_said_and_the_plain_one_used,
            folder_create, folder_destroy),
        cmocka_unit_test_setup_teardown(
            mistakes_of_the_chosen_theme_are_said_with_their_lines, folder_create, folder_destroy),
        cmocka_unit_test_setup_teardown(a_theme_that_cannot_be_read_gives_way_to_the_shipped_one,
            folder_create, folder_destroy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
