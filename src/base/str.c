#include "tourdesk/base/str.h"

#include "tourdesk/base/mem.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void str_finish(struct str *s)
{
    free(s->data);
    *s = (struct str){0};
}

void str_clear(struct str *s)
{
    s->length = 0;
    if (s->data)
        s->data[0] = '\0';
}

void str_add_bytes(struct str *s, const char *bytes, size_t length)
{
    s->data = mem_grow(s->data, &s->capacity, s->length + length + 1, 1);
    if (length)
        memcpy(s->data + s->length, bytes, length);
    s->length += length;
    s->data[s->length] = '\0';
}

void str_add(struct str *s, const char *text)
{
    str_add_bytes(s, text, strlen(text));
}

void str_add_char(struct str *s, char c)
{
    str_add_bytes(s, &c, 1);
}

void str_addv(struct str *s, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n > 0) {
        s->data = mem_grow(s->data, &s->capacity, s->length + (size_t)n + 1, 1);
        vsnprintf(s->data + s->length, (size_t)n + 1, format, again);
        s->length += (size_t)n;
    }
    va_end(again);
}

void str_addf(struct str *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_addv(s, format, args);
    va_end(args);
}

const char *str_text(const struct str *s)
{
    return s->data ? s->data : "";
}

char *str_take(struct str *s)
{
    char *data = s->data ? s->data : mem_text("");
    *s = (struct str){0};
    return data;
}

bool str_copy(char *out, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (length < size) {
        memcpy(out, text, length + 1);
        return true;
    }
    size_t cut = size - 1;
    while (cut > 0 && ((unsigned char)text[cut] & 0xC0) == 0x80)
        cut--;
    memcpy(out, text, cut);
    out[cut] = '\0';
    return false;
}

bool str_print(char *out, size_t size, const char *format, ...)
{
    struct str whole = {0};
    va_list args;
    va_start(args, format);
    str_addv(&whole, format, args);
    va_end(args);
    bool fits = str_copy(out, size, str_text(&whole));
    str_finish(&whole);
    return fits;
}

bool str_same(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

bool str_starts(const char *text, const char *prefix)
{
    return strncasecmp(text, prefix, strlen(prefix)) == 0;
}

bool str_blank(const char *text)
{
    return !text || text[strspn(text, " \t")] == '\0';
}

bool str_integer(const char *text, long low, long high, long *out)
{
    size_t digits = strspn(text + (*text == '-'), "0123456789");
    if (digits == 0 || text[digits + (*text == '-')] != '\0')
        return false;
    errno = 0;
    long value = strtol(text, NULL, 10);
    if (errno || value < low || value > high)
        return false;
    *out = value;
    return true;
}
