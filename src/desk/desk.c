/* The desk: its screens and their stack, and the one function that changes it. */
#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"

#include <stdlib.h>
#include <string.h>

enum { AGE_STEP = 5 * SECOND /* how often the age of a young list is shown anew */ };

static const struct screen *const screens[SCREENS] = {
    [SCREEN_CALENDAR] = &calendar_screen,
    [SCREEN_BOARD] = &board_screen,
    [SCREEN_TOURS] = &tours_screen,
    [SCREEN_COMMUNITIES] = &communities_screen,
    [SCREEN_PERSON] = &person_screen,
    [SCREEN_SEARCH] = &search_screen,
    [SCREEN_MESSAGES] = &messages_screen,
    [SCREEN_RESULTS] = &results_screen,
    [SCREEN_HANDOVER] = &handover_screen,
    [SCREEN_SWEEP] = &sweep_screen,
    [SCREEN_HELP] = &help_screen,
    [SCREEN_BOOK] = &book_screen,
    [SCREEN_MOVE] = &move_screen,
    [SCREEN_CANCEL] = &cancel_screen,
    [SCREEN_VISIT] = &visit_screen,
    [SCREEN_WALK_IN] = &walk_in_screen,
    [SCREEN_CALL] = &call_screen,
    [SCREEN_SETTLE] = &settle_screen,
    [SCREEN_QUESTION] = &question_screen,
    [SCREEN_LIST] = &list_screen,
    [SCREEN_ENTRY] = &entry_screen,
    [SCREEN_PROMPT] = &prompt_screen,
};

/* --- commands ------------------------------------------------------------------------------------- */

void command_list_finish(struct command_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        command_destroy(list->items[i]);
    free(list->items);
    *list = (struct command_list){0};
}

struct command *desk_command(struct desk *desk, enum command_kind kind, struct command_list *out)
{
    struct command *command = command_create(kind);
    command->token = ++desk->last_token;
    str_copy(command->community_id, ID_SIZE, desk_office(desk)->community->id);
    str_copy(command->agent, AGENT_SIZE, desk->agent);
    out->items = mem_grow(out->items, &out->capacity, out->count + 1, sizeof *out->items);
    out->items[out->count++] = command;
    return command;
}

struct command *desk_tour_command(
    struct desk *desk, enum command_kind kind, const struct tour *tour, struct command_list *out)
{
    struct command *command = desk_command(desk, kind, out);
    str_copy(command->community_id, ID_SIZE, tour->community_id);
    str_copy(command->tour_id, OPERATION_ID_SIZE, tour->id);
    return command;
}

/* --- communities -------------------------------------------------------------------------------------- */

const struct office *desk_office(const struct desk *desk)
{
    return &desk->offices[desk->office];
}

struct office *desk_office_of(struct desk *desk, const char *community_id)
{
    for (size_t i = 0; i < desk->community_count; i++)
        if (strcmp(desk->communities[i].id, community_id) == 0)
            return &desk->offices[i];
    return NULL;
}

const struct community *desk_community(const struct desk *desk, const char *id)
{
    const struct community *community =
        community_find(desk->communities, desk->community_count, id);
    return community ? community : desk_office(desk)->community;
}

const struct zone *desk_zone(const struct desk *desk)
{
    return desk_office(desk)->community->zone;
}

const struct zone *desk_zone_of(const struct desk *desk, const struct tour *tour)
{
    return desk_community(desk, tour->community_id)->zone;
}

void desk_change_office(struct desk *desk, size_t index, struct command_list *out)
{
    desk->office = index;
    desk->calendar.placed = false;
    desk->calendar.focus = zone_date(desk_zone(desk), desk->now);
    desk->calendar.focus_tour[0] = '\0';
    tour_list_finish(&desk->calendar.tours); /* they are the other community's */
    reads_slots(desk, index, out);
    reads_sources(desk, index, out);
    forms_sources_changed(desk); /* a draft goes on with this community's */
    desk->calendar.tours_token = 0;
    desk_list_again(desk, out);
    calendar_place(desk);
}

/* --- the stack of screens ---------------------------------------------------------------------- */

const struct screen *desk_screen_of(enum screen_id id)
{
    return screens[id];
}

enum screen_id desk_screen(const struct desk *desk)
{
    return desk->stack[desk->depth - 1];
}

enum screen_id desk_base_screen(const struct desk *desk)
{
    int at = desk->depth - 1;
    while (at > 0 && screens[desk->stack[at]]->floats)
        at--;
    return desk->stack[at];
}

enum context desk_context(const struct desk *desk)
{
    return screens[desk_screen(desk)]->context;
}

bool desk_takes_text(const struct desk *desk)
{
    return screens[desk_screen(desk)]->takes_text && !desk->hidden;
}

void desk_close(struct desk *desk, enum screen_id screen)
{
    int kept = 1;
    for (int i = 1; i < desk->depth; i++)
        if (desk->stack[i] != screen)
            desk->stack[kept++] = desk->stack[i];
    desk->depth = kept;
}

/* Opens above what is there. One that is open already comes up: none stands in the stack twice, so that the
 * stack is never full. */
void desk_push(struct desk *desk, enum screen_id screen)
{
    desk_close(desk, screen);
    desk->stack[desk->depth++] = screen;
}

bool desk_is_open(const struct desk *desk, enum screen_id screen)
{
    for (int i = 0; i < desk->depth; i++)
        if (desk->stack[i] == screen)
            return true;
    return false;
}

void desk_pop(struct desk *desk)
{
    if (desk->depth > 1)
        desk->depth--;
}

/* As "back" would, down to the page below everything: what is typed in a form becomes its draft. */
static void close_all(struct desk *desk, struct command_list *out)
{
    while (desk->depth > 1) {
        const struct screen *screen = screens[desk_screen(desk)];
        desk_pop(desk);
        if (screen->closed)
            screen->closed(desk, out);
    }
}

void desk_show(struct desk *desk, enum screen_id page, struct command_list *out)
{
    if (page <= SCREEN_COMMUNITIES) {
        close_all(desk, out);
        desk->stack[0] = page;
    } else {
        desk_push(desk, page);
    }
    if (screens[page]->opened)
        screens[page]->opened(desk, out);
    board_list(desk, out); /* what the top line counts, and several pages show */
    if (screens[page]->changed)
        screens[page]->changed(desk, out);
}

void desk_list_again(struct desk *desk, struct command_list *out)
{
    board_list(desk, out);
    for (int i = 0; i < desk->depth; i++)
        if (screens[desk->stack[i]]->changed)
            screens[desk->stack[i]]->changed(desk, out);
}

const struct tour *desk_selected(const struct desk *desk)
{
    const struct screen *screen = screens[desk_base_screen(desk)];
    return screen->selected ? screen->selected(desk) : NULL;
}

bool desk_peeks(const struct desk *desk, const struct tour *tour)
{
    return desk->peek_until > desk->now && strcmp(desk->peeked, tour->id) == 0;
}

/* What was moved has no row any more: what is open of it stands by itself (loose.h). */
static int count_tours(const struct desk *desk, bool (*counts)(enum operation_state state))
{
    const struct tour_list *tours = &desk->board.tours;
    int count = 0;
    for (size_t i = 0; i < tours->count; i++) {
        const struct tour *tour = &tours->items[i];
        bool any = counts(tour->booking) || counts(tour->cancel) || counts(tour->visit);
        count += any && !tour->replaced_by[0];
    }
    return count;
}

static bool is_unsent(enum operation_state state)
{
    return state == STATE_SAVED || state == STATE_SENDING;
}

static bool is_unknown(enum operation_state state)
{
    return state == STATE_UNKNOWN;
}

int desk_unsent(const struct desk *desk)
{
    return count_tours(desk, is_unsent) + loose_count(desk, is_unsent);
}

int desk_unknown(const struct desk *desk)
{
    return count_tours(desk, is_unknown) + loose_count(desk, is_unknown);
}

bool desk_awaits(struct desk *desk, uint64_t token)
{
    if (token)
        desk_say(desk, TONE_WAITING, "Saving. A moment: the last one is not kept yet.");
    return token != 0;
}

/* --- messages ------------------------------------------------------------------------------------------ */

void desk_act(struct desk *desk, enum action action, const char *argument, struct command_list *out)
{
    const struct screen *screen = screens[desk_screen(desk)];
    desk->argument = argument && *argument ? argument : NULL;
    bool done = screen->act && screen->act(desk, action, out);
    if (!done && !act_on_loose(desk, action, out) && !act_on_tour(desk, action, out))
        act_everywhere(desk, action, out);
    desk->argument = NULL;
}

static void take_text(struct desk *desk, const struct message *message, struct command_list *out)
{
    const struct screen *screen = screens[desk_screen(desk)];
    bool pasted = message->kind == MESSAGE_PASTE;
    if (screen->text)
        screen->text(desk, message->text, message->length, pasted, out);
    else if (screen->form)
        form_type(desk, screen->form(desk), message->text, message->length);
    else if (pasted)
        desk_say(desk, TONE_PLAIN, "Nothing here takes pasted text.");
    else
        desk_say(desk, TONE_PLAIN, "%s does nothing here; ? shows the keys.", message->text);
}

/* True while something is typed or asked that no other page may cover: its keys would act behind it. */
static bool is_busy(const struct desk *desk)
{
    bool form = false;
    for (int i = 0; i < desk->depth; i++)
        form |= screens[desk->stack[i]]->context == CONTEXT_FORM;
    return form || screens[desk_screen(desk)]->floats;
}

static void take_click(struct desk *desk, const struct message *message, struct command_list *out)
{
    static const enum action tabs[] = {
        ACTION_CALENDAR, ACTION_BOARD, ACTION_TOURS, ACTION_COMMUNITIES};
    const struct screen *screen = screens[desk_screen(desk)];
    int tab = message->item - ITEM_TAB;
    if (message->item == ITEM_NOTICE) {
        if (!is_busy(desk))
            act_everywhere(desk, ACTION_MESSAGES, out);
    } else if (tab >= 0 && tab < (int)(sizeof tabs / sizeof *tabs)) {
        act_everywhere(desk, tabs[tab], out);
    } else if (screen->click && message->item >= 0) {
        screen->click(desk, message->item, message->twice, out);
    } else if (screen->form && message->item >= 0) {
        form_click(desk, screen->form(desk), message->item);
    }
}

static void unlock(struct desk *desk, const char *text, struct command_list *out)
{
    (void)out;
    desk->locked = false;
    if (!str_blank(text))
        str_copy(desk->agent, sizeof desk->agent, text);
}

/* The first key after hiding only shows the screen again; after a lock it asks who is there. */
static void unhide(struct desk *desk)
{
    desk->hidden = false;
    if (desk_is_open(desk, SCREEN_ENTRY) && desk->entry.done != unlock)
        desk->locked = false; /* what is typed there must not get lost */
    if (!desk->locked)
        return;
    entry_open(desk, "Who is here?", NULL, unlock);
    str_copy(desk->entry.text, sizeof desk->entry.text, "Initials; Enter alone goes on as before.");
    editor_set(&desk->entry.editor, desk->agent);
}

static void tick(struct desk *desk, struct command_list *out)
{
    const struct screen *screen = screens[desk_screen(desk)];
    reads_tick(desk, out);
    drafts_tick(desk, out);
    if (screen->tick)
        screen->tick(desk, out);
    if (screen->form)
        form_check(desk, screen->form(desk)); /* what was to come may be past now */
    instant lock_at = desk->touched_at + (instant)desk->lock_minutes * MINUTE;
    if (desk->lock_minutes > 0 && desk->now >= lock_at)
        desk->hidden = desk->locked = true;
}

static void take_input(struct desk *desk, const struct message *message, struct command_list *out)
{
    desk->touched_at = desk->now;
    if (desk->hidden) {
        unhide(desk);
        return;
    }
    notice_passes(desk);
    switch (message->kind) {
    case MESSAGE_ACTION: desk_act(desk, message->action, message->text, out); break;
    case MESSAGE_CLICK: take_click(desk, message, out); break;
    default: take_text(desk, message, out); break;
    }
    drafts_touched(desk);
}

void desk_update(struct desk *desk, const struct message *message, struct command_list *out)
{
    desk->now = message->now;
    switch (message->kind) {
    case MESSAGE_ACTION:
    case MESSAGE_TEXT:
    case MESSAGE_PASTE:
    case MESSAGE_CLICK: take_input(desk, message, out); break;
    case MESSAGE_NO_KEY:
        desk->touched_at = desk->now;
        if (desk->hidden)
            unhide(desk);
        else
            desk_say(desk, TONE_PLAIN, "%s does nothing here; ? shows the keys.", message->text);
        break;
    case MESSAGE_RESIZE:
        desk->rows = message->rows;
        desk->cols = message->cols;
        break;
    case MESSAGE_CLOCK: tick(desk, out); break;
    case MESSAGE_REPORT: reports_take(desk, message->report, out); break;
    }
    if (desk->locked && desk_screen(desk) != SCREEN_ENTRY)
        desk->hidden = true; /* the question who is here was left without an answer */
}

static instant earlier(instant a, instant b)
{
    return a < b ? a : b;
}

instant desk_next_tick(const struct desk *desk)
{
    const struct slot_list *slots = &desk_office(desk)->slots[CALENDAR_SELF_GUIDED];
    instant now = desk->now;
    instant next = earlier((now / MINUTE + 1) * MINUTE, reads_next_tick(desk));
    instant age = now - slots->checked_at;
    bool shown = desk_base_screen(desk) == SCREEN_CALENDAR || desk_base_screen(desk) == SCREEN_BOOK;
    if (shown && !desk->hidden && slots->checked_at && age < MINUTE)
        next = earlier(next, now + AGE_STEP - age % AGE_STEP);
    if (desk->undo.kind == UNDO_OPERATION)
        next = earlier(next, now + SECOND);
    if (desk->peek_until > now)
        next = earlier(next, desk->peek_until);
    if (desk->draft_due)
        next = earlier(next, desk->draft_due);
    instant lock_at = desk->touched_at + (instant)desk->lock_minutes * MINUTE;
    if (desk->lock_minutes > 0 && lock_at > now)
        next = earlier(next, lock_at);
    return next;
}

/* --- life ----------------------------------------------------------------------------------------- */

static void init_forms(struct desk *desk)
{
    book_init(desk);
    move_init(desk);
    cancel_init(desk);
    visit_init(desk);
    walk_in_init(desk);
    call_init(desk);
}

static void init_settings(struct desk *desk, const struct desk_settings *settings)
{
    desk->communities = settings->communities;
    desk->community_count = settings->community_count;
    desk->offices = mem_alloc(settings->community_count * sizeof *desk->offices);
    for (size_t i = 0; i < settings->community_count; i++)
        desk->offices[i].community = &settings->communities[i];
    desk->own_zone = settings->own_zone;
    str_copy(desk->profile, sizeof desk->profile, settings->profile);
    desk->environment = settings->environment;
    str_copy(desk->agent, sizeof desk->agent, settings->agent);
    desk->undo_seconds = settings->undo_seconds;
    desk->lock_minutes = settings->lock_minutes;
    desk->theme_names = settings->theme_names;
    desk->theme_count = settings->theme_count;
    desk->theme = settings->theme;
    desk->now = desk->touched_at = settings->now;
}

struct desk *desk_create(const struct desk_settings *settings, struct command_list *out)
{
    struct desk *desk = mem_alloc(sizeof *desk);
    init_settings(desk, settings);
    desk->rows = 24;
    desk->cols = 80;
    desk->online = true;
    desk->stack[0] = SCREEN_CALENDAR;
    desk->depth = 1;
    init_forms(desk);
    desk_change_office(desk, settings->first, out);
    desk->greeting_token = desk->loose.token; /* what was left unsent is said once */
    drafts_read(desk, out);
    return desk;
}

void desk_greet(struct desk *desk, const char *words)
{
    desk_say(desk, TONE_TROUBLE, "%s", words);
}

static void finish_offices(struct desk *desk)
{
    for (size_t i = 0; i < desk->community_count; i++) {
        struct office *office = &desk->offices[i];
        for (int calendar = 0; calendar < CALENDARS; calendar++)
            slot_list_finish(&office->slots[calendar]);
        source_list_finish(&office->sources);
        free(office->gone);
    }
    free(desk->offices);
}

static void finish_lists(struct desk *desk)
{
    tour_list_finish(&desk->calendar.tours);
    tour_list_finish(&desk->board.tours);
    loose_list_finish(&desk->loose.list);
    tour_list_finish(&desk->tours.tours);
    tour_list_finish(&desk->search.page.tours);
    tour_list_finish(&desk->book.guest.tours);
    tour_list_finish(&desk->walk_in.guest.tours);
    person_finish(&desk->person.person);
    hold_list_finish(&desk->holds);
    for (int i = 0; i < desk->results.count; i++)
        slot_list_finish(&desk->results.items[i].slots);
    free(desk->sweep.ids);
    free(desk->sweep.done);
    free(desk->list.items);
}

static void finish_forms(struct desk *desk)
{
    form_finish(&desk->book.form);
    form_finish(&desk->move.form);
    form_finish(&desk->cancel.form);
    form_finish(&desk->visit.form);
    form_finish(&desk->walk_in.form);
    form_finish(&desk->call.form);
    editor_finish(&desk->search.editor);
    editor_finish(&desk->help.editor);
    editor_finish(&desk->entry.editor);
    editor_finish(&desk->prompt.editor);
}

void desk_destroy(struct desk *desk)
{
    if (!desk)
        return;
    finish_offices(desk);
    finish_lists(desk);
    finish_forms(desk);
    notice_clear(desk);
    str_finish(&desk->copied);
    free(desk);
}
