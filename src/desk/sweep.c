/* The sweep: every tour of today and before that nobody has logged, one at a time. */
#include "internal.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

static const struct tour *find(const struct desk *desk, int index)
{
    return tour_list_find(&desk->board.tours, desk->sweep.ids[index]);
}

/* A visit that has left is not asked about again. */
static bool visit_left(const struct tour *tour)
{
    return tour->visit == STATE_SENDING || tour->visit == STATE_CONFIRMED ||
           tour->visit == STATE_UNKNOWN;
}

/* False for what another desk has settled since the list was made. */
static bool is_asked_about(const struct tour *tour)
{
    return tour && tour_stands(tour) && !visit_left(tour) && !tour->done_in_knock;
}

/* --- the list ---------------------------------------------------------------------------------------- */

/* In the order of the days and hours at which they were. */
static int by_start(const void *a, const void *b)
{
    const struct tour *x = *(const struct tour *const *)a, *y = *(const struct tour *const *)b;
    if (x->start.at != y->start.at)
        return x->start.at < y->start.at ? -1 : 1;
    return strcmp(x->id, y->id);
}

static void collect(struct desk *desk)
{
    struct sweep_state *sweep = &desk->sweep;
    struct board board;
    desk_board(desk, &board);
    size_t count = 0;
    const struct tour **tours = mem_alloc((board.count + 1) * sizeof *tours);
    for (size_t i = 0; i < board.count; i++)
        if (board.rows[i].section == BOARD_UNLOGGED)
            tours[count++] = board.rows[i].tour;
    qsort(tours, count, sizeof *tours, by_start);
    free(sweep->ids);
    free(sweep->done);
    *sweep = (struct sweep_state){.count = (int)count};
    sweep->ids = mem_alloc((count + 1) * sizeof *sweep->ids);
    sweep->done = mem_alloc((count + 1) * sizeof *sweep->done);
    for (size_t i = 0; i < count; i++)
        str_copy(sweep->ids[i], OPERATION_ID_SIZE, tours[i]->id);
    free(tours);
    board_finish(&board);
}

static void say_summary(struct desk *desk)
{
    int counts[SWEPT_LATER + 1] = {0};
    const struct sweep_state *sweep = &desk->sweep;
    for (int i = 0; i < sweep->count; i++)
        counts[sweep->done[i]]++;
    desk_say(desk, TONE_GOOD, "Through: %d came, %d no-show, %d still here, %d left for later.",
        counts[SWEPT_CAME], counts[SWEPT_NO_SHOW], counts[SWEPT_HERE], counts[SWEPT_LATER]);
}

/* Goes to the next that still wants a word, from where it is on; past the last one is the summary. */
static void settle_on(struct desk *desk)
{
    struct sweep_state *sweep = &desk->sweep;
    while (sweep->at < sweep->count && !is_asked_about(find(desk, sweep->at)))
        sweep->at++;
    if (sweep->at < sweep->count)
        sweep->tour = *find(desk, sweep->at);
    else
        say_summary(desk);
}

static void answered(struct desk *desk, enum swept swept)
{
    desk->sweep.done[desk->sweep.at++] = swept;
    settle_on(desk);
}

void sweep_take(struct desk *desk, const struct tour *tour)
{
    if (strcmp(desk->sweep.tour.id, tour->id) == 0)
        desk->sweep.tour = *tour;
}

void sweep_logged(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    const struct sweep_state *sweep = &desk->sweep;
    (void)out;
    if (desk_is_open(desk, SCREEN_SWEEP) && sweep->at < sweep->count &&
        strcmp(sweep->ids[sweep->at], tour->id) == 0)
        answered(desk, SWEPT_CAME);
}

/* --- answers -------------------------------------------------------------------------------------------- */

static void came(struct desk *desk, struct command_list *out)
{
    visit_open(desk, &desk->sweep.tour, out);
}

static void no_show(struct desk *desk, struct command_list *out)
{
    mark_tour(desk, &desk->sweep.tour, MARK_NO_SHOW, 0, NULL, out);
    answered(desk, SWEPT_NO_SHOW);
}

static void still_here(struct desk *desk, struct command_list *out)
{
    mark_tour(desk, &desk->sweep.tour, MARK_ARRIVED, desk->now, NULL, out);
    answered(desk, SWEPT_HERE);
}

static bool check_why(struct desk *desk, const char *text)
{
    bool ok = !str_blank(text);
    if (!ok)
        str_copy(
            desk->entry.note, sizeof desk->entry.note, "A word why, so that the next shift knows.");
    return ok;
}

static void leave_it(struct desk *desk, const char *text, struct command_list *out)
{
    const struct sweep_state *sweep = &desk->sweep;
    mark_tour(desk, &desk->entry.tour, MARK_LATER, 0, text, out);
    if (sweep->at < sweep->count && strcmp(sweep->ids[sweep->at], desk->entry.tour.id) == 0)
        answered(desk, SWEPT_LATER);
}

static void later(struct desk *desk, struct command_list *out)
{
    (void)out;
    entry_open(desk, "Why later?", check_why, leave_it);
    desk->entry.tour = desk->sweep.tour;
    str_copy(
        desk->entry.text, sizeof desk->entry.text, "It stays on the board and in the handover.");
    str_copy(desk->entry.empty, sizeof desk->entry.empty, "waiting for the unit, ask Sam");
}

/* --- stepping back ---------------------------------------------------------------------------------------- */

static void unmark(struct desk *desk, enum mark_kind kind, struct command_list *out)
{
    struct command *command = desk_tour_command(desk, COMMAND_UNMARK, &desk->sweep.tour, out);
    command->mark.kind = kind;
    desk->marking.token = command->token;
    desk->marking.kind = kind;
    desk->marking.back = true;
    desk->undo = (struct undo){.kind = UNDO_NOTHING};
}

static void take_back_visit(struct desk *desk, struct command_list *out)
{
    const struct tour *tour = &desk->sweep.tour;
    struct command *command = desk_tour_command(desk, COMMAND_WITHDRAW, tour, out);
    str_copy(command->operation_id, OPERATION_ID_SIZE, tour->visit_operation_id);
}

/* The one before that can be asked about again: a visit that has left stays. -1 if there is none. */
static int one_before(const struct desk *desk)
{
    int at = desk->sweep.at - 1;
    while (at >= 0 && !is_asked_about(find(desk, at)))
        at--;
    return at;
}

static void step_back(struct desk *desk, struct command_list *out)
{
    struct sweep_state *sweep = &desk->sweep;
    int at = one_before(desk);
    if (at < 0) {
        desk_say(desk, TONE_PLAIN, "Nothing before this can be asked again: what was sent stays.");
        return;
    }
    enum swept swept = sweep->done[at];
    sweep->at = at;
    sweep->tour = *find(desk, at);
    sweep->done[at] = SWEPT_NOT;
    switch (swept) {
    case SWEPT_NOT: break;
    case SWEPT_CAME: take_back_visit(desk, out); break;
    case SWEPT_NO_SHOW: unmark(desk, MARK_NO_SHOW, out); break;
    case SWEPT_HERE: unmark(desk, MARK_ARRIVED, out); break;
    case SWEPT_LATER: unmark(desk, MARK_LATER, out); break;
    }
}

/* --- the screen --------------------------------------------------------------------------------------------- */

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    static void (*const doers[ACTION_KINDS])(struct desk * desk, struct command_list * out) = {
        [ACTION_SWEEP_CAME] = came,
        [ACTION_SWEEP_NO_SHOW] = no_show,
        [ACTION_SWEEP_HERE] = still_here,
        [ACTION_SWEEP_LATER] = later,
        [ACTION_SWEEP_BACK] = step_back,
    };
    if (!doers[action])
        return false;
    if (action != ACTION_SWEEP_BACK && desk->sweep.at >= desk->sweep.count)
        desk_say(desk, TONE_PLAIN, "That was the last one. Esc goes back.");
    else
        doers[action](desk, out);
    return true;
}

static void opened(struct desk *desk, struct command_list *out)
{
    (void)out;
    collect(desk);
    if (desk->sweep.count > 0)
        settle_on(desk);
    else
        desk_say(desk, TONE_GOOD, "Every tour that is over is logged.");
}

static void closed(struct desk *desk, struct command_list *out)
{
    (void)out;
    int left = desk->sweep.count - desk->sweep.at;
    if (left > 0)
        desk_say(desk, TONE_PLAIN, "%d not asked about yet; they stay on the board.", left);
}

static const struct tour *selected(const struct desk *desk)
{
    return desk->sweep.at < desk->sweep.count ? &desk->sweep.tour : NULL;
}

const struct screen sweep_screen = {
    .context = CONTEXT_SWEEP,
    .act = act,
    .opened = opened,
    .closed = closed,
    .selected = selected,
};
