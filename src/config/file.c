#include "file.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PERMISSIONS = 07777, PRIVATE = 0600, WRITE_BY_OTHERS = 0022 };

static bool read_all(struct config_file *file, int fd, struct error *error)
{
    /* One byte more than allowed shows a file that is too large. */
    file->text = mem_alloc(CONFIG_FILE_MOST + 2);
    while (file->length <= CONFIG_FILE_MOST) {
        ssize_t n = read(fd, file->text + file->length, CONFIG_FILE_MOST + 1 - file->length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set(error, "cannot be read: %s", strerror(errno));
        if (n == 0)
            break;
        file->length += (size_t)n;
    }
    if (file->length > CONFIG_FILE_MOST)
        return error_set(
            error, "is larger than %d KiB; it cannot be a configuration", CONFIG_FILE_MOST / 1024);
    return true;
}

/* libconfig 1.5 takes a comment on a last line without an end for a syntax error. */
static void end_last_line(struct config_file *file)
{
    if (file->length && file->text[file->length - 1] != '\n')
        file->text[file->length++] = '\n';
    file->text[file->length] = '\0';
}

static void drop_byte_order_mark(struct config_file *file)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t n = sizeof mark - 1;
    if (file->length < n || memcmp(file->text, mark, n) != 0)
        return;
    memmove(file->text, file->text + n, file->length - n);
    file->length -= n;
}

bool config_file_read(struct config_file *file, const char *path, struct error *error)
{
    *file = (struct config_file){0};
    /* Not to hang on a pipe nobody writes to. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 && errno == ENOENT)
        return error_set(error,
            "there is no such file; write one (tourdesk.conf(5) shows how) or name another with "
            "--config");
    if (fd < 0)
        return error_set(error, "cannot be opened: %s", strerror(errno));
    struct stat status;
    bool ok = fstat(fd, &status) == 0 || error_set(error, "cannot be read: %s", strerror(errno));
    if (ok && !S_ISREG(status.st_mode))
        ok = error_set(error,
            S_ISDIR(status.st_mode) ? "is a folder; a file is needed" : "is not an ordinary file");
    ok = ok && read_all(file, fd, error);
    close(fd);
    if (!ok)
        return false;
    file->mode = status.st_mode & PERMISSIONS;
    file->owner = status.st_uid;
    drop_byte_order_mark(file);
    end_last_line(file);
    return true;
}

void config_file_finish(struct config_file *file)
{
    if (file->text)
        explicit_bzero(file->text, CONFIG_FILE_MOST + 1);
    free(file->text);
    *file = (struct config_file){0};
}

/* A path as a shell takes it. */
static void add_quoted(struct str *out, const char *path)
{
    str_add_char(out, '\'');
    for (const char *p = path; *p; p++) {
        if (*p == '\'')
            str_add(out, "'\\'");
        str_add_char(out, *p);
    }
    str_add_char(out, '\'');
}

void config_file_check(const struct config_file *file, bool holds_key, bool holds_command,
    struct config_report *report)
{
    if (!holds_key && !holds_command)
        return;
    const char *what = holds_key ? "holds a key" : "names a key_command";
    struct str path = {0};
    add_quoted(&path, report->path);
    if (file->owner != geteuid() && file->owner != 0)
        config_report_add(report, CONFIG_FATAL, 0,
            "%s but belongs to another user (%lu); make it yours: chown %lu %s && chmod 600 %s",
            what, (unsigned long)file->owner, (unsigned long)geteuid(), str_text(&path),
            str_text(&path));
    else if (holds_key && (file->mode & ~(mode_t)PRIVATE))
        config_report_add(report, CONFIG_FATAL, 0,
            "%s, so only you may have access, but its mode is %04o; mend it with: chmod 600 %s",
            what, (unsigned)file->mode, str_text(&path));
    else if (file->mode & WRITE_BY_OTHERS)
        config_report_add(report, CONFIG_FATAL, 0,
            "%s, so only you may change it, but its mode is %04o; mend it with: chmod go-w %s",
            what, (unsigned)file->mode, str_text(&path));
    str_finish(&path);
}
