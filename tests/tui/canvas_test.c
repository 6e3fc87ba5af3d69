/* What can be clicked on a page, and what is a link. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tourdesk/desk/desk.h"
#include "tourdesk/tui/canvas.h"

static void a_click_finds_what_was_drawn_there(void **state)
{
    (void)state;
    struct canvas canvas = {0};
    canvas_reset(&canvas, 10, 20);
    canvas_target(&canvas, 2, 3, 1, 5, 7);
    canvas_target(&canvas, 3, 0, 2, 20, 8);
    static const struct {
        int row, col, item;
    } cases[] = {{2, 3, 7}, {2, 7, 7}, {2, 8, ITEM_NONE}, {2, 2, ITEM_NONE}, {1, 3, ITEM_NONE},
        {3, 19, 8}, {4, 0, 8}, {5, 0, ITEM_NONE}, {-1, -1, ITEM_NONE}, {99, 99, ITEM_NONE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(canvas_item_at(&canvas, cases[i].row, cases[i].col), cases[i].item);
    canvas_finish(&canvas);
}

static void what_floats_covers_what_is_under_it(void **state)
{
    (void)state;
    struct canvas canvas = {0};
    canvas_reset(&canvas, 10, 20);
    canvas_target(&canvas, 0, 0, 10, 20, 1);
    canvas_target(&canvas, 2, 2, 5, 10, ITEM_NONE);
    canvas_target(&canvas, 3, 3, 1, 8, 2);
    assert_int_equal(canvas_item_at(&canvas, 0, 0), 1);
    assert_int_equal(canvas_item_at(&canvas, 2, 2), ITEM_NONE);
    assert_int_equal(canvas_item_at(&canvas, 3, 3), 2);
    canvas_finish(&canvas);
}

static void an_empty_rectangle_is_nowhere(void **state)
{
    (void)state;
    struct canvas canvas = {0};
    canvas_reset(&canvas, 10, 20);
    canvas_target(&canvas, 2, 2, 0, 5, 1);
    canvas_target(&canvas, 2, 2, 5, -1, 1);
    assert_int_equal(canvas.target_count, 0);
    canvas_finish(&canvas);
}

static void a_new_page_has_no_targets_and_no_links(void **state)
{
    (void)state;
    struct canvas canvas = {0};
    canvas_reset(&canvas, 10, 20);
    canvas_target(&canvas, 0, 0, 10, 20, 1);
    canvas_link(&canvas, 0, 0, 5, "tel:+12065550155");
    canvas_reset(&canvas, 10, 20);
    assert_int_equal(canvas_item_at(&canvas, 0, 0), ITEM_NONE);
    assert_int_equal(canvas.link_count, 0);
    canvas_finish(&canvas);
}

static void a_link_is_clipped_to_the_page(void **state)
{
    (void)state;
    struct canvas canvas = {0};
    canvas_reset(&canvas, 10, 20);
    canvas_link(&canvas, 1, 15, 10, "tel:+12065550155");
    canvas_link(&canvas, 1, -2, 5, "tel:+12065550155");
    canvas_link(&canvas, 10, 0, 5, "tel:+12065550155");
    canvas_link(&canvas, 1, 20, 5, "tel:+12065550155");
    assert_int_equal(canvas.link_count, 2);
    assert_int_equal(canvas.links[0].cols, 5);
    assert_int_equal(canvas.links[1].col, 0);
    assert_int_equal(canvas.links[1].cols, 3);
    canvas_finish(&canvas);
}

/* An address comes from outside: nothing in it may end the sequence it is sent in. */
static void an_address_holds_no_control_character(void **state)
{
    (void)state;
    struct canvas canvas = {0};
    char endless[400];
    canvas_reset(&canvas, 10, 20);
    canvas_link(&canvas, 0, 0, 5, "mailto:a\033\\b c\x07é@example.com");
    assert_string_equal(canvas.links[0].address, "mailto:a%1B\\b%20c%07%C3%A9@example.com");
    memset(endless, 'a', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    canvas_link(&canvas, 0, 0, 5, endless);
    canvas_link(&canvas, 0, 0, 5, "");
    assert_int_equal(canvas.link_count, 1);
    canvas_finish(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_click_finds_what_was_drawn_there),
        cmocka_unit_test(what_floats_covers_what_is_under_it),
        cmocka_unit_test(an_empty_rectangle_is_nowhere),
        cmocka_unit_test(a_new_page_has_no_targets_and_no_links),
        cmocka_unit_test(a_link_is_clipped_to_the_page),
        cmocka_unit_test(an_address_holds_no_control_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
