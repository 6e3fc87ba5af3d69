#include "tourdesk/config/options.h"

#include "kinds.h"
#include "tourdesk/config/config.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

static const char *const header_profiles[] = {
    [HEADERS_DOCUMENTED] = "documented", [HEADERS_GATEWAY] = "gateway", NULL};
static const char *const end_times[] = {[END_TIME_SLOT] = "slot", [END_TIME_OMIT] = "omit", NULL};

/* In the order of the manual page. */
static const struct config_option options[] = {
    {
        .name = "profile",
        .scope = SCOPE_TOP,
        .kind = OPTION_TOKEN,
        .offset = offsetof(struct config, profile.name),
        .size = sizeof((struct config *)0)->profile.name,
        .help = "The profile to use, by its name in profiles. The command line's --profile goes "
                "before it; where there is only one profile it can be left out.",
    },
    {
        .name = "theme",
        .scope = SCOPE_TOP,
        .kind = OPTION_TEXT,
        .offset = offsetof(struct config, theme),
        .size = sizeof((struct config *)0)->theme,
        .initial = "dark",
        .help = "The colours, by the name of a theme or the path of a theme file.",
    },
    {
        .name = "mouse",
        .scope = SCOPE_TOP,
        .kind = OPTION_BOOLEAN,
        .offset = offsetof(struct config, mouse),
        .size = sizeof((struct config *)0)->mouse,
        .initial = "true",
        .help =
            "Whether the desk takes clicks and the wheel. With false the terminal keeps the mouse "
            "to itself, for selecting text.",
    },
    {
        .name = "keys",
        .scope = SCOPE_TOP,
        .kind = OPTION_PAIRS,
        .offset = offsetof(struct config, keys),
        .size = sizeof((struct config *)0)->keys,
        .help = "Other keys of the keyboard for actions, by the names that stand under KEYS in "
                "tourdesk(1), as in "
                "{ book = \"n F3\"; handover = \"H board:h\"; }. Keys are separated by spaces; "
                "\"board:h\" is h on that page only; \"\" takes an action's keys away. A key that "
                "another action has in the same place is reported, and the action keeps its own.",
    },
    {
        .name = "undo_seconds",
        .scope = SCOPE_TOP,
        .kind = OPTION_INTEGER,
        .offset = offsetof(struct config, undo_seconds),
        .size = sizeof((struct config *)0)->undo_seconds,
        .initial = "10",
        .low = 0,
        .high = 120,
        .unit = "seconds",
        .help =
            "How long the interactive program holds a booking, a cancellation or a visit back, so "
            "that it can be taken back before it is sent. 0 sends at once.",
    },
    {
        .name = "lock_minutes",
        .scope = SCOPE_TOP,
        .kind = OPTION_INTEGER,
        .offset = offsetof(struct config, lock_minutes),
        .size = sizeof((struct config *)0)->lock_minutes,
        .initial = "0",
        .low = 0,
        .high = 480,
        .unit = "minutes",
        .help = "After how long without a key the screen is hidden, until somebody says who works "
                "here. 0 never hides it.",
    },
    {
        .name = "agent",
        .scope = SCOPE_TOP,
        .kind = OPTION_TEXT,
        .offset = offsetof(struct config, agent),
        .size = sizeof((struct config *)0)->agent,
        .high = 8,
        .help = "The initials of whoever works at this desk, noted with what they do.",
    },
    {
        .name = "agent_username",
        .scope = SCOPE_TOP,
        .kind = OPTION_TOKEN,
        .offset = offsetof(struct config, agent_username),
        .size = sizeof((struct config *)0)->agent_username,
        .help = "The name by which Knock knows whoever works at this desk, sent with a call that "
                "is logged.",
    },
    {
        .name = "agent_phone",
        .scope = SCOPE_TOP,
        .kind = OPTION_NUMBER,
        .offset = offsetof(struct config, agent_phone),
        .size = sizeof((struct config *)0)->agent_phone,
        .help = "The telephone number of this desk, sent with a call that is logged. It must not "
                "be one of the tracking numbers that Knock rents out.",
    },
    {
        .name = "profiles",
        .scope = SCOPE_TOP,
        .kind = OPTION_SECTION,
        .help = "The servers to talk to: a group of groups, each under a name of your own.",
    },
    {
        .name = "communities",
        .scope = SCOPE_TOP,
        .kind = OPTION_SECTION,
        .help =
            "The communities of this office: a list of groups. The first is the one shown at the "
            "start.",
    },
    {
        .name = "base_url",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_URL,
        .offset = offsetof(struct profile_settings, base_url),
        .size = sizeof((struct profile_settings *)0)->base_url,
        .required = true,
        .help =
            "The server's address, which must begin with https://; http:// is accepted for this "
            "machine only. A slash at the end is taken off.",
    },
    {
        .name = "key",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_TOKEN,
        .offset = offsetof(struct profile_settings, key),
        .size = sizeof((struct profile_settings *)0)->key,
        .secret = true,
        .strict = true,
        .help = "The key that Knock issued, used wherever no other is given. Up to 255 characters.",
    },
    {
        .name = "prospect_key",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_TOKEN,
        .offset = offsetof(struct profile_settings, prospect_key),
        .size = sizeof((struct profile_settings *)0)->prospect_key,
        .secret = true,
        .strict = true,
        .help = "The key for prospects and visits, where it is not the same.",
    },
    {
        .name = "appointment_key",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_TOKEN,
        .offset = offsetof(struct profile_settings, appointment_key),
        .size = sizeof((struct profile_settings *)0)->appointment_key,
        .secret = true,
        .strict = true,
        .help = "The key for available times, appointments and all else, where it is not the same.",
    },
    {
        .name = "key_env",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_VARIABLE,
        .offset = offsetof(struct profile_settings, key_env),
        .size = sizeof((struct profile_settings *)0)->key_env,
        .strict = true,
        .help =
            "The name of an environment variable that holds the key. Used where key is not given.",
    },
    {
        .name = "key_command",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_COMMAND,
        .offset = offsetof(struct profile_settings, key_command),
        .size = sizeof((struct profile_settings *)0)->key_command,
        .secret = true,
        .strict = true,
        .help =
            "A shell command whose first line of output is the key. It is run at most once, when "
            "a key is first needed, without a terminal, and is stopped after 10 seconds. Used "
            "where neither key nor key_env gives one.",
    },
    {
        .name = "header_profile",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_CHOICE,
        .offset = offsetof(struct profile_settings, header_profile),
        .size = sizeof((struct profile_settings *)0)->header_profile,
        .initial = "documented",
        .choices = header_profiles,
        .help = "The headers that carry the key: \"documented\" sends x-api-key; \"gateway\" sends "
                "apikey, company-id and property-id.",
    },
    {
        .name = "company_id",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_TOKEN,
        .offset = offsetof(struct profile_settings, company_id),
        .size = sizeof((struct profile_settings *)0)->company_id,
        .help = "The company's id, sent with the \"gateway\" headers.",
    },
    {
        .name = "end_time",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_CHOICE,
        .offset = offsetof(struct profile_settings, end_time),
        .size = sizeof((struct profile_settings *)0)->end_time,
        .initial = "slot",
        .choices = end_times,
        .help =
            "What a booking says about the end of the tour: \"slot\" sends the end of its slot, "
            "\"omit\" leaves it to the server.",
    },
    {
        .name = "connect_timeout",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_INTEGER,
        .offset = offsetof(struct profile_settings, connect_timeout),
        .size = sizeof((struct profile_settings *)0)->connect_timeout,
        .initial = "5",
        .low = 1,
        .high = 60,
        .unit = "seconds",
        .help = "How long a connection to the server may take to open.",
    },
    {
        .name = "timeout",
        .scope = SCOPE_PROFILE,
        .kind = OPTION_INTEGER,
        .offset = offsetof(struct profile_settings, timeout),
        .size = sizeof((struct profile_settings *)0)->timeout,
        .initial = "20",
        .low = 2,
        .high = 120,
        .unit = "seconds",
        .help = "How long a whole request may take.",
    },
    {
        .name = "id",
        .scope = SCOPE_COMMUNITY,
        .kind = OPTION_TOKEN,
        .offset = offsetof(struct community, id),
        .size = sizeof((struct community *)0)->id,
        .required = true,
        .help = "The community's id at Knock.",
    },
    {
        .name = "name",
        .scope = SCOPE_COMMUNITY,
        .kind = OPTION_TEXT,
        .offset = offsetof(struct community, name),
        .size = sizeof((struct community *)0)->name,
        .help = "What the office calls it. The id is shown where there is none.",
    },
    {
        .name = "timezone",
        .scope = SCOPE_COMMUNITY,
        .kind = OPTION_ZONE,
        .offset = offsetof(struct community, zone),
        .size = sizeof((struct community *)0)->zone,
        .required = true,
        .help = "The zone in which its times are shown, such as \"America/Los_Angeles\".",
    },
    {
        .name = "tour_minutes",
        .scope = SCOPE_COMMUNITY,
        .kind = OPTION_INTEGER,
        .offset = offsetof(struct community, tour_minutes),
        .size = sizeof((struct community *)0)->tour_minutes,
        .initial = "30",
        .low = 5,
        .high = 240,
        .unit = "minutes",
        .help = "How long a tour lasts.",
    },
    {
        .name = "notice_minutes",
        .scope = SCOPE_COMMUNITY,
        .kind = OPTION_INTEGER,
        .offset = offsetof(struct community, notice_minutes),
        .size = sizeof((struct community *)0)->notice_minutes,
        .initial = "0",
        .low = 0,
        .high = 20160,
        .unit = "minutes",
        .help =
            "How long before its start Knock wants a tour booked. Only a reason shown for gaps in "
            "the calendar: what is free is for Knock to say. 0 = not known.",
    },
    {
        .name = "source",
        .scope = SCOPE_COMMUNITY,
        .kind = OPTION_TEXT,
        .offset = offsetof(struct community, source),
        .size = sizeof((struct community *)0)->source,
        .help =
            "The source given with a booking unless another is chosen; a title that Knock has for "
            "this community.",
    },
    {
        .name = "units",
        .scope = SCOPE_COMMUNITY,
        .kind = OPTION_UNITS,
        .size = sizeof(struct community),
        .help =
            "The names of its units, against which a visit's units are checked; case and spaces do "
            "not matter. Without them units are not checked.",
    },
    {
        .name = "sms_consent_text",
        .scope = SCOPE_COMMUNITY,
        .kind = OPTION_TEXT,
        .offset = offsetof(struct community, sms_consent_text),
        .size = sizeof((struct community *)0)->sms_consent_text,
        .initial =
            "May we text you about this tour? Message and data rates may apply. You can say stop "
            "at any time.",
        .help =
            "The sentence that is read to the caller before consent to text messages is noted. It "
            "is sent with the consent.",
    },
    {
        .name = "sms_consent_url",
        .scope = SCOPE_COMMUNITY,
        .kind = OPTION_PAGE,
        .offset = offsetof(struct community, sms_consent_url),
        .size = sizeof((struct community *)0)->sms_consent_url,
        .help = "The page with the terms of the text messages, sent with the consent.",
    },
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

/* Slips allowed in a name that is still taken for a known one, and the longest name compared. */
enum { NEAR = 2, NAME_MOST = 40 };

const struct config_option *options_all(size_t *count)
{
    *count = OPTION_COUNT;
    return options;
}

const struct config_option *option_find(enum option_scope scope, const char *name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].scope == scope && strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t count_slips(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), d[NAME_MOST + 1][NAME_MOST + 1];
    if (n > NAME_MOST || m > NAME_MOST)
        return SIZE_MAX;
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            int x = tolower((unsigned char)a[i - 1]), y = tolower((unsigned char)b[j - 1]);
            d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (x != y));
            if (i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) &&
                y == tolower((unsigned char)a[i - 2]))
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[n][m];
}

bool option_nearer(const char *name, const char *typed, size_t *slips)
{
    size_t count = count_slips(name, typed);
    /* A name of three letters with two of them wrong is another name. */
    if (count >= *slips || count > least(NEAR, strlen(typed) / 2))
        return false;
    *slips = count;
    return true;
}

const char *option_nearest(enum option_scope scope, const char *name)
{
    const char *nearest = NULL;
    size_t slips = SIZE_MAX;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].scope == scope && option_nearer(options[i].name, name, &slips))
            nearest = options[i].name;
    return nearest;
}

enum option_form option_form(const struct config_option *option)
{
    return option_kinds[option->kind].form;
}

const char *option_form_words(const struct config_option *option)
{
    return option_kinds[option->kind].words;
}

enum option_outcome option_set(
    const struct config_option *option, void *settings, const char *text, struct error *error)
{
    void *place = (char *)settings + option->offset;
    return option_kinds[option->kind].set(option, place, text, error);
}

void options_default(enum option_scope scope, void *settings)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].scope == scope && options[i].initial)
            option_set(&options[i], settings, options[i].initial, NULL);
}

void option_print(const struct config_option *option, const void *settings, struct str *out)
{
    const char *place = (const char *)settings + option->offset;
    if (option->secret)
        str_add(out, *place ? "[set]" : "[not set]");
    else
        option_kinds[option->kind].print(option, place, out);
}
