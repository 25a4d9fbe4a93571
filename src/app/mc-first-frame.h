/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tells a measuring program when the window's first full picture was painted. */
#pragma once

#include "mc-window.h"

G_BEGIN_DECLS

/* If MINGCHA_FIRST_FRAME_FD names a file descriptor that came with the start, the time of the first frame that shows the page's list (its first
 * MC_FIRST_FRAME_ROWS rows, or all that there are), or a page that is done without one, is written there once: µs of CLOCK_MONOTONIC, a line. Without the variable: nothing. */
#define MC_FIRST_FRAME_ROWS 20
void mc_first_frame_watch (McWindow *window);

G_END_DECLS
