/* The real transport and TLS: whom it does not trust gets nothing.
 *
 * The other end is `openssl s_server` with a certificate made for the test; without the program the tests
 * that need it are skipped.
 */
#include "client.h"

#include "tourdesk/base/str.h"
#include "tourdesk/knock/outcome.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    char folder[64], key[96], certificate[96];
    bool there; /* openssl is installed and made a certificate */
} tls;

/* Starts a program with its output in `*output` (NULL = nowhere); returns its process id. */
static pid_t start(const char *const *words, FILE **output)
{
    int pipes[2];
    if (pipe(pipes) != 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, 0);
        dup2(output ? pipes[1] : nowhere, 1);
        dup2(nowhere, 2);
        close(pipes[0]);
        execvp(words[0], (char *const *)(const void *)words);
        _exit(127);
    }
    close(pipes[1]);
    if (output)
        *output = fdopen(pipes[0], "r");
    else
        close(pipes[0]);
    return child;
}

static int make_certificate(void **state)
{
    (void)state;
    str_copy(tls.folder, sizeof tls.folder, "/tmp/tourdesk-tls-XXXXXX");
    if (!mkdtemp(tls.folder))
        return -1;
    str_print(tls.key, sizeof tls.key, "%s/key", tls.folder);
    str_print(tls.certificate, sizeof tls.certificate, "%s/certificate", tls.folder);
    const char *const words[] = {"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
        "-keyout", tls.key, "-out", tls.certificate, "-days", "2", "-subj", "/CN=127.0.0.1",
        "-addext", "subjectAltName=IP:127.0.0.1", NULL};
    int status;
    pid_t child = start(words, NULL);
    tls.there = waitpid(child, &status, 0) == child && WIFEXITED(status) && !WEXITSTATUS(status);
    return 0;
}

static int remove_certificate(void **state)
{
    (void)state;
    unlink(tls.key);
    unlink(tls.certificate);
    return rmdir(tls.folder);
}

/* Starts the other end on a port of its own choice, with one more option; returns its process id. */
static pid_t serve(const char *option, const char *value, int *port)
{
    char line[256];
    FILE *output;
    *port = 0;
    const char *const words[] = {"openssl", "s_server", "-accept", "127.0.0.1:0", "-cert",
        tls.certificate, "-key", tls.key, "-www", option, value, NULL};
    pid_t child = start(words, &output);
    while (*port == 0 && fgets(line, sizeof line, output)) {
        const char *colon = strrchr(line, ':');
        if (strncmp(line, "ACCEPT", 6) == 0 && colon)
            *port = (int)strtol(colon + 1, NULL, 10);
    }
    fclose(output);
    assert_int_not_equal(*port, 0);
    return child;
}

static void check_untrusted(int port, const char *words)
{
    struct client client;
    struct http_answer answer;
    struct outcome outcome;
    client_init(&client);
    client_base(&client, "https://127.0.0.1", port, "");
    client_open(&client);
    client_ask(&client, HTTP_POST, "/x", "{}", &answer);
    assert_int_equal(answer.fate, FATE_TLS);
    assert_false(answer.left);
    check_contains("words", answer.words, words);
    outcome_read(&outcome, OPERATION_BOOK, false, &answer);
    assert_int_equal(outcome.came, CAME_TLS);
    assert_int_equal(outcome.verdict, VERDICT_NOT_YET);
    http_answer_finish(&answer);
    client_close(&client);
}

static void who_vouches_for_himself_is_not_trusted_and_gets_nothing(void **state)
{
    (void)state;
    int port;
    if (!tls.there)
        skip();
    pid_t child = serve("-tls1_2", NULL, &port);
    check_untrusted(port, "certificate");
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
}

static void what_is_older_than_tls_1_2_is_not_spoken(void **state)
{
    (void)state;
    int port;
    if (!tls.there)
        skip();
    pid_t child = serve("-tls1_1", NULL, &port);
    check_untrusted(port, "SSL connect error");
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
}

static void a_connection_that_is_reset_while_trust_is_sought_lets_nothing_leave(void **state)
{
    (void)state;
    static const struct scene scenes[] = {{ACT_RESET_AT_ONCE, NULL, 0, 0}};
    struct script_server *server = server_create(scenes, 1);
    struct client client;
    struct http_answer answer;
    struct outcome outcome;
    client_init(&client);
    client_base(&client, "https://127.0.0.1", server_port(server), "");
    client_open(&client);
    client_ask(&client, HTTP_POST, "/x", "{}", &answer);
    /* As the reset is noticed: in the first words of TLS, or before there was a connection. */
    assert_true(answer.fate == FATE_TLS || answer.fate == FATE_CONNECT);
    assert_false(answer.left);
    outcome_read(&outcome, OPERATION_BOOK, false, &answer);
    assert_int_equal(outcome.verdict, VERDICT_NOT_YET);
    http_answer_finish(&answer);
    client_close(&client);
    server_destroy(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_vouches_for_himself_is_not_trusted_and_gets_nothing),
        cmocka_unit_test(what_is_older_than_tls_1_2_is_not_spoken),
        cmocka_unit_test(a_connection_that_is_reset_while_trust_is_sought_lets_nothing_leave),
    };
    return cmocka_run_group_tests(tests, make_certificate, remove_certificate);
}
