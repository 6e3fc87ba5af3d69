/* Drawing the tours booked here: one a line, the selected one in words below. */
#include "draw.h"

#include <string.h>

enum { HEAD_ROWS = 2, DETAIL_ROWS = 3 };

/* Where the columns stand; what does not fit is left out from the right. */
enum { WHEN_AT = 3, WHO_AT = 24, STATE_AT = 45, NUMBER_AT = 65, OPERATION_AT = 79 };

static void draw_line(const struct page *page, int row, const struct tour *tour, bool selected)
{
    const struct desk *desk = page->desk;
    struct canvas *canvas = page->canvas;
    char moment[SAY_SIZE], name[SHORT_NAME_SIZE], four[PHONE_SIZE];
    enum tour_status status = tour_status(tour, desk->now);
    enum role role = status_role(status);
    int right = page->cols - MARGIN;
    short_name(tour->first_name, tour->last_name, name);
    phone_last_four(tour->phone, four);
    canvas_glyph(canvas, row, MARGIN, role, status_glyph(status));
    say_moment(moment, desk_zone(desk), tour->start.at, desk->now);
    canvas_text(canvas, row, WHEN_AT, WHO_AT - WHEN_AT - 1, role, moment);
    canvas_print(canvas, row, WHO_AT, STATE_AT - WHO_AT - 1, role, "%s%s%s", name,
        *four ? "  \xE2\x80\xA6" : "", four);
    canvas_text(canvas, row, STATE_AT, right - STATE_AT, role, tour_status_words(status));
    if (tour->appointment_id[0] && right > NUMBER_AT + 8)
        canvas_text(canvas, row, NUMBER_AT, right - NUMBER_AT, role, tour->appointment_id);
    if (right > OPERATION_AT + 8)
        canvas_text(canvas, row, OPERATION_AT, right - OPERATION_AT, ROLE_DIM, tour->id);
    if (selected) {
        canvas_paint(canvas, row, 0, page->cols, ROLE_FOCUS);
        canvas_cursor(canvas, row, MARGIN, false);
    }
}

static void draw_head(const struct page *page)
{
    struct canvas *canvas = page->canvas;
    int row = page->top + 1, right = page->cols - MARGIN;
    canvas_text(canvas, row, WHEN_AT, 20, ROLE_DIM, "When");
    canvas_text(canvas, row, WHO_AT, 20, ROLE_DIM, "Who");
    canvas_text(canvas, row, STATE_AT, 20, ROLE_DIM, "State");
    if (right > NUMBER_AT + 8)
        canvas_text(canvas, row, NUMBER_AT, 20, ROLE_DIM, "Number");
    if (right > OPERATION_AT + 8)
        canvas_text(canvas, row, OPERATION_AT, 20, ROLE_DIM, "Operation");
}

static void add_outcome(struct str *out, const char *what, enum operation_state state)
{
    if (state != STATE_NONE)
        str_addf(out, ", %s %s", what, state_word(state));
}

static void draw_detail(const struct page *page, const struct tour *tour)
{
    char span[SAY_SIZE], name[2 * NAME_SIZE], phone[PHONE_SIZE];
    struct str words = {0};
    struct profile profile = {0};
    int row = page->top + page->rows - DETAIL_ROWS + 1, width = page->cols - 2 * MARGIN;
    str_copy(profile.first_name, NAME_SIZE, tour->first_name);
    str_copy(profile.last_name, NAME_SIZE, tour->last_name);
    profile_full_name(&profile, name);
    phone_local(tour->phone, phone);
    str_addf(&words, "%s, %s", name,
        say_span(span, desk_zone(page->desk), tour->start.at, tour->end, page->desk->now));
    canvas_text(page->canvas, row, MARGIN, width, ROLE_STRONG, str_text(&words));
    str_clear(&words);
    str_addf(&words, "%s%s%s%ssource %s, booking %s", phone, *phone ? ", " : "", tour->email,
        tour->email[0] ? ", " : "", tour->source_title, state_word(tour->booking));
    add_outcome(&words, "cancel", tour->cancel);
    add_outcome(&words, "visit", tour->visit);
    if (tour->visit_id[0])
        str_addf(&words, " number %s", tour->visit_id);
    canvas_text(page->canvas, row + 1, MARGIN, width, ROLE_TEXT, str_text(&words));
    str_finish(&words);
}

static void draw(const struct page *page)
{
    const struct tour_list *tours = &page->desk->tours.tours;
    const struct tour *selected = desk_selected_tour(page->desk);
    int row = page->top + HEAD_ROWS, rows = page->rows - HEAD_ROWS - DETAIL_ROWS;
    draw_head(page);
    if (!selected) {
        canvas_wrap(page->canvas, row, WHEN_AT, page->cols - WHEN_AT - MARGIN, 2, ROLE_DIM,
            "No tours were booked here yet. Tours booked on the web or in Knock itself are not "
            "shown.");
        canvas_cursor(page->canvas, row, WHEN_AT, false);
        return;
    }
    int index = (int)(selected - tours->items), count = (int)tours->count;
    int first = index - rows / 2;
    if (first > count - rows)
        first = count - rows;
    if (first < 0)
        first = 0;
    for (int i = first; i < count && i < first + rows; i++)
        draw_line(page, row + i - first, &tours->items[i], i == index);
    draw_detail(page, selected);
}

static const enum action footer[] = {ACTION_VISIT, ACTION_CANCEL, ACTION_UNDO, ACTION_CALENDAR,
    ACTION_REFRESH, ACTION_HELP, ACTION_QUIT, ACTION_NOTHING};

const struct view tours_view = {.title = "Tours", .draw = draw, .footer = footer};
