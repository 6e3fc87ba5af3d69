/* Forms: fields in a row of rows, each with its text or its choice, and what there is to say about it.
 *
 * What a form is about (a booking, a visit) is a table of field specs with their checks; moving, editing
 * and choosing are the same for all.
 */
#ifndef TOURDESK_DESK_FORM_H
#define TOURDESK_DESK_FORM_H

#include "tourdesk/desk/editor.h"

enum { FORM_FIELDS = 20, FIELD_CHOICES = 100, NO_CHOICE = -1 };

enum field_kind {
    FIELD_TEXT,   /* edited freely */
    FIELD_CHOICE, /* one of a few, by digit, first letter, or left and right */
};

/* How much what is said about a field weighs. */
enum weight {
    WEIGHT_NONE,
    WEIGHT_HINT,  /* good to know */
    WEIGHT_WARN,  /* probably a slip; does not stop anything */
    WEIGHT_WRONG, /* cannot be sent like this */
};

struct desk;
struct form;
struct field;

struct field_spec {
    const char *label;
    enum field_kind kind;
    size_t max_bytes;  /* of a text */
    const char *empty; /* what to type, shown while it is empty and has the focus; NULL = nothing */
    int cells;         /* the width it would like; 0 = as much as there is */
    bool beside;       /* stands to the right of the one before, where there is room */
    /* Says what there is to say about the field now: its note and weight. NULL = nothing ever. */
    void (*check)(const struct desk *desk, const struct form *form, struct field *field);
};

struct field {
    const struct field_spec *spec;
    struct editor editor;
    const char *choices[FIELD_CHOICES]; /* borrowed: of a table or of the desk's lists */
    int choice_count;
    int chosen; /* NO_CHOICE = none */
    bool left;  /* it had the focus and lost it: now what is wrong may be called wrong */
    enum weight weight;
    char note[192];
};

struct form {
    struct field fields[FORM_FIELDS];
    int count, focus;
    int guest; /* where the fields about a person begin (enum guest_field), -1 = it has none */
};

/* Begins without fields; then adds empty ones of the specs. Finished with form_finish(). */
void form_init(struct form *form);
void form_add(struct form *form, const struct field_spec *specs, int count);
void form_finish(struct form *form);

/* The text of the choice that is chosen, "" if none is. */
const char *form_choice(const struct form *form, int field);

/* Fills a choice field from a table of texts, which must stay; nothing is chosen. */
void form_set_choices(struct form *form, int field, const char *const *texts, int count);

/* Calls every field left: what is wrong in any of them is called so. */
void form_leave_all(const struct desk *desk, struct form *form);

/* What is wrong while one still types there is only a hint. */
enum weight form_weight(const struct form *form, const struct field *field);
bool field_blank(const struct field *field);

/* Empties every field; the focus goes to the first. */
void form_clear(struct form *form);

const char *form_text(const struct form *form, int field);
void form_set_text(struct form *form, int field, const char *text);

/* True if no text was typed. */
bool form_blank(const struct form *form);

/* What leaving the form throws away, as the end of a sentence; "" if none of the fields from `first` to `last` holds
 * anything. */
const char *form_loss(const struct form *form, int first, int last);

/* Fills `out` with a field's text, composed and without spaces at its ends; false if it did not fit. */
bool form_value(const struct form *form, int field, char *out, size_t size);

/* Moves the focus, edits, or chooses; false if the action is not a form's. */
bool form_act(const struct desk *desk, struct form *form, enum action action);

/* Typed or pasted text goes to the field that has the focus. */
void form_type(const struct desk *desk, struct form *form, const char *text, size_t length);

/* A click on a field (ITEM number = its index) or one of its choices (ITEM_CHOICE ...). */
void form_click(const struct desk *desk, struct form *form, int item);

/* Checks every field again (the clock or a list has changed). */
void form_check(const struct desk *desk, struct form *form);

/* Moves the focus to the first field that is wrong, calling it so; false if there is none. */
bool form_go_wrong(struct form *form);

void form_focus(const struct desk *desk, struct form *form, int field);

/* For checks: says something about a field. */
__attribute__((format(printf, 3, 4))) void field_say(
    struct field *field, enum weight weight, const char *format, ...);

#endif
