#include "tourdesk/config/report.h"

#include "tourdesk/base/mem.h"
#include "tourdesk/base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void config_report_begin(struct config_report *report, const char *path)
{
    free(report->path);
    report->path = mem_text(path);
}

void config_report_add(
    struct config_report *report, enum config_severity severity, int line, const char *format, ...)
{
    if (severity == CONFIG_WARNING && report->count - report->fatal_count >= CONFIG_WARNINGS_KEPT) {
        report->left_out++;
        return;
    }
    struct str raw = {0}, clean = {0};
    str_add(&raw, report->path);
    if (line > 0)
        str_addf(&raw, ":%d", line);
    str_add(&raw, ": ");
    va_list args;
    va_start(args, format);
    str_addv(&raw, format, args);
    va_end(args);
    text_clean(&clean, str_text(&raw), raw.length);
    str_finish(&raw);
    report->items =
        mem_grow(report->items, &report->capacity, report->count + 1, sizeof *report->items);
    report->items[report->count++] = (struct config_mistake){severity, line, str_take(&clean)};
    report->fatal_count += severity == CONFIG_FATAL;
}

/* By insertion, which keeps the order of finding within a line; the mistakes come nearly sorted. */
void config_report_sort(struct config_report *report)
{
    for (size_t i = 1; i < report->count; i++) {
        struct config_mistake moved = report->items[i];
        size_t at = i;
        for (; at > 0 && report->items[at - 1].line > moved.line; at--)
            report->items[at] = report->items[at - 1];
        report->items[at] = moved;
    }
}

void config_report_print(const struct config_report *report, struct str *out)
{
    for (size_t i = 0; i < report->count; i++)
        str_addf(out, "%s\n", report->items[i].text);
    if (report->left_out)
        str_addf(out, "%s: and %zu more warnings\n", report->path, report->left_out);
}

void config_report_finish(struct config_report *report)
{
    for (size_t i = 0; i < report->count; i++)
        free(report->items[i].text);
    free(report->items);
    free(report->path);
    *report = (struct config_report){0};
}
