/* Text as people see it: characters, widths, clipping, cleaning and folding, on the hard cases. */
#include "check.h"

#include "tourdesk/base/random.h"
#include "tourdesk/base/text.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define FAMILY       "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466"
#define FLAG_US      "\U0001F1FA\U0001F1F8"
#define FLAG_CA      "\U0001F1E8\U0001F1E6"
#define FLAG_ENGLAND "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"
#define THUMB_DARK   "\U0001F44D\U0001F3FF"
#define REPLACED     "\uFFFD"

/* Texts with a '|' at every character boundary that is not an end, and the cells they take. */
static const struct {
    const char *name, *split;
    int cells;
} characters[] = {
    {"empty", "", 0},
    {"letters", "a|b|c", 3},
    {"composed accents", "N|\u00FA|\u00F1|e|z", 5},
    {"combining accents", "N|u\u0301|n\u0303|e|z", 5},
    {"two marks on one letter", "a\u0323\u0302|n", 2},
    {"a mark with nothing before it", "\u0301|a", 1},
    {"a mark after an invalid byte", "\xFF|\u0301", 1},
    {"wide", "\u65E5|\u672C|\u8A9E", 6},
    {"wide with a voiced mark", "\u304B\u3099|\u304D", 4},
    {"half-width katakana", "\uFF71|\uFF72", 2},
    {"full-width letters", "\uFF21|\uFF22", 4},
    {"Hangul syllables", "\uD55C|\uAD6D", 4},
    {"Hangul letters", "\u1112\u1161\u11AB|\u1100\u116E\u11A8", 4},
    {"family", FAMILY "|!", 3},
    {"skin tone", THUMB_DARK "|o|k", 4},
    {"heart with a variant", "\u2764\uFE0F|x", 2},
    {"key cap", "1\uFE0F\u20E3|2", 2},
    {"flags", FLAG_US "|" FLAG_CA "|a", 5},
    {"half a flag at the end", FLAG_US "|\U0001F1F2", 3},
    {"half a flag before a letter", "\U0001F1F2|a", 2},
    {"tagged flag", FLAG_ENGLAND "|x", 3},
    {"Hindi with a spacing vowel", "\u0928\u093F|\u0916\u093F|\u0932", 5},
    {"Thai", "\u0E19\u0E49\u0E33|\u0E01", 3},
    {"joiner and non-joiner", "a\u200C|b\u200D|c", 3},
    {"zero-width space", "a|\u200B|b", 2},
    {"carriage return and line feed", "a|\r\n|b", 2},
    {"invalid bytes", "a|\xFF|\xFE|b", 4},
    {"cut short", "a|\xE2|\x82", 3},
    {"overlong", "\xC0|\xAF|\xE0|\x80|\xAF", 5},
    {"surrogate", "\xED|\xA0|\x80", 3},
    {"beyond Unicode", "\xF4|\x90|\x80|\x80", 4},
};

enum { CHARACTERS = sizeof characters / sizeof *characters, MAX_TEXT = 512 };

/* Takes the bars out of `split`; `ends` gets the offset behind each character. */
static size_t join(const char *split, char *text, size_t *ends, size_t *count)
{
    size_t n = 0;
    *count = 0;
    for (const char *p = split; *p; p++)
        if (*p == '|')
            ends[(*count)++] = n;
        else
            text[n++] = *p;
    text[n] = '\0';
    if (n > 0)
        ends[(*count)++] = n;
    return n;
}

static void characters_are_found_forwards_and_backwards(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHARACTERS; i++) {
        const char *name = characters[i].name;
        char text[MAX_TEXT];
        size_t ends[MAX_TEXT], count, length = join(characters[i].split, text, ends, &count);
        size_t at = 0;
        for (size_t k = 0; k < count; k++) {
            size_t next = text_next(text, length, at);
            check_number(name, (long long)next, (long long)ends[k]);
            check_number(name, (long long)text_previous(text, length, next), (long long)at);
            at = next;
        }
        check_number(name, (long long)text_next(text, length, length), (long long)length);
        check_number(name, (long long)text_previous(text, length, 0), 0);
        check_number(name, (long long)text_count(text), (long long)count);
    }
}

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHARACTERS; i++) {
        char text[MAX_TEXT];
        size_t ends[MAX_TEXT], count;
        join(characters[i].split, text, ends, &count);
        check_number(characters[i].name, text_width(text), characters[i].cells);
    }
}

/* Whatever is typed, from every corner of Unicode and from outside it. */
static const char *const alphabet[] = {"a", "Z", "7", " ", "-", "'", ",", "\t", "\r\n", "\n",
    "\u00E9", "e\u0301", "\u0301", "\u200D", "\uFE0F", "\u200B", "\u4E2D", "\uAC00", "\u1100",
    "\u1160", "\u1161", "\u11A8", "\u0928", "\u093F", "\u0E33", "\U0001F468", "\U0001F469",
    "\U0001F3FD", "\U0001F1FA", "\U0001F1F8", "\u2764", "\u20E3", "\u25CB", "\u2026", "\xFF",
    "\xE2", "\x82", "\xC3", "\xF0\x9F", "\u202E", "\u05D0", "\u0635"};

static size_t random_text(struct random *random, char *out, size_t pieces)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < pieces; i++) {
        const char *piece = alphabet[random_below(random, sizeof alphabet / sizeof *alphabet)];
        n += (size_t)snprintf(out + n, MAX_TEXT - n, "%s", piece);
    }
    return n;
}

static void previous_undoes_next_everywhere(void **state)
{
    (void)state;
    struct random random = random_seeded(1);
    for (int round = 0; round < 20000; round++) {
        char text[MAX_TEXT];
        size_t length = random_text(&random, text, random_below(&random, 12));
        int cells = 0;
        for (size_t at = 0; at < length;) {
            size_t next = text_next(text, length, at);
            assert_true(next > at && next <= length);
            if (text_previous(text, length, next) != at)
                fail_msg("round %d: back from %zu is %zu, not %zu", round, next,
                    text_previous(text, length, next), at);
            cells += text_cells(text + at, next - at);
            at = next;
        }
        assert_int_equal(cells, text_width(text));
    }
}

static const struct {
    const char *text;
    size_t at, next, previous;
} words[] = {
    {"", 0, 0, 0},
    {"Ana Lee", 0, 4, 0},
    {"Ana Lee", 3, 4, 0},
    {"Ana Lee", 4, 7, 0},
    {"Ana Lee", 5, 7, 4},
    {"Ana  Lee ", 9, 9, 5},
    {"  Ana", 0, 2, 0},
    {"  Ana", 2, 5, 0},
    {"O'Neill", 0, 2, 0},
    {"O'Neill", 7, 7, 2},
    {"(206) 555-0155", 0, 1, 0},
    {"(206) 555-0155", 14, 14, 10},
    {"(206) 555-0155", 10, 14, 6},
    {"N\u00FA\u00F1ez Lee", 0, 8, 0},
    {"Nu\u0301n\u0303ez Lee", 0, 10, 0},
    {"Nu\u0301n\u0303ez Lee", 13, 13, 10},
    {"\u65E5\u672C \u8A9E", 0, 7, 0},
    {"a " FAMILY " b", 0, 28, 0},
    {"a " FAMILY " b", 28, 29, 0},
    {"\xFF\xFE z", 0, 3, 0},
    {"a\u0378"
     "b",
        0, 3, 0},
};

static void words_are_found_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].text), at = words[i].at;
        check_number(words[i].text, (long long)text_next_word(words[i].text, length, at),
            (long long)words[i].next);
        check_number(words[i].text, (long long)text_previous_word(words[i].text, length, at),
            (long long)words[i].previous);
    }
}

static void word_moves_reach_both_ends_and_never_split_a_character(void **state)
{
    (void)state;
    struct random random = random_seeded(2);
    for (int round = 0; round < 5000; round++) {
        char text[MAX_TEXT];
        size_t length = random_text(&random, text, random_below(&random, 14)), at = 0;
        while (at < length) {
            size_t next = text_next_word(text, length, at);
            assert_true(next > at);
            assert_int_equal(text_next(text, length, text_previous(text, length, next)), next);
            at = next;
        }
        while (at > 0) {
            size_t before = text_previous_word(text, length, at);
            assert_true(before < at);
            at = before;
        }
    }
}

/* True if `head` ends at a character boundary of `text`, which it begins. */
static bool ends_at_character(const char *text, const char *head, size_t length)
{
    if (strncmp(text, head, length) != 0)
        return false;
    size_t at = 0;
    while (at < length)
        at = text_next(text, strlen(text), at);
    return at == length;
}

static void check_clip(const char *text, int cells, bool ascii, size_t size)
{
    const char *mark = ascii ? "~" : "\u2026";
    char out[MAX_TEXT];
    memset(out, 'X', sizeof out);
    int used = text_clip(out, size, text, cells, ascii);
    size_t length = strlen(out), tail = strlen(mark);
    check_holds(text, length < size, "was written past the buffer");
    check_holds(text, used <= (cells > 0 ? cells : 0), "took more cells than there are");
    check_number(text, used, text_width(out));
    if (strcmp(out, text) == 0)
        return;
    if (cells > 1) {
        check_holds(text, length >= tail && strcmp(out + length - tail, mark) == 0,
            "was cut without a mark");
        length -= tail;
    }
    check_holds(text, ends_at_character(text, out, length), "was cut within a character");
}

static void clipping_never_exceeds_nor_cuts_a_character(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHARACTERS; i++) {
        char text[MAX_TEXT];
        size_t ends[MAX_TEXT], count;
        join(characters[i].split, text, ends, &count);
        for (int cells = 0; cells <= characters[i].cells + 2; cells++) {
            check_clip(text, cells, false, MAX_TEXT);
            check_clip(text, cells, true, MAX_TEXT);
        }
        char whole[MAX_TEXT];
        text_clip(whole, sizeof whole, text, characters[i].cells, false);
        check_text(characters[i].name, whole, text);
    }
}

static void clipping_keeps_within_small_buffers(void **state)
{
    (void)state;
    struct random random = random_seeded(3);
    for (int round = 0; round < 3000; round++) {
        char text[MAX_TEXT];
        random_text(&random, text, random_below(&random, 10));
        for (int cells = 0; cells < 12; cells++)
            check_clip(text, cells, round % 2 == 0, 4 + random_below(&random, 40));
    }
}

static const struct {
    const char *text;
    int cells;
    const char *out, *ascii;
} clips[] = {
    {"Ana Lee", 7, "Ana Lee", "Ana Lee"},
    {"Ana Lee", 6, "Ana L\u2026", "Ana L~"},
    {"Ana Lee", 2, "A\u2026", "A~"},
    {"Ana Lee", 1, "A", "A"},
    {"Ana Lee", 0, "", ""},
    {"Ana Lee", -3, "", ""},
    {"\u65E5\u672C\u8A9E", 6, "\u65E5\u672C\u8A9E", "\u65E5\u672C\u8A9E"},
    {"\u65E5\u672C\u8A9E", 5, "\u65E5\u672C\u2026", "\u65E5\u672C~"},
    {"\u65E5\u672C\u8A9E", 4, "\u65E5\u2026", "\u65E5~"},
    {"\u65E5\u672C\u8A9E", 2, "\u2026", "~"},
    {"\u65E5\u672C\u8A9E", 1, "", ""},
    {"Nu\u0301n\u0303ez", 3, "Nu\u0301\u2026", "Nu\u0301~"},
};

static void clipping_says_what_was_left_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof clips / sizeof *clips; i++) {
        char out[64];
        text_clip(out, sizeof out, clips[i].text, clips[i].cells, false);
        check_text(clips[i].text, out, clips[i].out);
        text_clip(out, sizeof out, clips[i].text, clips[i].cells, true);
        check_text(clips[i].text, out, clips[i].ascii);
    }
}

static const struct {
    const char *name, *in, *out;
} simplified[] = {
    {"letter", "a", "a"},
    {"accents stay", "e\u0301", "e\u0301"},
    {"family becomes its first", FAMILY, "\U0001F468"},
    {"skin tone goes", THUMB_DARK, "\U0001F44D"},
    {"variant goes", "\u2764\uFE0F", "\u2764"},
    {"key cap", "1\uFE0F\u20E3", "1\u20E3"},
    {"flag stays", FLAG_US, FLAG_US},
    {"Hangul letters stay together", "\u1112\u1161\u11AB", "\u1112\u1161\u11AB"},
    {"Hindi vowel stays", "\u0928\u093F", "\u0928\u093F"},
    {"invalid byte", "\xFF", REPLACED},
};

static void simplifying_keeps_the_base_and_its_accents(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof simplified / sizeof *simplified; i++) {
        struct str out = {0};
        text_simplify(&out, simplified[i].in, strlen(simplified[i].in));
        check_text(simplified[i].name, str_text(&out), simplified[i].out);
        str_finish(&out);
    }
}

/* Curses moves by the C library's widths: where ours differ, columns break. */
static void simplified_text_is_as_wide_as_the_c_library_says(void **state)
{
    (void)state;
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        skip();
    struct random random = random_seeded(4);
    for (int round = 0; round < 20000; round++) {
        char text[MAX_TEXT];
        size_t length = random_text(&random, text, 1 + random_below(&random, 5));
        size_t next = text_next(text, length, 0);
        if ((unsigned char)text[0] < 0x20)
            continue;
        struct str plain = {0};
        wchar_t wide[MAX_TEXT];
        text_simplify(&plain, text, next);
        size_t n = mbstowcs(wide, str_text(&plain), MAX_TEXT);
        assert_true(n != (size_t)-1);
        int width = wcswidth(wide, n);
        if (width >= 0 && width != text_cells(text, next))
            fail_msg("round %d: \"%s\" is %d cells to us, %d to the C library", round,
                str_text(&plain), text_cells(text, next), width);
        str_finish(&plain);
    }
}

static const struct {
    const char *name, *in, *out;
} cleaned[] = {
    {"plain", "Ana Lee", "Ana Lee"},
    {"accents and wide", "N\u00FA\u00F1ez \u65E5\u672C", "N\u00FA\u00F1ez \u65E5\u672C"},
    {"colour sequence", "\033[31mred", REPLACED "[31mred"},
    {"title sequence", "\033]0;x\007", REPLACED "]0;x" REPLACED},
    {"bell, backspace, delete", "a\a\bb\x7F", "a" REPLACED REPLACED "b" REPLACED},
    {"line breaks and tabs", "a\nb\tc\r\nd", "a b c  d"},
    {"C1 as UTF-8",
        "a\xC2\x9B"
        "31mb\xC2\x80\xC2\x9F",
        "a" REPLACED "31mb" REPLACED REPLACED},
    {"C1 as a bare byte",
        "a\x9B"
        "31m",
        "a" REPLACED "31m"},
    {"no-break space is no control", "a\u00A0b", "a\u00A0b"},
    {"bidi override", "abc\u202Etxt.exe", "abc" REPLACED "txt.exe"},
    {"bidi embedding", "\u202A\u202B\u202C\u202D", REPLACED REPLACED REPLACED REPLACED},
    {"bidi isolates", "\u2066\u2067\u2068\u2069", REPLACED REPLACED REPLACED REPLACED},
    {"line and paragraph separators", "a\u2028b\u2029", "a" REPLACED "b" REPLACED},
    {"Hebrew itself stays", "\u05D0\u05D1", "\u05D0\u05D1"},
    {"family stays", FAMILY, FAMILY},
    {"invalid", "a\xFF\xC3", "a" REPLACED REPLACED},
    {"overlong escape", "\xC0\x9B[2J", REPLACED REPLACED "[2J"},
};

static void cleaning_leaves_nothing_to_obey(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cleaned / sizeof *cleaned; i++) {
        struct str out = {0};
        text_clean(&out, cleaned[i].in, strlen(cleaned[i].in));
        check_text(cleaned[i].name, str_text(&out), cleaned[i].out);
        check_holds(cleaned[i].name, text_valid(out.data, out.length), "is not valid UTF-8");
        str_finish(&out);
    }
    struct str zero = {0};
    text_clean(&zero, "a\0b", 3);
    assert_string_equal(str_text(&zero), "a" REPLACED "b");
    str_finish(&zero);
}

static void every_control_code_is_replaced(void **state)
{
    (void)state;
    for (unsigned code = 1; code < 0xA0; code++) {
        if (code >= 0x20 && code < 0x7F)
            continue;
        char in[3] = {(char)(code < 0x80 ? code : 0xC2), (char)(code < 0x80 ? 0 : code), 0};
        char out[8];
        assert_true(text_clean_copy(out, sizeof out, in));
        bool blank = code == '\t' || code == '\n' || code == '\r';
        check_text("control", out, blank ? " " : REPLACED);
    }
    char small[4];
    assert_false(text_clean_copy(small, sizeof small, "abcdef"));
    assert_string_equal(small, "abc");
    assert_false(text_clean_copy(small, sizeof small, "ab\u00E9"));
    assert_string_equal(small, "ab");
}

/* Pairs that search must take for the same, and how both look to it. */
static const struct {
    const char *typed, *name, *folded;
} folds[] = {
    {"nunez", "N\u00FA\u00F1ez", "nunez"},
    {"NUNEZ", "Nu\u0301n\u0303ez", "nunez"},
    {"o'neill", "O'Neill", "o'neill"},
    {"o'neill", "O\u2019Neill", "o'neill"},
    {"dang", "\u0110\u1EB7ng", "dang"},
    {"jorgen", "J\u00F8rgen", "jorgen"},
    {"lukasz", "\u0141ukasz", "lukasz"},
    {"strasse", "Stra\u00DFe", "strasse"},
    {"STRASSE", "STRA\u1E9EE", "strasse"},
    {"istanbul", "\u0130stanbul", "istanbul"},
    {"isil", "I\u015F\u0131l", "isil"},
    {"aesa", "\u00C6sa", "aesa"},
    {"thor", "\u00DE\u00F3r", "thor"},
    {"renee", "Ren\u00E9e", "renee"},
    {"zoe", "Zoe\u0308", "zoe"},
    {"tour", "\uFF34\uFF4F\uFF55\uFF52", "tour"},
    {"fi", "\uFB01", "fi"},
    {"\u039F\u0394\u03A5\u03A3\u03A3\u0395\u03A5\u03A3",
        "\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C2",
        "\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C3"},
    {"a b", "  a \t b\n ", "a b"},
    {"a b", "a\u00A0b", "a b"},
    {"", " \t ", ""},
};

static void folding_finds_names_however_they_are_typed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
        char typed[64], name[64];
        assert_true(text_fold_copy(typed, sizeof typed, folds[i].typed));
        assert_true(text_fold_copy(name, sizeof name, folds[i].name));
        check_text(folds[i].name, name, folds[i].folded);
        check_text(folds[i].typed, typed, folds[i].folded);
    }
}

static void folding_keeps_different_names_apart(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Ana", "Anna"},
        {"\u65E5", "\u672C"},
        {"\uD55C", "\uD558"},
        {"\u0930\u093E\u092E", "\u0930\u092E\u093E"}, /* vowel signs are no accents */
        {"O'Neill", "ONeill"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char a[64], b[64];
        text_fold_copy(a, sizeof a, pairs[i][0]);
        text_fold_copy(b, sizeof b, pairs[i][1]);
        check_holds(pairs[i][0], strcmp(a, b) != 0, "folds to the same as another name");
    }
    char out[64];
    text_fold_copy(out, sizeof out, "a\xFF\033b");
    assert_string_equal(out, "a" REPLACED REPLACED "b");
}

static void composing_joins_accents_and_trims(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"  Ana\t", "Ana"},
        {"Nu\u0301n\u0303ez", "N\u00FA\u00F1ez"},
        {"a\u0323\u0302", "\u1EAD"},
        {"\u1112\u1161\u11AB", "\uD55C"},
        {"a  b", "a  b"},
        {"\u212B", "\u00C5"},
        {"\uFB01", "\uFB01"},
        {"a\xFF", "a" REPLACED},
        {" ", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str out = {0};
        text_compose(&out, rows[i][0]);
        check_text(rows[i][0], str_text(&out), rows[i][1]);
        str_finish(&out);
    }
}

static void seven_bit_terminals_get_twins_and_base_letters(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"N\u00FA\u00F1ez", "Nunez"},
        {"\u0110\u1EB7ng", "Dang"},
        {"Stra\u00DFe", "Strasse"},
        {"J\u00F8rgen \u0141", "Jorgen L"},
        {"\u00C6sa", "AEsa"},
        {"\u201Chi\u201D \u2018x\u2019 \u2013 \u2014 \u2026", "\"hi\" 'x' - - ..."},
        {"a \u00B7 b \u2192 c", "a - b -> c"},
        {"1\u00A02", "1 2"},
        {"\u65E5\u672C", "??"},
        {"\033[m", "?[m"},
        {"a\xFF", "a?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str out = {0};
        text_to_ascii(&out, rows[i][0]);
        check_text(rows[i][0], str_text(&out), rows[i][1]);
        str_finish(&out);
    }
}

static void copies_are_cut_between_characters(void **state)
{
    (void)state;
    char out[6];
    assert_true(str_copy(out, sizeof out, "abcde"));
    assert_false(str_copy(out, sizeof out, "abcdef"));
    assert_string_equal(out, "abcde");
    assert_false(str_copy(out, sizeof out, "abcd\u00E9"));
    assert_string_equal(out, "abcd");
    assert_false(str_print(out, sizeof out, "%s\u4E2D", "abcd"));
    assert_string_equal(out, "abcd");
    assert_true(str_print(out, sizeof out, "%d", 12345));
    assert_string_equal(out, "12345");
}

static void whole_numbers_are_read_strictly(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        long value;
    } rows[] = {{"0", true, 0}, {"007", true, 7}, {"-5", true, -5}, {"100", true, 100},
        {"-10", true, -10}, {"101", false, 0}, {"-11", false, 0}, {"", false, 0}, {"-", false, 0},
        {"+5", false, 0}, {" 5", false, 0}, {"5 ", false, 0}, {"5.0", false, 0}, {"0x5", false, 0},
        {"--5", false, 0}, {"99999999999999999999", false, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        long value = 77;
        check_number(rows[i].text, str_integer(rows[i].text, -10, 100, &value), rows[i].good);
        check_number(rows[i].text, value, rows[i].good ? rows[i].value : 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_are_found_forwards_and_backwards),
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(previous_undoes_next_everywhere),
        cmocka_unit_test(words_are_found_both_ways),
        cmocka_unit_test(word_moves_reach_both_ends_and_never_split_a_character),
        cmocka_unit_test(clipping_never_exceeds_nor_cuts_a_character),
        cmocka_unit_test(clipping_keeps_within_small_buffers),
        cmocka_unit_test(clipping_says_what_was_left_out),
        cmocka_unit_test(simplifying_keeps_the_base_and_its_accents),
        cmocka_unit_test(simplified_text_is_as_wide_as_the_c_library_says),
        cmocka_unit_test(cleaning_leaves_nothing_to_obey),
        cmocka_unit_test(every_control_code_is_replaced),
        cmocka_unit_test(folding_finds_names_however_they_are_typed),
        cmocka_unit_test(folding_keeps_different_names_apart),
        cmocka_unit_test(composing_joins_accents_and_trims),
        cmocka_unit_test(seven_bit_terminals_get_twins_and_base_letters),
        cmocka_unit_test(copies_are_cut_between_characters),
        cmocka_unit_test(whole_numbers_are_read_strictly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
