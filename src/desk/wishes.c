/* What the person looks for: the fields of a booking that may stay empty. */
#include "wishes.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/when.h"

#include <string.h>

enum { MOST_OCCUPANTS = 20, LONGEST_LEASE = 36, MOST_BUDGET = 100000 };

static void check_move_date(const struct desk *desk, const struct form *form, struct field *field)
{
    struct date date;
    struct error why;
    char words[SAY_SIZE];
    if (field_blank(field))
        return;
    if (!when_parse_date(
            editor_text(&field->editor), desk_zone(desk), desk->now, WHEN_NEXT, &date, &why))
        field_say(field, form_weight(form, field), "Move date: %s.", why.text);
    else
        field_say(field, WEIGHT_HINT, "%s", say_long_day(words, date));
}

static void check_bedrooms(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    unsigned set;
    if (!field_blank(field) && !bedrooms_parse(editor_text(&field->editor), &set))
        field_say(field, form_weight(form, field), "Bedrooms: studio, 1, 2 or 3+.");
}

static bool read_count(const struct form *form, int field, long most, int *out)
{
    char text[16];
    long value = 0;
    bool ok = form_value(form, field, text, sizeof text) &&
              (!*text || str_integer(text, 1, most, &value));
    *out = ok ? (int)value : 0;
    return ok;
}

static void check_occupants(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    int value;
    if (!read_count(form, BOOK_OCCUPANTS, MOST_OCCUPANTS, &value))
        field_say(
            field, form_weight(form, field), "Occupants: a number from 1 to %d.", MOST_OCCUPANTS);
}

static void check_lease(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    int value;
    if (!read_count(form, BOOK_LEASE, LONGEST_LEASE, &value))
        field_say(field, form_weight(form, field), "Lease: months, 1 to %d.", LONGEST_LEASE);
}

/* One amount at `*text`: "1500", "$1,500". */
static bool read_amount(const char **text, long *out)
{
    long value = 0;
    const char *p = *text + strspn(*text, " $");
    size_t digits = 0;
    for (; (*p >= '0' && *p <= '9') || (*p == ',' && digits > 0); p++)
        if (*p != ',') {
            value = value * 10 + (*p - '0');
            if (++digits > 6)
                return false;
        }
    *text = p + strspn(p, " ");
    *out = value;
    return digits > 0;
}

/* "1000 to 2000", "1000-2000", "up to 2000", "2000". */
static bool read_budget(const char *text, long *low, long *high)
{
    *low = *high = 0;
    if (str_blank(text))
        return true;
    text += strspn(text, " ");
    bool up_to = str_starts(text, "up to");
    if (up_to)
        text += strlen("up to");
    if (!read_amount(&text, up_to ? high : low))
        return false;
    if (up_to)
        return *text == '\0';
    if (str_starts(text, "to"))
        text += 2;
    else if (*text == '-')
        text++;
    else if (*text == '\0') {
        *high = *low;
        *low = 0;
        return *high <= MOST_BUDGET;
    }
    return read_amount(&text, high) && *text == '\0' && *high >= *low && *high <= MOST_BUDGET;
}

static void check_budget(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    long low, high;
    if (!read_budget(editor_text(&field->editor), &low, &high))
        field_say(field, form_weight(form, field), "Budget: dollars a month, as in 1000 to 2000.");
}

static void check_message(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    (void)form;
    size_t count = text_count(editor_text(&field->editor));
    if (count > MESSAGE_CHARACTERS)
        field_say(
            field, WEIGHT_WRONG, "Message: %zu characters too long.", count - MESSAGE_CHARACTERS);
    else if (count > MESSAGE_CHARACTERS - 100)
        field_say(field, WEIGHT_HINT, "%zu characters left", MESSAGE_CHARACTERS - count);
}

const struct field_spec wish_specs[WISHES] = {
    {"Move date", FIELD_TEXT, 40, "12/1, next month", 24, false, check_move_date},
    {"Bedrooms", FIELD_TEXT, 40, "studio, 1, 2, 3+", 24, true, check_bedrooms},
    {"Occupants", FIELD_TEXT, 8, NULL, 24, false, check_occupants},
    {"Lease", FIELD_TEXT, 8, "months", 24, true, check_lease},
    {"Budget", FIELD_TEXT, 40, "1000 to 2000", 24, false, check_budget},
    {"Message", FIELD_TEXT, MESSAGE_SIZE - 1, NULL, 0, false, check_message},
};

void wishes_read(const struct desk *desk, const struct form *form, struct profile *profile)
{
    char text[64];
    form_value(form, BOOK_MESSAGE, profile->message, sizeof profile->message);
    if (form_value(form, BOOK_MOVE_DATE, text, sizeof text) && *text)
        when_parse_date(text, desk_zone(desk), desk->now, WHEN_NEXT, &profile->move_date, NULL);
    bedrooms_parse(form_text(form, BOOK_BEDROOMS), &profile->bedrooms);
    read_count(form, BOOK_OCCUPANTS, MOST_OCCUPANTS, &profile->occupants);
    read_count(form, BOOK_LEASE, LONGEST_LEASE, &profile->lease_months);
    read_budget(form_text(form, BOOK_BUDGET), &profile->min_budget, &profile->max_budget);
}
