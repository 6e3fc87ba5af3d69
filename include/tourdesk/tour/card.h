/* What Knock tells about a person it knows: the guest card and the history of events (knock-api 3.6, 3.7).
 */
#ifndef TOURDESK_TOUR_CARD_H
#define TOURDESK_TOUR_CARD_H

#include "tourdesk/tour/operation.h"

enum { FACT_SIZE = 512, EVENT_TEXT_SIZE = 512 };

/* One field of a guest card under the API's own name ("agent.username" for a nested one). */
struct fact {
    char name[48];
    char value[FACT_SIZE];
};

struct fact_list {
    struct fact *items;
    size_t count, capacity;
};

void fact_list_finish(struct fact_list *list);
struct fact *fact_list_add(struct fact_list *list, const char *name);

/* One event of a person's history. Fields that were not there are "" and 0. */
struct prospect_event {
    char type[ID_SIZE]; /* "APPOINTMENT_CREATED" */
    char description[EVENT_TEXT_SIZE];
    char event_time[STAMP_SIZE]; /* as it came */
    char created_at[STAMP_SIZE];
    char source_title[SOURCE_SIZE];
    char agent[ID_SIZE];
    char start_time[STAMP_SIZE], end_time[STAMP_SIZE]; /* of an appointment */
    char status[ID_SIZE];
    char tour_type[ID_SIZE];
};

struct prospect_events {
    struct prospect_event *items;
    size_t count, capacity;
    size_t skipped;      /* entries that are no events */
    char after[ID_SIZE]; /* where the next page begins, "" = this was the last */
};

void prospect_events_finish(struct prospect_events *events);
struct prospect_event *prospect_events_add(struct prospect_events *events);

/* The event that says an appointment with this start was created, or NULL. */
const struct prospect_event *prospect_events_find(
    const struct prospect_events *events, instant start);

#endif
