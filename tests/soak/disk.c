#include "disk.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { DISK_PATH = 256, SECTOR = 512, SHM_REGIONS = 16 };

struct bytes {
    unsigned char *data;
    size_t length, capacity;
};

/* A write that was not synced yet; without data it is a truncation to `offset`. */
struct change {
    size_t offset, length;
    unsigned char *data;
};

struct handle;

/* The index that processes share beside a write-ahead log. */
struct shared {
    unsigned char *regions[SHM_REGIONS];
    unsigned char *before_death[SHM_REGIONS]; /* as it was when a process was killed */
    size_t region_size;
    int users;
    int readers[SQLITE_SHM_NLOCK];
    struct handle *writer[SQLITE_SHM_NLOCK];
};

struct file {
    char path[DISK_PATH];
    bool exists;
    struct bytes now, synced;
    struct change *changes;
    size_t change_count, change_capacity;
    int sharers;           /* handles with a lock of any kind */
    struct handle *writer; /* the one with more than a shared lock */
    struct shared shared;
    struct file *next;
};

struct handle {
    sqlite3_file base;
    struct file *file;
    int process, lock;
    bool dead, maps;
    unsigned reads, writes; /* its locks on the shared index, a bit each */
    struct handle *next;
};

struct saved {
    char path[DISK_PATH];
    struct bytes bytes;
    struct saved *next;
};

struct disk {
    sqlite3_vfs vfs, *usual;
    struct file *files;
    struct handle *handles;
    struct saved *saved;
    int running;
    bool killed[DISK_PROCESSES];
    enum disk_fault (*ask)(void *self, enum disk_call call, const char *path);
    void *ask_self;
    void (*between)(void *self);
    void *between_self;
    uint64_t calls[DISK_CALLS];
};

static struct disk *the_disk;

/* --- bytes ------------------------------------------------------------------------------------------------- */

static void bytes_resize(struct bytes *bytes, size_t length)
{
    if (length > bytes->capacity)
        bytes->data = mem_grow(bytes->data, &bytes->capacity, length, 1);
    if (length > bytes->length)
        memset(bytes->data + bytes->length, 0, length - bytes->length);
    bytes->length = length;
}

static void bytes_put(struct bytes *bytes, size_t offset, const void *data, size_t length)
{
    if (offset + length > bytes->length)
        bytes_resize(bytes, offset + length);
    if (length)
        memcpy(bytes->data + offset, data, length);
}

static void bytes_copy(struct bytes *to, const struct bytes *from)
{
    bytes_resize(to, from->length);
    bytes_put(to, 0, from->data, from->length);
}

static void bytes_finish(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){0};
}

/* --- files ------------------------------------------------------------------------------------------------- */

static void forget_changes(struct file *file)
{
    for (size_t i = 0; i < file->change_count; i++)
        free(file->changes[i].data);
    file->change_count = 0;
}

static void add_change(struct file *file, size_t offset, const void *data, size_t length)
{
    file->changes = mem_grow(
        file->changes, &file->change_capacity, file->change_count + 1, sizeof *file->changes);
    struct change *change = &file->changes[file->change_count++];
    *change = (struct change){offset, length, NULL};
    if (data) {
        change->data = mem_alloc(length ? length : 1);
        memcpy(change->data, data, length);
    }
}

static void write_file(struct file *file, size_t offset, const void *data, size_t length)
{
    bytes_put(&file->now, offset, data, length);
    add_change(file, offset, data, length);
}

static void truncate_file(struct file *file, size_t length)
{
    bytes_resize(&file->now, length);
    add_change(file, length, NULL, 0);
}

static void sync_file(struct file *file)
{
    for (size_t i = 0; i < file->change_count; i++) {
        const struct change *change = &file->changes[i];
        if (change->data)
            bytes_put(&file->synced, change->offset, change->data, change->length);
        else
            bytes_resize(&file->synced, change->offset);
    }
    forget_changes(file);
}

static void delete_file(struct file *file)
{
    forget_changes(file);
    bytes_resize(&file->now, 0);
    bytes_resize(&file->synced, 0);
    file->exists = false;
}

static struct file *find_file(struct disk *disk, const char *path)
{
    struct file *file = disk->files;
    while (file && strcmp(file->path, path) != 0)
        file = file->next;
    return file;
}

static struct file *make_file(struct disk *disk, const char *path)
{
    struct file *file = find_file(disk, path);
    if (!file) {
        file = mem_alloc(sizeof *file);
        str_copy(file->path, sizeof file->path, path);
        file->next = disk->files;
        disk->files = file;
    }
    file->exists = true;
    return file;
}

/* --- faults ------------------------------------------------------------------------------------------------ */

/* What happens to a call: the fault, or that its process is dead already. Dying before is done here. */
static enum disk_fault meet(
    struct disk *disk, enum disk_call call, const char *path, const struct handle *handle)
{
    int process = handle ? handle->process : disk->running;
    if (disk->killed[process] || (handle && handle->dead))
        return DISK_DIES_BEFORE;
    disk->calls[call]++;
    enum disk_fault fault = disk->ask ? disk->ask(disk->ask_self, call, path) : DISK_FINE;
    if (fault == DISK_DIES_BEFORE)
        disk_kill(disk, process);
    return fault;
}

/* The end of a call that was done, if its process dies right after it. */
static int conclude(const struct handle *handle, enum disk_fault fault, int failure)
{
    if (fault == DISK_FINE)
        return SQLITE_OK;
    if (fault >= DISK_DIES_WITHIN)
        disk_kill(the_disk, handle->process);
    return fault == DISK_FULL ? SQLITE_FULL : failure;
}

/* --- a file that is open ------------------------------------------------------------------------------------- */

static void release_shared(struct handle *handle, unsigned mask)
{
    struct shared *shared = &handle->file->shared;
    for (int i = 0; i < SQLITE_SHM_NLOCK; i++) {
        if (handle->reads & mask & 1U << i)
            shared->readers[i]--;
        if (handle->writes & mask & 1U << i)
            shared->writer[i] = NULL;
    }
    handle->reads &= ~mask;
    handle->writes &= ~mask;
}

static void set_lock(struct handle *handle, int lock)
{
    struct file *file = handle->file;
    file->sharers += (lock > SQLITE_LOCK_NONE) - (handle->lock > SQLITE_LOCK_NONE);
    if (lock > SQLITE_LOCK_SHARED)
        file->writer = handle;
    else if (file->writer == handle)
        file->writer = NULL;
    handle->lock = lock;
}

static int disk_close(sqlite3_file *base)
{
    struct handle *handle = (struct handle *)base;
    release_shared(handle, ~0U);
    set_lock(handle, SQLITE_LOCK_NONE);
    for (struct handle **at = &the_disk->handles; *at; at = &(*at)->next)
        if (*at == handle) {
            *at = handle->next;
            break;
        }
    return SQLITE_OK;
}

static int disk_read(sqlite3_file *base, void *out, int amount, sqlite3_int64 from)
{
    struct handle *handle = (struct handle *)base;
    const struct bytes *bytes = &handle->file->now;
    size_t length = (size_t)amount, offset = (size_t)from;
    enum disk_fault fault = meet(the_disk, DISK_READ, handle->file->path, handle);
    if (fault != DISK_FINE)
        return conclude(handle, fault, SQLITE_IOERR_READ);
    size_t there = offset < bytes->length ? bytes->length - offset : 0;
    if (there >= length) {
        memcpy(out, bytes->data + offset, length);
        return SQLITE_OK;
    }
    if (there)
        memcpy(out, bytes->data + offset, there);
    memset((char *)out + there, 0, length - there);
    return SQLITE_IOERR_SHORT_READ;
}

static int disk_write(sqlite3_file *base, const void *data, int amount, sqlite3_int64 to)
{
    struct handle *handle = (struct handle *)base;
    size_t length = (size_t)amount;
    enum disk_fault fault = meet(the_disk, DISK_WRITE, handle->file->path, handle);
    if (fault == DISK_TORN || fault == DISK_DIES_WITHIN)
        length /= 2;
    if (fault == DISK_FINE || fault == DISK_DIES_AFTER || length < (size_t)amount)
        write_file(handle->file, (size_t)to, data, length);
    return conclude(handle, fault, SQLITE_IOERR_WRITE);
}

static int disk_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct handle *handle = (struct handle *)base;
    enum disk_fault fault = meet(the_disk, DISK_TRUNCATE, handle->file->path, handle);
    if (fault == DISK_FINE || fault == DISK_DIES_AFTER)
        truncate_file(handle->file, (size_t)size);
    return conclude(handle, fault, SQLITE_IOERR_TRUNCATE);
}

static int disk_sync(sqlite3_file *base, int flags)
{
    (void)flags;
    struct handle *handle = (struct handle *)base;
    enum disk_fault fault = meet(the_disk, DISK_SYNC, handle->file->path, handle);
    if (fault == DISK_FINE || fault == DISK_DIES_AFTER)
        sync_file(handle->file);
    else if (fault == DISK_LOSES)
        forget_changes(handle->file);
    return conclude(handle, fault, SQLITE_IOERR_FSYNC);
}

static int disk_size(sqlite3_file *base, sqlite3_int64 *size)
{
    struct handle *handle = (struct handle *)base;
    *size = (sqlite3_int64)handle->file->now.length;
    return handle->dead ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int disk_lock(sqlite3_file *base, int lock)
{
    struct handle *handle = (struct handle *)base;
    const struct file *file = handle->file;
    const struct handle *writer = file->writer == handle ? NULL : file->writer;
    if (handle->dead)
        return SQLITE_IOERR_LOCK;
    if (lock <= handle->lock)
        return SQLITE_OK;
    if (lock == SQLITE_LOCK_SHARED && writer && writer->lock >= SQLITE_LOCK_PENDING)
        return SQLITE_BUSY;
    if (lock > SQLITE_LOCK_SHARED && writer)
        return SQLITE_BUSY;
    if (lock == SQLITE_LOCK_EXCLUSIVE && file->sharers > 1) {
        set_lock(handle, SQLITE_LOCK_PENDING);
        return SQLITE_BUSY;
    }
    set_lock(handle, lock);
    return SQLITE_OK;
}

static int disk_unlock(sqlite3_file *base, int lock)
{
    struct handle *handle = (struct handle *)base;
    if (!handle->dead && lock < handle->lock)
        set_lock(handle, lock);
    return SQLITE_OK;
}

static int disk_reserved(sqlite3_file *base, int *out)
{
    *out = ((struct handle *)base)->file->writer != NULL;
    return SQLITE_OK;
}

static int disk_control(sqlite3_file *base, int operation, void *argument)
{
    (void)base, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int disk_sector(sqlite3_file *base)
{
    (void)base;
    return 4096;
}

static int disk_character(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* --- the shared index ------------------------------------------------------------------------------------------ */

static int disk_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    struct handle *handle = (struct handle *)base;
    struct shared *shared = &handle->file->shared;
    *out = NULL;
    if (handle->dead || region >= SHM_REGIONS)
        return SQLITE_IOERR_SHMMAP;
    shared->users += !handle->maps;
    handle->maps = true;
    shared->region_size = (size_t)size;
    if (!shared->regions[region] && extend)
        shared->regions[region] = mem_alloc((size_t)size);
    *out = shared->regions[region];
    return SQLITE_OK;
}

static bool may_write(const struct handle *handle, int lock)
{
    const struct shared *shared = &handle->file->shared;
    int mine = (handle->reads >> lock & 1U) != 0;
    return (!shared->writer[lock] || shared->writer[lock] == handle) &&
           shared->readers[lock] == mine;
}

static void let_others_in(const struct handle *handle)
{
    struct disk *disk = the_disk;
    if (!disk->between || handle->dead || handle->reads || handle->writes)
        return;
    int process = disk->running;
    disk->between(disk->between_self);
    disk->running = process;
}

static int disk_lock_shared(sqlite3_file *base, int first, int count, int flags)
{
    struct handle *handle = (struct handle *)base;
    struct shared *shared = &handle->file->shared;
    unsigned mask = ((1U << count) - 1) << first;
    if (flags & SQLITE_SHM_UNLOCK) {
        release_shared(handle, mask);
        return SQLITE_OK;
    }
    if (flags & SQLITE_SHM_SHARED)
        let_others_in(handle);
    if (handle->dead)
        return SQLITE_IOERR_SHMLOCK;
    for (int i = first; i < first + count; i++) {
        bool free = flags & SQLITE_SHM_SHARED ? !shared->writer[i] || shared->writer[i] == handle
                                              : may_write(handle, i);
        if (!free)
            return SQLITE_BUSY;
    }
    for (int i = first; i < first + count; i++)
        if (flags & SQLITE_SHM_EXCLUSIVE)
            shared->writer[i] = handle;
        else
            shared->readers[i] += !(handle->reads & 1U << i);
    if (flags & SQLITE_SHM_EXCLUSIVE)
        handle->writes |= mask;
    else
        handle->reads |= mask;
    return SQLITE_OK;
}

static void disk_barrier(sqlite3_file *base)
{
    (void)base;
}

/* What a dead process did to the index while it was taken down, it never did. */
static void undo_death(struct shared *shared)
{
    for (int i = 0; i < SHM_REGIONS; i++) {
        if (!shared->before_death[i])
            continue;
        memcpy(shared->regions[i], shared->before_death[i], shared->region_size);
        free(shared->before_death[i]);
        shared->before_death[i] = NULL;
    }
}

static int disk_unmap(sqlite3_file *base, int delete)
{
    (void)delete; /* the first to map it again finds it empty either way */
    struct handle *handle = (struct handle *)base;
    struct shared *shared = &handle->file->shared;
    if (!handle->maps)
        return SQLITE_OK;
    release_shared(handle, ~0U);
    handle->maps = false;
    if (handle->dead)
        undo_death(shared);
    if (--shared->users > 0)
        return SQLITE_OK;
    for (int i = 0; i < SHM_REGIONS; i++) {
        free(shared->regions[i]);
        shared->regions[i] = NULL;
    }
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = disk_close,
    .xRead = disk_read,
    .xWrite = disk_write,
    .xTruncate = disk_truncate,
    .xSync = disk_sync,
    .xFileSize = disk_size,
    .xLock = disk_lock,
    .xUnlock = disk_unlock,
    .xCheckReservedLock = disk_reserved,
    .xFileControl = disk_control,
    .xSectorSize = disk_sector,
    .xDeviceCharacteristics = disk_character,
    .xShmMap = disk_map,
    .xShmLock = disk_lock_shared,
    .xShmBarrier = disk_barrier,
    .xShmUnmap = disk_unmap,
};

/* --- the file system ------------------------------------------------------------------------------------------- */

static int disk_open(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out_flags)
{
    (void)vfs;
    struct disk *disk = the_disk;
    struct handle *handle = (struct handle *)base;
    base->pMethods = NULL;
    struct file *file = path ? find_file(disk, path) : NULL;
    bool there = file && file->exists;
    /* The program makes its database itself, empty, before SQLite is asked to open it. */
    if (!path || (!there && !(flags & (SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB))))
        return SQLITE_CANTOPEN;
    if (meet(disk, DISK_OPEN, path, NULL) != DISK_FINE)
        return SQLITE_CANTOPEN;
    *handle = (struct handle){.base = {&methods},
        .file = make_file(disk, path),
        .process = disk->running,
        .next = disk->handles};
    disk->handles = handle;
    if (out_flags)
        *out_flags = flags;
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
    (void)vfs, (void)sync;
    struct file *file = find_file(the_disk, path);
    if (!file || !file->exists)
        return SQLITE_IOERR_DELETE_NOENT;
    if (meet(the_disk, DISK_DELETE, path, NULL) != DISK_FINE)
        return SQLITE_IOERR_DELETE;
    delete_file(file);
    return SQLITE_OK;
}

static int disk_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    (void)vfs, (void)flags;
    const struct file *file = find_file(the_disk, path);
    *out = file && file->exists && (file->now.length > 0 || flags != SQLITE_ACCESS_EXISTS);
    return SQLITE_OK;
}

static int disk_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
    (void)vfs;
    return str_copy(out, (size_t)size, path) ? SQLITE_OK : SQLITE_CANTOPEN;
}

/* Nobody else runs while one waits here, so waiting takes no time. */
static int disk_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

static int disk_randomness(sqlite3_vfs *vfs, int count, char *out)
{
    (void)vfs;
    memset(out, 0, (size_t)count);
    return count;
}

static int disk_time(sqlite3_vfs *vfs, double *out)
{
    (void)vfs;
    *out = 2461000.5;
    return SQLITE_OK;
}

/* --- for the tests ----------------------------------------------------------------------------------------------- */

struct disk *disk_create(void)
{
    struct disk *disk = mem_alloc(sizeof *disk);
    disk->usual = sqlite3_vfs_find(NULL);
    disk->vfs = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = sizeof(struct handle),
        .mxPathname = DISK_PATH - 1,
        .zName = "simulated",
        .xOpen = disk_open,
        .xDelete = disk_delete,
        .xAccess = disk_access,
        .xFullPathname = disk_full_path,
        .xRandomness = disk_randomness,
        .xSleep = disk_sleep,
        .xCurrentTime = disk_time,
    };
    the_disk = disk;
    sqlite3_vfs_register(&disk->vfs, 1);
    return disk;
}

static void forget_saved(struct disk *disk)
{
    for (struct saved *next; disk->saved; disk->saved = next) {
        next = disk->saved->next;
        bytes_finish(&disk->saved->bytes);
        free(disk->saved);
    }
}

void disk_format(struct disk *disk)
{
    if (disk->handles)
        abort();
    for (struct file *next, *file = disk->files; file; file = next) {
        next = file->next;
        forget_changes(file);
        bytes_finish(&file->now);
        bytes_finish(&file->synced);
        free(file->changes);
        free(file);
    }
    disk->files = NULL;
    memset(disk->killed, 0, sizeof disk->killed);
}

void disk_destroy(struct disk *disk)
{
    disk_format(disk);
    forget_saved(disk);
    sqlite3_vfs_unregister(&disk->vfs);
    sqlite3_vfs_register(disk->usual, 1);
    the_disk = NULL;
    free(disk);
}

void disk_save(struct disk *disk)
{
    forget_saved(disk);
    for (const struct file *file = disk->files; file; file = file->next) {
        if (!file->exists)
            continue;
        struct saved *saved = mem_alloc(sizeof *saved);
        str_copy(saved->path, sizeof saved->path, file->path);
        bytes_copy(&saved->bytes, &file->now);
        saved->next = disk->saved;
        disk->saved = saved;
    }
}

void disk_restore(struct disk *disk)
{
    disk_format(disk);
    for (const struct saved *saved = disk->saved; saved; saved = saved->next) {
        struct file *file = make_file(disk, saved->path);
        bytes_copy(&file->now, &saved->bytes);
        bytes_copy(&file->synced, &saved->bytes);
    }
}

const void *disk_file(struct disk *disk, const char *path, size_t *length)
{
    const struct file *file = find_file(disk, path);
    *length = file && file->exists ? file->now.length : 0;
    return *length ? file->now.data : NULL;
}

void disk_watch(struct disk *disk,
    enum disk_fault (*ask)(void *self, enum disk_call call, const char *path), void *self)
{
    disk->ask = ask;
    disk->ask_self = self;
}

void disk_between(struct disk *disk, void (*between)(void *self), void *self)
{
    disk->between = between;
    disk->between_self = self;
}

int disk_run_as(struct disk *disk, int process)
{
    int before = disk->running;
    disk->running = process;
    return before;
}

static void remember_shared(struct shared *shared)
{
    for (int i = 0; i < SHM_REGIONS; i++) {
        if (!shared->regions[i] || shared->before_death[i])
            continue;
        shared->before_death[i] = mem_alloc(shared->region_size);
        memcpy(shared->before_death[i], shared->regions[i], shared->region_size);
    }
}

void disk_kill(struct disk *disk, int process)
{
    if (disk->killed[process])
        return;
    disk->killed[process] = true;
    for (struct handle *handle = disk->handles; handle; handle = handle->next) {
        if (handle->process != process)
            continue;
        release_shared(handle, ~0U);
        set_lock(handle, SQLITE_LOCK_NONE);
        handle->dead = true;
        if (handle->maps)
            remember_shared(&handle->file->shared);
    }
}

bool disk_killed(const struct disk *disk, int process)
{
    return disk->killed[process];
}

void disk_revive(struct disk *disk, int process)
{
    for (const struct handle *handle = disk->handles; handle; handle = handle->next)
        if (handle->process == process)
            abort();
    disk->killed[process] = false;
}

/* Each sector of what was written and not synced is there or not. */
static void tear(struct file *file, struct random *random, unsigned chance)
{
    for (size_t i = 0; i < file->change_count; i++) {
        const struct change *change = &file->changes[i];
        if (!change->data) {
            if (random_below(random, 1000) < chance)
                bytes_resize(&file->synced, change->offset);
            continue;
        }
        for (size_t at = 0; at < change->length;) {
            size_t end = (change->offset + at) / SECTOR * SECTOR + SECTOR - change->offset;
            if (end > change->length)
                end = change->length;
            if (random_below(random, 1000) < chance)
                bytes_put(&file->synced, change->offset + at, change->data + at, end - at);
            at = end;
        }
    }
    forget_changes(file);
    bytes_copy(&file->now, &file->synced);
}

void disk_power_cut(struct disk *disk, struct random *random, unsigned chance)
{
    for (int process = 0; process < DISK_PROCESSES; process++)
        disk_kill(disk, process);
    for (struct file *file = disk->files; file; file = file->next)
        tear(file, random, chance);
}

uint64_t disk_calls(const struct disk *disk, enum disk_call call)
{
    return disk->calls[call];
}
