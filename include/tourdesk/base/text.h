/* Unicode text as people see it: characters (grapheme clusters), their width in cells, safe forms.
 *
 * "Character" here is what a person takes for one: a letter with its accents, a flag, a family.
 * Widths are terminal cells. All functions take valid or invalid UTF-8; a byte that does not belong
 * to a valid sequence counts as one character one cell wide and is replaced where text is cleaned.
 */
#ifndef TOURDESK_BASE_TEXT_H
#define TOURDESK_BASE_TEXT_H

#include "tourdesk/base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* The byte offset of the character boundary after / before `at` in `text` of `length` bytes. */
size_t text_next(const char *text, size_t length, size_t at);
size_t text_previous(const char *text, size_t length, size_t at);

/* The start of the next word after `at`, and of the word before it. */
size_t text_next_word(const char *text, size_t length, size_t at);
size_t text_previous_word(const char *text, size_t length, size_t at);

/* Cells that `length` bytes take; text_width() for a whole string. */
int text_cells(const char *text, size_t length);
int text_width(const char *text);

/* Appends one character as every terminal agrees on it: its base and its accents, without joiners
 * and variants, so that a column is as wide as text_cells() says. */
void text_simplify(struct str *out, const char *bytes, size_t length);

/* How many characters `text` has. */
size_t text_count(const char *text);

/* Copies as many whole characters of `text` into `out` as fit in `cells` cells and `size` bytes; if
 * some were left out and `cells` > 1 the last cell holds an ellipsis ("~" when `ascii`). Returns
 * the cells used. */
int text_clip(char *out, size_t size, const char *text, int cells, bool ascii);

/* Appends `text` without anything a terminal could obey: C0, DEL and C1 controls, bidirectional
 * overrides and invalid bytes become one replacement character each (line breaks and tabs a space). */
void text_clean(struct str *out, const char *text, size_t length);

/* text_clean() into a fixed buffer; false if it was cut. */
bool text_clean_copy(char *out, size_t size, const char *text);

/* Appends `text` as search and comparison see it: accents off, case folded, compatibility forms
 * resolved, runs of spaces made one, none at the ends. */
void text_fold(struct str *out, const char *text);
bool text_fold_copy(char *out, size_t size, const char *text);

/* Appends `text` in Unicode's composed form (NFC), spaces at the ends taken off. */
void text_compose(struct str *out, const char *text);

/* True if the bytes are valid UTF-8. */
bool text_valid(const char *text, size_t length);

/* Replaces what a 7-bit terminal cannot show: typographic characters by their ASCII twins, letters
 * by their base letter, the rest by '?'. */
void text_to_ascii(struct str *out, const char *text);

#endif
