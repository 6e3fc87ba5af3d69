/* The fields about a person, which every form that has them shares. Such a form says in form->guest where
 * they begin. */
#ifndef TOURDESK_SRC_DESK_GUEST_H
#define TOURDESK_SRC_DESK_GUEST_H

#include "internal.h"

extern const struct field_spec guest_specs[GUEST_FIELDS];

/* Choices and memory as an unfilled form has them. */
void guest_reset(const struct desk *desk, struct form *form, struct guest_state *guest);

/* Fills the fields from what is known of a person. */
void guest_fill(struct form *form, struct guest_state *guest, const struct profile *profile,
    enum consent consent);

/* The list of sources came or changed: what was chosen stays chosen. */
void guest_sources(const struct desk *desk, struct form *form);

/* A Doorway link in the source field chooses the source it names (seed, step 1); false if it is none. */
bool source_take_link(struct desk *desk, struct form *form, int field, const char *text);
void source_choices(struct field *field, const struct office *office, const char *wanted);

/* Where the first name's field holds a whole line (a phone or an e-mail is in it), puts each part where it
 * belongs, as far as that place is empty, and goes on to what is asked next; true if it did. */
bool guest_split(const struct desk *desk, struct form *form);

/* Something was typed or the focus moved: consent follows the number, and the contact is looked up. */
void guest_typed(
    struct desk *desk, struct form *form, struct guest_state *guest, struct command_list *out);

/* Consent falls back to "not asked" where the number is another; true if it did. */
bool guest_follow_phone(struct desk *desk, struct form *form, struct guest_state *guest);

/* A click on a field or a choice, with what follows from it. */
void guest_click(struct desk *desk, struct form *form, struct guest_state *guest, int item,
    struct command_list *out);

/* The number for which consent was asked, where a form comes back from the ledger. */
void guest_restored(const struct form *form, struct guest_state *guest);

/* True while texts were not asked about though there is a number. */
bool guest_unasked(const struct form *form);

/* What the fields say, into out's profile, consent and source; what is needed still; and its field. */
void guest_read(const struct desk *desk, const struct form *form, struct booking *out);
void guest_needs(const struct booking *booking, struct str *needed);
int guest_first_needed(const struct form *form, const struct booking *booking);
void need(struct str *needed, const char *what);

/* It was sent: its source comes first from now on. */
void guest_sent(struct desk *desk, const struct booking *booking);

#endif
