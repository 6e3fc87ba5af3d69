/* What is said: the notice on the last line but one, and the list of what was said before. */
#include "internal.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/tell.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    STAYS = 5 * SECOND,    /* how long a key cannot take away what the worker told */
    READ_IN = 15 * SECOND, /* how long trouble stands before other news takes its place */
};

void notice_clear(struct desk *desk)
{
    free(desk->notice.operation);
    free(desk->notice.tour);
    desk->notice = (struct notice){0};
}

/* A key was pressed: words that were about the key before have been read. */
void notice_passes(struct desk *desk)
{
    const struct notice *notice = &desk->notice;
    bool fresh = notice->told && desk->now - notice->at < STAYS;
    if (!notice->operation && !fresh)
        notice_clear(desk);
}

/* Keeps words for the list; the same words again only move up. */
static void remember(struct desk *desk, enum tone tone, const char *words)
{
    struct messages_state *messages = &desk->messages;
    int last = (messages->next + PAST_MESSAGES - 1) % PAST_MESSAGES;
    struct past_message *message = &messages->items[last];
    bool again =
        messages->count > 0 && strncmp(message->text, words, sizeof message->text - 4) == 0;
    if (!again) {
        message = &messages->items[messages->next];
        messages->next = (messages->next + 1) % PAST_MESSAGES;
        messages->count += messages->count < PAST_MESSAGES;
    }
    message->at = desk->now;
    message->tone = tone;
    str_copy(message->text, sizeof message->text, words);
}

void desk_say(struct desk *desk, enum tone tone, const char *format, ...)
{
    struct str words = {0};
    va_list args;
    va_start(args, format);
    str_addv(&words, format, args);
    va_end(args);
    notice_clear(desk);
    desk->notice.tone = tone;
    desk->notice.at = desk->now;
    desk->notice.told = desk->telling;
    text_clean_copy(desk->notice.text, sizeof desk->notice.text, str_text(&words));
    if (tone != TONE_PLAIN)
        remember(desk, tone, desk->notice.text);
    str_finish(&words);
}

static const struct zone *zone_of(const struct desk *desk, const struct operation *operation)
{
    return desk_community(desk, operation->community_id)->zone;
}

void desk_notice(const struct desk *desk, struct str *out)
{
    const struct notice *notice = &desk->notice;
    const struct operation *operation = notice->operation;
    if (operation) {
        struct operation told = *operation;
        if (told.state == STATE_SAVED && told.reason == REASON_NONE && !desk->online)
            told.reason = REASON_OFFLINE; /* it would be, if its undo time were over */
        tell_operation(out, &told, notice->tour, zone_of(desk, operation), desk->now);
        enum context context = desk_context(desk);
        if (desk->undo.kind == UNDO_OPERATION && action_works(ACTION_SEND_NOW, context) &&
            strcmp(operation->id, desk->undo.operation_id) == 0)
            str_add(out, " u takes it back, ! sends it now.");
    }
    if (notice->text[0])
        str_addf(out, "%s%s", operation ? " " : "", notice->text);
}

enum tone notice_tone(enum operation_state state)
{
    switch (state) {
    case STATE_CONFIRMED: return TONE_GOOD;
    case STATE_SAVED:
    case STATE_SENDING: return TONE_WAITING;
    case STATE_WITHDRAWN: return TONE_PLAIN;
    default: return TONE_TROUBLE;
    }
}

/* True where the old time of a tour was released as it should be: what is to be read is that it was moved. */
static bool goes_without_saying(const struct operation *operation, const struct tour *tour)
{
    return operation->kind == OPERATION_CANCEL && tour && tour->replaced_by[0] &&
           notice_tone(operation->state) < TONE_TROUBLE;
}

/* Nothing about something else hides a word that staff must read. */
static bool may_replace(
    const struct desk *desk, const struct operation *operation, const struct tour *tour)
{
    const struct operation *shown = desk->notice.operation;
    if (!shown || strcmp(shown->id, operation->id) == 0)
        return true;
    if (goes_without_saying(operation, tour))
        return false;
    return notice_tone(operation->state) >= desk->notice.tone || desk->notice.tone < TONE_TROUBLE ||
           desk->now - desk->notice.at > READ_IN;
}

void notice_operation(struct desk *desk, struct report *report)
{
    const struct operation *operation = report->operation;
    struct str words = {0};
    enum tone tone = notice_tone(operation->state);
    tell_operation(&words, operation, report->tour, zone_of(desk, operation), desk->now);
    if (operation->state != STATE_SENDING)
        remember(desk, tone, str_text(&words));
    str_finish(&words);
    if (!may_replace(desk, operation, report->tour))
        return;
    notice_clear(desk);
    desk->notice.tone = tone;
    desk->notice.at = desk->now;
    if (report->slots.count) {
        struct str times = {0};
        tell_times(&times, &report->slots, zone_of(desk, operation), desk->now);
        str_print(desk->notice.text, sizeof desk->notice.text,
            "Free near it: %s. B promises a call back.", str_text(&times));
        str_finish(&times);
    }
    desk->notice.operation = report->operation;
    desk->notice.tour = report->tour;
    report->operation = NULL;
    report->tour = NULL;
}
