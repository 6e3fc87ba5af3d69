#include "tourdesk/base/log.h"

#include "tourdesk/base/mem.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PHONE_DIGITS = 7 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static char **secrets;
static size_t secret_count, secret_capacity;

bool log_open(const char *path, struct error *error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return error_set(error, "open %s: %s", path, strerror(errno));
    struct stat status;
    if (fstat(fd, &status) != 0 || (S_ISREG(status.st_mode) && fchmod(fd, 0600) != 0)) {
        error_set(error, "chmod %s: %s", path, strerror(errno));
        close(fd);
        return false;
    }
    log_fd = fd;
    return true;
}

void log_close(void)
{
    if (log_fd >= 0)
        close(log_fd);
    log_fd = -1;
    for (size_t i = 0; i < secret_count; i++)
        free(secrets[i]);
    free(secrets);
    secrets = NULL;
    secret_count = secret_capacity = 0;
}

bool log_is_open(void)
{
    return log_fd >= 0;
}

void log_hide(const char *secret)
{
    if (!*secret)
        return;
    pthread_mutex_lock(&lock);
    secrets = mem_grow(secrets, &secret_capacity, secret_count + 1, sizeof *secrets);
    secrets[secret_count++] = mem_text(secret);
    pthread_mutex_unlock(&lock);
}

/* The length of the longest secret that starts at `text`, 0 if none does. */
static size_t secret_at(const char *text)
{
    size_t longest = 0;
    for (size_t i = 0; i < secret_count; i++) {
        size_t length = strlen(secrets[i]);
        if (length > longest && strncmp(text, secrets[i], length) == 0)
            longest = length;
    }
    return longest;
}

static bool is_digit(char c)
{
    return isdigit((unsigned char)c);
}

/* The length of an @, as it is or as in an address line. */
static size_t at_sign(const char *text)
{
    return text[0] == '@' ? 1 : strncmp(text, "%40", 3) == 0 ? 3 : 0;
}

static size_t span_email(const char *text, const char *marks)
{
    size_t n = 0;
    while (text[n] && !at_sign(text + n) &&
           (isalnum((unsigned char)text[n]) || (unsigned char)text[n] >= 0x80 ||
               strchr(marks, text[n])))
        n++;
    return n;
}

/* The length of the e-mail address that starts at `text`, 0 if none does. */
static size_t email_at(const char *text)
{
    size_t local = span_email(text, "._%+-'");
    size_t sign = local ? at_sign(text + local) : 0;
    size_t domain = sign ? span_email(text + local + sign, ".-") : 0;
    return domain ? local + sign + domain : 0;
}

/* The length of "2026-11-24", which is no phone number, at `text`. */
static size_t date_at(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    size_t n = sizeof form - 1;
    for (size_t i = 0; i < n; i++)
        if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != form[i])
            return 0;
    return is_digit(text[n]) || (text[n] == '-' && is_digit(text[n + 1])) ? 0 : n;
}

/* The bytes of one mark that people put between the digits of a number: ASCII ones, the no-break space
 * and the typographic hyphens and dashes. */
static size_t mark_at(const char *text)
{
    static const char *const wide[] = {"\xC2\xA0", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92",
        "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xAF"};
    if (*text && strchr("-. ()", *text))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0)
            return strlen(wide[i]);
    return 0;
}

/* The bytes between a group of digits and the next one of the same number, 0 where it ends. A slash
 * joins "206/555" only: paths have numbers between slashes too. */
static size_t gap_at(const char *text, size_t group)
{
    size_t n = 0;
    if (text[0] == '/' && group == 3) {
        size_t next = strspn(text + 1, "0123456789");
        return next == 3 || next == 4 ? 1 : 0;
    }
    for (int marks = 0; marks < 3 && mark_at(text + n); marks++)
        n += mark_at(text + n);
    return is_digit(text[n]) && !date_at(text + n) ? n : 0;
}

/* The length of what could be a phone number at `text`: digits with the marks people put between
 * them. Runs of digits alone up to 20 are ids and instants and stay, unless they look dialled. */
static size_t phone_at(const char *text)
{
    size_t i = strspn(text, "+("), digits = 0, gap;
    bool marks = text[0] == '+';
    if (date_at(text))
        return 0;
    do {
        size_t group = strspn(text + i, "0123456789");
        digits += group;
        i += group;
        gap = group ? gap_at(text + i, group) : 0;
        marks = marks || gap;
        i += gap;
    } while (gap);
    bool dialled = digits == 10 || digits == 11 || (marks && digits >= PHONE_DIGITS);
    return dialled ? i : 0;
}

/* The length of what must not be read at `text`, and what stands for it. `start` = no letter or digit
 * that belongs to it stands before it. */
static size_t masked_at(const char *text, bool start, const char **mask)
{
    size_t n = secret_at(text);
    *mask = "[key]";
    if (n || !start)
        return n;
    *mask = "[e-mail]";
    if ((n = email_at(text)) > 0)
        return n;
    *mask = "[phone]";
    return phone_at(text);
}

/* Appends the next character, escaped where it is a control, or date; returns its length. */
static size_t add_plain(struct str *out, const char *text, bool start)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t date = start ? date_at(text) : 0;
    if (date) {
        str_add_bytes(out, text, date);
        return date;
    }
    if (bytes[0] == 0xC2 && bytes[1] >= 0x80 && bytes[1] < 0xA0) {
        str_addf(out, "\\x%02x", bytes[1]);
        return 2;
    }
    if (bytes[0] < 0x20 || bytes[0] == 0x7F)
        str_addf(out, "\\x%02x", bytes[0]);
    else
        str_add_char(out, *text);
    return 1;
}

/* True if nothing before `at` belongs to what starts there: no letter or digit, or the last of an
 * escape as in "%2B". */
static bool starts_here(const char *text, const char *at)
{
    if (at == text || !isalnum((unsigned char)at[-1]))
        return true;
    return at - text >= 3 && at[-3] == '%' && isxdigit((unsigned char)at[-2]) &&
           isxdigit((unsigned char)at[-1]);
}

void log_redact(struct str *out, const char *text)
{
    for (const char *at = text; *at;) {
        const char *mask;
        bool start = starts_here(text, at);
        size_t n = masked_at(at, start, &mask);
        if (n)
            str_add(out, mask);
        else
            n = add_plain(out, at, start);
        at += n;
    }
}

void log_event(const char *event, const char *format, ...)
{
    if (log_fd < 0)
        return;
    struct str raw = {0}, line = {0};
    va_list args;
    va_start(args, format);
    str_addv(&raw, format, args);
    va_end(args);

    struct timespec t;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &utc);
    str_addf(&line, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ %s ", utc.tm_year + 1900, utc.tm_mon + 1,
        utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, t.tv_nsec / 1000000, event);
    pthread_mutex_lock(&lock);
    log_redact(&line, str_text(&raw));
    str_add_char(&line, '\n');
    if (log_fd >= 0 && write(log_fd, line.data, line.length) < 0) {
        close(log_fd); /* a full disk must not be retried on every event */
        log_fd = -1;
    }
    pthread_mutex_unlock(&lock);
    str_finish(&raw);
    str_finish(&line);
}
