#include "scan.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* Texts over several lines that follow within so many lines count as one: behind a missing quote
 * inside and outside change places. */
enum { CLOSE_BY = 2 };

enum { DIGITS_MOST = 9, HEX_DIGITS_MOST = 7 };

struct scanner {
    char *at, *end;
    int line;
    struct scan found;
};

static void note(int *where, int line)
{
    if (*where == 0)
        *where = line;
}

static void step(struct scanner *s)
{
    if (*s->at == '\n')
        s->line++;
    else if (*s->at == '\0')
        note(&s->found.nul, s->line);
    s->at++;
}

static void skip_text(struct scanner *s)
{
    int start = s->line;
    for (step(s); s->at < s->end && *s->at != '"'; step(s)) {
        if (*s->at != '\\')
            continue;
        if (strncmp(s->at, "\\x00", 4) == 0)
            s->at[3] = '1';
        step(s);
        if (s->at == s->end)
            break;
    }
    if (s->at == s->end) {
        s->found.open_text = start;
        return;
    }
    step(s);
    if (s->line == start)
        return;
    if (s->found.long_text == 0 || start > s->found.long_text_end + CLOSE_BY)
        s->found.long_text = start;
    s->found.long_text_end = s->line;
}

static void skip_line(struct scanner *s)
{
    while (s->at < s->end && *s->at != '\n')
        step(s);
}

static void skip_comment(struct scanner *s)
{
    int start = s->line;
    step(s);
    for (step(s); s->at < s->end; step(s))
        if (s->at[0] == '*' && s->at[1] == '/') {
            s->at += 2;
            return;
        }
    s->found.open_comment = start;
}

/* Words and numbers; of those only whole numbers matter. */
static void skip_word(struct scanner *s, char before)
{
    char *start = s->at;
    bool hex = start[0] == '0' && (start[1] == 'x' || start[1] == 'X');
    char *digits = hex ? start + 2 : start;
    size_t count = strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789");
    size_t most = hex ? HEX_DIGITS_MOST : DIGITS_MOST;
    while (s->at < s->end && isgraph((unsigned char)*s->at) &&
           (isalnum((unsigned char)*s->at) || strchr("._*-", *s->at)))
        step(s);
    size_t suffix = strspn(digits + count, "L");
    if (count <= most || digits + count + suffix != s->at)
        return;
    char *nines = digits + count - DIGITS_MOST;
    memset(start, ' ', (size_t)(nines - start));
    memset(nines, '9', DIGITS_MOST);
    if (before == '-' || before == '+')
        start[-1] = ' '; /* a sign must not stand apart from its number */
}

static void skip_other(struct scanner *s)
{
    if ((unsigned char)*s->at >= 0x80)
        note(&s->found.foreign, s->line);
    if (strncmp(s->at, "@include", strlen("@include")) == 0)
        note(&s->found.include, s->line);
    step(s);
}

struct scan config_scan(char *text, size_t length)
{
    struct scanner s = {.at = text, .end = text + length, .line = 1};
    while (s.at < s.end) {
        if (*s.at == '"')
            skip_text(&s);
        else if (*s.at == '#' || (s.at[0] == '/' && s.at[1] == '/'))
            skip_line(&s);
        else if (s.at[0] == '/' && s.at[1] == '*')
            skip_comment(&s);
        else if (isascii(*s.at) && isalnum((unsigned char)*s.at))
            skip_word(&s, s.at > text ? s.at[-1] : '\n');
        else
            skip_other(&s);
    }
    return s.found;
}
