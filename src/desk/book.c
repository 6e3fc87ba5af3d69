/* Booking: the registration form for one slot. */
#include "internal.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/tell.h"
#include "tourdesk/tour/when.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_TOUR = 4 * 60, MOST_OCCUPANTS = 20, LONGEST_LEASE = 36, MOST_BUDGET = 100000 };

static const char *const consent_choices[] = {"yes", "no", "not asked"};
static const enum consent consent_of_choice[] = {CONSENT_YES, CONSENT_NO, CONSENT_NOT_ASKED};
enum { CHOICE_NOT_ASKED = 2 };

/* --- checks ---------------------------------------------------------------------------------------- */

static bool blank(const struct field *field)
{
    return str_blank(editor_text(&field->editor));
}

/* What is wrong while one still types is only a hint. */
static enum weight wrong(const struct form *form, const struct field *field)
{
    return &form->fields[form->focus] == field && !field->left ? WEIGHT_HINT : WEIGHT_WRONG;
}

static void check_name(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    bool any =
        !str_blank(form_text(form, BOOK_FIRST_NAME)) || !str_blank(form_text(form, BOOK_LAST_NAME));
    if (!any && field == &form->fields[BOOK_LAST_NAME] && field->left)
        field_say(field, WEIGHT_WARN, "A name is needed; one name is enough.");
}

static void check_phone(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    char e164[PHONE_SIZE], local[PHONE_SIZE];
    struct error why;
    if (blank(field))
        return;
    if (!phone_parse(editor_text(&field->editor), e164, &why)) {
        field_say(field, wrong(form, field), "Phone: %s.", why.text);
        return;
    }
    phone_local(e164, local);
    field_say(field, WEIGHT_HINT, "Read back: %s", local);
}

static void check_email(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    (void)form;
    char meant[EMAIL_SIZE];
    struct error why;
    if (blank(field))
        return;
    if (field->left && !email_check(editor_text(&field->editor), &why))
        field_say(field, WEIGHT_WARN, "E-mail: %s.", why.text);
    else if (email_hint(editor_text(&field->editor), meant, sizeof meant))
        field_say(field, WEIGHT_WARN, "Did they say %s?", meant);
}

static void check_consent(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    if (field->chosen == 0 && str_blank(form_text(form, BOOK_PHONE)))
        field_say(field, WEIGHT_WARN, "There is no phone number to text to.");
}

static void check_source(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)form;
    if (field->choice_count == 0)
        field_say(field, WEIGHT_HINT, "The list of sources could not be read; \"%s\" is sent.",
            desk_office(desk)->community->source);
}

/* The end that is typed, on the day of the slot. */
static bool read_end(const struct desk *desk, const char *text, instant *end, struct error *error)
{
    struct when when;
    const struct slot *slot = &desk->book.slot;
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
    instant end;
    struct error why;
    if (blank(field)) {
        field_say(field, WEIGHT_HINT, "The community's usual length is taken.");
        return;
    }
    if (!read_end(desk, editor_text(&field->editor), &end, &why))
        field_say(field, wrong(form, field), "Ends: %s.", why.text);
    else
        field_say(field, WEIGHT_HINT, "%lld minutes",
            (long long)((end - desk->book.slot.start.at) / MINUTE));
}

static void check_move_date(const struct desk *desk, const struct form *form, struct field *field)
{
    struct date date;
    struct error why;
    char words[SAY_SIZE];
    if (blank(field))
        return;
    if (!when_parse_date(
            editor_text(&field->editor), desk_zone(desk), desk->now, WHEN_NEXT, &date, &why))
        field_say(field, wrong(form, field), "Move date: %s.", why.text);
    else
        field_say(field, WEIGHT_HINT, "%s", say_long_day(words, date));
}

static void check_bedrooms(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    unsigned set;
    if (!blank(field) && !bedrooms_parse(editor_text(&field->editor), &set))
        field_say(field, wrong(form, field), "Bedrooms: studio, 1, 2 or 3+.");
}

static bool read_count(const struct form *form, int field, long most, int *out)
{
    char text[16];
    long value = 0;
    bool ok = form_value(form, field, text, sizeof text) &&
              (!*text || str_integer(text, 1, most, &value));
    *out = ok ? (int)value : 0;
    return ok;
}

static void check_occupants(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    int value;
    if (!read_count(form, BOOK_OCCUPANTS, MOST_OCCUPANTS, &value))
        field_say(field, wrong(form, field), "Occupants: a number from 1 to %d.", MOST_OCCUPANTS);
}

static void check_lease(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    int value;
    if (!read_count(form, BOOK_LEASE, LONGEST_LEASE, &value))
        field_say(field, wrong(form, field), "Lease: months, 1 to %d.", LONGEST_LEASE);
}

/* One amount at `*text`: "1500", "$1,500". */
static bool read_amount(const char **text, long *out)
{
    long value = 0;
    const char *p = *text + strspn(*text, " $");
    size_t digits = 0;
    for (; (*p >= '0' && *p <= '9') || (*p == ',' && digits > 0); p++)
        if (*p != ',') {
            value = value * 10 + (*p - '0');
            if (++digits > 6)
                return false;
        }
    *text = p + strspn(p, " ");
    *out = value;
    return digits > 0;
}

/* "1000 to 2000", "1000-2000", "up to 2000", "2000". */
static bool read_budget(const char *text, long *low, long *high)
{
    *low = *high = 0;
    if (str_blank(text))
        return true;
    text += strspn(text, " ");
    bool up_to = str_starts(text, "up to");
    if (up_to)
        text += strlen("up to");
    if (!read_amount(&text, up_to ? high : low))
        return false;
    if (up_to)
        return *text == '\0';
    if (str_starts(text, "to"))
        text += 2;
    else if (*text == '-')
        text++;
    else if (*text == '\0') {
        *high = *low;
        *low = 0;
        return *high <= MOST_BUDGET;
    }
    return read_amount(&text, high) && *text == '\0' && *high >= *low && *high <= MOST_BUDGET;
}

static void check_budget(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    long low, high;
    if (!read_budget(editor_text(&field->editor), &low, &high))
        field_say(field, wrong(form, field), "Budget: dollars a month, as in 1000 to 2000.");
}

static void check_message(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    (void)form;
    size_t count = text_count(editor_text(&field->editor));
    if (count > MESSAGE_CHARACTERS)
        field_say(
            field, WEIGHT_WRONG, "Message: %zu characters too long.", count - MESSAGE_CHARACTERS);
    else if (count > MESSAGE_CHARACTERS - 100)
        field_say(field, WEIGHT_HINT, "%zu characters left", MESSAGE_CHARACTERS - count);
}

static const struct field_spec specs[BOOK_FIELDS] = {
    [BOOK_FIRST_NAME] = {"First name", FIELD_TEXT, NAME_SIZE - 1, NULL, 24, false, check_name},
    [BOOK_LAST_NAME] = {"Last name", FIELD_TEXT, NAME_SIZE - 1, NULL, 24, true, check_name},
    [BOOK_PHONE] = {"Phone", FIELD_TEXT, PHONE_SIZE - 1, NULL, 24, false, check_phone},
    [BOOK_EMAIL] = {"E-mail", FIELD_TEXT, EMAIL_SIZE - 1, NULL, 24, true, check_email},
    [BOOK_CONSENT] = {"Texts?", FIELD_CHOICE, 0, NULL, 0, false, check_consent},
    [BOOK_SOURCE] = {"Source", FIELD_CHOICE, 0, NULL, 0, false, check_source},
    [BOOK_END] = {"Ends", FIELD_TEXT, 40, NULL, 24, false, check_end},
    [BOOK_MOVE_DATE] = {"Move date", FIELD_TEXT, 40, "12/1, next month", 24, true, check_move_date},
    [BOOK_BEDROOMS] = {"Bedrooms", FIELD_TEXT, 40, "studio, 1, 2, 3+", 24, false, check_bedrooms},
    [BOOK_OCCUPANTS] = {"Occupants", FIELD_TEXT, 8, NULL, 24, true, check_occupants},
    [BOOK_LEASE] = {"Lease", FIELD_TEXT, 8, "months", 24, false, check_lease},
    [BOOK_BUDGET] = {"Budget", FIELD_TEXT, 40, "1000 to 2000", 24, true, check_budget},
    [BOOK_MESSAGE] = {"Message", FIELD_TEXT, MESSAGE_SIZE - 1, NULL, 0, false, check_message},
};

/* --- choices --------------------------------------------------------------------------------------- */

static void set_sources(struct desk *desk, struct field *field, const char *wanted)
{
    const struct source_list *sources = &desk_office(desk)->sources;
    field->choice_count = 0;
    field->chosen = NO_CHOICE;
    for (size_t i = 0; i < sources->count && field->choice_count < FIELD_CHOICES; i++) {
        if (str_same(sources->titles[i], wanted))
            field->chosen = field->choice_count;
        field->choices[field->choice_count++] = sources->titles[i];
    }
}

void book_sources_changed(struct desk *desk)
{
    char wanted[SOURCE_SIZE] = "";
    struct form *forms[] = {&desk->book.form, &desk->visit.form};
    int fields[] = {BOOK_SOURCE, VISIT_SOURCE};
    for (size_t i = 0; i < 2; i++) {
        struct field *field = &forms[i]->fields[fields[i]];
        const char *now = field->chosen == NO_CHOICE ? desk_office(desk)->community->source
                                                     : field->choices[field->chosen];
        str_copy(wanted, sizeof wanted, now);
        set_sources(desk, field, wanted);
    }
}

/* --- opening ---------------------------------------------------------------------------------------- */

void book_init(struct desk *desk)
{
    form_init(&desk->book.form, specs, BOOK_FIELDS);
}

/* The choices as an unfilled form has them. */
static void reset_choices(struct desk *desk)
{
    struct form *form = &desk->book.form;
    struct field *consent = &form->fields[BOOK_CONSENT];
    for (int i = 0; i < 3; i++)
        consent->choices[i] = consent_choices[i];
    consent->choice_count = 3;
    consent->chosen = CHOICE_NOT_ASKED;
    set_sources(desk, &form->fields[BOOK_SOURCE], desk_office(desk)->community->source);
}

/* Opens on a slot; what a draft holds about the person stays, the end follows the slot. */
void book_open(struct desk *desk, const struct slot *slot)
{
    struct book_state *book = &desk->book;
    char ends[SAY_SIZE];
    if (slot->start.at <= desk->now) {
        desk_say(desk, TONE_PLAIN, "That time has passed.");
        return;
    }
    book->slot = *slot;
    book->calendar = CALENDAR_SELF_GUIDED;
    book->end = slot->end
                    ? slot->end
                    : slot->start.at + (instant)desk_office(desk)->community->tour_minutes * MINUTE;
    book->sent[0] = '\0';
    if (!book->draft) {
        form_clear(&book->form);
        reset_choices(desk);
        book->consent_phone[0] = '\0';
        desk_say(desk, TONE_PLAIN, "A name and one of phone and e-mail are enough.");
    } else {
        desk_say(desk, TONE_PLAIN, "Your draft is here again; C-x empties it.");
    }
    form_set_text(&book->form, BOOK_END, say_clock(ends, zone_wall(desk_zone(desk), book->end)));
    book->form.focus = BOOK_FIRST_NAME;
    form_check(desk, &book->form);
    desk_push(desk, SCREEN_BOOK);
}

/* --- the booking ------------------------------------------------------------------------------------- */

static void read_profile(const struct desk *desk, struct profile *profile)
{
    const struct form *form = &desk->book.form;
    char text[MESSAGE_SIZE];
    form_value(form, BOOK_FIRST_NAME, profile->first_name, sizeof profile->first_name);
    form_value(form, BOOK_LAST_NAME, profile->last_name, sizeof profile->last_name);
    form_value(form, BOOK_EMAIL, profile->email, sizeof profile->email);
    phone_parse(form_text(form, BOOK_PHONE), profile->phone, NULL);
    form_value(form, BOOK_MESSAGE, profile->message, sizeof profile->message);
    if (form_value(form, BOOK_MOVE_DATE, text, sizeof text) && *text)
        when_parse_date(text, desk_zone(desk), desk->now, WHEN_NEXT, &profile->move_date, NULL);
    bedrooms_parse(form_text(form, BOOK_BEDROOMS), &profile->bedrooms);
    read_count(form, BOOK_OCCUPANTS, MOST_OCCUPANTS, &profile->occupants);
    read_count(form, BOOK_LEASE, LONGEST_LEASE, &profile->lease_months);
    read_budget(form_text(form, BOOK_BUDGET), &profile->min_budget, &profile->max_budget);
}

static void need(struct str *needed, const char *what)
{
    str_addf(needed, "%s%s", needed->length ? "; " : "", what);
}

void desk_booking(const struct desk *desk, struct booking *out, struct str *needed)
{
    const struct book_state *book = &desk->book;
    const struct form *form = &book->form;
    *out = (struct booking){.calendar = book->calendar, .start = book->slot.start};
    str_copy(out->start_text, sizeof out->start_text, book->slot.text);
    read_profile(desk, &out->profile);
    out->end = book->end;
    if (!str_blank(form_text(form, BOOK_END)))
        read_end(desk, form_text(form, BOOK_END), &out->end, NULL);
    const struct field *consent = &form->fields[BOOK_CONSENT];
    out->consent =
        consent->chosen == NO_CHOICE ? CONSENT_NOT_ASKED : consent_of_choice[consent->chosen];
    const struct field *source = &form->fields[BOOK_SOURCE];
    str_copy(out->source_title, sizeof out->source_title,
        source->chosen == NO_CHOICE ? desk_office(desk)->community->source
                                    : source->choices[source->chosen]);
    if (!out->profile.first_name[0] && !out->profile.last_name[0])
        need(needed, "a name");
    if (!out->profile.email[0] && !out->profile.phone[0])
        need(needed, "a phone or an e-mail");
    if (!out->source_title[0])
        need(needed, "a source");
}

static int first_needed(const struct booking *booking)
{
    if (!booking->profile.first_name[0] && !booking->profile.last_name[0])
        return BOOK_FIRST_NAME;
    return booking->profile.email[0] || booking->profile.phone[0] ? BOOK_SOURCE : BOOK_PHONE;
}

static void send(struct desk *desk, const struct booking *booking, struct command_list *out)
{
    struct command *command = desk_command(desk, COMMAND_BOOK, out);
    command->booking = *booking;
    desk->book.token = command->token;
    desk->book.draft = true; /* until it is kept, and again if it is taken back */
}

/* Consent belongs to the number it was given for (domain.md E1): another number was not asked about.
 * Returns true if it fell back to that. */
static bool follow_phone(struct desk *desk)
{
    struct book_state *book = &desk->book;
    char phone[PHONE_SIZE] = "";
    struct field *consent = &book->form.fields[BOOK_CONSENT];
    phone_parse(form_text(&book->form, BOOK_PHONE), phone, NULL);
    if (book->form.focus == BOOK_CONSENT) {
        str_copy(book->consent_phone, sizeof book->consent_phone, phone);
        return false;
    }
    if (consent->chosen == CHOICE_NOT_ASKED || strcmp(book->consent_phone, phone) == 0)
        return false;
    consent->chosen = CHOICE_NOT_ASKED;
    desk_say(desk, TONE_PLAIN, "The number changed: ask about texts again.");
    return true;
}

/* The same once the number is no longer being typed. */
static void phone_left(struct desk *desk)
{
    if (desk->book.form.focus != BOOK_PHONE)
        follow_phone(desk);
}

static void submit(struct desk *desk, struct command_list *out)
{
    struct booking booking;
    struct str needed = {0};
    struct form *form = &desk->book.form;
    for (int i = 0; i < form->count; i++)
        form->fields[i].left = true;
    form_check(desk, form);
    bool asked_anew = follow_phone(desk);
    desk_booking(desk, &booking, &needed);
    if (asked_anew) {
        form_focus(desk, form, BOOK_CONSENT);
    } else if (form_go_wrong(form)) {
        desk_say(desk, TONE_TROUBLE, "Not sent. %s", form->fields[form->focus].note);
    } else if (needed.length) {
        form_focus(desk, form, first_needed(&booking));
        desk_say(desk, TONE_TROUBLE, "Not sent. Needed still: %s.", str_text(&needed));
    } else if (desk->book.token == 0) {
        desk_say(desk, TONE_WAITING, "Saving.");
        send(desk, &booking, out);
    }
    str_finish(&needed);
}

/* --- what the worker says ------------------------------------------------------------------------------ */

static void move_it(struct desk *desk, struct command_list *out)
{
    struct booking booking;
    struct str needed = {0};
    desk_booking(desk, &booking, &needed);
    str_finish(&needed);
    str_copy(booking.moves, sizeof booking.moves, desk->question.tour.id);
    booking.replace = true;
    send(desk, &booking, out);
}

static void keep_it(struct desk *desk, struct command_list *out)
{
    (void)out;
    if (desk_screen(desk) == SCREEN_BOOK)
        desk_pop(desk);
    desk_say(desk, TONE_PLAIN, "The earlier tour stays; nothing was sent. The form is kept.");
}

static void somebody_else(struct desk *desk, struct command_list *out)
{
    (void)out;
    form_focus(desk, &desk->book.form, BOOK_PHONE);
    desk_say(desk, TONE_PLAIN,
        "Knock tells people apart by phone and e-mail: give this person another of either.");
}

/* The earlier tour and this one side by side, before anything is sent (domain.md C2). */
static void ask_replace(struct desk *desk, const struct report *report)
{
    const struct tour *tour = &report->tours.items[0];
    struct question *question = &desk->question;
    char earlier[SAY_SIZE], wanted[SAY_SIZE], name[2 * NAME_SIZE];
    const struct zone *zone = desk_zone(desk);
    struct profile profile = {0};
    str_copy(profile.first_name, NAME_SIZE, tour->first_name);
    str_copy(profile.last_name, NAME_SIZE, tour->last_name);
    profile_full_name(&profile, name);
    *question = (struct question){.tour = *tour};
    str_copy(question->title, sizeof question->title, "There is a tour already");
    str_print(question->text, sizeof question->text,
        "%s has a tour here under the same phone or e-mail:\n"
        "  OLD  %s\n  NEW  %s\n\nBooking the new one replaces the old one at Knock.",
        name, say_span(earlier, zone, tour->start.at, tour->end, desk->now),
        say_span(wanted, zone, desk->book.slot.start.at, desk->book.end, desk->now));
    question_add(question, 'm', "move it to the new time", move_it);
    question_add(question, 'k', "keep the old one, stop here", keep_it);
    question_add(question, 'd', "it is a different person", somebody_else);
    question_open(desk);
}

bool book_report(struct desk *desk, struct report *report, struct command_list *out)
{
    (void)out;
    if (!report->token || report->token != desk->book.token)
        return false;
    desk->book.token = 0;
    if (report->reason == REASON_HAS_TOUR && report->tours.count > 0)
        ask_replace(desk, report);
    else
        desk_say(desk, TONE_TROUBLE, "Not sent: %s.", report->trouble.text);
    return true;
}

/* Once the booking is kept the form has done its work; taken back or refused, it is a draft again. */
void book_operation(struct desk *desk, const struct report *report)
{
    struct book_state *book = &desk->book;
    const struct operation *operation = report->operation;
    if (report->token && report->token == book->token) {
        book->token = 0;
        book->draft = false;
        str_copy(book->sent, sizeof book->sent, operation->id);
        if (desk_screen(desk) == SCREEN_BOOK)
            desk_pop(desk);
    }
    if (strcmp(operation->id, book->sent) != 0)
        return;
    if (operation->state == STATE_WITHDRAWN || operation->state == STATE_REFUSED)
        book->draft = true;
    if (state_settled(operation->state))
        book->sent[0] = '\0';
}

/* The slot is watched while one types. */
void book_slots_changed(struct desk *desk)
{
    const struct slot_list *slots = &desk_office(desk)->slots;
    if (desk_screen(desk) != SCREEN_BOOK || desk->book.token || slots->stale ||
        slot_list_find(slots, desk->book.slot.start.at))
        return;
    const struct slot *near[3];
    struct slot_list alternatives = {0};
    size_t count = slot_list_nearest(slots, desk->book.slot.start.at, desk->now, near, 3);
    for (size_t i = 0; i < count; i++)
        slot_list_add(&alternatives, near[i]);
    slot_list_sort(&alternatives);
    struct str words = {0};
    tell_times(&words, &alternatives, desk_zone(desk), desk->now);
    desk_say(desk, TONE_TROUBLE, "This time was taken just now. Free near it: %s.",
        count ? str_text(&words) : "none");
    str_finish(&words);
    slot_list_finish(&alternatives);
}

/* --- the screen ------------------------------------------------------------------------------------------ */

static bool takes_text(const struct desk *desk)
{
    (void)desk;
    return true;
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    if (action == ACTION_SUBMIT) {
        submit(desk, out);
        return true;
    }
    bool done = form_act(desk, &desk->book.form, action);
    if (action == ACTION_CLEAR_FORM) {
        reset_choices(desk);
        desk->book.draft = false;
    }
    if (done)
        phone_left(desk);
    return done;
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    (void)pasted;
    (void)out;
    form_type(desk, &desk->book.form, typed, length);
    phone_left(desk);
}

static void closed(struct desk *desk, struct command_list *out)
{
    (void)out;
    desk->book.draft = !form_blank(&desk->book.form);
    desk_say(desk, TONE_PLAIN, "Nothing was sent. The form is kept as a draft.");
}

const struct screen book_screen = {
    .context = CONTEXT_FORM,
    .takes_text = takes_text,
    .act = act,
    .text = text,
    .closed = closed,
};
