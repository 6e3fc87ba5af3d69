#include "tourdesk/desk/form.h"
#include "tourdesk/desk/desk.h"

#include "tourdesk/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void form_init(struct form *form)
{
    *form = (struct form){.guest = -1};
}

void form_add(struct form *form, const struct field_spec *specs, int count)
{
    for (int i = 0; i < count && form->count < FORM_FIELDS; i++) {
        struct field *field = &form->fields[form->count++];
        field->spec = &specs[i];
        field->editor.max_bytes = specs[i].max_bytes;
        field->chosen = NO_CHOICE;
    }
}

void form_finish(struct form *form)
{
    for (int i = 0; i < form->count; i++)
        editor_finish(&form->fields[i].editor);
    *form = (struct form){0};
}

void form_clear(struct form *form)
{
    for (int i = 0; i < form->count; i++) {
        struct field *field = &form->fields[i];
        editor_finish(&field->editor);
        field->chosen = NO_CHOICE;
        field->left = false;
        field->weight = WEIGHT_NONE;
        field->note[0] = '\0';
    }
    form->focus = 0;
}

const char *form_text(const struct form *form, int field)
{
    return editor_text(&form->fields[field].editor);
}

void form_set_text(struct form *form, int field, const char *text)
{
    editor_set(&form->fields[field].editor, text);
}

bool form_blank(const struct form *form)
{
    for (int i = 0; i < form->count; i++)
        if (form->fields[i].spec->kind == FIELD_TEXT && !str_blank(form_text(form, i)))
            return false;
    return true;
}

const char *form_loss(const struct form *form, int first, int last)
{
    for (int i = first; i <= last; i++)
        if (!str_blank(form_text(form, i)))
            return " What was typed is gone.";
    return "";
}

bool form_value(const struct form *form, int field, char *out, size_t size)
{
    struct str value = {0};
    text_compose(&value, form_text(form, field));
    bool fits = str_copy(out, size, str_text(&value));
    str_finish(&value);
    return fits;
}

const char *form_choice(const struct form *form, int field)
{
    const struct field *chosen = &form->fields[field];
    return chosen->chosen == NO_CHOICE ? "" : chosen->choices[chosen->chosen];
}

void form_set_choices(struct form *form, int field, const char *const *texts, int count)
{
    struct field *filled = &form->fields[field];
    filled->choice_count = 0;
    filled->chosen = NO_CHOICE;
    for (int i = 0; i < count && i < FIELD_CHOICES; i++)
        filled->choices[filled->choice_count++] = texts[i];
}

enum weight form_weight(const struct form *form, const struct field *field)
{
    return &form->fields[form->focus] == field && !field->left ? WEIGHT_HINT : WEIGHT_WRONG;
}

bool field_blank(const struct field *field)
{
    return str_blank(editor_text(&field->editor));
}

void field_say(struct field *field, enum weight weight, const char *format, ...)
{
    struct str words = {0};
    va_list args;
    va_start(args, format);
    str_addv(&words, format, args);
    va_end(args);
    field->weight = weight;
    str_copy(field->note, sizeof field->note, str_text(&words));
    str_finish(&words);
}

static void check(const struct desk *desk, const struct form *form, struct field *field)
{
    field->weight = WEIGHT_NONE;
    field->note[0] = '\0';
    if (field->spec->check)
        field->spec->check(desk, form, field);
}

void form_check(const struct desk *desk, struct form *form)
{
    for (int i = 0; i < form->count; i++)
        check(desk, form, &form->fields[i]);
}

void form_leave_all(const struct desk *desk, struct form *form)
{
    for (int i = 0; i < form->count; i++)
        form->fields[i].left = true;
    form_check(desk, form);
}

void form_focus(const struct desk *desk, struct form *form, int field)
{
    if (field != form->focus)
        form->fields[form->focus].left = true;
    form->focus = field;
    form_check(desk, form);
}

bool form_go_wrong(struct form *form)
{
    for (int i = 0; i < form->count; i++)
        if (form->fields[i].weight == WEIGHT_WRONG) {
            form->fields[i].left = true;
            form->focus = i;
            return true;
        }
    return false;
}

/* --- choosing ------------------------------------------------------------------------------ */

static void choose_next(struct field *field, int step)
{
    if (field->choice_count == 0)
        return;
    int from = field->chosen == NO_CHOICE ? (step > 0 ? -1 : 0) : field->chosen;
    field->chosen = (from + step + field->choice_count) % field->choice_count;
}

/* A digit takes the choice of that number; a letter the next choice that begins with it. */
static void choose_by_key(struct field *field, const char *text)
{
    if (*text >= '1' && *text <= '9') {
        int wanted = *text - '1';
        if (wanted < field->choice_count)
            field->chosen = wanted;
        return;
    }
    char key[8], word[8];
    str_print(key, sizeof key, "%.*s", (int)text_next(text, strlen(text), 0), text);
    text_fold_copy(key, sizeof key, key);
    for (int i = 1; *key && i <= field->choice_count; i++) {
        int candidate = (field->chosen + i + field->choice_count) % field->choice_count;
        text_fold_copy(word, sizeof word, field->choices[candidate]);
        if (strncmp(word, key, strlen(key)) == 0) {
            field->chosen = candidate;
            return;
        }
    }
    if (*text == ' ')
        choose_next(field, 1);
}

static bool choose(struct field *field, enum action action)
{
    switch (action) {
    case ACTION_CHARACTER_LEFT: choose_next(field, -1); return true;
    case ACTION_CHARACTER_RIGHT: choose_next(field, 1); return true;
    case ACTION_DELETE_BACK:
    case ACTION_DELETE_FORWARD:
    case ACTION_DELETE_TO_START: field->chosen = NO_CHOICE; return true;
    default: return action >= ACTION_WORD_LEFT && action <= ACTION_DELETE_TO_END;
    }
}

/* --- acting -------------------------------------------------------------------------------- */

bool form_act(const struct desk *desk, struct form *form, enum action action)
{
    struct field *field = &form->fields[form->focus];
    switch (action) {
    case ACTION_NEXT_FIELD: form_focus(desk, form, (form->focus + 1) % form->count); return true;
    case ACTION_PREVIOUS_FIELD:
        form_focus(desk, form, (form->focus + form->count - 1) % form->count);
        return true;
    case ACTION_CLEAR_FORM:
        form_clear(form);
        form_check(desk, form);
        return true;
    default: break;
    }
    if (action < ACTION_CHARACTER_LEFT || action > ACTION_DELETE_TO_END)
        return false;
    if (field->spec->kind == FIELD_CHOICE)
        choose(field, action);
    else
        editor_act(&field->editor, action);
    form_check(desk, form);
    return true;
}

void form_type(const struct desk *desk, struct form *form, const char *text, size_t length)
{
    struct field *field = &form->fields[form->focus];
    bool fitted = true;
    if (field->spec->kind == FIELD_CHOICE)
        choose_by_key(field, text);
    else
        fitted = editor_insert(&field->editor, text, length);
    form_check(desk, form);
    if (!fitted)
        field_say(field, WEIGHT_WARN, "It is full: the rest was left out.");
}

void form_click(const struct desk *desk, struct form *form, int item)
{
    int field = item, choice = NO_CHOICE;
    if (item >= ITEM_CHOICE && item < ITEM_CHOICE + FORM_FIELDS * 100) {
        field = (item - ITEM_CHOICE) / 100;
        choice = (item - ITEM_CHOICE) % 100;
    }
    if (field < 0 || field >= form->count)
        return;
    form_focus(desk, form, field);
    if (choice != NO_CHOICE && choice < form->fields[field].choice_count)
        form->fields[field].chosen = choice;
    form_check(desk, form);
}
