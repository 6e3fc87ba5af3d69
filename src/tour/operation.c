#include "tourdesk/tour/operation.h"

#include <ctype.h>
#include <string.h>

static const char *const kinds[OPERATION_KINDS] = {
    [OPERATION_BOOK] = "book",
    [OPERATION_CANCEL] = "cancel",
    [OPERATION_VISIT] = "visit",
    [OPERATION_REGISTER] = "register",
    [OPERATION_CALL] = "call",
};

static const char *const states[STATES] = {
    [STATE_NONE] = "",
    [STATE_SAVED] = "saved",
    [STATE_SENDING] = "sending",
    [STATE_CONFIRMED] = "confirmed",
    [STATE_REFUSED] = "refused",
    [STATE_UNKNOWN] = "unknown",
    [STATE_WITHDRAWN] = "withdrawn",
};

static const char *const tokens[REASONS] = {
    [REASON_NONE] = "",
    [REASON_OFFLINE] = "offline",
    [REASON_TLS] = "tls",
    [REASON_NO_ANSWER] = "no_answer",
    [REASON_CUT_SHORT] = "cut_short",
    [REASON_UNREADABLE] = "unreadable",
    [REASON_NO_ID] = "no_id",
    [REASON_TOO_LARGE] = "too_large",
    [REASON_SERVER_ERROR] = "server_error",
    [REASON_RATE_LIMITED] = "rate_limited",
    [REASON_INVALID] = "invalid",
    [REASON_KEY] = "key",
    [REASON_NOT_KNOWN] = "not_known",
    [REASON_TAKEN] = "taken",
    [REASON_NOT_OFFERED] = "not_offered",
    [REASON_PAST] = "past",
    [REASON_REDIRECTED] = "redirected",
    [REASON_OTHER_STATUS] = "other_status",
    [REASON_HAS_TOUR] = "has_tour",
    [REASON_VISIT_EXISTS] = "visit_exists",
    [REASON_CALL_EXISTS] = "call_exists",
    [REASON_UNKNOWN_UNIT] = "unknown_unit",
    [REASON_WAITS] = "waits",
    [REASON_BOOKING_FAILED] = "booking_failed",
    [REASON_INTERRUPTED] = "interrupted",
    [REASON_UNDONE] = "undone",
    [REASON_SETTLED] = "settled",
    [REASON_LEDGER] = "ledger",
};

static const char *const phrases[REASONS] = {
    [REASON_NONE] = "",
    [REASON_OFFLINE] = "Knock could not be reached",
    [REASON_TLS] = "no trusted connection to Knock could be made",
    [REASON_NO_ANSWER] = "no answer came",
    [REASON_CUT_SHORT] = "the answer broke off",
    [REASON_UNREADABLE] = "the answer cannot be read",
    [REASON_NO_ID] = "the answer has no number in it",
    [REASON_TOO_LARGE] = "the answer is too large",
    [REASON_SERVER_ERROR] = "Knock had an error of its own",
    [REASON_RATE_LIMITED] = "Knock asks to try later",
    [REASON_INVALID] = "Knock did not accept what was sent",
    [REASON_KEY] = "Knock did not accept the key",
    [REASON_NOT_KNOWN] = "Knock does not know it",
    [REASON_TAKEN] = "that time is no longer offered",
    [REASON_NOT_OFFERED] = "Knock does not offer that time",
    [REASON_PAST] = "the time does not fit the clock",
    [REASON_REDIRECTED] = "Knock pointed elsewhere, and that is not followed",
    [REASON_OTHER_STATUS] = "Knock answered with a status that proves nothing",
    [REASON_HAS_TOUR] = "this person has a tour, and booking would replace it",
    [REASON_VISIT_EXISTS] = "the visit of this tour is logged already",
    [REASON_CALL_EXISTS] = "a call with this person at this time is logged already",
    [REASON_UNKNOWN_UNIT] = "a unit is not in the community's list",
    [REASON_WAITS] = "it waits for another operation",
    [REASON_BOOKING_FAILED] = "the booking it belongs to did not come to be",
    [REASON_INTERRUPTED] = "the program ended while it was sending",
    [REASON_UNDONE] = "it was taken back",
    [REASON_SETTLED] = "a person settled it",
    [REASON_LEDGER] = "it could not be kept on this disk",
};

static const char *const consents[] = {
    [CONSENT_NOT_ASKED] = "not asked",
    [CONSENT_YES] = "yes",
    [CONSENT_NO] = "no",
};

static const char *const askers[] = {
    [ASKED_BY_PROSPECT] = "prospect",
    [ASKED_BY_STAFF] = "staff",
};

static const char *const speaking[] = {
    [SPEAKS_NOTHING] = "nothing",
    [SPEAKS_FOR] = "for",
    [SPEAKS_AGAINST] = "against",
};

static const char *const call_types[] = {
    [CALL_INBOUND] = "INBOUND",
    [CALL_OUTBOUND] = "OUTBOUND",
};

static const char *const call_outcomes[] = {
    [CALL_ANSWERED] = "ANSWERED",
    [CALL_MISSED_NO_VOICEMAIL] = "MISSED_NO_VOICEMAIL",
    [CALL_MISSED_VOICEMAIL] = "MISSED_VOICEMAIL",
    [CALL_HUNG_UP] = "HUNG_UP",
    [CALL_FAILED] = "FAILED",
    [CALL_TERMINATED] = "TERMINATED",
};

const struct words call_type_words = {call_types, sizeof call_types / sizeof *call_types};
const struct words call_outcome_words = {
    call_outcomes, sizeof call_outcomes / sizeof *call_outcomes};
const struct words speaks_words = {speaking, sizeof speaking / sizeof *speaking};
const struct words kind_words = {kinds, OPERATION_KINDS};
const struct words state_words = {states, STATES};
const struct words reason_tokens = {tokens, REASONS};
const struct words consent_words = {consents, sizeof consents / sizeof *consents};
const struct words asked_by_words = {askers, sizeof askers / sizeof *askers};

const char *operation_kind_word(enum operation_kind kind)
{
    return kinds[kind];
}

bool operation_kind_parse(const char *word, enum operation_kind *out)
{
    int found = words_find(&kind_words, word);
    if (found >= 0)
        *out = (enum operation_kind)found;
    return found >= 0;
}

const char *state_word(enum operation_state state)
{
    return states[state];
}

bool state_parse(const char *word, enum operation_state *out)
{
    int found = words_find(&state_words, word);
    if (found >= 0)
        *out = (enum operation_state)found;
    return found >= 0;
}

bool state_settled(enum operation_state state)
{
    return state == STATE_CONFIRMED || state == STATE_REFUSED || state == STATE_WITHDRAWN;
}

const char *reason_token(enum reason reason)
{
    return tokens[reason];
}

const char *reason_words(enum reason reason)
{
    return phrases[reason];
}

bool reason_parse(const char *token, enum reason *out)
{
    int found = words_find(&reason_tokens, token);
    if (found >= 0)
        *out = (enum reason)found;
    return found >= 0;
}

const char *consent_word(enum consent consent)
{
    return consents[consent];
}

bool consent_parse(const char *word, enum consent *out)
{
    int found = words_find(&consent_words, word);
    if (found >= 0)
        *out = (enum consent)found;
    return found >= 0;
}

const char *asked_by_word(enum asked_by asked_by)
{
    return askers[asked_by];
}

bool asked_by_parse(const char *word, enum asked_by *out)
{
    int found = words_find(&asked_by_words, word);
    if (found >= 0)
        *out = (enum asked_by)found;
    return found >= 0;
}

/* The token that a person may have typed in small letters and with dashes. */
static int find_token(const struct words *words, const char *word)
{
    char token[32];
    size_t length = strlen(word);
    if (length >= sizeof token)
        return -1;
    for (size_t i = 0; i <= length; i++)
        token[i] = word[i] == '-' ? '_' : (char)toupper((unsigned char)word[i]);
    return words_find(words, token);
}

const char *call_type_token(enum call_type type)
{
    return call_types[type];
}

bool call_type_parse(const char *word, enum call_type *out)
{
    int found = find_token(&call_type_words, word);
    if (found >= 0)
        *out = (enum call_type)found;
    return found >= 0;
}

const char *call_outcome_token(enum call_outcome outcome)
{
    return call_outcomes[outcome];
}

bool call_outcome_parse(const char *word, enum call_outcome *out)
{
    int found = find_token(&call_outcome_words, word);
    if (found >= 0)
        *out = (enum call_outcome)found;
    return found >= 0;
}
