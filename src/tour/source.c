#include "tourdesk/tour/source.h"

#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char parameter[] = "utm_knock_source_title=";

static int hex_digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* The value of a query parameter: "+" and %XX decoded, up to the next parameter. */
static void add_decoded(struct str *out, const char *value)
{
    for (; *value && !strchr("&# \t\r\n\"<>", *value); value++) {
        if (*value == '+') {
            str_add_char(out, ' ');
        } else if (*value == '%' && isxdigit((unsigned char)value[1]) &&
                   isxdigit((unsigned char)value[2])) {
            str_add_char(out, (char)(hex_digit(value[1]) * 16 + hex_digit(value[2])));
            value += 2;
        } else {
            str_add_char(out, *value);
        }
    }
}

bool source_from_link(const char *text, char out[SOURCE_SIZE])
{
    const char *found = strstr(text, parameter);
    if (!found || (found != text && !strchr("?&;", found[-1])))
        return false;
    struct str decoded = {0}, clean = {0}, title = {0};
    add_decoded(&decoded, found + strlen(parameter));
    text_clean(&clean, str_text(&decoded), decoded.length);
    text_compose(&title, str_text(&clean));
    str_copy(out, SOURCE_SIZE, str_text(&title));
    str_finish(&decoded);
    str_finish(&clean);
    str_finish(&title);
    return *out != '\0';
}

int source_find(const struct source_list *sources, const char *text)
{
    char wanted[2 * SOURCE_SIZE], title[2 * SOURCE_SIZE];
    int begins = -1;
    bool several = false;
    text_fold_copy(wanted, sizeof wanted, text);
    if (!*wanted)
        return -1;
    for (size_t i = 0; i < sources->count; i++) {
        text_fold_copy(title, sizeof title, sources->titles[i]);
        if (strcmp(title, wanted) == 0)
            return (int)i;
        if (strncmp(title, wanted, strlen(wanted)) == 0) {
            several = begins >= 0;
            begins = (int)i;
        }
    }
    return several ? -1 : begins;
}
