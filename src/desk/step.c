/* Moving among lines: what every list has in common. */
#include "internal.h"

bool step_act(int *at, int count, int page, enum action action)
{
    int to = *at;
    switch (action) {
    case ACTION_UP: to--; break;
    case ACTION_DOWN: to++; break;
    case ACTION_PAGE_UP: to -= page; break;
    case ACTION_PAGE_DOWN: to += page; break;
    case ACTION_FIRST: to = 0; break;
    case ACTION_LAST: to = count - 1; break;
    default: return false;
    }
    if (to >= count)
        to = count - 1;
    *at = to < 0 ? 0 : to;
    return true;
}
