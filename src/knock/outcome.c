#include "tourdesk/knock/outcome.h"

#include "tourdesk/base/str.h"
#include "tourdesk/knock/answer.h"

#include <string.h>

/* The table. A row says what came back; its letters, in the order of `enum asked` (read, upsert, create,
 * cancel), what that proves: Confirmed, Refused, Saved still (surely not applied, or harmless to
 * repeat), Unknown. Nothing that was surely not applied is unknown, nothing that may have been is
 * refused. A cancel is confirmed by any success, since a repeat says the same (knock-api Q11, Q13); an
 * upsert that proves nothing may simply be asked again. */
static const struct {
    const char *letters;
    enum reason reason; /* where it is not confirmed */
    const char *words;
} table[CAME_KINDS] = {
    [CAME_KEY] = {"SSSS", REASON_KEY, "no key to send it with"},
    [CAME_NAME] = {"SSSS", REASON_OFFLINE, "name not resolved"},
    [CAME_CONNECT] = {"SSSS", REASON_OFFLINE, "connection refused"},
    [CAME_TLS] = {"SSSS", REASON_TLS, "TLS failed"},
    [CAME_RESET_BEFORE] = {"SSSS", REASON_OFFLINE, "reset before the request"},
    [CAME_RESET_AFTER] = {"SSUU", REASON_NO_ANSWER, "reset after the request"},
    [CAME_TIMEOUT_BEFORE] = {"SSSS", REASON_OFFLINE, "timeout before the request"},
    [CAME_TIMEOUT_AFTER] = {"SSUU", REASON_NO_ANSWER, "timeout after the request"},
    [CAME_GOOD] = {"CCCC", REASON_NONE, "2xx, whole"},
    [CAME_OTHER_STATUS] = {"CCUU", REASON_OTHER_STATUS, "2xx naming another status"},
    [CAME_NO_ID] = {"CSUC", REASON_NO_ID, "2xx without an id"},
    [CAME_NOT_JSON] = {"SSUC", REASON_UNREADABLE, "2xx that is not JSON"},
    [CAME_EMPTY] = {"SSUC", REASON_UNREADABLE, "2xx with an empty body"},
    [CAME_CUT] = {"SSUC", REASON_CUT_SHORT, "2xx cut short"},
    [CAME_TOO_LARGE] = {"RSUC", REASON_TOO_LARGE, "2xx beyond the limits"},
    [CAME_REDIRECT] = {"RRRR", REASON_REDIRECTED, "3xx"},
    [CAME_INVALID] = {"RRRR", REASON_INVALID, "4xx"},
    [CAME_FORBIDDEN] = {"RRRR", REASON_KEY, "401, 403"},
    [CAME_NOT_KNOWN] = {"RRRR", REASON_NOT_KNOWN, "404, 410"},
    [CAME_CONFLICT] = {"RRRR", REASON_INVALID, "409"},
    [CAME_RATE_LIMITED] = {"SSSS", REASON_RATE_LIMITED, "429"},
    [CAME_SERVER_ERROR] = {"SSUU", REASON_SERVER_ERROR, "5xx"},
};

enum verdict outcome_verdict(enum asked asked, enum came came)
{
    switch (table[came].letters[asked]) {
    case 'C': return VERDICT_CONFIRMED;
    case 'R': return VERDICT_REFUSED;
    case 'S': return VERDICT_NOT_YET;
    default: return VERDICT_UNKNOWN;
    }
}

enum reason outcome_reason(enum asked asked, enum came came)
{
    return outcome_verdict(asked, came) == VERDICT_CONFIRMED ? REASON_NONE : table[came].reason;
}

const char *asked_words(enum asked asked)
{
    static const char *const words[ASKED_KINDS] = {
        [ASKED_READ] = "read (GET)",
        [ASKED_UPSERT] = "person (POST /prospect)",
        [ASKED_CREATE] = "booking, visit, call (POST)",
        [ASKED_CANCEL] = "cancel (PUT)",
    };
    return words[asked];
}

const char *came_words(enum came came)
{
    return table[came].words;
}

const char *verdict_word(enum verdict verdict)
{
    static const char *const words[] = {
        [VERDICT_CONFIRMED] = "confirmed",
        [VERDICT_REFUSED] = "refused",
        [VERDICT_NOT_YET] = "saved",
        [VERDICT_UNKNOWN] = "unknown",
    };
    return words[verdict];
}

static enum came came_without_status(const struct http_answer *answer)
{
    switch (answer->fate) {
    case FATE_KEY: return CAME_KEY;
    case FATE_NAME: return CAME_NAME;
    case FATE_CONNECT: return CAME_CONNECT;
    case FATE_TLS: return answer->left ? CAME_RESET_AFTER : CAME_TLS;
    case FATE_TIMEOUT: return answer->left ? CAME_TIMEOUT_AFTER : CAME_TIMEOUT_BEFORE;
    default: return answer->left ? CAME_RESET_AFTER : CAME_RESET_BEFORE;
    }
}

static enum came came_with_status(int status)
{
    static const struct {
        int low, high;
        enum came came;
    } ranges[] = {
        {200, 299, CAME_GOOD},
        {300, 399, CAME_REDIRECT},
        {401, 401, CAME_FORBIDDEN},
        {403, 403, CAME_FORBIDDEN},
        {404, 404, CAME_NOT_KNOWN},
        {409, 409, CAME_CONFLICT},
        {410, 410, CAME_NOT_KNOWN},
        {429, 429, CAME_RATE_LIMITED},
        {400, 499, CAME_INVALID},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (status >= ranges[i].low && status <= ranges[i].high)
            return ranges[i].came;
    return CAME_SERVER_ERROR; /* what is no HTTP status at all proves as little */
}

/* The id that proves a write of the kind. */
static bool take_ids(
    struct outcome *out, enum operation_kind kind, bool upsert, const struct written *written)
{
    const char *proof;
    str_copy(out->status_word, sizeof out->status_word, written->status);
    str_copy(out->prospect_id, sizeof out->prospect_id, written->prospect_id);
    if (upsert || kind == OPERATION_REGISTER) {
        proof = *written->id ? written->id : written->prospect_id;
        str_copy(out->prospect_id, sizeof out->prospect_id, proof);
    } else if (kind == OPERATION_VISIT) {
        proof = *written->visit_id ? written->visit_id : written->id;
        str_copy(out->visit_id, sizeof out->visit_id, proof);
    } else if (kind == OPERATION_CALL) {
        proof = written->id;
        str_copy(out->call_id, sizeof out->call_id, proof);
    } else {
        proof = *written->appointment_id ? written->appointment_id : written->id;
        str_copy(out->appointment_id, sizeof out->appointment_id, proof);
    }
    return *proof != '\0';
}

/* True if the status word says what the kind hopes for, or says nothing (knock-api Q2). */
static bool status_fits(enum operation_kind kind, const char *status)
{
    if (!*status)
        return true;
    if (kind == OPERATION_CANCEL)
        return str_same(status, "CANCELLED") || str_same(status, "CANCELED");
    return kind != OPERATION_BOOK || str_same(status, "CONFIRMED");
}

static enum came came_with_success(
    struct outcome *out, enum operation_kind kind, bool upsert, const struct http_answer *answer)
{
    struct written written;
    if (answer->too_large)
        return CAME_TOO_LARGE;
    if (!answer->whole)
        return CAME_CUT;
    if (answer->length == 0)
        return CAME_EMPTY;
    if (!answer_written(answer->body, answer->length, &written, NULL))
        return CAME_NOT_JSON;
    bool proved = take_ids(out, kind, upsert, &written);
    if (!upsert && !status_fits(kind, written.status))
        return CAME_OTHER_STATUS;
    return proved || kind == OPERATION_CANCEL ? CAME_GOOD : CAME_NO_ID;
}

static void look_up(struct outcome *out, enum asked asked, const struct http_answer *answer)
{
    out->verdict = outcome_verdict(asked, out->came);
    out->reason = outcome_reason(asked, out->came);
    if (answer->fate == FATE_ANSWERED && out->came >= CAME_REDIRECT)
        answer_message(answer->body, answer->length, out->server_message);
}

static void begin(struct outcome *out, const struct http_answer *answer)
{
    *out = (struct outcome){.retry_after = answer->retry_after};
    if (answer->fate == FATE_ANSWERED) {
        out->http_status = answer->status;
        out->came = came_with_status(answer->status);
    } else {
        out->came = came_without_status(answer);
    }
}

void outcome_read(
    struct outcome *out, enum operation_kind kind, bool upsert, const struct http_answer *answer)
{
    begin(out, answer);
    if (out->came == CAME_GOOD)
        out->came = came_with_success(out, kind, upsert, answer);
    enum asked asked = upsert || kind == OPERATION_REGISTER ? ASKED_UPSERT
                       : kind == OPERATION_CANCEL           ? ASKED_CANCEL
                                                            : ASKED_CREATE;
    look_up(out, asked, answer);
    if (kind == OPERATION_BOOK && !upsert && out->came == CAME_CONFLICT)
        out->reason = REASON_TAKEN;
    if (kind == OPERATION_VISIT && out->came == CAME_CONFLICT)
        out->reason = REASON_VISIT_EXISTS;
}

void outcome_read_get(struct outcome *out, const struct http_answer *answer)
{
    begin(out, answer);
    if (out->came == CAME_GOOD && answer->too_large)
        out->came = CAME_TOO_LARGE;
    else if (out->came == CAME_GOOD && !answer->whole)
        out->came = CAME_CUT;
    look_up(out, ASKED_READ, answer);
}
