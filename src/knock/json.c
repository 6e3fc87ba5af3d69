#include "tourdesk/knock/json.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT_DIGITS = 15 }; /* every integer this long is exact in a double */

/* The length of the string literal at `text`, quotes included. */
static size_t string_length(const char *text, size_t length)
{
    size_t n = 1;
    while (n < length && text[n] != '"')
        n += text[n] == '\\' && n + 1 < length ? 2 : 1;
    return n < length ? n + 1 : length;
}

/* The length of the number literal at `text`; `*digits` how many digits, 0 if it is no integer. */
static size_t number_length(const char *text, size_t length, size_t *digits)
{
    size_t n = 0;
    *digits = 0;
    bool integer = true;
    while (n < length && text[n] && (isdigit((unsigned char)text[n]) || strchr("+-.eE", text[n]))) {
        if (isdigit((unsigned char)text[n]))
            (*digits)++;
        else if (text[n] != '-')
            integer = false;
        n++;
    }
    if (!integer)
        *digits = 0;
    return n;
}

/* Appends a string literal; an escaped NUL, at which the parser's text would end, is a character that
 * stands for what cannot be read. */
static void add_string(struct str *out, const char *text, size_t length)
{
    static const char nul[] = "\\u0000";
    enum { NUL_LENGTH = sizeof nul - 1 };
    for (size_t at = 0; at < length;) {
        size_t n = text[at] == '\\' && at + 1 < length ? 2 : 1;
        if (length - at >= NUL_LENGTH && memcmp(text + at, nul, NUL_LENGTH) == 0) {
            str_add(out, "\\ufffd");
            n = NUL_LENGTH;
        } else {
            str_add_bytes(out, text + at, n);
        }
        at += n;
    }
}

/* Copies `text` with long integers quoted; false if it is nested too deep. */
static bool prepare(const char *text, size_t length, struct str *out)
{
    int depth = 0;
    for (size_t at = 0; at < length;) {
        size_t n = 1, digits;
        char c = text[at];
        if (c == '"') {
            n = string_length(text + at, length - at);
            add_string(out, text + at, n);
        } else if (isdigit((unsigned char)c) || c == '-') {
            n = number_length(text + at, length - at, &digits);
            const char *quote = digits > EXACT_DIGITS ? "\"" : "";
            str_addf(out, "%s%.*s%s", quote, (int)n, text + at, quote);
        } else {
            depth += (c == '{' || c == '[') - (c == '}' || c == ']');
            if (depth > JSON_DEPTH)
                return false;
            str_add_char(out, c);
        }
        at += n;
    }
    return true;
}

cJSON *json_read(const char *text, size_t length, struct error *error)
{
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    struct str prepared = {0};
    cJSON *value = NULL;
    if (length == 0) {
        error_set(error, "the answer is empty");
    } else if (memchr(text, '\0', length)) {
        error_set(error, "the answer holds a NUL byte");
    } else if (!prepare(text, length, &prepared)) {
        error_set(error, "the answer is nested deeper than %d levels", JSON_DEPTH);
    } else {
        const char *stopped = NULL;
        value = cJSON_ParseWithOpts(str_text(&prepared), &stopped, true);
        if (!value)
            error_set(error, "the answer is not JSON (byte %zu of %zu)",
                stopped ? (size_t)(stopped - str_text(&prepared)) : 0, prepared.length);
    }
    str_finish(&prepared);
    return value;
}

const cJSON *json_member(const cJSON *object, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNull(member) ? NULL : member;
}

bool json_value_text(const cJSON *value, char *out, size_t size)
{
    *out = '\0';
    if (cJSON_IsString(value)) {
        text_clean_copy(out, size, value->valuestring);
    } else if (cJSON_IsNumber(value) && isfinite(value->valuedouble)) {
        if (value->valuedouble == floor(value->valuedouble) && fabs(value->valuedouble) < 1e15)
            str_print(out, size, "%.0f", value->valuedouble);
        else
            str_print(out, size, "%.17g", value->valuedouble);
    }
    return *out != '\0';
}

bool json_text(const cJSON *object, const char *name, char *out, size_t size)
{
    return json_value_text(json_member(object, name), out, size);
}
