/* Drawing a form: labels, fields, choices, what stands round them, and what will be done in words. */
#include "draw.h"

#include <string.h>

enum {
    LABEL = 13,       /* least cells for a label, its mark and the gap behind it */
    TWO_COLUMNS = 74, /* from here fields stand side by side */
    WIDEST_FORM = 130,
    CHOICE_GAP = 2,
    NUMBERED = 9, /* choices that a digit takes */
    MOST_ABOVE = 24,
    DAY_CELLS = 11,  /* of the day that a line of times begins with */
    TIME_CELLS = 12, /* ">1) 12:30 pm" */
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
    int label;      /* cells of the column of labels */
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

/* Where each chip stands: times in columns, a line of its own for each day; what has no number one behind the
 * other. Returns the lines used, the note's included. */
static int place_chips(const struct surround *surround, int width, struct flow out[CHIPS])
{
    struct flow flow = {.width = width};
    int across = (width - DAY_CELLS) / (TIME_CELLS + CHOICE_GAP), at = 0;
    for (int i = 0; i < surround->chip_count; i++) {
        const struct chip *chip = &surround->chips[i];
        if (chip->number) {
            bool full = at >= across;
            flow.line += i > 0 && (full || *chip->day);
            at = full || *chip->day ? 0 : at;
            flow.col = DAY_CELLS + at++ * (TIME_CELLS + CHOICE_GAP);
            out[i] = flow;
        } else {
            flow_on(&flow, text_width(chip->words) + 2);
            out[i] = flow;
            out[i].col -= text_width(chip->words) + 2;
        }
    }
    return (surround->chip_count ? flow.line + 1 : 0) + (surround->chips_note[0] != '\0');
}

static int chip_lines(const struct surround *surround, int width)
{
    struct flow places[CHIPS];
    return place_chips(surround, width, places);
}

/* --- places ----------------------------------------------------------------------------------------------- */

static int above_lines(const struct surround *surround, int i, int field, int width, int most)
{
    const char *text = surround->above[i].text;
    if (!text || !*text || surround->above[i].field != field)
        return 0;
    if (surround->above[i].role == ROLE_WARNING || most > MOST_ABOVE)
        most = MOST_ABOVE; /* a warning is never cut */
    most = most < 1 ? 1 : most;
    int lines = wrapped_lines(text, width, most + 1);
    if (lines > most && surround->above[i].role == ROLE_TEXT)
        return 0; /* what is read aloud is there whole, or not at all */
    return lines < most ? lines : most;
}

/* The rows of the texts above a field; where there is little room only those round the focus are whole. */
static int rows_above(const struct drawing *d, int field, int most)
{
    int rows = 0;
    for (int i = 0; i < ABOVES; i++)
        rows += above_lines(d->surround, i, field, d->cols - d->label - 2 * MARGIN, most);
    return rows;
}

static void place_field(struct drawing *d, int i, int row, int most_above)
{
    const struct field *field = &d->form->fields[i];
    struct place *p = &d->places[i];
    int half = (d->cols - 2 * MARGIN) / 2;
    bool beside = d->cols >= TWO_COLUMNS && field->spec->beside && i > 0;
    *p = (struct place){.row = row, .rows = 1, .label_col = beside ? MARGIN + half : MARGIN};
    p->col = p->label_col + d->label;
    p->width = d->cols - MARGIN - p->col;
    if (d->cols >= TWO_COLUMNS && i + 1 < d->form->count && d->form->fields[i + 1].spec->beside &&
        !beside)
        p->width = half - d->label - 2;
    if (!beside && field->spec->cells && p->width > field->spec->cells)
        p->width = field->spec->cells;
    if (beside)
        p->row = d->places[i - 1].row;
    bool near = i - d->form->focus >= -1 && i - d->form->focus <= 1;
    p->most = near ? d->end - d->first - 2 : most_above;
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
    int used = canvas_text(canvas, row, p->label_col, d->label - 3, role, field->spec->label);
    if (wrong)
        canvas_text(canvas, row, p->label_col + used, 2, ROLE_TROUBLE, " !");
    if (focused)
        canvas_glyph(canvas, row, p->label_col - 1, ROLE_ACCENT, GLYPH_POINTER);
    canvas_target(canvas, row, p->label_col, 1, p->col + p->width - p->label_col, i);
}

static void draw_above(const struct drawing *d, int i)
{
    const struct place *p = &d->places[i];
    int row = d->top + p->row - p->above, width = d->cols - d->label - 2 * MARGIN;
    for (int a = 0; a < ABOVES && p->above > 0; a++) {
        int lines = above_lines(d->surround, a, i, width, p->most);
        if (lines > d->end - row)
            lines = d->end - row;
        if (lines > 0 && row >= d->first)
            canvas_wrap(d->page->canvas, row, MARGIN + d->label, width, lines,
                d->surround->above[a].role, d->surround->above[a].text);
        row += lines;
    }
}

static void draw_chip(const struct drawing *d, const struct chip *chip, int row, int col)
{
    struct canvas *canvas = d->page->canvas;
    int cells = chip->number ? TIME_CELLS : text_width(chip->words) + 2, at = col + 1;
    if (chip->number)
        at += canvas_print(canvas, row, at, 3, ROLE_DIM, "%d) ", chip->number);
    canvas_text(canvas, row, at, cells, chip->chosen ? ROLE_FOCUS : ROLE_FREE, chip->words);
    canvas_target(canvas, row, col, 1, cells, chip->item);
    if (chip->chosen) {
        canvas_paint(canvas, row, col, cells, ROLE_FOCUS);
        canvas_glyph(canvas, row, col, ROLE_FOCUS, GLYPH_POINTER);
    }
}

static void draw_chips(const struct drawing *d, int i)
{
    const struct surround *s = d->surround;
    const struct place *p = &d->places[i];
    struct canvas *canvas = d->page->canvas;
    struct flow places[CHIPS];
    int row = d->top + p->row + p->rows, width = d->cols - MARGIN - p->col;
    int lines = place_chips(s, width, places);
    for (int c = 0; c < s->chip_count; c++) {
        int at = row + places[c].line;
        if (!is_shown(d, at))
            continue;
        canvas_text(canvas, at, p->col, DAY_CELLS - 1, ROLE_TEXT, s->chips[c].day);
        draw_chip(d, &s->chips[c], at, p->col + places[c].col);
    }
    if (s->chips_note[0] && is_shown(d, row + lines - 1))
        canvas_text(canvas, row + lines - 1, p->col, width, ROLE_DIM, s->chips_note);
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

static int label_cells(const struct form *form)
{
    enum { BEHIND = 3 };
    int cells = LABEL;
    for (int i = 0; i < form->count; i++)
        if (text_width(form->fields[i].spec->label) + BEHIND > cells)
            cells = text_width(form->fields[i].spec->label) + BEHIND;
    return cells;
}

int draw_form(const struct page *page, const struct form *form, const struct surround *surround,
    int row, int rows)
{
    struct drawing d = {.page = page,
        .form = form,
        .surround = surround,
        .cols = page->cols < WIDEST_FORM ? page->cols : WIDEST_FORM,
        .label = label_cells(form),
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

/* True for words that stand in the notice: nothing is said twice. */
static bool is_said(const struct desk *desk, const char *words)
{
    struct str notice = {0};
    desk_notice(desk, &notice);
    bool said = strstr(str_text(&notice), words) != NULL;
    str_finish(&notice);
    return said;
}

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
    if (!is_said(page->desk, field->note))
        canvas_wrap(page->canvas, row, MARGIN, page->cols - 2 * MARGIN, rows, roles[field->weight],
            field->note);
}

/* The labels of what is wrong in the form and would stop it; why stands in the note. */
static void tell_wrong(const struct form *form, struct str *out)
{
    for (int i = 0; i < form->count; i++)
        if (form->fields[i].weight == WEIGHT_WRONG)
            str_addf(out, "%s%s", out->length ? ", " : "", form->fields[i].spec->label);
}

/* The lines of what will be done, without the one about what stands in its way. */
static int review_lines(const struct page *page, const struct form_page *f)
{
    enum { MOST = 4, USUAL = 2 };
    int lines = f->review ? wrapped_lines(f->review, page->cols - 2 * MARGIN, MOST) : 0;
    return lines > USUAL ? lines : USUAL;
}

/* What will be done, and in the line below whether anything stands in its way. */
static void draw_review(const struct page *page, const struct form_page *f, int row, int lines)
{
    struct str wrong = {0};
    int width = page->cols - 2 * MARGIN;
    int used = f->review
                   ? canvas_wrap(page->canvas, row, MARGIN, width, lines, ROLE_STRONG, f->review)
                   : 0;
    tell_wrong(f->form, &wrong);
    if (wrong.length)
        canvas_print(page->canvas, row + used, MARGIN, width, ROLE_TROUBLE, "Please correct: %s.",
            str_text(&wrong));
    else if (*f->needed && is_said(page->desk, f->needed))
        ; /* there is the reason why nothing was sent */
    else if (*f->needed)
        canvas_print(
            page->canvas, row + used, MARGIN, width, ROLE_WARNING, "Needed still: %s.", f->needed);
    else
        canvas_text(page->canvas, row + used, MARGIN, width, ROLE_GOOD, f->ready);
    str_finish(&wrong);
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

/* The fields and the note about them from the top; what will be done right above what was said and the keys,
 * where it stays however long the form is. */
void draw_form_page(const struct page *page, const struct form_page *f)
{
    enum { SPACIOUS = 24 };
    bool roomy = page->rows >= SPACIOUS, rule = page->rows >= ROOMY;
    int lines = review_lines(page, f), note = 1 + roomy;
    int foot = page->top + page->rows - lines - 1;
    int row = draw_form_head(page, f, page->top + roomy) + roomy;
    row += draw_form(page, f->form, &f->surround, row, foot - rule - note - roomy - row) + roomy;
    draw_form_note(page, f->form, row, note);
    if (rule)
        canvas_rule(page->canvas, foot - 1, MARGIN, page->cols - 2 * MARGIN, ROLE_RULE);
    draw_review(page, f, foot, lines);
}
