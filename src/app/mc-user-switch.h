/* SPDX-License-Identifier: GPL-3.0-or-later
 * Another user at the same window, and one's own PIN. */
#pragma once

#include "mc-window.h"

G_BEGIN_DECLS

/* Shows who can work here, asks the chosen one for their PIN, and lets them work. */
void mc_user_switch_begin (McWindow *window);

/* Who works sets or changes their PIN. */
void mc_user_switch_set_pin (McWindow *window);

G_END_DECLS
