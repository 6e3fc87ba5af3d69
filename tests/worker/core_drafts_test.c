/* Drafts of programs that ended: each comes back once, and none is lost on the way. */
#include "desk.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

/* A number that no process has: it is beyond what Linux gives. */
static const char *const dead[] = {"99999998 a", "99999999 b"};

static void put_draft(struct desk *desk, const char *owner, const char *form, const char *text)
{
    struct draft draft = {.text = mem_text(text)};
    str_copy(draft.form, sizeof draft.form, form);
    assert_true(ledger_put_draft(desk->ledger, owner, &draft, NULL));
    draft_finish(&draft);
}

static const struct draft_list *read_drafts(struct desk *desk)
{
    uint64_t token = desk_ask(desk, command_create(COMMAND_READ_DRAFTS));
    const struct report *report = desk_report(desk, REPORT_DRAFTS, token);
    assert_non_null(report);
    return &report->drafts;
}

static const char *text_of(const struct draft_list *drafts, const char *form)
{
    for (size_t i = 0; i < drafts->count; i++)
        if (strcmp(drafts->items[i].form, form) == 0)
            return drafts->items[i].text;
    return "";
}

static void each_form_comes_back_once_and_the_other_stays_for_the_next(void **state)
{
    struct desk *desk = *state;
    put_draft(desk, dead[0], "book", "First name\tAna\n");
    put_draft(desk, dead[1], "book", "First name\tBo\n");
    put_draft(desk, dead[1], "visit", "Units seen\t120\n");
    const struct draft_list *drafts = read_drafts(desk);
    assert_int_equal(drafts->count, 2);
    assert_string_equal(text_of(drafts, "visit"), "Units seen\t120\n");
    bool ana = strstr(text_of(drafts, "book"), "Ana") != NULL;
    assert_true(ana || strstr(text_of(drafts, "book"), "Bo"));
    const struct draft_list *next = read_drafts(desk);
    assert_int_equal(next->count, 1);
    assert_non_null(strstr(text_of(next, "book"), ana ? "Bo" : "Ana"));
    assert_int_equal(read_drafts(desk)->count, 0);
}

static void what_a_running_program_types_stays_its_own(void **state)
{
    struct desk *desk = *state;
    put_draft(desk, "1 somebody", "book", "First name\tAna\n");
    assert_int_equal(read_drafts(desk)->count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_form_comes_back_once_and_the_other_stays_for_the_next, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(
            what_a_running_program_types_stays_its_own, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
