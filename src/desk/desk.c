#include "internal.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/tell.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    POLL = 60 * SECOND,    /* how old a shown slot list may grow before it is asked for again */
    POLL_SPREAD = 15,      /* seconds by which desks keep apart */
    AGE_STEP = 5 * SECOND, /* how often the age of a young list is shown anew */
};

static const struct screen *const screens[SCREENS] = {
    [SCREEN_CALENDAR] = &calendar_screen,
    [SCREEN_TOURS] = &tours_screen,
    [SCREEN_BOOK] = &book_screen,
    [SCREEN_VISIT] = &visit_screen,
    [SCREEN_LIST] = &list_screen,
    [SCREEN_QUESTION] = &question_screen,
    [SCREEN_HELP] = &help_screen,
};

/* --- small things --------------------------------------------------------------------------- */

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

const struct office *desk_office(const struct desk *desk)
{
    return &desk->offices[desk->office];
}

const struct zone *desk_zone(const struct desk *desk)
{
    return desk_office(desk)->community->zone;
}

struct office *desk_office_of(struct desk *desk, const char *community_id)
{
    for (size_t i = 0; i < desk->community_count; i++)
        if (strcmp(desk->communities[i].id, community_id) == 0)
            return &desk->offices[i];
    return NULL;
}

/* --- the stack of screens ---------------------------------------------------------------------- */

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
    const struct screen *screen = screens[desk_screen(desk)];
    return screen->takes_text && screen->takes_text(desk);
}

void desk_push(struct desk *desk, enum screen_id screen)
{
    if (desk->depth < STACK)
        desk->stack[desk->depth++] = screen;
}

void desk_pop(struct desk *desk)
{
    if (desk->depth > 1)
        desk->depth--;
}

/* --- the notice -------------------------------------------------------------------------------- */

static void clear_notice(struct notice *notice)
{
    free(notice->operation);
    free(notice->tour);
    *notice = (struct notice){0};
}

void desk_say(struct desk *desk, enum tone tone, const char *format, ...)
{
    struct str words = {0};
    va_list args;
    va_start(args, format);
    str_addv(&words, format, args);
    va_end(args);
    clear_notice(&desk->notice);
    desk->notice.tone = tone;
    text_clean_copy(desk->notice.text, sizeof desk->notice.text, str_text(&words));
    str_finish(&words);
}

void desk_notice(const struct desk *desk, struct str *out)
{
    const struct notice *notice = &desk->notice;
    if (notice->operation) {
        const struct community *community = community_find(
            desk->communities, desk->community_count, notice->operation->community_id);
        const struct zone *zone = community ? community->zone : desk_zone(desk);
        tell_operation(out, notice->operation, notice->tour, zone, desk->now);
        if (strcmp(notice->operation->id, desk->undoable) == 0)
            str_add(out, " u takes it back, ! sends it now.");
    }
    if (notice->text[0])
        str_addf(out, "%s%s", notice->operation ? " " : "", notice->text);
}

static enum tone tone_of(enum operation_state state)
{
    switch (state) {
    case STATE_CONFIRMED: return TONE_GOOD;
    case STATE_SAVED:
    case STATE_SENDING: return TONE_WAITING;
    case STATE_WITHDRAWN: return TONE_PLAIN;
    default: return TONE_TROUBLE;
    }
}

/* --- reading ----------------------------------------------------------------------------------- */

void desk_read_slots(struct desk *desk, size_t index, struct command_list *out)
{
    struct office *office = &desk->offices[index];
    if (office->slots_token)
        return;
    struct command *command = desk_command(desk, COMMAND_READ_SLOTS, out);
    str_copy(command->community_id, ID_SIZE, office->community->id);
    office->slots_token = command->token;
    office->asked_at = desk->now;
}

static void read_sources(struct desk *desk, size_t index, struct command_list *out)
{
    struct office *office = &desk->offices[index];
    if (office->sources_token || (office->sources.count && !office->sources.stale))
        return;
    struct command *command = desk_command(desk, COMMAND_READ_SOURCES, out);
    str_copy(command->community_id, ID_SIZE, office->community->id);
    office->sources_token = command->token;
}

static void list_again(struct desk *desk, struct command_list *out)
{
    calendar_list(desk, out);
    tours_list(desk, out);
}

void desk_change_office(struct desk *desk, size_t index, struct command_list *out)
{
    desk->office = index;
    desk->calendar.placed = false;
    desk->calendar.focus = zone_date(desk_zone(desk), desk->now);
    desk_read_slots(desk, index, out);
    read_sources(desk, index, out);
    list_again(desk, out);
    calendar_place(desk);
}

/* --- reports ------------------------------------------------------------------------------------- */

static void take_slots(struct desk *desk, struct report *report)
{
    struct office *office = desk_office_of(desk, report->community_id);
    if (!office || report->calendar != CALENDAR_SELF_GUIDED)
        return;
    if (!report->more && report->token == office->slots_token)
        office->slots_token = 0;
    office->trouble = report->trouble;
    if (report->more && office->slots.checked_at)
        return; /* what is shown is no older than the snapshot */
    if (report->slots.stale && office->slots.checked_at >= report->slots.checked_at) {
        office->slots.stale = true;
        return;
    }
    slot_list_finish(&office->slots);
    office->slots = report->slots;
    report->slots = (struct slot_list){0};
    if (office == desk_office(desk)) {
        calendar_place(desk);
        book_slots_changed(desk);
    }
}

static void take_sources(struct desk *desk, struct report *report)
{
    struct office *office = desk_office_of(desk, report->community_id);
    if (!office)
        return;
    if (!report->more)
        office->sources_token = 0;
    if (report->sources.count == 0)
        return;
    /* Forms hold the titles by reference: swap the list, then let them find their places again. */
    struct source_list old = office->sources;
    office->sources = report->sources;
    report->sources = (struct source_list){0};
    if (office == desk_office(desk))
        book_sources_changed(desk);
    source_list_finish(&old);
}

static void take_tours(struct desk *desk, struct report *report)
{
    struct tour_list *place = NULL;
    if (report->token == desk->calendar.tours_token)
        place = &desk->calendar.tours;
    else if (report->token == desk->tours.token)
        place = &desk->tours.tours;
    if (report->trouble.text[0])
        desk_say(desk, TONE_TROUBLE, "%s", report->trouble.text);
    if (!place)
        return;
    tour_list_finish(place);
    *place = report->tours;
    report->tours = (struct tour_list){0};
}

static void put_tour(struct tour_list *list, const struct tour *tour)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].id, tour->id) == 0) {
            list->items[i] = *tour;
            return;
        }
    *tour_list_add(list) = *tour;
}

/* Nothing less than a second old, or about something else, hides a word that staff must read. */
static bool may_replace_notice(const struct desk *desk, const struct report *report)
{
    const struct operation *shown = desk->notice.operation;
    if (!shown || strcmp(shown->id, report->operation->id) == 0)
        return true;
    return tone_of(report->operation->state) >= desk->notice.tone || state_settled(shown->state);
}

static void take_operation(struct desk *desk, struct report *report, struct command_list *out)
{
    const struct operation *operation = report->operation;
    bool waits = operation->state == STATE_SAVED && operation->reason == REASON_NONE &&
                 operation->send_after > desk->now;
    if (waits)
        str_copy(desk->undoable, sizeof desk->undoable, operation->id);
    else if (strcmp(desk->undoable, operation->id) == 0)
        desk->undoable[0] = '\0';
    book_operation(desk, report);
    visit_operation(desk, report);
    if (report->tour) {
        if (strcmp(report->tour->community_id, desk_office(desk)->community->id) == 0)
            put_tour(&desk->calendar.tours, report->tour);
        put_tour(&desk->tours.tours, report->tour);
    }
    if (may_replace_notice(desk, report)) {
        clear_notice(&desk->notice);
        desk->notice.tone = tone_of(operation->state);
        if (report->slots.count) {
            struct str times = {0};
            tell_times(&times, &report->slots, desk_zone(desk), desk->now);
            str_print(
                desk->notice.text, sizeof desk->notice.text, "Free near it: %s.", str_text(&times));
            str_finish(&times);
        }
        desk->notice.operation = report->operation;
        desk->notice.tour = report->tour;
        report->operation = NULL;
        report->tour = NULL;
    }
    if (state_settled(desk->notice.operation ? desk->notice.operation->state : STATE_SAVED)) {
        desk_read_slots(desk, desk->office, out); /* a slot was taken or came free */
        list_again(desk, out);
    }
}

static void take_stopped(struct desk *desk, struct report *report, struct command_list *out)
{
    if (!book_report(desk, report, out) && !visit_report(desk, report))
        desk_say(desk, TONE_TROUBLE, "Not done: %s.", report->trouble.text);
}

static void take_link(struct desk *desk, const struct report *report, struct command_list *out)
{
    bool back = report->online && !desk->online;
    desk->online = report->online;
    desk->link_since = report->since;
    if (back)
        desk_read_slots(desk, desk->office, out);
}

static void take_skew(struct desk *desk, const struct report *report)
{
    char length[SAY_SIZE];
    desk->skew = report->skew;
    int64_t off = llabs(report->skew);
    if (off >= MINUTE)
        desk_say(desk, TONE_TROUBLE, "This machine's clock is %s %s Knock's. Have it set right.",
            say_length(length, off), report->skew > 0 ? "ahead of" : "behind");
    else
        desk_say(desk, TONE_PLAIN, "This machine's clock agrees with Knock's again.");
}

static void take_report(struct desk *desk, struct report *report, struct command_list *out)
{
    switch (report->kind) {
    case REPORT_SLOTS: take_slots(desk, report); break;
    case REPORT_SOURCES: take_sources(desk, report); break;
    case REPORT_TOURS: take_tours(desk, report); break;
    case REPORT_OPERATION: take_operation(desk, report, out); break;
    case REPORT_STOPPED: take_stopped(desk, report, out); break;
    case REPORT_LINK: take_link(desk, report, out); break;
    case REPORT_HOLDS:
        hold_list_finish(&desk->holds);
        desk->holds = report->holds;
        report->holds = (struct hold_list){0};
        break;
    case REPORT_SKEW: take_skew(desk, report); break;
    case REPORT_CHANGED: list_again(desk, out); break;
    case REPORT_CARD:
    case REPORT_EVENTS:
    case REPORT_OPERATIONS:
    case REPORT_TOUR:
    case REPORT_PERSON:
    case REPORT_HEALTH: break; /* nobody here asks for them */
    case REPORT_TROUBLE: desk_say(desk, TONE_TROUBLE, "%s", report->trouble.text); break;
    }
    report_destroy(report);
}

/* --- actions ------------------------------------------------------------------------------------- */

static void go_to(struct desk *desk, enum screen_id screen, struct command_list *out)
{
    desk->depth = 1;
    desk->stack[0] = screen;
    list_again(desk, out);
}

static void change_community(struct desk *desk, int index, struct command_list *out)
{
    desk_change_office(desk, (size_t)index, out);
}

static void ask_community(struct desk *desk)
{
    if (desk->community_count == 1) {
        desk_say(desk, TONE_PLAIN, "There is only one community in the configuration.");
        return;
    }
    list_open(desk, "Community", change_community);
    for (size_t i = 0; i < desk->community_count; i++) {
        char line[128];
        str_print(line, sizeof line, "%s (%s time)", desk->communities[i].name,
            zone_word(desk->communities[i].zone));
        list_add(&desk->list, line);
    }
    desk->list.selected = (int)desk->office;
}

static void about_undoable(
    struct desk *desk, enum command_kind kind, const char *nothing, struct command_list *out)
{
    if (!desk->undoable[0]) {
        desk_say(desk, TONE_PLAIN, "%s", nothing);
        return;
    }
    struct command *command = desk_command(desk, kind, out);
    str_copy(command->operation_id, OPERATION_ID_SIZE, desk->undoable);
}

static void go_back(struct desk *desk, struct command_list *out)
{
    const struct screen *screen = screens[desk_screen(desk)];
    desk_pop(desk);
    if (screen->closed)
        screen->closed(desk, out);
}

static void open_help(struct desk *desk)
{
    if (desk_screen(desk) == SCREEN_HELP)
        return;
    desk->help = (struct help_state){.context = desk_context(desk)};
    desk_push(desk, SCREEN_HELP);
}

/* What an action does wherever no screen has its own idea of it. */
static void act_everywhere(struct desk *desk, enum action action, struct command_list *out)
{
    switch (action) {
    case ACTION_QUIT: desk->done = true; break;
    case ACTION_HELP: open_help(desk); break;
    case ACTION_BACK: go_back(desk, out); break;
    case ACTION_REDRAW: desk->redraws++; break;
    case ACTION_SUSPEND: desk->suspend = true; break;
    case ACTION_CALENDAR: go_to(desk, SCREEN_CALENDAR, out); break;
    case ACTION_TOURS: go_to(desk, SCREEN_TOURS, out); break;
    case ACTION_COMMUNITY: ask_community(desk); break;
    case ACTION_REFRESH:
        desk_read_slots(desk, desk->office, out);
        read_sources(desk, desk->office, out);
        list_again(desk, out);
        desk_say(desk, TONE_PLAIN, "Asking Knock again.");
        break;
    case ACTION_UNDO:
        about_undoable(desk, COMMAND_WITHDRAW, "Nothing is waiting that could be taken back.", out);
        break;
    case ACTION_SEND_NOW:
        about_undoable(desk, COMMAND_SEND_NOW, "Nothing is waiting to be sent.", out);
        break;
    default: break;
    }
}

static void no_key(struct desk *desk, const char *name)
{
    desk_say(desk, TONE_PLAIN, "%s does nothing here; ? shows the keys.", name);
}

static void tick(struct desk *desk, struct command_list *out)
{
    const struct office *office = desk_office(desk);
    int64_t spread = (int64_t)(desk->last_token * 7919 % POLL_SPREAD) * SECOND;
    if (desk_base_screen(desk) != SCREEN_TOURS && desk->now - office->asked_at >= POLL + spread)
        desk_read_slots(desk, desk->office, out);
    if (desk_screen(desk) == SCREEN_BOOK)
        form_check(desk, &desk->book.form);
    if (desk_screen(desk) == SCREEN_VISIT)
        form_check(desk, &desk->visit.form);
}

void desk_update(struct desk *desk, const struct message *message, struct command_list *out)
{
    const struct screen *screen = screens[desk_screen(desk)];
    desk->now = message->now;
    bool by_hand = message->kind <= MESSAGE_PASTE || message->kind == MESSAGE_NO_KEY;
    if (by_hand && desk->notice.tone == TONE_PLAIN && !desk->notice.operation)
        clear_notice(&desk->notice); /* it was about the key before */
    switch (message->kind) {
    case MESSAGE_ACTION:
        if (!screen->act || !screen->act(desk, message->action, out))
            act_everywhere(desk, message->action, out);
        break;
    case MESSAGE_TEXT:
    case MESSAGE_PASTE:
        if (screen->text)
            screen->text(desk, message->text, message->length, message->kind == MESSAGE_PASTE, out);
        else if (message->kind == MESSAGE_TEXT)
            no_key(desk, message->text);
        else
            desk_say(desk, TONE_PLAIN, "Nothing here takes pasted text.");
        break;
    case MESSAGE_RESIZE:
        desk->rows = message->rows;
        desk->cols = message->cols;
        break;
    case MESSAGE_CLOCK: tick(desk, out); break;
    case MESSAGE_REPORT: take_report(desk, message->report, out); break;
    case MESSAGE_NO_KEY: no_key(desk, message->text); break;
    }
}

static instant earlier(instant a, instant b)
{
    return a < b ? a : b;
}

instant desk_next_tick(const struct desk *desk)
{
    const struct office *office = desk_office(desk);
    instant now = desk->now;
    instant next = (now / MINUTE + 1) * MINUTE;
    instant age = now - office->slots.checked_at;
    if (office->slots.checked_at && age < MINUTE)
        next = earlier(next, now + AGE_STEP - age % AGE_STEP);
    if (desk->undoable[0])
        next = earlier(next, now + SECOND);
    instant poll = office->asked_at + POLL;
    return poll > now ? earlier(next, poll) : earlier(next, now + AGE_STEP);
}

/* --- life ----------------------------------------------------------------------------------------- */

struct desk *desk_create(const struct desk_settings *settings, struct command_list *out)
{
    struct desk *desk = mem_alloc(sizeof *desk);
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
    desk->now = settings->now;
    desk->rows = 24;
    desk->cols = 80;
    desk->online = true;
    desk->stack[0] = SCREEN_CALENDAR;
    desk->depth = 1;
    book_init(desk);
    visit_init(desk);
    desk_change_office(desk, settings->first, out);
    return desk;
}

void desk_greet(struct desk *desk, const char *words)
{
    desk_say(desk, TONE_TROUBLE, "%s", words);
}

void desk_destroy(struct desk *desk)
{
    if (!desk)
        return;
    for (size_t i = 0; i < desk->community_count; i++) {
        slot_list_finish(&desk->offices[i].slots);
        source_list_finish(&desk->offices[i].sources);
    }
    free(desk->offices);
    clear_notice(&desk->notice);
    tour_list_finish(&desk->calendar.tours);
    tour_list_finish(&desk->tours.tours);
    hold_list_finish(&desk->holds);
    form_finish(&desk->book.form);
    form_finish(&desk->visit.form);
    free(desk->list.items);
    free(desk);
}
