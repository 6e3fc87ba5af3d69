/* The calendar's views, each in a file of its own, and what they share. */
#ifndef TOURDESK_SRC_TUI_CALENDAR_H
#define TOURDESK_SRC_TUI_CALENDAR_H

#include "draw.h"

enum { MINI_ROWS = 8 };

void draw_week(const struct page *page, const struct area *area);
void draw_day(const struct page *page, const struct area *area);
void draw_month(const struct page *page, const struct area *area);

/* The month round the focus: each day's number and, where `cols` have room, how much of it is free. */
void draw_mini_month(const struct page *page, int row, int col, int cols);

/* What is under the focus, in lines; the first is the one to read. */
void tell_focus(const struct page *page, struct str *out);
void tell_free(
    const struct desk *desk, const struct slot *slot, enum calendar calendar, struct str *out);

/* "checked 14 s ago"; of a list that could not be read again "as of 2:07 pm". */
const char *say_checked(const struct desk *desk, enum calendar calendar, char out[2 * SAY_SIZE]);

/* True if what has the focus can be booked. */
bool focus_is_free(const struct desk *desk);

/* The clock of a row: "2:30 pm", and "2nd" for the second coming of an hour. */
void draw_time(
    const struct page *page, int row, int col, struct grid_time time, bool half, enum role role);

/* The line of now, with the clock at its left. */
void draw_now(const struct page *page, int row, int col, int width);

/* Why nothing stands here at all. */
void draw_no_times(const struct page *page, const struct area *area);

/* Who else is typing for a slot; "" if nobody is. */
const char *held_by(const struct desk *desk, const struct slot *slot, enum calendar calendar);

#endif
