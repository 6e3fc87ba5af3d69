/* Drawing what floats: questions, lists, an entry, the prompt, an unknown outcome. */
#include "draw.h"

#include "tourdesk/tour/tell.h"

#include <string.h>

enum { WIDEST_BOX = 76, PADDING = 2, MOST_LINES = 30 };

static int box_width(const struct page *page)
{
    int width = page->cols - 2 * PADDING - 2;
    return width < WIDEST_BOX ? width : WIDEST_BOX;
}

/* A box in the middle of the page; returns its inside, without what the page has no rows for. */
static struct area open_box(const struct page *page, int rows, int cols, const char *title)
{
    if (rows > page->rows - 2)
        rows = page->rows - 2;
    int top = page->top + (page->rows - rows - 2) / 2;
    int left = (page->cols - cols - 2 * PADDING) / 2;
    canvas_box(page->canvas, top, left, rows + 2, cols + 2 * PADDING, title);
    return (struct area){top + 1, rows, left + PADDING, cols};
}

/* A text at the top of a box; returns the row behind it. */
static int draw_text(const struct page *page, const struct area *box, int lines, const char *text)
{
    return box->row +
           canvas_wrap(page->canvas, box->row, box->col, box->cols, lines, ROLE_BOX, text);
}

/* A key and what it does, clickable. */
static void draw_answer(
    const struct page *page, const struct area *box, int row, int item, char key, const char *words)
{
    canvas_print(page->canvas, row, box->col + 1, 2, ROLE_BOX, "%c", key);
    canvas_text(page->canvas, row, box->col + 4, box->cols - 4, ROLE_BOX, words);
    canvas_target(page->canvas, row, box->col, 1, box->cols, item);
    if (item == 0)
        canvas_cursor(page->canvas, row, box->col + 1, false);
}

/* --- questions --------------------------------------------------------------------------------------------- */

static void draw_question(const struct page *page)
{
    const struct question *question = &page->desk->question;
    int width = box_width(page), answers = question->answer_count;
    int most = page->rows - 3 - answers;
    int lines = wrapped_lines(question->text, width, most < 1 ? 1 : most);
    struct area box = open_box(page, lines + 1 + answers, width, question->title);
    draw_text(page, &box, lines, question->text);
    int row = box.row + box.rows - answers;
    for (int i = 0; i < answers; i++)
        draw_answer(page, &box, row + i, i, question->answers[i].key, question->answers[i].words);
}

static const enum action question_footer[] = {ACTION_BACK, ACTION_NOTHING};

const struct view question_view = {.draw = draw_question, .footer = question_footer};

/* --- lists --------------------------------------------------------------------------------------------------- */

static int list_width(const struct page *page, const struct list_state *list)
{
    int width = text_width(list->title) + 4;
    for (int i = 0; i < list->count; i++)
        if (text_width(list->items[i]) + 5 > width)
            width = text_width(list->items[i]) + 5;
    return width < box_width(page) ? width : box_width(page);
}

static void draw_list(const struct page *page)
{
    enum { DIGITS = 9 };
    const struct list_state *list = &page->desk->list;
    struct canvas *canvas = page->canvas;
    struct area box = open_box(page, list->count, list_width(page, list), list->title);
    int first = first_shown(list->selected, list->count, box.rows);
    for (int i = first; i < first + box.rows && i < list->count; i++) {
        int row = box.row + i - first;
        if (i < DIGITS)
            canvas_print(canvas, row, box.col + 1, 2, ROLE_BOX, "%d", i + 1);
        canvas_text(canvas, row, box.col + 4, box.cols - 4, ROLE_BOX, list->items[i]);
        draw_item(page, &box, row, i, i == list->selected);
    }
    struct area marks = {box.row, box.rows, box.col + box.cols + PADDING - 1, 1};
    draw_more(page, &marks, first, list->count);
}

static const enum action list_footer[] = {ACTION_OPEN, ACTION_BACK, ACTION_NOTHING};

const struct view list_view = {.draw = draw_list, .footer = list_footer};

/* --- one line that is asked for ------------------------------------------------------------------------------ */

enum { LEAST_INPUT = 24 };

/* "> Who works here?" or "> Note:", which stands before the field. */
static void say_label(const struct entry_state *entry, char out[SAY_SIZE])
{
    size_t length = strlen(entry->title);
    bool ended = length > 0 && strchr("?:.", entry->title[length - 1]);
    str_print(out, SAY_SIZE, "> %s%s", entry->title, ended ? "" : ":");
}

/* The label and the field are one line: what is heard with the field says what it is. The box has the title
 * only where the label is too long for that. */
static void draw_entry(const struct page *page)
{
    enum { NOTE_ROWS = 2 };
    const struct entry_state *entry = &page->desk->entry;
    char label[SAY_SIZE];
    say_label(entry, label);
    int width = box_width(page), lines = wrapped_lines(entry->text, width, page->rows - 8);
    bool fits = text_width(label) + 1 + LEAST_INPUT <= width;
    struct area box =
        open_box(page, lines + (lines > 0) + 1 + NOTE_ROWS, width, fits ? "" : entry->title);
    int row = draw_text(page, &box, lines, entry->text) + (lines > 0);
    int used = canvas_text(page->canvas, row, box.col, box.cols, ROLE_BOX, fits ? label : ">") + 1;
    draw_input(page, row, box.col + used, box.cols - used, &entry->editor, entry->empty);
    canvas_wrap(page->canvas, row + 1, box.col, box.cols, NOTE_ROWS,
        entry->wrong ? ROLE_TROUBLE : ROLE_BOX, entry->note);
}

static const enum action entry_footer[] = {ACTION_SUBMIT, ACTION_BACK, ACTION_NOTHING};

const struct view entry_view = {.draw = draw_entry, .footer = entry_footer};

/* --- the prompt ------------------------------------------------------------------------------------------------ */

static void draw_offer(const struct page *page, const struct area *box, int row, const char *offer)
{
    enum { NAME = 24 };
    char name[128];
    str_copy(name, sizeof name, offer);
    name[strcspn(name, " ")] = '\0';
    enum action action = action_find(name);
    int used = canvas_text(page->canvas, row, box->col + 2, box->cols - 2, ROLE_BOX, offer) + 4;
    int col = used > NAME ? used : NAME;
    if (action != ACTION_NOTHING && col < box->cols)
        canvas_text(page->canvas, row, box->col + col, box->cols - col, ROLE_BOX,
            action_entry(action)->help);
}

/* At the foot of the page, what is offered above what is typed. */
static void draw_prompt(const struct page *page)
{
    enum { MOST = 24, SHOWN = 10 };
    const struct prompt_state *prompt = &page->desk->prompt;
    char offers[MOST][128];
    int count = desk_offers(page->desk, offers, MOST);
    int width = page->cols - 2 * PADDING - 2, rows = count < SHOWN ? count : SHOWN;
    if (rows > page->rows - 4)
        rows = page->rows - 4;
    int top = page->top + page->rows - rows - 3;
    canvas_box(page->canvas, top, 1, rows + 3, width + 2 * PADDING, "By name");
    struct area box = {top + 1, rows, 1 + PADDING, width};
    int first = first_shown(prompt->selected, count, rows);
    for (int i = first; i < count && i < first + rows; i++) {
        draw_offer(page, &box, box.row + i - first, offers[i]);
        draw_item(page, &box, box.row + i - first, i, i == prompt->selected);
    }
    struct area marks = {box.row, rows, box.col + box.cols + PADDING - 1, 1};
    draw_more(page, &marks, first, count);
    canvas_text(page->canvas, box.row + rows, box.col, 1, ROLE_BOX, ":");
    draw_input(page, box.row + rows, box.col + 1, box.cols - 1, &prompt->editor, "what to do");
}

static const enum action prompt_footer[] = {
    ACTION_OPEN, ACTION_COMPLETE, ACTION_BACK, ACTION_NOTHING};

const struct view prompt_view = {.draw = draw_prompt, .footer = prompt_footer};

/* --- an unknown outcome ------------------------------------------------------------------------------------------ */

/* Who and when; what is not about a tour known here says what it is. */
static void tell_subject(const struct page *page, bool roomy, struct str *out)
{
    const struct desk *desk = page->desk;
    const struct settle_state *settle = &desk->settle;
    const struct tour *tour = &settle->tour;
    const struct zone *zone = desk_zone_of(desk, tour);
    char when[SAY_SIZE], name[FULL_NAME_SIZE];
    if (settle->operation.kind == OPERATION_CALL || !tour->id[0]) {
        tell_loose(page, &settle->operation, tour, true, out);
    } else {
        tour_full_name(page, tour, name);
        str_addf(out, "%s, %s", name,
            roomy ? say_span(when, zone, tour->start.at, tour->end, desk->now)
                  : say_moment(when, zone, tour->start.at, desk->now));
    }
    str_add_char(out, '.');
}

static void tell_settle(const struct page *page, bool roomy, struct str *out)
{
    const struct desk *desk = page->desk;
    const struct operation *operation = &desk->settle.operation;
    char moment[SAY_SIZE];
    bool rests = operation->kind != OPERATION_CANCEL; /* which is asked again by itself */
    tell_subject(page, roomy, out);
    if (!roomy) {
        str_add(out, rests ? " It was not sent again.\n" : "\n");
        desk_settle_words(desk, out);
        return;
    }
    if (operation->updated_at)
        str_addf(out, "\nSent %s; no answer that proves anything came.",
            say_moment(moment, desk_community(desk, operation->community_id)->zone,
                operation->updated_at, desk->now));
    str_add(out, rests ? " It was not sent again, and will not be by itself.\n\n" : "\n\n");
    desk_settle_words(desk, out);
}

static void draw_settle(const struct page *page)
{
    static const struct {
        char key;
        const char *words[OPERATION_KINDS];
    } answers[] = {
        {'b', {"it is booked", "it is cancelled", "the visit is logged", "it is there",
                  "the call is logged"}},
        {'n', {"it is not: send it again", "it is not: send it again", "it is not: send it again",
                  "it is not: send it again", "it is not: send it again"}},
        {'d',
            {"it is not booked, and is not wanted any more", "it is not cancelled, and is to stay",
                "it is not logged, and is not wanted any more",
                "it is not there, and is not wanted any more",
                "it is not logged, and is not wanted any more"}},
        {'l',
            {"leave it for the handover", "leave it for the handover", "leave it for the handover",
                "leave it for the handover", "leave it for the handover"}},
    };
    enum { ANSWERS = sizeof answers / sizeof *answers };
    struct str words = {0};
    int width = box_width(page);
    bool roomy = page->rows >= ROOMY;
    tell_settle(page, roomy, &words);
    while (words.length > 0 && words.data[words.length - 1] == '\n')
        words.data[--words.length] = '\0';
    int lines = wrapped_lines(str_text(&words), width, page->rows - 2 - roomy - ANSWERS);
    struct area box = open_box(page, lines + roomy + ANSWERS, width, "The outcome is unknown");
    draw_text(page, &box, lines, str_text(&words));
    int row = box.row + box.rows - ANSWERS;
    for (int i = 0; i < ANSWERS; i++)
        draw_answer(page, &box, row + i, i, answers[i].key,
            answers[i].words[page->desk->settle.operation.kind]);
    str_finish(&words);
}

static const enum action settle_footer[] = {ACTION_BACK, ACTION_NOTHING};

const struct view settle_view = {.draw = draw_settle, .footer = settle_footer};
