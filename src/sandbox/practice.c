#include "tourdesk/sandbox/practice.h"

#include "tourdesk/sandbox/api.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A libconfig string. */
static void add_quoted(struct str *out, const char *text)
{
    str_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            str_addf(out, "\\%c", *text);
        else if ((unsigned char)*text < ' ')
            str_addf(out, "\\x%02x", (unsigned)*text);
        else
            str_add_char(out, *text);
    }
    str_add_char(out, '"');
}

static void add_setting(struct str *out, const char *indent, const char *name, const char *value)
{
    str_addf(out, "%s%s = ", indent, name);
    add_quoted(out, value);
    str_add(out, ";\n");
}

static void add_profile(struct str *out, const struct office *office, const char *url)
{
    static const char indent[] = "    ";
    str_add(out, "profile = \"practice\";\nprofiles = {\n  practice = {\n");
    add_setting(out, indent, "base_url", url);
    add_setting(out, indent, "key", APPOINTMENT_TEST_KEY);
    add_setting(out, indent, "prospect_key", PROSPECT_TEST_KEY);
    add_setting(out, indent, "appointment_key", APPOINTMENT_TEST_KEY);
    if (office->gateway == GATEWAY_REQUIRE) {
        add_setting(out, indent, "header_profile", "gateway");
        add_setting(out, indent, "company_id", "practice");
    }
    str_add(out, "  };\n};\n");
}

static void add_units(struct str *out, const struct property *property)
{
    str_add(out, "    units = [");
    for (size_t i = 0; i < property->unit_count; i++) {
        str_add(out, i == 0 ? " " : i % 10 ? ", " : ",\n      ");
        add_quoted(out, property->units[i]);
    }
    str_add(out, " ];\n");
}

static void add_community(struct str *out, const struct property *property)
{
    static const char indent[] = "    ";
    str_add(out, "  {\n");
    add_setting(out, indent, "id", property->id);
    add_setting(out, indent, "name", property->name);
    add_setting(out, indent, "timezone", zone_id(property->zone));
    str_addf(out, "    tour_minutes = %d;\n", property->rules.tour_minutes);
    if (property->source_count > 0)
        add_setting(out, indent, "source", property->sources[0]);
    add_units(out, property);
    str_add(out, "  }");
}

void practice_config(struct str *out, const struct office *office, const char *url)
{
    str_add(out,
        "# Written by tourdesk-sandbox for itself: practice only, everyone in it is invented.\n");
    add_profile(out, office, url);
    str_add(out, "communities = (\n");
    for (size_t i = 0; i < office->count; i++) {
        add_community(out, &office->items[i]);
        str_add(out, i + 1 < office->count ? ",\n" : "\n");
    }
    str_add(out, ");\n");
}

static bool write_all(int fd, const struct str *text)
{
    size_t done = 0;
    while (done < text->length) {
        ssize_t n = write(fd, text->data + done, text->length - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

bool practice_write(
    const char *path, const struct office *office, const char *url, struct error *error)
{
    char temporary[PATH_MAX];
    struct str text = {0};
    if (!str_print(temporary, sizeof temporary, "%s.%ld", path, (long)getpid()))
        return error_set(error, "%s: the path is too long", path);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return error_set(error, "%s: %s", temporary, strerror(errno));
    practice_config(&text, office, url);
    bool good = write_all(fd, &text);
    good = close(fd) == 0 && good && rename(temporary, path) == 0;
    if (!good) {
        error_set(error, "%s: %s", path, strerror(errno));
        unlink(temporary);
    }
    str_finish(&text);
    return good;
}
