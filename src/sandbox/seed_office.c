#include "tourdesk/sandbox/seed.h"

#include "tourdesk/base/str.h"

/* Two communities in two time zones, one of which never changes its clocks; one lets self-guided
 * tours run beside in-person ones, one does not. Unit names are as odd as real ones are. */
static const char *const lines[] = {
    "{\"gateway\": \"off\", \"seed_bookings\": true, \"communities\": [",
    "{\"id\": \"b9XQN6eMvvrr07zg\", \"name\": \"Harbor Flats\",",
    " \"timezone\": \"America/Los_Angeles\", \"tracking_email\": \"harbor.flats@example.com\",",
    " \"tour_minutes\": 30, \"notice_minutes\": 60, \"concurrent\": false,",
    " \"hours\": {",
    "  \"self_guided\": {\"mon\": \"9:00-17:00\", \"tue\": \"9:00-17:00\", \"wed\": "
    "\"9:00-17:00\",",
    "   \"thu\": \"closed\", \"fri\": \"9:00-17:00\", \"sat\": \"10:00-16:00\",",
    "   \"sun\": \"closed\"},",
    "  \"in_person\": {\"mon\": \"10:00-17:00\", \"tue\": \"10:00-17:00\", \"wed\": "
    "\"10:00-17:00\",",
    "   \"thu\": \"closed\", \"fri\": \"10:00-17:00\", \"sat\": \"11:00-15:00\",",
    "   \"sun\": \"closed\"}},",
    " \"sources\": [\"Phone call\", \"Walk-in\", \"Property Website\", \"Zillow\",",
    "  \"Apartments.com\", \"Google\", \"Resident referral\"],",
    " \"units\": [",
    "  {\"name\": \"101\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 1},",
    "  {\"name\": \"102\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 1},",
    "  {\"name\": \"103\", \"bedrooms\": \"STUDIO\", \"floor\": 1},",
    "  {\"name\": \"104\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 1},",
    "  {\"name\": \"110\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 1},",
    "  {\"name\": \"112\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 1},",
    "  {\"name\": \"120\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 2},",
    "  {\"name\": \"120B\", \"bedrooms\": \"STUDIO\", \"floor\": 2},",
    "  {\"name\": \"201\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 2},",
    "  {\"name\": \"202\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 2},",
    "  {\"name\": \"203\", \"bedrooms\": \"STUDIO\", \"floor\": 2},",
    "  {\"name\": \"210\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 2},",
    "  {\"name\": \"212\", \"bedrooms\": \"3_OR_MORE_BEDROOMS\", \"floor\": 2},",
    "  {\"name\": \"301\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 3},",
    "  {\"name\": \"302\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 3},",
    "  {\"name\": \"310\", \"bedrooms\": \"3_OR_MORE_BEDROOMS\", \"floor\": 3},",
    "  {\"name\": \"F306\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 3},",
    "  {\"name\": \"F308\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 3},",
    "  {\"name\": \"M6-101\", \"bedrooms\": \"STUDIO\", \"floor\": 1},",
    "  {\"name\": \"M6-201\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 2},",
    "  {\"name\": \"M6-202\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 2},",
    "  {\"name\": \"M6-204\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 2},",
    "  {\"name\": \"M6-302\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 3},",
    "  {\"name\": \"PH-1\", \"bedrooms\": \"3_OR_MORE_BEDROOMS\", \"floor\": 4}]},",
    "{\"id\": \"191b65d2686d11e9\", \"name\": \"Mesa View\",",
    " \"timezone\": \"America/Phoenix\", \"tracking_email\": \"mesa.view@example.com\",",
    " \"tour_minutes\": 45, \"notice_minutes\": 120, \"concurrent\": true,",
    " \"hours\": {",
    "  \"self_guided\": {\"mon\": \"8:30-17:30\", \"tue\": \"8:30-17:30\", \"wed\": "
    "\"8:30-17:30\",",
    "   \"thu\": \"8:30-17:30\", \"fri\": \"8:30-17:30\", \"sat\": \"8:30-17:30\",",
    "   \"sun\": \"11:00-16:00\"},",
    "  \"in_person\": {\"mon\": \"9:00-12:00,13:00-17:00\", \"tue\": \"9:00-12:00,13:00-17:00\",",
    "   \"wed\": \"9:00-12:00,13:00-17:00\", \"thu\": \"9:00-12:00,13:00-17:00\",",
    "   \"fri\": \"9:00-12:00,13:00-17:00\", \"sat\": \"10:00-14:00\", \"sun\": \"closed\"}},",
    " \"sources\": [\"Phone call\", \"Walk-in\", \"Property Website\", \"Zillow\",",
    "  \"Apartments.com\", \"Google\", \"Resident referral\"],",
    " \"units\": [",
    "  {\"name\": \"A-101\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 1},",
    "  {\"name\": \"A-102\", \"bedrooms\": \"STUDIO\", \"floor\": 1},",
    "  {\"name\": \"A-104\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 1},",
    "  {\"name\": \"A-201\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 2},",
    "  {\"name\": \"A-202\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 2},",
    "  {\"name\": \"A-204\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 2},",
    "  {\"name\": \"B-101\", \"bedrooms\": \"STUDIO\", \"floor\": 1},",
    "  {\"name\": \"B-103\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 1},",
    "  {\"name\": \"B-202\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 2},",
    "  {\"name\": \"B-204\", \"bedrooms\": \"3_OR_MORE_BEDROOMS\", \"floor\": 2},",
    "  {\"name\": \"B-301\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 3},",
    "  {\"name\": \"C-101\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 1},",
    "  {\"name\": \"C-102\", \"bedrooms\": \"1_BEDROOM\", \"floor\": 1},",
    "  {\"name\": \"C-205\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 2},",
    "  {\"name\": \"C-206\", \"bedrooms\": \"STUDIO\", \"floor\": 2},",
    "  {\"name\": \"C-301\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 3},",
    "  {\"name\": \"D-110\", \"bedrooms\": \"3_OR_MORE_BEDROOMS\", \"floor\": 1},",
    "  {\"name\": \"D-111\", \"bedrooms\": \"2_BEDROOMS\", \"floor\": 1}]}",
    "]}",
};

char *seed_office(void)
{
    struct str text = {0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        str_add(&text, lines[i]);
        str_add_char(&text, '\n');
    }
    return str_take(&text);
}
