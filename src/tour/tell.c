#include "tourdesk/tour/tell.h"

#include "tourdesk/tour/say.h"

#include <stdio.h>
#include <string.h>

/* Ends a sentence; a short name has its full stop already. */
static void end_sentence(struct str *out)
{
    if (out->length == 0 || out->data[out->length - 1] != '.')
        str_add_char(out, '.');
}

/* The number that a subject without a tour and a name is known by. */
static const char *number_in_subject(const struct operation *operation)
{
    return operation->appointment_id[0] ? operation->appointment_id : operation->prospect_id;
}

/* True for a booking that moves a tour, and for the cancel that releases its old time. */
static bool is_move(const struct operation *operation)
{
    return operation->kind == OPERATION_BOOK && operation->booking.moves[0];
}

static bool is_release(const struct operation *operation, const struct tour *tour)
{
    return operation->kind == OPERATION_CANCEL && tour && tour->replaced_by[0];
}

/* Who and when: "Ana N. for Tue 24 Nov 2:30 pm Pacific" where it is booked, else with a comma; a walk-in
 * that is being registered has no time to tell, and a call one of its own. */
static void add_subject(struct str *out, const struct operation *operation, const struct tour *tour,
    const struct zone *zone, instant now)
{
    char name[SHORT_NAME_SIZE], moment[SAY_SIZE];
    const struct profile *profile = &operation->booking.profile;
    if (operation->kind == OPERATION_CALL) {
        if (tour)
            short_name(tour->first_name, tour->last_name, name);
        str_addf(out, "%s%s, %s %s", tour ? "" : "prospect ", tour ? name : operation->prospect_id,
            say_moment(moment, zone, operation->calling.start.at, now), zone_word(zone));
    } else if (tour && operation->kind != OPERATION_REGISTER) {
        short_name(tour->first_name, tour->last_name, name);
        const char *how = is_move(operation)                  ? " to"
                          : operation->kind == OPERATION_BOOK ? " for"
                          : tour->kind == TOUR_WALK_IN        ? ", walk-in of"
                                                              : ",";
        str_addf(out, "%s%s %s %s", name, how, say_moment(moment, zone, tour->start.at, now),
            zone_word(zone));
    } else if (profile->first_name[0] || profile->last_name[0]) {
        short_name(profile->first_name, profile->last_name, name);
        str_add(out, name);
    } else {
        str_addf(out, "%s %s", operation->appointment_id[0] ? "appointment" : "prospect",
            number_in_subject(operation));
        instant visited = operation->visiting.visit_time.at;
        if (operation->kind == OPERATION_VISIT && visited)
            str_addf(out, ", %s %s", say_moment(moment, zone, visited, now), zone_word(zone));
    }
}

/* What is asked of Knock, in the words of each state. */
struct verbs {
    const char *doing;   /* saved, sending: "Saved: booking ..." */
    const char *done;    /* confirmed */
    const char *undone;  /* refused */
    const char *whether; /* unknown: "Unknown whether it was ..." */
};

static const struct verbs *verbs_of(const struct operation *operation, const struct tour *tour)
{
    static const struct verbs kinds[OPERATION_KINDS] = {
        [OPERATION_BOOK] = {"booking", "Booked", "Not booked", "booked"},
        [OPERATION_CANCEL] = {"cancelling", "Cancelled", "Not cancelled", "cancelled"},
        [OPERATION_VISIT] = {"visit of", "Logged the visit of", "Visit not logged",
            "logged as a visit"},
        [OPERATION_REGISTER] = {"registering", "Registered", "Not registered", "registered"},
        [OPERATION_CALL] = {"call with", "Logged the call with", "Call not logged",
            "logged as a call"},
    };
    static const struct verbs move = {"moving", "Moved", "Not moved", "moved"};
    static const struct verbs release = {"releasing the old time of", "Released the old time of",
        "Old time not released", "released"};
    return is_move(operation)            ? &move
           : is_release(operation, tour) ? &release
                                         : &kinds[operation->kind];
}

static void add_number(struct str *out, const struct operation *operation, bool subject_has_it)
{
    const char *number = operation->kind == OPERATION_VISIT      ? operation->visit_id
                         : operation->kind == OPERATION_REGISTER ? operation->prospect_id
                         : operation->kind == OPERATION_CALL     ? operation->calling.call_id
                                                                 : operation->appointment_id;
    if (*number && !(subject_has_it && strcmp(number, number_in_subject(operation)) == 0))
        str_addf(out, ", number %s", number);
}

static void add_units(struct str *out, const struct visiting *visit)
{
    for (size_t i = 0; i < visit->unit_count; i++)
        str_addf(out, "%s%s", i == 0 ? ", units " : ", ", visit->units[i]);
}

/* Why it stands where it stands. Where it is about a key, which one (knock-api Q15); a booking that was
 * refused before the person was known may have been so for either. */
static const char *why_words(const struct operation *operation, const struct tour *tour)
{
    if (operation->reason == REASON_BOOKING_FAILED && tour && tour->kind == TOUR_WALK_IN)
        return "the registration it belongs to did not come to be";
    if (operation->reason == REASON_NOT_KNOWN && operation->http_status == 0)
        return "its number at Knock is not known here";
    if (operation->reason != REASON_KEY)
        return reason_words(operation->reason);
    if (operation->http_status == 0)
        return "there is no key to send it with";
    if (operation->kind == OPERATION_VISIT || operation->kind == OPERATION_REGISTER ||
        operation->kind == OPERATION_CALL)
        return "Knock did not accept the prospect key";
    if (operation->kind == OPERATION_CANCEL || operation->prospect_id[0])
        return "Knock did not accept the appointment key";
    return reason_words(REASON_KEY);
}

static void add_why(struct str *out, const struct operation *operation, const struct tour *tour)
{
    if (operation->reason != REASON_NONE)
        str_addf(out, ": %s", why_words(operation, tour));
    if (operation->server_message[0])
        str_addf(out, " (Knock: \"%s\")", operation->server_message);
}

/* True for a registration of which an earlier try may have reached Knock. */
static bool may_be_known(const struct operation *operation)
{
    return operation->kind == OPERATION_REGISTER && operation->lost > 0;
}

/* True for the visit of a walk-in whom Knock has yet to be told of. */
static bool waits_for_registration(const struct operation *operation, const struct tour *tour)
{
    return operation->kind == OPERATION_VISIT && tour && tour->kind == TOUR_WALK_IN &&
           tour->booking != STATE_CONFIRMED;
}

static void add_saved(
    struct str *out, const struct operation *operation, const struct tour *tour, instant now)
{
    char length[SAY_SIZE];
    end_sentence(out);
    if (may_be_known(operation))
        str_addf(out,
            " Not confirmed yet: %s. It is sent again by itself; they are not registered twice.",
            why_words(operation, tour));
    else if (waits_for_registration(operation, tour))
        str_add(out, " It goes out by itself once they are registered.");
    else if (operation->reason == REASON_NONE && operation->send_after > now)
        str_addf(out, " Sending in %s.", say_length(length, operation->send_after - now + 999));
    else if (operation->reason == REASON_NONE)
        str_add(out, " Sending next.");
    else
        str_addf(out, " Not sent yet: %s. It goes out by itself.", why_words(operation, tour));
}

static void add_unknown(struct str *out, const struct operation *operation)
{
    str_addf(out, ": %s.", reason_words(operation->reason));
    if (operation->kind != OPERATION_CANCEL) /* which is asked again by itself */
        str_add(out, " It was not sent again.");
    if (operation->kind == OPERATION_BOOK && operation->booking.profile.email[0])
        str_add(out, " Ask whether the confirmation e-mail has arrived.");
    else
        str_add(out, " Look in Knock.");
}

/* What is true of one that is taken back: it may have left before (a person then said that it came to
 * nothing). */
static const char *after_withdrawing(const struct operation *operation)
{
    if (may_be_known(operation))
        return " An earlier try may have reached Knock.";
    return operation->lost > 0 ? " It is not sent again." : " Nothing was sent.";
}

void tell_operation(struct str *out, const struct operation *operation, const struct tour *tour,
    const struct zone *zone, instant now)
{
    enum operation_kind kind = operation->kind;
    const struct verbs *verbs = verbs_of(operation, tour);
    switch (operation->state) {
    case STATE_SAVED: str_addf(out, "Saved: %s ", verbs->doing); break;
    case STATE_SENDING: str_addf(out, "Sending: %s ", verbs->doing); break;
    case STATE_CONFIRMED: str_addf(out, "%s ", verbs->done); break;
    case STATE_REFUSED: str_addf(out, "%s: ", verbs->undone); break;
    case STATE_UNKNOWN: str_addf(out, "Unknown whether it was %s: ", verbs->whether); break;
    case STATE_WITHDRAWN: str_addf(out, "Taken back: %s ", verbs->doing); break;
    default: return;
    }
    add_subject(out, operation, tour, zone, now);
    switch (operation->state) {
    case STATE_SAVED: add_saved(out, operation, tour, now); break;
    case STATE_CONFIRMED:
        if (kind == OPERATION_VISIT)
            add_units(out, &operation->visiting);
        add_number(out, operation, !tour);
        end_sentence(out);
        break;
    case STATE_REFUSED:
        add_why(out, operation, tour);
        end_sentence(out);
        if (operation->lost > 0 && operation->reason == REASON_TAKEN)
            str_add(out, " If a confirmation did arrive, it was booked by the first try.");
        break;
    case STATE_UNKNOWN: add_unknown(out, operation); break;
    case STATE_WITHDRAWN:
        end_sentence(out);
        str_add(out, after_withdrawing(operation));
        break;
    default: end_sentence(out); break;
    }
}

void tell_booking(
    struct str *out, const struct booking *booking, const struct zone *zone, instant now)
{
    char name[2 * NAME_SIZE], span[SAY_SIZE];
    const struct profile *profile = &booking->profile;
    profile_full_name(profile, name);
    str_addf(out, "%s, %s", *name ? name : "(no name yet)",
        say_span(span, zone, booking->start.at, booking->end, now));
    if (profile->phone[0] && profile->email[0])
        str_add(out, ", phone and e-mail");
    else
        str_add(out, profile->phone[0] ? ", phone" : profile->email[0] ? ", e-mail" : "");
    static const char *const texts[] = {
        [CONSENT_NOT_ASKED] = ", texts not asked",
        [CONSENT_YES] = ", texts yes",
        [CONSENT_NO] = ", texts no",
    };
    str_add(out, texts[booking->consent]);
    if (booking->source_title[0])
        str_addf(out, ", source %s", booking->source_title);
    str_add_char(out, '.');
}

void tell_times(
    struct str *out, const struct slot_list *slots, const struct zone *zone, instant now)
{
    char text[SAY_SIZE];
    struct date said = {0};
    for (size_t i = 0; i < slots->count; i++) {
        struct wall wall = zone_wall(zone, slots->items[i].start.at);
        str_add(out, i == 0 ? "" : i + 1 == slots->count ? " and " : ", ");
        if (i == 0 || date_compare(said, wall.date) != 0)
            str_addf(out, "%s ", say_day(text, wall.date, zone_date(zone, now)));
        str_add(out, say_clock(text, wall));
        said = wall.date;
    }
}

/* --- history -------------------------------------------------------------------------------------------- */

/* What became of an operation, by kind and state, as one reads it afterwards. */
static const char *const past_words[OPERATION_KINDS][STATES] = {
    [OPERATION_BOOK] =
        {
            [STATE_SAVED] = "Booking saved here",
            [STATE_SENDING] = "Booking on its way",
            [STATE_CONFIRMED] = "Booked",
            [STATE_REFUSED] = "Not booked",
            [STATE_UNKNOWN] = "Unknown whether booked",
            [STATE_WITHDRAWN] = "Booking taken back",
        },
    [OPERATION_CANCEL] =
        {
            [STATE_SAVED] = "Cancel saved here",
            [STATE_SENDING] = "Cancel on its way",
            [STATE_CONFIRMED] = "Cancelled",
            [STATE_REFUSED] = "Not cancelled",
            [STATE_UNKNOWN] = "Unknown whether cancelled",
            [STATE_WITHDRAWN] = "Cancel taken back",
        },
    [OPERATION_VISIT] =
        {
            [STATE_SAVED] = "Visit saved here",
            [STATE_SENDING] = "Visit on its way",
            [STATE_CONFIRMED] = "Visit logged",
            [STATE_REFUSED] = "Visit not logged",
            [STATE_UNKNOWN] = "Unknown whether the visit is logged",
            [STATE_WITHDRAWN] = "Visit taken back",
        },
    [OPERATION_REGISTER] =
        {
            [STATE_SAVED] = "Walk-in saved here",
            [STATE_SENDING] = "Walk-in on its way",
            [STATE_CONFIRMED] = "Walk-in registered",
            [STATE_REFUSED] = "Walk-in not registered",
            [STATE_UNKNOWN] = "Unknown whether registered",
            [STATE_WITHDRAWN] = "Walk-in taken back",
        },
    [OPERATION_CALL] =
        {
            [STATE_SAVED] = "Call saved here",
            [STATE_SENDING] = "Call on its way",
            [STATE_CONFIRMED] = "Call logged",
            [STATE_REFUSED] = "Call not logged",
            [STATE_UNKNOWN] = "Unknown whether the call is logged",
            [STATE_WITHDRAWN] = "Call taken back",
        },
};

/* "book confirmed" and "visit saved: offline", as ledger_note() has them; false for anything else. */
static bool read_past(
    const char *what, enum operation_kind *kind, const char **words, enum reason *reason)
{
    char kind_text[16], state_text[16], token[32] = "";
    enum operation_state state;
    if (sscanf(what, "%15s %15[a-z]: %31s", kind_text, state_text, token) < 2 ||
        !operation_kind_parse(kind_text, kind) || !state_parse(state_text, &state))
        return false;
    *reason = REASON_NONE;
    reason_parse(token, reason);
    *words = past_words[*kind][state];
    return true;
}

void tell_history(
    struct str *out, const struct history_line *line, const struct zone *zone, instant now)
{
    char moment[SAY_SIZE];
    const char *words;
    enum reason reason;
    enum operation_kind kind = OPERATION_BOOK;
    if (read_past(line->what, &kind, &words, &reason)) {
        str_add(out, words);
        if (reason != REASON_NONE && reason != REASON_UNDONE)
            str_addf(out, ": %s", reason_words(reason));
    } else if (str_starts(line->what, "mark ")) {
        str_addf(out, "Noted: %s", line->what + strlen("mark "));
    } else {
        str_add(out, line->what);
    }
    if (line->start && kind != OPERATION_CALL) /* whose time is its own */
        str_addf(out, " (%s)", say_moment(moment, zone, line->start, now));
}
