#include "diff.h"

#include "texts.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { AROUND = 3 };

static void split(struct texts *lines, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        texts_addf(lines, "%.*s", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

struct change {
    char sign; /* ' ', '-' or '+' */
    const char *line;
    size_t old_number, new_number; /* from 1 */
};

struct changes {
    struct change *items;
    size_t count, capacity;
};

static void add_change(struct changes *changes, struct change change)
{
    changes->items =
        mem_grow(changes->items, &changes->capacity, changes->count + 1, sizeof *changes->items);
    changes->items[changes->count++] = change;
}

/* common[i][j] = how many lines the texts have in common from their lines i and j on. */
static size_t *count_common(const struct texts *a, const struct texts *b)
{
    size_t width = b->count + 1;
    size_t *common = mem_alloc((a->count + 1) * width * sizeof *common);
    for (size_t i = a->count; i-- > 0;)
        for (size_t j = b->count; j-- > 0;) {
            size_t skip_a = common[(i + 1) * width + j], skip_b = common[i * width + j + 1];
            common[i * width + j] = strcmp(a->items[i], b->items[j]) == 0
                                        ? common[(i + 1) * width + j + 1] + 1
                                    : skip_a > skip_b ? skip_a
                                                      : skip_b;
        }
    return common;
}

static void walk(struct changes *changes, const struct texts *a, const struct texts *b)
{
    size_t *common = count_common(a, b), width = b->count + 1, i = 0, j = 0;
    while (i < a->count || j < b->count) {
        bool left = i < a->count, right = j < b->count;
        if (left && right && strcmp(a->items[i], b->items[j]) == 0) {
            add_change(changes, (struct change){' ', a->items[i], i + 1, j + 1});
            i++;
            j++;
        } else if (left && (!right || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
            add_change(changes, (struct change){'-', a->items[i], i + 1, j + 1});
            i++;
        } else {
            add_change(changes, (struct change){'+', b->items[j], i + 1, j + 1});
            j++;
        }
    }
    free(common);
}

/* The index behind the block of changes that `start` belongs to, with what stands around it. */
static size_t block_end(const struct changes *changes, size_t start)
{
    size_t end = start, equal = 0;
    for (size_t i = start; i < changes->count && equal <= 2 * AROUND; i++) {
        equal = changes->items[i].sign == ' ' ? equal + 1 : 0;
        if (equal == 0)
            end = i + 1;
    }
    return end + AROUND < changes->count ? end + AROUND : changes->count;
}

static void add_block(struct str *out, const struct changes *changes, size_t from, size_t to)
{
    size_t olds = 0, news = 0;
    for (size_t i = from; i < to; i++) {
        olds += changes->items[i].sign != '+';
        news += changes->items[i].sign != '-';
    }
    const struct change *first = &changes->items[from];
    str_addf(out, "@@ -%zu,%zu +%zu,%zu @@\n", first->old_number, olds, first->new_number, news);
    for (size_t i = from; i < to; i++)
        str_addf(out, "%c%s\n", changes->items[i].sign, changes->items[i].line);
}

void diff_add(struct str *out, const char *expected, const char *actual)
{
    struct texts a = {0}, b = {0};
    struct changes changes = {0};
    split(&a, expected);
    split(&b, actual);
    walk(&changes, &a, &b);
    for (size_t i = 0, done = 0; i < changes.count; i++) {
        if (changes.items[i].sign == ' ')
            continue;
        size_t from = i > done + AROUND ? i - AROUND : done;
        done = block_end(&changes, i);
        add_block(out, &changes, from, done);
        i = done - 1;
    }
    texts_finish(&a);
    texts_finish(&b);
    free(changes.items);
}
