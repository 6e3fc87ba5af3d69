/* Keys by name, and which action each stands for: the table's keys, and those of the configuration. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tourdesk/base/str.h"
#include "tourdesk/tui/key.h"

static void names_and_keys_go_both_ways(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        keycode key;
    } known[] = {
        {"x", 'x'},
        {"R", 'R'},
        {":", ':'},
        {"é", 0xE9},
        {"😀", 0x1F600},
        {"Space", ' '},
        {"C-x", KEY_CONTROL | 'x'},
        {"M-b", KEY_ALT | 'b'},
        {"C-Left", KEY_CONTROL | NAMED_LEFT},
        {"C-M-Del", KEY_CONTROL | KEY_ALT | NAMED_DELETE},
        {"Enter", NAMED_ENTER},
        {"Esc", NAMED_ESCAPE},
        {"BTab", NAMED_BACK_TAB},
        {"PgDn", NAMED_PAGE_DOWN},
        {"F1", NAMED_F1},
        {"F12", NAMED_F1 + 11},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char name[KEY_NAME_SIZE];
        assert_int_equal(key_parse(known[i].name), known[i].key);
        key_format(known[i].key, name);
        assert_string_equal(name, known[i].name);
    }
}

static void what_is_no_key_is_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "xy", "Entre", "F13", "C-", "\x01", "\x7F", "\xC2\x85", "\xFF", "\xE2\x82", "x "};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(key_parse(bad[i]), KEY_NONE);
}

/* --- the table ------------------------------------------------------------------------------------------ */

static void the_tables_own_keys_have_no_clash(void **state)
{
    (void)state;
    struct keymap *keymap = keymap_create();
    struct error error;
    for (int i = ACTION_NOTHING + 1; i < ACTION_KINDS; i++)
        if (keymap_clash(keymap, (enum action)i, &error))
            fail_msg("%s: %s", action_entry((enum action)i)->name, error.text);
    keymap_destroy(keymap);
}

/* A key of the table that cannot be read would be lost without a word. */
static void every_key_of_the_table_is_a_key(void **state)
{
    (void)state;
    struct keymap *keymap = keymap_create();
    struct error error;
    for (int i = ACTION_NOTHING + 1; i < ACTION_KINDS; i++)
        if (!keymap_bind(keymap, (enum action)i, action_entry((enum action)i)->keys, &error))
            fail_msg("%s: %s", action_entry((enum action)i)->name, error.text);
    keymap_destroy(keymap);
}

static void a_key_with_a_place_counts_only_there(void **state)
{
    (void)state;
    struct keymap *keymap = keymap_create();
    assert_int_equal(keymap_action(keymap, CONTEXT_BOARD, 'h'), ACTION_HANDOVER);
    assert_int_equal(keymap_action(keymap, CONTEXT_CALENDAR, 'h'), ACTION_LEFT);
    assert_int_equal(keymap_action(keymap, CONTEXT_TOURS, 'h'), ACTION_NOTHING);
    assert_int_equal(keymap_action(keymap, CONTEXT_TOURS, 'H'), ACTION_HANDOVER);
    assert_int_equal(keymap_action(keymap, CONTEXT_PROMPT, NAMED_TAB), ACTION_COMPLETE);
    assert_int_equal(keymap_action(keymap, CONTEXT_FORM, NAMED_TAB), ACTION_NEXT_FIELD);
    keymap_destroy(keymap);
}

static void what_works_everywhere_works_in_every_place(void **state)
{
    (void)state;
    struct keymap *keymap = keymap_create();
    for (unsigned place = CONTEXT_EVERYWHERE; place <= CONTEXT_LAST; place <<= 1)
        assert_int_equal(keymap_action(keymap, (enum context)place, NAMED_F1), ACTION_HELP);
    keymap_destroy(keymap);
}

static void names_are_those_of_the_place(void **state)
{
    (void)state;
    static const struct {
        enum context place;
        size_t most;
        const char *names;
    } cases[] = {{CONTEXT_BOARD, 9, "H or h"}, {CONTEXT_TOURS, 9, "H"}, {CONTEXT_BOARD, 1, "H"},
        {CONTEXT_FORM, 9, ""}};
    struct keymap *keymap = keymap_create();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char names[64];
        keymap_names(keymap, cases[i].place, ACTION_HANDOVER, cases[i].most, names, sizeof names);
        assert_string_equal(names, cases[i].names);
    }
    keymap_destroy(keymap);
}

/* --- the configuration ------------------------------------------------------------------------------------- */

static void other_keys_replace_the_tables(void **state)
{
    (void)state;
    struct keymap *keymap = keymap_create();
    struct error error;
    assert_true(keymap_bind(keymap, ACTION_BOOK, " F3  board:C-n ", &error));
    assert_int_equal(keymap_action(keymap, CONTEXT_CALENDAR, 'n'), ACTION_NOTHING);
    assert_int_equal(keymap_action(keymap, CONTEXT_CALENDAR, NAMED_F1 + 2), ACTION_BOOK);
    assert_int_equal(keymap_action(keymap, CONTEXT_BOARD, KEY_CONTROL | 'n'), ACTION_BOOK);
    assert_int_equal(keymap_action(keymap, CONTEXT_TOURS, KEY_CONTROL | 'n'), ACTION_NOTHING);
    assert_true(keymap_bind(keymap, ACTION_BOOK, "", &error));
    assert_int_equal(keymap_action(keymap, CONTEXT_CALENDAR, NAMED_F1 + 2), ACTION_NOTHING);
    keymap_reset(keymap, ACTION_BOOK);
    assert_int_equal(keymap_action(keymap, CONTEXT_CALENDAR, 'n'), ACTION_BOOK);
    keymap_destroy(keymap);
}

static void keys_that_will_not_do_are_said_in_words(void **state)
{
    (void)state;
    static const struct {
        enum action action;
        const char *keys, *words;
    } cases[] = {
        {ACTION_BOOK, "Entr", "\"Entr\" is not a key"},
        {ACTION_BOOK, "M-x", "\"M-x\" cannot be told from Esc and then that key"},
        {ACTION_BOOK, "n bord:F3", "there is no place \"bord\""},
        {ACTION_BOOK, "form:F3", "it does not work in the place \"form\""},
        {ACTION_SUBMIT, "s", "\"s\" is text where it would count"},
        {ACTION_BOOK, "a b c d e f g h i", "has more than 8 keys"},
    };
    struct keymap *keymap = keymap_create();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {""};
        assert_false(keymap_bind(keymap, cases[i].action, cases[i].keys, &error));
        assert_string_equal(error.text, cases[i].words);
        assert_int_equal(keymap_action(keymap, CONTEXT_CALENDAR, 'n'), ACTION_BOOK);
        assert_int_equal(keymap_action(keymap, CONTEXT_FORM, NAMED_ENTER), ACTION_SUBMIT);
    }
    keymap_destroy(keymap);
}

enum { CHOICES = 3 };

static const struct {
    const char *name;
    struct key_choice choices[CHOICES];
    const char *errors[CHOICES]; /* "" = taken */
} sets[] = {
    {"a free key", {{.action = "book", .keys = "F3"}}, {""}},
    {"two that change places", {{.action = "book", .keys = "x"}, {.action = "cancel", .keys = "n"}},
        {"", ""}},
    {"another's key in the same place", {{.action = "book", .keys = "x"}},
        {"\"x\" is the key of \"cancel\" already (calendar)"}},
    {"a key of everywhere", {{.action = "book", .keys = "F1"}},
        {"\"F1\" is the key of \"help\" already (calendar)"}},
    {"everywhere, with a key that is taken on one page", {{.action = "redraw", .keys = "D"}},
        {"\"D\" is the key of \"done-in-knock\" already (tours)"}},
    {"the same key on other pages", {{.action = "sign", .keys = "w"}}, {""}},
    {"a letter where letters are typed is no clash", {{.action = "up", .keys = "Up K"}}, {""}},
    {"two that were given one key",
        {{.action = "book", .keys = "F3"}, {.action = "visit", .keys = "F3"}},
        {"\"F3\" is the key of \"visit\" already (calendar)", ""}},
    {"one that comes back to a key that was given away",
        {{.action = "book", .keys = "x"}, {.action = "undo", .keys = "n"}},
        {"\"x\" is the key of \"cancel\" already (calendar)",
            "\"n\" is the key of \"book\" already (calendar)"}},
    {"no action, and a good one beside it",
        {{.action = "boook", .keys = "F3"}, {.action = "book", .keys = "F3"}},
        {"there is no action of that name", ""}},
};

static void clashes_are_said_and_the_tables_keys_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct keymap *keymap = keymap_create();
        struct key_choice choices[CHOICES];
        size_t count = 0;
        memcpy(choices, sets[i].choices, sizeof choices);
        while (count < CHOICES && choices[count].action)
            count++;
        keymap_configure(keymap, choices, count);
        for (size_t j = 0; j < count; j++)
            if (strcmp(choices[j].error.text, sets[i].errors[j]) != 0)
                fail_msg("%s: %s: %s", sets[i].name, choices[j].action, choices[j].error.text);
        for (int a = ACTION_NOTHING + 1; a < ACTION_KINDS; a++)
            assert_false(keymap_clash(keymap, (enum action)a, NULL));
        keymap_destroy(keymap);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_keys_go_both_ways),
        cmocka_unit_test(what_is_no_key_is_none),
        cmocka_unit_test(the_tables_own_keys_have_no_clash),
        cmocka_unit_test(every_key_of_the_table_is_a_key),
        cmocka_unit_test(a_key_with_a_place_counts_only_there),
        cmocka_unit_test(what_works_everywhere_works_in_every_place),
        cmocka_unit_test(names_are_those_of_the_place),
        cmocka_unit_test(other_keys_replace_the_tables),
        cmocka_unit_test(keys_that_will_not_do_are_said_in_words),
        cmocka_unit_test(clashes_are_said_and_the_tables_keys_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
