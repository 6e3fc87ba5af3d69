/* Drawing a form: labels, fields, choices, what stands round them, and what will be done in words. */
#include "draw.h"

#include <string.h>

enum {
    LABEL = 13,       /* cells for a label, its mark and the gap behind it */
    TWO_COLUMNS = 74, /* from here fields stand side by side */
    WIDEST_FORM = 130,
    CHOICE_GAP = 2,
    NUMBERED = 9, /* choices that a digit takes */
    MOST_ABOVE = 24,
    ALL_OF_IT = 1000,
};

/* Where a field stands, in rows of the form. */
struct place {
    int row, rows;
    int above, below; /* rows of what stands round it */
    int most;         /* lines that each text above it may take */
    int label_col, col, width;
};

/* A form being drawn. */
struct drawing {
    const struct page *page;
    const struct form *form;
    const struct surround *surround;
    struct place places[FORM_FIELDS];
    int cols;
    int top;        /* the screen row of the form's first row */
    int first, end; /* screen rows that may be drawn on */
};

static bool is_shown(const struct drawing *d, int row)
{
    return row >= d->first && row < d->end;
}

/* --- what flows over several lines ---------------------------------------------------------------------- */

struct flow {
    int width, line, col;
};

/* Takes `cells` from the flow; afterwards flow->col - cells is where they begin. */
static void flow_on(struct flow *flow, int cells)
{
    if (flow->col > 0 && flow->col + CHOICE_GAP + cells > flow->width) {
        flow->line++;
        flow->col = 0;
    }
    flow->col += (flow->col ? CHOICE_GAP : 0) + cells;
}

static int choice_cells(const struct field *field, int i)
{
    return 1 + (i < NUMBERED ? 2 : 0) + text_width(field->choices[i]); /* mark, digit, words */
}

static int choice_lines(const struct field *field, int width)
{
    struct flow flow = {.width = width};
    for (int i = 0; i < field->choice_count; i++)
        flow_on(&flow, choice_cells(field, i));
    return flow.line + 1;
}

static int chip_lines(const struct surround *surround, int width)
{
    struct flow flow = {.width = width};
    for (int i = 0; i < surround->chip_count; i++)
        flow_on(&flow, text_width(surround->chips[i].words) + 2);
    return (surround->chip_count ? flow.line + 1 : 0) + (surround->chips_note[0] != '\0');
}

/* --- places ----------------------------------------------------------------------------------------------- */

static int above_lines(const struct surround *surround, int i, int field, int width, int most)
{
    const char *text = surround->above[i].text;
    if (!text || !*text || surround->above[i].field != field)
        return 0;
    if (surround->above[i].role == ROLE_WARNING || most > MOST_ABOVE)
        most = MOST_ABOVE; /* a warning is never cut */
    return wrapped_lines(text, width, most < 1 ? 1 : most);
}

/* The rows of the texts above a field; where there is little room only the focus gets all of them. */
static int rows_above(const struct drawing *d, int field, int most)
{
    int rows = 0;
    for (int i = 0; i < ABOVES; i++)
        rows += above_lines(d->surround, i, field, d->cols - LABEL - MARGIN, most);
    return rows;
}

static void place_field(struct drawing *d, int i, int row, int most_above)
{
    const struct field *field = &d->form->fields[i];
    struct place *p = &d->places[i];
    int half = (d->cols - 2 * MARGIN) / 2;
    bool beside = d->cols >= TWO_COLUMNS && field->spec->beside && i > 0;
    *p = (struct place){.row = row, .rows = 1, .label_col = beside ? MARGIN + half : MARGIN};
    p->col = p->label_col + LABEL;
    p->width = d->cols - MARGIN - p->col;
    if (d->cols >= TWO_COLUMNS && i + 1 < d->form->count && d->form->fields[i + 1].spec->beside &&
        !beside)
        p->width = half - LABEL - 2;
    if (field->spec->cells && p->width > field->spec->cells)
        p->width = field->spec->cells;
    if (beside)
        p->row = d->places[i - 1].row;
    p->most = i == d->form->focus ? d->end - d->first - 2 : most_above;
    if (!beside)
        p->above = rows_above(d, i, p->most);
    p->row += p->above;
    if (field->spec->kind == FIELD_CHOICE)
        p->rows = choice_lines(field, p->width);
    if (d->surround->chips_field == i)
        p->below = chip_lines(d->surround, d->cols - MARGIN - p->col);
}

/* Gives every field its place; returns the rows they take together. */
static int place_fields(struct drawing *d, int most_above)
{
    int row = 0;
    for (int i = 0; i < d->form->count; i++) {
        const struct place *p = &d->places[i];
        place_field(d, i, row, most_above);
        if (p->row + p->rows + p->below > row)
            row = p->row + p->rows + p->below;
    }
    return row;
}

/* How many rows to scroll so that the field with the focus and what stands round it are in sight. */
static int scroll_for(const struct drawing *d, int all)
{
    const struct place *focus = &d->places[d->form->focus];
    int rows = d->end - d->first;
    int top = focus->row - focus->above, bottom = focus->row + focus->rows + focus->below;
    if (all <= rows || bottom <= rows - 1)
        return 0;
    int scroll = bottom - rows + (bottom < all);
    return scroll > top ? top : scroll;
}

/* --- drawing ------------------------------------------------------------------------------------------------ */

static void draw_choice(const struct drawing *d, int i, int choice, int row, int col)
{
    struct canvas *canvas = d->page->canvas;
    const struct field *field = &d->form->fields[i];
    bool chosen = field->chosen == choice, focused = d->form->focus == i;
    int cells = choice_cells(field, choice);
    enum role role = !chosen ? ROLE_TEXT : focused ? ROLE_FIELD_FOCUS : ROLE_FIELD;
    if (!is_shown(d, row))
        return;
    if (chosen)
        canvas_fill(canvas, row, col, cells, role);
    canvas_glyph(canvas, row, col, role, chosen ? GLYPH_ON : GLYPH_OFF);
    if (choice < NUMBERED)
        canvas_print(canvas, row, col + 1, 2, chosen ? role : ROLE_DIM, "%d", choice + 1);
    canvas_text(canvas, row, col + (choice < NUMBERED ? 3 : 1), d->cols - MARGIN - col - 3, role,
        field->choices[choice]);
    canvas_target(canvas, row, col, 1, cells, ITEM_CHOICE + i * 100 + choice);
    if (focused && (chosen || (field->chosen == NO_CHOICE && choice == 0)))
        canvas_cursor(canvas, row, col + 1, false);
}

static void draw_choices(const struct drawing *d, int i)
{
    const struct field *field = &d->form->fields[i];
    const struct place *p = &d->places[i];
    struct flow flow = {.width = p->width};
    if (field->choice_count == 0 && d->form->focus == i)
        canvas_cursor(d->page->canvas, d->top + p->row, p->col, false);
    for (int c = 0; c < field->choice_count; c++) {
        int cells = choice_cells(field, c);
        flow_on(&flow, cells);
        draw_choice(d, i, c, d->top + p->row + flow.line, p->col + flow.col - cells);
    }
}

static void draw_text(const struct drawing *d, int i)
{
    struct canvas *canvas = d->page->canvas;
    const struct field *field = &d->form->fields[i];
    const struct place *p = &d->places[i];
    int row = d->top + p->row;
    if (d->form->focus == i) {
        draw_input(d->page, row, p->col, p->width, &field->editor, field->spec->empty);
        return;
    }
    canvas_fill(canvas, row, p->col, p->width, ROLE_FIELD);
    canvas_text(canvas, row, p->col, p->width, ROLE_FIELD, editor_text(&field->editor));
}

static void draw_label(const struct drawing *d, int i)
{
    struct canvas *canvas = d->page->canvas;
    const struct field *field = &d->form->fields[i];
    const struct place *p = &d->places[i];
    bool focused = d->form->focus == i, wrong = field->weight >= WEIGHT_WARN;
    int row = d->top + p->row;
    enum role role = focused ? ROLE_STRONG : wrong ? ROLE_TROUBLE : ROLE_DIM;
    int used = canvas_text(canvas, row, p->label_col, LABEL - 3, role, field->spec->label);
    if (wrong)
        canvas_text(canvas, row, p->label_col + used, 2, ROLE_TROUBLE, " !");
    if (focused)
        canvas_glyph(canvas, row, p->label_col - 1, ROLE_ACCENT, GLYPH_POINTER);
    canvas_target(canvas, row, p->label_col, 1, p->col + p->width - p->label_col, i);
}

static void draw_above(const struct drawing *d, int i)
{
    const struct place *p = &d->places[i];
    int row = d->top + p->row - p->above, width = d->cols - LABEL - MARGIN;
    for (int a = 0; a < ABOVES && p->above > 0; a++) {
        int lines = above_lines(d->surround, a, i, width, p->most);
        if (lines > d->end - row)
            lines = d->end - row;
        if (lines > 0 && row >= d->first)
            canvas_wrap(d->page->canvas, row, MARGIN + LABEL, width, lines,
                d->surround->above[a].role, d->surround->above[a].text);
        row += lines;
    }
}

static void draw_chips(const struct drawing *d, int i)
{
    struct canvas *canvas = d->page->canvas;
    const struct place *p = &d->places[i];
    const struct surround *s = d->surround;
    struct flow flow = {.width = d->cols - MARGIN - p->col};
    int row = d->top + p->row + p->rows;
    for (int c = 0; c < s->chip_count; c++) {
        int cells = text_width(s->chips[c].words) + 2;
        flow_on(&flow, cells);
        int at = p->col + flow.col - cells;
        enum role role = s->chips[c].chosen ? ROLE_FOCUS : ROLE_FREE;
        if (!is_shown(d, row + flow.line))
            continue;
        canvas_text(canvas, row + flow.line, at + 1, cells, role, s->chips[c].words);
        canvas_target(canvas, row + flow.line, at, 1, cells, s->chips[c].item);
        if (s->chips[c].chosen) {
            canvas_paint(canvas, row + flow.line, at, cells, ROLE_FOCUS);
            canvas_glyph(canvas, row + flow.line, at, ROLE_FOCUS, GLYPH_POINTER);
        }
    }
    row += s->chip_count ? flow.line + 1 : 0;
    if (s->chips_note[0] && is_shown(d, row))
        canvas_text(canvas, row, p->col, flow.width, ROLE_DIM, s->chips_note);
}

static void draw_field(const struct drawing *d, int i)
{
    const struct field *field = &d->form->fields[i];
    draw_above(d, i);
    if (is_shown(d, d->top + d->places[i].row)) {
        draw_label(d, i);
        if (field->spec->kind == FIELD_TEXT)
            draw_text(d, i);
    }
    if (field->spec->kind == FIELD_CHOICE)
        draw_choices(d, i);
    if (d->surround->chips_field == i)
        draw_chips(d, i);
}

int draw_form(const struct page *page, const struct form *form, const struct surround *surround,
    int row, int rows)
{
    struct drawing d = {.page = page,
        .form = form,
        .surround = surround,
        .cols = page->cols < WIDEST_FORM ? page->cols : WIDEST_FORM,
        .first = row,
        .end = row + rows};
    int all = place_fields(&d, ALL_OF_IT);
    if (all > rows)
        all = place_fields(&d, 1);
    int scroll = scroll_for(&d, all);
    d.top = row - scroll;
    for (int i = 0; i < form->count; i++)
        draw_field(&d, i);
    struct area area = {row, rows, d.cols - 1, 1};
    draw_more(page, &area, scroll, all);
    return all < rows ? all : rows;
}

/* --- below the form ------------------------------------------------------------------------------------------- */

void draw_form_note(const struct page *page, const struct form *form, int row, int rows)
{
    static const enum role roles[] = {
        [WEIGHT_NONE] = ROLE_DIM,
        [WEIGHT_HINT] = ROLE_DIM,
        [WEIGHT_WARN] = ROLE_WARNING,
        [WEIGHT_WRONG] = ROLE_TROUBLE,
    };
    const struct field *field = &form->fields[form->focus];
    for (int i = 0; field->weight == WEIGHT_NONE && i < form->count; i++)
        if (form->fields[i].weight >= WEIGHT_WARN)
            field = &form->fields[i];
    canvas_wrap(page->canvas, row, MARGIN, page->cols - 2 * MARGIN, rows, roles[field->weight],
        field->note);
}

const char *form_wrong(const struct form *form)
{
    for (int i = 0; i < form->count; i++)
        if (form->fields[i].weight == WEIGHT_WRONG)
            return form->fields[i].note;
    return NULL;
}

/* What will be done, and in the line below whether anything stands in its way. */
static void draw_review(const struct page *page, const struct form_page *f, int row, int rows)
{
    const char *wrong = form_wrong(f->form);
    int width = page->cols - 2 * MARGIN;
    int used = f->review
                   ? canvas_wrap(page->canvas, row, MARGIN, width, rows - 1, ROLE_STRONG, f->review)
                   : 0;
    if (wrong)
        canvas_print(
            page->canvas, row + used, MARGIN, width, ROLE_TROUBLE, "To be mended: %s", wrong);
    else if (*f->needed)
        canvas_print(
            page->canvas, row + used, MARGIN, width, ROLE_WARNING, "Needed still: %s.", f->needed);
    else
        canvas_text(page->canvas, row + used, MARGIN, width, ROLE_GOOD, f->ready);
}

static int draw_form_head(const struct page *page, const struct form_page *f, int row)
{
    int width = (page->cols < WIDEST_FORM ? page->cols : WIDEST_FORM) - 2 * MARGIN;
    int used = canvas_text(page->canvas, row, MARGIN, width, ROLE_TITLE, f->title) + 2;
    canvas_text_right(page->canvas, row, MARGIN + used, width - used, ROLE_STRONG, f->right);
    row++;
    if (f->second && *f->second)
        row += canvas_wrap(page->canvas, row, MARGIN, width, 2, f->second_role, f->second);
    return row;
}

void draw_form_page(const struct page *page, const struct form_page *f)
{
    enum { REVIEW = 3, SPACIOUS = 24 };
    bool roomy = page->rows >= SPACIOUS, rule = page->rows >= ROOMY;
    int note = 1 + roomy, foot = note + rule + REVIEW;
    int bottom = page->top + page->rows;
    int row = draw_form_head(page, f, page->top + roomy) + roomy;
    row += draw_form(page, f->form, &f->surround, row, bottom - foot - roomy - row) + roomy;
    draw_form_note(page, f->form, row, note);
    row += note;
    if (rule)
        canvas_rule(page->canvas, row++, MARGIN, page->cols - 2 * MARGIN, ROLE_RULE);
    draw_review(page, f, row, REVIEW);
}
