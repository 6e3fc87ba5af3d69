#include "tourdesk/sandbox/intake.h"

#include "tourdesk/base/str.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_ID = 18, /* digits */
    MOST_OCCUPANTS = 50,
    LONGEST_LEASE = 120, /* months */
    MOST_BUDGET = 10000000,
    MOST_BEDROOMS = 16, /* entries in the list */
};

struct intake intake_start(const cJSON *object, const char *prefix)
{
    struct intake intake = {.object = object, .prefix = prefix};
    if (!cJSON_IsObject(object))
        intake_fail(&intake, "The request body must be a JSON object.");
    return intake;
}

void intake_fail(struct intake *intake, const char *format, ...)
{
    if (intake->failed)
        return;
    struct str text = {0};
    va_list args;
    va_start(args, format);
    str_addv(&text, format, args);
    va_end(args);
    error_set(&intake->error, "%s", str_text(&text));
    str_finish(&text);
    intake->failed = true;
}

/* The member, or NULL where it is absent, null, or a mistake was found before. */
static const cJSON *member(struct intake *intake, const char *name)
{
    if (intake->failed)
        return NULL;
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(intake->object, name);
    return cJSON_IsNull(value) ? NULL : value;
}

bool intake_text(struct intake *intake, const char *name, char *out, size_t size)
{
    const cJSON *value = member(intake, name);
    if (!value)
        return false;
    if (!cJSON_IsString(value))
        intake_fail(intake, "%s%s must be text.", intake->prefix, name);
    else if (strlen(value->valuestring) >= size)
        intake_fail(intake, "%s%s is too long.", intake->prefix, name);
    else
        str_copy(out, size, value->valuestring);
    return !intake->failed;
}

bool intake_flag(struct intake *intake, const char *name, bool *out)
{
    const cJSON *value = member(intake, name);
    if (!value)
        return false;
    if (!cJSON_IsBool(value))
        intake_fail(intake, "%s%s must be true or false.", intake->prefix, name);
    else
        *out = cJSON_IsTrue(value);
    return !intake->failed;
}

bool intake_number(struct intake *intake, const char *name, long low, long high, long *out)
{
    const cJSON *value = member(intake, name);
    if (!value)
        return false;
    if (!cJSON_IsNumber(value) || !(value->valuedouble >= (double)low) ||
        !(value->valuedouble <= (double)high))
        intake_fail(
            intake, "%s%s must be a number from %ld to %ld.", intake->prefix, name, low, high);
    else
        *out = (long)value->valuedouble;
    return !intake->failed;
}

bool intake_time(struct intake *intake, const char *name, struct stamp *out)
{
    const cJSON *value = member(intake, name);
    if (!value)
        return false;
    if (!cJSON_IsString(value) || !stamp_parse(value->valuestring, out, NULL))
        intake_fail(intake,
            "%s%s must be an ISO 8601 date and time with an offset, as in "
            "2020-09-23T15:30:00-07:00.",
            intake->prefix, name);
    return !intake->failed;
}

static int64_t id_from_text(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > LONGEST_ID || text[digits])
        return -1;
    int64_t id = strtoll(text, NULL, 10);
    return id > 0 ? id : -1;
}

bool intake_id(struct intake *intake, const char *name, int64_t *out)
{
    const cJSON *value = member(intake, name);
    if (!value)
        return false;
    if (cJSON_IsString(value))
        *out = id_from_text(value->valuestring);
    else if (cJSON_IsNumber(value))
        *out =
            value->valuedouble >= 1 && value->valuedouble < 1e15 ? (int64_t)value->valuedouble : -1;
    else
        intake_fail(intake, "%s%s must be an id.", intake->prefix, name);
    return !intake->failed;
}

const cJSON *intake_object(struct intake *intake, const char *name)
{
    const cJSON *value = member(intake, name);
    if (value && !cJSON_IsObject(value))
        intake_fail(intake, "%s%s must be an object.", intake->prefix, name);
    return intake->failed ? NULL : value;
}

const cJSON *intake_array(struct intake *intake, const char *name)
{
    const cJSON *value = member(intake, name);
    if (value && !cJSON_IsArray(value))
        intake_fail(intake, "%s%s must be an array.", intake->prefix, name);
    return intake->failed ? NULL : value;
}

void intake_require(struct intake *intake, const char *name)
{
    if (!intake->failed && !member(intake, name))
        intake_fail(intake, "%s%s is required.", intake->prefix, name);
}

static unsigned read_texts(struct intake *intake, struct guest *guest)
{
    static const struct {
        const char *name;
        size_t offset, size;
        unsigned bit;
    } texts[] = {
        {"firstName", offsetof(struct guest, profile.first_name), NAME_SIZE, GUEST_FIRST_NAME},
        {"lastName", offsetof(struct guest, profile.last_name), NAME_SIZE, GUEST_LAST_NAME},
        {"address", offsetof(struct guest, address), GUEST_TEXT_SIZE, GUEST_REST},
        {"city", offsetof(struct guest, city), GUEST_TEXT_SIZE, GUEST_REST},
        {"state", offsetof(struct guest, state), GUEST_TEXT_SIZE, GUEST_REST},
        {"zip", offsetof(struct guest, zip), GUEST_TEXT_SIZE, GUEST_REST},
        {"unit", offsetof(struct guest, unit), GUEST_TEXT_SIZE, GUEST_REST},
    };
    unsigned given = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (intake_text(intake, texts[i].name, (char *)guest + texts[i].offset, texts[i].size))
            given |= texts[i].bit;
    return given;
}

static unsigned read_contacts(struct intake *intake, struct guest *guest)
{
    struct profile *profile = &guest->profile;
    char phone[GUEST_TEXT_SIZE] = "";
    unsigned given = 0;
    if (intake_text(intake, "email", profile->email, sizeof profile->email) && profile->email[0]) {
        if (!email_check(profile->email, NULL))
            intake_fail(intake, "%semail is not an e-mail address.", intake->prefix);
        given |= GUEST_EMAIL;
    }
    if (intake_text(intake, "phone", phone, sizeof phone) && phone[0]) {
        if (!phone_parse(phone, profile->phone, NULL))
            intake_fail(intake, "%sphone is not a phone number.", intake->prefix);
        given |= GUEST_PHONE;
    }
    return given;
}

static unsigned read_numbers(struct intake *intake, struct profile *profile)
{
    unsigned given = 0;
    long number = 0;
    if (intake_number(intake, "occupants", 0, MOST_OCCUPANTS, &number)) {
        profile->occupants = (int)number;
        given |= GUEST_OCCUPANTS;
    }
    if (intake_number(intake, "leaseTermMonths", 0, LONGEST_LEASE, &number)) {
        profile->lease_months = (int)number;
        given |= GUEST_LEASE_MONTHS;
    }
    if (intake_number(intake, "minBudget", 0, MOST_BUDGET, &profile->min_budget))
        given |= GUEST_MIN_BUDGET;
    if (intake_number(intake, "maxBudget", 0, MOST_BUDGET, &profile->max_budget))
        given |= GUEST_MAX_BUDGET;
    return given;
}

/* T1 sends "" for a move date that is not known. */
static unsigned read_move_date(struct intake *intake, struct profile *profile)
{
    char text[DATE_SIZE];
    if (!intake_text(intake, "moveDate", text, sizeof text) || !text[0])
        return 0;
    if (!date_parse(text, &profile->move_date))
        intake_fail(intake, "%smoveDate must be a date, as in 2020-10-15.", intake->prefix);
    return GUEST_MOVE_DATE;
}

static unsigned read_bedrooms(struct intake *intake, struct profile *profile)
{
    const cJSON *list = intake_array(intake, "bedrooms"), *item;
    if (!list)
        return 0;
    if (cJSON_GetArraySize(list) > MOST_BEDROOMS)
        intake_fail(intake, "%sbedrooms has too many entries.", intake->prefix);
    profile->bedrooms = 0;
    cJSON_ArrayForEach (item, list) {
        unsigned bit = cJSON_IsString(item) ? bedrooms_from_token(item->valuestring) : 0;
        if (!bit)
            intake_fail(intake,
                "%sbedrooms may hold STUDIO, 1_BEDROOM, 2_BEDROOMS and 3_OR_MORE_BEDROOMS.",
                intake->prefix);
        profile->bedrooms |= bit;
    }
    return GUEST_BEDROOMS;
}

static unsigned read_agent(struct intake *intake, struct guest *guest)
{
    const cJSON *object = intake_object(intake, "agent");
    if (!object)
        return 0;
    struct intake agent = intake_start(object, "agent.");
    bool given = intake_text(&agent, "username", guest->agent, sizeof guest->agent);
    if (agent.failed)
        intake_fail(intake, "%s", agent.error.text);
    return given ? GUEST_AGENT : 0;
}

static void read_pets(struct intake *intake, struct guest *guest)
{
    const cJSON *pets = intake_array(intake, "pets");
    if (pets && !cJSON_PrintPreallocated((cJSON *)pets, guest->pets, sizeof guest->pets, false))
        intake_fail(intake, "%spets is too long.", intake->prefix);
}

void intake_guest(struct intake *intake, struct guest *guest, unsigned *given)
{
    *given = read_texts(intake, guest);
    *given |= read_contacts(intake, guest);
    *given |= read_move_date(intake, &guest->profile);
    *given |= read_bedrooms(intake, &guest->profile);
    *given |= read_numbers(intake, &guest->profile);
    *given |= read_agent(intake, guest);
    read_pets(intake, guest);
    if (!intake->failed && !(*given & (GUEST_EMAIL | GUEST_PHONE)))
        intake_fail(intake, "An e-mail address or a phone number is required.");
}

void intake_more(struct intake *intake, struct guest *guest)
{
    intake_text(intake, "sourceTitle", guest->source, sizeof guest->source);
    intake_text(intake, "firstContactType", guest->first_contact, sizeof guest->first_contact);
    intake_flag(intake, "smsConsent", &guest->sms_consent);
    intake_text(intake, "smsConsentDisclaimer", guest->sms_disclaimer, CONSENT_TEXT_SIZE);
    intake_text(intake, "smsConsentUrl", guest->sms_url, sizeof guest->sms_url);
}
