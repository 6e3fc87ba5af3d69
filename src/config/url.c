#include "url.h"

#include "tourdesk/base/str.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>

enum { HOST_SIZE = 256, MOST_PORT = 65535 };

struct url {
    bool secure;
    char host[HOST_SIZE]; /* without the brackets of an IPv6 address */
    const char *rest;     /* from the path on */
};

static bool take_scheme(struct url *url, const char **at, struct error *error)
{
    static const char secure[] = "https://", plain[] = "http://";
    url->secure = str_starts(*at, secure);
    if (!url->secure && !str_starts(*at, plain))
        return error_set(error, "must begin with https://");
    *at += url->secure ? sizeof secure - 1 : sizeof plain - 1;
    return true;
}

static bool check_characters(const char *text, struct error *error)
{
    for (const char *p = text; *p; p++)
        if (*p <= ' ' || *p > '~' || strchr("\"<>\\^`{|}", *p))
            return error_set(error, "holds a character that cannot stand in an address");
    return true;
}

static bool check_port(const char *text, struct error *error)
{
    long port;
    if (*text == '\0' || (*text == ':' && str_integer(text + 1, 1, MOST_PORT, &port)))
        return true;
    return error_set(error, "has a wrong port behind its host (1 to %d)", MOST_PORT);
}

static bool check_host(const char *host, bool bracketed)
{
    struct in6_addr address;
    if (bracketed)
        return inet_pton(AF_INET6, host, &address) == 1;
    return *host && host[strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789.-")] == '\0';
}

/* The host and the port, up to the path. */
static bool take_authority(struct url *url, const char **at, struct error *error)
{
    size_t length = strcspn(*at, "/?#");
    char authority[HOST_SIZE + sizeof ":65535[]"];
    if (length >= sizeof authority)
        return error_set(error, "has a host name that is too long");
    memcpy(authority, *at, length);
    authority[length] = '\0';
    if (strchr(authority, '@'))
        return error_set(error, "must not hold a user name or password");
    bool bracketed = authority[0] == '[';
    char *host = authority + bracketed;
    char *end = host + strcspn(host, bracketed ? "]" : ":");
    const char *port = bracketed && *end ? end + 1 : end;
    if (!check_port(port, error))
        return false;
    bool closed = !bracketed || *end == ']';
    *end = '\0';
    if (!closed || !check_host(host, bracketed) || !str_copy(url->host, sizeof url->host, host))
        return error_set(error, "has no host, or one that is not a host name");
    *at += length;
    return true;
}

static bool parse(struct url *url, const char *text, struct error *error)
{
    if (!take_scheme(url, &text, error) || !check_characters(text, error) ||
        !take_authority(url, &text, error))
        return false;
    url->rest = text;
    return true;
}

static bool is_loopback(const char *host)
{
    struct in_addr four;
    struct in6_addr six;
    if (str_same(host, "localhost"))
        return true;
    if (inet_pton(AF_INET, host, &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    return inet_pton(AF_INET6, host, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

bool url_check_base(const char *text, struct error *error)
{
    struct url url;
    if (!parse(&url, text, error))
        return false;
    if (!url.secure && !is_loopback(url.host))
        return error_set(
            error, "must begin with https://: http:// is accepted for this machine only");
    if (strpbrk(url.rest, "?#"))
        return error_set(error, "must not hold a ? or a #");
    return true;
}

bool url_check_page(const char *text, struct error *error)
{
    struct url url;
    return parse(&url, text, error);
}
