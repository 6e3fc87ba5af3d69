/* What is sent to terminals beyond curses, and what they report of the mouse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "sequences.h"

/* --- what a terminal can ---------------------------------------------------------------------------------- */

static const char *const *surroundings; /* name, value, ..., NULL */

static char *look_up(const char *name)
{
    for (const char *const *at = surroundings; *at; at += 2)
        if (strcmp(at[0], name) == 0)
            return (char *)(uintptr_t)at[1];
    return NULL;
}

static void a_terminal_is_asked_only_for_what_it_is_known_to_have(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        const char *around[5];
        bool links, clipboard, answers, colours;
    } cases[] = {
        {"xterm-256color", {NULL}, false, true, true, false},
        {"xterm-256color", {"VTE_VERSION", "7200"}, true, true, true, false},
        {"xterm-256color", {"VTE_VERSION", "4800"}, false, true, true, false},
        {"xterm-256color", {"KONSOLE_VERSION", "220401", "COLORTERM", "truecolor"}, true, true,
            true, true},
        {"xterm-256color", {"TERM_PROGRAM", "iTerm.app"}, true, true, true, false},
        {"xterm-256color", {"TERM_PROGRAM", "Apple_Terminal"}, false, true, false, false},
        {"xterm-256color", {"WT_SESSION", "x", "COLORTERM", "24bit"}, true, true, true, true},
        {"xterm-256color", {"WT_SESSION", ""}, false, true, true, false},
        {"xterm-kitty", {NULL}, true, true, true, false},
        {"foot", {NULL}, true, true, true, false},
        {"tmux-256color", {"VTE_VERSION", "7200"}, false, true, true, false},
        {"screen-256color", {"VTE_VERSION", "7200"}, false, true, false, false},
        {"linux", {"COLORTERM", "truecolor"}, false, false, false, false},
        {"vt100", {"VTE_VERSION", "7200"}, false, false, false, false},
        {"", {NULL}, false, false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        surroundings = cases[i].around;
        struct abilities able = sequence_abilities(cases[i].type, look_up);
        if (able.links != cases[i].links || able.clipboard != cases[i].clipboard ||
            able.answers != cases[i].answers || able.colours != cases[i].colours)
            fail_msg("%s with %s", cases[i].type, cases[i].around[0] ? cases[i].around[0] : "-");
    }
}

/* --- the clipboard ------------------------------------------------------------------------------------------- */

static void a_text_is_copied_in_base64(void **state)
{
    (void)state;
    /* The pairs are those of RFC 4648, section 10. */
    static const char *const pairs[][2] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}, {"é", "w6k="},
        {"\033]\xFF\xFE", "G13//g=="}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct str out = {0}, expected = {0};
        sequence_copy(&out, pairs[i][0]);
        str_addf(&expected, "\033]52;c;%s\033\\", pairs[i][1]);
        assert_string_equal(str_text(&out), str_text(&expected));
        str_finish(&out);
        str_finish(&expected);
    }
}

static void a_text_that_terminals_would_drop_is_not_sent(void **state)
{
    (void)state;
    struct str out = {0};
    char *text = malloc(COPY_MOST + 2);
    memset(text, 'a', COPY_MOST + 1);
    text[COPY_MOST + 1] = '\0';
    sequence_copy(&out, text);
    assert_string_equal(str_text(&out), "");
    text[COPY_MOST] = '\0';
    sequence_copy(&out, text);
    assert_true(out.length > COPY_MOST);
    str_finish(&out);
    free(text);
}

/* --- links ------------------------------------------------------------------------------------------------------ */

static void a_look_is_said_in_sgr(void **state)
{
    (void)state;
    static const struct {
        struct look look;
        const char *sgr;
    } cases[] = {
        {{COLOUR_DEFAULT, COLOUR_DEFAULT, 0}, "\033[0m"},
        {{1, 7, 0}, "\033[0;31;47m"},
        {{9, 15, ATTRIBUTE_BOLD}, "\033[0;1;91;107m"},
        {{196, 16, ATTRIBUTE_UNDERLINE | ATTRIBUTE_REVERSE}, "\033[0;4;7;38;5;196;48;5;16m"},
        {{COLOUR_RGB | 0x0a0b0c, COLOUR_DEFAULT, ATTRIBUTE_DIM | ATTRIBUTE_ITALIC},
            "\033[0;2;3;38;2;10;11;12m"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str out = {0};
        sequence_look(&out, &cases[i].look);
        assert_string_equal(str_text(&out), cases[i].sgr);
        str_finish(&out);
    }
}

static void a_link_writes_its_cells_and_puts_the_cursor_back(void **state)
{
    (void)state;
    struct canvas canvas = {0};
    struct str out = {0};
    struct look looks[ROLES];
    for (int i = 0; i < ROLES; i++)
        looks[i] = (struct look){COLOUR_DEFAULT, COLOUR_DEFAULT, 0};
    looks[ROLE_FOCUS].attributes = ATTRIBUTE_REVERSE;
    canvas_reset(&canvas, 4, 30);
    canvas_text(&canvas, 2, 5, 20, ROLE_TEXT, "ab漢d");
    canvas_paint(&canvas, 2, 9, 1, ROLE_FOCUS);
    canvas_link(&canvas, 2, 5, 5, "tel:+12065550155");
    sequence_link(&out, &canvas, &canvas.links[0], looks);
    assert_string_equal(str_text(&out), "\0337\033[3;6H\033]8;;tel:+12065550155\033\\\033[0mab漢"
                                        "\033[0;7md\033]8;;\033\\\0338");
    str_finish(&out);
    canvas_finish(&canvas);
}

/* --- the mouse ----------------------------------------------------------------------------------------------------- */

static void reports_of_the_mouse_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum input_kind kind;
        int row, col;
        bool up;
    } cases[] = {
        {"0;1;1M", INPUT_CLICK, 0, 0, false},
        {"0;120;40M", INPUT_CLICK, 39, 119, false},
        {"16;3;4M", INPUT_CLICK, 3, 2, false}, /* with Ctrl held */
        {"64;3;4M", INPUT_WHEEL, 3, 2, true},
        {"65;3;4M", INPUT_WHEEL, 3, 2, false},
        {"0;3;4m", INPUT_NONE, 0, 0, false}, /* released */
        {"1;3;4M", INPUT_NONE, 0, 0, false}, /* another button */
        {"2;3;4M", INPUT_NONE, 0, 0, false},
        {"32;3;4M", INPUT_NONE, 0, 0, false}, /* moved */
        {"66;3;4M", INPUT_NONE, 0, 0, false}, /* the wheel to the side */
        {"0;3M", INPUT_NONE, 0, 0, false},
        {"0;3;4;5M", INPUT_NONE, 0, 0, false},
        {"0;-3;4M", INPUT_NONE, 0, 0, false},
        {"0;99999999999999999999;4M", INPUT_NONE, 0, 0, false},
        {"M", INPUT_NONE, 0, 0, false},
        {"", INPUT_NONE, 0, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct input input = {.kind = INPUT_NONE};
        bool used = sequence_mouse(cases[i].text, &input);
        if (used != (cases[i].kind != INPUT_NONE) || input.kind != cases[i].kind)
            fail_msg("%s", cases[i].text);
        if (used)
            assert_true(
                input.row == cases[i].row && input.col == cases[i].col && input.up == cases[i].up);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_is_asked_only_for_what_it_is_known_to_have),
        cmocka_unit_test(a_text_is_copied_in_base64),
        cmocka_unit_test(a_text_that_terminals_would_drop_is_not_sent),
        cmocka_unit_test(a_look_is_said_in_sgr),
        cmocka_unit_test(a_link_writes_its_cells_and_puts_the_cursor_back),
        cmocka_unit_test(reports_of_the_mouse_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
