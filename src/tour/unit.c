#include "tourdesk/tour/unit.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"

#include <stdlib.h>
#include <string.h>

/* Costs of the slips, in tenths, so that a look-alike is nearer than any other slip. */
enum { ALIKE = 1, SLIP = 10, PREFIX = 3, FAR = 21 };

void unit_key(const char *name, char out[UNIT_SIZE])
{
    char folded[UNIT_SIZE];
    text_fold_copy(folded, sizeof folded, name);
    size_t n = 0;
    for (const char *p = folded; *p; p++)
        if (*p != ' ')
            out[n++] = *p;
    out[n] = '\0';
}

int unit_find(char *const *units, size_t count, const char *name)
{
    char wanted[UNIT_SIZE], key[UNIT_SIZE];
    unit_key(name, wanted);
    for (size_t i = 0; i < count; i++) {
        unit_key(units[i], key);
        if (strcmp(key, wanted) == 0)
            return (int)i;
    }
    return -1;
}

static bool look_alike(char a, char b)
{
    static const char *const pairs[] = {"o0", "i1", "l1", "il", "s5", "b8", "z2", "g6", "q0"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if ((pairs[i][0] == a && pairs[i][1] == b) || (pairs[i][0] == b && pairs[i][1] == a))
            return true;
    return false;
}

static int skip_cost(char c)
{
    return c == '0' ? ALIKE + 1 : c == '-' || c == '#' || c == '.' ? ALIKE : SLIP;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    static _Thread_local int d[UNIT_SIZE][UNIT_SIZE];
    d[0][0] = 0;
    for (size_t i = 1; i <= n; i++)
        d[i][0] = d[i - 1][0] + skip_cost(a[i - 1]);
    for (size_t j = 1; j <= m; j++)
        d[0][j] = d[0][j - 1] + skip_cost(b[j - 1]);
    for (size_t i = 1; i <= n; i++)
        for (size_t j = 1; j <= m; j++) {
            char x = a[i - 1], y = b[j - 1];
            int change = d[i - 1][j - 1] + (x == y ? 0 : look_alike(x, y) ? ALIKE : SLIP);
            int skip_a = d[i - 1][j] + skip_cost(x), skip_b = d[i][j - 1] + skip_cost(y);
            d[i][j] = least(change, least(skip_a, skip_b));
            if (i > 1 && j > 1 && x == b[j - 2] && a[i - 2] == y)
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + SLIP);
        }
    return d[n][m];
}

/* How far a typed key is from a unit's, with the building left out ("202" for "M6-202") or the
 * beginning typed only ("M6-2"). */
static int farness(const char *typed, const char *unit)
{
    int best = distance(typed, unit);
    const char *dash = strrchr(unit, '-');
    if (dash && dash[1])
        best = least(best, distance(typed, dash + 1) + PREFIX);
    if (*typed && strncmp(typed, unit, strlen(typed)) == 0)
        best = least(best, SLIP - 1 + (int)(strlen(unit) - strlen(typed)));
    return best;
}

struct candidate {
    size_t index;
    int farness;
};

static int by_farness(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->farness != y->farness)
        return x->farness - y->farness;
    return (x->index > y->index) - (x->index < y->index);
}

size_t unit_nearest(char *const *units, size_t count, const char *name, size_t *indexes, size_t max)
{
    if (count == 0)
        return 0;
    char typed[UNIT_SIZE], key[UNIT_SIZE];
    unit_key(name, typed);
    struct candidate *near = mem_alloc(count * sizeof *near);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        unit_key(units[i], key);
        int far = farness(typed, key);
        if (far < FAR && far < SLIP * (int)strlen(typed))
            near[found++] = (struct candidate){i, far};
    }
    qsort(near, found, sizeof *near, by_farness);
    if (found > max)
        found = max;
    for (size_t i = 0; i < found; i++)
        indexes[i] = near[i].index;
    free(near);
    return found;
}
