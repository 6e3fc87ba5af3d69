/* A library to be loaded before the program: one allocation of it, the program's or a library's, fails. STARVE_AT
 * says which, counted from 1 and from the moment in which the ledger is opened; the file STARVE_MARK is made when
 * it has come to that. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EARLY = 8192 };

static void *(*real_malloc)(size_t), *(*real_calloc)(size_t, size_t),
    *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);
struct sqlite3;
int sqlite3_open_v2(const char *path, struct sqlite3 **out, int flags, const char *vfs);
static int (*real_open)(const char *, struct sqlite3 **, int, const char *);
static atomic_long countdown;
static const char *mark;

/* What dlsym() itself asks for. */
static _Alignas(max_align_t) unsigned char early[EARLY];
static size_t early_used;

static void *take_early(size_t size)
{
    size_t at = early_used;
    early_used += (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    return early_used > EARLY ? NULL : early + at;
}

static bool is_early(const void *memory)
{
    uintptr_t at = (uintptr_t)memory, from = (uintptr_t)early;
    return at >= from && at < from + EARLY;
}

/* A pointer to data becomes one to a function here, as POSIX wants it of dlsym(). */
static void find(const char *name, void *function, size_t size)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, size);
}

__attribute__((constructor)) static void begin(void)
{
    find("calloc", &real_calloc, sizeof real_calloc);
    find("malloc", &real_malloc, sizeof real_malloc);
    find("realloc", &real_realloc, sizeof real_realloc);
    find("free", &real_free, sizeof real_free);
}

int sqlite3_open_v2(const char *path, struct sqlite3 **out, int flags, const char *vfs)
{
    const char *at = getenv("STARVE_AT");
    if (!real_open) {
        find("sqlite3_open_v2", &real_open, sizeof real_open);
        mark = getenv("STARVE_MARK");
        atomic_store(&countdown, at && mark ? strtol(at, NULL, 10) : 0);
    }
    return real_open(path, out, flags, vfs);
}

static bool fails(void)
{
    if (!mark || atomic_fetch_sub(&countdown, 1) != 1)
        return false;
    int fd = open(mark, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    if (!real_malloc)
        return take_early(size);
    return fails() ? NULL : real_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (!real_calloc)
        return take_early(count * size);
    return fails() ? NULL : real_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    if (is_early(memory)) {
        void *moved = malloc(size);
        if (moved)
            memcpy(moved, memory, size < EARLY ? size : EARLY);
        return moved;
    }
    if (!real_realloc)
        return take_early(size);
    return fails() ? NULL : real_realloc(memory, size);
}

void free(void *memory)
{
    if (memory && !is_early(memory))
        real_free(memory);
}
