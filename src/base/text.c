#include "tourdesk/base/text.h"

#include "tourdesk/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Decodes one code point at `text`; an invalid byte gives -1 and the length 1. */
static size_t decode(const char *text, size_t length, utf8proc_int32_t *code)
{
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, code);
    if (n > 0)
        return (size_t)n;
    *code = -1;
    return 1;
}

static void encode(struct str *out, utf8proc_int32_t code)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(code, bytes);
    str_add_bytes(out, (const char *)bytes, (size_t)n);
}

size_t text_next(const char *text, size_t length, size_t at)
{
    if (at >= length)
        return length;
    utf8proc_int32_t code, following, state = 0;
    at += decode(text + at, length - at, &code);
    while (code >= 0 && at < length) {
        size_t n = decode(text + at, length - at, &following);
        if (following < 0 || utf8proc_grapheme_break_stateful(code, following, &state))
            break;
        at += n;
        code = following;
    }
    return at;
}

/* Clusters can only be found forwards, so start from the last byte that surely begins one: just
 * after the nearest ASCII character before `at`, or at the beginning. A line feed begins none: it
 * may belong to a carriage return. */
size_t text_previous(const char *text, size_t length, size_t at)
{
    if (at == 0)
        return 0;
    size_t start = at - 1;
    while (start > 0 && !((unsigned char)text[start - 1] < 0x80 &&
                            (unsigned char)text[start] < 0x80 && text[start] != '\n'))
        start--;
    size_t before = start;
    for (size_t next = start; next < at; next = text_next(text, length, next))
        before = next;
    return before;
}

static bool in_word(const char *text, size_t length, size_t at)
{
    utf8proc_int32_t code;
    decode(text + at, length - at, &code);
    if (code < 0)
        return true;
    utf8proc_category_t category = utf8proc_category(code);
    return category <= UTF8PROC_CATEGORY_NO && category != UTF8PROC_CATEGORY_CN;
}

size_t text_next_word(const char *text, size_t length, size_t at)
{
    while (at < length && in_word(text, length, at))
        at = text_next(text, length, at);
    while (at < length && !in_word(text, length, at))
        at = text_next(text, length, at);
    return at;
}

size_t text_previous_word(const char *text, size_t length, size_t at)
{
    size_t before = text_previous(text, length, at);
    while (at > 0 && !in_word(text, length, before)) {
        at = before;
        before = text_previous(text, length, at);
    }
    while (at > 0 && in_word(text, length, before)) {
        at = before;
        before = text_previous(text, length, at);
    }
    return at;
}

/* Cells of one code point as the C library, and so curses, counts them: utf8proc gives spacing marks
 * no cell, and the vowels and finals of a Hangul syllable one of their own. */
static int code_cells(utf8proc_int32_t code)
{
    if (code < 0 || utf8proc_category(code) == UTF8PROC_CATEGORY_MC)
        return 1;
    if ((code >= 0x1160 && code <= 0x11FF) || (code >= 0xD7B0 && code <= 0xD7FB))
        return 0;
    return utf8proc_charwidth(code);
}

static bool is_variant(utf8proc_int32_t code)
{
    return code >= 0xFE00 && code <= 0xFE0F;
}

/* True for the joiner and for skin tones: what follows the base from there on is not drawn. */
static bool is_join(utf8proc_int32_t code)
{
    return code == 0x200D || (code >= 0x1F3FB && code <= 0x1F3FF);
}

/* Appends what is drawn of the cluster in `bytes` to `out` (unless NULL) and returns its cells. */
static int draw_cluster(struct str *out, const char *bytes, size_t length)
{
    int cells = 0;
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t code;
        size_t n = decode(bytes + at, length - at, &code);
        if (at > 0 && is_join(code))
            break;
        if (!is_variant(code)) {
            cells += code_cells(code);
            if (out && code < 0)
                str_add(out, "\xEF\xBF\xBD");
            else if (out)
                str_add_bytes(out, bytes + at, n);
        }
        at += n;
    }
    return cells;
}

void text_simplify(struct str *out, const char *bytes, size_t length)
{
    draw_cluster(out, bytes, length);
}

int text_cells(const char *text, size_t length)
{
    int cells = 0;
    for (size_t at = 0; at < length;) {
        size_t next = text_next(text, length, at);
        cells += draw_cluster(NULL, text + at, next - at);
        at = next;
    }
    return cells;
}

int text_width(const char *text)
{
    return text_cells(text, strlen(text));
}

size_t text_count(const char *text)
{
    size_t length = strlen(text), count = 0;
    for (size_t at = 0; at < length; at = text_next(text, length, at))
        count++;
    return count;
}

int text_clip(char *out, size_t size, const char *text, int cells, bool ascii)
{
    const char *mark = ascii ? "~" : "\xE2\x80\xA6";
    size_t length = strlen(text), at = 0, keep = 0;
    int used = 0, keep_used = 0;
    while (at < length) {
        size_t next = text_next(text, length, at);
        int width = draw_cluster(NULL, text + at, next - at);
        if (used + width > cells || next + 4 > size)
            break;
        used += width;
        at = next;
        if (used <= cells - 1) {
            keep = at;
            keep_used = used;
        }
    }
    if (at == length || cells <= 1) {
        memcpy(out, text, at);
        out[at] = '\0';
        return used;
    }
    memcpy(out, text, keep);
    str_copy(out + keep, size - keep, mark);
    return keep_used + 1;
}

static bool unsafe(utf8proc_int32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x2028 || code == 0x2029;
}

void text_clean(struct str *out, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t code;
        size_t n = decode(text + at, length - at, &code);
        if (code == '\n' || code == '\t' || code == '\r')
            str_add_char(out, ' ');
        else if (unsafe(code))
            str_add(out, "\xEF\xBF\xBD");
        else
            str_add_bytes(out, text + at, n);
        at += n;
    }
}

bool text_clean_copy(char *out, size_t size, const char *text)
{
    struct str clean = {0};
    text_clean(&clean, text, strlen(text));
    bool fits = str_copy(out, size, str_text(&clean));
    str_finish(&clean);
    return fits;
}

/* Appends `text` mapped by utf8proc, or cleaned as it is where it is not valid UTF-8. */
static void add_mapped(struct str *out, const char *text, utf8proc_option_t options)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped, UTF8PROC_NULLTERM | options);
    if (n >= 0)
        str_add_bytes(out, (const char *)mapped, (size_t)n);
    else if (n == UTF8PROC_ERROR_NOMEM)
        mem_exhausted();
    else
        text_clean(out, text, strlen(text));
    free(mapped);
}

/* What stands for a character where only ASCII will do; search takes both for the same. The letters
 * are those that Unicode does not take apart into a base letter and an accent. */
static const struct {
    utf8proc_int32_t code;
    const char *ascii;
} twins[] = {
    {0x00B7, "-"},
    {0x00C6, "AE"},
    {0x00D0, "D"},
    {0x00D7, "x"},
    {0x00D8, "O"},
    {0x00DE, "Th"},
    {0x00DF, "ss"},
    {0x00E6, "ae"},
    {0x00F0, "d"},
    {0x00F8, "o"},
    {0x00FE, "th"},
    {0x0110, "D"},
    {0x0111, "d"},
    {0x0126, "H"},
    {0x0127, "h"},
    {0x0131, "i"},
    {0x0141, "L"},
    {0x0142, "l"},
    {0x0152, "OE"},
    {0x0153, "oe"},
    {0x0166, "T"},
    {0x0167, "t"},
    {0x1E9E, "SS"},
    {0x2010, "-"},
    {0x2013, "-"},
    {0x2014, "-"},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201C, "\""},
    {0x201D, "\""},
    {0x2022, "*"},
    {0x2026, "..."},
    {0x2192, "->"},
};

static const char *twin_of(utf8proc_int32_t code)
{
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].code == code)
            return twins[i].ascii;
    return NULL;
}

/* Accents of the scripts that have capital letters. Vowel signs of others are letters, and stay. */
static bool is_accent(utf8proc_int32_t code)
{
    return code >= 0x0300 && code <= 0x036F;
}

void text_fold(struct str *out, const char *text)
{
    struct str mapped = {0};
    add_mapped(
        &mapped, text, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    bool gap = false, any = false;
    for (size_t at = 0; at < mapped.length;) {
        utf8proc_int32_t code;
        const char *bytes = mapped.data + at;
        size_t n = decode(bytes, mapped.length - at, &code);
        at += n;
        if (code == ' ' || code == '\t' || code == '\n')
            gap = any;
        if (code == ' ' || code == '\t' || code == '\n' || is_accent(code))
            continue;
        if (gap)
            str_add_char(out, ' ');
        const char *twin = twin_of(code);
        str_add_bytes(out, twin ? twin : bytes, twin ? strlen(twin) : n);
        gap = false;
        any = true;
    }
    str_finish(&mapped);
}

bool text_fold_copy(char *out, size_t size, const char *text)
{
    struct str folded = {0};
    text_fold(&folded, text);
    bool fits = str_copy(out, size, str_text(&folded));
    str_finish(&folded);
    return fits;
}

void text_compose(struct str *out, const char *text)
{
    struct str composed = {0};
    add_mapped(&composed, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const char *start = str_text(&composed);
    start += strspn(start, " \t");
    size_t length = strlen(start);
    while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t'))
        length--;
    str_add_bytes(out, start, length);
    str_finish(&composed);
}

bool text_valid(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t code;
        at += decode(text + at, length - at, &code);
        if (code < 0)
            return false;
    }
    return true;
}

void text_to_ascii(struct str *out, const char *text)
{
    struct str plain = {0};
    add_mapped(&plain, text, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
    for (size_t at = 0; at < plain.length;) {
        utf8proc_int32_t code;
        at += decode(plain.data + at, plain.length - at, &code);
        const char *twin = twin_of(code);
        if (twin)
            str_add(out, twin);
        else if (code >= 0x20 && code < 0x7F)
            encode(out, code);
        else
            str_add_char(out, '?');
    }
    str_finish(&plain);
}
