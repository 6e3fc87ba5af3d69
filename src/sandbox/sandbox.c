#include "tourdesk/sandbox/sandbox.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/sandbox/control.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct sandbox {
    pthread_mutex_t lock;
    struct world world;
    bool control;
};

struct sandbox *sandbox_create(const struct sandbox_settings *settings, struct error *error)
{
    struct sandbox *sandbox = mem_alloc(sizeof *sandbox);
    struct world *world = &sandbox->world;
    pthread_mutex_init(&sandbox->lock, NULL);
    sandbox->control = settings->control;
    world->pace = pace_start(settings->source);
    if (settings->clock_at)
        pace_set(&world->pace, settings->clock_at);
    pace_set_speed(&world->pace, settings->speed);
    world->seed = settings->seed;
    world->faults = settings->faults;
    world->diary = settings->control ? diary_create() : NULL;
    if (world_open(world, settings->folder, settings->office_file, error))
        return sandbox;
    sandbox_destroy(sandbox);
    return NULL;
}

void sandbox_destroy(struct sandbox *sandbox)
{
    if (!sandbox)
        return;
    world_close(&sandbox->world);
    pthread_mutex_destroy(&sandbox->lock);
    free(sandbox);
}

instant sandbox_now(struct sandbox *sandbox)
{
    pthread_mutex_lock(&sandbox->lock);
    instant now = pace_now(&sandbox->world.pace);
    pthread_mutex_unlock(&sandbox->lock);
    return now;
}

void sandbox_with_office(struct sandbox *sandbox,
    void (*read)(const struct office *office, void *context), void *context)
{
    pthread_mutex_lock(&sandbox->lock);
    read(&sandbox->world.office, context);
    pthread_mutex_unlock(&sandbox->lock);
}

typedef void handler(
    struct world *world, const struct request *request, instant now, struct answer *answer);

/* One performance of a request in a transaction of its own; true if it stands. */
static bool perform(struct world *world, handler *handle, const struct request *request,
    instant now, bool keep, struct answer *answer)
{
    struct error error;
    answer_finish(answer);
    *answer = (struct answer){0};
    store_begin(world->store);
    handle(world, request, now, answer);
    if (!keep || answer->status >= 400) {
        store_rollback(world->store);
        return false;
    }
    if (store_commit(world->store, &error))
        return true;
    answer_error(answer, 500, "%s", error.text);
    return false;
}

static const struct fault *choose_fault(struct world *world, const struct request *request)
{
    char path[1024];
    size_t length = strcspn(request->target, "?");
    str_print(path, sizeof path, "%.*s", (int)(length < sizeof path ? length : sizeof path - 1),
        request->target);
    return faults_choose(&world->faults, request->method, path);
}

/* What is needed of a request once the lock is given back. */
struct task {
    bool twisted;
    struct twist twist;
    struct mangle_place place;
    int64_t sequence; /* of its diary entry; 0 = none */
};

static void take_answer(struct reply *reply, struct answer *answer)
{
    reply->status = answer->status;
    reply->allow = answer->allow;
    reply->body = answer->body;
    answer->body = (struct str){0};
}

static int64_t write_diary(struct world *world, const struct request *request,
    const struct answer *answer, const struct fault *fault, struct diary_entry *entry)
{
    if (!world->diary)
        return 0;
    str_copy(entry->method, sizeof entry->method, request->method);
    entry->path = mem_text(request->target);
    entry->body = mem_text(request->body);
    entry->key = answer->key;
    entry->key_from = answer->key_from;
    entry->own_status = entry->status = answer->status;
    entry->bytes = (int64_t)answer->body.length;
    entry->appointment = answer->appointment;
    entry->prospect = answer->prospect;
    entry->visit = answer->visit;
    if (fault)
        str_copy(entry->fault, sizeof entry->fault, fault->text);
    return diary_add(world->diary, entry);
}

/* What the Knock API answers to: faults apply, and the diary tells of it. */
static void handle_api(
    struct world *world, const struct request *request, struct reply *reply, struct task *task)
{
    struct answer answer = {0};
    instant now = pace_now(&world->pace);
    const struct fault *fault = choose_fault(world, request);
    struct diary_entry entry = {.at = now};
    for (int i = 0; i < (fault && fault->twist.duplicate ? 2 : 1); i++)
        if (perform(world, api_handle, request, now, !fault || !fault->skip, &answer)) {
            entry.applied = true;
            entry.times++;
        }
    task->sequence = write_diary(world, request, &answer, fault, &entry);
    task->twisted = fault != NULL;
    if (fault)
        task->twist = fault->twist;
    task->place = (struct mangle_place){.now = now, .tour_minutes = 30};
    if (answer.property) {
        task->place.zone = answer.property->zone;
        task->place.tour_minutes = answer.property->rules.tour_minutes;
    }
    take_answer(reply, &answer);
}

static void handle_control(struct world *world, const struct request *request, struct reply *reply)
{
    struct answer answer = {0};
    perform(world, control_handle, request, pace_now(&world->pace), true, &answer);
    take_answer(reply, &answer);
}

/* Without the lock, since some twists take long; the diary then hears what came of it. */
static void twist_reply(struct sandbox *sandbox, const struct task *task, struct reply *reply)
{
    reply_shape(reply, &task->twist, &task->place);
    if (task->sequence == 0)
        return;
    int status = reply->ending == ENDING_ANSWER ? reply->status : 0;
    pthread_mutex_lock(&sandbox->lock);
    diary_correct(sandbox->world.diary, task->sequence, status, (int64_t)reply_bytes(reply));
    pthread_mutex_unlock(&sandbox->lock);
}

void sandbox_handle(struct sandbox *sandbox, const struct request *request, struct reply *reply)
{
    struct task task = {0};
    *reply = reply_none();
    pthread_mutex_lock(&sandbox->lock);
    if (sandbox->control && control_owns(request->target))
        handle_control(&sandbox->world, request, reply);
    else
        handle_api(&sandbox->world, request, reply, &task);
    pthread_mutex_unlock(&sandbox->lock);
    if (task.twisted)
        twist_reply(sandbox, &task, reply);
}
