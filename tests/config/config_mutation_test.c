/* Two thousand broken copies of a good file: none may crash, hang, leak, or show a key. Every run
 * breaks them in the same way; TOURDESK_TEST_SEED and TOURDESK_TEST_ROUNDS choose others. */
#include "scratch.h"

#include "tourdesk/base/random.h"

enum { SEED = 20261122, ROUNDS = 2000 };

static const char good[] =
    "# The office's file\n"
    "profile = \"stage\"; theme = \"dark\"; undo_seconds = 10; agent = \"AB\";\n"
    "mouse = true; lock_minutes = 15; keys = { book = \"n F3\"; handover = \"board:h\"; };\n"
    "profiles = {\n"
    "  stage = { base_url = \"https://stage.example.com\"; key = \"Q7secretQ7\";\n"
    "            prospect_key = \"Q8secretQ8\"; /* both */ appointment_key = \"Q9secretQ9\";\n"
    "            header_profile = \"gateway\"; company_id = \"77\"; end_time = \"omit\";\n"
    "            connect_timeout = 5; timeout = 0x14; };\n"
    "  local = { base_url = \"http://127.0.0.1:8080\"; key_env = \"KNOCK_KEY\";\n"
    "            key_command = \"pass Q6secretQ6\"; };\n"
    "};\n"
    "communities = (\n"
    "  { id = \"b9XQN6eMvvrr07zg\"; name = \"Harbor Flats\"; timezone = \"UTC\";\n"
    "    tour_minutes = 30; source = \"Property Website\"; units = [ \"101\", \"M6-202\" ];\n"
    "    sms_consent_text = \"May we \\x22text\\x22 you?\"; },\n"
    "  { id = \"two\"; timezone = \"UTC\"; sms_consent_url = \"https://example.com\"; }\n"
    ");\n";

static const char *const pieces[] = {"\"", "\\", "{", "}", "(", ")", "[", "]", ";", "=", ",", "/*",
    "*/", "#", "//", "\n", "@include \"x\"\n", "99999999999", "-", "1.5", "true", "\x1b", "\\x00",
    "\xff", "\xe2\x80\xae", "key = \"Q5secretQ5\"; ", "units = 5; ", "((((((((", "\"\"", "0x",
    "id = \"two\"; ", "\\\"", "\r", "9L"};

static size_t pick(struct random *random, size_t limit)
{
    return (size_t)random_below(random, limit);
}

static void change_byte(struct random *random, struct str *file)
{
    file->data[pick(random, file->length)] = (char)random_below(random, 256);
}

static void cut_off(struct random *random, struct str *file)
{
    file->length = 1 + pick(random, file->length);
    file->data[file->length] = '\0';
}

static void take_out(struct random *random, struct str *file)
{
    size_t at = pick(random, file->length), most = file->length - at;
    size_t count = 1 + pick(random, most < 20 ? most : 20);
    memmove(file->data + at, file->data + at + count, file->length - at - count + 1);
    file->length -= count;
}

static void put_between(struct str *file, size_t at, const char *bytes, size_t count)
{
    char *tail = malloc(file->length - at + 1);
    size_t length = file->length - at;
    memcpy(tail, file->data + at, length);
    file->length = at;
    str_add_bytes(file, bytes, count);
    str_add_bytes(file, tail, length);
    free(tail);
}

static void put_in(struct random *random, struct str *file)
{
    const char *piece = pieces[pick(random, sizeof pieces / sizeof *pieces)];
    put_between(file, pick(random, file->length + 1), piece, strlen(piece));
}

static void repeat(struct random *random, struct str *file)
{
    size_t from = pick(random, file->length), count = 1 + pick(random, file->length - from);
    char *copy = malloc(count);
    memcpy(copy, file->data + from, count);
    put_between(file, pick(random, file->length + 1), copy, count);
    free(copy);
}

static void swap_bytes(struct random *random, struct str *file)
{
    size_t a = pick(random, file->length), b = pick(random, file->length);
    char kept = file->data[a];
    file->data[a] = file->data[b];
    file->data[b] = kept;
}

static void break_once(struct random *random, struct str *file)
{
    static void (*const ways[])(struct random *, struct str *) = {
        change_byte, cut_off, take_out, put_in, put_in, repeat, swap_bytes};
    if (file->length)
        ways[pick(random, sizeof ways / sizeof *ways)](random, file);
}

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);
    return value ? strtoull(value, NULL, 10) : otherwise;
}

/* The middle of each key, so that a key that lost an end is found as well. */
static bool shows_key(const char *text)
{
    static const char *const keys[] = {"Q5secret", "Q6secret", "Q7secret", "Q8secret", "Q9secret"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strstr(text, keys[i]))
            return true;
    return false;
}

struct tally {
    unsigned started, refused, shown;
};

static void load_once(struct scratch *scratch, const struct str *file, struct tally *tally)
{
    scratch_write(str_text(file), file->length, 0600);
    bool starts = config_load(CONF, NULL, &scratch->config, &scratch->report);
    struct str out = {0};
    config_report_print(&scratch->report, &out);
    assert_int_equal(starts, scratch->report.fatal_count == 0);
    assert_true(starts || scratch->report.count > 0);
    if (shows_key(str_text(&out)))
        tally->shown++;
    if (starts) {
        assert_true(scratch->config.community_count > 0);
        assert_true(scratch->config.profile.base_url[0]);
    }
    config_print(&out, &scratch->config);
    for (size_t i = 0; i < out.length; i++)
        assert_true(out.data[i] == '\n' || (unsigned char)out.data[i] >= ' ');
    str_finish(&out);
    tally->started += starts;
    tally->refused += !starts;
    scratch_finish(scratch);
}

static void no_broken_file_breaks_the_program(void **state)
{
    struct scratch *scratch = *state;
    struct random random = random_seeded(from_environment("TOURDESK_TEST_SEED", SEED));
    uint64_t rounds = from_environment("TOURDESK_TEST_ROUNDS", ROUNDS);
    struct tally tally = {0};
    for (uint64_t i = 0; i < rounds; i++) {
        struct str file = {0};
        str_add(&file, good);
        for (size_t n = 1 + pick(&random, 4); n > 0; n--)
            break_once(&random, &file);
        load_once(scratch, &file, &tally);
        str_finish(&file);
    }
    printf("%u started, %u refused, %u shown\n", tally.started, tally.refused, tally.shown);
    assert_true(tally.started > rounds / 20);
    assert_true(tally.refused > rounds / 20);
    assert_int_equal(tally.shown, 0);
}

static void the_file_they_are_made_of_is_good(void **state)
{
    struct scratch *scratch = *state;
    assert_true(scratch_load(scratch, good, NULL));
    scratch_expect(scratch, "");
    scratch_finish(scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_file_they_are_made_of_is_good, scratch_create, scratch_destroy),
        cmocka_unit_test_setup_teardown(
            no_broken_file_breaks_the_program, scratch_create, scratch_destroy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
