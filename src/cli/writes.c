/* book, cancel, visit, log-call, withdraw: what changes something at Knock. */
#include "internal.h"

#include "tourdesk/base/text.h"
#include "tourdesk/tour/source.h"
#include "tourdesk/tour/unit.h"
#include "tourdesk/tour/when.h"

#include <stdio.h>
#include <string.h>

/* --- reading values ------------------------------------------------------------------------------------------ */

/* Composes a text option into `out`; an error if it is too long. */
static bool take_text(
    const struct cli *cli, enum option option, char *out, size_t size, struct error *error)
{
    const char *value = cli_value(cli, option);
    struct str clean = {0}, composed = {0};
    if (value)
        text_clean(&clean, value, strlen(value));
    text_compose(&composed, str_text(&clean));
    bool fits = str_copy(out, size, str_text(&composed));
    str_finish(&clean);
    str_finish(&composed);
    return fits ||
           error_set(error, "--%s: longer than %zu bytes", option_entry(option)->name, size - 1);
}

/* A dot or two would be another path than the id's. */
bool take_id(const char *id, const char *name, char *out, size_t size, struct error *error)
{
    struct str clean = {0};
    text_clean(&clean, id, strlen(id));
    bool good = *id && strcmp(id, ".") != 0 && strcmp(id, "..") != 0 && !strpbrk(id, " \t\r\n") &&
                strcmp(str_text(&clean), id) == 0 && str_copy(out, size, id);
    str_finish(&clean);
    return good || error_set(error, "%s: \"%.40s\" is no id", name, id);
}

/* A source by its title, or by a Doorway link that carries it. */
static bool take_source(const struct cli *cli, char title[SOURCE_SIZE], struct error *error)
{
    const char *value = cli_value(cli, OPTION_SOURCE);
    return (value && source_from_link(value, title)) ||
           take_text(cli, OPTION_SOURCE, title, SOURCE_SIZE, error);
}

static bool take_number(
    const struct cli *cli, enum option option, long most, long *out, struct error *error)
{
    const char *value = cli_value(cli, option);
    *out = 0;
    return !value || str_integer(value, 1, most, out) ||
           error_set(error, "--%s: a whole number from 1 to %ld", option_entry(option)->name, most);
}

static bool take_time(const struct cli *cli, enum option option, enum when_side side,
    instant around, struct stamp *out, struct error *error)
{
    return when_parse_time(
               cli_value(cli, option), cli->community->zone, around, side, out, error) ||
           error_prefix(error, "--%s", option_entry(option)->name);
}

/* --- book ----------------------------------------------------------------------------------------------------- */

static bool take_contact(const struct cli *cli, struct profile *profile, struct error *error)
{
    const char *phone = cli_value(cli, OPTION_PHONE);
    if (!take_text(cli, OPTION_FIRST_NAME, profile->first_name, NAME_SIZE, error) ||
        !take_text(cli, OPTION_LAST_NAME, profile->last_name, NAME_SIZE, error) ||
        !take_text(cli, OPTION_EMAIL, profile->email, EMAIL_SIZE, error))
        return false;
    if (phone && !phone_parse(phone, profile->phone, error))
        return error_prefix(error, "--phone");
    if (profile->email[0] && !email_check(profile->email, error))
        return error_prefix(error, "--email");
    if (!profile->first_name[0] && !profile->last_name[0])
        return error_set(error, "a name is needed: --first-name or --last-name");
    if (!profile->email[0] && !profile->phone[0])
        return error_set(error, "a contact is needed: --phone or --email");
    return true;
}

static bool take_wishes(const struct cli *cli, struct profile *profile, struct error *error)
{
    long occupants, lease;
    const char *date = cli_value(cli, OPTION_MOVE_DATE), *rooms = cli_value(cli, OPTION_BEDROOMS);
    if (date && !when_parse_date(date, cli->community->zone, cli_now(cli), WHEN_NEXT,
                    &profile->move_date, error))
        return error_prefix(error, "--move-date");
    if (rooms && !bedrooms_parse(rooms, &profile->bedrooms))
        return error_set(error, "--bedrooms: studio, 1, 2 or 3+, with commas between");
    if (!take_number(cli, OPTION_OCCUPANTS, 99, &occupants, error) ||
        !take_number(cli, OPTION_LEASE_MONTHS, 120, &lease, error) ||
        !take_number(cli, OPTION_MIN_BUDGET, 1000000, &profile->min_budget, error) ||
        !take_number(cli, OPTION_MAX_BUDGET, 1000000, &profile->max_budget, error) ||
        !take_text(cli, OPTION_MESSAGE, profile->message, MESSAGE_SIZE, error))
        return false;
    profile->occupants = (int)occupants;
    profile->lease_months = (int)lease;
    if (text_count(profile->message) > MESSAGE_CHARACTERS)
        return error_set(error, "--message: longer than %d characters", MESSAGE_CHARACTERS);
    return true;
}

static bool take_consent(const struct cli *cli, enum consent *out, struct error *error)
{
    const char *said = cli_value(cli, OPTION_SMS_CONSENT);
    if (!said)
        *out = CONSENT_NOT_ASKED;
    else if (strcmp(said, "yes") == 0)
        *out = CONSENT_YES;
    else if (strcmp(said, "no") == 0)
        *out = CONSENT_NO;
    else
        return error_set(error, "--sms-consent: yes or no");
    return true;
}

/* A bare time of day is one of the day of the start; a day that is named is counted from today, as that of the
 * start is: the next (`side`), or the last. */
static bool take_end(const struct cli *cli, instant start, enum when_side side, struct stamp *end,
    struct error *error)
{
    struct when when = {0};
    when_parse(
        cli_value(cli, OPTION_END), cli->community->zone, cli_now(cli), WHEN_NEXT, &when, NULL);
    return when.has_date ? take_time(cli, OPTION_END, side, cli_now(cli), end, error)
                         : take_time(cli, OPTION_END, WHEN_NEXT, start, end, error);
}

static bool take_times(const struct cli *cli, struct booking *booking, struct error *error)
{
    struct stamp end;
    if (!cli_value(cli, OPTION_START))
        return error_set(error, "--start is needed: when does the tour begin?");
    if (!take_time(cli, OPTION_START, WHEN_NEXT, cli_now(cli), &booking->start, error))
        return false;
    if (!cli_value(cli, OPTION_END))
        return true;
    if (!take_end(cli, booking->start.at, WHEN_NEXT, &end, error))
        return false;
    if (end.at <= booking->start.at)
        return error_set(error, "--end: must be after --start");
    booking->end = end.at;
    return true;
}

static bool take_booking(const struct cli *cli, struct booking *booking, struct error *error)
{
    const char *calendar = cli_value(cli, OPTION_FOR);
    if (!take_times(cli, booking, error) || !take_contact(cli, &booking->profile, error) ||
        !take_wishes(cli, &booking->profile, error) ||
        !take_consent(cli, &booking->consent, error) ||
        !take_source(cli, booking->source_title, error))
        return false;
    if (calendar && !calendar_parse(calendar, &booking->calendar))
        return error_set(error, "--for: self-guided or in-person");
    if (!booking->source_title[0])
        str_copy(booking->source_title, SOURCE_SIZE, cli->community->source);
    booking->replace = cli_value(cli, OPTION_REPLACE) != NULL;
    return true;
}

/* Asks and prints; the command is ready. */
static int ask(struct cli *cli, struct command *command)
{
    struct report *report = cli_ask(cli, command);
    int code = print_outcome(cli, report);
    report_destroy(report);
    return code;
}

int run_book(struct cli *cli)
{
    struct error error;
    struct command *command = cli_command(cli, COMMAND_BOOK);
    if (take_booking(cli, &command->booking, &error))
        return ask(cli, command);
    command_destroy(command);
    return cli_fail(cli->args, error.text);
}

/* --- cancel ------------------------------------------------------------------------------------------------------ */

/* An operation's id begins with a letter, Knock's numbers do not. */
static bool set_tour(struct command *command, const char *id, const char *name, struct error *error)
{
    bool operation = (id[0] >= 'a' && id[0] <= 'z') && strlen(id) < OPERATION_ID_SIZE;
    return operation ? take_id(id, name, command->tour_id, OPERATION_ID_SIZE, error)
                     : take_id(id, name, command->appointment_id, ID_SIZE, error);
}

/* Times that are typed are those of the community whose tour it is. */
static void stand_where_it_is(struct cli *cli, const struct command *about)
{
    struct command *command = cli_command(cli, COMMAND_READ_TOUR);
    str_copy(command->tour_id, OPERATION_ID_SIZE, about->tour_id);
    str_copy(command->appointment_id, ID_SIZE, about->appointment_id);
    struct report *report = cli_ask(cli, command);
    const struct community *community =
        report && report->kind == REPORT_TOUR
            ? community_find(cli->config->communities, cli->config->community_count,
                  report->tour->community_id)
            : NULL;
    if (community)
        cli->community = community;
    report_destroy(report);
}

/* The id of an option, where it was given. */
static bool take_id_option(
    const struct cli *cli, enum option option, char out[ID_SIZE], struct error *error)
{
    char name[32];
    const char *id = cli_value(cli, option);
    str_print(name, sizeof name, "--%s", option_entry(option)->name);
    return !id || take_id(id, name, out, ID_SIZE, error);
}

int run_cancel(struct cli *cli)
{
    struct error error;
    struct command *command = cli_command(cli, COMMAND_CANCEL);
    const char *who = cli_value(cli, OPTION_ASKED_BY);
    bool ok = set_tour(command, cli->args->positionals[0], "cancel", &error) &&
              take_text(cli, OPTION_REASON, command->cancelling.reason, NOTE_SIZE, &error);
    if (ok && who && !asked_by_parse(who, &command->cancelling.asked_by))
        ok = error_set(&error, "--asked-by: prospect or staff");
    if (ok)
        return ask(cli, command);
    command_destroy(command);
    return cli_fail(cli->args, error.text);
}

/* --- visit --------------------------------------------------------------------------------------------------------- */

/* One unit, `length` bytes long; spaces around it count for nothing. */
static bool add_unit(struct visiting *visit, const char *name, size_t length, struct error *error)
{
    struct str text = {0};
    size_t gap = strspn(name, " ");
    if (visit->unit_count == VISIT_UNITS)
        return error_set(error, "more than %d units", VISIT_UNITS);
    while (length > gap && name[length - 1] == ' ')
        length--;
    str_add_bytes(&text, name + gap, length > gap ? length - gap : 0);
    char *unit = visit->units[visit->unit_count++];
    bool fits = text_clean_copy(unit, UNIT_SIZE, str_text(&text));
    str_finish(&text);
    if (!fits)
        return error_set(error, "--unit: longer than %d bytes", UNIT_SIZE - 1);
    return !str_blank(unit) || error_set(error, "--unit: a name is missing");
}

/* What stands in the list is one unit, whatever is in its name; else commas set several apart. */
static bool take_unit(
    const struct cli *cli, struct visiting *visit, const char *names, struct error *error)
{
    const struct community *community = cli->community;
    if (unit_find(community->units, community->unit_count, names) >= 0)
        return add_unit(visit, names, strlen(names), error);
    for (const char *at = names;; at++) {
        size_t length = strcspn(at, ",");
        if (!add_unit(visit, at, length, error))
            return false;
        at += length;
        if (!*at)
            return true;
    }
}

/* Whose visit or call it is. */
static bool take_whose(
    struct cli *cli, const char *what, struct command *command, struct error *error)
{
    const char *tour = cli_value(cli, OPTION_APPOINTMENT);
    if (!tour && !cli_value(cli, OPTION_PROSPECT))
        return error_set(error, "--appointment or --prospect is needed: whose %s?", what);
    if (tour && !set_tour(command, tour, "--appointment", error))
        return false;
    if (tour)
        stand_where_it_is(cli, command);
    return take_id_option(cli, OPTION_PROSPECT, command->prospect_id, error);
}

static bool take_visit(struct cli *cli, struct command *command, struct error *error)
{
    struct visiting *visit = &command->visiting;
    if (!take_whose(cli, "visit", command, error))
        return false;
    if (cli_value(cli, OPTION_AT) &&
        !take_time(cli, OPTION_AT, WHEN_LAST, cli_now(cli), &visit->visit_time, error))
        return false;
    for (size_t i = 0; i < cli->args->unit_count; i++)
        if (!take_unit(cli, visit, cli->args->units[i], error))
            return false;
    visit->self_guided = true;
    visit->again = cli_value(cli, OPTION_AGAIN) != NULL;
    visit->any_unit = cli_value(cli, OPTION_ANY_UNIT) != NULL;
    return take_source(cli, visit->source_title, error);
}

int run_visit(struct cli *cli)
{
    struct error error;
    struct command *command = cli_command(cli, COMMAND_VISIT);
    if (take_visit(cli, command, &error)) {
        if (!cli_value(cli, OPTION_APPOINTMENT)) /* knock-api Q18 */
            fputs("tourdesk: no tour is named: Knock may not tie this visit to one\n", stderr);
        return ask(cli, command);
    }
    command_destroy(command);
    return cli_fail(cli->args, error.text);
}

/* --- log-call ------------------------------------------------------------------------------------------------------ */

/* Whom Knock is to show as the one who spoke, by the command line or the configuration. */
static bool take_agent(const struct cli *cli, struct calling *call, struct error *error)
{
    const char *phone = cli_value(cli, OPTION_AGENT_PHONE);
    if (!take_text(cli, OPTION_USERNAME, call->username, USERNAME_SIZE, error))
        return false;
    if (!call->username[0])
        str_copy(call->username, USERNAME_SIZE, cli->config->agent_username);
    if (!call->username[0])
        return error_set(error, "--username is needed, or agent_username in the configuration: "
                                "the agent's user at Knock");
    if (!phone && !cli->config->agent_phone[0])
        return error_set(error, "--agent-phone is needed, or agent_phone in the configuration: "
                                "the agent's number");
    if (!phone)
        str_copy(call->agent_phone, PHONE_SIZE, cli->config->agent_phone);
    return !phone || phone_parse(phone, call->agent_phone, error) ||
           error_prefix(error, "--agent-phone");
}

/* Both times are of a call that is over; without an end it has just ended. Nobody speaks for so long that the
 * longest here is no slip. */
static bool take_span(const struct cli *cli, struct calling *call, struct error *error)
{
    enum { LONGEST = 8 * HOUR };
    instant now = cli_now(cli);
    if (!cli_value(cli, OPTION_START))
        return error_set(error, "--start is needed: when did the call begin?");
    call->end = zone_stamp(cli->community->zone, now);
    if (!take_time(cli, OPTION_START, WHEN_LAST, now, &call->start, error) ||
        (cli_value(cli, OPTION_END) &&
            !take_end(cli, call->start.at, WHEN_LAST, &call->end, error)))
        return false;
    if (call->end.at - call->start.at > LONGEST)
        return error_set(error, "%s: a call of more than eight hours is a slip",
            cli_value(cli, OPTION_END) ? "--end" : "--end is needed");
    return true;
}

static bool take_call(struct cli *cli, struct command *command, struct error *error)
{
    struct calling *call = &command->calling;
    const char *outcome = cli_value(cli, OPTION_OUTCOME), *type = cli_value(cli, OPTION_TYPE);
    if (!take_whose(cli, "call", command, error))
        return false;
    if (!outcome || !call_outcome_parse(outcome, &call->outcome))
        return error_set(error, "--outcome: %s", option_entry(OPTION_OUTCOME)->value);
    call->again = cli_value(cli, OPTION_AGAIN) != NULL;
    if (type && !call_type_parse(type, &call->type))
        return error_set(error, "--type: %s", option_entry(OPTION_TYPE)->value);
    return take_span(cli, call, error) && take_agent(cli, call, error) &&
           take_source(cli, call->source_title, error);
}

int run_log_call(struct cli *cli)
{
    struct error error;
    struct command *command = cli_command(cli, COMMAND_CALL);
    if (take_call(cli, command, &error))
        return ask(cli, command);
    command_destroy(command);
    return cli_fail(cli->args, error.text);
}

/* --- withdraw -------------------------------------------------------------------------------------------------------- */

int run_withdraw(struct cli *cli)
{
    struct error error;
    struct command *command = cli_command(cli, COMMAND_WITHDRAW);
    if (take_id(cli->args->positionals[0], "withdraw", command->operation_id, OPERATION_ID_SIZE,
            &error))
        return ask(cli, command);
    command_destroy(command);
    return cli_fail(cli->args, error.text);
}

/* --- reschedule ------------------------------------------------------------------------------------ */

int run_reschedule(struct cli *cli)
{
    struct error error;
    struct command *command = cli_command(cli, COMMAND_RESCHEDULE);
    command->booking.replace = cli_value(cli, OPTION_REPLACE) != NULL;
    bool ok = set_tour(command, cli->args->positionals[0], "reschedule", &error);
    if (ok)
        stand_where_it_is(cli, command);
    if (ok && take_times(cli, &command->booking, &error))
        return ask(cli, command);
    command_destroy(command);
    return cli_fail(cli->args, error.text);
}

/* --- settle ---------------------------------------------------------------------------------------- */

static bool take_word(const char *word, enum settle_word *out, struct error *error)
{
    static const struct {
        const char *word;
        enum settle_word means;
    } words[] = {{"booked", SETTLE_BOOKED}, {"not-booked", SETTLE_NOT_BOOKED},
        {"dropped", SETTLE_DROP}, {"leave", SETTLE_LEAVE}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i].word) == 0) {
            *out = words[i].means;
            return true;
        }
    return error_set(error, "settle: the word is booked, not-booked, dropped or leave");
}

int run_settle(struct cli *cli)
{
    struct error error;
    struct command *command = cli_command(cli, COMMAND_SETTLE);
    if (take_word(cli->args->positionals[1], &command->word, &error) &&
        take_id(cli->args->positionals[0], "settle", command->operation_id, OPERATION_ID_SIZE,
            &error) &&
        take_id_option(cli, OPTION_APPOINTMENT, command->appointment_id, &error))
        return ask(cli, command);
    command_destroy(command);
    return cli_fail(cli->args, error.text);
}
