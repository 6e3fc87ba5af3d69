#include "typing.h"

#include "tourdesk/base/mem.h"

#include <stdio.h>
#include <string.h>

static bool type(struct play *play, const struct key *key, struct error *error)
{
    if (terminal_ended(play->terminal))
        return play_gave_up(play, "there is no program to type to", error);
    terminal_type(play->terminal, key);
    return true;
}

/* A paste is one key, whatever it holds. */
bool run_keys(struct play *play, const struct step *step, struct error *error)
{
    struct key key;
    bool pasting = false;
    if (terminal_ended(play->terminal))
        return play_gave_up(play, "there is no program to type to", error);
    for (const char *text = step->text; keys_next(&text, &key, error);) {
        play->keys += !pasting;
        if (key.kind == KEY_PASTE || key.kind == KEY_PASTE_END)
            pasting = key.kind == KEY_PASTE;
        terminal_type(play->terminal, &key);
    }
    return true;
}

/* Until the program has taken in what was typed, which it may still be busy with. */
static bool wait_for_reading(struct play *play, struct error *error)
{
    int64_t until = child_now() + play->options->limit;
    while (!terminal_idle(play->terminal)) {
        if (child_now() > until || child_interrupted() || terminal_ended(play->terminal))
            return play_gave_up(play, "the program did not read what was typed", error);
        terminal_pump(play->terminal, 1);
    }
    return true;
}

bool run_paste(struct play *play, const struct step *step, struct error *error)
{
    static const struct key start = {.kind = KEY_PASTE}, end = {.kind = KEY_PASTE_END};
    struct key piece;
    if (!type(play, &start, error))
        return false;
    for (size_t sent = 0; sent < (size_t)step->first;) {
        const char *text = step->text + step->second;
        while (sent < (size_t)step->first && keys_next(&text, &piece, error)) {
            if (!type(play, &piece, error))
                return false;
            sent += piece.length ? piece.length : 1;
        }
    }
    play->keys++;
    return type(play, &end, error) && wait_for_reading(play, error);
}

/* --- every key ----------------------------------------------------------------------------------------- */

static const char *const others[] = {"é", "ß", "日", "א", "€", "😀", "e\xCC\x81", "\xC2\xA0"};
static const char *const names[] = {"Enter", "Esc", "Tab", "BS", "Del", "Ins", "Up", "Down", "Left",
    "Right", "Home", "End", "PgUp", "PgDn", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9",
    "F10", "F11", "F12"};
static const char *const holds[] = {"", "S-", "C-", "M-", "C-S-", "M-S-", "C-M-"};

/* All of them, as a script would write them. */
static void add_every_key(struct texts *out)
{
    for (char c = ' '; c <= '~'; c++) {
        const char *name = c == ' ' ? "Space" : c == '<' ? "lt" : NULL;
        if (name)
            texts_addf(out, "<%s>", name);
        else
            texts_addf(out, "%c", c);
        if (name || c == '>')
            texts_addf(out, "<M-%s>", name ? name : "gt");
        else
            texts_addf(out, "<M-%c>", c);
        if ((c >= '@' && c <= '_') || c == ' ')
            texts_addf(out, c == ' ' ? "<C-Space>" : "<C-%c>", c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        texts_add(out, others[i]);
    for (size_t h = 0; h < sizeof holds / sizeof *holds; h++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            texts_addf(out, "<%s%s>", holds[h], names[i]);
}

/* True if `name` stands in a list of names; one that ends in a * stands for all that begin so. */
static bool is_named(const char *list, const char *name)
{
    for (const char *at = list; *at; at += strcspn(at, " "), at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        bool begins = length > 1 && at[length - 1] == '*';
        if (strncmp(at, name, begins ? length - 1 : length) == 0 && (begins || !name[length]))
            return true;
    }
    return false;
}

/* Types each key but those named, one after the other. */
bool run_every_key(struct play *play, const struct step *step, struct error *error)
{
    struct texts keys = {0};
    bool good = true;
    add_every_key(&keys);
    for (size_t i = 0; good && i < keys.count; i++) {
        const char *text = keys.items[i];
        struct key key;
        if (is_named(step->text, text))
            continue;
        while (good && keys_next(&text, &key, error))
            good = type(play, &key, error);
        good = good && !error->text[0] && wait_for_reading(play, error);
        if (!good)
            error_prefix(error, "key %s", keys.items[i]);
    }
    texts_finish(&keys);
    return good;
}

/* --- counting ------------------------------------------------------------------------------------------ */

bool run_count(struct play *play, const struct step *step, struct error *error)
{
    const char *words = step->text + strcspn(step->text, " ");
    words += strspn(words, " ");
    words += strcspn(words, " ");
    if (step->first == COUNT_BEGIN) {
        play->keys = 0;
        return true;
    }
    printf("%s: %d keys%s%s\n", play->script.name, play->keys, *words ? ":" : "", words);
    if (step->first == COUNT_AT_MOST)
        return play->keys <= step->second ||
               error_set(error, "it took %d keys, not at most %d", play->keys, step->second);
    return play->keys == step->second ||
           error_set(error, "it took %d keys, not %d", play->keys, step->second);
}
