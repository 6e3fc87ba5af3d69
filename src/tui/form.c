/* Drawing a form: labels, fields, choices, and the one note that matters now. */
#include "draw.h"

#include <string.h>

enum {
    LABEL = 12, /* cells for a label and the gap behind it */
    LABEL_BESIDE = 11,
    TWO_COLUMNS = 74, /* from here fields stand side by side */
    CHOICE_GAP = 2,
};

/* Where a field stands, in rows of the form. */
struct place {
    int row, rows;
    int label_col, col, width;
};

static int choice_cells(const struct field *field, int i)
{
    return 1 + 2 + text_width(field->choices[i]); /* mark, digit and space, words */
}

/* Walks the choices as they flow over lines of `width` cells; calls `each` for every one (may be NULL).
 * Returns the lines. */
static int flow(const struct field *field, int width, void *context,
    void (*each)(void *context, int choice, int line, int col))
{
    int line = 0, col = 0;
    for (int i = 0; i < field->choice_count; i++) {
        int cells = choice_cells(field, i);
        if (col > 0 && col + cells > width) {
            line++;
            col = 0;
        }
        if (each)
            each(context, i, line, col);
        col += cells + CHOICE_GAP;
    }
    return line + 1;
}

static int aside_rows(const struct page *page, const struct aside *aside, const struct place *place)
{
    struct canvas scratch = {0};
    canvas_reset(&scratch, 6, page->cols);
    int rows = canvas_wrap(&scratch, 0, 0, place->width, 4, ROLE_TEXT, aside->text);
    canvas_finish(&scratch);
    return rows;
}

/* Gives every field its place; returns the rows they take together. */
static int place_fields(const struct page *page, const struct form *form, const struct aside *aside,
    struct place *places)
{
    bool two = page->cols >= TWO_COLUMNS;
    int row = 0, half = (page->cols - 2 * MARGIN) / 2;
    for (int i = 0; i < form->count; i++) {
        const struct field_spec *spec = form->fields[i].spec;
        struct place *p = &places[i];
        bool beside = two && spec->beside && i > 0;
        *p = (struct place){.rows = 1, .label_col = MARGIN};
        if (beside) {
            p->row = places[i - 1].row;
            p->label_col = MARGIN + half;
        } else {
            p->row = row;
        }
        p->col = p->label_col + (beside ? LABEL_BESIDE : LABEL);
        p->width = page->cols - MARGIN - p->col;
        if (spec->cells && p->width > spec->cells)
            p->width = spec->cells;
        if (aside && aside->field == i)
            p->row += aside_rows(page, aside, p);
        if (spec->kind == FIELD_CHOICE)
            p->rows = flow(&form->fields[i], p->width, NULL, NULL);
        if (!beside)
            row = p->row + p->rows;
    }
    return row;
}

/* --- drawing --------------------------------------------------------------------------------------------- */

/* One field being drawn, for the walk over its choices. */
struct drawing {
    const struct page *page;
    const struct field *field;
    const struct place *place;
    int top;        /* the screen row of the field's first line */
    int first, end; /* screen rows that may be drawn on */
    bool focused;
};

static void draw_choice(void *context, int choice, int line, int col)
{
    const struct drawing *d = context;
    struct canvas *canvas = d->page->canvas;
    bool chosen = d->field->chosen == choice;
    int row = d->top + line, at = d->place->col + col;
    if (row < d->first || row >= d->end)
        return;
    enum role role = !chosen ? ROLE_DIM : d->focused ? ROLE_FIELD_FOCUS : ROLE_FIELD;
    if (chosen)
        canvas_fill(canvas, row, at, choice_cells(d->field, choice), role);
    canvas_glyph(canvas, row, at, role, chosen ? GLYPH_ON : GLYPH_OFF);
    canvas_print(canvas, row, at + 1, d->page->cols - at - 1 - MARGIN, chosen ? role : ROLE_TEXT,
        "%d %s", choice + 1, d->field->choices[choice]);
    if (d->focused && (chosen || (d->field->chosen == NO_CHOICE && choice == 0)))
        canvas_cursor(canvas, row, at + 1, false);
}

static void draw_text(const struct drawing *d)
{
    struct canvas *canvas = d->page->canvas;
    const struct place *p = d->place;
    const struct editor *editor = &d->field->editor;
    enum role role = d->focused ? ROLE_FIELD_FOCUS : ROLE_FIELD;
    struct editor_view view =
        d->focused ? editor_view(editor, p->width) : (struct editor_view){0, 0};
    canvas_fill(canvas, d->top, p->col, p->width, role);
    if (editor->text.length == 0 && d->focused && d->field->spec->empty) {
        canvas_text(canvas, d->top, p->col, p->width, role, d->field->spec->empty);
        canvas_paint(canvas, d->top, p->col, p->width, role);
    }
    canvas_text(canvas, d->top, p->col, p->width, role, editor_text(editor) + view.start);
    if (d->focused)
        canvas_cursor(canvas, d->top, p->col + view.cursor_cell, true);
}

static void draw_field(const struct drawing *d)
{
    struct canvas *canvas = d->page->canvas;
    const struct field *field = d->field;
    bool wrong = field->weight >= WEIGHT_WARN;
    if (d->top >= d->first && d->top < d->end) {
        enum role role = d->focused ? ROLE_STRONG : wrong ? ROLE_TROUBLE : ROLE_DIM;
        int used =
            canvas_text(canvas, d->top, d->place->label_col, LABEL - 1, role, field->spec->label);
        if (wrong)
            canvas_text(canvas, d->top, d->place->label_col + used, 2, ROLE_TROUBLE, " !");
        if (field->spec->kind == FIELD_TEXT)
            draw_text(d);
    }
    if (field->spec->kind == FIELD_CHOICE && field->choice_count > 0)
        flow(field, d->place->width, (void *)d, draw_choice);
    else if (field->spec->kind == FIELD_CHOICE && d->top >= d->first && d->top < d->end &&
             d->focused)
        canvas_cursor(canvas, d->top, d->place->col, false);
}

/* How many rows to scroll so that the field with the focus, its aside included, is in sight. */
static int scroll_for(const struct form *form, const struct aside *aside,
    const struct place *places, int all, int rows)
{
    const struct place *focus = &places[form->focus];
    int top = focus->row, bottom = focus->row + focus->rows;
    if (aside && aside->field == form->focus && form->focus > 0)
        top = places[form->focus - 1].row + places[form->focus - 1].rows;
    if (all <= rows)
        return 0;
    int scroll = 0;
    if (bottom > rows)
        scroll = bottom - rows + (bottom < all);
    if (scroll > top)
        scroll = top;
    return scroll;
}

int draw_form(
    const struct page *page, const struct form *form, const struct aside *aside, int row, int rows)
{
    struct place places[FORM_FIELDS];
    int all = place_fields(page, form, aside, places);
    int scroll = scroll_for(form, aside, places, all, rows);
    for (int i = 0; i < form->count; i++) {
        struct drawing d = {.page = page,
            .field = &form->fields[i],
            .place = &places[i],
            .top = row + places[i].row - scroll,
            .first = row,
            .end = row + rows,
            .focused = form->focus == i};
        if (aside && aside->field == i) {
            int lines = aside_rows(page, aside, &places[i]), at = d.top - lines;
            if (lines > d.end - at)
                lines = d.end - at;
            if (at >= row && lines > 0)
                canvas_wrap(page->canvas, at, places[i].col, places[i].width, lines, ROLE_TEXT,
                    aside->text);
        }
        draw_field(&d);
    }
    if (scroll > 0)
        canvas_glyph(page->canvas, row, 0, ROLE_DIM, GLYPH_MORE_UP);
    if (all - scroll > rows)
        canvas_glyph(page->canvas, row + rows - 1, 0, ROLE_DIM, GLYPH_MORE_DOWN);
    return all < rows ? all : rows;
}

void draw_form_note(const struct page *page, const struct form *form, int row)
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
    canvas_text(
        page->canvas, row, MARGIN, page->cols - 2 * MARGIN, roles[field->weight], field->note);
}
