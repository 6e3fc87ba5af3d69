/* The log keeps keys, phone numbers and e-mail addresses out, and lets ids and times through. */
#include "check.h"

#include "tourdesk/base/log.h"
#include "tourdesk/base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *in, *out;
} rows[] = {
    {"", ""},
    {"answer 200 in 41 ms", "answer 200 in 41 ms"},

    /* phone numbers, as people and programs write them */
    {"2065550155", "[phone]"},
    {"call 2065550155 now", "call [phone] now"},
    {"12065550155", "[phone]"},
    {"+12065550155", "[phone]"},
    {"(206) 555-0155", "[phone]"},
    {"(206)555-0155", "[phone]"},
    {"206-555-0155", "[phone]"},
    {"206.555.0155", "[phone]"},
    {"206 555 0155", "[phone]"},
    {"206/555/0155", "[phone]"},
    {"206/555-0155", "[phone]"},
    {"1-206-555-0155", "[phone]"},
    {"1 (206) 555-0155", "[phone]"},
    {"+1 (206) 555-0155", "[phone]"},
    {"+44 20 7946 0018", "[phone]"},
    {"+442079460018", "[phone]"},
    {"555-0155", "[phone]"},
    {"206\xC2\xA0"
     "555\xC2\xA0"
     "0155",
        "[phone]"},
    {"206\xE2\x80\x91"
     "555\xE2\x80\x91"
     "0155",
        "[phone]"},
    {"206\xE2\x80\x93"
     "555\xE2\x80\x93"
     "0155",
        "[phone]"},
    {"\"phone\":\"2065550155\",", "\"phone\":\"[phone]\","},
    {"phone=%2B12065550155&x=1", "phone=%2B[phone]&x=1"},
    {"tel:+12065550155;ext=1", "tel:[phone];ext=1"},
    {"phone_2065550155", "phone_[phone]"},
    {"from 206-555-0155, then 206-555-0142.", "from [phone], then [phone]."},
    {"ends with 206-555-0155 ", "ends with [phone] "},

    /* e-mail addresses */
    {"ana@example.com", "[e-mail]"},
    {"to ana.nunez+tour@mail.example.com ok", "to [e-mail] ok"},
    {"<Ana@Example.COM>", "<[e-mail]>"},
    {"\"email\":\"ana_n@example.com\"", "\"email\":\"[e-mail]\""},
    {"email=ana%40example.com&x=1", "email=[e-mail]&x=1"},
    {"o'neill@example.com", "[e-mail]"},
    {"n\xC3\xBA\xC3\xB1"
     "ez@example.com",
        "[e-mail]"},
    {"ana@ex\xC3\xA4mple.com", "[e-mail]"},
    {"2065550155@example.com", "[e-mail]"},
    {"mailto:ana@example.com?x", "mailto:[e-mail]?x"},
    {"at 3@ 4", "at 3@ 4"},

    /* what must survive: it is how a line is found again */
    {"tour 18842", "tour 18842"},
    {"appointment 123456789", "appointment 123456789"},
    {"sent 1795543627000", "sent 1795543627000"},
    {"id b9XQN6eMvvrr07zg", "id b9XQN6eMvvrr07zg"},
    {"op 7kq2m9xv4t", "op 7kq2m9xv4t"},
    {"uuid 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "uuid 3f2504e0-4f89-11d3-9a0c-0305e82c3301"},
    {"slot 2026-11-24T14:30:00-08:00 free", "slot 2026-11-24T14:30:00-08:00 free"},
    {"slot 2026-11-24T22:30:00Z", "slot 2026-11-24T22:30:00Z"},
    {"slot 2026-11-24 14:30:00.250+0530", "slot 2026-11-24 14:30:00.250+0530"},
    {"day 2026-11-24", "day 2026-11-24"},
    {"days 2026-11-23..2026-11-29", "days 2026-11-23..2026-11-29"},
    {"try 3 2026-11-24", "try 3 2026-11-24"},
    {"days 2026-11-23 2026-11-29", "days 2026-11-23 2026-11-29"},
    {"GET /appointment/18842/cancel 200", "GET /appointment/18842/cancel 200"},
    {"GET /community/1234/5678901", "GET /community/1234/5678901"},
    {"http 127.0.0.1:8080", "http 127.0.0.1:8080"},
    {"took 1234567.", "took 1234567."},
    {"took 12.345 s, 3456 bytes", "took 12.345 s, 3456 bytes"},
    {"unit M6-202", "unit M6-202"},

    /* what could forge a line or a terminal */
    {"a\nb", "a\\x0ab"},
    {"a\rb\tc", "a\\x0db\\x09c"},
    {"\033[31m", "\\x1b[31m"},
    {"a\x7F", "a\\x7f"},
    {"a\xC2\x9B"
     "31m",
        "a\\x9b31m"},
    {"N\xC3\xBA\xC3\xB1"
     "ez",
        "N\xC3\xBA\xC3\xB1"
        "ez"},
};

static void check_redacted(const char *in, const char *want)
{
    struct str out = {0};
    log_redact(&out, in);
    char got[512];
    str_copy(got, sizeof got, str_text(&out));
    str_finish(&out);
    check_text(in, got, want);
}

static void personal_data_is_masked_and_the_rest_survives(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_redacted(rows[i].in, rows[i].out);
}

static void secrets_are_masked_wherever_they_stand(void **state)
{
    (void)state;
    log_hide("");
    log_hide("sk-123");
    log_hide("sk-123-longer");
    log_hide("p@ss w\xC3\xB6rd");
    check_redacted("sk-123", "[key]");
    check_redacted("Authorization: Bearer sk-123, ok", "Authorization: Bearer [key], ok");
    check_redacted("xsk-123y", "x[key]y");
    check_redacted("sk-123-longer", "[key]");
    check_redacted("sk-123-long", "[key]-long");
    check_redacted("p@ss w\xC3\xB6rd!", "[key]!");
    check_redacted("sk-12", "sk-12");
    log_close();
    check_redacted("sk-123", "sk-123");
}

/* A number stays hidden whatever stands between its digits and around it. */
static void any_formatting_of_a_number_is_masked(void **state)
{
    (void)state;
    static const char *const gaps[] = {"", "-", ".", " ", ") ", ") -", " - ", "\xC2\xA0"};
    static const char *const before[] = {"", " ", "\"", ":", "=", ",", "tel:", "(", "<"};
    static const char *const after[] = {"", " ", "\"", ",", ";", ")", ">", ". Then", "x12"};
    struct random random = random_seeded(5);
    for (int round = 0; round < 3000; round++) {
        const char *gap = gaps[random_below(&random, 8)], *last = gaps[random_below(&random, 8)];
        unsigned area = 200 + (unsigned)random_below(&random, 800);
        unsigned line = 100 + (unsigned)random_below(&random, 100);
        char text[128], digits[8];
        snprintf(text, sizeof text, "%s%s%03u%s555%s%04u%s", before[random_below(&random, 9)],
            round % 3 == 0 ? "+1 " : "", area, gap, last, line, after[random_below(&random, 9)]);
        snprintf(digits, sizeof digits, "%04u", line);
        struct str out = {0};
        log_redact(&out, text);
        if (strstr(str_text(&out), digits))
            fail_msg("\"%s\" was logged as \"%s\"", text, str_text(&out));
        str_finish(&out);
    }
}

static char folder[] = "/tmp/tourdesk-log-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static size_t read_file(const char *path, char *out, size_t size)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t n = fread(out, 1, size - 1, file);
    out[n] = '\0';
    fclose(file);
    return n;
}

static void the_file_is_private_and_has_a_line_per_event(void **state)
{
    (void)state;
    char path[64], content[1024];
    struct stat status;
    struct error error = {""};
    snprintf(path, sizeof path, "%s/log", folder);
    log_event("early", "goes nowhere");
    assert_false(log_is_open());
    assert_true(log_open(path, &error));
    assert_true(log_is_open());
    log_event("send", "tour %d to %s", 18842, "ana@example.com");
    log_event("answer", "two\nlines");
    log_close();
    assert_false(log_is_open());
    log_event("late", "goes nowhere");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);

    read_file(path, content, sizeof content);
    assert_int_equal(unlink(path), 0);
    int used = 0, year;
    assert_int_equal(sscanf(content, "%4d-%*2d-%*2dT%*2d:%*2d:%*6fZ %n", &year, &used), 1);
    assert_int_equal(used, 25);
    assert_true(year >= 2020);
    check_contains("file", content, "Z send tour 18842 to [e-mail]\n");
    check_contains("file", content, "Z answer two\\x0alines\n");
    assert_null(strstr(content, "nowhere"));
}

static void an_open_file_of_others_is_made_private(void **state)
{
    (void)state;
    char path[64];
    struct stat status;
    snprintf(path, sizeof path, "%s/log", folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0644);
    assert_true(fd >= 0);
    close(fd);
    assert_true(log_open(path, NULL));
    log_close();
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void what_cannot_be_opened_is_said(void **state)
{
    (void)state;
    char path[64];
    struct error error = {""};
    assert_false(log_open("/nonexistent/folder/log", &error));
    assert_string_equal(error.text, "open /nonexistent/folder/log: No such file or directory");
    snprintf(path, sizeof path, "%s/link", folder);
    assert_int_equal(symlink("/dev/null", path), 0);
    assert_false(log_open(path, &error));
    assert_int_equal(unlink(path), 0);
    check_contains("link", error.text, "/link: ");
    assert_false(log_is_open());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(personal_data_is_masked_and_the_rest_survives),
        cmocka_unit_test(secrets_are_masked_wherever_they_stand),
        cmocka_unit_test(any_formatting_of_a_number_is_masked),
        cmocka_unit_test(the_file_is_private_and_has_a_line_per_event),
        cmocka_unit_test(an_open_file_of_others_is_made_private),
        cmocka_unit_test(what_cannot_be_opened_is_said),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
