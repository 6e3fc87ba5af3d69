/* A simulated disk under SQLite: files in memory, shared by simulated processes that can be killed, on a machine
 * whose power can fail, with a fault at any call.
 *
 * It is SQLite's default VFS from disk_create() to disk_destroy(), so the ledger's own code runs on it
 * unchanged. What a process wrote is seen by all at once, as in a page cache; what the disk holds for sure
 * is what was synced. Everything happens on one thread.
 */
#ifndef TOURDESK_TESTS_SOAK_DISK_H
#define TOURDESK_TESTS_SOAK_DISK_H

#include "tourdesk/base/random.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DISK_PROCESSES = 16 };

struct disk;

enum disk_call {
    DISK_OPEN,
    DISK_READ,
    DISK_WRITE,
    DISK_SYNC,
    DISK_TRUNCATE,
    DISK_DELETE,
    DISK_CALLS,
};

enum disk_fault {
    DISK_FINE,
    DISK_FAILS, /* an I/O error; nothing is done */
    DISK_FULL,  /* no room; nothing is done */
    DISK_TORN,  /* an I/O error after half of it */
    DISK_LOSES, /* of a sync: an I/O error, and what was to be synced never reaches the disk */
    DISK_DIES_BEFORE, /* the process is killed: before, in the middle of, or right after the call */
    DISK_DIES_WITHIN,
    DISK_DIES_AFTER,
};

struct disk *disk_create(void);
void disk_destroy(struct disk *disk);

/* Takes all files away; nobody may have one open. */
void disk_format(struct disk *disk);

/* Keeps the files as they are now for disk_restore(), which gives a formatted disk with them, synced. */
void disk_save(struct disk *disk);
void disk_restore(struct disk *disk);

/* What a file holds as processes see it; NULL where there is none. Good until the next call to the disk. */
const void *disk_file(struct disk *disk, const char *path, size_t *length);

/* Asked before each call; NULL = all is well. */
void disk_watch(struct disk *disk,
    enum disk_fault (*ask)(void *self, enum disk_call call, const char *path), void *self);

/* Called whenever a process is about to begin a transaction and so holds no lock: the moment at which another
 * one may come first. NULL = never. */
void disk_between(struct disk *disk, void (*between)(void *self), void *self);

/* Whose calls come from here on; returns whose they were. */
int disk_run_as(struct disk *disk, int process);

/* From now on every call of the process fails, and its locks are gone. Whoever simulates it must close what it
 * has open before another process goes on, and then revive it. */
void disk_kill(struct disk *disk, int process);
bool disk_killed(const struct disk *disk, int process);
void disk_revive(struct disk *disk, int process);

/* All processes die; the disk is left with what was synced and, of what was written since, each sector or not
 * (`chance` of a thousand that it got there). */
void disk_power_cut(struct disk *disk, struct random *random, unsigned chance);

/* How often each call was made since the disk was made. */
uint64_t disk_calls(const struct disk *disk, enum disk_call call);

#endif
