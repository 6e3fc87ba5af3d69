/* The fields about a person, which every form that has them shares; and who here has the same contact. */
#include "guest.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/say.h"
#include "tourdesk/tour/source.h"

#include <string.h>

static const char *const consent_choices[] = {"yes", "no", "not asked"};
static const enum consent consent_of_choice[] = {CONSENT_YES, CONSENT_NO, CONSENT_NOT_ASKED};
enum { CHOICE_YES, CHOICE_NO, CHOICE_NOT_ASKED, CONSENT_CHOICES };
enum { MOST_FOUND = 20, PHONE_DIGITS = 10 };

static const char *text_of(const struct form *form, enum guest_field field)
{
    return form_text(form, form->guest + (int)field);
}

static struct field *field_of(struct form *form, enum guest_field field)
{
    return &form->fields[form->guest + (int)field];
}

/* --- checks ---------------------------------------------------------------------------------------- */

static bool has_contact(const char *text)
{
    size_t digits = 0;
    for (const char *p = text; *p; p++)
        digits += *p >= '0' && *p <= '9';
    return strchr(text, '@') || digits >= PHONE_DIGITS;
}

/* What could not be parted, because something else stands in its place already. */
static void say_more_than_a_name(struct field *field)
{
    field_say(field, WEIGHT_WRONG, "A phone or an e-mail stands in a name: put it in its place.");
}

static void check_first_name(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    (void)form;
    if (!has_contact(editor_text(&field->editor)))
        return;
    if (field->left)
        say_more_than_a_name(field);
    else
        field_say(field, WEIGHT_HINT, "Tab puts the phone and the e-mail in their places.");
}

static void check_last_name(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    bool any = !str_blank(text_of(form, GUEST_FIRST_NAME)) || !field_blank(field);
    if (!any && field->left)
        field_say(field, WEIGHT_WARN, "A name is needed; one name is enough.");
    if (field->left && has_contact(editor_text(&field->editor)))
        say_more_than_a_name(field);
}

static void check_phone(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    char e164[PHONE_SIZE], local[PHONE_SIZE];
    struct error why;
    if (field_blank(field))
        return;
    if (!phone_parse(editor_text(&field->editor), e164, &why)) {
        field_say(field, form_weight(form, field), "Phone: %s.", why.text);
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
    if (field_blank(field))
        return;
    if (field->left && !email_check(editor_text(&field->editor), &why))
        field_say(field, WEIGHT_WARN, "E-mail: %s.", why.text);
    else if (email_hint(editor_text(&field->editor), meant, sizeof meant))
        field_say(field, WEIGHT_WARN, "Did they say %s?", meant);
}

static void check_consent(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)desk;
    if (field->chosen == CHOICE_YES && str_blank(text_of(form, GUEST_PHONE)))
        field_say(field, WEIGHT_WARN, "There is no phone number to text to.");
}

static void check_source(const struct desk *desk, const struct form *form, struct field *field)
{
    (void)form;
    if (field->choice_count == 0)
        field_say(field, WEIGHT_HINT, "The list of sources could not be read; \"%s\" is sent.",
            desk_office(desk)->community->source);
}

const struct field_spec guest_specs[GUEST_FIELDS] = {
    [GUEST_FIRST_NAME] = {"First name", FIELD_TEXT, NAME_SIZE - 1, "or all on one line", 24, false,
        check_first_name},
    [GUEST_LAST_NAME] = {"Last name", FIELD_TEXT, NAME_SIZE - 1, NULL, 24, true, check_last_name},
    [GUEST_PHONE] = {"Phone", FIELD_TEXT, PHONE_SIZE - 1, NULL, 24, false, check_phone},
    [GUEST_EMAIL] = {"E-mail", FIELD_TEXT, EMAIL_SIZE - 1, NULL, 24, true, check_email},
    [GUEST_CONSENT] = {"Texts?", FIELD_CHOICE, 0, NULL, 0, false, check_consent},
    [GUEST_SOURCE] = {"Source", FIELD_CHOICE, 0, NULL, 0, false, check_source},
};

/* --- choices --------------------------------------------------------------------------------------- */

static void add_choice(struct field *field, const char *title, const char *wanted)
{
    if (field->choice_count == FIELD_CHOICES)
        return;
    for (int i = 0; i < field->choice_count; i++)
        if (str_same(field->choices[i], title))
            return;
    if (field->chosen == NO_CHOICE && str_same(title, wanted))
        field->chosen = field->choice_count;
    field->choices[field->choice_count++] = title;
}

/* The one used last comes first: it is the most wanted next (domain.md B11). */
void source_choices(struct field *field, const struct office *office, const char *wanted)
{
    const struct source_list *sources = &office->sources;
    char now[SOURCE_SIZE];
    str_copy(now, sizeof now, wanted);
    field->choice_count = 0;
    field->chosen = NO_CHOICE;
    for (size_t i = 0; i < sources->count; i++)
        if (str_same(sources->titles[i], office->last_source))
            add_choice(field, sources->titles[i], now);
    for (size_t i = 0; i < sources->count; i++)
        add_choice(field, sources->titles[i], now);
}

bool source_take_link(struct desk *desk, struct form *form, int field, const char *text)
{
    char title[SOURCE_SIZE];
    if (form->focus != field || !source_from_link(text, title))
        return false;
    int index = source_find(&desk_office(desk)->sources, title);
    const char *wanted = index >= 0 ? desk_office(desk)->sources.titles[index] : title;
    for (int i = 0; i < form->fields[field].choice_count; i++)
        if (str_same(form->fields[field].choices[i], wanted)) {
            form->fields[field].chosen = i;
            form_check(desk, form);
            desk_say(desk, TONE_PLAIN, "The link says: %s.", wanted);
            return true;
        }
    desk_say(desk, TONE_PLAIN, "The link says %s, which is not among Knock's sources.", title);
    return true;
}

void guest_sources(const struct desk *desk, struct form *form)
{
    struct field *field = field_of(form, GUEST_SOURCE);
    const char *wanted = form_choice(form, form->guest + GUEST_SOURCE);
    source_choices(
        field, desk_office(desk), *wanted ? wanted : desk_office(desk)->community->source);
}

void guest_reset(const struct desk *desk, struct form *form, struct guest_state *guest)
{
    form_set_choices(form, form->guest + GUEST_CONSENT, consent_choices, CONSENT_CHOICES);
    field_of(form, GUEST_CONSENT)->chosen = CHOICE_NOT_ASKED;
    field_of(form, GUEST_SOURCE)->chosen = NO_CHOICE;
    field_of(form, GUEST_SOURCE)->choice_count = 0;
    guest_sources(desk, form);
    guest->consent_phone[0] = '\0';
    memset(guest->looked_up, 0, sizeof guest->looked_up);
    tour_list_finish(&guest->tours);
}

void guest_fill(struct form *form, struct guest_state *guest, const struct profile *profile,
    enum consent consent)
{
    char phone[PHONE_SIZE];
    phone_local(profile->phone, phone);
    form_set_text(form, form->guest + GUEST_FIRST_NAME, profile->first_name);
    form_set_text(form, form->guest + GUEST_LAST_NAME, profile->last_name);
    form_set_text(form, form->guest + GUEST_PHONE, phone);
    form_set_text(form, form->guest + GUEST_EMAIL, profile->email);
    for (int i = 0; i < CONSENT_CHOICES; i++)
        if (consent_of_choice[i] == consent)
            field_of(form, GUEST_CONSENT)->chosen = i;
    str_copy(guest->consent_phone, sizeof guest->consent_phone, profile->phone);
}

/* --- one line ---------------------------------------------------------------------------------------- */

/* The words of one line, by what they are. */
struct line {
    struct str first, rest, phone;
    char email[EMAIL_SIZE];
    bool odd; /* it holds more than there are places for */
};

static bool like_phone(const char *word, size_t length)
{
    return length > 0 && strspn(word, "0123456789()+-.") >= length;
}

static void take_word(struct line *line, const char *word, size_t length)
{
    if (memchr(word, '@', length)) {
        line->odd |= line->email[0] != '\0';
        str_print(line->email, sizeof line->email, "%.*s", (int)length, word);
    } else if (like_phone(word, length)) {
        str_addf(&line->phone, "%s%.*s", line->phone.length ? " " : "", (int)length, word);
    } else if (!line->first.length) {
        str_add_bytes(&line->first, word, length);
    } else {
        str_addf(&line->rest, "%s%.*s", line->rest.length ? " " : "", (int)length, word);
    }
}

static void fill_blank(struct form *form, enum guest_field field, const char *text)
{
    if (*text && str_blank(text_of(form, field)))
        form_set_text(form, form->guest + (int)field, text);
}

/* A number in the form that is read back to the caller; what is none stays as it was typed. */
static void fill_phone(struct form *form, const char *text)
{
    char e164[PHONE_SIZE], local[PHONE_SIZE];
    bool parsed = phone_parse(text, e164, NULL);
    if (parsed)
        phone_local(e164, local);
    fill_blank(form, GUEST_PHONE, parsed ? local : text);
}

/* Puts the parts in their places; of a line in the last name's field all the words are last names. */
static void put_line(struct form *form, struct line *line, bool last)
{
    if (last && line->rest.length)
        str_addf(&line->first, " %s", str_text(&line->rest));
    form_set_text(
        form, form->guest + (last ? GUEST_LAST_NAME : GUEST_FIRST_NAME), str_text(&line->first));
    if (!last)
        fill_blank(form, GUEST_LAST_NAME, str_text(&line->rest));
    fill_phone(form, str_text(&line->phone));
    fill_blank(form, GUEST_EMAIL, line->email);
}

static void line_finish(struct line *line)
{
    str_finish(&line->first);
    str_finish(&line->rest);
    str_finish(&line->phone);
}

bool guest_split(const struct desk *desk, struct form *form)
{
    static const char gaps[] = " ,;\t";
    struct line line = {0};
    bool last = !has_contact(text_of(form, GUEST_FIRST_NAME));
    enum guest_field field = last ? GUEST_LAST_NAME : GUEST_FIRST_NAME;
    const char *at = text_of(form, field);
    if (!has_contact(at))
        return false;
    for (at += strspn(at, gaps); *at; at += strspn(at, gaps)) {
        size_t length = strcspn(at, gaps);
        take_word(&line, at, length);
        at += length;
    }
    bool taken = (!last && line.rest.length && !str_blank(text_of(form, GUEST_LAST_NAME))) ||
                 (line.phone.length && !str_blank(text_of(form, GUEST_PHONE))) ||
                 (line.email[0] && !str_blank(text_of(form, GUEST_EMAIL)));
    if (!taken && !line.odd)
        put_line(form, &line, last);
    line_finish(&line);
    if (taken || line.odd)
        return false; /* nothing that was typed is thrown away */
    form_focus(desk, form, form->guest + GUEST_CONSENT);
    return true;
}

/* --- reading ------------------------------------------------------------------------------------------- */

void guest_read(const struct desk *desk, const struct form *form, struct booking *out)
{
    struct profile *profile = &out->profile;
    form_value(form, form->guest + GUEST_FIRST_NAME, profile->first_name, NAME_SIZE);
    form_value(form, form->guest + GUEST_LAST_NAME, profile->last_name, NAME_SIZE);
    form_value(form, form->guest + GUEST_EMAIL, profile->email, sizeof profile->email);
    phone_parse(text_of(form, GUEST_PHONE), profile->phone, NULL);
    int chosen = form->fields[form->guest + GUEST_CONSENT].chosen;
    out->consent = chosen == NO_CHOICE ? CONSENT_NOT_ASKED : consent_of_choice[chosen];
    const char *source = form_choice(form, form->guest + GUEST_SOURCE);
    str_copy(out->source_title, sizeof out->source_title,
        *source ? source : desk_office(desk)->community->source);
}

void need(struct str *needed, const char *what)
{
    str_addf(needed, "%s%s", needed->length ? "; " : "", what);
}

void guest_needs(const struct booking *booking, struct str *needed)
{
    if (!booking->profile.first_name[0] && !booking->profile.last_name[0])
        need(needed, "a name");
    if (!booking->profile.email[0] && !booking->profile.phone[0])
        need(needed, "a phone or an e-mail");
    if (!booking->source_title[0])
        need(needed, "a source");
}

int guest_first_needed(const struct form *form, const struct booking *booking)
{
    if (!booking->profile.first_name[0] && !booking->profile.last_name[0])
        return form->guest + GUEST_FIRST_NAME;
    bool reachable = booking->profile.email[0] || booking->profile.phone[0];
    return form->guest + (reachable ? GUEST_SOURCE : GUEST_PHONE);
}

bool guest_unasked(const struct form *form)
{
    int chosen = form->fields[form->guest + GUEST_CONSENT].chosen;
    return (chosen == CHOICE_NOT_ASKED || chosen == NO_CHOICE) &&
           !str_blank(text_of(form, GUEST_PHONE));
}

/* --- consent belongs to the number (domain.md E1) --------------------------------------------------------- */

bool guest_follow_phone(struct desk *desk, struct form *form, struct guest_state *guest)
{
    char phone[PHONE_SIZE] = "";
    struct field *consent = field_of(form, GUEST_CONSENT);
    phone_parse(text_of(form, GUEST_PHONE), phone, NULL);
    if (form->focus == form->guest + GUEST_CONSENT) {
        str_copy(guest->consent_phone, sizeof guest->consent_phone, phone);
        return false;
    }
    if (consent->chosen == CHOICE_NOT_ASKED || consent->chosen == NO_CHOICE ||
        strcmp(guest->consent_phone, phone) == 0)
        return false;
    consent->chosen = CHOICE_NOT_ASKED;
    desk_say(desk, TONE_PLAIN, "The number changed: ask about texts again.");
    return true;
}

void guest_restored(const struct form *form, struct guest_state *guest)
{
    phone_parse(text_of(form, GUEST_PHONE), guest->consent_phone, NULL);
}

/* --- who else has this contact ------------------------------------------------------------------------------- */

static void look_up(struct desk *desk, struct guest_state *guest, int which, const char *contact,
    struct command_list *out)
{
    if (strcmp(guest->looked_up[which].contact, contact) == 0)
        return;
    str_copy(guest->looked_up[which].contact, EMAIL_SIZE, contact);
    struct command *command = desk_command(desk, COMMAND_SEARCH, out);
    command->community_id[0] = '\0';
    str_copy(command->text, sizeof command->text, contact);
    command->query = (struct tour_query){.from = INT64_MIN, .to = INT64_MAX, .limit = MOST_FOUND};
    guest->looked_up[which].token = command->token;
}

/* The number as it is read back, once it is not being typed any more. */
static void show_local(struct form *form)
{
    char e164[PHONE_SIZE], local[PHONE_SIZE];
    if (!phone_parse(text_of(form, GUEST_PHONE), e164, NULL))
        return;
    phone_local(e164, local);
    if (strcmp(local, text_of(form, GUEST_PHONE)) != 0)
        form_set_text(form, form->guest + GUEST_PHONE, local);
}

void guest_typed(
    struct desk *desk, struct form *form, struct guest_state *guest, struct command_list *out)
{
    char phone[PHONE_SIZE];
    const char *email = text_of(form, GUEST_EMAIL);
    if (form->focus != form->guest + GUEST_PHONE) {
        guest_follow_phone(desk, form, guest);
        show_local(form);
    }
    if (phone_parse(text_of(form, GUEST_PHONE), phone, NULL))
        look_up(desk, guest, 0, phone, out);
    if (email_check(email, NULL))
        look_up(desk, guest, 1, email, out);
}

/* The number that was left by the click is looked at before its consent is shown as given. */
void guest_click(struct desk *desk, struct form *form, struct guest_state *guest, int item,
    struct command_list *out)
{
    guest_typed(desk, form, guest, out);
    guest_follow_phone(desk, form, guest);
    form_click(desk, form, item);
    guest_typed(desk, form, guest, out);
}

/* True for the answer to one of the two questions, which is then no longer open. */
static bool is_answer(struct guest_state *guest, uint64_t token)
{
    for (size_t i = 0; i < sizeof guest->looked_up / sizeof *guest->looked_up; i++)
        if (token && guest->looked_up[i].token == token) {
            guest->looked_up[i].token = 0;
            return true;
        }
    return false;
}

void guest_take(struct desk *desk, struct report *report)
{
    struct guest_state *guests[] = {&desk->book.guest, &desk->walk_in.guest};
    for (size_t g = 0; g < sizeof guests / sizeof *guests; g++) {
        if (!is_answer(guests[g], report->token))
            continue;
        for (size_t i = 0; i < report->tours.count; i++)
            if (!tour_list_find(&guests[g]->tours, report->tours.items[i].id))
                *tour_list_add(&guests[g]->tours) = report->tours.items[i];
    }
}

const struct tour *desk_replaced(const struct desk *desk, const struct guest_state *guest)
{
    const struct form *form = guest == &desk->book.guest ? &desk->book.form : &desk->walk_in.form;
    struct profile typed = {0};
    form_value(form, form->guest + GUEST_EMAIL, typed.email, sizeof typed.email);
    phone_parse(text_of(form, GUEST_PHONE), typed.phone, NULL);
    for (size_t i = 0; i < guest->tours.count; i++) {
        const struct tour *tour = &guest->tours.items[i];
        struct profile has = {0};
        str_copy(has.email, sizeof has.email, tour->email);
        str_copy(has.phone, sizeof has.phone, tour->phone);
        if (tour_upcoming(tour, desk->now) && profile_same_contact(&typed, &has) &&
            strcmp(tour->community_id, desk_office(desk)->community->id) == 0)
            return tour;
    }
    return NULL;
}

/* --- the source used last -------------------------------------------------------------------------------------- */

void guest_sent(struct desk *desk, const struct booking *booking)
{
    struct office *office = &desk->offices[desk->office];
    str_copy(office->last_source, sizeof office->last_source, booking->source_title);
}
