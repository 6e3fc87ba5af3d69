/* Search: a tour or a person by any part of what is known, as it is typed. */
#include "internal.h"

#include "tourdesk/tour/when.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum { SEARCH_BYTES = 200, FOUND_MOST = 60 };

/* True for what could as well be the beginning of a name: "tom", "may", "mon". */
static bool may_be_name(const char *text)
{
    size_t letters = 0;
    while (isalpha((unsigned char)text[letters]))
        letters++;
    return letters <= 4 && text[letters + strspn(text + letters, " ")] == '\0';
}

/* A day that is typed finds the tours of that day: of the last and the next one that it can mean the
 * nearer. */
static bool is_day(const struct desk *desk, const char *text, struct date *out)
{
    const struct zone *zone = desk_zone(desk);
    struct date today = zone_date(zone, desk->now), last;
    if (may_be_name(text) || !when_parse_date(text, zone, desk->now, WHEN_NEXT, out, NULL))
        return false;
    if (when_parse_date(text, zone, desk->now, WHEN_LAST, &last, NULL) &&
        date_days_between(last, today) < date_days_between(today, *out))
        *out = last;
    return true;
}

static void search(struct desk *desk, struct command_list *out)
{
    struct search_state *state = &desk->search;
    const char *text = editor_text(&state->editor);
    struct date day;
    if (str_blank(text)) {
        state->page.token = 0;
        tour_list_finish(&state->page.tours);
        return;
    }
    struct command *command = desk_command(desk, COMMAND_SEARCH, out);
    command->query = (struct tour_query){.from = 0, .to = INT64_MAX, .limit = FOUND_MOST};
    if (is_day(desk, text, &day)) {
        const struct zone *zone = desk_zone(desk);
        command->query.from = zone_day_start(zone, day);
        command->query.to = zone_day_start(zone, date_add_days(day, 1));
    } else {
        str_copy(command->text, sizeof command->text, text);
    }
    state->page.token = command->token;
}

/* Other words were typed: what is shown is not the answer to them. */
static void search_anew(struct desk *desk, struct command_list *out)
{
    desk->search.asked = desk->search.open_first = false;
    search(desk, out);
}

static const struct tour *selected(const struct desk *desk)
{
    const struct tours_page *page = &desk->search.page;
    const struct tour *tour = tour_list_find(&page->tours, page->selected);
    return tour || page->tours.count == 0 ? tour : &page->tours.items[0];
}

/* The person's page is where the keys for a tour work; the tour that was found has the focus there. */
static void open_found(struct desk *desk, struct command_list *out)
{
    const struct tour *tour = selected(desk);
    char id[OPERATION_ID_SIZE];
    if (!desk->search.asked && desk->search.page.token) {
        desk->search.open_first = true; /* as soon as the answer is here */
        return;
    }
    if (!tour) {
        desk_say(desk, TONE_PLAIN, "Nothing found here. They may be known to Knock only.");
        return;
    }
    str_copy(id, sizeof id, tour->id);
    person_open(desk, tour->person_id, out);
    str_copy(desk->person.selected, sizeof desk->person.selected, id);
}

void search_take(struct desk *desk, struct report *report, struct command_list *out)
{
    struct search_state *state = &desk->search;
    if (!report->token || report->token != state->page.token)
        return; /* about something that was typed before */
    tour_list_finish(&state->page.tours);
    state->page.tours = report->tours;
    report->tours = (struct tour_list){0};
    state->asked = true;
    if (!tour_list_find(&state->page.tours, state->page.selected))
        state->page.selected[0] = '\0';
    bool open = state->open_first && desk_screen(desk) == SCREEN_SEARCH;
    state->open_first = false;
    if (open)
        open_found(desk, out);
}

static bool move(struct desk *desk, enum action action)
{
    struct tours_page *page = &desk->search.page;
    const struct tour *tour = selected(desk);
    int at = tour ? (int)(tour - page->tours.items) : 0;
    return select_act(&page->tours, page->selected, at, action);
}

static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    struct search_state *state = &desk->search;
    if (action == ACTION_OPEN) {
        open_found(desk, out);
        return true;
    }
    if (move(desk, action))
        return true;
    if (action < ACTION_CHARACTER_LEFT || action > ACTION_DELETE_TO_END)
        return false;
    size_t before = state->editor.text.length;
    editor_act(&state->editor, action);
    if (state->editor.text.length != before)
        search_anew(desk, out);
    return true;
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    (void)pasted;
    if (!editor_insert(&desk->search.editor, typed, length))
        desk_say(desk, TONE_PLAIN, "It is full: the rest was left out.");
    search_anew(desk, out);
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    struct tours_page *page = &desk->search.page;
    if (item < 0 || item >= (int)page->tours.count)
        return;
    str_copy(page->selected, OPERATION_ID_SIZE, page->tours.items[item].id);
    if (twice)
        open_found(desk, out);
}

static void opened(struct desk *desk, struct command_list *out)
{
    (void)out;
    struct search_state *state = &desk->search;
    editor_finish(&state->editor);
    tour_list_finish(&state->page.tours);
    *state = (struct search_state){.editor.max_bytes = SEARCH_BYTES};
}

const struct screen search_screen = {
    .context = CONTEXT_SEARCH,
    .takes_text = true,
    .act = act,
    .text = text,
    .click = click,
    .opened = opened,
    .changed = search,
    .selected = selected,
};
