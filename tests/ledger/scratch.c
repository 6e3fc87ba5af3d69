#include "scratch.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <dirent.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct scratch scratch;

int scratch_folder(void **state)
{
    scratch = (struct scratch){.folder = "/tmp/tourdesk-ledger-XXXXXX"};
    if (!mkdtemp(scratch.folder))
        return -1;
    str_print(scratch.data, sizeof scratch.data, "%s/data", scratch.folder);
    str_print(scratch.file, sizeof scratch.file, "%s/ledger.db", scratch.data);
    *state = &scratch;
    return 0;
}

int scratch_open(void **state)
{
    if (scratch_folder(state) != 0)
        return -1;
    scratch.ledger = open_ledger(scratch.data);
    return 0;
}

static void remove_folder(const char *path)
{
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        char name[512];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        str_print(name, sizeof name, "%s/%s", path, entry->d_name);
        if (unlink(name) != 0)
            remove_folder(name);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

int scratch_close(void **state)
{
    (void)state;
    ledger_close(scratch.ledger);
    scratch.ledger = NULL;
    remove_folder(scratch.folder);
    return 0;
}

struct ledger *open_ledger(const char *folder)
{
    struct error error = {""};
    struct ledger *ledger = ledger_open(folder, &error);
    if (!ledger)
        fail_msg("cannot open: %s", error.text);
    return ledger;
}

struct operation booking(
    const char *id, const char *first, const char *email, const char *phone, instant start)
{
    struct operation operation = {.kind = OPERATION_BOOK, .state = STATE_SAVED};
    str_copy(operation.id, sizeof operation.id, id);
    str_copy(operation.tour_id, sizeof operation.tour_id, id);
    str_copy(operation.community_id, ID_SIZE, "c1");
    str_copy(operation.agent, AGENT_SIZE, "sam");
    operation.created_at = operation.updated_at = operation.send_after = 1000;
    str_copy(operation.booking.profile.first_name, NAME_SIZE, first);
    str_copy(operation.booking.profile.email, EMAIL_SIZE, email);
    str_copy(operation.booking.profile.phone, PHONE_SIZE, phone);
    operation.booking.start = (struct stamp){.at = start, .offset = -28800};
    stamp_format(operation.booking.start, operation.booking.start_text);
    operation.booking.end = start + 30 * MINUTE;
    return operation;
}

static struct operation child(
    const char *id, enum operation_kind kind, const struct operation *booking)
{
    struct operation operation = {.kind = kind, .state = STATE_SAVED};
    str_copy(operation.id, sizeof operation.id, id);
    str_copy(operation.tour_id, sizeof operation.tour_id, booking->id);
    str_copy(operation.community_id, ID_SIZE, booking->community_id);
    str_copy(operation.appointment_id, ID_SIZE, booking->appointment_id);
    str_copy(operation.prospect_id, ID_SIZE, booking->prospect_id);
    operation.created_at = operation.updated_at = booking->created_at + 1;
    return operation;
}

struct operation cancel_of(const char *id, const struct operation *booking)
{
    return child(id, OPERATION_CANCEL, booking);
}

struct operation visit_of(const char *id, const struct operation *booking)
{
    return child(id, OPERATION_VISIT, booking);
}

void keep(struct ledger *ledger, const struct operation *operation)
{
    struct error error = {""};
    if (!ledger_add(ledger, operation, &error))
        fail_msg("%s was not kept: %s", operation->id, error.text);
}

void move_to(struct ledger *ledger, struct operation *operation, enum operation_state state,
    instant at, const char *id)
{
    struct error error = {""};
    enum operation_state was = operation->state;
    operation->state = state;
    operation->updated_at = at;
    if (id)
        str_copy(
            operation->kind == OPERATION_VISIT ? operation->visit_id : operation->appointment_id,
            ID_SIZE, id);
    if (ledger_update(ledger, operation, was, &error) != FOUND_ONE)
        fail_msg("%s was not moved: %s", operation->id, error.text);
}

struct tour tour_of(struct ledger *ledger, const char *id)
{
    struct tour tour;
    struct error error = {""};
    if (ledger_tour(ledger, id, &tour, &error) != FOUND_ONE)
        fail_msg("no tour %s: %s", id, error.text);
    return tour;
}

const char *ask_file(const struct scratch *at, const char *sql)
{
    static char answer[4096];
    sqlite3 *db;
    sqlite3_stmt *statement = NULL;
    answer[0] = '\0';
    if (sqlite3_open_v2(at->file, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    if (sqlite3_step(statement) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        str_copy(answer, sizeof answer, text ? text : "");
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return answer;
}

char *file_bytes(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    struct str bytes = {0};
    char block[4096];
    if (!file)
        fail_msg("cannot read %s", path);
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        str_add_bytes(&bytes, block, n);
    fclose(file);
    *length = bytes.length;
    return str_take(&bytes);
}

void put_file(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (!file || (length && fwrite(bytes, length, 1, file) != 1) || fclose(file) != 0)
        fail_msg("cannot write %s", path);
}

static pid_t waiter;

static bool asleep(pid_t thread)
{
    char path[64], line[256] = "", state = '?';
    str_print(path, sizeof path, "/proc/self/task/%d/stat", (int)thread);
    FILE *file = fopen(path, "r");
    bool read = file && fgets(line, sizeof line, file);
    if (file)
        fclose(file);
    const char *name_end = strrchr(line, ')');
    return read && name_end && sscanf(name_end, ") %c", &state) == 1 && state == 'S';
}

static void *commit_then(void *db)
{
    while (!asleep(waiter))
        sched_yield();
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    return NULL;
}

pthread_t commit_when_waited_for(sqlite3 *db)
{
    pthread_t thread;
    waiter = gettid();
    if (pthread_create(&thread, NULL, commit_then, db) != 0)
        fail_msg("no thread");
    return thread;
}
