/* Every key of a keyboard, ten kilobytes of pasted text and every size, at every field of every form: it is
 * drawn, nothing that was typed elsewhere is lost, and the desk still answers. */
#include "fixture.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tui/key.h"
#include "tourdesk/tui/tui.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PASTED = 10000, KEYS_MOST = 1024 };

static size_t stride = 1; /* in short: of so many keys one, another at each field */
static struct keymap *keymap;
static keycode keys[KEYS_MOST];
static size_t key_count;
static struct canvas canvas;

/* --- every key ------------------------------------------------------------------------------------------- */

static void add_keys(keycode first, keycode last, keycode held)
{
    for (keycode key = first; key <= last; key++)
        keys[key_count++] = key | held;
}

static int make_keys(void **state)
{
    static const keycode others[] = {0xA0, 0xE9, 0x301, 0x5D0, 0x65E5, 0x20AC, 0x200D, 0x1F600};
    (void)state;
    keymap = keymap_create();
    add_keys(' ', '~', 0);
    add_keys('a', 'z', KEY_ALT);
    add_keys('a', 'z', KEY_CONTROL);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        add_keys(others[i], others[i], 0);
    add_keys(NAMED, NAMED_LAST, 0);
    add_keys(NAMED, NAMED_LAST, KEY_CONTROL);
    add_keys(NAMED, NAMED_LAST, KEY_ALT);
    return 0;
}

static int drop_keys(void **state)
{
    (void)state;
    keymap_destroy(keymap);
    canvas_finish(&canvas);
    return 0;
}

/* As the loop does it. */
static void press(struct fixture *f, keycode key)
{
    char name[KEY_NAME_SIZE];
    struct message message = {.kind = MESSAGE_TEXT, .now = f->now, .text = name};
    key_format(key, name);
    if (key == ' ')
        str_copy(name, sizeof name, " ");
    message.length = strlen(name);
    bool text = key_is_text(key);
    if (!text || !desk_takes_text(f->desk)) {
        message.action = keymap_action(keymap, desk_context(f->desk), key);
        message.kind = message.action ? MESSAGE_ACTION : text ? MESSAGE_TEXT : MESSAGE_NO_KEY;
        if (message.action)
            message.text = NULL;
    }
    desk_update(f->desk, &message, &f->out);
}

/* --- the forms ------------------------------------------------------------------------------------------- */

static void open_book(struct fixture *f)
{
    fixture_act(f, ACTION_OPEN);
}

static void open_book_by_when(struct fixture *f)
{
    fixture_act(f, ACTION_BOOK);
}

static void open_walk_in(struct fixture *f)
{
    fixture_act(f, ACTION_WALK_IN);
}

static void open_visit(struct fixture *f)
{
    fixture_tour(f, fixture_at(f, 23, 9, 30));
    fixture_act(f, ACTION_BOARD);
    fixture_act(f, ACTION_VISIT);
}

static void open_on_tomorrow(struct fixture *f, enum action action)
{
    fixture_tour(f, fixture_at(f, 24, 9, 30));
    fixture_act(f, ACTION_BOARD);
    fixture_act(f, action);
}

static void open_cancel(struct fixture *f)
{
    open_on_tomorrow(f, ACTION_CANCEL);
}

static void open_move(struct fixture *f)
{
    open_on_tomorrow(f, ACTION_RESCHEDULE);
}

static void open_call(struct fixture *f)
{
    open_on_tomorrow(f, ACTION_CALL_BACK);
}

static void open_entry(struct fixture *f)
{
    open_on_tomorrow(f, ACTION_NOTE);
}

static void open_search(struct fixture *f)
{
    fixture_act(f, ACTION_SEARCH);
}

static void open_prompt(struct fixture *f)
{
    fixture_act(f, ACTION_PROMPT);
}

static void open_help(struct fixture *f)
{
    fixture_act(f, ACTION_HELP);
}

static struct form *form_of(struct desk *desk)
{
    switch (desk_screen(desk)) {
    case SCREEN_BOOK: return &desk->book.form;
    case SCREEN_WALK_IN: return &desk->walk_in.form;
    case SCREEN_VISIT: return &desk->visit.form;
    case SCREEN_CANCEL: return &desk->cancel.form;
    case SCREEN_MOVE: return &desk->move.form;
    case SCREEN_CALL: return &desk->call.form;
    default: return NULL;
    }
}

/* What takes one line instead. */
static struct editor *editor_of(struct desk *desk)
{
    switch (desk_screen(desk)) {
    case SCREEN_SEARCH: return &desk->search.editor;
    case SCREEN_ENTRY: return &desk->entry.editor;
    case SCREEN_PROMPT: return &desk->prompt.editor;
    case SCREEN_HELP: return &desk->help.editor;
    default: return NULL;
    }
}

static const struct {
    enum screen_id screen;
    void (*open)(struct fixture *f);
    bool offers; /* free times */
} places[] = {
    {SCREEN_BOOK, open_book, true},
    {SCREEN_BOOK, open_book_by_when, true},
    {SCREEN_WALK_IN, open_walk_in, true},
    {SCREEN_VISIT, open_visit, false},
    {SCREEN_CANCEL, open_cancel, false},
    {SCREEN_MOVE, open_move, true},
    {SCREEN_CALL, open_call, false},
    {SCREEN_ENTRY, open_entry, false},
    {SCREEN_SEARCH, open_search, false},
    {SCREEN_PROMPT, open_prompt, false},
    {SCREEN_HELP, open_help, false},
};

enum { PLACES = sizeof places / sizeof *places };

static void resize(struct fixture *f, int rows, int cols)
{
    struct message message = {.kind = MESSAGE_RESIZE, .now = f->now, .rows = rows, .cols = cols};
    desk_update(f->desk, &message, &f->out);
}

static void draw(const struct fixture *f)
{
    canvas_reset(&canvas, f->desk->rows, f->desk->cols);
    tui_draw(f->desk, keymap, &canvas);
}

static int fields_of(struct desk *desk)
{
    return form_of(desk) ? form_of(desk)->count : 1;
}

/* Opens a place with something in every text field and the focus on one of them. */
static void open_filled(struct fixture *f, int place, int field)
{
    fixture_open(f);
    if (places[place].offers)
        fixture_slots(f);
    fixture_sources(f);
    resize(f, 16, 60);
    places[place].open(f);
    if (desk_screen(f->desk) != places[place].screen)
        fail_msg("place %d opens screen %d", place, (int)desk_screen(f->desk));
    struct form *form = form_of(f->desk);
    for (int i = 0; form && i < form->count; i++)
        if (form->fields[i].spec->kind == FIELD_TEXT && str_blank(form_text(form, i)))
            form_set_text(form, i, "12");
    if (form)
        form_focus(f->desk, form, field);
    else
        editor_set(editor_of(f->desk), "12");
}

static struct editor *focused(struct desk *desk)
{
    struct form *form = form_of(desk);
    return form ? &form->fields[form->focus].editor : editor_of(desk);
}

/* --- nothing is lost ------------------------------------------------------------------------------------- */

struct texts {
    char *items[FORM_FIELDS];
    int count;
};

static void keep_texts(struct texts *texts, const struct form *form)
{
    texts->count = form ? form->count : 0;
    for (int i = 0; i < texts->count; i++)
        texts->items[i] = strdup(form_text(form, i));
}

static void drop_texts(struct texts *texts)
{
    for (int i = 0; i < texts->count; i++)
        free(texts->items[i]);
}

/* Every field but the one that was typed in holds what it held; a unit may be completed. */
static void check_texts(
    const struct texts *before, const struct form *form, int field, int place, keycode key)
{
    char name[KEY_NAME_SIZE];
    key_format(key, name);
    for (int i = 0; i < before->count; i++)
        if (i != field &&
            strncmp(before->items[i], form_text(form, i), strlen(before->items[i])) != 0)
            fail_msg("place %d, field %d, key %s: field %d was \"%s\" and is \"%s\"", place, field,
                name, i, before->items[i], form_text(form, i));
}

static struct form *form_by_screen(struct desk *desk, enum screen_id screen)
{
    struct form *forms[SCREENS] = {[SCREEN_BOOK] = &desk->book.form,
        [SCREEN_WALK_IN] = &desk->walk_in.form,
        [SCREEN_VISIT] = &desk->visit.form,
        [SCREEN_CANCEL] = &desk->cancel.form,
        [SCREEN_MOVE] = &desk->move.form,
        [SCREEN_CALL] = &desk->call.form};
    return forms[screen];
}

/* Whatever it has led to, help can be asked for and left. */
static void check_answers(struct fixture *f, int place, keycode key)
{
    char name[KEY_NAME_SIZE];
    key_format(key, name);
    f->desk->suspend = false;
    for (int i = 0; i < STACK && f->desk->depth > 1; i++)
        fixture_act(f, ACTION_BACK);
    if (f->desk->depth > 1)
        fail_msg("place %d, key %s: Esc does not lead back", place, name);
    fixture_act(f, ACTION_HELP);
    if (!f->desk->done && !f->desk->hidden)
        assert_int_equal(desk_screen(f->desk), SCREEN_HELP);
    draw(f);
}

/* Emptying is what these two keys are for. */
static bool empties(const struct fixture *f, keycode key)
{
    enum action action = keymap_action(keymap, desk_context(f->desk), key);
    return action == ACTION_CLEAR_FORM || action == ACTION_OTHER_TIME;
}

/* Choosing a time fills in what it means. */
static bool chooses_time(int place, int field, keycode key)
{
    bool when = (places[place].screen == SCREEN_BOOK && field == BOOK_WHEN);
    return when && (key_is_text(key) || key == NAMED_ENTER || (key & KEY_CONTROL) != 0 ||
                       key == NAMED_BACKSPACE || key == NAMED_DELETE || (key & KEY_ALT) != 0);
}

static void try_key(int place, int field, keycode key)
{
    struct fixture f;
    struct texts before;
    open_filled(&f, place, field);
    bool cleared = empties(&f, key);
    keep_texts(&before, form_of(f.desk));
    press(&f, key);
    draw(&f);
    struct form *form = form_by_screen(f.desk, places[place].screen);
    if (form && !cleared && !chooses_time(place, field, key))
        check_texts(&before, form, field, place, key);
    drop_texts(&before);
    check_answers(&f, place, key);
    fixture_close(&f);
}

static int count_fields(int place)
{
    struct fixture f;
    open_filled(&f, place, 0);
    int count = fields_of(f.desk);
    fixture_close(&f);
    return count;
}

static void every_key_at_every_field(void **state)
{
    (void)state;
    for (int place = 0; place < PLACES; place++)
        for (int field = count_fields(place) - 1; field >= 0; field--)
            for (size_t i = (size_t)(place + field) % stride; i < key_count; i += stride)
                try_key(place, field, keys[i]);
}

/* --- long pastes ----------------------------------------------------------------------------------------- */

static char *long_text(const char *piece)
{
    struct str text = {0};
    while (text.length < PASTED)
        str_add(&text, piece);
    return str_take(&text);
}

static void try_paste(int place, int field, const char *text)
{
    struct fixture f;
    struct texts before;
    open_filled(&f, place, field);
    keep_texts(&before, form_of(f.desk));
    fixture_paste(&f, text);
    draw(&f);
    struct editor *editor = focused(f.desk);
    assert_non_null(editor);
    assert_true(editor->text.length <= PASTED + 2);
    assert_true(editor->max_bytes == 0 || editor->text.length <= editor->max_bytes);
    assert_true(text_valid(editor_text(editor), editor->text.length));
    if (form_of(f.desk) && !chooses_time(place, field, 'x'))
        check_texts(&before, form_of(f.desk), field, place, 'x');
    drop_texts(&before);
    resize(&f, 40, 120);
    draw(&f);
    fixture_act(&f, ACTION_NEXT_FIELD);
    fixture_act(&f, ACTION_SUBMIT);
    draw(&f);
    check_answers(&f, place, 'x');
    fixture_close(&f);
}

static void ten_kilobytes_into_every_field(void **state)
{
    static const char *const pieces[] = {"Ana Núñez 2065550155 ", "x", "日本", "e\xCC\x81",
        "a\nb\tc\r", "\x1B[31m", "\xFF\xC3", "👩‍👩‍👧", "12/3 tom "};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char *text = long_text(pieces[i]);
        for (int place = 0; place < PLACES; place++)
            for (int field = count_fields(place) - 1; field >= 0; field--)
                try_paste(place, field, text);
        free(text);
    }
}

/* --- sizes ----------------------------------------------------------------------------------------------- */

static void every_size_at_every_field(void **state)
{
    static const int sizes[][2] = {{1, 1}, {5, 30}, {16, 60}, {16, 59}, {15, 60}, {24, 80},
        {40, 120}, {100, 300}, {16, 300}, {100, 60}};
    (void)state;
    for (int place = 0; place < PLACES; place++)
        for (int field = count_fields(place) - 1; field >= 0; field--) {
            struct fixture f;
            struct texts before;
            open_filled(&f, place, field);
            keep_texts(&before, form_of(f.desk));
            for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
                resize(&f, sizes[i][0], sizes[i][1]);
                draw(&f);
            }
            assert_int_equal(desk_screen(f.desk), places[place].screen);
            if (form_of(f.desk)) {
                check_texts(&before, form_of(f.desk), FORM_FIELDS, place, 'x');
                assert_int_equal(form_of(f.desk)->focus, field);
            }
            drop_texts(&before);
            fixture_close(&f);
        }
}

int main(int count, char **arguments)
{
    if (count > 1)
        stride = strtoul(arguments[1], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_at_every_field),
        cmocka_unit_test(ten_kilobytes_into_every_field),
        cmocka_unit_test(every_size_at_every_field),
    };
    return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
