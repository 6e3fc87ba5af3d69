/* What is typed survives a crash: forms go to the ledger a moment after the last key, and come back. */
#include "guest.h"

#include "tourdesk/base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { KEPT_AFTER = 2 * SECOND, DRAFT_FORMS = 3 };

struct draft_form {
    enum screen_id screen;
    const char *name;
};

static const struct draft_form draft_forms[DRAFT_FORMS] = {
    {SCREEN_BOOK, "book"},
    {SCREEN_VISIT, "visit"},
    {SCREEN_WALK_IN, "walk-in"},
};

static const struct draft_form *form_named(enum screen_id screen)
{
    for (int i = 0; i < DRAFT_FORMS; i++)
        if (draft_forms[i].screen == screen)
            return &draft_forms[i];
    return NULL;
}

/* --- keeping ------------------------------------------------------------------------------------------------ */

void drafts_touched(struct desk *desk)
{
    if (form_named(desk_screen(desk)))
        desk->draft_due = desk->now + KEPT_AFTER;
}

/* A line for each field that holds something: its label, a tab, the text or the choice. */
static void write_form(const struct form *form, struct str *out)
{
    for (int i = 0; i < form->count; i++) {
        bool choice = form->fields[i].spec->kind == FIELD_CHOICE;
        const char *text = choice ? form_choice(form, i) : form_text(form, i);
        if (*text)
            str_addf(out, "%s\t%s\n", form->fields[i].spec->label, text);
    }
}

static struct command *draft_command(
    struct desk *desk, const struct draft_form *named, struct command_list *out)
{
    struct command *command = desk_command(desk, COMMAND_KEEP_DRAFT, out);
    str_copy(command->draft.form, sizeof command->draft.form, named->name);
    str_copy(command->draft.community_id, ID_SIZE, desk_office(desk)->community->id);
    return command;
}

static void keep(struct desk *desk, const struct draft_form *named, struct command_list *out)
{
    struct str text = {0};
    struct command *command = draft_command(desk, named, out);
    const struct form *form = desk_screen_of(named->screen)->form(desk);
    if (named->screen == SCREEN_VISIT)
        str_copy(command->draft.tour_id, OPERATION_ID_SIZE, desk->visit.tour.id);
    if (!form_blank(form))
        write_form(form, &text);
    command->draft.text = str_take(&text);
}

void drafts_tick(struct desk *desk, struct command_list *out)
{
    const struct draft_form *named = form_named(desk_base_screen(desk));
    if (!desk->draft_due || desk->now < desk->draft_due)
        return;
    desk->draft_due = 0;
    if (named)
        keep(desk, named, out);
}

void drafts_leave(struct desk *desk, enum screen_id form, struct command_list *out)
{
    keep(desk, form_named(form), out);
    desk->draft_due = 0;
}

void drafts_drop(struct desk *desk, enum screen_id form, struct command_list *out)
{
    struct command *command = draft_command(desk, form_named(form), out);
    command->draft.text = mem_text("");
    desk->draft_due = 0;
}

/* --- coming back ------------------------------------------------------------------------------------------------ */

void drafts_read(struct desk *desk, struct command_list *out)
{
    desk_command(desk, COMMAND_READ_DRAFTS, out);
}

static void put_value(struct form *form, const char *label, const char *value)
{
    for (int i = 0; i < form->count; i++) {
        struct field *field = &form->fields[i];
        if (strcmp(field->spec->label, label) != 0)
            continue;
        if (field->spec->kind == FIELD_TEXT)
            form_set_text(form, i, value);
        for (int c = 0; c < field->choice_count; c++)
            if (strcmp(field->choices[c], value) == 0)
                field->chosen = c;
    }
}

static void read_form(struct form *form, char *text)
{
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        *tab = '\0';
        put_value(form, line, tab + 1);
    }
}

/* A visit's draft is only worth the words: its tour may be long over. It comes back as a message. */
void drafts_take(struct desk *desk, struct report *report)
{
    for (size_t i = 0; i < report->drafts.count; i++) {
        struct draft *draft = &report->drafts.items[i];
        bool booking = strcmp(draft->form, "book") == 0;
        if (!draft->text || !*draft->text)
            continue;
        if (booking || strcmp(draft->form, "walk-in") == 0) {
            if (booking)
                book_restore(desk);
            else
                walk_in_restore(desk);
            read_form(
                desk_screen_of(booking ? SCREEN_BOOK : SCREEN_WALK_IN)->form(desk), draft->text);
            guest_restored(desk_screen_of(booking ? SCREEN_BOOK : SCREEN_WALK_IN)->form(desk),
                booking ? &desk->book.guest : &desk->walk_in.guest);
            desk_say(desk, TONE_WAITING, "An unfinished form was kept: %s opens it.",
                booking ? "n" : "W");
        } else {
            for (char *p = draft->text; *p; p++)
                if (*p == '\n' || *p == '\t')
                    *p = ' ';
            desk_say(
                desk, TONE_WAITING, "A visit that was being typed was not logged: %s", draft->text);
        }
    }
}
