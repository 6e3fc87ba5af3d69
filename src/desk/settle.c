/* An unknown outcome: what was found out about it, and the one word that settles it. Never by guessing. */
#include "internal.h"

#include "tourdesk/tour/say.h"

#include <ctype.h>
#include <string.h>

/* --- looking it up ---------------------------------------------------------------------------------- */

/* The operation of a tour whose outcome is unknown; "" if there is none. */
static const char *unknown_of(const struct tour *tour, enum operation_kind *kind)
{
    *kind = OPERATION_BOOK;
    if (tour->booking == STATE_UNKNOWN)
        return tour->id;
    *kind = OPERATION_CANCEL;
    if (tour->cancel == STATE_UNKNOWN)
        return tour->cancel_id;
    *kind = OPERATION_VISIT;
    return tour->visit == STATE_UNKNOWN ? tour->visit_operation_id : "";
}

/* A command about the operation, which need not have a tour. */
static struct command *command_about(
    struct desk *desk, enum command_kind kind, struct command_list *out)
{
    const struct settle_state *settle = &desk->settle;
    struct command *command = desk_command(desk, kind, out);
    str_copy(command->community_id, ID_SIZE, settle->operation.community_id);
    str_copy(command->tour_id, OPERATION_ID_SIZE, settle->tour.id);
    str_copy(command->operation_id, OPERATION_ID_SIZE, settle->operation.id);
    return command;
}

/* Opens on an outcome that is unknown, and asks what was found out about it. */
static void open_on(struct desk *desk, const struct operation *operation, const struct tour *tour,
    struct command_list *out)
{
    desk->settle = (struct settle_state){.operation = *operation, .tour = *tour};
    desk_push(desk, SCREEN_SETTLE);
    desk->settle.token = command_about(desk, COMMAND_LIST_OPERATIONS, out)->token;
}

void settle_open(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    struct operation operation = {.state = STATE_UNKNOWN};
    const char *id = unknown_of(tour, &operation.kind);
    if (!*id) {
        desk_say(desk, TONE_PLAIN, "Nothing about this tour is unknown.");
        return;
    }
    str_copy(operation.id, OPERATION_ID_SIZE, id);
    str_copy(operation.community_id, ID_SIZE, tour->community_id);
    open_on(desk, &operation, tour, out);
}

void settle_loose(struct desk *desk, const struct loose *loose, struct command_list *out)
{
    open_on(desk, &loose->operation, &loose->tour, out);
}

static void take_evidence(struct settle_state *settle, const struct report *report)
{
    settle->evidence_count = report->evidence_count;
    memcpy(settle->evidence, report->evidence, sizeof settle->evidence);
}

/* It was settled elsewhere meanwhile: there is nothing to ask any more. */
static void close_settled(struct desk *desk)
{
    if (desk->settle.operation.state == STATE_UNKNOWN || desk_screen(desk) != SCREEN_SETTLE)
        return;
    desk_pop(desk);
    desk_say(desk, TONE_PLAIN, "It is %s now: nothing is left to settle.",
        state_word(desk->settle.operation.state));
}

bool settle_take(struct desk *desk, struct report *report)
{
    struct settle_state *settle = &desk->settle;
    if (!report->token || report->token != settle->token)
        return false;
    settle->token = 0;
    if (report->operation_count != 1) {
        desk_say(desk, TONE_TROUBLE, "%s.",
            report->trouble.text[0] ? report->trouble.text : "nothing more is known about it");
        return true;
    }
    settle->operation = report->operations[0];
    if (report->tours.count == 1 && report->tours.items[0].id[0])
        settle->tour = report->tours.items[0];
    take_evidence(settle, report);
    close_settled(desk);
    return true;
}

void settle_operation(struct desk *desk, const struct report *report)
{
    struct settle_state *settle = &desk->settle;
    if (!desk_is_open(desk, SCREEN_SETTLE) ||
        strcmp(report->operation->id, settle->operation.id) != 0)
        return;
    settle->operation = *report->operation;
    if (report->tour)
        settle->tour = *report->tour;
    take_evidence(settle, report);
    close_settled(desk);
}

/* --- what there is to say ------------------------------------------------------------------------------ */

static const struct zone *zone_of(const struct desk *desk)
{
    return desk_community(desk, desk->settle.operation.community_id)->zone;
}

/* What the last looks said, taken together; one that has nothing to say leaves it to the one before. */
static enum speaks evidence_speaks(const struct settle_state *settle)
{
    for (size_t i = 0; i < settle->evidence_count; i++)
        if (settle->evidence[i].speaks != SPEAKS_NOTHING)
            return settle->evidence[i].speaks;
    return SPEAKS_NOTHING;
}

static void say_evidence(const struct desk *desk, struct str *out)
{
    char clock[SAY_SIZE];
    const struct settle_state *settle = &desk->settle;
    const struct zone *zone = zone_of(desk);
    for (size_t i = settle->evidence_count; i-- > 0;) {
        const struct evidence *evidence = &settle->evidence[i];
        say_moment(clock, zone, evidence->at, desk->now);
        str_addf(out, "%s: %s.\n", clock, evidence->words);
    }
    if (settle->evidence_count == 0 && settle->operation.kind == OPERATION_BOOK)
        str_add(out, "Nothing was found out yet; Knock is asked by itself.\n");
}

/* A call is at its own time, a visit and a cancel at their tour's where that is known here. */
static instant moment_of(const struct settle_state *settle)
{
    bool own = settle->operation.kind == OPERATION_CALL || !settle->tour.id[0];
    return own ? loose_at(&settle->operation, &settle->tour) : settle->tour.start.at;
}

static void say_question(const struct desk *desk, struct str *out)
{
    char moment[SAY_SIZE];
    const struct settle_state *settle = &desk->settle;
    say_moment(moment, zone_of(desk), moment_of(settle), desk->now);
    switch (settle->operation.kind) {
    case OPERATION_BOOK:
        if (settle->tour.email[0])
            str_addf(out, "Ask: \"Has a confirmation e-mail from %s arrived?\"\n",
                desk_community(desk, settle->operation.community_id)->name);
        else
            str_add(
                out, "Look in Knock: no e-mail address was given that could be confirmed to.\n");
        str_addf(out, "In Knock their page would show an appointment on %s.\n", moment);
        break;
    case OPERATION_CANCEL:
        if (settle->tour.id[0]) {
            str_addf(
                out, "In Knock their appointment on %s would be shown as cancelled.\n", moment);
            break;
        }
        str_add(out, "In Knock ");
        loose_number(out, &settle->operation);
        str_add(out, " would be shown as cancelled.\n");
        break;
    case OPERATION_CALL:
        str_addf(out, "In Knock their page would show a call on %s.\n", moment);
        break;
    default: str_addf(out, "In Knock their page would show a visit on %s.\n", moment); break;
    }
}

static void say_safe(const struct desk *desk, struct str *out)
{
    static const char *const safe[OPERATION_KINDS] = {
        [OPERATION_CANCEL] = "Sending a cancel again is safe.\n",
        [OPERATION_VISIT] =
            "Send it again only if Knock shows no visit: a second one would count twice.\n",
        [OPERATION_CALL] =
            "Send it again only if Knock shows no call: a second one would stand there twice.\n",
    };
    const struct settle_state *settle = &desk->settle;
    if (safe[settle->operation.kind])
        str_add(out, safe[settle->operation.kind]);
    else if (settle->tour.start.at <= desk->now)
        str_add(out, "The time has passed: it cannot be booked again.\n");
    else if (evidence_speaks(settle) == SPEAKS_FOR)
        str_add(out, "It probably happened. Sending it again may replace the tour with itself and "
                     "write to them twice.\n");
    else if (evidence_speaks(settle) == SPEAKS_AGAINST)
        str_addf(out, "Send it again only if %sKnock shows no appointment.\n",
            settle->tour.email[0] ? "they have no e-mail and " : "");
    else
        str_add(
            out, "Not safe to send again before they or Knock have said that it is not there.\n");
}

void desk_settle_words(const struct desk *desk, struct str *out)
{
    say_evidence(desk, out);
    say_question(desk, out);
    say_safe(desk, out);
}

/* --- the word ---------------------------------------------------------------------------------------------- */

static struct command *settle_by(struct desk *desk, enum settle_word word, struct command_list *out)
{
    struct command *command = command_about(desk, COMMAND_SETTLE, out);
    command->word = word;
    while (desk_is_open(desk, SCREEN_SETTLE))
        desk_pop(desk);
    return command;
}

static bool check_number(struct desk *desk, const char *text)
{
    size_t length = strlen(text);
    bool ok = length < ID_SIZE;
    for (size_t i = 0; i < length && ok; i++)
        ok = isalnum((unsigned char)text[i]) || strchr("-_ ", text[i]);
    if (!ok)
        str_copy(desk->entry.note, sizeof desk->entry.note,
            "A number of Knock's has letters and digits only.");
    return ok;
}

static void it_is_booked(struct desk *desk, const char *text, struct command_list *out)
{
    struct command *command = settle_by(desk, SETTLE_BOOKED, out);
    size_t used = 0;
    for (; *text && used + 1 < ID_SIZE; text++)
        if (*text != ' ')
            command->appointment_id[used++] = *text;
}

static void it_happened(struct desk *desk, struct command_list *out)
{
    if (desk->settle.operation.kind != OPERATION_BOOK) {
        settle_by(desk, SETTLE_BOOKED, out);
        return;
    }
    entry_open(desk, "It is booked: its number at Knock?", check_number, it_is_booked);
    desk->entry.tour = desk->settle.tour;
    str_copy(desk->entry.text, sizeof desk->entry.text,
        desk->settle.tour.prospect_id[0]
            ? "From Knock or the e-mail. Without it, Enter alone: then this tour can only be "
              "cancelled in Knock itself."
            : "From Knock or the e-mail. Without it, Enter alone: then this tour can only be "
              "cancelled, and its visit only be logged, in Knock itself.");
}

static void send_again(struct desk *desk, struct command_list *out)
{
    settle_by(desk, SETTLE_NOT_BOOKED, out);
}

static void stay(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk_say(desk, TONE_PLAIN, "Nothing was sent. It is still unknown.");
}

/* What is asked before something that may be there already is sent again. */
static const char *const doubts[OPERATION_KINDS] = {
    [OPERATION_BOOK] =
        "What was found out says that it probably happened.\n"
        "Sent again, Knock may replace the tour with itself and write to them twice.",
    [OPERATION_VISIT] = "If the first one did arrive, Knock counts this visit twice.",
    [OPERATION_CALL] = "If the first one did arrive, the call stands at Knock twice.",
};

/* Against what was found out it takes a second word. */
static void it_did_not(struct desk *desk, struct command_list *out)
{
    const struct settle_state *settle = &desk->settle;
    bool book = settle->operation.kind == OPERATION_BOOK;
    if (settle->token) {
        desk_say(desk, TONE_PLAIN, "A moment: what was found out is not here yet.");
        return;
    }
    if (book && settle->tour.start.at <= desk->now) {
        desk_say(desk, TONE_PLAIN, "The time has passed: it cannot be booked again. d lets it be.");
        return;
    }
    const char *doubt = doubts[settle->operation.kind];
    if (!doubt || (book && evidence_speaks(settle) != SPEAKS_FOR)) {
        send_again(desk, out);
        return;
    }
    struct question *question = &desk->question;
    *question = (struct question){.tour = settle->tour};
    str_copy(question->title, sizeof question->title, "Send it again?");
    str_copy(question->text, sizeof question->text, doubt);
    question_add(question, 'y', "send it again", send_again);
    question_add(question, 'n', "leave it unknown", stay);
    question_open(desk);
}

static void drop(struct desk *desk, struct command_list *out)
{
    settle_by(desk, SETTLE_DROP, out);
}

/* It is over with this word, so that it takes a second one against what was found out. */
static void not_wanted(struct desk *desk, struct command_list *out)
{
    const struct settle_state *settle = &desk->settle;
    if (settle->token) {
        desk_say(desk, TONE_PLAIN, "A moment: what was found out is not here yet.");
        return;
    }
    if (settle->operation.kind != OPERATION_BOOK || evidence_speaks(settle) != SPEAKS_FOR) {
        drop(desk, out);
        return;
    }
    struct question *question = &desk->question;
    *question = (struct question){.tour = settle->tour};
    str_copy(question->title, sizeof question->title, "Is it surely not booked?");
    str_copy(question->text, sizeof question->text,
        "What was found out says that it probably is. Let be here, it would stand at Knock and "
        "nobody would know.");
    question_add(question, 'y', "it is not booked: let it be", drop);
    question_add(question, 'n', "leave it unknown", stay);
    question_open(desk);
}

static void leave(struct desk *desk, struct command_list *out)
{
    settle_by(desk, SETTLE_LEAVE, out);
    desk_say(
        desk, TONE_PLAIN, "Left for the handover. It is still unknown, and is not sent again.");
}

/* --- the screen ---------------------------------------------------------------------------------------------- */

static void (*answer_of(char key))(struct desk *desk, struct command_list *out)
{
    switch (key) {
    case 'b':
    case 'y': return it_happened;
    case 'n': return it_did_not;
    case 'd': return not_wanted;
    case 'l': return leave;
    default: return NULL;
    }
}

static void say_keys(struct desk *desk)
{
    desk_say(desk, TONE_PLAIN,
        "b it happened, n it did not: again, d it did not: no more, l leaves it.");
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    void (*answer)(struct desk *, struct command_list *) =
        length == 1 && !pasted ? answer_of(*typed) : NULL;
    if (answer)
        answer(desk, out);
    else
        say_keys(desk);
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    (void)out;
    if (action == ACTION_OPEN)
        say_keys(desk);
    return action == ACTION_OPEN;
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    static const char keys[] = "bndl";
    (void)twice;
    if (item >= 0 && item < (int)sizeof keys - 1)
        answer_of(keys[item])(desk, out);
}

static const struct tour *selected(const struct desk *desk)
{
    return &desk->settle.tour;
}

const struct screen settle_screen = {
    .context = CONTEXT_QUESTION,
    .floats = true,
    .takes_text = true,
    .act = act,
    .text = text,
    .click = click,
    .selected = selected,
};
