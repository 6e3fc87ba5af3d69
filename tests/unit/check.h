/* What the table-driven tests share: assertions that name the row they are about, and the includes
 * that cmocka wants before its own. */
#ifndef TOURDESK_TESTS_CHECK_H
#define TOURDESK_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static inline void check_text(const char *row, const char *got, const char *want)
{
    if (strcmp(got, want) != 0)
        fail_msg("[%s] gave \"%s\", not \"%s\"", row, got, want);
}

static inline void check_number(const char *row, long long got, long long want)
{
    if (got != want)
        fail_msg("[%s] gave %lld, not %lld", row, got, want);
}

/* For a rule that has no value to show: `rule` says what should have held. */
static inline void check_holds(const char *row, bool holds, const char *rule)
{
    if (!holds)
        fail_msg("[%s] %s", row, rule);
}

static inline void check_contains(const char *row, const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("[%s] gave \"%s\", which lacks \"%s\"", row, text, part);
}

#endif
