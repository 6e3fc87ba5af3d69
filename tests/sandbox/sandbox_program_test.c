/* The executable: options and what is said about wrong ones, the ready line, and how it ends. */
#include "harness.h"

#include <fcntl.h>
#include <libconfig.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 16 };

struct program {
    pid_t pid;
    int in, out, err; /* our ends of its standard streams */
};

static char folder[64];

static struct program start(const char *const *arguments)
{
    int in[2], out[2], err[2];
    char *argv[MOST_ARGUMENTS] = {SANDBOX_PROGRAM};
    for (int i = 0; arguments[i]; i++)
        argv[i + 1] = (char *)arguments[i];
    assert_int_equal(pipe2(in, O_CLOEXEC) | pipe2(out, O_CLOEXEC) | pipe2(err, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves nothing running */
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        dup2(err[1], STDERR_FILENO);
        execv(argv[0], argv);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    close(err[1]);
    return (struct program){pid, in[1], out[0], err[0]};
}

/* Reads one line, or what there is to the end. */
static void read_line(int fd, char *out, size_t size)
{
    size_t n = 0;
    while (n + 1 < size && read(fd, out + n, 1) == 1 && out[n] != '\n')
        n++;
    out[n] = '\0';
}

/* The exit code, or -1 if a signal ended it. */
static int finish(struct program *program)
{
    int status;
    if (program->in >= 0)
        close(program->in);
    waitpid(program->pid, &status, 0);
    close(program->out);
    close(program->err);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The address in the ready line. */
static void read_url(struct program *program, char *url, size_t size)
{
    static const char ready[] = "listening on ";
    char line[256];
    read_line(program->out, line, sizeof line);
    assert_memory_equal(line, ready, sizeof ready - 1);
    str_copy(url, size, line + sizeof ready - 1);
}

static void a_wrong_option_is_named_with_its_value(void **state)
{
    (void)state;
    static const struct {
        const char *arguments[4];
        const char *words;
    } cases[] = {
        {{"--port", "70000"}, "--port 70000: needs a whole number from 0 to 65535"},
        {{"--port=x"}, "--port x: needs a whole number from 0 to 65535"},
        {{"--port"}, "--port: needs a N"},
        {{"--clock", "noon"},
            "--clock noon: needs a time with its offset, such as 2026-11-23T14:07:00-08:00"},
        {{"--clock-speed", "-1"}, "--clock-speed -1: needs a number from 0 to 100000"},
        {{"--clock-speed", "1e6"}, "--clock-speed 1e6: needs a number from 0 to 100000"},
        {{"--clock-speed", "nan"}, "--clock-speed nan: needs a number from 0 to 100000"},
        {{"--seed", "1.5"}, "--seed 1.5: needs a whole number from 0 to 2147483647"},
        {{"--control=yes"}, "--control: takes no value"},
        {{"--data="}, "--data: needs a DIR"},
        {{"--turbo"}, "--turbo: no such option (see --help)"},
        {{"stray"}, "stray: not an option (see --help)"},
        {{"--fault", "POST /visit loose"}, "--fault POST /visit loose: \"loose\" is not an effect"},
        {{"--faults", "/nonexistent/f"}, "/nonexistent/f: No such file or directory"},
        {{"--office", "/nonexistent/o"}, "/nonexistent/o: No such file or directory"},
        {{"--listen", "somewhere"}, "somewhere: not an address such as 127.0.0.1 or ::1"},
        {{"--write-config", "/nonexistent/c"}, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct program program = start(cases[i].arguments);
        char line[512], expected[512];
        read_line(program.err, line, sizeof line);
        snprintf(expected, sizeof expected, "tourdesk-sandbox: %s", cases[i].words);
        if (cases[i].words)
            assert_string_equal(line, expected);
        else
            assert_non_null(strstr(line, "No such file or directory"));
        assert_int_equal(finish(&program), 2);
    }
}

static void check_reads_everything_and_serves_nothing(void **state)
{
    (void)state;
    char office[96], data[96], line[512], expected[512];
    struct stat status;
    snprintf(office, sizeof office, "%s/office.json", folder);
    snprintf(data, sizeof data, "%s/data", folder);
    FILE *file = fopen(office, "we");
    fputs("{\"communities\": [\n{\"id\": \"c1\", \"timezone\": \"UTC\",\n\"instant\": 3}]}", file);
    fclose(file);
    const char *bad[] = {"--check", "--office", office, NULL};
    struct program program = start(bad);
    read_line(program.err, line, sizeof line);
    snprintf(expected, sizeof expected,
        "tourdesk-sandbox: %s:3: communities[0].instant must be true or false", office);
    assert_string_equal(line, expected);
    assert_int_equal(finish(&program), 2);
    const char *good[] = {"--check", "--data", data, "--fault", "GET /x lose", NULL};
    program = start(good);
    read_line(program.out, line, sizeof line);
    assert_string_equal(line, "");
    assert_int_equal(finish(&program), 0);
    assert_int_not_equal(stat(data, &status), 0);
}

static void help_and_version(void **state)
{
    (void)state;
    static const char *const arguments[][2] = {{"--help"}, {"--version"}};
    static const char *const words[] = {
        "Usage: tourdesk-sandbox [OPTION]...", "tourdesk-sandbox " TOURDESK_VERSION};
    for (size_t i = 0; i < 2; i++) {
        struct program program = start(arguments[i]);
        char line[256];
        read_line(program.out, line, sizeof line);
        assert_string_equal(line, words[i]);
        while (*line) /* the help is longer than a line */
            read_line(program.out, line, sizeof line);
        char rest[8192];
        while (read(program.out, rest, sizeof rest) > 0)
            ;
        assert_int_equal(finish(&program), 0);
    }
}

static void it_answers_at_the_address_it_says(void **state)
{
    (void)state;
    const char *arguments[] = {"--clock", "2026-11-23T14:07:00-08:00", "--clock-speed", "0",
        "--fault", "GET /community/*/sources @2 status=500", NULL};
    struct program program = start(arguments);
    char url[128], target[192];
    struct wire wire;
    read_url(&program, url, sizeof url);
    assert_memory_equal(url, "http://127.0.0.1:", 17);
    snprintf(target, sizeof target, "%s/community/b9XQN6eMvvrr07zg/sources", url);
    for (int i = 0; i < 3; i++) {
        wire_call(&wire, "GET", target, NULL);
        assert_int_equal(wire.status, i == 1 ? 500 : 200);
        assert_string_equal(wire_header(&wire, "Date"), "Mon, 23 Nov 2026 22:07:00 GMT");
        wire_finish(&wire);
    }
    kill(program.pid, SIGTERM);
    assert_int_equal(finish(&program), 0);
}

static void a_port_in_use_is_said_to_be(void **state)
{
    (void)state;
    const char *none[] = {NULL};
    struct program first = start(none);
    char url[128], line[256], expected[256];
    read_url(&first, url, sizeof url);
    const char *port = strrchr(url, ':') + 1;
    const char *arguments[] = {"--port", port, NULL};
    struct program second = start(arguments);
    read_line(second.err, line, sizeof line);
    snprintf(expected, sizeof expected,
        "tourdesk-sandbox: 127.0.0.1 port %s: Address already in use", port);
    assert_string_equal(line, expected);
    assert_int_equal(finish(&second), 2);
    kill(first.pid, SIGINT);
    assert_int_equal(finish(&first), 0);
}

static void an_address_that_others_reach_is_warned_of(void **state)
{
    (void)state;
    const char *arguments[] = {"--listen", "0.0.0.0", NULL};
    struct program program = start(arguments);
    char line[256];
    read_line(program.err, line, sizeof line);
    assert_memory_equal(line, "tourdesk-sandbox: warning: 0.0.0.0 can be reached", 48);
    kill(program.pid, SIGTERM);
    assert_int_equal(finish(&program), 0);
}

static void it_ends_with_the_one_that_started_it(void **state)
{
    (void)state;
    const char *arguments[] = {"--until-eof", NULL};
    struct program program = start(arguments);
    char url[128], line[16];
    read_url(&program, url, sizeof url);
    assert_int_equal(write(program.in, "not the end\n", 12), 12);
    struct wire wire;
    wire_call(&wire, "GET", url, NULL);
    assert_int_equal(wire.status, 403);
    wire_finish(&wire);
    close(program.in);
    program.in = -1;
    read_line(program.out, line, sizeof line); /* until it closes its end */
    assert_int_equal(finish(&program), 0);
}

static void without_being_told_it_outlives_its_standard_input(void **state)
{
    (void)state;
    const char *arguments[] = {NULL};
    struct program program = start(arguments);
    char url[128];
    struct wire wire;
    read_url(&program, url, sizeof url);
    close(program.in);
    program.in = -1;
    wire_call(&wire, "GET", url, NULL);
    assert_int_equal(wire.status, 403);
    wire_finish(&wire);
    kill(program.pid, SIGTERM);
    assert_int_equal(finish(&program), 0);
}

static const char *setting(config_t *config, const char *path)
{
    const char *value = "(missing)";
    config_lookup_string(config, path, &value);
    return value;
}

static void the_configuration_it_writes(void **state)
{
    (void)state;
    char path[96], url[128];
    struct stat status;
    config_t config;
    snprintf(path, sizeof path, "%s/tourdesk.conf", folder);
    FILE *file = fopen(path, "we"); /* an old one, for others to read */
    fputs("old", file);
    fclose(file);
    const char *arguments[] = {"--write-config", path, NULL};
    struct program program = start(arguments);
    read_url(&program, url, sizeof url);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    config_init(&config);
    if (!config_read_file(&config, path))
        fail_msg("line %d: %s", config_error_line(&config), config_error_text(&config));
    assert_string_equal(setting(&config, "profile"), "practice");
    assert_string_equal(setting(&config, "profiles.practice.base_url"), url);
    assert_string_equal(setting(&config, "profiles.practice.key"), APPOINTMENT_TEST_KEY);
    assert_string_equal(setting(&config, "profiles.practice.prospect_key"), PROSPECT_TEST_KEY);
    assert_string_equal(
        setting(&config, "profiles.practice.appointment_key"), APPOINTMENT_TEST_KEY);
    assert_string_equal(setting(&config, "communities.[0].id"), "b9XQN6eMvvrr07zg");
    assert_string_equal(setting(&config, "communities.[0].name"), "Harbor Flats");
    assert_string_equal(setting(&config, "communities.[0].timezone"), "America/Los_Angeles");
    assert_string_equal(setting(&config, "communities.[0].source"), "Phone call");
    assert_string_equal(setting(&config, "communities.[0].units.[20]"), "M6-202");
    int minutes = 0;
    config_lookup_int(&config, "communities.[1].tour_minutes", &minutes);
    assert_int_equal(minutes, 45);
    assert_int_equal(config_setting_length(config_lookup(&config, "communities.[0].units")), 24);
    assert_int_equal(config_setting_length(config_lookup(&config, "communities.[1].units")), 18);
    config_destroy(&config);
    kill(program.pid, SIGTERM);
    assert_int_equal(finish(&program), 0);
}

static int make_folder(void **state)
{
    (void)state;
    folder_make(folder, sizeof folder);
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_option_is_named_with_its_value),
        cmocka_unit_test_setup_teardown(
            check_reads_everything_and_serves_nothing, make_folder, drop_folder),
        cmocka_unit_test(help_and_version),
        cmocka_unit_test(it_answers_at_the_address_it_says),
        cmocka_unit_test(a_port_in_use_is_said_to_be),
        cmocka_unit_test(an_address_that_others_reach_is_warned_of),
        cmocka_unit_test(it_ends_with_the_one_that_started_it),
        cmocka_unit_test(without_being_told_it_outlives_its_standard_input),
        cmocka_unit_test_setup_teardown(the_configuration_it_writes, make_folder, drop_folder),
    };
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    curl_global_cleanup();
    return failed;
}
