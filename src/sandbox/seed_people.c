#include "seed_people.h"

#include "tourdesk/base/str.h"
#include "tourdesk/base/text.h"

#include <string.h>

struct person {
    const char *first, *last, *email; /* email NULL = made from the name */
};

static const struct person roommates[] = {
    {"Maya", "Ortiz", "ortiz.and.bell@example.com"},
    {"Dana", "Bell", "ortiz.and.bell@example.com"},
};

static const struct person desk_people[] = {
    {"Ana", "Núñez", NULL},
    {"Joy", "Wong", NULL},
    {"Bo", "Tran", NULL},
    {"Pat", "Quinn", NULL},
    {"Zoë", "Rivera", NULL},
    {"Ida", "Larsen", NULL},
    {"Ed", "Vance", NULL},
    {"Siobhán", "O'Connor", "siobhan.oconnor@example.com"},
    {"Lee", "Park", NULL},
    {"Suharti", "", "suharti@example.com"},
    {"美玲", "陈", "chen.meiling@example.com"},
    {"Raj", "Kapoor", NULL},
    {"Mia", "Santos", NULL},
    {"Kim", "Okafor", NULL},
    {"Al", "Green", NULL},
    {"Isa", "Jiménez", NULL},
};

static const struct person others[] = {
    {"Łukasz", "Wójcik", "lukasz.wojcik@example.com"},
    {"さくら", "田中", "tanaka.sakura@example.com"},
    {"민준", "김", "kim.minjun@example.com"},
    {"Chloé", "D'Angelo", "chloe.dangelo@example.com"},
    {"Nguyễn", "Thị Hoa", "hoa.nguyen@example.com"},
    {"Ólafur", "Jónsson", NULL},
    {"Åsa", "Lindqvist", NULL},
    {"Fatima", "al-Zahra", NULL},
    {"Anne-Marie", "de la Cruz", "annemarie.delacruz@example.com"},
    {"Gül", "Şahin", "gul.sahin@example.com"},
    {"Teller", "", "teller@example.com"},
    {"Aaliyah", "Brooks", NULL},
    {"Adaeze", "Obi", NULL},
    {"Aiko", "Mori", NULL},
    {"Amara", "Diallo", NULL},
    {"Amir", "Haddad", NULL},
    {"Andre", "Baptiste", NULL},
    {"Anika", "Rao", NULL},
    {"Arjun", "Mehta", NULL},
    {"Asha", "Pillai", NULL},
    {"Beatriz", "Lima", NULL},
    {"Ben", "Adler", NULL},
    {"Bianca", "Rossi", NULL},
    {"Caleb", "Whitehorse", NULL},
    {"Camila", "Reyes", NULL},
    {"Carmen", "Delgado", NULL},
    {"Cedric", "Moreau", NULL},
    {"Chen", "Li", NULL},
    {"Clara", "Schmidt", NULL},
    {"Dalia", "Cohen", NULL},
    {"Darnell", "Jackson", NULL},
    {"Deepa", "Iyer", NULL},
    {"Diego", "Vargas", NULL},
    {"Elena", "Petrova", NULL},
    {"Eli", "Katz", NULL},
    {"Emeka", "Eze", NULL},
    {"Esther", "Mbeki", NULL},
    {"Ewa", "Nowak", NULL},
    {"Farah", "Nazari", NULL},
    {"Felix", "Braun", NULL},
    {"Gabriel", "Souza", NULL},
    {"Grace", "Kimani", NULL},
    {"Hana", "Suzuki", NULL},
    {"Hannah", "Fischer", NULL},
    {"Hugo", "Laurent", NULL},
    {"Imani", "Washington", NULL},
    {"Ines", "Carvalho", NULL},
    {"Ivan", "Horvat", NULL},
    {"Jada", "Coleman", NULL},
    {"Jamal", "Carter", NULL},
    {"Jonah", "Begay", NULL},
    {"Jin", "Zhao", NULL},
    {"Jorge", "Castillo", NULL},
    {"Kaia", "Nielsen", NULL},
    {"Karim", "Benali", NULL},
    {"Keiko", "Ito", NULL},
    {"Kofi", "Mensah", NULL},
    {"Laila", "Farouk", NULL},
    {"Leilani", "Kealoha", NULL},
    {"Lena", "Vogel", NULL},
    {"Lin", "Huang", NULL},
    {"Lucia", "Moretti", NULL},
    {"Malik", "Freeman", NULL},
    {"Mara", "Ionescu", NULL},
    {"Marcus", "Bell", NULL},
    {"Mei", "Tan", NULL},
    {"Miguel", "Torres", NULL},
    {"Mira", "Kovacs", NULL},
    {"Nadia", "Rahman", NULL},
    {"Naomi", "Yazzie", NULL},
    {"Nia", "Thompson", NULL},
    {"Nikhil", "Desai", NULL},
    {"Noor", "Siddiqui", NULL},
    {"Olga", "Sidorova", NULL},
    {"Omar", "Khalil", NULL},
    {"Paolo", "Ricci", NULL},
    {"Priya", "Nair", NULL},
    {"Quentin", "Dubois", NULL},
    {"Rosa", "Mendoza", NULL},
    {"Ruth", "Abebe", NULL},
    {"Sana", "Qureshi", NULL},
    {"Santiago", "Flores", NULL},
    {"Sofia", "Andersson", NULL},
    {"Soo-jin", "Choi", NULL},
    {"Talia", "Levi", NULL},
    {"Tariq", "Aziz", NULL},
    {"Tessa", "Vermeer", NULL},
    {"Thandi", "Nkosi", NULL},
    {"Tomas", "Havel", NULL},
    {"Uma", "Krishnan", NULL},
    {"Valeria", "Rojas", NULL},
    {"Viktor", "Lund", NULL},
    {"Wei", "Zhou", NULL},
    {"Xavier", "Fontaine", NULL},
    {"Yara", "Mansour", NULL},
    {"Yuki", "Sato", NULL},
    {"Zainab", "Bello", NULL},
    {"Zeke", "Tsosie", NULL},
};

enum {
    ROOMMATES = sizeof roommates / sizeof *roommates,
    DESK_PEOPLE = sizeof desk_people / sizeof *desk_people,
    OTHERS = sizeof others / sizeof *others,
    AREAS = 10,
};

void cast_init(struct cast *cast, struct random *random)
{
    *cast = (struct cast){.random = random};
    for (int i = 0; i < OTHERS; i++)
        cast->order[i] = i;
    for (int i = OTHERS - 1; i > 0; i--) {
        int j = (int)random_below(random, (uint64_t)i + 1);
        int kept = cast->order[i];
        cast->order[i] = cast->order[j];
        cast->order[j] = kept;
    }
}

/* Ten numbers apart for each of ten area codes: no two of the first thousand are the same. */
static void make_phone(int number, char out[PHONE_SIZE])
{
    static const char *const areas[AREAS] = {
        "206", "213", "310", "415", "480", "503", "520", "602", "619", "702"};
    int last = (number / AREAS * 7 + number % AREAS * 13) % 100;
    str_print(out, PHONE_SIZE, "+1%s55501%02d", areas[number % AREAS], last);
}

/* "Ana Núñez" gives ana.nunez@example.com; the second time round ana.nunez2. */
static void make_email(const struct person *person, int round, char out[EMAIL_SIZE])
{
    char folded[NAME_SIZE], name[2 * NAME_SIZE];
    if (person->email && round == 0) {
        str_copy(out, EMAIL_SIZE, person->email);
        return;
    }
    str_print(name, sizeof name, "%s.%s", person->first, person->last);
    if (person->email)
        str_print(name, sizeof name, "%.*s", (int)strcspn(person->email, "@"), person->email);
    text_fold_copy(folded, sizeof folded, name);
    char number[12] = "";
    if (round > 0)
        str_print(number, sizeof number, "%d", round + 1);
    str_print(out, EMAIL_SIZE, "%.200s%s@example.com", folded, number);
}

static void invent_wishes(struct random *random, struct date today, struct profile *out)
{
    out->bedrooms = 1U << random_below(random, 4);
    out->occupants = 1 + (int)random_below(random, 4);
    out->lease_months = random_below(random, 4) ? 12 : 6;
    out->min_budget = 1200 + 100 * (long)random_below(random, 8);
    out->max_budget = out->min_budget + 400 + 100 * (long)random_below(random, 6);
    if (random_below(random, 3))
        out->move_date = date_add_days(today, 14 + (int)random_below(random, 60));
}

void cast_next(struct cast *cast, enum role role, struct date today, struct profile *out)
{
    const struct person *person = NULL;
    int round = 0, number = 0;
    switch (role) {
    case ROLE_ROOMMATE:
        number = cast->roommates++;
        person = &roommates[number % ROOMMATES];
        round = number / ROOMMATES;
        break;
    case ROLE_DESK:
        number = cast->desk++;
        person = &desk_people[number % DESK_PEOPLE];
        round = number / DESK_PEOPLE;
        number += ROOMMATES;
        break;
    case ROLE_OTHER:
        number = cast->others++;
        person = &others[cast->order[number % OTHERS]];
        round = number / OTHERS;
        number += ROOMMATES + DESK_PEOPLE;
        break;
    }
    str_copy(out->first_name, sizeof out->first_name, person->first);
    str_copy(out->last_name, sizeof out->last_name, person->last);
    make_email(person, round, out->email);
    make_phone(number, out->phone);
    invent_wishes(cast->random, today, out);
}
