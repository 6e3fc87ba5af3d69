/* Booking: one form, from when to whom, and the key that sends it. */
#include "guest.h"
#include "offer.h"
#include "wishes.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/tell.h"
#include "tourdesk/tour/when.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_TOUR = 4 * 60 };

/* --- when it begins and ends --------------------------------------------------------------------------- */

static void check_when(const struct desk *desk, const struct form *form, struct field *field)
{
    offer_check(desk, form, field, desk->book.has_slot);
}

/* The end that is typed, on the day of the slot. */
static bool read_end(const struct desk *desk, const char *text, instant *end, struct error *error)
{
    struct when when;
    char own[SAY_SIZE];
    const struct slot *slot = &desk->book.slot;
    say_clock(own, zone_wall(desk_zone(desk), desk->book.end));
    if (strcmp(text, own) == 0) {
        *end = desk->book.end; /* as it was filled in: also where that hour comes twice */
        return true;
    }
    if (!when_parse(text, desk_zone(desk), slot->start.at, WHEN_NEXT, &when, error))
        return false;
    if (!when.has_time)
        return error_set(error, "the time of day is missing");
    if (when.at.at <= slot->start.at)
        return error_set(error, "it must be after the start");
    if (when.at.at - slot->start.at > (instant)LONGEST_TOUR * MINUTE)
        return error_set(error, "that is more than four hours");
    *end = when.at.at;
    return true;
}

static void check_end(const struct desk *desk, const struct form *form, struct field *field)
{
    instant end = 0;
    struct error why;
    if (field_blank(field)) {
        field_say(field, WEIGHT_HINT, "The community's usual length is taken.");
    } else if (desk->book.has_slot) {
        if (!read_end(desk, editor_text(&field->editor), &end, &why))
            field_say(field, form_weight(form, field), "Ends: %s.", why.text);
        else
            field_say(field, WEIGHT_HINT, "%lld minutes",
                (long long)((end - desk->book.slot.start.at) / MINUTE));
    }
}

static const struct field_spec when_spec = {
    "When", FIELD_TEXT, 60, "tom pm, next fri 2, 12/3", 0, false, check_when};
static const struct field_spec end_spec = {"Ends", FIELD_TEXT, 40, NULL, 24, false, check_end};

void book_init(struct desk *desk)
{
    struct form *form = &desk->book.form;
    form_init(form);
    form_add(form, &when_spec, 1);
    form->guest = form->count;
    form_add(form, guest_specs, GUEST_FIELDS);
    form_add(form, &end_spec, 1);
    form_add(form, wish_specs, WISHES);
}

/* --- the hold: other desks see that this time is being typed for ------------------------------------------ */

static void hold(struct desk *desk, bool wanted, struct command_list *out)
{
    instant start = wanted && desk->book.has_slot ? desk->book.slot.start.at : 0;
    if (start == desk->held)
        return;
    struct command *command = desk_command(desk, COMMAND_HOLD, out);
    command->calendar = command->booking.calendar = desk->book.calendar;
    if (start)
        command->booking.start = desk->book.slot.start;
    desk->held = start;
}

/* --- choosing the time -------------------------------------------------------------------------------------- */

static void choose(struct desk *desk, const struct slot *slot, struct command_list *out)
{
    struct book_state *book = &desk->book;
    char ends[SAY_SIZE];
    int minutes = desk_office(desk)->community->tour_minutes;
    book->slot = *slot;
    book->has_slot = true;
    book->end = slot->end ? slot->end : slot->start.at + (instant)minutes * MINUTE;
    offer_set(desk, &book->form, BOOK_WHEN, slot);
    form_set_text(&book->form, BOOK_END, say_clock(ends, zone_wall(desk_zone(desk), book->end)));
    hold(desk, true, out);
}

static bool take(struct desk *desk, int index, struct command_list *out)
{
    struct slot slot;
    if (!offer_take(desk, &desk->book.form, BOOK_WHEN, index, &slot))
        return false;
    choose(desk, &slot, out);
    if (desk->book.form.focus == BOOK_WHEN)
        form_focus(desk, &desk->book.form, BOOK_GUEST);
    return true;
}

/* Back to choosing: what is known of the person stays. */
static void other_time(struct desk *desk, struct command_list *out)
{
    struct book_state *book = &desk->book;
    book->has_slot = false;
    book->pick = 0;
    hold(desk, false, out);
    form_set_text(&book->form, BOOK_WHEN, "");
    form_set_text(&book->form, BOOK_END, "");
    form_focus(desk, &book->form, BOOK_WHEN);
}

/* True if nothing is typed but a time, which is chosen anew whenever the form is opened. */
static bool nothing_typed(const struct form *form)
{
    for (int i = 0; i < form->count; i++)
        if (i != BOOK_WHEN && i != BOOK_END && form->fields[i].spec->kind == FIELD_TEXT &&
            !str_blank(form_text(form, i)))
            return false;
    return true;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static void prefill(struct desk *desk)
{
    const struct person *person = &desk->person.person;
    if (desk_base_screen(desk) == SCREEN_PERSON && person->id) {
        guest_fill(&desk->book.form, &desk->book.guest, &person->profile, person->consent.state);
        desk->book.draft = true;
    }
}

static void begin(struct desk *desk)
{
    struct book_state *book = &desk->book;
    book->sent[0] = '\0';
    book->asked = false;
    book->gone_said = 0;
    book->has_slot = false;
    book->pick = 0;
    if (book->draft) {
        form_set_text(&book->form, BOOK_WHEN, "");
        form_set_text(&book->form, BOOK_END, "");
        desk_say(desk, TONE_PLAIN, "Your draft is here again; C-x empties it.");
    } else {
        form_clear(&book->form);
        guest_reset(desk, &book->form, &book->guest);
        prefill(desk);
        desk_say(desk, TONE_PLAIN, "A name and one of phone and e-mail are enough.");
    }
}

static void open_form(struct desk *desk, enum calendar calendar, const struct slot *slot,
    const char *when, struct command_list *out)
{
    struct book_state *book = &desk->book;
    struct slot wanted = slot ? *slot : (struct slot){0};
    begin(desk);
    book->calendar = calendar;
    if (when)
        form_set_text(&book->form, BOOK_WHEN, when);
    book->form.focus = slot ? BOOK_GUEST : BOOK_WHEN;
    desk_push(desk, SCREEN_BOOK);
    if (slot)
        choose(desk, &wanted, out);
    form_check(desk, &book->form);
    reads_slots(desk, desk->office, out); /* what is offered is as fresh as can be */
}

/* False, with a word why, where the form cannot be opened now. */
static bool may_open(struct desk *desk, const struct slot *slot)
{
    if (desk_base_screen(desk) == SCREEN_BOOK || desk_awaits(desk, desk->book.token))
        return false;
    if (slot && slot->start.at <= desk->now) {
        desk_say(desk, TONE_PLAIN, "That time has passed.");
        return false;
    }
    return true;
}

void book_open(
    struct desk *desk, const struct slot *slot, const char *when, struct command_list *out)
{
    const struct slot_list *guided = &desk_office(desk)->slots[CALENDAR_SELF_GUIDED];
    bool staff = slot && !slot_list_find(guided, slot->start.at);
    if (may_open(desk, slot))
        open_form(desk, staff ? CALENDAR_IN_PERSON : CALENDAR_SELF_GUIDED, slot, when, out);
}

void book_restore(struct desk *desk)
{
    form_clear(&desk->book.form);
    guest_reset(desk, &desk->book.form, &desk->book.guest);
    desk->book.draft = true;
}

static void same_again(struct desk *desk, const struct tour *tour, struct command_list *out)
{
    struct profile profile = {0};
    struct office *office = desk_office_of(desk, tour->community_id);
    if (office && office != desk_office(desk))
        desk_change_office(desk, (size_t)(office - desk->offices), out);
    str_copy(profile.first_name, NAME_SIZE, tour->first_name);
    str_copy(profile.last_name, NAME_SIZE, tour->last_name);
    str_copy(profile.phone, sizeof profile.phone, tour->phone);
    str_copy(profile.email, sizeof profile.email, tour->email);
    struct slot slot = {.start = tour->start};
    str_copy(slot.text, sizeof slot.text, tour->start_text);
    desk->book.draft = false;
    open_form(desk, tour->calendar, &slot, NULL, out);
    guest_fill(&desk->book.form, &desk->book.guest, &profile, tour->consent);
    form_check(desk, &desk->book.form);
    desk_say(desk, TONE_WAITING, "The same person and time again. Knock will write to them anew.");
}

static void drop_draft(struct desk *desk, struct command_list *out)
{
    struct tour tour = desk->question.tour;
    same_again(desk, &tour, out);
}

static void keep_draft(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk_say(desk, TONE_PLAIN, "Nothing was sent. The draft is kept: n opens it.");
}

/* There is one form: what was typed into it goes only by a word. */
void book_again(struct desk *desk, const struct tour *given, struct command_list *out)
{
    struct question *question = &desk->question;
    struct tour tour = *given; /* its list may be another community's in a moment */
    struct slot slot = {.start = tour.start};
    if (!may_open(desk, &slot))
        return;
    if (!desk->book.draft || nothing_typed(&desk->book.form)) {
        same_again(desk, &tour, out);
        return;
    }
    *question = (struct question){.tour = tour};
    str_copy(question->title, sizeof question->title, "An unfinished form is kept");
    str_copy(question->text, sizeof question->text,
        "Booking this tour again empties it: what was typed there is lost.");
    question_add(question, 'k', "keep what was typed, n opens it", keep_draft);
    question_add(question, 'b', "book this tour again", drop_draft);
    question_open(desk);
}

/* --- the booking --------------------------------------------------------------------------------------------------- */

void desk_booking(const struct desk *desk, struct booking *out, struct str *needed)
{
    const struct book_state *book = &desk->book;
    const struct form *form = &book->form;
    *out = (struct booking){.calendar = book->calendar};
    guest_read(desk, form, out);
    wishes_read(desk, form, &out->profile);
    if (book->has_slot) {
        out->start = book->slot.start;
        str_copy(out->start_text, sizeof out->start_text, book->slot.text);
        out->end = book->end;
        out->seen = true;
        if (!str_blank(form_text(form, BOOK_END)))
            read_end(desk, form_text(form, BOOK_END), &out->end, NULL);
    } else {
        need(needed, "a time");
    }
    guest_needs(out, needed);
}

static void send(struct desk *desk, const struct booking *booking, struct command_list *out)
{
    struct command *command = desk_command(desk, COMMAND_BOOK, out);
    command->booking = *booking;
    desk->book.token = command->token;
    desk->book.draft = true; /* until it is kept, and again if it is taken back */
    guest_sent(desk, booking);
    desk_say(desk, TONE_WAITING, "Saving.");
}

static void ask_replace(struct desk *desk, const struct tour *tour);

static void submit_whole(struct desk *desk, const struct booking *booking, struct command_list *out)
{
    struct book_state *book = &desk->book;
    const struct tour *replaced = desk_replaced(desk, &book->guest);
    if (guest_unasked(&book->form) && !book->asked) {
        book->asked = true;
        form_focus(desk, &book->form, BOOK_GUEST + GUEST_CONSENT);
        desk_say(desk, TONE_WAITING,
            "Read out the question about texts: y or n. Enter again sends without.");
    } else if (replaced) {
        ask_replace(desk, replaced);
    } else {
        send(desk, booking, out);
    }
}

static void submit(struct desk *desk, struct command_list *out)
{
    struct booking booking;
    struct str needed = {0};
    struct book_state *book = &desk->book;
    struct form *form = &book->form;
    if (desk_awaits(desk, book->token))
        return;
    guest_split(desk, form);
    form_leave_all(desk, form);
    bool asked_anew = guest_follow_phone(desk, form, &book->guest);
    desk_booking(desk, &booking, &needed);
    if (asked_anew) {
        form_focus(desk, form, BOOK_GUEST + GUEST_CONSENT);
    } else if (form_go_wrong(form)) {
        desk_say(desk, TONE_TROUBLE, "Not sent. %s", form->fields[form->focus].note);
    } else if (needed.length) {
        form_focus(desk, form, book->has_slot ? guest_first_needed(form, &booking) : BOOK_WHEN);
        desk_say(desk, TONE_TROUBLE, "Not sent. Needed still: %s.", str_text(&needed));
    } else {
        submit_whole(desk, &booking, out);
    }
    str_finish(&needed);
}

/* --- the person has a tour already (domain.md C2) --------------------------------------------------------------------- */

static void send_replacing(struct desk *desk, const char *moves, struct command_list *out)
{
    struct booking booking;
    struct str needed = {0};
    desk_booking(desk, &booking, &needed);
    str_finish(&needed);
    str_copy(booking.moves, sizeof booking.moves, moves);
    booking.replace = true;
    send(desk, &booking, out);
}

static void move_it(struct desk *desk, struct command_list *out)
{
    send_replacing(desk, desk->question.tour.id, out);
}

static void keep_it(struct desk *desk, struct command_list *out)
{
    hold(desk, false, out);
    desk->book.draft = true;
    if (desk_screen(desk) == SCREEN_BOOK)
        desk_pop(desk);
    desk_say(desk, TONE_PLAIN, "The earlier tour stays; nothing was sent. The form is kept.");
}

static bool check_replace(struct desk *desk, const char *text)
{
    bool ok = str_same(text, "replace");
    if (!ok)
        str_copy(
            desk->entry.note, sizeof desk->entry.note, "Type replace, then Enter. Esc goes back.");
    return ok;
}

static void replace_it(struct desk *desk, const char *text, struct command_list *out)
{
    (void)text;
    send_replacing(desk, "", out);
}

/* Another person under the same contact: Knock cannot tell them apart, so the first tour would go. */
static void somebody_else(struct desk *desk, struct command_list *out)
{
    (void)out;
    form_focus(desk, &desk->book.form, BOOK_GUEST + GUEST_EMAIL);
    desk_say(desk, TONE_WAITING,
        "Knock tells people apart by phone and e-mail: give this person others, then Enter.");
}

static void no_other(struct desk *desk, struct command_list *out)
{
    (void)out;
    entry_open(desk, "Replace the other tour?", check_replace, replace_it);
    str_copy(desk->entry.text, sizeof desk->entry.text,
        "Knock will cancel the earlier tour, though it is another person's. Type replace to do "
        "it.");
}

/* The earlier tour and this one side by side, before anything is sent. */
static void ask_replace(struct desk *desk, const struct tour *tour)
{
    struct question *question = &desk->question;
    char earlier[SAY_SIZE], wanted[SAY_SIZE], name[2 * NAME_SIZE];
    const struct zone *zone = desk_zone(desk);
    struct profile profile = {0};
    struct tour kept = *tour;
    str_copy(profile.first_name, NAME_SIZE, tour->first_name);
    str_copy(profile.last_name, NAME_SIZE, tour->last_name);
    profile_full_name(&profile, name);
    *question = (struct question){.tour = kept};
    str_copy(question->title, sizeof question->title, "There is a tour already");
    str_print(question->text, sizeof question->text,
        "%s has a tour here under the same phone or e-mail%s%s:\n"
        "  OLD  %s\n  NEW  %s\n\nBooking the new one replaces the old one at Knock.",
        name, kept.agent[0] ? ", booked by " : "", kept.agent,
        say_span(earlier, zone, kept.start.at, kept.end, desk->now),
        say_span(wanted, zone, desk->book.slot.start.at, desk->book.end, desk->now));
    question_add(question, 'm', "move it to the new time", move_it);
    question_add(question, 'k', "keep the old one, stop here", keep_it);
    question_add(question, 'd', "a different person, with another phone or e-mail", somebody_else);
    question_add(question, 'o', "a different person, without any other", no_other);
    question_open(desk);
}

/* --- what the worker says ------------------------------------------------------------------------------------------------- */

bool book_stopped(struct desk *desk, struct report *report, struct command_list *out)
{
    (void)out;
    if (!report->token || report->token != desk->book.token)
        return false;
    desk->book.token = 0;
    bool shown = desk_screen(desk) == SCREEN_BOOK;
    if (shown && report->reason == REASON_HAS_TOUR && report->tours.count > 0)
        ask_replace(desk, &report->tours.items[0]);
    else
        desk_say(desk, TONE_TROUBLE, "Not sent: %s. The form is kept.", report->trouble.text);
    return true;
}

/* The calendar's focus goes to what was booked: its keys are the next that are wanted. */
static void focus_booked(struct desk *desk, const struct report *report, struct command_list *out)
{
    const struct tour *tour = report->tour;
    const struct zone *zone = desk_zone(desk);
    if (!tour || desk_screen(desk) != SCREEN_CALENDAR ||
        strcmp(tour->community_id, desk_office(desk)->community->id) != 0)
        return;
    struct grid_time time = grid_time_of(zone, tour->start.at);
    calendar_go(desk, zone_date(zone, tour->start.at), &time, out);
    str_copy(desk->calendar.focus_tour, OPERATION_ID_SIZE, tour->id);
    if (!tour_list_find(&desk->calendar.tours, tour->id))
        *tour_list_add(&desk->calendar.tours) = *tour;
}

static void kept(struct desk *desk, const struct report *report, struct command_list *out)
{
    struct book_state *book = &desk->book;
    bool shown = desk_screen(desk) == SCREEN_BOOK;
    book->token = 0;
    book->draft = false;
    str_copy(book->sent, sizeof book->sent, report->operation->id);
    drafts_drop(desk, SCREEN_BOOK, out);
    hold(desk, false, out);
    desk_close(desk, SCREEN_BOOK);
    focus_booked(desk, report, out);
    bool waits = report->operation->state == STATE_SAVED &&
                 (!desk->online || report->operation->reason == REASON_OFFLINE);
    if (waits && shown && report->tour) /* never over what is typed meanwhile */
        call_open(desk, report->tour, true);
}

/* Once the booking is kept the form has done its work; taken back or refused, it is a draft again. */
void book_operation(struct desk *desk, const struct report *report, struct command_list *out)
{
    struct book_state *book = &desk->book;
    const struct operation *operation = report->operation;
    if (report->token && report->token == book->token)
        kept(desk, report, out);
    if (!book->sent[0] || strcmp(operation->id, book->sent) != 0)
        return;
    if (operation->state == STATE_WITHDRAWN || operation->state == STATE_REFUSED)
        book->draft = true;
    if (state_settled(operation->state))
        book->sent[0] = '\0';
}

/* The slot is watched while one types. */
void book_slots_changed(struct desk *desk, struct command_list *out)
{
    const struct slot_list *slots = &desk_office(desk)->slots[desk->book.calendar];
    struct book_state *book = &desk->book;
    if (desk_base_screen(desk) != SCREEN_BOOK)
        return;
    form_check(desk, &book->form);
    if (!book->has_slot || book->token || slots->stale || !slots->checked_at ||
        slot_list_find(slots, book->slot.start.at))
        return;
    if (book->gone_said == book->slot.start.at)
        return; /* once is enough */
    book->gone_said = book->slot.start.at;
    const struct slot *near[3];
    struct slot_list alternatives = {0};
    size_t count = slot_list_nearest(slots, book->slot.start.at, desk->now, near, 3);
    for (size_t i = 0; i < count; i++)
        slot_list_add(&alternatives, near[i]);
    slot_list_sort(&alternatives);
    struct str words = {0};
    tell_times(&words, &alternatives, desk_zone(desk), desk->now);
    desk_say(desk, TONE_TROUBLE,
        "This time was taken just now. Free near it: %s. C-t chooses another.",
        count ? str_text(&words) : "none");
    hold(desk, false, out);
    str_finish(&words);
    slot_list_finish(&alternatives);
}

/* --- the screen --------------------------------------------------------------------------------------------------------------- */

static void clear(struct desk *desk, struct command_list *out)
{
    struct book_state *book = &desk->book;
    struct slot slot = book->slot;
    bool had = book->has_slot;
    form_clear(&book->form);
    guest_reset(desk, &book->form, &book->guest);
    book->draft = book->asked = book->has_slot = false;
    drafts_drop(desk, SCREEN_BOOK, out);
    if (had)
        choose(desk, &slot, out);
    form_focus(desk, &book->form, had ? BOOK_GUEST : BOOK_WHEN);
}

static bool act_when(struct desk *desk, enum action action, struct command_list *out)
{
    struct book_state *book = &desk->book;
    if (book->form.focus != BOOK_WHEN || book->has_slot)
        return false;
    if (action != ACTION_SUBMIT)
        return offer_move(desk, &book->form, BOOK_WHEN, &book->pick, action);
    if (!take(desk, book->pick, out))
        desk_say(desk, TONE_PLAIN, "No free time is chosen: type another day or time.");
    return true;
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    struct book_state *book = &desk->book;
    if (act_when(desk, action, out))
        return true;
    switch (action) {
    case ACTION_SUBMIT: submit(desk, out); return true;
    case ACTION_OTHER_TIME: other_time(desk, out); return true;
    case ACTION_CLEAR_FORM: clear(desk, out); return true;
    default: break;
    }
    int before = book->form.focus;
    char text[64];
    str_copy(text, sizeof text, form_text(&book->form, BOOK_WHEN));
    if (!form_act(desk, &book->form, action))
        return false;
    if (before == BOOK_WHEN && strcmp(text, form_text(&book->form, BOOK_WHEN)) != 0) {
        book->has_slot = false;
        book->pick = 0;
        hold(desk, false, out);
    }
    if (before <= BOOK_GUEST + GUEST_LAST_NAME && book->form.focus != before)
        guest_split(desk, &book->form);
    guest_typed(desk, &book->form, &book->guest, out);
    return true;
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    struct book_state *book = &desk->book;
    int index;
    if (book->form.focus == BOOK_WHEN) {
        bool digit = !pasted && !book->has_slot &&
                     offer_digit(&book->form, BOOK_WHEN, typed, length, &index);
        if (digit && take(desk, index, out))
            return;
        if (book->has_slot)
            other_time(desk, out);
        book->pick = 0;
    }
    if (pasted && source_take_link(desk, &book->form, BOOK_GUEST + GUEST_SOURCE, typed))
        return;
    form_type(desk, &book->form, typed, length);
    guest_typed(desk, &book->form, &book->guest, out);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    (void)twice;
    if (item >= ITEM_PICK && item < ITEM_PICK + PICKS)
        take(desk, item - ITEM_PICK, out);
    else
        guest_click(desk, &desk->book.form, &desk->book.guest, item, out);
}

static void closed(struct desk *desk, struct command_list *out)
{
    hold(desk, false, out);
    if (desk->book.token)
        return; /* it is being saved: the answer closes the draft */
    desk->book.draft = !nothing_typed(&desk->book.form);
    if (desk->book.draft) {
        drafts_leave(desk, SCREEN_BOOK, out);
        desk_say(desk, TONE_PLAIN, "Nothing was sent. The form is kept as a draft: n opens it.");
    } else {
        drafts_drop(desk, SCREEN_BOOK, out);
        desk_say(desk, TONE_PLAIN, "Nothing was sent.");
    }
}

static struct form *form(struct desk *desk)
{
    return &desk->book.form;
}

const struct screen book_screen = {
    .context = CONTEXT_FORM,
    .takes_text = true,
    .form = form,
    .act = act,
    .text = text,
    .click = click,
    .closed = closed,
};
