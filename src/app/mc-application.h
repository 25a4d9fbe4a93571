/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program: one session, one window, and its command line. */
#pragma once

#include <adwaita.h>

#include "mc-window.h"

G_BEGIN_DECLS

#define MC_TYPE_APPLICATION (mc_application_get_type ())
G_DECLARE_FINAL_TYPE (McApplication, mc_application, MC, APPLICATION, AdwApplication)

/* --db FILE, --page NAME, --elder; a second start shows the first one's window and its page. */
McApplication *mc_application_new (void);

/* The window, or NULL before activation. */
McWindow *mc_application_get_window (McApplication *self);

G_END_DECLS
