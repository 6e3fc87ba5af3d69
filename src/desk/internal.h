/* What the desk's screens share. */
#ifndef TOURDESK_SRC_DESK_INTERNAL_H
#define TOURDESK_SRC_DESK_INTERNAL_H

#include "tourdesk/desk/desk.h"

/* A screen's half that changes the desk; its other half, of the same name, draws it. */
struct screen {
    enum context context;
    bool floats;                                                                  /* above a page */
    bool (*takes_text)(const struct desk *desk);                                  /* NULL = no */
    bool (*act)(struct desk *desk, enum action action, struct command_list *out); /* true = done */
    void (*text)(
        struct desk *desk, const char *text, size_t length, bool pasted, struct command_list *out);
    void (*closed)(
        struct desk *desk, struct command_list *out); /* left by "back"; NULL = nothing */
};

extern const struct screen calendar_screen, tours_screen, book_screen, visit_screen, list_screen,
    question_screen, help_screen;

/* --- desk.c --- */
void desk_push(struct desk *desk, enum screen_id screen);
void desk_pop(struct desk *desk);
struct command *desk_command(struct desk *desk, enum command_kind kind, struct command_list *out);
__attribute__((format(printf, 3, 4))) void desk_say(
    struct desk *desk, enum tone tone, const char *format, ...);
void desk_read_slots(struct desk *desk, size_t office, struct command_list *out);
struct office *desk_office_of(struct desk *desk, const char *community_id);
void desk_change_office(struct desk *desk, size_t office, struct command_list *out);

/* --- calendar.c, tours.c: listing again what is shown --- */
void calendar_list(struct desk *desk, struct command_list *out);
void calendar_place(struct desk *desk);
void tours_list(struct desk *desk, struct command_list *out);

/* --- forms and questions about a tour or a slot --- */
void book_open(struct desk *desk, const struct slot *slot);
bool book_report(struct desk *desk, struct report *report, struct command_list *out);
void book_operation(struct desk *desk, const struct report *report);
void visit_operation(struct desk *desk, const struct report *report);
void book_slots_changed(struct desk *desk);
void book_sources_changed(struct desk *desk);
void book_init(struct desk *desk);
void visit_init(struct desk *desk);
void visit_open(struct desk *desk, const struct tour *tour, struct command_list *out);
bool visit_report(struct desk *desk, struct report *report);
void cancel_ask(struct desk *desk, const struct tour *tour);

/* Opens a question that has been filled in, or a list. */
void question_open(struct desk *desk);
void question_add(struct question *question, char key, const char *words,
    void (*chosen)(struct desk *desk, struct command_list *out));
void list_open(struct desk *desk, const char *title,
    void (*picked)(struct desk *desk, int index, struct command_list *out));
void list_add(struct list_state *list, const char *text);

#endif
