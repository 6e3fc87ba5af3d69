#include "faults.h"

static const struct {
    const char *words;
    unsigned calls; /* bits of enum disk_call; none = preparing */
    enum disk_fault fault;
    bool lasts;
} faults[FAULTS] = {
    [FAULT_REFUSED] = {"a statement refused", 0, DISK_FINE, false},
    [FAULT_READ] = {"a read", 1U << DISK_READ | 1U << DISK_OPEN, DISK_FAILS, false},
    [FAULT_WRITE] = {"a write", 1U << DISK_WRITE | 1U << DISK_TRUNCATE, DISK_FAILS, false},
    [FAULT_FULL] = {"no room", 1U << DISK_WRITE, DISK_FULL, true},
    [FAULT_FLUSH] = {"a flush", 1U << DISK_SYNC, DISK_LOSES, false},
};

struct bench bench;

static struct {
    bool armed;
    enum fault fault;
    long at;
} next;

/* True if this is the one, or one behind it where the fault lasts. */
static bool meets(void)
{
    if (!next.armed)
        return false;
    bench.passed++;
    return next.at > 0 &&
           (bench.passed == next.at || (faults[next.fault].lasts && bench.passed > next.at));
}

static enum disk_fault meet(void *self, enum disk_call call, const char *path)
{
    (void)self, (void)path;
    if (!(faults[next.fault].calls & 1U << call) || !meets())
        return DISK_FINE;
    return faults[next.fault].fault;
}

static int refuse(
    void *self, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)self, (void)a, (void)b, (void)c, (void)d;
    if (next.fault != FAULT_REFUSED || action == SQLITE_READ || action == SQLITE_FUNCTION)
        return SQLITE_OK; /* a column here, a function there: one for each statement is enough */
    return meets() ? SQLITE_DENY : SQLITE_OK;
}

/* A ledger has hardly any memory for pages, so that it asks the disk for each. */
static int take_hold(sqlite3 *db, const char **words, const void *api)
{
    (void)words, (void)api;
    sqlite3_set_authorizer(db, refuse, NULL);
    return next.armed ? SQLITE_OK : sqlite3_exec(db, "PRAGMA cache_size = 1", NULL, NULL, NULL);
}

bool faults_set_up(void)
{
    void *scratch;
    if (scratch_folder(&scratch) != 0)
        return false;
    bench.scratch = scratch;
    bench.disk = disk_create();
    disk_watch(bench.disk, meet, NULL);
    return sqlite3_auto_extension((void (*)(void))take_hold) == SQLITE_OK;
}

int faults_tear_down(void)
{
    void *scratch = bench.scratch;
    faults_disarm();
    bench_end();
    sqlite3_reset_auto_extension();
    disk_destroy(bench.disk);
    return scratch_close(&scratch);
}

void faults_arm(enum fault fault, long at)
{
    next.fault = fault;
    next.at = at;
    next.armed = true;
    bench.passed = 0;
}

void faults_disarm(void)
{
    next.armed = false;
}

const char *fault_words(enum fault fault)
{
    return faults[fault].words;
}

bool fault_of_disk(enum fault fault)
{
    return faults[fault].calls != 0;
}

void bench_begin(void)
{
    faults_disarm();
    bench_end();
    disk_restore(bench.disk);
    bench.ledger = open_ledger(bench.scratch->data);
}

void bench_end(void)
{
    ledger_close(bench.ledger);
    bench.ledger = NULL;
}
