#include "tourdesk/tour/report.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"

#include <stdlib.h>

struct report *report_create(enum report_kind kind, uint64_t token)
{
    struct report *report = mem_alloc(sizeof *report);
    report->kind = kind;
    report->token = token;
    return report;
}

void report_destroy(struct report *report)
{
    if (!report)
        return;
    slot_list_finish(&report->slots);
    source_list_finish(&report->sources);
    tour_list_finish(&report->tours);
    fact_list_finish(&report->card);
    prospect_events_finish(&report->events);
    hold_list_finish(&report->holds);
    person_finish(&report->person);
    draft_list_finish(&report->drafts);
    free(report->operations);
    free(report->operation);
    free(report->tour);
    free(report);
}

void source_list_finish(struct source_list *list)
{
    free(list->titles);
    *list = (struct source_list){0};
}

void source_list_add(struct source_list *list, const char *title)
{
    list->titles = mem_grow(list->titles, &list->capacity, list->count + 1, sizeof *list->titles);
    str_copy(list->titles[list->count++], SOURCE_SIZE, title);
}
