#include "units.h"

#include <string.h>

enum { NAMED = 3 };

/* --- reading ------------------------------------------------------------------------------------------ */

static void add_name(const struct community *community, const char *typed, size_t start, size_t end,
    struct unit_name out[VISIT_UNITS], int *count)
{
    if (end <= start || *count == VISIT_UNITS)
        return;
    struct unit_name *name = &out[(*count)++];
    *name = (struct unit_name){.start = start, .end = end};
    str_print(name->text, UNIT_SIZE, "%.*s", (int)(end - start), typed + start);
    int index = unit_find(community->units, community->unit_count, name->text);
    name->known = index >= 0;
    if (index >= 0)
        str_copy(name->text, UNIT_SIZE, community->units[index]);
    for (int i = 0; i < *count - 1; i++)
        if (strcmp(out[i].text, name->text) == 0) {
            --*count; /* said twice is seen once */
            return;
        }
}

static bool is_unit(const struct community *community, const char *typed, size_t start, size_t end)
{
    char name[UNIT_SIZE];
    return end - start < UNIT_SIZE &&
           str_print(name, sizeof name, "%.*s", (int)(end - start), typed + start) &&
           unit_find(community->units, community->unit_count, name) >= 0;
}

/* The end of the longest run of words from `start` that is a unit's name; else of the first word. */
static size_t name_end(
    const struct community *community, const char *typed, size_t start, size_t end)
{
    for (size_t to = end; to > start; to--)
        if ((to == end || typed[to] == ' ') && typed[to - 1] != ' ' &&
            is_unit(community, typed, start, to))
            return to;
    size_t to = start;
    while (to < end && typed[to] != ' ')
        to++;
    return to;
}

int units_read(
    const struct community *community, const char *typed, struct unit_name out[VISIT_UNITS])
{
    int count = 0;
    size_t at = 0, length = strlen(typed);
    while (at < length) {
        size_t end = at + strcspn(typed + at, ",;");
        while (at < end) {
            at += strspn(typed + at, " ");
            if (at >= end)
                break;
            size_t to = name_end(community, typed, at, end);
            add_name(community, typed, at, to, out, &count);
            at = to;
        }
        at = end + 1;
    }
    return count;
}

/* --- offering ----------------------------------------------------------------------------------------- */

/* The name at the cursor that is not known, -1 if there is none. */
static int unknown_at(const struct unit_name *names, int count, size_t cursor)
{
    for (int i = 0; i < count; i++)
        if (!names[i].known && cursor >= names[i].start && cursor <= names[i].end)
            return i;
    for (int i = 0; i < count; i++)
        if (!names[i].known)
            return i;
    return -1;
}

/* Units whose name begins like it, or behind a building's prefix; in the list's order. */
static int beginning_with(
    const struct community *community, const char *name, size_t *out, int most)
{
    char wanted[UNIT_SIZE], key[UNIT_SIZE];
    int count = 0;
    unit_key(name, wanted);
    for (size_t i = 0; *wanted && i < community->unit_count && count < most; i++) {
        unit_key(community->units[i], key);
        const char *behind = strchr(key, '-');
        if (strncmp(key, wanted, strlen(wanted)) == 0 ||
            (behind && strncmp(behind + 1, wanted, strlen(wanted)) == 0))
            out[count++] = i;
    }
    return count;
}

/* True for the first letters of a name themselves: what stands behind a building's prefix is only like it. */
static bool is_beginning(const char *name, const char *unit)
{
    char wanted[UNIT_SIZE], key[UNIT_SIZE];
    unit_key(name, wanted);
    unit_key(unit, key);
    return strncmp(key, wanted, strlen(wanted)) == 0;
}

static int offered(const struct community *community, const char *name, size_t *out, int most)
{
    int count = beginning_with(community, name, out, most);
    if (count == 0)
        count = (int)unit_nearest(community->units, community->unit_count, name, out, (size_t)most);
    return count;
}

int desk_units_offered(const struct desk *desk, const struct form *form, int field,
    const struct community *community, size_t *out, int most)
{
    (void)desk;
    struct unit_name names[VISIT_UNITS];
    int count = units_read(community, form_text(form, field), names);
    int at = unknown_at(names, count, form->fields[field].editor.cursor);
    return at < 0 ? 0 : offered(community, names[at].text, out, most);
}

bool desk_units_sure(const struct form *form, int field, const struct community *community)
{
    struct unit_name names[VISIT_UNITS];
    size_t found[NAMED];
    int count = units_read(community, form_text(form, field), names);
    int at = unknown_at(names, count, form->fields[field].editor.cursor);
    return at >= 0 && beginning_with(community, names[at].text, found, NAMED) == 1 &&
           is_beginning(names[at].text, community->units[found[0]]);
}

static void put_name(struct form *form, int field, const struct unit_name *old, const char *name)
{
    struct str text = {0};
    const char *typed = form_text(form, field);
    str_addf(&text, "%.*s%s%s", (int)old->start, typed, name, typed + old->end);
    form_set_text(form, field, str_text(&text));
    str_finish(&text);
}

/* Puts a name in the place of another and remembers both. */
static void swap_name(const struct desk *desk, struct form *form, int field,
    const struct unit_name *old, const char *name, struct unit_swap *swap)
{
    put_name(form, field, old, name);
    str_copy(swap->now, sizeof swap->now, name);
    form_check(desk, form);
}

enum unit_step units_take(const struct desk *desk, struct form *form, int field,
    const struct community *community, struct unit_swap *swap)
{
    struct unit_name names[VISIT_UNITS];
    size_t found[NAMED];
    int count = units_read(community, form_text(form, field), names);
    int at = unknown_at(names, count, form->fields[field].editor.cursor);
    if (at < 0 || community->unit_count == 0)
        return UNITS_READY;
    int begins = beginning_with(community, names[at].text, found, NAMED);
    int near = begins ? begins : offered(community, names[at].text, found, NAMED);
    if (near == 0)
        return UNITS_UNKNOWN;
    str_copy(swap->was, sizeof swap->was, names[at].text);
    swap->next = 1;
    swap_name(desk, form, field, &names[at], community->units[found[0]], swap);
    return begins == 1 && is_beginning(swap->was, swap->now) ? UNITS_TAKEN : UNITS_OFFERED;
}

enum unit_step units_next(const struct desk *desk, struct form *form, int field,
    const struct community *community, struct unit_swap *swap)
{
    struct unit_name names[VISIT_UNITS];
    size_t found[NAMED];
    int count = units_read(community, form_text(form, field), names), at = count - 1;
    while (swap->was[0] && at >= 0 && strcmp(names[at].text, swap->now) != 0)
        at--;
    if (!swap->was[0] || at < 0)
        return units_take(desk, form, field, community, swap);
    int like = offered(community, swap->was, found, NAMED);
    bool kept = swap->next >= like;
    swap_name(desk, form, field, &names[at], kept ? swap->was : community->units[found[swap->next]],
        swap);
    swap->next = kept ? 0 : swap->next + 1;
    return kept ? UNITS_KEPT : UNITS_OFFERED;
}

void units_say_taken(struct desk *desk, const struct unit_swap *swap)
{
    desk_say(desk, TONE_WAITING, "Took %s for %s. Enter again if that is right, C-o for another.",
        swap->now, swap->was);
}

void units_say_next(struct desk *desk, enum unit_step step, const struct unit_swap *swap)
{
    if (step == UNITS_UNKNOWN)
        desk_say(desk, TONE_PLAIN, "No unit is like that.");
    else if (step == UNITS_KEPT)
        desk_say(desk, TONE_WAITING,
            "%s is kept as it is: Knock drops a name it does not know. C-o for another.",
            swap->was);
    else if (step == UNITS_OFFERED)
        units_say_taken(desk, swap);
}

bool units_pick(const struct desk *desk, struct form *form, int field,
    const struct community *community, int index)
{
    struct unit_name names[VISIT_UNITS];
    size_t found[PICKS];
    int count = units_read(community, form_text(form, field), names);
    int at = unknown_at(names, count, form->fields[field].editor.cursor);
    if (at < 0 || index >= PICKS || index >= offered(community, names[at].text, found, PICKS))
        return false;
    put_name(form, field, &names[at], community->units[found[index]]);
    form_check(desk, form);
    return true;
}

bool units_edits(enum action action)
{
    return (action >= ACTION_DELETE_BACK && action <= ACTION_DELETE_TO_END) ||
           action == ACTION_CLEAR_FORM || action == ACTION_COMPLETE;
}

/* --- the check ------------------------------------------------------------------------------------------ */

static void say_unknown(const struct form *form, struct field *field,
    const struct community *community, const struct unit_name *name)
{
    size_t found[NAMED];
    struct str near = {0};
    int count = offered(community, name->text, found, NAMED);
    for (int i = 0; i < count; i++)
        str_addf(&near, "%s%s", i ? ", " : "", community->units[found[i]]);
    bool typing = form_weight(form, field) == WEIGHT_HINT;
    if (count && typing)
        field_say(field, WEIGHT_HINT, "Enter takes %s%s%s", community->units[found[0]],
            count > 1 ? "; also " : "", count > 1 ? strchr(str_text(&near), ',') + 2 : "");
    else
        field_say(field, typing ? WEIGHT_HINT : WEIGHT_WARN, "%s is not in the list of %s%s%s",
            name->text, community->name, count ? "; nearest: " : "", str_text(&near));
    str_finish(&near);
}

void units_check(const struct desk *desk, const struct form *form, struct field *field,
    const struct community *community)
{
    struct unit_name names[VISIT_UNITS];
    (void)desk;
    const char *typed = editor_text(&field->editor);
    int count = units_read(community, typed, names);
    if (count == 0)
        return;
    if (community->unit_count == 0) {
        field_say(field, WEIGHT_HINT, "There is no list of units to check against.");
        return;
    }
    int unknown = unknown_at(names, count, field->editor.cursor);
    if (unknown >= 0)
        say_unknown(form, field, community, &names[unknown]);
    else if (strlen(typed) > 0 && names[count - 1].end < strlen(typed) && count == VISIT_UNITS)
        field_say(field, WEIGHT_WARN, "At most %d units go with one visit.", VISIT_UNITS);
    else
        field_say(field, WEIGHT_HINT, "%d of %d known", count, count);
}
