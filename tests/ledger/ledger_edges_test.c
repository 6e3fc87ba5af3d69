/* What hardly ever happens: words in the file that nobody knows, too much of something, no memory. */
#include "scratch.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/str.h"
#include "tourdesk/tour/mark.h"
#include "tourdesk/tour/person.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_MEMORY = 70 };

/* --- what a file may hold ---------------------------------------------------------------------------------- */

static void words_that_nobody_knows_are_read_as_the_harmless_one(void **state)
{
    struct scratch *scratch = *state;
    struct operation one = booking("one", "Ana", "", "+12065550155", 5000), found;
    struct mark mark = {.kind = MARK_ARRIVED, .tour_id = "one"};
    struct mark_list marks = {0};
    keep(scratch->ledger, &one);
    assert_true(ledger_add_mark(scratch->ledger, &mark, NULL));
    ask_file(scratch, "UPDATE booking SET consent = 'perhaps'");
    ask_file(scratch, "UPDATE mark SET kind = 'sang'");
    assert_int_equal(ledger_operation(scratch->ledger, "one", &found, NULL), FOUND_ONE);
    assert_int_equal(found.booking.consent, CONSENT_NOT_ASKED);
    assert_true(ledger_marks(scratch->ledger, 1, &marks, NULL));
    assert_int_equal(marks.count, 1);
    assert_int_equal(marks.items[0].kind, MARK_NOTE);
    mark_list_finish(&marks);
}

static void more_units_than_a_visit_has_room_for_are_left_out(void **state)
{
    struct scratch *scratch = *state;
    struct operation one = booking("one", "Ana", "", "+12065550155", 5000), found;
    struct operation visit = visit_of("visit", &one);
    keep(scratch->ledger, &one);
    visit.visiting.unit_count = VISIT_UNITS;
    for (size_t i = 0; i < VISIT_UNITS; i++)
        str_print(visit.visiting.units[i], UNIT_SIZE, "A-%zu", i);
    keep(scratch->ledger, &visit);
    ask_file(scratch, "INSERT INTO visit_unit VALUES ('visit', 99, 'B-1')");
    assert_int_equal(ledger_operation(scratch->ledger, "visit", &found, NULL), FOUND_ONE);
    assert_int_equal(found.visiting.unit_count, VISIT_UNITS);
    assert_string_equal(found.visiting.units[VISIT_UNITS - 1], "A-15");
}

static void a_draft_without_text_is_dropped_whatever_nothing_looks_like(void **state)
{
    struct scratch *scratch = *state;
    static char *const nothing[] = {NULL, ""};
    for (size_t i = 0; i < 2; i++) {
        char text[] = "First name\tAna\n";
        struct draft draft = {.form = "book", .text = text};
        assert_true(ledger_put_draft(scratch->ledger, "me", &draft, NULL));
        assert_string_equal(ask_file(scratch, "SELECT count(*) FROM draft"), "1");
        draft.text = nothing[i];
        assert_true(ledger_put_draft(scratch->ledger, "me", &draft, NULL));
        assert_string_equal(ask_file(scratch, "SELECT count(*) FROM draft"), "0");
    }
}

static void a_person_without_a_phone_has_said_nothing_about_texts(void **state)
{
    struct scratch *scratch = *state;
    struct operation one = booking("one", "Ana", "ana@example.com", "", 5000);
    struct person person = {0};
    keep(scratch->ledger, &one);
    ask_file(scratch, "INSERT INTO consent VALUES (1, '', 'yes', 0, 5, 'sam', 'ok?')");
    assert_int_equal(ledger_person(scratch->ledger, 1, &person, NULL), FOUND_ONE);
    assert_int_equal(person.consent.state, CONSENT_NOT_ASKED);
    assert_int_equal(person.tours.count, 1);
    person_finish(&person);
}

/* --- finding --------------------------------------------------------------------------------------------------- */

static size_t found_by(const struct scratch *scratch, const char *text, size_t limit)
{
    struct tour_query query = {.to = INT64_MAX, .limit = limit};
    struct tour_list tours = {0};
    struct error error = {""};
    check_holds(text, ledger_search(scratch->ledger, text, &query, &tours, &error), error.text);
    size_t count = tours.count;
    tour_list_finish(&tours);
    return count;
}

static void characters_with_a_meaning_elsewhere_are_searched_as_they_are(void **state)
{
    struct scratch *scratch = *state;
    static const struct {
        const char *text;
        size_t limit, count;
    } rows[] = {
        {"", 0, 3}, {"", 2, 2}, {"%", 0, 1}, {"_", 0, 1}, {"\\", 0, 1}, {"_a", 0, 0},
        {"%% an", 0, 0}, {"% an ny", 0, 1}, {"% % % %", 0, 1},
        {"% % % % nobody", 0, 1}, /* four words are looked for, not five */
    };
    static const char *const names[] = {"%an ny", "_bo", "\\cy"};
    for (int i = 0; i < 3; i++) {
        char id[8];
        str_print(id, sizeof id, "o%d", i);
        struct operation one = booking(id, names[i], "", "", 5000 + i);
        str_copy(one.booking.profile.first_name, NAME_SIZE, i ? names[i] : "% an ny");
        keep(scratch->ledger, &one);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_number(rows[i].text, (long long)found_by(scratch, rows[i].text, rows[i].limit),
            (long long)rows[i].count);
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* A folder can have a name that is just short enough, while that of the file in it is too long. */
static void a_file_whose_name_would_be_too_long_is_not_made(void **state)
{
    struct scratch *scratch = *state;
    struct error error = {""};
    char path[4096];
    size_t length = strlen(scratch->folder);
    str_copy(path, sizeof path, scratch->folder);
    while (length < sizeof path - 6) {
        size_t part = sizeof path - 4 - length < 200 ? sizeof path - 4 - length : 200;
        memset(path + length, 'a', part);
        path[length] = '/';
        length += part;
        path[length] = '\0';
    }
    assert_null(ledger_open(path, &error));
    check_contains("error", error.text, "the name is too long");
    struct stat status;
    assert_int_equal(stat(path, &status), 0); /* it came to that */
    for (char *slash; strlen(path) > strlen(scratch->folder); *slash = '\0') {
        assert_int_equal(rmdir(path), 0);
        slash = strrchr(path, '/');
    }
}

/* SQLite does not wait by itself for one that writes, once it has read and would turn to a log. */
static void who_writes_before_there_is_a_log_is_waited_for(void **state)
{
    struct scratch *scratch = *state;
    struct error error = {""};
    sqlite3 *db;
    assert_int_equal(mkdir(scratch->data, 0700), 0);
    assert_int_equal(sqlite3_open(scratch->file, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "PRAGMA user_version = 0; BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    pthread_t thread = commit_when_waited_for(db);
    struct ledger *ledger = ledger_open(scratch->data, &error);
    pthread_join(thread, NULL);
    sqlite3_close(db);
    check_holds("a writer", ledger != NULL, error.text);
    ledger_close(ledger);
}

/* --- no memory ----------------------------------------------------------------------------------------------------- */

static jmp_buf end;

static void come_back(void)
{
    longjmp(end, 1);
}

static void without_memory_nothing_is_reported_as_an_error_of_the_ledger(void **state)
{
    struct scratch *scratch = *state;
    mem_on_exhausted(come_back);
    bool ended = setjmp(end) != 0;
    if (!ended) {
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + 100);
        ledger_note(scratch->ledger, 5, "sam", "one", "looked at", NULL);
    }
    sqlite3_hard_heap_limit64(0);
    mem_on_exhausted(NULL);
    assert_true(ended);
}

/* SQLite's memory ends in the middle: so does the program, with the code for it, and what was kept is kept. */
static void without_memory_it_ends_and_what_was_kept_is_there(void **state)
{
    struct scratch *scratch = *state;
    struct operation first = booking("first", "Ana", "", "+12065550155", 5000), found;
    struct operation second = booking("second", "Ben", "", "+12065550166", 5000);
    keep(scratch->ledger, &first);
    pid_t child = fork();
    if (child == 0) {
        struct ledger *ledger = ledger_open(scratch->data, NULL);
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + 1000);
        if (ledger)
            ledger_add(ledger, &second, NULL);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), EXIT_MEMORY);
    assert_int_equal(ledger_operation(scratch->ledger, "first", &found, NULL), FOUND_ONE);
    assert_int_equal(ledger_operation(scratch->ledger, "second", &found, NULL), FOUND_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            words_that_nobody_knows_are_read_as_the_harmless_one, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            more_units_than_a_visit_has_room_for_are_left_out, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_draft_without_text_is_dropped_whatever_nothing_looks_like,
            scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            a_person_without_a_phone_has_said_nothing_about_texts, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            characters_with_a_meaning_elsewhere_are_searched_as_they_are, scratch_open,
            scratch_close),
        cmocka_unit_test_setup_teardown(
            a_file_whose_name_would_be_too_long_is_not_made, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            who_writes_before_there_is_a_log_is_waited_for, scratch_folder, scratch_close),
        cmocka_unit_test_setup_teardown(
            without_memory_nothing_is_reported_as_an_error_of_the_ledger, scratch_open,
            scratch_close),
        cmocka_unit_test_setup_teardown(
            without_memory_it_ends_and_what_was_kept_is_there, scratch_open, scratch_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
