#include "tourdesk/tour/email.h"

#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"

#include <string.h>

static const char *const common_domains[] = {
    "aol.com",
    "comcast.net",
    "gmail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "me.com",
    "msn.com",
    "outlook.com",
    "protonmail.com",
    "verizon.net",
    "yahoo.com",
};

bool email_check(const char *text, struct error *error)
{
    const char *at = strchr(text, '@');
    if (strpbrk(text, " \t,;<>()\""))
        return error_set(error, "an e-mail address has no spaces, commas or brackets");
    if (!at)
        return error_set(error, "the @ is missing");
    if (at == text)
        return error_set(error, "nothing stands before the @");
    if (strchr(at + 1, '@'))
        return error_set(error, "there are two @");
    const char *dot = strrchr(at, '.');
    if (!dot || dot == at + 1)
        return error_set(error, "the part after @ needs a dot, as in gmail.com");
    if (dot[1] == '\0' || strstr(at, "..") || at[-1] == '.')
        return error_set(error, "a dot stands where none can");
    if (strlen(text) >= EMAIL_SIZE - 2)
        return error_set(error, "too long for an e-mail address");
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance with swapped neighbours as one slip (Damerau, optimal string alignment). */
static size_t slips_between(const char *a, const char *b)
{
    enum { LONGEST = 32 };
    size_t n = strlen(a), m = strlen(b), d[LONGEST + 1][LONGEST + 1];
    if (n > LONGEST || m > LONGEST)
        return LONGEST;
    for (size_t i = 0; i <= n; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= m; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= n; i++)
        for (size_t j = 1; j <= m; j++) {
            size_t change = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            d[i][j] = least(change, least(d[i - 1][j], d[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[n][m];
}

bool email_hint(const char *text, char *out, size_t size)
{
    const char *at = strrchr(text, '@');
    if (!at || !at[1])
        return false;
    char domain[EMAIL_SIZE];
    text_fold_copy(domain, sizeof domain, at + 1);
    const char *nearest = NULL;
    size_t fewest = 3;
    for (size_t i = 0; i < sizeof common_domains / sizeof *common_domains; i++) {
        size_t slips = slips_between(domain, common_domains[i]);
        if (slips == 0)
            return false;
        /* One slip; two only where the domain is long enough to be itself in spite of them. */
        if (slips < fewest && (slips == 1 || strlen(common_domains[i]) > 8)) {
            nearest = common_domains[i];
            fewest = slips;
        }
    }
    if (nearest)
        str_print(out, size, "%.*s@%s", (int)(at - text), text, nearest);
    return nearest != NULL;
}

void email_key(const char *text, char *out, size_t size)
{
    str_copy(out, size, text);
    for (char *p = out; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
}
