/* tourdesk-docs: fills the tables into the manual and the README. A tool of the build, not installed.
 *
 *   tourdesk-docs fill TEMPLATE       a page with its @TABLES@ filled in
 *   tourdesk-docs refresh README.md   the README with its tables as they are now
 *   tourdesk-docs complete SHELL      the completions for bash, zsh or fish
 */
#include "tourdesk/docs/docs.h"

#include <stdio.h>
#include <string.h>

static bool read_file(const char *path, struct str *out, struct error *error)
{
    char bytes[4096];
    FILE *file = fopen(path, "r");
    if (!file)
        return error_set(error, "%s cannot be read", path);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        str_add_bytes(out, bytes, n);
    bool ok = !ferror(file);
    fclose(file);
    return ok || error_set(error, "%s cannot be read", path);
}

int main(int argc, char **argv)
{
    struct str text = {0}, out = {0};
    struct error error = {"usage: tourdesk-docs fill TEMPLATE | refresh README | complete SHELL"};
    bool complete = argc == 3 && strcmp(argv[1], "complete") == 0;
    bool ok = argc == 3 && (complete || read_file(argv[2], &text, &error));
    if (complete)
        ok = docs_completion(&out, argv[2], &error);
    else if (ok && strcmp(argv[1], "fill") == 0)
        ok = docs_fill(&out, str_text(&text), &error);
    else if (ok && strcmp(argv[1], "refresh") == 0)
        ok = docs_refresh(&out, str_text(&text), &error);
    else
        ok = false;
    if (ok)
        fputs(str_text(&out), stdout);
    else
        fprintf(stderr, "tourdesk-docs: %s\n", error.text);
    str_finish(&text);
    str_finish(&out);
    return ok ? 0 : 1;
}
