#include "kinds.h"

#include "tourdesk/base/text.h"
#include "tourdesk/config/pairs.h"
#include "tourdesk/tour/community.h"
#include "tourdesk/tour/phone.h"
#include "url.h"

#include <ctype.h>
#include <string.h>

/* How much of a wrong value a message shows. */
enum { SHOWN_CELLS = 40 };

static void show(char out[], size_t size, const char *text)
{
    char clean[256];
    text_clean_copy(clean, sizeof clean, text);
    text_clip(out, size, clean, SHOWN_CELLS, false);
}

/* OPTION_TEXT */

/* A text that was broken over lines is meant as one line; that needs no warning. */
static void join_lines(struct str *text)
{
    for (size_t i = 0; i < text->length; i++)
        if (strchr("\r\n\t", text->data[i]))
            text->data[i] = ' ';
}

static bool cut_characters(char *text, long most)
{
    size_t length = strlen(text), at = 0;
    for (long i = 0; i < most && at < length; i++)
        at = text_next(text, length, at);
    text[at] = '\0';
    return at < length;
}

static enum option_outcome set_text(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    struct str given = {0}, clean = {0}, composed = {0};
    str_add(&given, text);
    join_lines(&given);
    text_clean(&clean, str_text(&given), given.length);
    text_compose(&composed, str_text(&clean));
    bool dirty = strcmp(str_text(&given), str_text(&clean)) != 0;
    char *out = place;
    bool cut = !str_copy(out, option->size, str_text(&composed));
    if (option->high && cut_characters(out, option->high))
        cut = true;
    char shown[SHOWN_CELLS * 4 + 4];
    show(shown, sizeof shown, out);
    if (dirty)
        error_set(error, "holds characters that cannot be shown; \"%s\" is used", shown);
    else if (cut && option->high)
        error_set(error, "is longer than %ld characters; \"%s\" is used", option->high, shown);
    else if (cut)
        error_set(error, "is longer than %zu bytes; the rest is cut off", option->size - 1);
    str_finish(&given);
    str_finish(&clean);
    str_finish(&composed);
    return dirty || cut ? OPTION_MENDED : OPTION_TAKEN;
}

static void print_text(const struct config_option *option, const void *place, struct str *out)
{
    (void)option;
    str_add_char(out, '"');
    for (const char *p = place; *p; p++) {
        if (*p == '"' || *p == '\\')
            str_add_char(out, '\\');
        str_add_char(out, *p);
    }
    str_add_char(out, '"');
}

/* The texts that are taken whole or not at all */

static enum option_outcome keep_whole(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    if (strlen(text) < option->size) {
        str_copy(place, option->size, text);
        return OPTION_TAKEN;
    }
    error_set(error, "is longer than %zu characters", option->size - 1);
    return OPTION_REFUSED;
}

static enum option_outcome set_token(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    for (const char *p = text; *p; p++)
        if (*p <= ' ' || *p > '~') {
            error_set(error, "must be letters, digits and signs of ASCII, without spaces");
            return OPTION_REFUSED;
        }
    return keep_whole(option, place, text, error);
}

static enum option_outcome set_phone(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    char phone[PHONE_SIZE];
    if (!phone_parse(text, phone, error)) {
        error_prefix(error, "is no telephone number");
        return OPTION_REFUSED;
    }
    return keep_whole(option, place, phone, error);
}

static enum option_outcome set_variable(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    size_t good = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    /* The text is not shown: it may be a key put in the wrong place. */
    if (text[good] || isdigit((unsigned char)*text)) {
        error_set(error, "must be the name of an environment variable");
        return OPTION_REFUSED;
    }
    return keep_whole(option, place, text, error);
}

static enum option_outcome set_command(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    for (const char *p = text; *p; p++)
        if (iscntrl((unsigned char)*p)) {
            error_set(error, "must be one line without control characters");
            return OPTION_REFUSED;
        }
    return keep_whole(option, place, text, error);
}

static enum option_outcome set_url(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    if (!url_check_base(text, error) || keep_whole(option, place, text, error) == OPTION_REFUSED)
        return OPTION_REFUSED;
    char *url = place;
    for (size_t n = strlen(url); n > 0 && url[n - 1] == '/'; n--)
        url[n - 1] = '\0';
    return OPTION_TAKEN;
}

static enum option_outcome set_page(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    return url_check_page(text, error) ? keep_whole(option, place, text, error) : OPTION_REFUSED;
}

/* OPTION_INTEGER, OPTION_BOOLEAN, OPTION_CHOICE */

static enum option_outcome set_integer(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    long value;
    if (!str_integer(text, option->low, option->high, &value)) {
        error_set(error, "must be %ld to %ld %s", option->low, option->high, option->unit);
        return OPTION_REFUSED;
    }
    *(int *)place = (int)value;
    return OPTION_TAKEN;
}

static void print_integer(const struct config_option *option, const void *place, struct str *out)
{
    (void)option;
    str_addf(out, "%d", *(const int *)place);
}

static enum option_outcome set_boolean(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    (void)option;
    bool yes = strcmp(text, "true") == 0;
    if (!yes && strcmp(text, "false") != 0) {
        error_set(error, "must be true or false");
        return OPTION_REFUSED;
    }
    *(bool *)place = yes;
    return OPTION_TAKEN;
}

static void print_boolean(const struct config_option *option, const void *place, struct str *out)
{
    (void)option;
    str_add(out, *(const bool *)place ? "true" : "false");
}

static enum option_outcome set_choice(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    struct str words = {0};
    for (int i = 0; option->choices[i]; i++) {
        if (strcmp(option->choices[i], text) == 0) {
            *(int *)place = i;
            str_finish(&words);
            return OPTION_TAKEN;
        }
        str_addf(&words, "%s\"%s\"", i ? " or " : "", option->choices[i]);
    }
    char shown[SHOWN_CELLS * 4 + 4];
    show(shown, sizeof shown, text);
    error_set(error, "must be %s, not \"%s\"", str_text(&words), shown);
    str_finish(&words);
    return OPTION_REFUSED;
}

static void print_choice(const struct config_option *option, const void *place, struct str *out)
{
    str_addf(out, "\"%s\"", option->choices[*(const int *)place]);
}

/* OPTION_ZONE */

static enum option_outcome set_zone(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    (void)option;
    char shown[SHOWN_CELLS * 4 + 4];
    show(shown, sizeof shown, text);
    struct zone *zone = zone_load(text, NULL);
    if (!zone) {
        error_set(error,
            "\"%s\" is not a zone this system knows (names look like "
            "America/Los_Angeles)",
            shown);
        return OPTION_REFUSED;
    }
    zone_destroy(*(struct zone **)place);
    *(struct zone **)place = zone;
    return OPTION_TAKEN;
}

static void print_zone(const struct config_option *option, const void *place, struct str *out)
{
    (void)option;
    const struct zone *zone = *(struct zone *const *)place;
    str_addf(out, "\"%s\"", zone ? zone_id(zone) : "");
}

/* OPTION_UNITS */

static enum option_outcome set_unit(
    const struct config_option *option, void *place, const char *text, struct error *error)
{
    struct config_option one = *option;
    char name[UNIT_SIZE];
    one.size = sizeof name;
    if (strlen(text) >= sizeof name) {
        error_set(error, "holds a name longer than %zu characters", sizeof name - 1);
        return OPTION_REFUSED;
    }
    enum option_outcome outcome = set_text(&one, name, text, error);
    if (str_blank(name)) {
        error_set(error, "holds an empty name");
        return OPTION_REFUSED;
    }
    community_add_unit(place, name);
    return outcome;
}

static void print_units(const struct config_option *option, const void *place, struct str *out)
{
    const struct community *community = place;
    str_add(out, "[ ");
    for (size_t i = 0; i < community->unit_count; i++) {
        print_text(option, community->units[i], out);
        str_add(out, i + 1 < community->unit_count ? ", " : " ");
    }
    str_add(out, "]");
}

/* OPTION_PAIRS */

static void print_pairs(const struct config_option *option, const void *place, struct str *out)
{
    (void)option;
    pairs_print(place, out);
}

static const char a_text[] = "a text in quotes";

const struct kind option_kinds[OPTION_KINDS] = {
    [OPTION_TEXT] = {FORM_TEXT, a_text, set_text, print_text},
    [OPTION_TOKEN] = {FORM_TEXT, a_text, set_token, print_text},
    [OPTION_NUMBER] = {FORM_TEXT, a_text, set_phone, print_text},
    [OPTION_VARIABLE] = {FORM_TEXT, a_text, set_variable, print_text},
    [OPTION_COMMAND] = {FORM_TEXT, a_text, set_command, print_text},
    [OPTION_INTEGER] = {FORM_INTEGER, "a whole number without quotes", set_integer, print_integer},
    [OPTION_BOOLEAN] = {FORM_BOOLEAN, "true or false without quotes", set_boolean, print_boolean},
    [OPTION_CHOICE] = {FORM_TEXT, a_text, set_choice, print_choice},
    [OPTION_URL] = {FORM_TEXT, a_text, set_url, print_text},
    [OPTION_PAGE] = {FORM_TEXT, a_text, set_page, print_text},
    [OPTION_ZONE] = {FORM_TEXT, a_text, set_zone, print_zone},
    [OPTION_UNITS] = {FORM_LIST, "a list of texts, [ \"101\", \"102\" ]", set_unit, print_units},
    [OPTION_PAIRS] = {FORM_PAIRS, "a group of texts, { name = \"text\"; }", NULL, print_pairs},
    [OPTION_SECTION] = {FORM_SECTION, "groups in braces", NULL, NULL},
};
