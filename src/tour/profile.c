#include "tourdesk/tour/profile.h"

#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"

#include <string.h>

static const struct {
    unsigned bit;
    const char *token, *words;
} rooms[] = {
    {BEDROOMS_STUDIO, "STUDIO", "studio"},
    {BEDROOMS_ONE, "1_BEDROOM", "1"},
    {BEDROOMS_TWO, "2_BEDROOMS", "2"},
    {BEDROOMS_THREE_OR_MORE, "3_OR_MORE_BEDROOMS", "3+"},
};

enum { ROOMS = sizeof rooms / sizeof *rooms };

const char *bedrooms_token(enum bedrooms bedrooms)
{
    for (size_t i = 0; i < ROOMS; i++)
        if (rooms[i].bit == (unsigned)bedrooms)
            return rooms[i].token;
    return NULL;
}

unsigned bedrooms_from_token(const char *token)
{
    for (size_t i = 0; i < ROOMS; i++)
        if (strcmp(rooms[i].token, token) == 0)
            return rooms[i].bit;
    return strcmp(token, "1_BEDROOMS") == 0 ? BEDROOMS_ONE : 0; /* knock-api 3.2: sent once so */
}

void bedrooms_format(unsigned bedrooms, char *out, size_t size)
{
    struct str text = {0};
    for (size_t i = 0; i < ROOMS; i++)
        if (bedrooms & rooms[i].bit)
            str_addf(&text, "%s%s", text.length ? ", " : "", rooms[i].words);
    str_copy(out, size, str_text(&text));
    str_finish(&text);
}

static unsigned bedrooms_from_word(const char *word, size_t length)
{
    static const struct {
        const char *word;
        unsigned bit;
    } words[] = {{"studio", BEDROOMS_STUDIO}, {"s", BEDROOMS_STUDIO}, {"0", BEDROOMS_STUDIO},
        {"1", BEDROOMS_ONE}, {"2", BEDROOMS_TWO}, {"3", BEDROOMS_THREE_OR_MORE},
        {"3+", BEDROOMS_THREE_OR_MORE}, {"4", BEDROOMS_THREE_OR_MORE}};
    char copy[48];
    if (length >= sizeof copy)
        return 0;
    memcpy(copy, word, length);
    copy[length] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_same(copy, words[i].word))
            return words[i].bit;
    return bedrooms_from_token(copy);
}

bool bedrooms_parse(const char *text, unsigned *out)
{
    static const char gaps[] = " ,;/";
    unsigned set = 0;
    for (text += strspn(text, gaps); *text; text += strspn(text, gaps)) {
        size_t length = strcspn(text, gaps);
        unsigned bit = bedrooms_from_word(text, length);
        if (!bit)
            return false;
        set |= bit;
        text += length;
    }
    *out = set;
    return true;
}

void profile_full_name(const struct profile *profile, char out[2 * NAME_SIZE])
{
    bool both = profile->first_name[0] && profile->last_name[0];
    str_print(
        out, 2 * NAME_SIZE, "%s%s%s", profile->first_name, both ? " " : "", profile->last_name);
}

void short_name(const char *first, const char *last, char out[SHORT_NAME_SIZE])
{
    if (!*first || !*last) {
        str_copy(out, SHORT_NAME_SIZE, *first ? first : last);
        return;
    }
    char start[SHORT_NAME_SIZE - 16];
    str_copy(start, sizeof start, first);
    size_t initial = text_next(last, strlen(last), 0);
    str_print(out, SHORT_NAME_SIZE, "%s %.*s.", start, (int)initial, last);
}

bool profile_same_contact(const struct profile *a, const struct profile *b)
{
    char x[EMAIL_SIZE], y[EMAIL_SIZE];
    email_key(a->email, x, sizeof x);
    email_key(b->email, y, sizeof y);
    return (*x && strcmp(x, y) == 0) || (*a->phone && strcmp(a->phone, b->phone) == 0);
}

bool profile_same_name(const struct profile *a, const struct profile *b)
{
    char x[2 * NAME_SIZE], y[2 * NAME_SIZE];
    struct str one = {0}, other = {0};
    profile_full_name(a, x);
    profile_full_name(b, y);
    text_fold(&one, x);
    text_fold(&other, y);
    bool same = strcmp(str_text(&one), str_text(&other)) == 0;
    str_finish(&one);
    str_finish(&other);
    return same;
}
