/* What stands in no tour's row, in words: calls, and the visits and cancels of people not known here. */
#include "draw.h"

#include <ctype.h>

static const char *const what[OPERATION_KINDS] = {
    [OPERATION_CANCEL] = "cancel of",
    [OPERATION_VISIT] = "visit of",
    [OPERATION_CALL] = "call with",
};

static void tell_who(const struct page *page, const struct operation *operation,
    const struct tour *tour, bool full, struct str *out)
{
    char name[FULL_NAME_SIZE];
    if (!tour->id[0]) {
        loose_number(out, operation);
        return;
    }
    if (full)
        tour_full_name(page, tour, name);
    else
        tour_who(page, tour, name);
    str_add(out, name);
}

void tell_loose_what(
    const struct page *page, const struct loose *loose, bool shortly, struct str *out)
{
    const struct operation *operation = &loose->operation;
    if (shortly && !loose->tour.id[0]) { /* the details say what number it is */
        str_addf(out, "%s, %s", operation_kind_word(operation->kind),
            operation->appointment_id[0] ? operation->appointment_id : operation->prospect_id);
        return;
    }
    str_addf(out, "%s ", what[operation->kind]);
    tell_who(page, operation, &loose->tour, false, out);
}

void tell_loose_state(const struct desk *desk, const struct operation *operation, struct str *out)
{
    char length[SAY_SIZE];
    str_add(out, state_word(operation->state));
    if (operation->state != STATE_SAVED)
        return;
    if (!desk->online)
        str_add(out, ", waits for the line");
    else if (operation->send_after > desk->now)
        str_addf(out, ", sending in %s", say_length(length, operation->send_after - desk->now));
}

static void tell_when(const struct desk *desk, const struct operation *operation,
    const struct tour *tour, struct str *out)
{
    char said[SAY_SIZE];
    const struct zone *zone = desk_community(desk, operation->community_id)->zone;
    const struct calling *call = &operation->calling;
    instant at = loose_at(operation, tour);
    if (operation->kind == OPERATION_CALL)
        str_addf(out, ", %s", say_span(said, zone, at, call->end.at, desk->now));
    else if (at)
        str_addf(out, ", %s %s", say_moment(said, zone, at, desk->now), zone_word(zone));
}

void tell_loose(const struct page *page, const struct operation *operation, const struct tour *tour,
    bool full, struct str *out)
{
    size_t first = out->length;
    str_addf(out, "%s ", what[operation->kind]);
    out->data[first] = (char)toupper((unsigned char)out->data[first]);
    tell_who(page, operation, tour, full, out);
    tell_when(page->desk, operation, tour, out);
}

/* What its row does not say. */
static void tell_rest(const struct page *page, const struct loose *loose, struct str *out)
{
    const struct desk *desk = page->desk;
    const struct operation *operation = &loose->operation;
    const struct community *community = desk_community(desk, operation->community_id);
    const struct visiting *visit = &operation->visiting;
    char moment[SAY_SIZE];
    str_add_char(out, '\n');
    tell_loose_state(desk, operation, out);
    if (operation->reason != REASON_NONE)
        str_addf(out, "\n%s", reason_words(operation->reason));
    if (operation->kind == OPERATION_VISIT)
        for (size_t i = 0; i < visit->unit_count; i++)
            str_addf(out, "%s%s", i == 0 ? "\nunits " : ", ", visit->units[i]);
    str_addf(
        out, "\nentered %s", say_moment(moment, community->zone, operation->created_at, desk->now));
    if (operation->agent[0])
        str_addf(out, " by %s", operation->agent);
    if (desk->community_count > 1)
        str_addf(out, "\n%s", community->name);
}

void draw_loose_detail(const struct page *page, const struct loose *loose)
{
    struct str words = {0};
    struct area area = detail_area(page);
    tell_loose(page, &loose->operation, &loose->tour, false, &words);
    tell_rest(page, loose, &words);
    draw_card(page, &area, str_text(&words));
    str_finish(&words);
}
