#include "tourdesk/tour/phone.h"

#include "tourdesk/base/str.h"

#include <ctype.h>
#include <string.h>

enum { NATIONAL_DIGITS = 10, E164_DIGITS = 15, SHORTEST_FOREIGN = 7 };

/* Copies the digits of `text`, which may hold the marks people put between them. */
static bool read_digits(const char *text, char *digits, size_t size, struct error *error)
{
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        if (isdigit((unsigned char)*p)) {
            if (n + 1 >= size)
                return error_set(error, "too many digits for a phone number");
            digits[n++] = *p;
        } else if (!strchr(" -.()/+\t", *p)) {
            char start[9];
            str_copy(start, sizeof start, p);
            return error_set(error, "a phone number has digits only (\"%s\" is not one)", start);
        }
    }
    digits[n] = '\0';
    return true;
}

static bool check_national(const char *digits, struct error *error)
{
    size_t n = strlen(digits);
    if (n < NATIONAL_DIGITS)
        return error_set(error, "%zu digit%s missing: area code and seven digits",
            NATIONAL_DIGITS - n, NATIONAL_DIGITS - n == 1 ? " is" : "s are");
    if (n > NATIONAL_DIGITS)
        return error_set(error, "%zu digit%s too many; start with + for another country",
            n - NATIONAL_DIGITS, n - NATIONAL_DIGITS == 1 ? "" : "s");
    if (digits[0] < '2')
        return error_set(error, "no area code starts with %c", digits[0]);
    if (digits[3] < '2')
        return error_set(error, "no number starts with %c after the area code", digits[3]);
    return true;
}

bool phone_parse(const char *text, char out[PHONE_SIZE], struct error *error)
{
    char digits[24];
    text += strspn(text, " \t");
    if (!read_digits(text, digits, sizeof digits, error))
        return false;
    size_t n = strlen(digits);
    if (n == 0)
        return error_set(error, "no digits in it");
    const char *national = digits;
    if (digits[0] == '1' && (text[0] == '+' || n == NATIONAL_DIGITS + 1))
        national = digits + 1;
    else if (text[0] == '+') {
        if (digits[0] == '0')
            return error_set(error, "no country code starts with 0");
        if (n < SHORTEST_FOREIGN || n > E164_DIGITS)
            return error_set(error, "a number with a country code has 7 to 15 digits");
        str_print(out, PHONE_SIZE, "+%s", digits);
        return true;
    }
    if (!check_national(national, error))
        return false;
    str_print(out, PHONE_SIZE, "+1%s", national);
    return true;
}

static bool is_national(const char *e164)
{
    return strncmp(e164, "+1", 2) == 0 && strlen(e164) == 2 + NATIONAL_DIGITS;
}

void phone_local(const char *e164, char out[PHONE_SIZE])
{
    if (is_national(e164)) {
        str_print(out, PHONE_SIZE, "(%.3s) %.3s-%.4s", e164 + 2, e164 + 5, e164 + 8);
        return;
    }
    str_copy(out, PHONE_SIZE, e164);
}

void phone_last_four(const char *e164, char out[PHONE_SIZE])
{
    size_t n = strlen(e164);
    str_copy(out, PHONE_SIZE, n >= 4 ? e164 + n - 4 : "");
}

void phone_wire(const char *e164, char out[PHONE_SIZE])
{
    str_copy(out, PHONE_SIZE, is_national(e164) ? e164 + 2 : e164);
}
