/* Addresses, checked before anything is sent to them. */
#ifndef TOURDESK_SRC_CONFIG_URL_H
#define TOURDESK_SRC_CONFIG_URL_H

#include "tourdesk/base/error.h"

#include <stdbool.h>

/* True if `text` is an address that requests may go to: https with any host, http with this
 * machine only (localhost, 127.0.0.0/8, ::1), no name or password in it, no query and no fragment.
 * The error goes behind the option's name and never quotes the address, which could hold a
 * password. */
bool url_check_base(const char *text, struct error *error);

/* True if `text` is the address of a web page: http or https, no name or password in it. */
bool url_check_page(const char *text, struct error *error);

#endif
