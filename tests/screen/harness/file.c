#include "file.h"

#include "tourdesk/base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read(struct str *out, const char *path, struct error *error)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return error_set(error, "%s: %s", path, strerror(errno));
    char bytes[4096];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        str_add_bytes(out, bytes, n);
    bool good = !ferror(file);
    fclose(file);
    return good || error_set(error, "%s: cannot be read", path);
}

static bool write_text(const char *path, const char *mode, const char *text, struct error *error)
{
    FILE *file = fopen(path, mode);
    if (!file)
        return error_set(error, "%s: %s", path, strerror(errno));
    bool good = fputs(text, file) >= 0;
    good = fclose(file) == 0 && good;
    return good || error_set(error, "%s: %s", path, strerror(errno));
}

bool file_write(const char *path, const char *text, struct error *error)
{
    return write_text(path, "we", text, error);
}

bool file_append(const char *path, const char *text, struct error *error)
{
    return write_text(path, "ae", text, error);
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

char *file_folder(struct error *error)
{
    const char *parent = getenv("TMPDIR");
    struct str path = {0};
    str_addf(&path, "%s/tourdesk-screen-XXXXXX", parent && *parent ? parent : "/tmp");
    char *folder = str_take(&path);
    if (mkdtemp(folder))
        return folder;
    error_set(error, "%s: %s", folder, strerror(errno));
    free(folder);
    return NULL;
}

bool file_make_folder(const char *path, struct error *error)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return true;
    return error_set(error, "%s: %s", path, strerror(errno));
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void file_remove_folder(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void file_read_all(struct str *out, const char *folder, const char *prefix)
{
    DIR *listing = opendir(folder);
    if (!listing)
        return;
    for (struct dirent *entry; (entry = readdir(listing));)
        if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0) {
            struct str path = {0};
            str_addf(&path, "%s/%s", folder, entry->d_name);
            file_read(out, str_text(&path), NULL);
            str_finish(&path);
        }
    closedir(listing);
}
