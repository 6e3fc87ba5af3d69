/* What the person looks for: the fields of a booking that may stay empty, from BOOK_MOVE_DATE on. */
#ifndef TOURDESK_SRC_DESK_WISHES_H
#define TOURDESK_SRC_DESK_WISHES_H

#include "internal.h"

enum { WISHES = BOOK_FIELDS - BOOK_MOVE_DATE };

extern const struct field_spec wish_specs[WISHES];

void wishes_read(const struct desk *desk, const struct form *form, struct profile *profile);

#endif
