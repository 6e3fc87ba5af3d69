/* A question that floats above a page: its answers are single keys. */
#include "internal.h"

void question_open(struct desk *desk)
{
    desk_push(desk, SCREEN_QUESTION);
}

void question_add(struct question *question, char key, const char *words,
    void (*chosen)(struct desk *desk, struct command_list *out))
{
    if (question->answer_count == QUESTION_ANSWERS)
        return;
    int i = question->answer_count++;
    question->answers[i].key = key;
    str_copy(question->answers[i].words, sizeof question->answers[i].words, words);
    question->answers[i].chosen = chosen;
}

static void answer(struct desk *desk, int index, struct command_list *out)
{
    void (*chosen)(struct desk *, struct command_list *) = desk->question.answers[index].chosen;
    desk_pop(desk);
    if (chosen)
        chosen(desk, out);
}

static void say_keys(struct desk *desk)
{
    desk_say(desk, TONE_PLAIN, "Press one of the keys that the question names.");
}

static void text(
    struct desk *desk, const char *typed, size_t length, bool pasted, struct command_list *out)
{
    const struct question *question = &desk->question;
    for (int i = 0; !pasted && length == 1 && i < question->answer_count; i++)
        if (question->answers[i].key == *typed) {
            answer(desk, i, out);
            return;
        }
    say_keys(desk);
}

/* Enter chooses nothing: a question is asked where a slip would cost something. */
static bool act(struct desk *desk, enum action action, struct command_list *out)
{
    (void)out;
    if (action == ACTION_OPEN)
        say_keys(desk);
    return action == ACTION_OPEN;
}

static void click(struct desk *desk, int item, bool twice, struct command_list *out)
{
    (void)twice;
    if (item < desk->question.answer_count)
        answer(desk, item, out);
}

const struct screen question_screen = {
    .context = CONTEXT_QUESTION,
    .floats = true,
    .takes_text = true,
    .act = act,
    .text = text,
    .click = click,
};
